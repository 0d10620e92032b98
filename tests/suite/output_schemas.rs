//! What every command prints as JSON, in front of its schema: all of it fits, and no schema has a key that nothing
//! writes.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use boon::{Compiler, SchemaIndex, Schemas};
use gwp::audit::IrregularityName;
use gwp::edition::{Code, ParameterName};
use gwp::judgement::{ObligationKind, Role, Verdict};
use gwp::problems::ProblemName;
use gwp::records::RecordKind;
use gwp::reports::OutputSchema;
use gwp::requirements::Status;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::cases::{base_files, cases, cases_in};
use crate::chronicle::{Diary, RUTH, story};
use crate::envelope::RUNS;
use crate::program::Program;
use crate::properties::folder;
use crate::repository::{Repository, said, started};

/// What a command printed, and the words that were typed.
struct Printed {
    command: String,
    words: String,
    document: Value,
}

static PRINTED: LazyLock<Vec<Printed>> = LazyLock::new(|| {
    let mut printed = Vec::new();
    of_the_examples(&mut printed);
    of_cases(&mut printed);
    of_what_lacks_much(&mut printed);
    of_random_folders(&mut printed);
    of_a_story(&mut printed);
    of_two_states(&mut printed);
    of_receipts(&mut printed);
    of_meetings(&mut printed);
    of_letters(&mut printed);
    of_people(&mut printed);
    printed
});

/// Letters printed and written, to people and to nobody, with and without a sender, and what a person has been told.
fn of_letters(printed: &mut Vec<Printed>) {
    let folder = tempfile::tempdir().unwrap();
    let diary = Diary { top: &folder.path().join("case") };
    for (path, text) in crate::remind::FOLDER {
        diary.write(path, text);
    }
    diary.replace("courses/hull-2025.toml", "email = ", "notes = ");
    diary.write("students/lee.toml", "name = \"Lee Fox\"\ncourse = \"nowhere\"\n");
    let program = Program::within(folder.path());
    for day in ["2025-11-30", "2026-01-20", "2026-02-10"] {
        print(&program, &format!("remind case --as-of {day}"), printed);
        print(&program, &format!("remind case --as-of {day} --since last --out letters/{day}"), printed);
    }
    print(&program, "remind case --show sam --letters letters", printed);
    print(&Program::at_the_top(), "remind examples/london examples/national --as-of 2026-02-10", printed);
}

fn print(program: &Program, words: &str, printed: &mut Vec<Printed>) {
    let ran = program.run(&format!("{words} --format json"));
    assert!(ran.status < 2, "{words}: {}", ran.err);
    let command = words.split(' ').next().unwrap().to_owned();
    printed.push(Printed { command, words: words.to_owned(), document: ran.json() });
}

/// What is judged of a folder, as every command prints it.
const OF_A_FOLDER: [&str; 19] = [
    "check FOLDER",
    "check FOLDER --meeting next-lcc",
    "due FOLDER",
    "forecast FOLDER",
    "forecast FOLDER --pace weekly --breaks 2026-08-01..2026-08-31 --lose 3",
    "forecast FOLDER --lose 60",
    "list students FOLDER",
    "list supervisors FOLDER",
    "list groups FOLDER",
    "list courses FOLDER",
    "list awards FOLDER",
    "list meetings FOLDER",
    "export students FOLDER",
    "export supervisors FOLDER",
    "export groups FOLDER",
    "export courses FOLDER",
    "export awards FOLDER",
    "export meetings FOLDER",
    "export due FOLDER",
];

fn of_the_examples(printed: &mut Vec<Printed>) {
    let program = Program::at_the_top();
    for words in OF_A_FOLDER {
        for folder in ["examples/london", "examples/national", "tests/cases/base"] {
            print(&program, &format!("{} --as-of 2026-02-10", words.replace("FOLDER", folder)), printed);
        }
    }
    for folder in ["examples/london", "examples/national", "tests/cases/base", "examples/edition-2022-23"] {
        print(&program, &format!("export sessions {folder} --as-of 2026-02-10"), printed);
        print(&program, &format!("check {folder} --as-of 2023-02-10"), printed);
        print(&program, &format!("diff {folder} --edition iga-2022-23 iga-2022-23 --as-of 2026-02-10"), printed);
    }
    print(&program, "explain", printed);
    print(&program, "explain S5 examples/london", printed);
    print(&program, "check examples/broken/unknown-reference --as-of 2025-11-10", printed);
    print(&program, "check examples/broken/schema-parameter examples/broken/patient-data --as-of 2025-11-10", printed);
    print(&program, "export supervisors examples/broken/schema-missing-key --as-of 2025-11-10", printed);
}

