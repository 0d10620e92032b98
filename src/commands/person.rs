//! `gwp person`: all that a folder says of somebody.

use std::collections::BTreeSet;

use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::folder::{FolderError, FolderHistory, Naming};
use gwp::history::FileChange;
use gwp::privacy::{
    Person, files_naming, history_of, known_ever, known_now, mentions, papers_about, papers_ever_about,
};
use gwp::reports::{PersonPast, PersonReport};
use gwp::text::{Nameable, Text};

use super::context::Context;
use super::folder_args::OnDisk;
use super::format::Format;
use super::help::examples;
use super::naming::{SHORTEST_OF_PEOPLE, must_be_a_name};
use super::out::{Lists, OutArgs};
use super::surroundings::Surroundings;
use super::whom::said_or_asked;
use super::{Ending, tables};

/// Show all that a folder says of one person, for a request of access.
///
/// The person can be a student, a supervisor, a co-conductor, a line manager, a convenor or a member of a committee. The
/// answer lists every entry about them, with file and line. It says nothing of others that these entries do not say
/// themselves.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&[
    "gwp person alex-moran",
    "gwp person \"Ruth Calder\" --history --format json",
]))]
pub struct Args {
    /// The person: the id of a student or supervisor, or a name
    #[arg(value_name = "PERSON")]
    person: Option<String>,

    #[command(flatten)]
    on_disk: OnDisk,

    /// Also what the folder's git history says: what was corrected or struck out, and their commits
    #[arg(long)]
    history: bool,

    #[command(flatten)]
    out: OutArgs<Lists>,
}

/// A folder, with its past where that was asked for, and everybody whom it knows.
struct Searched {
    folder: Folder,
    past: Option<(FolderHistory, Vec<FileChange>)>,
    people: Vec<(Nameable, Person)>,
}

/// Prints all that the folders say of the person.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let read = |typed: &str| must_be_a_name(typed, SHORTEST_OF_PEOPLE).map(|()| typed.to_owned());
    let asks = "Which person (the name, or the id)";
    let person = said_or_asked(args.person.clone(), asks, "gwp person \"Ruth Calder\"", context, read)?;
    args.out.send_private(context, |format, context| tell(args, &person, format, context))
}

fn tell(args: &Args, person: &str, format: Format, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let folders = args.on_disk.open(context)?;
    let searched: Vec<_> = folders.into_iter().map(|one| Searched::of(one, args.history)).collect::<Result<_, _>>()?;
    let person = args.person(person, &searched, context)?;
    let mut reports = Vec::new();
    for one in &searched {
        reports.push(one.report(&person));
    }
    tables::print(&reports, format, context)?;
    Ok(Ending::Clean)
}

impl Args {
    /// Who is meant, with all by which any of the folders names them.
    fn person(&self, typed: &str, searched: &[Searched], context: &Context<'_>) -> anyhow::Result<Person> {
        let mut all: Vec<(Nameable, Person)> = Vec::new();
        for (nameable, person) in searched.iter().flat_map(|one| &one.people) {
            match all.iter_mut().find(|(known, _)| known.ids.first() == nameable.ids.first()) {
                Some((_, known)) => known.join(person),
                None => all.push((nameable.clone(), person.clone())),
            }
        }
        let names: Vec<Nameable> = all.iter().map(|(nameable, _)| nameable.clone()).collect();
        let advice = if self.history {
            "type the name as the records write it"
        } else {
            "type the name as the records write it, or add --history for somebody who is no longer in the folder"
        };
        let naming = Naming { kind: "person", advice, choices: &context.choices };
        match naming.find(typed, &names) {
            Ok((at, _)) => Ok(all.swap_remove(at).1),
            // Somebody whom no key names can stand in a note.
            Err(error @ FolderError::NoSuchId { .. }) => {
                let person = Person::called(typed);
                let is_named = searched.iter().any(|one| one.names(&person));
                if is_named { Ok(person) } else { Err(error.into()) }
            }
            Err(error) => Err(error.into()),
        }
    }
}

impl Searched {
    fn of(folder: Folder, with_history: bool) -> anyhow::Result<Self> {
        let mut people = known_now(&folder.case.records, &folder.sources);
        let mut past = None;
        if let Some(root) = folder.root.as_ref().filter(|_| with_history) {
            for mut history in FolderHistory::open(None, &root.path, &Surroundings::local_time())? {
                let uncommitted = history.uncommitted()?;
                history.read_all()?;
                people = known_ever(people, &history.texts, &history.versions(&uncommitted), &history.concerns);
                past = Some((history, uncommitted));
            }
        }
        Ok(Self { folder, past, people })
    }

    fn names(&self, person: &Person) -> bool {
        let in_past = |(history, uncommitted): &(FolderHistory, Vec<FileChange>)| {
            !files_naming(person, &history.texts, &history.versions(uncommitted)).is_empty()
        };
        !mentions(&self.folder.sources, person).is_empty() || self.past.as_ref().is_some_and(in_past)
    }

    fn report<'r>(&'r self, person: &'r Person) -> PersonReport<'r> {
        let mut papers: BTreeSet<Text> =
            self.folder.sources.iter().flat_map(|source| papers_about(person, source)).collect();
        let past = self.past.as_ref().map(|(history, uncommitted)| {
            let (texts, versions) = (&history.texts, history.versions(uncommitted));
            let files = files_naming(person, texts, &versions);
            papers.append(&mut papers_ever_about(person, texts, &versions));
            PersonPast {
                rev: &history.tip.id,
                up_to: &history.up_to,
                time_zone: &history.time_zone,
                revisions: &history.revisions,
                entries: history_of(person, &history.revisions, uncommitted, texts, (&files, &papers)),
            }
        });
        let folder: Option<&Text> = self.folder.name.shown();
        let mentions = mentions(&self.folder.sources, person);
        PersonReport { folder, person, sources: &self.folder.sources, mentions, papers, past }
    }
}
