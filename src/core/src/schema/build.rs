//! From a schema to its form: every field in its place, or the reason why it is typed as JSON.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::form::{Bound, Choice, Field, Form, Group, Kind, Note, Span};
use super::step;
use super::why::Why;
use super::words::Words;
use crate::json::{self, Node, repeated_keys};
use crate::limits::{FORM_BYTES, FORM_PARTS, SCHEMA_BYTES, SCHEMA_DEPTH};

/// From so many characters on, a text is likely to have several lines.
const LONG_TEXT: u64 = 256;

/// Rules that no form checks; `then` and `else` come with `if`.
const UNCHECKED: [&str; 13] = [
    "not",
    "if",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "patternProperties",
    "propertyNames",
    "minProperties",
    "maxProperties",
    "contains",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contentSchema",
];

/// The form for the object that a schema describes, such as the `inputSchema` of a tool or the `requestedSchema` of an elicitation.
///
/// JSON Schema 2020-12, which MCP takes when a schema does not say otherwise (2025-11-25, "JSON Schema Usage"), and the words of
/// draft-07 where they differ. Takes any text: what cannot be a form is one with [`Form::raw`].
pub fn form(schema: &str) -> Form {
    if schema.len() > SCHEMA_BYTES {
        return without_fields(Why::Long { bytes: schema.len() });
    }
    let scan = json::scan(schema);
    if let Some(error) = scan.error {
        return without_fields(Why::NotJson(error));
    }
    let Some(root) = scan.root(schema) else { return without_fields(Why::NotASchema) };
    let mut builder = Builder { root, around: Vec::new(), parts: FORM_PARTS, bytes: FORM_BYTES, notes: Vec::new() };
    let mut words = Words::default();
    let (root, raw) = match builder.kind(&mut words, root, &mut String::new(), 0) {
        Kind::Group(group) => (group, None),
        // Nothing is named: there is nothing to fill in, and JSON can still say more.
        Kind::Raw(Why::AnyMembers | Why::AnyValue) => (Group { fields: Vec::new(), closed: is_closed(&words) }, None),
        Kind::Raw(why) => (Group::default(), Some(why)),
        _ => (Group::default(), Some(Why::NotAnObject)),
    };
    Form { root, raw, notes: builder.notes }
}

fn without_fields(why: Why) -> Form {
    Form { raw: Some(why), ..Form::default() }
}

/// A form in the making.
pub(super) struct Builder<'a> {
    /// The whole schema, for references.
    pub(super) root: Node<'a>,
    /// Indices of the schemas that the place lies in.
    pub(super) around: Vec<usize>,
    /// Parts and bytes there is still room for.
    parts: usize,
    bytes: usize,
    notes: Vec<Note>,
}

impl<'a> Builder<'a> {
    fn field(&mut self, name: &str, schema: Node<'a>, required: bool, path: &mut String, depth: usize) -> Field {
        let mut words = Words::default();
        let mut kind = self.kind(&mut words, schema, path, depth);
        if !self.take(words.bytes() + name.len()) {
            kind = Kind::Raw(Why::Crowded);
            words = Words::default();
        }
        let nullable = words.nullable;
        // A missing member says as much, and to more servers.
        let default = words.get("default").filter(|value| !value.is_null() || (required && nullable));
        let mut default = default.map(|value| String::from(value.raw()));
        if let Kind::Choice(choices) = &kind
            && let [only] = &**choices
            && required
            && !nullable
        {
            default = default.or_else(|| Some(only.value.clone()));
        }
        let examples = words.get("examples").and_then(|examples| examples.items().next());
        Field {
            name: String::from(name),
            title: words.text("title"),
            description: words.text("description"),
            required,
            nullable,
            default,
            example: examples.or(words.get("example")).map(|value| String::from(value.raw())),
            kind,
        }
    }

    /// What one place takes. `words` become all that is said of it.
    fn kind(&mut self, words: &mut Words<'a>, schema: Node<'a>, path: &mut String, depth: usize) -> Kind {
        let kind = match self.gather(words, schema, path) {
            Ok(Some(choices)) => self.choice(choices),
            Ok(None) => {
                let outside = self.around.len();
                self.around.extend_from_slice(&words.joined);
                let kind = self.typed(words, path, depth);
                self.around.truncate(outside);
                kind
            }
            Err(why) => return Kind::Raw(why),
        };
        for word in UNCHECKED.iter().filter(|word| words.get(word).is_some()) {
            self.unchecked(path, word);
        }
        kind
    }

    fn choice(&mut self, choices: Vec<Choice>) -> Kind {
        let bytes = choices.iter().map(|choice| choice.value.len() + choice.label.len()).sum();
        match choices.len() {
            0 => Kind::Raw(Why::Nothing),
            count if self.spend(count) && self.take(bytes) => Kind::Choice(choices),
            _ => Kind::Raw(Why::Crowded),
        }
    }

