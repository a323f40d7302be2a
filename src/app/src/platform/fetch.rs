//! One request through the browser's `fetch`, reported as it happens.

use std::cell::Cell;
use std::rc::Rc;

use gloo_net::http::{Headers as GlooHeaders, Request as GlooRequest};
use inspector_core::http::{HeaderValue, Headers, Mode, Request, ResponseHead, SecretSlot, Sight};
use inspector_core::id::ExchangeId;
use inspector_core::limits::{HEADER_COUNT, HEADER_VALUE_BYTES};
use inspector_core::session::Input;
use inspector_core::token::Mask;
use inspector_core::trace::End;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestMode,
    RequestRedirect, ResponseType,
};

use super::schedule;
use crate::vault::Vault;

/// How long chunks are read in one go before the browser gets a turn, in milliseconds.
const SLICE_MILLIS: f64 = 12.0;

/// Response headers that decide how a session goes on, in lower case as the browser gives them.
const READ_BY_SESSION: [&str; 2] = ["content-type", "mcp-session-id"];

/// A request under way. Giving it up ends it with [`End::Aborted`].
pub(crate) struct Call {
    controller: Option<AbortController>,
    given_up: Rc<Cell<bool>>,
}

impl Call {
    /// Sends a request. `on` hears of the response, every piece of the body, and the end.
    pub(crate) fn start(id: ExchangeId, request: Request, vault: &Vault, on: impl Fn(Input) + 'static) -> Self {
        let controller = AbortController::new().ok();
        let given_up = Rc::new(Cell::new(false));
        let built = build(&request, vault, controller.as_ref());
        let mut mask = vault.mask();
        let flag = Rc::clone(&given_up);
        leptos::task::spawn_local(async move {
            let end = match built {
                Ok(built) => exchange(id, &request, built, &mut mask, &on).await,
                Err(error) => End::Failed(mask.text(&text(&error))),
            };
            // The engines name an abort differently; what counts is that we asked for it.
            on(Input::End(id, if flag.get() { End::Aborted } else { end }));
        });
        Self { controller, given_up }
    }

    /// Gives the request up.
    pub(crate) fn abort(&self) {
        self.given_up.set(true);
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

fn build(request: &Request, vault: &Vault, controller: Option<&AbortController>) -> Result<web_sys::Request, JsValue> {
    let headers = web_sys::Headers::new()?;
    for (name, value) in request.headers.iter() {
        if let Some(value) = vault.fill(request, value) {
            headers.append(name, &value)?;
        }
    }
    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    init.set_headers(&headers);
    init.set_mode(match request.mode {
        Mode::Cors => RequestMode::Cors,
        Mode::Opaque | Mode::Events => RequestMode::NoCors,
    });
    // Nothing of this browser's goes along: no cookies, no referrer, nothing out of the cache.
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_cache(RequestCache::NoStore);
    // A redirect takes the extra headers along, also to another host; the browser itself drops only the token.
    let extra = |value: &HeaderValue| matches!(value, HeaderValue::Secret(SecretSlot::Extra(_)));
    let keeps_here = request.headers.iter().any(|(_, value)| extra(value));
    init.set_redirect(if keeps_here { RequestRedirect::Manual } else { RequestRedirect::Follow });
    init.set_signal(controller.map(AbortController::signal).as_ref());
    if !request.body.is_empty() {
        init.set_body(&JsValue::from_str(&request.body));
    }
    web_sys::Request::new_with_str_and_init(&request.url.to_string(), &init)
}

async fn exchange(id: ExchangeId, request: &Request, built: web_sys::Request, mask: &mut Mask, on: &impl Fn(Input)) -> End {
    let response = match GlooRequest::from(built).send().await {
        Ok(response) => web_sys::Response::from(response),
        Err(error) => return End::Failed(error.to_string()),
    };
    on(Input::Response(id, head(request, &response, mask)));
    let read = read_body(id, &response, mask, on).await;
    let rest = mask.rest();
    if !rest.is_empty() {
        on(Input::Chunk(id, rest));
    }
    match read {
        Ok(()) => End::Complete,
        Err(error) => End::Cut(text(&error)),
    }
}

fn head(request: &Request, response: &web_sys::Response, mask: &Mask) -> ResponseHead {
    let sight = match response.type_() {
        ResponseType::Cors => Sight::CorsFiltered,
        ResponseType::Opaque | ResponseType::Opaqueredirect => Sight::Opaque,
        _ => Sight::Full,
    };
    let mut headers = Headers::new();
    for (name, value) in GlooHeaders::from_raw(response.headers()).entries().take(HEADER_COUNT) {
        // What the session reads and sends back stays as it came.
        let value = if READ_BY_SESSION.contains(&name.as_str()) { value } else { mask.text(&value) };
        headers.push(&name, value.chars().take(HEADER_VALUE_BYTES).collect::<String>());
    }
    let url = response.url();
    let redirected_to = (response.redirected() && url != request.url.to_string()).then(|| mask.text(&url));
    ResponseHead { status: response.status(), redirected_to, headers, sight }
}

async fn read_body(id: ExchangeId, response: &web_sys::Response, mask: &mut Mask, on: &impl Fn(Input)) -> Result<(), JsValue> {
    let Some(body) = response.body() else { return Ok(()) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut turn_began = js_sys::Date::now();
    loop {
        let read = JsFuture::from(reader.read()).await?;
        if js_sys::Reflect::get(&read, &"done".into())?.is_truthy() {
            return Ok(());
        }
        let value: js_sys::Uint8Array = js_sys::Reflect::get(&read, &"value".into())?.unchecked_into();
        let bytes = mask.pass(value.to_vec());
        if !bytes.is_empty() {
            on(Input::Chunk(id, bytes));
        }
        // Not calling read() is what slows a flood down: the browser stops taking bytes from the server.
        if js_sys::Date::now() - turn_began > SLICE_MILLIS {
            schedule::turn().await;
            turn_began = js_sys::Date::now();
        }
    }
}

/// What the browser says of an error: the message, without the `TypeError:` in front.
fn text(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(|| "unknown error".to_owned(), |error| String::from(error.message()))
}
