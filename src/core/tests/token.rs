//! A token is looked at as it was typed: what it says, and what is visibly wrong with it.
#![allow(clippy::unwrap_used)]

use base64ct::{Base64Url, Base64UrlUnpadded, Encoding};
use inspector_core::limits::TOKEN_BYTES;
use inspector_core::time::Wall;
use inspector_core::token::{Flaw, Jwt, Token, Truncation, Validity, flaws, inspect, normalise, validity};
use proptest::prelude::*;

const HEADER: &str = r#"{"alg":"RS256","typ":"at+jwt","kid":"k1"}"#;

fn encode(text: &str) -> String {
    Base64UrlUnpadded::encode_string(text.as_bytes())
}

/// A token with these claims.
fn jwt(claims: &str) -> String {
    format!("{}.{}.c2lnbmF0dXJl", encode(HEADER), encode(claims))
}

fn read(token: &str) -> Jwt {
    let jwt = match inspect(token) {
        Token::Jwt(jwt) => Some(*jwt),
        Token::Opaque { .. } => None,
    };
    jwt.unwrap()
}

fn said(raw: &str) -> Vec<String> {
    flaws(raw).iter().map(Flaw::to_string).collect()
}

#[test]
fn a_jwt_shows_its_header_and_claims() {
    let claims = r#"{"iss":"https://issuer.example","sub":"ada","aud":"https://mcp.example","scope":"tools:read  tools:call",
        "iat":1795280000,"nbf":1795280001,"exp":1795283600}"#;
    let expected = Jwt {
        header: HEADER.to_owned(),
        payload: claims.to_owned(),
        alg: Some("RS256".to_owned()),
        typ: Some("at+jwt".to_owned()),
        kid: Some("k1".to_owned()),
        iss: Some("https://issuer.example".to_owned()),
        sub: Some("ada".to_owned()),
        aud: vec!["https://mcp.example".to_owned()],
        scopes: vec!["tools:read".to_owned(), "tools:call".to_owned()],
        iat: Some(Wall::from_secs(1_795_280_000)),
        nbf: Some(Wall::from_secs(1_795_280_001)),
        exp: Some(Wall::from_secs(1_795_283_600)),
    };
    assert_eq!(read(&jwt(claims)), expected);
}

