//! From the newest version of how a recording is written to the types of the program. What they do not know is an error.

use alloc::string::String;
use alloc::vec::Vec;

use super::v1::{self, Answer, Record, Recording, Request, Response, Token, Value, What};
use crate::http::{self, Headers, Method, Mode, ResponseHead, SecretField, SecretSlot, Sight, Url};
use crate::id::{EventRef, ExchangeId};
use crate::mcp::Ask;
use crate::oauth::{ClientAuth, Grant};
use crate::share::{OpenError, Opened, Shared, View};
use crate::time::{Micros, Wall};
use crate::trace::{
    self, About, Command, End, JwtFacts, Lack, Lacks, LeftOut, Permission, Purpose, TokenFacts, TokenFlaw, Trace, Why,
};

type Read<T> = Result<T, &'static str>;

/// The recording, ready to be shown.
pub(super) fn opened(recording: Recording) -> Result<Opened, OpenError> {
    let about = about(&recording).map_err(OpenError::Head)?;
    let shared = Shared::parse(&recording.level).ok_or(OpenError::Head("“level” is not one that this page knows"))?;
    let event: Option<EventRef> = recording.event.and_then(|event| event.parse().ok());
    let tab = recording.tab.filter(|tab| View::is_tab(tab));
    let mut reader = Reader { clock: 0, last: 0 };
    let mut records = Vec::with_capacity(recording.records.len());
    for (n, record) in recording.records.into_iter().enumerate() {
        records.push(reader.record(record).map_err(|reason| OpenError::Record { n: n + 1, reason })?);
    }
    let trace = Trace::of(about, records);
    let event = event.filter(|event| trace.exchange(event.exchange).is_some());
    Ok(Opened { trace, view: View { event, tab }, shared })
}

fn about(recording: &Recording) -> Read<About> {
    let began = recording.began.as_deref().map(|began| Wall::parse(began).ok_or("“began” is not a time"));
    let flaw = |flaw: &String| TokenFlaw::parse(flaw).ok_or("“flaws” has a word that this page does not know");
    let lack = |lack: &String| Lack::parse(lack).ok_or("“lacks” has a word that this page does not know");
    let permission = recording.local_network.as_deref();
    let permission = permission.map(|word| Permission::parse(word).ok_or("“local-network” is not a word that this page knows"));
    Ok(About {
        server: Url::parse(&recording.server).map_err(|_| "“server” is not an http(s) address")?,
        began: began.transpose()?,
        page: recording.page.clone(),
        ask: Ask::parse(&recording.ask).ok_or("“ask” is not a revision that this page knows")?,
        timeout: Micros(recording.timeout),
        token: token(&recording.token),
        token_flaws: recording.flaws.iter().map(flaw).collect::<Read<_>>()?,
        extra_headers: recording.extra.clone(),
        local_network: permission.transpose()?.unwrap_or_default(),
        lacks: Lacks::of(recording.lacks.iter().map(lack).collect::<Read<Vec<_>>>()?),
    })
}

fn token(token: &Token) -> TokenFacts {
    match token {
        Token::None => TokenFacts::None,
        Token::Unknown => TokenFacts::Unknown,
        Token::Opaque(chars) => TokenFacts::Opaque { chars: usize::try_from(*chars).unwrap_or(usize::MAX) },
        Token::Jwt(jwt) => TokenFacts::Jwt(JwtFacts {
            alg: jwt.alg.clone(),
            issuer: jwt.iss.clone(),
            audience: jwt.aud.clone(),
            scopes: jwt.scope.clone(),
            issued: jwt.iat,
            not_before: jwt.nbf,
            expires: jwt.exp,
        }),
    }
}

/// What was read so far: the time, and which exchanges there are.
struct Reader {
    clock: i64,
    /// The number of the last request: they are in order, so that each can be found by its number.
    last: u32,
}

impl Reader {
    fn record(&mut self, record: Record) -> Read<trace::Record> {
        self.clock = self.clock.saturating_add(record.after);
        let at = Micros(u64::try_from(self.clock).map_err(|_| "it happened before the recording began")?);
        Ok(trace::Record { at, what: self.what(record.what)? })
    }

