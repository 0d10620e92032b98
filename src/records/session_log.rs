//! Session logs: of a group that students conduct, or of a supervision.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::RecordKind;
use super::key::Holds::{Document, FreeText, Id, Name, Words};
use super::key::Tense::{Arranged, Happened, Meant, Timeless};
use super::vocabulary::{Aim, Frequency, Membership, Setting, SupervisionFormat, SupervisionType};
use crate::calendar::Day;
use crate::edition::Mode;
use crate::text::Text;

/// A session log; its `kind` says of what.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum SessionLog {
    /// The log of a group that students conduct.
    Group(GroupLog),
    /// The log of a supervision.
    Supervision(SupervisionLog),
}

/// What a session log is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LogKind {
    /// A group that students conduct.
    Group,
    /// A supervision.
    Supervision,
}

impl LogKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Group, Self::Supervision];

    /// The word as records write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Supervision => "supervision",
        }
    }

    /// What its entries are called: `session` or `meeting`.
    pub fn entry_word(self) -> &'static str {
        match self {
            Self::Group => "session",
            Self::Supervision => "meeting",
        }
    }

    /// The key at which the students stand whom it is about.
    pub fn people_key(self) -> &'static str {
        match self {
            Self::Group => "conductors",
            Self::Supervision => "supervisees",
        }
    }
}

impl SessionLog {
    /// What it is of.
    pub fn kind(&self) -> LogKind {
        match self {
            Self::Group(_) => LogKind::Group,
            Self::Supervision(_) => LogKind::Supervision,
        }
    }

    /// The log, where it is that of a group.
    pub fn group(&self) -> Option<&GroupLog> {
        if let Self::Group(log) = self { Some(log) } else { None }
    }

    /// The log, where it is that of a supervision.
    pub fn supervision(&self) -> Option<&SupervisionLog> {
        if let Self::Supervision(log) = self { Some(log) } else { None }
    }

    /// The ids of the students whom it is about: the conductors or the supervisees.
    pub fn people(&self) -> &[Text] {
        match self {
            Self::Group(log) => &log.conductors,
            Self::Supervision(log) => &log.supervisees,
        }
    }

    /// When its supervisees came and left, where it says so.
    pub fn supervisee_periods(&self) -> &[SuperviseePeriod] {
        self.supervision().map_or(&[], |log| &log.supervisee_periods)
    }

    /// Breaks, announced beforehand.
    pub fn breaks(&self) -> &[Break] {
        match self {
            Self::Group(log) => &log.breaks,
            Self::Supervision(log) => &log.breaks,
        }
    }

    /// Who confirmed its entries, and up to which day.
    pub fn attested(&self) -> &[Attested] {
        match self {
            Self::Group(log) => &log.attested,
            Self::Supervision(log) => &log.attested,
        }
    }

    /// The mode of meetings that do not say their own; a group has none.
    pub fn usual_mode(&self) -> Option<Mode> {
        self.supervision().map(|log| log.mode)
    }

    /// Its sessions or meetings, as they stand.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = LogEntry<'_>> + ExactSizeIterator {
        let (sessions, meetings) = match self {
            Self::Group(log) => (&log.sessions[..], &[][..]),
            Self::Supervision(log) => (&[][..], &log.sessions[..]),
        };
        let count = sessions.len().max(meetings.len());
        (0..count).map(move |position| match sessions.get(position) {
            Some(session) => LogEntry::Session(session),
            None => LogEntry::Meeting(&meetings[position]),
        })
    }

    /// The first entry of a day.
    pub fn entry_on(&self, day: Day) -> Option<LogEntry<'_>> {
        self.entries().find(|entry| entry.date() == day)
    }
}

/// An entry of either kind of log.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
pub enum LogEntry<'a> {
    /// A session of a group.
    Session(&'a Session),
    /// A meeting of a supervision.
    Meeting(&'a Meeting),
}

impl<'a> LogEntry<'a> {
    /// The day.
    pub fn date(self) -> Day {
        match self {
            Self::Session(session) => session.date,
            Self::Meeting(meeting) => meeting.date,
        }
    }

    /// How long it lasted, in minutes.
    pub fn minutes(self) -> Option<u16> {
        match self {
            Self::Session(session) => session.minutes,
            Self::Meeting(meeting) => meeting.minutes,
        }
    }

    /// Why it was cancelled, where it was.
    pub fn cancelled(self) -> Option<&'a Text> {
        match self {
            Self::Session(session) => session.cancelled.as_ref(),
            Self::Meeting(meeting) => meeting.cancelled.as_ref(),
        }
    }

    /// Whether it is a plan, of which nobody has said yet that it was held.
    pub fn is_planned(self) -> bool {
        match self {
            Self::Session(session) => session.planned,
            Self::Meeting(meeting) => meeting.planned,
        }
    }

    /// The ids of those who were not there.
    pub fn absent(self) -> &'a [Text] {
        match self {
            Self::Session(session) => &session.absent,
            Self::Meeting(meeting) => &meeting.absent,
        }
    }

    /// The mode that it says; a session of a group says none.
    pub fn mode(self) -> Option<Mode> {
        match self {
            Self::Session(_) => None,
            Self::Meeting(meeting) => meeting.mode,
        }
    }

    /// Of which kind of log it is.
    pub fn kind(self) -> LogKind {
        match self {
            Self::Session(_) => LogKind::Group,
            Self::Meeting(_) => LogKind::Supervision,
        }
    }
}

