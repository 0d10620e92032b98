//! Which templates a letter gets: those of its case folders, or those that are built in.

use std::sync::Arc;

use super::letters::Letter;
use super::template::{FOLDER, Piece, Template};
use super::template_error::TemplateError;
use crate::text::Text;

/// The two templates of a case folder: its own, and the built-in ones where it has none.
pub struct Templates {
    /// That of the text.
    pub text: Arc<Template>,
    /// That of the subject.
    pub subject: Arc<Template>,
}

/// The templates that a letter gets.
pub struct Chosen<'t> {
    /// That of its text.
    pub text: &'t Arc<Template>,
    /// That of its subject.
    pub subject: &'t Arc<Template>,
    /// The files of case folders that these are, as they are called.
    pub own: Vec<&'t str>,
}

impl Templates {
    /// Those that are built in.
    pub fn built_in() -> Result<Self, TemplateError> {
        let of = |piece| Template::built_in(piece).map(Arc::new);
        Ok(Self { text: of(Piece::Text)?, subject: of(Piece::Subject)? })
    }

    /// The template of a piece.
    pub fn of(&self, piece: Piece) -> &Arc<Template> {
        match piece {
            Piece::Text => &self.text,
            Piece::Subject => &self.subject,
        }
    }

    /// Chooses for a letter, text and subject each by itself: the template of its folders where all of them have the
    /// same, else the one that is built in, so that no folder's words are put into the mouth of another.
    /// `of_folders` are in the order of [`Reminder::folder`](super::Reminder::folder).
    pub fn chosen<'t>(letter: &Letter<'_>, of_folders: &'t [Self], built_in: &'t Self) -> Chosen<'t> {
        let mut folders: Vec<_> = letter.reminders.iter().map(|reminder| reminder.folder).collect();
        folders.sort_unstable();
        folders.dedup();
        let mut own = Vec::new();
        let mut choose = |piece: Piece| {
            let of_letter: Vec<_> =
                folders.iter().map(|folder| of_folders.get(*folder).unwrap_or(built_in).of(piece)).collect();
            match of_letter.first() {
                Some(first) if of_letter.iter().all(|other| other.source() == first.source()) => {
                    own.extend(of_letter.iter().filter_map(|template| template.own_file()));
                    first
                }
                _ => built_in.of(piece),
            }
        };
        let (text, subject) = (choose(Piece::Text), choose(Piece::Subject));
        Chosen { text, subject, own }
    }

    /// Which of the files in the folder of templates are neither of the two, by their names.
    pub fn unused<'n>(&self, names: &'n [Text]) -> Vec<&'n Text> {
        let is_used = |name: &str| {
            Piece::ALL.into_iter().any(|piece| {
                let wanted = piece.path().strip_prefix(FOLDER).unwrap_or_default().trim_start_matches('/');
                // Where large letters make no other name, the file was read under whichever it has.
                let is_there = names.iter().any(|name| name.raw() == wanted);
                let is_read = self.of(piece).own_file().is_some() && !is_there;
                name == wanted || (is_read && name.eq_ignore_ascii_case(wanted))
            })
        };
        names.iter().filter(|name| !is_used(name.raw())).collect()
    }
}
