//! How what a row says stands to what a log says already.

use serde_json::Value as Json;

use super::said::Said;
use crate::amend::{contradiction, is_estimated, is_left_open};
use crate::calendar::Day;
use crate::records::{LogEntry, Mode, SessionLog};
use crate::text::{Text, visible};

/// How a row stands to the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The log has no entry for the day.
    New,
    /// The log has a plan for the day, and the row says what became of it or plans it otherwise.
    Planned,
    /// The log leaves something open that the row says.
    More,
    /// The log says all of it already.
    There,
    /// The log says something else: what, as phrases that are safe to show.
    Differs(Vec<String>),
}

/// An entry of a log.
struct There<'a> {
    entry: LogEntry<'a>,
    /// How it took place: as the log says where the entry does not.
    mode: Option<Mode>,
    /// What it says at each key.
    said: Json,
    /// Whether it is a plan, or of a day that is still to come.
    is_plan: bool,
}

/// What a row says and an entry does not, or says otherwise.
struct Difference {
    key: &'static str,
    /// Whether the entry says nothing there.
    is_addition: bool,
    /// Whether the row says that nobody came.
    is_zero: bool,
    /// As a phrase; safe to show.
    what: String,
}

impl Compared {
    /// How a row stands to a log, as far as `today`.
    pub fn of(said: &Said, log: &SessionLog, today: Day) -> Self {
        let Some(there) = There::on(said.date, log, today) else { return Self::New };
        if contradiction(log, said.date).is_some() {
            let what = "the log says of this day that it was cancelled, and that it was not";
            return Self::Differs(vec![what.to_owned()]);
        }
        if there.is_plan && said.cancelled.is_some() {
            return Self::Planned;
        }
        let differences = there.against(said);
        let is_open = |one: &Difference| match one {
            // An absence that a plan foresees is no estimate.
            Difference { key, is_addition, .. } if there.is_plan => *is_addition || is_estimated(key),
            Difference { key, is_addition, is_zero, .. } => *is_addition && is_left_open(key, *is_zero),
        };
        if !differences.iter().all(is_open) {
            return Self::Differs(differences.into_iter().map(|one| one.what).collect());
        }
        let is_confirmed = there.entry.is_planned() != said.planned;
        match differences.is_empty() && !is_confirmed {
            true => Self::There,
            false if there.is_plan => Self::Planned,
            false => Self::More,
        }
    }
}

impl<'a> There<'a> {
    fn on(day: Day, log: &'a SessionLog, today: Day) -> Option<Self> {
        let entry = log.entry_on(day)?;
        let said = serde_json::to_value(entry).unwrap_or_default();
        let is_plan = entry.cancelled().is_none() && (entry.is_planned() || day > today);
        Some(Self { entry, mode: entry.mode().or(log.usual_mode()), said, is_plan })
    }

    /// What a row says and the entry does not, or says otherwise.
    fn against(&self, said: &Said) -> Vec<Difference> {
        let mut found = Vec::new();
        let mut add = |key: &'static str, is_addition: bool, what: String| {
            found.push(Difference { key, is_addition, is_zero: said.present == Some(0), what });
        };
        match (self.entry.cancelled(), &said.cancelled) {
            (Some(there), Some(Some(why))) if there != why => {
                add("cancelled", false, format!("the log says that it was cancelled for another reason: {there}"));
            }
            (Some(there), None) => add("cancelled", false, format!("the log says that it was cancelled: {there}")),
            (None, Some(_)) => add("cancelled", false, "the log says that it was held".to_owned()),
            _ => {}
        }
        if said.planned && !self.is_plan && self.entry.cancelled().is_none() {
            add("planned", true, "the log says that it was held".to_owned());
        }
        let present = self.said.get("present").and_then(Json::as_u64).and_then(|count| u32::try_from(count).ok());
        for (key, there, said, what) in [
            ("minutes", self.entry.minutes().map(u32::from), said.minutes.map(u32::from), "minutes"),
            ("present", present, said.present, "present"),
        ] {
            match (there, said) {
                (Some(there), Some(said)) if there != said => add(key, false, format!("the log says {there} {what}")),
                (None, Some(said)) => add(key, true, format!("the log does not say {said} {what}")),
                _ => {}
            }
        }
        if let (Some(there), Some(mode)) = (self.mode, said.mode)
            && there != mode
        {
            add("mode", false, format!("the log says {}", there.word()));
        }
        let was_joint = self.said.get("joint") == Some(&Json::Bool(true));
        if said.joint.is_some_and(|joint| joint != was_joint) {
            let joint = if was_joint { "joint" } else { "not joint" };
            add("joint", !was_joint, format!("the log says that it was {joint}"));
        }
        let sorted = |ids: &[Text]| {
            let mut ids = ids.to_vec();
            ids.sort_unstable();
            ids
        };
        if let Some(absent) = &said.absent
            && sorted(absent) != sorted(self.entry.absent())
        {
            let is_addition = self.entry.absent().is_empty();
            add("absent", is_addition, "the log says otherwise who was not there".to_owned());
        }
        let notes = self.said.get("notes").and_then(Json::as_str);
        match (notes, &said.notes) {
            (Some(there), Some(notes)) if there != notes.raw() => {
                add("notes", false, "the log has other notes".to_owned());
            }
            (None, Some(_)) => add("notes", true, "the log does not have the notes".to_owned()),
            _ => {}
        }
        for (key, said) in &said.others {
            let called = key.replace('_', " ");
            match self.said.get(key) {
                Some(there) if there == said => {}
                None | Some(Json::Null | Json::Bool(false)) => {
                    add(key, true, format!("the log does not say {called}"));
                }
                Some(Json::Bool(true)) => add(key, false, format!("the log says {called}")),
                Some(there) => add(key, false, format!("the log says {called} {}", shown(there))),
            }
        }
        found
    }
}

