//! An audit of two years in which deeds are hidden among ordinary work, and of the same two years without them.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]
#![allow(clippy::too_many_lines, reason = "a list of deeds")]

use std::collections::BTreeMap;

use gwp::calendar::TimeZone;
use gwp::folder::{AuditOptions, FolderAudit, FolderHistory, LocalTime};

use crate::repository::Repository;
use crate::two_years::{CONVENOR, Deed, deed, own, two_years};

/// What an audit finds: the name, the day of the last of its commits, and what it says.
struct Found {
    name: &'static str,
    day: String,
    says: String,
    decisions: usize,
    effects: usize,
}

fn audited(repository: &Repository) -> Vec<Found> {
    let utc = LocalTime { name: "UTC".to_owned(), day_of: &|at| TimeZone::named("UTC")?.day_of(at) };
    let mut histories = FolderHistory::open(None, &repository.top(), &utc).unwrap();
    let history = &mut histories[0];
    history.read_all().unwrap();
    let audit = FolderAudit::of(history, &AuditOptions::default()).unwrap();
    let day = |at: usize| history.revisions[at].day().unwrap().iso();
    let found = audit.found.iter().map(|one| Found {
        name: one.name.word(),
        day: day(*one.revisions.last().unwrap()),
        says: format!("{}: {}", one.file.as_ref().map(ToString::to_string).unwrap_or_default(), one.message),
        decisions: one.decisions.len(),
        effects: one.effects.len(),
    });
    found.collect()
}

fn group(student: &str) -> String {
    format!("sessions/{student}-group.toml")
}

fn supervision(student: &str) -> String {
    format!("sessions/supervision-{student}.toml")
}

fn student(student: &str) -> String {
    format!("students/{student}.toml")
}

const RULING: &str = "\n[[ruling]]\nrequirement = \"G4\"\nbody = \"LCC\"\ndate = DATE\noutcome = \"OUTCOME\"\n";

fn ruling(date: &str, outcome: &str) -> String {
    RULING.replace("DATE", date).replace("OUTCOME", outcome)
}

fn insurance(until: &str) -> String {
    format!("\n[[insurance]]\nkind = \"own\"\nfrom = 2025-10-01\nuntil = {until}\n")
}

/// Where nobody looks for a record.
const AWAY: &str = "papers/away.txt";

/// A session that is written into a log, mistyped or not.
fn slip(day: &'static str, path: &str, says: &str) -> Deed {
    deed(day, CONVENOR, path, "sessions = [\n", &format!("sessions = [\n  {{ date = {says} }},\n"))
}

