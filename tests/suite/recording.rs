//! Whatever a record can say is recorded and corrected by a command: never an editor.

#![allow(clippy::too_many_lines, reason = "a transcript is as long as what happens")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use gwp::amend::json_of;
use gwp::records::shape::{Field, Shape, Table};
use gwp::records::{Holds, LogKind, RecordKind, Subject, SubjectSort, subjects};
use gwp::text::{Notation, Parsed};
use serde_json::Value as Json;

use crate::desk::{Desk, assert_transcript};

/// A folder with one record of each kind, each begun by a command, and one entry of each sort that has a command of its own.
fn york() -> Desk {
    let desk = Desk::empty();
    for line in [
        "init --course york-2025 --name York --convenor Hallam --term Autumn=2025-09-27..2025-12-13 --lcc-meetings 2025-11-29",
        "new student robin-ashby --name 'Robin Ashby' --course york-2025",
        "new supervisor kit-lowe --name 'Kit Lowe'",
        "new group tuesday-group --title Tuesdays --organisation NHS --setting health --aim other --frequency weekly --conductor robin-ashby",
        "new supervision lowe-ashby --supervisor kit-lowe --supervisee robin-ashby --mode video",
        "arrange robin-ashby tuesday-group kit-lowe --from 2025-10-06",
        "receive robin-ashby GWP2 --by kit-lowe --due 2026-01-31 --on 2026-01-29",
        "decide robin-ashby LCC arrangements approved --on 2025-11-29",
        "rule robin-ashby G3 accepted --of 2025-11-04 --on 2025-11-29 --body LCC",
        "log tuesday-group 2025-10-07 --minutes 90 --present 7",
        "log tuesday-group 2025-10-14 --cancelled ill",
        "log tuesday-group 2025-10-21 --planned --minutes 90",
        "log lowe-ashby 2025-10-09 --minutes 60",
        "log lowe-ashby 2025-10-23 --cancelled ill",
        "log lowe-ashby 2025-11-06 --planned --minutes 60",
    ] {
        let ran = desk.run(line);
        assert_eq!(ran.status, 0, "{line}: {}", ran.err);
    }
    fs::create_dir_all(desk.path("meetings")).expect("it can be made");
    fs::write(desk.path("meetings/lcc-november.toml"), "body = \"LCC\"\ndate = 2025-11-29\n")
        .expect("it can be written");
    desk
}

