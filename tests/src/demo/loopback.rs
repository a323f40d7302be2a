//! The demo server on a loopback port, so that other clients can be run against it.

use std::{
    collections::HashMap,
    io::{self, BufReader, ErrorKind, Write},
    net::TcpStream,
    sync::{
        Arc, Condvar, Mutex,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use inspector_core::{
    http::{HeaderValue, Headers, reason_phrase},
    time::Micros,
};
use inspector_demo::{ConnectionId, Input, Output, Request, Server};

use crate::{http, listener::Listener};

/// How often a response that is still open looks whether anybody reads it.
const LOOK: Duration = Duration::from_millis(50);

/// What lets a page of any origin read everything; the server itself refuses pages that are not of this machine.
const CORS: [(&str, &str); 5] = [
    ("access-control-allow-origin", "*"),
    ("access-control-allow-methods", "GET, POST, DELETE"),
    ("access-control-allow-headers", "*, authorization"),
    ("access-control-expose-headers", "*"),
    ("access-control-max-age", "600"),
];

/// A running demo server; it stops, and breaks every connection, when dropped.
pub struct Loopback {
    listener: Listener,
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    /// The time of the next tick has changed, or it is time to stop.
    changed: Condvar,
    start: Instant,
}

struct State {
    server: Server,
    wake_at: Option<Micros>,
    stopping: bool,
    count: u32,
    open: HashMap<ConnectionId, Sender<Output>>,
}

impl Loopback {
    /// Starts on a loopback port, or on any free one for 0.
    pub fn start(port: u16) -> io::Result<Self> {
        let server = Server::new(u64::from(std::process::id()));
        let state = State { server, wake_at: None, stopping: false, count: 0, open: HashMap::new() };
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new(), start: Instant::now() });
        let listener = Listener::start(port, {
            let shared = Arc::clone(&shared);
            move |socket| {
                // An error here is the peer gone: either way the connection is over.
                let _ = shared.serve(&socket);
            }
        })?;
        thread::spawn({
            let shared = Arc::clone(&shared);
            move || shared.tick()
        });
        Ok(Self { listener, shared })
    }

    /// What to type into "Server URL" for Streamable HTTP.
    pub fn url(&self) -> String {
        format!("{}/mcp", self.listener.origin())
    }

    /// What to type for HTTP+SSE.
    pub fn sse_url(&self) -> String {
        format!("{}/sse", self.listener.origin())
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        self.shared.state.lock().unwrap().stopping = true;
        self.shared.changed.notify_all();
    }
}

impl Shared {
    fn serve(&self, socket: &TcpStream) -> io::Result<()> {
        socket.set_nodelay(true)?;
        let mut incoming = BufReader::new(socket);
        while let Some(request) = http::Request::read(&mut incoming)? {
            if request.method == "OPTIONS" {
                write_head(socket, 204, &Headers::new())?;
                continue;
            }
            let (id, heard) = self.begin(request);
            let answered = answer(socket, &heard);
            self.state.lock().unwrap().open.remove(&id);
            if answered.is_err() {
                self.feed(&mut self.state.lock().unwrap(), Input::Closed(id));
            }
            answered?;
        }
        Ok(())
    }

    fn begin(&self, request: http::Request) -> (ConnectionId, Receiver<Output>) {
        let (tell, heard) = channel();
        let mut state = self.state.lock().unwrap();
        state.count += 1;
        let id = ConnectionId(state.count);
        state.open.insert(id, tell);
        let mut headers = Headers::new();
        request.headers.0.iter().for_each(|(name, value)| headers.push(name, value.as_str()));
        let request = Request { method: request.method, target: request.path, headers, body: request.body };
        self.feed(&mut state, Input::Request(id, request));
        (id, heard)
    }

    fn now(&self) -> Micros {
        Micros(u64::try_from(self.start.elapsed().as_micros()).unwrap_or(u64::MAX))
    }

    fn feed(&self, state: &mut State, input: Input) {
        state.server.handle(self.now(), input);
        while let Some(output) = state.server.poll_output() {
            match output {
                Output::WakeAt(at) => {
                    state.wake_at = at;
                    self.changed.notify_all();
                }
                Output::Head(id, ..) | Output::Chunk(id, _) | Output::End(id) => {
                    // Whoever has gone does not hear it.
                    let _ = state.open.get(&id).map(|tell| tell.send(output));
                }
            }
        }
    }

    /// Calls the server whenever it asked for it.
    fn tick(&self) {
        let mut state = self.state.lock().unwrap();
        while !state.stopping {
            let left = state.wake_at.map(|at| at.saturating_sub(self.now()));
            match left {
                Some(Micros::ZERO) => self.feed(&mut state, Input::Tick),
                Some(left) => state = self.changed.wait_timeout(state, Duration::from_micros(left.0)).unwrap().0,
                None => state = self.changed.wait(state).unwrap(),
            }
        }
    }
}

/// Writes a response as it comes. The reader leaving is an error.
fn answer(mut socket: &TcpStream, heard: &Receiver<Output>) -> io::Result<()> {
    let mut chunked = false;
    loop {
        match heard.recv_timeout(LOOK) {
            Ok(Output::Head(_, status, headers)) => {
                chunked = headers.get("content-type") == Some("text/event-stream");
                write_head(socket, status, &headers)?;
            }
            Ok(Output::Chunk(_, bytes)) if chunked => {
                let size = format!("{:x}\r\n", bytes.len());
                socket.write_all(&[size.as_bytes(), &bytes, b"\r\n"].concat())?;
            }
            Ok(Output::Chunk(_, bytes)) => socket.write_all(&bytes)?,
            Ok(Output::End(_)) if chunked => return socket.write_all(b"0\r\n\r\n"),
            Ok(Output::End(_) | Output::WakeAt(_)) => return Ok(()),
            Err(RecvTimeoutError::Disconnected) => return Err(ErrorKind::ConnectionAborted.into()),
            Err(RecvTimeoutError::Timeout) => look(socket)?,
        }
    }
}

/// Whether the client is still there.
fn look(socket: &TcpStream) -> io::Result<()> {
    socket.set_read_timeout(Some(Duration::from_millis(1)))?;
    let seen = socket.peek(&mut [0]);
    socket.set_read_timeout(None)?;
    match seen {
        Ok(0) => Err(ErrorKind::ConnectionAborted.into()),
        Err(error) if !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Err(error),
        _ => Ok(()),
    }
}

fn write_head(mut socket: &TcpStream, status: u16, headers: &Headers) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {status} {}\r\n", reason_phrase(status));
    let mut field = |name: &str, value: &str| head.push_str(&format!("{name}: {value}\r\n"));
    for (name, value) in headers.iter() {
        if let HeaderValue::Text(text) = value {
            field(name, text);
        }
    }
    CORS.iter().for_each(|(name, value)| field(name, value));
    match headers.get("content-type") {
        Some("text/event-stream") => field("transfer-encoding", "chunked"),
        // A 204 must not carry a length (RFC 9110, 8.6).
        None if status != 204 => field("content-length", "0"),
        _ => {}
    }
    head.push_str("\r\n");
    socket.write_all(head.as_bytes())
}
