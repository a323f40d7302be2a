//! Which of the token causes a refusal belongs to: each refusal belongs to one at most.

use alloc::format;
use alloc::string::String;

use super::Certainty;
use super::audience::{Claim, Mismatch, mismatch};
use super::facts::Facts;
use super::failure::{Failure, How};
use super::phrases;
use super::subject::Subject;
use crate::http::Url;
use crate::probe::Came;
use crate::said::said_in;
use crate::time::{Micros, Wall};
use crate::trace::{Exchange, TokenFacts};

/// The clocks of well-kept computers differ by less. Few servers look at `iat`, so only a larger difference says something.
pub(super) const SKEW: Micros = Micros::from_secs(60);

/// What a refusal says of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// None was sent.
    Missing,
    /// What was sent is no token as it was issued.
    Malformed,
    /// Its time is over.
    Expired,
    /// Its time has not begun.
    Early,
    /// It is made out to another server, or by an issuer that this one does not know.
    Misdirected,
    /// Nothing can be seen to be wrong with it.
    Rejected,
}

/// Judges a refusal; `None` when it is not about the token.
pub(super) fn verdict(facts: &Facts<'_>, failure: &Failure<'_>) -> Option<(Verdict, Certainty)> {
    if !failure.is_refused() || is_unrouted(failure) {
        return None;
    }
    // Where the same is taken before and afterwards, it is the notification that is refused.
    let notifies = failure.exchange.method() == Some("notifications/initialized");
    let taken = |other: &Exchange| other.id > failure.exchange.id && !other.purpose.is_probe() && other.answered_well;
    if notifies && facts.trace.exchanges().iter().any(taken) {
        return None;
    }
    let passed = facts.initialized_before(failure.exchange).is_some() || facts.worked_before(failure.exchange);
    // A server that breaks over a token where it should refuse it.
    let broke = failure.status() == 500 && failure.exchange.sent_token() && !passed;
    if broke && phrases::named(&said_in(&failure.body), 401) == Subject::Expired {
        return Some((Verdict::Expired, Certainty::Likely));
    }
    if signs_in_at(failure).is_some() {
        let verdict = if failure.exchange.sent_token() { Verdict::Rejected } else { Verdict::Missing };
        return Some((verdict, Certainty::Likely));
    }
    let unsaid = failure.about == Subject::Unsaid;
    let wanted =
        wanted_header(failure).is_some() && (unsaid || failure.about == Subject::Params || failure.about == Subject::Token);
    if wanted && failure.exchange.sent_token() {
        return Some((Verdict::Missing, Certainty::Likely));
    }
    let named = wanted || failure.about.is_token() || (unsaid && failure.status() == 401);
    // A refusal that does not say why may still be about a token that is plainly wrong.
    let wordless = failure.status() == 403 || (failure.status() == 400 && !passed);
    let suspect = unsaid && wordless && !failure.is_refused_in_rpc();
    // Whether the token makes a difference is what the same request without it tells.
    let bare = facts.probed_alike("no-token", failure).filter(|_| failure.exchange.sent_token()).map(|(came, _)| came);
    let alone = bare.is_some_and(Came::is_taken);
    if suspect && bare == Some(Came::Refused(failure.status())) {
        return None;
    }
    // After a handshake that this token passed, an error that names a token may be about one of the server's own.
    let of_a_tool = passed && matches!(failure.how, How::Error(_));
    // Extra headers may carry credentials that we cannot tell from others.
    let elsewhere = !failure.exchange.sent_token() && !facts.trace.about.extra_headers.is_empty();
    let hidden = hides_credentials(facts, failure);
    let certainty = if alone || (named && !of_a_tool && !elsewhere && !hidden) { Certainty::Proven } else { Certainty::Likely };
    let named = named || alone;
    if !named && !suspect {
        return None;
    }
    // What the recording leaves out the server may say: that the token is past its time was said of one that came.
    if hidden && let Some(verdict) = said_of_a_token(failure) {
        return Some((verdict, certainty));
    }
    if !failure.exchange.sent_token() {
        // Who forbids something to nobody in particular, and speaks of credentials, mostly misses them.
        let hinted = suspect && phrases::speaks_of_credentials(&said_in(&failure.body));
        return (named || hinted).then_some((Verdict::Missing, certainty));
    }
    if !passed && !facts.trace.about.token_flaws.is_empty() {
        return Some((Verdict::Malformed, certainty));
    }
    // What the server says goes before what the token says.
    match failure.about {
        Subject::Expired => return Some((Verdict::Expired, certainty)),
        Subject::Early => return Some((Verdict::Early, certainty)),
        Subject::Audience => return Some((Verdict::Misdirected, certainty)),
        _ => {}
    }
    if facts.expired_for(failure.exchange.at).is_some() {
        return Some((Verdict::Expired, certainty));
    }
    if let Some((begin, _)) = early(facts, failure.exchange.at) {
        return Some((Verdict::Early, if begin == Begin::NotBefore { certainty } else { Certainty::Likely }));
    }
    match mismatch(facts.trace).filter(|_| named && !passed) {
        Some(Mismatch { claim: Claim::Audience, said: Some(_), .. }) => Some((Verdict::Misdirected, certainty)),
        Some(_) => Some((Verdict::Misdirected, Certainty::Likely)),
        None if named => Some((Verdict::Rejected, certainty)),
        None => None,
    }
}

