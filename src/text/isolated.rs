//! Words that are written from right to left, among words that are not.

use std::borrow::Cow;

/// What opens a piece that stands by itself, in whatever direction it is written.
const OPENS: char = '\u{2068}';

/// What closes it.
const CLOSES: char = '\u{2069}';

/// A line in which words that are written from right to left stand by themselves, so that they do not turn around what stands
/// beside them, such as a number or the next column. What stands by itself already stays as it is.
pub fn isolated(words: &str) -> Cow<'_, str> {
    if !words.contains(is_from_right) {
        return words.into();
    }
    let mut told = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(begins) = rest.find(is_from_right) {
        let (before, after) = rest.split_at(begins);
        let run = after.find(|c: char| !is_from_right(c) && !joins(c)).unwrap_or(after.len());
        // Columns stand further apart than words.
        let run = after[..run].find("  ").unwrap_or(run);
        let run = after[..run].trim_end_matches(joins).len();
        let is_isolated = before.ends_with(OPENS) && after[run..].starts_with(CLOSES);
        told.push_str(before);
        told.extend((!is_isolated).then_some(OPENS));
        told.push_str(&after[..run]);
        told.extend((!is_isolated).then_some(CLOSES));
        rest = &after[run..];
    }
    (told + rest).into()
}

/// A text with line breaks, each of its lines as [`isolated`] gives it: a run of words ends with its line.
pub fn isolated_lines(text: &str) -> Cow<'_, str> {
    if !text.contains(is_from_right) {
        return text.into();
    }
    text.split_inclusive('\n').map(isolated).collect::<String>().into()
}

/// What was typed, or copied from an answer, without the marks around what stands by itself.
pub(super) fn not_isolated(typed: &str) -> Cow<'_, str> {
    if typed.contains([OPENS, CLOSES]) { typed.replace([OPENS, CLOSES], "").into() } else { typed.into() }
}

fn is_from_right(c: char) -> bool {
    matches!(u32::from(c), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefc | 0x10800..=0x10fff | 0x1e800..=0x1efff)
}

/// Whether a character holds two words of a name together.
fn joins(c: char) -> bool {
    matches!(c, ' ' | '-' | '\'' | '\u{2019}' | '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_by_itself_once() {
        for (words, told) in [
            ("Mina Holt: 3 of 30", "Mina Holt: 3 of 30"),
            ("דוד לוי: 3 of 30 sessions", "\u{2068}דוד לוי\u{2069}: 3 of 30 sessions"),
            ("4. ליאת בן-דוד", "4. \u{2068}ליאת בן-דוד\u{2069}"),
            ("נועם, مريم and Ann", "\u{2068}נועם\u{2069}, \u{2068}مريم\u{2069} and Ann"),
            ("نرگس\u{200c}ها 7", "\u{2068}نرگس\u{200c}ها\u{2069} 7"),
            ("דוד  12", "\u{2068}דוד\u{2069}  12"),
            ("דוד לוי  דוד", "\u{2068}דוד לוי\u{2069}  \u{2068}דוד\u{2069}"),
        ] {
            assert_eq!(isolated(words), told);
            assert_eq!(isolated(told), told, "it is isolated already");
            assert_eq!(not_isolated(told), words);
        }
    }

    #[test]
    fn a_name_over_two_lines_stands_by_itself_on_each() {
        assert_eq!(isolated_lines("דוד\nלוי 3\nx\n"), "\u{2068}דוד\u{2069}\n\u{2068}לוי\u{2069} 3\nx\n");
        assert_eq!(isolated_lines("a\nb"), "a\nb");
    }
}
