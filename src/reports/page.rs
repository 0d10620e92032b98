//! One student's case as a page.

mod requirements;
mod uncounted;

use super::audience::Audience;
use super::decided::{Locating, decided};
use super::forms::forms;
use super::sheet::{Cell, Column, Sheet, counted, short};
use super::summary::value;
use super::timeline::timeline;
use super::words::{
    before_arrangement, held_online, on_leave, sessions_of_required, verdict_meaning, who, with_one_member,
};
use crate::calendar::Day;
use crate::case::{Case, WrgCase};
use crate::facts::{Arranged, Facts};
use crate::folder::JudgedFolder;
use crate::judgement::{Judgement, NextStep, StudentResult, next_steps};
use crate::problems::{Problem, ProblemName};
use crate::records::{Accommodation, ClinicalResponsibility, MedicalCover, Session};
use crate::text::{Locator, SourcePath, all_of, capitalised, spaced};

use requirements::requirements;
use uncounted::uncounted;

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
    /// Decisions and rulings, where there are any.
    pub decided: Option<Sheet>,
    /// The sessions and the meetings that do not count, as far as there are any.
    pub uncounted: Vec<Sheet>,
    /// Every requirement, under the headings of the source. In a letter there are none.
    pub requirements: Vec<Sheet>,
}

impl CasePage {
    /// The page of a student, as somebody reads it; a letter to the student is made of the judgement that the student is told
    /// of. `locate` says where evidence stands.
    pub fn of(
        judged: &JudgedFolder<'_>,
        result: &StudentResult<'_>,
        judgement: Option<&Judgement<'_>>,
        audience: Audience,
        locate: &mut Locating<'_>,
    ) -> Self {
        let (case, id, as_of) = (&judged.folder.case, judged.folder.shown_id(result.id), judged.as_of);
        let name = result.name.map_or_else(|| id.clone(), |name| format!("{name} ({id})"));
        let verdict = format!("{}, as of {as_of}: {}.", result.verdict.word(), verdict_meaning(result.verdict));
        let mut head = Sheet::part(name, vec![verdict]);
        let Some(judgement) = judgement else {
            let name = result.name.map_or_else(|| id.clone(), ToString::to_string);
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
            forms: Some(forms(case, judgement, audience)).filter(|sheet| !sheet.rows.is_empty()),
            month_by_month: Some(timeline(facts, judgement.verdict.goes_on(), audience)),
            decided: Some(decided(case, facts, audience, locate)).filter(|sheet| !sheet.rows.is_empty()),
            uncounted: uncounted(case, facts, audience, locate),
            requirements: if audience == Audience::Student {
                Vec::new()
            } else {
                requirements(judgement, audience, locate)
            },
            advice,
            ..Self::of_head(head)
        }
    }

    fn of_head(head: Sheet) -> Self {
        let (advice, needed_next, arranged, forms, month_by_month) = Default::default();
        let (decided, uncounted, requirements) = Default::default();
        Self { head, advice, needed_next, arranged, forms, month_by_month, decided, uncounted, requirements }
    }

    /// Its parts in order.
    pub fn sheets(self) -> Vec<Sheet> {
        let Self { mut head, advice, needed_next, arranged, forms, month_by_month, .. } = self;
        head.notes.extend(advice);
        let before = std::iter::once(head).chain(needed_next).chain(arranged).chain(forms).chain(month_by_month);
        before.chain(self.decided).chain(self.uncounted).chain(self.requirements).collect()
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
        (None, Some(day)) => format!("the last is expected on {day}{}", not_allowed_for(facts, day)),
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

/// The sessions up to the last one expected that are known already not to be held with the student. The rhythm of the group
/// alone says when the last is expected; empty where there is no such session.
fn not_allowed_for(facts: &Facts<'_>, expected: Day) -> String {
    let Some(group) = facts.group() else { return String::new() };
    let is_ahead = |day: Day| facts.as_of < day && day <= expected && !facts.group_breaks.covers(day);
    let is_lost = |one: &&Session| one.cancelled.is_some() || one.absent.contains(facts.case.id);
    let lost = group.log.sessions.iter().filter(|one| is_ahead(one.date)).filter(is_lost);
    let mut days: Vec<_> = lost.map(|one| one.date).collect();
    days.sort_unstable();
    days.dedup();
    if days.is_empty() {
        return String::new();
    }
    format!(" (not yet allowing for {}, cancelled or without the student)", all_of(days))
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
