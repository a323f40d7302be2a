//! Where the lanes stand for a given width.

use super::{Options, SESSION_COLUMNS};

/// Pixels between the lifelines of two sessions.
const SESSION_STEP: u32 = 12;
/// Pixels from the server's lane to the first lifeline.
const FIRST_SESSION: u32 = 11;
/// Pixels between the bars of two streams that are open at once.
const BAR_STEP: u32 = 6;
/// The lanes stand no further apart than this, so that both ends of an arrow are seen at once.
const MAX_SPAN: u32 = 960;

/// Horizontal positions.
pub(super) struct Geometry {
    /// Right edge of the times.
    pub(super) gutter: u32,
    /// The client's lane.
    pub(super) client: u32,
    /// The server's lane.
    pub(super) server: u32,
}

impl Geometry {
    pub(super) fn new(options: &Options, session_columns: u32) -> Self {
        let width = options.width.clamp(360, 2_560);
        // On a narrow screen the arrows need the room more than the times and the names of sessions do.
        let (gutter, to_client, label) = if width < 480 {
            (84, 24, 12)
        } else if width < 640 {
            (96, 44, 20)
        } else {
            (100, 72, 74)
        };
        let client = gutter + to_client;
        let sessions = session_columns.clamp(1, SESSION_COLUMNS) * SESSION_STEP;
        let server = width - FIRST_SESSION - sessions - label;
        Self { gutter, client, server: server.min(client + MAX_SPAN) }
    }

    /// Halfway between the lanes.
    pub(super) const fn middle(&self) -> u32 {
        u32::midpoint(self.client, self.server)
    }

    /// The lifeline in a column counted from 0.
    pub(super) const fn session(&self, column: u32) -> u32 {
        self.server + FIRST_SESSION + column * SESSION_STEP
    }

    /// The bar in a column counted from 0.
    pub(super) const fn bar(&self, column: u32) -> u32 {
        self.server - column * BAR_STEP
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_every_width_arrows_keep_most_of_the_room() {
        for width in (0..3_000).step_by(40) {
            for columns in 0..10 {
                let place = Geometry::new(&Options { width, ..Options::default() }, columns);
                assert!(place.gutter < place.client && place.client + 150 < place.server, "{width} {columns}");
                assert!(place.session(columns.min(SESSION_COLUMNS).saturating_sub(1)) < width.max(360), "{width} {columns}");
            }
        }
    }
}
