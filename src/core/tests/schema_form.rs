//! Schemas as servers write them, and the forms they become.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its schema must fail")]

use std::fmt::Write as _;

use inspector_core::limits::{FORM_PARTS, SCHEMA_BYTES, SCHEMA_DEPTH};
use inspector_core::schema::{Field, Form, Group, Kind, Span, Why, defaults, form};

/// A form as text, one line per field.
fn told(form: &Form) -> String {
    let mut out = String::new();
    if let Some(why) = &form.raw {
        writeln!(out, "only JSON: {why}").unwrap();
    }
    group(&mut out, &form.root, 0);
    for note in &form.notes {
        writeln!(out, "{note}").unwrap();
    }
    out
}

fn group(out: &mut String, group: &Group, depth: usize) {
    if group.closed {
        writeln!(out, "{:1$}(no other members)", "", depth * 2).unwrap();
    }
    for field in &group.fields {
        line(out, field, depth);
    }
}

fn line(out: &mut String, field: &Field, depth: usize) {
    let name = if field.name.is_empty() { "each" } else { &field.name };
    write!(out, "{:1$}{name}: {2}", "", depth * 2, kind(&field.kind)).unwrap();
    for (on, word) in [(field.required, "required"), (field.nullable, "or null")] {
        if on {
            write!(out, ", {word}").unwrap();
        }
    }
    if let Some(default) = &field.default {
        write!(out, ", at first {}", default.lines().map(str::trim).collect::<String>()).unwrap();
    }
    if let Some(example) = &field.example {
        write!(out, ", such as {example}").unwrap();
    }
    for (text, before) in [(&field.title, " — "), (&field.description, " // ")] {
        if !text.is_empty() {
            write!(out, "{before}{text}").unwrap();
        }
    }
    out.push('\n');
    match &field.kind {
        Kind::Group(inner) => group(out, inner, depth + 1),
        Kind::List { item, .. } => line(out, item, depth + 1),
        _ => {}
    }
}

fn kind(kind: &Kind) -> String {
    let span = |span: &Span, what: &str| match span {
        Span { min: None, max: None } => String::new(),
        Span { min, max } => format!(" of {}..{} {what}", number(min), number(max)),
    };
    match kind {
        Kind::Text { format, chars, pattern, multiline } => {
            let lines = if *multiline { " of several lines" } else { "" };
            let pattern = pattern.as_ref().map(|pattern| format!(" like {pattern}")).unwrap_or_default();
            let format = if format.is_empty() { String::new() } else { format!(" in {format}") };
            format!("text{lines}{format}{}{pattern}", span(chars, "characters"))
        }
        Kind::Number { integer, min, max, multiple } => {
            let bound = |bound: &Option<inspector_core::schema::Bound>, sign: &str| match bound {
                Some(bound) => format!(" {sign}{} {}", if bound.exclusive { "" } else { "=" }, bound.value),
                None => String::new(),
            };
            let multiple = multiple.as_ref().map(|of| format!(" in steps of {of}")).unwrap_or_default();
            let name = if *integer { "whole number" } else { "number" };
            format!("{name}{}{}{multiple}", bound(min, ">"), bound(max, "<"))
        }
        Kind::Boolean => "yes or no".to_owned(),
        Kind::Choice(choices) => {
            let each = choices.iter().map(|choice| match choice.value.trim_matches('"') == choice.label {
                true => choice.value.clone(),
                false => format!("{} ({})", choice.value, choice.label),
            });
            format!("one of {}", each.collect::<Vec<_>>().join(" "))
        }
        Kind::List { rows, unique, .. } => format!("list{}{}", span(rows, "rows"), if *unique { ", each once" } else { "" }),
        Kind::Group(_) => "group".to_owned(),
        Kind::Raw(why) => format!("JSON, {why}"),
    }
}

