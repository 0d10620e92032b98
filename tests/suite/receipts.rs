//! `gwp check --receipt` and `gwp verify`: what a committee relied on, and whether it still holds.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::cases::base_files;
use crate::program::{Program, Ran};
use crate::repository::Repository;
use crate::scratch;

pub fn run(folder: &Path, words: &str) -> Ran {
    Program::within(folder).run(words)
}

/// A repository with the base folder, and a receipt of it beside the work tree.
pub fn kept() -> (Repository, Value) {
    kept_in(Repository::new())
}

fn kept_in(repository: Repository) -> (Repository, Value) {
    repository.write_all("", &base_files());
    repository.commit("2026-02-20T12:00:00Z");
    let ran = run(&repository.top(), "check --as-of 2026-02-10 --format csv --receipt ../receipt.json");
    assert!(ran.status < 2 && ran.err.contains("the receipt is written to ../receipt.json"), "{}", ran.err);
    let receipt = serde_json::from_slice(&fs::read(repository.path("receipt.json")).unwrap()).unwrap();
    (repository, receipt)
}

/// What `verify` says became of the records, and what is judged otherwise: folder, student, what, then, now.
pub fn differing(repository: &Repository, words: &str) -> Vec<String> {
    let ran = run(&repository.top(), &format!("verify ../receipt.json --format json {words}"));
    let document = ran.json();
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let mut said = Vec::new();
    for since in ["altered", "removed", "added", "reformatted", "renamed"] {
        for one in document[since].as_array().unwrap() {
            assert_eq!(one["since"], since);
            said.push(format!("{since} {}: {}", word(&one["file"]), word(&one["part"])));
        }
    }
    let differences = document["differences"].as_array().unwrap();
    said.extend(differences.iter().map(|it| ["student", "what", "receipt", "now"].map(|key| word(&it[key])).join(" ")));
    let breaks = |one: &String| !["added ", "reformatted ", "renamed "].iter().any(|since| one.starts_with(since));
    let is_lost = document["history"][0]["in_history"] == false || document["history"][0]["has_the_records"] == false;
    let holds = !is_lost && !said.iter().any(breaks);
    assert_eq!((ran.status, &document["holds"]), (i32::from(!holds), &Value::Bool(holds)), "{said:?}");
    said
}

#[test]
fn a_receipt_says_what_was_judged_from_what() {
    let (repository, receipt) = kept();
    let folder = &receipt["folders"][0];
    assert_eq!(receipt["version"], 1);
    assert!(receipt["program"].as_str().unwrap().starts_with("gwp "));
    assert_eq!(folder["commit"], repository.git(&["rev-parse", "HEAD"]).as_str());
    assert_eq!(folder["clean"], true);
    assert_eq!([&folder["as_of"], &folder["scheme"]], ["2026-02-10", "iga-2022-23"]);
    let document = run(&repository.top(), "check --as-of 2026-02-10 --format json").json();
    for student in document["students"].as_array().unwrap() {
        let kept = &folder["students"][student["id"].as_str().unwrap()];
        assert_eq!(kept["verdict"], student["verdict"]);
        assert_eq!(kept["sessions"], student["sessions"]["counted"]);
        let not_met = student["requirements"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| it["status"] != "met" && it["status"] != "n/a");
        let not_met: serde_json::Map<String, Value> =
            not_met.map(|it| (it["code"].as_str().unwrap().to_owned(), it["status"].clone())).collect();
        assert_eq!(kept["not_met"], Value::Object(not_met));
    }
    assert_eq!(folder["students"].as_object().unwrap().len(), document["students"].as_array().unwrap().len());
    assert_eq!(folder["records"]["files"], document["files"]["found"]);
}

#[test]
fn a_repository_with_longer_ids_and_one_with_another_in_it() {
    let (repository, receipt) = kept_in(Repository::with("sha256"));
    assert_eq!(receipt["folders"][0]["clean"], true);
    assert!(differing(&repository, "--rev HEAD").is_empty());
    // What a submodule holds is kept elsewhere: it is no record of this folder, fetched or not.
    let submodule = format!("160000,{},papers", repository.git(&["rev-parse", "HEAD"]));
    repository.git(&["update-index", "--add", "--cacheinfo", &submodule]);
    repository.git(&["commit", "--quiet", "--message", "submodule"]);
    assert!(differing(&repository, "--rev HEAD").is_empty());
    fs::create_dir(repository.top().join("papers")).unwrap();
    assert!(differing(&repository, "").is_empty());
}

