//! The eras as transition tables: which step follows which, for every way a step can come out.

use crate::mcp::{Ask, Era, Transport};
use crate::trace::Purpose;

/// A step of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// `initialize`.
    Initialize,
    /// `notifications/initialized`.
    Initialized,
    /// `server/discover`.
    Discover,
    /// GET for the event stream of HTTP+SSE, and its `endpoint` event.
    Endpoint,
    /// A page of `tools/list`.
    ListTools,
    /// What the person asked for.
    Call,
    /// After an opaque failure: is the same request answered when it needs no permission?
    Reach,
    /// After that failed as well: is there anything that answers a request for an event stream?
    ReachEvents,
    /// And is that one answered when it needs no permission?
    ReachGet,
    /// After a session was refused: `initialize` without the id.
    StartOver,
    /// `notifications/initialized` in the session that was opened so.
    StartedOver,
    /// And in that one what was refused in the old one.
    Repeat,
    /// DELETE.
    EndSession,
    /// A step of a probe.
    Probe,
    /// DELETE, for a session that a probe opened.
    ProbeEnd,
    /// Something light, to see whether the session still lives.
    Watch,
}

/// How a step came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// Answered, or accepted, as the specification wants; nothing more to ask in this step.
    Good,
    /// Answered well, and there is another page.
    More,
    /// Refused, or answered with something that is no answer.
    Refused,
    /// Refused in words of a session.
    SessionRefused,
    /// Refused without a word of a session, in a way that may mean it all the same.
    Wordless,
    /// Refused with an error that only servers of the stateless era send.
    Stateless,
    /// 400, 404 or 405 with a JSON-RPC error that says nothing of the era.
    Unclear,
    /// 400, 404 or 405 with something that is no JSON-RPC.
    NotHere,
    /// The server does not have the method.
    NoMethod,
    /// Refused with a version error that names a revision we speak: worth asking once more.
    Again,
    /// The browser let nothing be seen.
    Opaque,
    /// No answer in time.
    Silent,
}

/// `(step, how it came out, the step that follows)`; what is not here ends the run.
type Row = (Step, Came, Step);

/// From 2024-11-05 to 2025-11-25.
///
/// A refused `notifications/initialized` does not end the run: what the server says to the next request tells more.
const HANDSHAKE: &[Row] = &[
    (Step::Endpoint, Came::Good, Step::Initialize),
    (Step::Endpoint, Came::Opaque, Step::Reach),
    (Step::Initialize, Came::Good, Step::Initialized),
    (Step::Initialize, Came::Opaque, Step::Reach),
    (Step::Initialized, Came::Good, Step::ListTools),
    (Step::Initialized, Came::Refused, Step::ListTools),
    (Step::Initialized, Came::SessionRefused, Step::StartOver),
    (Step::Initialized, Came::Opaque, Step::Reach),
    (Step::ListTools, Came::More, Step::ListTools),
    (Step::ListTools, Came::SessionRefused, Step::StartOver),
    (Step::ListTools, Came::Wordless, Step::StartOver),
    (Step::ListTools, Came::Opaque, Step::Reach),
    (Step::Call, Came::SessionRefused, Step::StartOver),
    (Step::Call, Came::Wordless, Step::StartOver),
    (Step::Call, Came::Opaque, Step::Reach),
    (Step::Watch, Came::SessionRefused, Step::StartOver),
    (Step::Watch, Came::Wordless, Step::StartOver),
    (Step::Watch, Came::Opaque, Step::Reach),
    (Step::StartOver, Came::Good, Step::StartedOver),
    (Step::StartedOver, Came::Good, Step::Repeat),
    (Step::StartedOver, Came::Refused, Step::Repeat),
];

/// 2026-07-28. A server may leave `server/discover` out and still be asked for its tools.
const STATELESS: &[Row] = &[
    (Step::Discover, Came::Good, Step::ListTools),
    (Step::Discover, Came::NoMethod, Step::ListTools),
    (Step::Discover, Came::Again, Step::Discover),
    (Step::Discover, Came::Opaque, Step::Reach),
    (Step::ListTools, Came::More, Step::ListTools),
    (Step::ListTools, Came::Opaque, Step::Reach),
    (Step::Call, Came::Opaque, Step::Reach),
    (Step::Watch, Came::Opaque, Step::Reach),
];

