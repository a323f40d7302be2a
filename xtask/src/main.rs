//! `cargo xtask serve | test | build | bench | new`: sets up what is missing, then does it.

mod bench;
mod browser;
mod build;
mod cache;
mod causes;
mod csp;
mod live;
mod new;
mod node;
mod page;
mod process;
mod python;
mod rustflags;
mod serve;
mod size;
mod split;
mod steps;
mod symptoms;
mod system;
mod test;
mod tools;
mod wasm_opt;

use process::Outcome;
use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo xtask <command>

  serve [-- ARGS]   build the page, serve it on this machine and rebuild on every change;
                    ARGS go to `trunk serve`, for instance --port 9000 or --open
  test [--fast]     every check and test, installing what is missing; --fast: native only, seconds
  build             the release page in dist/, with its size held to the budget
  bench             size, decoding throughput and times in the browser
  new cause|symptom|probe SLUG
                    every file that a new one needs, with what is to be replaced in them

Trunk calls `cargo xtask page` itself after each build.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nxtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Outcome {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["serve", "--", rest @ ..] | ["serve", rest @ ..] => serve::serve(rest),
        ["test"] => test::test(test::Scope::Everything),
        ["test", "--fast"] => test::test(test::Scope::Native),
        ["build"] => build::build().map(|_| ()),
        ["bench"] => bench::bench(),
        ["new", rest @ ..] => new::new(rest),
        ["page"] => page::hook(),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        [] => Err(format!("which command?\n\n{USAGE}")),
        other => Err(format!("I do not know `{}`.\n\n{USAGE}", other.join(" "))),
    }
}
