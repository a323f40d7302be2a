//! What is said to a server that asks the person: the results of `elicitation/create` and `sampling/createMessage`.

use alloc::string::String;

use super::object::Object;

/// The person filled in the form (2025-06-18, elicitation). `content` is what they filled in, as JSON.
pub fn accepted(content: &str) -> String {
    let mut result = Object::new();
    result.text("action", "accept");
    result.raw("content", content);
    result.end()
}

/// The person agreed to visit the page (2025-11-25, elicitation): what they do there, the server learns from the page.
pub const fn agreed() -> &'static str {
    r#"{"action":"accept"}"#
}

/// The person said no.
pub const fn declined() -> &'static str {
    r#"{"action":"decline"}"#
}

/// The person said neither yes nor no.
pub const fn dismissed() -> &'static str {
    r#"{"action":"cancel"}"#
}

/// An answer in place of a model's (2024-11-05, sampling).
pub fn sampled(text: &str, model: &str) -> String {
    let mut content = Object::new();
    content.text("type", "text");
    content.text("text", text);
    let mut result = Object::new();
    result.text("role", "assistant");
    result.raw("content", &content.end());
    result.text("model", model);
    result.text("stopReason", "endTurn");
    result.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_filled_in_goes_back_as_it_is() {
        assert_eq!(accepted(r#"{"n":1.0}"#), r#"{"action":"accept","content":{"n":1.0}}"#);
    }

    #[test]
    fn an_answer_of_a_model_is_a_message() {
        let expected =
            r#"{"role":"assistant","content":{"type":"text","text":"\"Hi\"\n"},"model":"by hand","stopReason":"endTurn"}"#;
        assert_eq!(sampled("\"Hi\"\n", "by hand"), expected);
    }
}
