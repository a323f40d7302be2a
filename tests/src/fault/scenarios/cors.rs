//! Servers that a page may not read, or not fully.

use super::token::unauthorized;
use inspector_core::trace::Permission;

use crate::fault::{Scenario, cors::Cors, reply::Reply, sound::Stack};

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("cors-blocked-none", "works, without a single CORS header; preflight 405")
        .cause("cors-blocked")
        .cors(Cors::None),
    Scenario::new("cors-blocked-helmet", "the same behind helmet, which keeps requests without permission out as well (Express)")
        .cause("cors-blocked")
        .stack(Stack::Express)
        .cors(Cors::KeptOut),
    Scenario::new("mixed-content", "works, and is called over plain http by a page that came over https")
        .cause("mixed-content")
        .called("weather.test")
        .for_the_web(Permission::Granted),
    Scenario::new("local-network-blocked", "works on this computer, and is called by a page of the web that nobody allowed to")
        .cause("local-network-blocked")
        .for_the_web(Permission::Unasked),
    Scenario::new("local-network-allowed", "the same, and the page is allowed to").for_the_web(Permission::Granted),
    Scenario::new("cors-blocked-preflight-401", "the authorization check answers the preflight too; 401")
        .cause("cors-blocked")
        .cors(Cors::PreflightUnauthorized),
    Scenario::new("cors-blocked-error-reply", "CORS on the preflight and on success, none on the 401")
        .cause("cors-blocked")
        .cors(Cors::SuccessOnly)
        .fault(|_, _| Some(unauthorized("Authentication required").into())),
    Scenario::new(
        "cors-blocked-error-reply-later",
        "the same for a 500 at tools/list (Starlette, whose last resort is outermost)",
    )
    .cause("cors-blocked")
    .cors(Cors::SuccessOnly)
    .fault(|call, _| {
        let broken = || Reply::new(500, "Internal Server Error").text("Internal Server Error");
        call.asks("tools/list").then(|| broken().into())
    }),
    Scenario::new(
        "cors-blocked-version-header",
        "MCP-Protocol-Version is not an allowed header: initialize works, the next request does not",
    )
    .cause("cors-blocked")
    .cors(Cors::VersionHeaderForgotten),
    Scenario::new("session-header-hidden", "issues and wants a session id, but does not expose it (Python SDK)")
        .cause("session-header-hidden")
        .cors(Cors::NothingExposed),
    Scenario::new("session-header-hidden-express", "the same with the wording of the Express example")
        .cause("session-header-hidden")
        .stack(Stack::Express)
        .cors(Cors::NothingExposed),
];