/// What was so in the records from the first day on, so that there is something to alter.
fn begun() -> Vec<(String, &'static str, &'static str)> {
    vec![
        (group("ann"), "{ date = 2025-01-13, minutes = 90,", "{ date = 2025-01-13, minutes = 50,"),
        (
            group("bob"),
            "{ date = 2024-11-11, minutes = 90, present = 7 }",
            "{ date = 2024-11-11, cancelled = \"ill\" }",
        ),
        (
            group("cy"),
            "{ date = 2024-11-18, minutes = 90, present = 7 }",
            "{ date = 2024-11-18, minutes = 90, present = 0 }",
        ),
        (
            group("ann"),
            "{ date = 2025-02-10, minutes = 90, present = 7 }",
            "{ date = 2025-02-10, minutes = 90, present = 7, absent = [\"ann\"] }",
        ),
        (group("bob"), "{ date = 2025-02-03, minutes = 90,", "{ date = 2025-02-03, minutes = 45,"),
        (group("bob"), "{ date = 2025-02-10, minutes = 90,", "{ date = 2025-02-10, minutes = 45,"),
        (supervision("eli"), "{ date = 2026-01-08, minutes = 60 }", "{ date = 2026-01-08, minutes = 50 }"),
        (student("dee"), "until = 2026-09-30", "until = 2026-01-31"),
        (group("dee"), "{ date = 2026-01-13, minutes = 90,", "{ date = 2026-01-13, minutes = 50,"),
        (student("fay"), "submitted = 2025-10-20", "submitted = 2025-12-18"),
        (supervision("ann"), "{ date = 2025-01-08, minutes = 60 }", "{ date = 2025-01-08, minutes = 50 }"),
        (student("cy"), "until = 2025-09-30", "until = 2025-01-31"),
        (supervision("dee"), "{ date = 2025-12-04, minutes = 60 }", "{ date = 2025-12-04, minutes = 50 }"),
        (
            supervision("eli"),
            "{ date = 2025-11-06, minutes = 60 }",
            "{ date = 2025-11-06, minutes = 60, mode = \"video\" }",
        ),
        (
            group("bob"),
            "{ date = 2024-10-21, minutes = 90, present = 7 }",
            "{ date = 2024-10-21, minutes = 120, present = 7 }",
        ),
        (supervision("cy"), "{ date = 2024-11-06, minutes = 60 }", "{ date = 2024-11-06, minutes = 50 }"),
        (student("dee"), "due = 2026-01-31\nreceived = 2026-01-29", "due = 2026-01-31\nreceived = 2026-02-03"),
        (
            group("bob"),
            "{ date = 2024-11-25, minutes = 90, present = 7 }",
            "{ date = 2024-11-25, cancelled = \"ill\" }",
        ),
        (group("cy"), "{ date = 2024-11-25, minutes = 90, present = 7 }", "{ date = 2024-11-25, cancelled = \"ill\" }"),
    ]
}

