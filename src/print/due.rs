//! What is owed, from whom, and how to reach them: what is overdue, and what is still to come.

use std::collections::BTreeMap;

use super::sheet::{Cell, Column, Sheet, Tone, counted};
use super::words::person;
use crate::calendar::Day;
use crate::judgement::{Item, Obligation, ObligationKind, Person, Role, Roll};
use crate::requirements::requirement;
use crate::text::Text;

pub(super) const DUE: Column = Column::fixed("Due", "due");
pub(super) const WHAT: Column = Column::flexible("What", "what", 14);
pub(super) const STUDENT: Column = Column::flexible("Student", "student", 10);
pub(super) const FROM: Column = Column::flexible("From whom", "from", 12);
const CONTACT: Column = Column::below("Contact", "contact");
const CLAUSE: Column = Column::below("Clause", "clause");
const CODE: Column = Column::fixed("Code", "code");
pub(super) const WHEN: Column = Column::fixed("When", "when");
pub(super) const WHY: Column = Column::below_alone("Why", "why");

/// The overdue items of a check, the most overdue first, with their number by kind below.
pub fn overdue(roll: &Roll<'_>) -> Sheet {
    let columns = [DUE, Column::right("Days", "days"), WHAT, STUDENT, FROM, CONTACT, CLAUSE];
    let mut sheet = Sheet::part(format!("Overdue as of {}", roll.as_of), Vec::new()).with_columns(columns);
    let items = roll.overdue();
    for item in &items {
        sheet.row(columns.map(|column| cell(column, item, roll.as_of)));
    }
    let kinds: Vec<_> = items.iter().map(|item| item.obligation.kind).collect();
    sheet.notes.push(match kinds.len() {
        0 => "Nothing is overdue.".to_owned(),
        count => format!("{} overdue: {}.", counted(count, "item is", "items are"), by_kind(kinds)),
    });
    sheet
}

/// How the items of a schedule are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueBy {
    /// One table, in order of date.
    Date,
    /// A table for each person from whom something is due.
    Person,
    /// A table for each student.
    Student,
}

/// The items of a schedule, in order of date, in one table or in several.
pub fn due(items: &[Item<'_>], by: DueBy, as_of: Day) -> Vec<Sheet> {
    let columns = match by {
        DueBy::Date => vec![DUE, WHEN, CODE, WHAT, STUDENT, FROM, WHY, CONTACT],
        DueBy::Person => vec![DUE, WHEN, CODE, WHAT, STUDENT, WHY],
        DueBy::Student => vec![DUE, WHEN, CODE, WHAT, FROM, WHY, CONTACT],
    };
    let part = || Sheet::part(format!("Due, as of {as_of}"), Vec::new());
    let mut tables: BTreeMap<Heading<'_>, Sheet> = BTreeMap::new();
    for item in items {
        let heading = Heading::of(item, by);
        let begun = || match &heading {
            Heading::Everything => part(),
            heading => Sheet::new(heading.to_string()),
        };
        let tone = if item.obligation.due < as_of { Tone::Bad } else { Tone::Plain };
        let table = tables.entry(heading.clone()).or_insert_with(|| begun().with_columns(columns.iter().copied()));
        table.toned_row(tone, columns.iter().map(|column| cell(*column, item, as_of)));
    }
    let lead = (by != DueBy::Date || items.is_empty()).then(part);
    let mut totalled = Sheet::new("");
    totalled.notes.push(totals(items, as_of));
    lead.into_iter().chain(tables.into_values()).chain([totalled]).collect()
}

/// What the items of one table have in common. What is nobody's comes last.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Heading<'a> {
    Everything,
    Student { name: &'a Text, id: &'a Text },
    Course(&'a Text),
    Person { name: &'a Text, office: &'static str, email: Option<&'a Text>, id: Option<&'a Text> },
    Nobody,
}

impl<'a> Heading<'a> {
    fn of(item: &Item<'a>, by: DueBy) -> Self {
        match (by, item.student, item.obligation.from) {
            (DueBy::Date, ..) => Self::Everything,
            (DueBy::Student, Some(student), _) => {
                Self::Student { name: student.name.unwrap_or(student.id), id: student.id }
            }
            (DueBy::Student, None, _) => item.course.map_or(Self::Nobody, Self::Course),
            (DueBy::Person, _, Some(Person { role, id, name, email })) => {
                Self::Person { name, office: role.title(), email, id }
            }
            (DueBy::Person, _, None) => Self::Nobody,
        }
    }
}

impl std::fmt::Display for Heading<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Everything => Ok(()),
            Self::Student { name, id } => write!(f, "{name} ({id})"),
            Self::Course(id) => write!(f, "All of {id}"),
            Self::Person { name, office, email: Some(email), .. } => write!(f, "{name}, {office}, {email}"),
            Self::Person { name, office, email: None, .. } => write!(f, "{name}, {office}, no address recorded"),
            Self::Nobody => f.write_str("From nobody yet"),
        }
    }
}

