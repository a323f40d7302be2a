//! The table predicts what clients really printed when a server injected one fault at a time.

use inspector_core::symptoms::{Line, Outcome, Table, shown};
use inspector_core::trace::Trace;
use inspector_core::trace::notation;

use super::{core_dir, read, table};

const SERVER: &str = "https://mcp.example/mcp";
const INITIALIZED: &str = r#"{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"x","version":"1"}}}"#;

/// What each client printed, by fault.
fn measured(name: &str) -> Vec<(String, Vec<(String, String)>)> {
    let text = read(&core_dir().join(format!("fixtures/symptoms/{name}.txt")));
    let blocks = text.split("\n\n").filter(|block| !block.starts_with('#'));
    blocks
        .map(|block| {
            let (fault, rest) = block.trim().split_once('\n').unwrap();
            let cell = |line: &str| line.split_once(": ").map(|(client, cell)| (client.to_owned(), cell.to_owned())).unwrap();
            (fault.to_owned(), rest.lines().map(cell).collect())
        })
        .collect()
}

/// Everything that was measured: the fault, the client, and what it printed.
pub(super) fn measurements() -> Vec<(String, String, String)> {
    let both = measured("streamable-http").into_iter().chain(measured("http-sse"));
    both.flat_map(|(fault, cells)| cells.into_iter().map(move |(client, cell)| (fault.clone(), client, cell))).collect()
}

/// The version of a client that was run: `python-1@1.6`, or what the fixture says at its head.
pub(super) fn version_of(client: &str) -> &str {
    match client.split_once('@') {
        Some((_, version)) => version,
        None if client == "python-1" => "1.30.0",
        None if client == "typescript-1" => "1.32.2",
        None => "9",
    }
}

