//! What the commands that write share: their options, and how a report of what was recorded is printed.

use std::fmt::Display;
use std::io::Write;

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::folder::{AsOf, Selection};
use gwp::problems::ProblemName;
use gwp::recording::{
    Deed, Effect, FileDifference, Prepared, RecordingError, RecordingMode, RecordingReport, RecordingSession,
};
use gwp::text::{all_of, capitalised, visible};

use super::Ending;
use super::asking::{Asking, yes_or_no};
use super::context::Context;
use super::surroundings::Surroundings;

// How something is recorded. No doc comment: it would become the help of the commands that this is a part of.
#[derive(Debug, ClapArgs)]
pub struct RecordingOptions {
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Commit what was written to git, and nothing else
    #[arg(long, conflicts_with = "dry_run")]
    pub commit: bool,

    /// Show what it changes as of this day: a date such as "31 Jan 2026", or next-lcc. Without it, today
    #[arg(long, value_name = "DATE", value_parser = AsOf::parse)]
    pub as_of: Option<AsOf>,
}

impl RecordingOptions {
    /// Opens the case folder of `-C`, or the current one, to record something.
    pub fn open(&self, context: &Context<'_>) -> anyhow::Result<RecordingSession> {
        self.open_to(RecordingMode::of(self.dry_run, self.commit), context)
    }

    /// Opens it to look at what is there: somebody who is asked may take their time, and the folder is locked after that.
    pub fn look(&self, context: &Context<'_>) -> anyhow::Result<RecordingSession> {
        let session = self.open_to(RecordingMode::DryRun, context)?;
        if self.commit {
            session.must_be_kept_in_git()?;
        }
        Ok(session)
    }

    /// The folder as somebody at a terminal sees it, who can be asked; none where nobody is there.
    pub fn look_to_ask(&self, context: &Context<'_>) -> anyhow::Result<Option<RecordingSession>> {
        context.is_somebody_there.then(|| self.look(context)).transpose()
    }

    fn open_to(&self, mode: RecordingMode, context: &Context<'_>) -> anyhow::Result<RecordingSession> {
        let mut session = opened(self.as_of, mode, context)?;
        if let Some(state) = Surroundings::state_folder() {
            caught_up(&session.keep_journal(&state, context.now.into())?)?;
        }
        Ok(session)
    }
}

/// Opens the case folder of `-C`, or the current one, only to read what is recorded in it.
pub fn look(as_of: Option<AsOf>, context: &Context<'_>) -> anyhow::Result<RecordingSession> {
    opened(as_of, RecordingMode::DryRun, context)
}

fn opened(as_of: Option<AsOf>, mode: RecordingMode, context: &Context<'_>) -> anyhow::Result<RecordingSession> {
    let mut session = RecordingSession::open(context.start(), mode, context.today)?;
    session.choices.clone_from(&context.choices);
    let day = as_of.unwrap_or_default();
    session.as_of = day.day(&session.before, &Selection::default(), context.today)?;
    session.command_line.as_of = as_of.map(|_| session.as_of);
    // Who asks what a meeting that is to come would find does not say that its day has come.
    if let AsOf::Day(_) = day {
        session.latest = context.today.max(session.as_of);
    }
    Ok(session)
}

/// Asks somebody at a terminal about what is unusual in what is to be written, and about what "gwp check" would warn of. The
/// folder is only looked at meanwhile, as it is `seen`; what cannot be prepared is told of by whoever writes it.
pub fn must_be_usual(
    seen: Option<&RecordingSession>,
    context: &mut Context<'_>,
    prepare: impl FnOnce(&RecordingSession) -> anyhow::Result<Prepared>,
) -> anyhow::Result<()> {
    let Some(seen) = seen.filter(|_| context.is_somebody_there) else { return Ok(()) };
    let Ok(prepared) = prepare(seen) else { return Ok(()) };
    let RecordingReport { warnings, unusual, .. } = prepared.report;
    // What is entered in two records is entered in one of them first.
    let is_half = unusual.is_empty() && warnings.iter().all(|one| one.name == ProblemName::NotAConductor);
    let meant: Vec<String> = unusual.into_iter().chain(warnings.into_iter().map(|one| one.says)).collect();
    let otherwise = if is_half { (true, "yes") } else { (false, "no") };
    let (mut answers, mut questions) = Surroundings::terminal();
    agree_to_unusual(&meant, otherwise, &mut Asking::of(&mut answers, &mut questions))?;
    context.meant = meant;
    Ok(())
}