/// The cell of an item in a column, by the column's key.
pub(super) fn cell(column: Column, item: &Item<'_>, as_of: Day) -> Cell {
    let obligation = &item.obligation;
    match column.key {
        "due" => Cell::Day(obligation.due),
        "days" => Cell::Number(obligation.due.days_to(as_of)),
        "when" => Cell::Text(obligation.due.lateness(as_of)),
        "what" => Cell::Text(what(obligation)),
        "why" if obligation.why.is_empty() => Cell::Empty,
        "why" => Cell::text(&obligation.why),
        "student" => Cell::maybe(item.student_shown().map(Text::to_string).or_else(|| {
            let course = item.course?;
            Some(format!("all of {course}"))
        })),
        "code" => Cell::maybe(obligation.kind.code()),
        "from" => Cell::Text(match &obligation.from {
            // Whose name stands beside it.
            Some(from) if from.role == Role::Student => "the student".to_owned(),
            Some(from) => person(from),
            None => "nobody yet".to_owned(),
        }),
        "contact" => Cell::maybe(obligation.from.and_then(|from| from.email)),
        _ => Cell::maybe(obligation.kind.code().map(|code| format!("{code}, {}", requirement(code).heading))),
    }
}

/// The items for a spreadsheet, as a check gives those that are overdue. `shown` gives an id as it is shown, with the
/// folder's name where there are several folders.
pub fn overdue_data(items: &[Item<'_>], as_of: Day, shown: &dyn Fn(&Text) -> String) -> Sheet {
    data(items, as_of, shown, &[])
}

/// The items for a spreadsheet, with all that is known of each.
pub fn due_data(items: &[Item<'_>], as_of: Day, shown: &dyn Fn(&Text) -> String) -> Sheet {
    data(items, as_of, shown, &["overdue", "why", "key"])
}

fn data(items: &[Item<'_>], as_of: Day, shown: &dyn Fn(&Text) -> String, more: &[&'static str]) -> Sheet {
    let columns = [
        "due",
        "days",
        "kind",
        "what",
        "student",
        "name",
        "course",
        "group",
        "from_role",
        "from_id",
        "from_name",
        "contact",
        "code",
        "heading",
    ];
    let columns = columns.iter().chain(more);
    let mut sheet = Sheet::new("Due").with_columns(columns.map(|key| Column::fixed(key, key)));
    for item in items {
        let obligation = &item.obligation;
        let (from, code) = (obligation.from, obligation.kind.code());
        let cells = [
            Cell::Day(obligation.due),
            Cell::Number(obligation.due.days_to(as_of)),
            Cell::text(obligation.kind.word()),
            Cell::text(obligation.kind.what()),
            Cell::maybe(item.student.map(|student| shown(student.id))),
            Cell::maybe(item.student.and_then(|student| student.name)),
            Cell::maybe(item.course),
            Cell::maybe(obligation.group),
            Cell::maybe(from.map(|from| from.role.word())),
            Cell::maybe(from.and_then(|from| from.id)),
            Cell::maybe(from.map(|from| from.name)),
            Cell::maybe(from.and_then(|from| from.email)),
            Cell::maybe(code),
            Cell::maybe(code.map(|code| requirement(code).heading)),
        ];
        let more = more.iter().map(|key| match *key {
            "overdue" => Cell::yes_or_no(obligation.due < as_of),
            "why" => Cell::text(&obligation.why),
            _ => Cell::Text(item.key()),
        });
        sheet.row(cells.into_iter().chain(more));
    }
    sheet
}

/// What is owed, with the group where one student can owe the same for several.
pub(super) fn what(obligation: &Obligation<'_>) -> String {
    let what = obligation.kind.what();
    match (obligation.kind, obligation.group) {
        (
            ObligationKind::SupervisorConfirmation
            | ObligationKind::Gwp3
            | ObligationKind::Registration
            | ObligationKind::ArrangementApproval,
            Some(group),
        ) => format!("{what} ({group})"),
        _ => what.to_owned(),
    }
}

/// What is owed, and why on that day.
pub(super) fn what_and_why(obligation: &Obligation<'_>) -> String {
    match obligation.why.as_str() {
        "" => what(obligation),
        why => format!("{}: {why}", what(obligation)),
    }
}

fn totals(items: &[Item<'_>], as_of: Day) -> String {
    let kinds = |late: bool| {
        let of_these = items.iter().filter(|item| (item.obligation.due < as_of) == late);
        of_these.map(|item| item.obligation.kind).collect::<Vec<_>>()
    };
    let said = |kinds: Vec<ObligationKind>, nothing: &str, state: &str| match kinds.len() {
        0 => nothing.to_owned(),
        count => format!("{} {state}: {}.", counted(count, "item is", "items are"), by_kind(kinds)),
    };
    let overdue = said(kinds(true), "Nothing is overdue.", "overdue");
    format!("{overdue} {}", said(kinds(false), "Nothing is still to come.", "still to come"))
}

fn by_kind(mut kinds: Vec<ObligationKind>) -> String {
    kinds.sort_unstable();
    let by_kind =
        kinds.chunk_by(PartialEq::eq).map(|of_one| counted(of_one.len(), of_one[0].what(), of_one[0].several()));
    by_kind.collect::<Vec<_>>().join(", ")
}
