//! The confusion list: which failure was named what, by its true cause.

use std::fmt::Write as _;

use inspector_core::diagnose::{Group, causes};

use super::Scenario;
use crate::docs::cell;

/// What was named first for a scenario.
pub struct Named {
    /// The scenario, which has a cause.
    pub scenario: Scenario,
    /// The slug of the cause that was named first; empty when none was.
    pub cause: String,
    /// How sure it was said to be.
    pub certainty: String,
}

impl Named {
    /// Whether the true cause was named.
    pub fn is_right(&self) -> bool {
        self.scenario.cause == Some(self.cause.as_str())
    }
}

/// The list as Markdown, with the causes in the order in which the reference lists them.
pub fn confusion(all: &[Named]) -> String {
    let right = all.iter().filter(|named| named.is_right()).count();
    let mut list = format!(
        "# The fault lab\n\n\
        Servers that fail in one known way each, and what the inspector names first. Every one of them is run by its own session\n\
        over real sockets (`tests/tests/diagnosed_scenarios.rs`), and again through the page in Chromium\n\
        (`tests/tests/live_page_causes.rs`); both hold this list. Try one by hand:\n\n\
        ```sh\n\
        cargo run -p inspector-tests --bin fault -- --list\n\
        cargo run -p inspector-tests --bin fault -- cors-blocked-none\n\
        ```\n\n\
        {right} of {} failures are named right. Where another cause is named first, it stands in bold.\n",
        all.len()
    );
    for group in Group::ALL {
        let mut heading = Some(group.title());
        for cause in causes().iter().filter(|cause| cause.group == group) {
            let of_cause: Vec<_> = all.iter().filter(|named| named.scenario.cause == Some(cause.slug)).collect();
            if of_cause.is_empty() {
                continue;
            }
            if let Some(title) = heading.take() {
                write!(list, "\n## {title}\n").expect("a string");
            }
            let page = format!("../src/core/src/diagnose/pages/{}.md", cause.slug);
            write!(list, "\n### [{}]({page})\n\n| server | what it does | named first |\n|---|---|---|\n", cause.slug)
                .expect("a string");
            for Named { scenario, cause: named, certainty } in of_cause {
                let named = if *named == cause.slug { certainty.clone() } else { format!("**{named}**, {certainty}") };
                let beside = if scenario.works { ", beside the success" } else { "" };
                let about = cell(scenario.about);
                writeln!(list, "| `{}` | {about} | {named}{beside} |", scenario.name).expect("a string");
            }
        }
    }
    list
}