/// Asks whether what is unusual is meant; what Enter says is given. The error says that nothing is written.
pub fn agree_to_unusual(unusual: &[String], otherwise: (bool, &str), asking: &mut Asking<'_>) -> anyhow::Result<()> {
    let lines: Vec<_> = unusual.iter().map(|one| format!("- {one}.\n")).collect();
    let asks = format!("That is unusual:\n{}Record it all the same (yes, no)", lines.concat());
    if !unusual.is_empty() && !asking.or_else(None, &asks, otherwise, yes_or_no)? {
        bail!("nothing is written");
    }
    Ok(())
}

/// Writes what was prepared, and prints what that did. What cannot be put into a record is shown as it is to be typed.
pub fn finish(
    session: &RecordingSession,
    prepared: Result<Prepared, RecordingError>,
    context: &mut Context<'_>,
) -> anyhow::Result<Ending> {
    let prepared = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            print_to_be_typed(&error, context.out)?;
            return Err(error.into());
        }
    };
    let mut report = session.write(prepared)?;
    report.warnings.retain(|one| !context.meant.contains(&one.says));
    report.unusual.retain(|one| !context.meant.contains(one));
    print(&report, &session.named(), context.out)?;
    // What is still needed is told of the first thing only.
    if let ([effect], true) = (report.effects.as_slice(), context.is_on_terminal) {
        let show = session.command_line.again(["show", effect.id.raw()]);
        writeln!(context.out, "To see where {} stands: {show}", effect.student)?;
    }
    Ok(Ending::Clean)
}

/// Says what was committed first, because an earlier command could not.
pub fn caught_up(what: &[String]) -> anyhow::Result<()> {
    for what in what {
        writeln!(
            anstream::stderr(),
            "gwp: an earlier command wrote this and did not come to commit it; it is committed now: {what}"
        )?;
    }
    Ok(())
}

/// Prints what was recorded, or would be.
pub fn print(report: &RecordingReport, named: &[String], out: &mut dyn Write) -> anyhow::Result<()> {
    warn(report.warnings.iter().map(|one| &one.says).chain(&report.unusual))?;
    print_differences(&report.differences, out)?;
    let (done, would_be) = match report.deed {
        Deed::Recorded => ("Recorded ", "Would be recorded "),
        Deed::Written => ("Written: ", "Would be written: "),
        Deed::Renamed => ("Renamed: ", "Would be renamed: "),
        Deed::TakenBack => ("Taken back: ", "Would be taken back: "),
        Deed::Nothing => ("", ""),
    };
    writeln!(out, "{}{}.", if report.is_dry_run { would_be } else { done }, report.what)?;
    if !named.is_empty() {
        writeln!(out, "Meant: {}.", all_of(named))?;
    }
    for Effect { student, said, .. } in &report.effects {
        let (stands, differs) = said.split_first().map_or(("", &[][..]), |(stands, rest)| (stands.as_str(), rest));
        writeln!(out, "{student}: {stands}.")?;
        for sentence in differs {
            writeln!(out, "  {}.", capitalised(sentence))?;
        }
    }
    for remark in &report.remarks {
        writeln!(out, "Note: {remark}")?;
    }
    if report.is_dry_run {
        writeln!(out, "This is a dry run: nothing is written.")?;
    }
    Ok(())
}

/// Prints what would be different in each file.
pub fn print_differences(differences: &[FileDifference], out: &mut dyn Write) -> anyhow::Result<()> {
    for file in differences {
        match &file.moved_to {
            Some(to) => writeln!(out, "{} becomes {to}", file.path)?,
            None => writeln!(out, "{}", file.path)?,
        }
        write!(out, "{}", file.lines)?;
    }
    Ok(())
}

/// Says what is worth a look in the records.
pub fn warn(warnings: impl IntoIterator<Item = impl Display>) -> anyhow::Result<()> {
    for warning in warnings {
        writeln!(anstream::stderr(), "gwp: warning: {warning}")?;
    }
    Ok(())
}

/// Shows what is to be typed: all of it, for where one event has no certain place none is written.
fn print_to_be_typed(error: &RecordingError, out: &mut dyn Write) -> anyhow::Result<()> {
    let RecordingError::Refused { typed, .. } = error else { return Ok(()) };
    let mut above = None;
    for typed in typed {
        if typed.lines.is_empty() {
            writeln!(out, "To be taken out: {}", typed.place)?;
        } else if above != Some(&typed.place) {
            writeln!(out, "To be typed {}:", typed.place)?;
        }
        for line in &typed.lines {
            writeln!(out, "{}", visible(line))?;
        }
        above = Some(&typed.place);
    }
    Ok(())
}
