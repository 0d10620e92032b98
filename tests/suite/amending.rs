//! What holds of every record and every event: all that was there stays, and reading gives the event besides.

use std::fmt::Debug;
use std::fs;
use std::path::Path;

use gwp::amend::{Amended, ArrangementDetail, Event, Recorded, Refusal, amend, amend_when};
use gwp::calendar::Day;
use gwp::edition::Code;
use gwp::records::{
    Arrangement, Body, ClinicalResponsibility, Competencies, Decision, Form, Form1, LineManager, Matter, MedicalCover,
    Meeting, Mode, Outcome, Rating, Report, Ruling, RulingBody, RulingOutcome, Session, SessionLog, Student, read,
};
use gwp::text::{Notation, Text};
use proptest::prelude::*;
use proptest::sample::select;

use crate::file;
use crate::properties::folder;

fn any_day() -> impl Strategy<Value = Day> {
    (0_i64..900).prop_map(|days| Day::new(2024, 9, 1).expect("a day").plus_days(days))
}

fn any_text() -> impl Strategy<Value = Text> {
    let words = prop_oneof![
        2 => "[a-z]{1,8}( [a-z]{1,8}){0,3}",
        1 => select(vec!["no", "12", "2026-01-31", "a: b", "x # y", "- z", "{}", "", "'", "\"\"\"", "[[report]]"])
            .prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => any::<String>(),
    ];
    words.prop_map(Text::new)
}

fn maybe<S: Strategy>(strategy: S) -> impl Strategy<Value = Option<S::Value>> {
    proptest::option::of(strategy)
}

fn minutes() -> impl Strategy<Value = Option<u16>> {
    select(vec![Some(45), Some(60), Some(90), Some(1440), None])
}

fn absent() -> impl Strategy<Value = Vec<Text>> {
    prop::collection::vec(any_text(), 0..3)
}

fn session() -> impl Strategy<Value = Event> {
    let said = (maybe(0_u32..40), absent(), any_text(), maybe(any_text()), any::<bool>());
    (any_day(), minutes(), said).prop_map(|(date, minutes, (present, absent, why, notes, planned))| {
        let cancelled = minutes.is_none().then_some(why);
        let planned = planned && cancelled.is_none();
        Event::Session(Session { date, minutes, planned, present, absent, cancelled, notes, ..Session::default() })
    })
}

fn meeting() -> impl Strategy<Value = Event> {
    let mode = select(vec![Mode::FaceToFace, Mode::Telephone, Mode::Video]);
    let said = (maybe(mode), any::<bool>(), absent(), any_text(), any::<bool>());
    (any_day(), minutes(), said).prop_map(|(date, minutes, (mode, joint, absent, why, planned))| {
        let cancelled = minutes.is_none().then_some(why);
        let planned = planned && cancelled.is_none();
        Event::Meeting(Meeting { date, minutes, planned, mode, joint, absent, cancelled, ..Meeting::default() })
    })
}

fn report() -> impl Strategy<Value = Event> {
    let form = select(vec![Form::Gwp2, Form::Wrg2, Form::Gwp3]);
    let rating = || maybe(select(vec![Rating::Competent, Rating::Developing, Rating::NotObserved]));
    let texts = (maybe(any_text()), maybe(any_text()), maybe(any_text()));
    (form, maybe(any_day()), any_day(), any::<bool>(), texts, (rating(), rating())).prop_map(
        |(form, due, received, not_started, (by, concerns, notes), (context, conflict))| {
            let competencies = Competencies { context, conflict, ..Competencies::default() };
            let document = None;
            Event::Report(Report { form, due, received, by, not_started, concerns, competencies, document, notes })
        },
    )
}

fn decision() -> impl Strategy<Value = Event> {
    let decided = select(vec![
        (Body::Lcc, Matter::Arrangements, Outcome::Queried),
        (Body::Spc, Matter::Award, Outcome::Awarded),
        (Body::Panel, Matter::Award, Outcome::NotSuitable),
    ]);
    (decided, any_day(), maybe(any_text())).prop_map(|((body, about, outcome), date, minute)| {
        Event::Decision(Decision {
            body,
            about,
            date,
            outcome,
            conditions: Vec::new(),
            minute,
            document: None,
            notes: None,
        })
    })
}

fn ruling() -> impl Strategy<Value = Event> {
    let requirement = select(Code::all().filter(|code| code.is_rulable()).collect::<Vec<_>>());
    let body = select(vec![RulingBody::Lcc, RulingBody::Spc, RulingBody::Ntm]);
    let outcome = select(vec![RulingOutcome::Accepted, RulingOutcome::Refused]);
    let of = maybe(prop::collection::vec(any_day(), 1..4));
    (requirement, body, any_day(), of, outcome, maybe(any_text())).prop_map(
        |(requirement, body, date, of, outcome, minute)| {
            Event::Ruling(Ruling { requirement, body, date, of, outcome, minute, document: None, notes: None })
        },
    )
}

