//! Event streams are read as the WHATWG standard says, whatever the pieces they arrive in, and nothing is lost silently.
//!
//! What browsers are held against too, the Web Platform Tests, stands in `sse_wpt.rs`.
#![allow(clippy::unwrap_used)]

use inspector_core::limits::{SSE_EVENT_BYTES, SSE_LINE_BYTES};
use inspector_core::sse::{Decoder, Item};
use proptest::prelude::*;

/// Streams with everything the standard has a rule for; every property below holds for each of them, however it is cut.
const STREAMS: &[(&str, &[u8])] = &[
    ("bom", b"\xef\xbb\xbfdata: 1\n\ndata: 2\n\n"),
    ("two boms", b"\xef\xbb\xbf\xef\xbb\xbfdata: 1\n\ndata: 2\n\n"),
    ("bom alone", b"\xef\xbb\xbf"),
    ("bom before an empty line", b"\xef\xbb\xbf\r\n\r\ndata:1\n\n"),
    ("comments", b"data: 1\n:\0\n: keep-alive\n:\ndata: 2\n\n:last"),
    ("line ends", b"data: a\r\ndata: b\ndata: c\r\r\ndata: d\r\n\r\ndata: e\n\r\n\r\r"),
    ("fields", b"event: greeting\nid: 7\nretry: 250\ndata: hello\ndata: world\nunknown: x\nplain\n\n"),
    ("priming", b"id: 1\nretry: 1000\ndata:\n\nid: 2\n\nevent: x\n\n"),
    ("utf-8", "data: äöü 😀\nid: é\nevent: ö\n: ü\n\ndata: \u{2028}\u{feff}\n\n".as_bytes()),
    ("bad utf-8", b"data: a\xff\xc3\ndata: \xe2\x82\ndata:\xf0\x9f\x98x\n\n: \x80\nid: \xff\nx\xfe\n\n"),
    ("cut in an event", b"data: 1\n\nid: 3\nevent: e\ndata: 2\n"),
    ("cut in a line", b"data: 1\n\ndata: 2\ndata: 3"),
    ("cut in a character", b"data: 1\n\ndata: \xf0\x9f\x98"),
    ("cut after a carriage return", b"data: 1\r\n\r"),
    ("null", b"id: a\0b\nda\0ta: x\ndata: \0\n\n"),
    ("empty", b""),
    ("one letter", b"d"),
];

fn show(item: &Item<'_>) -> String {
    match item {
        Item::Event(event) => format!("{} {:?} id={:?}", event.kind, event.data, event.id.unwrap_or("-")),
        other => format!("{other:?}"),
    }
}

/// The items of a stream that arrives in these pieces.
fn items<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<String> {
    let mut found = Vec::new();
    let mut sink = |item: Item<'_>| found.push(format!("{item:?}"));
    let mut decoder = Decoder::new();
    for piece in pieces {
        decoder.feed(piece, &mut sink);
    }
    decoder.finish(&mut sink);
    found
}

/// The events of a stream, as `type "data" id="last event id"`, with `-` for no id.
fn events(stream: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut sink = |item: Item<'_>| {
        if let Item::Event(_) = item {
            found.push(show(&item));
        }
    };
    let mut decoder = Decoder::new();
    decoder.feed(stream, &mut sink);
    decoder.finish(&mut sink);
    found
}

/// Everything in a stream that is not an event, as `Debug` shows it.
fn others(stream: &[u8]) -> Vec<String> {
    items([stream]).into_iter().filter(|item| !item.starts_with("Event(")).collect()
}

