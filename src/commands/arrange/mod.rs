//! `gwp arrange`: a student's arrangement begins, changes or ends.

mod asked;
mod offered;

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::recording::SaidArrangement;
use gwp::records::{Arrangement, ClinicalResponsibility, LineManager, MedicalCover, Student};
use gwp::text::{SaidDay, Text};

use super::asking::Asking;
use super::fact::{About, Fact, Happened, Offer};
use super::help::examples;
use super::value_parsers::{address, day, some_text, word};

/// Record that an arrangement begins, changes or ends.
///
/// At a terminal the command asks for what is missing.
///
/// If the student has an arrangement of this group with this supervisor, the command adds to it: --until for its end,
/// --confirmed for the supervisor's word, --withdrawn where it never began. It changes nothing that the record says
/// already.
///
/// If there is none, the command starts a new one on the day you give with --from. The arrangement that it replaces ends the
/// day before: the one of the same group that runs then, or else the only one. A new one of the same group takes over
/// clinical responsibility and medical cover. If the group's arrangement is with another supervisor, details without --from
/// start nothing.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_help = examples(&[
    "gwp arrange \"Alex Moran\"",
    "gwp arrange alex-moran open-studio mattias-holm --confirmed \"1 Oct 2025\"",
]))]
pub struct Args {
    /// The group, by the id or title of its log
    #[arg(value_name = "GROUP", value_parser = some_text)]
    group: Option<Text>,

    /// The workplace supervisor, by id or name
    #[arg(value_name = "SUPERVISOR", value_parser = some_text)]
    supervisor: Option<Text>,

    /// The first day of a new arrangement; else today, while the course goes on
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<SaidDay>,

    /// The last day
    #[arg(long, value_name = "DATE", value_parser = day)]
    until: Option<SaidDay>,

    /// A new arrangement runs beside the former one, which goes on
    #[arg(long)]
    beside: bool,

    /// The day on which it was put forward, where that was before it began
    #[arg(long, value_name = "DATE", value_parser = day)]
    proposed: Option<SaidDay>,

    /// The day on which it was given up, where it never began
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with_all = ["until", "confirmed"])]
    withdrawn: Option<SaidDay>,

    /// The day on which the supervisor confirmed it on GWP Form 1
    #[arg(long, value_name = "DATE", value_parser = day)]
    confirmed: Option<SaidDay>,

    /// The supervisor is not based in the workplace; a line manager is needed then
    #[arg(long)]
    external: bool,

    /// The name of the line manager
    #[arg(long, value_name = "NAME", value_parser = some_text)]
    line_manager: Option<Text>,

    /// Where reminders to the line manager go
    #[arg(long, value_name = "EMAIL", requires = "line_manager", value_parser = address)]
    line_manager_email: Option<Text>,

    /// Who carries clinical responsibility: name and post
    #[arg(long, value_name = "WHO", value_parser = some_text)]
    responsible: Option<Text>,

    /// The day on which clinical responsibility was agreed
    #[arg(long, value_name = "DATE", requires = "responsible", value_parser = day)]
    agreed: Option<SaidDay>,

    /// Why nobody needs to carry clinical responsibility, such as "a group of staff: nobody is a patient"
    #[arg(long, value_name = "REASON", conflicts_with = "responsible", value_parser = some_text)]
    not_needed: Option<Text>,

    /// Medical cover: needed, arranged or not-needed
    #[arg(long, value_name = "WORD", value_parser = word::<MedicalCover>)]
    medical_cover: Option<MedicalCover>,
}

impl Fact for Args {
    type Record = Student;
    const ASKS: bool = true;

    fn happened(&self, about: &About<'_, Student>) -> anyhow::Result<Happened> {
        let session = about.session;
        let (Some(group), Some(supervisor)) = (&self.group, &self.supervisor) else {
            bail!(
                "the group and the supervisor are needed; say them behind the student: \"gwp arrange STUDENT GROUP SUPERVISOR\""
            )
        };
        let happened =
            |said: Option<SaidDay>, option: &str| said.map(|said| session.happened(Some(said), option)).transpose();
        let day = |said: Option<SaidDay>| said.map(|said| session.day(said)).transpose();
        let agreed = happened(self.agreed, "--agreed")?;
        let arrangement = Arrangement {
            group: group.clone(),
            supervisor: supervisor.clone(),
            from: day(self.from)?.unwrap_or(session.today),
            until: day(self.until)?,
            withdrawn: happened(self.withdrawn, "--withdrawn")?,
            proposed: day(self.proposed)?,
            confirmed: happened(self.confirmed, "--confirmed")?,
            external: self.external,
            line_manager: self.line_manager.clone().map(|name| {
                let email = self.line_manager_email.clone();
                LineManager { name, email, notes: None }
            }),
            clinical_responsibility: match (&self.responsible, &self.not_needed) {
                (Some(holder), _) => Some(ClinicalResponsibility::of(holder.clone(), agreed)),
                (None, Some(reason)) => Some(ClinicalResponsibility::not_needed_for(reason.clone())),
                (None, None) => None,
            },
            medical_cover: self.medical_cover,
            notes: None,
        };
        let said = SaidArrangement { arrangement, is_from_said: self.from.is_some(), is_beside: self.beside };
        let (events, what) = session.arrange(about.entry, about.record, &said)?;
        Ok(Happened::of(events, what))
    }

    fn ask(&self, about: &About<'_, Student>, asking: &mut Asking<'_>) -> anyhow::Result<Option<Self>> {
        asked::about(self, about, asking)
    }

    fn offers(&self, about: &About<'_, Student>) -> Vec<Offer> {
        offered::offers(self, about)
    }
}
