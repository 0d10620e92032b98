//! What a committee has before it in a meeting: arrangements to approve, queries to rule on, concerns, awards to
//! recommend, what other committees have still to ratify, conditions that are running, and what falls due by then. Of
//! another body than the LCC, the decisions that wait for it. On paper also what a ruling would change, and what was noted
//! with the approvals.

mod arrangements;
mod awards;
mod if_ruled;
mod noted;
mod owed;
mod related;
mod waiting;

use super::Id;
use super::sheet::{Cell, Column, Sheet};
use super::words::on_leave;
use crate::calendar::Day;
use crate::edition::Code;
use crate::folder::{CommandLine, Folder, JudgedFolder, Meetings};
use crate::judgement::{Judgement, StudentResult};
use crate::records::{Body, Form};
use crate::requirements::{APPROVAL, CONCERNS, Finding, Query, RECOMMENDATION, Status, raising_concerns};
use crate::text::{Text, all_of};

use arrangements::ToApprove;
#[cfg(feature = "cli")]
pub(crate) use awards::{approved_on, rests_on};
use if_ruled::{if_ruled, say_of_all};
pub(crate) use noted::noted;
use owed::owed_by_then;
use related::relate;
#[cfg(feature = "cli")]
pub(crate) use waiting::approved_with;

/// The matters of a meeting, collected student by student.
#[derive(Debug)]
pub struct Agenda<'a> {
    body: Body,
    /// How commands are shown; none for readers who have no use for them.
    command_line: Option<&'a CommandLine>,
    as_of: Day,
    /// The meetings that it is for; none where it is for the day of judgement itself.
    meetings: Option<&'a Meetings>,
    /// The folder whose students are looked at.
    folder: &'a Folder,
    matters: Vec<Matter<'a>>,
}

/// So many queries on one requirement of one student are told one by one.
const ONE_BY_ONE: usize = 3;

/// What is said of an agenda for the meetings of several days.
pub(crate) const ANY_MEETING: &str =
    "Each row says which meeting it is for. An earlier meeting of the committee can take it too.";

/// A part of the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgendaPart {
    /// Arrangements to approve.
    Arrangements,
    /// Queries to rule on, and what a decision of its own settles.
    Queries,
    /// Concerns that reports raise.
    Concerns,
    /// Awards to recommend, or to decide on.
    Awards,
    /// Approvals that are still to be ratified.
    Ratifications,
    /// Conditions of approvals.
    Conditions,
    /// What was noted with an approval, which nobody decides on. It is on paper only.
    Noted,
    /// What falls due by the day of the meeting.
    Due,
}

use AgendaPart as Part;

/// One thing before the committee.
#[derive(Clone, Debug)]
pub struct Matter<'a> {
    /// The part of the agenda.
    pub part: AgendaPart,
    /// The student's id.
    pub id: Id<'a>,
    /// The student's name.
    pub name: &'a Text,
    /// The course.
    pub course: &'a Text,
    /// The name of the course.
    pub course_name: &'a Text,
    /// The day of the meeting that takes it.
    pub meeting: Day,
    /// The last day of a leave that the student is on.
    pub leave: Option<Day>,
    /// The requirement.
    pub code: Code,
    /// The date by which a ruling names it, or by which it is due.
    pub date: Option<Day>,
    /// What it is; safe to show.
    pub what: String,
    /// The other queries on the requirement, where they are told together.
    also: Vec<Query>,
    /// The day by which arrangements are to be decided.
    pub decide_by: Option<Day>,
    /// What a committee asks about it, line by line; safe to show.
    pub details: Vec<String>,
    /// The queries that an approval of it settles; safe to show.
    pub settled_by_approval: Vec<String>,
    /// Of a concern, the form of the report that raises it.
    pub form: Option<Form>,
    /// From whom it is due; safe to show.
    pub from: Option<String>,
    /// What is to be ruled on with an approval.
    pub ruled_with: Vec<RuledWith>,
    /// Of a condition the day of the approval, and its number among the conditions of that day, counted from 1.
    pub condition: Option<(Day, usize)>,
}

