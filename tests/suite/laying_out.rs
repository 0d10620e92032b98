//! Records laid out anew: nothing is lost, nothing is judged otherwise, and what two people enter comes together.

use std::fs;

use gwp::calendar::Day;
use gwp::layout::laid_out;
use gwp::records::RecordKind;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::cases::said;
use crate::desk::Desk;
use crate::program::Program;
use crate::properties::{folder, sound};

#[test]
fn the_examples_are_laid_out() {
    for folder in ["london", "edition-2022-23", "national/bristol", "national/glasgow", "national/leeds"] {
        let ran = Program::at_the_top().run(&format!("-C examples/{folder} fmt --check"));
        assert_eq!(ran.status, 0, "{folder}: {}{}", ran.out, ran.err);
    }
}

/// A judgement without the places of its evidence and its problems.
fn judgement(desk: &Desk) -> Value {
    fn without_places(value: &mut Value) {
        match value {
            Value::Object(table) => {
                table.remove("line");
                table.remove("column");
                table.values_mut().for_each(without_places);
            }
            Value::Array(list) => list.iter_mut().for_each(without_places),
            _ => {}
        }
    }
    let mut document = desk.run("check --as-of 2026-02-10 --format json").json();
    without_places(&mut document);
    document
}

/// The same record as somebody in a hurry would leave it: sessions as they came, dates in quotes, nothing in line.
fn in_a_hurry(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let is_session = |line: &&str| line.starts_with("  { date = ") && line.ends_with("},");
    let first = lines.iter().position(is_session).unwrap_or(0);
    let count = lines[first..].iter().take_while(|line| is_session(line)).count();
    lines[first..first + count].reverse();
    let quoted = |line: &str| match line.split_once(" = 20") {
        Some((key, rest)) if rest.len() == 8 && !key.contains('{') => format!("{key}=\"20{rest}\""),
        _ => line.replace("{ ", "{").replace(" },", "},").replace("minutes = ", "minutes="),
    };
    let lines: Vec<_> = lines.into_iter().map(quoted).collect();
    lines.join("\r\n")
}

#[test]
fn no_judgement_changes() {
    let desk = Desk::of("examples/london");
    for (path, text) in desk.files() {
        if path.ends_with("toml") && path.contains('/') {
            let text = String::from_utf8(text).expect("text");
            fs::write(desk.path(&path), in_a_hurry(&text)).expect("it can be written");
        }
    }
    let before = judgement(&desk);
    let ran = desk.run("fmt");
    assert_eq!(ran.err, "");
    assert!(ran.out.ends_with("56 of 57 records in TOML laid out anew.\n"), "{}", ran.out);
    assert_eq!(judgement(&desk), before);
    let again = desk.run("fmt --check");
    assert_eq!((again.status, again.out.as_str()), (0, "0 of 57 records in TOML would be laid out anew.\n"));
}

/// What a record says, once before and once after it was laid out, and where nothing changes the second time.
#[track_caller]
fn assert_laid_out(path: &str, before: &str, after: &str) {
    let desk = Desk::of("tests/cases/base");
    fs::write(desk.path(path), before).expect("it can be written");
    assert_eq!(desk.run(&format!("fmt {path}")).err, "");
    assert_eq!(desk.read(path), after);
    let again = desk.run(&format!("fmt --check {path}"));
    assert_eq!(again.out, "0 of 1 records in TOML would be laid out anew.\n");
    assert_eq!(desk.run("check --fail-on errors --as-of 2026-06-16").status, 0);
}

