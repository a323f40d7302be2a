//! The rules of the architecture, read from the sources: who may use whom, and what may stand nowhere.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The modules of core, lowest first. A module may use those of the rows above its own, and no other.
const CORE: &[&[&str]] = &[
    &["time", "id", "limits", "sort", "characters", "numbers"],
    &["http", "json", "schema", "sse", "token"],
    &["rpc", "said"],
    &["mcp"],
    &["oauth"],
    &["trace"],
    // Small experiments, and what sessions cost: diagnosis judges by both.
    &["probe", "economy"],
    // What a watch saw: a probe's way of looking, over time.
    &["watch"],
    // Siblings over the trace: none knows the session that makes one, nor one another.
    &["session", "diagnose", "diagram", "export", "explain", "asked", "fingerprint", "import"],
    // What clients show, and what is found in one of two recordings alone: how an exchange failed and what a server's words are
    // about is judged once, by diagnosis.
    &["symptoms", "compare"],
    // What is shared: whether something may be left out is judged by diagnosis, as what is found must stay the same.
    &["share"],
];

/// Uses inside one row that are meant: who, whom.
const CORE_EXCEPTIONS: [(&str, &str); 2] = [
    // The parts of a JWT are JSON.
    ("token", "json"),
    // A schema is JSON, and so is what a form makes of answers.
    ("schema", "json"),
];

/// What the demo server may use of core. It checks the client, so it must know the protocol by itself.
const DEMO: [&str; 3] = ["http", "json", "time"];

/// The modules of the page, and whom each may use. `store` and `form` are one unit: what was typed, and what it means.
const PAGE: &[(&str, &[&str])] = &[
    ("vault", &[]),
    ("gallery", &[]),
    ("platform", &["vault"]),
    ("part", &["platform"]),
    ("driver", &["platform", "vault"]),
    ("form", &["platform", "store"]),
    ("store", &["driver", "form", "gallery", "part", "platform", "vault"]),
    ("selectors", &["platform", "store"]),
    ("explanations", &["platform", "store"]),
    ("symptoms", &["platform", "store"]),
    ("ui", &["explanations", "form", "gallery", "part", "platform", "selectors", "store", "symptoms"]),
];

/// What a view may name of `web_sys`: the event it handles and the element it came from. `ui/dom.rs`, which puts elements
/// together for all of them, may name more.
const DOM_EVENTS: [&str; 9] = [
    "Event",
    "KeyboardEvent",
    "FocusEvent",
    "DragEvent",
    "Element",
    "HtmlElement",
    "HtmlInputElement",
    "HtmlFormElement",
    "HtmlDialogElement",
];

/// Whole crates that core must never come to depend on: a browser, a clock, chance, a runtime, or a large parser.
const FORBIDDEN: [&str; 12] =
    ["web-sys", "js-sys", "wasm-bindgen", "url", "regex", "tokio", "rand", "getrandom", "chrono", "time", "leptos", "gloo-net"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository")
}

/// Whether a file of the repository lies in a folder of this name.
fn is_inside(file: &Path, folder: &str) -> bool {
    file.strip_prefix(root()).unwrap().components().any(|part| part.as_os_str() == folder)
}

fn read(file: impl AsRef<Path>) -> String {
    let file = file.as_ref();
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Every file below a folder of the repository, without what builds leave there.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            match path.is_dir() {
                true if name == "target" || name == "node_modules" || name.starts_with('.') => {}
                true => folders.push(path),
                false => found.push(path),
            }
        }
    }
    assert!(!found.is_empty(), "nothing below {folder}");
    found.sort();
    found
}

fn sources(folder: &str) -> Vec<PathBuf> {
    files(folder).into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// The program in a source: without comments, and without the tests, which end a file.
fn program(file: &Path) -> String {
    let text = read(file);
    let text = text.split("\n#[cfg(test)]").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The identifier that a text begins with.
fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// The identifiers that directly follow `prefix` anywhere in a text.
fn named_after<'a>(text: &'a str, prefix: &str) -> BTreeSet<&'a str> {
    text.split(prefix).skip(1).map(identifier).collect()
}

