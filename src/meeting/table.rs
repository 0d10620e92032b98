//! What lies on the table of a meeting.

use super::{Asked, AskedCondition, Asks, Item, Sitting};
use crate::calendar::Day;
use crate::edition::Code;
use crate::folder::{Folder, JudgedFolder, Meetings, Selection};
use crate::records::{
    Body, CommitteeMeeting, Condition, ConditionStanding, Decision, Matter, Outcome, Ruling, Student,
};
use crate::reports::{Agenda, AgendaPart, Matter as OnAgenda, RuledWith};
use crate::requirements::{FINAL_DECISION, RECOMMENDATION, SETTLED_BY_APPROVAL};
use crate::text::{Text, all_of};

/// What lies on the table of a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What the body decides on, in the order of the agenda.
    pub items: Vec<Item>,
    /// What it is only told, such as what falls due by the meeting; safe to show.
    pub told: Vec<String>,
    /// The names, or else the ids, of those who cannot be judged and so are in neither; safe to show.
    pub unknown: Vec<String>,
}

impl Folder {
    /// The folder as it lay before a body on a day: without what the body decided on that day.
    #[must_use]
    pub fn before(&self, sitting: Sitting) -> Self {
        let mut records = self.case.records.clone();
        for entry in &mut records.students {
            let Some(record) = entry.record.as_mut() else { continue };
            let notes = self.notes_of(sitting, &entry.id);
            let (decides, rules) = (|one: &Decision| is_of(one, sitting), |one: &Ruling| is_ruled_by(one, sitting));
            let is_met = |one: &Condition| is_met_in(one, sitting, &notes);
            let meets = |one: &Decision| one.conditions.iter().any(is_met);
            if record.decision.iter().any(|one| decides(one) || meets(one)) || record.ruling.iter().any(rules) {
                let student = std::sync::Arc::make_mut(record);
                student.decision.retain(|one| !decides(one));
                student.ruling.retain(|one| !rules(one));
                let conditions = student.decision.iter_mut().flat_map(|one| &mut one.conditions);
                conditions.filter(|one| is_met(one)).for_each(|one| one.met = None);
            }
        }
        Self::of_records(self.name.as_text().clone(), records, self.sources.clone(), &|_| true)
    }
}

impl Folder {
    /// Whether anything is recorded of a meeting in the record of a student.
    fn has_records_of(&self, sitting: Sitting) -> bool {
        let records = self.case.records.students.iter().filter_map(|entry| entry.record.as_deref());
        records.into_iter().any(|one| one.ruling.iter().any(|ruling| is_ruled_by(ruling, sitting)))
    }

    /// The folder without what a body decided in a meeting, but with what it ruled.
    fn without_decisions(&self, sitting: Sitting) -> Self {
        let mut records = self.case.records.clone();
        let students = records.students.iter_mut().filter_map(|entry| entry.record.as_mut());
        for record in students.filter(|record| record.decision.iter().any(|one| is_of(one, sitting))) {
            std::sync::Arc::make_mut(record).decision.retain(|one| !is_of(one, sitting));
        }
        Self::of_records(self.name.as_text().clone(), records, self.sources.clone(), &|_| true)
    }

    /// What the record of a meeting notes of a student.
    fn notes_of(&self, sitting: Sitting, student: &Text) -> Vec<&Text> {
        let is_it = |one: &&CommitteeMeeting| (one.body, one.date) == (sitting.body, sitting.date);
        let records = self.case.records.meetings.iter().filter_map(|entry| entry.record.as_deref()).filter(is_it);
        let items = records.flat_map(|record| &record.items).filter(|item| item.about.as_ref() == Some(student));
        items.filter_map(|item| item.note.as_ref()).collect()
    }
}

/// Whether it was in a meeting that a condition was said to be met.
fn is_met_in(condition: &Condition, sitting: Sitting, notes: &[&Text]) -> bool {
    condition.met.is_some_and(|met| met == sitting.date || is_minuted(condition, ConditionStanding::Met(met), notes))
}

