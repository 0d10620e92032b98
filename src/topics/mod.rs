//! The manual: a page for each topic, embedded in the program, which `gwp help TOPIC` shows without a network.
//!
//! A page is Markdown. It has one reader, and says first what it is for. On a terminal it is shown [laid out](Topic::write);
//! everything else gets the Markdown itself.

mod blocks;
mod screen;

/// A page of the manual.
#[derive(Clone, Copy, Debug)]
pub struct Topic {
    /// What it is called on the command line, and the name of its file without the ending.
    pub name: &'static str,
    /// The page.
    pub text: &'static str,
}

/// The pages that one kind of reader needs.
#[derive(Clone, Copy, Debug)]
pub struct Shelf {
    /// Who they are for.
    pub reader: &'static str,
    /// The pages, in the order in which they are best read.
    pub topics: &'static [Topic],
}

macro_rules! topic {
    ($name:literal) => {
        Topic { name: $name, text: include_str!(concat!($name, ".md")) }
    };
}

/// All pages, by reader.
pub const SHELVES: [Shelf; 4] = [
    Shelf {
        reader: "For convenors",
        topics: &[
            topic!("getting-started"),
            topic!("meetings"),
            topic!("papers"),
            topic!("recording"),
            topic!("statuses"),
            topic!("rulings"),
            topic!("importing"),
            topic!("deadlines"),
            topic!("calendar"),
            topic!("reminders"),
            topic!("forms"),
            topic!("attesting"),
            topic!("forecasting"),
            topic!("requirements"),
            topic!("readings"),
            topic!("privacy"),
        ],
    },
    Shelf {
        reader: "For administrators",
        topics: &[
            topic!("case-folder"),
            topic!("problems"),
            topic!("editors"),
            topic!("exporting"),
            topic!("templates"),
            topic!("automation"),
            topic!("several-folders"),
            topic!("git"),
        ],
    },
    Shelf {
        reader: "For auditors",
        topics: &[
            topic!("evidence"),
            topic!("as-it-stood"),
            topic!("comparing"),
            topic!("case-history"),
            topic!("auditing"),
            topic!("receipts"),
            topic!("trust"),
        ],
    },
    Shelf { reader: "For programmers", topics: &[topic!("json"), topic!("dependencies"), topic!("contributing")] },
];

impl Topic {
    /// Every page.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        SHELVES.iter().flat_map(|shelf| shelf.topics)
    }

    /// The page with a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().find(|topic| topic.name == name)
    }

    /// What the page is about, as its heading says after its name.
    pub fn about(&self) -> &'static str {
        let heading = self.text.lines().next().unwrap_or_default();
        heading.split_once(": ").map_or(heading, |(_, about)| about)
    }
}
