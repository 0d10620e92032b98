//! What can happen to a record.

use super::edit::Edit;
use super::new_value::{NewTable, NewValue};
use crate::calendar::Day;
use crate::records::shape::Table;
use crate::records::{
    Arrangement, ClinicalResponsibility, Condition, Decision, LineManager, LogEntry, LogKind, MedicalCover, Meeting,
    Mode, RecordKind, Report, Ruling, Session,
};
use crate::text::visible;

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
    /// An arrangement was made.
    Arrangement(Arrangement),
    /// One place of a record says something, or something else.
    Edit(Edit),
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
    /// The day on which it was given up, before it began.
    Withdrawn(Day),
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
    pub(super) fn said(&self) -> (&'static str, NewValue) {
        let keys = Table::of_kind(RecordKind::Student).below("arrangement");
        match self {
            Self::Until(day) | Self::Ends(day) => ("until", NewValue::Day(*day)),
            Self::Proposed(day) => ("proposed", NewValue::Day(*day)),
            Self::Withdrawn(day) => ("withdrawn", NewValue::Day(*day)),
            Self::Confirmed(day) => ("confirmed", NewValue::Day(*day)),
            Self::External => ("external", NewValue::Truth(true)),
            Self::LineManager(manager) => {
                ("line_manager", NewValue::Table(NewTable::of(manager, keys.below("line_manager"))))
            }
            Self::ClinicalResponsibility(one) => {
                ("clinical_responsibility", NewValue::Table(NewTable::of(one, keys.below("clinical_responsibility"))))
            }
            Self::MedicalCover(cover) => ("medical_cover", NewValue::Text(cover.word().to_owned())),
        }
    }
}

impl ArrangementDetail {
    /// The same as a table that says nothing else.
    pub(super) fn table(&self) -> NewTable {
        let (key, value) = self.said();
        NewTable::with(key, value, Table::of_kind(RecordKind::Student).below("arrangement"))
    }

    /// What an arrangement says where this would go.
    pub(super) fn there(&self, arrangement: &Arrangement) -> Option<Self> {
        match self {
            Self::Until(_) | Self::Ends(_) => arrangement.until.map(Self::Until),
            Self::Proposed(_) => arrangement.proposed.map(Self::Proposed),
            Self::Withdrawn(_) => arrangement.withdrawn.map(Self::Withdrawn),
            Self::Confirmed(_) => arrangement.confirmed.map(Self::Confirmed),
            Self::External => arrangement.external.then_some(Self::External),
            Self::LineManager(_) => arrangement.line_manager.clone().map(Self::LineManager),
            Self::ClinicalResponsibility(_) => {
                arrangement.clinical_responsibility.clone().map(Self::ClinicalResponsibility)
            }
            Self::MedicalCover(_) => arrangement.medical_cover.map(Self::MedicalCover),
        }
    }

