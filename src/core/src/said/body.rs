//! What a body says: to a person, who wants the message, and to the causes, which look for words in it.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::http::reason_phrase;
use crate::json::{self, Kind, Node};

/// So many texts of a JSON body are looked at for what it says.
const TEXTS: usize = 40;

/// So much of the text of a page is repeated where none of its elements says more.
const SHOWN_CHARS: usize = 200;

/// What a body says to a person: the message of a JSON error, the text of a page, or the text itself.
pub fn words_in(body: &str) -> String {
    let body = body.trim();
    if body.starts_with('{') {
        let scan = json::scan(body);
        return scan.root(body).and_then(message_of).unwrap_or_else(|| body.to_string());
    }
    if is_markup(body) { markup_text(body) } else { body.to_string() }
}

/// What a body says in words, for those who look for some: of a page only its message counts, because what else stands in it
/// speaks of anything, and of JSON the texts, because the names of members are not said of this request.
pub fn said_in(body: &str) -> String {
    let trimmed = body.trim();
    if is_markup(trimmed) {
        return markup_texts(trimmed).collect::<Vec<_>>().join("\n");
    }
    if !trimmed.starts_with(['{', '[']) {
        return trimmed.to_string();
    }
    let scan = json::scan(trimmed);
    let texts = scan.tokens.iter().filter(|token| token.kind == Kind::String).take(TEXTS);
    let texts: Vec<Cow<'_, str>> = texts.map(|token| json::string_value(&trimmed[token.range()])).collect();
    texts.join("\n")
}

/// The member of an error object that is meant for people; the order is from the most to the least telling. Names are
/// compared without case: AWS writes `Message`, others `message`.
fn message_of(node: Node<'_>) -> Option<String> {
    const FLAT: [&str; 11] = [
        "error_description",
        "errormessage",
        "message",
        "detail",
        "faultstring",
        "title",
        "msg",
        "reason",
        "description",
        "error",
        "errors",
    ];
    let text = |node: Node<'_>| node.as_str().filter(|text| !text.is_empty()).map(|text| text.into_owned());
    // One level down, an error object or the first of several: JSON-RPC, Google, JSON:API, GraphQL, Apigee.
    let inner = ["error", "errors", "fault", "detail"].iter().filter_map(|key| member(node, key));
    let inner = inner.map(|inner| inner.items().next().unwrap_or(inner)).filter(|inner| inner.is_object());
    // Pydantic says apart what is wrong and where.
    let place = |inner: Node<'_>| {
        let place: Vec<String> = member(inner, "loc")?.items().filter_map(text).collect();
        Some(format!("{}: ", place.join(" "))).filter(|_| !place.is_empty())
    };
    let nested = inner
        .flat_map(|inner| FLAT.iter().filter_map(move |key| text(member(inner, key)?)).map(move |said| (place(inner), said)));
    let mut nested = nested.map(|(place, said)| place.unwrap_or_default() + &said);
    nested.next().or_else(|| FLAT.iter().find_map(|key| text(member(node, key)?)))
}

fn member<'a>(node: Node<'a>, key: &str) -> Option<Node<'a>> {
    node.entries().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value)
}

/// Whether a text is an HTML page.
pub fn is_html(body: &str) -> bool {
    const STARTS: [&str; 7] = ["<!doctype html", "<html", "<head", "<body", "<title", "<h1", "<center"];
    let start = start_of(body);
    // The name of an element ends there: `<h117` is none.
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
    STARTS.iter().any(|begin| start.strip_prefix(begin).is_some_and(ends))
}

/// Whether a text is an HTML page or an XML document.
fn is_markup(body: &str) -> bool {
    is_html(body) || ["<?xml", "<error", "<!doctype"].iter().any(|begin| start_of(body).starts_with(begin))
}

/// How a text begins, in lower case and without a remark before it.
fn start_of(body: &str) -> String {
    let start: String = body.trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    // Templates begin with a remark, such as where they come from.
    match start.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")) {
        Some((_, rest)) => String::from(rest.trim_start()),
        None => start,
    }
}

/// What a page says: Express puts it in `pre`, XML errors in `message`, Tomcat behind that word, proxies in `h1`, everyone else in
/// `title`. Where these only repeat the status, it is in the paragraph below; where there is none of them, it is all that the page shows.
fn markup_text(body: &str) -> String {
    let all: Vec<String> = markup_texts(body).collect();
    let telling = all.iter().find(|text| !is_bare(text)).or(all.first()).cloned();
    telling.or_else(|| visible(body)).unwrap_or_default()
}

