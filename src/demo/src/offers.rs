//! The methods that need no session, in every revision: lists, prompts, resources and completion.

use crate::envelope::Error;
use crate::object::Object;
use crate::params::{Params, part};
use crate::revision::Revision;
use crate::world::World;
use crate::{prompts, resources, tools};

/// A minute, in milliseconds: how long a list may be taken for fresh.
pub(crate) const MINUTE: u64 = 60_000;

/// What this server offers, as capabilities.
pub(crate) fn capabilities(revision: Revision) -> String {
    Object::new()
        .raw("logging", "{}")
        // Completion was there before; saying so came with 2025-03-26.
        .raw_if(revision >= Revision::V2025_03_26, "completions", "{}")
        .raw("prompts", "{}")
        .raw("resources", r#"{"subscribe":true}"#)
        .raw("tools", r#"{"listChanged":true}"#)
        .end()
}

/// A result with how long, and by whom, it may be kept (2026-07-28, caching): nothing here is one person's.
pub(crate) fn cached(result: Object, revision: Revision, millis: u64) -> Object {
    if revision.is_stateless() { result.number("ttlMs", millis).text("cacheScope", "public") } else { result }
}

/// The result of a method.
///
/// # Errors
/// For a method that is not there, and for parameters it does not take.
pub(crate) fn answer(world: &World, revision: Revision, method: &str, params: Params<'_>) -> Result<Object, Error> {
    match method {
        "tools/list" => tools::list(world, revision, cursor(params)?.as_deref()),
        "prompts/list" => one_page(params).map(|()| prompts::list(revision)),
        "prompts/get" => prompts::get(revision, params),
        "resources/list" => one_page(params).map(|()| resources::list(revision)),
        "resources/templates/list" => one_page(params).map(|()| resources::templates(revision)),
        "resources/read" => resources::read(world, revision, params),
        "completion/complete" => prompts::complete(revision, params),
        // Since 2026-07-28 HTTP says so too.
        _ => Err(Error::refused(404, Error::METHOD_NOT_FOUND, format!("Method not found: {method}"))),
    }
}

fn cursor<'a>(params: Params<'a>) -> Result<Option<std::borrow::Cow<'a, str>>, Error> {
    match part(params, &["cursor"]) {
        None => Ok(None),
        Some(cursor) => cursor.as_str().map(Some).ok_or_else(invalid_cursor),
    }
}

/// A list of one page has given out no cursor.
fn one_page(params: Params<'_>) -> Result<(), Error> {
    cursor(params)?.map_or(Ok(()), |_| Err(invalid_cursor()))
}

/// A cursor that this server did not give out.
pub(crate) fn invalid_cursor() -> Error {
    Error::params("Invalid cursor")
}
