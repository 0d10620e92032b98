//! The day as of which a folder is judged.

use super::{Folder, FolderError, Selection};
use crate::calendar::Day;
use crate::text::{DayContext, NO_DAY, SaidDay, Text};

/// The day as of which a folder is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AsOf {
    /// Today.
    #[default]
    Today,
    /// A day.
    Day(SaidDay),
    /// The earliest LCC meeting from today on, of the folder and of the courses that are selected.
    NextLcc,
}

impl AsOf {
    /// Reads a day as people write it, or `next-lcc`; the error says what is needed.
    pub fn parse(text: &str) -> Result<Self, String> {
        Ok(day_or_next_lcc(text)?.map_or(Self::NextLcc, Self::Day))
    }

    /// The day, for a folder. The error says that no LCC meeting is to come, or that the day could be two.
    pub fn day(self, folder: &Folder, selection: &Selection, today: Day) -> Result<Day, FolderError> {
        let of_course = |course: &Text| selection.concerns_course(course, folder);
        match self {
            Self::Day(said) => said_day(said, &folder.case.records.days_of_courses(&of_course, today)),
            Self::NextLcc if folder.can_be_judged() => {
                let none = || FolderError::NoMeetingToCome { folder: folder.name.as_text().clone() };
                folder.case.next_lcc(today, &of_course).ok_or_else(none)
            }
            Self::NextLcc | Self::Today => Ok(today),
        }
    }
}

/// Reads a day, or `next-lcc`, for which there is none yet.
pub(super) fn day_or_next_lcc(text: &str) -> Result<Option<SaidDay>, String> {
    const NEXT_LCC: &str = "next-lcc";
    if text.eq_ignore_ascii_case(NEXT_LCC) {
        return Ok(None);
    }
    let or_next = |fault: String| if fault == NO_DAY { format!("{fault}, or {NEXT_LCC}") } else { fault };
    SaidDay::read(text).map(Some).map_err(or_next)
}

/// A day that was said; the error says that it could be two.
pub(super) fn said_day(said: SaidDay, context: &DayContext) -> Result<Day, FolderError> {
    said.any(context).map_err(|fault| FolderError::UnclearDay { fault })
}
