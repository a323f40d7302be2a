//! Prompts with arguments, and what can be completed in them.

use std::borrow::Cow;

use inspector_core::json::{self, Node};

use crate::envelope::{self, Error};
use crate::object::{Object, array};
use crate::offers::{MINUTE, cached};
use crate::params::{Params, part, text};
use crate::resources::{self, CITIES, City};
use crate::revision::Revision;

struct Prompt {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    arguments: &'static [Argument],
}

struct Argument {
    name: &'static str,
    description: &'static str,
    required: bool,
}

const STYLES: [&str; 3] = ["formal", "friendly", "pirate"];

const PROMPTS: [Prompt; 2] = [
    Prompt {
        name: "greet",
        title: "Greet somebody",
        description: "Asks for a greeting",
        arguments: &[
            Argument { name: "name", description: "Whom to greet", required: true },
            Argument { name: "style", description: "How; it completes", required: false },
        ],
    },
    Prompt {
        name: "tour",
        title: "A walk through a city",
        description: "Asks for a walk, and brings what this server knows of the city",
        arguments: &[
            Argument { name: "city", description: "Where; it completes", required: true },
            Argument { name: "district", description: "Which part; it completes once there is a city", required: false },
        ],
    },
];

fn named(name: Option<&str>) -> Result<&'static Prompt, Error> {
    let known = PROMPTS.iter().find(|prompt| Some(prompt.name) == name);
    known.ok_or_else(|| Error::params(format!("Unknown prompt: {}", name.unwrap_or_default())))
}

/// `prompts/list`.
pub(crate) fn list(revision: Revision) -> Object {
    let argument = |argument: &Argument| {
        let known = Object::new().text("name", argument.name).text("description", argument.description);
        known.raw("required", if argument.required { "true" } else { "false" }).end()
    };
    let prompt = |prompt: &Prompt| {
        Object::new()
            .text("name", prompt.name)
            .text_if(revision >= Revision::V2025_06_18, "title", prompt.title)
            .text("description", prompt.description)
            .raw("arguments", &array(prompt.arguments.iter().map(argument)))
            .end()
    };
    cached(envelope::result(revision).raw("prompts", &array(PROMPTS.iter().map(prompt))), revision, MINUTE)
}

/// `prompts/get`.
///
/// # Errors
/// For a prompt that is not there, and for an argument that is missing or no text.
pub(crate) fn get(revision: Revision, params: Params<'_>) -> Result<Object, Error> {
    let prompt = named(text(params, &["name"]).as_deref())?;
    let given = |name: &str| text(params, &["arguments", name]);
    for argument in prompt.arguments {
        let sent = part(params, &["arguments", argument.name]).map(Node::as_str);
        if sent.map_or(argument.required, |sent| sent.is_none()) {
            return Err(Error::params(format!("Invalid params: the argument {} must be a text", argument.name)));
        }
    }
    let messages = match prompt.name {
        "greet" => {
            let style = given("style").unwrap_or(Cow::Borrowed("friendly"));
            vec![said(&format!("Write a {style} greeting for {}.", given("name").unwrap_or_default()))]
        }
        _ => {
            let city = given("city").unwrap_or_default();
            let place = given("district").map_or_else(|| city.to_string(), |district| format!("{district}, {city}"));
            let ask = said(&format!("Suggest a walk of two hours through {place}."));
            let facts = City::named(&city).map(|city| message(&resources::embedded(city)));
            std::iter::once(ask).chain(facts).collect()
        }
    };
    Ok(envelope::result(revision).text("description", prompt.description).raw("messages", &array(messages)))
}

fn said(text: &str) -> String {
    message(&Object::new().text("type", "text").text("text", text).end())
}

fn message(content: &str) -> String {
    Object::new().text("role", "user").raw("content", content).end()
}

/// `completion/complete`.
///
/// # Errors
/// For a reference to something that is not there, and for an argument it does not have.
pub(crate) fn complete(revision: Revision, params: Params<'_>) -> Result<Object, Error> {
    let part = |path: &[&str]| text(params, path);
    let argument = part(&["argument", "name"]).ok_or_else(|| Error::params("Invalid params: argument.name is missing"))?;
    let begun = part(&["argument", "value"]).ok_or_else(|| Error::params("Invalid params: argument.value is missing"))?;
    let known: &[&str] = match part(&["ref", "type"]).as_deref() {
        Some("ref/prompt") => {
            let prompt = named(part(&["ref", "name"]).as_deref())?;
            if !prompt.arguments.iter().any(|known| known.name == argument) {
                return Err(Error::params(format!("Invalid params: {} has no argument {argument}", prompt.name)));
            }
            known_values(&argument, part(&["context", "arguments", "city"]).as_deref())
        }
        Some("ref/resource") if part(&["ref", "uri"]).as_deref() == Some(resources::TEMPLATE) && argument == "city" => &CITIES,
        Some("ref/resource") => return Err(Error::params("Invalid params: no such resource template, or no such argument")),
        _ => return Err(Error::params("Invalid params: ref is neither a prompt nor a resource")),
    };
    let begun = begun.to_ascii_lowercase();
    let fit: Vec<&str> = known.iter().copied().filter(|value| value.to_ascii_lowercase().starts_with(&begun)).collect();
    let total = fit.len() as u64;
    let values = array(fit.into_iter().map(json::quote));
    let completion = Object::new().raw("values", &values).number("total", total).raw("hasMore", "false").end();
    Ok(envelope::result(revision).raw("completion", &completion))
}

fn known_values(argument: &str, city: Option<&str>) -> &'static [&'static str] {
    match argument {
        "style" => &STYLES,
        "city" => &CITIES,
        "district" => city.and_then(City::named).map_or(&[], |city| &city.districts),
        _ => &[],
    }
}
