//! Lengths of time in words and fractions, written in figures: `an hour and a half`, `1½ hours`, `90'`, `PT1H30M`.

use super::vocabulary::VOCABULARY;

/// A text in small letters with its numbers and fractions in figures, as far as it has any.
pub fn in_figures(text: &str) -> String {
    let mut text = text.trim().to_owned();
    for (fraction, decimals) in [("½", "5"), ("¼", "25"), ("¾", "75"), ("1/2", "5"), ("1/4", "25"), ("3/4", "75")] {
        // `1½`, `1 1/2`
        if let Some((before, after)) = text.split_once(fraction) {
            let whole = before.trim_end();
            let is_whole = whole.ends_with(|c: char| c.is_ascii_digit());
            let rest = if after.starts_with(char::is_alphabetic) { format!(" {after}") } else { after.to_owned() };
            // A quarter in decimals would look like minutes.
            text = if is_whole { format!("{whole}.{decimals}0000{rest}") } else { format!("0.{decimals}0000{rest}") };
        }
    }
    for mark in ["'", "’", "′"] {
        if let Some(before) = text.strip_suffix(mark) {
            text = format!("{before} min");
        }
    }
    in_words(&text).unwrap_or(text)
}

/// The minutes of `pt1h30m`, as programs write lengths.
pub fn iso(text: &str) -> Option<u16> {
    let rest = text.strip_prefix("pt")?;
    let (hours, rest) = rest.split_once('h').unwrap_or(("0", rest));
    let minutes = if rest.is_empty() { "0" } else { rest.strip_suffix("m0s").or(rest.strip_suffix('m'))? };
    let is_number = |part: &str| !part.is_empty() && part.len() < 5 && part.bytes().all(|byte| byte.is_ascii_digit());
    let number = |part: &str| part.parse::<u16>().ok().filter(|_| is_number(part));
    number(hours)?.checked_mul(60)?.checked_add(number(minutes)?)
}

/// The same in figures where all of it is words.
fn in_words(text: &str) -> Option<String> {
    let spaced: String = text.chars().map(|c| if c == '-' { ' ' } else { c }).collect();
    let words: Vec<&str> = spaced.split_whitespace().filter(|word| *word != "of").collect();
    let units = &VOCABULARY.units;
    let is_hours = |word: &&str| units.hours.has(word);
    let part = |word: &str| match word {
        "half" => Some(30),
        "quarter" => Some(15),
        _ => None,
    };
    let minutes = match words.as_slice() {
        ["half", hour] | ["half", "an" | "a", hour] if is_hours(hour) => 30,
        ["quarter", hour] | ["quarter", "an" | "a", hour] if is_hours(hour) => 15,
        ["a", "quarter", "an", hour] if is_hours(hour) => 15,
        ["three", "quarters", "an", hour] if is_hours(hour) => 45,
        // `an hour and a half`, `two hours and a quarter`
        [number @ .., hour, "and", "a", rest] if is_hours(hour) => hours(number)? * 60 + part(rest)?,
        // `one and a half hours`
        [number @ .., "and", "a", rest, hour] if is_hours(hour) => hours(number)? * 60 + part(rest)?,
        ["an" | "a", hour] if is_hours(hour) => 60,
        [number @ .., hour] if is_hours(hour) => spelled(number)? * 60,
        [number @ .., unit] if units.minutes.has(unit) => spelled(number)?,
        _ => return None,
    };
    Some(format!("{minutes} min"))
}

/// How many hours; `an hour` is one, and so is `hour and a half`.
fn hours(words: &[&str]) -> Option<u32> {
    match words {
        [] | ["an" | "a"] => Some(1),
        [number] if number.bytes().all(|byte| byte.is_ascii_digit()) => number.parse().ok().filter(|hours| *hours < 24),
        words => spelled(words),
    }
}

/// A number below a hundred in words: `ninety`, `seventy five`.
fn spelled(words: &[&str]) -> Option<u32> {
    const TEENS: [&str; 8] =
        ["twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let at = |known: &[&str], word: &str| {
        known.iter().position(|known| *known == word).and_then(|at| u32::try_from(at).ok())
    };
    let small = |word: &str| {
        let known =
            VOCABULARY.counts.numbers.iter().zip(0..).find(|(known, _)| *known == word).map(|(_, number)| number);
        known.or_else(|| at(&TEENS, word).map(|at| at + 12)).filter(|number| *number > 0)
    };
    match words {
        [word] => small(word).or_else(|| at(&TENS, word).map(|at| (at + 2) * 10)),
        [tens, ones] => Some((at(&TENS, tens)? + 2) * 10 + small(ones).filter(|ones| *ones < 10)?),
        _ => None,
    }
}
