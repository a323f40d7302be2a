//! What was filled in, as JSON: every digit and character as typed.

use alloc::string::String;
use alloc::vec::Vec;

use super::answer::Answer;
use super::check::Checker;
use super::flaw::{Flaw, Problem};
use super::form::{Field, Form, Group, Kind};
use crate::json;

/// The JSON object that the answers give, and what the schema has against it. Always JSON: what was typed as JSON and is not is a
/// string, and so is a number that is none. One answer per field of [`Form::root`]; a missing one is blank.
pub fn fill(form: &Form, answers: &[Answer]) -> (String, Vec<Flaw>) {
    let mut writer = Writer::default();
    writer.group(&form.root, answers);
    (writer.json, writer.checker.flaws)
}

#[derive(Default)]
struct Writer {
    json: String,
    checker: Checker,
}

impl Writer {
    fn group(&mut self, group: &Group, answers: &[Answer]) {
        self.json.push('{');
        for (index, field) in group.fields.iter().enumerate() {
            let back = self.checker.enter(&field.name);
            let before = self.json.len();
            self.comma();
            self.json.push_str(&json::quote(&field.name));
            self.json.push(':');
            if !self.value(field, answers.get(index).unwrap_or(&Answer::Blank)) {
                self.json.truncate(before);
                if field.required {
                    self.checker.found(Problem::Missing);
                }
            }
            self.checker.leave(back);
        }
        self.json.push('}');
    }

    fn list(&mut self, item: &Field, answers: &[Answer]) {
        self.json.push('[');
        for (index, answer) in answers.iter().enumerate() {
            let back = self.checker.enter_row(index);
            let before = self.json.len();
            self.comma();
            if !self.value(item, answer) {
                self.json.truncate(before);
            }
            self.checker.leave(back);
        }
        self.json.push(']');
    }

    /// Puts a comma after what is there, unless it has just been opened.
    fn comma(&mut self) {
        if !self.json.ends_with(['{', '[']) {
            self.json.push(',');
        }
    }

    /// Writes a value; `false` when there is none.
    fn value(&mut self, field: &Field, answer: &Answer) -> bool {
        let start = self.json.len();
        match (answer, &field.kind) {
            (Answer::Fields(answers), Kind::Group(group)) => self.group(group, answers),
            (Answer::Items(answers), Kind::List { item, rows, unique }) => {
                self.list(item, answers);
                let written = self.json.get(start..).unwrap_or_default();
                let scan = json::scan(written);
                if let Some(array) = scan.root(written) {
                    self.checker.rows(array, *rows, *unique);
                }
            }
            (Answer::Text(text), Kind::Text { .. }) if !text.is_empty() => self.leaf(field, &json::quote(text)),
            (Answer::Text(text), Kind::Number { .. }) if !text.trim().is_empty() => match is_number(text.trim()) {
                true => self.leaf(field, text.trim()),
                false => self.leaf(field, &json::quote(text)),
            },
            (Answer::Json(text), _) if !text.trim().is_empty() => match json::scan(text).error {
                None => self.leaf(field, text.trim()),
                Some(error) => {
                    self.checker.found(Problem::NotJson(error));
                    self.json.push_str(&json::quote(text));
                }
            },
            _ => return false,
        }
        true
    }

    fn leaf(&mut self, field: &Field, value: &str) {
        self.json.push_str(value);
        let scan = json::scan(value);
        if let Some(value) = scan.root(value) {
            self.checker.value(field, value);
        }
    }
}

fn is_number(text: &str) -> bool {
    let scan = json::scan(text);
    scan.error.is_none() && scan.root(text).is_some_and(|value| value.kind() == json::Kind::Number)
}
