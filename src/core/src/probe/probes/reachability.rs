//! Whether anything answers at the address at all.

use super::{Ask, Came, Judged, Probe, Setting, Step, Tells, Tried};
use crate::mcp;
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "reachability",
    title: "Requests that the page may not read",
    asks: "Whether anything answers at this address, when the browser shows nothing of the answers.",
    tells: Tells::Cause,
    rules: &[mcp::Step::Opaque],
    steps: &[Step::new(Ask::Reach), Step::new(Ask::ReachEvents)],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    if setting.checkup && setting.answered { Err(LeftOut::Shown) } else { Ok(()) }
}

fn judge(tried: &Tried<'_>) -> Judged {
    match (tried.came(0), tried.came(1)) {
        (Came::Taken, _) => Judged::expected("Something answers at this address."),
        (_, Came::Taken) => {
            Judged::expected("Something answers at this address, and tells browsers to keep the pages of others from it.")
        }
        (Came::Silent, _) | (_, Came::Silent) => Judged::differs("Nothing refused the connection, and no answer came in time."),
        // Outside a browser a request that fails is what it seems.
        _ if tried.trace.about.page.is_none() => Judged::differs("Nothing answers at this address."),
        _ => Judged::unseen("Nothing came: either nothing answers there, or the browser may not call it at all."),
    }
}