fn line_manager() -> impl Strategy<Value = LineManager> {
    (any_text(), maybe(any_text())).prop_map(|(name, email)| LineManager { name, email, notes: None })
}

fn responsibility() -> impl Strategy<Value = ClinicalResponsibility> {
    (any_text(), maybe(any_day())).prop_map(|(holder, agreed)| ClinicalResponsibility::of(holder, agreed))
}

fn cover() -> impl Strategy<Value = MedicalCover> {
    select(vec![MedicalCover::Needed, MedicalCover::Arranged, MedicalCover::NotNeeded])
}

fn arrangement() -> impl Strategy<Value = Event> {
    let who = (any_text(), any_text(), any::<bool>(), maybe(line_manager()), maybe(responsibility()), maybe(cover()));
    // No arrangement ends before it begins.
    let days = (any_day(), maybe(0_i64..400), maybe(any_day()), maybe(any_day()));
    (who, days).prop_map(
        |(
            (group, supervisor, external, line_manager, clinical_responsibility, medical_cover),
            (from, length, proposed, confirmed),
        )| {
            Event::Arrangement(Arrangement {
                withdrawn: None,
                group,
                supervisor,
                from,
                until: length.map(|days| from.plus_days(days)),
                proposed,
                confirmed,
                external: external && line_manager.is_some(),
                line_manager,
                clinical_responsibility,
                medical_cover,
                notes: None,
            })
        },
    )
}

fn detail() -> impl Strategy<Value = Event> {
    let detail = prop_oneof![
        (1_500_i64..1_700)
            .prop_map(|days| ArrangementDetail::Until(Day::new(2025, 9, 1).expect("a day").plus_days(days))),
        (1_500_i64..1_700)
            .prop_map(|days| ArrangementDetail::Ends(Day::new(2025, 9, 1).expect("a day").plus_days(days))),
        any_day().prop_map(ArrangementDetail::Confirmed),
        any_day().prop_map(ArrangementDetail::Proposed),
        line_manager().prop_map(ArrangementDetail::LineManager),
        responsibility().prop_map(ArrangementDetail::ClinicalResponsibility),
        cover().prop_map(ArrangementDetail::MedicalCover),
    ];
    (0_usize..2, detail).prop_map(|(arrangement, detail)| Event::Detail { arrangement, detail })
}

fn of_a_student() -> impl Strategy<Value = Event> {
    let form1 = any_day().prop_map(Event::Form1);
    prop_oneof![report(), decision(), ruling(), form1, arrangement(), detail()]
}

/// The texts of the records of a kind in the examples, with the notation of each.
fn examples(kind: &str) -> Vec<(Notation, String)> {
    fn gather(folder: &Path, found: &mut Vec<(Notation, String)>) {
        for entry in fs::read_dir(folder).expect("it can be listed").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                gather(&entry, found);
            } else if let Some(notation) = entry.to_str().and_then(Notation::of) {
                found.push((notation, fs::read_to_string(&entry).expect("it is text")));
            }
        }
    }
    let mut found = Vec::new();
    for folder in ["examples/london", "examples/edition-2022-23", "tests/cases/base"] {
        gather(&file(folder).join(kind), &mut found);
    }
    found
}

/// As it would come from another machine: other line breaks, a byte order mark, no line break at the end.
fn travelled() -> impl Strategy<Value = fn(&str) -> String> {
    select(vec![
        (|text| text.to_owned()) as fn(&str) -> String,
        |text| text.replace('\n', "\r\n"),
        |text| format!("\u{feff}{text}"),
        |text| text.trim_end().to_owned(),
    ])
}

/// The sound student's record that a text is, as far as it can be compared.
fn student(notation: Notation, text: &str) -> Student {
    let reading = read::<Student>(notation, text);
    assert_eq!(reading.problems, [], "{text}");
    reading.record.expect("a sound record")
}

fn log(notation: Notation, text: &str) -> SessionLog {
    let reading = read::<SessionLog>(notation, text);
    assert_eq!(reading.problems, [], "{text}");
    reading.record.expect("a sound record")
}

fn shown(value: &impl Debug) -> String {
    format!("{value:?}")
}

/// Asserts that one piece was put in, and that the line said is one of it.
fn assert_put_in(before: &str, amended: &Amended) {
    let after = &amended.text;
    let ahead = before.bytes().zip(after.bytes()).take_while(|(one, other)| one == other).count();
    let behind = before.bytes().rev().zip(after.bytes().rev()).take_while(|(one, other)| one == other).count();
    assert!(ahead + behind >= before.len(), "more than one place changed:\n{after}");
}

