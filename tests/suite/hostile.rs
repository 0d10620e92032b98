//! No text makes the program fail, run long or run out of stack. Tests run on threads of 2 MiB.

use gwp::problems::{Problem, ProblemName};
use gwp::text::{FileId, Locator, Path, Source, SourcePath};
use proptest::prelude::*;

use crate::{read, source};

const PATHS: [&str; 7] = [
    "gwp.toml",
    "courses/a.toml",
    "students/a.toml",
    "students/a.yaml",
    "supervisors/a.yml",
    "sessions/a.toml",
    "sessions/a.yaml",
];

/// Reads a text as each kind of record, and finds every place that is asked for.
fn bear(text: &str) {
    for path in PATHS {
        let sources: [Source; 1] = [source(path, text)];
        let records = gwp::case::read(&sources);
        let mut locator = Locator::new(&sources);
        for problem in &records.problems {
            let (line, column) = problem.place(&mut locator);
            assert!(line >= 1 && column >= 1);
            if let Some(span) = problem.span(&mut locator) {
                assert!(text.get(span.clone()).is_some(), "{path}: {problem:?} {span:?}");
            }
            assert!(is_plain(problem), "{path}: {problem:?}");
        }
        locator.place(SourcePath { file: FileId(0), path: Path::of("sessions").index(3).key("date") });
    }
}

/// What is shown cannot act on a terminal, and is no longer than somebody can read.
fn is_plain(problem: &Problem) -> bool {
    let help = problem.help.as_deref().unwrap_or_default();
    let shown = format!("{}{help}", problem.message);
    !shown.chars().any(gwp::text::is_deceptive) && shown.len() < 2_000 && !help.is_empty()
}

#[test]
fn what_repeats_without_end() {
    let size = 4_000;
    let parts = [
        "[",
        "x=[",
        "{",
        "x={a=",
        "{a:",
        "{a: ",
        "a.",
        "[a]\n",
        "[[a]]\n",
        "[[arrangement]]\n",
        "x\n",
        "x=1\n",
        "\"",
        "'",
        "- ",
        "- x\n",
        "? ",
        "&a ",
        "*a ",
        "!a ",
        "---\n",
        "%a\n",
        "\n",
        ":\n",
        ": ",
        "|\n",
        ">\n x\n",
        "[a,",
        "#",
        "\t",
        "\0",
        "\u{feff}",
        "\u{202e}",
        "a=2026-02-30\n",
        "\"\"\"",
        "'''",
        "\\",
        "é",
        "kind",
        "<<: x\n",
    ];
    for part in parts {
        bear(&part.repeat(size / part.len()));
        bear(&format!("name = \"a\"\nsessions = {}", part.repeat(size / 10 / part.len())));
        bear(&format!("name: a\nsessions:\n  - {}", part.repeat(size / 10 / part.len())));
    }
}

#[test]
fn nests_that_outgrow_a_stack() {
    let keys = "b.".repeat(78);
    let values = format!("{keys}a={{").repeat(75);
    bear(&format!("[{keys}b]\n{values}{keys}a=1{}", "}".repeat(75)));
    let indented: String = (0..500).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    bear(&indented);
    let dashes: String = (0..500).map(|depth| format!("{}-\n", " ".repeat(depth))).collect();
    bear(&dashes);
}

#[test]
fn aliases_are_never_followed() {
    let doubled = |depth: usize| format!("a{depth}: &a{depth} [*a{0}, *a{0}]\n", depth - 1);
    let laughs = "a0: &a0 [x]\n".to_owned() + &(1..40).map(doubled).collect::<String>();
    bear(&laughs);
    let records = read("students/a.yaml", &laughs);
    assert_eq!(records.problems.len(), 100, "no more than a hundred are listed");
}

#[test]
fn a_table_with_very_many_keys() {
    bear(&(0..2_000).map(|key| format!("k{key} = 1\n")).collect::<String>());
    bear(&(0..2_000).map(|key| format!("k{key}: 1\n")).collect::<String>());
}

