//! The contents of files of a commit.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::Stdio;
use std::thread;

use super::listening::Listening;
use super::{Commit, Repository, RevisionError};
use crate::files::{MOST_BYTES, too_large};
use crate::records::sha256_of;
use crate::text::Unreadable;

/// So often git is started again after it ended over a damaged object.
const MOST_STARTS: usize = 64;

/// The most bytes that are read at once, many times what the largest folder or a long history holds: in a hostile one
/// any number of paths can stand for the same large object.
const MOST_IN_ALL: usize = 1024 * 1024 * 1024;

/// What an object says, or why it says nothing.
pub(super) type Bytes = Result<Vec<u8>, Unreadable>;

/// The contents of objects, in the order of their ids. What is missing, damaged, too large or no file is told as that.
pub(super) fn read(repository: &Repository, commit: &Commit, ids: &[&str]) -> Result<Vec<Bytes>, RevisionError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    // How large an object is is asked first: one that is too large is not even begun.
    let mut sizes: HashMap<&str, Size> = HashMap::new();
    let mut in_all: usize = 0;
    answers(repository, ("--batch-check", MOST_BYTES), ids, |id, size, _| {
        in_all = in_all.saturating_add(*size.as_ref().unwrap_or(&0));
        sizes.insert(id, size);
        Ok(())
    })?;
    if in_all > MOST_IN_ALL {
        return Err(RevisionError::TooMuch { commit: commit.short().to_owned() });
    }
    let fit: Vec<&str> = ids.iter().copied().filter(|id| sizes.get(id).is_some_and(Result::is_ok)).collect();
    let mut contents: Vec<Bytes> = Vec::with_capacity(fit.len());
    answers(repository, ("--batch", MOST_BYTES), &fit, |_, size, from| {
        contents.push(match size {
            Ok(size) => {
                let mut bytes = vec![0; size];
                from.read_exact(&mut bytes).and_then(|()| from.read_exact(&mut [0])).map_err(|_| Lost)?;
                Ok(bytes)
            }
            // Other than when its size was asked for: what follows would be read as something else.
            Err(reason) if reason != missing() && reason != damaged() => return Err(Lost),
            Err(reason) => Err(reason),
        });
        Ok(())
    })?;
    let mut contents = contents.into_iter();
    let of = |id: &&str| match sizes.get(id) {
        Some(Ok(_)) => contents.next().unwrap_or_else(|| Err(damaged())),
        Some(Err(reason)) => Err(reason.clone()),
        None => Err(damaged()),
    };
    Ok(ids.iter().map(of).collect())
}

/// The digests of the contents of objects, in the order of their ids, of whatever size; none of one that cannot be read.
pub(super) fn digests(repository: &Repository, ids: &[&str]) -> Result<Vec<Option<String>>, RevisionError> {
    let mut digests = Vec::with_capacity(ids.len());
    answers(repository, ("--batch", u64::MAX), ids, |_, size, from| {
        let Ok(size) = size else {
            digests.push(None);
            return Ok(());
        };
        let digest = sha256_of(from.take(size as u64)).map_err(|_| Lost)?;
        from.read_exact(&mut [0]).map_err(|_| Lost)?;
        digests.push(Some(digest));
        Ok(())
    })?;
    Ok(digests)
}

/// How large an object is that can be read, or why it cannot.
type Size = Result<usize, Unreadable>;

/// git has ended in the middle of an answer.
struct Lost;

/// Asks git about objects one after the other. `see` is given each with what its header says, and the stream that goes
/// on with the contents where they were asked for. Beside the question stands the size from which on an object is too
/// large.
fn answers<'i>(
    repository: &Repository,
    (question, most): (&str, u64),
    ids: &[&'i str],
    mut see: impl FnMut(&'i str, Size, &mut dyn Read) -> Result<(), Lost>,
) -> Result<(), RevisionError> {
    let mut done = 0;
    for _ in 0..MOST_STARTS {
        let Some(rest) = ids.get(done..).filter(|rest| !rest.is_empty()) else { return Ok(()) };
        let mut asking = Asking::begin(repository, question, rest)?;
        for id in rest {
            let Some(header) = asking.header() else { break };
            if see(id, understood(&header, most), &mut asking.from).is_err() {
                break;
            }
            done += 1;
        }
        if asking.from.get_ref().is_silent() {
            return Err(RevisionError::Silent);
        }
        // The one at which git ended is the one at fault.
        if let Some(id) = ids.get(done) {
            let _ = see(id, Err(damaged()), &mut io::empty());
            done += 1;
        }
    }
    for id in ids.get(done..).unwrap_or_default() {
        let _ = see(id, Err(damaged()), &mut io::empty());
    }
    Ok(())
}

/// `1a2b… blob 1234`, or `1a2b… missing`.
fn understood(header: &str, most: u64) -> Size {
    let mut words = header.split(' ').skip(1);
    match (words.next(), words.next().map(str::parse::<u64>)) {
        (Some("blob"), Some(Ok(size))) if size <= most => usize::try_from(size).map_err(|_| too_large()),
        (Some("blob"), Some(Ok(_))) => Err(too_large()),
        (Some("missing"), None) => Err(missing()),
        _ => Err(damaged()),
    }
}

/// A git that is being asked. Its questions come from a thread of their own, so that neither side waits for the other
/// with a full pipe.
struct Asking {
    from: BufReader<Listening>,
}

impl Asking {
    fn begin(repository: &Repository, question: &str, ids: &[&str]) -> Result<Self, RevisionError> {
        let mut command = Repository::reader(&repository.folder);
        command.args(["cat-file", question, "--buffer"]).stdin(Stdio::piped()).stderr(Stdio::null());
        let (listening, to, _) = Listening::to(&mut command, repository.patience)?;
        let mut questions = String::with_capacity(ids.len() * 41);
        for id in ids {
            questions.extend([id, "\n"]);
        }
        // Where git ends early, what is left of the questions goes nowhere.
        thread::spawn(move || to.map(|mut to| to.write_all(questions.as_bytes())));
        Ok(Self { from: BufReader::with_capacity(1 << 16, listening) })
    }

    fn header(&mut self) -> Option<String> {
        let mut line = Vec::new();
        self.from.by_ref().take(256).read_until(b'\n', &mut line).ok()?;
        String::from_utf8(line).ok()?.strip_suffix('\n').map(ToOwned::to_owned)
    }
}

fn missing() -> Unreadable {
    Unreadable {
        message: "its text is not in this repository".to_owned(),
        help: "a clone that leaves part out is completed by \"git fetch\"".to_owned(),
        at: None,
        is_folder: false,
    }
}

fn damaged() -> Unreadable {
    Unreadable {
        message: "git cannot read its text: what it has stored is damaged, or is no text".to_owned(),
        help: "\"git fsck\" finds what is damaged; fetch it again from where it is sound".to_owned(),
        at: None,
        is_folder: false,
    }
}
