//! From a recording of the program to the newest version of how it is written.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::v1::{Answer, Grant, Jwt, Record, Recording, Request, Response, Token, Value, What};
use crate::http::{self, HeaderValue, Headers, Mode, ResponseHead, SecretSlot};
use crate::share::View;
use crate::time::Micros;
use crate::trace::{self, Command, End, Permission, TokenFacts, Trace};

/// The recording as it is written. `level` is the word for how much of the original it is.
pub(in crate::share) fn recording(trace: &Trace, level: &str, view: &View) -> Recording {
    let about = &trace.about;
    let mut clock = Micros::ZERO;
    let record = |record: trace::Record| {
        let after = span(clock, record.at);
        clock = record.at;
        Record { after, what: what(record.what) }
    };
    Recording {
        level: level.to_string(),
        event: view.event.map(|event| event.to_string()),
        tab: view.tab.clone().filter(|tab| View::is_tab(tab)),
        server: about.server.to_string(),
        began: about.began.map(|began| began.to_string()),
        page: about.page.clone(),
        ask: about.ask.as_str().to_string(),
        timeout: about.timeout.0,
        token: token(&about.token),
        flaws: about.token_flaws.iter().map(|flaw| flaw.as_str().to_string()).collect(),
        extra: about.extra_headers.clone(),
        local_network: Some(about.local_network).filter(|of| *of != Permission::Unknown).map(|of| of.as_str().to_string()),
        lacks: about.lacks.iter().map(|lack| lack.as_str().to_string()).collect(),
        records: trace.records().into_iter().map(record).collect(),
    }
}

/// From one moment to another, which may be the earlier one.
fn span(from: Micros, to: Micros) -> i64 {
    let number = |at: Micros| i64::try_from(at.0).unwrap_or(i64::MAX);
    number(to) - number(from)
}

fn token(facts: &TokenFacts) -> Token {
    match facts {
        TokenFacts::None => Token::None,
        TokenFacts::Unknown => Token::Unknown,
        TokenFacts::Opaque { chars } => Token::Opaque(*chars as u64),
        TokenFacts::Jwt(jwt) => Token::Jwt(Jwt {
            alg: jwt.alg.clone(),
            iss: jwt.issuer.clone(),
            aud: jwt.audience.clone(),
            scope: jwt.scopes.clone(),
            iat: jwt.issued,
            nbf: jwt.not_before,
            exp: jwt.expires,
        }),
    }
}

fn what(what: trace::What) -> What {
    match what {
        trace::What::Command(command) => asked(command),
        trace::What::Request(id, purpose, request) => What::Request(sent(id.0, purpose.as_str(), request)),
        trace::What::Response(id, head) => What::Response(answered(id.0, head)),
        trace::What::Chunk(id, bytes) => What::Body(id.0, bytes),
        trace::What::Dropped(id, bytes) => What::Dropped(id.0, bytes),
        trace::What::End(id, end) => {
            let (how, said) = match end {
                End::Complete => ("complete", String::new()),
                End::Aborted => ("aborted", String::new()),
                End::Failed(said) => ("failed", said),
                End::Cut(said) => ("cut", said),
            };
            What::End(id.0, how.to_string(), said)
        }
        trace::What::Abort(id, why) => What::Abort(id.0, why.as_str().to_string()),
        trace::What::Tick => What::Word("tick".to_string()),
        trace::What::Probe(slug, left_out) => What::Probe(slug, left_out.map(|why| why.as_str().to_string())),
    }
}

fn asked(command: Command) -> What {
    let word = |word: &str| What::Word(word.to_string());
    match command {
        Command::Run => word("run"),
        Command::Stop => word("stop"),
        Command::EndSession => word("end-session"),
        Command::Listen => word("listen"),
        Command::Unlisten => word("unlisten"),
        Command::Checkup => word("checkup"),
        Command::Unwatch => word("unwatch"),
        Command::FindResource => word("find-resource"),
        Command::Probe(slug) => What::TryProbe(slug),
        Command::Watch(every) => What::Watch(every.0),
        Command::FindIssuer(issuer) => What::FindIssuer(issuer),
        Command::RequestToken(grant) => What::RequestToken(Grant {
            endpoint: grant.endpoint.to_string(),
            client: grant.client_id,
            scope: grant.scope,
            resource: grant.resource,
            auth: grant.auth.as_str().to_string(),
        }),
        Command::Cancel(id) => What::Cancel(id.0),
        Command::Call { method, params } => What::Call { method, params },
        Command::Answer { to, key, answer } => {
            let answer = match answer {
                trace::Answer::Result(raw) => Answer::Result(raw),
                trace::Answer::Error { code, message } => Answer::Error(code, message),
            };
            What::Answer { to: to.to_string(), key, answer }
        }
    }
}

fn sent(exchange: u32, purpose: &str, request: http::Request) -> Request {
    Request {
        exchange,
        purpose: purpose.to_string(),
        method: request.method.as_str().to_string(),
        url: request.url.to_string(),
        mode: match request.mode {
            Mode::Cors => "cors",
            Mode::Opaque => "opaque",
            Mode::Events => "events",
        }
        .to_string(),
        headers: headers(&request.headers),
        body: request.body,
        field: request.secret_field.map(|field| (field.name, secret(field.slot))),
    }
}

fn answered(exchange: u32, head: ResponseHead) -> Response {
    Response {
        exchange,
        status: head.status,
        sight: head.sight.as_str().to_string(),
        headers: headers(&head.headers),
        to: head.redirected_to,
    }
}

fn headers(headers: &Headers) -> Vec<(String, Value)> {
    let value = |value: &HeaderValue| match value {
        HeaderValue::Text(text) => Value::Text(text.clone()),
        HeaderValue::Secret(slot) => Value::Secret(secret(*slot)),
    };
    headers.iter().map(|(name, of)| (name.to_string(), value(of))).collect()
}

/// The word for a secret.
fn secret(slot: SecretSlot) -> String {
    match slot {
        SecretSlot::Token => "token".to_string(),
        SecretSlot::Mangled => "mangled-token".to_string(),
        SecretSlot::Extra(n) => format!("extra {n}"),
        SecretSlot::Client => "client".to_string(),
        SecretSlot::ClientSecret => "client-secret".to_string(),
    }
}
