//! What can happen to a record.

use super::entry::{Entry, Field};
use crate::calendar::Day;
use crate::records::{
    Arrangement, ClinicalResponsibility, Competencies, Decision, LineManager, MedicalCover, Meeting, Report, Ruling,
    Session,
};
use crate::text::Text;

/// Something that happened and is to be recorded once.
#[derive(Clone, Debug)]
pub enum Event {
    /// A session of a group was held or cancelled.
    Session(Session),
    /// A meeting of a supervision was held or cancelled.
    Meeting(Meeting),
    /// The student submitted GWP Form 1.
    Form1(Day),
    /// A report on a student arrived. One that is there and says less comes to say this too.
    Report(Report),
    /// A committee or an office decided about a student.
    Decision(Decision),
    /// A committee judged a query.
    Ruling(Ruling),
    /// The student left the course.
    Withdrawal(Day),
    /// An arrangement was made.
    Arrangement(Arrangement),
    /// Something about an arrangement is said.
    Detail {
        /// The position of the arrangement in the record.
        arrangement: usize,
        /// What is said.
        detail: ArrangementDetail,
    },
}

/// Something about an arrangement.
#[derive(Clone, Debug)]
pub enum ArrangementDetail {
    /// Its last day.
    Until(Day),
    /// Its last day, whatever was said of it before: another arrangement takes its place.
    Ends(Day),
    /// The day on which it was put forward.
    Proposed(Day),
    /// The day on which the supervisor confirmed it.
    Confirmed(Day),
    /// The supervisor is not based in the workplace.
    External,
    /// The line manager.
    LineManager(LineManager),
    /// Who carries clinical responsibility.
    ClinicalResponsibility(ClinicalResponsibility),
    /// Whether medical cover is needed, and arranged.
    MedicalCover(MedicalCover),
}

impl ArrangementDetail {
    /// The key, and what it says.
    pub(super) fn field(&self) -> (&'static str, Field) {
        match self {
            Self::Until(day) | Self::Ends(day) => ("until", Field::Day(*day)),
            Self::Proposed(day) => ("proposed", Field::Day(*day)),
            Self::Confirmed(day) => ("confirmed", Field::Day(*day)),
            Self::External => ("external", Field::Yes),
            Self::LineManager(manager) => ("line_manager", Field::Table(manager.into())),
            Self::ClinicalResponsibility(one) => ("clinical_responsibility", Field::Table(one.into())),
            Self::MedicalCover(cover) => ("medical_cover", word(cover.word())),
        }
    }
}

impl ArrangementDetail {
    /// What an arrangement says where this would go.
    pub(super) fn there(&self, arrangement: &Arrangement) -> Option<Self> {
        match self {
            Self::Until(_) | Self::Ends(_) => arrangement.until.map(Self::Until),
            Self::Proposed(_) => arrangement.proposed.map(Self::Proposed),
            Self::Confirmed(_) => arrangement.confirmed.map(Self::Confirmed),
            Self::External => arrangement.external.then_some(Self::External),
            Self::LineManager(_) => arrangement.line_manager.clone().map(Self::LineManager),
            Self::ClinicalResponsibility(_) => {
                arrangement.clinical_responsibility.clone().map(Self::ClinicalResponsibility)
            }
            Self::MedicalCover(_) => arrangement.medical_cover.map(Self::MedicalCover),
        }
    }

    /// Whether this is what becomes of something that is there, instead of something else.
    pub(super) fn follows(&self, there: &Self) -> bool {
        match (self, there) {
            (Self::Ends(_), _) => true,
            (Self::MedicalCover(now), Self::MedicalCover(before)) => {
                (before, now) == (&MedicalCover::Needed, &MedicalCover::Arranged)
            }
            _ => false,
        }
    }

    /// What is said, as the end of a sentence; safe to show.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Until(day) | Self::Ends(day) => format!("arrangement until {day}"),
            Self::Proposed(day) => format!("put forward on {day}"),
            Self::Confirmed(day) => format!("confirmed by the supervisor on {day}"),
            Self::External => "external supervisor".to_owned(),
            Self::LineManager(manager) => {
                let email = manager.email.as_ref().map(|email| format!(" ({email})")).unwrap_or_default();
                format!("line manager {}{email}", manager.name)
            }
            Self::ClinicalResponsibility(one) => {
                let agreed = one.agreed.map(|day| format!(", agreed on {day}")).unwrap_or_default();
                format!("clinical responsibility with {}{agreed}", one.holder)
            }
            Self::MedicalCover(cover) => format!("medical cover {}", cover.word()),
        }
    }
}