/// The folders of the cases that have what the examples lack, side by side.
fn of_cases(printed: &mut Vec<Printed>) {
    let wanted =
        ["accommodations", "plans-and-contradictions", "s1-two-supervisors", "s6-supervision-meetings", "by-example"];
    let all = cases_in(&cases()).into_iter().chain(cases_in(&cases().join("due")));
    let folders = tempfile::tempdir().unwrap();
    for (number, (_, _, files)) in
        all.filter(|(title, ..)| wanted.iter().any(|file| title.starts_with(file))).enumerate()
    {
        let diary = Diary { top: &folders.path().join(format!("case-{number:03}")) };
        diary.write_all(&files);
    }
    let program = Program::within(folders.path());
    for day in ["2026-02-10", "2026-07-01"] {
        for command in ["check", "due", "forecast", "export sessions"] {
            print(&program, &format!("{command} . --as-of {day}"), printed);
        }
    }
}

/// What is known of hardly: a registration of which only the body is, minutes without numbers, a log that names nobody,
/// a group that never met, a convenor without an address, and two names that cannot be read.
fn of_what_lacks_much(printed: &mut Vec<Printed>) {
    const GROUP: &str = r#"kind = "group"
title = "A group"
organisation = ""
setting = "health"
aim = "other"
frequency = "other"
"#;
    let held = "sessions = [{ date = 2025-10-07, minutes = 90, notes = \"the first\" }]\n";
    let folder = tempfile::tempdir().unwrap();
    let diary = Diary { top: folder.path() };
    diary.write_all(&base_files());
    diary.write("courses/hull-2025.toml", &base_files()["courses/york-2025.toml"].replace("email = ", "notes = "));
    diary.write("supervisors/ida.toml", "name = 3\n");
    diary.write("supervisors/ola.toml", "name = \"Ola Brand\"\nregistrations = [{ body = \"UKCP\" }]\n");
    diary.write("students/kim.toml", "name = 3\n");
    diary.write("sessions/old-group.toml", &format!("{GROUP}{held}conductors = []\n"));
    diary.write("sessions/kims-group.toml", &format!("{GROUP}{held}conductors = [\"kim\"]\n"));
    diary.write("sessions/new-group.toml", &format!("{GROUP}sessions = []\nconductors = [\"robin-ashby\"]\n"));
    let items = "items = [{ number = 1, about = \"robin-ashby\" }, { note = \"None.\" }]";
    diary.write("meetings/lcc-2026-01-10.toml", &format!("body = \"LCC\"\ndate = 2026-01-10\n{items}\n"));
    let program = Program::within(folder.path());
    for words in OF_A_FOLDER.into_iter().chain(["export sessions FOLDER"]) {
        print(&program, &format!("{} --as-of 2026-02-10", words.replace("FOLDER", ".")), printed);
    }
}

/// People of two folders side by side.
fn of_people(printed: &mut Vec<Printed>) {
    let folders = tempfile::tempdir().unwrap();
    for name in ["one", "two"] {
        let diary = Diary { top: &folders.path().join(name) };
        diary.write_all(&base_files());
        diary.write("gwp.toml", "[retention]\nyears = 7\n");
    }
    let program = Program::within(folders.path());
    for words in ["person robin-ashby .", "retention . --as-of 2026-02-10"] {
        print(&program, words, printed);
    }
}

fn of_random_folders(printed: &mut Vec<Printed>) {
    let mut runner = TestRunner::deterministic();
    let folders = tempfile::tempdir().unwrap();
    for number in 0..6 {
        let files = folder().new_tree(&mut runner).unwrap().current();
        let diary = Diary { top: &folders.path().join(format!("random-{number}")) };
        diary.write_all(&files);
    }
    let program = Program::within(folders.path());
    for words in &OF_A_FOLDER[..6] {
        for day in ["2026-01-31", "2026-11-10"].iter().filter(|day| !(words.contains("next-lcc") && **day > "2026-02"))
        {
            print(&program, &format!("{} --as-of {day}", words.replace("FOLDER", ".")), printed);
        }
    }
}

