//! The one that separates path, token and session: `initialize` needs the first two and not the third.

use alloc::format;

use super::{Ask, Came, Judged, Probe, Setting, Step, Tells, Tried};
use crate::mcp;
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "initialize-without-id",
    title: "initialize without a session id",
    asks: "Whether the address, the token or the session is what a refusal is about.",
    tells: Tells::Cause,
    rules: &[mcp::Step::StartOver, mcp::Step::Initialize],
    steps: &[Step::new(Ask::Initialize)],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    setting.wants_sessions()?;
    // Where a session is open, its own handshake was just this.
    if setting.checkup && (setting.fresh || setting.session) { Err(LeftOut::Shown) } else { Ok(()) }
}

fn judge(tried: &Tried<'_>) -> Judged {
    let words = tried.words(0);
    match tried.came(0) {
        Came::Taken => Judged::expected("A new session is opened at once: the address and the token are good."),
        Came::Refused(401 | 403) => Judged::differs(format!("It is refused too, so this is about the token: {words}.")),
        Came::Refused(404 | 405) => Judged::differs(format!("It is refused too, so this is about the address: {words}.")),
        Came::Silent => Judged::differs("No answer came in time, not even to the request that opens a session."),
        _ => Judged::differs(format!("It is not answered, so this is not about the session: {words}.")),
    }
}
