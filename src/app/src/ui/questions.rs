//! What the server asks the person: a form to fill in, a page to visit, an answer in place of a model's.

use inspector_core::http::Url;
use inspector_core::mcp::{self, Content, Elicitation, Sampling, SamplingPart, read_elicitation, read_sampling};
use inspector_core::schema;
use inspector_core::trace::{Answer, Command, Question};
use leptos::prelude::*;
use web_sys::Event;

use super::content::{content, contents};
use super::dom::{El, View, button, el, live, memo, row};
use super::json_tree::json_tree;
use super::keyboard::submits;
use super::schema_form::{Drafts, Manner, schema_form};
use super::shown::shown;
use crate::store::Store;

/// The code for a person's no to a request for a model (2025-11-25, sampling, error handling).
const REJECTED: i64 = -1;

/// The region "The server asks", while there is something to answer.
pub(super) fn questions() -> View {
    let store = Store::get();
    // A recording keeps what was never answered; only a conversation that is open can still be told.
    let asked = memo(move || {
        let open = store.is_open();
        store.with_trace(|trace| trace.questions().to_vec()).filter(|_| open).unwrap_or_default()
    });
    let region = move || {
        let cards = asked.get().into_iter().map(card).collect::<Vec<_>>();
        (!cards.is_empty()).then(|| {
            let heading = el("h3").attr("role", "status").child("The server asks");
            el("section").class("questions").attr("aria-label", "The server asks").child(heading).children(cards)
        })
    };
    live(region)
}

/// How a question is answered.
#[derive(Clone)]
struct Reply {
    store: Store,
    question: Question,
}

impl Reply {
    fn result(&self, json: &str) {
        self.say(Answer::Result(json.to_owned()));
    }

    fn say(&self, answer: Answer) {
        let Question { at, key, .. } = &self.question;
        self.store.command(Command::Answer { to: *at, key: key.clone(), answer });
    }

    /// A button that answers with a fixed result.
    fn button(&self, text: &str, result: &'static str) -> El {
        let reply = self.clone();
        button(text, move || reply.result(result))
    }
}

fn card(question: Question) -> El {
    let store = Store::get();
    let at = question.at;
    let show = button("Show in diagram", move || store.look_at(at)).class("link");
    let id = format!("{} {}", question.at, question.key);
    let reply = Reply { store, question };
    let body = match &*reply.question.method {
        "sampling/createMessage" => read_sampling(&reply.question.params).map(|sampling| sampled(&reply, &sampling)),
        _ => read_elicitation(&reply.question.params).map(|elicitation| match elicitation {
            Elicitation::Form { message, schema } => form(&reply, &id, &message, &schema),
            Elicitation::Url { message, url } => page(&reply, &message, &url),
        }),
    };
    el("div").class("card").child(body.unwrap_or_else(|| unreadable(&reply))).child(show)
}

/// Params that are none: shown, and the server can still be told no.
fn unreadable(reply: &Reply) -> View {
    let refuse = {
        let reply = reply.clone();
        move || reply.say(Answer::Error { code: -32602, message: "Invalid params".to_owned() })
    };
    (el("p").child("A question this page cannot read:"), json_tree(reply.question.params.clone()), button("Refuse", refuse))
        .into()
}

fn form(reply: &Reply, id: &str, message: &str, schema: &str) -> View {
    // The same event of another run is another question.
    let began = untrack(|| reply.store.with_trace(|trace| trace.about.began)).flatten().map_or(0, |began| began.0);
    let draft = Drafts::draft(&format!("question {began} {id} {schema}"), || schema::form(schema));
    let accept = {
        let reply = reply.clone();
        move |event: Event| {
            event.prevent_default();
            if let Some(content) = draft.take() {
                reply.result(&mcp::accepted(&content));
            }
        }
    };
    let buttons = el("div")
        .class("row")
        .child(el("button").attr("type", "submit").class("primary").child("Accept"))
        .child(reply.button("Decline", mcp::declined()))
        .child(reply.button("Cancel", mcp::dismissed()).class("ghost"));
    let form = el("form")
        .flag("novalidate", true)
        .attr("autocomplete", "off")
        .on("submit", accept)
        .on("keydown", submits)
        .child(schema_form(draft, &format!("q{}", id.replace(' ', "-")), "Answer", Manner::default()))
        .child(buttons);
    (el("p").class("description").child(shown(message)), form).into()
}

