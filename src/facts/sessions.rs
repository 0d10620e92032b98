//! Which sessions of a student's groups count, and which group is the student's.

use std::collections::HashSet;

use super::accommodations::Accommodations;
use super::rulings::Rulings;
use crate::calendar::{Breaks, Day};
use crate::case::{ArrangementCase, StudentCase};
use crate::edition::{Code, Parameters};
use crate::text::{Path, SourcePath};

/// An entry of a group's log that concerns the student: not cancelled, its day has come, the student conducts it.
#[derive(Clone, Copy, Debug)]
pub struct SessionEntry {
    /// The position of the group in [`StudentCase::groups`].
    pub group: usize,
    /// The position of the entry in the group's log.
    pub index: usize,
    /// The day.
    pub date: Day,
    /// How long it lasted, in minutes.
    pub minutes: i64,
    /// Why it does not count, where it does not.
    pub uncounted: Option<Uncounted>,
    /// Whether it was too short or too long, members being there, whatever the committee made of it.
    pub off_length: bool,
}

/// Why a session does not count, in the order in which it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Uncounted {
    /// No arrangement of the student with the group covers the day.
    NoArrangement,
    /// It was before the student joined.
    BeforeJoining,
    /// It was after the limit.
    AfterLimit,
    /// It is a plan, and nobody has said that it was held.
    Planned,
    /// Another entry of that day says that it was cancelled.
    Contradicted,
    /// No member came.
    NobodyCame,
    /// It was too short.
    TooShort,
    /// It was too long.
    TooLong,
    /// An earlier entry of the log on that day counts.
    Duplicate,
}

impl Uncounted {
    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::NoArrangement => "no-arrangement",
            Self::BeforeJoining => "before-joining",
            Self::AfterLimit => "after-limit",
            Self::Planned => "planned",
            Self::Contradicted => "contradicted",
            Self::NobodyCame => "nobody-came",
            Self::TooShort => "too-short",
            Self::TooLong => "too-long",
            Self::Duplicate => "duplicate",
        }
    }
}

impl SessionEntry {
    /// Whether the student held the session: an arrangement covers it, between joining and the limit, and it is
    /// neither a mere plan nor contradicted.
    pub fn is_held(self) -> bool {
        self.uncounted.is_none_or(|reason| reason > Uncounted::Contradicted)
    }

    /// Whether it would be held if somebody said that it was.
    pub fn waits_for_a_word(self) -> bool {
        matches!(self.uncounted, Some(Uncounted::Planned | Uncounted::Contradicted))
    }

    /// Whether it counts.
    pub fn counts(self) -> bool {
        self.uncounted.is_none()
    }

    /// Where it stands.
    pub fn place(self, case: &StudentCase<'_>) -> SourcePath {
        SourcePath { file: case.groups[self.group].file, path: Path::of("sessions").index(self.index) }
    }
}

/// An entry of a group's log on a day of the student's arrangement that was no session of theirs: it was cancelled, or
/// the group met without them.
#[derive(Clone, Copy, Debug)]
pub struct MissedEntry {
    /// The position of the group in [`StudentCase::groups`].
    pub group: usize,
    /// The position of the entry in the group's log.
    pub index: usize,
    /// The day, which has come.
    pub date: Day,
    /// Whether it was cancelled; else the student was away.
    pub is_cancelled: bool,
}

impl MissedEntry {
    /// Where it stands.
    pub fn place(self, case: &StudentCase<'_>) -> SourcePath {
        SourcePath { file: case.groups[self.group].file, path: Path::of("sessions").index(self.index) }
    }
}

/// The sessions of all groups with a begun arrangement.
#[derive(Debug)]
pub struct Sessions {
    /// For each of [`StudentCase::groups`], its entries in order of date, of one day in order of the log.
    by_group: Vec<Vec<SessionEntry>>,
    /// All of them, in order of date, then group, then log.
    all: Vec<SessionEntry>,
    /// Those that were held, likewise.
    all_held: Vec<SessionEntry>,
    /// For each group, the dates on which none of its entries counts and one still could.
    pending: Vec<Vec<Day>>,
    /// Whether the committee takes the sessions of all groups as one series.
    pub together: bool,
    /// The day on which the required number was reached.
    pub complete_on: Option<Day>,
    /// The student's group, as a position in [`StudentCase::groups`].
    pub group: Option<usize>,
}

