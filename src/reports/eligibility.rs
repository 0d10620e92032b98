//! Who stands where, course by course, and what is needed next.

mod on_paper;

use std::collections::BTreeMap;

use serde::Serialize;

use super::Id;
use super::sheet::{Cell, Column, Sheet, counted, for_people, or_narrow};
use super::words::{self, rank, step, tone};
use crate::calendar::Day;
use crate::edition::Code;
use crate::facts::Facts;
use crate::folder::JudgedFolder;
use crate::judgement::{Judgement, NotCounted, SessionFigures, StudentResult, Urgency, Verdict, next_steps};
use crate::records::{Accommodation, Form, Rating, VariationValue};
use crate::requirements::{Status, gwp2_deadlines, gwp3_due, gwp3_received, wrg2_deadlines};
use crate::text::Text;

/// The most steps that are said of a student, and of those that are merely to come; what is beyond is counted.
const STEPS: usize = 3;
const STEPS_TO_COME: usize = 1;

/// The students of a folder, each as one row.
pub struct Eligibility<'a> {
    judged: &'a JudgedFolder<'a>,
    students: Vec<StudentRow<'a>>,
    is_on_paper: bool,
}

/// What is said of one student: its fields are those of `gwp check` in JSON, and [`columns`] are those of the tables.
#[derive(Serialize)]
pub(super) struct StudentRow<'a> {
    id: Id<'a>,
    name: Option<&'a Text>,
    course: Option<&'a Text>,
    verdict: Verdict,
    sessions: Option<SessionFigures<'a>>,
    supervision: Option<Supervision>,
    /// The edition that the student's course is judged by.
    scheme: Option<&'static str>,
    /// What is agreed for the student alone and in force on the day.
    accommodations: Vec<AccommodationJson<'a>>,
    /// The last day of the leave that the student is on.
    leave: Option<Day>,
    attested: Option<AttestedJson>,
    /// What JSON tells requirement by requirement.
    #[serde(skip)]
    progress: Option<Progress>,
    /// The command that shows the rest.
    #[serde(skip)]
    more: String,
    #[serde(skip)]
    overdue: usize,
}

/// An accommodation as data.
#[derive(Serialize)]
struct AccommodationJson<'a> {
    parameter: &'static str,
    value: &'a VariationValue,
    from: Day,
    until: Option<Day>,
    agreed_by: &'a Text,
    agreed: Day,
}

impl<'a> AccommodationJson<'a> {
    fn of(one: &'a Accommodation) -> Self {
        let Accommodation { parameter, value, from, until, agreed_by, agreed, .. } = one;
        Self { parameter: parameter.word(), value, from: *from, until: *until, agreed_by, agreed: *agreed }
    }
}

/// The meetings with supervisors.
#[derive(Serialize)]
struct Supervision {
    meetings: usize,
    not_counted: Vec<NotCounted<'static>>,
}

/// How much of what counts somebody confirmed who was not the student.
#[derive(Serialize)]
struct AttestedJson {
    sessions: usize,
    meetings: usize,
}

/// How far a student has come beside the sessions.
struct Progress {
    /// The statuses of A1 to A4: submitted, confirmed, approved, ratified.
    arrangements: [Status; 4],
    /// The status of S5, or that of S7 where it is worse.
    supervision: Status,
    /// Reports answered, of those due so far.
    reports: (usize, usize),
    ratings: [Option<Rating>; 9],
    /// What is needed next.
    steps: Vec<String>,
    /// How many steps more there are.
    more: usize,
}

