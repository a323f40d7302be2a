//! Chromium and its WebDriver server, for the tests in a browser.

use crate::process::{Outcome, command, output};
use crate::system::{can_install_packages, install_packages, major_version, on_path};
use std::path::{Path, PathBuf};

/// A browser and the driver that speaks WebDriver for it.
pub(crate) struct Browser {
    /// The browser's program.
    pub(crate) chromium: PathBuf,
    /// The driver's program, of the same major version.
    pub(crate) chromedriver: PathBuf,
}

/// Where browsers are that do not put themselves on the PATH.
const USUAL_PLACES: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
];

/// Finds the browser and its driver, or installs them where packages can be added.
///
/// # Errors
/// When one is missing, or their versions differ; the message says what to install.
pub(crate) fn browser() -> Outcome<Browser> {
    if (chromium().is_none() || chromedriver().is_none()) && can_install_packages() {
        install_packages(&["chromium", "chromium-driver", "fonts-liberation"])?;
    }
    let chromium = chromium().ok_or(
        "no Chromium or Chrome: install it, or set INSPECTOR_CHROMIUM to its program \
         (on Debian: the package chromium)",
    )?;
    let chromedriver = chromedriver().ok_or(
        "no chromedriver: put the one of your Chrome's version on the PATH, or set INSPECTOR_CHROMEDRIVER \
         (https://googlechromelabs.github.io/chrome-for-testing; on Debian: the package chromium-driver)",
    )?;
    // Chrome for Windows does not print its version: then the driver itself reports a mismatch.
    if let (Some(ours), Some(driver)) = (version(&chromium), version(&chromedriver))
        && ours != driver
    {
        return Err(format!(
            "{} is version {ours} but {} is version {driver}: WebDriver needs the same",
            chromium.display(),
            chromedriver.display()
        ));
    }
    Ok(Browser { chromium, chromedriver })
}

fn chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    chosen("INSPECTOR_CHROMIUM").or_else(|| on_path(&names)).or_else(|| {
        let places = USUAL_PLACES.iter().map(Path::new);
        places.filter(|place| place.is_file()).map(Path::to_path_buf).next()
    })
}

fn chromedriver() -> Option<PathBuf> {
    chosen("INSPECTOR_CHROMEDRIVER").or_else(|| on_path(&["chromedriver"]))
}

fn chosen(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from)
}

fn version(program: &Path) -> Option<u32> {
    if cfg!(windows) {
        return None;
    }
    major_version(&output(command(program).arg("--version"))?)
}
