//! The table itself: every file can be read, names what is known, and says where it is from.

use std::collections::BTreeSet;

use inspector_core::diagnose::cause;
use inspector_core::symptoms::{Filling, Outcome, Search, Symptom, Table};

use super::{table, table_files};

/// Public slugs of causes that a table may name before they are recognised.
const PLANNED: &[&str] = &[
    "content-type-refused",
    "gone-or-blocked",
    "local-network-blocked",
    "mixed-content",
    "payload-too-large",
    "redirect-dropped-token",
    "redirected-endpoint",
    "session-ended-by-client",
    "session-leak",
    "session-not-shared",
    "stream-bad-event",
    "token-not-yet-valid",
    "token-wrong-audience",
];

fn is_cause(slug: &str) -> bool {
    cause(slug).is_some() || PLANNED.contains(&slug)
}

fn named_causes(symptom: &Symptom) -> impl Iterator<Item = &str> {
    symptom.causes.named.iter().map(|candidate| candidate.slug.as_str())
}

#[test]
fn every_cause_that_is_named_is_one() {
    let table = table();
    for symptom in &table.symptoms {
        for slug in named_causes(symptom) {
            assert!(is_cause(slug), "{}: {slug}", symptom.slug);
        }
    }
    for sign in &table.signs {
        assert!(is_cause(&sign.slug), "signs.txt: {}", sign.slug);
    }
    for (name, slugs) in &table.behind {
        slugs.iter().for_each(|slug| assert!(is_cause(slug), "behind.txt: {name}: {slug}"));
    }
}

#[test]
fn no_cause_is_named_twice_in_one_place() {
    let table = table();
    for symptom in &table.symptoms {
        let unique: BTreeSet<&str> = named_causes(symptom).collect();
        assert_eq!(unique.len(), symptom.causes.named.len(), "{}", symptom.slug);
    }
    let unique: BTreeSet<&str> = table.signs.iter().map(|sign| sign.slug.as_str()).collect();
    assert_eq!(unique.len(), table.signs.len());
}

#[test]
fn whatever_goes_wrong_has_a_cause_to_look_for() {
    for symptom in &table().symptoms {
        let causes = &symptom.causes;
        let led = symptom.advice.is_some()
            || !causes.named.is_empty()
            || !causes.groups.is_empty()
            || causes.by_status
            || causes.by_words;
        let silent = symptom.shows.is_none() || symptom.outcome == Outcome::Wraps;
        assert!(led || silent, "{} leads nowhere", symptom.slug);
    }
}

#[test]
fn what_is_said_is_said_in_sentences() {
    let table = table();
    let apart = table.symptoms.iter().flat_map(|symptom| &symptom.causes.named).filter_map(|candidate| candidate.apart.as_ref());
    let means = table.symptoms.iter().map(|symptom| symptom.means.fill(|_| Filling::Unknown));
    let advice = table.symptoms.iter().filter_map(|symptom| symptom.advice.clone());
    let said = means.chain(advice).chain(apart.cloned()).chain(table.signs.iter().map(|sign| sign.apart.clone()));
    for text in said {
        assert!(text.ends_with('.') && !text.contains('!') && !text.contains("  "), "{text}");
    }
}

#[test]
fn nobody_says_the_same_twice() {
    let table = table();
    let mut seen = BTreeSet::new();
    for symptom in table.symptoms.iter().filter(|symptom| symptom.shows.is_some() && symptom.search != Search::Never) {
        let text = format!("{:?} {:?}", symptom.type_name, symptom.shows);
        assert!(seen.insert(text), "{} says what another file says", symptom.slug);
    }
}

#[test]
fn the_page_loads_the_same_table_from_one_file() {
    let object =
        table_files().iter().map(|(name, text)| format!("{:?}:{}", name, inspector_core::json::quote(text))).collect::<Vec<_>>();
    let loaded = Table::from_json(&format!("{{{}}}", object.join(","))).unwrap();
    assert_eq!(loaded.symptoms, table().symptoms);
}
#[test]
fn every_client_is_known_for_something() {
    let table = table();
    for client in &table.clients {
        let known = table.symptoms.iter().flat_map(|symptom| &symptom.shown_by).any(|by| by.client == client.id);
        assert!(known, "{}", client.id);
    }
}
