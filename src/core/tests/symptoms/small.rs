//! Little is pasted: a status, a line of another program, a server that was never started.

use inspector_core::symptoms::{Found, search};

use super::table;

fn causes<'f>(found: &'f Found<'_>) -> Vec<&'f str> {
    found.causes.iter().filter(|suspect| !suspect.remote).map(|suspect| suspect.slug.as_str()).collect()
}

#[test]
fn a_status_alone_leads_to_what_can_be_behind_it() {
    for (text, first) in [
        ("404", "session-stale"),
        ("HTTP 404 Not Found", "session-stale"),
        ("401 Unauthorized", "token-missing"),
        ("502 Bad Gateway", "gateway-error"),
        ("Error: 503", "gateway-error"),
        ("Request failed with status code 403", "forbidden"),
        ("HTTP/2 405 \r\ndate: Fri, 20 Nov 2026 08:12:44 GMT\r\n", "method-not-allowed"),
        ("< HTTP/1.1 406 Not Acceptable", "accept-refused"),
        ("aiohttp.client_exceptions.ClientResponseError: 429, message='Too Many Requests'", "rate-limited"),
        ("308 Permanent Redirect", "redirected-endpoint"),
    ] {
        let found = search(table(), text);
        assert_eq!(causes(&found).first(), Some(&first), "{text}: {:?}", causes(&found));
        assert!(found.telling.is_some(), "{text}");
    }
}

#[test]
fn a_status_gives_way_to_any_text_that_says_more() {
    let found = search(table(), "404 Not Found\nMCPError: Invalid Bearer token");
    assert_eq!(causes(&found).first(), Some(&"token-rejected"));
    let quiet = search(table(), "\"GET /health HTTP/1.1\" 404 Not Found\nprocessed 502 orders");
    assert!(quiet.readings.is_empty());
}

#[test]
fn what_nobody_knew_is_known() {
    for (text, first) in [
        ("SyntaxError: Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON", "not-an-mcp-endpoint"),
        ("Unexpected token 'I', \"Internal S\"... is not valid JSON", "response-not-json"),
        ("TypeError: fetch failed\n  cause: HeadersTimeoutError: Headers Timeout Error", "response-timeout"),
        ("BodyTimeoutError: Body Timeout Error", "stream-cut"),
        ("ConnectTimeoutError: Connect Timeout Error (attempted address: x:443, timeout: 10000ms)", "server-unreachable"),
        ("Error: HTTP 401 trying to load OAuth metadata", "token-missing"),
        ("Error: HTTP 401 trying to load well-known OAuth protected resource metadata.", "token-missing"),
        ("Incompatible auth server: does not support dynamic client registration", "token-missing"),
        ("Protected resource https://x.example/ does not match expected https://x.example/mcp (or origin)", "token-missing"),
        ("mcp.client.auth.OAuthRegistrationError: Registration failed: 403 Forbidden", "token-missing"),
        ("dial tcp 127.0.0.1:8000: connect: connection refused", "server-unreachable"),
        (
            "MCP client for `orders` timed out after 10 seconds. Add or adjust `startup_timeout_sec` in your config.toml",
            "response-timeout",
        ),
    ] {
        let found = search(table(), text);
        assert_eq!(causes(&found).first(), Some(&first), "{text}: {:?}", causes(&found));
    }
}

#[test]
fn a_certificate_that_is_not_trusted_was_sent_by_a_server_that_answers() {
    for text in [
        "TypeError: fetch failed\n  [cause]: Error: self-signed certificate in certificate chain\n    code: 'SELF_SIGNED_CERT_IN_CHAIN'",
        "Error: self signed certificate in certificate chain",
        "Error: unable to verify the first certificate",
        "code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'",
        "Error: unable to get local issuer certificate",
        "tls: failed to verify certificate: x509: certificate signed by unknown authority",
        "invalid peer certificate: UnknownIssuer",
        "sun.security.validator.ValidatorException: PKIX path building failed",
    ] {
        let found = search(table(), text);
        assert!(found.readings[0].means.starts_with("The server answered"), "{text}: {}", found.readings[0].means);
        assert!(found.advice.is_some(), "{text}");
        assert!(found.causes.iter().all(|suspect| suspect.certainty.as_str() == "possible"), "{text}");
    }
}

#[test]
fn a_server_that_was_never_started_is_no_matter_of_http() {
    for text in [
        "Error: spawn npx ENOENT",
        "2026-11-20 08:12:44.903 [error] spawn C:\\Program Files\\nodejs\\npx.cmd ENOENT",
        "exec: \"npx\": executable file not found in $PATH",
        "npm error code E404\nnpm error 404 Not Found - GET https://registry.npmjs.org/orders-mcp - Not found",
    ] {
        let found = search(table(), text);
        assert!(found.causes.is_empty() && found.probes.is_empty(), "{text}: {:?}", causes(&found));
        let said = format!("{} {}", found.readings[0].means, found.advice.unwrap());
        assert!(said.contains("not about HTTP") || said.contains("not an MCP server's"), "{text}: {said}");
    }
}

#[test]
fn the_reason_phrase_of_every_status_that_clients_print_is_known() {
    for status in [402, 414, 428, 431, 507, 511] {
        assert!(!inspector_core::http::reason_phrase(status).is_empty(), "{status}");
    }
    let found = search(
        table(),
        "httpx.HTTPStatusError: Client error '431 Request Header Fields Too Large' for url 'https://x.example/mcp'",
    );
    assert_eq!(causes(&found).first(), Some(&"payload-too-large"), "{:?}", causes(&found));
}
