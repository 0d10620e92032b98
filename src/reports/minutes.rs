//! The minutes of a meeting, and what goes from it to the SPC and the NTM: from what is recorded of it.

use serde::Serialize;

use super::sheet::{Cell, Column, Sheet};
use super::words::is_outcome_again;
use super::{Agenda, AgendaPart, Matter as OnAgenda, Report};
use crate::calendar::Day;
use crate::edition::Code;
use crate::folder::{Folder, JudgedFolder, Meetings, Selection};
use crate::records::{Body, CommitteeMeeting, Condition, Decision, Item, Matter, Outcome, Ruling};
use crate::text::{Text, all_of};

/// What is written of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MinutesFor {
    /// The committee itself: all that was said.
    Committee,
    /// The SPC and the NTM: every decision, with what it rests on.
    Submission,
}

/// What was decided in a meeting, and who was there.
#[derive(Debug, Serialize)]
pub struct MinutesReport {
    #[serde(skip)]
    minutes_for: MinutesFor,
    body: Body,
    date: Day,
    present: Vec<Text>,
    apologies: Vec<Text>,
    declared: Vec<Text>,
    items: Vec<Row>,
    notes: Option<Text>,
    agreed: Option<Day>,
}

/// An item of the minutes: a decision, a ruling, or what was noted without either.
#[derive(Clone, Debug, Serialize)]
struct Row {
    number: Option<u32>,
    student: Option<Text>,
    name: Option<Text>,
    about: String,
    outcome: Option<&'static str>,
    of: Vec<Day>,
    conditions: Vec<Condition>,
    rests_on: Vec<String>,
    /// Whether the student could not be judged, so that nobody knows what it rested on.
    #[serde(skip)]
    is_unjudged: bool,
    /// The note of the decision or the ruling itself.
    decision_note: Option<Text>,
    /// What the record of the meeting notes of the item.
    note: Option<Text>,
}

impl MinutesReport {
    /// What is recorded of a meeting in `now`. `before` is the folder as it lay before the body, judged on the day.
    pub fn of(
        minutes_for: MinutesFor,
        (body, date): (Body, Day),
        before: &JudgedFolder<'_>,
        now: &Folder,
        selection: &Selection,
    ) -> Self {
        let meetings = Meetings::on(date, before.folder, selection);
        let mut agenda = Agenda::of(body, before, Some(&meetings));
        let (mut ids, mut unjudged) = (Vec::new(), Vec::new());
        before.roster(selection, &mut |student, judgement| {
            ids.push(student.id.clone());
            if let Some(judgement) = judgement {
                agenda.add(None, student, judgement);
            } else {
                unjudged.push(student.id.clone());
            }
        });
        let records = &now.case.records;
        let is_it = |one: &&CommitteeMeeting| (one.body, one.date) == (body, date);
        let record = records.meetings.iter().filter_map(|entry| entry.record.as_deref()).find(is_it);
        let mut items = Vec::new();
        for entry in records.students.iter().filter(|entry| ids.contains(&entry.id)) {
            let Some(student) = entry.record.as_deref() else { continue };
            let of_student: Vec<_> = agenda.matters().iter().filter(|one| one.id.id() == entry.id.raw()).collect();
            let row = |about: String, minute: Option<&Text>| Row {
                number: minute.and_then(number),
                student: Some(entry.id.clone()),
                name: Some(student.name.clone()),
                about,
                outcome: None,
                of: Vec::new(),
                conditions: Vec::new(),
                rests_on: Vec::new(),
                is_unjudged: unjudged.contains(&entry.id),
                decision_note: None,
                note: None,
            };
            for decision in student.decision.iter().filter(|one| (one.body, one.date) == (body, date)) {
                let row = row(decision.about.title().to_owned(), decision.minute.as_ref());
                items.push(row.decided(decision, &of_student));
            }
            for ruling in student.ruling.iter().filter(|one| (Body::from(one.body), one.date) == (body, date)) {
                let row = row(ruling.requirement.to_string(), ruling.minute.as_ref());
                items.push(row.ruled(ruling, &of_student));
            }
        }
        let mut report = Self {
            minutes_for,
            body,
            date,
            present: Vec::new(),
            apologies: Vec::new(),
            declared: Vec::new(),
            items,
            notes: None,
            agreed: None,
        };
        if let Some(record) = record {
            report.say(record, now);
        }
        report.items.sort_by_key(|row| (row.number.is_none(), row.number, row.name.clone()));
        report
    }

