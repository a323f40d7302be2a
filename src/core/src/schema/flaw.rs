//! What a schema has against a value, and the words it is told in.

use alloc::string::String;
use core::fmt;

use crate::json::JsonError;

/// Something a schema has against what was filled in. It is shown, and never keeps it from being sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flaw {
    /// JSON Pointer of the value. Of lists the row counts, also when rows before it are left out.
    pub path: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// It has to be there.
    Missing,
    /// It is of another type, in the words of [`crate::json::Kind::type_name`].
    WrongType {
        /// The type it should have.
        expected: &'static str,
    },
    /// A number with a fraction where a whole one is asked for.
    NotWhole,
    /// A number below the smallest.
    Low {
        /// The smallest, in the digits of the schema.
        min: String,
        /// Whether that one itself is too small.
        exclusive: bool,
    },
    /// A number above the largest.
    High {
        /// The largest, in the digits of the schema.
        max: String,
        /// Whether that one itself is too large.
        exclusive: bool,
    },
    /// A number between two allowed ones.
    NotMultiple {
        /// What it should be a multiple of.
        of: String,
    },
    /// A text with too few characters.
    Short {
        /// How many it needs.
        min: u64,
    },
    /// A text with too many characters.
    Long {
        /// How many it may have.
        max: u64,
    },
    /// A text that the regular expression of the schema does not match.
    Pattern {
        /// The expression.
        pattern: String,
    },
    /// A text that is not written in its format.
    Format {
        /// The name of the format.
        format: String,
    },
    /// Not one of the values the schema lists.
    NotListed,
    /// An array with too few items.
    Few {
        /// How many it needs.
        min: u64,
    },
    /// An array with too many items.
    Many {
        /// How many it may have.
        max: u64,
    },
    /// An array with two equal items where each may be there once.
    Twice,
    /// A member the schema does not allow.
    Extra {
        /// Its name.
        name: String,
    },
    /// What was typed as JSON is not JSON.
    NotJson(JsonError),
}

/// One short sentence beside the field.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("This is required."),
            Self::WrongType { expected } => f.write_str(match *expected {
                "string" => "This is not a text.",
                "number" => "This is not a number.",
                "boolean" => "This is neither true nor false.",
                "array" => "This is not a list.",
                _ => "This is not an object.",
            }),
            Self::NotWhole => f.write_str("This is not a whole number."),
            Self::Low { min, exclusive: false } => write!(f, "The smallest number allowed is {min}."),
            Self::Low { min, exclusive: true } => write!(f, "Only numbers above {min} are allowed."),
            Self::High { max, exclusive: false } => write!(f, "The largest number allowed is {max}."),
            Self::High { max, exclusive: true } => write!(f, "Only numbers below {max} are allowed."),
            Self::NotMultiple { of } => write!(f, "This is not a multiple of {of}."),
            Self::Short { min } => write!(f, "This needs {min} characters or more."),
            Self::Long { max } => write!(f, "Only {max} characters are allowed."),
            Self::Pattern { pattern } => write!(f, "This does not match the pattern {pattern}"),
            Self::Format { format } => match &**format {
                "date" => f.write_str("This is not a date, such as 2026-01-31."),
                "time" => f.write_str("This is not a time, such as 08:30:00Z."),
                "date-time" => f.write_str("This is not a date with a time, such as 2026-01-31T08:30:00Z."),
                "email" => f.write_str("This is not an email address."),
                "uri" => f.write_str("This is not a URI with a scheme, such as https://example.com."),
                "uuid" => f.write_str("This is not a UUID."),
                other => write!(f, "This is not in the format {other}."),
            },
            Self::NotListed => f.write_str("This is not one of the values the schema lists."),
            Self::Few { min } => write!(f, "The list needs {min} or more."),
            Self::Many { max } => write!(f, "Only {max} are allowed in the list."),
            Self::Twice => f.write_str("The same value is in the list twice."),
            Self::Extra { name } => write!(f, "The schema does not allow \"{name}\"."),
            Self::NotJson(error) => write!(f, "This is not JSON, so it is sent as a text: {error}."),
        }
    }
}
