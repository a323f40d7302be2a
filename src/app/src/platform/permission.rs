//! Whether the browser lets this page reach this computer and its network (Local Network Access), as far as it says.

use std::cell::RefCell;

use inspector_core::http::Url;
use inspector_core::trace::Permission;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{PermissionState, PermissionStatus};

/// For this computer, for the network around it, and for both, as Chrome 142 began.
const LOOPBACK: &str = "loopback-network";
const PRIVATE: &str = "local-network";
const BOTH: &str = "local-network-access";

thread_local! {
    /// What the browser said of each; it keeps it up to date by itself.
    static SAID: RefCell<Vec<(&'static str, PermissionStatus)>> = const { RefCell::new(Vec::new()) };
}

/// Asks the browser, which asks nobody. A name that it does not know stays unknown.
pub(crate) fn ask() {
    for name in [LOOPBACK, PRIVATE, BOTH] {
        leptos::task::spawn_local(async move {
            if let Ok(status) = query(name).await {
                SAID.with(|said| said.borrow_mut().push((name, status)));
            }
        });
    }
}

async fn query(name: &str) -> Result<PermissionStatus, JsValue> {
    let descriptor = Object::new();
    Reflect::set(&descriptor, &"name".into(), &name.into())?;
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let status = JsFuture::from(window.navigator().permissions()?.query(&descriptor)?).await?;
    status.dyn_into()
}

/// What it says now of the permission that an address asks for.
pub(crate) fn local_network(server: &Url) -> Permission {
    let own = if server.is_loopback() { LOOPBACK } else { PRIVATE };
    SAID.with(|said| {
        let said = said.borrow();
        let of = |wanted| said.iter().find(|(name, _)| *name == wanted).map(|(_, status)| status.state());
        match of(own).or_else(|| of(BOTH)) {
            Some(PermissionState::Granted) => Permission::Granted,
            Some(PermissionState::Denied) => Permission::Denied,
            Some(PermissionState::Prompt) => Permission::Unasked,
            _ => Permission::Unknown,
        }
    })
}
