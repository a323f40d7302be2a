//! Which of the texts that were found tells the most.

use alloc::vec::Vec;

use super::hits::{self, Found};
use super::paste::Paste;
use super::symptom::{Outcome, Search};
use super::template::Hole;

/// So many lines between two errors belong to one stack trace; more do not.
const APART_LINES: usize = 500;

/// So many seconds apart, two errors are two matters. The longest time limit that clients come with is five minutes.
const APART_SECONDS: u32 = 330;

/// A clock is looked for so many lines above an error: stack traces have none of their own.
const CLOCK_LINES: usize = 200;

/// A clock stands within so many bytes of the beginning of a line.
const CLOCK_BYTES: usize = 64;

const DAY: u32 = 24 * 60 * 60;

/// With these a program begins anew: what went wrong before is over.
const BEGINNINGS: [&str; 5] =
    ["starting server", "initializing server", "handling createclient", "using transport strategy", "mcp session opened"];

/// How much a text tells; less is more. The last three say of another one that it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// What a client failed with.
    Client,
    /// What a server answered.
    Server,
    /// A line for each request, or something that went well all the same.
    Record,
    /// A code alone.
    Code,
    /// The wrapper of another error.
    Wrapper,
    /// What came of an earlier error.
    Consequence,
    /// What is written while somebody waits.
    Progress,
}

/// How much a text tells.
pub(super) fn tier(hit: &Found<'_>) -> Tier {
    let symptom = hit.symptom;
    match symptom.outcome {
        _ if symptom.search == Search::Progress => Tier::Progress,
        Outcome::Wraps => Tier::Wrapper,
        Outcome::Follows => Tier::Consequence,
        _ if symptom.slug.starts_with("code-") => Tier::Code,
        Outcome::Works => Tier::Record,
        Outcome::Logs if hit.of_server || hit.get(Hole::Method).is_some() => Tier::Record,
        _ if hit.of_server => Tier::Server,
        _ => Tier::Client,
    }
}

/// The text that tells the most: of those that tell the same, the first of the last time that something went wrong, because what
/// comes after it is mostly a consequence.
pub(super) fn telling<'h, 't>(paste: &Paste, outer: &[&'h Found<'t>]) -> Option<&'h Found<'t>> {
    let most = outer.iter().map(|hit| tier(hit)).min()?;
    let of_this: Vec<&Found<'t>> = outer.iter().copied().filter(|hit| tier(hit) == most).collect();
    let mut from = of_this.len() - 1;
    while from > 0 && are_one_matter(paste, of_this[from - 1].line, of_this[from].line) {
        from -= 1;
    }
    let here = &of_this[from..];
    let first = here.iter().copied().min_by_key(|hit| (hit.line, usize::MAX - hit.weight))?;
    // Of the places where it stands, one that names the error says who printed it.
    let named = |hit: &&&Found<'_>| {
        hit.symptom.slug == first.symptom.slug && hits::type_before(&paste.lines[hit.line], hit.range.start).is_some()
    };
    Some(here.iter().find(named).copied().unwrap_or(first))
}

/// Whether two errors, the second on a later line or on the same, belong together.
fn are_one_matter(paste: &Paste, first: usize, second: usize) -> bool {
    let begins = |line: &super::paste::Line| BEGINNINGS.iter().any(|words| line.lower.contains(words));
    let between = paste.lines.get(first + 1..second).unwrap_or_default();
    if between.len() > APART_LINES || between.iter().any(begins) {
        return false;
    }
    match (clock_at(paste, first), clock_at(paste, second)) {
        (Some(before), Some(after)) => (after + DAY - before) % DAY <= APART_SECONDS,
        _ => true,
    }
}

/// The time of day at which a line was written, in seconds.
fn clock_at(paste: &Paste, line: usize) -> Option<u32> {
    let above = paste.lines.get(line.saturating_sub(CLOCK_LINES)..=line)?;
    above.iter().rev().find_map(|line| clock(&line.text))
}

/// The time of day in a text, in seconds: `08:12:44`.
fn clock(text: &str) -> Option<u32> {
    let bytes = &text.as_bytes()[..text.len().min(CLOCK_BYTES)];
    let two = |at: &[u8]| match at {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9', ..] => Some(u32::from(tens - b'0') * 10 + u32::from(ones - b'0')),
        _ => None,
    };
    bytes.windows(8).find_map(|at| {
        let time = (two(at)?, two(&at[3..])?, two(&at[6..])?);
        let sound = at[2] == b':' && at[5] == b':' && time.0 < 24 && time.1 < 60 && time.2 < 60;
        sound.then_some((time.0 * 60 + time.1) * 60 + time.2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_read_wherever_it_stands_near_the_beginning() {
        assert_eq!(clock("2026-11-20 08:12:44.120 [info]"), Some(29_564));
        assert_eq!(clock("[2026-11-20T00:00:01Z]"), Some(1));
        assert_eq!(clock("at 99:12:44 or 8:12"), None);
        assert_eq!(clock("é"), None);
    }

    #[test]
    fn what_is_close_in_time_is_one_matter_across_midnight_too() {
        let together = |text: &str| are_one_matter(&Paste::read(text), 0, 1);
        assert!(together("10:00:00 a\n10:05:00 b"));
        assert!(together("23:59:50 a\n00:00:10 b"));
        assert!(!together("10:00:00 a\n11:00:00 b"));
        assert!(together("10:00:00 a\nno clock"));
    }

    #[test]
    fn a_new_beginning_ends_what_was_before() {
        assert!(!are_one_matter(&Paste::read("a\n[info] Starting server orders\nb"), 0, 2));
    }
}