/// A term that was not all written down in time, on a branch and with something not committed.
fn of_a_story(printed: &mut Vec<Printed>) {
    let folder = story();
    let diary = Diary { top: folder.path() };
    said(started(diary.top).args(["checkout", "--quiet", "-b", "branch"]));
    diary.add("students/nia-brook.toml", "\n[[leave]]\nfrom = 2026-03-01\nuntil = 2026-03-08\n");
    diary.commit(RUTH, "2026-03-03", "leave");
    said(started(diary.top).args(["checkout", "--quiet", "main"]));
    said(started(diary.top).args(["merge", "--quiet", "--no-ff", "--message", "merged", "branch"]));
    // Written on a day that no calendar has.
    diary.add("students/nia-brook.toml", "\n[[wrg]]\nsupervisor = \"tom-ferrer\"\nfrom = 2025-10-10\n");
    let mut commit = started(diary.top);
    said(commit.env("GIT_AUTHOR_DATE", "@99999999999999 +0000").args([
        "commit",
        "--quiet",
        "--all",
        "--message",
        "WRG",
    ]));
    diary.replace("sessions/friday-group.toml", "present = 6", "present = 7");
    let program = Program::within(folder.path()).env("TZ", "UTC");
    diary.write("gwp.toml", "[retention]\nyears = 1\n");
    diary.add("supervisors/tom-ferrer.toml", "cv_document = \"evidence/cv.pdf\"\n# nia-brook asked\n");
    diary.write("supervisors/una-vale.toml", "name = \"Una Vale\"\n");
    diary.write("students/kim.toml", "name = 3\n");
    for words in [
        "history nia-brook",
        "audit --decision nia-brook 2025-11-29",
        "audit",
        "audit --since 2026-01-01",
        "diff HEAD~3 --as-of 2026-03-10",
        "person nia-brook --history",
        "person tom-ferrer",
        "retention --as-of 2029-07-12",
    ] {
        print(&program, words, printed);
    }
    // Of a day before everything nothing was known.
    diary.add(
        "students/nia-brook.toml",
        "\n[[decision]]\nbody = \"LCC\"\nabout = \"award\"\ndate = 2025-10-01\noutcome = \"recommended\"\n",
    );
    diary.commit(RUTH, "2026-04-01", "a decision of long ago");
    print(&program, "audit --decision nia-brook 2025-10-01", printed);
}

/// Records that came, went, moved and changed between two commits, in one folder of two.
fn of_two_states(printed: &mut Vec<Printed>) {
    let repository = Repository::new();
    repository.write_all("one", &base_files());
    repository.write_all("two", &base_files());
    let top = repository.top();
    let diary = Diary { top: &top };
    let received = "received = 2026-01-29\n";
    let scanned = format!("{received}document = \"evidence/form.txt\"\n");
    diary.replace("one/students/robin-ashby.toml", received, &scanned);
    diary.write("one/evidence/form.txt", "signed\n");
    repository.commit("2026-02-01T12:00:00Z");
    diary.write("one/evidence/form.txt", "signed otherwise\n");
    diary.replace("one/students/robin-ashby.toml", "confirmed = 2025-10-22\n", "");
    diary.add("one/students/robin-ashby.toml", "# a remark\n");
    diary.write("one/students/new-student.toml", "name = \"New Student\"\ncourse = \"nowhere\"\n");
    diary.write("one/students/second-student.toml", &base_files()["students/robin-ashby.toml"]);
    diary.write("one/elsewhere/stray.toml", "a = 1\n");
    diary.write("two/gwp.toml", "broken");
    let program = Program::within(&top);
    print(&program, "history robin-ashby one two", printed);
    print(&program, "diff --as-of 2026-02-10", printed);
    print(&program, "audit", printed);
    said(started(&top).args(["add", "--all"]));
    said(started(&top).args(["commit", "--quiet", "--message", "changed"]));
    said(started(&top).args(["checkout", "--quiet", "HEAD~1"]));
    print(&program, "diff main -C one --as-of 2026-02-10", printed);
    print(&program, "diff HEAD main --as-of 2026-02-10", printed);
}

