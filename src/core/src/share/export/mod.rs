//! A recording in the forms that other programs and people read: HAR, a ticket, a Mermaid diagram, the ladder as text and as a picture.
//!
//! Each is made of a redacted recording alone, and looked through for known secrets like links and files.

mod har;
mod ladder;
mod markdown;
mod mermaid;
mod svg;
mod ticket;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::taint::{Secrets, Taint, check};
use super::{Redacted, WithBodies};
use crate::characters::invisible;
use crate::diagnose::{Finding, Kind, diagnose};
use crate::diagram::{Diagram, Mark, Options, layout};
use crate::trace::Trace;

/// What a recording can be made into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// HTTP Archive 1.2, which browsers and HTTP tools open.
    Har,
    /// Markdown for an issue tracker: cause, proof, environment, messages, diagram and the request that failed.
    Ticket,
    /// A sequence diagram in Mermaid's language.
    Mermaid,
    /// The ladder in monospaced text, for a terminal, a mail or a commit message.
    Ladder,
    /// The ladder as a picture (SVG 1.1), which pages and documents show.
    Picture,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 5] = [Self::Ticket, Self::Ladder, Self::Mermaid, Self::Picture, Self::Har];

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Har => "HAR file",
            Self::Ticket => "Ticket in Markdown",
            Self::Mermaid => "Mermaid diagram",
            Self::Ladder => "Plain text",
            Self::Picture => "SVG picture",
        }
    }

    /// How the name of its file ends, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Har => "har",
            Self::Ticket => "md",
            Self::Mermaid => "mmd",
            Self::Ladder => "txt",
            Self::Picture => "svg",
        }
    }

    /// The type of its file (IANA media types; HAR and Mermaid have none of their own).
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Har => "application/json",
            Self::Ticket => "text/markdown",
            Self::Mermaid | Self::Ladder => "text/plain",
            Self::Picture => "image/svg+xml",
        }
    }
}

/// The recording in another form. `link` is the address of the recording, which a ticket names.
///
/// # Errors
/// It would hold a secret.
pub fn export(redacted: &Redacted, format: Format, link: Option<&str>, secrets: &Secrets<'_>) -> Result<String, Taint> {
    let trace = redacted.trace();
    let text = match format {
        Format::Har => har::har(trace),
        Format::Ticket => ticket::ticket(redacted, link),
        Format::Mermaid => mermaid::mermaid(&Drawn::of(trace)),
        Format::Ladder => ladder::ladder(trace),
        Format::Picture => svg::svg(&Drawn::of(trace)),
    };
    check(&text, &secrets.clone().and_sessions(redacted.live())).map(|()| text)
}

/// The recording as a HAR file that keeps the values in bodies.
///
/// # Errors
/// It would hold a secret.
pub fn har_with_bodies(recording: &WithBodies, secrets: &Secrets<'_>) -> Result<String, Taint> {
    let text = har::har(recording.trace());
    check(&text, &secrets.clone().and_sessions(recording.live())).map(|()| text)
}

/// A recording with its problems marked, laid out.
struct Drawn {
    problems: Vec<Finding>,
    diagram: Diagram,
}

impl Drawn {
    fn of(trace: &Trace) -> Self {
        let mut problems = diagnose(trace);
        problems.retain(|finding| finding.kind == Kind::Problem);
        let mark = |finding: &Finding| {
            let at = *finding.evidence.first()?;
            Some(Mark { at, slug: finding.cause.slug.into(), label: finding.cause.title.into() })
        };
        let marks: Vec<Mark> = problems.iter().filter_map(mark).collect();
        let diagram = layout(trace, &marks, &Options::default());
        Self { problems, diagram }
    }
}

/// A text on one line, in which nothing is invisible and nothing turns the line around (CVE-2021-42574).
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            c if c.is_control() || invisible(c).is_some() => out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_or_turns_a_line_around_is_named() {
        assert_eq!(plain("a\u{202e}b\u{1b}[31m\nc é 語"), "a⟨U+202E⟩b⟨U+001B⟩[31m c é 語");
    }
}
