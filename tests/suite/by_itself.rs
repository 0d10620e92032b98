//! The program started by cron and its like: the lines that the manual shows, in surroundings that hold nothing.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use chrono::{Days, Local};
use serde_json::Value;

use crate::file;
use crate::markdown::{Piece, pieces};
use crate::scratch;

/// Runs a line in a shell that knows nothing but where the program is.
fn shell(line: &str, environment: &[(&str, &str)]) -> Output {
    let bin = Path::new(env!("CARGO_BIN_EXE_gwp")).parent().unwrap();
    Command::new("/bin/sh")
        .arg("-c")
        .arg(line)
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", bin.display()))
        .envs(environment.iter().copied())
        .current_dir("/")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// The text of the block of the manual in a language that names a command.
fn block(language: &str, command: &str) -> String {
    let found = ["automation", "reminders"].into_iter().find_map(|topic| {
        let page = fs::read_to_string(file(&format!("src/topics/{topic}.md"))).unwrap();
        pieces(&page).into_iter().find_map(|piece| match piece {
            Piece::Block(block) if block.language == language && block.text.contains(command) => {
                Some(block.text.trim_start_matches("```").to_owned())
            }
            _ => None,
        })
    });
    found.unwrap_or_else(|| panic!("no block of {language} has {command}"))
}

fn base() -> String {
    file("tests/cases/base").to_str().unwrap().to_owned()
}

#[test]
fn the_line_of_cron_tells_only_what_there_is_to_tell() {
    let block = block("crontab", "gwp due");
    let line = block.lines().find(|line| line.contains("gwp due")).unwrap();
    let command = line.split_whitespace().skip(5).collect::<Vec<_>>().join(" ");
    let on = |folder: &str, as_of: &str| {
        let there = command.replace("/srv/courses/exeter", &format!("{folder} --as-of {as_of}"));
        assert_ne!(there, command, "the line names the folder");
        let ran = shell(&there, &[]);
        (text(&ran.stdout).to_owned(), text(&ran.stderr).to_owned())
    };
    let (told, beside) = on(&base(), "2026-05-31");
    assert!(told.contains("GWP Form 2") && beside.is_empty(), "{told}{beside}");
    // The case is complete: nothing is to come.
    assert_eq!(on(&base(), "2026-07-14"), (String::new(), String::new()));
    let (told, _) = on("/nowhere", "2026-05-31");
    assert!(told.starts_with("gwp: there is no file or folder /nowhere"), "{told}");
}

#[test]
fn the_line_of_cron_writes_letters_in_a_folder_of_the_day() {
    let block = block("crontab", "gwp remind");
    let line = block.lines().find(|line| line.contains("gwp remind")).unwrap();
    // cron itself takes the backslashes away.
    let command = line.split_whitespace().skip(5).collect::<Vec<_>>().join(" ").replace("\\%", "%");
    let there = scratch::folder();
    let on = |folder: &Path| {
        let line = command.replace("/srv", there.path().to_str().unwrap());
        let ran = shell(&line.replace("courses/exeter", folder.to_str().unwrap()), &[]);
        (text(&ran.stdout).to_owned(), text(&ran.stderr).to_owned())
    };
    // The case is complete: nobody owes anything, on any day.
    assert_eq!(on(&file("tests/cases/base")), (String::new(), String::new()));
    assert_eq!(fs::read_dir(there.path()).unwrap().count(), 0);
    let (told, beside) = on(&file("examples/london"));
    assert!(told.contains("Nothing is sent.") && told.contains("Hannah Lister") && beside.is_empty(), "{told}{beside}");
    let (told, _) = on(Path::new("/nowhere"));
    assert!(told.starts_with("gwp: there is no file or folder /nowhere"), "{told}");
}

#[test]
fn the_workflow_and_the_line_of_powershell_can_be_run() {
    let workflow = block("yaml", "gwp due");
    let command = workflow.lines().find_map(|line| line.trim().strip_prefix("- run: gwp due")).unwrap();
    let on = |as_of: &str| shell(&format!("cd {} && gwp due {command} --as-of {as_of}", base()), &[]).status.code();
    assert_eq!(on("2026-05-31"), Some(0));
    let london = file("examples/london");
    let late = shell(&format!("cd {} && gwp due {command} --as-of 2026-02-10", london.display()), &[]);
    assert_eq!(late.status.code(), Some(1));
    let powershell = block("powershell", "gwp due");
    let (_, rest) = powershell.split_once("gwp due ").unwrap();
    let (options, _) = rest.split_once(" 2>&1").unwrap();
    let (_, options) = options.rsplit_once("\" ").unwrap();
    let ran = shell(&format!("gwp due {} {options} --as-of 2026-05-31", base()), &[]);
    assert_eq!(ran.status.code(), Some(1));
}

#[test]
fn neither_locale_nor_home_nor_terminal_is_asked() {
    let line = format!("gwp due {} --as-of 2026-05-31", file("examples/london").display());
    let plain = shell(&line, &[]);
    assert_eq!(plain.status.code(), Some(0));
    for environment in [
        [("LC_ALL", "C"), ("HOME", "/nowhere")],
        [("LC_ALL", "de_DE.UTF-8"), ("LANG", "de_DE.UTF-8")],
        [("LC_ALL", "tr_TR.UTF-8"), ("TERM", "dumb")],
        [("LC_TIME", "ja_JP.eucJP"), ("COLUMNS", "30")],
    ] {
        let ran = shell(&line, &environment);
        assert_eq!((ran.status.code(), ran.stdout), (Some(0), plain.stdout.clone()), "{environment:?}");
    }
}

#[test]
fn today_is_the_day_of_the_time_zone() {
    let today = |zone: &str| {
        let ran = shell(&format!("gwp due {} --format json", base()), &[("TZ", zone)]);
        let document: Value = serde_json::from_slice(&ran.stdout).unwrap();
        document["as_of"].as_str().unwrap().to_owned()
    };
    // On these two islands it is never the same day.
    let (east, west) = (today("<+14>-14"), today("<-11>11"));
    assert!(east > west, "{east} {west}");
    let here = Local::now().date_naive();
    let near = [here.checked_sub_days(Days::new(1)), Some(here), here.checked_add_days(Days::new(1))];
    assert!([east, west].iter().all(|day| near.contains(&day.parse().ok())));
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    for format in ["table", "json", "csv", "markdown", "ics"] {
        let line = format!(
            "(gwp due {0} {0} --as-of 2026-02-10 --format {format}; echo $? >&2) | head -c 1 > /dev/null",
            file("examples/london").display()
        );
        let ran = shell(&line, &[]);
        let said: Vec<_> = text(&ran.stderr).lines().filter(|line| !line.contains("could not be judged")).collect();
        assert_eq!(said, ["0"], "{format}");
    }
}

#[test]
fn a_folder_that_can_only_be_read() {
    let folder = scratch::folder();
    let copied = shell(&format!("cp -r {}/. {} && chmod -R a-w {1}", base(), folder.path().display()), &[]);
    assert!(copied.status.success());
    let listing =
        |folder: &Path| shell(&format!("cd {} && find . -type f | sort | xargs cksum", folder.display()), &[]);
    let before = listing(folder.path()).stdout;
    for command in ["due --format ics", "due --exit-code", "due --by person", "check"] {
        let ran = shell(&format!("gwp {command} -C {} --as-of 2026-02-10", folder.path().display()), &[]);
        assert!(matches!(ran.status.code(), Some(0 | 1)), "{command}: {}", text(&ran.stderr));
    }
    assert_eq!(listing(folder.path()).stdout, before);
    shell(&format!("chmod -R u+w {}", folder.path().display()), &[]);
}
