//! Probes: small experiments that tell causes apart. Their requests are data, and their verdict is read from the trace they leave.
//!
//! One probe is one file in `probes/`. The session sends what its steps say (`session/probing`), one step after the other, as
//! exchanges like any other; [`judge`] looks at what came.

mod judge;
mod matrix;
mod plan;
mod probes;
mod step;

use core::fmt;

pub use judge::{Came, Judged, Tried, Verdict, came, expects, judge, left_out, words};
pub use matrix::{Entry, ends_in_checkup, matrix, tally};
pub(crate) use plan::applies_within;
pub use plan::{Tells, plan};
pub use step::{Ask, FORGED_ID, Id, Step, Token, UNKNOWN_VERSION, Version};

use crate::mcp::{self, Era, Revision};
use crate::trace::LeftOut;

/// A small experiment.
pub struct Probe {
    /// Its public name, in kebab case; never renamed, never used for anything else.
    pub slug: &'static str,
    /// What is tried, in a few words.
    pub title: &'static str,
    /// What it finds out, in one sentence.
    pub asks: &'static str,
    /// How much it tells: what gives way when a checkup has not enough requests for all.
    pub tells: Tells,
    /// What the specification says of it, by the rules that are quoted.
    pub rules: &'static [mcp::Step],
    /// Its requests, in their order.
    pub steps: &'static [Step],
    /// Whether it can be tried, and if not why.
    applies: fn(&Setting) -> Result<(), LeftOut>,
    /// What came, judged. It is asked only when every step is over and none was hidden by the browser.
    judge: fn(&Tried<'_>) -> Judged,
}

/// What is known when a probe is about to be tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// The revision that is spoken, or that would be asked for.
    pub revision: Option<Revision>,
    /// Whether it goes over HTTP+SSE, or would.
    pub over_sse: bool,
    /// Whether a conversation is open.
    pub open: bool,
    /// Whether it has a session id.
    pub session: bool,
    /// Whether a token was given.
    pub token: bool,
    /// Whether anything of the server could be read.
    pub answered: bool,
    /// Whether the address has a path.
    pub path: bool,
    /// The handshake was tried just now, for this very checkup.
    pub fresh: bool,
    /// Whether it is part of a checkup, and not asked for by itself.
    pub checkup: bool,
}

impl Setting {
    /// The era that is spoken, or would be.
    pub fn era(&self) -> Era {
        self.revision.map_or(Era::Handshake, Revision::era)
    }

    /// Needs an open conversation.
    fn wants_open(&self) -> Result<(), LeftOut> {
        if self.open { Ok(()) } else { Err(LeftOut::NotOpen) }
    }

    /// Needs Streamable HTTP.
    const fn wants_streamable(&self) -> Result<(), LeftOut> {
        if self.over_sse { Err(LeftOut::OtherTransport) } else { Ok(()) }
    }

    /// Needs a revision that has sessions, over Streamable HTTP.
    fn wants_sessions(&self) -> Result<(), LeftOut> {
        self.wants_streamable()?;
        if self.era() == Era::Handshake { Ok(()) } else { Err(LeftOut::OtherRevision) }
    }

    /// Needs an open conversation with a session id.
    fn wants_session(&self) -> Result<(), LeftOut> {
        self.wants_sessions()?;
        self.wants_open()?;
        if self.session { Ok(()) } else { Err(LeftOut::NoSession) }
    }

    /// Needs a token.
    const fn wants_token(&self) -> Result<(), LeftOut> {
        if self.token { Ok(()) } else { Err(LeftOut::NoToken) }
    }
}

impl Probe {
    /// Whether it can be tried, and if not why.
    ///
    /// # Errors
    /// Why it is left out.
    pub fn applies(&self, setting: &Setting) -> Result<(), LeftOut> {
        (self.applies)(setting)
    }

    /// Whether it can be tried only in a conversation, so that the handshake comes first where there is none.
    pub fn wants_conversation(&self, setting: &Setting) -> bool {
        // With everything else there that a probe can ask for.
        let full = Setting { session: true, ..*setting };
        self.applies(&Setting { open: false, ..full }) == Err(LeftOut::NotOpen)
    }

    /// The most requests it sends: its steps, and one for the end of each session that they may open and do not end.
    pub fn requests(&self, setting: &Setting) -> u32 {
        let light_opens = !setting.open && setting.era() == Era::Handshake && !setting.over_sse;
        let opens = |step: &&Step| match step.ask {
            Ask::Initialize => true,
            Ask::Light => light_opens,
            Ask::OtherEra => setting.era() == Era::Stateless,
            Ask::Stream | Ask::End | Ask::Reach | Ask::ReachEvents => false,
        };
        let opened = self.steps.iter().filter(opens).count();
        let ended = self.steps.iter().filter(|step| step.ask == Ask::End).count();
        u32::try_from(self.steps.len() + opened.saturating_sub(ended)).unwrap_or(u32::MAX)
    }
}

/// Every probe, in the order a checkup tries them.
pub const fn all() -> &'static [&'static Probe] {
    probes::ALL
}

/// The probe of that slug.
pub fn by_slug(slug: &str) -> Option<&'static Probe> {
    probes::ALL.iter().copied().find(|probe| probe.slug == slug)
}

impl fmt::Debug for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug)
    }
}

impl PartialEq for Probe {
    fn eq(&self, other: &Self) -> bool {
        self.slug == other.slug
    }
}
