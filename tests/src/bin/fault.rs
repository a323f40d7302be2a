//! `cargo run -p inspector-tests --bin fault -- NAME`: one faulty server to try the page on by hand.

use std::{env, process::ExitCode, thread};

use inspector_core::trace::notation;
use lab::fault::{CLIENT_ID, CLIENT_SECRET, FaultServer, Gives, Guarded, Issuer, Published, Scenario};

const USAGE: &str = "usage: fault NAME [--port PORT]\n       fault NAME --recording\n       fault --list";

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["--list"] => {
            for scenario in Scenario::all() {
                println!("{:<30} {}", scenario.name, scenario.about);
            }
            ExitCode::SUCCESS
        }
        ["--tokens"] => tokens(),
        [name] => serve(name, "0"),
        [name, "--recording"] => record(name),
        [name, "--port", port] | ["--port", port, name] => serve(name, port),
        _ => refuse(USAGE),
    }
}

fn serve(name: &str, port: &str) -> ExitCode {
    let Some(scenario) = Scenario::by_name(name) else {
        return refuse(&format!("no scenario is called {name}; --list shows them all"));
    };
    let Ok(port) = port.parse() else {
        return refuse(&format!("{port} is not a port"));
    };
    match FaultServer::start_on(port, scenario) {
        Ok(server) => {
            println!("{}\n{}", server.url(), scenario.about);
            if scenario.has_a_client() {
                println!("its fault shows in the recording of another client: fault {name} --recording");
            }
            if scenario.from_the_web.is_some() {
                println!("its fault shows to a page that came over https, and calls {}", server.named_url());
            }
            if scenario.protocol != "auto" {
                println!("choose {} under Protocol", scenario.protocol);
            }
            loop {
                thread::park();
            }
        }
        Err(error) => refuse(&format!("cannot listen on port {port}: {error}")),
    }
}

/// Prints the recording of the client that a scenario is about, to be opened on the page.
fn record(name: &str) -> ExitCode {
    let Some(scenario) = Scenario::by_name(name) else {
        return refuse(&format!("no scenario is called {name}; --list shows them all"));
    };
    match scenario.recorded(&FaultServer::start(scenario)) {
        Some(trace) => {
            print!("{}", notation::write(&trace));
            ExitCode::SUCCESS
        }
        None => refuse(&format!("{name} shows on the page by itself: start it and run the handshake")),
    }
}

/// A server that wants a token, and the authorization server that gives it: to try out how a page gets a new one.
fn tokens() -> ExitCode {
    let token = "the-token-of-the-laboratory";
    let issuer = Issuer::start(Published::OAuth, Gives::Token(token.to_owned()));
    let server = Guarded::start(token, &issuer.name());
    println!("{}\nwants a token that {} gives to a client", server.url(), issuer.name());
    println!("client id: {CLIENT_ID}\nsecret:    {CLIENT_SECRET}");
    loop {
        thread::park();
    }
}

fn refuse(why: &str) -> ExitCode {
    eprintln!("{why}");
    ExitCode::FAILURE
}
