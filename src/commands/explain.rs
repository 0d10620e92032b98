//! `gwp explain`: what a requirement asks, in plain words.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::edition::{Code, Scheme};
use gwp::folder::Selection;
use gwp::render::write_document;
use gwp::reports::Explanation;
use gwp::text::nearest;
use serde_json::json;

use super::context::Context;
use super::folder_args::{AsOfArg, OnDisk};
use super::format::Format;
use super::help::examples;
use super::out::{Lists, OutArgs};
use super::{Ending, tables};

/// Explain a requirement in plain words, or list them all.
///
/// It says what the requirement asks, how it is judged, and where the source leaves something open. Two examples
/// follow, then what settles each status, and the parameters in force.
///
/// In a case folder the numbers and dates are the folder's, with what its committee varies. Elsewhere they are those of
/// the newest edition.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp explain", "gwp explain S5", "gwp explain fortnightly-supervision"]))]
pub struct Args {
    /// The requirement, by code or name, such as S5 or fortnightly-supervision. Without it, the list of all
    #[arg(value_name = "CODE", value_parser = code)]
    code: Option<Code>,

    /// The case folder whose numbers are shown. Without it, the one around the current folder, if there is one
    #[arg(value_name = "FOLDER")]
    case_folder: Option<PathBuf>,

    /// Explain by the edition of this course, by id or name. Without it, by that of the folder
    #[arg(long, value_name = "COURSE")]
    course: Option<String>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    out: OutArgs<Lists>,
}

fn code(word: &str) -> Result<Code, String> {
    if let Some(code) = Code::read(word) {
        return Ok(code);
    }
    let near = nearest(word, Code::all().map(Code::name));
    let near = near.and_then(|name| Code::all().find(|code| code.name() == name));
    let near = near.map(|code| format!("did you mean {code}, {}?", code.name()));
    let advice = near.unwrap_or_else(|| "\"gwp explain\" lists them all".to_owned());
    Err(format!("no requirement has this code or name; {advice}"))
}

/// Prints the explanation, or the list.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    args.out.send(context, |format, context| tell(args, format, context))
}

fn tell(args: &Args, format: Format, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let asked_for = args.case_folder.is_some() || context.folder.is_some();
    let on_disk = OnDisk { folders: args.case_folder.iter().cloned().collect() };
    let opened = match on_disk.open(context) {
        Ok(mut folders) if folders.len() == 1 => folders.pop(),
        Err(error) if asked_for => return Err(error),
        // Outside a case folder, and over several, each with parameters of its own, the edition's are explained.
        Ok(_) | Err(_) => None,
    };
    let explanation = match &opened {
        None if args.course.is_some() || args.as_of.is_given() => bail!(
            "--course and --as-of are for one case folder, and there is none here; leave them out, or name the folder \
             after the code"
        ),
        None => Explanation { scheme: Scheme::newest(), variations: &[], on: context.today },
        Some(folder) => Explanation {
            scheme: args.scheme(folder, context)?,
            variations: folder.case.records.variations(),
            on: args.as_of.asked().day(folder, &Selection::default(), context.today)?,
        },
    };
    if format == Format::Json {
        let codes = args.code.map_or_else(|| Code::all().collect(), |code| vec![code]);
        let requirements: Vec<_> = codes.into_iter().map(|code| explanation.json(code)).collect();
        let explained = json!({ "scheme": explanation.scheme.word(), "requirements": requirements });
        write_document(vec![(None, explained)], context.out)?;
        return Ok(Ending::Clean);
    }
    let mut sheets = match args.code {
        _ if format == Format::Csv => vec![explanation.data(args.code)],
        Some(code) => explanation.sheets(code),
        None => explanation.list(),
    };
    if let (Some(folder), Some(first)) = (&opened, sheets.first_mut())
        && args.course.is_none()
        && format != Format::Csv
    {
        first.lead.extend(folder.case.records.of_other_editions().into_iter().map(|(course, scheme)| {
            format!("The course {course} is judged by the edition {}: add --course {course}.", scheme.word())
        }));
    }
    tables::write(&sheets, format, context)?;
    Ok(Ending::Clean)
}

impl Args {
    /// The edition that is explained: that of the course that was asked for, else the folder's own.
    fn scheme(&self, folder: &Folder, context: &Context<'_>) -> anyhow::Result<Scheme> {
        let records = &folder.case.records;
        let selection = Selection { courses: self.course.iter().cloned().collect(), ..Selection::default() };
        let courses = selection.named(std::slice::from_ref(folder), &context.choices)?.courses;
        let asked = records.courses.iter().find(|entry| courses.iter().any(|id| id == entry.id.raw()));
        let course = asked.and_then(|entry| entry.record.as_deref());
        Ok(course.map_or_else(|| records.scheme(), |course| records.scheme_of(course)))
    }
}
