//! What a person has filled in, and how JSON becomes that.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::form::{Field, Form, Group, Kind};
use crate::json::{self, JsonError, Node, repeated_keys};
use crate::limits::FORM_ROWS;

/// What is filled in at one field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Answer {
    /// Nothing: the member is left out.
    #[default]
    Blank,
    /// The text typed into a field for a string or a number. An empty one is left out.
    Text(String),
    /// JSON: what was chosen, `null`, what was typed for [`Kind::Raw`], or any value that the field itself cannot show.
    Json(String),
    /// The rows of a list.
    Items(Vec<Answer>),
    /// The members of an object, one per field of its group.
    Fields(Vec<Answer>),
}

/// The answer at a place: the index of a field, then of its fields or rows, and so on.
pub fn at<'a>(answers: &'a [Answer], place: &[usize]) -> Option<&'a Answer> {
    let (first, rest) = place.split_first()?;
    let mut here = answers.get(*first)?;
    for index in rest {
        here = match here {
            Answer::Items(inside) | Answer::Fields(inside) => inside.get(*index)?,
            _ => return None,
        };
    }
    Some(here)
}

/// Puts an answer to a place. What has no such place stays as it is.
pub fn put(answers: &mut [Answer], place: &[usize], answer: Answer) {
    let mut place = place.iter();
    let Some(mut here) = place.next().and_then(|index| answers.get_mut(*index)) else { return };
    for index in place {
        here = match here {
            Answer::Items(inside) | Answer::Fields(inside) => match inside.get_mut(*index) {
                Some(inside) => inside,
                None => return,
            },
            _ => return,
        };
    }
    *here = answer;
}

/// What would be lost if JSON were shown as a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Loss {
    /// All of it: it is not JSON.
    NotJson(JsonError),
    /// All of it: it is not an object.
    NotAnObject,
    /// A member that the form does not have.
    Extra(String),
    /// A member that is there more than once: all but the last.
    Repeated(String),
}

/// The answers of a form that nobody has touched: its defaults.
pub fn start(form: &Form) -> Vec<Answer> {
    form.root.start()
}

/// The answers that give a JSON object, and what of it they cannot give. Filled in again they give the same values,
/// in the order of the form.
pub fn read_back(form: &Form, text: &str) -> (Vec<Answer>, Vec<Loss>) {
    let scan = json::scan(text);
    let blank = || form.root.fields.iter().map(|_| Answer::Blank).collect();
    if let Some(error) = scan.error {
        return (blank(), alloc::vec![Loss::NotJson(error)]);
    }
    let Some(root) = scan.root(text).filter(|root| root.is_object()) else {
        return (blank(), alloc::vec![Loss::NotAnObject]);
    };
    let mut lost = Vec::new();
    for repeated in repeated_keys(root) {
        lost.push(Loss::Repeated(repeated.key));
    }
    for (name, _) in root.entries() {
        let loss = Loss::Extra(name.into_owned());
        if !matches!(&loss, Loss::Extra(name) if form.root.has(name)) && !lost.contains(&loss) {
            lost.push(loss);
        }
    }
    (form.root.answers(root), lost)
}

impl Group {
    fn start(&self) -> Vec<Answer> {
        self.fields.iter().map(Field::start).collect()
    }

    /// Whether it has a field of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    fn answers(&self, object: Node<'_>) -> Vec<Answer> {
        let answer = |field: &Field| object.get(&field.name).map_or(Answer::Blank, |value| field.answer(value));
        self.fields.iter().map(answer).collect()
    }
}

impl Field {
    /// The answer that nobody has touched: the default; an object or list that has to be there is there, and empty.
    pub fn start(&self) -> Answer {
        match &self.default {
            Some(default) => self.read(default),
            None if self.required => self.begin(),
            None => Answer::Blank,
        }
    }

    /// The answer when the person wants it to be there: the default, else an object or list with nothing filled in yet.
    pub fn begin(&self) -> Answer {
        match (&self.default, &self.kind) {
            (Some(default), _) => self.read(default),
            (None, Kind::Group(group)) => Answer::Fields(group.start()),
            (None, Kind::List { .. }) => Answer::Items(Vec::new()),
            (None, _) => Answer::Blank,
        }
    }

    /// The JSON that an answer gives; empty for none.
    pub fn write(&self, answer: &Answer) -> String {
        let alone = Group { fields: alloc::vec![Self { name: String::new(), ..self.clone() }], closed: false };
        let form = Form { root: alone, ..Form::default() };
        let (object, _) = super::fill(&form, core::slice::from_ref(answer));
        let value = object.strip_prefix("{\"\":").and_then(|rest| rest.strip_suffix('}'));
        value.map(String::from).unwrap_or_default()
    }

    /// The answer that gives a JSON value; [`Answer::Json`] for one that the field cannot show.
    pub fn read(&self, value: &str) -> Answer {
        let scan = json::scan(value);
        match (scan.root(value), scan.error) {
            (Some(value), None) => self.answer(value),
            _ => Answer::Json(String::from(value)),
        }
    }

    fn answer(&self, value: Node<'_>) -> Answer {
        let raw = String::from(value.raw());
        match (&self.kind, value.kind()) {
            (Kind::Number { .. }, json::Kind::Number) => Answer::Text(raw),
            (Kind::Text { .. }, json::Kind::String) => text(raw),
            (Kind::List { item, .. }, json::Kind::ArrayStart) if value.children() <= FORM_ROWS => {
                Answer::Items(value.items().map(|value| item.answer(value)).collect())
            }
            (Kind::Group(group), json::Kind::ObjectStart) if group.shows_all(value) => Answer::Fields(group.answers(value)),
            _ => Answer::Json(raw),
        }
    }
}

impl Group {
    fn shows_all(&self, object: Node<'_>) -> bool {
        object.entries().all(|(name, _)| self.has(&name)) && repeated_keys(object).is_empty()
    }
}

/// The text of a JSON string, unless typing it would not give it back: an empty one, or half of a surrogate pair.
fn text(raw: String) -> Answer {
    let text = json::string_value(&raw);
    let is_lossy = raw.contains("\\u") && text.contains(char::REPLACEMENT_CHARACTER);
    if text.is_empty() || is_lossy { Answer::Json(raw) } else { Answer::Text(text.into_owned()) }
}

/// One sentence for the person who wants to see JSON as a form.
impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(error) => write!(f, "This is not JSON: {error}."),
            Self::NotAnObject => f.write_str("This is JSON, but not an object."),
            Self::Extra(name) => write!(f, "The form has no place for \"{name}\"."),
            Self::Repeated(name) => write!(f, "\"{name}\" is there more than once; the form has a place for the last one."),
        }
    }
}
