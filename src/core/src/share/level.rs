//! How much of a recording is shared: three levels, and what a person takes out beyond them.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use crate::id::ExchangeId;
use crate::sort::sort_by;

/// How much of a recording is shared. Whatever the level, nothing that could be a secret is: see [`redact`](super::redact).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The exchanges that the findings stand on, as at [`Level::Names`]. Nothing is left out where nothing failed.
    Failure,
    /// Every exchange: what was asked and when, how it was answered, error messages, and the names of tools and members. No values.
    Names,
    /// The same with descriptions, small numbers and published choices, and the pieces every body came in.
    Everything,
}

impl Level {
    /// Every level, the smallest first.
    pub const ALL: [Self; 3] = [Self::Failure, Self::Names, Self::Everything];

    /// The word for it in links and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Failure => "failure",
            Self::Names => "names",
            Self::Everything => "everything",
        }
    }

    /// Reads the word for it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == text)
    }

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Failure => "Failure only",
            Self::Names => "Names only",
            Self::Everything => "Everything",
        }
    }

    /// What somebody who opens it does not see, in one sentence.
    pub const fn loses(self) -> &'static str {
        match self {
            Self::Failure => "Exchanges that have nothing to do with the failure are left out, and so is every value.",
            Self::Names => "Descriptions and every value are covered; names, error messages, sizes and times stay.",
            Self::Everything => "Arguments, results and answers are covered, but for small numbers and published choices.",
        }
    }
}

/// What a person takes out beyond what is always taken out. There is no way to take out less.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// Texts to cover wherever they stand, whatever their case: the name of a host, of a company, of a person. Their letters and
    /// digits become `x`, so that an address stays one.
    pub texts: Vec<String>,
    /// Exchanges to leave out.
    pub exchanges: BTreeSet<ExchangeId>,
}

impl More {
    /// The shortest text that is covered, in bytes: a single letter stands everywhere.
    pub const SHORTEST: usize = 2;

    /// Covers the texts, and tells where each of them began. The longest first, so that no rest of one stays.
    pub(super) fn cover(&self, bytes: &mut [u8], mut told: impl FnMut(usize)) {
        let mut texts: Vec<&[u8]> = self.texts.iter().map(|text| text.trim().as_bytes()).collect();
        sort_by(&mut texts, |text| [u64::MAX - text.len() as u64, 0, 0]);
        for text in texts.into_iter().filter(|text| text.len() >= Self::SHORTEST) {
            let mut at = 0;
            while let Some(place) = bytes.get_mut(at..at + text.len()) {
                if place.eq_ignore_ascii_case(text) {
                    place
                        .iter_mut()
                        .filter(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
                        .for_each(|byte| *byte = b'x');
                    told(at);
                    at += text.len();
                } else {
                    at += 1;
                }
            }
        }
    }
}
