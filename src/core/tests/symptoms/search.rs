//! Pastes and what is made of them: the client, the telling line, the causes in order, the probe.

use inspector_core::limits::PASTE_BYTES;
use inspector_core::symptoms::{Found, Outcome, Table, search};
use proptest::prelude::*;

use super::measured::{measurements, version_of};
use super::{core_dir, read, table};

fn paste(name: &str) -> String {
    read(&core_dir().join(format!("fixtures/pastes/{name}.txt")))
}

fn readings<'f>(found: &'f Found<'_>) -> Vec<&'f str> {
    found.readings.iter().map(|reading| reading.symptom.slug.as_str()).collect()
}

fn clients<'f>(found: &'f Found<'_>) -> Vec<&'f str> {
    found.readings.iter().flat_map(|reading| reading.shown_by.iter().map(|by| by.0.id.as_str())).collect()
}

/// The causes that are more than remote possibilities.
fn causes<'f>(found: &'f Found<'_>) -> Vec<&'f str> {
    found.causes.iter().filter(|suspect| !suspect.remote).map(|suspect| suspect.slug.as_str()).collect()
}

fn likely<'f>(found: &'f Found<'_>) -> Option<&'f str> {
    found.causes.first().filter(|suspect| suspect.certainty.as_str() == "likely").map(|suspect| suspect.slug.as_str())
}

