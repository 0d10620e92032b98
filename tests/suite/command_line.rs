//! The program itself, on folders and with arguments that mean it no good: it says what is wrong in its own words,
//! ends with one of its three statuses, and judges whoever can be judged.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use gwp::text::is_deceptive;
use serde_json::Value;
use tempfile::TempDir;

use crate::file;
use crate::scratch;

const FORMATS: [&str; 4] = ["json", "table", "csv", "markdown"];

/// Texts that would do something on a terminal, in a spreadsheet, on a page.
const ACTING: [&str; 16] = [
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]0;title\u{7}",
    "\u{9b}31m",
    "\u{202e}evil",
    "zero\u{200b}width",
    "two\nlines",
    "return\r",
    "\u{2028}",
    "=cmd|'/C calc'!A0",
    "+1",
    "@SUM(A1)",
    "-1",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "a|b",
    "`code` $(reboot)",
];

fn gwp(args: &[&str]) -> Output {
    command(args).output().expect("the program can be started")
}

fn command(args: &[&str]) -> Command {
    let mut command = crate::program::command();
    command.args(args).stdin(Stdio::null());
    command
}

/// The base case of the tests, in a folder that can be written in.
fn base() -> TempDir {
    let folder = scratch::folder();
    copy(&file("tests/cases/base"), folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the folder can be listed") {
        let entry = entry.expect("the folder can be listed");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("the file can be copied");
        }
    }
}

fn write(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
    fs::write(path, text).expect("the file can be written");
}

fn shown(folder: &TempDir) -> &str {
    folder.path().to_str().expect("the path is text")
}

/// What the program prints on a folder in a format, which can do no harm.
fn printed(folder: &TempDir, format: &str) -> String {
    let (printed, said_beside) = answered(folder, format);
    assert_eq!(said_beside, "", "{format}");
    printed
}

/// What the program prints on a folder in a format, and what it says beside it.
fn answered(folder: &TempDir, format: &str) -> (String, String) {
    let output = gwp(&["check", shown(folder), "--as-of", "2026-02-10", "--format", format]);
    assert_is_plain(&output, format);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
    (text(output.stdout), text(output.stderr))
}

fn assert_is_plain(output: &Output, what: &str) {
    for stream in [&output.stdout, &output.stderr] {
        let text = std::str::from_utf8(stream).expect("what is printed is UTF-8");
        let found = text.chars().find(|&character| character != '\n' && is_deceptive(character));
        assert_eq!(found, None, "{what}");
    }
}

/// The judgement of the student of the base case, and the problems by file.
fn judged(folder: &TempDir) -> (Value, BTreeMap<String, Vec<String>>) {
    let document: Value = serde_json::from_str(&printed(folder, "json")).expect("it is JSON");
    let list = |key: &str| document[key].as_array().cloned().unwrap_or_default();
    let robin = list("students").into_iter().find(|student| student["id"] == "robin-ashby");
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut problems: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for problem in list("problems") {
        problems.entry(word(&problem["file"])).or_default().push(word(&problem["name"]));
    }
    (robin.expect("the student is there"), problems)
}

/// Asserts that a command cannot be carried out, and says why on one line.
fn assert_refused(output: &Output, what: &str) {
    assert_is_plain(output, what);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{what}: {said}");
    assert!(said.starts_with("gwp: ") && said.ends_with('\n') && said.lines().count() == 1, "{what}: {said}");
}

#[test]
fn arguments_that_mean_nothing_are_refused_on_one_line() {
    let folder = base();
    let folder = shown(&folder);
    for text in ACTING.into_iter().chain(["", " ", "9999-99-99", "a\n\nb", "\u{ff1d}"]) {
        for args in [
            vec![text],
            vec!["check", "./nowhere", text],
            vec!["check", folder, "--as-of", text],
            vec!["check", folder, "--format", text],
            vec!["check", folder, "--only", text],
            vec!["check", folder, "--fail-on", text],
            vec!["check", folder, "--verdict", text],
            vec!["check", folder, "--student", text],
            vec!["check", folder, "--course", text],
            vec!["-C", text, "check", "./nowhere"],
            vec!["show", "-C", folder, text],
            vec!["explain", text],
            vec!["list", text],
            vec!["due", folder, "--as-of", text],
            vec!["due", folder, "--within", text],
            vec!["due", folder, "--from", text],
            vec!["due", folder, "--by", text],
            vec!["due", folder, "--format", text],
            vec!["schema", text],
        ] {
            assert_refused(&gwp(&args), &format!("{args:?}"));
        }
    }
}

