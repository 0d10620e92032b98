//! All that a folder says of one person.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::Report;
use super::as_data::lazily;
use super::history::{CommitJson, EntryJson, HistoryReport};
use super::sheet::{Cell, Column, Sheet, counted, short};
use crate::calendar::Day;
use crate::diff::{ChangeKind, FieldChange, one_in_words};
use crate::history::{Revision, TimelineEntry};
use crate::privacy::{Link, Mention, Person, Said};
use crate::records::lists;
use crate::text::{Source, Text, capitalised, visible};

/// All that a folder says of somebody, ready to be printed.
pub struct PersonReport<'r> {
    /// What the folder is called, in a run over several.
    pub folder: Option<&'r Text>,
    /// Who it is.
    pub person: &'r Person,
    /// The sources, in which the mentions stand.
    pub sources: &'r [Source],
    /// What the records say now, in order of file and line.
    pub mentions: Vec<Mention>,
    /// The scanned papers that the records name in what they say of them; with a past, that they ever named.
    pub papers: BTreeSet<Text>,
    /// What was ever recorded, where that was asked for.
    pub past: Option<PersonPast<'r>>,
}

/// What was ever recorded of somebody.
pub struct PersonPast<'r> {
    /// The full id of the last commit that was looked at.
    pub rev: &'r str,
    /// What that is, in words.
    pub up_to: &'r str,
    /// What the time zone is called in which the days of commits are given.
    pub time_zone: &'r str,
    /// The commits of the folder.
    pub revisions: &'r [Revision],
    /// What was recorded, as it was recorded.
    pub entries: Vec<TimelineEntry<'r>>,
}

/// A place, with what has to be known of it to be shown.
struct Row<'r> {
    file: Text,
    mention: &'r Mention,
}

fn columns<'r>() -> Vec<Column<Row<'r>>> {
    vec![
        Column::right("Line", "line", |row| Cell::text(row.mention.line)),
        Column::flexible("What it says", "says", 40, |row| Cell::text(in_words(&row.mention.said))),
        Column::fixed("Known by", "by", |row| Cell::text(known_by(row.mention.link))),
    ]
}

fn data_columns<'r>() -> Vec<Column<Row<'r>>> {
    let mut columns = columns();
    columns.insert(0, Column::data("file", |row| Cell::text(&row.file)));
    columns
}

fn known_by(link: Link) -> &'static str {
    match link {
        Link::Own => "own record",
        Link::Log => "own log",
        Link::Id => "id",
        Link::Address => "address",
        Link::Name => "name",
    }
}

impl PersonReport<'_> {
    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.mentions.iter().map(|mention| Row { file: self.file(mention), mention })
    }

    fn file(&self, mention: &Mention) -> Text {
        self.sources.get(mention.file.0 as usize).map(|source| source.path.clone()).unwrap_or_default()
    }

    fn lead(&self) -> Vec<String> {
        let person = self.person;
        let mut lead = Vec::new();
        let records = person.records.iter().map(|(kind, id)| format!("{} {id}", kind.word()));
        let records: Vec<_> = records.collect();
        lead.push(match records.as_slice() {
            [] => "There is no record about this person. Other records name them.".to_owned(),
            records => format!("Records: {}.", records.join(", ")),
        });
        if person.names.len() > 1 {
            let names: Vec<_> = person.names.iter().map(ToString::to_string).collect();
            lead.push(format!("Looked for as: {}.", names.join(", ")));
        }
        if !person.addresses.is_empty() {
            let addresses: Vec<_> = person.addresses.iter().map(ToString::to_string).collect();
            lead.push(format!("Addresses: {}.", addresses.join(", ")));
        }
        let files: BTreeSet<_> = self.mentions.iter().map(|mention| mention.file).collect();
        lead.push(match self.mentions.len() {
            0 => "No record says anything of this person now.".to_owned(),
            count => format!("{} in {}.", counted(count, "entry", "entries"), counted(files.len(), "file", "files")),
        });
        if self.mentions.iter().any(|mention| mention.link == Link::Name) {
            lead.push(
                "An entry that is known by the name alone can be about somebody else of that name. Read it first."
                    .to_owned(),
            );
        }
        lead
    }

    fn notes(&self) -> Sheet {
        let mut notes = Vec::new();
        notes.push(
            "The program reads the records only. Look through scans, letters and other files of the folder yourself."
                .to_owned(),
        );
        if self.past.is_none() {
            notes.push(
                "The folder's history can say more: what was corrected or struck out. Add --history to see it."
                    .to_owned(),
            );
        }
        Sheet::part("What is not shown here", notes)
    }
}

