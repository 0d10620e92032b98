//! What was said of a report when it should have stood: ratings that were raised, receipts that were moved, and writers
//! who became others.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::{Irregularity, IrregularityName, Past};
use crate::calendar::Day;
use crate::diff::{ChangeKind, FieldChange};
use crate::history::{Revision, WrittenRecord};
use crate::records::RecordKind;
use crate::text::Text;

/// Finds ratings that were raised, receipts that were moved and writers who became others.
pub(super) fn find(past: &Past<'_>, found: &mut Vec<Irregularity>) {
    let mut reports = Reports::default();
    for (at, revision, record) in past.records() {
        reports.look_at(Told { past, at, revision, record, found });
    }
}

/// What a rating counts for, from the least.
const RATINGS: [&str; 4] = ["not-observed", "not-competent", "developing", "competent"];

/// What was ever said of the reports, by the student's id: one that is struck out and comes again, or a key of it that
/// does, is not new.
#[derive(Default)]
struct Reports {
    by_student: HashMap<Text, Vec<Report>>,
}

/// Whether what is known of a report is of one that is told of.
type Sign<'s> = &'s dyn Fn(&Report, &Report) -> bool;

/// What was last said of a report.
#[derive(Clone)]
struct Report {
    form: String,
    by: Option<String>,
    due: Option<Day>,
    received: Option<Day>,
    ratings: BTreeMap<String, usize>,
    /// Whether it stands there now.
    is_there: bool,
    /// The commit that said so last.
    revision: usize,
}

/// What a commit wrote in a student's record, and what is asked about in it.
struct Told<'t, 'p> {
    past: &'t Past<'p>,
    at: usize,
    revision: &'t Revision,
    record: &'t WrittenRecord,
    found: &'t mut Vec<Irregularity>,
}

impl<'t> Told<'t, '_> {
    fn reports(&self) -> impl Iterator<Item = &'t FieldChange> + use<'t> {
        let details = self.record.entries.iter().map(|written| &written.detail);
        details.filter(|detail| detail.what == ChangeKind::Entry("report"))
    }

    /// Tells what is otherwise in a report than was said before, and gives all that was ever said of it.
    fn set_against(&mut self, before: &Report, is: &Report) -> Report {
        for (name, message) in [
            (IrregularityName::RatingRaised, before.raised(is, self.revision)),
            (IrregularityName::ReceiptMoved, before.moved(is)),
            (IrregularityName::WriterChanged, before.by_another(is)),
        ] {
            let Some(message) = message else { continue };
            let mut one = self.past.of_record(name, self.at, self.record, message).with_changes(self.reports());
            if before.revision != self.at && !before.is_there {
                one.revisions.insert(0, before.revision);
            }
            self.found.push(one);
        }
        is.clone().with(before)
    }
}

impl Reports {
    fn look_at(&mut self, mut told: Told<'_, '_>) {
        let Some(id) = told.record.id.clone().filter(|_| told.record.kind == Some(RecordKind::Student)) else { return };
        let ids = told.past.concerns.ids_of(&id);
        let (at, mut new, mut now) = (told.at, Vec::new(), Vec::new());
        for detail in told.reports() {
            let read = |entry: &Option<Value>| entry.as_ref().map(|entry| Report::of(entry, at));
            match (read(&detail.from), read(&detail.to)) {
                (Some(from), to) => {
                    let before = self.known(&ids, from);
                    now.push(match &to {
                        Some(is) => told.set_against(&before, is),
                        None => Report { is_there: false, revision: at, ..before },
                    });
                }
                (None, to) => new.extend(to),
            }
        }
        self.by_student.entry(id.clone()).or_default().append(&mut now);
        now = self.come_again(&ids, &mut new, &mut told);
        self.by_student.entry(id).or_default().extend(now.into_iter().chain(new));
    }

    /// All that was ever said of a report that stood there.
    fn known(&mut self, ids: &BTreeSet<Text>, from: Report) -> Report {
        let is_it = |known: &Report, from: &Report| known.is_there && known.due == from.due && known.by == from.by;
        let known = self.take(ids, &from, &|known, from| is_it(known, from) && known.received == from.received);
        let known = known.or_else(|| self.take(ids, &from, &is_it));
        match known {
            Some(known) => from.with(&known),
            None => from,
        }
    }

