//! The walk and the search, on real folders.

#![allow(clippy::unwrap_used, reason = "a test may stop where its own preparation fails")]

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::*;

/// A folder with these files in it; a path that ends in `/` is a folder.
fn folder(paths: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for path in paths {
        add(folder.path(), path, b"");
    }
    folder
}

fn add(folder: &Path, path: &str, content: &[u8]) {
    let at = folder.join(path);
    if path.ends_with('/') {
        fs::create_dir_all(at).unwrap();
    } else {
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        fs::write(at, content).unwrap();
    }
}

fn open(folder: &Path) -> CaseFolder {
    let mut roots = find(&[folder.to_owned()]).unwrap();
    assert_eq!(roots.len(), 1);
    CaseFolder::open(roots.remove(0)).unwrap()
}

fn paths(case: &CaseFolder) -> Vec<&str> {
    case.sources.iter().map(|source| source.path.raw()).collect()
}

fn names(roots: &[Root]) -> Vec<&str> {
    roots.iter().map(|root| root.name.raw()).collect()
}

fn unreadable<'a>(case: &'a CaseFolder, path: &str) -> &'a crate::text::Unreadable {
    let source = case.sources.iter().find(|source| source.path.raw() == path).unwrap();
    source.content.as_ref().unwrap_err()
}

#[test]
fn what_is_nearly_a_record_is_a_source_that_is_not_read() {
    let folder = folder(&[
        "gwp.toml",
        "gwp.toml.txt",
        "meetings/lcc.toml.icloud",
        "notes/ann.toml.txt",
        "sessions/.trash/b.toml.txt",
        "sessions/2025/b (conflicted copy).txt",
        "students/.ann.toml.icloud",
        "students/.ann.toml.txt",
        "students/.x.toml.icloud/c.toml",
        "students/ann.toml.bak",
        "students/ann.txt",
        "supervisors/d.yaml.txt",
    ]);
    add(folder.path(), "courses/e.toml.txt", &[0xff]);
    let case = open(folder.path());
    let nearly = [
        "courses/e.toml.txt",
        "meetings/lcc.toml.icloud",
        "sessions/2025/b (conflicted copy).txt",
        "students/.ann.toml.icloud",
        "supervisors/d.yaml.txt",
    ];
    let found: Vec<_> = case.sources.iter().filter(|source| source.is_nearly_record()).collect();
    assert_eq!(found.iter().map(|source| source.path.raw()).collect::<Vec<_>>(), nearly);
    assert!(found.iter().all(|source| !source.is_file() && source.content.is_ok()));
    assert_eq!(paths(&case).len(), nearly.len() + 1);
}

#[test]
fn every_toml_and_yaml_file_is_a_source_in_order_of_path() {
    let folder = folder(&[
        "gwp.toml",
        "students/2025/zoe.YML",
        "students/amara.toml",
        "students/notes.md",
        "students/.hidden.toml",
        ".git/config.toml",
        "sessions/a.toml/b.yaml",
        "stray.Toml",
        "README",
        "toml",
    ]);
    let case = open(folder.path());
    assert_eq!(
        paths(&case),
        ["gwp.toml", "sessions/a.toml/b.yaml", "stray.Toml", "students/2025/zoe.YML", "students/amara.toml"]
    );
    assert!(case.sources.iter().all(|source| source.content.is_ok()));
}

#[test]
fn the_root_is_at_or_above_the_given_folder_or_file() {
    let folder = folder(&["london/gwp.toml", "london/students/2025/amara.toml", "elsewhere/x.toml"]);
    let london = fs::canonicalize(folder.path().join("london")).unwrap();
    for given in ["london", "london/students/2025", "london/students/../students", "london/students/2025/amara.toml"] {
        let roots = find(&[folder.path().join(given)]).unwrap();
        assert_eq!(roots, [Root { path: london.clone(), name: Text::new("london") }], "{given}");
    }
    let twice = find(&[folder.path().join("london"), folder.path().join("london/students")]).unwrap();
    assert_eq!(twice.len(), 1);
}

