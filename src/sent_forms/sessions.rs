//! The list of a log's sessions or meetings, to be confirmed or put right.

use super::SentForm;
use super::reports::signature;
use crate::calendar::Day;
use crate::form::{Answer, Field, Form, Kind, Reading, Said as SaidInField, Section};
use crate::records::{LogEntry, LogKind, SessionLog};
use crate::text::{Text, counted};

/// What somebody says of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryAnswer {
    /// The position of the entry in the log.
    pub position: usize,
    /// The label of its line.
    pub label: String,
    /// What is said.
    pub said: Said,
}

/// What is said of a session or meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// It was held; how many came and how many minutes it lasted, where that is said.
    Held {
        /// How many came.
        came: Option<u32>,
        /// How long it lasted.
        minutes: Option<u16>,
    },
    /// It was cancelled, and why.
    Cancelled(Text),
    /// It is right as it is recorded.
    Correct,
    /// Nobody can tell what is meant: why.
    Unclear(Text, String),
}

const ENTRIES: &str = "entries";

/// The form that lists what a log says up to a day.
pub fn sessions_form(id: &Text, log: &SessionLog, through: Day) -> Form {
    let of = log.kind().entry_word();
    let (known, came, right) = match log {
        SessionLog::Group(group) => {
            let organisation = group.organisation.to_string();
            (
                vec![("Group".to_owned(), group.title.to_string()), ("Organisation".to_owned(), organisation)],
                "held 7 (seven came)",
                "held 7, 75 minutes",
            )
        }
        SessionLog::Supervision(_) => (vec![("Supervision".to_owned(), id.to_string())], "held", "held, 60 minutes"),
    };
    let lead = vec![
        format!("If a {of} was planned, write {came}, or cancelled: and the reason."),
        format!(
            "If it is listed as held or cancelled, write correct, or what is right: {right}, or cancelled: and the reason."
        ),
        "Send the whole text back as a reply.".to_owned(),
    ];
    let fields: Vec<Field> = listed(log, through)
        .into_iter()
        .map(|(label, _, entry)| Field::new(&label, &label, Kind::Words).with_hint(shown(entry)))
        .collect();
    let title = format!("{}s up to {through}", if log.kind() == LogKind::Group { "Session" } else { "Meeting" });
    let entries = Section { id: ENTRIES.to_owned(), title: format!("Each {of}"), fields, ..Section::default() };
    let about = SentForm::Sessions { log: id.clone(), through }.about();
    Form { about, title, known, lead, sections: vec![entries, signature()] }
}

/// The entries up to a day in order of date, each with the label that the form gives it and its position in the log.
fn listed(log: &SessionLog, through: Day) -> Vec<(String, usize, LogEntry<'_>)> {
    let mut entries: Vec<_> = log.entries().enumerate().filter(|(_, entry)| entry.date() <= through).collect();
    entries.sort_by_key(|(position, entry)| (entry.date(), *position));
    let mut labelled: Vec<(String, usize, LogEntry<'_>)> = Vec::new();
    let (mut last, mut same) = (None, 0);
    for (position, entry) in entries {
        same = if last == Some(entry.date()) { same + 1 } else { 1 };
        last = Some(entry.date());
        let again = if same > 1 { format!(", entry {same}") } else { String::new() };
        labelled.push((format!("{}{again}", entry.date()), position, entry));
    }
    labelled
}

/// What the log says of an entry, for the line of the form.
fn shown(entry: LogEntry<'_>) -> String {
    if entry.cancelled().is_some() {
        return "cancelled".to_owned();
    }
    let state = if entry.is_planned() { "planned" } else { "held" };
    let minutes = entry.minutes().map(|minutes| format!(", {minutes} minutes")).unwrap_or_default();
    let came = match entry {
        LogEntry::Session(session) => session.present.map(|present| format!(", {present} came")),
        LogEntry::Meeting(_) => None,
    };
    format!("{state}{minutes}{}{}", came.unwrap_or_default(), beside_the_usual(entry))
}

/// What else counts of an entry: whoever calls it correct confirms that too.
fn beside_the_usual(entry: LogEntry<'_>) -> String {
    let mut said = Vec::new();
    match entry {
        LogEntry::Session(session) if session.online => said.push("online".to_owned()),
        LogEntry::Session(_) => {}
        LogEntry::Meeting(meeting) => {
            said.extend(meeting.mode.map(|mode| mode.word().to_owned()));
            said.extend(meeting.joint.then(|| "together".to_owned()));
        }
    }
    let absent: Vec<_> = entry.absent().iter().map(ToString::to_string).collect();
    if !absent.is_empty() {
        said.push(format!("without {}", absent.join(" and ")));
    }
    said.insert(0, String::new());
    said.join(", ")
}

impl EntryAnswer {
    /// What is said of the entries of a log; nothing of those whose line was left empty, or is not there.
    pub fn all(reading: &Reading, log: &SessionLog, through: Day) -> Vec<Self> {
        let answer = |(label, position, entry): (String, usize, LogEntry<'_>)| {
            let answer = reading.answer(ENTRIES, &label)?;
            let said = match &answer.said {
                SaidInField::Words(words) => said(words, answer, entry, log.kind()),
                _ => return None,
            };
            Some(Self { position, label, said })
        };
        listed(log, through).into_iter().filter_map(answer).collect()
    }
}

fn said(words: &Text, answer: &Answer, entry: LogEntry<'_>, kind: LogKind) -> Said {
    let typed = words.raw().trim().trim_end_matches('.').trim().to_lowercase();
    let unclear = |why: &str| Said::Unclear(words.clone(), why.to_owned());
    if ["correct", "right", "ok", "yes", "as listed"].contains(&typed.as_str()) {
        // What it was correct about is what was printed.
        let is_as_printed = answer.hint.as_deref() == Some(shown(entry).to_lowercase().as_str());
        return match () {
            () if entry.is_planned() => unclear("it was planned: say held, or cancelled and why"),
            () if !is_as_printed => unclear("the record has changed since this was sent"),
            () => Said::Correct,
        };
    }
    if let Some(why) = ["cancelled", "canceled"].iter().find_map(|word| after_word(words.raw(), &typed, word)) {
        let why = why.trim_matches([':', '-', '\u{2013}', '\u{2014}', ',', '(', ')', ' ', '.']);
        return if why.is_empty() { unclear("say why it was cancelled") } else { Said::Cancelled(Text::new(why)) };
    }
    match held(&typed) {
        Some(Said::Held { came: Some(_), .. }) if kind == LogKind::Supervision => {
            unclear("of a meeting nobody counts who came")
        }
        Some(held) => held,
        None if entry.is_planned() => unclear("it can be held, or cancelled and why"),
        None if kind == LogKind::Supervision => unclear("it can be correct, held, 60 minutes, or cancelled and why"),
        None => unclear("it can be correct, held 7, 75 minutes, or cancelled and why"),
    }
}

/// What follows a word that a text begins with.
fn after_word<'t>(text: &'t str, typed: &str, word: &str) -> Option<&'t str> {
    let rest = typed.strip_prefix(word)?;
    let is_word = rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
    is_word.then(|| text.trim().get(word.len()..)).flatten()
}

