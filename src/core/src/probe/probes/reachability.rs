//! Whether anything answers at the address at all.

use super::{Ask, Came, Judged, Probe, Setting, Step, Tried};
use crate::mcp;
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "reachability",
    title: "A request that the page may not read",
    asks: "Whether anything answers at this address, when the browser shows nothing of the answers.",
    rules: &[mcp::Step::Opaque],
    steps: &[Step::new(Ask::Reach)],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    if setting.checkup && setting.answered { Err(LeftOut::Shown) } else { Ok(()) }
}

fn judge(tried: &Tried<'_>) -> Judged {
    match tried.came(0) {
        Came::Taken => Judged::expected("Something answers at this address."),
        Came::Silent => Judged::differs("Nothing answered in time, although nothing refused the connection either."),
        _ => Judged::differs("Nothing answers at this address, or the browser may not call it at all."),
    }
}
