//! The folder into which messages are written.

use std::fs;

use super::{Desk, SAM, messages};

#[test]
fn the_same_day_gives_the_same_bytes() {
    let desk = Desk::new();
    let first = desk.remind("--as-of 2026-01-20 --out a/b/out");
    assert_eq!((first.status, &*first.err), (0, ""));
    let before = messages(&desk.path("a/b/out"));
    let names: Vec<&str> = before.keys().map(String::as_str).collect();
    assert_eq!(
        names[names.len() - 3..],
        ["convenor-ros-hallam.eml", "workplace-supervisor-sam-rowe.eml", "workplace-supervisor-wil-marsh.eml"]
    );
    let again = desk.remind("--as-of 2026-01-20 --out a/b/out");
    assert_eq!((again.status, again.out), (0, first.out));
    assert_eq!(messages(&desk.path("a/b/out")), before);
}

#[test]
fn a_message_that_was_left_behind_is_not_sent_twice() {
    let desk = Desk::new();
    for name in ["old.eml", "Old.EML", "workplace-supervisor-sam-rowe.eml.eml"] {
        desk.write(&format!("out/{name}"), "old");
        let said = desk.refused("--as-of 2026-01-20 --out out");
        assert!(
            said.starts_with(&format!("out holds {name}, which")) && said.contains("name an empty folder"),
            "{said}"
        );
        assert_eq!(messages(&desk.path("out")).keys().collect::<Vec<_>>(), [name]);
        fs::remove_file(desk.path(&format!("out/{name}"))).expect("it is there");
    }
    // Other files are nobody's business; one of the same name is replaced where gwp wrote it and nobody has changed it.
    desk.write("out/notes.txt", "mine");
    let letter = "out/workplace-supervisor-sam-rowe.eml";
    let is_kept = |text: &str| {
        desk.write(letter, text);
        let said = desk.refused("--as-of 2026-01-20 --out out");
        assert!(said.contains("gwp did not write it, or somebody has changed it; nothing is written"), "{said}");
        assert_eq!(fs::read_to_string(desk.path(letter)).expect("it is there"), text);
        fs::remove_file(desk.path(letter)).expect("it is there");
    };
    is_kept("old");
    assert_eq!(desk.remind("--as-of 2026-01-19 --out out").status, 0);
    is_kept(&(fs::read_to_string(desk.path(letter)).expect("it is there") + "PS by hand\n"));
    assert_eq!(desk.remind("--as-of 2026-01-19 --out out").status, 0);
    let ran = desk.remind("--as-of 2026-01-20 --out out");
    assert_eq!((ran.status, &*ran.err), (0, ""));
    let after = messages(&desk.path("out"));
    assert_eq!(after["notes.txt"], b"mine");
    assert!(after["workplace-supervisor-sam-rowe.eml"].starts_with(b"From: "));
    // Whoever owes nothing any more has a message left from the morning.
    let said = desk.refused("--as-of 2026-01-20 --from wil --out out");
    assert!(said.contains("which these reminders do not replace"), "{said}");
    // Where nobody has to be reminded there is no folder.
    let ran = desk.remind("--as-of 2026-01-26 --since 2026-01-25 --out elsewhere/new");
    assert_eq!(ran.status, 0);
    assert!(
        ran.out.starts_with("There is no message to write, as of 26 January 2026. Nothing is sent.\n"),
        "{}",
        ran.out
    );
    assert!(!desk.path("elsewhere").exists());
}

#[test]
fn what_is_no_folder_is_left_alone() {
    let desk = Desk::new();
    desk.write("file", "mine");
    for out in ["file", "file/below"] {
        let said = desk.refused(&format!("--as-of 2026-01-20 --out {out}"));
        assert!(said.contains("cannot be written") && said.contains("name another folder"), "{said}");
    }
    assert_eq!(fs::read(desk.path("file")).expect("it is there"), b"mine");
    fs::create_dir_all(desk.path("out/workplace-supervisor-sam-rowe.eml/x")).expect("a folder can be made");
    let ran = desk.remind("--as-of 2026-01-20 --out out --from sam");
    assert_eq!((ran.status, ran.err.lines().count()), (2, 1), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn messages_are_for_nobody_else_to_read_and_links_are_not_followed() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let desk = Desk::new();
    desk.write("target", "mine");
    fs::create_dir(desk.path("out")).expect("a folder can be made");
    symlink("../target", desk.path("out/workplace-supervisor-sam-rowe.eml")).expect("a link can be made");
    assert!(desk.refused("--as-of 2026-01-20 --out out").contains("gwp did not write it"));
    assert_eq!(fs::read(desk.path("target")).expect("it is there"), b"mine");
    fs::remove_file(desk.path("out/workplace-supervisor-sam-rowe.eml")).expect("it is there");
    assert_eq!(desk.remind("--as-of 2026-01-20 --out out").status, 0);
    for name in messages(&desk.path("out")).keys() {
        let there = fs::symlink_metadata(desk.path(&format!("out/{name}"))).expect("it is there");
        assert!(there.is_file());
        assert_eq!(there.permissions().mode() & 0o777, 0o600, "{name}");
    }
    // Their names name people: a new folder is its owner's alone, one that was there stays as it was.
    let mode = |path: &str| fs::metadata(desk.path(path)).expect("it is there").permissions().mode() & 0o777;
    fs::set_permissions(desk.path("out"), fs::Permissions::from_mode(0o755)).expect("it is ours");
    assert_eq!(desk.remind("--as-of 2026-01-20 --out out").status, 0);
    assert_eq!(desk.remind("--as-of 2026-01-20 --out new/of/today").status, 0);
    assert_eq!([mode("out"), mode("new"), mode("new/of"), mode("new/of/today")], [0o755, 0o700, 0o700, 0o700]);
}

#[cfg(unix)]
#[test]
fn where_nothing_can_be_written() {
    // Whoever may write anywhere cannot be kept out by a mode, but the system's own files cannot be written by anybody.
    let desk = Desk::new();
    let said = desk.refused("--as-of 2026-01-20 --out /proc/gwp-out");
    assert!(said.contains("cannot be written") && said.contains("name another folder"), "{said}");
}

#[test]
fn people_of_one_name_get_files_of_their_own() {
    let desk = Desk::new();
    desk.write("case/supervisors/wil.toml", SAM.replace("sam.rowe@", "another.rowe@"));
    let ran = desk.remind("--as-of 2026-01-20 --from workplace-supervisor --out out");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let all = messages(&desk.path("out"));
    assert_eq!(
        all.keys().collect::<Vec<_>>(),
        ["workplace-supervisor-sam-rowe-2.eml", "workplace-supervisor-sam-rowe.eml"]
    );
    let to = |name: &str| String::from_utf8_lossy(&all[name]).contains("<another.rowe@example.org>");
    assert!(to("workplace-supervisor-sam-rowe.eml") && !to("workplace-supervisor-sam-rowe-2.eml"));
}

#[test]
fn the_case_folder_is_left_as_it_was() {
    let desk = Desk::new();
    let before = desk.run("check case --as-of 2026-01-20 --format json").out;
    // No message lies among the records, and one that lies in the case folder is none.
    assert_eq!(desk.remind("--as-of 2026-01-20 --out case/students").status, 2);
    assert_eq!(desk.remind("--as-of 2026-01-20 --out case/letters").status, 0);
    assert_eq!(desk.run("check case --as-of 2026-01-20 --format json").out, before);
}
