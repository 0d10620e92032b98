//! How what a row says stands to what a log says already.

use super::entries::Said;
use crate::calendar::Day;
use crate::records::{Mode, SessionLog};
use crate::text::Text;

/// How a row stands to the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The log has no entry for the day.
    New,
    /// The log has a planned entry for the day, of which more is known now.
    Held,
    /// The log says all of it already.
    There,
    /// The log says something else: what, as phrases that are safe to show.
    Differs(Vec<String>),
}

/// An entry of a log, of either kind.
struct There<'a> {
    minutes: Option<u16>,
    present: Option<u32>,
    cancelled: Option<&'a Text>,
    mode: Option<Mode>,
    joint: bool,
    absent: &'a [Text],
    notes: Option<&'a Text>,
}

impl Compared {
    /// How a row stands to a log.
    pub fn of(said: &Said, log: &SessionLog) -> Self {
        let Some(there) = There::on(said.date, log) else { return Self::New };
        if there.is_plan() && said.cancelled.is_some() {
            return Self::Held;
        }
        let (differs, adds) = there.against(said);
        match (differs.is_empty(), adds.is_empty()) {
            (true, true) => Self::There,
            (true, false) if there.is_plan() => Self::Held,
            (_, _) => Self::Differs(differs.into_iter().chain(adds).collect()),
        }
    }
}

impl<'a> There<'a> {
    fn on(day: Day, log: &'a SessionLog) -> Option<Self> {
        match log {
            SessionLog::Group(log) => {
                let one = log.sessions.iter().find(|one| one.date == day)?;
                let (cancelled, notes) = (one.cancelled.as_ref(), one.notes.as_ref());
                let (minutes, present, absent) = (one.minutes, one.present, &one.absent);
                Some(Self { minutes, present, cancelled, mode: None, joint: false, absent, notes })
            }
            SessionLog::Supervision(log) => {
                let one = log.sessions.iter().find(|one| one.date == day)?;
                let (cancelled, notes) = (one.cancelled.as_ref(), one.notes.as_ref());
                let mode = Some(one.mode.unwrap_or(log.mode));
                let (minutes, joint, absent) = (one.minutes, one.joint, &one.absent);
                Some(Self { minutes, present: None, cancelled, mode, joint, absent, notes })
            }
        }
    }

    /// Whether it says only when and how long.
    fn is_plan(&self) -> bool {
        let is_bare = self.present.is_none() && self.cancelled.is_none() && self.notes.is_none();
        is_bare && !self.joint && self.absent.is_empty()
    }

    /// What it says otherwise than a row, and what the row says besides.
    fn against(&self, said: &Said) -> (Vec<String>, Vec<String>) {
        let (mut differs, mut adds) = (Vec::new(), Vec::new());
        match (self.cancelled, &said.cancelled) {
            (Some(there), Some(Some(why))) if there != why => {
                differs.push(format!("the log says that it was cancelled for another reason: {there}"));
            }
            (Some(there), None) => differs.push(format!("the log says that it was cancelled: {there}")),
            (None, Some(_)) => differs.push("the log says that it was held".to_owned()),
            _ => {}
        }
        let mut number = |there: Option<u32>, said: Option<u32>, what: &str| match (there, said) {
            (Some(there), Some(said)) if there != said => differs.push(format!("the log says {there} {what}")),
            (None, Some(said)) => adds.push(format!("the log does not say {said} {what}")),
            _ => {}
        };
        number(self.minutes.map(u32::from), said.minutes.map(u32::from), "minutes");
        number(self.present, said.present, "present");
        if let (Some(there), Some(mode)) = (self.mode, said.mode)
            && there != mode
        {
            differs.push(format!("the log says {}", there.word()));
        }
        if said.joint.is_some_and(|joint| joint != self.joint) {
            let joint = if self.joint { "joint" } else { "not joint" };
            let to = if self.joint { &mut differs } else { &mut adds };
            to.push(format!("the log says that it was {joint}"));
        }
        let sorted = |ids: &[Text]| {
            let mut ids = ids.to_vec();
            ids.sort_unstable();
            ids
        };
        if let Some(absent) = &said.absent
            && sorted(absent) != sorted(self.absent)
        {
            let to = if self.absent.is_empty() { &mut adds } else { &mut differs };
            to.push("the log says otherwise who was not there".to_owned());
        }
        match (self.notes, &said.notes) {
            (Some(there), Some(notes)) if there != notes => differs.push("the log has other notes".to_owned()),
            (None, Some(_)) => adds.push("the log does not have the notes".to_owned()),
            _ => {}
        }
        (differs, adds)
    }
}
