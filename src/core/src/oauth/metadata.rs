//! Metadata: what a protected resource says of itself (RFC 9728 §2), and what an authorization server does (RFC 8414 §2,
//! OpenID Connect Discovery 1.0 §3). A member that is not there stays unknown: it is not the same as an empty one.

use alloc::string::String;
use alloc::vec::Vec;

use crate::json::{Node, scan};

/// What a protected resource says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourceMetadata {
    /// The address it has for authorization servers; it must be the one that clients use.
    pub resource: Option<String>,
    /// The issuers whose tokens it takes.
    pub authorization_servers: Option<Vec<String>>,
    /// The scopes it knows.
    pub scopes_supported: Option<Vec<String>>,
    /// How it wants tokens sent: `header`, `body`, `query`.
    pub bearer_methods_supported: Option<Vec<String>>,
}

/// What an authorization server says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IssuerMetadata {
    /// Its name, which is an address; `iss` of its tokens.
    pub issuer: Option<String>,
    /// Where a person signs in.
    pub authorization_endpoint: Option<String>,
    /// Where tokens are asked for.
    pub token_endpoint: Option<String>,
    /// Where clients register themselves (RFC 7591).
    pub registration_endpoint: Option<String>,
    /// The scopes it knows.
    pub scopes_supported: Option<Vec<String>>,
    /// What it gives tokens for. Left out, it means `authorization_code` and `implicit` (RFC 8414 §2).
    pub grant_types_supported: Option<Vec<String>>,
    /// How clients prove who they are. Left out, it means `client_secret_basic` (RFC 8414 §2).
    pub token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// The kinds of PKCE it knows; clients of 2025-11-25 and later refuse a server that names none.
    pub code_challenge_methods_supported: Option<Vec<String>>,
    /// Whether an address can be a client id (2025-11-25, client id metadata documents).
    pub client_id_metadata_document_supported: Option<bool>,
}

/// What a body is that is no metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMetadata {
    /// No bytes.
    Empty,
    /// An HTML page.
    Page,
    /// Not JSON.
    NotJson,
    /// JSON, but no object, or one without a single member of metadata.
    OtherJson,
}

/// Reads the metadata of a resource.
///
/// # Errors
/// What the text is instead.
pub fn read_resource(text: &str) -> Result<ResourceMetadata, NotMetadata> {
    read(text, |root| {
        let found = ResourceMetadata {
            resource: string(root, "resource"),
            authorization_servers: strings(root, "authorization_servers"),
            scopes_supported: strings(root, "scopes_supported"),
            bearer_methods_supported: strings(root, "bearer_methods_supported"),
        };
        (found.resource.is_some() || found.authorization_servers.is_some()).then_some(found)
    })
}

/// Reads the metadata of an authorization server.
///
/// # Errors
/// What the text is instead.
pub fn read_issuer(text: &str) -> Result<IssuerMetadata, NotMetadata> {
    read(text, |root| {
        let found = IssuerMetadata {
            issuer: string(root, "issuer"),
            authorization_endpoint: string(root, "authorization_endpoint"),
            token_endpoint: string(root, "token_endpoint"),
            registration_endpoint: string(root, "registration_endpoint"),
            scopes_supported: strings(root, "scopes_supported"),
            grant_types_supported: strings(root, "grant_types_supported"),
            token_endpoint_auth_methods_supported: strings(root, "token_endpoint_auth_methods_supported"),
            code_challenge_methods_supported: strings(root, "code_challenge_methods_supported"),
            client_id_metadata_document_supported: root.get("client_id_metadata_document_supported").and_then(Node::as_bool),
        };
        (found.issuer.is_some() || found.token_endpoint.is_some()).then_some(found)
    })
}

fn read<T>(text: &str, take: impl Fn(Node<'_>) -> Option<T>) -> Result<T, NotMetadata> {
    let text = text.trim_start_matches('\u{FEFF}').trim();
    if text.is_empty() {
        return Err(NotMetadata::Empty);
    }
    if text.starts_with('<') {
        return Err(NotMetadata::Page);
    }
    let scan = scan(text);
    if scan.error.is_some() {
        return Err(NotMetadata::NotJson);
    }
    scan.root(text).filter(|root| root.is_object()).and_then(take).ok_or(NotMetadata::OtherJson)
}

fn string(root: Node<'_>, key: &str) -> Option<String> {
    Some(root.get(key)?.as_str()?.into_owned())
}

/// The strings of an array; of what is none, nothing is known.
fn strings(root: Node<'_>, key: &str) -> Option<Vec<String>> {
    let list = root.get(key).filter(|list| list.is_array())?;
    Some(list.items().filter_map(|item| Some(item.as_str()?.into_owned())).collect())
}
