//! `gwp arrange`: a student's arrangement begins, changes or ends.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use clap::Args as ClapArgs;
use gwp::amend::{Detail, Event};
use gwp::calendar::Day;
use gwp::records::{Arrangement, ClinicalResponsibility, LineManager, MedicalCover};
use gwp::text::{Text, visible};

use super::Ending;
use super::keeping::{Desk, Entered, Keeping, day, few, one_of, some_text, student, the};
use super::surroundings::Surroundings;

/// Record that an arrangement begins, changes or ends.
///
/// Where the student has an arrangement of this group with this supervisor, what is said goes into it: --until ends it,
/// --confirmed says when the supervisor confirmed it. What the record says already is not changed. Otherwise it is a new
/// one, from --from on, and the one of the same group that runs on that day ends the day before, or else the only one.
/// Such details without --from begin none where the student has an arrangement of the group with somebody else.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The id of the student: the name of the student's file without its ending
    #[arg(value_name = "STUDENT")]
    student: String,

    /// The id of the group's log
    #[arg(value_name = "GROUP")]
    group: String,

    /// The id of the workplace supervisor
    #[arg(value_name = "SUPERVISOR")]
    supervisor: String,

    /// The first day of a new arrangement; else today, while the course goes on
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<Day>,

    /// The last day
    #[arg(long, value_name = "DATE", value_parser = day)]
    until: Option<Day>,

    /// A new arrangement runs beside the former one, which goes on
    #[arg(long)]
    beside: bool,

    /// The day on which it was put forward, where that was before it began
    #[arg(long, value_name = "DATE", value_parser = day)]
    proposed: Option<Day>,

    /// The day on which the supervisor confirmed it on GWP Form 1
    #[arg(long, value_name = "DATE", value_parser = day)]
    confirmed: Option<Day>,

    /// The supervisor is not based in the workplace; a line manager is needed then
    #[arg(long)]
    external: bool,

    /// The name of the line manager
    #[arg(long, value_name = "NAME", value_parser = some_text)]
    line_manager: Option<String>,

    /// Where reminders to the line manager go
    #[arg(long, value_name = "EMAIL", requires = "line_manager", value_parser = some_text)]
    line_manager_email: Option<String>,

    /// Who carries clinical responsibility: name and post
    #[arg(long, value_name = "WHO", value_parser = some_text)]
    responsible: Option<String>,

    /// The day on which clinical responsibility was agreed
    #[arg(long, value_name = "DATE", requires = "responsible", value_parser = day)]
    agreed: Option<Day>,

    /// Medical cover: needed, arranged or not-needed
    #[arg(long, value_name = "WORD", value_parser = cover)]
    medical_cover: Option<MedicalCover>,

    #[command(flatten)]
    keeping: Keeping,
}

fn cover(word: &str) -> Result<MedicalCover, String> {
    one_of(word, &[MedicalCover::Needed, MedicalCover::Arranged, MedicalCover::NotNeeded], MedicalCover::word)
}

/// Enters the arrangement, or what changes in it.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let desk = Desk::open(&args.keeping, change, surroundings)?;
    let entry = student(&desk, &args.student)?;
    let record = entry.record.as_deref().context("the student's record has an error; see \"gwp check\"")?;
    args.must_be_known(&desk, &record.arrangement)?;
    for (day, option) in [(args.confirmed, "--confirmed"), (args.agreed, "--agreed")] {
        day.map_or(Ok(()), |day| desk.must_have_come(day, option, surroundings.today))?;
    }
    let path = desk.opened.sources.get(entry.file.0 as usize).map(|source| source.path.to_string()).unwrap_or_default();
    let course = desk.opened.case.records.courses.iter().find(|course| course.id == record.course);
    let ends = course.and_then(|course| course.record.as_deref()).map(|course| course.ends);
    let ended = ends.filter(|ends| *ends < surroundings.today);
    let (events, what) = match (args.there(&record.arrangement, &path)?, args.from, ended) {
        (Some(position), _, _) => args.changes(position)?,
        (None, None, _) if args.may_change_another(&record.arrangement) => {
            return Err(args.of_another(&record.arrangement, surroundings.today));
        }
        (None, None, Some(ended)) => {
            bail!("the student's course ended on {ended}; say with --from when the arrangement began")
        }
        (None, from, _) => {
            let from = from.unwrap_or(surroundings.today);
            args.must_come_last(&record.arrangement, from, &path)?;
            args.begins(&record.arrangement, from)?
        }
    };
    desk.enter(&Entered::all_of(entry, events, what), out)
}

