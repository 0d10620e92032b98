//! What the committee has settled.

use std::collections::HashMap;

use crate::calendar::Day;
use crate::edition::Code;
use crate::records::{Ruling, RulingOutcome};

/// A student's rulings up to the day of judgement, by requirement.
#[derive(Debug, Default)]
pub struct Rulings<'a>(HashMap<Code, OfRequirement<'a>>);

/// The rulings on one requirement. Where two are of one day, the one later in the file stands.
#[derive(Debug, Default)]
struct OfRequirement<'a> {
    /// The latest of all.
    latest: Option<Settled<'a>>,
    /// The latest of those that name no dates. It covers whatever is dated up to its day; an earlier one covers
    /// nothing that it does not.
    general: Option<Settled<'a>>,
    /// The accepted ones, in order of date.
    accepted: Vec<Settled<'a>>,
    /// The latest for every date that one names.
    by_date: HashMap<Day, Settled<'a>>,
}

/// A ruling with its position in the student's file.
#[derive(Clone, Copy, Debug)]
pub struct Settled<'a> {
    /// The position among the student's rulings.
    pub index: usize,
    /// The ruling.
    pub ruling: &'a Ruling,
}

impl Settled<'_> {
    /// Whether the committee accepted.
    pub fn is_accepted(self) -> bool {
        self.ruling.outcome == RulingOutcome::Accepted
    }
}

impl<'a> Rulings<'a> {
    /// The rulings taken up to `as_of`.
    pub fn new(recorded: &'a [Ruling], as_of: Day) -> Self {
        let mut rulings: HashMap<Code, OfRequirement<'a>> = HashMap::new();
        for (index, ruling) in recorded.iter().enumerate().filter(|(_, ruling)| ruling.date <= as_of) {
            let settled = Settled { index, ruling };
            let known = rulings.entry(ruling.requirement).or_default();
            keep_later(&mut known.latest, settled);
            if settled.is_accepted() {
                known.accepted.push(settled);
            }
            match &ruling.of {
                None => keep_later(&mut known.general, settled),
                Some(dates) => {
                    for &date in dates {
                        let known = known.by_date.entry(date).or_insert(settled);
                        if known.ruling.date <= ruling.date {
                            *known = settled;
                        }
                    }
                }
            }
        }
        for of_requirement in rulings.values_mut() {
            of_requirement.accepted.sort_by_key(|settled| settled.ruling.date);
        }
        Self(rulings)
    }

    /// The ruling that decides about a part of a requirement: one that names the part's date goes before one
    /// that covers everything up to its day.
    pub fn on(&self, code: Code, part: Day) -> Option<Settled<'a>> {
        let known = self.0.get(&code)?;
        known.by_date.get(&part).copied().or_else(|| known.general.filter(|general| part <= general.ruling.date))
    }

    /// The latest ruling on a requirement, whatever dates it names.
    pub fn latest(&self, code: Code) -> Option<Settled<'a>> {
        self.0.get(&code)?.latest
    }

    /// The beginning of the time over which a requirement still looks for a pattern, where rulings have moved it: each
    /// accepted ruling that names no dates, or the day at which the window then begins, opens it anew. `begins` gives
    /// that day for a window that is open since a day; none where there is no such day. `since` is the day since which
    /// it is open without any ruling, where it does not go back to the first of all.
    pub fn window(&self, code: Code, since: Option<Day>, begins: impl Fn(Option<Day>) -> Option<Day>) -> Option<Day> {
        let mut opened = since;
        for Settled { ruling, .. } in self.0.get(&code).map_or(&[][..], |known| &known.accepted) {
            let names_it = |of: &Vec<Day>| begins(opened).is_some_and(|day| of.contains(&day));
            let is_later = opened.is_none_or(|opened| ruling.date > opened);
            if is_later && ruling.of.as_ref().is_none_or(names_it) {
                opened = Some(ruling.date);
            }
        }
        opened
    }
}

fn keep_later<'a>(known: &mut Option<Settled<'a>>, settled: Settled<'a>) {
    if known.is_none_or(|known| known.ruling.date <= settled.ruling.date) {
        *known = Some(settled);
    }
}
