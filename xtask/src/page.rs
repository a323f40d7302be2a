//! Completes the page that Trunk wrote and keeps it within the Content-Security-Policy; Trunk calls it after each build.
//!
//! While serving, Trunk adds an inline script that reloads the page after a change. It becomes a file, and
//! the policy lets it open its WebSocket. A release build has no such script and is only checked.

use crate::cache::content_hash;
use crate::process::{Outcome, read, write};
use crate::{causes, csp, symptoms};
use std::path::PathBuf;

/// What Trunk's server would replace in an HTML file; in ours the script finds it out itself.
const SERVER_VALUES: [(&str, &str); 2] = [
    ("'{{__TRUNK_ADDRESS__}}'", "window.location.host"),
    ("'{{__TRUNK_WS_BASE__}}'", "new URL('.', document.currentScript.src).pathname"),
];

/// Adds what the page loads when asked for, and adapts and checks the page in the folder that Trunk names.
///
/// # Errors
/// When Trunk did not call it, the pages of the causes or the table of symptoms cannot be gathered, or the page has an inline script or lacks the policy.
pub(crate) fn hook() -> Outcome {
    let staging = std::env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .ok_or("`cargo xtask page` is for Trunk: TRUNK_STAGING_DIR is not set")?;
    causes::gather(&staging)?;
    symptoms::gather(&staging)?;
    let page = staging.join("index.html");
    let html = read(&page)?;
    let Some((html, script)) = extract_reload_script(&html)? else {
        return check(&html, csp::POLICY);
    };
    write(&staging.join(script.name), script.text)?;
    check(&html, &csp::while_serving())?;
    write(&page, html)
}

#[derive(Debug, PartialEq)]
struct Script {
    name: String,
    text: String,
}

/// Moves Trunk's reload script out of the page; `None` when there is none.
fn extract_reload_script(html: &str) -> Outcome<Option<(String, Script)>> {
    let Some(inside) = html.find(SERVER_VALUES[0].0) else {
        return Ok(None);
    };
    let unexpected = || "Trunk's reload script is not the one of the pinned version".to_owned();
    let start = html[..inside].rfind("<script>").ok_or_else(unexpected)?;
    let end = inside + html[inside..].find("</script>").ok_or_else(unexpected)?;
    let text = SERVER_VALUES
        .iter()
        .fold(html[start + "<script>".len()..end].to_owned(), |text, (placeholder, value)| text.replace(placeholder, value));
    let name = format!("reload-{}.js", content_hash(&text));
    let html = format!("{}<script src=\"./{name}\">{}", &html[..start], &html[end..]);
    let html = html.replace(csp::POLICY, &csp::while_serving());
    Ok(Some((html, Script { name, text })))
}

/// The page must hold the policy, and nothing that the policy would block.
fn check(html: &str, policy: &str) -> Outcome {
    if !html.contains(policy) {
        return Err(format!("index.html does not declare the policy {policy}"));
    }
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or(tag);
        let attributes = || tag.split_whitespace().skip(1);
        let inline_script = tag.starts_with("script") && !attributes().any(|it| it.starts_with("src="));
        let inline_style = tag.starts_with("style") || attributes().any(|it| it.starts_with("style="));
        let inline_handler = attributes().any(|it| it.starts_with("on") && it.contains('='));
        if inline_script || inline_style || inline_handler {
            return Err(format!("the policy forbids <{tag}> in index.html: put it into a file"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> String {
        format!("<meta content=\"{}\"><body>{body}</body>", csp::POLICY)
    }

    #[test]
    fn the_reload_script_becomes_a_file_that_finds_its_own_server() {
        let inline = "<script>const a = '{{__TRUNK_ADDRESS__}}', b = '{{__TRUNK_WS_BASE__}}';</script>";
        let (html, script) = extract_reload_script(&page(inline)).unwrap().unwrap();
        assert_eq!(script.text, "const a = window.location.host, b = new URL('.', document.currentScript.src).pathname;");
        assert!(html.contains(&format!("<body><script src=\"./{}\"></script></body>", script.name)));
        assert_eq!(check(&html, &csp::while_serving()), Ok(()));
    }

    #[test]
    fn a_release_page_stays_as_it_is() {
        assert_eq!(extract_reload_script(&page("")), Ok(None));
        assert_eq!(check(&page("<script src=\"./boot.js\"></script>"), csp::POLICY), Ok(()));
    }

    #[test]
    fn what_the_policy_would_block_fails_the_build() {
        for inline in ["<script>run()</script>", "<style>p{}</style>", "<p style=\"color:red\">", "<p onclick=\"run()\">"] {
            assert!(check(&page(inline), csp::POLICY).is_err(), "{inline}");
        }
    }

    #[test]
    fn words_are_not_taken_for_handlers() {
        let description = page("<meta name=\"description\" content=\"Runs on any host\">");
        assert_eq!(check(&description, csp::POLICY), Ok(()));
    }

    #[test]
    fn a_page_without_the_policy_fails_the_build() {
        assert!(check("<body></body>", csp::POLICY).is_err());
    }
}
