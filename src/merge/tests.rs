use super::*;

const LOG: &str = "# Tuesdays.\nkind = \"group\"\ntitle = \"Managing stress\"\norganisation = \"Trust\"\nsetting = \"health\"\naim = \"therapeutic\"\n\
    frequency = \"weekly\"\nconductors = [\"robin-ashby\"]\nsessions = [\n  # the first\n  { date = 2026-11-04, minutes = 90, present = 7 },\n  \
    { date = 2026-11-11, minutes = 90, present = 6 },   # snow\n  { date = 2026-11-18, minutes = 90, planned = true },\n  \
    { date = 2026-11-25, minutes = 90, planned = true },\n]\n";

const STUDENT: &str = "name = \"Robin Ashby\"\ncourse = \"york\"\n\n[[report]]\nform = \"GWP2\"\ndue = 2026-01-31\n\
    received = 2026-01-29\nby = \"kit-lowe\"   # on paper\n";

fn of(kind: RecordKind, base: &str, ours: &str, theirs: &str) -> Merged {
    merge(kind, Notation::Toml, base, ours, theirs).unwrap_or_else(|why| panic!("{why:?}\n{ours}\n{theirs}"))
}

/// What both came to say, without a conflict.
#[track_caller]
fn clean(base: &str, ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> String {
    let kind = kind_of_texts(Notation::Toml, &[base]).unwrap();
    let edited = |edits: &[(&str, &str)]| {
        edits.iter().fold(base.to_owned(), |text, (was, is)| {
            assert!(text.contains(was), "{was}");
            text.replacen(was, is, 1)
        })
    };
    let merged = of(kind, base, &edited(ours), &edited(theirs));
    assert_eq!(merged.conflicts, Vec::<String>::new(), "{}", merged.text);
    merged.text
}

#[test]
fn two_plans_of_which_one_is_cancelled_and_one_held() {
    let made = clean(
        LOG,
        &[("{ date = 2026-11-18, minutes = 90, planned = true }", "{ date = 2026-11-18, cancelled = \"ill\" }")],
        &[("{ date = 2026-11-25, minutes = 90, planned = true }", "{ date = 2026-11-25, minutes = 90, present = 5 }")],
    );
    let end = "  { date = 2026-11-18, cancelled = \"ill\" },\n  { date = 2026-11-25, minutes = 90, present = 5 },\n]\n";
    assert!(made.ends_with(end) && made.contains("# snow") && !made.contains("planned"), "{made}");
}

#[test]
fn a_day_that_was_corrected_stays_so_beside_a_further_session() {
    for turned in [false, true] {
        let corrected: &[_] = &[("2026-11-04", "2026-11-05")];
        let further: &[_] =
            &[("  { date = 2026-11-18", "  { date = 2026-11-12, minutes = 60 },\n  { date = 2026-11-18")];
        let (ours, theirs) = if turned { (further, corrected) } else { (corrected, further) };
        let made = clean(LOG, ours, theirs);
        assert!(!made.contains("2026-11-04"), "{made}");
        let days: Vec<_> = made.lines().filter_map(|line| line.trim().strip_prefix("{ date = ")?.get(..10)).collect();
        assert_eq!(days, ["2026-11-05", "2026-11-11", "2026-11-12", "2026-11-18", "2026-11-25"]);
    }
}

#[test]
fn entries_of_both_come_together_where_both_stand_last() {
    let last = "  { date = 2026-11-25, minutes = 90, planned = true },\n";
    let with = |day: &str| format!("{last}  {{ date = {day}, minutes = 90, planned = true }},\n");
    let made = clean(LOG, &[(last, &with("2026-12-09"))], &[(last, &with("2026-12-02"))]);
    assert!(
        made.ends_with(
            "2026-12-02, minutes = 90, planned = true },\n  { date = 2026-12-09, minutes = 90, planned = true },\n]\n"
        ),
        "{made}"
    );
    // The same by both is one, and one that says more is that one.
    let held = "  { date = 2026-12-02, minutes = 90 },\n";
    let more = "  { date = 2026-12-02, minutes = 90, present = 4 },\n";
    let made = clean(LOG, &[(last, &format!("{last}{held}"))], &[(last, &format!("{last}{more}"))]);
    assert!(made.ends_with(&format!("{last}{more}]\n")), "{made}");
}

#[test]
fn keys_of_one_entry_by_both() {
    let made = clean(
        STUDENT,
        &[("received = 2026-01-29", "received = 2026-01-30")],
        &[("by = \"kit-lowe\"", "concerns = \"Late.\"\nby = \"kit-lowe\"")],
    );
    assert!(made.contains("received = 2026-01-30\n") && made.contains("concerns = \"Late.\"\n"), "{made}");
    assert!(made.contains("by = \"kit-lowe\"   # on paper"), "{made}");
}

#[test]
fn a_conflict_stands_around_its_entry_alone() {
    let ours = LOG
        .replace("minutes = 90, present = 7", "minutes = 90, present = 8")
        .replace("Managing stress", "Managing stress at work");
    let theirs = LOG
        .replace("minutes = 90, present = 7", "minutes = 90, present = 9")
        .replace("{ date = 2026-11-25, minutes = 90, planned = true }", "{ date = 2026-11-25, minutes = 60 }");
    let merged = of(RecordKind::Session, LOG, &ours, &theirs);
    assert_eq!(merged.conflicts, ["sessions[0].present: one says 8, the other 9"]);
    let around = "  # the first\n<<<<<<< ours\n  { date = 2026-11-04, minutes = 90, present = 8 },\n=======\n  \
        { date = 2026-11-04, minutes = 90, present = 9 },\n>>>>>>> theirs\n  { date = 2026-11-11";
    assert!(merged.text.contains(around), "{}", merged.text);
    assert!(merged.text.contains("Managing stress at work") && merged.text.contains("2026-11-25, minutes = 60"));
}

#[test]
fn struck_by_one_and_changed_by_the_other_is_a_conflict() {
    let line = "  { date = 2026-11-11, minutes = 90, present = 6 },   # snow\n";
    let (struck, changed) = (LOG.replace(line, ""), LOG.replace("present = 6", "present = 5"));
    for (ours, theirs) in [(&struck, &changed), (&changed, &struck)] {
        let merged = of(RecordKind::Session, LOG, ours, theirs);
        assert_eq!(merged.conflicts.len(), 1, "{}", merged.text);
        let (_, marked) = merged.text.split_once("<<<<<<< ours\n").unwrap();
        let (marked, _) = marked.split_once(">>>>>>> theirs\n").unwrap();
        assert_eq!(marked.matches("present = 5").count(), 1, "{}", merged.text);
        assert!(marked.starts_with("=======\n") || marked.ends_with("=======\n"), "{marked}");
    }
}

#[test]
fn the_last_entry_struck_by_one_and_changed_by_the_other_is_a_conflict() {
    let (begins, _) = STUDENT.split_once("\n[[report]]").unwrap();
    let changed = STUDENT.replace("received = 2026-01-29", "received = 2026-01-30");
    for (ours, theirs) in [(begins, changed.as_str()), (&changed, begins)] {
        let merged = of(RecordKind::Student, STUDENT, ours, theirs);
        assert_eq!(merged.conflicts.len(), 1, "{}", merged.text);
        let (before, marked) = merged.text.split_once("<<<<<<< ours\n").unwrap();
        assert!(marked.contains("received = 2026-01-30") && before.contains("course"), "{}", merged.text);
    }
}

#[test]
fn held_by_one_and_cancelled_by_the_other_is_a_conflict() {
    let plan = "{ date = 2026-11-18, minutes = 90, planned = true }";
    let held = LOG.replace(plan, "{ date = 2026-11-18, minutes = 90, present = 4 }");
    let cancelled = LOG.replace(plan, "{ date = 2026-11-18, cancelled = \"ill\" }");
    let merged = of(RecordKind::Session, LOG, &held, &cancelled);
    assert_eq!(merged.conflicts.len(), 1);
    assert_eq!(merged.text.matches("2026-11-18").count(), 2, "{}", merged.text);
}

#[test]
fn two_conflicts_on_one_line_are_one() {
    let base = "name: Robin Ashby\ncourse: york\nreport:\n  - { form: GWP2, due: 2026-01-31, received: 2026-01-29, by: kit-lowe }\n";
    let ours = base.replace("2026-01-29", "2026-01-28").replace("kit-lowe }", "kit-lowe, concerns: One }");
    let theirs = base.replace("2026-01-29", "2026-01-30").replace("kit-lowe }", "kit-lowe, concerns: Other }");
    let merged = merge(RecordKind::Student, Notation::Yaml, base, &ours, &theirs).unwrap();
    assert_eq!(merged.conflicts.len(), 2);
    assert_eq!(merged.text.matches("<<<<<<< ours").count(), 1, "{}", merged.text);
}

#[test]
fn comments_of_both_stay_where_lines_tell_and_are_named_where_not() {
    let made = clean(
        LOG,
        &[("# Tuesdays.", "# Tuesdays, at nine.")],
        &[("planned = true },\n]", "planned = true },   # half term?\n]")],
    );
    assert!(made.contains("at nine") && made.contains("# half term?"), "{made}");
    let last = "  { date = 2026-11-25, minutes = 90, planned = true },\n";
    let (ours, theirs) = (
        LOG.replace(last, &format!("{last}  {{ date = 2026-12-02, minutes = 90, planned = true }},\n")),
        LOG.replace(last, &format!("{last}  {{ date = 2026-12-09, minutes = 90, planned = true }},   # maybe\n")),
    );
    assert_eq!(of(RecordKind::Session, LOG, &ours, &theirs).comments_lost, ["# maybe"]);
    // Ours stands beside an entry that theirs struck out, or moved.
    let ours = LOG.replace(last, &last.replace(",\n", ",   # ask Tariq\n"));
    for theirs in [LOG.replace(last, ""), LOG.replace("2026-11-25, minutes = 90", "2026-11-26, minutes = 90")] {
        let merged = of(RecordKind::Session, LOG, &ours, &theirs);
        let is_there = merged.text.contains("# ask Tariq");
        assert!(is_there || merged.comments_lost == ["# ask Tariq"], "{merged:?}");
    }
}

#[test]
fn what_is_no_sound_record_is_not_guessed_at() {
    let broken = LOG.replace("kind = \"group\"", "kind = group");
    assert_eq!(merge(RecordKind::Session, Notation::Toml, LOG, &broken, LOG), Err(NotMerged::Unsound));
    assert_eq!(both("a = 1\n", "a = 2"), "<<<<<<< ours\na = 1\n=======\na = 2\n>>>>>>> theirs\n");
    assert_eq!(by_line("a\nb\nc\n", "x\nb\nc\n", "a\nb\ny\n").as_deref(), Some("x\nb\ny\n"));
    assert_eq!(by_line("a\n", "b\n", "c\n"), None);
}

#[test]
fn a_record_that_both_began() {
    let (ours, theirs) = ("name = \"Kim\"\nemail = \"kim@example.org\"\n", "name = \"Kim\"\ngroup_analyst = true\n");
    let merged = of(RecordKind::Supervisor, "", ours, theirs);
    assert_eq!(merged.conflicts, Vec::<String>::new());
    assert!(merged.text.contains("kim@example.org") && merged.text.contains("group_analyst = true"), "{}", merged.text);
}