impl Sessions {
    pub(super) fn new(
        case: &StudentCase<'_>,
        parameters: &Parameters,
        accommodations: &Accommodations<'_>,
        rulings: &Rulings<'_>,
        (joined, limit): (Day, Day),
        as_of: Day,
    ) -> Self {
        let window = Window { case, parameters, accommodations, rulings, joined, limit, as_of };
        let by_group: Vec<_> = (0..case.groups.len()).map(|group| window.entries(group)).collect();
        let pending = by_group.iter().map(|entries| pending(entries, rulings)).collect();
        let together = rulings.latest(Code::G5).is_some_and(super::rulings::Settled::is_accepted);
        let mut all: Vec<_> = by_group.iter().flatten().copied().collect();
        all.sort_by_key(|entry: &SessionEntry| entry.date);
        let all_held = all.iter().copied().filter(|entry| entry.is_held()).collect();
        let mut sessions = Self { by_group, all, all_held, pending, together, complete_on: None, group: None };
        let required = parameters.sessions_required;
        if together {
            sessions.complete_on = sessions.all_counted().get(required - 1).map(|entry| entry.date);
            sessions.group = sessions.group_now(case, as_of);
        } else {
            let first_complete = (0..case.groups.len())
                .filter_map(|group| Some((sessions.counted_of(group).nth(required - 1)?.date, group)))
                .min();
            sessions.complete_on = first_complete.map(|(date, _)| date);
            sessions.group = first_complete.map(|(_, group)| group).or_else(|| sessions.group_now(case, as_of));
        }
        sessions
    }

    /// The group that the student is judged by while none is complete.
    fn group_now(&self, case: &StudentCase<'_>, as_of: Day) -> Option<usize> {
        let in_time = |arrangement: &&ArrangementCase<'_>| {
            self.complete_on.is_none_or(|complete_on| arrangement.record.from <= complete_on)
        };
        let weight = |arrangement: &&ArrangementCase<'_>| {
            (self.counted_of(arrangement.group).count(), arrangement.record.from, arrangement.index)
        };
        let begun = || case.standing(as_of).filter(|one| one.record.from <= as_of).filter(in_time);
        let covering = begun().filter(|one| one.record.period().covers(as_of)).max_by_key(weight);
        let chosen = covering.or_else(|| begun().max_by_key(weight)).or_else(|| {
            case.standing(as_of).filter(|one| case.known(one) <= as_of).max_by_key(|one| (one.record.from, one.index))
        });
        chosen.map(|arrangement| arrangement.group)
    }

    /// Every entry, in order of date, then group, then log.
    pub fn all(&self) -> &[SessionEntry] {
        &self.all
    }

    /// The sessions held in a group, in order of date.
    pub fn held_in(&self, group: usize) -> impl Iterator<Item = SessionEntry> + '_ {
        self.by_group[group].iter().copied().filter(|entry| entry.is_held())
    }

    /// The counted sessions of a group, in order of date.
    pub fn counted_of(&self, group: usize) -> impl Iterator<Item = SessionEntry> + '_ {
        self.by_group[group].iter().copied().filter(|entry| entry.counts())
    }

    /// The dates on which no session of a group counts and one still could, once a ruling accepts its length or
    /// somebody says that it was held.
    pub fn pending_of(&self, group: usize) -> &[Day] {
        &self.pending[group]
    }

    /// The counted sessions of all groups, in order of date, then group.
    pub fn all_counted(&self) -> Vec<SessionEntry> {
        self.all.iter().copied().filter(|entry| entry.counts()).collect()
    }

    /// The series that is judged: what counts of the student's group, or of every group where the committee takes
    /// them together.
    pub fn series(&self) -> Vec<SessionEntry> {
        match self.group {
            _ if self.together => self.all_counted(),
            Some(group) => self.counted_of(group).collect(),
            None => Vec::new(),
        }
    }

    /// The sessions held where supervision is looked at: in the student's group, or in every group where the committee
    /// takes them together; in order of date, then group.
    pub fn held(&self) -> Vec<SessionEntry> {
        match self.group {
            _ if self.together => self.all_held.clone(),
            Some(group) => self.held_in(group).collect(),
            None => Vec::new(),
        }
    }

    /// The sessions held in any group, in order of date, then group.
    pub fn all_held(&self) -> &[SessionEntry] {
        &self.all_held
    }
}

/// What was cancelled or held without the student, in order of date, then group, then log.
pub(super) fn missed(case: &StudentCase<'_>, (joined, limit): (Day, Day), as_of: Day) -> Vec<MissedEntry> {
    let mut missed = Vec::new();
    for (group, known) in case.groups.iter().enumerate().filter(|(_, known)| known.log.conductors.contains(case.id)) {
        let arranged = || case.standing(as_of).filter(|arrangement| arrangement.group == group);
        let is_theirs = |day: Day| {
            joined <= day && day <= limit.min(as_of) && arranged().any(|one| one.record.period().covers(day))
        };
        for (index, session) in known.log.sessions.iter().enumerate() {
            let is_cancelled = session.cancelled.is_some();
            if (is_cancelled || session.absent.contains(case.id)) && is_theirs(session.date) {
                missed.push(MissedEntry { group, index, date: session.date, is_cancelled });
            }
        }
    }
    missed.sort_by_key(|entry| entry.date);
    missed
}

