//! Copies that programs leave beside a record, and files that are nearly records: each is to be compared with the record
//! that is there, and none is told to take another name.

use gwp::case;
use gwp::problems::ProblemName;
use gwp::text::Notation;

use crate::source;

/// What is said of a file beside the records of two people: the problem and the help.
fn said(path: &str) -> (ProblemName, String) {
    let record = "name = \"A\"\ncourse = \"c\"\n";
    let sources = ["students/ann-bee.toml", "students/lee-morgan.yaml", path].map(|path| {
        source(path, if Notation::of(path) == Some(Notation::Yaml) { "name: A\ncourse: c\n" } else { record })
    });
    let problems = case::read(&sources).problems;
    let [problem] = &problems[..] else { panic!("{path}: {problems:?}") };
    assert_eq!(problem.file.0, 2, "{path}");
    (problem.name, problem.help.clone().unwrap_or_default())
}

#[test]
fn a_copy_of_a_record_that_is_there_is_to_be_compared_with_it() {
    for path in [
        "students/ann-bee (1).toml",
        "students/ann-bee - Copy.toml",
        "students/2025/ann-bee copy 2.toml",
        "students/ann-bee (Jo's conflicted copy 2026-02-10).toml",
        "students/ann-bee conflicted copy.yaml",
        "students/ann-bee.sync-conflict-20260210-101500-ABC.toml",
        "students/ann-bee-LAPTOP.toml",
        "students/ann-bee-DESKTOP-7Q2.toml",
        // The name that it would be given belongs to another record.
        "students/Ann_Bee.toml",
    ] {
        let help = "compare it with students/ann-bee.toml, and delete the one that is not needed".to_owned();
        assert_eq!(said(path), (ProblemName::BadId, help), "{path}");
    }
    let help = "compare it with students/lee-morgan.yaml, and delete the one that is not needed".to_owned();
    assert_eq!(said("students/lee-morgan (2).toml"), (ProblemName::BadId, help));
}

#[test]
fn a_name_that_is_only_badly_written_is_given_a_better_one() {
    for (path, better) in [
        ("students/Jo_Bee.toml", "jo-bee.toml"),
        ("students/jo-bee-LAPTOP.toml", "jo-bee-laptop.toml"),
        ("students/Managing Conflict.toml", "managing-conflict.toml"),
    ] {
        let (name, help) = said(path);
        assert!(
            name == ProblemName::BadId && help.contains(&format!("rename the file to `{better}`")),
            "{path}: {help}"
        );
    }
}

#[test]
fn what_is_nearly_a_record_is_named_with_what_to_do() {
    let compare = "compare it with students/ann-bee.toml, and delete the one that is not needed";
    for (path, help) in [
        ("students/ann-bee.toml.txt", compare),
        ("students/ann-bee (Jo's conflicted copy 2026-02-10).txt", compare),
        ("students/ann-bee.toml (1)", compare),
        ("students/jo-bee.toml.txt", "call it students/jo-bee.toml; Windows may hide the last ending"),
        (
            "students/jo-bee.toml (1)",
            "look for the record that it is a copy of, compare the two, and delete the one that is not needed",
        ),
        (
            "students/2025/.jo-bee.toml.icloud",
            "download it in the Finder, and set the folder to be kept on this computer",
        ),
    ] {
        assert_eq!(said(path), (ProblemName::StrayFile, help.to_owned()), "{path}");
    }
}

#[cfg(feature = "cli")]
#[test]
fn what_is_nearly_a_record_is_no_record_in_git_either() {
    use crate::desk::Desk;

    let desk = Desk::of("examples/broken/stray-file-icloud").in_git();
    let check = |options: &str| desk.run(&format!("check --as-of 2025-11-10 --format json {options}")).json();
    let on_disk = check("");
    assert_eq!(on_disk["problems"][0]["file"], "students/.wren-sayer.toml.icloud");
    // The course and gwp.toml: what is nearly a record is not among the files that were found.
    assert_eq!(on_disk["files"], serde_json::json!({"found": 2, "used": 2}));
    assert_eq!(check("--rev HEAD")["problems"], on_disk["problems"]);
    assert_eq!(check("--rev HEAD")["files"], on_disk["files"]);

    std::fs::write(desk.path("students/robin-sayer.toml.txt"), "name = \"Robin Sayer\"\n").expect("it can be written");
    let diff = desk.run("diff HEAD --as-of 2025-11-10 --format json").json();
    assert_eq!(diff["records"], serde_json::json!([]));
    assert_eq!(diff["problems"]["new"][0]["file"], "students/robin-sayer.toml.txt");
    assert_eq!(diff["problems"]["new"].as_array().map(Vec::len), Some(1));
    assert!(desk.run("history --format csv").out.lines().all(|line| !line.contains("sayer")));
}
