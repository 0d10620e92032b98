//! Whose records are past the time for which they are kept, and what holds them.

use serde::{Serialize, Serializer};

use super::Report;
use super::sheet::{Cell, Column, Sheet, Tone, counted};
use crate::calendar::Day;
use crate::history::Revision;
use crate::privacy::{Holdings, Kept, Retention, Since};
use crate::text::Text;

/// So many commits are named in a table.
const NAMED: usize = 6;

/// Until when records are kept, ready to be printed.
pub struct RetentionReport<'r> {
    /// What the folder is called, in a run over several.
    pub folder: Option<&'r Text>,
    /// The day.
    pub as_of: Day,
    /// For so many years records are kept.
    pub years: u32,
    /// Until when, for everybody.
    pub retention: &'r Retention,
    /// For each of those who are past their time, in their order, what holds them.
    pub holdings: Vec<Holdings>,
    /// The commits of the folder; none where it is not in git.
    pub revisions: Option<&'r [Revision]>,
    /// What erasing them takes, line by line.
    pub commands: Vec<String>,
}

/// Somebody, and what holds them.
struct Row<'r> {
    kept: &'r Kept,
    is_past: bool,
    holdings: Option<&'r Holdings>,
    revisions: &'r [Revision],
}

fn columns<'r>() -> Vec<Column<Row<'r>>> {
    vec![
        Column::flexible("Person", "person", 16, |row| Cell::text(format!("{} ({})", row.kept.name, row.kept.id))),
        Column::fixed("Record", "record", |row| Cell::text(row.kept.kind.word())),
        Column::flexible("Counted from", "since", 16, |row| Cell::text(since(row.kept))),
        Column::fixed("Kept until", "until", |row| row.kept.until.into()),
    ]
}

fn past_columns<'r>() -> Vec<Column<Row<'r>>> {
    let mut columns = columns();
    columns.push(Column::below("Files about nobody else", "files", |row| {
        Cell::listed(row.holdings.into_iter().flat_map(|one| &one.whole))
    }));
    columns.push(Column::below("Files about others too", "shared", |row| {
        Cell::listed(row.holdings.into_iter().flat_map(|one| &one.shared))
    }));
    columns.push(Column::below("Commits", "commits", |row| Cell::maybe(row.commits())));
    columns
}

fn data_columns<'r>() -> Vec<Column<Row<'r>>> {
    vec![
        Column::data("id", |row| Cell::text(&row.kept.id)),
        Column::data("name", |row| Cell::text(&row.kept.name)),
        Column::data("record", |row| Cell::text(row.kept.kind.word())),
        Column::data("since", |row| Cell::text(row.kept.since.word())),
        Column::data("ended", |row| row.kept.ended.into()),
        Column::data("until", |row| row.kept.until.into()),
        Column::data("past", |row| Cell::text(if row.is_past { "yes" } else { "no" })),
    ]
}

fn since(kept: &Kept) -> String {
    let ended = kept.ended;
    match kept.since {
        Since::Award => format!("the award, {ended}"),
        Since::Withdrawal => format!("leaving, {ended}"),
        Since::Limit => format!("the limit, {ended}"),
        Since::LastStudent => "the last of the students".to_owned(),
    }
}

impl Row<'_> {
    /// `3 commits: 1a2b…, 3c4d… and 5e6f…`.
    fn commits(&self) -> Option<String> {
        let holdings = self.holdings.filter(|one| !one.commits.is_empty())?;
        let named = holdings.commits.iter().filter_map(|at| self.revisions.get(*at)).map(Revision::short);
        let named: Vec<_> = named.take(NAMED).collect();
        let count = counted(holdings.commits.len(), "commit", "commits");
        let more = if holdings.commits.len() > NAMED { "; --format json names them all" } else { "" };
        Some(format!("{count}: {}{more}", named.join(", ")))
    }
}

