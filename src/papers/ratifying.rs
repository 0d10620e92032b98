//! The paper of the SPC: decisions to ratify and awards to decide, what each rests on, and the register of awards.

use super::committee::{ReadBy, case_section, courses, made_by, what_it_is_not};
use super::figures::Figures;
use super::paper::{Block, Paper, Section};
use crate::calendar::Day;
use crate::folder::{JudgedFolder, LeftOut, Selection};
use crate::judgement::{Judgement, StudentResult, Verdict};
use crate::records::{Body, Ruling};
use crate::reports::{
    Cell, Column, Listed, Locating, RegisterKind, Sheet, Summary, approved_on, approved_with, award_rests_on,
    unjudged_on_paper,
};
use crate::requirements::{RATIFICATION, Status};
use crate::text::{Text, all_of, counted};

/// Something that the SPC is asked.
struct Matter {
    name: String,
    course: String,
    since: Option<Day>,
    rests_on: Vec<String>,
}

/// The paper of the SPC over one folder or several, as it is put together.
#[derive(Default)]
pub struct Ratifications {
    to_ratify: Vec<Matter>,
    to_decide: Vec<Matter>,
    students: Vec<Section>,
    figures: Figures,
    register: Sheet,
    courses: Vec<String>,
    days: Vec<Day>,
    foot: Vec<String>,
    left_out: LeftOut,
}

impl Ratifications {
    /// Adds those of a folder's students who are selected. `locate` says where evidence stands.
    pub fn add(&mut self, judged: &JudgedFolder<'_>, selection: &Selection, locate: &mut Locating<'_>) {
        let roster = judged.roster(selection, &mut |result, judgement| {
            let Some(judgement) = judgement.filter(|judgement| judgement.verdict.goes_on()) else { return };
            let facts = &judgement.facts;
            let waits = matches!(judgement.finding(RATIFICATION).status, Status::Open | Status::Query);
            let approved = approved_on(facts).filter(|_| waits);
            let is_recommended = judgement.verdict == Verdict::Recommended;
            if approved.is_some() {
                self.to_ratify.push(matter(result, judgement, approved, approved_with(judgement, judged.folder)));
            }
            if is_recommended {
                self.to_decide.push(matter(result, judgement, None, vec![award_rests_on(facts)]));
            }
            if approved.is_some() || is_recommended {
                let read_by = ReadBy { body: Body::Spc, is_concerned: Some(true) };
                self.students.push(case_section(judged, result, (Some(judgement), None), read_by, locate));
            }
        });
        let folder = judged.folder;
        let course = |id: &str| {
            let mut courses = folder.case.records.courses.iter().filter(|entry| entry.id.to_string() == id);
            let name = courses.find_map(|entry| entry.record.as_deref()).map(|course| course.name.to_string());
            name.unwrap_or_else(|| id.to_owned())
        };
        self.figures.add(&roster, folder.name.shown(), &|id: &Text| course(&id.to_string()));
        self.add_awards(Listed::of(RegisterKind::Awards, judged, selection), &course);
        self.register.notes.extend(unjudged_on_paper(&roster, "could not be judged and cannot be in this list"));
        self.courses.extend(courses(judged, selection));
        self.days.push(judged.as_of);
        self.left_out = folder.left_out;
        let judged_by = Summary::of(judged).on_paper();
        self.foot.push(match folder.name.shown() {
            Some(name) => format!("{name}: {judged_by}"),
            None => judged_by,
        });
    }

    /// Adds a folder's awards, without ids: `course` gives the name of a course.
    fn add_awards(&mut self, listed: Listed<'_>, course: &dyn Fn(&str) -> String) {
        let mut sheet = listed.register.sheet.without(&["student"]);
        let of_course = sheet.columns.iter().position(|column| column.key == "course");
        for row in &mut sheet.rows {
            if let Some(Cell::Text(id)) = of_course.and_then(|at| row.cells.get_mut(at)) {
                *id = course(id);
            }
        }
        self.register.columns = sheet.columns;
        self.register.rows.extend(sheet.rows);
    }

    /// The paper. `left_out` says of each folder that could not be judged why it is not in it.
    pub fn paper(mut self, left_out: &[String]) -> Paper {
        let count = self.register.rows.len();
        self.register.lead.push(match count {
            0 => "No award is recommended or decided yet.".to_owned(),
            _ => format!("An award is recommended or decided for {}.", counted(count, "student", "students")),
        });
        let mut figures = self.figures.section();
        let left_out = Sheet { lead: left_out.to_vec(), ..Sheet::new("") };
        figures.blocks.extend((!left_out.lead.is_empty()).then_some(Block::Table(left_out)));
        let mut sections = vec![
            asked("Decisions to ratify", "Approved", self.to_ratify, "No approval waits to be ratified."),
            asked("Awards to decide", "Since", self.to_decide, "No recommended award waits for a decision."),
            figures,
            Section::of_sheets("Register of awards", [self.register]),
        ];
        sections.append(&mut self.students);
        self.days.sort_unstable();
        self.days.dedup();
        let label = if self.courses.len() == 1 { "Course" } else { "Courses" };
        let about = vec![(label, self.courses.join("; ")), ("Judged as of", all_of(self.days))];
        let foot = self.foot.into_iter().chain(what_it_is_not()).chain([made_by(self.left_out)]).collect();
        Paper { title: "Paper for the SPC".to_owned(), about, sections, foot }
    }
}

fn matter(
    result: &StudentResult<'_>,
    judgement: &Judgement<'_>,
    since: Option<Day>,
    mut rests_on: Vec<String>,
) -> Matter {
    let settled = judgement.facts.case.record.ruling.iter().filter(|ruling| ruling.date <= judgement.facts.as_of);
    rests_on.extend(settled.map(|ruling| {
        let Ruling { body, requirement, outcome, date, .. } = ruling;
        format!("{} on {}, {date}: {}", body.title(), requirement.subject(), outcome.word())
    }));
    Matter {
        name: result.name.unwrap_or(result.id).to_string(),
        course: judgement.facts.case.course.name.to_string(),
        since,
        rests_on,
    }
}

fn asked(title: &str, since: &'static str, matters: Vec<Matter>, nothing: &str) -> Section {
    let columns = [
        Column::flexible("Student", "student", 12, |one: &Matter| one.name.as_str().into()),
        Column::flexible("Course", "course", 12, |one| one.course.as_str().into()),
        Column::fixed("Since", "since", |one: &Matter| one.since.into()).headed(since),
        Column::flexible("What it rests on", "rests_on", 24, |one| Cell::lines(one.rests_on.iter().cloned())),
    ];
    let has_days = matters.iter().any(|one| one.since.is_some());
    let mut sheet = Sheet::new("").with_rows(&columns, matters).without(if has_days { &[] } else { &["since"] });
    let is_empty = sheet.rows.is_empty();
    sheet.lead.extend(is_empty.then(|| nothing.to_owned()));
    let block = if is_empty { Block::Table(sheet) } else { Block::ToDecide(sheet) };
    Section { title: title.to_owned(), blocks: vec![block], ..Section::default() }
}
