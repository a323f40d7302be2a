//! Text in Markdown (GitHub Flavored Markdown): what a server said stays text, wherever it stands.

use alloc::format;
use alloc::string::String;

use super::plain;

/// A text as a sentence of its own, in which no sign has a meaning. A person or an issue is not called by `@` or `#` in it.
pub(super) fn sentence(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '@' | '#' => out.push_str(&format!("{c}<!-- -->")),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A text in a code span that a table can hold; `–` for an empty one.
pub(super) fn code(text: &str) -> String {
    let text = plain(text).replace('|', "\\|");
    if text.trim().is_empty() {
        return String::from("–");
    }
    // One more backtick than any row of them in it (CommonMark 0.31 §6.1).
    let fence = fence(&text, 1);
    let room = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{room}{text}{room}{fence}")
}

/// Lines in a code block (CommonMark 0.31 §4.5).
pub(super) fn block(language: &str, text: &str) -> String {
    let fence = fence(text, 3);
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_end())
}

fn fence(text: &str, least: usize) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(least.max(longest + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_of_a_sentence_has_a_meaning() {
        assert_eq!(
            sentence("<b>@all</b> see #1 [x](y) a_b*c* | `d`\n- e"),
            r"\<b\>@<!-- -->all\</b\> see #<!-- -->1 \[x\](y) a\_b\*c\* \| \`d\` - e"
        );
    }

    #[test]
    fn code_ends_where_it_should() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(code("a|b"), r"`a\|b`");
        assert_eq!(code(" "), "–");
        assert_eq!(block("sh", "a\n```\nb\n"), "````sh\na\n```\nb\n````\n");
    }
}
