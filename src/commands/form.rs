//! `gwp form`: a form as plain text, for somebody to fill in and send back.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::calendar::Day;
use gwp::folder::AsOf;
use gwp::papers::form_page;
use gwp::recording::RecordingSession;
use gwp::records::{Form, SessionLog, Student, Supervisor};
use gwp::sent_forms::{SentForm, asked, deadlines};
use gwp::text::{SaidDay, Text, capitalised, visible};

use super::Ending;
use super::context::Context;
use super::format::Format;
use super::help::examples;
use super::out::put_private;
use super::recording::look;
use super::value_parsers::{day, some_text};
use super::whom::{self, said_or_asked};

/// Write a form to send by e-mail: filled in with what the records know, the rest left open.
///
/// The form is plain text that every mail program keeps as it is. Paste it into a message, or attach it. With a file that
/// ends in .html it is a page, to be filled in on screen or printed. The answer comes back as a message or a text file:
/// save it and run "gwp receive --from FILE".
///
/// form1, gwp2, wrg2 and gwp3 are about a student. sessions lists the entries of a log, to be confirmed or put right.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&[
    "gwp form gwp2 mina-holt",
    "gwp form wrg2 mina-holt --due 2026-01-31 --out mina-wrg2.html",
    "gwp form sessions open-studio",
]))]
pub struct Args {
    /// The form: form1, gwp2, wrg2, gwp3, or sessions
    #[arg(value_name = "FORM", value_parser = form_word)]
    form: Option<FormWord>,

    /// The student, by id or name, or by a part of it that no other student has; for sessions the log
    #[arg(value_name = "NAME", value_parser = some_text)]
    name: Option<Text>,

    /// The deadline that the report answers, if several are open
    #[arg(long, value_name = "DATE", value_parser = day)]
    due: Option<SaidDay>,

    /// Who is to write the report, if several could: a supervisor, or for GWP3 the line manager
    #[arg(long, value_name = "WHO", value_parser = some_text)]
    by: Option<Text>,

    /// The last day of the list of sessions; without it, today
    #[arg(long, value_name = "DATE", value_parser = day)]
    through: Option<SaidDay>,

    /// Fill it in as of this day: a date such as 2026-01-31, or next-lcc. Without it, today
    #[arg(long, value_name = "DATE", value_parser = AsOf::parse)]
    as_of: Option<AsOf>,

    /// Write it into this file, which only you can read: as text if it ends in .txt, as a page if it ends in .html. A form
    /// that somebody has filled in is not replaced
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FormWord {
    /// The application
    Form1,
    /// The workplace supervisor's report
    Gwp2,
    /// The WRG supervisor's report
    Wrg2,
    /// The line manager's report
    Gwp3,
    /// The sessions of a log
    Sessions,
}

/// Reads the word for a form, or its name as it is printed: `GWP Form 2`.
fn form_word(typed: &str) -> Result<FormWord, String> {
    match Form::read(typed) {
        Some(Form::Gwp2) => Ok(FormWord::Gwp2),
        Some(Form::Wrg2) => Ok(FormWord::Wrg2),
        Some(Form::Gwp3) => Ok(FormWord::Gwp3),
        None if Form::is_application(typed) => Ok(FormWord::Form1),
        None if typed.eq_ignore_ascii_case("sessions") => Ok(FormWord::Sessions),
        None => Err("it can be form1, gwp2, wrg2, gwp3 or sessions".to_owned()),
    }
}

/// Writes the form.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let example = "gwp form gwp2 mina-holt";
    let form = said_or_asked(args.form, "Which form (form1, gwp2, wrg2, gwp3, sessions)", example, context, form_word)?;
    args.must_fit(form)?;
    let session = look(args.as_of, context)?;
    let asked = context.is_somebody_there.then_some(&session);
    let name = match &args.name {
        Some(name) => name.clone(),
        None if form == FormWord::Sessions => whom::record::<SessionLog>(asked)?,
        None => whom::record::<Student>(asked)?,
    };
    let sent = args.sent((form, &name), &session, context)?;
    let form = sent.made(&session.before.case, session.as_of)?.form;
    let made = match Format::of_file(None, args.out.as_deref(), Format::OF_FORMS)? {
        Format::Html => form_page(&form)?,
        _ => form.to_text(),
    };
    let Some(out) = &args.out else {
        context.out.write_all(made.as_bytes())?;
        return Ok(Ending::Clean);
    };
    put_private(out, made.as_bytes(), context)?;
    writeln!(context.out, "The form is in {}. Nothing is sent.", visible(&out.to_string_lossy()))?;
    Ok(Ending::Clean)
}

impl Args {
    /// An error where an option does nothing.
    fn must_fit(&self, form: FormWord) -> anyhow::Result<()> {
        let is_report = matches!(form, FormWord::Gwp2 | FormWord::Wrg2 | FormWord::Gwp3);
        if !is_report && (self.due.is_some() || self.by.is_some()) {
            bail!("--due and --by say which report is meant; leave them out");
        }
        if form != FormWord::Sessions && self.through.is_some() {
            bail!("--through is the last day of a list of sessions; leave it out");
        }
        Ok(())
    }

    fn sent(
        &self,
        (form, name): (FormWord, &Text),
        session: &RecordingSession,
        context: &Context<'_>,
    ) -> anyhow::Result<SentForm> {
        let form = match form {
            FormWord::Sessions => {
                let log = session.find::<SessionLog>(name.raw())?.id.clone();
                let through = self.through.map_or(Ok(session.as_of), |through| session.day(through))?;
                return Ok(SentForm::Sessions { log, through });
            }
            FormWord::Form1 => {
                return Ok(SentForm::Application { student: session.find::<Student>(name.raw())?.id.clone() });
            }
            FormWord::Gwp2 => Form::Gwp2,
            FormWord::Wrg2 => Form::Wrg2,
            FormWord::Gwp3 => Form::Gwp3,
        };
        let student = session.find::<Student>(name.raw())?.id.clone();
        let owed = session.judgement(&student, |judgement| judgement.map(|one| deadlines(one, form)));
        let owed = owed.unwrap_or_default();
        let due = self.due.map(|due| session.deadline(due, &owed)).transpose()?;
        let by = match &self.by {
            Some(by) if form != Form::Gwp3 => Some(session.find::<Supervisor>(by.raw())?.id.clone()),
            by => by.clone(),
        };
        let found = |due: Option<Day>| {
            session.judgement(&student, |judgement| {
                judgement.map(|judgement| asked(judgement, form, due, by.as_ref().map(Text::raw)))
            })
        };
        let Some(asked) = found(due) else { bail!("{student} cannot be judged; \"gwp check\" says why") };
        let asked = match asked {
            Err(unclear) if due.is_none() && unclear.can_be_said && context.is_somebody_there => {
                let asks = format!("{}. For which deadline is the form", capitalised(&unclear.what));
                let read = |typed: &str| {
                    let due = session.deadline(day(typed)?, &owed).map_err(|error| error.with_help())?;
                    let asked = found(Some(due)).ok_or_else(|| "the student cannot be judged".to_owned())?;
                    asked.map_err(|unclear| unclear.what)
                };
                said_or_asked(None, &asks, "", context, read)?
            }
            asked => asked?,
        };
        Ok(SentForm::Report { form, student, due: asked.due, of: asked.of })
    }
}
