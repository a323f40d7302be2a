//! A cursor on one value of a scanned text: looks things up without building a tree.

use alloc::borrow::Cow;
use core::ops::Range;

use super::{Kind, Scan, Token, string_value};

/// One value (or key) of a scanned text. Small and `Copy`: pass it by value.
///
/// A text that ends too early or goes wrong still has nodes for everything before that place.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    scan: &'a Scan,
    text: &'a str,
    index: usize,
    token: Token,
}

impl<'a> Node<'a> {
    pub(super) fn new(scan: &'a Scan, text: &'a str, index: usize) -> Option<Self> {
        let token = *scan.tokens.get(index)?;
        (!token.kind.is_end()).then_some(Self { scan, text, index, token })
    }

    /// Index of its (first) token in [`Scan::tokens`].
    pub fn index(self) -> usize {
        self.index
    }

    /// What it is; a whole object or array has the kind of its opening bracket.
    pub fn kind(self) -> Kind {
        self.token.kind
    }

    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        self.token.kind == Kind::ObjectStart
    }

    /// Whether it is an array.
    pub fn is_array(self) -> bool {
        self.token.kind == Kind::ArrayStart
    }

    /// Whether it is `null`.
    pub fn is_null(self) -> bool {
        self.token.kind == Kind::Null
    }

    /// Number of entries of an object or items of an array; 0 for anything else.
    pub fn children(self) -> usize {
        self.token.children as usize
    }

    /// The bytes of the text it covers, brackets included; to the end of the text when its bracket is never closed.
    pub fn range(self) -> Range<usize> {
        let end = self.scan.tokens.get(self.token.mate as usize).map_or(self.text.len(), |mate| mate.end as usize);
        self.token.start as usize..end
    }

    /// Its text as it was sent.
    pub fn raw(self) -> &'a str {
        self.text.get(self.range()).unwrap_or_default()
    }

    /// The value of a string (or key), with its escapes resolved; `None` for other kinds.
    pub fn as_str(self) -> Option<Cow<'a, str>> {
        matches!(self.token.kind, Kind::String | Kind::Key).then(|| string_value(self.raw()))
    }

    /// The value of a number that is a whole one and fits, however it is written (`1`, `1.0`, `1e0`).
    pub fn as_i64(self) -> Option<i64> {
        decimal(self.number()?, 0).filter(|(_, exact)| *exact).map(|(whole, _)| whole)
    }

    /// The thousandths of a number, cut off after them: 1500 for `1.5`. A number that does not fit becomes the nearest one that does.
    pub fn as_thousandths(self) -> Option<i64> {
        let number = self.number()?;
        let nearest = if number.starts_with('-') { i64::MIN } else { i64::MAX };
        Some(decimal(number, 3).map_or(nearest, |(thousandths, _)| thousandths))
    }

    /// The value of `true` or `false`.
    pub fn as_bool(self) -> Option<bool> {
        match self.token.kind {
            Kind::True => Some(true),
            Kind::False => Some(false),
            _ => None,
        }
    }

    /// The value of an object's entry. When the key is there more than once the last one counts, as in `JSON.parse`.
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        self.all(key).last()
    }

    /// Like [`Node::get`], but the first of several entries with the same key counts.
    pub fn get_first(self, key: &str) -> Option<Node<'a>> {
        self.all(key).next()
    }

    /// Follows a key per step into nested objects: `node.at(&["error", "code"])`.
    pub fn at(self, path: &[&str]) -> Option<Node<'a>> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The entries of an object in the order they were sent, duplicates included; none for anything else.
    pub fn entries(self) -> impl Iterator<Item = (Cow<'a, str>, Node<'a>)> {
        self.keys_and_values().map(|(key, value)| (string_value(key.raw()), value))
    }

    /// The items of an array; none for anything else.
    pub fn items(self) -> impl Iterator<Item = Node<'a>> {
        let first = self.is_array().then_some(self.index + 1);
        core::iter::successors(first.and_then(|index| self.scan.node(self.text, index)), |node| node.next())
    }

    /// The key of an entry's value, as it was sent.
    pub fn key(self) -> Option<Node<'a>> {
        let key = self.scan.node(self.text, self.index.checked_sub(1)?)?;
        (key.kind() == Kind::Key).then_some(key)
    }

    /// The keys of an object with their values; a key at which the text ends has no value and is left out.
    pub(super) fn keys_and_values(self) -> impl Iterator<Item = (Node<'a>, Node<'a>)> {
        let pair = move |index| {
            let key: Node<'a> = self.scan.node(self.text, index)?;
            Some((key, key.next()?))
        };
        let first = self.is_object().then_some(self.index + 1);
        core::iter::successors(first.and_then(pair), move |(_, value)| pair(value.after()))
    }

    fn all(self, name: &str) -> impl Iterator<Item = Node<'a>> {
        self.keys_and_values().filter(move |(key, _)| string_value(key.raw()) == name).map(|(_, value)| value)
    }

    /// The next item of the same array, or the value of a key.
    fn next(self) -> Option<Node<'a>> {
        self.scan.node(self.text, self.after())
    }

    /// Index of the token after this value.
    fn after(self) -> usize {
        self.token.mate as usize + 1
    }

    fn number(self) -> Option<&'a str> {
        (self.token.kind == Kind::Number).then(|| self.raw())
    }
}

/// The whole part of a JSON number times a power of ten, and whether nothing was cut off; `None` when it does not fit.
///
/// Digit by digit: the standard library reads fractions with a table of 10 KB.
fn decimal(number: &str, shift: i32) -> Option<(i64, bool)> {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let (negative, whole) = whole.strip_prefix('-').map_or((false, whole), |rest| (true, rest));
    let digits = || whole.bytes().chain(fraction.bytes()).map(|digit| i64::from(digit - b'0'));
    if digits().all(|digit| digit == 0) {
        return Some((0, true));
    }
    // An exponent that does not fit puts every digit out of sight, on one side or the other.
    let far = if exponent.starts_with('-') { i64::from(i32::MIN) } else { i64::from(i32::MAX) };
    let exponent = exponent.parse::<i32>().map_or(far, i64::from);
    let point = whole.len() as i64 + exponent + i64::from(shift);
    let mut value = 0_i64;
    for digit in digits().take(usize::try_from(point).unwrap_or(0)) {
        value = value.checked_mul(10)?.checked_sub(digit)?;
    }
    let exact = digits().skip(usize::try_from(point).unwrap_or(0)).all(|digit| digit == 0);
    let zeros = point - (whole.len() + fraction.len()) as i64;
    for _ in 0..zeros {
        // Ends early: a value that is not 0 cannot take more than 18 of them.
        value = if value == 0 { break } else { value.checked_mul(10)? };
    }
    let value = if negative { value } else { value.checked_neg()? };
    Some((value, exact))
}
