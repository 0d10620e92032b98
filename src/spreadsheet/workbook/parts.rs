//! The parts of a packed workbook, and where each says that the others are.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use super::super::NotATable;
use super::xml::{self, Damaged, Node};
use crate::text::visible;

/// The most that the parts can be, unpacked. A small file can be packed so that it fills any memory.
const MOST_UNPACKED: u64 = 48 * 1024 * 1024;

/// More parts than a workbook has.
const MOST_PARTS: usize = 2_000;

/// The parts that are XML, by their names in small letters.
pub struct Parts(HashMap<String, Vec<u8>>);

/// What a part says of another: its kind, the last word of it, and its name.
pub struct Relation {
    pub id: String,
    pub kind: String,
    pub to: String,
}

impl Parts {
    /// Unpacks what is XML. What a part says of its own size is not believed.
    pub fn unpacked(bytes: &[u8]) -> Result<Self, NotATable> {
        let mut packed = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| NotATable::NotAWorkbook)?;
        if packed.len() > MOST_PARTS {
            return Err(NotATable::TooLarge);
        }
        let (mut left, mut parts) = (MOST_UNPACKED, HashMap::new());
        for number in 0..packed.len() {
            let part = packed.by_index(number).map_err(|error| match error {
                zip::result::ZipError::UnsupportedArchive(why) if why.contains("assword") => NotATable::Protected,
                _ => NotATable::NotAWorkbook,
            })?;
            let Ok(name) = part.name().map(|name| name.replace('\\', "/").to_lowercase()) else { continue };
            let name = name.trim_start_matches('/').to_owned();
            // The name is in small letters.
            if !matches!(name.rsplit_once('.'), Some((_, "xml" | "rels"))) {
                continue;
            }
            let mut unpacked = Vec::new();
            part.take(left + 1).read_to_end(&mut unpacked).map_err(|_| damaged(&name))?;
            left = left.checked_sub(unpacked.len() as u64).ok_or(NotATable::TooLarge)?;
            parts.insert(name, unpacked);
        }
        Ok(Self(parts))
    }

    /// Whether there is a part of the name.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(&name.to_lowercase())
    }

    /// Reads a part, node by node; none is as an empty one.
    pub fn read(&self, name: &str, each: impl FnMut(Node<'_>) -> Result<(), Damaged>) -> Result<(), NotATable> {
        let Some(bytes) = self.0.get(&name.to_lowercase()) else { return Ok(()) };
        xml::decoded(bytes).and_then(|text| xml::read(&text, each)).map_err(|Damaged| damaged(name))
    }

    /// What a part says of others. One that cannot be read says nothing: what it would have led to is missed where it is
    /// looked for.
    pub fn relations(&self, of: &str) -> Vec<Relation> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let mut relations = Vec::new();
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let _ = self.read(&name, |node| {
            if let Node::Start(element) = node
                && let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target"))
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let id = element.attribute("Id").unwrap_or_default();
                relations.push(Relation { id, kind, to: joined(folder, &target) });
            }
            Ok(())
        });
        relations
    }
}

/// That a part cannot be read.
pub fn damaged(part: &str) -> NotATable {
    NotATable::Damaged { part: visible(part) }
}

/// A name that is told from a folder on: `../comments1.xml`, or from the top, `/xl/comments1.xml`.
fn joined(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}
