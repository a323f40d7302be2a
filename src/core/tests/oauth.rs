//! Where tokens come from: challenges, metadata, the request for a token and its answer, whatever was sent.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its example must fail")]

use base64ct::{Base64, Encoding};
use inspector_core::http::{HeaderValue, SecretSlot, Url};
use inspector_core::mcp::Revision;
use inspector_core::oauth::{
    Challenge, Claims, ClientAuth, Deviation, Grant, IssuerMetadata, NotMetadata, Refused, TokenAnswer, Told, Trouble, Wanted,
    allowed, basic_credentials, bearer, canonical, cover, covers, issuer_places, misfits, pairs, read_challenges, read_issuer,
    read_resource, read_token_answer, resource_places, trouble,
};
use proptest::prelude::*;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn challenge(scheme: &str, params: &[(&str, &str)]) -> Challenge {
    let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Challenge { scheme: scheme.to_owned(), params, ..Challenge::default() }
}

/// A challenge with one word of base64.
fn word(scheme: &str, word: &str) -> Challenge {
    Challenge { token68: Some(word.to_owned()), ..challenge(scheme, &[]) }
}

/// A challenge with a value that lacks its quotes.
fn unquoted(challenge: Challenge) -> Challenge {
    Challenge { unquoted: true, ..challenge }
}