#[test]
fn each_text_that_people_paste_is_known_with_its_client_and_its_first_causes() {
    let table = table();
    for (text, client, first) in [
        ("McpError: Session terminated", "python-1", &["session-stale", "endpoint-not-found", "token-rejected"][..]),
        ("MCPError: Session terminated", "python-2", &["session-stale"]),
        ("MCPError: Not Found", "python-2", &["endpoint-not-found"]),
        ("MCPError: Server returned an error response", "python-2", &["token-missing", "token-rejected"]),
        ("MCPError: Session not found", "python-2", &["session-stale"]),
        ("MCPError: Invalid Bearer token", "python-2", &["token-rejected"]),
        (
            "httpx.HTTPStatusError: Client error '401 Unauthorized' for url 'https://x.example/mcp'",
            "python-1",
            &["token-missing"],
        ),
        ("ERROR Unexpected content type: text/html", "python-1", &["not-an-mcp-endpoint"]),
        ("Error parsing JSON response", "python-1", &["response-not-jsonrpc"]),
        ("Timed out while waiting for response to ClientRequest. Waited 5.0 seconds.", "python-1", &["stream-without-response"]),
        ("MCPError: Request 'tools/list' timed out", "python-2", &["response-timeout"]),
        ("MCPError: SSE stream ended without a response", "python-2", &["stream-without-response"]),
        ("SSE stream ended and reconnection attempts were exhausted", "python-2", &["stream-not-resumable"]),
        ("MCPError: Unexpected content type: text/html", "python-2", &["not-an-mcp-endpoint"]),
        ("server answered a request with 202 Accepted", "python-2", &["response-empty"]),
        ("MCPError: Failed to parse JSON response: 1 validation error", "python-2", &["response-not-jsonrpc"]),
        (
            "Redirect to https://x.example/b not followed; use that URL as the endpoint if it is the intended server",
            "python-1",
            &["redirected-endpoint"],
        ),
        ("anyio.ClosedResourceError", "python-1", &["initialized-refused"]),
        ("RuntimeError: Unsupported protocol version from the server: 2099-01-01", "python-1", &["version-unsupported"]),
        ("mcp.shared.exceptions.McpError: Connection closed", "python-1", &["sse-session-lost"]),
        ("RuntimeError: Client failed to connect: All connection attempts failed", "fastmcp-4", &["server-unreachable"]),
        ("Client failed to connect: Failed to initialize server session", "fastmcp-3", &["response-timeout"]),
        ("httpx.ConnectError: All connection attempts failed", "httpx", &["server-unreachable"]),
        ("httpx.ConnectError: [Errno -2] Name or service not known", "httpx", &["server-unreachable"]),
        ("httpx.ConnectError: [SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)", "httpx", &["server-unreachable"]),
        ("httpx.RemoteProtocolError: Server disconnected without sending a response.", "httpx", &["server-unreachable"]),
        ("Received request before initialization was complete", "python-server", &["request-before-initialized"]),
        (
            "StreamableHTTPError: Streamable HTTP error: Error POSTing to endpoint: {\"detail\":\"Not Found\"}",
            "typescript-1",
            &["endpoint-not-found"],
        ),
        ("Error: Error POSTing to endpoint (HTTP 404): Not Found", "typescript-1", &["session-stale", "endpoint-not-found"]),
        ("Streamable HTTP error: Failed to open SSE stream: Conflict", "typescript-1", &["conflicting-stream"]),
        ("Streamable HTTP error: Unexpected content type: null", "typescript-1", &["not-an-mcp-endpoint"]),
        ("MCP error -32000: Connection closed", "typescript-1", &["sse-session-lost"]),
        ("McpError: MCP error -32601: Method not found", "typescript-1", &["method-not-found"]),
        ("UnauthorizedError: Unauthorized", "typescript-1", &["token-missing"]),
        ("Server returned 401 after successful authentication", "typescript-1", &["token-wrong-audience"]),
        ("Server returned 403 after trying upscoping", "typescript-1", &["scope-insufficient"]),
        (
            "SDK auth failed: HTTP 404: Invalid OAuth error response: SyntaxError: Unexpected end of JSON input. Raw body:",
            "claude-code",
            &["token-missing", "session-stale"],
        ),
        ("cause: Error: connect ECONNREFUSED 127.0.0.1:3001", "node", &["server-unreachable"]),
        ("getaddrinfo ENOTFOUND no-such-host.invalid", "node", &["server-unreachable"]),
        ("TypeError: fetch failed ← Error: unexpected redirect", "ai-sdk", &["redirected-endpoint"]),
        ("Redirect to https://x.example/b not followed (redirectPolicy: 'same-origin')", "typescript-1", &[]),
        ("Maximum reconnection attempts (2) exceeded.", "typescript-1", &["stream-not-resumable"]),
        ("SSE error: Non-200 status code (405)", "typescript-1", &["streamable-only-server"]),
        ("SSE error: Invalid content type, expected \"text/event-stream\"", "typescript-1", &["streamable-only-server"]),
        ("SSE error: undefined", "typescript-1", &["sse-endpoint-missing"]),
        ("Endpoint origin does not match connection origin: http://evil.example", "typescript-1", &["sse-endpoint-foreign"]),
        ("Version negotiation failed: the server requires authorization (HTTP 401)", "typescript-2-auto", &["token-missing"]),
        ("Version negotiation failed: the server denied access (HTTP 403)", "typescript-2-auto", &["forbidden"]),
        ("Version negotiation failed: the server answered the probe with HTTP 503", "typescript-2-auto", &["gateway-error"]),
        ("Version negotiation probe timed out after 2000ms", "typescript-2-auto", &["response-timeout"]),
        ("Insufficient scope: required \"mcp:read\"", "typescript-2", &["scope-insufficient"]),
        (
            "MCP HTTP Transport Error: POSTing to endpoint (HTTP 404): Not Found. This server does not support HTTP transport. Try using `sse` transport instead",
            "ai-sdk",
            &[],
        ),
        (
            "MCPClientError: MCP HTTP Transport Error: POSTing to endpoint (HTTP 404): Not Found. The MCP session expired. Create a new client without `initialSessionId` to start a fresh session",
            "ai-sdk",
            &["session-stale"],
        ),
        (
            "Protocol error: Received a response for an unknown message ID: {\"id\":\"server-error\",\"error\":{\"code\":-32600,\"message\":\"Session not found\"}}",
            "ai-sdk",
            &["session-stale"],
        ),
        ("unexpected server response: HTTP 401 Unauthorized: Unauthorized: Session not found", "rmcp", &["session-stale"]),
        ("Session expired (HTTP 404)", "rmcp", &["session-stale"]),
        ("Unexpected content type: Some(\"text/html\")", "rmcp", &["not-an-mcp-endpoint"]),
        (
            "404 status sending message to https://x.example/mcp: Session not found; will retry with new session ID",
            "vscode",
            &["session-stale"],
        ),
        (
            "405 status sending message to https://x.example/mcp, will attempt to fall back to legacy SSE",
            "vscode",
            &["legacy-sse-server"],
        ),
        ("Couldn't reach the MCP server. ofid_1234", "claude-desktop", &["server-unreachable"]),
        (
            "There was an error connecting to orders. Please check your server URL and make sure your server handles auth correctly.",
            "claude-desktop",
            &["token-missing"],
        ),
        ("sending \"initialize\": Unauthorized", "go-sdk", &["token-missing"]),
        ("failed to connect (session ID: 7f): session not found", "go-sdk", &["session-stale"]),
        ("session terminated (404). need to re-initialize", "mcp-go", &["session-stale"]),
        (
            "HttpRequestException: Response status code does not indicate success: 401 (Unauthorized). Response body: token expired",
            "csharp",
            &["token-expired"],
        ),
        ("Session not found for session ID: 7f", "java", &["session-stale"]),
        ("TypeError: Failed to fetch", "chromium", &["cors-blocked", "server-unreachable"]),
        ("TypeError: NetworkError when attempting to fetch resource.", "firefox", &["cors-blocked", "server-unreachable"]),
        ("TypeError: Load failed", "safari", &["cors-blocked", "server-unreachable"]),
        (
            "curl: (7) Failed to connect to localhost port 3000 after 0 ms: Couldn't connect to server",
            "curl",
            &["server-unreachable"],
        ),
        ("POST /mcp HTTP/1.1\" 400 Bad Request", "uvicorn", &["session-stale"]),
        ("Could not find session", "server", &["sse-session-lost"]),
        ("Cannot POST /api/mcp", "server", &["endpoint-not-found"]),
        ("Unauthorized: Session not found", "server", &["session-stale"]),
        ("Bad Request: Missing session ID", "server", &["session-missing"]),
    ] {
        let found = search(table, text);
        assert!(clients(&found).contains(&client), "{text}\n  {:?} of {:?}", clients(&found), readings(&found));
        assert!(causes(&found).starts_with(first), "{text}\n  {:?}", causes(&found));
    }
}

