//! What has to be said before a part of the output, so that nobody takes it for more than it is.

use super::sheet::{Sheet, counted};
use super::summary::Summary;
use crate::calendar::Day;
use crate::folder::CommandLine;
use crate::judgement::Roster;
use crate::text::few;

/// What a part of the output leaves out, or looks ahead to.
#[derive(Debug)]
pub struct Caveats<'r> {
    /// How commands are shown.
    pub command_line: &'r CommandLine,
    /// Every student that is looked at.
    pub roster: &'r Roster<'r>,
    /// Today, where it is before the day of judgement.
    pub today: Day,
    /// What is shown, in words, where it is not everything: `what concerns the course london-2025`.
    pub shown_only: Option<String>,
    /// What the folder is judged by, where it does not stand at the end.
    pub judged_by: Option<Summary<'r>>,
    /// Whether the part lists only students who could be judged.
    pub is_of_judged: bool,
}

/// The most students that a sentence names; what is beyond them is counted.
const NAMED: usize = 10;

impl Caveats<'_> {
    /// The sentences, in the order of their weight; none where there is nothing to say.
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences: Vec<String> = self.unjudged().into_iter().collect();
        if let Some(shown_only) = &self.shown_only {
            sentences.push(format!("Shown is only {shown_only}."));
        }
        if self.today < self.roster.as_of {
            sentences.push(format!(
                "This looks ahead: today is {}, and what is still to be held or to arrive counts as not there.",
                self.today
            ));
        }
        sentences.extend(self.judged_by.as_ref().map(Summary::sentence));
        sentences
    }

    /// Who is missing in the part because nothing could be judged.
    pub fn unjudged(&self) -> Option<String> {
        let what = "could not be judged and cannot be in this list";
        unjudged(self.roster, what, self.command_line).filter(|_| self.is_of_judged)
    }

    /// The sentences as a sheet.
    pub fn sheet(&self) -> Option<Sheet> {
        let sentences = self.sentences();
        (!sentences.is_empty()).then(|| {
            let mut sheet = Sheet::new("");
            sheet.lead = sentences;
            sheet
        })
    }
}

/// Who could not be judged, with what that means, as a sentence; none where everybody was.
pub fn unjudged(roster: &Roster<'_>, what: &str, command_line: &CommandLine) -> Option<String> {
    let why = || command_line.again(["check", "--only", "problems"]);
    unjudged_on_paper(roster, what).map(|said| format!("{said} \"{}\" says why.", why()))
}

/// Likewise for readers who have no use for commands.
pub fn unjudged_on_paper(roster: &Roster<'_>, what: &str) -> Option<String> {
    let count = roster.unjudged().count();
    let names = few(roster.unjudged().map(|result| result.name.unwrap_or(result.id)), NAMED, ", ");
    (count > 0).then(|| format!("{} {what}: {names}.", counted(count, "student", "students")))
}
