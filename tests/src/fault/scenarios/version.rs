//! Servers whose revision, capabilities or tool pages make no sense.

use crate::fault::{
    Scenario,
    sound::{error, tools},
};

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("version-2099", "initialize is answered with revision 2099-01-01").cause("version-unsupported").fault(
        |call, sound| {
            call.asks("initialize").then(|| sound.welcome(call, "2099-01-01", r#"{"tools":{"listChanged":false}}"#).into())
        },
    ),
    Scenario::new("tools-page-loop", "every page of tools points to the same next page").cause("tools-page-loop").works().fault(
        |call, sound| {
            call.asks("tools/list").then(|| {
                let page = tools([("forecast", "Weather forecast for a city")].iter(), Some("again"));
                sound.result(call, &page).into()
            })
        },
    ),
    Scenario::new("tools-page-empty", "the second of three pages of tools is empty")
        .cause("tools-page-loop")
        .certainty("possible")
        .works()
        .fault(|call, sound| {
            let page = match (call.method(), call.param("cursor")) {
                (Some("tools/list"), None) => tools([("forecast", "Weather forecast for a city")].iter(), Some("two")),
                (Some("tools/list"), Some("two")) => tools([].iter(), Some("three")),
                (Some("tools/list"), _) => tools([("tides", "High and low water at a harbour")].iter(), None),
                _ => return None,
            };
            Some(sound.result(call, &page).into())
        }),
    Scenario::new("tools-empty", "offers tools and lists none")
        .cause("tools-not-offered")
        .works()
        .fault(|call, sound| call.asks("tools/list").then(|| sound.result(call, r#"{"tools":[]}"#).into())),
    Scenario::new("tools-not-offered", "no tools capability, and tools/list is an unknown method")
        .cause("tools-not-offered")
        .works()
        .fault(|call, sound| match call.method() {
            Some("initialize") => Some(sound.welcome(call, "2025-06-18", r#"{"prompts":{}}"#).into()),
            Some("tools/list") => Some(sound.message(&error(&call.id(), -32601, "Method not found")).into()),
            _ => None,
        }),
];
