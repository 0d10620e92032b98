//! Reminders that remember: whatever is owed is told once, and at the next run whatever the last could not say.

use std::collections::BTreeSet;
use std::fs;

use gwp::calendar::Day;
use serde_json::Value;

use super::{ANN, BEA, Desk, FOLDER, WIL, messages};
use crate::program::Program;
use crate::repository::Repository;

/// One thing told to one address: its key, its day and its stage.
type Telling = (String, String, String, String);

fn items<'v>(of: &'v Value, list: &str, who: &dyn Fn(&'v Value) -> String) -> BTreeSet<Telling> {
    let mut all = BTreeSet::new();
    for one in of[list].as_array().expect("a list") {
        for item in one["items"].as_array().expect("items") {
            let text = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
            assert!(all.insert((who(one), text("key"), text("due"), text("stage"))), "{item} is there twice");
        }
    }
    all
}

/// What the letters of a document say, by address.
fn letters(document: &Value) -> BTreeSet<Telling> {
    items(document, "letters", &|letter| letter["to"]["email"].as_str().expect("an address").to_lowercase())
}

fn unsent(document: &Value) -> BTreeSet<Telling> {
    let name = |unsent: &Value| unsent["person"]["name"].as_str().unwrap_or("nobody").to_owned();
    items(document, "unsent", &name)
}

impl Desk {
    fn json(&self, words: &str) -> Value {
        let ran = self.remind(&format!("{words} --format json"));
        assert!(ran.status < 2, "{words}: {}", ran.err);
        ran.json()
    }
}

/// What becomes of the folder before each week.
fn week(desk: &Desk, number: usize) {
    let student = |text: &str| desk.write("case/students/ann.toml", text);
    match number {
        // Nobody can judge Ann, in the weeks in which her supervisor's report comes into reach and is late.
        1 => student(&ANN.replace("form1 =", "form1")),
        3 => student(&ANN.replace("from = 2025-10-06, confirmed", "from = 2025-10-60, confirmed")),
        5 => student(ANN),
        // The line manager and nobody yet get an address and a supervisor, one after the other.
        2 => desk
            .write("case/students/bea.toml", BEA.replace("\"Lou Park\"", "\"Lou Park\", email = \"lou@example.org\"")),
        4 => desk.write(
            "case/students/cy.toml",
            "name = \"Cy Dunn\"\nemail = \"cy@example.org\"\ncourse = \"hull-2025\"\n\
             arrangement = [{ group = \"bea-group\", supervisor = \"sam\", from = 2025-10-06 }]\n",
        ),
        // Somebody is entered late, somebody's address changes, a course loses that of its convenor.
        6 => desk.write("case/students/di.toml", ANN.replace("Ann Lee", "Di Hart").replace("ann.lee@", "di.hart@")),
        7 => {
            desk.write("case/supervisors/wil.toml", WIL.replace("wil.marsh@", "w.marsh@"));
            desk.write("case/courses/hull-2025.toml", FOLDER[2].1.replace("email =", "notes ="));
        }
        8 => desk.write("case/courses/hull-2025.toml", FOLDER[2].1),
        _ => {}
    }
}

