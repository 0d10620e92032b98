//! `gwp paper`: pages that say what the judgement says, whatever stands in the records, and fetch nothing.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use proptest::prelude::*;
use serde_json::Value;

use crate::cases::Files;
use crate::program::{Program, Ran};
use crate::properties::{any_day, folder, iso};
use crate::repository::Repository;
use crate::scratch;

const LONDON: &str = "-C examples/london --as-of 2026-02-10";

fn paper(words: &str) -> Ran {
    Program::at_the_top().run(&format!("paper {words}"))
}

/// The part of a page from one text to another.
fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let (_, after) = page.split_once(from).unwrap_or_else(|| panic!("no {from} in the page"));
    after.split_once(to).map_or(after, |(part, _)| part)
}

/// The sections of a page that are about one student, each from its heading on.
fn students_of(page: &str) -> Vec<&str> {
    page.split("<section ").filter(|section| section.contains("class=\"page\"")).collect()
}

/// A text as a page has it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#x27;")
        .replace('/', "&#x2f;")
}

#[test]
fn every_kind_is_a_page_that_fetches_nothing() {
    for what in
        ["lcc", "lcc --meeting 2026-02-28", "spc", "course", "wall", "student marcus-idowu", "supervisor carys-bevan"]
    {
        let ran = paper(&format!("{what} {LONDON}"));
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{what}");
        let page = &ran.out;
        assert!(page.starts_with("<!doctype html>\n<html lang=\"en-GB\">") && page.ends_with("</html>\n"), "{what}");
        assert!(page.contains("default-src 'none'"), "{what}");
        for fetched in ["src=", "http:", "https:", "url(", "@import", "<link", "<iframe", "<img"] {
            assert!(!page.contains(fetched), "{what} has {fetched}");
        }
        // Nothing is styled or run but what the policy names by its digest.
        for inline in [" style=", " onclick=", " onload=", "javascript:"] {
            assert!(!page.contains(inline), "{what} has {inline}");
        }
        assert_eq!(page.matches("<script").count(), 1, "{what}");
        let ids: Vec<_> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(ids.len(), once.len(), "{what}: an id stands twice");
        for named in page.split("aria-labelledby=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(named.split(' ').all(|id| once.contains(&id)), "{what}: nothing is called {named}");
        }
    }
}

#[test]
fn a_file_is_its_owners_alone() {
    let folder = scratch::folder();
    for (name, begins) in [("a.html", &b"<!doctype html>"[..]), ("a.md", b"## Paper for the"), ("a.xlsx", b"PK")] {
        let out = folder.path().join(name);
        let words = format!("lcc {LONDON} --out {}", out.display());
        let ran = paper(&words);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(fs::read(&out).unwrap().starts_with(begins), "{name}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
        }
    }
}

#[test]
fn what_cannot_be_written_is_said() {
    for (words, status, said) in [
        (format!("lcc {LONDON} --format xlsx"), 2, "name a file with --out"),
        (format!("lcc {LONDON} --out never.docx"), 2, "let the file end with .html, .md or .xlsx, or say --format"),
        (format!("student nobody-here {LONDON}"), 2, "nobody-here"),
        (format!("supervisor nobody-here {LONDON}"), 2, "nobody-here"),
        (format!("lcc {LONDON} --meeting 2026-02-09"), 2, "2026"),
        ("lcc examples/national --as-of 2026-02-10".to_owned(), 2, "a paper is about one case folder"),
    ] {
        let ran = paper(&words);
        assert_eq!(ran.status, status, "{words}");
        assert!(ran.err.contains(said), "{words}: {}", ran.err);
    }
}

