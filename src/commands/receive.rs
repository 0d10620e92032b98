//! `gwp receive`: a form about a student arrived.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use clap::Args as ClapArgs;
use gwp::amend::Event;
use gwp::calendar::Day;
use gwp::edition::Code;
use gwp::judgement::{Judgement, ObligationKind};
use gwp::records::{Competencies, Form, Rating, Report, Student, read};
use gwp::text::{Notation, Source, Text};

use super::Ending;
use super::keeping::{Desk, Entered, Keeping, day, one_of, some_text, student};
use super::surroundings::Surroundings;

/// How long before its deadline a report can come and be taken to answer it: a reading, two months.
const MOST_AHEAD: i64 = 60;

/// Record a form that arrived: the application, or a report.
///
/// Without --due a report answers the deadline for which the form is still owed, where only one can be meant: one that
/// was past on the day of arrival, or one at most two months ahead. Without --by it comes from whoever owes it, or is
/// the student's supervisor then. One of the same form, day and writer is the same report, where no other can be meant.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The id of the student: the name of the student's file without its ending
    #[arg(value_name = "STUDENT")]
    student: String,

    /// The form: form1, GWP2, WRG2 or GWP3
    #[arg(value_name = "FORM", value_parser = paper)]
    form: Paper,

    /// The deadline that it answers, or none
    #[arg(long, value_name = "DATE", value_parser = Due::parse)]
    due: Option<Due>,

    /// The day on which it arrived; else today
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Day>,

    /// Who wrote it: the id of a supervisor, for GWP3 the line manager's name
    #[arg(long, value_name = "WHO", value_parser = some_text)]
    by: Option<String>,

    /// The rating of a competency, such as conflict=competent or C6=developing; can be given several times
    #[arg(long, value_name = "NAME=RATING", value_parser = rating)]
    rating: Vec<(usize, Rating)>,

    /// Concerns that it raises, for the committee
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    concerns: Option<String>,

    /// It says that no group has been presented yet
    #[arg(long)]
    not_started: bool,

    #[command(flatten)]
    keeping: Keeping,
}

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Paper {
    /// The application.
    Form1,
    Report(Form),
}

/// What a report answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    Deadline(Day),
    None,
}

impl Due {
    fn parse(text: &str) -> Result<Self, String> {
        if text == "none" {
            return Ok(Self::None);
        }
        day(text).map(Self::Deadline).map_err(|needed| format!("{needed}, or none"))
    }
}

fn paper(word: &str) -> Result<Paper, String> {
    if ["form1", "gwp1"].iter().any(|known| word.eq_ignore_ascii_case(known)) {
        return Ok(Paper::Form1);
    }
    one_of(word, &[Form::Gwp2, Form::Wrg2, Form::Gwp3], Form::word).map(Paper::Report).map_err(|_| {
        "it can be form1, GWP2, WRG2 or GWP3; that a supervisor confirmed is for \"gwp arrange\" with --confirmed, and \
         other papers are written in the student's file"
            .to_owned()
    })
}

/// The position of a competency among [`Competencies::KEYS`], and its rating.
fn rating(text: &str) -> Result<(usize, Rating), String> {
    const ALL: [Rating; 4] = [Rating::Competent, Rating::Developing, Rating::NotCompetent, Rating::NotObserved];
    let needed = || format!("a rating is NAME=RATING; the names are {}", Competencies::KEYS.join(", "));
    let (name, rating) = text.split_once('=').ok_or_else(needed)?;
    let code = Code::from_word(name).or_else(|| Code::from_word(&name.to_uppercase())).ok_or_else(needed)?;
    let position = Competencies::KEYS.iter().position(|key| *key == code.name()).ok_or_else(needed)?;
    one_of(rating, &ALL, Rating::word).map(|rating| (position, rating))
}

/// A form that somebody owes: for which deadline, and who.
struct Owed {
    due: Day,
    by: Option<Text>,
}

