//! Forms that went through mail programs.

#![allow(clippy::unwrap_used, reason = "a test fails where something is not as it must be")]

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn ratings() -> Kind {
    Kind::marked([('C', "competent"), ('D', "developing"), ('N', "not competent"), ('-', "not observed")])
}

fn form() -> Form {
    let field = Field::new;
    let competencies = ["Working alliance", "Context", "Active listening"];
    Form {
        about: ["gwp2", "mina-holt", "2027-01-31"].map(str::to_owned).to_vec(),
        title: "GWP Form 2: progress report".to_owned(),
        known: vec![
            ("Student".to_owned(), "Mina \u{202e}Holt: \u{201c}M\u{201d}".to_owned()),
            ("Group".to_owned(), "A long name of a group ".repeat(9)),
        ],
        lead: vec!["Please answer behind the colons, and send the whole form back in your reply.".to_owned()],
        sections: vec![
            Section {
                id: "competencies".to_owned(),
                title: "The competencies".to_owned(),
                lead: vec!["C = competent, D = developing, N = not competent, - = not observed".to_owned()],
                fields: competencies.map(|label| field(&label.to_lowercase(), label, ratings())).to_vec(),
                ..Section::default()
            },
            Section {
                id: "concerns".to_owned(),
                title: "Concerns".to_owned(),
                fields: vec![
                    field("not-started", "Has not started to present a group", Kind::words(["yes", "no"]))
                        .with_hint("yes or no"),
                    field("concerns", "Concerns", Kind::Text).with_hint("leave it empty if there are none"),
                ],
                ..Section::default()
            },
            Section {
                id: "item 4".to_owned(),
                is_marked: true,
                title: "Mina Holt".to_owned(),
                lead: vec!["The record holds 14 of 30 sessions.".to_owned()],
                fields: vec![
                    field("decision", "Decision", Kind::words(["approve", "query"])),
                    field("note", "Note", Kind::Text),
                ],
            },
            Section {
                id: "item 5".to_owned(),
                is_marked: true,
                title: "Mina Holt".to_owned(),
                fields: vec![
                    field("decision", "Decision", Kind::words(["approve", "query"])),
                    field("note", "Note", Kind::Text),
                ],
                ..Section::default()
            },
            Section {
                id: "signature".to_owned(),
                title: "Signature".to_owned(),
                fields: vec![field("name", "Name", Kind::Words), field("date", "Date", Kind::Words)],
                ..Section::default()
            },
        ],
    }
}

/// What was typed in the order of the fields.
fn said(reading: &Reading) -> Vec<&Said> {
    reading.answers.iter().map(|answer| &answer.said).collect()
}

fn doubtful(said: &Said) -> bool {
    matches!(said, Said::Doubtful { .. })
}

/// The form with answers in the order of its fields, as somebody types them.
fn filled(form: &Form, answers: &[&str]) -> String {
    let mut form = form.clone();
    let fields = form.sections.iter_mut().flat_map(|section| &mut section.fields);
    for (field, answer) in fields.zip(answers) {
        field.filled = Some((*answer).to_owned()).filter(|answer| !answer.is_empty());
    }
    form.to_text()
}

#[test]
fn a_form_fits_every_mail_program() {
    let text = form().to_text();
    looks_right(&text);
    assert!(text.lines().all(|line| line.chars().count() <= WIDTH && line.trim_end() == line), "{text}");
    let reading = form().read(&text).unwrap();
    assert!(reading.is_as_printed && reading.not_understood.is_empty() && reading.outside.is_empty(), "{reading:#?}");
    assert!(said(&reading).iter().all(|said| **said == Said::Nothing), "{reading:#?}");
    assert_eq!(Reference::all_in(&text)[0].about, form().about);
}

/// The beginning and the end of it, as a person sees them.
fn looks_right(text: &str) {
    assert!(text.starts_with("==== GWP Form 2: progress report ====="), "{text}");
    assert!(text.contains("\nStudent: Mina \\u{202e}Holt: \u{201c}M\u{201d}\nGroup:   A long name"), "{text}");
    assert!(text.contains("\nWorking alliance: [ ]\nContext:          [ ]\n"), "{text}");
    assert!(text.contains(&format!("\n---- Mina Holt {}\n[item 4]\n", "-".repeat(51))), "{text}");
    assert!(text.contains("\nReference: gwp2 mina-holt 2027-01-31 #"), "{text}");
}

