//! No case ends in a wall: whatever is not met, there is something that somebody can record, after which it is. Random
//! folders, and what the program itself says would settle them.

#![allow(clippy::unwrap_used, reason = "a random folder that cannot be read is a failing test")]

use std::sync::Arc;

use gwp::amend::Fresh;
use gwp::calendar::Day;
use gwp::case::{Entry, Records};
use gwp::edition::Code;
use gwp::facts::AwardDecisions;
use gwp::judgement::Judgement;
use gwp::records::{
    Arrangement, ClinicalResponsibility, Decision, Diploma, Extension, Form, Form1, GroupLog, Insurance, MedicalCover,
    Meeting, Outcome, Rating, Registration, Report, Ruling, RulingBody, RulingOutcome, Session, SessionLog, Student,
    SupervisionLog, SupervisionType, Supervisor, Wrg, read,
};
use gwp::requirements::{Remedy, Status, remedies};
use gwp::text::{Notation, Text};
use proptest::prelude::*;

use crate::cases::{Files, linked};
use crate::properties::{any_day, folder, linked_again, on, robin};

/// So often something is recorded for one requirement before it counts as a dead end: thirty sessions are the most that
/// any needs, and an arrangement of the generators begins three years of weeks later at the most.
const MOST_STEPS: usize = 200;

/// Somebody to supervise where an arrangement is missing: in the workplace, and with a log of meetings.
pub const DALE: &str = "name = \"Dale Ward\"\ngroup_analyst = true\n\
                    registrations = [{ body = \"BACP\", checked = 2025-01-01 }]\n";
pub const WITH_DALE: &str = "kind = \"supervision\"\nsupervisor = \"dale\"\nsupervisees = [\"robin-ashby\"]\n\
                         mode = \"face-to-face\"\nsessions = []\n";

/// What a remedy is about, in words that do not change when something is recorded.
struct About {
    today: Day,
    /// The day on which a meeting can be held that is looked at.
    met_on: Day,
    group: String,
    groups: Vec<String>,
}

impl About {
    fn of(judgement: &Judgement<'_>) -> Self {
        let facts = &judgement.facts;
        let groups: Vec<_> = facts.case.groups.iter().map(|group| group.id.raw().to_owned()).collect();
        let group = facts.group().map_or("north", |group| group.id.raw()).to_owned();
        Self { today: facts.as_of, met_on: facts.complete_on().unwrap_or(facts.as_of), group, groups }
    }
}

fn of_id<'r, T: Clone>(entries: &'r mut [Entry<T>], id: &str) -> &'r mut T {
    let entry = entries.iter_mut().find(|entry| entry.id.raw() == id).unwrap();
    entry.record.as_mut().map(Arc::make_mut).unwrap()
}

fn group_log<'r>(records: &'r mut Records, id: &str) -> &'r mut GroupLog {
    match of_id(&mut records.logs, id) {
        SessionLog::Group(log) => log,
        SessionLog::Supervision(_) => panic!("{id} is a group"),
    }
}

fn supervisor_of(records: &mut Records, arrangement: usize) -> &mut Supervisor {
    let id = robin(records).arrangement[arrangement].supervisor.clone();
    of_id(&mut records.supervisors, id.raw())
}

/// Records a meeting with whoever supervises the student's group on the day.
fn meeting(records: &mut Records, about: &About, joint: bool) {
    let covering = |one: &&Arrangement| {
        one.group.raw() == about.group && one.period().covers(about.met_on) && !one.is_withdrawn(about.today)
    };
    let Some(supervisor) = robin(records).arrangement.iter().find(covering).map(|one| one.supervisor.clone()) else {
        return;
    };
    let is_with = |log: &SupervisionLog| log.supervisor == supervisor;
    let logs = records.logs.iter_mut().filter_map(|entry| entry.record.as_mut().map(Arc::make_mut));
    let log = logs.filter_map(|log| if let SessionLog::Supervision(log) = log { Some(log) } else { None });
    let log = log.into_iter().find(|log| is_with(log)).unwrap();
    log.supervision_type = SupervisionType::Clinical;
    // Whoever meets the supervisor comes to the supervision again.
    log.supervisee_periods.retain(|period| period.who.raw() != "robin-ashby");
    // Somebody says which of two entries of one day is right.
    log.sessions.retain(|one| one.date != about.met_on);
    log.sessions.push(Meeting { date: about.met_on, minutes: Some(60), joint, ..Meeting::default() });
}