/// Every column, in the order of a spreadsheet.
fn columns<'a>() -> Vec<Column<StudentRow<'a>>> {
    vec![
        for_people(Column::fixed("Verdict", "verdict", |row| row.verdict.word().into())),
        Column::data("student", |row| Cell::text(row.id)),
        for_people(Column::flexible("Name", "name", 12, |row| row.name_or_id().into())),
        Column::data("name", |row| row.name.into()),
        Column::data("course", |row| row.course.into()),
        Column::data("verdict", |row| row.verdict.word().into()),
        for_people(Column::fixed("Sessions", "sessions", |row| {
            row.still_asked(row.sessions.as_ref()).map(sessions).into()
        })),
        Column::data("sessions_counted", |row| row.sessions.as_ref().map(|one| one.counted).into()),
        Column::data("sessions_required", |row| row.sessions.as_ref().map(|one| one.required).into()),
        for_people(Column::fixed("Complete", "complete", |row| {
            row.still_asked(row.sessions.as_ref()).and_then(complete).into()
        })),
        Column::data("complete_on", |row| row.sessions.as_ref().and_then(|one| one.complete_on).into()),
        Column::data("projected", |row| row.sessions.as_ref().and_then(|one| one.projected).into()),
        Column::data("limit", |row| row.sessions.as_ref().map(|one| one.limit).into()),
        for_people(Column::fixed("Form", "arrangements", |row| {
            row.still_asked(row.progress.as_ref()).map(stages).into()
        })),
        Column::data("form1_submitted", arrangement::<0>),
        Column::data("supervisor_confirmed", arrangement::<1>),
        Column::data("arrangements_approved", arrangement::<2>),
        Column::data("arrangements_ratified", arrangement::<3>),
        for_people(or_narrow(
            Column::fixed("Supervision", "supervision", |row| {
                row.still_asked(row.supervision(" behind", " query")).into()
            }),
            "Superv.",
        )),
        Column::data("supervision_meetings", |row| row.supervision.as_ref().map(|one| one.meetings).into()),
        Column::data("supervision", |row| row.progress.as_ref().map(|one| one.supervision.word()).into()),
        for_people(or_narrow(
            Column::fixed("Reports", "reports", |row| {
                row.still_asked(row.progress.as_ref()).map(|one| format!("{}/{}", one.reports.0, one.reports.1)).into()
            }),
            "Rep.",
        )),
        Column::data("reports_answered", |row| row.progress.as_ref().map(|one| one.reports.0).into()),
        Column::data("reports_due", |row| row.progress.as_ref().map(|one| one.reports.1).into()),
        for_people(or_narrow(
            Column::fixed("Competencies", "competencies", |row| {
                row.still_asked(row.progress.as_ref()).map(ratings_shown).into()
            }),
            "Compet.",
        )),
        Column::data("c1", rating::<0>),
        Column::data("c2", rating::<1>),
        Column::data("c3", rating::<2>),
        Column::data("c4", rating::<3>),
        Column::data("c5", rating::<4>),
        Column::data("c6", rating::<5>),
        Column::data("c7", rating::<6>),
        Column::data("c8", rating::<7>),
        Column::data("c9", rating::<8>),
        Column::data("overdue", |row| row.overdue.into()),
        for_people(Column::below_alone("Needed next", "needed_next", |row| Cell::lines(row.needed_next()))),
        Column::data("needed_next", needed::<0>),
        Column::data("needed_next_2", needed::<1>),
        Column::data("needed_next_3", needed::<2>),
        Column::data("steps_more", |row| row.progress.as_ref().map_or(0, |one| one.more).into()),
    ]
}

const LEGEND: [&str; 7] = [
    "Sessions: how many count, of how many the student needs.",
    "Complete: the day on which the last of them is expected, or \"done\".",
    "Form: 1 the student submitted Form 1, 2 the supervisor confirmed it, 3 the LCC approved it, 4 it is ratified; - not \
     yet, ? a query, ! something is missing.",
    "Supervision: how many meetings count up to this day; behind: the next one is late; query: the committee judges a \
     lapse.",
    "S5 and S6 look only at meetings up to the last session that is needed, so they can name fewer.",
    "Reports: how many arrived, of how many were due.",
    "Competencies: C1 to C9 as last rated; C competent, D developing, N not competent, - not rated.",
];

impl<'a> Eligibility<'a> {
    /// No student yet.
    pub fn new(judged: &'a JudgedFolder<'a>) -> Self {
        Self { judged, students: Vec::new(), is_on_paper: false }
    }

    /// No student yet, for readers who have no use for commands.
    #[cfg(feature = "cli")]
    pub fn on_paper(judged: &'a JudgedFolder<'a>) -> Self {
        Self { is_on_paper: true, ..Self::new(judged) }
    }

