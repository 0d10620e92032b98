//! What is not clear in a table, as questions in a plain file that a person fills in, and the answers.
//!
//! An answer is bound to its cell and to what stands in its row: where that has changed, it is asked again.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::Fault;
use super::columns::Columns;
use super::field::Field;
use super::grid::{Address, Grid, Value};
use super::row_answer::Answer;
use super::vocabulary::VOCABULARY;
use crate::text::visible;

/// The first line of such a file.
pub const FIRST_LINE: &str =
    "# Questions about a table. Write each answer between the quotation marks, and save the file.";

/// Something that is not clear, to be answered by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    sheet: Option<String>,
    /// The cell; none where it is about the sheet.
    at: Option<Address>,
    /// What the answer is bound to.
    binding: String,
    /// What stands first in the row, which tells a person where it is.
    row: String,
    says: String,
    why: String,
    choices: String,
}

/// An answer, as it stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Given {
    sheet: Option<String>,
    cell: String,
    binding: String,
    choices: String,
    answer: String,
    /// Its lines, to be written again.
    lines: String,
}

/// The answers of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(Vec<Given>);

/// A line of a file with answers that cannot be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswers {
    /// The file is something else.
    OtherFile,
    /// This line says nothing that is known.
    Line(usize),
}

/// What the answers made of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// How many were used.
    pub used: usize,
    /// Cells about which there is an answer that is not used, as what stands there has changed.
    pub stale: Vec<Address>,
    /// Cells about which there is an answer that says nothing of what was asked.
    pub unknown: Vec<Address>,
}

/// What an answer is bound to: what stands in the row, or, of a register, the cell and the first of its row.
fn bindings(grid: &Grid, at: Address) -> [String; 2] {
    let row = grid.rows.iter().find(|row| row.number == at.row);
    let digest = |parts: &[String]| {
        let digest = Sha256::digest(parts.join("\u{1f}").as_bytes());
        digest.iter().take(4).fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    };
    let shown = |value: &Value| format!("{value:?}");
    let place = || vec![grid.sheet.clone().unwrap_or_default(), at.to_string()];
    let cells = row.map_or(&[][..], |row| row.cells.as_slice());
    let last = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let row_as_a_whole = [place(), cells[..last].iter().map(shown).collect()].concat();
    let cell_alone = [
        place(),
        cells.first().map(shown).into_iter().collect(),
        cells.get(at.column).map(shown).into_iter().collect(),
    ];
    [digest(&row_as_a_whole), digest(&cell_alone.concat())]
}

impl Question {
    /// The question that a fault of a table is. `columns` are those of the table itself; none where it is a register.
    pub fn of(fault: &Fault, grid: &Grid, columns: Option<&Columns>) -> Self {
        let [of_row, of_cell] = bindings(grid, fault.at);
        let row = grid.rows.iter().find(|row| row.number == fault.at.row);
        let cell = row.map_or(&Value::Empty, |row| row.cell(fault.at.column));
        let field = columns.and_then(|columns| columns.holds(fault.at.column));
        let is_heading = columns.is_some_and(|columns| columns.headings == fault.at.row);
        let is_of_member = columns.is_none_or(|columns| is_heading && columns.may_be_member(fault.at.column));
        let may_be_names = matches!(cell, Value::Text(_))
            && (is_of_member || [Some(Field::PRESENT), Some(Field::ABSENT), Some(Field::MEMBER)].contains(&field));
        let says = match cell {
            Value::Empty => String::new(),
            Value::Text(text) if may_be_names && text.chars().count() > 3 => {
                "(not repeated: it may be names)".to_owned()
            }
            Value::Text(text) => visible(text),
            other => other.to_string(),
        };
        // The first column of a register holds names.
        let date =
            columns.and_then(|columns| Some(row?.cell(columns.of(Field::DATE).or(columns.of(Field::NAME))?.index)));
        let row = date.filter(|_| !is_heading).map(ToString::to_string).unwrap_or_default();
        let choices = if is_heading { HEADING } else { choices(field, columns.is_none()) }.to_owned();
        let binding = if columns.is_some() { of_row } else { of_cell };
        Self { sheet: grid.sheet.clone(), at: Some(fault.at), binding, row, says, why: fault.what.clone(), choices }
    }

