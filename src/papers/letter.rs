//! The paper for a student: what there is, what is missing, by when and from whom, what was decided. Nothing in it is about
//! anybody else.

use super::committee::{about, foot};
use super::paper::{Block, Paper, Section};
use super::ratings::Ratings;
use super::signature::Signature;
use super::time_line::time_line;
use crate::calendar::Day;
use crate::folder::{JudgedFolder, Selection};
use crate::judgement::{Judgement, NextStep, Person, Role, StudentResult, Urgency, Verdict, Who, next_steps};
use crate::records::Body;
use crate::reports::{CasePage, Cell, Column, Locating, Sheet, sessions_of_required, who};
use crate::requirements::{COMPETENCIES, CONCERNS, of_supervisors};
use crate::text::all_of;

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
    let page = CasePage::of(&folder.case, &folder.shown_id(result.id), result, judgement, judged, locate).on_paper();
    let mut letter = Section { title: format!("Dear {name}"), ..Section::default() };
    let mut opening = Sheet::new("");
    opening.lead.push(to_the_student(result.verdict).to_owned());
    let mut signature = Signature::default();
    signature.add(judged, result.course);
    opening.lead.push(signature.please());
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
        let next_lcc = folder.case.next_lcc(judged.as_of, &|course| course == facts.case.course_id);
        letter.blocks.extend(missing(judgement, next_lcc).into_iter().map(Block::Table));
        sections.push(letter);
        // Where it stands in the records is nothing to a student.
        let told = page.decided_and_uncounted.into_iter();
        let told = told.map(|sheet| to_you(sheet.without(&["where", "minuted", "note", "code"])));
        there.extend(page.arranged.into_iter().chain(page.forms).map(Block::Table));
        there.extend(Ratings::of(facts).map(Block::Ratings));
        sections.push(Section { title: "What you have".to_owned(), blocks: there, ..Section::default() });
        sections.push(Section::of_sheets("What was decided, and what does not count", told));
        sections.retain(|section| !section.blocks.is_empty());
    } else {
        sections.push(letter);
    }
    sections.extend(signature.section());
    Paper {
        title: format!("Your way to Group Work Practitioner status: {name}"),
        about: about(judged, selection),
        sections,
        foot: foot(judged),
    }
}

/// A table whose reasons speak to the student. What somebody wrote, after a colon, stays as it is.
fn to_you(mut sheet: Sheet) -> Sheet {
    let Some(why) = sheet.columns.iter().position(|column| column.key == "why") else { return sheet };
    for cell in sheet.rows.iter_mut().filter_map(|row| row.cells.get_mut(why)) {
        if let Cell::Text(words) = cell {
            let (said, written) = words.split_at(words.find(": ").unwrap_or(words.len()));
            *words = said.replace("the student was", "you were").replace("the student", "you") + written;
        }
    }
    sheet
}

/// What is missing or still to come, in the order in which it presses, and apart from it what committees decide; `next_lcc`
/// is the day of the LCC's next meeting.
fn missing<'a>(judgement: &Judgement<'a>, next_lcc: Option<Day>) -> Vec<Sheet> {
    let columns = [
        Column::flexible("From whom", "from", 16, |step: &NextStep<'_>| Cell::maybe(whom(step))),
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
    let steps = without_confidences(judgement, next_steps(judgement));
    let (decided, steps): (Vec<_>, Vec<_>) = steps.into_iter().partition(|step| body(&step.who).is_some());
    let (to_come, now): (Vec<_>, Vec<_>) =
        steps.into_iter().map(dated).partition(|step| step.urgency == Urgency::ToCome);
    let sheets = [("What is missing now", now), ("What is still to come", to_come)];
    let sheets = sheets.into_iter().filter(|(_, steps)| !steps.is_empty());
    let mut sheets: Vec<_> = sheets.map(|(title, steps)| Sheet::new(title).with_rows(&columns, steps)).collect();
    sheets.extend(decided_by_committees(decided, next_lcc));
    sheets
}

/// What committees decide, and when; none where there is nothing.
fn decided_by_committees(steps: Vec<NextStep<'_>>, next_lcc: Option<Day>) -> Option<Sheet> {
    let rows = steps.into_iter().map(|step| {
        let when = match (body(&step.who), next_lcc, step.due) {
            (Some(Body::Lcc), Some(day), _) => format!("at its meeting of {day}"),
            (_, _, Some(due)) => format!("by {due}"),
            _ => "at its next meeting".to_owned(),
        };
        (step, when)
    });
    let columns = [
        Column::flexible("Who decides", "who", 12, |(step, _): &(NextStep<'_>, String)| {
            Cell::maybe(body(&step.who).map(|body| format!("the {}", body.title())))
        }),
        Column::flexible("What", "what", 24, |(step, _)| step.whole().into()),
        Column::flexible("When", "when", 16, |(_, when)| when.as_str().into()),
    ];
    let sheet = Sheet::new("What committees decide").with_rows(&columns, rows);
    (!sheet.rows.is_empty()).then_some(sheet)
}

/// The steps without what is not the student's to read: how a supervisor's own papers stand, and what somebody wrote of a
/// concern, about which the committee speaks with the student itself.
fn without_confidences<'a>(judgement: &Judgement<'a>, steps: Vec<NextStep<'a>>) -> Vec<NextStep<'a>> {
    let mut told: Vec<NextStep<'a>> = Vec::new();
    for step in steps {
        let what = match step.code {
            CONCERNS => {
                let finding = judgement.finding(CONCERNS);
                let days: Vec<_> = finding.to_judge().map(|query| query.date).collect();
                match days.as_slice() {
                    [] => "your committee will speak with you about a report".to_owned(),
                    [day] => format!("your committee will speak with you about the report of {day}"),
                    days => format!("your committee will speak with you about the reports of {}", all_of(days)),
                }
            }
            code if of_supervisors(code) => "your supervisor's papers are still being looked at".to_owned(),
            _ => {
                told.push(step);
                continue;
            }
        };
        // Which of the papers it is, and who owes them, is the supervisor's affair.
        let convenor = || Who::Person(Person::convenor(judgement.facts.case));
        let who = if step.code == CONCERNS { step.who } else { convenor() };
        if told.iter().all(|one| one.what != what) {
            told.push(NextStep { who, what, in_full: None, due: None, ..step });
        }
    }
    told
}

/// The committee that decides, where one does.
fn body(actor: &Who<'_>) -> Option<Body> {
    match actor {
        Who::Body(body) | Who::Before(body, _) => Some(*body),
        Who::Person(_) | Who::Nobody => None,
    }
}

/// Who is to act, said to the student.
fn whom(step: &NextStep<'_>) -> Option<String> {
    match step.who {
        // Where nobody supervises yet, the catalogue turns to the student.
        Who::Person(person) if person.role == Role::Student && COMPETENCIES.contains(&step.code) => {
            Some("your workplace supervisor".to_owned())
        }
        Who::Person(person) if person.role == Role::Student => Some("you".to_owned()),
        ref actor => who(actor),
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
        Verdict::Query => "A committee has a question to decide. The table below says which.",
        Verdict::OnTrack => "You are on track: nothing is late, and the table below says what is still to come.",
        Verdict::Recommended => "The Local Course Committee has recommended you for the status.",
        Verdict::Ready => "All is there. The committee can be asked to recommend you.",
    }
}
