//! What was said before: by the record beside the letters, or else as the folder stood.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::bail;
use gwp::Folder;
use gwp::calendar::{Day, Span};
use gwp::files::{beside, shown, without_dot};
use gwp::folder::{JudgedFolder, Selection};
use gwp::reminders::{Memory, Reminder, Reminders, SaidLetter, Telling, read_record};
use gwp::text::{SaidDay, Text, counted, few};

use super::super::context::Context;
use super::super::surroundings::Surroundings;
use super::super::value_parsers::day;

/// The name of the record, beside the letters of which it tells.
pub const RECORD: &str = "reminders.jsonl";

/// Since when letters tell what is new.
#[derive(Clone, Copy, Debug)]
pub enum Since {
    /// Since the letters that the record tells of.
    Last,
    /// Since the letters of a day.
    Day(SaidDay),
}

impl Since {
    /// Reads `last`, or a day; the error says what is needed.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.eq_ignore_ascii_case("last") { Ok(Self::Last) } else { day(text).map(Self::Day) }
    }
}

/// The letters of which the records in a place tell, each with the folder in which it lies.
#[derive(Debug)]
pub struct Recorded {
    /// The letters, in the order of their days.
    pub letters: Vec<(Text, SaidLetter)>,
    /// Whether a record is there at all.
    pub is_there: bool,
    /// What cannot be read, as sentences.
    unread: Vec<String>,
    /// The folders in which something else than a file has the name of the record.
    not_plain: Vec<Text>,
}

impl Recorded {
    /// Reads the records in a folder, in those in it and in those next to it. What cannot be read is kept as sentences.
    pub fn read(place: &Path) -> anyhow::Result<Self> {
        let found = beside(RECORD, place)?;
        let is_there = !found.is_empty();
        let mut recorded = Self { letters: Vec::new(), is_there, unread: Vec::new(), not_plain: Vec::new() };
        for one in found {
            let folder = one.folder_shown();
            recorded.not_plain.extend((!one.is_plain).then(|| folder.clone()));
            match &one.text {
                Ok(text) => {
                    let (letters, unread) = read_record(text);
                    recorded.letters.extend(letters.into_iter().map(|letter| (folder.clone(), letter)));
                    if let [first, ..] = unread.as_slice() {
                        let which = if unread.len() == 1 { format!("line {first}") } else { lines(&unread) };
                        recorded.unread.push(format!("{which} of {folder}/{RECORD} cannot be read"));
                    }
                }
                Err(why) => recorded.unread.push(format!("{folder}/{RECORD}: {}", why.message)),
            }
        }
        recorded.letters.sort_by(|(one_in, one), (other_in, other)| {
            (one.as_of, one_in, &one.file).cmp(&(other.as_of, other_in, &other.file))
        });
        Ok(recorded)
    }

    /// Whether no record can be kept in a folder: something else than a file has its name there.
    pub fn is_blocked(&self, folder: &Text) -> bool {
        self.not_plain.contains(folder)
    }

    /// Says on standard error what cannot be read.
    pub fn say_unread(&self, so: &str) -> anyhow::Result<()> {
        for unread in &self.unread {
            writeln!(anstream::stderr(), "gwp: {unread}; {so}")?;
        }
        Ok(())
    }
}

fn lines(numbers: &[usize]) -> String {
    format!("lines {}", few(numbers, 10, ", "))
}

/// What the place is kept under where letters were last written to.
const LAST: &str = "letters";

/// Keeps in mind, for this user of this machine, where the letters about these folders were written to. It only saves
/// somebody from saying it: where it cannot be kept, nothing is lost.
pub fn keep_place(out: &Path, folders: &[Folder], now: SystemTime) {
    let (Some(state), Ok(place)) = (Surroundings::state_folder(), std::path::absolute(out)) else { return };
    for root in folders.iter().filter_map(|folder| folder.root.as_ref()) {
        let _ = state.part("remind", &root.path).keep(LAST, place.to_string_lossy().as_bytes(), now);
    }
}

/// Where the letters about one of these folders were last written to, as far as this machine knows.
pub fn kept_place(folders: &[Folder], now: SystemTime) -> Option<PathBuf> {
    let state = Surroundings::state_folder()?;
    let roots = folders.iter().filter_map(|folder| folder.root.as_ref());
    let mut kept = roots.filter_map(|root| state.part("remind", &root.path).read(LAST, now).ok()?);
    Some(PathBuf::from(String::from_utf8(kept.next()?).ok()?))
}

/// What letters said before, of each folder.
pub struct Earlier {
    of_folders: Vec<Told>,
    /// What has to be said of it.
    pub notes: Vec<String>,
    /// The day, where what the folder says now had to do.
    by_records_of_today: Option<Day>,
}

/// What letters said of one folder.
enum Told {
    /// Nothing.
    Nothing,
    /// What the records tell.
    Recorded(Memory),
    /// What the folder had to tell.
    Judged(BTreeSet<Telling>),
}

/// What the letters of this run have in common.
pub struct Asked<'r> {
    /// The day of judgement.
    pub as_of: Day,
    /// The time within which something is due.
    pub within: Span,
    /// Of whom.
    pub selection: &'r Selection,
    /// Where letters are written to.
    pub out: Option<&'r Path>,
    /// Where letters lie.
    pub letters: Option<&'r Path>,
}

