//! Sharing: what leaves the page holds no secret, and what is opened sends nothing.

#![cfg(feature = "live")]

use std::{env, fs};

use lab::{
    browser::{Browser, Key, Role},
    fault::{FaultServer, Scenario},
    inspector::Inspector,
    scratch::Scratch,
    site::Site,
};
use serde_json::{Value, json};

/// A secret of each kind that people have, as it stands somewhere in [`RECORDING`] or in the form.
const SECRETS: [&str; 6] = [
    "tok_9f8e7d6c5b4a39281706f5e4d3c2b1a0",
    "hdr_0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    "qry_5d4c3b2a19087f6e5d4c3b2a19087f6e",
    "arg_c0ffee11c0ffee22c0ffee33c0ffee44",
    "res_deadbeef00deadbeef11deadbeef22de",
    "cok_77aa66bb55cc44dd33ee22ff11009988",
];

/// A call that was refused, with secrets in the address, headers and bodies.
const RECORDING: &str = r#"mcp-trace 1
server http://127.0.0.1:1/mcp?key=qry_5d4c3b2a19087f6e5d4c3b2a19087f6e
token opaque 37
! run
> initialize id=1
<1 200 application/json session=A
  x-trace: hdr_0a1b2c3d4e5f60718293a4b5c6d7e8f9
  set-cookie: sid=cok_77aa66bb55cc44dd33ee22ff11009988
  body {"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"acme-orders","version":"1.0"}}}
  end
> notifications/initialized session=A
<2 202
  end
! call "tools/call" "{\"name\":\"lookup\",\"arguments\":{\"card\":\"arg_c0ffee11c0ffee22c0ffee33c0ffee44\"}}"
> purpose=call session=A
  body {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"lookup","arguments":{"card":"arg_c0ffee11c0ffee22c0ffee33c0ffee44"}}}
<3 404 application/json
  body {"jsonrpc":"2.0","id":2,"error":{"code":-32001,"message":"Session not found for res_deadbeef00deadbeef11deadbeef22de at acme"}}
  end
"#;

fn fault(name: &str) -> FaultServer {
    FaultServer::start(Scenario::by_name(name).expect("a scenario of this name"))
}

fn built() -> Site {
    Site::start(env::var_os("INSPECTOR_DIST").expect("INSPECTOR_DIST is set"))
}

/// The part of a link that is opened.
fn fragment(link: &str) -> String {
    format!("#{}", link.split_once('#').expect("a fragment").1)
}

/// Changes the address of the open page, as a link inside of it does.
fn go_to(page: &Inspector, fragment: &str) {
    page.browser.script("location.hash = arguments[0]", &[json!(fragment)]);
}

fn opened(page: &Inspector) -> String {
    page.browser.find(Role::Region, "Opened recording").text()
}

/// Has what is copied kept in the page: the clipboard of a browser without a screen may be nobody's.
fn keep_copies(page: &Inspector) {
    page.browser.script(
        "window.copied = [];
        navigator.clipboard.writeText = text => { window.copied.push(text); return Promise.resolve(); };
        navigator.clipboard.write = items => { window.copied.push(items[0].types[0]); return Promise.resolve(); };",
        &[],
    );
}

