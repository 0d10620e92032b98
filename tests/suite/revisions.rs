//! A folder as it stood in a commit: the same as a checkout of the commit, wherever the repository is.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;
use std::path::Path;

use gwp::files::{self, CaseFolder};
use gwp::git::{Repository as Read, Snapshot};
use gwp::text::Source;
use proptest::prelude::*;

use crate::cases::base_files;
use crate::program::{Program, Ran};
use crate::properties::iso;
use crate::repository::history;
use crate::repository::{Repository, said, started};

/// A repository with the base folder in a subfolder, as it was and with a student less.
fn london() -> (Repository, [String; 2]) {
    let repository = Repository::new();
    let mut files = base_files();
    files.insert("students/ada-finch.toml".to_owned(), "name = \"Ada Finch\"\ncourse = \"york-2025\"\n".to_owned());
    repository.hold("london", &files);
    let first = repository.commit("2026-02-20T23:30:00Z");
    files.remove("students/ada-finch.toml");
    repository.hold("london", &files);
    let second = repository.commit("2026-02-22T12:00:00Z");
    (repository, [first, second])
}

fn check(within: &Path, words: &str) -> Ran {
    Program::within(within).run(&format!("check --as-of 2026-02-10 --format json {words}"))
}

/// What `check` says of a checkout of a commit.
fn checked_out(repository: &Repository, commit: &str, folder: &str) -> String {
    let path = repository.path(&format!("checkout-{commit}"));
    if !path.exists() {
        repository.git(&["worktree", "add", "--quiet", "--detach", path.to_str().unwrap(), commit]);
    }
    check(&path, &format!("-C {folder}")).out
}

/// The sources of a folder in a commit, and of a checkout of it.
fn both(repository: &Repository, commit: &str) -> (Vec<Source>, Vec<Source>) {
    let read = Read::around(&repository.top()).unwrap();
    let commit = read.commit(commit).unwrap();
    let path = repository.path("checkout");
    repository.git(&["worktree", "add", "--quiet", "--detach", path.to_str().unwrap(), &commit.id]);
    let snapshot = Snapshot::of(read, commit).unwrap();
    let root = snapshot.find().unwrap().remove(0);
    let in_commit = snapshot.open(root, &|_, _| None).unwrap();
    let on_disk = CaseFolder::open(files::find(&[path]).unwrap().remove(0)).unwrap();
    (in_commit.sources, on_disk.sources)
}

fn assert_same(one: &[Source], other: &[Source]) {
    let of = |source: &Source| (source.path.raw().to_owned(), source.content.clone());
    let (one, other): (Vec<_>, Vec<_>) = (one.iter().map(of).collect(), other.iter().map(of).collect());
    assert_eq!(one.len(), other.len());
    one.iter().zip(&other).for_each(|(one, other)| assert_eq!(one, other));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn judging_a_commit_is_judging_a_checkout_of_it(states in history(1..4), as_of in crate::properties::any_day()) {
        let repository = Repository::new();
        let mut commits = Vec::new();
        for files in &states {
            repository.hold("york", files);
            commits.push(repository.commit("2026-01-01T12:00:00Z"));
        }
        let day = iso(as_of);
        for commit in commits {
            let path = repository.path(&format!("checkout-{commit}"));
            repository.git(&["worktree", "add", "--quiet", "--detach", path.to_str().unwrap(), &commit]);
            for what in ["check", "due", "list students"] {
                let words = format!("{what} --as-of {day} --format json");
                let is = Program::within(&repository.top()).run(&format!("{words} -C york --rev {commit}"));
                let wanted = Program::within(&path).run(&words);
                // The command that says more is about the commit too.
                let said = is.err.replace(&format!(" --rev {}", &commit[..12]), "").replace("gwp -C york ", "gwp ");
                let said_there = wanted.err.replace("gwp -C york ", "gwp ");
                prop_assert_eq!((is.status, is.out, said), (wanted.status, wanted.out, said_there));
            }
        }
    }
}

