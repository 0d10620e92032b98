//! The pager: the program through which long answers are read on a terminal. It is found as git finds its own.

#![allow(clippy::disallowed_methods, reason = "this is the place that starts the pager")]

use std::env;
use std::fs::File;
use std::io::{self, Seek, Write};
use std::process::{Command, Stdio};

use unicode_width::UnicodeWidthStr as _;

use super::interrupt::Interrupt;

/// What less does with a text: it ends where all of it fits on the screen, shows colours, and leaves the text there.
const LESS: &str = "FRX";

/// The status by which a shell says that it cannot run a program, and that there is none.
const NOT_RUN: [i32; 2] = [126, 127];

/// Whether a text has more lines than a screen has beside the next prompt.
pub fn is_longer(text: &[u8], (width, height): (usize, usize)) -> bool {
    let text = String::from_utf8_lossy(text);
    let shown = anstream::adapter::strip_str(&text).to_string();
    let rows = shown.lines().map(|line| line.width().div_ceil(width.max(1)).max(1));
    rows.sum::<usize>() >= height
}

/// Shows a text through the pager, and waits until nobody reads it any more; false where there is none, or where it cannot
/// be started. Ctrl-C is the pager's meanwhile.
pub fn show(text: &[u8]) -> bool {
    let Some(mut command) = command() else { return false };
    let Ok(file) = file_with(text) else { return false };
    command.stdin(Stdio::from(file));
    if env::var_os("LESS").is_none() {
        command.env("LESS", LESS);
    }
    let _noted = Interrupt::of_keys();
    // However somebody leaves it, the text has been there to be read.
    command.status().is_ok_and(|status| status.code().is_none_or(|code| !NOT_RUN.contains(&code)))
}

/// A file with a text, at whose beginning a reader stands, and which is gone once nobody reads it.
fn file_with(text: &[u8]) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(text)?;
    file.rewind()?;
    Ok(file)
}

/// The command that `GWP_PAGER` names, or `PAGER`, or less. `cat`, or nothing at all, is no pager, and a terminal that can
/// only be written on has none.
fn command() -> Option<Command> {
    if env::var("TERM").is_ok_and(|terminal| terminal == "dumb") {
        return None;
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_above_the_prompt_is_not_long() {
        let lines = |count: usize| "x\n".repeat(count);
        assert!(!is_longer(lines(23).as_bytes(), (80, 24)));
        assert!(is_longer(lines(24).as_bytes(), (80, 24)));
        // A line that is wider than the screen takes two, and colour takes nothing.
        let wide = "x".repeat(81) + "\n";
        assert!(!is_longer(("x".repeat(80) + "\n").as_bytes(), (80, 2)));
        assert!(is_longer(wide.as_bytes(), (80, 2)));
        assert!(!is_longer(format!("\u{1b}[31m{}\u{1b}[0m\n", "x".repeat(80)).as_bytes(), (80, 2)));
        assert!(is_longer("団\n".repeat(2).as_bytes(), (1, 4)));
        assert!(!is_longer(b"", (0, 1)));
    }
}
