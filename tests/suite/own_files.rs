//! `--out FILE`: what is there already is replaced only where gwp wrote it and nobody has changed it.

use std::fs;

use crate::desk::Desk;

const FORM: &str = "form gwp2 marcus-idowu --as-of 2026-01-28 --out form.txt";

#[test]
fn a_form_that_somebody_has_filled_in_stays() {
    let desk = Desk::london();
    for _ in 0..2 {
        assert_eq!(desk.run(FORM).status, 0, "nobody has written in it");
    }
    let filled = desk.read("form.txt").replace("Context:                    [ ]", "Context:                    [C]");
    assert_ne!(filled, desk.read("form.txt"));
    fs::write(desk.path("form.txt"), &filled).expect("it can be written");
    let ran = desk.run(FORM);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert_eq!(
        ran.err,
        "gwp: form.txt is there already, and says something that gwp did not write; nothing is written. Name another \
         file, or move this one away\n"
    );
    assert_eq!(desk.read("form.txt"), filled);
}

#[test]
fn no_command_replaces_a_file_of_somebody_else() {
    let desk = Desk::london();
    for line in [
        "paper wall --as-of 2026-02-10 --out own.md",
        "export sessions --as-of 2026-02-10 --out own.csv",
        "list students --as-of 2026-02-10 --out own.csv",
        "person marcus-idowu --out own.txt",
        "meeting 2025-12-06 --minutes --out own.md",
    ] {
        let path = desk.path(line.rsplit(' ').next().expect("a name"));
        fs::write(&path, "my notes\n").expect("it can be written");
        let ran = desk.run(line);
        assert!(ran.status == 2 && ran.err.contains("gwp did not write; nothing is written"), "{line}: {ran:?}");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "my notes\n", "{line}");
        fs::remove_file(&path).expect("it is there");
        // Made by gwp it is made anew as often as somebody likes.
        for _ in 0..2 {
            assert_ne!(desk.run(line).status, 2, "{line}");
        }
        fs::remove_file(&path).expect("it is there");
    }
}

#[cfg(unix)]
#[test]
fn a_link_or_a_folder_stays() {
    let desk = Desk::london();
    fs::write(desk.path("target.html"), "my page\n").expect("it can be written");
    std::os::unix::fs::symlink("target.html", desk.path("link.html")).expect("a link can be made");
    fs::create_dir(desk.path("pages")).expect("a folder can be made");
    for out in ["link.html", "pages"] {
        let ran = desk.run(&format!("paper wall --as-of 2026-02-10 --format html --out {out}"));
        let said = format!("gwp: {out} is no plain file, and nothing is written; name a file\n");
        assert_eq!((ran.status, ran.out.as_str(), ran.err), (2, "", said));
    }
    assert!(fs::symlink_metadata(desk.path("link.html")).expect("it is there").is_symlink());
    assert_eq!(desk.read("target.html"), "my page\n");
}

#[test]
fn nothing_is_put_among_the_records() {
    let desk = Desk::london();
    let all = || crate::cases::files_of(desk.path(".").as_path());
    let before = all();
    for line in [
        "remind --as-of 2026-02-10 --from marcus-idowu --out students",
        "remind --as-of 2026-02-10 --out sessions/letters",
        "paper all --as-of 2026-02-10 --out supervisors",
        "paper wall --as-of 2026-02-10 --format html --out .gitignore",
        "paper wall --as-of 2026-02-10 --format html --out courses/wall.html",
        "export sessions --as-of 2026-02-10 --out meetings/own.csv",
        "list students --as-of 2026-02-10 --format json --out gwp.toml",
        "form gwp2 marcus-idowu --as-of 2026-01-28 --out students/form.txt",
        "meeting 2025-12-06 --minutes --out meetings/own.md",
    ] {
        let ran = desk.run(line);
        let out = line.rsplit(' ').next().expect("a name");
        let said = format!("gwp: {out} is a place of the case folder's own records and files, and nothing is written");
        assert!(ran.status == 2 && ran.err.contains(&said), "{line}: {ran:?}");
        assert!(all() == before, "{line}");
    }
}

#[cfg(unix)]
#[test]
fn somebody_at_a_terminal_is_asked() {
    use crate::asking::at_a_terminal;
    let desk = Desk::london();
    fs::write(desk.path("form.txt"), "my notes\n").expect("it can be written");
    let (status, shown) = at_a_terminal(&desk, FORM, &["\n"]);
    assert_eq!(status, 2, "{shown}");
    let asked = "form.txt is there already, and says something that gwp did not write. Replace it (yes, no) [no]: ";
    assert!(shown.contains(asked) && shown.contains("form.txt stays as it is, and nothing is written"), "{shown}");
    assert_eq!(desk.read("form.txt"), "my notes\n");
    let (status, shown) = at_a_terminal(&desk, FORM, &["yes\n"]);
    assert_eq!(status, 0, "{shown}");
    assert!(desk.read("form.txt").starts_with("==== GWP Form 2"));
    assert_eq!(desk.run(FORM).status, 0, "now it is gwp's own");
}
