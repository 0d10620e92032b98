//! `gwp` reads a folder of records and judges each student against the requirements for Group Work Practitioner
//! status.
//!
//! A program that wants to know where students stand opens a folder and judges it:
//!
//! ```
//! # fn main() -> Result<(), gwp::folder::FolderError> {
//! use gwp::Folder;
//! use gwp::calendar::Day;
//!
//! let folder = Folder::open("examples/london")?;
//! let judged = folder.judge(Day::new(2026, 2, 10).expect("a day"))?;
//! for student in judged.students() {
//!     println!("{}: {}", student.id, student.verdict.word());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Each module uses only those above it in this table, which a test compares with the code:
//!
//! | module | from | to |
//! |---|---|---|
//! | [`calendar`] | | days, spans, breaks and rhythms |
//! | [`text`] | a text | a tree of values that knows where each stands; text that is never trusted |
//! | [`problems`] | | what can be wrong in what is written |
//! | [`edition`] | a scheme, what varies it | the codes, and the parameters in force |
//! | [`records`] | a tree | typed records, and the JSON Schemas of them |
//! | [`case`] | records | the linked case folder, with every [problem](problems) of what is written |
//! | [`facts`] | a student's case, a day | what counts, what is running, what is settled |
//! | [`requirements`] | facts | a finding on each of the 39 requirements, a function each |
//! | [`judgement`] | findings | the verdict, what is owed, what is needed next, the roster of a folder |
//! | [`diff`] | two states of a folder, judged | what differs between them: records, verdicts, statuses |
//! | [`history`] | the commits of a folder | what was written down when, and by whom |
//! | [`audit`] | the same, judged with and without what each wrote | what an auditor would ask about |
//! | `receipt` | judgements | how everybody stood and from what, to be verified later |
//! | `form` | what is asked, an answered text | the text of a form; the answers, and each line that is not understood |
//! | `sent_forms` | a judged student, a log | the forms that go round by mail; what their answers say |
//! | `mail` | the bytes of an e-mail | its sender, its day, its text |
//! | `reminders` | what is owed | a letter for each person |
//! | [`amend`] | the text of a record, an event | the text with the event in it |
//! | [`merge`] | two versions of a record, and the one that both come from | one text with what both say |
//! | `layout` | the text of a record in TOML | the same in the one layout |
//! | `spreadsheet` | the bytes of somebody's table | entries of a log, people, and what is wrong with which cell |
//! | `files` | a folder on disk | the sources: paths and texts |
//! | `git` | a revision of a folder, a file | the same sources; a commit of the file |
//! | `writing` | texts | files, each whole or not at all |
//! | [`folder`] | a path, or sources | the case folder, opened and judged as of a day, and its past audited: all of the above in one call |
//! | `privacy` | records, a past | what they say of somebody, and what erasing it takes |
//! | [`reports`] | judgements, what differs, a past | what is said of them: tables, and the fields of documents |
//! | [`meeting`] | an agenda | what a committee can answer, and the events of each answer |
//! | `papers` | reports, judgements | what a committee or a student reads, as a page |
//! | [`render`] | reports | text, JSON, CSV, Markdown, workbooks, calendars, diagnostics |
//! | `topics` | the name of a topic | a page of the manual |
//! | `recording` | an event, a folder | the event in its record, and what that changed |
//!
//! Only `files`, `git` and `writing`, and `folder` and `recording` through them, touch the disk. All others are pure: no
//! disk, clock, environment or terminal.

pub mod amend;
pub mod audit;
pub mod calendar;
pub mod case;
pub mod diff;
pub mod edition;
pub mod facts;
#[cfg(feature = "disk")]
pub mod files;
pub mod folder;
#[cfg(feature = "cli")]
pub mod form;
#[cfg(feature = "disk")]
pub mod git;
pub mod history;
pub mod judgement;
#[cfg(feature = "cli")]
pub mod layout;
#[cfg(feature = "cli")]
pub mod mail;
pub mod meeting;
pub mod merge;
#[cfg(feature = "cli")]
pub mod papers;
#[cfg(feature = "cli")]
pub mod privacy;
pub mod problems;
#[cfg(feature = "cli")]
pub mod receipt;
#[cfg(feature = "disk")]
pub mod recording;
pub mod records;
#[cfg(feature = "cli")]
pub mod reminders;
pub mod render;
pub mod reports;
pub mod requirements;
#[cfg(feature = "cli")]
pub mod sent_forms;
#[cfg(feature = "cli")]
pub mod spreadsheet;
pub mod text;
#[cfg(feature = "cli")]
pub mod topics;
#[cfg(feature = "disk")]
pub mod writing;

pub use folder::Folder;

/// The program and its version, as documents name it.
pub const PROGRAM: &str = concat!("gwp ", env!("CARGO_PKG_VERSION"));
