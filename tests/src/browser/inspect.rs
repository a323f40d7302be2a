//! What the page left behind: console lines and stored data.

use serde_json::Value;

use super::Browser;

/// One line of the browser's console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsoleLine {
    /// `SEVERE`, `WARNING`, `INFO` or `DEBUG`.
    pub level: String,
    /// Who wrote it: `console-api`, `javascript`, `network`, `security` …
    pub source: String,
    /// Address, position and message.
    pub text: String,
}

/// Everything an origin can keep in the browser, each part as JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Storage {
    /// Keys and values.
    pub local: Value,
    /// Keys and values.
    pub session: Value,
    /// The cookies that scripts can see.
    pub cookies: Value,
    /// The names of the IndexedDB databases.
    pub databases: Value,
    /// The names of the caches of service workers.
    pub caches: Value,
}

impl Storage {
    /// Whether a text is anywhere in it.
    pub fn contains(&self, text: &str) -> bool {
        [&self.local, &self.session, &self.cookies, &self.databases, &self.caches]
            .iter()
            .any(|part| part.to_string().contains(text))
    }
}

const STORAGE: &str = "
    const databases = await indexedDB.databases();
    return {
        local: { ...localStorage },
        session: { ...sessionStorage },
        cookies: document.cookie,
        databases: databases.map(database => database.name),
        caches: 'caches' in self ? await caches.keys() : [],
    };";

impl Browser {
    /// Every console line since the start.
    pub fn console(&self) -> Vec<ConsoleLine> {
        let new = self.wait_for(self.driver().browser_log()).expect("a console log");
        let mut lines = self.console.borrow_mut();
        lines.extend(new.into_iter().map(|entry| ConsoleLine {
            level: entry.level,
            source: entry.source.unwrap_or_default(),
            text: entry.message,
        }));
        lines.clone()
    }

    /// Console lines about the content security policy.
    pub fn csp_violations(&self) -> Vec<ConsoleLine> {
        self.console().into_iter().filter(|line| line.text.contains("Content Security Policy")).collect()
    }

    /// Uncaught errors and failed assertions of the page's own scripts. What the console says about the network (a 401,
    /// a CORS refusal) is not among them: that is the server's doing.
    pub fn script_errors(&self) -> Vec<ConsoleLine> {
        let own = |line: &ConsoleLine| {
            line.level == "SEVERE" && line.source != "network" && !line.text.contains("blocked by CORS policy")
        };
        self.console().into_iter().filter(own).collect()
    }

    /// Everything the origin of the page keeps in this browser.
    pub fn storage(&self) -> Storage {
        let mut all = self.script_async(STORAGE, &[]);
        let mut part = |name: &str| all[name].take();
        Storage {
            local: part("local"),
            session: part("session"),
            cookies: part("cookies"),
            databases: part("databases"),
            caches: part("caches"),
        }
    }
}
