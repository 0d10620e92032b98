//! Forms that go round by mail: what is written, and what is read of the answers.

use std::fs;

use gwp::calendar::Day;
use gwp::facts::AwardDecisions;
use gwp::form::{Reference, Said, WIDTH};
use gwp::judgement::Judgement;
use gwp::sent_forms::SentForm;
use mail_builder::MessageBuilder;
use mail_builder::headers::date::Date;

use crate::asking::answered;
use crate::desk::{Desk, assert_transcript};
use crate::file;

/// 28 January 2026, in the morning.
const MORNING: i64 = 1_769_594_400;

/// A form of `gwp form` with answers typed behind some of its labels.
fn filled(desk: &Desk, form: &str, answers: &[(&str, &str)]) -> String {
    let ran = desk.run(&format!("form {form} --as-of 2026-01-28"));
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    let mut text = ran.out;
    for (label, answer) in answers {
        let typed = |line: &str| match line.split_once(':') {
            Some((before, _)) if before.starts_with(label) => format!("{before}: {answer}\n"),
            _ => format!("{line}\n"),
        };
        let lines: String = text.lines().map(typed).collect();
        assert_ne!(lines, text, "{label} is on the form");
        text = lines;
    }
    text
}

/// A message as a mail program saves it.
pub fn message(from: &str, text: &str) -> Vec<u8> {
    let message = MessageBuilder::new().from(("Somebody", from)).to("ros@example.org").subject("Re: GWP Form 2");
    message.date(Date::new(MORNING)).text_body(text).write_to_vec().expect("a message")
}

/// The text as the quotation in a reply.
fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}\n")).collect()
}

const LEONIE: &str = "leonie.hardcastle@example.org";

const RATINGS: [(&str, &str); 9] = [
    ("Working alliance", "[C]"),
    ("Context", "[ d ]"),
    ("Process and dynamics", "Competent"),
    ("Boundaries", "[not competent]"),
    ("Active listening", "\u{2013}"),
    ("Conflict", "[C]"),
    ("Difference", "[C]"),
    ("Confidentiality", "[C]"),
    ("Professional relationships", "[]"),
];

#[test]
fn every_form_is_read_as_it_was_written() {
    let mut forms = 0;
    for example in ["examples/london", "examples/edition-2022-23"] {
        let folder = gwp::Folder::open(file(example)).expect("a folder");
        for as_of in ["2025-10-10", "2026-01-28", "2026-07-01"].map(|day| Day::parse(day).expect("a day")) {
            let mut all = Vec::new();
            for (position, student) in folder.case.records.students.iter().enumerate() {
                let Some(case) = folder.case.student(position) else { continue };
                let judgement = Judgement::new(&case, as_of, AwardDecisions::Counted);
                let asked = |obligation| SentForm::asked_by(obligation, Some(&student.id), as_of);
                all.extend(judgement.obligations().iter().filter(|one| one.owed).filter_map(asked));
                all.push(SentForm::Application { student: student.id.clone() });
            }
            let logs = folder.case.records.logs.iter().filter(|log| log.record.is_some());
            all.extend(logs.map(|log| SentForm::Sessions { log: log.id.clone(), through: as_of }));
            for sent in all {
                let form = sent.made(&folder.case, as_of).expect("a form").form;
                let text = form.to_text();
                assert!(text.lines().all(|line| line.chars().count() <= WIDTH && line == line.trim_end()), "{text}");
                let references = Reference::all_in(&text);
                assert_eq!(references.iter().filter_map(SentForm::of).collect::<Vec<_>>(), std::slice::from_ref(&sent));
                let reading = form.read(&quoted(&text)).expect("it is there");
                assert!(reading.is_as_printed && reading.not_understood.is_empty(), "{text}\n{reading:#?}");
                let is_application = matches!(sent, SentForm::Application { .. });
                let is_empty =
                    |said: &Said| *said == Said::Nothing || (is_application && !matches!(said, Said::Missing));
                assert!(reading.answers.iter().all(|answer| is_empty(&answer.said)), "{text}\n{reading:#?}");
                forms += 1;
            }
        }
    }
    assert!(forms > 100, "{forms}");
}

