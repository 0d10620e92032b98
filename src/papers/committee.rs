//! The paper of a Local Course Committee: who stands where, what to decide, what is overdue, and a page for each student.

use std::collections::BTreeSet;

use super::changes::{SinceMeeting, since_meeting};
use super::decisions::{DecisionsKnown, since_decisions};
use super::paper::{Block, Folded, Paper, Section, Tag};
use super::ratings::Ratings;
use super::time_line::time_line;
use super::wall::Wall;
use crate::edition::Code;
use crate::folder::{JudgedFolder, LeftOut, Meetings, Selection};
use crate::judgement::{Item, Judgement, NextStep, ObligationKind, Roster, StudentResult, Verdict, Who, next_steps};
use crate::records::Body;
use crate::reports::{
    ANY_MEETING, Agenda, Audience, CasePage, Cell, Column, Eligibility, Locating, Sheet, Summary, Tone, in_order,
    noted, overdue, sessions_of_required, to_confirm, unjudged_on_paper, verdict_meaning, verdict_tone, who,
};
use crate::requirements::{Remedy, Status, remedies};
use crate::text::{Text, all_of};

/// What a paper of a folder has in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// What the committee has before it in a meeting.
    Committee,
    /// Where the course stands, without an agenda.
    Course,
    /// The course as one picture, for everybody to see: nothing of what is judged.
    Wall,
}

/// What a committee's paper has for its meeting.
#[derive(Clone, Copy, Default)]
pub struct ForMeeting<'m> {
    /// The meetings that it is for.
    pub meetings: Option<&'m Meetings>,
    /// What has changed since the last one.
    pub since: Option<&'m SinceMeeting<'m>>,
    /// What has become of what the decisions rested on.
    pub decisions: Option<&'m DecisionsKnown>,
}

/// The paper of a folder, of those of its students who are selected. `locate` says where evidence stands.
pub fn of_folder(
    scope: Scope,
    judged: &JudgedFolder<'_>,
    selection: &Selection,
    ForMeeting { meetings, since, decisions }: ForMeeting<'_>,
    locate: &mut Locating<'_>,
) -> Paper {
    let mut eligibility = Eligibility::on_paper(judged);
    let mut agenda = Agenda::on_paper(judged, meetings);
    let mut unconfirmed = Vec::new();
    let (mut to_decide_on, mut others, mut walls) = (Vec::new(), Vec::new(), Walls::default());
    let roster = judged.roster(selection, &mut |result, judgement| {
        eligibility.add(judged.folder.name.shown(), result, judgement);
        walls.add(judged, result, judgement);
        if scope != Scope::Committee {
            return;
        }
        if let Some(judgement) = judgement {
            agenda.add(judged.folder.name.shown(), result, judgement);
            let owed = judgement.obligations().iter().filter(|one| one.owed && one.kind == ObligationKind::ToConfirm);
            unconfirmed.extend(owed.map(|one| Item::of(result, one.clone())));
        }
        let since = match decisions {
            Some(DecisionsKnown::Known(since)) => since_decisions(since, judged, result),
            _ => None,
        };
        let mut matters = agenda.matters().iter().filter(|matter| matter.part.is_decided());
        let is_concerned = matters.any(|matter| matter.id.id() == result.id.raw());
        let read_by = ReadBy { body: Body::Lcc, is_concerned: Some(is_concerned) };
        let section = case_section(judged, result, (judgement, since), read_by, locate);
        // About whom there is something to decide comes first; that page is never folded.
        let is_to_decide = judgement.is_some() && section.folded.is_none();
        if is_to_decide { &mut to_decide_on } else { &mut others }.push(section);
    });
    let mut sections = Vec::new();
    match scope {
        Scope::Committee => {
            // What is to be decided stands first.
            let missing = unjudged_on_paper(&roster, "could not be judged and cannot be on this agenda");
            let unlisted = meetings.and_then(|meetings| meetings.unlisted(judged.folder, selection, judged.as_of));
            sections.push(to_decide(&agenda, unlisted.into_iter().chain(missing)));
            sections.push(at_a_glance(&eligibility, &roster));
            let everybody: BTreeSet<&Text> = roster.students.iter().map(|result| result.id).collect();
            // Who is no longer there belongs to no course that could be asked for.
            let concerns = |id: &Text| selection.is_empty() || everybody.contains(id);
            sections.extend(since.map(|since| since_meeting(since, &concerns)));
            // What falls due by the meeting stands on its agenda.
            sections.push(Section::of_sheets("Overdue", [overdue(&roster)]));
            let unconfirmed = in_order(unconfirmed);
            if !unconfirmed.is_empty() {
                sections
                    .push(Section::of_sheets("To confirm", [to_confirm(&unconfirmed, judged).without(&["command"])]));
            }
            sections.extend(to_decide_on.into_iter().chain(others));
        }
        Scope::Course => sections.extend([
            at_a_glance(&eligibility, &roster),
            Section::of_sheets("Overdue", [overdue(&roster)]),
            walls.section(),
        ]),
        Scope::Wall => sections.push(walls.section()),
    }
    let title = match scope {
        Scope::Committee => "Paper for the Local Course Committee",
        Scope::Course => "Where the course stands",
        Scope::Wall => "The course week by week",
    };
    let mut about = about(judged, selection);
    if let Some(days) = meetings.map(Meetings::days).filter(|days| !days.is_empty()) {
        about.push(("Meeting", all_of(days)));
    }
    let mut foot = foot(judged);
    if let Some(DecisionsKnown::NotKnown(why)) = decisions {
        foot.insert(0, why.clone());
    }
    Paper { title: title.to_owned(), about, sections, foot }
}

