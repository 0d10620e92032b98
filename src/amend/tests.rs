//! Events and the texts that they go into: what is put in stands on the lines with a `+`.

use super::*;
use crate::calendar::Day;
use crate::records::{
    Body, Competencies, Decision, Form, Matter, Meeting, Mode, Outcome, Rating, Report, Ruling, RulingBody,
    RulingOutcome, Session,
};
use crate::text::Text;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn session(date: &str) -> Session {
    let (minutes, present) = (Some(90), Some(7));
    Session { date: day(date), minutes, present, ..Session::default() }
}

fn held(date: &str) -> Event {
    Event::Session(session(date))
}

fn report(received: &str) -> Report {
    Report {
        form: Form::Gwp2,
        due: Some(day("2026-01-31")),
        received: day(received),
        by: Some(Text::new("kit-lowe")),
        not_started: false,
        concerns: None,
        competencies: Competencies::default(),
        document: None,
        notes: None,
    }
}

fn left_on(date: &str) -> Event {
    let (to, what) = (Edited::Said(date.into()), format!("left the course on {}", day(date)));
    Event::Edit(Edit { kind: RecordKind::Student, at: Path::of("withdrawn"), to, what })
}

fn decision(date: &str) -> Event {
    Event::Decision(Decision {
        conditions: Vec::new(),
        body: Body::Lcc,
        about: Matter::Arrangements,
        date: day(date),
        outcome: Outcome::Approved,
        minute: Some(Text::new("LCC, item \"4\"")),
        document: None,
        notes: None,
    })
}

/// The text without the marks, once without the lines that are put in and once with them.
fn before_and_after(marked: &str) -> (String, String) {
    let unmarked = |line: &str| line.get(1..).unwrap_or_default().to_owned();
    let lines = |kept: fn(&&str) -> bool| marked.split_inclusive('\n').filter(kept).map(unmarked).collect::<String>();
    (lines(|line| line.starts_with(' ')), lines(|line| line.starts_with([' ', '+'])))
}

/// Asserts that an event puts in just the marked lines, with either line break.
#[track_caller]
fn assert_put(notation: Notation, event: &Event, marked: &str) {
    let (before, after) = before_and_after(marked);
    let line = marked.lines().position(|line| line.starts_with('+') && line.len() > 1).unwrap() + 1;
    let amended = amend(notation, &before, event).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    assert_eq!(amended.text, after);
    assert_eq!(amended.line, line);
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let amended = amend(notation, &windows(&before), event).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    assert_eq!(amended.text, windows(&after));
}

#[track_caller]
fn assert_one_line(event: &Event, list: &str, after: &str) {
    let head = "kind = \"group\"\ntitle = \"T\"\norganisation = \"O\"\nsetting = \"health\"\naim = \"other\"\n\
        frequency = \"weekly\"\nconductors = []\n";
    let amended = amend(Notation::Toml, &format!("{head}{list}"), event).map(|amended| amended.text);
    assert_eq!(amended, Ok(format!("{head}{after}")));
}

const GROUP: &str = " kind = \"group\"\n title = \"T\"\n organisation = \"O\"\n setting = \"health\"\n aim = \"other\"\n \
    frequency = \"weekly\"\n conductors = []   # nobody yet\n";

#[test]
fn a_session_is_a_line_in_order_of_date() {
    for (date, line) in [("2025-10-06", 1), ("2025-10-14", 4), ("2025-10-28", 6), ("2025-11-30", 8)] {
        let mut lines: Vec<_> = [
            " sessions = [  # oldest first",
            "   # the autumn",
            "   { date = 2025-10-07, minutes = 90, present = 7 },",
            "   { date = 2025-10-13, cancelled = \"ill\" },   # a cold",
            "   # half term, # two weeks",
            "   { date = 2025-10-21, minutes = 90 },",
            "",
            "   { date = 2025-11-04, minutes = 90, absent = [] },",
            "   # more to come",
            " ]",
        ]
        .map(|line| if line.is_empty() { " ".to_owned() } else { line.to_owned() })
        .into();
        lines.insert(line, format!("+  {{ date = {date}, minutes = 90, present = 7 }},"));
        assert_put(Notation::Toml, &held(date), &format!("{GROUP}{}\n", lines.join("\n")));
    }
}

