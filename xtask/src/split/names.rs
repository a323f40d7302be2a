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
    let mut path: Vec<&str> = readable.split("::").collect();
    // The older of the two manglings ends in a hash.
    path.pop_if(|last| last.len() == 17 && last.starts_with('h') && last.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    path.len() > 1 && path[path.len() - 2] == SPLIT_POINTS
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
}
