//! The paper for a student: what there is, what is missing, by when and from whom, what was decided. Nothing in it is about
//! anybody else.

use super::committee::about;
use super::paper::{Block, Paper, Section};
use super::ratings::Ratings;
use super::signature::{Signature, foot_of_letter};
use super::time_line::time_line;
use crate::edition::Code;
use crate::facts::Facts;
use crate::folder::{JudgedFolder, Selection};
use crate::judgement::{Judgement, NextStep, Person, Role, StudentResult, Urgency, Verdict, Who, next_steps};
use crate::records::Body;
use crate::reports::{Audience, CasePage, Cell, Column, Locating, Sheet, sessions_of_required, who};
use crate::requirements::{COMPETENCIES, CONCERNS, next_joint_supervision, of_supervisors};
use crate::text::{all_of, counted, few};

/// The paper for a student; `selection` names the student. It is made of the case as the student may be told of it: what is
/// not the student's to read is in nothing that it is made of. `locate` says where evidence stands.
pub fn of_student(
    judged: &JudgedFolder<'_>,
    selection: &Selection,
    result: &StudentResult<'_>,
    judgement: Option<&Judgement<'_>>,
    locate: &mut Locating<'_>,
) -> Paper {
    let mut letter = |told: Option<&Judgement<'_>>| letter(judged, selection, result, told, locate);
    match judgement {
        Some(judgement) => judgement.as_told_to_the_student(|told| letter(Some(told))),
        None => letter(None),
    }
}

fn letter(
    judged: &JudgedFolder<'_>,
    selection: &Selection,
    result: &StudentResult<'_>,
    judgement: Option<&Judgement<'_>>,
    locate: &mut Locating<'_>,
) -> Paper {
    let name = result.name.unwrap_or(result.id);
    let page = CasePage::of(judged, result, judgement, Audience::Student, locate);
    let mut letter = Section { title: format!("Dear {name}"), ..Section::default() };
    let mut opening = Sheet::new("");
    let mut signature = Signature::default();
    signature.add(judged, result.course);
    opening.lead.push(to_the_student(result.verdict, judgement, signature.me()));
    opening.lead.push(signature.please());
    letter.blocks.push(Block::Table(opening));
    let is_over = matches!(result.verdict, Verdict::Declined | Verdict::Withdrawn | Verdict::NotApplying);
    let mut sections = Vec::new();
    match judgement {
        Some(judgement) if is_over => {
            sections.push(letter);
            sections.push(recorded(judgement, page));
        }
        Some(judgement) => {
            // What the opening speaks of comes right after it.
            letter.blocks.extend(missing(judgement, &next_lcc(judged, judgement)).into_iter().map(Block::Table));
            sections.push(letter);
            sections.extend(what_you_have(judgement, &name.to_string(), page));
        }
        None => sections.push(letter),
    }
    sections.retain(|section| !section.blocks.is_empty());
    sections.extend(signature.section());
    let way = if result.verdict.goes_on() { "Your way to " } else { "" };
    Paper {
        title: format!("{way}Group Work Practitioner status: {name}"),
        about: about(judged, selection),
        sections,
        foot: foot_of_letter(judged),
    }
}

/// When the LCC meets next: the meetings that can take what is before it, in words.
fn next_lcc(judged: &JudgedFolder<'_>, judgement: &Judgement<'_>) -> String {
    let own = judgement.facts.case.course_id;
    let next = |of_own: bool| judged.folder.case.next_lcc(judged.as_of, &|course| !of_own || course == own);
    // There is one committee: it can take the matter in a meeting that another course lists, too.
    match (next(false), next(true)) {
        (Some(first), Some(listed)) if first < listed => format!("at its meeting of {first} or of {listed}"),
        (Some(first), _) => format!("at its meeting of {first}"),
        (None, _) => "at its next meeting".to_owned(),
    }
}

