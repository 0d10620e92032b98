//! Whether a text looks as if it could identify a patient. It may be wrong either way; it never says what it saw.

use crate::calendar::MONTHS;

/// Something in a text that could identify a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspicion {
    /// Ten digits that are a valid NHS number.
    NhsNumber,
    /// A date beside words that say that somebody was born on it.
    DateOfBirth,
    /// A postcode of the United Kingdom.
    Postcode,
}

impl Suspicion {
    /// What it is, with its article.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::NhsNumber => "an NHS number",
            Self::DateOfBirth => "a date of birth",
            Self::Postcode => "a postcode",
        }
    }
}

/// What a text seems to hold, each kind once.
pub fn suspicions(text: &str) -> Vec<Suspicion> {
    // There is a digit in each of them, and in few texts.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let pieces = pieces(text);
    let mut found = Vec::new();
    if has_nhs_number(&pieces) {
        found.push(Suspicion::NhsNumber);
    }
    if has_date_of_birth(&pieces) {
        found.push(Suspicion::DateOfBirth);
    }
    if has_postcode(text) {
        found.push(Suspicion::Postcode);
    }
    found
}

/// Digits or letters without anything between them, and what stands before them.
#[derive(Clone, Copy, Debug)]
struct Piece<'a> {
    gap: &'a str,
    text: &'a str,
    is_number: bool,
}

impl Piece<'_> {
    fn is_word(&self, word: &str) -> bool {
        !self.is_number && self.text.eq_ignore_ascii_case(word)
    }

    /// The number, where it has so many digits.
    fn number(&self, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        if self.is_number && digits.contains(&self.text.len()) { self.text.parse().ok() } else { None }
    }

    fn follows_sentence_end(&self) -> bool {
        [". ", "! ", "? "].iter().any(|end| self.gap.contains(end))
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let kind = |c: char| if c.is_ascii_digit() { Some(true) } else { c.is_alphabetic().then_some(false) };
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c| kind(c).is_some()) {
        let (gap, from) = rest.split_at(start);
        let is_number = from.starts_with(|c: char| c.is_ascii_digit());
        let end = from.find(|c| kind(c) != Some(is_number)).unwrap_or(from.len());
        pieces.push(Piece { gap, text: &from[..end], is_number });
        rest = &from[end..];
    }
    pieces
}

/// The groups of an NHS number as it is usually written.
const USUAL_GROUPS: [usize; 3] = [3, 3, 4];

