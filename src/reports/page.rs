//! One student's case as a page.

#[cfg(feature = "cli")]
mod on_paper;

use super::decided::{Locating, decided};
use super::forms::forms;
use super::sheet::{Cell, Column, Sheet, Tone, counted, short};
use super::summary::value;
use super::timeline::timeline;
use super::words::{
    before_arrangement, held_online, meeting_reason, missed_reason, on_leave, session_reason, sessions_of_required,
    status_tone, verdict_meaning, who, with_one_member, with_reason,
};
use crate::calendar::Day;
use crate::case::{Case, WrgCase};
use crate::facts::{self, Arranged, Facts};
use crate::folder::JudgedFolder;
use crate::judgement::{Judgement, NextStep, StudentResult, Verdict, next_steps};
use crate::problems::{Problem, ProblemName};
use crate::records::{Accommodation, ClinicalResponsibility, MedicalCover};
use crate::requirements::{Finding, Query, Remedy, Status, by_heading, remedies};
use crate::text::{Locator, SourcePath, all_of, capitalised, spaced};

/// What is said of a student's case, part by part. Of a student who cannot be judged there is only the head.
#[derive(Debug)]
pub struct CasePage {
    /// The name, and in sentences the verdict, the course, the sessions and the limit.
    pub head: Sheet,
    /// The commands that show or put right what the head says: for readers at a terminal.
    advice: Vec<String>,
    /// What is needed next, and from whom.
    pub needed_next: Option<Sheet>,
    /// The arrangements, the WRG, and what is agreed for the student alone, as far as there are any.
    pub arranged: Vec<Sheet>,
    /// The forms that have arrived, and those that are asked for.
    pub forms: Option<Sheet>,
    /// What happened, month by month.
    pub month_by_month: Option<Sheet>,
    /// Decisions and rulings, and the sessions and meetings that do not count, as far as there are any.
    pub decided_and_uncounted: Vec<Sheet>,
    /// Every requirement, under the headings of the source.
    pub requirements: Vec<Sheet>,
    /// Whether nobody judges the case any more, however it stands.
    pub is_closed: bool,
}

impl CasePage {
    /// The page of a student. `id` is the id as it is shown; `locate` says where evidence stands.
    pub fn of(
        case: &Case,
        id: &str,
        result: &StudentResult<'_>,
        judgement: Option<&Judgement<'_>>,
        judged: &JudgedFolder<'_>,
        locate: &mut Locating<'_>,
    ) -> Self {
        let as_of = judged.as_of;
        let name = result.name.map_or_else(|| id.to_owned(), |name| format!("{name} ({id})"));
        let verdict = format!("{}, as of {as_of}: {}.", result.verdict.word(), verdict_meaning(result.verdict));
        let mut head = Sheet::part(name, vec![verdict]);
        let Some(judgement) = judgement else {
            let name = result.name.map_or_else(|| id.to_owned(), ToString::to_string);
            head.lead.push(format!("{name} cannot be judged until this is put right:"));
            head.list = errors(result, judged);
            head.notes.push(format!(
                "Whoever keeps the records puts it right in that line of that file. Then {name} is judged like everybody else."
            ));
            let problems = judged.command_line.again(["check", "--only", "problems"]);
            return Self { advice: vec![format!("{problems} says what is to be put right.")], ..Self::of_head(head) };
        };
        let facts = &judgement.facts;
        head.lead.extend(facts.leave_until().map(|until| format!("The student is {}.", on_leave(until))));
        head.lead.extend(course(facts));
        let mut advice = Vec::new();
        if let Some(before) = before_arrangement(facts) {
            let (group, began) = (before.group.raw(), before.began.iso());
            let from = ["correct", facts.case.id.raw(), "arrangement", group, &began, "--from", "DATE"];
            let correct = judged.command_line.about(from);
            head.lead.push(format!("{}.", capitalised(&before.in_words())));
            advice.push(format!("If the arrangement began earlier: {correct}"));
        }
        head.lead.extend(attested(case, facts));
        let recorded: Vec<_> = with_one_member(facts).into_iter().chain(held_online(facts)).collect();
        if !recorded.is_empty() {
            head.lead.push(format!("Recorded and not judged: {}.", recorded.join("; ")));
        }
        let with_rows = |sheets: Vec<Sheet>| sheets.into_iter().filter(|sheet| !sheet.rows.is_empty()).collect();
        Self {
            needed_next: Some(needed_next(judgement)).filter(|sheet| !sheet.rows.is_empty()),
            arranged: with_rows(vec![arrangements(facts), reflection_groups(facts), accommodations(facts)]),
            forms: Some(forms(case, judgement)).filter(|sheet| !sheet.rows.is_empty()),
            month_by_month: Some(timeline(facts, judgement.verdict.goes_on())),
            decided_and_uncounted: with_rows(vec![
                decided(case, facts, locate),
                uncounted_sessions(facts, locate),
                uncounted_meetings(case, facts, locate),
            ]),
            requirements: requirements(judgement, locate),
            is_closed: !judgement.verdict.goes_on(),
            advice,
            ..Self::of_head(head)
        }
    }