/// The reply that a fault is, in the notation, to a request with this id.
fn reply(fault: &str, id: u32) -> String {
    let json = |status: u16, body: &str| format!("< {status} application/json\n  body {body}\n  end\n");
    let stream = |items: &str| format!("< 200 text/event-stream\n{items}");
    let error =
        |code: i64, message: &str| format!(r#"{{"jsonrpc":"2.0","id":{id},"error":{{"code":{code},"message":"{message}"}}}}"#);
    let notice = r#"{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"x"}}"#;
    let lone = |id: &str, code: i64, message: &str| {
        format!(r#"{{"jsonrpc": "2.0", "id": {id}, "error": {{"code": {code}, "message": "{message}"}}}}"#)
    };
    if let Ok(status) = fault.parse::<u16>()
        && status >= 400
    {
        return format!("< {status} text/plain\n  body {}\n  end\n", reason(status));
    }
    match fault {
        "401-www" => "< 401 application/json\n  WWW-Authenticate: Bearer error=\"invalid_token\"\n  body {\"error\":\"invalid_token\",\"error_description\":\"Authentication required\"}\n  end\n".into(),
        "403-scope" => "< 403 application/json\n  WWW-Authenticate: Bearer error=\"insufficient_scope\", scope=\"mcp:read\"\n  body {\"error\":\"insufficient_scope\",\"error_description\":\"Required scope: mcp:read\"}\n  end\n".into(),
        "401-jsonrpc-32001" => json(401, &lone("null", -32001, "Invalid Bearer token")),
        "401-jsonrpc-32001-id" => json(401, &lone(&id.to_string(), -32001, "Invalid Bearer token")),
        "404-jsonrpc-32001" => json(404, &lone("null", -32001, "Session not found")),
        "404-jsonrpc-32600" => json(404, &lone("\"server-error\"", -32600, "Session not found")),
        "404-html" => "< 404 text/html\n  body <html><body>404 Not Found</body></html>\n  end\n".into(),
        "400-jsonrpc-32000" => json(400, &lone("null", -32000, "Bad Request: No valid session ID provided")),
        "400-unsupported" => json(400, &format!(r#"{{"jsonrpc": "2.0", "id": {id}, "error": {{"code": -32022, "message": "Unsupported protocol version", "data": {{"supported": ["2099-01-01"], "requested": "2025-11-25"}}}}}}"#)),
        "html200" => "< 200 text/html\n  body <html><body>Sign in</body></html>\n  end\n".into(),
        "text200" => "< 200 text/plain\n  body hello\n  end\n".into(),
        "noct200" => format!("< 200\n  body {}\n  end\n", "hello"),
        "emptyjson200" => "< 200 application/json\n  end\n".into(),
        "badjson200" => json(200, "{oops"),
        "notrpc200" => json(200, "{\"hello\":1}"),
        "lambda200" => json(200, r#"{"statusCode":401,"body":"no"}"#),
        "202" => "< 202\n  end\n".into(),
        "204" => "< 204 text/plain\n  end\n".into(),
        "ssenoresp" => stream(&format!("  event message\n  data {notice}\n  end\n")),
        "sseempty" => stream("  end\n"),
        "ssepriming" => stream("  id 7\n  data \n  part \n  end\n"),
        "ssebadjson" => stream("  event message\n  data {oops\n  end\n"),
        "ssecut" => stream("  part data: {\"jsonrpc\"\n  cut\n"),
        "rpcerr-32602" => json(200, &error(-32602, "Invalid request parameters")),
        "rpcerr-32601" => json(200, &error(-32601, "Method not found")),
        "rpcerr-32603" => json(200, &error(-32603, "Internal error")),
        "rpcerr-32001" => json(200, &error(-32001, "Invalid Bearer token")),
        "rpcerr-nullid" => json(200, &lone("null", -32603, "x")),
        "wrongid" => json(200, &INITIALIZED.replace("\"id\":0", "\"id\":9999")),
        "badversion" => json(200, &INITIALIZED.replace("2025-06-18", "2099-01-01").replace("\"id\":0", &format!("\"id\":{id}"))),
        "badinit" => json(200, &r#"{"jsonrpc":"2.0","id":ID,"result":{"foo":1}}"#.replace("ID", &id.to_string())),
        "hang" => "! tick +4s\n! abort LAST timed-out\n<LAST\n  aborted\n".into(),
        "reset" => "  failed other side closed\n".into(),
        "redir-307-same" => redirect(307, "https://mcp.example/other"),
        "redir-308-same" => redirect(308, "https://mcp.example/other"),
        "redir-301-same" => redirect(301, "https://mcp.example/other"),
        "redir-302-same" => redirect(302, "https://mcp.example/other"),
        "redir-307-other" => redirect(307, "https://else.example/mcp"),
        "badpath" => json(404, r#"{"detail":"Not Found"}"#),
        "refused" => "  failed connect ECONNREFUSED 127.0.0.1:18901\n".into(),
        "dns" => "  failed getaddrinfo ENOTFOUND no-such-host.invalid\n".into(),
        "tls" => "  failed ERR_SSL_WRONG_VERSION_NUMBER\n".into(),
        _ => panic!("what is {fault}?"),
    }
}

fn redirect(status: u16, to: &str) -> String {
    format!("< {status}\n  Location: {to}\n  end\n")
}

fn reason(status: u16) -> &'static str {
    if status == 422 { "Unprocessable Entity" } else { inspector_core::http::reason_phrase(status) }
}

/// The recording in which a fault of Streamable HTTP happens.
fn recording(fault: &str) -> Trace {
    let parts: Vec<&str> = fault.trim_start_matches('/').splitn(2, '/').collect();
    let session = if parts[0] == "afterns" { "" } else { " session=A" };
    let opened = format!("> initialize id=0\n< 200 application/json{session}\n  body {INITIALIZED}\n  end\n");
    let initialized = format!("> notifications/initialized{session}\n< 202\n  end\n");
    let listed = format!("> tools/list id=1{session}\n{}", reply_result(1));
    let lines = match parts.as_slice() {
        [lone] => format!("> initialize id=0\n{}", reply(&lone.to_ascii_lowercase(), 0)),
        ["init", what] => format!("> initialize id=0\n{}", reply(what, 0)),
        ["initonly", what] => {
            let legacy = reply("400-jsonrpc-32000", 0);
            format!("> server/discover id=0 version=2026-07-28\n{legacy}> initialize id=1\n{}", reply(what, 1))
        }
        ["after" | "afterns", what] => format!("{opened}{initialized}> tools/list id=1{session}\n{}", reply(what, 1)),
        ["notif", what] => format!("{opened}> notifications/initialized{session}\n{}{listed}", reply(what, 0)),
        ["getfail", what] => {
            format!("{opened}{initialized}> GET purpose=listen\n  Mcp-Session-Id: session-A\n{}{listed}", reply(what, 0))
        }
        _ => panic!("what is {fault}?"),
    };
    open(&lines)
}

fn reply_result(id: u32) -> String {
    format!("< 200 application/json\n  body {{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{{\"tools\":[]}}}}\n  end\n")
}

/// The recording in which a fault of HTTP+SSE happens.
fn legacy_recording(fault: &str) -> Trace {
    let get = "> GET purpose=endpoint\n  Accept: text/event-stream\n";
    let stream = "< 200 text/event-stream\n";
    let endpoint = format!("{get}{stream}  event endpoint\n  data /messages?session_id=7\n");
    let post = "> POST /messages?session_id=7 initialize id=2 purpose=initialize\n";
    let accepted = "< 202 text/plain\n  body Accepted\n  end\n";
    let closed = "<1\n  end +4s\n";
    let lines = match fault {
        "/sse/ok" => format!("{endpoint}{post}{accepted}<1\n  : ping\n  end +4s\n"),
        "/sse/closes" => format!("{endpoint}{post}{accepted}{closed}"),
        "/sse/noendpoint" => format!("{get}{stream}  event message\n  data {{\"hello\":1}}\n  end\n"),
        "/sse/neverendpoint" => format!("{get}{stream}  : ping\n! tick +4s\n! abort 1 timed-out\n<1\n  aborted\n"),
        "/sse/html" => format!("{get}{}", reply("html200", 1)),
        "/sse/get401" => format!("{get}{}", reply("401", 1)),
        "/sse/get404" => format!("{get}{}", reply("404", 1)),
        "/sse/get405" | "/ok/mcp" => format!("{get}{}", reply("405", 1)),
        "/sse/get500" => format!("{get}{}", reply("500", 1)),
        "/sse/otherorigin" => {
            format!("{get}{stream}  event endpoint\n  data http://evil.example/messages?session\n! abort 1 done\n<1\n  aborted\n")
        }
        "/sse/post404" => format!("{endpoint}{post}< 404 text/plain\n  body Could not find session\n  end\n{closed}"),
        "/sse/post400" => format!("{endpoint}{post}{}{closed}", reply("400", 2)),
        "/sse/post401" => format!("{endpoint}{post}{}{closed}", reply("401", 2)),
        "REFUSED" => format!("{get}{}", reply("refused", 1)),
        _ => panic!("what is {fault}?"),
    };
    open(&format!("ask 2024-11-05\n{lines}"))
}

fn open(lines: &str) -> Trace {
    let last = lines.lines().filter(|line| line.starts_with("> ")).count().to_string();
    let text = format!("mcp-trace 1\nserver {SERVER}\n{}", lines.replace("LAST", &last));
    notation::read(&text).unwrap_or_else(|error| panic!("{error}\n{text}")).trace
}

/// What a version of a client shows, as the measurement writes it.
fn cells(table: &Table, trace: &Trace, client: &str, version: &str) -> Vec<String> {
    let all = shown(table, trace);
    let Some(of) = all.iter().find(|shown| shown.client.id == client) else { return vec!["not known".into()] };
    let lines: Vec<&Line<'_>> = of.lines.iter().filter(|line| line.versions.contains(version)).collect();
    let logs: Vec<&str> = lines.iter().filter(|l| l.symptom.outcome == Outcome::Logs).filter_map(|l| l.text.as_deref()).collect();
    let main = lines.iter().filter(|line| line.symptom.outcome.is_main());
    let mut cells: Vec<String> = main.map(|line| cell(line, &logs)).collect();
    // What was passed over on the way says nothing of how it came out.
    if cells.len() > 1 && cells.iter().any(|cell| !cell.starts_with("works")) {
        cells.retain(|cell| !cell.starts_with("works"));
    }
    if of.lines.is_empty() {
        cells.push("works".into());
    }
    cells
}

fn cell(line: &Line<'_>, logs: &[&str]) -> String {
    let text = line.text.clone().unwrap_or_default().replace(SERVER, "URL").replace("https://mcp.example/other", "URL");
    let text = text.replace("https://else.example/mcp", "URL");
    match line.symptom.outcome {
        Outcome::Works if text.is_empty() => "works".into(),
        Outcome::Works => format!("works (onerror: {})", text.replacen("StreamableHTTPError: ", "", 1)),
        Outcome::Hangs if logs.is_empty() => "HANG".into(),
        Outcome::Hangs => format!("HANG (log: {})", logs.join("; ")),
        _ => match (&line.code, &line.symptom.type_name) {
            (Some(code), Some(name)) => text.replacen(name, &format!("{name}({code})"), 1),
            _ => text,
        },
    }
}

/// Whether a prediction is what was measured: `…` stands for anything in both, and spaces in JSON for nothing.
fn agrees(measured: &str, predicted: &str) -> bool {
    let bare = |text: &str| text.replace(' ', "");
    let (measured, predicted) = (bare(measured), bare(predicted));
    let (measured, open) = measured.split_once('…').map_or((measured.as_str(), false), |(kept, _)| (kept, true));
    let mut rest = measured;
    for (at, piece) in predicted.split('…').enumerate() {
        match rest.find(piece) {
            Some(0) => rest = &rest[piece.len()..],
            Some(found) if at > 0 => rest = &rest[found + piece.len()..],
            // What was cut off can be all that is missing.
            _ => return open && (at > 0 || piece.starts_with(rest)),
        }
    }
    rest.is_empty() || predicted.ends_with('…') || open
}

/// Where the measurement holds something that the table says otherwise on purpose.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("/init/421", "ai-sdk", "Node's fetch tries again by itself, and what is shown is about the second attempt"),
    ("/sse/closes", "python-1@1.6", "1.6 logs nothing here, and nothing on the wire tells it from a stream that ends later"),
];

fn hold(name: &str, recording: impl Fn(&str) -> Trace) {
    let table = table();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (fault, cells_measured) in measured(name) {
        let trace = recording(&fault);
        for (who, measured) in cells_measured {
            if EXCEPTIONS.iter().any(|(at, by, _)| (*at, *by) == (fault.as_str(), who.as_str())) {
                continue;
            }
            let (client, version) = (who.split('@').next().unwrap(), version_of(&who));
            compared += 1;
            let predicted = cells(table, &trace, client, version);
            if predicted.len() != 1 || !agrees(&measured, &predicted[0]) {
                wrong.push(format!("{fault} {client}@{version}\n  measured  {measured}\n  predicted {predicted:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_was_measured_over_streamable_http_is_predicted() {
    hold("streamable-http", recording);
}

#[test]
fn what_was_measured_over_http_sse_is_predicted() {
    hold("http-sse", legacy_recording);
}
