//! Supervisees and conductors who were put into a log with a past, or taken out of one.

use std::collections::BTreeSet;

use serde_json::Value;

use super::entry::{day_of, is_held};
use super::habits::Habits;
use super::judged::Judge;
use super::{Irregularity, IrregularityName, Past, listed};
use crate::calendar::{Day, Period};
use crate::diff::{Change, ChangeKind, FieldChange};
use crate::history::WrittenRecord;
use crate::records::RecordKind;
use crate::text::{Text, counted};

/// Finds whom a commit gave a past in a log, or whose past it took away.
pub(super) fn find(past: &Past<'_>, judge: &mut Judge<'_>, habits: &Habits, found: &mut Vec<Irregularity>) {
    let of_logs = past.records().filter(|(.., record)| record.kind == Some(RecordKind::Session));
    for (at, _, record) in of_logs.filter(|(.., record)| record.change != Change::Added) {
        let (key, put_in, taken_out) = moved(record);
        let Some(made) = past.day(at).filter(|_| !put_in.is_empty() || !taken_out.is_empty()) else { continue };
        let log = judge.record(at, &record.file);
        let held = held(&log, made);
        let long_ago = |day: &&Day| day.days_to(made) > habits.waits(&record.file);
        let mut told = Vec::new();
        for who in &put_in {
            let periods = if key == CONDUCTORS { arranged(past, who, record) } else { periods(&log, who) };
            let given: BTreeSet<Day> =
                held.iter().filter(|day| periods.iter().any(|period| period.covers(**day))).copied().collect();
            if given.iter().any(|day| long_ago(&day)) {
                told.push((who, "put in", given));
            }
        }
        told.extend(taken_out.iter().filter(|_| !held.is_empty()).map(|who| (who, "taken out", held.clone())));
        let changes = || record.entries.iter().map(|written| &written.detail).filter(|detail| is_about_people(detail));
        for (who, what, days) in told {
            let sessions = counted(days.len(), "earlier session", "earlier sessions");
            let who = Text::new(who.as_str());
            let message = format!("{who} was {what}, in a log with {sessions}: {}", listed(&days));
            let one = past.of_record(IrregularityName::ParticipantsChanged, at, record, message);
            let students = one.students.iter().cloned().chain([who]).collect();
            found.push(Irregularity { students, ..one.with_changes(changes()) });
        }
    }
}

const CONDUCTORS: &str = "conductors";
const SUPERVISEES: &str = "supervisees";
const PERIODS: &str = "supervisee_periods";

fn is_about_people(detail: &FieldChange) -> bool {
    matches!(detail.first_key(), CONDUCTORS | SUPERVISEES | PERIODS)
}

/// The key that was changed, and who was put in there and who taken out. Who came for a time already was there.
fn moved(record: &WrittenRecord) -> (&'static str, BTreeSet<String>, BTreeSet<String>) {
    let (mut was, mut is) = (BTreeSet::new(), BTreeSet::new());
    let mut key = SUPERVISEES;
    for detail in record.entries.iter().map(|written| &written.detail) {
        let ids = |value: &Option<Value>| -> BTreeSet<String> {
            let list = value.as_ref().and_then(Value::as_array).into_iter().flatten();
            list.filter_map(Value::as_str).map(ToOwned::to_owned).collect()
        };
        let who = |value: &Option<Value>| Some(value.as_ref()?.get("who")?.as_str()?.to_owned());
        match (detail.what, detail.first_key()) {
            (ChangeKind::Key, CONDUCTORS | SUPERVISEES) => {
                key = if detail.at == CONDUCTORS { CONDUCTORS } else { SUPERVISEES };
                was.extend(ids(&detail.from));
                is.extend(ids(&detail.to));
            }
            (ChangeKind::Entry(_), PERIODS) => {
                was.extend(who(&detail.from));
                is.extend(who(&detail.to));
            }
            _ => {}
        }
    }
    (key, is.difference(&was).cloned().collect(), was.difference(&is).cloned().collect())
}

/// The days up to one on which something was held.
fn held(log: &Value, until: Day) -> BTreeSet<Day> {
    let sessions = log.get("sessions").and_then(Value::as_array).into_iter().flatten();
    sessions.filter(|session| is_held(session)).filter_map(day_of).filter(|day| *day <= until).collect()
}

