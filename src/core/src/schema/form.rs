//! A form as data: its fields, what each of them takes, and what the schema says beyond that.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::Why;

/// What a person may fill in for one schema.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Form {
    /// The members of the object the schema describes.
    pub root: Group,
    /// Why there is no form and the whole object is typed as JSON; `None` when there is one, even one without fields.
    pub raw: Option<Why>,
    /// What the schema says that the form does not show.
    pub notes: Vec<Note>,
}

/// The members of an object.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Group {
    /// One per member the schema names, in its order.
    pub fields: Vec<Field>,
    /// Whether the schema allows no other member (`additionalProperties: false`).
    pub closed: bool,
}

/// One place to fill in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// The key of the member; empty for the rows of a list.
    pub name: String,
    /// What the schema calls it; empty when it does not.
    pub title: String,
    /// What the schema says of it; empty when it does not.
    pub description: String,
    /// Whether the object must have it.
    pub required: bool,
    /// Whether `null` is allowed.
    pub nullable: bool,
    /// The value it has at first, as JSON. A `null` that says no more than a missing member is left away.
    pub default: Option<String>,
    /// The first example the schema gives, as JSON.
    pub example: Option<String>,
    /// What it takes.
    pub kind: Kind,
}

/// What a field takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A string.
    Text {
        /// The name of its format (`date`, `email`, …); empty when it has none.
        format: String,
        /// How many characters it may have.
        chars: Span,
        /// The regular expression (ECMA-262) it has to match somewhere.
        pattern: Option<String>,
        /// Whether it is likely to have several lines.
        multiline: bool,
    },
    /// A number.
    Number {
        /// Whether it has to be a whole one.
        integer: bool,
        /// The smallest it may be.
        min: Option<Bound>,
        /// The largest it may be.
        max: Option<Bound>,
        /// What it has to be a multiple of, in the digits of the schema.
        multiple: Option<String>,
    },
    /// `true` or `false`.
    Boolean,
    /// One of a few values.
    Choice(Vec<Choice>),
    /// An array of which each item has the same kind. One whose item is a [`Kind::Choice`] is a choice of several.
    List {
        /// What a row takes.
        item: Box<Field>,
        /// How many rows it may have.
        rows: Span,
        /// Whether no two may be the same.
        unique: bool,
    },
    /// An object with members of its own.
    Group(Group),
    /// Anything else: typed as JSON, for this reason.
    Raw(Why),
}

/// A value that can be chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// The value, as JSON.
    pub value: String,
    /// What it is called.
    pub label: String,
}

/// The smallest or largest number that is allowed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bound {
    /// The number in the digits of the schema.
    pub value: String,
    /// Whether the number itself is no longer allowed.
    pub exclusive: bool,
}

/// How many characters or rows are allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Span {
    /// At least so many.
    pub min: Option<u64>,
    /// At most so many.
    pub max: Option<u64>,
}

/// Something a schema says that a form does not show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Note {
    /// A rule that is not checked.
    Unchecked {
        /// JSON Pointer of the field it is about.
        path: String,
        /// The keyword.
        word: String,
    },
    /// A member that the schema describes twice; the last description counts.
    Repeated {
        /// JSON Pointer of the member.
        path: String,
    },
    /// Members for which the form has no room.
    More {
        /// JSON Pointer of the object.
        path: String,
        /// How many there are.
        count: usize,
    },
}

impl Field {
    /// A field for any text, without a schema behind it.
    pub fn text(name: &str, title: &str, description: &str, required: bool) -> Self {
        Self {
            name: String::from(name),
            title: String::from(title),
            description: String::from(description),
            required,
            nullable: false,
            default: None,
            example: None,
            kind: Kind::Text { format: String::new(), chars: Span::default(), pattern: None, multiline: false },
        }
    }
}

impl Form {
    /// A form of these fields.
    pub fn of(fields: Vec<Field>) -> Self {
        Self { root: Group { fields, closed: false }, ..Self::default() }
    }
}

impl Choice {
    pub(super) fn null() -> Self {
        Self { value: String::from("null"), label: String::from("null") }
    }
}

/// One sentence for the person who fills in the form.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unchecked { path, word } if path.is_empty() => write!(f, "The schema's rule \"{word}\" is not checked here."),
            Self::Unchecked { path, word } => write!(f, "The schema's rule \"{word}\" for {path} is not checked here."),
            Self::Repeated { path } => write!(f, "The schema describes {path} twice; the last description counts."),
            Self::More { path, count } if path.is_empty() => {
                write!(f, "The schema has {count} more members than a form can show; they can be given as JSON.")
            }
            Self::More { path, count } => {
                write!(f, "The schema has {count} more members in {path} than a form can show; they can be given as JSON.")
            }
        }
    }
}
