//! The causes, one file each, in ranking order.
//!
//! What explains the most stands first: what was wrong before anything was sent, then what kept the request from the
//! server, then what the server refused by name, then what its answer was, and last what only a status says. Each failure
//! belongs to one cause at least; `request_refused` takes what no other one knows.

mod accept_refused;
mod cors_blocked;
mod endpoint_not_found;
mod forbidden;
mod gateway_error;
mod invalid_params;
mod method_not_allowed;
mod method_not_found;
mod not_an_mcp_endpoint;
mod origin_or_host_rejected;
mod rate_limited;
mod request_refused;
mod response_content_type;
mod response_empty;
mod response_id_mismatch;
mod response_not_json;
mod response_not_jsonrpc;
mod response_timeout;
mod response_too_large;
mod scope_insufficient;
mod server_error;
mod server_unreachable;
mod session_header_hidden;
mod session_missing;
mod session_stale;
mod session_storm;
mod sse_session_lost;
mod stream_cut;
mod stream_without_response;
mod token_expired;
mod token_malformed;
mod token_missing;
mod token_rejected;
mod version_unsupported;

use super::{Cause, Certainty, Facts, Failure, Finding, Fresh, How, Instead, Say, Subject, token, wording};

/// Every cause, in ranking order.
pub(super) const ALL: &[&Cause] = &[
    &token_malformed::CAUSE,
    &server_unreachable::CAUSE,
    &cors_blocked::CAUSE,
    &session_storm::CAUSE,
    &sse_session_lost::CAUSE,
    &origin_or_host_rejected::CAUSE,
    &token_missing::CAUSE,
    &token_expired::CAUSE,
    &scope_insufficient::CAUSE,
    &token_rejected::CAUSE,
    &session_header_hidden::CAUSE,
    &session_stale::CAUSE,
    &session_missing::CAUSE,
    &version_unsupported::CAUSE,
    &accept_refused::CAUSE,
    &method_not_found::CAUSE,
    &invalid_params::CAUSE,
    &rate_limited::CAUSE,
    &not_an_mcp_endpoint::CAUSE,
    &response_not_jsonrpc::CAUSE,
    &response_not_json::CAUSE,
    &response_content_type::CAUSE,
    &response_id_mismatch::CAUSE,
    &response_empty::CAUSE,
    &response_too_large::CAUSE,
    &stream_cut::CAUSE,
    &stream_without_response::CAUSE,
    &response_timeout::CAUSE,
    &endpoint_not_found::CAUSE,
    &method_not_allowed::CAUSE,
    &gateway_error::CAUSE,
    &server_error::CAUSE,
    &forbidden::CAUSE,
    &request_refused::CAUSE,
];