/// The deeds, each with the names of which an audit gives it one at least.
fn misdeeds() -> Vec<(&'static str, Deed)> {
    let convenor = |day, path: &str, from: &str, to: &str| deed(day, CONVENOR, path, from, to);
    let eight = [
        "2026-04-28",
        "2026-05-05",
        "2026-05-12",
        "2026-05-19",
        "2026-05-26",
        "2026-06-02",
        "2026-06-09",
        "2026-06-16",
    ];
    let eight: String = eight.iter().map(|day| format!("  {{ date = {day}, minutes = 90, present = 7 }},\n")).collect();
    vec![
        // Alterations by which a query, an action or a failure goes away, or something counts.
        ("altered-in-favour", convenor("2025-02-05", &group("ann"), "01-13, minutes = 50", "01-13, minutes = 60")),
        (
            "altered-in-favour",
            convenor("2024-11-20", &group("bob"), "11-11, cancelled = \"ill\"", "11-11, minutes = 90, present = 7"),
        ),
        (
            "altered-in-favour",
            convenor("2024-12-11", &group("cy"), "minutes = 90, present = 0", "minutes = 90, present = 5"),
        ),
        ("altered-in-favour", deed("2025-02-19", &own("ann"), &group("ann"), ", absent = [\"ann\"]", "")),
        (
            "altered-in-favour",
            convenor("2026-01-07", &supervision("dee"), "12-04, minutes = 50", "12-04, minutes = 60"),
        ),
        ("altered-in-favour", convenor("2025-12-10", &supervision("eli"), "60, mode = \"video\"", "60")),
        ("altered-in-favour", convenor("2025-02-12", &student("cy"), "until = 2025-01-31", "until = 2025-09-30")),
        (
            "altered-in-favour",
            convenor("2025-04-16", &student("bob"), "outcome = \"refused\"", "outcome = \"accepted\""),
        ),
        (
            "altered-in-favour",
            convenor("2025-06-11", &group("cy"), "2025-05-19, minutes = 50", "2025-05-20, minutes = 90"),
        ),
        // The same in two steps, of which the first alters nothing for anybody.
        (
            "altered-in-favour",
            convenor(
                "2025-02-26",
                &group("bob"),
                "11-25, minutes = 90, planned = true",
                "11-25, minutes = 90, present = 7",
            ),
        ),
        (
            "altered-in-favour",
            convenor(
                "2025-03-05",
                &group("cy"),
                "  { date = 2024-11-26, cancelled",
                "  { date = 2024-11-25, minutes = 90, present = 7 },\n  { date = 2024-11-26, cancelled",
            ),
        ),
        // A log that was away for two days, under its name and under another.
        (
            "altered-in-favour",
            convenor("2025-02-21", &group("bob"), "2025-02-10, minutes = 45", "2025-02-10, minutes = 60")
                .moving(AWAY, &group("bob")),
        ),
        (
            "altered-in-favour",
            convenor("2026-02-13", "sessions/eli-and-kit.toml", "2026-01-08, minutes = 50", "2026-01-08, minutes = 60")
                .moving(AWAY, "sessions/eli-and-kit.toml"),
        ),
        // No slip is mended on the fourth day, nor after somebody decided.
        ("altered-in-favour", convenor("2025-05-13", &supervision("cy"), "05-08, minutes = 50", "05-08, minutes = 60")),
        (
            "altered-in-favour",
            convenor("2026-07-20", &supervision("fay"), "07-16, minutes = 50", "07-16, minutes = 60"),
        ),
        // What was struck out first and put in again otherwise; a day that nothing said; a commit that is dated back.
        ("altered-in-favour", convenor("2026-02-17", &student("dee"), "", &insurance("2026-09-30"))),
        ("altered-in-favour", convenor("2026-03-19", &student("dee"), "", &ruling("2026-02-21", "accepted"))),
        ("altered-in-favour", convenor("2025-12-11", &student("fay"), "course = ", "joined = 2025-11-20\ncourse = ")),
        (
            "altered-in-favour",
            Deed {
                dated: Some("2025-01-04"),
                ..convenor("2025-03-26", &supervision("ann"), "01-08, minutes = 50", "01-08, minutes = 60")
            },
        ),
        // What others are to say.
        ("receipt-moved", convenor("2026-03-11", &student("dee"), "received = 2026-02-03", "received = 2026-01-30")),
        (
            "rating-raised",
            convenor("2026-03-04", &student("eli"), "context = \"developing\"", "context = \"competent\""),
        ),
        (
            "writer-changed",
            convenor(
                "2026-03-18",
                &student("eli"),
                "received = 2026-01-29\nby = \"kit-lowe\"",
                "received = 2026-01-29\nby = \"ines-farrow\"",
            ),
        ),
        ("own-favour", deed("2025-03-26", &own("cy"), &student("cy"), "", &ruling("2025-02-21", "accepted"))),
        (
            "own-favour",
            deed("2026-02-18", &own("fay"), &student("fay"), "received = 2026-01-28", "received = 2026-01-27"),
        ),
        (
            "own-favour",
            deed(
                "2026-02-25",
                &own("eli"),
                &student("eli"),
                "process-and-dynamics = \"developing\"",
                "process-and-dynamics = \"competent\"",
            ),
        ),
        (
            "own-favour",
            deed(
                "2026-04-15",
                "Kit <kit.lowe@example.org>",
                "supervisors/kit-lowe.toml",
                "expires = 2027-09-30",
                "expires = 2030-09-30",
            ),
        ),
        (
            "own-favour",
            deed(
                "2026-05-06",
                &own("fay"),
                "gwp.toml",
                "[audit]",
                "[[variation]]\nparameter = \"new_arrangement_days\"\nvalue = 35\nagreed_by = \"NTM\"\nagreed = 2026-05-02\n\n[audit]",
            ),
        ),
        // Permissions after the deed.
        (
            "permitted-afterwards",
            convenor(
                "2024-12-04",
                "gwp.toml",
                "[audit]",
                "[[variation]]\nparameter = \"session_minutes_max\"\nvalue = 120\nagreed_by = \"NTM\"\nagreed = 2024-11-16\n\n[audit]",
            ),
        ),
        (
            "permitted-afterwards",
            convenor(
                "2025-01-15",
                &student("cy"),
                "",
                "\n[[accommodation]]\nparameter = \"supervision_minutes\"\nvalue = 45\nfrom = 2024-10-01\nuntil = 2024-12-31\nagreed_by = \"NTM\"\nagreed = 2025-01-08\n",
            ),
        ),
        // Committees.
        ("no-meeting", convenor("2025-12-17", &student("fay"), "", &ruling("2025-12-13", "accepted"))),
        (
            "no-meeting",
            convenor(
                "2025-01-22",
                &student("ann"),
                "",
                "\n[[decision]]\nbody = \"LCC\"\nabout = \"arrangements\"\ndate = 2025-01-18\noutcome = \"approved\"\n",
            ),
        ),
        // Logs.
        ("entered-before-decision", convenor("2026-07-17", &group("eli"), "7 },\n]\n", &format!("7 }},\n{eight}]\n"))),
        (
            "participants-changed",
            convenor("2026-01-21", &supervision("dee"), "supervisees = [\"dee\"]", "supervisees = [\"dee\", \"eli\"]"),
        ),
        (
            "participants-changed",
            convenor("2026-02-11", &group("fay"), "conductors = [\"fay\"]", "conductors = [\"dee\"]"),
        ),
        (
            "entries-lost",
            convenor("2025-03-12", &group("ann"), "  { date = 2025-02-03, minutes = 90, present = 7 },\n", ""),
        ),
        (
            "recorded-late",
            convenor(
                "2026-03-25",
                &supervision("dee"),
                "sessions = [\n",
                "sessions = [\n  { date = 2025-12-11, minutes = 60 },\n",
            ),
        ),
        // Rules, decisions and commits.
        ("rules-changed", convenor("2026-02-04", "courses/york-2025.toml", "ends = 2025-12-13", "ends = 2025-12-20")),
        (
            "evidence-altered",
            convenor("2025-10-08", "supervisors/kit-lowe.toml", "checked = 2024-09-15", "checked = 2024-09-01"),
        ),
        (
            "evidence-altered",
            convenor("2025-09-17", &student("ann"), "completed = 2025-07-11", "completed = 2025-07-10"),
        ),
        (
            "evidence-removed",
            convenor("2025-10-22", &group("bob"), "  { date = 2025-04-28, minutes = 90, present = 7 },\n", ""),
        ),
        (
            "commit-backdated",
            Deed {
                dated: Some("2026-05-13"),
                ..convenor("2026-06-17", &supervision("fay"), "minutes = 60 },\n]", "minutes = 61 },\n]")
            },
        ),
    ]
}

