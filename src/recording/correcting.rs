//! What a record says wrongly, put right: one value, or a whole entry taken out.

use serde_json::Value as Json;

use super::named::NamedRecord;
use super::said::{Asked, Place, Question, Said, Untold, dashed, shown, spoken};
use super::telling::Telling;
use super::typed_value::{ReadDay, read_day};
use super::{Amendment, RecordingError, RecordingSession};
use crate::amend::{Edited, Event};
use crate::calendar::Day;
use crate::edition::Code;
use crate::folder::Folder;
use crate::records::shape::Field;
use crate::records::{Competencies, Form, Holds, Matter, RecordKind, Student, Subject, SubjectSort, Tense, subjects};
use crate::requirements::is_of_arrangements;
use crate::text::{Path, Step, Text, all_of, capitalised, few, visible};

/// What a correction changes, and what rested on what the record said before.
#[derive(Clone, Debug)]
pub struct Correction {
    /// What goes into the record.
    pub amendment: Amendment,
    /// What the record says so far at that place, for people; safe to show.
    pub there: String,
    /// The students about whom something was decided while the record said that, each by id and name, with what it was.
    relied: Vec<(Text, String, Vec<Made>)>,
}

/// Something that was decided or ruled.
#[derive(Clone, Debug)]
struct Made {
    on: Day,
    /// What it rests on: any of these, or of all requirements where there is none.
    rests_on: Vec<Code>,
    /// In words; safe to show.
    what: String,
}

impl Correction {
    /// The dates that entries of a log come to have.
    pub fn other_dates(&self) -> Vec<Day> {
        let date = |event: &Event| {
            let Event::Edit(edit) = event else { return None };
            match (edit.at.split_last()?, &edit.to) {
                ((_, Step::Key("date")), Edited::Instead(date)) => Day::parse(date.as_str()?),
                _ => None,
            }
        };
        self.amendment.events.iter().filter_map(date).collect()
    }

    /// What was decided while the record said otherwise, and would have been decided on something else with the record as
    /// it is `after` this; safe to show.
    pub fn relied(&self, session: &RecordingSession, after: &Folder) -> Vec<String> {
        let told = |(id, name, made): &(Text, String, Vec<Made>)| {
            let is_other = |one: &&Made| {
                [one.on.plus_days(-1), one.on].iter().any(|day| session.finds_otherwise(after, id, *day, &one.rests_on))
            };
            let those: Vec<_> = made.iter().filter(is_other).map(|one| one.what.as_str()).collect();
            let those = (!those.is_empty()).then(|| few(those, MOST_NAMED, "; "))?;
            Some(format!("{name}: decided while the record said otherwise: {those}."))
        };
        self.relied.iter().filter_map(told).collect()
    }
}

/// The option that says all nine ratings of a report.
const RATINGS: &str = "ratings";

/// So many decisions are named.
const MOST_NAMED: usize = 4;

impl RecordingSession {
    /// What is to be different in a record. The error says that it is not clear what is meant.
    pub fn corrected(&self, said: &Said) -> Result<Correction, Untold> {
        let named = self.record_named(&said.who)?;
        let days = self.days_of(&named);
        let day: ReadDay<'_> = &|typed, has_happened| read_day(typed, has_happened, &days);
        let (subject, said) = self.mistaken(&named, said.clone(), day)?;
        let telling = Telling { session: self, named: &named, subject: &subject, said: &said, day };
        let (place, events) = telling.correction()?;
        // Of which entry it is stands once, before the first of several.
        let head = format!("{}: ", head_of(&subject, &place));
        let mut sentences: Vec<_> = events.iter().map(Event::sentence).collect();
        for later in sentences.iter_mut().skip(1) {
            *later = later.strip_prefix(&head).unwrap_or(later).to_owned();
        }
        let what = sentences.join("; ");
        let relied = self.relied(&named, &subject, &place, &events);
        let amendment =
            Amendment { file: named.file, id: named.id.clone(), events, what: format!("corrected: {what}") };
        Ok(Correction { amendment, there: place.described, relied })
    }

