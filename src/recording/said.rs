//! What somebody says of a record, word by word, and the places of the record that are meant by it.

use serde_json::{Map, Value as Json, json};

use super::named::NamedRecord;
use super::typed_value::{ReadDay, read_day};
use super::{RecordingError, RecordingSession};
use crate::amend::{Edit, Edited, Event};
use crate::calendar::Day;
use crate::records::shape::{Field, Table};
use crate::records::{Form, RecordKind, SessionLog, Student, Subject, Supervisor, subjects};
use crate::text::{Path, Step, Text, all_of, date_in_words, did_you_mean, visible};

/// What somebody says of a record, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Of which record.
    pub who: String,
    /// Of what in it.
    pub what: Option<String>,
    /// Values that say which entry is meant, or what it is.
    pub words: Vec<String>,
    /// The options, by their names without hyphens before them.
    pub options: Vec<(String, String)>,
    /// Keys that are to say nothing any more.
    pub without: Vec<String>,
    /// Whether the whole is to be gone.
    pub is_removed: bool,
    /// Whether somebody is asked, also for what is not needed.
    pub is_asked: bool,
    /// The place that was chosen among several.
    pub chosen: Option<Path>,
    /// That none of those that are there is meant, but a further one.
    pub is_further: bool,
    /// The key that somebody chose who was asked which is wrong.
    pub key: Option<String>,
    /// Options that somebody left out who was asked.
    pub left_out: Vec<String>,
}

/// Why nothing is recorded yet.
#[derive(Clone, Debug)]
pub enum Untold {
    /// It cannot be.
    Refused(RecordingError),
    /// Something is to be said first.
    Asks(Box<Question>),
}

impl From<RecordingError> for Untold {
    fn from(error: RecordingError) -> Self {
        Self::Refused(error)
    }
}

/// Something that is to be said first.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is asked.
    pub asks: String,
    /// What it is about.
    pub about: Asked,
}

/// What a question is about.
#[derive(Clone, Debug)]
pub enum Asked {
    /// Which of the words of the record: each with what it means.
    What(Vec<(String, String)>),
    /// Which of several places; and whether it can be none of them.
    Place(Vec<(Path, String)>, bool),
    /// Which of the keys of a place: each with what it says.
    Key(Vec<(String, String)>),
    /// What the record is to say instead.
    Instead {
        /// What its value has to be.
        field: &'static Field,
        /// What the record says; safe to show.
        there: String,
    },
    /// What an option says.
    Option {
        /// Its name.
        option: String,
        /// What its value has to be.
        field: &'static Field,
        /// Whether it can be left out.
        is_optional: bool,
        /// What it says if nothing is said; none where there is nothing to assume.
        otherwise: Option<String>,
        /// The day on which begins what ends on the day that is asked for, where that is known.
        begins: Option<Day>,
        /// What the record says so far, where something else is to be put in its place; safe to show.
        there: Option<String>,
    },
}

/// Options that say of some records what the other says of others.
const SAME_MEANING: [[&str; 2]; 2] = [["from", "starts"], ["until", "ends"]];

impl Said {
    /// Whether somebody who saw what the record says put something else in its place.
    pub fn is_instead(&self) -> bool {
        !self.option("to").is_empty()
    }

    /// What was said with an option.
    pub(super) fn option(&self, name: &str) -> Vec<&str> {
        let said = self.options.iter().filter(|(option, _)| option == name);
        said.map(|(_, value)| value.as_str()).collect()
    }

    /// The value of a key, where an option says it: by the name of the key, or by `--on` for the `day` of what happened.
    pub(super) fn of(&self, field: &Field, day: Option<&Field>) -> Vec<&str> {
        let said = self.option(&dashed(&field.key));
        let is_day = day.is_some_and(|day| day.key == field.key);
        if said.is_empty() && is_day { self.option("on") } else { said }
    }

    /// The error that an option says nothing about what is recorded.
    pub(super) fn must_all_be_used<'f>(
        &self,
        subject: &str,
        used: impl Iterator<Item = &'f str>,
    ) -> Result<(), RecordingError> {
        let used: Vec<String> = used.map(dashed).collect();
        let Some((other, _)) = self.options.iter().find(|(option, _)| !used.contains(option)) else { return Ok(()) };
        let options = all_of(used.iter().filter(|name| *name != "on").map(|name| format!("--{name}")));
        let what = format!("{subject} has no --{other}");
        let alike = SAME_MEANING.iter().find(|pair| pair.contains(&other.as_str())).into_iter().flatten();
        if let Some(meant) = alike.into_iter().find(|meant| used.iter().any(|name| name == *meant)) {
            return Err(RecordingError::unclear(what, format!("say --{meant} instead")));
        }
        let advice = if options.is_empty() { "leave it out".to_owned() } else { format!("it can have {options}") };
        Err(RecordingError::unclear(what, advice))
    }
}