/// The records of that folder: who it is on the command line, its file, and its keys.
fn records() -> [(&'static str, &'static str, &'static Table); 7] {
    [
        ("robin-ashby", "students/robin-ashby.toml", Table::of_kind(RecordKind::Student)),
        ("kit-lowe", "supervisors/kit-lowe.toml", Table::of_kind(RecordKind::Supervisor)),
        ("tuesday-group", "sessions/tuesday-group.toml", Table::of_log(LogKind::Group)),
        ("lowe-ashby", "sessions/lowe-ashby.toml", Table::of_log(LogKind::Supervision)),
        ("york-2025", "courses/york-2025.toml", Table::of_kind(RecordKind::Course)),
        ("lcc-november", "meetings/lcc-november.toml", Table::of_kind(RecordKind::Meeting)),
        ("gwp.toml", "gwp.toml", Table::of_kind(RecordKind::Gwp)),
    ]
}

/// Something that a key can say.
fn sample(field: &Field) -> String {
    match (field.key.as_str(), field.shape.held(), field.facts.holds) {
        ("parameter", _, _) => "session_minutes_min".to_owned(),
        ("time_zone", _, _) => "Europe/London".to_owned(),
        ("until" | "expires" | "ends" | "through", _, _) => "2026-03-20".to_owned(),
        (_, Shape::Date, _) => "2025-10-05".to_owned(),
        (_, Shape::Words(words), _) => words.last().cloned().unwrap_or_default(),
        (_, Shape::Number(least, most), _) => 50.clamp(*least, *most).to_string(),
        (_, Shape::Boolean, _) => "yes".to_owned(),
        (_, Shape::TextByDay, _) => "2025-10-07=12345678".to_owned(),
        (_, Shape::Either(_), _) => "50".to_owned(),
        (_, _, Some(Holds::Id(RecordKind::Supervisor))) => "kit-lowe".to_owned(),
        (_, _, Some(Holds::Id(RecordKind::Student))) => "robin-ashby".to_owned(),
        (_, _, Some(Holds::Id(RecordKind::Session))) => "tuesday-group".to_owned(),
        (_, _, Some(Holds::Address)) => "somebody@example.org".to_owned(),
        _ => "some words".to_owned(),
    }
}

fn says(desk: &Desk, path: &str) -> Json {
    json_of(&Parsed::of(Notation::Toml, &desk.read(path)).root)
}

/// The keys that a record has, over those of the tables in between; the entries of a list are one.
fn keys_of(json: &Json, before: &str, found: &mut BTreeSet<String>) {
    match json {
        Json::Object(table) => {
            for (key, value) in table {
                let at = if before.is_empty() { key.clone() } else { format!("{before}.{key}") };
                keys_of(value, &at, found);
                found.insert(at);
            }
        }
        Json::Array(list) => list.iter().for_each(|one| keys_of(one, before, found)),
        _ => {}
    }
}

/// The keys that a record can have, likewise.
fn keys_in(table: &Table, before: &str, found: &mut BTreeSet<String>) {
    for field in &table.fields {
        let at = if before.is_empty() { field.key.clone() } else { format!("{before}.{}", field.key) };
        if let Some(inner) = field.table() {
            keys_in(inner, &at, found);
        }
        found.insert(at);
    }
}

/// What is typed for a subject whose keys `has` has not yet; none where all are there.
fn typed(who: &str, subject: &Subject, has: &BTreeSet<String>) -> Option<Vec<String>> {
    let at = subject.keys.join(".");
    let mut line = vec!["record".to_owned(), who.to_owned(), subject.word.clone()];
    match subject.sort() {
        SubjectSort::Value | SubjectSort::Values => {
            if has.contains(&at) {
                return None;
            }
            line.push(sample(subject.field));
        }
        SubjectSort::Table | SubjectSort::Entries => {
            let is_open = |field: &&Field| !has.contains(&format!("{at}.{}", field.key));
            // What excludes another key is said in its place later.
            let one_of = subject
                .field
                .table()
                .filter(|table| table.not_both.len() == table.one_of.len())
                .map_or(&[][..], |table| &table.one_of);
            let is_second = |field: &&Field| one_of.iter().skip(1).any(|key| *key == field.key);
            let keys: Vec<_> = subject.keys_in().filter(is_open).filter(|field| !is_second(field)).collect();
            if keys.is_empty() {
                return None;
            }
            for field in keys {
                line.push(format!("--{}", field.key.replace('_', "-")));
                line.push(sample(field));
            }
        }
    }
    Some(line)
}

#[test]
fn every_key_has_a_command_that_writes_it() {
    let desk = york();
    let mut has: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut said = Vec::new();
    for (who, path, table) in records() {
        let mut all = subjects(table);
        // An external supervisor needs a line manager first.
        all.sort_by_key(|subject| std::cmp::Reverse(subject.keys.len()));
        let of_record = has.entry(who).or_default();
        for subject in all.iter().filter(|one| one.is_listed || one.begun_by().is_some() || one.field.table().is_some())
        {
            keys_of(&says(&desk, path), "", of_record);
            // Of several entries the first is meant.
            let entry = if subject.word == "session" {
                Some(if who == "tuesday-group" { "2025-10-07" } else { "2025-10-09" })
            } else {
                None
            };
            if let Some(mut line) = typed(who, subject, of_record) {
                line.extend(entry.map(str::to_owned));
                let ran = crate::program::Program::within(&desk.path(""))
                    .run_with(&line.iter().map(String::as_str).collect::<Vec<_>>());
                if ran.status != 0 {
                    said.push(format!("{}: {}", line.join(" "), ran.err));
                }
            }
        }
        keys_of(&says(&desk, path), "", of_record);
    }
    let ran = desk.run("correct robin-ashby clinical-responsibility --no holder --not-needed staff");
    assert_eq!(ran.status, 0, "{}", ran.err);
    keys_of(&says(&desk, "students/robin-ashby.toml"), "", has.entry("robin-ashby").or_default());
    for (log, path, by) in [
        ("tuesday-group", "sessions/tuesday-group.toml", "'some words'"),
        ("lowe-ashby", "sessions/lowe-ashby.toml", "kit-lowe"),
    ] {
        for line in [
            format!("attest {log} --by {by} --through 2025-10-31 --on 2025-11-03 --document evidence/lowe.pdf"),
            format!("record {log} attestation {by} --notes 'some words'"),
        ] {
            let ran = desk.run(&line);
            assert_eq!(ran.status, 0, "{line}: {}", ran.err);
        }
        keys_of(&says(&desk, path), "", has.entry(log).or_default());
    }
    let mut lost = Vec::new();
    for (who, _, table) in records() {
        let mut all = BTreeSet::new();
        keys_in(table, "", &mut all);
        lost.extend(all.difference(&has[who]).map(|key| format!("{}: {key}", table.title)));
    }
    assert!(lost.is_empty(), "no command writes these keys: {lost:#?}\n{}", said.join("\n"));
    assert_eq!(desk.run("check --only problems").status, 0);
}

#[test]
fn what_is_said_is_recorded_once() {
    assert_transcript(
        &Desk::london(),
        r#"$ gwp record marcus-idowu insurance --kind own --from 2026-10-01 --until 2027-09-30 --as-of 2026-02-10
Recorded in students/2025/marcus-idowu.toml, line 27: insurance: own, from 1 October 2026, until 30 September 2027.
Marcus Idowu: 14 of 30 sessions.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 6 more.
students/2025/marcus-idowu.toml
+[[insurance]]
+kind = "own"
+from = 2026-10-01
+until = 2027-09-30
+
$ gwp record marcus-idowu insurance --kind own --from 2026-10-01 --until 2027-09-30 --as-of 2026-02-10
students/2025/marcus-idowu.toml: this is recorded already, on line 28: insurance (own, from 1 October 2026, until 30 September 2027): kind own. Nothing is written.
$ gwp record marcus-idowu insurance --kind own --from 2026-10-01 --until 2027-08-30 --as-of 2026-02-10
gwp: students/2025/marcus-idowu.toml: line 30 of the record says otherwise: 30 September 2027; what you say now is: 30 August 2027; if the record is wrong: gwp correct marcus-idowu insurance own 2026-10-01 --until 2027-08-30; if it is another one, add --new
(2)
$ gwp record marcus-idowu presentation 2026-02-06 --as-of 2026-02-10
Recorded in students/2025/marcus-idowu.toml, line 21: presentation: 6 February 2026.
Marcus Idowu: 14 of 30 sessions.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 6 more.
students/2025/marcus-idowu.toml
-presentations = [2025-11-29]
+presentations = [2025-11-29, 2026-02-06]
$ gwp record marcus-idowu presentation 2024-02-06 --as-of 2026-02-10
gwp: Marcus Idowu is in no Work Reflection Group on that day; record that first: gwp record marcus-idowu wrg
(2)
$ gwp record marcus-idowu leave --from 2026-03-01 --as-of 2026-02-10
gwp: the last day is needed; say it with --until
(2)
$ gwp record marcus-idowu leave --body UKCP --as-of 2026-02-10
gwp: leave has no --body; it can have --from, --until, --reason and --notes
(2)
$ gwp record marcus-idowu medical-cover arranged --as-of 2026-02-10
gwp: students/2025/marcus-idowu.toml: line 16 of the record says otherwise: not-needed; what you say now is: arranged; if the record is wrong: gwp correct marcus-idowu medical-cover managing-stress leonie-hardcastle --to arranged
(2)
$ gwp record marcus-idowu email new@example.org --as-of 2026-02-10
gwp: students/2025/marcus-idowu.toml: line 3 of the record says otherwise: marcus.idowu@example.org; what you say now is: new@example.org; if the record is wrong: gwp correct marcus-idowu email --to new@example.org
(2)
$ gwp record marcus-idowu condition --what 'a second supervisor' --due 2026-05-05 --as-of 2026-02-10
Recorded in students/2025/marcus-idowu.toml, line 44: condition: a second supervisor, due 5 May 2026.
Marcus Idowu: 14 of 30 sessions.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 7 more.
students/2025/marcus-idowu.toml
+conditions = [{ what = "a second supervisor", due = 2026-05-05 }]
$ gwp record marcus-idowu condition --met 2026-02-09 --as-of 2026-02-10
Recorded in students/2025/marcus-idowu.toml, line 44: condition (LCC, arrangements, 6 December 2025: a second supervisor, due 5 May 2026): met 9 February 2026.
Marcus Idowu: 14 of 30 sessions.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 6 more.
students/2025/marcus-idowu.toml
-conditions = [{ what = "a second supervisor", due = 2026-05-05 }]
+conditions = [{ what = "a second supervisor", due = 2026-05-05, met = 2026-02-09 }]
$ gwp record miriam-castellan registration --checked 2026-02-09 --as-of 2026-02-10
gwp: Which registration? It can be: UKCP, M-40417, checked 11 October 2022, expires 30 September 2024; UKCP, M-40417, checked 2 October 2024, expires 30 September 2025; UKCP, M-40417, checked 6 October 2025, expires 30 September 2026; add a word that only one of them has, such as its date, or --new for another one
(2)
$ gwp record miriam-castellan registration 2026-09-30 --checked 2026-02-09 --as-of 2026-02-10
gwp: supervisors/miriam-castellan.toml: line 8 of the record says otherwise: 6 October 2025; what you say now is: 9 February 2026; if the record is wrong: gwp correct miriam-castellan registration UKCP M-40417 2025-10-06 --checked 2026-02-09; if it is another one, add --new
(2)
$ gwp record miriam-castellan registration --body ukcp --from 2026-10-01 --expires 2027-09-30 --as-of 2026-02-10
Recorded in supervisors/miriam-castellan.toml, line 9: registration: UKCP, M-40417, from 1 October 2026, expires 30 September 2027.
supervisors/miriam-castellan.toml
+  { body = "UKCP", number = "M-40417", from = 2026-10-01, expires = 2027-09-30 },
$ gwp record supervision-devlin supervisee marcus-idowu --as-of 2026-02-10
gwp: the first day on which marcus-idowu is a supervisee is needed (the log has meetings from 20 January 2026 on); say it with --from
(2)
$ gwp record supervision-devlin supervisee marcus-idowu --from 2026-02-01 --as-of 2026-02-10
Recorded in sessions/supervision-devlin.toml, line 4: supervisee: marcus-idowu; marcus-idowu is there from 1 February 2026.
Bethan Maddox: 8 of 30 sessions.
  Still needed: Oonagh Devlin, workplace supervisor: confirmation of the arrangement was due on 9 February 2026 [A2]; and 8 more.
sessions/supervision-devlin.toml
-supervisees = ["bethan-maddox"]
+supervisees = ["bethan-maddox", "marcus-idowu"]
+supervisee_periods = [{ who = "marcus-idowu", from = 2026-02-01 }]
$ gwp record moving-on online 2025-01-15 --as-of 2026-02-10
Recorded in sessions/moving-on.toml, line 28: session (date 15 January 2025, minutes 60, present 3): online yes.
Lewis Strachan: 31 sessions (30 needed).
  Still needed: the LCC to judge: the session of 7 May 2025 was shorter than 60 minutes: 45; and 1 more [G4]; and 1 more.
sessions/moving-on.toml
-  { date = 2025-01-15, minutes = 60, present = 3 },
+  { date = 2025-01-15, minutes = 60, online = true, present = 3 },
$ gwp record moving-on session 2031-01-15 --online --as-of 2026-02-10
gwp: Which session: none says 2031-01-15; there is date 9 October 2024, minutes 60, present 5; date 16 October 2024, minutes 60, present 6; date 23 October 2024, minutes 60, present 6; date 30 October 2024, minutes 60, present 5; and 31 more
(2)
$ gwp record gwp.toml convenor a@example.org b@example.org --as-of 2026-02-10
Recorded in gwp.toml, line 14: convenor: a@example.org, b@example.org.
gwp.toml
+
+[audit]
+convenors = ["a@example.org", "b@example.org"]
$ gwp record london-2025 lcc-meeting 2026-05-09 --as-of 2026-02-10
Recorded in courses/london-2025.toml, line 7: LCC meeting: 9 May 2026.
courses/london-2025.toml
-lcc_meetings = [2025-12-06, 2026-02-28, 2026-07-11]
+lcc_meetings = [2025-12-06, 2026-02-28, 2026-05-09, 2026-07-11]
$ gwp record moving-on nonsense --as-of 2026-02-10
gwp: nothing that can be said of Moving on, for young people on community orders is called "nonsense"; it can be approach, online, membership, keeps-terms, conductor, co-conductor, break or notes
(2)
$ gwp record nobody withdrawn --as-of 2026-02-10
gwp: no student, supervisor, session log, course or meeting is called "nobody"; "gwp list students", "gwp list supervisors" and "gwp list groups" show who and what there is
(2)
$ gwp record ewan-kirkbride --as-of 2026-02-10
gwp: What is there to record of Ewan Kirkbride? Say it behind the name; it can be email, joined, withdrawn, not-applying, form1, diploma, line-manager, clinical-responsibility, wrg, presentation, insurance, competencies, accommodation, leave, extension, condition, notes
(2)
"#,
    );
}

#[test]
fn what_is_wrong_is_put_right() {
    assert_transcript(
        &Desk::london(),
        r#"$ gwp correct moving-on 2025-01-15 --minutes 45 --as-of 2026-02-10
Recorded in sessions/moving-on.toml, line 28: corrected: session (date 15 January 2025, minutes 60, present 3): minutes 45 instead of 60.
Lewis Strachan: 30 of 30 sessions.
  Still needed: the LCC to judge: the session of 15 January 2025 was shorter than 60 minutes: 45; and 2 more [G4]; and 1 more.
sessions/moving-on.toml
-  { date = 2025-01-15, minutes = 60, present = 3 },
+  { date = 2025-01-15, minutes = 45, present = 3 },
$ gwp correct moving-on 2025-01-15 --cancelled snow --as-of 2026-02-10
Recorded in sessions/moving-on.toml, line 28: corrected: session (date 15 January 2025, minutes 45, present 3): cancelled snow; minutes taken out; present taken out.
Lewis Strachan: 30 of 30 sessions.
  Still needed: the LCC to judge: the session of 7 May 2025 was shorter than 60 minutes: 45; and 1 more [G4]; and 1 more.
sessions/moving-on.toml
-  { date = 2025-01-15, minutes = 45, present = 3 },
+  { date = 2025-01-15, cancelled = "snow" },
$ gwp correct moving-on 2025-01-15 --minutes 60 --as-of 2026-02-10
Recorded in sessions/moving-on.toml, line 28: corrected: session (date 15 January 2025, cancelled snow): minutes 60; cancelled taken out.
Lewis Strachan: 31 sessions (30 needed).
  Still needed: the LCC to judge: the session of 7 May 2025 was shorter than 60 minutes: 45; and 1 more [G4]; and 1 more.
sessions/moving-on.toml
-  { date = 2025-01-15, cancelled = "snow" },
+  { date = 2025-01-15, minutes = 60 },
$ gwp correct moving-on 2025-01-15 --date 2025-01-16 --as-of 2026-02-10
Recorded in sessions/moving-on.toml, line 28: corrected: session (date 15 January 2025, minutes 60): date 16 January 2025 instead of 15 January 2025.
Lewis Strachan: 31 sessions (30 needed).
  Still needed: the LCC to judge: the session of 7 May 2025 was shorter than 60 minutes: 45; and 1 more [G4]; and 1 more.
Note: 16 January 2025 is a Thursday, and all 34 sessions of moving-on are on a Wednesday. See that the day is right.
sessions/moving-on.toml
-  { date = 2025-01-15, minutes = 60 },
+  { date = 2025-01-16, minutes = 60 },
$ gwp correct moving-on 2025-01-16 --no notes --as-of 2026-02-10
gwp: session (date 16 January 2025, minutes 60) says nothing about notes; leave that out
(2)
$ gwp correct moving-on 2025-01-16 --remove --as-of 2026-02-10
gwp: an entry is taken out only where that is certain; add --yes, or look first with --dry-run --yes
(2)
$ gwp correct moving-on 2025-01-16 --remove --yes --as-of 2026-02-10
Recorded in sessions/moving-on.toml, line 28: corrected: session (date 16 January 2025, minutes 60) taken out.
Lewis Strachan: 30 of 30 sessions.
  Still needed: the LCC to judge: the session of 7 May 2025 was shorter than 60 minutes: 45; and 1 more [G4]; and 1 more.
sessions/moving-on.toml
-  { date = 2025-01-16, minutes = 60 },
$ gwp correct moving-on 2025-01-16 --minutes 60 --as-of 2026-02-10
gwp: Which entry: none says 2025-01-16; there is from 21 December 2024, until 5 January 2025, reason Christmas; from 12 April 2025, until 27 April 2025, reason Easter; date 9 October 2024, minutes 60, present 5; date 16 October 2024, minutes 60, present 6; and 32 more
(2)
$ gwp correct owen-tregear report GWP2 --rating context=developing --as-of 2026-02-10
gwp: Which report? It can be: GWP2, due 31 January 2025, received 22 January 2025, thandeka-mokoena, not started; GWP2, due 13 June 2025, received 11 June 2025, thandeka-mokoena; GWP2, received 15 January 2026, thandeka-mokoena; add a word that only one of them has, such as its date
(2)
$ gwp correct owen-tregear report GWP2 2025-06-11 --rating context=developing --as-of 2026-02-10
Recorded in students/2024/owen-tregear.toml, line 49: corrected: report (GWP2, due 13 June 2025, received 11 June 2025, thandeka-mokoena): context developing instead of competent.
Owen Tregear: 34 sessions (30 needed).
  Still needed: the LCC: all else is met: the award can be recommended [D2].
students/2024/owen-tregear.toml
-context = "competent"
+context = "developing"
$ gwp correct marcus-idowu presentation --to 2025-11-30 --as-of 2026-02-10
Recorded in students/2025/marcus-idowu.toml, line 21: corrected: presentation 30 November 2025 instead of 29 November 2025.
Marcus Idowu: 14 of 30 sessions.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 6 more.
students/2025/marcus-idowu.toml
-presentations = [2025-11-29]
+presentations = [2025-11-30]
$ gwp correct marcus-idowu decision SPC --date 2026-01-15 --as-of 2026-02-10
Recorded in students/2025/marcus-idowu.toml, line 44: corrected: decision (SPC, arrangements, date 14 January 2026, outcome ratified): date 15 January 2026 instead of 14 January 2026.
Marcus Idowu: 14 of 30 sessions.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 6 more.
Note: Marcus Idowu: decided while the record said otherwise: the SPC on 14 January 2026 about the arrangements (ratified).
students/2025/marcus-idowu.toml
-date = 2026-01-14
+date = 2026-01-15
$ gwp correct ewan-kirkbride form1 --submitted 2025-10-01 --as-of 2026-02-10
Recorded in students/2025/ewan-kirkbride.yaml, line 7: corrected: form1 (submitted 16 December 2025): submitted 1 October 2025 instead of 16 December 2025.
Ewan Kirkbride: 4 of 30 sessions.
  A3 needs attention: the LCC was to decide on the arrangements by 6 December 2025.
  The verdict is now action: something is missing, and somebody can still act.
  Still needed: the LCC, through Ifeoma Castle, convenor: decision on the arrangements was due on 6 December 2025 [A3]; and 5 more.
students/2025/ewan-kirkbride.yaml
-  submitted: 2025-12-16     # after the committee's December meeting, so decided in February
+  submitted: 2025-10-01     # after the committee's December meeting, so decided in February
$ gwp correct ewan-kirkbride name 'Ewan Kirk' --as-of 2026-02-10
Recorded in students/2025/ewan-kirkbride.yaml, line 2: corrected: name Ewan Kirk instead of Ewan Kirkbride.
Ewan Kirk: 4 of 30 sessions.
  Still needed: the LCC, through Ifeoma Castle, convenor: decision on the arrangements was due on 6 December 2025 [A3]; and 5 more.
students/2025/ewan-kirkbride.yaml
-name: Ewan Kirkbride
+name: Ewan Kirk
$ gwp correct ewan-kirkbride withdrawn --to 2026-01-01 --as-of 2026-02-10
gwp: Ewan Kirk: no withdrawn is recorded yet; record it with gwp record ewan-kirkbride withdrawn
(2)
$ gwp correct london-2025 term Autumn --ends 2025-12-14 --as-of 2026-02-10
Recorded in courses/london-2025.toml, line 10: corrected: term (Autumn, starts 4 October 2025, ends 13 December 2025): ends 14 December 2025 instead of 13 December 2025.
courses/london-2025.toml
-  { name = "Autumn", starts = 2025-10-04, ends = 2025-12-13 },
+  { name = "Autumn", starts = 2025-10-04, ends = 2025-12-14 },
"#,
    );
}

#[cfg(unix)]
#[test]
fn what_is_missing_is_asked() {
    use crate::asking::answered;

    let desk = york();
    let text =
        answered(&desk, "record robin-ashby", &["insurance", "own", "later", "2025-10-01", "", "certificate seen"]);
    assert!(text.starts_with("What is there to record of Robin Ashby?\n  1 email: "), "{text}");
    assert!(text.contains("\nNumber or word: insurance\nWhose it is (own, employer) [left out]: own\n"), "{text}");
    assert!(text.contains("The first day covered: later\nThis cannot be used: "), "{text}");
    let insurance = "[[insurance]]\nkind = \"own\"\nfrom = 2025-10-01\nevidence = \"certificate seen\"\n";
    assert!(desk.read("students/robin-ashby.toml").contains(insurance));
    let text = answered(&desk, "correct tuesday-group 2025-10-07", &["minutes", "75"]);
    assert!(
        text.starts_with(
            "session: date 7 October 2025, minutes 90, present 7. What of it is wrong?\n  1 date: 7 October 2025\n"
        ),
        "{text}"
    );
    assert!(desk.read("sessions/tuesday-group.toml").contains("{ date = 2025-10-07, minutes = 75, present = 7 },"));
    let text = answered(&desk, "correct tuesday-group session --remove", &["2", "yes"]);
    assert!(text.contains("  2 date 14 October 2025, cancelled ill\n"), "{text}");
    assert!(!desk.read("sessions/tuesday-group.toml").contains("ill"));
}

#[test]
fn a_person_is_meant_before_a_log_that_is_known_by_the_name() {
    let desk = Desk::london();
    // Of Marcus Idowu there are three logs, of Miriam Castellan two.
    for (words, path) in [
        ("record marcus presentation 2026-02-06", "students/2025/marcus-idowu.toml"),
        (
            "record miriam registration --body UKCP --checked 2026-02-01 --expires 2027-02-01",
            "supervisors/miriam-castellan.toml",
        ),
        ("record managing break --from 2026-04-01 --until 2026-04-14", "sessions/managing-stress.toml"),
        ("record case-management-idowu type clinical --dry-run", "sessions/case-management-idowu.toml"),
    ] {
        let ran = desk.run(&format!("{words} --as-of 2026-02-10"));
        assert!(format!("{}{}", ran.out, ran.err).contains(path), "{words}: {}{}", ran.out, ran.err);
    }
    // Nobody is called so but the logs.
    let ran = desk.run("record supervision-castellan break --from 2026-04-01 --until 2026-04-14");
    assert!(ran.status == 2 && ran.err.contains("fits several"), "{}{}", ran.out, ran.err);
}

#[test]
fn of_several_corrections_the_entry_is_named_once() {
    let ran = Desk::london().run("correct managing-stress 2026-02-09 --minutes 60 --present 7 --dry-run");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(ran.out.matches("session (date 9 February 2026").count(), 1, "{}", ran.out);
    assert!(ran.out.contains("minutes 60 instead of 90; present 7 instead of 14."), "{}", ran.out);
}