fn copies(page: &Inspector) -> Vec<String> {
    let copied = page.browser.script("return window.copied", &[]);
    copied.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn assert_holds_no_secret(what: &str, text: &str) {
    for secret in SECRETS {
        for start in 0..=secret.len() - 12 {
            let part = &secret[start..start + 12];
            assert!(!text.contains(part), "{part} of {secret} is in {what}:\n{text}");
        }
    }
}

#[test]
fn a_link_shows_the_same_in_another_browser_and_sends_nothing() {
    let server = fault("session-stale-404-ts");
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Bearer token", SECRETS[0]);
    page.run(&server.url());
    let (headline, findings) = (page.headline(), page.findings());
    page.browser.select("main [role=option][data-event]")[2].click();
    let selected = page.browser.select("main [role=option][aria-selected=true]")[0].attribute("data-event");
    page.show_pane("Findings");
    let link = page.link();
    assert!(link.starts_with(&page.site.url()) && link.len() < 2_000, "{link}");
    let sent = server.requests().len();
    drop(page);

    let other = Inspector::open_in(Browser::start_recording_requests(), built());
    let stored = other.browser.storage();
    other.load(&fragment(&link));
    other.wait_until_done();
    assert!(opened(&other).contains("Nothing has been sent."), "{}", opened(&other));
    assert_eq!((other.headline(), other.findings()), (headline, findings));
    let again = other.browser.select("main [role=option][aria-selected=true]")[0].attribute("data-event");
    assert_eq!(again, selected);
    assert_eq!(other.browser.storage(), stored);

    other.browser.fill(Role::Textbox, "Bearer token", "typed-for-somebody-else");
    other.browser.click(Role::Button, "Try it yourself");
    other.browser.wait_until("the address", || other.browser.find(Role::Textbox, "Server URL").value() == server.url());
    assert_eq!(other.browser.find(Role::Textbox, "Bearer token").value(), "");
    assert!(opened(&other).contains("Nothing is sent before you run the handshake."));
    assert_eq!(other.browser.csp_violations(), []);
    let Inspector { browser, site } = other;
    let strays: Vec<_> = browser.requests_sent().into_iter().filter(|sent| !sent.url.starts_with(&site.origin())).collect();
    assert_eq!(strays, []);
    assert_eq!(server.requests().len(), sent);
}

#[test]
fn what_cannot_be_opened_says_why_and_the_page_goes_on() {
    let page = Inspector::open();
    let noise = "q".repeat(60_000);
    for (link, word) in [
        ("#trace=", "There is nothing here."),
        ("#trace=9.AAAA", "made by a newer version"),
        ("#trace=1.AAAA", "The end of this link is missing."),
        ("#trace=1.<script>document.title=1</script>", "This link was changed on its way here."),
        (&format!("#trace=1.{noise}"), "Ask for it again"),
        (&format!("#trace=1.{}", noise.repeat(2)), "this page opens up to"),
    ] {
        go_to(&page, link);
        let said = || page.browser.try_find(Role::Region, "Link not opened").map(|said| said.text()).unwrap_or_default();
        page.browser.wait_until(&format!("“{word}” for a link of {} characters", link.len()), || said().contains(word));
        assert_eq!(page.phase(), "idle");
    }
    page.browser.click(Role::Button, "Close");
    page.browser.wait_until("no more word", || page.browser.try_find(Role::Region, "Link not opened").is_none());
    assert_eq!(page.browser.script("return location.hash", &[]), "");
    assert_eq!(page.browser.title(), "MCP Session Inspector");
    assert!(page.browser.select("#crash").is_empty());
}

#[test]
fn links_files_and_pasted_texts_open_while_another_recording_is_shown() {
    let page = Inspector::open();
    page.paste_trace(RECORDING);
    page.wait_until_done();
    assert_eq!(page.findings()[0].cause, "session-stale");
    let (link, file) = (page.link(), page.saved_trace());

    // A link in the address, and the same in the field for what was pasted.
    page.browser.click(Role::Button, "MCP Session Inspector");
    page.browser.wait_until("the start page", || page.phase() == "idle");
    go_to(&page, &fragment(&link));
    page.wait_until_done();
    assert!(opened(&page).contains("A recording of"));
    page.browser.select("main [role=option][data-event]")[1].click();
    let looked_at = fragment(&page.link());
    go_to(&page, &looked_at);
    let detail = || page.browser.select("[role=tab][aria-selected=true]")[0].text();
    page.browser.wait_until("the other link", || detail() == "Detail" && page.browser.select(".row.selected").len() == 1);
    assert_eq!(page.browser.script("return location.hash", &[]), looked_at);
    page.browser.click(Role::Button, "MCP Session Inspector");
    page.browser.wait_until("the address without it", || page.browser.script("return location.hash", &[]) == "");
    page.paste_trace(&link);
    page.wait_until_done();

    // A file that is dropped on the page.
    page.browser.script(
        "const data = new DataTransfer();
        data.items.add(new File([arguments[0]], 'orders.trace.json'));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));",
        &[json!(file)],
    );
    page.browser.wait_until("the file", || page.visible_text().contains("recording orders.trace.json"));
    assert_eq!(page.findings()[0].cause, "session-stale");

    // A file that is chosen; the text notation stays readable.
    let scratch = Scratch::create();
    let chosen = scratch.path().join("older.trace.txt");
    fs::write(&chosen, format!("# What a customer sent.\n{RECORDING}")).unwrap();
    page.browser.click(Role::Button, "Open trace");
    page.browser.find(Role::FileInput, "Trace file").type_keys(&chosen.to_string_lossy());
    page.browser.wait_until("the older file", || page.visible_text().contains("recording older.trace.txt"));
}

