//! Why no token came of a request for one, in plain words, and what to do about it.

use alloc::format;
use alloc::string::{String, ToString};

use super::answer::{Refused, TokenAnswer};
use super::deviation::Cut;
use super::metadata::NotMetadata;

/// Why a request for a token brought none that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// An error of OAuth, under whatever status.
    Refused(Refused),
    /// A status and a body that is neither a token nor an error of OAuth.
    Other(u16, NotMetadata),
    /// A token that is not sent as `Bearer`.
    OtherKind(String),
    /// Nothing that the browser shows.
    Hidden,
    /// A redirect, which a secret must not follow.
    Redirected,
    /// No answer within the limit.
    Silent,
    /// Given up by the person.
    Stopped,
    /// More than a token endpoint says.
    TooLarge,
}

/// What to tell of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What happened.
    pub what: String,
    /// What to do next.
    pub next: String,
}

/// What is wrong with an answer; nothing for a token that can be used.
pub fn trouble(status: u16, answer: &TokenAnswer) -> Option<Trouble> {
    match answer {
        TokenAnswer::Issued { kind, .. } if (200..300).contains(&status) => {
            let other = kind.as_ref().filter(|kind| !kind.eq_ignore_ascii_case("bearer"));
            other.map(|kind| Trouble::OtherKind(kind.clone()))
        }
        TokenAnswer::Issued { .. } => Some(Trouble::Other(status, NotMetadata::OtherJson)),
        TokenAnswer::Refused(refused) => Some(Trouble::Refused(refused.clone())),
        TokenAnswer::Other(what) => Some(Trouble::Other(status, *what)),
    }
}

impl Trouble {
    /// Whether the request could work outside of a browser.
    pub const fn is_of_the_browser(&self) -> bool {
        matches!(self, Self::Hidden | Self::Redirected)
    }

    /// What to tell of it; `host` is whom the token was asked of.
    pub fn told(&self, host: &str) -> Told {
        let told = |what: String, next: &str| Told { what, next: next.to_string() };
        match self {
            Self::Refused(refused) => of_error(host, refused),
            Self::Other(404 | 405 | 410, _) => told(
                format!("{host} has no token endpoint at this address ({}).", self.status()),
                "Take the address of the token endpoint from the metadata or from the console of the provider.",
            ),
            Self::Other(401 | 403, _) => told(
                format!("{host} refused ({}), without saying why.", self.status()),
                "Check the client id and the secret. Some servers take them in the header only, others in the form only: try the other way of authenticating.",
            ),
            Self::Other(429, _) => told(format!("{host} was asked too often."), "Wait for a minute and ask again."),
            Self::Other(500.., _) => told(
                format!("{host} failed by itself ({}).", self.status()),
                "Ask again later. If it stays, its operator finds the reason in its log.",
            ),
            Self::Other(status, NotMetadata::Page) => told(
                format!("{host} answered with a web page ({status}), so this address is one for people."),
                "Signing in and asking for tokens have different addresses: take that of the token endpoint.",
            ),
            Self::Other(status, what) => told(
                format!("{host} answered {status} with {what}, and no token."),
                "See in the diagram what came. This may not be the token endpoint.",
            ),
            Self::OtherKind(kind) => told(
                format!("{host} gave a token of the type {}, which cannot be sent as a bearer token.", Cut(kind)),
                "Ask the provider for a client that gets bearer tokens.",
            ),
            Self::Hidden => told(
                format!(
                    "The browser shows nothing of the answer: {host} does not let pages ask for tokens (CORS), which is usual, or did not answer."
                ),
                "Ask with curl instead: the rule is one of browsers. Then paste the access_token into the token field.",
            ),
            Self::Redirected => told(
                format!("{host} sent the request on to another address, and a secret does not go along."),
                "Take the address it leads to as the token URL. curl shows it as Location.",
            ),
            Self::Silent => told(
                format!("{host} did not answer in time."),
                "Check the address. A server that only your company's network reaches answers nobody else.",
            ),
            Self::Stopped => told("You stopped it.".to_string(), "Ask again when you like."),
            Self::TooLarge => told(
                format!("{host} sent more than a token endpoint says; the rest was not read."),
                "This may not be the token endpoint.",
            ),
        }
    }

    const fn status(&self) -> u16 {
        match self {
            Self::Other(status, _) => *status,
            _ => 0,
        }
    }
}

/// The errors of RFC 6749 §5.2 and RFC 8707 §2, and any other.
fn of_error(host: &str, refused: &Refused) -> Told {
    let (what, next) = match refused.error.as_str() {
        "invalid_client" => (
            format!("{host} does not accept this client id with this secret."),
            "Check that both belong together and to this server. Some servers take them in the header only, others in the form only: try the other way of authenticating.",
        ),
        "invalid_scope" => (
            format!("{host} does not give this client the scope that was asked for."),
            "Leave the scope empty to get the usual one, or ask who runs the server which scopes this client may have.",
        ),
        "unauthorized_client" => (
            format!("{host} knows the client and does not let it ask for tokens of its own."),
            "The provider has to allow it client credentials. A client that a person signs in with gets its tokens another way: see below.",
        ),
        "unsupported_grant_type" => (
            format!("{host} gives no tokens for client credentials."),
            "There a person has to sign in: see below for how to get a token that way.",
        ),
        "invalid_target" => (
            format!("{host} does not give tokens for this resource."),
            "Compare the resource with what is registered there. A token that was asked for without it may not be taken by the server.",
        ),
        "invalid_request" => (
            format!("{host} misses something in the request, or does not know a part of it."),
            "A server that does not know the resource often says it this way: try with that field empty.",
        ),
        "temporarily_unavailable" | "server_error" => {
            (format!("{host} failed by itself."), "Ask again later. If it stays, its operator finds the reason in its log.")
        }
        error => (
            format!("{host} refused with {}.", Cut(error)),
            "Its words are all there is to go by. Who runs it can look into its log.",
        ),
    };
    let words = refused.description.as_deref().map(|said| format!(" It says {}.", Cut(said))).unwrap_or_default();
    Told { what: what + &words, next: next.to_string() }
}
