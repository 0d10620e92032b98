//! `gwp rename`: another id for a record.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use clap::Args as ClapArgs;
use gwp::amend::Renaming;
use gwp::records::RecordKind;
use gwp::text::{FileId, Notation, Source, Text, did_you_mean, visible};

use super::Ending;
use super::keeping::{Desk, Keeping, Rewritten, id, one_of};
use super::surroundings::Surroundings;

/// Give a record another id, wherever it is named.
///
/// The file gets another name, and every record that names it the new id. Notes and other free text stay as they are.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The id so far: the name of the record's file without its ending
    #[arg(value_name = "ID")]
    id: String,

    /// The new id: lower-case letters, digits and hyphens
    #[arg(value_name = "NEW", value_parser = id)]
    new: String,

    /// What it is, where records of several kinds have this id: course, student, supervisor or session
    #[arg(long, value_name = "RECORD", value_parser = kind)]
    kind: Option<RecordKind>,

    #[command(flatten)]
    keeping: Keeping,
}

const KINDS: [RecordKind; 4] = [RecordKind::Course, RecordKind::Student, RecordKind::Supervisor, RecordKind::Session];

fn kind(word: &str) -> Result<RecordKind, String> {
    one_of(word, &KINDS, RecordKind::word)
}

/// Renames the record.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let desk = Desk::open(&args.keeping, change, surroundings)?;
    let (kind, file) = args.record(&desk)?;
    let renaming = Renaming { kind, old: &args.id, new: &args.new };
    let source = desk.opened.sources.get(file.0 as usize).context("the record is no longer there")?;
    let Ok(text) = &source.content else { bail!("{} cannot be read; see \"gwp check\"", source.path) };
    let moved = Rewritten {
        path: source.path.clone(),
        moved_to: Some(Text::new(args.new_path(source.path.raw()))),
        text: text.to_string(),
    };
    let there = desk.opened.case.records.ids().into_iter().find(|(of, id, _)| *of == kind && id.raw() == args.new);
    if let Some(there) = there.and_then(|(.., there)| desk.opened.sources.get(there.0 as usize))
        && (moved.moved_to.as_ref() != Some(&there.path) || there.content.as_ref() != Ok(text))
    {
        bail!("{} has the id \"{}\" already; choose another", there.path, visible(&args.new));
    }
    let mut places = 0;
    let mut written = vec![moved];
    for source in &desk.opened.sources {
        if let Some((text, count)) = in_source(&renaming, source)? {
            places += count;
            written.push(Rewritten { path: source.path.clone(), moved_to: None, text });
        }
    }
    let (old, new) = (visible(&args.id), visible(&args.new));
    let named = match (places, written.len() - 1) {
        (0, _) => "no record names it".to_owned(),
        (1, _) => "it is named in one place".to_owned(),
        (places, 1) => format!("it is named in {places} places of one record"),
        (places, records) => format!("it is named in {places} places of {records} records"),
    };
    let what = format!("the {} {old} is now {new}; {named}", words(kind));
    desk.rewrite(&written, (&args.id, &args.new), &what, out)
}

fn words(kind: RecordKind) -> &'static str {
    if kind == RecordKind::Session { "session log" } else { kind.word() }
}

/// The text of a record with the new id, where it names the record.
fn in_source(renaming: &Renaming<'_>, source: &Source) -> anyhow::Result<Option<(String, usize)>> {
    let path = source.path.raw();
    let reader = path.split_once('/').and_then(|(folder, _)| RecordKind::in_folder(folder));
    let (Some(reader), Ok(text), Some(notation)) = (reader, &source.content, Notation::of(path)) else {
        return Ok(None);
    };
    renaming
        .of_text(reader, notation, text)
        .map_err(|_| anyhow!("{} names it and has an error, and nothing is renamed; see \"gwp check\"", source.path))
}

impl Args {
    /// The record that is meant.
    fn record(&self, desk: &Desk) -> anyhow::Result<(RecordKind, FileId)> {
        let all = desk.opened.case.records.ids();
        let kinds = |kind: RecordKind| self.kind.is_none_or(|asked| asked == kind);
        let found: Vec<_> = all.iter().filter(|(kind, id, _)| kinds(*kind) && id.raw() == self.id).collect();
        match found.as_slice() {
            [(kind, _, file)] => Ok((*kind, *file)),
            [] => {
                let near =
                    did_you_mean(&self.id, all.iter().filter(|(kind, ..)| kinds(*kind)).map(|(_, id, _)| id.raw()));
                let advice = near.unwrap_or_else(|| "an id is a file's name without its ending".to_owned());
                bail!("no record has the id \"{}\"; {advice}", visible(&self.id))
            }
            several if several.iter().all(|(kind, ..)| *kind == several[0].0) => {
                bail!("two files have the id \"{}\"; see \"gwp check\"", visible(&self.id))
            }
            several => {
                let kinds: Vec<_> = several.iter().map(|(kind, ..)| kind.word()).collect();
                bail!("\"{}\" is the id of a {}; say which with --kind", visible(&self.id), kinds.join(" and of a "))
            }
        }
    }

    /// The path of the file under its new name.
    fn new_path(&self, path: &str) -> String {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let ending = name.rsplit_once('.').map_or("toml", |(_, ending)| ending);
        format!("{folder}/{}.{ending}", self.new)
    }
}
