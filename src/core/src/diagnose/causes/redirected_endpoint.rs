//! The address leads to another one. Where that works all the same it is a note: the other address is the one to use. Where
//! it does not, the way there has mostly turned the POST into a GET.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Cause, Certainty, Facts, Failure, Finding, Group, How, Instead, Say, Subject, wording};
use crate::http::{Method, Url};
use crate::id::EventRef;
use crate::trace::Exchange;

pub(super) static CAUSE: Cause =
    Cause { slug: "redirected-endpoint", group: Group::Reaching, title: "The address leads to another one", find, say };

/// Where an exchange ended up, when redirects were followed to another address than asked.
pub(super) fn led_to(exchange: &Exchange) -> Option<Url> {
    let to = exchange.head()?.redirected_to.as_deref()?;
    Url::parse(to).ok().filter(|to| *to != exchange.request.url)
}

/// Where it would lead, when nobody followed it: only outside a browser is that visible.
fn leads_to(exchange: &Exchange) -> Option<Url> {
    let location = exchange.head()?.headers.get("location")?;
    exchange.request.url.join(location)
}

/// Whether one address is the other but for scheme, host and the slash at the end: a login page is elsewhere.
fn is_same_place(one: &Url, other: &Url) -> bool {
    one.path().trim_end_matches('/') == other.path().trim_end_matches('/')
}

/// How sure it is that a failure is one of the redirect: what came is what a GET gets (Fetch standard, HTTP-redirect fetch,
/// step 12: 301, 302 and 303 turn a POST into a GET without its body).
fn judge(failure: &Failure<'_>) -> Option<Certainty> {
    let exchange = failure.exchange;
    if failure.how == How::Redirected || matches!(failure.status(), 301 | 302 | 303 | 307 | 308) {
        return Some(Certainty::Proven);
    }
    let to = led_to(exchange).filter(|_| exchange.request.method == Method::Post)?;
    let asks_for_session = exchange.purpose.opens() && failure.about == Subject::NoSession;
    let unsaid = matches!(failure.about, Subject::Unsaid | Subject::Accept | Subject::ContentType | Subject::NoSession);
    let other = matches!(failure.instead(), Some(Instead::Document | Instead::OtherJson | Instead::OtherType | Instead::Nothing));
    match failure.status() {
        405 => Some(Certainty::Proven),
        400 if asks_for_session => Some(Certainty::Proven),
        400 | 404 | 406 | 411 | 415 | 422 if unsaid => Some(Certainty::Likely),
        0 if failure.how == How::Silent && exchange.is_stream() => Some(Certainty::Likely),
        0 if other && is_same_place(&exchange.request.url, &to) => Some(Certainty::Likely),
        _ => None,
    }
}

fn find(facts: &Facts<'_>, out: &mut Vec<Finding>) {
    let Some(certainty) = facts.open().find_map(judge) else { return out.extend(note(facts)) };
    out.extend(facts.finding(&CAUSE, certainty, |failure| judge(failure).is_some()));
}

/// The way round works.
fn note(facts: &Facts<'_>) -> Option<Finding> {
    let mut good = facts.trace.exchanges().iter().filter(|exchange| facts.is_good() && exchange.succeeded());
    let first = good.find(|exchange| led_to(exchange).is_some())?;
    Some(Finding::new(&CAUSE, Certainty::Proven, EventRef::response(first.id)).note())
}

fn say(finding: &Finding, facts: &Facts<'_>) -> Say {
    let Some(exchange) = facts.exchange_of(finding) else { return Say::default() };
    let (from, asked) = (&exchange.request.url, wording::step(exchange));
    let to = led_to(exchange).or_else(|| leads_to(exchange));
    let named = to.as_ref().map(|to| wording::quote(&to.without_query()));
    let Some(failure) = facts.failure_of(finding) else {
        return Say::new(
            format!("{from} leads to another address, and works."),
            format!(
                "Use {} instead. Every request takes the way round, and many clients do not follow it or lose the token on it.",
                named.unwrap_or_default()
            ),
        );
    };
    let hidden = "Extra headers would go along to wherever it leads, so the redirect is not followed.".to_string();
    let (summary, missing) = match (named, failure.how) {
        (Some(there), How::Status(301 | 302 | 303 | 307 | 308)) => {
            (format!("{} It names {there}: use that address.", wording::refused(failure)), String::new())
        }
        (Some(there), _) => (
            format!(
                "{} The answer came from {there}. A redirect with 301, 302 or 303 turns a POST into a GET: use that address.",
                seen(failure)
            ),
            "The same run with the address that it leads to would prove it.".to_string(),
        ),
        (None, How::Redirected) => (format!("{hidden} `curl -i` shows where it leads: use that address."), String::new()),
        (None, _) => (wording::refused(failure), String::new()),
    };
    Say::new(format!("{} sends {asked} on to another address.", wording::host_of(facts, from)), summary)
        .unproven(finding, &missing)
}

/// What came in place of the answer.
fn seen(failure: &Failure<'_>) -> String {
    match failure.how {
        How::Silent => "An event stream was opened, and no answer came on it.".to_string(),
        How::Unanswered if failure.body.is_empty() => "An empty body came where the answer should be.".to_string(),
        How::Unanswered => format!("The body of the answer begins with {}.", wording::quote(&wording::words_in(&failure.body))),
        _ => wording::refused(failure),
    }
}
