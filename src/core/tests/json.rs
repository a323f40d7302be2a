//! JSON is shown as it was sent, read strictly, and never costs more than a pass over the text.
#![allow(clippy::unwrap_used)]

use inspector_core::json::{Kind, Node, Reason, Scan, duplicate_keys, pointer, pretty, preview, scan, string_value};
use inspector_core::limits::{JSON_BODY_BYTES, JSON_DEPTH, JSON_TOKENS};
use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::Value;

/// Calls `look` with the root of a text that must be JSON.
fn with_root<T>(text: &str, look: impl FnOnce(Node<'_>) -> T) -> T {
    let scan = scan(text);
    assert_eq!(scan.error, None, "{text}");
    look(scan.root(text).unwrap())
}

fn error_of(text: &str) -> String {
    scan(text).error.unwrap().to_string()
}

fn texts<'a>(scan: &Scan, text: &'a str) -> Vec<&'a str> {
    scan.tokens.iter().map(|token| &text[token.range()]).collect()
}

#[test]
fn tokens_keep_the_text_order_and_duplicates_as_sent() {
    let text = r#" {"b":1.0, "a":[1e400,12345678901234567890,-0], "b":null} "#;
    let scan = scan(text);
    let expected = ["{", "\"b\"", "1.0", "\"a\"", "[", "1e400", "12345678901234567890", "-0", "]", "\"b\"", "null", "}"];
    assert_eq!(texts(&scan, text), expected);
    assert_eq!(scan.error, None);
}

#[test]
fn brackets_know_their_mate_their_depth_and_their_children() {
    let scan = scan(r#"{"a":[1,2,{}],"b":0}"#);
    let containers: Vec<_> = scan
        .tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.kind.is_start())
        .map(|(index, token)| (index, token.mate, token.depth, token.children))
        .collect();
    assert_eq!(containers, [(0, 10, 0, 2), (2, 7, 1, 3), (5, 6, 2, 0)]);
    assert_eq!((scan.tokens[7].mate, scan.tokens[7].depth), (2, 1));
}

#[test]
fn the_first_error_is_named_with_its_place() {
    let cases = [
        ("", "the text ends where a value was expected (at byte 0)"),
        ("<html>", "expected a value, found \"<\" (at byte 0)"),
        ("\u{feff}{}", "expected a value, found U+FEFF (at byte 0)"),
        ("NaN", "expected a value, found \"N\" (at byte 0)"),
        ("nul", "expected a value, found \"n\" (at byte 0)"),
        ("{\"a\":1,}", "expected a key in double quotes, found \"}\" (at byte 7)"),
        ("{a:1}", "expected a key in double quotes or \"}\", found \"a\" (at byte 1)"),
        ("{\"a\" 1}", "expected \":\" after a key, found \"1\" (at byte 5)"),
        ("{\"a\":1", "the text ends where \",\" or \"}\" was expected (at byte 6)"),
        ("[1 2]", "expected \",\" or \"]\", found \"2\" (at byte 3)"),
        ("[1}", "expected \",\" or \"]\", found \"}\" (at byte 2)"),
        ("[01]", "expected \",\" or \"]\", found \"1\" (at byte 2)"),
        ("[1.]", "expected a digit, found \"]\" (at byte 3)"),
        ("[-]", "expected a digit, found \"]\" (at byte 2)"),
        ("[\"a", "the text ends inside a string that began at byte 1 (at byte 3)"),
        ("[\"a\\u12", "the text ends inside a string that began at byte 1 (at byte 7)"),
        ("\"a\nb\"", "a string holds U+000A unescaped (at byte 2)"),
        ("\"\\x41\"", "a backslash in a string is not followed by an escape that JSON has (at byte 1)"),
        ("\"\\u00e\"", "a backslash in a string is not followed by an escape that JSON has (at byte 1)"),
        ("{}{}", "more text follows after the value, beginning with \"{\" (at byte 2)"),
    ];
    for (text, said) in cases {
        assert_eq!(error_of(text), said, "{text}");
    }
}