#[test]
fn plans_periods_and_attestations_have_their_place() {
    assert_laid_out(
        "sessions/club.toml",
        "sessions = [\n  { planned = true, minutes = 90, date = 2026-10-13 },\n  \
         { present = 7, online = true, minutes = 90, date = 2026-10-06 },\n]\nonline = true\nconductors = []\n\
         membership = \"closed\"\nfrequency = \"weekly\"\naim = \"clinical\"\nsetting = \"health\"\norganisation = \"\"\n\
         title = \"Club\"\nco_conductor = { from = 2026-10-06, name = \"Dr L. Byrne\" }\nkind = \"group\"\n\n[[attested]]\n\
         entries = { 2026-10-06 = \"9f2c41d0\" }\nthrough = 2026-10-06\non = 2026-10-20\nby = \"kit-lowe\"\n",
        "kind = \"group\"\ntitle = \"Club\"\norganisation = \"\"\nsetting = \"health\"\naim = \"clinical\"\n\
         frequency = \"weekly\"\nonline = true\nmembership = \"closed\"\nconductors = []\n\
         co_conductor = { name = \"Dr L. Byrne\", from = 2026-10-06 }\n\
         sessions = [\n  \
         { date = 2026-10-06, minutes = 90, online = true, present = 7 },\n  \
         { date = 2026-10-13, minutes = 90, planned = true },\n]\n\n[[attested]]\nby = \"kit-lowe\"\n\
         on = 2026-10-20\nthrough = 2026-10-06\nentries = { 2026-10-06 = \"9f2c41d0\" }\n",
    );
    assert_laid_out(
        "sessions/lowe.toml",
        "mode = \"telephone\"\nsupervisee_periods = [{ until = 2026-06-30, who = \"robin-ashby\", from = 2026-01-06 }]\n\
         supervisees = [\"robin-ashby\"]\nsupervisor = \"kit-lowe\"\nkind = \"supervision\"\nsessions = []\n",
        "kind = \"supervision\"\nsupervisor = \"kit-lowe\"\nsupervisees = [\"robin-ashby\"]\n\
         supervisee_periods = [{ who = \"robin-ashby\", from = 2026-01-06, until = 2026-06-30 }]\nmode = \"telephone\"\n\
         sessions = []\n",
    );
}

#[test]
fn what_is_agreed_given_up_or_asked_of_a_student_has_its_place() {
    assert_laid_out(
        "students/jo-pike.toml",
        "course = \"york-2025\"\nname = \"Jo Pike\"\n\n[[decision]]\noutcome = \"approved\"\ndate = 2026-02-21\n\
         about = \"arrangements\"\nbody = \"LCC\"\nconditions = [{ due = 2026-03-31, what = \"a second supervisor\" }]\n\n\
         [[accommodation]]\nreason = \"lives on an island\"\nagreed = 2025-11-29\nagreed_by = \"LCC\"\nfrom = 2025-12-01\n\
         value = 30\nparameter = \"supervision_minutes\"\n\n[[arrangement]]\n\
         clinical_responsibility = { not_needed = \"a group of staff\" }\nwithdrawn = 2026-03-02\nfrom = 2026-05-01\n\
         supervisor = \"kit-lowe\"\ngroup = \"tuesday-group\"\n",
        "name = \"Jo Pike\"\ncourse = \"york-2025\"\n\n[[arrangement]]\ngroup = \"tuesday-group\"\n\
         supervisor = \"kit-lowe\"\nfrom = 2026-05-01\nwithdrawn = 2026-03-02\n\
         clinical_responsibility = { not_needed = \"a group of staff\" }\n\n[[accommodation]]\n\
         parameter = \"supervision_minutes\"\nvalue = 30\nfrom = 2025-12-01\nagreed_by = \"LCC\"\nagreed = 2025-11-29\n\
         reason = \"lives on an island\"\n\n[[decision]]\nbody = \"LCC\"\nabout = \"arrangements\"\ndate = 2026-02-21\n\
         outcome = \"approved\"\nconditions = [{ what = \"a second supervisor\", due = 2026-03-31 }]\n",
    );
    assert_laid_out(
        "supervisors/al-moran.toml",
        "registrations = [{ expires = 2026-09-30, from = 2025-10-01, number = \"1\", body = \"UKCP\" }]\nname = \"Al Moran\"\n",
        "name = \"Al Moran\"\nregistrations = [{ body = \"UKCP\", number = \"1\", from = 2025-10-01, expires = 2026-09-30 }]\n",
    );
}

