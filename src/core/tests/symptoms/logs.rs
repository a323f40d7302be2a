//! Whole logs: which line counts, whatever stands around it, and what is said of a log that is too long.

use inspector_core::limits::PASTE_BYTES;
use inspector_core::symptoms::{Filling, Found, search};

use super::table;

/// The line that tells the most.
fn telling<'f>(found: &'f Found<'_>) -> &'f str {
    found.telling.as_ref().map_or("", |telling| telling.text.as_str())
}

/// The first cause.
fn first<'f>(found: &'f Found<'_>) -> &'f str {
    found.causes.first().map_or("", |suspect| suspect.slug.as_str())
}

fn symptom<'f>(found: &'f Found<'_>) -> &'f str {
    found.readings.first().map_or("", |reading| reading.symptom.slug.as_str())
}

#[test]
fn the_error_at_the_end_of_a_long_log_of_good_requests_is_found() {
    let good = "INFO:httpx:HTTP Request: POST https://mcp.example/mcp \"HTTP/1.1 200 OK\"\n\
                INFO:     10.0.0.4:60145 - \"POST /mcp HTTP/1.1\" 200 OK\n\
                INFO:mcp.server.streamable_http_manager:Created new transport with session ID: 8430e746a8c6497d\n";
    let log = format!("{}mcp.shared.exceptions.McpError: Session terminated", good.repeat(4_000));
    let found = search(table(), &log);
    assert_eq!((telling(&found), found.unread), ("mcp.shared.exceptions.McpError: Session terminated", None));
}

#[test]
fn what_was_not_searched_is_said_with_its_lines() {
    let noise = "2026-11-20 08:12:44.120 [info] processed 17 orders in 120 ms, next run in 30 s\n";
    let half = noise.repeat(2 * PASTE_BYTES / noise.len());
    let found = search(table(), &format!("{half}McpError: Session terminated\n{half}"));
    let unread = found.unread.unwrap();
    let at = half.lines().count() + 1;
    assert!(unread.first < at && at < unread.last && unread.bytes > 2 * PASTE_BYTES, "{unread:?}");
    assert_eq!(found.readings.len(), 0);
}

#[test]
fn a_text_that_looks_like_everything_is_searched_from_its_end_and_the_rest_is_said() {
    let known: Vec<String> = table().symptoms.iter().filter_map(|symptom| symptom.printed(|_| Filling::Absent)).collect();
    let line: String = known.join(" ").chars().filter(|c| *c != '\n').take(4_000).collect();
    let hostile = format!("{}\n", line.replace(": ", " "));
    let log = format!("first\n{}MCPError: Invalid Bearer token", hostile.repeat(PASTE_BYTES / hostile.len() - 2));
    let found = search(table(), &log);
    assert_eq!(found.unread.map(|unread| unread.first), Some(1));
    assert!(found.unread.unwrap().last < log.lines().count());
}

#[test]
fn a_line_of_progress_never_beats_an_error() {
    let log = "2026-11-20 08:12:40.120 [info] Starting server orders\n\
               2026-11-20 08:12:45.120 [info] Waiting for server to respond to `initialize` request...\n\
               2026-11-20 08:12:50.120 [info] Waiting for server to respond to `initialize` request...\n\
               2026-11-20 08:12:51.903 [info] 404 status sending message to https://orders.example.com/mcp, will attempt to fall back to legacy SSE\n\
               2026-11-20 08:12:52.377 [error] Error 404 status connecting to https://orders.example.com/mcp as SSE: Not Found";
    let found = search(table(), log);
    assert_eq!((found.telling.as_ref().unwrap().line, symptom(&found)), (4, "vscode-fallback"));
    assert_eq!(first(&found), "endpoint-not-found");
    let alone = search(table(), log.lines().nth(1).unwrap());
    assert_eq!(symptom(&alone), "vscode-waiting");
}

