//! Records that are not there yet.

use super::new_value::NewTable;
use crate::calendar::Day;
use crate::records::shape::Table;
use crate::records::{CommitteeMeeting, Course, GroupLog, LogKind, RecordKind, Student, SupervisionLog, Supervisor};

/// A record that is to be written for the first time, in TOML.
#[derive(Clone, Debug)]
pub enum Fresh {
    /// A course, with its terms.
    Course(Course),
    /// A student: what can be said before anything has been arranged.
    Student(Student),
    /// A supervisor.
    Supervisor(Supervisor),
    /// The log of a group in which no session has been held.
    Group(GroupLog),
    /// The log of a supervision in which there has been no meeting.
    Supervision(SupervisionLog),
    /// A committee's meeting.
    Meeting(CommitteeMeeting),
}

impl Fresh {
    /// What kind of record it is.
    pub fn kind(&self) -> RecordKind {
        match self {
            Self::Course(_) => RecordKind::Course,
            Self::Student(_) => RecordKind::Student,
            Self::Supervisor(_) => RecordKind::Supervisor,
            Self::Group(_) | Self::Supervision(_) => RecordKind::Session,
            Self::Meeting(_) => RecordKind::Meeting,
        }
    }

    /// The text of the record. With the path of a `schema` the first line names it, for editors.
    pub fn text(&self, schema: Option<&str>) -> String {
        let said = match self {
            Self::Course(course) => NewTable::of(course, Table::of_kind(RecordKind::Course)),
            Self::Student(student) => NewTable::of(student, Table::of_kind(RecordKind::Student)),
            Self::Supervisor(supervisor) => NewTable::of(supervisor, Table::of_kind(RecordKind::Supervisor)),
            Self::Group(log) => NewTable::of(log, Table::of_log(LogKind::Group)),
            Self::Supervision(log) => NewTable::of(log, Table::of_log(LogKind::Supervision)),
            Self::Meeting(meeting) => NewTable::of(meeting, Table::of_kind(RecordKind::Meeting)),
        };
        let schema = schema.map(|path| format!("#:schema {path}"));
        let lines: Vec<_> = schema.into_iter().chain(said.toml_lines()).collect();
        lines.join("\n") + "\n"
    }
}

/// The terms of the next academic year from a day on, ten weeks each, from a Saturday in late September, in January and
/// in April.
pub fn next_terms(from: Day) -> Vec<(&'static str, Day, Day)> {
    const WEEKS: i64 = 10;
    let year = if saturday(from.year(), 9, 22) >= from { from.year() } else { from.year() + 1 };
    let terms = [("Autumn", year, 9, 22), ("Spring", year + 1, 1, 8), ("Summer", year + 1, 4, 15)];
    let term = |(name, year, month, day)| {
        let starts = saturday(year, month, day);
        (name, starts, starts.plus_days(WEEKS * 7 - 1))
    };
    terms.map(term).into()
}

/// The day from which on the terms of a course are looked for: the beginning of the year that its id names, such as
/// `exeter-2025`, or else its name. Without a year that is the beginning of the academic year that is running, until its
/// summer term begins: after that, `today`.
pub fn terms_from(id: &str, name: &str, today: Day) -> Day {
    let year = |part: &str| part.parse::<i32>().ok().filter(|year| part.len() == 4 && (1990..=2100).contains(year));
    let mut words = id.split('-').chain(name.split(|letter: char| !letter.is_alphanumeric()));
    words.find_map(year).and_then(|year| Day::new(year, 1, 1)).or_else(|| running(today)).unwrap_or(today)
}

/// The first day of the academic year that is running on a day; none once its last term has begun.
fn running(today: Day) -> Option<Day> {
    let years = [today.year() - 1, today.year()].into_iter().filter_map(|year| Day::new(year, 1, 1));
    years.map(next_terms).find_map(|terms| match (terms.first(), terms.last()) {
        (Some((_, first, _)), Some((_, last, _))) if *first <= today && today < *last => Some(*first),
        _ => None,
    })
}

/// The first Saturday from a day on.
fn saturday(year: i32, month: u32, day: u32) -> Day {
    let day = Day::new(year, month, day).unwrap_or(Day::last());
    // The first day of the year 1 is a Monday, five days before a Saturday.
    day.plus_days((5 - Day::first().days_to(day)).rem_euclid(7))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Mode, SupervisionKind, SupervisionType, read};
    use crate::text::{Notation, Text};

    #[test]
    fn the_terms_of_the_next_year() {
        let of = |day: &str| {
            let terms = next_terms(Day::parse(day).unwrap());
            terms
                .iter()
                .map(|(name, starts, ends)| format!("{name} {} {}", starts.iso(), ends.iso()))
                .collect::<Vec<_>>()
        };
        let year = ["Autumn 2025-09-27 2025-12-05", "Spring 2026-01-10 2026-03-20", "Summer 2026-04-18 2026-06-26"];
        assert_eq!(of("2025-03-01"), year);
        assert_eq!(of("2025-09-27"), year);
        // Without a year the one that is running, until its last term begins.
        let from = |day: &str| terms_from("bath", "Bath", Day::parse(day).unwrap()).iso();
        for (today, wanted) in [
            ("2025-09-26", "2025-09-26"),
            ("2025-09-27", "2025-09-27"),
            ("2025-12-31", "2025-09-27"),
            ("2026-04-17", "2025-09-27"),
            ("2026-04-18", "2026-04-18"),
        ] {
            assert_eq!(from(today), wanted, "{today}");
        }
        assert_eq!(of("2025-09-28")[0], "Autumn 2026-09-26 2026-12-04");
        assert_eq!(of("9999-12-31").len(), 3);
        for year in 2020..2060 {
            for (_, starts, _) in next_terms(Day::new(year, 1, 1).unwrap()) {
                assert_eq!(Day::parse("2025-09-27").unwrap().days_to(starts).rem_euclid(7), 0, "{starts}");
            }
        }
    }

    #[test]
    fn the_year_in_an_id_or_a_name() {
        let today = Day::parse("2026-11-24").unwrap();
        for id in ["exeter-2025", "2025-exeter", "exeter-2025-2026", "2025", "exeter-99-2025-b"] {
            assert_eq!(terms_from(id, "Exeter 2024", today).iso(), "2025-01-01", "{id}");
        }
        for id in ["exeter", "exeter2025", "exeter-20255", "exeter-1989", "exeter-2101", "exeter-025", ""] {
            assert_eq!(terms_from(id, "Exeter", today).iso(), "2026-09-26", "{id}");
            assert_eq!(terms_from(id, "Exeter Course (2025/26)", today).iso(), "2025-01-01", "{id}");
        }
    }

    #[test]
    fn a_log_without_meetings() {
        let log = Fresh::Supervision(SupervisionLog {
            kind: SupervisionKind::Supervision,
            supervisor: Text::new("kit-lowe"),
            supervisees: Vec::new(),
            supervisee_periods: Vec::new(),
            supervision_type: SupervisionType::Clinical,
            format: None,
            mode: Mode::FaceToFace,
            breaks: Vec::new(),
            sessions: Vec::new(),
            attested: Vec::new(),
            notes: None,
        });
        let text = log.text(Some("../s.json"));
        assert_eq!(
            text,
            "#:schema ../s.json\nkind = \"supervision\"\nsupervisor = \"kit-lowe\"\nsupervisees = []\n\
             mode = \"face-to-face\"\nsessions = []\n"
        );
        assert_eq!(read::<crate::records::SessionLog>(Notation::Toml, &text).problems, []);
    }
}