#[test]
fn what_cannot_be_laid_out_is_named() {
    let desk = Desk::of("examples/edition-2022-23");
    fs::write(desk.path("students/kirsty-vane.toml"), "name = \n").expect("it can be written");
    let ran = desk.run("fmt");
    assert_eq!(ran.out, "0 of 14 records in TOML laid out anew, 1 left as they are.\n");
    assert_eq!(ran.err, "gwp: students/kirsty-vane.toml is left as it is: it is not TOML; see \"gwp check\"\n");
    fs::write(desk.path("students/kirsty-vane.toml"), "name = \"K\"\nwrg = [{ supervisor = \"a\", # b\n }]\n")
        .expect("it can be");
    let said = "gwp: students/kirsty-vane.toml is left as it is: a comment stands in the midst of what is said from line 2 on; put \
                it above, or at the end of the line\n";
    assert_eq!(desk.run("fmt").err, said);
    let ran = desk.run("fmt students/nobody.toml");
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (
            2,
            "gwp: the case folder has no record students/nobody.toml; name it from the case folder on: sessions/a.toml\n"
        )
    );
}

#[test]
fn laid_out_in_git_it_is_one_commit() {
    let desk = Desk::of("tests/cases/base");
    let (log, student) = ("sessions/tuesday-group.toml", "students/robin-ashby.toml");
    for path in [log, student] {
        fs::write(desk.path(path), in_a_hurry(&desk.read(path))).expect("it can be written");
    }
    let desk = desk.in_git();
    fs::write(desk.path("gwp.toml"), format!("{}\n# not yet\n", desk.read("gwp.toml"))).expect("it can be written");
    fs::write(desk.path(student), format!("{}# not yet\n", desk.read(student))).expect("it can be written");
    let before = desk.files();
    let ran = desk.run("fmt --commit");
    let said =
        "gwp: students/robin-ashby.toml has changes that are not committed; commit them first, or leave out --commit\n";
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (2, "", said));
    assert_eq!(desk.files(), before);
    let ran = desk.run(&format!("fmt --commit {log}"));
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(ran.out, format!("{log}\n1 of 1 records in TOML laid out anew.\n"));
    assert_eq!(desk.git("log -1 --format=%s"), format!("{log}: laid out anew\n"));
    assert_eq!(desk.git("status --porcelain"), format!(" M gwp.toml\n M {student}\n"));
    desk.git("stash --quiet");
    let ran = desk.run("fmt --commit");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(desk.git("show --name-only --format="), format!("{student}\n"));
    // Where nothing changes, nothing is committed.
    let commits = desk.git("rev-list HEAD");
    assert_eq!(desk.run("fmt --commit").status, 0);
    assert_eq!(desk.git("rev-list HEAD"), commits);
    assert_eq!(desk.run("fmt --commit --check").status, 2);

    let several = Desk::of("tests/cases/base");
    for path in [log, student] {
        fs::write(several.path(path), in_a_hurry(&several.read(path))).expect("it can be written");
    }
    let several = several.in_git();
    assert_eq!(several.run("fmt --commit").status, 0);
    assert_eq!(several.git("log -1 --format=%s"), format!("{log} and {student}: laid out anew\n"));
    assert_eq!(several.git("show --name-only --format="), format!("{log}\n{student}\n"));
    assert_eq!(several.git("status --porcelain"), "");
    let ran = Desk::of("tests/cases/base").run("fmt --commit");
    let said = "gwp: the folder is not kept in git; make it a repository with \"git init\", or do without git\n";
    assert_eq!((ran.status, ran.err.as_str()), (2, said));
}

/// Two branches in each of which sessions are logged, put together again.
fn merged(ours: &str, theirs: &str) -> Desk {
    let desk = Desk::of("tests/cases/base").in_git();
    desk.git("switch --quiet --create theirs");
    assert_eq!(desk.run(&format!("log tuesday-group {theirs} --commit")).status, 0);
    desk.git("switch --quiet main");
    assert_eq!(desk.run(&format!("log tuesday-group {ours} --commit")).status, 0);
    desk.git("merge --quiet theirs --message=Merged");
    desk
}

fn dates(desk: &Desk) -> Vec<String> {
    let log = desk.read("sessions/tuesday-group.toml");
    let lines = log.lines().filter_map(|line| line.strip_prefix("  { date = "));
    lines.filter_map(|line| line.get(..10)).map(str::to_owned).collect()
}

#[test]
fn sessions_of_different_weeks_come_together_by_themselves() {
    let desk = merged("2025-12-30", "2026-06-23");
    let dates = dates(&desk);
    assert!(dates.contains(&"2025-12-30".to_owned()) && dates.contains(&"2026-06-23".to_owned()));
    assert!(dates.is_sorted());
}

