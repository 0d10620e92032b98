//! Where something is minuted: which meeting of a committee the words of a `minute` name.

use super::{Records, words};
use crate::calendar::{Day, MONTHS};
use crate::records::{Body, CommitteeMeeting};
use crate::text::{FileId, Path, SourcePath, Text};

/// A meeting that a minute names, and the item where its number is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minuted {
    /// The meeting's file.
    pub file: FileId,
    /// The position of the item among those of the meeting.
    pub item: Option<usize>,
}

impl Minuted {
    /// The item, or the meeting as a whole.
    pub fn place(&self) -> SourcePath {
        let path = self.item.map_or_else(Path::root, |item| Path::of("items").index(item));
        SourcePath { file: self.file, path }
    }
}

impl Records {
    /// The meeting that a minute names: by its day, as `LCC 2026-02-21, item 6` or `LCC 21 February 2026, item 6`, or where no
    /// day is named by its id. A minute that names no body is one of the body that decided.
    pub fn minuted(&self, minute: &Text, of: Body) -> Option<Minuted> {
        let words: Vec<&str> = words(minute.raw()).collect();
        let meeting = match words.iter().enumerate().find_map(|(at, _)| day_at(&words[at..])) {
            Some(day) => {
                let named = [Body::Lcc, Body::Spc, Body::Ntm, Body::Ndt, Body::Panel]
                    .into_iter()
                    .find(|body| words.iter().any(|word| word.eq_ignore_ascii_case(body.title())));
                let is_it = |one: &CommitteeMeeting| one.body == named.unwrap_or(of) && one.date == day;
                self.meetings.iter().find(|meeting| meeting.record.as_deref().is_some_and(is_it))
            }
            None => self
                .meetings
                .iter()
                .find(|meeting| words.iter().any(|word| word.eq_ignore_ascii_case(meeting.id.raw()))),
        }?;
        let number = words.windows(2).find(|pair| pair[0].eq_ignore_ascii_case("item")).map(|pair| pair[1]);
        let number: Option<u32> = number.and_then(|number| number.parse().ok());
        let items = meeting.record.as_deref().map_or(&[][..], |one| &one.items);
        let item = number.and_then(|number| items.iter().position(|item| item.number == Some(number)));
        Some(Minuted { file: meeting.file, item })
    }
}

/// The day that words begin with: `2026-02-21`, or `21`, `February` and `2026`.
fn day_at(words: &[&str]) -> Option<Day> {
    if let Some(day) = words.first().and_then(|word| Day::parse(word)) {
        return Some(day);
    }
    let [day, month, year, ..] = words else { return None };
    let month = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month))?;
    Day::new(year.parse().ok()?, u32::try_from(month).ok()? + 1, day.parse().ok()?)
}
