//! A form of a meeting that somebody filled in.

use std::path::Path;

use anyhow::{anyhow, bail};
use gwp::folder::AskedMeeting;
use gwp::meeting::{FilledIn, Paper, Proceedings};
use gwp::recording::RecordingSession;
use gwp::text::{counted, visible};

use super::super::context::Context;
use super::super::message::text_of;
use super::super::receive_form::must_agree;
use super::{Args, must_have_been};

/// Reads a form. The error says that not all of it is understood, after each such line.
pub fn read(
    args: &Args,
    session: &RecordingSession,
    path: &Path,
    context: &mut Context<'_>,
) -> anyhow::Result<Proceedings> {
    let shown = visible(&path.to_string_lossy());
    let text = text_of(path, |text| !Paper::all_in(text).is_empty())?;
    let papers = Paper::all_in(&text);
    let [paper] = papers.as_slice() else {
        bail!(
            "{shown} has {} in it; the whole text of one form is needed, with its last line, which begins with \"Reference:\"",
            counted(papers.len(), "form of a meeting", "forms of meetings")
        )
    };
    let is_other_day = match args.date {
        Some(AskedMeeting::On(said)) => session.last_day(said)? != paper.sitting.date,
        _ => false,
    };
    if is_other_day || args.body.is_some_and(|body| body != paper.sitting.body) {
        bail!("{shown} is the form of the {}, which is another meeting; leave the date and --body out", paper.sitting);
    }
    must_have_been(session, paper.sitting)?;
    let table = args.table(session, *paper)?;
    let FilledIn { proceedings, unclear, outside } =
        paper.read(&table, &text).map_err(|error| anyhow!("{shown} cannot be read: {error}"))?;
    if !unclear.is_empty() {
        for one in &unclear {
            writeln!(context.out, "{one}")?;
        }
        bail!(
            "{} of {shown} {} not understood, and nothing is written; put right what is listed, and run the command again",
            counted(unclear.len(), "line", "lines"),
            if unclear.len() == 1 { "is" } else { "are" }
        );
    }
    for one in &outside {
        writeln!(context.out, "Passed over: {one}")?;
    }
    if proceedings.is_empty() {
        bail!("nothing is filled in on {shown}");
    }
    for line in proceedings.lines() {
        writeln!(context.out, "{line}")?;
    }
    let left_open = proceedings.left_open();
    if !left_open.is_empty() {
        writeln!(context.out, "Left open: {}.", left_open.join("; "))?;
    }
    if context.is_somebody_there && !args.yes && !args.recording.dry_run {
        context.out.flush()?;
        must_agree("Record this (yes, no)")?;
    }
    Ok(proceedings)
}
