//! JSON put together as text: an object that grows entry by entry, and arrays.

use inspector_core::json::quote;

/// A JSON object under construction. Values are JSON already, unless the name of the method says otherwise.
#[derive(Clone, Debug)]
pub(crate) struct Object(String);

impl Object {
    /// An object without entries.
    pub(crate) fn new() -> Self {
        Self("{".to_owned())
    }

    /// Adds an entry whose value is JSON.
    pub(crate) fn raw(mut self, key: &str, json: &str) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.push_str(&quote(key));
        self.0.push(':');
        self.0.push_str(json);
        self
    }

    /// Adds an entry, if a condition holds.
    pub(crate) fn raw_if(self, condition: bool, key: &str, json: &str) -> Self {
        if condition { self.raw(key, json) } else { self }
    }

    /// Adds a text.
    pub(crate) fn text(self, key: &str, text: &str) -> Self {
        self.raw(key, &quote(text))
    }

    /// Adds a text, if a condition holds.
    pub(crate) fn text_if(self, condition: bool, key: &str, text: &str) -> Self {
        if condition { self.text(key, text) } else { self }
    }

    /// Adds a whole number.
    pub(crate) fn number(self, key: &str, number: u64) -> Self {
        self.raw(key, &number.to_string())
    }

    /// The whole object.
    pub(crate) fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// A JSON array of items that are JSON.
pub(crate) fn array(items: impl IntoIterator<Item = String>) -> String {
    joined(&mut items.into_iter())
}

fn joined(items: &mut dyn Iterator<Item = String>) -> String {
    let mut all = String::from("[");
    for item in items {
        if all.len() > 1 {
            all.push(',');
        }
        all.push_str(&item);
    }
    all.push(']');
    all
}
