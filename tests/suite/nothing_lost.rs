//! That nothing is lost, whatever happens meanwhile: read-only files, git, several writers, sudden ends.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::desk::Desk;
use crate::program;

#[cfg(unix)]
#[test]
fn a_read_only_file_is_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::london();
    let path = desk.path("sessions/managing-stress.toml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("it can be set");
    let before = desk.files();
    let ran = desk.run("log managing-stress 2026-02-16");
    assert_eq!(ran.status, 2);
    assert!(ran.err.ends_with(
        "is marked as read-only, and is left as it is; if it is to be changed, make it one that can be written\n"
    ));
    assert_eq!(desk.files(), before);
}

/// Runs the program where no file can have a byte, as on a full disk.
#[cfg(unix)]
fn without_room(desk: &Desk, line: &str) -> std::process::Output {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("ulimit -f 0; trap '' XFSZ; exec \"$0\" {line}")).arg(env!("CARGO_BIN_EXE_gwp"));
    let command = command.env(program::STATE, program::state()).current_dir(desk.path(""));
    command.stdin(Stdio::null()).output().expect("it can be started")
}

#[cfg(unix)]
#[test]
fn without_room_everything_stays_as_it_is() {
    let desk = Desk::of("tests/cases/base");
    let log = desk.read("sessions/tuesday-group.toml").replace("minutes = ", "minutes=");
    fs::write(desk.path("sessions/tuesday-group.toml"), log).expect("it can be written");
    fs::write(desk.path("autumn.csv"), "Date,Mins\n23 Jun 2026,90\n").expect("it can be written");
    let before = desk.files();
    for line in [
        "log tuesday-group 2026-06-23 --minutes 90",
        "record robin-ashby withdrawn --on 2026-06-01",
        "decide robin-ashby NTM award ratified --on 2026-06-20",
        "new supervisor kim-lee --name Kim",
        "rename robin-ashby robin-pym",
        "rename kit-lowe kit-pym",
        "fmt",
        "import autumn.csv --into tuesday-group --write",
        "export due --as-of 2026-06-16 --out due.csv",
        "init",
    ] {
        let empty = Desk::empty();
        let output = without_room(if line == "init" { &empty } else { &desk }, line);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{line}: {said}");
        let why = "cannot be written: a file cannot be so large there; check that you may write there and that the \
            disk has room, or name another folder";
        assert!(said.starts_with("gwp: ") && said.lines().count() == 1 && said.contains(why), "{line}: {said}");
        assert_eq!(desk.files(), before, "{line}");
        assert!(empty.files().is_empty());
    }
}

#[cfg(unix)]
#[test]
fn several_records_are_written_or_none() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::of("tests/cases/base");
    for path in ["sessions/tuesday-group.toml", "students/robin-ashby.toml"] {
        fs::write(desk.path(path), desk.read(path).replace(" = ", "=")).expect("it can be written");
    }
    for (last, line) in
        [("sessions/tuesday-group.toml", "rename robin-ashby robin-pym"), ("students/robin-ashby.toml", "fmt")]
    {
        fs::set_permissions(desk.path(last), fs::Permissions::from_mode(0o444)).expect("it can be set");
        let before = desk.files();
        let ran = desk.run(line);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{}", ran.err);
        let end = "is marked as read-only, and is left as it is; if it is to be changed, make it one that can be written; \
            what was written by then is taken back\n";
        assert!(ran.err.ends_with(end), "{}", ran.err);
        assert_eq!(desk.files(), before);
        fs::set_permissions(desk.path(last), fs::Permissions::from_mode(0o644)).expect("it can be set");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    use std::os::unix::fs::symlink;
    let (desk, elsewhere) = (Desk::of("tests/cases/base"), Desk::empty());
    let log = "sessions/tuesday-group.toml";
    let text = desk.read(log);
    fs::write(elsewhere.path("log.toml"), &text).expect("it can be written");
    fs::remove_file(desk.path(log)).expect("it is there");
    symlink(elsewhere.path("log.toml"), desk.path(log)).expect("there can be links");
    assert_eq!(desk.run("log tuesday-group 2026-06-23 --minutes 90").status, 2);
    assert!(desk.run("fmt").err.contains("sessions/tuesday-group.toml is left as it is: it cannot be read"));
    fs::rename(desk.path("supervisors"), elsewhere.path("supervisors")).expect("it can be moved");
    symlink(elsewhere.path("supervisors"), desk.path("supervisors")).expect("there can be links");
    let before = elsewhere.files();
    let ran = desk.run("new supervisor kim-lee --name Kim");
    assert_eq!(ran.status, 2);
    assert!(
        ran.err
            .ends_with("supervisors is a link; links in a case folder are not followed; put a folder in its place\n")
    );
    symlink(elsewhere.path("workshop"), desk.path(".gwp")).expect("there can be links");
    assert_eq!(desk.run("record robin-ashby withdrawn --on 2026-06-01").status, 0);
    assert_eq!(elsewhere.files(), before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_whose_name_is_no_text_is_left() {
    use std::os::unix::ffi::OsStrExt as _;
    let desk = Desk::of("tests/cases/base");
    let name = std::ffi::OsStr::from_bytes(b"supervisors/\xff.toml");
    fs::write(desk.path("").join(name), "name=\"X\"\n").expect("it can be written");
    let ran = desk.run("fmt");
    assert_eq!(ran.err, "gwp: supervisors/\\x{ff}.toml is left as it is: its name cannot be read\n");
    assert_eq!(fs::read(desk.path("").join(name)).expect("it is there"), b"name=\"X\"\n");
}

#[test]
fn what_git_did_not_take_is_said_again() {
    let desk = Desk::of("tests/cases/base").in_git();
    fs::write(desk.path(".git/index.lock"), "").expect("it can be written");
    let line = "log tuesday-group 2026-06-23 --minutes 90 --commit";
    let ran = desk.run(line);
    assert_eq!(ran.status, 2);
    let said = "gwp: sessions/tuesday-group.toml is written, and is not committed: another git command is at work, or was \
        ended and left ";
    assert!(ran.err.starts_with(said), "{}", ran.err);
    assert!(ran.err.ends_with(".git/index.lock; wait until it has ended; if no git is running, remove that file\n"));
    fs::remove_file(desk.path(".git/index.lock")).expect("it is there");
    // The next command commits it, and says so.
    let again = desk.run(line);
    assert!(again.out.ends_with("Nothing is written.\n"), "{}", again.out);
    assert!(again.err.contains("it is committed now: tuesday-group: session of 23 June 2026"), "{}", again.err);
    assert_eq!(desk.git("status --porcelain"), "");
}

#[test]
fn where_git_is_busy_the_commit_waits() {
    let desk = Desk::of("tests/cases/base").in_git();
    let lock = desk.path(".git/index.lock");
    fs::write(&lock, "").expect("it can be written");
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(900));
            fs::remove_file(&lock).expect("it is there");
        });
        let ran = desk.run("log tuesday-group 2026-06-23 --minutes 90 --commit");
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    });
    assert_eq!(desk.git("status --porcelain"), "");
}