/// A query about a supervisor, which is ruled on together with the approval of the arrangement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuledWith {
    /// The requirement.
    pub code: Code,
    /// The date by which a ruling names it.
    pub date: Day,
    /// What is asked; safe to show.
    pub message: String,
}

impl AgendaPart {
    const ALL: [Self; 8] = [
        Self::Arrangements,
        Self::Queries,
        Self::Concerns,
        Self::Awards,
        Self::Ratifications,
        Self::Conditions,
        Self::Noted,
        Self::Due,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Arrangements => "arrangements",
            Self::Queries => "query",
            Self::Concerns => "concern",
            Self::Awards => "award",
            Self::Ratifications => "ratification",
            Self::Conditions => "condition",
            Self::Noted => "noted",
            Self::Due => "due",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Arrangements => "Arrangements to approve",
            Self::Queries => "Queries to rule on",
            Self::Concerns => "Concerns raised in reports",
            Self::Awards => "Awards to recommend",
            Self::Ratifications => "Still to be ratified by the SPC or the NTM",
            Self::Conditions => "Conditions of approvals",
            Self::Noted => "To talk about",
            Self::Due => "Due by the day of the meeting",
        }
    }

    /// Whether the committee decides on what is in it, and not somebody else.
    pub fn is_decided(self) -> bool {
        !matches!(self, Self::Ratifications | Self::Noted | Self::Due)
    }

    fn nothing(self) -> &'static str {
        match self {
            Self::Arrangements => "no arrangements to approve",
            Self::Queries => "no queries to rule on",
            Self::Concerns => "no concerns raised",
            Self::Awards => "no awards to recommend",
            Self::Ratifications => "no approvals to ratify",
            Self::Conditions => "no open conditions with a date",
            Self::Noted => "nothing noted with an approval",
            Self::Due => "nothing due by the day of the meeting",
        }
    }

    /// The columns of its table: all that have something to say in it; with the meeting of each row where there are
    /// several.
    fn columns<'a>(self, is_on_paper: bool, has_several_meetings: bool) -> Vec<Column<Matter<'a>>> {
        let left_out: &[&str] = match self {
            Self::Arrangements => &["code", "date", "from"],
            Self::Awards => &["code", "date", "from", "details"],
            Self::Queries if is_on_paper => &["from"],
            Self::Queries => &["from", "details"],
            Self::Concerns if is_on_paper => &["code", "from"],
            Self::Concerns | Self::Ratifications | Self::Noted => &["code", "from", "details"],
            Self::Conditions => &["code", "details"],
            Self::Due => &["details"],
        };
        let columns = columns().into_iter().filter(|column| !left_out.contains(&column.key()));
        let headed = |column: Column<Matter<'a>>| match (column.key(), self) {
            ("date", Self::Concerns) => column.headed("Report of"),
            ("date", Self::Ratifications) => column.headed("Approved"),
            ("date", Self::Noted) => column.headed("Noted"),
            ("date", Self::Conditions | Self::Due) => column.headed("Due"),
            ("what", Self::Queries | Self::Concerns) => column.headed("What it says"),
            _ => column,
        };
        let meeting = Column::flexible("Meeting", "meeting", 16, |matter: &Matter<'a>| {
            Cell::text(format!("{}, {}", matter.meeting, matter.course_name))
        });
        columns.map(headed).chain(has_several_meetings.then_some(meeting)).collect()
    }
}

/// Every column, in the order of a spreadsheet.
fn columns<'a>() -> Vec<Column<Matter<'a>>> {
    vec![
        Column::data("part", |matter| matter.part.word().into()),
        Column::data("student_id", |matter| Cell::text(matter.id)),
        Column::flexible("Student", "student", 12, |matter| matter.student().into()),
        Column::data("course", |matter| matter.course.into()),
        Column::fixed("Code", "code", |matter| Cell::text(matter.code)),
        Column::fixed("Date", "date", |matter| match matter.days().collect::<Vec<_>>().as_slice() {
            [_, _, ..] => Cell::Days(matter.days().collect()),
            _ => matter.date.into(),
        }),
        Column::flexible("What", "what", 20, Matter::words),
        Column::flexible("From whom", "from", 12, |matter| Cell::maybe(matter.from.as_ref())),
        Column::below_alone("Details", "details", |matter| Cell::lines(matter.lines(true))),
    ]
}

