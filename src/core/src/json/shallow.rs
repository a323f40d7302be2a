//! The outermost parts of a JSON text, one after the other, without reading what is inside of them: a file of megabytes is read
//! record by record.

/// The members of an object, or the items of an array, as they stand in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shallow<'a> {
    text: &'a str,
    at: usize,
    is_object: bool,
    /// Nothing was given yet.
    fresh: bool,
    /// The closing bracket was read, or something that has no place here.
    over: bool,
}

/// The text is not an object or array, or goes wrong at this byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotShallow(pub usize);

/// The members of an object: each key with its quotes and its value.
pub fn members(text: &str) -> impl Iterator<Item = Result<(&str, &str), NotShallow>> {
    Shallow::new(text, true)
}

/// The items of an array.
pub fn items(text: &str) -> impl Iterator<Item = Result<&str, NotShallow>> {
    Shallow::new(text, false).map(|part| part.map(|(_, item)| item))
}

impl<'a> Shallow<'a> {
    fn new(text: &'a str, is_object: bool) -> Self {
        Self { text, at: 0, is_object, fresh: true, over: false }
    }

    fn step(&mut self) -> Result<Option<(&'a str, &'a str)>, NotShallow> {
        let (open, close) = if self.is_object { (b'{', b'}') } else { (b'[', b']') };
        if self.fresh {
            self.take(open)?;
        }
        let next = self.peek();
        if next == Some(close) {
            self.take(close)?;
            return if self.peek().is_none() { Ok(None) } else { Err(NotShallow(self.at)) };
        }
        if !self.fresh {
            self.take(b',')?;
        }
        self.fresh = false;
        let mut key = "";
        if self.is_object {
            key = self.value()?;
            self.take(b':')?;
        }
        Ok(Some((key, self.value()?)))
    }

    /// Skips white space; the byte after it.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.text.get(self.at..)?;
        self.at += rest.len() - rest.trim_start_matches([' ', '\n', '\r', '\t']).len();
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Result<(), NotShallow> {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        if found { Ok(()) } else { Err(NotShallow(self.at)) }
    }

    /// A value by its brackets and quotes alone; whether it is JSON shows when it is read.
    fn value(&mut self) -> Result<&'a str, NotShallow> {
        self.peek();
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut depth = 0_usize;
        let mut at = start;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => at = string_end(bytes, at).ok_or(NotShallow(start))?,
                b'{' | b'[' => depth += 1,
                b'}' | b']' | b',' | b':' if depth == 0 => break,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            at += 1;
            if depth == 0 && matches!(byte, b'"' | b'}' | b']') {
                break;
            }
        }
        self.at = at;
        let value = self.text.get(start..at).unwrap_or_default().trim_end();
        if value.is_empty() || depth > 0 { Err(NotShallow(start)) } else { Ok(value) }
    }
}

impl<'a> Iterator for Shallow<'a> {
    type Item = Result<(&'a str, &'a str), NotShallow>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let step = self.step();
        self.over = !matches!(step, Ok(Some(_)));
        step.transpose()
    }
}

/// The closing quote of the string whose opening one stands here.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn parts(text: &str) -> Result<Vec<(&str, &str)>, NotShallow> {
        members(text).collect()
    }

    #[test]
    fn members_are_given_as_they_stand_whatever_is_in_them() {
        let text = r#" { "a" : 1 , "b":{"c":["}"]}, "d":"\"]",
            "e":[ ] } "#;
        let expected = [("\"a\"", "1"), ("\"b\"", r#"{"c":["}"]}"#), ("\"d\"", r#""\"]""#), ("\"e\"", "[ ]")];
        assert_eq!(parts(text), Ok(expected.to_vec()));
        assert_eq!(parts("{}"), Ok(Vec::new()));
        assert_eq!(items("[1, [2,3], \"x\"]").collect::<Result<Vec<_>, _>>(), Ok(["1", "[2,3]", "\"x\""].to_vec()));
    }

    #[test]
    fn a_text_that_goes_wrong_says_where() {
        for (text, at) in
            [("", 0), ("[]", 0), ("{", 1), ("{\"a\"", 4), ("{\"a\":1", 6), ("{\"a\":1,}", 7), ("{\"a\":[1}", 8), ("{} x", 3)]
        {
            assert_eq!(parts(text), Err(NotShallow(at)), "{text}");
        }
    }
}
