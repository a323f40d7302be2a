//! Programs the live tests start: on a free loopback port, waited for, ended with the test.

use std::{
    env,
    io::Read,
    iter,
    net::{Ipv4Addr, TcpListener, TcpStream},
    ops::Range,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// A cold start on a busy machine: Python imports and a JIT warm up.
const START_PATIENCE: Duration = Duration::from_secs(60);

/// A running program that listens on a port; killed when dropped.
pub(crate) struct Process {
    name: String,
    command: Command,
    port: u16,
    child: Child,
    errors: Option<JoinHandle<String>>,
}

impl Process {
    /// Starts what `command` makes of a free port, and waits until something listens there.
    pub(crate) fn start(name: &str, command: impl FnOnce(u16) -> Command) -> Self {
        let port = free_port();
        let mut command = command(port);
        let (child, errors) = spawn(name, &mut command);
        let mut process = Self { name: name.to_owned(), command, port, child, errors };
        process.wait_until_listening();
        process
    }

    /// Ends it, and starts it anew on the same port.
    pub(crate) fn restart(&mut self) {
        self.end();
        (self.child, self.errors) = spawn(&self.name, &mut self.command);
        self.wait_until_listening();
    }

    /// Ends it at once, in the middle of whatever it does.
    pub(crate) fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    fn wait_until_listening(&mut self) {
        let deadline = Instant::now() + START_PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            let ended = self.child.try_wait().unwrap();
            if ended.is_some() || Instant::now() > deadline {
                let _ = self.child.kill();
                let errors = self.errors.take().and_then(|errors| errors.join().ok()).unwrap_or_default();
                panic!("{} does not listen on port {}:\n{errors}", self.name, self.port);
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// Starts a program, and reads what it complains about as it comes, so that a talkative one never blocks on a full pipe.
fn spawn(name: &str, command: &mut Command) -> (Child, Option<JoinHandle<String>>) {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{name} does not start: {error}"));
    let errors = child.stderr.take().map(|mut stderr| {
        thread::spawn(move || {
            let mut text = Vec::new();
            let _ = stderr.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        })
    });
    (child, errors)
}

/// The path in an environment variable that `cargo xtask test` sets.
///
/// # Panics
/// When it is not set.
pub fn path_from(variable: &str) -> PathBuf {
    match env::var_os(variable) {
        Some(path) => path.into(),
        None => panic!("{variable} is not set: run the live tests with `cargo xtask test`"),
    }
}

/// Where ports are taken from: below those that systems give to connections going out (Linux: from 32768), or a connection of
/// some test could have the port before the program does, and even connect to itself.
const PORTS: Range<u32> = 10_240..30_720;

/// So many ports in a row belong to one test process, so that two that run at once do not choose the same one.
const PORTS_EACH: u32 = 64;

fn free_port() -> u16 {
    static CHOSEN: AtomicU32 = AtomicU32::new(0);
    let first = std::process::id().wrapping_mul(PORTS_EACH);
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    let next = || {
        let nth = first.wrapping_add(CHOSEN.fetch_add(1, Ordering::Relaxed)) % PORTS.len() as u32;
        u16::try_from(PORTS.start + nth).expect("a port")
    };
    iter::repeat_with(next).take(PORTS.len()).find(is_free).expect("a free port")
}