    fn of_head(head: Sheet) -> Self {
        let (advice, needed_next, arranged, forms, month_by_month) = Default::default();
        let (decided_and_uncounted, requirements, is_closed) = Default::default();
        Self {
            head,
            advice,
            needed_next,
            arranged,
            forms,
            month_by_month,
            decided_and_uncounted,
            requirements,
            is_closed,
        }
    }

    /// Its parts in order.
    pub fn sheets(self) -> Vec<Sheet> {
        let Self { mut head, advice, needed_next, arranged, forms, month_by_month, .. } = self;
        head.notes.extend(advice);
        let before = std::iter::once(head).chain(needed_next).chain(arranged).chain(forms).chain(month_by_month);
        before.chain(self.decided_and_uncounted).chain(self.requirements).collect()
    }
}

/// The errors for which nothing can be judged, each with its file and line.
fn errors(result: &StudentResult<'_>, judged: &JudgedFolder<'_>) -> Vec<String> {
    let folder = judged.folder;
    if folder.left_out.names {
        return vec!["Which error it is, is left out: it could name somebody.".to_owned()];
    }
    let mut locator = Locator::new(&folder.sources);
    let in_words = |problem: &Problem| {
        let (line, _) = problem.place(&mut locator);
        let help = problem.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        let what =
            if problem.name == ProblemName::UnknownReference { "the record names what is not there: " } else { "" };
        format!("{}:{line}: {what}{}{help}", folder.file_name(problem.file), problem.message)
    };
    folder.case.errors_before(result.file).map(in_words).collect()
}

/// The course, the sessions and the limit, in sentences.
fn course(facts: &Facts<'_>) -> Vec<String> {
    let case = facts.case;
    let course = case.course;
    let late = if facts.joined == course.starts { String::new() } else { format!("; joined on {}", facts.joined) };
    let joined = format!("Course: {}, from {} to {}{late}", course.name, course.starts, course.ends);
    let required = facts.parameters.sessions_required;
    let group = match facts.group() {
        _ if facts.sessions.together => " over all groups, taken together".to_owned(),
        Some(group) => format!(" in \"{}\"", group.log.title),
        None => String::new(),
    };
    let when = match (facts.complete_on(), facts.projected().filter(|_| !facts.has_left())) {
        (Some(day), _) => format!("complete on {day}"),
        (None, Some(day)) => format!("the last is expected on {day}"),
        (None, None) if facts.has_left() => "no more are expected".to_owned(),
        (None, None) => "no date can be expected for the last".to_owned(),
    };
    let past = |day: Option<Day>| day.filter(|day| *day <= facts.as_of);
    let left = past(case.record.withdrawn).map(|day| format!("The student left the course on {day}."));
    let not_applying = past(case.record.not_applying);
    let not_applying =
        not_applying.map(|day| format!("The student said on {day} that they do not apply for the status."));
    let limit = match &case.record.extension {
        Some(extension) if extension.agreed <= facts.as_of => {
            format!("{}, extended by {} on {}", facts.limit, extension.agreed_by, extension.agreed)
        }
        _ => facts.limit.to_string(),
    };
    let sessions = sessions_of_required(facts.series.len(), required);
    let stands =
        [format!("{joined}. Convenor: {}.", course.convenor), format!("{sessions}{group}; {when}. Limit: {limit}.")];
    left.into_iter().chain(not_applying).chain(stands).collect()
}

/// How much of what counts is confirmed, where somebody confirmed any of it or the folder asks for it.
fn attested(case: &Case, facts: &Facts<'_>) -> Option<String> {
    let (sessions, meetings) = (facts.attested_sessions(), facts.attested_meetings());
    let is_asked = case.records.gwp.as_ref().is_some_and(|gwp| gwp.audit.attested);
    let (series, held) = (facts.series.len(), facts.counted_meetings());
    (is_asked || sessions + meetings > 0).then(|| {
        format!(
            "Attested: {sessions} of {} and {meetings} of {}.",
            counted(series, "session that counts", "sessions that count"),
            counted(held, "supervision meeting", "supervision meetings")
        )
    })
}