#[test]
fn session_terminated_is_any_404_with_one_client_and_a_lost_session_with_another() {
    let table = table();
    let both = search(table, "Session terminated");
    assert_eq!(readings(&both), ["python-1-session-terminated", "python-2-session-terminated"]);
    assert_eq!(both.probes, ["initialize-without-id"]);
    let first = search(table, "mcp.shared.exceptions.McpError: Session terminated");
    assert_eq!(readings(&first), ["python-1-session-terminated"]);
    assert_eq!(causes(&first), ["session-stale", "endpoint-not-found", "token-rejected", "legacy-sse-server"]);
    // The code tells the two apart where the name of the error is lost.
    assert_eq!(readings(&search(table, "Session terminated (code 32600)")), ["python-1-session-terminated"]);
    assert_eq!(readings(&search(table, "code=-32600, message='Session terminated'")), ["python-2-session-terminated"]);
}

#[test]
fn the_first_request_cannot_have_lost_its_session() {
    let found = search(table(), &paste("initialize"));
    assert_eq!(clients(&found), ["python-1", "langchain"]);
    assert_eq!(causes(&found), ["endpoint-not-found", "token-rejected", "legacy-sse-server"]);
    assert!(found.causes.iter().any(|suspect| suspect.slug == "session-stale" && suspect.remote));
}

#[test]
fn the_servers_own_words_decide_wherever_they_stand_in_the_paste() {
    let found = search(table(), &paste("initialize-and-curl"));
    assert_eq!(likely(&found), Some("token-rejected"));
    assert_eq!(found.telling.unwrap().text, "mcp.shared.exceptions.McpError: Session terminated");
}

#[test]
fn minus_32001_alone_is_six_things_and_its_words_decide() {
    let table = table();
    let alone = search(table, "-32001");
    assert_eq!(likely(&alone), None);
    for slug in
        ["session-stale", "token-rejected", "response-timeout", "stream-without-response", "token-missing", "header-mismatch"]
    {
        let suspect = alone.causes.iter().find(|suspect| suspect.slug == slug).unwrap_or_else(|| panic!("{slug}"));
        assert!(suspect.apart.starts_with("The words") || suspect.apart.starts_with("The client"), "{}", suspect.apart);
    }
    for (text, first) in [
        ("{\"jsonrpc\":\"2.0\",\"id\":0,\"error\":{\"code\":-32001,\"message\":\"Invalid Bearer token\"}}", "token-rejected"),
        ("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32001,\"message\":\"Session not found\"},\"id\":null}", "session-stale"),
        (
            "HTTP 401: {\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32001,\"message\":\"Missing Authentication Token\"},\"id\":\"null\"}",
            "token-missing",
        ),
        ("MCP error -32001: Request timed out", "response-timeout"),
        ("MCPError: Request 'tools/call' timed out", "response-timeout"),
        (
            "McpError: MCP error -32001: Streamable HTTP error: Error POSTing to endpoint: {\"error\":\"invalid_token\",\"error_description\":\"expired\"}",
            "token-rejected",
        ),
        (paste("pretty-error").as_str(), "header-mismatch"),
    ] {
        let found = search(table, text);
        assert_eq!(causes(&found).first(), Some(&first), "{text}: {:?}", causes(&found));
    }
}