impl<'a> Agenda<'a> {
    /// Nothing yet, for meetings that are to come; for the day of judgement where there are none.
    pub fn new(judged: &'a JudgedFolder<'_>, meetings: Option<&'a Meetings>) -> Self {
        Self::of(Body::Lcc, judged, meetings)
    }

    /// Nothing yet, for readers who have no use for commands: on paper.
    #[cfg(feature = "cli")]
    pub fn on_paper(judged: &'a JudgedFolder<'_>, meetings: Option<&'a Meetings>) -> Self {
        Self { command_line: None, ..Self::new(judged, meetings) }
    }

    /// Nothing yet, for a body: of another one than the LCC, the decisions that wait for it.
    pub fn of(body: Body, judged: &'a JudgedFolder<'_>, meetings: Option<&'a Meetings>) -> Self {
        let (as_of, command_line) = (judged.as_of, Some(&judged.command_line));
        Self { body, as_of, command_line, meetings, folder: judged.folder, matters: Vec::new() }
    }

    fn is_on_paper(&self) -> bool {
        self.command_line.is_none()
    }

    /// Everything before the committee, student by student.
    pub fn matters(&self) -> &[Matter<'a>] {
        &self.matters
    }

    /// Everything before the committee, part by part and in each of them student by student.
    pub fn in_order(&self) -> impl Iterator<Item = &Matter<'a>> {
        Part::ALL.into_iter().flat_map(move |part| self.matters.iter().filter(move |matter| matter.part == part))
    }

    /// Adds what a student brings before the committee. `folder` is the folder's name, where ids are shown with it.
    pub fn add(&mut self, folder: Option<&'a Text>, result: &StudentResult<'a>, judgement: &Judgement<'a>) {
        let (Some(name), Some(course)) = (result.name, result.course) else { return };
        if !judgement.verdict.goes_on() {
            return;
        }
        let meeting = self.meetings.map_or(Some(self.as_of), |meetings| meetings.of_course(course));
        let Some(meeting) = meeting else { return };
        let facts = &judgement.facts;
        let leave = facts.leave_until();
        let id = Id::new(folder, result.id);
        let matter = |part, code, date: Option<Day>, what: String| {
            let (details, from, ruled_with, condition) = (Vec::new(), None, Vec::new(), None);
            let (decide_by, form, course_name) = (None, None, &facts.case.course.name);
            Matter {
                part,
                id,
                name,
                course,
                course_name,
                meeting,
                leave,
                code,
                date,
                what,
                also: Vec::new(),
                decide_by,
                details,
                settled_by_approval: Vec::new(),
                form,
                from,
                ruled_with,
                condition,
            }
        };
        if self.body != Body::Lcc {
            let waiting = waiting::for_body(self.body, judgement, self.folder).into_iter();
            self.matters.extend(waiting.map(|one| {
                let details = one.details;
                Matter { details, ..matter(one.part, one.code, one.date, one.what) }
            }));
            return;
        }
        let begins = self.matters.len();
        let to_approve = ToApprove::of(judgement);
        if let Some(to_approve) = &to_approve {
            let due = judgement.finding(APPROVAL).due;
            let (details, ruled_with) = (to_approve.details(judgement), to_approve.ruled_with(judgement));
            let approval = matter(Part::Arrangements, APPROVAL, due, to_approve.what(judgement));
            let decide_by = to_approve.decide_by(judgement);
            let settled_by_approval = to_approve.settled(judgement);
            self.matters.push(Matter { decide_by, details, settled_by_approval, ruled_with, ..approval });
        }
        let award = awards::award(judgement);
        for finding in judgement.findings.iter().filter(|finding| finding.code != CONCERNS) {
            let is_asked_there = |date| to_approve.as_ref().is_some_and(|one| one.asks(finding.code, date));
            let mut queries: Vec<_> = finding.to_judge().filter(|query| !is_asked_there(query.date)).collect();
            if self.is_on_paper() {
                queries.sort_by_key(|query| query.date);
            }
            for of_row in queries.chunks(if self.is_on_paper() { queries.len().max(1) } else { 1 }) {
                let [first, also @ ..] = of_row else { continue };
                let matter = matter(Part::Queries, finding.code, Some(first.date), first.message.clone());
                let also = also.iter().map(|query| (*query).clone()).collect();
                let details = self.if_ruled(judgement, finding.code, of_row);
                self.matters.push(Matter { also, details, ..matter }.in_a_sentence(finding));
            }
            let is_asked = match finding.code {
                APPROVAL => to_approve.is_some(),
                RECOMMENDATION => award.is_some(),
                _ => false,
            };
            if is_decided_apart(finding) && !is_asked {
                self.matters.push(matter(Part::Queries, finding.code, None, finding.message.clone()));
            }
        }
        let concerns: Vec<_> = judgement.finding(CONCERNS).to_judge().collect();
        // A ruling is about all reports of a day: of those that raise a concern, all or none of them wait for one.
        let reports = raising_concerns(facts).map(|(_, report)| report);
        let reports = reports.filter(|report| concerns.iter().any(|query| query.date == report.received));
        for (query, report) in concerns.iter().zip(reports) {
            let matter = matter(Part::Concerns, CONCERNS, Some(query.date), query.message.clone());
            let details = self.if_ruled(judgement, CONCERNS, &[query]);
            self.matters.push(Matter { details, form: Some(report.form), ..matter });
        }
        if let Some(award) = award {
            self.matters.push(matter(Part::Awards, RECOMMENDATION, None, award));
        }
        let owed = judgement.obligations().iter().filter(|one| one.owed);
        self.matters.extend(owed.filter_map(|one| owed_by_then(one, facts, (self.as_of, meeting), &matter)));
        if self.is_on_paper() {
            // What the LCC has recommended is no longer its to talk about.
            let is_theirs = judgement.finding(RECOMMENDATION).status != Status::Met;
            let noted = noted(judgement, self.folder).into_iter().filter(|_| is_theirs);
            self.matters.extend(noted.map(|one| matter(Part::Noted, APPROVAL, Some(one.day), one.in_words())));
            say_of_all(&mut self.matters[begins..], judgement);
            relate(&mut self.matters[begins..], facts);
        }
    }

    /// What a ruling would change, on paper.
    fn if_ruled(&self, judgement: &Judgement<'_>, code: Code, queries: &[&Query]) -> Vec<String> {
        let of: Vec<_> = queries.iter().map(|query| query.date).collect();
        if self.is_on_paper() { if_ruled(judgement, code, &of) } else { Vec::new() }
    }

    /// A sheet for every part that has something in it; the rest in one sentence.
    pub fn sheets(&self) -> Vec<Sheet> {
        self.parts().into_iter().map(|(_, sheet)| sheet).collect()
    }

    /// The sheets of [`Self::sheets`], each with its part; the first, which has the title, is of none.
    pub fn parts(&self) -> Vec<(Option<AgendaPart>, Sheet)> {
        let mut sheets = vec![(None, Sheet::part(self.title(), Vec::new()))];
        let mut empty = Vec::new();
        let has_several_meetings = self.meetings.is_some_and(|meetings| meetings.days().len() > 1);
        let has_notes = self.is_on_paper() && !self.folder.left_out.notes;
        for part in Part::ALL.into_iter().filter(|part| *part != Part::Noted || has_notes) {
            let mut matters: Vec<_> = self.matters.iter().filter(|matter| matter.part == part).collect();
            matters.sort_by_key(|matter| matter.meeting);
            let told = matters.chunk_by(|one, other| one.is_like(other)).flat_map(|of_one| match of_one {
                [first, .., last] if of_one.len() > ONE_BY_ONE => {
                    vec![first.together_with(of_one.len() - 1, last, self.command_line)]
                }
                of_one => of_one.iter().copied().cloned().collect(),
            });
            let sheet =
                Sheet::new(part.title()).with_rows(&part.columns(self.is_on_paper(), has_several_meetings), told);
            if sheet.rows.is_empty() {
                empty.push(part.nothing());
            } else {
                sheets.push((Some(part), sheet));
            }
        }
        if let Some((_, first)) = sheets.first_mut().filter(|_| has_several_meetings) {
            first.lead.push(ANY_MEETING.to_owned());
        }
        if let Some((_, first)) = sheets.first_mut().filter(|_| !empty.is_empty()) {
            first.lead.push(format!("There are {}.", all_of(&empty)).replace("There are nothing", "There is nothing"));
        }
        sheets
    }

    fn title(&self) -> String {
        match self.meetings {
            None => format!("For this meeting, as of {}", self.as_of),
            Some(meetings) if meetings.days().is_empty() => format!("For the next meeting, as of {}", self.as_of),
            // Each row names its course there.
            Some(meetings) if self.is_on_paper() && meetings.days().len() > 1 => {
                format!("For the meetings of {}, as of {}", all_of(meetings.days()), self.as_of)
            }
            Some(meetings) => format!("For {}, as of {}", meetings.in_words(), self.as_of),
        }
    }

    /// Every matter as a row, for a spreadsheet.
    pub fn data(&self) -> Sheet {
        Sheet::data(&columns(), self.in_order())
    }
}

