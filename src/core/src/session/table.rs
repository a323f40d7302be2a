//! The handshake era as a transition table: which step follows which, for every way a step can come out.

use crate::trace::Purpose;

/// A step of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// `initialize`.
    Initialize,
    /// `notifications/initialized`.
    Initialized,
    /// A page of `tools/list`.
    ListTools,
    /// After an opaque failure: does anything answer at all?
    Reach,
    /// After a session was refused: `initialize` without the id.
    StartOver,
    /// DELETE.
    EndSession,
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
    /// Refused in a way that may mean the session is unknown to the server.
    SessionRefused,
    /// The browser let nothing be seen.
    Opaque,
    /// No answer in time.
    Silent,
}

/// `(step, how it came out, the step that follows)`; what is not here ends the run.
///
/// A refused `notifications/initialized` does not end the run: what the server says to the next request tells more.
const HANDSHAKE: &[(Step, Came, Step)] = &[
    (Step::Initialize, Came::Good, Step::Initialized),
    (Step::Initialize, Came::Opaque, Step::Reach),
    (Step::Initialized, Came::Good, Step::ListTools),
    (Step::Initialized, Came::Refused, Step::ListTools),
    (Step::Initialized, Came::SessionRefused, Step::StartOver),
    (Step::Initialized, Came::Opaque, Step::Reach),
    (Step::ListTools, Came::More, Step::ListTools),
    (Step::ListTools, Came::SessionRefused, Step::StartOver),
    (Step::ListTools, Came::Opaque, Step::Reach),
];

/// The step that follows, or `None` when the run is over.
pub(super) fn next(step: Step, came: Came) -> Option<Step> {
    HANDSHAKE.iter().find(|(from, how, _)| (*from, *how) == (step, came)).map(|(_, _, to)| *to)
}

impl Step {
    /// The purpose its request has in the trace.
    pub const fn purpose(self) -> Purpose {
        match self {
            Self::Initialize => Purpose::Initialize,
            Self::Initialized => Purpose::Initialized,
            Self::ListTools => Purpose::ListTools,
            Self::Reach => Purpose::Reach,
            Self::StartOver => Purpose::StartOver,
            Self::EndSession => Purpose::EndSession,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_reachable_and_no_pair_stands_twice() {
        for (at, (step, came, _)) in HANDSHAKE.iter().enumerate() {
            assert!(*step == Step::Initialize || HANDSHAKE.iter().any(|(_, _, to)| to == step), "{step:?}");
            assert!(!HANDSHAKE[..at].iter().any(|(s, c, _)| (s, c) == (step, came)), "{step:?} {came:?}");
        }
    }

    #[test]
    fn a_probe_is_never_followed_by_anything() {
        for came in [Came::Good, Came::More, Came::Refused, Came::SessionRefused, Came::Opaque, Came::Silent] {
            assert_eq!(next(Step::Reach, came), None);
            assert_eq!(next(Step::StartOver, came), None);
            assert_eq!(next(Step::EndSession, came), None);
        }
    }
}
