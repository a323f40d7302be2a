//! Whether the server looks at the token it asks for.

use alloc::format;

use super::{Came, Judged, Probe, Setting, Step, Tells, Token, Tried};
use crate::mcp;
use crate::trace::LeftOut;

pub(super) static PROBE: Probe = Probe {
    slug: "mangled-token",
    title: "The token with a character changed",
    asks: "Whether the server checks the token, or takes any.",
    tells: Tells::Rule,
    rules: &[mcp::Step::Unauthorized],
    steps: &[Step::light().token(Token::Mangled)],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    setting.wants_token()
}

fn judge(tried: &Tried<'_>) -> Judged {
    match tried.came(0) {
        came if came.is_taken() => match tried.other("no-token") {
            Some(other) if other.is_taken() => Judged::expected("It is answered: this server does not look at tokens."),
            Some(_) => Judged::differs("It is answered, although the server asks for a token: it takes one that nobody issued."),
            None => Judged::differs("It is answered: the server asks for no token, or takes one that nobody issued."),
        },
        Came::Refused(401) => Judged::expected("It is refused with 401: the server checks tokens."),
        Came::Silent => Judged::differs("No answer came in time; 401 is due."),
        _ => Judged::differs(format!("401 is due, and what came is {}.", tried.words(0))),
    }
}