/// All that is recorded, said to the student.
fn what_you_have(judgement: &Judgement<'_>, name: &str, page: CasePage) -> [Section; 2] {
    let facts = &judgement.facts;
    let (counted, required) = (facts.series.len(), facts.parameters.sessions_required);
    let words = sessions_of_required(counted, required);
    let progress = Block::Progress { counted, required, words, is_said: false };
    let mut there = vec![progress, Block::Picture(time_line(judgement, name, Audience::Student))];
    there.extend(page.month_by_month.map(Block::InWords));
    there.extend(page.arranged.into_iter().chain(page.forms).map(Block::Table));
    there.extend(Ratings::of(facts).map(Block::Ratings));
    [
        Section { title: "What you have".to_owned(), blocks: there, ..Section::default() },
        Section::of_sheets("What was decided, and what does not count", page.decided.into_iter().chain(page.uncounted)),
    ]
}

/// What is recorded of somebody whose case is over: how many sessions count, and what was decided.
fn recorded(judgement: &Judgement<'_>, page: CasePage) -> Section {
    let mut sheets = Vec::new();
    let count = judgement.facts.series.len();
    if count > 0 {
        let lead = vec![format!("{}.", counted(count, "session counts", "sessions count"))];
        sheets.push(Sheet { lead, ..Sheet::new("") });
    }
    sheets.extend(page.decided);
    Section::of_sheets("What is recorded", sheets)
}

/// A step, and from whom it is needed as the student is told.
type Told<'s> = (NextStep<'s>, Option<String>);

/// What is missing or still to come, in the order in which it presses, and apart from it what committees decide; `next_lcc`
/// says when the LCC meets. What can no longer be met is said in the opening.
fn missing<'a>(judgement: &Judgement<'a>, next_lcc: &str) -> Vec<Sheet> {
    if judgement.verdict == Verdict::NotEligible {
        return Vec::new();
    }
    let columns = [
        Column::flexible("From whom", "from", 16, |(_, from): &Told<'_>| Cell::maybe(from.as_deref())),
        Column::flexible("What", "what", 24, |(step, _)| step.whole().into()),
        Column::fixed("By", "due", |(step, _)| step.due.into()),
    ];
    let facts = &judgement.facts;
    let told = |step: NextStep<'a>| {
        let from = whom(&step, facts);
        (step, from)
    };
    // What has to go on, such as supervision, was owed by a day too; by that of joint supervision the days are told that lead
    // to it.
    let was_due = |code| {
        let owed = judgement.obligations().iter().filter(|one| one.code() == Some(code));
        owed.filter(|one| one.is_late(judgement.facts.as_of)).filter_map(|one| one.due).min()
    };
    let dated = |step: NextStep<'a>| match step.urgency {
        Urgency::Missing if step.code != Code::S7 => NextStep { due: step.due.or_else(|| was_due(step.code)), ..step },
        _ => step,
    };
    let steps = without_confidences(judgement, next_steps(judgement));
    let (decided, steps): (Vec<_>, Vec<_>) = steps.into_iter().partition(|step| body(&step.who).is_some());
    let (to_come, now): (Vec<_>, Vec<_>) =
        steps.into_iter().map(dated).partition(|step| step.urgency == Urgency::ToCome);
    let sheets = [("What is missing now", now), ("What is still to come", to_come)];
    let sheets = sheets.into_iter().filter(|(_, steps)| !steps.is_empty());
    let mut sheets: Vec<_> =
        sheets.map(|(title, steps)| Sheet::new(title).with_rows(&columns, steps.into_iter().map(told))).collect();
    sheets.extend(decided_by_committees(decided, next_lcc));
    sheets
}

