//! From a refused token to a new one, against an authorization server: what is found, what is said, and what nobody keeps.

use std::process::Command as Program;

use inspector_core::{
    diagram::{Options, layout, text},
    export::curl::{Shell, curl, curl_for_token},
    http::Url,
    oauth::{
        ClientAuth, Deviation, Grant, NotMetadata, Refused, TokenAnswer, Trouble, basic_credentials, encode, read_token_answer,
    },
    time::Micros,
    trace::{About, Came, Command, Outcome, TokenFacts, Trace, notation},
};
use lab::{
    drive::{self, Drive},
    fault::{CLIENT_ID, CLIENT_SECRET, Gives, Guarded, Issuer, PLAIN_CLIENT, Published, SCOPE},
};

const OLD: &str = "an-old-token-1f0e2d3c4b5a69788796";
const NEW: &str = "a-new-token-8f7e6d5c4b3a29180716";

fn gives() -> Gives {
    Gives::Token(NEW.to_owned())
}

/// A run with a token, from a page.
fn run(server: &str, token: &str) -> Drive {
    let token_facts = TokenFacts::Opaque { chars: token.len() };
    let mut drive =
        Drive::start(About { token: token_facts, timeout: Micros::from_millis(1_500), ..drive::about(server) }, token);
    drive.entrust(CLIENT_ID, CLIENT_SECRET);
    drive.command(Command::Run);
    drive.wait_until_idle();
    drive
}

fn ask(drive: &mut Drive, command: Command) {
    drive.command(command);
    drive.wait_until_idle();
}

fn grant(endpoint: &str, auth: ClientAuth) -> Grant {
    Grant {
        endpoint: Url::parse(endpoint).unwrap(),
        client_id: CLIENT_ID.to_owned(),
        scope: SCOPE.to_owned(),
        resource: "https://orders.example.com/mcp".to_owned(),
        auth,
    }
}

/// What came of asking an authorization server for a token.
fn trouble(issuer: &Issuer, grant: Grant) -> Option<Trouble> {
    let server = Guarded::start(NEW, &issuer.name());
    let mut drive = run(&server.url(), OLD);
    ask(&mut drive, Command::RequestToken(grant));
    let found = drive.trace().authorization();
    assert_eq!(found.tokens.len(), 1);
    found.tokens[0].trouble()
}

#[test]
fn a_refused_token_leads_to_a_new_one_that_works() {
    for (published, places) in [(Published::OAuth, 1), (Published::OpenId, 2)] {
        for auth in ClientAuth::ALL {
            let issuer = Issuer::start(published, gives());
            let server = Guarded::start(NEW, &issuer.name());
            let mut drive = run(&server.url(), OLD);
            assert_eq!(drive.trace().outcome(), Outcome::Failed);
            ask(&mut drive, Command::FindResource);
            assert_eq!(issuer.requests().len(), 0, "nobody but the server was asked");
            let named = drive.trace().authorization().issuers().to_vec();
            assert_eq!(named, [issuer.name()]);
            ask(&mut drive, Command::FindIssuer(named[0].clone()));
            let found = drive.trace().authorization();
            assert_eq!((found.issuer.len(), found.deviations(&Url::parse(&server.url()).unwrap())), (places, Vec::new()));
            let endpoint = found.issuer_metadata().unwrap().2.token_endpoint.clone().unwrap();
            ask(&mut drive, Command::RequestToken(grant(&endpoint, auth)));
            assert_eq!(drive.trace().authorization().tokens[0].trouble(), None);
            let token = drive.issued().unwrap();
            assert_eq!(run(&server.url(), &token).trace().outcome(), Outcome::Ok);
        }
    }
}

#[test]
fn neither_the_token_nor_the_session_of_the_server_go_to_the_authorization_server() {
    let issuer = Issuer::start(Published::OAuth, gives());
    let server = Guarded::start(OLD, &issuer.name());
    let mut drive = run(&server.url(), OLD);
    assert_eq!(drive.trace().outcome(), Outcome::Ok);
    ask(&mut drive, Command::FindResource);
    ask(&mut drive, Command::FindIssuer(issuer.name()));
    ask(&mut drive, Command::RequestToken(grant(&issuer.token_url(), ClientAuth::Post)));
    assert_eq!(drive.issued().as_deref(), Some(NEW));
    for request in issuer.requests() {
        let all = format!("{:?} {}", request.headers, request.text());
        assert!(!all.contains(OLD) && request.headers.get("mcp-session-id").is_none(), "{all}");
    }
    let asked_beside = server.requests().into_iter().filter(|request| request.path.starts_with("/.well-known/"));
    assert!(asked_beside.map(|request| request.headers.get("authorization").is_none()).reduce(|a, b| a && b).unwrap());
    assert_eq!(drive.trace().outcome(), Outcome::Ok, "the session goes on as it was");
}

/// Everything that leaves the page or is shown, of a whole recording.
fn shown(trace: &Trace) -> String {
    let commands: Vec<_> = trace.exchanges().iter().map(|exchange| curl(&exchange.request, Shell::Posix)).collect();
    let diagram = layout(trace, &[], &Options::default());
    format!("{}\n{}\n{}\n{:?}", notation::write(trace), commands.join("\n"), text(&diagram), trace.records())
}

