//! Whether the address answers with and without a slash at its end.

use alloc::format;

use super::{Came, Judged, Probe, Setting, Step, Tells, Tried};
use crate::mcp;
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "trailing-slash",
    title: "The path with or without a slash at its end",
    asks: "Whether the other spelling of the address answers, is redirected, or is nothing.",
    tells: Tells::Cause,
    rules: &[mcp::Step::Post],
    steps: &[Step::light().other_slash()],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    setting.wants_streamable()?;
    if setting.path { Ok(()) } else { Err(LeftOut::NoPath) }
}

fn judge(tried: &Tried<'_>) -> Judged {
    let Some(exchange) = tried.step(0) else { return Judged::differs("It was not sent.") };
    let spelling = exchange.request.url.path();
    let redirected = exchange.head().and_then(|head| head.redirected_to.as_ref());
    match (tried.came(0), redirected) {
        (came, Some(to)) if came.is_taken() => Judged::expected(format!("{spelling} is redirected to {to}, and answered there.")),
        (came, None) if came.is_taken() => Judged::expected(format!("{spelling} is answered as well.")),
        (Came::Refused(status @ (301 | 302 | 303 | 307 | 308)), _) => {
            Judged::expected(format!("{spelling} is redirected with {status}, which not every client follows."))
        }
        (Came::Refused(404), _) => Judged::expected(format!("{spelling} is nothing: only the address as it was typed can be.")),
        (came, _) if came.is_refused_at_the_door() => {
            Judged::not_tried(format!("{spelling} is refused before that matters: {}.", tried.words(0)))
        }
        _ => Judged::expected(format!("{spelling} is not answered: {}.", tried.words(0))),
    }
}
