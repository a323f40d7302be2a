//! `cargo run -p inspector-tests --bin record`: makes the five incidents of the gallery anew, each by running the session
//! against a server that misbehaves as the incident did.

use std::{fs, path::Path, time::Duration};

use inspector_core::{
    http::Url,
    id::ExchangeId,
    time::{Micros, Wall},
    trace::{About, Command, Purpose, Record, TokenFacts, Trace, What, notation},
};
use lab::{
    drive::{self, Drive},
    fault::{FaultServer, Scenario},
};

/// One recording and how it is made.
struct Incident {
    file: &'static str,
    /// What happened, in a few lines.
    story: &'static str,
    scenario: &'static str,
    /// The address that stands in the recording in place of the loopback.
    server: &'static str,
    began: &'static str,
    /// Empty for none.
    token: &'static str,
    act: fn(&mut Drive),
    retell: fn(&mut Vec<Record>),
}

const INCIDENTS: [Incident; 5] = [
    Incident {
        file: "session-terminated.trace",
        story: "A client says “Session terminated” at its first request. The gateway did not like the token,\n\
                and said so with a 404, which clients take for the end of a session.",
        scenario: "token-rejected-gateway-404",
        server: "https://gateway.example.com/mcp",
        began: "2026-11-05T09:42:17.311Z",
        token: "2f6c1d0e9b7a4853a1c60f4be29d7c58e3b1946a",
        act: handshake,
        retell: as_it_was,
    },
    Incident {
        file: "could-not-find-session.trace",
        story: "A client goes on posting to the message endpoint of an HTTP+SSE server, whose stream is long closed.",
        scenario: "legacy-sse-session-lost",
        server: "https://scans.example.com/messages/?session_id=ebe1a03adbf64ff8a78ec158029f160b",
        began: "2026-11-12T14:20:03.870Z",
        token: "",
        act: handshake,
        retell: as_it_was,
    },
    Incident {
        file: "redeployed.trace",
        story: "The handshake works. 23 minutes later, after a redeployment, the server knows the session no more.\n\
                The pause before tools/list was lengthened to those 23 minutes; everything else is as it came.",
        scenario: "session-stale-400-python",
        server: "https://orders.example.com/mcp",
        began: "2026-11-21T17:07:12.004Z",
        token: "",
        act: handshake,
        retell: pause_before_the_tools,
    },
    Incident {
        file: "closed-before-answer.trace",
        story: "A query takes its time. The stream tells of its progress, then ends in order, without the answer.",
        scenario: "stream-closed-before-answer",
        server: "https://warehouse.example.com/mcp",
        began: "2026-11-18T11:31:45.528Z",
        token: "",
        act: handshake,
        retell: as_it_was,
    },
    Incident {
        file: "session-storm.trace",
        story: "A client opens a session for every call and ends none, until the server takes no more.",
        scenario: "session-storm",
        server: "https://search.example.com/mcp",
        began: "2026-11-27T08:15:00.096Z",
        token: "",
        act: until_refused,
        retell: as_it_was,
    },
];

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/incidents");
    fs::create_dir_all(&folder).expect("a folder for the incidents");
    for incident in &INCIDENTS {
        let text = incident.record();
        fs::write(folder.join(incident.file), &text).expect("a file that can be written");
        println!("{:<30} {:>6} bytes", incident.file, text.len());
    }
}

impl Incident {
    fn record(&self) -> String {
        let server = FaultServer::start(Scenario::by_name(self.scenario).expect("a scenario of this name"));
        let about = About { token: self.token(), began: Wall::parse(self.began), ..drive::about(&server.url()) };
        let mut drive = Drive::start(about, self.token);
        (self.act)(&mut drive);
        let trace = drive.into_trace();

        let address = Url::parse(self.server).expect("an address for the recording");
        let mut records = trace.records();
        for record in &mut records {
            if let What::Request(_, _, request) = &mut record.what {
                request.url = address.clone();
            }
        }
        (self.retell)(&mut records);
        let trace = Trace::of(About { server: address, ..trace.about }, records);
        format!("{}{}", self.comment(), notation::write(&trace))
    }

    fn token(&self) -> TokenFacts {
        match self.token.chars().count() {
            0 => TokenFacts::None,
            chars => TokenFacts::Opaque { chars },
        }
    }

    fn comment(&self) -> String {
        let made_by = format!("Made by `cargo run -p inspector-tests --bin record` with the fault server “{}”.", self.scenario);
        self.story.lines().chain([made_by.as_str()]).map(|line| format!("# {}\n", line.trim())).collect()
    }
}

fn handshake(drive: &mut Drive) {
    drive.command(Command::Run);
    drive.wait_until_idle();
}

/// Opens a session for each call of a tool, until the server refuses, as a program that leaves each session after the call.
fn until_refused(drive: &mut Drive) {
    loop {
        handshake(drive);
        if drive.trace().exchanges().iter().any(|exchange| exchange.status() == Some(503)) {
            return;
        }
        let params = r#"{"name":"search","arguments":{"query":"too many open sessions"}}"#.to_owned();
        drive.command(Command::Call { method: "tools/call".to_owned(), params });
        drive.wait_until_idle();
        drive.wait(Duration::from_millis(40));
    }
}

fn as_it_was(_: &mut Vec<Record>) {}

fn pause_before_the_tools(records: &mut Vec<Record>) {
    const PAUSE: Micros = Micros::from_secs(23 * 60);
    let is_request = |record: &Record| matches!(record.what, What::Request(_, Purpose::ListTools, _));
    let request = records.iter().position(is_request).expect("a request for the tools");
    // The end of the exchange before comes a moment after the request; it belongs before the pause.
    let end = records.iter().position(|record| matches!(record.what, What::End(ExchangeId(2), _))).expect("its end");
    let end = records.remove(end);
    let earliest = end.at;
    records.insert(request, end);
    for record in &mut records[request + 1..] {
        record.at = record.at.max(earliest).saturating_add(PAUSE);
    }
}
