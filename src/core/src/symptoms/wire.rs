//! What a client would have met: one failed exchange, as facts that conditions ask for and holes are filled with.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::client::{Client, Kind};
use super::condition::{About, Fact};
use super::manner::{class, misread, step};
use super::sent::{asks, leads_to_initialize, sends};
use super::template::{Filling, Hole};
use crate::diagnose::{Facts, Failure, Finding, Fresh, Subject, diagnose};
use crate::http::{Method, ResponseHead, Sight, Url};
use crate::id::{EventRef, ExchangeId};
use crate::rpc::Id;
use crate::trace::{End, Exchange, Lack, Purpose, Trace};

/// Causes that bind a page in a browser and nothing else.
const PAGE_ONLY: &[&str] = &["cors-blocked", "session-header-hidden", "mixed-content", "local-network-blocked"];

/// How much of a body a client's message quotes here, in characters.
const BODY_CHARS: usize = 2_000;

/// What a rule of the browser did to an exchange, which other clients do not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    /// The page failed by it, and others get on.
    Page,
    /// It hid an answer, and nobody knows which: mostly an error reply without CORS headers, at which others fail.
    Hidden,
}

/// One exchange that a client would have failed at.
#[derive(Debug)]
pub struct Wire<'a> {
    trace: &'a Trace,
    exchange: &'a Exchange,
    /// Nothing for an answer that is well formed and names a revision the client does not know.
    failure: Option<Failure<'a>>,
    class: &'static str,
    /// What bound this page and binds no other client.
    bound: Option<Bound>,
    /// Whether a new session was opened at once after it; `None` when nobody tried.
    fresh: Option<bool>,
    /// Where a browser followed a redirect to; other clients are stricter, and meet the redirect itself.
    followed: Option<&'a str>,
}

impl<'a> Wire<'a> {
    /// Every exchange of a recording that some client would have failed at, in order.
    pub fn all(trace: &'a Trace) -> Vec<Self> {
        let bound = bound_to_pages(trace);
        let facts = Facts::of(trace);
        let asked = trace.exchanges().iter().filter(|exchange| asks(exchange));
        let by = |id: ExchangeId| bound.iter().find(|(bound, _)| *bound == id).map(|(_, by)| *by);
        asked.filter_map(|exchange| Self::of(&facts, exchange, by(exchange.id))).collect()
    }

    fn of(facts: &Facts<'a>, exchange: &'a Exchange, bound: Option<Bound>) -> Option<Self> {
        let trace = facts.trace;
        let followed = exchange.head().and_then(|head| head.redirected_to.as_deref());
        if let Some(class) = misread(trace, exchange) {
            return Some(Self { trace, exchange, failure: None, class, bound, fresh: None, followed });
        }
        let failure = Failure::read(trace, exchange);
        let class = match &failure {
            Some(failure) => class(trace, failure),
            None if followed.is_some_and(|to| leads_elsewhere(&exchange.request.url, to)) => "redirect",
            None => return None,
        };
        let over = failure.as_ref().and_then(|failure| facts.started_over(failure));
        let fresh = over.map(|(fresh, _)| fresh == Fresh::Accepted);
        Some(Self { trace, exchange, failure, class, bound, fresh, followed })
    }

    /// Whether this client would have sent it too.
    pub fn is_met_by(&self, client: &Client) -> bool {
        sends(client, self.trace, self.exchange)
    }

    /// Whether the browser hid an answer that other clients would have read.
    pub fn is_hidden(&self) -> bool {
        self.bound == Some(Bound::Hidden)
    }

    /// The event a client stumbles over.
    pub fn at(&self) -> EventRef {
        self.failure.as_ref().map_or_else(|| EventRef::response(self.exchange.id), |failure| failure.at)
    }

    /// The HTTP status, when it could be seen.
    pub fn status(&self) -> Option<u16> {
        self.exchange.status()
    }

    /// The code of the JSON-RPC error that the server sent.
    pub fn code(&self) -> Option<i64> {
        self.failure.as_ref().and_then(Failure::code)
    }