/// Enters the form.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let desk = Desk::open(&args.keeping, change, surroundings)?;
    let entry = student(&desk, &args.student)?;
    // What is owed, and what is recorded already, is told of a sound record alone.
    let source = desk.opened.sources.get(entry.file.0 as usize);
    let is_sound = |source: &&Source| {
        let notation = Notation::of(source.path.raw()).unwrap_or(Notation::Toml);
        source.content.as_deref().is_ok_and(|text| read::<Student>(notation, text).problems.is_empty())
    };
    let record = entry.record.as_deref().filter(|_| source.as_ref().is_some_and(is_sound));
    let record = record.context("the student's record has an error, and is left as it is; see \"gwp check\"")?;
    let on = desk.happened(args.on, surroundings.today)?;
    let event = match args.form {
        Paper::Form1 => args.form1(on)?,
        Paper::Report(form) => Event::Report(args.report(&desk, &entry.id, record, form, on)?),
    };
    desk.enter(&Entered::of(entry, event), out)
}

impl Args {
    fn form1(&self, on: Day) -> anyhow::Result<Event> {
        let is_of_report = self.due.is_some() || self.by.is_some() || self.concerns.is_some() || self.not_started;
        if is_of_report || !self.rating.is_empty() {
            bail!("GWP Form 1 is the student's application; of it the day is recorded, with --on, and nothing else");
        }
        Ok(Event::Form1(on))
    }

    fn report(&self, desk: &Desk, id: &Text, record: &Student, form: Form, received: Day) -> anyhow::Result<Report> {
        let mut competencies = self.competencies(form)?;
        let there = self.there(record, form, received)?;
        let (due, by) = if let Some(there) = there {
            self.must_be_meant(desk, id, there)?;
            competencies = completed(&competencies, &there.competencies)?;
            (there.due, there.by.clone())
        } else {
            let owed = owed(desk, id, form);
            let due = match self.due {
                Some(Due::Deadline(day)) => Some(day),
                Some(Due::None) => None,
                None if form == Form::Gwp3 => None,
                None => Some(deadline(id, form, owed.as_deref(), record, received)?),
            };
            let mut owed = owed.unwrap_or_default().into_iter();
            let owing = owed.find(|one| due.is_none_or(|due| one.due == due)).and_then(|one| one.by);
            (due, owing.or_else(|| writer(record, form, due.unwrap_or(received))))
        };
        let by = self.by.as_deref().map(Text::new).or(by);
        if by.is_none() && there.is_none() {
            bail!("nobody is known who would write this form; say with --by who wrote it");
        }
        let concerns = self.concerns.as_deref().map(Text::new);
        let not_started = self.not_started;
        Ok(Report { form, due, received, by, not_started, concerns, competencies, document: None, notes: None })
    }

