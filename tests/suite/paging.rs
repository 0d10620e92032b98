//! Long answers on a terminal go through a pager, and nothing else changes.

use crate::asking::Terminal;
use crate::file;
use crate::scratch;

const CHECK: &str = "check examples/london --as-of 2026-02-10";

/// The exit status, and what a terminal shows.
fn at_a_terminal(words: &str, environment: &[(&str, &str)]) -> (i32, String) {
    Terminal::with(&file(""), words.split_whitespace(), environment).end()
}

#[test]
fn a_long_answer_is_paged_and_its_status_stays() {
    let all = at_a_terminal(&format!("{CHECK} --no-pager"), &[("PAGER", "false")]);
    assert_eq!(all.0, 1);
    assert!(all.1.contains("Marcus Idowu"), "{}", all.1);
    // The pager is given all of it, and in colour where there is colour.
    assert_eq!(at_a_terminal(CHECK, &[("GWP_PAGER", "sed -n p")]), all);
    assert_eq!(at_a_terminal(CHECK, &[("PAGER", "sed -n '$='")]), (1, format!("{}\n", all.1.lines().count())));
    let (_, coloured) =
        at_a_terminal(&format!("{CHECK} --color always"), &[("PAGER", "sed -n '/action.*Idowu/{p;q}'")]);
    assert!(coloured.contains("\u{1b}["), "{coloured:?}");
    // Left at its first line, failed, or not there at all, it harms nothing.
    assert_eq!(
        at_a_terminal(CHECK, &[("PAGER", "head -n 1")]),
        (1, format!("{}\n", all.1.lines().next().unwrap_or_default()))
    );
    assert_eq!(at_a_terminal(CHECK, &[("PAGER", "false")]), (1, String::new()));
    for missing in
        [("PAGER", "no-such-pager 2>&-"), ("PAGER", "exec /dev/null 2>&-"), ("PATH", "/nowhere"), ("TERM", "dumb")]
    {
        let (status, shown) = at_a_terminal(CHECK, &[missing]);
        assert!(status == 1 && shown.ends_with(&all.1), "{missing:?}: {shown}");
    }
}

#[test]
fn a_short_answer_and_what_is_wrong_are_not_paged() {
    let marked = [("PAGER", "sed s/^/paged:/")];
    let (status, shown) = at_a_terminal("list courses examples/edition-2022-23", &marked);
    assert!(status == 0 && shown.lines().count() < 24 && !shown.contains("paged:"), "{shown}");
    let (_, shown) = at_a_terminal("list students examples/london --as-of 2026-02-10", &marked);
    assert!(shown.starts_with("paged:"), "{shown}");
    // What is wrong is said beside it, and is no part of it.
    let (status, shown) = at_a_terminal("show nobody-here -C examples/london", &marked);
    assert!(status == 2 && shown.starts_with("gwp: "), "{shown}");
}

#[test]
fn whatever_is_long_and_read_at_a_terminal_is_paged() {
    let marked = [("PAGER", "sed s/^/paged:/")];
    for words in [
        "paper lcc --format markdown",
        "export sessions",
        "remind",
        "form gwp2 marcus-idowu",
        "schema student",
        "person carys-bevan",
    ] {
        let day = if words.starts_with("schema") || words.starts_with("person") { "" } else { " --as-of 2026-02-10" };
        let folder = if words.starts_with("schema") { "" } else { " -C examples/london" };
        let (status, shown) = at_a_terminal(&format!("{words}{folder}{day}"), &marked);
        let is_paged = shown.lines().any(|line| line.starts_with("paged:"));
        assert!(status < 2 && is_paged, "{words}: {status} {shown}");
    }
    // A file is no answer to be read.
    let out = scratch::folder();
    let words = format!("export sessions -C examples/london --out {}", out.path().join("a.csv").display());
    let (_, shown) = at_a_terminal(&words, &marked);
    assert!(!shown.contains("paged:"), "{shown}");
}

#[test]
fn ctrl_c_is_the_pagers() {
    let pager = "trap : INT; printf 'ready: '; sleep 5; echo after";
    let mut terminal = Terminal::with(&file(""), CHECK.split_whitespace(), &[("PAGER", pager)]);
    assert_eq!(terminal.question().as_deref(), Some("ready: "));
    terminal.answer("\u{3}");
    let (status, shown) = terminal.end();
    assert!(status == 1 && shown.trim_end().ends_with("after"), "{status}: {shown}");
}
