//! The size report: what a first visit loads, and what is loaded later, as it is and as a host sends it (brotli, highest level).

use crate::process::Outcome;
use std::collections::BTreeSet;
use std::path::Path;

/// The most a first visit may load, in bytes of brotli.
const BUDGET: usize = 200 * 1024;

/// brotli's highest level and its default window, as static hosts use them.
const QUALITY: i32 = 11;
const WINDOW_BITS: i32 = 22;

/// Prints the size of each file in `dist` and holds a first visit to the budget.
///
/// # Errors
/// When a file that the page needs is missing, or a first visit is over the budget.
pub(crate) fn report(dist: &Path) -> Outcome {
    let first_visit = first_visit(|name| std::fs::read(dist.join(name)).ok())?;
    let mut total = Size::default();
    println!("\n{:<44} {:>10} {:>10}", "first visit", "bytes", "brotli");
    for name in &first_visit {
        let size = measure(&dist.join(name))?;
        total.raw += size.raw;
        total.brotli += size.brotli;
        println!("{name:<44} {:>10} {:>10}", size.raw, size.brotli);
    }
    println!(
        "{:<44} {:>10} {:>10}  {} % of the budget ({BUDGET})\n",
        "total",
        total.raw,
        total.brotli,
        total.brotli * 100 / BUDGET
    );
    for name in asked_for(dist, &first_visit)? {
        let size = measure(&dist.join(&name))?;
        println!("{name:<44} {:>10} {:>10}  loaded when asked for\n", size.raw, size.brotli);
    }
    if total.brotli > BUDGET {
        return Err(format!("a first visit loads {} bytes of brotli, {} over the budget", total.brotli, total.brotli - BUDGET));
    }
    Ok(())
}

/// The files that no first visit loads. `_headers` is for the host alone.
fn asked_for(dist: &Path, first_visit: &BTreeSet<String>) -> Outcome<BTreeSet<String>> {
    let failed = |error| format!("{} cannot be read: {error}", dist.display());
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(dist).map_err(failed)? {
        names.insert(entry.map_err(failed)?.file_name().to_string_lossy().into_owned());
    }
    names.remove("_headers");
    Ok(names.difference(first_visit).cloned().collect())
}

#[derive(Default)]
struct Size {
    raw: usize,
    brotli: usize,
}

fn measure(file: &Path) -> Outcome<Size> {
    let content = std::fs::read(file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    let mut compressed = Vec::new();
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: QUALITY, lgwin: WINDOW_BITS, size_hint: content.len(), ..Default::default() };
    brotli::BrotliCompress(&mut content.as_slice(), &mut compressed, &parameters)
        .map_err(|error| format!("{} cannot be compressed: {error}", file.display()))?;
    Ok(Size { raw: content.len(), brotli: compressed.len() })
}

/// The page and all that it names, directly or through its styles and scripts.
fn first_visit(load: impl Fn(&str) -> Option<Vec<u8>>) -> Outcome<BTreeSet<String>> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec!["index.html".to_owned()];
    while let Some(name) = waiting.pop() {
        if reached.contains(&name) {
            continue;
        }
        let content = load(&name).ok_or_else(|| format!("the page needs {name}, which is not there"))?;
        let text = String::from_utf8_lossy(&content);
        let named = match name.rsplit('.').next() {
            Some("html") => between(&text, &[("href=\"", "\""), ("src=\"", "\"")]),
            Some("css") => between(&text, &[("url(", ")")]),
            Some("js") => between(&text, &[("from '", "'"), ("from \"", "\"")]),
            _ => Vec::new(),
        };
        let folder = name.rfind('/').map_or("", |slash| &name[..=slash]);
        waiting.extend(named.into_iter().filter_map(|address| own_file(folder, address)));
        reached.insert(name);
    }
    Ok(reached)
}

/// Every text that stands between one of the pairs.
fn between<'text>(text: &'text str, pairs: &[(&str, &str)]) -> Vec<&'text str> {
    let found =
        pairs.iter().flat_map(|(before, after)| text.split(before).skip(1).filter_map(move |rest| rest.split(*after).next()));
    found.collect()
}

/// The file in `dist` that a relative address names; `None` for other addresses.
fn own_file(folder: &str, address: &str) -> Option<String> {
    let address = address.trim_matches(['"', '\'']);
    let path = address.split(['#', '?']).next()?;
    if path.is_empty() || path.contains(':') || path.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(name: &str) -> Option<Vec<u8>> {
        let text = match name {
            "index.html" => {
                r##"<meta name="deferred" content="./on-demand.wasm"><link href="./styles/a.css"><script src="./boot.js"></script><a href="#top">"##
            }
            "styles/a.css" => "@font-face{src:url(\"../fonts/f.woff2\")} i{background:url(data:image/png;base64,x)}",
            "boot.js" => "import x from './snippets/x.js';",
            "snippets/x.js" | "fonts/f.woff2" | "on-demand.wasm" => "",
            _ => return None,
        };
        Some(text.into())
    }

    #[test]
    fn a_first_visit_is_the_page_and_all_it_leads_to() {
        let files = first_visit(site).unwrap();
        let expected = ["boot.js", "fonts/f.woff2", "index.html", "snippets/x.js", "styles/a.css"];
        assert!(files.iter().eq(expected), "{files:?}");
    }

    #[test]
    fn a_missing_file_is_named() {
        let broken = |name: &str| (name == "index.html").then(|| b"<img src=\"./gone.svg\">".to_vec());
        assert_eq!(first_visit(broken), Err("the page needs gone.svg, which is not there".into()));
    }

    #[test]
    fn a_first_visit_over_the_budget_fails() {
        let dist = std::env::temp_dir().join(format!("xtask-size-{}", std::process::id()));
        std::fs::create_dir_all(&dist).unwrap();
        std::fs::write(dist.join("index.html"), "<img src=\"./noise.png\">").unwrap();
        // Marsaglia's xorshift: bytes that do not compress.
        let mut state = 1_u32;
        let noise = std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state.to_le_bytes()[0]
        });
        let noise: Vec<u8> = noise.take(BUDGET + 1).collect();
        std::fs::write(dist.join("noise.png"), &noise[..BUDGET / 2]).unwrap();
        assert_eq!(report(&dist), Ok(()));
        std::fs::write(dist.join("noise.png"), noise).unwrap();
        assert!(report(&dist).unwrap_err().contains("over the budget"));
        std::fs::remove_dir_all(dist).unwrap();
    }
}