fn needed_next(judgement: &Judgement<'_>) -> Sheet {
    let columns = [
        Column::flexible("From whom", "from", 16, |step: &NextStep<'_>| Cell::maybe(who(&step.who))),
        Column::flexible("What", "what", 24, |step| step.whole().into()),
        Column::fixed("Code", "code", |step| Cell::text(step.code)),
    ];
    Sheet::new("Needed next").with_rows(&columns, next_steps(judgement))
}

fn arrangements(facts: &Facts<'_>) -> Sheet {
    let columns = [
        Column::flexible("Group", "group", 16, |(facts, arranged): &(&Facts<'_>, &Arranged<'_>)| {
            Cell::text(&facts.case.groups[arranged.case.group].log.title)
        }),
        Column::flexible("Supervisor", "supervisor", 14, |(_, arranged)| {
            Cell::text(&arranged.case.supervisor.record.name)
        }),
        Column::fixed("From", "from", |(_, arranged)| arranged.case.record.from.into()),
        Column::fixed("Until", "until", |(_, arranged)| {
            arranged.case.record.until.map_or_else(|| Cell::text("running"), Cell::Day)
        }),
        Column::fixed("Confirmed", "confirmed", |(facts, arranged)| {
            let confirmed = arranged.case.record.confirmed.filter(|day| *day <= facts.as_of);
            confirmed.map_or_else(|| Cell::text("not yet"), Cell::Day)
        }),
        Column::below_alone("More", "more", |(facts, arranged)| Cell::lines([around(facts, arranged)])),
    ];
    Sheet::new("Arrangements").with_rows(&columns, facts.arrangements.iter().map(|arranged| (facts, arranged)))
}

/// The organisation, and who carries responsibility in it.
fn around(facts: &Facts<'_>, arranged: &Arranged<'_>) -> String {
    let (log, record) = (facts.case.groups[arranged.case.group].log, arranged.case.record);
    let organisation =
        if log.organisation.is_blank() { "no organisation named".to_owned() } else { log.organisation.to_string() };
    let mut parts = vec![format!("{organisation} ({}), {}", spaced(log.setting.word()), log.frequency.word())];
    if record.external {
        let manager = record.line_manager.as_ref().map(|manager| format!("; line manager {}", manager.name));
        parts.push(format!("external supervisor{}", manager.unwrap_or_default()));
    }
    let responsibility = record.clinical_responsibility.as_ref();
    let holder = responsibility.and_then(ClinicalResponsibility::holder);
    parts.push(match (holder, responsibility.and_then(ClinicalResponsibility::not_needed)) {
        (Some(holder), _) => format!("clinical responsibility: {holder}"),
        (None, Some(reason)) => format!("clinical responsibility: not needed ({reason})"),
        (None, None) => "clinical responsibility: not named".to_owned(),
    });
    let cover = match record.medical_cover {
        Some(MedicalCover::Needed) => "needed, not arranged",
        Some(MedicalCover::Arranged) => "arranged",
        Some(MedicalCover::NotNeeded) => "not needed",
        None => "not recorded",
    };
    parts.push(format!("medical cover: {cover}"));
    parts.join("; ")
}

/// What is agreed for the student alone, as far as it is in force.
fn accommodations(facts: &Facts<'_>) -> Sheet {
    let columns = [
        Column::flexible("Parameter", "parameter", 18, |one: &&Accommodation| one.parameter.word().into()),
        Column::flexible("Value", "value", 14, |one| value(&one.value).into()),
        Column::fixed("From", "from", |one| one.from.into()),
        Column::fixed("Until", "until", |one| one.until.map_or_else(|| Cell::text("further notice"), Cell::Day)),
        Column::flexible("Agreed by", "agreed_by", 14, |one| Cell::text(&one.agreed_by)),
        Column::fixed("Agreed", "agreed", |one| one.agreed.into()),
    ];
    Sheet::new("Agreed for this student").with_rows(&columns, facts.accommodations.on(facts.as_of))
}

fn reflection_groups(facts: &Facts<'_>) -> Sheet {
    let columns = [
        Column::flexible("Supervisor", "supervisor", 16, |(_, wrg): &(&Facts<'_>, &WrgCase<'_>)| {
            Cell::text(&wrg.supervisor.record.name)
        }),
        Column::fixed("From", "from", |(_, wrg)| wrg.record.from.into()),
        Column::fixed("Until", "until", |(facts, wrg)| facts.case.wrg_period(wrg).until.into()),
        Column::flexible("Presented on", "presentations", 20, |(facts, wrg)| {
            Cell::listed(wrg.record.presentations.iter().filter(|day| **day <= facts.as_of).map(|day| short(*day)))
        }),
    ];
    Sheet::new("Work Reflection Group").with_rows(&columns, facts.begun_wrg().map(|wrg| (facts, wrg)))
}

/// Entries of logs that do not count, those of one log and one reason together.
struct Uncounted {
    log: usize,
    reason: String,
    dates: Vec<String>,
    places: Vec<SourcePath>,
}

fn gathered(entries: impl Iterator<Item = (usize, String, String, SourcePath)>) -> Vec<Uncounted> {
    let mut gathered: Vec<Uncounted> = Vec::new();
    for (log, reason, date, place) in entries {
        match gathered.iter_mut().find(|one| one.log == log && one.reason == reason) {
            Some(one) => {
                one.dates.push(date);
                one.places.push(place);
            }
            None => gathered.push(Uncounted { log, reason, dates: vec![date], places: vec![place] }),
        }
    }
    gathered
}

/// A table of entries that do not count, each with what its log is called and where they stand.
fn uncounted_sheet(title: &str, of: (&'static str, &'static str), rows: Vec<(String, String, Uncounted)>) -> Sheet {
    let columns = [
        Column::flexible("Why", "why", 16, |(.., one): &(String, String, Uncounted)| one.reason.as_str().into()),
        Column::flexible(of.0, of.1, 14, |(named, ..)| named.as_str().into()),
        Column::flexible("Dates", "dates", 20, |(.., one)| Cell::listed(&one.dates)),
        Column::below("Where", "where", |(_, places, _)| places.as_str().into()),
    ];
    Sheet::new(title).with_rows(&columns, rows)
}

fn uncounted_sessions(facts: &Facts<'_>, locate: &mut Locating<'_>) -> Sheet {
    let entries = facts.sessions.all().iter().copied().filter_map(|entry| {
        let reason = entry.uncounted?;
        let date = match reason {
            facts::Uncounted::TooShort | facts::Uncounted::TooLong => {
                format!("{} ({} minutes)", short(entry.date), entry.minutes)
            }
            _ => short(entry.date),
        };
        Some((entry.date, (entry.group, session_reason(reason).to_owned(), date, entry.place(facts.case))))
    });
    let missed = facts.missed().into_iter().map(|entry| {
        let cancelled = facts.case.groups[entry.group].log.sessions[entry.index].cancelled.as_ref();
        let reason = with_reason(missed_reason(entry), cancelled);
        (entry.date, (entry.group, reason, short(entry.date), entry.place(facts.case)))
    });
    let mut entries: Vec<_> = entries.chain(missed).collect();
    entries.sort_by_key(|(date, _)| *date);
    let entries = entries.into_iter().map(|(_, entry)| entry);
    let title = |one: &Uncounted| facts.case.groups[one.log].log.title.to_string();
    let row = |one: Uncounted| (title(&one), places(&one.places, locate), one);
    let rows = gathered(entries).into_iter().map(row).collect();
    uncounted_sheet("Sessions cancelled, or not counted", ("Group", "group"), rows)
}

fn uncounted_meetings(case: &Case, facts: &Facts<'_>, locate: &mut Locating<'_>) -> Sheet {
    let entries = facts.meetings.iter().filter_map(|entry| {
        let uncounted = entry.uncounted?;
        let cancelled = facts.case.supervisions[entry.log].log.sessions[entry.index].cancelled.as_ref();
        let cancelled = cancelled.filter(|_| uncounted == facts::UncountedMeeting::Cancelled);
        let reason = with_reason(meeting_reason(uncounted), cancelled);
        Some((entry.log, reason, short(entry.date), entry.place(facts.case)))
    });
    let name = |one: &Uncounted| {
        let id = &facts.case.supervisions[one.log].log.supervisor;
        let known = case.records.supervisors.iter().find(|entry| &entry.id == id);
        known.and_then(|entry| entry.record.as_deref()).map_or(id, |record| &record.name).to_string()
    };
    let row = |one: Uncounted| (name(&one), places(&one.places, locate), one);
    let rows = gathered(entries).into_iter().map(row).collect();
    uncounted_sheet("Supervision meetings cancelled, or not counted", ("Supervisor", "supervisor"), rows)
}

/// A finding, where its evidence stands, and what settles it.
type Row<'f> = (&'f Finding, String, Vec<String>);