#[test]
fn every_command_takes_a_commit() {
    let (repository, [first, second]) = london();
    let program = Program::within(&repository.top());
    for (words, there) in [
        ("check --format csv", "ada-finch,"),
        ("show ada-finch", "Ada Finch"),
        ("list students --format csv", "ada-finch,"),
        ("due --format json", "\"student\":\"ada-finch\""),
        ("forecast --format json", "\"id\":\"ada-finch\""),
    ] {
        let was = program.run(&format!("{words} --as-of 2026-02-10 -C london --rev {first}"));
        assert!(was.out.contains(there), "{words}: {}{}", was.out, was.err);
        for rev in [second.as_str(), "HEAD", "main", "HEAD~0", "@"] {
            let is = program.run(&format!("{words} --as-of 2026-02-10 -C london --rev {rev}"));
            assert!(!is.out.contains(there), "{words} {rev}: {}{}", is.out, is.err);
        }
    }
    let page = program.run("check --as-of 2026-02-10 -C london --rev HEAD");
    let told = format!("The folder is taken as it stood in the commit {} of 22 February 2026.", &second[..12]);
    assert!(page.out.split_whitespace().collect::<Vec<_>>().join(" ").contains(&told), "{}", page.out);
}

#[test]
fn what_is_odd_is_as_on_disk() {
    let repository = Repository::new();
    repository.write_all("", &base_files());
    repository.write("students/latin.toml", b"name = \"Zo\xeb\"\n");
    repository.write("students/large.toml", vec![b'#'; 9 * 1024 * 1024]);
    repository.write("students/.hidden.toml", "x");
    repository.write(".hidden/students/x.toml", "x");
    repository.write("stray.YML", "x: 1\n");
    repository.write("notes/gwp.toml", "");
    repository.write("students/bidi\u{202e}.toml", "x = 1\n");
    repository.write("students/two\nlines.toml", "x = 1\n");
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::ffi::OsStrExt as _;
        use std::os::unix::fs::symlink;
        let top = repository.top();
        fs::write(top.join("sessions").join(std::ffi::OsStr::from_bytes(b"n\xf6rd.toml")), "x = 1\n").unwrap();
        symlink("nowhere", top.join("sessions/link")).unwrap();
        symlink("ash.toml", top.join("supervisors/link.toml")).unwrap();
        symlink("evidence", top.join("elsewhere")).unwrap();
    }
    let commit = repository.commit("2026-01-01T12:00:00Z");
    let (is, wanted) = both(&repository, &commit);
    assert_same(&is, &wanted);
}

#[test]
fn submodules_and_pointers_are_named() {
    let repository = Repository::new();
    repository.write_all("", &base_files());
    let pointer = format!("version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 12\n", "0".repeat(64));
    repository.write("supervisors/kept-elsewhere.toml", pointer);
    let other = repository.commit("2026-01-01T12:00:00Z");
    let link = format!("160000,{other},sessions/elsewhere");
    repository.git(&["update-index", "--add", "--cacheinfo", &link]);
    repository.git(&["commit", "--quiet", "--message", "submodule"]);
    let document = check(&repository.top(), "--rev HEAD").json();
    let unreadable = document["problems"].as_array().unwrap().iter().filter(|problem| problem["name"] == "unreadable");
    let unreadable: Vec<_> =
        unreadable.map(|problem| (problem["file"].as_str().unwrap(), problem["message"].as_str().unwrap())).collect();
    assert_eq!(
        unreadable,
        [
            ("sessions/elsewhere", "it is a submodule: what it holds is kept in another repository"),
            ("supervisors/kept-elsewhere.toml", "it is a pointer of Git LFS: the text itself is kept elsewhere"),
        ]
    );
    // A log may be in the submodule, about anybody.
    assert_eq!(document["counts"]["unknown"], document["counts"]["students"]);
}

