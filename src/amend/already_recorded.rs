//! Whether an event is recorded already. What is not becomes a change.

use super::new_value::{NewTable, NewValue};
use super::{ArrangementDetail, Change, Dispute, Event, Refusal, Within, by_hand, splice};
use crate::calendar::Day;
use crate::records::{Report, Student};
use crate::text::{Node, Notation, Path};

/// Something in the record that stands where the event would.
pub(super) enum Clash {
    /// The log is of the other kind.
    OtherKind,
    /// What stands there, where, and whether it says the same; and what is said now, where that is more than `what`.
    There { what: String, at: Path, is_same: bool, now: Option<Box<Dispute>> },
    /// Of the entries of a day one is cancelled and one is not.
    Contradiction { date: Day, at: [Path; 2] },
}

impl Clash {
    pub(super) fn refusal(self, notation: Notation, text: &str, root: &Node<'_>) -> Refusal {
        let line = |at: &Path| splice::line_of(text, root.follow(at).map_or(0, |(_, node)| node.span.start));
        match self {
            Self::OtherKind => Refusal::OtherKind,
            Self::There { what, at, is_same: true, .. } => Refusal::AlreadyThere { what, line: line(&at) },
            Self::There { what, at, now, .. } => {
                let line = line(&at);
                let (said, typed) = now.map(|now| (now.what, by_hand(notation, text, root, &now.change))).unzip();
                Refusal::Otherwise { what, line, said, typed }
            }
            Self::Contradiction { date, at: [one, other] } => {
                let (one, other) = (line(&one), line(&other));
                Refusal::Contradicted { date, lines: [one.min(other), one.max(other)] }
            }
        }
    }
}

/// Whether all that an entry says is said: what somebody has added by hand since takes nothing from it.
pub(super) fn is_within(entry: &NewTable, there: &NewTable) -> bool {
    agrees(entry, there) && lacking(entry, there).is_none()
}

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
        Event::Withdrawal(day) => {
            return match student.withdrawn {
                None => Ok(Change::Set { within: None, key: "withdrawn", value: NewValue::Day(*day) }),
                Some(there) => Err(Clash::There {
                    what: Event::Withdrawal(there).sentence(),
                    at: Path::of("withdrawn"),
                    is_same: there == *day,
                    now: None,
                }),
            };
        }
        Event::Session(_) | Event::Meeting(_) => return Err(Clash::OtherKind),
    };
    match there {
        Some((index, there)) => {
            let (new, known) = (event.said(), there.said());
            let is_same = is_within(&new, &known);
            let is_report = matches!(event, Event::Report(_));
            if let Some((table, key, value)) = lacking(&new, &known).filter(|_| is_report && agrees(&new, &known)) {
                return Ok(Change::Set { within: Some(Within(list, Some(index), table)), key, value });
            }
            let at = Path::of(list).index(index);
            // The sentence of a report says all that can be otherwise but this.
            if let (Event::Report(Report { concerns: Some(concerns), .. }), Some("concerns")) =
                (&there, otherwise(&new, &known))
            {
                let what = format!("{}, with the concerns \"{concerns}\"", there.sentence());
                return Err(Clash::There { what, at: at.key("concerns"), is_same, now: None });
            }
            Err(Clash::There { what: there.sentence(), at, is_same, now: None })
        }
        None => Ok(Change::Into { list, position: count, entry: event.said() }),
    }
}

/// Whether nothing that an entry says is said otherwise.
pub(super) fn agrees(new: &NewTable, there: &NewTable) -> bool {
    otherwise(new, there).is_none()
}

/// The first key at which an entry says something else than the one that is there.
fn otherwise(new: &NewTable, there: &NewTable) -> Option<&'static str> {
    let is_other = |(key, said): &&(&'static str, NewValue)| match (said, there.get(key)) {
        (NewValue::Table(said), Some(NewValue::Table(other))) => !agrees(said, other),
        (said, other) => other.is_some_and(|other| other != said),
    };
    new.said.iter().find(is_other).map(|(key, _)| *key)
}

/// The first thing that an entry says and the one that is there leaves open, with the key of the table that it is in.
pub(super) fn lacking(new: &NewTable, there: &NewTable) -> Option<(Option<&'static str>, &'static str, NewValue)> {
    new.said.iter().find_map(|(key, said)| match (said, there.get(key)) {
        (_, None) => Some((None, *key, said.clone())),
        (NewValue::Table(said), Some(NewValue::Table(other))) => {
            let (_, inner, said) = lacking(said, other)?;
            Some((Some(*key), inner, said))
        }
        _ => None,
    })
}

/// The day on which GWP Form 1 was submitted, in its own table.
fn of_form1(student: &Student, day: Day) -> Result<Change, Clash> {
    let (key, value) = ("submitted", NewValue::Day(day));
    match &student.form1 {
        None => Ok(Change::Set { within: None, key: "form1", value: NewValue::Table(Event::Form1(day).said()) }),
        Some(there) => match there.submitted {
            None => Ok(Change::Set { within: Some(Within("form1", None, None)), key, value }),
            Some(there) => Err(Clash::There {
                what: Event::Form1(there).sentence(),
                at: Path::of("form1").key(key),
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
    let within = |table| Some(Within("arrangement", Some(position), table));
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
    Err(Clash::There { what, at: Path::of("arrangement").index(position).key(key), is_same, now: None })
}
