//! The lives of sessions as a strip of bars, in integers: each bar from where its session was opened to where it was last used,
//! with its requests as ticks. What draws it has only to say how wide a thousandth is.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Economy, Fate, SessionUse};
use crate::id::EventRef;
use crate::sort::sort_by;
use crate::time::Micros;
use crate::trace::letter;

/// More sessions than this share bars, neighbours with each other.
const BARS: usize = 32;

/// The width of the strip.
const WIDTH: u64 = 1_000;

/// The lives of sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strip {
    /// One bar for each session, or for several neighbours.
    pub bars: Vec<Bar>,
    /// How long the strip is; `None` when the recording has no times and the requests stand in their order.
    pub span: Option<Micros>,
}

/// The life of a session, or of several neighbours in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The first session, by its place in the list.
    pub first: usize,
    /// How many sessions it stands for.
    pub sessions: usize,
    /// Where it begins in the recording.
    pub at: EventRef,
    /// The letter, or the first and the last: `A`, `A to D`.
    pub label: String,
    /// From when to when it lasted, in words: `2.6 ms to 5.2 ms`; empty when the recording has no times.
    pub life: String,
    /// Where it begins, in thousandths of the width.
    pub from: u32,
    /// Where the last thing happened in it.
    pub to: u32,
    /// Where its requests stand, each place once.
    pub ticks: Vec<u32>,
    /// How it ended; `None` when its sessions ended in different ways.
    pub fate: Option<Fate>,
    /// Whether nothing was asked in it.
    pub unused: bool,
    /// How many requests were sent in it.
    pub requests: usize,
    /// How it ended, in words.
    pub ended: String,
}

/// Lays out the sessions of a recording.
pub fn strip(economy: &Economy) -> Strip {
    let sessions = &economy.sessions;
    let scale = Scale::of(economy);
    // As few in each as there have to be.
    let each = sessions.len().div_ceil(BARS).max(1);
    Strip { bars: sessions.chunks(each).filter_map(|group| bar(group, &scale)).collect(), span: scale.span() }
}

/// Where a moment stands: by its time, or where there are no times by the order of the requests.
enum Scale {
    Time(Micros, Micros),
    Order(u64, u64),
}

impl Scale {
    fn of(economy: &Economy) -> Self {
        let numbers =
            || economy.sessions.iter().flat_map(|session| session.uses.iter().map(|used| u64::from(used.at.exchange.0)));
        match economy.span {
            Some((from, to)) => Self::Time(from, to),
            None => Self::Order(numbers().min().unwrap_or_default(), numbers().max().unwrap_or_default()),
        }
    }

    fn span(&self) -> Option<Micros> {
        match self {
            Self::Time(from, to) => Some(to.saturating_sub(*from)),
            Self::Order(..) => None,
        }
    }

    /// A span of time within the strip, in words.
    fn life(&self, from: Option<Micros>, to: Option<Micros>) -> String {
        match (self, from, to) {
            (Self::Time(start, _), Some(from), Some(to)) => {
                format!("{} to {}", from.saturating_sub(*start), to.saturating_sub(*start))
            }
            _ => String::new(),
        }
    }

    fn place(&self, at: EventRef, when: Micros) -> u32 {
        let (value, from, to) = match self {
            Self::Time(from, to) => (when.0, from.0, to.0),
            Self::Order(from, to) => (u64::from(at.exchange.0), *from, *to),
        };
        let part = u128::from(value.saturating_sub(from)) * u128::from(WIDTH) / u128::from(to.saturating_sub(from).max(1));
        u32::try_from(part.min(u128::from(WIDTH))).unwrap_or_default()
    }
}

fn bar(group: &[SessionUse], scale: &Scale) -> Option<Bar> {
    let (first, last) = (group.first()?, group.last()?);
    let from = group.iter().map(|session| scale.place(session.at, session.from)).min()?;
    let ends = group.iter().map(|session| scale.place(EventRef::request(session.last_use()), session.to));
    let mut ticks: Vec<u32> =
        group.iter().flat_map(|session| &session.uses).map(|used| scale.place(used.at, used.when).max(from)).collect();
    sort_by(&mut ticks, |tick| [u64::from(*tick), 0, 0]);
    ticks.dedup();
    let alike = |of: fn(&SessionUse) -> Fate| group.iter().all(|session| of(session) == of(first)).then(|| of(first));
    Some(Bar {
        first: first.n,
        sessions: group.len(),
        at: first.at,
        label: if group.len() == 1 { letter(first.n) } else { format!("{} to {}", letter(first.n), letter(last.n)) },
        life: scale.life(group.iter().map(|session| session.from).min(), group.iter().map(|session| session.to).max()),
        from,
        to: ends.max()?.max(from),
        ticks,
        fate: alike(|session| session.fate),
        unused: group.iter().all(|session| session.opened && session.asked == 0),
        requests: group.iter().map(|session| session.uses.len()).sum(),
        ended: in_words(group),
    })
}

/// How sessions ended, and what else there is to say of them: `ended`, `never used, never ended`, `3 ended, 1 open`.
fn in_words(group: &[SessionUse]) -> String {
    if let [one] = group {
        let kind = match one {
            one if one.probe => "by a probe, ",
            one if one.opened && one.asked == 0 => "never used, ",
            _ => "",
        };
        return format!("{kind}{}", one.fate.as_str());
    }
    let mut ways: BTreeMap<u8, (usize, &str)> = BTreeMap::new();
    for session in group {
        ways.entry(session.fate as u8).or_insert((0, session.fate.as_str())).0 += 1;
    }
    let unused = group.iter().filter(|session| session.opened && !session.probe && session.asked == 0).count();
    let unused = (unused > 0).then_some((unused, "never used"));
    let said = unused.into_iter().chain(ways.into_values()).map(|(n, way)| format!("{n} {way}"));
    said.collect::<Vec<_>>().join(", ")
}
