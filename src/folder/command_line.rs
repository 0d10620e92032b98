//! Commands as they are shown: with the folder, the commit and the day that were used, so that they can be pasted.

use crate::calendar::Day;
use crate::text::visible;

/// How somebody asked about a folder, which every shown command repeats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandLine {
    /// The way to the folder from where the program was started; none where it is found without one.
    pub folder: Option<String>,
    /// The commit that the folder was read from.
    pub rev: Option<String>,
    /// The day as of which it is judged, where one was named.
    pub as_of: Option<Day>,
}

impl CommandLine {
    /// A command about the folder, whatever the day: `gwp -C examples/london log open-studio`. Safe to show.
    pub fn about<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> String {
        let folder = self.folder.iter().map(|folder| format!("-C {}", quoted(folder)));
        let all = ["gwp".to_owned()].into_iter().chain(folder).chain(words.into_iter().map(quoted));
        visible(&all.collect::<Vec<_>>().join(" "))
    }

    /// A command about the folder as of the day: `gwp explain A2 --as-of 2026-02-10`. Safe to show.
    pub fn on_day<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> String {
        Self::with("--as-of", self.as_of.map(Day::iso), self.about(words))
    }

    /// A command that judges the folder once more as it was: `gwp show alex-moran --rev 1a2b3c --as-of 2026-02-10`. Safe to
    /// show.
    pub fn again<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> String {
        let read = Self::with("--rev", self.rev.clone(), self.about(words));
        Self::with("--as-of", self.as_of.map(Day::iso), read)
    }

    fn with(option: &str, value: Option<String>, command: String) -> String {
        match value {
            Some(value) => format!("{command} {option} {}", quoted(&value)),
            None => command,
        }
    }
}

/// A word as a shell takes it: between quotation marks where it holds anything that a shell would act on.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_repeats_what_was_asked() {
        let here = CommandLine::default();
        assert_eq!(here.again(["show", "alex-moran"]), "gwp show alex-moran");
        let there = CommandLine {
            folder: Some("our cases/it's".to_owned()),
            rev: Some("1a2b".to_owned()),
            as_of: Day::new(2026, 2, 10),
        };
        let folder = "gwp -C 'our cases/it'\\''s'";
        assert_eq!(there.about(["log", "a;b"]), format!("{folder} log 'a;b'"));
        assert_eq!(there.on_day(["explain", "A2"]), format!("{folder} explain A2 --as-of 2026-02-10"));
        assert_eq!(there.again(["show", "$x"]), format!("{folder} show '$x' --rev 1a2b --as-of 2026-02-10"));
        assert_eq!(there.about(["show", "a\nb"]), format!("{folder} show 'a\\nb'"));
    }
}