#[test]
fn one_byte_order_mark_at_the_start_is_no_part_of_the_stream() {
    let stream = b"\xef\xbb\xbfdata:1\n\ndata:2\n\n";
    assert_eq!(events(stream), [r#"message "1" id="-""#, r#"message "2" id="-""#]);
    assert_eq!(others(stream), ["Bom"]);
}

#[test]
fn comments_do_not_end_an_event_and_are_kept() {
    let stream = b"data:1\n:\0\n: keep-alive\r\ndata:2\n:\n\n";
    assert_eq!(events(stream), [r#"message "1\n2" id="-""#]);
    let comments = [
        r#"Comment { text: "\0", span: 7..9 }"#,
        r#"Comment { text: "keep-alive", span: 10..22 }"#,
        r#"Comment { text: "", span: 31..32 }"#,
    ];
    assert_eq!(others(stream), comments);
}

#[test]
fn an_id_counts_from_its_own_event_on_even_when_it_comes_after_the_data() {
    assert_eq!(events(b"data:a\nid:1\n\n"), [r#"message "a" id="1""#]);
}

#[test]
fn whether_an_event_set_the_id_itself_can_be_told() {
    let mut explicit = Vec::new();
    let sink = &mut |item: Item<'_>| {
        if let Item::Event(event) = item {
            explicit.push(event.explicit_id);
        }
    };
    Decoder::new().feed(b"id: 1\ndata:a\n\ndata:b\n\n", sink);
    assert_eq!(explicit, [true, false]);
}

#[test]
fn an_id_with_a_null_character_changes_nothing() {
    let stream = b"id: 1\ndata:a\n\nid: \0 2\ndata:b\n\n";
    assert_eq!(events(stream), [r#"message "a" id="1""#, r#"message "b" id="1""#]);
    assert_eq!(others(stream), [r#"Ignored { line: "id: \0 2", why: IdWithNull, span: 14..21 }"#]);
}

#[test]
fn a_block_that_only_sets_the_id_is_no_event_but_shown_and_the_id_lasts() {
    let stream = b"id: 1\n\ndata:a\n\n";
    assert_eq!(events(stream), [r#"message "a" id="1""#]);
    let dataless = r#"Dataless(Event { kind: "message", data: "", id: Some("1"), explicit_id: true, span: 0..6 })"#;
    assert_eq!(others(stream), [dataless]);
}

#[test]
fn an_event_type_without_data_does_not_reach_the_next_event() {
    let stream = b"event: x\n\ndata:a\n\n";
    assert_eq!(events(stream), [r#"message "a" id="-""#]);
    assert!(others(stream)[0].starts_with(r#"Dataless(Event { kind: "x""#));
}

#[test]
fn a_priming_event_with_an_empty_data_field_is_an_event_with_empty_data() {
    assert_eq!(events(b"id: 1\nretry: 500\ndata:\n\n"), [r#"message "" id="1""#]);
}

#[test]
fn the_name_of_a_field_must_be_exact() {
    let stream = b"Data:a\nDATA:b\n data:c\ndata :d\ndata\0:e\ndata2:f\ndata:g\n\n";
    assert_eq!(events(stream), [r#"message "g" id="-""#]);
    assert_eq!(others(stream).len(), 6);
}

#[test]
fn a_colon_in_the_value_belongs_to_it() {
    assert_eq!(events(b"data: a: b:c\n\ndata::\n\n"), [r#"message "a: b:c" id="-""#, r#"message ":" id="-""#]);
}

#[test]
fn retry_takes_digits_only() {
    assert_eq!(others(b"retry: 03000\n"), ["Retry { millis: 3000, span: 0..12 }"]);
    for bogus in ["retry: 3000x", "retry: +5", "retry: 1.5", "retry:  5", "retry:", "retry", "retry: -1", "retry: ٣"] {
        let expected = format!("Ignored {{ line: {bogus:?}, why: RetryNotDigits, span: 0..{} }}", bogus.len());
        assert_eq!(others(format!("{bogus}\n").as_bytes()), [expected]);
    }
}

#[test]
fn a_retry_too_large_for_a_number_is_the_largest_one() {
    assert_eq!(others(b"retry:99999999999999999999\n"), ["Retry { millis: 18446744073709551615, span: 0..26 }"]);
}

#[test]
fn unknown_fields_are_ignored_and_kept() {
    let stream = b"data:a\n{\n  \"id\": 1\n}\nx-trace: 5\ndata:b\n\n";
    assert_eq!(events(stream), [r#"message "a\nb" id="-""#]);
    let ignored = [
        r#"Ignored { line: "{", why: NoColon, span: 7..8 }"#,
        r#"Ignored { line: "  \"id\": 1", why: UnknownField, span: 9..18 }"#,
        r#"Ignored { line: "}", why: NoColon, span: 19..20 }"#,
        r#"Ignored { line: "x-trace: 5", why: UnknownField, span: 21..31 }"#,
    ];
    assert_eq!(others(stream), ignored);
}

#[test]
fn every_line_end_counts_once() {
    let stream = b"data:a\r\ndata:b\rdata:c\ndata:d\r\n\r\ndata:e\r\rdata:f\n\ndata:g\r\n\ndata:h\n\r";
    let expected = [r"a\nb\nc\nd", "e", "f", "g", "h"].map(|data| format!("message \"{data}\" id=\"-\""));
    assert_eq!(events(stream), expected);
}

#[test]
fn a_carriage_return_ends_an_event_before_the_next_byte_arrives() {
    let mut count = 0;
    let mut decoder = Decoder::new();
    decoder.feed(b"data:a\r\n\r", &mut |_| count += 1);
    assert_eq!(count, 1);
}

#[test]
fn a_line_feed_in_the_next_piece_belongs_to_the_carriage_return_before_it() {
    assert_eq!(items([b"data:a\r".as_slice(), b"", b"\ndata:b\r", b"\n\r\n"]), items([b"data:a\r\ndata:b\r\n\r\n".as_slice()]));
    assert_eq!(events(b"data:a\r\ndata:b\r\n\r\n"), [r#"message "a\nb" id="-""#]);
}

#[test]
fn the_span_of_an_event_is_its_lines_without_the_empty_one() {
    let stream = b"\n: c\ndata: 1\r\n\r\ndata: 2\n\n";
    let mut spans = Vec::new();
    Decoder::new().feed(stream, &mut |item| {
        if let Item::Event(event) = item {
            spans.push(String::from_utf8_lossy(&stream[event.span.start as usize..event.span.end as usize]).into_owned());
        }
    });
    assert_eq!(spans, ["data: 1\r\n", "data: 2\n"]);
}

#[test]
fn an_event_inside_one_piece_is_lent_from_it() {
    let piece = b"data: one line\n\n";
    let mut lent = false;
    Decoder::new().feed(piece, &mut |item| {
        if let Item::Event(event) = item {
            lent = piece.as_ptr_range().contains(&event.data.as_ptr());
        }
    });
    assert!(lent);
}

#[test]
fn bad_utf_8_is_replaced_and_its_place_is_told() {
    let stream = b"data: ok\ndata: a\xff\xe2\x82z\n\n";
    assert_eq!(events(stream), ["message \"ok\\na\u{fffd}\u{fffd}z\" id=\"-\""]);
    assert_eq!(others(stream), ["BadUtf8 { at: 16 }"]);
}

#[test]
fn bad_utf_8_does_not_swallow_the_line_end_after_it() {
    assert_eq!(events(b"data: \xf0\x9f\ndata: b\n\n"), ["message \"\u{fffd}\\nb\" id=\"-\""]);
}

#[test]
fn data_after_bad_utf_8_is_still_joined() {
    assert_eq!(events(b"data: \xff\ndata: b\ndata: c\n\n"), ["message \"\u{fffd}\\nb\\nc\" id=\"-\""]);
}

#[test]
fn a_stream_that_ends_after_an_event_is_whole() {
    for stream in [b"data: 1\n\n".as_slice(), b"data: 1\r\n\r", b": bye\n", b"\n", b""] {
        assert!(!items([stream]).iter().any(|item| item.starts_with("Truncated")));
    }
}

#[test]
fn a_stream_that_stops_after_a_line_was_cut_inside_an_event() {
    let expected = concat!(
        r#"Truncated { event: Event { kind: "e", data: "2", id: Some("3"), explicit_id: true, span: 9..32 }, "#,
        r#"line: "", inside: Event, span: 9..32 }"#
    );
    assert_eq!(others(b"data: 1\n\nid: 3\nevent: e\ndata: 2\n"), [expected]);
}

#[test]
fn a_stream_that_stops_in_a_line_keeps_what_there_is_of_it() {
    let expected = concat!(
        r#"Truncated { event: Event { kind: "message", data: "1", id: None, explicit_id: false, span: 0..8 }, "#,
        r#"line: "data: 2", inside: Line, span: 0..15 }"#
    );
    assert_eq!(others(b"data: 1\ndata: 2"), [expected]);
}

#[test]
fn a_stream_that_stops_in_a_character_says_so() {
    let cut = &others(b"data: caf\xc3")[0];
    assert!(cut.contains(r#"line: "data: caf", inside: Character, span: 0..10"#), "{cut}");
}

#[test]
fn a_comment_that_is_cut_off_is_told_too() {
    assert!(others(b": keep-al")[0].contains(r#"line: ": keep-al", inside: Line"#));
}

/// The first item of a stream that is no event, and the last event, of a stream fed in pieces of so many bytes.
fn in_pieces(stream: &[u8], size: usize) -> Vec<(String, usize, Option<u64>)> {
    let mut found = Vec::new();
    let mut decoder = Decoder::new();
    for piece in stream.chunks(size) {
        decoder.feed(piece, &mut |item| {
            found.push(match item {
                Item::Event(event) => ("event".to_owned(), event.data.len(), None),
                Item::Oversize { event, bytes } => ("oversize".to_owned(), event.data.len(), Some(bytes)),
                Item::Ignored { line, why, .. } => (format!("{why:?}"), line.len(), None),
                other => (show(&other), 0, None),
            });
        });
    }
    found
}

#[test]
fn an_event_as_large_as_allowed_is_whole_and_a_byte_more_is_cut_and_counted() {
    for (size, what) in
        [(SSE_EVENT_BYTES, ("event", None)), (SSE_EVENT_BYTES + 1, ("oversize", Some(SSE_EVENT_BYTES as u64 + 1)))]
    {
        let stream = format!("data: {}\n\ndata: next\n\n", "x".repeat(size));
        for piece in [100_000, stream.len()] {
            let found = in_pieces(stream.as_bytes(), piece);
            assert_eq!(found[0], (what.0.to_owned(), SSE_EVENT_BYTES, what.1));
            assert_eq!(found[1], ("event".to_owned(), 4, None));
        }
    }
}

#[test]
fn an_event_of_many_lines_is_cut_at_the_same_size() {
    let line = "x".repeat(1_023);
    let stream = format!("data: {line}\n").repeat(5_000) + "\ndata: next\n\n";
    let found = in_pieces(stream.as_bytes(), 65_536);
    assert_eq!(found[0], ("oversize".to_owned(), SSE_EVENT_BYTES, Some(5_000 * 1_024 - 1)));
    assert_eq!(found[1].1, 4);
}

#[test]
fn an_oversize_event_is_cut_between_characters() {
    let stream = format!("data: x{}\n\n", "€".repeat(2_000_000));
    for piece in [70_000, stream.len()] {
        let found = in_pieces(stream.as_bytes(), piece);
        assert_eq!(found, [("oversize".to_owned(), SSE_EVENT_BYTES / 3 * 3 + 1, Some(6_000_001))]);
    }
}

#[test]
fn a_line_without_end_keeps_only_its_start() {
    let stream = format!(": {}\ndata: next\n\n", "x".repeat(3 * SSE_LINE_BYTES));
    for piece in [100_000, stream.len()] {
        let found = in_pieces(stream.as_bytes(), piece);
        let bytes = 3 * SSE_LINE_BYTES as u64 + 2;
        assert_eq!(found[0], (format!("TooLong {{ bytes: {bytes} }}"), SSE_LINE_BYTES, None));
        assert_eq!(found[1], ("event".to_owned(), 4, None));
    }
}

#[test]
fn every_stream_gives_the_same_items_byte_by_byte_and_cut_anywhere() {
    for (name, stream) in STREAMS {
        let whole = items([*stream]);
        assert_eq!(items(stream.chunks(1)), whole, "{name}, byte by byte");
        for at in 0..=stream.len() {
            let (before, after) = stream.split_at(at);
            assert_eq!(items([before, after]), whole, "{name}, cut at {at}");
        }
    }
}

#[test]
fn every_stream_gives_the_same_items_cut_twice_anywhere() {
    for (name, stream) in STREAMS {
        let whole = items([*stream]);
        for first in 0..=stream.len() {
            for second in first..=stream.len() {
                let pieces = [&stream[..first], &stream[first..second], &stream[second..]];
                assert_eq!(items(pieces), whole, "{name}, cut at {first} and {second}");
            }
        }
    }
}

/// The standard's algorithm in its own order: decode the whole stream, cut it into lines, go through them.
fn by_the_book(stream: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(stream);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
    let complete = text.rsplit_once('\n').map_or("", |(lines, _)| lines);
    let (mut kind, mut data, mut id) = (String::new(), String::new(), None);
    let mut events = Vec::new();
    for line in complete.split('\n') {
        if line.is_empty() {
            if let Some(data) = data.strip_suffix('\n') {
                let kind = if kind.is_empty() { "message" } else { &kind };
                events.push(format!("{kind} {data:?} id={:?}", id.as_deref().unwrap_or("-")));
            }
            kind.clear();
            data.clear();
            continue;
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => kind = value.to_owned(),
            "data" => data = data + value + "\n",
            "id" if !value.contains('\0') => id = Some(value.to_owned()),
            _ => {}
        }
    }
    events
}

/// Streams made of the bytes and words that have a meaning, and of some that have none.
fn any_stream() -> impl Strategy<Value = Vec<u8>> {
    let words: Vec<&[u8]> = vec![
        b"data",
        b"data: ",
        b"data:",
        b"event:",
        b"event: a",
        b"id: ",
        b"id",
        b"retry:",
        b":",
        b" ",
        b"\n",
        b"\n\n",
        b"\r",
        b"\r\n",
        b"\r\n\r\n",
        b"\xef\xbb\xbf",
        b"\xe2\x82\xac",
        b"\xe2\x82",
        b"\xff",
        b"\0",
        b"x",
        b"12",
        b"a longer piece of text, 40 bytes",
    ];
    prop::collection::vec(prop::sample::select(words), 0..40).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn events_are_those_of_the_standard(stream in any_stream()) {
        prop_assert_eq!(events(&stream), by_the_book(&stream));
    }

    #[test]
    fn any_stream_gives_the_same_items_in_any_pieces(
        stream in any_stream(),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..10),
    ) {
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.index(stream.len() + 1)).collect();
        cuts.extend([0, stream.len()]);
        cuts.sort_unstable();
        let pieces = cuts.windows(2).map(|ends| &stream[ends[0]..ends[1]]);
        prop_assert_eq!(items(pieces), items([stream.as_slice()]));
    }

    #[test]
    fn spans_lie_in_the_stream_and_lines_say_what_their_span_says(stream in any_stream()) {
        let mut wrong = Vec::new();
        let mut check = |item: Item<'_>| {
            let right = match &item {
                Item::Event(event) | Item::Dataless(event) => event.span.end <= stream.len() as u64 && !event.span.is_empty(),
                Item::Ignored { line, span, .. } => String::from_utf8_lossy(&stream[span.start as usize..span.end as usize]) == *line,
                Item::Comment { span, .. } => stream[span.start as usize] == b':',
                Item::Truncated { span, .. } => span.end == stream.len() as u64,
                Item::BadUtf8 { at } => stream[*at as usize] >= 0x80,
                Item::Retry { .. } | Item::Oversize { .. } | Item::Bom => true,
            };
            if !right {
                wrong.push(format!("{item:?}"));
            }
        };
        let mut decoder = Decoder::new();
        decoder.feed(&stream, &mut check);
        decoder.finish(&mut check);
        prop_assert_eq!(wrong, [] as [&str; 0]);
    }

    #[test]
    fn no_bytes_break_anything(stream in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert_eq!(items(stream.chunks(7)), items([stream.as_slice()]));
    }
}
