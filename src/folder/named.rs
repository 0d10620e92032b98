//! Records as they are shown to somebody who named them.

use std::fmt;

use crate::text::{Nameable, any_of, few, visible};

/// A record as it is shown to somebody who named it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The id as it is shown.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
}

/// So many of those that can be meant are listed.
const MOST_LISTED: usize = 5;

impl Named {
    /// A record as it is shown.
    pub fn of(one: &Nameable) -> Self {
        Self { id: one.ids.first().cloned().unwrap_or_default(), name: one.name.clone() }
    }

    /// Records as somebody is shown them who can choose one: by name, and with the id where several have it. Safe to show.
    pub fn each_shown(all: &[Nameable]) -> Vec<String> {
        let shown = |one: &Nameable| {
            let is_alone = all.iter().filter(|other| other.name == one.name).count() == 1;
            match &one.name {
                Some(name) if is_alone => visible(name),
                _ => Self::of(one).to_string(),
            }
        };
        all.iter().map(shown).collect()
    }
}

/// `Mina Holt (mina-holt)`; safe to show.
impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = visible(&self.id);
        match self.name.as_deref().map(visible) {
            Some(name) if name != id && !id.is_empty() => write!(f, "{name} ({id})"),
            Some(name) => f.write_str(&name),
            None => f.write_str(&id),
        }
    }
}

/// `several students: Mina Holt (mina-holt) or Ann Holt (ann-holt)`.
pub(super) fn several(kind: &str, fits: &[Named]) -> String {
    let listed = if fits.len() <= MOST_LISTED { any_of(fits) } else { few(fits, MOST_LISTED, "; ") };
    format!("several {kind}s: {listed}")
}
