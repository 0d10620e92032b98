//! What holds of every meeting: everything on the agenda can be answered, and what is answered is asked no more.

#![allow(clippy::unwrap_used, reason = "a random folder that cannot be read is a failing test")]

use gwp::Folder;
use gwp::amend::amend;
use gwp::calendar::Day;
use gwp::folder::{JudgedFolder, Selection};
use gwp::meeting::{Answer, Asks, Chosen, Decided, Item, Sitting, Table};
use gwp::records::{Body, Outcome};
use gwp::text::{Notation, Text};
use proptest::prelude::*;
use proptest::sample::select;

use crate::cases::{Files, sources};
use crate::properties::{any_day, folder, on};

const BODIES: [Body; 5] = [Body::Lcc, Body::Spc, Body::Ntm, Body::Ndt, Body::Panel];

pub fn read(files: &Files) -> Folder {
    Folder::of_sources(Text::new("york"), sources(files), &|_| true)
}

/// What lies before a body on a day, whatever it decided on it.
pub fn table(folder: &Folder, sitting: Sitting) -> Table {
    let before = folder.before(sitting);
    Table::of(sitting, &JudgedFolder::new(&before, sitting.date), folder, &Selection::default())
}

/// The answer in the student's favour, or another.
pub fn answer(item: &Item, sitting: Sitting, position: usize) -> Answer {
    let choices = item.choices();
    Answer::of(match choices[position % choices.len()].chosen {
        Chosen::Outcome(outcome) => Decided::Outcome(outcome),
        Chosen::Ruling(outcome) => Decided::Rulings(item.dates().iter().map(|asked| (asked.date, outcome)).collect()),
        Chosen::Condition(standing) => Decided::Condition(standing.on(sitting.date)),
    })
}

/// The folder with answers in it.
fn with(files: &Files, answered: &[(Item, Answer)], sitting: Sitting) -> Files {
    let mut files = files.clone();
    for (item, answer) in answered {
        let text = files.get_mut(&format!("students/{}.toml", item.student.raw())).unwrap();
        for event in answer.events(item, sitting) {
            *text = amend(Notation::Toml, text, &event).unwrap().text;
        }
    }
    files
}

/// What is asked as of a day, with what was decided on it: each item, with its dates.
fn asked(folder: &Folder, sitting: Sitting) -> Vec<(String, Vec<Day>)> {
    let judged = JudgedFolder::new(folder, sitting.date);
    let table = Table::of(
        sitting,
        &judged,
        &Folder::of_sources(Text::new("none"), Vec::new(), &|_| true),
        &Selection::default(),
    );
    table.items.iter().map(|item| (item.key(), item.dates().iter().map(|asked| asked.date).collect())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_answered_in_favour_is_asked_no_more(files in folder(), day in any_day(), body in select(BODIES.to_vec())) {
        let sitting = Sitting { body, date: on(day) };
        let before = read(&files);
        let table = table(&before, sitting);
        let answered: Vec<_> = table.items.iter().filter(|item| !item.is_recorded()).map(|item| (item.clone(), answer(item, sitting, 0))).collect();
        for (item, answer) in &answered {
            prop_assert!(answer.events(item, sitting).len() == 1, "{item:?}");
            prop_assert!(answer.words(item).is_some_and(|words| !words.is_empty()));
        }
        let after = read(&with(&files, &answered, sitting));
        let left = asked(&after, sitting);
        let is_of_day = |one: &gwp::records::Decision| one.date == sitting.date && one.outcome == Outcome::Queried;
        let robin = before.case.records.students.iter().find(|entry| entry.id.raw() == "robin-ashby").unwrap();
        // What another body queried on that very day, it queried after this one.
        let queried = robin.record.as_deref().unwrap().decision.iter().any(is_of_day);
        for (item, answer) in answered.iter().filter(|_| !queried) {
            // Where no arrangement is recorded it can only be queried or declined, and a query is asked about again.
            if answer.decided == Some(Decided::Outcome(Outcome::Queried)) {
                continue;
            }
            let dates: Vec<_> = item.dates().iter().map(|asked| asked.date).collect();
            let again = left.iter().find(|(key, of)| *key == item.key() && (of.is_empty() || of.iter().any(|date| dates.contains(date))));
            prop_assert!(again.is_none(), "{again:?} again after {answered:?}");
        }
        // Nobody is asked twice of one meeting either.
        let again = self::table(&after, sitting);
        let keys = |items: &[Item]| items.iter().map(|item| (item.number, item.key())).collect::<Vec<_>>();
        let (there, opened) = again.items.split_at(table.items.len());
        prop_assert!(there.iter().all(Item::is_recorded), "{again:?}");
        prop_assert_eq!(keys(there), keys(&table.items));
        // What was answered can open a decision that was not possible before, and nothing else.
        prop_assert!(opened.iter().all(|item| matches!(item.asks, Asks::Decision { .. })), "{opened:?}");
    }

    #[test]
    fn a_ruling_names_the_dates_that_were_on_the_table(files in folder(), day in any_day(), position in 0_usize..2) {
        let sitting = Sitting { body: Body::Lcc, date: on(day) };
        let table = table(&read(&files), sitting);
        let rulings = table.items.iter().filter(|item| !item.dates().is_empty());
        for item in rulings {
            for event in answer(item, sitting, position).events(item, sitting) {
                let gwp::amend::Event::Ruling(ruling) = event else { unreachable!("it is a ruling") };
                let dates: Vec<_> = item.dates().iter().map(|asked| asked.date).collect();
                prop_assert_eq!(ruling.of, Some(dates));
                prop_assert_eq!(ruling.minute, Some(sitting.minute(item.number)));
            }
        }
    }
}
