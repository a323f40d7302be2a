//! When a client shows something: conditions on what happened on the wire, as a table says them.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// Whether a condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not.
    No,
    /// The recording does not say: a browser hides it, or the client did something else than this page.
    Unknown,
    /// It does.
    Yes,
}

impl Truth {
    /// Yes or no.
    pub const fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    /// Whether both hold.
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }
}

/// What conditions are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// How the exchange failed.
    Failure,
    /// Where in the conversation.
    Step,
    /// Whether `server/discover` came first and was refused.
    Probed,
    /// How messages travel.
    Transport,
    /// HTTP+SSE: whether the event stream ended after the post.
    Stream,
    /// The HTTP method.
    Method,
    /// The HTTP status.
    Status,
    /// Whether the request carried a session id.
    Session,
    /// Whether `initialize` without the session id was taken afterwards.
    Fresh,
    /// What the body is.
    Body,
    /// What its media type says it is.
    Type,
    /// Which id a JSON-RPC error carries.
    Id,
    /// The code of a JSON-RPC error.
    Code,
    /// What `WWW-Authenticate` says.
    Challenge,
    /// Why nothing came.
    Network,
    /// Where a redirect leads.
    Redirect,
    /// What the server's words are about.
    Words,
}

impl About {
    /// The word for each, and the values it takes; none where it takes numbers.
    const ALL: [(&'static str, Self, &'static [&'static str]); 17] = [
        ("failure", Self::Failure, super::manner::FAILURES),
        ("step", Self::Step, &["opening", "notification", "request", "stream", "resume", "end"]),
        ("probed", Self::Probed, &["yes", "no"]),
        ("transport", Self::Transport, &["streamable", "sse"]),
        ("stream", Self::Stream, &["open", "ended"]),
        ("method", Self::Method, &["get", "post", "delete"]),
        ("status", Self::Status, &[]),
        ("fresh", Self::Fresh, &["yes", "no"]),
        ("session", Self::Session, &["yes", "no"]),
        ("body", Self::Body, &["rpc-error", "json", "html", "text", "empty"]),
        ("type", Self::Type, &["json", "stream", "other", "none"]),
        ("id", Self::Id, &["ours", "null", "other", "none"]),
        ("code", Self::Code, &[]),
        ("challenge", Self::Challenge, &["none", "bearer", "scope"]),
        ("network", Self::Network, &["refused", "dns", "tls", "reset"]),
        ("redirect", Self::Redirect, &["same-kept", "same-changed", "other"]),
        ("words", Self::Words, &["session", "no-session", "token", "scope", "version", "other"]),
    ];
}

/// One condition: a fact is among some values, or is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    about: About,
    negated: bool,
    values: Vec<Value>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Word(String),
    Range(i64, i64),
}

/// A fact of the wire, as conditions ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// It is this.
    Word(&'static str),
    /// It is this number.
    Number(i64),
    /// There is no such thing here.
    None,
    /// The recording does not say.
    Unknown,
}

impl Condition {
    /// Reads `status 400-599`, `not id null, other` and the like.
    ///
    /// # Errors
    /// What is wrong with it, as half a sentence.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let (negated, text) = text.strip_prefix("not ").map_or((false, text), |rest| (true, rest));
        let (name, list) = text.split_once(' ').ok_or("a condition is a word and its values")?;
        let known = About::ALL.iter().find(|(word, ..)| *word == name).ok_or("nothing of that name can be asked")?;
        let value = |word: &str| {
            if known.2.is_empty() {
                return range(word).ok_or("a number or a range of numbers is expected");
            }
            known.2.contains(&word).then(|| Value::Word(word.to_owned())).ok_or("it does not take that value")
        };
        let values = list.split(',').map(|word| value(word.trim())).collect::<Result<_, _>>()?;
        Ok(Self { about: known.1, negated, values })
    }

    /// Whether it holds, given the facts.
    pub fn holds(&self, fact: impl Fn(About) -> Fact) -> Truth {
        let holds = match fact(self.about) {
            Fact::Unknown => return Truth::Unknown,
            Fact::None => false,
            Fact::Word(word) => self.values.iter().any(|value| matches!(value, Value::Word(known) if known == word)),
            Fact::Number(number) => self.values.iter().any(|value| match value {
                Value::Range(first, last) => (*first..=*last).contains(&number),
                Value::Word(_) => false,
            }),
        };
        Truth::of(holds != self.negated)
    }
}

/// `404`, `400-599`, or a negative number; a range is of positive ones.
fn range(text: &str) -> Option<Value> {
    if let Ok(number) = text.parse() {
        return Some(Value::Range(number, number));
    }
    let (first, last) = text.split_once('-')?;
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (first < last).then_some(Value::Range(first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(condition: &str, fact: Fact) -> Truth {
        Condition::parse(condition).unwrap().holds(|_| fact)
    }

    #[test]
    fn a_fact_is_among_the_values_or_not() {
        assert_eq!(holds("status 404", Fact::Number(404)), Truth::Yes);
        assert_eq!(holds("status 400-403, 405-599", Fact::Number(404)), Truth::No);
        assert_eq!(holds("not status 404", Fact::Number(404)), Truth::No);
        assert_eq!(holds("code -32001", Fact::Number(-32001)), Truth::Yes);
        assert_eq!(holds("step opening, request", Fact::Word("request")), Truth::Yes);
        assert_eq!(holds("not step opening", Fact::Word("request")), Truth::Yes);
    }

    #[test]
    fn what_is_not_there_is_among_no_values() {
        assert_eq!(holds("status 404", Fact::None), Truth::No);
        assert_eq!(holds("not status 404", Fact::None), Truth::Yes);
    }

    #[test]
    fn what_nobody_knows_is_neither() {
        assert_eq!(holds("challenge bearer", Fact::Unknown), Truth::Unknown);
        assert_eq!(holds("not challenge bearer", Fact::Unknown), Truth::Unknown);
        assert_eq!(Truth::Unknown.and(Truth::No), Truth::No);
        assert_eq!(Truth::Unknown.and(Truth::Yes), Truth::Unknown);
    }

    #[test]
    fn what_is_no_condition_says_why() {
        for text in ["", "status", "status abc", "status 500-400", "colour red", "step nowhere", "not step"] {
            assert!(Condition::parse(text).is_err(), "{text}");
        }
    }
}
