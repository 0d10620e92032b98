//! Forecasts against a calendar that is gone through day by day.

#![allow(clippy::unwrap_used, reason = "a folder of a test is sound")]

use std::fmt::Write;

use proptest::prelude::*;

use super::*;
use crate::case::{self, Case};
use crate::facts::AwardDecisions;
use crate::requirements::RHYTHM;
use crate::text::Source;

/// Days are counted from 1 October 2025, on which the arrangement begins.
fn on(days: i64) -> Day {
    Day::parse("2025-10-01").unwrap().plus_days(days)
}

/// The terms of the course, in days.
const TERMS: [(i64, i64); 3] = [(-4, 73), (101, 178), (199, 283)];

/// A small folder.
#[derive(Clone, Debug)]
struct Small {
    is_weekly: bool,
    keeps_terms: bool,
    /// The days of the sessions.
    sessions: Vec<i64>,
    breaks: Vec<(i64, i64)>,
    leave: Vec<(i64, i64)>,
    until: Option<i64>,
    as_of: i64,
    supposed: Vec<(i64, i64)>,
    lose: usize,
}

impl Small {
    fn files(&self) -> [(&'static str, String); 6] {
        let spans = |spans: &[(i64, i64)]| {
            let span = |(from, until): &(i64, i64)| format!("{{ from = {:?}, until = {:?} }}", on(*from), on(*until));
            spans.iter().map(span).collect::<Vec<_>>().join(", ")
        };
        let (mut sessions, mut terms) = (String::new(), String::new());
        for day in &self.sessions {
            write!(sessions, "{{ date = {:?}, minutes = 90, present = 6 }}, ", on(*day)).unwrap();
        }
        for (number, (starts, ends)) in TERMS.into_iter().enumerate() {
            write!(terms, "{{ name = '{number}', starts = {:?}, ends = {:?} }}, ", on(starts), on(ends)).unwrap();
        }
        let until = self.until.map(|day| format!("until = {:?}", on(day))).unwrap_or_default();
        let frequency = if self.is_weekly { "weekly" } else { "fortnightly" };
        [
            ("gwp.toml", String::new()),
            (
                "courses/york.toml",
                format!(
                    "name = 'York'\nconvenor = 'Hester Quill'\nstarts = {:?}\nends = {:?}\nterms = [{terms}]",
                    on(TERMS[0].0),
                    on(TERMS[2].1)
                ),
            ),
            ("supervisors/kit-lowe.toml", "name = 'Kit Lowe'".to_owned()),
            (
                "sessions/north.toml",
                format!(
                    "kind = 'group'\ntitle = 'North'\norganisation = 'Ouse Bank'\nsetting = 'health'\n\
                     aim = 'therapeutic'\nfrequency = '{frequency}'\nkeeps_terms = {}\nconductors = ['robin-ashby']\n\
                     breaks = [{}]\nsessions = [{sessions}]",
                    self.keeps_terms,
                    spans(&self.breaks)
                ),
            ),
            (
                "students/robin-ashby.toml",
                format!(
                    "name = 'Robin Ashby'\ncourse = 'york'\nleave = [{}]\n[[arrangement]]\ngroup = 'north'\n\
                     supervisor = 'kit-lowe'\nfrom = {:?}\n{until}",
                    spans(&self.leave),
                    on(0)
                ),
            ),
            ("notes.txt", String::new()),
        ]
    }

    /// What a test finds in the judgement and the forecast of the folder.
    fn judged(&self, look: impl FnOnce(&Judgement<'_>, Option<Forecast<'_>>)) {
        let source = |(path, text): (&str, String)| Source { path: Text::new(path), content: Ok(text.into()) };
        let sources = self.files().map(source);
        let case = Case::link(case::read(&sources), &sources, &|_| true);
        let student = case.student(0).unwrap();
        let as_of = on(self.as_of);
        let judgement = Judgement::new(&student, as_of, AwardDecisions::Counted);
        let forecast = Forecast::new(&judgement, &self.what_if());
        look(&judgement, forecast);
    }

    fn what_if(&self) -> WhatIf {
        let breaks = self.supposed.iter().map(|(from, until)| (on(*from), on(*until))).collect();
        WhatIf { pace: None, breaks, lose: self.lose }
    }

    fn step(&self) -> i64 {
        if self.is_weekly { 7 } else { 14 }
    }

    fn in_recorded_break(&self, day: i64) -> bool {
        let mut spans: Vec<_> = self.breaks.iter().chain(&self.leave).copied().collect();
        if self.keeps_terms {
            spans.extend(TERMS.windows(2).map(|pair| (pair[0].1 + 1, pair[1].0 - 1)));
        }
        within(&spans, day)
    }

    fn in_break(&self, day: i64) -> bool {
        self.in_recorded_break(day) || within(&self.supposed, day)
    }

    /// The sessions up to the day of judgement while the arrangement lasts.
    fn held(&self) -> Vec<i64> {
        let last = self.until.unwrap_or(self.as_of).min(self.as_of);
        self.sessions.iter().copied().filter(|day| *day <= last).collect()
    }

    /// Day by day until enough sessions are held; `is_session` is asked of every day after the last session, in order.
    fn completed(&self, mut is_session: impl FnMut(i64) -> bool) -> Option<Completion> {
        let held = self.held();
        if self.until.is_some_and(|until| until < self.as_of) || held.len() >= 30 {
            return None;
        }
        let (mut missing, mut coming) = (30 - held.len() + self.lose, 0);
        for day in held.last().map_or(self.as_of, |last| last + 1).. {
            if let Some(until) = self.until.filter(|until| *until < day) {
                let sessions = held.len() + usize::saturating_sub(coming, self.lose);
                return Some(Completion::ArrangementEnds { on: on(until), sessions });
            }
            if is_session(day) && day >= self.as_of {
                (missing, coming) = (missing - 1, coming + 1);
            }
            if missing == 0 {
                return Some(Completion::On(on(day)));
            }
        }
        None
    }

    fn completed_at_declared_pace(&self) -> Option<Completion> {
        let anchor = self.held().last().copied().unwrap_or(self.as_of);
        self.completed(|day| (day - anchor) % self.step() == 0 && !self.in_break(day))
    }

    fn completed_at_pace_held(&self) -> Option<Completion> {
        let held = self.held();
        let (first, last) = (*held.first()?, *held.last()?);
        if held.len() < 3 {
            return None;
        }
        let steps = i64::try_from(held.len()).unwrap() - 1;
        let left_out = (first + 1..last).filter(|day| self.in_recorded_break(*day)).count();
        let days = last - first - i64::try_from(left_out).unwrap();
        let (mut passed, mut number) = (0, 1);
        self.completed(|day| {
            passed += i64::from(!self.in_break(day));
            let is_session = !self.in_break(day) && passed * steps >= number * days;
            number += i64::from(is_session);
            is_session
        })
    }
}

fn within(spans: &[(i64, i64)], day: i64) -> bool {
    spans.iter().any(|(from, until)| (*from..=*until).contains(&day))
}

/// Whether a group that begins on a day holds so many sessions up to a last day.
fn holds(first: i64, step: i64, sessions: usize, last: i64, in_break: impl Fn(i64) -> bool) -> bool {
    !in_break(first)
        && (first..=last).step_by(usize::try_from(step).unwrap()).filter(|day| !in_break(*day)).count() >= sessions
}

fn spans(most: usize) -> impl Strategy<Value = Vec<(i64, i64)>> {
    let span = (0_i64..1_000, 0_i64..40).prop_map(|(from, length)| (from, from + length));
    prop::collection::vec(span, 0..=most)
}

fn small() -> impl Strategy<Value = Small> {
    let sessions = prop::collection::vec(1_i64..20, 0..29).prop_map(|gaps| {
        let begun = gaps.iter().scan(0, |day, gap| {
            *day += gap;
            Some(*day)
        });
        begun.collect::<Vec<_>>()
    });
    let until = prop::option::weighted(0.3, 100_i64..700);
    let group = (any::<bool>(), any::<bool>(), sessions, until);
    (group, spans(4), spans(2), spans(2), 0_i64..500, 0_usize..5).prop_map(
        |((is_weekly, keeps_terms, sessions, until), breaks, leave, supposed, as_of, lose)| Small {
            is_weekly,
            keeps_terms,
            sessions,
            breaks,
            leave,
            until,
            as_of,
            supposed,
            lose,
        },
    )
}

/// A folder as in [`Small`] with nothing supposed.
fn nothing_supposed() -> impl Strategy<Value = Small> {
    small().prop_map(|small| Small { supposed: Vec::new(), lose: 0, ..small })
}

proptest! {
    #[test]
    fn the_declared_projection_is_found_day_by_day(small in small()) {
        small.judged(|_, forecast| assert_eq!(forecast.unwrap().at_pace, small.completed_at_declared_pace()));
    }

    #[test]
    fn the_projection_at_the_pace_held_is_found_day_by_day(small in small()) {
        small.judged(|_, forecast| assert_eq!(forecast.unwrap().at_pace_held, small.completed_at_pace_held()));
    }

    #[test]
    fn without_a_what_if_it_is_the_projection_of_the_judgement(small in nothing_supposed()) {
        small.judged(|judgement, forecast| {
            let at_pace = forecast.unwrap().at_pace;
            assert_eq!(at_pace.and_then(Completion::day), judgement.facts.projected());
        });
    }

    #[test]
    fn a_group_is_silent_where_the_finding_is_an_action(small in small()) {
        small.judged(|judgement, forecast| {
            let finding = judgement.finding(RHYTHM);
            let silence = forecast.unwrap().silence.map(|silence| silence.to_string());
            assert_eq!(silence.is_some(), finding.status == Status::Action);
            assert!(silence.is_none_or(|silence| finding.message == silence));
        });
    }

    #[test]
    fn a_new_group_can_begin_on_the_last_day_and_no_later(small in small()) {
        small.judged(|_, forecast| {
            let forecast = forecast.unwrap();
            let limit = on(0).days_to(forecast.limit);
            let in_break = |day: i64| within(&small.leave, day) || within(&small.supposed, day);
            for Beginning { pace, sessions, last_day } in forecast.beginnings {
                assert_eq!((pace.days(), sessions), (small.step(), 30 + small.lose));
                let last_day = on(0).days_to(last_day.unwrap());
                assert!(holds(last_day, pace.days(), sessions, limit, in_break));
                for later in last_day + 1..=last_day + 100 {
                    assert!(!holds(later, pace.days(), sessions, limit, in_break), "{:?}", on(later));
                }
            }
        });
    }
}
