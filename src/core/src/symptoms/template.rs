//! What is shown, with holes for what differs each time: one text to predict with and to search with.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// How often one template is tried on one line: what begins like it can stand there several times.
const TRIES: usize = 4;

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

/// What goes into a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hole {
    /// The HTTP status.
    Status,
    /// Its reason phrase.
    Reason,
    /// The address that was asked.
    Url,
    /// The origin of another address.
    Origin,
    /// The address that a redirect leads to.
    Location,
    /// The body of the response.
    Body,
    /// The code of a JSON-RPC error.
    Code,
    /// Its message.
    Message,
    /// The media type of the response, with its parameters.
    Type,
    /// The same without parameters.
    Media,
    /// The revision that the server named.
    Version,
    /// The method that was asked for.
    Method,
    /// The path that was asked for.
    Path,
    /// A scope that a token lacks.
    Scope,
    /// A number nobody can know beforehand.
    Number,
    /// A name nobody can know beforehand.
    Name,
    /// Words nobody can know beforehand.
    Rest,
}

impl Hole {
    const ALL: [(&'static str, Self); 17] = [
        ("status", Self::Status),
        ("reason", Self::Reason),
        ("url", Self::Url),
        ("origin", Self::Origin),
        ("location", Self::Location),
        ("body", Self::Body),
        ("code", Self::Code),
        ("message", Self::Message),
        ("type", Self::Type),
        ("media", Self::Media),
        ("version", Self::Version),
        ("method", Self::Method),
        ("path", Self::Path),
        ("scope", Self::Scope),
        ("number", Self::Number),
        ("name", Self::Name),
        ("rest", Self::Rest),
    ];

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, hole)| *hole)
    }

    /// Whether a character can be part of it. All of them are one line.
    fn allows(self, c: char) -> bool {
        match self {
            Self::Status => c.is_ascii_digit(),
            Self::Code | Self::Number => c.is_ascii_digit() || matches!(c, '-' | '.'),
            Self::Url | Self::Origin | Self::Location | Self::Path => !c.is_whitespace() && !matches!(c, '"' | '\'' | '<' | '>'),
            Self::Reason => c.is_alphabetic() || matches!(c, ' ' | '-' | '\''),
            Self::Method => c.is_alphanumeric() || matches!(c, '/' | '_' | '-'),
            Self::Type | Self::Media => !matches!(c, '"' | '\'' | ')' | '(' | '{'),
            Self::Version => !c.is_whitespace() && !matches!(c, '"' | '\'' | ',' | ')'),
            Self::Scope | Self::Name => !matches!(c, '"' | '`'),
            Self::Body | Self::Message | Self::Rest => true,
        }
    }

    /// Whether a text can stand in it.
    fn takes(self, text: &str) -> bool {
        let sound = match self {
            Self::Status => text.len() == 3 && !text.starts_with(['0', '6', '7', '8', '9']),
            Self::Reason | Self::Type | Self::Media | Self::Body | Self::Message | Self::Rest => true,
            _ => !text.is_empty(),
        };
        sound && text.chars().all(|c| self.allows(c))
    }
}

/// Where a template was found in a line, and what stood in its holes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<'t> {
    /// The bytes of the line.
    pub range: Range<usize>,
    /// What stood in the holes, from left to right.
    pub holes: Vec<(Hole, &'t str)>,
}

impl Hit<'_> {
    /// What stood in a hole.
    pub fn get(&self, hole: Hole) -> Option<&str> {
        self.holes.iter().find(|(known, _)| *known == hole).map(|(_, text)| *text)
    }
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
        let texts = pieces.iter().enumerate().filter_map(|(at, piece)| match piece {
            Piece::Text(_, lower) => Some((lower.trim().len(), at)),
            Piece::Hole(..) => None,
        });
        let anchor = texts.max_by_key(|(length, at)| (*length, usize::MAX - at)).map(|(_, at)| at);
        Ok(Self { pieces, anchor })
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

    /// Finds it in a line, whatever the case; `lower` is the line in lower case (ASCII).
    pub fn find<'t>(&self, line: &'t str, lower: &str) -> Option<Hit<'t>> {
        let anchor = self.anchor?;
        let Some(Piece::Text(_, wanted)) = self.pieces.get(anchor) else { return None };
        let mut from = 0;
        for _ in 0..TRIES {
            let at = from + lower.get(from..)?.find(wanted.as_str())?;
            if let Some(hit) = self.match_around(line, lower, anchor, at..at + wanted.len()) {
                return Some(hit);
            }
            from = at + 1;
            while !lower.is_char_boundary(from) {
                from += 1;
            }
        }
        None
    }

    fn match_around<'t>(&self, line: &'t str, lower: &str, anchor: usize, found: Range<usize>) -> Option<Hit<'t>> {
        let mut before = Vec::new();
        let start = self.match_left(line, lower, anchor, found.start, &mut before)?;
        before.reverse();
        let end = self.match_right(line, lower, anchor, found.end, &mut before)?;
        // A text that begins or ends with a letter must not begin or end inside a word.
        let inner = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let (first, last) = (line[start..].chars().next(), line[..end].chars().next_back());
        let cut =
            (inner(first) && inner(line[..start].chars().next_back())) || (inner(last) && inner(line[end..].chars().next()));
        (!cut).then_some(Hit { range: start..end, holes: before })
    }

    /// Matches what stands before a piece, and tells where the match begins.
    fn match_left<'t>(
        &self,
        line: &'t str,
        lower: &str,
        anchor: usize,
        mut end: usize,
        holes: &mut Vec<(Hole, &'t str)>,
    ) -> Option<usize> {
        let mut hole = None;
        for piece in self.pieces[..anchor].iter().rev() {
            match piece {
                Piece::Hole(kind, absent) => hole = Some((*kind, absent)),
                Piece::Text(_, text) => {
                    let (kind, absent) = hole.take()?;
                    let at = lower[..end].rfind(text.as_str())?;
                    let inside = &line[at + text.len()..end];
                    if !kind.takes(inside) && inside != absent {
                        return None;
                    }
                    holes.push((kind, inside));
                    end = at;
                }
            }
        }
        if let Some((kind, _)) = hole {
            let start = line[..end].char_indices().rev().take_while(|(_, c)| kind.allows(*c)).last().map_or(end, |(at, _)| at);
            let inside = &line[start..end];
            if !kind.takes(inside) {
                return None;
            }
            holes.push((kind, inside));
            end = start;
        }
        Some(end)
    }

    /// Matches what stands after a piece, and tells where the match ends.
    fn match_right<'t>(
        &self,
        line: &'t str,
        lower: &str,
        anchor: usize,
        mut start: usize,
        holes: &mut Vec<(Hole, &'t str)>,
    ) -> Option<usize> {
        let mut hole = None;
        for piece in &self.pieces[anchor + 1..] {
            match piece {
                Piece::Hole(kind, absent) => hole = Some((*kind, absent)),
                Piece::Text(_, text) => {
                    let (kind, absent) = hole.take()?;
                    let at = start + lower[start..].find(text.as_str())?;
                    let inside = &line[start..at];
                    if !kind.takes(inside) && inside != absent {
                        return None;
                    }
                    holes.push((kind, inside));
                    start = at + text.len();
                }
            }
        }
        if let Some((kind, _)) = hole {
            let rest = &line[start..];
            let end = start + rest.find(|c| !kind.allows(c)).unwrap_or(rest.len());
            let inside = &line[start..end];
            // A status is its three digits, whatever follows.
            if !kind.takes(inside) {
                return None;
            }
            holes.push((kind, inside));
            start = end;
        }
        Some(start)
    }
}

