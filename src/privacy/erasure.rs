//! What erasing people from git takes, as commands for a shell. The program itself erases nothing.

use std::collections::BTreeSet;

use super::holdings::Holdings;
use super::people::Person;
use crate::history::Revision;
use crate::text::{Notation, Text, visible};

/// What the commands are about.
pub struct Erasure<'e> {
    /// Who is erased.
    pub people: &'e [Person],
    /// What holds them, of all together.
    pub holdings: &'e Holdings,
    /// The commits of the folder.
    pub revisions: &'e [Revision],
    /// Where the case folder has lain below the top of the work tree, with `/` behind it; empty for the top.
    pub prefixes: &'e BTreeSet<String>,
    /// Where the program keeps its own notes on this machine.
    pub state: Option<&'e str>,
}

impl Erasure<'_> {
    /// The commands, with a sentence above each step. They run in every shell that git brings along.
    pub fn script(&self) -> Vec<String> {
        let mut lines = Vec::new();
        self.begin(&mut lines);
        self.filters(&mut lines);
        lines.extend(REWRITE.lines().map(str::to_owned));
        lines.extend(FORGET.lines().map(str::to_owned));
        self.look(&mut lines);
        lines.extend(ELSEWHERE.lines().map(str::to_owned));
        self.notes_of_the_program(&mut lines);
        lines
    }

    fn begin(&self, lines: &mut Vec<String>) {
        let names: Vec<_> = self.people.iter().map(|person| person.title().to_string()).collect();
        lines.push(format!("# This erases from git: {}.", names.join(", ")));
        lines.push("# It cannot be taken back. On Windows, type it in Git Bash.".to_owned());
        lines.push(String::new());
        // No path: tried in a copy, the commands must not reach the folder that it is a copy of.
        lines.push("# Type it in the folder that it is about, or first in a copy of it.".to_owned());
        lines.push("cd \"$(git rev-parse --show-toplevel)\"".to_owned());
        lines.push(String::new());
        lines.push("# 1. Everybody sends in their work. These two commands must show nothing.".to_owned());
        lines.extend(["git status --short", "git stash list"].map(str::to_owned));
    }

    /// What is done to the files, the messages and the authors of each commit.
    fn filters(&self, lines: &mut Vec<String>) {
        lines.push(String::new());
        lines.push("# 2. What is taken out: whole files, and words in files that are about others too.".to_owned());
        lines.push("GWP_FILES=$(git rev-parse --absolute-git-dir)/gwp-erase".to_owned());
        lines.push("export GWP_FILES".to_owned());
        lines.push("mkdir -p \"$GWP_FILES\"".to_owned());
        lines.push("cat >\"$GWP_FILES/words\" <<'END'".to_owned());
        lines.extend(self.words());
        lines.push("END".to_owned());
        lines.push("cat >\"$GWP_FILES/files\" <<'END'".to_owned());
        let paths = |path: &Text| -> Vec<String> {
            self.prefixes.iter().map(|prefix| quoted(&format!("{prefix}{}", path.raw()))).collect()
        };
        let whole = self.holdings.whole.iter().filter(|one| is_one_line(one));
        lines.extend(whole.flat_map(paths).map(|whole| format!("rm -f -- {whole}")));
        // A scan is no text in which a word could be replaced.
        let is_text = |one: &&Text| Notation::of(one.raw()).is_some();
        let (texts, scans): (Vec<&Text>, Vec<&Text>) =
            self.holdings.shared.iter().filter(|one| is_one_line(one)).partition(is_text);
        lines.extend(texts.into_iter().flat_map(paths).map(|shared| format!("erase {shared}")));
        lines.push("END".to_owned());
        if !scans.is_empty() {
            lines.push("# These scans stay, as records about others name them too. Look at each yourself:".to_owned());
            lines.extend(scans.into_iter().flat_map(paths).map(|scan| format!("# {scan}")));
        }
        lines.push("cat >\"$GWP_FILES/filter\" <<'END'".to_owned());
        lines.push("erase() {".to_owned());
        lines.push("  if test -f \"$1\"; then".to_owned());
        lines.push(
            "    LC_ALL=C sed -f \"$GWP_FILES/words\" \"$1\" >\"$GWP_FILES/text\" && cat \"$GWP_FILES/text\" >\"$1\""
                .to_owned(),
        );
        lines.push("  fi".to_owned());
        lines.push("}".to_owned());
        lines.push(". \"$GWP_FILES/files\"".to_owned());
        lines.push("END".to_owned());
        lines.push("cat >\"$GWP_FILES/authors\" <<'END'".to_owned());
        lines.extend(self.authors());
        lines.push("END".to_owned());
    }

    /// The commands for `sed`: an id is taken out of lists, and every other word is replaced.
    fn words(&self) -> Vec<String> {
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        let mut words: BTreeSet<&str> = BTreeSet::new();
        for person in self.people {
            ids.extend(person.records.iter().map(|(_, id)| id.raw()));
            words.extend(person.names.iter().chain(&person.addresses).filter(|one| is_one_line(one)).map(Text::raw));
        }
        let mut lines = Vec::new();
        // What contains another is replaced first.
        let mut words: Vec<&str> = words.into_iter().filter(|word| !word.trim().is_empty()).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        lines.extend(words.iter().map(|word| format!("s/{}/erased/g", escaped(word))));
        for id in ids.into_iter().filter(|id| !id.trim().is_empty()).map(escaped) {
            for quote in ["\"", "'"] {
                lines.push(format!("s/{quote}{id}{quote}, *//g"));
                lines.push(format!("s/, *{quote}{id}{quote}//g"));
                lines.push(format!("s/\\[ *{quote}{id}{quote} *\\]/[]/g"));
            }
            lines.push(format!("/^ *- *[\"']\\{{0,1\\}}{id}[\"']\\{{0,1\\}} *$/d"));
            lines.push(format!("/^ *[\"']{id}[\"'],\\{{0,1\\}} *$/d"));
            lines.push(format!("s/\\[{id}, */[/g"));
            lines.push(format!("s/, *{id}\\([],]\\)/\\1/g"));
            lines.push(format!("s/\\[{id}\\]/[]/g"));
            // Twice: two that stand side by side share what lies between.
            for _ in 0..2 {
                lines.push(format!("s/\\([^A-Za-z0-9-]\\){id}\\([^A-Za-z0-9-]\\)/\\1erased\\2/g"));
            }
            lines.push(format!("s/^{id}\\([^A-Za-z0-9-]\\)/erased\\1/"));
            lines.push(format!("s/\\([^A-Za-z0-9-]\\){id}$/\\1erased/"));
            lines.push(format!("s/^{id}$/erased/"));
        }
        lines
    }

    /// Whoever made commits is no longer named by them.
    fn authors(&self) -> Vec<String> {
        let signatures = self.revisions.iter().flat_map(|revision| [&revision.author, &revision.committer]);
        let is_theirs = |words: &Text| self.people.iter().any(|person| person.link(words.raw()).is_some());
        let theirs: BTreeSet<&str> = signatures
            .filter(|one| is_theirs(&one.name) || is_theirs(&one.email))
            .map(|one| one.email.raw())
            .filter(|email| !email.contains('\n'))
            .collect();
        let mut lines = Vec::new();
        for email in theirs {
            for role in ["AUTHOR", "COMMITTER"] {
                lines.push(format!("if test \"$GIT_{role}_EMAIL\" = {}; then", quoted(email)));
                lines.push(format!("  GIT_{role}_NAME=erased GIT_{role}_EMAIL=erased@example.invalid"));
                lines.push(format!("  export GIT_{role}_NAME GIT_{role}_EMAIL"));
                lines.push("fi".to_owned());
            }
        }
        if lines.is_empty() {
            lines.push(":".to_owned());
        }
        lines
    }

    fn look(&self, lines: &mut Vec<String>) {
        lines.push(String::new());
        lines.push("# 5. Look whether anything is left. This must show nothing.".to_owned());
        let mut words: BTreeSet<&str> = BTreeSet::new();
        for person in self.people {
            words.extend(person.records.iter().map(|(_, id)| id.raw()));
            words.extend(person.names.iter().filter(|one| is_one_line(one)).map(Text::raw));
        }
        let words: Vec<_> = words.into_iter().map(|word| format!("-e {}", quoted(word))).collect();
        lines.push("git rev-list --all | while read -r commit; do".to_owned());
        lines.push(format!("  git grep -l -F -w {} \"$commit\" || :", words.join(" ")));
        lines.push(format!("  git log -1 --format='%h %an %s%n%b' \"$commit\" | grep -F -w {} || :", words.join(" ")));
        lines.push("done".to_owned());
    }

    fn notes_of_the_program(&self, lines: &mut Vec<String>) {
        let Some(state) = self.state else { return };
        lines.push(String::new());
        lines.push(
            "# 8. On each machine on which gwp was used: for 30 days it keeps texts that \"gwp undo\" needs. This takes \
             away those of every case folder."
                .to_owned(),
        );
        lines.push(format!("rm -rf -- {}/*/", quoted(state)));
    }
}