#[test]
fn a_receipt_holds_until_something_differs() {
    let (repository, _) = kept();
    assert!(differing(&repository, "").is_empty());
    assert!(differing(&repository, "--rev HEAD").is_empty());
    let path = repository.top().join("students/robin-ashby.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("# a remark\n{text}")).unwrap();
    assert_eq!(differing(&repository, ""), ["reformatted students/robin-ashby.toml: -"]);
    fs::write(&path, text.replace('\n', "\r\n")).unwrap();
    assert!(differing(&repository, "").is_empty(), "line ends count for nothing");
    fs::write(&path, text.replacen("course = ", "withdrawn = 2026-01-10\ncourse = ", 1)).unwrap();
    let said = differing(&repository, "");
    assert!(said.contains(&"added students/robin-ashby.toml: withdrawn".to_owned()), "{said:?}");
    assert!(
        said.contains(&"robin-ashby verdict on-track withdrawn".to_owned())
            || said.iter().any(|one| one.ends_with(" withdrawn") && one.starts_with("robin-ashby verdict")),
        "{said:?}"
    );
    assert!(differing(&repository, "--rev HEAD").is_empty());
    fs::write(&path, "name = ").unwrap();
    assert!(
        differing(&repository, "").iter().any(|one| one.starts_with("robin-ashby verdict") && one.ends_with("unknown"))
    );
    fs::remove_file(&path).unwrap();
    assert!(differing(&repository, "").iter().any(|one| one.starts_with("robin-ashby verdict") && one.ends_with(" -")));
    let page = run(&repository.top(), "verify ../receipt.json");
    assert!(page.status == 1 && page.out.contains("not there"), "{}", page.out);
}

#[test]
fn a_variation_differs() {
    let (repository, _) = kept();
    let varied =
        "[[variation]]\nparameter = \"session_minutes_min\"\nvalue = 45\nagreed_by = \"NTM\"\nagreed = 2026-01-10\n";
    repository.write("gwp.toml", varied);
    let said = differing(&repository, "");
    assert!(said.contains(&"- variations  session_minutes_min = 45 (NTM, 2026-01-10)".to_owned()), "{said:?}");
}

#[test]
fn whether_the_work_tree_was_clean() {
    let (repository, _) = kept();
    let mut number = 0;
    let mut clean = || {
        number += 1;
        run(&repository.top(), &format!("check --as-of 2026-02-10 --receipt ../{number}.json"));
        let text = fs::read(repository.path(&format!("{number}.json"))).unwrap();
        serde_json::from_slice::<Value>(&text).unwrap()["folders"][0]["clean"].clone()
    };
    assert_eq!(clean(), true);
    repository.write("README.md", "what is no record is not looked at");
    assert_eq!(clean(), true);
    repository.write("students/new-one.toml", "name = \"New One\"\ncourse = \"york-2025\"\n");
    assert_eq!(clean(), false);
    repository.commit("2026-02-21T12:00:00Z");
    assert_eq!(clean(), true);
    repository.write("students/not-utf8.toml", b"\xff\xfe");
    assert_eq!(clean(), false);
    repository.commit("2026-02-22T12:00:00Z");
    assert_eq!(clean(), true, "what cannot be read is the same on both sides");
    fs::remove_file(repository.top().join("students/new-one.toml")).unwrap();
    assert_eq!(clean(), false);
}

#[test]
fn without_git_there_is_no_commit() {
    let folder = scratch::folder();
    for (path, text) in base_files() {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    run(folder.path(), "check --as-of 2026-02-10 --receipt r.json");
    let receipt: Value = serde_json::from_slice(&fs::read(folder.path().join("r.json")).unwrap()).unwrap();
    assert_eq!([&receipt["folders"][0]["commit"], &receipt["folders"][0]["clean"]], [&Value::Null, &Value::Null]);
    let ran = run(folder.path(), "verify r.json");
    assert!(ran.status == 0 && ran.out.contains("records of which no commit is known"), "{}{}", ran.out, ran.err);
}

#[test]
fn several_folders_have_one_receipt() {
    let ran_in = scratch::folder();
    let path = ran_in.path().join("r.json");
    let at = path.to_str().unwrap();
    let ran =
        Program::at_the_top().run(&format!("check examples/national --as-of 2026-02-10 --format csv --receipt {at}"));
    assert!(ran.status < 2, "{}", ran.err);
    let ran = Program::at_the_top().run(&format!("verify {at} examples/national"));
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    let ran = Program::at_the_top().run(&format!("verify {at} examples/national/leeds --format json"));
    let said = ran.json();
    assert!(
        ran.status == 1 && said["differences"].as_array().unwrap().iter().all(|one| one["what"] == "folder"),
        "{}",
        ran.out
    );
}

#[test]
fn a_receipt_is_of_everybody_and_is_not_written_over() {
    let (repository, _) = kept();
    let refused = |words: &str| {
        let ran = run(&repository.top(), words);
        assert_eq!(ran.status, 2, "{words}: {}", ran.err);
        ran.err
    };
    let before = fs::read(repository.path("receipt.json")).unwrap();
    let said = refused("check --as-of 2026-02-11 --receipt ../receipt.json");
    assert!(said.contains("../receipt.json is there already"), "{said}");
    assert_eq!(fs::read(repository.path("receipt.json")).unwrap(), before);
    for filter in ["--course york-2025", "--verdict ready"] {
        let said = refused(&format!("check {filter} --receipt ../other.json"));
        assert!(said.contains("cannot be used with"), "{said}");
    }
    assert!(refused("check --receipt ../no/where.json").contains("where.json"));
    for (text, wanted) in [("{}", "is no receipt"), ("", "is no receipt"), ("[1]", "is no receipt")] {
        fs::write(repository.path("no.json"), text).unwrap();
        assert!(refused("verify ../no.json").contains(wanted));
    }
    let other = String::from_utf8(before).unwrap().replacen("\"version\": 1", "\"version\": 9", 1);
    fs::write(repository.path("no.json"), other).unwrap();
    assert!(refused("verify ../no.json").contains("a receipt of another form, made by gwp "));
    assert!(refused("verify ../nowhere.json").contains("nowhere.json"));
}

#[test]
fn what_was_altered_removed_and_added_is_told_apart() {
    let (repository, receipt) = kept();
    let each = receipt["folders"][0]["records"]["each"].as_object().unwrap();
    let log = each.keys().find(|path| path.starts_with("sessions/") && path.contains("group")).unwrap().clone();
    let text = fs::read_to_string(repository.top().join(&log)).unwrap();
    let says = each[&log]["says"].as_object().unwrap();
    let sessions: Vec<&String> = says.keys().filter(|part| part.starts_with("session ")).collect();
    let [first, second] = [sessions[0], sessions[1]].map(|part| part["session ".len()..].to_owned());
    // The digest is that of an attestation, and that of the file what `sha256sum` prints.
    let sum = gwp::records::sha256(text.as_bytes());
    assert_eq!(each[&log]["digest"], sum.as_str());
    let line_of = |day: &str| text.lines().find(|line| line.contains(&format!("date = {day}"))).unwrap().to_owned();
    let end = text.rfind("]\n").unwrap();
    let with_more = |day: &str| format!("{}  {{ date = {day}, minutes = 60 }},\n{}", &text[..end], &text[end..]);
    let holds = |said: &[String]| said.iter().all(|one| one.starts_with("added ") || one.starts_with("reformatted "));
    // Honest further work: the day after that of the receipt, the day itself, the day before.
    repository.write(&log, with_more("2026-02-11"));
    let said = differing(&repository, "");
    assert_eq!(said, [format!("added {log}: session 2026-02-11")]);
    repository.write(&log, with_more("2026-02-09"));
    let said = differing(&repository, "");
    assert_eq!(said[0], format!("added {log}: session 2026-02-09"));
    assert!(!holds(&said), "it counts by the day of the receipt: {said:?}");
    let other = line_of("2026-02-10").replace("minutes = ", "minutes = 1");
    repository.write(&log, text.replace(&line_of("2026-02-10"), &other));
    assert_eq!(differing(&repository, "")[0], format!("altered {log}: session 2026-02-10"));
    let altered = line_of(&first).replace("minutes = ", "minutes = 1");
    repository.write(&log, text.replace(&line_of(&first), &altered).replace(&format!("{}\n", line_of(&second)), ""));
    let said = differing(&repository, "");
    assert_eq!(said[..2], [format!("altered {log}: session {first}"), format!("removed {log}: session {second}")]);
    let page = run(&repository.top(), "verify ../receipt.json");
    let parts = ["The receipt does not hold. Since then: 1 altered, 1 removed", "Altered since", "Removed since"];
    assert!(parts.iter().all(|part| page.out.contains(part)), "{}", page.out);
    // A whole record, and a record in another subfolder.
    repository.write(&log, &text);
    let student = fs::read_to_string(repository.top().join("students/robin-ashby.toml")).unwrap();
    repository.write("students/new-one.toml", "name = \"New One\"\ncourse = \"york-2025\"\n");
    let said = differing(&repository, "");
    assert_eq!(said[0], "added students/new-one.toml: -");
    fs::remove_file(repository.top().join("students/new-one.toml")).unwrap();
    fs::remove_file(repository.top().join("students/robin-ashby.toml")).unwrap();
    assert_eq!(differing(&repository, "")[0], "removed students/robin-ashby.toml: -");
    repository.write("students/2025/robin-ashby.toml", student);
    assert_eq!(differing(&repository, ""), ["reformatted students/robin-ashby.toml: -"]);
}

#[test]
fn the_commit_of_a_receipt_is_looked_for_first() {
    let (repository, receipt) = kept();
    let told = |words: &str| {
        let ran = run(&repository.top(), &format!("verify ../receipt.json --format json {words}"));
        let json = ran.json();
        let one = &json["history"][0];
        (ran.status, one["in_history"].clone(), one["has_the_records"].clone())
    };
    let (yes, no) = (Value::Bool(true), Value::Bool(false));
    assert_eq!(told(""), (0, yes.clone(), yes.clone()));
    repository.write("README.md", "later");
    repository.commit("2026-03-01T12:00:00Z");
    assert_eq!([told(""), told("--rev HEAD~1")], [(0, yes.clone(), yes.clone()), (0, yes.clone(), yes.clone())]);
    // A receipt that names a commit of which it was not made.
    let path = repository.path("receipt.json");
    let sound = fs::read_to_string(&path).unwrap();
    let digest = receipt["folders"][0]["records"]["digest"].as_str().unwrap();
    fs::write(&path, sound.replace(digest, &format!("sha256:{}", "0".repeat(64)))).unwrap();
    assert_eq!(told(""), (1, yes, no.clone()));
    fs::write(&path, &sound).unwrap();
    // Every commit written anew, with the same texts and dates.
    repository.git(&["checkout", "--quiet", "--orphan", "anew"]);
    repository.commit("2026-02-20T12:00:00Z");
    assert_eq!(told(""), (1, no.clone(), Value::Null));
    let page = run(&repository.top(), "verify ../receipt.json").out;
    let first: String = page.lines().skip(2).take(2).collect::<Vec<_>>().join(" ");
    assert!(first.contains("of the receipt is not in this history. Either the history was rewritten"), "{page}");
    // A word that git would take for a commit is none.
    let id = receipt["folders"][0]["commit"].as_str().unwrap();
    fs::write(&path, sound.replace(id, "HEAD")).unwrap();
    assert_eq!(told(""), (1, no, Value::Null));
}

#[test]
fn a_receipt_of_one_student_is_bound_to_what_their_verdict_rests_on() {
    let (repository, all) = kept();
    let path = repository.path("one.json");
    let ran =
        run(&repository.top(), "check --as-of 2026-02-10 --student robin-ashby --format csv --receipt ../one.json");
    assert!(ran.status < 2, "{}", ran.err);
    let receipt: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let folder = &receipt["folders"][0];
    assert_eq!(folder["only"], serde_json::json!(["robin-ashby"]));
    let student = &folder["students"]["robin-ashby"];
    assert_eq!(student, &all["folders"][0]["students"]["robin-ashby"]);
    let files: Vec<&String> = folder["records"]["each"].as_object().unwrap().keys().collect();
    let rests_on: Vec<&str> =
        student["rests_on"].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
    assert_eq!(files, rests_on);
    assert_eq!(folder["records"]["files"], files.len());
    let verify = || run(&repository.top(), "verify ../one.json");
    let same = verify();
    assert!(same.status == 0 && same.out.contains("of robin-ashby alone"), "{}{}", same.out, same.err);
    // What is about somebody else is no matter of this receipt.
    repository.write("students/new-one.toml", "name = \"New One\"\ncourse = \"york-2025\"\n");
    assert!(verify().out.contains("Everything is as the receipt says."), "{}", verify().out);
    let file = repository.top().join("students/robin-ashby.toml");
    fs::write(&file, fs::read_to_string(&file).unwrap().replacen("name = \"", "name = \"Dr ", 1)).unwrap();
    let said = verify();
    assert!(said.status == 1 && said.out.contains("students/robin-ashby.toml  name"), "{}", said.out);
    fs::remove_file(&file).unwrap();
    assert!(verify().out.contains("Removed since"), "{}", verify().out);
}

#[test]
fn receipts_of_two_years() {
    let (repository, _) = kept();
    let log = "sessions/further.toml";
    let text = |sessions: &str| {
        format!(
            "kind = \"group\"\ntitle = \"Further\"\norganisation = \"\"\nsetting = \"health\"\naim = \"other\"\n\
             frequency = \"weekly\"\nconductors = []\nsessions = [\n{sessions}]\n"
        )
    };
    let mut held = Vec::new();
    for (year, month) in [(2026, 3), (2026, 9), (2027, 3), (2027, 9)] {
        held.push(format!("  {{ date = {year}-0{month}-03, minutes = 60 }},\n"));
        repository.write(log, text(&held.concat()));
        repository.commit(&format!("{year}-0{month}-04T12:00:00Z"));
        let ran = run(
            &repository.top(),
            &format!("check --as-of {year}-0{month}-05 --format csv --receipt ../receipt-{year}-{month}.json"),
        );
        assert!(ran.status < 2, "{}", ran.err);
    }
    let holds = |name: &str| run(&repository.top(), &format!("verify ../{name}.json")).status;
    let all = ["receipt", "receipt-2026-3", "receipt-2026-9", "receipt-2027-3", "receipt-2027-9"];
    assert_eq!(all.map(holds), [0; 5], "further work takes nothing from a receipt");
    // One that was altered breaks the receipts that knew it, and no other.
    repository.write(log, text(&held.concat().replace("2026-09-03, minutes = 60", "2026-09-03, minutes = 90")));
    assert_eq!(all.map(holds), [0, 0, 1, 1, 1]);
}

/// A form with a paper, another whose paper is not there, and receipts of everybody and of one student.
#[test]
fn a_paper_that_is_swapped_breaks_the_receipt() {
    let (repository, _) = kept();
    let file = "students/robin-ashby.toml";
    let text = fs::read_to_string(repository.top().join(file)).unwrap();
    let named = |form: &str| text.replace("[form1]\n", &format!("[form1]\ndocument = \"{form}\"\n"));
    assert!(text.contains("[form1]\n"), "{text}");
    repository.write("evidence/form1.pdf", b"%PDF-1.4 \xff as it was signed");
    repository.write("evidence/cv.pdf", vec![7; 9 << 20]);
    repository.write("evidence/other.pdf", "no record names it");
    repository.write(file, named("evidence/form1.pdf"));
    let supervisors = fs::read_dir(repository.top().join("supervisors")).unwrap();
    let other =
        supervisors.flatten().map(|entry| entry.path()).find(|path| path.extension().unwrap() == "toml").unwrap();
    let cv = fs::read_to_string(&other).unwrap();
    fs::write(&other, format!("cv_document = \"evidence/lost.pdf\"\n{cv}")).unwrap();
    repository.commit("2026-02-21T12:00:00Z");
    let made = |name: &str, words: &str| {
        let ran = run(&repository.top(), &format!("check --as-of 2026-02-10 --format csv --receipt ../{name} {words}"));
        (serde_json::from_slice::<Value>(&fs::read(repository.path(name)).unwrap()).unwrap(), ran.err)
    };
    fs::remove_file(repository.path("receipt.json")).unwrap();
    let (receipt, said) = made("receipt.json", "");
    assert!(said.contains("so the receipt cannot bind it: evidence/lost.pdf."), "{said}");
    let documents = &receipt["folders"][0]["documents"];
    let form = &documents["evidence/form1.pdf"];
    assert_eq!(form["named_by"], serde_json::json!([file]));
    assert_eq!(form["digest"], gwp::records::sha256(b"%PDF-1.4 \xff as it was signed").as_str());
    assert_eq!(documents["evidence/lost.pdf"]["digest"], Value::Null);
    assert_eq!(documents.as_object().unwrap().len(), 2, "{documents}");
    let (one, said) = made("one.json", "--student robin-ashby");
    assert!(one["folders"][0]["documents"]["evidence/form1.pdf"] == *form, "{said}");
    assert!(differing(&repository, "").is_empty() && differing(&repository, "--rev HEAD").is_empty());
    // Swapped on disk: the commit has it still, and so has the receipt of the one student whom it is about.
    repository.write("evidence/form1.pdf", b"%PDF-1.4 \xff as it was never signed");
    assert_eq!(differing(&repository, ""), ["altered evidence/form1.pdf: -"]);
    assert!(differing(&repository, "--rev HEAD").is_empty());
    let page = run(&repository.top(), "verify ../one.json");
    assert!(page.status == 1 && page.out.contains("the document  robin-ashby"), "{}", page.out);
    repository.commit("2026-02-22T12:00:00Z");
    assert_eq!(differing(&repository, "--rev HEAD"), ["altered evidence/form1.pdf: -"]);
    // Named by nobody any more, or another in its place: the paper is still that of the receipt, or it is not.
    repository.write(file, named("evidence/cv.pdf"));
    let said = differing(&repository, "");
    let wanted = [
        "altered evidence/form1.pdf: -",
        "altered students/robin-ashby.toml: form1.document",
        "added evidence/cv.pdf: -",
    ];
    assert!(wanted.iter().all(|one| said.contains(&(*one).to_owned())), "{said:?}");
    // What comes later is added: it was not bound.
    repository.write(file, named("evidence/form1.pdf"));
    repository.write("evidence/lost.pdf", "found");
    fs::remove_file(repository.top().join("evidence/form1.pdf")).unwrap();
    assert_eq!(differing(&repository, ""), ["removed evidence/form1.pdf: -", "added evidence/lost.pdf: -"]);
    let page = run(&repository.top(), "verify ../receipt.json").out;
    assert!(page.contains("bind it: evidence/lost.pdf."), "{page}");
    // A folder in its place is no paper.
    fs::create_dir(repository.top().join("evidence/form1.pdf")).unwrap();
    assert_eq!(differing(&repository, "")[0], "removed evidence/form1.pdf: -");
}

/// What a program before this one wrote has no digests of single records.
#[test]
fn a_receipt_of_an_earlier_form_is_verified_as_a_whole() {
    let (repository, mut receipt) = kept();
    receipt["folders"][0]["records"].as_object_mut().unwrap().remove("each");
    receipt["folders"][0].as_object_mut().unwrap().remove("documents");
    for student in receipt["folders"][0]["students"].as_object_mut().unwrap().values_mut() {
        student.as_object_mut().unwrap().remove("rests_on");
    }
    fs::write(repository.path("receipt.json"), receipt.to_string()).unwrap();
    assert_eq!(differing(&repository, ""), Vec::<String>::new());
    repository.write("students/new-one.toml", "name = \"New One\"\ncourse = \"york-2025\"\n");
    let said = differing(&repository, "");
    assert!(said.iter().any(|one| one.starts_with("- records ")), "{said:?}");
    let page = run(&repository.top(), "verify ../receipt.json").out;
    assert!(
        page.contains("It has no digests of single records") && page.contains("It binds no scanned papers"),
        "{page}"
    );
}

#[test]
fn receipts_fit_their_schema() {
    let (_repository, receipt) = kept();
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.enable_format_assertions();
    let text = Program::at_the_top().run("schema --output receipt").out;
    compiler.add_resource("https://example.org/receipt.json", serde_json::from_str(&text).unwrap()).unwrap();
    let index = compiler.compile("https://example.org/receipt.json", &mut schemas).unwrap();
    if let Err(misfit) = schemas.validate(&receipt, index) {
        panic!("{misfit:#}");
    }
    let mut other = receipt.clone();
    other["folders"][0]["more"] = Value::Null;
    assert!(schemas.validate(&other, index).is_err());
}
