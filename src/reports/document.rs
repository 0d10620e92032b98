//! A document over one case folder, or over several: what each is judged by, who could not be judged, and a list.

use std::io::{self, Write};

use serde::Serialize;

use super::check::judged_by;
use super::summary::Summary;
use crate::judgement::Roster;
use crate::render::{PROGRAM, VERSION, write_value};
use crate::text::Text;

/// What a document says of a folder beside its list.
pub struct FolderPart<'r> {
    /// What the folder is called, in a run over several.
    pub name: &'r Text,
    /// What it is judged by.
    pub summary: Summary<'r>,
    /// The students who were looked at; those who could not be judged are named.
    pub roster: &'r Roster<'r>,
}

/// Writes the document over folders that were judged, each with what else is told of it.
pub(super) fn write_document<T>(
    folders: &[(FolderPart<'_>, T)],
    several: bool,
    write: &dyn Fn(&FolderPart<'_>, &T, &mut dyn Write) -> io::Result<()>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let write_one = |(part, told): &(FolderPart<'_>, T), out: &mut dyn Write| {
        for (name, value) in judged_by(&part.summary) {
            write_field(&name, &value, out)?;
        }
        let unknown: Vec<_> = part.roster.unjudged().map(|result| result.id.raw()).collect();
        write_field("unknown", &unknown, out)?;
        write(part, told, out)
    };
    write_folders(folders, several, &|(part, _)| part.name, &write_one, out)
}

/// Writes a document over folders: that of one folder, or the list of `several`, each by its name.
pub(super) fn write_folders<T>(
    folders: &[T],
    several: bool,
    name: &dyn Fn(&T) -> &Text,
    write: &dyn Fn(&T, &mut dyn Write) -> io::Result<()>,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, "{{\"version\":{VERSION},\"program\":\"{PROGRAM}\"")?;
    if several {
        out.write_all(b",\"folders\":[")?;
    }
    for (position, folder) in folders.iter().enumerate() {
        if several {
            out.write_all(if position == 0 { b"\n{\"folder\":" } else { b",\n{\"folder\":" })?;
            write_value(name(folder).raw(), out)?;
        }
        write(folder, out)?;
        if several {
            out.write_all(b"}")?;
        }
    }
    out.write_all(if several { b"\n]}\n" } else { b"}\n" })
}

/// Writes a field that follows another.
pub(super) fn write_field(name: &str, value: &(impl Serialize + ?Sized), out: &mut dyn Write) -> io::Result<()> {
    write!(out, ",\"{name}\":")?;
    write_value(value, out)
}

/// Writes a list that follows a field, each entry on a line.
pub(super) fn write_list<T: Serialize>(
    name: &str,
    entries: impl IntoIterator<Item = T>,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, ",\n\"{name}\":[")?;
    for (position, entry) in entries.into_iter().enumerate() {
        out.write_all(if position == 0 { b"\n" } else { b",\n" })?;
        write_value(&entry, out)?;
    }
    out.write_all(b"]")
}
