//! Which files and commits hold what is said of some people.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::papers::papers_about;
use super::people::Person;
use crate::case::{identity, kind_of};
use crate::diff::value_of;
use crate::history::{Revision, Texts, named_papers, paper_key};
use crate::records::RecordKind;
use crate::text::{Content, Source, Text};

/// All texts of the records of a folder, of now and of before.
pub struct Everything<'h> {
    /// The sources as they are now.
    pub sources: &'h [Source],
    /// The commits; none where the folder is not in git.
    pub revisions: &'h [Revision],
    /// The texts of the commits.
    pub texts: &'h Texts,
    /// The path and the text of each version that there ever was.
    pub versions: &'h BTreeSet<(Text, String)>,
}

/// The files and commits that say something of some people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Files that are about nobody else: their records, the logs of theirs alone, and the scanned papers that only these
    /// name.
    pub whole: BTreeSet<Text>,
    /// Files that are about others too.
    pub shared: BTreeSet<Text>,
    /// The positions of the commits that wrote one of these, or name them.
    pub commits: Vec<usize>,
}

impl Holdings {
    /// Takes those of somebody else too.
    pub fn join(&mut self, other: Self) {
        self.whole.extend(other.whole);
        self.shared.extend(other.shared);
        self.shared.retain(|path| !self.whole.contains(path));
        self.commits.extend(other.commits);
        self.commits.sort_unstable();
        self.commits.dedup();
    }
}

/// The papers that a record names, each by the one name of its path.
fn papers_named(path: &Text, content: &Content) -> Vec<Text> {
    let record = value_of(&Source { path: path.clone(), content: content.clone() });
    record.iter().flat_map(named_papers).map(|paper| Text::new(paper_key(paper))).collect()
}

impl Everything<'_> {
    fn contents(&self) -> impl Iterator<Item = (&Text, &Content)> {
        let now = self.sources.iter().map(|source| (&source.path, &source.content));
        let before = self.versions.iter().filter_map(|(path, id)| Some((path, self.texts.get(id)?)));
        now.chain(before)
    }

    /// What says something of one person. Of those who are `gone` with them a log can be, which is then about nobody else.
    pub fn holdings(&self, person: &Person, gone: &BTreeSet<(RecordKind, Text)>) -> Holdings {
        let mut seen = Seen { person, lines: HashMap::new() };
        let mut naming: BTreeSet<Text> = BTreeSet::new();
        let mut papers: BTreeSet<Text> = BTreeSet::new();
        for (path, content) in self.contents() {
            if person.is_own(path) || content.as_ref().is_ok_and(|text| seen.names(text)) {
                naming.insert(path.clone());
                papers.extend(papers_about(person, &Source { path: path.clone(), content: content.clone() }));
            }
        }
        let (mut whole, mut shared): (BTreeSet<Text>, BTreeSet<Text>) =
            naming.into_iter().partition(|path| person.is_own(path) || self.is_of_those_alone(path, gone));
        let keys: BTreeSet<Text> = papers.iter().map(|paper| Text::new(paper_key(paper.raw()))).collect();
        let is_others =
            |path: &Text| !whole.contains(path) && !identity(path.raw()).is_some_and(|one| gone.contains(&one));
        let contents = || self.contents().filter(|(path, _)| !papers.is_empty() && is_others(path));
        // However its letters are put together, and in a record with an error by its letters alone.
        let named: BTreeSet<Text> = contents().flat_map(|(path, content)| papers_named(path, content)).collect();
        let (alone, others) = papers.iter().cloned().partition(|paper| {
            let says = |content: &Content| content.as_ref().is_ok_and(|text| text.contains(paper.raw()));
            !named.contains(&Text::new(paper_key(paper.raw()))) && !contents().any(|(_, content)| says(content))
        });
        let (mut alone, mut others): (BTreeSet<Text>, BTreeSet<Text>) = (alone, others);
        whole.append(&mut alone);
        shared.append(&mut others);
        let mut holds = |revision: &Revision| {
            let signed = [&revision.author, &revision.committer];
            signed.iter().any(|one| person.link(one.name.raw()).is_some() || person.link(one.email.raw()).is_some())
                || person.link(revision.subject.raw()).is_some()
                || revision.papers.iter().any(|paper| keys.contains(&paper.path))
                || revision.changes.iter().any(|change| {
                    let ids = change.older.iter().flatten().chain(&change.newer);
                    whole.contains(&change.path)
                        || ids.filter_map(|id| self.texts.get(id)?.as_ref().ok()).any(|text| seen.names(text))
                })
        };
        let commits = (0..self.revisions.len()).filter(|at| holds(&self.revisions[*at])).collect();
        Holdings { whole, shared, commits }
    }

    /// Whether a log has never been about anybody but those.
    fn is_of_those_alone(&self, path: &Text, gone: &BTreeSet<(RecordKind, Text)>) -> bool {
        if kind_of(path.raw()) != Some(RecordKind::Session) {
            return false;
        }
        let mut versions = self.contents().filter(|(other, _)| *other == path);
        versions.all(|(path, content)| {
            let source = Source { path: path.clone(), content: content.clone() };
            value_of(&source).is_some_and(|log| {
                let mut people = ["conductors", "supervisees"].iter().flat_map(|key| strings(log.get(*key)));
                people.all(|id| gone.contains(&(RecordKind::Student, Text::new(id))))
            })
        })
    }
}

/// The lines that were looked at already, with what was found: most versions of a text share most lines.
struct Seen<'p> {
    person: &'p Person,
    lines: HashMap<String, bool>,
}

impl Seen<'_> {
    fn names(&mut self, text: &str) -> bool {
        text.lines().any(|line| {
            if let Some(known) = self.lines.get(line) {
                return *known;
            }
            let found = self.person.link(line).is_some();
            self.lines.insert(line.to_owned(), found);
            found
        })
    }
}

fn strings(list: Option<&Value>) -> impl Iterator<Item = &str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}
