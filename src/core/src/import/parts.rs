//! The members of JSON that is not read as a whole, because only some of it is wanted.

use alloc::string::String;
use alloc::vec::Vec;

use crate::json;
use crate::time::Micros;

/// The members of one object, each as it stands in the text.
pub(super) struct Parts<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Parts<'a> {
    /// The members of an object; none of anything else.
    pub(super) fn of(text: &'a str) -> Self {
        Self(json::members(text).map_while(Result::ok).collect())
    }

    /// The value of a member; the last one when there are several.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().rev().find(|(key, _)| json::string_value(key) == name).map(|(_, value)| *value)
    }

    /// A member that is a text.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.get(name).filter(|value| value.starts_with('"')).map(|value| json::string_value(value).into_owned())
    }

    /// The members that are texts, with their names.
    pub(super) fn texts(&self) -> impl Iterator<Item = (String, String)> {
        let texts = self.0.iter().filter(|(_, value)| value.starts_with('"'));
        texts.map(|(name, value)| (json::string_value(name).into_owned(), json::string_value(value).into_owned()))
    }

    /// The members of a member.
    pub(super) fn parts(&self, name: &str) -> Self {
        self.get(name).map_or_else(|| Self(Vec::new()), Self::of)
    }

    /// The items of a member that is an array.
    pub(super) fn items(&self, name: &str) -> impl Iterator<Item = &'a str> {
        json::items(self.get(name).unwrap_or("[]")).map_while(Result::ok)
    }

    /// A member that is a whole number and not negative.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        let number = self.get(name)?;
        number.parse().ok().or_else(|| number.parse::<f64>().ok().filter(|number| *number >= 0.0).map(|number| number as u64))
    }

    /// A span in milliseconds, which may have a fraction; `None` when it is negative, as HAR says that one is not known.
    pub(super) fn span(&self, name: &str) -> Option<Micros> {
        let millis: f64 = self.get(name)?.parse().ok()?;
        (millis >= 0.0).then_some(Micros((millis * 1_000.0) as u64))
    }
}
