//! What is owed, from whom, and how to reach them: what is overdue, and what is still to come.

use std::collections::BTreeMap;
use std::fmt::Display;

use serde::{Serialize, Serializer};

use super::as_data::lazily;
use super::sheet::{Cell, Column, Sheet, Tone, counted, for_people};
use super::words::{named, on_leave};
use super::{Id, Report};
use crate::calendar::Day;
use crate::case::StudentCase;
use crate::edition::Code;
use crate::folder::JudgedFolder;
use crate::folder::Meetings;
use crate::judgement::{
    Item, Judgement, Obligation, ObligationKind, Person, Role, Roster, StudentResult, Verdict, Who,
};
use crate::text::{Text, all_of, few};

/// What somebody owes, as of a day: its fields are those of JSON, and [`columns`] are those of the tables.
#[derive(Serialize)]
pub(super) struct DueRow<'a> {
    student: Option<Id<'a>>,
    course: Option<&'a Text>,
    kind: ObligationKind,
    code: Option<Code>,
    what: &'static str,
    why: Option<&'a str>,
    key: String,
    due: Option<Day>,
    days: Option<i64>,
    overdue: bool,
    from: Option<PersonJson<'a>>,
    group: Option<&'a Text>,
    #[serde(skip)]
    item: &'a Item<'a>,
    /// The students for whom the same thing is owed too, where that is told once.
    #[serde(skip)]
    others: Vec<&'a Item<'a>>,
    #[serde(skip)]
    as_of: Day,
    #[serde(skip)]
    folder: Option<&'a Text>,
}

/// A person as data.
#[derive(Clone, Copy, Serialize)]
pub(super) struct PersonJson<'a> {
    pub(super) role: Role,
    pub(super) id: Option<&'a Text>,
    pub(super) name: &'a Text,
    pub(super) email: Option<&'a Text>,
}

/// An overdue item as `gwp check` and `gwp diff` tell it: shorter than in the list of what is due.
#[derive(Serialize)]
pub(super) struct OverdueJson<'a> {
    student: Option<Id<'a>>,
    kind: ObligationKind,
    code: Option<Code>,
    due: Option<Day>,
    days: Option<i64>,
    from: Option<PersonJson<'a>>,
    group: Option<&'a Text>,
}

impl<'a> OverdueJson<'a> {
    pub(super) fn of(item: &'a Item<'a>, as_of: Day) -> Self {
        let DueRow { student, kind, code, due, days, from, group, .. } = DueRow::of(item, as_of, None);
        Self { student, kind, code, due, days, from, group }
    }
}

/// Who owes something, with the office; empty where nobody does.
pub fn owed_by(obligation: &Obligation<'_>) -> String {
    match Who::owes(obligation) {
        Who::Nobody if obligation.kind == ObligationKind::LccMeeting => String::new(),
        Who::Nobody => "nobody yet".to_owned(),
        owes => named(&owes).unwrap_or_default(),
    }
}

impl<'a> DueRow<'a> {
    /// An item as of a day. `folder` is the folder's name, where ids are shown with it.
    pub(super) fn of(item: &'a Item<'a>, as_of: Day, folder: Option<&'a Text>) -> Self {
        let obligation = &item.obligation;
        let person = |Person { role, id, name, email, .. }: Person<'a>| PersonJson { role, id, name, email };
        Self {
            student: item.student.map(|student| Id::new(folder, student.id)),
            course: item.course,
            kind: obligation.kind,
            code: obligation.code(),
            what: obligation.kind.what(),
            why: Some(obligation.why.as_str()).filter(|why| !why.is_empty()),
            key: item.key(),
            due: obligation.due,
            days: obligation.due.map(|due| due.days_to(as_of)),
            overdue: obligation.is_late(as_of),
            from: obligation.from.map(person),
            group: obligation.group,
            item,
            others: Vec::new(),
            as_of,
            folder,
        }
    }