#[test]
fn a_report_comes_back_by_mail() {
    let desk = Desk::london();
    let mut answers = RATINGS.to_vec();
    answers.extend([("Has not started to present", "no"), ("Name", "Leonie Hardcastle"), ("Date", "28 January")]);
    let text = filled(&desk, "gwp2 marcus-idowu", &answers).replace(
        "(leave empty if there are none):\n",
        "(leave empty if there are none):\nArrived late: three times, says \u{201c}traffic\u{201d}; told so.\n\nWill see: again.\n",
    );
    // Every line that the mail program wraps or encodes comes back.
    let mail = message(LEONIE, &format!("Dear Ros\n\nhere it is.\n\n{}", quoted(&text)));
    fs::write(desk.path("answer.eml"), mail).expect("it can be written");
    assert_transcript(
        &desk,
        r#"$ gwp receive --from answer.eml --yes --as-of 2026-01-28
GWP Form 2: report of the workplace supervisor, received on 28 January 2026:
  Student: Marcus Idowu
  Working alliance: competent
  Context: developing
  Process and dynamics: competent
  Boundaries: not competent
  Active listening: not observed
  Conflict: competent
  Difference: competent
  Confidentiality: competent
  Has not started to present a group: no
  Concerns for the committee: Arrived late: three times, says “traffic”; told so.
    Will see: again.
  Name: Leonie Hardcastle
  Date: 28 January
  Left empty: Professional relationships
Not part of a form, and not read:
  line 1: Dear Ros
  line 3: here it is.
Recorded in students/2025/marcus-idowu.toml, line 34: GWP Form 2 for 30 January 2026 by leonie-hardcastle, received on 28 January 2026, 8 of the 9 competencies rated.
Marcus Idowu: 12 of 30 sessions.
  6 requirements are met.
  R5 is for the committee: GWP Form 2 of 28 January 2026 raises a concern: "Arrived late: three times, says “traffic”; told so.\n\nWill see: again.".
  C4 is for the committee: rated not competent on 28 January 2026.
  The verdict is now query: the committee has something to judge.
  Still needed: the LCC to judge: GWP Form 2 of 28 January 2026 raises a concern: "Arrived late: three times, says “traffic”; told so.\n\nWill see: again." [R5]; and 6 more.
students/2025/marcus-idowu.toml
+[[report]]
+form = "GWP2"
+due = 2026-01-30
+received = 2026-01-28
+by = "leonie-hardcastle"
+concerns = "Arrived late: three times, says “traffic”; told so.\n\nWill see: again."
+[report.competencies]
+working-alliance = "competent"
+context = "developing"
+process-and-dynamics = "competent"
+boundaries = "not-competent"
+active-listening = "not-observed"
+conflict = "competent"
+difference = "competent"
+confidentiality = "competent"
+
"#,
    );
}

