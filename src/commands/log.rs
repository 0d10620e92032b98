//! `gwp log`: a session of a group, or a meeting of a supervision, was held, was cancelled or is planned.

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::amend::Event;
use gwp::calendar::Day;
use gwp::case::Entry;
use gwp::recording::RecordingError;
use gwp::records::{Break, LogEntry, LogKind, Meeting, Mode, Session, SessionLog, Student, spoken_word};
use gwp::spreadsheet::LogDays;
use gwp::text::{SaidDay, Text, all_of};

use super::asking::{Asking, yes_or_no};
use super::fact::{About, Fact, Happened};
use super::help::examples;
use super::value_parsers::{day, days_apart, minutes, people, some_text, word};

/// More entries than a term has come from a mistyped day.
const MOST_AT_ONCE: usize = 200;

/// Record sessions of a group, or meetings of a supervision.
///
/// Each day becomes one line in the log, in order of date. A day that is still to come becomes a plan, which counts for
/// nothing. Once its day has come, log it again, or confirm all plans at once with --held. Give several days at once, or
/// use --every and --until for a whole term: days in a break that the log announces are left out. At a terminal the name of
/// the log is enough: the command asks for the rest.
#[derive(Clone, Debug, ClapArgs)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own")]
#[command(after_help = examples(&[
    "gwp log open-studio 2026-02-16 --present 6",
    "gwp log open-studio 2026-02-23 --cancelled \"no heating\"",
    "gwp log open-studio --held 2026-03-02=6 2026-03-09=7",
]))]
pub struct Args {
    /// The day, or several; DATE=7 says how many came on a day
    #[arg(value_name = "DATE", value_parser = some_logged)]
    days: Vec<SeveralLogged>,

    /// How long it lasted, in minutes; else as long as was planned, or as the last one in the log
    #[arg(long, value_name = "NUMBER", value_parser = minutes)]
    minutes: Option<u16>,

    /// How many members of the group came: a number, never names
    #[arg(long, value_name = "NUMBER", value_parser = people)]
    present: Option<u32>,

    /// A conductor or supervisee who was not there, by id or name; can be given several times
    #[arg(long, value_name = "WHO")]
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

    /// What was planned was held: on these days, or on all whose day has come
    #[arg(long, conflicts_with_all = ["cancelled", "every", "planned"])]
    held: bool,

    /// Only a plan, also of a day that has come: nobody has said yet whether it was held
    #[arg(long, conflicts_with_all = ["cancelled", "present"])]
    planned: bool,

    /// From the day on again and again, such as 7d or 2w
    #[arg(long, value_name = "STEP", requires = "until", value_parser = step)]
    every: Option<i64>,

    /// The last day that --every can come to
    #[arg(long, value_name = "DATE", requires = "every", value_parser = day)]
    until: Option<SaidDay>,

    /// The day is right, though it is on another weekday than those of the log
    #[arg(long)]
    other_weekday: bool,

    /// The days that somebody who was asked left as they were planned.
    #[arg(skip)]
    left: Vec<Day>,
}

/// A day as it was said, and how many came on it where that is said.
#[derive(Clone, Copy, Debug)]
struct SaidLogged {
    day: SaidDay,
    present: Option<u32>,
}

/// Days that were said at once.
type SeveralLogged = Vec<SaidLogged>;

/// A day, and how many came on it where that is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Logged {
    day: Day,
    present: Option<u32>,
}

/// Reads a day, or a day and how many came: `6 Oct=7`.
fn logged(text: &str) -> Result<SaidLogged, String> {
    let (date, present) = text.split_once('=').map_or((text, None), |(date, present)| (date, Some(present)));
    Ok(SaidLogged { day: day(date)?, present: present.map(people).transpose()? })
}

/// Reads a day, or several with commas or "and" between them; one day can have a comma of its own: `December 12, 2026`.
fn some_logged(text: &str) -> Result<SeveralLogged, String> {
    logged(text).map(|one| vec![one]).or_else(|fault| {
        let parts: Vec<_> = days_apart(text).collect();
        if parts.is_empty() { Err(fault) } else { parts.into_iter().map(logged).collect() }
    })
}

