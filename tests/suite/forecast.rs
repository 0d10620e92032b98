//! `gwp forecast`: its figures on the day, the day before and the day after.

mod reports;

use std::fmt::Write;
use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cases::{Files, base_files};
use crate::program::{Program, Ran};
use crate::scratch;

const STUDENT: &str = "students/robin-ashby.toml";
const GROUP: &str = "sessions/tuesday-group.toml";
const COURSE: &str = "courses/york-2025.toml";

/// The base case with some words replaced, on a disk.
struct Folder(TempDir);

impl Folder {
    fn base() -> Self {
        Self::with(&[])
    }

    /// Words replaced, by file: what stands there once, and what stands there instead.
    fn with(replaced: &[(&str, &str, &str)]) -> Self {
        let mut files = base_files();
        for (path, old, new) in replaced {
            let text = files.get_mut(*path).expect("there is such a file");
            assert_eq!(text.matches(old).count(), 1, "{path} has this once: {old}");
            *text = text.replace(old, new);
        }
        Self::of(&files)
    }

    fn of(files: &Files) -> Self {
        let folder = scratch::folder();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        }
        Self(folder)
    }

    fn run(&self, options: &str) -> Ran {
        Program::within(self.0.path()).run(&format!("forecast {options}"))
    }

    /// What is said of the student.
    fn forecast(&self, options: &str) -> Value {
        let ran = self.run(&format!("{options} --format json"));
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        ran.json()["students"][0].clone()
    }
}

