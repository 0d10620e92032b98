//! A report that arrived: which deadline it answers, and who wrote it.

use std::collections::BTreeSet;

use super::{RecordingError, RecordingSession};
use crate::amend::Event;
use crate::calendar::Day;
use crate::judgement::{Judgement, ObligationKind, Which};
use crate::records::{Competencies, Form, Report, Student, Supervisor};
use crate::text::{Found, Nameable, SaidDay, Text, find_named};

/// How long before its deadline a report can come and be taken to answer it: a reading, two months.
const MOST_AHEAD: i64 = 60;

/// What is said of a report that arrived. What is left open is found in the records.
#[derive(Clone, Debug)]
pub struct ReceivedReport {
    /// The form.
    pub form: Form,
    /// The day on which it arrived.
    pub received: Day,
    /// The deadline that it answers, or that it answers none; nothing where that is left open.
    pub due: Option<Option<Day>>,
    /// Who wrote it; nothing where that is left open.
    pub by: Option<Text>,
    /// Whether it says that no group has been presented yet.
    pub not_started: bool,
    /// The concerns that it raises.
    pub concerns: Option<Text>,
    /// The ratings in it.
    pub competencies: Competencies,
}

/// A report that somebody owes: for which deadline, and who.
struct Owed {
    due: Day,
    by: Option<Text>,
}

impl RecordingSession {
    /// The report on a student as it goes into the record. The same report, of this form, day and writer, may be there and
    /// say less. Otherwise it answers the only deadline that it can mean, and comes from whoever owes it for that, or is
    /// the student's supervisor then. The error says what has to be said because it could mean two things.
    pub fn report(&self, id: &Text, record: &Student, said: ReceivedReport) -> Result<Report, RecordingError> {
        let said = self.with_writer(record, said)?;
        let ReceivedReport { form, received, .. } = said;
        let owed = self.owed(id, form);
        if let Some(there) = said.recorded(record)? {
            // Nobody owes GWP Form 3 for a deadline, and what cannot be judged is not known to be owed.
            let owed = owed.filter(|_| said.due.is_none() && form != Form::Gwp3).unwrap_or_default();
            said.must_mean(there, &owed)?;
            let now = Report { competencies: said.competencies.clone(), ..there.clone() };
            let put_right = || self.putting_right(id, there, &now).unwrap_or_default();
            let competencies = completed(&said.competencies, &there.competencies, put_right)?;
            let (due, by) = (there.due, there.by.clone());
            return Ok(said.into_report(due, by, competencies));
        }
        let due = match said.due {
            Some(due) => due,
            None if form == Form::Gwp3 => None,
            None => Some(deadline(id, form, owed.as_deref(), record, received)?),
        };
        let mut owed = owed.unwrap_or_default().into_iter();
        let owing = owed.find(|one| due.is_none_or(|due| one.due == due)).and_then(|one| one.by);
        let by = said.by.clone().or(owing).or_else(|| writer(record, form, due.unwrap_or(received)));
        if by.is_none() {
            return Err(RecordingError::unclear(
                "nobody is known who would write this form",
                "say with --by who wrote it",
            ));
        }
        let competencies = said.competencies.clone();
        Ok(said.into_report(due, by, competencies))
    }

    /// What is said, with the supervisor who wrote it by the id, or the line manager by the whole name. What the student's
    /// record names already is taken as it is.
    fn with_writer(&self, record: &Student, mut said: ReceivedReport) -> Result<ReceivedReport, RecordingError> {
        let is_there = |by: &Text| record.report.iter().any(|one| one.by.as_ref() == Some(by));
        let Some(by) = said.by.as_mut().filter(|by| !is_there(by)) else { return Ok(said) };
        if said.form == Form::Gwp3 {
            let managers = record.arrangement.iter().filter_map(|one| one.line_manager.as_ref());
            let mut names: Vec<&Text> = managers.map(|manager| &manager.name).collect();
            names.dedup();
            let nameable = |name: &&Text| Nameable { name: Some(name.raw().to_owned()), ..Nameable::default() };
            if let Found::ByName(at) = find_named(by.raw(), &names.iter().map(nameable).collect::<Vec<_>>()) {
                *by = names[at].clone();
            }
        } else {
            *by = self.find::<Supervisor>(by.raw())?.id.clone();
        }
        Ok(said)
    }

