//! Events go into records that are laid out otherwise than in the examples: the record reads as before with the event
//! besides, and every comment stays.

use gwp::amend::{ArrangementDetail, Event, amend};
use gwp::calendar::Day;
use gwp::records::{
    ClinicalResponsibility, Competencies, Form, LineManager, MedicalCover, Rating, Report, Session, SessionLog,
    Student, read,
};
use gwp::text::{Notation, Text};
use proptest::prelude::*;
use proptest::sample::select;

const TOML_GROUP: &str = "kind = \"group\"\ntitle = \"T\"\norganisation = \"O\"\nsetting = \"health\"\naim = \"other\"\n\
    frequency = \"weekly\"\nconductors = []\n";
const YAML_GROUP: &str =
    "kind: group\ntitle: T\norganisation: O\nsetting: health\naim: other\nfrequency: weekly\nconductors: []\n";
const TOML_STUDENT: &str = "name = \"R\"\ncourse = \"c\"\n";
const YAML_STUDENT: &str = "name: R\ncourse: c\n";

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn session(date: &str) -> Session {
    Session { date: day(date), minutes: Some(90), present: Some(7), ..Session::default() }
}

fn held(date: &str) -> Event {
    Event::Session(session(date))
}

fn report(competencies: Competencies) -> Report {
    let (due, received, by) = (Some(day("2026-01-31")), day("2026-01-29"), Some(Text::new("k")));
    let (document, notes, concerns) = (None, None, None);
    Report { form: Form::Gwp2, due, received, by, not_started: false, concerns, competencies, document, notes }
}

/// A text with an event in it, with either line break.
#[track_caller]
fn entered(notation: Notation, before: &str, event: &Event) -> String {
    let amended = amend(notation, before, event).unwrap_or_else(|refusal| panic!("{refusal:?}\n{before}")).text;
    let windows = |text: &str| text.replace('\n', "\r\n");
    assert_eq!(amend(notation, &windows(before), event).map(|amended| amended.text), Ok(windows(&amended)));
    amended
}

#[track_caller]
fn student(notation: Notation, text: &str) -> Student {
    let reading = read::<Student>(notation, text);
    assert_eq!(reading.problems, [], "{text}");
    reading.record.expect("a sound record")
}

fn sessions(notation: Notation, text: &str) -> Vec<Session> {
    let reading = read::<SessionLog>(notation, text);
    assert_eq!(reading.problems, [], "{text}");
    let Some(SessionLog::Group(log)) = reading.record else { panic!("a sound log of a group") };
    log.sessions
}

/// Asserts that a log reads as before with the session besides, and has all its comments.
#[track_caller]
fn assert_said(notation: Notation, before: &str, new: &Session, after: &str) {
    let mut wanted = sessions(notation, before);
    wanted.retain(|one| one.date != new.date);
    wanted.push(new.clone());
    wanted.sort_by_key(|one| one.date);
    assert_eq!(format!("{:?}", sessions(notation, after)), format!("{wanted:?}"), "{before}\n{after}");
    assert_eq!(comments(before), comments(after), "{before}\n{after}");
}

fn comments(text: &str) -> Vec<&str> {
    let mut comments: Vec<_> = text.lines().filter_map(|line| Some(line.split_once('#')?.1)).collect();
    comments.sort_unstable();
    comments
}

/// Asserts that a log comes to say this.
#[track_caller]
fn assert_logged(notation: Notation, before: &str, event: &Event, after: &str) {
    let head = if notation == Notation::Toml { TOML_GROUP } else { YAML_GROUP };
    let before = format!("{head}{before}");
    let made = entered(notation, &before, event);
    assert_eq!(made, format!("{head}{after}"));
    let Event::Session(new) = event else { panic!("a session") };
    assert_said(notation, &before, new, &made);
}

/// Asserts that a student's record comes to say this, and reads as before with what the event `adds`.
#[track_caller]
fn assert_recorded(notation: Notation, before: &str, event: &Event, after: &str, adds: impl Fn(&mut Student)) {
    let head = if notation == Notation::Toml { TOML_STUDENT } else { YAML_STUDENT };
    let before = format!("{head}{before}");
    let made = entered(notation, &before, event);
    assert_eq!(made, format!("{head}{after}"));
    let mut wanted = student(notation, &before);
    adds(&mut wanted);
    assert_eq!(format!("{:?}", student(notation, &made)), format!("{wanted:?}"));
}

