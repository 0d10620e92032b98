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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all_show(suspicion: Suspicion, texts: &[&str]) {
        for text in texts {
            assert_eq!(suspicions(text), [suspicion], "{text}");
        }
    }

    fn none_shows(texts: &[&str]) {
        for text in texts {
            assert_eq!(suspicions(text), [], "{text}");
        }
    }

    #[test]
    fn nhs_numbers() {
        all_show(
            Suspicion::NhsNumber,
            &[
                "9434765919",
                "NHS number 943 476 5919.",
                "943-476-5919",
                "943\u{a0}476\u{a0}5919",
                "NHS9434765919",
                "943 4765919",
                "9434 765 919",
                "(943.476.5919)",
                "943/476/5919",
                "943 / 476 / 5919",
                "NHS no. 943/476/5919, tel. 020 7946 0958",
                "rang on Tuesday; her NHS number is 943 476 5919",
                "We spoke by phone. 943 476 5919",
                "ISBN as in the list of books below it: 943 476 5919",
                "of 7 943 476 5919 2025-11-03",
                "2025-11-03 9434765919",
                "9876543210",
                // A check digit of 0, where the remainder leaves eleven.
                "100 000 0060",
            ],
        );
    }

    #[test]
    fn what_is_no_nhs_number() {
        none_shows(&[
            "9434765918",
            "19434765919",
            "94347659190",
            "943 476 59191",
            "1943 476 5919",
            "943476591",
            // The remainder leaves ten: there is no such number, whatever its last digit.
            "1000000010",
            "100 000 001 0",
            "020 7946 0958",
            "0117 496 0123",
            "+44 943 476 5919",
            "44 943 476 5919",
            "0044 943 476 5919",
            "2025-10-06 90",
            "2025-10-06, 60 minutes; 2025-10-13, 90 minutes",
            "sessions 12 13 14 15 16",
            "94 34 76 59 19",
            "7 6 7 8 5 6 7 4 6 5",
            "943, 476, 5919",
            "30 sessions of 90 minutes",
            "LCC 2026-02-21, item 6",
            "ISBN 0306406152",
            "ISBN 0-306-40615-2",
            "ISBN-10: 0 306 40615 2",
            "isbn 943-476-5919",
            "ISSN 9434765919",
            "tel 943 476 5919",
            "Tel. 943 476 5919",
            "tel. no. 943 476 5919",
            "phone number: 9434765919",
            "her mobile number is 943 476 5919",
            "Fax: 943/476/5919",
            "rang 943 476 5919",
        ]);
    }

    #[test]
    fn dates_of_birth() {
        all_show(
            Suspicion::DateOfBirth,
            &[
                "born 12/03/1985",
                "Born on 12 March 1985 in Leeds",
                "born on the 12th of March, 1985",
                "born March 12, 1985",
                "born in March 1985",
                "born 12th Mar. 85",
                "born 1985-03-12",
                "DOB 12.3.85",
                "DoB: 12-Mar-1985",
                "D.O.B. 12 03 1985",
                "d.o.b 1985/3/12",
                "dob12031985",
                "DOB 120385",
                "DOB 19850312",
                "date of birth: 12/03/1985",
                "Date of Birth\n12/03/1985",
                "Date-of-birth of the new member, as on the letter: 3 Sept 1990",
                "12/03/1985 (DOB)",
                "12 March 1985 is his date of birth",
                "birth date 12/3/85",
            ],
        );
    }

    #[test]
    fn what_is_no_date_of_birth() {
        none_shows(&[
            "stillborn 12/03/1985",
            "newborn 12 March 2025",
            "a first-born, 12 March 2025",
            "Osborne 12/03/2025",
            "the group was born in 2019",
            "born out of need",
            "DOB not known",
            "date of birth withheld",
            "DOB is kept at the clinic. The session of 3 March 2025 was moved",
            "3 March 2025: moved. Born leaders both",
            "date of the birth of an idea",
            "12 March 1985",
            "2025-11-03",
            "born to 31 of 40",
            "bourne 12/03/1985",
        ]);
    }

    #[test]
    fn postcodes() {
        all_show(
            Suspicion::Postcode,
            &[
                "SW1A 1AA",
                "lives at M1 1AE.",
                "B33 8TH",
                "CR2 6XH, opposite",
                "DN55 1PT",
                "W1A 0AX",
                "EC1A 1BB",
                "EC1A1BB",
                "sw1a 1aa",
                "e16an",
                "SE1\u{a0}7EH",
                "GIR 0AA",
                "S5 3RD",
                "ZZ99 3WZ",
                "EX4, 2FF",
                "EX4,2FF",
                "EX4-2FF",
                "S5, 3AB",
            ],
        );
    }

    #[test]
    fn what_is_no_postcode() {
        none_shows(&[
            "S5 3rd query",
            "s5 2nd query",
            "A3 2ND",
            "Q1 1AA",
            "b1, 2hr",
            "EX4; 2FF",
            "EX4, 2ff",
            "EX4. 2FF",
            "EX4 , 2FF",
            "S5 3CM",
            "S2 1hr",
            "XSW1A 1AA",
            "SW1A 1AAB",
            "SW1A  -  1AA",
            "SW 1AA",
            "SW1 AA",
            "G4 and G5",
            "minute 2026/4B",
            "GWP2 in by 31 January",
            "MBT 6 to 9",
            "W1A",
        ]);
    }

    #[test]
    fn several_at_once_come_once_each() {
        let text = "NHS 943 476 5919 and 943 476 5919, born 12/03/1985, SW1A 1AA";
        assert_eq!(suspicions(text), [Suspicion::NhsNumber, Suspicion::DateOfBirth, Suspicion::Postcode]);
    }

    #[test]
    fn the_areas_are_in_order() {
        assert!(AREAS.is_sorted());
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in "\\PC*") {
            suspicions(&text);
        }

        #[test]
        fn texts_of_the_right_material_are_taken(text in "(born|dob|date of birth|[0-9]{1,4}|[./ -]|March|th|é|SW1A|\n){0,30}") {
            suspicions(&text);
        }

        /// Of ten last digits at most one is right.
        #[test]
        fn one_check_digit_fits(nine in "[1-9][0-9]{8}") {
            let valid = (0..10).filter(|check| suspicions(&format!("{nine}{check}")) == [Suspicion::NhsNumber]).count();
            prop_assert!(valid <= 1);
        }
    }
}