/// Whom each top-level module of a crate uses, as its sources say with `crate::…`.
fn uses(crate_folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let folder = root().join(crate_folder);
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in sources(crate_folder) {
        let inside = file.strip_prefix(&folder).unwrap();
        let module = inside.components().next().unwrap().as_os_str().to_string_lossy();
        let module = module.trim_end_matches(".rs").to_owned();
        let text = program(&file);
        assert!(!text.contains("use crate::{"), "{}: one `use` line per module, please", inside.display());
        let used = named_after(&text, "crate::").into_iter().map(str::to_owned);
        uses.entry(module).or_default().extend(used);
    }
    for (module, used) in &mut uses {
        used.remove(module);
    }
    uses
}

#[test]
fn core_has_one_direction() {
    let rank = |module: &str| CORE.iter().position(|row| row.contains(&module));
    let mut uses = uses("src/core/src");
    uses.remove("lib");
    for (module, used) in uses {
        let own = rank(&module).unwrap_or_else(|| panic!("{module} has no place in the layers of core"));
        for other in used {
            let allowed = rank(&other).is_some_and(|other| other < own);
            let excepted = CORE_EXCEPTIONS.contains(&(module.as_str(), other.as_str()));
            assert!(allowed || excepted, "{module} must not use {other}");
        }
    }
}

#[test]
fn every_exception_is_needed() {
    let uses = uses("src/core/src");
    for (module, other) in CORE_EXCEPTIONS {
        assert!(uses[module].contains(other), "{module} no longer uses {other}");
    }
}

#[test]
fn the_page_has_one_direction() {
    let mut uses = uses("src/app/src");
    uses.remove("lib");
    uses.remove("main");
    for (module, used) in uses {
        let (_, allowed) = PAGE.iter().find(|(name, _)| *name == module).unwrap_or_else(|| panic!("{module} has no place"));
        for other in used {
            assert!(allowed.contains(&other.as_str()), "{module} must not use {other}");
        }
    }
}

#[test]
fn every_split_point_stays_apart_and_asks_for_the_deferred_part() {
    let files: Vec<_> = sources("src/app/src").into_iter().filter(|file| file.ends_with("split_points.rs")).collect();
    assert!(!files.is_empty());
    for file in files {
        let text = program(&file);
        let parts: Vec<&str> = text.split("fn ").collect();
        assert!(parts.len() > 1, "{}", file.display());
        for pair in parts.windows(2) {
            let (name, parameters) = pair[1].split_once('(').unwrap_or_default();
            assert!(pair[0].ends_with("\n#[inline(never)]\npub(super) "), "{name} may be built into its callers");
            assert!(parameters.trim_start().starts_with("_: Deferred"), "{name} must ask for a `Deferred` first");
        }
    }
}

#[test]
fn the_demo_server_shares_only_the_lowest_layers_with_the_client() {
    for file in sources("src/demo/src") {
        for module in named_after(&program(&file), "inspector_core::") {
            assert!(DEMO.contains(&module), "{} uses {module} of core", file.display());
        }
    }
}

#[test]
fn the_demo_server_has_no_clock_thread_socket_or_browser() {
    for file in sources("src/demo/src") {
        let text = program(&file);
        let named = named_after(&text, "std::");
        for way in ["time", "thread", "net", "fs", "env", "process"] {
            assert!(!named.contains(way), "{} uses std::{way}", file.display());
        }
    }
    assert_eq!(dependencies("src/demo/Cargo.toml"), ["inspector-core"]);
}

