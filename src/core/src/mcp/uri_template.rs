//! URI templates (RFC 6570), as resource templates use them: which variables there are, and the address they give.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// How the variables of an expression are put together (RFC 6570 §3.2.1 and appendix A).
struct Operator {
    sign: &'static str,
    first: &'static str,
    between: &'static str,
    /// Whether each value follows its name.
    named: bool,
    /// What follows the name of an empty value.
    empty: &'static str,
    /// Whether reserved characters stay as they are.
    reserved: bool,
}

#[rustfmt::skip]
const OPERATORS: [Operator; 8] = [
    Operator { sign: "+", first: "", between: ",", named: false, empty: "", reserved: true },
    Operator { sign: "#", first: "#", between: ",", named: false, empty: "", reserved: true },
    Operator { sign: ".", first: ".", between: ".", named: false, empty: "", reserved: false },
    Operator { sign: "/", first: "/", between: "/", named: false, empty: "", reserved: false },
    Operator { sign: ";", first: ";", between: ";", named: true, empty: "", reserved: false },
    Operator { sign: "?", first: "?", between: "&", named: true, empty: "=", reserved: false },
    Operator { sign: "&", first: "&", between: "&", named: true, empty: "=", reserved: false },
    // Last: every expression begins with nothing.
    Operator { sign: "", first: "", between: ",", named: false, empty: "", reserved: false },
];

/// A piece of a template.
enum Piece<'a> {
    Text(&'a str),
    Expression(&'static Operator, &'a str),
}

/// The names of the variables of a template, each once, in their order.
pub fn template_variables(template: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in pieces(template) {
        let Piece::Expression(_, variables) = piece else { continue };
        for (name, _) in variables.split(',').map(variable) {
            if !name.is_empty() && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// The address that a template gives; a variable without a value is left out, as an undefined one is (RFC 6570 §3.2.1).
pub fn expand_template(template: &str, value: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    for piece in pieces(template) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Expression(operator, variables) => {
                let mut before = operator.first;
                for (name, length) in variables.split(',').map(variable) {
                    let Some(value) = value(name) else { continue };
                    out.push_str(before);
                    before = operator.between;
                    if operator.named {
                        out.push_str(name);
                        out.push_str(if value.is_empty() { operator.empty } else { "=" });
                    }
                    let end = value.char_indices().nth(length).map_or(value.len(), |(at, _)| at);
                    encode(&mut out, value.get(..end).unwrap_or_default(), operator.reserved);
                }
            }
        }
    }
    out
}

/// The pieces of a template; a brace that is not closed is text.
fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((text, after)) = rest.split_once('{') {
        let Some((inside, behind)) = after.split_once('}') else { break };
        let operator = OPERATORS.iter().find(|operator| inside.starts_with(operator.sign));
        pieces.push(Piece::Text(text));
        pieces
            .extend(operator.map(|operator| Piece::Expression(operator, inside.get(operator.sign.len()..).unwrap_or_default())));
        rest = behind;
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// The name of a variable, and how many of its characters count: `name`, `name:3`, or `name*`, which says nothing of a text.
fn variable(spec: &str) -> (&str, usize) {
    let spec = spec.strip_suffix('*').unwrap_or(spec);
    match spec.split_once(':') {
        Some((name, length)) => (name, length.parse().unwrap_or(usize::MAX)),
        None => (spec, usize::MAX),
    }
}

/// Writes a value with percent-escapes for what may not stand there (RFC 6570 §3.2.1).
fn encode(out: &mut String, value: &str, reserved: bool) {
    let bytes = value.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let is_escape = *byte == b'%' && bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let stays = byte.is_ascii_alphanumeric()
            || b"-._~".contains(byte)
            || (reserved && (is_escape || b":/?#[]@!$&'()*+,;=".contains(byte)));
        if stays {
            out.push(char::from(*byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expand(template: &str) -> String {
        expand_template(template, &|name| {
            let known = [
                ("var", "value"),
                ("hello", "Hello World!"),
                ("path", "/foo/bar"),
                ("x", "1024"),
                ("y", "768"),
                ("empty", ""),
                ("half", "50%"),
                ("done", "50%25"),
                ("é", "ü"),
            ];
            known.iter().find(|(known, _)| *known == name).map(|(_, value)| String::from(*value))
        })
    }

    #[test]
    fn the_examples_of_the_rfc_come_out_as_it_says() {
        let examples = [
            ("{var}", "value"),
            ("{hello}", "Hello%20World%21"),
            ("{half}", "50%25"),
            ("O{empty}X", "OX"),
            ("O{undef}X", "OX"),
            ("{x,y}", "1024,768"),
            ("{x,hello,y}", "1024,Hello%20World%21,768"),
            ("?{x,empty}", "?1024,"),
            ("?{x,undef}", "?1024"),
            ("{var:3}", "val"),
            ("{var:30}", "value"),
            ("{+hello}", "Hello%20World!"),
            ("{+path}/here", "/foo/bar/here"),
            ("here?ref={+path}", "here?ref=/foo/bar"),
            ("up{+path}{var}/here", "up/foo/barvalue/here"),
            ("{+done}", "50%25"),
            ("{+half}", "50%25"),
            ("{#path,x}/here", "#/foo/bar,1024/here"),
            ("X{.x,y}", "X.1024.768"),
            ("{/var,x}/here", "/value/1024/here"),
            ("{/var:1,var}", "/v/value"),
            ("{;x,y,empty}", ";x=1024;y=768;empty"),
            ("{?x,y,empty}", "?x=1024&y=768&empty="),
            ("?fixed=yes{&x}", "?fixed=yes&x=1024"),
            ("{?undef,y}", "?y=768"),
            ("{&var:3}", "&var=val"),
            ("{?undef}", ""),
            ("{/var*}", "/value"),
        ];
        for (template, expected) in examples {
            assert_eq!(expand(template), expected, "{template}");
        }
    }

    #[test]
    fn variables_are_named_once_in_their_order() {
        assert_eq!(template_variables("demo://{a}/{+b,a:3}{?c*,d}"), ["a", "b", "c", "d"]);
        assert_eq!(template_variables("file:///fixed"), [""; 0]);
    }

    #[test]
    fn braces_that_are_odd_are_no_crash() {
        for template in ["{", "}", "{}", "a{b", "{{x}}", "{é}", "{x:}", "{x:-1}", "{,}", "{?}"] {
            expand(template);
            template_variables(template);
        }
        assert_eq!(expand("{é}a{x"), "%C3%BCa{x");
    }
}
