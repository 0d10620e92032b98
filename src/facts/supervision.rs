//! Which meetings with the workplace supervisor count.

use std::collections::{HashMap, HashSet};

use super::accommodations::Accommodations;
use super::rulings::Rulings;
use super::sessions::Sessions;
use crate::calendar::{Breaks, Day};
use crate::case::{ArrangementCase, Partner, StudentCase, SupervisionCase};
use crate::edition::{Code, Mode, Parameters};
use crate::records::{Meeting, SupervisionLog, SupervisionType};
use crate::text::{Path, SourcePath, Text};

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
    /// What S6 asks about it, whatever the committee made of that.
    pub asked: Option<Asked>,
    /// Whether a conducting pair was supervised together.
    pub joint: bool,
}

/// What S6 asks about a meeting that took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its mode, where that is not among the accepted ones.
    pub mode: Option<Mode>,
    /// Its length and the shortest one that is accepted, in minutes, where it was shorter.
    pub too_short: Option<(i64, i64)>,
}

/// Why a meeting does not count, in the order in which it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UncountedMeeting {
    /// It is a plan, and nobody has said that it was held.
    Planned,
    /// It was cancelled.
    Cancelled,
    /// Another entry of that day says that it was cancelled.
    Contradicted,
    /// The student was not there.
    Absent,
    /// The student was no supervisee on that day.
    NotASupervisee,
    /// The log is of case management, which is not clinical supervision.
    CaseManagement,
    /// The supervisor is not the workplace supervisor of the student's group on that day.
    NotTheSupervisor,
    /// The committee did not accept its mode.
    Mode,
    /// The committee did not accept its length.
    TooShort,
}

impl UncountedMeeting {
    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Cancelled => "cancelled",
            Self::Contradicted => "contradicted",
            Self::Absent => "absent",
            Self::NotASupervisee => "not-a-supervisee",
            Self::CaseManagement => "case-management",
            Self::NotTheSupervisor => "not-the-supervisor",
            Self::Mode => "mode",
            Self::TooShort => "too-short",
        }
    }
}

impl MeetingEntry {
    /// Whether the student was supervised by a workplace supervisor of the group, in whatever mode and however long.
    pub fn took_place(self) -> bool {
        matches!(self.uncounted, None | Some(UncountedMeeting::Mode | UncountedMeeting::TooShort))
    }

    /// Whether it counts: it took place, and the committee has not refused it.
    pub fn counts(self) -> bool {
        self.uncounted.is_none()
    }

    /// Where it stands.
    pub fn place(self, case: &StudentCase<'_>) -> SourcePath {
        SourcePath { file: case.supervisions[self.log].file, path: Path::of("sessions").index(self.index) }
    }
}

/// The meetings of every supervision log that names the student, in order of date, then log.
pub(super) fn meetings(
    case: &StudentCase<'_>,
    parameters: &Parameters,
    accommodations: &Accommodations<'_>,
    rulings: &Rulings<'_>,
    sessions: &Sessions,
    as_of: Day,
) -> Vec<MeetingEntry> {
    let begun = |one: &&ArrangementCase<'_>| {
        one.record.from <= as_of && (sessions.together || Some(one.group) == sessions.group)
    };
    let arrangements: Vec<_> = case.standing(as_of).filter(begun).collect();
    let mut entries = Vec::new();
    for (position, supervision) in case.supervisions.iter().enumerate() {
        let log = supervision.log;
        let under: Vec<_> = arrangements.iter().copied().filter(|one| one.supervisor.id == &log.supervisor).collect();
        let mut conducting: HashMap<usize, Conducting<'_>> = HashMap::new();
        for one in &under {
            conducting.entry(one.group).or_insert_with(|| Conducting::of(case, one.group, supervision, as_of));
        }
        let cancelled: HashSet<Day> =
            log.sessions.iter().filter(|one| one.cancelled.is_some()).map(|one| one.date).collect();
        for (index, meeting) in log.sessions.iter().enumerate().filter(|(_, one)| one.date <= as_of) {
            let covering = || under.iter().filter(|one| one.record.period().covers(meeting.date));
            let obstacle = if meeting.planned {
                Some(UncountedMeeting::Planned)
            } else if meeting.cancelled.is_some() {
                Some(UncountedMeeting::Cancelled)
            } else if cancelled.contains(&meeting.date) {
                Some(UncountedMeeting::Contradicted)
            } else if meeting.absent.contains(case.id) {
                Some(UncountedMeeting::Absent)
            } else if !log.is_supervisee(case.id, meeting.date) {
                Some(UncountedMeeting::NotASupervisee)
            } else if log.supervision_type == SupervisionType::CaseManagement {
                Some(UncountedMeeting::CaseManagement)
            } else if covering().next().is_none() {
                Some(UncountedMeeting::NotTheSupervisor)
            } else {
                None
            };
            let in_force = || accommodations.parameters(parameters, meeting.date);
            let is_judged = sessions.complete_on.is_none_or(|complete_on| meeting.date <= complete_on);
            let asked = if obstacle.is_none() && is_judged { asked(meeting, log, &in_force()) } else { None };
            let is_refused = |_: &Asked| rulings.on(Code::S6, meeting.date).is_some_and(|one| !one.is_accepted());
            let refused = asked.filter(is_refused).map(|asked| match asked.mode {
                Some(_) => UncountedMeeting::Mode,
                None => UncountedMeeting::TooShort,
            });
            let uncounted = obstacle.or(refused);
            let joint = uncounted.is_none()
                && (meeting.joint || covering().any(|one| conducting[&one.group].is_joint(meeting)));
            entries.push(MeetingEntry { log: position, index, date: meeting.date, uncounted, asked, joint });
        }
    }
    entries.sort_by_key(|entry| entry.date);
    entries
}

