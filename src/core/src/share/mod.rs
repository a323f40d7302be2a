//! Sharing a recording: without its secrets, as a link or as a file; and opening what others shared.

mod export;
mod failure;
mod file;
mod forms;
mod level;
mod link;
mod offer;
mod open;
mod redact;
mod redacted;
mod report;
mod send;
mod taint;
mod wire;

pub use export::{Format, export, har_with_bodies};
pub use file::open_file;
pub use forms::Form;
pub use level::{Level, More};
pub use link::open_link;
pub use offer::{Offer, first_choice, offers};
pub use open::{OpenError, Opened, Shared, View};
pub use redacted::{Redacted, WithBodies, keep_bodies, redact};
pub use report::{Carrier, Removed};
pub use send::{Link, NoLink, file, file_with_bodies, link};
pub use taint::{Secret, Secrets, Taint, check};
