//! Reads a text in the notation. Hostile input ends in an error with its line, never in a hang.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::text::{read_span, unquote};
use super::{HEADER, NotationError, Recording, command};
use crate::http::{Headers, Method, Mode, Request, ResponseHead, SecretField, SecretSlot, Sight, Url};
use crate::id::ExchangeId;
use crate::json;
use crate::limits::{RECORDING_BYTES, REQUEST_TIMEOUT};
use crate::mcp::{self, Ask, Revision};
use crate::time::{Micros, Wall};
use crate::trace::{
    About, End, JwtFacts, Lack, Lacks, LeftOut, Permission, Purpose, Record, TokenFacts, TokenFlaw, Trace, What, Why,
};

type Result<T> = core::result::Result<T, &'static str>;

/// Reads a recording.
///
/// # Errors
/// The first line that does not fit, or why the text is no recording at all.
pub fn read(text: &str) -> core::result::Result<Recording, NotationError> {
    if text.len() > RECORDING_BYTES {
        return Err(NotationError::TooLong(text.len()));
    }
    let text = text.trim_start_matches('\u{FEFF}');
    let mut lines = text.lines().enumerate().map(|(n, line)| (n + 1, line.trim_end_matches('\r')));
    let first = lines.find(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')).map_or("", |(_, line)| line.trim());
    if first != HEADER {
        let first_line: String = first.chars().take(40).collect();
        return Err(match first.strip_prefix("mcp-trace ") {
            Some(version) => NotationError::NewerVersion(version.chars().take(20).collect()),
            None => NotationError::NotARecording(first_line),
        });
    }
    let mut reader = Reader::new();
    for (line, text) in lines {
        reader.line(text).map_err(|reason| NotationError::Line { line, reason })?;
    }
    reader.flush();
    let about = reader.about.ok_or(NotationError::Line { line: 1, reason: "a “server” line with the address is missing" })?;
    Ok(Recording { trace: Trace::of(about, reader.records), expect: reader.expect })
}

struct Reader {
    about: Option<About>,
    records: Vec<Record>,
    clock: Micros,
    exchanges: u32,
    current: Option<ExchangeId>,
    /// A request or response head whose indented lines are still being read.
    open: Option<Open>,
    /// Fields of an event that the next `data` line completes.
    fields: String,
    expect: Vec<(String, String)>,
}

enum Open {
    /// Explicit headers replace the usual ones.
    Request {
        at: Micros,
        purpose: Purpose,
        request: Request,
        explicit: bool,
    },
    Response {
        at: Micros,
        head: ResponseHead,
    },
}

impl Reader {
    const fn new() -> Self {
        Self {
            about: None,
            records: Vec::new(),
            clock: Micros::ZERO,
            exchanges: 0,
            current: None,
            open: None,
            fields: String::new(),
            expect: Vec::new(),
        }
    }

    fn line(&mut self, line: &str) -> Result<()> {
        if line.trim().is_empty() || line.starts_with('#') {
            return Ok(());
        }
        if let Some(inner) = line.strip_prefix("  ") {
            return self.inner(inner.trim_start());
        }
        self.flush();
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            ">" => self.request(rest),
            "!" => self.command(rest),
            "expect" => {
                let (slug, certainty) = rest.split_once(' ').ok_or("“expect” wants a slug and a certainty")?;
                self.expect.push((slug.to_owned(), certainty.trim().to_owned()));
                Ok(())
            }
            _ if word.starts_with('<') => self.response(&word[1..], rest),
            _ => self.about_line(word, rest.trim()),
        }
    }

    fn about_line(&mut self, word: &str, value: &str) -> Result<()> {
        if word == "server" {
            self.about = Some(About {
                server: Url::parse(value).map_err(|_| "the server is not an http(s) address")?,
                began: None,
                page: None,
                ask: Ask::Auto,
                timeout: Micros(REQUEST_TIMEOUT),
                token: TokenFacts::None,
                token_flaws: Vec::new(),
                extra_headers: Vec::new(),
                local_network: Permission::Unknown,
                lacks: Lacks::default(),
            });
            return Ok(());
        }
        let about = self.about.as_mut().ok_or("the “server” line must come first")?;
        match word {
            "began" => about.began = Some(Wall::parse(value).ok_or("not a UTC time like 2026-11-21T17:07:12.004Z")?),
            "page" => about.page = Some(value.to_owned()),
            "ask" => about.ask = Ask::parse(value).ok_or("not “auto” and not a revision")?,
            "timeout" => about.timeout = read_span(value).ok_or("not a time like +30s")?,
            "token" => about.token = token(value)?,
            "token-flaw" => about.token_flaws.push(TokenFlaw::parse(value).ok_or("an unknown flaw of a token")?),
            "header" => about.extra_headers.push(value.to_owned()),
            "lacks" => {
                let lacks = value.split_whitespace().map(|word| Lack::parse(word).ok_or("not what a recording can lack"));
                about.lacks = Lacks::of(lacks.collect::<Result<Vec<_>>>()?);
            }
            "local-network" => about.local_network = Permission::parse(value).ok_or("not what a browser says of a permission")?,
            _ => return Err("it begins with a word the notation does not have"),
        }
        Ok(())
    }

    fn command(&mut self, rest: &str) -> Result<()> {
        let (words, after) = split_time(rest);
        self.clock = self.clock.saturating_add(after);
        let split: Vec<&str> = words.split_whitespace().take(4).collect();
        let what = match split.as_slice() {
            ["tick"] => What::Tick,
            ["abort", id, why] => What::Abort(
                ExchangeId(id.parse().map_err(|_| "“abort” wants the number of an exchange")?),
                Why::parse(why).ok_or("an unknown reason to abort")?,
            ),
            ["begin", slug] => What::Probe((*slug).to_owned(), None),
            ["leave-out", slug, why] => {
                let why = LeftOut::parse(why).ok_or("an unknown reason to leave a probe out")?;
                What::Probe((*slug).to_owned(), Some(why))
            }
            _ => What::Command(command::read(words).ok_or("an unknown command")?),
        };
        self.push(what);
        Ok(())
    }

    /// `> [METHOD] [URL] [json-rpc method] [id=1] [session=A] [version=2025-06-18] [purpose=word] [opaque | events] [token] [+1ms]`
    fn request(&mut self, rest: &str) -> Result<()> {
        let (words, after) = split_time(rest);
        let about = self.about.as_ref().ok_or("the “server” line must come first")?;
        let (mut method, mut url, mut mode) = (Method::Post, about.server.clone(), Mode::Cors);
        let (mut call, mut id, mut session, mut version, mut purpose) = (None, None, None, None, None);
        for word in words.split_whitespace() {
            match word.split_once('=') {
                Some(("id", value)) => id = Some(value),
                Some(("session", value)) => session = Some(format!("session-{value}")),
                Some(("version", value)) => version = Some(value),
                Some(("purpose", value)) => purpose = Some(Purpose::parse(value).ok_or("an unknown purpose")?),
                _ if word == "opaque" => mode = Mode::Opaque,
                _ if word == "events" => mode = Mode::Events,
                _ if word.starts_with("http://") || word.starts_with("https://") => {
                    url = Url::parse(word).map_err(|_| "the request is not to an http(s) address")?;
                }
                _ if word.starts_with('/') => {
                    url = Url::parse(&format!("{}{word}", url.origin())).map_err(|_| "not a path")?;
                }
                _ if Method::parse(word).is_some() => method = Method::parse(word).unwrap_or(method),
                _ => call = Some(word),
            }
        }
        let body = match (call, id) {
            (None, _) => String::new(),
            (Some("initialize"), Some(id)) => {
                mcp::initialize(id.parse().map_err(|_| "not a number for an id")?, about.ask.revision())
            }
            (Some(call), None) => format!(r#"{{"jsonrpc":"2.0","method":{}}}"#, json::quote(call)),
            (Some(call), Some(id)) => format!(r#"{{"jsonrpc":"2.0","id":{id},"method":{}}}"#, json::quote(call)),
        };
        let version = version.map(|version| Revision::parse(version).ok_or("an unknown revision")).transpose()?;
        let headers = usual_headers(about, method, mode, session.as_deref(), version);
        let purpose = purpose.unwrap_or_else(|| Purpose::usual(method, mode, call));
        self.exchanges += 1;
        self.current = Some(ExchangeId(self.exchanges));
        self.clock = self.clock.saturating_add(after);
        let request = Request { method, url, headers, body, secret_field: None, mode };
        self.open = Some(Open::Request { at: self.clock, purpose, request, explicit: false });
        Ok(())
    }

    /// `<[exchange] status[? | ~] [media type] [session=A] [-> url] [+1ms]`, or `<[exchange]` to go on with one.
    fn response(&mut self, number: &str, rest: &str) -> Result<()> {
        let id = match number {
            "" => ExchangeId(self.exchanges),
            number => ExchangeId(number.parse().map_err(|_| "“<” wants the number of an exchange")?),
        };
        if id.0 == 0 || id.0 > self.exchanges {
            return Err("a response to a request that is not there");
        }
        self.current = Some(id);
        let (words, after) = split_time(rest);
        let mut words = words.split_whitespace();
        let Some(status) = words.next() else { return Ok(()) };
        let sight = match status {
            "opaque" => Sight::Opaque,
            "messages" => Sight::Messages,
            "events" => Sight::Events,
            status if status.ends_with('?') => Sight::CorsFiltered,
            status if status.ends_with('~') => Sight::Listed,
            _ => Sight::Full,
        };
        let unseen = sight == Sight::Opaque || sight.is_body_alone();
        let status = if unseen { 0 } else { status.trim_end_matches(['?', '~']).parse().map_err(|_| "not a status")? };
        let mut head = ResponseHead { status, redirected_to: None, headers: Headers::new(), sight };
        while let Some(word) = words.next() {
            match word.split_once('=') {
                Some(("session", value)) => head.headers.push("mcp-session-id", format!("session-{value}")),
                _ if word == "->" => head.redirected_to = Some(words.next().ok_or("“->” wants an address")?.to_owned()),
                _ if word.contains('/') => head.headers.push("content-type", word),
                _ => return Err("an unknown word after the status"),
            }
        }
        self.clock = self.clock.saturating_add(after);
        self.open = Some(Open::Response { at: self.clock, head });
        Ok(())
    }

    fn inner(&mut self, line: &str) -> Result<()> {
        let id = self.current.ok_or("an indented line that belongs to nothing")?;
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            ":" => self.chunk(id, format!(": {rest}\n\n").into_bytes()),
            "event" | "id" | "retry" => self.fields.push_str(&format!("{word}: {rest}\n")),
            "data" => {
                let event = format!("{}data: {rest}\n\n", self.fields);
                self.fields.clear();
                self.chunk(id, event.into_bytes());
            }
            "part" => {
                let part = format!("{}{rest}", self.fields);
                self.fields.clear();
                self.chunk(id, part.into_bytes());
            }
            "body" => self.body(id, rest),
            "field" => {
                let Some(Open::Request { request, .. }) = &mut self.open else {
                    return Err("a field that belongs to no request");
                };
                let (name, value) = rest.split_once('=').ok_or("“field” wants a name and a secret")?;
                let slot = slot(value.trim())?.ok_or("the value of a “field” is a secret")?;
                request.secret_field = Some(SecretField { name: name.to_owned(), slot });
            }
            "bytes" => {
                let (after, quoted) = leading_time(rest);
                let bytes = unquote(quoted).ok_or("not a quoted text")?;
                if let Some(Open::Request { request, .. }) = &mut self.open {
                    request.body = String::from_utf8(bytes).map_err(|_| "a request body that is not UTF-8")?;
                } else {
                    self.clock = self.clock.saturating_add(after);
                    self.chunk(id, bytes);
                }
            }
            "wait" => self.clock = self.clock.saturating_add(read_span(rest.trim()).ok_or("not a time like +80ms")?),
            "dropped" => {
                let (count, after) = split_time(rest);
                self.finish(What::Dropped(id, count.trim().parse().map_err(|_| "not a number of bytes")?), after);
            }
            "end" | "aborted" | "cut" | "failed" => {
                let (after, text) = leading_time(rest);
                let end = match word {
                    "end" => End::Complete,
                    "aborted" => End::Aborted,
                    "cut" => End::Cut(text.to_owned()),
                    _ => End::Failed(text.to_owned()),
                };
                self.finish(What::End(id, end), after);
            }
            _ => return self.header(line),
        }
        Ok(())
    }

    fn header(&mut self, line: &str) -> Result<()> {
        let (name, value) = line.split_once(':').ok_or("an indented line the notation does not have")?;
        let value = value.trim();
        match &mut self.open {
            Some(Open::Request { request, explicit, .. }) => {
                if !*explicit {
                    request.headers = Headers::new();
                    *explicit = true;
                }
                match slot(value)? {
                    Some(slot) => request.headers.push_secret(name, slot),
                    None => request.headers.push(name, value),
                }
            }
            Some(Open::Response { head, .. }) => head.headers.push(name, value),
            None => return Err("a header after the head has ended"),
        }
        Ok(())
    }

    fn body(&mut self, id: ExchangeId, text: &str) {
        match &mut self.open {
            Some(Open::Request { request, .. }) => request.body = text.to_owned(),
            _ => self.chunk(id, text.as_bytes().to_vec()),
        }
    }

    fn chunk(&mut self, id: ExchangeId, bytes: Vec<u8>) {
        self.flush();
        self.push(What::Chunk(id, bytes));
    }

    fn finish(&mut self, what: What, after: Micros) {
        self.flush();
        self.clock = self.clock.saturating_add(after);
        self.push(what);
    }

    fn push(&mut self, what: What) {
        self.records.push(Record { at: self.clock, what });
    }

    /// Records a head once all its lines are read.
    fn flush(&mut self) {
        let Some(id) = self.current else { return };
        match self.open.take() {
            Some(Open::Request { at, purpose, request, .. }) => {
                self.records.push(Record { at, what: What::Request(id, purpose, request) });
            }
            Some(Open::Response { at, head }) => self.records.push(Record { at, what: What::Response(id, head) }),
            None => {}
        }
    }
}

/// The secret that a value stands for, when it stands for one.
fn slot(value: &str) -> Result<Option<SecretSlot>> {
    let extra = value.strip_prefix("{extra ").and_then(|rest| rest.strip_suffix('}'));
    Ok(match (value, extra) {
        ("{token}", _) => Some(SecretSlot::Token),
        ("{mangled-token}", _) => Some(SecretSlot::Mangled),
        ("{client}", _) => Some(SecretSlot::Client),
        ("{client-secret}", _) => Some(SecretSlot::ClientSecret),
        (_, Some(n)) => Some(SecretSlot::Extra(n.parse().map_err(|_| "not the number of a header")?)),
        _ => None,
    })
}

/// The headers our own session would send.
fn usual_headers(about: &About, method: Method, mode: Mode, session: Option<&str>, version: Option<Revision>) -> Headers {
    let mut headers = Headers::new();
    if mode != Mode::Cors || about.lacks.has(Lack::RequestHeaders) {
        return headers;
    }
    if method == Method::Post {
        headers.push("Content-Type", "application/json");
        headers.push("Accept", "application/json, text/event-stream");
    }
    if let Some(session) = session {
        headers.push("Mcp-Session-Id", session);
    }
    if let Some(version) = version {
        headers.push("MCP-Protocol-Version", version.as_str());
    }
    if about.token.is_some() {
        headers.push_secret("Authorization", SecretSlot::Token);
    }
    headers
}

fn token(value: &str) -> Result<TokenFacts> {
    let (kind, rest) = value.split_once(' ').unwrap_or((value, ""));
    Ok(match kind {
        "none" => TokenFacts::None,
        "unknown" => TokenFacts::Unknown,
        "opaque" => TokenFacts::Opaque { chars: rest.trim().parse().map_err(|_| "“token opaque” wants a length")? },
        "jwt" => {
            let scan = json::scan(rest);
            let root = scan.root(rest).filter(|root| root.is_object()).ok_or("“token jwt” wants a JSON object")?;
            let text = |key| root.get(key).and_then(|node| node.as_str()).map(|text| text.into_owned()).unwrap_or_default();
            let list = |key| match root.get(key) {
                Some(node) if node.is_array() => {
                    node.items().filter_map(|item| item.as_str()).map(|text| text.into_owned()).collect()
                }
                Some(node) => node.as_str().map(|text| alloc::vec![text.into_owned()]).unwrap_or_default(),
                None => Vec::new(),
            };
            let time = |key| root.get(key).and_then(|node| node.as_i64());
            TokenFacts::Jwt(JwtFacts {
                alg: text("alg"),
                issuer: text("iss"),
                audience: list("aud"),
                scopes: list("scope"),
                issued: time("iat"),
                not_before: time("nbf"),
                expires: time("exp"),
            })
        }
        _ => return Err("a token is “none”, “unknown”, “opaque N” or “jwt {...}”"),
    })
}

/// Takes the time off the end of a line.
fn split_time(rest: &str) -> (&str, Micros) {
    let rest = rest.trim();
    let (before, last) = rest.rsplit_once(' ').unwrap_or(("", rest));
    read_span(last).map_or((rest, Micros::ZERO), |after| (before, after))
}

/// Takes the time off the beginning of a line.
fn leading_time(rest: &str) -> (Micros, &str) {
    let (first, after) = rest.split_once(' ').unwrap_or((rest, ""));
    read_span(first).map_or((Micros::ZERO, rest), |span| (span, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::notation::write;
    use alloc::string::ToString;

    const SAMPLE: &str = "mcp-trace 1
server https://orders.example.com/mcp
began 2026-11-21T17:07:12.004Z
token opaque 43
token-flaw quoted

! run
> initialize id=1
< 200? text/event-stream session=A +41ms
  : keep-alive
  id 1
  data {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\"}}
  end +1ms
> tools/list id=2 session=A version=2025-11-25
< 200 text/event-stream +900us
  part data: {\"json
  cut network error
expect stream-cut proven
";

    #[test]
    fn a_fixture_is_read_as_the_exchange_it_describes() {
        let recording = read(SAMPLE).unwrap();
        let exchanges = recording.trace.exchanges();
        assert_eq!(exchanges.len(), 2);
        assert_eq!(exchanges[0].reply.items.len(), 2);
        assert_eq!(exchanges[1].session_sent(), Some("session-A"));
        assert_eq!(exchanges[1].request.headers.get("mcp-protocol-version"), Some("2025-11-25"));
        assert_eq!(recording.trace.sessions().len(), 1);
        assert_eq!(recording.expect, [("stream-cut".to_owned(), "proven".to_owned())]);
    }

    #[test]
    fn what_is_written_reads_back_as_the_same_records() {
        let trace = read(SAMPLE).unwrap().trace;
        let again = read(&write(&trace)).unwrap().trace;
        assert_eq!(again.records(), trace.records());
        assert_eq!(again.about, trace.about);
    }

    #[test]
    fn a_secret_keeps_its_name_and_its_place() {
        let text = format!(
            "{SAMPLE}> POST https://i.example/token\n  Authorization: {{client}}\n  x: {{extra 2}}\n  body a=b\n  field client_secret={{client-secret}}\n"
        );
        let trace = read(&text).unwrap().trace;
        let request = &trace.exchanges()[2].request;
        assert_eq!(request.secrets().collect::<Vec<_>>(), [SecretSlot::Client, SecretSlot::Extra(2), SecretSlot::ClientSecret]);
        assert_eq!(read(&write(&trace)).unwrap().trace.records(), trace.records());
        let error = read(&text.replace("={client-secret}", "=hunter2")).unwrap_err().to_string();
        assert!(error.ends_with("the value of a “field” is a secret."), "{error}");
    }

    #[test]
    fn a_session_id_is_written_by_its_letter_wherever_it_stands() {
        let text =
            SAMPLE.replace("session=A +41ms", "+41ms\n  mcp-session-id: ebe1a03adbf6").replace("session=A version", "version");
        let trace = read(&text.replace(": keep-alive", ": you are ebe1a03adbf6")).unwrap().trace;
        let written = write(&trace);
        assert!(!written.contains("ebe1a03adbf6"), "{written}");
        assert!(written.contains("mcp-session-id: session-A") && written.contains("you are session-A"), "{written}");
    }

    #[test]
    fn what_is_wrong_with_a_session_id_stays_when_it_is_written_by_its_letter() {
        let text = SAMPLE.replace("session=A +41ms", "+41ms\n  mcp-session-id: orders 7 of 9").replace("session=A", "");
        let written = write(&read(&text).unwrap().trace);
        assert!(written.contains("mcp-session-id: session A\n"), "{written}");
        assert_eq!(read(&written).unwrap().trace.sessions()[0].illegal(), Some(' '));
    }

    #[test]
    fn what_is_not_a_recording_says_so_with_its_line() {
        for (text, message) in [
            ("", "There is nothing here. A recording begins with “mcp-trace 1”."),
            (
                "{\"log\":{}}",
                "This is not a recording: it begins with “{\"log\":{}}”, and a recording begins with “mcp-trace 1”.",
            ),
            (
                "mcp-trace 9\n",
                "This recording was made by a newer version of the inspector (format 9). Reload the page and try again.",
            ),
            ("mcp-trace 1\nserver nowhere", "Line 2 cannot be read: the server is not an http(s) address."),
            ("mcp-trace 1\nserver http://a\n< 200", "Line 3 cannot be read: a response to a request that is not there."),
            ("mcp-trace 1\nserver http://a\n> x\n  bytes \"\\q\"", "Line 4 cannot be read: not a quoted text."),
        ] {
            assert_eq!(read(text).unwrap_err().to_string(), message);
        }
    }
}
