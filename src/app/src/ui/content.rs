//! What tools, prompts and resources give, shown for what it is: text as text, pictures and sound from their own bytes, and
//! nothing that would be loaded from anywhere.

use inspector_core::http::Url;
use inspector_core::mcp::{self, Content};
use leptos::prelude::*;

use super::dom::{El, View, button, el, row};
use super::json_tree::json_tree;
use super::shown::{plain, shown};
use crate::store::{Store, Tab};

/// The longest text that is shown whole, in characters; the rest is counted.
const TEXT_CHARS: usize = 50_000;

/// Types of pictures that browsers show and run nothing of, inside `img`.
const PICTURES: [&str; 6] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", "image/avif"];

/// Several blocks.
pub(super) fn contents(contents: &[Content]) -> View {
    row(contents.iter().map(content))
}

/// One block.
pub(super) fn content(content: &Content) -> View {
    match content {
        Content::Text(text) => text_block(text),
        Content::Image { mime_type, data } => image(mime_type, data),
        Content::Audio { mime_type, data } => audio(mime_type, data),
        Content::Link { uri, name, title, description, mime_type } => link(uri, name, title, description, mime_type),
        Content::Resource { uri, mime_type, text, blob } => resource(uri, mime_type, text.as_deref(), blob.as_deref()),
        Content::Unknown(raw) => {
            (el("p").class("quiet").child("A kind of content this page does not know:"), json_tree(raw.clone())).into()
        }
    }
}

fn text_block(text: &str) -> View {
    let start: String = text.chars().take(TEXT_CHARS).collect();
    let more = text.len() - start.len();
    let rest = (more > 0).then(|| el("p").class("quiet").child(format!("and {more} bytes more")));
    (el("pre").class("text").attr("tabindex", "0").child(shown(&start)), rest).into()
}

fn image(mime_type: &str, data: &str) -> View {
    let said = format!("{mime_type}, {}", size(data));
    match data_url(mime_type, data, &PICTURES) {
        Some(source) => (el("img").attr("src", source).attr("alt", format!("Picture: {}", plain(&said))), caption(&said)).into(),
        None => caption(&format!("A picture that this page does not show: {said}")).into(),
    }
}

fn audio(mime_type: &str, data: &str) -> View {
    let said = format!("{mime_type}, {}", size(data));
    let is_sound = mime_type.starts_with("audio/");
    match is_sound.then(|| data_url(mime_type, data, &[mime_type])).flatten() {
        Some(source) => {
            let player = el("audio").flag("controls", true).attr("preload", "metadata").attr("src", source);
            (player.attr("aria-label", format!("Sound: {}", plain(&said))), caption(&said)).into()
        }
        None => caption(&format!("A sound that this page does not play: {said}")).into(),
    }
}

fn caption(said: &str) -> El {
    el("p").class("quiet").child(shown(said))
}

/// The bytes as an address of their own; `None` for a type that is not allowed, or data that is no base64.
fn data_url(mime_type: &str, data: &str, allowed: &[&str]) -> Option<String> {
    let is_type = mime_type.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/+.-".contains(&byte));
    let is_base64 = data.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte) || byte.is_ascii_whitespace());
    (allowed.contains(&mime_type) && is_type && is_base64).then(|| format!("data:{mime_type};base64,{data}"))
}

/// How many bytes base64 stands for.
fn size(data: &str) -> String {
    let digits = data.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=').count();
    format!("{} bytes", digits * 3 / 4)
}

fn link(uri: &str, name: &str, title: &str, description: &str, mime_type: &str) -> View {
    let shown_name = if title.is_empty() { name } else { title };
    let (store, asked) = (Store::get(), uri.to_owned());
    let read = button("Read", move || {
        store.call("resources/read", mcp::uri_params(&asked));
        store.resource.set(Some(asked.clone()));
        store.tab.set(Tab::Resources);
    });
    let read = read.class("small").attr("aria-label", format!("Read {}", plain(uri)));
    let head = el("div").class("head").child(el("b").child(shown(shown_name))).child(caption(mime_type)).child(read);
    let about = (!description.is_empty()).then(|| el("p").child(shown(description)));
    el("div").class("card").child(head).child(address(uri)).child(about).into()
}

/// An address: a link if it is one of the web, else only text.
pub(super) fn address(uri: &str) -> El {
    if Url::parse(uri).is_ok() {
        let link = el("a").attr("href", uri).attr("target", "_blank").attr("rel", "noopener noreferrer");
        return el("p").class("mono line").child(link.child(shown(uri)));
    }
    el("p").class("mono line").child(shown(uri))
}

fn resource(uri: &str, mime_type: &str, text: Option<&str>, blob: Option<&str>) -> View {
    let head = el("div").class("head").child(address(uri)).child(caption(mime_type));
    let body: View = match (text, blob) {
        (Some(text), _) if mime_type.ends_with("json") => json_tree(text).into(),
        (Some(text), _) => text_block(text),
        (None, Some(blob)) if mime_type.starts_with("image/") => image(mime_type, blob),
        (None, Some(blob)) if mime_type.starts_with("audio/") => audio(mime_type, blob),
        (None, blob) => {
            let blob = blob.unwrap_or_default();
            let data = el("details").child(el("summary").child("The bytes, in base64")).child(text_block(blob));
            (caption(&size(blob)), data).into()
        }
    };
    el("div").class("card").child(head).child(body).into()
}
