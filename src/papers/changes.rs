//! What has changed since the last meeting.

use super::paper::Section;
use crate::calendar::Day;
use crate::folder::{Comparison, Differences};
use crate::judgement::Verdict;
use crate::reports::{DiffReport, Sheet};
use crate::text::{Text, counted};

/// What is known of what has changed since the last meeting.
pub enum SinceMeeting<'c> {
    /// The folder as it was known at the end of the meeting's day, compared with the one that is judged.
    Known {
        /// The two.
        comparison: &'c Comparison<'c>,
        /// What differs between them.
        differences: &'c Differences<'c>,
    },
    /// It is not known, and this sentence says why.
    NotKnown(String),
}

/// The section that tells the committee; `concerns` says whether it is about a student.
pub(super) fn since_meeting(since: &SinceMeeting<'_>, concerns: &dyn Fn(&Text) -> bool) -> Section {
    let sheet = match since {
        SinceMeeting::NotKnown(why) => Sheet { lead: vec![why.clone()], ..Sheet::new("") },
        SinceMeeting::Known { comparison, differences } => changed(comparison.older_day(), differences, concerns),
    };
    Section::of_sheets("Since the last meeting", [sheet])
}

fn changed(meeting: Day, differences: &Differences<'_>, concerns: &dyn Fn(&Text) -> bool) -> Sheet {
    // Nobody has to know how the requirements stand of somebody who applies no longer.
    let goes_on = |verdict: Option<Verdict>| verdict.is_none_or(Verdict::goes_on);
    let is_told = |(before, now): (Option<Verdict>, Option<Verdict>)| {
        before != now || goes_on(now) || now == Some(Verdict::Unknown)
    };
    let students = differences.students.iter().filter(|student| concerns(student.id) && is_told(student.verdict));
    let mut sheet = DiffReport::of_students(students, &differences.records);
    let count = sheet.rows.len();
    sheet.lead = vec![format!("Compared is what the folder said at the end of {meeting}, the last meeting.")];
    sheet.lead.push(match count {
        0 => "No student stands differently.".to_owned(),
        _ => format!("{} differently.", counted(count, "student stands", "students stand")),
    });
    sheet
}
