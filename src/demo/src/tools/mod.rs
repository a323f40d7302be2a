//! The tools: a table with one row each. What a tool declares is what is listed and what its arguments are checked against.

mod asking;
mod changing;
mod content;
mod lasting;
mod simple;
mod weather;

use std::borrow::Cow;

use inspector_core::json::{self, Node};

use crate::envelope::{self, Answer, Error};
use crate::limits::PAGE;
use crate::object::{Object, array};
use crate::offers::{MINUTE, cached, invalid_cursor};
use crate::revision::Revision;
use crate::schema;
use crate::work::Client;
use crate::world::{Level, Note, World};

pub(crate) use asking::Ask;

/// A tool: what is listed of it, and what it does.
pub(crate) struct Tool {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    /// A JSON Schema of an object.
    pub(crate) input: &'static str,
    /// A JSON Schema of its structured result; empty for none.
    output: &'static str,
    /// Hints, as a JSON object (2025-03-26 and later).
    hints: &'static str,
    run: fn(&mut Call<'_>) -> Turn,
}

/// The tools that are there from the start, in the order listed.
static TOOLS: [Tool; 14] = [
    simple::ECHO,
    simple::ADD,
    weather::WEATHER,
    lasting::SLOW_COUNT,
    content::PICTURE,
    content::SOUND,
    content::FIND_GUIDE,
    simple::FAILING,
    asking::ASK_NAME,
    asking::ASK_MODEL,
    asking::SHOW_ROOTS,
    lasting::FAR_CALL,
    changing::ADD_TOOL,
    simple::BY_REGION,
];

/// Hints of a tool that changes nothing and reaches nobody.
const HARMLESS: &str = r#"{"readOnlyHint":true,"openWorldHint":false}"#;

/// The schema of a tool that takes nothing.
const NOTHING: &str = r#"{"type":"object","additionalProperties":false}"#;

/// One turn of a tool, as the tool sees it.
pub(crate) struct Call<'a> {
    /// The name it was called by.
    pub(crate) name: &'a str,
    /// Who called.
    pub(crate) client: &'a Client,
    /// The arguments, which fit the schema.
    pub(crate) arguments: Option<Node<'a>>,
    /// How often it has run for this call.
    pub(crate) turn: u32,
    /// What the client answered, after the tool asked.
    pub(crate) answer: Option<Answer<'a>>,
    /// What all calls share.
    pub(crate) world: &'a mut World,
    /// What is told along the way.
    pub(crate) notes: Vec<Note>,
}

/// What a turn of a tool comes to.
#[derive(Clone, Debug)]
pub(crate) enum Turn {
    /// The result is there.
    Done(Object),
    /// It goes on after so many milliseconds; `hang_up` ends the connection meanwhile, and not the stream.
    Wait {
        /// How long.
        millis: u64,
        /// Whether the client has to come back.
        hang_up: bool,
    },
    /// It goes on when the client has answered.
    Ask(Ask),
}

impl<'a> Call<'a> {
    /// An argument that is a text.
    fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        self.arguments?.get(name)?.as_str()
    }

    /// An argument that is a whole number and not negative.
    fn number(&self, name: &str) -> Option<u64> {
        u64::try_from(self.arguments?.get(name)?.as_i64()?).ok()
    }

    /// Tells how far it is.
    fn progress(&mut self, done: u64, total: u64) {
        self.notes.push(Note::Progress { done, total });
    }

    /// Writes a log message.
    fn log(&mut self, level: Level, text: impl Into<String>) {
        self.notes.push(Note::Log(level, text.into()));
    }

    /// The result: one text.
    fn say(&self, text: &str) -> Turn {
        self.show([content_text(text)])
    }

    /// The result: several pieces of content.
    fn show(&self, content: impl IntoIterator<Item = String>) -> Turn {
        Turn::Done(envelope::result(self.client.revision).raw("content", &array(content)))
    }

    /// The result as a text and, since 2025-06-18, as JSON of the declared schema.
    fn structured(&self, text: &str, json: &str) -> Turn {
        let result = envelope::result(self.client.revision).raw("content", &array([content_text(text)]));
        Turn::Done(result.raw_if(self.client.revision >= Revision::V2025_06_18, "structuredContent", json))
    }

    /// The result: it did not work, and why.
    fn fail(&self, why: &str) -> Turn {
        Turn::Done(failed(self.client.revision, why))
    }
}

fn content_text(text: &str) -> String {
    Object::new().text("type", "text").text("text", text).end()
}

/// The result of a tool that failed.
pub(crate) fn failed(revision: Revision, why: &str) -> Object {
    envelope::result(revision).raw("content", &array([content_text(why)])).raw("isError", "true")
}

/// The tool of this name.
pub(crate) fn find(world: &World, name: &str) -> Option<&'static Tool> {
    let added = || world.added.iter().any(|added| added.name == name).then_some(&changing::ADDED);
    TOOLS.iter().find(|tool| tool.name == name).or_else(added)
}

/// Runs one turn; also gives what was told along the way.
pub(crate) fn run(mut call: Call<'_>) -> (Turn, Vec<Note>) {
    let turn = match find(call.world, call.name) {
        Some(tool) => (tool.run)(&mut call),
        None => call.fail("The tool is gone"),
    };
    (turn, call.notes)
}

impl Tool {
    /// Checks arguments against the schema.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(crate) fn check(&self, arguments: &str) -> Result<(), String> {
        let (schema, value) = (json::scan(self.input), json::scan(arguments));
        match (schema.root(self.input), value.root(arguments)) {
            (Some(schema), Some(value)) => schema::check(schema, value, "arguments"),
            _ => Ok(()),
        }
    }

    fn listed(&self, name: &str, revision: Revision) -> String {
        Object::new()
            .text("name", name)
            .text_if(revision >= Revision::V2025_06_18, "title", self.title)
            .text("description", self.description)
            .raw("inputSchema", self.input)
            .raw_if(revision >= Revision::V2025_06_18 && !self.output.is_empty(), "outputSchema", self.output)
            .raw_if(revision >= Revision::V2025_03_26, "annotations", self.hints)
            .end()
    }
}

/// `tools/list`: the page after a cursor.
///
/// # Errors
/// For a cursor that this server did not give out.
pub(crate) fn list(world: &World, revision: Revision, cursor: Option<&str>) -> Result<Object, Error> {
    let total = TOOLS.len() + world.added.len();
    let from = match cursor {
        None => 0,
        Some(cursor) => read_cursor(cursor).filter(|from| *from < total).ok_or_else(invalid_cursor)?,
    };
    let built_in = TOOLS.iter().map(|tool| tool.listed(tool.name, revision));
    let added = world.added.iter().map(|added| changing::ADDED.listed(&added.name, revision));
    let result = envelope::result(revision).raw("tools", &array(built_in.chain(added).skip(from).take(PAGE)));
    let next = from + PAGE;
    let result = result.text_if(next < total, "nextCursor", &format!("after-{next}"));
    Ok(cached(result, revision, MINUTE))
}

fn read_cursor(cursor: &str) -> Option<usize> {
    let from: usize = cursor.strip_prefix("after-")?.parse().ok()?;
    (from > 0 && from.is_multiple_of(PAGE)).then_some(from)
}
