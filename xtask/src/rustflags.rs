//! What rustc and the linker are told for the release page, beside what `.cargo/config.toml` says.

use crate::process::workspace_root;
use crate::split;
use std::path::{Path, PathBuf};

/// The variable that holds them, parted by spaces. Cargo adds them to the configured ones.
pub(crate) const VARIABLE: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// The flags, as the variable holds them.
pub(crate) fn rustflags() -> String {
    let folders = sources(&cargo_home().unwrap_or_default()).into_iter().chain([workspace_root()]);
    folders.fold(split::LINKER_FLAGS.to_owned(), |flags, folder| flags + &without(&folder))
}

/// Where cargo keeps its registry (The Cargo Book, "Cargo Home").
fn cargo_home() -> Option<PathBuf> {
    let chosen = std::env::var_os("CARGO_HOME").filter(|value| !value.is_empty()).map(PathBuf::from);
    chosen.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}

/// The folders that hold the sources of packages: one for each registry, named after it.
fn sources(cargo_home: &Path) -> Vec<PathBuf> {
    let registries = std::fs::read_dir(cargo_home.join("registry/src")).into_iter().flatten().flatten();
    registries.map(|registry| registry.path()).collect()
}

/// Has rustc leave a folder out of the file names that a program holds for its panics, so that the page does not tell who
/// built it and where. A folder with a space in its name stays: the variable cannot hold it.
fn without(folder: &Path) -> String {
    let folder = folder.display().to_string();
    if folder.contains(char::is_whitespace) { String::new() } else { format!(" --remap-path-prefix={folder}=") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_registry_is_left_out_of_the_names_of_files() {
        let home = std::env::temp_dir().join(format!("xtask-cargo-home-{}", std::process::id()));
        let registry = home.join("registry/src/a-registry");
        std::fs::create_dir_all(&registry).unwrap();
        let flag = format!(" --remap-path-prefix={}=", registry.display());
        assert_eq!(sources(&home).iter().map(|folder| without(folder)).collect::<String>(), flag);
        std::fs::remove_dir_all(&home).unwrap();
        assert!(sources(&home).is_empty());
    }

    #[test]
    fn a_folder_that_the_variable_cannot_hold_does_not_break_the_build() {
        assert_eq!(without(Path::new("/home/a b/.cargo")), "");
    }

    #[test]
    fn the_linker_keeps_its_relocations() {
        assert!(rustflags().starts_with(split::LINKER_FLAGS));
    }
}