/// How many students stand how, and each of them in a line.
fn at_a_glance(eligibility: &Eligibility<'_>, roster: &Roster<'_>) -> Section {
    let counts = roster.counts().into_iter().filter(|(_, count)| *count > 0);
    let verdicts: Vec<_> = counts.map(|(verdict, count)| (tag(verdict), verdict_meaning(verdict), count)).collect();
    let mut section = Section::of_sheets("At a glance", eligibility.sheets());
    if !verdicts.is_empty() {
        section.blocks.insert(0, Block::Verdicts(verdicts));
    }
    section
}

/// Who reads the case of a student.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadBy {
    /// The committee, whose part stands first.
    pub body: Body,
    /// Whether it has anything to decide about the student now; none where the case is read for no meeting.
    pub is_concerned: Option<bool>,
}

/// One student's case, as a committee reads it, with what has become of what was decided where that is told. Of whom nothing
/// is to be decided, the page is short: the rest is folded away. `locate` says where evidence stands.
pub(super) fn case_section(
    judged: &JudgedFolder<'_>,
    result: &StudentResult<'_>,
    (judgement, since): (Option<&Judgement<'_>>, Option<Sheet>),
    read_by: ReadBy,
    locate: &mut Locating<'_>,
) -> Section {
    let page = CasePage::of(judged, result, judgement, Audience::OnPaper, locate);
    let mut section = Section {
        title: title_of(judged, result),
        begins_page: true,
        tag: Some(tag(result.verdict)),
        blocks: vec![Block::Table(Sheet { title: String::new(), ..page.head })],
        folded: None,
    };
    let mut is_short = false;
    if let Some(judgement) = judgement {
        let facts = &judgement.facts;
        let (counted, required) = (facts.series.len(), facts.parameters.sessions_required);
        let words = sessions_of_required(counted, required);
        let name = result.name.unwrap_or(result.id);
        let [theirs, others] = steps(judgement, read_by.body);
        // What can no longer be met is needed from nobody: a table would have neither a name nor a day in it.
        let is_lost = judgement.verdict == Verdict::NotEligible;
        let (others, lost) = if is_lost { (Sheet::new(""), Some(what_is_lost(judgement))) } else { (others, None) };
        is_short = read_by.is_concerned == Some(false) && theirs.rows.is_empty();
        if is_short {
            let lead = vec![format!("Nothing is to be decided about {name} at this meeting.")];
            section.blocks.push(Block::Table(Sheet { lead, ..Sheet::new("") }));
        }
        let to_talk_about = to_talk_about(judged, judgement).map(Block::Table);
        section.blocks.extend(lost.map(|said| Block::Table(Sheet { lead: vec![said], ..Sheet::new("") })));
        let with_rows = |sheet: Sheet| Some(sheet).filter(|sheet| !sheet.rows.is_empty()).map(Block::Table);
        section.blocks.extend(with_rows(theirs));
        section.blocks.extend(to_talk_about);
        section.blocks.extend([
            Block::Progress { counted, required, words, is_said: true },
            Block::Picture(time_line(judgement, &name.to_string(), Audience::OnPaper)),
        ]);
        section.blocks.extend(page.month_by_month.map(Block::InWords));
        section.blocks.extend(with_rows(others));
        section.blocks.extend(Ratings::of(facts).map(Block::Ratings));
    }
    if is_short {
        let summary = "The rest of the case: arrangements, forms, every requirement, decisions";
        section.folded = Some(Folded { after: section.blocks.len(), summary });
    }
    let decided = page.decided.into_iter().chain(since).chain(page.uncounted);
    // Of whoever left or does not apply nothing is asked any more: how each requirement would stand is nothing to decide on.
    let is_given_up = matches!(result.verdict, Verdict::Withdrawn | Verdict::NotApplying);
    let requirements = if is_given_up { Vec::new() } else { page.requirements };
    let rest = page.arranged.into_iter().chain(page.forms).chain(requirements).chain(decided);
    section.blocks.extend(rest.map(Block::Table));
    section
}

/// Why nothing more is asked of a student who can no longer meet a requirement, and what alone would change that.
fn what_is_lost(judgement: &Judgement<'_>) -> String {
    let lost: Vec<_> = next_steps(judgement).iter().map(|step| step.whole().to_owned()).collect();
    let is_failed = |code: &Code| judgement.finding(*code).status == Status::Failed;
    let mut remedies =
        Code::all().filter(is_failed).flat_map(|code| remedies(judgement.finding(code), &judgement.facts));
    let extension = remedies.any(|one| one == Remedy::Extension);
    let unless = if extension { " Only an extension of the limit would change that." } else { "" };
    format!("Nothing more is asked of anybody. What can no longer be met: {}.{unless}", lost.join("; "))
}

/// What committees noted with the approvals; none where they noted nothing, or nothing is asked any more.
fn to_talk_about(judged: &JudgedFolder<'_>, judgement: &Judgement<'_>) -> Option<Sheet> {
    let noted = if judgement.verdict.goes_on() { noted(judgement, judged.folder) } else { Vec::new() };
    let list: Vec<_> = noted.iter().map(|one| format!("{}: {}", one.day, one.in_words())).collect();
    (!list.is_empty()).then(|| Sheet { list, ..Sheet::new("To talk about") })
}

/// The name, with the id where another student of the folder has the same name.
fn title_of(judged: &JudgedFolder<'_>, result: &StudentResult<'_>) -> String {
    let Some(name) = result.name else { return judged.folder.shown_id(result.id) };
    let students = judged.folder.case.records.students.iter();
    let of_that_name = students.filter(|entry| entry.record.as_deref().is_some_and(|one| one.name == *name)).count();
    if of_that_name > 1 { format!("{name} ({})", judged.folder.shown_id(result.id)) } else { name.to_string() }
}

/// What a committee is to decide, and what is needed from others.
fn steps(judgement: &Judgement<'_>, body: Body) -> [Sheet; 2] {
    let is_theirs = |step: &NextStep<'_>| match step.who {
        Who::Body(who) | Who::Before(who, _) => who == body,
        Who::Person(_) | Who::Nobody => false,
    };
    let columns = [
        Column::flexible("From whom", "from", 16, |step: &NextStep<'_>| Cell::maybe(who(&step.who))),
        Column::flexible("What", "what", 24, |step| step.whole().into()),
        Column::fixed("Code", "code", |step| Cell::text(step.code)),
    ];
    let (theirs, others): (Vec<_>, Vec<_>) = next_steps(judgement).into_iter().partition(is_theirs);
    [
        Sheet::new(format!("For the {} to decide", body.title())).with_rows(&columns[1..], theirs),
        Sheet::new("Needed next").with_rows(&columns, others),
    ]
}

/// The agenda of the meeting. `before` are sentences that stand before all of it.
fn to_decide(agenda: &Agenda<'_>, before: impl Iterator<Item = String>) -> Section {
    let mut parts = agenda.parts().into_iter();
    let (title, nothing) = parts.next().map(|(_, first)| (first.title, first.lead)).unwrap_or_default();
    let mut blocks: Vec<_> = parts
        .map(|(part, sheet)| match part {
            Some(part) if part.is_decided() => Block::ToDecide(sheet),
            _ => Block::Table(sheet),
        })
        .collect();
    let (which_meeting, nothing): (Vec<_>, Vec<_>) = nothing.into_iter().partition(|words| words == ANY_MEETING);
    let lead: Vec<_> = before.chain(which_meeting).collect();
    if !lead.is_empty() {
        blocks.insert(0, Block::Table(Sheet { lead, ..Sheet::new("") }));
    }
    if !nothing.is_empty() {
        blocks.push(Block::Table(Sheet { lead: nothing, ..Sheet::new("") }));
    }
    Section { title, blocks, ..Section::default() }
}

pub(super) fn tag(verdict: Verdict) -> Tag {
    Tag { word: verdict.word(), tone: verdict_tone(verdict) }
}

/// The courses that the paper is about, and the day of judgement.
pub(super) fn about(judged: &JudgedFolder<'_>, selection: &Selection) -> Vec<(&'static str, String)> {
    let names = courses(judged, selection);
    let label = if names.len() == 1 { "Course" } else { "Courses" };
    // Names have commas of their own.
    vec![(label, names.join("; ")), ("Judged as of", judged.as_of.to_string())]
}

/// The names of the courses that are selected.
pub(super) fn courses(judged: &JudgedFolder<'_>, selection: &Selection) -> Vec<String> {
    let courses = judged.folder.case.records.courses.iter();
    let concerned = courses.filter(|entry| selection.concerns_course(&entry.id, judged.folder));
    concerned.filter_map(|entry| entry.record.as_deref()).map(|course| course.name.to_string()).collect()
}

/// By what it was judged, and what the paper is not.
pub(super) fn foot(judged: &JudgedFolder<'_>) -> Vec<String> {
    let mut foot = judged_by(judged);
    foot.push(made_by(judged.folder.left_out));
    foot
}

/// By what it was judged, and what neither the program nor the status is.
pub(super) fn judged_by(judged: &JudgedFolder<'_>) -> Vec<String> {
    [Summary::of(judged).on_paper()].into_iter().chain(what_it_is_not()).collect()
}

/// What the program and the status are not.
pub(super) fn what_it_is_not() -> [String; 2] {
    [
        "The program prepares decisions and takes none: committees do.".to_owned(),
        "Group Work Practitioner is a status of the Institute's Diploma and no clinical qualification.".to_owned(),
    ]
}

/// What made a paper, what is left out of it, and how confidential it is.
pub(super) fn made_by(left_out: LeftOut) -> String {
    let keep = match left_out {
        LeftOut { names: true, .. } => "Keep this paper confidential.",
        _ => "This paper names people: keep it as confidential as the folder.",
    };
    format!("Made by {}. {}{keep}", crate::PROGRAM, what_is_left_out(left_out))
}

/// What is left out, in sentences with a blank after each; nothing where nothing is.
pub(super) fn what_is_left_out(left_out: LeftOut) -> &'static str {
    match left_out {
        LeftOut { names: true, .. } => {
            "Labels stand in place of names, and free text is left out. Whoever knows a case can still recognise it. "
        }
        LeftOut { notes: true, .. } => "Notes, concerns and reasons are left out. ",
        _ => "",
    }
}