#[test]
fn challenges_are_read_as_the_grammar_of_http_has_them() {
    let cases: &[(&str, &[Challenge])] = &[
        ("", &[]),
        ("Bearer", &[challenge("Bearer", &[])]),
        ("Bearer realm=\"a\"", &[challenge("Bearer", &[("realm", "a")])]),
        (
            "bearer Realm = \"a, b=c\" , error=invalid_token",
            &[challenge("bearer", &[("realm", "a, b=c"), ("error", "invalid_token")])],
        ),
        (r#"Bearer realm="say \"hi\" \\""#, &[challenge("Bearer", &[("realm", r#"say "hi" \"#)])]),
        ("Negotiate YIIZ+/a~b==", &[word("Negotiate", "YIIZ+/a~b==")]),
        ("Negotiate, Basic realm=\"x\"", &[challenge("Negotiate", &[]), challenge("Basic", &[("realm", "x")])]),
        (
            "Basic realm=\"x\", charset=\"UTF-8\", Bearer error=\"invalid_token\", DPoP algs=\"ES256\"",
            &[
                challenge("Basic", &[("realm", "x"), ("charset", "UTF-8")]),
                challenge("Bearer", &[("error", "invalid_token")]),
                challenge("DPoP", &[("algs", "ES256")]),
            ],
        ),
        ("NTLM abc=, Bearer scope=\"\"", &[word("NTLM", "abc="), challenge("Bearer", &[("scope", "")])]),
        (",, ,Bearer ,, scope=a,,", &[challenge("Bearer", &[("scope", "a")])]),
    ];
    for (value, expected) in cases {
        assert_eq!(read_challenges(value), *expected, "{value}");
    }
}

#[test]
fn what_servers_write_against_the_grammar_is_read_as_far_as_it_goes() {
    let metadata = "https://a.example/.well-known/oauth-protected-resource";
    let named = [("resource_metadata", metadata)];
    let cases: &[(&str, &[Challenge])] = &[
        // Quotes forgotten around an address.
        (&format!("Bearer resource_metadata={metadata}, error=x"), &[unquoted(challenge("Bearer", &[named[0], ("error", "x")]))]),
        // The closing quote forgotten.
        ("Bearer realm=\"a, error=b", &[unquoted(challenge("Bearer", &[("realm", "a, error=b")]))]),
        // A space in place of the comma.
        ("Bearer realm=\"a\" error=\"b\"", &[challenge("Bearer", &[("realm", "a"), ("error", "b")])]),
        // No challenge at all.
        ("\"\"\"", &[]),
        ("=a, Bearer", &[challenge("Bearer", &[])]),
        ("Bearer: x=1, error=y", &[challenge("Bearer", &[("error", "y")])]),
    ];
    for (value, expected) in cases {
        assert_eq!(read_challenges(value), *expected, "{value}");
    }
}

#[test]
fn of_several_challenges_the_one_that_says_where_the_metadata_is_counts() {
    let told = bearer(r#"Basic realm="x", Bearer error="a", BEARER scope="one two", resource_metadata="https://m.example/", error="invalid_token", error_description="The token \"expired\"""#).unwrap();
    assert_eq!(told.resource_metadata.as_deref(), Some("https://m.example/"));
    assert_eq!(told.scope.as_deref(), Some("one two"));
    assert_eq!(told.error.as_deref(), Some("invalid_token"));
    assert_eq!(told.error_description.as_deref(), Some("The token \"expired\""));
    assert_eq!(bearer("Basic realm=\"x\""), None);
    assert_eq!(bearer("Bearer").unwrap().resource_metadata, None);
}

#[test]
fn metadata_that_does_not_say_something_leaves_it_unknown() {
    let resource =
        read_resource(r#"{"resource":"https://a.example/mcp","authorization_servers":[],"scopes_supported":"all"}"#).unwrap();
    assert_eq!(resource.authorization_servers, Some(Vec::new()));
    assert_eq!((resource.scopes_supported, resource.bearer_methods_supported), (None, None));
    let issuer = read_issuer(r#"{"issuer":"https://i.example","token_endpoint":"https://i.example/t","grant_types_supported":["client_credentials",7]}"#).unwrap();
    assert_eq!(issuer.grant_types_supported, Some(strings(&["client_credentials"])));
    assert_eq!(issuer.code_challenge_methods_supported, None);
    assert_eq!(issuer.client_id_metadata_document_supported, None);
    assert_eq!(IssuerMetadata { grant_types_supported: None, ..issuer }.authorization_endpoint, None);
}

#[test]
fn what_is_no_metadata_says_what_it_is() {
    for (text, is) in [
        (" \n", NotMetadata::Empty),
        ("<!doctype html><title>Sign in</title>", NotMetadata::Page),
        ("Not Found", NotMetadata::NotJson),
        ("{\"issuer\":\"https://i.example\"", NotMetadata::NotJson),
        ("[]", NotMetadata::OtherJson),
        ("{\"detail\":\"Not Found\"}", NotMetadata::OtherJson),
    ] {
        assert_eq!(read_resource(text), Err(is), "{text}");
        assert_eq!(read_issuer(text), Err(is), "{text}");
    }
}

fn shown(places: &[Url]) -> Vec<String> {
    places.iter().map(ToString::to_string).collect()
}

#[test]
fn the_metadata_of_a_resource_is_looked_for_where_the_challenge_says_then_with_the_path_then_at_the_root() {
    let server = url("https://a.example:8443/v1/mcp/?tenant=7");
    let well_known = "https://a.example:8443/.well-known/oauth-protected-resource";
    let inserted = format!("{well_known}/v1/mcp/?tenant=7");
    assert_eq!(shown(&resource_places(&server, None, None)), [&inserted, well_known]);
    let named = "https://a.example:8443/meta";
    assert_eq!(shown(&resource_places(&server, Some(named), Some(Revision::V2025_06_18))), [named, &inserted, well_known]);
    assert_eq!(shown(&resource_places(&server, Some(&inserted), None)), [&inserted, well_known]);
    assert_eq!(
        shown(&resource_places(&url("https://a.example"), None, None)),
        ["https://a.example/.well-known/oauth-protected-resource"]
    );
    // In 2025-03-26 the server and its authorization server were one.
    assert_eq!(shown(&resource_places(&server, Some(named), Some(Revision::V2025_03_26))), [""; 0]);
}

#[test]
fn the_metadata_of_an_issuer_is_looked_for_in_the_order_that_each_revision_asks_for() {
    let newest = [
        "https://i.example/.well-known/oauth-authorization-server/t1",
        "https://i.example/.well-known/openid-configuration/t1",
        "https://i.example/t1/.well-known/openid-configuration",
    ];
    for issuer in ["https://i.example/t1", "https://i.example/t1/"] {
        assert_eq!(shown(&issuer_places(&url(issuer), None)), newest);
        assert_eq!(shown(&issuer_places(&url(issuer), Some(Revision::V2025_11_25))), newest);
        assert_eq!(shown(&issuer_places(&url(issuer), Some(Revision::V2025_06_18))), newest[..1]);
    }
    let root = ["https://i.example/.well-known/oauth-authorization-server", "https://i.example/.well-known/openid-configuration"];
    assert_eq!(shown(&issuer_places(&url("https://i.example"), Some(Revision::V2026_07_28))), root);
}

#[test]
fn only_https_and_this_machine_may_be_asked() {
    for (address, may) in [
        ("https://i.example", true),
        ("http://127.0.0.1:9000/x", true),
        ("http://localhost", true),
        ("http://i.example", false),
        ("http://192.168.1.4", false),
        ("ftp://i.example", false),
        ("javascript:alert(1)", false),
        ("https://me:pw@i.example", false),
        ("i.example", false),
        ("", false),
    ] {
        assert_eq!(allowed(address).is_some(), may, "{address}");
    }
}

fn grant(auth: ClientAuth) -> Grant {
    Grant {
        endpoint: url("https://i.example/token"),
        client_id: "me & you".to_owned(),
        scope: "read write".to_owned(),
        resource: "https://a.example/mcp".to_owned(),
        auth,
    }
}

#[test]
fn a_request_for_a_token_names_its_secret_and_does_not_hold_it() {
    let basic = grant(ClientAuth::Basic).request();
    let asked = [("grant_type", "client_credentials"), ("scope", "read write"), ("resource", "https://a.example/mcp")];
    let owned = |pairs: &[(&str, &str)]| -> Vec<_> { pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect() };
    assert_eq!(pairs(&basic.body), owned(&asked));
    assert_eq!(basic.secrets().collect::<Vec<_>>(), [SecretSlot::Client]);
    let post = grant(ClientAuth::Post).request();
    assert_eq!(pairs(&post.body), owned(&[&asked[..], &[("client_id", "me & you")]].concat()));
    assert_eq!(post.secrets().collect::<Vec<_>>(), [SecretSlot::ClientSecret]);
    assert!(!post.headers.has("authorization"));
    assert!(
        basic
            .headers
            .iter()
            .chain(post.headers.iter())
            .all(|(_, value)| !matches!(value, HeaderValue::Secret(SecretSlot::Token)))
    );
    let bare = Grant { scope: String::new(), resource: String::new(), ..grant(ClientAuth::Basic) };
    assert_eq!(bare.request().body, "grant_type=client_credentials");
}

#[test]
fn id_and_secret_are_encoded_before_they_are_joined() {
    // RFC 6749 §2.3.1: a colon in the id must not be taken for the one between them.
    assert_eq!(Base64::decode_vec(&basic_credentials("a:b", "p+w /é")).unwrap(), b"a%3Ab:p%2Bw+%2F%C3%A9");
}

#[test]
fn an_answer_is_a_token_or_a_refusal_or_says_what_it_is_instead() {
    let issued = |kind: Option<&str>, expires_in, scope: Option<&str>| TokenAnswer::Issued {
        kind: kind.map(Into::into),
        expires_in,
        scope: scope.map(Into::into),
    };
    let refused = |error: &str, description: Option<&str>| {
        TokenAnswer::Refused(Refused { error: error.to_owned(), description: description.map(Into::into) })
    };
    for (text, is) in [
        (
            r#"{"access_token":"***","token_type":"Bearer","expires_in":3600,"scope":"a b"}"#,
            issued(Some("Bearer"), Some(3600), Some("a b")),
        ),
        (r#"{"access_token":"***","expires_in":"60"}"#, issued(None, Some(60), None)),
        (r#"{"error":"invalid_client","error_description":"no"}"#, refused("invalid_client", Some("no"))),
        (r#"{"access_token":"","error":"x"}"#, refused("x", None)),
        (r#"{"message":"no"}"#, TokenAnswer::Other(NotMetadata::OtherJson)),
        ("<html>", TokenAnswer::Other(NotMetadata::Page)),
        ("nope", TokenAnswer::Other(NotMetadata::NotJson)),
        ("", TokenAnswer::Other(NotMetadata::Empty)),
    ] {
        assert_eq!(read_token_answer(text), is, "{text}");
    }
}

const TOKEN: &str = "eyJhbGciOiJub25lIn0.2f6c1d0e9b7a4853.a1c60f4be29d7c58";

fn covered(body: &str) -> (String, Option<String>) {
    let covered = cover(body.as_bytes());
    (String::from_utf8(covered.bytes).unwrap(), covered.token)
}

#[test]
fn the_tokens_of_an_answer_are_covered_and_the_rest_stays() {
    let body =
        format!(r#"{{"access_token": "{TOKEN}", "token_type":"Bearer","expires_in":3600,"refresh_token":"r-1","scope":"a b"}}"#);
    let stars = "*".repeat(TOKEN.len());
    let left =
        format!(r#"{{"access_token": "{stars}", "token_type":"Bearer","expires_in":3600,"refresh_token":"***","scope":"a b"}}"#);
    assert_eq!(covered(&body), (left, Some(TOKEN.to_owned())));
    let refusal = r#"{"error":"invalid_client","error_description":"Client authentication failed","id":"8a7b"}"#;
    assert_eq!(covered(refusal), (refusal.replace("8a7b", "****"), None));
}

#[test]
fn a_token_is_covered_wherever_it_stands_and_however_it_is_written() {
    let escaped = TOKEN.replace('e', "\\u0065");
    for body in [
        format!(r#"{{"data":{{"access_token":"{TOKEN}"}}}}"#),
        format!(r#"[{{"t":"{TOKEN}"}}]"#),
        format!(r#"{{"access\u005ftoken":"{escaped}"}}"#),
        format!(r#"{{"access_token":"{TOKEN}","scope":"{TOKEN}"}}"#),
        format!(r#"{{"access_token":"{TOKEN}","error_description":"for {TOKEN} only"}}"#),
        format!(r#"{{"access_token":"{TOKEN}","#),
        format!(r#"{{"access_token":"{TOKEN}"#),
        format!(r#"{{"token_type":"Bearer" "access_token":"{TOKEN}"}}"#),
        format!("\u{FEFF}{{\"access_token\":\"{TOKEN}\"}}"),
        format!("access_token={TOKEN}&token_type=bearer"),
        format!("token_type=bearer&access_token={TOKEN}\n"),
        format!("<html><code>{TOKEN}</code></html>"),
        format!("your token: {TOKEN}"),
    ] {
        let (left, _) = covered(&body);
        assert!(!left.contains(TOKEN) && !left.contains(&escaped), "{left}");
        assert_eq!(left.len(), body.len());
    }
}

#[test]
fn only_an_access_token_at_the_top_is_taken() {
    assert_eq!(covered(&format!(r#"{{"data":{{"access_token":"{TOKEN}"}}}}"#)).1, None);
    assert_eq!(covered(&format!(r#"{{"id_token":"{TOKEN}"}}"#)).1, None);
    assert_eq!(covered(r#"{"access_token":""}"#).1, None);
    assert_eq!(covered("access_token=a%2Bb&x=1").1, Some("a+b".to_owned()));
}

fn claims<'a>(issuer: &'a str, audience: &'a [String], scopes: &'a [String]) -> Claims<'a> {
    Claims { issuer, audience, scopes }
}

#[test]
fn a_token_fits_when_its_audience_is_the_server_or_a_place_above_it() {
    for (audience, fits) in [
        ("https://a.example/mcp", true),
        ("https://A.example/mcp/", true),
        ("https://a.example", true),
        ("https://a.example/", true),
        ("https://a.example/mc", false),
        ("https://a.example/mcp/deeper", false),
        ("https://b.example/mcp", false),
        ("http://a.example/mcp", false),
        // No address: only the server knows what it means.
        ("api://7d0f", true),
        ("orders", true),
    ] {
        let server = url("https://a.example/mcp");
        let wanted = Wanted { server: &server, resource: Some("https://a.example/mcp"), issuers: &[], scopes: &[] };
        assert_eq!(misfits(&claims("", &strings(&[audience]), &[]), &wanted).is_empty(), fits, "{audience}");
    }
    let (server, elsewhere) = (url("https://a.example/mcp"), strings(&["https://a.example/other"]));
    let unsaid = Wanted { server: &server, resource: None, issuers: &[], scopes: &[] };
    assert_eq!(misfits(&claims("", &elsewhere, &[]), &unsaid), [], "the server does not say what it goes by");
    assert!(!covers("https://a.example/m", "https://a.example/mcp"));
    assert_eq!(canonical(&url("https://A.example/")), "https://a.example");
    assert_eq!(canonical(&url("https://a.example/mcp/")), "https://a.example/mcp/");
}

#[test]
fn what_does_not_fit_is_said_and_what_is_unknown_is_not() {
    let server = url("https://a.example/mcp");
    let (audience, scopes) = (strings(&["https://b.example/mcp"]), strings(&["read"]));
    let token = claims("https://other.example/", &audience, &scopes);
    let said = |wanted: &Wanted<'_>| misfits(&token, wanted).iter().map(ToString::to_string).collect::<Vec<_>>();
    let (issuers, wants) = (strings(&["https://i.example"]), strings(&["read", "write"]));
    let wanted = Wanted { server: &server, resource: Some("https://b.example/mcp"), issuers: &issuers, scopes: &wants };
    assert_eq!(
        said(&wanted),
        [
            "The token was issued by “https://other.example/”; the server takes tokens of “https://i.example”.",
            "The token lacks what the refusal asks for: “write”.",
        ]
    );
    let unknown = Wanted { server: &server, resource: None, issuers: &[], scopes: &[] };
    assert_eq!(said(&unknown), ["The token is for “https://b.example/mcp”, not for “https://a.example/mcp”."]);
    let same = strings(&["https://other.example"]);
    assert_eq!(said(&Wanted { issuers: &same, resource: Some("https://b.example/mcp"), ..unknown }), [""; 0]);
    assert!(misfits(&claims("", &[], &[]), &wanted).is_empty());
}

fn refusal(error: &str, description: Option<&str>) -> Trouble {
    Trouble::Refused(Refused { error: error.to_owned(), description: description.map(Into::into) })
}

#[test]
fn why_no_token_came_is_said_with_what_to_do_about_it() {
    let troubles = [
        refusal("invalid_client", Some("Client authentication failed")),
        refusal("invalid_scope", None),
        refusal("unauthorized_client", None),
        refusal("unsupported_grant_type", None),
        refusal("invalid_target", None),
        refusal("invalid_request", Some("unknown parameter resource")),
        refusal("temporarily_unavailable", None),
        refusal("E1042", Some(&"very long ".repeat(40))),
        Trouble::Other(404, NotMetadata::NotJson),
        Trouble::Other(401, NotMetadata::Empty),
        Trouble::Other(429, NotMetadata::Empty),
        Trouble::Other(503, NotMetadata::Page),
        Trouble::Other(200, NotMetadata::Page),
        Trouble::Other(200, NotMetadata::OtherJson),
        Trouble::OtherKind("DPoP".to_owned()),
        Trouble::Hidden,
        Trouble::Redirected,
        Trouble::Silent,
        Trouble::Stopped,
        Trouble::TooLarge,
    ];
    let said = troubles.iter().map(|trouble| {
        let Told { what, next } = trouble.told("auth.example.com");
        format!("{what}\n    {next}\n")
    });
    insta::assert_snapshot!("trouble", said.collect::<String>());
}

#[test]
fn each_departure_is_one_sentence_or_two() {
    let name = || "https://a.example/mcp".to_owned();
    let all = [
        Deviation::NoChallenge,
        Deviation::NoPointer,
        Deviation::UnquotedParameter,
        Deviation::BadPointer(name()),
        Deviation::NothingAtPointer(name()),
        Deviation::OtherResource { named: name(), typed: "https://b.example/mcp".to_owned() },
        Deviation::NoResource,
        Deviation::NoIssuers,
        Deviation::BadIssuer("http://i.example".to_owned()),
        Deviation::OnlyOld,
        Deviation::OtherIssuer { named: "https://i.example".to_owned(), asked: "https://j.example".to_owned() },
        Deviation::NoIssuer,
        Deviation::NoTokenEndpoint,
        Deviation::PlainEndpoint("http://i.example/token".to_owned()),
        Deviation::NoPkce,
        Deviation::NoClientCredentials,
    ];
    insta::assert_snapshot!("deviations", all.iter().map(|deviation| format!("{deviation}\n")).collect::<String>());
}

#[test]
fn a_token_of_another_kind_is_none_that_can_be_sent() {
    let issued = |kind: Option<&str>| TokenAnswer::Issued { kind: kind.map(Into::into), expires_in: None, scope: None };
    assert_eq!(trouble(200, &issued(Some("bearer"))), None);
    assert_eq!(trouble(200, &issued(None)), None);
    assert_eq!(trouble(200, &issued(Some("DPoP"))), Some(Trouble::OtherKind("DPoP".to_owned())));
    assert_eq!(trouble(500, &issued(None)), Some(Trouble::Other(500, NotMetadata::OtherJson)));
}

proptest! {
    #[test]
    fn any_challenge_is_read(value in ".{0,80}|([A-Za-z]{0,3}[ =,\"\\\\/]{0,3}){0,12}") {
        for challenge in read_challenges(&value) {
            prop_assert!(!challenge.scheme.is_empty());
        }
        bearer(&value);
    }

    #[test]
    fn a_written_challenge_reads_back(params in prop::collection::vec(("[a-z]{1,8}", "[ -~]{0,20}"), 0..5), scheme in "[A-Za-z]{1,9}") {
        let quoted = |value: &str| value.replace('\\', "\\\\").replace('"', "\\\"");
        let written: Vec<String> = params.iter().map(|(name, value)| format!("{name}=\"{}\"", quoted(value))).collect();
        let value = format!("{scheme} {}", written.join(", "));
        let expected = Challenge { scheme, params, ..Challenge::default() };
        prop_assert_eq!(read_challenges(&value), [expected]);
    }

    #[test]
    fn any_metadata_is_read(text in ".{0,120}|\\{\"(issuer|resource|authorization_servers)\":.{0,60}") {
        let _ = (read_resource(&text), read_issuer(&text), read_token_answer(&text));
    }

    #[test]
    fn a_token_never_survives_in_an_answer(
        token in "[A-Za-z0-9._~+/-]{24,60}",
        before in "[ -~]{0,20}",
        key in "[a-z_]{0,12}",
        cut in 0_usize..200,
    ) {
        let body = format!("{{\"{key}\":\"{token}\",\"access_token\":\"{token}\",\"scope\":\"{token}\"}}{before}");
        let cut = &body[..body.len() - cut.min(body.len())];
        for text in [body.as_str(), cut, &format!("{before}{token}"), &format!("x={token}&y=1")] {
            let covered = cover(text.as_bytes());
            prop_assert_eq!(covered.bytes.len(), text.len());
            prop_assert!(!String::from_utf8_lossy(&covered.bytes).contains(&token));
        }
    }

    #[test]
    fn any_bytes_are_covered(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        prop_assert_eq!(cover(&bytes).bytes.len(), bytes.len());
    }
}