#[test]
fn a_comment_within_what_was_planned_stays_above_it() {
    let planned = "sessions = [\n  { date = 2025-10-07, # half of them late\n    minutes = 90, planned = true }, # on a Tuesday\n]\n";
    let cancelled =
        Session { minutes: None, present: None, cancelled: Some(Text::new("ill")), ..session("2025-10-07") };
    // A table in braces over several lines is not TOML 1.0, and gwp fmt mends it before anything is recorded in it.
    let refused = amend(Notation::Toml, &format!("{TOML_GROUP}{planned}"), &Event::Session(cancelled));
    assert!(refused.is_err(), "{refused:?}");
    assert_logged(
        Notation::Yaml,
        "sessions:\n  - { date: 2025-10-07, # late\n      minutes: 90 } # x\n",
        &held("2025-10-07"),
        "sessions:\n  # late\n  - { date: 2025-10-07, minutes: 90, present: 7 } # x\n",
    );
    assert_logged(
        Notation::Yaml,
        "sessions: [{ date: 2025-10-07, # late\n  minutes: 90 }]\n",
        &held("2025-10-07"),
        "sessions: [ # late\n  { date: 2025-10-07, minutes: 90, present: 7 }]\n",
    );
}

#[test]
fn what_was_planned_in_a_block_is_fulfilled_in_its_place() {
    assert_logged(
        Notation::Toml,
        "\n[[sessions]] # the first\ndate = 2025-10-07\nminutes = 90 # long\n# below\n\n[[sessions]]\ndate = 2025-10-14\n\
         minutes = 90\n",
        &held("2025-10-07"),
        "\n# the first\n# long\n[[sessions]]\ndate = 2025-10-07\nminutes = 90\npresent = 7\n# below\n\n[[sessions]]\n\
         date = 2025-10-14\nminutes = 90\n",
    );
    assert_logged(
        Notation::Yaml,
        "sessions:\n  - date: 2025-10-07\n    minutes: 90 # long\n  # half term\n  - date: 2025-10-21\n    minutes: 90\n",
        &held("2025-10-07"),
        "sessions:\n  # long\n  - date: 2025-10-07\n    minutes: 90\n    present: 7\n  # half term\n  - date: 2025-10-21\n\
        \x20   minutes: 90\n",
    );
}

#[test]
fn a_session_in_lists_of_yaml() {
    let new = "{ date: 2025-10-14, minutes: 90, present: 7 }";
    let (early, late) = ("{ date: 2025-10-07, minutes: 90 }", "{ date: 2025-10-21, minutes: 90 }");
    for (list, after) in [
        ("sessions: []\n".to_owned(), format!("sessions:\n  - {new}\n")),
        ("sessions: [] # none yet\n".to_owned(), format!("sessions: # none yet\n  - {new}\n")),
        ("sessions: # none yet\n  []\n".to_owned(), format!("sessions: # none yet\n  [{new}]\n")),
        ("sessions: []".to_owned(), format!("sessions:\n  - {new}")),
        ("sessions: [ # none yet\n  ]\n".to_owned(), format!("sessions: [ # none yet\n    {new},\n  ]\n")),
        (format!("sessions: [{early}]\n"), format!("sessions: [{early}, {new}]\n")),
        (format!("sessions: [{late}]\n"), format!("sessions: [{new}, {late}]\n")),
        (
            format!("sessions: [\n  {early}, # a\n  {late} # b\n  ]\n"),
            format!("sessions: [\n  {early}, # a\n  {new},\n  {late} # b\n  ]\n"),
        ),
        (
            "sessions:\n  -\n    date: 2025-10-07\n    minutes: 90\n".to_owned(),
            "sessions:\n  -\n    date: 2025-10-07\n    minutes: 90\n  - date: 2025-10-14\n    minutes: 90\n    present: 7\n"
                .to_owned(),
        ),
    ] {
        assert_logged(Notation::Yaml, &list, &held("2025-10-14"), &after);
    }
}

#[test]
fn a_session_where_a_comma_stands_on_the_next_line() {
    let (early, late) = ("{ date = 2025-10-07, minutes = 90 }", "{ date = 2025-10-21, minutes = 90 }");
    let new = "{ date = 2025-10-14, minutes = 90, present = 7 }";
    for (list, after) in [
        (format!("[\n  {early}\n  ,\n]\n"), format!("[\n  {early}\n  ,\n  {new},\n]\n")),
        (format!("[\n  {early} # a\n  , ]\n"), format!("[\n  {early} # a\n  , {new}, ]\n")),
        (format!("[\n  {early}\n  , {late}\n]\n"), format!("[\n  {early}\n  , {new}, {late}\n]\n")),
        (format!("[\n  {early}\n  , # b\n  {late}\n]\n"), format!("[\n  {early}\n  , # b\n  {new},\n  {late}\n]\n")),
    ] {
        let said = |list: &str| format!("sessions = {list}");
        assert_logged(Notation::Toml, &said(&list), &held("2025-10-14"), &said(&after));
    }
}

