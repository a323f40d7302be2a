//! What a person does with the page: open, click, fill, press, look, wait.

use std::{
    fs,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use serde_json::json;
use thirtyfour::{Key, WindowHandle};

use super::{Browser, PATIENCE, Role};

impl Browser {
    /// Opens an address and waits until it has loaded.
    pub fn open(&self, url: &str) {
        self.wait_for(self.driver().goto(url)).unwrap_or_else(|error| panic!("{url} does not open: {error}"));
    }

    /// The tab that is shown.
    pub fn tab(&self) -> WindowHandle {
        self.wait_for(self.driver().window()).expect("a tab")
    }

    /// Opens an empty tab and shows it.
    pub fn open_tab(&self) {
        let tab = self.wait_for(self.driver().new_tab()).expect("another tab");
        self.show_tab(&tab);
    }

    /// Shows a tab.
    pub fn show_tab(&self, tab: &WindowHandle) {
        self.wait_for(self.driver().switch_to_window(tab.clone())).expect("a tab that is open");
    }

    /// Loads the page again.
    pub fn reload(&self) {
        self.wait_for(self.driver().refresh()).expect("the page loads again");
    }

    /// The address bar, fragment included.
    pub fn url(&self) -> String {
        self.wait_for(self.driver().current_url()).expect("an address").to_string()
    }

    /// The title of the tab.
    pub fn title(&self) -> String {
        self.wait_for(self.driver().title()).expect("a title")
    }

    /// Clicks the element of this role and name.
    pub fn click(&self, role: Role, name: &str) {
        // What is drawn anew between the look and the click is looked for again.
        if self.find(role, name).try_click().is_err() {
            self.find(role, name).click();
        }
    }

    /// Replaces what the field of this role and name holds.
    pub fn fill(&self, role: Role, name: &str, text: &str) {
        self.find(role, name).fill(text);
    }

    /// Presses keys together, as in `[Key::Shift, Key::Tab]`, wherever the focus is.
    pub fn press(&self, keys: &[Key]) {
        let mut chain = self.driver().action_chain();
        for key in keys {
            chain = chain.key_down(key.value());
        }
        for key in keys.iter().rev() {
            chain = chain.key_up(key.value());
        }
        self.wait_for(chain.perform()).expect("keys can be pressed");
    }

    /// Types text, key by key, wherever the focus is.
    pub fn type_text(&self, text: &str) {
        self.wait_for(self.driver().action_chain().send_keys(text).perform()).expect("text can be typed");
    }

    /// Waits until a condition holds.
    ///
    /// # Panics
    /// When it does not within [`PATIENCE`]: "the page never showed `what`", and what it shows instead.
    pub fn wait_until(&self, what: &str, condition: impl FnMut() -> bool) {
        self.wait_until_within(PATIENCE, what, condition);
    }

    /// Waits until a condition holds, for as long as given.
    pub fn wait_until_within(&self, patience: Duration, what: &str, condition: impl FnMut() -> bool) {
        if !self.poll(patience, condition) {
            let shown = self.script("return document.body.innerText", &[]);
            panic!("the page never showed {what}, within {patience:?}; it shows:\n{}", shown.as_str().unwrap_or_default());
        }
    }

    pub(super) fn poll(&self, patience: Duration, mut condition: impl FnMut() -> bool) -> bool {
        let deadline = Instant::now() + patience;
        loop {
            if condition() {
                return true;
            }
            if Instant::now() > deadline {
                return false;
            }
            thread::sleep(Duration::from_millis(30));
        }
    }

    /// Pretends a screen of this size in CSS pixels, in the dark or the light scheme, for what follows.
    pub fn show_as(&self, width: u32, height: u32, dark: bool) {
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
        );
        let scheme = if dark { "dark" } else { "light" };
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": [
                { "name": "prefers-color-scheme", "value": scheme },
                // Motion would make two pictures of one state differ.
                { "name": "prefers-reduced-motion", "value": "reduce" },
            ] }),
        );
    }

    /// Takes a picture of the screen as [`Browser::show_as`] sets it, and writes it as PNG.
    pub fn screenshot(&self, path: &Path, width: u32, height: u32, dark: bool) {
        self.show_as(width, height, dark);
        let picture = self.wait_for(self.driver().screenshot_as_png()).expect("a picture");
        fs::write(path, picture).unwrap_or_else(|error| panic!("{} cannot be written: {error}", path.display()));
    }
}
