//! A folder that was checked: who stands where, what is for the meeting, what is overdue, and the problems.

use std::cell::RefCell;

use serde::{Serialize, Serializer};

use super::as_data::lazily;
use super::due::{OverdueJson, due_by, due_data, overdue, to_confirm};
use super::eligibility::{Eligibility, StudentRow};
use super::problem_list::{Located, problem_list};
use super::sheet::Sheet;
use super::{Agenda, Caveats, Id, Report, Summary};
use crate::calendar::Day;
use crate::edition::Code;
use crate::folder::{JudgedFolder, Meetings};
use crate::judgement::{Item, Roster, StudentResult};
use crate::problems::{Level, Problem, ProblemName};
use crate::requirements::{Finding, Status};
use crate::text::{FileId, Locator, Source, Text};

/// A folder that was checked.
pub struct CheckReport<'r> {
    /// The folder as of the day.
    pub judged: &'r JudgedFolder<'r>,
    /// Every student that is shown.
    pub roster: Roster<'r>,
    /// Who stands where.
    pub eligibility: Eligibility<'r>,
    /// What is for the meeting.
    pub agenda: Agenda<'r>,
    /// The meetings that it is for, where one is asked about.
    pub meetings: Option<&'r Meetings>,
    /// What was planned and waits to be confirmed, in order.
    pub to_confirm: Vec<Item<'r>>,
    /// What falls due from the day of judgement to the meeting, in order.
    pub by_meeting: Vec<Item<'r>>,
    /// All problems, in order of file, line and column.
    pub problems: Vec<Problem>,
    /// The part that is asked for; none for all.
    pub only: Option<Part>,
    /// Today, where the day of judgement may be ahead.
    pub today: Day,
    /// What is shown, in words, where it is not everything.
    pub shown_only: Option<String>,
    /// Says where problems and evidence stand.
    pub locator: RefCell<Locator<'r>>,
}

/// A part of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Part {
    /// Who stands where, and what is needed next
    Eligibility,
    /// What is for this meeting
    Agenda,
    /// What was planned, and waits to be confirmed
    ToConfirm,
    /// What is overdue, and from whom
    Overdue,
    /// What is wrong in the records
    Problems,
}

/// What is said of a folder that has nothing to judge by.
const NOT_JUDGED: &str = "Not judged: gwp.toml has an error.";

impl CheckReport<'_> {
    /// The part that is told: of a folder that cannot be judged there is nothing but its problems.
    pub fn only(&self) -> Option<Part> {
        if self.judged.folder.can_be_judged() { self.only } else { Some(Part::Problems) }
    }

    /// Whether a part is told.
    pub fn shows(&self, part: Part) -> bool {
        self.only().is_none_or(|only| only == part)
    }

    /// What is told after the problems, in the order in which a committee needs it.
    pub fn after_problems(&self) -> Vec<Sheet> {
        let mut sheets: Vec<_> = self.caveats().sheet().into_iter().collect();
        if self.shows(Part::Eligibility) {
            sheets.extend(self.eligibility.sheets());
        }
        if self.shows(Part::Agenda) {
            sheets.extend(self.agenda.sheets());
        }
        if self.only() == Some(Part::ToConfirm) || (self.only().is_none() && !self.to_confirm.is_empty()) {
            sheets.push(to_confirm(&self.to_confirm, self.judged));
        }
        if self.shows(Part::Overdue) {
            sheets.push(overdue(&self.roster));
            sheets.extend(self.meetings.map(|meetings| due_by(&self.by_meeting, meetings, self.judged.as_of)));
        }
        if self.only().is_none() {
            sheets.push(Summary::of(self.judged).sheet());
        }
        if !self.judged.folder.can_be_judged() {
            sheets.push(Sheet::part("", vec![NOT_JUDGED.to_owned()]));
        }
        sheets
    }

    fn problem_list(&self) -> Sheet {
        problem_list(&self.located(), &self.judged.folder.sources, &self.judged.folder.name.prefix())
    }

    fn located(&self) -> Vec<Located<'_>> {
        let mut locator = self.locator.borrow_mut();
        let of = |problem| Located::of(problem, &mut locator);
        self.problems.iter().map(of).collect()
    }

    fn caveats(&self) -> Caveats<'_> {
        // Problems are the same on every day.
        let is_of_students = self.only() != Some(Part::Problems);
        Caveats {
            command_line: &self.judged.command_line,
            roster: &self.roster,
            today: if is_of_students { self.today } else { self.judged.as_of },
            shown_only: self.shown_only.clone().filter(|_| is_of_students),
            judged_by: (self.only().is_some() && is_of_students).then(|| Summary::of(self.judged)),
            is_of_judged: matches!(self.only(), Some(Part::Agenda | Part::ToConfirm | Part::Overdue)),
        }
    }

    /// Whether it is left out of a table over several folders: problems have other columns than what is told beside it.
    fn is_left_out_of_data(&self) -> bool {
        let folder = self.judged.folder;
        !folder.can_be_judged() && folder.name.shown().is_some() && self.only != Some(Part::Problems)
    }
}