#[test]
fn lists_of_sessions_in_other_layouts() {
    let event = held("2025-10-14");
    let new = "{ date = 2025-10-14, minutes = 90, present = 7 }";
    let (early, late) = ("{ date = 2025-10-07, minutes = 90 }", "{date=2025-10-21,cancelled='ill'}");
    for (list, after) in [
        ("sessions = []", format!("sessions = [\n  {new},\n]")),
        ("sessions = []\nkeeps_terms = true\n", format!("sessions = [\n  {new},\n]\nkeeps_terms = true\n")),
        ("sessions = [\n  # none yet\n]\n", format!("sessions = [\n  # none yet\n  {new},\n]\n")),
        (&format!("sessions = [{early}]\n"), format!("sessions = [{early}, {new}]\n")),
        (&format!("sessions = [{early}, ]\n"), format!("sessions = [{early}, {new}, ]\n")),
        (&format!("sessions = [{late}]\n"), format!("sessions = [{new}, {late}]\n")),
        (&format!("sessions = [{early}, {late}]\n"), format!("sessions = [{early}, {new}, {late}]\n")),
        (&format!("sessions = [\n{early} # c,\n]\n"), format!("sessions = [\n{early}, # c,\n{new}\n]\n")),
        (&format!("sessions = [{early},\n    {late}]\n"), format!("sessions = [{early},\n    {new},\n    {late}]\n")),
    ] {
        assert_one_line(&event, list, &after);
    }
    assert_one_line(
        &event,
        "\n[[sessions]]\ndate = 2025-10-07\nminutes = 90\n# by hand\n\n# late\n[[sessions]]\ndate = 2025-10-21\nminutes = 90",
        "\n[[sessions]]\ndate = 2025-10-07\nminutes = 90\n# by hand\n\n[[sessions]]\ndate = 2025-10-14\nminutes = 90\n\
         present = 7\n\n# late\n[[sessions]]\ndate = 2025-10-21\nminutes = 90",
    );
}

#[test]
fn numbers_that_stand_in_a_column_go_on_in_it() {
    let (early, late) = ("{ date = 2025-10-07, minutes = 120, present =  9 },", "{ date = 2025-10-21, minutes = 90 },");
    let list = |new: &str| format!("sessions = [\n  {early}\n{new}  {late}\n]\n");
    let after = list("  { date = 2025-10-14, minutes = 90, present =  7 },\n");
    assert_one_line(&held("2025-10-14"), &list(""), &after);
}

#[test]
fn where_it_is_not_certain_the_lines_are_given() {
    let head =
        "kind: group\ntitle: T\norganisation: O\nsetting: health\naim: other\nfrequency: weekly\nconductors: []\n";
    let text = format!("{head}? sessions\n: - {{ date: 2025-10-07, minutes: 90 }}\n");
    let refusal = amend(Notation::Yaml, &text, &held("2025-10-14")).unwrap_err();
    let lines = vec!["- { date: 2025-10-14, minutes: 90, present: 7 }".to_owned()];
    assert_eq!(refusal, Refusal::ByHand(Typed { lines, place: InsertionPoint::List { name: "sessions", line: 8 } }));
    assert_eq!(
        (refusal.to_string(), refusal.help()),
        (
            "the record is laid out in a way in which it is not certain where this goes".to_owned(),
            "type what stands above in an editor, at the place it names, laid out as what stands beside it; then run the command again, to see that nothing is missing".to_owned(),
        )
    );
    let left = amend(Notation::Yaml, "? name\n: R\n? course\n: york\n", &left_on("2026-03-01"));
    let lines = vec!["withdrawn: 2026-03-01".to_owned()];
    assert_eq!(left, Err(Refusal::ByHand(Typed { lines, place: InsertionPoint::Record })));
    assert_eq!(InsertionPoint::Instead(3..=5).to_string(), "in place of lines 3 to 5");
    assert_eq!(InsertionPoint::Table { line: 9 }.to_string(), "among the keys of the entry of line 9");
}

