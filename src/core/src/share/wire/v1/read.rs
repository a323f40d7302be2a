//! Reads version 1, record by record. Members that are not known are left out; a record of a kind that is not known is an error.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Answer, Grant, Jwt, Record, Recording, Request, Response, Token, Value, WORDS, What, body};
use crate::json::{self, Node};
use crate::share::OpenError;
use crate::share::wire::Most;

type Read<T> = Result<T, &'static str>;

/// The members of the outermost object, as they stand in the text.
pub(in crate::share) fn read(members: &[(&str, &str)], most: Most) -> Result<Recording, OpenError> {
    let mut recording = Recording::default();
    let mut records = None;
    for (name, value) in members {
        if json::string_value(name) == "records" {
            records = Some(*value);
        } else {
            let scan = json::scan(value);
            let node = scan.root(value).filter(|_| scan.error.is_none());
            let node = node.ok_or(OpenError::Head("a member of it is not JSON"))?;
            about(&mut recording, &json::string_value(name), node).map_err(OpenError::Head)?;
        }
    }
    if recording.server.is_empty() {
        return Err(OpenError::Head("“server” is missing"));
    }
    let records = records.ok_or(OpenError::Head("“records” is missing"))?;
    let (mut exchanges, mut bodies) = (0, 0);
    for (n, item) in json::items(records).enumerate() {
        let broken = |reason| OpenError::Record { n: n + 1, reason };
        if n >= most.records {
            return Err(OpenError::TooMany { what: "records", most: most.records });
        }
        let item = item.map_err(|_| broken("it is not JSON"))?;
        let scan = json::scan(item);
        if scan.error.is_some() {
            return Err(broken("it is not JSON"));
        }
        let node = scan.root(item).filter(|node| node.is_object()).ok_or_else(|| broken("it is not an object"))?;
        let record = record(node, &recording.server).map_err(broken)?;
        match &record.what {
            What::Request(_) => exchanges += 1,
            What::Body(_, bytes) => bodies += bytes.len(),
            _ => {}
        }
        if exchanges > most.exchanges {
            return Err(OpenError::TooMany { what: "exchanges", most: most.exchanges });
        }
        if bodies > most.bodies {
            return Err(OpenError::TooMany { what: "bytes of bodies", most: most.bodies });
        }
        recording.records.push(record);
    }
    Ok(recording)
}

fn about(recording: &mut Recording, name: &str, value: Node<'_>) -> Read<()> {
    let text = |wrong| value.as_str().map(|text| text.into_owned()).ok_or(wrong);
    match name {
        "level" => recording.level = text("“level” is not a text")?,
        "view" => {
            recording.event = optional(value, "event");
            recording.tab = optional(value, "tab");
        }
        "server" => recording.server = text("“server” is not a text")?,
        "began" => recording.began = Some(text("“began” is not a text")?),
        "page" => recording.page = Some(text("“page” is not a text")?),
        "ask" => recording.ask = text("“ask” is not a text")?,
        "timeout" => recording.timeout = whole(value).ok_or("“timeout” is not a number of microseconds")?,
        "token" => recording.token = token(value)?,
        "flaws" => recording.flaws = texts(value),
        "extra" => recording.extra = texts(value),
        "lacks" => recording.lacks = texts(value),
        "local-network" => recording.local_network = Some(text("“local-network” is not a text")?),
        _ => {}
    }
    Ok(())
}

fn token(value: Node<'_>) -> Read<Token> {
    let claim = |name| optional(value, name).unwrap_or_default();
    let time = |name| value.get(name).and_then(|at| at.as_i64());
    Ok(match value.as_str().as_deref() {
        Some("none") => Token::None,
        Some("unknown") => Token::Unknown,
        _ => match value.get("chars") {
            Some(chars) => Token::Opaque(whole(chars).ok_or("“chars” of the token is not a length")?),
            None if value.get("alg").is_some() => Token::Jwt(Jwt {
                alg: claim("alg"),
                iss: claim("iss"),
                aud: value.get("aud").map(texts).unwrap_or_default(),
                scope: value.get("scope").map(texts).unwrap_or_default(),
                iat: time("iat"),
                nbf: time("nbf"),
                exp: time("exp"),
            }),
            None => return Err("“token” says nothing that is known here"),
        },
    })
}

