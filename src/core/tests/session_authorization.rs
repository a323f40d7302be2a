//! Looking for where tokens come from, told as conversations: beside the session, to nobody but those the person was told of.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its own texts must fail")]

mod talk;

use inspector_core::diagnose::diagnose;
use inspector_core::http::{SecretSlot, Url};
use inspector_core::id::ExchangeId;
use inspector_core::mcp::{Ask, Revision};
use inspector_core::oauth::{ClientAuth, Deviation, Grant, NotMetadata, TokenAnswer};
use inspector_core::time::Micros;
use inspector_core::trace::{Came, Command, End, Outcome, Trace, notation};
use talk::Talk;

const INSERTED: &str = "GET /.well-known/oauth-protected-resource/mcp";
const ROOT: &str = "GET /.well-known/oauth-protected-resource";
const BASE: [&str; 2] = ["GET /.well-known/oauth-authorization-server", "GET /.well-known/openid-configuration"];
const RESOURCE: &str = r#"{"resource":"https://a.example/mcp","authorization_servers":["https://i.example/t1"]}"#;
const ISSUER: &str = r#"{"issuer":"https://i.example/t1","token_endpoint":"https://i.example/t1/token","authorization_endpoint":"https://i.example/t1/authorize","grant_types_supported":["client_credentials"],"code_challenge_methods_supported":["S256"]}"#;

/// `initialize` was refused with 401 and this challenge; what follows is asked by the person.
fn refused(ask: Ask, challenge: &str) -> Talk {
    let mut talk = Talk::run(ask);
    let (at, _) = talk.sent();
    talk.answer(at, 401, &[("www-authenticate", challenge)], "");
    talk.expect(&[]);
    talk
}

fn find(talk: &mut Talk) {
    talk.command(Command::FindResource);
}

fn deviations(trace: &Trace) -> Vec<Deviation> {
    trace.authorization().deviations(&trace.about.server).into_iter().map(|(deviation, _)| deviation).collect()
}

/// Answers the one request that is open with 404.
fn not_there(talk: &mut Talk, wanted: &str) {
    let at = talk.expect(&[wanted]);
    talk.answer(at, 404, &[], "Not Found");
}

#[test]
fn the_metadata_of_the_server_names_another_one_and_nobody_asks_that_by_itself() {
    let mut talk = refused(Ask::Auto, "Bearer error=\"invalid_token\"");
    find(&mut talk);
    assert!(talk.session.is_running());
    let at = talk.expect(&[INSERTED]);
    talk.json(at, 200, RESOURCE);
    talk.expect(&[]);
    assert!(!talk.session.is_running());
    assert_eq!(talk.trace.authorization().issuers(), ["https://i.example/t1"]);
    assert_eq!(deviations(&talk.trace), [Deviation::NoPointer]);
}

#[test]
fn the_authorization_server_is_asked_when_the_person_says_so() {
    let mut talk = refused(Ask::Auto, "Bearer scope=\"read\", resource_metadata=\"https://a.example/meta\"");
    find(&mut talk);
    let at = talk.expect(&["GET /meta"]);
    talk.json(at, 200, RESOURCE);
    talk.command(Command::FindIssuer("https://i.example/t1".to_owned()));
    not_there(&mut talk, "GET https://i.example/.well-known/oauth-authorization-server/t1");
    not_there(&mut talk, "GET https://i.example/.well-known/openid-configuration/t1");
    let at = talk.expect(&["GET https://i.example/t1/.well-known/openid-configuration"]);
    talk.json(at, 200, ISSUER);
    talk.expect(&[]);
    let found = talk.trace.authorization();
    let (asked, at, metadata) = found.issuer_metadata().unwrap();
    assert_eq!(
        (asked, at, metadata.token_endpoint.as_deref()),
        ("https://i.example/t1", ExchangeId(5), Some("https://i.example/t1/token"))
    );
    assert_eq!(found.wanted_scopes(), ["read"]);
    assert_eq!(deviations(&talk.trace), []);
}

#[test]
fn nothing_of_the_person_goes_along() {
    let mut talk = refused(Ask::Auto, "Bearer");
    find(&mut talk);
    let (_, request) = talk.sent();
    assert_eq!(request.secrets().count(), 0);
    assert_eq!(request.headers.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["Accept"]);
    assert_eq!(request.body, "");
}

