//! A day of several words that was typed without quotation marks: a shell hands on each word alone.

use gwp::folder::CommandLine;
use gwp::text::SaidDay;

use super::value_parsers::days_apart;

/// The command with quotation marks around the words of each day in it; none where no day is of several words. Safe to
/// show.
pub fn quoted(words: &[String]) -> Option<String> {
    let (mut all, mut at) = (Vec::new(), 0);
    while at < words.len() {
        // In `log tuesday 6 Oct` a log is called so.
        let begins = |end: &usize| is_day(&words[at..*end]) && !is_day(&words[at + 1..*end]);
        let end = (at + 2..=words.len()).rev().find(begins).unwrap_or(at + 1);
        all.push(words[at..end].join(" "));
        at = end;
    }
    (all.len() < words.len()).then(|| CommandLine::default().about(all.iter().map(String::as_str)))
}

/// Whether some words are a day, or several with commas or "and" between them, and do not say each a day alone.
fn is_day(words: &[String]) -> bool {
    let one = |text: &str| SaidDay::read(text.split('=').next().unwrap_or_default()).is_ok();
    let some = |text: &str| days_apart(text).all(one);
    let text = words.join(" ");
    !words.iter().any(|word| word.starts_with('-'))
        && (one(&text) || some(&text))
        && !words.iter().all(|word| some(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(typed: &str) -> Option<String> {
        quoted(&typed.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn the_words_of_a_day_are_put_together() {
        for (typed, is) in [
            ("meeting 12 December 2026", "gwp meeting '12 December 2026'"),
            ("log tuesday 6 Oct --present 5", "gwp log tuesday '6 Oct' --present 5"),
            ("log tuesday 6 Oct=7", "gwp log tuesday '6 Oct=7'"),
            ("log tuesday 6 Oct, 13 Oct and 20 Oct", "gwp log tuesday '6 Oct, 13 Oct and 20 Oct'"),
            ("decide jo LCC award queried --on last Tuesday", "gwp decide jo LCC award queried --on 'last Tuesday'"),
            (
                "arrange jo a b --from 1 Oct --until 31 July 2027",
                "gwp arrange jo a b --from '1 Oct' --until '31 July 2027'",
            ),
        ] {
            assert_eq!(of(typed).as_deref(), Some(is), "{typed}");
        }
        for none in
            ["log tuesday 2026-10-06 2026-10-13", "show mina", "log tuesday 6/10, 13/10", "meeting --on 12 --by May"]
        {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
