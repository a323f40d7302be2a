//! What the server makes of a version header that is missing, and of one that names a revision nobody knows.

use alloc::format;

use super::{Came, Judged, Probe, Setting, Step, Tells, Tried, Version};
use crate::mcp::{self, Era};
use crate::trace::LeftOut;

/// The error of a server that does not serve the revision that is named (2026-07-28, versioning).
const UNSUPPORTED_VERSION: i64 = -32022;

pub(super) static PROBE: Probe = Probe {
    slug: "version-header",
    title: "MCP-Protocol-Version left out, then unknown",
    asks: "Whether the server reads the header that every other request carries rightly.",
    tells: Tells::Rule,
    rules: &[mcp::Step::VersionHeader, mcp::Step::VersionRefused],
    steps: &[Step::light().version(Version::Left), Step::light().version(Version::Unknown)],
    applies,
    judge,
};

fn applies(setting: &Setting) -> Result<(), LeftOut> {
    setting.wants_streamable()?;
    if setting.revision.is_some_and(|revision| !revision.has_version_header()) {
        return Err(LeftOut::OtherRevision);
    }
    setting.wants_open()
}

fn judge(tried: &Tried<'_>) -> Judged {
    let stateless = tried.era() == Era::Stateless;
    let (left, unknown) = (tried.came(0), tried.came(1));
    let (left_good, left_says) = match left {
        // A server of both eras may take it for a request of an older one (2026-07-28, versioning), and miss its session.
        Came::Refused(400) if stateless => (true, "Without it the request is refused with 400."),
        came if came.is_taken() && stateless => (false, "Without it the request is answered, where 400 is due."),
        came if came.is_taken() => (true, "Without it the request is answered."),
        Came::Refused(400) => (true, "Without it the request is refused with 400."),
        _ => (false, "Without it the request fails in another way than with 400."),
    };
    let code = tried.step(1).and_then(|exchange| exchange.refusal()).and_then(|(code, ..)| code);
    let (unknown_good, unknown_says) = match unknown {
        // Only by its code does a client know that it has to name another revision, and has not met an older server.
        Came::Refused(400) if stateless && code != Some(UNSUPPORTED_VERSION) => {
            (false, "An unknown revision is refused with 400, but not with error -32022, which says which ones there are.")
        }
        Came::Refused(400) => (true, "An unknown revision is refused with 400."),
        came if came.is_taken() => (false, "An unknown revision is taken, where 400 is due."),
        _ => (false, "An unknown revision is refused in another way than with 400."),
    };
    let says = format!("{left_says} {unknown_says}");
    if left_good && unknown_good { Judged::expected(says) } else { Judged::differs(says) }
}