#[test]
fn a_document_is_looked_for_in_the_commit() {
    let repository = Repository::new();
    repository.write_all("", &base_files());
    let student = fs::read_to_string(repository.top().join("students/robin-ashby.toml")).unwrap();
    let with = |path: &str| {
        let insured = format!("{student}\n[[insurance]]\nkind = \"own\"\nfrom = 2025-10-01\ndocument = \"{path}\"\n");
        repository.write("students/robin-ashby.toml", insured);
    };
    repository.write("evidence/paper.pdf", "paper");
    with("evidence/./paper.pdf");
    let there = repository.commit("2026-01-01T12:00:00Z");
    fs::remove_file(repository.top().join("evidence/paper.pdf")).unwrap();
    let gone = repository.commit("2026-01-02T12:00:00Z");
    repository.write("evidence/paper.pdf", "paper");
    let missing = |words: &str| check(&repository.top(), words).out.contains("missing-document");
    assert!(!missing(&format!("--rev {there}")) && missing(&format!("--rev {gone}")) && !missing(""));
    for outside in ["../r/evidence/paper.pdf", "/etc/passwd", "evidence", "evidence//paper.pdf", ""] {
        with(outside);
        let commit = repository.commit("2026-01-03T12:00:00Z");
        assert!(missing(&format!("--rev {commit}")) && missing(""), "{outside}");
    }
}

#[test]
fn the_repository_can_be_anywhere() {
    let (repository, [first, _]) = london();
    let wanted = checked_out(&repository, &first, "london");
    let (top, beside) = (repository.top(), repository.path(""));
    said(started(&beside).args(["clone", "--quiet", "--bare", "r", "bare.git"]));
    repository.git(&["worktree", "add", "--quiet", "../linked", "HEAD"]);
    for (within, words) in [
        (top.clone(), "-C london"),
        (top.clone(), "london"),
        (top.clone(), ""),
        (top.join("london/students"), ""),
        (top.join(".git"), ""),
        (beside.clone(), "-C r/.git/london"),
        (beside.clone(), "-C bare.git london"),
        (beside.clone(), "bare.git/london/students"),
        (beside.clone(), "bare.git/london/students/ada-finch.toml"),
        (beside.join("bare.git"), ""),
        (beside.join("linked"), ""),
        (beside.join("linked/london"), "students/ada-finch.toml"),
    ] {
        let ran = check(&within, &format!("{words} --rev {first}"));
        assert_eq!((ran.out.as_str(), ran.err.as_str()), (wanted.as_str(), ""), "{} {words}", within.display());
    }
    for (within, words, said) in [
        (top.clone(), "lundon --rev HEAD", "there is no file or folder ./lundon"),
        (top.clone(), "london/students/ada-finch.toml --rev HEAD", "there is no file or folder ./london/students/ada"),
        (top.clone(), "london/gwp.toml/x --rev HEAD", "there is no file or folder ./london/gwp.toml/x"),
        (beside.join("bare.git/refs"), "--rev HEAD", "there is no file or folder ."),
        (top.clone(), "--rev HEAD~2", "no commit is called \"HEAD~2\""),
        (top.clone(), "--rev HEAD~1~1~1~1", "no commit is called"),
        (top.clone(), "--rev=", "no commit is called \"\""),
        (top, "--rev HEAD:london", "no commit is called \"HEAD:london\""),
        (beside, "--rev HEAD", " is not kept in git"),
    ] {
        let ran = check(&within, words);
        assert!(ran.status == 2 && ran.err.contains(said) && ran.err.lines().count() == 1, "{words}: {}", ran.err);
    }
}

#[test]
fn several_folders_and_none() {
    let repository = Repository::new();
    for place in ["north", "south/bristol", "south/bristol/inner", ".hidden"] {
        repository.hold(place, &base_files());
    }
    let commit = repository.commit("2026-01-01T12:00:00Z");
    let wanted = checked_out(&repository, &commit, ".");
    fs::remove_dir_all(repository.top().join("north")).unwrap();
    assert_eq!(check(&repository.top(), "--rev HEAD").out, wanted);
    assert!(wanted.contains("\"folder\":\"south/bristol\"") && !wanted.contains("inner\""));
    fs::remove_dir_all(repository.top().join("south")).unwrap();
    repository.commit("2026-01-02T12:00:00Z");
    let ran = check(&repository.top(), "--rev HEAD");
    assert!(ran.status == 2 && ran.err.contains("there is no gwp.toml in ."), "{}", ran.err);
}

