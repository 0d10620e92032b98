//! Repositories that mean it no good: nothing of what they name is run, nothing outside them is read, and whatever
//! cannot be read is said to be.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::cases::base_files;
use crate::hostile_pasts::{assert_answers, documents, everything_said};
use crate::program::{Program, Ran};
use crate::repository::{Repository, said, started};

/// A repository with the folder that tests begin with.
pub fn base() -> Repository {
    let repository = Repository::new();
    repository.write_all("", &base_files());
    repository.commit("2026-01-01T12:00:00Z");
    repository
}

/// The program in it, with nobody's settings.
pub fn program(repository: &Repository) -> Program {
    Program::within(&repository.top()).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1")
}

fn check(repository: &Repository, rev: &str) -> Ran {
    let rev = format!("--rev={rev}");
    program(repository).run_with(&["check", "--as-of", "2026-02-10", "--format", "json", &rev])
}

/// Every file below a folder.
fn everything(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.to_str().unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// The problems of a document: file and name.
fn problems(ran: &Ran) -> Vec<(String, String)> {
    let document = ran.json();
    let word = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let problems = document["problems"].as_array().unwrap().iter();
    problems.map(|problem| (word(&problem["file"]), word(&problem["name"]))).collect()
}

#[cfg(unix)]
#[test]
fn nothing_that_the_repository_names_is_run() {
    let repository = base();
    let mark = repository.path("ran");
    let run = format!("touch {}; false", mark.display());
    let filter = format!("touch {}; cat", mark.display());
    for (key, value) in [
        ("core.fsmonitor", run.as_str()),
        ("core.pager", &run),
        ("core.editor", &run),
        ("core.sshCommand", &run),
        ("core.gitProxy", &run),
        ("core.askPass", &run),
        ("core.alternateRefsCommand", &run),
        ("credential.helper", &format!("!{run}")),
        ("diff.external", &run),
        ("diff.evil.command", &run),
        ("diff.evil.textconv", &run),
        ("filter.evil.clean", &filter),
        ("filter.evil.smudge", &filter),
        ("filter.evil.process", &run),
        ("filter.evil.required", "true"),
        ("gpg.program", &run),
        ("log.showSignature", "true"),
        ("pager.rev-list", &run),
        ("pager.ls-tree", &run),
        ("alias.rev-parse", &format!("!{run}")),
        ("alias.cat-file", &format!("!{run}")),
        ("core.hooksPath", "hooks"),
        ("remote.origin.url", &format!("ext::sh -c {run}")),
        ("remote.origin.promisor", "true"),
        ("remote.origin.uploadpack", &run),
        ("remote.origin.partialclonefilter", "blob:none"),
        ("extensions.partialClone", "origin"),
        ("protocol.ext.allow", "always"),
        ("protocol.allow", "always"),
    ] {
        repository.git(&["config", key, value]);
    }
    repository.write(".gitattributes", "* filter=evil diff=evil\n");
    for hook in ["post-checkout", "reference-transaction", "fsmonitor-watchman", "post-index-change"] {
        repository.write(&format!(".git/hooks/{hook}"), format!("#!/bin/sh\n{run}\n"));
        repository.write(&format!("hooks/{hook}"), format!("#!/bin/sh\n{run}\n"));
    }
    // An object that is not there would be fetched.
    let blob = repository.top().join(".git/objects");
    let id = repository.git(&["-c", "core.fsmonitor=false", "rev-parse", "HEAD:supervisors/kit-lowe.toml"]);
    fs::remove_file(blob.join(&id[..2]).join(&id[2..])).unwrap();
    repository.write("supervisors/kit-lowe.toml", "name = \"Kit Lowe\"\n");
    let _ = fs::remove_file(&mark);
    let before = everything(&repository.top());
    let ran = check(&repository, "HEAD");
    assert_eq!(problems(&ran)[0], ("supervisors/kit-lowe.toml".to_owned(), "unreadable".to_owned()));
    let pages = program(&repository).run("check --known-on 2026-02-01 --as-of 2026-02-10");
    assert!(pages.out.contains("its text is not in this repository"), "{}{}", pages.out, pages.err);
    let compared = program(&repository).run("diff --as-of 2026-02-10 --format json");
    assert!(compared.out.contains("\"change\":\"changed\""), "{}{}", compared.out, compared.err);
    for rev in [None, Some("HEAD")] {
        let said = assert_answers(everything_said(&repository.top(), rev));
        assert!(said["audit --format json"].out.contains("\"late_days\":28"));
    }
    assert!(!mark.exists(), "something was run");
    assert!(everything(&repository.top()) == before, "something was written");
}

#[test]
fn names_of_revisions_are_never_options() {
    let repository = base();
    let head = repository.git(&["rev-parse", "HEAD"]);
    for name in ["--upload-pack=x", "--help", "-x", "--all", "--exec-path=x", "--git-dir=elsewhere"] {
        let refs = repository.top().join(".git/refs/heads");
        fs::write(refs.join(name), format!("{head}\n")).unwrap();
        let named = check(&repository, &format!("refs/heads/{name}"));
        assert!(named.out.contains("robin-ashby"), "{name}: {}", named.err);
        documents(&repository.top(), Some(name));
        assert_answers(everything_said(&repository.top(), Some(&format!("refs/heads/{name}"))));
        let short = check(&repository, name);
        assert!(
            short.out.contains("robin-ashby") || short.err.contains("no commit is called"),
            "{name}: {}",
            short.err
        );
    }
    for number in 0..300 {
        fs::write(repository.top().join(format!(".git/refs/heads/branch-{number}")), format!("{head}\n")).unwrap();
    }
    assert!(check(&repository, "branch-299").out.contains("robin-ashby"));
    for name in [
        "",
        " ",
        "^HEAD",
        "HEAD..HEAD",
        "HEAD^@",
        "HEAD --all",
        "a\u{1b}[31mb",
        "HEAD\nHEAD",
        "@{",
        "HEAD^{tree}",
        "HEAD:",
    ] {
        let ran = check(&repository, name);
        let said = ran.err.contains("no commit is called") && ran.err.lines().count() == 1;
        assert!(ran.status == 2 && said && !ran.err.contains('\u{1b}'), "{name}: {}{}", ran.out, ran.err);
    }
}

#[test]
fn variables_and_replacements_lead_nowhere_else() {
    let (repository, other) = (base(), Repository::new());
    let wanted = check(&repository, "HEAD").out;
    other.write("gwp.toml", "");
    other.commit("2026-01-01T12:00:00Z");
    let elsewhere: &'static str = other.top().join(".git").to_str().unwrap().to_owned().leak();
    let words = "check --as-of 2026-02-10 --format json --rev HEAD";
    for name in ["GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_TRACE", "GIT_TRACE2_EVENT"]
    {
        let ran = program(&repository).env(name, elsewhere).run(words);
        assert_eq!((ran.out.as_str(), ran.err.as_str()), (wanted.as_str(), ""), "{name}");
    }
    let ran = program(&repository).env("GIT_CONFIG_PARAMETERS", "'core.bare'='nonsense'").run(words);
    assert_eq!(ran.out, wanted);
    // An object, or the parents of a commit, that stand for others.
    let blob = repository.git(&["rev-parse", "HEAD:students/robin-ashby.toml"]);
    let fake = repository.store("blob", b"name = \"Somebody Else\"\ncourse = \"york-2025\"\n");
    repository.git(&["replace", &blob, &fake]);
    let head = repository.git(&["rev-parse", "HEAD"]);
    fs::create_dir_all(repository.top().join(".git/info")).unwrap();
    repository.write(".git/info/grafts", format!("{head} {head}\n"));
    assert_eq!(check(&repository, "HEAD").out, wanted);
    assert_eq!(check(&repository, "HEAD~1").status, 2);
}

#[test]
fn trees_that_no_checkout_could_have() {
    let repository = Repository::new();
    let record = repository.store("blob", b"name = \"Ines Farrow\"\n");
    let mark = repository.store("blob", b"");
    let file = |name| ("100644", name, record.as_str());
    let records = repository.tree(&[file("a.toml"), file("a.toml"), file("b/../../c.toml"), file("..")]);
    let folder = |name| ("40000", name, records.as_str());
    let tree = repository.tree(&[
        folder(".."),
        folder("."),
        folder(".git"),
        folder("/etc"),
        folder("supervisors"),
        ("100644", "gwp.toml", &mark),
        ("140000", "students", &mark),
        ("100644", "C:\\x.toml", &record),
        ("100644", "sessions/\u{1b}[31m.toml", &record),
    ]);
    let ran = check(&repository, &repository.commit_of(&tree));
    let found = problems(&ran);
    for (file, name) in [
        ("../a.toml", "unreadable"),
        ("./a.toml", "unreadable"),
        ("/etc/a.toml", "unreadable"),
        ("supervisors/b/../../c.toml", "unreadable"),
        ("supervisors/a.toml", "duplicate-id"),
        ("C:\\x.toml", "stray-file"),
    ] {
        assert!(found.contains(&(file.to_owned(), name.to_owned())), "{file}: {found:?}");
    }
    assert!(!found.iter().any(|(file, _)| file == ".git/a.toml"), "{found:?}");
    everything_said(&repository.top(), Some(&repository.commit_of(&tree)));
    for format in ["table", "csv", "markdown"] {
        let rev = repository.commit_of(&tree);
        let ran = program(&repository).run(&format!("check --rev {rev} --format {format} --only problems"));
        assert!(!ran.out.contains('\u{1b}'), "{}", ran.out);
    }
}

#[test]
fn what_is_broken_or_missing_is_said() {
    let repository = base();
    let objects = repository.top().join(".git/objects");
    let place = |id: &str| objects.join(&id[..2]).join(&id[2..]);
    let of = |what: &str| repository.git(&["rev-parse", &format!("HEAD:{what}")]);
    let (damaged, gone) = (place(&of("supervisors/kit-lowe.toml")), place(&of("supervisors/ines-farrow.toml")));
    let whole = fs::read(&damaged).unwrap();
    for bytes in [&b"no object"[..], b"", &whole[..whole.len() / 2]] {
        fs::remove_file(&damaged).unwrap();
        fs::write(&damaged, bytes).unwrap();
        let ran = check(&repository, "HEAD");
        let found = problems(&ran);
        assert!(found.contains(&("supervisors/kit-lowe.toml".to_owned(), "unreadable".to_owned())), "{found:?}");
        assert!(!found.contains(&("supervisors/ines-farrow.toml".to_owned(), "unreadable".to_owned())), "{found:?}");
    }
    fs::remove_file(&gone).unwrap();
    assert_eq!(problems(&check(&repository, "HEAD")).iter().filter(|(_, name)| name == "unreadable").count(), 2);
    // A tree, and then the commit.
    for id in [of("students"), repository.git(&["rev-parse", "HEAD"])] {
        fs::remove_file(place(&id)).unwrap();
        let ran = check(&repository, "HEAD");
        assert!(ran.status == 2 && ran.err.lines().count() == 1, "{}{}", ran.out, ran.err);
        assert!(ran.err.contains("is not here or is damaged") || ran.err.contains("no commit"), "{}", ran.err);
    }
}

#[test]
fn few_objects_that_stand_for_too_many_files() {
    let repository = Repository::new();
    let mut below = ("100644", repository.store("blob", b"x"));
    for _ in 0..9 {
        let names: Vec<_> = (0..10).map(|number| format!("folder-of-a-name-that-takes-up-room-{number}")).collect();
        let entries: Vec<_> = names.iter().map(|name| (below.0, name.as_str(), below.1.as_str())).collect();
        below = ("40000", repository.tree(&entries));
    }
    let ran = check(&repository, &repository.commit_of(&below.1));
    assert!(ran.status == 2 && ran.err.contains("holds more than can be read"), "{}", ran.err);
}

#[test]
fn one_large_object_at_many_places() {
    let repository = Repository::new();
    let large = repository.store("blob", &vec![b'#'; 8 * 1024 * 1024]);
    let mark = repository.store("blob", b"");
    let names: Vec<_> = (0..200).map(|number| format!("student-{number}.toml")).collect();
    let entries: Vec<_> = names.iter().map(|name| ("100644", name.as_str(), large.as_str())).collect();
    let students = repository.tree(&entries);
    let tree = repository.tree(&[("100644", "gwp.toml", &mark), ("40000", "students", &students)]);
    let ran = check(&repository, &repository.commit_of(&tree));
    assert!(ran.status == 2 && ran.err.contains("holds more"), "{}", ran.err);
}

#[test]
fn very_many_case_folders() {
    let repository = Repository::new();
    let mark = repository.store("blob", b"");
    let folder = repository.tree(&[("100644", "gwp.toml", &mark)]);
    let names: Vec<_> = (0..3_000).map(|number| format!("folder-{number}")).collect();
    let entries: Vec<_> = names.iter().map(|name| ("40000", name.as_str(), folder.as_str())).collect();
    let rev = repository.commit_of(&repository.tree(&entries));
    let ran = check(&repository, &rev);
    assert_eq!(ran.json()["folders"].as_array().unwrap().len(), 3_000);
}

#[cfg(unix)]
#[test]
fn a_repository_of_somebody_else_is_not_opened() {
    let repository = base();
    let path = repository.top();
    // Only a privileged user can give a file away.
    if std::os::unix::fs::chown(path.join(".git"), Some(4_321), None).is_err() {
        return;
    }
    std::os::unix::fs::chown(&path, Some(4_321), None).unwrap();
    let ran = check(&repository, "HEAD");
    let said = ran.err.contains("because it belongs to another user") && ran.err.contains("safe.directory");
    assert!(ran.status == 2 && said && ran.err.lines().count() == 1, "{}", ran.err);
}

#[test]
fn a_partial_clone_is_not_completed_behind_the_back() {
    let repository = base();
    repository.git(&["config", "uploadpack.allowFilter", "true"]);
    let source = format!("file://{}", repository.top().display());
    for filter in ["blob:none", "tree:0"] {
        let name = filter.replace(':', "-");
        said(started(&repository.path("")).args([
            "clone",
            "--quiet",
            "--no-checkout",
            "--filter",
            filter,
            &source,
            &name,
        ]));
        let before = everything(&repository.path(&name));
        let ran = Program::within(&repository.path(&name)).run("check --rev HEAD --as-of 2026-02-10 --only problems");
        let said = format!("{}{}", ran.out, ran.err);
        assert!(said.contains("not in this repository") || said.contains("is not here or is damaged"), "{said}");
        assert!(everything(&repository.path(&name)) == before, "{filter}: something was fetched");
    }
}

// The past of a repository.
