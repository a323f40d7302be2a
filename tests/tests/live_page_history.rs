//! The history on this device: off until somebody asks for it, without secrets, and never in the way.

#![cfg(feature = "live")]

use std::env;

use lab::{
    browser::{Browser, Key, Role},
    fault::{FaultServer, Scenario},
    inspector::Inspector,
    site::Site,
};
use serde_json::{Value, json};

/// As somebody types it.
const TOKEN: &str = "tok_9f8e7d6c5b4a39281706f5e4d3c2b1a0";

/// Everything in the database, as one text.
const DATABASE: &str = "
    const opened = await new Promise((resolve, reject) => {
        const request = indexedDB.open('mcp-session-inspector');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    const all = {};
    for (const name of opened.objectStoreNames) {
        all[name] = await new Promise((resolve, reject) => {
            const request = opened.transaction(name).objectStore(name).getAll();
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
        });
    }
    opened.close();
    return JSON.stringify(all);";

fn fault(name: &str) -> FaultServer {
    FaultServer::start(Scenario::by_name(name).expect("a scenario of this name"))
}

fn open_history(page: &Inspector) {
    page.browser.click(Role::Button, "History");
    page.browser.find(Role::Dialog, "History");
}

fn close(page: &Inspector) {
    page.browser.click(Role::Button, "Close");
    page.browser.wait_until("the end of the dialog", || page.browser.find_all(Role::Dialog).is_empty());
}

fn said(page: &Inspector) -> String {
    page.browser.find(Role::Dialog, "History").text()
}

fn turn_on(page: &Inspector) {
    open_history(page);
    page.browser.wait_until("that it is off", || said(page).contains("Off: nothing is stored"));
    page.browser.click(Role::Checkbox, "Keep recordings on this device");
    page.browser.wait_until("that it is on", || said(page).contains("On: each run is kept"));
    close(page);
}

/// The lines of the list, once there are so many.
fn wait_for_kept(page: &Inspector, lines: usize) {
    page.browser.wait_until(&format!("{lines} kept"), || page.browser.select(".kept > li").len() == lines);
}

fn databases(page: &Inspector) -> Value {
    page.browser.storage().databases
}

/// Has a script run before those of the page whenever it is loaded.
fn before_the_page(browser: &Browser, script: &str) {
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }));
}

fn built() -> Site {
    Site::start(env::var_os("INSPECTOR_DIST").expect("INSPECTOR_DIST is set"))
}

#[test]
fn nothing_is_stored_until_somebody_asks_for_it() {
    let server = fault("session-stale-404-ts");
    let page = Inspector::open();
    let stored = page.browser.storage();
    page.run(&server.url());
    open_history(&page);
    page.browser.wait_until("that it is off", || said(&page).contains("Off: nothing is stored, not even this choice."));
    close(&page);
    page.browser.reload();
    assert_eq!(page.browser.storage(), stored);
    assert_eq!(stored.databases, json!([]));
}

#[test]
fn a_run_is_kept_and_can_be_opened_renamed_deleted_and_brought_back() {
    let server = fault("session-stale-404-ts");
    let page = Inspector::open();
    turn_on(&page);
    page.browser.fill(Role::Textbox, "Bearer token", TOKEN);
    page.run(&server.url());
    let (cause, headline) = (page.findings()[0].cause.clone(), page.headline());
    open_history(&page);
    wait_for_kept(&page, 1);
    let sent = server.requests();
    let session = sent.iter().find_map(|request| request.headers.get("mcp-session-id").map(str::to_owned)).expect("a session");

    // The whole of it holds neither the token nor the session id, nor parts of them.
    let all = page.browser.script_async(DATABASE, &[]).as_str().unwrap_or_default().to_owned();
    assert!(all.contains("tools/list") && all.contains("everything"), "{all}");
    for secret in [TOKEN, &session] {
        for part in secret.as_bytes().windows(12) {
            let part = String::from_utf8_lossy(part);
            assert!(!all.contains(&*part), "{part} of {secret} is in {all}");
        }
    }

    // Another day.
    page.load("");
    open_history(&page);
    wait_for_kept(&page, 1);
    assert!(said(&page).contains(&server.url()), "{}", said(&page));
    page.browser.click(Role::Button, &format!("Open {}", server.url()));
    page.browser.wait_until("the recording", || page.phase() == "done" && page.browser.find_all(Role::Dialog).is_empty());
    assert_eq!((page.findings()[0].cause.clone(), page.headline()), (cause, headline));
    let strip = page.browser.find(Role::Region, "Opened recording").text();
    assert!(strip.contains("Nothing has been sent."), "{strip}");
    assert_eq!(page.browser.find(Role::Textbox, "Bearer token").value(), "");

    open_history(&page);
    page.browser.click(Role::Button, &format!("Rename {}", server.url()));
    page.browser.fill(Role::Textbox, "Name of the recording", "The customer of Monday");
    page.browser.press(&[Key::Enter]);
    page.browser.find(Role::Button, "Open The customer of Monday");
    page.browser.click(Role::Button, "Delete The customer of Monday");
    wait_for_kept(&page, 0);
    assert!(said(&page).contains("Deleted The customer of Monday."));
    page.browser.click(Role::Button, "Undo");
    wait_for_kept(&page, 1);
    page.browser.find(Role::Button, "Open The customer of Monday");

    page.browser.click(Role::Button, "Delete all");
    page.browser.find(Role::Button, "Cancel");
    assert!(said(&page).contains("Delete the recording from this browser? There is no way back."), "{}", said(&page));
    page.browser.click(Role::Button, "Cancel");
    wait_for_kept(&page, 1);
    page.browser.click(Role::Button, "Delete all");
    page.browser.click(Role::Button, "Delete and turn it off");
    page.browser.wait_until("that it is off", || said(&page).contains("Off: nothing is stored"));
    page.browser.wait_until("no database", || databases(&page) == json!([]));
    assert_eq!(server.requests().len(), sent.len());
    assert_eq!(page.browser.csp_violations(), []);
    assert_eq!(page.browser.script_errors(), []);
}

