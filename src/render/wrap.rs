//! Breaking text into lines, measured as a terminal shows it.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns of a terminal a text takes.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// The lines of a text that takes `first` columns in its first line and `rest` in the others, broken at spaces, and
/// within a word only where it is wider than a line. At least one line.
pub(super) fn wrapped(text: &str, first: usize, rest: usize) -> Vec<String> {
    let (first, rest) = (first.max(1), rest.max(1));
    if width(text) <= first {
        return vec![text.to_owned()];
    }
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let most = if lines.is_empty() { first } else { rest };
        let needed = width(word);
        if !line.is_empty() && used + 1 + needed <= most {
            line.push(' ');
            line.push_str(word);
            used += 1 + needed;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        for character in word.chars() {
            let most = if lines.is_empty() { first } else { rest };
            let needed = character.width().unwrap_or(0);
            if used + needed > most && used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(character);
            used += needed;
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn at_spaces() {
        assert_eq!(wrapped("one two three", 7, 5), ["one two", "three"]);
        assert_eq!(wrapped("", 7, 5), [""]);
    }

    #[test]
    fn within_a_word_that_is_too_wide() {
        assert_eq!(wrapped("supervision-carers", 8, 5), ["supervis", "ion-c", "arers"]);
        // Two columns each.
        assert_eq!(wrapped("小組工作", 5, 5), ["小組", "工作"]);
        // An accent stays with its letter.
        assert_eq!(wrapped("Zoe\u{301}Zoe\u{301}", 3, 3), ["Zoe\u{301}", "Zoe\u{301}"]);
    }

    proptest! {
        // The widest character, U+17D8, takes three columns, and no line can be narrower than one character.
        #[test]
        fn nothing_is_lost_and_nothing_too_wide(text in "\\PC{0,60}", most in 3_usize..20) {
            let lines = wrapped(&text, most, most);
            let bare = |text: &str| text.chars().filter(|character| *character != ' ').collect::<String>();
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
            for line in &lines {
                let by_character: usize = line.chars().map(|character| character.width().unwrap_or(0)).sum();
                prop_assert!(by_character <= most || width(line) <= most);
            }
        }
    }
}