/// A word as a sentence has it: `lcc-meeting` is an LCC meeting.
pub(super) fn spoken(word: &str) -> String {
    let part = |part: &str| if ["lcc", "wrg", "cv"].contains(&part) { part.to_uppercase() } else { part.to_owned() };
    word.split(['-', '_']).map(part).collect::<Vec<_>>().join(" ")
}

/// The name of the option for a key.
pub(super) fn dashed(key: &str) -> String {
    key.replace('_', "-")
}

impl RecordingSession {
    /// What is said of the record: the subject with its word.
    #[allow(clippy::unused_self, reason = "it belongs to what is said in a session")]
    pub(super) fn subject(&self, named: &NamedRecord, said: &Said) -> Result<Subject, Untold> {
        let mut all = subjects(named.keys);
        let Some(what) = &said.what else {
            // What a log leaves open is asked about too.
            let is_blank = |one: &Subject| {
                named.places(&one.keys, false).iter().any(|place| !place.says.is_null() && is_left_open(&place.says))
            };
            let listed = all.iter().filter(|one| one.is_listed || is_blank(one));
            let words = listed.map(|one| (one.word.clone(), one.field.asked().to_owned())).collect();
            let asks = format!("What is there to record of {}", named.name);
            return Err(Untold::Asks(Box::new(Question { asks, about: Asked::What(words) })));
        };
        let word = dashed(&what.to_lowercase());
        let is_meant = |one: &Subject| one.word == word || dashed(one.keys.last().unwrap_or(&"")) == word;
        if let Some(position) = all.iter().position(is_meant) {
            return Ok(all.swap_remove(position));
        }
        let near = did_you_mean(&word, all.iter().map(|one| one.word.as_str()));
        let listed: Vec<_> = all.iter().filter(|one| one.is_listed).map(|one| one.word.as_str()).collect();
        let advice = near.unwrap_or_else(|| format!("it can be {}", crate::text::any_of(&listed)));
        Err(RecordingError::unclear(
            format!("nothing that can be said of {} is called \"{}\"", named.name, visible(what)),
            advice,
        )
        .into())
    }

    /// The one place of several that the words mean, or that somebody chose. None where there is none at all.
    pub(super) fn chosen(
        &self,
        said: &Said,
        asks: &str,
        places: &[Place],
        day: ReadDay<'_>,
    ) -> Result<Option<Place>, Untold> {
        if let Some(chosen) = said.chosen {
            // What was chosen can be this place, or one in it.
            let is_it = |place: &Place| {
                place.at == chosen || chosen.steps().take(place.at.steps().count()).eq(place.at.steps())
            };
            if let Some(place) = places.iter().find(|place| is_it(place)) {
                return Ok(Some(place.clone()));
            }
        }
        let words: Vec<Vec<String>> = said.words.iter().map(|word| self.meanings(word, day)).collect();
        let fitting: Vec<&Place> =
            places.iter().filter(|place| words.iter().all(|word| place.says_one_of(word))).collect();
        match (fitting.as_slice(), places.is_empty()) {
            ([one], _) => Ok(Some((*one).clone())),
            (_, true) => Ok(None),
            ([], false) => {
                let there: Vec<_> = places.iter().map(|place| place.described.as_str()).collect();
                let said_words: Vec<_> = said.words.iter().map(|word| visible(word)).collect();
                let what = format!("{asks}: none says {}", all_of(&said_words));
                Err(RecordingError::unclear(what, format!("there is {}", crate::text::few(there, 4, "; "))).into())
            }
            (several, false) => {
                let about = several.iter().map(|place| (place.at, place.described.clone())).collect();
                Err(Untold::Asks(Box::new(Question { asks: asks.to_owned(), about: Asked::Place(about, false) })))
            }
        }
    }

