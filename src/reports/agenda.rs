//! What a committee has before it in a meeting: arrangements to approve, queries to rule on, concerns, awards to
//! recommend, and what falls due on the day.

use super::Id;
use super::due::what_and_why;
use super::sheet::{Cell, Column, Sheet};
use super::words::person;
use crate::calendar::Day;
use crate::edition::Code;
use crate::facts::Facts;
use crate::judgement::{Judgement, Obligation, StudentResult, Verdict};
use crate::records::Body;
use crate::requirements::{APPROVAL, CONCERNS, Finding, RECOMMENDATION, Status, unapproved};
use crate::text::{Text, all_of};

/// The matters of a meeting, collected student by student.
#[derive(Debug)]
pub struct Agenda<'a> {
    as_of: Day,
    matters: Vec<Matter<'a>>,
}

/// So many queries on one requirement of one student are told one by one.
const ONE_BY_ONE: usize = 3;

/// A part of the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Arrangements,
    Queries,
    Concerns,
    Awards,
    DueToday,
}

/// One thing before the committee.
#[derive(Clone, Debug)]
struct Matter<'a> {
    part: Part,
    id: Id<'a>,
    name: &'a Text,
    course: &'a Text,
    code: Code,
    date: Option<Day>,
    what: String,
    from: Option<String>,
}

impl Part {
    const ALL: [Self; 5] = [Self::Arrangements, Self::Queries, Self::Concerns, Self::Awards, Self::DueToday];

    fn word(self) -> &'static str {
        match self {
            Self::Arrangements => "arrangements",
            Self::Queries => "query",
            Self::Concerns => "concern",
            Self::Awards => "award",
            Self::DueToday => "due-today",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Arrangements => "Arrangements to approve",
            Self::Queries => "Queries to rule on",
            Self::Concerns => "Concerns raised in reports",
            Self::Awards => "Awards to recommend",
            Self::DueToday => "Due on the day itself",
        }
    }

    fn nothing(self) -> &'static str {
        match self {
            Self::Arrangements => "no arrangements to approve",
            Self::Queries => "no queries to rule on",
            Self::Concerns => "no concerns raised",
            Self::Awards => "no awards to recommend",
            Self::DueToday => "nothing due on the day itself",
        }
    }

    /// The columns of its table: all that have something to say in it.
    fn columns<'a>(self) -> Vec<Column<Matter<'a>>> {
        let left_out: &[&str] = match self {
            Self::Arrangements | Self::Awards => &["code", "date", "from"],
            Self::Queries => &["from"],
            Self::Concerns => &["code", "from"],
            Self::DueToday => &["date"],
        };
        let columns = columns().into_iter().filter(|column| !left_out.contains(&column.key()));
        let headed = |column: Column<Matter<'a>>| match (column.key(), self) {
            ("date", Self::Concerns) => column.headed("Report of"),
            ("what", Self::Queries | Self::Concerns) => column.headed("What it says"),
            _ => column,
        };
        columns.map(headed).collect()
    }
}

/// Every column, in the order of a spreadsheet.
fn columns<'a>() -> Vec<Column<Matter<'a>>> {
    vec![
        Column::data("part", |matter| matter.part.word().into()),
        Column::data("student_id", |matter| Cell::text(matter.id)),
        Column::flexible("Student", "student", 12, |matter| matter.name.into()),
        Column::data("course", |matter| matter.course.into()),
        Column::fixed("Code", "code", |matter| Cell::text(matter.code)),
        Column::fixed("Date", "date", |matter| matter.date.into()),
        Column::flexible("What", "what", 20, |matter| matter.what.as_str().into()),
        Column::flexible("From whom", "from", 12, |matter| Cell::maybe(matter.from.as_ref())),
    ]
}

impl<'a> Agenda<'a> {
    /// Nothing yet, for a meeting on `as_of`.
    pub fn new(as_of: Day) -> Self {
        Self { as_of, matters: Vec::new() }
    }

    /// Adds what a student brings before the committee. `folder` is the folder's name, where ids are shown with it.
    pub fn add(&mut self, folder: Option<&'a Text>, result: &StudentResult<'a>, judgement: &Judgement<'a>) {
        let (Some(name), Some(course)) = (result.name, result.course) else { return };
        if !judgement.verdict.goes_on() {
            return;
        }
        let mut bring = |part, code, date, what: String, from| {
            self.matters.push(Matter { part, id: Id::new(folder, result.id), name, course, code, date, what, from });
        };
        if let Some(what) = to_approve(judgement) {
            bring(Part::Arrangements, APPROVAL, judgement.finding(APPROVAL).due, what, None);
        }
        for finding in judgement.findings.iter().filter(|finding| finding.code != CONCERNS) {
            for query in &finding.queries {
                bring(Part::Queries, finding.code, Some(query.date), query.message.clone(), None);
            }
            if is_decided_apart(finding) && to_approve(judgement).is_none_or(|_| finding.code != APPROVAL) {
                bring(Part::Queries, finding.code, None, finding.message.clone(), None);
            }
        }
        for query in &judgement.finding(CONCERNS).queries {
            bring(Part::Concerns, CONCERNS, Some(query.date), query.message.clone(), None);
        }
        if judgement.verdict == Verdict::Ready {
            bring(Part::Awards, RECOMMENDATION, None, ready(&judgement.facts), None);
        }
        for obligation in
            judgement.obligations().iter().filter(|one| one.owed && one.due == Some(judgement.facts.as_of))
        {
            let Obligation { due, from, .. } = obligation;
            if let Some(code) = obligation.code() {
                bring(Part::DueToday, code, *due, what_and_why(obligation), from.as_ref().map(person));
            }
        }
    }

