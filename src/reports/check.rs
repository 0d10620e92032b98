//! The judgement as one JSON document, for other programs: stable keys in a stable order.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::due_json::OverdueJson;
use super::summary::Summary;
use crate::calendar::Day;
use crate::case::Records;
use crate::judgement::{Judgement, NotCounted, Roster, SessionFigures, StudentResult};
use crate::problems::Problem;
use crate::records::{Variation, VariationValue};
use crate::render::{PROGRAM, VERSION, write_value};
use crate::text::{Locator, Source, Text};

/// One judged folder, ready to be written.
pub struct FolderReport<'r> {
    /// What the folder is called, in a run over several.
    pub name: &'r Text,
    /// The sources, for the names of files.
    pub sources: &'r [Source],
    /// What was read from them.
    pub records: &'r Records,
    /// The edition.
    pub scheme: &'static str,
    /// The variations in force.
    pub variations: Vec<&'r Variation>,
    /// The commit that it was read from, in words; the document does not name it.
    pub stood_in: Option<&'r str>,
    /// The day of judgement, and every student that is shown.
    pub roster: &'r Roster<'r>,
    /// All problems, in order of file, line and column.
    pub problems: Vec<Located<'r>>,
}

/// A problem with the line and the column at which it stands.
pub struct Located<'r> {
    /// The problem.
    pub problem: &'r Problem,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1.
    pub column: usize,
}

/// Writes one document over one folder or several.
pub struct JsonDocument<'o> {
    out: &'o mut dyn Write,
    several: bool,
    folders: usize,
}

impl<'o> JsonDocument<'o> {
    /// Begins the document: that of one folder, or the list of `several`.
    pub fn begin(out: &'o mut dyn Write, several: bool) -> io::Result<Self> {
        write!(out, "{{\"version\":{VERSION},\"program\":\"{PROGRAM}\"")?;
        if several {
            out.write_all(b",\"folders\":[")?;
        }
        Ok(Self { out, several, folders: 0 })
    }

    /// Writes a folder.
    pub fn folder(&mut self, report: &FolderReport<'_>, locate: &mut Locator<'_>) -> io::Result<()> {
        if self.several {
            let comma = if self.folders == 0 { "" } else { "," };
            write!(self.out, "{comma}\n{{\"folder\":")?;
            write_value(report.name.raw(), self.out)?;
            write!(self.out, ",\"version\":{VERSION},\"program\":\"{PROGRAM}\"")?;
        }
        self.folders += 1;
        report.write(locate, self.out)?;
        if self.several {
            self.out.write_all(b"}")?;
        }
        Ok(())
    }

    /// Ends the document.
    pub fn end(self) -> io::Result<()> {
        self.out.write_all(if self.several { b"\n]}\n" } else { b"}\n" })
    }
}

impl FolderReport<'_> {
    /// How many TOML and YAML files were found.
    pub fn files_found(&self) -> usize {
        self.sources.iter().filter(|source| source.is_file()).count()
    }

    fn write(&self, locate: &mut Locator<'_>, out: &mut dyn Write) -> io::Result<()> {
        field("as_of", &self.roster.as_of, out)?;
        field("files", &FilesJson { found: self.files_found(), used: self.records.used() }, out)?;
        field("scheme", self.scheme, out)?;
        field("variations", &self.variations.iter().map(|one| VariationJson::of(one)).collect::<Vec<_>>(), out)?;
        write!(out, ",\n\"counts\":{{\"students\":{}", self.roster.students.len())?;
        for (verdict, count) in self.roster.counts() {
            write!(out, ",\"{}\":{count}", verdict.word())?;
        }
        out.write_all(b"},\n\"students\":[")?;
        for (position, result) in self.roster.students.iter().enumerate() {
            out.write_all(if position == 0 { b"\n" } else { b",\n" })?;
            let judgement = self.roster.judgement(result);
            let student = StudentJson::of(result, judgement.as_ref(), self.sources, locate);
            write_value(&student, out)?;
        }
        out.write_all(b"],\n\"overdue\":[")?;
        for (position, item) in self.roster.overdue().iter().enumerate() {
            out.write_all(if position == 0 { b"\n" } else { b",\n" })?;
            write_value(&OverdueJson::of(item, self.roster.as_of), out)?;
        }
        out.write_all(b"],\n\"problems\":[")?;
        for (position, located) in self.problems.iter().enumerate() {
            out.write_all(if position == 0 { b"\n" } else { b",\n" })?;
            write_value(&ProblemJson::of(located, self.sources), out)?;
        }
        out.write_all(b"]")
    }
}