#[test]
fn a_session_in_yaml_is_laid_out_as_those_beside_it() {
    let head = " kind: group\n title: T\n organisation: O\n setting: health\n aim: other\n frequency: weekly\n \
        conductors: []\n";
    for (date, line) in [("2025-10-06", 1), ("2025-10-14", 4), ("2025-10-28", 6)] {
        let mut lines = vec![
            " sessions:   # oldest first".to_owned(),
            " # the autumn".to_owned(),
            " - { date: 2025-10-07, minutes: 90, notes: \"two".to_owned(),
            "     lines\" }   # a cold".to_owned(),
            "   # half term".to_owned(),
            " - { date: 2025-10-21, minutes: 90 }".to_owned(),
            " notes: the end".to_owned(),
        ];
        let line = if line == 4 { 5 } else { line };
        lines.insert(line, format!("+- {{ date: {date}, minutes: 90, present: 7 }}"));
        assert_put(Notation::Yaml, &held(date), &format!("{head}{}\n", lines.join("\n")));
    }
    let meeting = Meeting {
        date: day("2025-10-14"),
        mode: Some(Mode::Telephone),
        joint: true,
        absent: vec![Text::new("robin-ashby")],
        cancelled: Some(Text::new("no: \"line\"")),
        ..Meeting::default()
    };
    assert_put(
        Notation::Yaml,
        &Event::Meeting(meeting),
        " kind: supervision\n supervisor: kit-lowe\n supervisees: [robin-ashby]\n mode: video\n sessions:\n   \
         - date: 2025-10-07\n     minutes: 60\n     notes: |\n       - date: 1\n \n       two\n\
         +  - date: 2025-10-14\n+    mode: telephone\n+    joint: true\n+    absent: [robin-ashby]\n\
         +    cancelled: \"no: \\\"line\\\"\"\n \n   # the third\n   - date: 2025-10-21\n     minutes: 60\n",
    );
}

#[test]
fn a_report_is_a_table_after_those_before_it() {
    let mut rated = report("2026-01-29");
    rated.competencies.context = Some(Rating::Developing);
    rated.concerns = Some(Text::new("Late.\nTwice."));
    assert_put(
        Notation::Toml,
        &Event::Report(rated.clone()),
        " name = \"Robin Ashby\"\n course = \"york\"\n \n [[wrg]]\n supervisor = \"ines\"\n from = 2025-09-27\n # for now\n\
         +\n+[[report]]\n+form = \"GWP2\"\n+due = 2026-01-31\n+received = 2026-01-29\n+by = \"kit-lowe\"\n\
         +concerns = \"Late.\\nTwice.\"\n+[report.competencies]\n+context = \"developing\"\n \n\
          # what was decided\n [[decision]]\n body = \"LCC\"\n about = \"award\"\n date = 2026-02-21\n outcome = \"deferred\"\n",
    );
    assert_put(
        Notation::Toml,
        &Event::Report(report("2026-06-01")),
        " name = \"Robin Ashby\"\n course = \"york\"\n [[report]]\n form = \"WRG2\"\n received = 2026-01-29\n \
         [report.competencies]\n context = \"developing\"\n notes = \"\"\"\n [[report]]\n # this\"\"\"\n\
         +\n+[[report]]\n+form = \"GWP2\"\n+due = 2026-01-31\n+received = 2026-06-01\n+by = \"kit-lowe\"\n \
         [diploma]\n completed = 2026-07-11\n",
    );
    assert_put(
        Notation::Yaml,
        &Event::Report(rated),
        " name: Robin Ashby\n course: york\n report:\n - form: WRG2\n   received: 2026-01-29\n\
         +- form: GWP2\n+  due: 2026-01-31\n+  received: 2026-01-29\n+  by: kit-lowe\n+  concerns: \"Late.\\nTwice.\"\n\
         +  competencies:\n+    context: developing\n",
    );
    assert_put(
        Notation::Yaml,
        &Event::Report(report("2026-01-29")),
        " name: Robin Ashby\n course: york\n\
         +report:\n+  - { form: GWP2, due: 2026-01-31, received: 2026-01-29, by: kit-lowe }\n",
    );
}

