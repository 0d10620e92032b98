//! The integration tests, in one program.

#![allow(clippy::disallowed_methods, reason = "tests read what is committed, and write it when asked to")]
#![allow(clippy::expect_used, clippy::format_collect, reason = "a test fails where something is not as it must be")]

mod agreement;
mod alterations;
mod amending;
#[cfg(feature = "cli")]
mod arranging;
#[cfg(all(unix, feature = "cli"))]
mod as_meant;
#[cfg(all(unix, feature = "cli"))]
mod as_said;
#[cfg(all(unix, feature = "cli"))]
mod asked_carefully;
mod asked_for;
mod asking;
mod attesting;
mod auditing;
mod auditing_copies;
mod auditing_decisions;
mod auditing_errors;
mod auditing_identity;
mod auditing_meetings;
mod auditing_moved;
mod auditing_one_decision;
mod auditing_order;
mod auditing_papers;
mod auditing_restated;
mod auditing_returned;
mod auditing_rules;
mod auditing_unjudged;
#[cfg(feature = "cli")]
mod beginning;
#[cfg(unix)]
mod by_itself;
mod calendar_file;
mod cases;
mod catalogue;
mod chronicle;
#[cfg(feature = "cli")]
mod command_line;
mod copies;
mod dead_ends;
mod dead_ends_by_command;
mod decision_order;
mod desk;
mod diff;
mod diff_of_judgements;
mod due;
#[cfg(feature = "cli")]
mod editing;
#[cfg(feature = "cli")]
mod entering;
#[cfg(feature = "cli")]
mod envelope;
#[cfg(feature = "cli")]
mod every_command;
mod examples;
#[cfg(feature = "cli")]
mod exporting;
#[cfg(feature = "cli")]
mod first_steps;
mod forecast;
#[cfg(feature = "cli")]
mod forecast_outputs;
#[cfg(feature = "cli")]
mod forms;
mod from_the_right;
#[cfg(feature = "cli")]
mod hiding;
#[cfg(feature = "cli")]
mod hiding_commits;
#[cfg(feature = "cli")]
mod hiding_names;
#[cfg(feature = "cli")]
mod hiding_said;
mod hostile;
mod hostile_pasts;
mod hostile_repository;
#[cfg(feature = "cli")]
mod importing;
mod importing_held;
mod importing_hostile;
mod importing_people;
mod importing_registers;
mod importing_several_logs;
mod importing_workbooks;
#[cfg(feature = "cli")]
mod keeping;
mod keys;
mod layering;
#[cfg(feature = "cli")]
mod laying_out;
#[cfg(all(unix, feature = "cli"))]
mod left_out;
#[cfg(feature = "cli")]
mod letters_confide_nothing;
#[cfg(all(unix, feature = "cli"))]
mod manual;
mod markdown;
#[cfg(feature = "cli")]
mod meeting;
mod meeting_answers;
mod meeting_conditions;
#[cfg(all(unix, feature = "cli"))]
mod meeting_held;
#[cfg(all(unix, feature = "cli"))]
mod meeting_left;
#[cfg(feature = "cli")]
mod meeting_minutes;
#[cfg(feature = "cli")]
mod meeting_paper;
#[cfg(all(unix, feature = "cli"))]
mod meeting_queries;
mod merged;
mod merging;
mod messages;
#[cfg(feature = "cli")]
mod minutes;
mod misdeeds;
#[cfg(feature = "cli")]
mod naming;
mod nothing_lost;
mod options;
mod other_layouts;
#[cfg(feature = "cli")]
mod output_schemas;
mod own_files;
mod paging;
mod paper_pages;
mod paper_templates;
mod papers;
mod papers_answer;
mod papers_decide;
mod papers_for_committees;
mod papers_in_time;
mod papers_letters;
mod papers_of_decisions;
mod papers_of_meetings;
#[cfg(feature = "cli")]
mod past;
#[cfg(feature = "cli")]
mod past_unready;
#[cfg(feature = "cli")]
mod people;
mod people_scans;
#[cfg(feature = "cli")]
mod plans;
mod printed;
mod program;
mod properties;
#[cfg(feature = "cli")]
mod read_by_people;
mod read_papers;
#[cfg(all(unix, feature = "cli"))]
mod readme;
mod receipts;
#[cfg(feature = "cli")]
mod receipts_of_pasts;
mod receipts_of_renamed;
mod receiving;
#[cfg(feature = "cli")]
mod recording;
#[cfg(feature = "cli")]
mod relied_on;
#[cfg(feature = "cli")]
mod remind;
mod repository;
mod requirements;
mod revisions;
#[cfg(feature = "cli")]
mod round_trip;
mod rulings;
mod schemas;
mod scratch;
mod situations;
#[cfg(feature = "cli")]
mod tables_of_programs;
mod two_years;
#[cfg(all(unix, feature = "cli"))]
mod typed_plainly;
mod undoing;
#[cfg(all(unix, feature = "cli"))]
mod unusual;
mod validation;
mod what_settles;

use std::path::PathBuf;

use gwp::case::{self, Records};
use gwp::text::{Source, Text};

/// A file of the repository.
fn file(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Asserts that a committed file is what the program makes of it. With `GWP_BLESS` set in the environment the file
/// is written instead.
fn assert_committed(path: &str, made: &str) {
    let path = file(path);
    if std::env::var_os("GWP_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        std::fs::write(&path, made).expect("the file can be written");
        return;
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let differs = |(_, (is, was)): &(usize, (Option<&str>, Option<&str>))| is != was;
    let lines = |text| str::lines(text).map(Some).chain(std::iter::repeat(None));
    let longest = committed.lines().count().max(made.lines().count());
    if let Some((at, (is, was))) = lines(made).zip(lines(&committed)).take(longest).enumerate().find(differs) {
        let (is, was) = (is.unwrap_or("(the end)"), was.unwrap_or("(the end)"));
        panic!(
            "{}:{} is not up to date: run the tests with GWP_BLESS=1\n  it says {was}\nit is now {is}",
            path.display(),
            at + 1,
        );
    }
}

/// A source with a text.
fn source(path: &str, text: &str) -> Source {
    Source { path: Text::new(path), content: Ok(text.to_owned().into()) }
}

/// What comes of one text.
fn read(path: &str, text: &str) -> Records {
    case::read(&[source(path, text)])
}