#[test]
fn no_secret_is_in_the_recording_or_in_anything_that_is_made_of_it() {
    let secrets = [
        OLD.to_owned(),
        NEW.to_owned(),
        CLIENT_SECRET.to_owned(),
        encode(CLIENT_SECRET),
        basic_credentials(CLIENT_ID, CLIENT_SECRET),
    ];
    for auth in ClientAuth::ALL {
        for answer in
            [gives(), Gives::Error("invalid_scope"), Gives::Page, Gives::Redirect("https://elsewhere.example".to_owned())]
        {
            let issuer = Issuer::start(Published::OAuth, answer);
            let server = Guarded::start(NEW, &issuer.name());
            let mut drive = run(&server.url(), OLD);
            ask(&mut drive, Command::FindResource);
            ask(&mut drive, Command::RequestToken(grant(&issuer.token_url(), auth)));
            let shown = shown(drive.trace());
            for secret in &secrets {
                assert!(!shown.contains(secret.as_str()), "{secret} is in\n{shown}");
            }
        }
    }
}

#[test]
fn each_way_a_token_endpoint_fails_is_told_from_the_others() {
    let refused = |error: &str| {
        Some(Trouble::Refused(Refused { error: error.to_owned(), description: Some(format!("The lab says {error}")) }))
    };
    for (answer, expected) in [
        (gives(), None),
        (Gives::Error("unauthorized_client"), refused("unauthorized_client")),
        (Gives::Error("invalid_target"), refused("invalid_target")),
        (Gives::Page, Some(Trouble::Other(200, NotMetadata::Page))),
        (Gives::Redirect("https://elsewhere.example/token".to_owned()), Some(Trouble::Redirected)),
        (Gives::Nothing, Some(Trouble::Silent)),
    ] {
        let issuer = Issuer::start(Published::OAuth, answer.clone());
        assert_eq!(trouble(&issuer, grant(&issuer.token_url(), ClientAuth::Post)), expected, "{answer:?}");
    }
    let issuer = Issuer::start(Published::OAuth, gives());
    let stranger = Grant { client_id: "stranger".to_owned(), ..grant(&issuer.token_url(), ClientAuth::Post) };
    assert_eq!(trouble(&issuer, stranger), refused("invalid_client"));
    let scope = Grant { scope: "admin".to_owned(), ..grant(&issuer.token_url(), ClientAuth::Basic) };
    assert_eq!(trouble(&issuer, scope), refused("invalid_scope"));
    let elsewhere = grant(&format!("{}/nowhere", issuer.name()), ClientAuth::Post);
    assert_eq!(trouble(&issuer, elsewhere), Some(Trouble::Other(404, NotMetadata::NotJson)));
}

#[test]
fn what_the_browser_hides_is_said_to_be_hidden() {
    for (published, came) in [(Published::OAuth, Came::Hidden), (Published::Nowhere, Came::Hidden)] {
        let issuer = Issuer::start_with(published, gives(), false, false);
        let server = Guarded::start(NEW, &issuer.name());
        let mut drive = run(&server.url(), OLD);
        ask(&mut drive, Command::FindIssuer(issuer.name()));
        ask(&mut drive, Command::RequestToken(grant(&issuer.token_url(), ClientAuth::Post)));
        let found = drive.trace().authorization();
        assert!(found.issuer.iter().all(|(_, place)| place.came == came) && found.issuer.len() == 2);
        assert_eq!(found.tokens[0].trouble(), Some(Trouble::Hidden));
    }
}

#[test]
fn a_page_instead_of_metadata_is_none() {
    let issuer = Issuer::start(Published::AsPage, gives());
    let server = Guarded::start(NEW, &issuer.name());
    let mut drive = run(&server.url(), OLD);
    ask(&mut drive, Command::FindIssuer(issuer.name()));
    let found = drive.trace().authorization();
    assert!(found.issuer.iter().all(|(_, place)| place.words() == "a web page") && found.issuer.len() == 2);
    assert!(found.issuer_metadata().is_none());
    let deviations = found.deviations(&Url::parse(&server.url()).unwrap());
    assert!(deviations.iter().all(|(deviation, _)| *deviation != Deviation::NoTokenEndpoint));
}

#[test]
fn the_command_gets_a_token_where_the_browser_does_not_let_a_page_ask() {
    let issuer = Issuer::start_with(Published::OAuth, gives(), false, false);
    // In the header curl sends id and secret as they are, in the form it encodes them.
    for (auth, (id, secret)) in [(ClientAuth::Post, (CLIENT_ID, CLIENT_SECRET)), (ClientAuth::Basic, PLAIN_CLIENT)] {
        let grant = Grant { client_id: id.to_owned(), ..grant(&issuer.token_url(), auth) };
        let script = curl_for_token(&grant, Shell::Posix).replace(" -i ", " ");
        let output = Program::new("sh").arg("-c").arg(&script).env("CLIENT_SECRET", secret).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let answer = read_token_answer(&String::from_utf8_lossy(&output.stdout));
        assert!(matches!(answer, TokenAnswer::Issued { expires_in: Some(300), .. }), "{answer:?}");
    }
}
