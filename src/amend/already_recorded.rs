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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the records of a test are written in it")]
mod tests {
    use serde::de::DeserializeOwned;

    use crate::amend::{ArrangementDetail, Event, Refusal, amend};
    use crate::calendar::Day;
    use crate::records::MedicalCover;
    use crate::text::Notation;

    const ARRANGEMENT: &str = "group = 'g'\nsupervisor = 'k'\nfrom = 2025-10-06\n";

    fn day(of_march: u32) -> Day {
        Day::new(2026, 3, of_march).unwrap()
    }

    fn of<T: DeserializeOwned>(text: &str) -> T {
        toml::from_str(text).unwrap()
    }

    /// What becomes of an event where an entry of a list says something: the lines that are new, or why there are none.
    fn beside(list: &str, there: &str, event: &Event) -> String {
        let text = format!("name = 'R'\ncourse = 'york'\n\n[[{list}]]\n{there}");
        match amend(Notation::Toml, &text, event) {
            Ok(amended) => {
                let new = amended.text.lines().filter(|line| !text.lines().any(|old| old == *line));
                new.collect::<Vec<_>>().join("; ")
            }
            Err(Refusal::AlreadyThere { .. }) => "there".to_owned(),
            Err(Refusal::Otherwise { .. }) => "otherwise".to_owned(),
            Err(other) => panic!("{other:?}\n{text}"),
        }
    }

    #[test]
    fn what_is_said_of_an_arrangement() {
        use ArrangementDetail::{Confirmed, Ends, External, Proposed, Until, Withdrawn};
        let manager = |text: &str| ArrangementDetail::LineManager(of(text));
        let carries = |text: &str| ArrangementDetail::ClinicalResponsibility(of(text));
        let cover = ArrangementDetail::MedicalCover;
        for (there, detail, becomes) in [
            ("", Until(day(9)), "until = 2026-03-09"),
            ("until = 2026-03-09\n", Until(day(9)), "there"),
            ("until = 2026-03-08\n", Until(day(9)), "otherwise"),
            ("until = 2026-03-08\n", Ends(day(9)), "until = 2026-03-09"),
            ("until = 2026-03-09\n", Ends(day(9)), "there"),
            ("", Proposed(day(9)), "proposed = 2026-03-09"),
            ("proposed = 2026-03-08\n", Proposed(day(9)), "otherwise"),
            ("withdrawn = 2026-03-09\n", Withdrawn(day(9)), "there"),
            ("withdrawn = 2026-03-08\n", Withdrawn(day(9)), "otherwise"),
            ("confirmed = 2026-03-08\n", Confirmed(day(9)), "otherwise"),
            ("confirmed = 2026-03-09\n", Confirmed(day(9)), "there"),
            ("", External, "external = true"),
            ("external = false\n", External, "external = true"),
            ("external = true\nline_manager = { name = 'M' }\n", External, "there"),
            ("", manager("name = 'M'"), "line_manager = { name = \"M\" }"),
            ("line_manager = { name = 'M' }\n", manager("name = 'M'"), "there"),
            ("line_manager = { name = 'M' }\n", manager("name = 'N'"), "otherwise"),
            (
                "line_manager = { name = 'M' }\n",
                manager("name = 'M'\nemail = 'm@x.org'"),
                "line_manager = { name = 'M', email = \"m@x.org\" }",
            ),
            ("line_manager = { name = 'M' }\n", manager("name = 'N'\nemail = 'm@x.org'"), "otherwise"),
            (
                "clinical_responsibility = { holder = 'E' }\n",
                carries("holder = 'E'\nagreed = 2026-03-09"),
                "clinical_responsibility = { holder = 'E', agreed = 2026-03-09 }",
            ),
            // Nobody needs to carry it, and somebody does: whatever else is said beside it.
            ("clinical_responsibility = { not_needed = 'staff' }\n", carries("holder = 'E'"), "otherwise"),
            ("clinical_responsibility = { holder = 'E' }\n", carries("not_needed = 'staff'"), "otherwise"),
            ("clinical_responsibility = { not_needed = 'staff' }\n", carries("not_needed = 'staff'"), "there"),
            ("", cover(MedicalCover::Needed), "medical_cover = \"needed\""),
            ("medical_cover = 'needed'\n", cover(MedicalCover::Arranged), "medical_cover = \"arranged\""),
            ("medical_cover = 'needed'\n", cover(MedicalCover::Needed), "there"),
            ("medical_cover = 'needed'\n", cover(MedicalCover::NotNeeded), "otherwise"),
            ("medical_cover = 'arranged'\n", cover(MedicalCover::Needed), "otherwise"),
        ] {
            let event = Event::Detail { arrangement: 0, detail: detail.clone() };
            // What was given up had not begun.
            let from = if there.starts_with("withdrawn") { "2026-10-06" } else { "2025-10-06" };
            let arrangement = format!("{}{there}", ARRANGEMENT.replace("2025-10-06", from));
            assert_eq!(beside("arrangement", &arrangement, &event), becomes, "{there}{detail:?}");
        }
    }

