//! The meetings of committees that a folder is prepared for.

use std::collections::BTreeMap;

use super::as_of::{day_or_next_lcc, said_day};
use super::{Folder, FolderError, Selection};
use crate::calendar::Day;
use crate::records::Body;
use crate::text::{SaidDay, Text, all_of};

/// The meeting that is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedMeeting {
    /// On a day.
    On(SaidDay),
    /// The next LCC meeting of each course.
    NextLcc,
}

impl AskedMeeting {
    /// Reads a day as people write it, or `next-lcc`; the error says what is needed.
    pub fn parse(text: &str) -> Result<Self, String> {
        Ok(day_or_next_lcc(text)?.map_or(Self::NextLcc, Self::On))
    }
}

/// The day of the meeting of each course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meetings(BTreeMap<Text, Day>);

impl Meetings {
    /// The meetings of the courses that are selected, on or after the day of judgement. A course that has none is left
    /// out; the error says that no course has one, or that the meeting was before the day.
    pub fn of(asked: AskedMeeting, folder: &Folder, selection: &Selection, as_of: Day) -> Result<Self, FolderError> {
        let ids = folder.case.records.courses.iter().map(|entry| &entry.id);
        let is_concerned = |id: &Text| selection.concerns_course(id, folder);
        let concerned = ids.filter(|id| is_concerned(id));
        let meetings: BTreeMap<Text, Day> = match asked {
            AskedMeeting::On(said) => {
                let meeting = said_day(said, &folder.case.records.days_of_courses(&is_concerned, as_of))?;
                if meeting < as_of {
                    return Err(FolderError::MeetingIsOver { meeting, as_of });
                }
                concerned.map(|id| (id.clone(), meeting)).collect()
            }
            AskedMeeting::NextLcc => {
                concerned.filter_map(|id| Some((id.clone(), folder.case.next_lcc(as_of, &|one| one == id)?))).collect()
            }
        };
        if meetings.is_empty() && asked == AskedMeeting::NextLcc && folder.can_be_judged() {
            return Err(FolderError::NoMeetingToCome { folder: folder.name.as_text().clone() });
        }
        Ok(Self(meetings))
    }

    /// A meeting of all courses that are selected, on a day.
    pub fn on(day: Day, folder: &Folder, selection: &Selection) -> Self {
        let ids = folder.case.records.courses.iter().map(|entry| &entry.id);
        let concerned = ids.filter(|id| selection.concerns_course(id, folder));
        Self(concerned.map(|id| (id.clone(), day)).collect())
    }

    /// The meeting of a course.
    pub fn of_course(&self, course: &Text) -> Option<Day> {
        self.0.get(course).copied()
    }

    /// That no LCC meeting is listed or recorded on a day of these, and which is the next, as a sentence; none where each is,
    /// and of a folder that lists none. `selection` and `as_of` are those of the meetings.
    pub fn unlisted(&self, folder: &Folder, selection: &Selection, as_of: Day) -> Option<String> {
        let listed = folder.lcc_meetings(selection);
        let recorded = folder.case.records.meetings.iter().filter_map(|entry| entry.record.as_deref());
        let recorded: Vec<_> = recorded.filter(|one| one.body == Body::Lcc).map(|one| one.date).collect();
        let is_known = |day: &Day| listed.is_empty() || listed.contains(day) || recorded.contains(day);
        let day = self.days().into_iter().find(|day| !is_known(day))?;
        let next = match listed.iter().find(|day| **day >= as_of) {
            Some(next) => format!("the next is on {next}"),
            None => format!("none is listed on or after {as_of}"),
        };
        Some(format!("No LCC meeting is listed on {day}; {next}."))
    }

    /// The meetings in a sentence: `the meeting of 28 February 2026`; of several days with their courses, `the meetings of
    /// 28 February 2026 (london-2025) and 12 September 2026 (london-2024)`.
    pub fn in_words(&self) -> String {
        let days = self.days();
        if let [day] = days.as_slice() {
            return format!("the meeting of {day}");
        }
        let with_courses = days.iter().map(|day| {
            let courses = self.0.iter().filter(|(_, of)| *of == day).map(|(course, _)| course);
            format!("{day} ({})", all_of(courses.collect::<Vec<_>>()))
        });
        format!("the meetings of {}", all_of(with_courses.collect::<Vec<_>>()))
    }

    /// The days of the meetings, each once, in order.
    pub fn days(&self) -> Vec<Day> {
        let mut days: Vec<_> = self.0.values().copied().collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

impl Folder {
    /// The last LCC meeting before a day, of those that [are listed](Self::lcc_meetings) and those that are recorded.
    pub fn last_lcc_meeting(&self, selection: &Selection, before: Day) -> Option<Day> {
        let recorded = self.case.records.meetings.iter().filter_map(|entry| entry.record.as_deref());
        let recorded = recorded.filter(|meeting| meeting.body == Body::Lcc).map(|meeting| meeting.date);
        recorded.chain(self.lcc_meetings(selection)).filter(|day| *day < before).max()
    }

    /// The days of the LCC meetings of the courses that are selected and of the folder, each once, in order.
    pub fn lcc_meetings(&self, selection: &Selection) -> Vec<Day> {
        let records = &self.case.records;
        let courses = records.courses.iter().filter(|entry| selection.concerns_course(&entry.id, self));
        let of_courses = courses.filter_map(|entry| entry.record.as_deref()).flat_map(|course| &course.lcc_meetings);
        let of_folder = records.gwp.iter().flat_map(|gwp| &gwp.lcc_meetings);
        let mut days: Vec<_> = of_courses.chain(of_folder).copied().collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}
