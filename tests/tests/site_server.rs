//! The static file server behaves as a plain host does.

use std::time::Duration;

use lab::{
    client::{self, Response},
    site::Site,
};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/harness_page");

fn get(url: &str) -> Response {
    client::send("GET", url, &[], b"", Duration::from_secs(5)).expect("a response head")
}

#[test]
fn files_have_their_types_and_the_headers_of_the_rules() {
    let site = Site::start(PAGE);
    let page = get(&site.url());
    assert_eq!(page.status, 200);
    assert_eq!(page.headers.get("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.headers.get("referrer-policy"), Some("no-referrer"));
    assert_eq!(page.headers.get("x-only-here"), None);
    let style = get(&format!("{}style.css", site.url()));
    assert_eq!(style.headers.get("content-type"), Some("text/css; charset=utf-8"));
    assert_eq!(style.headers.get("referrer-policy"), Some("no-referrer"));
    assert_eq!(style.headers.get("x-only-here"), Some("yes"));
}

#[test]
fn below_a_sub_path_nothing_else_is_found_and_the_rules_still_apply() {
    let site = Site::start_under(PAGE, "/tools/inspector/");
    assert!(site.url().ends_with("/tools/inspector/"));
    assert_eq!(get(&site.url()).headers.get("referrer-policy"), Some("no-referrer"));
    assert_eq!(get(&format!("{}/index.html", site.origin())).status, 404);
    assert_eq!(get(&format!("{}/tools/inspector/script.js", site.origin())).status, 200);
}

#[test]
fn neither_the_rules_nor_anything_above_the_folder_is_served() {
    let site = Site::start(PAGE);
    assert_eq!(get(&format!("{}_headers", site.url())).status, 404);
    assert_eq!(get(&format!("{}../fault_server.rs", site.url())).status, 404);
}

#[test]
fn requests_are_counted() {
    let site = Site::start(PAGE);
    get(&site.url());
    get(&format!("{}missing", site.url()));
    let paths: Vec<_> = site.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(paths, ["/", "/missing"]);
}
