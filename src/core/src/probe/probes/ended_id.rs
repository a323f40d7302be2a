//! Whether a session that was ended is over, and how the server says so.

use alloc::format;

use super::{Ask, Came, Id, Judged, Probe, Setting, Step, Tells, Tried};
use crate::mcp;
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "ended-id",
    title: "A session that was ended",
    asks: "Whether a client can end its session, and what becomes of a request in it afterwards.",
    tells: Tells::Rule,
    rules: &[mcp::Step::EndSession, mcp::Step::SessionUnknown],
    steps: &[Step::new(Ask::Initialize), Step::new(Ask::End).session(Id::Of(0)), Step::light().session(Id::Of(0))],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    setting.wants_session()
}

fn judge(tried: &Tried<'_>) -> Judged {
    if tried.issued(0).is_none() {
        return Judged::differs(format!("A second session could not be opened: {}.", tried.words(0)));
    }
    if tried.step(1).is_none() {
        return Judged::not_tried("A second initialize gives the id that is in use already. To end it would end this session.");
    }
    match (tried.came(1), tried.came(2)) {
        (Came::Refused(405), last) if last.is_taken() => {
            Judged::expected("DELETE is refused with 405: this server does not let clients end sessions.")
        }
        (Came::Refused(405), _) => {
            Judged::differs(format!("DELETE is refused with 405, and the session is gone all the same: {}.", tried.words(2)))
        }
        (Came::Taken, Came::Refused(404)) => Judged::expected("The session is ended, and refused with 404 from then on."),
        (Came::Taken, last) if last.is_taken() => {
            Judged::differs("DELETE is answered well, and the session goes on all the same.")
        }
        (Came::Taken, Came::Refused(status)) => {
            Judged::differs(format!("The session is ended, and refused with {status} from then on, where 404 is due."))
        }
        (Came::Taken, _) => {
            Judged::differs(format!("The session is ended; 404 is due from then on, and what came is {}.", tried.words(2)))
        }
        _ => Judged::differs(format!("DELETE is not answered as it should be: {}.", tried.words(1))),
    }
}