#[test]
fn what_is_not_clear_is_not_recorded() {
    let desk = Desk::london();
    let before = desk.files();
    for (typed, said) in [("[C/D]", "\"[C/D]\"; it can be C (competent)"), ("[c?]", "it can be"), ("good", "it can be")]
    {
        let text = filled(&desk, "gwp2 marcus-idowu", &[("Context", typed), ("Name", "L. Hardcastle")]);
        fs::write(desk.path("answer.txt"), text).expect("it can be written");
        let ran = desk.run("receive --from answer.txt --yes --on 2026-01-28 --as-of 2026-01-28");
        assert!(ran.status == 2 && ran.out.contains(said) && ran.err.contains("nothing is written"), "{ran:?}");
        assert!(ran.out.contains("line 19, Context"), "{}", ran.out);
    }
    // A line that belongs nowhere.
    let text = filled(&desk, "gwp2 marcus-idowu", &[("Context", "C\nbut see my letter")]);
    fs::write(desk.path("answer.txt"), text).expect("it can be written");
    let ran = desk.run("receive --from answer.txt --yes --on 2026-01-28 --as-of 2026-01-28");
    assert!(ran.status == 2 && ran.out.contains("line 20: but see my letter"), "{ran:?}");
    // Somebody else's address, or name.
    let text = filled(&desk, "gwp2 marcus-idowu", &[("Context", "C"), ("Name", "Desmond Quayle")]);
    fs::write(desk.path("answer.eml"), message("d.quayle@example.org", &text)).expect("it can be written");
    let ran = desk.run("receive --from answer.eml --yes --as-of 2026-01-28");
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (
            2,
            "gwp: the message came from d.quayle@example.org, while the record has leonie.hardcastle@example.org for \
             Leonie Hardcastle, and it is signed Desmond Quayle, while Leonie Hardcastle was asked; if that is right, say \
             so with --other-sender\n"
        )
    );
    // Nobody says that it is to be recorded.
    fs::write(desk.path("answer.eml"), message(LEONIE, &text.replace("Desmond Quayle", "")))
        .expect("it can be written");
    let ran = desk.run("receive --from answer.eml --as-of 2026-01-28");
    assert!(ran.status == 2 && ran.err.contains("say with --yes"), "{ran:?}");
    let mut after = desk.files();
    after.retain(|name, _| !name.starts_with("answer"));
    assert_eq!(after, before);
}

