//! An arrangement that begins, changes or ends.

use super::{RecordingError, RecordingSession, few};
use crate::amend::{ArrangementDetail, Event};
use crate::calendar::Day;
use crate::case::Entry;
use crate::records::{Arrangement, ClinicalResponsibility, SessionLog, Student, Supervisor};

/// What is said of an arrangement.
#[derive(Clone, Debug)]
pub struct SaidArrangement {
    /// The arrangement; its first day is today where none is said.
    pub arrangement: Arrangement,
    /// Whether the first day is said.
    pub is_from_said: bool,
    /// Whether it runs beside those that are there.
    pub is_beside: bool,
}

impl RecordingSession {
    /// The events of an arrangement of a student, and what they are together: a change where the student has an
    /// arrangement of this group with this supervisor, or else a new one, which the former one of the same group makes
    /// room for. The error says what does not fit the arrangements that are there.
    pub fn arrange(
        &self,
        entry: &Entry<Student>,
        record: &Student,
        said: &SaidArrangement,
    ) -> Result<(Vec<Event>, String), RecordingError> {
        let there = &record.arrangement;
        let said = &self.with_ids(there, said)?;
        let from = &said.arrangement.from;
        let records = &self.before.case.records;
        let path = &self.source(entry.file)?.path;
        if let Some(position) = said.changed(there, path.raw())? {
            said.must_not_have_begun(&there[position])?;
            return said.changes(position);
        }
        said.must_be_there()?;
        if !said.is_from_said {
            said.must_not_mean_another(there, self.today)?;
            let course = records.courses.iter().find(|course| course.id == record.course);
            let ends = course.and_then(|course| course.record.as_deref()).map(|course| course.ends);
            if let Some(ended) = ends.filter(|ends| ends < from) {
                return Err(RecordingError::unclear(
                    format!("the student's course ended on {ended}"),
                    "say with --from when the arrangement began",
                ));
            }
        }
        said.must_come_last(there, path.raw())?;
        said.begins(there)
    }

    /// What is said, with the group and the supervisor by their ids. What the student's record names already is not asked
    /// about: such an arrangement can be ended all the same.
    fn with_ids(&self, there: &[Arrangement], said: &SaidArrangement) -> Result<SaidArrangement, RecordingError> {
        let mut said = said.clone();
        let Arrangement { group, supervisor, .. } = &mut said.arrangement;
        if !there.iter().any(|one| one.group == *group) {
            let is_group = |entry: &Entry<SessionLog>| entry.record.as_deref().is_none_or(|log| log.group().is_some());
            let words = ("group", "\"gwp list groups\" shows them all");
            *group = self.find_among(group.raw(), &is_group, words)?.id.clone();
        }
        if !there.iter().any(|one| one.supervisor == *supervisor) {
            *supervisor = self.find::<Supervisor>(supervisor.raw())?.id.clone();
        }
        Ok(said)
    }
}

/// ` until 31 January 2026`, or ` on`: for how long an arrangement runs from its first day.
fn until(arrangement: &Arrangement) -> String {
    arrangement.until.map_or_else(|| " on".to_owned(), |until| format!(" until {until}"))
}

impl SaidArrangement {
    fn is_of_group(&self, one: &Arrangement) -> bool {
        one.group == self.arrangement.group
    }

    fn is_same(&self, one: &Arrangement) -> bool {
        self.is_of_group(one) && one.supervisor == self.arrangement.supervisor
    }

    /// An error where an arrangement is given up that has begun.
    fn must_not_have_begun(&self, there: &Arrangement) -> Result<(), RecordingError> {
        let Some(withdrawn) = self.arrangement.withdrawn.filter(|day| *day > there.from) else { return Ok(()) };
        Err(RecordingError::unclear(
            format!("the arrangement began on {}, before {withdrawn}", there.from),
            "say with --until when it ended; --withdrawn is for one that never began",
        ))
    }

    /// An error where an arrangement is given up that is not there.
    fn must_be_there(&self) -> Result<(), RecordingError> {
        let Arrangement { group, supervisor, withdrawn, .. } = &self.arrangement;
        if withdrawn.is_none() {
            return Ok(());
        }
        Err(RecordingError::unclear(
            format!("the student has no arrangement of {group} with {supervisor} that could be given up"),
            "name the group and the supervisor of the one that is meant, and with several its first day with --from",
        ))
    }

