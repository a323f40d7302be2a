//! `x-mcp-header` in a tool's input schema: which parameters go into headers of their own, and which annotations forbid the
//! use of the tool (2026-07-28, Streamable HTTP, custom headers from tool parameters).

use alloc::string::String;
use alloc::vec::Vec;

use super::Tool;
use super::reading::{member, text};
use crate::json::{self, Node, Scan};
use crate::limits::HEADER_COUNT;

/// The property of a schema that names a header.
const KEY: &str = "x-mcp-header";

/// Keywords under which there is data and no schema.
const DATA: [&str; 5] = ["const", "default", "enum", "examples", KEY];

/// Keywords, besides `properties`, under which schemas stand by names of the author's choice.
const NAMED: [&str; 4] = ["patternProperties", "dependentSchemas", "$defs", "definitions"];

/// An annotation for which a client must leave the tool out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnotationFlaw {
    /// Where in `inputSchema` the annotated schema stands (RFC 6901): `/properties/region`.
    pub at: String,
    /// The annotation as sent, without quotes.
    pub header: String,
    /// What is wrong with it.
    pub fault: AnnotationFault,
}

/// What is wrong with an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnnotationFault {
    /// Its place cannot be reached from the root by `properties` alone.
    Unreachable,
    /// It is no text.
    NotText,
    /// It is empty.
    Empty,
    /// It holds a character that the name of a header cannot have (RFC 9110 §5.6.2).
    IllegalCharacter,
    /// The type of the parameter is not one of string, integer and boolean.
    Type,
    /// Another annotation has the same name, in whatever case.
    Duplicate,
}

impl AnnotationFault {
    /// In a few words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unreachable => "not reached by properties alone",
            Self::NotText => "not a string",
            Self::Empty => "empty",
            Self::IllegalCharacter => "not allowed in the name of a header",
            Self::Type => "not on a string, integer or boolean",
            Self::Duplicate => "used twice",
        }
    }
}

/// The invalid annotations of a tool, in the order they stand. A client that speaks 2026-07-28 must drop a tool with any.
pub fn annotation_flaws(tool: &Tool) -> Vec<AnnotationFlaw> {
    let flaw = |found: Found| Some(AnnotationFlaw { at: found.at, header: found.header, fault: found.fault? });
    annotations(tool).into_iter().filter_map(flaw).collect()
}

/// An annotation that was found.
pub(super) struct Found {
    at: String,
    /// The names of the properties that lead to it.
    pub(super) path: Vec<String>,
    /// What it says.
    pub(super) header: String,
    /// Why it is invalid.
    pub(super) fault: Option<AnnotationFault>,
}

/// The annotations of a tool, in the order they stand: as many as one message may have headers.
pub(super) fn annotations(tool: &Tool) -> Vec<Found> {
    let schema = tool.member("inputSchema");
    let scan = json::scan(&schema);
    let mut search = Search { schema: &schema, scan: &scan, path: Vec::new(), found: Vec::new() };
    // What is still to be looked at, the next one last. A stack of our own: a schema may be nested as deep as JSON is read.
    let mut open: Vec<Visit<'_>> =
        scan.root(&schema).map(|node| Visit::Enter { node, name: None, reachable: true }).into_iter().collect();
    while let Some(visit) = open.pop() {
        match visit {
            Visit::Leave => drop(search.path.pop()),
            Visit::Enter { node, name, reachable } => {
                if let Some(name) = name {
                    search.path.push(name);
                    open.push(Visit::Leave);
                }
                if let Some(header) = node.get(KEY) {
                    search.note(node, header, reachable && !search.path.is_empty());
                    if search.found.len() == HEADER_COUNT {
                        break;
                    }
                }
                let from = open.len();
                inside(node, reachable, &mut open);
                open[from..].reverse();
            }
        }
    }
    search.found
}

/// A step of the way through a schema.
enum Visit<'a> {
    /// To a schema, or a list of them.
    Enter {
        node: Node<'a>,
        /// The property it belongs to.
        name: Option<String>,
        /// Whether only `properties` lead here.
        reachable: bool,
    },
    /// Out of a property.
    Leave,
}

/// The schemas right inside a schema or a list, in order.
fn inside<'a>(node: Node<'a>, reachable: bool, found: &mut Vec<Visit<'a>>) {
    let beside = |node| Visit::Enter { node, name: None, reachable: false };
    found.extend(node.items().map(beside));
    for (key, value) in node.entries() {
        let key = &*key;
        if key == "properties" {
            found.extend(value.entries().map(|(name, node)| Visit::Enter { node, name: Some(name.into_owned()), reachable }));
        } else if NAMED.contains(&key) {
            found.extend(value.entries().map(|(_, node)| beside(node)));
        } else if !DATA.contains(&key) {
            found.push(beside(value));
        }
    }
}

/// What was found so far.
struct Search<'a> {
    schema: &'a str,
    scan: &'a Scan,
    /// The names of the properties that lead to where the search is.
    path: Vec<String>,
    found: Vec<Found>,
}

impl Search<'_> {
    fn note(&mut self, node: Node<'_>, header: Node<'_>, reachable: bool) {
        let name = text(header);
        let fault = if !reachable {
            Some(AnnotationFault::Unreachable)
        } else if header.as_str().is_none() {
            Some(AnnotationFault::NotText)
        } else if name.is_empty() {
            Some(AnnotationFault::Empty)
        } else if !name.bytes().all(is_tchar) {
            Some(AnnotationFault::IllegalCharacter)
        } else if !matches!(member(node, "type").as_str(), "string" | "integer" | "boolean") {
            Some(AnnotationFault::Type)
        } else if self.found.iter().any(|other| other.header.eq_ignore_ascii_case(&name)) {
            Some(AnnotationFault::Duplicate)
        } else {
            None
        };
        let at = json::pointer(self.scan, self.schema, node.index());
        self.found.push(Found { at, path: self.path.clone(), header: name, fault });
    }
}