fn is_minuted(condition: &Condition, standing: ConditionStanding, notes: &[&Text]) -> bool {
    let minuted = condition.minuted(standing);
    notes.iter().any(|note| note.raw().contains(&minuted))
}

/// Whether a decision was taken in a meeting.
fn is_of(one: &Decision, sitting: Sitting) -> bool {
    (one.body, one.date) == (sitting.body, sitting.date)
}

fn is_ruled_by(one: &Ruling, sitting: Sitting) -> bool {
    (Body::from(one.body), one.date) == (sitting.body, sitting.date)
}

impl Table {
    /// What lies before a body. `before` is the folder [before](Folder::before) the meeting, judged on its day or ahead of
    /// it, and `now` the folder with what is recorded of it.
    pub fn of(sitting: Sitting, before: &JudgedFolder<'_>, now: &Folder, selection: &Selection) -> Self {
        let meetings = Meetings::on(sitting.date, before.folder, selection);
        let mut agenda = Agenda::of(sitting.body, before, Some(&meetings));
        let mut unknown = Vec::new();
        before.roster(selection, &mut |student, judgement| match judgement {
            Some(judgement) => agenda.add(None, student, judgement),
            None => unknown.push(student.name.unwrap_or(student.id).to_string()),
        });
        let mut table = Self { unknown, ..Self::default() };
        for matter in agenda.in_order() {
            table.add(matter, sitting);
        }
        if now.has_records_of(sitting) {
            table.add_what_opened(sitting, before.as_of, now, selection);
        }
        for (item, number) in table.items.iter_mut().zip(1..) {
            item.number = number;
            let entry = now.case.records.students.iter().find(|entry| entry.id == item.student);
            if let Some((id, record)) = entry.and_then(|entry| Some((&entry.id, entry.record.as_deref()?))) {
                item.note_recorded(record, sitting, &now.notes_of(sitting, id));
                item.withhold_approval(record);
                table.told.extend(item.ruled_both_ways(record, sitting));
            }
        }
        table
    }

    /// Adds the decisions that rulings of the meeting itself have opened: an award, where its last query is answered.
    fn add_what_opened(&mut self, sitting: Sitting, as_of: Day, now: &Folder, selection: &Selection) {
        let folder = now.without_decisions(sitting);
        let judged = JudgedFolder::new(&folder, as_of);
        let meetings = Meetings::on(sitting.date, &folder, selection);
        let mut agenda = Agenda::of(sitting.body, &judged, Some(&meetings));
        judged.roster(selection, &mut |student, judgement| {
            if let Some(judgement) = judgement {
                agenda.add(None, student, judgement);
            }
        });
        for matter in agenda.in_order() {
            let Some(asks @ Asks::Decision { about, .. }) = asks(matter, sitting) else { continue };
            let is_it = |item: &Item| {
                item.student.raw() == matter.id.id()
                    && matches!(item.asks, Asks::Decision { about: there, .. } if there == about)
            };
            if !self.items.iter().any(is_it) {
                self.ask(matter, asks);
            }
        }
    }

    fn add(&mut self, matter: &OnAgenda<'_>, sitting: Sitting) {
        match asks(matter, sitting) {
            Some(asks) => self.ask(matter, asks),
            None => self.told.push(told(matter)),
        }
        for RuledWith { code, date, message } in &matter.ruled_with {
            let of = vec![Asked { date: *date, message: message.clone(), recorded: None }];
            self.ask(matter, Asks::Rulings { requirement: *code, of });
        }
    }

