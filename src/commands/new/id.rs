//! The id of a new record: made from its name, or said.

use anyhow::{Context as _, bail};
use clap::Args as ClapArgs;
use gwp::case::id_for_name;
use gwp::recording::RecordingSession;
use gwp::records::{RecordKind, SupervisionLog};
use gwp::text::visible;

use super::super::asking::Asking;
use super::super::value_parsers::id;
use super::WhatSaid;

// What a new record is called. No doc comment: it would become the help of the commands that this is a part of.
#[derive(Debug, ClapArgs)]
pub struct Id {
    /// The name, such as "Mina Holt", from which the id is made; or the id, in small letters, such as mina-holt
    #[arg(value_name = "NAME")]
    named: Option<String>,

    /// The id, where it is not made from the name: the name of the file without its ending
    #[arg(long = "id", value_name = "ID", value_parser = id)]
    id: Option<String>,
}

impl Id {
    /// The id that is said.
    pub fn said(&self) -> anyhow::Result<Option<String>> {
        match (&self.id, self.named.as_deref().filter(|named| id(named).is_ok())) {
            (Some(one), Some(other)) if one != other => bail!("the id is said twice, {one} and {other}; leave one out"),
            (Some(one), _) => Ok(Some(one.clone())),
            (None, named) => Ok(named.map(str::to_owned)),
        }
    }

    /// The name that is said in place of the id.
    pub fn name(&self) -> Option<String> {
        self.named.clone().filter(|named| id(named).is_err())
    }

    /// Whether somebody said the name, and nothing else.
    pub fn is_name_alone(&self, said: &WhatSaid) -> bool {
        (self.name().is_some() || self.named.is_none()) && !said.is_any()
    }

    /// What is said, with the name. The error says that it is said twice.
    pub fn with_name(&self, said: &WhatSaid) -> anyhow::Result<WhatSaid> {
        let mut said = said.clone();
        let Some(name) = self.name() else { return Ok(said) };
        if said.name().is_some() {
            let fault = id(&name).err().unwrap_or_default();
            bail!("\"{}\" is no id, and the name is said already; {fault}", visible(&name));
        }
        said.set_name(&name);
        Ok(said)
    }
}

/// More people of one name than a folder has.
const MOST_OF_A_NAME: u32 = 1000;

/// The id for a new record that is called so. Where it is taken, somebody who is there says another one.
pub fn free_id(
    name: &str,
    kind: RecordKind,
    asking: &mut Asking<'_>,
    session: &RecordingSession,
) -> anyhow::Result<String> {
    let made =
        id_for_name(name).with_context(|| format!("no id can be made of \"{}\"; say one with --id", visible(name)))?;
    let Err(taken) = session.must_be_new(kind, &made) else { return Ok(made) };
    let mut numbered = (2..=MOST_OF_A_NAME).map(|number| format!("{made}-{number}"));
    let next = numbered.find(|id| session.must_be_new(kind, id).is_ok());
    let next = next.unwrap_or_default();
    if !asking.is_somebody() {
        bail!("{taken}; if this is another one of that name, add --id {next}");
    }
    let asks = format!("{taken}. If this is another one of that name: its id, such as {next}");
    asking.needed(None, "--id", &asks, |answer| {
        let id = id(answer)?;
        session.must_be_new(kind, &id).map(|_| id).map_err(|taken| taken.to_string())
    })
}

/// What the log of a supervision is called: by the last names of the supervisor and of the first student.
pub fn of_supervision(log: &SupervisionLog) -> String {
    let last = |id: &str| id.rsplit('-').next().unwrap_or_default().to_owned();
    let supervisee = log.supervisees.first().map(|id| last(id.raw())).unwrap_or_default();
    format!("supervision {} {supervisee}", last(log.supervisor.raw()))
}