#[test]
fn a_reply_with_a_greeting_and_a_signature_is_read() {
    let form = form();
    let text = form.to_text();
    let text = text
        .replace("Working alliance: [ ]", "WORKING ALLIANCE : [ c ]")
        .replace("Context:          [ ]", "*Context:* Developing.")
        .replace("Active listening: [ ]", "Active listening: [ ] \u{2013}")
        .replace("group (yes or no): [ ]", "group (yes or\nno): no")
        .replace("Name:", "Name:\n\nMattias Holm");
    let quoted: Vec<_> = text.lines().map(|line| format!("> {line}\r")).collect();
    let mail = format!("Hi Ros\r\nall done\r\n\r\n{}\r\n-- \r\nMattias", quoted.join("\n"));
    let reading = form.read(&mail).unwrap();
    let said = said(&reading);
    assert_eq!(said[..4], [&Said::Chosen(0), &Said::Chosen(1), &Said::Chosen(3), &Said::Chosen(1)]);
    assert_eq!(reading.answer("signature", "name").unwrap().said, Said::Words("Mattias Holm".to_owned().into()));
    let outside: Vec<_> = reading.outside.iter().map(|line| line.says.raw()).collect();
    assert_eq!(outside, ["Hi Ros", "all done", "--", "Mattias"]);
    assert_eq!((reading.not_understood, reading.is_as_printed), (Vec::new(), true));
}

#[test]
fn what_could_mean_two_things_is_a_question() {
    let form = form();
    let text = form.to_text();
    let read = |from: &str, to: &str| form.read(&text.replacen(from, to, 1)).unwrap();
    for typed in ["C/D", "C D", "[C] D", "x", "competent?", "not", "C (mostly)", "0", "--"] {
        let reading = read("Context:          [ ]", &format!("Context: {typed}"));
        assert!(doubtful(&reading.answer("competencies", "context").unwrap().said), "{typed}: {reading:#?}");
    }
    let below = read("Context:          [ ]", "Context:          [ ]\nC");
    assert!(doubtful(&below.answer("competencies", "context").unwrap().said));
    let twice =
        read("Concerns (leave it empty if there are none):", "Concerns: some\nHas not started to present a group: yes");
    assert!(doubtful(&twice.answer("concerns", "not-started").unwrap().said), "{twice:#?}");
    assert!(doubtful(&twice.answer("concerns", "concerns").unwrap().said), "{twice:#?}");
    let gone = read("[item 5]\n", "");
    assert_eq!(gone.answer("item 5", "note").unwrap().said, Said::Missing);
    assert!(!gone.not_understood.is_empty());
    let open =
        form.read(&filled(&form, &["C", "C", "C", "no", "some"]).replace("---- Signature", "Signature")).unwrap();
    assert_eq!(open.answer("signature", "name").unwrap().said, Said::Missing);
    let open = open.answer("item 5", "note").unwrap();
    assert!(doubtful(&open.said), "{open:#?}");
    let other = read("Student: Mina", "Student: Nina");
    assert!(!other.is_as_printed);
    assert_eq!(other.not_understood.len(), 1, "{other:#?}");
}

#[test]
fn an_answer_that_looks_like_a_heading_is_a_question() {
    let form = form();
    for line in
        ["---- Signature", "---- Concerns ----", "---- Mina Holt", "==== End of the form", "---- The competencies"]
    {
        for (position, key) in [(4, ("concerns", "concerns")), (6, ("item 4", "note"))] {
            let answer = format!("first\n\n{line}\n\nlast");
            let mut answers = vec!["C", "C", "C", "no", "some", "query", "more", "approve", "", "Mattias", "1 May"];
            answers[position] = &answer;
            let reading = form.read(&filled(&form, &answers)).unwrap();
            let said = &reading.answer(key.0, key.1).unwrap().said;
            let is_whole = matches!(said, Said::Words(words) if as_words(words.raw()) == as_words(&answer));
            assert!(doubtful(said) || is_whole, "{line}: {said:?}");
        }
    }
    // The headings of the form are none of its answers.
    let reading = form.read(&filled(&form, &["C", "C", "C", "no", "some", "query", "more"])).unwrap();
    assert!(!reading.answers.iter().any(|answer| doubtful(&answer.said)), "{reading:#?}");
}

#[test]
fn of_two_copies_the_filled_in_one_is_read() {
    let form = form();
    let (blank, one, other) = (form.to_text(), filled(&form, &["C"]), filled(&form, &["D"]));
    assert_eq!(said(&form.read(&format!("{one}\n> hi\n{blank}")).unwrap())[0], &Said::Chosen(0));
    assert_eq!(said(&form.read(&format!("{one}\n{one}")).unwrap())[0], &Said::Chosen(0));
    assert_eq!(form.read(&format!("{one}\n{other}")), Err(Unread::Several));
    assert_eq!(form.read("nothing"), Err(Unread::NotThere));
    assert_eq!(form.read(&one.replace("2027-01-31", "2027-06-13")), Err(Unread::NotThere));
}

