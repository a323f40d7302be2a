//! A tool that adds a tool, and the tools that were added.

use super::{Call, HARMLESS, NOTHING, Tool, Turn, find};
use crate::limits::ADDED_TOOLS;
use crate::world::{Added, Change};

/// Adds a tool.
pub(super) const ADD_TOOL: Tool = Tool {
    name: "add_tool",
    title: "Add a tool",
    description: "Adds a tool that says one thing. Shows a list that changes while somebody looks at it (tools/list_changed)",
    input: r#"{"type":"object","properties":{"name":{"type":"string","description":"Letters, digits, _, - and .","minLength":1,"maxLength":64},"says":{"type":"string","default":"Hello from a tool that was not there before."}},"required":["name"],"additionalProperties":false}"#,
    output: "",
    hints: r#"{"readOnlyHint":false,"destructiveHint":false,"idempotentHint":false,"openWorldHint":false}"#,
    run: add,
};

fn add(call: &mut Call<'_>) -> Turn {
    let name = call.text("name").unwrap_or_default().into_owned();
    // The characters that a name should keep to (2025-11-25, tool names).
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte)) {
        return call.fail("A name has letters, digits, _, - and . only");
    }
    if find(call.world, &name).is_some() {
        return call.fail(&format!("There is a tool {name} already"));
    }
    if call.world.added.len() >= ADDED_TOOLS {
        return call.fail(&format!("{ADDED_TOOLS} tools were added; that is enough"));
    }
    let says = call.text("says").unwrap_or("Hello from a tool that was not there before.".into()).into_owned();
    let done = call.say(&format!("Added the tool {name}."));
    call.world.added.push(Added { name, says });
    call.world.changes.push(Change::Tools);
    done
}

/// What every added tool is; its name and its words are its own.
pub(super) static ADDED: Tool = Tool {
    name: "",
    title: "Added while you watched",
    description: "Says what it was given to say when it was added",
    input: NOTHING,
    output: "",
    hints: HARMLESS,
    run: |call| {
        let says = call.world.added.iter().find(|added| added.name == call.name).map(|added| added.says.clone());
        call.say(&says.unwrap_or_default())
    },
};
