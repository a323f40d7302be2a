//! What can be sent of a recording: each level with its link, for a person to choose from.

use alloc::vec::Vec;

use super::taint::Secrets;
use super::{Level, Link, More, NoLink, Redacted, View, link, redact};
use crate::trace::Trace;

/// One level of a recording, ready to be sent.
pub struct Offer {
    /// What goes out, and what was removed.
    pub redacted: Redacted,
    /// The link to it, or why there is none.
    pub link: Result<Link, NoLink>,
}

/// Every level of a recording with its link, the smallest first. [`Level::Failure`] is not among them when it would leave nothing
/// out that [`Level::Names`] has.
///
/// Takes some milliseconds for a handshake and up to seconds for the largest recordings: call it when the dialog opens and when
/// the person takes out more, not while they type.
pub fn offers(trace: &Trace, more: &More, view: &View, secrets: &Secrets<'_>) -> Vec<Offer> {
    let offer = |level: &Level| {
        let redacted = redact(trace, *level, more);
        let link = link(&redacted, view, secrets);
        Offer { redacted, link }
    };
    let mut offers: Vec<Offer> = Level::ALL.iter().map(offer).collect();
    let exchanges = |at: usize| offers.get(at).map(|offer| offer.redacted.trace().exchanges().len());
    if exchanges(0) == exchanges(1) {
        offers.remove(0);
    }
    offers
}

/// The one to offer first: the smallest that has a link and in which the same is found. `None` when none has a link: offer a file.
///
/// When the person took out what a finding stands on, none keeps it; then it is the smallest that has a link.
pub fn first_choice(offers: &[Offer]) -> Option<&Offer> {
    let mut linked = offers.iter().filter(|offer| offer.link.is_ok());
    let kept = linked.clone().find(|offer| offer.redacted.keeps_findings());
    kept.or_else(|| linked.next())
}