impl Args {
    /// An error where there is no such group or supervisor. What the student's record names already is not asked about:
    /// such an arrangement can be ended all the same.
    fn must_be_known(&self, desk: &Desk, arrangements: &[Arrangement]) -> anyhow::Result<()> {
        let records = &desk.opened.case.records;
        if !arrangements.iter().any(|one| one.group.raw() == self.group) {
            the(&records.logs, &self.group, "group", "\"gwp list groups\" shows them all")?;
        }
        if !arrangements.iter().any(|one| one.supervisor.raw() == self.supervisor) {
            let advice = "\"gwp list supervisors\" shows them all";
            the(&records.supervisors, &self.supervisor, "supervisor", advice)?;
        }
        Ok(())
    }

    /// The position of the arrangement that is meant, where it is there: the last of this group with this supervisor.
    /// A second one is not begun while it runs.
    fn there(&self, arrangements: &[Arrangement], path: &str) -> anyhow::Result<Option<usize>> {
        let is_meant = |one: &Arrangement| one.group.raw() == self.group && one.supervisor.raw() == self.supervisor;
        let Some(from) = self.from else { return Ok(arrangements.iter().rposition(is_meant)) };
        let same = arrangements.iter().position(|one| is_meant(one) && one.from == from);
        let overlaps = |one: &Arrangement| {
            self.until.is_none_or(|until| one.from <= until) && one.until.is_none_or(|until| from <= until)
        };
        let other = arrangements.iter().find(|one| is_meant(one) && overlaps(one));
        if let (None, Some(other)) = (same, other) {
            let until = other.until.map_or_else(|| " on".to_owned(), |until| format!(" until {until}"));
            bail!(
                "an arrangement of {} with {} is there from {}{until}, and a second one would overlap with it; leave out \
                 --from to change what it says, and if its first day is wrong, correct its `from` in {path}",
                other.group,
                other.supervisor,
                other.from
            );
        }
        Ok(same)
    }

    /// Whether what is said can be meant for an arrangement of this group with somebody else: it says more than that one
    /// begins, and not when.
    fn may_change_another(&self, arrangements: &[Arrangement]) -> bool {
        let says_more = self.until.is_some()
            || self.confirmed.is_some()
            || self.external
            || self.line_manager.is_some()
            || self.responsible.is_some()
            || self.medical_cover.is_some();
        let is_new = self.beside || self.proposed.is_some();
        says_more && !is_new && arrangements.iter().any(|one| one.group.raw() == self.group)
    }

    /// The error that says with whom the arrangement of this group is.
    fn of_another(&self, arrangements: &[Arrangement], today: Day) -> anyhow::Error {
        let runs = |one: &&Arrangement| one.from <= today && one.until.is_none_or(|until| today <= until);
        let of_group: Vec<_> = arrangements.iter().filter(|one| one.group.raw() == self.group).collect();
        let running: Vec<_> = of_group.iter().copied().filter(runs).collect();
        let with = |one: &Arrangement| one.supervisor.to_string();
        let (group, supervisor) = (visible(&self.group), visible(&self.supervisor));
        let other = match (running.as_slice(), of_group.last()) {
            ([], Some(last)) => {
                let until = last.until.map(|until| format!(" until {until}")).unwrap_or_default();
                format!("the last one is with {} from {}{until}", last.supervisor, last.from)
            }
            ([one], _) => format!("the one that runs is with {}", one.supervisor),
            (several, _) => {
                let with: Vec<_> = several.iter().copied().map(with).collect();
                format!("those that run are with {}", few(&with))
            }
        };
        anyhow!(
            "the student has no arrangement of {group} with {supervisor}; {other}; name that supervisor to change it, or \
             say with --from when one with {supervisor} begins"
        )
    }

    /// An error where the group has an arrangement with somebody else that begins on the same day or later: the new one
    /// cannot end it on the eve, and both would run.
    fn must_come_last(&self, arrangements: &[Arrangement], from: Day, path: &str) -> anyhow::Result<()> {
        let is_in_the_way = |one: &&Arrangement| {
            one.group.raw() == self.group
                && one.supervisor.raw() != self.supervisor
                && one.from >= from
                && self.until.is_none_or(|until| one.from <= until)
        };
        let Some(other) = arrangements.iter().find(is_in_the_way).filter(|_| !self.beside) else { return Ok(()) };
        let until = other.until.map_or_else(|| " on".to_owned(), |until| format!(" until {until}"));
        let before = if other.from > from { ", or with --until when this one ended" } else { "" };
        bail!(
            "an arrangement of {} with {} is there from {}{until}, and both would run at once; if the supervisor is wrong \
             there, correct its `supervisor` in {path}; if both are right, say with --from when this one began{before}, \
             or with --beside that they run side by side",
            other.group,
            other.supervisor,
            other.from
        );
    }