    /// The same report, where it is recorded already: of this form, day and writer. Somebody who says another deadline
    /// means another one. The error says that several recorded ones can be meant.
    fn there<'r>(&self, record: &'r Student, form: Form, received: Day) -> anyhow::Result<Option<&'r Report>> {
        let is_by =
            |one: &Report| self.by.as_deref().is_none_or(|by| one.by.as_ref().is_none_or(|there| there.raw() == by));
        let answers = |one: &Report| match self.due {
            None => true,
            Some(Due::None) => one.due.is_none(),
            Some(Due::Deadline(day)) => one.due == Some(day),
        };
        let is_meant = |one: &&Report| one.form == form && one.received == received && is_by(one) && answers(one);
        let mut meant: Vec<&Report> = record.report.iter().filter(is_meant).collect();
        // Of those for the deadline that is said, one that names the writer is meant before one that names nobody.
        if let (Some(_), Some(by)) = (self.due, self.by.as_deref())
            && meant.iter().any(|one| one.by.as_ref().is_some_and(|there| there.raw() == by))
        {
            meant.retain(|one| one.by.is_some());
        }
        meant.dedup_by(|one, other| (one.due, &one.by) == (other.due, &other.by));
        let [first, _, ..] = meant.as_slice() else { return Ok(meant.first().copied()) };
        let recorded: Vec<_> = meant.iter().map(|one| Event::Report((*one).clone()).sentence()).collect();
        let is_for_one = meant.iter().all(|one| one.due == first.due);
        let mut options: Vec<_> = meant
            .iter()
            .map(|one| {
                let due = one.due.map_or_else(|| "none".to_owned(), Day::iso);
                let by = one.by.as_ref().filter(|_| is_for_one).map(|by| format!(" --by {by}")).unwrap_or_default();
                format!("--due {due}{by}")
            })
            .collect();
        options.dedup();
        bail!("several are recorded already: {}; say which is meant: {}", recorded.join("; "), options.join(", or "))
    }

    /// An error where somebody who does not say the deadline can mean this report, which is recorded, or one that is still
    /// owed.
    fn must_be_meant(&self, desk: &Desk, id: &Text, there: &Report) -> anyhow::Result<()> {
        let Report { form, received, .. } = *there;
        // What cannot be judged is not known to be owed, and nobody owes GWP Form 3 for a deadline.
        let owed = owed(desk, id, form).filter(|_| self.due.is_none() && form != Form::Gwp3).unwrap_or_default();
        let days = days_of(&owed);
        let meant = meant(&days, received);
        let is_by = |one: &&Owed| {
            let by = one.by.as_ref().map(Text::raw);
            self.by.as_deref().is_none_or(|said| by.is_none_or(|by| by == said))
        };
        let is_other = |one: &&Owed| Some(one.due) != there.due || (one.by.is_some() && one.by != there.by);
        let others: Vec<_> =
            owed.iter().filter(|one| meant.contains(&one.due)).filter(is_by).filter(is_other).collect();
        if others.is_empty() {
            return Ok(());
        }
        let by = |by: &Option<Text>| by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
        let also: Vec<_> = others.iter().map(|one| format!("for {}{}", one.due, by(&one.by))).collect();
        let options: Vec<_> = others
            .iter()
            .map(|one| match &one.by {
                Some(by) if Some(one.due) == there.due => format!("--due {} --by {by}", one.due.iso()),
                _ => format!("--due {}", one.due.iso()),
            })
            .collect();
        let known = there.due.map_or_else(|| "none".to_owned(), Day::iso);
        bail!(
            "{}, is recorded already, and {} is owed {} as well; say which is meant: --due {known} for the one that is \
             recorded, or {}",
            Event::Report(there.clone()).sentence(),
            form.title(),
            also.join(" and "),
            options.join(", or ")
        )
    }

    fn competencies(&self, form: Form) -> anyhow::Result<Competencies> {
        if form != Form::Gwp2 && !self.rating.is_empty() {
            bail!("the competencies are rated on GWP Form 2; leave out --rating, or name GWP2 as the form");
        }
        let mut competencies = Competencies::default();
        for (position, rating) in &self.rating {
            let key = Competencies::KEYS.get(*position).copied().unwrap_or_default();
            if let Some(other) = competencies.ratings().get(*position).copied().flatten().filter(|it| it != rating) {
                bail!("{key} is rated both {} and {}; say which of them the form says", other.word(), rating.word());
            }
            competencies.rate(*position, *rating);
        }
        Ok(competencies)
    }
}

/// The ratings of a report that is there, with those that are given; none can be given otherwise than it stands there.
fn completed(given: &Competencies, there: &Competencies) -> anyhow::Result<Competencies> {
    let mut completed = Competencies { notes: None, ..there.clone() };
    let ratings = given.ratings().into_iter().zip(there.ratings());
    for (position, (key, (given, there))) in Competencies::KEYS.iter().zip(ratings).enumerate() {
        match (given, there) {
            (Some(given), Some(there)) if given != there => bail!(
                "this report is recorded already, and rates {key} {} where you say {}; if the record is wrong, correct \
                 it in the student's file",
                there.word(),
                given.word()
            ),
            (Some(given), _) => completed.rate(position, given),
            (None, _) => {}
        }
    }
    Ok(completed)
}

