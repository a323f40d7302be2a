//! Servers that work, until they are watched for a while.

use crate::fault::{Scenario, reply::Reply};

/// The ping at which something happens.
const WHEN: usize = 3;

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("restarts-while-watched", "works; restarts before it answers the third ping").fault(|call, sound| {
        if call.asks("ping") && sound.count() == WHEN {
            sound.restart_once();
        }
        None
    }),
    Scenario::new("down-while-watched", "works; a gateway answers the third and fourth ping with 502").fault(|call, sound| {
        let down = call.asks("ping") && (WHEN..WHEN + 2).contains(&sound.count());
        down.then(|| Reply::new(502, "Bad Gateway").text("Bad Gateway").into())
    }),
];