#[test]
fn a_server_that_is_its_own_authorization_server_is_asked_for_both() {
    let mut talk = refused(Ask::Auto, "Bearer");
    find(&mut talk);
    let at = talk.expect(&[INSERTED]);
    talk.json(
        at,
        200,
        r#"{"resource":"https://a.example/mcp","authorization_servers":["https://i.example","https://a.example/"]}"#,
    );
    let at = talk.expect(&[BASE[0]]);
    talk.json(at, 200, r#"{"issuer":"https://a.example","token_endpoint":"https://a.example/token"}"#);
    talk.expect(&[]);
    assert_eq!(talk.trace.authorization().issuer_metadata().unwrap().0, "https://a.example/");
}

#[test]
fn without_metadata_of_the_server_it_is_asked_as_its_own_authorization_server() {
    let mut talk = refused(Ask::Auto, "Bearer");
    find(&mut talk);
    not_there(&mut talk, INSERTED);
    let at = talk.expect(&[ROOT]);
    talk.answer(at, 200, &[("content-type", "text/html")], "<html>Welcome</html>");
    not_there(&mut talk, BASE[0]);
    let at = talk.expect(&[BASE[1]]);
    talk.json(at, 200, r#"{"issuer":"https://other.example","authorization_endpoint":"http://a.example/authorize"}"#);
    talk.expect(&[]);
    let found = talk.trace.authorization();
    assert_eq!(found.resource[0].came, Came::Answered { status: 404, what: Err(NotMetadata::NotJson) });
    assert_eq!(found.resource[1].came, Came::Answered { status: 200, what: Err(NotMetadata::Page) });
    assert_eq!(
        deviations(&talk.trace),
        [
            Deviation::NoPointer,
            Deviation::OnlyOld,
            Deviation::OtherIssuer { named: "https://other.example".into(), asked: "https://a.example".into() },
            Deviation::NoTokenEndpoint,
            Deviation::PlainEndpoint("http://a.example/authorize".into()),
            Deviation::NoPkce,
            Deviation::NoClientCredentials,
        ]
    );
}

#[test]
fn a_refusal_without_a_challenge_and_one_that_points_nowhere_are_named() {
    let mut talk = Talk::run(Ask::Auto);
    let (at, _) = talk.sent();
    talk.answer(at, 401, &[], "");
    assert_eq!(deviations(&talk.trace), [Deviation::NoChallenge]);
    let mut talk = refused(Ask::Auto, "Bearer resource_metadata=\"https://a.example/meta\"");
    find(&mut talk);
    not_there(&mut talk, "GET /meta");
    let at = talk.expect(&[INSERTED]);
    talk.json(at, 200, RESOURCE);
    assert_eq!(deviations(&talk.trace), [Deviation::NothingAtPointer("https://a.example/meta".into())]);
}

#[test]
fn each_revision_is_looked_for_where_it_says() {
    let mut talk = refused(Ask::Only(Revision::V2025_03_26), "Bearer resource_metadata=\"https://a.example/meta\"");
    find(&mut talk);
    not_there(&mut talk, BASE[0]);
    talk.expect(&[]);
    let mut talk = refused(Ask::Only(Revision::V2025_06_18), "Bearer");
    find(&mut talk);
    for place in [INSERTED, ROOT, BASE[0]] {
        not_there(&mut talk, place);
    }
    talk.expect(&[]);
    assert!(!talk.session.is_running());
}

#[test]
fn metadata_of_another_resource_and_issuers_that_may_not_be_asked_are_named() {
    let mut talk = refused(Ask::Auto, "Bearer resource_metadata=http://a.example/meta");
    find(&mut talk);
    let at = talk.expect(&[INSERTED]);
    talk.json(
        at,
        200,
        r#"{"resource":"https://b.example/mcp","authorization_servers":["http://i.example","javascript:alert(1)"]}"#,
    );
    talk.expect(&[]);
    assert_eq!(
        deviations(&talk.trace),
        [
            Deviation::BadPointer("http://a.example/meta".into()),
            Deviation::UnquotedParameter,
            Deviation::OtherResource { named: "https://b.example/mcp".into(), typed: "https://a.example/mcp".into() },
            Deviation::BadIssuer("http://i.example".into()),
            Deviation::BadIssuer("javascript:alert(1)".into()),
        ]
    );
    for issuer in ["http://i.example", "javascript:alert(1)", ""] {
        talk.command(Command::FindIssuer(issuer.to_owned()));
        talk.expect(&[]);
    }
}

#[test]
fn a_place_that_is_hidden_or_silent_leads_to_the_next_one() {
    let mut talk = refused(Ask::Auto, "Bearer");
    find(&mut talk);
    let at = talk.expect(&[INSERTED]);
    talk.end(at, End::Failed("Failed to fetch".to_owned()));
    let at = talk.expect(&[ROOT]);
    talk.wait(Micros::from_secs(30));
    assert_eq!(talk.aborted(), [at.0]);
    let at = talk.expect(&[BASE[0]]);
    talk.command(Command::Cancel(at));
    assert_eq!(talk.aborted(), [at.0]);
    talk.expect(&[]);
    let found = talk.trace.authorization();
    assert_eq!(found.resource.iter().map(|place| place.came.clone()).collect::<Vec<_>>(), [Came::Hidden, Came::Silent]);
    assert_eq!(found.issuer[0].1.came, Came::Stopped);
    assert!(!talk.session.is_running() && found.waiting().is_none());
}

#[test]
fn looking_for_tokens_changes_neither_how_the_run_came_out_nor_what_is_wrong() {
    let mut talk = refused(Ask::Auto, "Bearer error=\"invalid_token\"");
    let before = diagnose(&talk.trace);
    assert!(!before.is_empty());
    find(&mut talk);
    for place in [INSERTED, ROOT, BASE[0], BASE[1]] {
        not_there(&mut talk, place);
    }
    request(&mut talk, "https://i.example/token");
    let at = talk.expect(&["POST https://i.example/token"]);
    talk.json(at, 400, r#"{"error":"invalid_client"}"#);
    assert_eq!((diagnose(&talk.trace), talk.trace.outcome()), (before, Outcome::Failed));
}

fn request(talk: &mut Talk, endpoint: &str) {
    talk.command(Command::RequestToken(Grant {
        endpoint: Url::parse(endpoint).unwrap(),
        client_id: "me".to_owned(),
        scope: "read".to_owned(),
        resource: "https://a.example/mcp".to_owned(),
        auth: ClientAuth::Post,
    }));
}

#[test]
fn a_token_is_asked_for_with_the_secret_of_the_client_and_not_with_the_token_of_the_server() {
    let mut talk = refused(Ask::Auto, "Bearer");
    request(&mut talk, "https://i.example/token");
    let (at, request) = talk.sent();
    assert_eq!(request.secrets().collect::<Vec<_>>(), [SecretSlot::ClientSecret]);
    talk.json(at, 200, r#"{"access_token":"********","token_type":"Bearer","expires_in":60}"#);
    talk.expect(&[]);
    let issued = TokenAnswer::Issued { kind: Some("Bearer".into()), expires_in: Some(60), scope: None };
    assert_eq!(talk.trace.authorization().tokens[0].came, Came::Answered { status: 200, what: issued });
    let written = notation::write(&talk.trace);
    assert!(written.contains("  field client_secret={client-secret}\n"), "{written}");
    assert_eq!(notation::read(&written).unwrap().trace.records(), talk.trace.records());
}

#[test]
fn a_secret_goes_over_https_only() {
    let mut talk = refused(Ask::Auto, "Bearer");
    request(&mut talk, "http://i.example/token");
    talk.expect(&[]);
    request(&mut talk, "http://127.0.0.1:9000/token");
    talk.expect(&["POST http://127.0.0.1:9000/token"]);
}

#[test]
fn an_answer_that_looks_like_a_message_of_the_server_is_none() {
    let mut talk = Talk::run(Ask::Auto);
    let open = talk.expect(&["POST /mcp initialize"]);
    find(&mut talk);
    let at = talk.expect(&[INSERTED]);
    talk.json(at, 200, r#"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25"}}"#);
    let at = talk.expect(&[ROOT]);
    talk.open_stream(at);
    talk.push(at, r#"data: {"jsonrpc":"2.0","id":9,"method":"ping"}"#);
    talk.expect(&[]);
    assert_eq!(talk.trace.exchange(open).unwrap().answer, None);
    assert!(talk.trace.server().is_none() && talk.trace.questions().is_empty());
}

#[test]
fn one_search_at_a_time_and_a_new_run_ends_it() {
    let mut talk = refused(Ask::Auto, "Bearer");
    find(&mut talk);
    let at = talk.expect(&[INSERTED]);
    find(&mut talk);
    talk.expect(&[]);
    talk.command(Command::Stop);
    assert_eq!(talk.aborted(), [at.0]);
    assert!(!talk.session.is_running());
    talk.command(Command::Run);
    talk.expect(&["POST /mcp initialize"]);
}