#[test]
fn without_a_root_above_all_case_folders_below_are_meant() {
    let folder = folder(&[
        "uk/leeds/gwp.toml",
        "uk/leeds/archive/gwp.toml",
        "london/gwp.toml",
        "courses/york/gwp.toml",
        ".old/gwp.toml",
        "mark/gwp.toml/",
    ]);
    let roots = find(&[folder.path().to_owned()]).unwrap();
    assert_eq!(names(&roots), ["courses/york", "london", "uk/leeds"]);
    assert!(roots.iter().all(|root| root.path.join(MARK).is_file()));
}

#[test]
fn two_folders_of_one_name_are_told_apart() {
    let folder = folder(&["a/london/gwp.toml", "b/london/gwp.toml", "c/gwp.toml"]);
    let given: Vec<PathBuf> = ["a/london", "b/london", "c"].iter().map(|path| folder.path().join(path)).collect();
    let roots = find(&given).unwrap();
    assert!(roots[0].name.raw().ends_with("a/london") && roots[1].name.raw().ends_with("b/london"));
    assert_eq!(roots[2].name.raw(), "c");
}

#[test]
fn what_is_no_case_folder_is_said() {
    let folder = folder(&["empty/", "file.toml", "below/case/gwp.toml", "below/file.toml"]);
    let find = |path: &str| find(&[folder.path().join(path)]).unwrap_err();
    assert!(matches!(find("missing"), FilesError::NotThere { .. }));
    assert!(matches!(find("file.toml/inside"), FilesError::NotThere { .. }));
    assert!(matches!(find("empty"), FilesError::NoCaseFolder { .. }));
    assert!(matches!(find("file.toml"), FilesError::NoCaseFolder { .. }));
    assert!(matches!(find("below/file.toml"), FilesError::NoCaseFolder { .. }));
    let said = find("a\u{1b}[31m").to_string();
    assert!(said.contains("a\\u{1b}[31m") && !said.contains('\u{1b}'), "{said}");
    assert!(find("empty").help().contains("gwp.toml"));
}

#[test]
fn what_is_not_text_is_said_with_its_place() {
    let folder = folder(&["gwp.toml"]);
    add(folder.path(), "students/latin.toml", b"name = \"x\"\ncourse = \"Andr\xe9\"\n");
    add(folder.path(), "students/utf16.toml", b"\xff\xfen\0a\0");
    add(folder.path(), "students/accent.toml", "\u{e9}\u{e9}".as_bytes());
    add(folder.path(), "students/cut.toml", b"\xc3\xa9\xc3");
    let case = open(folder.path());
    let latin = unreadable(&case, "students/latin.toml");
    assert_eq!(latin.at, Some((2, 15)));
    assert_eq!(latin.message, "the file is not UTF-8 text: the byte e9 does not fit");
    assert_eq!(unreadable(&case, "students/utf16.toml").at, Some((1, 1)));
    assert_eq!(unreadable(&case, "students/cut.toml").at, Some((1, 2)));
    assert_eq!(case.sources[1].content.as_ref().map(|text| text.as_str()), Ok("\u{e9}\u{e9}"));
}

#[test]
fn too_large_a_file_is_not_read() {
    let folder = folder(&["gwp.toml", "students/large.toml", "students/just.toml"]);
    let set_length = |path: &str, length| {
        fs::OpenOptions::new().write(true).open(folder.path().join(path)).unwrap().set_len(length).unwrap();
    };
    set_length("students/large.toml", MOST_BYTES + 1);
    set_length("students/just.toml", MOST_BYTES);
    let case = open(folder.path());
    assert!(unreadable(&case, "students/large.toml").message.contains("8 MiB"));
    assert_eq!(case.sources[1].content.as_ref().map(|text| text.len()), Ok(8 * 1024 * 1024));
}

#[test]
fn deep_nesting_comes_to_an_end() {
    let folder = folder(&["gwp.toml"]);
    let deep = format!("sessions/{}log.toml", "d/".repeat(900));
    add(folder.path(), &deep, b"");
    assert_eq!(paths(&open(folder.path())), ["gwp.toml", deep.as_str()]);
}

