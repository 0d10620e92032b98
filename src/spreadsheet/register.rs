//! A register: weeks across the top, and below them a row for each group or for each member. It becomes a table with a row
//! for each week. Names are looked at to count, and are never kept.

use std::collections::BTreeMap;

use super::answers::{count, is_nothing, is_total};
use super::by_content::is_day;
use super::cancellation_text::{after_cancelled, no_session};
use super::field::Field;
use super::grid::{Address, Grid, Row, Value};
use super::held::RowAnswer;
use super::target::Target;
use super::vocabulary::VOCABULARY;
use crate::text::{Text, slug};

/// So many days across the top are no accident.
const ENOUGH: usize = 2;

/// How many rows can stand above the weeks.
const MOST_ABOVE: usize = 20;

/// What is known of the log that a register is read for.
#[derive(Clone, Copy, Debug)]
pub struct OfLog<'a> {
    /// Its id and its title.
    pub names: &'a [String],
    /// The ids of its conductors, with their names where they are known.
    pub conductors: &'a [(Text, Option<Text>)],
    /// The names of others who conduct it.
    pub others: &'a [Text],
}

/// The columns of the table that a register becomes.
const COLUMNS: [(&str, Field); 6] = [
    ("Date", Field::DATE),
    ("Length", Field::LENGTH),
    ("Present", Field::PRESENT),
    ("Cancelled", Field::CANCELLED),
    ("Absent", Field::ABSENT),
    ("Notes", Field::NOTES),
];

/// A register taken apart.
struct Register<'g> {
    grid: &'g Grid,
    heads: &'g Row,
    /// The columns with a day.
    weeks: Vec<usize>,
    lines: Vec<Line<'g>>,
    /// What an `x` stands for, where that is known.
    cross: Option<bool>,
}

/// A row below the weeks, and what it is about.
struct Line<'g> {
    row: &'g Row,
    about: About,
}

/// What a row of a register is about.
#[derive(Clone, Debug, PartialEq)]
enum About {
    /// This group.
    Group,
    /// Somebody or something: a member, unless rows are groups.
    Member,
    /// A conductor of the log, by id.
    Conductor(Text),
    /// Somebody else who conducts it, or nobody: nothing is counted in it.
    PassedOver,
    /// How many came.
    Total,
    /// Something that a column can hold.
    Holds(Field),
}

/// What a cell says of whether somebody came.
#[derive(Clone, Debug, PartialEq)]
enum Came {
    Yes,
    No,
    Blank,
    /// There was nothing that week; why.
    Nothing(String),
    Unclear(String),
}

/// Reads a register; none where a table is none. Inside, the table that it becomes, and how it was read.
pub fn of_register(grid: &Grid, target: Target, log: OfLog<'_>) -> Option<(Grid, Vec<String>)> {
    if target != Target::Group {
        return None;
    }
    let weeks = |row: &&Row| days_in(row).count() >= ENOUGH;
    let heads = grid.rows.iter().take(MOST_ABOVE).find(weeks)?;
    let first = days_in(heads).next()?;
    let below = grid.rows.iter().filter(|row| row.number > heads.number);
    let line = |row| Some(Line { about: About::of(&label(row, first)?, log), row });
    let lines: Vec<_> = below.filter_map(line).collect();
    let register = Register { weeks: days_in(heads).collect(), cross: None, grid, heads, lines };
    Some(register.with_crosses().table())
}

/// The columns of a row that hold a day; not the first, which is for names.
fn days_in(row: &Row) -> impl Iterator<Item = usize> {
    row.cells.iter().enumerate().skip(1).filter(|(_, cell)| is_day(&day_of_head(cell))).map(|(column, _)| column)
}

