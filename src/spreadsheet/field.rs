//! What a column can hold, and the headings by which people call it.

use std::sync::LazyLock;

use super::by_shape::is_read;
use super::date::Order;
use super::length::Unit;
use super::target::Target;
use super::vocabulary::{ColumnWords, VOCABULARY};
use crate::records::shape::{self, Table};
use crate::records::{LogKind, RecordKind};

/// What a column holds: the word of one of those that `vocabulary.toml` lists, or a key of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Field(&'static str);

/// Those that the program does not read by the shape of their key alone.
#[allow(missing_docs, reason = "vocabulary.toml says of each what it is")]
impl Field {
    pub const DATE: Self = Self("date");
    pub const LENGTH: Self = Self("length");
    pub const MINUTES: Self = Self("minutes");
    pub const HOURS: Self = Self("hours");
    pub const PRESENT: Self = Self("present");
    pub const CANCELLED: Self = Self("cancelled");
    pub const REASON: Self = Self("reason");
    pub const MODE: Self = Self("mode");
    pub const JOINT: Self = Self("joint");
    pub const ABSENT: Self = Self("absent");
    pub const NOTES: Self = Self("notes");
    pub const WEEKDAY: Self = Self("weekday");
    pub const WEEK: Self = Self("week");
    pub const TIME: Self = Self("time");
    pub const MEMBER: Self = Self("member");
    pub const START: Self = Self("start");
    pub const END: Self = Self("end");
    pub const NAME: Self = Self("name");
    pub const FIRST_NAME: Self = Self("first-name");
    pub const LAST_NAME: Self = Self("last-name");
    pub const ID: Self = Self("id");
    pub const EMAIL: Self = Self("email");
    pub const COURSE: Self = Self("course");
    pub const JOINED: Self = Self("joined");
    pub const GROUP_ANALYST: Self = Self("group-analyst");
    pub const BODY: Self = Self("body");
    pub const NUMBER: Self = Self("registration-number");
}

impl Target {
    const ALL: [Self; 4] = [Self::Group, Self::Supervision, Self::Students, Self::Supervisors];

    /// What its columns can hold: what has words of its own, and every other key of the record or entry.
    pub fn fields(self) -> &'static [Field] {
        static FIELDS: LazyLock<[Vec<Field>; 4]> = LazyLock::new(|| {
            Target::ALL.map(|target| {
                let own = VOCABULARY.columns.iter().filter(|column| column.of.contains(&target));
                let keys = own.clone().map(ColumnWords::key).collect::<Vec<_>>();
                let is_other = |key: &&shape::Field| is_read(&key.shape) && !keys.contains(&key.key.as_str());
                let others = target.keys().fields.iter().filter(is_other).map(|key| Field(&key.key));
                own.map(|column| Field(&column.word)).chain(others).collect()
            })
        });
        &FIELDS[self as usize]
    }

    /// The keys of what a row becomes: an entry of a log, or a record.
    pub(super) fn keys(self) -> &'static Table {
        match self {
            Self::Group => Table::of_entries(LogKind::Group),
            Self::Supervision => Table::of_entries(LogKind::Supervision),
            Self::Students => Table::of_kind(RecordKind::Student),
            Self::Supervisors => Table::of_kind(RecordKind::Supervisor),
        }
    }

    /// Whether a row of headings has to have one of these.
    pub(super) fn is_key(self, field: Field) -> bool {
        field.words().is_some_and(|words| words.heads && words.of.contains(&self))
    }
}

impl ColumnWords {
    /// The key; that of a list and one of its entries with a stop between them.
    fn key(&self) -> &str {
        self.key.as_deref().unwrap_or(&self.word)
    }
}

