//! Tools whose results are not text: a picture, a sound, a resource and a link to one.

use super::{HARMLESS, NOTHING, Tool, content_text};
use crate::media;
use crate::object::Object;
use crate::resources::{GUIDE, guide};
use crate::revision::Revision;

/// Shows a picture.
pub(super) const PICTURE: Tool = Tool {
    name: "picture",
    title: "A small picture",
    description: "Draws a face of sixteen by sixteen points. Shows content that is an image",
    input: NOTHING,
    output: "",
    hints: HARMLESS,
    run: |call| {
        let image = Object::new().text("type", "image").text("data", media::PNG).text("mimeType", "image/png").end();
        call.show([content_text("A face:"), image])
    },
};

/// Plays a sound.
pub(super) const SOUND: Tool = Tool {
    name: "sound",
    title: "A short tone",
    description: "Plays an a' for a tenth of a second. Shows content that is audio",
    input: NOTHING,
    output: "",
    hints: HARMLESS,
    run: |call| {
        let (data, wav) = (media::wav(), "audio/wav");
        // Audio came with 2025-03-26; before, it can only be a resource.
        let content = if call.client.revision >= Revision::V2025_03_26 {
            Object::new().text("type", "audio").text("data", &data).text("mimeType", wav)
        } else {
            let resource = Object::new().text("uri", "demo://tone.wav").text("mimeType", wav).text("blob", &data);
            Object::new().text("type", "resource").raw("resource", &resource.end())
        };
        call.show([content.end()])
    },
};

/// Brings a resource, and a link to it.
pub(super) const FIND_GUIDE: Tool = Tool {
    name: "find_guide",
    title: "Find the guide",
    description: "Brings the guide to this server. Shows an embedded resource, and a link to a resource",
    input: NOTHING,
    output: "",
    hints: HARMLESS,
    run: |call| {
        let embedded = Object::new().text("type", "resource").raw("resource", &guide()).end();
        let link = Object::new().text("type", "resource_link").text("uri", GUIDE).text("name", "guide").end();
        // Links came with 2025-06-18.
        let linked = call.client.revision >= Revision::V2025_06_18;
        call.show(std::iter::once(embedded).chain(linked.then_some(link)))
    },
};
