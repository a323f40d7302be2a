//! Gathers the pages of the causes in the one file that the page loads them from.

use crate::process::{Outcome, read, workspace_root, write};
use std::path::Path;

/// The list of the pages, for whoever reads them as files.
const LIST: &str = "README.md";

/// Writes `causes.json` into a folder: a JSON object from the slug of each cause to the text of its page.
///
/// # Errors
/// When a page cannot be read or the file cannot be written.
pub(crate) fn gather(to: &Path) -> Outcome {
    let folder = workspace_root().join("src/core/src/diagnose/pages");
    let failed = |error| format!("{} cannot be read: {error}", folder.display());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(failed)? {
        files.push(entry.map_err(failed)?.path());
    }
    files.retain(|file| file.file_name().is_some_and(|name| name != LIST));
    files.sort();
    let mut pages = Vec::new();
    for file in files {
        let slug = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        pages.push((slug, read(&file)?));
    }
    write(&to.join("causes.json"), object(&pages))
}

/// A JSON object of texts.
pub(crate) fn object(members: &[(String, String)]) -> String {
    let members: Vec<String> = members.iter().map(|(key, value)| format!("{}:{}", quoted(key), quoted(value))).collect();
    format!("{{{}}}", members.join(",\n"))
}

/// A JSON string (RFC 8259, section 7).
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for char in text.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            '\n' => quoted.push_str("\\n"),
            char if char < ' ' => quoted.push_str(&format!("\\u{:04x}", u32::from(char))),
            char => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_json_strings() {
        let members = [("a".to_owned(), "say \"é\"\n\tC:\\x".to_owned()), ("b".to_owned(), String::new())];
        assert_eq!(object(&members), "{\"a\":\"say \\\"é\\\"\\n\\u0009C:\\\\x\",\n\"b\":\"\"}");
    }
}