#[test]
fn documents_are_plain_files_inside() {
    let folder = folder(&["case/gwp.toml", "case/evidence/form 1.pdf", "case/.scans/x.pdf", "outside.pdf"]);
    let case = open(&folder.path().join("case"));
    for path in ["evidence/form 1.pdf", "./evidence/form 1.pdf", "evidence/./form 1.pdf", ".scans/x.pdf", "gwp.toml"] {
        assert!(case.holds(path), "{path}");
    }
    let absolute = folder.path().join("case/gwp.toml").to_string_lossy().into_owned();
    let outside = [
        "",
        ".",
        "/",
        "evidence",
        "evidence/",
        "evidence//form 1.pdf",
        "evidence/missing.pdf",
        "evidence/form 1.pdf/x",
        "../outside.pdf",
        "../case/gwp.toml",
        "evidence/../gwp.toml",
        "gwp.toml\0",
        absolute.as_str(),
    ];
    for path in outside {
        assert!(!case.holds(path), "{path}");
    }
}

#[test]
fn a_document_is_found_however_its_accents_are_written() {
    let (composed, apart) = ("evidence/Zo\u{eb}/form.pdf", "evidence/Zoe\u{308}/form.pdf");
    for (there, asked) in [(composed, apart), (apart, composed), (composed, composed)] {
        let folder = folder(&["gwp.toml", there]);
        let case = open(folder.path());
        assert!(case.holds(asked), "{there}");
        assert!(!case.holds("evidence/Zoe/form.pdf") && !case.holds("evidence/Zo\u{eb}/other.pdf"));
    }
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::os::unix::net::UnixListener;

    use super::*;

    fn pipe(at: &Path) {
        #[allow(clippy::disallowed_methods, reason = "there is no other way to a pipe without unsafe code")]
        let made = std::process::Command::new("mkfifo").arg(at).status().unwrap();
        assert!(made.success());
    }

    #[test]
    fn pipes_and_sockets_are_named_and_not_opened() {
        let folder = folder(&["gwp.toml", "students/"]);
        pipe(&folder.path().join("students/pipe.toml"));
        pipe(&folder.path().join("students/ignored"));
        let _socket = UnixListener::bind(folder.path().join("s.yaml")).unwrap();
        let case = open(folder.path());
        assert_eq!(paths(&case), ["gwp.toml", "s.yaml", "students/pipe.toml"]);
        assert!(unreadable(&case, "students/pipe.toml").message.contains("pipe"));
        assert!(unreadable(&case, "s.yaml").message.contains("socket"));
        assert!(!case.holds("students/ignored"));
    }

    #[test]
    fn a_file_that_becomes_a_pipe_does_not_hold_the_program_up() {
        let folder = folder(&[]);
        let at = folder.path().join("pipe.toml");
        pipe(&at);
        assert!(content::read(&at).unwrap_err().message.contains("plain file"));
    }

    #[test]
    fn a_file_without_a_size_is_read_up_to_the_limit() {
        let zeros = Path::new("/proc/self/mem");
        if zeros.exists() {
            assert!(content::read(zeros).is_err());
            assert!(content::read(Path::new("/proc/self/status")).is_ok_and(|text| text.contains("Name:")));
        }
    }

    #[test]
    fn links_in_record_folders_are_named_and_not_followed() {
        let folder = folder(&["gwp.toml", "students/a.toml", "elsewhere/hidden.toml", "students/2025/b.toml"]);
        let at = |path: &str| folder.path().join(path);
        symlink(at("students/a.toml"), at("students/link.toml")).unwrap();
        symlink(at("elsewhere"), at("students/2025/more")).unwrap();
        symlink(at("nowhere"), at("students/.hidden")).unwrap();
        symlink(at("elsewhere"), at("sessions")).unwrap();
        symlink(at("elsewhere"), at("meetings")).unwrap();
        symlink(at("students/a.toml"), at("students/.b.toml.icloud")).unwrap();
        symlink(at("students/a.toml"), at("stray.toml")).unwrap();
        symlink(folder.path(), at("loop")).unwrap();
        let case = open(folder.path());
        assert_eq!(
            paths(&case),
            [
                "elsewhere/hidden.toml",
                "gwp.toml",
                "meetings",
                "sessions",
                "stray.toml",
                "students/2025/b.toml",
                "students/2025/more",
                "students/a.toml",
                "students/link.toml"
            ]
        );
        for (path, is_folder) in [
            ("meetings", true),
            ("sessions", true),
            ("stray.toml", false),
            ("students/2025/more", true),
            ("students/link.toml", false),
        ] {
            let reason = unreadable(&case, path);
            assert!(reason.message.contains("link"), "{path}");
            assert_eq!(reason.is_folder, is_folder, "{path}");
        }
        assert!(!case.holds("sessions/hidden.toml") && !case.holds("stray.toml"));
    }

    #[test]
    fn a_link_that_was_given_is_followed_and_loops_end() {
        let folder = folder(&["real/london/gwp.toml", "real/london/students/a.toml"]);
        let at = |path: &str| folder.path().join(path);
        symlink(at("real"), at("given")).unwrap();
        symlink(at("real"), at("real/again")).unwrap();
        symlink(at("real/london"), at("real/york")).unwrap();
        symlink(at("real/london/students/a.toml"), at("a.toml")).unwrap();
        assert_eq!(names(&find(&[at("given")]).unwrap()), ["london"]);
        assert_eq!(names(&find(&[at("real/york/students")]).unwrap()), ["london"]);
        assert!(matches!(find(&[at("a.toml")]), Err(FilesError::NoCaseFolder { .. })));
    }

    #[test]
    fn a_mark_that_cannot_be_read_marks_all_the_same() {
        let folder = folder(&["a/students/x.toml", "b/"]);
        pipe(&folder.path().join("a/gwp.toml"));
        symlink("nowhere", folder.path().join("b/gwp.toml")).unwrap();
        for name in ["a", "b"] {
            let case = open(&folder.path().join(name));
            assert!(case.sources[0].path.raw() == MARK && case.sources[0].content.is_err());
        }
    }

    #[test]
    fn names_that_are_no_text_are_shown_and_told_apart() {
        let folder = folder(&["gwp.toml", "students/"]);
        for name in [b"jos\xe9.toml", b"jos\xe8.toml"] {
            fs::write(folder.path().join("students").join(OsStr::from_bytes(name)), "").unwrap();
        }
        fs::create_dir(folder.path().join(OsStr::from_bytes(b"\xff"))).unwrap();
        assert_eq!(paths(&open(folder.path())), ["gwp.toml", "students/jos\\x{e8}.toml", "students/jos\\x{e9}.toml"]);
    }

    /// Whoever may read everything (root) cannot see these refusals: then there is nothing to test.
    #[test]
    fn what_is_not_permitted_is_said() {
        let folder = folder(&["uk/gwp.toml", "uk/students/a.toml", "uk/sessions/2025/b.toml", "uk/.git/x", "no/x"]);
        let permit = |path: &str, mode| {
            fs::set_permissions(folder.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
        };
        let closed = ["uk/students/a.toml", "uk/sessions/2025", "uk/.git", "no"];
        for path in closed {
            permit(path, 0o000);
        }
        if fs::read_dir(folder.path().join("no")).is_err() {
            let case = open(&folder.path().join("uk"));
            assert_eq!(paths(&case), ["gwp.toml", "sessions/2025", "students/a.toml"]);
            assert!(unreadable(&case, "sessions/2025").is_folder);
            assert!(!unreadable(&case, "students/a.toml").is_folder);
            assert!(matches!(find(&[folder.path().to_owned()]), Err(FilesError::Refused { .. })));
            permit("uk", 0o300);
            let root = find(&[folder.path().join("uk")]).unwrap().remove(0);
            assert!(matches!(CaseFolder::open(root), Err(FilesError::Refused { .. })));
            permit("uk", 0o700);
        }
        for path in closed {
            permit(path, 0o700);
        }
    }
}