    /// The students, or all of a course.
    fn whom(&self) -> Cell {
        let all = || self.course.map(|course| format!("all of {course}"));
        let shown = |item: &Item<'_>| {
            let leave = item.case.and_then(|case| case.leave_until(self.as_of));
            let leave = leave.map(|until| format!(" ({})", on_leave(until))).unwrap_or_default();
            item.student_shown().map(|name| format!("{name}{leave}"))
        };
        let names: Vec<_> = [self.item].iter().chain(&self.others).filter_map(|item| shown(item)).collect();
        Cell::maybe(if names.is_empty() { all() } else { Some(all_of(names)) })
    }

    fn what(&self) -> String {
        if self.others.is_empty() { what(&self.item.obligation, self.item.case) } else { self.what.to_owned() }
    }

    /// Whether it is the same thing that somebody owes, whoever the student: a registration is valid for all of them.
    fn is_one_with(&self, other: &Item<'_>) -> bool {
        let (mine, other) = (&self.item.obligation, &other.obligation);
        let id = |one: &Obligation<'a>| one.from.and_then(|from| from.id);
        mine.kind == ObligationKind::Registration
            && (mine.kind, mine.due, &mine.why) == (other.kind, other.due, &other.why)
            && id(mine).is_some_and(|id| other.from.and_then(|from| from.id) == Some(id))
    }

    fn owed_by(&self) -> String {
        match &self.item.obligation.from {
            // Whose name stands beside it.
            Some(from) if from.role == Role::Student => "the student".to_owned(),
            _ => owed_by(&self.item.obligation),
        }
    }

    /// The row in a table over several folders, of which its own has this name.
    pub(super) fn within(self, folder: &'a Text) -> Self {
        Self { folder: Some(folder), ..self }
    }

    /// The name of the folder, where there are several.
    pub(super) fn folder_name(&self) -> Option<&'a Text> {
        self.folder
    }

    pub(super) fn folder(&self) -> Cell {
        self.folder.into()
    }

    pub(super) fn tone(&self) -> Tone {
        if self.overdue { Tone::Bad } else { Tone::Plain }
    }
}

/// Every column, in the order of a spreadsheet.
fn columns<'a>() -> Vec<Column<DueRow<'a>>> {
    vec![
        Column::fixed("Due", "due", |row| row.due.into()),
        Column::right("Days", "days", |row| row.days.into()),
        for_people(Column::fixed("When", "when", |row| Cell::maybe(row.due.map(|due| due.lateness(row.as_of))))),
        Column::data("kind", |row| row.kind.word().into()),
        for_people(Column::fixed("Code", "code", |row| Cell::maybe(row.code))),
        for_people(Column::flexible("What", "what", 14, |row| row.what().into())),
        Column::data("what", |row| row.what.into()),
        for_people(Column::flexible("Student", "student", 10, DueRow::whom)),
        Column::data("student", |row| Cell::maybe(row.student)),
        Column::data("name", |row| row.item.student.and_then(|student| student.name).into()),
        Column::data("course", |row| row.course.into()),
        Column::data("group", |row| row.group.into()),
        for_people(Column::flexible("From whom", "from", 12, |row| row.owed_by().into())),
        for_people(Column::flexible("As", "as", 10, |row| row.from.map(|from| from.role.title()).into())),
        Column::data("from_role", |row| row.from.map(|from| from.role.word()).into()),
        Column::data("from_id", |row| row.from.and_then(|from| from.id).into()),
        Column::data("from_name", |row| row.from.map(|from| from.name).into()),
        for_people(Column::below_alone("Why", "why", |row| row.why.into())),
        Column::below("Contact", "contact", |row| row.from.and_then(|from| from.email).into()),
        Column::data("code", |row| Cell::maybe(row.code)),
        for_people(Column::below("Clause", "clause", |row| {
            Cell::maybe(row.code.zip(row.item.heading()).map(|(code, heading)| format!("{code}, {heading}")))
        })),
        Column::data("heading", |row| row.item.heading().into()),
        Column::data("overdue", |row| row.overdue.into()),
        Column::data("why", |row| row.why.into()),
        Column::data("key", |row| {
            row.folder.map_or_else(|| row.key.clone(), |name| format!("{name}/{}", row.key)).into()
        }),
    ]
}

