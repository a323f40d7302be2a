//! The params of what a person asks for: calling a tool, getting a prompt, reading a resource, completing a value.

use alloc::string::String;

use super::object::Object;

/// The params of `tools/call` and `prompts/get`: a name, and arguments as JSON.
pub fn named_params(name: &str, arguments: &str) -> String {
    let mut params = Object::new();
    params.text("name", name);
    params.raw("arguments", arguments);
    params.end()
}

/// The params of `resources/read`, `resources/subscribe` and `resources/unsubscribe`.
pub fn uri_params(uri: &str) -> String {
    let mut params = Object::new();
    params.text("uri", uri);
    params.end()
}

/// What is completed: a prompt by its name (2024-11-05, completion).
pub fn prompt_reference(name: &str) -> String {
    let mut reference = Object::new();
    reference.text("type", "ref/prompt");
    reference.text("name", name);
    reference.end()
}

/// What is completed: a resource template, or a resource (2024-11-05, completion).
pub fn resource_reference(uri: &str) -> String {
    let mut reference = Object::new();
    reference.text("type", "ref/resource");
    reference.text("uri", uri);
    reference.end()
}

/// The params of `completion/complete`: what is completed, which of its arguments, and what has been typed of it. `known` are
/// the other arguments (2025-06-18).
pub fn complete_params(reference: &str, argument: &str, typed: &str, known: &[(String, String)]) -> String {
    let mut of = Object::new();
    of.text("name", argument);
    of.text("value", typed);
    let mut params = Object::new();
    params.raw("ref", reference);
    params.raw("argument", &of.end());
    if !known.is_empty() {
        let mut arguments = Object::new();
        known.iter().for_each(|(name, value)| arguments.text(name, value));
        let mut context = Object::new();
        context.raw("arguments", &arguments.end());
        params.raw("context", &context.end());
    }
    params.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_go_along_digit_by_digit() {
        assert_eq!(named_params("a\"b", r#"{"n":1.0}"#), r#"{"name":"a\"b","arguments":{"n":1.0}}"#);
        assert_eq!(uri_params("file:///a b"), r#"{"uri":"file:///a b"}"#);
    }

    #[test]
    fn a_completion_says_what_else_is_known() {
        let reference = prompt_reference("greet");
        assert_eq!(
            complete_params(&reference, "city", "Par", &[]),
            r#"{"ref":{"type":"ref/prompt","name":"greet"},"argument":{"name":"city","value":"Par"}}"#
        );
        let known = [(String::from("country"), String::from("France"))];
        assert_eq!(
            complete_params(&resource_reference("a:{city}"), "city", "", &known),
            r#"{"ref":{"type":"ref/resource","uri":"a:{city}"},"argument":{"name":"city","value":""},"context":{"arguments":{"country":"France"}}}"#
        );
    }
}
