//! What is asked about what a folder owes, and the answer.

use super::{Caveats, DueBy, DueReport, Judged, Summary, nothing_due};
use crate::calendar::{Day, Span};
use crate::folder::{EVERYTHING, JudgedFolder, ResponsibleFilter, Selection};
use crate::judgement::{Item, OnceOwed, Roster, Schedule};

/// So many days what is done stays in a calendar: half a year.
pub const KEPT_DAYS: i64 = 182;

/// What is asked about what is due; everything, where nothing is said.
#[derive(Debug, Default)]
pub struct DueQuery {
    /// Only what is overdue or due within this time.
    pub within: Option<Span>,
    /// Only what is overdue.
    pub only_overdue: bool,
    /// Of whom.
    pub selection: Selection,
    /// From whom.
    pub from: ResponsibleFilter,
}

/// What a folder owes, with what was owed and is done.
pub struct FolderDue<'j> {
    judged: &'j JudgedFolder<'j>,
    query: &'j DueQuery,
    roster: Roster<'j>,
    items: Vec<Item<'j>>,
}

impl<'j> FolderDue<'j> {
    /// What a folder owes of what is asked about.
    pub fn of(judged: &'j JudgedFolder<'j>, query: &'j DueQuery) -> Self {
        let mut schedule = Schedule::new(judged.as_of);
        let roster = judged.roster(&query.selection, &mut |student, judgement| schedule.add(student, judgement));
        let items = schedule.items(&judged.folder.case);
        Self { judged, query, roster, items }
    }

    /// The folder.
    pub fn judged(&self) -> &'j JudgedFolder<'j> {
        self.judged
    }

    /// Whether something is owed, or somebody could not be judged.
    pub fn is_telling(&self) -> bool {
        self.roster.unjudged().next().is_some() || self.items.iter().any(|item| self.is_owed(item))
    }

    /// Everything from whom it is asked about, owed or done, whatever its day.
    pub fn items(&self) -> impl Iterator<Item = &Item<'j>> {
        self.items.iter().filter(|item| self.is_from_them(item))
    }

    /// What is in a calendar: what is owed, and of the rest what a calendar may hold that was made earlier. Of what is past that
    /// is what was owed on an earlier day, if its own was not longer ago than [`KEPT_DAYS`]. Of what is still to come it is all
    /// but what will be owed and never was: the records may have said otherwise. What has no day is left out.
    pub fn in_calendar(&self) -> Vec<&Item<'j>> {
        let (as_of, mut once_owed) = (self.judged.as_of, OnceOwed::before(self.judged.as_of));
        let is_in_it = |item: &&Item<'j>| match item.obligation.due {
            None => false,
            Some(_) if item.obligation.owed => true,
            Some(due) if due >= as_of => once_owed.was_owed(item) || !once_owed.will_be_owed(item),
            Some(due) => due >= as_of.plus_days(-KEPT_DAYS) && once_owed.was_owed(item),
        };
        self.items().filter(is_in_it).collect()
    }

    fn is_owed(&self, item: &Item<'j>) -> bool {
        let as_of = self.judged.as_of;
        let is_within = |within: Span| item.obligation.due.is_some_and(|due| due <= within.after(as_of));
        item.obligation.owed
            && self.query.within.is_none_or(is_within)
            && (!self.query.only_overdue || item.obligation.is_late(as_of))
            && self.is_from_them(item)
    }

    fn is_from_them(&self, item: &Item<'j>) -> bool {
        self.query.from.keeps(item.obligation.from.as_ref(), &self.judged.folder.name)
    }

    /// What has to be said with the items: who is missing, and what is shown of them.
    pub fn caveats(&self, today: Day) -> Caveats<'_> {
        let what = if self.query.only_overdue { "what is overdue" } else { EVERYTHING };
        let by = self.query.within.map(|within| within.after(self.judged.as_of));
        let shown_only = self.query.from.shown_only(what, by, &self.query.selection);
        let judged_by = Some(Summary::of(self.judged));
        let command_line = &self.judged.command_line;
        Caveats { command_line, roster: &self.roster, today, shown_only, judged_by, is_of_judged: true }
    }

    /// The items that are asked for and owed.
    pub fn owed(&self) -> impl Iterator<Item = &Item<'j>> {
        self.items.iter().filter(|item| self.is_owed(item))
    }

    /// Whether only what is overdue is asked for.
    pub fn is_only_overdue(&self) -> bool {
        self.query.only_overdue
    }

    /// The items that are asked for and owed, with what has to be said of them.
    pub fn report(&self, by: DueBy, today: Day) -> Judged<'_, DueReport<'_>> {
        let (folder, as_of) = (self.judged.folder.name.shown(), self.judged.as_of);
        let items = self.owed().cloned().collect();
        let (only_overdue, nothing) = (self.query.only_overdue, nothing_due(&self.roster));
        Judged {
            folder,
            caveats: self.caveats(today),
            report: DueReport { items, by, as_of, only_overdue, is_on_paper: false, folder, nothing },
        }
    }
}
