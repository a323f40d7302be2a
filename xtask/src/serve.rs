//! `cargo xtask serve`: the page on this machine, built anew on every change.

use crate::process::{Outcome, run, say};
use crate::tools;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::Duration;

const DEFAULT_PORT: u16 = 8080;

/// Installs what is missing and runs `trunk serve` with the given arguments until it is stopped.
///
/// # Errors
/// When a tool cannot be installed, the port is taken, or Trunk fails.
pub(crate) fn serve(arguments: &[&str]) -> Outcome {
    let port = port(arguments)?;
    if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
        return Err(format!("port {port} is taken: choose another with `cargo xtask serve --port {}`", port.wrapping_add(1)));
    }
    let mut trunk = tools::trunk()?;
    say("Building the page: about 2 minutes the first time, then seconds");
    std::thread::spawn(move || announce(port));
    // Not in dist/: a release build or a test run may want it meanwhile.
    run(trunk.args(["serve", "--dist", "target/serve"]).args(arguments))
}

/// Prints the address once something answers there.
fn announce(port: u16) {
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        std::thread::sleep(Duration::from_millis(200));
    }
    say(&format!("The page is at http://127.0.0.1:{port}/ (stop with Ctrl+C)"));
}

/// The port that Trunk will take from its arguments.
fn port(arguments: &[&str]) -> Outcome<u16> {
    let given = arguments.iter().enumerate().find_map(|(index, argument)| match *argument {
        "--port" | "-p" => Some(arguments.get(index + 1).copied().unwrap_or_default()),
        other => other.strip_prefix("--port="),
    });
    given.map_or(Ok(DEFAULT_PORT), |text| text.parse().map_err(|_| format!("`{text}` is not a port")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_as_trunk_reads_it() {
        assert_eq!(port(&["--open"]), Ok(8080));
        assert_eq!(port(&["--open", "--port", "9000"]), Ok(9000));
        assert_eq!(port(&["--port=9000"]), Ok(9000));
        assert_eq!(port(&["-p", "9000"]), Ok(9000));
    }

    #[test]
    fn what_is_not_a_port_is_refused() {
        assert_eq!(port(&["--port", "web"]), Err("`web` is not a port".into()));
        assert_eq!(port(&["--port"]), Err("`` is not a port".into()));
    }
}