/// The elements of a page that say what it is, the most telling one first.
fn markup_texts(body: &str) -> impl Iterator<Item = String> {
    let lower = body.to_ascii_lowercase();
    let text = move |start: usize, end: usize| Some(body.get(start..end)?.split('<').next()?.trim().to_string());
    let element = move |name: &str| {
        let tag = format!("<{name}");
        let open = lower.match_indices(&tag).find(|(at, _)| lower[at + tag.len()..].starts_with(['>', ' ']))?.0;
        let start = open + lower[open..].find('>')? + 1;
        text(start, start + lower[start..].find(&format!("</{name}"))?)
    };
    let labelled = body.split_once("<b>Message</b>").and_then(|(_, rest)| Some(rest.split('<').next()?.trim().to_string()));
    let said = ["pre", "message"].into_iter().filter_map(element.clone()).chain(labelled);
    let said = said.chain(["h1", "h2", "title"].into_iter().filter_map(element.clone())).filter(|text| !text.is_empty());
    let said: Vec<String> = said.collect();
    let below = said.iter().all(|text| is_bare(text)).then(|| element("p")).flatten().filter(|text| !text.is_empty());
    said.into_iter().chain(below)
}

/// Whether a text is a status and what it is called, and nothing more: `403 Forbidden`, `Error 400`.
fn is_bare(text: &str) -> bool {
    let words = || text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let named = |word: &str| {
        ["error", "http", "status", "code", "oops"].iter().any(|said| word.eq_ignore_ascii_case(said))
            || (400..600).any(|status| reason_phrase(status).split(' ').any(|part| part.eq_ignore_ascii_case(word)))
    };
    words().all(|word| word.bytes().all(|byte| byte.is_ascii_digit()) || named(word))
}

/// The beginning of what a page shows, without its elements; `None` when it shows nothing.
fn visible(body: &str) -> Option<String> {
    let lower = body.to_ascii_lowercase();
    let start = lower.find("<body").unwrap_or(0);
    let (mut shown, mut rest) = (String::new(), body.get(start..)?);
    while let Some((text, tag)) = rest.split_once('<') {
        shown.push_str(text);
        shown.push(' ');
        // What a script or a style holds is not shown.
        let hidden =
            ["script", "style"].into_iter().find(|name| tag.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name)));
        rest = match hidden {
            Some(name) => tag.to_ascii_lowercase().find(&format!("</{name}")).and_then(|at| tag.get(at..)).unwrap_or_default(),
            None => tag,
        };
        rest = rest.split_once('>').map_or("", |(_, rest)| rest);
    }
    shown.push_str(rest);
    let shown: Vec<&str> = shown.split_whitespace().collect();
    let shown: String = shown.join(" ").chars().take(SHOWN_CHARS).collect();
    Some(shown).filter(|shown| !shown.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_body_are_the_part_meant_for_people() {
        for (body, words) in [
            (
                r#"{"jsonrpc":"2.0","id":"server-error","error":{"code":-32600,"message":"Session not found"}}"#,
                "Session not found",
            ),
            (r#"{"error": "invalid_token", "error_description": "Authentication required"}"#, "Authentication required"),
            (r#"{"detail":"Not Found"}"#, "Not Found"),
            (r#"{"errors":[{"status":"404","detail":"No such route"}]}"#, "No such route"),
            (r#"{"fault":{"faultstring":"Invalid API Key","detail":{"errorcode":"x"}}}"#, "Invalid API Key"),
            (r#"{"Message":"User is not authorized"}"#, "User is not authorized"),
            (
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<title>Error</title>\n</head>\n<body>\n<pre>Cannot POST /nope</pre>\n</body>\n</html>\n",
                "Cannot POST /nope",
            ),
            (
                "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<center><h1>502 Bad Gateway</h1></center>",
                "502 Bad Gateway",
            ),
            (
                "<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
                "Access Denied",
            ),
            (
                "<!doctype html><html><body><h1>HTTP Status 400</h1><p><b>Message</b> Request header is too large</p></body></html>",
                "Request header is too large",
            ),
            ("<!-- 3.1 -->\n<html><head><title>Gone</title></head></html>", "Gone"),
            ("Not Found", "Not Found"),
            (
                "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head><body><center><h1>400 Bad Request</h1></center></body></html>",
                "400 The plain HTTP request was sent to HTTPS port",
            ),
            (
                "<html><head><title>403 Forbidden</title></head><body><h1>Forbidden <span>(403)</span></h1><p>CSRF verification failed.</p></body></html>",
                "CSRF verification failed.",
            ),
            ("<html><style>a{}</style><body><div>Down for <b>maintenance</b></div></body></html>", "Down for maintenance"),
            ("<html><body><script>x('<a>')</script></body></html>", ""),
            (
                r#"{"detail":[{"type":"missing","loc":["header","x-api-key"],"msg":"Field required"}]}"#,
                "header x-api-key: Field required",
            ),
        ] {
            assert_eq!(words_in(body), words);
        }
    }

    #[test]
    fn of_json_the_texts_are_said_and_not_the_names() {
        assert_eq!(
            said_in(r#"{"session":"a","n":1,"loc":["header","mcp-session-id"],"msg":"Field required"}"#),
            "a\nheader\nmcp-session-id\nField required"
        );
        // Cut off, as long bodies are.
        assert_eq!(said_in(r#"{"message":"Session not found","trace":["a"#), "Session not found");
    }

    #[test]
    fn of_a_page_only_its_message_is_said() {
        assert_eq!(said_in("<html><title>Oops</title><body>your session is fine</body></html>"), "Oops");
    }
}
