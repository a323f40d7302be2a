//! One element of the page.

use serde_json::Value;
use thirtyfour::{By, WebElement, error::WebDriverResult};

use super::{Browser, find::Computed};

/// An element that was on the page when it was found.
pub struct Element<'a> {
    pub(super) browser: &'a Browser,
    pub(super) inner: WebElement,
}

impl<'a> Element<'a> {
    /// Clicks its middle, scrolling it into view first.
    pub fn click(&self) {
        self.try_click().unwrap_or_else(|error| panic!("no click on {:?}: {error}", self.name()));
    }

    pub(super) fn try_click(&self) -> WebDriverResult<()> {
        self.browser.wait_for(self.inner.click())
    }

    /// Types keys into it; for a file input, the path of the file.
    pub fn type_keys(&self, keys: &str) {
        self.browser.wait_for(self.inner.send_keys(keys)).expect("keys can be typed");
    }

    /// Replaces what it holds by pasting, so that long text takes no longer than short.
    pub fn fill(&self, text: &str) {
        self.script("arguments[0].focus(); arguments[0].select();");
        if text.is_empty() {
            self.browser.press(&[thirtyfour::Key::Delete]);
        } else {
            self.browser.devtools("Input.insertText", serde_json::json!({ "text": text }));
        }
    }

    /// Chooses the option of a `select` with this text.
    pub fn choose(&self, option: &str) {
        let options = self.select("option");
        let option = options.iter().find(|candidate| candidate.text() == option).expect("an option with this text");
        option.click();
    }

    /// What a person can read in it.
    pub fn text(&self) -> String {
        self.browser.wait_for(self.inner.text()).unwrap_or_default()
    }

    /// What a field holds.
    pub fn value(&self) -> String {
        self.browser.wait_for(self.inner.value()).ok().flatten().unwrap_or_default()
    }

    /// An attribute as written.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.browser.wait_for(self.inner.attr(name)).ok().flatten()
    }

    /// The accessible name, as the browser computes it.
    pub fn name(&self) -> String {
        self.computed(Computed::Label)
    }

    /// The ARIA role, as the browser computes it.
    pub fn role(&self) -> String {
        self.computed(Computed::Role)
    }

    /// Whether it is shown at all.
    pub fn is_shown(&self) -> bool {
        self.browser.wait_for(self.inner.is_displayed()).unwrap_or(false)
    }

    /// Whether it can be used.
    pub fn is_enabled(&self) -> bool {
        self.browser.wait_for(self.inner.is_enabled()).unwrap_or(false)
    }

    /// The elements of a CSS selector inside it.
    pub fn select(&self, selector: &str) -> Vec<Element<'a>> {
        let found = self.browser.wait_for(self.inner.find_all(By::Css(selector))).expect("a selector");
        found.into_iter().map(|inner| Element { browser: self.browser, inner }).collect()
    }

    /// Runs a script with this element as `arguments[0]`.
    pub fn script(&self, script: &str) -> Value {
        self.browser.script(script, &[self.inner.to_json().expect("a reference")])
    }

    /// An element that has meanwhile left the page has no name and no role.
    fn computed(&self, what: fn(WebElement) -> Computed) -> String {
        let answer = self.browser.wait_for(self.browser.driver().handle().cmd(what(self.inner.clone())));
        answer.and_then(|answer| answer.value()).unwrap_or_default()
    }
}