impl Earlier {
    /// What was said before since a day or since the last letters; nothing where nobody asks.
    pub fn of(
        since: Option<Since>,
        asked: &Asked<'_>,
        judged: &[JudgedFolder<'_>],
        context: &Context<'_>,
    ) -> anyhow::Result<Self> {
        let nothing = || judged.iter().map(|_| Told::Nothing).collect();
        let mut earlier = Self { of_folders: nothing(), notes: Vec::new(), by_records_of_today: None };
        let Some(since) = since else { return Ok(earlier) };
        let until = match since {
            Since::Last => None,
            Since::Day(said) => Some(context.happened(said)?),
        };
        if let Some(until) = until.filter(|until| *until >= asked.as_of) {
            let (until, as_of) = (until.iso(), asked.as_of.iso());
            bail!("--since {until} is not before {as_of}; name the day of the reminders before these");
        }
        let place = asked.letters.or(asked.out);
        let Some(place) = place else {
            let Some(until) = until else {
                bail!(
                    "--since last needs the record of the last letters; say with --out or --letters where letters lie"
                )
            };
            earlier.judge_as_of(until, asked, judged)?;
            return Ok(earlier);
        };
        let recorded = Recorded::read(place)?;
        recorded.say_unread("what it said is said again")?;
        let own_folder = asked.out.map(|out| shown(&without_dot(out)));
        // What this run wrote there before is written once more, byte for byte.
        let is_of_this_run =
            |folder: &Text, letter: &SaidLetter| letter.as_of == asked.as_of && own_folder.as_ref() == Some(folder);
        let letters = recorded.letters.iter().filter(|(folder, letter)| {
            !is_of_this_run(folder, letter) && until.is_none_or(|until| letter.as_of <= until)
        });
        // Nobody can have read a letter of a day that is still to come: one was prepared, or a clock was wrong.
        let (letters, to_come): (Vec<_>, Vec<_>) =
            letters.map(|(_, letter)| letter).partition(|letter| letter.as_of <= asked.as_of);
        if let Some(last) = to_come.iter().map(|letter| letter.as_of).max() {
            let letters = counted(to_come.len(), "letter is", "letters are");
            let as_of = asked.as_of;
            earlier.notes.push(format!(
                "{letters} dated after {as_of}, the last of them {last}. What they say counts as not said yet."
            ));
        }
        match (letters.iter().map(|letter| letter.as_of).max(), until) {
            (None, Some(until)) => earlier.judge_as_of(until, asked, judged)?,
            (None, None) => {
                let place = shown(place);
                earlier.notes.push(if recorded.is_there {
                    format!("The record in {place} or next to it holds no earlier letter, so everything is said.")
                } else {
                    format!("No record of earlier letters lies in {place} or next to it, so everything is said.")
                });
            }
            (Some(last), _) => {
                earlier.notes.push(format!("Left out is what earlier letters said, the last of them on {last}."));
                earlier.of_folders =
                    judged.iter().map(|_| Told::Recorded(Memory::of(letters.iter().copied()))).collect();
            }
        }
        Ok(earlier)
    }

    /// What there was to say on a day, as the folders stood then; where nobody knows that, as they say now.
    fn judge_as_of(&mut self, day: Day, asked: &Asked<'_>, judged: &[JudgedFolder<'_>]) -> anyhow::Result<()> {
        let mut of_folders = Vec::new();
        for one in judged {
            let told = if let Some(told) = as_it_stood(one, day, asked) {
                told
            } else {
                self.by_records_of_today = Some(day);
                tellings(&one.folder.judge(day)?, asked)
            };
            of_folders.push(Told::Judged(told));
        }
        self.of_folders = of_folders;
        Ok(())
    }

    /// Takes out what the letters before said of a folder, and says how many there are of it.
    pub fn leave_out(&self, folder: usize, name: &Text, reminders: &mut Reminders<'_>) -> usize {
        let is_told = |reminder: &Reminder<'_>| match self.of_folders.get(folder) {
            None | Some(Told::Nothing) => false,
            Some(Told::Recorded(memory)) => memory.has_said(reminder, name),
            Some(Told::Judged(told)) => Telling::of(reminder).is_some_and(|telling| told.contains(&telling)),
        };
        reminders.leave_out(&is_told)
    }

    /// Says how many items are left out, where nobody knows that they were said.
    pub fn note_left_out(&mut self, count: usize) {
        if let Some(day) = self.by_records_of_today.filter(|_| count > 0) {
            let items = counted(count, "item is", "items are");
            self.notes.push(format!(
                "{items} left out: by the records as they are now, the letters of {day} said that. Neither git nor a \
                 record of letters shows that they did."
            ));
        }
    }
}

/// What a folder had to say on a day: as git knows it from the end of that day and, where it knows that too, from the
/// end of the day before. What was put right in the course of the day is said again.
fn as_it_stood(now: &JudgedFolder<'_>, day: Day, asked: &Asked<'_>) -> Option<BTreeSet<Telling>> {
    let known_on = |known: Day| {
        let then = now.folder.as_known_on(known, &Surroundings::local_time()).ok()?;
        // Of a folder that could not be judged nothing was said.
        Some(then.judge(day).map(|then| tellings(&then, asked)).unwrap_or_default())
    };
    let evening = known_on(day)?;
    Some(match known_on(day.plus_days(-1)) {
        Some(morning) => evening.intersection(&morning).cloned().collect(),
        None => evening,
    })
}

fn tellings(judged: &JudgedFolder<'_>, asked: &Asked<'_>) -> BTreeSet<Telling> {
    let mut reminders = Reminders::new(0, judged.as_of, asked.within);
    judged.roster(asked.selection, &mut |student, judgement| reminders.add(student, judgement));
    reminders.tellings()
}