/// The names of the dependencies in a manifest, without those of tests.
fn dependencies(manifest: &str) -> Vec<String> {
    let manifest = read(root().join(manifest));
    let section = manifest.split("\n[").find(|section| section.starts_with("dependencies]")).expect("dependencies");
    let names = section.lines().skip(1).map(|line| line.split(['.', ' ', '=']).next().unwrap_or_default());
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[test]
fn core_does_without_the_standard_library() {
    assert!(read(root().join("src/core/src/lib.rs")).contains("\n#![no_std]\n"));
    for file in sources("src/core/src") {
        assert!(named_after(&program(&file), "std::").is_empty(), "{} uses std", file.display());
    }
}

#[test]
fn core_depends_on_no_browser_clock_chance_or_runtime() {
    let lock = read(root().join("Cargo.lock"));
    let packages: BTreeMap<&str, Vec<&str>> = lock.split("[[package]]").skip(1).map(locked).collect();
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let own = dependencies("src/core/Cargo.toml");
    let mut open: Vec<&str> = own.iter().map(String::as_str).collect();
    assert!(!open.is_empty());
    while let Some(name) = open.pop() {
        let dependencies = packages.get(name).unwrap_or_else(|| panic!("{name} is not in Cargo.lock"));
        if reached.insert(name) {
            open.extend(dependencies);
        }
    }
    assert!(reached.contains("serde_json"));
    for name in FORBIDDEN {
        assert!(!reached.contains(name), "core depends on {name}");
    }
}

/// Name and dependencies of one package of a lock file.
fn locked(package: &str) -> (&str, Vec<&str>) {
    let name = package.split("name = \"").nth(1).and_then(|rest| rest.split('"').next()).expect("a name");
    let dependencies = package.split("dependencies = [").nth(1).and_then(|rest| rest.split(']').next()).unwrap_or_default();
    // A dependency of which there are several versions is followed by its own.
    let dependencies = dependencies.split('"').skip(1).step_by(2).filter_map(|entry| entry.split(' ').next());
    (name, dependencies.collect())
}

#[test]
fn every_source_opens_with_what_it_is_for() {
    for file in ["src", "tests", "xtask"].into_iter().flat_map(sources) {
        assert!(read(&file).starts_with("//! "), "{} does not begin with //!", file.display());
    }
}

/// `use web_sys::{A, B};` as `use web_sys::A; use web_sys::B;`.
fn one_by_one(line: &str) -> String {
    match line.strip_prefix("use web_sys::{").and_then(|rest| rest.strip_suffix("};")) {
        Some(names) => names.split(", ").map(|name| format!("use web_sys::{name};")).collect(),
        None => line.to_owned(),
    }
}

#[test]
fn only_the_platform_knows_the_browser() {
    for file in sources("src/app/src") {
        if is_inside(&file, "platform") || file.ends_with("ui/dom.rs") {
            continue;
        }
        let text = program(&file);
        // A list of names in braces is as many names.
        let text = text.lines().map(one_by_one).collect::<Vec<_>>().join("\n");
        let named = named_after(&text, "web_sys::");
        let more: Vec<_> = named.iter().filter(|name| !DOM_EVENTS.contains(name)).collect();
        assert!(more.is_empty(), "{} uses {more:?} of web_sys", file.display());
        assert!(!text.contains("js_sys"), "{} uses js_sys", file.display());
    }
}

#[test]
fn nothing_becomes_html() {
    let scripts = files("www").into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "js"));
    for file in sources("src/app/src").into_iter().chain(scripts) {
        let text = read(&file);
        for way in ["innerHTML", "inner_html", "outerHTML", "outer_html", "insertAdjacentHTML", "insert_adjacent_html"] {
            assert!(!text.contains(way), "{} uses {way}", file.display());
        }
        assert!(!text.contains("document.write"), "{}", file.display());
    }
}

#[test]
fn nothing_panics_on_purpose() {
    for file in sources("src").into_iter().filter(|file| !is_inside(file, "tests")) {
        let text = program(&file);
        for way in [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!("] {
            assert!(!text.contains(way), "{} has {way}", file.display());
        }
    }
}

#[test]
fn the_page_names_no_third_party() {
    // The name of the vocabulary of pictures, which nobody fetches.
    let harmless = ["http://www.w3.org/2000/svg"];
    for file in files("www") {
        let text = read(&file);
        for scheme in ["http://", "https://", "url(//", "src=\"//", "href=\"//"] {
            for (at, _) in text.match_indices(scheme) {
                let rest = &text[at..];
                assert!(harmless.iter().any(|known| rest.starts_with(known)), "{}: {:.60}", file.display(), rest);
            }
        }
    }
}
