//! A program of `tests/python` or `tests/node` that runs clients: one line in for each run, one line out when it is over.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread::{self, JoinHandle},
    time::Duration,
};

use serde_json::Value;

/// How long a program may say nothing: a cold start on a busy machine, or the longest limit of a run and much to do beside it.
const PATIENCE: Duration = Duration::from_secs(180);

/// A running program; ended when dropped.
pub(super) struct Speaking {
    name: &'static str,
    child: Child,
    orders: Option<ChildStdin>,
    said: Receiver<String>,
    errors: Option<JoinHandle<String>>,
}

impl Speaking {
    pub(super) fn start(name: &'static str, mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{name} does not start: {error}"));
        let (tell, said) = channel();
        let stdout = child.stdout.take().expect("a piped output");
        thread::spawn(move || {
            let lines = BufReader::new(stdout).lines();
            // Nobody listens any more when the test has failed.
            lines.map_while(Result::ok).take_while(|line| tell.send(line.clone()).is_ok()).for_each(drop);
        });
        let mut stderr = child.stderr.take().expect("a piped error output");
        let errors = thread::spawn(move || {
            let mut text = Vec::new();
            let _ = stderr.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        });
        let orders = child.stdin.take();
        Self { name, child, orders, said, errors: Some(errors) }
    }

    /// Hands over one run.
    pub(super) fn order(&mut self, order: &Value) {
        let sent = self.orders.as_mut().is_some_and(|orders| writeln!(orders, "{order}").is_ok());
        if !sent {
            self.give_up("takes no more orders");
        }
    }

    /// Says that no more runs come.
    pub(super) fn end_orders(&mut self) {
        self.orders = None;
    }

    /// The next line it says.
    pub(super) fn next(&mut self) -> Value {
        let Ok(line) = self.said.recv_timeout(PATIENCE) else { self.give_up("says nothing more") };
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{}: {error}: {line}", self.name))
    }

    fn give_up(&mut self, what: &str) -> ! {
        let _ = self.child.kill();
        let errors = self.errors.take().and_then(|errors| errors.join().ok()).unwrap_or_default();
        panic!("{} {what}:\n{errors}", self.name)
    }
}

impl Drop for Speaking {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