fn of_receipts(printed: &mut Vec<Printed>) {
    let repository = Repository::new();
    repository.write_all("one", &base_files());
    repository.write_all("two", &base_files());
    repository.commit("2026-02-01T12:00:00Z");
    let top = repository.top();
    let program = Program::within(&top);
    for (folder, receipt) in [("one", "one.json"), (".", "both.json")] {
        let kept = program.run(&format!("check {folder} --as-of 2026-02-10 --receipt ../{receipt}"));
        assert!(kept.status < 2, "{}", kept.err);
    }
    print(&program, "verify ../one.json one", printed);
    Diary { top: &top }.replace("one/students/robin-ashby.toml", "confirmed = 2025-10-22\n", "");
    Diary { top: &top }.write("one/students/new-student.toml", "name = \"New Student\"\ncourse = \"nowhere\"\n");
    print(&program, "verify ../one.json one", printed);
    print(&program, "verify ../both.json .", printed);
    std::fs::rename(top.join("one/supervisors/kit-lowe.toml"), top.join("one/supervisors/kit-farr.toml")).unwrap();
    print(&program, "verify ../one.json one", printed);
    let bare = tempfile::tempdir().unwrap();
    Diary { top: bare.path() }.write_all(&base_files());
    print(&program, &format!("verify ../one.json {}", bare.path().display()), printed);
    print(&program, &format!("verify ../both.json {}", bare.path().display()), printed);
    let bare = Program::within(bare.path());
    assert!(bare.run("check --as-of 2026-02-10 --receipt bare.json").status < 2);
    print(&bare, "verify bare.json", printed);
}

/// A meeting with all that can be minuted, and one with hardly anything.
fn of_meetings(printed: &mut Vec<Printed>) {
    let folder = tempfile::tempdir().unwrap();
    let diary = Diary { top: folder.path() };
    diary.write_all(&base_files());
    let approved = "date = 2025-11-29\noutcome = \"approved\"\n";
    let bound = format!(
        "{approved}notes = \"N\"\nminute = \"LCC 2025-11-29, item 4\"\nconditions = [\n  {{ what = \"a CV\", due = 2026-01-10 }},\n  {{ what = \"it\", due = 2026-01-10, met = 2026-01-08, notes = \"N\" }},\n]\n"
    );
    diary.replace("students/robin-ashby.toml", approved, &bound);
    let ruling = "\n[[ruling]]\nrequirement = \"G4\"\nbody = \"LCC\"\ndate = 2025-11-29\nof = [2025-11-04]\noutcome = \"accepted\"\n";
    diary.add("students/robin-ashby.toml", ruling);
    let minutes = "body = \"LCC\"\ndate = 2025-11-29\npresent = [\"A\"]\napologies = [\"B\"]\ndeclared = [\"C\"]\nnotes = \"N\"\n\
                   agreed = 2026-02-21\nitems = [{ number = 4, note = \"Long.\" }, { note = \"None.\" }]\n";
    diary.write("meetings/lcc-2025-11-29.toml", minutes);
    diary.write("meetings/spc-2026-01-10.toml", "body = \"SPC\"\ndate = 2026-01-10\npresent = [\"A\"]\n");
    let program = Program::within(folder.path());
    for words in ["2025-11-29 --minutes", "2025-11-29 --submission", "2026-01-10 --body SPC --minutes"] {
        print(&program, &format!("meeting {words}"), printed);
    }
}

#[test]
fn every_output_fits_its_schema() {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.enable_format_assertions();
    let indices: BTreeMap<&str, SchemaIndex> = OutputSchema::ALL
        .into_iter()
        .map(|one| {
            let address = format!("https://example.org/{}.schema.json", one.command);
            compiler.add_resource(&address, read(one)).unwrap();
            (one.command, compiler.compile(&address, &mut schemas).unwrap_or_else(|error| panic!("{error:#}")))
        })
        .collect();
    for Printed { command, words, document } in &*PRINTED {
        if let Err(misfit) = schemas.validate(document, indices[command.as_str()]) {
            panic!("gwp {words}: {misfit:#}");
        }
    }
}

/// With one edition no course can have another; `src/reports/edition_tests.rs` has two.
const NOTHING_WRITES_YET: [&str; 1] = ["course_schemes"];

/// Only a group that would have had to begin before the year 1 has no last day to begin.
const NEVER_NULL_HERE: [&str; 1] = ["new_group/last_day"];

