//! HTTP as an inspector needs it: nothing normalised away, and what the browser hides said so.

mod headers;
mod message;
mod url;

pub use headers::{HeaderNameProblem, HeaderValue, Headers, SecretSlot, check_name, check_value};
pub use message::{Method, Mode, Request, ResponseHead, SecretField, Sight, reason_phrase};
pub use url::{Scheme, Url, UrlProblem};
