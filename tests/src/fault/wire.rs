//! Plays a reply to a socket, byte for byte.

use std::{
    io::{self, ErrorKind, Write},
    net::TcpStream,
    sync::mpsc::{Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use super::reply::{Answer, Framing, Reply, Step};

/// Longer than any test waits.
const VERY_LONG: Duration = Duration::from_secs(3600);

/// Sends an answer. `Ok` means the connection may carry another request.
pub(crate) fn play(answer: &Answer, socket: &TcpStream) -> io::Result<()> {
    match answer {
        Answer::Reply(reply) => Player { socket, framing: reply.framing }.play(reply),
        Answer::Never => wait(socket, VERY_LONG),
        Answer::Close => Err(ErrorKind::ConnectionAborted.into()),
    }
}

/// How long nothing may come on a stream before its client is looked for.
const GLANCE: Duration = Duration::from_millis(50);

struct Player<'a> {
    socket: &'a TcpStream,
    framing: Framing,
}

impl Player<'_> {
    fn play(&mut self, reply: &Reply) -> io::Result<()> {
        self.socket.write_all(&head(reply))?;
        for step in &reply.steps {
            match step {
                Step::Write(bytes) => self.write(bytes)?,
                Step::Generate { piece, count, pause } => {
                    for number in 0..*count {
                        self.write(&piece(number))?;
                        if !pause.is_zero() {
                            wait(self.socket, *pause)?;
                        }
                    }
                }
                Step::Wait(time) => wait(self.socket, *time)?,
                Step::Relay(pieces) => self.relay(pieces)?,
                Step::Hold => wait(self.socket, VERY_LONG)?,
                Step::CutInChunk(bytes) => {
                    let promised = format!("{:x}\r\n", bytes.len() + 1);
                    self.socket.write_all(&[promised.as_bytes(), bytes].concat())?;
                    return Err(ErrorKind::ConnectionAborted.into());
                }
                Step::Cut => return Err(ErrorKind::ConnectionAborted.into()),
            }
        }
        match self.framing {
            Framing::Length => Ok(()),
            Framing::Chunked => self.socket.write_all(b"0\r\n\r\n"),
            Framing::UntilClose => Err(ErrorKind::ConnectionAborted.into()),
        }
    }

    /// Sends pieces as they come, and notices between them when the client leaves.
    fn relay(&mut self, pieces: &Receiver<Vec<u8>>) -> io::Result<()> {
        loop {
            match pieces.recv_timeout(GLANCE) {
                Ok(piece) => self.write(&piece)?,
                Err(RecvTimeoutError::Timeout) => wait(self.socket, Duration::from_millis(1))?,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        // An empty chunk would end the body.
        if bytes.is_empty() {
            return Ok(());
        }
        match self.framing {
            Framing::Chunked => {
                let size = format!("{:x}\r\n", bytes.len());
                self.socket.write_all(&[size.as_bytes(), bytes, b"\r\n"].concat())
            }
            Framing::Length | Framing::UntilClose => self.socket.write_all(bytes),
        }
    }
}

fn head(reply: &Reply) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} {}\r\n", reply.status, reply.reason);
    for (name, value) in &reply.headers.0 {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    match reply.framing {
        // A 204 must not carry a length (RFC 9110, 8.6).
        Framing::Length if reply.status == 204 => {}
        Framing::Length => head.push_str(&format!("content-length: {}\r\n", length(&reply.steps))),
        Framing::Chunked => head.push_str("transfer-encoding: chunked\r\n"),
        Framing::UntilClose => head.push_str("connection: close\r\n"),
    }
    head.push_str("\r\n");
    head.into_bytes()
}

fn length(steps: &[Step]) -> u64 {
    let of = |step: &Step| match step {
        Step::Write(bytes) => bytes.len() as u64,
        Step::Generate { piece, count, .. } => piece(0).len() as u64 * count,
        Step::Wait(_) | Step::Relay(_) | Step::Hold | Step::CutInChunk(_) | Step::Cut => 0,
    };
    steps.iter().map(of).sum()
}

/// Waits, but no longer than the client does: its leaving is an error, so that nothing is held for nobody.
fn wait(socket: &TcpStream, time: Duration) -> io::Result<()> {
    let until = Instant::now() + time;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return socket.set_read_timeout(None);
        }
        socket.set_read_timeout(Some(left))?;
        match socket.peek(&mut [0]) {
            Ok(0) => return Err(ErrorKind::ConnectionAborted.into()),
            // The next request is already here; it has to wait for its turn.
            Ok(_) => thread::sleep(left),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(error) => return Err(error),
        }
    }
}
