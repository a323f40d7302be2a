//! Event streams: what is sent on one, what is kept of it, and how a client comes back for the rest.

use std::collections::VecDeque;

use inspector_core::http::Headers;
use inspector_core::time::Micros;

use crate::checks::EVENT_STREAM;
use crate::limits::{EVENTS, KEEP_ALIVE, STREAMS};
use crate::revision::Revision;
use crate::server::{ConnectionId, Output, Server};

/// How long a client waits before it comes back for a stream, in milliseconds.
pub(crate) const RETRY_MILLIS: u64 = 500;

/// What events look like, and whether they can be asked for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Data alone: a stream that breaks off is lost (2026-07-28).
    Plain,
    /// Data and the name `message` (2024-11-05).
    Named,
    /// Data and an id to come back with (2025-03-26, 2025-06-18).
    Numbered,
    /// The same, and at the start an id without data, so that a client can come back for everything (2025-11-25).
    Primed,
}

impl Style {
    /// What a revision wants over Streamable HTTP.
    pub(crate) fn of(revision: Revision) -> Self {
        match revision {
            Revision::V2024_11_05 => Self::Named,
            Revision::V2025_03_26 | Revision::V2025_06_18 => Self::Numbered,
            Revision::V2025_11_25 => Self::Primed,
            Revision::V2026_07_28 => Self::Plain,
        }
    }

    fn is_resumable(self) -> bool {
        matches!(self, Self::Numbered | Self::Primed)
    }
}

/// One event stream. It may outlive the connection it is read on.
#[derive(Debug)]
pub(crate) struct Stream {
    /// Its number, unique on this server.
    pub(crate) id: u32,
    /// The session it belongs to; none in the stateless era.
    pub(crate) session: Option<u32>,
    /// Who reads it at the moment.
    pub(crate) connection: Option<ConnectionId>,
    style: Style,
    /// Whether it stays open with no answer to wait for.
    standing: bool,
    /// How many answers it still has to carry.
    awaited: usize,
    /// The events that can be asked for again, and the number of the first of them.
    kept: VecDeque<String>,
    first: u32,
    /// When it has been quiet for too long.
    pub(crate) quiet_at: Micros,
}

impl Stream {
    /// Whether nothing will come on it any more.
    fn is_over(&self) -> bool {
        self.awaited == 0 && !self.standing
    }

    /// Puts a message into an event, and keeps it if it can be asked for again.
    fn event(&mut self, message: &str) -> String {
        match self.style {
            Style::Plain => format!("data: {message}\n\n"),
            Style::Named => format!("event: message\ndata: {message}\n\n"),
            Style::Numbered | Style::Primed => {
                let number = self.first + u32::try_from(self.kept.len()).unwrap_or(u32::MAX);
                let event = format!("id: {}\ndata: {message}\n\n", event_id(self.id, number));
                self.kept.push_back(event.clone());
                if self.kept.len() > EVENTS {
                    self.kept.pop_front();
                    self.first += 1;
                }
                event
            }
        }
    }
}

/// An id names its stream, so that it is unique in its session and leads back to it (2025-11-25, resumability).
fn event_id(stream: u32, number: u32) -> String {
    format!("{stream}-{number}")
}

/// The stream and the number of an event, from its id.
pub(crate) fn parse_event_id(id: &str) -> Option<(u32, u32)> {
    let (stream, number) = id.split_once('-')?;
    Some((stream.parse().ok()?, number.parse().ok()?))
}

/// The headers of every event stream. The last one asks proxies not to hold events back (2026-07-28, transports).
pub(crate) fn headers() -> Headers {
    let mut headers = Headers::new();
    headers.push("content-type", EVENT_STREAM);
    headers.push("cache-control", "no-store");
    headers.push("x-accel-buffering", "no");
    headers
}