/// What is said of something that was held: `held`, `held 7`, `7 came`, `75 minutes`, or several of these. None where
/// that is not what is said.
fn held(typed: &str) -> Option<Said> {
    let (is_held, rest) = typed.strip_prefix("held").map_or((false, typed), |rest| (true, rest));
    let rest = rest.trim_matches([':', '-', '\u{2013}', '\u{2014}', ',', '(', ')', ' ']);
    let number_before = |part: &str, words: &[&str]| {
        let number = words.iter().find_map(|word| part.strip_suffix(word)).map(str::trim)?;
        number.parse::<u32>().ok()
    };
    let (mut came, mut minutes) = (None, None);
    for part in rest.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let length = number_before(part, &["minutes", "minute", "mins", "min"]).and_then(|it| u16::try_from(it).ok());
        let count = || number_before(part, &["members came", "came", "present", "people", "members", ""]);
        match (length, count()) {
            (Some(length @ 1..=1440), _) if minutes.is_none() => minutes = Some(length),
            (None, Some(count)) if came.is_none() => came = Some(count),
            _ => return None,
        }
    }
    (is_held || came.is_some() || minutes.is_some()).then_some(Said::Held { came, minutes })
}

impl Said {
    /// What it says, for whoever looks at it before it is written; safe to show.
    pub fn shown(&self) -> String {
        match self {
            Self::Held { came, minutes } => {
                let minutes = minutes.map(|minutes| format!(", {minutes} minutes")).unwrap_or_default();
                let came = came.map(|came| format!(", {} came", counted(came as usize, "member", "members")));
                format!("held{minutes}{}", came.unwrap_or_default())
            }
            Self::Cancelled(why) => format!("cancelled: {why}"),
            Self::Correct => "correct".to_owned(),
            Self::Unclear(words, why) => format!("\"{words}\" is not clear: {why}"),
        }
    }

    /// What the form says of an entry, and what the record says; safe to show.
    pub fn beside(&self, entry: LogEntry<'_>) -> String {
        let why = entry.cancelled().map(|why| format!(" ({why})")).unwrap_or_default();
        format!("the form says {}; recorded is {}{why}", self.shown(), shown(entry))
    }

    /// Whether this says of an entry that is no plan what the record says already.
    pub fn agrees_with(&self, entry: LogEntry<'_>) -> bool {
        let is_held = !entry.is_planned() && entry.cancelled().is_none();
        let present = if let LogEntry::Session(session) = entry { session.present } else { None };
        match self {
            Self::Correct => !entry.is_planned(),
            Self::Held { came, minutes } => {
                is_held && came.is_none_or(|_| *came == present) && minutes.is_none_or(|_| *minutes == entry.minutes())
            }
            Self::Cancelled(why) => entry.cancelled() == Some(why),
            Self::Unclear(..) => false,
        }
    }
}
