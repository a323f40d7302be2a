//! Tools that answer at once: a text back, a sum, a failure, and a parameter that gateways can read.

use super::{Call, HARMLESS, NOTHING, Tool, Turn};
use crate::object::Object;
use crate::world::Level;

/// Says what it was told.
pub(super) const ECHO: Tool = Tool {
    name: "echo",
    title: "Say it back",
    description: "Says what it is told. Shows the smallest call there is",
    input: r#"{"type":"object","properties":{"text":{"type":"string","description":"What to say"}},"required":["text"],"additionalProperties":false}"#,
    output: "",
    hints: HARMLESS,
    run: |call| call.say(&call.text("text").unwrap_or_default()),
};

/// Adds two numbers.
pub(super) const ADD: Tool = Tool {
    name: "add",
    title: "Add two numbers",
    description: "Adds two numbers, to three decimals. Shows a result that is data, with a schema",
    input: r#"{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"],"additionalProperties":false}"#,
    output: r#"{"type":"object","properties":{"sum":{"type":"number"}},"required":["sum"]}"#,
    hints: HARMLESS,
    run: add,
};

fn add(call: &mut Call<'_>) -> Turn {
    let number = |name| call.arguments.and_then(|arguments| arguments.get(name)?.as_thousandths()).unwrap_or(0);
    let sum = decimal(number("a").saturating_add(number("b")));
    call.structured(&sum, &Object::new().raw("sum", &sum).end())
}

/// Thousandths as a JSON number.
fn decimal(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, rest) = (thousandths.unsigned_abs() / 1_000, thousandths.unsigned_abs() % 1_000);
    let fraction = format!(".{rest:03}");
    format!("{sign}{whole}{}", fraction.trim_end_matches('0').trim_end_matches('.'))
}

/// Fails.
pub(super) const FAILING: Tool = Tool {
    name: "failing",
    title: "Fail on purpose",
    description: "Always fails. Shows a result that says so, and a log message",
    input: NOTHING,
    output: "",
    hints: HARMLESS,
    run: |call| {
        call.log(Level::ERROR, "the tool \"failing\" was called, and failed");
        call.fail("This tool always fails: that is what it is for.")
    },
};

/// Takes parameters that are repeated in headers (2026-07-28, custom headers from tool parameters).
pub(super) const BY_REGION: Tool = Tool {
    name: "by_region",
    title: "Ask in one region",
    description: "Says where it was asked. Shows parameters that 2026-07-28 repeats as the headers Mcp-Param-Region and Mcp-Param-Priority",
    input: r#"{"type":"object","properties":{"region":{"type":"string","enum":["africa","europe","oceania"],"x-mcp-header":"Region"},"priority":{"type":"integer","minimum":1,"maximum":5,"x-mcp-header":"Priority"},"question":{"type":"string"}},"required":["region"],"additionalProperties":false}"#,
    output: "",
    hints: HARMLESS,
    run: |call| {
        let question = call.text("question").map_or_else(|| "nothing".to_owned(), |question| format!("\"{question}\""));
        let region = call.text("region").unwrap_or_default();
        call.say(&format!("Asked in {region} with priority {}: {question}.", call.number("priority").unwrap_or(3)))
    },
};