#[test]
fn a_run_that_goes_on_is_kept_once_and_what_was_opened_on_request() {
    let server = fault("ok");
    let page = Inspector::open();
    turn_on(&page);
    page.run(&server.url());
    assert_eq!(page.outcome(), "ok");
    page.browser.click(Role::Button, "End session");
    page.wait_until_done();
    let recording =
        "mcp-trace 1\nserver https://a.example/mcp\n! run\n> initialize id=1\n<1 500 text/plain\n  body oops\n  end\n";
    open_history(&page);
    page.browser.wait_until("the end of the session", || {
        page.browser.script_async(DATABASE, &[]).as_str().is_some_and(|all| all.contains("DELETE"))
    });
    wait_for_kept(&page, 1);
    close(&page);

    page.paste_trace(recording);
    page.browser.wait_until("the recording", || page.outcome() == "failed");
    page.browser.click(Role::Button, "Keep");
    page.browser.wait_until("that it is kept", || page.browser.try_find(Role::Button, "Kept").is_some());
    open_history(&page);
    wait_for_kept(&page, 2);
    assert!(said(&page).contains("2 recordings"), "{}", said(&page));
}

#[test]
fn a_run_with_a_secret_in_what_would_be_kept_is_not_kept_and_that_is_said() {
    let server = fault("ok");
    let page = Inspector::open();
    turn_on(&page);
    page.browser.fill(Role::Textbox, "Bearer token", "notifications/initialized");
    page.run(&server.url());
    page.browser.wait_until("why", || page.visible_text().contains("This recording is not kept in the history."));
    assert!(page.visible_text().contains("a part of your token is in it"), "{}", page.visible_text());
    page.browser.click(Role::Button, "Dismiss");
    open_history(&page);
    page.browser.wait_until("an empty list", || said(&page).contains("Nothing is kept yet."));
}

#[test]
fn the_page_works_where_nothing_can_be_kept_and_says_so() {
    for script in [
        "Object.defineProperty(window, 'indexedDB', { value: undefined });",
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };",
    ] {
        let (server, browser) = (fault("session-stale-404-ts"), Browser::start());
        before_the_page(&browser, script);
        let page = Inspector::open_in(browser, built());
        page.run(&server.url());
        assert_eq!(page.outcome(), "failed");
        open_history(&page);
        page.browser.wait_until("that nothing can be kept", || said(&page).contains("does not let this page keep anything"));
        page.browser.click(Role::Checkbox, "Keep recordings on this device");
        assert!(said(&page).contains("Everything else works."), "{}", said(&page));
        close(&page);
        assert!(page.link().contains("#trace="));
        assert_eq!(page.browser.script_errors(), []);
    }
}

#[test]
fn a_browser_without_room_says_so_and_keeps_what_there_is() {
    let server = fault("session-stale-404-ts");
    let page = Inspector::open();
    turn_on(&page);
    page.run(&server.url());
    open_history(&page);
    wait_for_kept(&page, 1);
    close(&page);
    page.browser.script("IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };", &[]);
    page.run(&server.url());
    page.browser.wait_until("that there is no room", || page.visible_text().contains("This browser has no room left for it."));
    open_history(&page);
    wait_for_kept(&page, 1);
}

