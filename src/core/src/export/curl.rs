//! A request as a curl command that does the same from a terminal.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use crate::http::{HeaderValue, Method, Request, SecretField, SecretSlot};
use crate::oauth::{ClientAuth, Grant};

/// The shell a command is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// `sh` and those that read as it does (POSIX.1-2024, shell command language).
    Posix,
}

/// The command that sends a request again. Secrets are variables: the token is `$TOKEN` (`$MANGLED_TOKEN` with a character
/// changed), the extra headers are `$HEADER_1`, `$HEADER_2` ..., id and secret of a client are `$CLIENT_ID` and
/// `$CLIENT_SECRET`. Everything else stands in single quotes, where the shell reads nothing.
pub fn curl(request: &Request, shell: Shell) -> String {
    let Shell::Posix = shell;
    let url = request.url.to_string();
    // Brackets and braces in an address are patterns to curl, unless it is told otherwise.
    let literal = if url.contains(['[', ']', '{', '}']) { " --globoff" } else { "" };
    let mut words = vec![format!("curl -sS -i -N{literal} -X {} {}", request.method.as_str(), quoted(&url))];
    for (name, value) in request.headers.iter().filter(|(name, _)| is_field_name(name)) {
        words.push(match value {
            HeaderValue::Secret(SecretSlot::Client) => r#"-u "$CLIENT_ID:$CLIENT_SECRET""#.to_string(),
            value => format!("-H {}", header(name, value)),
        });
    }
    if !request.body.is_empty() {
        if !request.headers.has("content-type") {
            // Otherwise curl would say that the body is a form.
            words.push("-H 'Content-Type:'".to_string());
        }
        words.push(format!("--data-raw {}", quoted(&request.body)));
        words.extend(request.secret_field.as_ref().map(field));
    } else if request.method == Method::Post {
        words.push("--data-raw ''".to_string());
    }
    words.join(" \\\n  ")
}

/// The commands that ask for a token: the id of the client first, then the request. The secret has to be in `$CLIENT_SECRET`.
pub fn curl_for_token(grant: &Grant, shell: Shell) -> String {
    let id = match grant.auth {
        ClientAuth::Basic => format!("CLIENT_ID={}\n", quoted(&grant.client_id)),
        ClientAuth::Post => String::new(),
    };
    id + &curl(&grant.request(), shell)
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
        HeaderValue::Secret(SecretSlot::Client | SecretSlot::ClientSecret) => with_variable(name, "$CLIENT_SECRET"),
    }
}

/// A field of a form whose value the shell fills in, and curl encodes; it joins several pieces of a form by itself.
fn field(field: &SecretField) -> String {
    let name: String = field.name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    let variable = match field.slot {
        SecretSlot::Token => "$TOKEN".to_string(),
        SecretSlot::Mangled => "$MANGLED_TOKEN".to_string(),
        SecretSlot::Extra(n) => format!("$HEADER_{}", u32::from(n) + 1),
        SecretSlot::Client | SecretSlot::ClientSecret => "$CLIENT_SECRET".to_string(),
    };
    format!("--data-urlencode \"{name}={variable}\"")
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