    /// What of the record is meant: by its word, or by what an entry says.
    fn mistaken(&self, named: &NamedRecord, mut said: Said, day: ReadDay<'_>) -> Result<(Subject, Said), Untold> {
        let all = subjects(named.keys);
        let is_word = |word: &str| {
            let word = dashed(&word.to_lowercase());
            all.iter().any(|one| one.word == word || dashed(one.keys.last().unwrap_or(&"")) == word)
        };
        match said.what.take() {
            Some(what) if is_word(&what) => {
                said.what = Some(what);
                let subject = self.subject(named, &said)?;
                return Ok((subject, said));
            }
            Some(value) => said.words.insert(0, value),
            None => {}
        }
        let entries = all.iter().filter(|one| one.sort() == SubjectSort::Entries);
        let places: Vec<(&Subject, Place)> =
            entries.flat_map(|one| named.places(&one.keys, true).into_iter().map(move |place| (one, place))).collect();
        if said.words.is_empty() && said.chosen.is_none() {
            let is_whole = |one: &&Subject| !one.is_in_entry || one.field.table().is_some();
            let is_there = |one: &&Subject| named.places(&one.keys, false).iter().any(|place| !place.says.is_null());
            let words = all
                .iter()
                .filter(is_whole)
                .filter(is_there)
                .map(|one| (one.word.clone(), one.field.asked().to_owned()))
                .collect();
            let asks = format!("What is to be corrected of {}", named.name);
            return Err(Untold::Asks(Box::new(Question { asks, about: Asked::What(words) })));
        }
        let only: Vec<_> = places.iter().map(|(_, place)| place.clone()).collect();
        let place = self.chosen(&said, "Which entry", &only, day)?;
        let found = place.and_then(|place| places.into_iter().find(|(_, one)| one.at == place.at));
        let Some((subject, place)) = found else {
            return Err(RecordingError::unclear(
                format!("{} has no entries yet", named.name),
                "say which key is meant",
            )
            .into());
        };
        said.chosen = Some(place.at);
        Ok((subject.clone(), said))
    }

    /// The decisions and rulings that were made on the day of what is corrected or after it.
    fn relied(
        &self,
        named: &NamedRecord,
        subject: &Subject,
        place: &Place,
        events: &[Event],
    ) -> Vec<(Text, String, Vec<Made>)> {
        let is_judged = events.iter().any(|event| match event {
            Event::Edit(edit) => edit.at.split_last().is_none_or(|(_, last)| match last {
                Step::Key(key) => crate::records::is_judged(key),
                Step::Index(_) => true,
            }),
            _ => true,
        });
        if !is_judged || named.kind == RecordKind::Meeting {
            return Vec::new();
        }
        let mut days = dates(subject, &place.says);
        for event in events {
            if let Event::Edit(edit) = event
                && let Edited::Instead(value) | Edited::Said(value) = &edit.to
            {
                days.extend(value.as_str().and_then(Day::parse));
            }
        }
        let since = days.into_iter().min().unwrap_or_default();
        let students = self.students_of(named.file);
        let mut found = Vec::new();
        for entry in self.before.case.records.students.iter().filter(|entry| students.contains(&entry.id)) {
            let Some(record) = entry.record.as_deref() else { continue };
            let name = self.before.case.name_of(entry).map_or_else(|| entry.id.to_string(), Text::to_string);
            let those = made_since(record, since);
            if !those.is_empty() {
                found.push((entry.id.clone(), name, those));
            }
        }
        found
    }
}

/// What was decided and ruled about a student from a day on.
fn made_since(student: &Student, since: Day) -> Vec<Made> {
    let decisions = student.decision.iter().filter(|one| one.date >= since).map(|one| Made {
        on: one.date,
        rests_on: match one.about {
            Matter::Arrangements => Code::all().filter(|code| is_of_arrangements(*code)).collect(),
            Matter::Award => Vec::new(),
        },
        what: format!(
            "the {} on {} about the {} ({})",
            one.body.title(),
            one.date,
            one.about.title(),
            one.outcome.word()
        ),
    });
    let rulings = student.ruling.iter().filter(|one| one.date >= since).map(|one| Made {
        on: one.date,
        rests_on: vec![one.requirement],
        what: format!("the {} on {} on {} ({})", one.body.title(), one.date, one.requirement, one.outcome.word()),
    });
    decisions.chain(rulings).collect()
}

/// The days of what happened, or was arranged, in a place.
fn dates(subject: &Subject, says: &Json) -> Vec<Day> {
    let day = |value: &Json| value.as_str().and_then(Day::parse);
    let is_event = |field: &&Field| matches!(field.facts.tense, Some(Tense::Happened | Tense::Arranged));
    let of_keys = subject.keys_in().filter(is_event).filter_map(|field| day(says.get(&field.key)?));
    of_keys.chain(day(says)).collect()
}

