//! What is asked about an arrangement, of somebody at a terminal.

use anyhow::bail;
use gwp::calendar::Day;
use gwp::case::Entry;
use gwp::recording::RecordingSession;
use gwp::records::{Arrangement, MedicalCover, RecordKind, SessionLog, Student, Supervisor};
use gwp::text::{SaidDay, Text};

use super::super::asking::{Asking, with_choices, yes_or_no};
use super::super::fact::About;
use super::super::value_parsers::{day, word};
use super::Args;

/// The arrangement after asking for what is not said; none where all that is needed was said.
pub fn about(args: &Args, about: &About<'_, Student>, asking: &mut Asking<'_>) -> anyhow::Result<Option<Args>> {
    let is_named = args.group.is_some() && args.supervisor.is_some();
    if is_named && args.says_more() {
        return Ok(None);
    }
    let mut said = args.clone();
    said.ask_which(about, asking)?;
    if args.says_more() {
        return Ok(Some(said));
    }
    let is_meant = |one: &&Arrangement| {
        said.group.as_ref() == Some(&one.group) && said.supervisor.as_ref() == Some(&one.supervisor)
    };
    let standing = about.record.arrangement.iter().rfind(|one| is_meant(one) && one.withdrawn.is_none());
    if standing.is_none() {
        said.ask_when(about, asking)?;
    }
    said.ask_details(standing, about.session, asking)?;
    if standing.is_some() && !said.says_more() {
        bail!("nothing new was said, and nothing is written");
    }
    Ok(Some(said))
}

impl Args {
    /// Whether anything is said but which arrangement it is.
    fn says_more(&self) -> bool {
        let days = [self.from, self.until, self.proposed, self.withdrawn, self.confirmed];
        let texts = [&self.line_manager, &self.responsible, &self.not_needed];
        days.iter().any(Option::is_some)
            || texts.into_iter().any(Option::is_some)
            || self.beside
            || self.external
            || self.medical_cover.is_some()
    }

    /// Asks for the group and the supervisor, which are kept by their ids.
    fn ask_which(&mut self, about: &About<'_, Student>, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let About { session, entry, record } = about;
        let records = &session.before.case.records;
        let is_group = |entry: &Entry<SessionLog>| entry.record.as_deref().is_none_or(|log| log.group().is_some());
        let words = ("group", "\"gwp list groups\" shows them all");
        let find = |named: &str| session.find_among(named, &is_group, words).map(|entry| entry.id.clone());
        let group = match &self.group {
            Some(named) if record.arrangement.iter().any(|one| one.group == *named) => named.clone(),
            Some(named) => find(named.raw())?,
            None => {
                let conducts = |log: &SessionLog| log.group().is_some_and(|log| log.conductors.contains(&entry.id));
                let groups = records.logs.iter().filter(|entry| is_group(entry));
                let (own, others): (Vec<_>, Vec<_>) =
                    groups.partition(|entry| entry.record.as_deref().is_some_and(conducts));
                let names = own.iter().chain(&others).map(|entry| name_of(session, RecordKind::Session, &entry.id));
                let names: Vec<_> = names.collect();
                if names.is_empty() {
                    bail!("there is no group yet; write one with \"gwp new group\"");
                }
                let only = (own.len() == 1).then(|| own[0].id.clone());
                one_of(asking, "The group", &names, only, (session, RecordKind::Session), find)?
            }
        };
        let find = |named: &str| session.find::<Supervisor>(named).map(|entry| entry.id.clone());
        let supervisor = match &self.supervisor {
            Some(named) if record.arrangement.iter().any(|one| one.supervisor == *named) => named.clone(),
            Some(named) => find(named.raw())?,
            None => {
                let names: Vec<_> = records
                    .supervisors
                    .iter()
                    .map(|entry| name_of(session, RecordKind::Supervisor, &entry.id))
                    .collect();
                if names.is_empty() {
                    bail!("there is no supervisor yet; write one with \"gwp new supervisor\"");
                }
                let runs = |one: &&Arrangement| one.group == group && is_running(one, session.today);
                let running: Vec<_> = record.arrangement.iter().filter(runs).collect();
                let only = (running.len() == 1).then(|| running[0].supervisor.clone());
                one_of(asking, "The workplace supervisor", &names, only, (session, RecordKind::Supervisor), find)?
            }
        };
        (self.group, self.supervisor) = (Some(group), Some(supervisor));
        Ok(())
    }

