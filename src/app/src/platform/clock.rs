//! The browser's two clocks.

use std::cell::Cell;

use inspector_core::time::{Micros, Wall};

/// What the clock on the wall must be ahead by until this computer is known to have slept, in milliseconds: it is set right by
/// less than that now and then.
const SLEPT: f64 = 2_000.0;

/// A clock that counts from the moment it was made and never goes back (`performance.now`). Where that stands still while the
/// computer sleeps, as it does in Chromium on Linux and macOS, the clock on the wall tells how long it slept.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    origin: f64,
    began: f64,
    slept: Cell<f64>,
}

impl Clock {
    /// A clock that starts now.
    pub(crate) fn start() -> Self {
        Self { origin: monotonic_millis(), began: js_sys::Date::now(), slept: Cell::new(0.0) }
    }

    /// The time since the start.
    pub(crate) fn now(&self) -> Micros {
        let awake = monotonic_millis() - self.origin;
        let ahead = js_sys::Date::now() - self.began - awake;
        if ahead > self.slept.get() + SLEPT {
            self.slept.set(ahead);
        }
        let micros = ((awake + self.slept.get()) * 1_000.0).max(0.0);
        // A whole number of microseconds well below 2^53: nothing is lost.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Micros(micros as u64)
    }
}

/// Milliseconds on a clock that never goes back, from some moment on.
pub(crate) fn monotonic_millis() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// A moment in milliseconds since 1970 as people here say it: `28 Nov 2026, 14:03`.
pub(crate) fn local(millis: f64) -> String {
    let options = js_sys::Object::new();
    let short = [("day", "numeric"), ("month", "short"), ("year", "numeric"), ("hour", "2-digit"), ("minute", "2-digit")];
    for (part, form) in short {
        // It can only fail for an object that is sealed.
        let _ = js_sys::Reflect::set(&options, &part.into(), &form.into());
    }
    // The page is written in English.
    js_sys::Date::new(&millis.into()).to_locale_string("en-GB", &options).into()
}

/// What this computer's clock on the wall says.
pub(crate) fn wall() -> Wall {
    #[allow(clippy::cast_possible_truncation)]
    Wall(js_sys::Date::now() as i64)
}