#[test]
fn the_leaf_of_an_exception_group_counts_and_not_its_wrapper() {
    let found = search(table(), &paste("exception-group"));
    assert_eq!(found.telling.as_ref().unwrap().line, 23);
    assert_eq!(readings(&found), ["python-1-client-error"]);
    assert_eq!(clients(&found), ["python-1"]);
}

#[test]
fn a_wrapper_alone_says_to_look_inside() {
    let found = search(table(), "ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)");
    assert_eq!(readings(&found), ["exception-group"]);
    assert!(found.causes.is_empty());
}

#[test]
fn an_error_that_nobody_knows_is_quoted_and_not_guessed_at() {
    let table = table();
    let found = search(table, &paste("exception-group-unknown-leaf"));
    assert_eq!(found.telling.unwrap().text, "shop.errors.OrderError: the basket is empty");
    assert!(found.readings.is_empty() && found.causes.is_empty());
    for text in [
        "",
        "hello",
        "It does not work.",
        "The session ended and we all went home. Not found anywhere.",
        "npm ERR! code 1\nnpm ERR! path /app",
    ] {
        let found = search(table, text);
        assert!(found.readings.is_empty() && found.causes.is_empty(), "{text}: {:?}", readings(&found));
    }
}

#[test]
fn pastes_of_all_kinds_lead_to_their_line_client_and_cause() {
    let table = table();
    for (name, line, client, first) in [
        ("node-cause", 5, "typescript-1", "server-unreachable"),
        ("node-http-error", 5, "typescript-1", "endpoint-not-found"),
        ("node-timed-out", 1, "typescript-1", "response-timeout"),
        ("json-log", 2, "typescript-1", "session-stale"),
        ("cursor", 2, "cursor", "session-stale"),
        ("vscode", 2, "vscode", "endpoint-not-found"),
        ("codex", 1, "codex", "token-missing"),
        ("rich-traceback", 6, "fastmcp-3", "server-unreachable"),
        ("compose", 3, "uvicorn", "token-missing"),
        ("java", 3, "java", "token-missing"),
        ("python-server", 1, "python-server", "request-before-initialized"),
        ("console", 1, "chromium", "cors-blocked"),
        ("fastmcp-hang", 1, "python-1", "not-an-mcp-endpoint"),
    ] {
        let text = paste(name);
        for text in [text.clone(), text.replace('\n', "\r\n"), text.lines().map(|line| format!("> {line}\n")).collect()] {
            let found = search(table, &text);
            assert_eq!(found.telling.as_ref().unwrap().line, line, "{name}");
            assert!(clients(&found).contains(&client), "{name}: {:?}", clients(&found));
            assert_eq!(causes(&found).first(), Some(&first), "{name}: {:?}", causes(&found));
        }
    }
}

#[test]
fn what_was_pasted_in_the_five_incidents_names_the_true_cause_among_the_first() {
    let table = table();
    for (name, cause, within) in [
        ("initialize-and-curl", "token-rejected", 1),
        ("initialize", "token-rejected", 2),
        ("could-not-find-session", "sse-session-lost", 1),
        ("redeployed", "session-stale", 1),
        ("storm", "session-storm", 1),
        ("tool-call", "session-stale", 1),
        ("tool-call", "stream-without-response", 5),
    ] {
        let found = search(table, &paste(name));
        let at = found.causes.iter().position(|suspect| suspect.slug == cause);
        assert!(at.is_some_and(|at| at < within), "{name}: {cause} is at {at:?} of {:?}", causes(&found));
    }
    for name in ["initialize", "tool-call", "redeployed", "could-not-find-session"] {
        assert_eq!(search(table, &paste(name)).probes, ["initialize-without-id"], "{name}");
    }
}

