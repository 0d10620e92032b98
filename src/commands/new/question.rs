//! What can be said of a new record: each key of it that is one value is an option, and some of them are asked for at a
//! terminal.

use anyhow::{Context as _, anyhow, bail};
use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches};
use gwp::calendar::Day;
use gwp::case::Records;
use gwp::recording::{RecordingError, RecordingSession};
use gwp::records::shape::{Field, Shape, Table};
use gwp::records::{Course, Holds, RecordKind, Student, Supervisor, Tense};
use gwp::text::all_of;
use serde_json::{Map, Value as Json};

use super::super::asking::{Asking, several, with_choices, yes_or_no};
use super::super::value_parsers::{address, among_words, day, some_text};

/// What is asked about a key of a new record.
pub struct Question {
    /// The key. After the key of a list and a stop: one of its first entry.
    pub key: &'static str,
    /// The option, where it is called otherwise than the key.
    pub option: Option<&'static str>,
    /// The question.
    pub asks: &'static str,
    /// What there is without an answer.
    pub otherwise: Otherwise,
}

/// What there is without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// No record.
    Needed,
    /// Nothing, which is shown so.
    LeftOut(&'static str),
    /// This word.
    Word(&'static str),
    /// The id of the course that starts last.
    LastCourse,
    /// The first day of the course that was named before.
    CourseStart,
}

impl Question {
    /// A question.
    pub const fn new(key: &'static str, asks: &'static str, otherwise: Otherwise) -> Self {
        Self { key, option: None, asks, otherwise }
    }

    /// The question with an option called otherwise than its key.
    pub const fn with_option(self, option: &'static str) -> Self {
        Self { option: Some(option), ..self }
    }
}

/// A key about which something can be said.
pub struct Item {
    /// The table, or the list in the first entry of which it stands, and the option that says of that what it needs.
    list: Option<(&'static Field, String)>,
    field: &'static Field,
    option: String,
    asks: Option<&'static str>,
    otherwise: Otherwise,
}

/// All that can be said of a record with these keys: first what is asked, in its order.
pub fn items(table: &'static Table, questions: &[Question]) -> Vec<Item> {
    let item = |question: &Question| {
        let (list, key) = match question.key.split_once('.') {
            Some((list, key)) => (Some(list), key),
            None => (None, question.key),
        };
        let keys = list.map_or(table, |list| table.below(list));
        let list = list.and_then(|list| {
            let needed = |one: &&Question| {
                let key = one.key.strip_prefix(list).and_then(|key| key.strip_prefix('.'));
                key.and_then(|key| keys.field(key)).is_some_and(|field| field.required)
            };
            let of_list = |one: &&Question| one.key.split_once('.').is_some_and(|(of, _)| of == list);
            let first = questions.iter().find(needed).or_else(|| questions.iter().find(of_list))?;
            Some((table.field(list)?, first.option()))
        });
        let (option, asks, otherwise) = (question.option(), Some(question.asks), question.otherwise);
        Some(Item { list, field: keys.field(key)?, option, asks, otherwise })
    };
    let asked = questions.iter().filter_map(item);
    let is_free = |field: &&Field| {
        field.key != "kind" && can_be_said(field) && questions.iter().all(|question| question.key != field.key)
    };
    let others = table.fields.iter().filter(is_free).map(|field| Item {
        list: None,
        field,
        option: dashed(&field.key),
        asks: None,
        otherwise: Otherwise::LeftOut(""),
    });
    asked.chain(others).collect()
}

impl Question {
    fn option(&self) -> String {
        self.option.map_or_else(|| dashed(self.key), str::to_owned)
    }
}

fn dashed(key: &str) -> String {
    key.replace('_', "-")
}

/// Whether an option can say what stands at a key.
fn can_be_said(field: &Field) -> bool {
    matches!(field.shape.held(), Shape::Text | Shape::Date | Shape::Words(_) | Shape::Boolean)
}

impl Item {
    /// The option.
    pub fn arg(&self) -> Arg {
        let field = self.field;
        let mut help = field.meaning.clone();
        if let Some(first) = help.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        if let Shape::Words(words) = field.shape.held() {
            help = format!("{help}: {}", words.join(", "));
        }
        if self.field.is_list() {
            help.push_str("; can be given several times");
        }
        match self.otherwise {
            Otherwise::Needed => help.push_str("; needed, and asked for at a terminal"),
            Otherwise::Word(word) => help = format!("{help}; without it, {word}"),
            Otherwise::LastCourse => help.push_str("; without it, that of the course that starts last"),
            Otherwise::CourseStart => help.push_str("; without it, the first day of the course"),
            Otherwise::LeftOut(_) => {}
        }
        let name = match (field.shape.held(), field.facts.holds) {
            (Shape::Date, _) => "DATE",
            (Shape::Words(_), _) => "WORD",
            (_, Some(Holds::Id(_))) => "ID",
            (_, Some(Holds::Name)) => "NAME",
            (_, Some(Holds::Address)) => "EMAIL",
            _ => "TEXT",
        };
        let mut arg = Arg::new(self.option.clone()).long(self.option.clone()).help(help);
        if let Some((_, needed)) = self.list.as_ref().filter(|(_, needed)| *needed != self.option) {
            arg = arg.requires(needed.clone());
        }
        if field.shape == Shape::Boolean {
            return arg.action(ArgAction::SetTrue);
        }
        // Blank is as good as nothing where something is needed: the error says that.
        let is_needed = self.otherwise == Otherwise::Needed;
        let read = move |typed: &str| match field.shape.held() {
            Shape::Text if is_needed => Ok(Json::from(typed)),
            _ => read(typed, field),
        };
        let action = if self.field.is_list() { ArgAction::Append } else { ArgAction::Set };
        arg.value_name(name).action(action).value_parser(ValueParser::new(read))
    }

    /// What the options say.
    pub fn said(&self, matches: &ArgMatches) -> Option<Json> {
        if self.field.shape == Shape::Boolean {
            return matches.get_flag(&self.option).then_some(Json::Bool(true));
        }
        let mut said = matches.get_many::<Json>(&self.option)?.cloned();
        if self.field.is_list() {
            return Some(Json::Array(said.collect()));
        }
        said.next().filter(|said| said.as_str().is_none_or(|said| !said.trim().is_empty()))
    }

    /// Whether it is this key of the record.
    pub fn is_key(&self, key: &str) -> bool {
        self.list.is_none() && self.field.key == key
    }

    /// What is asked.
    pub fn asks(&self) -> &'static str {
        self.asks.unwrap_or_default()
    }

    /// Whether there is no record without an answer.
    pub fn is_needed(&self) -> bool {
        self.otherwise == Otherwise::Needed
    }

    /// An error where it needs a record that is not there yet.
    pub fn must_have_choice(&self, records: &Records) -> anyhow::Result<()> {
        match self.ids(records) {
            Some((kind, ids)) if ids.is_empty() && !matches!(self.otherwise, Otherwise::LeftOut(_)) => {
                let kind = kind.word();
                bail!("there is no {kind} yet; write one with \"gwp new {kind}\"")
            }
            _ => Ok(()),
        }
    }

    /// What was said, with the day or the id that it means. The error says that it means none, or that it is still to come.
    fn settled(&self, said: &Json, begins: Option<Day>, session: &RecordingSession) -> anyhow::Result<Json> {
        if let Json::Array(several) = said {
            let settled = several.iter().map(|one| self.settled(one, begins, session));
            return settled.collect::<Result<_, _>>().map(Json::Array);
        }
        let Some(typed) = said.as_str() else { return Ok(said.clone()) };
        match (self.field.shape.held(), self.field.facts.holds) {
            (Shape::Date, _) => {
                let said = day(typed).map_err(|fault| anyhow!(fault))?;
                let day = if self.field.facts.tense == Some(Tense::Happened) {
                    session.happened(Some(said), &format!("--{}", self.option))?
                } else if self.field.begun_at().is_some() {
                    self.field.last_day(said, begins, &session.days()).map_err(|fault| anyhow!(fault))?
                } else {
                    session.day(said)?
                };
                Ok(day.iso().into())
            }
            (_, Some(Holds::Id(kind))) => Ok(id_of(session, kind, typed)?),
            _ => Ok(said.clone()),
        }
    }

    /// The day on which begins what ends on the day of this key, where the record says it.
    fn begins(&self, record: &Map<String, Json>) -> Option<Day> {
        let Some((list, _)) = &self.list else { return self.field.begins(&Json::Object(record.clone())) };
        let there = record.get(&list.key)?;
        self.field.begins(there.get(0).unwrap_or(there))
    }

    /// Puts what was said or is answered into a record.
    pub fn ask(
        &self,
        record: &mut Map<String, Json>,
        said: Option<&Json>,
        asking: &mut Asking<'_>,
        session: &RecordingSession,
    ) -> anyhow::Result<()> {
        let is_of_nothing =
            self.list.as_ref().is_some_and(|(list, needed)| *needed != self.option && record.get(&list.key).is_none());
        let answer = match (said, self.asks) {
            (Some(said), _) => Some(self.settled(said, self.begins(record), session)?),
            (None, Some(asks)) if !is_of_nothing => self.answer(asks, record, asking, session)?,
            (None, _) => None,
        };
        let Some(answer) = answer else { return Ok(()) };
        let key = self.field.key.clone();
        match &self.list {
            None => {
                record.insert(key, answer);
            }
            Some((list, _)) if list.is_list() => {
                let entries = record.entry(&list.key).or_insert_with(|| Json::Array(vec![Map::new().into()]));
                if let Some(entry) = entries.get_mut(0) {
                    entry[key] = answer;
                }
            }
            Some((table, _)) => record.entry(&table.key).or_insert_with(|| Map::new().into())[key] = answer,
        }
        Ok(())
    }

    fn answer(
        &self,
        asks: &str,
        record: &Map<String, Json>,
        asking: &mut Asking<'_>,
        session: &RecordingSession,
    ) -> anyhow::Result<Option<Json>> {
        let records = &session.before.case.records;
        let ids = self.ids(records);
        let asks = &about_terms(self.is_key("keeps_terms"), asks, record, records);
        let asks = match (&ids, self.field.shape.held()) {
            (Some((kind, _)), _) => with_choices(asks, session.names(*kind).iter().map(String::as_str)),
            (None, Shape::Words(words)) => with_choices(asks, words.iter().map(String::as_str)),
            (None, Shape::Boolean) => with_choices(asks, ["yes", "no"].into_iter()),
            _ => asks.to_owned(),
        };
        let begins = self.begins(record);
        let one = |answer: &str| {
            let said = read(answer, self.field)?;
            self.settled(&said, begins, session).map_err(|error| match error.downcast_ref::<RecordingError>() {
                Some(error) => format!("{error}; {}", error.help().unwrap_or_default()),
                None => error.to_string(),
            })
        };
        let read =
            |answer: &str| if self.field.is_list() { several(one)(answer).map(Json::Array) } else { one(answer) };
        match self.otherwise {
            Otherwise::Needed => asking.needed(None, &format!("--{}", self.option), &asks, read).map(Some),
            Otherwise::LeftOut(_) if ids.is_some_and(|(_, ids)| ids.is_empty()) => Ok(None),
            Otherwise::LeftOut(shown) => asking.or_else(None, &asks, (None, shown), |answer| read(answer).map(Some)),
            Otherwise::CourseStart => {
                let course = record.get("course").and_then(Json::as_str);
                let course = records.courses.iter().find(|entry| Some(entry.id.raw()) == course);
                let starts =
                    course.and_then(|entry| entry.record.as_deref()).context("the course cannot be read")?.starts;
                let default = (Json::from(starts.iso()), starts.to_string());
                asking.or_else(None, &asks, (default.0, &default.1), read).map(Some)
            }
            Otherwise::Word(word) => asking.or_else(None, &asks, (Json::from(word), word), read).map(Some),
            Otherwise::LastCourse => {
                let starts = records.courses.iter().map(|entry| (entry.record.as_deref().map(|one| one.starts), entry));
                let last = starts.max_by_key(|(starts, _)| *starts).map(|(_, entry)| entry.id.raw());
                let last = last.context("there is no course yet; write one with \"gwp new course\"")?;
                let shown = session.name_of(RecordKind::Course, last);
                asking.or_else(None, &asks, (Json::from(last), &shown), read).map(Some)
            }
        }
    }

    /// The ids of the records one of which it names.
    fn ids<'r>(&self, records: &'r Records) -> Option<(RecordKind, Vec<&'r str>)> {
        let Some(Holds::Id(kind)) = self.field.facts.holds else { return None };
        let of_kind = records.ids().into_iter().filter(|(known, ..)| *known == kind);
        Some((kind, of_kind.map(|(_, id, _)| id.raw()).collect()))
    }
}