    /// What is written anew, and was struck out before; it is new no more. The surest sign comes first, of all that are new,
    /// so that none is taken for another.
    fn come_again(&mut self, ids: &BTreeSet<Text>, new: &mut Vec<Report>, told: &mut Told<'_, '_>) -> Vec<Report> {
        let at = told.at;
        let has_deadline = |known: &Report, is: &Report| known.due.is_some() && known.due == is.due;
        let signs: [Sign<'_>; 6] = [
            &|known, is| has_deadline(known, is) && known.received == is.received,
            &|known, is| has_deadline(known, is) && known.by == is.by,
            &has_deadline,
            &|known, is| known.received.is_some() && known.received == is.received,
            &|known, _| known.revision == at,
            &|known, is| known.due.is_none() && is.due.is_none(),
        ];
        let mut now = Vec::new();
        for sign in signs {
            new.retain(|is| {
                let known = self.take(ids, is, &|known, is| !known.is_there && sign(known, is));
                now.extend(known.iter().map(|before| told.set_against(before, is)));
                known.is_none()
            });
        }
        now
    }

    /// What is known of a report, by a sign; it is kept no more. Of several the one that was told first.
    fn take(&mut self, ids: &BTreeSet<Text>, report: &Report, is_it: Sign<'_>) -> Option<Report> {
        ids.iter().find_map(|id| {
            let known = self.by_student.get_mut(id)?;
            let position = known.iter().position(|known| known.form == report.form && is_it(known, report))?;
            Some(known.remove(position))
        })
    }
}

impl Report {
    fn of(entry: &Value, revision: usize) -> Self {
        let word = |key: &str| entry.get(key).and_then(Value::as_str);
        let day = |key: &str| word(key).and_then(Day::parse);
        let rated = entry.get("competencies").and_then(Value::as_object).into_iter().flatten();
        let rank = |(name, word): (&String, &Value)| {
            Some((name.clone(), RATINGS.iter().position(|rating| Some(*rating) == word.as_str())?))
        };
        Self {
            form: word("form").unwrap_or_default().to_owned(),
            by: word("by").map(ToOwned::to_owned),
            due: day("due"),
            received: day("received"),
            ratings: rated.filter_map(rank).collect(),
            is_there: true,
            revision,
        }
    }

    /// With what was said before of that of which it says nothing.
    fn with(mut self, before: &Self) -> Self {
        self.received = self.received.or(before.received);
        for (name, rank) in &before.ratings {
            self.ratings.entry(name.clone()).or_insert(*rank);
        }
        self
    }

    /// A rating that was raised after the deadline of its report, or, where that answers none, after it was received.
    fn raised(&self, is: &Self, revision: &Revision) -> Option<String> {
        let earliest = |one: Option<Day>, other: Option<Day>| one.into_iter().chain(other).min();
        let deadline = earliest(self.due, is.due).or_else(|| earliest(self.received, is.received))?;
        let recorded = revision.day().filter(|recorded| *recorded > deadline)?;
        let raised: Vec<String> = is
            .ratings
            .iter()
            .filter_map(|(name, is)| {
                let was = self.ratings.get(name).filter(|was| *was < is)?;
                let name = crate::text::visible(name);
                Some(format!("{name} from {} to {}", RATINGS[*was], RATINGS[*is]))
            })
            .collect();
        (!raised.is_empty()).then(|| format!("the report for {deadline}, changed on {recorded}: {}", raised.join(", ")))
    }

    /// A writer who became another.
    fn by_another(&self, is: &Self) -> Option<String> {
        let (was, is_now) = (self.by.as_ref()?, is.by.as_ref()?);
        let name = |who: &str| crate::text::visible(who);
        let which = match is.due.or(self.due) {
            Some(due) => format!("the report for {due}"),
            None => is.received.map_or_else(|| "a report".to_owned(), |day| format!("the report received on {day}")),
        };
        (was != is_now).then(|| format!("{which} was by {}, and is now said to be by {}", name(was), name(is_now)))
    }

