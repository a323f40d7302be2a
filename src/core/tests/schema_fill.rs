//! What is filled in becomes JSON exactly, and JSON becomes what is filled in.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its own text must fail")]

use inspector_core::limits::FORM_ROWS;
use inspector_core::schema::Answer::{Blank, Fields, Items};
use inspector_core::schema::{Answer, Form, at, fill, flaws, form, put, read_back, same, start};
use proptest::prelude::*;
use serde_json::Value;

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

fn json(text: &str) -> Answer {
    Answer::Json(text.to_owned())
}

/// A form with these members.
fn members(properties: &str) -> Form {
    form(&format!(r#"{{"type":"object","properties":{{{properties}}}}}"#))
}

/// The form whose only member `x` has to be there.
fn x(schema: &str) -> Form {
    form(&format!(r#"{{"properties":{{"x":{schema}}},"required":["x"]}}"#))
}

/// What is written for one answer, and what the schema has against it, one line each.
fn filled(form: &Form, answers: &[Answer]) -> (String, Vec<String>) {
    let (json, flaws) = fill(form, answers);
    (json, flaws.iter().map(|flaw| format!("{}: {}", flaw.path, flaw.problem)).collect())
}

/// What the schema has against one answer.
fn said(schema: &str, answer: Answer) -> String {
    let (_, flaws) = filled(&x(schema), &[answer]);
    flaws.iter().map(|flaw| flaw.trim_start_matches("/x: ")).collect::<Vec<_>>().join(" ")
}

#[test]
fn text_is_sent_character_by_character() {
    let form = x(r#"{"type":"string"}"#);
    for typed in [" a ", "\"\\", "line\nbreak\ttab", "é語😀", "\u{0}\u{1f}\u{7f}", "{\"a\":1}", "null", "007"] {
        let (json, flaws) = fill(&form, &[text(typed)]);
        assert_eq!(serde_json::from_str::<Value>(&json).unwrap()["x"], typed);
        assert_eq!(flaws, []);
    }
}

#[test]
fn numbers_keep_the_digits_they_were_typed_in() {
    let form = x(r#"{"type":"number"}"#);
    for typed in ["0", "-0", "1.0", "1.50", "1e400", "9007199254740993", "123456789012345678901234567890.10", "1E-7"] {
        assert_eq!(filled(&form, &[text(typed)]), (format!(r#"{{"x":{typed}}}"#), vec![]));
    }
    assert_eq!(filled(&form, &[text(" 7 ")]).0, r#"{"x":7}"#);
}

#[test]
fn what_is_no_number_is_sent_as_text_and_said() {
    let form = x(r#"{"type":"number"}"#);
    for typed in ["seven", "01", ".5", "5.", "+1", "0x10", "1,5", "NaN", "1 2", "true", "\"7\"", "1e"] {
        let (json, flaws) = filled(&form, &[text(typed)]);
        assert_eq!(serde_json::from_str::<Value>(&json).unwrap()["x"], typed);
        assert_eq!(flaws, ["/x: This is not a number."], "{typed}");
    }
}

#[test]
fn what_is_empty_is_left_out_and_missed_only_where_it_has_to_be() {
    let form = form(
        r#"{"properties":{"a":{"type":"string"},"b":{"type":"number"},"c":{"enum":[1]},"d":{},"e":{"type":"string"},
            "f":{"items":{"type":"string"}},"g":{"properties":{"h":{"type":"string"}}}},"required":["e","g"]}"#,
    );
    let empty = [text(""), text(" "), Blank, json("  ")];
    assert_eq!(
        filled(&form, &empty),
        ("{}".to_owned(), vec!["/e: This is required.".to_owned(), "/g: This is required.".to_owned()])
    );
    let given = [Blank, Blank, Blank, Blank, text("x"), Items(vec![]), Fields(vec![])];
    assert_eq!(filled(&form, &given), (r#"{"e":"x","f":[],"g":{}}"#.to_owned(), vec![]));
}

#[test]
fn members_of_any_name_are_written_and_pointed_at_correctly() {
    let form = form(r#"{"properties":{"a\"/~":{"type":"number"},"":{"type":"number"},"\u00e9":{"type":"number"}}}"#);
    let (json, flaws) = filled(&form, &[text("one"), text("two"), text("3")]);
    assert_eq!(json, r#"{"a\"/~":"one","":"two","é":3}"#);
    assert_eq!(flaws, ["/a\"~1~0: This is not a number.", "/: This is not a number."]);
}

#[test]
fn json_is_sent_as_typed_and_as_text_when_it_is_none() {
    let form = x("true");
    for typed in [r#"{"a": [1.0, 1e2]}"#, "null", "\"\"", "[]", r#"{"a":1,"a":2}"#, "\"\\ud800\""] {
        assert_eq!(filled(&form, &[json(typed)]), (format!(r#"{{"x":{typed}}}"#), vec![]));
    }
    let (written, flaws) = filled(&form, &[json("{\"a\":")]);
    assert_eq!(written, r#"{"x":"{\"a\":"}"#);
    assert_eq!(flaws, ["/x: This is not JSON, so it is sent as a text: the text ends where a value was expected (at byte 5)."]);
}

#[test]
fn any_field_takes_json_so_that_bad_values_can_be_sent() {
    let form = members(
        r#""a":{"type":"string"},"b":{"type":"number"},"c":{"type":"boolean"},"d":{"items":{"type":"string"}},"e":{"properties":{"f":{}}},"g":{"enum":[1]},"h":{"type":"array"},"i":{"type":"object"}"#,
    );
    let answers = [json("7"), json("\"7\""), json("0"), json("{}"), json("[]"), json("2"), json("{}"), json("0")];
    let (written, flaws) = filled(&form, &answers);
    assert_eq!(written, r#"{"a":7,"b":"7","c":0,"d":{},"e":[],"g":2,"h":{},"i":0}"#);
    assert_eq!(
        flaws,
        [
            "/a: This is not a text.",
            "/b: This is not a number.",
            "/c: This is neither true nor false.",
            "/d: This is not a list.",
            "/e: This is not an object.",
            "/g: This is not one of the values the schema lists.",
            "/h: This is not a list.",
            "/i: This is not an object.",
        ]
    );
}

#[test]
fn rows_that_are_empty_are_left_out_and_the_others_keep_their_number() {
    let form = x(r#"{"items":{"type":"integer"},"minItems":3,"uniqueItems":true}"#);
    let (written, flaws) = filled(&form, &[Items(vec![text("1"), text(""), Blank, text("1.5"), text("1.0")])]);
    assert_eq!(written, r#"{"x":[1,1.5,1.0]}"#);
    assert_eq!(flaws, ["/x/3: This is not a whole number.", "/x: The same value is in the list twice."]);
    assert_eq!(filled(&form, &[Items(vec![text("1"), text("2")])]).1, ["/x: The list needs 3 or more."]);
}

#[test]
fn objects_in_lists_in_objects_are_written_in_their_place() {
    let form = x(r#"{"items":{"properties":{"a":{"type":"string"},"b":{"items":{"type":"number"}}},"required":["a"]}}"#);
    let rows = vec![Fields(vec![text("one"), Items(vec![text("1"), text("2")])]), Fields(vec![Blank, Items(vec![text("x")])])];
    let (written, flaws) = filled(&form, &[Items(rows)]);
    assert_eq!(written, r#"{"x":[{"a":"one","b":[1,2]},{"b":["x"]}]}"#);
    assert_eq!(flaws, ["/x/1/a: This is required.", "/x/1/b/0: This is not a number."]);
}

#[test]
fn an_answer_of_another_kind_of_field_is_left_out_and_never_a_crash() {
    let form = members(
        r#""a":{"type":"string"},"b":{"items":{"type":"string"}},"c":{"properties":{"d":{"type":"string"}}},"e":{"type":"boolean"}"#,
    );
    let answers = [Items(vec![text("x")]), Fields(vec![text("x")]), Items(vec![]), text("true"), text("one too many")];
    assert_eq!(filled(&form, &answers), ("{}".to_owned(), vec![]));
}

#[test]
fn each_rule_of_a_text_is_checked() {
    assert_eq!(said(r#"{"type":"string","minLength":2}"#, text("é")), "This needs 2 characters or more.");
    assert_eq!(said(r#"{"type":"string","maxLength":2}"#, text("日本語")), "Only 2 characters are allowed.");
    assert_eq!(said(r#"{"type":"string","minLength":2,"maxLength":2}"#, text("😀😀")), "");
    assert_eq!(said(r#"{"type":"string","pattern":"^[a-z]+$"}"#, text("A")), "This does not match the pattern ^[a-z]+$");
    assert_eq!(said(r#"{"type":"string","pattern":"(?=unknown)"}"#, text("A")), "");
    assert_eq!(said(r#"{"type":"string","format":"date"}"#, text("today")), "This is not a date, such as 2026-01-31.");
    assert_eq!(said(r#"{"type":"string","format":"email"}"#, text("me")), "This is not an email address.");
    assert_eq!(said(r#"{"type":"string","format":"colour"}"#, text("red")), "");
    let both = r#"{"type":"string","maxLength":3,"format":"uri"}"#;
    assert_eq!(
        said(both, text("text")),
        "Only 3 characters are allowed. This is not a URI with a scheme, such as https://example.com."
    );
}

#[test]
fn each_rule_of_a_number_is_checked_exactly() {
    assert_eq!(said(r#"{"type":"integer"}"#, text("1.0")), "");
    assert_eq!(said(r#"{"type":"integer"}"#, text("1.5")), "This is not a whole number.");
    assert_eq!(
        said(r#"{"type":"number","minimum":0.10}"#, text("0.09999999999999999999")),
        "The smallest number allowed is 0.10."
    );
    assert_eq!(said(r#"{"type":"number","minimum":0.10}"#, text("0.1")), "");
    assert_eq!(said(r#"{"type":"number","exclusiveMinimum":0}"#, text("-0")), "Only numbers above 0 are allowed.");
    assert_eq!(
        said(r#"{"type":"number","maximum":9007199254740992}"#, text("9007199254740993")),
        "The largest number allowed is 9007199254740992."
    );
    assert_eq!(said(r#"{"type":"number","exclusiveMaximum":1e3}"#, text("1000")), "Only numbers below 1e3 are allowed.");
    assert_eq!(said(r#"{"type":"number","multipleOf":0.1}"#, text("0.3")), "");
    assert_eq!(said(r#"{"type":"number","multipleOf":0.1}"#, text("0.35")), "This is not a multiple of 0.1.");
}

#[test]
fn a_choice_is_compared_by_value() {
    assert_eq!(said(r#"{"enum":["é",1.0,{"a":[1]}]}"#, json("\"\\u00e9\"")), "");
    assert_eq!(said(r#"{"enum":["é",1.0,{"a":[1]}]}"#, json("1")), "");
    assert_eq!(said(r#"{"enum":["é",1.0,{"a":[1]}]}"#, json("{ \"a\" : [ 1.0 ] }")), "");
    assert_eq!(said(r#"{"enum":["é",1.0,{"a":[1]}]}"#, json("\"1.0\"")), "This is not one of the values the schema lists.");
    assert!(same("\"\\ud83d\\ude00\"", "\"😀\"") && same("[1e2,\"a\"]", " [ 100.0 , \"\\u0061\" ]"));
    assert!(!same("[1,2]", "[12]") && !same("\"1\"", "1") && !same("{\"a\":1}", "{\"a\":2}"));
}

#[test]
fn null_is_allowed_where_the_schema_says_so() {
    assert_eq!(said(r#"{"type":["string","null"],"minLength":3}"#, json("null")), "");
    assert_eq!(said(r#"{"type":"string"}"#, json("null")), "This is not a text.");
    assert_eq!(said(r#"{"enum":["a",null]}"#, json("null")), "");
    assert_eq!(said(r#"{"enum":["a"]}"#, json("null")), "This is not one of the values the schema lists.");
}

#[test]
fn json_typed_as_a_whole_is_held_against_the_same_rules() {
    let form = form(
        r#"{"properties":{"a":{"type":"integer"},"b":{"properties":{"c":{"type":"string"}},"required":["c"],"additionalProperties":false},
            "d":{"items":{"type":"number"},"maxItems":1}},"required":["a"],"additionalProperties":false}"#,
    );
    let said = |text: &str| flaws(&form, text).iter().map(|flaw| format!("{}: {}", flaw.path, flaw.problem)).collect::<Vec<_>>();
    assert_eq!(said(r#"{"a":1,"b":{"c":""},"d":[]}"#), [""; 0]);
    assert_eq!(
        said(r#"{"b":{"e":1},"d":[1,"2"],"f":0}"#),
        [
            "/a: This is required.",
            "/b/c: This is required.",
            "/b: The schema does not allow \"e\".",
            "/d: Only 1 are allowed in the list.",
            "/d/1: This is not a number.",
            ": The schema does not allow \"f\".",
        ]
    );
    assert_eq!(said("[]"), [": This is not an object."]);
    assert!(said("{").first().unwrap().starts_with(": This is not JSON"));
}

/// What JSON looks like in a form, and what the form cannot show of it.
fn back(form: &Form, text: &str) -> (Vec<Answer>, Vec<String>) {
    let (answers, lost) = read_back(form, text);
    (answers, lost.iter().map(ToString::to_string).collect())
}

#[test]
fn json_comes_back_as_it_would_have_been_filled_in() {
    let form = members(
        r#""a":{"type":"string"},"b":{"type":"number"},"c":{"type":"boolean"},"d":{"items":{"type":"string"}},
           "e":{"properties":{"f":{"type":"string"},"g":{"type":"string"}}},"h":{"enum":["x"]},"i":{},"j":{"type":"string"}"#,
    );
    let typed = r#"{"a":"\u00e9\n","b":1.0,"c":false,"d":["p","q"],"e":{"g":"r"},"h":"x","i":[ 1 ]}"#;
    let expected = vec![
        text("é\n"),
        text("1.0"),
        json("false"),
        Items(vec![text("p"), text("q")]),
        Fields(vec![Blank, text("r")]),
        json("\"x\""),
        json("[ 1 ]"),
        Blank,
    ];
    assert_eq!(back(&form, typed), (expected, vec![]));
}

#[test]
fn a_value_that_a_field_cannot_show_is_kept_as_json() {
    let cases = [
        (r#"{"type":"string"}"#, "7"),
        (r#"{"type":"string"}"#, "\"\""),
        (r#"{"type":"string"}"#, "\"half \\ud800\""),
        (r#"{"type":"string"}"#, "null"),
        (r#"{"type":["string","null"]}"#, "null"),
        (r#"{"type":"number"}"#, "\"7\""),
        (r#"{"type":"number"}"#, "\"seven\""),
        (r#"{"items":{"type":"string"}}"#, "{\"0\":\"a\"}"),
        (r#"{"properties":{"a":{}}}"#, "{\"a\":1,\"b\":2}"),
        (r#"{"properties":{"a":{}}}"#, "{\"a\":1,\"a\":2}"),
        (r#"{"properties":{"a":{}}}"#, "[]"),
    ];
    for (schema, value) in cases {
        let form = x(schema);
        let typed = format!(r#"{{"x":{value}}}"#);
        let (answers, lost) = back(&form, &typed);
        assert_eq!((&*answers, lost), (&[json(value)][..], vec![]), "{schema}");
        assert_eq!(fill(&form, &answers).0, typed);
    }
    let many = format!("[{}]", vec!["1"; FORM_ROWS + 1].join(","));
    assert_eq!(back(&x(r#"{"items":{"type":"number"}}"#), &format!(r#"{{"x":{many}}}"#)).0, [json(&many)]);
}

#[test]
fn what_the_form_has_no_place_for_is_named() {
    let form = members(r#""a":{"type":"string"}"#);
    let (answers, lost) = back(&form, r#"{"a":"1","b":2,"a":"3","b":4,"c":{}}"#);
    assert_eq!(answers, [text("3")]);
    assert_eq!(
        lost,
        [
            "\"a\" is there more than once; the form has a place for the last one.",
            "\"b\" is there more than once; the form has a place for the last one.",
            "The form has no place for \"b\".",
            "The form has no place for \"c\".",
        ]
    );
    assert_eq!(back(&form, "[1]"), (vec![Blank], vec!["This is JSON, but not an object.".to_owned()]));
    assert_eq!(
        back(&form, ""),
        (vec![Blank], vec!["This is not JSON: the text ends where a value was expected (at byte 0).".to_owned()])
    );
}

#[test]
fn a_member_that_was_left_out_stays_out_although_it_has_a_default() {
    let form = members(r#""a":{"type":"string","default":"x"},"b":{"type":"number","default":1}"#);
    assert_eq!(fill(&form, &start(&form)).0, r#"{"a":"x","b":1}"#);
    let (answers, _) = read_back(&form, r#"{"b":2}"#);
    assert_eq!(fill(&form, &answers).0, r#"{"b":2}"#);
}

#[test]
fn defaults_of_real_tools_are_what_their_own_schema_allows_as_far_as_they_go() {
    for schema in [
        include_str!("../fixtures/schemas/fastmcp.json"),
        include_str!("../fixtures/schemas/everything-elicitation.json"),
        include_str!("../fixtures/schemas/zod-to-json-schema.json"),
        include_str!("../fixtures/schemas/zod-4.json"),
    ] {
        let form = form(schema);
        let (written, flaws) = fill(&form, &start(&form));
        let odd: Vec<_> = flaws.iter().map(|flaw| flaw.problem.to_string()).filter(|said| !said.contains("required")).collect();
        assert!(odd.is_empty() || odd == ["The list needs 1 or more."], "{odd:?}");
        assert_eq!(fill(&form, &read_back(&form, &written).0).0, written);
    }
}

#[test]
fn an_answer_is_found_and_replaced_at_its_place() {
    let mut answers = vec![Blank, Fields(vec![text("a"), Items(vec![text("b"), text("c")])])];
    assert_eq!(at(&answers, &[1, 1, 1]), Some(&text("c")));
    put(&mut answers, &[1, 1, 1], json("null"));
    put(&mut answers, &[0], text("d"));
    assert_eq!(answers, [text("d"), Fields(vec![text("a"), Items(vec![text("b"), json("null")])])]);
    let before = answers.clone();
    for nowhere in [&[][..], &[2], &[0, 0], &[1, 1, 2], &[1, 0, 0]] {
        assert_eq!(at(&answers, nowhere), None);
        put(&mut answers, nowhere, Blank);
        assert_eq!(answers, before);
    }
}

#[test]
fn an_object_that_is_wanted_begins_with_its_defaults_and_nothing_else() {
    let form = members(
        r#""a":{"properties":{"b":{"default":1},"c":{"type":"string"}}},"d":{"items":{"type":"string"}},"e":{"type":"string"}"#,
    );
    assert_eq!(start(&form), [Blank, Blank, Blank]);
    let begun: Vec<_> = form.root.fields.iter().map(|field| field.begin()).collect();
    assert_eq!(begun, [Fields(vec![json("1"), Blank]), Items(vec![]), Blank]);
}

#[test]
fn one_answer_alone_is_the_value_it_gives() {
    let form = members(r#""a\"":{"type":"string"},"b":{"items":{"type":"number"}}"#);
    let [a, b] = &*form.root.fields else { panic!("two fields") };
    assert_eq!(a.write(&text("x")), "\"x\"");
    assert_eq!((a.write(&Blank), a.write(&text(""))), (String::new(), String::new()));
    assert_eq!(b.write(&Items(vec![text("1.0"), Blank, json("{}")])), "[1.0,{}]");
}

/// JSON of every shape, with the keys and words that schemas use.
fn any_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        prop_oneof!["-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,3})?([eE][-+]?[0-9]{1,2})?"],
        prop::sample::select(vec![
            "string",
            "number",
            "integer",
            "boolean",
            "array",
            "object",
            "null",
            "date",
            "#",
            "#/properties/a",
            "#/$defs/b",
            "a",
            "b"
        ])
        .prop_map(|word| format!("\"{word}\"")),
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
        Just("\"\\ud800\"".to_owned()),
    ];
    let word = prop::sample::select(vec![
        "type",
        "properties",
        "required",
        "items",
        "anyOf",
        "oneOf",
        "allOf",
        "$ref",
        "$defs",
        "enum",
        "const",
        "default",
        "title",
        "minimum",
        "maxLength",
        "pattern",
        "format",
        "additionalProperties",
        "uniqueItems",
        "minItems",
        "multipleOf",
        "a",
        "b",
        "c",
        "d/~",
    ]);
    leaf.prop_recursive(6, 64, 6, move |inner| {
        let member = (word.clone(), inner.clone()).prop_map(|(name, value)| format!("\"{name}\":{value}"));
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::vec(member, 0..7).prop_map(|members| format!("{{{}}}", members.join(","))),
        ]
    })
}

/// A schema as a server could write it.
fn a_schema() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        r#"{"type":"string"}"#,
        r#"{"type":"string","minLength":2,"pattern":"^a"}"#,
        r#"{"type":"integer","minimum":1}"#,
        r#"{"type":"number","default":1.50}"#,
        r#"{"type":"boolean"}"#,
        r#"{"enum":["a",1,null]}"#,
        r#"{"type":["string","null"],"default":"é"}"#,
        "{}",
        "true",
        r##"{"$ref":"#"}"##,
    ])
    .prop_map(str::to_owned);
    let object = |inner: BoxedStrategy<String>| {
        (prop::collection::vec(inner, 0..4), any::<bool>(), any::<bool>()).prop_map(|(schemas, closed, required)| {
            let members: Vec<_> =
                ["a", "b", "c", "d/~"].iter().zip(schemas).map(|(name, schema)| format!("\"{name}\":{schema}")).collect();
            let required = if required { r#","required":["a","c"]"# } else { "" };
            format!(r#"{{"type":"object","properties":{{{}}},"additionalProperties":{}{required}}}"#, members.join(","), !closed)
        })
    };
    let inner = leaf.prop_recursive(3, 24, 4, move |inner| {
        let list = inner.clone().prop_map(|item| format!(r#"{{"type":"array","items":{item}}}"#));
        let optional = inner.clone().prop_map(|schema| format!(r#"{{"anyOf":[{schema},{{"type":"null"}}],"default":null}}"#));
        prop_oneof![list, optional, object(inner.boxed())]
    });
    object(inner.boxed())
}

/// A value such as the schemas above are about, right or wrong.
fn a_value() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "null",
        "true",
        "1",
        "1.50",
        "-0",
        "\"\"",
        "\"a\"",
        "\"\\u00e9\\n\"",
        "\"1\"",
        "[]",
        "{}",
        "9007199254740993",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(3, 24, 4, |inner| {
        let member = (prop::sample::select(vec!["a", "b", "c", "e"]), inner.clone());
        let members = prop::collection::btree_map(prop::sample::select(vec!["a", "b", "c", "d/~"]), inner.clone(), 0..4);
        let object = |members: Vec<(&str, String)>| {
            let members: Vec<_> = members.iter().map(|(name, value)| format!("\"{name}\" : {value}")).collect();
            format!("{{{}}}", members.join(","))
        };
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(" , "))),
            members.prop_map(move |members| object(members.into_iter().collect())),
            prop::collection::vec(member, 0..4).prop_map(object),
        ]
    })
}

/// A value, without what JSON readers disagree on.
fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

proptest! {
    #[test]
    fn no_text_is_too_odd(schema in any::<String>(), typed in any::<String>()) {
        let form = form(&schema);
        let (answers, _) = read_back(&form, &typed);
        fill(&form, &answers);
        flaws(&form, &typed);
    }

    #[test]
    fn no_json_is_too_odd_a_schema(schema in any_json(), typed in any_json()) {
        for schema in [schema.clone(), format!(r#"{{"type":"object","properties":{{"a":{schema},"b":{schema}}},"$defs":{{"b":{schema}}}}}"#)] {
            let form = form(&schema);
            let begun = fill(&form, &start(&form)).0;
            prop_assert!(inspector_core::json::scan(&begun).error.is_none(), "{}", begun);
            let written = fill(&form, &read_back(&form, &typed).0).0;
            prop_assert!(inspector_core::json::scan(&written).error.is_none(), "{}", written);
            flaws(&form, &typed);
        }
    }

    #[test]
    fn going_to_the_form_and_back_changes_nothing_more_the_second_time(schema in a_schema(), typed in any_json()) {
        let form = form(&schema);
        let once = fill(&form, &read_back(&form, &typed).0).0;
        let (answers, lost) = read_back(&form, &once);
        prop_assert_eq!(lost, vec![]);
        prop_assert_eq!(fill(&form, &answers).0, once);
    }

    #[test]
    fn what_the_form_does_not_name_as_lost_is_not_lost(
        schema in a_schema(),
        members in prop::collection::btree_map(prop::sample::select(vec!["a", "b", "c"]), a_value(), 0..3),
    ) {
        let form = form(&schema);
        let typed: Vec<_> = members.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
        let typed = format!("{{{}}}", typed.join(" , "));
        let (answers, lost) = read_back(&form, &typed);
        if lost.is_empty() {
            let (written, found) = fill(&form, &answers);
            prop_assert_eq!(value(&written), value(&typed));
            // And the form has the same against it as the editor.
            let said = |mut flaws: Vec<inspector_core::schema::Flaw>| { flaws.sort_by_key(|flaw| format!("{flaw:?}")); flaws };
            prop_assert_eq!(said(found), said(flaws(&form, &typed)));
        }
    }

    #[test]
    fn whatever_is_typed_is_sent_as_json(schema in a_schema(), typed in prop::collection::vec((any::<bool>(), any::<String>()), 4)) {
        let form = form(&schema);
        let answers: Vec<_> = typed.into_iter().map(|(is_json, typed)| if is_json { Answer::Json(typed) } else { Answer::Text(typed) }).collect();
        let (written, _) = fill(&form, &answers);
        prop_assert!(serde_json::from_str::<Value>(&written).is_ok(), "{}", written);
    }
}