fn record(node: Node<'_>, server: &str) -> Read<Record> {
    let after = match node.get("after") {
        Some(after) => after.as_i64().ok_or("“after” is not a number of microseconds")?,
        None => 0,
    };
    let exchange =
        || node.get("exchange").and_then(whole).and_then(|id| u32::try_from(id).ok()).ok_or("“exchange” is not its number");
    let text = |name| optional(node, name).unwrap_or_default();
    let what = match text("type").as_str() {
        word if WORDS.contains(&word) => What::Word(word.into()),
        "try-probe" => What::TryProbe(text("slug")),
        "probe" => What::Probe(text("slug"), optional(node, "left-out")),
        "watch" => What::Watch(node.get("every").and_then(whole).ok_or("“every” is not a number of microseconds")?),
        "find-issuer" => What::FindIssuer(text("issuer")),
        "request-token" => What::RequestToken(Grant {
            endpoint: text("endpoint"),
            client: text("client"),
            scope: text("scope"),
            resource: text("resource"),
            auth: text("auth"),
        }),
        "cancel" => What::Cancel(exchange()?),
        "call" => {
            let params = node.get("params").and_then(body::text).ok_or("“params” is missing")?;
            What::Call { method: text("method"), params }
        }
        "answer" => What::Answer { to: text("to"), key: text("key"), answer: answer(node)? },
        "request" => What::Request(Request {
            exchange: exchange()?,
            purpose: text("purpose"),
            method: optional(node, "method").unwrap_or_else(|| "POST".into()),
            url: optional(node, "url").unwrap_or_else(|| server.into()),
            mode: optional(node, "mode").unwrap_or_else(|| "cors".into()),
            headers: headers(node)?,
            body: match node.get("body") {
                Some(body) => body::text(body).ok_or("“body” is not a text")?,
                None => String::new(),
            },
            field: match node.get("field").map(pair).transpose()? {
                Some((name, Value::Secret(secret))) => Some((name, secret)),
                Some(_) => return Err("the value of “field” is not a secret"),
                None => None,
            },
        }),
        "response" => What::Response(Response {
            exchange: exchange()?,
            status: node.get("status").and_then(whole).and_then(|s| u16::try_from(s).ok()).ok_or("“status” is not a status")?,
            sight: text("sight"),
            to: optional(node, "to"),
            headers: headers(node)?,
        }),
        "body" => What::Body(exchange()?, body::read(node).ok_or("it has no body that can be read")?),
        "dropped" => What::Dropped(exchange()?, node.get("count").and_then(whole).ok_or("“count” is not a number of bytes")?),
        "end" => {
            let how = optional(node, "how").unwrap_or_else(|| "complete".into());
            What::End(exchange()?, how, text("said"))
        }
        "abort" => What::Abort(exchange()?, text("why")),
        _ => return Err("this version does not know its “type”"),
    };
    Ok(Record { after, what })
}

fn answer(node: Node<'_>) -> Read<Answer> {
    match (node.get("result"), node.get("error")) {
        (Some(result), _) => body::text(result).map(Answer::Result).ok_or("“result” is not JSON"),
        (None, Some(error)) => {
            let code = error.get("code").and_then(|code| code.as_i64()).ok_or("the “code” of the error is missing")?;
            Ok(Answer::Error(code, optional(error, "message").unwrap_or_default()))
        }
        (None, None) => Err("it has neither “result” nor “error”"),
    }
}

fn headers(node: Node<'_>) -> Read<Vec<(String, Value)>> {
    node.get("headers").into_iter().flat_map(Node::items).map(pair).collect()
}

fn pair(node: Node<'_>) -> Read<(String, Value)> {
    const WRONG: &str = "a header is not a name and a value";
    let mut items = node.items();
    let (name, value) = (items.next().ok_or(WRONG)?, items.next().ok_or(WRONG)?);
    let name = name.as_str().ok_or(WRONG)?.into_owned();
    let secret = optional(value, "secret").map(Value::Secret);
    let text = || value.as_str().map(|text| Value::Text(text.into_owned()));
    Ok((name, secret.or_else(text).ok_or(WRONG)?))
}

fn optional(node: Node<'_>, name: &str) -> Option<String> {
    node.get(name)?.as_str().map(|text| text.into_owned())
}

fn texts(node: Node<'_>) -> Vec<String> {
    node.items().filter_map(|item| item.as_str()).map(|text| text.into_owned()).collect()
}

fn whole(node: Node<'_>) -> Option<u64> {
    node.as_i64().and_then(|number| u64::try_from(number).ok())
}
