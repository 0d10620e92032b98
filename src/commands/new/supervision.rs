//! What can be said of a new supervision.

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::amend::Fresh;
use gwp::recording::RecordingSession;
use gwp::records::{Mode, RecordKind, Student, SupervisionKind, SupervisionLog, SupervisionType, Supervisor};
use gwp::text::Text;

use super::super::asking::{Asking, several};
use super::super::value_parsers::word;
use super::{among_ids, among_words, known_id};

// What a supervision is like. No doc comment: that of the command is its help.
#[derive(Debug, ClapArgs)]
pub struct Said {
    /// The id of the supervisor; needed, and asked for at a terminal
    #[arg(long, value_name = "ID")]
    supervisor: Option<Text>,

    /// The id of a student who is supervised; can be given several times; needed, and asked for at a terminal
    #[arg(long, value_name = "ID")]
    supervisee: Vec<Text>,

    /// How it takes place: face-to-face, telephone or video; else face-to-face
    #[arg(long, value_name = "MODE", value_parser = word::<Mode>)]
    mode: Option<Mode>,
}

impl super::Said for Said {
    const KIND: RecordKind = RecordKind::Session;

    fn is_incomplete(&self) -> bool {
        self.supervisor.is_none() || self.supervisee.is_empty()
    }

    fn ask(&self, asking: &mut Asking<'_>, _: &str, session: &RecordingSession) -> anyhow::Result<Fresh> {
        let records = &session.before.case.records;
        if asking.is_somebody() && records.supervisors.is_empty() {
            bail!("there is no supervisor yet; write one with \"gwp new supervisor\"");
        }
        if asking.is_somebody() && records.students.is_empty() {
            bail!("there is no student yet; write one with \"gwp new student\"");
        }
        let asks = among_ids("The id of the supervisor", &records.supervisors);
        let read = known_id::<Supervisor>(records);
        let supervisor = asking.needed(self.supervisor.clone(), "--supervisor", &asks, read)?;
        let said = (!self.supervisee.is_empty()).then(|| self.supervisee.clone());
        let asks =
            among_ids("The id of a student who is supervised, or several separated by commas", &records.students);
        let read = several(known_id::<Student>(records));
        let supervisees = asking.needed(said, "--supervisee", &asks, read)?;
        let asks = among_words("How it takes place", &Mode::ALL, Mode::word);
        let mode = asking.or_else(self.mode, &asks, (Mode::FaceToFace, Mode::FaceToFace.word()), word)?;
        Ok(Fresh::Supervision(SupervisionLog {
            supervisee_periods: Vec::new(),
            attested: Vec::new(),
            kind: SupervisionKind::Supervision,
            supervisor,
            supervisees,
            supervision_type: SupervisionType::Clinical,
            format: None,
            mode,
            breaks: Vec::new(),
            sessions: Vec::new(),
            notes: None,
        }))
    }
}
