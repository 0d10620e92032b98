//! What a column can hold, and the headings by which people call it.

use std::sync::LazyLock;

use super::by_shape::is_read;
use super::date::Order;
use super::length::Unit;
use super::vocabulary::{ColumnWords, VOCABULARY};
use crate::records::LogKind;
use crate::records::shape::{self, Table};

/// What a table is read into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The log of a group.
    Group,
    /// The log of a supervision.
    Supervision,
    /// The records of students.
    Students,
    /// The records of supervisors.
    Supervisors,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The day.
    Date,
    /// How long it lasted, in whatever unit each value says.
    Length,
    /// How long it lasted, in minutes.
    Minutes,
    /// How long it lasted, in hours and parts of them.
    Hours,
    /// How many came to a group; of a supervision, whether the supervisee came.
    Present,
    /// Whether it was cancelled, or why.
    Cancelled,
    /// Why it was cancelled.
    Reason,
    /// How a meeting took place.
    Mode,
    /// Whether a pair was supervised together.
    Joint,
    /// Conductors or supervisees who were not there.
    Absent,
    /// Free text.
    Notes,
    /// A person's whole name.
    Name,
    /// A person's first name.
    FirstName,
    /// A person's last name.
    LastName,
    /// The id of the record.
    Id,
    /// An address.
    Email,
    /// The id or the name of a course.
    Course,
    /// The day of joining.
    Joined,
    /// Whether a supervisor is a group analyst.
    GroupAnalyst,
    /// The body with which a supervisor is registered.
    Body,
    /// The number of the registration.
    Number,
    /// The day on which the registration was checked.
    Checked,
    /// The last day of the registration.
    Expires,
    /// A key of the record that is read as the format has it.
    Key(&'static str),
}

use Field::{
    Absent, Body, Cancelled, Checked, Course, Date, Email, Expires, FirstName, GroupAnalyst, Hours, Id, Joined, Joint,
    Key, LastName, Length, Minutes, Mode, Name, Notes, Number, Present, Reason,
};

impl Target {
    /// What its columns can hold: what has a reader of its own, and every other key of an entry.
    pub fn fields(self) -> &'static [Field] {
        static FIELDS: LazyLock<[Vec<Field>; 4]> = LazyLock::new(|| {
            [Target::Group, Target::Supervision, Target::Students, Target::Supervisors].map(|target| {
                let own = target.read_by_themselves();
                let keys = target.keys().into_iter().flat_map(|table| &table.fields);
                let others = keys.filter(|key| is_read(&key.shape)).map(|key| Key(&key.key));
                own.iter().copied().chain(others.filter(|key| own.iter().all(|own| own.word() != key.word()))).collect()
            })
        });
        &FIELDS[self as usize]
    }

    /// The keys of an entry of the log that it is read into.
    pub(super) fn keys(self) -> Option<&'static Table> {
        match self {
            Self::Group => Some(Table::of_entries(LogKind::Group)),
            Self::Supervision => Some(Table::of_entries(LogKind::Supervision)),
            Self::Students | Self::Supervisors => None,
        }
    }

    /// A key of such an entry.
    pub(super) fn key(self, key: &str) -> Option<&'static shape::Field> {
        self.keys()?.field(key)
    }

    fn read_by_themselves(self) -> &'static [Field] {
        match self {
            Self::Group => &[Date, Length, Minutes, Hours, Present, Cancelled, Reason, Absent, Notes],
            Self::Supervision => {
                &[Date, Length, Minutes, Hours, Mode, Joint, Present, Cancelled, Reason, Absent, Notes]
            }
            Self::Students => &[Name, FirstName, LastName, Id, Email, Course, Joined],
            Self::Supervisors => &[Name, FirstName, LastName, Id, Email, GroupAnalyst, Body, Number, Checked, Expires],
        }
    }

    /// Whether a row of headings has to have one of these.
    pub(super) fn is_key(self, field: Field) -> bool {
        match self {
            Self::Group | Self::Supervision => field == Date,
            Self::Students | Self::Supervisors => matches!(field, Name | FirstName | LastName),
        }
    }
}

impl Field {
    /// The word by which `--map` names it.
    pub fn word(self) -> &'static str {
        match self {
            Date => "date",
            Length => "length",
            Minutes => "minutes",
            Hours => "hours",
            Present => "present",
            Cancelled => "cancelled",
            Reason => "reason",
            Mode => "mode",
            Joint => "joint",
            Absent => "absent",
            Notes => "notes",
            Name => "name",
            FirstName => "first-name",
            LastName => "last-name",
            Id => "id",
            Email => "email",
            Course => "course",
            Joined => "joined",
            GroupAnalyst => "group-analyst",
            Body => "body",
            Number => "registration-number",
            Checked => "checked",
            Expires => "expires",
            Key(key) => key,
        }
    }

    /// What it says, as a phrase.
    pub fn meaning(self, target: Target) -> &'static str {
        match (self, target) {
            (Present, Target::Supervision) => "whether the supervisee came",
            (Key(key), target) => target.key(key).map_or(key, |field| &field.meaning),
            _ => self.words().map_or("", |words| words.says.as_str()),
        }
    }

    fn words(self) -> Option<&'static ColumnWords> {
        VOCABULARY.columns.get(self.word())
    }

    /// Whether people call a column so.
    fn is_called(self, heading: &str) -> bool {
        match self {
            Key(key) => key.replace('_', " ") == heading,
            field => field.words().is_some_and(|words| words.headings.has(heading)),
        }
    }

    /// Which columns say one thing between them, so that there can be only one.
    pub(super) fn kind(self) -> Self {
        if matches!(self, Minutes | Hours) { Length } else { self }
    }

    /// The unit of bare numbers in the column, where the heading or whoever imports says it.
    pub(super) fn unit(self) -> Unit {
        match self {
            Minutes => Unit::Minutes,
            Hours => Unit::Hours,
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
            (Some(Length), Some(unit)) => Some(unit),
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
            if Length.is_called(before) {
                unit = Some(said);
                before.clone_into(&mut words);
            }
        }
        Some(Self { words, unit, order })
    }
}

fn unit_of(word: &str) -> Option<Field> {
    let (word, units) = (word.strip_prefix("in ").unwrap_or(word), &VOCABULARY.units);
    [(&units.minutes, Minutes), (&units.hours, Hours)]
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
            ("Date", Date),
            ("DATE", Date),
            (" Session date: ", Date),
            ("Date (dd/mm/yyyy)", Date),
            ("Length", Length),
            ("Length (mins)", Minutes),
            ("Duration in hours", Hours),
            ("Mins", Minutes),
            ("No. present", Present),
            ("# present", Present),
            ("Attendance", Present),
            ("Cancelled?", Cancelled),
            ("Cancelled (y/n)", Cancelled),
            ("Reason for cancellation", Reason),
            ("Comments", Notes),
            ("Duration [h:mm]", Length),
            ("Head-count", Present),
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
        assert_eq!(Field::of_heading("How?", Target::Supervision), Some(Mode));
        assert_eq!(Field::of_heading("How", Target::Group), None);
        assert_eq!(Field::of_heading("Supervisor", Target::Supervisors), Some(Name));
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
            for key in target.keys().into_iter().flat_map(|table| &table.fields) {
                let is_read = target.fields().iter().any(|field| field.word() == key.key);
                assert!(is_read, "no column is read into `{}` of {target:?}: give it a reader of its own", key.key);
            }
        }
    }
}
