//! The scenarios, grouped as the causes are.

pub(super) mod cors;
pub(super) mod endpoint;
pub(super) mod era;
pub(super) mod gateway;
pub(super) mod legacy;
pub(super) mod refusal;
pub(super) mod response;
pub(super) mod resume;
pub(super) mod session;
pub(super) mod size;
pub(super) mod stream;
pub(super) mod token;
pub(super) mod version;
pub(super) mod working;

use super::Scenario;

/// Every group, in the order `fault --list` shows them.
pub(super) const GROUPS: [&[Scenario]; 14] = [
    working::SCENARIOS,
    token::SCENARIOS,
    session::SCENARIOS,
    cors::SCENARIOS,
    endpoint::SCENARIOS,
    refusal::SCENARIOS,
    response::SCENARIOS,
    stream::SCENARIOS,
    resume::SCENARIOS,
    gateway::SCENARIOS,
    era::SCENARIOS,
    version::SCENARIOS,
    size::SCENARIOS,
    legacy::SCENARIOS,
];
