//! What somebody types to an item: a letter or a word, with numbers of dates where it asks about several.

use super::{Answer, Choice, Chosen, Decided, Item, Standing};
use crate::calendar::Day;
use crate::records::RulingOutcome;
use crate::text::{Text, any_of};

/// What somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// What was decided.
    Decided(Decided),
    /// How it stands with a condition; of one that is met, the day is still to be asked for.
    Condition(Standing),
    /// It is left open.
    Skip,
    /// A note for the minutes; none where its words are still to be asked for.
    Note(Option<Text>),
    /// Back to the item before.
    Back,
    /// What can be typed.
    Help,
    /// The rest is left for another time.
    Leave,
}

/// What can be typed to every item, with what it does.
pub const ALWAYS: [(&str, &str); 5] = [
    ("s", "skip: leave it open"),
    ("n", "a note for the minutes; its words can follow"),
    ("b", "back to the item before"),
    ("l", "leave: what is answered is kept, and nothing is written"),
    ("?", "this help"),
];

impl Item {
    /// Reads what was typed; `answered` is what is answered already. The error says what can be typed.
    pub fn reply(&self, typed: &str, answered: &Answer) -> Result<Reply, String> {
        let typed = typed.trim();
        let (word, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
        match word.to_lowercase().as_str() {
            "s" | "skip" if rest.is_empty() => return Ok(Reply::Skip),
            "b" | "back" if rest.is_empty() => return Ok(Reply::Back),
            "l" | "leave" if rest.is_empty() => return Ok(Reply::Leave),
            "?" | "h" | "help" if rest.is_empty() => return Ok(Reply::Help),
            "n" | "note" => {
                let note = Some(rest.trim()).filter(|note| !note.is_empty());
                return Ok(Reply::Note(note.map(Text::new)));
            }
            _ => {}
        }
        let choices = self.choices();
        let one =
            |word: &str| choices.iter().find(|choice: &&Choice| choice.is_said_by(word)).map(|choice| choice.chosen);
        match one(typed) {
            Some(Chosen::Outcome(outcome)) => return Ok(Reply::Decided(Decided::Outcome(outcome))),
            Some(Chosen::Condition(standing)) => return Ok(Reply::Condition(standing)),
            _ => {}
        }
        let rulings = self.rulings(typed, answered, &|word| match one(word) {
            Some(Chosen::Ruling(outcome)) => Some(outcome),
            _ => None,
        });
        rulings.map(Reply::Decided).ok_or_else(|| self.can_be())
    }

    fn can_be(&self) -> String {
        let words = self.choices().into_iter().map(|choice| format!("{} ({})", choice.key, choice.word));
        let numbers = if self.open_dates().count() > 1 { ", with the numbers of dates such as \"a 1,3\"" } else { "" };
        format!("it can be {}{numbers}; ? shows all", any_of(words.chain(["s (skip)".to_owned()])))
    }

    /// `a`, `a 1,3`, `a 1 r 2-4`, `a 1 r`: without numbers, whatever has none yet.
    fn rulings(&self, typed: &str, answered: &Answer, one: &dyn Fn(&str) -> Option<RulingOutcome>) -> Option<Decided> {
        let dates: Vec<Day> = self.open_dates().map(|asked| asked.date).collect();
        let before = match &answered.decided {
            Some(Decided::Rulings(rulings)) => rulings.clone(),
            _ => Vec::new(),
        };
        let mut said: Vec<(Day, RulingOutcome)> = Vec::new();
        let mut words = typed.split([' ', ',', '\t']).filter(|word| !word.is_empty()).peekable();
        while let Some(word) = words.next() {
            let outcome = one(word)?;
            let mut numbers = Vec::new();
            while let Some(number) = words.next_if(|word| word.starts_with(|c: char| c.is_ascii_digit())) {
                numbers.extend(range(number, dates.len())?);
            }
            let is_said = |date: &Day| said.iter().chain(&before).any(|(known, _)| known == date);
            let meant: Vec<Day> = if numbers.is_empty() {
                let open: Vec<_> = dates.iter().filter(|date| !is_said(date)).copied().collect();
                // To say it once more of everything is to think again.
                if open.is_empty() && said.is_empty() { dates.clone() } else { open }
            } else {
                numbers.into_iter().map(|number| dates[number]).collect()
            };
            said.retain(|(date, _)| !meant.contains(date));
            said.extend(meant.into_iter().map(|date| (date, outcome)));
        }
        if said.is_empty() {
            return None;
        }
        let kept = before.into_iter().filter(|(date, _)| !said.iter().any(|(known, _)| known == date));
        let mut rulings: Vec<_> = kept.collect();
        rulings.extend(said.iter().copied());
        rulings.sort_by_key(|(date, _)| *date);
        Some(Decided::Rulings(rulings))
    }
}

/// `3`, or `3-5`, as positions among so many.
fn range(typed: &str, count: usize) -> Option<std::ops::RangeInclusive<usize>> {
    let (first, last) = typed.split_once('-').unwrap_or((typed, typed));
    let position = |number: &str| number.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < count);
    let (first, last) = (position(first)?, position(last)?);
    (first <= last).then_some(first..=last)
}