/// Every column, in the order of a spreadsheet, after that of the folder.
pub(super) fn columns_with_folder<'a>() -> Vec<Column<DueRow<'a>>> {
    let folder = Column::flexible("Folder", "folder", 8, DueRow::folder);
    std::iter::once(folder).chain(columns()).collect()
}

/// The columns of a table for people, by how it is put together.
pub(super) fn columns_by<'a>(by: DueBy) -> Vec<Column<DueRow<'a>>> {
    columns_without(match by {
        DueBy::Date => &["days", "as", "clause"],
        DueBy::Person => &["days", "from", "contact", "clause"],
        DueBy::Student => &["days", "student", "as", "clause"],
    })
}

/// The columns of a table for people that goes without some.
pub(super) fn columns_without<'a>(left_out: &[&str]) -> Vec<Column<DueRow<'a>>> {
    let mut columns = columns();
    columns.retain(|column| !left_out.contains(&column.key()));
    columns
}

/// How many items of each kind are overdue, as a sentence.
pub(super) fn overdue_total(kinds: Vec<ObligationKind>) -> String {
    match kinds.len() {
        0 => "Nothing is overdue.".to_owned(),
        count => format!("{} overdue: {}.", counted(count, "item is", "items are"), by_kind(kinds)),
    }
}

/// The columns of the overdue table of a check.
pub(super) fn overdue_columns<'a>() -> Vec<Column<DueRow<'a>>> {
    columns_without(&["when", "code", "as", "why"])
}

/// The overdue items of a check, the most overdue first, with their number by kind below.
pub fn overdue(roster: &Roster<'_>) -> Sheet {
    let items = roster.overdue();
    let rows = items.iter().map(|item| DueRow::of(item, roster.as_of, None));
    let title = format!("Overdue as of {}", roster.as_of);
    let mut sheet = Sheet::part(title, Vec::new()).with_rows(&overdue_columns(), rows);
    sheet.notes.push(overdue_total(items.iter().map(|item| item.obligation.kind).collect()));
    sheet
}

/// What falls due for a student from the day of judgement to the meeting of the course.
pub fn due_by_meeting<'a>(meetings: &Meetings, result: &StudentResult<'a>, judgement: &Judgement<'a>) -> Vec<Item<'a>> {
    let as_of = judgement.facts.as_of;
    let Some(meeting) = result.course.and_then(|course| meetings.of_course(course)) else { return Vec::new() };
    let is_by_then = |one: &&Obligation<'a>| one.owed && one.due.is_some_and(|due| as_of <= due && due <= meeting);
    judgement.obligations().iter().filter(is_by_then).map(|one| Item::of(result, one.clone())).collect()
}