    /// How many entries of a list of a student's record say all of these words: those that `gwp correct` would ask about.
    pub(super) fn entries_with(&self, id: &Text, key: &'static str, words: &[String]) -> usize {
        let who = format!("{}/{}", RecordKind::Student.word(), id.raw());
        let Ok(named) = self.record_named(&who) else { return 0 };
        let days = self.days_of(&named);
        let day: ReadDay<'_> = &|typed, has_happened| read_day(typed, has_happened, &days);
        let words: Vec<_> = words.iter().map(|word| self.meanings(word, day)).collect();
        let places = named.places(&[key], true);
        places.iter().filter(|place| words.iter().all(|word| place.says_one_of(word))).count()
    }

    fn ids_of(&self, word: &str) -> Vec<Text> {
        let ids = [
            self.find::<Student>(word).map(|one| one.id.clone()),
            self.find::<Supervisor>(word).map(|one| one.id.clone()),
            self.find::<SessionLog>(word).map(|one| one.id.clone()),
        ];
        ids.into_iter().flatten().collect()
    }

    /// What a word can mean as a value of a record: itself, a day, the id of somebody.
    fn meanings(&self, word: &str, day: ReadDay<'_>) -> Vec<String> {
        let days = [true, false].into_iter().filter_map(|happened| day(word, happened).ok());
        // A part of a name is a name; one letter is none.
        let ids = if word.len() < 3 { Vec::new() } else { self.quietly(|| self.ids_of(word)) };
        let ids = ids.into_iter().map(|id| id.raw().to_lowercase());
        let form = Form::read(word).map(|form| form.word().to_lowercase());
        let ids = ids.chain(form);
        [word.to_lowercase()].into_iter().chain(days.map(Day::iso)).chain(ids).collect()
    }
}

/// A place of a record that can be meant.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Where it stands.
    pub at: Path,
    /// What it says; null where nothing is there.
    pub says: Json,
    /// What it says, for people; safe to show.
    pub described: String,
    /// The values that tell it apart from others, as they are written.
    pub told_by: Vec<String>,
    /// What else it can be found by: what it stands in says that.
    around: Vec<String>,
}

impl Place {
    /// An element of a list of values.
    pub(super) fn element(&self, index: usize, says: &Json) -> Self {
        let (at, described) = (self.at.index(index), shown(says));
        Self { at, says: says.clone(), described, told_by: self.told_by.clone(), around: self.around.clone() }
    }

    /// Whether it says something of that, or a longer text says it in part.
    fn says_one_of(&self, meanings: &[String]) -> bool {
        let mut said = self.around.clone();
        leaves(&self.says, &mut said);
        let is_meant = |text: &String| {
            meanings
                .iter()
                .any(|word| text == word || text.contains(' ') && word.len() > 2 && text.contains(word.as_str()))
        };
        said.iter().any(is_meant)
    }
}

fn leaves(json: &Json, found: &mut Vec<String>) {
    match json {
        Json::Object(table) => {
            for (key, value) in table {
                found.extend((*value == json!(true)).then(|| dashed(key)));
                leaves(value, found);
            }
        }
        Json::Array(list) => list.iter().for_each(|one| leaves(one, found)),
        Json::String(text) => found.push(text.to_lowercase()),
        Json::Null => {}
        other => found.push(other.to_string()),
    }
}

/// Keys that do not tell an entry apart for anybody.
const UNTOLD: [&str; 2] = ["notes", "document"];

/// The dates of a ruling, which tell it apart from another of its day.
const RULED_ON: &str = "of";

/// What a table says, for people; safe to show: what tells it apart first, tables in it left out.
pub(super) fn described(table: &Table, says: &Json) -> String {
    let phrase = |field: &Field| {
        let value = says.get(&field.key)?;
        let key = field.key.replace('_', " ");
        if UNTOLD.contains(&field.key.as_str()) {
            return None;
        }
        Some(match value {
            Json::String(text) => match Day::parse(text) {
                Some(day) => format!("{key} {day}"),
                None if field.facts.identifies => visible(text),
                None => format!("{key} {}", visible(text)),
            },
            Json::Bool(true) => key,
            Json::Number(number) => format!("{key} {number}"),
            Json::Array(_) if field.key == RULED_ON => format!("{key} {}", shown(value)),
            _ => return None,
        })
    };
    let said: Vec<_> = table.fields.iter().filter_map(phrase).collect();
    if said.is_empty() { "an entry that says nothing".to_owned() } else { said.join(", ") }
}

/// Whether nothing is said at a place yet: nothing stands there, or an empty text, by which a log leaves a key open that it
/// must have.
pub(super) fn is_left_open(there: &Json) -> bool {
    there.is_null() || there.as_str().is_some_and(|text| text.trim().is_empty())
}