fn step(text: &str) -> Result<i64, String> {
    let (number, unit) =
        if let Some(weeks) = text.strip_suffix('w') { (weeks, 7) } else { (text.strip_suffix('d').unwrap_or(text), 1) };
    let number = number.parse::<u8>().ok().filter(|number| *number > 0);
    number.map(|number| i64::from(number) * unit).ok_or_else(|| "so many days or weeks, such as 7d or 2w".to_owned())
}

impl Fact for Args {
    type Record = SessionLog;
    const ASKS: bool = true;

    fn happened(&self, about: &About<'_, SessionLog>) -> anyhow::Result<Happened> {
        let of = about.record.kind().entry_word();
        let (days, left_out) = self.days(about)?;
        if self.held && days.is_empty() {
            let what = if self.left.is_empty() {
                format!("there is nothing to confirm, for no planned {of} has had its day")
            } else {
                format!("no {of} is confirmed")
            };
            return Ok(Happened::of(Vec::new(), what));
        }
        self.must_fit(about, &days)?;
        let events = self.events(about, &days)?;
        let what = match (events.as_slice(), days.as_slice()) {
            ([event], _) => event.with_absent(),
            (events, [first, .., last]) => {
                let count = |is_it: fn(&Event) -> bool| events.iter().filter(|event| is_it(event)).count();
                let plans = match count(is_planned) {
                    0 if self.held => ", held as planned".to_owned(),
                    0 => String::new(),
                    all if all == events.len() => ", planned".to_owned(),
                    some => format!(", {some} of them planned"),
                };
                let left_out = if left_out == 0 { String::new() } else { format!(", {left_out} left out for breaks") };
                format!("{} {of}s from {} to {}{plans}{left_out}", events.len(), first.day, last.day)
            }
            _ => bail!("every one of these days falls into a break of the log; there is nothing to record"),
        };
        Ok(Happened::of(events, what))
    }

    fn ask(&self, about: &About<'_, SessionLog>, asking: &mut Asking<'_>) -> anyhow::Result<Option<Self>> {
        let mut answered = self.clone();
        if self.days.is_empty() && !self.held {
            answered.ask_what_happened(about, asking)?;
        }
        if self.held {
            answered.ask_who_came(about, asking)?;
        } else if let Some(doubt) = answered.weekday_in_doubt(about, &answered.days(about)?.0) {
            let asks = format!("{doubt}. Is the day right (yes, no)");
            if !asking.needed(None, "--other-weekday", &asks, yes_or_no)? {
                bail!("nothing is written");
            }
            answered.other_weekday = true;
        }
        let shows_length = about.record.entries().any(|entry| entry.minutes().is_some());
        if answered.cancelled.is_none() && !answered.held && !shows_length {
            answered.ask_length(None, asking)?;
        }
        Ok(Some(answered))
    }

    fn remarks(&self, about: &About<'_, SessionLog>, _: Option<&Folder>) -> Vec<String> {
        let left = |day: &Day| {
            let log = about.session.command_line.about(["log", about.entry.id.raw(), &day.iso()]);
            format!("{day} stays a plan. If it was cancelled: {log} --cancelled \"WHY\"")
        };
        self.left.iter().map(left).collect()
    }
}

impl Args {
    /// The days in order, each once, and how many of a series fall into a break.
    fn days(&self, about: &About<'_, SessionLog>) -> anyhow::Result<(Vec<Logged>, usize)> {
        if self.held && self.days.is_empty() {
            return Ok((self.all_planned(about)?, 0));
        }
        if self.days.is_empty() {
            let log = about.session.command_line.about(["log", about.entry.id.raw(), &about.session.today.iso()]);
            bail!("the day is needed; say it behind the log, such as {log}");
        }
        let day = |one: &SaidLogged| self.day(about, one).map(|day| Logged { day, present: one.present });
        let mut days = self.days.iter().flatten().map(day).collect::<Result<Vec<_>, _>>()?;
        let mut left_out = 0;
        if let (Some(every), Some(until)) = (self.every, self.until) {
            let until = about.session.day(until)?;
            let [first] = days.as_slice() else { bail!("with --every, one day is given: the first") };
            let (first, present) = (first.day, first.present);
            if until < first {
                bail!("{until} is before {first}; --until is the last day");
            }
            if present.is_some() {
                bail!("with --every the day stands alone; say with --present how many came each time");
            }
            let all = (0..).map(|count| first.plus_days(every * count)).take_while(|day| *day <= until);
            let all: Vec<_> = all.take(MOST_AT_ONCE + 1).collect();
            let breaks = about.record.breaks();
            let is_free = |day: &Day| !breaks.iter().any(|pause: &Break| pause.from <= *day && *day <= pause.until);
            let free = all.iter().copied().filter(is_free);
            days = free.map(|day| Logged { day, present: None }).collect();
            left_out = all.len() - days.len();
        }
        if days.len() + left_out > MOST_AT_ONCE {
            bail!("these are more than {MOST_AT_ONCE} days; check the dates, or record them in parts");
        }
        days.sort_unstable();
        days.dedup();
        let twice = days.windows(2).find(|pair| pair[0].day == pair[1].day);
        if let Some(pair) = twice {
            bail!("{} is given twice, and with two numbers; say once how many came", pair[0].day);
        }
        days.retain(|one| !self.left.contains(&one.day));
        Ok((days, left_out))
    }