/// Whether a byte may stand in the name of a header: `tchar` of RFC 9110 §5.6.2.
fn is_tchar(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::ToString;

    fn tool(schema: &str) -> Tool {
        Tool { raw: format!(r#"{{"name":"t","inputSchema":{schema}}}"#), ..Tool::default() }
    }

    fn flaws(schema: &str) -> Vec<(String, AnnotationFault)> {
        annotation_flaws(&tool(schema)).into_iter().map(|flaw| (flaw.at, flaw.fault)).collect()
    }

    /// A schema with one parameter `p`, annotated with this JSON.
    fn with(header: &str) -> String {
        format!(r#"{{"type":"object","properties":{{"p":{{"type":"string","x-mcp-header":{header}}}}}}}"#)
    }

    #[test]
    fn good_annotations_have_no_flaws_at_any_depth() {
        let nested = r#"{"properties":{"a":{"type":"string","x-mcp-header":"Region"},
            "b":{"type":"object","properties":{"c":{"type":"integer","x-mcp-header":"Method"},"d":{"type":"boolean","x-mcp-header":"!#$"}}}}}"#;
        assert_eq!(flaws(nested), []);
        assert_eq!(annotations(&tool(nested))[1].path, ["b", "c"]);
        assert_eq!(flaws(r#"{"type":"object"}"#), []);
        assert_eq!(annotation_flaws(&Tool::default()), []);
    }

    #[test]
    fn a_name_that_no_header_can_have_is_a_flaw() {
        for name in [r#""My Region""#, r#""Region:Primary""#, r#""Région""#, r#""Region\t1""#, r#""a\r\nb""#] {
            assert_eq!(flaws(&with(name)), [("/properties/p".into(), AnnotationFault::IllegalCharacter)], "{name}");
        }
        assert_eq!(flaws(&with(r#""""#)), [("/properties/p".into(), AnnotationFault::Empty)]);
        assert_eq!(flaws(&with("true")), [("/properties/p".into(), AnnotationFault::NotText)]);
    }

    #[test]
    fn only_strings_integers_and_booleans_go_into_a_header() {
        for kind in [r#""type":"number","#, r#""type":"array","#, r#""type":"object","#, r#""type":["string","null"],"#, ""] {
            let schema = format!(r#"{{"properties":{{"p":{{{kind}"x-mcp-header":"P"}}}}}}"#);
            assert_eq!(flaws(&schema), [("/properties/p".into(), AnnotationFault::Type)], "{kind}");
        }
    }

    #[test]
    fn the_same_name_twice_is_a_flaw_in_whatever_case() {
        let schema =
            r#"{"properties":{"a":{"type":"string","x-mcp-header":"Region"},"b":{"type":"string","x-mcp-header":"REGION"}}}"#;
        assert_eq!(flaws(schema), [("/properties/b".into(), AnnotationFault::Duplicate)]);
    }

    #[test]
    fn an_annotation_that_properties_alone_do_not_lead_to_is_a_flaw() {
        let annotated = r#"{"type":"string","x-mcp-header":"P"}"#;
        for (schema, at) in [
            (annotated.to_string(), ""),
            (format!(r#"{{"properties":{{"l":{{"type":"array","items":{annotated}}}}}}}"#), "/properties/l/items"),
            (format!(r#"{{"properties":{{"l":{{"prefixItems":[{annotated}]}}}}}}"#), "/properties/l/prefixItems/0"),
            (format!(r#"{{"oneOf":[{{"properties":{{"p":{annotated}}}}}]}}"#), "/oneOf/0/properties/p"),
            (format!(r#"{{"if":{{"properties":{{"p":{annotated}}}}}}}"#), "/if/properties/p"),
            (format!(r#"{{"$defs":{{"p":{annotated}}}}}"#), "/$defs/p"),
            (format!(r#"{{"additionalProperties":{annotated}}}"#), "/additionalProperties"),
        ] {
            assert_eq!(flaws(&schema), [(at.into(), AnnotationFault::Unreachable)], "{schema}");
        }
    }

    #[test]
    fn an_annotation_is_found_as_deep_as_json_is_read() {
        let depth = (crate::limits::JSON_DEPTH - 2) / 2;
        let schema = r#"{"properties":{"p":"#.repeat(depth) + r#"{"type":"string","x-mcp-header":"P"}"# + &"}}".repeat(depth);
        let found = annotations(&tool(&schema));
        assert_eq!((found[0].path.len(), found[0].fault), (depth, None));
    }

    #[test]
    fn of_annotations_without_end_only_the_first_are_read() {
        let many: Vec<String> =
            (0..=HEADER_COUNT).map(|n| format!(r#""p{n}":{{"type":"string","x-mcp-header":"P{n}"}}"#)).collect();
        assert_eq!(annotations(&tool(&format!(r#"{{"properties":{{{}}}}}"#, many.join(",")))).len(), HEADER_COUNT);
    }

    #[test]
    fn a_property_or_a_value_of_that_name_is_no_annotation() {
        assert_eq!(flaws(r#"{"properties":{"x-mcp-header":{"type":"number"}}}"#), []);
        assert_eq!(flaws(r#"{"properties":{"p":{"default":{"x-mcp-header":""},"enum":[{"x-mcp-header":""}]}}}"#), []);
    }
}
