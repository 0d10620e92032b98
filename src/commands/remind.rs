//! `gwp remind`: a letter to everybody who owes something. Nothing is ever sent.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::calendar::{Day, Span};
use gwp::files::names_ending_in;
use gwp::folder::{EVERYTHING, JudgedFolder};
use gwp::reminders::{
    Chosen, FOLDER, Letter, Piece, Post, Reminders, Sender, Template, TemplateError, Templates, Values, WIDTH,
};
use gwp::render::write_text;
use gwp::reports::{Caveats, Sheet, Summary, unsent};
use gwp::sent_forms::SentForm;
use gwp::text::{SaidDay, all_of};

use super::Ending;
use super::context::Context;
use super::due::span;
use super::folder_args::{AsOfArg, OnDisk, ResponsibleArg, SelectionArgs};
use super::guarded::guarded;
use super::help::examples;
use super::outbox;
use super::value_parsers::day;

/// Write reminders: one letter for each person, with everything that the person owes.
///
/// A letter covers all students and all roles of one person. What is overdue comes first, then what is due within a
/// week, then what is still to come. gwp prints the letters, or writes them as messages for a mail program. It sends
/// nothing. At the end it lists who has no address.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp remind --within 6w", "gwp remind --from workplace-supervisor --out letters"]))]
pub struct Args {
    #[command(flatten)]
    folders: OnDisk,

    #[command(flatten)]
    as_of: AsOfArg,

    /// What is overdue or due within this time: days, weeks or months, such as 14d, 6w or 3m
    #[arg(long, value_name = "TIME", default_value = "28d", value_parser = span)]
    within: Span,

    /// Leave out what the reminders of this earlier day said already
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<SaidDay>,

    #[command(flatten)]
    from: ResponsibleArg,

    #[command(flatten)]
    selection: SelectionArgs,

    /// Write each letter as a message (.eml) in this folder. The command makes the folder if it is not there
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,

    /// Put the forms that a letter asks for below it, to be filled in and sent back
    #[arg(long)]
    with_forms: bool,

    /// Who sends the letters, such as "Ros Hallam <ros@example.org>". Without it, the convenor of the course
    #[arg(long, value_name = "SENDER", value_parser = sender)]
    sender: Option<Sender>,

    /// End with status 1 if there is a letter, a person without an address, or a student who cannot be judged
    #[arg(long)]
    exit_code: bool,
}

fn sender(text: &str) -> Result<Sender, String> {
    Sender::parse(text)
        .ok_or_else(|| "a name and an address such as \"Ros Hallam <ros@example.org>\" are needed".to_owned())
}

