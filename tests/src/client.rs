//! A blocking HTTP/1.1 client for the loopback that hides nothing: every header, every piece of the body when it arrives, and
//! whether the body ended or was cut.

use std::{
    io::{self, BufReader, Write},
    net::TcpStream,
    time::Duration,
};

use crate::{
    http::{self, Body, Headers},
    url,
};

/// A response whose body is still being read.
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The reason phrase.
    pub reason: String,
    /// All header fields.
    pub headers: Headers,
    body: Body,
    connection: BufReader<TcpStream>,
}

/// Sends one request on a connection of its own and waits for the response head.
///
/// `patience` bounds the wait for each read; running out of it is `WouldBlock` or `TimedOut`. A connection closed before the
/// head is `UnexpectedEof`.
pub fn send(method: &str, url: &str, headers: &[(&str, &str)], body: &[u8], patience: Duration) -> io::Result<Response> {
    let (host, path) = url::split(url);
    let mut socket = TcpStream::connect(url::leads_to(host))?;
    socket.set_read_timeout(Some(patience))?;
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    socket.write_all(&[head.as_bytes(), body].concat())?;
    let mut connection = BufReader::new(socket);
    let (status, reason, headers) = http::read_response_head(&mut connection)?;
    // 204 and 304 never have a body, whatever the headers say (RFC 9112, 6.3).
    let body = if matches!(status, 204 | 304) { Body::Ended } else { Body::of(&headers) };
    Ok(Response { status, reason, headers, body, connection })
}

/// Sends one JSON-RPC message as an MCP client does: JSON out, JSON or an event stream back.
pub fn post(url: &str, headers: &[(&str, &str)], message: &str) -> io::Result<Response> {
    let usual = [("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")];
    send("POST", url, &[&usual[..], headers].concat(), message.as_bytes(), Duration::from_secs(10))
}

impl Response {
    /// The next piece of the body; `None` at its proper end, `UnexpectedEof` where it was cut.
    pub fn next_piece(&mut self) -> io::Result<Option<Vec<u8>>> {
        self.body.next(&mut self.connection)
    }

    /// All that came of the body, and whether it ended properly.
    pub fn read_body(&mut self) -> (Vec<u8>, io::Result<()>) {
        let mut body = Vec::new();
        loop {
            match self.next_piece() {
                Ok(Some(piece)) => body.extend(piece),
                Ok(None) => return (body, Ok(())),
                Err(error) => return (body, Err(error)),
            }
        }
    }

    /// The body as text.
    ///
    /// # Panics
    /// When it was cut.
    pub fn text(&mut self) -> String {
        let (body, end) = self.read_body();
        end.expect("the body ended properly");
        String::from_utf8_lossy(&body).into_owned()
    }
}
