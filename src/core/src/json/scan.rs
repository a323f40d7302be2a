//! The scanner: one pass over the text, without recursion, so that depth costs a number and never the stack.

use alloc::vec::Vec;

use super::{JsonError, Kind, Reason, Scan, Token};
use crate::limits::{JSON_BODY_BYTES, JSON_DEPTH, JSON_TOKENS};

/// Reads a JSON text (RFC 8259) into tokens, up to its end or the first error.
///
/// Strict, with two notes: an escaped lone surrogate is allowed, as the grammar allows it, and any number is, whatever its size.
pub fn scan(text: &str) -> Scan {
    let mut scanner = Scanner { text, at: 0, tokens: Vec::new(), open: Vec::new() };
    let error = if text.len() > JSON_BODY_BYTES {
        Some(JsonError { at: 0, reason: Reason::TooLong { bytes: text.len() as u64 } })
    } else {
        scanner.run().err()
    };
    let count = offset(scanner.tokens.len());
    for start in scanner.open {
        if let Some(token) = scanner.tokens.get_mut(start) {
            token.mate = count;
        }
    }
    Scan { tokens: scanner.tokens, error }
}

/// What the grammar allows next.
#[derive(Clone, Copy)]
enum Next {
    /// A value.
    Value,
    /// The first item of an array, or its end.
    FirstItem,
    /// The first key of an object, or its end.
    FirstKey,
    /// A further key of an object.
    Key,
    /// The colon after a key.
    Colon,
    /// A comma, or the end of the innermost container.
    CommaOrEnd,
    /// Nothing but white space.
    Nothing,
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    /// Indices of the opening brackets that have no closing one yet.
    open: Vec<usize>,
}

