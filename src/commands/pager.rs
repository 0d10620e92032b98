//! The pager: the program through which long answers are read on a terminal. It is found as git finds its own.

#![allow(clippy::disallowed_methods, reason = "this is the place that starts the pager")]

use std::env;
use std::fs::File;
use std::io::{self, Seek, Write};
use std::process::{Command, Stdio};

/// What less does with a text: it ends where all of it fits on the screen, shows colours, and leaves the text there.
const LESS: &str = "FRX";

/// Shows a text through the pager; false where there is none, or where it cannot be started. The pager takes the
/// place of this program, so that Ctrl-C in it reaches nobody else.
pub fn show(text: &[u8]) -> bool {
    let Some(mut command) = command() else { return false };
    let Ok(file) = file_with(text) else { return false };
    command.stdin(Stdio::from(file));
    if env::var_os("LESS").is_none() {
        command.env("LESS", LESS);
    }
    run(command)
}

/// A file with a text, at whose beginning a reader stands, and which is gone once nobody reads it.
fn file_with(text: &[u8]) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(text)?;
    file.rewind()?;
    Ok(file)
}

/// The command that `GWP_PAGER` names, or `PAGER`, or less. `cat`, or nothing at all, is no pager.
fn command() -> Option<Command> {
    let said = env::var("GWP_PAGER").or_else(|_| env::var("PAGER"));
    match said.as_deref().map(str::trim) {
        Ok("" | "cat") => None,
        Ok(said) if cfg!(unix) => {
            let mut shell = Command::new("sh");
            shell.args(["-c", said]);
            Some(shell)
        }
        Ok(said) => {
            let mut words = said.split_whitespace();
            let mut command = Command::new(words.next()?);
            command.args(words);
            Some(command)
        }
        Err(_) => Some(Command::new("less")),
    }
}

#[cfg(unix)]
fn run(mut command: Command) -> bool {
    use std::os::unix::process::CommandExt;
    // It comes back only where the pager could not be started.
    let _ = command.exec();
    false
}

#[cfg(not(unix))]
fn run(mut command: Command) -> bool {
    command.status().is_ok()
}
