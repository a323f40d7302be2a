//! Writes version 1: one record on a line, in one order, the same text every time.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Answer, Jwt, Record, Recording, Request, Response, Token, VERSION, Value, What, body};
use crate::json::{Object, array, quote, texts};

/// A recording as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::share) struct Written {
    /// The JSON.
    pub text: String,
    /// Where each record begins in it.
    pub starts: Vec<usize>,
}

/// The recording as JSON.
pub(in crate::share) fn write(recording: &Recording) -> Written {
    let mut text = head(recording);
    let mut starts = Vec::with_capacity(recording.records.len());
    for (n, record) in recording.records.iter().enumerate() {
        text.push_str(if n == 0 { "\n" } else { ",\n" });
        starts.push(text.len());
        text.push_str(&line(record, &recording.server));
    }
    text.push_str("\n]}\n");
    Written { text, starts }
}

fn head(recording: &Recording) -> String {
    let mut head = Object::new();
    head.text("format", "mcp-trace");
    head.raw("version", &VERSION.to_string());
    head.text("level", &recording.level);
    let mut view = Object::new();
    view.option("event", recording.event.as_ref());
    view.option("tab", recording.tab.as_ref());
    if !view.is_empty() {
        head.raw("view", &view.close());
    }
    head.text("server", &recording.server);
    head.option("began", recording.began.as_ref());
    head.option("page", recording.page.as_ref());
    head.text("ask", &recording.ask);
    head.raw("timeout", &recording.timeout.to_string());
    head.raw("token", &token(&recording.token));
    head.list("flaws", &recording.flaws);
    head.list("extra", &recording.extra);
    head.option("local-network", recording.local_network.as_ref());
    head.list("lacks", &recording.lacks);
    format!("{{{},\"records\":[", head.members())
}

fn token(token: &Token) -> String {
    match token {
        Token::None => quote("none"),
        Token::Unknown => quote("unknown"),
        Token::Opaque(chars) => format!("{{\"chars\":{chars}}}"),
        Token::Jwt(jwt) => claims(jwt),
    }
}

fn claims(jwt: &Jwt) -> String {
    let mut claims = Object::new();
    claims.text("alg", &jwt.alg);
    claims.text("iss", &jwt.iss);
    claims.raw("aud", &texts(&jwt.aud));
    claims.raw("scope", &texts(&jwt.scope));
    for (name, at) in [("iat", jwt.iat), ("nbf", jwt.nbf), ("exp", jwt.exp)] {
        if let Some(at) = at {
            claims.raw(name, &at.to_string());
        }
    }
    claims.close()
}

fn line(record: &Record, server: &str) -> String {
    let mut line = Object::new();
    line.text("type", kind(&record.what));
    if let Some(exchange) = exchange(&record.what) {
        line.raw("exchange", &exchange.to_string());
    }
    if record.after != 0 {
        line.raw("after", &record.after.to_string());
    }
    match &record.what {
        What::Word(_) | What::Cancel(_) => {}
        What::TryProbe(slug) => line.text("slug", slug),
        What::Probe(slug, left_out) => {
            line.text("slug", slug);
            line.option("left-out", left_out.as_ref());
        }
        What::Watch(every) => line.raw("every", &every.to_string()),
        What::FindIssuer(issuer) => line.text("issuer", issuer),
        What::RequestToken(grant) => {
            line.text("endpoint", &grant.endpoint);
            line.text("client", &grant.client);
            line.text("scope", &grant.scope);
            line.text("resource", &grant.resource);
            line.text("auth", &grant.auth);
        }
        What::Call { method, params } => {
            line.text("method", method);
            line.raw("params", &body::value(params));
        }
        What::Answer { to, key, answer } => {
            line.text("to", to);
            line.text("key", key);
            match answer {
                Answer::Result(raw) => line.raw("result", &body::value(raw)),
                Answer::Error(code, message) => line.raw("error", &format!("{{\"code\":{code},\"message\":{}}}", quote(message))),
            }
        }
        What::Request(request) => sent(&mut line, request, server),
        What::Response(response) => head_of(&mut line, response),
        What::Body(_, bytes) => line.member(&body::member(bytes)),
        What::Dropped(_, bytes) => line.raw("count", &bytes.to_string()),
        What::End(_, how, said) => {
            if how != "complete" {
                line.text("how", how);
            }
            if !said.is_empty() {
                line.text("said", said);
            }
        }
        What::Abort(_, why) => line.text("why", why),
    }
    line.close()
}

fn kind(what: &What) -> &str {
    match what {
        What::Word(word) => word,
        What::Cancel(_) => "cancel",
        What::TryProbe(_) => "try-probe",
        What::Probe(..) => "probe",
        What::Watch(_) => "watch",
        What::FindIssuer(_) => "find-issuer",
        What::RequestToken(_) => "request-token",
        What::Call { .. } => "call",
        What::Answer { .. } => "answer",
        What::Request(_) => "request",
        What::Response(_) => "response",
        What::Body(..) => "body",
        What::Dropped(..) => "dropped",
        What::End(..) => "end",
        What::Abort(..) => "abort",
    }
}

const fn exchange(what: &What) -> Option<u32> {
    match what {
        What::Request(request) => Some(request.exchange),
        What::Response(response) => Some(response.exchange),
        What::Cancel(id) | What::Body(id, _) | What::Dropped(id, _) | What::End(id, ..) | What::Abort(id, _) => Some(*id),
        _ => None,
    }
}

fn sent(line: &mut Object, request: &Request, server: &str) {
    line.text("purpose", &request.purpose);
    if request.method != "POST" {
        line.text("method", &request.method);
    }
    if request.url != server {
        line.text("url", &request.url);
    }
    if request.mode != "cors" {
        line.text("mode", &request.mode);
    }
    headers(line, &request.headers);
    if !request.body.is_empty() {
        line.raw("body", &body::value(&request.body));
    }
    if let Some((name, secret)) = &request.field {
        line.raw("field", &pair(name, &Value::Secret(secret.clone())));
    }
}

fn head_of(line: &mut Object, response: &Response) {
    line.raw("status", &response.status.to_string());
    line.text("sight", &response.sight);
    line.option("to", response.to.as_ref());
    headers(line, &response.headers);
}

fn headers(line: &mut Object, headers: &[(String, Value)]) {
    if !headers.is_empty() {
        line.raw("headers", &array(headers.iter().map(|(name, value)| pair(name, value))));
    }
}

fn pair(name: &str, value: &Value) -> String {
    let value = match value {
        Value::Text(text) => quote(text),
        Value::Secret(secret) => format!("{{\"secret\":{}}}", quote(secret)),
    };
    format!("[{},{value}]", quote(name))
}