impl Server {
    /// Answers a request with an event stream that carries this many answers, or stays open.
    pub(crate) fn open_stream(
        &mut self,
        connection: ConnectionId,
        session: Option<u32>,
        style: Style,
        awaited: usize,
        standing: bool,
    ) -> u32 {
        self.count += 1;
        let id = self.count;
        self.send(Output::Head(connection, 200, headers()));
        if style == Style::Primed {
            // An id without data: a client that loses the stream now can still come back for all of it.
            self.chunk(connection, format!("id: {}\nretry: {RETRY_MILLIS}\ndata:\n\n", event_id(id, 0)));
        }
        let quiet_at = self.now.saturating_add(KEEP_ALIVE);
        let connection = Some(connection);
        self.streams.push(Stream {
            id,
            session,
            connection,
            style,
            standing,
            awaited,
            kept: VecDeque::new(),
            first: 1,
            quiet_at,
        });
        if self.streams.len() > STREAMS
            && let Some(oldest) = self.streams.iter().position(Stream::is_over)
        {
            self.streams.remove(oldest);
        }
        id
    }

    /// Sends a message on a stream; whoever is away may come back for it.
    pub(crate) fn say(&mut self, stream: u32, message: &str) {
        let quiet_at = self.now.saturating_add(KEEP_ALIVE);
        let Some(stream) = self.streams.iter_mut().find(|known| known.id == stream) else { return };
        let event = stream.event(message);
        stream.quiet_at = quiet_at;
        if let Some(connection) = stream.connection {
            self.chunk(connection, event);
        }
    }

    /// Notes that an answer is no longer awaited on a stream. After the last one the stream ends.
    pub(crate) fn answered_on(&mut self, stream: u32) {
        let Some(known) = self.streams.iter_mut().find(|known| known.id == stream) else { return };
        known.awaited = known.awaited.saturating_sub(1);
        if known.is_over() {
            let resumable = known.style.is_resumable();
            self.hang_up(stream);
            if !resumable {
                self.forget(stream);
            }
        }
    }

    /// Forgets a stream with everything that would be said on it.
    pub(crate) fn forget(&mut self, stream: u32) {
        self.works.retain(|work| work.stream != stream);
        self.listens.retain(|listen| listen.stream != stream);
        self.streams.retain(|known| known.id != stream);
    }

    /// Ends the connection of a stream, and not the stream.
    pub(crate) fn hang_up(&mut self, stream: u32) {
        let known = self.streams.iter_mut().find(|known| known.id == stream);
        if let Some(connection) = known.and_then(|known| known.connection.take()) {
            self.send(Output::End(connection));
        }
    }

    /// Goes on with a stream of a session after an event, on a new connection; `false` when there is no such event.
    pub(crate) fn resume(&mut self, connection: ConnectionId, session: u32, last: &str) -> bool {
        let Some((id, number)) = parse_event_id(last) else { return false };
        let quiet_at = self.now.saturating_add(KEEP_ALIVE);
        let found = self.streams.iter_mut().find(|known| known.id == id && known.session == Some(session));
        let Some(stream) = found.filter(|stream| stream.style.is_resumable()) else { return false };
        let sent = number.saturating_add(1).saturating_sub(stream.first) as usize;
        if sent > stream.kept.len() {
            return false;
        }
        // A client that comes back has lost the connection before, whatever it looks like from here.
        let before = stream.connection.replace(connection);
        stream.quiet_at = quiet_at;
        let missed: Vec<String> = stream.kept.iter().skip(sent).cloned().collect();
        let over = stream.is_over();
        if let Some(before) = before {
            self.send(Output::End(before));
        }
        self.send(Output::Head(connection, 200, headers()));
        missed.into_iter().for_each(|event| self.chunk(connection, event));
        if over {
            self.hang_up(id);
        }
        true
    }

    /// Sends a comment on every stream that has been quiet for too long.
    pub(crate) fn keep_alive(&mut self) {
        let (now, next) = (self.now, self.now.saturating_add(KEEP_ALIVE));
        let quiet = self.streams.iter_mut().filter(|stream| stream.connection.is_some() && stream.quiet_at <= now);
        let connections: Vec<ConnectionId> = quiet
            .filter_map(|stream| {
                stream.quiet_at = next;
                stream.connection
            })
            .collect();
        connections.into_iter().for_each(|connection| self.chunk(connection, ": keep-alive\n\n".to_owned()));
    }
}