fn field(name: &str, value: &(impl Serialize + ?Sized), out: &mut dyn Write) -> io::Result<()> {
    write!(out, ",\n\"{name}\":")?;
    write_value(value, out)
}

/// What a folder is judged by, as fields of a document: the day, the edition, the variations in force.
pub(super) fn judged_by(summary: &Summary<'_>) -> Map<String, Value> {
    let variations: Vec<_> = summary.variations.iter().map(|one| VariationJson::of(one)).collect();
    let fields =
        [("as_of", json!(summary.as_of)), ("scheme", json!(summary.scheme)), ("variations", json!(variations))];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[derive(Serialize)]
struct FilesJson {
    found: usize,
    used: usize,
}

#[derive(Serialize)]
struct VariationJson<'a> {
    parameter: &'static str,
    value: ValueJson<'a>,
    agreed_by: &'a str,
    agreed: Day,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ValueJson<'a> {
    Number(u32),
    Words(Vec<&'a str>),
}

impl<'a> VariationJson<'a> {
    fn of(variation: &'a Variation) -> Self {
        Self {
            parameter: variation.parameter.word(),
            value: match &variation.value {
                VariationValue::Number(number) => ValueJson::Number(*number),
                VariationValue::Words(words) => ValueJson::Words(words.iter().map(Text::raw).collect()),
            },
            agreed_by: variation.agreed_by.raw(),
            agreed: variation.agreed,
        }
    }
}

#[derive(Serialize)]
struct StudentJson<'a> {
    id: &'a str,
    name: Option<&'a str>,
    course: Option<&'a str>,
    verdict: &'static str,
    sessions: Option<SessionFigures>,
    supervision: Option<SupervisionJson>,
    requirements: Vec<RequirementJson<'a>>,
}

#[derive(Serialize)]
struct SupervisionJson {
    meetings: usize,
    not_counted: Vec<NotCounted>,
}

#[derive(Serialize)]
struct RequirementJson<'a> {
    code: &'static str,
    name: &'static str,
    status: &'static str,
    due: Option<Day>,
    message: &'a str,
    queries: Vec<QueryJson<'a>>,
    evidence: Vec<EvidenceJson<'a>>,
}

#[derive(Serialize)]
struct QueryJson<'a> {
    date: Day,
    message: &'a str,
}

#[derive(Serialize)]
struct EvidenceJson<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

impl<'a> StudentJson<'a> {
    fn of(
        result: &StudentResult<'a>,
        judgement: Option<&'a Judgement<'_>>,
        sources: &'a [Source],
        locate: &mut Locator<'_>,
    ) -> Self {
        let requirements = judgement.into_iter().flat_map(|judgement| &judgement.findings);
        Self {
            id: result.id.raw(),
            name: result.name.map(Text::raw),
            course: result.course.map(Text::raw),
            verdict: result.verdict.word(),
            sessions: judgement.map(SessionFigures::of),
            supervision: judgement.map(SupervisionJson::of),
            requirements: requirements
                .map(|finding| RequirementJson {
                    code: finding.code.word(),
                    name: finding.code.name(),
                    status: finding.status.word(),
                    due: finding.due,
                    message: &finding.message,
                    queries: finding
                        .queries
                        .iter()
                        .map(|query| QueryJson { date: query.date, message: &query.message })
                        .collect(),
                    evidence: finding
                        .evidence
                        .iter()
                        .map(|&place| {
                            let (line, column) = locate.place(place);
                            EvidenceJson { file: file_name(place.file, sources), line, column }
                        })
                        .collect(),
                })
                .collect(),
        }
    }
}

fn file_name(file: crate::text::FileId, sources: &[Source]) -> &str {
    sources.get(file.0 as usize).map_or("", |source| source.path.raw())
}

impl SupervisionJson {
    fn of(judgement: &Judgement<'_>) -> Self {
        let facts = &judgement.facts;
        let not_counted = facts
            .meetings
            .iter()
            .filter_map(|entry| entry.uncounted.map(|reason| NotCounted { date: entry.date, reason: reason.word() }));
        Self { meetings: facts.counted_meetings(), not_counted: not_counted.collect() }
    }
}

#[derive(Serialize)]
pub(super) struct ProblemJson<'a> {
    name: &'static str,
    level: &'static str,
    file: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
    help: Option<&'a str>,
}

impl<'a> ProblemJson<'a> {
    pub(super) fn of(located: &Located<'a>, sources: &'a [Source]) -> Self {
        let problem = located.problem;
        Self {
            name: problem.name.word(),
            level: problem.level.word(),
            file: file_name(problem.file, sources),
            line: located.line,
            column: located.column,
            message: &problem.message,
            help: problem.help.as_deref(),
        }
    }
}