    fn changes(&self, arrangement: usize) -> anyhow::Result<(Vec<Event>, String)> {
        let until = self.until.map(Detail::Until);
        let manager = self.line_manager().map(Detail::LineManager);
        let details = until
            .into_iter()
            .chain(self.proposed.map(Detail::Proposed))
            .chain(self.confirmed.map(Detail::Confirmed))
            // A line manager is there before one is needed.
            .chain(manager)
            .chain(self.external.then_some(Detail::External))
            .chain(self.responsibility().map(Detail::ClinicalResponsibility))
            .chain(self.medical_cover.map(Detail::MedicalCover));
        let events: Vec<_> = details.map(|detail| Event::Detail { arrangement, detail }).collect();
        if let (true, Some(from)) = (events.is_empty(), self.from) {
            // The same once more: it is there.
            let event = self.arrangement(from);
            let what = event.sentence();
            return Ok((vec![event], what));
        }
        if events.is_empty() {
            bail!("the student has this arrangement; say what changes, such as --until for its last day");
        }
        let said: Vec<_> = events.iter().map(Event::sentence).collect();
        let (group, supervisor) = (Text::new(self.group.as_str()), Text::new(self.supervisor.as_str()));
        Ok((events, format!("{group} with {supervisor}: {}", said.join(", "))))
    }

    /// The new arrangement, and the end of the former one.
    fn begins(&self, arrangements: &[Arrangement], from: Day) -> anyhow::Result<(Vec<Event>, String)> {
        let begun = self.arrangement(from);
        let Some((arrangement, former)) = self.former(arrangements, from)? else {
            return Ok((vec![begun.clone()], begun.sentence()));
        };
        let eve = from.plus_days(-1);
        let what = format!("{}; that of {} with {} ends on {eve}", begun.sentence(), former.group, former.supervisor);
        Ok((vec![Event::Detail { arrangement, detail: Detail::Ends(eve) }, begun], what))
    }

    /// The arrangement in whose place the new one comes, with its position: the one of the same group that runs on its
    /// first day, or else the only one that does. Which of several it would be is for a person to say.
    fn former<'a>(
        &self,
        arrangements: &'a [Arrangement],
        from: Day,
    ) -> anyhow::Result<Option<(usize, &'a Arrangement)>> {
        let runs = |one: &Arrangement| one.from < from && one.until.is_none_or(|until| until >= from);
        let running: Vec<_> = arrangements.iter().enumerate().filter(|(_, one)| !self.beside && runs(one)).collect();
        let of_group: Vec<_> = running.iter().copied().filter(|(_, one)| one.group.raw() == self.group).collect();
        let meant = if of_group.is_empty() { running } else { of_group };
        match meant.as_slice() {
            [] => Ok(None),
            [former] => Ok(Some(*former)),
            several => {
                let named: Vec<_> =
                    several.iter().map(|(_, one)| format!("{} with {}", one.group, one.supervisor)).collect();
                bail!(
                    "the student has more than one arrangement on {from}: {}; say with --beside that the new one runs \
                     beside them, or end one of them first with \"gwp arrange\" and --until",
                    named.join(", ")
                )
            }
        }
    }

    fn arrangement(&self, from: Day) -> Event {
        Event::Arrangement(Arrangement {
            group: Text::new(self.group.as_str()),
            supervisor: Text::new(self.supervisor.as_str()),
            from,
            until: self.until,
            proposed: self.proposed,
            confirmed: self.confirmed,
            external: self.external,
            line_manager: self.line_manager(),
            clinical_responsibility: self.responsibility(),
            medical_cover: self.medical_cover,
            notes: None,
        })
    }

    fn line_manager(&self) -> Option<LineManager> {
        let email = self.line_manager_email.as_deref().map(Text::new);
        self.line_manager.as_deref().map(|name| LineManager { name: Text::new(name), email, notes: None })
    }

    fn responsibility(&self) -> Option<ClinicalResponsibility> {
        let holder = self.responsible.as_deref()?;
        Some(ClinicalResponsibility { holder: Text::new(holder), agreed: self.agreed, notes: None })
    }
}
