//! The causes, one file each, in ranking order.
//!
//! What explains the most stands first: what was wrong before anything was sent, then what kept the request from the
//! server, then what the server refused by name, then what its answer was, and last what only a status says. They are asked
//! in this order, and a failure that one of them explains is not seen by those below: each belongs to one cause, and
//! `request_refused` takes what no other one knows. Last come those that only have a note to add.

mod accept_refused;
mod capability_missing;
mod conflicting_stream;
mod content_type_refused;
mod cors_blocked;
mod endpoint_not_found;
mod era_mismatch;
mod forbidden;
mod gateway_error;
mod gone_or_blocked;
mod header_mismatch;
mod initialized_refused;
mod invalid_params;
mod legacy_sse_server;
mod local_network_blocked;
mod method_not_allowed;
mod method_not_found;
mod mixed_content;
mod not_an_mcp_endpoint;
mod origin_or_host_rejected;
mod payload_too_large;
mod rate_limited;
mod redirect_dropped_token;
mod redirected_endpoint;
mod request_before_initialized;
mod request_refused;
mod response_content_type;
mod response_empty;
mod response_id_mismatch;
mod response_not_json;
mod response_not_jsonrpc;
mod response_timeout;
mod response_too_large;
mod result_incomplete;
mod scope_insufficient;
mod server_error;
mod server_unreachable;
mod session_ended_by_client;
mod session_header_hidden;
mod session_id_illegal;
mod session_leak;
mod session_missing;
mod session_not_shared;
mod session_stale;
mod session_storm;
mod sse_endpoint_foreign;
mod sse_endpoint_missing;
mod sse_session_lost;
mod stream_bad_event;
mod stream_cut;
mod stream_not_resumable;
mod stream_without_response;
mod streamable_only_server;
mod token_expired;
mod token_malformed;
mod token_missing;
mod token_not_yet_valid;
mod token_rejected;
mod token_wrong_audience;
mod tool_name_duplicate;
mod tool_schema_invalid;
mod tools_not_offered;
mod tools_page_loop;
mod version_unsupported;

use super::{
    Came, Cause, Certainty, Facts, Failure, Finding, Fresh, Group, How, Instead, Reach, Say, Subject, audience, lookalike,
    phrases, token, wording,
};

/// Every cause, in ranking order.
pub(super) const ALL: &[&Cause] = &[
    &mixed_content::CAUSE,
    &local_network_blocked::CAUSE,
    &redirect_dropped_token::CAUSE,
    &token_malformed::CAUSE,
    &server_unreachable::CAUSE,
    &cors_blocked::CAUSE,
    &session_storm::CAUSE,
    &session_leak::CAUSE,
    &stream_bad_event::CAUSE,
    &sse_endpoint_foreign::CAUSE,
    &sse_endpoint_missing::CAUSE,
    &sse_session_lost::CAUSE,
    &origin_or_host_rejected::CAUSE,
    &token_missing::CAUSE,
    &token_expired::CAUSE,
    &token_not_yet_valid::CAUSE,
    &scope_insufficient::CAUSE,
    &token_wrong_audience::CAUSE,
    &token_rejected::CAUSE,
    &redirected_endpoint::CAUSE,
    &gone_or_blocked::CAUSE,
    &era_mismatch::CAUSE,
    &header_mismatch::CAUSE,
    &capability_missing::CAUSE,
    &streamable_only_server::CAUSE,
    &legacy_sse_server::CAUSE,
    &conflicting_stream::CAUSE,
    &stream_not_resumable::CAUSE,
    &session_ended_by_client::CAUSE,
    &session_header_hidden::CAUSE,
    &request_before_initialized::CAUSE,
    &session_id_illegal::CAUSE,
    &session_not_shared::CAUSE,
    &session_stale::CAUSE,
    &session_missing::CAUSE,
    &version_unsupported::CAUSE,
    &accept_refused::CAUSE,
    &content_type_refused::CAUSE,
    &payload_too_large::CAUSE,
    &rate_limited::CAUSE,
    &gateway_error::CAUSE,
    &initialized_refused::CAUSE,
    &method_not_found::CAUSE,
    &invalid_params::CAUSE,
    &not_an_mcp_endpoint::CAUSE,
    &result_incomplete::CAUSE,
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
    &server_error::CAUSE,
    &forbidden::CAUSE,
    &request_refused::CAUSE,
    &tools_not_offered::CAUSE,
    &tools_page_loop::CAUSE,
    &tool_schema_invalid::CAUSE,
    &tool_name_duplicate::CAUSE,
];
