//! What is shown, with holes for what differs each time: one text to predict with and to search with.

mod find;
mod hole;

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

pub use find::Hit;
pub use hole::{Filling, Hole};

/// A text with holes: `Client error '{status} {reason}' for url '{url}'`. `{{` is a brace; `{type|null}` is shown as `null` when
/// there is no type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
    /// Which piece is the longest text; `None` when there is none.
    anchor: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// As it is shown, and in lower case.
    Text(String, String),
    /// What goes there, and what stands there when there is nothing.
    Hole(Hole, String),
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// What is wrong with it, as half a sentence.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            plain.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix('{') {
                plain.push('{');
                rest = after;
                continue;
            }
            let (name, after) = rest.split_once('}').ok_or("a hole has no end")?;
            let (name, absent) = name.split_once('|').unwrap_or((name, ""));
            let hole = Hole::parse(name).ok_or("a hole has a name that is not known")?;
            if plain.is_empty() && matches!(pieces.last(), Some(Piece::Hole(..))) {
                return Err("two holes stand side by side");
            }
            push_text(&mut pieces, &mut plain);
            pieces.push(Piece::Hole(hole, absent.to_owned()));
            rest = after;
        }
        plain.push_str(rest);
        push_text(&mut pieces, &mut plain);
        if pieces.is_empty() {
            return Err("a text is expected");
        }
        Ok(Self::of(pieces))
    }

    fn of(pieces: Vec<Piece>) -> Self {
        let texts = pieces.iter().enumerate().filter_map(|(at, piece)| match piece {
            Piece::Text(_, lower) => Some((lower.trim().len(), at)),
            Piece::Hole(..) => None,
        });
        let anchor = texts.max_by_key(|(length, at)| (*length, usize::MAX - at)).map(|(_, at)| at);
        Self { pieces, anchor }
    }

    /// The longest text between holes, in lower case; empty when there is none.
    pub(super) fn anchor(&self) -> &str {
        match self.anchor.and_then(|at| self.pieces.get(at)) {
            Some(Piece::Text(_, lower)) => lower.trim(),
            _ => "",
        }
    }

    /// How much of it is text, in bytes: the more, the less can be meant by it.
    pub(super) fn weight(&self) -> usize {
        let length = |piece: &Piece| if let Piece::Text(text, _) = piece { text.trim().len() } else { 0 };
        self.pieces.iter().map(length).sum()
    }

    /// The whole text, when it has no holes.
    pub(super) fn plain(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [Piece::Text(text, _)] => Some(text),
            _ => None,
        }
    }

    /// The same after some other text.
    pub(super) fn after(&self, text: &str) -> Self {
        let mut pieces = self.pieces.clone();
        if let Some(Piece::Text(first, lower)) = pieces.first_mut() {
            *first = String::from(text) + first;
            *lower = first.to_ascii_lowercase();
        } else {
            pieces.insert(0, Piece::Text(text.to_owned(), text.to_ascii_lowercase()));
        }
        Self::of(pieces)
    }

    /// Whether it has that hole.
    pub fn has(&self, wanted: Hole) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Hole(hole, _) if *hole == wanted))
    }

    /// The text with its holes filled; what is not known is shown as `…`, and what is not there as the template says.
    pub fn fill(&self, known: impl Fn(Hole) -> Filling) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text, _) => out.push_str(text),
                Piece::Hole(hole, absent) => match known(*hole) {
                    Filling::Text(text) => out.push_str(&text),
                    Filling::Absent => out.push_str(absent),
                    Filling::Unknown => out.push('…'),
                },
            }
        }
        out
    }
}

fn push_text(pieces: &mut Vec<Piece>, plain: &mut String) {
    if !plain.is_empty() {
        let text = core::mem::take(plain);
        let lower = text.to_ascii_lowercase();
        pieces.push(Piece::Text(text, lower));
    }
}
