//! What a record comes to say: of a key, of a table in it, of an entry of a list.
//!
//! All of it goes by what the schema says of the keys. By hand are only the few that mean more: what is in the field of
//! `presentation`, `condition`, `registration`, `supervisee` and `online`.

use serde_json::{Map, Value as Json, json};

use super::named::NamedRecord;
use super::said::{Asked, Place, Question, Said, Untold, dashed, described, is_left_open, shown, spoken};
use super::typed_value::{ReadDay, read_day};
use super::{Amendment, RecordingError, RecordingSession};
use crate::amend::{Edited, Event};
use crate::calendar::Day;
use crate::records::shape::{Field, Shape};
use crate::records::{RecordKind, Subject, SubjectSort, Tense};
use crate::text::{Path, capitalised, visible};

/// Somebody who says something of a record.
pub(super) struct Telling<'t> {
    pub session: &'t RecordingSession,
    pub named: &'t NamedRecord,
    pub subject: &'t Subject,
    pub said: &'t Said,
    pub day: ReadDay<'t>,
}

/// Keys that nobody is asked for.
const UNASKED: [&str; 2] = ["notes", "document"];

/// Days with which somebody is a student no more, or will not be one: nothing is assumed for them.
const ENDS_A_COURSE: [&str; 2] = ["withdrawn", "not_applying"];

impl RecordingSession {
    /// What is to go into the record that somebody says something of. Nothing that the record says is said otherwise.
    pub fn told(&self, said: &Said) -> Result<Amendment, Untold> {
        let named = self.record_named(&said.who)?;
        let days = self.days_of(&named);
        let day: ReadDay<'_> = &|typed, has_happened| read_day(typed, has_happened, &days);
        let (subject, said) = (self.subject(&named, said)?, said.clone());
        let (subject, said) = self.of_one_session(&named, subject, said, day)?;
        let telling = Telling { session: self, named: &named, subject: &subject, said: &said, day };
        let events = match subject.sort() {
            SubjectSort::Value => telling.value()?,
            SubjectSort::Values => telling.values()?,
            SubjectSort::Table => telling.table()?,
            SubjectSort::Entries => telling.entry()?,
        };
        let what = events.iter().map(Event::sentence).collect::<Vec<_>>().join("; ");
        Ok(Amendment { file: named.file, id: named.id.clone(), events, what })
    }

    /// A log is held online, or one of its sessions: a day says which.
    fn of_one_session(
        &self,
        named: &NamedRecord,
        subject: Subject,
        mut said: Said,
        day: ReadDay<'_>,
    ) -> Result<(Subject, Said), Untold> {
        let is_of_day = said.words.first().is_some_and(|word| day(word, true).is_ok());
        if subject.word != "online" || !is_of_day || named.kind != RecordKind::Session {
            return Ok((subject, said));
        }
        said.what = Some("session".to_owned());
        if said.option("online").is_empty() {
            said.options.push(("online".to_owned(), "yes".to_owned()));
        }
        Ok((self.subject(named, &said)?, said))
    }
}