impl Matter<'_> {
    /// The student's name, with word of a leave.
    fn student(&self) -> String {
        let leave = self.leave.map(|until| format!(" ({})", on_leave(until))).unwrap_or_default();
        format!("{}{leave}", self.name)
    }

    /// The dates by which a ruling names it, or the day by which it is due.
    fn days(&self) -> impl Iterator<Item = Day> {
        self.date.into_iter().chain(self.also.iter().map(|query| query.date))
    }

    /// What it is; of several queries each, where they do not say the same.
    fn words(&self) -> Cell {
        let mut lines = vec![self.still_to_decide()];
        lines.extend(self.also.iter().map(|query| query.message.clone()));
        lines.dedup();
        match lines.as_mut_slice() {
            [only] => std::mem::take(only).into(),
            _ => Cell::lines(lines),
        }
    }

    /// Many queries in the sentence of their finding, where that is about all of them and nothing else.
    fn in_a_sentence(mut self, finding: &Finding) -> Self {
        let is_all = finding.status == Status::Query && finding.queries.len() == self.also.len() + 1;
        if is_all && self.also.len() >= ONE_BY_ONE {
            self.what = finding.in_full.clone().unwrap_or_else(|| finding.message.clone());
            for query in &mut self.also {
                query.message.clone_from(&self.what);
            }
        }
        self
    }

    /// What a committee asks about it, and what an approval settles, or has left unsettled where none was given; line by
    /// line, safe to show.
    pub fn lines(&self, is_approved: bool) -> impl Iterator<Item = String> {
        let settled = if is_approved { "settled with the approval" } else { "not settled" };
        let settled = self.settled_by_approval.iter().map(move |query| format!("{settled}: {query}"));
        self.details.iter().cloned().chain(settled)
    }

    /// What it is, with the day by which it is to be decided, which is nothing to say of what was decided; safe to show.
    pub fn still_to_decide(&self) -> String {
        let by = self.decide_by.map(|day| format!("; to be decided by {day}")).unwrap_or_default();
        format!("{}{by}", self.what)
    }

    /// Whether both are queries on one requirement of one student.
    fn is_like(&self, other: &Self) -> bool {
        self.part == Part::Queries && other.part == self.part && (&self.id, self.code) == (&other.id, other.code)
    }

    /// The first of many, with how many more there are.
    fn together_with(&self, more: usize, last: &Self, command_line: Option<&CommandLine>) -> Self {
        let until = last.date.map(|date| format!(", up to {date}")).unwrap_or_default();
        let show = command_line.map(|line| format!(": {} names them", line.again(["show", self.id.id()])));
        let what = format!("{}; and {more} more{until}{}", self.what, show.unwrap_or_default());
        Self { what, ..self.clone() }
    }
}

/// Whether a finding is a query that no ruling settles, but a decision of its own.
fn is_decided_apart(finding: &Finding) -> bool {
    finding.status == Status::Query && finding.queries.is_empty() && !finding.code.is_rulable()
}
