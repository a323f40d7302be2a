//! Letters, as the browser knows them: the tables of Unicode would be part of the program else.

use js_sys::JsString;

/// The text in lower case.
pub(crate) fn lower(text: &str) -> String {
    String::from(JsString::from(text).to_lower_case())
}
