//! The paper of the SPC: decisions to ratify and awards to decide, what each rests on, and the register of awards.

use super::committee::{about, case_section, foot};
use super::paper::{Block, Paper, Section};
use crate::calendar::Day;
use crate::folder::{JudgedFolder, Selection};
use crate::judgement::{Judgement, StudentResult, Verdict};
use crate::records::Ruling;
use crate::reports::{Cell, Column, Listed, Locating, RegisterKind, Report, Sheet, approved_on, award_rests_on};
use crate::requirements::{RATIFICATION, Status};

/// Something that the SPC is asked.
struct Matter {
    name: String,
    course: String,
    since: Option<Day>,
    rests_on: Vec<String>,
}

/// The paper over those of a folder's students who are selected. `locate` says where evidence stands.
pub fn of_ratifications(judged: &JudgedFolder<'_>, selection: &Selection, locate: &mut Locating<'_>) -> Paper {
    let (mut to_ratify, mut to_decide, mut students) = (Vec::new(), Vec::new(), Vec::new());
    judged.roster(selection, &mut |result, judgement| {
        let Some(judgement) = judgement.filter(|judgement| judgement.verdict.goes_on()) else { return };
        let facts = &judgement.facts;
        let waits = matches!(judgement.finding(RATIFICATION).status, Status::Open | Status::Query);
        let approved = approved_on(facts).filter(|_| waits);
        let is_recommended = judgement.verdict == Verdict::Recommended;
        if approved.is_some() {
            to_ratify.push(matter(result, judgement, approved, arrangements(judgement)));
        }
        if is_recommended {
            to_decide.push(matter(result, judgement, None, vec![award_rests_on(facts)]));
        }
        if approved.is_some() || is_recommended {
            students.push(case_section(judged, result, Some(judgement), locate));
        }
    });
    let mut register = Listed::of(RegisterKind::Awards, judged, selection).sheets();
    for sheet in &mut register {
        sheet.opens_part = false;
    }
    let mut sections = vec![
        asked("Decisions to ratify", "Approved", to_ratify, "No approval waits to be ratified."),
        asked("Awards to decide", "Since", to_decide, "No recommended award waits for a decision."),
        Section::of_sheets("Register of awards", register),
    ];
    sections.append(&mut students);
    let title = "Paper for the SPC".to_owned();
    Paper { title, about: about(judged, selection), sections, foot: foot(judged) }
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
        format!("{} on {requirement}, {date}: {}", body.title(), outcome.word())
    }));
    Matter {
        name: result.name.unwrap_or(result.id).to_string(),
        course: judgement.facts.case.course.name.to_string(),
        since,
        rests_on,
    }
}

/// The arrangements that are judged, each with its supervisor.
fn arrangements(judgement: &Judgement<'_>) -> Vec<String> {
    let facts = &judgement.facts;
    let arrangement = |one: &crate::facts::Arranged<'_>| {
        let title = &facts.case.groups[one.case.group].log.title;
        format!("\"{title}\" with {}, from {}", one.case.supervisor.record.name, one.period().from)
    };
    facts.arrangements.iter().map(arrangement).collect()
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
