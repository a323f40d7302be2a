//! The built page in a browser: what a person does with it, in the words of the page.

use std::{fs, path::PathBuf, time::Duration};

use serde_json::{Value, json};

use crate::{
    browser::{Browser, Role},
    process::path_from,
    scratch::Scratch,
    servers::{PAGE, Tls},
    site::Site,
};

/// How long a run may take that does not wait on purpose.
const RUN_PATIENCE: Duration = Duration::from_secs(20);

/// The page of `INSPECTOR_DIST`, served and open in a browser of its own.
pub struct Inspector {
    /// The browser that shows it.
    pub browser: Browser,
    /// The host that serves it.
    pub site: Site,
}

/// Width, height, and whether the scheme is dark.
const SCREENS: [(u32, u32, bool); 4] = [(1440, 900, false), (1440, 900, true), (390, 844, false), (390, 844, true)];

/// A finding as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The slug of the cause.
    pub cause: String,
    /// `proven`, `likely` or `possible`.
    pub certainty: String,
}

impl Inspector {
    /// The empty page.
    pub fn open() -> Self {
        Self::open_in(Browser::start(), Site::start(path_from("INSPECTOR_DIST")))
    }

    /// The empty page as one of the web, over https, with the TLS in front of it.
    pub fn open_on_the_web() -> (Self, Tls) {
        let site = Site::start(path_from("INSPECTOR_DIST"));
        let tls = Tls::start(&site);
        let browser = Browser::start_on_the_web(PAGE, tls.port());
        (Self::open_in(browser, site.known_as(&format!("https://{PAGE}"))), tls)
    }

    /// The empty page of a given host in a given browser.
    pub fn open_in(browser: Browser, site: Site) -> Self {
        let inspector = Self { browser, site };
        inspector.load("");
        inspector
    }

    /// Loads the page anew, with a fragment such as `#server=…` or none.
    pub fn load(&self, fragment: &str) {
        // From elsewhere: another fragment alone would not load anything.
        self.browser.open("about:blank");
        self.browser.open(&format!("{}{fragment}", self.site.url()));
        self.browser.wait_until("its form", || !self.browser.select("main[data-phase]").is_empty());
    }

    /// Types a server, runs the handshake and waits for its end.
    pub fn run(&self, server: &str) {
        self.begin(server);
        self.wait_until_done();
    }

    /// Types a server and runs the handshake.
    pub fn begin(&self, server: &str) {
        self.browser.fill(Role::Textbox, "Server URL", server);
        self.browser.click(Role::Button, "Run handshake");
    }

    /// Waits for the end of a run.
    pub fn wait_until_done(&self) {
        self.browser.wait_until_within(RUN_PATIENCE, "the end of the run", || self.phase() == "done");
    }

