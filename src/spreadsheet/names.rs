//! The names of people and of the bodies that they are registered with, as they stand in one cell.
//!
//! Every error is a phrase that is safe to show.

use super::answers::is_total;
use super::grid::Value;
use super::vocabulary::{Phrases, VOCABULARY};
use crate::text::slug;

/// What speaks against a text as the name of one person, and nothing else.
pub fn fault_of_name(name: &str) -> Option<String> {
    if name.contains([',', ';']) {
        return Some("write the first name first, or in a column of its own, and one person in a row".to_owned());
    }
    if is_total(name) {
        return Some("this looks like a total and not like a person; take the row out".to_owned());
    }
    let is_joiner = |c: char| matches!(c, '\u{200c}' | '\u{200d}');
    let is_of_name =
        |c: char| c.is_alphabetic() || is_mark(c) || is_joiner(c) || c.is_whitespace() || "'’‘`ʼ-‐‑.·".contains(c);
    let is_more = |word: &str| word.eq_ignore_ascii_case("and") || !word.contains(char::is_alphabetic);
    let is_one = name.chars().all(is_of_name)
        && !name.split_whitespace().any(is_more)
        && !words(name).any(|word| VOCABULARY.names.nobody.has(&word.to_lowercase()));
    let shown = Value::text(name);
    (!is_one).then(|| {
        format!("{shown} is not the name of one person alone; write the name alone, one in a row, or take the row out")
    })
}

/// What speaks against a text as the name of one body, and nothing else.
pub fn fault_of_body(body: &str) -> Option<String> {
    let shown = Value::text(body);
    if body.contains(char::is_numeric) {
        return Some(format!("{shown} is more than a body; write the number in a column Registration number"));
    }
    let is_short = |word: &str| word.len() > 1 && word.len() < 6 && word.chars().all(char::is_uppercase);
    let are_several = words(body).count() > 1 && words(body).filter(|word| *word != "and").all(is_short);
    if are_several || body.contains([',', ';', '/', '+']) {
        return Some(format!(
            "{shown} may be several bodies; write one of them, and the others into the record afterwards"
        ));
    }
    let is_said = words(body).any(|word| VOCABULARY.names.not_a_body.has(&word.to_lowercase()));
    (is_said || body.contains(['(', '[', '?', ':', '*']))
        .then(|| format!("{shown} does not say clearly with whom; write the name of the body alone"))
}

/// A name without the titles before it and the degrees behind it, for comparing: `Dr. Clare Benning`, `Clare Benning PhD`.
pub fn without_titles(name: &str) -> String {
    let is_in = |known: &Phrases, word: &&str| known.has(&word.to_lowercase());
    let known = &VOCABULARY.names;
    let words: Vec<&str> = words(name).collect();
    let titles = words.iter().take_while(|word| is_in(&known.titles, word)).count();
    let degrees = words.iter().rev().take_while(|word| is_in(&known.degrees, word)).count();
    let bare = words.get(titles..words.len() - degrees).filter(|bare| !bare.is_empty()).unwrap_or(&words).join(" ");
    slug(&bare).unwrap_or_else(|| bare.to_lowercase())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !is_mark(c) && c != '\'' && c != '’').filter(|word| !word.is_empty())
}

/// Whether it is a mark on the letter before it, such as an accent.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_in_a_cell() {
        for name in ["Mina Holt", "Siân O’Neill-Reyes", "Dr. A. Łukasz", "Zoe\u{308} d'Arcy", "李", "Anderson Bland"]
        {
            assert_eq!(fault_of_name(name), None, "{name}");
        }
        for name in [
            "Jo Pike (withdrawn)",
            "Jo Pike withdrawn",
            "Anna & Ben Smith",
            "Anna and Ben Smith",
            "Jo Pike?",
            "Jo Pike - left",
            "Jo Pike 2",
            "External supervisors",
            "Year 2",
            "TBC",
        ] {
            assert!(fault_of_name(name).unwrap().contains("is not the name of one person alone"), "{name}");
        }
        assert!(fault_of_name("Holt, Mina").unwrap().contains("the first name first"));
        assert!(fault_of_name("Total: 5").unwrap().contains("a total"));
    }

    #[test]
    fn one_body_in_a_cell() {
        for body in
            ["UKCP", "British Association for Counselling and Psychotherapy", "Institute of Arts & Health", "B.P.C."]
        {
            assert_eq!(fault_of_body(body), None, "{body}");
        }
        for (body, why) in [
            ("UKCP 12345", "is more than a body; write the number in a column Registration number"),
            ("UKCP, BPC", "may be several bodies"),
            ("UKCP and BPC", "may be several bodies"),
            ("UKCP & BPC", "may be several bodies"),
            ("UKCP/BPC", "may be several bodies"),
            ("UKCP BPC", "may be several bodies"),
            ("UKCP (pending)", "does not say clearly with whom"),
            ("UKCP lapsed", "does not say clearly with whom"),
            ("UKCP?", "does not say clearly with whom"),
            ("yes", "does not say clearly with whom"),
            ("not registered", "does not say clearly with whom"),
        ] {
            let said = fault_of_body(body).unwrap();
            assert!(said.contains(why), "{said}");
        }
    }

    #[test]
    fn names_are_compared_without_titles() {
        for name in [
            "Clare Benning",
            "Dr Clare Benning",
            "Prof. Dr. Clare Benning",
            "DR CLARE BENNING",
            "Dr.Clare Benning, PhD",
        ] {
            assert_eq!(without_titles(name), "clare-benning", "{name}");
        }
        assert_eq!(without_titles("Miss"), "miss");
        assert_eq!(without_titles("Lord PhD"), "lord-phd");
    }
}
