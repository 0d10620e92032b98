//! The reports: GWP Form 2, WRG Form 2 and GWP Form 3.

use super::subject::{DATE, NAME, SIGNATURE, SentForm};
use crate::calendar::Day;
use crate::facts::Facts;
use crate::form::{self, BY_MAIL, Field, Kind, Reading, Section};
use crate::judgement::{Judgement, SessionFigures};
use crate::records::{Competencies, Form, Rating};
use crate::text::Text;

/// What somebody reports of a student.
#[derive(Clone, Debug, Default)]
pub struct ReportAnswers {
    /// The ratings.
    pub competencies: Competencies,
    /// Whether the student has not started to present a group; nothing where that was left out.
    pub not_started: Option<bool>,
    /// The concerns; none where none are raised.
    pub concerns: Option<Text>,
}

/// The form for a report on a student by somebody with this name; none where the student has no such arrangement.
pub fn report_form(sent: &SentForm, judgement: &Judgement<'_>, writer: &Text) -> Option<form::Form> {
    let SentForm::Report { form, due, .. } = sent else { return None };
    let mut sections = Vec::new();
    if *form == Form::Gwp2 {
        sections.push(competencies());
    }
    sections.push(remarks(*form));
    sections.push(signature());
    Some(form::Form {
        about: sent.about(),
        title: format!("{}: {}", form.title(), what(*form)),
        known: known(sent, judgement, writer, *due),
        lead: vec![lead(*form)],
        sections,
    })
}

fn what(form: Form) -> &'static str {
    match form {
        Form::Gwp2 => "report of the workplace supervisor",
        Form::Wrg2 => "report of the WRG supervisor",
        Form::Gwp3 => "report of the line manager",
    }
}

fn lead(form: Form) -> String {
    match form {
        Form::Gwp2 | Form::Wrg2 => BY_MAIL.to_owned(),
        Form::Gwp3 => format!("This report is about how the student works in general. {BY_MAIL}"),
    }
}

fn known(sent: &SentForm, judgement: &Judgement<'_>, writer: &Text, due: Option<Day>) -> Vec<(String, String)> {
    let facts = &judgement.facts;
    let mut known = vec![
        ("Student".to_owned(), facts.case.record.name.to_string()),
        ("Course".to_owned(), facts.case.course.name.to_string()),
    ];
    let SentForm::Report { form, of, .. } = sent else { return known };
    let groups = groups(facts, *form, of);
    if !groups.is_empty() {
        known.push(("Group".to_owned(), crate::text::all_of(groups)));
    }
    let role = match form {
        Form::Gwp2 => "Workplace supervisor",
        Form::Wrg2 => "WRG supervisor",
        Form::Gwp3 => "Line manager",
    };
    known.push((role.to_owned(), writer.to_string()));
    if *form == Form::Gwp2 {
        let SessionFigures { counted, required, .. } = SessionFigures::of(judgement);
        known.push(("Sessions so far".to_owned(), format!("{counted} ({required} needed), on {}", facts.as_of)));
    }
    if *form != Form::Gwp3 {
        let presented: Vec<_> = facts.presentations().map(|(day, ..)| day).filter(|day| *day <= facts.as_of).collect();
        let presented =
            if presented.is_empty() { "nothing recorded".to_owned() } else { crate::text::all_of(presented) };
        known.push(("Presented in WRG".to_owned(), presented));
        let deadline = due.map_or_else(|| "final report".to_owned(), |due| due.to_string());
        known.push(("For the deadline".to_owned(), deadline));
    }
    known
}

/// The titles of the groups that a report is about, each once.
fn groups(facts: &Facts<'_>, form: Form, of: &Text) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for one in &facts.arrangements {
        let group = &facts.case.groups[one.case.group];
        let is_meant = match form {
            Form::Gwp2 => one.case.supervisor.id == of,
            Form::Wrg2 => true,
            Form::Gwp3 => group.id == of,
        };
        let title = group.log.title.to_string();
        if is_meant && !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles
}

/// `Working alliance`.
fn label(key: &str) -> String {
    let words = key.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn competencies() -> Section {
    let words = Rating::ALL.map(|rating| (rating.mark(), rating.word().replace('-', " ")));
    let kind = || Kind::marked(words.iter().map(|(mark, word)| (*mark, word.as_str())));
    let legend: Vec<_> = words.iter().map(|(mark, word)| format!("{mark} = {word}")).collect();
    Section {
        id: COMPETENCIES.to_owned(),
        title: "The nine competencies".to_owned(),
        lead: vec![format!("{}.", legend.join(", "))],
        fields: Competencies::KEYS.iter().map(|key| Field::new(key, &label(key), kind())).collect(),
        ..Section::default()
    }
}

const COMPETENCIES: &str = "competencies";
const REMARKS: &str = "remarks";
const NOT_STARTED: &str = "not-started";
const CONCERNS: &str = "concerns";

fn remarks(form: Form) -> Section {
    let concerns =
        Field::new(CONCERNS, "Concerns for the committee", Kind::Text).with_hint("leave empty if there are none");
    let not_started = Field::new(NOT_STARTED, "Has not started to present a group", Kind::words(["yes", "no"]));
    // "No" to a question with a "not" in it could be either. The label stays: forms that were sent with it come back.
    let not_started = Some(not_started.with_hint("yes = not yet, no = begun")).filter(|_| form != Form::Gwp3);
    Section {
        id: REMARKS.to_owned(),
        title: "The student".to_owned(),
        fields: not_started.into_iter().chain([concerns]).collect(),
        ..Section::default()
    }
}

pub(super) fn signature() -> Section {
    let fields = vec![Field::new(NAME, "Name", Kind::Words), Field::new(DATE, "Date", Kind::Words)];
    Section { id: SIGNATURE.to_owned(), title: "Signature".to_owned(), fields, ..Section::default() }
}

impl ReportAnswers {
    /// What the answers say. What is doubtful or missing is left out: whoever reads a form asks about it first.
    pub fn of(reading: &Reading) -> Self {
        let mut answers = Self {
            not_started: reading.chosen(REMARKS, NOT_STARTED).map(|at| at == 0),
            concerns: reading.words(REMARKS, CONCERNS).filter(|words| !says_none(words)).cloned(),
            ..Self::default()
        };
        for (position, key) in Competencies::KEYS.iter().enumerate() {
            if let Some(rating) = reading.chosen(COMPETENCIES, key).and_then(|at| Rating::ALL.get(at)) {
                answers.competencies.rate(position, *rating);
            }
        }
        answers
    }
}

/// Whether words say that there is nothing to say.
fn says_none(words: &Text) -> bool {
    let words = words.raw().trim().trim_end_matches('.').to_lowercase();
    ["none", "no", "nil", "n/a", "na", "-", "no concerns", "none at present"].contains(&words.as_str())
}
