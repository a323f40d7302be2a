//! The Web Platform Tests of event streams (`eventsource/format-*` and `event-data`), which browsers are held against: what
//! each of them holds, in streams of our own. Their names stand before the behaviour.

use inspector_core::http::{Headers, ResponseHead, Sight};
use inspector_core::sse::{Decoder, Item};

/// Name, stream, and the events a reader dispatches: type, data, last event id.
type Vector = (&'static str, &'static str, &'static [(&'static str, &'static str, &'static str)]);

const VECTORS: &[Vector] = &[
    (
        "format-bom: one byte order mark is dropped at the start, and at no other place",
        "\u{feff}data:a\n\n\u{feff}data:b\n\ndata:c\n\n",
        &[("message", "a", ""), ("message", "c", "")],
    ),
    (
        "format-bom-2: a second one belongs to the name of the first field",
        "\u{feff}\u{feff}data:a\n\ndata:b\n\n",
        &[("message", "b", "")],
    ),
    (
        "format-comments: comments of any length and line end leave the event around them whole",
        "data:a\r:\0\n:\r\ndata:b\n:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\rdata:c\n:data:no\r:x\ndata:d\n\n",
        &[("message", "a\nb\nc\nd", "")],
    ),
    (
        "format-data-before-final-empty-line: what no empty line ends is dropped, with its id",
        "retry:1000\ndata:a\n\nid:lost\ndata:b",
        &[("message", "a", "")],
    ),
    ("format-data-before-final-empty-line: also when its last line is complete", "data:a\n", &[]),
    (
        "format-field-data: a data field without a value is an empty line, and one alone an event with empty data",
        "data:\n\ndata\ndata\n\ndata:end\n\n",
        &[("message", "", ""), ("message", "\n", ""), ("message", "end", "")],
    ),
    (
        "event-data: lines are joined, an empty event lies between",
        "data:msg\ndata: msg\n\n:\nfalsefield:msg\n\ndata\n\ndata:end\n\n",
        &[("message", "msg\nmsg", ""), ("message", "", ""), ("message", "end", "")],
    ),
    (
        "format-field-event: a type holds for its own event",
        "event:greeting\ndata:a\n\ndata:b\n\n",
        &[("greeting", "a", ""), ("message", "b", "")],
    ),
    ("format-field-event-empty: an empty type is the usual one", "event: \ndata:a\n\n", &[("message", "a", "")]),
    ("format-field-event-empty: and takes one back", "event:greeting\nevent:\ndata:a\n\n", &[("message", "a", "")]),
    ("format-field-id: an id is any text", "id: …\ndata:hello\n\n", &[("message", "hello", "…")]),
    (
        "format-field-id-2: and stays when the next events set none",
        "id: …\ndata:a\n\ndata:b\n\ndata:c\n\n",
        &[("message", "a", "…"), ("message", "b", "…"), ("message", "c", "…")],
    ),
    (
        "format-field-id-3: it changes and stays",
        "id: 1\ndata:a\n\nid: 2\ndata:b\n\ndata:c\n\n",
        &[("message", "a", "1"), ("message", "b", "2"), ("message", "c", "2")],
    ),
    (
        "format-field-id-3: an empty one resets it",
        "id: 1\ndata:a\n\nid\ndata:b\n\ndata:c\n\n",
        &[("message", "a", "1"), ("message", "b", ""), ("message", "c", "")],
    ),
    ("format-field-id-null: one with U+0000 sets nothing", "id: \0\0\ndata:a\n\n", &[("message", "a", "")]),
    (
        "format-field-parsing: only the exact name counts, one space is cut, the rest of a line is its value",
        "data:\0\ndata:  b\rData:no\ndata\0:no\ndata:c\r\0data:no\nda-ta:no\rdata_no\ndata:d\rdata:\r\n data:no\ndata:e\n\n",
        &[("message", "\0\n b\nc\nd\n\ne", "")],
    ),
    ("format-field-retry: a reconnection time is no event", "retry:02000\ndata:a\n\n", &[("message", "a", "")]),
    ("format-field-retry-bogus: neither is what is none", "retry:2000\nretry:1000x\ndata:a\n\n", &[("message", "a", "")]),
    ("format-field-retry-empty: nor an empty one", "retry\ndata:a\n\n", &[("message", "a", "")]),
    (
        "format-field-unknown: unknown fields and lines without a colon are passed over",
        "data:a\n data\ndata\nfoobar:x\njusttext\n:comment\ndata:b\n\n",
        &[("message", "a\n\nb", "")],
    ),
    (
        "format-leading-space: a tab is no space, and one space is no data",
        "data:\ta\rdata: \ndata:b\n\n",
        &[("message", "\ta\n\nb", "")],
    ),
    ("format-newlines: all three line ends in one stream", "data:a\r\ndata\ndata:b\r\n\r", &[("message", "a\n\nb", "")]),
    ("format-null-character: U+0000 is data like any other", "data:\0\n\n", &[("message", "\0", "")]),
    ("format-utf-8: streams are UTF-8, whatever the charset says", "data:ok…\n\n", &[("message", "ok…", "")]),
];

/// The events of a stream that arrives in these pieces.
fn events<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Vec<(String, String, String)> {
    let mut events = Vec::new();
    let mut decoder = Decoder::new();
    let mut sink = |item: Item<'_>| {
        if let Item::Event(event) = item {
            events.push((event.kind.to_owned(), event.data.to_owned(), event.id.unwrap_or_default().to_owned()));
        }
    };
    pieces.for_each(|piece| decoder.feed(piece, &mut sink));
    decoder.finish(&mut sink);
    events
}

#[test]
fn streams_are_read_as_the_web_platform_tests_say() {
    for (name, stream, expected) in VECTORS {
        let expected: Vec<_> =
            expected.iter().map(|(kind, data, id)| ((*kind).to_owned(), (*data).to_owned(), (*id).to_owned())).collect();
        for size in [1, 2, 3, stream.len()] {
            assert_eq!(events(stream.as_bytes().chunks(size)), expected, "{name}, in pieces of {size}");
        }
    }
}

/// `format-field-retry`, `format-field-retry-bogus` and `format-field-retry-empty`.
#[test]
fn a_reconnection_time_is_decimal_and_what_is_none_changes_nothing() {
    for (stream, expected) in [
        ("retry:02000\ndata:x\n\n", [2_000].as_slice()),
        ("retry:2000\nretry:1000x\ndata:x\n\n", &[2_000]),
        ("retry\ndata:x\n\n", &[]),
    ] {
        let mut times = Vec::new();
        Decoder::new().feed(stream.as_bytes(), &mut |item| {
            if let Item::Retry { millis, .. } = item {
                times.push(millis);
            }
        });
        assert_eq!(times, expected, "{stream:?}");
    }
}

/// `format-mime-trailing-semicolon`, `format-mime-bogus`, `format-mime-valid-bogus` and the charset of `format-utf-8`.
#[test]
fn a_body_is_an_event_stream_by_its_media_type_alone() {
    let is_stream = |content_type: &str| {
        let mut headers = Headers::new();
        headers.push("Content-Type", content_type);
        ResponseHead { status: 200, redirected_to: None, headers, sight: Sight::Full }.is_event_stream()
    };
    for content_type in
        ["text/event-stream", "text/event-stream;", "text/event-stream;charset=windows-1252", "Text/Event-Stream ; x=y"]
    {
        assert!(is_stream(content_type), "{content_type}");
    }
    for content_type in ["x bogus", "text/x-bogus", "text/event-streams", ""] {
        assert!(!is_stream(content_type), "{content_type}");
    }
}
