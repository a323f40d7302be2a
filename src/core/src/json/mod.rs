//! JSON shown as it was sent: a flat list of tokens over the text, so numbers, duplicate keys and order stay untouched.
//!
//! [`scan`] reads a text by the grammar of RFC 8259 and never fails: it returns the tokens up to the first error.
//! [`Node`] looks values up in them, [`pretty`] and [`preview`] print them.

mod keys;
mod node;
mod object;
mod print;
mod scan;
mod shallow;
mod string;

use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use crate::characters::is_visible;

pub(crate) use keys::repeated_keys;
pub use keys::{Duplicate, duplicate_keys, pointer};
pub use node::Node;
pub(crate) use object::{Object, array, texts};
pub use print::{pretty, preview};
pub use scan::scan;
pub use shallow::{NotShallow, items, members};
pub(crate) use string::characters;
pub use string::{quote, string_value};

/// What [`scan`] found in a text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scan {
    /// Every token up to the end of the text or the first error, in the order of the text.
    pub tokens: Vec<Token>,
    /// The first place where the text is not JSON, or goes beyond what we read.
    pub error: Option<JsonError>,
}

impl Scan {
    /// The outermost value of the text this scan was made from; `None` when the text holds not even the start of one.
    pub fn root<'a>(&'a self, text: &'a str) -> Option<Node<'a>> {
        self.node(text, 0)
    }

    /// The value or key at an index of [`Scan::tokens`]; `None` for a closing bracket or an index beyond the end.
    pub fn node<'a>(&'a self, text: &'a str, index: usize) -> Option<Node<'a>> {
        Node::new(self, text, index)
    }
}

/// One piece of a JSON text. Commas, colons and white space are not tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// What the token is.
    pub kind: Kind,
    /// Objects and arrays around it; both brackets of a container have the depth of the container.
    pub depth: u16,
    /// Byte offset of its first character in the text.
    pub start: u32,
    /// Byte offset just after its last character; an opening bracket is one byte long.
    pub end: u32,
    /// Of an opening bracket: index of the closing one, or the number of tokens when the text stops before it.
    /// Of a closing bracket: index of the opening one. Of anything else: its own index.
    pub mate: u32,
    /// Of an opening bracket: how many entries or items the container has. Else 0.
    pub children: u32,
}

impl Token {
    /// The bytes of the text this token covers.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// `{`, and as the kind of a [`Node`] a whole object.
    ObjectStart,
    /// `}`
    ObjectEnd,
    /// `[`, and as the kind of a [`Node`] a whole array.
    ArrayStart,
    /// `]`
    ArrayEnd,
    /// The name of an object's entry, with its quotes; its value is the next token.
    Key,
    /// A string value, with its quotes.
    String,
    /// A number, in the digits it was sent in.
    Number,
    /// `true`
    True,
    /// `false`
    False,
    /// `null`
    Null,
}

impl Kind {
    /// Whether this is a closing bracket.
    pub fn is_end(self) -> bool {
        matches!(self, Self::ObjectEnd | Self::ArrayEnd)
    }

    /// Whether this is an opening bracket.
    pub fn is_start(self) -> bool {
        matches!(self, Self::ObjectStart | Self::ArrayStart)
    }

    /// The name of the type in the words of JSON Schema: `object`, `array`, `string`, `number`, `boolean`, `null`.
    pub fn type_name(self) -> &'static str {
        match self {
            Self::ObjectStart | Self::ObjectEnd => "object",
            Self::ArrayStart | Self::ArrayEnd => "array",
            Self::Key | Self::String => "string",
            Self::Number => "number",
            Self::True | Self::False => "boolean",
            Self::Null => "null",
        }
    }
}

/// The first place where a text stops being JSON, or where we stop reading it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct JsonError {
    /// Byte offset in the text.
    pub at: u32,
    /// What is wrong there.
    pub reason: Reason,
}

/// Why a text is not JSON, or is not read any further.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// Something else than the grammar allows here; `found` is `None` at the end of the text.
    Unexpected {
        /// What the grammar allows here, in words.
        expected: &'static str,
        /// The character that stands here instead.
        found: Option<char>,
    },
    /// The text ends inside a string that began at this byte offset.
    UnclosedString {
        /// Byte offset of the opening quote.
        opened: u32,
    },
    /// A control character stands unescaped in a string.
    ControlCharacter(char),
    /// A backslash in a string is not followed by one of the escapes of JSON.
    BadEscape,
    /// More text follows after the one value.
    TextAfterValue(char),
    /// Containers are nested deeper than [`crate::limits::JSON_DEPTH`].
    TooDeep {
        /// The depth that was one too many.
        depth: u32,
    },
    /// There are more than [`crate::limits::JSON_TOKENS`] tokens.
    TooManyTokens,
    /// The text is longer than [`crate::limits::JSON_BODY_BYTES`]; nothing of it was read.
    TooLong {
        /// Its length in bytes.
        bytes: u64,
    },
}

/// In plain words, with the byte offset: `expected a value, found "}" (at byte 12)`.
impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {})", self.reason, self.at)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Unexpected { expected, found: None } => write!(f, "the text ends where {expected} was expected"),
            Self::Unexpected { expected, found: Some(found) } => write!(f, "expected {expected}, found {}", Quoted(found)),
            Self::UnclosedString { opened } => write!(f, "the text ends inside a string that began at byte {opened}"),
            Self::ControlCharacter(found) => {
                write!(f, "a string holds {} unescaped", Quoted(found))
            }
            Self::BadEscape => f.write_str("a backslash in a string is not followed by an escape that JSON has"),
            Self::TextAfterValue(found) => write!(f, "more text follows after the value, beginning with {}", Quoted(found)),
            Self::TooDeep { depth } => {
                write!(f, "objects and arrays are nested {depth} deep; more than {} are not read", crate::limits::JSON_DEPTH)
            }
            Self::TooManyTokens => write!(f, "more than {} values, keys and brackets are not read", crate::limits::JSON_TOKENS),
            Self::TooLong { bytes } => {
                write!(f, "the text is {bytes} bytes long; more than {} are not read", crate::limits::JSON_BODY_BYTES)
            }
        }
    }
}

/// A character in quotes when it can be seen, else by its number.
struct Quoted(char);

impl fmt::Display for Quoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if is_visible(self.0) { write!(f, "\"{}\"", self.0) } else { write!(f, "U+{:04X}", u32::from(self.0)) }
    }
}