    /// A fact as this client meets it, for conditions.
    pub fn fact(&self, client: &Client, about: About) -> Fact {
        let strict = client.kind != Kind::Page;
        if self.lacks(about) {
            return Fact::Unknown;
        }
        match about {
            About::Failure if self.bound == Some(Bound::Page) && strict => Fact::Word("page-only"),
            About::Failure if self.is_hidden() && strict => Fact::Word("hidden"),
            About::Failure if self.followed.is_some() && strict => Fact::Word("redirect"),
            About::Failure => Fact::Word(self.class),
            About::Step => Fact::Word(step(self.exchange)),
            About::Probed => {
                let mut others = self.trace.exchanges().iter().filter(|other| other.id != self.exchange.id);
                let first = |other: &Exchange| other.id < self.exchange.id || leads_to_initialize(self.trace, other);
                yes_or_no(others.any(|other| other.method() == Some("server/discover") && first(other)))
            }
            About::Transport => Fact::Word(if self.is_sse() { "sse" } else { "streamable" }),
            About::Stream => match self.failure.as_ref().and_then(|failure| failure.stream).map(|stream| &stream.end) {
                None => Fact::None,
                Some(Some((_, End::Complete | End::Cut(_)))) => Fact::Word("ended"),
                Some(_) => Fact::Word("open"),
            },
            About::Method => Fact::Word(match self.exchange.request.method {
                Method::Get => "get",
                Method::Post => "post",
                Method::Delete => "delete",
            }),
            About::Status => match self.exchange.head().map(|head| head.status) {
                Some(0) => Fact::Unknown,
                Some(status) => Fact::Number(status.into()),
                None => Fact::None,
            },
            About::Session => yes_or_no(self.exchange.session_sent().is_some()),
            About::Fresh => self.fresh.map_or(Fact::Unknown, yes_or_no),
            About::Body => Fact::Word(self.body()),
            About::Type => self.exchange.head().map_or(Fact::None, media),
            About::Id => self.error_id(),
            About::Code => self.code().map_or(Fact::None, Fact::Number),
            About::Challenge => self.challenge(),
            About::Network => self.network(),
            About::Redirect => self.redirect(),
            About::Words => Fact::Word(match self.failure.as_ref().map(|failure| failure.about) {
                Some(Subject::Session | Subject::SomeSession) => "session",
                Some(Subject::NoSession) => "no-session",
                Some(Subject::Token | Subject::Expired) => "token",
                Some(Subject::Scope) => "scope",
                Some(Subject::Version) => "version",
                _ => "other",
            }),
        }
    }

    /// Whether a fact is not in the recording, because its source did not write it down.
    fn lacks(&self, about: About) -> bool {
        let (lacks, head) = (self.exchange.lacks, self.exchange.head());
        let untold = head.is_some_and(|head| !head.tells_its_type());
        match about {
            About::Failure | About::Status | About::Transport | About::Method => lacks.has(Lack::Http),
            About::Session => lacks.has(Lack::RequestHeaders) && self.exchange.session_sent().is_none(),
            About::Body | About::Code | About::Id | About::Words => lacks.has(Lack::Answers),
            About::Type => untold,
            _ => false,
        }
    }

    /// What goes into a hole of a text.
    pub fn filling(&self, hole: Hole) -> Filling {
        let head = self.exchange.head();
        let header = |name: &str| head.and_then(|head| head.headers.get(name)).map(ToOwned::to_owned);
        let some = |text: Option<String>| text.map_or(Filling::Absent, Filling::Text);
        let known = |text: Option<String>| text.map_or(Filling::Unknown, Filling::Text);
        match hole {
            Hole::Status => known(self.exchange.status().map(|status| status.to_string())),
            Hole::Reason => known(self.exchange.status().map(|status| reason(status).to_owned())),
            Hole::Url if self.exchange.lacks.has(Lack::Address) => Filling::Unknown,
            Hole::Url => Filling::Text(address(&self.exchange.request.url)),
            Hole::Origin => known(self.foreign_endpoint()),
            Hole::Location => {
                let to = header("location").map(|to| self.exchange.request.url.join(&to).map_or(to, |url| address(&url)));
                known(to.or_else(|| self.followed.map(ToOwned::to_owned)))
            }
            Hole::Body if self.exchange.lacks.has(Lack::Answers) => Filling::Unknown,
            Hole::Type | Hole::Media if self.lacks(About::Type) => Filling::Unknown,
            Hole::Path if self.exchange.lacks.has(Lack::Http) => Filling::Unknown,
            Hole::Body => Filling::Text(self.trace.body_start(self.exchange.id, BODY_CHARS)),
            Hole::Code => known(self.code().map(|code| code.to_string())),
            Hole::Message => known(self.failure.as_ref().and_then(|failure| failure.error.as_ref()).map(|it| it.message.clone())),
            Hole::Type => some(header("content-type")),
            Hole::Media => some(header("content-type").map(|_| head.map(ResponseHead::media_type).unwrap_or_default())),
            Hole::Version => known(self.trace.server().map(|server| server.protocol_version.clone())),
            Hole::Method => known(self.exchange.method().map(ToOwned::to_owned)),
            Hole::Path => Filling::Text(self.exchange.request.url.target().to_owned()),
            Hole::Scope | Hole::Number | Hole::Name | Hole::Rest => Filling::Unknown,
        }
    }

    fn is_sse(&self) -> bool {
        let posted = self.failure.as_ref().is_some_and(Failure::is_legacy_post);
        posted || (self.exchange.purpose == Purpose::Endpoint && !self.exchange.fallback)
    }

