//! The 39 requirements, in files named after the source's headings.
//!
//! Each stands as one value: what it asks, how it is judged, what a committee can do about it, and the function
//! that judges it right below. [`CATALOGUE`] lists them; help, explanations and tables all come from it.

mod application;
mod competencies;
mod completion;
mod decisions;
mod finding;
mod group;
mod insurance;
mod reports;
mod status;
mod supervision;
mod words;

pub(crate) use finding::Parts;
pub use finding::{Finding, Query};
pub use group::Silence;
pub use status::Status;

pub(crate) use application::{
    approval_due, confirmation_due, confirmation_due_without_arrangement, form1_due, is_confirmed, unapproved,
};
pub(crate) use completion::supervised_through;
pub(crate) use group::silence;
pub(crate) use reports::{Deadline, gwp2_deadlines, gwp3_due, gwp3_received, wrg2_deadlines};
pub(crate) use supervision::{NextMeeting, next_joint_supervision, next_supervision, registration_lasts};
pub(crate) use words::ordinal;

use crate::edition::{Code, ParameterName};
use crate::facts::Facts;

/// A requirement: what the source asks, in our words, and the function that judges it.
pub struct Requirement {
    /// Its code.
    pub code: Code,
    /// The heading in the source under which it stands.
    pub heading: &'static str,
    /// What it asks, in plain words, as one sentence.
    pub asks: &'static str,
    /// Where the source is silent or vague: the reading that this program takes.
    pub readings: &'static [&'static str],
    /// The parameters that its own judgement asks for. Those that only decide which session counts, and so when
    /// the sessions are complete, stand at G4 and G5.
    pub parameters: &'static [ParameterName],
    /// How it is judged.
    pub judged: &'static str,
    /// An example in which it is met.
    pub met_when: &'static str,
    /// An example in which it is not met.
    pub unmet_when: &'static str,
    /// How a committee can settle it.
    pub settled_by: &'static str,
    /// The function that judges it.
    pub judge: fn(&Facts<'_>) -> Finding,
}

/// All requirements, in the order of [`Code`].
pub static CATALOGUE: [&Requirement; 39] = [
    &group::G1,
    &group::G2,
    &group::G3,
    &group::G4,
    &group::G5,
    &group::G6,
    &supervision::S1,
    &supervision::S2,
    &supervision::S3,
    &supervision::S4,
    &supervision::S5,
    &supervision::S6,
    &supervision::S7,
    &completion::S8,
    &application::A1,
    &application::A2,
    &application::A3,
    &application::A4,
    &reports::R1,
    &reports::R2,
    &reports::R3,
    &reports::R4,
    &reports::R5,
    &competencies::C1,
    &competencies::C2,
    &competencies::C3,
    &competencies::C4,
    &competencies::C5,
    &competencies::C6,
    &competencies::C7,
    &competencies::C8,
    &competencies::C9,
    &insurance::I1,
    &insurance::I2,
    &insurance::I3,
    &completion::T1,
    &decisions::D1,
    &decisions::D2,
    &decisions::D3,
];

/// The requirement of a code.
pub fn requirement(code: Code) -> &'static Requirement {
    CATALOGUE[code as usize]
}

/// The requirements under the headings of the source, each heading once, in the order in which they come first.
pub fn by_heading() -> Vec<(&'static str, Vec<&'static Requirement>)> {
    let mut headings: Vec<(&str, Vec<&Requirement>)> = Vec::new();
    for requirement in CATALOGUE {
        match headings.iter_mut().find(|(heading, _)| *heading == requirement.heading) {
            Some((_, under)) => under.push(requirement),
            None => headings.push((requirement.heading, vec![requirement])),
        }
    }
    headings
}

/// Judges one requirement.
pub fn judge(code: Code, facts: &Facts<'_>) -> Finding {
    (requirement(code).judge)(facts)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

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

    /// Requirements for which this program reads more into the source than it says.
    const BEYOND_THE_SOURCE: [Code; 36] = {
        use Code::{
            A1, A2, A3, A4, C1, C2, C3, C4, C5, C6, C7, C8, C9, D1, D2, D3, G1, G2, G3, G4, G5, G6, I1, I2, I3, R1, R2,
            R3, S1, S2, S3, S5, S6, S7, S8, T1,
        };
        [
            G1, G2, G3, G4, G5, G6, S1, S2, S3, S5, S6, S7, S8, A1, A2, A3, A4, R1, R2, R3, C1, C2, C3, C4, C5, C6, C7,
            C8, C9, I1, I2, I3, T1, D1, D2, D3,
        ]
    };

    fn texts(requirement: &Requirement) -> Vec<&'static str> {
        let Requirement { asks, judged, met_when, unmet_when, settled_by, readings, .. } = requirement;
        [*asks, *judged, *met_when, *unmet_when, *settled_by].into_iter().chain(readings.iter().copied()).collect()
    }

    #[test]
    fn each_stands_in_its_place_under_a_heading_of_the_source() {
        assert_eq!(CATALOGUE.len(), Code::all().count());
        for (position, requirement) in CATALOGUE.iter().enumerate() {
            let code = requirement.code;
            assert_eq!(code as usize, position, "{code} stands at {position}");
            assert!(HEADINGS.contains(&requirement.heading), "{code}: {}", requirement.heading);
        }
    }

    #[test]
    fn names_are_unique_words_joined_by_hyphens() {
        let names: HashSet<_> = Code::all().map(Code::name).collect();
        assert_eq!(names.len(), CATALOGUE.len());
        let is_plain =
            |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        for code in Code::all() {
            assert!(code.name().split('-').all(is_plain), "{}", code.name());
            assert_eq!(Code::from_word(code.word()), Some(code));
            assert_eq!(Code::from_word(code.name()), Some(code));
        }
    }

    #[test]
    fn every_text_is_whole_sentences() {
        for requirement in CATALOGUE {
            let code = requirement.code;
            for text in texts(requirement) {
                assert!(text.ends_with('.'), "{code}: {text}");
                assert!(text.starts_with(|c: char| c.is_uppercase()), "{code}: {text}");
                assert!(!text.contains(['!', '\n']) && !text.contains("  "), "{code}: {text}");
            }
            assert_eq!(requirement.asks.matches(['.', '?']).count(), 1, "{code} asks one sentence");
        }
    }

    #[test]
    fn what_goes_beyond_the_source_is_said() {
        for requirement in CATALOGUE.iter().filter(|one| BEYOND_THE_SOURCE.contains(&one.code)) {
            assert!(!requirement.readings.is_empty(), "{}", requirement.code);
        }
    }

    #[test]
    fn a_ruling_is_offered_only_where_there_is_one() {
        for requirement in CATALOGUE.iter().filter(|one| !one.code.is_rulable()) {
            assert!(requirement.settled_by.ends_with("It takes no ruling."), "{}", requirement.code);
            assert!(!requirement.settled_by.contains("[[ruling]]"), "{}", requirement.code);
        }
    }

    #[test]
    fn a_parameter_is_named_once_and_every_one_matters_somewhere() {
        for requirement in CATALOGUE {
            let distinct: HashSet<_> = requirement.parameters.iter().collect();
            assert_eq!(distinct.len(), requirement.parameters.len(), "{}", requirement.code);
        }
        for name in ParameterName::ALL {
            assert!(CATALOGUE.iter().any(|one| one.parameters.contains(&name)), "{}", name.word());
        }
    }
}
