//! `cargo xtask bench`, its second half: what a person waits for, measured inside Chromium. Medians of [`ROUNDS`], each beside
//! what it is compared with, in turns and in the same tab.

use std::{env, fs, path::PathBuf};

use lab::{
    browser::{Browser, Role},
    scratch::Scratch,
    servers::Everything,
    site::Site,
};
use serde_json::{Value, json};

const ROUNDS: usize = 7;

/// Bytes of a stream that is decoded.
const STREAM: usize = 10_000_000;

/// Bytes of a piece of it, as a network hands them out.
const CHUNK: usize = 16 * 1024;

fn main() {
    let browser = Browser::start();
    println!("decoding an event stream of 10 MB in chunks of 16 KB");
    decoding(&browser, "messages of 150 bytes", 150);
    decoding(&browser, "messages of 8 KB", 8_000);
    println!("the page");
    let site = Site::start(path("INSPECTOR_DIST"));
    usable_form(&browser, &site);
    click_to_tools(&browser, &site);
    println!("what somebody made to do harm, until the page says why it does not open it");
    hostile(&browser, &site);
}

/// Decodes one stream by eventsource-parser and by our decoder as WebAssembly. Both begin with bytes and end with a count of
/// events; neither parses the JSON inside.
const DECODE: &str = "
    const [rounds, length, chunk, size] = arguments;
    const { createParser } = await import(new URL('eventsource-parser/index.js', location));
    const { default: load, Counter } = await import(new URL('decoder/inspector_decode_wasm.js', location));
    await load();

    const encoder = new TextEncoder();
    const message = n => {
        const start = `event: message\\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"n\":${n},\"data\":\"`;
        return encoder.encode(`${start.padEnd(size - 5, 'station ')}\"}}\\n\\n`);
    };
    const stream = new Uint8Array(length);
    let filled = 0, sent = 0;
    for (let next = message(0); filled + next.length <= length; next = message(++sent)) {
        stream.set(next, filled);
        filled += next.length;
    }
    const chunks = [];
    for (let at = 0; at < filled; at += chunk) chunks.push(stream.subarray(at, Math.min(at + chunk, filled)));

    const theirs = () => {
        let events = 0;
        const text = new TextDecoder();
        const parser = createParser({ onEvent: () => { events += 1; } });
        for (const chunk of chunks) parser.feed(text.decode(chunk, { stream: true }));
        return events;
    };
    const ours = () => {
        let events = 0;
        const counter = new Counter();
        for (const chunk of chunks) events = counter.feed(chunk);
        counter.free();
        return events;
    };
    const timed = decode => {
        const start = performance.now();
        const events = decode();
        if (events !== sent) throw new Error(`${events} of ${sent} events`);
        return performance.now() - start;
    };
    const times = { ours: [], theirs: [] };
    // The first round warms the engines up.
    for (let round = 0; round <= rounds; round++) {
        const [a, b] = [timed(theirs), timed(ours)];
        if (round > 0) { times.theirs.push(a); times.ours.push(b); }
    }
    return times;";

fn decoding(browser: &Browser, name: &str, size: usize) {
    let folder = Scratch::create();
    fs::write(folder.path().join("index.html"), "<!DOCTYPE html><title>Decoding</title>").expect("a page");
    copy_files(path("INSPECTOR_NODE_MODULES").join("eventsource-parser/dist"), folder.path().join("eventsource-parser"));
    copy_files(path("INSPECTOR_DECODER"), folder.path().join("decoder"));
    let site = Site::start(folder.path());
    browser.open(&site.url());
    let times = browser.script_async(DECODE, &[json!(ROUNDS), json!(STREAM), json!(CHUNK), json!(size)]);
    let speed = |times: &Value| STREAM as f64 / 1e3 / median(times);
    println!("  {name:<32} ours {:>6.0} MB/s   eventsource-parser {:>6.0} MB/s", speed(&times["ours"]), speed(&times["theirs"]));
}

