//! HTTP/1.1 as the laboratory reads it (RFC 9112): header fields in the order they came, bodies by length or by chunks.

use std::io::{self, BufRead, Read};

/// Header fields in the order and with the spelling they had on the wire.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers(pub Vec<(String, String)>);

impl Headers {
    /// The first value of a field; names are compared without case (RFC 9110, 5.1).
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Reads field lines up to and including the empty line that ends them.
    fn read(from: &mut impl BufRead) -> io::Result<Self> {
        let mut fields = Vec::new();
        loop {
            let line = read_line(from)?;
            if line.is_empty() {
                return Ok(Self(fields));
            }
            let (name, value) = line.split_once(':').ok_or_else(|| invalid("a header line without a colon"))?;
            fields.push((name.to_owned(), value.trim().to_owned()));
        }
    }
}

/// One request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// `POST`, `GET`, `DELETE`, `OPTIONS`.
    pub method: String,
    /// The request target: path and query.
    pub path: String,
    /// All header fields.
    pub headers: Headers,
    /// The body, chunks already joined.
    pub body: Vec<u8>,
}

impl Request {
    /// Reads the next request of a connection; `None` when the peer ended it between two requests.
    pub fn read(from: &mut impl BufRead) -> io::Result<Option<Self>> {
        if from.fill_buf()?.is_empty() {
            return Ok(None);
        }
        let line = read_line(from)?;
        let mut parts = line.split(' ');
        let (Some(method), Some(path)) = (parts.next(), parts.next()) else {
            return Err(invalid("not a request line"));
        };
        let headers = Headers::read(from)?;
        let mut body = Vec::new();
        // A request without either header has no body (RFC 9112, 6.3).
        if headers.get("transfer-encoding").is_some() || headers.get("content-length").is_some() {
            let mut decoder = Body::of(&headers);
            while let Some(piece) = decoder.next(from)? {
                body.extend(piece);
            }
        }
        Ok(Some(Self { method: method.to_owned(), path: path.to_owned(), headers, body }))
    }

    /// The body as text, for assertions.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Reads a status line and the header fields below it.
pub(crate) fn read_response_head(from: &mut impl BufRead) -> io::Result<(u16, String, Headers)> {
    let line = read_line(from)?;
    let mut parts = line.splitn(3, ' ').skip(1);
    let status = parts.next().and_then(|code| code.parse().ok()).ok_or_else(|| invalid("not a status line"))?;
    let reason = parts.next().unwrap_or_default().to_owned();
    Ok((status, reason, Headers::read(from)?))
}

/// How the end of a body is told, and how far it has been read.
pub(crate) enum Body {
    /// This many bytes are still to come.
    Length(u64),
    Chunked,
    /// The body ends where the connection does.
    UntilClose,
    Ended,
}

impl Body {
    pub(crate) fn of(headers: &Headers) -> Self {
        if headers.get("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
            return Self::Chunked;
        }
        match headers.get("content-length").and_then(|length| length.parse().ok()) {
            Some(length) => Self::Length(length),
            None => Self::UntilClose,
        }
    }

    /// The next bytes as they become readable, `None` at the end the framing promised. A connection that ends earlier is
    /// `UnexpectedEof`.
    pub(crate) fn next(&mut self, from: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
        match self {
            Self::Ended => Ok(None),
            Self::UntilClose => {
                let piece = available(from, u64::MAX)?;
                Ok((!piece.is_empty()).then_some(piece))
            }
            Self::Length(0) => {
                *self = Self::Ended;
                Ok(None)
            }
            Self::Length(left) => {
                let piece = available(from, *left)?;
                if piece.is_empty() {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                *left -= piece.len() as u64;
                Ok(Some(piece))
            }
            Self::Chunked => {
                let line = read_line(from)?;
                let size = line.split(';').next().unwrap_or_default().trim();
                let size = u64::from_str_radix(size, 16).map_err(|_| invalid("not a chunk size"))?;
                let mut chunk = Vec::new();
                if from.take(size).read_to_end(&mut chunk)? as u64 != size {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                read_line(from)?;
                if size == 0 {
                    *self = Self::Ended;
                    return Ok(None);
                }
                Ok(Some(chunk))
            }
        }
    }
}

/// What the next read gives, at most `limit` bytes; empty at the end of the connection.
fn available(from: &mut impl BufRead, limit: u64) -> io::Result<Vec<u8>> {
    let ready = from.fill_buf()?;
    let take = ready.len().min(usize::try_from(limit).unwrap_or(usize::MAX));
    let piece = ready[..take].to_vec();
    from.consume(take);
    Ok(piece)
}

fn read_line(from: &mut impl BufRead) -> io::Result<String> {
    let mut line = Vec::new();
    from.read_until(b'\n', &mut line)?;
    if line.pop() != Some(b'\n') {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    String::from_utf8(line).map_err(|_| invalid("a line that is not text"))
}

fn invalid(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
