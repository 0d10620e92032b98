//! What can be said of a new group.

use clap::Args as ClapArgs;
use gwp::amend::Fresh;
use gwp::recording::RecordingSession;
use gwp::records::{Aim, Frequency, GroupKind, GroupLog, RecordKind, Setting, Student};
use gwp::text::Text;

use super::super::asking::{Asking, several};
use super::super::value_parsers::{some_text, word};
use super::{among_ids, among_words, known_id};

// What a group is like. No doc comment: that of the command is its help.
#[derive(Debug, ClapArgs)]
pub struct Said {
    /// What the group is called; needed, and asked for at a terminal
    #[arg(long, value_name = "TEXT")]
    title: Option<Text>,

    /// The organisation in which it takes place
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    organisation: Option<Text>,

    /// What kind of organisation that is, such as health or voluntary; needed, and asked for at a terminal
    #[arg(long, value_name = "WORD", value_parser = word::<Setting>)]
    setting: Option<Setting>,

    /// What the group is for: therapeutic, clinical, personal-development or other; needed, and asked for at a terminal
    #[arg(long, value_name = "WORD", value_parser = word::<Aim>)]
    aim: Option<Aim>,

    /// How often it meets: weekly, fortnightly, monthly or other; else weekly
    #[arg(long, value_name = "WORD", value_parser = word::<Frequency>)]
    frequency: Option<Frequency>,

    /// The id of a student who conducts it; can be given several times
    #[arg(long, value_name = "ID")]
    conductor: Vec<Text>,
}

impl super::Said for Said {
    const KIND: RecordKind = RecordKind::Session;

    fn is_incomplete(&self) -> bool {
        self.title.is_none() || self.setting.is_none() || self.aim.is_none()
    }

    fn ask(&self, asking: &mut Asking<'_>, _: &str, session: &RecordingSession) -> anyhow::Result<Fresh> {
        let title = asking.text(self.title.as_ref(), "--title", "What the group is called")?;
        let organisation = "The organisation in which it takes place";
        let organisation = asking.optional(self.organisation.as_ref(), organisation, "left open")?;
        let asks = among_words("The setting", &Setting::ALL, Setting::word);
        let setting = asking.needed(self.setting, "--setting", &asks, word)?;
        let asks = among_words("The aim", &Aim::ALL, Aim::word);
        let aim = asking.needed(self.aim, "--aim", &asks, word)?;
        let asks = among_words("How often it meets", &Frequency::ALL, Frequency::word);
        let weekly = (Frequency::Weekly, Frequency::Weekly.word());
        let frequency = asking.or_else(self.frequency, &asks, weekly, word)?;
        let records = &session.before.case.records;
        let mut conductors = self.conductor.clone();
        if conductors.is_empty() && !records.students.is_empty() {
            let asks = among_ids("The students who conduct it, separated by commas", &records.students);
            let read = several(known_id::<Student>(records));
            conductors = asking.or_else(None, &asks, (Vec::new(), "none yet"), read)?;
        }
        Ok(Fresh::Group(GroupLog {
            online: false,
            attested: Vec::new(),
            kind: GroupKind::Group,
            title,
            organisation: organisation.unwrap_or_default(),
            setting,
            aim,
            approach: None,
            frequency,
            membership: None,
            keeps_terms: false,
            conductors,
            co_conductor: None,
            breaks: Vec::new(),
            sessions: Vec::new(),
            notes: None,
        }))
    }
}