#[test]
fn decisions_rulings_and_leaving() {
    assert_put(
        Notation::Toml,
        &decision("2025-11-29"),
        " name = \"Robin Ashby\"\n course = \"york\"\n+\n+[[decision]]\n+body = \"LCC\"\n+about = \"arrangements\"\n\
         +date = 2025-11-29\n+outcome = \"approved\"\n+minute = \"LCC, item \\\"4\\\"\"\n",
    );
    let ruling = Ruling {
        requirement: crate::edition::Code::G4,
        body: RulingBody::Lcc,
        date: day("2026-02-21"),
        of: Some(vec![day("2025-10-21"), day("2025-11-04")]),
        outcome: RulingOutcome::Accepted,
        minute: None,
        document: None,
        notes: None,
    };
    assert_put(
        Notation::Yaml,
        &Event::Ruling(ruling),
        " name: Robin Ashby\n course: york\n ruling:\n   - { requirement: S5, body: LCC, date: 2026-02-21, outcome: refused }\n\
         +  - { requirement: G4, body: LCC, date: 2026-02-21, of: [2025-10-21, 2025-11-04], outcome: accepted }\n",
    );
    let left = left_on("2026-03-01");
    assert_put(
        Notation::Toml,
        &left,
        " course = \"york\"   # the second\n+withdrawn = 2026-03-01\n name = \"Robin Ashby\"\n \n [form1]\n",
    );
    assert_put(Notation::Yaml, &left, " name: Robin Ashby\n course: york # x\n+withdrawn: 2026-03-01\n form1: {}\n");
}

#[test]
fn a_text_without_a_last_line_break_stays_one() {
    let text = "name = \"Robin Ashby\"\ncourse = \"york\"";
    let amended = amend(Notation::Toml, text, &left_on("2026-03-01")).map(|amended| amended.text);
    assert_eq!(amended, Ok(format!("{text}\nwithdrawn = 2026-03-01")));
}

#[test]
fn a_text_that_ends_in_a_comment() {
    let text = "name = \"Robin Ashby\"\ncourse = \"york\"\n[diploma]\n# not yet: é";
    let made = amend(Notation::Toml, text, &decision("2025-11-29")).map(|amended| amended.text).unwrap();
    assert!(made.starts_with(&format!("{text}\n\n[[decision]]\nbody = \"LCC\"\n")), "{made}");
}

#[test]
fn nothing_is_recorded_twice() {
    let text = "name = \"Robin Ashby\"\ncourse = \"york\"\nwithdrawn = 2026-03-01\n\n[[report]]\nform = \"GWP2\"\n\
        due = 2026-01-31\nreceived = 2026-01-29\nby = \"kit-lowe\"\nnotes = \"on paper\"\n";
    let refused = |event: &Event| amend(Notation::Toml, text, event).unwrap_err();
    assert!(matches!(refused(&Event::Report(report("2026-01-29"))), Refusal::AlreadyThere { line: 5, .. }));
    assert!(matches!(refused(&Event::Report(report("2026-02-01"))), Refusal::Otherwise { line: 5, .. }));
    assert!(matches!(refused(&left_on("2026-03-01")), Refusal::AlreadyThere { line: 3, .. }));
    assert!(matches!(refused(&left_on("2026-03-02")), Refusal::Otherwise { line: 3, .. }));
    assert_eq!(
        refused(&Event::Report(report("2026-02-01"))).to_string(),
        "line 5 of the record says otherwise: GWP Form 2 for 31 January 2026 by kit-lowe, received on 29 January 2026"
    );
    let sound = amend(Notation::Toml, text, &decision("2025-11-29")).unwrap().text;
    assert!(matches!(
        amend(Notation::Toml, &sound, &decision("2025-11-29")),
        Err(Refusal::AlreadyThere { line: 12, .. })
    ));
}

