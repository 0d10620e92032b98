//! Every requirement of a case, as it stands.

use super::{Audience, places};
use crate::calendar::Day;
use crate::facts::{Arranged, Facts};
use crate::judgement::{Judgement, Verdict};
use crate::reports::decided::Locating;
use crate::reports::sheet::{Cell, Column, Sheet, Tone, counted};
use crate::reports::words::status_tone;
use crate::requirements::{
    APPROVAL, Finding, GWP2_REPORTS, Query, Remedy, Status, WRG2_REPORTS, by_heading, remedies, unapproved,
};
use crate::text::all_of;

/// What is said of a requirement that was open, a query or an action when the case was closed.
const NOT_SETTLED: &str = "not settled";

/// How the requirements of a case are told: to whom, and whether anything is asked any more.
#[derive(Clone, Copy)]
struct Telling {
    audience: Audience,
    verdict: Verdict,
}

/// A requirement, where its evidence stands, and what settles it.
struct Row<'f> {
    finding: &'f Finding,
    stands: &'static str,
    in_full: Option<&'f str>,
    due: Option<Day>,
    settles: Vec<String>,
    evidence: String,
}

/// Every requirement, under the headings of the source; what was found, the queries with the dates by which a
/// ruling names them, and the evidence. On paper nothing of a case that nobody judges any more is shown as if it were still
/// to be judged or put right, and of reports to come no more is said than when the next one is due.
pub(super) fn requirements(judgement: &Judgement<'_>, audience: Audience, locate: &mut Locating<'_>) -> Vec<Sheet> {
    let telling = Telling { audience, verdict: judgement.verdict };
    let counts = format!(
        "{}: {}.",
        counted(judgement.findings.len(), "requirement", "requirements"),
        telling.counts(&judgement.findings)
    );
    let lead = [Some(counts), telling.is_over().map(str::to_owned)];
    let mut sheets = vec![Sheet::part("Requirements", lead.into_iter().flatten().collect())];
    let mut columns = vec![
        Column::fixed("Status", "status", |row: &Row<'_>| row.stands.into()),
        Column::fixed("Code", "code", |row| Cell::text(row.finding.code)),
        Column::flexible("What was found", "message", 24, |row| row.finding.message.as_str().into()),
        Column::below("In full", "in_full", |row| Cell::maybe(row.in_full)),
    ];
    if telling.is_over().is_none() {
        columns.push(Column::below("Due", "due", |row| Cell::maybe(row.due)));
        columns.push(Column::below("What settles it", "settles", |row| Cell::lines(row.settles.iter().cloned())));
    }
    columns.push(Column::below("Evidence", "evidence", |row| row.evidence.as_str().into()));
    for (heading, requirements) in by_heading(judgement.facts.case.scheme) {
        let findings = requirements.into_iter().map(|requirement| judgement.finding(requirement.code));
        let rows = findings.map(|finding| Row {
            stands: telling.stands(finding.status),
            in_full: finding.in_full.as_deref().filter(|_| !telling.is_far(finding)),
            due: due(finding, &judgement.facts).filter(|_| telling.is_asked(finding)),
            settles: if telling.is_unsettled(finding.status) {
                Vec::new()
            } else {
                what_settles(finding, &judgement.facts)
            },
            evidence: places(&finding.evidence, locate),
            finding,
        });
        sheets.push(Sheet::new(heading).with_toned_rows(&columns, rows, |row| telling.tone(row.finding.status)));
    }
    sheets
}

impl Telling {
    /// Why nothing is asked any more, where the student left, does not apply, or was not awarded the status.
    fn is_over(self) -> Option<&'static str> {
        match self.verdict {
            Verdict::Withdrawn | Verdict::NotApplying => {
                Some("Nothing is asked any more. This is how each requirement stands.")
            }
            Verdict::Declined => {
                Some("The award is declined, and nothing is asked any more. This is how each requirement stands.")
            }
            _ => None,
        }
    }

    /// Whether it would look as if it were still to be judged or put right, and is not.
    fn is_unsettled(self, status: Status) -> bool {
        let is_closed = self.audience != Audience::AtTerminal && !self.verdict.goes_on();
        is_closed && matches!(status, Status::Open | Status::Query | Status::Action)
    }

    /// How a requirement stands, in a word.
    fn stands(self, status: Status) -> &'static str {
        if self.is_unsettled(status) { NOT_SETTLED } else { status.word() }
    }

    fn tone(self, status: Status) -> Tone {
        let is_given_up = matches!(self.verdict, Verdict::Withdrawn | Verdict::NotApplying);
        if is_given_up || self.is_unsettled(status) { Tone::Plain } else { status_tone(status) }
    }

    /// How many stand how, the worst first.
    fn counts(self, findings: &[Finding]) -> String {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for status in Status::ALL.into_iter().rev() {
            let count = findings.iter().filter(|finding| finding.status == status).count();
            match counts.iter_mut().find(|(word, _)| *word == self.stands(status)) {
                Some((_, known)) => *known += count,
                None => counts.push((self.stands(status), count)),
            }
        }
        let counts = counts.into_iter().filter(|(_, count)| *count > 0);
        counts.map(|(word, count)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
    }

    /// Whether a requirement is not met yet, and asked for.
    fn is_asked(self, finding: &Finding) -> bool {
        let is_met = matches!(finding.status, Status::Met | Status::NotApplicable);
        !is_met && !self.is_unsettled(finding.status)
    }

    /// Whether what is said in full is about days that nobody on paper needs to know yet.
    fn is_far(self, finding: &Finding) -> bool {
        self.audience != Audience::AtTerminal
            && finding.status == Status::Open
            && matches!(finding.code, GWP2_REPORTS | WRG2_REPORTS)
    }
}

