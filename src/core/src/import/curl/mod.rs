//! What curl prints with `-v` or `-i`, and the commands before it if somebody pasted them too.
//!
//! With `-v` lines of the request begin with `>`, lines of the response with `<`, remarks with `*`; the body is printed as it came,
//! in the midst of the remarks or after them, depending on where the two outputs of curl led.
//! With `-i` the response alone is printed. The body of the request is in neither; it is taken from the command.

mod command;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use command::Command;

use super::entry::{Entry, NOWHERE, traces};
use super::{ImportError, Imported};
use crate::http::{Headers, Method, ResponseHead, Sight, Url};
use crate::numbers::count;
use crate::time::Wall;
use crate::trace::{End, Lack, Lacks};

/// Whether a text is what curl printed.
pub(super) fn is_curl(text: &str) -> bool {
    let is_request = |line: &str| line.starts_with("> ") && line.contains(" HTTP/");
    let is_answer = |line: &str| line.starts_with("< HTTP/") || line.starts_with("HTTP/");
    let says = |line: &str| line.starts_with("curl: (");
    text.lines().take(2_000).any(|line| is_request(line) || is_answer(line) || says(line))
}

/// Reads it.
pub(super) fn read(text: &str) -> Result<Imported, ImportError> {
    let mut reader = Reader::default();
    for line in joined(text) {
        reader.line(&line);
    }
    reader.finish();
    if reader.entries.is_empty() {
        return Err(ImportError::NoAddress);
    }
    let mut notes = Vec::new();
    let timed = reader.entries.iter().any(|entry| entry.at.is_some());
    notes.push(String::from(match timed {
        true => "Times are those that the server gave in its answers, to the second.",
        false => "When each message was sent and came is not in it.",
    }));
    let bodies =
        reader.entries.iter().filter(|entry| entry.request.method == Method::Post && entry.request.body.is_empty()).count();
    if bodies > 0 {
        notes.push(format!(
            "What {} asked is not in it: curl does not print it. Paste the command too.",
            count(bodies as u64, "request")
        ));
    }
    let lacks = [(true, Lack::Spans), (!timed, Lack::Times), (bodies > 0, Lack::Requests)];
    let lacks = Lacks::of(lacks.into_iter().filter_map(|(is, lack)| is.then_some(lack)));
    reader.entries.iter_mut().for_each(|entry| entry.lacks = lacks);
    if reader.lost > 0 {
        notes.push(format!("{} left out: their address is not in it.", count(reader.lost as u64, "answer")));
    }
    Ok(Imported { source: String::from("output of curl"), traces: traces(reader.entries, false), notes })
}

/// The lines, those that a backslash goes on on the next one as one.
fn joined(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match lines.last_mut().filter(|_| open) {
            Some(last) => {
                last.push('\n');
                last.push_str(line);
            }
            None => lines.push(String::from(line)),
        }
        open = line.ends_with('\\') && lines.last().is_some_and(|line| is_command(line));
    }
    lines
}

fn is_command(line: &str) -> bool {
    let line = line.trim_start_matches(['$', '#', '%', ' ']);
    line.starts_with("curl ")
}

/// Where a line belongs.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum At {
    #[default]
    Nowhere,
    RequestHead,
    ResponseHead,
    Body,
}

#[derive(Default)]
struct Reader {
    at: At,
    secure: bool,
    /// The command that what follows was printed for.
    command: Option<Command>,
    open: Option<Entry>,
    entries: Vec<Entry>,
    /// Answers of which nobody knows whose they are.
    lost: usize,
}

impl Reader {
    fn line(&mut self, line: &str) {
        if is_command(line) {
            self.finish();
            self.command = command::read(line);
        } else if let Some(rest) = line.strip_prefix("* ") {
            self.remark(rest);
        } else if let Some(rest) = line.strip_prefix('>').filter(|_| self.at != At::Body || is_request_line(line)) {
            self.sent(rest.trim());
        } else if let Some(rest) =
            line.strip_prefix('<').filter(|rest| self.at == At::ResponseHead || rest.trim_start().starts_with("HTTP/"))
        {
            self.answered(rest.trim());
        } else if line.starts_with("HTTP/") && self.at != At::ResponseHead {
            self.answered(line.trim());
        } else if let Some(said) = line.strip_prefix("curl: (") {
            self.failed(said);
        } else if is_progress(line) {
        } else if self.at == At::ResponseHead {
            self.answered(line.trim());
        } else if self.at == At::Body {
            self.body(line);
        }
    }

    fn remark(&mut self, rest: &str) {
        if ["SSL connection", "ALPN", "TLSv1", "TLS "].iter().any(|start| rest.starts_with(start)) || rest.ends_with("port 443") {
            self.secure = true;
        }
    }

