//! Searching the causes: by slug, by status and code, by what a client shows.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its input should stop")]

use std::sync::LazyLock;

use inspector_core::diagnose::{Hit, Page, Reference, causes};

static REFERENCE: LazyLock<Reference> = LazyLock::new(|| {
    Reference::new(|cause| {
        let path = format!("{}/src/diagnose/pages/{}.md", env!("CARGO_MANIFEST_DIR"), cause.slug);
        Page::parse(&std::fs::read_to_string(path).unwrap()).ok()
    })
});

fn found(query: &str) -> Vec<&'static str> {
    REFERENCE.search::<&str>(query, &[]).into_iter().map(|hit| hit.cause.slug).collect()
}

fn best(query: &str) -> Hit {
    REFERENCE.search::<&str>(query, &[]).into_iter().next().unwrap()
}

#[test]
fn every_slug_leads_to_its_cause_first() {
    for cause in causes() {
        assert_eq!(found(cause.slug)[0], cause.slug);
        assert!(found(&cause.title.to_uppercase()).contains(&cause.slug), "{}", cause.title);
    }
}

#[test]
fn what_people_paste_is_found_first_where_it_is_explained() {
    for (query, slug) in [
        ("Session not found", "session-stale"),
        ("no valid session id", "session-stale"),
        ("502 Bad Gateway", "gateway-error"),
        ("McpError: Session terminated", "session-stale"),
        ("Only one SSE stream is allowed", "conflicting-stream"),
        ("406", "accept-refused"),
        ("429 Too Many Requests", "rate-limited"),
        ("-32020", "header-mismatch"),
        ("Failed to fetch", "cors-blocked"),
        ("Cannot POST", "endpoint-not-found"),
        ("Invalid Host header", "origin-or-host-rejected"),
        ("Method not found", "method-not-found"),
        ("insufficient_scope", "scope-insufficient"),
        ("Could not find session", "sse-session-lost"),
        ("404", "endpoint-not-found"),
        ("ssl", "server-unreachable"),
        ("self-signed", "server-unreachable"),
        ("helmet", "cors-blocked"),
        ("401", "token-missing"),
        ("403", "forbidden"),
        ("405", "method-not-allowed"),
        ("500", "server-error"),
    ] {
        assert!(found(query).iter().take(2).any(|found| *found == slug), "{query}: {:?}", found(query));
    }
}

#[test]
fn all_words_count_and_where_none_has_them_all_most_of_them() {
    let both = found("nginx buffering");
    assert!(!both.is_empty() && both.len() < found("nginx").len());
    assert!(found("mcp.shared.exceptions.McpError: Session terminated (line 42)").contains(&"session-stale"));
    assert_eq!(found("zebra crossing"), [""; 0]);
}

#[test]
fn an_empty_query_finds_every_cause_in_ranking_order() {
    let all: Vec<&str> = causes().iter().map(|cause| cause.slug).collect();
    assert_eq!(found(" "), all);
}

#[test]
fn the_excerpt_shows_where_a_page_has_the_words() {
    let excerpt = best("no valid session id provided").excerpt.unwrap();
    assert_eq!(excerpt.found, "No valid session ID provided");
    assert!(excerpt.before.starts_with("… ") && excerpt.after.ends_with(" …"), "{excerpt:?}");
    assert_eq!(best("session-stale").excerpt, None);
    assert_eq!(best("no longer knows").excerpt, None);
}

#[test]
fn without_its_page_a_cause_is_found_by_slug_and_title() {
    let bare = Reference::new(|_| None);
    assert_eq!(bare.search::<&str>("session-stale", &[])[0].cause.slug, "session-stale");
    assert_eq!(bare.search::<&str>("accepted media types", &[])[0].cause.slug, "accept-refused");
    assert_eq!(bare.search::<&str>("uvicorn", &[]), []);
}

#[test]
fn what_is_known_to_be_behind_a_text_comes_first() {
    let found = |query: &str, behind: &[&str]| -> Vec<&str> {
        REFERENCE.search(query, behind).into_iter().map(|hit| hit.cause.slug).collect()
    };
    assert!(found("404", &["session-stale", "endpoint-not-found"]).starts_with(&["session-stale", "endpoint-not-found"]));
    assert_eq!(found("no page has these words", &["stream-cut"])[0], "stream-cut");
    assert_eq!(found("token-missing", &["session-stale"])[..2], ["token-missing", "session-stale"]);
}