#[test]
fn over_ten_weeks_everything_is_told_once_or_its_person_is_named() {
    let desk = Desk::new();
    let first = Day::parse("2025-12-29").expect("a day");
    let mut told = BTreeSet::new();
    let mut counts = Vec::new();
    for number in 0..10 {
        week(&desk, number);
        let day = first.plus_days(7 * i64::try_from(number).expect("small")).iso();
        let all = desk.json(&format!("--as-of {day}"));
        let new = desk.json(&format!("--as-of {day} --since last --out letters/{day}"));
        let said = letters(&new);
        assert!(told.is_disjoint(&said), "{day}: {:?} is told twice", told.intersection(&said).collect::<Vec<_>>());
        counts.push(said.len());
        told.extend(said);
        // Who cannot be written to is named every time; the rest has been told by now.
        let without_sender = |one: &Value| one["why"] == "no-sender";
        let unsendable = new["unsent"].as_array().expect("a list").iter().filter(|one| without_sender(one));
        let unsendable: BTreeSet<&str> = unsendable
            .flat_map(|one| one["items"].as_array().expect("items"))
            .map(|item| item["key"].as_str().expect("a key"))
            .collect();
        let untold: Vec<_> = letters(&all).difference(&told).cloned().collect();
        assert!(untold.iter().all(|(_, key, ..)| unsendable.contains(&**key)), "{day}: {untold:?} is left unsaid");
        assert!(unsent(&all).is_subset(&unsent(&new)), "{day}");
        assert_eq!(new["unknown"], all["unknown"], "{day}");
        assert_eq!(all["unknown"].as_array().expect("a list").len(), usize::from((1..5).contains(&number)), "{day}");
    }
    assert!([0, 4, 5, 6, 8].iter().all(|week| counts[*week] > 0), "{counts:?}");
    // What one person was told is shown, and can be read by programs.
    let shown = desk.remind("--show sam --letters letters");
    assert_eq!((shown.status, &*shown.err), (0, ""));
    assert!(shown.out.contains("What Sam Rowe has been told") && shown.out.contains("Told on"), "{}", shown.out);
    let document = desk.remind("--show \"Sam Rowe\" --letters letters --format json");
    assert_eq!(document.status, 2, "quotation marks are no part of a name: {}", document.out);
    let document = Program::within(desk.0.path())
        .run_with(&["remind", "case", "--show", "Sam Rowe", "--letters", "letters", "--format", "json"])
        .json();
    let of_sam: BTreeSet<_> = told.iter().filter(|(to, ..)| to == "sam.rowe@example.org").collect();
    let shown = document["told"].as_array().expect("a list").iter();
    let shown: Vec<_> = shown.flat_map(|one| one["items"].as_array().expect("items")).collect();
    assert_eq!(shown.len(), of_sam.len());
    assert!(shown.iter().any(|item| item["stage"] == "overdue" && item["key"] == "ann/gwp2/2026-1/sam"), "{shown:?}");
    // Somebody who is no longer in the folder, by the address.
    let gone = desk.remind("--show wil.marsh@example.org --letters letters/2025-12-29");
    assert!(gone.status == 0 && gone.out.contains("Told on"), "{} {}", gone.out, gone.err);
    assert!(desk.refused("--show nobody --letters letters").contains("is called \"nobody\""));
    assert!(Desk::new().refused("--show sam").contains("--letters"));
    assert!(desk.refused("--show sam --letters case").contains("no record of letters lies in case"));
}

#[test]
fn a_record_that_is_lost_or_broken_is_said_and_what_it_said_is_said_again() {
    let desk = Desk::new();
    let nothing = |words: &str| {
        let ran = desk.remind(words);
        assert_eq!(ran.status, 0, "{}", ran.err);
        (ran.out.contains("There is no letter to write"), ran.out, ran.err)
    };
    let everything = desk.json("--as-of 2026-01-20");
    let ran = desk.remind("--as-of 2026-01-20 --since last --out letters/one");
    assert_eq!((ran.status, &*ran.err), (0, ""));
    assert!(ran.out.contains("No record of earlier letters lies in letters/one or next to it"), "{}", ran.out);
    assert!(nothing("--as-of 2026-01-20 --since last --letters letters").0);
    assert!(nothing("--as-of 2026-01-20 --since last --letters letters/one").0);
    // A line is torn: only what it said is said again.
    let path = desk.path("letters/one/reminders.jsonl");
    let record = fs::read_to_string(&path).expect("a record");
    let torn = &record[..record.len() - 40];
    let last = record.lines().last().expect("a line");
    fs::write(&path, torn).expect("it can be written");
    let ran = desk.remind("--as-of 2026-01-21 --since last --letters letters --format json");
    let number = record.lines().count();
    assert_eq!(
        ran.err.lines().next().unwrap_or_default(),
        format!("gwp: line {number} of letters/one/reminders.jsonl cannot be read; what it said is said again")
    );
    let again = ran.json();
    let again = again["letters"].as_array().expect("a list");
    assert_eq!(again.len(), 1, "{again:?}");
    assert!(last.contains(again[0]["to"]["email"].as_str().expect("an address")), "{last}");
    // The next letter is recorded on a line of its own, and the run that was stopped can be run again.
    let before = messages(&desk.path("letters/one"));
    let ran = desk.remind("--as-of 2026-01-20 --since last --out letters/one");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(messages(&desk.path("letters/one")), before);
    let mended = fs::read_to_string(&path).expect("a record");
    assert_eq!(mended.lines().last(), Some(last));
    assert_eq!(mended.lines().count(), number + 1);
    // No text at all, and then no record at all.
    fs::write(&path, b"\xff\xfe").expect("it can be written");
    let ran = desk.remind("--as-of 2026-01-21 --since last --letters letters --format json");
    assert!(ran.err.starts_with("gwp: letters/one/reminders.jsonl: the file is not UTF-8 text"), "{}", ran.err);
    assert_eq!(ran.json()["letters"].as_array().map(Vec::len), everything["letters"].as_array().map(Vec::len));
    // A folder in its place: that is said, and nothing is written where nothing can be recorded.
    fs::remove_file(&path).expect("it is there");
    fs::create_dir(&path).expect("it can be made");
    let ran = desk.remind("--as-of 2026-01-21 --since last --letters letters");
    assert_eq!(
        ran.err.trim_end(),
        "gwp: letters/one/reminders.jsonl: it is not a plain file; what it said is said again"
    );
    assert!(ran.status == 0 && ran.out.contains("holds no earlier letter, so everything"), "{}", ran.out);
    let count = || fs::read_dir(desk.path("letters/one")).expect("a folder").count();
    let before = count();
    let said = desk.refused("--as-of 2026-01-20 --out letters/one");
    assert!(said.contains("letters/one/reminders.jsonl is not a plain file, so nothing could be recorded"), "{said}");
    assert_eq!(count(), before);
    fs::remove_dir_all(desk.path("letters/one")).expect("it is there");
    let (is_nothing, out, err) = nothing("--as-of 2026-01-21 --since last --letters letters");
    assert!(!is_nothing && err.is_empty() && out.contains("No record of earlier letters"), "{out}");
}

