//! `WWW-Authenticate`: the challenges of a refusal (RFC 9110 §11.6.1), and what one for bearer tokens says (RFC 6750 §3).

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// One challenge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Challenge {
    /// The scheme as it was sent: `Bearer`, `Basic`, `DPoP`.
    pub scheme: String,
    /// What some schemes have in place of parameters: one word of base64.
    pub token68: Option<String>,
    /// The parameters in order, names in lower case, values without quotes and escapes.
    pub params: Vec<(String, String)>,
    /// Whether a value that needs quotes had none. Clients that look for the quotes do not find it then.
    pub unquoted: bool,
}

/// What a challenge for bearer tokens says. Everything may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bearer {
    /// Where the metadata of the resource is (RFC 9728 §5.1).
    pub resource_metadata: Option<String>,
    /// The scopes that are wanted, as one text.
    pub scope: Option<String>,
    /// `invalid_token`, `insufficient_scope`, `invalid_request`.
    pub error: Option<String>,
    /// The error in words.
    pub error_description: Option<String>,
    /// Whether a value that needs quotes had none.
    pub unquoted: bool,
}

impl Challenge {
    /// The first value of a parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The challenge for bearer tokens in a field value: of several, the first that says where the metadata is, else the first.
pub fn bearer(value: &str) -> Option<Bearer> {
    let all = read_challenges(value);
    let mut bearers = all.iter().filter(|challenge| challenge.scheme.eq_ignore_ascii_case("Bearer"));
    let first = bearers.clone().next()?;
    let told = bearers.find(|challenge| challenge.param("resource_metadata").is_some()).unwrap_or(first);
    let of = |name| told.param(name).map(ToOwned::to_owned);
    Some(Bearer {
        resource_metadata: of("resource_metadata"),
        scope: of("scope"),
        error: of("error"),
        error_description: of("error_description"),
        unquoted: told.unquoted,
    })
}

/// Every challenge of a field value. What fits nowhere is skipped up to the next comma.
pub fn read_challenges(value: &str) -> Vec<Challenge> {
    let mut reader = Reader { rest: value };
    let mut found: Vec<Challenge> = Vec::new();
    loop {
        reader.skip(|c| is_space(c) || c == ',');
        if reader.rest.is_empty() {
            return found;
        }
        let word = reader.take(is_token_char);
        if word.is_empty() {
            reader.skip_to_comma();
            continue;
        }
        let before = reader.rest;
        reader.skip(is_space);
        if let (Some(challenge), Some(rest)) = (found.last_mut(), reader.rest.strip_prefix('=')) {
            reader.rest = rest;
            reader.skip(is_space);
            let (value, plain) = reader.value();
            challenge.unquoted |= !plain;
            challenge.params.push((word.to_ascii_lowercase(), value));
            continue;
        }
        let mut challenge = Challenge { scheme: word.to_owned(), ..Challenge::default() };
        if before.starts_with(is_space) {
            challenge.token68 = reader.token68();
        } else if !before.is_empty() && !before.starts_with(',') {
            // `Bearer"x"`, `Bearer:…`: no challenge, and what stands there is nobody's parameter.
            reader.skip_to_comma();
        }
        found.push(challenge);
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn take(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn skip(&mut self, unwanted: impl Fn(char) -> bool) {
        self.rest = self.rest.trim_start_matches(unwanted);
    }

    fn skip_to_comma(&mut self) {
        self.rest = self.rest.find(',').and_then(|at| self.rest.get(at..)).unwrap_or_default();
    }

    /// A value, and whether it was written as the grammar wants it: a quoted string, or a word.
    fn value(&mut self) -> (String, bool) {
        let Some(quoted) = self.rest.strip_prefix('"') else {
            let word = self.take(|c| c != ',' && !is_space(c));
            return (word.to_owned(), word.chars().all(is_token_char));
        };
        let mut value = String::new();
        let mut chars = quoted.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.rest = quoted.get(at + 1..).unwrap_or_default();
                    return (value, true);
                }
                '\\' => value.extend(chars.next().map(|(_, escaped)| escaped)),
                c => value.push(c),
            }
        }
        // The closing quote is missing: all that follows belongs to the value.
        self.rest = "";
        (value, false)
    }

    /// One word of base64 and nothing after it up to the next comma; else what follows are parameters.
    fn token68(&mut self) -> Option<String> {
        let after = self.rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "-._~+/".contains(c));
        let rest = after.trim_start_matches('=');
        let ends = rest.trim_start_matches(is_space);
        let word = self.rest.get(..self.rest.len() - rest.len())?;
        if after.len() == self.rest.len() || !(ends.is_empty() || ends.starts_with(',')) {
            return None;
        }
        self.rest = rest;
        Some(word.to_owned())
    }
}

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

/// RFC 9110 §5.6.2.
fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}