const REWRITE: &str = r#"
# 3. Write every commit anew, on every branch and tag. Commits that say nothing else go.
FILTER_BRANCH_SQUELCH_WARNING=1 git filter-branch --force --prune-empty \
  --tree-filter 'sh "$GWP_FILES/filter"' --env-filter '. "$GWP_FILES/authors"' \
  --msg-filter 'LC_ALL=C sed -f "$GWP_FILES/words"' --tag-name-filter cat -- --all"#;

const FORGET: &str = r#"
# 4. Forget the commits as they were: git keeps them for months otherwise.
git for-each-ref --format='delete %(refname)' refs/original | git update-ref --stdin
rm -rf -- "$GWP_FILES"
rm -f -- "$(git rev-parse --git-path ORIG_HEAD)" "$(git rev-parse --git-path FETCH_HEAD)"
rm -f -- "$(git rev-parse --git-path COMMIT_EDITMSG)" "$(git rev-parse --git-path MERGE_MSG)"
git reflog expire --expire=now --expire-unreachable=now --all
git gc --quiet --prune=now"#;

const ELSEWHERE: &str = r"
# 6. Send it to each remote. Take the # away, and put the remote's name for origin.
#    Whoever runs the server clears what is left there: old commits, and pull requests that show them.
# git push --force --all origin
# git push --force --tags origin
#
# 7. Everybody else deletes their copy and clones anew. A push from an old copy brings everything back.
#    Delete backups, letters, papers, exports and scans that name them too.";

/// A text as one word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A text as `sed` finds it, and nothing else.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if matches!(letter, '\\' | '/' | '.' | '*' | '[' | ']' | '^' | '$') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// Whether a text can stand in a line of a script as it is.
fn is_one_line(text: &Text) -> bool {
    visible(text.raw()) == text.raw()
}
