//! Tools that ask the client something before they answer: the person, a model, or the folders it works in.
//!
//! A tool does not care how: in the handshake era the question is a request of the server's on the event stream, in the
//! stateless era it is a result that says what input is required.

use inspector_core::json::{self, Node};

use super::{Call, HARMLESS, NOTHING, Tool, Turn};
use crate::envelope::Answer;
use crate::object::Object;
use crate::revision::Revision;
use crate::schema;
use crate::sessions::declares;

/// What a client must be able to do to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Ask the person to fill in a form.
    Elicitation,
    /// Ask a model.
    Sampling,
    /// Say which folders it works in.
    Roots,
}

impl Need {
    /// The name of the capability.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Elicitation => "elicitation",
            Self::Sampling => "sampling",
            Self::Roots => "roots",
        }
    }

    /// The revision it came with.
    pub(crate) const fn since(self) -> Revision {
        match self {
            Self::Elicitation => Revision::V2025_06_18,
            Self::Sampling | Self::Roots => Revision::V2024_11_05,
        }
    }

    /// The method of the question.
    pub(crate) const fn method(self) -> &'static str {
        match self {
            Self::Elicitation => "elicitation/create",
            Self::Sampling => "sampling/createMessage",
            Self::Roots => "roots/list",
        }
    }

    /// The capability as a client declares it.
    pub(crate) const fn required(self) -> &'static str {
        match self {
            Self::Elicitation => r#"{"elicitation":{"form":{}}}"#,
            Self::Sampling => r#"{"sampling":{}}"#,
            Self::Roots => r#"{"roots":{}}"#,
        }
    }

    /// Whether a client that declares the capability leaves out the part that is needed: since 2025-11-25 one may take
    /// addresses and no forms; an empty object means forms.
    pub(crate) fn is_withheld(self, capabilities: &str) -> bool {
        let has = |mode| declares(capabilities, &["elicitation", mode]);
        self == Self::Elicitation && has("url") && !has("form")
    }
}

/// A question to the client.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    /// What it is called where several could be asked at once.
    pub(crate) key: &'static str,
    /// What the client must be able to do.
    pub(crate) need: Need,
    /// The parameters as JSON; empty for none.
    pub(crate) params: String,
}

const FORM: &str = concat!(
    r#"{"type":"object","properties":{"name":{"type":"string","title":"Your name","minLength":1,"maxLength":40},"#,
    r#""greeting":{"type":"string","title":"How to greet you","enum":["Hello","Good day","Ahoy"]}},"required":["name"]}"#
);

/// Asks for a name.
pub(super) const ASK_NAME: Tool = Tool {
    name: "ask_name",
    title: "Ask who you are",
    description: "Greets you, once it knows your name. Shows a server that asks the person (elicitation)",
    input: NOTHING,
    output: "",
    hints: HARMLESS,
    run: |call| match call.answer.clone() {
        None => {
            let params = Object::new().text_if(call.client.revision >= Revision::V2025_11_25, "mode", "form");
            let params = params.text("message", "Who are you?").raw("requestedSchema", FORM).end();
            Turn::Ask(Ask { key: "name", need: Need::Elicitation, params })
        }
        Some(Answer::Refused(why)) => call.fail(&format!("The client did not ask you: {why}")),
        Some(Answer::Result(answer)) => greet(call, answer),
    },
};

fn greet(call: &Call<'_>, answer: Node<'_>) -> Turn {
    match answer.get("action").and_then(Node::as_str).as_deref() {
        Some("accept") => {}
        Some("decline") => return call.say("You would rather not say. That is fine."),
        Some("cancel") => return call.say("You closed the question without an answer."),
        _ => return call.fail("The answer says neither accept, decline nor cancel"),
    }
    let scan = json::scan(FORM);
    let filled = answer.get("content").zip(scan.root(FORM));
    let checked = filled.map_or(Err("content is missing".to_owned()), |(content, form)| schema::check(form, content, "content"));
    if let Err(problem) = checked {
        return call.fail(&problem);
    }
    let text = |name| answer.at(&["content", name]).and_then(Node::as_str);
    call.say(&format!("{}, {}!", text("greeting").unwrap_or("Hello".into()), text("name").unwrap_or_default()))
}

/// Asks a model.
pub(super) const ASK_MODEL: Tool = Tool {
    name: "ask_model",
    title: "Ask your model",
    description: "Passes a question to the client's model. Shows a server that uses a model it does not have (sampling)",
    input: r#"{"type":"object","properties":{"question":{"type":"string","default":"Why is the sky blue?"}},"additionalProperties":false}"#,
    output: "",
    hints: HARMLESS,
    run: |call| match call.answer.clone() {
        None => {
            let question = call.text("question").unwrap_or("Why is the sky blue?".into());
            let content = Object::new().text("type", "text").text("text", &question).end();
            let message = Object::new().text("role", "user").raw("content", &content).end();
            let params = Object::new().raw("messages", &format!("[{message}]"));
            let params = params.text("systemPrompt", "Answer in one sentence.").number("maxTokens", 100).end();
            Turn::Ask(Ask { key: "answer", need: Need::Sampling, params })
        }
        Some(Answer::Refused(why)) => call.fail(&format!("The client did not ask its model: {why}")),
        Some(Answer::Result(answer)) => {
            // Since 2025-11-25 there may be several pieces of content.
            let content = answer.get("content");
            let first = content.and_then(|content| content.items().next()).or(content);
            let text = first.and_then(|first| first.get("text")).and_then(Node::as_str);
            let model = answer.get("model").and_then(Node::as_str).unwrap_or("a model".into());
            match text {
                Some(text) => call.say(&format!("{model} says: {text}")),
                None => call.fail("The answer of the model holds no text"),
            }
        }
    },
};

/// Asks for the client's roots.
pub(super) const SHOW_ROOTS: Tool = Tool {
    name: "show_roots",
    title: "Show your roots",
    description: "Lists the folders the client works in. Shows a server that asks for roots",
    input: NOTHING,
    output: "",
    hints: HARMLESS,
    run: |call| match call.answer.clone() {
        None => Turn::Ask(Ask { key: "roots", need: Need::Roots, params: String::new() }),
        Some(Answer::Refused(why)) => call.fail(&format!("The client did not say its roots: {why}")),
        Some(Answer::Result(answer)) => {
            let roots: Vec<String> = answer
                .get("roots")
                .iter()
                .flat_map(|roots| roots.items())
                .filter_map(|root| root.get("uri")?.as_str())
                .map(|uri| uri.into_owned())
                .collect();
            call.say(&if roots.is_empty() { "No roots.".to_owned() } else { roots.join("\n") })
        }
    },
};