#[test]
fn a_message_without_a_form_says_what_to_do() {
    let desk = Desk::london();
    let html = MessageBuilder::new().from(LEONIE).date(Date::new(MORNING)).html_body("<p>Context: C</p>");
    for (name, bytes, said) in [
        ("a.eml", message(LEONIE, "All fine with Marcus."), "holds no form of \"gwp form\""),
        ("b.eml", html.write_to_vec().expect("a message"), "only as HTML; open the message, copy its text"),
        ("c.eml", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest".to_vec(), "Outlook's own form"),
        ("d.eml", b"no message at all".to_vec(), "is no message"),
        ("e.txt", b"Context: \xff".to_vec(), "not in UTF-8"),
        ("g.html", b"anything".to_vec(), "a saved page does not keep what was typed in it"),
        ("h.txt", b"\n<!DOCTYPE html><p>Reference: gwp2 marcus-idowu".to_vec(), "is a page, and"),
        ("i.eml", b"<HTML><body>".to_vec(), "is a page, and"),
    ] {
        fs::write(desk.path(name), bytes).expect("it can be written");
        let ran = desk.run(&format!("receive --from {name} --yes"));
        assert!(ran.status == 2 && ran.out.is_empty() && ran.err.contains(said), "{name}: {ran:?}");
    }
    fs::create_dir(desk.path("f.eml")).expect("it can be made");
    let is_folder = "gwp: f.eml is a folder, and a file is needed here; name a file in it\n";
    for command in ["receive --from f.eml --yes", "meeting --from f.eml"] {
        assert_eq!(desk.run(command).err, is_folder, "{command}");
    }
    assert!(desk.run("receive marcus-idowu GWP2 --from a.eml").err.contains("cannot be used with"));
    assert_eq!(desk.run("receive --yes").status, 2);
}

#[test]
fn a_list_of_sessions_comes_back() {
    let desk = Desk::london();
    for day in ["2026-02-16", "2026-02-23", "2026-03-02"] {
        assert_eq!(desk.run(&format!("log managing-stress {day} --as-of 2026-01-28 --planned")).status, 0);
    }
    let sessions = desk.run("form sessions managing-stress --through 2026-03-02");
    assert!(sessions.out.contains("\n16 February 2026 (planned, 90 minutes):\n"), "{}", sessions.out);
    let text = sessions
        .out
        .replace("16 February 2026 (planned, 90 minutes):", "16 February 2026 (planned, 90 minutes): held 7")
        .replace("23 February 2026 (planned, 90 minutes):", "23 February 2026: Cancelled \u{2013} no heating.")
        .replace("13 October 2025 (held, 90 minutes, 14 came):", "13 October 2025 (held, 90 minutes, 14 came): correct")
        .replace(
            "20 October 2025 (held, 90 minutes, 12 came):",
            "20 October 2025 (held, 90 minutes, 12 came): held, 11",
        );
    fs::write(desk.path("answer.txt"), text).expect("it can be written");
    assert_transcript(
        &desk,
        r#"$ gwp receive --from answer.txt --yes --on 2026-03-03 --as-of 2026-03-03
Sessions up to 2 March 2026, received on 3 March 2026:
  Group: Managing stress: six Mondays, then again
  13 October 2025: correct
  20 October 2025: held, 11
  16 February 2026: held 7
  23 February 2026: Cancelled – no heating.
  Left empty: 27 October 2025, 3 November 2025, 10 November 2025, 17 November 2025, 1 December 2025, 8 December 2025, 15 December 2025, 5 January 2026, 12 January 2026, and 6 more
To be put right in sessions/managing-stress.toml:
  20 October 2025: the form says held, 11 members came; recorded is held, 90 minutes, 12 came
Note:
  nothing is said of the session planned on 2 March 2026
Recorded in sessions/managing-stress.toml, line 16: 2 entries confirmed or cancelled; corrected: session (date 20 October 2025, minutes 90, present 12): present 11 instead of 12.
Marcus Idowu: 15 of 30 sessions.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 9 more.
sessions/managing-stress.toml
-  { date = 2025-10-20, minutes = 90, present = 12 },
+  { date = 2025-10-20, minutes = 90, present = 11 },
-  { date = 2026-02-16, minutes = 90, planned = true },
-  { date = 2026-02-23, minutes = 90, planned = true },
+  { date = 2026-02-16, minutes = 90, present =  7 },
+  { date = 2026-02-23, cancelled = "no heating" },
"#,
    );
    // What was correct about a session is what was printed of it.
    let text = sessions.out.replace("(held, 90 minutes, 14 came):", "(held, 60 minutes, 14 came): correct");
    fs::write(desk.path("answer.txt"), text).expect("it can be written");
    let ran = desk.run("receive --from answer.txt --yes --on 2026-03-03 --as-of 2026-03-03");
    assert!(ran.status == 2 && ran.out.contains("the record has changed since this was sent"), "{ran:?}");
}

#[test]
fn what_a_form_says_otherwise_is_put_right() {
    let desk = Desk::london().in_git();
    let before = desk.files();
    let days = [
        ("13 October", "held 13, 75 minutes"),
        ("20 October", "cancelled: flu"),
        ("12 January", "held 13"),
        ("27 October", "on the 28th"),
    ];
    let text = filled(&desk, "sessions managing-stress", &days);
    fs::write(desk.path("answer.txt"), &text).expect("it can be written");
    let receive = "receive --from answer.txt --on 2026-01-28 --as-of 2026-01-28";
    let ran = desk.run(&format!("{receive} --yes"));
    let why = "27 October 2025: \"on the 28th\"; it can be correct, held 7, 75 minutes, or cancelled and why";
    assert!(ran.status == 2 && ran.out.contains(why), "{}{}", ran.out, ran.err);
    // At a terminal somebody says what is meant, and whether the record is to be put right.
    let text = answered(&desk, receive, &["correct", "no"]);
    assert!(text.contains("Put right what the record says otherwise: 3 entries (yes, no): no"), "{text}");
    assert!(text.ends_with("There is nothing to record.\n"), "{text}");
    let text = answered(&desk, &format!("{receive} --commit"), &["correct", "yes", "yes"]);
    for said in [
        "To be put right in sessions/managing-stress.toml:\n  13 October 2025: the form says held, 75 minutes, 13 members came; \
         recorded is held, 90 minutes, 14 came\n  20 October 2025: the form says cancelled: flu; recorded is held, 90 minutes, \
         12 came\n",
        "corrected: session (date 13 October 2025, minutes 90, present 14): minutes 75 instead of 90; ",
    ] {
        assert!(text.contains(said), "{said}\nin\n{text}");
    }
    let log = desk.read("sessions/managing-stress.toml");
    for entry in ["2025-10-13, minutes = 75, present = 13 }", "2025-10-20, cancelled = \"flu\" }"] {
        assert!(log.contains(entry), "{entry} in\n{log}");
    }
    // The history says what it was; and all of it is taken back at once.
    let message = desk.git("log -1 --format=%B");
    assert!(message.contains("minutes 75 instead of 90") && message.contains("present 13 instead of"), "{message}");
    assert_eq!(desk.run("undo --yes").status, 0);
    fs::remove_file(desk.path("answer.txt")).expect("it is there");
    assert_eq!(desk.files(), before);
}

#[test]
fn several_forms_in_one_message_are_recorded_together() {
    let desk = Desk::london();
    let one = filled(&desk, "gwp2 marcus-idowu", &[("Context", "C"), ("Name", "Leonie Hardcastle")]);
    let other = filled(&desk, "sessions managing-stress", &[("12 January", "held 13")]);
    let text = format!("Dear Ros,\n{}\n{}\nLeonie", quoted(&one), quoted(&other));
    fs::write(desk.path("answer.eml"), message(LEONIE, &text)).expect("it can be written");
    let ran = desk.run("receive --from answer.eml --yes --as-of 2026-01-28");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("12 January 2026: the form says held, 13 members came; recorded is held, 90"), "{ran:?}");
    assert!(ran.out.contains("read:\n  line 1: Dear Ros,\n  line 79: Leonie\n"), "{}", ran.out);
    // Of two that say something new, both are written or none.
    for day in ["2026-02-16", "2026-02-23"] {
        assert_eq!(desk.run(&format!("log managing-stress {day} --planned --as-of 2026-01-28")).status, 0);
    }
    let held = filled(&desk, "sessions managing-stress --through 2026-02-16", &[("16 February", "held 9")]);
    let report = one.replace("Conflict:                   [ ]", "Conflict: D");
    let before = desk.read("sessions/managing-stress.toml");
    let unclear = report.replace("Boundaries:                 [ ]", "Boundaries: ?");
    for (report, status) in [(&unclear, 2), (&report, 0)] {
        fs::write(desk.path("answer.eml"), message(LEONIE, &format!("{report}{held}"))).expect("it can be written");
        let ran = desk.run("receive --from answer.eml --yes --as-of 2026-02-17");
        assert_eq!(ran.status, status, "{ran:?}");
        assert_eq!(desk.read("sessions/managing-stress.toml") == before, status == 2, "{ran:?}");
    }
    assert!(desk.read("students/2025/marcus-idowu.toml").contains("conflict = \"developing\""));
}