    /// Opens a recording through the dialog.
    pub fn paste_trace(&self, text: &str) {
        self.browser.click(Role::Button, "Open trace");
        // As a paste does, at once: typed line by line, a long text takes the browser minutes.
        self.browser.script(
            "const field = document.querySelector('#pasted-trace');
            field.value = arguments[0];
            field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));",
            &[Value::from(text)],
        );
        self.browser.click(Role::Button, "Open");
    }

    /// The link of the dialog "Share this trace", as it is offered first.
    pub fn link(&self) -> String {
        self.browser.click(Role::Button, "Share");
        let link = || self.browser.find(Role::Textbox, "Link").value();
        self.browser.wait_until("the link", || link().contains("#trace="));
        let link = link();
        self.browser.click(Role::Button, "Close");
        link
    }

    /// Saves the recording with the dialog "Share this trace", and reads the file.
    pub fn saved_trace(&self) -> String {
        self.browser.click(Role::Button, "Share");
        let text = self.saved("Download trace");
        self.browser.click(Role::Button, "Close");
        String::from_utf8(text).expect("a text")
    }

    /// Presses a button that saves a file, and reads it.
    pub fn saved(&self, button: &str) -> Vec<u8> {
        let folder = Scratch::create();
        let to = json!({ "behavior": "allow", "downloadPath": folder.path() });
        self.browser.devtools("Browser.setDownloadBehavior", to);
        self.browser.click(Role::Button, button);
        // A file that is still being written has another name, or has its own already and nothing in it.
        let is_filled = |file: &PathBuf| fs::metadata(file).is_ok_and(|file| file.len() > 0);
        let is_whole =
            |file: &PathBuf| file.extension().is_some_and(|end| end != "crdownload" && end != "tmp") && is_filled(file);
        let files = || fs::read_dir(folder.path()).expect("a folder").map(|file| file.expect("a file").path());
        self.browser.wait_until("the saved file", || files().any(|file| is_whole(&file)));
        fs::read(files().find(is_whole).expect("a file")).expect("a file that can be read")
    }

    /// `idle`, `running` or `done`.
    pub fn phase(&self) -> String {
        self.read("return document.querySelector('main').dataset.phase")
    }

    /// `ok`, `failed` or `stopped`; empty while there is none.
    pub fn outcome(&self) -> String {
        self.read("return document.querySelector('main').dataset.outcome ?? ''")
    }

    /// The first sentence of the verdict.
    pub fn headline(&self) -> String {
        self.read("return document.querySelector('section[aria-label=\"Verdict\"] h2')?.innerText ?? ''")
    }

    /// What the region "Findings" holds, in its order.
    pub fn findings(&self) -> Vec<Shown> {
        let region = self.browser.find(Role::Region, "Findings");
        let found = region.script(
            "return [...arguments[0].querySelectorAll('article')].map(article =>
                [article.dataset.cause, article.dataset.certainty]);",
        );
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let found = found.as_array().cloned().unwrap_or_default();
        found.iter().map(|pair| Shown { cause: text(&pair[0]), certainty: text(&pair[1]) }).collect()
    }

    /// The slugs of what is shown as wrong; something worth saying about a success is not.
    pub fn problems(&self) -> Vec<String> {
        self.show_pane("Findings");
        let region = self.browser.find(Role::Region, "Findings");
        let articles = region.select("article[data-kind=problem]");
        articles.iter().filter_map(|article| article.attribute("data-cause")).collect()
    }

    /// The events of the rows of the diagram that are in view, from top to bottom.
    pub fn events(&self) -> Vec<String> {
        let events = self.script_value(
            "return [...document.querySelectorAll('section[aria-label=\"Sequence diagram\"] [role=option][data-event]')]
                .map(row => row.dataset.event);",
        );
        events.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// What the rows of the diagram that are in view say to a screen reader.
    pub fn rows(&self) -> Vec<String> {
        let labels = self.script_value(
            "return [...document.querySelectorAll('section[aria-label=\"Sequence diagram\"] [role=option]')]
                .map(row => row.getAttribute('aria-label'));",
        );
        labels.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// How many rows the diagram has, in view or not.
    pub fn row_count(&self) -> usize {
        let said = self.read(
            "return [...document.querySelectorAll('section[aria-label=\"Sequence diagram\"] .bar span')]
                .map(span => span.textContent).find(text => text.endsWith(' rows')) ?? ''",
        );
        said.split(' ').next().and_then(|count| count.parse().ok()).unwrap_or(0)
    }

    /// Shows one of the panes: `Detail`, `Findings`, `Tools` or `Raw`.
    pub fn show_pane(&self, pane: &str) {
        let tab = self.browser.find_all(Role::Tab).into_iter().find(|tab| tab.name().starts_with(pane));
        tab.unwrap_or_else(|| panic!("no tab {pane}")).click();
    }

    /// What the page says of a field: the text of what describes it.
    pub fn said_of(&self, role: Role, name: &str) -> String {
        let said = self.browser.find(role, name).script(
            "const ids = (arguments[0].getAttribute('aria-describedby') ?? '').split(' ').filter(id => id);
            return ids.map(id => document.getElementById(id)?.textContent ?? '').join(' ').trim();",
        );
        said.as_str().unwrap_or_default().to_owned()
    }

    /// All the text of the page that can be seen.
    pub fn visible_text(&self) -> String {
        self.read("return document.body.innerText")
    }

    /// What axe says of the page as it is now, on every screen, and where it is too wide for one.
    pub fn violations(&self, state: &str) -> Vec<String> {
        let mut found = Vec::new();
        for (width, height, dark) in SCREENS {
            self.browser.show_as(width, height, dark);
            let screen = format!("{state}, {width} px, {}", if dark { "dark" } else { "light" });
            found.extend(self.browser.axe().into_iter().map(|violation| format!("{screen}: {violation}")));
            let overflow = self.script_value("return document.scrollingElement.scrollWidth - innerWidth");
            let overflow = overflow.as_i64().unwrap_or_default();
            if overflow > 0 {
                found.push(format!("{screen}: the document is {overflow} px too wide"));
            }
        }
        self.browser.show_as(1440, 900, false);
        found
    }

    fn read(&self, script: &str) -> String {
        self.script_value(script).as_str().unwrap_or_default().to_owned()
    }

    fn script_value(&self, script: &str) -> Value {
        self.browser.script(script, &[json!(null)])
    }
}
