//! One request through the browser's `fetch`, reported as it happens.

use std::cell::Cell;
use std::rc::Rc;

use gloo_net::http::{Headers as GlooHeaders, Request as GlooRequest};
use inspector_core::http::{Headers, Mode, Request, ResponseHead, SecretSlot, Sight};
use inspector_core::id::ExchangeId;
use inspector_core::limits::{HEADER_COUNT, HEADER_VALUE_BYTES, TOKEN_ANSWER_BYTES};
use inspector_core::oauth::cover;
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
        let vault = vault.clone();
        let flag = Rc::clone(&given_up);
        leptos::task::spawn_local(async move {
            let end = match built {
                Ok(built) => exchange(id, &request, built, &vault, &on).await,
                Err(error) => End::Failed(vault.mask().text(&text(&error))),
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
    // A redirect takes extra headers and a body along, also to another host; the browser itself drops only the token.
    let keeps_here = request.secrets().any(|slot| !slot.is_bearer());
    init.set_redirect(if keeps_here { RequestRedirect::Manual } else { RequestRedirect::Follow });
    init.set_signal(controller.map(AbortController::signal).as_ref());
    if !request.body.is_empty() {
        init.set_body(&JsValue::from_str(&vault.body(request)));
    }
    web_sys::Request::new_with_str_and_init(&request.url.to_string(), &init)
}

async fn exchange(id: ExchangeId, request: &Request, built: web_sys::Request, vault: &Vault, on: &impl Fn(Input)) -> End {
    let response = match GlooRequest::from(built).send().await {
        Ok(response) => web_sys::Response::from(response),
        Err(error) => return End::Failed(error.to_string()),
    };
    let mut mask = vault.mask();
    on(Input::Response(id, head(request, &response, &mask)));
    let read = if request.secrets().any(SecretSlot::is_of_client) {
        read_token(id, &response, &mut mask, vault, on).await
    } else {
        read_body(&response, &mut |piece| tell(id, mask.pass(piece), on)).await
    };
    tell(id, mask.rest(), on);
    match read {
        Ok(()) => End::Complete,
        Err(error) => End::Cut(text(&error)),
    }
}

fn tell(id: ExchangeId, bytes: Vec<u8>, on: &impl Fn(Input)) -> bool {
    if !bytes.is_empty() {
        on(Input::Chunk(id, bytes));
    }
    true
}

/// Reads the answer of a token endpoint as a whole, and tells it without the tokens in it.
async fn read_token(
    id: ExchangeId,
    response: &web_sys::Response,
    mask: &mut Mask,
    vault: &Vault,
    on: &impl Fn(Input),
) -> Result<(), JsValue> {
    let mut body = Vec::new();
    let mut take = |piece| {
        body.extend::<Vec<u8>>(piece);
        body.len() <= TOKEN_ANSWER_BYTES
    };
    let read = read_body(response, &mut take).await;
    body.truncate(TOKEN_ANSWER_BYTES);
    let covered = cover(&body);
    if let Some(token) = covered.token.filter(|_| response.ok() && read.is_ok()) {
        vault.keep(token);
    }
    tell(id, mask.pass(covered.bytes), on);
    read
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

/// Reads a body piece by piece, for as long as somebody wants more of it.
async fn read_body(response: &web_sys::Response, heard: &mut dyn FnMut(Vec<u8>) -> bool) -> Result<(), JsValue> {
    let Some(body) = response.body() else { return Ok(()) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut turn_began = js_sys::Date::now();
    loop {
        let read = JsFuture::from(reader.read()).await?;
        if js_sys::Reflect::get(&read, &"done".into())?.is_truthy() {
            return Ok(());
        }
        let value: js_sys::Uint8Array = js_sys::Reflect::get(&read, &"value".into())?.unchecked_into();
        if !heard(value.to_vec()) {
            let _ = reader.cancel();
            return Err(js_sys::Error::new("more than is read").into());
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
