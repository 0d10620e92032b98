//! A meeting on paper: a form that goes round by mail, and what somebody filled in.

use std::fmt;

use super::{Answer, Asks, Attendance, Chosen, Decided, Item, Proceedings, Sitting, Table, names, unless_none};
use crate::calendar::Day;
use crate::form::{self, Answer as Filled, Field, Form, Kind, Reading, Reference, Said, Section};
use crate::records::{Body, Condition, ConditionStanding, Outcome, RulingOutcome};
use crate::text::{DayContext, SaidDay, Text, any_of, visible};

/// The first word of what a form says it is about.
const MEETING: &str = "meeting";

/// So many conditions have a line on the form.
const CONDITIONS: usize = 3;

/// What a form is about: the meeting, and the day as of which the folder was judged for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Which body meets, and when.
    pub sitting: Sitting,
    /// The day as of which the folder was judged.
    pub as_of: Day,
}

/// Something on a form that nobody can be sure of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclear {
    /// The number of the line, where it is one.
    pub line: Option<usize>,
    /// What stands there; safe to show.
    pub says: String,
    /// Why it is not understood, as a phrase; safe to show.
    pub why: String,
}

/// What was filled in on a form.
#[derive(Clone, Debug)]
pub struct FilledIn {
    /// What was answered.
    pub proceedings: Proceedings,
    /// What is not understood, in the order of the lines. Where there is any, nothing can be written.
    pub unclear: Vec<Unclear>,
    /// Lines before and after the form.
    pub outside: Vec<Unclear>,
}

impl fmt::Display for Unclear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        match (self.says.is_empty(), self.why.is_empty()) {
            (true, _) => f.write_str(&self.why),
            (false, true) => write!(f, "\"{}\"", self.says),
            (false, false) => write!(f, "\"{}\": {}", self.says, self.why),
        }
    }
}

impl Paper {
    /// The meetings that the forms in a text are about, each once.
    pub fn all_in(text: &str) -> Vec<Self> {
        Reference::all_in(text).iter().filter_map(|one| Self::of_words(&one.about)).collect()
    }

    fn of_words(words: &[String]) -> Option<Self> {
        let [kind, body, date, as_of] = words else { return None };
        let bodies = [Body::Lcc, Body::Spc, Body::Ntm, Body::Ndt, Body::Panel];
        let body = bodies.into_iter().find(|one| one.title().eq_ignore_ascii_case(body))?;
        let sitting = Sitting { body, date: Day::parse(date)? };
        (kind == MEETING).then_some(Self { sitting, as_of: Day::parse(as_of)? })
    }

    fn words(self) -> Vec<String> {
        let Sitting { body, date } = self.sitting;
        vec![MEETING.to_owned(), body.title().to_lowercase(), date.iso(), self.as_of.iso()]
    }

    /// The form of a meeting, for somebody to fill in. What is recorded already is not asked.
    pub fn form(self, table: &Table) -> Form {
        self.form_of(table, &|item| !item.is_recorded(), &|asked| asked.recorded.is_none())
    }

    fn form_of(self, table: &Table, is_asked: &dyn Fn(&Item) -> bool, is_open: &dyn Fn(&super::Asked) -> bool) -> Form {
        let lead = vec![
            "Fill in what was decided, and send the whole text back as it is. Type between the brackets, or behind the \
             colon."
                .to_owned(),
            "Leave empty whatever was not decided.".to_owned(),
        ];
        let known =
            vec![("Meeting".to_owned(), self.sitting.to_string()), ("Judged as of".to_owned(), self.as_of.to_string())];
        let mut sections = vec![attendance_section(&table.told)];
        sections.extend(table.items.iter().filter(|item| is_asked(item)).map(|item| self.section(item, is_open)));
        sections.push(Section {
            id: "notes".to_owned(),
            title: "What else is for the minutes".to_owned(),
            fields: vec![Field::new("notes", "Notes", Kind::Text)],
            ..Section::default()
        });
        Form { about: self.words(), title: format!("{}: the meeting", self.sitting), known, lead, sections }
    }

