//! Names written from right to left: on a terminal, in Markdown, on pages and in the words of their pictures they stand by
//! themselves, and in data they are what they are.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use crate::program::{Program, Ran};
use crate::repository::Repository;

const NAME: &str = "דוד לוי";
const SUPERVISOR: &str = "נועם בן-דוד";
const GROUP: &str = "קבוצה";

/// The base folder with a student, a supervisor and a group whose names are written from right to left.
fn folder() -> Repository {
    let mut files = crate::cases::base_files();
    let mut put = |file: &str, old: &str, new: String| {
        let text = files.get_mut(file).unwrap();
        assert!(text.contains(old), "{file}: {text}");
        *text = text.replacen(old, &new, 1);
    };
    put("students/robin-ashby.toml", "name = \"Robin Ashby\"", format!("name = \"{NAME}\""));
    put("sessions/tuesday-group.toml", "title = \"", format!("title = \"{GROUP} 7 "));
    put("supervisors/kit-lowe.toml", "name = \"Kit Lowe\"", format!("name = \"{SUPERVISOR}\""));
    let repository = Repository::new();
    repository.hold("york", &files);
    repository
}

fn run(repository: &Repository, words: &str) -> Ran {
    let ran = Program::within(&repository.top()).run(&format!("{words} -C york --as-of 2026-02-10"));
    assert!(ran.status < 2, "{words}: {}", ran.err);
    ran
}

/// Asserts that a text has the name, and everywhere by itself.
fn stands_by_itself(text: &str, name: &str, what: &str) {
    let isolated = format!("\u{2068}{name}\u{2069}");
    assert!(text.contains(&isolated), "{what} has no {name}\n{text}");
    let bare: Vec<_> = text.lines().filter(|line| line.replace(&isolated, "").contains(name)).collect();
    assert!(bare.is_empty(), "{what}: {bare:?}");
}

#[test]
fn tables_and_sentences_keep_their_order() {
    let repository = folder();
    for words in ["check", "due", "list students", "list supervisors", "show robin-ashby", "check --meeting next-lcc"] {
        let ran = run(&repository, words);
        let name = if words == "list supervisors" { SUPERVISOR } else { NAME };
        stands_by_itself(&ran.out, name, words);
    }
    for words in ["check --format markdown", "paper lcc --format markdown", "show robin-ashby --format markdown"] {
        stands_by_itself(&run(&repository, words).out, NAME, words);
    }
    // An error is read on a terminal too.
    let ran = Program::within(&repository.top()).run(&format!("show {NAME}צ -C york"));
    assert_eq!(ran.status, 2);
    stands_by_itself(&ran.err, "לויצ", "an error");
}

#[test]
fn columns_stay_where_they_are() {
    let repository = folder();
    let listed = run(&repository, "list students").out;
    let plain: String = listed.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).collect();
    let widths = |text: &str| {
        let rows = text.lines().filter(|line| line.contains(NAME));
        rows.map(|row| row.find("york-2025").or(row.find("York")).unwrap()).collect::<Vec<_>>()
    };
    let by_bytes = widths(&plain);
    assert!(!by_bytes.is_empty(), "{plain}");
    // The heading above it begins in the column in which the cell does, counted as a terminal shows them.
    let heads = plain.lines().find(|line| line.contains("Course")).unwrap();
    let row = plain.lines().find(|line| line.contains(NAME)).unwrap();
    let begins = |line: &str, at: usize| line[..at].chars().count();
    assert_eq!(begins(heads, heads.find("Course").unwrap()), begins(row, by_bytes[0]), "{plain}");
}

#[test]
fn pages_pictures_and_forms_keep_their_order() {
    let repository = folder();
    for words in ["paper lcc", "paper wall", "paper student robin-ashby", "paper supervisor kit-lowe"] {
        let page = run(&repository, words).out;
        let (head, body) = page.split_once("<body>").unwrap();
        assert!(head.contains("<title>"));
        stands_by_itself(body, NAME, words);
        if words != "paper supervisor kit-lowe" {
            assert!(body.contains("<desc ") && body.contains("<use href"), "{words}");
        }
    }
    let page = run(&repository, "paper lcc").out;
    assert!(page.contains("<text class=\"lane\"") && page.contains(&format!("\u{2068}{GROUP}\u{2069} 7")), "{page}");
    let out = repository.path("form.html");
    let form = Program::within(&repository.path("r/york"))
        .run(&format!("form gwp2 robin-ashby --as-of 2026-02-10 --out {}", out.display()));
    assert_eq!(form.status, 0, "{}", form.err);
    let page = std::fs::read_to_string(&out).unwrap();
    let (_, body) = page.split_once("<body>").unwrap();
    let (seen, text) = body.split_once("<pre id=\"as-text\"").unwrap();
    stands_by_itself(seen, NAME, "the form");
    // What is saved is read again: nothing is added to it.
    assert!(text.contains(NAME) && !text.contains('\u{2068}'), "{text}");
    assert!(!seen.contains("value=\"\u{2068}"), "{seen}");
}

#[test]
fn data_is_as_it_was_written() {
    let repository = folder();
    for words in ["check --format json", "check --format csv", "list students --format json", "due --format json"] {
        let out = run(&repository, words).out;
        assert!(!out.contains('\u{2068}') && !out.contains('\u{2069}'), "{words}");
    }
    assert!(run(&repository, "check --format json").out.contains(NAME));
}

#[test]
fn a_name_that_is_copied_from_an_answer_is_known() {
    let repository = folder();
    let program = Program::within(&repository.top());
    let ran = program.run_with(&["show", &format!("\u{2068}{NAME}\u{2069}"), "-C", "york", "--as-of", "2026-02-10"]);
    assert!(ran.status == 0 && ran.out.contains("robin-ashby"), "{}{}", ran.out, ran.err);
}

#[test]
fn a_message_keeps_its_order() {
    let repository = folder();
    let ran = Program::within(&repository.top()).run("remind york --as-of 2026-01-25 --out ../letters");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let files = std::fs::read_dir(repository.path("letters")).unwrap().map(|entry| entry.unwrap().path());
    let letters: Vec<_> = files.filter(|path| path.extension().is_some_and(|ending| ending == "eml")).collect();
    assert_eq!(letters.len(), 2, "{letters:?}");
    for path in letters {
        let bytes = std::fs::read(&path).unwrap();
        let mail = mailparse::parse_mail(&bytes).unwrap();
        stands_by_itself(&mail.get_body().unwrap(), NAME, &path.display().to_string());
    }
}