/// A page to visit. Its address is shown whole before it can be opened, as the specification asks (2025-11-25, elicitation).
fn page(reply: &Reply, message: &str, url: &str) -> View {
    let known = Url::parse(url).ok();
    let host =
        known.as_ref().map(|url| el("p").child("This opens a page of ").child(el("b").child(shown(&url.authority()))).child("."));
    let open = known.is_some().then(|| {
        let reply = reply.clone();
        el("a")
            .class("button primary")
            .attr("href", url)
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer")
            .on("click", move |_: Event| reply.result(mcp::agreed()))
            .child("Open the page and accept")
    });
    let odd =
        known.is_none().then(|| el("p").class("word").child("This is no address of the web, so this page does not open it."));
    let buttons = el("div")
        .class("row")
        .child(open)
        .child(reply.button("Decline", mcp::declined()))
        .child(reply.button("Cancel", mcp::dismissed()).class("ghost"));
    row::<View>([
        el("p").class("description").child(shown(message)).into(),
        el("p").class("mono line").child(shown(url)).into(),
        host.into(),
        odd.into(),
        buttons.into(),
    ])
}

/// A conversation that the server wants a model to go on with.
fn sampled(reply: &Reply, sampling: &Sampling) -> View {
    let (text, model) = (RwSignal::new(String::new()), RwSignal::new("typed by hand".to_owned()));
    let said = sampling.messages.iter().map(|message| {
        el("div").class("said").child(el("h4").child(shown(&message.role))).children(message.parts.iter().map(part))
    });
    let system = (!sampling.system.is_empty())
        .then(|| el("div").class("said").child(el("h4").child("system")).child(content(&Content::Text(sampling.system.clone()))));
    let wishes = [
        sampling.max_tokens.map(|tokens| format!("at most {tokens} tokens")),
        (!sampling.models.is_empty()).then(|| format!("best from {}", sampling.models.join(", "))),
    ];
    let wishes = wishes.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let wishes = (!wishes.is_empty()).then(|| el("p").class("quiet").child(shown(&format!("It wants {wishes}."))));
    let tools = (!sampling.tools.is_empty())
        .then(|| el("details").child(el("summary").child("Tools for the model")).child(json_tree(sampling.tools.clone())));
    let send = {
        let reply = reply.clone();
        move |event: Event| {
            event.prevent_default();
            reply.result(&mcp::sampled(&text.get_untracked(), &model.get_untracked()));
        }
    };
    let decline = {
        let reply = reply.clone();
        move || reply.say(Answer::Error { code: REJECTED, message: "User rejected sampling request".to_owned() })
    };
    let answer = el("textarea").class("grow").attr("id", "sampled-text").attr("rows", "3").bind(text);
    let name = el("input").attr("type", "text").attr("id", "sampled-model").attr("spellcheck", "false").bind(model);
    let labelled = |id: &str, text: &str, field: El| el("div").child(el("label").attr("for", id).child(text)).child(field);
    let buttons = el("div")
        .class("row")
        .child(el("button").attr("type", "submit").class("primary").child("Send answer"))
        .child(button("Decline", decline));
    let form = el("form")
        .attr("autocomplete", "off")
        .on("submit", send)
        .on("keydown", submits)
        .child(labelled("sampled-text", "Answer of the model", answer))
        .child(labelled("sampled-model", "Name of the model", name))
        .child(buttons);
    row::<View>([
        el("p").child("The server wants a model to go on with this conversation. You answer in its place.").into(),
        system.into(),
        row(said),
        wishes.into(),
        tools.into(),
        form.into(),
    ])
}

fn part(part: &SamplingPart) -> View {
    match part {
        SamplingPart::Content(said) => content(said),
        SamplingPart::ToolUse { name, input, .. } => {
            (el("p").child("wants to call ").child(el("code").child(shown(name))), json_tree(input.clone())).into()
        }
        SamplingPart::ToolResult { is_error, content, .. } => {
            let headline = if *is_error { "the tool failed with" } else { "the tool gave" };
            (el("p").child(headline), contents(content)).into()
        }
    }
}