#[test]
fn git_takes_in_nothing_of_what_a_killed_command_leaves() {
    let desk = Desk::on_disk("tests/cases/base").in_git();
    let mut left = 0;
    for number in 0..40_u64 {
        let (old, new) = if number % 2 == 0 { ("kit-lowe", "kit-pym") } else { ("kit-pym", "kit-lowe") };
        let mut command = program::command();
        command.current_dir(desk.path("")).args(["rename", old, new]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("it can be started");
        // Just when there is something to be left.
        while number % 3 != 0 && !desk.path(".gwp").exists() && child.try_wait().expect("it is there").is_none() {}
        thread::sleep(Duration::from_micros(number * 1_300 % 17_000));
        let _ = child.kill();
        let _ = child.wait();
        left += usize::from(desk.files().keys().any(|name| name.starts_with(".gwp")));
        desk.git("add --all");
        let names = desk.git("ls-files");
        assert!(names.lines().all(|name| !name.contains(".gwp")), "{names}");
        if desk.path(&format!("supervisors/{old}.toml")).exists() {
            assert_eq!(desk.run(&format!("rename {old} {new}")).status, 0);
            assert!(desk.files().keys().all(|name| !name.contains(".gwp")), "the next writer takes it away");
        }
    }
    assert!(left > 0, "it is never killed while it writes");
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
    let ran = desk.run("log managing-stress 2026-02-16 --present 7 --commit");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(desk.git("log -1 --format=%s"), "managing-stress: session of 16 February 2026, 90 minutes, 7 present\n");
    assert_eq!(desk.git("show --name-only --format="), "sessions/managing-stress.toml\n");
    assert_eq!(desk.git("status --porcelain"), "M  gwp.toml\n");
}

#[test]
fn a_commit_takes_nothing_along() {
    let desk = Desk::london().in_git();
    let path = "sessions/managing-stress.toml";
    fs::write(desk.path(path), format!("{}# not yet\n", desk.read(path))).expect("it can be written");
    let before = desk.files();
    let ran = desk.run("log managing-stress 2026-02-16 --commit");
    let said = "gwp: sessions/managing-stress.toml has changes that are not committed; commit them first, or leave out --commit\n";
    assert_eq!((ran.status, ran.err.as_str()), (2, said));
    assert_eq!(desk.files(), before);

    let outside = Desk::london();
    let ran = outside.run("log managing-stress 2026-02-16 --commit");
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
    let desk = Desk::on_disk("tests/cases/base");
    for number in 0..30_u64 {
        let (old, new) = if number % 2 == 0 { ("kit-lowe", "kit-pym") } else { ("kit-pym", "kit-lowe") };
        let mut command = program::command();
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
    let mut command = program::command();
    command.current_dir(desk.path("")).args(["log", "tuesday-group", day, "--minutes", "90", "--other-weekday"]);
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
    let desk = Desk::on_disk("tests/cases/base");
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
    let unfinished = |desk: &Desk| desk.files().keys().filter(|name| name.contains(".gwp")).count();
    let day = free_days().nth(200).expect("a day");
    assert!(start(&desk, &day).status().expect("it ends").success());
    assert_eq!(unfinished(&desk), 0, "the next writer takes away what was left");
}
