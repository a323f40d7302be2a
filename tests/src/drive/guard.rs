//! What a browser keeps from being sent, whatever the server would say to it: plain http from a secure page (Mixed Content,
//! W3C), and addresses near this computer for which a permission was not given (Local Network Access, WICG).

use inspector_core::{
    http::{Mode, Scheme, Url},
    trace::Permission,
};

/// Whether a request of a page of the web is kept back. One for events is answered all the same where it is a matter of the
/// permission: the browser asks for that once it has a connection, and says that it may not show what came.
pub(super) fn keeps(page: &str, local_network: Permission, url: &Url, mode: Mode) -> bool {
    let mixed = page.starts_with("https://") && url.scheme() == Scheme::Http && !url.is_loopback();
    let near = url.is_loopback() || url.is_private();
    mixed || (near && local_network != Permission::Granted && mode != Mode::Events)
}
