//! Where in a message a value stands: the names of members that are known, and how what stands there is treated. A member that
//! is not known is a value of somebody's.

use super::members::members;
use crate::share::Carrier;

/// A place in the messages of the protocol, or in the JSON that stands around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A message of JSON-RPC 2.0 that was received.
    Message,
    /// One that was sent: its result is what a person answered.
    Sent,
    /// Its parameters.
    Params,
    /// Its result.
    Result,
    /// The result of a tool that failed: its text is an error message.
    FailedResult,
    /// Its error.
    Error,
    /// `data` of an error.
    ErrorData,
    /// `_meta`.
    Meta,
    /// Capabilities, at any depth: names and switches.
    Capabilities,
    /// `clientInfo`, `serverInfo`.
    Info,
    /// A tool, a prompt, a resource, a template or an argument in a list.
    Listed,
    /// A JSON Schema.
    Schema,
    /// The properties of a schema: names, and a schema each.
    Properties,
    /// What a tool failed with.
    FailedContent,
    /// Content of a result, or of a message to a model.
    Content,
    /// Questions by key (2026-07-28, multi round-trip requests).
    Asks,
    /// One of them.
    Ask,
    /// What is completed: a prompt or a resource.
    Reference,
    /// JSON that is no message: an error of a gateway, metadata of an authorization server.
    Foreign,
    /// A name, a number or a switch of the protocol.
    Name,
    /// The id of a request.
    Id,
    /// An error message.
    Said,
    /// A text that a server publishes.
    Described,
    /// An address.
    Address,
    /// A cursor or a token of progress.
    Handle,
    /// `requestState`.
    State,
    /// Answers by key (2026-07-28, multi round-trip requests).
    Answers,
    /// What a person answered.
    Answer,
    /// The result that the answer is sent as: of an elicitation, or of a model.
    Answered,
    /// An argument.
    Argument,
    /// An argument that is repeated in a header.
    ParamHeader,
    /// A value in a schema.
    SchemaValue,
    /// What a tool, a prompt or a resource gave.
    Given,
    /// Any other value.
    Value,
    /// A value under the name of a credential.
    Secret,
}

/// How a value is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// Seen if it looks like a name.
    Name,
    /// Seen whatever it is, if it is short: the ids of requests say nothing and tell them apart.
    Id,
    /// The words of it are seen.
    Said,
    /// The words of it are seen at the largest level.
    Described,
    /// An address.
    Address,
    /// Covered, and told from others.
    Handle,
    /// Covered; at the largest level small numbers, switches and published choices are seen.
    Value,
    /// Covered.
    Secret,
}

impl Place {
    /// How a value at this place is treated, and what is said to have been removed.
    pub(super) const fn rule(self) -> (Rule, Carrier) {
        match self {
            Self::Message | Self::Sent | Self::Meta | Self::Value | Self::Params => (Rule::Value, Carrier::Value),
            Self::Name | Self::Capabilities | Self::Reference | Self::Properties => (Rule::Name, Carrier::Value),
            Self::Id => (Rule::Id, Carrier::Handle),
            Self::Error | Self::Foreign | Self::Said | Self::FailedContent | Self::FailedResult => (Rule::Said, Carrier::Word),
            Self::ErrorData => (Rule::Described, Carrier::Word),
            Self::Described | Self::Info | Self::Listed => (Rule::Described, Carrier::Description),
            Self::Schema | Self::SchemaValue => (Rule::Described, Carrier::Schema),
            Self::Address => (Rule::Address, Carrier::Path),
            Self::Handle => (Rule::Handle, Carrier::Handle),
            Self::State => (Rule::Secret, Carrier::State),
            Self::Answer | Self::Answers | Self::Answered | Self::Asks | Self::Ask => (Rule::Value, Carrier::Answer),
            Self::Argument => (Rule::Value, Carrier::Argument),
            Self::ParamHeader => (Rule::Value, Carrier::ParamHeader),
            Self::Given | Self::Content | Self::Result => (Rule::Value, Carrier::Result),
            Self::Secret => (Rule::Secret, Carrier::Value),
        }
    }

    /// The place of a member of an object that stands here.
    pub(super) fn member(self, name: &str) -> Self {
        match self {
            Self::Capabilities => self,
            Self::Properties => Self::Schema,
            Self::Asks => Self::Ask,
            Self::Answers => Self::Answered,
            _ => {
                let known = members(self).iter().find(|(known, _)| *known == name);
                known.map_or_else(|| self.other(name), |(_, place)| *place)
            }
        }
    }

    /// The place of a member that is not known here.
    fn other(self, name: &str) -> Self {
        match self {
            _ if is_credential(name) => Self::Secret,
            Self::Result | Self::FailedResult | Self::Content => Self::Given,
            Self::Params => Self::Argument,
            Self::Answered => Self::Answer,
            Self::Listed | Self::Info => Self::Value,
            Self::Schema => Self::SchemaValue,
            Self::Error => Self::ErrorData,
            Self::Message | Self::Sent | Self::Meta | Self::Foreign | Self::Reference | Self::Ask => Self::Value,
            _ => self,
        }
    }
}

/// Whether a member, a field or a parameter of this name holds a credential, or what a person is known by.
pub(super) fn is_credential(name: &str) -> bool {
    /// Parts of such names.
    const PARTS: &[&str] = &[
        "apikey",
        "api_key",
        "api-key",
        "auth",
        "cookie",
        "credential",
        "cvc",
        "cvv",
        "email",
        "otp",
        "passphrase",
        "passwd",
        "password",
        "phone",
        "private",
        "pwd",
        "secret",
        "session",
        "signature",
        "ssn",
        "token",
    ];
    /// Whole names.
    const NAMES: &[&str] = &["code", "key", "pass", "pin", "sid", "sig"];
    let lower = name.to_ascii_lowercase();
    NAMES.contains(&lower.as_str()) || PARTS.iter().any(|part| lower.contains(part))
}

#[cfg(test)]
mod tests {
    use super::Place::*;
    use super::*;

    fn at(path: &[&str]) -> Place {
        path.iter().fold(Message, |place, name| place.member(name))
    }

    #[test]
    fn the_names_of_the_protocol_lead_to_their_places() {
        assert_eq!(at(&["error", "message"]), Said);
        assert_eq!(at(&["error", "data", "requiredCapabilities", "elicitation", "form"]), Capabilities);
        assert_eq!(at(&["result", "tools", "inputSchema", "properties", "city", "default"]), SchemaValue);
        assert_eq!(at(&["result", "tools", "inputSchema", "properties", "type", "description"]), Described);
        assert_eq!(at(&["params", "_meta", "progressToken"]), Handle);
        assert_eq!(at(&["result", "inputRequests", "who", "params", "requestedSchema"]), Schema);
    }

    #[test]
    fn what_is_not_known_is_a_value_at_any_depth() {
        assert_eq!(at(&["params", "arguments", "name", "first"]), Argument);
        assert_eq!(at(&["result", "structuredContent", "rows", "name"]), Given);
        assert_eq!(at(&["result", "content", "text"]), Given);
        assert_eq!(at(&["result", "_meta", "com.example/trace"]), Value);
    }

    #[test]
    fn the_name_of_a_credential_makes_its_value_a_secret() {
        for name in ["password", "clientSecret", "x-api-key", "refresh_token", "PIN", "sessionToken", "userEmail"] {
            assert_eq!(at(&["params", "arguments", name]), Secret, "{name}");
        }
        assert_eq!(Foreign.member("access_token"), Secret);
        assert_eq!(at(&["error", "code"]), Name);
        assert_eq!(Foreign.member("token_endpoint"), Address);
    }
}
