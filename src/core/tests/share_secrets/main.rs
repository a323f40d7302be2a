//! Secrets planted wherever a session can carry one: none of them may be in anything that goes out. The same recordings as HAR
//! files, through the rules of two other sanitisers, for comparison.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input should stop")]

mod carriers;
mod har;
mod sanitisers;
mod talk;
mod values;

use std::fmt::Write as _;
use std::sync::LazyLock;

use carriers::Carrier;
use inspector_core::share::{Format, Level, More, Secret, Secrets, View, check, export, file, redact};
use inspector_core::trace::Trace;
use values::Value;

/// One secret in one place, and where it was found afterwards.
struct Plant {
    carrier: &'static Carrier,
    value: Value,
    /// In the HAR before anything was done to it.
    before: bool,
    chrome: bool,
    cloudflare: bool,
    /// What was made here at some level, if it is in it.
    here: Option<String>,
}

/// Everything that is planted: in each place a fifth of the secrets, so that each stands in many places.
static PLANTS: LazyLock<Vec<Plant>> = LazyLock::new(|| {
    let values = values::all();
    let chosen = |place: usize, carrier: &'static Carrier| {
        let fifth = values.iter().enumerate().filter(move |(n, _)| (n + place).is_multiple_of(5)).map(|(_, value)| value);
        fifth.filter(|value| carrier.holds(value.made)).map(move |value| plant(carrier, value)).collect::<Vec<_>>()
    };
    carriers::ALL.iter().enumerate().flat_map(|(place, carrier)| chosen(place, carrier)).collect()
});

fn plant(carrier: &'static Carrier, value: &Value) -> Plant {
    let trace = (carrier.plant)(&value.text);
    let har = har::har(&trace);
    Plant {
        carrier,
        value: value.clone(),
        before: holds(&har.to_string(), value),
        chrome: holds(&sanitisers::chrome(&har), value),
        cloudflare: holds(&sanitisers::cloudflare(&har), value),
        here: Level::ALL.iter().map(|level| made(&trace, *level)).find(|text| holds(text, value)),
    }
}

/// What is made of a recording at a level: the file, and of the largest one all that people and other programs read. A link
/// holds the same text as the file, packed.
fn made(trace: &Trace, level: Level) -> String {
    let redacted = redact(trace, level, &More::default());
    let mut text = file(&redacted, &View::default(), &Secrets::new()).unwrap();
    if level == Level::Everything {
        text.extend(Format::ALL.map(|format| export(&redacted, format, None, &Secrets::new()).unwrap()));
    }
    text
}

/// Whether a text holds what should be hidden of a secret: all of it or twelve characters, as they are or in another form.
fn holds(text: &str, value: &Value) -> bool {
    let secrets = value.hidden.iter().fold(Secrets::new(), |secrets, hidden| secrets.and(Secret::Session, hidden));
    value.hidden.iter().any(|hidden| text.contains(hidden.as_str())) || check(text, &secrets).is_err()
}

#[test]
fn hundreds_of_secrets_are_planted_in_dozens_of_places() {
    assert!(PLANTS.len() >= 400, "{}", PLANTS.len());
    assert!(carriers::ALL.len() >= 20, "{}", carriers::ALL.len());
    // A secret that nobody could find would prove nothing.
    let lost = PLANTS.iter().filter(|plant| !plant.before && plant.value.text.len() >= 12);
    let lost: Vec<String> = lost.map(|plant| format!("{} in {}", plant.value.kind, plant.carrier.name)).collect();
    assert_eq!(lost, [] as [&str; 0]);
}

#[test]
fn none_of_them_goes_out_at_any_level_in_any_form_or_part() {
    let out: Vec<&Plant> = PLANTS.iter().filter(|plant| plant.here.is_some()).collect();
    let told = out
        .iter()
        .map(|plant| format!("{} in {}:\n{}", plant.value.kind, plant.carrier.name, plant.here.as_deref().unwrap_or("")));
    assert!(out.is_empty(), "{}\n{}", out.len(), told.collect::<Vec<_>>().join("\n"));
}

#[test]
fn other_sanitisers_leave_most_of_them() {
    let mut table = format!("{:<36}{:>8}{:>8}{:>11}{:>6}\n", "place", "planted", "Chrome", "Cloudflare", "here");
    let mut row = |name: &str, wanted: &dyn Fn(&Plant) -> bool| {
        let count = |left: fn(&Plant) -> bool| PLANTS.iter().filter(|plant| wanted(plant) && left(plant)).count();
        let counts = [
            count(|plant| plant.before),
            count(|plant| plant.chrome),
            count(|plant| plant.cloudflare),
            count(|plant| plant.here.is_some()),
        ];
        writeln!(table, "{name:<36}{:>8}{:>8}{:>11}{:>6}", counts[0], counts[1], counts[2], counts[3]).unwrap();
    };
    for carrier in carriers::ALL {
        row(carrier.name, &|plant| core::ptr::eq(plant.carrier, carrier));
    }
    row("all", &|_| true);
    insta::assert_snapshot!(table);
}