/// The dates of a group's entries on which none counts and one still could.
fn pending(entries: &[SessionEntry], rulings: &Rulings<'_>) -> Vec<Day> {
    let of_a_day = entries.chunk_by(|one, other| one.date == other.date);
    let could_count = |entry: &SessionEntry| {
        let is_unruled = || rulings.on(Code::G4, entry.date).is_none();
        let is_off_length = matches!(entry.uncounted, Some(Uncounted::TooShort | Uncounted::TooLong));
        entry.waits_for_a_word() || (is_off_length && is_unruled())
    };
    of_a_day
        .filter(|day| !day.iter().any(|entry| entry.counts()) && day.iter().any(could_count))
        .map(|day| day[0].date)
        .collect()
}

/// What decides whether an entry counts.
struct Window<'a> {
    case: &'a StudentCase<'a>,
    parameters: &'a Parameters,
    accommodations: &'a Accommodations<'a>,
    rulings: &'a Rulings<'a>,
    joined: Day,
    limit: Day,
    as_of: Day,
}

impl Window<'_> {
    /// The entries of a group's log that concern the student; none where no arrangement with it has begun.
    fn entries(&self, group: usize) -> Vec<SessionEntry> {
        let arrangements: Vec<_> = self
            .case
            .standing(self.as_of)
            .filter(|arrangement| arrangement.group == group && arrangement.record.from <= self.as_of)
            .map(|arrangement| arrangement.record.period())
            .collect();
        let log = self.case.groups[group].log;
        if arrangements.is_empty() || !log.conductors.contains(self.case.id) {
            return Vec::new();
        }
        let cancelled: HashSet<Day> =
            log.sessions.iter().filter(|session| session.cancelled.is_some()).map(|session| session.date).collect();
        let mut entries: Vec<_> = log
            .sessions
            .iter()
            .enumerate()
            .filter(|(_, session)| {
                session.cancelled.is_none() && session.date <= self.as_of && !session.absent.contains(self.case.id)
            })
            .map(|(index, session)| {
                let minutes = i64::from(session.minutes.unwrap_or_default());
                let length = self.off_length(minutes, session.date);
                let nobody_came = session.present == Some(0);
                let uncounted = if !arrangements.iter().any(|period| period.covers(session.date)) {
                    Some(Uncounted::NoArrangement)
                } else if session.date < self.joined {
                    Some(Uncounted::BeforeJoining)
                } else if session.date > self.limit {
                    Some(Uncounted::AfterLimit)
                } else if session.planned {
                    Some(Uncounted::Planned)
                } else if cancelled.contains(&session.date) {
                    Some(Uncounted::Contradicted)
                } else if nobody_came {
                    Some(Uncounted::NobodyCame)
                } else {
                    length.filter(|_| !self.is_length_accepted(session.date))
                };
                let off_length = length.is_some() && !nobody_came;
                SessionEntry { group, index, date: session.date, minutes, uncounted, off_length }
            })
            .collect();
        entries.sort_by_key(|entry| entry.date);
        let mut last_counted = None;
        for entry in entries.iter_mut().filter(|entry| entry.counts()) {
            if last_counted.replace(entry.date) == Some(entry.date) {
                entry.uncounted = Some(Uncounted::Duplicate);
            }
        }
        entries
    }

    fn off_length(&self, minutes: i64, date: Day) -> Option<Uncounted> {
        let parameters = self.accommodations.parameters(self.parameters, date);
        if minutes < parameters.session_minutes_min {
            Some(Uncounted::TooShort)
        } else if minutes > parameters.session_minutes_max {
            Some(Uncounted::TooLong)
        } else {
            None
        }
    }

    fn is_length_accepted(&self, date: Day) -> bool {
        self.rulings.on(Code::G4, date).is_some_and(super::rulings::Settled::is_accepted)
    }
}

/// The breaks of a group as they are for one student: those [of its own](own_breaks), and when the student was away.
pub(super) fn group_breaks(case: &StudentCase<'_>, group: Option<usize>) -> Breaks {
    let Some(group) = group else { return Breaks::default() };
    own_breaks(case, group).with(case.record.leave.iter().map(|leave| (leave.from, leave.until)))
}

/// The breaks of a group whoever conducts it: what the log announces and, in a group that keeps the terms, the time from one
/// to the next.
pub(super) fn own_breaks(case: &StudentCase<'_>, group: usize) -> Breaks {
    let log = case.groups[group].log;
    let declared = log.breaks.iter().map(|pause| (pause.from, pause.until));
    let mut terms: Vec<_> = case.course.terms.iter().map(|term| (term.starts, term.ends)).collect();
    terms.sort_unstable();
    let between_terms =
        terms.windows(2).filter(|_| log.keeps_terms).map(|pair| (pair[0].1.plus_days(1), pair[1].0.plus_days(-1)));
    Breaks::new(declared.chain(between_terms))
}