#[test]
fn a_fault_in_an_argument_is_told_whole() {
    let said = String::from_utf8_lossy(&gwp(&["check", "--as-of", "2026\n\n\u{1b}[31m"]).stderr).into_owned();
    assert!(said.contains(r"'2026\n\n\u{1b}[31m'") && said.contains("it is no day; write 31 January 2026"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn an_argument_that_is_no_text_is_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    for place in [&["check"][..], &["check", "--student"], &["show"], &["-C"]] {
        let output = command(place).arg(OsStr::from_bytes(b"\xff\xfe\x1b")).output().expect("it can be started");
        assert_refused(&output, &format!("{place:?}"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_no_answer() {
    let folder = base();
    for format in FORMATS {
        let full = fs::File::options().write(true).open("/dev/full").expect("Linux has it");
        let mut command = command(&["check", shown(&folder), "--format", format]);
        assert_refused(&command.stdout(full).output().expect("it can be started"), format);
    }
}

#[test]
fn a_reader_who_has_gone_ends_the_program_quietly() {
    let folder = base();
    for format in FORMATS {
        let mut command = command(&["check", shown(&folder), "--format", format]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it can be started");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code().is_some_and(|code| code < 2), &*output.stderr), (true, &b""[..]), "{format}");
    }
}

#[test]
fn texts_that_would_act_are_shown_and_do_nothing() {
    let folder = base();
    for (number, text) in ACTING.into_iter().enumerate() {
        let quoted = toml(text);
        let id = format!("zz-{number}");
        let course = "starts = 2025-09-27\nends = 2026-07-11\nlcc_meetings = [2025-11-29]\n\
            terms = [{ name = T, starts = 2025-09-27, ends = 2025-12-13 }]\n";
        let records = [
            (format!("courses/{id}.toml"), format!("name = T\nconvenor = T\nemail = T\n{course}")),
            (
                format!("supervisors/{id}.toml"),
                "name = T\nemail = T\nregistrations = [{ body = T }]\ncv_document = T\n".to_owned(),
            ),
            (
                format!("sessions/{id}.toml"),
                format!(
                    "kind = \"group\"\ntitle = T\norganisation = T\nsetting = \"private\"\naim = \"other\"\n\
                     frequency = \"monthly\"\nconductors = [\"{id}\"]\nsessions = [{{ date = 2025-10-07, minutes = 20 \
                     }}, {{ date = 2025-10-08, cancelled = T }}]\n"
                ),
            ),
            (
                format!("students/{id}.toml"),
                format!(
                    "name = T\ncourse = \"{id}\"\n[form1]\nsubmitted = 2025-10-20\ndocument = T\n[[arrangement]]\n\
                     group = \"{id}\"\nsupervisor = \"{id}\"\nfrom = 2025-10-01\nexternal = true\n\
                     line_manager = {{ name = T, email = T }}\nclinical_responsibility = {{ holder = T }}\n\
                     [[report]]\nform = \"GWP3\"\nreceived = 2026-01-01\nby = T\nconcerns = T\n"
                ),
            ),
            (format!("students/{id}-a.toml"), "name = T\ncourse = T\n".to_owned()),
            (format!("students/{id}-b.toml"), "name = T\ncourse = 1\nT = T\n[form1]\nsubmitted = T\n".to_owned()),
        ];
        for (path, record) in records {
            write(&folder, &path, &with(&record, &quoted));
        }
    }
    for format in FORMATS {
        let text = printed(&folder, format);
        assert!(text.contains("zz-0") && text.contains("reboot"), "{format}");
        match format {
            "markdown" => assert_eq!(text.replace("<br>", "").find('<'), None),
            "csv" => {
                // No field of these tables has a quotation mark in it before its first character.
                let mut cells = text.split(['\n', ',']).map(|cell| cell.trim_start_matches('"'));
                assert_eq!(cells.find(|cell| cell.starts_with(['=', '+', '@'])), None);
            }
            _ => {}
        }
    }
}

#[test]
fn texts_that_would_act_do_nothing_in_what_is_due() {
    let folder = base();
    for (number, text) in ACTING.into_iter().enumerate() {
        let quoted = toml(text);
        let id = format!("zz-{number}");
        let records = [
            (
                format!("courses/{id}.toml"),
                "name = T\nconvenor = T\nemail = T\nstarts = 2025-09-27\nends = 2026-07-11\n\
                 lcc_meetings = [2026-03-01]\nterms = [{ name = T, starts = 2025-09-27, ends = 2025-12-13 }]\n"
                    .to_owned(),
            ),
            (format!("supervisors/{id}.toml"), "name = T\nemail = T\nregistrations = [{ body = T }]\n".to_owned()),
            (
                format!("students/{id}.toml"),
                format!(
                    "name = T\nemail = T\ncourse = \"{id}\"\n[[arrangement]]\ngroup = \"tuesday-group\"\n\
                     supervisor = \"{id}\"\nfrom = 2025-10-01\nexternal = true\n\
                     line_manager = {{ name = T, email = T }}\n[[wrg]]\nsupervisor = \"{id}\"\nfrom = 2025-10-01\n"
                ),
            ),
        ];
        for (path, record) in records {
            write(&folder, &path, &with(&record, &quoted));
        }
    }
    for format in ["table", "json", "csv", "markdown", "ics"] {
        for by in ["date", "person", "student"] {
            // Other formats have one list.
            let by: &[&str] = if matches!(format, "table" | "markdown") { &["--by", by] } else { &[] };
            let due = ["due", shown(&folder), "--as-of", "2026-02-10", "--format", format];
            let mut output = gwp(&[&due, by].concat());
            if format == "ics" {
                // Its lines end so.
                let text = String::from_utf8(output.stdout).expect("it is UTF-8");
                output.stdout = text.replace("\r\n", "\n").into_bytes();
            }
            assert_is_plain(&output, format);
            assert_eq!(output.status.code(), Some(0), "{format}: {output:?}");
            let text = String::from_utf8_lossy(&output.stdout).replace("\n ", "");
            assert!(text.contains("reboot"), "{format} {by:?}");
        }
    }
}

/// A record with a text for each `T` that stands alone.
fn with(record: &str, text: &str) -> String {
    let mut out = String::new();
    for piece in record.split_inclusive(|character: char| !character.is_ascii_alphanumeric()) {
        match piece.strip_prefix('T').filter(|rest| rest.len() <= 1) {
            Some(rest) => out.extend([text, rest]),
            None => out.push_str(piece),
        }
    }
    out
}

fn toml(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|character| match character {
            '"' | '\\' => format!("\\{character}"),
            character if is_deceptive(character) => format!("\\u{:04x}", u32::from(character)),
            character => character.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

#[test]
fn names_of_files_that_would_act() {
    let folder = base();
    let (before, _) = judged(&folder);
    let record = "name = \"Z\"\ncourse = \"york-2025\"\n";
    let mut names = vec!["con.toml", "Ünïcode.toml", "a..toml", "UPPER.toml", "-.toml", "a.b.toml", "$(x).toml"];
    if cfg!(unix) {
        names.extend(["new\nline.toml", "\u{1b}[31m.toml", "\u{202e}x.toml", "q\"uote.toml", "=x|y.toml", "<b>.toml"]);
    }
    for name in &names {
        write(&folder, &format!("students/{name}"), record);
    }
    write(&folder, "students/.hidden.toml", "= =");
    write(&folder, "students/no-record.txt", "= =");
    let (after, problems) = judged(&folder);
    assert_eq!(after, before);
    // A name of hyphens alone is an id.
    assert_eq!(problems.len(), names.len() - 1, "{problems:?}");
    for format in FORMATS {
        printed(&folder, format);
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_opened() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    let folder = base();
    let (before, _) = judged(&folder);
    let students = folder.path().join("students");
    let is_made = Command::new("mkfifo").arg(students.join("a-pipe.toml")).status().expect("mkfifo is there");
    assert!(is_made.success());
    let socket = UnixListener::bind(students.join("a-socket.yaml")).expect("a socket can be made");
    for (target, name) in
        [("/dev/zero", "zero.toml"), ("itself.toml", "itself.toml"), ("..", "up"), ("gone", "gone.yml")]
    {
        symlink(target, students.join(name)).expect("a link can be made");
    }
    fs::create_dir(students.join("a-folder.toml")).expect("a folder can be made");
    let (after, problems) = judged(&folder);
    drop(socket);
    assert_eq!(after, before);
    let names: Vec<&str> = problems.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["a-pipe.toml", "a-socket.yaml", "gone.yml", "itself.toml", "up", "zero.toml"]
            .map(|name| format!("students/{name}"))
    );
    assert!(problems.values().flatten().all(|name| name == "unreadable"), "{problems:?}");
}

#[cfg(unix)]
#[test]
fn a_folder_is_not_marked_by_what_cannot_be_read() {
    use std::os::unix::fs::symlink;

    let folder = base();
    let mark = folder.path().join("gwp.toml");
    for target in ["gwp.toml", "/dev/zero", "nowhere", "students"] {
        fs::remove_file(&mark).expect("the file is there");
        symlink(target, &mark).expect("a link can be made");
        assert_refused(&gwp(&["check", shown(&folder)]), target);
    }
}

#[test]
fn texts_at_the_bounds() {
    let folder = base();
    let (before, _) = judged(&folder);
    let largest = 8 * 1024 * 1024;
    let record = "name = \"Z\"\ncourse = \"york-2025\"\n";
    let comment = format!("{record}#{}", " ".repeat(largest - record.len() - 1));
    write(&folder, "students/largest.toml", &comment);
    write(&folder, "students/too-large.toml", &format!("{comment} "));
    write(&folder, "students/nul.toml", "name = \"\0\"");
    write(&folder, "students/empty.toml", "");
    write(&folder, "students/empty.yaml", "");
    let days = "1.1.1, ".repeat(3_000);
    write(&folder, "students/one-line.yaml", &format!("{{name: Z, course: york-2025, notes: [{days}]}}"));
    let (after, problems) = judged(&folder);
    assert_eq!(after, before);
    let names: Vec<&str> = problems.keys().map(String::as_str).collect();
    let wanted = ["empty.toml", "empty.yaml", "nul.toml", "one-line.yaml", "too-large.toml"];
    assert_eq!(names, wanted.map(|name| format!("students/{name}")));
}

#[test]
fn what_is_wrong_with_the_folder_itself_is_told_in_every_form() {
    let folder = base();
    write(&folder, "gwp.toml", "= =");
    for format in FORMATS {
        // JSON is one document, and --only is refused with it.
        let parts = [&[][..], &["--only", "problems"], &["--only", "overdue"]];
        for only in parts.into_iter().filter(|only| format != "json" || only.is_empty()) {
            let output = gwp(&[&["check", shown(&folder), "--format", format], only].concat());
            assert_refused(&output, format);
            assert!(String::from_utf8_lossy(&output.stdout).contains("gwp.toml"), "{format} {only:?}");
        }
    }
}

#[test]
fn of_very_many_who_cannot_be_judged_some_are_named() {
    let folder = base();
    for number in 0..40 {
        write(&folder, &format!("students/zz-{number}.toml"), "name = \"Zz\"\n");
    }
    let output = gwp(&["check", shown(&folder), "--only", "overdue", "--format", "csv"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("40 students") && said.contains("and 30 more") && said.lines().count() == 1, "{said}");
}

#[test]
fn of_many_folders_one_is_broken() {
    let folder = scratch::folder();
    for name in ["a", "b", "-c", "=d"] {
        copy(&file("tests/cases/base"), &folder.path().join(name));
    }
    write(&folder, "b/gwp.toml", "= =");
    for format in FORMATS {
        let (text, said_beside) = answered(&folder, format);
        assert!(text.contains("a/robin-ashby") || format != "csv", "{text}");
        // A table of values has no place for it.
        let is_said = if format == "csv" { said_beside } else { text };
        assert!(is_said.contains("Not judged: gwp.toml has an error.") || format == "json", "{format} {is_said}");
    }
    let document: Value = serde_json::from_str(&printed(&folder, "json")).expect("it is JSON");
    let folders = document["folders"].as_array().expect("there are several");
    let students = |folder: &Value| folder["students"].as_array().map_or(0, Vec::len);
    assert_eq!(folders.iter().map(students).collect::<Vec<_>>(), [1, 1, 1, 0]);
    let output = gwp(&["check", shown(&folder), "--only", "problems", "--format", "csv"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("b/gwp.toml"), "{output:?}");
}

#[test]
fn many_queries_of_one_kind_are_one_matter_for_the_committee() {
    let folder = base();
    let path = folder.path().join("students/robin-ashby.toml");
    let insured = "[[insurance]]\nkind = \"own\"\nfrom = 2025-10-01\nuntil = 2026-09-30\n";
    let text = fs::read_to_string(&path).expect("it is there");
    let from = |day: &str| {
        let later = insured.replace("2025-10-01", day);
        fs::write(&path, text.replace(insured, &later)).expect("it can be written");
        let output = gwp(&["check", shown(&folder), "--as-of", "2026-02-10", "--only", "agenda"]);
        String::from_utf8(output.stdout).expect("it is text").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let few = from("2025-10-22");
    assert!(few.contains("I1 21 Oct 2025") && !few.contains(" more, up to"), "{few}");
    let many = from("2025-10-29");
    let show = format!("gwp -C {} show robin-ashby --as-of 2026-02-10", shown(&folder));
    assert!(many.contains(&format!("; and 3 more, up to 28 October 2025: {show} names them")), "{many}");
    assert!(!many.contains("I1 28 Oct 2025"), "{many}");
}
