//! What a schema says of one place, put together from the schema itself and those it refers to.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::Why;
use crate::json::Node;
use crate::limits::SCHEMA_WORDS;

/// Keywords that a value is held against: two different ones of the same name cannot both be shown.
const RULES: [&str; 17] = [
    "type",
    "enum",
    "const",
    "format",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "items",
    "prefixItems",
    "minItems",
    "maxItems",
    "uniqueItems",
];

/// The keywords of one place.
#[derive(Default)]
pub(super) struct Words<'a> {
    /// Each keyword once; of annotations the outermost counts, so a field's own description comes before that of its type.
    words: Vec<(Cow<'a, str>, Node<'a>)>,
    /// Every `properties`: those of all the schemas apply.
    pub(super) properties: Vec<Node<'a>>,
    /// Every `required`.
    pub(super) required: Vec<Node<'a>>,
    /// Every `anyOf` and `oneOf` that has not been looked at, with its keyword.
    pub(super) alternatives: Vec<(&'static str, Node<'a>)>,
    /// The title of a schema that was referred to: it names the type and not the field.
    pub(super) type_title: Option<Node<'a>>,
    /// Index of every schema that was joined.
    pub(super) joined: Vec<usize>,
    /// Whether `null` is allowed beside what else is.
    pub(super) nullable: bool,
}

impl<'a> Words<'a> {
    /// The value of a keyword.
    pub(super) fn get(&self, name: &str) -> Option<Node<'a>> {
        self.words.iter().find(|(word, _)| word == name).map(|(_, value)| *value)
    }

    /// The value of a keyword as text; empty when it has none.
    pub(super) fn text(&self, name: &str) -> String {
        self.get(name).and_then(Node::as_str).unwrap_or_default().into_owned()
    }

    /// The value of a keyword that counts something.
    pub(super) fn count(&self, name: &str) -> Option<u64> {
        self.get(name).and_then(Node::as_i64).and_then(|count| u64::try_from(count).ok())
    }

    /// The value of a keyword that is `true` or `false`.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        self.get(name).and_then(Node::as_bool)
    }

    /// The type, when it is a single one.
    pub(super) fn only_type(&self) -> Option<Cow<'a, str>> {
        self.get("type").and_then(Node::as_str)
    }

    /// What this is called: its title, else that of the type it refers to.
    pub(super) fn title(&self) -> Option<Cow<'a, str>> {
        self.get("title").or(self.type_title).and_then(Node::as_str).filter(|title| !title.is_empty())
    }

    /// The bytes of all keywords but those that hold further schemas.
    pub(super) fn bytes(&self) -> usize {
        let holds_schemas =
            |word: &str| matches!(word, "properties" | "items" | "$defs" | "definitions" | "allOf" | "anyOf" | "oneOf");
        self.words.iter().filter(|(word, _)| !holds_schemas(word)).map(|(_, value)| value.raw().len()).sum()
    }

    /// Adds the keywords of one schema object; `referred` when another one refers to it.
    ///
    /// # Errors
    /// When it contradicts what was added before, or says too much.
    pub(super) fn add(&mut self, schema: Node<'a>, referred: bool) -> Result<(), Why> {
        let before = self.words.len();
        if before + schema.children() > SCHEMA_WORDS {
            return Err(Why::Crowded);
        }
        for (word, value) in schema.entries() {
            if referred && word == "title" {
                self.type_title = self.type_title.or(Some(value));
                continue;
            }
            let known = self.words.iter_mut().enumerate().find(|(_, (known, _))| *known == word);
            match known {
                // The same object says it again, and the last one counts.
                Some((at, entry)) if at >= before => entry.1 = value,
                Some((_, entry)) if RULES.contains(&&*word) && entry.1.raw() != value.raw() => return Err(Why::Combined),
                Some(_) => {}
                None => self.words.push((word, value)),
            }
        }
        self.properties.extend(schema.get("properties").filter(|node| node.is_object()));
        self.required.extend(schema.get("required").filter(|node| node.is_array()));
        for word in ["anyOf", "oneOf"] {
            self.alternatives.extend(schema.get(word).filter(|node| node.is_array()).map(|node| (word, node)));
        }
        Ok(())
    }
}
