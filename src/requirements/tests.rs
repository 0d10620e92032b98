use std::collections::{BTreeSet, HashSet};

use super::*;

/// The headings of the source under which requirements stand, as it writes them.
const HEADINGS: [&str; 9] = [
    "Group Work Practitioner Status - Associate Membership of the IGA",
    "Group Work Requirements for GWP Eligibility",
    "Required Supervision Arrangements for GWP Eligibility",
    "The Role of Work Place Supervisor",
    "Competencies Assessed by Work Place Supervisor",
    "Application Process for GWP Status",
    "Insurance and Clinical Responsibility",
    "Requirements for Students Running Group after the End of the Diploma Course",
    "Assessment Process for GWP Status",
];

/// Requirements for which this program reads no more into the source than it says.
const AS_THE_SOURCE_SAYS: [Code; 3] = [Code::S4, Code::R4, Code::R5];

/// Every requirement with its clause in every edition, the braces not filled.
fn clauses() -> impl Iterator<Item = (&'static Requirement, &'static Clause)> {
    Scheme::all().flat_map(|scheme| CATALOGUE.map(|one| (one, scheme.edition().clause(one.code))))
}

/// The same, filled.
fn filled() -> impl Iterator<Item = (Code, Clause)> {
    Scheme::all().flat_map(|scheme| {
        let parameters = Parameters::of_edition(scheme.edition());
        CATALOGUE.map(|one| (one.code, one.clause(scheme, &parameters)))
    })
}

#[test]
fn each_stands_in_its_place_under_a_heading_of_the_source() {
    for (position, requirement) in CATALOGUE.iter().enumerate() {
        let code = requirement.code;
        assert_eq!(code as usize, position, "{code} stands at {position}");
    }
    for (requirement, clause) in clauses() {
        assert!(HEADINGS.contains(&&*clause.heading), "{}: {}", requirement.code, clause.heading);
    }
}

#[test]
fn names_are_unique_words_joined_by_hyphens() {
    let names: HashSet<_> = Code::all().map(Code::name).collect();
    assert_eq!(names.len(), CATALOGUE.len());
    let is_plain = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    for code in Code::all() {
        assert!(code.name().split('-').all(is_plain), "{}", code.name());
        assert_eq!(Code::from_word(code.word()), Some(code));
        assert_eq!(Code::from_word(code.name()), Some(code));
    }
}

#[test]
fn every_text_is_whole_sentences_that_are_understood_at_once() {
    let (mut sentences, mut long) = (0, 0);
    for (code, clause) in filled() {
        for text in clause.texts() {
            assert!(text.ends_with('.'), "{code}: {text}");
            assert!(text.starts_with(|c: char| c.is_uppercase()), "{code}: {text}");
            assert!(!text.contains(['!', '\n']) && !text.contains("  "), "{code}: {text}");
            for sentence in text.split_inclusive(". ") {
                let words = sentence.split_whitespace().count();
                assert!(words <= 35, "{code}: {words} words: {sentence}");
                sentences += 1;
                long += usize::from(words > 25);
            }
        }
        assert_eq!(clause.asks.matches(['.', '?']).count(), 1, "{code} asks one sentence");
    }
    assert!(long * 20 <= sentences, "{long} of {sentences} sentences have more than 25 words");
}

#[test]
fn what_goes_beyond_the_source_is_said() {
    for (requirement, clause) in clauses().filter(|(one, _)| !AS_THE_SOURCE_SAYS.contains(&one.code)) {
        assert!(!clause.readings.is_empty(), "{} has a reading", requirement.code);
    }
}

#[test]
fn a_ruling_is_offered_only_where_there_is_one() {
    for (requirement, clause) in clauses().filter(|(one, _)| !one.code.is_rulable()) {
        assert!(clause.texts().all(|text| !text.contains("[[ruling]]")), "{}", requirement.code);
    }
}

/// A status that is not met is no dead end: whatever its judgement can come to, the edition says what settles it.
#[test]
fn every_status_that_is_not_met_has_a_remedy() {
    /// A refused ruling makes an action of what the committee was asked, but for what simply does not count then.
    const SETTLED_BY_A_REFUSAL: [Code; 3] = [Code::G4, Code::G5, Code::S6];
    for (requirement, clause) in clauses() {
        let code = requirement.code;
        let mut can_be: BTreeSet<&str> = BTreeSet::new();
        for text in &clause.judged {
            let words = text.split(|c: char| !c.is_alphabetic());
            can_be.extend(words.filter(|word| ["open", "query", "action", "failed"].contains(word)));
        }
        if can_be.contains("query") && code.is_rulable() && !SETTLED_BY_A_REFUSAL.contains(&code) {
            can_be.insert("action");
        }
        let settled: BTreeSet<_> = clause.settled_by.by_status().map(|(status, _)| status).collect();
        assert_eq!(settled, can_be, "{code}");
    }
}

