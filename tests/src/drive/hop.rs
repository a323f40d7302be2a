//! One request on the way to its response: the one that was sent, or one that a redirect made of it (Fetch standard, HTTP fetch
//! and HTTP-redirect fetch).

use inspector_core::http::{Mode, Request, ResponseHead, Url};

use super::{PATIENCE, cors};
use crate::client::{self, Response};

pub(super) struct Hop {
    method: &'static str,
    url: Url,
    headers: Vec<(String, String)>,
    body: String,
    mode: Mode,
    /// A redirect led from one foreign origin to another: the page's own is no longer told.
    tainted: bool,
    redirected: bool,
}

impl Hop {
    /// The request as the session made it, its secrets filled in.
    pub(super) fn first(request: Request, headers: Vec<(String, String)>) -> Self {
        let Request { method, url, body, mode, .. } = request;
        Self { method: method.as_str(), url, headers, body, mode, tainted: false, redirected: false }
    }

    /// The response and what the page sees of its head; `None` for a failure the browser does not explain.
    pub(super) fn response(&self, page: Option<&str>) -> Option<(Response, ResponseHead)> {
        let page = page.filter(|page| *page != self.url.origin() || self.tainted);
        let Some(page) = page.map(|page| if self.tainted { "null" } else { page }) else {
            let response = self.sent(&[])?;
            let head = cors::full(&response);
            return Some((response, head));
        };
        match self.mode {
            Mode::Cors => {}
            Mode::Opaque => return Some((self.sent(&[])?, cors::opaque())).filter(|(response, _)| cors::lets_in(response)),
            // Whatever is answered ends the search for events for good, and only silence has it tried again.
            Mode::Events => return Some((self.sent(&[("Origin", page), ("Accept", "text/event-stream")])?, cors::opaque())),
        }
        if let Some(asked) = cors::preflight(page, self.method, &self.headers) {
            let asked: Vec<_> = asked.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let answer = self.send("OPTIONS", &asked, b"")?;
            if !cors::permits(&answer, page, self.method, &self.headers) {
                return None;
            }
        }
        let response = self.sent(&[("Origin", page)])?;
        cors::filtered(&response, page).map(|head| (response, head))
    }

    /// The request that a response redirects to: none when it is no redirect, and `Some(None)` when it leads nowhere.
    pub(super) fn next(&self, response: &Response, page: Option<&str>) -> Option<Option<Self>> {
        if !matches!(response.status, 301 | 302 | 303 | 307 | 308) {
            return None;
        }
        let location = response.headers.get("location")?;
        let foreign = page.is_some_and(|page| page != self.url.origin());
        Some(self.url.join(location).map(|url| self.redirected(response.status, url, foreign)))
    }

    fn redirected(&self, status: u16, url: Url, foreign: bool) -> Self {
        let becomes_get = match status {
            301 | 302 => self.method == "POST",
            303 => self.method != "GET",
            _ => false,
        };
        let stays = url.origin() == self.url.origin();
        let goes_along = |name: &str| {
            let name = name.to_ascii_lowercase();
            (stays || name != "authorization") && !(becomes_get && name == "content-type")
        };
        Self {
            method: if becomes_get { "GET" } else { self.method },
            headers: self.headers.iter().filter(|(name, _)| goes_along(name)).cloned().collect(),
            body: if becomes_get { String::new() } else { self.body.clone() },
            mode: self.mode,
            tainted: self.tainted || (foreign && !stays),
            redirected: true,
            url,
        }
    }

    /// Where it was redirected to.
    pub(super) fn redirected_to(&self) -> Option<String> {
        self.redirected.then(|| self.url.to_string())
    }

    fn sent(&self, more: &[(&str, &str)]) -> Option<Response> {
        let own = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let headers: Vec<_> = own.chain(more.iter().copied()).collect();
        self.send(self.method, &headers, self.body.as_bytes())
    }

    fn send(&self, method: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<Response> {
        client::send(method, &self.url.to_string(), headers, body, PATIENCE).ok()
    }
}