    /// The position of the arrangement that is meant, where it is there: the last of this group with this supervisor.
    /// A second one is not begun while it runs.
    fn changed(&self, there: &[Arrangement], path: &str) -> Result<Option<usize>, RecordingError> {
        let said = &self.arrangement;
        if !self.is_from_said {
            // One that was given up is as if it were not there, but for saying that once more.
            let standing = there.iter().rposition(|one| self.is_same(one) && one.withdrawn.is_none());
            let given_up = || there.iter().rposition(|one| self.is_same(one)).filter(|_| said.withdrawn.is_some());
            return Ok(standing.or_else(given_up));
        }
        let overlaps = |one: &&Arrangement| {
            self.is_same(one)
                && one.withdrawn.is_none()
                && said.until.is_none_or(|until| one.from <= until)
                && one.until.is_none_or(|until| said.from <= until)
        };
        let same = there.iter().position(|one| self.is_same(one) && one.from == said.from);
        match (same, there.iter().find(overlaps)) {
            (None, Some(other)) => Err(RecordingError::unclear(
                format!(
                    "an arrangement of {} with {} is there from {}{}, and a second one would overlap with it",
                    other.group,
                    other.supervisor,
                    other.from,
                    until(other)
                ),
                format!(
                    "leave out --from to change what it says, and if its first day is wrong, correct its `from` in {path}"
                ),
            )),
            (same, _) => Ok(same),
        }
    }

    /// An error where what is said can be meant for an arrangement of this group with somebody else: it says more than
    /// that one begins, and not when.
    fn must_not_mean_another(&self, there: &[Arrangement], today: Day) -> Result<(), RecordingError> {
        let says_more = self.details().any(|detail| !matches!(detail, ArrangementDetail::Proposed(_)));
        let said = &self.arrangement;
        let is_new = self.is_beside || self.arrangement.proposed.is_some();
        let of_group: Vec<_> = there.iter().filter(|one| self.is_of_group(one)).collect();
        if let Some(withdrawn) = of_group.iter().rfind(|one| self.is_same(one)).and_then(|one| one.withdrawn)
            && says_more
            && !is_new
        {
            return Err(RecordingError::unclear(
                format!("the arrangement of {} with {} was given up on {withdrawn}", said.group, said.supervisor),
                "say with --from when a new one begins",
            ));
        }
        let Some(last) = of_group.last().filter(|_| says_more && !is_new) else { return Ok(()) };
        let runs = |one: &&&Arrangement| one.from <= today && one.until.is_none_or(|until| today <= until);
        let running: Vec<_> = of_group.iter().filter(runs).map(|one| one.supervisor.to_string()).collect();
        let other = match running.as_slice() {
            [] => {
                let until = last.until.map(|until| format!(" until {until}")).unwrap_or_default();
                format!("the last one is with {} from {}{until}", last.supervisor, last.from)
            }
            [one] => format!("the one that runs is with {one}"),
            several => format!("those that run are with {}", few(several)),
        };
        let Arrangement { group, supervisor, .. } = &self.arrangement;
        Err(RecordingError::unclear(
            format!("the student has no arrangement of {group} with {supervisor}; {other}"),
            format!("name that supervisor to change it, or say with --from when one with {supervisor} begins"),
        ))
    }

    /// An error where the group has an arrangement with somebody else that begins on the same day or later: the new one
    /// cannot end it on the eve, and both would run.
    fn must_come_last(&self, there: &[Arrangement], path: &str) -> Result<(), RecordingError> {
        let said = &self.arrangement;
        let is_in_the_way = |one: &&Arrangement| {
            self.is_of_group(one)
                && one.withdrawn.is_none()
                && one.supervisor != said.supervisor
                && one.from >= said.from
                && said.until.is_none_or(|until| one.from <= until)
        };
        let Some(other) = there.iter().find(is_in_the_way).filter(|_| !self.is_beside) else { return Ok(()) };
        let before = if other.from > said.from { ", or with --until when this one ended" } else { "" };
        Err(RecordingError::unclear(
            format!(
                "an arrangement of {} with {} is there from {}{}, and both would run at once",
                other.group,
                other.supervisor,
                other.from,
                until(other)
            ),
            format!(
                "if the supervisor is wrong there, correct its `supervisor` in {path}; if both are right, say with --from \
                 when this one began{before}, or with --beside that they run side by side"
            ),
        ))
    }

    /// What is said beside group, supervisor and first day, in the order in which it can go in: a line manager is there
    /// before one is needed.
    fn details(&self) -> impl Iterator<Item = ArrangementDetail> {
        let said = &self.arrangement;
        let until = said.until.map(ArrangementDetail::Until).into_iter();
        until
            .chain(said.proposed.map(ArrangementDetail::Proposed))
            .chain(said.withdrawn.map(ArrangementDetail::Withdrawn))
            .chain(said.confirmed.map(ArrangementDetail::Confirmed))
            .chain(said.line_manager.clone().map(ArrangementDetail::LineManager))
            .chain(said.external.then_some(ArrangementDetail::External))
            .chain(said.clinical_responsibility.clone().map(ArrangementDetail::ClinicalResponsibility))
            .chain(said.medical_cover.map(ArrangementDetail::MedicalCover))
    }