#[test]
fn a_shallow_clone_says_what_is_missing() {
    let (repository, [first, second]) = london();
    let wanted = checked_out(&repository, &second, "london");
    let source = format!("file://{}", repository.top().display());
    said(started(&repository.path("")).args(["clone", "--quiet", "--depth", "1", &source, "shallow"]));
    let shallow = repository.path("shallow");
    assert_eq!(check(&shallow, "--rev HEAD").out, wanted);
    for words in [format!("--rev {first}"), "--rev HEAD~1".to_owned(), "--known-on 2026-02-21".to_owned()] {
        let ran = check(&shallow, &words);
        assert!(ran.status == 2 && ran.err.contains("shallow") && ran.err.contains("--unshallow"), "{}", ran.err);
    }
}

#[test]
fn the_last_commit_of_a_day() {
    let repository = Repository::new();
    let mut commits = Vec::new();
    let state = |number: u32, at: &str| {
        repository.write("gwp.toml", format!("# {number}\n"));
        repository.commit(at)
    };
    for (number, at) in (0..).zip(["2026-02-19T10:00:00Z", "2026-02-20T23:30:00Z", "2026-02-21T09:00:00+09:00"]) {
        commits.push(state(number, at));
    }
    // Committed on a branch before it was merged: on the branch, not yet in the folder.
    repository.git(&["switch", "--quiet", "--create", "side", &commits[0]]);
    let on_side = state(9, "2026-02-21T12:00:00Z");
    repository.git(&["switch", "--quiet", "main"]);
    repository.git_at("2026-02-23T12:00:00Z", &["merge", "--quiet", "--no-edit", "-s", "ours", "side"]);
    let merged = repository.git(&["rev-parse", "HEAD"]);
    let read = |zone: &'static str, words: &str| {
        let ran = Program::within(&repository.top()).env("TZ", zone).run(&format!("list students {words}"));
        let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        let id = said.split_once("stood in the commit ").map(|(_, rest)| rest[..12].to_owned());
        id.unwrap_or(ran.err)
    };
    for (zone, words, wanted) in [
        ("UTC", "--known-on 2026-02-19", &commits[0]),
        ("UTC", "--known-on 2026-02-20", &commits[1]),
        ("UTC", "--known-on 2026-02-21", &commits[2]),
        ("UTC", "--known-on 2026-02-22", &commits[2]),
        ("UTC", "--known-on 2026-02-23", &merged),
        ("UTC", "--known-on 2030-01-01", &merged),
        ("UTC", "--known-on 2026-02-21 --rev side", &on_side),
        ("UTC", "--known-on 2026-02-20 --rev side", &commits[0]),
        ("UTC", "--known-on 2026-02-23 --rev HEAD~1", &commits[2]),
        // Half past eleven in the evening is the next day further east.
        ("<+02>-2", "--known-on 2026-02-20", &commits[0]),
    ] {
        assert_eq!(read(zone, words), wanted[..12], "{zone} {words}");
    }
    let nothing = read("UTC", "--known-on 2026-02-18");
    assert!(nothing.contains("nothing was committed by 18 February 2026"), "{nothing}");
    let ran = Program::within(&repository.top()).run("check --known-on someday");
    assert!(ran.status == 2 && ran.err.contains("it is no day; write 31 January 2026"), "{}", ran.err);
}