/// The deadlines, each once and in order.
fn days_of(owed: &[Owed]) -> Vec<Day> {
    let mut days: Vec<Day> = owed.iter().map(|one| one.due).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The deadlines that a report of that day can be taken to answer: those that were past, and the next where it is near.
fn meant(days: &[Day], received: Day) -> &[Day] {
    let next = days.iter().position(|day| *day >= received);
    let is_near = next.is_some_and(|next| received.days_to(days[next]) <= MOST_AHEAD);
    &days[..next.map_or(days.len(), |next| next + usize::from(is_near))]
}

/// The deadline that is meant where none is said: the only one for which the form is owed that a report of that day
/// can be taken to answer.
fn deadline(id: &Text, form: Form, owed: Option<&[Owed]>, record: &Student, received: Day) -> anyhow::Result<Day> {
    let title = form.title();
    let Some(owed) = owed else {
        bail!(
            "{id} cannot be judged, as \"gwp check\" says, so it is not known which {title} is owed; say with --due which \
             deadline it answers, or --due none"
        );
    };
    let days = days_of(owed);
    let meant = meant(&days, received);
    let choices = |days: &[Day]| days.iter().map(|day| format!("--due {}", day.iso())).collect::<Vec<_>>().join(", ");
    match meant {
        [day] => Ok(*day),
        [] => {
            let answered = record.report.iter().filter(|one| one.form == form);
            let answered = answered.filter_map(|one| Some((one.due?, one.received))).max();
            let answered = answered
                .map(|(due, received)| format!("the {title} for {due} is recorded already, received on {received}; "))
                .unwrap_or_default();
            match days.first() {
                None => bail!("{answered}no {title} is owed; say with --due which deadline it answers, or --due none"),
                Some(next) => bail!(
                    "{answered}the next {title} is not due before {next}, which is {} days after {received}; say with \
                     --due {} that it answers that one, or with --due none that it answers none",
                    received.days_to(*next),
                    next.iso(),
                ),
            }
        }
        several => {
            let owed: Vec<_> = several.iter().map(|day| format!("for {day}")).collect();
            bail!(
                "{title} is owed {}; say which of them this one answers: {}, or --due none",
                owed.join(" and "),
                choices(several)
            )
        }
    }
}

/// Who would write a form on a day: the only supervisor of the arrangements or WRGs that run on it.
fn writer(student: &Student, form: Form, day: Day) -> Option<Text> {
    let runs = |from: Day, until: Option<Day>| from <= day && until.is_none_or(|until| day <= until);
    let mut writers: Vec<&Text> = match form {
        Form::Gwp2 => {
            let running = student.arrangement.iter().filter(|one| runs(one.from, one.until));
            running.map(|one| &one.supervisor).collect()
        }
        Form::Wrg2 => student.wrg.iter().filter(|one| runs(one.from, one.until)).map(|one| &one.supervisor).collect(),
        Form::Gwp3 => {
            let running = student.arrangement.iter().filter(|one| runs(one.from, one.until));
            running.filter_map(|one| one.line_manager.as_ref()).map(|manager| &manager.name).collect()
        }
    };
    writers.dedup();
    match writers.as_slice() {
        [only] => Some((*only).clone()),
        _ => None,
    }
}

/// The forms of a kind that are owed, the earliest first; nothing where the student cannot be judged.
fn owed(desk: &Desk, student: &Text, form: Form) -> Option<Vec<Owed>> {
    let kind = match form {
        Form::Gwp2 => ObligationKind::Gwp2,
        Form::Wrg2 => ObligationKind::Wrg2,
        Form::Gwp3 => ObligationKind::Gwp3,
    };
    desk.judgement(student, |judgement| {
        let owed = judgement.map(Judgement::papers_owed)?.into_iter();
        let owed = owed.filter(|obligation| obligation.kind == kind);
        let owed = owed.map(|obligation| {
            let by = obligation.from.map(|person| person.id.unwrap_or(person.name).clone());
            Owed { due: obligation.due, by }
        });
        Some(owed.collect())
    })
}
