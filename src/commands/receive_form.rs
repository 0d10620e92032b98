//! `gwp receive --from`: the answers to a form that "gwp form" wrote.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use clap::Args as ClapArgs;
use gwp::calendar::Day;
use gwp::form::{Form, Line, Reading};
use gwp::recording::{Amendment, AnsweredForm, Prepared, RecordingError, RecordingSession, SentBy, Together};
use gwp::sent_forms::{SentForm, Writer};
use gwp::text::{SaidDay, Text, counted, few, visible};

use super::Ending;
use super::asking::{Asking, yes_or_no};
use super::context::Context;
use super::fact::ID;
use super::message::{Received, received};
use super::open_answers::{OpenAnswer, answer_shown, open_answers, settle};
use super::recording::{RecordingOptions, finish, must_be_usual};
use super::surroundings::Surroundings;

// The options of an answered form. No doc comment: it would become the help of the command that this is a part of.
#[derive(Debug, ClapArgs)]
pub struct AnsweredArgs {
    /// Read the answers to a form that "gwp form" wrote, from a saved message (.eml) or a text (.txt)
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "A form that came by e-mail",
        conflicts_with_all = [ID, "form", "due", "by", "ratings", "all", "rating", "concerns", "not_started"],
    )]
    from: Option<PathBuf>,

    /// Record what the form says without asking, if all of it is clear
    #[arg(long, requires = "from", help_heading = "A form that came by e-mail")]
    yes: bool,

    /// The sender or the signature is right, though the records name somebody else
    #[arg(long, requires = "from", help_heading = "A form that came by e-mail")]
    other_sender: bool,
}

/// So many of the fields that were left empty are named.
const MOST_EMPTY: usize = 9;

/// A form that came, and what was read of it.
struct Answered {
    sent: SentForm,
    form: Form,
    reading: Reading,
    received: Day,
    by: SentBy,
    /// What is odd about whoever sent it.
    doubt: Option<String>,
}

impl AnsweredArgs {
    /// The file that was given.
    pub fn file(&self) -> Option<&Path> {
        self.from.as_deref()
    }

    /// Shows what the forms in a file say, asks about what is unclear, and records it.
    pub fn run(
        &self,
        file: &Path,
        on: Option<SaidDay>,
        options: &RecordingOptions,
        context: &mut Context<'_>,
    ) -> anyhow::Result<Ending> {
        let received = received(file)?;
        let seen = options.look(context)?;
        let said = on.or(received.sent.map(SaidDay::from));
        let day = said.map(|said| seen.happened(Some(said), "--on")).transpose()?;
        let read = received.forms.iter().map(|sent| self.read(sent, (&received, day), &seen, file));
        let mut all = read.collect::<anyhow::Result<Vec<_>>>()?;
        let is_asked = context.is_somebody_there && !self.yes;
        if is_asked {
            let (mut answers, mut questions) = Surroundings::terminal();
            let mut asking = Asking::of(&mut answers, &mut questions);
            for answered in &mut all {
                for open in answered.open(&seen) {
                    settle(&open, &answered.form, &mut answered.reading, &mut asking)?;
                }
            }
        }
        let open: Vec<_> = all.iter().map(|one| one.open(&seen)).collect();
        for (one, open) in all.iter().zip(&open) {
            one.tell(open, &seen, context.out)?;
        }
        let is_outside = |line: &&Line| all.iter().all(|one| one.reading.outside.contains(line));
        let outside = all.first().map(|one| one.reading.outside.iter().filter(is_outside)).into_iter().flatten();
        list(context.out, "Not part of a form, and not read", outside.map(numbered))?;
        context.out.flush()?;
        must_be_clear(&all, open.iter().all(Vec::is_empty), is_asked)?;
        let are_corrected = with_corrections(&all, &seen, is_asked && !options.dry_run)?;
        if amendments(&all, &seen, are_corrected)?.is_empty() {
            writeln!(context.out, "There is nothing to record.")?;
            return Ok(Ending::Clean);
        }
        self.must_be_wanted(&all, options, is_asked)?;
        if is_asked && !options.dry_run {
            must_be_usual(Some(&seen), context, |seen| Ok(prepared(seen, amendments(&all, seen, are_corrected)?)?))?;
        }
        drop(seen);
        let session = options.open(context)?;
        let prepared = prepared(&session, amendments(&all, &session, are_corrected)?).map(|mut prepared| {
            if let Some(after) = prepared.after.as_ref().filter(|_| are_corrected) {
                let corrections =
                    all.iter().filter_map(|one| one.facts(&session).ok()).flat_map(|facts| facts.corrections);
                let mut relied: Vec<_> = corrections.flat_map(|one| one.correction.relied(&session, after)).collect();
                relied.dedup();
                prepared.report.remarks.extend(relied);
            }
            prepared
        });
        finish(&session, prepared, context)
    }