    /// The question which is right, the record or the table, of a row that says something else than the record.
    pub fn of_difference(fault: &Fault, grid: &Grid, columns: Option<&Columns>, can_be_taken: bool) -> Self {
        let choices = if can_be_taken { DIFFERENCE } else { DIFFERENCE_OF_PERSON };
        Self { choices: choices.to_owned(), ..Self::of(fault, grid, columns) }
    }

    /// The question into which log a sheet goes. `logs` are those that there are.
    pub fn of_sheet(sheet: &str, why: String, logs: &[String]) -> Self {
        Self {
            sheet: Some(sheet.to_owned()),
            at: None,
            binding: String::new(),
            row: String::new(),
            says: String::new(),
            why,
            choices: format!("{}; leave out", logs.join("; ")),
        }
    }

    /// The question about a sheet as a sentence.
    pub fn sentence(&self) -> String {
        format!("The sheet \"{}\": {}.", visible(self.sheet.as_deref().unwrap_or_default()), self.why)
    }

    /// Whether one answer is that to another too: about the same cell, or what an `x` stands for.
    pub fn is_the_same(&self, other: &Self) -> bool {
        let is_cross =
            |one: &Self| one.says.eq_ignore_ascii_case("x") && one.sheet == self.sheet && one.why == self.why;
        self.at == other.at && self.sheet == other.sheet || is_cross(self) && is_cross(other)
    }

    fn write(&self, to: &mut String) {
        let quoted =
            |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " "));
        let mut line = |key: &str, text: &str| {
            if !text.is_empty() {
                let _ = writeln!(to, "{key} = {}", quoted(text));
            }
        };
        line("sheet", self.sheet.as_deref().unwrap_or_default());
        line("cell", &self.at.map(|at| at.to_string()).unwrap_or_default());
        line("row", self.row.trim_matches('"'));
        line("says", &self.says);
        line("why", &self.why);
        line("choices", &self.choices);
        line("binding", &self.binding);
        to.push_str("answer = \"\"\n");
    }
}

const DIFFERENCE: &str = "keep (what the record says); take (what the sheet says); leave out";
const DIFFERENCE_OF_PERSON: &str = "keep (what the record says); leave out";

const HEADING: &str = "what the column holds, such as date, length, present, member, cancelled or notes; leave out";

fn choices(field: Option<Field>, is_register: bool) -> &'static str {
    match field {
        _ if is_register => "came; did not come; how many came, such as 7; held; cancelled: WHY; leave out",
        Some(Field::DATE) => "the day, such as 7 October 2025; held; cancelled: WHY; leave out",
        Some(Field::LENGTH | Field::MINUTES | Field::HOURS | Field::TIME | Field::START | Field::END) => {
            "how long it lasted, such as 90 min; cancelled: WHY; leave out"
        }
        Some(Field::PRESENT) => "how many came, such as 7; held; held, 90 min; cancelled: WHY; leave out",
        Some(Field::ABSENT) => "absent: NAME; nobody absent; leave out",
        Some(Field::NOTES) => "held; held, 90 min; cancelled: WHY; absent: NAME; nobody absent; leave out",
        Some(Field::CANCELLED | Field::REASON) => "held; cancelled: WHY; leave out",
        _ => "what the cell is to say; held; cancelled: WHY; leave out",
    }
}

/// A file of questions, with the answers that there are already.
pub fn file(questions: &[Question], answered: &Answers) -> String {
    let mut text =
        format!("{FIRST_LINE}\n# Then run the same command again, with --answers and the name of this file.\n");
    for given in &answered.0 {
        let _ = write!(text, "\n{}", given.lines);
    }
    for question in questions {
        text.push_str("\n[[question]]\n");
        question.write(&mut text);
    }
    text
}