    /// A sheet for every part that has something in it; the rest in one sentence.
    pub fn sheets(&self) -> Vec<Sheet> {
        let mut sheets = vec![Sheet::part(format!("For this meeting, as of {}", self.as_of), Vec::new())];
        let mut empty = Vec::new();
        for part in Part::ALL {
            let matters: Vec<_> = self.matters.iter().filter(|matter| matter.part == part).collect();
            let told = matters.chunk_by(|one, other| one.is_like(other)).flat_map(|of_one| match of_one {
                [first, .., last] if of_one.len() > ONE_BY_ONE => vec![first.together_with(of_one.len() - 1, last)],
                of_one => of_one.iter().copied().cloned().collect(),
            });
            let sheet = Sheet::new(part.title()).with_rows(&part.columns(), told);
            if sheet.rows.is_empty() {
                empty.push(part.nothing());
            } else {
                sheets.push(sheet);
            }
        }
        if let Some(first) = sheets.first_mut().filter(|_| !empty.is_empty()) {
            first.lead.push(format!("There are {}.", all_of(&empty)).replace("There are nothing", "There is nothing"));
        }
        sheets
    }

    /// Every matter as a row, for a spreadsheet.
    pub fn data(&self) -> Sheet {
        let of = |part| self.matters.iter().filter(move |matter| matter.part == part);
        Sheet::data(&columns(), Part::ALL.into_iter().flat_map(of))
    }
}

impl Matter<'_> {
    /// Whether both are queries on one requirement of one student.
    fn is_like(&self, other: &Self) -> bool {
        self.part == Part::Queries && other.part == self.part && (&self.id, self.code) == (&other.id, other.code)
    }

    /// The first of many, with how many more there are.
    fn together_with(&self, more: usize, last: &Self) -> Self {
        let until = last.date.map(|date| format!(", up to {date}")).unwrap_or_default();
        let what = format!("{}; and {more} more{until}: gwp show {} names them", self.what, self.id);
        Self { what, ..self.clone() }
    }
}

/// Whether a finding is a query that no ruling settles, but a decision of its own.
fn is_decided_apart(finding: &Finding) -> bool {
    finding.status == Status::Query && finding.queries.is_empty() && !finding.code.is_rulable()
}

/// What there is to approve: arrangements on Form 1 on which the LCC has not decided, or that are newer than its
/// approval.
fn to_approve(judgement: &Judgement<'_>) -> Option<String> {
    let (facts, finding) = (&judgement.facts, judgement.finding(APPROVAL));
    let newer = unapproved(facts);
    let decided = facts.latest_decision(crate::records::Matter::Arrangements, Body::Lcc);
    let is_new = decided.is_none() && facts.form1_submitted().is_some();
    let before: Vec<_> =
        if is_new { facts.arrangements.iter().collect() } else { newer.iter().map(|newer| newer.arranged).collect() };
    if !is_new && before.is_empty() {
        return None;
    }
    let mut parts: Vec<_> = before
        .into_iter()
        .map(|arranged| {
            let log = facts.case.groups[arranged.case.group].log;
            let supervisor = &arranged.case.supervisor.record.name;
            let at = if log.organisation.is_blank() { String::new() } else { format!(" at {}", log.organisation) };
            format!("\"{}\"{at}, supervised by {supervisor}, from {}", log.title, arranged.period().from)
        })
        .collect();
    let approved = newer.first().map(|newer| newer.approved);
    if parts.is_empty() {
        parts.push("no arrangement is recorded".to_owned());
    }
    parts.extend(approved.map(|approved| format!("newer than the approval of {approved}")));
    if approved.is_none() {
        parts.extend(facts.form1_submitted().map(|day| format!("Form 1 of {day}")));
        parts.extend(finding.due.map(|due| format!("to be decided by {due}")));
    }
    Some(parts.join("; "))
}

/// What an award rests on.
fn ready(facts: &Facts<'_>) -> String {
    let mut parts = Vec::new();
    if let Some(day) = facts.complete_on() {
        parts.push(format!("{} sessions, the last of those required on {day}", facts.series.len()));
    }
    if let Some(day) = facts.case.record.diploma.as_ref().and_then(|diploma| diploma.completed) {
        parts.push(format!("Diploma completed on {day}"));
    }
    if let Some(day) = facts.final_report {
        parts.push(format!("final report of {day}"));
    }
    parts.join("; ")
}
