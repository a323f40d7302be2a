//! Chromium through W3C WebDriver, with calls that block: a test reads as what a person does and sees.

mod axe;
mod element;
mod find;
mod har;
mod inspect;
mod page;
mod requests;

use std::{cell::RefCell, fs, future::Future, path::Path, process::Command, time::Duration};

use serde_json::{Value, json};
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver, error::WebDriverResult};
use tokio::runtime::{Builder, Runtime};

pub use element::Element;
pub use find::Role;
pub use inspect::{ConsoleLine, Storage};
pub use requests::SentRequest;
pub use thirtyfour::Key;

use crate::{
    process::{Process, path_from},
    scratch::Scratch,
};

/// How long [`Browser::find`] and [`Browser::wait_until`] wait for the page.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// No GPU, no first-run pages, and none of the requests a browser makes for itself.
const FLAGS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1440,900",
];

/// It still looks for updates, accounts and form fields: let it find nobody.
const NOBODY: &str = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost";

/// One Chromium with a fresh profile, closed when dropped.
pub struct Browser {
    // Fields drop in this order: the session's connection, its runtime, the driver process, the folder it wrote to.
    driver: Option<WebDriver>,
    runtime: Runtime,
    _chromedriver: Process,
    scratch: Scratch,
    console: RefCell<Vec<ConsoleLine>>,
}

impl Browser {
    /// Starts chromedriver (`INSPECTOR_CHROMEDRIVER`) and with it Chromium (`INSPECTOR_CHROMIUM`).
    pub fn start() -> Self {
        Self::start_with(&[], |_| Vec::new())
    }

    /// The same for a page of the web that is called `name`: TLS in front of it listens on `port` of the loopback, and the browser
    /// takes that for an address of the web. Names below `test` lead to the loopback as well.
    pub fn start_on_the_web(name: &str, port: u16) -> Self {
        Self::start_with(&[], |_| {
            vec![
                format!("--host-resolver-rules=MAP {name}:443 127.0.0.1:{port}, MAP *.test 127.0.0.1, {NOBODY}"),
                format!("--ip-address-space-overrides=127.0.0.1:{port}=public"),
                "--ignore-certificate-errors".to_owned(),
            ]
        })
    }

    /// The same, and records what [`Browser::requests_sent`] tells in the end. Streams are somewhat slower.
    pub fn start_recording_requests() -> Self {
        Self::start_with(&[], |folder| vec![format!("--log-net-log={}", folder.join(requests::NETWORK_LOG).display())])
    }

    fn start_with(more_logs: &[&str], more_flags: impl FnOnce(&Path) -> Vec<String>) -> Self {
        let scratch = Scratch::create();
        let chromedriver = Process::start("chromedriver", |port| {
            let mut command = Command::new(path_from("INSPECTOR_CHROMEDRIVER"));
            // Profiles go below this folder, and chromedriver does not always clean up.
            command.arg(format!("--port={port}")).env("TMPDIR", scratch.path());
            command
        });
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let server = format!("http://127.0.0.1:{}", chromedriver.port());
        let flags = more_flags(scratch.path());
        let driver = runtime.block_on(async { WebDriver::new(server, capabilities(more_logs, &flags)?).await });
        let driver = driver.expect("Chromium starts");
        Self { driver: Some(driver), runtime, _chromedriver: chromedriver, scratch, console: RefCell::default() }
    }

    /// Runs a script as the body of a function; `arguments[0]` and so on are `arguments`.
    pub fn script(&self, script: &str, arguments: &[Value]) -> Value {
        let result = self.wait_for(self.driver().execute(script, arguments.to_vec()));
        result.unwrap_or_else(|error| panic!("a script failed: {error}\n{script}")).json().clone()
    }

    /// Runs a script that may `await`, and gives what it returns.
    pub fn script_async(&self, script: &str, arguments: &[Value]) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];
            (async (...arguments) => {{ {script} }})(...Array.from(arguments).slice(0, -1))
                .then(value => done({{ value }}), error => done({{ error: String(error) }}));"
        );
        let result = self.wait_for(self.driver().execute_async(script.as_str(), arguments.to_vec()));
        let result = result.unwrap_or_else(|error| panic!("a script failed: {error}\n{script}"));
        match &result.json()["error"] {
            Value::Null => result.json()["value"].clone(),
            error => panic!("a script failed: {error}\n{script}"),
        }
    }

    /// Runs a script of an npm package in the page, whatever its content security policy says. Needs `INSPECTOR_NODE_MODULES`.
    pub fn script_of_package(&self, file: &str) {
        let source = path_from("INSPECTOR_NODE_MODULES").join(file);
        let source = fs::read_to_string(&source).unwrap_or_else(|error| panic!("{}: {error}", source.display()));
        let done = self.devtools("Runtime.evaluate", json!({ "expression": source, "returnByValue": false }));
        assert!(done["exceptionDetails"].is_null(), "{file} fails: {}", done["exceptionDetails"]["text"]);
    }

    /// Sends a Chrome DevTools command.
    pub fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.wait_for(self.driver().cdp().send_raw(command, parameters))
            .unwrap_or_else(|error| panic!("{command} failed: {error}"))
    }

    fn driver(&self) -> &WebDriver {
        self.driver.as_ref().expect("a session until drop")
    }

    fn wait_for<T>(&self, call: impl Future<Output = WebDriverResult<T>>) -> WebDriverResult<T> {
        self.runtime.block_on(call)
    }
}

impl Browser {
    fn end_session(&mut self) {
        // Ending the session ends Chromium; killing chromedriver alone would leave it running.
        if let Some(driver) = self.driver.take() {
            let _ = self.runtime.block_on(driver.quit());
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.end_session();
    }
}

fn capabilities(more_logs: &[&str], more_flags: &[String]) -> WebDriverResult<thirtyfour::Capabilities> {
    let mut chrome = DesiredCapabilities::chrome();
    chrome.set_binary(&path_from("INSPECTOR_CHROMIUM").to_string_lossy())?;
    let nobody = format!("--host-resolver-rules={NOBODY}");
    // Of a flag that stands twice the last one counts.
    for flag in FLAGS.into_iter().chain([nobody.as_str()]).chain(more_flags.iter().map(String::as_str)) {
        chrome.add_arg(flag)?;
    }
    for log in ["browser"].iter().chain(more_logs) {
        chrome.set_logging_prefs(*log, LoggingPrefsLogLevel::All)?;
    }
    Ok(chrome.into())
}