#[test]
fn a_parameter_is_named_once_and_every_one_matters_somewhere() {
    for requirement in CATALOGUE {
        let distinct: HashSet<_> = requirement.parameters.iter().collect();
        assert_eq!(distinct.len(), requirement.parameters.len(), "{}", requirement.code);
    }
    for name in ParameterName::ALL {
        assert!(CATALOGUE.iter().any(|one| one.parameters.contains(&name)), "{} is used by none", name.word());
    }
}

#[test]
fn everything_in_braces_can_be_filled() {
    for (requirement, clause) in clauses() {
        let parameters = Parameters::of_edition(Scheme::default().edition());
        let filled = clause.filled(&|name| requirement.figure(name, &parameters));
        assert!(filled.is_ok(), "{}: {}", requirement.code, filled.err().unwrap_or_default());
        for name in named_in_braces(clause) {
            let is_own = requirement.thresholds.iter().any(|(threshold, _)| *threshold == name);
            let parameter = ParameterName::from_word(&name);
            let is_listed = parameter.is_some_and(|parameter| requirement.parameters.contains(&parameter));
            assert!(is_own || is_listed, "{} does not list {name}, which its texts name", requirement.code);
        }
        for (threshold, _) in requirement.thresholds {
            let is_named = named_in_braces(clause).iter().any(|name| name == threshold);
            assert!(is_named, "{} does not say what {threshold} is", requirement.code);
        }
    }
}

fn named_in_braces(clause: &Clause) -> Vec<String> {
    let inside = clause.texts().flat_map(|text| text.split('{').skip(1).filter_map(|part| part.split('}').next()));
    let names =
        inside.flat_map(|inside| inside.split(' ').filter(|token| token.contains('_') || *token == "registers"));
    names.map(str::to_owned).collect()
}

/// No sentence says a number that a committee can vary: it would go on saying it.
#[test]
fn no_value_of_a_parameter_is_written_out() {
    for (requirement, clause) in clauses() {
        for text in clause.texts() {
            for forbidden in written_out(requirement) {
                let text = format!(" {} ", without_braces_and_dates(text));
                let found = text.contains(&format!(" {forbidden} "));
                assert!(!found, "{} says {forbidden:?} instead of a parameter: {text}", requirement.code);
            }
        }
    }
}

/// The values of the parameters as a sentence could say them: every number in digits and, of those that the
/// requirement is judged by, the words.
fn written_out(requirement: &Requirement) -> Vec<String> {
    const WORDS: [(&str, &[&str]); 12] = [
        ("2 years", &["two years"]),
        ("7 days", &["a week late", "seven days"]),
        ("14 days", &["fortnight", "fortnightly", "fourteen", "two weeks"]),
        ("28 days", &["twenty-eight", "four weeks"]),
        ("30 sessions", &["thirty", "thirtieth"]),
        ("31 days", &["thirty-one", "month", "monthly"]),
        ("60 minutes", &["sixty", "hour"]),
        ("90 minutes", &["ninety", "hour and a half"]),
        ("face-to-face", &["face to face"]),
        ("telephone", &["telephone"]),
        ("UKCP", &["ukcp"]),
        ("BACP", &["bacp"]),
    ];
    let edition = Scheme::default().edition();
    let said = |name: ParameterName| match &edition.entry(name).value {
        crate::edition::Value::Number(number) => vec![format!("{number} {}", edition.entry(name).unit)],
        crate::edition::Value::Words(words) => words.clone(),
    };
    let numbers = ParameterName::ALL.into_iter().flat_map(said).filter_map(|said| {
        let digits: String = said.chars().take_while(char::is_ascii_digit).collect();
        (said.contains(' ') && !digits.is_empty()).then_some(digits)
    });
    let own = requirement.parameters.iter().copied().flat_map(said);
    let in_words = own.flat_map(|said| {
        let words = WORDS.iter().find(|(value, _)| *value == said).map(|(_, words)| *words);
        let is_date = said.contains('-') && said.starts_with(|c: char| c.is_ascii_digit());
        assert!(words.is_some() || is_date, "how {said:?} would be written in words is not known to this test");
        words.unwrap_or_default().iter().map(|word| (*word).to_owned())
    });
    numbers.chain(in_words).chain(["31 january", "13 june"].map(str::to_owned)).collect()
}

/// A text in small letters without what stands in braces, names of forms, and days of an example, which have a year.
fn without_braces_and_dates(text: &str) -> String {
    let mut plain = String::new();
    for part in text.split('{') {
        plain.push_str(part.split_once('}').map_or(part, |(_, after)| after));
    }
    let plain: String = plain.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { ' ' }).collect();
    let words: Vec<_> = plain.split_whitespace().map(str::to_lowercase).collect();
    let is_year = |word: Option<&String>| word.is_some_and(|word| word.len() == 4 && word.parse::<u32>().is_ok());
    let mut kept = Vec::new();
    let mut position = 0;
    while position < words.len() {
        let is_number = words[position].parse::<u32>().is_ok();
        let is_form = position > 0 && words[position - 1] == "form";
        if is_number && is_year(words.get(position + 2)) {
            position += 3;
        } else {
            if !(is_number && is_form) {
                kept.push(words[position].clone());
            }
            position += 1;
        }
    }
    kept.join(" ")
}
