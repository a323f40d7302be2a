//! Probes and checkups against servers that work and servers that do not: what is found, and what is never sent.

use inspector_core::{
    mcp::Ask,
    probe::{self, Verdict},
    session,
    trace::{Command, Trace},
};
use lab::demo::{self, Demo};

/// The matrix of a checkup, one probe a line.
fn matrix(trace: &Trace) -> String {
    let line = |run: &inspector_core::trace::ProbeRun| {
        let judged = probe::judge(probe::by_slug(&run.slug).expect("a probe"), trace, run);
        format!("{}: {} · {}", run.slug, judged.verdict.as_str(), judged.says)
    };
    trace.probes().iter().map(line).collect::<Vec<_>>().join("\n")
}

fn check_up(url: &str, ask: Ask) -> Trace {
    let mut demo = Demo::start(inspector_core::trace::About { ask, ..demo::about(url) });
    demo.command(Command::Checkup);
    demo.wait_until_idle();
    demo.into_trace()
}

#[test]
fn t() {
    for (url, ask) in [(demo::URL, "auto"), (demo::URL, "2026-07-28"), (demo::SSE_URL, "auto")] {
        let trace = check_up(url, Ask::parse(ask).unwrap());
        println!("{url} {ask} {} requests\n{}\n", trace.exchanges().len(), matrix(&trace));
        assert_eq!(session::replay(trace.about.clone(), &trace.records()), trace.records());
    }
}
