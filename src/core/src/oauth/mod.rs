//! How a server says where its tokens come from, and how one is asked for: OAuth as the specification uses it.
//!
//! Challenges (RFC 9110, RFC 6750), metadata of resources (RFC 9728) and of authorization servers (RFC 8414, OpenID Connect
//! Discovery), the request of a client for a token of its own (RFC 6749 §4.4), and whether a token fits a server. All of it is
//! read from text somebody else wrote: reading never fails, and what is not said stays unknown.

mod answer;
mod challenge;
mod cover;
mod deviation;
mod fit;
mod form;
mod grant;
mod metadata;
mod places;
mod trouble;

pub use answer::{Refused, TokenAnswer, read_token_answer};
pub use challenge::{Bearer, Challenge, bearer, read_challenges};
pub use cover::{Covered, cover};
pub use deviation::Deviation;
pub use fit::{Claims, Misfit, Wanted, canonical, covers, misfits, same_issuer};
pub use form::{encode, pairs};
pub use grant::{ClientAuth, Grant, basic_credentials};
pub use metadata::{IssuerMetadata, NotMetadata, ResourceMetadata, read_issuer, read_resource};
pub use places::{allowed, base_issuer, issuer_places, resource_places};
pub use trouble::{Told, Trouble, trouble};
