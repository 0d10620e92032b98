//! What every report can be asked for.

use serde::Serialize;

use super::Sheet;
use crate::text::Text;

/// What a command says of a folder. As data it is its fields; [`crate::render::write_document`] puts before them what
/// every document has.
pub trait Report: Serialize {
    /// The name of the folder, in a run over several.
    fn folder(&self) -> Option<&Text> {
        None
    }

    /// The tables for people.
    fn sheets(&self) -> Vec<Sheet>;

    /// The table for a spreadsheet; empty of a report that none is made of.
    fn data(&self) -> Sheet {
        Sheet::default()
    }

    /// What has to be said beside that table, which has no room for sentences.
    fn beside_data(&self) -> Option<String> {
        None
    }
}