/// What is sent after an opaque failure, to tell apart a server that is not there, one whose answers the page may not read, and one
/// that drops what it was sent. In any era.
const REACHING: &[Row] = &[(Step::Reach, Came::Opaque, Step::ReachEvents), (Step::ReachEvents, Came::Good, Step::ReachGet)];

/// How Auto follows a refusal to another era or transport (2025-11-25, transports, backwards compatibility; 2026-07-28,
/// versioning). It begins with `initialize`, whose preflight asks the least of a server's CORS rules: `Content-Type`, and
/// `Authorization` when there is a token. `server/discover` asks for two more headers, which old servers do not allow.
const NEGOTIATION: &[Row] = &[
    (Step::Initialize, Came::Stateless, Step::Discover),
    (Step::Initialize, Came::Unclear, Step::Discover),
    (Step::Initialize, Came::NotHere, Step::Endpoint),
    (Step::Discover, Came::Unclear, Step::Endpoint),
    (Step::Discover, Came::NotHere, Step::Endpoint),
];

/// The first step.
pub(super) const fn first(ask: Ask) -> Step {
    let Ask::Only(revision) = ask else { return Step::Initialize };
    match revision.transport() {
        Transport::HttpSse => Step::Endpoint,
        Transport::Streamable => Step::Initialize,
        Transport::PostOnly => Step::Discover,
    }
}

/// The step that follows in an era, or `None` when the run is over.
pub(super) fn next(era: Era, step: Step, came: Came) -> Option<Step> {
    let rows = match era {
        Era::Handshake => HANDSHAKE,
        Era::Stateless => STATELESS,
    };
    find(rows, step, came).or_else(|| find(REACHING, step, came))
}

/// The step by which Auto tries another era or transport, or `None` when there is nothing else to try.
pub(super) fn negotiate(step: Step, came: Came) -> Option<Step> {
    find(NEGOTIATION, step, came)
}

fn find(rows: &[Row], step: Step, came: Came) -> Option<Step> {
    rows.iter().find(|(from, how, _)| (*from, *how) == (step, came)).map(|(_, _, to)| *to)
}

impl Step {
    /// The purpose its request has in the trace.
    pub const fn purpose(self) -> Purpose {
        match self {
            Self::Initialize => Purpose::Initialize,
            Self::Initialized => Purpose::Initialized,
            Self::Discover => Purpose::Discover,
            Self::Endpoint => Purpose::Endpoint,
            Self::ListTools => Purpose::ListTools,
            Self::Call => Purpose::Call,
            Self::Reach | Self::ReachEvents | Self::ReachGet => Purpose::Reach,
            Self::StartOver => Purpose::StartOver,
            Self::StartedOver | Self::Repeat => Purpose::Repeat,
            Self::EndSession => Purpose::EndSession,
            Self::Probe => Purpose::Probe,
            Self::ProbeEnd => Purpose::ProbeEnd,
            Self::Watch => Purpose::Watch,
        }
    }

    /// Whether its request has an id, because it wants an answer.
    pub(super) const fn asks(self) -> bool {
        matches!(self, Self::Initialize | Self::Discover | Self::ListTools | Self::Call | Self::StartOver | Self::Repeat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_pair_stands_twice_in_a_table() {
        for rows in [HANDSHAKE, STATELESS, NEGOTIATION, REACHING] {
            for (at, (step, came, _)) in rows.iter().enumerate() {
                assert!(!rows[..at].iter().any(|(s, c, _)| (s, c) == (step, came)), "{step:?} {came:?}");
            }
        }
    }

    #[test]
    fn what_is_sent_to_learn_something_comes_to_an_end() {
        for step in [Step::ReachGet, Step::Repeat, Step::EndSession, Step::Probe, Step::ProbeEnd] {
            let in_any = |rows: &[Row]| rows.iter().any(|(from, ..)| *from == step);
            assert!(![HANDSHAKE, STATELESS, NEGOTIATION, REACHING].iter().any(|rows| in_any(rows)), "{step:?}");
        }
    }

    #[test]
    fn negotiation_never_goes_round_in_circles() {
        let after = |step| NEGOTIATION.iter().filter(move |(from, ..)| *from == step).map(|(_, _, to)| *to);
        // Endpoint leads back to Initialize, over HTTP+SSE, where nothing is negotiated any more.
        assert_eq!(after(Step::Endpoint).count(), 0);
        assert!(after(Step::Discover).all(|step| step != Step::Discover));
    }
}
