//! How verdicts, people and steps are put into words in every table.

use crate::calendar::Day;
use crate::facts::{Facts, MissedEntry, SessionEntry, Uncounted, UncountedMeeting};
use crate::judgement::{NextStep, Person, Role, Urgency, Verdict, Who};
use crate::records::{Body, Session};
use crate::requirements::Status;

use super::audience::Audience;
use super::sheet::{Tone, counted};
use crate::text::{Text, all_of};

/// How a verdict is coloured.
pub(crate) fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Unknown | Verdict::NotEligible | Verdict::Action => Tone::Bad,
        Verdict::Query => Tone::Waiting,
        Verdict::Ready | Verdict::Recommended | Verdict::Awarded => Tone::Good,
        Verdict::OnTrack | Verdict::Declined | Verdict::Withdrawn | Verdict::NotApplying => Tone::Plain,
    }
}

/// How a status is coloured.
pub(super) fn status_tone(status: Status) -> Tone {
    match status {
        Status::Failed | Status::Action => Tone::Bad,
        Status::Query => Tone::Waiting,
        Status::Met => Tone::Good,
        Status::Open | Status::NotApplicable => Tone::Plain,
    }
}

/// The place of a verdict among those of a course: whatever needs somebody first, what is settled last.
pub(super) fn rank(verdict: Verdict) -> usize {
    const WORST_FIRST: [Verdict; 11] = [
        Verdict::Unknown,
        Verdict::NotEligible,
        Verdict::Action,
        Verdict::Query,
        Verdict::OnTrack,
        Verdict::Ready,
        Verdict::Recommended,
        Verdict::Awarded,
        Verdict::Declined,
        Verdict::Withdrawn,
        Verdict::NotApplying,
    ];
    WORST_FIRST.iter().position(|one| *one == verdict).unwrap_or(WORST_FIRST.len())
}

/// `Helen Marsh, workplace supervisor`.
pub(crate) fn person(person: &Person<'_>) -> String {
    format!("{}, {}", person.name, person.role.title())
}

/// Who is to act: a name with the office, or a committee. The student goes without a name: it stands above.
pub(crate) fn who(who: &Who<'_>) -> Option<String> {
    match who {
        Who::Person(one) if one.role == Role::Student => Some("the student".to_owned()),
        who => named(who),
    }
}

/// Who is to act, by name; none where that is nobody.
pub(super) fn named(who: &Who<'_>) -> Option<String> {
    match who {
        Who::Person(one) => Some(person(one)),
        Who::Body(body) => Some(body_in_full(*body).to_owned()),
        Who::Before(body, one) => Some(format!("{}, through {}", body_in_full(*body), person(one))),
        Who::Nobody => None,
    }
}

fn body_in_full(body: Body) -> &'static str {
    match body {
        Body::Lcc => "the LCC",
        Body::Spc => "the SPC",
        Body::Ntm => "the National Training Manager",
        Body::Ndt => "the National Director of Training",
        Body::Panel => "the interview panel",
    }
}

/// `Helen Marsh, workplace supervisor: GWP Form 2 was due on 31 January 2026 [R1]`; on paper without the code.
pub(super) fn step(step: &NextStep<'_>, is_on_paper: bool) -> String {
    let code = if is_on_paper { String::new() } else { format!(" [{}]", step.code) };
    match who(&step.who) {
        Some(who) if step.urgency == Urgency::ToJudge && matches!(step.who, Who::Body(_)) => {
            format!("{who} to judge: {}{code}", step.what)
        }
        Some(who) => format!("{who}: {}{code}", step.what),
        None => format!("{}{code}", step.what),
    }
}

/// What a verdict means, as the end of a sentence.
pub(crate) fn verdict_meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unknown => "part of the evidence cannot be used, so nothing is judged",
        Verdict::Awarded => "the status is awarded",
        Verdict::Declined => "the award is declined",
        Verdict::Withdrawn => "the student left the course",
        Verdict::NotApplying => "the student does not apply for the status",
        Verdict::NotEligible => "a requirement can no longer be met",
        Verdict::Action => "something is missing, and somebody can still act",
        Verdict::Query => "the committee has something to judge",
        Verdict::OnTrack => "nothing is late, and something is still to come",
        Verdict::Recommended => "the LCC has recommended the award",
        Verdict::Ready => "the committee can be asked to recommend the award",
    }
}

/// Until when a student is on leave.
pub(super) fn on_leave(until: Day) -> String {
    format!("on leave until {until}")
}

/// Whether a note says no more than the matter and what was decided of it: `Arrangements approved.`
pub(super) fn is_outcome_again(note: &Text, about: &str, outcome: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        words.filter(|word| !matches!(word.as_str(), "" | "the" | "is" | "are" | "was" | "were")).collect()
    };
    words(note.raw()) == words(&format!("{about} {outcome}"))
}

/// `14 of 30 sessions`, or where there are more than are needed `33 sessions (30 needed)`.
pub(crate) fn sessions_of_required(counted: usize, required: usize) -> String {
    if counted > required {
        format!("{counted} sessions ({required} needed)")
    } else {
        format!("{counted} of {required} sessions")
    }
}

