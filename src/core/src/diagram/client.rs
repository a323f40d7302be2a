//! Who the client of a recording is, as far as the recording says.

use alloc::borrow::ToOwned;
use alloc::string::String;

use crate::http::Url;
use crate::json;
use crate::mcp::CLIENT_NAME;
use crate::trace::Trace;

/// Title and subtitle of the client's lane. Only the page that shows a recording of its own may be called "This page": a recording
/// that another client made, or this program on somebody else's page, names that one.
pub(super) fn client(trace: &Trace, made_elsewhere: bool) -> (&'static str, String) {
    match (named(trace), &trace.about.page) {
        (Some(name), _) => ("Client", name),
        (None, Some(_)) if !made_elsewhere => ("This page", "your browser".to_owned()),
        (None, Some(page)) => ("Client", Url::parse(page).map_or_else(|_| page.clone(), |url| url.authority())),
        (None, None) => ("Client", String::new()),
    }
}

/// The name that another client gave itself in the first request that has one.
fn named(trace: &Trace) -> Option<String> {
    let opening = trace.exchanges().iter().find(|exchange| exchange.method() == Some("initialize"))?;
    let text = &opening.request.body;
    let scan = json::scan(text);
    let info = scan.root(text)?.get("params")?.get("clientInfo")?;
    let name = info.get("name")?.as_str()?.into_owned();
    (name != CLIENT_NAME && !name.is_empty()).then_some(name)
}
