//! What a schema has against JSON, as far as its form knows.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use super::canonical::canonical;
use super::flaw::{Flaw, Problem};
use super::form::{Bound, Field, Form, Group, Kind, Span};
use super::format::fits;
use super::number::decimal;
use super::pattern::matches;
use super::{Why, same, step};
use crate::json::{self, Node};

/// How many items of an array are compared with one another.
const COMPARED: usize = 1_000;

/// What a schema has against a whole text: for those who type JSON instead of filling in the form.
pub fn flaws(form: &Form, text: &str) -> Vec<Flaw> {
    let mut checker = Checker::default();
    let scan = json::scan(text);
    match (scan.error, scan.root(text)) {
        (Some(error), _) => checker.found(Problem::NotJson(error)),
        (None, Some(root)) if root.is_object() => checker.group(&form.root, root),
        (None, _) => checker.found(Problem::WrongType { expected: "object" }),
    }
    checker.flaws
}

/// Collects flaws on the way through a value.
#[derive(Default)]
pub(super) struct Checker {
    /// JSON Pointer of where we are.
    pub(super) path: String,
    /// What was found.
    pub(super) flaws: Vec<Flaw>,
}

impl Checker {
    /// Notes a flaw of where we are.
    pub(super) fn found(&mut self, problem: Problem) {
        self.flaws.push(Flaw { path: self.path.clone(), problem });
    }

    /// Goes into a member; the answer leads back.
    pub(super) fn enter(&mut self, name: &str) -> usize {
        let back = self.path.len();
        step(&mut self.path, name);
        back
    }

    /// Goes into a row; the answer leads back.
    pub(super) fn enter_row(&mut self, index: usize) -> usize {
        let back = self.path.len();
        // Writing into a string cannot fail.
        let _ = write!(self.path, "/{index}");
        back
    }

    /// Goes back to where [`Checker::enter`] was called.
    pub(super) fn leave(&mut self, back: usize) {
        self.path.truncate(back);
    }

    /// Holds a value against its field, and all that is in it.
    pub(super) fn value(&mut self, field: &Field, value: Node<'_>) {
        if value.is_null() && field.nullable {
            return;
        }
        let expected = match &field.kind {
            Kind::Text { .. } => "string",
            Kind::Number { .. } => "number",
            Kind::Boolean => "boolean",
            Kind::List { .. } | Kind::Raw(Why::AnyItems | Why::Tuple) => "array",
            Kind::Group(_) | Kind::Raw(Why::AnyMembers) => "object",
            Kind::Choice(choices) => {
                if !choices.iter().any(|choice| same(&choice.value, value.raw())) {
                    self.found(Problem::NotListed);
                }
                return;
            }
            Kind::Raw(_) => return,
        };
        if value.kind().type_name() != expected {
            return self.found(Problem::WrongType { expected });
        }
        match &field.kind {
            Kind::Text { format, chars, pattern, .. } => {
                self.text(&value.as_str().unwrap_or_default(), format, *chars, pattern.as_deref());
            }
            Kind::Number { integer, min, max, multiple } => {
                self.number(value.raw(), *integer, [min.as_ref(), max.as_ref()], multiple.as_deref());
            }
            Kind::List { item, rows, unique } => {
                self.rows(value, *rows, *unique);
                for (index, value) in value.items().enumerate() {
                    let back = self.enter_row(index);
                    self.value(item, value);
                    self.leave(back);
                }
            }
            Kind::Group(group) => self.group(group, value),
            Kind::Boolean | Kind::Choice(_) | Kind::Raw(_) => {}
        }
    }

    fn group(&mut self, group: &Group, object: Node<'_>) {
        for field in &group.fields {
            let back = self.enter(&field.name);
            match object.get(&field.name) {
                Some(value) => self.value(field, value),
                None if field.required => self.found(Problem::Missing),
                None => {}
            }
            self.leave(back);
        }
        if group.closed {
            for (name, _) in object.entries().filter(|(name, _)| !group.has(name)) {
                self.found(Problem::Extra { name: name.into_owned() });
            }
        }
    }

    fn text(&mut self, text: &str, format: &str, chars: Span, pattern: Option<&str>) {
        let count = text.chars().count() as u64;
        match chars {
            Span { min: Some(min), .. } if count < min => self.found(Problem::Short { min }),
            Span { max: Some(max), .. } if count > max => self.found(Problem::Long { max }),
            _ => {}
        }
        if !fits(format, text) {
            self.found(Problem::Format { format: String::from(format) });
        }
        if let Some(pattern) = pattern.filter(|pattern| matches(pattern, text) == Some(false)) {
            self.found(Problem::Pattern { pattern: String::from(pattern) });
        }
    }

    fn number(&mut self, raw: &str, integer: bool, [min, max]: [Option<&Bound>; 2], multiple: Option<&str>) {
        let number = decimal(raw);
        if integer && !number.is_whole() {
            self.found(Problem::NotWhole);
        }
        if let Some(Bound { value, exclusive }) = min
            && (number < decimal(value) || (*exclusive && number == decimal(value)))
        {
            self.found(Problem::Low { min: value.clone(), exclusive: *exclusive });
        }
        if let Some(Bound { value, exclusive }) = max
            && (number > decimal(value) || (*exclusive && number == decimal(value)))
        {
            self.found(Problem::High { max: value.clone(), exclusive: *exclusive });
        }
        if let Some(of) = multiple.filter(|of| number.is_multiple_of(&decimal(of)) == Some(false)) {
            self.found(Problem::NotMultiple { of: String::from(of) });
        }
    }

    /// What an array as a whole has to keep to.
    pub(super) fn rows(&mut self, array: Node<'_>, rows: Span, unique: bool) {
        let count = array.children() as u64;
        match rows {
            Span { min: Some(min), .. } if count < min => self.found(Problem::Few { min }),
            Span { max: Some(max), .. } if count > max => self.found(Problem::Many { max }),
            _ => {}
        }
        if unique {
            let mut values: Vec<String> = array.items().take(COMPARED).map(|item| canonical(item.raw())).collect();
            values.sort_unstable();
            if values.windows(2).any(|pair| pair.first() == pair.last()) {
                self.found(Problem::Twice);
            }
        }
    }
}