#[test]
fn an_application_is_confirmed_by_the_supervisor_alone() {
    let desk = Desk::london();
    let confirmed = [("The workplace supervisor confirms", "[yes]")];
    let text = filled(&desk, "form1 bethan-maddox", &confirmed);
    let of_student = message("bethan.maddox@example.org", &text);
    fs::write(desk.path("student.eml"), of_student).expect("it can be written");
    let ran = desk.run("receive --from student.eml --yes --as-of 2026-01-28");
    assert!(ran.out.contains("the sender is not the workplace supervisor whose confirmation the form says"), "{ran:?}");
    assert!(ran.out.ends_with("There is nothing to record.\n"), "{ran:?}");
    // A text has no sender: whoever signed it has sent it, and without a name nobody knows.
    let signed = |name: &str| filled(&desk, "form1 bethan-maddox", &[confirmed[0], ("Name", name)]);
    for (name, says) in
        [("Bethan Maddox", "the sender is not the workplace supervisor"), ("", "nobody can tell who sent")]
    {
        fs::write(desk.path("answer.txt"), signed(name)).expect("it can be written");
        let ran = desk.run("receive --from answer.txt --yes --as-of 2026-01-28");
        assert!(ran.out.contains(says) && ran.out.ends_with("There is nothing to record.\n"), "{name}: {ran:?}");
    }
    for (name, option) in [("Oonagh Devlin", ""), ("", "--other-sender")] {
        fs::write(desk.path("answer.txt"), signed(name)).expect("it can be written");
        let ran = desk.run(&format!("receive --from answer.txt {option} --dry-run --as-of 2026-01-28"));
        assert!(ran.out.contains("\n+confirmed = "), "{name}: {ran:?}");
    }
    fs::write(desk.path("supervisor.eml"), message("oonagh.devlin@example.org", &text)).expect("it can be written");
    let ran = desk.run("receive --from supervisor.eml --yes --as-of 2026-01-28");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(desk.read("students/2025/bethan-maddox.toml").contains("confirmed = 2026-01-28"), "{}", ran.out);
}

