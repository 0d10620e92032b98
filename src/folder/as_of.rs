//! The day as of which a folder is judged.

use super::{Folder, FolderError, Selection};
use crate::calendar::Day;
use crate::text::Text;

/// The day as of which a folder is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AsOf {
    /// Today.
    #[default]
    Today,
    /// A day.
    Day(Day),
    /// The earliest LCC meeting from today on, of the folder and of the courses that are selected.
    NextLcc,
}

impl AsOf {
    /// Reads `2026-01-31` or `next-lcc`; the error says what is needed.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text == "next-lcc" {
            return Ok(Self::NextLcc);
        }
        let needed = || "a day such as 2026-01-31 is needed, or next-lcc".to_owned();
        Day::parse(text).map(Self::Day).ok_or_else(needed)
    }

    /// The day, for a folder. The error says that no LCC meeting is to come.
    pub fn day(self, folder: &Folder, selection: &Selection, today: Day) -> Result<Day, FolderError> {
        match self {
            Self::Day(day) => Ok(day),
            Self::NextLcc if folder.can_be_judged() => {
                let of_course = |course: &Text| selection.concerns_course(course, folder);
                let none = || FolderError::NoMeetingToCome { folder: folder.name.as_text().clone() };
                folder.case.next_lcc(today, &of_course).ok_or_else(none)
            }
            Self::NextLcc | Self::Today => Ok(today),
        }
    }
}
