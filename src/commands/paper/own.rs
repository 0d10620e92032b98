//! The committee's own parts of a paper, from the folders that it is about.

use std::io::Write as _;
use std::sync::Arc;

use gwp::Folder;
use gwp::files::names_ending_in;
use gwp::papers::{OwnPart, OwnParts, Paper, Part, Told};
use gwp::reminders::{FOLDER, TemplateError};
use gwp::text::all_of;

use super::super::guarded::guarded;

/// The parts that the folders of a paper have their own of.
pub struct Own(Vec<Arc<OwnPart>>);

impl Own {
    /// Those that all folders have the same: no committee's letterhead stands above what another one says.
    pub fn of(folders: &[Folder]) -> anyhow::Result<Self> {
        let mut parts = Vec::new();
        for part in Part::ALL {
            let read: Vec<_> = folders.iter().map(|folder| read(folder, part)).collect::<Result<_, _>>()?;
            let Some(Some(first)) = read.first() else { continue };
            if read.iter().all(|other| other.as_ref().is_some_and(|other| other.source() == first.source())) {
                parts.push(Arc::clone(first));
            }
        }
        for folder in folders {
            name_unused(folder)?;
        }
        Ok(Self(parts))
    }

    /// What they make of a paper of a kind.
    pub fn parts(&self, paper: &Paper, kind: &'static str) -> Result<OwnParts, TemplateError> {
        self.0.iter().try_fold(OwnParts::default(), |parts, own| {
            let made = guarded({
                let (own, told) = (Arc::clone(own), Told::of(paper, kind));
                move || own.made(&told)
            });
            Ok(parts.with(own.part(), made.unwrap_or_else(|| Err(OwnPart::stopped(own.file())))?))
        })
    }
}

fn read(folder: &Folder, part: Part) -> Result<Option<Arc<OwnPart>>, TemplateError> {
    let Some(root) = &folder.root else { return Ok(None) };
    let file = folder.name.shown_id(&part.path());
    let text = root.template(part.path()).map_err(|why| TemplateError::unreadable(&file, &why))?;
    let Some(text) = text else { return Ok(None) };
    let named = file.clone();
    let read = guarded(move || OwnPart::read(part, &named, &text));
    read.unwrap_or_else(|| Err(OwnPart::stopped(&file))).map(|own| Some(Arc::new(own)))
}

/// Names what a user may take for a part of a paper, such as `header.html`.
fn name_unused(folder: &Folder) -> anyhow::Result<()> {
    let Some(root) = &folder.root else { return Ok(()) };
    for ending in ["html", "css"] {
        for name in names_ending_in(ending, &root.path.join(FOLDER))? {
            let path = format!("{FOLDER}/{name}");
            if !Part::ALL.iter().any(|part| part.path().eq_ignore_ascii_case(&path)) {
                let known = all_of(Part::ALL.map(Part::path));
                let file = folder.name.shown_id(&path);
                writeln!(anstream::stderr(), "gwp: {file} is not used; the parts of papers are {known}")?;
            }
        }
    }
    Ok(())
}