impl Scanner<'_> {
    fn run(&mut self) -> Result<(), JsonError> {
        let mut next = Next::Value;
        loop {
            self.skip_white_space();
            let byte = self.peek();
            next = match (next, byte) {
                (Next::Nothing, None) => return Ok(()),
                (Next::Nothing, Some(_)) => {
                    return Err(self.error(Reason::TextAfterValue(self.char_here().unwrap_or_default())));
                }
                (Next::FirstItem, Some(b']')) | (Next::FirstKey, Some(b'}')) => self.close()?,
                (Next::Value | Next::FirstItem, Some(b'{')) => self.open(Kind::ObjectStart)?,
                (Next::Value | Next::FirstItem, Some(b'[')) => self.open(Kind::ArrayStart)?,
                (Next::Value | Next::FirstItem, _) => self.scalar(byte)?,
                (Next::FirstKey | Next::Key, Some(b'"')) => {
                    let end = self.string_end()?;
                    self.push(Kind::Key, end)?;
                    Next::Colon
                }
                (Next::FirstKey, _) => {
                    return Err(self.unexpected("a key in double quotes or \"}\""));
                }
                (Next::Key, _) => return Err(self.unexpected("a key in double quotes")),
                (Next::Colon, Some(b':')) => {
                    self.at += 1;
                    Next::Value
                }
                (Next::Colon, _) => return Err(self.unexpected("\":\" after a key")),
                (Next::CommaOrEnd, _) => self.comma_or_end(byte)?,
            };
        }
    }

    fn scalar(&mut self, byte: Option<u8>) -> Result<Next, JsonError> {
        let (kind, end) = match byte {
            Some(b'"') => (Kind::String, self.string_end()?),
            Some(b'-' | b'0'..=b'9') => (Kind::Number, self.number_end()?),
            Some(b't') => (Kind::True, self.word_end("true")?),
            Some(b'f') => (Kind::False, self.word_end("false")?),
            Some(b'n') => (Kind::Null, self.word_end("null")?),
            _ => return Err(self.unexpected("a value")),
        };
        self.count_child();
        self.push(kind, end)?;
        Ok(self.after_value())
    }

    fn open(&mut self, kind: Kind) -> Result<Next, JsonError> {
        if self.open.len() >= JSON_DEPTH {
            return Err(self.error(Reason::TooDeep { depth: offset(self.open.len() + 1) }));
        }
        self.count_child();
        let index = self.tokens.len();
        self.push(kind, self.at + 1)?;
        self.open.push(index);
        Ok(if kind == Kind::ObjectStart { Next::FirstKey } else { Next::FirstItem })
    }

    /// Closes the innermost container with the bracket that stands here.
    fn close(&mut self) -> Result<Next, JsonError> {
        let end = self.tokens.len();
        let Some(start) = self.open.pop() else {
            return Ok(Next::Nothing);
        };
        let kind = if self.in_object_at(start) { Kind::ObjectEnd } else { Kind::ArrayEnd };
        if let Err(error) = self.push(kind, self.at + 1) {
            self.open.push(start);
            return Err(error);
        }
        if let Some(token) = self.tokens.get_mut(start) {
            token.mate = offset(end);
        }
        if let Some(token) = self.tokens.get_mut(end) {
            token.mate = offset(start);
        }
        Ok(self.after_value())
    }

    fn comma_or_end(&mut self, byte: Option<u8>) -> Result<Next, JsonError> {
        let in_object = self.open.last().is_some_and(|start| self.in_object_at(*start));
        match (byte, in_object) {
            (Some(b','), _) => {
                self.at += 1;
                Ok(if in_object { Next::Key } else { Next::Value })
            }
            (Some(b'}'), true) | (Some(b']'), false) => self.close(),
            (_, true) => Err(self.unexpected("\",\" or \"}\"")),
            (_, false) => Err(self.unexpected("\",\" or \"]\"")),
        }
    }

    fn after_value(&self) -> Next {
        if self.open.is_empty() { Next::Nothing } else { Next::CommaOrEnd }
    }

    fn in_object_at(&self, start: usize) -> bool {
        self.tokens.get(start).is_some_and(|token| token.kind == Kind::ObjectStart)
    }

    fn count_child(&mut self) {
        if let Some(parent) = self.open.last().and_then(|start| self.tokens.get_mut(*start)) {
            parent.children += 1;
        }
    }

    /// Adds the token from here to `end`, and goes on after it.
    fn push(&mut self, kind: Kind, end: usize) -> Result<(), JsonError> {
        if self.tokens.len() >= JSON_TOKENS {
            return Err(self.error(Reason::TooManyTokens));
        }
        self.tokens.push(Token {
            kind,
            depth: self.open.len() as u16,
            start: offset(self.at),
            end: offset(end),
            mate: offset(self.tokens.len()),
            children: 0,
        });
        self.at = end;
        Ok(())
    }

    /// The end of the string whose opening quote stands here.
    fn string_end(&mut self) -> Result<usize, JsonError> {
        let opened = self.at;
        let bytes = self.text.as_bytes();
        let mut at = opened + 1;
        loop {
            match bytes.get(at) {
                Some(b'"') => return Ok(at + 1),
                Some(b'\\') => match escape_len(bytes.get(at + 1..).unwrap_or_default()) {
                    Some(len) => at += 1 + len,
                    None if bytes.len() - at < 6 && escape_cut(bytes.get(at + 1..).unwrap_or_default()) => {
                        at = bytes.len();
                    }
                    None => {
                        self.at = at;
                        return Err(self.error(Reason::BadEscape));
                    }
                },
                Some(byte) if *byte < 0x20 => {
                    self.at = at;
                    return Err(self.error(Reason::ControlCharacter(char::from(*byte))));
                }
                Some(_) => at += 1,
                None => {
                    self.at = bytes.len();
                    return Err(self.error(Reason::UnclosedString { opened: offset(opened) }));
                }
            }
        }
    }

    /// The end of the number that begins here: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    fn number_end(&mut self) -> Result<usize, JsonError> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(core::mem::replace(&mut self.at, start))
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(self.unexpected("a digit"));
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn word_end(&self, word: &str) -> Result<usize, JsonError> {
        let here = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if here.starts_with(word.as_bytes()) { Ok(self.at + word.len()) } else { Err(self.unexpected("a value")) }
    }

    fn skip_white_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn char_here(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn unexpected(&self, expected: &'static str) -> JsonError {
        self.error(Reason::Unexpected { expected, found: self.char_here() })
    }

    fn error(&self, reason: Reason) -> JsonError {
        JsonError { at: offset(self.at), reason }
    }
}

/// The length of an escape without its backslash; `None` when it is none.
fn escape_len(after_backslash: &[u8]) -> Option<usize> {
    match after_backslash {
        [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => Some(1),
        [b'u', hex @ ..] => hex.get(..4)?.iter().all(u8::is_ascii_hexdigit).then_some(5),
        _ => None,
    }
}

/// Whether the text ends inside an escape that was right so far.
fn escape_cut(after_backslash: &[u8]) -> bool {
    match after_backslash {
        [] => true,
        [b'u', hex @ ..] => hex.len() < 4 && hex.iter().all(u8::is_ascii_hexdigit),
        _ => false,
    }
}

/// An offset or index as tokens store it: no text above [`JSON_BODY_BYTES`] is scanned, so it always fits.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