/// A heading without the number of its week: `Week 3 21/10`.
fn day_of_head(cell: &Value) -> Value {
    let Value::Text(text) = cell else { return cell.clone() };
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_number = |word: &str| {
        !word.is_empty() && word.trim_end_matches([':', '.', ',']).bytes().all(|byte| byte.is_ascii_digit())
    };
    let after_week = |word: &str| {
        let lower = word.to_lowercase();
        ["week", "wk", "session"].into_iter().find_map(|week| lower.strip_prefix(week).map(str::to_owned))
    };
    let rest = match words.as_slice() {
        [week, number, rest @ ..]
            if after_week(week).is_some_and(|after| after.is_empty()) && is_number(number) && !rest.is_empty() =>
        {
            rest
        }
        [week, rest @ ..] if after_week(week).is_some_and(|after| is_number(&after)) && !rest.is_empty() => rest,
        all => all,
    };
    Value::text(rest.join(" ").trim_start_matches(['-', '–', ':', '(']).trim_end_matches(')'))
}

/// What stands before the first week in a row.
fn label(row: &Row, first: usize) -> Option<String> {
    let texts = row.cells.iter().take(first).filter_map(|cell| match cell {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let label = texts.collect::<Vec<_>>().join(" ");
    let holds_anything = row.cells.iter().skip(first).any(|cell| !cell.is_empty());
    (!label.is_empty() || holds_anything).then_some(label)
}

impl About {
    fn of(label: &str, log: OfLog<'_>) -> Self {
        let same = |name: &str| slug(name).is_some_and(|name| slug(label).is_some_and(|label| label == name));
        let is_conductor =
            |(id, name): &&(Text, Option<Text>)| same(id.raw()) || name.as_ref().is_some_and(|name| same(name.raw()));
        if log.names.iter().any(|name| same(name)) {
            return Self::Group;
        }
        if let Some((id, _)) = log.conductors.iter().find(is_conductor) {
            return Self::Conductor(id.clone());
        }
        let lower = label.to_lowercase();
        if log.others.iter().any(|name| same(name.raw()))
            || VOCABULARY.absence.people.iter().any(|word| lower.starts_with(word))
        {
            return Self::PassedOver;
        }
        if is_total(label) {
            return Self::Total;
        }
        match Field::of_heading(label, Target::Group) {
            Some(Field::PRESENT) => Self::Total,
            Some(Field::WEEK | Field::WEEKDAY | Field::TIME | Field::DATE) => Self::PassedOver,
            Some(field) => Self::Holds(field),
            None => Self::Member,
        }
    }
}

impl<'g> Register<'g> {
    fn of(&self, about: &About) -> impl Iterator<Item = &Line<'g>> {
        self.lines.iter().filter(move |line| line.about == *about)
    }

    /// Whether an `x` is somebody who came: where another mark says that somebody was away, or, where another says that
    /// somebody came, not.
    fn with_crosses(mut self) -> Self {
        let marks = || {
            let members = self.lines.iter().filter(|line| matches!(line.about, About::Member | About::Conductor(_)));
            members.flat_map(|line| self.weeks.iter().map(|week| came(line.row.cell(*week), None)))
        };
        let (has_yes, has_no) = (marks().any(|mark| mark == Came::Yes), marks().any(|mark| mark == Came::No));
        self.cross = match (has_yes, has_no) {
            (true, false) => Some(false),
            (false, true) => Some(true),
            _ => None,
        };
        self
    }

    /// Whether the rows are groups and not members: they say how many came.
    fn is_of_groups(&self) -> bool {
        let is_many = |cell: &Value| matches!(count(cell), Some(Ok(number)) if number > 1);
        self.of(&About::Group).next().is_some()
            || self.of(&About::Member).next().is_none()
            || self.of(&About::Member).any(|line| self.weeks.iter().any(|week| is_many(line.row.cell(*week))))
    }

    /// The table with a row for each week.
    fn table(&self) -> (Grid, Vec<String>) {
        let mut grid = Grid { is_1904: self.grid.is_1904, sheet: self.grid.sheet.clone(), ..Grid::default() };
        grid.read_as.clone_from(&self.grid.read_as);
        grid.rows.push(Row { number: 1, cells: COLUMNS.iter().map(|(name, _)| Value::text(name)).collect() });
        let is_of_groups = self.is_of_groups();
        let mut left_out = 0;
        for (position, week) in self.weeks.iter().enumerate() {
            let number = position + 2;
            let at_head = Address { row: self.heads.number, column: *week };
            if self.grid.left_out.iter().any(|cell| cell.column == *week && cell.row >= self.heads.number) {
                left_out += 1;
                continue;
            }
            let mut cells = vec![Value::Empty; COLUMNS.len()];
            for column in 0..COLUMNS.len() {
                grid.origins.insert(Address { row: number, column }, at_head);
            }
            cells[0] = day_of_head(self.heads.cell(*week));
            let (present, at) = if is_of_groups { self.of_group(*week) } else { self.of_members(*week) };
            match present {
                Came::Nothing(why) => cells[3] = Value::text(&format!("cancelled: {why}")),
                Came::Unclear(what) => cells[2] = Value::Broken(what),
                Came::Blank => {}
                Came::Yes | Came::No => cells[2] = at.1,
            }
            grid.origins.insert(Address { row: number, column: 2 }, at.0.unwrap_or(at_head));
            self.others(*week, number, &mut cells, &mut grid.origins);
            self.marks(*week, number, &mut grid);
            grid.rows.push(Row { number, cells });
        }
        let remarks = self.remarks(is_of_groups, left_out);
        (grid, remarks)
    }

    /// How many of a group came in a week, and where that stands.
    fn of_group(&self, week: usize) -> (Came, (Option<Address>, Value)) {
        let all: Vec<_> = self.of(&About::Group).chain(self.of(&About::Member)).collect();
        let all = if all.is_empty() { self.of(&About::Total).collect() } else { all };
        let named = self.of(&About::Group).count();
        let ((1, [line, ..]) | (0, [line])) = (named, all.as_slice()) else {
            let what =
                "no row, or more than one, is called as the log is; give the row of this group the log's id or title";
            return (Came::Unclear(what.to_owned()), (None, Value::Empty));
        };
        let (at, cell) = (Address { row: line.row.number, column: week }, line.row.cell(week));
        let came = match cell {
            Value::Text(text) => nothing(text).map_or(Came::Yes, Came::Nothing),
            cell if is_nothing(cell) => Came::Blank,
            _ => Came::Yes,
        };
        (came, (Some(at), cell.clone()))
    }

    /// How many members came in a week.
    fn of_members(&self, week: usize) -> (Came, (Option<Address>, Value)) {
        let marks = self
            .of(&About::Member)
            .map(|line| (Address { row: line.row.number, column: week }, came(line.row.cell(week), self.cross)));
        let marks: Vec<_> = marks.collect();
        let is = |wanted: &Came| marks.iter().filter(|(_, mark)| mark == wanted).count();
        let present = is(&Came::Yes);
        if let Some((at, Came::Unclear(what))) = marks.iter().find(|(_, mark)| matches!(mark, Came::Unclear(_))) {
            return (Came::Unclear(what.clone()), (Some(*at), Value::Empty));
        }
        let why =
            marks.iter().find_map(|(_, mark)| if let Came::Nothing(why) = mark { Some(why.clone()) } else { None });
        if let (Some(why), 0) = (why, present) {
            return (Came::Nothing(why), (None, Value::Empty));
        }
        if present == 0 && is(&Came::No) == 0 {
            return (Came::Blank, (None, Value::Empty));
        }
        let declared = self.of(&About::Total).find_map(|line| {
            let at = Address { row: line.row.number, column: week };
            Some((at, count(line.row.cell(week))?.ok()? as usize))
        });
        match declared {
            Some((at, said)) if said != present => {
                let what = format!("this says {said}, and the marks of the members make {present}");
                (Came::Unclear(what), (Some(at), Value::Empty))
            }
            _ => (Came::Yes, (None, Value::Number(u32::try_from(present).unwrap_or_default().into()))),
        }
    }

    /// Who of the conductors was not there, and what other rows say of a week.
    fn others(&self, week: usize, number: usize, cells: &mut [Value], origins: &mut BTreeMap<Address, Address>) {
        let mut absent = Vec::new();
        for line in &self.lines {
            let cell = line.row.cell(week);
            let column = match &line.about {
                About::Conductor(id) => {
                    match came(cell, self.cross) {
                        Came::No => absent.push(id.raw().to_owned()),
                        Came::Unclear(what) => cells[4] = Value::Broken(what),
                        _ => continue,
                    }
                    4
                }
                About::Holds(field) => {
                    let Some(column) = COLUMNS.iter().position(|(_, held)| *held == field.kind()) else { continue };
                    if cell.is_empty() {
                        continue;
                    }
                    cells[column] = cell.clone();
                    column
                }
                _ => continue,
            };
            origins.insert(Address { row: number, column }, Address { row: line.row.number, column: week });
        }
        if !absent.is_empty() {
            cells[4] = Value::text(&absent.join(", "));
        }
    }

    /// What stands beside the cells of a week, and what a person answered about them.
    fn marks(&self, week: usize, number: usize, grid: &mut Grid) {
        let at = Address { row: number, column: 2 };
        let is_of_week = |cell: &Address| cell.column == week && cell.row >= self.heads.number;
        for (cell, marks) in self.grid.marks.iter().filter(|(cell, _)| is_of_week(cell)) {
            grid.origins.insert(at, *cell);
            grid.marks.entry(at).or_default().extend(marks.iter().cloned());
        }
        let answers = self.grid.answered.iter().filter(|(cell, _)| is_of_week(cell));
        let answer = answers.fold(RowAnswer::default(), |answer, (_, other)| answer.and(other));
        if answer != RowAnswer::default() {
            grid.answered.insert(at, answer);
        }
    }

    fn remarks(&self, is_of_groups: bool, left_out: usize) -> Vec<String> {
        let members = self.of(&About::Member).count();
        let mut remarks = Vec::new();
        if is_of_groups {
            let others = if self.of(&About::Group).next().is_some() { members } else { members.saturating_sub(1) };
            if others > 0 {
                remarks.push(format!("Rows of other groups are left out: {others}."));
            }
        } else {
            remarks
                .push(format!("It is a register of {members} rows of members. They are counted, and no name is kept."));
        }
        if left_out > 0 {
            remarks.push(format!("Weeks left out, as answered: {left_out}."));
        }
        remarks
    }
}

/// Why there was nothing in a week, where a cell says so.
fn nothing(text: &str) -> Option<String> {
    match after_cancelled(text) {
        Some(Ok(why)) => Some(why.unwrap_or_else(|| "no reason recorded".to_owned())),
        Some(Err(_)) => None,
        None => no_session(text),
    }
}

fn cell_text(cell: &Value) -> String {
    if let Value::Text(text) = cell { text.clone() } else { String::new() }
}

/// What a mark says. A mark that is not known is shown; it is no name, for these stand in the first column.
fn came(cell: &Value, cross: Option<bool>) -> Came {
    let words = &VOCABULARY.register;
    let text = match cell {
        Value::Empty => return Came::Blank,
        Value::Is(is) => return if *is { Came::Yes } else { Came::No },
        Value::Number(1.0) => return Came::Yes,
        Value::Number(0.0) => return Came::No,
        Value::Broken(what) => return Came::Unclear(what.clone()),
        Value::Text(text) => text.to_lowercase(),
        Value::Number(_) | Value::Days(_) => {
            return Came::Unclear(format!("{cell} does not say whether somebody came"));
        }
    };
    let mark = text.trim().trim_end_matches('.');
    match mark {
        "x" => match cross {
            Some(true) => Came::Yes,
            Some(false) => Came::No,
            None => Came::Unclear(
                "an x can mean that somebody came, or that somebody did not; write 1 and 0 instead, or ✓ beside it"
                    .to_owned(),
            ),
        },
        mark if words.came.has(mark) => Came::Yes,
        mark if words.away.has(mark) => Came::No,
        _ => match nothing(&cell_text(cell)) {
            Some(why) => Came::Nothing(why),
            None => Came::Unclear(format!("{cell} does not say whether somebody came, or whether there was a session")),
        },
    }
}
