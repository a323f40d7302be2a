//! TLS in front of a host of the page, so that it comes to the browser as a page of the web does.

use super::python;
use crate::{process::Process, site::Site};

/// The name by which the page is known then. It leads to the loopback in the browser only.
pub const PAGE: &str = "inspector.example";

/// TLS in front of a site; ended when dropped.
pub struct Tls {
    process: Process,
}

impl Tls {
    /// Puts TLS in front of a site, with a certificate that nobody trusts, by the interpreter in `INSPECTOR_PYTHON`.
    pub fn start(site: &Site) -> Self {
        let process = Process::start("TLS in front of the page", |port| {
            let mut command = python("INSPECTOR_PYTHON", "tls.py");
            command.arg(port.to_string()).arg(site.port().to_string()).arg(PAGE);
            command
        });
        Self { process }
    }

    /// The port to which [`PAGE`] has to lead.
    pub fn port(&self) -> u16 {
        self.process.port()
    }
}
