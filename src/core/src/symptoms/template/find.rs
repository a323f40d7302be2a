//! Finding a template in a line of text: from its longest text to both sides.

use alloc::vec::Vec;
use core::ops::Range;

use super::{Hole, Piece, Template};

/// How often one template is tried on one line: what begins like it can stand there several times.
const TRIES: usize = 4;

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

#[cfg(test)]
mod tests {
    use super::super::Filling;
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
