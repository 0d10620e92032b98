//! Over every case of the tests, and over folders at random: whatever is owed is told once, to whoever owes it.

use std::collections::{BTreeMap, BTreeSet};

use gwp::calendar::{Day, Span};
use gwp::judgement::{ObligationKind, Role, Roster, Schedule};
use gwp::reminders::{Post, Reminders, Templates, Values};
use gwp::text::Notation;
use proptest::prelude::*;

use super::{Told, told};
use crate::cases::{Files, all_cases, day, linked};
use crate::properties::{any_day, folder, on};

/// The files, with an address for everybody but every fourth.
fn with_addresses(mut files: Files) -> Files {
    let people = ["courses/", "supervisors/", "students/"];
    let without = |(path, text): &(&String, &mut String)| {
        people.iter().any(|folder| path.starts_with(folder))
            && Notation::of(path) == Some(Notation::Toml)
            && !text.contains("email")
    };
    for (number, (_, text)) in files.iter_mut().filter(without).enumerate().filter(|(number, _)| number % 4 != 3) {
        *text = format!("email = \"person-{number}@example.org\"\n{text}");
    }
    files
}

fn assert_nothing_is_lost(files: Files, as_of: Day) {
    let case = linked(&with_addresses(files));
    let cases: Vec<_> = (0..case.records.students.len()).map(|position| case.student(position)).collect();
    let within = Span::Days(28);
    let (mut reminders, mut schedule) = (Reminders::new(0, as_of, within), Schedule::new(as_of));
    Roster::of_some(&case, &cases, as_of, &|_| true, &|_| true, &mut |result, judgement| {
        reminders.add(result, judgement);
        schedule.add(result, judgement);
    });
    // What is owed, as everything else in the program has it.
    let mut owed = schedule.items(&case);
    owed.retain(|item| {
        let obligation = &item.obligation;
        let is_meeting = matches!(obligation.kind, ObligationKind::Supervision | ObligationKind::JointSupervision);
        let within = if is_meeting { Span::Days(7) } else { within };
        let due = obligation.place_in_time();
        // Nobody is asked during leave for what falls due in it.
        let leave = item.case.map_or(&[][..], |case| &case.record.leave);
        let is_away = leave.iter().any(|leave| leave.period().covers(as_of));
        let waits = is_away && leave.iter().any(|leave| leave.period().covers(due));
        obligation.owed && due <= within.after(as_of) && obligation.kind != ObligationKind::LccMeeting && !waits
    });
    let post = Post::new(reminders.into_vec());
    let in_letters = post.letters.iter().flat_map(|letter| &letter.reminders);
    let all = in_letters.chain(post.unsent.iter().flat_map(|unsent| &unsent.reminders));
    let mut keys: Vec<_> = all.map(|reminder| (reminder.item.obligation.due, reminder.item.key())).collect();
    let mut wanted: Vec<_> = owed.iter().map(|item| (item.obligation.due, item.key())).collect();
    keys.sort();
    wanted.sort();
    assert_eq!(keys, wanted);
    // Whoever has an address is told all of it, and nothing else.
    let mut due: BTreeMap<(String, String), BTreeSet<Told>> = BTreeMap::new();
    for item in &owed {
        let obligation = &item.obligation;
        let Some((from, email)) = obligation.from.and_then(|from| Some((from, from.email?))) else { continue };
        let mut student = item.student_shown().map(ToString::to_string).unwrap_or_default();
        if from.role == Role::Student {
            student.clear();
        } else if let Some(group) = obligation.group.filter(|_| obligation.kind.is_of_a_group()) {
            let case = item.case.expect("what is owed for a student has a case");
            let title = &case.groups.iter().find(|known| known.id == group).expect("the group is there").log.title;
            let is_alone = case.groups.iter().filter(|known| known.log.title == *title).count() == 1;
            let which = if is_alone { format!("\"{title}\"") } else { group.to_string() };
            student = format!("{student} ({which})");
        }
        let told = (obligation.kind.what().to_lowercase(), obligation.place_in_time().to_string(), student);
        due.entry((from.name.to_string(), email.to_string().to_lowercase())).or_default().insert(told);
    }
    let template = Templates::built_in().expect("the built-in templates can be read").text;
    let mut said = BTreeMap::new();
    for letter in &post.letters {
        let text = template.worded(&Values::new(letter, None)).expect("the built-in template can be carried out");
        let person = (letter.to.name.to_string(), letter.to.address.as_str().to_lowercase());
        assert!(said.insert(person, told(&text)).is_none());
    }
    assert_eq!(said, due, "{}", as_of.iso());
}

#[test]
fn over_every_case_of_the_tests() {
    for (title, deviation, files) in all_cases() {
        for iso in deviation.on.keys() {
            let outcome = std::panic::catch_unwind(|| assert_nothing_is_lost(files.clone(), day(iso)));
            assert!(outcome.is_ok(), "{title}, {iso}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn over_folders_at_random(files in folder(), as_of in any_day()) {
        assert_nothing_is_lost(files, on(as_of));
    }
}
