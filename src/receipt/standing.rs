//! Whether the commit of a receipt is still there.

use serde::Serialize;

use crate::text::{short_id, visible};

/// How the commit that a receipt names stands to the history that it is verified in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CommitStanding {
    /// The folder; none where there is only one.
    pub folder: Option<String>,
    /// The full id that the receipt names; none where it names none.
    pub commit: Option<String>,
    /// Whether it is in the history; none where nobody can tell.
    pub in_history: Option<bool>,
    /// Whether the records of that commit are those of the receipt; none where nobody can tell, or they were not to be.
    pub has_the_records: Option<bool>,
    /// Why nobody can tell whether it is in the history; empty where that is told.
    #[serde(skip)]
    pub unknown: &'static str,
}

impl CommitStanding {
    /// Whether a receipt does not hold with it.
    pub fn breaks(&self) -> bool {
        self.in_history == Some(false) || self.has_the_records == Some(false)
    }

    /// What that is, in sentences; safe to show.
    pub fn sentence(&self) -> String {
        let of = self.folder.as_deref().map(|folder| format!(" for {}", visible(folder))).unwrap_or_default();
        let Some(commit) = &self.commit else { return format!("The receipt names no commit{of}.") };
        let commit = visible(short_id(commit));
        let told = match self.in_history {
            Some(true) => format!("The commit {commit} of the receipt{of} is in this history."),
            Some(false) => format!(
                "The commit {commit} of the receipt{of} is not in this history. Either the history was rewritten, or this is \
                 another branch or repository."
            ),
            None => format!(
                "Whether the commit {commit} of the receipt{of} is in this history is not known: {}.",
                self.unknown
            ),
        };
        match self.has_the_records {
            Some(true) => format!("{told} Its records are those of the receipt."),
            Some(false) => format!("{told} But its records are not those of the receipt."),
            None => told,
        }
    }
}