impl Report for CheckReport<'_> {
    fn folder(&self) -> Option<&Text> {
        self.judged.folder.name.shown()
    }

    fn sheets(&self) -> Vec<Sheet> {
        let heading = self.judged.folder.name.heading().map(|heading| Sheet::part(heading, Vec::new()));
        let problems = self.shows(Part::Problems).then(|| self.problem_list());
        heading.into_iter().chain(problems).chain(self.after_problems()).collect()
    }

    fn data(&self) -> Sheet {
        if self.is_left_out_of_data() {
            return Sheet::default();
        }
        match self.only() {
            None | Some(Part::Eligibility) => self.eligibility.data(),
            Some(Part::Agenda) => self.agenda.data(),
            Some(Part::ToConfirm) => due_data(&self.to_confirm, self.judged.as_of, self.folder()),
            Some(Part::Overdue) => {
                let mut items = self.roster.overdue();
                items.extend(self.by_meeting.iter().cloned());
                due_data(&items, self.judged.as_of, self.folder())
            }
            Some(Part::Problems) => self.problem_list(),
        }
    }

    fn beside_data(&self) -> Option<String> {
        let left_out = || format!("{}: {NOT_JUDGED}", self.judged.folder.name);
        if self.is_left_out_of_data() { Some(left_out()) } else { self.caveats().unjudged() }
    }
}

impl Serialize for CheckReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'r, T, O, B> {
            #[serde(flatten)]
            summary: Summary<'r>,
            counts: Counts<'r>,
            students: T,
            overdue: O,
            #[serde(skip_serializing_if = "Option::is_none")]
            due_by_meeting: Option<B>,
            problems: Vec<ProblemJson<'r>>,
        }
        let owed = self.roster.overdue();
        let problems = self.located();
        let sources = &self.judged.folder.sources;
        let meeting = self.meetings.and_then(|meetings| meetings.days().first().copied());
        Fields {
            summary: Summary { meeting, ..Summary::of(self.judged) },
            counts: Counts(&self.roster),
            students: lazily(|| self.roster.students.iter().map(|result| JudgedAgain { report: self, result })),
            overdue: lazily(|| owed.iter().map(|item| OverdueJson::of(item, self.judged.as_of))),
            due_by_meeting: self
                .meetings
                .map(|_| lazily(|| self.by_meeting.iter().map(|item| OverdueJson::of(item, self.judged.as_of)))),
            problems: problems.iter().map(|located| ProblemJson::of(located, sources)).collect(),
        }
        .serialize(serializer)
    }
}

/// How many students there are, and how many have each verdict.
struct Counts<'r>(&'r Roster<'r>);

impl Serialize for Counts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let of_verdicts = self.0.counts().map(|(verdict, count)| (verdict.word(), count));
        serializer.collect_map([("students", self.0.students.len())].into_iter().chain(of_verdicts))
    }
}

/// A student, judged again to be written: the judgements of ten thousand would fill the memory.
struct JudgedAgain<'c, 'r> {
    report: &'c CheckReport<'r>,
    result: &'c StudentResult<'r>,
}

impl Serialize for JudgedAgain<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a, R> {
            #[serde(flatten)]
            student: StudentRow<'a>,
            #[serde(skip_serializing_if = "Option::is_none")]
            meeting: Option<Day>,
            requirements: R,
        }
        let judgement = self.report.roster.judgement(self.result);
        let findings = judgement.as_ref().map_or(&[][..], |judgement| &judgement.findings);
        let requirements = || findings.iter().map(|finding| RequirementJson::of(finding, self.report));
        let student = StudentRow::of(Id::new(None, self.result.id), self.result, judgement.as_ref());
        let of_course = |meetings: &Meetings| meetings.of_course(self.result.course?);
        let meeting = self.report.meetings.and_then(of_course);
        Fields { student, meeting, requirements: lazily(requirements) }.serialize(serializer)
    }
}

#[derive(Serialize)]
struct RequirementJson<'a> {
    code: Code,
    name: &'static str,
    status: Status,
    due: Option<Day>,
    message: &'a str,
    queries: Vec<QueryJson<'a>>,
    evidence: Vec<EvidenceJson<'a>>,
}

#[derive(Serialize)]
struct QueryJson<'a> {
    date: Day,
    status: Status,
    message: &'a str,
}

#[derive(Serialize)]
struct EvidenceJson<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

impl<'a> RequirementJson<'a> {
    fn of(finding: &'a Finding, report: &'a CheckReport<'_>) -> Self {
        let mut locator = report.locator.borrow_mut();
        let queries = finding.queries.iter().map(|query| QueryJson {
            date: query.date,
            status: query.status,
            message: &query.message,
        });
        let evidence = finding.evidence.iter().map(|&place| {
            let (line, column) = locator.place(place);
            EvidenceJson { file: file_name(place.file, &report.judged.folder.sources), line, column }
        });
        Self {
            code: finding.code,
            name: finding.code.name(),
            status: finding.status,
            due: finding.due,
            message: &finding.message,
            queries: queries.collect(),
            evidence: evidence.collect(),
        }
    }
}

fn file_name(file: FileId, sources: &[Source]) -> &str {
    sources.get(file.0 as usize).map_or("", |source| source.path.raw())
}

/// A problem as data.
#[derive(Serialize)]
pub(super) struct ProblemJson<'a> {
    name: ProblemName,
    level: Level,
    file: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
    help: Option<&'a str>,
}

impl<'a> ProblemJson<'a> {
    pub(super) fn of(located: &Located<'a>, sources: &'a [Source]) -> Self {
        let Located { problem, line, column } = *located;
        Self {
            name: problem.name,
            level: problem.level,
            file: file_name(problem.file, sources),
            line,
            column,
            message: &problem.message,
            help: problem.help.as_deref(),
        }
    }
}
