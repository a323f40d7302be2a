//! Writes a trace in the notation.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::text::{quote, span};
use super::{HEADER, command};
use crate::http::{HeaderValue, Headers, Mode, SecretSlot, Sight};
use crate::id::ExchangeId;
use crate::json;
use crate::time::Micros;
use crate::trace::{About, End, Lack, Permission, Record, TokenFacts, Trace, What};

/// The trace as text. Reading it back gives the same records, with session ids by letter.
pub fn write(trace: &Trace) -> String {
    let aliases = trace.sessions().iter().enumerate().map(|(n, line)| (line.id.clone(), line.alias(n))).collect();
    let mut writer = Writer { out: head(&trace.about), clock: Micros::ZERO, current: None, aliases };
    for record in trace.records() {
        writer.record(&record);
    }
    writer.out
}

struct Writer {
    out: String,
    clock: Micros,
    /// The exchange that indented lines belong to.
    current: Option<ExchangeId>,
    /// Session ids and what is written in their place.
    aliases: Vec<(String, String)>,
}

impl Writer {
    fn record(&mut self, record: &Record) {
        let after = span(record.at.saturating_sub(self.clock));
        self.clock = self.clock.max(record.at);
        match &record.what {
            What::Command(command) => self.line(&format!("! {} {after}", command::write(command))),
            What::Tick => self.line(&format!("! tick {after}")),
            What::Probe(slug, None) => self.line(&format!("! begin {slug} {after}")),
            What::Probe(slug, Some(why)) => self.line(&format!("! leave-out {slug} {} {after}", why.as_str())),
            What::Abort(id, why) => self.line(&format!("! abort {id} {} {after}", why.as_str())),
            What::Request(id, purpose, request) => {
                let mode = match request.mode {
                    Mode::Cors => "",
                    Mode::Opaque => " opaque",
                    Mode::Events => " events",
                };
                let (method, purpose) = (request.method.as_str(), purpose.as_str());
                // The message endpoint of HTTP+SSE has the session id in its address.
                let url = String::from_utf8_lossy(&self.hide(request.url.to_string().as_bytes())).into_owned();
                self.line(&format!("> {method} {url} purpose={purpose}{mode} {after}"));
                self.headers(&request.headers);
                if !request.body.is_empty() {
                    let body = self.hide(request.body.as_bytes());
                    self.line(&format!("  bytes {}", quote(&body)));
                }
                if let Some(field) = &request.secret_field {
                    self.line(&format!("  field {}={}", field.name, slot(field.slot)));
                }
                self.current = Some(*id);
            }
            What::Response(id, head) => {
                let status = match head.sight {
                    Sight::Full => head.status.to_string(),
                    Sight::CorsFiltered => format!("{}?", head.status),
                    Sight::Listed => format!("{}~", head.status),
                    Sight::Opaque | Sight::Messages | Sight::Events => head.sight.as_str().to_string(),
                };
                let to = head.redirected_to.as_ref().map(|url| format!(" -> {url}")).unwrap_or_default();
                self.line(&format!("<{id} {status}{to} {after}"));
                self.headers(&head.headers);
                self.current = Some(*id);
            }
            What::Chunk(id, bytes) => {
                let bytes = quote(&self.hide(bytes));
                self.inside(*id, &format!("bytes {after} {bytes}"));
            }
            What::Dropped(id, bytes) => self.inside(*id, &format!("dropped {bytes} {after}")),
            What::End(id, end) => {
                let (word, text) = match end {
                    End::Complete => ("end", ""),
                    End::Aborted => ("aborted", ""),
                    End::Cut(text) => ("cut", text.as_str()),
                    End::Failed(text) => ("failed", text.as_str()),
                };
                self.inside(*id, &format!("{word} {after} {}", text.replace(['\r', '\n'], " ")));
            }
        }
    }

    /// An indented line that belongs to an exchange.
    fn inside(&mut self, id: ExchangeId, text: &str) {
        if self.current != Some(id) {
            self.line(&format!("<{id}"));
            self.current = Some(id);
        }
        self.line(&format!("  {}", text.trim_end()));
    }

    fn headers(&mut self, headers: &Headers) {
        for (name, value) in headers.iter() {
            let value = match value {
                HeaderValue::Text(text) => String::from_utf8_lossy(&self.hide(text.as_bytes())).into_owned(),
                HeaderValue::Secret(secret) => slot(*secret),
            };
            self.line(&format!("  {name}: {}", value.replace(['\r', '\n'], " ")));
        }
    }

    /// The bytes with every session id replaced by its letter.
    fn hide(&self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for (id, alias) in self.aliases.iter().filter(|(id, alias)| !id.is_empty() && id != alias) {
            let mut from = 0;
            while let Some(at) = bytes[from..].windows(id.len()).position(|window| window == id.as_bytes()) {
                bytes.splice(from + at..from + at + id.len(), alias.bytes());
                from += at + alias.len();
            }
        }
        bytes
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }
}

/// What stands in the place of a secret.
fn slot(slot: SecretSlot) -> String {
    match slot {
        SecretSlot::Token => "{token}".to_string(),
        SecretSlot::Mangled => "{mangled-token}".to_string(),
        SecretSlot::Extra(n) => format!("{{extra {n}}}"),
        SecretSlot::Client => "{client}".to_string(),
        SecretSlot::ClientSecret => "{client-secret}".to_string(),
    }
}

fn head(about: &About) -> String {
    let mut out = format!("{HEADER}\nserver {}\n", about.server);
    if let Some(began) = about.began {
        out.push_str(&format!("began {began}\n"));
    }
    if let Some(page) = &about.page {
        out.push_str(&format!("page {page}\n"));
    }
    out.push_str(&format!("ask {}\ntimeout {}\ntoken {}\n", about.ask.as_str(), span(about.timeout), token(&about.token)));
    for flaw in &about.token_flaws {
        out.push_str(&format!("token-flaw {}\n", flaw.as_str()));
    }
    for name in &about.extra_headers {
        out.push_str(&format!("header {name}\n"));
    }
    if about.local_network != Permission::Unknown {
        out.push_str(&format!("local-network {}\n", about.local_network.as_str()));
    }
    if about.lacks.any() {
        let lacks: Vec<&str> = about.lacks.iter().map(Lack::as_str).collect();
        out.push_str(&format!("lacks {}\n", lacks.join(" ")));
    }
    out.push('\n');
    out
}

fn token(token: &TokenFacts) -> String {
    match token {
        TokenFacts::None => "none".to_string(),
        TokenFacts::Unknown => "unknown".to_string(),
        TokenFacts::Opaque { chars } => format!("opaque {chars}"),
        TokenFacts::Jwt(jwt) => {
            let list = |items: &[String]| items.iter().map(|item| json::quote(item)).collect::<Vec<_>>().join(",");
            let time = |name: &str, at: Option<i64>| at.map(|at| format!(",\"{name}\":{at}")).unwrap_or_default();
            format!(
                r#"jwt {{"alg":{},"iss":{},"aud":[{}],"scope":[{}]{}{}{}}}"#,
                json::quote(&jwt.alg),
                json::quote(&jwt.issuer),
                list(&jwt.audience),
                list(&jwt.scopes),
                time("iat", jwt.issued),
                time("nbf", jwt.not_before),
                time("exp", jwt.expires),
            )
        }
    }
}
