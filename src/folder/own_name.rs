//! What folders are called wherever they are looked at from.

use super::Folder;
use crate::text::Text;

/// The folders' own names, whichever way led to them, or where two have the same the ways. Records of letters and calendars
/// know a folder by it.
pub fn own_names<'f>(folders: impl IntoIterator<Item = &'f Folder>) -> Vec<Text> {
    let own = |folder: &Folder| {
        let name = folder.root.as_ref()?.path.file_name()?;
        Some(Text::new(name.to_string_lossy().into_owned()))
    };
    let all: Vec<_> = folders.into_iter().map(|folder| (folder, own(folder))).collect();
    let is_alone = |name: &Text| all.iter().filter(|(_, other)| other.as_ref() == Some(name)).count() == 1;
    let of = |(folder, own): &(&Folder, Option<Text>)| {
        own.clone().filter(is_alone).unwrap_or_else(|| folder.name.as_text().clone())
    };
    all.iter().map(of).collect()
}
