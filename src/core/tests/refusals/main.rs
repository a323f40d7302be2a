//! What servers, frameworks, gateways and clouds really answer, and what is named first. A table: which request was refused and
//! how, the cause, and the least certainty it may have.
//!
//! The wordings are those of the programs named beside them, in their versions of 2024 to 2026. None of them has a rule of its
//! own: a wording that nobody put here must be understood as well.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

mod answers;
mod clouds;
mod frameworks;
mod gateways;
mod rpc;
mod sdks;

use std::collections::BTreeMap;

use inspector_core::diagnose::{Certainty, Kind, cause, diagnose};
use inspector_core::trace::notation::read;

pub(crate) use At::*;
pub(crate) use Certainty::{Likely, Possible, Proven};

/// Which request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// `initialize`, and no token was typed.
    Open,
    /// `initialize` with a token.
    WithToken,
    /// `tools/list` in a session, with the token that opened it. A new session is accepted, and the same is answered in it.
    InSession,
    /// The same, and a new session is refused in the same way.
    InSessionAlike,
    /// `tools/list` without a session id, because the server had issued none.
    NoSession,
}

/// One answer: who gives it, to what, status, media type, body, the cause, and the least certainty.
pub(crate) type Row = (&'static str, At, u16, &'static str, &'static str, &'static str, Certainty);

pub(crate) const JSON: &str = "application/json";
pub(crate) const TEXT: &str = "text/plain";
pub(crate) const HTML: &str = "text/html";
pub(crate) const PROBLEM: &str = "application/problem+json";

const TABLES: [&[Row]; 6] = [sdks::ROWS, frameworks::ROWS, gateways::ROWS, clouds::ROWS, rpc::ROWS, answers::ROWS];

const INITIALIZED: &str = r#"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}}}}"#;

const LISTED: &str = r#"{"jsonrpc":"2.0","id":4,"result":{"tools":[]}}"#;

/// The body as the notation quotes it.
fn quoted(body: &str) -> String {
    body.replace('\\', "\\\\").replace('"', "\\\"").replace('\r', "\\r").replace('\n', "\\n")
}

/// The recording of a conversation that ends so. A media type that begins with `~` is followed by the challenge that comes along.
fn recording((_, at, status, media_type, body, ..): &Row) -> String {
    let token = if *at == Open { "none" } else { "opaque 43" };
    let mut text = format!(
        "mcp-trace 1\nserver https://a.example/mcp\nbegan 2026-11-21T00:00:00Z\npage https://b.example\ntoken {token}\n! run\n"
    );
    let (media_type, challenge) = media_type.split_once('~').unwrap_or((media_type, ""));
    let challenge = if challenge.is_empty() { String::new() } else { format!("  www-authenticate: {challenge}\n") };
    let answer = format!("< {status} {media_type} +9ms\n{challenge}  bytes \"{}\"\n  end\n", quoted(body));
    let opened = |session: &str| {
        let version = "version=2025-11-25";
        format!(
            "> initialize id=1\n< 200 application/json {session}\n  body {INITIALIZED}\n  end\n\
             > notifications/initialized {session} {version}\n< 202\n  end\n> tools/list id=2 {session} {version}\n{answer}"
        )
    };
    text.push_str(&match at {
        Open | WithToken => format!("> initialize id=1\n{answer}"),
        NoSession => opened(""),
        InSession => {
            let fresh = INITIALIZED.replace("\"id\":1", "\"id\":3");
            format!(
                "{}> initialize id=3 purpose=start-over\n< 200 application/json session=B\n  body {fresh}\n  end\n\
                 > tools/list id=4 purpose=repeat session=B\n< 200 application/json\n  body {LISTED}\n  end\n",
                opened("session=A")
            )
        }
        InSessionAlike => format!("{}> initialize id=3 purpose=start-over\n{answer}", opened("session=A")),
    });
    text
}

#[test]
fn what_is_answered_in_the_wild_is_named_as_what_it_is() {
    let mut wrong = BTreeMap::new();
    let rows: Vec<&Row> = TABLES.iter().copied().flatten().collect();
    for row in &rows {
        let (who, at, status, _, body, expected, least) = row;
        assert!(cause(expected).is_some(), "{who}: nobody knows {expected}");
        let text = recording(row);
        let trace = read(&text).unwrap_or_else(|error| panic!("{who}: {error}\n{text}")).trace;
        let found = diagnose(&trace);
        let first = found.iter().find(|finding| finding.kind == Kind::Problem);
        let named = first.map(|finding| (finding.cause.slug, finding.certainty));
        if named.is_none_or(|(slug, certainty)| slug != *expected || certainty > *least) {
            let said = body.chars().take(60).collect::<String>();
            wrong.insert(format!("{who} {at:?} {status} {said}"), format!("{named:?}, not {expected} {least:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), rows.len());
    assert!(rows.len() > 400, "{}", rows.len());
}

#[test]
fn cors_is_never_named_where_something_can_be_read() {
    for row in TABLES.iter().copied().flatten() {
        let found = diagnose(&read(&recording(row)).unwrap().trace);
        assert!(found.iter().all(|finding| finding.cause.slug != "cors-blocked"), "{}", row.0);
    }
}