/// Items of several students, in the order of due date, student, kind, group and file.
pub fn in_order(mut items: Vec<Item<'_>>) -> Vec<Item<'_>> {
    // Each student's come in order already, and the students in order of id.
    items.sort_by_key(|item| item.obligation.place_in_time());
    items
}

/// What was planned and waits for somebody to say what was held, with the command that says so.
pub(crate) fn to_confirm(items: &[Item<'_>], judged: &JudgedFolder<'_>) -> Sheet {
    type Row<'a> = (DueRow<'a>, Option<String>);
    let columns = [
        Column::flexible("Student", "student", 12, |(row, _): &Row<'_>| row.whom()),
        Column::fixed("Since", "due", |(row, _)| row.due.into()),
        Column::flexible("What", "what", 20, |(row, _)| row.why.into()),
        Column::below_alone("Once it is known", "command", |(_, command)| Cell::maybe(command.as_ref())),
    ];
    let command = |log: &Text| judged.command_line.about(["log", log.raw(), "--held"]);
    let row = |item| (DueRow::of(item, judged.as_of, None), item.obligation.which.log().map(command));
    let rows = items.iter().map(row);
    let mut sheet = Sheet::part("To confirm", Vec::new()).with_rows(&columns, rows);
    if items.is_empty() {
        sheet.notes.push("Nothing that was planned waits to be confirmed.".to_owned());
    }
    sheet
}

/// What falls due by the meetings, the earliest first. It is still to come, and not late.
pub(super) fn due_by(items: &[Item<'_>], meetings: &Meetings, as_of: Day) -> Sheet {
    let rows = items.iter().map(|item| DueRow::of(item, as_of, None));
    let columns = columns_without(&["days", "code", "as", "why"]);
    let mut sheet = Sheet::new(format!("Still to come by {}", meetings.in_words()));
    sheet = sheet.with_rows(&columns, rows);
    if items.is_empty() {
        sheet.notes.push("Nothing falls due by then.".to_owned());
    }
    sheet
}

/// The items of a folder for a spreadsheet. `folder` is the folder's name, where ids are shown with it.
pub fn due_data(items: &[Item<'_>], as_of: Day, folder: Option<&Text>) -> Sheet {
    Sheet::data(&columns(), items.iter().map(|item| DueRow::of(item, as_of, folder)))
}

/// How the items of a schedule are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum DueBy {
    /// In order of date
    Date,
    /// For each person from whom something is due
    Person,
    /// For each student
    Student,
}

/// What a folder owes, in order of date.
pub struct DueReport<'r> {
    /// The items that are asked for and owed.
    pub items: Vec<Item<'r>>,
    /// How they are put together.
    pub by: DueBy,
    /// The day of judgement.
    pub as_of: Day,
    /// Whether only what is overdue was asked for: nothing is said of what is to come.
    pub only_overdue: bool,
    /// Whether it is for readers who have no use for commands.
    pub is_on_paper: bool,
    /// The folder's name, where ids are shown with it.
    pub folder: Option<&'r Text>,
    /// Why nothing is due, where that is so.
    pub nothing: Option<String>,
}

impl Serialize for DueReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<I> {
            items: I,
        }
        let items = lazily(|| self.items.iter().map(|item| DueRow::of(item, self.as_of, None)));
        Fields { items }.serialize(serializer)
    }
}

impl Report for DueReport<'_> {
    /// The items in one table or in several.
    fn sheets(&self) -> Vec<Sheet> {
        let columns = columns_by(self.by);
        let part = || Sheet::part(format!("Due, as of {}", self.as_of), Vec::new());
        let mut tables: BTreeMap<Heading<'_>, Vec<DueRow<'_>>> = BTreeMap::new();
        let mut told = Vec::new();
        for item in &self.items {
            let table = tables.entry(Heading::of(item, self.by, None)).or_default();
            if let Some(known) = table.iter_mut().find(|row| self.is_on_paper && row.is_one_with(item)) {
                known.others.push(item);
                continue;
            }
            told.push((item.obligation.kind, item.obligation.is_late(self.as_of)));
            table.push(DueRow::of(item, self.as_of, self.folder));
        }
        let mut sheets = Vec::new();
        if self.by != DueBy::Date || self.items.is_empty() {
            sheets.push(part());
        }
        for (heading, rows) in tables {
            let begun = if heading == Heading::Everything { part() } else { Sheet::new(heading.to_string()) };
            sheets.push(begun.with_toned_rows(&columns, rows, DueRow::tone));
        }
        let mut totalled = Sheet::new("");
        totalled.notes.extend(self.nothing.clone());
        totalled.notes.push(totals(told.into_iter(), self.only_overdue));
        totalled.notes.push(without_a_day(self.is_on_paper));
        sheets.push(totalled);
        sheets
    }

    fn data(&self) -> Sheet {
        due_data(&self.items, self.as_of, self.folder)
    }
}

