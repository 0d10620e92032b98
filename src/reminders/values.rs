//! What a template can use: the values of a letter, each of them safe to show.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::address::{Address, Sender};
use super::layout::{cut, short};
use super::letters::Letter;
use super::reminder::{Reminder, Stage};
use super::wording::Wording;
use crate::calendar::Day;
use crate::judgement::{ObligationKind, Role};
use crate::requirements::COMPETENCIES;
use crate::text::Text;

/// The values of a letter. What is not recorded is `none`.
#[derive(Clone, Debug, Serialize)]
pub struct Values {
    as_of: String,
    as_of_iso: String,
    person: Somebody,
    roles: Vec<&'static str>,
    sender: Somebody,
    to_self: bool,
    stage: &'static str,
    count: usize,
    items: Vec<Entry>,
    overdue: Vec<Entry>,
    soon: Vec<Entry>,
    to_come: Vec<Entry>,
    convenors: Vec<Convenor>,
}

/// A convenor, and the students whom the letter is about and who are theirs.
#[derive(Clone, Debug, Serialize)]
struct Convenor {
    name: String,
    email: Option<String>,
    whom: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Somebody {
    name: String,
    email: Option<String>,
}

/// What is owed on one day, for one student or for several of whom the same is to be said.
#[derive(Clone, Debug, Serialize)]
struct Entry {
    kind: &'static str,
    code: Option<&'static str>,
    what: &'static str,
    stage: &'static str,
    due: String,
    due_iso: String,
    days: i64,
    when: String,
    why: Option<String>,
    says: &'static str,
    competencies: Vec<String>,
    role: &'static str,
    students: Vec<Student>,
    whom: Vec<String>,
    not_begun: Vec<String>,
    to: Option<Somebody>,
}

#[derive(Clone, Debug, Serialize)]
struct Student {
    id: String,
    name: String,
    course: String,
    group: Option<String>,
    group_title: Option<String>,
    not_begun: bool,
    told_apart: Option<String>,
}

impl Values {
    /// The values of a letter. Where no sender is named it is the convenor of the first student, with or without an
    /// address.
    pub fn new(letter: &Letter<'_>, sender: Option<&Sender>) -> Self {
        let first = &letter.reminders[0];
        let is_of_convenor = sender.is_none();
        let namesakes = Namesakes::new(&letter.reminders);
        let from = match sender {
            Some(sender) => Some(sender.address.clone()),
            None => first.convenor.email.and_then(|email| Address::parse(email.raw())),
        };
        let to_self = from.is_some_and(|from| from.key() == letter.to.address.key());
        let sender = match sender {
            Some(Sender { name, address }) => {
                let address = address.as_str().to_owned();
                // Whoever gave no name signs with the address.
                Somebody { name: if name.is_empty() { address.clone() } else { name.clone() }, email: Some(address) }
            }
            None => Somebody::new(first.convenor.name, first.convenor.email),
        };
        let convenors = if is_of_convenor { convenors(&letter.reminders, &namesakes) } else { Vec::new() };
        let person = Somebody { name: letter.to.shown(), email: Some(letter.to.address.as_str().to_owned()) };
        let roles = letter.to.roles.iter().map(|role| role.title()).collect();
        let items = letter.reminders.chunk_by(is_told_with).map(|alike| Entry::new(alike, &namesakes)).collect();
        Self { to_self, convenors, ..Self::of(first.as_of, person, roles, sender, items) }
    }

    fn of(as_of: Day, person: Somebody, roles: Vec<&'static str>, sender: Somebody, items: Vec<Entry>) -> Self {
        let at = |stage: Stage| items.iter().filter(|item| item.stage == stage.word()).cloned().collect::<Vec<_>>();
        let (overdue, soon, to_come) = (at(Stage::Overdue), at(Stage::Soon), at(Stage::ToCome));
        let stage = items.first().map_or(Stage::ToCome.word(), |item| item.stage);
        let count = items.iter().map(|item| item.students.len()).sum();
        let (as_of, as_of_iso) = (as_of.to_string(), as_of.iso());
        let (to_self, convenors) = (false, Vec::new());
        Self {
            as_of,
            as_of_iso,
            person,
            roles,
            sender,
            to_self,
            stage,
            count,
            items,
            overdue,
            soon,
            to_come,
            convenors,
        }
    }

