//! The part of JSON Schema that the demo server's own schemas use, so that what a tool declares is what it checks.

use inspector_core::json::{Kind, Node};

/// Finds the first place where a value is not what its schema (JSON Schema 2020-12) says; `at` names the value.
///
/// # Errors
/// What is wrong there, in words.
pub(crate) fn check(schema: Node<'_>, value: Node<'_>, at: &str) -> Result<(), String> {
    let kind = value.kind();
    if !is_of_type(schema, value) {
        let wanted = schema.get("type").map(Node::raw).unwrap_or_default();
        return Err(format!("{at} must be of type {wanted}, and is {}", kind.type_name()));
    }
    if let Some(allowed) = schema.get("enum").filter(|allowed| !allowed.items().any(|one| same(one, value))) {
        return Err(format!("{at} must be one of {}", allowed.raw()));
    }
    match kind {
        Kind::Number => check_number(schema, value, at),
        Kind::String => check_text(schema, value, at),
        Kind::ObjectStart => check_object(schema, value, at),
        _ => Ok(()),
    }
}

fn is_of_type(schema: Node<'_>, value: Node<'_>) -> bool {
    let Some(wanted) = schema.get("type") else { return true };
    let is = |name: &str| match name {
        "integer" => value.as_i64().is_some(),
        name => value.kind().type_name() == name,
    };
    match wanted.as_str() {
        Some(name) => is(&name),
        None => wanted.items().filter_map(Node::as_str).any(|name| is(&name)),
    }
}

fn same(one: Node<'_>, other: Node<'_>) -> bool {
    match (one.as_str(), other.as_str()) {
        (Some(one), Some(other)) => one == other,
        _ => one.raw() == other.raw(),
    }
}

fn check_number(schema: Node<'_>, value: Node<'_>, at: &str) -> Result<(), String> {
    let bound = |keyword| schema.get(keyword).and_then(Node::as_thousandths);
    let number = value.as_thousandths();
    if bound("minimum").is_some_and(|least| number < Some(least)) || bound("maximum").is_some_and(|most| number > Some(most)) {
        let bound = |keyword| schema.get(keyword).map(Node::raw).unwrap_or("any");
        return Err(format!("{at} must be from {} to {}", bound("minimum"), bound("maximum")));
    }
    Ok(())
}

fn check_text(schema: Node<'_>, value: Node<'_>, at: &str) -> Result<(), String> {
    let text = value.as_str().unwrap_or_default();
    let length = text.chars().count();
    let bound = |keyword| schema.get(keyword).and_then(Node::as_i64).and_then(|bound| usize::try_from(bound).ok());
    if bound("minLength").is_some_and(|least| length < least) {
        return Err(format!("{at} is too short"));
    }
    if bound("maxLength").is_some_and(|most| length > most) {
        return Err(format!("{at} is too long"));
    }
    if schema.get("format").and_then(Node::as_str).as_deref() == Some("date") && !is_date(&text) {
        return Err(format!("{at} must be a date such as 2026-07-28"));
    }
    Ok(())
}

/// Whether a text is a full-date (RFC 3339, section 5.6), the length of the month left aside.
fn is_date(text: &str) -> bool {
    let part = |from: usize, to: usize| text.get(from..to).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let number = |from, to| part(from, to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let dashes = text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    text.len() == 10 && dashes && part(0, 4).is_some() && (1..=12).contains(&number(5, 7)) && (1..=31).contains(&number(8, 10))
}

fn check_object(schema: Node<'_>, value: Node<'_>, at: &str) -> Result<(), String> {
    let properties = schema.get("properties");
    for name in schema.get("required").iter().flat_map(|names| names.items()).filter_map(Node::as_str) {
        if value.get(&name).is_none() {
            return Err(format!("{at}.{name} is missing"));
        }
    }
    let closed = schema.get("additionalProperties").and_then(Node::as_bool) == Some(false);
    for (name, part) in value.entries() {
        match properties.and_then(|properties| properties.get(&name)) {
            Some(schema) => check(schema, part, &format!("{at}.{name}"))?,
            None if closed => return Err(format!("{at}.{name} is not known here")),
            None => {}
        }
    }
    Ok(())
}
