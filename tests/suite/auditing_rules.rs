//! `gwp audit`: what changes the rules by which a folder is judged and audited.

use crate::auditing::found;
use crate::chronicle::{Diary, RUTH, story};

#[test]
fn the_folders_own_rules() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    assert!(found(folder.path(), "rules-changed", "").is_empty());
    diary.write("gwp.toml", "lcc_meetings = [2026-05-16]\n");
    diary.commit(RUTH, "2026-03-03", "a meeting is no rule");
    assert!(found(folder.path(), "rules-changed", "").is_empty());
    diary.write("gwp.toml", "lcc_meetings = [2026-05-16]\n\n[audit]\nlate_days = 100\n");
    diary.commit(RUTH, "2026-03-04", "more time");
    let wanted = "gwp.toml audit.late_days added: 100 [2026-03-04]";
    assert_eq!(found(folder.path(), "rules-changed", ""), [wanted]);
    let variation =
        "[[variation]]\nparameter = \"sessions_required\"\nvalue = 16\nagreed_by = \"NTM\"\nagreed = 2025-10-01\n";
    diary.add("gwp.toml", &format!("\n{variation}"));
    diary.commit(RUTH, "2026-03-05", "fewer");
    let wanted =
        "gwp.toml variation (sessions_required) added: agreed 1 October 2025, agreed_by NTM, value 16 [2026-03-05]";
    assert_eq!(found(folder.path(), "rules-changed", "")[1..], [wanted]);
}

#[test]
fn a_first_audit_that_only_names_and_a_variation_in_time_change_no_rule() {
    let variation = |agreed: &str| {
        format!(
            "[[variation]]\nparameter = \"sessions_required\"\nvalue = 16\nagreed_by = \"NTM\"\nagreed = {agreed}\n"
        )
    };
    let cases = [
        ("[audit]\nconvenors = [\"ruth@example.org\"]\n".to_owned(), false),
        ("[audit]\nlate_days = 28\nsigned = true\nsupervisors = [\"tom@example.org\"]\n".to_owned(), false),
        (variation("2026-03-04"), false),
        (variation("2026-02-04"), false),
        // Their evil neighbours.
        ("[audit]\nlate_days = 29\nconvenors = [\"ruth@example.org\"]\n".to_owned(), true),
        ("[audit]\nadministrators = [\"Nia@example.org\"]\n".to_owned(), true),
        (variation("2026-02-03"), true),
        (variation("2026-03-05"), true),
    ];
    let begun = "lcc_meetings = [2026-05-16]\n\n";
    for (more, is_found) in cases {
        let folder = story();
        let diary = Diary { top: folder.path() };
        diary.write("gwp.toml", begun);
        diary.commit(RUTH, "2026-03-03", "a meeting");
        diary.write("gwp.toml", &format!("{begun}{more}"));
        diary.commit(RUTH, "2026-03-04", "more");
        let changed = found(folder.path(), "rules-changed", "");
        assert_eq!(changed.len(), usize::from(is_found), "{more}: {changed:?}");
        // What is altered or taken out later is a change of the rules.
        diary.write("gwp.toml", begun);
        diary.commit(RUTH, "2026-03-05", "no more");
        assert_eq!(found(folder.path(), "rules-changed", "--since 2026-03-05").len(), 1, "{more}");
    }
}

#[test]
fn the_dates_of_a_course_once_they_have_passed() {
    let course = "courses/wells-2025.toml";
    let cases = [
        ("ends = 2026-07-11\n", "ends = 2026-07-11\nreport_deadlines = [2026-02-28]\n", "2026-02-28", false),
        ("ends = 2026-07-11\n", "ends = 2026-07-11\nreport_deadlines = [2026-02-28]\n", "2026-03-01", true),
        ("ends = 2026-07-11\n", "ends = 2026-07-18\n", "2026-07-11", false),
        ("ends = 2026-07-11\n", "ends = 2026-07-18\n", "2026-07-12", true),
        ("ends = 2025-12-13", "ends = 2025-12-20", "2026-03-03", true),
        ("ends = 2026-03-28", "ends = 2026-03-21", "2026-03-03", false),
        ("Autumn", "Michaelmas", "2026-03-03", false),
        ("[2025-11-29, 2026-02-21]", "[2025-11-29, 2026-02-14]", "2026-03-03", false),
    ];
    for (from, to, day, is_found) in cases {
        let folder = story();
        let diary = Diary { top: folder.path() };
        diary.replace(course, from, to);
        diary.commit(RUTH, day, "the course");
        assert_eq!(found(folder.path(), "rules-changed", "").len(), usize::from(is_found), "{to} {day}");
    }
    let folder = story();
    Diary { top: folder.path() }.replace(course, "ends = 2025-12-13", "ends = 2025-12-20");
    Diary { top: folder.path() }.commit(RUTH, "2026-03-03", "a longer term");
    let wanted = "courses/wells-2025.toml term (Autumn): ends from 13 December 2025 to 20 December 2025 [2026-03-03]";
    assert_eq!(found(folder.path(), "rules-changed", ""), [wanted]);
}

#[test]
fn what_relaxes_an_audit_is_told_first_and_all_of_it() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    diary.write("gwp.toml", "lcc_meetings = [2026-05-16]\n");
    diary.commit(RUTH, "2026-03-03", "a meeting");
    let many = (1..=9).map(|one| format!("\"convenor-{one}@example.org\"")).collect::<Vec<_>>().join(", ");
    diary.add("gwp.toml", &format!("\n[audit]\nconvenors = [{many}]\nlate_days = 400\n"));
    diary.commit(RUTH, "2026-03-04", "more time");
    let told = found(folder.path(), "rules-changed", "");
    let [told] = told.as_slice() else { panic!("{told:?}") };
    assert!(told.starts_with("gwp.toml audit.late_days added: 400; audit.convenors added: convenor-1@"), "{told}");
    assert!(told.contains("convenor-9@example.org"), "{told}");
}