/// A value, for people; safe to show.
pub(super) fn shown(value: &Json) -> String {
    match value {
        Json::String(text) if text.trim().is_empty() => "nothing".to_owned(),
        Json::String(text) => date_in_words(text),
        Json::Array(list) => list.iter().map(shown).collect::<Vec<_>>().join(", "),
        Json::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Json::Object(table) => {
            table.iter().map(|(key, one)| format!("{key} {}", shown(one))).collect::<Vec<_>>().join(", ")
        }
        Json::Null => "nothing".to_owned(),
        Json::Number(number) => number.to_string(),
    }
}

impl NamedRecord {
    /// What stands at a path; null where nothing does.
    pub(super) fn at(&self, path: &Path) -> &Json {
        let found = path.steps().try_fold(&self.says, |here, step| match step {
            Step::Key(key) => here.get(key),
            Step::Index(index) => here.get(index as usize),
        });
        found.unwrap_or(&Json::Null)
    }

    /// The places of a subject: its key in every entry around it, and of a list of tables every entry.
    pub(super) fn places(&self, keys: &[&'static str], is_each_entry: bool) -> Vec<Place> {
        let mut found = vec![Place {
            at: Path::root(),
            says: self.says.clone(),
            described: String::new(),
            told_by: Vec::new(),
            around: Vec::new(),
        }];
        let mut table = self.keys;
        for (depth, key) in keys.iter().enumerate() {
            let is_last = depth + 1 == keys.len();
            let inner = table.below(key);
            let has_entries = table.field(key).is_some_and(Field::is_list) && !inner.fields.is_empty();
            found = found
                .into_iter()
                .flat_map(|place| place.within(key, has_entries && (!is_last || is_each_entry), inner))
                .collect();
            table = inner;
        }
        found
    }

    /// An edit of this record. What it is to stand in is made with it where that is not there.
    pub(super) fn edit(&self, mut at: Path, mut to: Edited, what: String) -> Event {
        while let Some((within, last)) = at.split_last() {
            let list_is_lost = || within.split_last().is_some_and(|(around, _)| self.at(&around).is_null());
            let is_lost = match last {
                Step::Key(_) => self.at(&within).is_null(),
                Step::Index(_) => list_is_lost(),
            };
            let (true, Edited::Said(value) | Edited::Instead(value) | Edited::Further(value)) = (is_lost, &to) else {
                break;
            };
            let made = match last {
                Step::Key(key) => Json::Object(Map::from_iter([(key.to_owned(), value.clone())])),
                Step::Index(_) => json!([value]),
            };
            (at, to) = (within, Edited::Said(made));
        }
        Event::Edit(Edit { kind: self.kind, at, to, what })
    }
}

impl Place {
    /// What stands at a key of it; of a list of tables, each of them.
    fn within(self, key: &'static str, is_each: bool, table: &'static Table) -> Vec<Self> {
        let mut around = self.around;
        if let Json::Object(entries) = &self.says {
            entries
                .values()
                .filter(|value| !value.is_object() && !value.is_array())
                .for_each(|one| leaves(one, &mut around));
        }
        let around = if self.at == Path::root() { Vec::new() } else { around };
        let says = self.says.get(key).cloned().unwrap_or(Json::Null);
        let at = self.at.key(key);
        if !is_each {
            let described = if says.is_null() { self.described } else { describe(table, &says, &self.described) };
            return vec![Self { at, says, described, around, told_by: self.told_by }];
        }
        let entries = says.as_array().cloned().unwrap_or_default().into_iter().enumerate();
        let before = self.told_by.iter().map(|one| shown(&json!(one))).collect::<Vec<_>>().join(", ");
        let entry = |(index, says): (usize, Json)| {
            let described = describe(table, &says, &before);
            let own =
                table.fields.iter().filter(|field| field.facts.identifies).filter_map(|field| says.get(&field.key));
            let own = own
                .filter(|value| !value.is_array())
                .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            let told_by = self.told_by.iter().cloned().chain(own).collect();
            Self { at: at.index(index), says, described, around: around.clone(), told_by }
        };
        entries.map(entry).collect()
    }
}

fn describe(table: &Table, says: &Json, before: &str) -> String {
    let own = if says.is_object() { described(table, says) } else { shown(says) };
    if before.is_empty() { own } else { format!("{before}: {own}") }
}
