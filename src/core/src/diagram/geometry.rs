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
    /// The lane of the authorization server, when there is one.
    pub(super) issuer: u32,
}

impl Geometry {
    pub(super) fn new(options: &Options, session_columns: u32, with_issuer: bool) -> Self {
        let width = options.width.clamp(360, 2_560);
        // On a narrow screen the arrows need the room more than the times and the names of sessions do.
        let (gutter, to_client, label, to_edge, apart) = if width < 480 {
            (84, 24, 12, 24, 80)
        } else if is_narrow(width) {
            (96, 44, 20, 48, 96)
        } else {
            (100, 72, 74, 88, 118)
        };
        let client = gutter + to_client;
        let beside = FIRST_SESSION + session_columns.clamp(1, SESSION_COLUMNS) * SESSION_STEP + label;
        let right = width.min(client + MAX_SPAN + beside);
        if !with_issuer {
            return Self { gutter, client, server: right - beside, issuer: right };
        }
        // The sessions of the server have their place between it and the authorization server.
        let issuer = right - to_edge;
        Self { gutter, client, server: issuer - beside.max(apart), issuer }
    }

    /// Halfway from the client to a lane.
    pub(super) const fn middle(&self, to: u32) -> u32 {
        u32::midpoint(self.client, to)
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

/// Whether there is no room for what could be left out.
pub(super) const fn is_narrow(width: u32) -> bool {
    width < 640
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_every_width_arrows_keep_most_of_the_room() {
        for width in (0..3_000).step_by(40) {
            for columns in 0..10 {
                let place = Geometry::new(&Options { width, ..Options::default() }, columns, false);
                assert!(place.gutter < place.client && place.client + 150 < place.server, "{width} {columns}");
                assert!(place.session(columns.min(SESSION_COLUMNS).saturating_sub(1)) < width.max(360), "{width} {columns}");
            }
        }
    }

    #[test]
    fn an_authorization_server_stands_beyond_the_sessions() {
        for width in (0..3_000).step_by(40) {
            for columns in 0..10 {
                let place = Geometry::new(&Options { width, ..Options::default() }, columns, true);
                assert!(place.client + 120 < place.server && place.server + 80 <= place.issuer, "{width} {columns}");
                assert!(place.session(columns.min(SESSION_COLUMNS).saturating_sub(1)) < place.issuer, "{width} {columns}");
                assert!(place.issuer < width.max(360), "{width} {columns}");
            }
        }
    }
}