    fn typed(&mut self, words: &mut Words<'a>, path: &mut String, depth: usize) -> Kind {
        let mut types: Vec<Cow<'_, str>> = match words.get("type") {
            Some(node) if node.is_array() => node.items().filter_map(Node::as_str).collect(),
            Some(node) => node.as_str().into_iter().collect(),
            None => Vec::new(),
        };
        if types.len() > 1 {
            words.nullable |= types.iter().any(|name| name == "null");
            types.retain(|name| name != "null");
        }
        if types.iter().any(|name| name == "number") {
            types.retain(|name| name != "integer");
        }
        let only = match &*types {
            [] => words.implied_type(),
            [only] => only,
            _ => return Kind::Raw(Why::Alternatives(types.into_iter().map(Cow::into_owned).collect())),
        };
        match only {
            "string" => text(words),
            "number" => number(words, false),
            "integer" => number(words, true),
            "boolean" => Kind::Boolean,
            "array" => self.list(words, path, depth),
            "object" => self.group(words, path, depth),
            "null" => Kind::Choice(alloc::vec![Choice::null()]),
            "" => Kind::Raw(Why::AnyValue),
            other => Kind::Raw(Why::UnknownType(String::from(other))),
        }
    }

    fn list(&mut self, words: &Words<'a>, path: &mut String, depth: usize) -> Kind {
        let items = words.get("items");
        if words.get("prefixItems").is_some() || items.is_some_and(Node::is_array) {
            return Kind::Raw(Why::Tuple);
        }
        let Some(items) = items.filter(|items| items.children() > 0) else { return Kind::Raw(Why::AnyItems) };
        if depth >= SCHEMA_DEPTH {
            return Kind::Raw(Why::Deep);
        }
        let back = path.len();
        step(path, "-");
        let item = Box::new(self.field("", items, false, path, depth + 1));
        path.truncate(back);
        let rows = Span { min: words.count("minItems"), max: words.count("maxItems") };
        Kind::List { item, rows, unique: words.flag("uniqueItems") == Some(true) }
    }

    fn group(&mut self, words: &Words<'a>, path: &mut String, depth: usize) -> Kind {
        if words.properties.iter().all(|properties| properties.children() == 0) {
            return Kind::Raw(Why::AnyMembers);
        }
        if depth >= SCHEMA_DEPTH {
            return Kind::Raw(Why::Deep);
        }
        let required: Vec<Cow<'_, str>> = words.required.iter().flat_map(|node| node.items()).filter_map(Node::as_str).collect();
        let mut group = Group { fields: Vec::new(), closed: is_closed(words) };
        for properties in &words.properties {
            let repeated = repeated_keys(*properties);
            for (at, (name, schema)) in properties.entries().enumerate() {
                let back = path.len();
                if !self.spend(1) {
                    self.notes.push(Note::More { path: path.clone(), count: properties.children() - at });
                    break;
                }
                step(path, &name);
                let last = repeated.iter().rfind(|duplicate| duplicate.key == name);
                if last.is_some_and(|last| last.again + 1 != schema.index()) {
                    self.note(Note::Repeated { path: path.clone() });
                } else if group.fields.iter().all(|field| field.name != name) {
                    group.fields.push(self.field(&name, schema, required.contains(&name), path, depth + 1));
                }
                path.truncate(back);
            }
        }
        Kind::Group(group)
    }

    /// Notes a rule that no form checks.
    pub(super) fn unchecked(&mut self, path: &str, word: &str) {
        self.note(Note::Unchecked { path: String::from(path), word: String::from(word) });
    }

    fn note(&mut self, note: Note) {
        if self.spend(1) && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Takes room for so many parts, if there is that much.
    pub(super) fn spend(&mut self, parts: usize) -> bool {
        let left = self.parts.checked_sub(parts);
        self.parts = left.unwrap_or(self.parts);
        left.is_some()
    }

    /// Takes room for so many bytes, if there is that much.
    fn take(&mut self, bytes: usize) -> bool {
        let left = self.bytes.checked_sub(bytes);
        self.bytes = left.unwrap_or(self.bytes);
        left.is_some()
    }
}

impl Words<'_> {
    /// The type that the keywords of a schema without `type` speak of; empty when they speak of none.
    pub(super) fn implied_type(&self) -> &'static str {
        let has = |names: &[&str]| names.iter().any(|name| self.get(name).is_some());
        if has(&["properties", "additionalProperties", "patternProperties", "propertyNames", "minProperties", "maxProperties"]) {
            "object"
        } else if has(&["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"]) {
            "array"
        } else if has(&["minLength", "maxLength", "pattern", "format", "contentMediaType", "contentEncoding"]) {
            "string"
        } else if has(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]) {
            "number"
        } else {
            ""
        }
    }

    /// Whether nothing is said of the type.
    pub(super) fn is_silent(&self) -> bool {
        self.get("type").is_none() && self.implied_type().is_empty()
    }
}

fn is_closed(words: &Words<'_>) -> bool {
    words.flag("additionalProperties") == Some(false)
}

fn text(words: &Words<'_>) -> Kind {
    let chars = Span { min: words.count("minLength"), max: words.count("maxLength") };
    let is_long = chars.max.is_some_and(|max| max >= LONG_TEXT);
    Kind::Text {
        format: words.text("format"),
        chars,
        pattern: words.get("pattern").and_then(Node::as_str).map(Cow::into_owned),
        multiline: is_long || words.get("contentMediaType").is_some() || words.text("default").contains('\n'),
    }
}

fn number(words: &Words<'_>, integer: bool) -> Kind {
    let digits =
        |word: &str| words.get(word).filter(|node| node.kind() == json::Kind::Number).map(|node| String::from(node.raw()));
    // In draft-04 the exclusive bound is a flag beside the bound.
    let bound = |word: &str, exclusive: &str| match digits(exclusive) {
        Some(value) => Some(Bound { value, exclusive: true }),
        None => digits(word).map(|value| Bound { value, exclusive: words.flag(exclusive) == Some(true) }),
    };
    Kind::Number {
        integer,
        min: bound("minimum", "exclusiveMinimum"),
        max: bound("maximum", "exclusiveMaximum"),
        multiple: digits("multipleOf"),
    }
}
