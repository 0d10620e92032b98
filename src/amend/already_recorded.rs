//! Whether an event is recorded already. What is not becomes a change.

use super::clash::Clash;
use super::new_value::{NewValue, agrees, is_within, lacking, otherwise};
use super::{ArrangementDetail, Change, Event};
use crate::calendar::Day;
use crate::records::{Report, Student};
use crate::text::Path;

/// The change that an event is to a student's record: a table after those of its kind, or a day.
///
/// A form comes once from one person for one deadline; a body decides once a day on a matter, and rules once a day on
/// the same dates of a requirement.
pub(super) fn of_student(student: &Student, event: &Event) -> Result<Change, Clash> {
    let (list, count, there) = match event {
        Event::Report(new) => {
            let same = |one: &Report| {
                one.form == new.form
                    && (one.by.is_none() || one.by == new.by)
                    && one.due == new.due
                    && (one.due.is_some() || one.received == new.received)
            };
            let there = student.report.iter().position(same);
            ("report", student.report.len(), there.map(|at| (at, Event::Report(student.report[at].clone()))))
        }
        Event::Decision(new) => {
            let same =
                |one: &crate::records::Decision| (one.body, one.about, one.date) == (new.body, new.about, new.date);
            let there = student.decision.iter().position(same);
            ("decision", student.decision.len(), there.map(|at| (at, Event::Decision(student.decision[at].clone()))))
        }
        Event::Ruling(new) => {
            let same = |one: &crate::records::Ruling| {
                (one.requirement, one.body, one.date, &one.of) == (new.requirement, new.body, new.date, &new.of)
            };
            let there = student.ruling.iter().position(same);
            ("ruling", student.ruling.len(), there.map(|at| (at, Event::Ruling(student.ruling[at].clone()))))
        }
        Event::Arrangement(new) => {
            let same = |one: &crate::records::Arrangement| {
                (&one.group, &one.supervisor, one.from) == (&new.group, &new.supervisor, new.from)
            };
            let there = student.arrangement.iter().position(same);
            let there = there.map(|at| (at, Event::Arrangement(student.arrangement[at].clone())));
            ("arrangement", student.arrangement.len(), there)
        }
        Event::Detail { arrangement, detail } => return of_arrangement(student, *arrangement, detail),
        Event::Form1(day) => return of_form1(student, *day),
        Event::Session(_) | Event::Meeting(_) | Event::Edit(_) => return Err(Clash::OtherKind),
    };
    match there {
        Some((index, there)) => {
            let (new, known) = (event.said(), there.said());
            let is_same = is_within(&new, &known);
            let is_report = matches!(event, Event::Report(_));
            if let Some((table, key, value)) = lacking(&new, &known).filter(|_| is_report && agrees(&new, &known)) {
                let entry = Path::of(list).index(index);
                return Ok(Change::Set { within: table.map_or(entry, |table| entry.key(table)), key, value });
            }
            let at = Path::of(list).index(index);
            // The sentence of a report says all that can be otherwise but this.
            if let (Event::Report(Report { concerns: Some(concerns), .. }), Some("concerns")) =
                (&there, otherwise(&new, &known))
            {
                let what = format!("{}, with the concerns \"{concerns}\"", there.sentence());
                return Err(Clash::There { what, at: at.key("concerns").into(), is_same, now: None });
            }
            Err(Clash::There { what: there.sentence(), at: at.into(), is_same, now: None })
        }
        None => Ok(Change::Into { list: Path::of(list), position: count, entry: NewValue::Table(event.said()) }),
    }
}

/// The day on which GWP Form 1 was submitted, in its own table.
fn of_form1(student: &Student, day: Day) -> Result<Change, Clash> {
    let (key, value) = ("submitted", NewValue::Day(day));
    match &student.form1 {
        None => {
            Ok(Change::Set { within: Path::root(), key: "form1", value: NewValue::Table(Event::Form1(day).said()) })
        }
        Some(there) => match there.submitted {
            None => Ok(Change::Set { within: Path::of("form1"), key, value }),
            Some(there) => Err(Clash::There {
                what: Event::Form1(there).sentence(),
                at: Path::of("form1").key(key).into(),
                is_same: there == day,
                now: None,
            }),
        },
    }
}

/// What is said of an arrangement and not there yet. What is there is not said otherwise by the way: the committee may
/// have decided on it.
fn of_arrangement(student: &Student, position: usize, detail: &ArrangementDetail) -> Result<Change, Clash> {
    let (key, value) = detail.said();
    let entry = Path::of("arrangement").index(position);
    let within = |table: Option<&'static str>| table.map_or(entry, |table| entry.key(table));
    let there = student.arrangement.get(position).and_then(|arrangement| detail.there(arrangement));
    let Some(there) = there else { return Ok(Change::Set { within: within(None), key, value }) };
    let (new, known) = (detail.table(), there.table());
    let is_same = is_within(&new, &known);
    if !is_same
        && !detail.excludes(&there)
        && agrees(&new, &known)
        && let Some((table, key, value)) = lacking(&new, &known)
    {
        return Ok(Change::Set { within: within(table), key, value });
    }
    if !is_same && detail.follows(&there) {
        return Ok(Change::Set { within: within(None), key, value });
    }
    let what = if is_same {
        there.sentence()
    } else {
        format!("{}; what is said now is: {}", there.sentence(), detail.sentence())
    };
    Err(Clash::There { what, at: entry.key(key).into(), is_same, now: None })
}
