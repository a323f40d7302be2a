//! The scenarios, grouped as the causes are.

pub(super) mod bare;
pub(super) mod claims;
pub(super) mod client;
pub(super) mod cors;
pub(super) mod endpoint;
pub(super) mod era;
pub(super) mod gateway;
pub(super) mod legacy;
pub(super) mod legacy_refusal;
pub(super) mod message;
pub(super) mod offers;
pub(super) mod optional;
pub(super) mod redirect;
pub(super) mod refusal;
pub(super) mod response;
pub(super) mod resume;
pub(super) mod session;
pub(super) mod size;
pub(super) mod stream;
pub(super) mod token;
pub(super) mod version;
pub(super) mod watched;
pub(super) mod working;

use super::Scenario;

/// Every group, in the order `fault --list` shows them.
pub(super) const GROUPS: [&[Scenario]; 23] = [
    working::SCENARIOS,
    watched::SCENARIOS,
    token::SCENARIOS,
    claims::SCENARIOS,
    session::SCENARIOS,
    client::SCENARIOS,
    cors::SCENARIOS,
    endpoint::SCENARIOS,
    redirect::SCENARIOS,
    refusal::SCENARIOS,
    bare::SCENARIOS,
    response::SCENARIOS,
    message::SCENARIOS,
    optional::SCENARIOS,
    stream::SCENARIOS,
    resume::SCENARIOS,
    gateway::SCENARIOS,
    era::SCENARIOS,
    version::SCENARIOS,
    size::SCENARIOS,
    legacy::SCENARIOS,
    legacy_refusal::SCENARIOS,
    offers::SCENARIOS,
];
