//! `gwp undo`: what the last command wrote is taken back, byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, SystemTime};

use crate::desk::Desk;
use crate::program::{self, Program, Ran};

type Files = BTreeMap<String, Vec<u8>>;

/// Something of everything that a command can write.
const EVERYTHING: [&str; 14] = [
    "log tuesday-group 2026-06-23 --minutes 90 --present 6",
    "log tuesday-group 2026-09-08 --every 1w --until 2026-10-13",
    "receive robin-ashby WRG2 --on 2026-06-10 --due 2026-06-30",
    "decide robin-ashby NTM award ratified --on 2026-06-20",
    "rule robin-ashby G4 accepted --on 2026-06-12 --minute 'LCC 2026/3'",
    "arrange robin-ashby tuesday-group kit-lowe --until 2026-07-10",
    "new supervisor kim-lee --name 'Kim Lee'",
    "new student ann-bee --name 'Ann Bee'",
    "new course york-2026 --name York --convenor 'Ros Hallam'",
    "rename robin-ashby robin-pym",
    "rename kit-lowe kit-pym",
    "fmt",
    "record robin-pym withdrawn --on 2026-06-15",
    "import autumn.csv --into tuesday-group --write",
];

fn desk() -> Desk {
    prepared(Desk::of("tests/cases/base"))
}

fn prepared(desk: Desk) -> Desk {
    let log = desk.read("sessions/tuesday-group.toml").replace("minutes = ", "minutes=");
    fs::write(desk.path("sessions/tuesday-group.toml"), log).expect("it can be written");
    fs::write(desk.path("autumn.csv"), "Date,Mins\n30 Jun 2026,90\n").expect("it can be written");
    desk
}

#[track_caller]
fn clean(ran: &Ran) -> &str {
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    &ran.out
}

/// What can be taken back, on one line.
fn listed(desk: &Desk) -> String {
    clean(&desk.run("undo --list")).split_whitespace().flat_map(|word| [word, " "]).collect()
}

#[test]
fn everything_is_taken_back_step_by_step() {
    for in_git in [false, true] {
        let desk = if in_git { desk().in_git() } else { desk() };
        let commit = if in_git { " --commit" } else { "" };
        let mut stood: Vec<(Files, &str)> = Vec::new();
        for line in EVERYTHING {
            let before = desk.files();
            clean(&desk.run(&format!("{line}{commit}")));
            assert_ne!(desk.files(), before, "{line}");
            stood.push((before, line));
        }
        let listed = listed(&desk);
        assert_eq!(listed.matches(" - ").count(), EVERYTHING.len(), "{listed}");
        assert_eq!(listed.matches("; committed").count(), if in_git { EVERYTHING.len() } else { 0 }, "{listed}");
        let head = in_git.then(|| desk.git("rev-list --count HEAD"));
        for (before, line) in stood.into_iter().rev() {
            let ran = desk.run("undo --yes");
            assert!(clean(&ran).starts_with("Taken back: "), "{}", ran.out);
            assert!(desk.files() == before, "{line}");
        }
        if let Some(head) = head {
            let commits = |text: &str| text.trim().parse::<usize>().expect("a number");
            assert_eq!(commits(&desk.git("rev-list --count HEAD")), commits(&head) + EVERYTHING.len());
            assert_eq!(desk.git("status --porcelain"), "");
            let first = "taken back: tuesday-group: session of 23 June 2026, 90 minutes, 6 present\n";
            assert_eq!(desk.git("log -1 --format=%s"), first);
            assert_eq!(desk.git("show --name-only --format="), "sessions/tuesday-group.toml\n");
        }
        let ran = desk.run("undo --yes");
        let said = "gwp: nothing that you wrote here with gwp in the last 30 days can be taken back; correct the record \
            with another command, or see \"gwp history\"\n";
        assert_eq!((ran.status, ran.err.as_str()), (2, said));
    }
}

#[test]
fn it_shows_what_it_takes_back_and_asks() {
    let desk = desk();
    let before = desk.files();
    clean(&desk.run("log tuesday-group 2026-06-23 --minutes 90"));
    let written = desk.files();
    let ran = desk.run("undo --dry-run");
    let out = clean(&ran);
    assert!(out.starts_with("sessions/tuesday-group.toml\n@@ -"), "{out}");
    assert!(out.contains("\n-  { date = 2026-06-23, minutes = 90 },\n"), "{out}");
    assert!(out.contains("\nWould be taken back: tuesday-group: session of 23 June 2026, 90 minutes.\n"), "{out}");
    assert!(out.ends_with("This is a dry run: nothing is written.\n"), "{out}");
    let ran = desk.run("undo");
    let said =
        "gwp: nobody can be asked here; look at \"gwp undo --dry-run\" and take it back with \"gwp undo --yes\"\n";
    assert_eq!((ran.status, ran.err.as_str()), (2, said));
    assert_eq!(desk.files(), written);
    clean(&desk.run("new supervisor kim-lee --name Kim"));
    let out = desk.run("undo --dry-run").out;
    assert!(out.starts_with("supervisors/kim-lee.toml\n@@ -1,"), "{out}");
    for _ in 0..2 {
        clean(&desk.run("undo --yes"));
    }
    assert_eq!(desk.files(), before);
}

