//! `gwp remind`: a letter to everybody who owes something. Nothing is ever sent.

mod earlier;
mod outbox;
mod told;
mod words;

use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::calendar::{Day, Span};
use gwp::folder::{EVERYTHING, JudgedFolder, own_names};
use gwp::judgement::Roster;
use gwp::reminders::{Letter, Post, Reminders, Sender, WIDTH, file_names};
use gwp::render::{write_document, write_text};
use gwp::reports::{Caveats, LetterJson, LettersReport, Sheet, Summary, UnsentJson, unsent};

use super::Ending;
use super::context::Context;
use super::due::span;
use super::folder_args::{AsOfArg, FolderArgs, ResponsibleArg, SelectionArgs};
use super::format::Format;
use super::help::examples;
use super::value_parsers::among;
use earlier::{Asked, Earlier, Since, keep_place, kept_place};
use outbox::Outbox;
use words::{Forms, Worded, Words};

/// Write reminders: one letter for each person, with everything that the person owes.
///
/// A letter covers all students and all roles of one person. What is overdue comes first, then what is due within a
/// week, then what is still to come. gwp prints the letters, or writes them as messages for a mail program. It sends
/// nothing. Beside the messages it keeps a record of what they say. At the end it lists who cannot be written to.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&[
    "gwp remind --within 6w",
    "gwp remind --since last --out letters/2026-02-09",
    "gwp remind --show leonie-hardcastle --letters letters",
]))]
pub struct Args {
    #[command(flatten)]
    folders: FolderArgs,

    #[command(flatten)]
    as_of: AsOfArg,

    /// What is overdue or due within this time: days, weeks or months, such as 14d, 6w or 3m
    #[arg(long, value_name = "TIME", default_value = "28d", value_parser = span)]
    within: Span,

    /// Leave out what earlier letters said already: all that are recorded (last), or those up to this day
    #[arg(long, value_name = "last|DATE", value_parser = Since::parse)]
    since: Option<Since>,

    #[command(flatten)]
    from: ResponsibleArg,

    #[command(flatten)]
    selection: SelectionArgs,

    /// Write each letter as a message (.eml) in this folder, with a record of what it says. The command makes the folder if
    /// it is not there
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,

    /// Where earlier letters lie: a folder of letters, or one that holds such folders. Without it, next to --out, or
    /// where this machine wrote the last
    #[arg(long, value_name = "FOLDER")]
    letters: Option<PathBuf>,

    /// Write no letters, but show what this person has been told, by id, name or address
    #[arg(long, value_name = "PERSON", conflicts_with_all = ["since", "from", "out", "with_forms", "sender", "fallback_sender", "exit_code", "student", "course", "verdict", "within", "as_of"])]
    show: Option<String>,

    /// Put the forms that a letter asks for below it, to be filled in and sent back. With --out they are attached as pages
    /// too
    #[arg(long)]
    with_forms: bool,

    /// Who sends the letters, such as "Ros Hallam <ros@example.org>". Without it, the convenor of the course
    #[arg(long, value_name = "SENDER", value_parser = sender)]
    sender: Option<Sender>,

    /// Who sends the letters of a convenor who has no address
    #[arg(long, value_name = "SENDER", value_parser = sender, conflicts_with = "sender")]
    fallback_sender: Option<Sender>,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = among(Format::OF_LETTERS))]
    format: Format,

    /// End with status 1 if there is a letter, a person who cannot be written to, or a student who cannot be judged
    #[arg(long)]
    exit_code: bool,
}

fn sender(text: &str) -> Result<Sender, String> {
    Sender::parse(text)
        .ok_or_else(|| "a name and an address such as \"Ros Hallam <ros@example.org>\" are needed".to_owned())
}

/// Prints or writes the letters. Of several folders one that cannot be judged is left out, and said to be.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let opened = args.folders.open(context)?;
    if let Some(person) = &args.show {
        return told::show(person, args.letters.as_deref(), &opened, args.format, context);
    }
    let (selection, from) = (args.selection.of(&opened, context)?, args.from.of(&opened, context)?);
    let (judged, mut ending) = args.as_of.judge(&opened, &selection, context)?;
    let as_of = one_day(&judged)?.unwrap_or(context.today);
    let words = Words::of(&judged, args.forms())?;
    // Where letters are written to, the place is known; without one, it is where they were last written to.
    let kept = args.letters.clone().or_else(|| kept_place(&opened, context.now.into()).filter(|_| args.out.is_none()));
    let (out, letters) = (args.out.as_deref(), kept.as_deref());
    let asked = Asked { as_of, within: args.within, selection: &selection, out, letters };
    let mut earlier = Earlier::of(args.since, &asked, &judged, context)?;
    let names = own_names(judged.iter().map(|one| one.folder));
    let (mut reminders, mut rosters, mut told_earlier) = (Vec::new(), Vec::new(), 0);
    for (number, one) in judged.iter().enumerate() {
        let mut now = Reminders::new(number, as_of, args.within);
        let roster = one.roster(&selection, &mut |student, judgement| now.add(student, judgement));
        now.keep(&|reminder| from.keeps(reminder.item.obligation.from.as_ref(), &one.folder.name));
        told_earlier += earlier.leave_out(number, &names[number], &mut now);
        reminders.append(&mut now.into_vec());
        rosters.push(roster);
    }
    earlier.note_left_out(told_earlier);
    let mut post = Post::new(reminders);
    if args.out.is_some() && args.sender.is_none() && args.fallback_sender.is_none() {
        post.without_senders();
    }
    let is_somebody_unjudged = rosters.iter().any(|roster| roster.unjudged().next().is_some());
    if args.exit_code && !(post.letters.is_empty() && post.unsent.is_empty() && !is_somebody_unjudged) {
        ending = Ending::Found;
    }
    let worded = words.worded(&post.letters, &|letter| args.sender_of(letter))?;
    let mut said = Vec::new();
    match &args.out {
        Some(folder) => {
            let (is_since, folders) = (args.since.is_some(), names.iter().collect());
            Outbox { folder, as_of, is_since, folders }.write(&post.letters, &worded, &mut said)?;
            keep_place(folder, &opened, context.now.into());
        }
        None if args.format == Format::Json => {}
        None => print(&post.letters, &worded, as_of, &mut said)?,
    }
    if args.format == Format::Json {
        for note in &earlier.notes {
            writeln!(anstream::stderr(), "gwp: {note}")?;
        }
        document(args, (&post, &worded), &judged, (&rosters, as_of, told_earlier), context)?;
        return Ok(ending);
    }
    context.out.write_all(&said)?;
    let mut sheets = ending_sheets(&judged, &rosters, context.today, &|one| {
        from.shown_only(EVERYTHING, None, &selection).filter(|_| one.folder.can_be_judged())
    });
    let names: Option<Vec<_>> = judged.iter().map(|one| one.folder.name.shown()).collect();
    let before = words.own(&post.letters).into_iter().chain(notes(earlier.notes));
    sheets.splice(0..0, before.chain(unsent(&post.unsent, names.as_deref())));
    writeln!(context.out)?;
    write_text(&sheets, context.layout(), context.out)?;
    Ok(ending)
}

