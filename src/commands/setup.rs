//! What git needs to merge records by what they say: attributes in the case folder, and a command in the repository's own
//! settings.

use std::path::Path;

use gwp::files::{self, FilesError};
use gwp::git::WorkTree;
use gwp::recording::{FileWrite, RecordingMode, WriteTarget};
use gwp::text::Text;

use super::Ending;
use super::asking::{Asking, Left, yes_or_no};
use super::context::Context;
use super::recording::caught_up;
use super::surroundings::Surroundings;

/// The file that tells git about the files below it.
pub const ATTRIBUTES: &str = ".gitattributes";

/// What a case folder says in it: a comment, and a line for each ending of records.
pub const ATTRIBUTE_LINES: [&str; 4] = [
    "# gwp merges records by what they say, and line ends are the same on every system.",
    "*.toml text=auto eol=lf merge=gwp",
    "*.yaml text=auto eol=lf merge=gwp",
    "*.yml text=auto eol=lf merge=gwp",
];

/// Lines that an earlier gwp wrote: by them a struck session came back beside the corrected one.
const EARLIER: [&str; 2] =
    ["# Two people can log sessions of one group: git keeps the lines of both.", "sessions/**/*.toml merge=union"];

/// The text of a new file of attributes.
pub fn attributes() -> String {
    ATTRIBUTE_LINES.map(|line| format!("{line}\n")).concat()
}

/// Sets it up for a case folder that is there.
pub fn run(mode: RecordingMode, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let (mut target, _) = WriteTarget::open(context.start(), mode)?;
    let roots = files::find(&[context.start().to_owned()])?;
    let Some(root) = roots.first() else { return Ok(Ending::Clean) };
    let tree = WorkTree::around(&root.path)?;
    if let Some(state) = Surroundings::state_folder() {
        caught_up(&target.keep_journal(&state, context.now.into())?)?;
    }
    let there = match files::table(&root.path.join(ATTRIBUTES)) {
        Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        Err(FilesError::NotThere { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let text = completed(there.as_deref().unwrap_or_default());
    if there.as_deref() == Some(text.as_str()) {
        writeln!(context.out, "{ATTRIBUTES} says already how git merges the records.")?;
    } else {
        let path = Text::new(ATTRIBUTES);
        let write = match there {
            Some(was) => FileWrite::replace(path, was, text),
            None => FileWrite::create(path, text),
        };
        let remark = target.write(&[write], "git merges records by what they say")?;
        writeln!(context.out, "{ATTRIBUTES} says now how git merges the records.")?;
        if let Some(remark) = remark {
            writeln!(context.out, "Note: {remark}")?;
        }
    }
    drop(target);
    let is_wanted = tree.has_merge_driver() || !context.is_somebody_there || is_wanted(context)?;
    if is_wanted {
        tree.set_merge_driver()?;
        writeln!(context.out, "In this repository git merges records with gwp.")?;
    } else {
        writeln!(context.out, "In this repository git goes on merging records line by line.")?;
    }
    writeln!(context.out, "This setting is not shared: everybody who has a copy runs \"gwp fmt --setup\" once.")?;
    Ok(Ending::Clean)
}

/// Offers it to somebody at a terminal who makes a case folder in a repository.
pub fn offer(folder: &Path, context: &mut Context<'_>) -> anyhow::Result<()> {
    let Ok(tree) = WorkTree::around(folder) else { return Ok(()) };
    if context.is_somebody_there && !tree.has_merge_driver() && is_wanted(context)? {
        tree.set_merge_driver()?;
    }
    Ok(())
}

fn is_wanted(context: &mut Context<'_>) -> anyhow::Result<bool> {
    context.out.flush()?;
    let (mut answers, mut questions) = Surroundings::terminal();
    let asks = "Set in this repository that git merges records with gwp (yes, no)";
    let answer = Asking::of(&mut answers, &mut questions).or_else(None, asks, (true, "yes"), yes_or_no);
    // Whoever leaves wants nothing set; what was written before this question stays.
    answer.or_else(|error| error.downcast::<Left>().map(|_| false))
}

/// The attributes with the lines that are missing.
fn completed(there: &str) -> String {
    let mut text: String = there.split_inclusive('\n').filter(|line| !EARLIER.contains(&line.trim_end())).collect();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for line in ATTRIBUTE_LINES {
        if !there.lines().any(|known| known.trim_end() == line) {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}