    /// The day that is said. A day of the week without a date, and a day on which somebody came, is past.
    fn day(&self, about: &About<'_, SessionLog>, one: &SaidLogged) -> Result<Day, RecordingError> {
        let is_counted = self.held || self.present.is_some() || one.present.is_some();
        let is_weekday = matches!(one.day, SaidDay::Weekday(_)) && !self.planned;
        if is_counted || is_weekday { about.session.last_day(one.day) } else { about.session.day(one.day) }
    }

    /// What was planned, and its day has come.
    fn all_planned(&self, about: &About<'_, SessionLog>) -> anyhow::Result<Vec<Logged>> {
        let says_how = self.present.is_some() || self.minutes.is_some() || self.mode.is_some() || self.joint;
        if says_how || !self.absent.is_empty() {
            bail!("with --held alone all planned days are confirmed as planned; name the days for which more is said");
        }
        let is_due = |entry: &LogEntry<'_>| entry.is_planned() && !about.session.is_to_come(entry.date());
        let mut days: Vec<Day> = about.record.entries().filter(is_due).map(LogEntry::date).collect();
        days.sort_unstable();
        days.dedup();
        days.retain(|day| !self.left.contains(day));
        Ok(days.into_iter().map(|day| Logged { day, present: None }).collect())
    }

    /// An error where what is said does not fit the log or the days.
    fn must_fit(&self, about: &About<'_, SessionLog>, days: &[Logged]) -> anyhow::Result<()> {
        let is_group = about.record.kind() == LogKind::Group;
        let counted = days.iter().find(|one| one.present.is_some());
        if is_group && (self.mode.is_some() || self.joint) {
            bail!("this is the log of a group; --mode and --joint are for meetings of a supervision");
        }
        if !is_group && self.present.is_some() {
            bail!("this is the log of a supervision; --present is for sessions of a group");
        }
        if let Some(Logged { day, .. }) = counted.filter(|_| !is_group) {
            bail!("this is the log of a supervision; leave out how many came on {day}");
        }
        if let Some(Logged { day, .. }) = counted.filter(|_| self.present.is_some()) {
            bail!("--present and the number beside {day} both say how many came; leave one out");
        }
        if let Some(Logged { day, .. }) = counted.filter(|_| self.cancelled.is_some() || self.planned) {
            let state = if self.planned { "planned" } else { "cancelled" };
            bail!("what is {state} has no number of people; leave it out beside {day}");
        }
        let is_to_come = |one: &&Logged| about.session.is_to_come(one.day);
        let counted_to_come = days.iter().rev().find(|one| is_to_come(one) && self.came(one).is_some());
        if let Some(Logged { day, present }) = counted_to_come {
            let what = if present.is_some() { "the number beside it" } else { "--present" };
            bail!("{day} is still to come, and {what} says how many came; leave it out for a session that is planned");
        }
        if self.held {
            return Self::must_be_planned(about, days);
        }
        if let Some(doubt) = self.weekday_in_doubt(about, days) {
            bail!("{doubt}; if the day is right, say so with --other-weekday");
        }
        Ok(())
    }

