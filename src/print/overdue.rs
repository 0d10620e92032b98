//! What is overdue, from whom, and how to reach them.

use super::sheet::{Cell, Column, Sheet, Tone, counted};
use super::words::person;
use crate::calendar::Day;
use crate::judgement::{Obligation, ObligationKind, Roll, Standing};
use crate::requirements::requirement;
use crate::text::Text;

const COLUMNS: [Column; 7] = [
    Column::fixed("Due", "due"),
    Column::right("Days", "days"),
    Column::flexible("What", "what", 14),
    Column::flexible("Student", "student", 10),
    Column::flexible("From whom", "from", 12),
    Column::below("Contact", "contact"),
    Column::below("Clause", "clause"),
];

/// The overdue items, the most overdue first, with their number by kind below.
pub fn overdue(roll: &Roll<'_>) -> Sheet {
    let mut sheet = Sheet::part(format!("Overdue as of {}", roll.as_of), Vec::new()).with_columns(COLUMNS);
    let items = roll.overdue();
    for (standing, obligation) in &items {
        let clause = obligation.kind.code();
        sheet.toned_row(
            Tone::Plain,
            [
                Cell::Day(obligation.due),
                Cell::Number(obligation.due.days_to(roll.as_of)),
                Cell::Text(what(obligation)),
                Cell::text(standing.name.unwrap_or(standing.id)),
                Cell::text(obligation.from.as_ref().map_or_else(|| "nobody yet".to_owned(), person)),
                Cell::maybe(obligation.from.and_then(|from| from.email)),
                Cell::Text(format!("{clause}, {}", requirement(clause).heading)),
            ],
        );
    }
    sheet.notes.push(totals(&items.iter().map(|(_, obligation)| obligation.kind).collect::<Vec<_>>()));
    sheet
}

/// The overdue items for a spreadsheet. `shown` gives an id as it is shown, with the folder's name where there are
/// several folders.
pub fn overdue_data(roll: &Roll<'_>, shown: &dyn Fn(&Text) -> String) -> Sheet {
    data("Overdue", roll.overdue(), roll.as_of, shown)
}

pub(super) fn data<'r, 'a: 'r>(
    title: &str,
    items: impl IntoIterator<Item = (&'r Standing<'a>, &'r Obligation<'a>)>,
    as_of: Day,
    shown: &dyn Fn(&Text) -> String,
) -> Sheet {
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
    let mut sheet = Sheet::new(title).with_columns(columns.map(|key| Column::fixed(key, key)));
    for (standing, obligation) in items {
        let (from, code) = (obligation.from, obligation.kind.code());
        sheet.row([
            Cell::Day(obligation.due),
            Cell::Number(obligation.due.days_to(as_of)),
            Cell::text(obligation.kind.word()),
            Cell::text(obligation.kind.what()),
            Cell::Text(shown(standing.id)),
            Cell::maybe(standing.name),
            Cell::maybe(standing.course),
            Cell::maybe(obligation.group),
            Cell::maybe(from.map(|from| from.role.word())),
            Cell::maybe(from.and_then(|from| from.id)),
            Cell::maybe(from.map(|from| from.name)),
            Cell::maybe(from.and_then(|from| from.email)),
            Cell::text(code),
            Cell::text(requirement(code).heading),
        ]);
    }
    sheet
}

/// What is owed, with the group where one student can owe the same for several.
pub(super) fn what(obligation: &Obligation<'_>) -> String {
    let what = obligation.kind.what();
    match (obligation.kind, obligation.group) {
        (ObligationKind::SupervisorConfirmation | ObligationKind::Gwp3, Some(group)) => format!("{what} ({group})"),
        _ => what.to_owned(),
    }
}

fn totals(kinds: &[ObligationKind]) -> String {
    if kinds.is_empty() {
        return "Nothing is overdue.".to_owned();
    }
    let mut kinds = kinds.to_vec();
    kinds.sort_unstable();
    let by_kind: Vec<_> =
        kinds.chunk_by(PartialEq::eq).map(|of_one| format!("{} {}", of_one.len(), of_one[0].what())).collect();
    format!("{} overdue: {}.", counted(kinds.len(), "item is", "items are"), by_kind.join(", "))
}
