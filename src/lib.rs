//! `gwp` reads a folder of records and judges each student against the requirements for Group Work Practitioner
//! status.
//!
//! The modules stand in the order of the flow:
//!
//! | module | from | to |
//! |---|---|---|
//! | [`files`] | a folder on disk | the sources: paths and texts |
//! | [`text`] | a text | a tree of values that knows where each stands; text that is never trusted |
//! | [`records`] | a tree | typed records, and the JSON Schemas of them |
//! | [`case`] | records | the linked case folder, with every [problem](problems) of what is written |
//! | [`calendar`], [`edition`] | | days and breaks; the parameters in force |
//! | [`judgement`] | a student's case, a day | facts, findings, the verdict, what is overdue |
//! | [`requirements`] | facts | the 39 requirements, a function each |
//! | [`print`] | judgements | tables, JSON, CSV, Markdown, pages, diagnostics |
//!
//! Everything from `text` to `requirements` is pure: no disk, clock, environment or terminal.

pub mod calendar;
pub mod case;
pub mod edition;
#[cfg(feature = "disk")]
pub mod files;
pub mod judgement;
pub mod print;
pub mod problems;
pub mod records;
pub mod requirements;
pub mod text;
