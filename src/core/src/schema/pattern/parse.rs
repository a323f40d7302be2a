//! From the text of a regular expression to a program.

use alloc::vec::Vec;

use super::{Program, Step};
use crate::limits::{PATTERN_DEPTH, PATTERN_PROGRAM};

const DIGIT: [(char, char); 1] = [('0', '9')];
const WORD: [(char, char); 4] = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
/// ECMA-262 `WhiteSpace` and `LineTerminator`.
const SPACE: [(char, char); 10] = [
    ('\t', '\r'),
    (' ', ' '),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{feff}', '\u{feff}'),
];
/// What `.` does not match.
const LINE_END: [(char, char); 3] = [('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')];

/// The program of an expression; `None` when it is not one that we know all of, or too long.
pub(super) fn program(pattern: &str) -> Option<Program> {
    let mut parser = Parser { rest: pattern, depth: 0 };
    let program = parser.alternatives()?;
    parser.rest.is_empty().then_some(program)
}

struct Parser<'a> {
    rest: &'a str,
    /// Groups that are open.
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let next = chars.next();
        self.rest = chars.as_str();
        next
    }

    fn eat(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// `a|b|c`, up to the end or a closing bracket.
    fn alternatives(&mut self) -> Option<Program> {
        let mut branches = alloc::vec![self.sequence()?];
        while self.eat("|") {
            branches.push(self.sequence()?);
            within(branches.len())?;
        }
        let mut program = branches.pop()?;
        while let Some(branch) = branches.pop() {
            within(branch.len() + program.len() + 2)?;
            let mut either = alloc::vec![Step::Split(1, branch.len() as isize + 2)];
            either.extend(branch);
            either.push(Step::Jump(program.len() as isize + 1));
            either.extend(program);
            program = either;
        }
        Some(program)
    }

    fn sequence(&mut self) -> Option<Program> {
        let mut program = Program::new();
        while !matches!(self.peek(), None | Some('|' | ')')) {
            let piece = match self.next()? {
                '^' => alloc::vec![Step::Start],
                '$' => alloc::vec![Step::End],
                first => {
                    let piece = self.atom(first)?;
                    self.repeated(piece)?
                }
            };
            program.extend(piece);
            within(program.len())?;
        }
        Some(program)
    }

    fn atom(&mut self, first: char) -> Option<Program> {
        let (ranges, not) = match first {
            '(' => return self.group(),
            '[' => self.class()?,
            '.' => (LINE_END.to_vec(), true),
            '\\' => (self.escape()?, false),
            '*' | '+' | '?' | '{' | '}' | ']' => return None,
            char => (alloc::vec![(char, char)], false),
        };
        Some(alloc::vec![Step::Char { ranges, not }])
    }

    fn group(&mut self) -> Option<Program> {
        let looks_back = self.rest.starts_with("?<=") || self.rest.starts_with("?<!");
        if !looks_back && self.eat("?<") {
            self.rest = self.rest.split_once('>')?.1;
        } else if !self.eat("?:") && self.rest.starts_with('?') {
            return None;
        }
        self.depth += 1;
        if self.depth > PATTERN_DEPTH {
            return None;
        }
        let program = self.alternatives()?;
        self.depth -= 1;
        self.eat(")").then_some(program)
    }

    /// What stands after a piece: `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}`, each greedy or not, which makes no difference here.
    fn repeated(&mut self, piece: Program) -> Option<Program> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                let (counts, rest) = self.rest.get(1..)?.split_once('}')?;
                // The bracket is passed below, like the other signs.
                self.rest = self.rest.get(self.rest.len() - rest.len() - 1..)?;
                match counts.split_once(',') {
                    Some((least, "")) => (count(least)?, None),
                    Some((least, most)) => (count(least)?, Some(count(most)?)),
                    None => (count(counts)?, Some(count(counts)?)),
                }
            }
            _ => return Some(piece),
        };
        self.next();
        self.eat("?");
        let length = piece.len() as isize;
        within((piece.len() + 2) * most.unwrap_or(least + 1).max(least))?;
        let mut program = Program::new();
        for _ in 0..least {
            program.extend_from_slice(&piece);
        }
        match most {
            None => {
                program.push(Step::Split(1, length + 2));
                program.extend(piece);
                program.push(Step::Jump(-length - 1));
            }
            Some(most) => {
                for _ in least..most {
                    program.push(Step::Split(1, length + 1));
                    program.extend_from_slice(&piece);
                }
            }
        }
        Some(program)
    }

    /// `[a-z_]`, after its opening bracket.
    fn class(&mut self) -> Option<(Vec<(char, char)>, bool)> {
        let not = self.eat("^");
        let mut ranges = Vec::new();
        while !self.eat("]") {
            let mut from = self.member()?;
            if self.rest.starts_with('-') && !self.rest.starts_with("-]") {
                self.eat("-");
                let to = self.member()?;
                let [(first, single), (last, end)] = [*from.first()?, *to.first()?];
                if from.len() + to.len() > 2 || first != single || last != end || first > last {
                    return None;
                }
                from = alloc::vec![(first, last)];
            }
            ranges.extend(from);
            within(ranges.len())?;
        }
        Some((ranges, not))
    }

    fn member(&mut self) -> Option<Vec<(char, char)>> {
        match self.next()? {
            '\\' => self.escape(),
            char => Some(alloc::vec![(char, char)]),
        }
    }

    /// What a backslash and the character after it stand for.
    fn escape(&mut self) -> Option<Vec<(char, char)>> {
        let char = match self.next()? {
            'd' => return Some(DIGIT.to_vec()),
            'w' => return Some(WORD.to_vec()),
            's' => return Some(SPACE.to_vec()),
            'D' => return Some(all_but(&DIGIT)),
            'W' => return Some(all_but(&WORD)),
            'S' => return Some(all_but(&SPACE)),
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\u{c}',
            'v' => '\u{b}',
            '0' if !self.rest.starts_with(|c: char| c.is_ascii_digit()) => '\0',
            'x' => self.code(2)?,
            'u' if self.eat("{") => {
                let length = self.rest.find('}')?;
                let char = self.code(length)?;
                self.eat("}");
                char
            }
            'u' => self.code(4)?,
            sign if !sign.is_ascii_alphanumeric() => sign,
            _ => return None,
        };
        Some(alloc::vec![(char, char)])
    }

    /// The character that so many hexadecimal digits give.
    fn code(&mut self, digits: usize) -> Option<char> {
        let (hex, rest) = self.rest.split_at_checked(digits)?;
        self.rest = rest;
        char::from_u32(u32::from_str_radix(hex, 16).ok()?)
    }
}

/// Nothing, once a program or a part of it is too long.
fn within(length: usize) -> Option<()> {
    (length <= PATTERN_PROGRAM).then_some(())
}

fn count(digits: &str) -> Option<usize> {
    digits.parse().ok().filter(|count| *count <= PATTERN_PROGRAM)
}

/// Every character that is in none of the ranges, which are in order.
fn all_but(ranges: &[(char, char)]) -> Vec<(char, char)> {
    let char = |code: u32| char::from_u32(code).unwrap_or_default();
    let mut others = Vec::new();
    let mut next = '\0';
    for (first, last) in ranges {
        others.push((next, char(u32::from(*first).saturating_sub(1))));
        next = char(u32::from(*last) + 1);
    }
    others.push((next, char::MAX));
    others
}
