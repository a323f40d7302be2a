//! The lines of a file of the table, and what is wrong with them.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// What is wrong with one line.
pub(super) type Fault = (usize, String);

/// The `key: value` lines of a text with their numbers; blank lines and those that begin with `#` say nothing.
pub(super) fn lines(text: &str) -> Result<Vec<(usize, &str, &str)>, Fault> {
    let said = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    said.map(|(at, line)| {
        let (key, value) = line.split_once(": ").ok_or((at + 1, "`key: value` is expected".to_owned()))?;
        let sound = !value.is_empty() && value.trim_start() == value && !key.contains(' ');
        if sound { Ok((at + 1, key, value)) } else { Err((at + 1, "`key: value` is expected".to_owned())) }
    })
    .collect()
}

pub(super) fn fault<T>(line: usize, reason: impl ToString) -> Result<T, Fault> {
    Err((line, reason.to_string()))
}

pub(super) fn word<T: Copy>(known: &[(&str, T)], value: &str, line: usize) -> Result<T, Fault> {
    known.iter().find(|(word, _)| *word == value).map(|(_, it)| *it).ok_or((line, format!("`{value}` is not known here")))
}

/// Puts a value where none is yet.
pub(super) fn once<T>(slot: &mut Option<T>, value: T, line: usize) -> Result<(), Fault> {
    if slot.replace(value).is_some() { fault(line, "this was said before") } else { Ok(()) }
}

pub(super) fn needed<T>(slot: Option<T>, key: &str, last: usize) -> Result<T, Fault> {
    slot.ok_or((last, format!("`{key}` is missing")))
}

pub(super) fn slug_in(value: &str, line: usize) -> Result<String, Fault> {
    let sound = value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if sound && !value.is_empty() { Ok(value.to_owned()) } else { fault(line, format!("`{value}` is no name")) }
}