#[test]
fn a_record_with_a_fault_or_of_another_kind_is_left_alone() {
    let student = "name = \"Robin Ashby\"\ncourse = \"york\"\n";
    assert_eq!(amend(Notation::Toml, student, &held("2025-10-07")), Err(Refusal::Faulty));
    assert_eq!(amend(Notation::Toml, "name = \n", &decision("2025-10-07")), Err(Refusal::Faulty));
    let log = "kind = \"supervision\"\nsupervisor = \"a\"\nsupervisees = []\nmode = \"video\"\nsessions = []\n";
    assert_eq!(amend(Notation::Toml, log, &held("2025-10-07")), Err(Refusal::OtherKind));
}

#[test]
fn a_report_that_is_there_comes_to_say_more() {
    let mut rated = report("2026-01-29");
    rated.competencies.conflict = Some(Rating::Competent);
    rated.concerns = Some(Text::new("Late."));
    let event = Event::Report(rated);
    assert_put(
        Notation::Toml,
        &event,
        " name = \"Robin Ashby\"\n course = \"york\"\n \n [[report]]\n form = \"GWP2\"\n due = 2026-01-31\n \
         received = 2026-01-29\n by = \"kit-lowe\"   # by hand\n+concerns = \"Late.\"\n notes = \"on paper\"\n\
         +[report.competencies]\n+conflict = \"competent\"\n \n [[report]]\n form = \"WRG2\"\n received = 2026-01-29\n",
    );
    assert_put(
        Notation::Yaml,
        &event,
        " name: Robin Ashby\n course: york\n report:\n   - form: GWP2\n     due: 2026-01-31\n     received: 2026-01-29\n\
         \x20    by: kit-lowe\n+    concerns: Late.\n+    competencies: { conflict: competent }\n     notes: on paper\n",
    );
    let flow = "name: Robin Ashby\ncourse: york\nreport:\n  - { form: GWP2, due: 2026-01-31, received: 2026-01-29, by: kit-lowe }\n";
    assert_eq!(
        amend(Notation::Yaml, flow, &event).map(|amended| amended.text),
        Ok(flow.replace(" }", ", concerns: Late., competencies: { conflict: competent } }"))
    );
    let inline = "name = \"R\"\ncourse = \"york\"\nreport = [{ form = \"GWP2\", due = 2026-01-31, received = 2026-01-29, by = \"kit-lowe\" }]\n";
    assert_eq!(
        amend(Notation::Toml, inline, &event).map(|amended| amended.text),
        Ok(inline.replace(" }", ", concerns = \"Late.\", competencies = { conflict = \"competent\" } }"))
    );
}

