//! The members that are known at each place of a message (schemas of the specification, RFC 6749, RFC 8414, RFC 9728).

use super::places::Place::{self, *};

/// Names, each with the place that its value has.
type Members = &'static [(&'static str, Place)];

/// The members that are known at a place.
pub(super) fn members(place: Place) -> Members {
    match place {
        Place::Message => MESSAGE,
        Place::Sent => SENT,
        Place::Params => PARAMS,
        Place::Result => RESULT,
        Place::FailedResult => FAILED_RESULT,
        Place::Error => ERROR,
        Place::ErrorData => ERROR_DATA,
        Place::Meta => META,
        Place::Info => INFO,
        Place::Listed => LISTED,
        Place::Schema => SCHEMA,
        Place::Content => CONTENT,
        Place::FailedContent => FAILED_CONTENT,
        Place::Ask => ASK,
        Place::Answered => ANSWERED,
        Place::Reference => REFERENCE,
        Place::Foreign => FOREIGN,
        _ => &[],
    }
}

const MESSAGE: Members =
    &[("jsonrpc", Name), ("id", Id), ("method", Name), ("params", Params), ("result", Result), ("error", Error)];

const SENT: Members =
    &[("jsonrpc", Name), ("id", Id), ("method", Name), ("params", Params), ("result", Answered), ("error", Error)];

const PARAMS: Members = &[
    ("protocolVersion", Name),
    ("capabilities", Capabilities),
    ("clientInfo", Info),
    ("name", Name),
    ("uri", Address),
    ("cursor", Handle),
    ("_meta", Meta),
    ("progressToken", Handle),
    ("progress", Name),
    ("total", Name),
    ("requestId", Id),
    ("reason", Described),
    ("message", Described),
    ("level", Name),
    ("logger", Name),
    ("data", Given),
    ("requestedSchema", Schema),
    ("mode", Name),
    ("url", Address),
    ("elicitationId", Handle),
    ("ref", Reference),
    ("requestState", State),
    ("inputResponses", Answers),
    ("messages", Given),
    ("systemPrompt", Given),
    ("maxTokens", Name),
    ("notifications", Capabilities),
    ("taskId", Handle),
];

const RESULT: Members = &[
    ("protocolVersion", Name),
    ("supportedVersions", Name),
    ("capabilities", Capabilities),
    ("serverInfo", Info),
    ("instructions", Described),
    ("tools", Listed),
    ("prompts", Listed),
    ("resources", Listed),
    ("resourceTemplates", Listed),
    ("roots", Listed),
    ("nextCursor", Handle),
    ("ttlMs", Name),
    ("cacheScope", Name),
    ("resultType", Name),
    ("inputRequests", Asks),
    ("requestState", State),
    ("isError", Name),
    ("content", Content),
    ("contents", Content),
    ("messages", Content),
    ("description", Described),
    ("role", Name),
    ("model", Name),
    ("stopReason", Name),
    ("_meta", Meta),
];

const FAILED_RESULT: Members =
    &[("isError", Name), ("content", FailedContent), ("resultType", Name), ("structuredContent", Given), ("_meta", Meta)];

const ERROR: Members = &[("code", Name), ("message", Said), ("data", ErrorData)];

const ERROR_DATA: Members = &[
    ("supported", Name),
    ("requested", Name),
    ("requiredCapabilities", Capabilities),
    ("elicitations", Given),
    ("code", Name),
    ("status", Name),
    ("type", Name),
    ("uri", Address),
    ("url", Address),
];

const META: Members = &[
    ("progressToken", Handle),
    ("io.modelcontextprotocol/protocolVersion", Name),
    ("io.modelcontextprotocol/clientCapabilities", Capabilities),
    ("io.modelcontextprotocol/clientInfo", Info),
    ("io.modelcontextprotocol/serverInfo", Info),
    ("io.modelcontextprotocol/logLevel", Name),
    ("io.modelcontextprotocol/subscriptionId", Handle),
];

const INFO: Members =
    &[("name", Name), ("version", Name), ("title", Described), ("description", Described), ("websiteUrl", Address)];

const LISTED: Members = &[
    ("name", Name),
    ("title", Described),
    ("description", Described),
    ("inputSchema", Schema),
    ("outputSchema", Schema),
    ("annotations", Capabilities),
    ("execution", Capabilities),
    ("arguments", Listed),
    ("required", Name),
    ("uri", Address),
    ("uriTemplate", Address),
    ("mimeType", Name),
    ("size", Name),
    ("_meta", Meta),
];

const SCHEMA: Members = &[
    ("type", Name),
    ("format", Name),
    ("required", Name),
    ("properties", Properties),
    ("patternProperties", Properties),
    ("$defs", Properties),
    ("definitions", Properties),
    ("items", Schema),
    ("additionalProperties", Schema),
    ("anyOf", Schema),
    ("oneOf", Schema),
    ("allOf", Schema),
    ("not", Schema),
    ("$ref", Address),
    ("$schema", Address),
    ("x-mcp-header", Name),
    ("title", Described),
    ("description", Described),
    ("minimum", Name),
    ("maximum", Name),
    ("minLength", Name),
    ("maxLength", Name),
    ("minItems", Name),
    ("maxItems", Name),
];

const CONTENT: Members =
    &[("type", Name), ("mimeType", Name), ("uri", Address), ("role", Name), ("content", Content), ("resource", Content)];

const FAILED_CONTENT: Members = &[("type", Name), ("text", Said), ("mimeType", Name)];

const ASK: Members = &[("method", Name), ("params", Params)];

const ANSWERED: Members = &[("action", Name), ("role", Name), ("model", Name), ("stopReason", Name)];

const REFERENCE: Members = &[("type", Name), ("name", Name), ("uri", Address)];

const FOREIGN: Members = &[
    ("jsonrpc", Name),
    ("id", Handle),
    ("error", Foreign),
    ("errors", Foreign),
    ("error_description", Said),
    ("errorMessage", Said),
    ("message", Said),
    ("Message", Said),
    ("msg", Said),
    ("detail", Foreign),
    ("details", Foreign),
    ("title", Said),
    ("reason", Said),
    ("body", Foreign),
    ("result", Result),
    ("code", Name),
    ("status", Name),
    ("statusCode", Name),
    ("type", Name),
    ("loc", Name),
    ("error_uri", Address),
    ("supported", Name),
    ("requested", Name),
    // What RFC 6749 §5.1 says of a token beside it.
    ("token_type", Name),
    ("expires_in", Name),
    ("scope", Name),
    // Metadata of a resource and of an authorization server (RFC 9728 §2, RFC 8414 §2).
    ("resource", Address),
    ("resource_name", Described),
    ("resource_documentation", Address),
    ("authorization_servers", Address),
    ("issuer", Address),
    ("authorization_endpoint", Address),
    ("token_endpoint", Address),
    ("registration_endpoint", Address),
    ("revocation_endpoint", Address),
    ("introspection_endpoint", Address),
    ("userinfo_endpoint", Address),
    ("jwks_uri", Address),
    ("scopes_supported", Name),
    ("response_types_supported", Name),
    ("response_modes_supported", Name),
    ("grant_types_supported", Name),
    ("subject_types_supported", Name),
    ("bearer_methods_supported", Name),
    ("code_challenge_methods_supported", Name),
    ("token_endpoint_auth_methods_supported", Name),
    ("id_token_signing_alg_values_supported", Name),
    ("client_id_metadata_document_supported", Name),
    ("authorization_response_iss_parameter_supported", Name),
];
