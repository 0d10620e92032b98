//! `gwp attest`: somebody who was not the student confirms what a log says.

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::case::Attestor;
use gwp::recording::{Attesting, SaidAttestation};
use gwp::records::SessionLog;
use gwp::text::{SaidDay, Text, any_of, counted};

use super::asking::{Asking, yes_or_no};
use super::fact::{About, Fact, Happened};
use super::help::examples;
use super::value_parsers::{day, some_text};

/// Record that a supervisor, co-conductor or line manager confirms a log.
///
/// The log keeps a digest of every entry up to that day, as it says now. If somebody changes an entry later, "gwp check"
/// names it: it is no longer confirmed. No verdict rests on it.
///
/// A supervision is confirmed by its supervisor. A group is confirmed by a workplace supervisor, by the co-conductor or by the
/// line manager. Each of them confirms the days on which they had to do with it. At a terminal the command asks for what you
/// leave out.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_help = examples(&[
    "gwp attest open-studio --by mattias-holm --through 2026-01-31",
    "gwp attest open-studio --by \"Mattias Holm\" --through 31.1.2026 --on 2.2.2026",
]))]
pub struct Args {
    /// Who confirms, by id or name
    #[arg(long, value_name = "WHO", value_parser = some_text)]
    by: Option<Text>,

    /// The last day whose entries are confirmed
    #[arg(long, value_name = "DATE", value_parser = day)]
    through: Option<SaidDay>,

    /// The day on which they confirmed it; else today
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<SaidDay>,

    /// The scanned paper, by its path below the case folder
    #[arg(long, value_name = "PATH", value_parser = some_text)]
    document: Option<Text>,
}

impl Fact for Args {
    type Record = SessionLog;
    const ASKS: bool = true;

    fn happened(&self, about: &About<'_, SessionLog>) -> anyhow::Result<Happened> {
        let Some((_, made)) = self.made(about)? else {
            let (what, option) = if self.by.is_none() {
                ("who confirms it", "--by")
            } else {
                ("the last day that is confirmed", "--through")
            };
            bail!("{what} is needed; say it with {option}");
        };
        Ok(match made.event {
            Some(event) => event.into(),
            None => Happened::of(Vec::new(), format!("{}, as is recorded already", made.what)),
        })
    }

    fn ask(&self, about: &About<'_, SessionLog>, asking: &mut Asking<'_>) -> anyhow::Result<Option<Self>> {
        if self.by.is_some() && self.through.is_some() {
            return Ok(None);
        }
        let mut answered = self.clone();
        let all = about.session.before.case.records.attestors(&about.entry.id, about.record);
        let names = any_of(all.iter().map(|one| &one.name));
        let attestor = |typed: &str| {
            let found = about.session.attestor(about.entry, about.record, typed);
            found.map_err(|error| error.to_string())
        };
        answered.by = match (&self.by, all.as_slice()) {
            (Some(by), _) => Some(by.clone()),
            (None, []) => return Ok(None),
            (None, [only]) => {
                let default = (only.clone(), &*only.name.to_string());
                Some(asking.or_else(None, "Who confirms it", default, attestor)?.by().clone())
            }
            (None, _) => {
                let asks = format!("Who confirms it ({names})");
                Some(asking.needed(None, "--by", &asks, attestor)?.by().clone())
            }
        };
        answered.through = Some(asking.needed(
            self.through,
            "--through",
            "The last day that is confirmed, such as 31 Jan 2026",
            day,
        )?);
        if let Some((by, made)) = answered.made(about)? {
            let of = about.record.kind().entry_word();
            let count = counted(made.days.len(), of, &format!("{of}s"));
            let span = made.days.first().zip(made.days.last()).map(|(first, last)| format!(", from {first} to {last}"));
            let asks = format!("{} confirms {count}{}. Is that so (yes, no)", by.name, span.unwrap_or_default());
            if !asking.needed(None, "--through", &asks, yes_or_no)? {
                bail!("nothing is written");
            }
        }
        Ok(Some(answered))
    }

    fn remarks(&self, about: &About<'_, SessionLog>, _: Option<&Folder>) -> Vec<String> {
        let made = self.made(about).ok().flatten();
        made.into_iter().flat_map(|(_, made)| made.left_out).map(|why| format!("not confirmed: {why}.")).collect()
    }
}

impl Args {
    /// What is confirmed, and by whom; none where one of them is not said.
    fn made(&self, about: &About<'_, SessionLog>) -> anyhow::Result<Option<(Attestor, Attesting)>> {
        let (Some(by), Some(through)) = (&self.by, self.through) else { return Ok(None) };
        let session = about.session;
        let by = session.attestor(about.entry, about.record, by.raw())?;
        let on = session.happened(self.on, "--on")?;
        let through = session.last_day(through)?;
        let (document, only) = (self.document.clone(), None);
        let made = session.attesting(about.record, &SaidAttestation { by: &by, on, through, document, only })?;
        Ok(Some((by, made)))
    }
}
