//! Sharing a recording: without its secrets.

mod failure;
mod forms;
mod level;
mod redact;
mod redacted;
mod report;
mod taint;

pub use forms::Form;
pub use level::{Level, More};
pub use redacted::{Redacted, WithBodies, keep_bodies, redact};
pub use report::{Carrier, Removed};
pub use taint::{Secret, Secrets, Taint, check};