    fn changes(&self, arrangement: usize) -> Result<(Vec<Event>, String), RecordingError> {
        let events: Vec<_> = self.details().map(|detail| Event::Detail { arrangement, detail }).collect();
        if events.is_empty() && self.is_from_said {
            // The same once more: it is there.
            return Ok(self.begun());
        }
        if events.is_empty() {
            return Err(RecordingError::unclear(
                "the student has this arrangement",
                "say what changes, such as --until for its last day",
            ));
        }
        let said: Vec<_> = events.iter().map(Event::sentence).collect();
        let Arrangement { group, supervisor, .. } = &self.arrangement;
        Ok((events, format!("{group} with {supervisor}: {}", said.join(", "))))
    }

    fn begun(&self) -> (Vec<Event>, String) {
        let begun = Event::Arrangement(self.arrangement.clone());
        let what = begun.sentence();
        (vec![begun], what)
    }

    /// The new arrangement, with what it takes over, and the end of the former one.
    fn begins(&self, there: &[Arrangement]) -> Result<(Vec<Event>, String), RecordingError> {
        let (said, taken_over) = self.with_what_goes_on(there);
        let (mut events, mut what) = said.begun();
        if let Some((arrangement, former)) = self.former(there)? {
            let eve = self.arrangement.from.plus_days(-1);
            events.insert(0, Event::Detail { arrangement, detail: ArrangementDetail::Ends(eve) });
            what = format!("{what}. That of {} with {} ends on {eve}", former.group, former.supervisor);
        }
        Ok((events, format!("{what}{taken_over}")))
    }

    /// The new arrangement with who carries clinical responsibility and with medical cover, where these are not said, and
    /// that they are taken over: they belong to the group, and another supervisor changes nothing about them. They come
    /// from the last arrangement of the group before this one that says so.
    fn with_what_goes_on(&self, there: &[Arrangement]) -> (Self, String) {
        let mut said = self.clone();
        let mut earlier: Vec<&Arrangement> = there.iter().collect();
        let from = self.arrangement.from;
        earlier.retain(|one| self.is_of_group(one) && one.withdrawn.is_none() && one.from <= from);
        earlier.sort_by_key(|one| std::cmp::Reverse(one.from));
        let mut taken_over = Vec::new();
        let mut take = |detail: &dyn Fn(&Arrangement) -> Option<ArrangementDetail>| {
            let (one, detail) = earlier.iter().find_map(|one| Some((one, detail(one)?)))?;
            taken_over.push(format!("{} (as with {})", detail.sentence(), one.supervisor));
            Some(detail)
        };
        let arrangement = &mut said.arrangement;
        if arrangement.clinical_responsibility.is_none() {
            let responsibility = |one: &Arrangement| {
                let one = one.clinical_responsibility.clone()?;
                Some(ArrangementDetail::ClinicalResponsibility(ClinicalResponsibility { notes: None, ..one }))
            };
            if let Some(ArrangementDetail::ClinicalResponsibility(one)) = take(&responsibility) {
                arrangement.clinical_responsibility = Some(one);
            }
        }
        if arrangement.medical_cover.is_none() {
            let cover = |one: &Arrangement| one.medical_cover.map(ArrangementDetail::MedicalCover);
            if let Some(ArrangementDetail::MedicalCover(cover)) = take(&cover) {
                arrangement.medical_cover = Some(cover);
            }
        }
        let taken_over = taken_over.join(" and ");
        let taken_over = if taken_over.is_empty() { taken_over } else { format!(". Taken over: {taken_over}") };
        (said, taken_over)
    }

    /// The arrangement in whose place the new one comes, with its position: the one of the same group that runs on its
    /// first day, or else the only one that does. Which of several it would be is for a person to say.
    fn former<'a>(&self, there: &'a [Arrangement]) -> Result<Option<(usize, &'a Arrangement)>, RecordingError> {
        let from = self.arrangement.from;
        let runs = |one: &Arrangement| {
            one.withdrawn.is_none() && one.from < from && one.until.is_none_or(|until| until >= from)
        };
        let running: Vec<_> = there.iter().enumerate().filter(|(_, one)| !self.is_beside && runs(one)).collect();
        let of_group: Vec<_> = running.iter().copied().filter(|(_, one)| self.is_of_group(one)).collect();
        match if of_group.is_empty() { running } else { of_group }.as_slice() {
            [] => Ok(None),
            [former] => Ok(Some(*former)),
            several => {
                let named: Vec<_> =
                    several.iter().map(|(_, one)| format!("{} with {}", one.group, one.supervisor)).collect();
                Err(RecordingError::unclear(
                    format!("the student has more than one arrangement on {from}: {}", named.join(", ")),
                    "say with --beside that the new one runs beside them, or end one of them first with \"gwp arrange\" \
                     and --until",
                ))
            }
        }
    }
}
