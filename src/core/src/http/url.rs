//! A strict reader for the `http` and `https` addresses a person types, with the reason when one is not.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

/// The scheme of an address we can call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Plain text on the wire.
    Http,
    /// TLS.
    Https,
}

impl Scheme {
    /// The name before `://`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    const fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

/// An absolute `http(s)` address, without user info and without fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    scheme: Scheme,
    host: String,
    port: Option<u16>,
    /// Path and query, starting with `/`, as typed.
    target: String,
}

/// Why a text is not an address we can call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UrlProblem {
    /// Nothing was typed.
    Empty,
    /// A space, tab or line break inside.
    Whitespace,
    /// No scheme; holds the address with the likely one in front.
    NoScheme(String),
    /// A scheme other than `http` and `https`.
    OtherScheme(String),
    /// Nothing between `//` and the path.
    NoHost,
    /// A character that no host name has.
    BadHost(char),
    /// The port is not a number from 1 to 65535.
    BadPort(String),
    /// A user name or password in front of the host: browsers refuse to send such a request.
    UserInfo,
}

impl Url {
    /// Reads an address. Spaces around it are ignored, a fragment is dropped.
    ///
    /// # Errors
    /// The first reason why it cannot be called.
    pub fn parse(text: &str) -> Result<Self, UrlProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(UrlProblem::Empty);
        }
        if text.chars().any(char::is_whitespace) {
            return Err(UrlProblem::Whitespace);
        }
        let (scheme, rest) = split_scheme(text)?;
        let rest = rest.split('#').next().unwrap_or_default();
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, target) = rest.split_at(end);
        if authority.contains('@') {
            return Err(UrlProblem::UserInfo);
        }
        let (host, port) = split_port(authority)?;
        check_host(host)?;
        let target = match target.as_bytes().first() {
            None => "/".to_owned(),
            Some(b'?') => format!("/{target}"),
            Some(_) => target.to_owned(),
        };
        let port = port.filter(|port| *port != scheme.default_port());
        Ok(Self { scheme, host: host.to_ascii_lowercase(), port, target })
    }

    /// The scheme.
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The host in lower case; an IPv6 address keeps its brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, also when it is the scheme's own.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(self.scheme.default_port())
    }

    /// Host, and port where it is not the scheme's own: what a person calls the server.
    pub fn authority(&self) -> String {
        match self.port {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.clone(),
        }
    }

    /// Scheme, host and port: what a browser compares for CORS (RFC 6454 §4).
    pub fn origin(&self) -> String {
        format!("{}://{}", self.scheme.as_str(), self.authority())
    }

    /// Path and query.
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The path without the query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The address without the query, which may hold a key or a session id.
    pub fn without_query(&self) -> String {
        format!("{}{}", self.origin(), self.path())
    }

    /// The address a reference means, seen from this one (RFC 3986 §5.2): how HTTP+SSE names its message endpoint. A slash at
    /// the end stays. `None` when it is not an `http(s)` address.
    pub fn join(&self, reference: &str) -> Option<Self> {
        let reference = reference.trim();
        let scheme_ends = reference.find(':').filter(|colon| !reference[..*colon].contains(['/', '?', '#']));
        if scheme_ends.is_some() {
            return Self::parse(reference).ok();
        }
        let absolute = match reference.as_bytes() {
            [] | [b'#', ..] => return Some(self.clone()),
            [b'/', b'/', ..] => format!("{}:{reference}", self.scheme.as_str()),
            [b'/', ..] => format!("{}{}", self.origin(), without_dots(reference)),
            [b'?', ..] => format!("{}{}{reference}", self.origin(), self.path()),
            _ => {
                let folder = self.path().rfind('/').map_or("/", |slash| &self.path()[..=slash]);
                format!("{}{}", self.origin(), without_dots(&format!("{folder}{reference}")))
            }
        };
        Self::parse(&absolute).ok()
    }

    /// The same for a reference that stays at this origin: whoever is sent the token of one server must be that server.
    pub fn join_within(&self, reference: &str) -> Option<Self> {
        self.join(reference).filter(|url| url.origin() == self.origin())
    }

    /// The same address with a slash at the end of its path, or without the one it has; `None` for a path that is nothing else.
    pub fn with_other_slash(&self) -> Option<Self> {
        let (path, query) = self.target.split_at(self.path().len());
        let path = match path.strip_suffix('/') {
            Some("") => return None,
            Some(without) => without.to_owned(),
            None => format!("{path}/"),
        };
        Some(Self { target: path + query, ..self.clone() })
    }

    /// Whether the host is this machine: `localhost`, `*.localhost`, `127.0.0.0/8` or `::1`. Browsers let a secure page
    /// call it without TLS (Secure Contexts §3.1), WebKit excepted.
    pub fn is_loopback(&self) -> bool {
        let ip = ipv4(&self.host);
        self.host == "localhost" || self.host.ends_with(".localhost") || self.host == "[::1]" || ip.is_some_and(|ip| ip[0] == 127)
    }

    /// Whether the host is literally on a private network: RFC 1918, link-local, unique local, or `.local`.
    pub fn is_private(&self) -> bool {
        let lower = self.host.as_str();
        let ipv6 = ["[fc", "[fd", "[fe8", "[fe9", "[fea", "[feb"].iter().any(|start| lower.starts_with(start));
        let ipv4 = ipv4(lower).is_some_and(|ip| {
            ip[0] == 10
                || (ip[0] == 172 && (16..32).contains(&ip[1]))
                || (ip[0] == 192 && ip[1] == 168)
                || (ip[0] == 169 && ip[1] == 254)
        });
        ipv6 || ipv4 || lower.ends_with(".local")
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin(), self.target)
    }
}