/// Prints or writes the letters. Of several folders one that cannot be judged is left out, and said to be.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let folders = args.folders.open(context)?;
    let (selection, from) = (args.selection.of(&folders, context)?, args.from.of(&folders, context)?);
    let (judged, mut ending) = args.as_of.judge(&folders, &selection, context)?;
    let since = args.since.map(|said| context.happened(said)).transpose()?;
    let as_of = one_day(&judged, since)?.unwrap_or(context.today);
    let built_in = Templates::built_in()?;
    let templates = judged.iter().map(|one| templates(one.folder)).collect::<Result<Vec<_>, _>>()?;
    name_unused(&judged, &templates)?;
    let then = |since| judged.iter().map(|one| one.folder.judge(since)).collect::<Result<Vec<_>, _>>();
    let then = since.map(then).transpose()?;
    let (mut reminders, mut rosters) = (Vec::new(), Vec::new());
    for (number, one) in judged.iter().enumerate() {
        let mut now = Reminders::new(number, as_of, args.within);
        let roster = one.roster(&selection, &mut |student, judgement| now.add(student, judgement));
        if let Some(one) = then.as_ref().and_then(|then| then.get(number)) {
            let mut then = Reminders::new(number, one.as_of, args.within);
            one.roster(&selection, &mut |student, judgement| then.add(student, judgement));
            now = now.without(&then);
        }
        let mut owed = now.into_vec();
        owed.retain(|reminder| from.keeps(reminder.item.obligation.from.as_ref(), &one.folder.name));
        reminders.append(&mut owed);
        rosters.push(roster);
    }
    let post = Post::new(reminders);
    let chosen: Vec<_> =
        post.letters.iter().map(|letter| (letter, Templates::chosen(letter, &templates, &built_in))).collect();
    let is_somebody_unjudged = rosters.iter().any(|roster| roster.unjudged().next().is_some());
    if args.exit_code && !(post.letters.is_empty() && post.unsent.is_empty() && !is_somebody_unjudged) {
        ending = Ending::Found;
    }
    match &args.out {
        None => print(args, &chosen, &judged, as_of, context.out)?,
        Some(folder) => {
            let letters = worded(args, &chosen, &judged)?;
            outbox::write(folder, &post.letters, &letters, as_of, context.out)?;
        }
    }
    let mut sheets = Vec::new();
    sheets.extend(own_words(&chosen));
    let names: Option<Vec<_>> = judged.iter().map(|one| one.folder.name.shown()).collect();
    sheets.extend(unsent(&post.unsent, names.as_deref()));
    for (one, roster) in judged.iter().zip(&rosters) {
        let caveats = Caveats {
            command_line: &one.command_line,
            roster,
            today: context.today,
            shown_only: from.shown_only(EVERYTHING, None, &selection),
            judged_by: Some(Summary::of(one)),
            is_of_judged: true,
        };
        if let Some(mut sheet) = caveats.sheet() {
            sheet.title = one.folder.name.heading().unwrap_or_default();
            sheets.push(sheet);
        }
    }
    writeln!(context.out)?;
    write_text(&sheets, context.layout(), context.out)?;
    Ok(ending)
}

/// The day as of which all folders are judged. The error says that they have none in common, or that the day of the
/// earlier reminders is not before it.
fn one_day(judged: &[JudgedFolder<'_>], since: Option<Day>) -> anyhow::Result<Option<Day>> {
    let Some(as_of) = judged.first().map(|one| one.as_of) else { return Ok(None) };
    if judged.iter().any(|one| one.as_of != as_of) {
        bail!("the next LCC meetings of the folders are on different days; name one day with --as-of, or one folder");
    }
    if let Some(since) = since.filter(|since| *since >= as_of) {
        bail!("--since {} is not before {}; name the day of the reminders before these", since.iso(), as_of.iso());
    }
    Ok(Some(as_of))
}

impl Args {
    /// The forms that a letter asks for, each once, as what stands below it.
    fn forms(&self, letter: &Letter<'_>, judged: &[JudgedFolder<'_>]) -> String {
        let mut sent: Vec<(usize, SentForm)> = Vec::new();
        for reminder in letter.reminders.iter().filter(|_| self.with_forms) {
            let student = reminder.item.student.map(|student| student.id);
            let form = SentForm::asked_by(&reminder.item.obligation, student, reminder.as_of);
            sent.extend(form.map(|form| (reminder.folder, form)).filter(|form| !sent.contains(form)));
        }
        let text = |(folder, form): &(usize, SentForm)| {
            let one = judged.get(*folder)?;
            Some(form.made(&one.folder.case, one.as_of).ok()?.form.to_text())
        };
        let texts: Vec<String> = sent.iter().filter_map(text).collect();
        if texts.is_empty() { String::new() } else { format!("\n{}", texts.join("\n\n")) }
    }
}

/// The templates of a folder.
fn templates(folder: &Folder) -> Result<Templates, TemplateError> {
    let of = |piece: Piece| {
        let file = folder.name.shown_id(&piece.path());
        let Some(root) = &folder.root else { return Template::built_in(piece) };
        match root.template(piece.path()).map_err(|why| TemplateError::unreadable(&file, &why))? {
            Some(text) => {
                let named = file.clone();
                let read = guarded(move || Template::read(piece, &named, &text));
                read.unwrap_or_else(|| Err(Template::stopped(&file)))
            }
            None => Template::built_in(piece),
        }
    };
    Ok(Templates { text: of(Piece::Text)?.into(), subject: of(Piece::Subject)?.into() })
}

