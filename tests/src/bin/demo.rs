//! `cargo run -p inspector-tests --bin demo`: the demo server on a loopback port, to run other clients against it.

use std::{env, process::ExitCode, thread};

use lab::demo::Loopback;

const USAGE: &str = "usage: demo [--port PORT]";

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => serve("0"),
        ["--port", port] => serve(port),
        _ => refuse(USAGE),
    }
}

fn serve(port: &str) -> ExitCode {
    let Ok(port) = port.parse() else { return refuse(&format!("{port} is not a port")) };
    match Loopback::start(port) {
        Ok(server) => {
            println!("{}\tStreamable HTTP, 2025-03-26 to 2026-07-28\n{}\tHTTP+SSE, 2024-11-05", server.url(), server.sse_url());
            loop {
                thread::park();
            }
        }
        Err(error) => refuse(&format!("cannot listen on port {port}: {error}")),
    }
}

fn refuse(why: &str) -> ExitCode {
    eprintln!("{why}");
    ExitCode::FAILURE
}
