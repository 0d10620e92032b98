//! `gwp audit`: a record that becomes somebody else's after a decision.

use crate::auditing::found;
use crate::auditing_decisions::recommended;
use crate::chronicle::{Diary, RUTH};

const STUDENT: &str = "students/robin-ashby.toml";

/// What a commit replaces, and by what.
type Changes<'c> = &'c [(&'c str, &'c str)];

#[test]
fn a_name_with_another_address_or_of_another_student_is_asked_about() {
    let name = ("name = \"Robin Ashby\"", "name = \"Zoe Black\"");
    let married = ("name = \"Robin Ashby\"", "name = \"Robin Quill\"");
    let others = ("name = \"Robin Ashby\"", "name = \"Sam Tully\"");
    let address = ("robin.ashby@", "zoe@");
    let cases: [(&[Changes<'_>], bool); 6] = [
        (&[&[name, address]], true),
        (&[&[name], &[address]], true),
        (&[&[address], &[name]], true),
        (&[&[others]], true),
        (&[&[married]], false),
        (&[&[address]], false),
    ];
    for (commits, is_asked) in cases {
        let folder = recommended();
        let diary = Diary { top: folder.path() };
        diary.write("students/sam-tully.toml", "name = \"Sam Tully\"\ncourse = \"york-2025\"\n");
        diary.commit(RUTH, "2026-07-20", "another student");
        for (changes, day) in commits.iter().zip(["2026-08-01", "2026-08-02"]) {
            for (from, to) in *changes {
                diary.replace(STUDENT, from, to);
            }
            diary.commit(RUTH, day, "the name");
        }
        let told = found(folder.path(), "student-changed", "");
        assert_eq!(told.len(), usize::from(is_asked), "{commits:?}: {told:?}");
        assert!(
            told.iter().all(|one| one.starts_with(&format!("{STUDENT} decided about Robin Ashby, and "))),
            "{told:?}"
        );
    }
}

#[test]
fn before_a_decision_a_record_is_anybodys() {
    let folder = crate::scratch::folder();
    let top = folder.path();
    crate::repository::said(crate::repository::started(top).args(["init", "--quiet", "--initial-branch=main"]));
    let diary = Diary { top };
    diary.write("gwp.toml", "");
    diary.write(STUDENT, "name = \"Robin Ashby\"\nemail = \"robin.ashby@example.org\"\n");
    diary.commit(RUTH, "2026-07-20", "begin");
    diary.write(STUDENT, "name = \"Zoe Black\"\nemail = \"zoe@example.org\"\n");
    diary.commit(RUTH, "2026-07-21", "the wrong one");
    assert!(found(top, "student-changed", "").is_empty());
}
