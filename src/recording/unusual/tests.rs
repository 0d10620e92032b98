use super::*;
use crate::folder::Folder;
use crate::problems::Level;
use crate::text::Source;

const COURSE: &str = "name = \"Leeds\"\nconvenor = \"Ros\"\nstarts = 2025-09-27\nends = 2026-07-11\n\
    lcc_meetings = [2025-11-29, 2026-02-21, 2026-03-01, 2026-07-04]\n\
    terms = [{ name = \"All\", starts = 2025-09-27, ends = 2026-07-11 }]\n";
const STUDENT: &str = "name = \"Mina Holt\"\ncourse = \"leeds\"\n\
    [[arrangement]]\ngroup = \"club\"\nsupervisor = \"kit\"\nfrom = 2025-10-06\nuntil = 2026-01-10\n\
    [[arrangement]]\ngroup = \"club\"\nsupervisor = \"ros\"\nfrom = 2026-01-11\n";
const KIT: &str = "name = \"Kit Lowe\"\n";
const GROUP: &str = "kind = \"group\"\ntitle = \"Club\"\norganisation = \"\"\nsetting = \"health\"\naim = \"clinical\"\n\
    frequency = \"weekly\"\nconductors = [\"mina\"]\n";

const FOLDER: [(&str, &str); 6] = [
    ("gwp.toml", ""),
    ("courses/leeds.toml", COURSE),
    ("students/mina.toml", STUDENT),
    ("supervisors/kit.toml", KIT),
    ("supervisors/ros.toml", "name = \"Ros Hall\"\n"),
    (
        "sessions/club.toml",
        "kind = \"group\"\ntitle = \"Club\"\norganisation = \"\"\nsetting = \"health\"\naim = \"clinical\"\n\
        frequency = \"weekly\"\nconductors = [\"mina\"]\nsessions = []\n",
    ),
];