    /// Adds a student. `folder` is the folder's name, where ids are shown with it.
    pub fn add(&mut self, folder: Option<&'a Text>, result: &StudentResult<'a>, judgement: Option<&Judgement<'a>>) {
        let progress = judgement.map(|judgement| Progress::of(judgement, self.is_on_paper));
        let more = match &progress {
            _ if self.is_on_paper => String::new(),
            Some(progress) if progress.more == 0 => String::new(),
            Some(_) => self.judged.command_line.again(["show", result.id.raw()]),
            None => self.judged.command_line.again(["check", "--only", "problems"]),
        };
        self.students.push(StudentRow {
            progress,
            more,
            ..StudentRow::of(Id::new(folder, result.id), result, judgement)
        });
    }

    /// A sheet for every course in order of id, the students in it worst first, then by name.
    pub fn sheets(&self) -> Vec<Sheet> {
        let mut courses: BTreeMap<Option<&Text>, Vec<&StudentRow<'a>>> = BTreeMap::new();
        for student in &self.students {
            courses.entry(student.course).or_default().push(student);
        }
        let mut sheets = vec![Sheet::part(format!("Eligibility as of {}", self.judged.as_of), Vec::new())];
        if self.students.is_empty() {
            let none = match (self.judged.folder.case.records.students.is_empty(), self.is_on_paper) {
                (true, false) => "There are no students: no TOML or YAML file lies in students/.",
                (true, true) => "There are no students yet.",
                (false, _) => "No student is shown.",
            };
            sheets[0].notes.push(none.to_owned());
            return sheets;
        }
        let (legend, columns) =
            if self.is_on_paper { (&on_paper::LEGEND[..], on_paper::columns()) } else { (&LEGEND[..], columns()) };
        sheets[0].lead.extend(legend.iter().map(|&line| line.to_owned()));
        if !self.is_on_paper {
            let explain = self.judged.command_line.on_day(["explain", "A2"]);
            let codes = format!("A code in square brackets is a requirement; \"{explain}\" says what it asks.");
            sheets[0].lead.push(codes);
        }
        for (course, mut students) in courses {
            students.sort_by_key(|student| (rank(student.verdict), student.name, student.id));
            let mut sheet = Sheet::new(self.course_title(course));
            sheet.lead.push(summary(&students));
            sheets.push(sheet.with_toned_rows(&columns, students, |student| tone(student.verdict)));
        }
        sheets
    }

    /// One line per student, in order of id, for a spreadsheet.
    pub fn data(&self) -> Sheet {
        Sheet::data(&columns(), &self.students)
    }

    fn course_title(&self, course: Option<&Text>) -> String {
        let Some(id) = course else { return "Course not known".to_owned() };
        let record = self
            .judged
            .folder
            .case
            .records
            .courses
            .iter()
            .find(|entry| &entry.id == id)
            .and_then(|one| one.record.as_deref());
        match record {
            None => format!("Course {id}"),
            Some(course) if self.is_on_paper => course.name.to_string(),
            Some(course) => format!("{} ({id})", course.name),
        }
    }
}

