//! Names of functions: as the linker and wasm-bindgen write them, and as both can be compared.

/// Functions that stand directly in a module of this name are split points.
const SPLIT_POINTS: &str = "split_points";

/// The name of a function, readable. wasm-bindgen writes names so, and numbers those that would be the same.
pub(super) fn readable(symbol: &str) -> String {
    let name = format!("{}", rustc_demangle::demangle(symbol));
    match name.strip_suffix(']').and_then(|name| name.rsplit_once('[')) {
        Some((unnumbered, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => unnumbered.to_owned(),
        _ => name,
    }
}

/// Whether this is where the first part of the program calls the deferred part.
pub(super) fn is_split_point(readable: &str) -> bool {
    let path: Vec<&str> = unhashed(readable).split("::").collect();
    path.len() > 1 && path[path.len() - 2] == SPLIT_POINTS
}

/// A readable name without the hash that the older of the two manglings ends in.
pub(super) fn unhashed(readable: &str) -> &str {
    let is_hash = |last: &str| last.len() == 17 && last.starts_with('h') && last.bytes().all(|byte| byte.is_ascii_alphanumeric());
    readable.rsplit_once("::").filter(|(_, last)| is_hash(last)).map_or(readable, |(name, _)| name)
}

/// The crate that a function comes from; for a crate of ours, with the module.
pub(super) fn origin(readable: &str) -> String {
    let word = |text: &str| -> String { text.chars().skip_while(|c| !is_of_word(*c)).take_while(|c| is_of_word(*c)).collect() };
    // What implements a trait says more than the trait, unless it is a parameter.
    let path = readable.split_once(" as ").map_or(readable, |(this, of)| if this.contains("::") { this } else { of });
    let mut segments = path.split("::").map(word);
    let krate = segments.next().unwrap_or_default();
    match segments.next() {
        Some(module) if krate.starts_with("inspector_") => format!("{krate}::{module}"),
        _ => krate,
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_linker_and_wasm_bindgen_name_a_function_alike() {
        let symbol = "_ZN13inspector_app2ui12split_points4show17h0123456789abcdefE";
        assert_eq!(readable(symbol), "inspector_app::ui::split_points::show::h0123456789abcdef");
        assert_eq!(readable(&readable(symbol)), readable(symbol));
    }

    #[test]
    fn functions_that_wasm_bindgen_tells_apart_by_number_are_one_to_the_linker() {
        assert_eq!(readable("core::ops::call_once::{closure}[12]"), "core::ops::call_once::{closure}");
        assert_eq!(readable("<[T] as core::fmt::Debug>::fmt"), "<[T] as core::fmt::Debug>::fmt");
    }

    #[test]
    fn a_split_point_is_a_function_directly_in_a_module_of_that_name() {
        assert!(is_split_point("inspector_app::ui::split_points::show::h0123456789abcdef"));
        assert!(is_split_point("inspector_app::ui::split_points::show"));
        assert!(!is_split_point("inspector_app::ui::split_points::show::{{closure}}::h0123456789abcdef"));
        assert!(!is_split_point("inspector_app::split_points_of_the_page::show"));
        assert!(!is_split_point("split_points"));
    }

    #[test]
    fn the_origin_of_a_function_is_its_crate_and_for_ours_its_module() {
        for (name, expected) in [
            ("inspector_core::token::flaws::flaws::h0123456789abcdef", "inspector_core::token"),
            ("<inspector_core::json::Reason as core::fmt::Display>::fmt", "inspector_core::json"),
            ("inspector_demo::handshake::<impl inspector_demo::server::Server>::take", "inspector_demo::handshake"),
            ("<T as reactive_graph::traits::Read>::try_read", "reactive_graph"),
            ("<&T as core::fmt::Debug>::fmt", "core"),
            ("core::ptr::drop_in_place<inspector_core::trace::Trace>", "core"),
            ("<dlmalloc[e24a27700634d609]::dlmalloc::Dlmalloc>::malloc", "dlmalloc"),
            (
                "<inspector_core[e24a27700634d609]::json::Reason as core[c5930c85a12de822]::fmt::Display>::fmt",
                "inspector_core::json",
            ),
            ("main", "main"),
        ] {
            assert_eq!(origin(name), expected, "{name}");
        }
    }
}
