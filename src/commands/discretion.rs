//! What is left out of what a command shows: names, or notes.

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::folder::Selection;
use gwp::privacy::Discretion;

use super::surroundings::Surroundings;

/// The name under which the key is kept with which labels are made.
const KEY: &str = "pseudonyms.key";

/// What is left out.
#[derive(Clone, Copy, Debug, Default, ClapArgs)]
pub struct DiscretionArgs {
    /// Put labels in place of the names of people, groups and courses, and leave out all free text; dates stay
    #[arg(long)]
    pseudonymise: bool,

    /// Leave out notes, concerns, reasons and what was declared
    #[arg(long)]
    without_notes: bool,
}

impl DiscretionArgs {
    /// What is left out; none where all stays.
    pub fn asked(self) -> anyhow::Result<Option<Discretion>> {
        if !self.pseudonymise && !self.without_notes {
            return Ok(None);
        }
        let mut key = None;
        if self.pseudonymise {
            let Some(state) = Surroundings::state_folder() else {
                bail!("there is no folder in which the key of the labels could be kept; set HOME or XDG_STATE_HOME");
            };
            key = Some(state.secret(KEY)?);
        }
        Ok(Some(Discretion { key }))
    }

    /// The folders and what is selected of them, as they are to be shown.
    pub fn applied(self, folders: Vec<Folder>, selection: Selection) -> anyhow::Result<(Vec<Folder>, Selection)> {
        let Some(discretion) = self.asked()? else { return Ok((folders, selection)) };
        let selection = discretion.selection(selection, &folders);
        Ok((folders.iter().map(|folder| discretion.folder(folder)).collect(), selection))
    }
}
