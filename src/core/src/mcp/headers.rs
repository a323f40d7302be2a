//! What a request of 2026-07-28 repeats of its body in headers, so that gateways need not read it (Streamable HTTP, request
//! metadata; SEP-2243).

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use base64ct::{Base64, Encoding};

use super::Tool;
use super::annotations::annotations;
use crate::json::{self, Node};

/// The marks around a value in base64.
const SENTINEL: (&str, &str) = ("=?base64?", "?=");

/// The headers that repeat a request: `Mcp-Method`; `Mcp-Name` for a tool or prompt by name and a resource by address (and
/// for a task by id, SEP-2663); and for a tool that is called an `Mcp-Param-…` for each annotated parameter that has a value.
pub fn mirrored(method: &str, params: &str, tool: Option<&Tool>) -> Vec<(String, String)> {
    let scan = json::scan(params);
    let root = scan.root(params);
    let mut headers = Vec::from([("Mcp-Method".to_string(), encoded(method))]);
    let named_by = match method {
        "tools/call" | "prompts/get" => "name",
        "resources/read" => "uri",
        "tasks/get" | "tasks/update" | "tasks/cancel" => "taskId",
        _ => "",
    };
    if let Some(name) = root.and_then(|root| root.get(named_by)?.as_str()) {
        headers.push(("Mcp-Name".to_string(), encoded(&name)));
    }
    let arguments = root.and_then(|root| root.get("arguments"));
    for found in tool.filter(|_| method == "tools/call").map(annotations).into_iter().flatten() {
        let value = found.path.iter().try_fold(arguments, |node, name| Some(node?.get(name))).flatten();
        if let Some(value) = value.and_then(plain).filter(|_| found.fault.is_none()) {
            headers.push((["Mcp-Param-", &found.header].concat(), encoded(&value)));
        }
    }
    headers
}

/// A value as a header says it. `null` and what has no place in a header have none; a number that is not whole, which the
/// schema does not allow, goes as it was written.
fn plain(value: Node<'_>) -> Option<String> {
    if value.is_null() || value.is_object() || value.is_array() {
        return None;
    }
    let whole = value.as_i64().map(|whole| whole.to_string());
    Some(whole.unwrap_or_else(|| super::reading::text(value)))
}

/// A text as the value of a header: as it is, or as base64 of its UTF-8 between marks when HTTP would not carry it unchanged
/// or it looks like such a value itself.
fn encoded(value: &str) -> String {
    let carried = value.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t'));
    let padded = value.starts_with([' ', '\t']) || value.ends_with([' ', '\t']);
    let marked = value.starts_with(SENTINEL.0) && value.ends_with(SENTINEL.1);
    if carried && !padded && !marked {
        return value.to_string();
    }
    [SENTINEL.0, &Base64::encode_string(value.as_bytes()), SENTINEL.1].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    fn sent(method: &str, params: &str, tool: Option<&Tool>) -> Vec<String> {
        mirrored(method, params, tool).into_iter().map(|(name, value)| format!("{name}: {value}")).collect()
    }

    #[test]
    fn every_request_repeats_its_method_and_some_their_name() {
        assert_eq!(sent("server/discover", "", None), ["Mcp-Method: server/discover"]);
        assert_eq!(sent("tools/list", r#"{"name":"x","uri":"y"}"#, None), ["Mcp-Method: tools/list"]);
        assert_eq!(sent("tools/call", r#"{"name":"get_weather"}"#, None), ["Mcp-Method: tools/call", "Mcp-Name: get_weather"]);
        assert_eq!(sent("prompts/get", r#"{"name":"review"}"#, None)[1], "Mcp-Name: review");
        assert_eq!(sent("resources/read", r#"{"uri":"file:///a%20b?c=1"}"#, None)[1], "Mcp-Name: file:///a%20b?c=1");
        assert_eq!(sent("tasks/get", r#"{"taskId":"t1"}"#, None)[1], "Mcp-Name: t1");
        assert_eq!(sent("tools/call", r#"{"name":5}"#, None), ["Mcp-Method: tools/call"]);
    }

    /// The cases of SEP-2243 and of the specification.
    #[test]
    fn values_are_encoded_as_the_specification_shows() {
        for (value, header) in [
            ("us-west1", "us-west1"),
            ("us west 1", "us west 1"),
            ("", ""),
            ("a\tb", "a\tb"),
            ("Hello, 世界", "=?base64?SGVsbG8sIOS4lueVjA==?="),
            ("日本語", "=?base64?5pel5pys6Kqe?="),
            (" padded ", "=?base64?IHBhZGRlZCA=?="),
            (" us-west1", "=?base64?IHVzLXdlc3Qx?="),
            ("us-west1 ", "=?base64?dXMtd2VzdDEg?="),
            ("\tindented", "=?base64?CWluZGVudGVk?="),
            ("line1\nline2", "=?base64?bGluZTEKbGluZTI=?="),
            ("line1\r\nline2", "=?base64?bGluZTENCmxpbmUy?="),
            ("=?base64?literal?=", "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?="),
            ("=?BASE64?literal?=", "=?BASE64?literal?="),
            ("=?base64?open", "=?base64?open"),
        ] {
            assert_eq!(encoded(value), header, "{value:?}");
        }
    }

    fn tool() -> Tool {
        let schema = r#"{"properties":{"region":{"type":"string","x-mcp-header":"Region"},"count":{"type":"integer","x-mcp-header":"Count"},
            "options":{"type":"object","properties":{"dry":{"type":"boolean","x-mcp-header":"Dry"}}},
            "bad":{"type":"string","x-mcp-header":"B d"},"query":{"type":"string"}}}"#;
        Tool { raw: format!(r#"{{"inputSchema":{schema}}}"#), ..Tool::default() }
    }

    fn of_arguments(arguments: &str) -> Vec<String> {
        sent("tools/call", &format!(r#"{{"arguments":{arguments}}}"#), Some(&tool())).split_off(1)
    }

    #[test]
    fn annotated_parameters_go_into_headers_of_their_own() {
        let headers = of_arguments(r#"{"query":"q","options":{"dry":false},"count":42.0,"region":"é","bad":"x"}"#);
        assert_eq!(headers, ["Mcp-Param-Region: =?base64?w6k=?=", "Mcp-Param-Count: 42", "Mcp-Param-Dry: false"]);
    }

    #[test]
    fn numbers_are_written_in_decimal() {
        for (number, header) in
            [("-7", "-7"), ("1e3", "1000"), ("3.14159", "3.14159"), ("90071992547409910000", "90071992547409910000")]
        {
            assert_eq!(of_arguments(&format!(r#"{{"count":{number}}}"#)), [format!("Mcp-Param-Count: {header}")]);
        }
    }

    #[test]
    fn a_parameter_without_a_value_has_no_header() {
        for arguments in ["{}", r#"{"region":null,"options":{"dry":null}}"#, r#"{"options":true,"region":[],"count":{}}"#] {
            assert_eq!(of_arguments(arguments), [] as [&str; 0], "{arguments}");
        }
        assert_eq!(sent("tools/call", "{}", Some(&tool())), ["Mcp-Method: tools/call"]);
        assert_eq!(sent("prompts/get", r#"{"arguments":{"region":"a"}}"#, Some(&tool())), ["Mcp-Method: prompts/get"]);
    }
}