#[test]
fn every_misdeed_in_two_years_is_found() {
    let begun = begun();
    let mut begun: Vec<(&str, &str, &str)> = begun.iter().map(|(path, from, to)| (path.as_str(), *from, *to)).collect();
    let (cy, eli) = (group("cy"), group("eli"));
    begun.push((&cy, "{ date = 2025-05-19, minutes = 90,", "{ date = 2025-05-19, minutes = 50,"));
    // These were not written down when they were held.
    let late: Vec<String> = ["04-28", "05-05", "05-12", "05-19", "05-26", "06-02", "06-09", "06-16"]
        .iter()
        .map(|day| format!("  {{ date = 2026-{day}, minutes = 90, present = 7 }},\n"))
        .collect();
    begun.extend(late.iter().map(|line| (eli.as_str(), line.as_str(), "")));
    let deeds = misdeeds();
    let refused = deed("2025-03-19", CONVENOR, &student("bob"), "", &ruling("2025-02-21", "refused"));
    let planned = deed(
        "2025-02-05",
        CONVENOR,
        &group("bob"),
        "11-25, cancelled = \"ill\"",
        "11-25, minutes = 90, planned = true",
    );
    let moved = deed("2025-02-05", CONVENOR, &cy, "2024-11-25, cancelled", "2024-11-26, cancelled");
    let slips = [
        slip("2025-05-09", &supervision("cy"), "2025-05-08, minutes = 50"),
        slip("2026-07-17", &supervision("fay"), "2026-07-16, minutes = 50"),
    ];
    let struck = |day, words: &str| deed(day, CONVENOR, &student("dee"), words, "");
    let refused_too = deed("2026-02-26", CONVENOR, &student("dee"), "", &ruling("2026-02-21", "refused"));
    let struck = [
        struck("2026-02-10", &insurance("2026-01-31")),
        refused_too,
        struck("2026-03-12", &ruling("2026-02-21", "refused")),
    ];
    let away = |day, path: &str| deed(day, CONVENOR, AWAY, "", "").moving(path, AWAY);
    let taken_away = [away("2025-02-19", &group("bob")), away("2026-02-11", &supervision("eli"))];
    let first = [refused, planned, moved].into_iter().chain(slips).chain(struck).chain(taken_away);
    let all: Vec<Deed> = deeds.iter().map(|(_, deed)| deed.clone()).chain(first).collect();
    let repository = two_years(&begun, &all, None);
    let found = audited(&repository);
    let mut by_day: BTreeMap<&str, Vec<&Found>> = BTreeMap::new();
    for one in &found {
        by_day.entry(&one.day).or_default().push(one);
    }
    let missed: String = deeds
        .iter()
        .filter_map(|(name, deed)| {
            let of_day = by_day.get(deed.dated.unwrap_or(deed.day)).cloned().unwrap_or_default();
            let is_found = of_day.iter().any(|one| one.name == *name);
            let told: Vec<_> = of_day.iter().map(|one| format!("{} {}", one.name, one.says)).collect();
            (!is_found).then(|| format!("{name} of {}: {told:?}\n", deed.day))
        })
        .collect();
    assert!(missed.is_empty(), "missed:\n{missed}");
    for one in &found {
        let is_judged = matches!(one.name, "altered-in-favour" | "permitted-afterwards");
        assert!(!is_judged || one.effects > 0, "{} {}", one.name, one.says);
    }
    // A registration that was looked up earlier than was said: the awards of all whom he supervised rest on it.
    let checked = found.iter().find(|one| one.name == "evidence-altered" && one.says.contains("checked from")).unwrap();
    assert!(checked.decisions >= 6, "{} decisions: {}", checked.decisions, checked.says);
}