#[test]
fn a_workbook_has_a_sheet_for_each_table() {
    use calamine::{DataType as _, Reader as _, Xlsx, open_workbook};
    let folder = scratch::folder();
    let out = folder.path().join("course.xlsx");
    paper(&format!("lcc {LONDON} --out {}", out.display()));
    let mut book: Xlsx<_> = open_workbook(&out).unwrap();
    let names = book.sheet_names().clone();
    let queries = names.iter().find(|name| name.starts_with("Queries to rule on")).expect("the queries");
    let rows = book.worksheet_range(queries).unwrap();
    let heads: Vec<_> = rows.rows().next().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(heads, ["Student", "Code", "Date", "What it says", "Details"]);
    // A query of one date has a real one; of several dates, which are one text, each can be read.
    assert!(rows.rows().any(|row| row[2].is_datetime()), "{rows:?}");
    assert!(names.iter().all(|name| name.chars().count() <= 31), "{names:?}");
}

#[test]
fn a_student_is_told_of_nobody_else() {
    let page = paper(&format!("student tariq-haddad {LONDON}")).out;
    assert!(page.contains("Dear Tariq Haddad"));
    for other in ["Siobhan Keane", "siobhan-keane", "Marcus Idowu", ".toml", ".yaml", "gwp -C"] {
        assert!(!page.contains(other), "{other}");
    }
    // The co-conductor's supervisor is the same person, and is theirs too.
    assert!(page.contains("Carys Bevan"));
}

#[test]
fn a_picture_says_in_words_what_it_shows() {
    let page = paper(&format!("student marcus-idowu {LONDON}")).out;
    let picture = between(&page, "<figure class=\"picture\">", "</figure>");
    assert_eq!(picture.matches("href=\"#counted\"").count(), 14 + 1, "14 sessions, and once in the legend");
    assert_eq!(picture.matches("href=\"#decision\"").count(), 2 + 1);
    let words = between(picture, "<desc", "</desc>");
    assert!(words.contains("14 sessions count, from 13 October 2025 to 9 February 2026."), "{words}");
    assert!(words.contains("Not there: GWP Form 2 due on 30 January 2026."), "{words}");
    assert!(picture.contains("9 February 2026: 90 minutes, counts"), "{picture}");
}

#[test]
fn a_picture_tells_of_everything_that_can_be_in_it() {
    let page = paper(&format!("lcc {LONDON}")).out;
    // With sixty students it stays below 3 MB, so that it goes into a mail.
    assert!(page.len() < students_of(&page).len() * 3_000_000 / 60, "{}", page.len());
    for shape in [
        "counted",
        "uncounted",
        "cancelled",
        "meeting",
        "uncounted-meeting",
        "report",
        "due",
        "missing",
        "decision",
        "ruling",
        "event",
    ] {
        assert!(page.contains(&format!("<use href=\"#{shape}\" x=")), "{shape}");
        assert!(page.contains(&format!("id=\"{shape}\"")), "{shape}");
    }
    for stretch in ["term", "break"] {
        assert!(page.contains(&format!("<rect class=\"{stretch}\"")), "{stretch}");
    }
}

/// Names that would be more than names, were they not written with care.
const HOSTILE: [&str; 4] =
    ["<script>alert(1)</script>", "\\\"><img src=x onerror=alert(1)>", "\u{202e}drawkcab", "{{ 7 * 7 }}{% for %}"];

#[test]
fn no_name_is_more_than_a_name() {
    let long = "x".repeat(10_000);
    for name in HOSTILE.into_iter().chain([long.as_str()]) {
        let mut files = crate::cases::base_files();
        let student = files.get_mut("students/robin-ashby.toml").unwrap();
        *student = student.replacen("name = \"Robin Ashby\"", &format!("name = \"{name}\""), 1);
        let group = files.get_mut("sessions/tuesday-group.toml").unwrap();
        *group = group.replacen("title = \"", &format!("title = \"{name}"), 1);
        let repository = Repository::new();
        repository.hold("york", &files);
        for what in ["lcc", "wall", "student robin-ashby", "supervisor kit-lowe"] {
            let ran = Program::within(&repository.top()).run(&format!("paper {what} -C york --as-of 2026-02-10"));
            assert_eq!(ran.status, 0, "{what}: {}", ran.err);
            assert_eq!(ran.out.matches("<script").count(), 1, "{what}");
            assert!(!ran.out.contains("<img") && !ran.out.contains('\u{202e}'), "{what}: {name}");
            assert_eq!(ran.out.contains("7 * 7"), name.contains("7 * 7"), "{what}");
        }
    }
}