    fn read(
        &self,
        sent: &SentForm,
        (received, day): (&Received, Option<Day>),
        seen: &RecordingSession,
        file: &Path,
    ) -> anyhow::Result<Answered> {
        let made = sent.made(&seen.before.case, seen.as_of)?;
        let reading = made.form.read(&received.text).map_err(|error| {
            let file = visible(&file.to_string_lossy());
            anyhow!("{file}: {error}; keep one copy of the whole form in it")
        })?;
        let is_of = |writer: &Writer| {
            let both = received.from.as_ref().zip(writer.email.as_ref());
            both.is_some_and(|(from, email)| from.raw().trim().eq_ignore_ascii_case(email.raw().trim()))
        };
        let sender = made.writers.iter().position(is_of);
        let signed = signature_in_doubt(&reading, &made.writers);
        let from = sender.map_or_else(|| sender_in_doubt(received, &made.writers), |_| None);
        let doubt: Vec<_> = from.into_iter().chain(signed).collect();
        let doubt = (!doubt.is_empty() && !self.other_sender).then(|| doubt.join(", and "));
        let by = match sender.or_else(|| signer(&reading, &made.writers)) {
            Some(writer) => SentBy::Writer(writer),
            None if self.other_sender => SentBy::Anybody,
            None => SentBy::Unknown,
        };
        // A text says no day on which it was sent: the one beside the signature is the nearest to it.
        let signed = SentForm::signed_on(&reading).and_then(|typed| SaidDay::read(typed.raw()).ok());
        let signed = signed.and_then(|said| seen.happened(Some(said), "--on").ok());
        let received = match day.or(signed) {
            Some(day) => day,
            None => seen.happened(None, "--on")?,
        };
        Ok(Answered { sent: sent.clone(), form: made.form, received, by, reading, doubt })
    }

    /// Asks whether all of it is to be recorded. The error says that it is not, or how to say that it is.
    fn must_be_wanted(&self, all: &[Answered], options: &RecordingOptions, is_asked: bool) -> anyhow::Result<()> {
        if options.dry_run {
            return Ok(());
        }
        let Some(doubt) = all.iter().find_map(|one| one.doubt.as_ref()) else {
            return match (is_asked, self.yes) {
                (true, _) => must_agree("Record this (yes, no)"),
                (false, true) => Ok(()),
                (false, false) => bail!("nothing is written; say with --yes that this is to be recorded"),
            };
        };
        if is_asked {
            return must_agree(&format!("Note: {doubt}. Record this all the same (yes, no)"));
        }
        bail!("{doubt}; if that is right, say so with --other-sender")
    }
}

/// Asks something that somebody has to agree to. The error says that nothing is written.
pub fn must_agree(asks: &str) -> anyhow::Result<()> {
    let (mut answers, mut questions) = Surroundings::terminal();
    if Asking::of(&mut answers, &mut questions).needed(None, "--yes", asks, yes_or_no)? {
        return Ok(());
    }
    bail!("nothing is written")
}

/// What is odd about the sender, where the message names one.
fn sender_in_doubt(received: &Received, writers: &[Writer]) -> Option<String> {
    let from = received.from.as_ref()?;
    let writer = writers.first()?;
    let recorded = match &writer.email {
        Some(email) => format!("the record has {email} for {}", writer.name),
        None => format!("the record has no address for {}", writer.name),
    };
    Some(format!("the message came from {from}, while {recorded}"))
}

/// What is odd about the signature: it shares no word with the name of anybody who can sign.
fn signature_in_doubt(reading: &Reading, writers: &[Writer]) -> Option<String> {
    let signed = SentForm::signature(reading)?;
    let asked = writers.first().filter(|_| !writers.iter().any(|writer| shared_words(signed, writer) > 0))?;
    Some(format!("it is signed {signed}, while {} was asked", asked.name))
}

/// Who signed, by position; none where the signature could be that of several, or of somebody else.
fn signer(reading: &Reading, writers: &[Writer]) -> Option<usize> {
    let signed = SentForm::signature(reading)?;
    let shared: Vec<_> = writers.iter().map(|writer| shared_words(signed, writer)).collect();
    let most = *shared.iter().max().filter(|most| **most > 0)?;
    let mut named = (0..writers.len()).filter(|at| shared[*at] == most);
    // A supervisor of two arrangements stands there twice, and is one person.
    let first = named.next()?;
    named.all(|other| writers[other].name == writers[first].name).then_some(first)
}

/// How many words of a writer's name a signature has.
fn shared_words(signed: &Text, writer: &Writer) -> usize {
    let words = |name: &str| -> BTreeSet<String> {
        let all = name.to_lowercase();
        let all = all.split(|c: char| !c.is_alphanumeric());
        all.filter(|word| word.chars().count() > 2).map(str::to_owned).collect()
    };
    words(writer.name.raw()).intersection(&words(signed.raw())).count()
}