#[test]
fn nothing_that_leaves_the_page_holds_a_secret() {
    let page = Inspector::open();
    page.browser.fill(Role::Textbox, "Bearer token", SECRETS[0]);
    page.browser.click(Role::Button, "Add a header");
    page.browser.fill(Role::Textbox, "Header name", "x-api-key");
    page.browser.fill(Role::Textbox, "Header value", SECRETS[1]);
    page.paste_trace(RECORDING);
    page.wait_until_done();
    keep_copies(&page);

    page.browser.click(Role::Button, "Share");
    let dialog = page.browser.find(Role::Dialog, "Share this trace");
    page.browser.wait_until("what was removed", || dialog.text().contains("Removed:"));
    assert!(dialog.text().contains("1 cookie"), "{}", dialog.text());
    page.browser.click(Role::Button, "Copy link");
    page.browser.wait_until("the link", || copies(&page).len() == 1);
    let link = copies(&page).remove(0);
    for level in ["names", "everything"] {
        dialog.select(&format!("#share-{level}"))[0].click();
        assert_holds_no_secret(level, &String::from_utf8(page.saved("Download trace")).unwrap());
    }
    page.browser.click(Role::Button, "Close");

    for format in ["Ticket in Markdown", "Plain text", "Mermaid diagram", "SVG picture", "PNG picture", "HAR file"] {
        page.browser.click(Role::Button, "Export");
        let before = copies(&page).len();
        page.browser.click(Role::Button, &format!("Copy {format}"));
        page.browser.wait_until("the copy", || copies(&page).len() > before);
        let file = page.saved(&format!("Download {format}"));
        if format == "PNG picture" {
            assert_eq!((&file[1..4], copies(&page)[before].as_str()), (&b"PNG"[..], "image/png"));
        } else {
            let file = String::from_utf8(file).unwrap();
            assert!(file.contains("tools/call") || file.contains("lookup"), "{format}: {file}");
            assert_eq!(file, copies(&page)[before], "{format}");
            assert_holds_no_secret(format, &file);
        }
        page.browser.click(Role::Button, "Export");
    }

    // What the link holds is what whoever opens it can read.
    go_to(&page, &fragment(&link));
    page.browser.wait_until("the link", || page.visible_text().contains("recording from a link"));
    page.show_pane("Raw");
    assert_holds_no_secret("the link", &page.browser.find(Role::Region, "Raw").text());
}