    /// Asks when a new arrangement begins, and what becomes of those that run then.
    fn ask_when(&mut self, about: &About<'_, Student>, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let About { session, record, .. } = about;
        let today = session.today;
        let read = |answer: &str| day_of(session, answer, false).map(Some);
        self.from = asking.or_else(None, "The first day", (None, &today.to_string()), read)?;
        let from = self.from.map(|said| session.day(said)).transpose()?.unwrap_or(today);
        let runs = |one: &&Arrangement| one.from < from && is_running(one, from);
        let running: Vec<_> = record.arrangement.iter().filter(runs).collect();
        let is_same = |one: &&&Arrangement| Some(&one.group) == self.group.as_ref();
        let former = running.iter().find(is_same).or_else(|| running.first());
        let Some(former) = former else { return Ok(()) };
        let group = name_of(session, RecordKind::Session, &former.group);
        let supervisor = name_of(session, RecordKind::Supervisor, &former.supervisor);
        let eve = from.plus_days(-1);
        let asks = format!("Does that of {group} with {supervisor} end on {eve} (yes, no)");
        let ends = if is_same(&former) {
            asking.or_else(None, &asks, (true, "yes"), yes_or_no)?
        } else {
            asking.needed(None, "--beside", &asks, yes_or_no)?
        };
        self.beside = !ends;
        Ok(())
    }

    /// Asks for what the arrangement does not say yet.
    fn ask_details(
        &mut self,
        standing: Option<&Arrangement>,
        session: &RecordingSession,
        asking: &mut Asking<'_>,
    ) -> anyhow::Result<()> {
        let any = |answer: &str| day_of(session, answer, false).map(Some);
        let happened = |answer: &str| day_of(session, answer, true).map(Some);
        if standing.is_none_or(|one| one.until.is_none()) {
            self.until = asking.or_else(None, "The last day", (None, "it goes on"), any)?;
        }
        if standing.is_none_or(|one| one.confirmed.is_none()) {
            let asks = "The day on which the supervisor confirmed it on GWP Form 1";
            self.confirmed = asking.or_else(None, asks, (None, "not yet"), happened)?;
        }
        if standing.is_none_or(|one| !one.external) {
            let asks = "Is the supervisor based outside the workplace (yes, no)";
            self.external = asking.or_else(None, asks, (false, "no"), yes_or_no)?;
        }
        let is_external = self.external || standing.is_some_and(|one| one.external);
        if is_external && standing.is_none_or(|one| one.line_manager.is_none()) {
            let name = |answer: &str| Ok(Some(Text::new(answer)));
            self.line_manager = asking.or_else(None, "The line manager's name", (None, "not known yet"), name)?;
            if self.line_manager.is_some() {
                self.line_manager_email = asking.address(None, "The line manager's email address")?;
            }
        }
        if standing.is_none_or(|one| one.clinical_responsibility.is_none()) {
            self.ask_responsibility(session, asking)?;
        }
        let cover = standing.and_then(|one| one.medical_cover);
        if matches!(cover, None | Some(MedicalCover::Needed)) {
            let shown = cover.map_or("not known yet", MedicalCover::word);
            let asks = "Medical cover (needed, arranged, not-needed)";
            self.medical_cover = asking.or_else(None, asks, (None, shown), |answer| word(answer).map(Some))?;
        }
        Ok(())
    }

    fn ask_responsibility(&mut self, session: &RecordingSession, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let asks = "Who carries clinical responsibility, name and post; or nobody";
        match asking.optional(asks, "not known yet")? {
            Some(answer) if answer.raw().eq_ignore_ascii_case("nobody") => {
                self.not_needed = Some(asking.text(None, "--not-needed", "Why nobody needs to")?);
            }
            Some(answer) => {
                self.responsible = Some(answer);
                let read = |answer: &str| day_of(session, answer, true).map(Some);
                self.agreed = asking.or_else(None, "The day on which that was agreed", (None, "not known"), read)?;
            }
            None => {}
        }
        Ok(())
    }
}

/// Whether an arrangement runs on a day.
fn is_running(one: &Arrangement, on: Day) -> bool {
    one.withdrawn.is_none() && one.from <= on && one.until.is_none_or(|until| on <= until)
}

/// Asks which of several records is meant; where there is one to assume, Enter takes it.
fn one_of(
    asking: &mut Asking<'_>,
    asks: &str,
    names: &[String],
    only: Option<Text>,
    (session, kind): (&RecordingSession, RecordKind),
    find: impl Fn(&str) -> Result<Text, gwp::recording::RecordingError>,
) -> anyhow::Result<Text> {
    let asks = with_choices(asks, names.iter().map(String::as_str));
    let read = |answer: &str| find(answer).map_err(|error| error.to_string());
    match only {
        Some(id) => {
            let shown = name_of(session, kind, &id);
            asking.or_else(None, &asks, (id, &shown), read)
        }
        None => asking.needed(None, "", &asks, read),
    }
}

/// What a record is called, or else its id; safe to show.
fn name_of(session: &RecordingSession, kind: RecordKind, id: &Text) -> String {
    let all = session.before.case.records.nameable(kind);
    let found = all.into_iter().find(|one| one.ids.iter().any(|known| known == id.raw()));
    Text::new(found.and_then(|one| one.name).unwrap_or_else(|| id.raw().to_owned())).to_string()
}

/// Reads a day; the error says that it could be two, or that it is still to come where it must have been.
fn day_of(session: &RecordingSession, answer: &str, has_happened: bool) -> Result<SaidDay, String> {
    let said = day(answer)?;
    let day = if has_happened { session.happened(Some(said), "") } else { session.day(said) };
    day.map(SaidDay::from).map_err(|error| error.to_string())
}
