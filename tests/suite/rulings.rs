//! Rulings, over all cases of `tests/cases/`: wherever a requirement is a query there, or an action that the committee
//! can lift, its ruling has the effect that it has everywhere.

#![allow(clippy::unwrap_used, reason = "a fixture that cannot be read is a failing test")]

use std::collections::HashSet;
use std::fmt::Write;

use gwp::calendar::Day;
use gwp::case::{Case, Records};
use gwp::edition::Code;
use gwp::records::{Ruling, RulingBody, RulingOutcome};

use crate::cases::{Said, all_cases, day, linked, said};
use crate::properties::robin;

/// One requirement that waits for a ruling, as it stands in one case on one day.
struct Pending<'a> {
    case: &'a Case,
    on: Day,
    code: Code,
    /// What is said without a further ruling.
    before: &'a Said,
    /// The days of the parts that wait for a ruling.
    queries: Vec<Day>,
}

fn ruling(code: Code, date: Day, of: Option<Vec<Day>>, outcome: RulingOutcome) -> Ruling {
    let (minute, document, notes) = (None, None, None);
    Ruling { requirement: code, body: RulingBody::Lcc, date, of, outcome, minute, document, notes }
}

fn queries(said: &Said, code: Code) -> Vec<Day> {
    let line = said[code.word()].split(" due ").next().unwrap();
    line.split_once(" of ").map(|(_, days)| days.split(", ").map(day).collect()).unwrap_or_default()
}

fn status(said: &Said, code: Code) -> &str {
    said[code.word()].split(' ').next().unwrap()
}

impl Pending<'_> {
    /// What is said on the same day with further rulings, which stand last in the student's file.
    fn after(&self, rulings: impl IntoIterator<Item = Ruling>) -> Said {
        let mut records: Records = self.case.records.clone();
        robin(&mut records).ruling.extend(rulings);
        said(&Case::link(records, &[], &|_| true), self.on)
    }

    fn has_rulings(&self) -> bool {
        let robin = self.case.records.students.iter().find(|entry| entry.id.raw() == "robin-ashby").unwrap();
        robin.record.as_ref().unwrap().ruling.iter().any(|ruling| ruling.requirement == self.code)
    }

    /// What is wrong, in words.
    fn check(&self) -> Vec<String> {
        let code = self.code;
        let mut wrong = Vec::new();
        let mut expect = |holds: bool, what: &str, found: &Said| {
            if !holds {
                wrong.push(format!("{what}: {} became {}", self.before[code.word()], found[code.word()]));
            }
        };
        let was_query = status(self.before, code) == "query";

        let accepted = self.after([ruling(code, self.on, None, RulingOutcome::Accepted)]);
        // One that an earlier ruling refused by its date stays refused.
        let waits_no_more = queries(&accepted, code).is_empty() || self.has_rulings();
        expect(waits_no_more, "accepted, nothing waits any more", &accepted);
        let is_settled = ["met", "open"].contains(&status(&accepted, code));
        expect(!was_query || is_settled, "accepted, it is met, or open where something else is", &accepted);

        let refused = self.after([ruling(code, self.on, None, RulingOutcome::Refused)]);
        // A session or a meeting that was refused does not count, and that settles it. Of all else the committee can come
        // to another view.
        let does_not_count = matches!(code, Code::G4 | Code::S6);
        let waiting = if does_not_count { &[][..] } else { &self.queries };
        let found = queries(&refused, code);
        // What an earlier ruling accepted waits again.
        let waits =
            waiting.iter().all(|day| found.contains(day)) && (self.has_rulings() || found.len() == waiting.len());
        expect(waits, "refused, it waits for another view", &refused);
        let is_action = status(&refused, code) == "action";
        expect(!was_query || is_action != does_not_count, "refused, somebody has to act", &refused);
        // A session that is asked about counts once it is accepted; a meeting, until it is refused. The other outcome may
        // take back what an earlier ruling said.
        let changes_others = |outcome| match (code, outcome) {
            (Code::G4, RulingOutcome::Accepted) | (Code::S6, RulingOutcome::Refused) => true,
            _ => does_not_count && self.has_rulings(),
        };
        for (outcome, found) in [(RulingOutcome::Accepted, &accepted), (RulingOutcome::Refused, &refused)] {
            let holds = changes_others(outcome) || self.others_are_as_before(found);
            expect(holds, &format!("{outcome:?}, nothing else changes"), found);
        }

        // An accepted ruling starts the question of rhythm anew, of G3 and S5, whatever else it covers.
        let has_rhythm = matches!(code, Code::G3 | Code::S5);
        if !has_rhythm && !self.has_rulings() {
            let earliest = self.queries.iter().min().unwrap().plus_days(-1);
            for outcome in [RulingOutcome::Accepted, RulingOutcome::Refused] {
                let found = self.after([ruling(code, earliest, None, outcome)]);
                expect(&found == self.before, "a ruling from the day before is too old", &found);
            }
        }

        let named = *self.queries.last().unwrap();
        let one = || ruling(code, self.on, Some(vec![named]), RulingOutcome::Accepted);
        let found = self.after([one()]);
        let others: Vec<_> = self.queries.iter().copied().filter(|query| *query != named).collect();
        expect(queries(&found, code) == others, "accepted by its date, the others wait", &found);
        if others.is_empty() && !self.has_rulings() {
            let then = self.after([one(), ruling(code, self.on, None, RulingOutcome::Refused)]);
            expect(then == found, "a later ruling that names no dates does not touch one that is named", &then);
        }
        wrong
    }

    fn others_are_as_before(&self, found: &Said) -> bool {
        let own = self.code.word();
        found.iter().all(|(key, line)| key == own || key == "verdict" || key == "overdue" || self.before[key] == *line)
    }
}

#[test]
fn a_ruling_settles_every_query_it_covers_and_nothing_else() {
    let mut wrong = String::new();
    let mut seen = HashSet::new();
    for (title, deviation, files) in all_cases() {
        let case = linked(&files);
        let judged: Vec<_> = deviation.on.keys().map(|iso| (day(iso), said(&case, day(iso)))).collect();
        // The first and the last day on which a requirement waits stand for those between.
        for code in Code::all().filter(|code| code.is_rulable() && *code != Code::G5) {
            let asked: Vec<_> = judged.iter().filter(|(_, said)| !queries(said, code).is_empty()).collect();
            let ends = asked.first().into_iter().chain(asked.last().filter(|_| asked.len() > 1));
            for (on, before) in ends {
                seen.insert(code);
                let pending = Pending { case: &case, on: *on, code, before, queries: queries(before, code) };
                for what in pending.check() {
                    writeln!(wrong, "{title}, {}, {code}: {what}", on.iso()).unwrap();
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    // G5 has rulings of its own kind (g5-several-groups); nothing of A1, T1 and D1 waits for a ruling.
    let never = [Code::G5, Code::A1, Code::T1, Code::D1];
    let unseen: Vec<_> = Code::all().filter(|code| code.is_rulable() && !seen.contains(code)).collect();
    assert_eq!(unseen, never, "every other requirement waits for a ruling in some case");
}