#[test]
fn what_stands_before_an_error_is_still_there() {
    let text = r#"{"result":{"tools":[{"name":"add"},{"na"#;
    let scan = scan(text);
    let root = scan.root(text).unwrap();
    let tools = root.at(&["result", "tools"]).unwrap();
    assert_eq!(tools.items().next().unwrap().get("name").unwrap().as_str().unwrap(), "add");
    assert_eq!(tools.items().count(), 2);
    assert_eq!(tools.raw(), r#"[{"name":"add"},{"na"#);
}

#[test]
fn a_key_at_which_the_text_ends_is_no_entry() {
    for text in [r#"{"a":1,"b""#, r#"{"a":1,"b":"#] {
        let scan = scan(text);
        assert_eq!(scan.root(text).unwrap().entries().count(), 1);
    }
}

#[test]
fn nesting_to_the_limit_is_read_and_one_deeper_is_refused_with_depth_and_place() {
    let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
    assert_eq!(scan(&nested(JSON_DEPTH)).error, None);
    for depth in [JSON_DEPTH + 1, 10_000, 1_000_000] {
        let error = scan(&nested(depth)).error.unwrap();
        assert_eq!(error.at as usize, JSON_DEPTH);
        assert_eq!(error.reason, Reason::TooDeep { depth: JSON_DEPTH as u32 + 1 });
    }
}

#[test]
fn more_tokens_than_we_keep_end_the_scan() {
    let text = format!("[{}1]", "1,".repeat(JSON_TOKENS));
    let scan = scan(&text);
    assert_eq!(scan.error.unwrap().reason, Reason::TooManyTokens);
    assert_eq!(scan.tokens.len(), JSON_TOKENS);
    assert_eq!(scan.root(&text).unwrap().items().count(), JSON_TOKENS - 1);
}

#[test]
fn a_text_above_the_limit_is_refused_with_its_size() {
    let text = " ".repeat(JSON_BODY_BYTES + 1);
    let bytes = text.len() as u64;
    assert_eq!(scan(&text).error.unwrap().reason, Reason::TooLong { bytes });
}

#[test]
fn the_last_of_several_entries_counts_and_the_first_can_be_had() {
    with_root(r#"{"id":1,"id":2,"i\u0064":3}"#, |root| {
        assert_eq!(root.get("id").unwrap().as_i64(), Some(3));
        assert_eq!(root.get_first("id").unwrap().as_i64(), Some(1));
        assert!(root.get("no").is_none());
    });
}

