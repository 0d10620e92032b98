//! Everything that is established about a student before any requirement is asked: which sessions and meetings
//! count, which group is the student's, what is running, what the committee has settled.

mod accommodations;
mod projection;
mod rulings;
mod sessions;
mod supervision;

pub use accommodations::Accommodations;
pub use projection::{Coming, Completion, PaceHeld};
pub use rulings::{Rulings, Settled};
pub use sessions::{MissedEntry, SessionEntry, Sessions, Uncounted};
pub use supervision::{Asked, MeetingEntry, UncountedMeeting};

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::calendar::{Breaks, Day, Period};
use crate::case::{ArrangementCase, GroupCase, StudentCase, WrgCase};
use crate::edition::Parameters;
use crate::records::{Body, Decision, Form, Matter, Outcome, Report, Session};
use crate::text::{FileId, Path, SourcePath};

use sessions::{group_breaks, own_breaks};
use supervision::{meetings, supervision_breaks};

/// The facts about one student as of one day. What is dated later is not in them.
pub struct Facts<'a> {
    /// The student's case.
    pub case: &'a StudentCase<'a>,
    /// The day of judgement.
    pub as_of: Day,
    /// The parameters in force for the student's course.
    pub parameters: Parameters,
    /// What goes before them on some days, for this student alone.
    pub accommodations: Accommodations<'a>,
    /// The committee's rulings.
    pub rulings: Rulings<'a>,
    /// The day on which the student joined.
    pub joined: Day,
    /// The last day on which a session can count.
    pub limit: Day,
    /// The sessions of the student's groups.
    pub sessions: Sessions,
    /// The judged series of counted sessions, in order of date.
    pub series: Vec<SessionEntry>,
    /// The arrangements that are judged, in the order of the file.
    pub arrangements: Vec<Arranged<'a>>,
    /// Whether a group of the student's is running: an arrangement with it covers the day, the sessions are not
    /// complete, the limit is not past.
    pub running: bool,
    /// Breaks of the student's group.
    pub group_breaks: Breaks,
    /// Breaks of supervision.
    pub supervision_breaks: Breaks,
    /// The meetings of every supervision log that names the student.
    pub meetings: Vec<MeetingEntry>,
    /// The report deadlines of the course, up to the limit.
    pub course_deadlines: Vec<Day>,
    /// The day on which the final report arrived: the first GWP Form 2 since the sessions were complete.
    pub final_report: Option<Day>,
    /// Whether decisions about the award are looked at.
    award_decided: bool,
    projected: OnceCell<Option<Day>>,
}

/// An arrangement that is known and judged.
#[derive(Clone, Copy, Debug)]
pub struct Arranged<'a> {
    /// The arrangement.
    pub case: &'a ArrangementCase<'a>,
    /// The day from which it is known.
    pub known: Day,
    /// Whether it has begun.
    pub begun: bool,
    /// Its last day, where that is past.
    pub ended: Option<Day>,
}

impl Arranged<'_> {
    /// From its first day to its last.
    pub fn period(&self) -> Period {
        self.case.record.period()
    }

    /// The value of a key of the arrangement, where it stands in the student's file.
    pub fn at(&self, facts: &Facts<'_>, key: &'static str) -> SourcePath {
        facts.place(Path::of("arrangement").index(self.case.index).key(key))
    }
}

/// What the facts leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwardDecisions {
    /// Decisions about the award are facts like all others.
    Counted,
    /// They are left out: what would the verdict be without them?
    LeftOut,
}