#[test]
fn two_tabs_see_what_the_other_one_does() {
    let server = fault("session-stale-404-ts");
    let page = Inspector::open();
    turn_on(&page);
    page.run(&server.url());
    let first = page.browser.tab();
    page.browser.open_tab();
    page.load("");
    open_history(&page);
    wait_for_kept(&page, 1);
    page.browser.click(Role::Checkbox, "Keep recordings on this device");
    page.browser.click(Role::Button, "Delete and turn it off");
    page.browser.wait_until("that it is off", || said(&page).contains("Off: nothing is stored"));

    page.browser.show_tab(&first);
    page.run(&server.url());
    open_history(&page);
    page.browser.wait_until("that it is off", || said(&page).contains("Off: nothing is stored"));
    assert_eq!(databases(&page), json!([]));
}

#[test]
fn the_oldest_make_room() {
    let server = fault("session-stale-404-ts");
    let page = Inspector::open();
    turn_on(&page);
    page.browser.script_async(
        "const opened = await new Promise(resolve => {
            const request = indexedDB.open('mcp-session-inspector');
            request.onsuccess = () => resolve(request.result);
        });
        const transaction = opened.transaction(['list', 'texts'], 'readwrite');
        for (let id = 1; id <= 200; id += 1) {
            transaction.objectStore('list').put({ id, name: `older ${id}`, server: 'https://a.example/mcp', at: id, outcome: 'ok', cause: '', exchanges: 1, bytes: 10 });
            transaction.objectStore('texts').put('{}', id);
        }
        await new Promise(resolve => { transaction.oncomplete = resolve; });
        opened.close();",
        &[],
    );
    page.run(&server.url());
    page.browser.wait_until("what made room", || page.visible_text().contains("1 older recording made room for a later one."));
    open_history(&page);
    wait_for_kept(&page, 200);
    assert!(!said(&page).lines().any(|line| line == "older 1"));
    assert!(said(&page).lines().any(|line| line == "older 2"));
}

#[test]
fn the_keyboard_alone_is_enough_and_axe_finds_nothing() {
    let server = fault("session-stale-404-ts");
    let page = Inspector::open();
    let browser = &page.browser;
    let enter = |name: &str| {
        browser.find(Role::Button, name).script("arguments[0].focus()");
        browser.press(&[Key::Enter]);
    };
    enter("History");
    browser.wait_until("that it is off", || said(&page).contains("Off: nothing is stored"));
    browser.press(&[Key::Tab]);
    assert_eq!(browser.focused().name(), "Keep recordings on this device");
    let mut found = page.violations("history, off");
    browser.press(&[Key::Space]);
    browser.wait_until("that it is on", || said(&page).contains("On: each run is kept"));
    browser.press(&[Key::Escape]);
    browser.wait_until("the end of the dialog", || browser.find_all(Role::Dialog).is_empty());
    assert_eq!(browser.focused().name(), "History");
    page.run(&server.url());

    enter("History");
    wait_for_kept(&page, 1);
    for name in ["Keep recordings on this device", &format!("Open {}", server.url()), &format!("Rename {}", server.url())] {
        browser.press(&[Key::Tab]);
        assert_eq!(browser.focused().name(), name);
    }
    browser.press(&[Key::Enter]);
    browser.wait_until("the field", || browser.focused().name() == "Name of the recording");
    browser.press(&[Key::Escape]);
    browser.wait_until("the button again", || browser.focused().name().starts_with("Rename "));
    browser.press(&[Key::Enter]);
    browser.wait_until("the field", || browser.focused().name() == "Name of the recording");
    browser.fill(Role::Textbox, "Name of the recording", "renamed");
    browser.press(&[Key::Enter]);
    browser.wait_until("its name", || browser.focused().name() == "Rename renamed");
    found.extend(page.violations("history, one kept"));
    browser.press(&[Key::Tab]);
    browser.press(&[Key::Enter]);
    browser.wait_until("the way back", || browser.focused().name() == "Undo");
    found.extend(page.violations("history, one deleted"));
    browser.press(&[Key::Enter]);
    browser.wait_until("it again", || browser.focused().name() == "Rename renamed");
    enter("Delete all");
    browser.wait_until("the question", || browser.focused().name() == "Cancel");
    found.extend(page.violations("history, question"));
    assert!(found.is_empty(), "{}", found.join("\n"));
}