    fn sent(&mut self, rest: &str) {
        if is_request_line(rest) {
            let command = self.command.take();
            self.finish();
            self.command = command;
            self.begin(rest);
            self.at = At::RequestHead;
        } else if let Some(entry) = self.open.as_mut().filter(|_| self.at == At::RequestHead) {
            let Some((name, value)) = rest.split_once(':') else { return };
            let (name, value) = (name.trim(), value.trim());
            if name.eq_ignore_ascii_case("host") {
                let scheme = if self.secure { "https" } else { "http" };
                let url = Url::parse(&format!("{scheme}://{value}{}", entry.request.url.target()));
                entry.request.url = url.unwrap_or_else(|_| entry.request.url.clone());
            }
            entry.request.headers.push(name, value);
        }
    }

    /// A request begins: `POST /mcp HTTP/1.1`. Where to is known from its `Host`, and from the command.
    fn begin(&mut self, line: &str) {
        let mut words = line.split(' ');
        let method = words.next().and_then(Method::parse);
        let target = words.next().unwrap_or("/");
        let url = self.command.as_ref().and_then(|command| command.url.as_deref()).map(address);
        let url = url.or_else(|| Some(Url::parse(&format!("{NOWHERE}{target}")))).and_then(Result::ok);
        let body = self.command.take().and_then(|command| command.body).unwrap_or_default();
        if let (Some(method), Some(url)) = (method, url) {
            self.secure |= url.scheme() == crate::http::Scheme::Https;
            let mut entry = Entry::new(method, url, Headers::new(), body);
            entry.end = None;
            self.open = Some(entry);
        }
    }

    fn answered(&mut self, rest: &str) {
        if let Some(status) = rest.strip_prefix("HTTP/").and_then(|rest| rest.split(' ').nth(1)?.parse().ok()) {
            // A second head: of a redirect that was followed, or of the answer after `100 Continue`.
            if self.open.is_none() {
                self.begin_by_command();
            }
            if let Some(entry) = &mut self.open {
                entry.head = Some(ResponseHead { status, redirected_to: None, headers: Headers::new(), sight: Sight::Full });
                entry.body.clear();
            } else {
                self.lost += 1;
            }
            self.at = At::ResponseHead;
        } else if rest.is_empty() {
            self.at = At::Body;
        } else if let (Some((name, value)), Some(entry)) = (rest.split_once(':'), &mut self.open)
            && let Some(head) = &mut entry.head
        {
            head.headers.push(name.trim(), value.trim());
        }
    }

    /// The request as the command says it: with `-i` nothing of it is printed.
    fn begin_by_command(&mut self) {
        let Some(command) = self.command.take() else { return };
        let Some(Ok(url)) = command.url.as_deref().map(address) else { return };
        let usual = if command.body.is_some() { Method::Post } else { Method::Get };
        let method = command.method.as_deref().map_or(Some(usual), Method::parse);
        let mut headers = Headers::new();
        command.headers.iter().for_each(|(name, value)| headers.push(name, value.as_str()));
        self.open = method.map(|method| Entry::new(method, url, headers, command.body.unwrap_or_default()));
    }

    fn body(&mut self, line: &str) {
        if let Some(entry) = &mut self.open {
            entry.body.extend_from_slice(line.as_bytes());
            entry.body.push(b'\n');
        }
    }

    /// `7) Failed to connect to a.example port 443 after 3 ms: Couldn't connect to server`
    fn failed(&mut self, said: &str) {
        if self.open.is_none() {
            self.begin_by_command();
        }
        if let Some(mut entry) = self.open.take() {
            let said = String::from(said.split_once(") ").map_or(said, |(_, said)| said));
            entry.end = Some(if entry.head.is_some() { End::Cut(said) } else { End::Failed(said) });
            self.entries.push(entry);
        }
        self.at = At::Nowhere;
    }

    fn finish(&mut self) {
        if let Some(mut entry) = self.open.take() {
            if let Some(head) = &entry.head {
                // What follows the body is the line end of a terminal.
                let length = head.headers.get("content-length").and_then(|length| length.parse().ok());
                entry.body.truncate(length.unwrap_or(entry.body.len()));
                entry.end = Some(End::Complete);
                entry.at = head.headers.get("date").and_then(Wall::parse_http);
            }
            self.entries.push(entry);
        }
        (self.at, self.command) = (At::Nowhere, None);
    }
}

/// An address as curl takes it: without a scheme it is of HTTP.
fn address(text: &str) -> Result<Url, crate::http::UrlProblem> {
    if text.contains("://") { Url::parse(text) } else { Url::parse(&format!("http://{text}")) }
}

fn is_request_line(line: &str) -> bool {
    let line = line.trim_start_matches('>').trim();
    let (start, version) = line.rsplit_once(' ').unwrap_or_default();
    version.starts_with("HTTP/") && start.split(' ').count() == 2
}

/// `{ [155 bytes data]`, and the meter that curl shows while it waits.
fn is_progress(line: &str) -> bool {
    let bytes = line.starts_with("{ [") || line.starts_with("} [");
    (bytes && line.trim_end().ends_with("bytes data]")) || line.starts_with("  % Total") || line.contains("--:--:--")
}