/// Notes when the field can first be used. Runs in each new document before its own scripts.
const WATCH: &str = "
    new MutationObserver((_, watch) => {
        const fields = [...document.querySelectorAll('input, textarea')];
        const field = fields.find(field => field.labels?.[0]?.textContent.trim() === 'Server URL');
        if (field && !field.disabled) {
            window.usableAfter = performance.now();
            watch.disconnect();
        }
    }).observe(document, { childList: true, subtree: true, attributes: true });";

fn usable_form(browser: &Browser, site: &Site) {
    browser.devtools("Network.enable", json!({}));
    browser.devtools("Network.setCacheDisabled", json!({ "cacheDisabled": true }));
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH }));
    let times: Vec<Value> = (0..ROUNDS)
        .map(|_| {
            browser.open(&site.url());
            let mut after = Value::Null;
            browser.wait_until("a field “Server URL”", || {
                after = browser.script("return window.usableAfter ?? null", &[]);
                after.is_number()
            });
            after
        })
        .collect();
    println!("  {:<32} {:>6.0} ms", "navigation to usable form", median(&json!(times)));
}

/// Presses the button and waits for the end of the run; then asks the same by plain fetch.
const TOOLS: &str = "
    const [url, rounds] = arguments;
    const main = document.querySelector('main');
    const button = () => [...document.querySelectorAll('button')].find(button => button.textContent.trim() === 'Run handshake');
    const page = () => new Promise(done => {
        const start = performance.now();
        let running = false;
        const watch = new MutationObserver(() => {
            running ||= main.dataset.phase === 'running';
            if (running && main.dataset.phase === 'done') {
                watch.disconnect();
                done(performance.now() - start);
            }
        });
        watch.observe(main, { attributes: true });
        button().click();
    });

    const post = (message, headers) => fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', ...headers },
        body: JSON.stringify({ jsonrpc: '2.0', ...message }),
        credentials: 'omit',
        cache: 'no-store',
    });
    const result = async (response, id) => {
        if (response.headers.get('content-type').startsWith('application/json')) return (await response.json()).result;
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        for (let text = ''; ;) {
            const { value, done } = await reader.read();
            if (done) throw new Error('no answer');
            text += value;
            const lines = text.split('\\n');
            text = lines.pop();
            for (const line of lines.filter(line => line.startsWith('data: {'))) {
                const message = JSON.parse(line.slice(6));
                if (message.id === id) return message.result;
            }
        }
    };
    const byHand = async () => {
        const start = performance.now();
        const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '0' } };
        const opened = await post({ id: 1, method: 'initialize', params }, {});
        const session = { 'Mcp-Session-Id': opened.headers.get('mcp-session-id') };
        const { protocolVersion } = await result(opened, 1);
        const headers = { ...session, 'MCP-Protocol-Version': protocolVersion };
        await post({ method: 'notifications/initialized' }, headers);
        for (let id = 2, cursor; ; id++) {
            const page = await result(await post({ id, method: 'tools/list', params: cursor && { cursor } }, headers), id);
            if (!(cursor = page.nextCursor)) return performance.now() - start;
        }
    };

    const times = { page: [], byHand: [] };
    // The first round warms the engines and the server up.
    for (let round = 0; round <= rounds; round++) {
        const [a, b] = [await byHand(), await page()];
        if (main.dataset.outcome !== 'ok') throw new Error(`the run came out ${main.dataset.outcome}`);
        if (round > 0) { times.byHand.push(a); times.page.push(b); }
    }
    return times;";

fn click_to_tools(browser: &Browser, site: &Site) {
    let server = Everything::start();
    browser.open(&site.url());
    browser.fill(Role::Textbox, "Server URL", &server.url());
    let times = browser.script_async(TOOLS, &[json!(server.url()), json!(ROUNDS)]);
    println!(
        "  {:<32} page {:>6.1} ms   plain fetch {:>6.1} ms",
        "click to tools (server-everything)",
        median(&times["page"]),
        median(&times["byHand"])
    );
}