/// A ruling that accepts the part of a date.
fn ruling(requirement: Code, date: Day, today: Day) -> Ruling {
    let (of, outcome) = (Some(vec![date]), RulingOutcome::Accepted);
    let (body, minute, document, notes) = (RulingBody::Lcc, None, None, None);
    Ruling { requirement, body, date: today, of, outcome, minute, document, notes }
}

/// The group under Dale Ward from a day on.
fn arrangement(group: &str, from: Day) -> Arrangement {
    Arrangement {
        group: Text::new(group),
        supervisor: Text::new("dale"),
        from,
        until: None,
        proposed: None,
        withdrawn: None,
        confirmed: None,
        external: false,
        line_manager: None,
        clinical_responsibility: None,
        medical_cover: None,
        notes: None,
    }
}

/// Records what a remedy says, on the day of judgement.
fn record(remedy: Remedy, records: &mut Records, about: &About) {
    let today = about.today;
    match remedy {
        Remedy::Ruling(requirement, date) => robin(records).ruling.push(ruling(requirement, date, today)),
        Remedy::Decision(body, about, outcome) => {
            assert!(Outcome::allowed(body, about).contains(&outcome));
            let (conditions, minute, document, notes) = (Vec::new(), None, None, None);
            robin(records).decision.push(Decision {
                body,
                about,
                date: today,
                outcome,
                conditions,
                minute,
                document,
                notes,
            });
        }
        Remedy::Form1 => robin(records).form1 = Some(Form1 { submitted: Some(today), document: None, notes: None }),
        Remedy::Diploma => robin(records).diploma = Some(Diploma { completed: Some(today), notes: None }),
        Remedy::Arrangement => robin(records).arrangement.push(arrangement(&about.group, today)),
        Remedy::Confirmation(index) => robin(records).arrangement[index].confirmed = Some(today),
        Remedy::WrgPlace | Remedy::SupervisionAfterTheCourse => robin(records).wrg.push(Wrg {
            supervisor: Text::new("cedar"),
            from: today,
            until: Some(today.plus_days(1_000)),
            presentations: Vec::new(),
            notes: None,
        }),
        Remedy::Presentation => {
            // In a group that goes on, where one does.
            let begun = robin(records).wrg.iter_mut().filter(|one| one.from <= today);
            let wrg = begun.max_by_key(|one| one.until.is_none_or(|until| today <= until)).unwrap();
            wrg.presentations.push(today);
        }
        Remedy::Insurance(from) => {
            let (kind, until, evidence, document, notes) = (None, None, None, None, None);
            robin(records).insurance.push(Insurance { kind, from, until, evidence, document, notes });
        }
        Remedy::Organisation => group_log(records, &about.group).organisation = Text::new("Ouse Bank"),
        Remedy::Session | Remedy::NextSession => {
            let session = Session { date: today, minutes: Some(90), present: Some(6), ..Session::default() };
            group_log(records, &about.group).sessions.push(session);
        }
        Remedy::Word { group, date } => {
            let log = group_log(records, &about.groups[group]);
            log.sessions.retain(|one| one.date != date || one.cancelled.is_none());
            log.sessions.iter_mut().filter(|one| one.date == date).for_each(|one| one.planned = false);
        }
        Remedy::SupervisionMeeting => meeting(records, about, false),
        Remedy::JointMeeting => meeting(records, about, true),
        Remedy::Registration(index) => supervisor_of(records, index).registrations.push(Registration {
            body: Text::new("UKCP"),
            number: None,
            from: None,
            checked: Some(today),
            expires: None,
            notes: None,
        }),
        Remedy::Assessment(index) => supervisor_of(records, index).assessed = Some(today),
        Remedy::Experience(index) => {
            let supervisor = supervisor_of(records, index);
            supervisor.cv_received = Some(today);
            supervisor.group_supervision_experience = Some(Text::new("eight years"));
        }
        Remedy::Rating => record(Remedy::Report(Form::Gwp2, None), records, about),
        Remedy::Report(form, due) => {
            let mut competencies = gwp::records::Competencies::default();
            (0..9).filter(|_| form == Form::Gwp2).for_each(|one| competencies.rate(one, Rating::Competent));
            let (by, not_started, concerns, document, notes) = (None, false, None, None, None);
            robin(records).report.push(Report {
                form,
                due,
                received: today,
                by,
                not_started,
                concerns,
                competencies,
                document,
                notes,
            });
        }
        Remedy::ClinicalResponsibility(index) => {
            let responsibility = ClinicalResponsibility::of(Text::new("Dr Ellery"), Some(today));
            robin(records).arrangement[index].clinical_responsibility = Some(responsibility);
        }
        Remedy::MedicalCover(index) => {
            robin(records).arrangement[index].medical_cover = Some(MedicalCover::NotNeeded);
        }
        Remedy::Conditions => {
            let conditions = robin(records).decision.iter_mut().flat_map(|decision| &mut decision.conditions);
            conditions.filter(|one| one.met.is_none_or(|met| met > today)).for_each(|one| one.met = Some(today));
        }
        Remedy::Extension => {
            let (until, agreed_by) = (today.plus_days(730), Text::new("National Training Manager"));
            robin(records).extension = Some(Extension { until, agreed_by, agreed: today, notes: None });
        }
    }
}