impl Answers {
    /// Reads a file with answers. What somebody forgot around an answer does not matter.
    pub fn read(text: &str) -> Result<Self, NoAnswers> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if !text.trim_start().starts_with(FIRST_LINE) {
            return Err(NoAnswers::OtherFile);
        }
        let mut all: Vec<Given> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let bare = line.trim();
            if bare.is_empty() || bare.starts_with('#') {
                continue;
            }
            if bare == "[[question]]" {
                all.push(Given::default());
            }
            let given = all.last_mut().ok_or(NoAnswers::Line(number + 1))?;
            let _ = writeln!(given.lines, "{bare}");
            if bare == "[[question]]" {
                continue;
            }
            let (key, said) = bare.split_once('=').ok_or(NoAnswers::Line(number + 1))?;
            let said = unquoted(said.trim());
            match key.trim() {
                "sheet" => given.sheet = Some(said),
                "cell" => given.cell = said,
                "binding" => given.binding = said,
                "answer" => given.answer = said,
                "choices" => given.choices = said,
                "row" | "says" | "why" => {}
                _ => return Err(NoAnswers::Line(number + 1)),
            }
        }
        all.retain(|given| !given.answer.trim().is_empty());
        Ok(Self(all))
    }

    /// What was answered about a sheet as a whole.
    pub fn of_sheet(&self, sheet: &str) -> Option<&str> {
        let is_it = |given: &&Given| given.cell.is_empty() && given.sheet.as_deref() == Some(sheet);
        self.0.iter().rfind(is_it).map(|given| given.answer.trim())
    }

    /// Forgets what was answered about a sheet as a whole: it is asked again.
    pub fn forget_sheet(&mut self, sheet: &str) {
        self.0.retain(|given| !given.cell.is_empty() || given.sheet.as_deref() != Some(sheet));
    }

    /// Puts the answers about a table into it, and forgets those that no longer fit.
    pub fn apply(&mut self, grid: &mut Grid) -> Answered {
        let (mut answered, before) = (Answered::default(), grid.clone());
        self.0.retain(|given| {
            if given.sheet != before.sheet {
                return true;
            }
            if given.cell.is_empty() {
                return true;
            }
            let Some(at) = Address::parse(&given.cell) else { return false };
            if !bindings(&before, at).contains(&given.binding) {
                answered.stale.push(at);
                return false;
            }
            match Answer::read(&given.answer) {
                // Where it is asked whether something was held, other words must not take the question away.
                Some(Answer::Content(_)) if ["held", "keep"].iter().any(|word| given.choices.starts_with(word)) => {
                    answered.unknown.push(at);
                    return false;
                }
                Some(Answer::LeaveOut) => drop(grid.left_out.insert(at)),
                Some(Answer::Row(answer)) => {
                    let known = grid.answered.remove(&at).unwrap_or_default();
                    grid.answered.insert(at, known.and(&answer));
                }
                Some(Answer::Content(text)) => put(grid, &before, at, &text),
                None => return false,
            }
            answered.used += 1;
            true
        });
        answered
    }
}

/// Puts what was answered into a cell. What an `x` stands for in a register is answered once.
fn put(grid: &mut Grid, before: &Grid, at: Address, text: &str) {
    let of = |grid: &Grid, at: Address| {
        grid.rows.iter().find(|row| row.number == at.row).map(|row| row.cell(at.column).clone())
    };
    let is_cross = |value: &Value| matches!(value, Value::Text(text) if text.eq_ignore_ascii_case("x"));
    let words = &VOCABULARY.register;
    let lower = text.to_lowercase();
    let is_mark = words.came.has(&lower) || words.away.has(&lower);
    if is_mark && of(before, at).as_ref().is_some_and(is_cross) {
        for cell in grid.rows.iter_mut().flat_map(|row| &mut row.cells).filter(|cell| is_cross(cell)) {
            *cell = Value::text(text);
        }
        return;
    }
    if let Some(row) = grid.rows.iter_mut().find(|row| row.number == at.row) {
        if row.cells.len() <= at.column {
            row.cells.resize(at.column + 1, Value::Empty);
        }
        row.cells[at.column] = Value::text(text);
    }
}

