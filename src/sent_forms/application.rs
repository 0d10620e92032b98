//! GWP Form 1: the application of a student, with the word of the workplace supervisor.

use super::SentForm;
use super::reports::signature;
use crate::case::{ArrangementCase, StudentCase};
use crate::form::{BY_MAIL, Field, Form, Kind, Reading, Said, Section};
use crate::records::MedicalCover;
use crate::text::Text;

/// What is chosen of medical cover, in the order of the form.
const COVER: [MedicalCover; 3] = [MedicalCover::Arranged, MedicalCover::Needed, MedicalCover::NotNeeded];

/// What an application says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Application {
    /// What it says of each arrangement that is recorded, by its position in the record.
    pub arrangements: Vec<(usize, ArrangementAnswers)>,
    /// What it says where no arrangement is recorded yet.
    pub to_be_entered: Option<Text>,
}

/// What an application says of an arrangement. What was left out, or stood there already, is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArrangementAnswers {
    /// Who carries clinical responsibility.
    pub holder: Option<Text>,
    /// The day on which that was agreed, as it was typed.
    pub agreed: Option<Text>,
    /// Whether medical cover is needed, and arranged.
    pub cover: Option<MedicalCover>,
    /// Whether the supervisor confirms the arrangement.
    pub is_confirmed: Option<bool>,
}

const HOLDER: &str = "holder";
const AGREED: &str = "agreed";
const COVERED: &str = "cover";
const CONFIRMED: &str = "confirmed";
const NEW: &str = "new";
const WHAT: &str = "what";

/// The application of a student.
pub fn application_form(case: &StudentCase<'_>) -> Form {
    let about = SentForm::Application { student: case.id.clone() }.about();
    let known = [("Student", case.record.name.to_string()), ("Course", case.course.name.to_string())];
    let mut sections: Vec<Section> = standing(case).map(|one| arrangement(case, one)).collect();
    if sections.is_empty() {
        sections.push(new_arrangement());
    }
    sections.push(signature());
    Form {
        about,
        title: "GWP Form 1: application".to_owned(),
        known: known.map(|(label, value)| (label.to_owned(), value)).to_vec(),
        lead: vec![
            "I apply for Group Work Practitioner status with the arrangements below.".to_owned(),
            format!("{BY_MAIL} The workplace supervisor confirms the arrangement in a reply of their own."),
        ],
        sections,
    }
}

/// The arrangements that were not given up.
fn standing<'c, 'a>(case: &'c StudentCase<'a>) -> impl Iterator<Item = &'c ArrangementCase<'a>> {
    case.arrangements.iter().filter(|one| one.record.withdrawn.is_none())
}

/// How the section of an arrangement is called. Of two alike the position tells them apart.
fn section_id(one: &ArrangementCase<'_>) -> String {
    format!("arrangement {}", one.index + 1)
}

fn arrangement(case: &StudentCase<'_>, one: &ArrangementCase<'_>) -> Section {
    let log = case.groups[one.group].log;
    let organisation = if log.organisation.is_blank() { String::new() } else { format!(", {}", log.organisation) };
    let until = one.record.until.map(|until| format!(" until {until}")).unwrap_or_default();
    let based = if one.record.external { ", from outside the workplace" } else { "" };
    let manager = one.record.line_manager.as_ref().map(|manager| format!(" Line manager: {}.", manager.name));
    let responsibility = one.record.clinical_responsibility.as_ref();
    let mut fields = Vec::new();
    if responsibility.and_then(|one| one.not_needed()).is_none() {
        let holder = responsibility.and_then(|one| one.holder()).map(ToString::to_string);
        let agreed = responsibility.and_then(|one| one.agreed).map(|day| day.to_string());
        fields.push(filled(HOLDER, "Clinical responsibility is with", Kind::Words, holder));
        fields.push(filled(AGREED, "Agreed on", Kind::Words, agreed));
    }
    let words = COVER.map(|cover| cover.word().replace('-', " "));
    let cover = one.record.medical_cover.map(|cover| cover.word().replace('-', " "));
    let hint = crate::text::any_of(&words);
    fields.push(filled(COVERED, "Medical cover", Kind::words(words.iter().map(String::as_str)), cover).with_hint(hint));
    let confirmed = one.record.confirmed.map(|_| "yes".to_owned());
    let yes_or_no = Kind::words(["yes", "no"]);
    fields
        .push(filled(CONFIRMED, "The workplace supervisor confirms this", yes_or_no, confirmed).with_hint("yes or no"));
    Section {
        id: section_id(one),
        is_marked: true,
        title: "Arrangement".to_owned(),
        lead: vec![format!(
            "{}{organisation}, from {}{until}. Workplace supervisor: {}{based}.{}",
            log.title,
            one.record.from,
            one.supervisor.record.name,
            manager.unwrap_or_default()
        )],
        fields,
    }
}

fn filled(key: &str, label: &str, kind: Kind, filled: Option<String>) -> Field {
    Field { filled, ..Field::new(key, label, kind) }
}

fn new_arrangement() -> Section {
    let what = Field::new(WHAT, "Group, workplace, supervisor, first day", Kind::Text);
    Section { id: NEW.to_owned(), title: "Arrangement".to_owned(), fields: vec![what], ..Section::default() }
}

impl Application {
    /// What the answers say.
    pub fn of(reading: &Reading, case: &StudentCase<'_>) -> Self {
        let arrangements = standing(case).map(|one| (one.index, ArrangementAnswers::of(reading, case, one)));
        Self { arrangements: arrangements.collect(), to_be_entered: reading.words(NEW, WHAT).cloned() }
    }
}

impl ArrangementAnswers {
    fn of(reading: &Reading, case: &StudentCase<'_>, one: &ArrangementCase<'_>) -> Self {
        let id = section_id(one);
        let printed = arrangement(case, one);
        // What was printed as an answer, and still stands there, is not said anew.
        let is_new = |key: &str| {
            let field = printed.fields.iter().find(|field| field.key == key);
            let filled = field.and_then(|field| Some((field, field.typed(field.filled.as_deref()?).ok()?)));
            let said = reading.answer(&id, key).map(|answer| &answer.said);
            said.is_some_and(|said| *said != Said::Nothing && filled.is_none_or(|(_, filled)| *said != filled))
        };
        let words = |key: &str| reading.words(&id, key).filter(|_| is_new(key)).cloned();
        let chosen = |key: &str| reading.chosen(&id, key).filter(|_| is_new(key));
        Self {
            holder: words(HOLDER),
            agreed: words(AGREED),
            cover: chosen(COVERED).and_then(|at| COVER.get(at).copied()),
            is_confirmed: chosen(CONFIRMED).map(|at| at == 0),
        }
    }
}