/// The question whether a group pauses between terms, with the days between those of its conductors' course.
fn about_terms(is_it: bool, asks: &str, record: &Map<String, Json>, records: &Records) -> String {
    let conductors = record.get("conductors").and_then(Json::as_array);
    let conductor = conductors.and_then(|all| all.first()).and_then(Json::as_str).filter(|_| is_it);
    let student = records.students.iter().find(|entry| Some(entry.id.raw()) == conductor);
    let course = student.and_then(|entry| entry.record.as_deref()).map(|student| &student.course);
    let course = records.courses.iter().find(|entry| Some(&entry.id) == course);
    let mut terms = course.and_then(|entry| entry.record.as_deref()).map(|one| one.terms.clone()).unwrap_or_default();
    terms.sort_by_key(|term| term.starts);
    let gaps = terms.windows(2).map(|pair| (pair[0].ends.plus_days(1), pair[1].starts.plus_days(-1)));
    let gaps: Vec<_> =
        gaps.filter(|(first, last)| first <= last).map(|(first, last)| format!("{first} to {last}")).collect();
    if gaps.is_empty() { asks.to_owned() } else { format!("{asks}: {}", all_of(gaps)) }
}

/// Reads what the format has at a key.
fn read(typed: &str, field: &Field) -> Result<Json, String> {
    match field.shape.held() {
        // Which day it is depends on the course: see [`Item::settled`].
        Shape::Date => day(typed).map(|_| typed.into()),
        Shape::Words(words) => among_words(typed, words).map(Json::from),
        Shape::Boolean => yes_or_no(typed).map(Json::from),
        _ if field.facts.holds == Some(Holds::Address) => address(typed).map(|text| text.raw().into()),
        _ => some_text(typed).map(|text| text.raw().into()),
    }
}

/// The id of the record of a kind that is named.
fn id_of(session: &RecordingSession, kind: RecordKind, named: &str) -> Result<Json, RecordingError> {
    let words = (kind.word(), "name one that is there");
    let id = match kind {
        RecordKind::Course => session.find_among::<Course>(named, &|_| true, words).map(|entry| &entry.id),
        RecordKind::Supervisor => session.find_among::<Supervisor>(named, &|_| true, words).map(|entry| &entry.id),
        _ => session.find_among::<Student>(named, &|_| true, words).map(|entry| &entry.id),
    };
    id.map(|id| id.raw().into())
}