/// The counted sessions to which one member came, which are recorded and never judged; none where there are none.
pub(super) fn with_one_member(facts: &Facts<'_>) -> Option<String> {
    let with_one = facts.series.iter().filter(|entry| facts.session(**entry).present == Some(1));
    let days: Vec<_> = with_one.map(|entry| entry.date).collect();
    (!days.is_empty()).then(|| format!("one member came on {}", all_of(days)))
}

/// The counted sessions that were held online, which is recorded and never judged; none where there are none.
pub(super) fn held_online(facts: &Facts<'_>) -> Option<String> {
    let is_online = |entry: &&SessionEntry| facts.case.groups[entry.group].log.online || facts.session(**entry).online;
    let count = facts.series.iter().filter(is_online).count();
    (count > 0).then(|| format!("{} held online", counted(count, "session was", "sessions were")))
}

/// Sessions of the student's group that were held before the arrangement began, and so do not count.
pub(super) struct HeldBefore<'a> {
    /// The id of the group.
    pub group: &'a Text,
    /// The day on which the arrangement begins.
    pub began: Day,
    count: usize,
}

/// What was held before the arrangement with the student's group began; none where nothing was.
pub(super) fn before_arrangement<'a>(facts: &Facts<'a>) -> Option<HeldBefore<'a>> {
    let (position, student) = (facts.sessions.group?, facts.case.id);
    let group = facts.case.groups.get(position)?;
    let of_group = facts.case.standing(facts.as_of).filter(|one| one.group == position);
    let began = of_group.map(|one| one.record.from).min()?;
    let is_before = |session: &&Session| {
        let is_held = session.cancelled.is_none() && !session.planned && session.date <= facts.as_of;
        is_held && session.date < began && session.date >= facts.joined && !session.absent.contains(student)
    };
    let count = group.log.sessions.iter().filter(is_before).count();
    (group.log.conductors.contains(student) && count > 0).then_some(HeldBefore { group: group.id, began, count })
}

impl HeldBefore<'_> {
    /// As a clause without a full stop.
    pub(super) fn in_words(&self) -> String {
        let held = counted(self.count, "session was held", "sessions were held");
        format!("{held} before {}, when the arrangement begins, and cannot count", self.began)
    }
}

/// Which of several groups it is, after what is said of it; nothing where there is only one. `groups` is how many there are.
pub(crate) fn of_group(facts: &Facts<'_>, group: usize, groups: usize) -> String {
    if groups == 1 { String::new() } else { format!(" of \"{}\"", facts.case.groups[group].log.title) }
}

/// Why a session does not count, in words.
pub(crate) fn session_reason(reason: Uncounted, audience: Audience) -> &'static str {
    match reason {
        Uncounted::NoArrangement => "no arrangement covers the day",
        Uncounted::BeforeJoining if audience == Audience::Student => "it was before you joined",
        Uncounted::BeforeJoining => "it was before the student joined",
        Uncounted::AfterLimit => "it was after the limit",
        Uncounted::Planned => "it is planned, and nobody has said that it was held",
        Uncounted::Contradicted => "the log also says that it was cancelled",
        Uncounted::NobodyCame => "no member came",
        Uncounted::TooShort => "it was too short",
        Uncounted::TooLong => "it was too long",
        Uncounted::Duplicate => "an earlier entry on that day counts",
    }
}

/// Why an entry of a group's log is no session of the student's, in words.
pub(crate) fn missed_reason(entry: MissedEntry, audience: Audience) -> &'static str {
    if entry.is_cancelled { "it was cancelled" } else { not_there(audience) }
}

fn not_there(audience: Audience) -> &'static str {
    if audience == Audience::Student { "you were not there" } else { "the student was not there" }
}

/// Why something did not take place or does not count, with the reason for which it was cancelled where one is given.
pub(crate) fn with_reason(said: &str, cancelled: Option<&Text>) -> String {
    match cancelled.filter(|why| !why.is_blank()) {
        Some(why) => format!("{said}: {why}"),
        None => said.to_owned(),
    }
}

/// Why a supervision meeting does not count, in words.
pub(crate) fn meeting_reason(reason: UncountedMeeting, audience: Audience) -> &'static str {
    match reason {
        UncountedMeeting::Planned => "it is planned, and nobody has said that it was held",
        UncountedMeeting::Cancelled => "it was cancelled",
        UncountedMeeting::Contradicted => "the log also says that it was cancelled",
        UncountedMeeting::Absent => not_there(audience),
        UncountedMeeting::NotASupervisee if audience == Audience::Student => "you were not a supervisee on that day",
        UncountedMeeting::NotASupervisee => "the student was not a supervisee on that day",
        UncountedMeeting::CaseManagement => "case management is not clinical supervision",
        UncountedMeeting::NotTheSupervisor => "not with the workplace supervisor of the group on that day",
        UncountedMeeting::Mode => "the committee did not accept its mode",
        UncountedMeeting::TooShort => "the committee did not accept its length",
    }
}
