//! `gwp undo`: what the last command wrote is taken back.

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::recording::{CommitState, Earlier, RecordingMode, RecordingSession, TakingBack};
use gwp::render::write_text;
use gwp::reports::Sheet;
use gwp::text::visible;

use super::Ending;
use super::asking::{Asking, yes_or_no};
use super::context::Context;
use super::help::examples;
use super::recording::{caught_up, print, print_differences};
use super::surroundings::Surroundings;

/// Take back what your last command wrote in this folder.
///
/// Every file says again, byte for byte, what it said before. Use it again to go back one more step. Only what has not
/// changed since is taken back, and for 30 days. At a terminal the command shows it and asks. What was committed becomes a
/// commit that takes it back. An undo cannot be undone: give the command again.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp undo", "gwp undo --dry-run", "gwp undo --list"]))]
pub struct Args {
    /// Show what would be taken back, and write nothing
    #[arg(long)]
    dry_run: bool,

    /// Take it back without asking
    #[arg(long, conflicts_with = "dry_run")]
    yes: bool,

    /// List what your commands wrote here, the last first, and take nothing back
    #[arg(long, conflicts_with_all = ["dry_run", "yes"])]
    list: bool,
}

/// Takes it back.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    if args.list {
        return list(&open(RecordingMode::DryRun, context)?.earlier()?, context);
    }
    // Somebody who is asked may take their time: the folder is locked after that.
    let seen = open(RecordingMode::DryRun, context)?.take_back()?;
    if args.dry_run {
        print(seen.report(), &[], context.out)?;
        return Ok(Ending::Clean);
    }
    if !args.yes && !is_wanted(&seen, context)? {
        writeln!(context.out, "Nothing is taken back.")?;
        return Ok(Ending::Clean);
    }
    let mut session = open(RecordingMode::Write, context)?;
    let back = session.take_back()?;
    if !back.is_same(&seen) {
        bail!("something was written meanwhile, and nothing is taken back; run the command again");
    }
    print(&session.write_back(back)?, &[], context.out)?;
    Ok(Ending::Clean)
}

fn open(mode: RecordingMode, context: &Context<'_>) -> anyhow::Result<RecordingSession> {
    let Some(state) = Surroundings::state_folder() else {
        bail!("you have no home folder in which gwp could note what it writes, so nothing can be taken back; set HOME");
    };
    let mut session = RecordingSession::open(context.start(), mode, context.today)?;
    caught_up(&session.keep_journal(&state, context.now.into())?)?;
    Ok(session)
}

/// Shows what would be taken back, and asks for it.
fn is_wanted(seen: &TakingBack, context: &mut Context<'_>) -> anyhow::Result<bool> {
    if !context.is_somebody_there {
        bail!("nobody can be asked here; look at \"gwp undo --dry-run\" and take it back with \"gwp undo --yes\"");
    }
    let written = Surroundings::moment_in_words(seen.entry.at).unwrap_or_default();
    writeln!(context.out, "Written on {written}: {}.", visible(seen.entry.headline()))?;
    print_differences(&seen.report().differences, context.out)?;
    context.out.flush()?;
    let asks = if seen.is_committed() { "Take it back, with a commit (yes, no)" } else { "Take it back (yes, no)" };
    let (mut answers, mut questions) = Surroundings::terminal();
    Asking::of(&mut answers, &mut questions).or_else(None, asks, (false, "no"), yes_or_no)
}

/// Lists what was written.
fn list(earlier: &[Earlier], context: &mut Context<'_>) -> anyhow::Result<Ending> {
    if earlier.is_empty() {
        writeln!(context.out, "There is nothing that you wrote here with gwp and that can be taken back.")?;
        return Ok(Ending::Clean);
    }
    let mut sheet = Sheet::new("What you wrote here with gwp");
    sheet.lead.push("The last stands first: that is what \"gwp undo\" takes back.".to_owned());
    sheet.list = earlier.iter().map(in_words).collect();
    write_text(&[sheet], context.layout(), context.out)?;
    Ok(Ending::Clean)
}

fn in_words(Earlier { entry, changed }: &Earlier) -> String {
    let written = Surroundings::moment_in_words(entry.at).unwrap_or_default();
    let in_git = match entry.commit {
        CommitState::NotAsked => "",
        CommitState::Missing => "; not committed yet, though that was asked for",
        CommitState::Committed => "; committed",
    };
    let changed = changed.as_ref().map(|path| format!("; {path} has changed since, so it cannot be taken back"));
    format!("{written}: {}{in_git}{}", visible(entry.headline()), changed.unwrap_or_default())
}
