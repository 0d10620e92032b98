//! Where an unfinished meeting is kept until somebody goes on with it.

use std::time::SystemTime;

use gwp::meeting::{Progress, Sitting};
use gwp::recording::RecordingSession;
use gwp::writing::StatePart;

use super::super::surroundings::Surroundings;

/// The place of an unfinished meeting, in the user's own folder. Where there is none, nothing is kept.
pub struct Kept {
    part: Option<StatePart>,
    name: String,
    now: SystemTime,
}

impl Kept {
    /// The place of a meeting of a case folder.
    pub fn of(session: &RecordingSession, sitting: Sitting, now: SystemTime) -> Self {
        let root = session.before.root.as_ref();
        let part = Surroundings::state_folder().zip(root).map(|(state, root)| state.part("meeting", &root.path));
        Self { part, name: format!("{}.json", sitting.id()), now }
    }

    /// What is kept of it. What cannot be read any more is as if it were not there.
    pub fn read(&self) -> Option<Progress> {
        let bytes = self.part.as_ref()?.read(&self.name, self.now).ok()??;
        Progress::read(&bytes).filter(|progress| !progress.is_empty())
    }

    /// Keeps it, and says whether it is kept: not where nothing was said, nor where there is no place for it. The error says
    /// that this cannot be done.
    pub fn keep(&self, progress: &Progress) -> anyhow::Result<bool> {
        let Some(part) = self.part.as_ref().filter(|_| !progress.is_empty()) else { return Ok(false) };
        part.keep(&self.name, &progress.bytes(), self.now)?;
        Ok(true)
    }

    /// It is finished.
    pub fn forget(&self) -> anyhow::Result<()> {
        if let Some(part) = &self.part {
            part.forget(&self.name)?;
        }
        Ok(())
    }
}
