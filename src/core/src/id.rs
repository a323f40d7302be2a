//! Names for the things in a recording: exchanges, and the events inside one.

use alloc::string::{String, ToString};
use core::fmt;
use core::str::FromStr;

/// One HTTP request and everything that came back for it. Numbered from 1 in the order of sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExchangeId(pub u32);

impl fmt::Display for ExchangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which part of an exchange is meant. The order is the order on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The request as it was sent.
    Request,
    /// Status line and headers of the response.
    Response,
    /// The n-th item of the response body, from 0: a stream event, a comment, or the one JSON body.
    Item(u32),
    /// How the exchange ended.
    End,
}

/// The address of one event of a recording: `3.request`, `3.response`, `3.item.4`, `3.end`.
///
/// It does not depend on how the bytes were split on the way, so the evidence of a finding, a row of the
/// diagram and a link to it stay the same when a recording is written, opened and decoded again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventRef {
    /// The exchange the event belongs to.
    pub exchange: ExchangeId,
    /// The part of that exchange.
    pub part: Part,
}

impl EventRef {
    /// The request of an exchange.
    pub const fn request(exchange: ExchangeId) -> Self {
        Self { exchange, part: Part::Request }
    }

    /// Status and headers of an exchange's response.
    pub const fn response(exchange: ExchangeId) -> Self {
        Self { exchange, part: Part::Response }
    }

    /// The n-th item of an exchange's response body.
    pub const fn item(exchange: ExchangeId, n: u32) -> Self {
        Self { exchange, part: Part::Item(n) }
    }

    /// Two numbers that order events as [`Ord`] does.
    pub(crate) fn order(self) -> [u64; 2] {
        let (part, n) = match self.part {
            Part::Request => (0, 0),
            Part::Response => (1, 0),
            Part::Item(n) => (2, n),
            Part::End => (3, 0),
        };
        [u64::from(self.exchange.0), part << 32 | u64::from(n)]
    }

    /// The end of an exchange.
    pub const fn end(exchange: ExchangeId) -> Self {
        Self { exchange, part: Part::End }
    }
}

impl fmt::Display for EventRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Request => write!(f, "{}.request", self.exchange),
            Part::Response => write!(f, "{}.response", self.exchange),
            Part::Item(n) => write!(f, "{}.item.{n}", self.exchange),
            Part::End => write!(f, "{}.end", self.exchange),
        }
    }
}

/// The text is not the address of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAnEventRef(pub String);

impl FromStr for EventRef {
    type Err = NotAnEventRef;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || NotAnEventRef(text.to_string());
        let (exchange, part) = text.split_once('.').ok_or_else(wrong)?;
        let exchange = ExchangeId(exchange.parse().map_err(|_| wrong())?);
        let part = match part.split_once('.') {
            None if part == "request" => Part::Request,
            None if part == "response" => Part::Response,
            None if part == "end" => Part::End,
            Some(("item", n)) => Part::Item(n.parse().map_err(|_| wrong())?),
            _ => return Err(wrong()),
        };
        Ok(Self { exchange, part })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_as_it_was_written() {
        let exchange = ExchangeId(3);
        for at in
            [EventRef::request(exchange), EventRef::response(exchange), EventRef::item(exchange, 4), EventRef::end(exchange)]
        {
            assert_eq!(at.to_string().parse(), Ok(at));
        }
    }

    #[test]
    fn the_parts_of_an_exchange_are_ordered_as_on_the_wire() {
        let exchange = ExchangeId(1);
        let mut all =
            [EventRef::end(exchange), EventRef::item(exchange, 0), EventRef::request(exchange), EventRef::response(exchange)];
        all.sort();
        assert!(all.is_sorted_by_key(|at| at.order()));
        assert_eq!(all.map(|at| at.to_string()).join(" "), "1.request 1.response 1.item.0 1.end");
    }
}