/// The students of several folders in one table: worst first, then by folder and name, with the folder before each and one
/// total; for a spreadsheet, in order of folder and id.
pub(super) fn merged<'r>(
    of_folders: impl Iterator<Item = (&'r Text, &'r Eligibility<'r>)>,
    as_of: &str,
    is_for_people: bool,
) -> Sheet {
    let mut students: Vec<(&Text, &StudentRow<'r>)> = Vec::new();
    for (folder, eligibility) in of_folders {
        students.extend(eligibility.students.iter().map(|student| (folder, student)));
    }
    if !is_for_people {
        let mut sheet = Sheet::data(&columns(), students.iter().map(|(_, student)| *student));
        sheet.begin_rows("Folder", "folder", students.iter().map(|(folder, _)| (*folder).into()));
        return sheet;
    }
    students.sort_by_key(|(folder, student)| (rank(student.verdict), *folder, student.name, student.id));
    let mut sheet = Sheet::part(format!("Eligibility as of {as_of}"), LEGEND.map(str::to_owned).to_vec());
    let rows: Vec<_> = students.iter().map(|(_, student)| *student).collect();
    sheet.notes.push(summary(&rows));
    sheet = sheet.with_toned_rows(&columns(), rows, |student| tone(student.verdict));
    sheet.begin_rows("Folder", "folder", students.iter().map(|(folder, _)| (*folder).into()));
    sheet
}

/// How many students have each verdict, how many have their sessions, and how much is overdue.
fn summary(students: &[&StudentRow<'_>]) -> String {
    let mut parts = Vec::new();
    let mut verdicts: Vec<_> = students.iter().map(|student| student.verdict).collect();
    verdicts.sort_by_key(|verdict| rank(*verdict));
    for of_one in verdicts.chunk_by(|one, other| one == other) {
        parts.push(format!("{} {}", of_one.len(), of_one[0].word()));
    }
    let is_complete =
        |student: &&&StudentRow<'_>| student.sessions.as_ref().is_some_and(|sessions| sessions.complete_on.is_some());
    let overdue: usize = students.iter().map(|student| student.overdue).sum();
    format!(
        "{}: {}. Sessions complete: {}. Overdue: {overdue}.",
        counted(students.len(), "student", "students"),
        parts.join(", "),
        students.iter().filter(is_complete).count()
    )
}

/// Words with the command that says more, where one is shown.
fn followed_by(words: String, command: &str) -> String {
    if command.is_empty() { words } else { format!("{words}: {command}") }
}

const UNKNOWN: &str = "nothing is judged until the problems in the records are put right";

impl<'a> StudentRow<'a> {
    /// A student, without the progress, which only tables show.
    pub(super) fn of(id: Id<'a>, result: &StudentResult<'a>, judgement: Option<&Judgement<'a>>) -> Self {
        let facts = judgement.map(|judgement| &judgement.facts);
        let in_force = facts.map(|facts| facts.accommodations.on(facts.as_of)).unwrap_or_default();
        Self {
            id,
            name: result.name,
            course: result.course,
            verdict: result.verdict,
            sessions: judgement.map(SessionFigures::of),
            supervision: judgement.map(Supervision::of),
            attested: facts
                .map(|facts| AttestedJson { sessions: facts.attested_sessions(), meetings: facts.attested_meetings() }),
            scheme: facts.map(|facts| facts.case.scheme.word()),
            accommodations: in_force.into_iter().map(AccommodationJson::of).collect(),
            leave: facts.and_then(Facts::leave_until),
            progress: None,
            more: String::new(),
            overdue: result.overdue.len(),
        }
    }

    fn name_or_id(&self) -> String {
        self.name.map_or_else(|| self.id.to_string(), ToString::to_string)
    }

    /// What is said only of a student of whom something is asked.
    fn still_asked<T>(&self, said: Option<T>) -> Option<T> {
        said.filter(|_| !matches!(self.verdict, Verdict::Withdrawn | Verdict::NotApplying))
    }

    /// How many meetings count, and what is the matter with supervision: the word for what is late, or that for a query.
    fn supervision(&self, late: &str, query: &str) -> Option<String> {
        let meetings = self.supervision.as_ref()?.meetings;
        Some(match self.progress.as_ref()?.supervision {
            Status::Action | Status::Failed => format!("{meetings}{late}"),
            Status::Query => format!("{meetings}{query}"),
            _ => meetings.to_string(),
        })
    }

    /// The steps, and in the last of them where to find the rest.
    fn needed_next(&self) -> Vec<String> {
        let Some(Progress { steps, more, .. }) = &self.progress else {
            return vec![followed_by(UNKNOWN.to_owned(), &self.more)];
        };
        let mut steps = steps.clone();
        if let Some(until) = self.leave {
            steps.insert(0, words::on_leave(until));
        }
        if let Some(last) = steps.last_mut().filter(|_| *more > 0) {
            *last = followed_by(format!("{last}; and {more} more"), &self.more);
        }
        steps
    }
}

impl Supervision {
    fn of(judgement: &Judgement<'_>) -> Self {
        let facts = &judgement.facts;
        let not_counted = facts.meetings.iter().filter_map(|entry| {
            entry.uncounted.map(|reason| NotCounted { date: entry.date, reason: reason.word(), group: None })
        });
        Self { meetings: facts.counted_meetings(), not_counted: not_counted.collect() }
    }
}

impl Progress {
    fn of(judgement: &Judgement<'_>, is_on_paper: bool) -> Self {
        let status = |code| judgement.finding(code).status;
        let steps = next_steps(judgement);
        // Why nothing counts of what was held.
        let before = Some(&judgement.facts).filter(|facts| facts.series.is_empty()).and_then(words::before_arrangement);
        let before = before.map(|before| before.in_words());
        let pressing = steps.iter().filter(|step| step.urgency != Urgency::ToCome).count();
        let shown = if pressing == 0 { STEPS_TO_COME } else { pressing.min(STEPS) };
        Self {
            arrangements: [Code::A1, Code::A2, Code::A3, Code::A4].map(status),
            supervision: status(Code::S5).max(status(Code::S7)),
            reports: reports(&judgement.facts),
            ratings: ratings(&judgement.facts),
            steps: before.into_iter().chain(steps.iter().take(shown).map(|one| step(one, is_on_paper))).collect(),
            more: steps.len().saturating_sub(shown),
        }
    }
}

/// `14/30 ##...`.
fn sessions(sessions: &SessionFigures) -> String {
    const LENGTH: usize = 5;
    let SessionFigures { counted, required, .. } = sessions;
    let filled = ((*counted).min(*required) * LENGTH).checked_div(*required).unwrap_or(LENGTH);
    format!("{counted}/{required} {}{}", "#".repeat(filled), ".".repeat(LENGTH - filled))
}

fn complete(sessions: &SessionFigures) -> Option<Cell> {
    let done = sessions.complete_on.map(|_| Cell::text("done"));
    done.or_else(|| sessions.projected.map(Cell::Day))
}

fn arrangement<const AT: usize>(row: &StudentRow<'_>) -> Cell {
    row.progress.as_ref().map(|one| one.arrangements[AT].word()).into()
}

fn stages(progress: &Progress) -> String {
    progress.arrangements.iter().zip('1'..).map(|(status, number)| stage(*status, number)).collect()
}

fn rating<const AT: usize>(row: &StudentRow<'_>) -> Cell {
    row.progress.as_ref().and_then(|one| one.ratings[AT]).map(Rating::word).into()
}

fn ratings_shown(progress: &Progress) -> String {
    progress.ratings.iter().map(|rating| rating_mark(*rating)).collect()
}

fn needed<const AT: usize>(row: &StudentRow<'_>) -> Cell {
    Cell::maybe(row.progress.as_ref().and_then(|one| one.steps.get(AT)))
}

fn stage(status: Status, number: char) -> char {
    match status {
        Status::Met => number,
        Status::Query => '?',
        Status::Action | Status::Failed => '!',
        Status::Open | Status::NotApplicable => '-',
    }
}

fn rating_mark(rating: Option<Rating>) -> char {
    rating.unwrap_or(Rating::NotObserved).mark()
}

/// The reports that arrived, and those due, up to the day of judgement.
fn reports(facts: &Facts<'_>) -> (usize, usize) {
    let mut due: Vec<bool> = Vec::new();
    let so_far = |day: Day| day <= facts.as_of;
    for deadlines in [gwp2_deadlines(facts), wrg2_deadlines(facts)] {
        due.extend(deadlines.iter().filter(|one| so_far(one.day)).map(|one| one.answer.is_some()));
    }
    for arranged in facts.arrangements.iter().filter(|one| one.case.record.external) {
        if gwp3_due(facts, arranged).is_some_and(so_far) {
            due.push(gwp3_received(facts, arranged).is_some());
        }
    }
    (due.iter().filter(|is_answered| **is_answered).count(), due.len())
}

/// The latest rating of each competency.
fn ratings(facts: &Facts<'_>) -> [Option<Rating>; 9] {
    let mut latest: [Option<(Day, Rating)>; 9] = [None; 9];
    for (_, report) in facts.reports(Form::Gwp2) {
        for (known, rating) in latest.iter_mut().zip(report.competencies.ratings()) {
            if let Some(rating) = rating.filter(|rating| *rating != Rating::NotObserved)
                && known.is_none_or(|(received, _)| received <= report.received)
            {
                *known = Some((report.received, rating));
            }
        }
    }
    latest.map(|known| known.map(|(_, rating)| rating))
}