    fn section(self, item: &Item, is_open: &dyn Fn(&super::Asked) -> bool) -> Section {
        let choices = item.choices();
        let kind = Kind::Choice(choices.iter().map(super::Choice::as_on_form).collect());
        let hint = any_of(choices.iter().map(|choice| choice.word));
        let asked: Vec<_> = item.dates().iter().filter(|asked| is_open(asked)).collect();
        let mut fields: Vec<Field> = Vec::new();
        match &item.asks {
            Asks::Decision { .. } => {
                fields.push(Field::new("decision", "Decision", kind).with_hint(hint));
                let is_bound = |choice: &super::Choice| matches!(choice.chosen, Chosen::Outcome(outcome) if item.can_be_bound(outcome, self.sitting));
                let conditions = if choices.iter().any(is_bound) { CONDITIONS } else { 0 };
                fields.extend((1..=conditions).map(|number| {
                    let field = Field::new(&condition(number), &format!("Condition {number}"), Kind::Words);
                    if number == 1 { field.with_hint("such as: a second supervisor by 31 January 2027") } else { field }
                }));
                if choices.iter().any(|choice| choice.chosen == Chosen::Outcome(Outcome::Queried)) {
                    fields.push(Field::new("query", "If queried, what is asked", Kind::Text));
                }
            }
            Asks::Rulings { .. } => {
                if asked.len() > 1 {
                    fields.push(Field::new("all", "All of these", kind.clone()).with_hint(hint.clone()));
                }
                let of_date = |asked: &&super::Asked| {
                    Field::new(&asked.date.iso(), &asked.date.to_string(), kind.clone()).with_hint(hint.clone())
                };
                fields.extend(asked.iter().map(of_date));
            }
            Asks::Condition(_) => {
                fields.push(Field::new("condition", "Condition", kind).with_hint(hint));
                let met_on = Field::new("met-on", "If met, the day", Kind::Words);
                fields.push(met_on.with_hint("empty: the day of the meeting"));
            }
        }
        fields.push(Field::new("note", "Note for the minutes", Kind::Text));
        // A line that began with the date would look like a question.
        let dates = asked.iter().map(|asked| format!("- {} ({})", asked.message, asked.date));
        Section {
            id: id(item),
            is_marked: true,
            title: format!("Item {}. {}", item.number, item.title()),
            lead: item.says.iter().map(|line| format!("- {line}")).chain(dates).collect(),
            fields,
        }
    }

    /// Reads what somebody filled in. What is recorded of the meeting already may stand on the form.
    pub fn read(self, table: &Table, text: &str) -> Result<FilledIn, form::Unread> {
        let printed = printed_items(text);
        let number_of = |item: &Item| printed.iter().find(|(known, _)| *known == id(item)).map(|(_, number)| *number);
        // What is not on the form was not on the table; and it keeps its numbers, whatever has come before them since.
        let whole = self.form_of(table, &|item| number_of(item).is_some(), &|_| true);
        let reading = whole.read(text)?;
        let mut unclear: Vec<Unclear> = reading.not_understood.iter().map(|line| unclear_line(line, "")).collect();
        let outside = reading.outside.iter().map(|line| unclear_line(line, "it is not part of the form")).collect();
        let mut page = Page { reading: &reading, sitting: self.sitting, unclear: &mut unclear };
        let attendance = Attendance {
            present: page.text("attendance", "present").map(|text| names(text.raw())).unwrap_or_default(),
            apologies: page.text("attendance", "apologies").map(|text| names(text.raw())).unwrap_or_default(),
            declared: page
                .text("attendance", "declared")
                .and_then(|text| unless_none(text.raw()))
                .into_iter()
                .collect(),
            notes: page.text("notes", "notes"),
        };
        for name in attendance.both() {
            let line = reading.answer("attendance", "apologies").and_then(|filled| filled.line);
            page.unclear.push(Unclear {
                line,
                says: name.to_string(),
                why: "it is among those who were present too".to_owned(),
            });
        }
        let mut answered = Vec::new();
        for item in &table.items {
            if let Some(number) = number_of(item) {
                let item = Item { number: number.unwrap_or(item.number), ..item.clone() };
                let answer = page.answer(&item);
                answered.push((item, answer));
            }
        }
        unclear.sort_by_key(|one| one.line);
        let proceedings = Proceedings { sitting: self.sitting, attendance, answered };
        Ok(FilledIn { proceedings, unclear, outside })
    }
}