#[test]
fn a_person_takes_out_more_and_is_told_where_a_secret_would_be() {
    let page = Inspector::open();
    page.paste_trace(RECORDING);
    page.wait_until_done();
    page.browser.click(Role::Button, "Share");
    let dialog = page.browser.find(Role::Dialog, "Share this trace");
    let said = |word: &str| page.browser.wait_until(word, || dialog.text().contains(word));
    said("smallest that shows what was found");
    let link = page.browser.find(Role::Textbox, "Link").value();

    page.browser.fill(Role::Textbox, "Cover another word", "acme");
    page.browser.press(&[Key::Enter]);
    said("texts you chose");
    page.browser.wait_until("another link", || page.browser.find(Role::Textbox, "Link").value() != link);
    dialog.select("#share-everything")[0].click();
    let file = String::from_utf8(page.saved("Download trace")).unwrap();
    assert!(!file.contains("acme") && file.contains("tools/call"), "{file}");
    page.browser.click(Role::Button, "Do not cover acme");
    page.browser.wait_until("no more texts", || !dialog.text().contains("texts you chose"));

    // Values stay in a file on an explicit choice; credentials do not.
    page.browser.click(Role::Checkbox, "Keep arguments, results and answers in the file");
    said("Send it only to who may see them.");
    let file = String::from_utf8(page.saved("Download trace")).unwrap();
    assert!(file.contains("\"level\":\"bodies\""), "{file}");
    assert_holds_no_secret("a file with values", &file);
    let har = String::from_utf8(page.saved("Download HAR")).unwrap();
    assert!(har.contains("\"creator\"") && har.contains("lookup"), "{har}");
    assert_holds_no_secret("a HAR file with values", &har);

    // Without what it stands on, the finding is lost, and that is said.
    page.browser.click(Role::Button, "Leave exchanges out");
    page.browser.click(Role::Checkbox, "3 POST tools/call lookup");
    said("loses what was found");
    page.browser.click(Role::Button, "Close");

    // A token that reads like what must be seen keeps everything from being made.
    page.browser.fill(Role::Textbox, "Bearer token", "notifications/initialized");
    page.browser.click(Role::Button, "Share");
    said("Nothing was made: a part of your token is in it");
    assert!(!page.browser.find(Role::Button, "Copy link").is_enabled());
    page.browser.click(Role::Button, "Leave out exchange 2");
    page.browser.wait_until("a link", || page.browser.find(Role::Textbox, "Link").value().contains("#trace="));
}

#[test]
fn the_keyboard_alone_shares_and_exports_and_axe_finds_nothing() {
    let page = Inspector::open();
    page.paste_trace(RECORDING);
    page.wait_until_done();
    keep_copies(&page);
    let browser = &page.browser;
    let mut found = page.violations("opened");
    let enter = |role: Role, name: &str| {
        browser.find(role, name).script("arguments[0].focus()");
        browser.press(&[Key::Enter]);
    };
    enter(Role::Button, "Share");
    browser.find(Role::Dialog, "Share this trace");
    browser.wait_until("the link", || browser.find(Role::Textbox, "Link").value().contains("#trace="));
    let mut reached = false;
    for _ in 0..12 {
        browser.press(&[Key::Tab]);
        reached |= browser.focused().name() == "Copy link";
        if reached {
            break;
        }
    }
    assert!(reached, "Tab does not lead to “Copy link”");
    browser.press(&[Key::Enter]);
    browser.wait_until("the copy", || copies(&page).iter().any(|copy| copy.contains("#trace=1.")));
    browser.script("document.querySelectorAll('dialog details').forEach(details => { details.open = true });", &[]);
    found.extend(page.violations("share dialog"));
    browser.press(&[Key::Escape]);
    browser.wait_until("the end of the dialog", || browser.find_all(Role::Dialog).is_empty());
    assert_eq!(browser.focused().name(), "Share");

    enter(Role::Button, "Export");
    browser.press(&[Key::Tab]);
    assert_eq!(browser.focused().name(), "Copy Ticket in Markdown");
    browser.press(&[Key::Enter]);
    browser.wait_until("the ticket", || copies(&page).iter().any(|copy| copy.contains("session-stale")));
    found.extend(page.violations("export menu"));
    browser.press(&[Key::Escape]);
    browser.wait_until("the end of the menu", || browser.try_find(Role::Button, "Copy HAR file").is_none());
    assert_eq!(browser.focused().name(), "Export");

    go_to(&page, "#trace=9.AAAA");
    browser.find(Role::Region, "Link not opened");
    found.extend(page.violations("link not opened"));
    assert_eq!(found, Vec::<String>::new(), "{found:#?}");
}
