//! The probes, one file each, in the order a checkup tries them.
//!
//! First what says whether anything works at all, then what changes one thing about a request, and last what opens sessions of
//! its own.

mod accept;
mod content_type;
mod control;
mod ended_id;
mod forged_id;
mod get_stream;
mod id_after_pause;
mod initialize_without_id;
mod mangled_token;
mod no_session_id;
mod no_token;
mod other_era;
mod parallel_requests;
mod reachability;
mod several_sessions;
mod trailing_slash;
mod version_header;

use super::judge::{Came, Judged, Tried, opened_stream};
use super::step::{Ask, Id, Step, Token, Version};
use super::{Probe, Setting, Tells};

/// Every probe.
pub(super) const ALL: &[&Probe] = &[
    &reachability::PROBE,
    &control::PROBE,
    &initialize_without_id::PROBE,
    &no_token::PROBE,
    &mangled_token::PROBE,
    &no_session_id::PROBE,
    &forged_id::PROBE,
    &version_header::PROBE,
    &accept::PROBE,
    &content_type::PROBE,
    &get_stream::PROBE,
    &trailing_slash::PROBE,
    &other_era::PROBE,
    &parallel_requests::PROBE,
    &id_after_pause::PROBE,
    &ended_id::PROBE,
    &several_sessions::PROBE,
];