/// The items that a text has, by what they are called, each with its number.
fn printed_items(text: &str) -> Vec<(String, Option<u32>)> {
    let unquoted = |line: &str| line.trim_start_matches(['>', ' ']).trim().to_lowercase();
    let mut items = Vec::new();
    let mut number = None;
    for line in text.lines().map(unquoted).filter(|line| !line.is_empty()) {
        if let Some(mark) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            items.push((mark.trim().to_owned(), number.take()));
            continue;
        }
        let title = line.trim_matches(|c: char| matches!(c, '-' | '\u{2014}' | '\u{2013}' | ' '));
        let digits = title.strip_prefix("item ").and_then(|rest| rest.split('.').next());
        number = digits.and_then(|digits| digits.trim().parse().ok());
    }
    items
}

/// A form that is read.
struct Page<'p> {
    reading: &'p Reading,
    sitting: Sitting,
    unclear: &'p mut Vec<Unclear>,
}

impl Page<'_> {
    fn filled(&mut self, section: &str, key: &str) -> Option<&Filled> {
        let filled = self.reading.answer(section, key)?;
        if let Said::Doubtful { typed, why } = &filled.said {
            self.unclear.push(Unclear { line: filled.line, says: typed.to_string(), why: why.clone() });
        }
        Some(filled)
    }

    fn text(&mut self, section: &str, key: &str) -> Option<Text> {
        match &self.filled(section, key)?.said {
            Said::Words(words) => Some(words.clone()),
            _ => None,
        }
    }

    /// What was chosen, with the line.
    fn chosen(&mut self, item: &Item, key: &str) -> Option<(Option<usize>, Chosen)> {
        let filled = self.filled(&id(item), key)?;
        let (line, Said::Chosen(position)) = (filled.line, &filled.said) else { return None };
        Some((line, item.choices().get(*position)?.chosen))
    }

    fn answer(&mut self, item: &Item) -> Answer {
        let (note, asked) = (self.text(&id(item), "note"), self.text(&id(item), "query"));
        let decided = match &item.asks {
            Asks::Decision { .. } => return self.decision(item, asked, note),
            Asks::Rulings { .. } => self.rulings(item),
            Asks::Condition(asked) => self.condition(item, asked.recorded).map(Decided::Condition),
        };
        Answer { decided, note, ..Answer::default() }
    }

    /// What was decided, with its conditions and what it asks: as it is recorded, where it is.
    fn decision(&mut self, item: &Item, asked: Option<Text>, note: Option<Text>) -> Answer {
        let chosen = self.chosen(item, "decision");
        let outcome = match chosen {
            Some((_, Chosen::Outcome(outcome))) => Some(outcome),
            _ => None,
        };
        let conditions = self.conditions(item, outcome);
        if let Some(asked) = asked.as_ref().filter(|_| outcome != Some(Outcome::Queried)) {
            let line = self.reading.answer(&id(item), "query").and_then(|filled| filled.line);
            let why = "only what is queried is asked about; write it as a note, or query it".to_owned();
            self.unclear.push(Unclear { line, says: asked.to_string(), why });
        }
        let answer = Answer { decided: outcome.map(Decided::Outcome), conditions, asked, note, ..Answer::default() };
        if let (Some((line, _)), Asks::Decision { recorded: Some(recorded), bound, asked, .. }) = (chosen, &item.asks) {
            let there = Answer {
                decided: Some(Decided::Outcome(*recorded)),
                conditions: bound.clone(),
                asked: asked.clone(),
                ..Answer::default()
            };
            // A form that leaves the question out says nothing else of it.
            let is_same_question = answer.asked.is_none() || answer.asked == there.asked;
            let on_what = |of: &Answer| of.conditions.iter().map(|one| (one.what.clone(), one.due)).collect::<Vec<_>>();
            if (answer.decided != there.decided || on_what(&answer) != on_what(&there) || !is_same_question)
                && let (Some(now), Some(recorded)) = (answer.words(item), there.words(item))
            {
                self.recorded_otherwise(line, &now, &recorded);
            }
        }
        answer
    }

    /// How it stands with a condition.
    fn condition(&mut self, item: &Item, recorded: Option<ConditionStanding>) -> Option<ConditionStanding> {
        let day = self.day(&id(item), "met-on");
        let (line, Chosen::Condition(standing)) = self.chosen(item, "condition")? else { return None };
        let said = standing.on(day.unwrap_or(self.sitting.date));
        match recorded {
            Some(recorded) if recorded != said => {
                self.recorded_otherwise(line, &said.words(), &recorded.words());
                None
            }
            Some(_) => None,
            None => Some(said),
        }
    }

    /// A day up to that of the meeting.
    fn day(&mut self, section: &str, key: &str) -> Option<Day> {
        let words = self.text(section, key)?;
        let line = self.reading.answer(section, key).and_then(|filled| filled.line);
        let read = SaidDay::read(words.raw()).and_then(|said| match said {
            SaidDay::On(_) | SaidDay::Yearless { .. } => said.happened(&DayContext::of_today(self.sitting.date)),
            _ => Err("the day is needed, such as 31 January".to_owned()),
        });
        let why = match read {
            Ok(day) if day <= self.sitting.date => return Some(day),
            Ok(_) => format!("it is after the meeting of {}", self.sitting.date),
            Err(why) => why,
        };
        self.unclear.push(Unclear { line, says: words.to_string(), why });
        None
    }

    /// The rulings that are not recorded yet: what is said of one date goes before what is said of all.
    fn rulings(&mut self, item: &Item) -> Option<Decided> {
        let all = self.chosen(item, "all");
        let mut rulings: Vec<(Day, RulingOutcome)> = Vec::new();
        for asked in item.dates() {
            // A date that is not on the form was not on the table.
            let is_there = self.reading.answer(&id(item), &asked.date.iso());
            if is_there.is_none_or(|filled| filled.said == Said::Missing) {
                continue;
            }
            let of_date = self.chosen(item, &asked.date.iso()).or(all);
            let Some((line, Chosen::Ruling(outcome))) = of_date else { continue };
            match asked.recorded {
                None => rulings.push((asked.date, outcome)),
                Some(recorded) if recorded == outcome => {}
                Some(other) => self.recorded_otherwise(line, outcome.word(), other.word()),
            }
        }
        (!rulings.is_empty()).then_some(Decided::Rulings(rulings))
    }

    fn recorded_otherwise(&mut self, line: Option<usize>, now: &str, recorded: &str) {
        let why = format!("the record of that day says {recorded}");
        self.unclear.push(Unclear { line, says: now.to_owned(), why });
    }

    fn conditions(&mut self, item: &Item, outcome: Option<Outcome>) -> Vec<Condition> {
        let can_be = outcome.is_some_and(|outcome| item.can_be_bound(outcome, self.sitting));
        let mut conditions = Vec::new();
        for number in 1..=CONDITIONS {
            let key = condition(number);
            let Some(words) = self.text(&id(item), &key) else { continue };
            let line = self.reading.answer(&id(item), &key).and_then(|filled| filled.line);
            let read = Condition::parse(words.raw(), self.sitting.date);
            match read {
                Ok(read) if can_be => conditions.push(read),
                read => {
                    let why = read.err().unwrap_or_else(|| "only what is approved can have conditions".to_owned());
                    self.unclear.push(Unclear { line, says: words.to_string(), why });
                }
            }
        }
        conditions
    }
}

fn attendance_section(told: &[String]) -> Section {
    let lead = if told.is_empty() { Vec::new() } else { vec!["To know, with nothing to decide:".to_owned()] };
    let names =
        |key: &str, label: &str| Field::new(key, label, Kind::Words).with_hint("names, with commas between them");
    Section {
        id: "attendance".to_owned(),
        title: "Who was there".to_owned(),
        lead: lead.into_iter().chain(told.iter().map(|line| format!("- {line}"))).collect(),
        fields: vec![
            names("present", "Present"),
            names("apologies", "Apologies"),
            Field::new("declared", "Conflicts of interest declared", Kind::Text),
        ],
        ..Section::default()
    }
}

fn unclear_line(line: &form::Line, why: &str) -> Unclear {
    Unclear { line: Some(line.number), says: visible(line.says.raw()), why: why.to_owned() }
}

/// What an item is called on a form: `amara-osei/g4`.
fn id(item: &Item) -> String {
    item.key().replace(' ', "/").to_lowercase()
}

fn condition(number: usize) -> String {
    format!("condition-{number}")
}
