//! What two other sanitisers do to a HAR, by their rules as read on 2026-11-27 (Chromium DevTools `Log.ts`; Cloudflare's
//! har-sanitizer, what its page does before anybody ticks a box), written anew.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

/// Chrome's “Export HAR (sanitized)”: three headers, whatever their case, and the lists of cookies.
pub(crate) fn chrome(har: &Value) -> String {
    let mut har = har.clone();
    for entry in har["log"]["entries"].as_array_mut().unwrap() {
        for (part, dropped) in [("request", ["authorization", "cookie"].as_slice()), ("response", &["set-cookie"])] {
            let kept = |header: &Value| !dropped.contains(&header["name"].as_str().unwrap().to_lowercase().as_str());
            entry[part]["headers"].as_array_mut().unwrap().retain(kept);
            entry[part]["cookies"] = Value::Array(Vec::new());
        }
    }
    har.to_string()
}

/// The words that Cloudflare's page has ticked at first. They are compared with their case.
const WORDS: [&str; 27] = [
    "Authorization",
    "SAMLRequest",
    "SAMLResponse",
    "access_token",
    "appID",
    "assertion",
    "auth",
    "authenticity_token",
    "challenge",
    "client_id",
    "client_secret",
    "code",
    "code_challenge",
    "code_verifier",
    "email",
    "facetID",
    "fcParams",
    "id_token",
    "password",
    "refresh_token",
    "serverData",
    "shdf",
    "state",
    "token",
    "usg",
    "vses2",
    "x-client-data",
];

/// Cloudflare's sanitiser: scripts go, signatures of tokens go, and of the ticked words what stands behind an equals sign or as the
/// value beside the name, in the text of the whole file.
pub(crate) fn cloudflare(har: &Value) -> String {
    let mut har = har.clone();
    for entry in har["log"]["entries"].as_array_mut().unwrap() {
        let content = &mut entry["response"]["content"];
        if matches!(content["mimeType"].as_str(), Some("application/javascript" | "text/javascript")) {
            content["text"] = Value::from("redacted");
        }
    }
    let mut text = serde_json::to_string_pretty(&har).unwrap();
    text = SIGNATURE.replace_all(&text, "$1.$2.redacted").into_owned();
    for (word, rules) in RULES.iter() {
        if text.contains(word) {
            text = rules.iter().fold(text, |text, rule| rule.replace_all(&text, "${before}redacted${after}").into_owned());
        }
    }
    text
}

static SIGNATURE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(ey[\w=-]+)\.(ey[\w=-]+)\.[\w.+/=-]+\b").unwrap());

static RULES: LazyLock<Vec<(&str, [Regex; 3])>> = LazyLock::new(|| WORDS.iter().map(|word| (*word, rules(word))).collect());

/// The three places where a word is looked for.
fn rules(word: &str) -> [Regex; 3] {
    // Everything that can be seen in ASCII but `$`, `{` and `}`.
    let shown = "[!-#%-z|~]";
    let between = r#"[\s\w+:"\-\\%!*()`~'.,#]"#;
    let after_equals = format!(r#"(?P<before>[\s";,&?]+{word}=)({shown}+?)(?P<after>&|\\",|",|"\s|"\}}\}}|;)"#);
    let value_after = format!(r#"(?P<before>"name": "{word}",{between}*?"value": ")((?:\\"|[^"])*?)(?P<after>")"#);
    let value_before =
        format!(r#"(?P<before>"value": ")([\w\-:&+=#$~/()\\.,*!|%"\s;]+)(?P<after>"[,\s}}]+{between}*"name": "{word}")"#);
    [after_equals, value_after, value_before].map(|rule| Regex::new(&rule).unwrap())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of_header(name: &str) -> Value {
        let entry = json!({
            "request": { "headers": [{ "name": name, "value": "Bearer abc" }], "cookies": [], "url": "https://a.example/?token=t1&x=2" },
            "response": { "headers": [], "cookies": [], "content": { "mimeType": "text/plain", "text": "" } },
        });
        json!({ "log": { "entries": [entry] } })
    }

    #[test]
    fn each_does_what_it_is_known_for() {
        assert!(!chrome(&of_header("authorization")).contains("abc"));
        assert!(chrome(&of_header("authorization")).contains("t1"));
        assert!(!cloudflare(&of_header("Authorization")).contains("abc"));
        assert!(cloudflare(&of_header("authorization")).contains("abc"));
        assert!(!cloudflare(&of_header("authorization")).contains("t1"));
    }
}