/// A target whose path has no `.` and `..` segments (RFC 3986 §5.2.4).
fn without_dots(target: &str) -> String {
    let end = target.find(['?', '#']).unwrap_or(target.len());
    let (path, rest) = target.split_at(end);
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment {
            "." => {}
            ".." => drop(segments.pop()),
            _ => segments.push(segment),
        }
    }
    let folder = path.ends_with("/.") || path.ends_with("/..");
    let slash = if folder && !segments.is_empty() { "/" } else { "" };
    format!("/{}{slash}{rest}", segments.join("/"))
}

fn split_scheme(text: &str) -> Result<(Scheme, &str), UrlProblem> {
    let Some((scheme, rest)) = text.split_once("://") else {
        let local = ["localhost", "127.", "[::1]", "0.0.0.0"].iter().any(|host| text.starts_with(host));
        return Err(match text.split_once(':') {
            Some((scheme, rest)) if !rest.starts_with(|c: char| c.is_ascii_digit()) && !scheme.contains(['.', '/', '[']) => {
                UrlProblem::OtherScheme(scheme.to_string())
            }
            _ => UrlProblem::NoScheme(format!("{}://{text}", if local { "http" } else { "https" })),
        });
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" => Ok((Scheme::Http, rest)),
        "https" => Ok((Scheme::Https, rest)),
        _ => Err(UrlProblem::OtherScheme(scheme.to_string())),
    }
}

fn split_port(authority: &str) -> Result<(&str, Option<u16>), UrlProblem> {
    let after_host = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    let Some(colon) = authority[after_host..].find(':').map(|at| at + after_host) else {
        return Ok((authority, None));
    };
    let port = &authority[colon + 1..];
    match port.parse::<u16>() {
        Ok(number) if number > 0 => Ok((&authority[..colon], Some(number))),
        _ if port.is_empty() => Ok((&authority[..colon], None)),
        _ => Err(UrlProblem::BadPort(port.to_string())),
    }
}

fn check_host(host: &str) -> Result<(), UrlProblem> {
    if host.is_empty() {
        return Err(UrlProblem::NoHost);
    }
    // Letters outside ASCII are left to the browser, which turns them into punycode.
    let in_brackets = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let bad = match in_brackets {
        Some(ip) => ip.chars().find(|c| !c.is_ascii_hexdigit() && !":.".contains(*c)),
        None => host.chars().find(|c| c.is_ascii() && !c.is_ascii_alphanumeric() && !"-._".contains(*c)),
    };
    bad.map_or(Ok(()), |c| Err(UrlProblem::BadHost(c)))
}

fn ipv4(host: &str) -> Option<[u8; 4]> {
    let mut parts = host.split('.').map(|part| part.parse::<u8>().ok());
    let ip = [parts.next()??, parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(ip)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_reference_is_resolved_as_a_browser_would() {
        let stream = url("https://a.example/v1/sse?x=1");
        for (reference, meant) in [
            ("/messages/?session_id=9f", "https://a.example/messages/?session_id=9f"),
            ("messages?session_id=9f", "https://a.example/v1/messages?session_id=9f"),
            ("../m/./n", "https://a.example/m/n"),
            ("..", "https://a.example/"),
            ("?session_id=9f", "https://a.example/v1/sse?session_id=9f"),
            ("//b.example/m", "https://b.example/m"),
            ("http://a.example/m", "http://a.example/m"),
            ("", "https://a.example/v1/sse?x=1"),
        ] {
            assert_eq!(stream.join(reference).map(|url| url.to_string()).as_deref(), Some(meant), "{reference}");
        }
        assert_eq!(stream.join("mailto:a@b.example"), None);
    }

    #[test]
    fn an_address_is_written_as_a_browser_would_send_it() {
        assert_eq!(url(" HTTPS://Orders.Example.com:443/mcp#top ").to_string(), "https://orders.example.com/mcp");
        assert_eq!(url("http://localhost:3001").to_string(), "http://localhost:3001/");
        assert_eq!(url("https://a.example?x=1").to_string(), "https://a.example/?x=1");
        assert_eq!(url("http://[::1]:8000/mcp/").to_string(), "http://[::1]:8000/mcp/");
    }

    #[test]
    fn a_text_that_is_no_address_says_why() {
        for (text, problem) in [
            ("", UrlProblem::Empty),
            ("https://a.example/m cp", UrlProblem::Whitespace),
            ("orders.example.com/mcp", UrlProblem::NoScheme("https://orders.example.com/mcp".to_string())),
            ("localhost:3001/mcp", UrlProblem::NoScheme("http://localhost:3001/mcp".to_string())),
            ("127.0.0.1:8000", UrlProblem::NoScheme("http://127.0.0.1:8000".to_string())),
            ("ws://a.example", UrlProblem::OtherScheme("ws".to_string())),
            ("javascript:alert(1)", UrlProblem::OtherScheme("javascript".to_string())),
            ("https:///mcp", UrlProblem::NoHost),
            ("https://a_b!.example", UrlProblem::BadHost('!')),
            ("https://a.example:99999", UrlProblem::BadPort("99999".to_string())),
            ("https://me:secret@a.example", UrlProblem::UserInfo),
        ] {
            assert_eq!(Url::parse(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn loopback_and_private_hosts_are_told_from_public_ones() {
        assert!(url("http://127.3.0.1").is_loopback());
        assert!(url("http://app.localhost").is_loopback());
        assert!(url("http://[::1]").is_loopback());
        assert!(!url("http://127.example.com").is_loopback());
        assert!(url("http://192.168.1.4").is_private());
        assert!(url("http://172.20.0.1").is_private());
        assert!(!url("http://172.40.0.1").is_private());
        assert!(url("http://nas.local").is_private());
    }
}