impl Event {
    /// What happened, as the beginning of a sentence without a full stop; safe to show.
    pub fn sentence(&self) -> String {
        match self {
            Self::Session(session) => {
                let present = session.present.map(|present| format!("{present} present"));
                entry_sentence("session", session.date, session.minutes, session.cancelled.as_ref(), present)
            }
            Self::Meeting(meeting) => {
                let joint = meeting.joint.then(|| "joint".to_owned());
                let more = meeting.mode.map(|mode| mode.word().to_owned()).into_iter().chain(joint);
                let more: Vec<_> = more.collect();
                let more = (!more.is_empty()).then(|| more.join(", "));
                entry_sentence("meeting", meeting.date, meeting.minutes, meeting.cancelled.as_ref(), more)
            }
            Self::Form1(day) => format!("GWP Form 1 submitted on {day}"),
            Self::Report(report) => {
                let by = report.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
                let due = report.due.map(|due| format!(" for {due}")).unwrap_or_default();
                let rated = match report.competencies.ratings().iter().flatten().count() {
                    0 => String::new(),
                    9 => ", all 9 competencies rated".to_owned(),
                    some => format!(", {some} of the 9 competencies rated"),
                };
                format!("{}{due}{by}, received on {}{rated}", report.form.title(), report.received)
            }
            Self::Decision(decision) => {
                let Decision { body, about, date, outcome, .. } = decision;
                format!("the {} decided on {date} about the {}: {}", body.title(), about.title(), outcome.word())
            }
            Self::Ruling(ruling) => {
                let of: Vec<_> = ruling.of.iter().flatten().map(ToString::to_string).collect();
                let of = if of.is_empty() { String::new() } else { format!(" ({})", of.join(", ")) };
                let (body, date) = (ruling.body.title(), ruling.date);
                format!("the {body} ruled on {date} on {}{of}: {}", ruling.requirement, ruling.outcome.word())
            }
            Self::Withdrawal(day) => format!("left the course on {day}"),
            Self::Arrangement(arrangement) => {
                let Arrangement { group, supervisor, from, until, .. } = arrangement;
                let until = until.map(|until| format!(" until {until}")).unwrap_or_default();
                format!("arrangement of {group} with {supervisor} from {from}{until}")
            }
            Self::Detail { detail, .. } => detail.sentence(),
        }
    }
}

fn entry_sentence(
    what: &str,
    date: Day,
    minutes: Option<u16>,
    cancelled: Option<&Text>,
    more: Option<String>,
) -> String {
    let cancelled = cancelled.map(|why| format!("cancelled ({why})"));
    let minutes = minutes.map(|minutes| format!("{minutes} minutes"));
    let said: Vec<_> = cancelled.into_iter().chain(minutes).chain(more).collect();
    format!("{what} of {date}, {}", said.join(", "))
}

