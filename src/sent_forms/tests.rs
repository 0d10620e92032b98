//! What somebody writes behind the sessions of a list.

#![allow(clippy::unwrap_used, reason = "a test fails where something is not as it must be")]

use super::*;
use crate::calendar::Day;
use crate::records::{SessionLog, read};
use crate::text::{Notation, Text};

const LOG: &str = r#"
kind = "group"
title = "Open studio"
organisation = "Mill"
setting = "health"
aim = "therapeutic"
frequency = "weekly"
conductors = ["mina-holt"]
sessions = [
  { date = 2026-01-12, minutes = 90, planned = true },
  { date = 2026-01-05, minutes = 90, present = 7 },
  { date = 2026-01-05, cancelled = "snow" },
]
"#;

/// What is understood of an answer behind the session at a position of the form.
fn said(position: usize, typed: &str) -> SaidOfEntry {
    let log: SessionLog = read(Notation::Toml, LOG).record.unwrap();
    let through = Day::parse("2026-01-31").unwrap();
    let mut form = sessions_form(&Text::new("open-studio"), &log, through);
    form.sections[0].fields[position].filled = Some(typed.to_owned());
    let reading = form.read(&form.to_text()).unwrap();
    let mut answers = EntryAnswer::all(&reading, &log, through);
    assert_eq!(answers.len(), 1, "{typed}");
    answers.remove(0).said
}

#[test]
fn a_plan_is_held_or_cancelled() {
    for typed in ["held 7", "Held, 7", "held: 7 came", "held (7)", "7", "7 came", "held \u{2013} 7 members."] {
        assert_eq!(said(2, typed), SaidOfEntry::Held { came: Some(7), minutes: None }, "{typed}");
    }
    for typed in ["cancelled: no heating", "Cancelled - no heating.", "canceled (no heating)"] {
        assert_eq!(said(2, typed), SaidOfEntry::Cancelled(Text::new("no heating")), "{typed}");
    }
    assert_eq!(said(2, "held"), SaidOfEntry::Held { came: None, minutes: None });
    for typed in ["correct", "yes", "cancelled", "held seven", "held 7 or 8", "not held", "7?", "cancelledx"] {
        assert!(matches!(said(2, typed), SaidOfEntry::Unclear(..)), "{typed}: {:?}", said(2, typed));
    }
}

#[test]
fn what_is_recorded_is_correct_or_put_right() {
    assert_eq!(said(0, "Correct."), SaidOfEntry::Correct);
    assert_eq!(said(1, "correct"), SaidOfEntry::Correct);
    for (typed, came, minutes) in [
        ("60 minutes", None, Some(60)),
        ("held 6", Some(6), None),
        ("Held: 6 came, 75 mins.", Some(6), Some(75)),
        ("75 min; 6 people", Some(6), Some(75)),
    ] {
        assert_eq!(said(0, typed), SaidOfEntry::Held { came, minutes }, "{typed}");
    }
    for typed in ["on the 7th", "6, 7", "60 minutes, 61 minutes", "0 minutes", "1441 minutes", "an hour"] {
        assert!(matches!(said(0, typed), SaidOfEntry::Unclear(..)), "{typed}: {:?}", said(0, typed));
    }
}
