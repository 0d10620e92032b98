//! One letter for each person.

use std::collections::BTreeMap;
use std::fmt;

use super::address::{Address, Sender};
use super::layout::short;
use super::reminder::{OwedBy, Reminder};
use crate::judgement::{Person, Role};
use crate::text::Text;

/// What there is to send, and what nobody can be sent.
#[derive(Clone, Debug)]
pub struct Post<'a> {
    /// The letters, in the order of name and address.
    pub letters: Vec<Letter<'a>>,
    /// Those to whom nothing can be sent, likewise, and nobody at the end.
    pub unsent: Vec<Unsent<'a>>,
}

/// Everything that one person owes.
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    /// To whom it goes.
    pub to: Recipient<'a>,
    /// What the person owes, at least one thing, in the order of due date, kind and student.
    pub reminders: Vec<Reminder<'a>>,
}

/// A person with an address.
#[derive(Clone, Debug)]
pub struct Recipient<'a> {
    /// The name.
    pub name: &'a Text,
    /// The address.
    pub address: Address,
    /// The offices in which something is owed, each once.
    pub roles: Vec<Role>,
}

/// What a person without an address owes.
#[derive(Clone, Debug)]
pub struct Unsent<'a> {
    /// Who it is; nobody where there is nobody yet to owe it.
    pub person: Option<Person<'a>>,
    /// What is owed, as in a letter.
    pub reminders: Vec<Reminder<'a>>,
}

/// Why a letter cannot be made into a message. Shown, it is one sentence that is safe to print, with what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterError {
    /// The convenor who would send it has no address to which an answer can come.
    NoSender {
        /// The convenor.
        convenor: String,
        /// The course.
        course: String,
    },
}

impl fmt::Display for LetterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSender { convenor, course } => write!(
                f,
                "no address is recorded from which {convenor}, convenor of {course}, can send; give the course an \
                 email, or say who sends with --sender \"NAME <ADDRESS>\""
            ),
        }
    }
}

impl std::error::Error for LetterError {}

impl<'a> Post<'a> {
    /// Puts together what each person owes, in whatever office and for whichever students.
    pub fn new(reminders: Vec<Reminder<'a>>) -> Self {
        let mut by_person: BTreeMap<Option<OwedBy<'a>>, Vec<Reminder<'a>>> = BTreeMap::new();
        for reminder in reminders {
            by_person.entry(reminder.owed_by()).or_default().push(reminder);
        }
        let (mut letters, mut unsent) = (Vec::new(), Vec::new());
        for mut reminders in by_person.into_values() {
            reminders.sort_by(|one, other| in_order(one).cmp(&in_order(other)));
            let person = reminders.first().and_then(|first| first.item.obligation.from);
            match person.and_then(|person| Recipient::of(person, &reminders)) {
                Some(to) => letters.push(Letter { to, reminders }),
                None => unsent.push(Unsent { person, reminders }),
            }
        }
        unsent.sort_by_key(|unsent| {
            let of = unsent.person.map(|person| (person.name, person.role, person.id));
            (of.is_none(), of, unsent.reminders.first().map(|reminder| reminder.folder))
        });
        Self { letters, unsent }
    }
}

/// Of what falls due on one day, things that are alike stand together, in order of student.
fn in_order<'r>(reminder: &'r Reminder<'_>) -> impl Ord + use<'r> {
    let obligation = &reminder.item.obligation;
    let student = reminder.item.student.map(|student| student.id);
    let convenor = (reminder.convenor.name, reminder.convenor.email);
    let role = obligation.from.map(|from| from.role);
    (
        obligation.due,
        obligation.kind,
        role,
        obligation.why.as_str(),
        convenor,
        reminder.folder,
        student,
        obligation.group,
    )
}

impl<'a> Recipient<'a> {
    fn of(person: Person<'a>, reminders: &[Reminder<'a>]) -> Option<Self> {
        let address = Address::parse(person.email?.raw())?;
        let mut roles: Vec<_> = reminders.iter().filter_map(|one| Some(one.item.obligation.from?.role)).collect();
        roles.sort_unstable();
        roles.dedup();
        Some(Self { name: person.name, address, roles })
    }
}

impl Recipient<'_> {
    /// The name, safe to show, and no longer than people read.
    pub fn shown(&self) -> String {
        short(self.name)
    }
}

impl Letter<'_> {
    /// The convenor of the first student, who sends it where nobody else is named.
    pub fn sender(&self) -> Result<Sender, LetterError> {
        let first = &self.reminders[0];
        let convenor = first.convenor;
        match convenor.email.and_then(|email| Address::parse(email.raw())) {
            Some(address) => Ok(Sender { name: short(convenor.name), address }),
            None => Err(LetterError::NoSender { convenor: short(convenor.name), course: short(first.course) }),
        }
    }
}
