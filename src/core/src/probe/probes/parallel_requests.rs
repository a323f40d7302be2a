//! Whether every process behind the address knows the session.

use alloc::format;

use super::{Judged, Probe, Setting, Step, Tells, Tried};
use crate::mcp::{self, Era};
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "parallel-requests",
    title: "Three requests at once",
    asks: "Whether requests that arrive together are all answered: with several processes that do not share their sessions, some are not.",
    tells: Tells::Cause,
    rules: &[mcp::Step::RequestId, mcp::Step::SessionSent],
    steps: &[Step::light(), Step::light().at_once(), Step::light().at_once()],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    setting.wants_open()
}

fn judge(tried: &Tried<'_>) -> Judged {
    let (taken, sent) = tried.taken();
    let odd = (0..sent).find(|n| !tried.came(*n).is_taken()).map(|n| tried.words(n)).unwrap_or_default();
    let shared = match tried.era() {
        Era::Handshake => "several processes that do not share their sessions do this",
        Era::Stateless => "one of several processes is not like the others, or there is a limit",
    };
    match taken {
        all if all == sent => Judged::expected(format!("All {sent} are answered.")),
        0 => Judged::differs(format!("None of the {sent} is answered: {odd}.")),
        some => Judged::differs(format!("{some} of {sent} are answered, and one is not: {odd}. {}.", capital(shared))),
    }
}

fn capital(text: &str) -> alloc::string::String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}