#[test]
fn the_application_beside_what_is_said_of_it() {
    let event = Event::Form1(day("2025-10-20"));
    for (notation, before, after) in [
        (Notation::Toml, "form1.notes = \"x\" # y\n", "form1.notes = \"x\" # y\nform1.submitted = 2025-10-20\n"),
        (Notation::Toml, "form1 = { notes = \"x\" }\n", "form1 = { notes = \"x\", submitted = 2025-10-20 }\n"),
        (Notation::Toml, "form1 = {}\n", "form1 = { submitted = 2025-10-20 }\n"),
        (Notation::Toml, "[form1]\n# to come\n", "[form1]\nsubmitted = 2025-10-20\n# to come\n"),
        (Notation::Yaml, "form1:\n  notes: x\n", "form1:\n  submitted: 2025-10-20\n  notes: x\n"),
        (Notation::Yaml, "form1: { notes: x }\n", "form1: { notes: x, submitted: 2025-10-20 }\n"),
        (Notation::Yaml, "form1: {}\n", "form1: { submitted: 2025-10-20 }\n"),
    ] {
        assert_recorded(notation, before, &event, after, |student| {
            student.form1.get_or_insert_with(|| panic!("it is there")).submitted = Some(day("2025-10-20"));
        });
    }
}

#[test]
fn a_day_beside_who_carries_clinical_responsibility() {
    let (holder, agreed) = (Text::new("Dr P."), Some(day("2025-10-02")));
    let responsibility = ClinicalResponsibility::of(holder, agreed);
    let event =
        Event::Detail { arrangement: 0, detail: ArrangementDetail::ClinicalResponsibility(responsibility.clone()) };
    let toml = "[[arrangement]]\ngroup = \"g\"\nsupervisor = \"s\"\nfrom = 2025-10-06\n";
    let inline = "arrangement = [{ group = \"g\", supervisor = \"s\", from = 2025-10-06, clinical_responsibility.holder = \
                  \"Dr P.\"";
    let yaml = "arrangement:\n  - group: g\n    supervisor: s\n    from: 2025-10-06\n    clinical_responsibility:\n";
    let key = "clinical_responsibility";
    for (notation, before, after) in [
        (
            Notation::Toml,
            format!("{toml}{key}.holder = \"Dr P.\"\n# end\n"),
            format!("{toml}{key}.holder = \"Dr P.\"\n{key}.agreed = 2025-10-02\n# end\n"),
        ),
        (
            Notation::Toml,
            format!("{toml}[arrangement.{key}]\nholder = \"Dr P.\"\n"),
            format!("{toml}[arrangement.{key}]\nholder = \"Dr P.\"\nagreed = 2025-10-02\n"),
        ),
        (Notation::Toml, format!("{inline} }}]\n"), format!("{inline}, {key}.agreed = 2025-10-02 }}]\n")),
        (
            Notation::Yaml,
            format!("{yaml}      holder: Dr P.\n"),
            format!("{yaml}      holder: Dr P.\n      agreed: 2025-10-02\n"),
        ),
    ] {
        assert_recorded(notation, &before, &event, &after, |student| {
            student.arrangement[0].clinical_responsibility = Some(responsibility.clone());
        });
    }
}

#[test]
fn ratings_beside_those_that_are_there() {
    let toml = "[[report]]\nform = \"GWP2\"\ndue = 2026-01-31\nreceived = 2026-01-29\nby = \"k\"\n";
    let yaml = "report:\n  - form: GWP2\n    due: 2026-01-31\n    received: 2026-01-29\n    by: k\n";
    let rated = |context, conflict| Competencies { context, conflict, ..Competencies::default() };
    let (developing, competent) = (Some(Rating::Developing), Some(Rating::Competent));
    for (notation, before, after) in [
        (
            Notation::Toml,
            format!("{toml}competencies.conflict = \"competent\"\n"),
            format!("{toml}competencies.conflict = \"competent\"\ncompetencies.context = \"developing\"\n"),
        ),
        (
            Notation::Toml,
            format!("{toml}[report.competencies]\n# on paper\n\n[diploma]\n"),
            format!(
                "{toml}[report.competencies]\ncontext = \"developing\"\nconflict = \"competent\"\n# on paper\n\n[diploma]\n"
            ),
        ),
        (
            Notation::Toml,
            format!("{toml}competencies = {{}}\n"),
            format!("{toml}competencies = {{ context = \"developing\", conflict = \"competent\" }}\n"),
        ),
        (
            Notation::Yaml,
            format!("{yaml}    competencies: {{}}\n"),
            format!("{yaml}    competencies: {{ context: developing, conflict: competent }}\n"),
        ),
        (
            Notation::Yaml,
            format!("{yaml}    competencies:\n      conflict: competent\n"),
            format!("{yaml}    competencies:\n      context: developing\n      conflict: competent\n"),
        ),
    ] {
        let event = Event::Report(report(rated(developing, competent)));
        assert_recorded(notation, &before, &event, &after, |student| {
            student.report[0].competencies = rated(developing, competent);
        });
    }
}