/// The word that marks the log of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum GroupKind {
    /// The log of a group that students conduct.
    Group,
}

/// The word that marks the log of a supervision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum SupervisionKind {
    /// The log of a supervision.
    Supervision,
}

/// The log of a group that students conduct.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupLog {
    /// This is the log of a group.
    pub kind: GroupKind,
    /// What the group is called.
    #[schemars(extend("x-holds" = FreeText, "x-judged" = false))]
    pub title: Text,
    /// The organisation in which it takes place; may be empty while it is not known.
    #[schemars(extend("x-holds" = Words))]
    pub organisation: Text,
    /// What kind of organisation that is.
    pub setting: Setting,
    /// What the group is for.
    pub aim: Aim,
    /// The approach, in free words: recorded, never judged.
    #[schemars(extend("x-holds" = FreeText, "x-judged" = false))]
    pub approach: Option<Text>,
    /// How often it meets.
    pub frequency: Frequency,
    /// Whether it meets by video: recorded, never judged.
    #[serde(default)]
    #[schemars(extend("x-judged" = false))]
    pub online: bool,
    /// How people join and leave: recorded, never judged.
    #[schemars(extend("x-judged" = false))]
    pub membership: Option<Membership>,
    /// Whether the group pauses between the course's terms.
    #[serde(default)]
    pub keeps_terms: bool,
    /// The ids of the students who conduct it.
    #[schemars(extend("x-holds" = Id(RecordKind::Student)))]
    pub conductors: Vec<Text>,
    /// Somebody who conducts it with them and is not a student of this folder.
    pub co_conductor: Option<CoConductor>,
    /// Breaks, announced beforehand.
    #[serde(default)]
    pub breaks: Vec<Break>,
    /// The sessions, one entry each.
    pub sessions: Vec<Session>,
    /// Who confirmed its entries, and up to which day.
    #[serde(default)]
    #[schemars(extend("x-header" = true))]
    pub attested: Vec<Attested>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// Somebody who conducts a group with a student and is not a student of this folder.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct CoConductor {
    /// The co-conductor's name.
    #[schemars(extend("x-holds" = Name))]
    pub name: Text,
    /// The first day; absent: from the beginning.
    #[schemars(extend("x-tense" = Arranged))]
    pub from: Option<Day>,
    /// The last day; absent: to the end.
    #[schemars(extend("x-tense" = Timeless))]
    pub until: Option<Day>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl CoConductor {
    /// Whether the co-conductor is there on `day`.
    pub fn covers(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// A break that was announced beforehand.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("x-entry" = "break"))]
pub struct Break {
    /// The first day.
    #[schemars(extend("x-tense" = Arranged, "x-identifies" = true))]
    pub from: Day,
    /// The last day.
    #[schemars(extend("x-tense" = Meant))]
    pub until: Day,
    /// Why.
    #[schemars(extend("x-holds" = FreeText, "x-judged" = false))]
    pub reason: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// One session of a group.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend(
    "x-entry" = "session",
    "anyOf" = [{ "required": ["minutes"] }, { "required": ["cancelled"] }],
    "not" = { "required": ["planned", "cancelled"], "properties": { "planned": { "const": true } } },
))]
pub struct Session {
    /// The day.
    #[schemars(extend("x-tense" = Happened, "x-identifies" = true))]
    pub date: Day,
    /// How long it lasted, in minutes; needed unless it was cancelled.
    #[schemars(range(min = 1, max = 1440))]
    pub minutes: Option<u16>,
    /// Whether it is a plan: evidence of nothing until somebody says that it was held.
    #[serde(default)]
    pub planned: bool,
    /// Whether it was held by video: recorded, never judged.
    #[serde(default)]
    #[schemars(extend("x-judged" = false))]
    pub online: bool,
    /// How many members came: a head count, never names.
    pub present: Option<u32>,
    /// The ids of conductors who were not there.
    #[serde(default)]
    #[schemars(extend("x-holds" = Id(RecordKind::Student)))]
    pub absent: Vec<Text>,
    /// Why it was cancelled, where it was.
    #[schemars(extend("x-holds" = FreeText))]
    pub cancelled: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// The log of a supervision.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SupervisionLog {
    /// This is the log of a supervision.
    pub kind: SupervisionKind,
    /// The id of the supervisor.
    #[schemars(extend("x-holds" = Id(RecordKind::Supervisor)))]
    pub supervisor: Text,
    /// The ids of the students who are supervised.
    #[schemars(extend("x-holds" = Id(RecordKind::Student)))]
    pub supervisees: Vec<Text>,
    /// When a student came to the supervision later, or left it; a student with no entry here is there throughout.
    #[serde(default)]
    pub supervisee_periods: Vec<SuperviseePeriod>,
    /// Clinical supervision, or case management, which is not.
    #[serde(rename = "type", default)]
    pub supervision_type: SupervisionType,
    /// Individual or group.
    #[schemars(extend("x-judged" = false))]
    pub format: Option<SupervisionFormat>,
    /// The mode of its meetings, where a meeting does not say otherwise.
    pub mode: Mode,
    /// Breaks, announced beforehand.
    #[serde(default)]
    pub breaks: Vec<Break>,
    /// The meetings, one entry each.
    pub sessions: Vec<Meeting>,
    /// Who confirmed its entries, and up to which day.
    #[serde(default)]
    #[schemars(extend("x-header" = true))]
    pub attested: Vec<Attested>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// A time in which a student was a supervisee.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend(
    "x-entry" = "supervisee period",
    "anyOf" = [{ "required": ["from"] }, { "required": ["until"] }],
))]
pub struct SuperviseePeriod {
    /// The id of the student.
    #[schemars(extend("x-holds" = Id(RecordKind::Student), "x-identifies" = true))]
    pub who: Text,
    /// The first day; absent: from the beginning.
    #[schemars(extend("x-tense" = Arranged, "x-identifies" = true))]
    pub from: Option<Day>,
    /// The last day; absent: to the end.
    #[schemars(extend("x-tense" = Meant))]
    pub until: Option<Day>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl SuperviseePeriod {
    /// Whether the student was a supervisee on a day, as far as this says.
    pub fn covers(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl SupervisionLog {
    /// Whether a student whom it names is a supervisee on a day: who has times of their own on these, anybody else
    /// throughout.
    pub fn is_supervisee(&self, student: &Text, day: Day) -> bool {
        let mut times = self.supervisee_periods.iter().filter(|period| period.who == *student).peekable();
        match times.peek() {
            Some(_) => times.any(|period| period.covers(day)),
            None => self.supervisees.contains(student),
        }
    }
}

/// Somebody who was not the student confirms the entries of a log up to a day.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("x-entry" = "attestation"))]
pub struct Attested {
    /// Who confirms: the id of a supervisor, or a name.
    #[schemars(extend("x-holds" = Id(RecordKind::Supervisor), "x-identifies" = true))]
    pub by: Text,
    /// The day of the confirmation.
    #[schemars(extend("x-tense" = Happened, "x-identifies" = true))]
    pub on: Day,
    /// The last day whose entries are confirmed.
    #[schemars(extend("x-tense" = Meant))]
    pub through: Day,
    /// The digest of each entry as it then was, by its day.
    #[schemars(extend("propertyNames" = { "format": "date" }, "x-judged" = false))]
    pub entries: BTreeMap<Day, Text>,
    /// The scanned paper: a path below the case folder.
    #[schemars(extend("x-holds" = Document))]
    pub document: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// One meeting of a supervision.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend(
    "x-entry" = "session",
    "anyOf" = [{ "required": ["minutes"] }, { "required": ["cancelled"] }],
    "not" = { "required": ["planned", "cancelled"], "properties": { "planned": { "const": true } } },
))]
pub struct Meeting {
    /// The day.
    #[schemars(extend("x-tense" = Happened, "x-identifies" = true))]
    pub date: Day,
    /// How long it lasted, in minutes; needed unless it was cancelled.
    #[schemars(range(min = 1, max = 1440))]
    pub minutes: Option<u16>,
    /// Whether it is a plan: evidence of nothing until somebody says that it was held.
    #[serde(default)]
    pub planned: bool,
    /// The mode of this meeting, where it is not the log's.
    pub mode: Option<Mode>,
    /// Whether a conducting pair was supervised together.
    #[serde(default)]
    pub joint: bool,
    /// The ids of supervisees who were not there.
    #[serde(default)]
    #[schemars(extend("x-holds" = Id(RecordKind::Student)))]
    pub absent: Vec<Text>,
    /// Why it was cancelled, where it was.
    #[schemars(extend("x-holds" = FreeText))]
    pub cancelled: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}
