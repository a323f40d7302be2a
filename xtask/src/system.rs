//! What the machine has: programs on the PATH, and the packages Debian can add.

use crate::process::{Outcome, command, output, run, say};
use std::path::{Path, PathBuf};

/// The first of these programs that is on the PATH.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .map(|program| program.with_extension(std::env::consts::EXE_EXTENSION))
        .find(|program| program.is_file())
}

/// Whether packages can be added without asking: Debian or a relative of it, as root.
pub(crate) fn can_install_packages() -> bool {
    Path::new("/etc/debian_version").exists()
        && on_path(&["apt-get"]).is_some()
        && output(command("id").arg("-u")).as_deref() == Some("0")
}

/// Installs Debian packages.
///
/// # Errors
/// When apt-get fails.
pub(crate) fn install_packages(packages: &[&str]) -> Outcome {
    say(&format!("Installing the packages {} (about a minute)", packages.join(", ")));
    run(command("apt-get").args(["update", "--quiet"]))?;
    run(command("apt-get")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["install", "--yes", "--quiet", "--no-install-recommends"])
        .args(packages))
}

/// The first number of a version text such as `v20.20.2`.
pub(crate) fn major_version(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches(|character: char| !character.is_ascii_digit());
    digits.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_is_found_on_the_path() {
        assert!(on_path(&["no-such-program", "cargo"]).is_some());
        assert_eq!(on_path(&["no-such-program"]), None);
    }

    #[test]
    fn the_major_version_is_read_with_or_without_a_prefix() {
        assert_eq!(major_version("v20.20.2"), Some(20));
        assert_eq!(major_version("11.19.1"), Some(11));
        assert_eq!(major_version("Chromium 140.0.1"), Some(140));
        assert_eq!(major_version("none"), None);
    }
}
