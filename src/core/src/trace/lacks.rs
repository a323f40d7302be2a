//! What a recording does not hold because its source did not write it down: a log of messages has no headers, a log of a server no
//! bodies. Nothing may be concluded from what is not there.

/// Something that is on the wire and that a source may not have written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Where it was sent: host and scheme. The address in the recording is a stand-in.
    Address,
    /// How it was sent: method, status, headers, and whether by HTTP at all. There are messages alone.
    Http,
    /// Headers of requests: one that is not in the list is unknown.
    RequestHeaders,
    /// Bodies of requests: what was asked.
    Requests,
    /// Bodies of responses: what was answered, beside the status.
    Answers,
    /// How long anything took.
    Spans,
    /// When it happened, and with it how long anything took: only the order is known.
    Times,
}

impl Lack {
    const ALL: [Self; 7] =
        [Self::Address, Self::Http, Self::RequestHeaders, Self::Requests, Self::Answers, Self::Spans, Self::Times];

    /// The word for it in the text notation and in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Http => "http",
            Self::RequestHeaders => "request-headers",
            Self::Requests => "requests",
            Self::Answers => "answers",
            Self::Spans => "spans",
            Self::Times => "times",
        }
    }

    /// Reads that word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lack| lack.as_str() == text)
    }

    /// What is not in the recording, for a person.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Address => "the address of the server",
            Self::Http => "methods, statuses and headers of HTTP",
            Self::RequestHeaders => "headers of requests, but for those that are shown",
            Self::Requests => "what requests asked",
            Self::Answers => "what answers said",
            Self::Spans => "how long answers took",
            Self::Times => "when things happened",
        }
    }
}

/// All that a recording lacks; nothing, where the inspector made it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lacks(u8);

impl Lacks {
    /// A recording that lacks these. What lacks HTTP lacks the headers of requests too, and what lacks times all spans.
    pub fn of(lacks: impl IntoIterator<Item = Lack>) -> Self {
        let bits = |lack: Lack| match lack {
            Lack::Http => bit(Lack::Http) | bit(Lack::RequestHeaders),
            Lack::Times => bit(Lack::Times) | bit(Lack::Spans),
            lack => bit(lack),
        };
        Self(lacks.into_iter().fold(0, |all, lack| all | bits(lack)))
    }

    /// All that one of two lacks.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the recording lacks this.
    pub const fn has(self, lack: Lack) -> bool {
        self.0 & bit(lack) != 0
    }

    /// Whether it lacks anything.
    pub const fn any(self) -> bool {
        self.0 != 0
    }

    /// Whether requests are all there, so that they could be sent again.
    pub fn leave_requests_whole(self) -> bool {
        ![Lack::Address, Lack::Http, Lack::RequestHeaders, Lack::Requests].into_iter().any(|lack| self.has(lack))
    }

    /// What it lacks, in the order of [`Lack`].
    pub fn iter(self) -> impl Iterator<Item = Lack> {
        Lack::ALL.into_iter().filter(move |lack| self.has(*lack))
    }
}

const fn bit(lack: Lack) -> u8 {
    1 << lack as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn what_follows_from_one_lack_is_lacking_too() {
        let lacks = Lacks::of([Lack::Times, Lack::Http]);
        assert_eq!(lacks.iter().collect::<Vec<_>>(), [Lack::Http, Lack::RequestHeaders, Lack::Spans, Lack::Times]);
        assert!(!lacks.has(Lack::Answers) && !Lacks::default().any());
    }

    #[test]
    fn every_word_reads_back() {
        for lack in Lack::ALL {
            assert_eq!(Lack::parse(lack.as_str()), Some(lack));
        }
    }
}
