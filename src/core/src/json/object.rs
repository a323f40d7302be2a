//! A JSON object as it is put together, member by member, for what this program writes itself.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::quote;

/// An object without its closing bracket.
#[derive(Clone, Debug, Default)]
pub(crate) struct Object(String);

impl Object {
    /// Without members.
    pub(crate) const fn new() -> Self {
        Self(String::new())
    }

    /// Adds a member whose value is JSON already.
    pub(crate) fn raw(&mut self, name: &str, value: &str) {
        self.member(&format!("{}:{value}", quote(name)));
    }

    /// Adds a text.
    pub(crate) fn text(&mut self, name: &str, value: &str) {
        self.raw(name, &quote(value));
    }

    /// Adds a text that may be absent.
    pub(crate) fn option(&mut self, name: &str, value: Option<&String>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    /// Adds a list of texts, unless it is empty.
    pub(crate) fn list(&mut self, name: &str, values: &[String]) {
        if !values.is_empty() {
            self.raw(name, &texts(values));
        }
    }

    /// Adds a member as it is written.
    pub(crate) fn member(&mut self, member: &str) {
        if !self.0.is_empty() {
            self.0.push(',');
        }
        self.0.push_str(member);
    }

    /// Whether nothing was added.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The members without brackets.
    pub(crate) fn members(self) -> String {
        self.0
    }

    /// The object.
    pub(crate) fn close(self) -> String {
        format!("{{{}}}", self.0)
    }
}

/// A list of texts.
pub(crate) fn texts(values: &[String]) -> String {
    array(values.iter().map(|value| quote(value)))
}

/// A list of values that are JSON already.
pub(crate) fn array(values: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", values.into_iter().collect::<Vec<_>>().join(","))
}
