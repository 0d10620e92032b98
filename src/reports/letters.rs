//! The letters of a run, and what a person has been told, as data and as tables.

use serde::{Serialize, Serializer};

use super::Report;
use super::due::{DueRow, PersonJson};
use super::sheet::{Column, Sheet, counted};
use crate::calendar::Day;
use crate::folder::FolderName;
use crate::judgement::{Person, Role};
use crate::reminders::{Letter, Reminder, SaidItem, SaidLetter, Sender, Stage, Unsent};
use crate::text::{Text, visible};

/// The letters of a run over one or several folders.
#[derive(Serialize)]
pub struct LettersReport<'r> {
    /// The day of judgement.
    pub as_of: Day,
    /// The letters, in the order of name and address.
    pub letters: Vec<LetterJson<'r>>,
    /// Those to whom nothing can be sent.
    pub unsent: Vec<UnsentJson<'r>>,
    /// The students who could not be judged, as they are shown.
    pub unknown: Vec<String>,
    /// How many items were told earlier and are left out.
    pub told_earlier: usize,
}

/// A letter as data.
#[derive(Serialize)]
pub struct LetterJson<'r> {
    to: ToJson<'r>,
    from: Option<FromJson<'r>>,
    file: Option<&'r str>,
    subject: &'r str,
    text: &'r str,
    items: Vec<ItemJson<'r>>,
}

#[derive(Serialize)]
struct ToJson<'r> {
    name: &'r Text,
    email: &'r str,
    roles: Vec<Role>,
}

#[derive(Serialize)]
struct FromJson<'r> {
    name: &'r str,
    email: &'r str,
}

/// What can be sent to nobody, as data.
#[derive(Serialize)]
pub struct UnsentJson<'r> {
    person: Option<PersonJson<'r>>,
    why: &'static str,
    items: Vec<ItemJson<'r>>,
}

#[derive(Serialize)]
struct ItemJson<'r> {
    folder: Option<&'r Text>,
    #[serde(flatten)]
    row: DueRow<'r>,
    stage: Stage,
}

impl<'r> LetterJson<'r> {
    /// A letter with what it says, the file in which it lies where it is written to one, and who sends it where somebody
    /// can. `folders` are in the order of [`Reminder::folder`].
    pub fn of(
        letter: &'r Letter<'r>,
        (subject, text): (&'r str, &'r str),
        (from, file): (Option<&'r Sender>, Option<&'r str>),
        folders: &[&'r FolderName],
    ) -> Self {
        let to = ToJson { name: letter.to.name, email: letter.to.address.as_str(), roles: letter.to.roles.clone() };
        let from = from.map(|from| FromJson { name: &from.name, email: from.address.as_str() });
        Self { to, from, file, subject, text, items: items(&letter.reminders, folders) }
    }
}

impl<'r> UnsentJson<'r> {
    /// What can be sent to nobody.
    pub fn of(unsent: &'r Unsent<'r>, folders: &[&'r FolderName]) -> Self {
        let person = unsent.person.map(|Person { role, id, name, email, .. }| PersonJson { role, id, name, email });
        Self { person, why: unsent.why.word(), items: items(&unsent.reminders, folders) }
    }
}

fn items<'r>(reminders: &'r [Reminder<'r>], folders: &[&'r FolderName]) -> Vec<ItemJson<'r>> {
    let of = |reminder: &'r Reminder<'r>| {
        let folder = folders.get(reminder.folder).map(|name| name.as_text());
        ItemJson { folder, row: DueRow::of(&reminder.item, reminder.as_of, None), stage: reminder.stage() }
    };
    reminders.iter().map(of).collect()
}

/// What one person has been told, from the record of letters.
pub struct ToldReport<'r> {
    /// Who it is, as it was asked.
    pub person: &'r Text,
    /// The letters, each with the folder in which it lies, in the order of their days.
    pub letters: Vec<(Text, SaidLetter)>,
}

struct ToldRow<'r> {
    folder: &'r Text,
    letter: &'r SaidLetter,
    item: &'r SaidItem,
}

impl Serialize for ToldReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'r> {
            person: &'r Text,
            told: Vec<ToldJson<'r>>,
        }
        #[derive(Serialize)]
        struct ToldJson<'r> {
            as_of: Day,
            to: &'r crate::reminders::SaidTo,
            file: String,
            items: &'r [SaidItem],
        }
        let told = self.letters.iter().map(|(folder, letter)| ToldJson {
            as_of: letter.as_of,
            to: &letter.to,
            file: format!("{}/{}", folder.raw(), letter.file),
            items: &letter.items,
        });
        Fields { person: self.person, told: told.collect() }.serialize(serializer)
    }
}

impl Report for ToldReport<'_> {
    fn sheets(&self) -> Vec<Sheet> {
        let columns = [
            Column::fixed("Told on", "as_of", |row: &ToldRow<'_>| row.letter.as_of.into()),
            Column::flexible("What", "what", 14, |row| visible(&row.item.what).into()),
            Column::flexible("Student", "student", 10, |row| visible(&row.item.student).into()),
            Column::fixed("Due", "due", |row| row.item.due.into()),
            Column::fixed("As", "stage", |row| row.item.stage.title().into()),
            Column::below("Letter", "file", |row| {
                visible(&format!("{}/{}, to {}", row.folder.raw(), row.letter.file, row.letter.to.email)).into()
            }),
        ];
        let rows: Vec<_> = self
            .letters
            .iter()
            .flat_map(|(folder, letter)| letter.items.iter().map(move |item| ToldRow { folder, letter, item }))
            .collect();
        let (items, letters) = (rows.len(), self.letters.len());
        let mut sheet =
            Sheet::part(format!("What {} has been told", self.person), Vec::new()).with_rows(&columns, rows);
        sheet.notes.push(match letters {
            0 => "No letter is recorded.".to_owned(),
            _ => format!("{} in {}.", counted(items, "item", "items"), counted(letters, "letter", "letters")),
        });
        vec![sheet]
    }
}
