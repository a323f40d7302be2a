//! What a server looks like: which SDK its answers give away, as far as they do.
//!
//! Servers seldom say what they are made with, and the lines that mend them differ. But each SDK has words of its own for a
//! refusal, and writes the members of a message in an order of its own. What is seen is never more than a resemblance: a gateway
//! can answer for the server, and anybody can copy words. So a guess says how sure it is, and where two SDKs are equally likely
//! there is none.

mod answer;
mod stack;
mod traits;
mod versions;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub use stack::Stack;
pub use versions::Versions;

use crate::id::EventRef;
use crate::trace::Trace;

/// So many exchanges are looked at: what a server is made with shows early or not at all.
const EXCHANGES: usize = 200;

/// How sure a resemblance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// A habit that others have too.
    Perhaps,
    /// A habit that we have seen of this one only.
    Probably,
    /// Words that only its source has.
    Certainly,
}

/// A server resembles what is made with this SDK.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LooksLike {
    /// The SDK.
    pub stack: Stack,
    /// Which versions of it.
    pub versions: Versions,
    /// How sure that is.
    pub sure: Sure,
    /// The event that gives it away.
    pub at: EventRef,
}

impl LooksLike {
    /// For people: `Python SDK up to 1.25`, `probably the TypeScript SDK`, `perhaps FastMCP`.
    pub fn words(&self) -> String {
        let (name, versions) = (self.stack.name(), self.versions.words());
        match self.sure {
            Sure::Certainly => format!("{name}{versions}"),
            Sure::Probably => format!("probably {name}{versions}"),
            Sure::Perhaps => format!("perhaps {name}{versions}"),
        }
    }
}

/// What the server of a recording looks like; `None` when nothing gives it away, or when several things contradict each other.
pub fn looks_like(trace: &Trace) -> Option<LooksLike> {
    let origin = trace.about.server.origin();
    let own = trace.exchanges().iter().filter(|exchange| exchange.request.url.origin() == origin);
    let mut seen = Vec::new();
    for exchange in own.take(EXCHANGES) {
        for answer in answer::answers(trace, exchange) {
            traits::of(&answer, &mut seen);
        }
    }
    choose(&seen)
}

/// The one that the surest traits agree on, with the versions that all of its traits allow.
fn choose(seen: &[LooksLike]) -> Option<LooksLike> {
    let sure = seen.iter().map(|seen| seen.sure).max()?;
    let mut best = seen.iter().filter(|seen| seen.sure == sure);
    let first = best.next()?;
    let rivals = best.filter(|other| other.stack != first.stack);
    let stack = rivals.map(|other| other.stack).try_fold(first.stack, Stack::with)?;
    // FastMCP answers with the words of the SDK it is built on, so only what is its own shows it.
    let stack =
        seen.iter().filter(|seen| seen.sure > Sure::Perhaps).map(|seen| seen.stack).try_fold(stack, Stack::with).unwrap_or(stack);
    let mut own = seen.iter().filter(|seen| seen.stack == stack);
    let shown = own.clone().max_by_key(|seen| seen.sure).map_or(*first, |shown| *shown);
    let versions = own.try_fold(Versions::ANY, |all, seen| all.and(seen.versions)).unwrap_or(Versions::ANY);
    Some(LooksLike { stack, versions, ..shown })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ExchangeId;

    fn seen(stack: Stack, versions: Versions, sure: Sure) -> LooksLike {
        LooksLike { stack, versions, sure, at: EventRef::response(ExchangeId(1)) }
    }

    #[test]
    fn the_surest_trait_decides_and_all_of_its_kind_narrow_the_versions() {
        let traits = [
            seen(Stack::Go, Versions::ANY, Sure::Perhaps),
            seen(Stack::Python, Versions::major(1), Sure::Certainly),
            seen(Stack::Python, Versions::from(1, 26), Sure::Probably),
        ];
        let found = choose(&traits).unwrap();
        assert_eq!(found.words(), "Python SDK 1, from 1.26");
        assert_eq!(choose(&traits[..1]).unwrap().words(), "perhaps Go SDK");
        assert_eq!(choose(&[]), None);
    }

    #[test]
    fn what_contradicts_itself_is_no_guess() {
        let (python, go) = (Stack::Python, Stack::Go);
        assert_eq!(choose(&[python, go].map(|stack| seen(stack, Versions::ANY, Sure::Certainly))), None);
        let versions = [seen(python, Versions::major(1), Sure::Certainly), seen(python, Versions::from(2, 0), Sure::Certainly)];
        assert_eq!(choose(&versions).unwrap().words(), "Python SDK");
    }

    #[test]
    fn fastmcp_shows_beside_the_words_of_the_sdk_it_is_built_on() {
        let traits =
            [seen(Stack::Python, Versions::major(1), Sure::Certainly), seen(Stack::FastMcp, Versions::ANY, Sure::Probably)];
        assert_eq!(choose(&traits).unwrap().words(), "probably FastMCP");
    }
}
