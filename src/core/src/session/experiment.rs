//! What is being tried: the probes that are still to come, the one under way, and how many requests are left.

use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;

use crate::id::ExchangeId;
use crate::limits::{CHECKUP_REQUESTS, PROBE_REQUESTS};
use crate::probe::{Probe, Step};
use crate::time::Micros;

/// The probes that are being tried.
#[derive(Debug)]
pub(super) struct Probing {
    pub(super) queue: VecDeque<&'static Probe>,
    /// The one under way.
    pub(super) now: Option<UnderWay>,
    /// How many requests may still be sent.
    pub(super) left: u32,
    /// Whether this is a checkup, and not one probe.
    pub(super) checkup: bool,
    /// Whether the handshake is still to be passed, is being passed, or was tried for this.
    pub(super) handshake: Handshake,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Handshake {
    /// A conversation was open, or none is needed.
    NotNeeded,
    /// It is being passed.
    UnderWay,
    /// It came out in some way.
    Tried,
}

/// A probe that is under way.
#[derive(Debug)]
pub(super) struct UnderWay {
    pub(super) probe: &'static Probe,
    /// Whether a conversation was open when it began.
    pub(super) was_open: bool,
    /// How many of its steps were sent.
    pub(super) sent: usize,
    /// Until when nothing is sent.
    pub(super) pause_ends: Option<Micros>,
    /// The exchanges of its steps.
    pub(super) exchanges: Vec<ExchangeId>,
    /// The session id that each step was given.
    pub(super) issued: Vec<Option<String>>,
    /// The sessions it opened that are still to be ended.
    pub(super) open: Vec<String>,
}

impl Probing {
    pub(super) fn new(queue: impl IntoIterator<Item = &'static Probe>, checkup: bool) -> Self {
        let left = if checkup { CHECKUP_REQUESTS } else { PROBE_REQUESTS };
        Self { queue: queue.into_iter().collect(), now: None, left, checkup, handshake: Handshake::NotNeeded }
    }

    /// A request is sent.
    pub(super) const fn spend(&mut self) {
        self.left = self.left.saturating_sub(1);
    }
}

impl UnderWay {
    /// A probe of which nothing was sent yet.
    pub(super) const fn new(probe: &'static Probe, was_open: bool) -> Self {
        Self { probe, was_open, sent: 0, pause_ends: None, exchanges: Vec::new(), issued: Vec::new(), open: Vec::new() }
    }

    /// The step that an exchange is, and which.
    pub(super) fn step_of(&self, exchange: ExchangeId) -> Option<(usize, &'static Step)> {
        let n = self.exchanges.iter().position(|id| *id == exchange)?;
        self.probe.steps.get(n).map(|step| (n, step))
    }
}