impl RetentionReport<'_> {
    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let mut holdings = self.holdings.iter();
        self.retention.kept.iter().map(move |kept| {
            let is_past = kept.is_past(self.as_of);
            let holdings = if is_past { holdings.next() } else { None };
            Row { kept, is_past, holdings, revisions: self.revisions.unwrap_or_default() }
        })
    }

    fn is_cut_off(&self) -> bool {
        self.revisions.into_iter().flatten().any(|revision| revision.is_cut_off)
    }

    fn lead(&self) -> Vec<String> {
        let years = counted(self.years as usize, "year", "years");
        let mut lead = vec![format!(
            "Records are kept for {years} after the award, the day of leaving, or the limit. gwp.toml says so."
        )];
        let past = self.rows().filter(|row| row.is_past).count();
        lead.push(match past {
            0 => format!("On {}, nobody's records are past that time.", self.as_of),
            1 => format!("On {}, the records of 1 person are past that time.", self.as_of),
            count => format!("On {}, the records of {count} people are past that time.", self.as_of),
        });
        if self.is_cut_off() {
            lead.push(
                "The clone is shallow, so older commits may hold more. \"git fetch --unshallow\" fetches them."
                    .to_owned(),
            );
        }
        if self.revisions.is_none() {
            lead.push("The folder is not in git, so only its files are looked at.".to_owned());
        }
        lead
    }

    fn left_out(&self) -> Option<Sheet> {
        let mut lead = Vec::new();
        let listed = |ids: &[Text]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        if !self.retention.unjudged.is_empty() {
            lead.push(format!(
                "These students cannot be judged, so nobody knows when their time began: {}. \"gwp check\" says why.",
                listed(&self.retention.unjudged)
            ));
        }
        if !self.retention.unnamed.is_empty() {
            lead.push(format!(
                "No student's record names these supervisors. Decide yourself how long you need them: {}.",
                listed(&self.retention.unnamed)
            ));
        }
        (!lead.is_empty()).then(|| Sheet::part("Not settled here", lead))
    }
}

impl Report for RetentionReport<'_> {
    fn folder(&self) -> Option<&Text> {
        self.folder
    }

    fn sheets(&self) -> Vec<Sheet> {
        let title = self.folder.map_or_else(
            || "How long records are kept".to_owned(),
            |name| format!("How long case folder {name} keeps records"),
        );
        let mut sheets = vec![Sheet::part(title, self.lead())];
        let past = Sheet::new("Past their time").with_toned_rows(
            &past_columns(),
            self.rows().filter(|row| row.is_past),
            |_| Tone::Waiting,
        );
        let kept = Sheet::new("Still kept").with_rows(&columns(), self.rows().filter(|row| !row.is_past));
        sheets.extend([past, kept].into_iter().filter(|sheet| !sheet.rows.is_empty()));
        sheets.extend(self.left_out());
        sheets
    }

    fn data(&self) -> Sheet {
        let mut columns = data_columns();
        if self.folder.is_some() {
            columns.insert(0, Column::data("folder", |_| Cell::Empty));
        }
        let mut data = Sheet::data(&columns, self.rows());
        if let Some(folder) = self.folder {
            data.rows.iter_mut().filter_map(|row| row.cells.first_mut()).for_each(|cell| *cell = Cell::text(folder));
        }
        data
    }
}

impl Serialize for RetentionReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'r> {
            as_of: Day,
            years: u32,
            complete: bool,
            people: Vec<KeptJson<'r>>,
            unjudged: &'r [Text],
            unnamed_supervisors: &'r [Text],
            commands: &'r [String],
        }
        Fields {
            as_of: self.as_of,
            years: self.years,
            complete: !self.is_cut_off(),
            people: self.rows().map(|row| KeptJson::of(&row)).collect(),
            unjudged: &self.retention.unjudged,
            unnamed_supervisors: &self.retention.unnamed,
            commands: &self.commands,
        }
        .serialize(serializer)
    }
}

#[derive(Serialize)]
struct KeptJson<'r> {
    record: &'static str,
    id: &'r Text,
    name: &'r Text,
    since: &'static str,
    ended: Day,
    until: Day,
    past: bool,
    files: Vec<FileJson<'r>>,
    commits: Vec<&'r str>,
}

#[derive(Serialize)]
struct FileJson<'r> {
    file: &'r Text,
    others: bool,
}

impl<'r> KeptJson<'r> {
    fn of(row: &Row<'r>) -> Self {
        let kept = row.kept;
        let of = |files: &'r std::collections::BTreeSet<Text>, others| {
            files.iter().map(move |file| FileJson { file, others })
        };
        let commits = row.holdings.into_iter().flat_map(|one| &one.commits);
        Self {
            record: kept.kind.word(),
            id: &kept.id,
            name: &kept.name,
            since: kept.since.word(),
            ended: kept.ended,
            until: kept.until,
            past: row.is_past,
            files: row
                .holdings
                .into_iter()
                .flat_map(|one| of(&one.whole, false).chain(of(&one.shared, true)))
                .collect(),
            commits: commits.filter_map(|at| row.revisions.get(*at)).map(|revision| revision.id.as_str()).collect(),
        }
    }
}