fn number(number: &Option<u64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// The one field that a schema for `x` becomes, as text.
fn x(schema: &str) -> String {
    told(&form(&format!(r#"{{"type":"object","properties":{{"x":{schema}}}}}"#)))
}

fn defaults_of(name: &str, schema: &str) {
    insta::assert_snapshot!(format!("{name}_defaults"), defaults(schema));
}

#[test]
fn a_tool_of_fastmcp_with_pydantic_models() {
    let schema = include_str!("../fixtures/schemas/fastmcp.json");
    insta::assert_snapshot!(told(&form(schema)));
    defaults_of("fastmcp", schema);
}

#[test]
fn the_elicitation_of_server_everything() {
    let schema = include_str!("../fixtures/schemas/everything-elicitation.json");
    insta::assert_snapshot!(told(&form(schema)));
    defaults_of("everything_elicitation", schema);
}

#[test]
fn an_object_of_zod_3_by_zod_to_json_schema() {
    let schema = include_str!("../fixtures/schemas/zod-to-json-schema.json");
    insta::assert_snapshot!(told(&form(schema)));
    defaults_of("zod_to_json_schema", schema);
}

#[test]
fn an_object_of_zod_4() {
    let schema = include_str!("../fixtures/schemas/zod-4.json");
    insta::assert_snapshot!(told(&form(schema)));
    defaults_of("zod_4", schema);
}

#[test]
fn a_value_that_may_be_null_is_seen_through_every_way_to_write_it() {
    let ways = [
        r#"{"type":["string","null"]}"#,
        r#"{"type":["null","string"]}"#,
        r#"{"anyOf":[{"type":"string"},{"type":"null"}]}"#,
        r#"{"oneOf":[{"type":"null"},{"type":"string"}]}"#,
        r#"{"anyOf":[{"type":"string"},{"const":null}]}"#,
        r#"{"anyOf":[{"type":"string"},{"enum":[null]}]}"#,
        r#"{"type":"string","nullable":true}"#,
        r#"{"allOf":[{"type":"string"}],"nullable":true}"#,
    ];
    for way in ways {
        assert_eq!(x(way), "x: text, or null\n", "{way}");
    }
}

#[test]
fn values_that_are_listed_are_a_choice_in_every_way_to_write_them() {
    let ways = [
        (r#"{"enum":["a","b"]}"#, r#"one of "a" "b""#),
        (r#"{"type":"string","enum":["a","b"]}"#, r#"one of "a" "b""#),
        (r#"{"enum":["a",1.50,true,"",{"k":[]}]}"#, r#"one of "a" 1.50 true "" (“”) {"k":[]}"#),
        (r#"{"enum":["a","b"],"enumNames":["Anna","Bob"]}"#, r#"one of "a" (Anna) "b" (Bob)"#),
        (r#"{"enum":["a","b"],"enumNames":["Anna"]}"#, r#"one of "a" (Anna) "b""#),
        (r#"{"const":"a"}"#, r#"one of "a""#),
        (r#"{"oneOf":[{"const":"a","title":"Anna"},{"const":"b","title":"Bob"}]}"#, r#"one of "a" (Anna) "b" (Bob)"#),
        (r#"{"anyOf":[{"enum":["a"],"title":"Anna"},{"enum":["b","c"],"title":"Others"}]}"#, r#"one of "a" (Anna) "b" "c""#),
        (r#"{"enum":["a",null,"b"]}"#, r#"one of "a" "b", or null"#),
        (r#"{"anyOf":[{"enum":["a","b"]},{"type":"null"}]}"#, r#"one of "a" "b", or null"#),
        (r#"{"anyOf":[{"const":"a"},{"const":null}]}"#, r#"one of "a", or null"#),
        (r#"{"type":"null"}"#, "one of null"),
        (r#"{"anyOf":[{"type":"null"}]}"#, "one of null"),
        (r#"{"enum":[null]}"#, "one of null"),
    ];
    for (way, expected) in ways {
        assert_eq!(x(way).trim_end(), format!("x: {}", expected.replace("“”", "\"\"")), "{way}");
    }
}

#[test]
fn a_type_that_is_not_written_follows_from_the_other_words() {
    let ways = [
        (r#"{"minLength":1}"#, "text of 1.. characters"),
        (r#"{"format":"date"}"#, "text in date"),
        (r#"{"minimum":0}"#, "number >= 0"),
        (r#"{"multipleOf":0.10}"#, "number in steps of 0.10"),
        (r#"{"properties":{"a":{"type":"string"}}}"#, "group\n  a: text"),
        (r#"{"items":{"type":"boolean"}}"#, "list\n  each: yes or no"),
    ];
    for (way, expected) in ways {
        assert_eq!(x(way), format!("x: {expected}\n"), "{way}");
    }
}

#[test]
fn bounds_keep_their_digits_and_the_flags_of_draft_04_are_read() {
    assert_eq!(x(r#"{"type":"number","minimum":0.10,"maximum":1e3}"#), "x: number >= 0.10 <= 1e3\n");
    assert_eq!(x(r#"{"type":"integer","exclusiveMinimum":0,"exclusiveMaximum":9}"#), "x: whole number > 0 < 9\n");
    assert_eq!(
        x(r#"{"type":"number","minimum":0,"exclusiveMinimum":true,"maximum":9,"exclusiveMaximum":false}"#),
        "x: number > 0 <= 9\n"
    );
}

#[test]
fn what_a_form_cannot_express_is_json_with_the_reason() {
    let ways = [
        ("true", "any value is allowed"),
        ("{}", "any value is allowed"),
        ("false", "the schema allows no value here"),
        (r#"{"enum":[]}"#, "the schema allows no value here"),
        ("7", "its schema is neither an object nor true or false"),
        (r#"{"type":"object"}"#, "an object with members of any name"),
        (r#"{"type":"object","additionalProperties":{"type":"string"}}"#, "an object with members of any name"),
        (r#"{"type":"array"}"#, "an array of anything"),
        (r#"{"type":"array","items":{}}"#, "an array of anything"),
        (r#"{"type":"array","items":[{"type":"string"}]}"#, "an array in which each place has its own meaning"),
        (r#"{"type":"array","prefixItems":[{"type":"string"}]}"#, "an array in which each place has its own meaning"),
        (r#"{"type":["string","number"]}"#, "one of several shapes: string, number"),
        (r#"{"anyOf":[{"type":"string"},{"type":"integer"},{"type":"null"}]}"#, "one of several shapes: string, integer"),
        (r#"{"anyOf":[{"const":"auto"},{"type":"integer"}]}"#, "one of several shapes: integer, auto"),
        (r#"{"oneOf":[{"title":"Cat","type":"object"},{"minLength":1},{}]}"#, "one of several shapes: Cat, string, any value"),
        (r#"{"type":"date"}"#, "JSON has no type \"date\""),
        (
            r#"{"$ref":"https://example.com/person.json"}"#,
            "its schema is elsewhere, at \"https://example.com/person.json\", and is not fetched",
        ),
        (r#"{"$ref":"person.json#/$defs/a"}"#, "its schema is elsewhere, at \"person.json#/$defs/a\", and is not fetched"),
        (r##"{"$ref":"#/$defs/nobody"}"##, "its schema is said to be at \"#/$defs/nobody\", where there is none"),
        (r##"{"$ref":"#anchor"}"##, "its schema is said to be at \"#anchor\", where there is none"),
        (r##"{"$ref":"#"}"##, "its schema contains itself"),
        (r##"{"$ref":"#/properties/x"}"##, "its schema contains itself"),
        (r##"{"anyOf":[{"$ref":"#"},{"type":"null"}]}"##, "its schema contains itself"),
        (r#"{"allOf":[{"type":"string"},{"type":"number"}]}"#, "several schemas apply at once"),
    ];
    for (schema, why) in ways {
        assert!(
            x(schema).starts_with(&format!("x: JSON, {why}\n")) || x(schema).starts_with(&format!("x: JSON, {why}, ")),
            "{schema}: {}",
            x(schema)
        );
    }
}

#[test]
fn references_lead_to_any_place_of_the_same_schema() {
    let schema = r##"{"$defs":{"a/b":{"type":"string"},"c d":{"type":"boolean"},"e~f":{"$ref":"#/$defs/a~1b"}},
        "definitions":{"old":{"type":"integer"}},
        "properties":{"x":{"$ref":"#/$defs/a~1b"},"y":{"$ref":"#/$defs/c%20d"},"z":{"$ref":"#/$defs/e~0f"},
            "w":{"$ref":"#/definitions/old"},"v":{"$ref":"#/properties/y"},"u":{"oneOf":[{"type":"null"},{"$ref":"#/x-list/1"}]}},
        "x-list":[0,{"minimum":1}]}"##;
    let lines = "x: text\ny: yes or no\nz: text\nw: whole number\nv: yes or no\nu: number >= 1, or null\n";
    assert_eq!(told(&form(schema)), lines);
}

#[test]
fn words_beside_a_reference_count_and_those_of_the_field_come_first() {
    let schema = r##"{"$defs":{"Size":{"title":"Size","description":"How large.","type":"integer","minimum":1}},
        "properties":{"a":{"$ref":"#/$defs/Size"},"b":{"$ref":"#/$defs/Size","title":"Box","description":"Of the box.","default":2,"maximum":9},
            "c":{"allOf":[{"$ref":"#/$defs/Size"}],"default":3}}}"##;
    let lines = "a: whole number >= 1 // How large.\nb: whole number >= 1 <= 9, at first 2 — Box // Of the box.\n\
        c: whole number >= 1, at first 3 // How large.\n";
    assert_eq!(told(&form(schema)), lines);
}

#[test]
fn objects_that_apply_together_are_one_object() {
    let schema = r#"{"allOf":[{"properties":{"a":{"type":"string"}},"required":["a"]},{"properties":{"b":{"type":"number"}}}],"required":["b"]}"#;
    assert_eq!(told(&form(schema)), "a: text, required\nb: number, required\n");
}

#[test]
fn a_rule_that_is_not_checked_is_named() {
    let schema = r#"{"properties":{"a":{"type":"string","not":{"const":"x"}},"b":{"type":"string","anyOf":[{"format":"ipv4"},{"format":"ipv6"}]}},
        "anyOf":[{"required":["a"]},{"required":["b"]}],"dependentRequired":{"a":["b"]}}"#;
    let notes: Vec<_> = form(schema).notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "The schema's rule \"anyOf\" is not checked here.",
            "The schema's rule \"not\" for /a is not checked here.",
            "The schema's rule \"anyOf\" for /b is not checked here.",
            "The schema's rule \"dependentRequired\" is not checked here.",
        ]
    );
}

#[test]
fn of_what_is_said_twice_the_last_counts() {
    let schema = r#"{"properties":{"a":{"type":"string"},"b":{"type":"number","type":"boolean"},"a":{"type":"integer"}}}"#;
    assert_eq!(
        told(&form(schema)),
        "b: yes or no\na: whole number\nThe schema describes /a twice; the last description counts.\n"
    );
}

#[test]
fn a_default_of_null_is_left_away_unless_the_member_has_to_be_there() {
    let schema = r#"{"properties":{"a":{"type":"string","default":null},"b":{"type":["string","null"],"default":null},
        "c":{"type":["string","null"],"default":null}},"required":["c"]}"#;
    assert_eq!(told(&form(schema)), "a: text\nb: text, or null\nc: text, required, or null, at first null\n");
    assert_eq!(defaults(schema), r#"{"c":null}"#);
}

#[test]
fn a_value_without_alternative_is_there_at_first_when_it_has_to_be() {
    let schema = r#"{"properties":{"kind":{"const":"cat"},"other":{"const":"dog"}},"required":["kind"]}"#;
    assert_eq!(defaults(schema), r#"{"kind":"cat"}"#);
}

#[test]
fn an_object_that_has_to_be_there_is_there_with_its_own_defaults() {
    let schema = r#"{"properties":{"in":{"properties":{"a":{"default":1.50,"type":"number"},"b":{"type":"string"}}},
        "out":{"properties":{"a":{"default":1,"type":"number"}}},"rows":{"items":{"type":"string"}}},"required":["in","rows"]}"#;
    assert_eq!(defaults(schema), r#"{"in":{"a":1.50},"rows":[]}"#);
}

#[test]
fn a_schema_without_members_has_a_form_without_fields() {
    for schema in
        [r#"{"type":"object"}"#, r#"{"type":"object","properties":{}}"#, "{}", "true", r#"{"additionalProperties":true}"#]
    {
        let form = form(schema);
        assert!(form.raw.is_none() && form.root.fields.is_empty() && !form.root.closed, "{schema}");
        assert_eq!(defaults(schema), "{}");
    }
    assert!(form(r#"{"type":"object","additionalProperties":false}"#).root.closed);
}

#[test]
fn a_schema_that_is_no_object_has_no_form_and_says_why() {
    let cases = [
        ("", "the schema is not JSON: the text ends where a value was expected (at byte 0)"),
        ("<html>", "the schema is not JSON: expected a value, found \"<\" (at byte 0)"),
        ("null", "its schema is neither an object nor true or false"),
        ("[]", "its schema is neither an object nor true or false"),
        ("false", "the schema allows no value here"),
        (r#"{"type":"string"}"#, "the schema is not about an object"),
        (r#"{"enum":[1]}"#, "the schema is not about an object"),
        (r##"{"$ref":"#"}"##, "its schema contains itself"),
        (r#"{"anyOf":[{"title":"A","properties":{"a":{}}},{"title":"B"}]}"#, "one of several shapes: A, B"),
    ];
    for (schema, why) in cases {
        let form = form(schema);
        assert_eq!(form.raw.unwrap().to_string(), why, "{schema}");
        assert!(form.root.fields.is_empty());
    }
    assert_eq!(form(&" ".repeat(SCHEMA_BYTES + 1)).raw, Some(Why::Long { bytes: SCHEMA_BYTES + 1 }));
}

#[test]
fn objects_inside_objects_end_at_the_limit() {
    let nested =
        (0..SCHEMA_DEPTH + 2).fold(r#"{"type":"string"}"#.to_owned(), |inner, _| format!(r#"{{"properties":{{"x":{inner}}}}}"#));
    let told = told(&form(&nested));
    assert!(told.ends_with(&format!("x: JSON, its schema is more than {SCHEMA_DEPTH} levels deep\n")), "{told}");
    assert_eq!(told.lines().count(), SCHEMA_DEPTH);
}

#[test]
fn a_schema_that_doubles_at_each_level_ends_at_the_limit() {
    let mut schema = r#"{"$defs":{"d0":{"type":"string"}"#.to_owned();
    for level in 1..=SCHEMA_DEPTH {
        let members: Vec<_> = (0..9).map(|at| format!(r##""m{at}":{{"$ref":"#/$defs/d{}"}}"##, level - 1)).collect();
        write!(schema, r#","d{level}":{{"properties":{{{}}}}}"#, members.join(",")).unwrap();
    }
    write!(schema, r##"}},"$ref":"#/$defs/d{}"}}"##, SCHEMA_DEPTH - 1).unwrap();
    let form = form(&schema);
    assert!(told(&form).lines().count() < FORM_PARTS * 2);
    assert!(form.notes.iter().any(|note| note.to_string().contains("more members")), "{:?}", form.notes);
}

#[test]
fn members_beyond_the_limit_are_counted() {
    let members: Vec<_> = (0..FORM_PARTS).map(|at| format!(r#""m{at}":{{"type":"string"}}"#)).collect();
    let form = form(&format!(r#"{{"properties":{{{}}}}}"#, members.join(",")));
    let shown = form.root.fields.len();
    let note = form.notes.first().unwrap().to_string();
    assert!(shown > 1_000 && note.contains(&format!("{} more members", FORM_PARTS - shown)), "{shown} {note}");
}

#[test]
fn a_long_text_that_is_referred_to_again_and_again_is_not_copied_without_end() {
    let members: Vec<_> = (0..500).map(|at| format!(r##""m{at}":{{"$ref":"#/$defs/long"}}"##)).collect();
    let long = "x".repeat(100_000);
    let form = form(&format!(
        r#"{{"$defs":{{"long":{{"type":"string","description":"{long}"}}}},"properties":{{{}}}}}"#,
        members.join(",")
    ));
    assert_eq!(form.root.fields.len(), 500);
    assert!(form.root.fields.iter().map(|field| field.description.len()).sum::<usize>() < 2_000_000);
    assert_eq!(form.root.fields.last().unwrap().kind, Kind::Raw(Why::Crowded));
}