#[test]
fn every_key_of_a_schema_is_written_and_says_something() {
    let mut seen = BTreeSet::new();
    for Printed { command, document, .. } in &*PRINTED {
        let schema = read(OutputSchema::of(command).unwrap());
        see(&schema, &Node { at: command.clone(), node: &schema }, document, &mut seen);
    }
    let mut missing = BTreeSet::new();
    for one in OutputSchema::ALL {
        let schema = read(one);
        every_key(&schema, &Node { at: one.command.to_owned(), node: &schema }, &mut |key, Node { at, node }| {
            if NOTHING_WRITES_YET.contains(&key) || **node == Value::Bool(false) {
                return;
            }
            if !seen.contains(&(at.clone(), false)) {
                missing.insert(format!("{at} is never there"));
            }
            if can_be_null(&schema, node)
                && !NEVER_NULL_HERE.contains(&at.as_str())
                && !seen.contains(&(at.clone(), true))
            {
                missing.insert(format!("{at} is never null"));
            }
        });
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn a_schema_is_closed_and_says_what_each_key_is() {
    let mut parts: BTreeMap<String, (&str, Value)> = BTreeMap::new();
    for one in OutputSchema::with_files() {
        let schema = read(one);
        let is_receipt = one == OutputSchema::RECEIPT;
        let title =
            if is_receipt { "gwp check --receipt".to_owned() } else { format!("gwp {} --format json", one.command) };
        assert_eq!(schema["title"], title);
        every_table(&schema, &mut |table| {
            let Some(properties) = table.get("properties").and_then(Value::as_object) else { return };
            if table.contains_key("$ref") {
                return;
            }
            assert_eq!(table.get("additionalProperties"), Some(&Value::Bool(false)), "{}: {table:?}", one.command);
            for (key, node) in properties {
                let described = described(&schema, node);
                let is_sentence = |text: &str| text.ends_with('.') && text.starts_with(|c: char| c.is_uppercase());
                assert!(described.is_some_and(is_sentence), "{}: {key}: {described:?}", one.command);
            }
        });
        for (name, part) in schema["$defs"].as_object().into_iter().flatten() {
            let (first, said) = parts.entry(name.clone()).or_insert_with(|| (one.command, part.clone()));
            let is_document = name.starts_with("document");
            assert!(is_document || said == part, "{name} is one thing in {first} and another in {}", one.command);
        }
    }
}

#[test]
fn the_words_of_a_schema_are_those_of_the_program() {
    let words = |pointer: &str| {
        let (command, pointer) = pointer.split_once(' ').unwrap();
        let schema = read(OutputSchema::of(command).unwrap());
        let listed = schema.pointer(pointer).unwrap_or_else(|| panic!("{pointer}")).as_array().unwrap().clone();
        listed.into_iter().filter_map(|word| Some(word.as_str()?.to_owned())).collect::<BTreeSet<_>>()
    };
    let all = |all: Vec<&'static str>| all.into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    let codes: Vec<_> = Code::all().map(Code::word).collect();
    assert_eq!(words("check /$defs/student/properties/verdict/enum"), all(Verdict::ALL.map(Verdict::word).to_vec()));
    assert_eq!(words("check /$defs/requirement/properties/status/enum"), all(Status::ALL.map(Status::word).to_vec()));
    assert_eq!(words("check /$defs/requirement/properties/code/enum"), all(codes));
    assert_eq!(words("check /$defs/person/properties/role/enum"), all(Role::ALL.map(Role::word).to_vec()));
    assert_eq!(
        words("check /$defs/problem/properties/name/enum"),
        all(ProblemName::ALL.map(ProblemName::word).to_vec())
    );
    assert_eq!(
        words("check /$defs/variation/properties/parameter/enum"),
        all(ParameterName::ALL.map(ParameterName::word).to_vec())
    );
    assert_eq!(
        words("due /$defs/due_item/properties/kind/enum"),
        all(ObligationKind::ALL.map(ObligationKind::word).to_vec())
    );
    assert_eq!(
        words("diff /$defs/record_change/properties/kind/enum"),
        all(RecordKind::ALL.map(RecordKind::word).to_vec())
    );
    assert_eq!(
        words("audit /$defs/irregularity/properties/name/enum"),
        all(IrregularityName::ALL.map(IrregularityName::word).to_vec())
    );
    // What has no day, and a meeting of the LCC, is never overdue.
    let mut overdue = words("due /$defs/due_item/properties/kind/enum");
    overdue.retain(|word| !["ratification", "lcc-meeting"].contains(&word.as_str()));
    assert_eq!(words("check /$defs/overdue_item/properties/kind/enum"), overdue);
}

#[test]
fn each_command_that_prints_json_has_a_schema() {
    let with_schema: BTreeSet<_> = OutputSchema::ALL.iter().map(|one| one.command).collect();
    assert_eq!(with_schema, RUNS.iter().map(|(command, _)| *command).collect());
    let program = Program::at_the_top();
    let list = program.run("schema --output");
    let listed: Vec<_> = list.out.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(listed, OutputSchema::with_files().map(|one| one.command).collect::<Vec<_>>());
    for one in OutputSchema::with_files() {
        assert_eq!(program.run(&format!("schema --output {}", one.command)).out, one.text);
    }
    let unknown = program.run("schema --output undo");
    assert_eq!((unknown.status, unknown.out.as_str(), unknown.err.lines().count()), (2, "", 1));
    assert!(
        unknown
            .err
            .contains("check, due, diff, history, audit, verify, forecast, remind, list, person, retention, explain"),
        "{}",
        unknown.err
    );
    assert_eq!(program.run("schema student --output check").status, 2);
}

fn read(one: OutputSchema) -> Value {
    serde_json::from_str(one.text).unwrap_or_else(|error| panic!("{}: {error}", one.command))
}

/// The part of the schema that a reference leads to.
fn led_to<'s>(root: &'s Value, node: &'s Value) -> &'s Value {
    let Some(reference) = node.get("$ref").and_then(Value::as_str) else { return node };
    root.pointer(reference.trim_start_matches('#')).unwrap_or_else(|| panic!("{reference} leads nowhere"))
}

fn described<'s>(root: &'s Value, node: &'s Value) -> Option<&'s str> {
    let said = node.get("description").or_else(|| led_to(root, node).get("description"));
    said.and_then(Value::as_str)
}

fn can_be_null(root: &Value, node: &Value) -> bool {
    let node = led_to(root, node);
    let has_null =
        |word: &str, null: &Value| node.get(word).and_then(Value::as_array).is_some_and(|all| all.contains(null));
    let of_any = node.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    // What can be anything need not be null too.
    let is_anything = node["type"].as_array().is_some_and(|types| types.len() > 2);
    !is_anything && (has_null("type", &"null".into()) || has_null("enum", &Value::Null))
        || of_any.into_iter().any(|choice| choice["type"] == "null")
}

fn every_table<'s>(node: &'s Value, see: &mut dyn FnMut(&'s serde_json::Map<String, Value>)) {
    match node {
        Value::Object(table) => {
            see(table);
            table.values().for_each(|value| every_table(value, see));
        }
        Value::Array(list) => list.iter().for_each(|value| every_table(value, see)),
        _ => {}
    }
}

/// A part of a schema, and where it stands: what several schemas share has one place.
struct Node<'s> {
    at: String,
    node: &'s Value,
}

impl<'s> Node<'s> {
    fn within(&self, word: &str, node: &'s Value) -> Self {
        Self { at: format!("{}/{word}", self.at), node }
    }

    /// The parts that are said of the same value.
    fn of_the_same_value(&self, root: &'s Value) -> Vec<Self> {
        let choices = ["anyOf", "oneOf"].iter().filter_map(|word| self.node.get(word)?.as_array()).flatten();
        let mut parts: Vec<_> = choices.map(|node| Self { at: self.at.clone(), node }).collect();
        if let Some(reference) = self.node.get("$ref").and_then(Value::as_str) {
            let name = reference.rsplit('/').next().unwrap();
            let command = self.at.split('/').next().unwrap();
            let at = if name.starts_with("document") { command } else { name }.to_owned();
            parts.push(Self { at, node: led_to(root, self.node) });
        }
        parts
    }
}

fn every_key<'s>(root: &'s Value, node: &Node<'s>, see: &mut dyn FnMut(&'s str, &Node<'s>)) {
    for part in node.of_the_same_value(root) {
        every_key(root, &part, see);
    }
    if let Some(items) = node.node.get("items") {
        every_key(root, &node.within("items", items), see);
    }
    for (key, value) in node.node.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let of_key = node.within(key, value);
        see(key, &of_key);
        every_key(root, &of_key, see);
    }
}

/// Marks each key that a value has, and whether the value there was null.
fn see(root: &Value, node: &Node<'_>, value: &Value, seen: &mut BTreeSet<(String, bool)>) {
    for part in node.of_the_same_value(root) {
        see(root, &part, value, seen);
    }
    if let (Some(items), Value::Array(list)) = (node.node.get("items"), value) {
        for entry in list {
            see(root, &node.within("items", items), entry, seen);
        }
    }
    if let (Some(Value::Object(properties)), Value::Object(table)) = (node.node.get("properties"), value) {
        for (key, value) in table {
            if let Some(of_key) = properties.get(key) {
                let of_key = node.within(key, of_key);
                seen.insert((of_key.at.clone(), value.is_null()));
                see(root, &of_key, value, seen);
            }
        }
    }
}