/// A text without the quotation marks around it, as far as somebody left them there.
fn unquoted(text: &str) -> String {
    let bare = text.strip_prefix(['"', '“', '”']).unwrap_or(text);
    let bare = bare.strip_suffix(['"', '”', '“']).unwrap_or(bare);
    bare.replace("\\\"", "\"").replace("\\\\", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choices_are_such_as_the_column_takes() {
        let begins = |field| choices(field, false).split(';').next().unwrap_or_default();
        for (field, begin) in [
            (Some(Field::DATE), "the day, such as 7 October 2025"),
            (Some(Field::LENGTH), "how long it lasted, such as 90 min"),
            (Some(Field::END), "how long it lasted, such as 90 min"),
            (Some(Field::PRESENT), "how many came, such as 7"),
            (Some(Field::ABSENT), "absent: NAME"),
            (Some(Field::NOTES), "held"),
            (Some(Field::CANCELLED), "held"),
            (Some(Field::MODE), "what the cell is to say"),
            (None, "what the cell is to say"),
        ] {
            assert_eq!(begins(field), begin, "{field:?}");
        }
        assert_eq!(choices(Some(Field::CANCELLED), false), choices(Some(Field::REASON), false));
        assert!(choices(Some(Field::NOTES), false).contains("absent: NAME"));
        assert!(!choices(Some(Field::REASON), false).contains("absent"));
        assert!(choices(Some(Field::DATE), true).starts_with("came; did not come"));
    }

    #[test]
    fn one_answer_is_that_to_other_questions_about_the_cell_and_about_a_cross() {
        let question = |sheet: &str, row, says: &str, why: &str| Question {
            at: Some(Address { row, column: 1 }),
            says: says.to_owned(),
            ..Question::of_sheet(sheet, why.to_owned(), &[])
        };
        let one = question("a", 2, "x", "why");
        for (other, is_same) in [
            (question("a", 2, "7", "other"), true),
            (question("a", 3, "X", "why"), true),
            (question("a", 3, "7", "why"), false),
            (question("a", 3, "x", "other"), false),
            (question("b", 3, "x", "why"), false),
            (question("b", 2, "7", "why"), false),
        ] {
            assert_eq!((one.is_the_same(&other), other.is_the_same(&one)), (is_same, is_same), "{other:?}");
        }
        assert!(!question("a", 2, "7", "why").is_the_same(&question("a", 3, "7", "why")));
        assert_eq!(one.sentence(), "The sheet \"a\": why.");
    }

    #[test]
    fn names_are_not_repeated_in_a_question() {
        let csv = "Date,Length,Present,Notes\n7 Oct 2025,soon,Anna Bell,Anna was ill\n14 Oct 2025,,Amy,\n";
        let grid = super::super::delimited::read(csv.as_bytes(), &|_| true).unwrap();
        let columns = Columns::find(&grid, super::super::Target::Group, &[]).unwrap();
        let says = |row, column| {
            let fault = Fault { at: Address { row, column }, what: "why".to_owned() };
            let question = Question::of(&fault, &grid, Some(&columns));
            (question.says, question.row)
        };
        let row = "\"7 Oct 2025\"".to_owned();
        assert_eq!(says(2, 1), ("soon".to_owned(), row.clone()));
        assert_eq!(says(2, 2), ("(not repeated: it may be names)".to_owned(), row.clone()));
        assert_eq!(says(2, 3), ("Anna was ill".to_owned(), row));
        // Up to three characters are a mark.
        assert_eq!(says(3, 2).0, "Amy");
        assert_eq!(says(3, 1).0, "");
        assert_eq!(says(1, 1), ("Length".to_owned(), String::new()));
    }

    #[test]
    fn quotation_marks_around_an_answer() {
        for (written, is) in [
            ("\"7\"", "7"),
            ("“7”", "7"),
            ("7", "7"),
            ("\"7", "7"),
            ("7\"", "7"),
            ("\"a \\\"b\\\" \\\\\"", "a \"b\" \\"),
        ] {
            assert_eq!(unquoted(written), is, "{written}");
        }
    }

    #[test]
    fn what_somebody_forgot_does_not_matter() {
        let file = format!(
            "{FIRST_LINE}\n\n[[question]]\ncell = \"B3\"\nbinding = \"12\"\nanswer = 90 min\n\n[[question]]\ncell = \"B4\"\nanswer = \"7\n\
             [[question]]\ncell = \"B5\"\nanswer = \"\"\n"
        );
        let answers = Answers::read(&file).unwrap();
        let said: Vec<_> = answers.0.iter().map(|given| (given.cell.as_str(), given.answer.as_str())).collect();
        assert_eq!(said, [("B3", "90 min"), ("B4", "7")]);
        assert_eq!(Answers::read(&format!("{file}B6: 7\n")), Err(NoAnswers::Line(14)));
        assert_eq!(Answers::read("Date,Length\n"), Err(NoAnswers::OtherFile));
    }
}