fn assert_holds_all_of(before: &str, after: &str) {
    let mut left = after.chars();
    assert!(before.chars().all(|kept| left.any(|there| there == kept)), "something is gone:\n{before}\n{after}");
}

/// Asserts that a student's record reads as before, the event aside.
fn assert_student_has(before: &Student, after: &Student, event: &Event) {
    let mut wanted = before.clone();
    match event.clone() {
        Event::Form1(day) => wanted.form1.get_or_insert_with(no_form1).submitted = Some(day),
        // What is said of a report that is there already completes it.
        Event::Report(report) if after.report.len() == before.report.len() => {
            let is_it = |one: &&mut Report| (one.form, one.received) == (report.form, report.received);
            let completed: Vec<_> = wanted.report.iter_mut().filter(is_it).collect();
            let [one] = completed.try_into().expect("one report of the day is completed");
            one.due = one.due.or(report.due);
            one.by = one.by.take().or(report.by);
            one.notes = one.notes.take().or(report.notes);
            one.concerns = one.concerns.take().or(report.concerns);
            one.document = one.document.take().or(report.document);
            if format!("{:?}", one.competencies) == format!("{:?}", Competencies::default()) {
                one.competencies = report.competencies;
            }
        }
        Event::Report(report) => wanted.report.push(report),
        Event::Decision(decision) => wanted.decision.push(decision),
        Event::Ruling(ruling) => wanted.ruling.push(ruling),
        Event::Arrangement(arrangement) => wanted.arrangement.push(arrangement),
        Event::Detail { arrangement, detail } => {
            let one = &mut wanted.arrangement[arrangement];
            match detail {
                ArrangementDetail::Until(day) | ArrangementDetail::Ends(day) => one.until = Some(day),
                ArrangementDetail::Proposed(day) => one.proposed = Some(day),
                ArrangementDetail::Withdrawn(day) => one.withdrawn = Some(day),
                ArrangementDetail::Confirmed(day) => one.confirmed = Some(day),
                ArrangementDetail::External => one.external = true,
                ArrangementDetail::LineManager(manager) => one.line_manager = Some(manager),
                ArrangementDetail::ClinicalResponsibility(responsibility) => {
                    one.clinical_responsibility = Some(responsibility);
                }
                ArrangementDetail::MedicalCover(cover) => one.medical_cover = Some(cover),
            }
        }
        Event::Session(_) | Event::Meeting(_) | Event::Edit(_) => unreachable!("no event of a student"),
    }
    assert_eq!(shown(&wanted), shown(after));
}

fn no_form1() -> Form1 {
    Form1 { submitted: None, document: None, notes: None }
}

/// Whether there is an entry for the day already.
fn is_logged(log: &SessionLog, event: &Event) -> bool {
    match (log, event) {
        (SessionLog::Group(log), Event::Session(new)) => log.sessions.iter().any(|one| one.date == new.date),
        (SessionLog::Supervision(log), Event::Meeting(new)) => log.sessions.iter().any(|one| one.date == new.date),
        _ => false,
    }
}