    /// Adds what is asked: to the item that asks the same of the student, where there is one.
    fn ask(&mut self, matter: &OnAgenda<'_>, asks: Asks) {
        let is_decision = !matches!(asks, Asks::Rulings { .. });
        let mut says: Vec<_> = match (matter.condition, matter.date) {
            (Some((approved, _)), Some(due)) => vec![format!("due on {due}, approved on {approved}")],
            _ if is_decision => vec![matter.still_to_decide()],
            _ => Vec::new(),
        };
        says.extend(matter.lines(true).filter(|_| is_decision));
        let item = Item { number: 0, student: Text::new(matter.id.id()), name: matter.name.clone(), asks, says };
        let key = item.key();
        let Some(there) = self.items.iter_mut().find(|one| one.key() == key) else {
            self.items.push(item);
            return;
        };
        there.says.extend(item.says);
        if let (Asks::Rulings { of, .. }, Asks::Rulings { of: more, .. }) = (&mut there.asks, item.asks) {
            for asked in more {
                match of.iter_mut().find(|known| known.date == asked.date) {
                    Some(known) if known.message != asked.message => {
                        known.message = format!("{}; {}", known.message, asked.message);
                    }
                    Some(_) => {}
                    None => of.push(asked),
                }
            }
            of.sort_by_key(|asked| asked.date);
        }
    }
}

impl Item {
    /// Says of it what is recorded of the meeting already.
    fn note_recorded(&mut self, student: &Student, sitting: Sitting, notes: &[&Text]) {
        match &mut self.asks {
            Asks::Decision { about, recorded, bound, asked, .. } => {
                let mut decided = student.decision.iter().filter(|one| is_of(one, sitting) && one.about == *about);
                let last = decided.next_back();
                *recorded = last.map(|one| one.outcome);
                *bound = last.map(|one| one.conditions.clone()).unwrap_or_default();
                *asked = last.and_then(Decision::asks).map(Text::new);
                if *about == Matter::Arrangements {
                    let ruled = student.ruling.iter().filter(|one| is_ruled_by(one, sitting));
                    let ruled = ruled.filter(|one| SETTLED_BY_APPROVAL.contains(&one.requirement));
                    let says = |one: &Ruling| {
                        format!("recorded of this meeting already: {} {}", one.requirement, one.outcome.word())
                    };
                    self.says.extend(ruled.map(says));
                }
            }
            Asks::Rulings { requirement, of } => {
                let ruled = student.ruling.iter().filter(|one| is_ruled_by(one, sitting));
                let mut ruled: Vec<_> = ruled.filter(|one| one.requirement == *requirement).collect();
                // A ruling that lists the date goes before one that lists none; of equals, the last in the file.
                ruled.sort_by_key(|one| one.of.is_some());
                for ruling in ruled {
                    let is_ruled_on = |date: Day| ruling.of.as_ref().is_none_or(|of| of.contains(&date));
                    for asked in of.iter_mut().filter(|asked| is_ruled_on(asked.date)) {
                        asked.recorded = Some(ruling.outcome);
                    }
                }
            }
            Asks::Condition(asked) => asked.find(student, sitting, notes),
        }
    }
}

impl Item {
    /// Nothing can be approved of arrangements that nobody has recorded: the approval would cover whatever is recorded
    /// later.
    fn withhold_approval(&mut self, student: &Student) {
        let Asks::Decision { about: Matter::Arrangements, outcomes, .. } = &mut self.asks else { return };
        if student.arrangement.is_empty() && outcomes.contains(&Outcome::Approved) {
            outcomes.retain(|outcome| *outcome != Outcome::Approved);
            let command = format!("gwp arrange {}", self.student);
            self.says.push(format!("it cannot be approved before an arrangement is recorded, with \"{command}\""));
        }
    }

    /// What is told where an editor wrote two rulings of the meeting on one date that contradict each other.
    fn ruled_both_ways(&self, student: &Student, sitting: Sitting) -> Option<String> {
        let Asks::Rulings { requirement, of } = &self.asks else { return None };
        let ruled = student.ruling.iter().filter(|one| is_ruled_by(one, sitting) && one.requirement == *requirement);
        let ruled: Vec<_> = ruled.collect();
        let is_contradicted = |date: Day| {
            let of_level = |is_listed: bool| {
                let those = ruled
                    .iter()
                    .filter(|one| one.of.is_some() == is_listed && one.of.as_ref().is_none_or(|of| of.contains(&date)));
                those.map(|one| one.outcome).collect::<Vec<_>>()
            };
            let deciding = Some(of_level(true)).filter(|those| !those.is_empty()).unwrap_or_else(|| of_level(false));
            deciding.windows(2).any(|pair| pair[0] != pair[1])
        };
        let dates: Vec<_> = of.iter().map(|asked| asked.date).filter(|date| is_contradicted(*date)).collect();
        (!dates.is_empty()).then(|| {
            format!(
                "{}: two rulings of this meeting on {requirement} contradict each other, for {}; the last in the record \
                 counts until one of them is corrected",
                self.name,
                all_of(&dates)
            )
        })
    }
}

