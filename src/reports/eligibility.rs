//! Who stands where, course by course, and what is needed next.

use std::collections::BTreeMap;

use super::sheet::{Cell, Column, Sheet, counted};
use super::words::{rank, step, tone};
use crate::calendar::Day;
use crate::case::Case;
use crate::edition::Code;
use crate::facts::Facts;
use crate::judgement::{Judgement, StudentResult, Urgency, Verdict, next_steps};
use crate::records::{Form, Rating};
use crate::requirements::{Status, gwp2_deadlines, gwp3_due, gwp3_received, wrg2_deadlines};
use crate::text::Text;

/// The most steps that are said of a student, and of those that are merely to come; what is beyond is counted.
const STEPS: usize = 3;
const STEPS_TO_COME: usize = 1;

/// The students of a folder, each as one line.
#[derive(Debug)]
pub struct Eligibility<'a> {
    case: &'a Case,
    as_of: Day,
    lines: Vec<Line<'a>>,
}

/// What is said of one student.
#[derive(Debug)]
struct Line<'a> {
    id: String,
    name: Option<&'a Text>,
    course: Option<&'a Text>,
    verdict: Verdict,
    overdue: usize,
    judged: Option<Judged>,
    /// What is needed next, and how many steps more there are.
    steps: (Vec<String>, usize),
}

/// What a judgement adds.
#[derive(Debug)]
struct Judged {
    counted: usize,
    required: usize,
    complete_on: Option<Day>,
    projected: Option<Day>,
    limit: Day,
    /// The statuses of A1 to A4: submitted, confirmed, approved, ratified.
    arrangements: [Status; 4],
    meetings: usize,
    /// The status of S5, or that of S7 where it is worse.
    supervision: Status,
    /// Reports answered, of those due so far.
    reports: (usize, usize),
    ratings: [Option<Rating>; 9],
}

impl<'a> Eligibility<'a> {
    /// No student yet.
    pub fn new(case: &'a Case, as_of: Day) -> Self {
        Self { case, as_of, lines: Vec::new() }
    }

    /// Adds a student. `id` is the id as it is shown, with the folder's name where there are several folders.
    pub fn add(&mut self, id: String, result: &StudentResult<'a>, judgement: Option<&Judgement<'a>>) {
        self.lines.push(Line {
            steps: judgement.map(steps).unwrap_or_default(),
            id,
            name: result.name,
            course: result.course,
            verdict: result.verdict,
            overdue: result.overdue.len(),
            judged: judgement.map(Judged::of),
        });
    }

    /// A sheet for every course in order of id, the students in it worst first, then by name.
    pub fn sheets(&self) -> Vec<Sheet> {
        let mut courses: BTreeMap<Option<&Text>, Vec<&Line<'a>>> = BTreeMap::new();
        for line in &self.lines {
            courses.entry(line.course).or_default().push(line);
        }
        let mut sheets = vec![Sheet::part(format!("Eligibility as of {}", self.as_of), Vec::new())];
        if self.lines.is_empty() {
            let none = if self.case.records.students.is_empty() {
                "There are no students: no TOML or YAML file lies in students/."
            } else {
                "No student is shown."
            };
            sheets[0].notes.push(none.to_owned());
            return sheets;
        }
        for (course, mut lines) in courses {
            lines.sort_by_cached_key(|line| (rank(line.verdict), line.name, line.id.clone()));
            let mut sheet = Sheet::new(self.course_title(course)).with_columns(COLUMNS);
            sheet.lead.push(summary(&lines));
            for line in lines {
                sheet.toned_row(tone(line.verdict), line.cells());
            }
            sheets.push(sheet);
        }
        if let Some(last) = sheets.last_mut() {
            last.notes.extend(LEGEND.map(str::to_owned));
        }
        sheets
    }

    /// One line per student, in order of id, for a spreadsheet.
    pub fn data(&self) -> Sheet {
        let mut sheet = Sheet::new("Eligibility").with_columns(DATA_COLUMNS);
        for line in &self.lines {
            sheet.row(line.data());
        }
        sheet
    }

