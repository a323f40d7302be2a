//! One request on the way to its response: the one that was sent, or one that a redirect made of it (Fetch standard, HTTP fetch
//! and HTTP-redirect fetch).

use std::io::{self, ErrorKind};

use inspector_core::{
    http::{Mode, Request, ResponseHead, Url},
    trace::Permission,
};

use super::{PATIENCE, cors, guard};
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

    /// Whether the browser does not let a page send it.
    pub(super) fn is_kept(&self, page: &str, local_network: Permission) -> bool {
        guard::keeps(page, local_network, &self.url, self.mode)
    }

    /// The response and what the page, or a program that is none, sees of its head. The error says why there is none, which no
    /// browser would tell a page.
    pub(super) fn response(&self, page: Option<&str>) -> io::Result<(Response, ResponseHead)> {
        let page = page.filter(|page| *page != self.url.origin() || self.tainted);
        let Some(page) = page.map(|page| if self.tainted { "null" } else { page }) else {
            let response = self.sent(&[])?;
            let head = cors::full(&response);
            return Ok((response, head));
        };
        match self.mode {
            Mode::Cors => {}
            Mode::Opaque => {
                let response = self.sent(&[])?;
                let kept_out = || io::Error::other("a header keeps opaque requests out");
                return cors::lets_in(&response).then_some((response, cors::opaque())).ok_or_else(kept_out);
            }
            // Whatever is answered ends the search for events for good, and only silence has it tried again.
            Mode::Events => return Ok((self.sent(&[("Origin", page), ("Accept", "text/event-stream")])?, cors::opaque())),
        }
        if let Some(asked) = cors::preflight(page, self.method, &self.headers) {
            let asked: Vec<_> = asked.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let answer = self.send("OPTIONS", &asked, b"")?;
            if !cors::permits(&answer, page, self.method, &self.headers) {
                return Err(io::Error::other("the preflight does not allow it"));
            }
        }
        let response = self.sent(&[("Origin", page)])?;
        let head = cors::filtered(&response, page).ok_or_else(|| io::Error::other("the page may not read it"))?;
        Ok((response, head))
    }

    /// The request that a response redirects to, if it does; an error when that leads nowhere.
    pub(super) fn next(&self, response: &Response, page: &str) -> Option<io::Result<Self>> {
        if !matches!(response.status, 301 | 302 | 303 | 307 | 308) {
            return None;
        }
        let location = response.headers.get("location")?;
        let foreign = page != self.url.origin();
        let target = self.url.join(location).ok_or_else(|| io::Error::other("a redirect to no address"));
        Some(target.map(|url| self.redirected(response.status, url, foreign)))
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

    fn sent(&self, more: &[(&str, &str)]) -> io::Result<Response> {
        let own = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let headers: Vec<_> = own.chain(more.iter().copied()).collect();
        self.send(self.method, &headers, self.body.as_bytes())
    }

    fn send(&self, method: &str, headers: &[(&str, &str)], body: &[u8]) -> io::Result<Response> {
        client::send(method, &self.url.to_string(), headers, body, PATIENCE).map_err(|error| match error.kind() {
            ErrorKind::ConnectionRefused => io::Error::new(error.kind(), "connection refused"),
            // Whether the server closed or reset it depends on what was still unread.
            ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset => io::Error::new(error.kind(), "connection reset"),
            _ => error,
        })
    }
}
