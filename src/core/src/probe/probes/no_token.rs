//! Whether the server asks for a token at all.

use alloc::format;

use super::{Came, Judged, Probe, Setting, Step, Tells, Token, Tried};
use crate::mcp;
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "no-token",
    title: "No token",
    asks: "Whether the server asks for a token, and refuses a request without one as it should.",
    tells: Tells::Cause,
    rules: &[mcp::Step::Unauthorized],
    steps: &[Step::light().token(Token::Left)],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    setting.wants_token()
}

fn judge(tried: &Tried<'_>) -> Judged {
    match tried.came(0) {
        came if came.is_taken() => Judged::expected("It is answered without a token too: this server does not ask for one."),
        Came::Refused(401) => Judged::expected("It is refused with 401: the server asks for a token."),
        Came::Silent => Judged::differs("No answer came in time; 401 is due."),
        _ => Judged::differs(format!("401 is due, and what came is {}.", tried.words(0))),
    }
}