    /// Says what the record of the meeting says; a submission only who was there, and how it stands with conditions.
    fn say(&mut self, record: &CommitteeMeeting, now: &Folder) {
        self.present.clone_from(&record.present);
        self.apologies.clone_from(&record.apologies);
        self.declared.clone_from(&record.declared);
        self.agreed = record.agreed;
        let is_submission = self.minutes_for == MinutesFor::Submission;
        let says_of_condition =
            |item: &&Item| item.note.as_ref().is_some_and(|note| Condition::is_minuted_in(note.raw()));
        if !is_submission {
            self.notes.clone_from(&record.notes);
        }
        for item in record.items.iter().filter(|item| !is_submission || says_of_condition(item)) {
            self.number_alone(item, &record.items);
            let is_of = |row: &&mut Row| {
                item.number.is_some()
                    && row.number == item.number
                    && (item.about.is_none() || row.student == item.about)
            };
            let note = item.note.as_ref().filter(|note| !note.is_blank());
            match (self.items.iter_mut().find(is_of), note) {
                (Some(row), note) => row.note = note.cloned(),
                (None, _) => self.items.push(Row::noted(item, now)),
            }
        }
    }

    /// Gives an item's number to the decision about its student, where no minute does and only one can be meant.
    fn number_alone(&mut self, item: &Item, items: &[Item]) {
        let Some(student) = &item.about else { return };
        let is_only_item = items.iter().filter(|one| one.about.as_ref() == Some(student)).count() == 1;
        let mut of_student: Vec<_> =
            self.items.iter_mut().filter(|row| row.student.as_ref() == Some(student)).collect();
        if let [row] = of_student.as_mut_slice()
            && is_only_item
        {
            row.number = row.number.or(item.number);
        }
    }

    /// Whether nothing is recorded of the meeting.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.present.is_empty() && self.notes.is_none()
    }
}

impl Row {
    fn decided(mut self, decision: &Decision, matters: &[&OnAgenda<'_>]) -> Self {
        let is_of = |one: &&&OnAgenda<'_>| {
            one.date.is_none_or(|_| one.part != AgendaPart::Queries) && about(one) == Some(decision.about)
        };
        for matter in matters.iter().filter(is_of) {
            self.rests_on.push(matter.what.clone());
            let is_approved = matches!(decision.outcome, Outcome::Approved | Outcome::Ratified);
            self.rests_on.extend(matter.lines(is_approved));
        }
        self.outcome = Some(decision.outcome.word());
        self.conditions.clone_from(&decision.conditions);
        self.decision_note.clone_from(&decision.notes);
        self
    }