    /// The deadline of a student for a form that is meant: without a year the only such day that is owed, or that a report in
    /// the record answers. The error says that it could be two.
    pub fn deadline_of(&self, id: &Text, record: &Student, form: Form, said: SaidDay) -> Result<Day, RecordingError> {
        let owed = self.owed(id, form).unwrap_or_default().into_iter().map(|one| one.due);
        let answered = record.report.iter().filter(|one| one.form == form).filter_map(|one| one.due);
        let known: BTreeSet<Day> = owed.chain(answered).collect();
        self.deadline(said, &known.into_iter().collect::<Vec<_>>())
    }

    /// The reports on a form that are owed, the earliest first; nothing where the student cannot be judged.
    fn owed(&self, student: &Text, form: Form) -> Option<Vec<Owed>> {
        let kind = match form {
            Form::Gwp2 => ObligationKind::Gwp2,
            Form::Wrg2 => ObligationKind::Wrg2,
            Form::Gwp3 => ObligationKind::Gwp3,
        };
        self.judgement(student, |judgement| {
            let owed = judgement.map(Judgement::papers_owed)?.into_iter();
            // A final report answers no deadline.
            let owed = owed.filter(|one| one.kind == kind && !matches!(one.which, Which::Final(_)));
            let owed = owed.filter_map(|obligation| {
                let by = obligation.from.map(|person| person.id.unwrap_or(person.name).clone());
                Some(Owed { due: obligation.due?, by })
            });
            Some(owed.collect())
        })
    }
}

impl ReceivedReport {
    fn into_report(self, due: Option<Day>, by: Option<Text>, competencies: Competencies) -> Report {
        let Self { form, received, not_started, concerns, .. } = self;
        let by = self.by.or(by);
        Report { form, due, received, by, not_started, concerns, competencies, document: None, notes: None }
    }

    /// Whether what is said of the writer leaves this one open.
    fn may_be_by(&self, writer: Option<&Text>) -> bool {
        self.by.as_ref().is_none_or(|by| writer.is_none_or(|writer| writer == by))
    }

    /// The same report, where it is recorded already: of this form, day and writer. Somebody who says another deadline
    /// means another one. The error says that several recorded ones can be meant.
    fn recorded<'r>(&self, record: &'r Student) -> Result<Option<&'r Report>, RecordingError> {
        let is_meant = |one: &&Report| {
            (one.form, one.received) == (self.form, self.received)
                && self.may_be_by(one.by.as_ref())
                && self.due.is_none_or(|due| one.due == due)
        };
        let mut meant: Vec<&Report> = record.report.iter().filter(is_meant).collect();
        // Of those for the deadline that is said, one that names the writer is meant before one that names nobody.
        if self.due.is_some() && self.by.is_some() && meant.iter().any(|one| one.by == self.by) {
            meant.retain(|one| one.by.is_some());
        }
        meant.dedup_by(|one, other| (one.due, &one.by) == (other.due, &other.by));
        let [first, _, ..] = meant.as_slice() else { return Ok(meant.first().copied()) };
        let recorded: Vec<_> = meant.iter().map(|one| Event::Report((*one).clone()).sentence()).collect();
        let is_for_one = meant.iter().all(|one| one.due == first.due);
        let mut options: Vec<_> =
            meant.iter().map(|one| options(one.due, one.by.as_ref().filter(|_| is_for_one))).collect();
        options.dedup();
        Err(RecordingError::unclear(
            format!("several are recorded already: {}", recorded.join("; ")),
            format!("say which is meant: {}", options.join(", or ")),
        ))
    }

    /// An error where this can mean the report that is there, or one that is still owed.
    fn must_mean(&self, there: &Report, owed: &[Owed]) -> Result<(), RecordingError> {
        let days = days_of(owed);
        let meant = meant(&days, self.received);
        let is_other = |one: &&Owed| {
            meant.contains(&one.due)
                && self.may_be_by(one.by.as_ref())
                && (Some(one.due) != there.due || (one.by.is_some() && one.by != there.by))
        };
        let others: Vec<_> = owed.iter().filter(is_other).collect();
        if others.is_empty() {
            return Ok(());
        }
        let by = |by: &Option<Text>| by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
        let also: Vec<_> = others.iter().map(|one| format!("for {}{}", one.due, by(&one.by))).collect();
        let choices = others.iter().map(|one| {
            let is_same_day = Some(one.due) == there.due;
            options(Some(one.due), one.by.as_ref().filter(|_| is_same_day))
        });
        Err(RecordingError::unclear(
            format!(
                "{}, is recorded already, and {} is owed {} as well",
                Event::Report(there.clone()).sentence(),
                self.form.title(),
                also.join(" and ")
            ),
            format!(
                "say which is meant: {} for the one that is recorded, or {}",
                options(there.due, None),
                choices.collect::<Vec<_>>().join(", or ")
            ),
        ))
    }
}