impl Telling<'_> {
    /// One value.
    fn value(&self) -> Result<Vec<Event>, Untold> {
        let Self { named, subject, said, .. } = self;
        let field = subject.field;
        let is_day = field.shape == Shape::Date;
        let key = dashed(&field.key);
        said.must_all_be_used(&subject.word, [key.as_str(), "on"].into_iter().take(if is_day { 2 } else { 1 }))?;
        let mut words = said.words.clone();
        let mut typed = said.of(field, is_day.then_some(field)).first().map(|typed| (*typed).to_owned());
        if typed.is_none()
            && !words.is_empty()
            && (field.shape != Shape::Boolean || self.read(field, &[&words[0]]).is_ok())
        {
            typed = Some(words.remove(0));
        }
        let place = self.place(&named.places(&subject.keys, false), words)?;
        let typed = match typed {
            Some(typed) => typed,
            None if field.shape == Shape::Boolean => "yes".to_owned(),
            None if said.is_asked && !is_left_open(&place.says) => {
                let about = Asked::Instead { field, there: shown(&place.says) };
                return Err(Untold::Asks(Box::new(Question { asks: capitalised(field.asked()), about })));
            }
            None => {
                let happens = matches!(field.facts.tense, Some(Tense::Happened | Tense::Arranged));
                let today = (is_day && happens).then(|| self.session.today.iso());
                match today.clone().filter(|_| !said.is_asked) {
                    Some(today) => today,
                    // Nobody leaves a course by an elbow on a key.
                    None if ENDS_A_COURSE.contains(&field.key.as_str()) => {
                        return Err(asks(field, "on".to_owned(), false, None));
                    }
                    None => return Err(asks(field, if is_day { "on".to_owned() } else { key }, false, today)),
                }
            }
        };
        let value = self.read(field, &[&typed])?;
        let is_open = is_left_open(&place.says);
        if !is_open && place.says != value {
            return Err(self.otherwise((&place.at, &place), (&place.says, &value), ("to", &typed)).into());
        }
        let what = self.sentence(field, &value, &place);
        Ok(vec![named.edit(place.at, said_at(&place.says, value), what)])
    }

    /// What a single value says, in words.
    fn sentence(&self, field: &Field, value: &Json, place: &Place) -> String {
        let day = value.as_str().and_then(Day::parse);
        let of =
            if place.told_by.is_empty() { String::new() } else { format!("{}: ", visible(&place.told_by.join(", "))) };
        match (self.named.kind, field.key.as_str(), day) {
            (RecordKind::Student, "withdrawn", Some(day)) if of.is_empty() => {
                let leaves = if self.session.is_to_come(day) { "leaves" } else { "left" };
                format!("{leaves} the course on {day}")
            }
            (_, key, Some(day)) => format!("{of}{} on {day}", key.replace('_', " ")),
            (_, key, None) => format!("{of}{}: {}", key.replace('_', " "), shown(value)),
        }
    }

    /// One or more of a list of values.
    fn values(&self) -> Result<Vec<Event>, Untold> {
        let Self { named, subject, said, .. } = self;
        let field = subject.field;
        let key = dashed(&field.key);
        let further = (subject.word == "supervisee").then_some("from");
        said.must_all_be_used(&subject.word, [key.as_str(), "on"].into_iter().chain(further))?;
        let mut words = said.words.clone();
        let typed: Vec<String> = match said.of(field, Some(field)) {
            typed if !typed.is_empty() => typed.into_iter().map(str::to_owned).collect(),
            _ if !subject.is_in_entry => std::mem::take(&mut words),
            _ => words.drain(..words.len().min(1)).collect(),
        };
        if typed.is_empty() {
            let option = if *field.shape.held() == Shape::Date { "on".to_owned() } else { key };
            return Err(asks(field, option, false, None));
        }
        let typed: Vec<_> = typed.iter().map(String::as_str).collect();
        let values = self.read(field, &typed)?.as_array().cloned().unwrap_or_default();
        let mut places = named.places(&subject.keys, false);
        if subject.word == "presentation" {
            places.retain(|place| self.runs(place, &values));
        }
        let place = self.place(&places, words)?;
        let mut there = place.says.as_array().cloned().unwrap_or_default();
        let is_new = |value: &&Json| !there.contains(value);
        let (new, known): (Vec<_>, Vec<_>) = values.iter().partition(is_new);
        let what = |values: &[&Json]| {
            let values: Vec<_> = values.iter().map(|value| shown(value)).collect();
            format!("{}: {}", spoken(&subject.word), values.join(", "))
        };
        let mut events = Vec::new();
        if new.is_empty() {
            let position = there.iter().position(|one| known.first() == Some(&one)).unwrap_or_default();
            let value = there.get(position).cloned().unwrap_or_default();
            events.push(named.edit(place.at.index(position), Edited::Said(value), what(&known)));
        } else if there.is_empty() && place.says.is_null() {
            let all = new.iter().map(|value| (*value).clone()).collect();
            events.push(named.edit(place.at, Edited::Said(all), what(&new)));
        } else {
            for value in new {
                let is_day = *field.shape.held() == Shape::Date;
                let later = there.iter().position(|one| is_day && one.as_str() > value.as_str());
                let position = later.unwrap_or(there.len());
                there.insert(position, value.clone());
                events.push(named.edit(place.at.index(position), Edited::Further(value.clone()), what(&[value])));
            }
        }
        if subject.word == "supervisee" {
            self.since(&values, &mut events)?;
        }
        Ok(events)
    }

    /// From when on somebody is a supervisee, where there have been meetings: they would count for them otherwise.
    fn since(&self, who: &[Json], events: &mut Vec<Event>) -> Result<(), Untold> {
        let Self { named, said, session, .. } = self;
        let sessions = named.says.get("sessions").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
        let day = |one: &Json| one.get("date").and_then(Json::as_str).and_then(Day::parse);
        let is_past =
            |one: &&Json| one.get("planned").is_none() && day(one).is_some_and(|day| !session.is_to_come(day));
        let first = sessions.iter().filter(is_past).filter_map(day).min();
        let Some(period) = named.keys.field("supervisee_periods") else { return Ok(()) };
        let Some(from) = period.table().and_then(|table| table.field("from")) else { return Ok(()) };
        let Some(typed) = said.option("from").first().copied() else {
            return match first {
                None => Ok(()),
                Some(first) => {
                    let who: Vec<_> = who.iter().map(shown).collect();
                    let asks = format!(
                        "The first day on which {} is a supervisee; the log has meetings from {first} on",
                        who.join(", ")
                    );
                    let (option, otherwise) = ("from".to_owned(), None);
                    let about =
                        Asked::Option { option, field: from, is_optional: false, otherwise, begins: None, there: None };
                    Err(Untold::Asks(Box::new(Question { asks, about })))
                }
            };
        };
        let from = self.read(from, &[typed])?;
        let count = named.says.get("supervisee_periods").and_then(Json::as_array).map_or(0, Vec::len);
        for (position, one) in (count..).zip(who) {
            let at = Path::of("supervisee_periods").index(position);
            let what = format!("{} is there from {}", shown(one), shown(&from));
            events.push(named.edit(at, Edited::Further(json!({ "who": one, "from": from })), what));
        }
        Ok(())
    }

    /// Whether a Work Reflection Group runs on each of these days.
    fn runs(&self, place: &Place, days: &[Json]) -> bool {
        let wrg = place.at.split_last().map(|(wrg, _)| self.named.at(&wrg));
        let day = |key| wrg.and_then(|wrg| wrg.get(key)).and_then(Json::as_str);
        days.iter()
            .filter_map(Json::as_str)
            .all(|one| day("from").is_none_or(|from| from <= one) && day("until").is_none_or(|until| one <= until))
    }

    /// A table of the record, or of one of its entries.
    fn table(&self) -> Result<Vec<Event>, Untold> {
        let Self { named, subject, .. } = self;
        let day = self.happens();
        let mut said = self.said.clone();
        // The word behind a table of the record is its day.
        if !subject.is_in_entry && day.is_some() && said.option("on").is_empty() && !said.words.is_empty() {
            said.options.push(("on".to_owned(), said.words.remove(0)));
        }
        let telling = Telling { said: &said, ..*self };
        telling.must_be_its_options(day)?;
        let place = telling.place(&named.places(&subject.keys, false), said.words.clone())?;
        if place.says.is_null() {
            let value = telling.all_of_it(day)?;
            let what = telling.what(&value);
            return Ok(vec![named.edit(place.at, Edited::Said(value), what)]);
        }
        telling.added(&place, day)
    }

    /// An entry of a list: a further one, or more of one that is there.
    fn entry(&self) -> Result<Vec<Event>, Untold> {
        let day = self.happens();
        self.must_be_its_options(day)?;
        if let Some(place) = self.meant()? {
            return self.added(&place, day);
        }
        let Self { named, subject, said, .. } = self;
        if let Some(command) = subject.begun_by() {
            let what = format!("{} has no such {}", named.name, subject.word);
            return Err(RecordingError::unclear(
                what,
                format!("\"gwp {command}\" records one; see \"gwp help {command}\""),
            )
            .into());
        }
        let (_, around) = subject.keys.split_last().unwrap_or((&"", &[]));
        let mut parents = named.places(around, true);
        if subject.word == "condition" {
            parents.retain(|place| place.says.get("outcome").and_then(Json::as_str) == Some("approved"));
        }
        let words = if around.is_empty() { Vec::new() } else { said.words.clone() };
        let parent = self.place(&parents, words)?;
        let mut value = self.all_of_it(day)?;
        self.take_over(&mut value);
        let list = subject.keys.last().map_or(parent.at, |key| parent.at.key(key));
        let count = named.at(&list).as_array().map_or(0, Vec::len);
        let what = self.what(&value);
        Ok(vec![named.edit(list.index(count), Edited::Further(value), what)])
    }

    /// The entry that is there and meant; none where it is a further one.
    fn meant(&self) -> Result<Option<Place>, Untold> {
        let Self { named, subject, said, .. } = self;
        let all = named.places(&subject.keys, true);
        if said.is_further || all.is_empty() && subject.begun_by().is_none() {
            return Ok(None);
        }
        if said.chosen.is_some_and(|chosen| all.iter().any(|place| place.at == chosen)) {
            return self.session.chosen(said, &subject.word, &all, self.day);
        }
        let is_said = |field: &&Field| !said.of(field, self.happens()).is_empty();
        let is_begun = subject.keys_in().filter(|field| field.required).all(|field| is_said(&field));
        let told_by: Vec<_> = subject.keys_in().filter(|field| field.facts.identifies).filter(is_said).collect();
        if !said.words.is_empty() && (!subject.is_in_entry || !is_begun) {
            return self.session.chosen(said, &format!("Which {}", subject.word), &all, self.day);
        }
        let mut same = all.clone();
        for field in &told_by {
            let value = self.read(field, &said.of(field, self.happens()))?;
            same.retain(|place| place.says.get(&field.key) == Some(&value));
        }
        let is_new = told_by.is_empty() && (is_begun || said.options.is_empty()) && subject.begun_by().is_none();
        if is_new || same.is_empty() || self.is_renewed(&mut same)? {
            return Ok(None);
        }
        match same.as_slice() {
            [one] => Ok(Some(one.clone())),
            several => {
                let about = several.iter().map(|place| (place.at, place.described.clone())).collect();
                let about = Asked::Place(about, subject.begun_by().is_none());
                Err(Untold::Asks(Box::new(Question { asks: format!("Which {}", spoken(&subject.word)), about })))
            }
        }
    }

    /// Whether a registration is renewed: it expires later than those of the same body, which stay. Of those, only the one
    /// that expires on the day that is said is kept, where there is one.
    fn is_renewed(&self, same: &mut Vec<Place>) -> Result<bool, Untold> {
        let expires = self.subject.keys_in().find(|field| field.key == "expires");
        let Some(field) = expires.filter(|_| self.subject.word == "registration") else { return Ok(false) };
        let typed = self.said.of(field, None);
        if typed.is_empty() {
            return Ok(false);
        }
        let expires = self.read(field, &typed)?;
        let day = |place: &Place| place.says.get("expires").and_then(Json::as_str).map(str::to_owned);
        if same.iter().any(|place| place.says.get("expires") == Some(&expires)) {
            same.retain(|place| place.says.get("expires") == Some(&expires));
            return Ok(false);
        }
        Ok(same.iter().all(|place| day(place).is_some_and(|day| Some(day.as_str()) < expires.as_str())))
    }

    /// What a renewed registration has from the one before it: its number.
    fn take_over(&self, value: &mut Json) {
        if self.subject.word != "registration" || value.get("number").is_some() {
            return;
        }
        let all = self.named.places(&self.subject.keys, true);
        let number = all.iter().rev().find(|place| place.says.get("body") == value.get("body"));
        let number = number.and_then(|place| place.says.get("number"));
        if let (Some(number), Json::Object(table)) = (number, value) {
            table.insert("number".to_owned(), number.clone());
        }
    }

    /// What is said beside what a table says already.
    fn added(&self, place: &Place, day: Option<&Field>) -> Result<Vec<Event>, Untold> {
        let Self { named, subject, said, .. } = self;
        let mut events = Vec::new();
        for field in subject.keys_in() {
            let typed = said.of(field, day);
            if typed.is_empty() {
                continue;
            }
            let (value, at) = (self.read_within(field, &typed, &place.says)?, place.at.key(&field.key));
            let there = named.at(&at);
            if !is_left_open(there) && *there != value {
                return Err(self
                    .otherwise(
                        (&at, place),
                        (there, &value),
                        (&dashed(&field.key), typed.first().copied().unwrap_or_default()),
                    )
                    .into());
            }
            let what = format!(
                "{} ({}): {} {}",
                spoken(&subject.word),
                place.described,
                field.key.replace('_', " "),
                shown(&value)
            );
            events.push(named.edit(at, said_at(there, value), what));
        }
        if !events.is_empty() {
            return Ok(events);
        }
        let is_open = |field: &&Field| place.says.get(&field.key).is_none() && !self.is_left_out(field);
        if let Some(field) = subject.keys_in().filter(is_open).find(|_| said.is_asked) {
            let begins = self.begins(field, &place.says);
            return Err(asks_of_last_day(field, dashed(&field.key), true, None, begins));
        }
        self.must_be_answered()?;
        let what = format!("nothing is said of {}: {}", spoken(&subject.word), place.described);
        Err(RecordingError::unclear(what, format!("say it with {}", self.options())).into())
    }

    /// All that is said of a new table. What is needed is asked for.
    fn all_of_it(&self, day: Option<&Field>) -> Result<Json, Untold> {
        let mut value = Map::new();
        for field in self.subject.keys_in() {
            let typed = self.said.of(field, day);
            if !typed.is_empty() {
                value.insert(field.key.clone(), self.read(field, &typed)?);
            } else if field.required || self.said.is_asked && !self.is_left_out(field) {
                let today = (day.is_some_and(|day| day.key == field.key)).then(|| self.session.today.iso());
                let today = today.filter(|_| field.facts.tense == Some(Tense::Happened) && self.said.is_asked);
                let (otherwise, begins) = (today.filter(|_| field.required), self.begins(field, &Json::Null));
                return Err(asks_of_last_day(field, dashed(&field.key), !field.required, otherwise, begins));
            }
        }
        let one_of = self.subject.field.table().map_or(&[][..], |table| &table.one_of);
        let is_enough = one_of.is_empty() || one_of.iter().any(|key| value.contains_key(key));
        if value.is_empty() || !is_enough {
            self.must_be_answered()?;
            let what = format!("nothing is said of {}", spoken(&self.subject.word));
            return Err(RecordingError::unclear(what, format!("say it with {}", self.options())).into());
        }
        Ok(Json::Object(value))
    }

    fn is_left_out(&self, field: &Field) -> bool {
        UNASKED.contains(&field.key.as_str()) || self.said.left_out.contains(&dashed(&field.key))
    }

    /// The options that can be said, in a phrase.
    fn options(&self) -> String {
        let options: Vec<_> = self.subject.keys_in().map(|field| format!("--{}", dashed(&field.key))).collect();
        crate::text::any_of(&options)
    }

    /// The day on which what a table tells happened, where it tells one: `--on` says it.
    pub fn happens(&self) -> Option<&'static Field> {
        self.subject.keys_in().find(|field| field.facts.tense == Some(Tense::Happened) && field.shape == Shape::Date)
    }

    pub fn must_be_its_options(&self, day: Option<&Field>) -> Result<(), RecordingError> {
        let keys: Vec<_> = self.subject.keys_in().map(|field| dashed(&field.key)).collect();
        let on = day.map(|_| "on");
        self.said.must_all_be_used(&self.subject.word, keys.iter().map(String::as_str).chain(on))
    }

    /// The place that the words mean.
    fn place(&self, places: &[Place], words: Vec<String>) -> Result<Place, Untold> {
        let said = Said { words, ..self.said.clone() };
        let around = self.subject.keys.first().copied().unwrap_or_default().replace('_', " ");
        let found = self.session.chosen(&said, &format!("Which {around}"), places, self.day)?;
        Ok(found.ok_or_else(|| {
            let what = match self.subject.word.as_str() {
                "presentation" => format!("{} is in no Work Reflection Group on that day", self.named.name),
                _ => format!("{} has no {around} in which this could be said", self.named.name),
            };
            let first = self.subject.keys.first().copied().unwrap_or_default();
            RecordingError::unclear(what, format!("record that first: {}", self.first_command(&dashed(first))))
        })?)
    }

    /// The command that records what is not there yet, whose word for `gwp record` is given; safe to show.
    pub fn first_command(&self, word: &str) -> String {
        let (id, command_line) = (self.named.id.raw(), &self.session.command_line);
        match self.subject.list_begun_by() {
            Some(command) => command_line.about([command, id]),
            None => command_line.about(["record", id, word]),
        }
    }

    /// An error where somebody was asked, and left out all that they were asked for.
    fn must_be_answered(&self) -> Result<(), RecordingError> {
        let Said { is_asked, options, left_out, .. } = self.said;
        if *is_asked && options.is_empty() && !left_out.is_empty() {
            return Err(RecordingError::unclear("nothing was answered", "nothing is written"));
        }
        Ok(())
    }

    /// What a new table says, in words.
    fn what(&self, value: &Json) -> String {
        let said = self.subject.field.table().map(|table| described(table, value)).unwrap_or_default();
        format!("{}: {said}", spoken(&self.subject.word))
    }
}

/// What is said at a place where nothing is said yet, or the same.
fn said_at(there: &Json, value: Json) -> Edited {
    if !there.is_null() && is_left_open(there) { Edited::Instead(value) } else { Edited::Said(value) }
}

/// A question about a key.
fn asks(field: &'static Field, option: String, is_optional: bool, otherwise: Option<String>) -> Untold {
    asks_of_last_day(field, option, is_optional, otherwise, None)
}

/// A question about a key that can have the last day of what `begins`.
fn asks_of_last_day(
    field: &'static Field,
    option: String,
    is_optional: bool,
    otherwise: Option<String>,
    begins: Option<Day>,
) -> Untold {
    let asks = capitalised(field.asked());
    let about = Asked::Option { option, field, is_optional, otherwise, begins, there: None };
    Untold::Asks(Box::new(Question { asks, about }))
}