/// The walls of the courses, and who is on none.
#[derive(Default)]
struct Walls<'a> {
    courses: Vec<(&'a Text, Wall<'a>)>,
    left_out: Vec<String>,
}

impl<'a> Walls<'a> {
    fn add(&mut self, judged: &JudgedFolder<'_>, result: &StudentResult<'a>, judgement: Option<&Judgement<'a>>) {
        let name = result.name.unwrap_or(result.id);
        let Some((judgement, id)) = judgement.zip(result.course) else {
            return self.left_out.push(name.to_string());
        };
        if let Some((_, wall)) = self.courses.iter_mut().find(|(known, _)| *known == id) {
            return wall.add(name, judgement);
        }
        let mut wall = Wall::new(judgement.facts.case.course, judged.as_of);
        wall.add(name, judgement);
        self.courses.push((id, wall));
    }

    fn section(mut self) -> Section {
        self.courses.sort_by_key(|(id, _)| *id);
        let pictures = self.courses.into_iter().flat_map(|(_, wall)| wall.pictures());
        let mut blocks: Vec<Block> = pictures.map(Block::Picture).collect();
        if !self.left_out.is_empty() {
            let names = all_of(self.left_out);
            let lead = vec![format!("Not in a picture, because a record cannot be used: {names}.")];
            blocks.insert(0, Block::Table(Sheet { lead, ..Sheet::new("") }));
        }
        Section { title: "Week by week".to_owned(), blocks, ..Section::default() }
    }
}

/// The shape that says the same as a colour.
pub(super) fn shape(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "○",
        Tone::Good => "●",
        Tone::Waiting => "?",
        Tone::Bad => "▲",
    }
}
