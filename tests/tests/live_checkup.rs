//! What a checkup says of real servers, which is in docs/checkup.md.

#![cfg(feature = "live")]

use std::{fs, path::Path, thread};

use inspector_core::{
    limits::CHECKUP_REQUESTS,
    mcp::{Ask, Revision},
    probe::{self, Verdict},
    session,
    trace::{About, Command, TokenFacts, Trace},
};
use lab::{
    checkups::{self, Checked},
    docs,
    drive::{self, Drive},
    servers::{Dual, DualApp, Everything, Python, PythonApp, mint_token},
};

const STATELESS: Ask = Ask::Only(Revision::V2026_07_28);

/// A checkup of a server that was just started, not as a page: nothing of what it answers is hidden.
fn check_up(url: &str, ask: Ask, token: &str) -> Trace {
    let about = About { page: None, ask, token: TokenFacts::of(token), ..drive::about(url) };
    let mut drive = Drive::start(about, token);
    drive.command(Command::Checkup);
    drive.wait_until_idle();
    drive.into_trace()
}

/// The same for one that speaks both eras: first with a handshake, then without.
fn check_up_both(app: DualApp) -> Vec<Trace> {
    let server = Dual::start(app);
    [Ask::Auto, STATELESS].map(|ask| check_up(&server.url(), ask, "")).into()
}

/// The version of a package that the tests are pinned to.
fn pinned(package: &str, list: &str) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(list)).expect("the list of packages");
    let mut versions = text.lines().filter_map(|line| {
        let line = line.replace(['"', ',', ' '], "");
        let version = line.strip_prefix(package)?;
        version.strip_prefix("==").or_else(|| version.strip_prefix(':')).map(str::to_owned)
    });
    versions.next_back().unwrap_or_else(|| panic!("{package} is not in {list}"))
}

fn python(package: &str, list: &str) -> String {
    format!("Python {package} {}", pinned(package, &format!("python/{list}")))
}

fn node(package: &str) -> String {
    let package = format!("@modelcontextprotocol/{package}");
    format!("{package} {}", pinned(&package, "node/package.json"))
}

/// A server to check: what it is made with, how it is set up, and what a checkup records in each era.
type Server = (String, &'static str, fn() -> Vec<Trace>);

fn servers() -> [Server; 5] {
    [
        (python("mcp", "requirements.txt"), "`FastMCP` with sessions and a check of tokens (`auth`, `token_verifier`).", || {
            let server = Python::start(PythonApp::Bearer);
            vec![check_up(&server.url(), Ask::Auto, &mint_token(3_600))]
        }),
        (node("server-everything"), "The TypeScript SDK 1.x with sessions, and streams that can be resumed.", || {
            let server = Everything::start();
            vec![check_up(&server.url(), Ask::Auto, "")]
        }),
        (python("mcp", "requirements-2.txt"), "`MCPServer` as it comes.", || check_up_both(DualApp::Python)),
        (python("fastmcp-slim", "requirements-2.txt"), "FastMCP with an event store.", || check_up_both(DualApp::FastMcp)),
        (node("server"), "`createMcpHandler`: the handshake era without sessions.", || check_up_both(DualApp::TypeScript)),
    ]
}

/// A checkup of each, in the order in which they are listed.
fn check_up_all() -> Vec<Checked> {
    let begun: Vec<_> = servers().into_iter().map(|(title, about, run)| (title, about, thread::spawn(run))).collect();
    let checked = begun.into_iter().flat_map(|(title, about, run)| {
        let traces = run.join().expect("a checkup");
        traces.into_iter().map(move |trace| Checked { title: title.clone(), about, trace })
    });
    checked.collect()
}

#[test]
fn the_documentation_says_what_real_servers_do() {
    let all = check_up_all();
    for Checked { title, trace, .. } in &all {
        assert!(trace.exchanges().len() <= CHECKUP_REQUESTS as usize, "{title}: {}", trace.exchanges().len());
        assert!(trace.exchanges().iter().all(|exchange| exchange.method() != Some("tools/call")), "{title}");
        let count = |verdict| probe::matrix(trace).iter().filter(|entry| entry.verdict() == verdict).count();
        assert_eq!(count(Verdict::Unseen), 0, "{title}: nothing is hidden from a program");
        assert!(count(Verdict::AsExpected) >= 5, "{title}: a server that works does most things right");
        assert_eq!(session::replay(trace.about.clone(), &trace.records()), trace.records(), "{title}");
    }
    docs::hold("checkup.md", &checkups::page(&all));
}
