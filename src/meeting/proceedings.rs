//! A whole meeting: who was there, what was answered, and what the records are to say of it.

use serde::{Deserialize, Serialize};

use super::{Answer, Item, Sitting};
use crate::amend::Event;
use crate::records::{CommitteeMeeting, Item as Minuted};
use crate::text::{Text, all_of, counted, is_same_name};

/// Who was there, and what else is minuted of a meeting as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attendance {
    /// Who was there.
    pub present: Vec<Text>,
    /// Who sent apologies.
    pub apologies: Vec<Text>,
    /// Conflicts of interest that were declared.
    pub declared: Vec<Text>,
    /// What else was said.
    pub notes: Option<Text>,
}

impl Attendance {
    /// Who was there, line by line, as the minutes have it; safe to show.
    pub fn lines(&self) -> Vec<String> {
        let named = |what: &str, names: &[Text]| (!names.is_empty()).then(|| format!("{what}: {}.", all_of(names)));
        let mut lines: Vec<_> =
            [named("Present", &self.present), named("Apologies", &self.apologies)].into_iter().flatten().collect();
        lines.extend(self.declared.iter().map(|one| format!("Declared: {one}.")));
        lines
    }

    /// Those who were there and sent apologies too, as they are among the latter.
    pub fn both(&self) -> Vec<Text> {
        let is_there = |one: &&Text| self.present.iter().any(|there| is_same_name(there.raw(), one.raw()));
        self.apologies.iter().filter(is_there).cloned().collect()
    }

    /// Leaves somebody out of those who were there, or else out of those who sent apologies.
    pub fn leave_out(&mut self, name: &Text, is_there: bool) {
        let list = if is_there { &mut self.apologies } else { &mut self.present };
        list.retain(|one| !is_same_name(one.raw(), name.raw()));
    }
}

/// The names in a text, between commas, or semicolons where there are any, and the word "and"; none where it says nobody.
pub fn names(text: &str) -> Vec<Text> {
    let between = if text.contains(';') { ';' } else { ',' };
    let mut names: Vec<Text> = Vec::new();
    for part in text.split(between) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let of_one = words.split(|word| *word == "and").map(|name| name.join(" "));
        for name in of_one.filter(|name| !name.is_empty() && !is_nobody(name)).map(Text::new) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// A text that somebody was asked for, such as a conflict of interest; none where it says that there is none.
pub fn unless_none(text: &str) -> Option<Text> {
    (!is_nobody(text)).then(|| Text::new(text.trim()))
}

fn is_nobody(text: &str) -> bool {
    ["nobody", "no one", "none", "no", "n/a", "-", "\u{2013}"].contains(&text.trim().to_lowercase().as_str())
}

/// A whole meeting.
#[derive(Clone, Debug)]
pub struct Proceedings {
    /// Which body met, and when.
    pub sitting: Sitting,
    /// Who was there.
    pub attendance: Attendance,
    /// Every item with its answer.
    pub answered: Vec<(Item, Answer)>,
}

impl Proceedings {
    /// The items about which something is said.
    fn said(&self) -> impl Iterator<Item = &(Item, Answer)> {
        self.answered.iter().filter(|(_, answer)| !answer.is_empty())
    }

    /// Whether nothing is said at all.
    pub fn is_empty(&self) -> bool {
        self.attendance == Attendance::default() && self.said().next().is_none()
    }

    /// What goes into the record of each student, in the order of the agenda; each student once.
    pub fn of_students(&self) -> Vec<(&Text, Vec<Event>)> {
        let mut students: Vec<(&Text, Vec<Event>)> = Vec::new();
        for (item, answer) in &self.answered {
            let events = answer.events(item, self.sitting);
            match students.iter_mut().find(|(id, _)| **id == item.student) {
                _ if events.is_empty() => {}
                Some((_, known)) => known.extend(events),
                None => students.push((&item.student, events)),
            }
        }
        students
    }

    /// What the record of the meeting is to say.
    pub fn record(&self) -> CommitteeMeeting {
        let Attendance { present, apologies, declared, notes } = self.attendance.clone();
        let item = |(item, answer): &(Item, Answer)| Minuted {
            number: Some(item.number),
            about: Some(item.student.clone()),
            note: answer.minuted(item),
            notes: None,
        };
        let Sitting { body, date } = self.sitting;
        let items = self.said().map(item).collect();
        CommitteeMeeting { body, date, present, apologies, declared, items, agreed: None, notes }
    }

    /// What was decided, in a few words: `5 decisions and rulings and 1 condition met`.
    pub fn count(&self) -> String {
        let events = self.of_students().into_iter().flat_map(|(_, events)| events);
        let (met, decided): (Vec<_>, Vec<_>) = events.partition(|event| matches!(event, Event::Edit(_)));
        let decided =
            (!decided.is_empty()).then(|| counted(decided.len(), "decision or ruling", "decisions and rulings"));
        let met = (!met.is_empty()).then(|| counted(met.len(), "condition met", "conditions met"));
        let said: Vec<_> = decided.into_iter().chain(met).collect();
        if said.is_empty() { "what was noted".to_owned() } else { all_of(&said) }
    }

    /// The whole of it, line by line, as the minutes have it; safe to show.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = self.attendance.lines();
        for (item, answer) in self.said() {
            let words = answer.words(item).unwrap_or_else(|| "left open".to_owned());
            lines.push(format!("{}. {}: {words}.", item.number, item.title()));
            lines.extend(answer.note.as_ref().map(|note| format!("   Note: {note}")));
        }
        lines.extend(self.attendance.notes.as_ref().map(|notes| format!("Notes: {notes}")));
        lines
    }

    /// What lay before the body and is left open, without a word: line by line, and safe to show.
    pub fn left_open(&self) -> Vec<String> {
        let is_open = |(item, answer): &&(Item, Answer)| answer.is_empty() && !item.is_recorded();
        let open = self.answered.iter().filter(is_open);
        open.map(|(item, _)| format!("{}. {}", item.number, item.title())).collect()
    }

    /// What a commit of it says: it reads like minutes.
    pub fn message(&self) -> String {
        format!("{}: {}\n\n{}\n", self.sitting, self.count(), self.lines().join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_between_commas_and_the_word_and() {
        for text in [
            "Anna Fell, Joseph Adair",
            "Anna Fell and Joseph Adair",
            "Anna  Fell; Joseph Adair;",
            "Anna Fell, and Joseph Adair",
        ] {
            assert_eq!(names(text), ["Anna Fell", "Joseph Adair"].map(Text::new), "{text}");
        }
        assert_eq!(names("Andrea Sandys, Anna Fell and Andrea Sandys"), ["Andrea Sandys", "Anna Fell"].map(Text::new));
        for nobody in ["", " ", "nobody", "None", "no one", "-", "and"] {
            assert_eq!(names(nobody), Vec::<Text>::new(), "{nobody}");
        }
        assert_eq!(unless_none("None"), None);
        assert_eq!(
            unless_none(" Anna Fell, and Joseph Adair, know him "),
            Some(Text::new("Anna Fell, and Joseph Adair, know him"))
        );
    }
}