    fn body(&self) -> &'static str {
        let Some(failure) = &self.failure else { return "json" };
        let is_json = self.exchange.head().is_some_and(|head| head.is_json() || !head.tells_its_type());
        if failure.error.is_some() && (is_json || self.exchange.is_stream()) {
            "rpc-error"
        } else if self.exchange.reply.bytes == 0 {
            "empty"
        } else if failure.body.trim_start().starts_with('<') {
            "html"
        } else if is_json {
            "json"
        } else {
            "text"
        }
    }

    fn error_id(&self) -> Fact {
        let Some((_, placed)) = self.exchange.received().find(|(_, placed)| placed.message.error().is_some()) else {
            return Fact::None;
        };
        Fact::Word(match placed.message.answers() {
            None => "none",
            Some(Id::Null) => "null",
            Some(id) if self.exchange.calls.iter().any(|call| call.asks() == Some(id)) => "ours",
            Some(_) => "other",
        })
    }

    fn challenge(&self) -> Fact {
        let Some(head) = self.exchange.head() else { return Fact::None };
        match head.headers.get("www-authenticate") {
            Some(text) if text.contains("insufficient_scope") => Fact::Word("scope"),
            Some(_) => Fact::Word("bearer"),
            None if head.sight == Sight::Full => Fact::Word("none"),
            None => Fact::Unknown,
        }
    }

    /// Why nothing came. A browser does not say; other programs do, and their words are in the recording.
    fn network(&self) -> Fact {
        let Some((_, End::Failed(text))) = &self.exchange.end else { return Fact::None };
        let lower = text.to_ascii_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        if says(&["refused"]) {
            Fact::Word("refused")
        } else if says(&["resolve", "enotfound", "name or service", "name_not_resolved"]) {
            Fact::Word("dns")
        } else if says(&["ssl", "tls", "certificate", "cert_"]) {
            Fact::Word("tls")
        } else if says(&["reset", "empty reply", "disconnected", "other side closed"]) {
            Fact::Word("reset")
        } else {
            Fact::Unknown
        }
    }

    fn redirect(&self) -> Fact {
        let Some(head) = self.exchange.head() else { return Fact::None };
        if let Some(to) = self.followed {
            // Within one origin the browser does not say whether it kept the method.
            return if leads_elsewhere(&self.exchange.request.url, to) { Fact::Word("other") } else { Fact::Unknown };
        }
        if head.sight == Sight::Opaque {
            return Fact::Unknown;
        }
        if !(300..400).contains(&head.status) {
            return Fact::None;
        }
        let url = &self.exchange.request.url;
        let target = head.headers.get("location").and_then(|location| url.join(location));
        match (target, head.status) {
            (None, _) => Fact::Unknown,
            (Some(to), _) if to.origin() != url.origin() => Fact::Word("other"),
            (Some(_), 307 | 308) => Fact::Word("same-kept"),
            (Some(_), _) => Fact::Word("same-changed"),
        }
    }

    /// The origin that the event of HTTP+SSE names, when it is another one.
    fn foreign_endpoint(&self) -> Option<String> {
        let item = self.exchange.reply.items.iter().find(|item| item.is_endpoint())?;
        let named = self.trace.item_text(EventRef::item(self.exchange.id, item.n))?;
        Url::parse(&named).ok().map(|url| url.origin())
    }
}

/// Whether an address is at another origin.
fn leads_elsewhere(from: &Url, to: &str) -> bool {
    Url::parse(to).is_ok_and(|to| to.origin() != from.origin())
}

/// The exchanges that failed because a page is bound by rules of the browser.
fn bound_to_pages(trace: &Trace) -> Vec<(ExchangeId, Bound)> {
    if trace.about.page.is_none() {
        return Vec::new();
    }
    let facts = Facts::of(trace);
    let found = diagnose(trace);
    let bound = found.iter().filter(|finding| PAGE_ONLY.contains(&finding.cause.slug));
    let by = |finding: &Finding| {
        // With the headers named that a preflight did not allow, the request itself was never refused.
        let named = finding.cause.slug != "cors-blocked" || finding.param("added").is_some_and(|added| !added.is_empty());
        if named { Bound::Page } else { Bound::Hidden }
    };
    let at = |finding: &Finding| finding.evidence.iter().map(|at| (facts.about(*at), by(finding))).collect::<Vec<_>>();
    bound.flat_map(at).collect()
}

const fn yes_or_no(yes: bool) -> Fact {
    Fact::Word(if yes { "yes" } else { "no" })
}

fn media(head: &ResponseHead) -> Fact {
    Fact::Word(match head.media_type().as_str() {
        "" => "none",
        _ if head.is_json() => "json",
        _ if head.is_event_stream() => "stream",
        _ => "other",
    })
}

fn address(url: &Url) -> String {
    format!("{}{}", url.origin(), url.target())
}

/// The reason phrase that servers and HTTP libraries print: some still use the older names (RFC 2616, RFC 4918).
const fn reason(status: u16) -> &'static str {
    match status {
        413 => "Request Entity Too Large",
        422 => "Unprocessable Entity",
        other => crate::http::reason_phrase(other),
    }
}
