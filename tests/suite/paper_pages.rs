//! `gwp paper all`: a folder of pages to look around in, which leaves alone what it did not write.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::cases::base_files;
use crate::desk::Desk;
use crate::program::{Program, Ran};
use crate::repository::Repository;

const WORDS: &str = "paper all -C cases --as-of 2026-02-10 --out";

/// A desk with the London example in `cases`.
fn desk() -> Desk {
    let desk = Desk::empty();
    crate::desk::copy(&crate::file("examples/london"), &desk.path("cases"));
    desk
}

fn all(desk: &Desk, out: &str) -> Ran {
    desk.run(&format!("{WORDS} {out}"))
}

/// The files of a folder, hidden ones too, with their texts.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    names
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect()
}

/// What the links of a page lead to.
fn links(page: &str) -> BTreeSet<String> {
    page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[test]
fn everybody_has_a_page_that_the_index_leads_to() {
    let desk = desk();
    let ran = all(&desk, "pages");
    let said = "Written to pages: 34 pages. Only you can read them.\nBegin with pages/index.html.\n";
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (0, said, ""));
    let pages = files(&desk.path("pages"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &str| fs::metadata(desk.path(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("pages"), 0o700);
        assert!(pages.keys().all(|name| mode(&format!("pages/{name}")) == 0o600));
    }
    let index = links(&pages["index.html"]);
    let pages: BTreeMap<_, _> = pages.into_iter().filter(|(name, _)| !name.starts_with('.')).collect();
    for (name, page) in &pages {
        assert!(name == "index.html" || index.contains(name), "the index does not lead to {name}");
        assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"), "{name}");
        for link in links(page).into_iter().filter(|link| !link.starts_with('#')) {
            assert!(pages.contains_key(&link) && link != *name, "{name} leads to {link}");
        }
        for fetched in ["src=", "http:", "https:", "url(", "@import", "<link", " style="] {
            assert!(!page.contains(fetched), "{name} has {fetched}");
        }
    }
    let kinds = |kind: &str| pages.keys().filter(|name| name.starts_with(kind)).count();
    let count = |words: &str| {
        let listed = desk.run(&format!("list {words} -C cases --as-of 2026-02-10 --format json")).json();
        listed[words].as_array().unwrap().len()
    };
    for (kind, words) in [("student", "students"), ("course", "courses"), ("supervisor", "supervisors")] {
        assert_eq!(kinds(kind), count(words), "{words}");
    }
    // A page of a student leads to course and supervisors, and says what the paper of the committee says.
    let marcus = &pages["student-marcus-idowu.html"];
    let beside = ["course-london-2025.html", "supervisor-leonie-hardcastle.html", "supervisor-kevin-oldroyd.html"];
    assert!(beside.into_iter().all(|page| links(marcus).contains(page)), "{:?}", links(marcus));
    assert!(links(&pages["course-london-2025.html"]).contains("student-marcus-idowu.html"));
    assert!(links(&pages["supervisor-leonie-hardcastle.html"]).contains("student-marcus-idowu.html"));
    let paper = desk.run("paper lcc -C cases --as-of 2026-02-10").out;
    let progress = marcus.split("<p class=\"progress\">").nth(1).unwrap().split("</p>").next().unwrap();
    assert!(paper.contains(progress) && progress.contains("14 of 30 sessions"), "{progress}");
    let own = desk.run("paper supervisor carys-bevan -C cases --as-of 2026-02-10 --format markdown").out;
    assert!(own.lines().filter(|line| line.starts_with("| ")).count() > 5, "{own}");
}

#[test]
fn only_what_the_command_wrote_is_ever_replaced_or_removed() {
    let desk = desk();
    assert_eq!(all(&desk, "pages").status, 0);
    let before = files(&desk.path("pages"));
    fs::write(desk.path("pages/notes.html"), "mine").unwrap();
    fs::write(desk.path("pages/student-zoe.html"), "mine too").unwrap();
    fs::write(desk.path("pages/student-yusuf-demirel.html"), "mine now").unwrap();
    for id in ["rosalind-tait", "yusuf-demirel"] {
        fs::remove_file(desk.path(&format!("cases/students/2025/{id}.toml"))).unwrap();
    }
    let ran = all(&desk, "pages");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("any more: student-rosalind-tait.html."), "{}", ran.out);
    assert!(ran.out.contains("so they stay: student-yusuf-demirel.html."), "{}", ran.out);
    let after = files(&desk.path("pages"));
    assert!(!after.contains_key("student-rosalind-tait.html"));
    for (name, says) in
        [("notes.html", "mine"), ("student-zoe.html", "mine too"), ("student-yusuf-demirel.html", "mine now")]
    {
        assert_eq!(after[name], says);
    }
    assert_eq!(after["student-marcus-idowu.html"], before["student-marcus-idowu.html"]);
    // It is somebody else's page from now on.
    let ran = all(&desk, "pages");
    assert!(!ran.out.contains("stay"), "{}", ran.out);
    // A list that names other files removes none of them.
    fs::write(desk.path("kept.html"), "kept").unwrap();
    let digest = "79b24ee02f22e7c1bb3c6fc6d0c5ac4b1e4b7a86d1a5a3d5b1c5b1d0f9f0b0a0";
    fs::write(desk.path("pages/.gwp-pages"), format!("{digest}  ../kept.html\n{digest}  notes.html\n")).unwrap();
    let ran = all(&desk, "pages");
    let said = "gwp: pages/course-london-2022.html is there already, and this command did not write it; name an empty folder, \
                or one that the command made\n";
    assert_eq!((ran.status, ran.err.as_str()), (2, said));
    let now = files(&desk.path("pages"));
    assert!(after.iter().all(|(name, text)| name == ".gwp-pages" || now[name] == *text), "nothing is written then");
    assert_eq!(fs::read_to_string(desk.path("kept.html")).unwrap(), "kept");
}

#[test]
fn pages_are_not_put_where_git_takes_them_in() {
    let repository = Repository::new();
    repository.hold("york", &base_files());
    let run = |out: &str| {
        Program::within(&repository.top()).run(&format!("paper all -C york --as-of 2026-02-10 --out {out}"))
    };
    for out in ["york/pages", "york", "pages/deep"] {
        let ran = run(out);
        assert_eq!(ran.status, 2, "{out}");
        assert!(ran.err.starts_with(&format!("gwp: {out} lies in a folder that is kept in git,")), "{}", ran.err);
        assert!(!repository.top().join("york/pages").exists() && !repository.top().join("pages").exists(), "{out}");
    }
    repository.write("york/.gitignore", "pages/\n");
    assert_eq!(run("york/pages").status, 0);
    assert_eq!(run("../beside").status, 0, "outside the work tree");
    assert!(!repository.git(&["status", "--porcelain", "--untracked-files=all"]).contains("pages/"));
}

#[test]
fn names_that_are_alike_lead_to_nobody_else() {
    let repository = Repository::new();
    let mut files = base_files();
    for id in ["ada-finch", "ada-finch-2"] {
        files.insert(format!("students/{id}.toml"), "name = \"Ada <b>Finch\"\ncourse = \"york-2025\"\n".to_owned());
    }
    repository.hold("york", &files);
    let ran = Program::within(&repository.top()).run("paper all -C york --as-of 2026-02-10 --out ../pages");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let index = fs::read_to_string(repository.path("pages/index.html")).unwrap();
    for id in ["ada-finch", "ada-finch-2"] {
        let link = format!("<a href=\"student-{id}.html\">Ada &lt;b&gt;Finch ({id})</a>");
        assert!(index.contains(&link), "{link}");
    }
    // In a table that tells no id, the name alone leads nowhere.
    let course = fs::read_to_string(repository.path("pages/course-york-2025.html")).unwrap();
    assert!(course.contains("<span class=\"entry\">Ada &lt;b&gt;Finch</span>"), "{course}");
}

#[cfg(unix)]
#[test]
fn a_watch_follows_what_is_saved_and_keeps_the_last_good_pages() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    let repository = Repository::new();
    repository.hold("york", &base_files());
    let mut command = crate::program::command();
    let words = "paper all -C york --as-of 2026-02-10 --out ../pages --watch";
    command.current_dir(repository.top()).args(words.split(' ')).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut err = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut next = || out.next().unwrap().unwrap();
    while !next().starts_with("Now every saved record is followed.") {}
    let record = repository.top().join("york/students/robin-ashby.toml");
    let page = repository.path("pages/student-robin-ashby.html");
    let (text, first) = (fs::read_to_string(&record).unwrap(), fs::read_to_string(&page).unwrap());
    fs::write(&record, text.replace("Robin Ashby", "Robin Ash")).unwrap();
    assert!(next().starts_with("Written anew: ") && fs::read_to_string(&page).unwrap().contains("Robin Ash<"));
    let good = fs::read_to_string(&page).unwrap();
    fs::write(&record, text.replacen("name = ", "name ", 1)).unwrap();
    let said = err.next().unwrap().unwrap();
    assert!(
        said.starts_with("gwp: students/robin-ashby.toml: ") && said.ends_with("; the pages stay as they are"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(&page).unwrap(), good);
    fs::write(&record, &text).unwrap();
    assert!(next().starts_with("Written anew: "));
    assert_eq!(fs::read_to_string(&page).unwrap(), first);
    let killed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(next(), "The watch has ended. The pages stay.");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