    fn ruled(mut self, ruling: &Ruling, matters: &[&OnAgenda<'_>]) -> Self {
        let is_ruled_on = |date: Day| ruling.of.as_ref().is_none_or(|of| of.contains(&date));
        for matter in matters {
            let asked = matter.date.filter(|date| matter.code == ruling.requirement && is_ruled_on(*date));
            self.rests_on.extend(asked.map(|date| format!("{date}: {}", matter.what)));
            let with = matter.ruled_with.iter().filter(|one| one.code == ruling.requirement && is_ruled_on(one.date));
            self.rests_on.extend(with.map(|one| format!("{}: {}", one.date, one.message)));
        }
        self.outcome = Some(ruling.outcome.word());
        self.of = ruling.of.clone().unwrap_or_default();
        self.decision_note.clone_from(&ruling.notes);
        self
    }

    /// An item of the record that no decision and no ruling names.
    fn noted(item: &Item, now: &Folder) -> Self {
        let students = &now.case.records.students;
        let student = item.about.as_ref().and_then(|about| students.iter().find(|entry| entry.id == *about));
        let name = student.and_then(|entry| Some(entry.record.as_deref()?.name.clone()));
        let about = match (&item.about, student) {
            (Some(about), None) => about.raw().to_owned(),
            _ => String::new(),
        };
        Self {
            number: item.number,
            student: student.map(|entry| entry.id.clone()),
            name,
            about,
            outcome: None,
            of: Vec::new(),
            conditions: Vec::new(),
            rests_on: Vec::new(),
            is_unjudged: false,
            decision_note: None,
            note: item.note.clone(),
        }
    }

    /// `4. Amara Osei: the arrangements`; safe to show.
    fn title(&self) -> String {
        let number = self.number.map(|number| format!("{number}. ")).unwrap_or_default();
        let matter = self.matter();
        match (&self.name, matter.is_empty()) {
            (Some(name), true) => format!("{number}{name}"),
            (Some(name), false) => format!("{number}{name}: {matter}"),
            (None, _) => format!("{number}{matter}"),
        }
    }

    /// What it is about besides the student; safe to show.
    fn matter(&self) -> String {
        match Code::from_word(&self.about) {
            Some(code) => format!("{} ({code})", code.subject()),
            None if self.outcome.is_some() => format!("the {}", self.about),
            None => Text::new(self.about.as_str()).to_string(),
        }
    }

    /// What is noted besides: of the decision itself, and in the record of the meeting. A note that says the outcome again
    /// is none.
    fn notes(&self) -> impl Iterator<Item = &Text> {
        let notes = [&self.decision_note, &self.note].into_iter().flatten();
        notes.filter(|note| !note.is_blank() && !self.is_outcome_again(note))
    }

    fn is_outcome_again(&self, note: &Text) -> bool {
        self.outcome.is_some_and(|outcome| is_outcome_again(note, &self.about, outcome))
    }

    /// What was decided, as a sentence.
    fn sentence(&self) -> Option<String> {
        let outcome = self.outcome?.replace('-', " ");
        let outcome: String = outcome.chars().next()?.to_uppercase().chain(outcome.chars().skip(1)).collect();
        let of = if self.of.is_empty() { String::new() } else { format!(" for {}", all_of(&self.of)) };
        Some(format!("{outcome}{of}{}.", Condition::bound_by(&self.conditions)))
    }
}

/// The matter that something on the agenda is about; none where it is ruled on.
fn about(matter: &OnAgenda<'_>) -> Option<Matter> {
    match (matter.part, matter.code) {
        (AgendaPart::Arrangements | AgendaPart::Ratifications, _) | (AgendaPart::Queries, Code::A3 | Code::A4) => {
            Some(Matter::Arrangements)
        }
        (AgendaPart::Awards, _) | (AgendaPart::Queries, Code::D2) => Some(Matter::Award),
        _ => None,
    }
}

/// The number of an item in the words of a minute: `LCC 12 December 2026, item 4`.
fn number(minute: &Text) -> Option<u32> {
    let words: Vec<_> = minute.raw().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let item = words.windows(2).find(|pair| pair[0].eq_ignore_ascii_case("item"))?;
    item[1].parse().ok()
}

fn columns() -> Vec<Column<Row>> {
    vec![
        Column::data("number", |row: &Row| Cell::maybe(row.number)),
        Column::data("student", |row| Cell::maybe(row.student.as_ref())),
        Column::data("name", |row| Cell::maybe(row.name.as_ref())),
        Column::data("about", |row| Cell::text(Text::new(row.about.as_str()))),
        Column::data("outcome", |row| Cell::maybe(row.outcome)),
        Column::data("of", |row| if row.of.is_empty() { Cell::Empty } else { Cell::Days(row.of.clone()) }),
        Column::data("conditions", |row| Cell::lines(row.conditions.iter().map(Condition::words))),
        Column::data("rests_on", |row| Cell::lines(row.rests_on.iter().cloned())),
        Column::data("decision_note", |row| Cell::maybe(row.decision_note.as_ref())),
        Column::data("note", |row| Cell::maybe(row.note.as_ref())),
    ]
}

#[cfg(feature = "cli")]
impl MinutesReport {
    /// The body that met, and the day: `the LCC, 28 February 2026`.
    pub(crate) fn of_whom(&self) -> String {
        format!("{}, {}", self.body.title(), self.date)
    }

