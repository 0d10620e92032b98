//! A form made from the records.

use super::{SentForm, Unclear, application_form, report_form, sessions_form};
use crate::calendar::Day;
use crate::case::{Case, StudentCase};
use crate::facts::AwardDecisions;
use crate::form::Form;
use crate::judgement::Judgement;
use crate::records::{Form as ReportForm, SessionLog};
use crate::text::Text;

/// A form, and who is asked to fill it in.
#[derive(Clone, Debug)]
pub struct Made {
    /// The form.
    pub form: Form,
    /// Whoever can answer it: the first is asked, others may.
    pub writers: Vec<Writer>,
}

/// Somebody who can fill in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    /// The name.
    pub name: Text,
    /// The address.
    pub email: Option<Text>,
}

impl Writer {
    fn of(name: &Text, email: Option<&Text>) -> Self {
        Self { name: name.clone(), email: email.cloned() }
    }
}

impl SentForm {
    /// The form as the records stand on a day.
    pub fn made(&self, case: &Case, as_of: Day) -> Result<Made, Unclear> {
        match self {
            Self::Application { student } => with_student(case, student, |student| {
                let supervisors = student.arrangements.iter().map(|one| one.supervisor.record);
                let mut writers = vec![Writer::of(&student.record.name, student.record.email.as_ref())];
                writers.extend(supervisors.map(|one| Writer::of(&one.name, one.email.as_ref())));
                Ok(Made { form: application_form(student), writers })
            }),
            Self::Report { form, student, of, .. } => with_student(case, student, |student| {
                let writer = writer(case, student, *form, of)?;
                let judgement = Judgement::new(student, as_of, AwardDecisions::Counted);
                let form = report_form(self, &judgement, &writer.name);
                Ok(Made { form: form.ok_or_else(|| gone(of))?, writers: vec![writer] })
            }),
            Self::Sessions { log, through } => {
                let record = case.records.logs.iter().find(|entry| entry.id == *log);
                let record = record.and_then(|entry| entry.record.as_deref()).ok_or_else(|| gone(log))?;
                Ok(Made { form: sessions_form(log, record, *through), writers: of_log(case, record) })
            }
        }
    }
}

fn gone(id: &Text) -> Unclear {
    Unclear::for_good(format!("no sound record with the id \"{id}\" is there"), "see \"gwp check\"")
}

fn with_student<T>(
    case: &Case,
    id: &Text,
    make: impl FnOnce(&StudentCase<'_>) -> Result<T, Unclear>,
) -> Result<T, Unclear> {
    let position = case.records.students.iter().position(|entry| entry.id == *id).ok_or_else(|| gone(id))?;
    let student = case
        .student(position)
        .ok_or_else(|| Unclear::for_good(format!("{id} cannot be judged"), "\"gwp check\" says why"))?;
    make(&student)
}

/// Whoever is asked for a report: for GWP Form 3 the line manager of the last arrangement of the group.
fn writer(case: &Case, student: &StudentCase<'_>, form: ReportForm, of: &Text) -> Result<Writer, Unclear> {
    if form == ReportForm::Gwp3 {
        let of_group = student.record.arrangement.iter().filter(|one| one.group == *of && one.external);
        let manager =
            of_group.filter_map(|one| Some((one.from, one.line_manager.as_ref()?))).max_by_key(|(from, _)| *from);
        return manager.map(|(_, manager)| Writer::of(&manager.name, manager.email.as_ref())).ok_or_else(|| gone(of));
    }
    let supervisor = case.records.supervisors.iter().find(|entry| entry.id == *of);
    let record = supervisor.and_then(|entry| entry.record.as_deref()).ok_or_else(|| gone(of))?;
    Ok(Writer::of(&record.name, record.email.as_ref()))
}

/// Whoever knows what a log says: of a group its conductors, their workplace supervisors and line managers, and the
/// co-conductor; of a supervision the supervisor.
fn of_log(case: &Case, log: &SessionLog) -> Vec<Writer> {
    let records = &case.records;
    let supervisor = |id: &Text| {
        let record = records.supervisors.iter().find(|entry| entry.id == *id)?.record.as_deref()?;
        Some(Writer::of(&record.name, record.email.as_ref()))
    };
    if let SessionLog::Supervision(log) = log {
        return supervisor(&log.supervisor).into_iter().collect();
    }
    let conductors: Vec<_> = records.students.iter().filter(|entry| log.people().contains(&entry.id)).collect();
    let sound = || conductors.iter().filter_map(|entry| entry.record.as_deref());
    let themselves = sound().map(|student| Writer::of(&student.name, student.email.as_ref()));
    let arranged = sound().flat_map(|student| &student.arrangement).filter_map(|one| supervisor(&one.supervisor));
    let managers = sound().flat_map(|student| &student.arrangement).filter_map(|one| one.line_manager.as_ref());
    let managers = managers.map(|manager| Writer::of(&manager.name, manager.email.as_ref()));
    let co_conductor = log.group().and_then(|log| log.co_conductor.as_ref()).map(|one| Writer::of(&one.name, None));
    themselves.chain(arranged).chain(managers).chain(co_conductor).collect()
}