    /// Whether this and what is there cannot both be so, though neither says it of the same thing: somebody carries
    /// clinical responsibility, or nobody needs to.
    pub(super) fn excludes(&self, there: &Self) -> bool {
        match (self, there) {
            (Self::ClinicalResponsibility(now), Self::ClinicalResponsibility(before)) => {
                // Also where one of them is blank: both keys cannot stand there.
                now.holder.is_some() && before.not_needed.is_some()
                    || now.not_needed.is_some() && before.holder.is_some()
            }
            _ => false,
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
    pub fn sentence(&self) -> String {
        match self {
            Self::Until(day) | Self::Ends(day) => format!("arrangement until {day}"),
            Self::Proposed(day) => format!("put forward on {day}"),
            Self::Withdrawn(day) => format!("given up on {day}"),
            Self::Confirmed(day) => format!("confirmed by the supervisor on {day}"),
            Self::External => "external supervisor".to_owned(),
            Self::LineManager(manager) => {
                let email = manager.email.as_ref().map(|email| format!(" ({email})")).unwrap_or_default();
                format!("line manager {}{email}", manager.name)
            }
            Self::ClinicalResponsibility(one) => {
                let agreed = one.agreed.map(|day| format!(", agreed on {day}")).unwrap_or_default();
                match (&one.holder, &one.not_needed) {
                    (Some(holder), _) => format!("clinical responsibility with {holder}{agreed}"),
                    (None, Some(reason)) => format!("no clinical responsibility needed: {reason}"),
                    (None, None) => "clinical responsibility".to_owned(),
                }
            }
            Self::MedicalCover(cover) => format!("medical cover {}", cover.word()),
        }
    }
}

impl Event {
    /// The kind of record that it goes into.
    pub(super) fn kind(&self) -> RecordKind {
        match self {
            Self::Session(_) | Self::Meeting(_) => RecordKind::Session,
            Self::Edit(edit) => edit.kind,
            _ => RecordKind::Student,
        }
    }

    /// What an entry of a log tells.
    pub(super) fn of_entry(entry: LogEntry<'_>) -> Self {
        match entry {
            LogEntry::Session(session) => Self::Session(session.clone()),
            LogEntry::Meeting(meeting) => Self::Meeting(meeting.clone()),
        }
    }

    /// What it says, as the table that it is in the record.
    pub(super) fn said(&self) -> NewTable {
        let student = Table::of_kind(RecordKind::Student);
        let day = |key, day: &Day, keys| NewTable::with(key, NewValue::Day(*day), keys);
        match self {
            Self::Session(session) => NewTable::of(session, Table::of_entries(LogKind::Group)),
            Self::Meeting(meeting) => NewTable::of(meeting, Table::of_entries(LogKind::Supervision)),
            Self::Form1(submitted) => day("submitted", submitted, student.below("form1")),
            Self::Report(report) => NewTable::of(report, student.below("report")),
            Self::Decision(decision) => NewTable::of(decision, student.below("decision")),
            Self::Ruling(ruling) => NewTable::of(ruling, student.below("ruling")),
            Self::Arrangement(arrangement) => NewTable::of(arrangement, student.below("arrangement")),
            Self::Detail { detail, .. } => detail.table(),
            Self::Edit(_) => NewTable::of(&(), student),
        }
    }

    /// What happened, as the beginning of a sentence without a full stop; safe to show.
    pub fn sentence(&self) -> String {
        match self {
            Self::Session(session) => entry_sentence("session", LogEntry::Session(session), &self.said()),
            Self::Meeting(meeting) => entry_sentence("meeting", LogEntry::Meeting(meeting), &self.said()),
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
                let Decision { body, about, date, outcome, conditions, .. } = decision;
                let bound = Condition::bound_by(conditions);
                let (body, about) = (body.title(), about.title());
                format!("the {body} decided on {date} about the {about}: {}{bound}", outcome.word())
            }
            Self::Ruling(ruling) => {
                let of: Vec<_> = ruling.of.iter().flatten().map(ToString::to_string).collect();
                let of = if of.is_empty() { String::new() } else { format!(" ({})", of.join(", ")) };
                let (body, date) = (ruling.body.title(), ruling.date);
                format!("the {body} ruled on {date} on {}{of}: {}", ruling.requirement, ruling.outcome.word())
            }
            Self::Arrangement(arrangement) => {
                let Arrangement { group, supervisor, from, until, .. } = arrangement;
                let until = until.map(|until| format!(" until {until}")).unwrap_or_default();
                format!("arrangement of {group} with {supervisor} from {from}{until}")
            }
            Self::Detail { detail, .. } => detail.sentence(),
            Self::Edit(edit) => edit.what.clone(),
        }
    }
}

impl Event {
    /// What happened to an entry of a log, as [`Event::sentence`] says it, with who was not there; a meeting without a mode
    /// took place in the `usual` one.
    pub(super) fn whole_sentence(&self, usual: Option<Mode>) -> String {
        match self {
            Self::Meeting(meeting) => {
                let mode = meeting.mode.or(usual.filter(|_| meeting.cancelled.is_none()));
                Self::Meeting(Meeting { mode, ..meeting.clone() }).with_absent()
            }
            _ => self.with_absent(),
        }
    }

