//! What is being filled in, kept while the page shows something else.

use std::collections::BTreeMap;
use std::sync::Arc;

use inspector_core::json;
use inspector_core::schema::{self, Answer, Flaw, Form, Problem};
use leptos::prelude::*;

use crate::ui::dom::memo;

/// A form and what has been filled in so far.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Draft {
    form: StoredValue<Arc<Form>>,
    /// What is filled in.
    answers: RwSignal<Vec<Answer>>,
    /// The whole as JSON, while it is typed as JSON.
    pub(super) text: RwSignal<String>,
    /// Whether the whole is typed as JSON.
    pub(super) as_json: RwSignal<bool>,
    /// What the form has no place for, when it was asked to show what was typed.
    pub(super) lost: RwSignal<Vec<String>>,
    /// Whether it has been sent: from then on missing fields are worth a word.
    tried: RwSignal<bool>,
    filled: Memo<(String, Vec<Flaw>)>,
}

/// Every draft of this page, by what it is for.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Drafts {
    known: StoredValue<BTreeMap<String, Draft>>,
    /// What drafts belong to: the page, and not the view that shows them.
    owner: StoredValue<Option<Owner>>,
}

impl Drafts {
    /// No drafts yet. They live as long as whoever makes this.
    pub(in crate::ui) fn new() -> Self {
        Self { known: StoredValue::default(), owner: StoredValue::new(Owner::current()) }
    }

    /// The draft of this name; a new one with the defaults of its form when there is none.
    pub(in crate::ui) fn draft(name: &str, form: impl FnOnce() -> Form) -> Draft {
        let Self { known, owner } = expect_context();
        if let Some(draft) = known.with_value(|known| known.get(name).copied()) {
            return draft;
        }
        let form = form();
        let draft = match owner.get_value() {
            Some(owner) => owner.with(|| Draft::new(form)),
            None => Draft::new(form),
        };
        known.update_value(|known| {
            known.insert(name.to_owned(), draft);
        });
        draft
    }
}

impl Draft {
    fn new(form: Form) -> Self {
        let answers = RwSignal::new(schema::start(&form));
        let as_json = RwSignal::new(form.raw.is_some());
        let text = RwSignal::new(String::from("{}"));
        let form = StoredValue::new(Arc::new(form));
        let filled = memo(move || {
            form.with_value(|form| {
                if as_json.get() {
                    return text.with(|text| (text.clone(), schema::flaws(form, text)));
                }
                answers.with(|answers| schema::fill(form, answers))
            })
        });
        Self { form, answers, text, as_json, lost: RwSignal::default(), tried: RwSignal::new(false), filled }
    }

    /// The form.
    pub(super) fn form(self) -> Arc<Form> {
        self.form.get_value()
    }

    /// Marks it as sent, and gives what it holds; `None` when that is no JSON, which no message can carry.
    pub(in crate::ui) fn take(self) -> Option<String> {
        self.tried.set(true);
        self.is_json().then(|| self.filled.with_untracked(|(json, _)| json.clone()))
    }

    /// The text of an answer at the top, by the name of its field; empty when there is none.
    pub(in crate::ui) fn value_of(self, name: &str) -> String {
        let at = self.form.with_value(|form| form.root.fields.iter().position(|field| field.name == name));
        match at.map(|at| self.at(&[at])) {
            Some(Answer::Text(text)) => text,
            _ => String::new(),
        }
    }

    /// Whether what it holds is JSON.
    fn is_json(self) -> bool {
        self.filled
            .with(|(_, flaws)| !flaws.iter().any(|flaw| flaw.path.is_empty() && matches!(flaw.problem, Problem::NotJson(_))))
    }

    /// Puts the defaults back.
    pub(in crate::ui) fn reset(self) {
        self.tried.set(false);
        self.lost.set(Vec::new());
        self.form.with_value(|form| {
            self.answers.set(schema::start(form));
            self.as_json.set(form.raw.is_some());
        });
        self.text.set(String::from("{}"));
    }

    /// The answer at a place.
    pub(super) fn at(self, place: &[usize]) -> Answer {
        self.answers.with(|answers| schema::at(answers, place).cloned().unwrap_or_default())
    }

    /// Puts an answer to a place.
    pub(super) fn put(self, place: &[usize], answer: Answer) {
        self.answers.update(|answers| schema::put(answers, place, answer));
    }

    /// What the schema has against the value at a path; what is missing only once it was sent.
    pub(super) fn said_of(self, path: &str) -> Vec<String> {
        let tried = self.tried.get();
        let is_meant = |flaw: &&Flaw| flaw.path == path && (tried || flaw.problem != Problem::Missing);
        self.filled.with(|(_, flaws)| flaws.iter().filter(is_meant).map(|flaw| flaw.problem.to_string()).collect())
    }

    /// Everything the schema has against the whole, with paths.
    pub(super) fn said_of_all(self) -> Vec<String> {
        let said = |flaw: &Flaw| match &*flaw.path {
            "" => flaw.problem.to_string(),
            path => format!("{path}: {}", flaw.problem),
        };
        self.filled.with(|(_, flaws)| flaws.iter().map(said).collect())
    }

    /// Shows what is filled in as JSON.
    pub(super) fn to_json(self) {
        self.text.set(self.filled.with_untracked(|(text, _)| json::pretty(text)));
        self.as_json.set(true);
    }

    /// Shows what was typed as a form. When the form has no place for some of it, that is said first; `anyway` drops it.
    pub(super) fn to_form(self, anyway: bool) {
        let (answers, lost) = self.form.with_value(|form| self.text.with_untracked(|text| schema::read_back(form, text)));
        if lost.is_empty() || anyway {
            self.lost.set(Vec::new());
            self.answers.set(answers);
            self.as_json.set(false);
        } else {
            self.lost.set(lost.iter().map(ToString::to_string).collect());
        }
    }
}
