//! What is owed, from whom, and how to reach them: what is overdue, and what is still to come.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::sheet::{Cell, Column, Sheet, Tone, counted};
use super::words::person;
use crate::calendar::Day;
use crate::judgement::{Item, Obligation, ObligationKind, Person, Role, Roster, StudentResult, Verdict};
use crate::requirements::requirement;
use crate::text::Text;

pub(super) const DUE: Column = Column::fixed("Due", "due");
pub(super) const WHAT: Column = Column::flexible("What", "what", 14);
pub(super) const STUDENT: Column = Column::flexible("Student", "student", 10);
pub(super) const FROM: Column = Column::flexible("From whom", "from", 12);
const AS: Column = Column::flexible("As", "as", 10);
const CONTACT: Column = Column::below("Contact", "contact");
const CLAUSE: Column = Column::below("Clause", "clause");
const CODE: Column = Column::fixed("Code", "code");
pub(super) const WHEN: Column = Column::fixed("When", "when");
pub(super) const WHY: Column = Column::below_alone("Why", "why");

/// The overdue items of a check, the most overdue first, with their number by kind below.
pub fn overdue(roster: &Roster<'_>) -> Sheet {
    let columns = [DUE, Column::right("Days", "days"), WHAT, STUDENT, FROM, CONTACT, CLAUSE];
    let mut sheet = Sheet::part(format!("Overdue as of {}", roster.as_of), Vec::new()).with_columns(columns);
    let items = roster.overdue();
    for item in &items {
        sheet.row(columns.map(|column| cell(column, item, roster.as_of)));
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

/// The items of a schedule, in order of date, in one table or in several. Where they are `only_overdue`, nothing is
/// said of what is to come.
pub fn due(items: &[Item<'_>], by: DueBy, as_of: Day, only_overdue: bool) -> Vec<Sheet> {
    let columns = match by {
        DueBy::Date => vec![DUE, WHEN, CODE, WHAT, STUDENT, FROM, WHY, CONTACT],
        DueBy::Person => vec![DUE, WHEN, CODE, WHAT, STUDENT, AS, WHY],
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
    totalled.notes = totals(items, as_of, only_overdue);
    lead.into_iter().chain(tables.into_values()).chain([totalled]).collect()
}

/// What the items of one table have in common. What is nobody's comes last.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Heading<'a> {
    Everything,
    Student {
        name: &'a Text,
        id: &'a Text,
    },
    Course(&'a Text),
    /// Somebody, in whatever office. Of two with one name, the address or else the record tells them apart.
    Person {
        name: &'a Text,
        address: Option<String>,
        id: Option<&'a Text>,
    },
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
            (DueBy::Person, _, Some(Person { id, name, email, .. })) => {
                let address = email.map(|email| email.to_string().to_lowercase());
                Self::Person { name, id: id.filter(|_| address.is_none()), address }
            }
            (DueBy::Person, _, None) => Self::Nobody,
        }
    }
}

impl Display for Heading<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Everything => Ok(()),
            Self::Student { name, id } => write!(f, "{name} ({id})"),
            Self::Course(id) => write!(f, "All of {id}"),
            Self::Person { name, address: Some(address), .. } => write!(f, "{name}, {address}"),
            Self::Person { name, address: None, .. } => write!(f, "{name}, no address recorded"),
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
        "as" => Cell::maybe(obligation.from.map(|from| from.role.title())),
        "contact" => Cell::maybe(obligation.from.and_then(|from| from.email)),
        _ => Cell::maybe(obligation.kind.code().map(|code| format!("{code}, {}", requirement(code).heading))),
    }
}

/// The items for a spreadsheet, as a check gives those that are overdue. `folder` is the folder's name, where ids are
/// shown with it.
pub fn overdue_data(items: &[Item<'_>], as_of: Day, folder: Option<&Text>) -> Sheet {
    data(items, as_of, folder, &[])
}

/// The items for a spreadsheet, with all that is known of each.
pub fn due_data(items: &[Item<'_>], as_of: Day, folder: Option<&Text>) -> Sheet {
    data(items, as_of, folder, &["overdue", "why", "key"])
}

fn data(items: &[Item<'_>], as_of: Day, folder: Option<&Text>, more: &[&'static str]) -> Sheet {
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
    let shown = |id: &dyn Display| folder.map_or_else(|| id.to_string(), |folder| format!("{folder}/{id}"));
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
            _ => Cell::Text(shown(&item.key())),
        });
        sheet.row(cells.into_iter().chain(more));
    }
    sheet
}

/// What is owed, with the group where one student can owe the same for several.
pub(crate) fn what(obligation: &Obligation<'_>) -> String {
    let kind = obligation.kind;
    match obligation.group.filter(|_| kind.is_of_a_group()) {
        Some(group) => format!("{} ({group})", kind.what()),
        None => kind.what().to_owned(),
    }
}

/// What is owed, and why on that day.
pub(super) fn what_and_why(obligation: &Obligation<'_>) -> String {
    match obligation.why.as_str() {
        "" => what(obligation),
        why => format!("{}: {why}", what(obligation)),
    }
}

/// The most students that a sentence names.
const NAMED: usize = 10;

/// Why nothing is due: whose cases do not go on. None where one does, or is not known.
pub fn nothing_due(roster: &Roster<'_>) -> Option<String> {
    let students = &roster.students;
    if students.iter().any(|result| result.verdict.goes_on() || result.verdict == Verdict::Unknown) {
        return None;
    }
    if students.is_empty() {
        return Some("No student is looked at here.".to_owned());
    }
    let name = |result: &StudentResult<'_>| format!("{} ({})", result.name.unwrap_or(result.id), result.verdict.word());
    let mut names: Vec<_> = students.iter().take(NAMED).map(name).collect();
    if students.len() > NAMED {
        names.push(format!("and {} more", students.len() - NAMED));
    }
    Some(format!("Nothing is asked any more about {}.", names.join(", ")))
}

/// What a list of this kind does not hold.
const WITHOUT_A_DAY: &str = "What is missing without a day by which it is due, such as clinical responsibility, is not \
    in this list: \"gwp check\" and \"gwp show\" tell it.";

fn totals(items: &[Item<'_>], as_of: Day, only_overdue: bool) -> Vec<String> {
    let kinds = |late: bool| {
        let of_these = items.iter().filter(|item| (item.obligation.due < as_of) == late);
        of_these.map(|item| item.obligation.kind).collect::<Vec<_>>()
    };
    let said = |kinds: Vec<ObligationKind>, nothing: &str, state: &str| match kinds.len() {
        0 => nothing.to_owned(),
        count => format!("{} {state}: {}.", counted(count, "item is", "items are"), by_kind(kinds)),
    };
    let overdue = said(kinds(true), "Nothing is overdue.", "overdue");
    let to_come = said(kinds(false), "Nothing is still to come.", "still to come");
    let totals = if only_overdue { overdue } else { format!("{overdue} {to_come}") };
    vec![totals, WITHOUT_A_DAY.to_owned()]
}

fn by_kind(mut kinds: Vec<ObligationKind>) -> String {
    kinds.sort_unstable();
    let by_kind =
        kinds.chunk_by(PartialEq::eq).map(|of_one| counted(of_one.len(), of_one[0].what(), of_one[0].several()));
    by_kind.collect::<Vec<_>>().join(", ")
}
