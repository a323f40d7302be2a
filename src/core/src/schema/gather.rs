//! All that applies to one place of a schema: references followed, `allOf` joined, and the way `null` is written seen through.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::build::Builder;
use super::form::Choice;
use super::options::{alternative, listed};
use super::refs::resolve;
use super::why::Why;
use super::words::Words;
use crate::json::{Kind, Node};
use crate::limits::SCHEMA_JOINS;

/// What an `anyOf` or `oneOf` holds.
#[derive(Default)]
struct Alternatives<'a> {
    /// Single values.
    values: Vec<Choice>,
    /// Schemas that are more than a list of values.
    shapes: Vec<Node<'a>>,
    /// What these are called.
    names: Vec<String>,
    /// Whether `null` is among them.
    nullable: bool,
}

impl<'a> Builder<'a> {
    /// Joins all that is said of a place. The values, if only some are allowed.
    ///
    /// # Errors
    /// Why no field can be made of it.
    pub(super) fn gather(&mut self, words: &mut Words<'a>, schema: Node<'a>, path: &str) -> Result<Option<Vec<Choice>>, Why> {
        self.join(words, schema)?;
        let mut chosen = None;
        while let Some((word, alternatives)) = words.alternatives.pop() {
            let Alternatives { values, shapes, mut names, nullable } = self.alternatives(alternatives)?;
            match (&*shapes, &*values) {
                ([], []) if nullable && words.is_silent() => chosen = Some(alloc::vec![Choice::null()]),
                ([], []) => words.nullable |= nullable,
                ([], _) => {
                    words.nullable |= nullable;
                    chosen = chosen.or(Some(values));
                }
                // Pydantic and others write a value that may be missing as `anyOf` of it and `null`.
                ([only], []) => {
                    words.nullable |= nullable;
                    self.join(words, *only)?;
                }
                // They only narrow down what the schema says itself.
                _ if is_clear(words) => self.unchecked(path, word),
                _ => {
                    names.extend(values.into_iter().map(|choice| choice.label));
                    return Err(Why::Alternatives(names));
                }
            }
        }
        words.nullable |= words.flag("nullable") == Some(true);
        let mut choices = listed(words).or(chosen);
        if let Some(choices) = choices.as_mut().filter(|choices| choices.len() > 1) {
            let all = choices.len();
            choices.retain(|choice| choice.value != "null");
            words.nullable |= choices.len() < all;
        }
        Ok(choices)
    }

    /// Adds a schema and all that apply with it by `$ref` and `allOf`.
    fn join(&mut self, words: &mut Words<'a>, schema: Node<'a>) -> Result<(), Why> {
        let mut pending = alloc::vec![(schema, false)];
        let mut at = 0;
        while let Some((schema, referred)) = pending.get(at).copied() {
            at += 1;
            if self.around.contains(&schema.index()) || words.joined.contains(&schema.index()) {
                return Err(Why::Recursive);
            }
            if words.joined.len() >= SCHEMA_JOINS {
                return Err(Why::Combined);
            }
            if !self.spend(1) {
                return Err(Why::Crowded);
            }
            words.joined.push(schema.index());
            match schema.kind() {
                Kind::True => continue,
                Kind::False => return Err(Why::Nothing),
                Kind::ObjectStart => words.add(schema, referred)?,
                _ => return Err(Why::NotASchema),
            }
            for word in ["$ref", "$dynamicRef", "$recursiveRef"] {
                if let Some(reference) = schema.get(word).and_then(Node::as_str) {
                    pending.push((resolve(self.root, &reference)?, true));
                }
            }
            let all = schema.get("allOf").into_iter().flat_map(Node::items);
            pending.extend(all.take(SCHEMA_JOINS).map(|member| (member, referred)));
        }
        Ok(())
    }

    /// What there is to choose from in an `anyOf` or `oneOf`.
    fn alternatives(&mut self, alternatives: Node<'a>) -> Result<Alternatives<'a>, Why> {
        let mut found = Alternatives::default();
        for member in alternatives.items() {
            let mut words = Words::default();
            match self.join(&mut words, member) {
                Err(Why::Crowded) => return Err(Why::Crowded),
                // What is wrong with an alternative matters when it is the one that is taken.
                Err(_) => found.other(member, "something else"),
                Ok(()) if words.only_type().is_some_and(|name| name == "null") => found.nullable = true,
                Ok(()) => match alternative(&words) {
                    Some(values) => values.into_iter().for_each(|value| found.value(value)),
                    None => found.other(member, &name(&words)),
                },
            }
        }
        Ok(found)
    }
}

impl<'a> Alternatives<'a> {
    fn other(&mut self, schema: Node<'a>, name: &str) {
        self.shapes.push(schema);
        self.names.push(String::from(name));
    }

    fn value(&mut self, choice: Choice) {
        match &*choice.value {
            "null" => self.nullable = true,
            _ => self.values.push(choice),
        }
    }
}

/// Whether a place can be filled in without knowing its alternatives.
fn is_clear(words: &Words<'_>) -> bool {
    let simple = words.only_type().is_some_and(|name| matches!(&*name, "string" | "number" | "integer" | "boolean"));
    simple || !words.properties.is_empty() || words.get("items").is_some()
}

/// What an alternative is called: its title, else its type.
fn name<'a>(words: &Words<'a>) -> Cow<'a, str> {
    let kind = words.only_type().unwrap_or(Cow::Borrowed(words.implied_type()));
    words.title().unwrap_or(if kind.is_empty() { Cow::Borrowed("any value") } else { kind })
}