fn shown(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), visible)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the dates of a test are written in it")]
mod tests {
    use super::*;
    use crate::amend::{Recorded, Refusal, amend_when};
    use crate::records::read;
    use crate::text::Notation;

    const HEAD: &str = "kind = \"group\"\ntitle = \"T\"\norganisation = \"O\"\nsetting = \"health\"\naim = \"other\"\n\
                        frequency = \"weekly\"\nconductors = []\n";

    /// Every entry of a day.
    fn entries() -> Vec<String> {
        let mut entries = vec!["cancelled = \"ill\"".to_owned(), "cancelled = \"snow\", notes = \"n\"".to_owned()];
        for planned in ["", ", planned = true"] {
            for present in ["", ", present = 0", ", present = 7"] {
                for rest in ["", ", absent = [\"a\"]", ", notes = \"n\""] {
                    entries.push(format!("minutes = 90{planned}{present}{rest}"));
                }
            }
        }
        entries
    }

    /// Every row of that day.
    fn rows(date: Day) -> Vec<Said> {
        let blank = Said::on(date);
        let ill = Some(Some(Text::new("ill")));
        let mut rows = vec![Said { cancelled: ill, ..blank.clone() }];
        for minutes in [90, 60] {
            for present in [None, Some(0), Some(7), Some(8)] {
                for absent in [None, Some(Vec::new()), Some(vec![Text::new("a")]), Some(vec![Text::new("b")])] {
                    for notes in [None, Some(Text::new("n"))] {
                        for planned in [false, true] {
                            let (absent, notes) = (absent.clone(), notes.clone());
                            rows.push(Said {
                                minutes: Some(minutes),
                                present,
                                absent,
                                notes,
                                planned,
                                ..blank.clone()
                            });
                        }
                    }
                }
            }
        }
        rows
    }

