//! What somebody can record, so that a part of a requirement is settled. There is something for every part that is not
//! met: nobody's case ends in a wall.

use super::{Finding, Status, requirement};
use crate::calendar::Day;
use crate::edition::Code;
use crate::facts::Facts;
use crate::records::{Body, Form, Matter, Outcome};

/// Something that somebody can do and record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// A ruling that accepts the part of a date.
    Ruling(Code, Day),
    /// A decision of a committee or an office.
    Decision(Body, Matter, Outcome),
    /// GWP Form 1.
    Form1,
    /// The Diploma.
    Diploma,
    /// A group under a workplace supervisor, from the day of judgement on.
    Arrangement,
    /// The workplace supervisor's confirmation of the arrangement with this position in the student's file.
    Confirmation(usize),
    /// A place in a WRG from the day of judgement on.
    WrgPlace,
    /// A presentation of the group in the WRG.
    Presentation,
    /// Insurance from a day on.
    Insurance(Day),
    /// The organisation in which the student's group takes place.
    Organisation,
    /// A session held in the student's group.
    Session,
    /// A session of a group that has not begun or has gone quiet.
    NextSession,
    /// Word of what was planned, or of which of two entries of a day is right.
    Word {
        /// The position of the group in [`crate::case::StudentCase::groups`].
        group: usize,
        /// The day.
        date: Day,
    },
    /// A meeting with the workplace supervisor.
    SupervisionMeeting,
    /// A meeting of a conducting pair with the workplace supervisor.
    JointMeeting,
    /// What a group that goes on after the course needs: a WRG, or a group analyst as workplace supervisor.
    SupervisionAfterTheCourse,
    /// A report that rates a competency as competent.
    Rating,
    /// A registration, checked, of the supervisor of the arrangement with this position in the student's file.
    Registration(usize),
    /// The CV and the experience of the supervisor of the arrangement with this position.
    Experience(usize),
    /// The Course Director's assessment of the supervisor of the arrangement with this position.
    Assessment(usize),
    /// A report on a form: for a deadline, or for none.
    Report(Form, Option<Day>),
    /// Who carries clinical responsibility in the arrangement with this position, or why nobody needs to.
    ClinicalResponsibility(usize),
    /// Whether medical cover is arranged in the arrangement with this position, or not needed.
    MedicalCover(usize),
    /// The day on which the conditions of the approval were met.
    Conditions,
    /// An extension of the limit.
    Extension,
}

impl Remedy {
    /// The position in the student's file of the arrangement that it is about, where it is about one.
    pub fn arrangement(self) -> Option<usize> {
        match self {
            Self::Confirmation(index)
            | Self::Registration(index)
            | Self::Experience(index)
            | Self::Assessment(index)
            | Self::ClinicalResponsibility(index)
            | Self::MedicalCover(index) => Some(index),
            _ => None,
        }
    }

    /// What is to be done and recorded, as the end of a sentence without a full stop.
    pub fn words(self) -> String {
        match self {
            Self::Ruling(code, date) => format!("a ruling on {code} for {date}"),
            Self::Decision(body, matter, outcome) => {
                format!("a decision of the {} about the {}: {}", body.title(), matter.title(), outcome.word())
            }
            Self::Form1 => {
                "the day on which GWP Form 1 was submitted, or on which the student said that they do not apply"
                    .to_owned()
            }
            Self::Diploma => "the day on which the Diploma was completed".to_owned(),
            Self::Arrangement => "an arrangement of a group with a workplace supervisor".to_owned(),
            Self::Confirmation(_) => "the day on which the workplace supervisor confirmed".to_owned(),
            Self::WrgPlace => "a place in a WRG".to_owned(),
            Self::Presentation => "the day on which the student presented the group in the WRG".to_owned(),
            Self::Insurance(from) => format!("insurance from {from} on"),
            Self::Organisation => "the organisation in which the group takes place".to_owned(),
            Self::Session => "sessions that the group holds".to_owned(),
            Self::NextSession => "the next session; or the break or leave that explains why there was none".to_owned(),
            Self::SupervisionAfterTheCourse => {
                "a place in a WRG, or an arrangement with a group analyst, for these days".to_owned()
            }
            Self::Rating => "a GWP Form 2 that rates it competent".to_owned(),
            Self::Word { date, .. } => format!("what happened on {date}: held, or cancelled"),
            Self::SupervisionMeeting => "the next meeting with the workplace supervisor".to_owned(),
            Self::JointMeeting => {
                "the next joint meeting of the conducting pair with the workplace supervisor".to_owned()
            }
            Self::Registration(_) => "the supervisor's registration, checked, or other evidence, accepted".to_owned(),
            Self::Experience(_) => "the supervisor's CV and experience of supervising groups".to_owned(),
            Self::Assessment(_) => "the day on which the Course Director judged the experience suitable".to_owned(),
            Self::Report(form, Some(due)) => format!("{} for {due}", form.title()),
            Self::Report(form, None) => format!("a {}", form.title()),
            Self::ClinicalResponsibility(_) => {
                "who carries clinical responsibility and when that was agreed, or why nobody needs to".to_owned()
            }
            Self::MedicalCover(_) => "that medical cover is arranged, or not needed".to_owned(),
            Self::Conditions => "the day on which the condition was met".to_owned(),
            Self::Extension => "an extension of the limit".to_owned(),
        }
    }
}

/// What settles the parts of a finding that are not met: a ruling for each that waits for one, then what else can be
/// recorded. None where the requirement is met or does not apply, and of what nobody can mend: a limit that is past, but
/// for an extension, and a withdrawal.
pub fn remedies(finding: &Finding, facts: &Facts<'_>) -> Vec<Remedy> {
    if matches!(finding.status, Status::Met | Status::NotApplicable) {
        return Vec::new();
    }
    let mut remedies: Vec<_> = finding.queries.iter().map(|query| Remedy::Ruling(finding.code, query.date)).collect();
    let looks_back = finding.status == Status::Query && LOOKING_BACK.contains(&finding.code);
    if !looks_back {
        remedies.extend((requirement(finding.code).remedies)(facts));
    }
    remedies
}

/// What is queried about these is past: whatever is held later, only a ruling settles it.
const LOOKING_BACK: [Code; 5] = [Code::G3, Code::G4, Code::S5, Code::S6, Code::S7];

/// Of a requirement that nothing but rulings settles.
pub(super) fn only_rulings(_: &Facts<'_>) -> Vec<Remedy> {
    Vec::new()
}

/// Of a requirement about arrangements: an arrangement while there is none.
pub(super) fn arrangement_first(facts: &Facts<'_>, then: &[Remedy]) -> Vec<Remedy> {
    if facts.has_arrangement() { then.to_vec() } else { vec![Remedy::Arrangement] }
}

/// Of a requirement about what is held: what is held, with an arrangement and the time for it where they are missing.
pub(super) fn once_arranged(facts: &Facts<'_>, held: Remedy) -> Vec<Remedy> {
    let is_past = facts.as_of > facts.limit && facts.complete_on().is_none();
    let is_arranged = facts.complete_on().is_some()
        || facts.group_arrangements().any(|one| one.begun && one.period().covers(facts.as_of));
    let first = is_past.then_some(Remedy::Extension).into_iter();
    first.chain((!is_arranged).then_some(Remedy::Arrangement)).chain([held]).collect()
}
