//! What a client learns from a session id that the server never issued.

use alloc::format;

use super::{Came, Id, Judged, Probe, Setting, Step, Tells, Tried};
use crate::mcp::{self, Era};
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "forged-id",
    title: "A made-up session id",
    asks: "Whether the server knows its sessions, and how it refuses one that it does not know.",
    tells: Tells::Rule,
    rules: &[mcp::Step::SessionUnknown, mcp::Step::SessionSent],
    steps: &[Step::light().session(Id::Forged)],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    match setting.era() {
        Era::Handshake => setting.wants_session(),
        Era::Stateless => setting.wants_open(),
    }
}

fn judge(tried: &Tried<'_>) -> Judged {
    let words = tried.words(0);
    match (tried.came(0), tried.era()) {
        (came, Era::Stateless) if came.is_taken() => Judged::expected("It is answered: the id is ignored, as it should be."),
        (_, Era::Stateless) => Judged::differs(format!("The id should be ignored, and what came is {words}.")),
        (came, _) if came.is_taken() => Judged::differs("It is answered, although no such session was ever issued."),
        (Came::Refused(404), _) => Judged::expected("It is refused with 404: a client knows that it has to start over."),
        (Came::Refused(400), _) => {
            Judged::differs("It is refused with 400 instead of 404: clients that wait for a 404 do not start over.")
        }
        (Came::Refused(401 | 403), _) => {
            Judged::differs(format!("404 is due, and what came makes clients ask for another token: {words}."))
        }
        _ => Judged::differs(format!("404 is due, and what came is {words}.")),
    }
}
