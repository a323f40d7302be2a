//! What a source does not hold is unknown: of every recording that is here, as logs of several kinds would hold it, nothing is found that
//! the whole recording does not say as well.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

mod recordings;

use std::fmt::Write as _;

use inspector_core::diagnose::{Certainty, Finding, Kind, diagnose, report};
use inspector_core::http::{HeaderValue, Headers, ResponseHead, Sight};
use inspector_core::import::import;
use inspector_core::share::{Level, More, Secrets, View, file, open_file, redact};
use inspector_core::trace::{Exchange, Lack, Lacks, Purpose, Record, TokenFacts, Trace, What, notation};

/// What is plain to see in less of a recording as well; in the whole one it is only no problem.
const PLAIN: [&str; 3] = ["tools-not-offered", "method-not-allowed", "stream-bad-event"];

/// What less of a recording may say, openly, of what the whole one shows to be something else.
const KIN: [(&str, &str); 4] = [
    ("token-missing", "token-"),
    ("token-missing", "redirect-dropped-token"),
    ("session-storm", "session-leak"),
    // An error that answers nothing that was asked; what was asked is not in a stream alone.
    ("method-not-found", "request-refused"),
];

fn found(trace: &Trace) -> Vec<(&'static str, Certainty, Kind)> {
    diagnose(trace).iter().map(|finding| (finding.cause.slug, finding.certainty, finding.kind)).collect()
}

/// The recording as a log of messages: who said what.
fn as_messages(trace: &Trace) -> Option<Trace> {
    let mut said: Vec<(u64, u32, u32, String)> = Vec::new();
    for exchange in trace.exchanges().iter().filter(|exchange| !exchange.purpose.is_probe()) {
        if exchange.request.body.contains("\"jsonrpc\"") {
            said.push((exchange.at.0, exchange.id.0, 0, exchange.request.body.clone()));
        }
        for item in &exchange.reply.items {
            let event = inspector_core::id::EventRef::item(exchange.id, item.n);
            let text = trace.item_text(event).filter(|text| text.contains("\"jsonrpc\""));
            said.extend(text.map(|text| (item.at.0, exchange.id.0, item.n + 1, text)));
        }
    }
    said.sort();
    let text = said.into_iter().fold(String::new(), |text, (.., said)| text + &said.replace(['\r', '\n'], " ") + "\n");
    import(&text).ok().map(|imported| imported.traces.into_iter().next().unwrap())
}

/// The recording as a server's log of requests.
fn as_access_lines(trace: &Trace) -> Option<Trace> {
    let mut text = String::new();
    for exchange in trace.exchanges() {
        let Some(status) = exchange.status() else { continue };
        let (method, target) = (exchange.request.method.as_str(), exchange.request.url.target());
        writeln!(text, "INFO:     127.0.0.1:51234 - \"{method} {target} HTTP/1.1\" {status}").unwrap();
    }
    import(&text).ok().map(|imported| imported.traces.into_iter().next().unwrap())
}

/// The recording without what these say, and without the headers that it does not need.
fn without(trace: &Trace, lacks: Lacks, sight: impl Fn(&ResponseHead) -> ResponseHead) -> Trace {
    let mut about = trace.about.clone();
    (about.lacks, about.token) = (lacks, TokenFacts::Unknown);
    about.token_flaws.clear();
    about.extra_headers.clear();
    let records = trace.records().into_iter().map(|record| {
        let at = if lacks.has(Lack::Times) { inspector_core::time::Micros::ZERO } else { record.at };
        let what = match record.what {
            What::Request(id, purpose, mut request) if lacks.has(Lack::RequestHeaders) => {
                request.headers = Headers::new();
                // It shows in a header.
                let purpose = if purpose == Purpose::Resume { Purpose::Listen } else { purpose };
                What::Request(id, purpose, request)
            }
            What::Response(id, head) => What::Response(id, sight(&head)),
            what => what,
        };
        Record { at, what }
    });
    Trace::of(about, records)
}

fn as_bodies_and_statuses(trace: &Trace) -> Trace {
    without(trace, Lacks::of([Lack::RequestHeaders, Lack::Times]), |head| {
        if head.sight == Sight::Opaque {
            return head.clone();
        }
        let mut headers = Headers::new();
        // What a body is: otherwise nobody could read it.
        for (name, value) in head.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            let HeaderValue::Text(text) = value else { continue };
            headers.push(name, text.clone());
        }
        ResponseHead { headers, sight: Sight::Listed, ..head.clone() }
    })
}