    #[test]
    fn what_makes_an_entry_another() {
        let report = |text: &str| Event::Report(of(text));
        let there = "form = 'GWP2'\ndue = 2026-01-31\nreceived = 2026-01-29\nby = 'k'\n";
        let same = |event: &str, becomes: &str, there: &str| {
            let said = beside("report", there, &report(event));
            let said = if said.contains("[[report]]") || said.contains("form =") { "new" } else { &said };
            assert_eq!(said, becomes, "{event}\nbeside\n{there}");
        };
        same(there, "there", there);
        same(&there.replace("2026-01-29", "2026-02-03"), "otherwise", there);
        for (was, is) in
            [("'GWP2'", "'WRG2'"), ("due = 2026-01-31\n", ""), ("2026-01-31", "2026-06-13"), ("'k'", "'l'")]
        {
            let other = beside("report", there, &report(&there.replace(was, is)));
            assert!(!["there", "otherwise"].contains(&other.as_str()), "{was} {is}: {other}");
        }
        // Who sent it may not have been said; without a deadline, the day on which it came tells it.
        let by_nobody = there.replace("by = 'k'\n", "");
        same(there, "by = \"k\"", &by_nobody);
        let without_due = there.replace("due = 2026-01-31\n", "");
        same(&without_due, "there", &without_due);
        let later = beside("report", &without_due, &report(&without_due.replace("01-29", "02-03")));
        assert!(later.contains("received = 2026-02-03"), "{later}");
        // What is added is added to a report alone, and only where nothing is said otherwise.
        let more = format!("{there}concerns = 'late'\n");
        same(&more, "concerns = \"late\"", there);
        same(&more.replace("2026-01-29", "2026-02-03"), "otherwise", there);
        let decision = "body = 'LCC'\nabout = 'award'\ndate = 2026-02-21\noutcome = 'deferred'\n";
        let minuted = Event::Decision(of(&format!("{decision}minute = '4'\n")));
        assert_eq!(beside("decision", decision, &minuted), "otherwise");
        let ruling = "requirement = 'G4'\nbody = 'LCC'\ndate = 2026-02-21\nof = [2025-10-07]\noutcome = 'accepted'\n";
        for (was, is, becomes) in [
            ("", "", "there"),
            ("accepted", "refused", "otherwise"),
            ("2025-10-07", "2025-10-14", "new"),
            ("'G4'", "'S5'", "new"),
            ("2026-02-21", "2026-02-22", "new"),
        ] {
            let said = beside("ruling", ruling, &Event::Ruling(of(&ruling.replace(was, is))));
            assert_eq!(if said.contains(" = ") { "new" } else { &said }, becomes, "{is}");
        }
        for (was, is, becomes) in
            [("", "", "there"), ("'g'", "'h'", "new"), ("'k'", "'l'", "new"), ("2025-10-06", "2025-10-07", "new")]
        {
            let said = beside("arrangement", ARRANGEMENT, &Event::Arrangement(of(&ARRANGEMENT.replace(was, is))));
            assert_eq!(if said.contains(" = ") { "new" } else { &said }, becomes, "{is}");
        }
    }
}
