//! The page of a cause as a person reads it: why, the first thing to do, and the sections of which one is theirs.

use inspector_core::diagnose::{Block, Page, Part};
use inspector_core::fingerprint::Stack;

use super::dom::{El, View, el, row};
use super::rich::rich;

/// The page without what a person sees, which a finding says in the server's own words.
pub(super) fn explanation(page: &Page, stack: Option<Stack>) -> View {
    row(page.parts.iter().skip(1).map(|part| part_view(part, stack)))
}

/// All of the page.
pub(super) fn whole(page: &Page, stack: Option<Stack>) -> View {
    row(page.parts.iter().map(|part| part_view(part, stack)))
}

fn part_view(part: &Part, stack: Option<Stack>) -> View {
    (el("h4").child(part.heading.as_str()), rich(part.blocks.clone()), sections(&part.sections, stack)).into()
}

/// The sections, folded: those meant for what the server looks like stand first and open, and one that is alone is open too.
fn sections(sections: &[(String, Vec<Block>)], stack: Option<Stack>) -> View {
    let fits = |heading: &str| stack.is_some_and(|stack| stack.is_meant_by(heading));
    let (mine, others): (Vec<_>, Vec<_>) = sections.iter().partition(|(heading, _)| fits(heading));
    let alone = sections.len() == 1;
    let folded = |(heading, blocks): &(String, Vec<Block>), fits: bool| section(heading, blocks, fits, fits || alone);
    let mine = mine.into_iter().map(|section| folded(section, true));
    let all = mine.chain(others.into_iter().map(|section| folded(section, false)));
    (!sections.is_empty()).then(|| el("div").class("sections").children(all)).into()
}

fn section(heading: &str, blocks: &[Block], fits: bool, open: bool) -> El {
    let summary = el("summary").child(heading).child(fits.then(|| el("span").class("chip mut").child("this server")));
    el("details").class("section").flag("open", open).child(summary).child(el("div").child(rich(blocks.to_vec())))
}
