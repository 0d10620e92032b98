//! A paper before it is written as a page.

use super::picture::Picture;
use super::ratings::Ratings;
use crate::reports::Sheet;

/// What people have before them around a table.
#[derive(Debug)]
pub struct Paper {
    /// What it is called.
    pub title: String,
    /// What it is about, each with a label: the course, the meeting, the day of judgement.
    pub about: Vec<(&'static str, String)>,
    /// Its sections, in order.
    pub sections: Vec<Section>,
    /// What stands at the end, in sentences.
    pub foot: Vec<String>,
}

/// A section of a paper.
#[derive(Debug, Default)]
pub struct Section {
    /// What it is called.
    pub title: String,
    /// Whether it begins a page in print.
    pub begins_page: bool,
    /// Its verdict, where it is about one student.
    pub tag: Option<Tag>,
    /// What is in it, in order.
    pub blocks: Vec<Block>,
    /// The blocks that are folded away on a screen and left out in print, because nothing is decided on them.
    pub folded: Option<Folded>,
}

/// The end of a section that is folded away.
#[derive(Clone, Copy, Debug)]
pub struct Folded {
    /// How many blocks stand before it.
    pub after: usize,
    /// What is in it, in words.
    pub summary: &'static str,
}

/// A word on a coloured ground, with a shape that says the same.
#[derive(Clone, Copy, Debug)]
pub struct Tag {
    /// The word.
    pub word: &'static str,
    /// How it speaks.
    pub tone: crate::reports::Tone,
}

/// A part of a section.
#[derive(Debug)]
pub enum Block {
    /// Sentences and a table.
    Table(Sheet),
    /// A table of matters, each with room for what is decided about it.
    ToDecide(Sheet),
    /// A table that says in words what the picture before it shows; it is folded away on a screen.
    InWords(Sheet),
    /// How many students have each verdict.
    Verdicts(Vec<(Tag, &'static str, usize)>),
    /// How many sessions count, and how many are needed.
    Progress {
        /// How many count.
        counted: usize,
        /// How many are needed.
        required: usize,
        /// Both in words.
        words: String,
        /// Whether a sentence above says it too, so that the words are for whoever does not see the bar.
        is_said: bool,
    },
    /// What happened when.
    Picture(Picture),
    /// The nine competencies over the reports.
    Ratings(Ratings),
}

impl Section {
    /// A section of tables.
    pub fn of_sheets(title: impl Into<String>, sheets: impl IntoIterator<Item = Sheet>) -> Self {
        let blocks = sheets.into_iter().map(Block::Table).collect();
        Self { title: title.into(), blocks, ..Self::default() }
    }
}

impl Paper {
    /// Its tables, for formats that have no pictures: a section's title opens a part.
    pub fn sheets(&self) -> Vec<Sheet> {
        let about = self.about.iter().map(|(label, words)| format!("{label}: {words}."));
        let mut sheets = vec![Sheet::part(self.title.clone(), about.collect())];
        for section in &self.sections {
            sheets.push(Sheet::part(section.title.clone(), Vec::new()));
            sheets.extend(section.blocks.iter().filter_map(Block::sheet));
        }
        sheets.push(Sheet::part("About this paper", self.foot.clone()));
        sheets
    }
}

impl Block {
    fn sheet(&self) -> Option<Sheet> {
        match self {
            Self::Table(sheet) | Self::ToDecide(sheet) | Self::InWords(sheet) => {
                Some(Sheet { opens_part: false, ..sheet.clone() })
            }
            Self::Ratings(ratings) => Some(ratings.sheet()),
            Self::Progress { words, is_said: false, .. } => {
                let mut sheet = Sheet::new("");
                sheet.lead.push(format!("{words}."));
                Some(sheet)
            }
            Self::Picture(picture) => Some(picture.sheet()),
            // The tables say it.
            Self::Verdicts(_) | Self::Progress { is_said: true, .. } => None,
        }
    }
}
