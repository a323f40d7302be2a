//! Headers that repeat the body, so that gateways need not read it, and that must say the same (2026-07-28, request metadata).

use inspector_core::http::Headers;
use inspector_core::json::{self, Kind, Node};

use crate::base64;
use crate::checks::is_field_value;
use crate::envelope::Error;
use crate::tools;
use crate::world::World;

/// The keyword of a tool's schema that names a header for a parameter.
const ANNOTATION: &str = "x-mcp-header";

/// A header that does not say what the body says.
pub(crate) fn mismatch(what: &str) -> Error {
    Error::refused(400, Error::HEADER_MISMATCH, format!("Header mismatch: {what}"))
}

/// Compares every header that repeats something of a request with what it repeats.
///
/// # Errors
/// For the first one that is missing, wrong or unreadable.
pub(crate) fn check(world: &World, headers: &Headers, method: &str, params: Node<'_>) -> Result<(), Error> {
    same(headers, "Mcp-Method", Some(method), |said| said == method)?;
    let name = match method {
        "tools/call" | "prompts/get" => params.get("name").and_then(Node::as_str),
        "resources/read" => params.get("uri").and_then(Node::as_str),
        _ => return Ok(()),
    };
    same(headers, "Mcp-Name", name.as_deref(), |said| Some(said) == name.as_deref())?;
    let tool = name.filter(|_| method == "tools/call").and_then(|name| tools::find(world, &name));
    let Some(schema) = tool.map(|tool| tool.input) else { return Ok(()) };
    let scan = json::scan(schema);
    let Some(root) = scan.root(schema) else { return Ok(()) };
    check_parameters(headers, root, params.get("arguments"))
}

/// The parameters a schema annotates, also those inside of objects.
fn check_parameters(headers: &Headers, schema: Node<'_>, arguments: Option<Node<'_>>) -> Result<(), Error> {
    let properties = schema.get("properties");
    for (name, property) in properties.iter().flat_map(|properties| properties.entries()) {
        let argument = arguments.and_then(|arguments| arguments.get(&name)).filter(|argument| !argument.is_null());
        if let Some(header) = property.get(ANNOTATION).and_then(Node::as_str) {
            let value = argument.map(|argument| argument.as_str().unwrap_or_else(|| argument.raw().into()));
            let same_value = |said: &str| match argument.map(|argument| (argument.kind(), argument.as_i64())) {
                // 42.0 and 42 are the same number.
                Some((Kind::Number, number)) => number.is_some() && integer(said) == number,
                _ => Some(said) == value.as_deref(),
            };
            same(headers, &format!("Mcp-Param-{header}"), value.as_deref(), same_value)?;
        }
        check_parameters(headers, property, argument)?;
    }
    Ok(())
}

/// A header and the value of the body it repeats: both or neither, and the same.
fn same(headers: &Headers, name: &str, value: Option<&str>, is_same: impl Fn(&str) -> bool) -> Result<(), Error> {
    match (headers.get(name), value) {
        (None, None) => Ok(()),
        (None, Some(_)) => Err(mismatch(&format!("the {name} header is missing"))),
        (Some(said), None) => Err(mismatch(&format!("{name} is \"{said}\" and the body has no such value"))),
        (Some(said), Some(value)) => {
            let decoded = decode(said).ok_or_else(|| mismatch(&format!("{name} cannot be read")))?;
            if is_same(&decoded) {
                return Ok(());
            }
            Err(mismatch(&format!("{name} is \"{decoded}\" and the body says \"{value}\"")))
        }
    }
}

/// The value a header carries: as it is, or as Base64 of UTF-8 between two marks. `None` when it has characters no header may
/// have, or is not what the marks promise.
fn decode(value: &str) -> Option<String> {
    if !is_field_value(value) {
        return None;
    }
    match value.strip_prefix("=?base64?").and_then(|rest| rest.strip_suffix("?=")) {
        None => Some(value.to_owned()),
        Some(encoded) => String::from_utf8(base64::decode(encoded)?).ok(),
    }
}

fn integer(text: &str) -> Option<i64> {
    let scan = json::scan(text);
    scan.root(text).filter(|_| scan.error.is_none()).and_then(Node::as_i64)
}