#[test]
fn reminders_carry_the_forms_they_ask_for() {
    let desk = Desk::london();
    let ran = desk.run("remind --as-of 2026-02-10 --from leonie-hardcastle --with-forms");
    assert!(ran.out.contains("\nReference: gwp2 marcus-idowu 2026-01-30 leonie-hardcastle #"), "{}", ran.out);
    let ran = desk.run("remind --as-of 2026-02-10 --with-forms --out letters");
    assert_eq!(ran.status, 0, "{}", ran.err);
    // The answer to a letter is a reply to it.
    let letter = fs::read(desk.path("letters/workplace-supervisor-leonie-hardcastle.eml")).expect("a letter");
    let mail = gwp::mail::Mail::read(&letter).expect("a message");
    let reply = mail.texts[0].replace("Context:                    [ ]", "Context: [C]");
    fs::write(desk.path("reply.eml"), message(LEONIE, &quoted(&reply))).expect("it can be written");
    let ran = desk.run("receive --from reply.eml --yes --as-of 2026-02-10");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(desk.read("students/2025/marcus-idowu.toml").contains("context = \"competent\""));
}

#[test]
fn messages_carry_the_forms_as_pages_whose_saved_answers_come_back() {
    let desk = Desk::london();
    let remind = "remind --as-of 2026-02-10 --with-forms";
    let said =
        "The form is also attached as a page: fill it in on screen, save the answers,\nand send the saved file back.\n";
    let printed = desk.run(remind);
    assert!(printed.out.contains("\nReference: gwp2 marcus-idowu") && !printed.out.contains("attached"), "{printed:?}");
    for folder in ["letters", "again"] {
        assert_eq!(desk.run(&format!("{remind} --out {folder}")).status, 0);
    }
    for letter in fs::read_dir(desk.path("letters")).expect("it is there") {
        let name = letter.expect("an entry").file_name().into_string().expect("a name");
        let of = |folder: &str| fs::read(desk.path(&format!("{folder}/{name}"))).expect("a letter");
        assert!(of("letters") == of("again"), "{name} is the same each time");
    }
    let letter = fs::read(desk.path("letters/workplace-supervisor-leonie-hardcastle.eml")).expect("a letter");
    let mail = mailparse::parse_mail(&letter).expect("a message");
    let [text, page] = mail.subparts.as_slice() else { panic!("a text and a page: {mail:?}") };
    let text = text.get_body().expect("a text").replace("\r\n", "\n");
    assert!(text.contains(&format!("\n\n{said}\n==== GWP Form 2")), "{text}");
    let (placed, stem) = (page.get_content_disposition(), "gwp2-marcus-idowu-2026-01-30-leonie-hardcastle");
    assert_eq!(
        (placed.disposition, page.ctype.mimetype.as_str()),
        (mailparse::DispositionType::Attachment, "text/html")
    );
    assert_eq!(placed.params["filename"], format!("{stem}.html"));
    // It is the page that the other command writes.
    assert_eq!(desk.run("form gwp2 marcus-idowu --as-of 2026-02-10 --out page.html").status, 0);
    assert_eq!(page.get_body().expect("a page").replace("\r\n", "\n"), desk.read("page.html"));
    // What it saves comes back attached to a reply, with the open form quoted in it. Few programs say how a file is written.
    let form = &text[text.find("==== GWP Form 2").expect("a form")..];
    let saved = form
        .replace("Context:                    [ ]", "Context: [C]")
        .replace("if there are none):\n", "if there are none):\nZo\u{eb} \u{2013} late\n");
    for (kind, id) in [("text/plain", "one"), ("application/octet-stream", "other")] {
        let reply = MessageBuilder::new().from(("Leonie", LEONIE)).to("ros@example.org").date(Date::new(MORNING));
        let reply = reply.text_body(quoted(&text)).attachment(kind, format!("{stem}.txt"), saved.as_bytes().to_vec());
        fs::write(desk.path(&format!("{id}.eml")), reply.write_to_vec().expect("a message"))
            .expect("it can be written");
        let ran = desk.run(&format!("receive --from {id}.eml --yes --dry-run --as-of 2026-02-10"));
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
        for line in ["+context = \"competent\"\n", "+concerns = \"Zo\u{eb} \u{2013} late\"\n"] {
            assert!(ran.out.contains(line), "{line}\nin\n{}", ran.out);
        }
    }
}