/// What is known of a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filling {
    /// It is this.
    Text(String),
    /// It is known that there is nothing.
    Absent,
    /// Nobody can know.
    Unknown,
}

fn push_text(pieces: &mut Vec<Piece>, plain: &mut String) {
    if !plain.is_empty() {
        let text = core::mem::take(plain);
        let lower = text.to_ascii_lowercase();
        pieces.push(Piece::Text(text, lower));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find<'t>(template: &str, line: &'t str) -> Option<Vec<&'t str>> {
        let hit = Template::parse(template).unwrap().find(line, &line.to_ascii_lowercase())?;
        Some(hit.holes.into_iter().map(|(_, text)| text).collect())
    }

    #[test]
    fn a_text_is_found_wherever_it_stands_and_whatever_its_case() {
        assert_eq!(find("Session terminated", "mcp.shared.exceptions.McpError: session terminated"), Some(alloc::vec![]));
        assert_eq!(find("Session terminated", "SessionTerminated"), None);
        assert_eq!(find("Session terminated", "a Session terminatedly"), None);
    }

    #[test]
    fn holes_tell_what_stood_in_them() {
        let line = "httpx.HTTPStatusError: Client error '401 Unauthorized' for url 'https://x.example/mcp'";
        let found = find("Client error '{status} {reason}' for url '{url}'", line).unwrap();
        assert_eq!(found, ["401", "Unauthorized", "https://x.example/mcp"]);
        let found = find("Error POSTing to endpoint (HTTP {status}): {body}", "Error POSTing to endpoint (HTTP 404): {\"a\":1}");
        assert_eq!(found.unwrap(), ["404", "{\"a\":1}"]);
        assert_eq!(
            find("{status} status sending message to {url}", "404 status sending message to https://x/y").unwrap()[0],
            "404"
        );
    }

    #[test]
    fn what_cannot_stand_in_a_hole_is_no_match() {
        assert_eq!(find("(HTTP {status}): {body}", "(HTTP abc): x"), None);
        assert_eq!(find("(HTTP {status}): {body}", "(HTTP 9040): x"), None);
        assert_eq!(find("{status} status sending", "1404 status sending"), None);
    }

    #[test]
    fn what_is_absent_is_shown_and_found_as_the_template_says() {
        let template = Template::parse("Unexpected content type: {type|null}").unwrap();
        assert_eq!(template.fill(|_| Filling::Absent), "Unexpected content type: null");
        assert_eq!(template.fill(|_| Filling::Text("text/html".into())), "Unexpected content type: text/html");
        assert_eq!(template.fill(|_| Filling::Unknown), "Unexpected content type: …");
        assert_eq!(find("Unexpected content type: {type}", "Unexpected content type: "), Some(alloc::vec![""]));
    }

    #[test]
    fn what_begins_like_it_does_not_hide_what_follows() {
        assert_eq!(find("HTTP {status}: {body}", "HTTP x; HTTP 404: no"), Some(alloc::vec!["404", "no"]));
    }

    #[test]
    fn braces_are_written_twice() {
        let template = Template::parse("{{\"code\":{code}").unwrap();
        assert_eq!(template.fill(|_| Filling::Text("-32001".into())), "{\"code\":-32001");
    }

    #[test]
    fn what_is_no_template_says_why() {
        for text in ["", "a {b", "a {nope}", "{code}{message}"] {
            assert!(Template::parse(text).is_err(), "{text}");
        }
    }
}
