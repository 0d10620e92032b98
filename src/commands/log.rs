//! `gwp log`: a session of a group, or a meeting of a supervision, was held or cancelled.

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::amend::Event;
use gwp::calendar::Day;
use gwp::records::{Break, LogEntry, LogKind, Meeting, Mode, Session, SessionLog};
use gwp::text::Text;

use super::fact::{About, Fact, Happened};
use super::help::examples;
use super::value_parsers::{day, minutes, people, some_text, word};

/// More entries than a term has come from a mistyped day.
const MOST_AT_ONCE: usize = 200;

/// Record sessions of a group, or meetings of a supervision.
///
/// Each day becomes one line in the log, in order of date. The line of a session that was planned is filled in. Give
/// several days at once, or use --every and --until for a whole term: days in a break that the log announces are left
/// out.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp log open-studio 2026-02-16 --present 6", "gwp log open-studio 2026-02-23 --cancelled \"no heating\""]))]
pub struct Args {
    /// The day, or several
    #[arg(value_name = "DATE", required = true, value_parser = day)]
    dates: Vec<Day>,

    /// How long it lasted, in minutes; else as long as the last one in the log
    #[arg(long, value_name = "NUMBER", value_parser = minutes)]
    minutes: Option<u16>,

    /// How many members of the group came: a number, never names
    #[arg(long, value_name = "NUMBER", value_parser = people)]
    present: Option<u32>,

    /// The id of a conductor or supervisee who was not there; can be given several times
    #[arg(long, value_name = "ID")]
    absent: Vec<Text>,

    /// It was cancelled, and why
    #[arg(long, value_name = "WHY", value_parser = some_text, conflicts_with_all = ["minutes", "present", "absent", "mode", "joint"])]
    cancelled: Option<Text>,

    /// How a meeting took place, where that is not as usual: face-to-face, telephone or video
    #[arg(long, value_name = "MODE", value_parser = word::<Mode>)]
    mode: Option<Mode>,

    /// A conducting pair was supervised together in the meeting
    #[arg(long)]
    joint: bool,

    /// From the day on again and again, such as 7d or 2w
    #[arg(long, value_name = "STEP", requires = "until", value_parser = step)]
    every: Option<i64>,

    /// The last day that --every can come to
    #[arg(long, value_name = "DATE", requires = "every", value_parser = day)]
    until: Option<Day>,
}

fn step(text: &str) -> Result<i64, String> {
    let (number, unit) =
        if let Some(weeks) = text.strip_suffix('w') { (weeks, 7) } else { (text.strip_suffix('d').unwrap_or(text), 1) };
    let number = number.parse::<u8>().ok().filter(|number| *number > 0);
    number.map(|number| i64::from(number) * unit).ok_or_else(|| "so many days or weeks, such as 7d or 2w".to_owned())
}

impl Fact for Args {
    type Record = SessionLog;

    fn happened(&self, about: &About<'_, SessionLog>) -> anyhow::Result<Happened> {
        let of = about.record.kind().entry_word();
        let (dates, left_out) = self.days(about.record.breaks())?;
        let last_to_come = dates.last().filter(|day| about.session.is_to_come(**day));
        if let (Some(_), Some(day)) = (self.present, last_to_come) {
            bail!(
                "{day} is still to come, and --present says how many came; leave it out for a session that is planned"
            );
        }
        let events = self.events(about.record, &dates)?;
        let what = match (events.as_slice(), dates.as_slice()) {
            ([event], _) => event.sentence(),
            (events, [first, .., last]) => {
                let left_out = if left_out == 0 { String::new() } else { format!(", {left_out} left out for breaks") };
                format!("{} {of}s from {first} to {last}{left_out}", events.len())
            }
            _ => bail!("every one of these days falls into a break of the log; there is nothing to record"),
        };
        Ok(Happened::of(events, what))
    }
}

impl Args {
    /// The days in order, each once, and how many of a series fall into a break.
    fn days(&self, breaks: &[Break]) -> anyhow::Result<(Vec<Day>, usize)> {
        let mut days = self.dates.clone();
        let mut left_out = 0;
        if let (Some(every), Some(until)) = (self.every, self.until) {
            let [first] = days.as_slice() else { bail!("with --every, one day is given: the first") };
            let first = *first;
            if until < first {
                bail!("{until} is before {first}; --until is the last day");
            }
            let all = (0..).map(|count| first.plus_days(every * count)).take_while(|day| *day <= until);
            let all: Vec<_> = all.take(MOST_AT_ONCE + 1).collect();
            let is_free = |day: &Day| !breaks.iter().any(|pause| pause.from <= *day && *day <= pause.until);
            days = all.iter().copied().filter(is_free).collect();
            left_out = all.len() - days.len();
        }
        if days.len() + left_out > MOST_AT_ONCE {
            bail!("these are more than {MOST_AT_ONCE} days; check the dates, or record them in parts");
        }
        days.sort_unstable();
        days.dedup();
        Ok((days, left_out))
    }

    fn events(&self, log: &SessionLog, dates: &[Day]) -> anyhow::Result<Vec<Event>> {
        let is_group = log.kind() == LogKind::Group;
        let of_the_last = log.entries().rev().find_map(LogEntry::minutes);
        // A session that was planned is as long as was planned.
        let planned = |day: Day| log.entry_on(day).and_then(LogEntry::minutes);
        if is_group && (self.mode.is_some() || self.joint) {
            bail!("this is the log of a group; --mode and --joint are for meetings of a supervision");
        }
        if !is_group && self.present.is_some() {
            bail!("this is the log of a supervision; --present is for sessions of a group");
        }
        if self.cancelled.is_none() && self.minutes.or(of_the_last).is_none() {
            bail!("there is no session in the log yet to take the length from; say it with --minutes");
        }
        let minutes = |day| self.minutes.or_else(|| planned(day)).or(of_the_last).filter(|_| self.cancelled.is_none());
        let Self { present, mode, joint, .. } = *self;
        let event = |date: &Day| {
            let (date, minutes) = (*date, minutes(*date));
            let (absent, cancelled) = (self.absent.clone(), self.cancelled.clone());
            if is_group {
                Event::Session(Session { date, minutes, present, absent, cancelled, ..Session::default() })
            } else {
                Event::Meeting(Meeting { date, minutes, mode, joint, absent, cancelled, ..Meeting::default() })
            }
        };
        Ok(dates.iter().map(event).collect())
    }
}