/// Asserts that a log reads as before, the entry aside, and is in order of date if it was.
fn assert_log_has(before: &SessionLog, after: &SessionLog, event: &Event) {
    fn with<T: Clone + Debug>(entries: &mut Vec<T>, entry: T, day: impl Fn(&T) -> Day) {
        entries.push(entry);
        entries.sort_by_key(day);
    }
    let mut wanted = before.clone();
    match (&mut wanted, event.clone()) {
        (SessionLog::Group(log), Event::Session(session)) => with(&mut log.sessions, session, |it| it.date),
        (SessionLog::Supervision(log), Event::Meeting(meeting)) => with(&mut log.sessions, meeting, |it| it.date),
        _ => unreachable!("the event is of the log's kind"),
    }
    assert_eq!(shown(&wanted), shown(after));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn an_event_of_a_student((notation, text) in select(examples("students")), event in of_a_student(), as_of in travelled()) {
        let before = as_of(&text);
        match amend(notation, &before, &event) {
            Ok(amended) => {
                if !matches!(event, Event::Detail { .. }) {
                    assert_put_in(&before, &amended);
                }
                assert_student_has(&student(notation, &before), &student(notation, &amended.text), &event);
                let again = amend(notation, &amended.text, &event);
                prop_assert!(matches!(again, Err(Refusal::AlreadyThere { .. })), "{again:?}");
            }
            Err(Refusal::AlreadyThere { .. } | Refusal::Otherwise { .. }) => {}
            Err(refusal) => {
                let there = student(notation, &before).arrangement.len();
                let is_beyond = matches!(&event, Event::Detail { arrangement, .. } if *arrangement >= there);
                prop_assert!(is_beyond, "{refusal:?}\n{event:?}\n{before}");
            }
        }
    }

    #[test]
    fn an_event_of_any_student(files in folder(), event in of_a_student()) {
        let before = &files["students/robin-ashby.toml"];
        match amend(Notation::Toml, before, &event) {
            Ok(amended) => {
                let (was, is) = (student(Notation::Toml, before), student(Notation::Toml, &amended.text));
                assert_student_has(&was, &is, &event);
            }
            Err(Refusal::AlreadyThere { .. } | Refusal::Otherwise { .. }) => {}
            Err(refusal) => prop_assert!(matches!(event, Event::Detail { .. }), "{refusal:?}\n{event:?}\n{before}"),
        }
    }

    #[test]
    fn an_entry_of_a_log(
        (notation, text) in select(examples("sessions")),
        session in session(),
        meeting in meeting(),
        as_of in travelled(),
        recorded in select(vec![Recorded::Since, Recorded::Ahead]),
    ) {
        let before = as_of(&text);
        let there = log(notation, &before);
        let event = if matches!(there, SessionLog::Group(_)) { session } else { meeting };
        match amend_when(notation, &before, &event, recorded) {
            Ok(amended) => {
                if is_logged(&there, &event) {
                    // What was planned for the day: its line alone is another.
                    let changed = before.lines().zip(amended.text.lines()).filter(|(was, is)| was != is).count();
                    prop_assert_eq!(changed, 1);
                } else {
                    assert_put_in(&before, &amended);
                    assert_log_has(&there, &log(notation, &amended.text), &event);
                }
                let again = amend_when(notation, &amended.text, &event, recorded);
                prop_assert!(matches!(again, Err(Refusal::AlreadyThere { .. })), "{again:?}");
            }
            Err(Refusal::AlreadyThere { .. } | Refusal::Otherwise { .. }) => {}
            Err(refusal) => prop_assert!(false, "{refusal:?}\n{event:?}\n{before}"),
        }
    }

    #[test]
    fn a_log_in_any_layout(
        between in prop::collection::vec(select(vec![
            ",\n  ", ", ", ",", ",   # one, two\n\n  # three, four\n  ", " # five\n  ,\n  ", ",\r\n\t",
        ]), 0..6),
        begins in select(vec!["[", "[ ", "[\n  ", "[ # six\n  # seven\n  "]),
        ends in select(vec!["]", " ]", ",]", ", # eight\n]", "\n]", ",\n  # nine\n]\nkeeps_terms = true", " # ten\n]"]),
        event in session(),
    ) {
        let first = Day::new(2024, 10, 1).expect("a day");
        let days: Vec<Day> = (0..=between.len()).zip((0..).step_by(100)).map(|(_, days)| first.plus_days(days)).collect();
        let entry = |at: usize| format!("{{ date = {}, minutes = 90 }}", days[at].iso());
        let entries: String = between.iter().enumerate().map(|(at, apart)| format!("{}{apart}", entry(at))).collect();
        let text = format!(
            "kind = \"group\"\ntitle = \"T\"\norganisation = \"O\"\nsetting = \"health\"\naim = \"other\"\n\
             frequency = \"weekly\"\nconductors = []\nsessions = {begins}{entries}{}{ends}\n",
            entry(between.len()),
        );
        match amend(Notation::Toml, &text, &event) {
            Ok(amended) => {
                let there = log(Notation::Toml, &text);
                if !is_logged(&there, &event) {
                    assert_holds_all_of(&text, &amended.text);
                    assert_log_has(&there, &log(Notation::Toml, &amended.text), &event);
                }
            }
            Err(Refusal::AlreadyThere { .. } | Refusal::Otherwise { .. }) => {}
            Err(refusal) => prop_assert!(false, "{refusal:?}"),
        }
    }

    #[test]
    fn no_text_is_too_odd(text in prop_oneof![
        any::<String>(),
        prop::collection::vec(select(vec![
            "name = \"A\"\n", "course = \"c\"\n", "[[report]]\n", "form = \"GWP2\"\n", "received = 2026-01-01\n", "[",
            "report = [", "]\n", "# é", "notes = 'é'", "[form1]\n", "{ form = \"WRG2\", received = 2026-01-01 }", ",", "# x\n", "\"\"\"", "\r\n",
            "[report.competencies]\n", "name: A\n", "course: c\n", "report:\n", "- ", "  ", "form: GWP2\n",
            "received: 2026-01-01\n", "{ form: WRG2, received: 2026-01-01 }\n",
        ]), 0..14).prop_map(|pieces| pieces.concat()),
    ], event in prop_oneof![of_a_student(), session(), meeting()]) {
        for notation in [Notation::Toml, Notation::Yaml] {
            if let Ok(amended) = amend(notation, &text, &event) {
                assert_student_has(&student(notation, &text), &student(notation, &amended.text), &event);
            }
        }
    }
}