    /// How many things are owed.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Letters on which a template is tried: one for each stage alone, and one with all of them; each as a letter to
    /// somebody else and as one to the sender.
    pub(super) fn samples() -> Vec<Self> {
        let as_of = Day::first().plus_years(2025);
        let somebody = |name: &str| Somebody { name: name.to_owned(), email: Some("name@example.org".to_owned()) };
        let mut samples: Vec<Self> = Vec::new();
        for stages in [&Stage::ALL[..], &[Stage::Overdue], &[Stage::Soon], &[Stage::ToCome]] {
            let items = stages.iter().map(|stage| Entry::sample(*stage, as_of)).collect();
            let (to, from, role) = (somebody("A Name"), somebody("Another"), Role::WorkplaceSupervisor);
            samples.push(Self::of(as_of, to, vec![role.title()], from, items));
        }
        let to_self = samples.clone().into_iter().map(|sample| Self { to_self: true, ..sample });
        let to_self: Vec<_> = to_self.collect();
        let whom = || vec!["A Student".to_owned()];
        let of = |name: &str, email: Option<&str>| Convenor {
            name: name.to_owned(),
            email: email.map(str::to_owned),
            whom: whom(),
        };
        let convenors = || vec![of("A Convenor", Some("name@example.org")), of("Another", None)];
        let of_several = samples.iter().cloned().map(|sample| Self { convenors: convenors(), ..sample });
        let of_several: Vec<_> = of_several.collect();
        samples.extend(to_self);
        samples.extend(of_several);
        samples
    }
}

/// The students of a letter by name, each with the course and what is its own, so that two of one name are told apart.
struct Namesakes<'r>(BTreeMap<String, BTreeSet<(&'r Text, usize, &'r Text)>>);

impl<'r> Namesakes<'r> {
    fn new(reminders: &'r [Reminder<'_>]) -> Self {
        let mut students: BTreeMap<String, BTreeSet<_>> = BTreeMap::new();
        for reminder in reminders {
            if let (Some(name), Some(student)) = (reminder.item.student_shown(), reminder.item.student) {
                students.entry(short(name)).or_default().insert((reminder.course, reminder.folder, student.id));
            }
        }
        Self(students)
    }

    /// The course of a student where there is another of the same name, with the id where the course does not tell
    /// them apart.
    fn told_apart(&self, reminder: &Reminder<'_>, name: &str) -> Option<String> {
        let alike = self.0.get(name).filter(|alike| alike.len() > 1)?;
        let course = short(reminder.course);
        let id = reminder.item.student.map(|student| student.id);
        let is_alone = alike.iter().filter(|(course, ..)| *course == reminder.course).count() == 1;
        Some(match id.filter(|_| !is_alone) {
            Some(id) => format!("{course} / {}", short(id)),
            None => course,
        })
    }
}

/// The convenors to whom a letter that one of them sends has to lead, each with the students: none where there is one.
fn convenors(reminders: &[Reminder<'_>], namesakes: &Namesakes<'_>) -> Vec<Convenor> {
    let mut all: Vec<(String, Convenor)> = Vec::new();
    for reminder in reminders {
        let Somebody { name, email } = Somebody::new(reminder.convenor.name, reminder.convenor.email);
        let key = format!("{name}\n{}", email.as_deref().unwrap_or_default().to_ascii_lowercase());
        let student = Student::new(reminder, namesakes).shown_with(None);
        match all.iter_mut().find(|(known, _)| *known == key) {
            Some((_, convenor)) if convenor.whom.contains(&student) => {}
            Some((_, convenor)) => convenor.whom.push(student),
            None => all.push((key, Convenor { name, email, whom: vec![student] })),
        }
    }
    if all.len() > 1 { all.into_iter().map(|(_, convenor)| convenor).collect() } else { Vec::new() }
}

impl Somebody {
    fn new(name: &Text, email: Option<&Text>) -> Self {
        Self { name: short(name), email: email.map(short) }
    }
}

/// Whether the same is to be said of both but for the student.
fn is_told_with(one: &Reminder<'_>, other: &Reminder<'_>) -> bool {
    let said = |reminder: &Reminder<'_>| {
        let obligation = &reminder.item.obligation;
        (obligation.due, obligation.kind, obligation.from.map(|from| from.role))
    };
    said(one) == said(other)
        && one.item.obligation.why == other.item.obligation.why
        && (!Wording::of(one.item.obligation.kind).goes_to_convenor
            || (one.convenor.name, one.convenor.email) == (other.convenor.name, other.convenor.email))
}

