//! That nothing is lost, whatever happens meanwhile: read-only files, git, several writers, sudden ends.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::keeping::Desk;

#[cfg(unix)]
#[test]
fn a_read_only_file_is_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::london();
    let path = desk.path("sessions/managing-stress.toml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("it can be set");
    let before = desk.files();
    let ran = desk.run("log managing-stress 2026-02-10");
    assert_eq!(ran.status, 2);
    assert!(ran.err.ends_with(
        "is marked as read-only, and is left as it is; if it is to be changed, make it one that can be written\n"
    ));
    assert_eq!(desk.files(), before);
}

#[test]
fn a_commit_holds_that_file_alone() {
    let desk = Desk::london().in_git();
    let hook = desk.path(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().expect("a folder")).expect("it can be made");
    fs::write(&hook, "#!/bin/sh\nexit 1\n").expect("it can be written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).expect("it can be set");
    }
    fs::write(desk.path("gwp.toml"), format!("{}\n", desk.read("gwp.toml"))).expect("it can be written");
    desk.git("add gwp.toml");
    let ran = desk.run("log managing-stress 2026-02-10 --present 7 --commit");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(desk.git("log -1 --format=%s"), "managing-stress: session of 10 February 2026, 90 minutes, 7 present\n");
    assert_eq!(desk.git("show --name-only --format="), "sessions/managing-stress.toml\n");
    assert_eq!(desk.git("status --porcelain"), "M  gwp.toml\n");
}

#[test]
fn a_commit_takes_nothing_along() {
    let desk = Desk::london().in_git();
    let path = "sessions/managing-stress.toml";
    fs::write(desk.path(path), format!("{}# not yet\n", desk.read(path))).expect("it can be written");
    let before = desk.files();
    let ran = desk.run("log managing-stress 2026-02-10 --commit");
    let said = "gwp: sessions/managing-stress.toml has changes that are not committed; commit them first, or leave out --commit\n";
    assert_eq!((ran.status, ran.err.as_str()), (2, said));
    assert_eq!(desk.files(), before);

    let outside = Desk::london();
    let ran = outside.run("log managing-stress 2026-02-10 --commit");
    let said = "gwp: the folder is not kept in git; make it a repository with \"git init\", or do without git\n";
    assert_eq!((ran.status, ran.err.as_str()), (2, said));
}

#[test]
fn renamed_in_git_it_is_one_commit() {
    let desk = Desk::of("tests/cases/base").in_git();
    assert_eq!(desk.run("rename robin-ashby robin-ashby-pym --commit").status, 0);
    assert_eq!(desk.git("status --porcelain"), "");
    let said = "the student robin-ashby is now robin-ashby-pym; it is named in 2 places of 2 records\n";
    assert_eq!(desk.git("log -1 --format=%s"), said);
    let names = "sessions/supervision-ashby.toml\nsessions/tuesday-group.toml\nstudents/robin-ashby-pym.toml\n\
        students/robin-ashby.toml\n";
    assert_eq!(desk.git("show --no-renames --name-only --format="), names);
}

#[test]
fn a_renaming_that_was_killed_is_completed() {
    let desk = Desk::of("tests/cases/base");
    for number in 0..30_u64 {
        let (old, new) = if number % 2 == 0 { ("kit-lowe", "kit-pym") } else { ("kit-pym", "kit-lowe") };
        let mut command = Command::new(env!("CARGO_BIN_EXE_gwp"));
        command.current_dir(desk.path("")).args(["rename", old, new]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("it can be started");
        thread::sleep(Duration::from_micros(number * 1_900 % 50_000));
        let _ = child.kill();
        let _ = child.wait();
        let ran = desk.run("check --as-of 2026-06-16 --fail-on errors");
        assert_eq!(ran.status, 0, "{}", ran.out);
        if desk.path(&format!("supervisors/{old}.toml")).exists() {
            let ran = desk.run(&format!("rename {old} {new}"));
            assert_eq!(ran.status, 0, "{}", ran.err);
        }
        let left = desk.files().values().filter(|text| String::from_utf8_lossy(text).contains(old)).count();
        assert_eq!((left, desk.path(&format!("supervisors/{old}.toml")).exists()), (0, false));
    }
}

/// The days from which entries are made that nobody has made yet.
fn free_days() -> impl Iterator<Item = String> {
    let first = gwp::calendar::Day::new(2026, 6, 17).expect("a day");
    (0..).map(move |days| first.plus_days(days).iso())
}

fn start(desk: &Desk, day: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gwp"));
    command.current_dir(desk.path("")).args(["log", "tuesday-group", day, "--minutes", "90"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// Asserts that the log is a sound record, and that each of these days is in it once.
fn assert_logged(desk: &Desk, days: &[String]) {
    let ran = desk.run("check --as-of 2026-06-16 --fail-on errors");
    assert_eq!(ran.status, 0, "{}", ran.out);
    let log = desk.read("sessions/tuesday-group.toml");
    for day in days {
        assert_eq!(log.matches(day.as_str()).count(), 1, "{day}\n{log}");
    }
}

#[test]
fn eight_writers_at_once_lose_nothing() {
    let desk = Desk::of("tests/cases/base");
    let days: Vec<_> = free_days().take(40).collect();
    thread::scope(|scope| {
        for share in days.chunks(5) {
            let desk = &desk;
            scope.spawn(move || {
                for day in share {
                    assert!(start(desk, day).status().expect("it ends").success(), "{day}");
                }
            });
        }
    });
    assert_logged(&desk, &days);
    assert!(desk.files().keys().all(|name| !name.contains("/.") && !name.starts_with('.')));
}

#[test]
fn killed_at_any_moment_it_leaves_a_whole_file() {
    let desk = Desk::of("tests/cases/base");
    let mut acknowledged = Vec::new();
    for (number, day) in (0_u64..).zip(free_days().take(200)) {
        let mut child = start(&desk, &day).spawn().expect("it can be started");
        thread::sleep(Duration::from_micros((number * 7_919) % 40_000));
        let _ = child.kill();
        if child.wait_with_output().expect("it ends").stdout.starts_with(b"Recorded") {
            acknowledged.push(day);
        }
        if number % 20 == 19 {
            assert_logged(&desk, &acknowledged);
        }
    }
    assert_logged(&desk, &acknowledged);
    let unfinished = |desk: &Desk| desk.files().keys().filter(|name| name.contains(".gwp-")).count();
    let day = free_days().nth(200).expect("a day");
    assert!(start(&desk, &day).status().expect("it ends").success());
    assert_eq!(unfinished(&desk), 0, "the next writer takes away what was left");
}