/// Ordinary work, of the kinds that look odd to who only counts days.
fn ordinary() -> Vec<Deed> {
    let convenor = |day, path: &str, from: &str, to: &str| deed(day, CONVENOR, path, from, to);
    vec![
        // Corrections that change nothing for anybody.
        convenor(
            "2025-02-26",
            &group("ann"),
            "2025-01-20, minutes = 90, present = 7",
            "2025-01-20, minutes = 90, present = 6",
        ),
        convenor("2025-03-05", &group("cy"), "2024-12-09, minutes = 90", "2024-12-09, minutes = 75"),
        convenor("2025-02-12", &group("bob"), "date = 2025-02-03", "date = 2025-02-04"),
        convenor("2026-02-18", &group("fay"), "date = 2025-12-02", "date = 2025-12-03"),
        convenor("2025-01-08", &group("bob"), "title = \"Tuesday group", "title = \"Monday group"),
        convenor("2025-01-29", &student("bob"), "name = \"bob\"", "name = \"Bob Hale\""),
        convenor("2026-02-04", &student("dee"), "received = 2026-01-29", "received = 2026-01-30"),
        convenor("2025-10-29", "supervisors/kit-lowe.toml", "email = \"kit.lowe@", "email = \"k.lowe@"),
        // A slip that is mended on the same day.
        convenor(
            "2025-03-19",
            &supervision("ann"),
            "sessions = [\n",
            "sessions = [\n  { date = 2025-03-18, minutes = 6 },\n",
        ),
        convenor("2025-03-19", &supervision("ann"), "03-18, minutes = 6 }", "03-18, minutes = 60 }"),
        // The same on the Monday after a log was written up for the month.
        slip("2026-03-06", &supervision("fay"), "2026-03-05, minutes = 6"),
        convenor("2026-03-09", &supervision("fay"), "03-05, minutes = 6 }", "03-05, minutes = 60 }"),
        // A log that somebody deleted by mistake, and that is back as it was.
        convenor("2026-03-11", AWAY, "", "").moving(&group("dee"), AWAY),
        convenor("2026-03-12", &group("dee"), "", "").moving(AWAY, &group("dee")),
        // A ruling on what was asked, at a meeting; a permission for what is to come.
        convenor("2025-02-24", &student("ann"), "", &ruling("2025-02-21", "accepted")),
        convenor(
            "2025-12-03",
            &student("dee"),
            "",
            "\n[[accommodation]]\nparameter = \"supervision_minutes\"\nvalue = 45\nfrom = 2025-12-08\nuntil = 2026-03-31\nagreed_by = \"LCC\"\nagreed = 2025-11-29\n",
        ),
        convenor(
            "2025-12-04",
            "gwp.toml",
            "[audit]",
            "[[variation]]\nparameter = \"session_minutes_max\"\nvalue = 100\nagreed_by = \"NTM\"\nagreed = 2025-11-29\n\n[audit]",
        ),
        // Plans, what is called off, leave, who joins a supervision.
        deed("2025-11-05", &own("dee"), &group("dee"), "\n]\n", "\n]\n# next week as usual\n"),
        deed(
            "2026-01-14",
            &own("eli"),
            &group("eli"),
            "7 },\n]\n",
            "7 },\n  { date = 2026-07-07, minutes = 90, planned = true },\n]\n",
        ),
        convenor("2026-02-25", &group("eli"), "minutes = 90, planned = true", "cancelled = \"end of term\""),
        convenor(
            "2026-01-28",
            &student("eli"),
            "",
            "\n[[leave]]\nfrom = 2026-03-28\nuntil = 2026-04-20\nreason = \"family\"\n",
        ),
        convenor(
            "2026-03-04",
            &supervision("dee"),
            "supervisees = [\"dee\"]",
            "supervisees = [\"dee\", \"eli\"]\nsupervisee_periods = [{ who = \"eli\", from = 2026-03-05 }]",
        ),
        convenor("2026-04-08", &group("dee"), "conductors = [\"dee\"]", "conductors = [\"dee\", \"fay\"]"),
        convenor(
            "2026-04-09",
            "supervisors/kit-lowe.toml",
            "expires = 2027-09-30 }]",
            "expires = 2027-09-30 }, { body = \"BACP\", number = \"00918273\", from = 2027-10-01, checked = 2026-04-08, expires = 2028-09-30 }]",
        ),
        // What is only set out otherwise, moved or renamed.
        convenor(
            "2025-05-14",
            &group("ann"),
            "  { date = 2024-10-07, minutes = 90, present = 7 },",
            "  # the first\n  {date=2024-10-07,minutes=90,present=7},",
        ),
        convenor("2026-05-13", &student("fay"), "group = \"fay-group\"", "group = \"fay-tuesdays\"")
            .moving(&group("fay"), "sessions/fay-tuesdays.toml"),
        convenor("2026-05-20", "students/2025/dee.toml", "", "# moved\n")
            .moving(&student("dee"), "students/2025/dee.toml"),
    ]
}

#[test]
fn honest_years_give_an_audit_hardly_anything_to_ask() {
    let begun = [(group("ann"), "{ date = 2025-01-13, minutes = 90,", "{ date = 2025-01-13, minutes = 50,")];
    let begun: Vec<(&str, &str, &str)> = begun.iter().map(|(path, from, to)| (path.as_str(), *from, *to)).collect();
    let repository = two_years(&begun, &ordinary(), Some("2026-01-16"));
    let found = audited(&repository);
    let told: String = found.iter().map(|one| format!("{} {} {}\n", one.day, one.name, one.says)).collect();
    assert!(found.is_empty(), "{} findings:\n{told}", found.len());
}
