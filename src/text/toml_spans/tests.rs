use proptest::prelude::*;

use super::*;
use crate::text::{Node, Notation, Parsed};

const NAMES: [&str; 6] = ["a", "b", "c", "d e", "f-1", ""];

/// All paths into a value, and from each value one step that leads nowhere.
fn paths(node: &Node<'_>, to: Path, found: &mut Vec<Path>) {
    found.extend([to, to.key("nowhere"), to.key(""), to.index(node.elements().len())]);
    if to.steps().count() == 4 {
        return;
    }
    for (key, value) in node.entries() {
        // A key of the examples is kept for as long as the test runs: a path takes no other.
        let known = NAMES.into_iter().find(|known| *known == key.name);
        paths(value, to.key(known.unwrap_or_else(|| key.name.clone().into_owned().leak())), found);
    }
    for (index, value) in node.elements().iter().enumerate() {
        paths(value, to.index(index), found);
    }
}

/// Whether the text is plain; if it is, every place in it must be that of the tree.
fn is_indexed(text: &str) -> bool {
    let Some(spans) = Spans::of(text) else { return false };
    let root = Parsed::of(Notation::Toml, text).root;
    let mut all = Vec::new();
    paths(&root, Path::root(), &mut all);
    for path in all {
        let wanted = root.follow(&path).map(|(key, value)| (key.map(|key| key.span.clone()), value.span.clone()));
        assert_eq!(spans.follow(&path), wanted, "{path} in {text:?}");
    }
    true
}

#[test]
#[allow(clippy::disallowed_methods, reason = "a test may read the disk")]
fn the_examples_are_indexed() {
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/examples"))];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let Ok(text) = std::fs::read_to_string(&path) else { continue };
                assert!(is_indexed(&text) || path.to_string_lossy().contains("broken"), "{}", path.display());
                files += 1;
            }
        }
    }
    assert!(files > 10, "{files}");
}

#[test]
fn what_is_plain_is_indexed() {
    for text in [
        "",
        "\u{feff}a = 1\r\n# b\r\nb = [1, [2, {a = 'x'}], # c\r\n]",
        "a.b.c = 1\na.b.d = \"\\u00e9\"\n'a'.e = '''\n'''",
        "a = 2026-01-01 10:00:00\nb = 1.5\nc = \"\"\"x\n\"\"\"",
        "[a]\n[[a.b]]\n[a.b.c]\na = 1\n[[a.b]]\n[a.b.c]\nb = 2",
        "[a.b]\nx = 1\n[ a ] # late\ny = 2\n[a.c]",
        "[a.b.c]\n[a.b]\n[a]",
        "[[a]]\n[[a]]\n[[a.b]]\n[[a.b]]\n[a.b.c]",
        "[a]\nb.c = 1\n[a.b.d]\n[[a.b.e]]",
        "a = {b.c = 1, b.d = {}, 'd e' = [] }",
        "a = {b = [1,\n2, ], c = [{}, # d\n]}",
        // What a value means is not looked at, nor whether it means anything.
        "a = 1 2\nb = 2026-02-30\nc = \"\\x\"",
        "[\"d e\".'f-1']\né = 1",
    ] {
        assert!(is_indexed(text), "{text:?}");
    }
}

#[test]
fn what_is_not_is_left_to_the_tree() {
    let deep = format!("a = {}{}", "[".repeat(40), "]".repeat(40));
    let dotted = format!("{}a = 1", "a.".repeat(100));
    let header = format!("[{}a]", "a.".repeat(40));
    let dots = format!("a = {}1", "1.".repeat(200));
    let wide = (0..100).map(|key| format!("a{key} = 1")).collect::<Vec<_>>().join("\n");
    let long = format!("a = [{}]", "1,".repeat(2_000));
    for text in [
        "a = 1 \r",
        "a = 1 # \u{7f}",
        "a",
        "a = ",
        "a = # b",
        "a = 1\na = 2",
        "= 1",
        "a. = 1",
        ".a = 1",
        "a = {b}",
        "a = {b = }",
        "a = [[1] 2]",
        "a = [",
        "a = {",
        "a = ]",
        "[a",
        "[]",
        "[a.]",
        "[[a]",
        "[a] b",
        "\"\\u0061\" = 1",
        "\"a = 1",
        "\"\"\"a\"\"\" = 1",
        "\"\" = 1",
        "[a]\n[a]",
        "[a]\n[[a]]",
        "[[a]]\n[a]",
        "a = []\n[[a]]",
        "a = {}\n[a.b]",
        "a.b = 1\n[a]",
        "a = 1\na.b = 1",
        "[a.b.c]\n[a]\nb.d = 1",
        "[[a.b]]\n[a]\nb.c = 1",
        "a = {b = {}, b.c = 1}",
        "a = {b.c = 1, b.c.d = 1}",
        "a = {b = 1, b = 2}",
        // TOML 1.1 takes these.
        "a = {b = 1,\n c = 2}",
        "a = {b = 1\n}",
        "a = [{ # b\n}]",
        "a = {b = [1], }",
        &deep,
        &dotted,
        &header,
        &dots,
        &wide,
        &long,
    ] {
        assert!(!is_indexed(text), "{text:?}");
    }
}

fn key() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        8 => (0..3_usize).prop_map(|at| NAMES[at].to_owned()),
        2 => (0..NAMES.len()).prop_map(|at| format!("\"{}\"", NAMES[at])),
        1 => (0..NAMES.len()).prop_map(|at| format!("'{}'", NAMES[at])),
    ];
    prop::collection::vec(part, 1..4).prop_map(|parts| parts.join(" . "))
}

fn value() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        Just("1.5".to_owned()),
        Just("2026-01-01 10:00:00".to_owned()),
        Just("\"é \\\" ]}\"".to_owned()),
        Just("'''\n[a]\n'''".to_owned()),
    ];
    scalar.prop_recursive(3, 12, 3, |value| {
        let entry = (key(), value.clone()).prop_map(|(key, value)| format!("{key} = {value}"));
        prop_oneof![
            prop::collection::vec(value, 0..4).prop_map(|values| format!("[ {} ]", values.join(" , # x]\n"))),
            prop::collection::vec(entry, 0..4).prop_map(|entries| format!("{{{}}}", entries.join(", "))),
        ]
    })
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (key(), value()).prop_map(|(key, value)| format!("{key} = {value} # x")),
        2 => key().prop_map(|key| format!("[{key}]")),
        2 => key().prop_map(|key| format!("  [[ {key} ]]")),
        1 => Just("# [x]".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Lines are kept for as long as they leave the text sound, so that tables meet in every way that TOML allows.
    #[test]
    fn places_are_those_of_the_tree(lines in prop::collection::vec(line(), 0..12), crlf: bool, mark: bool) {
        let end = if crlf { "\r\n" } else { "\n" };
        let mut text = if mark { "\u{feff}".to_owned() } else { String::new() };
        for line in lines {
            let before = text.len();
            text.extend([line.as_str(), end]);
            if !Parsed::of(Notation::Toml, &text).is_sound() {
                is_indexed(&text);
                text.truncate(before);
            }
        }
        is_indexed(&text);
    }

    #[test]
    fn no_text_is_too_strange(text in "([\\[\\]{}a.=,\"' \n]|a = |\\[a\\]\n){0,40}") {
        is_indexed(&text);
    }
}