/// Asserts that a page says of each student what the document says.
fn assert_says_the_same(page: &str, document: &Value) {
    let students = document["students"].as_array().unwrap();
    let sections = students_of(page);
    assert_eq!(sections.len(), students.len());
    for student in students {
        let id = student["id"].as_str().unwrap();
        let name = escaped(student["name"].as_str().unwrap_or(id));
        // Of two of one name each has the id.
        let is_theirs = |heading: &str| {
            let words = heading.split_once('>').map_or("", |(_, words)| words).split('\n').next().unwrap_or_default();
            let words = words.split("<span").next().unwrap_or_default().trim();
            words == name || words == format!("{name} ({id})")
        };
        let theirs: Vec<_> = sections.iter().filter(|section| is_theirs(between(section, "<h2 ", "</h2>"))).collect();
        let [section] = theirs.as_slice() else { panic!("{} pages of {id}", theirs.len()) };
        let heading = between(section, "<h2 ", "</h2>");
        assert!(
            heading.contains(&format!("</span> {}</span>", escaped(student["verdict"].as_str().unwrap()))),
            "{heading}"
        );
        let Some(sessions) = student["sessions"].as_object() else { continue };
        let (counted, required) = (sessions["counted"].as_u64().unwrap(), sessions["required"].as_u64().unwrap());
        let progress = between(section, "<p class=\"progress\">", "</p>");
        assert!(progress.contains(&format!("value=\"{}\" max=\"{required}\"", counted.min(required))), "{progress}");
        if matches!(student["verdict"].as_str(), Some("withdrawn" | "not-applying")) {
            assert!(!section.contains("What settles it") && !section.contains(">action<"), "{id}: nothing is asked");
            continue;
        }
        let is_closed = matches!(student["verdict"].as_str(), Some("awarded" | "declined" | "not-eligible"));
        for requirement in student["requirements"].as_array().unwrap() {
            let (code, status) = (requirement["code"].as_str().unwrap(), requirement["status"].as_str().unwrap());
            let message = escaped(requirement["message"].as_str().unwrap());
            // Of a closed case nothing is shown as if it were still to be judged.
            let is_left = is_closed && matches!(status, "open" | "query" | "action");
            let status = escaped(if is_left { "not settled" } else { status });
            let row = format!("<span class=\"entry\">{code}</span></td><td><span class=\"entry\">{message}</span>");
            let rows: Vec<_> = section.split("<tbody").filter(|row_group| row_group.contains(&row)).collect();
            let says = |row: &&&str| row.contains(&format!("<span class=\"entry\">{status}</span></th>"));
            assert!(rows.iter().any(|row| says(&row)), "{id} {code} {status}: {message}\n{section}");
        }
    }
    let overdue = document["overdue"].as_array().unwrap().len();
    let late = between(page, "Overdue as of", "</section>");
    let said = match overdue {
        0 => "Nothing is overdue.".to_owned(),
        1 => "1 item is overdue: ".to_owned(),
        count => format!("{count} items are overdue: "),
    };
    assert!(late.contains(&said), "{said}\n{late}");
}

fn assert_paper_of(files: &Files, as_of: i64) {
    let repository = Repository::new();
    repository.hold("york", files);
    let run = |words: &str| Program::within(&repository.top()).run(&format!("{words} -C york --as-of {}", iso(as_of)));
    let page = run("paper lcc");
    assert_eq!(page.status, 0, "{}", page.err);
    assert_says_the_same(&page.out, &run("check --format json").json());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_page_says_what_the_document_says(files in folder(), as_of in any_day()) {
        assert_paper_of(&files, as_of);
    }
}