#[cfg(unix)]
#[test]
fn at_a_terminal() {
    use crate::asking::Terminal;
    let desk = desk();
    let before = desk.files();
    clean(&desk.run("log tuesday-group 2026-06-23 --minutes 90"));
    for (answer, end) in [
        ("\n", "Nothing is taken back.\n"),
        ("yes\n", "\nTaken back: tuesday-group: session of 23 June 2026, 90 minutes.\n"),
    ] {
        let mut terminal = Terminal::of(&desk.path(""), ["undo"]);
        let asked = terminal.question().expect("it asks");
        assert_eq!(asked, "Take it back (yes, no) [no]: ");
        terminal.answer(answer);
        let (status, text) = terminal.end();
        assert_eq!(status, 0, "{text}");
        assert!(text.starts_with("Written on "), "{text}");
        assert!(text.contains("\n-  { date = 2026-06-23, minutes = 90 },\n") && text.contains(end), "{text}");
    }
    assert_eq!(desk.files(), before);
}

/// The folder of the journal's files, where something was noted in this state.
fn notes(state: &Path) -> Vec<PathBuf> {
    let parts =
        fs::read_dir(state.join("gwp/undo")).expect("there is something").map(|part| part.expect("a part").path());
    let files = parts.flat_map(|part| fs::read_dir(part).expect("a folder"));
    files.map(|file| file.expect("a file").path()).collect()
}

/// Another user of the machine.
fn other(desk: &Desk, state: &Path) -> Program {
    let state: &'static str = Box::leak(state.to_str().expect("text").to_owned().into_boxed_str());
    Program::within(&desk.path("")).env(program::STATE, state)
}

#[test]
fn what_something_rests_on_stays() {
    let (desk, state) = (desk(), Desk::empty());
    let colleague = other(&desk, &state.path(""));
    clean(&desk.run("new supervisor kim-lee --name Kim"));
    clean(&colleague.run("arrange robin-ashby tuesday-group kim-lee --from 2026-06-17"));
    let written = desk.files();
    // Nobody takes back what another wrote, and not what another names.
    let ran = desk.run("undo --yes");
    assert_eq!(ran.status, 2);
    let said = "gwp: nothing is written, for it would bring in an error: students/robin-ashby.toml:";
    assert!(ran.err.starts_with(said), "{}", ran.err);
    assert_eq!(desk.files(), written);
    clean(&colleague.run("undo --yes"));
    clean(&desk.run("undo --yes"));

    clean(&desk.run("log tuesday-group 2026-06-23 --minutes 90"));
    clean(&colleague.run("log tuesday-group 2026-06-30 --minutes 90"));
    let ran = desk.run("undo --yes");
    let said = "gwp: sessions/tuesday-group.toml has changed since gwp wrote \"tuesday-group: session of 23 June 2026, 90 \
        minutes\"; nothing is taken back; put the record right with gwp correct\n";
    assert_eq!((ran.status, ran.err.as_str()), (2, said));
    let listed = listed(&desk);
    assert!(listed.contains("90 minutes; sessions/tuesday-group.toml has changed since, so it cannot"), "{listed}");
    clean(&colleague.run("undo --yes"));
    clean(&desk.run("undo --yes"));
}

#[test]
fn an_error_that_was_mended_can_come_back() {
    let desk = desk();
    let student = "students/robin-ashby.toml";
    fs::write(desk.path(student), desk.read(student).replace("\"kit-lowe\"", "\"kim-lee\""))
        .expect("it can be written");
    assert_eq!(desk.run("check --fail-on errors --only problems").status, 1);
    let before = desk.files();
    clean(&desk.run("new supervisor kim-lee --name Kim"));
    clean(&desk.run("undo --yes"));
    assert_eq!(desk.files(), before);
}