/// Follows links and opens pasted texts that cannot be opened, and waits for the word about each.
const HOSTILE: &str = "
    const [rounds, name] = arguments;
    const base64url = bytes => {
        let text = '';
        for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
        return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    };
    const packed = async text => {
        const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
        return new Uint8Array(await new Response(stream).arrayBuffer());
    };
    const noise = length => {
        const bytes = new Uint8Array(length);
        for (let at = 0; at < length; at += 65536) crypto.getRandomValues(bytes.subarray(at, Math.min(at + 65536, length)));
        return base64url(bytes);
    };
    const head = '{\"format\":\"mcp-trace\",\"version\":1,\"level\":\"names\",\"server\":\"https://a.example/\",\"ask\":\"auto\",\"timeout\":1,\"token\":\"none\",\"records\":[';
    const requests = Array.from({ length: 4001 }, (_, n) => `{\"type\":\"request\",\"exchange\":${n + 1},\"purpose\":\"other\"}`);
    const hostile = {
        'link: 4 MB of noise': async () => ({ link: noise(3_000_000) }),
        'link: 48 KB of noise': async () => ({ link: noise(48_000) }),
        'link: 45 MB in 60 KB': async () => ({ link: base64url(new Uint8Array([0, 0, ...await packed(' '.repeat(45_000_000))])) }),
        'file: 4 MB of noise': async () => ({ file: noise(3_000_000) }),
        'file: a million brackets': async () => ({ file: head + '['.repeat(1_000_000) }),
        'file: 4001 exchanges': async () => ({ file: head + requests.join() + ']}' }),
    };
    const turn = () => new Promise(done => setTimeout(done, 50));
    const shown = find => new Promise(done => {
        const start = performance.now();
        const look = () => {
            const text = find();
            if (text) { watch.disconnect(); done(performance.now() - start); }
        };
        const watch = new MutationObserver(look);
        watch.observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    const button = name => [...document.querySelectorAll('button')].find(button => button.textContent.trim() === name);
    const problem = () => document.querySelector('#open-problem')?.textContent;
    const { link, file } = await hostile[name]();
    const times = [];
    for (let round = 0; round <= rounds; round++) {
        let after;
        if (link) {
            after = shown(() => document.querySelector('#refused')?.textContent);
            location.hash = 'trace=1.' + link;
        } else {
            const open = text => {
                const field = document.querySelector('#pasted-trace');
                field.value = text;
                field.dispatchEvent(new InputEvent('input', { bubbles: true }));
                [...document.querySelectorAll('dialog[open] button')].find(button => button.textContent.trim() === 'Open').click();
            };
            button('Open trace').click();
            await turn();
            // Another word first, so that the one that is waited for is new.
            open('#trace=');
            await turn();
            const before = problem();
            after = shown(() => problem() !== before && problem());
            open(file);
        }
        const time = await after;
        // The first round loads what opens recordings.
        if (round > 0) times.push(time);
        (link ? document.querySelector('#refused button:last-child') : button('Cancel')).click();
        await turn();
    }
    return times;";

const HOSTILE_NAMES: [&str; 6] = [
    "link: 4 MB of noise",
    "link: 48 KB of noise",
    "link: 45 MB in 60 KB",
    "file: 4 MB of noise",
    "file: a million brackets",
    "file: 4001 exchanges",
];

fn hostile(browser: &Browser, site: &Site) {
    for name in HOSTILE_NAMES {
        browser.open(&site.url());
        let times = browser.script_async(HOSTILE, &[json!(ROUNDS), json!(name)]);
        println!("  {name:<36} {:>6.0} ms", median(&times));
    }
}

fn median(times: &Value) -> f64 {
    let mut times: Vec<f64> = times.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    assert_eq!(times.len(), ROUNDS);
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

fn copy_files(from: PathBuf, to: PathBuf) {
    fs::create_dir_all(&to).expect("a folder");
    let files = fs::read_dir(&from).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    for file in files.map(|file| file.expect("a file")).filter(|file| file.path().is_file()) {
        fs::copy(file.path(), to.join(file.file_name())).expect("a copy");
    }
}

fn path(variable: &str) -> PathBuf {
    env::var_os(variable).unwrap_or_else(|| panic!("{variable} is not set: run `cargo xtask bench`")).into()
}
