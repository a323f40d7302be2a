//! Which of the token causes a refusal belongs to: each refusal belongs to one at most.

use super::Certainty;
use super::facts::Facts;
use super::failure::{Failure, How};
use super::subject::Subject;

/// What a refusal says of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// None was sent.
    Missing,
    /// What was sent is no token as it was issued.
    Malformed,
    /// Its time is over.
    Expired,
    /// Nothing can be seen to be wrong with it.
    Rejected,
}

/// Judges a refusal; `None` when it is not about the token.
pub(super) fn verdict(facts: &Facts<'_>, failure: &Failure<'_>) -> Option<(Verdict, Certainty)> {
    if !failure.is_refused() {
        return None;
    }
    let passed = facts.initialized_before(failure.exchange).is_some();
    let unsaid = failure.about == Subject::Unsaid;
    let named = matches!(failure.about, Subject::Token | Subject::Expired) || (unsaid && failure.status() == 401);
    // A refusal that does not say why may still be about a token that is plainly wrong.
    let wordless = failure.status() == 403 || (failure.status() == 400 && !passed);
    let suspect = unsaid && wordless && !failure.is_refused_in_rpc();
    if !named && !suspect {
        return None;
    }
    // After a handshake that this token passed, an error that names a token may be about one of the server's own.
    let of_a_tool = passed && matches!(failure.how, How::Error(_));
    // Extra headers may carry credentials that we cannot tell from others.
    let elsewhere = !failure.exchange.sent_token() && !facts.trace.about.extra_headers.is_empty();
    let certainty = if named && !of_a_tool && !elsewhere { Certainty::Proven } else { Certainty::Likely };
    let expired = failure.about == Subject::Expired || facts.expired_for(failure.exchange.at).is_some();
    match failure.exchange.sent_token() {
        false if named => Some((Verdict::Missing, certainty)),
        false => None,
        true if !passed && !facts.trace.about.token_flaws.is_empty() => Some((Verdict::Malformed, certainty)),
        true if expired => Some((Verdict::Expired, certainty)),
        true if named => Some((Verdict::Rejected, certainty)),
        true => None,
    }
}