    /// What was decided, a row for each item.
    pub(crate) fn at_a_glance(&self) -> Sheet {
        let columns = [
            Column::fixed("Item", "item", |row: &&Row| Cell::maybe(row.number)),
            Column::flexible("Student", "student", 12, |row| Cell::maybe(row.name.as_ref())),
            Column::flexible("Matter", "matter", 12, |row| Cell::text(row.matter())),
            Column::flexible("Decision", "decision", 16, |row| Cell::maybe(row.sentence())),
        ];
        let decided: Vec<_> = self.items.iter().filter(|row| row.outcome.is_some()).collect();
        let mut sheet = Sheet::new("");
        sheet.lead.extend(decided.is_empty().then(|| "No decision of this meeting is recorded.".to_owned()));
        let has_numbers = decided.iter().any(|row| row.number.is_some());
        sheet.with_rows(&columns, decided).without(if has_numbers { &[] } else { &["item"] })
    }
}

impl MinutesReport {
    pub(crate) fn title(&self) -> String {
        let (body, date) = (self.body.title(), self.date);
        match self.minutes_for {
            MinutesFor::Committee => format!("Minutes of the {body}, {date}"),
            MinutesFor::Submission => format!("Decisions of the {body} of {date}, for the SPC and the NTM"),
        }
    }

    /// Who was there, as sentences.
    pub(crate) fn attendance(&self) -> Vec<String> {
        let named = |what: &str, names: &[Text]| (!names.is_empty()).then(|| format!("{what}: {}.", all_of(names)));
        let people = [named("Present", &self.present), named("Apologies", &self.apologies)];
        let declared = self.declared.iter().map(|one| format!("Declared: {one}."));
        people.into_iter().flatten().chain(declared).collect()
    }

    /// What was decided and noted, item by item.
    pub(crate) fn item_by_item(&self) -> Vec<Sheet> {
        // One item can have two answers: some dates are accepted and others refused.
        let is_one_item = |one: &Row, other: &Row| one.number.is_some() && one.title() == other.title();
        let of = |rows: &[Row]| {
            let is_decided = rows.iter().any(|row| row.outcome.is_some());
            let mut notes: Vec<_> = rows.iter().flat_map(Row::notes).collect();
            notes.dedup();
            let notes = notes.into_iter();
            let notes = notes.map(|note| if is_decided { format!("Note: {note}") } else { note.to_string() });
            let mut lead: Vec<_> = rows.iter().filter_map(Row::sentence).chain(notes).collect();
            // The decision was taken out again, and the record of the meeting names the item still.
            if lead.is_empty() {
                lead.push("Nothing is recorded of what was decided.".to_owned());
            }
            let list: Vec<_> = rows.iter().flat_map(|row| row.rests_on.clone()).collect();
            if list.is_empty() && rows.iter().any(|row| row.is_unjudged) {
                lead.push(NOT_KNOWN.to_owned());
            }
            Sheet { lead, list, ..Sheet::new(rows.first().map(Row::title).unwrap_or_default()) }
        };
        self.items.chunk_by(is_one_item).map(of).collect()
    }

    /// What was noted of the meeting as a whole.
    pub(crate) fn notes(&self) -> Option<Sheet> {
        let notes = self.notes.as_ref().filter(|notes| !notes.is_blank())?;
        Some(Sheet { lead: vec![notes.to_string()], ..Sheet::new("Notes") })
    }

    /// Whether the minutes were agreed, as a sentence.
    pub(crate) fn agreement(&self) -> String {
        match self.agreed {
            Some(day) => format!("These minutes were agreed on {day}."),
            None => "These minutes are not agreed yet.".to_owned(),
        }
    }
}

/// What stands in place of what a decision rested on, of a student who cannot be judged.
const NOT_KNOWN: &str = "The record cannot be read; what it rested on is not known.";

/// What stands above the items.
pub(crate) const RESTS_ON: &str = "Below each decision stands what it rested on, as the records say it now.";

impl Report for MinutesReport {
    fn sheets(&self) -> Vec<Sheet> {
        let rests_on = (!self.items.is_empty()).then(|| RESTS_ON.to_owned());
        let lead = self.attendance().into_iter().chain(rests_on).collect();
        let mut sheets = vec![Sheet::part(self.title(), lead)];
        sheets.extend(self.item_by_item());
        sheets.extend(self.notes());
        if self.minutes_for == MinutesFor::Committee {
            sheets.push(Sheet { lead: vec![self.agreement()], ..Sheet::default() });
        }
        sheets
    }

    fn data(&self) -> Sheet {
        Sheet::data(&columns(), &self.items)
    }
}
