//! What a person is told while an action waits for the rest of the page, and when that cannot be loaded.

use super::dom::{El, el, live};
use crate::part::Status;
use crate::store::Store;

/// A place for it that screen readers announce.
pub(super) fn notice() -> El {
    let part = Store::get().part;
    let said = move || {
        match part.status() {
        Status::Quiet => None,
        Status::Waiting => Some(el("p").class("card").child("Loading the rest of this page…")),
        Status::Unavailable => Some(el("p").class("card word stops").child(
            "The rest of this page could not be loaded. Check your connection and try again; if that does not help, reload the page.",
        )),
    }
    };
    el("div").class("notice").attr("role", "status").child(live(said))
}