/// `--due 2026-01-30 --by helen-marsh`: what says which report is meant.
fn options(due: Option<Day>, by: Option<&Text>) -> String {
    let due = due.map_or_else(|| "none".to_owned(), Day::iso);
    let by = by.map(|by| format!(" --by {by}")).unwrap_or_default();
    format!("--due {due}{by}")
}

/// The ratings of a report that is there, with those that are given. The error says that one is given otherwise than it
/// stands there, and the command that puts the record right.
fn completed(
    given: &Competencies,
    there: &Competencies,
    put_right: impl Fn() -> String,
) -> Result<Competencies, RecordingError> {
    let mut completed = Competencies { notes: None, ..there.clone() };
    let ratings = given.ratings().into_iter().zip(there.ratings());
    for (position, (key, (given, there))) in Competencies::KEYS.iter().zip(ratings).enumerate() {
        match (given, there) {
            (Some(given), Some(there)) if given != there => {
                let (there, given) = (there.word(), given.word());
                return Err(RecordingError::unclear(
                    format!("this report is recorded already, and rates {key} {there} where you say {given}"),
                    format!("if the record is wrong: {}", put_right()),
                ));
            }
            (Some(given), _) => completed.rate(position, given),
            (None, _) => {}
        }
    }
    Ok(completed)
}

/// The deadlines, each once and in order.
fn days_of(owed: &[Owed]) -> Vec<Day> {
    let mut days: Vec<Day> = owed.iter().map(|one| one.due).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The deadlines that a report of that day can be taken to answer: those that were past, and the next where it is near.
fn meant(days: &[Day], received: Day) -> &[Day] {
    let next = days.iter().position(|day| *day >= received);
    let is_near = next.is_some_and(|next| received.days_to(days[next]) <= MOST_AHEAD);
    &days[..next.map_or(days.len(), |next| next + usize::from(is_near))]
}

/// The deadline that is meant where none is said: the only one for which the form is owed that a report of that day can
/// be taken to answer.
fn deadline(
    id: &Text,
    form: Form,
    owed: Option<&[Owed]>,
    record: &Student,
    received: Day,
) -> Result<Day, RecordingError> {
    const OR_NONE: &str = "say with --due which deadline it answers, or --due none";
    let title = form.title();
    let Some(owed) = owed else {
        let what = format!("{id} cannot be judged, as \"gwp check\" says, so it is not known which {title} is owed");
        return Err(RecordingError::unclear(what, OR_NONE));
    };
    let days = days_of(owed);
    let several = match meant(&days, received) {
        [day] => return Ok(*day),
        several => several,
    };
    if !several.is_empty() {
        let owed: Vec<_> = several.iter().map(|day| format!("for {day}")).collect();
        let choices: Vec<_> = several.iter().map(|day| options(Some(*day), None)).collect();
        return Err(RecordingError::unclear(
            format!("{title} is owed {}", owed.join(" and ")),
            format!("say which of them this one answers: {}, or --due none", choices.join(", ")),
        ));
    }
    let answered = record.report.iter().filter(|one| one.form == form);
    let answered = answered.filter_map(|one| Some((one.due?, one.received))).max();
    let answered = answered
        .map(|(due, received)| format!("the {title} for {due} is recorded already, received on {received}; "))
        .unwrap_or_default();
    let Some(next) = days.first() else {
        return Err(RecordingError::unclear(format!("{answered}no {title} is owed"), OR_NONE));
    };
    let ahead = received.days_to(*next);
    Err(RecordingError::unclear(
        format!("{answered}the next {title} is not due before {next}, which is {ahead} days after {received}"),
        format!("say with --due {} that it answers that one, or with --due none that it answers none", next.iso()),
    ))
}

/// Who would write a form on a day: the only supervisor of the arrangements or WRGs that run on it.
fn writer(student: &Student, form: Form, day: Day) -> Option<Text> {
    let runs = |from: Day, until: Option<Day>| from <= day && until.is_none_or(|until| day <= until);
    let arranged = || student.arrangement.iter().filter(|one| runs(one.from, one.until));
    let mut writers: Vec<&Text> = match form {
        Form::Gwp2 => arranged().map(|one| &one.supervisor).collect(),
        Form::Wrg2 => student.wrg.iter().filter(|one| runs(one.from, one.until)).map(|one| &one.supervisor).collect(),
        Form::Gwp3 => arranged().filter_map(|one| one.line_manager.as_ref()).map(|manager| &manager.name).collect(),
    };
    writers.dedup();
    if let [only] = writers.as_slice() { Some((*only).clone()) } else { None }
}
