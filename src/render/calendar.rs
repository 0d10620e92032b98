//! What is due as a calendar file (iCalendar, RFC 5545): an all-day event for each obligation.
//!
//! The lines are written here and by no library: of those that were looked at, one puts the clock and random numbers
//! into alarms, so that no two files are alike, and takes quadratic time to fold a line; another brings the time zones
//! of the world.

use std::fmt::Write as _;
use std::io::{self, Write};

use chrono::{DateTime, Utc};

use crate::PROGRAM;
use crate::calendar::Day;
use crate::judgement::{Item, ObligationKind};
use crate::reports::{owed_by, what};
use crate::text::{Text, capitalised};

/// An event of the calendar.
pub struct Event<'e, 'a> {
    /// What is due.
    pub item: &'e Item<'a>,
    /// The name of the case folder: it becomes part of the event's name.
    pub folder: &'e Text,
    /// The day of judgement.
    pub as_of: Day,
}

/// Writes a calendar, made at a moment. Every event has the same name (UID) in every file, whatever its date; a later
/// file has a later DTSTAMP and, from the next day on, a greater SEQUENCE, so that a calendar program takes it over what
/// it knows. What is no longer owed is written as done, and cancelled.
pub fn write_ics(name: &str, events: &[Event<'_, '_>], made: DateTime<Utc>, out: &mut dyn Write) -> io::Result<()> {
    let sequence = Day::new(2000, 1, 1).map_or(0, |first| first.days_to(Day::of_date(made.date_naive())).max(0));
    let made = [("DTSTAMP", made.format("%Y%m%dT%H%M%SZ").to_string()), ("SEQUENCE", sequence.to_string())];
    line("BEGIN", "VCALENDAR", out)?;
    line("VERSION", "2.0", out)?;
    line("PRODID", &escaped(&format!("-//gwp//{PROGRAM}//EN")), out)?;
    line("CALSCALE", "GREGORIAN", out)?;
    line("METHOD", "PUBLISH", out)?;
    line("X-WR-CALNAME", &escaped(name), out)?;
    for event in events {
        event.write(&made, out)?;
    }
    line("END", "VCALENDAR", out)
}

/// When reminders come, counted from the beginning of the day: at nine in the morning a week before, and on the day.
const ALARMS: [&str; 2] = ["-P6DT15H", "PT9H"];

impl Event<'_, '_> {
    fn write(&self, made: &[(&str, String)], out: &mut dyn Write) -> io::Result<()> {
        let stands = self.item.obligation.owed;
        // What has no day of its own is in no calendar.
        let Some(due) = self.item.obligation.due else { return Ok(()) };
        let summary = if stands { self.summary() } else { format!("Done: {}", self.summary()) };
        let summary = escaped(&summary);
        line("BEGIN", "VEVENT", out)?;
        line("UID", &escaped(&self.uid()), out)?;
        for (name, value) in made {
            line(name, value, out)?;
        }
        line("DTSTART;VALUE=DATE", &basic(due), out)?;
        // Without an end it lasts that day; the calendar's last day has no next.
        if due < Day::last() {
            line("DTEND;VALUE=DATE", &basic(due.plus_days(1)), out)?;
        }
        line("SUMMARY", &summary, out)?;
        line("DESCRIPTION", &escaped(&self.description()), out)?;
        line("CATEGORIES", &escaped(self.item.obligation.kind.word()), out)?;
        line("CLASS", "PRIVATE", out)?;
        line("TRANSP", "TRANSPARENT", out)?;
        line("STATUS", if stands { "CONFIRMED" } else { "CANCELLED" }, out)?;
        if stands && due >= self.as_of {
            for trigger in ALARMS {
                line("BEGIN", "VALARM", out)?;
                line("ACTION", "DISPLAY", out)?;
                line("DESCRIPTION", &summary, out)?;
                line("TRIGGER", trigger, out)?;
                line("END", "VALARM", out)?;
            }
        }
        line("END", "VEVENT", out)
    }

    /// `mina-holt.gwp2.2026-1.joseph-adair@exeter.gwp`: of another folder it is another.
    fn uid(&self) -> String {
        let key = self.item.key();
        let parts: Vec<_> = key.split('/').map(plain).collect();
        format!("{}@{}.gwp", parts.join("."), plain(self.folder.raw()))
    }

