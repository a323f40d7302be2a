//! A request as a curl command that does the same from a terminal.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use crate::http::{HeaderValue, Method, SecretSlot};
use crate::trace::Exchange;

/// The shell a command is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// `sh` and those that read as it does (POSIX.1-2024, shell command language).
    Posix,
}

/// The command that sends an exchange's request again. Secrets are variables: the token is `$TOKEN`, `$MANGLED_TOKEN` with a character changed, the extra headers
/// are `$HEADER_1`, `$HEADER_2` ... Everything else stands in single quotes, where the shell reads nothing.
pub fn curl(exchange: &Exchange, shell: Shell) -> String {
    let Shell::Posix = shell;
    let request = &exchange.request;
    let url = request.url.to_string();
    // Brackets and braces in an address are patterns to curl, unless it is told otherwise.
    let literal = if url.contains(['[', ']', '{', '}']) { " --globoff" } else { "" };
    let mut words = vec![format!("curl -sS -i -N{literal} -X {} {}", request.method.as_str(), quoted(&url))];
    for (name, value) in request.headers.iter().filter(|(name, _)| is_field_name(name)) {
        words.push(format!("-H {}", header(name, value)));
    }
    if !request.body.is_empty() {
        if !request.headers.has("content-type") {
            // Otherwise curl would say that the body is a form.
            words.push("-H 'Content-Type:'".to_string());
        }
        words.push(format!("--data-raw {}", quoted(&request.body)));
    } else if request.method == Method::Post {
        words.push("--data-raw ''".to_string());
    }
    words.join(" \\\n  ")
}

/// Whether a name is one a header can have (RFC 9110 §5.6.2). A recording from elsewhere may hold others, and curl
/// would take `@file` for the name of a file to read headers from.
fn is_field_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

fn header(name: &str, value: &HeaderValue) -> String {
    match value {
        // To curl a field without a value is one to leave out, unless it ends in a semicolon.
        HeaderValue::Text(text) if text.trim().is_empty() => quoted(&format!("{name};")),
        HeaderValue::Text(text) => quoted(&format!("{name}: {}", text.replace(|c: char| c.is_control() && c != '\t', " "))),
        HeaderValue::Secret(SecretSlot::Token) => with_variable(name, "Bearer $TOKEN"),
        HeaderValue::Secret(SecretSlot::Mangled) => with_variable(name, "Bearer $MANGLED_TOKEN"),
        HeaderValue::Secret(SecretSlot::Extra(n)) => with_variable(name, &format!("$HEADER_{}", u32::from(*n) + 1)),
    }
}

/// A header whose value the shell fills in. Only plain names go into double quotes: there `$` and `` ` `` have a meaning.
fn with_variable(name: &str, value: &str) -> String {
    if name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) {
        format!("\"{name}: {value}\"")
    } else {
        format!("{}\"{value}\"", quoted(&format!("{name}: ")))
    }
}

/// A text as one word of the shell. Within single quotes only the single quote itself has a meaning.
fn quoted(text: &str) -> String {
    let parts: Vec<&str> = text.split('\'').collect();
    format!("'{}'", parts.join(r"'\''"))
}