#[test]
fn no_state_of_a_day_holds_what_was_committed_later() {
    let repository = Repository::new();
    let state = |number: u32, at: &str| {
        repository.write("gwp.toml", format!("# {number}\n"));
        repository.write("students/nia-brook.toml", format!("name = \"Nia\"\ncourse = \"x\"\n# {number}\n"));
        repository.commit(at)
    };
    let read = |words: &str| {
        let ran = Program::within(&repository.top()).env("TZ", "UTC").run(words);
        let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        (said.split_once("stood in the commit ").map(|(_, rest)| rest[..12].to_owned()), ran.err)
    };
    let first = state(1, "2026-02-19T10:00:00Z");
    let later = state(2, "2026-04-02T10:00:00Z");
    let honest = read("list students --known-on 2026-02-20");
    assert_eq!(honest, (Some(first[..12].to_owned()), String::new()));
    // It says that it is of a day of February, and follows what was entered in April.
    let bent = state(3, "2026-02-20T10:00:00Z");
    let last = state(4, "2026-04-03T10:00:00Z");
    for (day, wanted) in [
        ("2026-02-19", &first),
        ("2026-02-20", &first),
        ("2026-04-01", &first),
        ("2026-04-02", &bent),
        ("2026-04-03", &last),
    ] {
        for command in ["list students", "check", "due"] {
            let (commit, warning) = read(&format!("{command} --known-on {day}"));
            assert_eq!(commit.as_deref(), Some(&wanted[..12]), "{command} {day}");
            let said = format!(
                "gwp: dates run backwards in this history: the commit {} of 20 February 2026 follows the commit {} of 2 \
                 April 2026\n",
                &bent[..12],
                &later[..12]
            );
            assert_eq!(warning, said, "{command} {day}");
        }
    }
    for words in ["history nia-brook", "show nia-brook --known-on 2026-04-03"] {
        assert!(read(words).1.starts_with("gwp: dates run backwards in this history: the commit "), "{words}");
    }
    // What is merged counts by the latest of what it brings.
    repository.git(&["switch", "--quiet", "--create", "side"]);
    state(5, "2026-06-01T10:00:00Z");
    repository.git(&["switch", "--quiet", "main"]);
    repository.git_at("2026-05-01T12:00:00Z", &["merge", "--quiet", "--no-ff", "--no-edit", "side"]);
    assert_eq!(read("check --known-on 2026-05-31").0.as_deref(), Some(&last[..12]));
    // Of several the first is told.
    assert!(read("check --known-on 2026-06-01").1.ends_with("; so does 1 more commit\n"));
}

#[test]
fn the_time_zone_of_a_commit_can_be_fixed() {
    let repository = Repository::new();
    let zone = "[audit]\ntime_zone = \"Pacific/Auckland\"\n";
    let state = |number: u32, more: &str, at: &str| {
        repository.write("gwp.toml", format!("# {number}\n{more}"));
        repository.write("students/nia-brook.toml", format!("name = \"Nia\"\ncourse = \"x\"\n# {number}\n"));
        repository.commit(at)
    };
    let run = |zone: &'static str, words: &str| Program::within(&repository.top()).env("TZ", zone).run(words);
    let stood_in = |zone: &'static str, words: &str| {
        let said = run(zone, words).out.split_whitespace().collect::<Vec<_>>().join(" ");
        said.split_once("stood in the ").map(|(_, rest)| rest.split_once(". ").unwrap().0.to_owned()).unwrap()
    };
    let first = state(1, "", "2026-02-19T10:00:00Z");
    // Half past ten in the evening in Greenwich is the next morning in Auckland.
    let second = state(2, zone, "2026-02-20T22:30:00Z");
    state(3, zone, "2026-02-25T10:00:00Z");
    let words = |commit: &str, day: &str, zone: &str| {
        format!("commit {} of {day} February 2026, by the time zone {zone}", &commit[..12])
    };
    for machine in ["UTC", "America/New_York"] {
        let found = |day: u32| stood_in(machine, &format!("check --known-on 2026-02-{day}"));
        assert_eq!(found(20), words(&first, "19", "Pacific/Auckland"), "{machine}");
        assert_eq!(found(21), words(&second, "21", "Pacific/Auckland"), "{machine}");
    }
    // The last commit that is looked at speaks for all: the first one names no zone.
    assert_eq!(stood_in("UTC", "check --rev HEAD~2 --known-on 2026-02-19"), words(&first, "19", "UTC"));
    let document = run("UTC", "history nia-brook --format json").json();
    assert_eq!(document["time_zone"], "Pacific/Auckland");
    assert_eq!(document["entries"][3]["recorded"], "2026-02-21", "{document}");
    let page = run("UTC", "history nia-brook").out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("Days of commits are those of the time zone Pacific/Auckland"), "{page}");
    assert_eq!(run("UTC", "audit --format json").json()["time_zone"], "Pacific/Auckland");
    assert_eq!(run("UTC", "audit --rev HEAD~2 --format json").json()["time_zone"], "UTC");
    state(4, "[audit]\ntime_zone = \"London\"\n", "2026-02-26T10:00:00Z");
    let ran = run("UTC", "check");
    assert!(ran.status == 1 || ran.status == 2, "{}", ran.err);
    assert!(format!("{}{}", ran.out, ran.err).contains("no time zone is called \"London\""), "{}{}", ran.out, ran.err);
}