impl AskedCondition {
    /// Finds it in the student's record, and what was said of it in the meeting.
    fn find(&mut self, student: &Student, sitting: Sitting, notes: &[&Text]) {
        let of_day =
            student.decision.iter().enumerate().filter(|(_, one)| {
                one.about == Matter::Arrangements && one.date == self.approved && !is_of(one, sitting)
            });
        let mut of_day = of_day.flat_map(|(decision, one)| {
            one.conditions.iter().enumerate().map(move |(position, condition)| (decision, position, condition))
        });
        let Some((decision, position, condition)) = of_day.nth(self.number.saturating_sub(1)) else { return };
        let is_said = |standing: &ConditionStanding| is_minuted(condition, *standing, notes);
        let said = || [ConditionStanding::Running, ConditionStanding::NotMet].into_iter().find(is_said);
        self.recorded = condition.met.map(ConditionStanding::Met).or_else(said);
        self.there = Some((decision, position, condition.clone()));
    }
}

/// What a body is told; safe to show.
fn told(matter: &OnAgenda<'_>) -> String {
    let OnAgenda { name, what, .. } = matter;
    let on = matter.date.map(|date| format!(" on {date}")).unwrap_or_default();
    match matter.part {
        AgendaPart::Ratifications => format!("{name}: {what}; the SPC or the NTM has still to ratify that"),
        AgendaPart::Due => {
            let from = matter.from.as_ref().map(|from| format!(", from {from}")).unwrap_or_default();
            format!("{name}: due{on}: {what}{from}")
        }
        _ => format!("{name}: {what}"),
    }
}

/// What a matter asks of a body; none where it is only told.
fn asks(matter: &OnAgenda<'_>, sitting: Sitting) -> Option<Asks> {
    let decision = |about| {
        let outcomes = Outcome::allowed(sitting.body, about).iter().copied();
        // A ratification is one thing, and the answer to a query another, though the NTM gives both.
        let is_ratified = matter.part == AgendaPart::Ratifications;
        let fits = |outcome: &Outcome| match outcome {
            Outcome::Approved => !is_ratified,
            Outcome::Ratified => is_ratified,
            _ => true,
        };
        let mut outcomes: Vec<_> = outcomes.filter(fits).collect();
        outcomes.sort_by_key(|outcome| !outcome.is_favourable());
        Some(Asks::Decision { about, outcomes, recorded: None, bound: Vec::new(), asked: None })
    };
    let rulings = |requirement: Code| {
        let asked = Asked { date: matter.date?, message: matter.what.clone(), recorded: None };
        Some(Asks::Rulings { requirement, of: vec![asked] })
    };
    let is_of_lcc = sitting.body == Body::Lcc;
    match matter.part {
        AgendaPart::Queries if matter.date.is_some() => rulings(matter.code),
        AgendaPart::Queries if matter.code == RECOMMENDATION => decision(Matter::Award),
        // Only the SPC goes on after an interview that it asked for.
        AgendaPart::Queries if matter.code == FINAL_DECISION => None,
        AgendaPart::Queries | AgendaPart::Arrangements => decision(Matter::Arrangements),
        AgendaPart::Concerns => rulings(matter.code),
        AgendaPart::Awards => decision(Matter::Award),
        AgendaPart::Ratifications if !is_of_lcc => decision(Matter::Arrangements),
        AgendaPart::Conditions => matter.condition.map(|(approved, number)| {
            Asks::Condition(AskedCondition { approved, number, there: None, recorded: None })
        }),
        AgendaPart::Ratifications | AgendaPart::Noted | AgendaPart::Due => None,
    }
}