impl Field {
    /// The word by which `--map` names it.
    pub fn word(self) -> &'static str {
        self.0
    }

    /// What it says, as a phrase.
    pub fn meaning(self, target: Target) -> &'static str {
        match (self.words(), target) {
            (Some(_), Target::Supervision) if self == Self::PRESENT => "whether the supervisee came",
            (Some(words), _) => &words.says,
            (None, target) => target.keys().field(self.0).map_or(self.0, |key| &key.meaning),
        }
    }

    /// Whether the program reads it by words of its own, and not only by the shape of the key.
    pub(super) fn has_words(self) -> bool {
        self.words().is_some()
    }

    fn words(self) -> Option<&'static ColumnWords> {
        VOCABULARY.columns.iter().find(|column| column.word == self.0)
    }

    /// Where it stands in what a row becomes: the list in an entry of which it does, and the key; none where it is no key.
    pub(super) fn place(self, target: Target) -> Option<(Option<&'static str>, &'static shape::Field)> {
        let key = self.words().map_or(self.0, ColumnWords::key);
        match key.split_once('.') {
            Some((list, key)) => Some((Some(list), target.keys().below(list).field(key)?)),
            None => Some((None, target.keys().field(key)?)),
        }
    }

    /// Whether people call a column so.
    fn is_called(self, heading: &str) -> bool {
        match self.words() {
            Some(words) => words.headings.has(heading),
            None => self.0.replace('_', " ") == heading,
        }
    }

    /// Which columns say one thing between them, so that there can be only one.
    pub(super) fn kind(self) -> Self {
        if matches!(self, Self::MINUTES | Self::HOURS) { Self::LENGTH } else { self }
    }

    /// The unit of bare numbers in the column, where the heading or whoever imports says it.
    pub(super) fn unit(self) -> Unit {
        match self {
            Self::MINUTES => Unit::Minutes,
            Self::HOURS => Unit::Hours,
            _ => Unit::Unsaid,
        }
    }

    /// What a heading says that a column holds, where that is known.
    pub fn of_heading(heading: &str, target: Target) -> Option<Self> {
        let Heading { words, unit, .. } = Heading::of(heading)?;
        // In a list of students the supervisor is somebody else, and the other way round.
        let other = match target {
            Target::Students => "supervisor",
            _ => "student",
        };
        if words.contains(other) {
            return None;
        }
        let found = target.fields().iter().copied().find(|field| field.is_called(&words));
        match (found, unit) {
            (Some(Field::LENGTH), Some(unit)) => Some(unit),
            (Some(found), Some(unit)) if found != unit => None,
            (None, Some(unit)) if words.is_empty() && target.fields().contains(&unit) => Some(unit),
            (found, _) => found,
        }
    }
}

/// Which part of a date comes first, where a heading says it: `Date (dd/mm/yyyy)`.
pub(super) fn order_in(heading: &str) -> Option<Order> {
    Heading::of(heading)?.order
}

/// Whether yes below a heading can mean that something took place: `Held?`, `Held or cancelled`.
pub(super) fn asks_whether_held(heading: &str) -> bool {
    plain(&heading.to_lowercase()).split(' ').any(|word| VOCABULARY.cancellation.asks_whether_held.has(word))
}

/// Whether yes below a heading can only mean that something took place: `Held?`, `Took place?`.
pub(super) fn asks_only_whether_held(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    asks_whether_held(&heading) && !heading.contains("canc") && !heading.contains("status") && !heading.contains("not")
}

/// A heading taken apart.
struct Heading {
    /// In small letters, with single spaces and nothing else between the words.
    words: String,
    unit: Option<Field>,
    order: Option<Order>,
}

