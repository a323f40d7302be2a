//! JSON objects written member by member, in the order they are added: no tree, no formatting machinery.

use alloc::string::String;

use crate::json::{Node, quote};

/// An object that is being written.
pub(super) struct Object(String);

impl Object {
    /// An object without members.
    pub(super) fn new() -> Self {
        Self(String::from("{"))
    }

    /// The start of every message: `jsonrpc` (JSON-RPC 2.0 §4).
    pub(super) fn message() -> Self {
        let mut message = Self::new();
        message.raw("jsonrpc", r#""2.0""#);
        message
    }

    /// Adds a member whose value is JSON already.
    pub(super) fn raw(&mut self, key: &str, value: &str) {
        self.comma();
        self.0.push_str(&quote(key));
        self.0.push(':');
        self.0.push_str(value);
    }

    /// Adds a member whose value is a text.
    pub(super) fn text(&mut self, key: &str, value: &str) {
        self.raw(key, &quote(value));
    }

    /// Adds the members of another object as they were sent, but not those with these names.
    pub(super) fn copy(&mut self, from: Option<Node<'_>>, except: &[&str]) {
        for (key, value) in from.into_iter().flat_map(Node::entries) {
            if !except.contains(&&*key) {
                self.raw(&key, value.raw());
            }
        }
    }

    /// Whether nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.0.len() == 1
    }

    /// The finished text.
    pub(super) fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }

    fn comma(&mut self) {
        if !self.is_empty() {
            self.0.push(',');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn members_stand_in_the_order_they_were_added() {
        let mut object = Object::new();
        assert!(object.is_empty());
        object.raw("b", "1e400");
        object.text("a\n", "\"");
        assert_eq!(object.end(), r#"{"b":1e400,"a\n":"\""}"#);
        assert_eq!(Object::new().end(), "{}");
    }

    #[test]
    fn copied_members_stay_as_they_were_sent() {
        let from = r#"{ "a": 1.0, "_meta": {}, "a": [ 2 ] }"#;
        let scan = json::scan(from);
        let mut object = Object::new();
        object.copy(scan.root(from), &["_meta"]);
        assert_eq!(object.end(), r#"{"a":1.0,"a":[ 2 ]}"#);
    }
}
