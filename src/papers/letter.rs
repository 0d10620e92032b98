//! The paper for a student: what there is, what is missing, by when and from whom, what was decided. Nothing in it is about
//! anybody else.

use super::committee::about;
use super::paper::{Block, Paper, Section};
use super::ratings::Ratings;
use super::reader::Reader;
use super::signature::{Signature, foot_of_letter};
use super::time_line::own_time_line;
use crate::edition::Code;
use crate::facts::Facts;
use crate::folder::{JudgedFolder, Selection};
use crate::judgement::{Judgement, NextStep, Person, Role, StudentResult, Urgency, Verdict, Who, next_steps};
use crate::records::Body;
use crate::reports::{CasePage, Cell, Column, Locating, Row, Sheet, person, sessions_of_required, who};
use crate::requirements::{COMPETENCIES, CONCERNS, of_supervisors};
use crate::text::{all_of, counted, few};

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
    let mut there = vec![progress, Block::Picture(own_time_line(judgement, name))];
    there.extend(page.month_by_month.map(without_joint).map(Block::InWords));
    let forms = page.forms.map(|sheet| from_you(sheet, judgement));
    there.extend(page.arranged.into_iter().chain(forms).map(Block::Table));
    there.extend(Ratings::of(facts).map(Block::Ratings));
    [
        Section { title: "What you have".to_owned(), blocks: there, ..Section::default() },
        Section::of_sheets("What was decided, and what does not count", told(page.decided_and_uncounted)),
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
    // The tables after that of the decisions have reasons for what does not count.
    let is_decided = |sheet: &Sheet| sheet.columns.iter().all(|column| column.key != "why");
    sheets.extend(told(page.decided_and_uncounted.into_iter().filter(is_decided).collect()));
    Section::of_sheets("What is recorded", sheets)
}

/// Tables of what was decided and of what does not count, without what is nothing to a student: where it stands in the
/// records, and what a committee notes for itself.
fn told(sheets: Vec<Sheet>) -> Vec<Sheet> {
    sheets.into_iter().map(|sheet| to_you(sheet.without(&["where", "minuted", "note", "code"]))).collect()
}

/// A table whose reasons speak to the student. Why something was cancelled is left out: it can be about somebody else.
fn to_you(mut sheet: Sheet) -> Sheet {
    let at = |key: &str| sheet.columns.iter().position(|column| column.key == key);
    let (Some(why), Some(dates)) = (at("why"), at("dates")) else { return sheet };
    let mut rows: Vec<Row> = Vec::new();
    for mut row in std::mem::take(&mut sheet.rows) {
        if let Cell::Text(words) = &row.cells[why] {
            let said = words.split_once(": ").map_or(words.as_str(), |(said, _)| said);
            row.cells[why] = Cell::Text(Reader::Student.told(said));
        }
        // Without their reasons some say the same.
        let is_alike = |known: &&mut Row| {
            let cells = known.cells.iter().zip(&row.cells).enumerate();
            cells.filter(|(position, _)| *position != dates).all(|(_, (one, other))| one == other)
        };
        match rows.iter_mut().find(is_alike) {
            Some(known) => {
                if let (Cell::Text(days), Cell::Text(more)) = (&mut known.cells[dates], &row.cells[dates]) {
                    *days = format!("{days}, {more}");
                }
            }
            None => rows.push(row),
        }
    }
    Sheet { rows, ..sheet }
}

/// The forms, of which the student's own are from "you".
fn from_you(mut sheet: Sheet, judgement: &Judgement<'_>) -> Sheet {
    let Some(from) = sheet.columns.iter().position(|column| column.key == "from") else { return sheet };
    let name = &judgement.facts.case.record.name;
    let own = Cell::Text(person(&Person { role: Role::Student, id: None, name, email: None }));
    for cell in sheet.rows.iter_mut().filter_map(|row| row.cells.get_mut(from)).filter(|cell| **cell == own) {
        *cell = Cell::text("you");
    }
    sheet
}

/// The months without a mark for joint supervision: what was not joint would tell when somebody else was away.
fn without_joint(mut sheet: Sheet) -> Sheet {
    let Some(meetings) = sheet.columns.iter().position(|column| column.key == "supervision") else { return sheet };
    for row in &mut sheet.rows {
        if let Some(Cell::Text(days)) = row.cells.get_mut(meetings) {
            *days = days.replace('j', "");
        }
    }
    for note in &mut sheet.notes {
        *note = note.replace("; j: joint supervision", "");
    }
    sheet
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

/// The steps without what is not the student's to read: how a supervisor's own papers stand, what somebody wrote of a
/// concern, and why a meeting was cancelled.
fn without_confidences<'a>(judgement: &Judgement<'a>, steps: Vec<NextStep<'a>>) -> Vec<NextStep<'a>> {
    let mut told: Vec<NextStep<'a>> = Vec::new();
    for step in steps {
        let what = match step.code {
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
                let what = without_reasons(&judgement.facts, &step.what);
                let in_full = step.in_full.as_ref().map(|words| without_reasons(&judgement.facts, words));
                told.push(NextStep { what, in_full, ..step });
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

/// Words of a requirement without the reasons for which sessions and meetings were cancelled: they can be about somebody
/// else.
fn without_reasons(facts: &Facts<'_>, words: &str) -> String {
    let of_groups = facts.case.groups.iter().flat_map(|group| &group.log.sessions).map(|one| &one.cancelled);
    let of_meetings = facts.case.supervisions.iter().flat_map(|one| &one.log.sessions).map(|one| &one.cancelled);
    let reasons = of_groups.chain(of_meetings).flatten();
    reasons.fold(words.to_owned(), |words, why| words.replace(&format!(" ({why})"), ""))
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
