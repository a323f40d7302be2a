//! Why something is typed as JSON instead of being a field of its own.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::json::JsonError;
use crate::limits::{SCHEMA_BYTES, SCHEMA_DEPTH};

/// Why a form cannot express a schema.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// The schema allows any value.
    AnyValue,
    /// The schema allows an object with members of any name.
    AnyMembers,
    /// The schema allows an array of anything.
    AnyItems,
    /// The items of the array have a schema each, by their place (`prefixItems`, in draft-07 `items` as a list).
    Tuple,
    /// The value may have one of several shapes (`anyOf`, `oneOf`, or several types).
    Alternatives(Vec<String>),
    /// Several schemas apply at once and contradict one another, or are too many (`allOf`, or words beside `$ref`).
    Combined,
    /// The schema allows no value at all (`false`).
    Nothing,
    /// The schema is in another document, and nothing is fetched.
    Elsewhere(String),
    /// The schema is said to be at a place of this document where none is.
    Missing(String),
    /// The schema contains itself.
    Recursive,
    /// Objects and lists lie deeper inside one another than a form shows.
    Deep,
    /// There are more fields or choices than a form shows.
    Crowded,
    /// A type that JSON does not have.
    UnknownType(String),
    /// The schema is neither an object nor `true` or `false`.
    NotASchema,
    /// The whole schema is about something else than an object.
    NotAnObject,
    /// The whole schema is longer than we read.
    Long {
        /// Its bytes.
        bytes: usize,
    },
    /// The whole schema is not JSON.
    NotJson(JsonError),
}

/// What follows after "Typed as JSON: ".
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnyValue => f.write_str("any value is allowed"),
            Self::AnyMembers => f.write_str("an object with members of any name"),
            Self::AnyItems => f.write_str("an array of anything"),
            Self::Tuple => f.write_str("an array in which each place has its own meaning"),
            Self::Alternatives(shapes) => {
                f.write_str("one of several shapes")?;
                for (at, shape) in shapes.iter().enumerate() {
                    f.write_str(if at == 0 { ": " } else { ", " })?;
                    f.write_str(shape)?;
                }
                Ok(())
            }
            Self::Combined => f.write_str("several schemas apply at once"),
            Self::Nothing => f.write_str("the schema allows no value here"),
            Self::Elsewhere(reference) => write!(f, "its schema is elsewhere, at \"{reference}\", and is not fetched"),
            Self::Missing(reference) => write!(f, "its schema is said to be at \"{reference}\", where there is none"),
            Self::Recursive => f.write_str("its schema contains itself"),
            Self::Deep => write!(f, "its schema is more than {SCHEMA_DEPTH} levels deep"),
            Self::Crowded => f.write_str("it has more parts than a form shows"),
            Self::UnknownType(name) => write!(f, "JSON has no type \"{name}\""),
            Self::NotASchema => f.write_str("its schema is neither an object nor true or false"),
            Self::NotAnObject => f.write_str("the schema is not about an object"),
            Self::Long { bytes } => write!(f, "the schema has {bytes} bytes; one above {SCHEMA_BYTES} is not made into a form"),
            Self::NotJson(error) => write!(f, "the schema is not JSON: {error}"),
        }
    }
}
