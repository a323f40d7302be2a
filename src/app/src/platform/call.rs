//! One request under way, wherever it goes: over the network, or to the demo server of this page.

use inspector_core::http::{Mode, Request};
use inspector_core::id::ExchangeId;
use inspector_core::session::Input;

use super::{demo, event_source, fetch};
use crate::vault::Vault;

/// A request under way. Giving it up ends it as aborted.
pub(crate) enum Call {
    /// Over the network.
    Fetch(fetch::Call),
    /// Over the network, to see whether anything is there.
    Events(event_source::Call),
    /// Inside of this page.
    Demo(demo::Call),
}

impl Call {
    /// Sends a request. `on` hears of the response, every piece of the body, and the end.
    pub(crate) fn start(id: ExchangeId, request: Request, vault: &Vault, on: impl Fn(Input) + 'static) -> Self {
        if demo::is_demo(&request.url) {
            Self::Demo(demo::Call::start(id, request, on))
        } else if request.mode == Mode::Events {
            Self::Events(event_source::Call::start(id, &request, on))
        } else {
            Self::Fetch(fetch::Call::start(id, request, vault, on))
        }
    }

    /// Gives the request up.
    pub(crate) fn abort(&self) {
        match self {
            Self::Fetch(call) => call.abort(),
            Self::Events(call) => call.abort(),
            Self::Demo(call) => call.abort(),
        }
    }
}