#[test]
fn a_report_where_the_record_stands_in_braces_or_is_indented() {
    let event = Event::Report(report(Competencies::default()));
    let new = "{ form: GWP2, due: 2026-01-31, received: 2026-01-29, by: k }";
    for (before, after) in [
        ("{ name: R, course: c }\n".to_owned(), format!("{{ name: R, course: c, report: [{new}] }}\n")),
        (
            "{ name: R,\n  course: c, # x\n  wrg: [],\n}\n".to_owned(),
            format!("{{ name: R,\n  course: c, # x\n  wrg: [], report: [{new}],\n}}\n"),
        ),
        ("{ name: R, course: c, report: [] }\n".to_owned(), format!("{{ name: R, course: c, report: [{new}] }}\n")),
        ("  name: R\n  course: c\n".to_owned(), format!("  name: R\n  course: c\n  report:\n    - {new}\n")),
        (
            "  name: R\n  report: []\n  course: c\n".to_owned(),
            format!("  name: R\n  report:\n    - {new}\n  course: c\n"),
        ),
    ] {
        let made = entered(Notation::Yaml, &before, &event);
        assert_eq!(made, after);
        let mut wanted = student(Notation::Yaml, &before);
        wanted.report.push(report(Competencies::default()));
        assert_eq!(format!("{:?}", student(Notation::Yaml, &made)), format!("{wanted:?}"));
    }
}

#[test]
fn a_key_goes_after_all_that_dotted_keys_say() {
    let said = "[[arrangement]]\ngroup = \"g\"\nsupervisor = \"s\"\nfrom = 2025-10-06\n\
                clinical_responsibility.holder = \"Dr P.\"\nclinical_responsibility.agreed = 2025-10-02\n";
    let event = Event::Detail { arrangement: 0, detail: ArrangementDetail::MedicalCover(MedicalCover::Needed) };
    let after = format!("{said}medical_cover = \"needed\"\n");
    assert_recorded(Notation::Toml, said, &event, &after, |student| {
        student.arrangement[0].medical_cover = Some(MedicalCover::Needed);
    });
}

#[test]
fn several_details_of_an_arrangement_stand_in_the_order_of_the_format() {
    let before =
        format!("{YAML_STUDENT}arrangement:\n  - group: g\n    supervisor: s\n    from: 2025-10-06\n    notes: x\n");
    let manager = LineManager { name: Text::new("N"), email: None, notes: None };
    let responsibility = ClinicalResponsibility::of(Text::new("Dr P."), None);
    let details = [
        ArrangementDetail::LineManager(manager),
        ArrangementDetail::ClinicalResponsibility(responsibility),
        ArrangementDetail::MedicalCover(MedicalCover::NotNeeded),
    ];
    let made = details
        .into_iter()
        .fold(before.clone(), |text, detail| entered(Notation::Yaml, &text, &Event::Detail { arrangement: 0, detail }));
    let added = "    line_manager: { name: N }\n    clinical_responsibility: { holder: Dr P. }\n    medical_cover: not-needed\n";
    assert_eq!(made, before.replace("    notes: x\n", &format!("{added}    notes: x\n")));
}