impl Report for PersonReport<'_> {
    fn folder(&self) -> Option<&Text> {
        self.folder
    }

    fn sheets(&self) -> Vec<Sheet> {
        let within = self.folder.map(|folder| format!(", in case folder {folder}")).unwrap_or_default();
        let mut sheets =
            vec![Sheet::part(format!("What the records say of {}{within}", self.person.title()), self.lead())];
        for of_file in self.mentions.chunk_by(|one, other| one.file == other.file) {
            let rows = of_file.iter().map(|mention| Row { file: Text::default(), mention });
            let title = of_file.first().map(|mention| self.file(mention).to_string()).unwrap_or_default();
            sheets.push(Sheet::new(title).with_rows(&columns(), rows));
        }
        if !self.papers.is_empty() {
            let columns: Vec<Column<&Text>> = vec![Column::flexible("Paper", "paper", 40, |paper| Cell::text(*paper))];
            sheets.push(Sheet::new("Scanned papers about this person").with_rows(&columns, &self.papers));
        }
        if let Some(past) = &self.past {
            sheets.extend(past.sheets(self.person));
        }
        sheets.push(self.notes());
        sheets
    }

    fn data(&self) -> Sheet {
        Sheet::data(&data_columns(), self.rows())
    }
}

impl PersonPast<'_> {
    /// The commits that they made, or whose first line names them.
    fn commits<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = (&'a Revision, &'static str)> {
        self.revisions.iter().filter_map(|revision| {
            let signatures = [&revision.author, &revision.committer];
            let is_theirs = signatures
                .iter()
                .any(|one| person.link(one.name.raw()).is_some() || person.link(one.email.raw()).is_some());
            let how = if is_theirs { Some("made it") } else { None };
            let how = how.or_else(|| person.link(revision.subject.raw()).map(|_| "named in it"));
            how.map(|how| (revision, how))
        })
    }

    fn sheets(&self, person: &Person) -> Vec<Sheet> {
        let title = person.title();
        let history = HistoryReport {
            folder: None,
            student: &title,
            later_ids: &BTreeSet::new(),
            rev: self.rev,
            up_to: self.up_to,
            time_zone: self.time_zone,
            is_cut_off: self.is_cut_off(),
            entries: &self.entries,
        };
        let mut sheets = history.sheets();
        let columns: Vec<Column<(&Revision, &'static str)>> = vec![
            Column::fixed("Day", "day", |(revision, _)| Cell::maybe(revision.day().map(short))),
            Column::fixed("Commit", "commit", |(revision, _)| Cell::text(revision.short())),
            Column::fixed("The person", "person", |(_, how)| Cell::text(how)),
            Column::flexible("First line", "subject", 24, |(revision, _)| Cell::text(&revision.subject)),
        ];
        let sheet = Sheet::new("Commits that they made, or that name them").with_rows(&columns, self.commits(person));
        if !sheet.rows.is_empty() {
            sheets.push(sheet);
        }
        sheets
    }

    fn is_cut_off(&self) -> bool {
        self.revisions.iter().any(|revision| revision.is_cut_off)
    }
}

