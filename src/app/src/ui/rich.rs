//! The explanations of core, as HTML elements.

use inspector_core::diagnose::{self, Block, Inline};

use super::dom::{El, View, el, row};

/// Paragraphs, lists and code.
pub(super) fn rich(blocks: Vec<Block>) -> View {
    row(blocks.into_iter().map(block))
}

fn block(block: Block) -> El {
    match block {
        Block::Paragraph(inlines) => el("p").children(inlines.into_iter().map(inline)),
        Block::List(items) => el("ul").children(items.into_iter().map(|item| el("li").children(item.into_iter().map(inline)))),
        Block::Code { text, .. } => el("pre").attr("tabindex", "0").child(el("code").child(text)),
    }
}

fn inline(inline: Inline) -> View {
    match inline {
        Inline::Text(text) => text.into(),
        Inline::Code(text) => el("code").child(text).into(),
        Inline::Strong(text) => el("strong").child(text).into(),
        Inline::Cause(slug) => cause_link(&slug),
    }
}

/// A cause by its slug: the way to its page, where there is one.
pub(super) fn cause_link(slug: &str) -> View {
    let name = el("code").class("slug").child(slug);
    match diagnose::cause(slug) {
        Some(cause) => el("a").attr("href", format!("#cause={slug}")).attr("title", cause.title).child(name).into(),
        None => name.into(),
    }
}