impl Telling<'_> {
    /// The place that is corrected, and what is different in it.
    fn correction(&self) -> Result<(Place, Vec<Event>), Untold> {
        let Self { named, subject, said, .. } = self;
        match subject.sort() {
            SubjectSort::Value => self.one_value(),
            SubjectSort::Values => self.one_of_several(),
            SubjectSort::Table | SubjectSort::Entries => {
                let ratings: &[&str] = if subject.word == "report" { &["rating", RATINGS] } else { &[] };
                let day = self.happens();
                let keys: Vec<_> = subject.keys_in().map(|field| dashed(&field.key)).collect();
                let on = day.map(|_| "on");
                said.must_all_be_used(
                    &subject.word,
                    keys.iter().map(String::as_str).chain(on).chain(ratings.iter().copied()),
                )?;
                let is_there = |place: &Place| !place.says.is_null();
                let mut places = named.places(&subject.keys, true);
                places.retain(is_there);
                let place = self.of_these(&places, &said.words)?;
                if said.is_removed {
                    let what = format!("{} ({}) taken out", spoken(&subject.word), place.described);
                    return Ok((place.clone(), vec![named.edit(place.at, Edited::Gone, what)]));
                }
                let events = self.keys_corrected(&place, day)?;
                Ok((place, events))
            }
        }
    }

    fn of_these(&self, places: &[Place], words: &[String]) -> Result<Place, Untold> {
        let said = Said { words: words.to_vec(), ..self.said.clone() };
        let word = spoken(&self.subject.word);
        let found = self.session.chosen(&said, &format!("Which {word}"), places, self.day)?;
        Ok(found.ok_or_else(|| {
            RecordingError::unclear(
                format!("{}: no {word} is recorded yet", self.named.name),
                format!("record it with {}", self.first_command(&self.subject.word)),
            )
        })?)
    }

    /// One value that stands alone.
    fn one_value(&self) -> Result<(Place, Vec<Event>), Untold> {
        let Self { named, subject, said, .. } = self;
        let field = subject.field;
        let key = dashed(&field.key);
        said.must_all_be_used(&subject.word, ["to", "on", &key].into_iter())?;
        let mut words = said.words.clone();
        let typed = said.options.first().map(|(_, typed)| typed.clone());
        let typed = typed.or_else(|| (!subject.is_in_entry && !words.is_empty()).then(|| words.remove(0)));
        let mut places = named.places(&subject.keys, false);
        places.retain(|place| !place.says.is_null());
        let place = self.of_these(&places, &words)?;
        let name = field.key.replace('_', " ");
        let of =
            if place.told_by.is_empty() { String::new() } else { format!("{}: ", visible(&place.told_by.join(", "))) };
        if said.is_removed || said.without.contains(&key) {
            let what = format!("{of}{name} {} taken out", shown(&place.says));
            return Ok((place.clone(), vec![named.edit(place.at, Edited::Gone, what)]));
        }
        let Some(typed) = typed else { return Err(asks_instead(field, "to", Some(self.named_as(field, &place.says)))) };
        let value = self.read(field, &[&typed])?;
        let event = self.instead(place.at, &value, &place.says, &format!("{of}{name}"));
        Ok((place, vec![event]))
    }

    /// One of a list of values.
    fn one_of_several(&self) -> Result<(Place, Vec<Event>), Untold> {
        let Self { named, subject, said, .. } = self;
        let field = subject.field;
        said.must_all_be_used(&subject.word, ["to", "on"].into_iter())?;
        let lists = named.places(&subject.keys, false);
        let elements = lists.iter().flat_map(|list| {
            let elements = list.says.as_array().map_or(&[][..], Vec::as_slice).iter().enumerate();
            elements.map(|(index, says)| list.element(index, says))
        });
        let word = spoken(&subject.word);
        let typed = said.options.first().map(|(_, typed)| self.read(field, &[typed])).transpose()?;
        let values = typed.as_ref().and_then(Json::as_array).cloned().unwrap_or_default();
        // Several names in place of no certain one are the whole list.
        if let ([list], [_, _, ..], true) = (lists.as_slice(), values.as_slice(), said.words.is_empty())
            && said.chosen.is_none()
            && !list.says.is_null()
        {
            let event = self.instead(list.at, &Json::Array(values), &list.says, &word);
            return Ok((list.clone(), vec![event]));
        }
        let place = self.of_these(&elements.collect::<Vec<_>>(), &said.words)?;
        if said.is_removed {
            let what = format!("{word} {} taken out", shown(&place.says));
            return Ok((place.clone(), vec![named.edit(place.at, Edited::Gone, what)]));
        }
        let Some((first, others)) = values.split_first() else {
            return Err(asks_instead(field, "to", Some(self.named_as(field, &place.says))));
        };
        let is_kept = *first == place.says && !others.is_empty();
        let mut events = Vec::new();
        events.extend((!is_kept).then(|| self.instead(place.at, first, &place.says, &word)));
        if let Some((list, Step::Index(index))) = place.at.split_last() {
            let further = (index + 1..).zip(others);
            let further = further.map(|(position, value)| {
                named.edit(
                    list.index(position as usize),
                    Edited::Further(value.clone()),
                    format!("{word} also {}", shown(value)),
                )
            });
            events.extend(further);
        }
        Ok((place, events))
    }

    /// What is different of the keys of a table.
    fn keys_corrected(&self, place: &Place, day: Option<&Field>) -> Result<Vec<Event>, Untold> {
        let Self { named, subject, said, .. } = self;
        let mut events = Vec::new();
        let head = head_of(subject, place);
        for field in subject.keys_in() {
            let (at, name) = (place.at.key(&field.key), field.key.replace('_', " "));
            let there = named.at(&at);
            if said.without.contains(&dashed(&field.key)) {
                if there.is_null() {
                    let what = format!("{head} says nothing about {name}");
                    return Err(RecordingError::unclear(what, "leave that out").into());
                }
                events.push(named.edit(at, Edited::Gone, format!("{head}: {name} taken out")));
                continue;
            }
            let typed = said.of(field, day);
            if !typed.is_empty() {
                let value = self.read(field, &typed)?;
                // What is so without a word needs none.
                let is_default = field.default.as_ref() == Some(&value) && !there.is_null();
                if is_default && *there != value {
                    events.push(named.edit(at, Edited::Gone, format!("{head}: not {name}")));
                } else {
                    events.push(self.instead(at, &value, there, &format!("{head}: {name}")));
                }
            }
        }
        if let Some(unknown) =
            said.without.iter().find(|key| subject.keys_in().all(|field| dashed(&field.key) != **key))
        {
            let what = format!("{} has no {}", subject.word, visible(unknown));
            return Err(RecordingError::unclear(what, "name a key that it has with --no").into());
        }
        events.extend(self.ratings(place, &head)?);
        self.held_or_cancelled(place, &mut events);
        if events.is_empty() { Err(self.which_key(place)) } else { Ok(events) }
    }

    /// What a key says, as it can be typed: whoever has a record is called by the name.
    fn named_as(&self, field: &Field, says: &Json) -> String {
        let Some(Holds::Id(kind)) = field.facts.holds else { return shown(says) };
        let ids = says.as_array().map_or(std::slice::from_ref(says), Vec::as_slice).iter().filter_map(Json::as_str);
        all_of(ids.map(|id| self.session.name_of(kind, id)).collect::<Vec<_>>())
    }

    /// What is to be asked where nothing is said yet: which key is wrong, and then what is right.
    fn which_key(&self, place: &Place) -> Untold {
        let Self { subject, said, .. } = self;
        let keys = || subject.keys_in().filter(|field| field.key != "notes");
        if let Some(key) = &said.key
            && let Some(field) = subject.keys_in().find(|field| dashed(&field.key) == *key)
        {
            return asks_instead(field, key, place.says.get(&field.key).map(|says| self.named_as(field, says)));
        }
        let competencies = subject.field.table().and_then(|table| table.field("competencies"));
        let marks = |field: &Field| {
            let marks = serde_json::from_value::<Competencies>(place.says.get(&field.key).cloned().unwrap_or_default());
            marks.ok().filter(|marks| !marks.is_unrated()).map(|marks| marks.marks())
        };
        if let (Some(RATINGS), Some(field)) = (said.key.as_deref(), competencies) {
            return asks_instead(field, RATINGS, marks(field));
        }
        let or_nothing = |says: Option<String>| says.unwrap_or_else(|| "nothing so far".to_owned());
        let now = |field: &Field| or_nothing(place.says.get(&field.key).map(shown));
        let ratings = competencies.filter(|_| place.says.get("form").and_then(Json::as_str) == Some(Form::Gwp2.word()));
        let ratings = ratings.map(|field| (RATINGS.to_owned(), or_nothing(marks(field))));
        let each = keys().map(|field| (dashed(&field.key), now(field))).chain(ratings).collect();
        let asks = format!("{}: {}. What of it is wrong", spoken(&subject.word), place.described);
        Untold::Asks(Box::new(Question { asks, about: Asked::Key(each) }))
    }

    /// `--rating context=competent`, as `gwp receive` has it, and the nine of `--ratings` of which one is another.
    fn ratings(&self, place: &Place, head: &str) -> Result<Vec<Event>, Untold> {
        let Self { named, said, .. } = self;
        let keys = self.subject.field.table().and_then(|table| table.field("competencies")).and_then(Field::table);
        let mut events = Vec::new();
        for typed in said.option(RATINGS) {
            let read = Competencies::read(typed)
                .map_err(|why| RecordingError::unclear(format!("\"{}\" are no ratings", visible(typed)), why))?;
            let all = place.at.key("competencies");
            let rated = Competencies::KEYS.into_iter().zip(read.ratings());
            let rated = rated.filter_map(|(name, rating)| Some((name, Json::from(rating?.word()))));
            if named.at(&all).is_null() {
                let table = rated.map(|(name, rating)| (name.to_owned(), rating)).collect();
                events.push(named.edit(
                    all,
                    Edited::Said(Json::Object(table)),
                    format!("{head}: {RATINGS} {}", read.marks()),
                ));
                continue;
            }
            for (name, rating) in rated {
                let at = all.key(name);
                if *named.at(&at) != rating {
                    events.push(self.instead(at, &rating, named.at(&at), &format!("{head}: {name}")));
                }
            }
        }
        for typed in said.option("rating") {
            let needed = "a rating is NAME=RATING, such as context=competent";
            let unclear = |why: &str| RecordingError::unclear(format!("\"{}\" is no rating", visible(typed)), why);
            let (name, rating) = typed.split_once('=').ok_or_else(|| unclear(needed))?;
            let code = Code::read(name).map(Code::name);
            let name = code.unwrap_or(name);
            let field = keys.and_then(|table| table.field(name)).ok_or_else(|| unclear(needed))?;
            let value = self.read(field, &[rating])?;
            let at = place.at.key("competencies").key(&field.key);
            events.push(self.instead(at, &value, named.at(&at), &format!("{head}: {name}")));
        }
        Ok(events)
    }

    /// A session that was cancelled has no length and nobody in it; one that was held was not cancelled.
    fn held_or_cancelled(&self, place: &Place, events: &mut Vec<Event>) {
        let Self { named, subject, said, .. } = self;
        let is_said = |key: &str| !said.option(key).is_empty();
        let gone: &[&'static str] = match (subject.word.as_str(), is_said("cancelled"), is_said("minutes")) {
            ("session", true, _) => &["minutes", "present", "absent", "planned", "mode", "joint", "online"],
            ("session", false, true) => &["cancelled"],
            _ => &[],
        };
        for key in gone.iter().filter(|key| {
            place.says.get(**key).is_some() && !is_said(key) && !said.without.contains(&(**key).to_owned())
        }) {
            // What is cancelled is no plan at any moment, and says its length until it says why it was cancelled.
            let position = if *key == "planned" { 0 } else { events.len() };
            events.insert(position, named.edit(place.at.key(key), Edited::Gone, format!("{key} taken out")));
        }
    }

    /// Another value in the place of what is there.
    fn instead(&self, at: Path, value: &Json, there: &Json, name: &str) -> Event {
        let was =
            if there.is_null() || there == value { String::new() } else { format!(" instead of {}", shown(there)) };
        self.named.edit(at, Edited::Instead(value.clone()), format!("{name} {}{was}", shown(value)))
    }
}

/// A question about a key that says something so far.
fn asks_instead(field: &'static Field, option: &str, there: Option<String>) -> Untold {
    let (asks, option) = (capitalised(field.asked()), option.to_owned());
    let about = Asked::Option { option, field, is_optional: false, otherwise: None, begins: None, there };
    Untold::Asks(Box::new(Question { asks, about }))
}

/// `session (date 9 February 2026, minutes 90)`: which entry is corrected.
fn head_of(subject: &Subject, place: &Place) -> String {
    format!("{} ({})", spoken(&subject.word), place.described)
}
