//! The paper for a student: what there is, what is missing, by when and from whom, what was decided. Nothing in it is about
//! anybody else.

use super::committee::{about, foot};
use super::paper::{Block, Paper, Section};
use super::ratings::Ratings;
use super::time_line::time_line;
use crate::folder::{JudgedFolder, Selection};
use crate::judgement::{Judgement, NextStep, Role, StudentResult, Urgency, Verdict, Who, next_steps};
use crate::reports::{CasePage, Cell, Column, Locating, Sheet, sessions_of_required, who};

/// The paper for a student; `selection` names the student. `locate` says where evidence stands.
pub fn of_student(
    judged: &JudgedFolder<'_>,
    selection: &Selection,
    result: &StudentResult<'_>,
    judgement: Option<&Judgement<'_>>,
    locate: &mut Locating<'_>,
) -> Paper {
    let name = result.name.unwrap_or(result.id);
    let folder = judged.folder;
    let page = CasePage::of(&folder.case, &folder.shown_id(result.id), result, judgement, judged, locate);
    let mut letter = Section { title: format!("Dear {name}"), ..Section::default() };
    let mut opening = Sheet::new("");
    opening.lead.push(to_the_student(result.verdict).to_owned());
    letter.blocks.push(Block::Table(opening));
    let mut sections = Vec::new();
    if let Some(judgement) = judgement {
        let facts = &judgement.facts;
        let (counted, required) = (facts.series.len(), facts.parameters.sessions_required);
        let words = sessions_of_required(counted, required);
        let progress = Block::Progress { counted, required, words, is_said: false };
        let mut there = vec![progress, Block::Picture(time_line(judgement, &name.to_string()))];
        there.extend(page.month_by_month.map(Block::InWords));
        // What the opening speaks of comes right after it.
        letter.blocks.extend(missing(judgement).into_iter().map(Block::Table));
        sections.push(letter);
        // Where it stands in the records is nothing to a student.
        let told =
            page.decided_and_uncounted.into_iter().map(|sheet| sheet.without(&["where", "minuted", "note", "code"]));
        there.extend(page.arranged.into_iter().chain(page.forms).map(Block::Table));
        there.extend(Ratings::of(facts).map(Block::Ratings));
        sections.push(Section { title: "What you have".to_owned(), blocks: there, ..Section::default() });
        sections.push(Section::of_sheets("What was decided, and what does not count", told));
        sections.retain(|section| !section.blocks.is_empty());
    } else {
        sections.push(letter);
    }
    let mut foot = foot(judged);
    foot.insert(0, "Please tell the convenor of your course where something here is not as you know it.".to_owned());
    Paper {
        title: format!("Your way to Group Work Practitioner status: {name}"),
        about: about(judged, selection),
        sections,
        foot,
    }
}

/// What is missing or still to come, in the order in which it presses.
fn missing<'a>(judgement: &Judgement<'a>) -> Vec<Sheet> {
    let columns = [
        Column::flexible("From whom", "from", 16, |step: &NextStep<'_>| Cell::maybe(whom(&step.who))),
        Column::flexible("What", "what", 24, |step| step.whole().into()),
        Column::fixed("By", "due", |step| step.due.into()),
    ];
    // What has to go on, such as supervision, was owed by a day too.
    let was_due = |code| {
        let owed = judgement.obligations().iter().filter(|one| one.code() == Some(code));
        owed.filter(|one| one.is_late(judgement.facts.as_of)).filter_map(|one| one.due).min()
    };
    let dated = |step: NextStep<'a>| match step.urgency {
        Urgency::Missing => NextStep { due: step.due.or_else(|| was_due(step.code)), ..step },
        _ => step,
    };
    let of = |wanted: &dyn Fn(Urgency) -> bool| {
        next_steps(judgement).into_iter().filter(|step| wanted(step.urgency)).map(dated).collect::<Vec<_>>()
    };
    let now = of(&|urgency| urgency != Urgency::ToCome);
    let to_come = of(&|urgency| urgency == Urgency::ToCome);
    let sheets = [("What is missing now", now), ("What is still to come", to_come)];
    let sheets = sheets.into_iter().filter(|(_, steps)| !steps.is_empty());
    sheets.map(|(title, steps)| Sheet::new(title).with_rows(&columns, steps)).collect()
}

/// Who is to act, said to the student.
fn whom(actor: &Who<'_>) -> Option<String> {
    match actor {
        Who::Person(person) if person.role == Role::Student => Some("you".to_owned()),
        actor => who(actor),
    }
}

/// What a verdict means, said to the student.
fn to_the_student(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unknown => {
            "A record cannot be read at the moment, so this letter cannot say where you stand. Please ask your convenor."
        }
        Verdict::Awarded => "You have been awarded Group Work Practitioner status. Congratulations.",
        Verdict::Declined => "The status was not awarded. Your convenor can tell you what that rests on.",
        Verdict::Withdrawn => "You have left the course, so nothing more is asked of you.",
        Verdict::NotApplying => "You do not apply for the status, so nothing is asked of you for it.",
        Verdict::NotEligible => "A requirement can no longer be met. Please talk to your convenor.",
        Verdict::Action => {
            "Something is missing that can still be put right. The table below says what, and from whom."
        }
        Verdict::Query => "The committee has a question to decide. The table below says which.",
        Verdict::OnTrack => "You are on track: nothing is late, and the table below says what is still to come.",
        Verdict::Recommended => "The Local Course Committee has recommended you for the status.",
        Verdict::Ready => "All is there. The committee can be asked to recommend you.",
    }
}
