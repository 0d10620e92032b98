//! Session logs: of a group that students conduct, or of a supervision.

use schemars::JsonSchema;
use serde::Deserialize;

use super::vocabulary::{Aim, Frequency, Membership, Mode, Setting, SupervisionFormat, SupervisionType};
use super::walk::{Leaf, Walk};
use crate::calendar::{Day, Period};
use crate::text::{Path, Text};

/// A session log; its `kind` says of what.
#[derive(Clone, Debug)]
pub enum SessionLog {
    /// The log of a group that students conduct.
    Group(GroupLog),
    /// The log of a supervision.
    Supervision(SupervisionLog),
}

/// The word that marks the log of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum GroupKind {
    /// The log of a group that students conduct.
    Group,
}

/// The word that marks the log of a supervision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum SupervisionKind {
    /// The log of a supervision.
    Supervision,
}

/// The log of a group that students conduct.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupLog {
    /// This is the log of a group.
    pub kind: GroupKind,
    /// What the group is called.
    pub title: Text,
    /// The organisation in which it takes place; may be empty while it is not known.
    pub organisation: Text,
    /// What kind of organisation that is.
    pub setting: Setting,
    /// What the group is for.
    pub aim: Aim,
    /// The approach, in free words: recorded, never judged.
    pub approach: Option<Text>,
    /// How often it meets.
    pub frequency: Frequency,
    /// How people join and leave: recorded, never judged.
    pub membership: Option<Membership>,
    /// Whether the group pauses between the course's terms.
    #[serde(default)]
    pub keeps_terms: bool,
    /// The ids of the students who conduct it.
    pub conductors: Vec<Text>,
    /// Somebody who conducts it with them and is not a student of this folder.
    pub co_conductor: Option<CoConductor>,
    /// Breaks, announced beforehand.
    #[serde(default)]
    pub breaks: Vec<Break>,
    /// The sessions, one entry each.
    pub sessions: Vec<Session>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// Somebody who conducts a group with a student and is not a student of this folder.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct CoConductor {
    /// The co-conductor's name.
    pub name: Text,
    /// The first day; absent: from the beginning.
    pub from: Option<Day>,
    /// The last day; absent: to the end.
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
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Break {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// Why.
    pub reason: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// One session of a group.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("anyOf" = [{ "required": ["minutes"] }, { "required": ["cancelled"] }]))]
pub struct Session {
    /// The day.
    pub date: Day,
    /// How long it lasted, in minutes; needed unless it was cancelled.
    #[schemars(range(min = 1, max = 1440))]
    pub minutes: Option<u16>,
    /// How many members came: a head count, never names.
    pub present: Option<u32>,
    /// The ids of conductors who were not there.
    #[serde(default)]
    pub absent: Vec<Text>,
    /// Why it was cancelled, where it was.
    pub cancelled: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// The log of a supervision.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SupervisionLog {
    /// This is the log of a supervision.
    pub kind: SupervisionKind,
    /// The id of the supervisor.
    pub supervisor: Text,
    /// The ids of the students who are supervised.
    pub supervisees: Vec<Text>,
    /// Clinical supervision, or case management, which is not.
    #[serde(rename = "type", default)]
    pub supervision_type: SupervisionType,
    /// Individual or group.
    pub format: Option<SupervisionFormat>,
    /// The mode of its meetings, where a meeting does not say otherwise.
    pub mode: Mode,
    /// Breaks, announced beforehand.
    #[serde(default)]
    pub breaks: Vec<Break>,
    /// The meetings, one entry each.
    pub sessions: Vec<Meeting>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// One meeting of a supervision.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("anyOf" = [{ "required": ["minutes"] }, { "required": ["cancelled"] }]))]
pub struct Meeting {
    /// The day.
    pub date: Day,
    /// How long it lasted, in minutes; needed unless it was cancelled.
    #[schemars(range(min = 1, max = 1440))]
    pub minutes: Option<u16>,
    /// The mode of this meeting, where it is not the log's.
    pub mode: Option<Mode>,
    /// Whether a conducting pair was supervised together.
    #[serde(default)]
    pub joint: bool,
    /// The ids of supervisees who were not there.
    #[serde(default)]
    pub absent: Vec<Text>,
    /// Why it was cancelled, where it was.
    pub cancelled: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl Walk for SessionLog {
    fn walk<'a>(&'a self, see: &mut dyn FnMut(Path, Leaf<'a>)) {
        match self {
            Self::Group(log) => {
                if let Some(other) = &log.co_conductor {
                    let at = Path::of("co_conductor");
                    if let Some(from) = other.from {
                        see(at, Leaf::Period(Period { from, until: other.until }));
                    }
                    Leaf::day(at.key("from"), other.from, see);
                    Leaf::day(at.key("until"), other.until, see);
                    Leaf::notes(at, other.notes.as_ref(), see);
                }
                walk_breaks(&log.breaks, see);
                for (index, session) in log.sessions.iter().enumerate() {
                    let entry = (session.date, session.cancelled.as_ref(), session.notes.as_ref());
                    walk_entry(index, entry, see);
                }
                Leaf::notes(Path::root(), log.notes.as_ref(), see);
            }
            Self::Supervision(log) => {
                walk_breaks(&log.breaks, see);
                for (index, meeting) in log.sessions.iter().enumerate() {
                    let entry = (meeting.date, meeting.cancelled.as_ref(), meeting.notes.as_ref());
                    walk_entry(index, entry, see);
                }
                Leaf::notes(Path::root(), log.notes.as_ref(), see);
            }
        }
    }
}

fn walk_breaks<'a>(breaks: &'a [Break], see: &mut dyn FnMut(Path, Leaf<'a>)) {
    for (index, pause) in breaks.iter().enumerate() {
        let at = Path::of("breaks").index(index);
        Leaf::period(at, pause.from, Some(pause.until), see);
        Leaf::free_text(at.key("reason"), pause.reason.as_ref(), see);
        Leaf::notes(at, pause.notes.as_ref(), see);
    }
}

fn walk_entry<'a>(
    index: usize,
    (date, cancelled, notes): (Day, Option<&'a Text>, Option<&'a Text>),
    see: &mut dyn FnMut(Path, Leaf<'a>),
) {
    let at = Path::of("sessions").index(index);
    Leaf::day(at.key("date"), Some(date), see);
    Leaf::free_text(at.key("cancelled"), cancelled, see);
    Leaf::notes(at, notes, see);
}
