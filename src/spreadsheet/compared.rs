//! How what a row says stands to what a log says already.

use serde_json::Value as Json;

use super::entries::Said;
use crate::amend::is_plan;
use crate::calendar::Day;
use crate::records::{LogEntry, Mode, SessionLog};
use crate::text::{Text, visible};

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

/// An entry of a log.
struct There<'a> {
    entry: LogEntry<'a>,
    /// How it took place: as the log says where the entry does not.
    mode: Option<Mode>,
    /// What it says at each key.
    said: Json,
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
        let entry = log.entry_on(day)?;
        let said = serde_json::to_value(entry).unwrap_or_default();
        Some(Self { entry, mode: entry.mode().or(log.usual_mode()), said })
    }

    /// Whether it says only when and how long.
    fn is_plan(&self) -> bool {
        is_plan(self.entry)
    }

    /// What it says otherwise than a row, and what the row says besides.
    fn against(&self, said: &Said) -> (Vec<String>, Vec<String>) {
        let (mut differs, mut adds) = (Vec::new(), Vec::new());
        match (self.entry.cancelled(), &said.cancelled) {
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
        number(self.entry.minutes().map(u32::from), said.minutes.map(u32::from), "minutes");
        let present = self.said.get("present").and_then(Json::as_u64).and_then(|count| u32::try_from(count).ok());
        number(present, said.present, "present");
        if let (Some(there), Some(mode)) = (self.mode, said.mode)
            && there != mode
        {
            differs.push(format!("the log says {}", there.word()));
        }
        let was_joint = self.said.get("joint") == Some(&Json::Bool(true));
        if said.joint.is_some_and(|joint| joint != was_joint) {
            let joint = if was_joint { "joint" } else { "not joint" };
            let to = if was_joint { &mut differs } else { &mut adds };
            to.push(format!("the log says that it was {joint}"));
        }
        let sorted = |ids: &[Text]| {
            let mut ids = ids.to_vec();
            ids.sort_unstable();
            ids
        };
        if let Some(absent) = &said.absent
            && sorted(absent) != sorted(self.entry.absent())
        {
            let to = if self.entry.absent().is_empty() { &mut adds } else { &mut differs };
            to.push("the log says otherwise who was not there".to_owned());
        }
        let notes = self.said.get("notes").and_then(Json::as_str);
        match (notes, &said.notes) {
            (Some(there), Some(notes)) if there != notes.raw() => differs.push("the log has other notes".to_owned()),
            (None, Some(_)) => adds.push("the log does not have the notes".to_owned()),
            _ => {}
        }
        for (key, said) in &said.others {
            let called = key.replace('_', " ");
            match self.said.get(key) {
                Some(there) if there == said => {}
                None | Some(Json::Null | Json::Bool(false)) => adds.push(format!("the log does not say {called}")),
                Some(Json::Bool(true)) => differs.push(format!("the log says {called}")),
                Some(there) => differs.push(format!("the log says {called} {}", shown(there))),
            }
        }
        (differs, adds)
    }
}

fn shown(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), visible)
}