#[test]
fn ratings_join_those_that_are_there() {
    let mut rated = report("2026-01-29");
    rated.competencies.context = Some(Rating::Developing);
    rated.competencies.conflict = Some(Rating::Competent);
    rated.competencies.difference = Some(Rating::Competent);
    let event = Event::Report(rated.clone());
    assert_put(
        Notation::Toml,
        &event,
        " name = \"Robin Ashby\"\n course = \"york\"\n \n [[report]]\n form = \"GWP2\"\n due = 2026-01-31\n \
         received = 2026-01-29\n by = \"kit-lowe\"\n [report.competencies]   # on paper\n+context = \"developing\"\n \
         conflict = \"competent\"   # by hand\n+difference = \"competent\"\n \n [[report]]\n form = \"WRG2\"\n \
         received = 2026-01-29\n",
    );
    let yaml = " name: Robin Ashby\n course: york\n report:\n   - form: GWP2\n     due: 2026-01-31\n\
        \x20    received: 2026-01-29\n     by: kit-lowe\n     competencies:\n       context: developing\n";
    let put = "+      conflict: competent\n+      difference: competent\n";
    assert_put(Notation::Yaml, &event, &format!("{yaml}{put}"));
    // All that is said is there, and more.
    let made = amend(Notation::Yaml, &before_and_after(yaml).0, &event).unwrap().text;
    rated.competencies.context = None;
    let again = amend(Notation::Yaml, &made, &Event::Report(rated.clone()));
    assert!(matches!(again, Err(Refusal::AlreadyThere { line: 4, .. })), "{again:?}");
    rated.competencies.conflict = Some(Rating::Developing);
    let otherwise = amend(Notation::Yaml, &made, &Event::Report(rated));
    assert!(matches!(otherwise, Err(Refusal::Otherwise { line: 4, .. })), "{otherwise:?}");
}

#[test]
fn the_application() {
    let event = Event::Form1(day("2025-10-20"));
    let toml = " # R.\n name = \"Robin Ashby\"\n course = \"york\"\n";
    let tables = " \n [[wrg]]\n supervisor = \"ines\"\n from = 2025-09-27\n";
    assert_put(Notation::Toml, &event, &format!("{toml}+\n+[form1]\n+submitted = 2025-10-20\n{tables}"));
    let seen = " \n [form1]   # on paper\n+submitted = 2025-10-20\n document = \"evidence/form1.pdf\"\n";
    assert_put(Notation::Toml, &event, &format!("{toml}{seen}"));
    let seen = " name: R\n course: york\n form1:\n+  submitted: 2025-10-20\n   document: x\n";
    assert_put(Notation::Yaml, &event, seen);
    let yaml = " name: Robin Ashby\n course: york\n";
    assert_put(Notation::Yaml, &event, &format!("{yaml}+form1: {{ submitted: 2025-10-20 }}\n wrg: []\n"));
    let there = "name = \"R\"\ncourse = \"york\"\nform1 = { submitted = 2025-10-20 }\n";
    let refused = |date: &str| amend(Notation::Toml, there, &Event::Form1(day(date))).unwrap_err();
    assert!(matches!(refused("2025-10-20"), Refusal::AlreadyThere { line: 3, .. }));
    assert!(matches!(refused("2025-10-21"), Refusal::Otherwise { line: 3, .. }));
}

#[test]
fn a_key_goes_above_the_tables_that_come_before_it() {
    let (to, what) = (Edited::Said("2025-09-15".into()), "CV received".to_owned());
    let event = Event::Edit(Edit { kind: RecordKind::Supervisor, at: Path::of("cv_received"), to, what });
    assert_put(
        Notation::Toml,
        &event,
        " name = \"Kit Lowe\"\n group_analyst = false\n+cv_received = 2025-09-15\n \n [[registrations]]\n body = \"BACP\"\n \n \
         [other_evidence]\n what = \"letters\"\n",
    );
}

#[test]
fn a_short_table_stays_on_its_line_in_yaml() {
    let text = "group = 'b'\nsupervisor = 'k'\nfrom = 2026-03-09\nline_manager = { name = 'M' }\n";
    assert_put(
        Notation::Yaml,
        &Event::Arrangement(::toml::from_str(text).unwrap()),
        " name: Robin Ashby\n course: york\n arrangement:\n   - group: a\n     supervisor: k\n     from: 2025-10-06\n\
         +  - group: b\n+    supervisor: k\n+    from: 2026-03-09\n+    line_manager: { name: M }\n",
    );
}