/// Some of these keys in some order, with comments and blank lines among them.
fn lines_of(keys: Vec<&'static str>) -> impl Strategy<Value = String> {
    let between = prop::collection::vec(select(vec!["", "", "", "\n", "# one\n", "\n  # two\n", "# x\n\n# y\n"]), 12);
    let count = keys.len();
    (prop::sample::subsequence(keys, 0..=count).prop_shuffle(), between)
        .prop_map(|(keys, between)| keys.iter().zip(between).map(|(key, before)| format!("{before}{key}")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn no_judgement_of_any_folder_changes(files in folder(), days in 0_i64..1_100) {
        let as_of = Day::new(2025, 9, 1).expect("a day").plus_days(days);
        let before = said(&sound(&files), as_of);
        let anew = files.iter().map(|(path, text)| {
            let kind = path.split_once('/').map_or(Some(RecordKind::Gwp), |(folder, _)| RecordKind::in_folder(folder));
            let text = laid_out(kind.expect("a record"), text);
            (path.clone(), text.unwrap_or_else(|unusual| panic!("{path}: {unusual}")))
        });
        prop_assert_eq!(said(&sound(&anew.collect()), as_of), before);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn no_text_is_too_odd(
        pieces in prop::collection::vec(prop_oneof![
            4 => select(vec![
                "name = ", "\"é\"", "'x'", "\n", "# é", "#", "[", "]", "[[", "]]", "{", "}", ",", "=", " ", "\t", "\r\n",
                "report", "sessions", "date", "2025-10-07", ".", "\"\"\"", "competencies", "1", "true", "\u{feff}",
            ]).prop_map(str::to_owned),
            1 => any::<String>(),
        ], 0..20),
        kind in select(RecordKind::ALL.to_vec()),
    ) {
        let text = pieces.concat();
        if let Ok(once) = laid_out(kind, &text) {
            let twice = laid_out(kind, &once);
            prop_assert_eq!(twice.as_deref(), Ok(once.as_str()), "of\n{}", text);
        }
    }

    #[test]
    fn twice_is_once(
        top in lines_of(vec![
            "name = \"A\"\n", "course='c'\n", "email = \"a\" # four\n", "joined=\"2025-10-20\"\n",
            "notes = \"\"\"\n# no\n\n\"\"\"  # three\n", "form1 = { submitted = '2025-10-20' }\n",
            "wrg = [{from=2025-09-27,supervisor=\"s\"},\n# five\n{supervisor=\"t\", from=2025-09-28} # six\n]\n",
            "insurance = [{from=2025-09-27}]\n", "of = [ 2025-10-21,# ten\n 2025-10-28 ]\n",
            "sessions = [ # first\n# spring\n\n{minutes=90,date=2025-10-14},{date=2025-10-07,minutes=100}\n# end\n]\n",
        ]),
        tables in prop::collection::vec(
            (select(vec!["[[report]]\n", "[[report]] # r\n", "[[decision]]\n", "[[ruling]]\n"]), lines_of(vec![
                "form = \"GWP2\"\n", "received=2026-01-01   # seven\n", "by = \"b\"\n", "date = '2026-01-02'\n",
                "competencies = { conflict = \"competent\", context = \"developing\" }\n",
            ])),
            0..4,
        ),
        more in prop::sample::subsequence(vec![
            "[report.competencies] # nine\ncontext = \"competent\"\n", "# a\n\n# b\n[diploma]\ncompleted = 2026-07-11\n",
            "\n[extension]\nuntil = 2026-07-11\n# under\n\n", "[x.y]\n",
        ], 0..=2),
        kind in select(vec![RecordKind::Student, RecordKind::Student, RecordKind::Session, RecordKind::Gwp]),
        begins in select(vec!["", "#:schema x\n", "#:schema x\n# of\n\n", "# of\n\n\n# the first\n", "\n\n"]),
    ) {
        let tables: String = tables.into_iter().map(|(header, keys)| format!("{header}{keys}")).collect();
        let text = format!("{begins}{top}{tables}{}", more.concat());
        if let Ok(once) = laid_out(kind, &text) {
            let twice = laid_out(kind, &once);
            prop_assert_eq!(twice.as_deref(), Ok(once.as_str()), "of\n{}", text);
        }
    }
}
