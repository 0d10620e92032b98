//! `gwp person` and `gwp retention` of the scanned papers that records name.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use serde_json::Value;

use crate::chronicle::{Diary, RUTH, run, story};

fn words(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}

/// Nia's own paper, one that her record and that of Ann name, Ann's own, that of who confirmed her log, and one that nobody names. Her
/// own was replaced after a month, and goes by the end.
fn begun() -> tempfile::TempDir {
    let folder = story();
    let diary = Diary { top: folder.path() };
    let of_form1 = |name: &str, rest: &str| {
        format!(
            "name = \"{name}\"\ncourse = \"wells-2025\"\nwithdrawn = 2026-04-01\n\n[form1]\nsubmitted = 2025-10-18\n{rest}"
        )
    };
    let insured = |paper: &str| {
        format!(
            "\n[[insurance]]\nkind = \"own\"\nfrom = 2025-10-01\nuntil = 2026-09-30\ndocument = \"documents/{paper}\"\n"
        )
    };
    diary.write("gwp.toml", "[retention]\nyears = 7\n");
    diary.write(
        "students/nia-brook.toml",
        &of_form1(
            "Nia Brook",
            &format!("document = \"documents/form1.pdf\"\n{}", insured("both.pdf") + &insured("zo\u{eb}.pdf")),
        ),
    );
    diary.write(
        "students/ann-bee.toml",
        &of_form1(
            "Ann Bee",
            &format!("document = \"documents/ann.pdf\"\n{}", insured("both.pdf") + &insured("zoe\u{308}.pdf")),
        )
        .replace("withdrawn = 2026-04-01\n", ""),
    );
    diary.add(
        "sessions/supervision-ferrer.toml",
        "\n[[attested]]\nby = \"tom-ferrer\"\non = 2026-02-01\nthrough = 2025-10-14\nentries = { 2025-10-14 = \"a1b2\" }\n\
         document = \"documents/attested.pdf\"\n",
    );
    for paper in ["form1", "both", "ann", "attested", "other"] {
        diary.write(&format!("documents/{paper}.pdf"), &format!("{paper}, signed\n"));
    }
    diary.commit(RUTH, "2026-04-02", "papers");
    diary.write("documents/form1.pdf", "signed anew\n");
    diary.commit(RUTH, "2026-05-02", "a better scan");
    diary.write("documents/ann.pdf", "signed anew\n");
    diary.commit(RUTH, "2026-05-03", "another");
    folder
}

#[test]
fn what_is_past_its_time_is_held_by_scans_and_by_the_commits_that_wrote_them() {
    let folder = begun();
    let document = run(folder.path(), "retention --format json --as-of 2033-04-02").json();
    let nia = &document["people"].as_array().unwrap().iter().find(|one| one["id"] == "nia-brook").unwrap();
    let files = nia["files"].as_array().unwrap().iter();
    let scans = files.map(|one| (one["file"].as_str().unwrap(), one["others"].as_bool().unwrap()));
    let scans: Vec<_> = scans.filter(|(file, _)| file.starts_with("documents/")).collect();
    let shared = ["documents/both.pdf", "documents/zo\u{eb}.pdf"].map(|paper| (paper, true));
    let wanted = [("documents/attested.pdf", false), ("documents/form1.pdf", false), shared[0], shared[1]];
    assert_eq!(scans, wanted);
    let days = run(folder.path(), "history nia-brook --format json").json();
    let of_day = |day: &str| {
        let entries = days["entries"].as_array().unwrap().iter();
        let mut ids = entries.filter(|one| one["recorded"] == day).map(|one| one["commit"]["id"].as_str().unwrap());
        ids.next().map(str::to_owned)
    };
    let better = of_day("2026-05-02").unwrap();
    let commits = words(&nia["commits"]);
    assert!(commits.contains(&better.as_str()), "{commits:?}");
    assert_eq!(commits.len(), 9, "that of Ann's paper is none of hers: {commits:?}");
    // A scan is no text in which a word could be replaced.
    let commands = words(&document["commands"]);
    assert!(commands.contains(&"rm -f -- 'documents/form1.pdf'"), "{commands:#?}");
    assert!(!commands.iter().any(|line| line.starts_with("erase 'documents/")), "{commands:#?}");
    assert!(commands.contains(&"# 'documents/both.pdf'"), "{commands:#?}");
}

#[test]
fn a_folder_that_was_moved_is_erased_where_it_lay_before_as_well() {
    let folder = begun();
    let diary = Diary { top: folder.path() };
    diary.replace("students/ann-bee.toml", "course = ", "notes = \"Shares a flat with Nia Brook.\"\ncourse = ");
    diary.commit(RUTH, "2026-05-30", "a note");
    fs::create_dir(folder.path().join("wells")).unwrap();
    for one in ["gwp.toml", "courses", "documents", "sessions", "students", "supervisors"] {
        fs::rename(folder.path().join(one), folder.path().join("wells").join(one)).unwrap();
    }
    diary.commit(RUTH, "2026-06-01", "each course in a folder of its own");
    let document = run(folder.path(), "retention wells --format json --as-of 2033-04-02").json();
    let commands = words(&document["commands"]);
    for path in ["students/nia-brook.toml", "documents/form1.pdf"] {
        for line in [format!("rm -f -- '{path}'"), format!("rm -f -- 'wells/{path}'")] {
            assert!(commands.contains(&line.as_str()), "{line}: {commands:#?}");
        }
    }
    for line in ["erase 'students/ann-bee.toml'", "erase 'wells/students/ann-bee.toml'"] {
        assert!(commands.contains(&line), "{line}: {commands:#?}");
    }
}

#[test]
fn the_scans_of_somebody_are_listed_with_what_was_done_to_them() {
    let folder = begun();
    let diary = Diary { top: folder.path() };
    let papers = |more: &str| {
        let document = run(folder.path(), &format!("person nia-brook --format json {more}")).json();
        (words(&document["documents"]).into_iter().map(str::to_owned).collect::<Vec<_>>(), document)
    };
    let all = ["documents/attested.pdf", "documents/both.pdf", "documents/form1.pdf", "documents/zo\u{eb}.pdf"];
    assert_eq!(papers("").0, all);
    let shown = run(folder.path(), "person nia-brook").out;
    assert!(shown.contains("Scanned papers about this person"), "{shown}");
    assert!(all.iter().all(|paper| shown.contains(paper)) && !shown.contains("ann.pdf"), "{shown}");
    // What is named no more was named once.
    diary.replace("students/nia-brook.toml", "document = \"documents/form1.pdf\"\n", "");
    fs::remove_file(folder.path().join("documents/form1.pdf")).unwrap();
    diary.commit(RUTH, "2026-06-01", "no longer kept");
    assert_eq!(papers("").0, ["documents/attested.pdf", "documents/both.pdf", "documents/zo\u{eb}.pdf"]);
    let (named, document) = papers("--history");
    assert_eq!(named, all);
    let entries = document["history"]["entries"].as_array().unwrap().iter();
    let of_paper = entries.filter(|one| one["file"] == "documents/form1.pdf");
    let of_paper: Vec<_> =
        of_paper.map(|one| (one["recorded"].as_str().unwrap(), one["change"].as_str().unwrap())).collect();
    assert_eq!(of_paper, [("2026-04-02", "added"), ("2026-05-02", "changed"), ("2026-06-01", "removed")]);
}
