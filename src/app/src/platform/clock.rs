//! The browser's two clocks.

use inspector_core::time::{Micros, Wall};

/// A clock that counts from the moment it was made and never goes back (`performance.now`).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    origin: f64,
}

impl Clock {
    /// A clock that starts now.
    pub(crate) fn start() -> Self {
        Self { origin: monotonic_millis() }
    }

    /// The time since the start.
    pub(crate) fn now(self) -> Micros {
        let micros = ((monotonic_millis() - self.origin) * 1_000.0).max(0.0);
        // A whole number of microseconds well below 2^53: nothing is lost.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Micros(micros as u64)
    }
}

fn monotonic_millis() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// What this computer's clock on the wall says.
pub(crate) fn wall() -> Wall {
    #[allow(clippy::cast_possible_truncation)]
    Wall(js_sys::Date::now() as i64)
}
