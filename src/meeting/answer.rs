//! What a body answers to an item, and the events that it becomes.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{AskedCondition, Asks, Item, Sitting};
use crate::amend::{Edit, Edited, Event};
use crate::calendar::Day;
use crate::records::{Condition, ConditionStanding, Decision, Outcome, RecordKind, Ruling, RulingOutcome};
use crate::text::{Path, Text, all_of};

/// What a body answered to an item.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Answer {
    /// What it decided; none where it left that open.
    pub decided: Option<Decided>,
    /// On what an approval depends.
    #[serde(default)]
    pub conditions: Vec<Condition>,
    /// What a query asks.
    #[serde(default)]
    pub asked: Option<Text>,
    /// What the minutes say besides.
    pub note: Option<Text>,
    /// Whether something is noted, and the answer is still to come.
    #[serde(default)]
    pub is_to_come: bool,
}

/// What a body decided on an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decided {
    /// A decision.
    Outcome(Outcome),
    /// A ruling on some of the dates, in order; the others stay open.
    Rulings(Vec<(Day, RulingOutcome)>),
    /// How it stands with a condition.
    Condition(ConditionStanding),
}

impl Answer {
    /// A decision, and nothing besides.
    pub fn of(decided: Decided) -> Self {
        Self { decided: Some(decided), ..Self::default() }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.decided.is_none() && self.note.is_none()
    }

    /// The dates that were ruled on so.
    fn dates(&self, outcome: RulingOutcome) -> Vec<Day> {
        match &self.decided {
            Some(Decided::Rulings(rulings)) => {
                rulings.iter().filter(|(_, of)| *of == outcome).map(|(date, _)| *date).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What was decided, as a phrase such as `approved, on the condition: …`; none where it is left open. Safe to show.
    pub fn words(&self, item: &Item) -> Option<String> {
        match self.decided.as_ref()? {
            Decided::Outcome(outcome) => {
                let bound = Condition::bound_by(&self.conditions);
                let asked = self.asked.as_ref().map(|asked| format!(", \"{asked}\"")).unwrap_or_default();
                Some(format!("{}{bound}{asked}", outcome.word().replace('-', " ")))
            }
            Decided::Rulings(_) => {
                let ruled =
                    [RulingOutcome::Accepted, RulingOutcome::Refused].map(|outcome| (outcome, self.dates(outcome)));
                let ruled = ruled.into_iter().filter(|(_, dates)| !dates.is_empty());
                let words = ruled.map(|(outcome, dates)| format!("{} for {}", outcome.word(), all_of(dates)));
                let open = item.open_dates().count().saturating_sub(self.ruled().count());
                let open = (open > 0).then(|| format!("{open} left open"));
                Some(words.chain(open).collect::<Vec<_>>().join("; "))
            }
            Decided::Condition(standing) => Some(standing.words()),
        }
    }

    /// What the minutes say of the item: of a condition also how it stands, for a record has no other place for one that
    /// is not met.
    pub fn minuted(&self, item: &Item) -> Option<Text> {
        let standing = match (&self.decided, &item.asks) {
            (Some(Decided::Condition(standing)), Asks::Condition(asked)) => {
                asked.there.as_ref().map(|(.., condition)| condition.minuted(*standing))
            }
            _ => None,
        };
        match (standing, &self.note) {
            (None, note) => note.clone(),
            (Some(standing), None) => Some(Text::new(standing)),
            (Some(standing), Some(note)) => Some(Text::new(format!("{standing} {}", note.raw()))),
        }
    }

    /// The dates that were ruled on.
    pub fn ruled(&self) -> impl Iterator<Item = Day> {
        let rulings = match &self.decided {
            Some(Decided::Rulings(rulings)) => rulings.as_slice(),
            _ => &[],
        };
        rulings.iter().map(|(date, _)| *date)
    }

    /// What goes into the student's record: nothing where it is left open.
    pub fn events(&self, item: &Item, sitting: Sitting) -> Vec<Event> {
        let minute = Some(sitting.minute(item.number));
        let (date, document, notes) = (sitting.date, None, None);
        match (&self.decided, &item.asks) {
            (Some(Decided::Outcome(outcome)), Asks::Decision { about, .. }) => {
                let (body, about, outcome) = (sitting.body, *about, *outcome);
                // What a query asks stands with it, and not in the minutes alone.
                let (conditions, notes) = (self.conditions.clone(), self.asked.as_ref().map(Decision::note_asking));
                vec![Event::Decision(Decision { body, about, date, outcome, conditions, minute, document, notes })]
            }
            (Some(Decided::Rulings(_)), Asks::Rulings { requirement, .. }) => {
                let Some(body) = sitting.ruling_body() else { return Vec::new() };
                let ruling = |outcome| {
                    let of = Some(self.dates(outcome)).filter(|of| !of.is_empty())?;
                    let (requirement, of, minute) = (*requirement, Some(of), minute.clone());
                    let (document, notes) = (document.clone(), notes.clone());
                    Some(Event::Ruling(Ruling { requirement, body, date, of, outcome, minute, document, notes }))
                };
                [RulingOutcome::Accepted, RulingOutcome::Refused].into_iter().filter_map(ruling).collect()
            }
            (Some(Decided::Condition(ConditionStanding::Met(on))), Asks::Condition(asked)) => met(asked, *on),
            _ => Vec::new(),
        }
    }
}

/// A condition is met.
fn met(asked: &AskedCondition, on: Day) -> Vec<Event> {
    let Some((decision, position, condition)) = &asked.there else { return Vec::new() };
    let at = Path::of("decision").index(*decision).key("conditions").index(*position).key("met");
    let what = format!("condition met on {on}: {}", condition.what);
    vec![Event::Edit(Edit { kind: RecordKind::Student, at, to: Edited::Said(json!(on.iso())), what })]
}
