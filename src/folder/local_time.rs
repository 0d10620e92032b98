//! In which time zone the days of commits are given.

use super::{Folder, FolderError};
use crate::calendar::{Day, TimeZone};
use crate::files::MARK;
use crate::git::{DayOf, Snapshot, TreeRoot};

/// The time zone of the machine.
pub struct LocalTime<'d> {
    /// What it is called.
    pub name: String,
    /// On which day a moment is.
    pub day_of: DayOf<'d>,
}

/// The time zone of a folder: the one that its `gwp.toml` names, else that of the machine.
#[derive(Clone, Copy)]
pub struct FolderTime<'d> {
    machine: &'d LocalTime<'d>,
    named: Option<TimeZone>,
}

impl<'d> FolderTime<'d> {
    /// The one that a `gwp.toml` may name.
    pub fn of(machine: &'d LocalTime<'d>, named: Option<TimeZone>) -> Self {
        Self { machine, named }
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        match &self.named {
            Some(zone) => zone.name(),
            None => &self.machine.name,
        }
    }

    /// On which day a moment is; none where the calendar does not reach so far.
    pub fn day_of(&self, moment: i64) -> Option<Day> {
        match self.named {
            Some(zone) => zone.day_of(moment),
            None => (self.machine.day_of)(moment),
        }
    }
}

/// The time zone that the `gwp.toml` of a case folder names as it stood in a commit.
pub(super) fn zone_of(snapshot: &Snapshot, root: &TreeRoot) -> Result<Option<TimeZone>, FolderError> {
    let folder = Folder::of(snapshot.open_some(root, &|path| path == MARK, &|_| None)?);
    Ok(folder.case.records.gwp.and_then(|gwp| gwp.audit.zone()))
}
