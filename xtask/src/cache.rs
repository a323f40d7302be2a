//! The per-user cache: what one clone of the project installed, the next one finds.

use crate::process::{Outcome, say};
use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Returns the cache folder `tools/NAME`, filled by `fill` when it does not exist yet.
///
/// `fill` works in a folder beside it that gets the name only once complete: an interrupted install
/// leaves nothing that passes for a finished one, and two at a time do not disturb each other.
///
/// # Errors
/// When there is no home folder, or `fill` fails.
pub(crate) fn installed(name: &str, fill: impl FnOnce(&Path) -> Outcome) -> Outcome<PathBuf> {
    installed_in(&folder()?.join("tools"), name, fill)
}

fn installed_in(tools: &Path, name: &str, fill: impl FnOnce(&Path) -> Outcome) -> Outcome<PathBuf> {
    let complete = tools.join(name);
    if complete.is_dir() {
        return Ok(complete);
    }
    let unfinished = tools.join(format!("{name}.unfinished-{}", std::process::id()));
    let failed = |error| format!("{} cannot be prepared: {error}", complete.display());
    std::fs::create_dir_all(&unfinished).map_err(failed)?;
    let moved = fill(&unfinished).and_then(|()| {
        match std::fs::rename(&unfinished, &complete) {
            // Another clone was faster: its folder is as good as ours.
            Err(_) if complete.is_dir() => Ok(()),
            result => result.map_err(failed),
        }
    });
    if unfinished.exists() && std::fs::remove_dir_all(&unfinished).is_err() {
        say(&format!("{} can be deleted", unfinished.display()));
    }
    moved.map(|()| complete)
}

/// A short name for a content: 16 hexadecimal digits that change when it changes.
pub(crate) fn content_hash(content: impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn folder() -> Outcome<PathBuf> {
    folder_from(std::env::consts::OS, |name| std::env::var_os(name).filter(|value| !value.is_empty()))
        .ok_or_else(|| "no home folder: set XDG_CACHE_HOME to a folder for installed tools".into())
}

/// Where a system keeps files that can be made again (XDG Base Directory, Apple's and Windows' guides).
fn folder_from(system: &str, variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let chosen = variable("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || variable("HOME").map(PathBuf::from);
    let caches = chosen.or_else(|| match system {
        "windows" => variable("LOCALAPPDATA").map(PathBuf::from),
        "macos" => home().map(|home| home.join("Library/Caches")),
        _ => home().map(|home| home.join(".cache")),
    })?;
    Some(caches.join("mcp-session-inspector"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        std::fs::remove_dir_all(&folder).ok();
        folder
    }

    #[test]
    fn a_second_install_does_no_work() {
        let tools = scratch("second-install");
        let first =
            installed_in(&tools, "tool-1", |folder| std::fs::write(folder.join("tool"), "").map_err(|error| error.to_string()));
        let second = installed_in(&tools, "tool-1", |_| Err("installed twice".into()));
        assert_eq!(first, second);
        assert!(tools.join("tool-1/tool").is_file());
        std::fs::remove_dir_all(tools).unwrap();
    }

    #[test]
    fn a_failed_install_leaves_nothing_that_passes_for_complete() {
        let tools = scratch("failed-install");
        let failed = installed_in(&tools, "tool-1", |folder| {
            std::fs::write(folder.join("half"), "").unwrap();
            Err("the network went away".into())
        });
        assert_eq!(failed, Err("the network went away".into()));
        assert_eq!(std::fs::read_dir(&tools).unwrap().count(), 0);
        std::fs::remove_dir_all(tools).unwrap();
    }

    #[test]
    fn each_system_has_its_own_cache_folder() {
        let variable = |name: &str| match name {
            "HOME" => Some("/people/me".into()),
            "LOCALAPPDATA" => Some("/local".into()),
            _ => None,
        };
        let folder = |system| folder_from(system, variable).unwrap();
        assert_eq!(folder("linux"), Path::new("/people/me/.cache/mcp-session-inspector"));
        assert_eq!(folder("macos"), Path::new("/people/me/Library/Caches/mcp-session-inspector"));
        assert_eq!(folder("windows"), Path::new("/local/mcp-session-inspector"));
    }
}
