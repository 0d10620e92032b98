//! One decision, for whoever audits it: what the committee saw, and what has become of it since.

use serde::{Serialize, Serializer};

use super::Report;
use super::as_data::lazily;
use super::audit::{DecisionJson, EffectJson};
use super::history::{EntryJson, addresses, told};
use super::sheet::{Cell, Column, Sheet, Tone, counted};
use super::words::verdict_meaning;
use crate::audit::sentence;
use crate::calendar::Day;
use crate::edition::Code;
use crate::folder::{DecisionAudit, Deed, Seen};
use crate::history::TimelineEntry;
use crate::requirements::Status;
use crate::text::Text;

/// The report about one decision, ready to be printed.
pub struct DecisionReport<'r> {
    /// What the committee saw, and what has been written since.
    pub audit: &'r DecisionAudit<'r>,
    /// The full id of the last commit that was looked at.
    pub rev: &'r str,
    /// What that is, in words.
    pub up_to: &'r str,
    /// What the time zone is called in which the days of commits are given.
    pub time_zone: &'r str,
}

impl DecisionReport<'_> {
    fn entries(&self, wanted: Deed) -> Vec<&TimelineEntry<'_>> {
        self.audit.since.iter().filter(|entry| Deed::of(entry) == Some(wanted)).collect()
    }

    fn lead(&self) -> Vec<String> {
        let mut lead: Vec<String> = self
            .audit
            .decisions
            .iter()
            .map(|one| format!("Recorded: {}.", sentence(one, Some(&self.audit.student))))
            .collect();
        if self.audit.decisions.is_empty() {
            lead.push("No decision of that day is recorded any more; what became of it stands below.".to_owned());
        }
        lead.push(match &self.audit.known_in {
            Some(known) => format!(
                "What is known of that day is what was committed by the end of it: the {known}. Days are those of the time \
                 zone {}.",
                self.time_zone
            ),
            None => "Nothing was committed by the end of that day: the committee could see nothing of it.".to_owned(),
        });
        lead.push(format!("It is compared with the {}.", self.up_to));
        lead
    }

    /// What the committee saw.
    fn seen_sheet(&self) -> Sheet {
        let Some(seen) = &self.audit.seen else {
            let none = "By what was known then the student could not be judged.".to_owned();
            return Sheet::part("What the committee saw", vec![none]);
        };
        let (counted, required) = seen.sessions;
        let verdict = format!("{}: {}", seen.verdict.word(), verdict_meaning(seen.verdict));
        let lead = format!(
            "Judged as of {} by what was known then, without decisions about the award: {verdict}. Sessions that counted: \
             {counted} ({required} needed).",
            self.audit.day
        );
        let unmet: Vec<_> = seen
            .findings
            .iter()
            .filter(|(_, status, _)| !matches!(status, Status::Met | Status::NotApplicable))
            .collect();
        let columns: Vec<Column<&(Code, Status, String)>> = vec![
            Column::fixed("Code", "code", |(code, ..)| code.word().into()),
            Column::fixed("Status", "status", |(_, status, _)| status.word().into()),
            Column::flexible("What was found", "message", 30, |(.., message)| message.as_str().into()),
        ];
        let mut sheet = Sheet::new("What the committee saw").with_toned_rows(&columns, unmet, |_| Tone::Waiting);
        sheet.lead.push(lead);
        if sheet.rows.is_empty() {
            sheet.lead.push("Everything that applied was met.".to_owned());
        }
        sheet
    }

    fn effects_sheet(&self) -> Sheet {
        let mut sheet = Sheet::part("What that would have changed", Vec::new());
        if self.audit.effects.is_empty() {
            sheet.lead.push(match (&self.audit.seen, self.audit.is_judged_now) {
                (Some(_), true) => {
                    format!("Nothing: with what is recorded now, everything stood alike on {}.", self.audit.day)
                }
                _ => "It cannot be said: one of the two states cannot be judged.".to_owned(),
            });
            return sheet;
        }
        sheet.lead.push(format!("With what is recorded now, judged as of {}:", self.audit.day));
        sheet.lead.extend(self.audit.effects.iter().map(|effect| format!("{}.", effect.what.in_words())));
        sheet
    }
}

