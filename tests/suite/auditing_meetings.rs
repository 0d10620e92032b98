//! `gwp audit`: meetings that were listed or minuted for the sake of a ruling, and what students write for themselves.

use crate::auditing::found;
use crate::auditing_decisions::recommended;
use crate::chronicle::{Diary, RUTH};

const ROBIN: (&str, &str) = ("Robin Ashby", "Robin.Ashby@example.org");
const STUDENT: &str = "students/robin-ashby.toml";
const COURSE: &str = "courses/york-2025.toml";
const RULING: &str = "\n[[ruling]]\nrequirement = \"G4\"\nbody = \"LCC\"\ndate = 2026-08-01\noutcome = \"accepted\"\n";

type Step<'s> = &'s dyn Fn(&Diary<'_>);

#[test]
fn a_day_that_is_listed_or_minuted_late_excuses_no_ruling() {
    let list = |diary: &Diary<'_>| diary.replace(COURSE, "lcc_meetings = [", "lcc_meetings = [2026-08-01, ");
    let minutes = |diary: &Diary<'_>| {
        diary.write("meetings/lcc-2026-08-01.toml", "body = \"LCC\"\ndate = 2026-08-01\npresent = [\"Ruth Calder\"]\n");
    };
    let rule = |diary: &Diary<'_>| diary.add(STUDENT, RULING);
    let cases: [(&[(Step<'_>, &str)], bool); 6] = [
        (&[(&list, "2026-09-01"), (&rule, "2026-09-03")], false),
        (&[(&list, "2026-09-02"), (&rule, "2026-09-03")], true),
        (&[(&rule, "2026-08-03"), (&list, "2026-09-01")], false),
        (&[(&rule, "2026-08-03"), (&list, "2026-09-02")], true),
        (&[(&rule, "2026-08-03"), (&minutes, "2026-09-01")], false),
        (&[(&rule, "2026-08-03"), (&minutes, "2026-09-02")], true),
    ];
    for (at, (steps, is_asked)) in cases.into_iter().enumerate() {
        let folder = recommended();
        let diary = Diary { top: folder.path() };
        for (step, day) in steps {
            step(&diary);
            diary.commit(RUTH, day, "step");
        }
        let told = found(folder.path(), "no-meeting", "--since 2026-08-01");
        assert_eq!(told.len(), usize::from(is_asked), "{at}: {told:?}");
    }
}

#[test]
fn minutes_with_an_error_have_the_day_that_can_be_read() {
    for (error, day, is_asked) in
        [("present ==", "2026-08-01", false), ("present ==", "2026-08-03", true), ("present =", "2026-08-01", false)]
    {
        let folder = recommended();
        let diary = Diary { top: folder.path() };
        let minutes = "meetings/lcc.toml";
        let first = "body = \"LCC\"\ndate = 2026-08-02\npresent = [\"Ruth Calder\"]\nagreed = 2026-09-01\n";
        diary.write(minutes, first);
        diary.add(STUDENT, RULING);
        diary.commit(RUTH, "2026-08-03", "minutes and a ruling");
        diary.replace(minutes, "2026-08-02", day);
        diary.replace(minutes, "present =", error);
        diary.commit(RUTH, "2026-08-10", "the day");
        let told = found(folder.path(), "no-meeting", "--since 2026-08-01");
        assert_eq!(told.len(), usize::from(is_asked), "{error} {day}: {told:?}");
    }
}

#[test]
fn what_is_for_others_to_say_is_asked_about_where_the_student_says_it() {
    let minutes = |about: &str| {
        format!(
            "body = \"LCC\"\ndate = 2026-08-01\npresent = [\"Ruth Calder\"]\nitems = [{{ number = 1, about = \"{about}\", note \
             = \"Accepted.\" }}]\n"
        )
    };
    let listed = "\n[audit]\nstudents = [\"robbo@private.example\"]\n";
    let robbo = ("Robbo", "robbo@private.example");
    let steps: [(&str, Step<'_>, (&str, &str), bool); 9] = [
        ("a day", &|it| it.replace(COURSE, "lcc_meetings = [", "lcc_meetings = [2026-08-01, "), ROBIN, true),
        ("a day by another", &|it| it.replace(COURSE, "lcc_meetings = [", "lcc_meetings = [2026-08-01, "), RUTH, false),
        ("a day less", &|it| it.replace(COURSE, "lcc_meetings = [2025-11-29, ", "lcc_meetings = ["), ROBIN, false),
        ("minutes", &|it| it.write("meetings/lcc-2026-08-01.toml", &minutes("robin-ashby")), ROBIN, true),
        ("minutes about another", &|it| it.write("meetings/lcc-2026-08-01.toml", &minutes("sam-tully")), ROBIN, false),
        ("minutes by another", &|it| it.write("meetings/lcc-2026-08-01.toml", &minutes("robin-ashby")), RUTH, false),
        ("confirmed", &|it| it.replace(STUDENT, "confirmed = 2025-10-22", "confirmed = 2025-10-21"), ROBIN, true),
        ("the Diploma", &|it| it.replace(STUDENT, "completed = 2026-07-11", "completed = 2026-07-10"), ROBIN, true),
        ("an address that was listed", &|it| it.add(STUDENT, RULING), robbo, true),
    ];
    for (what, step, who, is_asked) in steps {
        let folder = recommended();
        let diary = Diary { top: folder.path() };
        diary.write("students/sam-tully.toml", "name = \"Sam Tully\"\ncourse = \"york-2025\"\n");
        diary.add("gwp.toml", listed);
        diary.commit(RUTH, "2026-07-21", "addresses");
        diary.replace("gwp.toml", listed, "");
        diary.commit(RUTH, "2026-07-22", "none");
        step(&diary);
        diary.commit(who, "2026-08-02", "by themselves");
        let told = found(folder.path(), "own-favour", "--since 2026-08-01");
        assert_eq!(told.len(), usize::from(is_asked), "{what}: {told:?}");
    }
}