/// Names what a user may take for a template, such as `reminders.txt`.
fn name_unused(judged: &[JudgedFolder<'_>], templates: &[Templates]) -> anyhow::Result<()> {
    for (JudgedFolder { folder, .. }, templates) in judged.iter().zip(templates) {
        let Some(root) = &folder.root else { continue };
        let names = names_ending_in("txt", &root.path.join(FOLDER))?;
        for name in templates.unused(&names) {
            let file = folder.name.shown_id(&format_args!("{FOLDER}/{name}"));
            let known = all_of(Piece::ALL.map(Piece::path));
            writeln!(anstream::stderr(), "gwp: {file} is not used; the templates are {known}")?;
        }
    }
    Ok(())
}

/// Which of the case folders' own templates were used; nothing where none was.
fn own_words(chosen: &[(&Letter<'_>, Chosen<'_>)]) -> Option<Sheet> {
    let files: BTreeSet<&str> = chosen.iter().flat_map(|(_, chosen)| chosen.own.iter().copied()).collect();
    if files.is_empty() {
        return None;
    }
    let mut sheet = Sheet::new("");
    sheet.lead.push(format!("In place of built-in words stand those of {}.", all_of(files)));
    Some(sheet)
}

/// What a template makes of a letter. Where no sender is named it is the convenor of the first student.
fn of_template(
    template: &Arc<Template>,
    letter: &Letter<'_>,
    sender: Option<&Sender>,
) -> Result<String, TemplateError> {
    let values = Values::new(letter, sender);
    let Some(file) = template.own_file() else { return template.worded(&values) };
    let worded = guarded({
        let template = Arc::clone(template);
        move || template.worded(&values)
    });
    worded.unwrap_or_else(|| Err(Template::stopped(file)))
}

/// Everything of each letter that goes into its message.
fn worded(
    args: &Args,
    chosen: &[(&Letter<'_>, Chosen<'_>)],
    judged: &[JudgedFolder<'_>],
) -> anyhow::Result<Vec<outbox::Worded>> {
    let of_letter = |(letter, templates): &(&Letter<'_>, Chosen<'_>)| {
        let from = args.sender.clone().map_or_else(|| letter.sender(), Ok)?;
        let subject = of_template(templates.subject, letter, Some(&from))?;
        let text = of_template(templates.text, letter, Some(&from))? + &args.forms(letter, judged);
        Ok(outbox::Worded { from, subject, text })
    };
    chosen.iter().map(of_letter).collect()
}

fn print(
    args: &Args,
    chosen: &[(&Letter<'_>, Chosen<'_>)],
    judged: &[JudgedFolder<'_>],
    as_of: Day,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let sender = args.sender.as_ref();
    let of_letter = |(letter, templates): &(&Letter<'_>, Chosen<'_>)| {
        let subject = of_template(templates.subject, letter, sender)?;
        Ok((subject, of_template(templates.text, letter, sender)? + &args.forms(letter, judged)))
    };
    // Nothing is printed of a run that a template brings to an end.
    let worded = chosen.iter().map(of_letter).collect::<Result<Vec<_>, TemplateError>>()?;
    for ((Letter { to, .. }, _), (subject, text)) in chosen.iter().zip(worded) {
        let line = "-".repeat(WIDTH);
        writeln!(out, "To: {} <{}>\nSubject: {subject}\n\n{text}\n{line}", to.shown(), to.address.as_str())?;
    }
    let count = match chosen.len() {
        0 => "There is no letter to write".to_owned(),
        1 => "There is 1 letter".to_owned(),
        count => format!("There are {count} letters"),
    };
    writeln!(out, "{count}, as of {as_of}. Nothing is sent.")?;
    Ok(())
}
