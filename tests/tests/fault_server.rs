//! The fault server does what its scenarios promise, byte for byte.

use std::{
    collections::HashSet,
    io::{ErrorKind, Read, Write},
    net::{Shutdown, TcpStream},
    thread,
    time::{Duration, Instant},
};

use lab::{
    client::{self, Response},
    fault::{FaultServer, Nobody, Scenario},
    handshake::{INITIALIZE, TOOLS_LIST, list_tools, open_session},
};

fn start(name: &str) -> FaultServer {
    FaultServer::start(Scenario::by_name(name).expect("a scenario of this name"))
}

fn post(server: &FaultServer, headers: &[(&str, &str)], message: &str) -> Response {
    client::post(&server.url(), headers, message).expect("a response head")
}

/// Everything a client finds on the wire for one request, until the server closes.
fn bytes_on_the_wire(server: &FaultServer, message: &str, session: &str) -> String {
    let address = server.url().replace("http://", "").replace("/mcp", "");
    let mut socket = TcpStream::connect(address).unwrap();
    write!(
        socket,
        "POST /mcp HTTP/1.1\r\nHost: test\r\nMcp-Session-Id: {session}\r\nContent-Length: {}\r\n\r\n{message}",
        message.len()
    )
    .unwrap();
    // The server answers, then sees that no further request will come, and closes.
    socket.shutdown(Shutdown::Write).unwrap();
    let mut bytes = Vec::new();
    socket.read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn scenario_names_are_unique_and_causes_are_slugs() {
    let mut names = HashSet::new();
    for scenario in Scenario::all() {
        assert!(names.insert(scenario.name), "{} exists twice", scenario.name);
        let slug = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(slug(scenario.name) && scenario.cause.is_none_or(slug), "{}", scenario.name);
    }
}

#[test]
fn a_sound_server_goes_through_the_handshake_and_lists_its_tools() {
    let server = start("ok");
    let mut tools = list_tools(&server.url());
    assert_eq!(tools.headers.get("content-type"), Some("application/json"));
    assert!(tools.text().starts_with(r#"{"jsonrpc":"2.0","id":2,"result":{"tools":[{"name":"forecast""#));
    assert_eq!(server.sessions_opened(), 1);
}

#[test]
fn a_sound_server_forgets_a_session_on_delete() {
    let server = start("ok");
    let session = open_session(&server.url());
    let with_session = [("Mcp-Session-Id", session.as_str())];
    let ended = client::send("DELETE", &server.url(), &with_session, b"", Duration::from_secs(5)).unwrap();
    assert_eq!(ended.status, 200);
    assert_eq!(post(&server, &with_session, TOOLS_LIST).status, 404);
}

#[test]
fn requests_are_recorded_as_they_came() {
    let server = start("ok");
    post(&server, &[("X-Tenant", "blue")], INITIALIZE);
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!((requests[0].method.as_str(), requests[0].path.as_str()), ("POST", "/mcp"));
    assert_eq!(requests[0].headers.get("x-tenant"), Some("blue"));
    assert_eq!(requests[0].text(), INITIALIZE);
}

#[test]
fn every_scenario_but_the_blocked_ones_lets_a_page_read_and_preflight() {
    for scenario in Scenario::all() {
        let server = FaultServer::start(scenario);
        let preflight = client::send("OPTIONS", &server.url(), &[], b"", Duration::from_secs(5)).unwrap();
        match scenario.name {
            "cors-blocked-none" | "cors-blocked-helmet" => assert_eq!(preflight.status, 405),
            "cors-blocked-preflight-401" => assert_eq!(preflight.status, 401),
            name => {
                assert_eq!(preflight.status, 204, "{name}");
                assert_eq!(preflight.headers.get("access-control-allow-origin"), Some("*"), "{name}");
                let allowed = preflight.headers.get("access-control-allow-headers").unwrap();
                assert!(allowed.contains("Authorization"), "{name}");
                let version_allowed = allowed.contains("MCP-Protocol-Version");
                assert_eq!(version_allowed, name != "cors-blocked-version-header", "{name}");
            }
        }
    }
}

#[test]
fn three_pages_of_tools_come_as_event_streams_with_a_priming_event() {
    let server = start("ok-stream");
    let session = open_session(&server.url());
    let page = |params: &str| {
        let message = format!(r#"{{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{{{params}}}}}"#);
        post(&server, &[("Mcp-Session-Id", &session)], &message).text()
    };
    let first = page("");
    assert!(first.starts_with("id: 0\r\nretry: 3000\r\ndata: \r\n\r\n: keep-alive\r\n\r\nevent: message\r\ndata: {"));
    assert!(first.contains(r#""nextCursor":"page-2""#));
    assert!(page(r#""cursor":"page-2""#).contains(r#""nextCursor":"page-3""#));
    let last = page(r#""cursor":"page-3""#);
    assert!(last.contains("air_quality") && !last.contains("nextCursor"));
}

#[test]
fn a_slow_stream_dribbles() {
    let server = start("slow-stream");
    let started = Instant::now();
    let mut tools = list_tools(&server.url());
    assert_eq!(tools.next_piece().unwrap().unwrap(), b": ping\r\n\r\n");
    assert!(started.elapsed() < Duration::from_secs(1), "the first piece comes at once");
    let (rest, end) = tools.read_body();
    end.unwrap();
    assert!(started.elapsed() > Duration::from_millis(2700), "the answer comes late");
    let rest = String::from_utf8(rest).unwrap();
    assert_eq!(rest.matches("notifications/message").count(), 8);
    assert!(rest.contains(r#""id":2,"result""#));
}

#[test]
fn a_stream_without_response_ends_in_order() {
    let server = start("stream-without-response");
    let session = open_session(&server.url());
    let bytes = bytes_on_the_wire(&server, TOOLS_LIST, &session);
    assert!(bytes.contains("transfer-encoding: chunked\r\n"));
    assert!(bytes.ends_with("\"data\":\"looking for stations\"}}\r\n\r\n\r\n0\r\n\r\n"), "{bytes}");
}

#[test]
fn a_cut_in_an_event_leaves_the_chunks_unfinished() {
    let server = start("stream-cut-in-event");
    let session = open_session(&server.url());
    let bytes = bytes_on_the_wire(&server, TOOLS_LIST, &session);
    assert!(bytes.ends_with("\"description\":\"Vorher\r\n"), "{bytes}");
}

#[test]
fn a_cut_in_a_character_leaves_half_of_it() {
    let (body, end) = list_tools(&start("stream-cut-in-character").url()).read_body();
    assert_eq!(end.unwrap_err().kind(), ErrorKind::UnexpectedEof);
    // The first of the two bytes of "ü".
    assert!(body.ends_with(b"Z\xc3"));
}

#[test]
fn a_cut_in_a_chunk_promises_more_than_it_sends() {
    let server = start("stream-cut-in-chunk");
    let session = open_session(&server.url());
    let bytes = bytes_on_the_wire(&server, TOOLS_LIST, &session);
    let (head, last) = bytes.rsplit_once("\r\nevent: message").expect("a last chunk");
    let promised = head.rsplit_once("\r\n").unwrap().1;
    let sent = "event: message".len() + last.len();
    assert_eq!(usize::from_str_radix(promised, 16).unwrap(), sent + 1);
}

#[test]
fn a_polite_cut_ends_the_transfer_but_not_the_event() {
    let (body, end) = list_tools(&start("stream-cut-politely").url()).read_body();
    end.unwrap();
    assert!(body.ends_with(b"Vorher"));
}

#[test]
fn an_unframed_body_ends_with_the_connection() {
    let server = start("response-unframed");
    let mut opened = post(&server, &[], INITIALIZE);
    assert_eq!(opened.headers.get("content-length"), None);
    assert_eq!(opened.headers.get("transfer-encoding"), None);
    assert!(opened.text().ends_with("}}"));
}

#[test]
fn small_pieces_make_up_the_whole_answer() {
    let server = start("stream-in-small-pieces");
    let mut tools = list_tools(&server.url());
    assert_eq!(tools.next_piece().unwrap().unwrap(), b"eve");
    assert!(tools.text().contains("Vorhersage für Zürich"));
}

#[test]
fn silence_lasts_until_the_client_leaves() {
    let server = start("response-timeout");
    let error =
        client::send("POST", &server.url(), &[], INITIALIZE.as_bytes(), Duration::from_millis(300)).err().expect("no response");
    assert!(matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut), "{error}");
    settles(&server);
}

#[test]
fn a_connection_can_close_before_the_head() {
    let server = start("connection-closed");
    let error = client::post(&server.url(), &[], INITIALIZE).err().expect("no response");
    assert!(matches!(error.kind(), ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset), "{error}");
}

#[test]
fn an_endless_stream_stops_when_the_client_leaves() {
    let server = start("endless-stream");
    let mut tools = list_tools(&server.url());
    let mut events = 0;
    while events < 5_000 {
        let piece = tools.next_piece().unwrap().expect("no end");
        events += String::from_utf8(piece).unwrap().matches("data: ").count();
    }
    assert_eq!(server.answering(), 1);
    drop(tools);
    settles(&server);
}

#[test]
fn big_answers_have_the_size_they_promise_and_stay_valid() {
    let big = list_tools(&start("big-json").url()).read_body().0;
    assert!(big.len() > 50 << 20, "{} bytes", big.len());
    serde_json::from_slice::<serde_json::Value>(&big).expect("valid JSON");

    let many: serde_json::Value = serde_json::from_slice(&list_tools(&start("many-tools").url()).read_body().0).unwrap();
    assert_eq!(many["result"]["tools"].as_array().unwrap().len(), 10_001);
}

#[test]
fn a_big_stream_carries_its_answer_last() {
    let server = start("big-stream");
    let mut tools = list_tools(&server.url());
    let mut size = 0;
    let mut last = Vec::new();
    while let Some(piece) = tools.next_piece().unwrap() {
        size += piece.len();
        last = piece;
    }
    assert!(size > 100 << 20, "{size} bytes");
    assert!(String::from_utf8(last).unwrap().contains(r#""id":2,"result""#));
}

#[test]
fn nobody_answers_at_an_address_of_nobody() {
    let error = client::post(&Nobody::find().url(), &[], INITIALIZE).err().expect("no server");
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
}

#[test]
fn a_server_is_gone_after_drop() {
    let server = start("ok");
    let url = server.url();
    drop(server);
    let error = client::post(&url, &[], INITIALIZE).err().expect("no server");
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
}

/// Waits until no response is under way.
fn settles(server: &FaultServer) {
    let deadline = Instant::now() + Duration::from_secs(5);
    while server.answering() > 0 {
        assert!(Instant::now() < deadline, "the server still holds a response");
        thread::sleep(Duration::from_millis(10));
    }
}