/// Whether a whole recording supports a finding: the cause finds it there too, at least as sure, when it is asked alone. Where more is seen,
/// another cause may explain the same.
fn supports(whole: &Trace, finding: &Finding) -> bool {
    let alone = finding.cause.found_in(whole);
    alone.iter().any(|found| found.certainty <= finding.certainty)
}

/// What is said of a recording with less in it that the whole one does not say, or says with less certainty.
fn made_up(name: &str, form: &str, whole: &Trace, less: &Trace) -> Vec<String> {
    let mut wrong = Vec::new();
    for finding in diagnose(less).into_iter().filter(|finding| !supports(whole, finding)) {
        let said = report(&finding, less).headline;
        let (slug, certainty) = (finding.cause.slug, finding.certainty);
        let known = found(whole);
        // Where it is not known who is meant, or what was sent, the headline says so, and nothing is called proven.
        let open = said.contains("this recording does not say") || certainty != Certainty::Proven;
        let kin = KIN.iter().any(|(less, more)| *less == slug && known.iter().any(|(slug, ..)| slug.starts_with(more)));
        let refused = whole.exchanges().iter().any(|exchange| exchange.status().is_some_and(|status| status >= 300));
        let vague = slug == "request-refused" && refused;
        if !(PLAIN.contains(&slug) || open && (kin || vague)) {
            wrong.push(format!("{name} as {form}: {slug} {} ({said}), not in {known:?}", certainty.as_str()));
        }
    }
    wrong
}

/// The body of each event stream as somebody saves it.
fn as_event_streams(trace: &Trace) -> Vec<Trace> {
    let streams = trace.exchanges().iter().filter(|exchange| exchange.is_stream() && !exchange.purpose.is_probe());
    let bytes = |exchange: &Exchange| trace.body_bytes(exchange.id, 0..exchange.reply.bytes).map(|bytes| bytes.to_vec());
    let texts = streams.filter_map(bytes).filter_map(|bytes| String::from_utf8(bytes).ok());
    texts.filter_map(|text| import(&text).ok()).flat_map(|imported| imported.traces).collect()
}

/// The recording in every form, by its name.
fn forms(whole: &Trace) -> Vec<(&'static str, Trace)> {
    let mut forms = vec![("bodies and statuses", as_bodies_and_statuses(whole))];
    forms.extend(as_messages(whole).map(|less| ("messages", less)));
    forms.extend(as_access_lines(whole).map(|less| ("access lines", less)));
    forms.extend(as_event_streams(whole).into_iter().map(|less| ("event stream", less)));
    forms
}

#[test]
fn nothing_is_found_in_less_that_the_whole_recording_does_not_say() {
    let wrong: Vec<String> = recordings::all()
        .iter()
        .flat_map(|(name, whole)| forms(whole).into_iter().flat_map(|(form, less)| made_up(name, form, whole, &less)))
        .collect();
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_still_said_is_still_named() {
    let mut table = String::new();
    for (name, whole) in recordings::all() {
        let told = |trace: &Trace| {
            let found = found(trace).into_iter().map(|(slug, certainty, _)| format!("{slug} ({})", certainty.as_str()));
            found.collect::<Vec<_>>().join(", ")
        };
        writeln!(table, "{name}\n  whole: {}", told(&whole)).unwrap();
        for (form, less) in forms(&whole) {
            writeln!(table, "  {form}: {}", told(&less)).unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn a_recording_that_lacks_something_can_be_written_and_opened_again() {
    for (name, whole) in recordings::all() {
        for (form, less) in forms(&whole) {
            let written = notation::write(&less);
            let again = notation::read(&written).unwrap_or_else(|error| panic!("{name} as {form}: {error}")).trace;
            assert_eq!(again.about.lacks, less.about.lacks, "{name} as {form}");
            assert_eq!(notation::write(&again), written, "{name} as {form}");
            assert_eq!(found(&again), found(&less), "{name} as {form}");
            let redacted = redact(&less, Level::Everything, &More::default());
            let text = file(&redacted, &View::default(), &Secrets::new()).unwrap();
            let opened = open_file(&text).unwrap_or_else(|error| panic!("{name} as {form}: {error}")).trace;
            assert_eq!(opened.about.lacks, less.about.lacks, "{name} as {form}");
            assert_eq!(found(&opened), found(&less), "{name} as {form}\n{}\n{text}", notation::write(&less));
        }
    }
}
