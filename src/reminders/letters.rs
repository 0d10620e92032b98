//! One letter for each person.

use std::collections::BTreeMap;

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

/// What is owed, and can be sent to nobody.
#[derive(Clone, Debug)]
pub struct Unsent<'a> {
    /// Who it is; nobody where there is nobody yet to owe it.
    pub person: Option<Person<'a>>,
    /// Why nothing can be sent.
    pub why: WhyUnsent,
    /// What is owed, as in a letter.
    pub reminders: Vec<Reminder<'a>>,
}

/// Why nothing can be sent to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyUnsent {
    /// No address is recorded to which a letter can go.
    NoAddress,
    /// Nobody owes it yet.
    Nobody,
    /// No address is recorded from which the convenor can send.
    NoSender,
}

impl WhyUnsent {
    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::NoAddress => "no-address",
            Self::Nobody => "nobody",
            Self::NoSender => "no-sender",
        }
    }
}

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
            let why = if person.is_some() { WhyUnsent::NoAddress } else { WhyUnsent::Nobody };
            match person.and_then(|person| Recipient::of(person, &reminders)) {
                Some(to) => letters.push(Letter { to, reminders }),
                None => unsent.push(Unsent { person, why, reminders }),
            }
        }
        unsent.sort_by_key(|unsent| {
            let of = unsent.person.map(|person| (person.name, person.role, person.id));
            (of.is_none(), of, unsent.reminders.first().map(|reminder| reminder.folder))
        });
        Self { letters, unsent }
    }

    /// Takes out the letters of which a convenor would be the sender who has no address: they can be sent by nobody. The
    /// others are not kept from going.
    pub fn without_senders(&mut self) {
        let (letters, unsent): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.letters).into_iter().partition(|letter| letter.sender().is_some());
        self.letters = letters;
        self.unsent.extend(unsent.into_iter().map(|Letter { reminders, .. }| {
            let person = reminders.first().and_then(|first| first.item.obligation.from);
            Unsent { person, why: WhyUnsent::NoSender, reminders }
        }));
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
    /// The convenor of the first student, who sends it where nobody else is named; none where the convenor has no address to
    /// which an answer can come.
    pub fn sender(&self) -> Option<Sender> {
        let convenor = self.reminders.first()?.convenor;
        let address = Address::parse(convenor.email?.raw())?;
        Some(Sender { name: short(convenor.name), address })
    }
}
