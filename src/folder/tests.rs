//! Folders of texts, as another program would give them.

#![allow(clippy::unwrap_used, reason = "what a test is written with is there")]

use super::{AsOf, Folder, FolderError, FolderName, Selection};
use crate::calendar::Day;
use crate::judgement::Verdict;
use crate::text::{Source, Text};

fn folder(files: &[(&str, &str)]) -> Folder {
    let source =
        |(path, text): &(&str, &str)| Source { path: Text::new(*path), content: Ok((*text).to_owned().into()) };
    Folder::of_sources(Text::new("derby"), files.iter().map(source).collect(), &|_| false)
}

const COURSE: (&str, &str) = (
    "courses/derby-2025.toml",
    r#"
name = "Derby Diploma"
convenor = "Ruth Lomas"
email = "convenor@example.org"
starts = 2025-09-27
ends = 2026-07-11
lcc_meetings = [2025-11-29, 2026-02-21]
terms = [{ name = "Autumn", starts = 2025-09-27, ends = 2025-12-13 }]
"#,
);

const STUDENT: (&str, &str) = ("students/wren-sayer.toml", "name = \"Wren Sayer\"\ncourse = \"derby-2025\"\n");

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn texts_are_judged_without_a_disk() {
    let folder = folder(&[COURSE, ("gwp.toml", ""), STUDENT]);
    let judged = folder.judge(day("2025-10-01")).unwrap();
    let students: Vec<_> = judged.students().iter().map(|student| (student.id.raw(), student.verdict)).collect();
    assert_eq!(students, [("wren-sayer", Verdict::OnTrack)]);
}

#[test]
fn a_folder_without_a_sound_record_of_its_own_is_not_judged() {
    let folder = folder(&[COURSE, ("gwp.toml", "lcc_meetings = 3"), STUDENT]);
    let error = folder.judge(day("2025-10-01")).unwrap_err();
    assert_eq!(error, FolderError::NotJudged { folder: Text::new("derby") });
    assert_eq!(error.help(), "see \"gwp check\"");
}

#[test]
fn the_next_meeting_is_that_of_the_courses_that_are_selected() {
    let folder = folder(&[COURSE, ("gwp.toml", "lcc_meetings = [2026-03-01]"), STUDENT]);
    let asked = |selection, today| AsOf::NextLcc.day(&folder, &selection, day(today));
    assert_eq!(asked(Selection::default(), "2025-12-01"), Ok(day("2026-02-21")));
    let other = Selection { courses: vec!["derby-2024".to_owned()], ..Selection::default() };
    assert_eq!(asked(other, "2025-12-01"), Ok(day("2026-03-01")));
    assert!(matches!(asked(Selection::default(), "2026-03-02"), Err(FolderError::NoMeetingToCome { .. })));
}

#[test]
fn of_several_folders_ids_are_shown_and_typed_with_the_name() {
    let (alone, among_several) = (FolderName::of(Text::new("derby"), 1), FolderName::of(Text::new("derby"), 2));
    let id = Text::new("wren-sayer");
    assert_eq!((alone.shown_id(&id), alone.heading()), ("wren-sayer".to_owned(), None));
    assert_eq!(among_several.shown_id(&id), "derby/wren-sayer");
    assert_eq!(among_several.heading().as_deref(), Some("Case folder derby"));
    assert!(among_several.is_id("derby/wren-sayer", &id) && among_several.is_id("wren-sayer", &id));
    assert!(alone.is_id("wren-sayer", &id) && !alone.is_id("derby/wren-sayer", &id));
}

#[test]
fn the_last_meeting_is_listed_or_recorded() {
    let recorded = |body: &str| format!("body = \"{body}\"\ndate = 2025-12-17\n");
    let (lcc, spc) = (recorded("LCC"), recorded("SPC"));
    let files =
        [COURSE, ("meetings/lcc-2025-12-17.toml", lcc.as_str()), ("meetings/spc-2025-12-17.toml", spc.as_str())];
    let last = |files: &[(&str, &str)], before| folder(files).last_lcc_meeting(&Selection::default(), day(before));
    assert_eq!(last(&files, "2025-12-18"), Some(day("2025-12-17")));
    assert_eq!(last(&files, "2025-12-17"), Some(day("2025-11-29")));
    assert_eq!(last(&[COURSE, files[2]], "2025-12-18"), Some(day("2025-11-29")));
    assert_eq!(last(&files, "2025-11-29"), None);
}
