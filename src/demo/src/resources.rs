//! Resources: a text, a picture, one that changes and can be followed, and a template.

use crate::envelope::{self, Error};
use crate::media;
use crate::object::{Object, array};
use crate::offers::{MINUTE, cached};
use crate::params::{Params, text};
use crate::revision::Revision;
use crate::world::World;

/// A text about this server.
pub(crate) const GUIDE: &str = "demo://guide";
/// How many tools were called; it changes with every call.
pub(crate) const CALLS: &str = "demo://calls";
const PICTURE: &str = "demo://picture.png";
/// The template of the facts about a city.
pub(crate) const TEMPLATE: &str = "demo://cities/{city}";
const CITY: &str = "demo://cities/";

const GUIDE_TEXT: &str = "# The demo server\n\nIt is part of the page: nothing is sent to anybody. Call `slow_count` to watch \
    progress, `ask_name` to be asked something back, and `add_tool` to see a list change.\n";

struct Resource {
    uri: &'static str,
    name: &'static str,
    title: &'static str,
    description: &'static str,
    mime_type: &'static str,
}

const RESOURCES: [Resource; 3] = [
    Resource {
        uri: GUIDE,
        name: "guide",
        title: "What to try",
        description: "A text: what there is to see on this server",
        mime_type: "text/markdown",
    },
    Resource {
        uri: PICTURE,
        name: "picture",
        title: "A small picture",
        description: "Bytes: a picture of sixteen by sixteen points",
        mime_type: "image/png",
    },
    Resource {
        uri: CALLS,
        name: "calls",
        title: "How many tools were called",
        description: "A text that changes with every tool call: follow it",
        mime_type: "text/plain",
    },
];

/// A city the demo server knows.
#[derive(Debug)]
pub(crate) struct City {
    /// Its name.
    pub(crate) name: &'static str,
    country: &'static str,
    /// Degrees Celsius on an ordinary day.
    pub(crate) warmth: i64,
    /// Some of its districts.
    pub(crate) districts: [&'static str; 3],
}

/// The names of the cities.
pub(crate) const CITIES: [&str; 4] = ["Lisbon", "Nairobi", "Oslo", "Wellington"];

const FACTS: [City; 4] = [
    City { name: CITIES[0], country: "Portugal", warmth: 24, districts: ["Alfama", "Baixa", "Belém"] },
    City { name: CITIES[1], country: "Kenya", warmth: 22, districts: ["Karen", "Kilimani", "Westlands"] },
    City { name: CITIES[2], country: "Norway", warmth: 8, districts: ["Frogner", "Grünerløkka", "Sagene"] },
    City { name: CITIES[3], country: "New Zealand", warmth: 14, districts: ["Kelburn", "Miramar", "Te Aro"] },
];

impl City {
    /// The city of this name.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        FACTS.iter().find(|city| city.name == name)
    }

    fn facts(&self) -> String {
        let districts = array(self.districts.iter().map(|district| inspector_core::json::quote(district)));
        Object::new().text("city", self.name).text("country", self.country).raw("districts", &districts).end()
    }
}

/// `resources/list`.
pub(crate) fn list(revision: Revision) -> Object {
    let resource = |known: &Resource| {
        Object::new()
            .text("uri", known.uri)
            .text("name", known.name)
            .text_if(revision >= Revision::V2025_06_18, "title", known.title)
            .text("description", known.description)
            .text("mimeType", known.mime_type)
            .end()
    };
    cached(envelope::result(revision).raw("resources", &array(RESOURCES.iter().map(resource))), revision, MINUTE)
}

/// `resources/templates/list`.
pub(crate) fn templates(revision: Revision) -> Object {
    let template = Object::new()
        .text("uriTemplate", TEMPLATE)
        .text("name", "city")
        .text_if(revision >= Revision::V2025_06_18, "title", "Facts about a city")
        .text("description", "A city this server knows; its name completes")
        .text("mimeType", "application/json")
        .end();
    cached(envelope::result(revision).raw("resourceTemplates", &array([template])), revision, MINUTE)
}

fn city_of(uri: &str) -> Option<&'static City> {
    uri.strip_prefix(CITY).and_then(City::named)
}

/// Whether there is a resource at an address.
pub(crate) fn exists(uri: &str) -> bool {
    RESOURCES.iter().any(|known| known.uri == uri) || city_of(uri).is_some()
}

/// The address in the parameters of a request about a resource.
///
/// # Errors
/// When there is none, or nothing is there.
pub(crate) fn asked_for(revision: Revision, params: Params<'_>) -> Result<String, Error> {
    let uri = text(params, &["uri"]);
    let uri = uri.ok_or_else(|| Error::params("Invalid params: uri is missing"))?;
    if exists(&uri) {
        return Ok(uri.into_owned());
    }
    // The code of its own was given up with 2026-07-28.
    let code = if revision.is_stateless() { Error::INVALID_PARAMS } else { Error::RESOURCE_NOT_FOUND };
    Err(Error::new(code, "Resource not found").with(Object::new().text("uri", &uri).end()))
}

/// `resources/read`.
///
/// # Errors
/// As [`asked_for`].
pub(crate) fn read(world: &World, revision: Revision, params: Params<'_>) -> Result<Object, Error> {
    let uri = asked_for(revision, params)?;
    let contents = match (uri.as_str(), city_of(&uri)) {
        (_, Some(city)) => city_contents(city),
        (PICTURE, _) => Object::new().text("uri", PICTURE).text("mimeType", "image/png").text("blob", media::PNG).end(),
        (CALLS, _) => text_contents(CALLS, "text/plain", &format!("{} tool calls so far", world.calls)),
        _ => guide(),
    };
    let fresh = if uri == CALLS { 0 } else { MINUTE };
    Ok(cached(envelope::result(revision).raw("contents", &array([contents])), revision, fresh))
}

/// The guide, as it is read.
pub(crate) fn guide() -> String {
    text_contents(GUIDE, "text/markdown", GUIDE_TEXT)
}

fn text_contents(uri: &str, mime_type: &str, text: &str) -> String {
    Object::new().text("uri", uri).text("mimeType", mime_type).text("text", text).end()
}

fn city_contents(city: &City) -> String {
    text_contents(&format!("{CITY}{}", city.name), "application/json", &city.facts())
}

/// The facts about a city, as a part of a message.
pub(crate) fn embedded(city: &City) -> String {
    Object::new().text("type", "resource").raw("resource", &city_contents(city)).end()
}