/// What the items of one table have in common. What is nobody's comes last.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Heading<'a> {
    Everything,
    Student {
        name: &'a Text,
        id: Id<'a>,
    },
    Course(Id<'a>),
    /// Somebody, in whatever office. Of two with one name, the address or else the record tells them apart.
    Person {
        name: &'a Text,
        address: Option<String>,
        id: Option<Id<'a>>,
    },
    /// A committee, by what it is called.
    Committee(&'static str),
    Nobody,
}

impl<'a> Heading<'a> {
    /// The heading of an item. `folder` is the folder's name in a table over several: ids are those of one folder.
    pub(super) fn of(item: &Item<'a>, by: DueBy, folder: Option<&'a Text>) -> Self {
        let of_folder = |id: &'a Text| Id::new(folder, id);
        match (by, item.student, item.obligation.from) {
            (DueBy::Date, ..) => Self::Everything,
            (DueBy::Student, Some(student), _) => {
                Self::Student { name: student.name.unwrap_or(student.id), id: of_folder(student.id) }
            }
            (DueBy::Student, None, _) => item.course.map_or(Self::Nobody, |course| Self::Course(of_folder(course))),
            (DueBy::Person, _, Some(Person { id, name, email, .. })) => {
                let address = email.map(|email| email.to_string().to_lowercase());
                // Without an address, people of two folders are two.
                let id = id.or(folder.map(|_| name)).filter(|_| address.is_none()).map(of_folder);
                Self::Person { name, id, address }
            }
            (DueBy::Person, _, None) => {
                item.obligation.kind.decides().map_or(Self::Nobody, |body| Self::Committee(body.title()))
            }
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
            Self::Person { name, address: None, id } => {
                let folder = id.and_then(|id| id.folder()).map(|folder| format!(" ({folder})")).unwrap_or_default();
                write!(f, "{name}{folder}, no address recorded")
            }
            Self::Committee(title) => write!(f, "From the {title}"),
            Self::Nobody => f.write_str("From nobody yet"),
        }
    }
}

/// What is owed, with what the group is called where one student can owe the same for several.
pub(crate) fn what(obligation: &Obligation<'_>, case: Option<&StudentCase<'_>>) -> String {
    let kind = obligation.kind;
    let Some(id) = obligation.group.filter(|_| kind.is_of_a_group()) else { return kind.what().to_owned() };
    let group = case.and_then(|case| case.groups.iter().find(|group| group.id == id));
    match group {
        Some(group) => format!("{} (\"{}\")", kind.what(), group.log.title),
        None => format!("{} ({id})", kind.what()),
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
    Some(format!("Nothing is asked any more about {}.", few(students.iter().map(name), NAMED, ", ")))
}

/// What a list of this kind does not hold, and what shows it.
pub(super) fn without_a_day(is_on_paper: bool) -> String {
    let told = if is_on_paper { ". Please ask about it." } else { ": \"gwp check\" and \"gwp show\" show it." };
    format!(
        "What is missing without a day by which it is due, such as clinical responsibility, is not in this list{told}"
    )
}

/// How many items there are of each kind, with whether they are late.
pub(super) fn totals(items: impl Iterator<Item = (ObligationKind, bool)>, only_overdue: bool) -> String {
    let all: Vec<_> = items.collect();
    let kinds =
        |late: bool| all.iter().filter(|(_, is_late)| *is_late == late).map(|(kind, _)| *kind).collect::<Vec<_>>();
    let said = |kinds: Vec<ObligationKind>, nothing: &str, state: &str| match kinds.len() {
        0 => nothing.to_owned(),
        count => format!("{} {state}: {}.", counted(count, "item is", "items are"), by_kind(kinds)),
    };
    let overdue = said(kinds(true), "Nothing is overdue.", "overdue");
    let to_come = said(kinds(false), "Nothing is still to come.", "still to come");
    if only_overdue { overdue } else { format!("{overdue} {to_come}") }
}

fn by_kind(mut kinds: Vec<ObligationKind>) -> String {
    kinds.sort_unstable();
    let by_kind =
        kinds.chunk_by(PartialEq::eq).map(|of_one| counted(of_one.len(), of_one[0].what(), of_one[0].several()));
    by_kind.collect::<Vec<_>>().join(", ")
}
