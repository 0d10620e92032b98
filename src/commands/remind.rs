//! `gwp remind`: a letter to everybody who owes something. Nothing is ever sent.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::calendar::{Day, Span};
use gwp::judgement::{Roll, Standing};
use gwp::print::{Caveats, unsent, write_text};
use gwp::reminders::{Letter, Post, Reminders, Sender, Template, TemplateError, WIDTH, Wanted};

use super::Ending;
use super::due::span;
use super::folders::{self, AsOf, Opened};
use super::outbox;
use super::owing::{EVERYTHING, Owing};
use super::selection::Selection;
use super::surroundings::Surroundings;

/// Write reminders: one letter for each person, with everything that the person owes.
///
/// What is overdue comes first, then what is due within a week, then what is still to come; for all students and in
/// all offices of one person together. The letters are printed, or written as messages that a mail program opens ready
/// to send. gwp sends nothing. Who has no address is listed at the end.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Case folders, or a folder of them; without it, the case folder that the current folder lies in
    #[arg(value_name = "FOLDER")]
    folders: Vec<PathBuf>,

    /// As of this day: a date such as 2026-01-31, or next-lcc for the next LCC meeting; else today
    #[arg(long, value_name = "DATE", value_parser = AsOf::parse)]
    as_of: Option<AsOf>,

    /// What is overdue or due within this time: days, weeks or months, such as 14d, 6w or 3m
    #[arg(long, value_name = "TIME", default_value = "28d", value_parser = span)]
    within: Span,

    /// Leave out what the reminders of this earlier day already said
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<Day>,

    /// Only what is due from these: student, workplace-supervisor, wrg-supervisor, convenor, line-manager, or the id or
    /// name of a person; can be given several times
    #[arg(long, value_name = "ROLE|ID")]
    from: Vec<String>,

    #[command(flatten)]
    selection: Selection,

    /// Write each letter as a message (.eml) in this folder, which is made where it is not there
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,

    /// Who sends the letters, such as "Ros Hallam <ros@example.org>"; else the convenor of the course
    #[arg(long, value_name = "SENDER", value_parser = sender)]
    sender: Option<Sender>,

    /// End with status 1 where there is a letter, or somebody who cannot be written to or judged
    #[arg(long)]
    exit_code: bool,
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "a day such as 2026-01-31 is needed".to_owned())
}

fn sender(text: &str) -> Result<Sender, String> {
    Sender::parse(text)
        .ok_or_else(|| "a name and an address such as \"Ros Hallam <ros@example.org>\" are needed".to_owned())
}

/// Prints or writes the letters. Of several folders one that cannot be judged is left out, and said to be.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let (opened, several) = folders::open(&args.folders, change)?;
    args.selection.must_match(&opened, several)?;
    let from = Owing::new(&args.from, &opened)?;
    let (judged, mut ending) = folders::judged(&opened, several)?;
    let as_of = one_day(args, &judged, surroundings.today)?;
    let templates = Templates::read(&judged, several)?;
    let since = args.since.unwrap_or(as_of);
    let parameters: Vec<_> = judged.iter().map(|folder| [as_of, since].map(|day| folder.parameters(day))).collect();
    let variations: Vec<_> = judged.iter().map(|folder| folder.variations_in_force(as_of)).collect();
    let cases: Vec<_> = judged.iter().map(|folder| folder.cases()).collect();
    let (mut reminders, mut rolls) = (Vec::new(), Vec::new());
    for (number, (folder, cases)) in judged.iter().zip(&cases).enumerate() {
        let named = several.then_some(&folder.name);
        let keep = |standing: &Standing<'_>| args.selection.keeps(standing, named);
        let [now, then] = &parameters[number];
        let collected = |day: Day, parameters| {
            let mut collected = Reminders::new(number, day, args.within);
            let roll = Roll::new(&folder.case, cases, parameters, day, &keep, &mut |standing, judgement| {
                collected.add(standing, judgement);
            });
            (collected, roll)
        };
        let (mut collected_now, roll) = collected(as_of, now);
        if args.since.is_some() {
            collected_now = collected_now.without(&collected(since, then).0);
        }
        let mut owed = collected_now.into_vec();
        owed.retain(|reminder| from.keeps(reminder.item.obligation.from.as_ref(), named));
        reminders.append(&mut owed);
        rolls.push(roll);
    }
    let post = Post::new(reminders);
    let is_somebody_unjudged = rolls.iter().any(|roll| roll.unjudged().next().is_some());
    if args.exit_code && !(post.letters.is_empty() && post.unsent.is_empty() && !is_somebody_unjudged) {
        ending = Ending::Found;
    }
    match &args.out {
        None => print(args, &post, &templates, as_of, out)?,
        Some(folder) => {
            let letters = worded(args, &post, &templates)?;
            outbox::write(folder, &post.letters, &letters, as_of, out)?;
        }
    }
    let mut sheets = Vec::new();
    sheets.extend(unsent(&post.unsent));
    for ((folder, roll), variations) in judged.iter().zip(&rolls).zip(&variations) {
        let caveats = Caveats {
            roll,
            today: surroundings.today,
            shown_only: from.shown_only(EVERYTHING, None, &args.selection),
            judged_by: Some(folder.summary(variations, as_of)),
            is_of_judged: true,
        };
        if let Some(mut sheet) = caveats.sheet() {
            if several {
                sheet.title = format!("Case folder {}", folder.name);
            }
            sheets.push(sheet);
        }
    }
    writeln!(out)?;
    write_text(&sheets, surroundings.layout(), out)?;
    Ok(ending)
}