/// The day as of which all folders are judged. The error says that they have none in common.
fn one_day(judged: &[JudgedFolder<'_>]) -> anyhow::Result<Option<Day>> {
    let Some(as_of) = judged.first().map(|one| one.as_of) else { return Ok(None) };
    if judged.iter().any(|one| one.as_of != as_of) {
        bail!("the next LCC meetings of the folders are on different days; name one day with --as-of, or one folder");
    }
    Ok(Some(as_of))
}

impl Args {
    /// How the forms go with the letters: as pages too where the letters are messages.
    fn forms(&self) -> Forms {
        match (self.with_forms, &self.out) {
            (false, _) => Forms::LeftOut,
            (true, None) => Forms::Below,
            (true, Some(_)) => Forms::BelowAndAttached,
        }
    }

    /// Who sends a letter, where it is not its convenor.
    fn sender_of(&self, letter: &Letter<'_>) -> Option<Sender> {
        let instead = || self.fallback_sender.clone().filter(|_| letter.sender().is_none());
        self.sender.clone().or_else(instead)
    }
}

fn notes(notes: Vec<String>) -> Option<Sheet> {
    (!notes.is_empty()).then(|| {
        let mut sheet = Sheet::new("");
        sheet.lead = notes;
        sheet
    })
}

/// What has to be said of each folder at the end.
fn ending_sheets(
    judged: &[JudgedFolder<'_>],
    rosters: &[Roster<'_>],
    today: Day,
    shown_only: &dyn Fn(&JudgedFolder<'_>) -> Option<String>,
) -> Vec<Sheet> {
    let of = |(one, roster): (&JudgedFolder<'_>, &Roster<'_>)| {
        let caveats = Caveats {
            command_line: &one.command_line,
            roster,
            today,
            shown_only: shown_only(one),
            judged_by: Some(Summary::of(one)),
            is_of_judged: true,
        };
        let mut sheet = caveats.sheet()?;
        sheet.title = one.folder.name.heading().unwrap_or_default();
        Some(sheet)
    };
    judged.iter().zip(rosters).filter_map(of).collect()
}

/// Prints the letters as data.
fn document(
    args: &Args,
    (post, worded): (&Post<'_>, &[Worded]),
    judged: &[JudgedFolder<'_>],
    (rosters, as_of, told_earlier): (&[Roster<'_>], Day, usize),
    context: &mut Context<'_>,
) -> anyhow::Result<()> {
    let folders: Vec<_> = judged.iter().map(|one| &one.folder.name).collect();
    let files = if args.out.is_some() { file_names(&post.letters) } else { Vec::new() };
    let letters = post.letters.iter().zip(worded).enumerate().map(|(number, (letter, worded))| {
        let file = files.get(number).map(String::as_str);
        LetterJson::of(letter, (&worded.subject, &worded.text), (worded.from.as_ref(), file), &folders)
    });
    let unknown = judged
        .iter()
        .zip(rosters)
        .flat_map(|(one, roster)| roster.unjudged().map(|result| one.folder.shown_id(result.id)));
    let report = LettersReport {
        as_of,
        letters: letters.collect(),
        unsent: post.unsent.iter().map(|unsent| UnsentJson::of(unsent, &folders)).collect(),
        unknown: unknown.collect(),
        told_earlier,
    };
    Ok(write_document(vec![(None, report)], context.out)?)
}

fn print(letters: &[Letter<'_>], worded: &[Worded], as_of: Day, out: &mut dyn Write) -> anyhow::Result<()> {
    for (Letter { to, .. }, Worded { subject, text, .. }) in letters.iter().zip(worded) {
        let line = "-".repeat(WIDTH);
        writeln!(out, "To: {} <{}>\nSubject: {subject}\n\n{text}\n{line}", to.shown(), to.address.as_str())?;
    }
    let count = match letters.len() {
        0 => "There is no letter to write".to_owned(),
        1 => "There is 1 letter".to_owned(),
        count => format!("There are {count} letters"),
    };
    writeln!(out, "{count}, as of {as_of}. Nothing is sent.")?;
    Ok(())
}