impl Entry {
    fn new(together: &[Reminder<'_>], namesakes: &Namesakes<'_>) -> Self {
        let first = &together[0];
        let obligation = &first.item.obligation;
        let (kind, due) = (obligation.kind, first.due());
        let wording = Wording::of(kind);
        let about = |reminder: &Reminder<'_>| {
            let item = &reminder.item;
            let group = item.obligation.group.filter(|_| kind.is_of_a_group()).cloned();
            (reminder.folder, item.student.map(|student| student.id.clone()), group)
        };
        // Of two arrangements with one group and one supervisor the same is said.
        let distinct = together.chunk_by(|one, other| about(one) == about(other)).map(|alike| &alike[0]);
        let students: Vec<_> = distinct.map(|reminder| Student::new(reminder, namesakes)).collect();
        let to = wording.goes_to_convenor.then(|| Somebody::new(first.convenor.name, first.convenor.email));
        let role = obligation.from.map_or("", |from| from.role.title());
        Self::of(kind, (due, first.as_of), Some(cut(obligation.why.clone())), role, students, to)
    }

    fn of(
        kind: ObligationKind,
        (due, as_of): (Day, Day),
        why: Option<String>,
        role: &'static str,
        students: Vec<Student>,
        to: Option<Somebody>,
    ) -> Self {
        let wording = Wording::of(kind);
        let named =
            COMPETENCIES.into_iter().map(|code| code.name().replace('-', " ")).filter(|_| wording.is_on_competencies);
        let not_begun = students.iter().filter(|student| student.not_begun && wording.is_on_competencies);
        Self {
            kind: kind.word(),
            code: kind.code().map(crate::edition::Code::word),
            what: wording.what,
            stage: Stage::of(due, as_of).word(),
            due: due.to_string(),
            due_iso: due.iso(),
            days: due.days_to(as_of),
            when: due.lateness(as_of),
            why: why.filter(|why| !why.is_empty()),
            says: wording.says,
            competencies: named.collect(),
            role,
            whom: students.iter().map(Student::shown).collect(),
            not_begun: not_begun.map(|student| student.shown_with(None)).collect(),
            students,
            to,
        }
    }

    fn sample(stage: Stage, as_of: Day) -> Self {
        let (kind, days) = match stage {
            Stage::Overdue => (ObligationKind::Gwp2, -1),
            Stage::Soon => (ObligationKind::SupervisorConfirmation, 0),
            Stage::ToCome => (ObligationKind::Registration, 14),
        };
        let student = Student {
            id: "id".to_owned(),
            name: "A Student".to_owned(),
            course: "A Course".to_owned(),
            group: kind.is_of_a_group().then(|| "group".to_owned()),
            group_title: kind.is_of_a_group().then(|| "A Group".to_owned()),
            not_begun: true,
            told_apart: (stage == Stage::ToCome).then(|| "A Course".to_owned()),
        };
        // What can be none is none in one of them.
        let convenor = Somebody { name: "A Convenor".to_owned(), email: None };
        let to = Wording::of(kind).goes_to_convenor.then_some(convenor);
        let why = (stage == Stage::ToCome).then(|| "a reason".to_owned());
        let days = (as_of.plus_days(days), as_of);
        Self::of(kind, days, why, Role::WorkplaceSupervisor.title(), vec![student.clone(), student], to)
    }
}

impl Student {
    fn new(reminder: &Reminder<'_>, namesakes: &Namesakes<'_>) -> Self {
        let item = &reminder.item;
        let kind = item.obligation.kind;
        let name = item.student_shown().map(short).unwrap_or_default();
        Self {
            id: item.student.map(|student| short(student.id)).unwrap_or_default(),
            course: short(reminder.course),
            group: item.obligation.group.filter(|_| kind.is_of_a_group()).map(short),
            group_title: reminder.group_title.map(short),
            not_begun: reminder.not_begun,
            told_apart: namesakes.told_apart(reminder, &name),
            name,
        }
    }

    /// The name, with what the group is called where it matters which: whoever is written to knows no ids.
    fn shown(&self) -> String {
        let title = self.group_title.as_ref().map(|title| format!("\"{title}\""));
        self.shown_with(title.as_deref().or(self.group.as_deref()))
    }

    fn shown_with(&self, group: Option<&str>) -> String {
        let marks: Vec<_> = self.told_apart.as_deref().into_iter().chain(group).collect();
        if marks.is_empty() { self.name.clone() } else { format!("{} ({})", self.name, marks.join(" / ")) }
    }
}