    /// An error where a day that is confirmed is still to come, or was never planned.
    fn must_be_planned(about: &About<'_, SessionLog>, days: &[Logged]) -> anyhow::Result<()> {
        let (log, of) = (&about.entry.id, about.record.kind().entry_word());
        for Logged { day, .. } in days {
            if about.session.is_to_come(*day) {
                bail!("{day} is still to come; confirm it on the day or after it");
            }
            if about.record.entry_on(*day).is_none() {
                bail!("{log} has no {of} on {day}; leave out --held to record one");
            }
        }
        Ok(())
    }

    /// What there is to ask about days on another weekday than those of the log.
    fn weekday_in_doubt(&self, about: &About<'_, SessionLog>, days: &[Logged]) -> Option<String> {
        if self.other_weekday || self.held || self.cancelled.is_some() {
            return None;
        }
        let days: Vec<Day> = days.iter().map(|one| one.day).collect();
        LogDays::of(&about.entry.id, about.record, &days).doubt()
    }

    /// How many came on a day.
    fn came(&self, one: &Logged) -> Option<u32> {
        one.present.or(self.present)
    }

    /// Asks on which day something was, what became of it, how long it lasted and how many came.
    fn ask_what_happened(&mut self, about: &About<'_, SessionLog>, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let (session, is_group) = (about.session, about.record.kind() == LogKind::Group);
        let today = session.today;
        let read = |answer: &str| {
            let said = some_logged(answer)?;
            let days = said.iter().map(|one| self.day(about, one)).collect::<Result<Vec<_>, _>>();
            days.map(|_| said).map_err(|error| error.to_string())
        };
        let asks = "The day, such as 12 January or last Tuesday; or several, separated by commas";
        let otherwise = vec![SaidLogged { day: today.into(), present: None }];
        let mut said = asking.or_else(None, asks, (otherwise, &format!("today, {today}")), read)?;
        let days = said.iter().map(|one| self.day(about, one)).collect::<Result<Vec<_>, _>>()?;
        self.days = vec![said.clone()];
        let Some(day) = days.iter().max().copied() else { return Ok(()) };
        if self.cancelled.is_none() && !self.planned && !session.is_to_come(day) {
            let asks = match days.as_slice() {
                [_] => "What became of it (held, cancelled, planned)",
                _ => "What became of them (held, cancelled, planned)",
            };
            match asking.or_else(None, asks, (Became::Held, "held"), Became::read)? {
                Became::Held => {}
                Became::Planned => self.planned = true,
                Became::Cancelled => self.cancelled = Some(asking.text(None, "--cancelled", "Why")?),
            }
        }
        if self.cancelled.is_some() {
            return Ok(());
        }
        let there = about.record.entry_on(day).and_then(LogEntry::minutes);
        let usual = there.or_else(|| about.record.entries().rev().find_map(LogEntry::minutes));
        self.ask_length(usual, asking)?;
        let is_one = days.len() == 1;
        for (one, day) in said.iter_mut().zip(days) {
            one.day = day.into();
            let is_known = one.present.or(self.present).is_some();
            if !is_group || self.planned || session.is_to_come(day) || is_known {
                continue;
            }
            let asks = "How many members of the group came".to_owned();
            let asks = if is_one { asks } else { format!("{asks} on {day}") };
            one.present = asking.or_else(None, &asks, (None, "not counted"), |answer| people(answer).map(Some))?;
        }
        self.days = vec![said];
        Ok(())
    }

    /// Asks how long it lasted; where there is a `usual` length, Enter takes that.
    fn ask_length(&mut self, usual: Option<u16>, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let asks = "How many minutes";
        self.minutes = Some(match usual {
            Some(usual) => asking.or_else(self.minutes, asks, (usual, &usual.to_string()), minutes)?,
            None => asking.needed(self.minutes, "--minutes", asks, minutes)?,
        });
        Ok(())
    }

