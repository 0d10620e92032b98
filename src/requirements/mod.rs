//! The 39 requirements, in files named after the source's headings.
//!
//! Each stands as one value: what it asks, how it is judged, what a committee can do about it, and the function
//! that judges it right below. [`CATALOGUE`] lists them; help, explanations and tables all come from it.

mod application;
mod code;
mod competencies;
mod completion;
mod decisions;
mod group;
mod insurance;
mod lapses;
mod reports;
mod supervision;

pub use code::Code;

pub(crate) use application::{
    approval_due, confirmation_due, confirmation_due_without_arrangement, form1_due, is_confirmed,
};
pub(crate) use reports::{Deadline, gwp2_deadlines, gwp3_due, gwp3_received, wrg2_deadlines};

use crate::edition::ParameterName;
use crate::judgement::{Facts, Finding};

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
    /// The parameters that it depends on.
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
    &supervision::S8,
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

/// Judges one requirement.
pub fn judge(code: Code, facts: &Facts<'_>) -> Finding {
    (requirement(code).judge)(facts)
}