impl Heading {
    /// None where it says something in brackets that is not understood: it may change the meaning. What is of a hundred is
    /// no number of people.
    fn of(heading: &str) -> Option<Self> {
        let lower = Some(heading.to_lowercase()).filter(|heading| !heading.contains('%'))?;
        let asides = &VOCABULARY.asides;
        let (mut words, mut unit, mut order) = (String::new(), None, None);
        for (position, part) in lower.split(['(', '[']).enumerate() {
            let (aside, rest) = if position == 0 { ("", part) } else { part.split_once([')', ']'])? };
            match plain(aside).as_str() {
                aside if aside.is_empty() || asides.nothing.has(aside) => {}
                aside if asides.day_first.has(aside) => order = Some(Order::DayFirst),
                aside if asides.month_first.has(aside) => order = Some(Order::MonthFirst),
                aside => unit = Some(unit_of(aside)?),
            }
            words.push(' ');
            words.push_str(&plain(rest));
        }
        let mut words = plain(&words);
        // `Length in minutes`, `Duration mins`
        let last = words.rsplit_once(' ').and_then(|(before, last)| Some((before.to_owned(), unit_of(last)?)));
        if let Some((before, said)) = last {
            let before = before.strip_suffix(" in").unwrap_or(&before);
            if Field::LENGTH.is_called(before) {
                unit = Some(said);
                before.clone_into(&mut words);
            }
        }
        Some(Self { words, unit, order })
    }
}

fn unit_of(word: &str) -> Option<Field> {
    let (word, units) = (word.strip_prefix("in ").unwrap_or(word), &VOCABULARY.units);
    [(&units.minutes, Field::MINUTES), (&units.hours, Field::HOURS)]
        .into_iter()
        .find(|(words, _)| words.has(word))
        .map(|(_, unit)| unit)
}

fn plain(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_plain_english() {
        let of = |heading| Field::of_heading(heading, Target::Group);
        for (heading, field) in [
            ("Date", Field::DATE),
            ("DATE", Field::DATE),
            (" Session date: ", Field::DATE),
            ("Date (dd/mm/yyyy)", Field::DATE),
            ("Length", Field::LENGTH),
            ("Length (mins)", Field::MINUTES),
            ("Duration in hours", Field::HOURS),
            ("Mins", Field::MINUTES),
            ("No. present", Field::PRESENT),
            ("# present", Field::PRESENT),
            ("Attendance", Field::PRESENT),
            ("Cancelled?", Field::CANCELLED),
            ("Cancelled (y/n)", Field::CANCELLED),
            ("Reason for cancellation", Field::REASON),
            ("Comments", Field::NOTES),
            ("Duration [h:mm]", Field::LENGTH),
            ("Head-count", Field::PRESENT),
        ] {
            assert_eq!(of(heading), Some(field), "{heading}");
        }
        for heading in [
            "",
            "Room",
            "Date (of the next one)",
            "Attendance %",
            "Present (%)",
            "Cancellations",
            "Number (min)",
            "Attendance (minutes)",
            "(",
            "Email",
        ] {
            assert_eq!(of(heading), None, "{heading}");
        }
        assert_eq!(Field::of_heading("How?", Target::Supervision), Some(Field::MODE));
        assert_eq!(Field::of_heading("How", Target::Group), None);
        assert_eq!(Field::of_heading("Supervisor", Target::Supervisors), Some(Field::NAME));
        assert_eq!(Field::of_heading("Supervisor", Target::Students), None);
        assert_eq!(order_in("Date (DD/MM/YYYY)"), Some(Order::DayFirst));
        assert_eq!(order_in("Date (mm-dd-yy)"), Some(Order::MonthFirst));
        assert_eq!(order_in("Date"), None);
    }

    #[test]
    fn no_heading_means_two_things() {
        for target in [Target::Group, Target::Supervision, Target::Students, Target::Supervisors] {
            let mut seen = std::collections::HashMap::new();
            for field in target.fields() {
                for heading in field.words().into_iter().flat_map(|words| words.headings.iter()) {
                    assert_eq!(seen.insert(heading, field), None, "{heading}");
                    assert_eq!(plain(heading), heading);
                }
                assert!(field.is_called(&field.word().replace(['-', '_'], " ")), "{field:?}");
            }
        }
    }

    #[test]
    fn every_key_of_a_session_can_be_imported() {
        for target in [Target::Group, Target::Supervision] {
            for key in &target.keys().fields {
                let is_read = target.fields().iter().any(|field| field.word() == key.key);
                assert!(is_read, "no column is read into `{}` of {target:?}: give it a reader of its own", key.key);
            }
        }
    }
}