/// The records of the folder, one of them with another text.
fn records(path: &str, text: &str) -> Records {
    let sources = FOLDER.map(|(known, was)| Source {
        path: Text::new(known),
        content: Ok(if known == path { text } else { was }.to_owned().into()),
    });
    let records = Folder::of_sources(Text::default(), sources.to_vec(), &|_| false).case.records;
    let errors: Vec<_> = records.problems.iter().filter(|one| one.level == Level::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    records
}

/// What is unusual once a record says this.
fn said(path: &str, text: &str) -> Vec<String> {
    newly_unusual(&records("", ""), &records(path, text))
}

fn of_student(more: &str) -> Vec<String> {
    said("students/mina.toml", &format!("{STUDENT}{more}"))
}

fn none() -> Vec<String> {
    Vec::new()
}

#[test]
fn what_is_valid_for_a_few_days_or_for_ever_is_a_slip() {
    let insured = |until: &str| of_student(&format!("[[insurance]]\nfrom = 2025-10-01\nuntil = {until}\n"));
    assert_eq!(
        insured("2025-10-03"),
        ["the insurance of Mina Holt is valid for 3 days only, from 1 October 2025 to 3 October 2025"]
    );
    assert_eq!([insured("2025-10-27").len(), insured("2025-10-28").len()], [1, 0]);
    assert_eq!([insured("2035-10-01").len(), insured("2035-10-02").len()], [0, 1]);
    let registered =
        |says: &str| said("supervisors/kit.toml", &format!("{KIT}registrations = [{{ body = \"UKCP\", {says} }}]\n"));
    assert_eq!(
        registered("checked = 2025-10-02, expires = 2025-10-01"),
        ["the UKCP registration of Kit Lowe was checked on 2 October 2025, and had expired on 1 October 2025"]
    );
    assert_eq!(registered("from = 2025-10-01, checked = 2025-09-30, expires = 2025-10-05").len(), 1);
    for usual in [
        "expires = 2025-10-01",
        "checked = 2025-10-01, expires = 2025-10-01",
        "from = 2025-10-01, checked = 2025-09-30, expires = 2026-09-30",
    ] {
        assert_eq!(registered(usual), none(), "{usual}");
    }
}

#[test]
fn a_meeting_lies_within_its_course() {
    let met = |date: &str| said("courses/leeds.toml", &COURSE.replace("2025-11-29", date));
    let outside =
        "the LCC meeting of 26 September 2025 lies outside Leeds, which runs from 27 September 2025 to 11 July 2026";
    assert_eq!(met("2025-09-26"), [outside]);
    assert_eq!([met("2025-09-27").len(), met("2026-11-10").len(), met("2026-11-11").len()], [0, 0, 1]);
}

#[test]
fn so_many_people_and_minutes_are_no_session() {
    let held = |sessions: &str| said("sessions/club.toml", &format!("{GROUP}sessions = [{sessions}]\n"));
    assert_eq!(
        held("{ date = 2025-10-06, minutes = 9, present = 70 }"),
        [
            "in the session of club on 6 October 2025, 70 people came",
            "the session of club on 6 October 2025 lasted 9 minutes"
        ]
    );
    let both = |first: u32, second: u32| {
        let session =
            |day: u32, present: u32| format!("{{ date = 2025-10-{day:02}, minutes = 90, present = {present} }}");
        held(&[session(6, first), session(13, second)].join(", ")).len()
    };
    assert_eq!([both(7, 25), both(7, 26), both(30, 60), both(30, 61)], [0, 1, 0, 1]);
    let minutes = |minutes: u16| held(&format!("{{ date = 2025-10-06, minutes = {minutes} }}")).len();
    assert_eq!([14, 15, 240, 241].map(minutes), [1, 0, 0, 1]);
}

/// Kit Lowe supervised up to 10 January 2026, Ros Hall since; the deadlines are 31 January and 13 June.
#[test]
fn a_report_comes_from_who_supervised_then() {
    let by = |supervisor: &str, due: &str, received: &str| {
        let due = if due.is_empty() { String::new() } else { format!("due = {due}\n") };
        of_student(&format!("[[report]]\nform = \"GWP2\"\n{due}received = {received}\nby = \"{supervisor}\"\n"))
    };
    assert_eq!(
        by("kit", "2026-06-13", "2026-06-10"),
        ["GWP Form 2 of 10 June 2026 is by Kit Lowe, who did not supervise Mina Holt then, but Ros Hall did"]
    );
    assert_eq!(by("ros", "", "2026-01-10").len(), 1);
    for (supervisor, due, received) in [
        ("kit", "2026-01-31", "2026-01-29"),
        ("kit", "2026-01-31", "2026-05-01"),
        ("kit", "", "2026-01-30"),
        ("ros", "2026-01-31", "2026-01-29"),
        ("ros", "", "2026-01-11"),
    ] {
        assert_eq!(by(supervisor, due, received), none(), "{supervisor} {due} {received}");
    }
}

#[test]
fn a_ratification_rests_on_what_is_ratified() {
    let decided = |all: &[(&str, &str, &str, &str)]| {
        let decision = |(body, about, date, outcome): &(&str, &str, &str, &str)| {
            format!("[[decision]]\nbody = \"{body}\"\nabout = \"{about}\"\ndate = {date}\noutcome = \"{outcome}\"\n")
        };
        of_student(&all.iter().map(decision).collect::<String>())
    };
    let (approved, ratified) =
        (("LCC", "arrangements", "2026-02-21", "approved"), ("SPC", "arrangements", "2026-03-04", "ratified"));
    assert_eq!(decided(&[approved, ratified]), none());
    assert_eq!(
        decided(&[("NTM", "arrangements", "2026-02-20", "ratified"), approved]),
        [
            "the NTM ratified the arrangements of Mina Holt on 20 February 2026, and no approval of them is recorded by then"
        ]
    );
    assert_eq!(decided(&[("LCC", "arrangements", "2026-02-21", "queried"), ratified]).len(), 1);
    assert_eq!(
        decided(&[
            ("NTM", "arrangements", "2026-02-21", "approved"),
            ("NTM", "arrangements", "2026-02-21", "ratified")
        ]),
        none()
    );
    // The folder's own problems tell of the SPC before the LCC.
    assert_eq!(decided(&[ratified]), none());
    let award = ("SPC", "award", "2026-07-01", "awarded");
    assert_eq!(decided(&[award, ("NTM", "award", "2026-07-01", "ratified")]), none());
    assert_eq!(decided(&[("NTM", "award", "2026-06-30", "ratified"), award]).len(), 1);
    // What was decided is decided, unless there is something new.
    assert_eq!(
        decided(&[approved, ("LCC", "arrangements", "2026-07-04", "approved")]),
        [
            "the LCC decided on 4 July 2026 about the arrangements of Mina Holt what it had decided on 21 February 2026: approved"
        ]
    );
    let before_the_second = ("LCC", "arrangements", "2025-11-29", "approved");
    assert_eq!(decided(&[before_the_second, approved]), none());
    assert_eq!(
        decided(&[
            approved,
            ("LCC", "arrangements", "2026-03-01", "declined"),
            ("LCC", "arrangements", "2026-07-04", "approved")
        ]),
        none()
    );
    assert_eq!(
        decided(&[("LCC", "arrangements", "2026-02-21", "queried"), ("LCC", "arrangements", "2026-07-04", "queried")]),
        none()
    );
}

#[test]
fn the_lcc_decides_on_days_that_a_list_has() {
    let decided = |body: &str, date: &str| {
        of_student(&format!(
            "[[decision]]\nbody = \"{body}\"\nabout = \"arrangements\"\ndate = {date}\noutcome = \"queried\"\n"
        ))
    };
    let says = |day: &str| vec![format!("no list of LCC meetings has {day}, on which the LCC decided about Mina Holt")];
    assert_eq!(decided("LCC", "2026-02-20"), says("20 February 2026"));
    assert_eq!(decided("LCC", "2026-02-21"), none());
    assert_eq!(decided("LCC", "2026-02-22"), says("22 February 2026"));
    assert_eq!(decided("SPC", "2026-02-22"), none());
    let ruling = "[[ruling]]\nrequirement = \"G4\"\nbody = \"LCC\"\ndate = 2026-02-22\noutcome = \"accepted\"\n";
    assert_eq!(of_student(ruling), says("22 February 2026"));
}