/// Whether it is what the source itself ends: who has left does not complete the Diploma.
fn is_the_end(judgement: &Judgement<'_>, code: Code) -> bool {
    let left = judgement.facts.case.record.withdrawn.is_some_and(|day| day <= judgement.facts.as_of);
    code == Code::D1 && left
}

/// Follows the program's own words until a requirement is settled; an error says where it ends.
fn follow(files: &Files, code: Code, as_of: Day) -> Result<(), String> {
    let mut records = linked(files).records;
    let (mut today, mut before) = (as_of, None);
    for _ in 0..MOST_STEPS {
        let case = linked_again(records.clone());
        let position = case.records.students.iter().position(|entry| entry.id.raw() == "robin-ashby").unwrap();
        let student = case.student(position).ok_or_else(|| format!("{code}: nothing is judged any more"))?;
        let judgement = Judgement::new(&student, today, AwardDecisions::Counted);
        let finding = judgement.finding(code);
        if matches!(finding.status, Status::Met | Status::NotApplicable) || is_the_end(&judgement, code) {
            is_written(student.record);
            return Ok(());
        }
        let now = (finding.status, finding.message.clone(), finding.queries.clone());
        let named = remedies(finding, &judgement.facts);
        if named.is_empty() {
            return Err(format!("{code} on {today}: {:?}, and nothing settles it: {}", now.0, now.1));
        }
        // What takes time has its effect a week later.
        if before.replace(now.clone()) == Some(now) {
            today = today.plus_days(7);
        }
        let about = About { today, ..About::of(&judgement) };
        for remedy in named {
            record(remedy, &mut records, &about);
        }
    }
    Err(format!("{code}: on {today} still {before:?}"))
}

/// Asserts that the student's record is one that a file can hold.
fn is_written(student: &Student) {
    let text = Fresh::Student(student.clone()).text(None);
    let reading = read::<Student>(Notation::Toml, &text);
    assert!(reading.problems.is_empty(), "{:?}\n{text}", reading.problems);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn there_are_none(files in folder(), as_of in any_day()) {
        let mut files = files;
        files.insert("supervisors/dale.toml".to_owned(), DALE.to_owned());
        files.insert("sessions/with-dale.toml".to_owned(), WITH_DALE.to_owned());
        for code in Code::all() {
            if let Err(wall) = follow(&files, code, on(as_of)) {
                return Err(TestCaseError::fail(wall));
            }
        }
    }
}