#[test]
fn a_letter_of_a_day_to_come_has_told_nobody() {
    let desk = Desk::new();
    let count = |words: &str| {
        let document = desk.json(words);
        document["letters"].as_array().map(Vec::len).expect("a list")
    };
    let everything = count("--as-of 2026-01-20");
    assert!(everything > 0);
    assert_eq!(desk.remind("--as-of 2026-01-20 --out letters/one").status, 0);
    let since = |as_of: &str| count(&format!("--as-of {as_of} --since last --letters letters"));
    // The day before, the day, the day after.
    assert_eq!([since("2026-01-19"), since("2026-01-20"), since("2026-01-21")], [everything, 0, 0]);
    let ran = desk.remind("--as-of 2026-01-19 --since last --letters letters");
    let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = "dated after 19 January 2026, the last of them 20 January 2026. What they say counts as not said yet.";
    assert!(said.contains(told), "{said}");
}

#[test]
fn two_runs_at_once_record_each_letter_once() {
    let desk = Desk::new();
    let run = || desk.remind("--as-of 2026-01-20 --since last --out letters/one").status;
    let statuses = std::thread::scope(|scope| {
        let runs = [scope.spawn(run), scope.spawn(run), scope.spawn(run)];
        runs.map(|one| one.join().expect("it ends"))
    });
    assert_eq!(statuses, [0; 3]);
    let record = fs::read_to_string(desk.path("letters/one/reminders.jsonl")).expect("a record");
    let lines: BTreeSet<&str> = record.lines().collect();
    assert_eq!((lines.len(), record.lines().count()), (messages(&desk.path("letters/one")).len(), lines.len()));
}

#[test]
fn letters_that_lie_there_are_not_replaced_by_ones_that_say_less() {
    let desk = Desk::new();
    assert_eq!(desk.remind("--as-of 2026-01-20 --from sam --out letters").status, 0);
    let said = desk.refused("--as-of 2026-01-21 --from sam --since last --out letters");
    assert!(said.contains("workplace-supervisor-sam-rowe.eml, which these reminders do not replace"), "{said}");
    // In its last week the report is asked for again, in a letter that would replace the one that lies there.
    let said = desk.refused("--as-of 2026-01-26 --from sam --since last --out letters");
    assert!(said.contains("they leave out what it says; name an empty folder, or remove what was sent"), "{said}");
    let ran = desk.remind("--as-of 2026-02-02 --from sam --since last --out letters/next");
    assert_eq!(ran.status, 0, "{}", ran.err);
    // Letters that were not sent are thrown away with their record, and what they said is said again.
    assert!(
        desk.json("--as-of 2026-02-02 --from sam --since last --letters letters")["letters"] == Value::Array(vec![])
    );
    fs::remove_dir_all(desk.path("letters/next")).expect("it is there");
    let again = desk.json("--as-of 2026-02-02 --from sam --since last --letters letters");
    assert_eq!(again["letters"].as_array().map(Vec::len), Some(1));
    // Without a place, it is the one where letters were written to last.
    assert!(desk.json("--as-of 2026-01-21 --from sam --since last")["letters"] == Value::Array(vec![]));
    let shown = desk.remind("--show sam");
    assert!(shown.status == 0 && shown.out.contains("Told on"), "{}{}", shown.out, shown.err);
    // The same run once more is the same, however the folder is written.
    for out in ["./same", "same", "same/"] {
        let ran = desk.remind(&format!("--as-of 2026-01-20 --from wil --since last --letters none --out {out}"));
        assert_eq!((ran.status, &*ran.err), (0, ""), "{out}");
        let record = fs::read_to_string(desk.path("same/reminders.jsonl")).expect("a record");
        assert_eq!((messages(&desk.path("same")).len(), record.lines().count()), (1, 1), "{out}");
    }
    let needs = Desk::new().refused("--since last");
    assert!(needs.contains("--out or --letters"), "{needs}");
}