impl<'a> Facts<'a> {
    /// Establishes the facts.
    pub fn new(case: &'a StudentCase<'a>, as_of: Day, award: AwardDecisions) -> Self {
        let parameters = case.parameters(as_of);
        let record = case.record;
        let joined = record.joined.unwrap_or(case.course.starts);
        let limit = match &record.extension {
            Some(extension) if extension.agreed <= as_of => extension.until,
            _ => parameters.limit_after(case.course.ends),
        };
        let rulings = Rulings::new(&record.ruling, as_of);
        let accommodations = Accommodations::new(&record.accommodation, as_of);
        let sessions = Sessions::new(case, &parameters, &accommodations, &rulings, (joined, limit), as_of);
        let arrangements: Vec<_> = case
            .standing(as_of)
            .map(|arrangement| {
                let period = arrangement.record.period();
                Arranged {
                    case: arrangement,
                    known: case.known(arrangement),
                    begun: period.from <= as_of,
                    ended: period.until.filter(|until| *until < as_of),
                }
            })
            .filter(|one| one.known <= as_of)
            .filter(|one| sessions.complete_on.is_none_or(|complete_on| one.period().from <= complete_on))
            .collect();
        let running = sessions.complete_on.is_none()
            && as_of <= limit
            && arrangements.iter().any(|one| Some(one.case.group) == sessions.group && one.period().covers(as_of));
        let group_breaks = group_breaks(case, sessions.group);
        let supervision_breaks = supervision_breaks(case, &group_breaks, as_of);
        let meetings = meetings(case, &parameters, &accommodations, &rulings, &sessions, as_of);
        let series = sessions.series();
        let final_report = sessions.complete_on.and_then(|complete_on| {
            let final_reports = record.report.iter().filter(|report| report.form == Form::Gwp2);
            final_reports.map(|report| report.received).filter(|day| (complete_on..=as_of).contains(day)).min()
        });
        Self {
            course_deadlines: case.course.deadlines(&parameters.report_dates, limit),
            case,
            as_of,
            parameters,
            accommodations,
            rulings,
            joined,
            limit,
            sessions,
            series,
            arrangements,
            running,
            group_breaks,
            supervision_breaks,
            meetings,
            final_report,
            award_decided: award == AwardDecisions::Counted,
            projected: OnceCell::new(),
        }
    }

    /// The groups of the arrangements that are judged, each once, in the order in which they begin.
    pub fn arranged_groups(&self) -> Vec<usize> {
        let mut arranged: Vec<_> = self.arrangements.iter().map(|one| (one.period().from, one.case.group)).collect();
        arranged.sort_unstable();
        let mut groups = Vec::new();
        for (_, group) in arranged {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        groups
    }

    /// The breaks that a group takes while the student's arrangements with it run, by first and last day. The student's leave
    /// is none of them.
    pub fn breaks_of(&self, group: usize) -> Vec<(Day, Day)> {
        let arranged = || self.arrangements.iter().filter(|one| one.case.group == group).map(Arranged::period);
        let is_theirs = |(from, until): &(Day, Day)| {
            arranged().any(|period| period.from <= *until && period.until.is_none_or(|last| *from <= last))
        };
        own_breaks(self.case, group).spans().iter().filter(|one| is_theirs(one)).copied().collect()
    }

    /// The parameters in force on a day, with what is accommodated on it.
    pub fn parameters_on(&self, day: Day) -> Cow<'_, Parameters> {
        self.accommodations.parameters(&self.parameters, day)
    }

    /// The last day of the leave that the student is on as of the day of judgement.
    pub fn leave_until(&self) -> Option<Day> {
        self.case.leave_until(self.as_of)
    }

    /// Whether the student left the course, or said that they do not apply: no more sessions are expected.
    pub fn has_left(&self) -> bool {
        let record = self.case.record;
        [record.withdrawn, record.not_applying].into_iter().flatten().any(|day| day <= self.as_of)
    }

    /// Whether the student is on leave as of the day of judgement.
    pub fn on_leave(&self) -> bool {
        self.leave_until().is_some()
    }

    /// A value in the student's file.
    pub fn place(&self, path: Path) -> SourcePath {
        SourcePath { file: self.case.file, path }
    }

    /// A value in the course's file.
    pub fn course_place(&self, path: Path) -> SourcePath {
        SourcePath { file: self.case.course_file, path }
    }

    /// A ruling, where it stands.
    pub fn ruling_place(&self, settled: Settled<'_>) -> SourcePath {
        self.place(Path::of("ruling").index(settled.index))
    }

    /// The day of the session that completed the required number.
    pub fn complete_on(&self) -> Option<Day> {
        self.sessions.complete_on
    }