    fn what(&mut self, what: What) -> Read<trace::What> {
        Ok(match what {
            What::Word(word) if word == "tick" => trace::What::Tick,
            What::Word(word) => trace::What::Command(match word.as_str() {
                "run" => Command::Run,
                "stop" => Command::Stop,
                "end-session" => Command::EndSession,
                "listen" => Command::Listen,
                "unlisten" => Command::Unlisten,
                "checkup" => Command::Checkup,
                "unwatch" => Command::Unwatch,
                "find-resource" => Command::FindResource,
                _ => return Err("this version does not know its “type”"),
            }),
            What::TryProbe(slug) => trace::What::Command(Command::Probe(slug)),
            What::Probe(slug, left_out) => {
                let left_out =
                    left_out.map(|why| LeftOut::parse(&why).ok_or("“left-out” is not a reason that this version knows"));
                trace::What::Probe(slug, left_out.transpose()?)
            }
            What::Watch(every) => trace::What::Command(Command::Watch(Micros(every))),
            What::FindIssuer(issuer) => trace::What::Command(Command::FindIssuer(issuer)),
            What::RequestToken(asked) => trace::What::Command(Command::RequestToken(grant(asked)?)),
            What::Cancel(id) => trace::What::Command(Command::Cancel(ExchangeId(id))),
            What::Call { method, params } => trace::What::Command(Command::Call { method, params }),
            What::Answer { to, key, answer } => {
                let to = to.parse().map_err(|_| "“to” is not the address of an event")?;
                let answer = match answer {
                    Answer::Result(raw) => trace::Answer::Result(raw),
                    Answer::Error(code, message) => trace::Answer::Error { code, message },
                };
                trace::What::Command(Command::Answer { to, key, answer })
            }
            What::Request(sent) => {
                if sent.exchange <= self.last {
                    return Err("the number of its exchange is not higher than the one before");
                }
                self.last = sent.exchange;
                let purpose = Purpose::parse(&sent.purpose).ok_or("this version does not know its “purpose”")?;
                trace::What::Request(ExchangeId(sent.exchange), purpose, request(sent)?)
            }
            What::Response(head) => trace::What::Response(ExchangeId(head.exchange), response(head)?),
            What::Body(id, bytes) => trace::What::Chunk(ExchangeId(id), bytes),
            What::Dropped(id, bytes) => trace::What::Dropped(ExchangeId(id), bytes),
            What::End(id, how, said) => trace::What::End(
                ExchangeId(id),
                match how.as_str() {
                    "complete" => End::Complete,
                    "aborted" => End::Aborted,
                    "failed" => End::Failed(said),
                    "cut" => End::Cut(said),
                    _ => return Err("“how” is not a way to end that this version knows"),
                },
            ),
            What::Abort(id, why) => {
                trace::What::Abort(ExchangeId(id), Why::parse(&why).ok_or("“why” is not a reason that this version knows")?)
            }
        })
    }
}

fn grant(asked: v1::Grant) -> Read<Grant> {
    Ok(Grant {
        endpoint: Url::parse(&asked.endpoint).map_err(|_| "“endpoint” is not an http(s) address")?,
        client_id: asked.client,
        scope: asked.scope,
        resource: asked.resource,
        auth: ClientAuth::parse(&asked.auth).ok_or("“auth” is not a way that this version knows")?,
    })
}

fn request(sent: Request) -> Read<http::Request> {
    let field = sent.field.map(|(name, secret)| Read::Ok(SecretField { name, slot: slot(&secret)? }));
    Ok(http::Request {
        method: Method::parse(&sent.method).ok_or("“method” is not one the protocol uses")?,
        url: Url::parse(&sent.url).map_err(|_| "“url” is not an http(s) address")?,
        headers: headers(sent.headers)?,
        body: sent.body,
        secret_field: field.transpose()?,
        mode: match sent.mode.as_str() {
            "cors" => Mode::Cors,
            "opaque" => Mode::Opaque,
            "events" => Mode::Events,
            _ => return Err("“mode” is not one that this version knows"),
        },
    })
}

fn response(head: Response) -> Read<ResponseHead> {
    Ok(ResponseHead {
        status: head.status,
        redirected_to: head.to,
        headers: headers(head.headers)?,
        sight: Sight::parse(&head.sight).ok_or("“sight” is not one that this version knows")?,
    })
}

fn headers(pairs: Vec<(String, Value)>) -> Read<Headers> {
    let mut headers = Headers::new();
    for (name, value) in pairs {
        match value {
            Value::Text(text) => headers.push(&name, text),
            Value::Secret(secret) => headers.push_secret(&name, slot(&secret)?),
        }
    }
    Ok(headers)
}

fn slot(word: &str) -> Read<SecretSlot> {
    const UNKNOWN: &str = "this version does not know its “secret”";
    match word {
        "token" => Ok(SecretSlot::Token),
        "mangled-token" => Ok(SecretSlot::Mangled),
        "client" => Ok(SecretSlot::Client),
        "client-secret" => Ok(SecretSlot::ClientSecret),
        _ => word.strip_prefix("extra ").and_then(|n| n.parse().ok()).map(SecretSlot::Extra).ok_or(UNKNOWN),
    }
}