#[test]
fn what_says_that_another_line_counts_never_counts_itself() {
    let cursor = "2026-11-20 08:12:44.120 [info] Handling CreateClient action\n\
                  2026-11-20 08:12:44.903 [error] Client error for command fetch failed\n\
                  2026-11-20 08:12:44.904 [error] Error connecting to streamableHttp server, falling back to SSE: fetch failed\n\
                  2026-11-20 08:12:44.905 [error] self-signed certificate in certificate chain";
    let found = search(table(), cursor);
    assert_eq!(symptom(&found), "node-self-signed-chain");
    let only = search(table(), "Client error for command fetch failed");
    assert!(only.causes.iter().all(|suspect| suspect.certainty.as_str() == "possible"), "{:?}", only.causes);
}

#[test]
fn what_a_transport_died_of_counts_and_not_that_it_died() {
    let codex = "ERROR rmcp::transport::worker: worker quit with fatal: Transport channel closed, when Client(reqwest::Error { kind: Request, \
                 source: hyper_util::client::legacy::Error(Connect, ConnectError(\"tcp connect error\", Os { code: 111, kind: ConnectionRefused, message: \"Connection refused\" })) })";
    let apart = "Error: Transport channel closed\n  Caused by: tcp connect error: Connection refused (os error 111)";
    for log in [codex, apart] {
        let found = search(table(), log);
        assert_eq!(first(&found), "server-unreachable", "{log}\n{:?}", symptom(&found));
    }
}

#[test]
fn of_two_matters_the_later_one_counts() {
    let earlier = "10:00:00 Error: connect ECONNREFUSED 127.0.0.1:8000\n10:00:01 retrying\n";
    let later = "Error: Error POSTing to endpoint (HTTP 401): Unauthorized";
    let found = search(table(), &format!("{earlier}11:30:00 {later}\n11:30:01 {later}"));
    assert_eq!((found.telling.as_ref().unwrap().line, first(&found)), (3, "token-missing"));
    // Close in time, what comes first leads to the rest.
    let found = search(table(), &format!("{earlier}10:00:02 {later}"));
    assert_eq!(first(&found), "server-unreachable");
    let again = search(table(), &format!("{earlier}10:00:02 [info] Starting server orders\n10:00:02 {later}"));
    assert_eq!(first(&again), "token-missing");
}

#[test]
fn a_log_of_each_request_confirms_what_the_client_says_and_does_not_speak_first() {
    let log = "INFO:httpx:HTTP Request: POST https://mcp.example/mcp \"HTTP/1.1 404 Not Found\"\n\
               INFO:httpx:HTTP Request: POST https://api.example/v1/chat \"HTTP/1.1 500 Internal Server Error\"\n\
               mcp.shared.exceptions.McpError: Session terminated";
    let found = search(table(), log);
    assert_eq!(found.telling.as_ref().unwrap().line, 3);
    let alone = search(table(), log.lines().next().unwrap());
    assert_eq!(first(&alone), "session-stale");
}

#[test]
fn a_bridge_that_stands_in_for_a_remote_server_says_what_the_remote_server_said() {
    let desktop = "2026-11-20T08:12:40.120Z [orders] [info] Initializing server...\n\
                   2026-11-20T08:12:40.903Z [orders] [info] Server started and connected successfully\n\
                   [81234] Connecting to remote server: https://orders.example.com/mcp\n\
                   [81234] Using transport strategy: http-first\n\
                   [81234] Connection error: Error: Error POSTing to endpoint (HTTP 404): Not Found\n\
                   2026-11-20T08:12:42.120Z [orders] [info] Server transport closed unexpectedly, this is likely due to the process exiting early.\n\
                   2026-11-20T08:12:42.121Z [orders] [error] Server disconnected. For troubleshooting guidance, please visit our [debugging documentation]";
    let found = search(table(), desktop);
    assert_eq!((found.telling.as_ref().unwrap().line, first(&found)), (5, "session-stale"));
}

#[test]
fn a_proxy_that_cannot_reach_its_server_is_a_gateway() {
    let log = "2026/11/20 08:12:44 [error] 31#31: *7 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.4";
    assert_eq!(first(&search(table(), log)), "gateway-error");
}