    /// Whether a day is still judged: what happens once the sessions are complete is not.
    pub fn is_judged(&self, day: Day) -> bool {
        self.complete_on().is_none_or(|complete_on| day <= complete_on)
    }

    /// A session that counts, as its log has it.
    pub fn session(&self, entry: SessionEntry) -> &'a Session {
        &self.case.groups[entry.group].log.sessions[entry.index]
    }

    /// The student's group.
    pub fn group(&self) -> Option<&'a GroupCase<'a>> {
        self.sessions.group.map(|group| &self.case.groups[group])
    }

    /// Whether any arrangement is judged.
    pub fn has_arrangement(&self) -> bool {
        !self.arrangements.is_empty()
    }

    /// The arrangements with the student's group.
    pub fn group_arrangements(&self) -> impl Iterator<Item = &Arranged<'a>> {
        self.arrangements.iter().filter(|one| Some(one.case.group) == self.sessions.group)
    }

    /// How many supervision meetings count, those after the last of the required sessions included.
    pub fn counted_meetings(&self) -> usize {
        self.meetings.iter().filter(|entry| entry.counts()).count()
    }

    /// How many of the sessions that count were confirmed by the day of judgement, as they say now.
    pub fn attested_sessions(&self) -> usize {
        self.series.iter().filter(|entry| self.is_attested_session(entry)).count()
    }

    /// How many of the supervision meetings that count were confirmed by the day of judgement, as they say now.
    pub fn attested_meetings(&self) -> usize {
        self.meetings.iter().filter(|entry| entry.counts() && self.is_attested_meeting(entry)).count()
    }

    /// The logs with sessions and meetings that count and are not confirmed, each with the days of these.
    pub fn unattested(&self) -> BTreeMap<FileId, Vec<Day>> {
        let mut days: BTreeMap<FileId, Vec<Day>> = BTreeMap::new();
        for entry in self.series.iter().filter(|entry| !self.is_attested_session(entry)) {
            days.entry(self.case.groups[entry.group].file).or_default().push(entry.date);
        }
        for entry in self.meetings.iter().filter(|entry| entry.counts() && !self.is_attested_meeting(entry)) {
            days.entry(self.case.supervisions[entry.log].file).or_default().push(entry.date);
        }
        days
    }

    fn is_attested_session(&self, entry: &SessionEntry) -> bool {
        let since = self.case.groups[entry.group].attested.get(entry.index).copied().flatten();
        since.is_some_and(|on| on <= self.as_of)
    }

    fn is_attested_meeting(&self, entry: &MeetingEntry) -> bool {
        let since = self.case.supervisions[entry.log].attested.get(entry.index).copied().flatten();
        since.is_some_and(|on| on <= self.as_of)
    }

    /// The supervision meetings that took place and are judged, in order of date.
    pub fn meetings_that_took_place(&self) -> impl Iterator<Item = MeetingEntry> + '_ {
        self.meetings.iter().copied().filter(|entry| entry.took_place() && self.is_judged(entry.date))
    }

    /// What was cancelled, or held without the student, on days of their arrangements that have come; in order of date.
    pub fn missed(&self) -> Vec<MissedEntry> {
        sessions::missed(self.case, (self.joined, self.limit), self.as_of)
    }

    /// The supervision meetings that count and are judged, in order of date.
    pub fn supervision_meetings(&self) -> impl Iterator<Item = MeetingEntry> + '_ {
        self.meetings_that_took_place().filter(|entry| entry.counts())
    }

    /// The WRG entries that have begun.
    pub fn begun_wrg(&self) -> impl Iterator<Item = &'a WrgCase<'a>> {
        let as_of = self.as_of;
        self.case.wrg.iter().filter(move |wrg| wrg.record.from <= as_of)
    }

    /// Whether a WRG entry covers a day.
    pub fn in_wrg(&self, day: Day) -> bool {
        self.case.wrg.iter().any(|wrg| self.case.wrg_period(wrg).covers(day))
    }

    /// The presentations in any WRG up to the day of judgement, with their places.
    pub fn presentations(&self) -> impl Iterator<Item = (Day, &'a WrgCase<'a>, SourcePath)> {
        self.case.wrg.iter().flat_map(move |wrg| {
            wrg.record.presentations.iter().enumerate().filter(|(_, day)| **day <= self.as_of).map(
                move |(position, &day)| {
                    let path = Path::of("wrg").index(wrg.index).key("presentations").index(position);
                    (day, wrg, self.place(path))
                },
            )
        })
    }

    /// The reports of a form that have arrived, in the order of the file.
    pub fn reports(&self, form: Form) -> impl Iterator<Item = (usize, &'a Report)> {
        self.all_reports().filter(move |(_, report)| report.form == form)
    }

    /// All reports that have arrived, in the order of the file.
    pub fn all_reports(&self) -> impl Iterator<Item = (usize, &'a Report)> {
        let as_of = self.as_of;
        self.case.record.report.iter().enumerate().filter(move |(_, report)| report.received <= as_of)
    }

    /// A report, where it stands.
    pub fn report_place(&self, index: usize) -> SourcePath {
        self.place(Path::of("report").index(index))
    }

    /// The decisions about a matter that have been taken, in the order of the file.
    pub fn decisions(&self, matter: Matter) -> impl Iterator<Item = Decided<'a>> {
        let (as_of, looked_at) = (self.as_of, matter != Matter::Award || self.award_decided);
        self.case
            .record
            .decision
            .iter()
            .enumerate()
            .filter(move |(_, decision)| looked_at && decision.about == matter && decision.date <= as_of)
            .map(|(index, decision)| Decided { index, decision })
    }

    /// The latest decision of a body about a matter.
    pub fn latest_decision(&self, matter: Matter, body: Body) -> Option<Decided<'a>> {
        latest(self.decisions(matter).filter(|decided| decided.decision.body == body))
    }

    /// A decision, where it stands.
    pub fn decision_place(&self, decided: Decided<'_>) -> SourcePath {
        self.place(Path::of("decision").index(decided.index))
    }

    /// The report deadline of the course before a day.
    pub fn deadline_before(&self, day: Day) -> Option<Day> {
        let earlier = self.course_deadlines.partition_point(|deadline| *deadline < day);
        self.course_deadlines[..earlier].last().copied()
    }

    /// The day on which Form 1 was submitted, where it has arrived.
    pub fn form1_submitted(&self) -> Option<Day> {
        self.case.record.form1.as_ref()?.submitted.filter(|day| *day <= self.as_of)
    }

    /// Meetings of the LCC, of the course and of the folder, in order of date, with their places.
    pub fn lcc_meetings(&self) -> Vec<(Day, SourcePath)> {
        let (folder_file, folder_days) = self.case.folder_meetings;
        let listed = |file, days: &[Day]| {
            let places = days.iter().enumerate();
            places
                .map(|(index, &day)| (day, SourcePath { file, path: Path::of("lcc_meetings").index(index) }))
                .collect::<Vec<_>>()
        };
        let mut meetings = listed(self.case.course_file, &self.case.course.lcc_meetings);
        meetings.extend(folder_file.into_iter().flat_map(|file| listed(file, folder_days)));
        meetings.sort();
        meetings
    }

    /// The date of the session that completes the required number, if the group goes on in its rhythm: for a student
    /// with a running weekly or fortnightly group. None where that lies after the last day of the arrangements that
    /// cover the day of judgement.
    pub fn projected(&self) -> Option<Day> {
        *self.projected.get_or_init(|| self.projection())
    }
}

/// A decision with its position in the student's file.
#[derive(Clone, Copy, Debug)]
pub struct Decided<'a> {
    /// The position among the student's decisions.
    pub index: usize,
    /// The decision.
    pub decision: &'a Decision,
}

impl Decided<'_> {
    /// What was decided.
    pub fn outcome(&self) -> Outcome {
        self.decision.outcome
    }
}

/// The latest of some decisions; of two of one day, the one further down in the file.
pub fn latest<'a>(decisions: impl Iterator<Item = Decided<'a>>) -> Option<Decided<'a>> {
    decisions.max_by_key(|decided| decided.decision.date)
}
