//! A student's case, as far as the student may be told of it.

use super::view::{GroupCase, StudentCase, SupervisionCase};
use crate::records::{Break, Decision, GroupLog, Meeting, Report, Ruling, Session, Student, SupervisionLog};
use crate::text::Text;

/// What stands in place of a concern: that there is one is judged, and what it says is for the committee.
const A_CONCERN: &str = "a concern";

impl StudentCase<'_> {
    /// Calls `see` with the case as the student may be told of it. It does not hold why a session or a meeting was cancelled
    /// or a break was taken, which can be about anybody, nor what reports raise, nor what anybody noted. What is judged of it
    /// is the same.
    pub fn as_told_to_the_student<T>(&self, see: impl FnOnce(&StudentCase<'_>) -> T) -> T {
        let record = told(self.record);
        let groups: Vec<GroupLog> = self.groups.iter().map(|one| of_group(one.log)).collect();
        let supervisions: Vec<SupervisionLog> = self.supervisions.iter().map(|one| of_supervision(one.log)).collect();
        let with_log = |(one, log)| GroupCase { log, ..GroupCase::clone(one) };
        let case = StudentCase {
            record: &record,
            groups: self.groups.iter().zip(&groups).map(with_log).collect(),
            supervisions: self
                .supervisions
                .iter()
                .zip(&supervisions)
                .map(|(one, log)| SupervisionCase { log, ..*one })
                .collect(),
            ..self.clone()
        };
        see(&case)
    }
}

/// The student's record without what others wrote for each other.
fn told(record: &Student) -> Student {
    let report = record.report.iter().cloned().map(|one| {
        let concerns = one.concerns.filter(|text| !text.is_blank()).map(|_| Text::new(A_CONCERN));
        Report { concerns, notes: None, ..one }
    });
    Student {
        report: report.collect(),
        ruling: record.ruling.iter().map(|one| Ruling { notes: None, ..one.clone() }).collect(),
        decision: record.decision.iter().map(decided).collect(),
        notes: None,
        ..record.clone()
    }
}

/// A decision without what is noted of it. What a query asks is for the student.
fn decided(one: &Decision) -> Decision {
    let notes = one.notes.clone().filter(|_| one.asks().is_some());
    Decision { notes, ..one.clone() }
}

fn of_group(log: &GroupLog) -> GroupLog {
    let sessions = log.sessions.iter().cloned();
    let sessions = sessions.map(|one| Session { cancelled: without_words(one.cancelled), notes: None, ..one });
    GroupLog { sessions: sessions.collect(), breaks: without_reasons(&log.breaks), notes: None, ..log.clone() }
}

fn of_supervision(log: &SupervisionLog) -> SupervisionLog {
    let sessions = log.sessions.iter().cloned();
    let sessions = sessions.map(|one| Meeting { cancelled: without_words(one.cancelled), notes: None, ..one });
    SupervisionLog { sessions: sessions.collect(), breaks: without_reasons(&log.breaks), notes: None, ..log.clone() }
}

fn without_reasons(breaks: &[Break]) -> Vec<Break> {
    breaks.iter().map(|one| Break { reason: None, notes: None, ..one.clone() }).collect()
}

/// That it was cancelled, without the reason.
fn without_words(cancelled: Option<Text>) -> Option<Text> {
    cancelled.map(|_| Text::default())
}