impl Answered {
    fn facts(&self, session: &RecordingSession) -> Result<AnsweredForm, RecordingError> {
        session.answered(&self.sent, &self.reading, (self.received, self.by))
    }

    /// The answers of which somebody has to say what is meant.
    fn open(&self, seen: &RecordingSession) -> Vec<OpenAnswer> {
        let unclear = self.facts(seen).map(|facts| facts.unclear).unwrap_or_default();
        open_answers(&self.reading, &unclear)
    }

    /// Shows all that was understood, and all that was not.
    fn tell(&self, open: &[OpenAnswer], seen: &RecordingSession, out: &mut dyn Write) -> anyhow::Result<()> {
        writeln!(out, "{}, received on {}:", visible(&self.form.title), self.received)?;
        for (label, value) in self.form.known.iter().take(1) {
            writeln!(out, "  {label}: {value}")?;
        }
        let mut empty = Vec::new();
        for answer in &self.reading.answers {
            match answer_shown(&self.form, answer) {
                Some(shown) => writeln!(out, "  {}: {shown}", visible(&answer.label))?,
                None => empty.push(visible(&answer.label)),
            }
        }
        if !empty.is_empty() {
            writeln!(out, "  Left empty: {}", few(&empty, MOST_EMPTY, ", "))?;
        }
        list(out, "Not clear", open.iter().map(OpenAnswer::sentence))?;
        list(out, "Not understood, in the form", self.reading.not_understood.iter().map(numbered))?;
        let Ok(facts) = self.facts(seen) else { return Ok(()) };
        let path = &seen.source(facts.amendment.file)?.path;
        let corrections = facts.corrections.iter().map(|one| format!("{}: {}", one.day, one.said));
        list(out, &format!("To be put right in {path}"), corrections)?;
        list(out, "Note", facts.notes.iter().cloned())
    }
}

fn numbered(line: &Line) -> String {
    format!("line {}: {}", line.number, line.says)
}

/// Whether nothing in the forms is left that nobody understood.
fn must_be_clear(all: &[Answered], is_answered: bool, is_asked: bool) -> anyhow::Result<()> {
    if is_answered && all.iter().all(|one| one.reading.not_understood.is_empty()) {
        return Ok(());
    }
    if is_answered && is_asked {
        return must_agree("Lines of the form were not understood. Go on without them (yes, no)");
    }
    bail!("not all of it is clear, and nothing is written; put it right in the file, or answer at a terminal")
}

/// Whether what the records say otherwise is put right: somebody who is there sees it, and says so.
fn with_corrections(all: &[Answered], seen: &RecordingSession, is_asked: bool) -> anyhow::Result<bool> {
    let facts = all.iter().map(|one| one.facts(seen)).collect::<Result<Vec<_>, RecordingError>>()?;
    let count = facts.iter().map(|facts| facts.corrections.len()).sum::<usize>();
    if count == 0 || !is_asked {
        return Ok(count > 0);
    }
    let (mut answers, mut questions) = Surroundings::terminal();
    let asks = format!("Put right what the record says otherwise: {} (yes, no)", counted(count, "entry", "entries"));
    Asking::of(&mut answers, &mut questions).needed(None, "--yes", &asks, yes_or_no)
}

/// What goes into records.
fn amendments(
    all: &[Answered],
    session: &RecordingSession,
    are_corrected: bool,
) -> Result<Vec<Amendment>, RecordingError> {
    let amendment = |one: &Answered| {
        let facts = one.facts(session)?;
        Ok(if are_corrected { facts.with_corrections() } else { facts.amendment })
    };
    let facts = all.iter().map(amendment).collect::<Result<Vec<_>, RecordingError>>()?;
    Ok(facts.into_iter().filter(|amendment| !amendment.events.is_empty()).collect())
}

/// All of it together.
fn prepared(session: &RecordingSession, amendments: Vec<Amendment>) -> Result<Prepared, RecordingError> {
    if let [only] = amendments.as_slice() {
        return session.amend(only);
    }
    let ids: Vec<_> = amendments.iter().map(|amendment| amendment.id.clone()).collect();
    let what = format!("{} forms", amendments.len());
    let each: Vec<_> = amendments.iter().map(|amendment| format!("{}: {}", amendment.id, amendment.what)).collect();
    let message = format!("{}: {what}\n\n{}\n", few(&ids, 3, ", "), each.join("\n"));
    session.record_together(&Together { amendments, new: Vec::new(), what, message })
}

/// A heading with a line for each; nothing where there is none.
fn list(out: &mut dyn Write, heading: &str, lines: impl Iterator<Item = String>) -> anyhow::Result<()> {
    for (number, line) in lines.enumerate() {
        if number == 0 {
            writeln!(out, "{heading}:")?;
        }
        writeln!(out, "  {line}")?;
    }
    Ok(())
}
