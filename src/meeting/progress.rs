//! An unfinished meeting, as it is kept until somebody goes on with it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Answer, Asks, Attendance, Item, Table};
use crate::calendar::Day;
use crate::text::{Source, Text};

/// An unfinished meeting: what was said so far, and of what.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Progress {
    /// Who was there, once that was said.
    pub attendance: Option<Attendance>,
    answers: Vec<Kept>,
    /// A sum of each record as it was then.
    records: BTreeMap<String, u64>,
}

/// An answer, with what was asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    item: String,
    name: Text,
    dates: Vec<Day>,
    answer: Answer,
}

/// What became of an unfinished meeting as somebody goes on with it.
#[derive(Clone, Debug, Default)]
pub struct TakenUp {
    /// The answers that stand, by the item's position.
    pub answers: Vec<Option<Answer>>,
    /// What has changed since and is asked again, line by line; safe to show.
    pub changed: Vec<String>,
}

impl Progress {
    /// What is said so far; an answer of none is one that is still to come.
    pub fn of(attendance: Option<&Attendance>, table: &Table, answers: &[Option<Answer>], sources: &[Source]) -> Self {
        let kept = |(item, answer): (&Item, &Option<Answer>)| {
            let dates = item.open_dates().map(|asked| asked.date).collect();
            Some(Kept { item: item.key(), name: item.name.clone(), dates, answer: answer.clone()? })
        };
        Self {
            attendance: attendance.cloned(),
            answers: table.items.iter().zip(answers).filter_map(kept).collect(),
            records: sums(sources),
        }
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.attendance.as_ref().is_none_or(|there| *there == Attendance::default()) && self.answers.is_empty()
    }

    /// Reads what was kept; none where it cannot be read.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// What is to be kept.
    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Goes on with what lies on the table now. An answer to other dates than these is asked for again. What the record at a
    /// path is `called` is safe to show.
    pub fn taken_up(&self, table: &Table, sources: &[Source], called: &dyn Fn(&str) -> String) -> TakenUp {
        let mut taken = TakenUp { answers: vec![None; table.items.len()], changed: Vec::new() };
        let now = sums(sources);
        let paths = self.records.keys().chain(now.keys()).collect::<std::collections::BTreeSet<_>>();
        let changed = paths.into_iter().filter(|path| self.records.get(*path) != now.get(*path));
        taken.changed.extend(changed.map(|path| format!("{} has changed", called(path))));
        for kept in &self.answers {
            let position = table.items.iter().position(|item| item.key() == kept.item && !item.is_recorded());
            let Some((position, item)) = position.and_then(|at| Some((at, table.items.get(at)?))) else {
                let what = kept.item.split_once(' ').map_or("", |(_, what)| what);
                let what = Text::new(what);
                taken.changed.push(format!("{}: nothing is asked about {what} any more", kept.name));
                continue;
            };
            let dates: Vec<_> = item.open_dates().map(|asked| asked.date).collect();
            if matches!(item.asks, Asks::Rulings { .. }) && dates != kept.dates {
                taken.changed.push(format!("{}: other dates than before, so it is asked again", item.title()));
                continue;
            }
            taken.answers[position] = Some(kept.answer.clone());
        }
        taken
    }
}

/// A sum of each record: what tells one text from another by accident, and nobody tries to deceive.
fn sums(sources: &[Source]) -> BTreeMap<String, u64> {
    let sum = |text: &str| {
        // FNV-1a.
        text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    };
    let of = |source: &Source| (source.path.raw().to_owned(), source.content.as_deref().map_or(0, |text| sum(text)));
    sources.iter().filter(|source| source.is_file()).map(of).collect()
}
