//! The records of a case folder, as they are written: one type for each, read alike from TOML and YAML.
//!
//! These types are the format. The JSON Schemas come from them, documentation included, and what is wrong in a
//! file is found by holding it against those schemas.

#[cfg(test)]
mod agreement;
mod committee_meeting;
mod committees;
mod consistency;
mod course;
mod decision_words;
mod entry_digest;
mod fault_words;
mod faults;
mod gwp;
mod key;
mod key_index;
mod kind;
mod reading;
mod record;
mod schema;
mod session_log;
pub mod shape;
mod spoken_word;
mod student;
mod subject;
mod supervisor;
mod vocabulary;
mod walk;

pub use crate::edition::Mode;
pub use committee_meeting::{CommitteeMeeting, Item};
pub use committees::{Accommodation, Condition, ConditionStanding, Decision, Extension, Ruling};
pub use course::{Course, Term};
pub use decision_words::{Body, Matter, Outcome, RulingBody, RulingOutcome};
pub use entry_digest::sha256;
#[cfg(feature = "disk")]
pub(crate) use entry_digest::sha256_of;
pub use gwp::{Audit, Gwp, LevelSetting, Levels, Retention, Variation, VariationValue};
pub use key::{Holds, KeyFacts, Tense};
pub use key_index::{DateFacts, ListFacts, dates, is_judged, lists, names_paper};
pub use kind::RecordKind;
pub use reading::{Reading, read};
pub use record::{Found, Record};
pub use schema::{schema, schema_text};
pub use session_log::{
    Attested, Break, CoConductor, GroupKind, GroupLog, LogEntry, LogKind, Meeting, Session, SessionLog,
    SuperviseePeriod, SupervisionKind, SupervisionLog,
};
pub use spoken_word::spoken_word;
pub use student::{
    Arrangement, ClinicalResponsibility, Competencies, Diploma, Form1, Insurance, Leave, LineManager, Report, Student,
    Wrg,
};
pub use subject::{Subject, SubjectSort, subjects};
pub use supervisor::{OtherEvidence, Registration, Supervisor};
pub use vocabulary::{
    Aim, Form, Frequency, InsuranceKind, MedicalCover, Membership, Rating, Setting, SupervisionFormat, SupervisionType,
};
pub use walk::{Leaf, walk};
