//! The button that tries a probe where a finding is not proven and one would tell.

use inspector_core::probe;

use super::dom::{View, button, when};
use crate::store::Store;

/// A button for the probe of that slug, where it can be tried.
pub(super) fn prove(slug: Option<&'static str>) -> View {
    let store = Store::get();
    let probe = slug.and_then(probe::by_slug);
    let offer = move |probe: &'static probe::Probe| {
        when(
            move || store.can_probe(),
            move || {
                button(format!("Try: {}", probe.title), move || store.probe(probe))
                    .attr("data-probe", probe.slug)
                    .attr("title", probe.asks)
            },
        )
    };
    probe.map(offer).into()
}