#[test]
fn audience_and_scopes_may_be_arrays() {
    let token = read(&jwt(r#"{"aud":["a","b"],"scp":["read","write"]}"#));
    assert_eq!((token.aud, token.scopes), (vec!["a".to_owned(), "b".to_owned()], vec!["read".to_owned(), "write".to_owned()]));
    assert_eq!(read(&jwt(r#"{"scp":"read write"}"#)).scopes, ["read", "write"]);
}

#[test]
fn claims_of_the_wrong_type_are_left_out() {
    let token = read(&jwt(r#"{"iss":1,"aud":{"a":1},"scope":null,"exp":"1795283600","iat":true}"#));
    assert_eq!((token.iss, token.exp, token.iat), (None, None, None));
    assert!(token.aud.is_empty() && token.scopes.is_empty());
}

#[test]
fn dates_may_have_fractions_and_any_size() {
    assert_eq!(read(&jwt(r#"{"exp":1795283600.25}"#)).exp, Some(Wall(1_795_283_600_250)));
    assert_eq!(read(&jwt(r#"{"exp":1e300}"#)).exp, Some(Wall(i64::MAX)));
    assert_eq!(read(&jwt(r#"{"exp":-1}"#)).exp, Some(Wall(-1_000)));
}

#[test]
fn padding_is_tolerated() {
    let token = format!("{}.{}.", Base64Url::encode_string(HEADER.as_bytes()), Base64Url::encode_string(br#"{"iss":"a"}"#));
    assert!(token.contains('='));
    assert_eq!(read(&token).iss.unwrap(), "a");
}

#[test]
fn a_jwt_is_read_behind_bearer_and_white_space() {
    assert_eq!(read(&format!(" Bearer {}\n", jwt(r#"{"iss":"a"}"#))).iss.unwrap(), "a");
}

#[test]
fn anything_else_is_opaque_with_its_length() {
    let encrypted = format!("{}.a.b.c.d", encode(HEADER));
    let array = format!("{}.{}.c", encode(HEADER), encode("[]"));
    for token in ["sk-123", "a.b.c", "..", "é", &encrypted, &array] {
        assert_eq!(inspect(token), Token::Opaque { chars: token.chars().count() });
    }
}

#[test]
fn a_token_above_the_limit_is_not_read() {
    let long = jwt(&format!(r#"{{"iss":"{}"}}"#, "a".repeat(TOKEN_BYTES)));
    assert!(matches!(inspect(&long), Token::Opaque { .. }));
    assert_eq!(flaws(&long), [Flaw::TooLong { bytes: long.len() }]);
}

#[test]
fn a_token_is_valid_from_nbf_until_just_before_exp() {
    let token = read(&jwt(r#"{"nbf":100,"exp":200}"#));
    let cases = [
        (99, Validity::NotYet { from: Wall::from_secs(100) }),
        (100, Validity::Valid { until: Wall::from_secs(200) }),
        (199, Validity::Valid { until: Wall::from_secs(200) }),
        (200, Validity::Expired { since: Wall::from_secs(200) }),
    ];
    for (now, expected) in cases {
        assert_eq!(validity(&token, Wall::from_secs(now)), expected);
    }
}

#[test]
fn a_token_without_exp_names_no_end() {
    assert_eq!(validity(&read(&jwt("{}")), Wall::from_secs(1)), Validity::NoExpiry);
}

#[test]
fn what_is_sent_has_no_white_space_around_it_and_one_bearer_less() {
    let cases = [
        ("abc", "abc"),
        (" \tabc\r\n", "abc"),
        ("Bearer abc", "abc"),
        ("bEARER \t abc", "abc"),
        ("Bearer Bearer abc", "Bearer abc"),
        ("Bearerabc", "Bearerabc"),
        ("Bearer", ""),
        ("\"abc\"", "\"abc\""),
        ("Bea€er abc", "Bea€er abc"),
        ("", ""),
    ];
    for (typed, sent) in cases {
        assert_eq!(normalise(typed), sent, "{typed:?}");
    }
}

#[test]
fn a_good_token_has_no_flaws() {
    for token in ["", "sk-123_~+/=", "1|laravel", "ghp_x", "user:pass", "a.b.c", "nullable", "$2y$10", &jwt(r#"{"exp":1}"#)] {
        assert_eq!(flaws(token), [], "{token}");
    }
}

#[test]
fn white_space_around_the_token_is_told_apart() {
    assert_eq!(flaws(" abc"), [Flaw::LeadingSpace]);
    assert_eq!(flaws("abc\n"), [Flaw::TrailingSpace]);
    assert_eq!(flaws("\tabc "), [Flaw::LeadingSpace, Flaw::TrailingSpace]);
}

#[test]
fn nothing_but_white_space_or_the_scheme_is_no_token() {
    for raw in [" ", "\n\t"] {
        assert_eq!(flaws(raw), [Flaw::Empty]);
    }
    assert_eq!(flaws("Bearer"), [Flaw::BearerPrefix, Flaw::Empty]);
    assert_eq!(flaws("\"\""), [Flaw::Quoted { quote: '"' }, Flaw::Empty]);
}

#[test]
fn bearer_is_told_once_or_twice() {
    assert_eq!(flaws("Bearer abc"), [Flaw::BearerPrefix]);
    assert_eq!(flaws("bearer  Bearer abc"), [Flaw::BearerTwice]);
}

#[test]
fn quotes_are_found_straight_and_curly_on_one_side_or_both() {
    for (raw, quote) in [("\"abc\"", '"'), ("'abc'", '\''), ("“abc”", '“'), ("‘abc’", '‘'), ("`abc`", '`'), ("abc\"", '"')]
    {
        assert_eq!(flaws(raw), [Flaw::Quoted { quote }], "{raw}");
    }
    assert_eq!(flaws("\"Bearer abc\""), [Flaw::Quoted { quote: '"' }, Flaw::BearerPrefix]);
}

#[test]
fn a_break_or_space_inside_is_found_at_its_character() {
    assert_eq!(flaws("abc\r\ndef\nghi"), [Flaw::LineBreak { position: 4 }]);
    assert_eq!(flaws("ab c d"), [Flaw::InnerSpace { position: 3 }]);
    assert_eq!(flaws("  Bearer ab\u{a0}c"), [Flaw::LeadingSpace, Flaw::BearerPrefix, Flaw::InnerSpace { position: 12 }]);
}

#[test]
fn an_invisible_character_is_named_with_its_code_and_place() {
    let cases = [
        ('\u{200b}', "U+200B (zero width space)"),
        ('\u{feff}', "U+FEFF (byte order mark)"),
        ('\u{ad}', "U+00AD (soft hyphen)"),
        ('\u{202e}', "U+202E (bidirectional control)"),
        ('\u{2060}', "U+2060 (word joiner)"),
    ];
    for (char, name) in cases {
        let expected = format!("There is an invisible character in the token, {name}, at character 3.");
        assert_eq!(said(&format!("ab{char}c")), [expected]);
    }
}

#[test]
fn a_byte_order_mark_before_the_token_is_no_white_space() {
    assert_eq!(flaws("\u{feff}abc"), [Flaw::Invisible { char: '\u{feff}', name: "byte order mark", position: 1 }]);
}

#[test]
fn control_and_other_characters_are_found() {
    assert_eq!(flaws("ab\u{1b}c"), [Flaw::Control { char: '\u{1b}', position: 3 }]);
    assert_eq!(flaws("abс"), [Flaw::NonAscii { char: 'с', position: 3 }]);
}

#[test]
fn what_a_browser_refuses_to_send_is_known() {
    let sent = |raw: &str| !flaws(raw).iter().any(Flaw::prevents_sending);
    for raw in ["a\nb", "a\rb", "a\0b", "a\u{200b}b", "a€b", "a\u{2028}b"] {
        assert!(!sent(raw), "{raw:?}");
    }
    for raw in ["abc", "a b", "aéb", "a\u{ad}b", "Bearer Bearer a", "<token>"] {
        assert!(sent(raw), "{raw:?}");
    }
}

#[test]
fn a_harmless_character_does_not_hide_one_that_cannot_be_sent() {
    assert_eq!(flaws("aé€b"), [Flaw::NonAscii { char: 'é', position: 2 }, Flaw::NonAscii { char: '€', position: 3 }]);
}

#[test]
fn text_that_only_stands_for_a_token_is_found() {
    let placeholders = [
        "<token>",
        "<YOUR TOKEN>",
        "YOUR_TOKEN",
        "your-api-key",
        "$TOKEN",
        "${ACCESS_TOKEN}",
        "{{token}}",
        "%TOKEN%",
        "xxx",
        "XXXXXXXX",
        "********",
        "undefined",
        "null",
        "None",
        "[object Object]",
        "token",
    ];
    for text in placeholders {
        assert_eq!(flaws(text), [Flaw::Placeholder], "{text}");
        assert_eq!(flaws(&format!("Bearer {text}")), [Flaw::BearerPrefix, Flaw::Placeholder], "{text}");
    }
}

#[test]
fn a_jwt_with_a_part_missing_is_found() {
    let (header, payload) = (encode(HEADER), encode(r#"{"iss":"a"}"#));
    let cases = [
        (format!("{header}.{payload}.abc..."), Truncation::Ellipsis),
        ("ghp_abc...".to_owned(), Truncation::Ellipsis),
        (format!("{header}.{payload}"), Truncation::Parts { found: 2 }),
        (header.clone(), Truncation::Parts { found: 1 }),
        (format!("{header}."), Truncation::Parts { found: 1 }),
        (format!("{header}.{}.abc", &payload[..7]), Truncation::Payload),
        (format!("{}.{payload}.abc", &header[..9]), Truncation::Header),
        (format!("{header}.{payload}."), Truncation::Signature),
    ];
    for (token, truncation) in cases {
        assert_eq!(flaws(&token), [Flaw::Truncated(truncation)], "{token}");
    }
}

#[test]
fn an_unsigned_jwt_says_so_itself_and_is_whole() {
    assert_eq!(flaws(&format!("{}.{}.", encode(r#"{"alg":"none"}"#), encode("{}"))), []);
}

#[test]
fn a_whole_header_is_found_as_request_curl_and_json_write_it() {
    for raw in [
        "Authorization: Bearer abc",
        "authorization:Bearer abc",
        "-H \"Authorization: Bearer abc\"",
        "\"Authorization\": \"Bearer abc\"",
        "curl --header 'Authorization: Bearer abc'",
    ] {
        assert_eq!(flaws(raw), [Flaw::AuthorizationHeader], "{raw}");
    }
}

#[test]
fn a_whole_token_response_is_found_even_when_it_is_cut() {
    for raw in [
        r#"{"token_type":"Bearer","access_token":"abc"}"#,
        "{\n \"access_token\": \"abc\",",
        "access_token=abc&token_type=bearer",
    ] {
        assert_eq!(flaws(raw), [Flaw::TokenResponse], "{raw}");
    }
}

#[test]
fn several_flaws_are_told_together() {
    let found = flaws(" \"Bearer abc\u{200b}\ndef\" ");
    let expected = [
        Flaw::LeadingSpace,
        Flaw::TrailingSpace,
        Flaw::Quoted { quote: '"' },
        Flaw::BearerPrefix,
        Flaw::Invisible { char: '\u{200b}', name: "zero width space", position: 13 },
        Flaw::LineBreak { position: 14 },
    ];
    assert_eq!(found, expected);
}

proptest! {
    #[test]
    fn no_text_breaks_anything(raw in any::<String>(), jwt_like in "(eyJ[A-Za-z0-9_=-]{0,12}|[\"' ]|Bearer |\\.|…|\u{200b}){0,8}") {
        for raw in [raw, jwt_like] {
            inspect(&raw);
            for flaw in flaws(&raw) {
                flaw.to_string();
            }
        }
    }

    #[test]
    fn what_a_browser_would_refuse_is_always_announced(raw in "[a-z]{2}[a-z \\r\\n\0\u{1}é€\u{200b}]{1,6}[a-z]{2}") {
        let refused = normalise(&raw).chars().any(|char| char > '\u{ff}' || matches!(char, '\0' | '\r' | '\n'));
        prop_assert_eq!(flaws(&raw).iter().any(Flaw::prevents_sending), refused);
    }
}

#[test]
fn a_time_in_milliseconds_is_a_flaw_of_whoever_issued_the_token() {
    assert_eq!(flaws(&jwt(r#"{"iat":1764000000,"exp":1794000000000}"#)), [Flaw::Milliseconds { claim: "exp" }]);
    assert_eq!(flaws(&jwt(r#"{"iat":1764000000,"exp":1794000000}"#)), []);
}