/// Every requirement, under the headings of the source; what was found, the queries with the dates by which a
/// ruling names them, and the evidence.
fn requirements(judgement: &Judgement<'_>, locate: &mut Locating<'_>) -> Vec<Sheet> {
    let count = |status| judgement.findings.iter().filter(|finding| finding.status == status).count();
    let counts: Vec<_> = Status::ALL
        .into_iter()
        .rev()
        .filter(|status| count(*status) > 0)
        .map(|status| format!("{} {}", count(status), status.word()))
        .collect();
    let lead = format!("{}: {}.", counted(judgement.findings.len(), "requirement", "requirements"), counts.join(", "));
    // Nothing is asked any more of whoever left or does not apply: how it stood is all there is to say.
    let is_given_up = matches!(judgement.verdict, Verdict::Withdrawn | Verdict::NotApplying);
    let is_declined = judgement.verdict == Verdict::Declined;
    let is_closed = is_given_up || is_declined;
    let closed = if is_declined {
        Some("The award is declined, and nothing is asked any more. This is how each requirement stands.")
    } else {
        is_given_up.then_some("Nothing is asked any more. This is how each requirement stands.")
    };
    let mut sheets = vec![Sheet::part("Requirements", [lead].into_iter().chain(closed.map(str::to_owned)).collect())];
    let columns = [
        Column::fixed("Status", "status", |(finding, ..): &Row<'_>| finding.status.word().into()),
        Column::fixed("Code", "code", |(finding, ..)| Cell::text(finding.code)),
        Column::flexible("What was found", "message", 24, |(finding, ..)| finding.message.as_str().into()),
        Column::below("In full", "in_full", |(finding, ..)| Cell::maybe(finding.in_full.as_deref())),
        Column::below("Due", "due", |(finding, ..)| due(finding)),
        Column::below("What settles it", "settles", |(_, _, remedies)| Cell::lines(remedies.iter().cloned())),
        Column::below("Evidence", "evidence", |(_, evidence, _)| evidence.as_str().into()),
    ];
    for (heading, requirements) in by_heading(judgement.facts.case.scheme) {
        let findings = requirements.into_iter().map(|requirement| judgement.finding(requirement.code));
        let facts = &judgement.facts;
        let rows = findings.map(|finding| {
            let settles = if is_closed { Vec::new() } else { what_settles(finding, facts) };
            (finding, places(&finding.evidence, locate), settles)
        });
        let tone = |(finding, ..): &Row<'_>| if is_given_up { Tone::Plain } else { status_tone(finding.status) };
        let sheet = Sheet::new(heading).with_toned_rows(&columns, rows, tone);
        sheets.push(if is_closed { sheet.without(&["due", "settles"]) } else { sheet });
    }
    sheets
}

/// The day by which it is due, where it is not met yet.
fn due(finding: &Finding) -> Cell {
    let is_met = matches!(finding.status, Status::Met | Status::NotApplicable);
    Cell::maybe(finding.due.filter(|_| !is_met))
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
        let then = if is_to_come(&remedy) && later > 0 { format!(", and for {later} later") } else { String::new() };
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

/// The files and lines of some places: each file once, neighbouring lines together.
fn places(all: &[SourcePath], locate: &mut Locating<'_>) -> String {
    let mut by_file: Vec<(String, Vec<usize>)> = Vec::new();
    for &place in all {
        let (file, line) = locate(place);
        match by_file.iter_mut().find(|(known, _)| *known == file) {
            Some((_, lines)) => lines.push(line),
            None => by_file.push((file, vec![line])),
        }
    }
    let named: Vec<_> = by_file.into_iter().map(|(file, lines)| format!("{file}:{}", ranges(lines))).collect();
    named.join(", ")
}

/// `3,11-14`.
fn ranges(mut lines: Vec<usize>) -> String {
    lines.sort_unstable();
    lines.dedup();
    let neighbours = lines.chunk_by(|one, other| one + 1 == *other);
    let ranges = neighbours.map(|range| match range {
        [first, .., last] => format!("{first}-{last}"),
        other => other.iter().map(ToString::to_string).collect(),
    });
    ranges.collect::<Vec<_>>().join(",")
}
