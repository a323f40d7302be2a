//! What the person asked for, as the words after `!`.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};

use super::text::{quote, read_span, span, unquote};
use crate::http::Url;
use crate::id::ExchangeId;
use crate::oauth::{ClientAuth, Grant};
use crate::trace::{Answer, Command};

/// The words for a command: `call tools/call "{\"name\":\"add\"}"`, `answer 5.item.1 "" result "{}"`.
pub(super) fn write(command: &Command) -> String {
    let quoted = |text: &str| quote(text.as_bytes());
    match command {
        Command::Run => "run".to_string(),
        Command::Stop => "stop".to_string(),
        Command::EndSession => "end-session".to_string(),
        Command::Listen => "listen".to_string(),
        Command::Unlisten => "unlisten".to_string(),
        Command::Checkup => "checkup".to_string(),
        Command::Unwatch => "unwatch".to_string(),
        Command::FindResource => "find-resource".to_string(),
        Command::FindIssuer(issuer) => format!("find-issuer {}", quoted(issuer)),
        Command::RequestToken(Grant { endpoint, client_id, scope, resource, auth }) => {
            let words = [&endpoint.to_string(), client_id, scope, resource].map(|text| quoted(text));
            format!("request-token {} {}", auth.as_str(), words.join(" "))
        }
        Command::Cancel(exchange) => format!("cancel {exchange}"),
        Command::Probe(slug) => format!("probe {}", quoted(slug)),
        Command::Watch(every) => format!("watch {}", span(*every).trim_start_matches('+')),
        Command::Call { method, params } => format!("call {} {}", quoted(method), quoted(params)),
        Command::Answer { to, key, answer } => {
            let answer = match answer {
                Answer::Result(raw) => format!("result {}", quoted(raw)),
                Answer::Error { code, message } => format!("error {code} {}", quoted(message)),
            };
            format!("answer {to} {} {answer}", quoted(key))
        }
    }
}

/// Reads the words of a command.
pub(super) fn read(words: &str) -> Option<Command> {
    let (word, rest) = words.trim().split_once(' ').unwrap_or((words.trim(), ""));
    let rest = rest.trim();
    match word {
        "run" => Some(Command::Run),
        "stop" => Some(Command::Stop),
        "end-session" => Some(Command::EndSession),
        "listen" => Some(Command::Listen),
        "unlisten" => Some(Command::Unlisten),
        "checkup" => Some(Command::Checkup),
        "unwatch" => Some(Command::Unwatch),
        "probe" => text(rest).map(|(slug, _)| Command::Probe(slug)),
        "watch" => read_span(&format!("+{rest}")).map(Command::Watch),
        "cancel" => rest.parse().ok().map(|exchange| Command::Cancel(ExchangeId(exchange))),
        "find-resource" => Some(Command::FindResource),
        "find-issuer" => Some(Command::FindIssuer(text(rest)?.0)),
        "request-token" => {
            let (auth, rest) = text(rest)?;
            let (endpoint, rest) = text(rest)?;
            let (client_id, rest) = text(rest)?;
            let (scope, rest) = text(rest)?;
            let (resource, _) = text(rest)?;
            let (endpoint, auth) = (Url::parse(&endpoint).ok()?, ClientAuth::parse(&auth)?);
            Some(Command::RequestToken(Grant { endpoint, client_id, scope, resource, auth }))
        }
        "call" => {
            let (method, params) = text(rest)?;
            Some(Command::Call { method, params: if params.is_empty() { String::new() } else { text(params)?.0 } })
        }
        "answer" => {
            let (to, rest) = rest.split_once(' ')?;
            let (key, rest) = text(rest.trim_start())?;
            let (kind, rest) = rest.split_once(' ')?;
            let answer = match kind {
                "result" => Answer::Result(text(rest)?.0),
                "error" => {
                    let (code, message) = rest.split_once(' ')?;
                    Answer::Error { code: code.parse().ok()?, message: text(message)?.0 }
                }
                _ => return None,
            };
            Some(Command::Answer { to: to.parse().ok()?, key, answer })
        }
        _ => None,
    }
}

/// A word, a JSON text to the end of the line, or a quoted text; and what follows it.
fn text(rest: &str) -> Option<(String, &str)> {
    if rest.starts_with('{') {
        return Some((rest.to_owned(), ""));
    }
    if !rest.starts_with('"') {
        let (word, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        return (!word.is_empty()).then(|| (word.to_owned(), rest.trim_start()));
    }
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    })?;
    let (quoted, rest) = rest.split_at(end.0 + 1);
    Some((String::from_utf8(unquote(quoted)?).ok()?, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::EventRef;
    use crate::time::Micros;

    #[test]
    fn every_command_reads_back_as_it_was_written() {
        let to = EventRef::item(ExchangeId(5), 1);
        let grant = Grant {
            endpoint: Url::parse("https://i.example/token?x=1").unwrap(),
            client_id: "me \"and\" you".into(),
            scope: String::new(),
            resource: "https://a.example/mcp".into(),
            auth: ClientAuth::Post,
        };
        for command in [
            Command::FindResource,
            Command::FindIssuer("https://i.example/a b".into()),
            Command::RequestToken(grant),
            Command::Run,
            Command::Stop,
            Command::EndSession,
            Command::Listen,
            Command::Unlisten,
            Command::Checkup,
            Command::Probe("no-token".into()),
            Command::Watch(Micros::from_secs(10)),
            Command::Unwatch,
            Command::Cancel(ExchangeId(7)),
            Command::Call { method: "tools/call".into(), params: "{\"name\":\"say \\\"hi\\\"\",\n\"arguments\":{}}".into() },
            Command::Call { method: "ping".into(), params: String::new() },
            Command::Answer { to, key: "the key \"1\"".into(), answer: Answer::Result("{\"action\":\"accept\"}".into()) },
            Command::Answer { to, key: String::new(), answer: Answer::Error { code: -1, message: "not \\ now".into() } },
        ] {
            assert_eq!(read(&write(&command)), Some(command));
        }
    }

    #[test]
    fn a_person_may_write_json_without_quotes() {
        let command = read("call tools/call {\"name\":\"add\"}");
        assert_eq!(command, Some(Command::Call { method: "tools/call".into(), params: "{\"name\":\"add\"}".into() }));
    }
}
