//! What `gwp record` and `gwp correct` share: words and options for every key of every record, and what is asked for.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::bail;
use clap::{Arg, ArgAction, ArgMatches, Args as ClapArgs, Command, FromArgMatches};
use gwp::calendar::Day;
use gwp::recording::{Asked, Question, RecordingSession, Said, Untold};
use gwp::records::shape::{Field, Shape, Table};
use gwp::records::{Holds, LogKind, RecordKind, Subject, SubjectSort, subjects};
use gwp::text::{Found, Nameable, SaidDay, date_in_words, find_by_whole_words, slug, visible, within_a_sentence};

use super::asking::{Asking, with_choices, yes_or_no};
use super::naming::{SHORTEST_OF_PEOPLE, must_be_a_name};
use super::whom::any_record;

/// Which record, what of it, and an option for each key of every record.
#[derive(Clone, Debug)]
pub struct Saying(pub Said);

/// What the parser calls the words, and what stands before the name of an option there.
const WHO: &str = "who";
const WORDS: &str = "words";
const OPTION: &str = "key-";

/// What somebody answers who is asked for the right value, where none is right.
const REMOVE: &str = "remove";

impl ClapArgs for Saying {
    fn augment_args(command: Command) -> Command {
        let who = Arg::new(WHO).value_name("WHO");
        let who =
            who.help("A student, supervisor, session log, course or meeting, or gwp.toml for the folder's own record");
        let words = Arg::new(WORDS).value_name("WHAT").num_args(0..);
        let words = words
            .help("What is said of it, and where needed of which entry: a value that the entry has, such as its date");
        let command = command.arg(who).arg(words);
        options().into_iter().fold(command, |command, (name, is_switch)| {
            let arg = Arg::new(format!("{OPTION}{name}")).long(name).value_name("VALUE").action(ArgAction::Append);
            let arg = arg.hide(true).allow_hyphen_values(!is_switch);
            command.arg(if is_switch { arg.num_args(0..=1).default_missing_value("yes") } else { arg })
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Saying {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let who = matches.get_one::<String>(WHO).cloned().unwrap_or_default();
        let mut words = matches.get_many::<String>(WORDS).into_iter().flatten().cloned();
        let what = words.next();
        let values = |name: &String| {
            let said = matches.get_many::<String>(&format!("{OPTION}{name}")).into_iter().flatten();
            said.map(|value| (name.clone(), value.clone())).collect::<Vec<_>>()
        };
        let options = options().keys().flat_map(values).collect();
        Ok(Self(Said { who, what, words: words.collect(), options, ..Said::default() }))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The options of all keys, each with whether it can stand without a value.
fn options() -> BTreeMap<String, bool> {
    fn of(table: &Table, found: &mut BTreeMap<String, bool>) {
        for field in &table.fields {
            if let Some(inner) = field.table() {
                of(inner, found);
                continue;
            }
            let is_switch = field.shape == Shape::Boolean;
            found.entry(dashed(&field.key)).and_modify(|is| *is &= is_switch).or_insert(is_switch);
        }
    }
    let mut found = BTreeMap::from([("on".to_owned(), false)]);
    Table::all().for_each(|table| of(table, &mut found));
    found
}

fn dashed(key: &str) -> String {
    key.replace('_', "-")
}

/// The words of every kind of record with their options, for the help: those of what there is to record, or all of them.
pub fn words_of_all(is_wanted: impl Fn(&Subject) -> bool) -> String {
    let kinds = [
        ("a student", Table::of_kind(RecordKind::Student)),
        ("a supervisor", Table::of_kind(RecordKind::Supervisor)),
        ("the log of a group", Table::of_log(LogKind::Group)),
        ("the log of a supervision", Table::of_log(LogKind::Supervision)),
        ("a course", Table::of_kind(RecordKind::Course)),
        ("a meeting", Table::of_kind(RecordKind::Meeting)),
        ("gwp.toml", Table::of_kind(RecordKind::Gwp)),
    ];
    let mut text = String::new();
    for (of, table) in kinds {
        let _ = writeln!(text, "Of {of}:");
        for subject in subjects(table).iter().filter(|subject| is_wanted(subject)) {
            let _ = writeln!(text, "  {}{}", subject.word, options_of(subject));
        }
    }
    text.trim_end().to_owned()
}

/// What can stand behind a word: a value, or options, in brackets where they can be left out.
fn options_of(subject: &Subject) -> String {
    match subject.sort() {
        SubjectSort::Value | SubjectSort::Values => format!(" {}", placeholder(subject.field)),
        SubjectSort::Table | SubjectSort::Entries => {
            let option = |field: &'static Field| {
                let name = format!("--{} {}", dashed(&field.key), placeholder(field));
                if field.required { format!(" {name}") } else { format!(" [{name}]") }
            };
            subject.keys_in().filter(|field| field.key != "notes").map(option).collect()
        }
    }
}

/// What stands for a value.
fn placeholder(field: &Field) -> &'static str {
    match field.shape.held() {
        Shape::Date => "DATE",
        Shape::Number(..) => "NUMBER",
        Shape::Boolean => "yes|no",
        Shape::Words(_) => "WORD",
        Shape::TextByDay => "DATE=TEXT",
        _ => "TEXT",
    }
}

/// What is wanted of the folder, once all that it needs is said; somebody who is there is asked for that.
pub fn asked<T>(
    session: &RecordingSession,
    said: &mut Said,
    asking: &mut Asking<'_>,
    want: impl Fn(&RecordingSession, &Said) -> Result<T, Untold>,
) -> anyhow::Result<T> {
    loop {
        match want(session, said) {
            Ok(wanted) => return Ok(wanted),
            Err(Untold::Refused(error)) => return Err(error.into()),
            Err(Untold::Asks(question)) if asking.is_somebody() => answer(session, said, &question, asking)?,
            Err(Untold::Asks(question)) => bail!("{}", needed(&question)),
        }
    }
}

/// Of which record it is said: as it was typed, or as somebody at a terminal says where nothing was.
pub fn who(typed: String, seen: Option<&RecordingSession>) -> anyhow::Result<String> {
    if !typed.trim().is_empty() {
        return Ok(typed);
    }
    let (kind, id) = any_record(seen)?;
    Ok(format!("{}/{}", kind.word(), id.raw()))
}

fn answer(
    session: &RecordingSession,
    said: &mut Said,
    question: &Question,
    asking: &mut Asking<'_>,
) -> anyhow::Result<()> {
    let who = said.who.clone();
    match &question.about {
        Asked::What(words) => {
            let lines: Vec<_> = words.iter().map(|(word, meaning)| format!("{word}: {meaning}")).collect();
            let words: Vec<_> = words.iter().map(|(word, _)| word.as_str()).collect();
            let position = number(session, asking, &question.asks, (&lines, &words))?;
            said.what = words.get(position).map(|word| (*word).to_owned());
        }
        Asked::Key(keys) => {
            let lines = keys.iter().map(|(key, now)| format!("{key}: {now}"));
            let lines: Vec<_> = lines.chain(["remove: take the whole of it out".to_owned()]).collect();
            let words: Vec<_> = keys.iter().map(|(key, _)| key.as_str()).chain([REMOVE]).collect();
            let position = number(session, asking, &question.asks, (&lines, &words))?;
            said.key = keys.get(position).map(|(key, _)| key.clone());
            said.is_removed = said.key.is_none();
        }
        Asked::Place(places, can_be_further) => {
            let mut lines: Vec<_> = places.iter().map(|(_, described)| described.clone()).collect();
            lines.extend(can_be_further.then(|| "none of these: a further one".to_owned()));
            let position = number(session, asking, &question.asks, (&lines, &[]))?;
            match places.get(position) {
                Some((at, _)) => said.chosen = Some(*at),
                None => said.is_further = true,
            }
        }
        Asked::Instead { field, there } => {
            let read = |answer: &str| session.must_fit(&who, field, answer, None).map(|()| Some(answer.to_owned()));
            let asks = format!("{}{}", question.asks, choices(field, session));
            let Some(typed) = asking.or_else(None, &asks, (None, there), read)? else {
                bail!("it stays as it is, and nothing is written");
            };
            let replaces = format!("The record says {there}. Put {} in its place (yes, no)", visible(&typed));
            if !asking.needed(None, "", &replaces, yes_or_no)? {
                bail!("nothing is written");
            }
            said.options.push(("to".to_owned(), typed));
        }
        Asked::Option { option, field, there, .. } if option == "to" && !field.required => {
            let read = |answer: &str| {
                let is_removed = answer.eq_ignore_ascii_case(REMOVE);
                if is_removed {
                    Ok(None)
                } else {
                    session.must_fit(&who, field, answer, None).map(|()| Some(answer.to_owned()))
                }
            };
            let (choices, there) = (choices(field, session), so_far(there.as_deref()));
            let asks = format!("{}{choices}{there}; {REMOVE} takes it out", question.asks);
            match asking.needed(None, option, &asks, read)? {
                Some(typed) => said.options.push((option.clone(), typed)),
                None => said.is_removed = true,
            }
        }
        Asked::Option { option, field, is_optional, otherwise, begins, there } => {
            let read = |answer: &str| session.must_fit(&who, field, answer, *begins).map(|()| answer.to_owned());
            let asks = format!("{}{}{}", question.asks, choices(field, session), so_far(there.as_deref()));
            let typed = match (otherwise, is_optional) {
                (Some(otherwise), _) => {
                    let shown = date_in_words(otherwise);
                    asking.or_else(None, &asks, (Some(otherwise.clone()), &shown), |it| read(it).map(Some))?
                }
                (None, true) => {
                    let shown = field.absent().unwrap_or("left out");
                    asking.or_else(None, &asks, (None, shown), |it| read(it).map(Some))?
                }
                (None, false) => Some(asking.needed(None, option, &asks, read)?),
            };
            match typed {
                Some(typed) => said.options.push((option.clone(), typed)),
                None => said.left_out.push(option.clone()),
            }
        }
    }
    Ok(())
}

/// What the record says so far, behind a question.
fn so_far(there: Option<&str>) -> String {
    there.map(|there| format!("; the record says {there}")).unwrap_or_default()
}

/// The position of one of several lines, which is asked by number, or by its word. A line that has none is meant by the day in
/// it, as people write days, or by whole words of it that no other line has.
fn number(
    session: &RecordingSession,
    asking: &mut Asking<'_>,
    asks: &str,
    (lines, words): (&[String], &[&str]),
) -> anyhow::Result<usize> {
    let numbered = lines.iter().enumerate().map(|(position, line)| format!("\n  {} {line}", position + 1));
    let or = if words.is_empty() { "words of the line" } else { "word" };
    let asks = format!("{asks}?{}\nNumber or {or}", numbered.collect::<String>());
    let count = lines.len();
    let nameable = |name: &str| Nameable { name: Some(name.to_owned()), ..Nameable::default() };
    let named: Vec<_> = match words {
        [] => lines.iter().map(|line| nameable(line)).collect(),
        words => words.iter().map(|word| nameable(word)).collect(),
    };
    asking.needed(None, "", &asks, |answer| {
        let by_number = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).filter(|at| *at < count);
        if let Some(at) = by_number {
            return Ok(at);
        }
        must_be_a_name(answer, SHORTEST_OF_PEOPLE).map_err(|_| format!("a number from 1 to {count} is needed"))?;
        let found = match day_in_words(answer, session) {
            Some(day) => {
                let has_day = |line: &&String| slug(line).is_some_and(|line| format!("-{line}-").contains(&day));
                let with_day: Vec<_> = lines.iter().enumerate().filter(|(_, line)| has_day(line)).collect();
                match with_day.as_slice() {
                    [] => Found::Nothing,
                    [(at, _)] => Found::ByName(*at),
                    several => Found::Several(several.iter().map(|(at, _)| *at).collect()),
                }
            }
            None => find_by_whole_words(answer, &named),
        };
        match found {
            Found::ById(at) | Found::ByName(at) => Ok(at),
            Found::Several(_) => Err("several of these have it; write more of one, or its number".to_owned()),
            Found::Nothing => Err(format!("a number from 1 to {count} is needed, or the {or}")),
        }
    })
}

/// A day that was typed as it stands in a line, between hyphens: without its year where none was said. None where it is no
/// day, or could be two.
fn day_in_words(typed: &str, session: &RecordingSession) -> Option<String> {
    let said = SaidDay::read(typed).ok()?;
    let words = match said {
        // A leap year has every day that any year has.
        SaidDay::Yearless { month, day, weekday: None } => {
            Day::new(2000, month, day)?.to_string().trim_end_matches(" 2000").to_owned()
        }
        _ => session.day(said).ok()?.to_string(),
    };
    Some(format!("-{}-", slug(&words)?))
}

/// What a value can be, in brackets: the words of a list, or the names of the records one of which it is.
fn choices(field: &Field, session: &RecordingSession) -> String {
    let Some(Holds::Id(kind)) = field.facts.holds else { return words(&field.shape) };
    let names = session.names(kind);
    let commas = if field.is_list() { ", separated by commas" } else { "" };
    if names.is_empty() {
        commas.to_owned()
    } else {
        format!("{commas} {}", with_choices("", names.iter().map(String::as_str)).trim())
    }
}

/// The words that a value can have, in brackets.
fn words(shape: &Shape) -> String {
    const MOST: usize = 12;
    match shape {
        Shape::Words(words) if words.len() <= MOST => format!(" ({})", words.join(", ")),
        Shape::Boolean => " (yes, no)".to_owned(),
        Shape::List { element, .. } => format!("{}, separated by commas", words(element)),
        _ => String::new(),
    }
}

/// What a script has to say.
fn needed(question: &Question) -> String {
    let asks = &question.asks;
    match &question.about {
        Asked::What(words) => {
            let words: Vec<_> = words.iter().map(|(word, _)| word.as_str()).collect();
            format!("{asks}? Say it behind the name; it can be {}", words.join(", "))
        }
        Asked::Key(keys) => {
            let keys: Vec<_> = keys.iter().map(|(key, _)| format!("--{key}")).collect();
            format!("{asks}? Say the right value with {}", keys.join(", "))
        }
        Asked::Place(places, can_be_further) => {
            let places: Vec<_> = places.iter().map(|(_, described)| described.as_str()).collect();
            let further = if *can_be_further { ", or --new for another one" } else { "" };
            format!(
                "{asks}? It can be: {}; add a word that only one of them has, such as its date{further}",
                places.join("; ")
            )
        }
        Asked::Instead { there, .. } => format!("{asks}? The record says {there} already"),
        Asked::Option { option, field, .. } => {
            let mut parts = asks.splitn(2, ';');
            let what = within_a_sentence(parts.next().unwrap_or(asks));
            let more = parts.next().map(|more| format!(" ({})", more.trim())).unwrap_or_default();
            format!("{what} is needed{more}; say it with --{option}{}", words(&field.shape))
        }
    }
}