/// What is one entry, many times over, and the line on which the first stands that is too many.
#[test]
fn a_list_longer_than_anybody_needs() {
    let student = "name = \"Z\"\ncourse = \"a\"\n";
    let leave = "[[leave]]\nfrom = 2026-01-01\nuntil = 2026-01-02\n";
    let lists = [
        ("students/a.toml", student, leave, "", 3, 3),
        (
            "students/a.toml",
            "name = \"Z\"\ncourse = \"a\"\nleave = [",
            "{ from = 2026-01-01, until = 2026-01-02 },\n",
            "]",
            3,
            1,
        ),
        (
            "students/a.toml",
            "name = \"Z\"\ncourse = \"a\"\n[[ruling]]\nrequirement = \"S5\"\nbody = \"LCC\"\ndate = 2026-01-01\noutcome = \"accepted\"\nof = [",
            "2026-01-01,\n",
            "]",
            8,
            1,
        ),
        ("students/a.yaml", "name: Z\ncourse: a\nleave:\n", "  - from: 2026-01-01\n    until: 2026-01-02\n", "", 4, 2),
        ("gwp.toml", "lcc_meetings = [", "2026-01-01,\n", "]", 1, 1),
    ];
    for (path, before, entry, after, first, lines) in lists {
        assert_eq!(read(path, &format!("{before}{}{after}", entry.repeat(1_000))).problems, [], "{path}");
        for count in [1_001, 1_100, 2_000] {
            let sources = [source(path, &format!("{before}{}{after}", entry.repeat(count)))];
            let problems = gwp::case::read(&sources).problems;
            let places: Vec<_> = problems.iter().map(|problem| problem.place(&mut Locator::new(&sources)).0).collect();
            assert_eq!(places, [first + lines * 1_000], "{path} {count} {problems:?}");
        }
    }
    let arrangement = "[[arrangement]]\ngroup = \"a\"\nsupervisor = \"a\"\nfrom = 2026-01-01\n";
    let wrg = "[[wrg]]\nsupervisor = \"a\"\nfrom = 2026-01-01\n";
    let supervisor = |count| format!("name = \"Z\"\nregistrations = [{}]\n", "{ body = \"BACP\" },".repeat(count));
    for (count, faults) in [(100, 0), (101, 1)] {
        for entry in [arrangement, wrg] {
            let records = read("students/a.toml", &format!("{student}{}", entry.repeat(count)));
            assert_eq!(records.problems.len(), faults, "{entry}");
        }
        assert_eq!(read("supervisors/a.toml", &supervisor(count)).problems.len(), faults);
    }
    let session = "{ date = 2026-01-01, minutes = 90 },\n".repeat(3_000);
    let log = "kind = \"supervision\"\nsupervisor = \"a\"\nsupervisees = []\nmode = \"telephone\"\n";
    assert_eq!(read("sessions/a.toml", &format!("{log}sessions = [{session}]")).problems, []);
}

/// Every date is far from the course, and each has a column of its own on the one line.
#[test]
fn a_log_on_one_line() {
    let course = "name = \"a\"\nconvenor = \"b\"\nstarts = 2025-09-27\nends = 2026-07-11\nterms = [{ name = \"c\", \
        starts = 2025-09-27, ends = 2025-12-13 }]\n";
    let log = "{ kind: supervision, supervisor: a, supervisees: [], mode: telephone, sessions: [";
    let entries = 10_000;
    let text = format!("{log}{}] }}", "{ date: 0001-01-01, minutes: 60 }, ".repeat(entries));
    let sources = [source("courses/a.toml", course), source("sessions/a.yaml", &text)];
    let records = gwp::case::read(&sources);
    let case = gwp::case::Case::link(records, &sources, &|_| true);
    let mut locator = Locator::new(&sources);
    let far = case.records.problems.iter().filter(|problem| problem.name == ProblemName::ImplausibleDate);
    let columns: Vec<_> = far.map(|problem| problem.place(&mut locator)).collect();
    let wanted: Vec<_> = (0..entries).map(|entry| (1, log.len() + 35 * entry + 9)).collect();
    assert_eq!(columns, wanted);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text(text in "(?s).{0,200}") {
        bear(&text);
    }

    #[test]
    fn any_soup_of_what_records_are_made_of(parts in prop::collection::vec(0..SOUP.len(), 0..40)) {
        bear(&parts.into_iter().map(|part| SOUP[part]).collect::<String>());
    }

    #[test]
    fn a_record_with_a_piece_cut_out(start in 0..600_usize, length in 0..40_usize, insert in "\\PC{0,3}") {
        for text in [TOML, YAML] {
            let before: String = text.chars().take(start).collect();
            let after: String = text.chars().skip(start + length).collect();
            bear(&format!("{before}{insert}{after}"));
        }
    }
}

const SOUP: [&str; 40] = [
    "name",
    "course",
    "kind",
    "group",
    "supervision",
    "sessions",
    "arrangement",
    "from",
    "until",
    "of",
    "=",
    " = ",
    ": ",
    "\n",
    "\n  ",
    "\n  - ",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    ",",
    "\"",
    "'",
    "2026-01-31",
    "2026-02-30",
    "60",
    "-1",
    "1.5",
    "true",
    "no",
    "~",
    "# ",
    "&a ",
    "*a",
    "!t ",
    "---\n",
    "é",
    "\t",
];

const TOML: &str = include_str!("../../examples/london/students/2025/bethan-maddox.toml");
const YAML: &str = include_str!("../../examples/london/students/2025/siobhan-keane.yaml");
