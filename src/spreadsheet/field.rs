//! What a column can hold, and the headings by which people call it.

use super::date::Order;
use super::length::Unit;

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
}

use Field::{
    Absent, Body, Cancelled, Checked, Course, Date, Email, Expires, FirstName, GroupAnalyst, Hours, Id, Joined, Joint,
    LastName, Length, Minutes, Mode, Name, Notes, Number, Present, Reason,
};

impl Target {
    /// What its columns can hold.
    pub fn fields(self) -> &'static [Field] {
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
        }
    }

    /// What it says, as a phrase.
    pub fn meaning(self, target: Target) -> &'static str {
        match self {
            Date => "the day",
            Length => "how long it lasted",
            Minutes => "how long it lasted, in minutes",
            Hours => "how long it lasted, in hours",
            Present if target == Target::Supervision => "whether the supervisee came",
            Present => "how many came",
            Cancelled => "whether it was cancelled",
            Reason => "why it was cancelled",
            Mode => "how it took place",
            Joint => "whether a pair was supervised together",
            Absent => "who was not there",
            Notes => "free text",
            Name => "the name",
            FirstName => "the first name",
            LastName => "the last name",
            Id => "the id",
            Email => "the address",
            Course => "the course",
            Joined => "the day of joining",
            GroupAnalyst => "whether a group analyst",
            Body => "registered with",
            Number => "the registration's number",
            Checked => "the day of the registration's check",
            Expires => "the last day of the registration",
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

    #[allow(clippy::too_many_lines, reason = "it is a table")]
    fn headings(self) -> &'static [&'static str] {
        match self {
            Date => &[
                "date",
                "day",
                "when",
                "session date",
                "date of session",
                "date of the session",
                "meeting date",
                "date of meeting",
                "date of the meeting",
                "supervision date",
                "date of supervision",
                "group date",
                "date of group",
                "date held",
                "session day",
            ],
            Length => &[
                "length",
                "duration",
                "session length",
                "length of session",
                "session duration",
                "duration of session",
                "meeting length",
                "length of meeting",
                "how long",
                "length of time",
            ],
            Minutes => {
                &["minutes", "mins", "min", "number of minutes", "no of minutes", "no of mins", "session minutes"]
            }
            Hours => &["hours", "hrs", "hour", "number of hours", "no of hours", "no of hrs", "supervision hours"],
            Present => &[
                "present",
                "number present",
                "no present",
                "attendance",
                "attendees",
                "number of attendees",
                "attended",
                "number attending",
                "no attending",
                "number attended",
                "no attended",
                "number in attendance",
                "head count",
                "headcount",
                "members present",
                "people present",
                "number of people",
                "number of people present",
                "who came",
                "how many came",
                "how many",
            ],
            Cancelled => &[
                "cancelled",
                "canceled",
                "cancellation",
                "cancelled or held",
                "held or cancelled",
                "held cancelled",
                "session cancelled",
                "was it cancelled",
            ],
            Reason => &[
                "reason",
                "reason cancelled",
                "reason for cancellation",
                "cancellation reason",
                "why",
                "why cancelled",
                "reason if cancelled",
                "if cancelled why",
                "reasons",
                "reason for cancelling",
            ],
            Mode => &["mode", "how", "type of contact", "method", "medium", "mode of supervision", "mode of meeting"],
            Joint => &["joint", "joint supervision", "joint meeting", "supervised together"],
            Absent => &[
                "absent",
                "absent conductor",
                "absent conductors",
                "conductor absent",
                "conductors absent",
                "apologies",
            ],
            Notes => &["notes", "note", "comments", "comment", "remarks", "remark"],
            Name => &[
                "name",
                "full name",
                "student",
                "student name",
                "name of student",
                "supervisor",
                "supervisor name",
                "name of supervisor",
                "students",
                "supervisors",
            ],
            FirstName => &["first name", "forename", "given name", "first names", "forenames", "christian name"],
            LastName => &["last name", "surname", "family name"],
            Id => &["id", "student id", "supervisor id", "record id"],
            Email => &["email", "e mail", "email address", "e mail address", "mail", "contact email"],
            Course => &["course", "cohort", "course id", "programme", "course name"],
            Joined => &["joined", "date joined", "joining date", "date of joining", "enrolled", "joined on"],
            GroupAnalyst => &["group analyst", "is a group analyst", "analyst"],
            Body => {
                &["registered with", "registration body", "registering body", "professional body", "body", "register"]
            }
            Number => &["registration number", "registration no", "reg no", "membership number", "membership no"],
            Checked => &["registration checked", "checked", "checked on", "date checked", "registration checked on"],
            Expires => &["expires", "expiry", "expiry date", "registration expires", "valid until", "expires on"],
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
        let found = target.fields().iter().copied().find(|field| field.headings().contains(&words.as_str()));
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
    const WORDS: [&str; 7] = ["held", "took", "happened", "ahead", "ran", "met", "status"];
    plain(&heading.to_lowercase()).split(' ').any(|word| WORDS.contains(&word))
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
        let (mut words, mut unit, mut order) = (String::new(), None, None);
        for (position, part) in lower.split(['(', '[']).enumerate() {
            let (aside, rest) = if position == 0 { ("", part) } else { part.split_once([')', ']'])? };
            match plain(aside).as_str() {
                "" | "optional" | "required" | "y n" | "yes no" | "number" | "if any" | "if cancelled" | "if so"
                | "h mm" | "hh mm" | "a number" | "head count" | "yyyy mm dd" => {}
                "dd mm yyyy" | "dd mm yy" | "d m y" | "d m yyyy" | "d m yy" | "day month year" => {
                    order = Some(Order::DayFirst);
                }
                "mm dd yyyy" | "mm dd yy" | "m d y" | "m d yyyy" | "m d yy" | "month day year" => {
                    order = Some(Order::MonthFirst);
                }
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
            if Length.headings().contains(&before) {
                unit = Some(said);
                before.clone_into(&mut words);
            }
        }
        Some(Self { words, unit, order })
    }
}

fn unit_of(word: &str) -> Option<Field> {
    match word.strip_prefix("in ").unwrap_or(word) {
        "m" | "min" | "mins" | "minutes" => Some(Minutes),
        "h" | "hr" | "hrs" | "hours" => Some(Hours),
        _ => None,
    }
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
                for heading in field.headings() {
                    assert_eq!(seen.insert(heading, field), None, "{heading}");
                    assert_eq!(plain(heading), **heading);
                }
                assert!(field.headings().contains(&field.word().replace('-', " ").as_str()), "{field:?}");
            }
        }
    }
}