    fn course_title(&self, course: Option<&Text>) -> String {
        let Some(id) = course else { return "Course not known".to_owned() };
        let record =
            self.case.records.courses.iter().find(|entry| &entry.id == id).and_then(|one| one.record.as_deref());
        record.map_or_else(|| format!("Course {id}"), |course| format!("{} ({id})", course.name))
    }
}

const COLUMNS: [Column; 9] = [
    Column::fixed("Verdict", "verdict"),
    Column::flexible("Name", "name", 12),
    Column::fixed("Sessions", "sessions"),
    Column::fixed("Complete", "complete"),
    Column::fixed("Form", "arrangements"),
    Column::fixed("Superv.", "supervision"),
    Column::fixed("Rep.", "reports"),
    Column::fixed("Compet.", "competencies"),
    Column::below("Needed next", "needed_next"),
];

const LEGEND: [&str; 6] = [
    "Sessions: counted, of those required. Complete: the day on which the last of them is expected, or done.",
    "Form: 1 Form 1 submitted, 2 confirmed by the supervisor, 3 approved by the LCC, 4 ratified; - not yet, ? a query, \
     ! something is missing.",
    "Superv.: supervision meetings; behind: the next one is late; query: a lapse for the committee to judge.",
    "Rep.: reports that arrived, of those due so far.",
    "Compet.: C1 to C9 as last rated: C competent, D developing, N not competent, - not rated.",
    "In square brackets: the requirement; \"gwp explain A2\" says what it asks.",
];

const DATA_COLUMNS: [Column; 31] = {
    const fn of(key: &'static str) -> Column {
        Column::fixed(key, key)
    }
    [
        of("student"),
        of("name"),
        of("course"),
        of("verdict"),
        of("sessions_counted"),
        of("sessions_required"),
        of("complete_on"),
        of("projected"),
        of("limit"),
        of("form1_submitted"),
        of("supervisor_confirmed"),
        of("arrangements_approved"),
        of("arrangements_ratified"),
        of("supervision_meetings"),
        of("supervision"),
        of("reports_answered"),
        of("reports_due"),
        of("c1"),
        of("c2"),
        of("c3"),
        of("c4"),
        of("c5"),
        of("c6"),
        of("c7"),
        of("c8"),
        of("c9"),
        of("overdue"),
        of("needed_next"),
        of("needed_next_2"),
        of("needed_next_3"),
        of("steps_more"),
    ]
};

/// How many students have each verdict, how many have their sessions, and how much is overdue.
fn summary(lines: &[&Line<'_>]) -> String {
    let mut parts = Vec::new();
    let mut verdicts: Vec<_> = lines.iter().map(|line| line.verdict).collect();
    verdicts.sort_by_key(|verdict| rank(*verdict));
    for of_one in verdicts.chunk_by(|one, other| one == other) {
        parts.push(format!("{} {}", of_one.len(), of_one[0].word()));
    }
    let complete =
        lines.iter().filter(|line| line.judged.as_ref().is_some_and(|one| one.complete_on.is_some())).count();
    let overdue: usize = lines.iter().map(|line| line.overdue).sum();
    format!(
        "{}: {}. Sessions complete: {complete}. Overdue: {overdue}.",
        counted(lines.len(), "student", "students"),
        parts.join(", ")
    )
}

fn steps(judgement: &Judgement<'_>) -> (Vec<String>, usize) {
    let steps = next_steps(judgement);
    let pressing = steps.iter().filter(|step| step.urgency != Urgency::ToCome).count();
    let shown = if pressing == 0 { STEPS_TO_COME } else { pressing.min(STEPS) };
    (steps.iter().take(shown).map(step).collect(), steps.len().saturating_sub(shown))
}

impl Line<'_> {
    fn cells(&self) -> Vec<Cell> {
        let name = self.name.map_or_else(|| self.id.clone(), ToString::to_string);
        let mut cells = vec![Cell::text(self.verdict.word()), Cell::Text(name)];
        match &self.judged {
            Some(judged) if !matches!(self.verdict, Verdict::Withdrawn | Verdict::NotApplying) => {
                cells.extend(judged.cells());
            }
            _ => cells.extend(std::iter::repeat_n(Cell::Empty, 6)),
        }
        cells.push(match self.verdict {
            Verdict::Unknown => Cell::Lines(vec![UNKNOWN.to_owned()]),
            _ => Cell::Lines(self.steps()),
        });
        cells
    }

    /// The steps, and in the last of them where to find the rest.
    fn steps(&self) -> Vec<String> {
        let (mut steps, more) = self.steps.clone();
        if let Some(last) = steps.last_mut().filter(|_| more > 0) {
            *last = format!("{last}; and {more} more: gwp show {}", self.id);
        }
        steps
    }

    fn data(&self) -> Vec<Cell> {
        let mut cells = vec![
            Cell::text(&self.id),
            Cell::maybe(self.name),
            Cell::maybe(self.course),
            Cell::text(self.verdict.word()),
        ];
        match &self.judged {
            None => cells.extend(std::iter::repeat_n(Cell::Empty, 22)),
            Some(judged) => cells.extend(judged.data()),
        }
        cells.push(Cell::count(self.overdue));
        let (steps, more) = &self.steps;
        cells.extend((0..STEPS).map(|number| Cell::maybe(steps.get(number))));
        cells.push(Cell::count(*more));
        cells
    }
}