/// Sessions a fortnight apart, and one that was held on the day of one of them or between two.
fn sessions_and_one_more(most: usize) -> impl Strategy<Value = (Vec<Day>, Session)> {
    (1..=most, 0_i64..14, any::<bool>()).prop_map(|(count, week, is_cancelled)| {
        let first = day("2025-09-02");
        let days = (0..).map(|number| first.plus_days(14 * number)).take(count);
        let new = session(&first.plus_days(7 * week - 7).iso());
        let cancelled = Session { minutes: None, present: None, cancelled: Some(Text::new("ill")), ..new.clone() };
        (days.collect(), if is_cancelled { cancelled } else { new })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn a_log_in_any_brackets(
        is_toml in any::<bool>(),
        (days, new) in sessions_and_one_more(6),
        pieces in prop::collection::vec((
            select(vec![
                "{ date = DAY, minutes = 90, planned = true }", "{ date = DAY, # in\n  minutes = 90, planned = true }",
                "{date = DAY,minutes = 90,planned = true}",
            ]),
            select(vec![",\n  ", ", ", ",   # one, two\n\n  # three, four\n  ", " # five\n  ,\n  ", "\n  , # six\n  "]),
        ), 6),
        begins in select(vec!["[", "[ ", "[\n  ", "[ # seven\n  # eight\n  "]),
        ends in select(vec!["]", " ]", ",]", ", # nine\n  ]", "\n  ]", ",\n  # ten\n  ]", " # eleven\n  ]", "\n  , ]"]),
    ) {
        let last = days.len() - 1;
        let entries: String = days.iter().zip(&pieces).enumerate().map(|(number, (day, (entry, apart)))| {
            // In TOML all of it stands on one line.
            let entry = if is_toml { entry.replace("# in\n  ", "") } else { (*entry).to_owned() };
            format!("{}{}", entry.replace("DAY", &day.iso()), if number == last { "" } else { apart })
        }).collect();
        let (notation, text) = if is_toml {
            (Notation::Toml, format!("{TOML_GROUP}sessions = {begins}{entries}{ends}\n"))
        } else {
            let entries = entries.replace(" = ", ": ");
            (Notation::Yaml, format!("{YAML_GROUP}sessions: {begins}{entries}{ends}\n"))
        };
        let amended = amend(notation, &text, &Event::Session(new.clone()));
        let amended = amended.unwrap_or_else(|refusal| panic!("{refusal:?}\n{text}"));
        assert_said(notation, &text, &new, &amended.text);
    }

    #[test]
    fn a_log_in_any_blocks(
        (days, new) in sessions_and_one_more(6),
        pieces in prop::collection::vec((
            select(vec![
                "  - { date: DAY, minutes: 90, planned: true }", "  - { date: DAY, # in\n      minutes: 90, planned: true }",
                "  - date: DAY\n    minutes: 90\n    planned: true", "  - date: DAY # of\n    minutes: 90 # so long\n    planned: true",
                "  -\n    date: DAY\n    # within\n    minutes: 90\n    planned: true", "  - planned: true\n    minutes: 90\n    date: DAY",
            ]),
            select(vec!["\n", " # one\n", "\n\n", "\n# two\n", "\n  # three\n\n", "\n    # four\n", "\n\n  # five\n    # six\n"]),
        ), 6),
        begins in select(vec!["sessions:\n", "sessions: # oldest first\n", "sessions:\n# seven\n\n"]),
        ends in select(vec!["", "keeps_terms: true\n", "# eight\nkeeps_terms: true\n", "  # nine"]),
    ) {
        let entries: String = days.iter().zip(&pieces).map(|(day, (entry, apart))| {
            format!("{}{apart}", entry.replace("DAY", &day.iso()))
        }).collect();
        let text = format!("{YAML_GROUP}{begins}{entries}{ends}");
        let amended = amend(Notation::Yaml, &text, &Event::Session(new.clone()));
        let amended = amended.unwrap_or_else(|refusal| panic!("{refusal:?}\n{text}"));
        assert_said(Notation::Yaml, &text, &new, &amended.text);
    }

    #[test]
    fn a_log_in_any_tables(
        (days, new) in sessions_and_one_more(6),
        pieces in prop::collection::vec((
            select(vec![
                "[[sessions]]\ndate = DAY\nminutes = 90\nplanned = true",
                "[[sessions]] # x\n\n# y\nminutes = 90 # z\nplanned = true\ndate = DAY",
            ]),
            select(vec!["\n", " # one\n", "\n\n", "\n# two\n", "\n# three\n\n# four\n"]),
        ), 6),
    ) {
        let tables: String = days.iter().zip(&pieces).map(|(day, (table, apart))| {
            format!("{}{apart}", table.replace("DAY", &day.iso()))
        }).collect();
        let text = format!("{TOML_GROUP}\n{tables}");
        let amended = amend(Notation::Toml, &text, &Event::Session(new.clone()));
        let amended = amended.unwrap_or_else(|refusal| panic!("{refusal:?}\n{text}"));
        assert_said(Notation::Toml, &text, &new, &amended.text);
    }
}