/// A word as people write them, with what forms are made of in it.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z,.:()\u{e9}\u{2019}\u{5d0}]{1,12}",
        1 => select(vec!["Concerns:", "Name:", "[x]", "----", "Signature", "Reference:", "Note", "#12", "\u{201c}so\u{201d}", "-", "O'Neill"]).prop_map(str::to_owned),
    ]
}

fn sentence(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(word(), 1..most).prop_map(|words| words.join(" "))
}

/// What a mail program makes of a text.
fn mailed(text: &str, (depth, width, is_crlf, is_spaced, is_smart): (usize, usize, bool, bool, bool)) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut rest = line.to_owned();
        let mut lines = Vec::new();
        while let Some(at) = rest.char_indices().nth(width).map(|(at, _)| at).and_then(|at| rest[..at].rfind(' ')) {
            if rest[..at].trim().is_empty() {
                break;
            }
            lines.push(rest[..at].to_owned());
            rest = rest[at + 1..].to_owned();
        }
        lines.push(rest);
        for line in lines {
            let line = if is_smart { line.replace('\'', "\u{2019}").replace("  ", "\u{a0} ") } else { line };
            out.push_str(&"> ".repeat(depth));
            out.push_str(&line);
            out.push_str(if is_spaced { " \t" } else { "" });
            out.push_str(if is_crlf { "\r\n" } else { "\n" });
        }
    }
    out
}

/// A text as it is compared: its words.
fn as_words(text: &str) -> String {
    lines::plain(text)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(80) })]

    #[test]
    fn what_was_answered_is_read_or_asked_about(
        chosen in proptest::collection::vec(select(vec!["", "C", "d", "not competent", "-"]), 3),
        concerns in proptest::collection::vec(sentence(40), 0..4),
        note in sentence(20),
        name in sentence(6),
        mail in (0..4usize, 66..100usize, any::<bool>(), any::<bool>(), any::<bool>()),
        noise in proptest::collection::vec(word(), 0..3),
    ) {
        let form = form();
        let concerns = concerns.join("\n\n");
        let answers = [chosen[0], chosen[1], chosen[2], "no", &concerns, "query", &note, "approve", "", &name, "1 May"];
        let text = format!("{}\n{}\n{}", noise.join("\n"), mailed(&filled(&form, &answers), mail), noise.join("\n"));
        let reading = form.read(&text).unwrap();
        for (answer, typed) in reading.answers.iter().zip(answers) {
            let kind = &form.field(&answer.section, &answer.key).unwrap().kind;
            match (&answer.said, kind) {
                (Said::Doubtful { .. }, Kind::Text | Kind::Words) => {}
                (Said::Nothing, _) => prop_assert_eq!(as_words(typed), ""),
                (Said::Chosen(at), Kind::Choice(choices)) => prop_assert!(choices[*at].is_said_by(typed)),
                (Said::Words(words), _) => prop_assert_eq!(as_words(words.raw()), as_words(typed)),
                (said, _) => prop_assert!(false, "{}: {:?} for {}\n{}", answer.key, said, typed, text),
            }
        }
    }

    #[test]
    fn a_line_of_noise_is_listed_or_belongs_to_a_text(
        at in any::<prop::sample::Index>(),
        noise in prop_oneof![sentence(6), "[CDN-]", "(Context|Name|Decision): ?[CDN]?", "\\PC{1,30}"],
    ) {
        let form = form();
        let clean = filled(&form, &["C", "D", "-", "no", "", "query", "", "approve", "", "Mattias", "1 May"]);
        let before = form.read(&clean).unwrap();
        let mut lines: Vec<&str> = clean.lines().collect();
        let at = at.index(lines.len());
        lines.insert(at, &noise);
        let reading = form.read(&lines.join("\n"));
        let Ok(reading) = reading else { return Ok(()) };
        let is_listed = reading.not_understood.iter().chain(&reading.outside).any(|line| line.number == at + 1);
        for (was, is) in before.answers.iter().zip(&reading.answers) {
            let is_told = was.said == is.said
                || doubtful(&is.said)
                || is.said == Said::Missing
                // It stands where a text is asked for.
                || matches!(form.field(&is.section, &is.key).unwrap().kind, Kind::Text | Kind::Words);
            prop_assert!(is_told || is_listed, "{noise:?} in line {}: {:#?}", at + 1, is);
        }
    }
}