#[test]
fn a_value_is_read_only_as_what_it_is() {
    with_root(r#"["1", 1, true, null, {"a": 1}]"#, |root| {
        let [string, number, bool, null, object] = root.items().collect::<Vec<_>>().try_into().unwrap();
        assert_eq!((string.as_i64(), string.as_str().as_deref()), (None, Some("1")));
        assert_eq!((number.as_str(), number.as_i64()), (None, Some(1)));
        assert_eq!((bool.as_bool(), bool.as_i64()), (Some(true), None));
        assert!(null.is_null() && null.as_bool().is_none());
        assert_eq!((object.raw(), object.kind(), object.children()), (r#"{"a": 1}"#, Kind::ObjectStart, 1));
        assert!(root.get("a").is_none() && object.items().next().is_none() && root.entries().next().is_none());
    });
}

#[test]
fn a_whole_number_is_whole_however_it_is_written() {
    let cases = [
        ("-32001", Some(-32001)),
        ("1.0", Some(1)),
        ("2e3", Some(2000)),
        ("9223372036854775807", Some(i64::MAX)),
        ("9223372036854775808", None),
        ("1.5", None),
        ("1e400", None),
    ];
    for (text, whole) in cases {
        assert_eq!(with_root(text, |number| number.as_i64()), whole, "{text}");
    }
}

#[test]
fn a_number_is_cut_after_its_thousandths() {
    let cases = [
        ("1.5", Some(1_500)),
        ("-1.5", Some(-1_500)),
        ("1700000000.1239", Some(1_700_000_000_123)),
        ("15e-4", Some(1)),
        ("-0", Some(0)),
        ("0e99999999999", Some(0)),
        ("1e-99999999999", Some(0)),
        ("1e99999999999", Some(i64::MAX)),
        ("-9223372036854775808", Some(i64::MIN)),
    ];
    for (text, thousandths) in cases {
        assert_eq!(with_root(text, |number| number.as_thousandths()), thousandths, "{text}");
    }
}

#[test]
fn escapes_become_the_characters_they_stand_for() {
    let cases = [
        (r#""""#, ""),
        (r#""plain é""#, "plain é"),
        (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (r#""\u00e9\u0000""#, "é\0"),
        (r#""\ud83d\ude00!""#, "😀!"),
        (r#""\ud83d""#, "\u{fffd}"),
        (r#""\ude00\ud83d\u0041""#, "\u{fffd}\u{fffd}A"),
        (r#""\\u0041""#, "\\u0041"),
    ];
    for (raw, value) in cases {
        assert_eq!(string_value(raw), value, "{raw}");
    }
}

#[test]
fn repeated_keys_are_found_in_every_object_by_their_value() {
    let text = r#"{"a":{"x":1,"\u0078":2,"x":3},"b":[{"a":1}],"a":0}"#;
    let scan = scan(text);
    let found: Vec<_> = duplicate_keys(&scan, text)
        .into_iter()
        .map(|found| (found.key, texts(&scan, text)[found.again], pointer(&scan, text, found.again)))
        .collect();
    let expected = [("x", r#""\u0078""#, "/a/x"), ("x", r#""x""#, "/a/x"), ("a", r#""a""#, "/a")];
    assert_eq!(found, expected.map(|(key, again, at)| (key.to_owned(), again, at.to_owned())));
}

#[test]
fn every_token_has_its_json_pointer() {
    let text = r#"{"a/b":[1,{"m~n":null}],"":0}"#;
    let scan = scan(text);
    let pointers: Vec<_> = (0..scan.tokens.len()).map(|index| pointer(&scan, text, index)).collect();
    let expected = ["", "/a~1b", "/a~1b", "/a~1b/0", "/a~1b/1", "/a~1b/1/m~0n", "/a~1b/1/m~0n", "/a~1b/1", "/a~1b", "/", "/", ""];
    assert_eq!(pointers, expected);
}

#[test]
fn a_value_knows_its_key() {
    with_root(r#"{"a":[1]}"#, |root| {
        let array = root.get("a").unwrap();
        assert_eq!(array.key().unwrap().as_str().unwrap(), "a");
        assert!(root.key().is_none() && array.items().next().unwrap().key().is_none());
    });
}

#[test]
fn pretty_puts_one_entry_on_a_line_and_leaves_tokens_alone() {
    let text = r#"{"a":[1e400,{ }],"b":{"c":"x\u0041"},"d":[]}"#;
    let lines =
        ["{", "  \"a\": [", "    1e400,", "    {}", "  ],", "  \"b\": {", "    \"c\": \"x\\u0041\"", "  },", "  \"d\": []", "}"];
    assert_eq!(pretty(text), lines.join("\n"));
}

#[test]
fn pretty_leaves_what_follows_an_error_unchanged() {
    assert_eq!(pretty("not json"), "not json");
    assert_eq!(pretty(r#"{"a":[1,?]} tail"#), "{\n  \"a\": [\n    1,?]} tail");
}

#[test]
fn pretty_gives_up_where_indentation_would_fill_the_memory() {
    let text = format!("{}{}1{}", "[".repeat(JSON_DEPTH), "1,".repeat(500_000), "]".repeat(JSON_DEPTH));
    assert_eq!(pretty(&text), text);
}

#[test]
fn a_preview_is_one_line_and_ends_where_there_is_no_more_room() {
    assert_eq!(preview("{\n  \"a\": [\n    1,\n    2\n  ]\n}\n", 40), r#"{"a": [1, 2]}"#);
    assert_eq!(preview(r#"{"a":"x  \"y  z"}"#, 40), r#"{"a":"x  \"y  z"}"#);
    assert_eq!(preview("Internal\r\n  Server Error", 40), "Internal Server Error");
    assert_eq!(preview("\"äöü\"", 5), "\"äöü\"");
    assert_eq!(preview("\"äöü\"", 4), "\"äö…");
    assert_eq!(preview("", 4), "");
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..8)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// Rebuilds a value through nodes alone.
fn rebuild(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::ObjectStart => Value::Object(node.entries().map(|(key, value)| (key.into_owned(), rebuild(value))).collect()),
        Kind::ArrayStart => node.items().map(rebuild).collect(),
        Kind::String => Value::from(node.as_str().unwrap()),
        _ => serde_json::from_str(node.raw()).unwrap(),
    }
}

proptest! {
    #[test]
    fn any_value_is_scanned_rebuilt_and_printed_without_change(value in any_json()) {
        let text = value.to_string();
        prop_assert_eq!(with_root(&text, rebuild), serde_json::from_str::<Value>(&text).unwrap());
        let printed = pretty(&text);
        prop_assert_eq!(serde_json::from_str::<Value>(&printed).unwrap(), serde_json::from_str::<Value>(&text).unwrap());
        let (before, after) = (scan(&text), scan(&printed));
        prop_assert_eq!(texts(&before, &text), texts(&after, &printed));
    }

    #[test]
    fn what_is_json_and_what_is_not_is_agreed_with_serde(
        value in any_json(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), "[\\[\\]{}:,\"\\\\u0-9a-fnrt.eE+\\- \n\u{1}é]?"), 1..4),
    ) {
        let mut text: Vec<char> = value.to_string().chars().collect();
        for (place, with) in changes {
            let at = place.index(text.len());
            text.splice(at..at + 1, with.chars());
            text.push(' ');
        }
        let text: String = text.into_iter().collect();
        let agreed = serde_json::from_str::<IgnoredAny>(&text);
        prop_assert_eq!(scan(&text).error.is_none(), agreed.is_ok(), "{} {:?}", text, agreed);
    }

    #[test]
    fn no_text_breaks_anything(text in any::<String>(), json_like in "[\\[\\]{}:,\"\\\\u0-9a-f\\-. ]{0,60}", room in 0usize..20) {
        for text in [text, json_like] {
            let scan = scan(&text);
            duplicate_keys(&scan, &text);
            for index in 0..scan.tokens.len() {
                pointer(&scan, &text, index);
                if let Some(node) = scan.node(&text, index) {
                    prop_assert!(text.contains(node.raw()));
                    node.as_str();
                    prop_assert!(node.items().count() + node.entries().count() <= node.children());
                }
            }
            pretty(&text);
            prop_assert!(preview(&text, room).chars().count() <= room.max(1));
        }
    }

    #[test]
    fn every_token_lies_after_the_one_before(text in "[\\[\\]{}:,\"0-9a-f ]{0,60}") {
        let scan = scan(&text);
        prop_assert!(scan.tokens.windows(2).all(|pair| pair[0].end <= pair[1].start));
        prop_assert!(scan.tokens.iter().all(|token| token.start < token.end && token.end as usize <= text.len()));
    }
}