impl Report for DecisionReport<'_> {
    fn sheets(&self) -> Vec<Sheet> {
        let title = format!("The decision of {} about {}", self.audit.day, self.audit.student);
        let mut sheets = vec![Sheet::part(title, self.lead()), self.seen_sheet()];
        for (wanted, title) in
            [(Deed::Altered, "Altered since"), (Deed::Removed, "Taken out since"), (Deed::Added, "Added since")]
        {
            let entries = self.entries(wanted);
            if entries.is_empty() {
                sheets.push(Sheet::part(title, vec!["Nothing.".to_owned()]));
            } else {
                sheets.push(told(title, &entries));
            }
        }
        sheets.push(self.effects_sheet());
        let mut last = Vec::new();
        if self.audit.later > 0 {
            let entries = counted(self.audit.later, "entry that tells", "entries that tell");
            last.push(format!("Left out: {entries} of later days. \"gwp history\" has all."));
        }
        last.extend(addresses(self.audit.since.iter().filter_map(|entry| entry.revision)));
        sheets.push(Sheet::part("", last));
        sheets
    }

    fn data(&self) -> Sheet {
        let columns: Vec<Column<&TimelineEntry<'_>>> = vec![
            Column::data("deed", |entry| Cell::maybe(Deed::of(entry).map(word))),
            Column::data("happened", |entry| entry.happened().into()),
            Column::data("recorded", |entry| entry.recorded().into()),
            Column::data("by", |entry| entry.revision.map(super::history::by).into()),
            Column::data("commit", |entry| Cell::maybe(entry.revision.map(crate::history::Revision::short))),
            Column::data("file", |entry| entry.file.raw().into()),
            Column::data("what", |entry| {
                let detail = entry.written.as_ref().map(|written| &written.detail);
                Cell::maybe(Some(match detail {
                    Some(detail) => crate::diff::Extent::Whole.in_words(detail),
                    None => entry.change.word().to_owned(),
                }))
            }),
        ];
        Sheet::data(&columns, self.audit.since.iter())
    }
}

fn word(deed: Deed) -> &'static str {
    match deed {
        Deed::Added => "added",
        Deed::Altered => "altered",
        Deed::Removed => "removed",
    }
}

impl Serialize for DecisionReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'r, A, B, C> {
            student: &'r Text,
            date: Day,
            rev: &'r str,
            time_zone: &'r str,
            decisions: Vec<DecisionJson<'r>>,
            known_in: Option<&'r str>,
            seen: Option<SeenJson<'r>>,
            added: A,
            altered: B,
            removed: C,
            later: usize,
            statuses: Vec<EffectJson<'r>>,
        }
        let list = |wanted: Deed| lazily(move || self.entries(wanted).into_iter().map(EntryJson::of));
        let fields = Fields {
            student: &self.audit.student,
            date: self.audit.day,
            rev: self.rev,
            time_zone: self.time_zone,
            decisions: self.audit.decisions.iter().map(|made| DecisionJson::of(&self.audit.student, made)).collect(),
            known_in: self.audit.known_in.as_deref(),
            seen: self.audit.seen.as_ref().map(SeenJson::of),
            added: list(Deed::Added),
            altered: list(Deed::Altered),
            removed: list(Deed::Removed),
            later: self.audit.later,
            statuses: self.audit.effects.iter().map(EffectJson::of).collect(),
        };
        fields.serialize(serializer)
    }
}

#[derive(Serialize)]
struct SeenJson<'a> {
    verdict: &'static str,
    counted: usize,
    required: usize,
    requirements: Vec<SeenRequirementJson<'a>>,
}

#[derive(Serialize)]
struct SeenRequirementJson<'a> {
    code: &'static str,
    status: &'static str,
    message: &'a str,
}

impl<'a> SeenJson<'a> {
    fn of(seen: &'a Seen) -> Self {
        let requirement = |(code, status, message): &'a (Code, Status, String)| SeenRequirementJson {
            code: code.word(),
            status: status.word(),
            message,
        };
        Self {
            verdict: seen.verdict.word(),
            counted: seen.sessions.0,
            required: seen.sessions.1,
            requirements: seen.findings.iter().map(requirement).collect(),
        }
    }
}
