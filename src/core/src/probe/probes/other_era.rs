//! Whether the server speaks the other era too.

use alloc::format;

use super::{Ask, Came, Judged, Probe, Setting, Step, Tells, Tried};
use crate::mcp::{self, Era};
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "other-era",
    title: "What opens a conversation in the other era",
    asks: "Whether the server speaks the stateless era and the one with a handshake, or one of them.",
    tells: Tells::Cause,
    rules: &[mcp::Step::Initialize, mcp::Step::FallBack],
    steps: &[Step::new(Ask::OtherEra)],
    applies,
    judge,
};

#[expect(clippy::unnecessary_wraps, reason = "every probe says in the same way whether it applies")]
const fn applies(_: &Setting) -> Result<(), LeftOut> {
    Ok(())
}

fn judge(tried: &Tried<'_>) -> Judged {
    let other = match tried.era() {
        Era::Handshake => "the stateless era (2026-07-28)",
        Era::Stateless => "the era with a handshake (2025-11-25)",
    };
    match tried.came(0) {
        Came::Taken => Judged::expected(format!("The server speaks {other} as well.")),
        Came::Silent => Judged::differs(format!("No answer came in time to what opens {other}.")),
        came if came.is_refused_at_the_door() => {
            Judged::not_tried(format!("What opens {other} is refused before that matters: {}.", tried.words(0)))
        }
        _ => Judged::expected(format!("The server does not speak {other}: {}.", tried.words(0))),
    }
}