impl Serialize for PersonReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'r, E> {
            person: PersonJson<'r>,
            entries: E,
            documents: &'r BTreeSet<Text>,
            history: Option<PastJson<'r>>,
        }
        let person = PersonJson {
            names: self.person.names.iter().collect(),
            addresses: self.person.addresses.iter().collect(),
            records: self.person.records.iter().map(|(kind, id)| RecordJson { kind: kind.word(), id }).collect(),
        };
        let entries = lazily(|| self.rows().map(|row| MentionJson::of(&row)));
        let history = self.past.as_ref().map(|past| PastJson {
            rev: past.rev,
            time_zone: past.time_zone,
            complete: !past.is_cut_off(),
            entries: past.entries.iter().map(EntryJson::of).collect(),
            commits: past.commits(self.person).map(|(revision, _)| CommitJson::of(revision, None)).collect(),
        });
        Fields { person, entries, documents: &self.papers, history }.serialize(serializer)
    }
}

#[derive(Serialize)]
struct PersonJson<'r> {
    names: Vec<&'r Text>,
    addresses: Vec<&'r Text>,
    records: Vec<RecordJson<'r>>,
}

#[derive(Serialize)]
struct RecordJson<'r> {
    kind: &'static str,
    id: &'r Text,
}

#[derive(Serialize)]
struct PastJson<'r> {
    rev: &'r str,
    time_zone: &'r str,
    complete: bool,
    entries: Vec<EntryJson<'r>>,
    commits: Vec<CommitJson<'r>>,
}

#[derive(Serialize)]
struct MentionJson {
    file: String,
    line: usize,
    link: &'static str,
    what: &'static str,
    #[serde(rename = "where")]
    at: String,
    value: Value,
    says: String,
}

impl MentionJson {
    fn of(row: &Row<'_>) -> Self {
        let (what, at, value) = match &row.mention.said {
            Said::Entry(detail) => (detail.what.word(), detail.at.clone(), detail.to.clone().unwrap_or_default()),
            Said::Line(line) => ("line", String::new(), Value::from(line.raw())),
        };
        Self {
            file: row.file.raw().to_owned(),
            line: row.mention.line,
            link: row.mention.link.word(),
            what,
            at,
            value,
            says: in_words(&row.mention.said),
        }
    }
}

/// What a place says, in plain words that are safe to show: `Report: form GWP2; received 29 January 2026`.
fn in_words(said: &Said) -> String {
    match said {
        Said::Line(line) => format!("Comment, or a line that cannot be read: {line}"),
        Said::Entry(detail) => {
            let whole = || detail.to.as_ref().map(|value| value_in_words(value, "; ")).unwrap_or_default();
            let (word, says) = match detail.what {
                ChangeKind::Entry(word) => (word.to_owned(), entry_in_words(detail)),
                _ => (key_in_words(&detail.at), whole()),
            };
            format!("{}: {says}", capitalised(&word))
        }
    }
}

/// An entry, with what tells it apart from others first.
fn entry_in_words(detail: &FieldChange) -> String {
    let rest = detail.rest();
    let entry = detail.to.as_ref().and_then(Value::as_object);
    let list = lists().iter().find(|list| detail.what == ChangeKind::Entry(list.word));
    let keys = list.map_or(&[][..], |list| &list.told_by);
    let told_by = keys.iter().filter_map(|key| entry?.get_key_value(*key));
    let in_words = |(key, value): (&String, &Value)| match value_in_words(value, ", ") {
        day if key == "date" => day,
        words => format!("{} {words}", key_in_words(key)),
    };
    told_by.chain(rest.iter().copied()).map(in_words).collect::<Vec<_>>().join("; ")
}

fn key_in_words(key: &str) -> String {
    visible(&key.replace('_', " "))
}

fn value_in_words(value: &Value, between: &str) -> String {
    match value {
        Value::Array(list) if !list.is_empty() => {
            list.iter().map(|value| value_in_words(value, ", ")).collect::<Vec<_>>().join(between)
        }
        Value::Object(table) => {
            let one = |(key, value): (&String, &Value)| {
                let key = Day::parse(key).map_or_else(|| key_in_words(key), |day| day.to_string());
                format!("{key} {}", value_in_words(value, ", "))
            };
            table.iter().map(one).collect::<Vec<_>>().join(between)
        }
        one => one_in_words(one),
    }
}