/// What is to be asked about a meeting that took place.
fn asked(meeting: &Meeting, log: &SupervisionLog, parameters: &Parameters) -> Option<Asked> {
    let mode = meeting.mode.unwrap_or(log.mode);
    let minutes = i64::from(meeting.minutes.unwrap_or_default());
    let least = parameters.supervision_minutes;
    let asked = Asked {
        mode: Some(mode).filter(|mode| !parameters.supervision_modes.contains(mode)),
        too_short: (minutes < least).then_some((minutes, least)),
    };
    (asked.mode.is_some() || asked.too_short.is_some()).then_some(asked)
}

/// Who conducts a group under an arrangement, as a supervision log sees them.
struct Conducting<'a> {
    log: &'a SupervisionLog,
    /// The student, where the group's log names them as a conductor.
    student: Option<&'a Text>,
    /// Arrangements of other conductors whom the log names as supervisees, throughout or at times.
    supervised: Vec<&'a Partner<'a>>,
    /// Arrangements of those whom it does not name.
    elsewhere: Vec<&'a Partner<'a>>,
}

impl<'a> Conducting<'a> {
    fn of(case: &'a StudentCase<'a>, group: usize, supervision: &SupervisionCase<'a>, as_of: Day) -> Self {
        let group = &case.groups[group];
        // Both are in order of student.
        let mut named = supervision.supervisees.iter().peekable();
        let (supervised, elsewhere) = group.partners(as_of).partition(|partner| {
            while named.next_if(|student| **student < partner.student).is_some() {}
            named.peek() == Some(&&partner.student)
        });
        let student = group.log.conductors.contains(case.id).then_some(case.id);
        Self { log: supervision.log, student, supervised, elsewhere }
    }

    /// Whether every conductor with an arrangement for the group on the meeting's day was supervised in it, and they
    /// are two or more. The student was there.
    fn is_joint(&self, meeting: &Meeting) -> bool {
        let covers = |partner: &&&Partner<'_>| partner.arrangement.period().covers(meeting.date);
        if self.elsewhere.iter().any(|partner| covers(&partner)) {
            return false;
        }
        let has_times = !self.log.supervisee_periods.is_empty();
        let mut first = self.student;
        let mut are_two = false;
        for id in self.supervised.iter().filter(covers).map(|partner| partner.id) {
            if meeting.absent.contains(id) || (has_times && !self.log.is_supervisee(id, meeting.date)) {
                return false;
            }
            are_two |= *first.get_or_insert(id) != id;
            if are_two && meeting.absent.is_empty() && !has_times {
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
                .standing(as_of)
                .any(|one| one.record.from <= as_of && one.supervisor.id == &supervision.log.supervisor)
    };
    group_breaks.with(
        case.supervisions
            .iter()
            .filter(supervises)
            .flat_map(|supervision| supervision.log.breaks.iter().map(|pause| (pause.from, pause.until))),
    )
}