fn has_nhs_number(pieces: &[Piece<'_>]) -> bool {
    let mut runs: Vec<Vec<Piece<'_>>> = Vec::new();
    let mut is_of_other = false;
    for (position, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.is_number) {
        let goes_on = position > 0 && pieces[position - 1].is_number && is_grouping(piece.gap);
        if !goes_on {
            is_of_other = is_number_of_other_kind(&pieces[..=position]);
            runs.push(Vec::new());
        }
        if let Some(run) = runs.last_mut().filter(|_| !is_of_other) {
            run.push(*piece);
        }
    }
    runs.iter().filter(|run| !run.is_empty()).any(|run| {
        let lengths: Vec<usize> = run.iter().map(|group| group.text.len()).collect();
        let is_whole = lengths.iter().sum::<usize>() == 10 && lengths.iter().all(|&length| length >= 3);
        let is_phone = run[0].gap.ends_with('+') || run[0].text.starts_with('0') || run[0].text == "44";
        let in_usual_groups = || {
            let at = |window: &[Piece<'_>]| window.iter().map(|group| group.text.len()).eq(USUAL_GROUPS);
            run.windows(USUAL_GROUPS.len()).any(|window| at(window) && is_valid(window))
        };
        (is_whole && is_valid(run))
            || run.iter().any(|group| group.text.len() == 10 && is_valid(&[*group]))
            || (!is_phone && in_usual_groups())
    })
}

fn is_grouping(gap: &str) -> bool {
    gap.chars().count() <= 3
        && gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2013}' | '.' | '/'))
}

/// Words that say of a number behind them that it is that of a book, a journal or a telephone.
const OTHER_NUMBERS: [&str; 17] = [
    "isbn",
    "issn",
    "tel",
    "telephone",
    "phone",
    "phoned",
    "fax",
    "mobile",
    "mob",
    "cell",
    "landline",
    "ring",
    "rang",
    "call",
    "called",
    "ext",
    "extension",
];

/// How many words may stand between such a word and its number.
const WORDS_BETWEEN: usize = 3;

/// Whether the words before the last of the pieces say that it begins another number than that of a patient.
fn is_number_of_other_kind(pieces: &[Piece<'_>]) -> bool {
    let words = pieces.iter().rev().skip(1).take(WORDS_BETWEEN + 1);
    let ends_sentence = |piece: Option<&Piece<'_>>| piece.is_some_and(Piece::follows_sentence_end);
    let mut behind = pieces.last();
    for word in words {
        // Behind an abbreviation stands a full stop.
        let is_abbreviated = ["tel", "mob", "ext", "no"].iter().any(|short| word.is_word(short));
        if word.is_word("nhs") || (ends_sentence(behind) && !is_abbreviated) {
            return false;
        }
        if OTHER_NUMBERS.iter().any(|other| word.is_word(other)) {
            return true;
        }
        behind = Some(word);
    }
    false
}

/// Whether the last of ten digits is the check digit of the others: the remainder to eleven of their sum, weighted
/// from ten down to two. Where that is ten, there is no such number.
fn is_valid(groups: &[Piece<'_>]) -> bool {
    let mut digits = groups.iter().flat_map(|group| group.text.bytes()).map(|digit| u32::from(digit - b'0'));
    let sum: u32 = digits.clone().take(9).zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    digits.next_back() == Some((11 - sum % 11) % 11)
}

/// How many words or numbers may stand between a date and the words that it belongs to: after them, and before.
const NEAR_AFTER: usize = 8;
const NEAR_BEFORE: usize = 4;

fn has_date_of_birth(pieces: &[Piece<'_>]) -> bool {
    let mut births = (0..pieces.len()).filter_map(|start| Some((start, words_of_birth(&pieces[start..])?))).peekable();
    if births.peek().is_none() {
        return false;
    }
    // Asked once of each piece: in a long text the words may stand close together.
    let is_date: Vec<bool> = (0..pieces.len()).map(|at| is_date(&pieces[at..])).collect();
    births.any(|(start, length)| {
        let end = start + length;
        // The first gap may hold the point of an abbreviation.
        let reach =
            pieces[end..].iter().enumerate().take_while(|(at, piece)| *at == 0 || !piece.follows_sentence_end());
        reach.take(NEAR_AFTER + 1).any(|(at, _)| is_date[end + at])
            || (start.saturating_sub(NEAR_BEFORE + 3)..start)
                .any(|at| is_date[at] && !pieces[at + 1..=start].iter().any(Piece::follows_sentence_end))
    })
}

/// How many pieces at the beginning say that somebody was born.
fn words_of_birth(pieces: &[Piece<'_>]) -> Option<usize> {
    let says = |words: &[&str]| {
        let is_there = pieces.len() >= words.len() && pieces.iter().zip(words).all(|(piece, word)| piece.is_word(word));
        is_there.then_some(words.len())
    };
    if pieces.first()?.gap.ends_with('-') {
        return None;
    }
    says(&["born"])
        .or_else(|| says(&["dob"]))
        .or_else(|| says(&["d", "o", "b"]))
        .or_else(|| says(&["date", "of", "birth"]))
        .or_else(|| says(&["birth", "date"]))
        .or_else(|| says(&["birthdate"]))
}

/// Whether the pieces begin with a date: in figures, with the month in words, or in one block. A year alone is none.
fn is_date(pieces: &[Piece<'_>]) -> bool {
    let number = |at: usize, digits| pieces.get(at).and_then(|piece: &Piece<'_>| piece.number(digits));
    let is_month = |at: usize| pieces.get(at).is_some_and(|piece| month_named(piece.text));
    let is_joined = |at: usize| {
        pieces.get(at).is_some_and(|piece| matches!(piece.gap, "-" | "/" | "." | " " | " - " | " / " | ". "))
    };
    let in_figures = || {
        if !(is_joined(1) && is_joined(2)) {
            return false;
        }
        let year_first = (number(0, 4..=4), number(1, 1..=2), number(2, 1..=2));
        let year_last = (number(0, 1..=2), number(1, 1..=2), number(2, 2..=4));
        matches!(year_first, (Some(_), Some(1..=12), Some(1..=31)))
            || matches!(year_last, (Some(1..=31), Some(1..=12), Some(_)) | (Some(1..=12), Some(1..=31), Some(_)))
    };
    let in_words = || {
        let ordinal = pieces.get(1).is_some_and(|piece| {
            piece.gap.is_empty() && ["st", "nd", "rd", "th"].iter().any(|ending| piece.is_word(ending))
        });
        let after_day = 1 + usize::from(ordinal);
        let after_of = after_day + usize::from(pieces.get(after_day).is_some_and(|piece| piece.is_word("of")));
        (matches!(number(0, 1..=2), Some(1..=31)) && is_month(after_of))
            || (is_month(0) && (matches!(number(1, 1..=2), Some(1..=31)) || number(1, 4..=4).is_some()))
    };
    let in_one_block = || {
        let Some(block) = pieces.first().filter(|piece| piece.is_number).map(|piece| piece.text) else { return false };
        let is_day =
            |day: &str, month: &str| matches!(day.parse(), Ok(1_u8..=31)) && matches!(month.parse(), Ok(1_u8..=12));
        match block.len() {
            6 => is_day(&block[..2], &block[2..4]),
            8 => is_day(&block[..2], &block[2..4]) || is_day(&block[6..], &block[4..6]),
            _ => false,
        }
    };
    in_figures() || in_words() || in_one_block()
}

fn month_named(word: &str) -> bool {
    let word = word.to_lowercase();
    word == "sept"
        || MONTHS
            .iter()
            .map(|month| month.to_lowercase())
            .any(|month| month == word || (word.len() == 3 && month.starts_with(&word)))
}

/// The letters with which a postcode can begin; `ZZ` for a place that is not known, as health services write it.
const AREAS: [&str; 126] = [
    "AB", "AL", "B", "BA", "BB", "BD", "BF", "BH", "BL", "BN", "BR", "BS", "BT", "CA", "CB", "CF", "CH", "CM", "CO",
    "CR", "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT", "DY", "E", "EC", "EH", "EN", "EX", "FK",
    "FY", "G", "GL", "GU", "GY", "HA", "HD", "HG", "HP", "HR", "HS", "HU", "HX", "IG", "IM", "IP", "IV", "JE", "KA",
    "KT", "KW", "KY", "L", "LA", "LD", "LE", "LL", "LN", "LS", "LU", "M", "ME", "MK", "ML", "N", "NE", "NG", "NN",
    "NP", "NR", "NW", "OL", "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S", "SA", "SE", "SG", "SK",
    "SL", "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD", "TF", "TN", "TQ", "TR", "TS", "TW", "UB",
    "W", "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE", "ZZ",
];

fn has_postcode(text: &str) -> bool {
    let mut before: Option<(&str, usize)> = None;
    let mut from = 0;
    while let Some(start) = text[from..].find(char::is_alphanumeric).map(|at| from + at) {
        let end = text[start..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |at| start + at);
        let word = &text[start..end];
        if word.is_ascii() {
            let in_one = word.len().checked_sub(3).is_some_and(|cut| is_postcode(&word[..cut], &word[cut..]));
            let in_two = before.is_some_and(|(outward, outward_end)| {
                let gap = &text[outward_end..start];
                // Small letters with a comma or a stroke between them are no address: `b1, 2hr`.
                let is_joined = |c: char| c.is_whitespace() || (matches!(c, ',' | '-' | '/') && is_in_capitals(word));
                gap.chars().count() <= 2 && gap.chars().all(is_joined) && is_postcode(outward, word)
            });
            if in_one || in_two {
                return true;
            }
            before = Some((word, end));
        } else {
            before = None;
        }
        from = end;
    }
    false
}

fn is_in_capitals(word: &str) -> bool {
    !word.bytes().any(|letter| letter.is_ascii_lowercase())
}

/// Whether the two halves are those of a postcode, both in capitals or both in small letters. `s5 2nd` is not meant.
fn is_postcode(outward: &str, inward: &str) -> bool {
    let letters = || outward.bytes().chain(inward.bytes()).filter(u8::is_ascii_alphabetic);
    let in_capitals = letters().all(|letter| letter.is_ascii_uppercase());
    if !(2..=4).contains(&outward.len()) || !(in_capitals || letters().all(|letter| letter.is_ascii_lowercase())) {
        return false;
    }
    let [digit, one, other] = inward.as_bytes() else { return false };
    let ends_well = |letter: &u8| letter.is_ascii_alphabetic() && !b"CIKMOV".contains(&letter.to_ascii_uppercase());
    let is_ordinal = !in_capitals && ["st", "nd", "rd", "th"].contains(&&inward[1..]);
    if !digit.is_ascii_digit() || !ends_well(one) || !ends_well(other) || is_ordinal {
        return false;
    }
    let outward = outward.to_ascii_uppercase();
    let area = outward.find(|c: char| c.is_ascii_digit()).unwrap_or(outward.len());
    let is_district = match &outward.as_bytes()[area..] {
        [first] => first.is_ascii_digit(),
        [first, second] => first.is_ascii_digit() && second.is_ascii_alphanumeric(),
        _ => false,
    };
    outward == "GIR" || (is_district && AREAS.binary_search(&&outward[..area]).is_ok())
}

#[cfg(test)]
mod tests;