    /// A receipt that was after its deadline, and is no more.
    fn moved(&self, is: &Self) -> Option<String> {
        let due = is.due?;
        let was_due = self.due.unwrap_or(due);
        let (received, now) = (self.received?, is.received?);
        if received <= was_due || now > due {
            return None;
        }
        Some(match (was_due == due, received == now) {
            (true, _) => {
                format!("the report for {due} was received on {received}, and is now said to have been on {now}")
            }
            (false, true) => format!("the report received on {received} was for {was_due}, and is now for {due}"),
            (false, false) => format!(
                "the report for {was_due} was received on {received}, and is now one for {due} that was received on \
                 {now}"
            ),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the texts of a test are written in it")]
mod tests {
    use super::*;
    use crate::audit::tests::{made_on, value};

    fn report(text: &str) -> Report {
        Report::of(&value(&format!("form = 'GWP2'\n{text}")), 3)
    }

    #[test]
    fn a_rating_is_raised_after_the_deadline() {
        let day = Day::new(2026, 1, 31).unwrap();
        let of = |due: &str, rating: &str| report(&format!("{due}\n[competencies]\ncontext = '{rating}'"));
        let raised = |was: &Report, is: &Report, days| was.raised(is, &made_on(day.plus_days(days)));
        let (due, received) = ("due = 2026-01-31", "received = 2026-01-31");
        for due in [due, received] {
            let (was, is) = (of(due, "developing"), of(due, "competent"));
            assert_eq!(raised(&was, &is, 0), None);
            let told =
                "the report for 31 January 2026, changed on 1 February 2026: context from developing to competent";
            assert_eq!(raised(&was, &is, 1).as_deref(), Some(told));
            assert_eq!(raised(&is, &was, 1), None);
            assert_eq!(raised(&is, &is, 1), None);
        }
        // The earlier of two deadlines counts, and no receipt where there is one.
        let later = |rating| of("due = 2026-06-13\nreceived = 2025-12-01", rating);
        assert!(raised(&of(due, "not-observed"), &later("not-competent"), 1).is_some());
        assert!(raised(&later("not-observed"), &of(due, "not-competent"), 0).is_none());
        // What was not rated, and what cannot be a rating, is not raised.
        assert_eq!(raised(&report(due), &of(due, "competent"), 1), None);
        assert_eq!(raised(&of(due, "odd"), &of(due, "competent"), 1), None);
        assert_eq!(raised(&of("", "developing"), &of("", "competent"), 1), None);
    }

    #[test]
    fn a_receipt_is_moved_to_its_deadline() {
        let of = |due: &str, received: &str| report(&format!("due = 2026-{due}\nreceived = 2026-{received}"));
        let late = of("01-31", "02-01");
        for (was, is, told) in [
            (&late, of("01-31", "02-01"), None),
            (
                &late,
                of("01-31", "01-31"),
                Some(
                    "the report for 31 January 2026 was received on 1 February 2026, and is now said to have been on 31 January 2026",
                ),
            ),
            (&of("01-31", "01-31"), of("01-31", "01-30"), None),
            (
                &late,
                of("06-13", "02-01"),
                Some("the report received on 1 February 2026 was for 31 January 2026, and is now for 13 June 2026"),
            ),
            (
                &late,
                of("06-13", "06-13"),
                Some(
                    "the report for 31 January 2026 was received on 1 February 2026, and is now one for 13 June 2026 that was \
                     received on 13 June 2026",
                ),
            ),
            (&late, of("06-13", "06-14"), None),
            (
                &report("received = 2026-02-01"),
                of("01-31", "01-31"),
                Some(
                    "the report for 31 January 2026 was received on 1 February 2026, and is now said to have been on 31 January 2026",
                ),
            ),
            (&report("due = 2026-01-31"), of("01-31", "01-31"), None),
            (&late, report("received = 2026-01-31"), None),
        ] {
            assert_eq!(was.moved(&is).as_deref(), told, "{:?} {:?}", is.due, is.received);
        }
    }

    #[test]
    fn a_writer_becomes_another() {
        let of = |by: &str, rest: &str| report(&format!("by = '{by}'\n{rest}"));
        let due = "due = 2026-01-31";
        assert_eq!(
            of("k", due).by_another(&of("l", "")).as_deref(),
            Some("the report for 31 January 2026 was by k, and is now said to be by l")
        );
        assert_eq!(
            of("k", "").by_another(&of("l", "received = 2026-02-01")).as_deref(),
            Some("the report received on 1 February 2026 was by k, and is now said to be by l")
        );
        assert_eq!(
            of("k", "").by_another(&of("l", "")).as_deref(),
            Some("a report was by k, and is now said to be by l")
        );
        assert_eq!(of("k", due).by_another(&of("k", due)), None);
        assert_eq!((report(due).by_another(&of("k", due)), of("k", due).by_another(&report(due))), (None, None));
    }

    #[test]
    fn what_is_said_no_more_is_remembered() {
        let was = report("received = 2026-02-01\n[competencies]\ncontext = 'developing'\nconflict = 'competent'");
        let is = report("due = 2026-01-31\n[competencies]\ncontext = 'competent'").with(&was);
        assert_eq!((is.received, is.due), (Day::new(2026, 2, 1), Day::new(2026, 1, 31)));
        let ratings: Vec<_> = is.ratings.iter().map(|(name, rank)| (name.as_str(), *rank)).collect();
        assert_eq!(ratings, [("conflict", 3), ("context", 3)].map(|(name, rank)| (name, rank)));
        assert_eq!(report("received = 2026-02-02").with(&was).received, Day::new(2026, 2, 2));
        assert!(is.is_there && is.revision == 3);
    }
}