#[test]
fn a_form_goes_into_a_private_file() {
    let desk = Desk::london();
    let ran =
        desk.run("form gwp2 'Marcus Idowu' --by hardcastle --due '30 January 2026' --as-of 2026-02-10 --out form.txt");
    assert_eq!((ran.status, ran.out.as_str()), (0, "The form is in form.txt. Nothing is sent.\n"));
    assert!(desk.read("form.txt").starts_with("==== GWP Form 2"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(desk.path("form.txt")).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    for (line, said) in [
        ("form gwp2 marcus-idowu --as-of 2026-02-10 --due 2025-12-01", "is not owed; owed is one for 30 January 2026"),
        ("form gwp3 marcus-idowu --as-of 2026-02-10", "no GWP Form 3 is owed"),
        ("form gwp2 nobody --as-of 2026-02-10", "no student"),
        ("form sessions nowhere", "no session log"),
        ("form sessions managing-stress --by x", "leave them out"),
        ("form form1 marcus-idowu --through 2026-01-01", "leave it out"),
        ("form form1 hannah-lister", "cannot be judged"),
    ] {
        let ran = desk.run(line);
        assert!(ran.status == 2 && ran.out.is_empty() && ran.err.contains(said), "{line}: {ran:?}");
    }
}

#[cfg(unix)]
#[test]
fn at_a_terminal_what_is_unclear_is_asked() {
    use crate::asking::at_a_terminal;
    let desk = Desk::london();
    let text =
        filled(&desk, "gwp2 marcus-idowu", &[("Context", "C/D"), ("Conflict", "C\nas I wrote"), ("Name", "M. Idowu")]);
    fs::write(desk.path("answer.eml"), message(LEONIE, &text)).expect("it can be written");
    let receive = "receive --from answer.eml --as-of 2026-01-28";
    let before = desk.read("students/2025/marcus-idowu.toml");
    for keys in [&["D\n", "no\n"][..], &["D\n", "yes\n", "no\n"]] {
        let (status, shown) = at_a_terminal(&desk, receive, keys);
        assert!(status == 2 && shown.contains("nothing is written"), "{shown}");
        assert_eq!(desk.read("students/2025/marcus-idowu.toml"), before);
    }
    let (status, shown) = at_a_terminal(&desk, receive, &["maybe\n", "D\n", "yes\n", "yes\n"]);
    assert_eq!(status, 0, "{shown}");
    for said in [
        "line 19, Context: \"C/D\"; it can be C (competent), D (developing), N (not competent) or - (not observed). What is \
         meant [nothing]: ",
        "This cannot be used: it can be C (competent)",
        "Not understood, in the form:\n  line 24: as I wrote\n",
        "Go on without them (yes, no): ",
        "Note: it is signed M. Idowu, while Leonie Hardcastle was asked. Record this all the same (yes, no): ",
        "\nRecorded in students/2025/marcus-idowu.toml",
    ] {
        assert!(shown.contains(said), "{said}\nis not in\n{shown}");
    }
    assert!(desk.read("students/2025/marcus-idowu.toml").contains("context = \"developing\""));
}