/// The day by which it is due. Of arrangements newer than their approval, the day by which the LCC is to decide on these.
fn due(finding: &Finding, facts: &Facts<'_>) -> Option<Day> {
    let newer = || unapproved(facts).iter().map(|one| one.due).min();
    (finding.code == APPROVAL).then(newer).flatten().or(finding.due)
}

/// What somebody can record after which it is settled; of several parts each. Rulings come last, those of parts of which
/// the same is said together.
fn what_settles(finding: &Finding, facts: &Facts<'_>) -> Vec<String> {
    let mut settles = Vec::new();
    let without_date = |query: &Query| query.message.replace(&query.date.to_string(), "");
    let mut alike: Vec<(String, Vec<&Query>)> = Vec::new();
    for query in &finding.queries {
        let words = without_date(query);
        // Two queries can say the same word for word, and only one of them name its own date.
        let is_alike = |(known, queries): &&mut (String, Vec<&Query>)| {
            *known == words || queries.iter().any(|one| one.message == query.message)
        };
        match alike.iter_mut().find(is_alike) {
            Some((_, queries)) => queries.push(query),
            None => alike.push((words, vec![query])),
        }
    }
    let others = remedies(finding, facts)
        .into_iter()
        .filter(|one| !matches!(one, Remedy::Ruling(code, _) if *code == finding.code));
    let several = facts.arrangements.len() > 1;
    let is_to_come = |one: &Remedy| finding.status == Status::Open && matches!(one, Remedy::Report(_, Some(_)));
    let later = others.clone().filter(is_to_come).count().saturating_sub(1);
    let first = others.clone().find(is_to_come);
    for remedy in others.filter(|one| !is_to_come(one) || Some(*one) == first) {
        let of = remedy.arrangement().filter(|_| several).map(|index| of_arrangement(facts, index)).unwrap_or_default();
        let then = if is_to_come(&remedy) && later > 0 {
            format!(", and {}", counted(later, "more for a later deadline", "more for later deadlines"))
        } else {
            String::new()
        };
        let words = format!("{}{of}{then}", remedy.words());
        if !settles.contains(&words) {
            settles.push(words);
        }
    }
    for (_, queries) in &alike {
        let ruling = Remedy::Ruling(finding.code, queries[0].date).words();
        settles.push(match queries.as_slice() {
            [query] if alike.len() > 1 => format!("{ruling}: {}", query.message),
            // Nothing else says what day that is.
            [query] if !query.message.contains(&query.date.to_string()) => {
                format!("{ruling}, the date by which a ruling names the question")
            }
            [_] => ruling,
            several => {
                let mut dates: Vec<_> = several.iter().map(|query| query.date).collect();
                dates.sort_unstable();
                let dates = all_of(dates);
                format!("a ruling on {}, for all of these dates or some: {dates}", finding.code)
            }
        });
    }
    settles
}

/// Which of several arrangements it is.
fn of_arrangement(facts: &Facts<'_>, index: usize) -> String {
    let arranged = facts.arrangements.iter().find(|one| one.case.index == index);
    let of = |one: &Arranged<'_>| {
        let title = &facts.case.groups[one.case.group].log.title;
        format!(" ({}, \"{title}\")", one.case.supervisor.record.name)
    };
    arranged.map(of).unwrap_or_default()
}