const UNKNOWN: &str = "nothing is judged until the problems in the records are put right: gwp check --only problems";

impl Judged {
    fn of(judgement: &Judgement<'_>) -> Self {
        let facts = &judgement.facts;
        let status = |code| judgement.finding(code).status;
        Self {
            counted: facts.series.len(),
            required: facts.parameters.sessions_required,
            complete_on: facts.complete_on(),
            projected: facts.projected(),
            limit: facts.limit,
            arrangements: [Code::A1, Code::A2, Code::A3, Code::A4].map(status),
            meetings: facts.counted_meetings(),
            supervision: status(Code::S5).max(status(Code::S7)),
            reports: reports(facts),
            ratings: ratings(facts),
        }
    }

    fn cells(&self) -> [Cell; 6] {
        let last = match (self.complete_on, self.projected) {
            (Some(_), _) => Cell::text("done"),
            (None, Some(day)) => Cell::Day(day),
            (None, None) => Cell::Empty,
        };
        let supervision = match self.supervision {
            Status::Action | Status::Failed => format!("{} behind", self.meetings),
            Status::Query => format!("{} query", self.meetings),
            _ => self.meetings.to_string(),
        };
        [
            Cell::Text(format!("{}/{} {}", self.counted, self.required, self.bar())),
            last,
            Cell::Text(self.arrangements.iter().zip('1'..).map(|(status, number)| stage(*status, number)).collect()),
            Cell::Text(supervision),
            Cell::Text(format!("{}/{}", self.reports.0, self.reports.1)),
            Cell::Text(self.ratings.iter().map(|rating| rating_mark(*rating)).collect()),
        ]
    }

    fn bar(&self) -> String {
        const LENGTH: usize = 5;
        let filled = (self.counted.min(self.required) * LENGTH).checked_div(self.required).unwrap_or(LENGTH);
        "#".repeat(filled) + &".".repeat(LENGTH - filled)
    }

    fn data(&self) -> Vec<Cell> {
        let mut cells = vec![
            Cell::count(self.counted),
            Cell::count(self.required),
            Cell::day(self.complete_on),
            Cell::day(self.projected),
            Cell::Day(self.limit),
        ];
        cells.extend(self.arrangements.map(|status| Cell::text(status.word())));
        cells.push(Cell::count(self.meetings));
        cells.push(Cell::text(self.supervision.word()));
        cells.push(Cell::count(self.reports.0));
        cells.push(Cell::count(self.reports.1));
        cells.extend(self.ratings.map(|rating| Cell::maybe(rating.map(Rating::word))));
        cells
    }
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
    match rating {
        Some(Rating::Competent) => 'C',
        Some(Rating::Developing) => 'D',
        Some(Rating::NotCompetent) => 'N',
        Some(Rating::NotObserved) | None => '-',
    }
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