#[cfg(unix)]
#[test]
fn the_record_is_its_owner_s_alone() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let desk = Desk::new();
    desk.write("letters/reminders.jsonl", "");
    fs::set_permissions(desk.path("letters/reminders.jsonl"), fs::Permissions::from_mode(0o644)).expect("it is ours");
    assert_eq!(desk.remind("--as-of 2026-01-20 --from sam --out letters").status, 0);
    assert_eq!(desk.remind("--as-of 2026-01-20 --from sam --out new").status, 0);
    for path in ["letters/reminders.jsonl", "new/reminders.jsonl"] {
        let mode = fs::metadata(desk.path(path)).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{path}");
    }
    // A link is not followed.
    desk.write("target", "mine");
    fs::create_dir(desk.path("linked")).expect("a folder can be made");
    symlink("../target", desk.path("linked/reminders.jsonl")).expect("a link can be made");
    assert!(desk.remind("--as-of 2026-01-20 --from sam --out linked").status == 2);
    assert_eq!(fs::read(desk.path("target")).expect("it is there"), b"mine");
}

#[test]
fn since_a_day_it_is_what_the_folder_had_to_say_then() {
    let repository = Repository::new();
    for (path, text) in FOLDER {
        repository.write(&format!("case/{path}"), text);
    }
    repository.write("case/students/ann.toml", ANN.replace("form1 =", "form1"));
    repository.commit("2026-01-12T12:00:00Z");
    repository.write("case/students/ann.toml", ANN);
    repository.write("case/students/di.toml", ANN.replace("Ann Lee", "Di Hart").replace("ann.lee@", "di.hart@"));
    repository
        .write("case/students/bea.toml", BEA.replace("\"Lou Park\"", "\"Lou Park\", email = \"lou@example.org\""));
    repository.commit("2026-01-14T12:00:00Z");
    let program = Program::within(&repository.top()).env("TZ", "UTC");
    let new = program.run("remind case --as-of 2026-01-19 --since 2026-01-12 --exit-code");
    assert_eq!((new.status, &*new.err), (1, ""));
    let letters = super::Letters::of(&new.out);
    // What was mended, what was entered late and who got an address; of the rest nothing is new.
    assert_eq!(letters.names(), ["Lou Park", "Ros Hallam", "Sam Rowe", "Wil Marsh"]);
    assert!(letters.text("Sam Rowe").contains("Ann Lee and Di Hart"), "{}", letters.text("Sam Rowe"));
    assert!(!letters.text("Wil Marsh").contains("Bea"), "{}", letters.text("Wil Marsh"));
    // After that, nothing is.
    let none = program.run("remind case --as-of 2026-01-19 --since 2026-01-15");
    assert!(none.out.starts_with("There is no letter to write"), "{}", none.out);
    // Without git nobody knows what was said, and the number of what is left out is told.
    let desk = Desk::new();
    let guessed = desk.letters("--as-of 2026-01-19 --since 2026-01-12");
    let left_out = desk.json("--as-of 2026-01-19 --since 2026-01-12")["told_earlier"].as_u64().expect("a number");
    assert!(left_out > 3, "{left_out}");
    let end = guessed.end.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(end.contains(&format!("{left_out} items are left out: by the records as they are now")), "{end}");
    // The state of a commit is reminded of as any other.
    let then = program.run("remind case --as-of 2026-01-19 --known-on 2026-01-13");
    assert!(!super::Letters::of(&then.out).texts.contains_key("Di Hart"), "{}", then.out);
}

#[test]
fn a_supervisor_of_two_convenors_is_told_whom_to_tell_of_whom() {
    let desk = Desk::new();
    desk.write("case/courses/york-2025.toml", FOLDER[1].1.replace("Ros Hallam", "Ida Quill").replace("ros.", "ida."));
    let letters = desk.letters("--as-of 2026-01-20 --from wil");
    let wil = letters.text("Wil Marsh");
    assert!(
        wil.contains(
            "please tell the convenor of the\nstudent, so that the records can be put right.\n\n\
             For Bea Moss: Ros Hallam, Ros.Hallam@Example.org.\n\
             For Ann Lee: Ida Quill, ida.hallam@example.org.\n\nWith many thanks,"
        ),
        "{wil}"
    );
    // Whoever sends them all is told of all.
    let letters = desk.letters("--as-of 2026-01-20 --from wil --sender office@example.org");
    assert!(letters.text("Wil Marsh").contains("please tell office@example.org, so"));
    assert!(!letters.text("Wil Marsh").contains("For Ann Lee"));
}