fn period(table: &Value, from: &str, until: &str) -> Period {
    let day = |key: &str| table.get(key).and_then(Value::as_str).and_then(Day::parse);
    Period { from: day(from).unwrap_or(Day::first()), until: day(until) }
}

/// When a supervisee came: at all times, where no period is named.
fn periods(log: &Value, who: &str) -> Vec<Period> {
    let named = log.get(PERIODS).and_then(Value::as_array).into_iter().flatten();
    let of_who = named.filter(|entry| entry.get("who").and_then(Value::as_str) == Some(who));
    let periods: Vec<Period> = of_who.map(|entry| period(entry, "from", "until")).collect();
    if periods.is_empty() { vec![Period { from: Day::first(), until: None }] } else { periods }
}

/// The times of all arrangements with a group that a student's record ever had: outside them no session is the
/// student's.
fn arranged(past: &Past<'_>, who: &str, log: &WrittenRecord) -> Vec<Period> {
    let student = Text::new(who);
    let records = past.records().map(|(.., record)| record);
    let own = records.filter(|record| record.kind == Some(RecordKind::Student) && record.id.as_ref() == Some(&student));
    let entries = own.flat_map(|record| &record.entries).map(|written| &written.detail);
    let arrangements = entries.filter(|detail| detail.what == ChangeKind::Entry("arrangement"));
    let with_group = arrangements
        .filter_map(|detail| detail.to.as_ref())
        .filter(|to| to.get("group").and_then(Value::as_str) == log.id.as_ref().map(Text::raw));
    with_group.map(|to| period(to, "from", "until")).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the texts of a test are written in it")]
mod tests {
    use super::*;
    use crate::audit::tests::{value, written};

    #[test]
    fn who_was_put_in_and_who_was_taken_out() {
        for (older, newer, key, put_in, taken_out) in [
            ("conductors = ['a']", "conductors = ['b', 'c']", CONDUCTORS, "b c", "a"),
            ("supervisees = ['a', 'b']", "supervisees = ['b', 'a']", SUPERVISEES, "", ""),
            ("supervisees = ['a']", "supervisees = ['a', 'b']", SUPERVISEES, "b", ""),
            // Who came for a time already was there.
            (
                "supervisees = ['a']\nsupervisee_periods = [{ who = 'b', from = 2025-10-01 }]",
                "supervisees = ['a', 'b']",
                SUPERVISEES,
                "",
                "",
            ),
            ("", "supervisee_periods = [{ who = 'b', from = 2025-10-01 }]", SUPERVISEES, "b", ""),
            ("supervisee_periods = [{ who = 'b', from = 2025-10-01 }]", "", SUPERVISEES, "", "b"),
            ("title = 'a'", "title = 'b'", SUPERVISEES, "", ""),
        ] {
            let record = written(RecordKind::Session, older, newer);
            let joined = |ids: BTreeSet<String>| ids.into_iter().collect::<Vec<_>>().join(" ");
            let (of, is, was) = moved(&record);
            assert_eq!(
                (of, joined(is), joined(was)),
                (key, put_in.to_owned(), taken_out.to_owned()),
                "{older}\n{newer}"
            );
            let about = record.entries.iter().filter(|written| is_about_people(&written.detail)).count();
            assert_eq!(about == 0, older.contains("title"), "{older}\n{newer}");
        }
    }

    #[test]
    fn what_was_held_while_somebody_came() {
        let day = |of_october| Day::new(2025, 10, of_october).unwrap();
        let log = value(
            "sessions = [{ date = 2025-10-07 }, { date = 2025-10-14, cancelled = 'ill' }, { date = 2025-10-21, planned = true }, \
             { date = 2025-10-28, planned = false }, { date = 2025-10-29 }]\n\
             supervisee_periods = [{ who = 'a', from = 2025-10-08, until = 2025-10-20 }, { who = 'a', from = 2025-10-28 }]",
        );
        assert_eq!(held(&log, day(28)), BTreeSet::from([day(7), day(28)]));
        let came = |who: &str, of_october| periods(&log, who).iter().any(|period| period.covers(day(of_october)));
        assert_eq!([7, 8, 20, 21, 27, 28, 31].map(|day| came("a", day)), [false, true, true, false, false, true, true]);
        assert!(came("b", 1) && came("b", 31));
    }
}
