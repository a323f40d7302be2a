//! A request for events whose answer nobody reads: whether anything is there that the page may not see.
//!
//! Engines give an `EventSource` up for good when the page may not read what came, and try again when nothing came. That is the
//! one place where they tell the two apart.

use std::cell::Cell;
use std::rc::Rc;

use inspector_core::http::{Headers, Request, ResponseHead, Sight};
use inspector_core::id::ExchangeId;
use inspector_core::session::Input;
use inspector_core::trace::End;
use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::EventSource;

/// What is recorded where nothing answered, or this browser does not tell.
const NO_ANSWER: &str = "no answer";
const UNTOLD: &str = "this browser does not tell";

/// A request under way. Giving it up ends it with [`End::Aborted`].
pub(crate) struct Call {
    source: Option<EventSource>,
    settle: Option<Function>,
    given_up: Rc<Cell<bool>>,
}

impl Call {
    /// Sends a request. `on` hears that something answered, and of the end.
    pub(crate) fn start(id: ExchangeId, request: &Request, on: impl Fn(Input) + 'static) -> Self {
        let source = if tells() { EventSource::new(&request.url.to_string()).ok() } else { None };
        let mut settle = None;
        let settled = Promise::new(&mut |resolve, _| settle = Some(resolve));
        if let Some(source) = &source {
            source.set_onopen(settle.as_ref());
            source.set_onerror(settle.as_ref());
        }
        let given_up = Rc::new(Cell::new(false));
        let (flag, asked) = (Rc::clone(&given_up), source.clone());
        leptos::task::spawn_local(async move {
            let end = match asked {
                Some(source) => {
                    let _ = JsFuture::from(settled).await;
                    let answered = source.ready_state() != EventSource::CONNECTING;
                    source.close();
                    if answered && !flag.get() {
                        on(Input::Response(id, hidden()));
                    }
                    if answered { End::Complete } else { End::Failed(NO_ANSWER.to_owned()) }
                }
                None => End::Failed(UNTOLD.to_owned()),
            };
            on(Input::End(id, if flag.get() { End::Aborted } else { end }));
        });
        Self { source, settle, given_up }
    }

    /// Gives the request up.
    pub(crate) fn abort(&self) {
        self.given_up.set(true);
        if let Some(source) = &self.source {
            source.close();
        }
        // Nothing is heard of a source that was closed.
        let _ = self.settle.as_ref().map(|settle| settle.call0(&JsValue::NULL));
    }
}

/// Whether this browser tells the two apart. Firefox also gives up for good where a name or a certificate is wrong (measured in
/// its source, `EventSource.cpp`), and would call that an answer.
fn tells() -> bool {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok());
    !agent.unwrap_or_default().contains("Gecko/")
}

const fn hidden() -> ResponseHead {
    ResponseHead { status: 0, redirected_to: None, headers: Headers::new(), sight: Sight::Opaque }
}
