//! The browser, one small file per thing it does. Nothing outside this folder and `ui/dom.rs` touches `web_sys`, but for DOM events.

pub(crate) mod assets;
pub(crate) mod call;
pub(crate) mod clipboard;
pub(crate) mod clock;
pub(crate) mod crash;
pub(crate) mod database;
pub(crate) mod deferred;
pub(crate) mod demo;
pub(crate) mod download;
mod event_source;
mod fetch;
pub(crate) mod files;
pub(crate) mod history;
pub(crate) mod location;
pub(crate) mod permission;
pub(crate) mod picture;
pub(crate) mod resize;
pub(crate) mod schedule;
pub(crate) mod scroll;
pub(crate) mod text;
pub(crate) mod theme;
pub(crate) mod time_zone;
pub(crate) mod title;
