//! What the specification says of each step, at each revision, in our own words: what the page quotes.

use super::rulebook::{RULES, Rule};
use super::{Revision, Step};

/// A rule of the specification, with where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpecNote {
    /// The revision it is quoted for.
    pub revision: Revision,
    /// The chapter, for example `basic/transports`.
    pub chapter: &'static str,
    /// The rule.
    pub text: &'static str,
}

/// What the specification says of a step at a revision; nothing when it has no rule there.
pub fn rules(step: Step, revision: Revision) -> impl Iterator<Item = SpecNote> {
    RULES
        .iter()
        .filter(move |Rule(of, first, last, ..)| *of == step && (*first..=*last).contains(&revision))
        .map(move |Rule(.., chapter, text)| SpecNote { revision, chapter, text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Revision::{V2024_11_05, V2025_03_26, V2025_06_18, V2025_11_25, V2026_07_28};
    use alloc::vec::Vec;

    fn texts(step: Step, revision: Revision) -> Vec<&'static str> {
        rules(step, revision).map(|note| note.text).collect()
    }

    #[test]
    fn rules_are_short_and_whole_sentences() {
        for Rule(step, first, last, chapter, text) in RULES {
            assert!(first <= last && !chapter.is_empty(), "{step:?}");
            assert!(text.len() <= 240 && text.ends_with('.') && !text.contains("  "), "{step:?}: {} {text}", text.len());
        }
    }

    #[test]
    fn no_chapter_speaks_twice_of_one_step_at_one_revision() {
        for Rule(step, first, ..) in RULES {
            let mut chapters: Vec<_> = rules(*step, *first).map(|note| note.chapter).collect();
            chapters.sort_unstable();
            assert!(chapters.windows(2).all(|pair| pair[0] != pair[1]), "{step:?} {first}");
        }
    }

    #[test]
    fn the_version_header_is_asked_for_exactly_where_the_client_sends_it() {
        for revision in Revision::STREAMABLE {
            assert_eq!(rules(Step::VersionHeader, revision).next().is_some(), revision.has_version_header(), "{revision}");
        }
    }

    #[test]
    fn batches_are_allowed_by_one_revision_alone() {
        for revision in Revision::STREAMABLE {
            let allowed = texts(Step::Batch, revision).iter().any(|text| text.contains("may hold several"));
            assert_eq!(allowed, revision.has_batches(), "{revision}");
        }
    }

    #[test]
    fn there_are_no_sessions_before_streamable_http_and_none_after_the_handshake() {
        assert!(texts(Step::SessionIssued, V2024_11_05).is_empty());
        assert!(texts(Step::SessionUnknown, V2025_03_26)[0].contains("404"));
        assert!(texts(Step::SessionUnknown, V2026_07_28).is_empty());
    }

    #[test]
    fn a_wrong_origin_gets_403_from_the_last_handshake_revision_on() {
        let mandated = |revision| texts(Step::Forbidden, revision).iter().any(|text| text.contains("answer 403"));
        assert!(!mandated(V2025_06_18) && mandated(V2025_11_25) && mandated(V2026_07_28));
    }

    #[test]
    fn what_the_stateless_era_brought_has_no_rule_before_it() {
        for step in [Step::Discover, Step::RequestMeta, Step::MirroredHeaders, Step::Listen, Step::InputRequired, Step::Freshness]
        {
            assert!(
                Revision::ALL.iter().all(|revision| texts(step, *revision).is_empty() == (*revision != V2026_07_28)),
                "{step:?}"
            );
        }
    }

    #[test]
    fn elicitation_begins_with_forms_and_pages_come_later() {
        assert!(texts(Step::Elicitation, V2025_03_26).is_empty());
        assert!(!texts(Step::Elicitation, V2025_06_18)[0].contains("page"));
        assert!(texts(Step::Elicitation, V2025_11_25)[0].contains("page"));
    }
}
