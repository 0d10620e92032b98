//! Which problems are new, and which are gone.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::problems::{Level, Problem, ProblemName};
use crate::text::{FileId, Source};

type Key<'p> = (ProblemName, Level, &'p str, Cow<'p, str>, Option<Cow<'p, str>>);

/// The problems of the newer state that the older has not, and the other way about. A problem that has only moved to
/// another line of its file is the same.
pub fn new_and_gone<'p>(
    (older, older_sources): (&'p [Problem], &'p [Source]),
    (newer, newer_sources): (&'p [Problem], &'p [Source]),
) -> (Vec<&'p Problem>, Vec<&'p Problem>) {
    let new = beyond(newer, newer_sources, older, older_sources);
    let gone = beyond(older, older_sources, newer, newer_sources);
    (new, gone)
}

fn beyond<'p>(
    problems: &'p [Problem],
    sources: &'p [Source],
    others: &'p [Problem],
    other_sources: &'p [Source],
) -> Vec<&'p Problem> {
    let mut known: BTreeMap<Key<'_>, usize> = BTreeMap::new();
    for other in others {
        *known.entry(key(other, other_sources)).or_default() += 1;
    }
    let mut is_known = |problem| {
        let left = known.get_mut(&key(problem, sources)).filter(|left| **left > 0);
        left.map(|left| *left -= 1).is_some()
    };
    problems.iter().filter(|problem| !is_known(*problem)).collect()
}

fn key<'p>(problem: &'p Problem, sources: &'p [Source]) -> Key<'p> {
    let FileId(file) = problem.file;
    let path = sources.get(file as usize).map_or("", |source| source.path.raw());
    (problem.name, problem.level, path, without_lines(&problem.message), problem.help.as_deref().map(without_lines))
}

/// A text without the numbers of the lines that it names: these move.
fn without_lines(text: &str) -> Cow<'_, str> {
    if !text.contains("line") {
        return Cow::Borrowed(text);
    }
    let mut is_of_line = false;
    let words = text.split(' ').filter(|word| {
        let is_number = is_of_line && word.starts_with(|c: char| c.is_ascii_digit());
        is_of_line = matches!(*word, "line" | "lines") || (is_of_line && (is_number || *word == "and"));
        !is_number
    });
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_named_move() {
        for (text, without) in [
            ("lines 3 and 5 both have an entry for 6 October 2025", "lines and both have an entry for 6 October 2025"),
            ("line 3 has two entries for 6 October 2025", "line has two entries for 6 October 2025"),
            ("looks like `from`, which stands in line 5 already", "looks like `from`, which stands in line already"),
            ("30 of 30 in an outline 7", "30 of 30 in an outline 7"),
            ("put 5 on a line of its own", "put 5 on a line of its own"),
        ] {
            assert_eq!(without_lines(text), without, "{text}");
        }
    }
}