    /// `Supervision meeting: Marcus Idowu`.
    fn summary(&self) -> String {
        let what = what(&self.item.obligation, self.item.case);
        let about = self.item.student_shown().or(self.item.course).map(|about| format!(": {about}"));
        capitalised(&what) + &about.unwrap_or_default()
    }

    fn description(&self) -> String {
        let obligation = &self.item.obligation;
        let mut lines = Vec::new();
        if obligation.kind != ObligationKind::LccMeeting {
            lines.push(format!("From {}", owed_by(obligation)));
            let due = obligation.due.filter(|_| obligation.owed).map(|due| format!("due on {due}"));
            lines.push(format!("As of {}: {}", self.as_of, due.unwrap_or_else(|| "not due".to_owned())));
        }
        if obligation.kind == ObligationKind::LccMeeting {
            lines.push("The Local Course Committee meets.".to_owned());
        }
        if !obligation.why.is_empty() {
            lines.push(format!("Why: {}", obligation.why));
        }
        if let (Some(code), Some(asks)) = (obligation.code(), self.item.asks(self.as_of)) {
            lines.push(format!("Requirement {code}: {asks}"));
        }
        lines.join("\n")
    }
}

/// A text as a part of an event's name: letters, digits and hyphens, and for every other byte its number. No two are alike.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// `20260131`.
fn basic(day: Day) -> String {
    day.iso().replace('-', "")
}

/// Text as the value of a property: what would end or divide it is marked.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            other => out.push(other),
        }
    }
    out
}

/// The most bytes of a line, its end not counted.
const MOST_BYTES: usize = 75;

/// Writes a property, over several lines where it is long: each further line begins with a space, and no character is
/// cut in two.
fn line(name: &str, value: &str, out: &mut dyn Write) -> io::Result<()> {
    let whole = format!("{name}:{value}");
    let mut rest = whole.as_str();
    let mut most = MOST_BYTES;
    while rest.len() > most {
        let cut = (0..=most).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(most);
        // A space at the end of a line is lost with some readers.
        let cut = Some(rest[..cut].trim_end().len()).filter(|cut| *cut > 0).unwrap_or(cut);
        let (first, more) = rest.split_at(cut);
        write!(out, "{first}\r\n ")?;
        rest = more;
        most = MOST_BYTES - 1;
    }
    write!(out, "{rest}\r\n")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, reason = "what is written can be read")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What another library reads from a property with a text.
    fn read(text: &str) -> String {
        let mut written = Vec::new();
        line("SUMMARY", &escaped(text), &mut written).unwrap();
        let read = ical::PropertyParser::from_reader(written.as_slice()).next().expect("a property");
        let value = read.expect("it can be read").value.unwrap_or_default();
        // The reader leaves the marks in.
        let (mut plain, mut marked) = (String::new(), false);
        for character in value.chars() {
            match (marked, character) {
                (false, '\\') => marked = true,
                (true, 'n') => {
                    plain.push('\n');
                    marked = false;
                }
                (_, other) => {
                    plain.push(other);
                    marked = false;
                }
            }
        }
        plain
    }

    #[test]
    fn long_lines_are_folded_at_75_bytes() {
        let mut written = Vec::new();
        line("X", &"é".repeat(80), &mut written).unwrap();
        let lines: Vec<_> = written.split(|byte| *byte == b'\n').map(<[u8]>::len).collect();
        // Two bytes a letter: an odd number of bytes is left over where one would be cut in two.
        assert_eq!(lines, [75, 76, 16, 0]);
        assert!(std::str::from_utf8(&written).unwrap().split("\r\n ").all(|part| part.len() <= 76));
    }

    proptest! {
        #[test]
        fn another_library_reads_what_was_written(
            words in prop::collection::vec("[\\PC&&\\S]{1,60}", 1..8),
            between in prop::sample::select(vec![" ", "\n", ", ", ";"]),
        ) {
            // The other library reads a value that begins with a colon as none.
            let text = format!("For {}", words.join(between));
            prop_assert_eq!(read(&text), text);
        }
    }
}