/// What a refusal says of a token that it was sent with; `None` where it may as well miss one.
fn said_of_a_token(failure: &Failure<'_>) -> Option<Verdict> {
    match failure.about {
        Subject::Expired => Some(Verdict::Expired),
        Subject::Early => Some(Verdict::Early),
        Subject::Audience => Some(Verdict::Misdirected),
        Subject::Token if phrases::finds_fault(&failure.words()) => Some(Verdict::Rejected),
        _ => None,
    }
}

/// Whether the recording leaves credentials out, so that the request may have carried a token all the same.
pub(super) fn hides_credentials(facts: &Facts<'_>, failure: &Failure<'_>) -> bool {
    facts.trace.about.token == TokenFacts::Unknown && !failure.exchange.sent_token()
}

/// The header with credentials that a refusal asks for, and that the request did not have.
pub(super) fn wanted_header(failure: &Failure<'_>) -> Option<String> {
    let named = phrases::wanted_header(&said_in(&failure.body)).filter(|_| matches!(failure.status(), 400 | 401 | 403 | 422))?;
    (!failure.exchange.request.headers.has(&named)).then_some(named)
}

/// Whether a refusal asks for a user name and a password, and for nothing else (RFC 7617).
pub(super) fn asks_for_password(failure: &Failure<'_>) -> bool {
    let challenge = failure.exchange.head().and_then(|head| head.headers.get("www-authenticate")).unwrap_or_default();
    let challenge = challenge.to_ascii_lowercase();
    challenge.starts_with("basic") && !challenge.contains("bearer")
}

/// Where a redirect that was not followed leads, when people sign in there: its address has a word for that which the one asked
/// for has not.
pub(super) fn signs_in_at(failure: &Failure<'_>) -> Option<Url> {
    const WORDS: [&str; 8] = ["login", "signin", "sso", "oauth", "oauth2", "authorize", "auth", "saml"];
    let asked = &failure.exchange.request.url;
    let location = failure.exchange.head().filter(|_| matches!(failure.status(), 301 | 302 | 303 | 307 | 308))?;
    let to = asked.join(location.headers.get("location")?)?;
    let has = |url: &Url, word: &str| {
        let text = format!("{}{}", url.authority(), url.path())
            .to_ascii_lowercase()
            .replace("sign-in", "signin")
            .replace("log-in", "login");
        text.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| part == word)
    };
    WORDS.iter().any(|word| has(&to, word) && !has(asked, word)).then_some(to)
}

/// A token was sent, and the server says with 403 that there was none: so AWS API Gateway answers for a path that it does not have.
pub(super) fn is_unrouted(failure: &Failure<'_>) -> bool {
    let sent = failure.exchange.sent_token() && failure.status() == 403;
    sent && failure.words().eq_ignore_ascii_case("missing authentication token")
}

/// The claim that says when the time of a token begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begin {
    /// `nbf`: before it the token must not be accepted (RFC 7519 §4.1.5).
    NotBefore,
    /// `iat`: when it was issued. A token from the future means that a clock is wrong.
    Issued,
}

/// How long after a moment the time of the token begins, by the clock of the computer that made the recording; `None` when it
/// has begun.
pub(super) fn early(facts: &Facts<'_>, at: Micros) -> Option<(Begin, Micros)> {
    let TokenFacts::Jwt(jwt) = &facts.trace.about.token else { return None };
    let now = facts.wall(at)?;
    let ahead = |moment: Option<i64>| Some(Wall::from_secs(moment?).saturating_sub(now)).filter(|ahead| *ahead > Micros::ZERO);
    let issued = || ahead(jwt.issued).filter(|ahead| *ahead > SKEW);
    ahead(jwt.not_before).map(|ahead| (Begin::NotBefore, ahead)).or_else(|| issued().map(|ahead| (Begin::Issued, ahead)))
}
