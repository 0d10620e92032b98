//! A register: weeks across the top, and below them a row for each group or for each member. It becomes a table with a row
//! for each week. Names are looked at to count, and are never kept.

use std::collections::BTreeMap;

use super::answers::{count, is_nothing, is_total};
use super::by_content::is_day;
use super::field::Field;
use super::grid::{Address, Grid, Row, Value, letters};
use super::held::RowAnswer;
use super::marks::{Came, came, nothing};
use super::target::Target;
use super::vocabulary::VOCABULARY;
use crate::text::{Text, slug, visible};

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
    /// The columns with a day, and those in which somebody is marked below something else.
    weeks: Vec<usize>,
    /// The headings of columns that are no weeks.
    passed_over: Vec<String>,
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
    /// One of several who conduct it.
    SomeConductor,
    /// Somebody else who conducts it, or nobody: nothing is counted in it.
    PassedOver,
    /// How many came.
    Total,
    /// Something that a column can hold.
    Holds(Field),
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
    let mut register =
        Register { weeks: days_in(heads).collect(), passed_over: Vec::new(), cross: None, grid, heads, lines };
    register.take_other_columns(first);
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
        let label_slug = slug(label).unwrap_or_default();
        let same = |name: &str| slug(name).is_some_and(|name| label_slug == name);
        // `Conductor: Robin Ashby`
        let names =
            |name: &str| slug(name).is_some_and(|name| format!("-{label_slug}-").contains(&format!("-{name}-")));
        let is_conductor =
            |(id, name): &&(Text, Option<Text>)| names(id.raw()) || name.as_ref().is_some_and(|name| names(name.raw()));
        if log.names.iter().any(|name| same(name)) {
            return Self::Group;
        }
        if let Some((id, _)) = log.conductors.iter().find(is_conductor) {
            return Self::Conductor(id.clone());
        }
        let lower = label.to_lowercase();
        if log.others.iter().any(|name| names(name.raw())) {
            return Self::PassedOver;
        }
        if VOCABULARY.absence.people.iter().any(|word| lower.starts_with(word)) {
            return match (log.conductors, log.others) {
                ([(id, _)], []) => Self::Conductor(id.clone()),
                _ => Self::SomeConductor,
            };
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

    /// A column that is no day, and yet has marks, is a week of which the day is not clear; others are passed over.
    fn take_other_columns(&mut self, first: usize) {
        let width =
            self.lines.iter().map(|line| line.row.cells.len()).max().unwrap_or_default().max(self.heads.cells.len());
        for column in (first..width).filter(|column| !self.weeks.contains(column)).collect::<Vec<_>>() {
            let heading = match self.heads.cell(column) {
                Value::Text(text) => text.clone(),
                _ => String::new(),
            };
            let is_marked = || {
                let is_mark = |line: &Line<'_>| matches!(came(line.row.cell(column), None), Came::Yes | Came::No);
                self.of(&About::Member).any(is_mark)
            };
            let plain = heading.to_lowercase();
            let is_sum =
                is_total(&heading) || plain.contains('%') || Field::of_heading(&heading, Target::Group).is_some();
            if is_sum || !is_marked() {
                let is_filled = self.lines.iter().any(|line| !line.row.cell(column).is_empty());
                let named = || format!("\"{}\" ({})", visible(&heading), letters(column));
                self.passed_over.extend((is_filled || !heading.is_empty()).then(named));
            } else {
                self.weeks.push(column);
            }
        }
        self.weeks.sort_unstable();
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
            cells[0] = match day_of_head(self.heads.cell(*week)) {
                Value::Empty => Value::Broken("there is no day above these marks".to_owned()),
                day => day,
            };
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
                About::SomeConductor => {
                    if !matches!(came(cell, self.cross), Came::No | Came::Unclear(_)) {
                        continue;
                    }
                    let what = "one of those who conduct was not there, and this does not say who; write the name in the first column";
                    cells[4] = Value::Broken(what.to_owned());
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
        if !self.passed_over.is_empty() {
            remarks.push(format!("Columns that are no weeks are left out: {}.", self.passed_over.join(", ")));
        }
        if left_out > 0 {
            remarks.push(format!("Weeks left out, as answered: {left_out}."));
        }
        remarks
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the tables of a test are written in it")]
mod tests;