#[test]
fn it_is_kept_for_thirty_days_and_for_nobody_else() {
    let (desk, state) = (desk(), Desk::empty());
    let me = other(&desk, &state.path("state"));
    clean(&me.run("log tuesday-group 2026-06-23 --minutes 90"));
    let noted = notes(&state.path("state"));
    assert_eq!(noted.len(), 1);
    #[cfg(unix)]
    for (path, mode) in [(&noted[0], 0o600), (&state.path("state/gwp"), 0o700)] {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(path).expect("it is there").permissions().mode() & 0o777, mode);
    }
    let age = |age: Duration| {
        let file = fs::File::options().write(true).open(&noted[0]).expect("it is there");
        file.set_modified(SystemTime::now() - age).expect("it can be set");
    };
    let minutes = |count: u64| Duration::from_secs(60 * count);
    age(minutes(30 * 24 * 60 + 1));
    assert_eq!(me.run("undo --yes").status, 2);
    age(minutes(30 * 24 * 60 - 1));
    clean(&me.run("undo --dry-run"));
    age(minutes(31 * 24 * 60));
    clean(&me.run("log tuesday-group 2026-06-30 --minutes 90"));
    assert_eq!(notes(&state.path("state")).len(), 1, "the old note is cleared");
}

#[test]
fn without_a_place_for_notes_it_is_recorded_all_the_same() {
    let (desk, state) = (desk(), Desk::empty());
    fs::write(state.path("state"), "no folder").expect("it can be written");
    let me = other(&desk, &state.path("state"));
    let ran = me.run("log tuesday-group 2026-06-23 --minutes 90");
    let out = clean(&ran);
    assert!(out.starts_with("Recorded in "), "{out}");
    assert!(out.contains("Note: \"gwp undo\" cannot take this back: ") && out.contains("/state/gwp/undo/"), "{out}");
    assert!(desk.read("sessions/tuesday-group.toml").contains("2026-06-23"));
    assert_eq!(me.run("undo --yes").status, 2);
}

#[test]
fn a_new_folder_is_taken_back() {
    let desk = Desk::empty();
    clean(&desk.run("init practice --course york-2026 --name York --convenor Hallam"));
    clean(&desk.run("-C practice new supervisor kim-lee --name Kim"));
    clean(&desk.run("-C practice undo --yes"));
    fs::write(desk.path("practice/students/ann-bee.toml"), "name = \"Ann\"\n").expect("it can be written");
    let ran = desk.run("-C practice undo --yes");
    let said = "gwp: the folder has other records by now, such as students/ann-bee.toml; take those back first, or remove \
        them\n";
    assert_eq!((ran.status, ran.err.as_str()), (2, said));
    fs::remove_file(desk.path("practice/students/ann-bee.toml")).expect("it is there");
    clean(&desk.run("-C practice undo --yes"));
    assert_eq!(fs::read_dir(desk.path("practice")).expect("it is there").count(), 0);
}

#[cfg(unix)]
#[test]
fn permissions_come_back_too() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = desk();
    let path = desk.path("students/robin-ashby.toml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("it can be set");
    clean(&desk.run("rename robin-ashby robin-pym"));
    clean(&desk.run("undo --yes"));
    assert_eq!(fs::metadata(&path).expect("it is back").permissions().mode() & 0o777, 0o600);
}

#[test]
fn what_a_killed_command_wrote_is_taken_back() {
    let desk = prepared(Desk::on_disk("tests/cases/base"));
    let before = desk.files();
    let mut halfway = 0;
    for number in 0..25_u64 {
        let mut command = program::command();
        command.current_dir(desk.path("")).args(["rename", "robin-ashby", "robin-pym"]).stdout(Stdio::null());
        let mut child = command.spawn().expect("it can be started");
        while !desk.path("students/robin-pym.toml").exists() && child.try_wait().expect("it is there").is_none() {}
        thread::sleep(Duration::from_micros(number * 700));
        let _ = child.kill();
        let _ = child.wait();
        halfway += usize::from(desk.path("students/robin-ashby.toml").exists());
        assert!(clean(&desk.run("undo --yes")).starts_with("Taken back: "));
        assert!(desk.files() == before, "{number}");
    }
    assert!(halfway > 0, "it is never killed halfway");
}

#[test]
fn what_was_not_committed_is_caught_up_with() {
    let desk = desk().in_git();
    let lock = desk.path(".git/index.lock");
    fs::write(&lock, "").expect("it can be written");
    assert_eq!(desk.run("log tuesday-group 2026-06-23 --minutes 90 --commit").status, 2);
    let listed = listed(&desk);
    assert!(listed.ends_with("90 minutes; not committed yet, though that was asked for "), "{listed}");
    fs::remove_file(&lock).expect("it is there");
    let ran = desk.run("new supervisor kim-lee --name Kim --commit");
    clean(&ran);
    let said = "gwp: an earlier command wrote this and did not come to commit it; it is committed now: tuesday-group: \
        session of 23 June 2026, 90 minutes\n";
    assert_eq!(ran.err, said);
    assert_eq!(desk.git("status --porcelain"), "");
    let commits = "kim-lee: new\ntuesday-group: session of 23 June 2026, 90 minutes\nBegun\n";
    assert_eq!(desk.git("log --format=%s"), commits);
}
