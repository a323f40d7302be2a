//! The client that the official conformance suite starts: the core's session, over the laboratory's HTTP client.
//!
//! It does what a curious person would do with the page: runs the handshake, opens the stream on which the server speaks
//! unasked, calls every tool, reads every resource, gets every prompt, and accepts every form as it stands. The suite names the
//! server in the last argument, the scenario and the revision in the environment.

use std::{env, process::ExitCode};

use inspector_core::{
    mcp::{self, Ask, Elicitation, Tool},
    trace::{About, Command, Question, notation},
};
use lab::drive::{self, Drive};
use serde_json::{Map, Value, json};

fn main() -> ExitCode {
    let server = env::args().next_back().expect("the address of the server");
    let scenario = env::var("MCP_CONFORMANCE_SCENARIO").expect("the name of the scenario");
    let revision = env::var("MCP_CONFORMANCE_PROTOCOL_VERSION").expect("the revision to speak");
    let ask = Ask::parse(&revision).expect("a revision we know");
    // It is a program, not a page: nothing is hidden from it.
    let mut drive = Drive::start(About { page: None, ask, ..drive::about(&server) }, "");
    drive.command(Command::Run);
    drive.wait_until_idle();
    let opened = drive.trace().server().is_some();
    if opened && scenario != LIST_ONLY {
        drive.listen();
        explore(&mut drive);
        drive.command(Command::EndSession);
        drive.wait_until_idle();
    }
    // The suite shows it when the client fails.
    eprintln!("{}", notation::write(drive.trace()));
    if opened { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The scenario whose server has a tool that it cannot call.
const LIST_ONLY: &str = "json-schema-ref-no-deref";

fn explore(drive: &mut Drive) {
    for (name, arguments) in tool_calls(drive) {
        drive.ask("tools/call", &json!({"name": name, "arguments": arguments}), accepted);
    }
    if offers(drive, "resources") {
        drive.ask("resources/list", &json!({}), accepted);
        for resource in drive.trace().resources().to_vec() {
            drive.ask("resources/read", &json!({"uri": resource.uri}), accepted);
        }
    }
    if offers(drive, "prompts") {
        drive.ask("prompts/list", &json!({}), accepted);
        for prompt in drive.trace().prompts().to_vec() {
            let arguments: Map<_, _> = prompt.arguments.into_iter().map(|argument| (argument.name, json!("x"))).collect();
            drive.ask("prompts/get", &json!({"name": prompt.name, "arguments": arguments}), accepted);
        }
    }
}

fn offers(drive: &Drive, capability: &str) -> bool {
    drive.trace().server().is_some_and(|server| server.offers(capability))
}

/// The calls that the suite wants, or one call of each tool that may be called.
fn tool_calls(drive: &Drive) -> Vec<(String, Value)> {
    let context = env::var("MCP_CONFORMANCE_CONTEXT").unwrap_or_default();
    let context: Value = serde_json::from_str(&context).unwrap_or_default();
    if let Some(calls) = context["toolCalls"].as_array() {
        let calls = calls.iter().map(|call| (call["name"].as_str().unwrap_or_default().to_owned(), call["arguments"].clone()));
        return calls.collect();
    }
    let tools = drive.trace().tools();
    let echoed = tools.first().map(input_schema).unwrap_or_default();
    let arguments = |tool: &Tool| match tool.name.as_str() {
        // It wants to see whether the schema of the other tool arrived whole.
        "json_schema_echo" => json!({"schema": echoed}),
        _ => filled(&input_schema(tool)),
    };
    tools.iter().map(|tool| (tool.name.clone(), arguments(tool))).collect()
}

fn input_schema(tool: &Tool) -> Value {
    serde_json::from_str(&tool.member("inputSchema")).unwrap_or_default()
}

/// The form as it stands, accepted.
fn accepted(question: &Question) -> Value {
    match mcp::read_elicitation(&question.params) {
        Some(Elicitation::Form { schema, .. }) => {
            json!({"action": "accept", "content": filled(&serde_json::from_str(&schema).unwrap_or_default())})
        }
        _ => json!({"action": "decline"}),
    }
}

/// An object of this schema: what has a default has it, and what is required is there.
fn filled(schema: &Value) -> Value {
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let value = |name: &String, property: &Value| match property.get("default") {
        Some(default) => Some(default.clone()),
        None => required.contains(&json!(name)).then(|| example(property)),
    };
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties.filter_map(|(name, property)| Some((name.clone(), value(name, property)?))).collect::<Map<_, _>>().into()
}

fn example(schema: &Value) -> Value {
    match schema["type"].as_str() {
        Some("number" | "integer") => json!(1),
        Some("boolean") => json!(true),
        Some("array") => json!([]),
        Some("object") => json!({}),
        _ => json!("x"),
    }
}