    /// [`Event::sentence`], and who was not there.
    pub fn with_absent(&self) -> String {
        let absent = match self {
            Self::Meeting(meeting) => meeting.absent.as_slice(),
            Self::Session(session) => session.absent.as_slice(),
            _ => &[],
        };
        let absent: Vec<_> = absent.iter().map(ToString::to_string).collect();
        let sentence = self.sentence();
        if absent.is_empty() { sentence } else { format!("{sentence}, without {}", absent.join(", ")) }
    }
}

/// The day of an entry and what it says: why it was cancelled and how long it lasted, and then as it is written, but for
/// who was not there and what was noted.
fn entry_sentence(what: &str, entry: LogEntry<'_>, said: &NewTable) -> String {
    let cancelled = entry.cancelled().map(|why| format!("cancelled ({why})"));
    let minutes = entry.minutes().map(|minutes| format!("{minutes} minutes"));
    let others = said.said.iter().filter(|(key, _)| !["date", "minutes", "cancelled", "absent", "notes"].contains(key));
    let others = others.map(|(key, value)| match (*key, value) {
        ("mode", NewValue::Text(mode)) => visible(mode),
        ("present", NewValue::Number(present)) => format!("{present} present"),
        (key, value) => value.phrase(&key.replace('_', " ")),
    });
    let said: Vec<_> = cancelled.into_iter().chain(minutes).chain(others).collect();
    format!("{what} of {}, {}", entry.date(), said.join(", "))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the records of a test are written in it")]
mod tests {
    use serde::de::DeserializeOwned;

    use super::*;

    fn of<T: DeserializeOwned>(text: &str) -> T {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn what_happened_is_a_sentence() {
        use ArrangementDetail::{Confirmed, External, Proposed, Until, Withdrawn};
        let day = Day::new(2026, 3, 9).unwrap();
        let detail = |detail| Event::Detail { arrangement: 0, detail };
        let report = "form = 'GWP2'\nreceived = 2026-03-09\n";
        for (event, sentence) in [
            (
                Event::Session(of("date = 2026-03-09\nminutes = 90\npresent = 7\nabsent = ['a']\nnotes = 'n'")),
                "session of 9 March 2026, 90 minutes, 7 present",
            ),
            (
                Event::Meeting(of("date = 2026-03-09\nmode = 'video'\njoint = true\ncancelled = 'ill'")),
                "meeting of 9 March 2026, cancelled (ill), video, joint",
            ),
            (Event::Form1(day), "GWP Form 1 submitted on 9 March 2026"),
            (Event::Report(of(report)), "GWP Form 2, received on 9 March 2026"),
            (
                Event::Report(of(&format!(
                    "{report}by = 'k'\ndue = 2026-03-10\n[competencies]\ncontext = 'competent'"
                ))),
                "GWP Form 2 for 10 March 2026 by k, received on 9 March 2026, 1 of the 9 competencies rated",
            ),
            (
                Event::Ruling(of(
                    "requirement = 'G4'\nbody = 'LCC'\ndate = 2026-03-09\nof = [2026-01-06]\noutcome = 'refused'",
                )),
                "the LCC ruled on 9 March 2026 on G4 (6 January 2026): refused",
            ),
            (
                Event::Ruling(of("requirement = 'G5'\nbody = 'LCC'\ndate = 2026-03-09\noutcome = 'accepted'")),
                "the LCC ruled on 9 March 2026 on G5: accepted",
            ),
            (
                Event::Arrangement(of("group = 'g'\nsupervisor = 'k'\nfrom = 2026-03-09\nuntil = 2026-03-10")),
                "arrangement of g with k from 9 March 2026 until 10 March 2026",
            ),
            (detail(Until(day)), "arrangement until 9 March 2026"),
            (detail(Proposed(day)), "put forward on 9 March 2026"),
            (detail(Withdrawn(day)), "given up on 9 March 2026"),
            (detail(Confirmed(day)), "confirmed by the supervisor on 9 March 2026"),
            (detail(External), "external supervisor"),
            (detail(ArrangementDetail::LineManager(of("name = 'M'\nemail = 'm@x.org'"))), "line manager M (m@x.org)"),
            (
                detail(ArrangementDetail::ClinicalResponsibility(of("holder = 'E'\nagreed = 2026-03-09"))),
                "clinical responsibility with E, agreed on 9 March 2026",
            ),
            (
                detail(ArrangementDetail::ClinicalResponsibility(of("not_needed = 'staff'"))),
                "no clinical responsibility needed: staff",
            ),
            (detail(ArrangementDetail::MedicalCover(MedicalCover::Arranged)), "medical cover arranged"),
        ] {
            assert_eq!(event.sentence(), sentence);
        }
    }

    #[test]
    fn the_whole_of_an_entry_says_who_was_not_there_and_in_which_mode() {
        let whole = |event: Event| event.whole_sentence(Some(Mode::Telephone));
        let meeting = |rest: &str| whole(Event::Meeting(of(&format!("date = 2026-03-09\n{rest}"))));
        assert_eq!(meeting("minutes = 60"), "meeting of 9 March 2026, 60 minutes, telephone");
        assert_eq!(meeting("minutes = 60\nmode = 'video'"), "meeting of 9 March 2026, 60 minutes, video");
        assert_eq!(meeting("cancelled = 'ill'"), "meeting of 9 March 2026, cancelled (ill)");
        assert_eq!(
            meeting("minutes = 60\nabsent = ['a', 'b']"),
            "meeting of 9 March 2026, 60 minutes, telephone, without a, b"
        );
        let session = whole(Event::Session(of("date = 2026-03-09\nminutes = 90\nabsent = ['a']")));
        assert_eq!(session, "session of 9 March 2026, 90 minutes, without a");
        assert_eq!(whole(Event::Form1(Day::new(2026, 3, 9).unwrap())), "GWP Form 1 submitted on 9 March 2026");
    }
}
