//! The command that a person gave curl, as far as it says what was sent: what curl prints does not hold the body.

use alloc::string::String;
use alloc::vec::Vec;

/// What a command says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Command {
    /// The address.
    pub url: Option<String>,
    /// The method, where it is named.
    pub method: Option<String>,
    /// The headers, as names and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<String>,
}

/// Options that take a word, beside those that are read here; the word is passed over. Letters of short options stand alone.
const WITH_WORD: [&str; 20] = [
    "-A",
    "--user-agent",
    "-b",
    "--cookie",
    "-c",
    "--cookie-jar",
    "--cacert",
    "-e",
    "--referer",
    "-m",
    "--max-time",
    "-o",
    "--output",
    "-u",
    "--user",
    "-w",
    "--write-out",
    "-x",
    "--proxy",
    "--connect-timeout",
];

/// The words of a command begin at `curl`; `None` for a line that is none.
pub(super) fn read(line: &str) -> Option<Command> {
    let mut words = words(line).into_iter().skip_while(|word| word != "curl" && !word.ends_with("/curl"));
    words.next()?;
    let mut command = Command::default();
    while let Some(word) = words.next() {
        let (name, joined) = match word.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (String::from(name), Some(String::from(value))),
            _ => (word.clone(), None),
        };
        match name.as_str() {
            "-X" | "--request" => command.method = joined.or_else(|| words.next()),
            "-H" | "--header" => command.headers.extend(joined.or_else(|| words.next()).and_then(|text| header(&text))),
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii" | "--json" => {
                let text = joined.or_else(|| words.next()).unwrap_or_default();
                let body = command.body.get_or_insert_with(String::new);
                if !body.is_empty() {
                    body.push('&');
                }
                body.push_str(&text);
            }
            "--url" => command.url = joined.or_else(|| words.next()),
            known if WITH_WORD.contains(&known) => drop(joined.or_else(|| words.next())),
            option if option.starts_with('-') => {}
            _ if command.url.is_none() => command.url = Some(word),
            _ => {}
        }
    }
    Some(command)
}

fn header(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once(':')?;
    Some((String::from(name.trim()), String::from(value.trim())))
}

/// The words of a line as a shell reads them: quotes, and backslashes before a sign or the end of a line (POSIX.1-2024, shell
/// command language, quoting). Variables stay as they are written.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = line.chars();
    let mut quote = None;
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_with(String::new);
            }
            (Some(open), c) if c == open => quote = None,
            (None | Some('"'), '\\') => match chars.next() {
                Some('\n') | None => {}
                Some(c @ ('"' | '\\' | '$' | '`')) => word.get_or_insert_with(String::new).push(c),
                Some(c) => {
                    let word = word.get_or_insert_with(String::new);
                    if quote.is_some() {
                        word.push('\\');
                    }
                    word.push(c);
                }
            },
            (_, c) => word.get_or_insert_with(String::new).push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_shell_are_read_as_it_does() {
        assert_eq!(words(r#"a 'b c' "d\"e" f\ g "#), ["a", "b c", "d\"e", "f g"]);
        assert_eq!(words("'it'\\''s' \"\" \\\n x"), ["it's", "", "x"]);
    }

    #[test]
    fn a_command_says_where_what_and_how() {
        let line = r#"$ curl -sS -i -N -X POST 'https://a.example/mcp' -o out -H 'Accept: text/html' --data-raw '{"id":1}'"#;
        let command = read(line).unwrap();
        assert_eq!((command.url.as_deref(), command.method.as_deref()), (Some("https://a.example/mcp"), Some("POST")));
        assert_eq!(command.headers, [(String::from("Accept"), String::from("text/html"))]);
        assert_eq!(command.body.as_deref(), Some(r#"{"id":1}"#));
        assert_eq!(read("hello"), None);
    }
}