/// The sentences, in one line.
fn said(forecast: &Value) -> String {
    let sentences = forecast["sentences"].as_array().expect("a list").iter();
    sentences.map(|sentence| sentence.as_str().expect("a sentence")).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_figures_of_the_base_case() {
    let halfway = Folder::base().forecast("--as-of 2026-03-11");
    assert_eq!(
        halfway["sessions"],
        json!({"counted": 21, "required": 30, "first": "2025-10-07", "last": "2026-03-10"})
    );
    assert_eq!(halfway["limit"], "2028-07-11");
    // From 7 October to 10 March there are 154 days, 16 of them at Christmas.
    assert_eq!(
        halfway["pace"],
        json!({"declared": "weekly", "used": "weekly", "held": {"days": 138, "steps": 20, "average": 6.9}})
    );
    let projected = |day: &str, slack: i64| json!({"projected": day, "slack_days": slack, "arrangement_ends": null, "sessions_by_then": null});
    assert_eq!(halfway["at_pace"], projected("2026-06-02", 770));
    // Nine sessions are 62.1 days: 63 of them, and 20 at Easter, after 10 March.
    assert_eq!(halfway["at_pace_held"], projected("2026-06-01", 771));
    assert_eq!(halfway["new_group"], json!([{"pace": "weekly", "sessions": 30, "last_day": "2027-12-21"}]));
    assert_eq!(
        said(&halfway),
        "21 of 30 sessions since 7 October 2025, the latest on 10 March 2026; the limit is 11 July 2028. Declared \
         weekly: the 30th session on 2 June 2026, 770 days before the limit. Held one every 6.9 days (138 days in 20 \
         steps, not counting breaks): the 30th session on 1 June 2026, 771 days before the limit. A new weekly group can \
         begin up to 21 December 2027 and hold its 30 sessions within the limit. Reports still to come: GWP Form 2 by \
         13 June 2026; WRG Form 2 by 13 June 2026; the final GWP Form 2 once the sessions are complete. At the \
         declared pace no LCC meeting can be named at which to recommend: none is listed on or after the end of the course on 11 July 2026."
    );
}

#[test]
fn who_is_complete_or_settled_is_not_forecast() {
    let base = Folder::base();
    assert!(base.forecast("--as-of 2026-06-01").is_object());
    assert!(base.forecast("--as-of 2026-06-02").is_null(), "the thirtieth session");
    let left = Folder::with(&[(STUDENT, "[form1]", "withdrawn = 2026-03-10\n[form1]")]);
    assert!(left.forecast("--as-of 2026-03-09").is_object());
    assert!(left.forecast("--as-of 2026-03-10").is_null());
    let nobody = left.run("--as-of 2026-03-10");
    assert!(nobody.status == 0 && nobody.out.contains("Nobody is to be forecast"), "{}", nobody.out);
}

#[test]
fn a_pace_is_told_from_three_sessions_on() {
    let base = Folder::base();
    let two = base.forecast("--as-of 2025-10-14");
    assert!(two["pace"]["held"].is_null() && two["at_pace_held"].is_null());
    assert!(said(&two).contains("Fewer than 3 counted sessions are too few"), "{}", said(&two));
    let three = base.forecast("--as-of 2025-10-21");
    assert_eq!(three["pace"]["held"], json!({"days": 14, "steps": 2, "average": 7.0}));
    // 27 sessions are 189 days, and 36 of breaks, after 21 October.
    assert_eq!(three["at_pace_held"]["projected"], "2026-06-03");
}

#[test]
fn sessions_of_one_day_tell_no_pace_and_count_in_a_new_group() {
    let mut files = base_files();
    let group = files[GROUP].clone();
    let (before, rest) = group.split_once("sessions = [\n").expect("it has sessions");
    let first = rest.lines().next().expect("a session");
    for name in ["tuesday-group", "second", "third"] {
        files.insert(format!("sessions/{name}.toml"), format!("{before}sessions = [\n{first}\n]\n"));
    }
    let student = files.get_mut(STUDENT).expect("the student is there");
    for group in ["second", "third"] {
        write!(student, "\n[[arrangement]]\ngroup = \"{group}\"\nsupervisor = \"kit-lowe\"\nfrom = 2025-10-06\n")
            .expect("a String can be written");
    }
    student.push_str("\n[[ruling]]\nrequirement = \"G5\"\nbody = \"LCC\"\ndate = 2025-11-29\noutcome = \"accepted\"\n");
    let folder = Folder::of(&files);
    let before = folder.forecast("--as-of 2025-11-28");
    assert_eq!((&before["sessions"]["counted"], &before["new_group"][0]["sessions"]), (&json!(1), &json!(30)));
    let together = folder.forecast("--as-of 2025-11-29");
    assert_eq!(together["sessions"]["counted"], 3);
    assert!(together["pace"]["held"].is_null() && together["at_pace_held"].is_null());
    assert!(said(&together).contains("of one day, so no pace can be told"), "{}", said(&together));
    // The three that count need not be held again: 26 weeks before 11 July 2028.
    assert_eq!(together["new_group"], json!([{"pace": "weekly", "sessions": 27, "last_day": "2028-01-11"}]));
    assert!(said(&together).contains("the 27 sessions still needed"), "{}", said(&together));
}

#[test]
fn an_arrangement_that_ends_before() {
    let until = |day: &str| {
        let until = format!("from = 2025-10-06\nuntil = {day}");
        Folder::with(&[(STUDENT, "from = 2025-10-06", &until)]).forecast("--as-of 2026-03-11")
    };
    assert_eq!(until("2026-06-02")["at_pace"]["projected"], "2026-06-02");
    let ends_first =
        json!({"projected": null, "slack_days": null, "arrangement_ends": "2026-06-01", "sessions_by_then": 29});
    let before = until("2026-06-01");
    assert_eq!(before["at_pace"], ends_first);
    assert_eq!(before["at_pace_held"]["projected"], "2026-06-01");
    assert_eq!((&before["lcc_meeting"], &before["no_lcc_meeting"]), (&Value::Null, &json!("not-projected")));
    let said = said(&before);
    assert!(
        said.contains("the arrangement ends before the 30th session, on 1 June 2026, with 29 of 30 by then"),
        "{said}"
    );
    assert_eq!(until("2026-05-26")["at_pace"]["sessions_by_then"], 29);
    assert_eq!(until("2026-05-25")["at_pace"]["sessions_by_then"], 28);
    // Of what would be held by then, some is lost.
    let until = Folder::with(&[(STUDENT, "from = 2025-10-06", "from = 2025-10-06\nuntil = 2026-05-25")]);
    assert_eq!(until.forecast("--as-of 2026-03-11 --lose 3")["at_pace"]["sessions_by_then"], 25);
    assert_eq!(until.forecast("--as-of 2026-03-11 --lose 900")["at_pace"]["sessions_by_then"], 21);
}

#[test]
fn without_a_running_group_the_last_day_to_begin_is_said() {
    let ended = Folder::with(&[(STUDENT, "from = 2025-10-06", "from = 2025-10-06\nuntil = 2026-03-10")]);
    assert_eq!(ended.forecast("--as-of 2026-03-10")["running"], true);
    let forecast = ended.forecast("--as-of 2026-03-11");
    assert_eq!((&forecast["running"], &forecast["at_pace"]), (&json!(false), &Value::Null));
    assert!(said(&forecast).contains("\" ended on 10 March 2026."), "{}", said(&forecast));
    // 29 weeks before 11 July 2028.
    assert_eq!(forecast["new_group"][0]["last_day"], "2027-12-21");
    let on_the_day = said(&ended.forecast("--as-of 2027-12-21"));
    assert!(on_the_day.contains("can begin up to 21 December 2027"), "{on_the_day}");
    let after = said(&ended.forecast("--as-of 2027-12-22"));
    assert!(after.contains("had to begin by 21 December 2027"), "{after}");
    let table = ended.run("--as-of 2026-03-11").out;
    assert!(table.contains("Without a running group") && !table.contains("With a running group"), "{table}");
    let to_begin = said(&Folder::base().forecast("--as-of 2025-10-05"));
    assert!(to_begin.contains("an arrangement begins on 6 October 2025"), "{to_begin}");
    assert_eq!(Folder::base().forecast("--as-of 2025-10-06")["running"], true);
    // Nothing arranged, so no pace is known: both are said.
    let nothing = Folder::base().forecast("--as-of 2025-09-19");
    assert_eq!(
        nothing["new_group"],
        json!([
            {"pace": "weekly", "sessions": 30, "last_day": "2027-12-21"},
            {"pace": "fortnightly", "sessions": 30, "last_day": "2027-06-01"},
        ])
    );
    assert!(said(&nothing).contains("none is arranged"), "{}", said(&nothing));
}

#[test]
fn leave_and_breaks_make_a_new_group_begin_earlier() {
    let last_day = |options: &str, leave: &str| {
        let leave = format!("leave = [{leave}]\n[form1]");
        let folder = Folder::with(&[(STUDENT, "[form1]", &leave)]);
        folder.forecast(&format!("--as-of 2026-03-11 {options}"))["new_group"][0]["last_day"].clone()
    };
    assert_eq!(last_day("", ""), "2027-12-21");
    // The last Tuesday is lost, and the Monday before it is a day later than the Tuesday of a week more.
    assert_eq!(last_day("--breaks 2028-07-11..2028-07-11", ""), "2027-12-20");
    assert_eq!(last_day("", "{ from = 2028-07-11, until = 2028-07-11 }"), "2027-12-20");
    assert_eq!(last_day("--breaks 2028-07-05..2028-07-11", ""), "2027-12-14");
    assert_eq!(last_day("--breaks 2028-07-12..2028-07-31", ""), "2027-12-21");
    // A group does not begin in a break.
    assert_eq!(last_day("--breaks 2027-12-21..2027-12-21", ""), "2027-12-20");
    assert_eq!(last_day("--lose 1", ""), "2027-12-14");
    // The breaks of the group that is running are its own.
    let group = Folder::with(&[(GROUP, "breaks = [\n", "breaks = [\n  { from = 2028-07-05, until = 2028-07-11 },\n")]);
    assert_eq!(group.forecast("--as-of 2026-03-11")["new_group"][0]["last_day"], "2027-12-21");
}

#[test]
fn a_what_if_changes_what_is_to_come_and_nothing_that_was() {
    let base = Folder::base();
    let forecast = |options: &str| base.forecast(&format!("--as-of 2026-03-11 {options}"));
    let plain = forecast("");
    let projected = |options: &str| forecast(options)["at_pace"]["projected"].clone();
    assert_eq!(projected("--lose 1"), "2026-06-09");
    assert_eq!(projected("--breaks 2026-06-02..2026-06-02"), "2026-06-09");
    assert_eq!(projected("--breaks 2026-06-03..2026-06-30"), "2026-06-02");
    assert_eq!(projected("--breaks 2026-05-26..2026-06-02 --breaks 2026-06-09..2026-06-09"), "2026-06-23");
    // 24 March, then after Easter every other Tuesday from 21 April.
    assert_eq!(projected("--pace fortnightly"), "2026-07-28");
    assert_eq!(projected("--pace weekly"), "2026-06-02");
    let supposed = forecast("--pace fortnightly --lose 2 --breaks 2025-11-01..2026-03-10");
    assert_eq!(supposed["pace"]["held"], plain["pace"]["held"]);
    assert_eq!(supposed["pace"]["declared"], "weekly");
    assert_eq!(supposed["pace"]["used"], "fortnightly");
    assert_eq!(supposed["sessions"], plain["sessions"]);
    assert!(said(&supposed).contains("If fortnightly (declared: weekly): "), "{}", said(&supposed));
    // A rhythm that the requirements do not know.
    let monthly = Folder::with(&[(GROUP, "frequency = \"weekly\"", "frequency = \"monthly\"")]);
    let none = monthly.forecast("--as-of 2026-03-11");
    assert!(none["pace"]["declared"].is_null() && none["at_pace"].is_null());
    assert_eq!(none["at_pace_held"], plain["at_pace_held"]);
    assert_eq!(none["new_group"].as_array().map(Vec::len), Some(2));
    assert_eq!(monthly.forecast("--as-of 2026-03-11 --pace weekly")["at_pace"], plain["at_pace"]);
}

#[test]
fn slack_is_counted_to_the_limit() {
    let limit = |day: &str| {
        let extension = format!(
            "[form1]\nsubmitted = 2025-10-20\n[extension]\nuntil = {day}\nagreed_by = \"LCC\"\nagreed = 2026-03-01\n"
        );
        Folder::with(&[(STUDENT, "[form1]\nsubmitted = 2025-10-20\n", &extension)]).forecast("--as-of 2026-03-11")
    };
    for (day, slack, words) in [
        ("2026-06-03", 1, "1 day before the limit"),
        ("2026-06-02", 0, "on the last day of the limit"),
        ("2026-06-01", -1, "1 day after the limit"),
    ] {
        let forecast = limit(day);
        assert_eq!(forecast["at_pace"]["slack_days"], slack);
        assert!(said(&forecast).contains(&format!("the 30th session on 2 June 2026, {words}")), "{}", said(&forecast));
        let reason = if slack < 0 { "after-limit" } else { "none-listed" };
        assert_eq!(forecast["no_lcc_meeting"], reason);
    }
}

#[test]
fn the_earliest_meeting_is_after_the_sessions_and_the_course() {
    let meeting = |day: &str, replaced: &[(&str, &str, &str)]| {
        let listed = format!("scheme = \"iga-2022-23\"\nlcc_meetings = [{day}]");
        let mut replaced = replaced.to_vec();
        replaced.push(("gwp.toml", "scheme = \"iga-2022-23\"", &listed));
        Folder::with(&replaced).forecast("--as-of 2026-03-11")["lcc_meeting"].clone()
    };
    // The course ends on 11 July, after the thirtieth session.
    assert_eq!(meeting("2026-07-10", &[]), Value::Null);
    assert_eq!(meeting("2026-07-11", &[]), "2026-07-11");
    assert_eq!(meeting("2026-09-12, 2026-07-12", &[]), "2026-07-12");
    // Who has the Diploma already waits for the session of 2 June only.
    let diploma = |day| (STUDENT, "completed = 2026-07-11", day);
    assert_eq!(meeting("2026-06-01", &[diploma("completed = 2026-03-11")]), "2026-07-04");
    assert_eq!(meeting("2026-06-02", &[diploma("completed = 2026-03-11")]), "2026-06-02");
    assert_eq!(meeting("2026-06-02", &[diploma("completed = 2026-03-12")]), Value::Null);
}

#[test]
fn a_silent_group_is_said_to_be_silent() {
    const CANCELLED: &str = "2026-03-10, cancelled = 'conductor ill'";
    let silence = |folder: &Folder, options: &str| {
        let forecast = folder.forecast(options);
        let sentences = forecast["sentences"].as_array().expect("a list").clone();
        sentences.iter().filter_map(Value::as_str).find(|one| one.contains("[G3]")).map(str::to_owned)
    };
    let missed = |more: &[(&str, &str, &str)]| {
        let mut replaced = vec![(GROUP, "2026-03-10, minutes = 90, present = 7", CANCELLED)];
        replaced.push((GROUP, "2026-03-17, minutes = 90, present = 7", "2026-03-17, cancelled = 'conductor ill'"));
        replaced.extend(more);
        Folder::with(&replaced)
    };
    let folder = missed(&[]);
    assert_eq!(silence(&folder, "--as-of 2026-03-17"), None);
    let fifteen = "There was no session since 3 March 2026: 15 days, not counting breaks; 14 are allowed [G3].";
    assert_eq!(silence(&folder, "--as-of 2026-03-18").as_deref(), Some(fifteen));
    assert_eq!(silence(&folder, "--as-of 2026-03-18 --pace fortnightly").as_deref(), Some(fifteen));
    assert_eq!(silence(&folder, "--as-of 2026-03-24"), None, "it has met again");
    // The finding says it in the same words.
    let check = Program::within(folder.0.path()).run("check --as-of 2026-03-18 --format json").out;
    assert!(check.contains("no session since 3 March 2026: 15 days, not counting breaks; 14 are allowed"), "{check}");
    let fortnightly = missed(&[
        (GROUP, "frequency = \"weekly\"", "frequency = \"fortnightly\""),
        (GROUP, "2026-03-24, minutes = 90, present = 7", "2026-03-24, cancelled = 'conductor ill'"),
    ]);
    assert_eq!(silence(&fortnightly, "--as-of 2026-03-24"), None);
    assert!(silence(&fortnightly, "--as-of 2026-03-25").is_some_and(|one| one.contains(": 22 days")));
    // No group that is running, no silence; and what else is an action is none.
    let ended = missed(&[(STUDENT, "from = 2025-10-06", "from = 2025-10-06\nuntil = 2026-03-17")]);
    assert_eq!(silence(&ended, "--as-of 2026-03-18"), None);
    let monthly = missed(&[(GROUP, "frequency = \"weekly\"", "frequency = \"monthly\"")]);
    assert_eq!(silence(&monthly, "--as-of 2026-03-18"), None);
    let refused = "[form1]\nsubmitted = 2025-10-20\n[[ruling]]\nrequirement = \"G3\"\nbody = \"LCC\"\n\
        date = 2026-03-24\noutcome = \"refused\"\n";
    let refused = missed(&[(STUDENT, "[form1]\nsubmitted = 2025-10-20\n", refused)]);
    assert_eq!(silence(&refused, "--as-of 2026-03-25"), None);
}

/// A group that keeps to its weeks but for one: of what is missing, the last would be on 9 June at the declared pace,
/// and on 11 June at the pace held. From 7 October to 10 March there are 138 days outside breaks, in 19 steps; ten of
/// them are 72.6 days, so 73 of them, and 20 at Easter, after 10 March.
fn slower(more: &[(&str, &str, &str)]) -> Folder {
    let mut replaced = vec![(GROUP, "2026-02-24, minutes = 90, present = 7", "2026-02-24, cancelled = 'flood'")];
    replaced.extend(more);
    Folder::with(&replaced)
}

#[test]
fn the_meeting_goes_by_the_pace_reckoned_with_and_the_other_is_said_too() {
    const AS_OF: &str = "--as-of 2026-03-11";
    let folder = |days: &str, more: &[(&str, &str, &str)]| {
        let listed = format!("lcc_meetings = [2025-11-29, {days}]");
        let mut replaced = vec![
            (COURSE, "lcc_meetings = [2025-11-29, 2026-02-21, 2026-07-04]", listed.as_str()),
            (STUDENT, "completed = 2026-07-11", "completed = 2026-03-11"),
        ];
        replaced.extend(more);
        slower(&replaced)
    };
    let check = |folder: &Folder, options: &str, meetings: [&str; 2], sentence: &str| {
        let forecast = folder.forecast(&format!("{AS_OF} {options}"));
        let day = |key: &str| forecast[key].as_str().unwrap_or("none").to_owned();
        assert_eq!([day("lcc_meeting"), day("lcc_meeting_at_pace_held")], meetings);
        assert!(said(&forecast).ends_with(sentence), "{}", said(&forecast));
        let row = &folder.run(&format!("{AS_OF} {options} --format csv")).rows()[0];
        for key in ["lcc_meeting", "lcc_meeting_at_pace_held"] {
            assert_eq!(row.cell(key), forecast[key].as_str().unwrap_or_default());
        }
    };
    let on_10_june = "the LCC can be asked to recommend on 10 June 2026, its first meeting on or after the 30th session \
        on 9 June 2026";
    let both = folder("2026-06-11", &[]);
    let recommend = "At the declared pace the LCC can be asked to recommend on 11 June 2026, its first meeting on or \
        after the 30th session on 9 June 2026.";
    check(&both, "", ["2026-06-11", "2026-06-11"], recommend);
    let later = folder("2026-06-10, 2026-06-11", &[]);
    let said = format!("At the declared pace {on_10_june}; at the pace held: 11 June 2026.");
    check(&later, "", ["2026-06-10", "2026-06-11"], &said);
    check(&later, "--pace weekly", ["2026-06-10", "2026-06-11"], &said.replace("declared", "supposed"));
    let said = format!("At the declared pace {on_10_june}; at the pace held: none, as none is listed from then on.");
    check(&folder("2026-06-10", &[]), "", ["2026-06-10", "none"], &said);
    let ends = folder("2026-06-10", &[(STUDENT, "from = 2025-10-06", "from = 2025-10-06\nuntil = 2026-06-10")]);
    let said = format!(
        "At the declared pace {on_10_june}; at the pace held: none, as no day can be projected for the last session."
    );
    check(&ends, "", ["2026-06-10", "none"], &said);
    let limit = "[form1]\nsubmitted = 2025-10-20\n[extension]\nuntil = 2026-06-10\nagreed_by = \"LCC\"\n\
        agreed = 2026-03-01\n";
    let limit = folder("2026-06-10, 2026-06-11", &[(STUDENT, "[form1]\nsubmitted = 2025-10-20\n", limit)]);
    let said = format!(
        "At the declared pace {on_10_june}; at the pace held: none, as the last session would be after the limit."
    );
    check(&limit, "", ["2026-06-10", "none"], &said);
    // An earlier one is not to be relied upon, and of what is the same nothing is said twice.
    let every_other_week = "At the supposed pace no LCC meeting can be named at which to recommend: none is listed on or \
        after the 30th session on 11 August 2026";
    check(
        &later,
        "--pace fortnightly",
        ["none", "2026-06-11"],
        &format!("{every_other_week}; at the pace held: 11 June 2026."),
    );
    let earlier = folder("2026-06-11, 2026-08-11", &[]);
    let said = "At the supposed pace the LCC can be asked to recommend on 11 August 2026, its first meeting on or after \
        the 30th session on 11 August 2026.";
    check(&earlier, "--pace fortnightly", ["2026-08-11", "2026-06-11"], said);
    let none = "At the declared pace no LCC meeting can be named at which to recommend: none is listed on or after the \
        30th session on 9 June 2026.";
    check(&folder("2026-06-08", &[]), "", ["none", "none"], none);
    // No pace is declared, or none can be told.
    let monthly = folder("2026-06-11", &[(GROUP, "frequency = \"weekly\"", "frequency = \"monthly\"")]);
    let said = "No LCC meeting can be named at which to recommend: no day can be projected for the last session; at the \
        pace held: 11 June 2026.";
    check(&monthly, "", ["none", "2026-06-11"], said);
    let too_few = Folder::base().forecast("--as-of 2025-10-14");
    assert!(too_few["lcc_meeting_at_pace_held"].is_null());
    assert!(self::said(&too_few).ends_with("on or after the end of the course on 11 July 2026."));
}

/// The names in the order of the table.
fn in_order(folder: &Folder, names: &[&str]) -> Vec<String> {
    let table = folder.run("--as-of 2026-03-11").out;
    let place = |name: &str| table.find(&format!("\n{name} ")).expect("a row");
    let mut names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
    names.sort_by_key(|name| place(name));
    names
}

#[test]
fn no_day_at_one_of_the_paces_comes_before_little_time() {
    // Two more students alike, each with a group of one's own.
    let until = |robin: &str| {
        let until = format!("from = 2025-10-06\nuntil = {robin}");
        let mut files = base_files();
        let of_robin = slower(&[]);
        for (id, name) in [("adam-bell", "Adam Bell"), ("zoe-ward", "Zoe Ward")] {
            let own =
                |text: &str| text.replace("robin-ashby", id).replace("Robin Ashby", name).replace("tuesday-group", id);
            let student = own(&files[STUDENT]);
            files.insert(format!("students/{id}.toml"), student);
            let log = fs::read_to_string(of_robin.0.path().join(GROUP)).expect("the log is there");
            files.insert(format!("sessions/{id}.toml"), own(&log));
        }
        let log = fs::read_to_string(of_robin.0.path().join(GROUP)).expect("the log is there");
        files.insert(GROUP.to_owned(), log);
        let student = files[STUDENT].replace("from = 2025-10-06", &until);
        files.insert(STUDENT.to_owned(), student);
        let folder = Folder::of(&files);
        in_order(&folder, &["Robin Ashby", "Adam Bell", "Zoe Ward"])
    };
    let by_id = ["Adam Bell", "Robin Ashby", "Zoe Ward"];
    let robin_first = ["Robin Ashby", "Adam Bell", "Zoe Ward"];
    // At the declared pace 9 June, at the pace held 11 June.
    assert_eq!(until("2026-06-11"), by_id);
    assert_eq!(until("2026-06-10"), robin_first, "at the pace held the arrangement ends first");
    assert_eq!(until("2026-06-08"), robin_first, "at both");
}

/// As many breaks as a log can have, more sessions than anybody holds, leave without end.
fn far_out(more: &[(&str, &str, &str)]) -> Folder {
    let mut breaks = String::from("breaks = [\n");
    for year in 2100..3098 {
        writeln!(breaks, "  {{ from = {year}-01-02, until = {year}-12-30 }},").expect("a String can be written");
    }
    let required = "[[variation]]\nparameter = \"sessions_required\"\nvalue = 10000\nagreed_by = \"LCC\"\n\
        agreed = 2025-01-01\n";
    let mut replaced = vec![
        (GROUP, "breaks = [\n", breaks.as_str()),
        (STUDENT, "[form1]", "leave = [{ from = 2027-01-01, until = 9999-12-31 }]\n[form1]"),
        ("gwp.toml", "scheme = \"iga-2022-23\"", required),
    ];
    replaced.extend(more);
    Folder::with(&replaced)
}

#[test]
fn nothing_is_beyond_its_bounds() {
    let folder = far_out(&[]);
    let options = ["", "--lose 1000", "--pace fortnightly", "--breaks 0001-01-01..9999-12-31"];
    for as_of in ["0001-01-01", "2025-10-06", "2026-03-11", "2028-07-11", "9999-12-31"] {
        for option in options {
            for format in ["json", "table", "csv", "markdown"] {
                let ran = folder.run(&format!("--as-of {as_of} {option} --format {format}"));
                assert!(ran.status == 0 && ran.err.is_empty(), "{as_of} {option}: {}", ran.err);
            }
        }
    }
    // Ten thousand weeks back from the last day without leave.
    assert_eq!(folder.forecast("--as-of 2026-03-11")["new_group"][0]["last_day"], "1835-05-14");
    let never = folder.forecast("--as-of 2026-03-11 --breaks 0001-01-01..9999-12-31");
    assert!(never["at_pace"]["projected"].is_null() && never["new_group"][0]["last_day"].is_null());
    assert!(said(&never).contains("comes on no day that the calendar has"), "{}", said(&never));
    assert!(said(&never).contains("No new weekly group can hold its 10000 sessions"), "{}", said(&never));
}

#[test]
fn a_limit_at_the_end_of_the_calendar() {
    let folder = far_out(&[(COURSE, "ends = 2026-07-11\nlcc", "ends = 9999-12-30\nlcc")]);
    let forecast = folder.forecast("--as-of 2026-03-11");
    assert_eq!(forecast["limit"], "9999-12-31");
    assert!(forecast["at_pace"]["projected"].is_null() && forecast["at_pace_held"]["projected"].is_null());
    let ran = folder.run("--as-of 9999-12-31");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
}