    /// Asks of each planned day how many came, or whether it was held.
    fn ask_who_came(&mut self, about: &About<'_, SessionLog>, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let (days, _) = self.days(about)?;
        self.must_fit(about, &days)?;
        let is_group = about.record.kind() == LogKind::Group;
        let is_open = |one: &&mut Logged| {
            let there = about.record.entry_on(one.day);
            there.is_some_and(LogEntry::is_planned) && self.present.is_none() && one.present.is_none()
        };
        let mut answered = days.clone();
        for one in answered.iter_mut().filter(is_open) {
            let day = one.day;
            let came = if is_group {
                let asks = format!("{day}: how many came (a number; no if it was not held)");
                asking.or_else(None, &asks, (Came::Uncounted, "held, not counted"), Came::read)?
            } else {
                let is_held =
                    asking.or_else(None, &format!("{day}: it was held (yes, no)"), (true, "yes"), yes_or_no)?;
                if is_held { Came::Uncounted } else { Came::NotHeld }
            };
            match came {
                Came::Counted(count) => one.present = Some(count),
                Came::Uncounted => {}
                Came::NotHeld => self.left.push(day),
            }
        }
        let said = |one: Logged| SaidLogged { day: one.day.into(), present: one.present };
        self.days = vec![answered.into_iter().map(said).collect()];
        Ok(())
    }

    /// The ids of those who were not there.
    fn absent(&self, about: &About<'_, SessionLog>) -> anyhow::Result<Vec<Text>> {
        let (people, key) = (about.record.people(), about.record.kind().people_key());
        let is_in_log = |entry: &Entry<Student>| people.contains(&entry.id);
        let advice = match people {
            [] => format!("{} has no {key}", about.entry.id),
            people => format!("{} has the {key} {}", about.entry.id, all_of(people)),
        };
        let id = |named: &Text| {
            // One who is in the log, and whose record is not there, is named by the id.
            if people.contains(named) {
                return Ok(named.clone());
            }
            let words = (key.trim_end_matches('s'), advice.as_str());
            Ok(about.session.find_among(named.raw(), &is_in_log, words)?.id.clone())
        };
        self.absent.iter().map(id).collect()
    }

    fn events(&self, about: &About<'_, SessionLog>, days: &[Logged]) -> anyhow::Result<Vec<Event>> {
        let log = about.record;
        let of_the_last = log.entries().rev().find_map(LogEntry::minutes);
        // A session that was planned is as long as was planned.
        let planned = |day: Day| log.entry_on(day).and_then(LogEntry::minutes);
        if self.cancelled.is_none() && self.minutes.or(of_the_last).is_none() {
            bail!("there is no session in the log yet to take the length from; say it with --minutes");
        }
        let Self { mode, joint, .. } = *self;
        let absent = self.absent(about)?;
        let is_cancelled = self.cancelled.is_some();
        let event = |one: &Logged| {
            let date = one.day;
            let minutes = self.minutes.or_else(|| planned(date)).or(of_the_last).filter(|_| !is_cancelled);
            let planned = !is_cancelled && (self.planned || about.session.is_to_come(date));
            let (absent, cancelled) = (absent.clone(), self.cancelled.clone());
            if log.kind() == LogKind::Group {
                let present = self.came(one);
                Event::Session(Session { date, minutes, planned, present, absent, cancelled, ..Session::default() })
            } else {
                Event::Meeting(Meeting { date, minutes, planned, mode, joint, absent, cancelled, ..Meeting::default() })
            }
        };
        Ok(days.iter().map(event).collect())
    }
}

/// What became of a session.
#[derive(Clone, Copy, Debug)]
enum Became {
    Held,
    Cancelled,
    Planned,
}

impl Became {
    fn read(answer: &str) -> Result<Self, String> {
        match spoken_word(answer, ["held", "cancelled", "planned"].into_iter()) {
            Some("held") => Ok(Self::Held),
            Some("cancelled") => Ok(Self::Cancelled),
            Some(_) => Ok(Self::Planned),
            None => Err("it can be held, cancelled or planned".to_owned()),
        }
    }
}

/// What somebody says of a planned session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    /// So many came.
    Counted(u32),
    /// It was held, and nobody counted.
    Uncounted,
    /// It was not held.
    NotHeld,
}

impl Came {
    fn read(answer: &str) -> Result<Self, String> {
        match yes_or_no(answer) {
            Ok(true) => Ok(Self::Uncounted),
            Ok(false) => Ok(Self::NotHeld),
            Err(_) => people(answer).map(Self::Counted),
        }
    }
}

fn is_planned(event: &Event) -> bool {
    match event {
        Event::Session(session) => session.planned,
        Event::Meeting(meeting) => meeting.planned,
        _ => false,
    }
}