/// A table with those of its keys that say something.
pub(super) fn entry(fields: impl IntoIterator<Item = (&'static str, Option<Field>)>) -> Entry {
    Entry(fields.into_iter().filter_map(|(key, field)| Some((key, field?))).collect())
}

pub(super) fn text(text: Option<&Text>) -> Option<Field> {
    text.map(|text| Field::Text(text.raw().to_owned()))
}

pub(super) fn texts(list: &[Text]) -> Option<Field> {
    (!list.is_empty()).then(|| Field::List(list.iter().map(|text| Field::Text(text.raw().to_owned())).collect()))
}

pub(super) fn word(word: &str) -> Field {
    Field::Text(word.to_owned())
}

fn yes(yes: bool) -> Option<Field> {
    yes.then_some(Field::Yes)
}

impl From<&Session> for Entry {
    fn from(session: &Session) -> Self {
        entry([
            ("date", Some(Field::Day(session.date))),
            ("minutes", session.minutes.map(|minutes| Field::Number(minutes.into()))),
            ("present", session.present.map(Field::Number)),
            ("absent", texts(&session.absent)),
            ("cancelled", text(session.cancelled.as_ref())),
            ("notes", text(session.notes.as_ref())),
        ])
    }
}

impl From<&Meeting> for Entry {
    fn from(meeting: &Meeting) -> Self {
        entry([
            ("date", Some(Field::Day(meeting.date))),
            ("minutes", meeting.minutes.map(|minutes| Field::Number(minutes.into()))),
            ("mode", meeting.mode.map(|mode| word(mode.word()))),
            ("joint", yes(meeting.joint)),
            ("absent", texts(&meeting.absent)),
            ("cancelled", text(meeting.cancelled.as_ref())),
            ("notes", text(meeting.notes.as_ref())),
        ])
    }
}

impl From<&Report> for Entry {
    fn from(report: &Report) -> Self {
        entry([
            ("form", Some(word(report.form.word()))),
            ("due", report.due.map(Field::Day)),
            ("received", Some(Field::Day(report.received))),
            ("by", text(report.by.as_ref())),
            ("not_started", yes(report.not_started)),
            ("concerns", text(report.concerns.as_ref())),
            ("document", text(report.document.as_ref())),
            ("notes", text(report.notes.as_ref())),
            ("competencies", competencies(&report.competencies)),
        ])
    }
}

fn competencies(rated: &Competencies) -> Option<Field> {
    let ratings = Competencies::KEYS.into_iter().zip(rated.ratings());
    let ratings = ratings.map(|(key, rating)| (key, rating.map(|rating| word(rating.word()))));
    let entry = entry(ratings.chain([("notes", text(rated.notes.as_ref()))]));
    (!entry.0.is_empty()).then_some(Field::Table(entry))
}

impl From<&Decision> for Entry {
    fn from(decision: &Decision) -> Self {
        entry([
            ("body", Some(word(decision.body.title()))),
            ("about", Some(word(decision.about.title()))),
            ("date", Some(Field::Day(decision.date))),
            ("outcome", Some(word(decision.outcome.word()))),
            ("minute", text(decision.minute.as_ref())),
            ("document", text(decision.document.as_ref())),
            ("notes", text(decision.notes.as_ref())),
        ])
    }
}

impl From<&Ruling> for Entry {
    fn from(ruling: &Ruling) -> Self {
        let of = ruling.of.as_ref().map(|days| Field::List(days.iter().copied().map(Field::Day).collect()));
        entry([
            ("requirement", Some(word(ruling.requirement.word()))),
            ("body", Some(word(ruling.body.title()))),
            ("date", Some(Field::Day(ruling.date))),
            ("of", of),
            ("outcome", Some(word(ruling.outcome.word()))),
            ("minute", text(ruling.minute.as_ref())),
            ("document", text(ruling.document.as_ref())),
            ("notes", text(ruling.notes.as_ref())),
        ])
    }
}

impl From<&Arrangement> for Entry {
    fn from(arrangement: &Arrangement) -> Self {
        let table = |table: Option<Self>| table.map(Field::Table);
        entry([
            ("group", text(Some(&arrangement.group))),
            ("supervisor", text(Some(&arrangement.supervisor))),
            ("from", Some(Field::Day(arrangement.from))),
            ("until", arrangement.until.map(Field::Day)),
            ("proposed", arrangement.proposed.map(Field::Day)),
            ("confirmed", arrangement.confirmed.map(Field::Day)),
            ("external", yes(arrangement.external)),
            ("line_manager", table(arrangement.line_manager.as_ref().map(Self::from))),
            ("clinical_responsibility", table(arrangement.clinical_responsibility.as_ref().map(Self::from))),
            ("medical_cover", arrangement.medical_cover.map(|cover| word(cover.word()))),
            ("notes", text(arrangement.notes.as_ref())),
        ])
    }
}

impl From<&LineManager> for Entry {
    fn from(manager: &LineManager) -> Self {
        entry([
            ("name", text(Some(&manager.name))),
            ("email", text(manager.email.as_ref())),
            ("notes", text(manager.notes.as_ref())),
        ])
    }
}

impl From<&ClinicalResponsibility> for Entry {
    fn from(responsibility: &ClinicalResponsibility) -> Self {
        entry([
            ("holder", text(Some(&responsibility.holder))),
            ("agreed", responsibility.agreed.map(Field::Day)),
            ("notes", text(responsibility.notes.as_ref())),
        ])
    }
}
