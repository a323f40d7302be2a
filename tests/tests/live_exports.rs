//! Each export in the program that it is for: HAR in Chromium's own developer tools, diagrams in Mermaid, pictures in a page.

#![cfg(feature = "live")]

use std::{env, fs, path::Path};

use inspector_core::{
    share::{Format, Level, More, Secrets, export, redact},
    trace::{Trace, notation},
};
use lab::{
    browser::{Browser, Role},
    inspector::Inspector,
    site::Site,
};
use serde_json::{Value, json};

/// Where Chromium keeps its developer tools; the part that imports HAR files is a module of its own.
const DEVTOOLS: &str = "devtools://devtools/bundled/devtools_app.html";

/// The incidents of the gallery, and a server that tries to break out of what it is quoted in.
fn recordings() -> Vec<(String, Trace)> {
    let read = |text: &str| notation::read(text).unwrap_or_else(|error| panic!("{error}")).trace;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/incidents");
    let files = fs::read_dir(folder).expect("the incidents").map(|file| file.expect("a file").path());
    let mut all: Vec<_> =
        files.map(|file| (file.display().to_string(), read(&fs::read_to_string(&file).expect("a text")))).collect();
    all.push(("hostile".into(), read(HOSTILE)));
    all
}

const HOSTILE: &str = r##"mcp-trace 1
server https://a.example/mcp
! run
> initialize id=1
<1 404 application/json
  x-note: </script><script>document.title=1</script>
  body {"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"end; C->>S: forged #quot; %% <b>not</b> participant X [x](javascript:y) \"\\ ünïcode 語"}}
  end
"##;

fn made(trace: &Trace, format: Format) -> String {
    let redacted = redact(trace, Level::Everything, &More::default());
    export(&redacted, format, None, &Secrets::new()).unwrap_or_else(|taint| panic!("{taint}"))
}

#[test]
fn the_developer_tools_of_chromium_read_every_exchange_of_a_har() {
    let browser = Browser::start();
    browser.open(DEVTOOLS);
    for (name, trace) in recordings() {
        let har: Value = serde_json::from_str(&made(&trace, Format::Har)).expect("JSON");
        let read = browser.script_async(
            "const { HARFormat, Importer } = await import('devtools://devtools/bundled/models/har/har.js');
            const { log } = new HARFormat.HARRoot(JSON.parse(arguments[0]));
            return await Promise.all(Importer.Importer.requestsFromHARLog(log).map(async request => ({
                method: request.requestMethod,
                url: request.url(),
                status: request.statusCode,
                sent: request.requestHeaders().map(({ name, value }) => ({ name, value })),
                received: request.responseHeaders.map(({ name, value }) => ({ name, value })),
                posted: (await request.requestFormData()) ?? '',
                body: (await request.requestContentData()).text ?? '',
            })));",
            &[json!(har.to_string())],
        );
        let expected = |entry: &Value| {
            let (request, response) = (&entry["request"], &entry["response"]);
            json!({
                "method": request["method"], "url": request["url"], "status": response["status"],
                "sent": request["headers"], "received": response["headers"],
                "posted": request["postData"]["text"].as_str().unwrap_or_default(),
                "body": response["content"]["text"].as_str().unwrap_or_default(),
            })
        };
        let entries = har["log"]["entries"].as_array().expect("entries");
        assert_eq!(entries.len(), trace.exchanges().len(), "{name}");
        assert_eq!(read, Value::from_iter(entries.iter().map(expected)), "{name}");
    }
}

#[test]
fn mermaid_draws_every_line_of_a_diagram() {
    let browser = Browser::start();
    browser.open("data:text/html,<!doctype html><title>diagrams</title>");
    browser.script_of_package("@mermaid-js/tiny/dist/mermaid.tiny.js");
    for (name, trace) in recordings() {
        let diagram = made(&trace, Format::Mermaid);
        let drawn = browser.script_async(
            "mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
            const { svg } = await mermaid.render('drawn', arguments[0]);
            document.body.innerHTML = svg;
            const count = selector => document.querySelectorAll(selector).length;
            return { messages: count('.messageText'), notes: count('.note'), title: document.title };",
            &[json!(diagram)],
        );
        let lines =
            |marks: &[&str]| diagram.lines().filter(|line| marks.iter().any(|mark| line.trim_start().starts_with(mark))).count();
        let expected = json!({ "messages": lines(&["C-", "S-"]), "notes": lines(&["Note "]), "title": "diagrams" });
        assert_eq!(drawn, expected, "{name}: {diagram}");
    }
}

#[test]
fn a_page_shows_the_picture_as_an_image() {
    let browser = Browser::start();
    browser.open("data:text/html,<!doctype html><title>pictures</title>");
    for (name, trace) in recordings() {
        let picture = made(&trace, Format::Picture);
        let shown = browser.script_async(
            "const image = new Image();
            image.src = URL.createObjectURL(new Blob([arguments[0]], { type: 'image/svg+xml' }));
            await image.decode();
            return { shown: image.naturalWidth > 300 && image.naturalHeight > 100, title: document.title };",
            &[json!(picture)],
        );
        assert_eq!(shown, json!({ "shown": true, "title": "pictures" }), "{name}: {picture}");
    }
}

#[test]
fn the_picture_in_pixels_is_the_diagram_and_not_a_blank() {
    let page = Inspector::open_in(Browser::start(), Site::start(env::var_os("INSPECTOR_DIST").expect("INSPECTOR_DIST is set")));
    page.paste_trace(HOSTILE);
    page.wait_until_done();
    page.browser.click(Role::Button, "Export");
    let file = page.saved("Download PNG picture");
    let colours = page.browser.script_async(
        "const picture = await createImageBitmap(new Blob([new Uint8Array(arguments[0])], { type: 'image/png' }));
        const canvas = new OffscreenCanvas(picture.width, picture.height);
        const context = canvas.getContext('2d');
        context.drawImage(picture, 0, 0);
        const pixels = new Uint32Array(context.getImageData(0, 0, picture.width, picture.height).data.buffer);
        return new Set(pixels).size;",
        &[json!(file)],
    );
    assert!(colours.as_u64() > Some(20), "{colours} colours");
}
