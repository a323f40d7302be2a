//! A range of versions, as far as it can be told from what a server says.

use alloc::format;
use alloc::string::String;

/// Major and minor number.
type Version = (u16, u16);

/// The versions from one to another, both included; open where nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Versions {
    from: Option<Version>,
    to: Option<Version>,
}

impl Versions {
    /// Any version.
    pub const ANY: Self = Self { from: None, to: None };

    /// This version and all after it.
    pub const fn from(major: u16, minor: u16) -> Self {
        Self { from: Some((major, minor)), to: None }
    }

    /// This version and all before it.
    pub const fn up_to(major: u16, minor: u16) -> Self {
        Self { from: None, to: Some((major, minor)) }
    }

    /// All versions of one major number.
    pub const fn major(major: u16) -> Self {
        Self { from: Some((major, 0)), to: Some((major, u16::MAX)) }
    }

    /// The versions from one to another.
    pub const fn between(from: (u16, u16), to: (u16, u16)) -> Self {
        Self { from: Some(from), to: Some(to) }
    }

    /// The versions that are in both ranges; `None` when there are none.
    pub fn and(self, other: Self) -> Option<Self> {
        let from = self.from.max(other.from);
        let to = match (self.to, other.to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (one, another) => one.or(another),
        };
        (from.is_none() || to.is_none() || from <= to).then_some(Self { from, to })
    }

    /// The range as it stands behind a name, with a space in front: ` up to 1.25`, ` 2 or later`; nothing for any version.
    pub fn words(self) -> String {
        match (self.from, self.to) {
            (None, None) => String::new(),
            (Some((major, 0)), None) => format!(" {major} or later"),
            (Some((major, minor)), None) => format!(" {major}.{minor} or later"),
            (Some((major, 0)), Some((last, u16::MAX))) if major == last => format!(" {major}"),
            (Some((major, minor)), Some((last, u16::MAX))) if major == last => format!(" {major}, from {major}.{minor}"),
            (Some((major, minor)), Some((last, u16::MAX))) => format!(" {major}.{minor} to {last}"),
            (None, Some((major, u16::MAX))) => format!(" up to {major}"),
            (None | Some((_, 0)), Some((major, minor))) => format!(" up to {major}.{minor}"),
            (Some((major, minor)), Some((last, end))) => format!(" {major}.{minor} to {last}.{end}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_told_as_people_say_them() {
        for (versions, words) in [
            (Versions::ANY, ""),
            (Versions::up_to(1, 25), " up to 1.25"),
            (Versions::from(2, 0), " 2 or later"),
            (Versions::from(0, 17), " 0.17 or later"),
            (Versions::major(1), " 1"),
            (Versions::between((0, 8), (0, 13)), " 0.8 to 0.13"),
        ] {
            assert_eq!(versions.words(), words);
        }
    }

    #[test]
    fn two_ranges_leave_what_is_in_both() {
        let and = |a: Versions, b: Versions| a.and(b).map(Versions::words);
        assert_eq!(and(Versions::major(1), Versions::up_to(1, 25)).as_deref(), Some(" up to 1.25"));
        assert_eq!(and(Versions::from(1, 26), Versions::major(1)).as_deref(), Some(" 1, from 1.26"));
        assert_eq!(and(Versions::ANY, Versions::from(2, 0)).as_deref(), Some(" 2 or later"));
        assert_eq!(and(Versions::major(1), Versions::from(2, 0)), None);
    }
}
