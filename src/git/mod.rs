//! The only place that starts another program: git, where a case folder is kept in it.
//!
//! [`Repository`] and [`Snapshot`] read a case folder as it stood in a commit, [`WorkTree`] commits a file.
//!
//! git is started without hooks, pagers and editors, and without the variables that would point it at another
//! repository than the one that the case folder lies in.

#![allow(clippy::disallowed_methods, reason = "this is the place that starts git")]

mod blob_id;
mod blobs;
mod history;
mod known_on;
mod listening;
mod listing;
mod repository;
mod revision_error;
mod snapshot;
#[cfg(test)]
mod tests;
mod work_tree;

pub use blob_id::{blob_id, is_blob};
pub(crate) use history::DayOf;
pub use history::Places;
pub use known_on::KnownOn;
pub use repository::{Commit, Repository, RepositoryError};
pub use revision_error::RevisionError;
pub use snapshot::{Snapshot, TreeRoot, named_apart};
pub use work_tree::{GitError, WorkTree};

use std::path::Path;
use std::process::Command;

/// Variables that change which repository, which index or which settings git works with, or have it start something.
const NOT_PASSED_ON: [&str; 19] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_ASKPASS",
    "GIT_CEILING_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_DIFF_OPTS",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PAGER",
    "GIT_PREFIX",
    "GIT_SEQUENCE_EDITOR",
    "GIT_TEMPLATE_DIR",
    "GIT_TRACE",
    "GIT_WORK_TREE",
];

/// A start of git in a folder, still without arguments.
fn command(folder: &Path) -> Command {
    let mut command = command_with_pathspecs(folder);
    command.arg("--literal-pathspecs");
    command
}

/// A start for one of the few questions that refuse to take a path literally.
fn command_with_pathspecs(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).arg("--no-pager");
    // A folder that is no folder has no hooks in it.
    command.args(["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "gc.auto=0"]);
    command.args(["-c", "maintenance.auto=false", "-c", "core.quotePath=true"]);
    for variable in NOT_PASSED_ON {
        command.env_remove(variable);
    }
    command.envs([("LC_ALL", "C"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_EDITOR", "true")]);
    command
}