/// What committees decide, and when; none where there is nothing.
fn decided_by_committees(steps: Vec<NextStep<'_>>, next_lcc: &str) -> Option<Sheet> {
    let rows = steps.into_iter().map(|step| {
        let when = match (body(&step.who), step.due) {
            (Some(Body::Lcc), _) => next_lcc.to_owned(),
            (_, Some(due)) => format!("by {due}"),
            (_, None) => "at its next meeting".to_owned(),
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

/// The steps, of a supervisor's own papers without how these stand, of concerns by the days of the reports that raise them,
/// and of joint supervision without days, which are those on which somebody else was away.
fn without_confidences<'a>(judgement: &Judgement<'a>, steps: Vec<NextStep<'a>>) -> Vec<NextStep<'a>> {
    let facts = &judgement.facts;
    let is_joint_due = next_joint_supervision(facts).is_some_and(|next| next.by < facts.as_of);
    let mut told: Vec<NextStep<'a>> = Vec::new();
    for step in steps {
        let what = match step.code {
            Code::S7 => match step.urgency {
                Urgency::ToJudge => "it considers how often there was joint supervision".to_owned(),
                _ if is_joint_due => "joint supervision is due: please meet together with your co-conductor".to_owned(),
                _ => "the committee did not accept how often there was joint supervision".to_owned(),
            },
            CONCERNS => {
                let finding = judgement.finding(CONCERNS);
                let days: Vec<_> = finding.to_judge().map(|query| query.date).collect();
                match days.as_slice() {
                    [] => "it considers what a report raises".to_owned(),
                    [day] => format!("it considers what the report of {day} raises"),
                    days => format!("it considers what the reports of {} raise", all_of(days)),
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
        let who = match step.code {
            code if of_supervisors(code) => convenor(),
            // What was refused, no meeting mends.
            Code::S7 if step.urgency == Urgency::Missing && !is_joint_due => convenor(),
            _ => step.who,
        };
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
fn whom(step: &NextStep<'_>, facts: &Facts<'_>) -> Option<String> {
    match step.who {
        // Two people meet.
        Who::Person(person) if person.role == Role::Student && matches!(step.code, Code::S5 | Code::S7) => {
            let now = facts.group_arrangements().filter(|one| one.period().covers(facts.as_of));
            let mut all = vec!["you".to_owned()];
            for name in now.map(|one| one.case.supervisor.record.name.to_string()) {
                if !all.contains(&name) {
                    all.push(name);
                }
            }
            Some(all_of(all))
        }
        // Where nobody supervises yet, the catalogue turns to the student.
        Who::Person(person) if person.role == Role::Student && COMPETENCIES.contains(&step.code) => {
            Some("your workplace supervisor".to_owned())
        }
        Who::Person(person) if person.role == Role::Student => Some("you".to_owned()),
        ref actor => who(actor),
    }
}

/// What a verdict means, said to the student. `me` is whoever signs.
fn to_the_student(verdict: Verdict, judgement: Option<&Judgement<'_>>, me: &str) -> String {
    let words = match verdict {
        Verdict::Unknown => {
            return format!(
                "A record cannot be read at the moment, so this letter cannot say where you stand. Please ask {me}."
            );
        }
        Verdict::Declined => {
            return format!(
                "The status was not awarded. Please ask {me} what that rests on, if you would like to know."
            );
        }
        Verdict::NotEligible => {
            let steps = judgement.map(next_steps).unwrap_or_default();
            let lost: Vec<_> = steps.iter().map(NextStep::whole).collect();
            let lost = few(&lost, lost.len(), "; ");
            return format!(
                "The status can unfortunately no longer be reached: {lost}. Please talk with {me} about it."
            );
        }
        Verdict::Awarded => "You have been awarded Group Work Practitioner status. Congratulations.",
        Verdict::Withdrawn => "You have left the course, so nothing more is asked of you.",
        Verdict::NotApplying => "You do not apply for the status, so nothing is asked of you for it.",
        Verdict::Action => {
            "Something is missing that can still be put right. The table below says what, and from whom."
        }
        Verdict::Query => "A committee has a question to decide. The table below says which.",
        Verdict::OnTrack => "You are on track: nothing is late, and the table below says what is still to come.",
        Verdict::Recommended => "The Local Course Committee has recommended you for the status.",
        Verdict::Ready => "All is there. The committee can be asked to recommend you.",
    };
    words.to_owned()
}
