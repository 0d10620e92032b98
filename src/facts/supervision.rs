//! Which meetings with the workplace supervisor count.

use std::collections::HashMap;

use super::rulings::{Rulings, Settled};
use super::sessions::Sessions;
use crate::calendar::{Breaks, Day};
use crate::case::{ArrangementCase, Partner, StudentCase, SupervisionCase};
use crate::edition::{Code, Parameters};
use crate::records::{Meeting, SupervisionType};
use crate::text::{Path, Place, Text};

/// An entry of a supervision log that names the student, up to the day of judgement.
#[derive(Clone, Copy, Debug)]
pub struct MeetingEntry {
    /// The position of the log in [`StudentCase::supervisions`].
    pub log: usize,
    /// The position of the entry in the log.
    pub index: usize,
    /// The day.
    pub date: Day,
    /// Why it does not count, where it does not.
    pub uncounted: Option<UncountedMeeting>,
    /// Whether nothing but its mode speaks against it, whatever the committee made of that.
    pub only_mode: bool,
    /// Whether a conducting pair was supervised together.
    pub joint: bool,
}

/// Why a meeting does not count, in the order in which it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UncountedMeeting {
    /// It was cancelled.
    Cancelled,
    /// The student was not there.
    Absent,
    /// The log is of case management, which is not clinical supervision.
    CaseManagement,
    /// The supervisor is not the workplace supervisor of the student's group on that day.
    NotTheSupervisor,
    /// The mode is not accepted.
    Mode,
    /// It was too short.
    TooShort,
}

impl UncountedMeeting {
    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Absent => "absent",
            Self::CaseManagement => "case-management",
            Self::NotTheSupervisor => "not-the-supervisor",
            Self::Mode => "mode",
            Self::TooShort => "too-short",
        }
    }
}

impl MeetingEntry {
    /// Whether it is a supervision meeting.
    pub fn counts(self) -> bool {
        self.uncounted.is_none()
    }

    /// Where it stands.
    pub fn place(self, case: &StudentCase<'_>) -> Place {
        Place { file: case.supervisions[self.log].file, path: Path::of("sessions").index(self.index) }
    }
}

/// The meetings of every supervision log that names the student, in order of date, then log.
pub(super) fn meetings(
    case: &StudentCase<'_>,
    parameters: &Parameters,
    rulings: &Rulings<'_>,
    sessions: &Sessions,
    as_of: Day,
) -> Vec<MeetingEntry> {
    let begun = |one: &&ArrangementCase<'_>| {
        one.record.from <= as_of && (sessions.together || Some(one.group) == sessions.group)
    };
    let arrangements: Vec<_> = case.arrangements.iter().filter(begun).collect();
    let mut entries = Vec::new();
    for (position, supervision) in case.supervisions.iter().enumerate() {
        let under: Vec<_> =
            arrangements.iter().copied().filter(|one| one.supervisor.id == &supervision.log.supervisor).collect();
        let mut conducting: HashMap<usize, Conducting<'_>> = HashMap::new();
        for one in &under {
            conducting.entry(one.group).or_insert_with(|| Conducting::of(case, one.group, supervision));
        }
        for (index, meeting) in supervision.log.sessions.iter().enumerate().filter(|(_, one)| one.date <= as_of) {
            let covering = || under.iter().filter(|one| one.record.period().covers(meeting.date));
            let mode_fits = parameters.supervision_modes.contains(&meeting.mode.unwrap_or(supervision.log.mode));
            let mode_accepted = || rulings.on(Code::S6, meeting.date).is_some_and(Settled::is_accepted);
            let too_short = i64::from(meeting.minutes.unwrap_or_default()) < parameters.supervision_minutes;
            let uncounted = if meeting.cancelled.is_some() {
                Some(UncountedMeeting::Cancelled)
            } else if meeting.absent.contains(case.id) {
                Some(UncountedMeeting::Absent)
            } else if supervision.log.supervision_type == SupervisionType::CaseManagement {
                Some(UncountedMeeting::CaseManagement)
            } else if covering().next().is_none() {
                Some(UncountedMeeting::NotTheSupervisor)
            } else if !mode_fits && !mode_accepted() {
                Some(UncountedMeeting::Mode)
            } else if too_short {
                Some(UncountedMeeting::TooShort)
            } else {
                None
            };
            let only_mode = !mode_fits && !too_short && matches!(uncounted, None | Some(UncountedMeeting::Mode));
            let joint = uncounted.is_none()
                && (meeting.joint || covering().any(|one| conducting[&one.group].is_joint(meeting)));
            entries.push(MeetingEntry { log: position, index, date: meeting.date, uncounted, only_mode, joint });
        }
    }
    entries.sort_by_key(|entry| entry.date);
    entries
}

/// Who conducts a group under an arrangement, as a supervision log sees them.
struct Conducting<'a> {
    /// The student, where the group's log names them as a conductor.
    student: Option<&'a Text>,
    /// Arrangements of other conductors whom the log names as supervisees.
    supervised: Vec<&'a Partner<'a>>,
    /// Arrangements of those whom it does not name.
    elsewhere: Vec<&'a Partner<'a>>,
}

impl<'a> Conducting<'a> {
    fn of(case: &'a StudentCase<'a>, group: usize, supervision: &SupervisionCase<'_>) -> Self {
        let group = &case.groups[group];
        // Both are in order of student.
        let mut named = supervision.supervisees.iter().peekable();
        let (supervised, elsewhere) = group.partners.iter().partition(|partner| {
            while named.next_if(|student| **student < partner.student).is_some() {}
            named.peek() == Some(&&partner.student)
        });
        let student = group.log.conductors.contains(case.id).then_some(case.id);
        Self { student, supervised, elsewhere }
    }

    /// Whether every conductor with an arrangement for the group on the meeting's day was supervised in it, and they
    /// are two or more. The student was there.
    fn is_joint(&self, meeting: &Meeting) -> bool {
        let covers = |partner: &&&Partner<'_>| partner.arrangement.period().covers(meeting.date);
        if self.elsewhere.iter().any(|partner| covers(&partner)) {
            return false;
        }
        let mut first = self.student;
        let mut are_two = false;
        for id in self.supervised.iter().filter(covers).map(|partner| partner.id) {
            if meeting.absent.contains(id) {
                return false;
            }
            are_two |= *first.get_or_insert(id) != id;
            if are_two && meeting.absent.is_empty() {
                break;
            }
        }
        are_two
    }
}

/// The breaks of supervision: those of the group, and those of every clinical log of the student's with the
/// workplace supervisor of one of the begun arrangements.
pub(super) fn supervision_breaks(case: &StudentCase<'_>, group_breaks: &Breaks, as_of: Day) -> Breaks {
    let supervises = |supervision: &&SupervisionCase<'_>| {
        supervision.log.supervision_type == SupervisionType::Clinical
            && case
                .arrangements
                .iter()
                .any(|one| one.record.from <= as_of && one.supervisor.id == &supervision.log.supervisor)
    };
    group_breaks.with(
        case.supervisions
            .iter()
            .filter(supervises)
            .flat_map(|supervision| supervision.log.breaks.iter().map(|pause| (pause.from, pause.until))),
    )
}