/// The day as of which all folders are judged, and before which the earlier reminders were.
fn one_day(args: &Args, judged: &[&Opened], today: Day) -> anyhow::Result<Day> {
    let days = judged.iter().map(|folder| folder.as_of(args.as_of, today)).collect::<anyhow::Result<Vec<_>>>()?;
    let as_of = days.first().copied().unwrap_or(today);
    if days.iter().any(|day| *day != as_of) {
        bail!("the next LCC meetings of the folders are on different days; name one day with --as-of, or one folder");
    }
    if let Some(since) = args.since.filter(|since| *since >= as_of) {
        bail!("--since {} is not before {}; name the day of the reminders before these", since.iso(), as_of.iso());
    }
    Ok(as_of)
}

/// The templates of every folder, and those that are built in.
struct Templates {
    built_in: [Template; 2],
    /// For each folder the text of each of its own templates, and the template.
    own: Vec<[Option<(String, Template)>; 2]>,
}

impl Templates {
    fn read(judged: &[&Opened], several: bool) -> anyhow::Result<Self> {
        let own = |folder: &Opened, wanted: Wanted| -> Result<_, TemplateError> {
            let path = wanted.path();
            let file = if several { format!("{}/{path}", folder.name) } else { path.to_owned() };
            let text = folder.root.template(path).map_err(|why| TemplateError::unreadable(&file, &why))?;
            text.map(|text| Template::read(wanted, &file, &text).map(|template| (text, template))).transpose()
        };
        let of_folder = |folder: &&Opened| Ok([own(folder, Wanted::Text)?, own(folder, Wanted::Subject)?]);
        Ok(Self {
            built_in: [Template::built_in(Wanted::Text)?, Template::built_in(Wanted::Subject)?],
            own: judged.iter().map(of_folder).collect::<Result<_, TemplateError>>()?,
        })
    }

    /// The template for a letter: that of its folders where all of them have the same, else the one that is built in.
    fn of(&self, letter: &Letter<'_>, wanted: Wanted) -> &Template {
        let at = match wanted {
            Wanted::Text => 0,
            Wanted::Subject => 1,
        };
        let own = |folder: usize| self.own.get(folder).and_then(|own| own[at].as_ref());
        let mut of_folders = letter.reminders.iter().map(|reminder| own(reminder.folder));
        let first = of_folders.next().flatten();
        match first {
            Some((text, template)) if of_folders.all(|other| other.is_some_and(|(other, _)| other == text)) => template,
            _ => &self.built_in[at],
        }
    }

    fn worded(&self, letter: &Letter<'_>, wanted: Wanted, sender: Option<&Sender>) -> Result<String, TemplateError> {
        self.of(letter, wanted).worded(letter, sender)
    }
}

/// Everything of each letter that goes into its message.
fn worded(args: &Args, post: &Post<'_>, templates: &Templates) -> anyhow::Result<Vec<outbox::Worded>> {
    let of_letter = |letter: &Letter<'_>| {
        let from = args.sender.clone().map_or_else(|| letter.sender(), Ok)?;
        let subject = templates.worded(letter, Wanted::Subject, Some(&from))?;
        let text = templates.worded(letter, Wanted::Text, Some(&from))?;
        Ok(outbox::Worded { from, subject, text })
    };
    post.letters.iter().map(of_letter).collect()
}

fn print(args: &Args, post: &Post<'_>, templates: &Templates, as_of: Day, out: &mut dyn Write) -> anyhow::Result<()> {
    let sender = args.sender.as_ref();
    let of_letter = |letter| {
        let subject = templates.worded(letter, Wanted::Subject, sender)?;
        Ok((letter, subject, templates.worded(letter, Wanted::Text, sender)?))
    };
    // Nothing is printed of a run that a template brings to an end.
    let worded = post.letters.iter().map(of_letter).collect::<Result<Vec<_>, TemplateError>>()?;
    for (Letter { to, .. }, subject, text) in worded {
        let line = "-".repeat(WIDTH);
        writeln!(out, "To: {} <{}>\nSubject: {subject}\n\n{text}\n{line}", to.shown(), to.address.as_str())?;
    }
    let count = match post.letters.len() {
        0 => "There is no letter to write".to_owned(),
        1 => "There is 1 letter".to_owned(),
        count => format!("There are {count} letters"),
    };
    writeln!(out, "{count}, as of {as_of}. Nothing is sent.")?;
    Ok(())
}
