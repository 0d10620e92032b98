//! What can be said of a new supervisor.

use clap::Args as ClapArgs;
use gwp::amend::Fresh;
use gwp::calendar::Day;
use gwp::recording::RecordingSession;
use gwp::records::{RecordKind, Registration, Supervisor};
use gwp::text::Text;

use super::super::asking::{Asking, yes_or_no};
use super::super::value_parsers::{day, some_text};

// What a supervisor is like. No doc comment: that of the command is its help.
#[derive(Debug, ClapArgs)]
pub struct Said {
    /// The supervisor's name; needed, and asked for at a terminal
    #[arg(long, value_name = "NAME")]
    name: Option<Text>,

    /// Where reminders go
    #[arg(long, value_name = "EMAIL", value_parser = some_text)]
    email: Option<Text>,

    /// The supervisor is a group analyst
    #[arg(long)]
    group_analyst: bool,

    /// The register that the supervisor is on
    #[arg(long, value_name = "REGISTER", value_parser = some_text)]
    registered: Option<Text>,

    /// The number in the register
    #[arg(long, value_name = "NUMBER", requires = "registered", value_parser = some_text)]
    number: Option<Text>,

    /// The day on which the registration was checked
    #[arg(long, value_name = "DATE", requires = "registered", value_parser = day)]
    checked: Option<Day>,

    /// The last day of the registration
    #[arg(long, value_name = "DATE", requires = "registered", value_parser = day)]
    expires: Option<Day>,
}

impl super::Said for Said {
    const KIND: RecordKind = RecordKind::Supervisor;

    fn is_incomplete(&self) -> bool {
        self.name.is_none()
    }

    fn ask(&self, asking: &mut Asking<'_>, _: &str, session: &RecordingSession) -> anyhow::Result<Fresh> {
        session.happened(self.checked, "--checked")?;
        let name = asking.text(self.name.as_ref(), "--name", "The supervisor's name")?;
        let email = asking.optional(self.email.as_ref(), "The email address", "none")?;
        let analyst = self.group_analyst.then_some(true);
        let group_analyst = asking.or_else(analyst, "A group analyst (yes, no)", (false, "no"), yes_or_no)?;
        let register = "The register";
        let register = asking.optional(self.registered.as_ref(), register, "none yet")?;
        let mut number = self.number.clone();
        if register.is_some() {
            number = asking.optional(number.as_ref(), "The number in the register", "not known yet")?;
        }
        let registration = register.map(|body| Registration {
            from: None,
            body: session.register(&body),
            number,
            checked: self.checked,
            expires: self.expires,
            notes: None,
        });
        Ok(Fresh::Supervisor(Supervisor {
            email,
            group_analyst,
            registrations: registration.into_iter().collect(),
            ..Supervisor::new(name)
        }))
    }
}