    #[test]
    fn what_differs_is_said() {
        const SUPERVISION: &str =
            "kind = \"supervision\"\nsupervisor = \"s\"\nsupervisees = []\nmode = \"telephone\"\n";
        let date = Day::parse("2026-10-06").unwrap();
        let blank = || Said::on(date);
        let held = || Said { minutes: Some(90), ..blank() };
        let of = |head: &str, entry: &str, said: &Said| {
            let text = format!("{head}sessions = [{{ date = 2026-10-06, {entry} }}]\n");
            match Compared::of(said, &read::<SessionLog>(Notation::Toml, &text).record.unwrap(), date) {
                Compared::Differs(what) => what.join("; "),
                other => format!("{other:?}"),
            }
        };
        let ill = |why: Option<&str>| Said { cancelled: Some(why.map(Text::new)), ..blank() };
        for (entry, said, wanted) in [
            ("cancelled = 'snow'", held(), "the log says that it was cancelled: snow; the log does not say 90 minutes"),
            ("cancelled = 'snow'", ill(Some("ill")), "the log says that it was cancelled for another reason: snow"),
            ("cancelled = 'snow'", ill(Some("snow")), "There"),
            ("cancelled = 'snow'", ill(None), "There"),
            ("minutes = 90", ill(None), "the log says that it was held"),
            ("minutes = 60", held(), "the log says 60 minutes"),
            ("minutes = 90, present = 7", Said { present: Some(8), ..held() }, "the log says 7 present"),
            ("minutes = 90, notes = 'a'", Said { notes: Some(Text::new("b")), ..held() }, "the log has other notes"),
            ("minutes = 90, notes = 'a'", Said { notes: Some(Text::new("a")), ..held() }, "There"),
            ("minutes = 90", Said { notes: Some(Text::new("b")), ..held() }, "More"),
            ("minutes = 90", Said { planned: true, ..held() }, "the log says that it was held"),
            ("minutes = 90, online = true", Said { others: vec![("online", Json::Bool(true))], ..held() }, "There"),
            (
                "minutes = 90, online = true",
                Said { others: vec![("online", Json::Bool(false))], ..held() },
                "the log says online",
            ),
            ("minutes = 90", Said { others: vec![("online", Json::Bool(true))], ..held() }, "More"),
            ("minutes = 60, planned = true", held(), "Planned"),
            ("minutes = 90, planned = true", Said { planned: true, ..held() }, "There"),
            ("minutes = 60, planned = true", Said { planned: true, ..held() }, "Planned"),
        ] {
            assert_eq!(of(HEAD, entry, &said), wanted, "{entry}\n{said:?}");
        }
        let meeting = || Said { is_of_group: false, ..held() };
        for (entry, said, wanted) in [
            ("minutes = 90", Said { mode: Some(Mode::Telephone), ..meeting() }, "There"),
            ("minutes = 90", Said { mode: Some(Mode::Video), ..meeting() }, "the log says telephone"),
            ("minutes = 90, mode = 'video'", Said { mode: Some(Mode::Video), ..meeting() }, "There"),
            ("minutes = 90, joint = true", Said { joint: Some(true), ..meeting() }, "There"),
            ("minutes = 90, joint = true", Said { joint: Some(false), ..meeting() }, "the log says that it was joint"),
            ("minutes = 90", Said { joint: Some(true), ..meeting() }, "the log says that it was not joint"),
            ("minutes = 90", Said { joint: Some(false), ..meeting() }, "There"),
            ("minutes = 90, planned = true", Said { joint: Some(true), ..meeting() }, "Planned"),
            (
                "minutes = 90, planned = true, joint = true",
                Said { joint: Some(false), ..meeting() },
                "the log says that it was joint",
            ),
        ] {
            assert_eq!(of(SUPERVISION, entry, &said), wanted, "{entry}\n{said:?}");
        }
        let two = "minutes = 90 }, { date = 2026-10-06, cancelled = 'ill'";
        assert_eq!(of(HEAD, two, &held()), "the log says of this day that it was cancelled, and that it was not");
    }

    #[test]
    fn what_is_taken_from_a_table_is_what_goes_into_the_log() {
        let date = Day::parse("2026-10-06").unwrap();
        let mut counts = [0; 3];
        for entry in entries() {
            let text = format!("{HEAD}sessions = [\n  {{ date = 2026-10-06, {entry} }},\n]\n");
            let log = read::<SessionLog>(Notation::Toml, &text).record.unwrap();
            for row in rows(date) {
                for (today, recorded) in [(date, Recorded::Since), (date.plus_days(-1), Recorded::Ahead)] {
                    if recorded == Recorded::Ahead && !row.planned && row.cancelled.is_none() {
                        continue;
                    }
                    let compared = Compared::of(&row, &log, today);
                    let made = amend_when(Notation::Toml, &text, &row.event(None), recorded);
                    // That somebody was there after all is nothing that an entry says.
                    let takes_back = row.absent.as_ref().is_some_and(Vec::is_empty) && entry.contains("absent");
                    let (position, is_right) = match &compared {
                        Compared::Planned | Compared::More => (0, made.is_ok()),
                        Compared::There => (1, matches!(made, Err(Refusal::AlreadyThere { .. }))),
                        Compared::Differs(_) => (2, takes_back || matches!(made, Err(Refusal::Otherwise { .. }))),
                        Compared::New => (2, false),
                    };
                    counts[position] += 1;
                    assert!(is_right, "{entry}\n{row:?}\n{today} {compared:?}\n{made:?}");
                }
            }
        }
        assert!(counts.iter().all(|count| *count > 20), "{counts:?}");
    }
}