#[test]
fn what_clients_printed_is_recognised_as_theirs() {
    let table = table();
    let mut wrong = Vec::new();
    for (fault, client, cell) in measurements() {
        let Some(text) = as_printed(&cell) else { continue };
        let found = search(table, &text);
        let by = found.readings.iter().flat_map(|reading| &reading.shown_by);
        let version = version_of(&client);
        let name = client.split('@').next().unwrap();
        if !by.clone().any(|by| by.0.id == name && by.1.contains(version)) {
            wrong.push(format!("{fault} {client}: {text}\n    {:?} {:?}", readings(&found), clients(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// A measured cell as the program prints it; `None` for one that says nothing, or has lost what it said.
fn as_printed(cell: &str) -> Option<String> {
    let text = match cell.strip_prefix("HANG (log: ").or_else(|| cell.strip_prefix("works (onerror: ")) {
        Some(log) => log.trim_end_matches(')').to_owned(),
        None => cell.to_owned(),
    };
    if text == "HANG" || text == "works" || text.contains("UND_ERR_REQ_CONTENT_LENGTH_MISMATCH") {
        return None;
    }
    // `McpError(32600): text` is how the measurement writes an error and its code.
    let (head, rest) = text.split_once(": ").unwrap_or((&text, ""));
    let named = head.split_once('(').filter(|(name, code)| name.ends_with("Error") && code.ends_with(')'));
    let text = match named {
        Some((name, code)) => format!("{name}: {rest}\n  code: {}", code.trim_end_matches(')')),
        None => text.clone(),
    };
    Some(
        text.replace("'URL'", "'https://mcp.example/mcp'")
            .replace("to URL not", "to https://mcp.example/b not")
            .replace('…', " 1"),
    )
}

#[test]
fn of_a_whole_log_the_telling_line_is_found_wherever_it_stands() {
    let table = table();
    let noise = "2026-11-20 08:12:44.120 [info] processed 17 orders in 120 ms, next run in 30 s\n";
    let half = noise.repeat(PASTE_BYTES / noise.len() / 2 - 10);
    for text in [
        format!("McpError: Session terminated\n{half}{half}"),
        format!("{half}McpError: Session terminated\n{half}"),
        format!("{half}{half}McpError: Session terminated"),
        format!("{}McpError: Session terminated", noise.repeat(3 * PASTE_BYTES / noise.len())),
    ] {
        let found = search(table, &text);
        let line = text.lines().position(|line| line.starts_with("McpError")).unwrap() + 1;
        assert_eq!(found.telling.unwrap().line, line);
        assert_eq!(found.readings.len(), 1);
    }
}

/// Pieces of which pastes are made that mean something to the search.
fn piece(table: &Table) -> impl Strategy<Value = String> + use<> {
    let known: Vec<String> =
        table.symptoms.iter().filter_map(|symptom| symptom.printed(|_| inspector_core::symptoms::Filling::Unknown)).collect();
    prop_oneof![
        3 => proptest::sample::select(known),
        1 => proptest::sample::select(vec!["\n", "\r\n", " ", "{", "}", "\\n", "\\\"", "\u{1b}[31m", "\u{1b}]8;;", "\u{1b}", "| ", "\"code\": ", "code: 404", "é", "💥", "\u{0}", "http/1.1 "]).prop_map(String::from),
        1 => ".{0,20}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_paste_is_read_and_what_is_said_of_it_is_complete(pieces in proptest::collection::vec(piece(table()), 0..30)) {
        let table = table();
        let text = pieces.concat();
        let found = search(table, &text);
        prop_assert!(found.readings.is_empty() || found.telling.is_some());
        if let Some(telling) = &found.telling {
            prop_assert!(telling.line >= 1 && telling.line <= text.lines().count().max(1));
        }
        prop_assert!(found.causes.iter().all(|suspect| !suspect.apart.is_empty()));
        let wrapper = found.readings.iter().all(|reading| reading.symptom.outcome == Outcome::Wraps || reading.symptom.causes.named.is_empty());
        prop_assert!(wrapper || !found.causes.is_empty());
    }
}
