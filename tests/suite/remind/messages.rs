//! Messages, read by another library.

use std::collections::{BTreeMap, BTreeSet};

use mailparse::{MailAddr, MailHeaderMap, addrparse_header, parse_mail};

use super::{ANN, Desk, SAM, due, messages, told};
use crate::program::Program;
use crate::scratch;

/// A message as another program reads it.
struct Parsed {
    to: (String, String),
    from: (String, String),
    headers: BTreeMap<String, String>,
    text: String,
}

fn parsed(bytes: &[u8]) -> Parsed {
    let mail = parse_mail(bytes).expect("it is a message");
    let mailbox = |name: &str| match addrparse_header(mail.headers.get_first_header(name).expect("it is there")) {
        Ok(list) => match list.as_slice() {
            [MailAddr::Single(one)] => (one.display_name.clone().unwrap_or_default(), one.addr.clone()),
            other => panic!("{name} is {other:?}"),
        },
        Err(error) => panic!("{name}: {error}"),
    };
    let names: Vec<String> = mail.headers.iter().map(mailparse::MailHeader::get_key).collect();
    assert_eq!(
        names,
        [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "X-Unsent",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding"
        ]
    );
    assert!(mail.subparts.is_empty());
    assert_eq!(mail.ctype.mimetype, "text/plain");
    assert_eq!(mail.ctype.charset, "utf-8");
    let headers: BTreeMap<String, String> =
        mail.headers.iter().map(|header| (header.get_key(), header.get_value())).collect();
    assert_eq!((&*headers["X-Unsent"], &*headers["MIME-Version"]), ("1", "1.0"));
    // Nothing that mail systems could trip over.
    assert!(bytes.is_ascii());
    for line in bytes.split(|byte| *byte == b'\n') {
        assert!(line.len() <= 200 && (line.is_empty() || line.ends_with(b"\r")), "{:?}", String::from_utf8_lossy(line));
    }
    assert!(!bytes.windows(2).any(|pair| pair[1] == b'\n' && pair[0] != b'\r'));
    let text = mail.get_body().expect("it can be decoded").replace("\r\n", "\n");
    Parsed { to: mailbox("To"), from: mailbox("From"), headers, text }
}

/// Asserts that the messages of a run tell what is due, to everybody and no more.
fn assert_tells_what_is_due(program: &Program, folder: &str, as_of: &str) {
    let out = scratch::folder();
    let path = out.path().join("out");
    let shown = path.to_str().expect("the path is text");
    let ran = program.run(&format!("remind {folder} --as-of {as_of} --out {shown}"));
    assert_eq!((ran.status, &*ran.err), (0, ""), "{as_of}");
    let due = due(program, &format!("{folder} --as-of {as_of}"));
    let messages = if path.exists() { messages(&path) } else { BTreeMap::new() };
    let mut said = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for (file, bytes) in &messages {
        let message = parsed(bytes);
        assert!(ran.out.contains(&format!("{file}: ")), "{file} is not said to be written:\n{}", ran.out);
        assert!(ids.insert(message.headers["Message-ID"].clone()));
        let (name, address) = message.to;
        assert!(
            said.insert((name, address.to_lowercase()), told(&message.text)).is_none(),
            "{file} is a second message"
        );
    }
    assert_eq!(said, due, "{folder} {as_of}");
}

#[test]
fn each_tells_exactly_what_is_due() {
    let program = Program::at_the_top();
    for as_of in ["2025-10-15", "2026-01-15", "2026-01-31", "2026-02-10", "2026-06-20", "2027-02-01"] {
        assert_tells_what_is_due(&program, "examples/london", as_of);
    }
    for as_of in ["2022-12-01", "2023-01-20", "2023-06-20"] {
        assert_tells_what_is_due(&program, "examples/edition-2022-23", as_of);
    }
    let desk = Desk::new();
    for as_of in ["2025-09-30", "2025-12-14", "2026-01-20", "2026-02-10", "2026-07-20"] {
        assert_tells_what_is_due(&Program::within(desk.0.path()), "case", as_of);
    }
}

#[test]
fn headers_are_as_a_mail_program_expects_them() {
    let desk = Desk::new();
    desk.write("case/students/ann.toml", ANN.replace("Ann Lee", "Ann Łukaszewska-Ó Briain"));
    desk.write("case/supervisors/sam.toml", SAM.replace("Sam Rowe", "Zoë \\\"Zo\\\" Ångström, 王芳"));
    let ran = desk.remind("--as-of 2026-01-20 --out out --from sam");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let messages = messages(&desk.path("out"));
    let message = parsed(&messages["workplace-supervisor-zoe-zo-angstrom-wangfang.eml"]);
    assert_eq!(message.to, ("Zoë \"Zo\" Ångström, 王芳".to_owned(), "sam.rowe@example.org".to_owned()));
    assert_eq!(message.from, ("Ros Hallam".to_owned(), "ros.hallam@example.org".to_owned()));
    assert_eq!(message.headers["Subject"], "Due on 31 January 2026: GWP Form 2");
    assert_eq!(message.headers["Date"], "Tue, 20 Jan 2026 12:00:00 +0000");
    let id = &message.headers["Message-ID"];
    assert!(id.starts_with("<2026-01-20.") && id.ends_with(".gwp@example.org>"), "{id}");
    assert!(message.text.starts_with("Dear Zoë \"Zo\" Ångström, 王芳,\n\n"), "{}", message.text);
    assert!(message.text.contains("GWP Form 2 for Ann Łukaszewska-Ó Briain, due on"), "{}", message.text);
    assert!(message.text.ends_with("With many thanks,\nRos Hallam\n"), "{}", message.text);
}

#[test]
fn the_sender_is_named_or_the_convenor_or_asked_for() {
    let desk = Desk::new();
    let program = Program::within(desk.0.path());
    let sender = "Zoë Hart, office <zoe@example.org>";
    let ran = program.run_with(&[
        "remind",
        "case",
        "--as-of",
        "2026-01-20",
        "--from",
        "sam",
        "--out",
        "out",
        "--sender",
        sender,
    ]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let message = parsed(&messages(&desk.path("out"))["workplace-supervisor-sam-rowe.eml"]);
    assert_eq!(message.from, ("Zoë Hart, office".to_owned(), "zoe@example.org".to_owned()));
    assert!(message.text.contains("please tell Zoë Hart, office, so"), "{}", message.text);
    for wrong in ["Zoë", "Zoë <zoe>", "a@b\r\nBcc: c@d", ""] {
        let ran = program.run_with(&["remind", "case", "--out", "out2", "--sender", wrong]);
        assert_eq!((ran.status, ran.err.lines().count()), (2, 1), "{wrong}: {}", ran.err);
    }
    let course = super::FOLDER[1].1.replace("email = \"ros.hallam@example.org\"\n", "");
    desk.write("case/courses/york-2025.toml", &course);
    let ran = desk.remind("--as-of 2026-01-20 --from sam --out out3 --exit-code");
    assert_eq!((ran.status, &*ran.err, desk.path("out3").exists()), (1, "", false));
    let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("in no letter: give an email to Ros Hallam, convenor of York, or say with --fallback-sender")
    );
    // Somebody can be named for those who have none, and the letters of others are not kept from going.
    desk.write("case/students/ann.toml", ANN.replace("sam.rowe", "sam"));
    let bea = "--as-of 2026-01-20 --from workplace-supervisor";
    let ran = desk.remind(&format!("{bea} --out out4 --exit-code"));
    assert_eq!((ran.status, &*ran.err), (1, ""));
    assert_eq!(messages(&desk.path("out4")).into_keys().collect::<Vec<_>>(), ["workplace-supervisor-wil-marsh.eml"]);
    assert!(ran.out.contains("Without a sender") && ran.out.contains("--fallback-sender"), "{}", ran.out);
    assert!(ran.out.contains("Sam Rowe, workplace supervisor"), "{}", ran.out);
    let ran = desk.remind(&format!("{bea} --out out5 --fallback-sender office@example.org"));
    assert_eq!((ran.status, ran.out.contains("Without a sender")), (0, false), "{}", ran.out);
    let all = messages(&desk.path("out5"));
    let from = |name: &str| parsed(&all[name]).from.1;
    assert_eq!(from("workplace-supervisor-sam-rowe.eml"), "office@example.org");
    assert_eq!(from("workplace-supervisor-wil-marsh.eml"), "Ros.Hallam@Example.org");
    // Printed, a letter needs none.
    let letters = desk.letters("--as-of 2026-01-20 --from sam");
    let point = super::points(letters.text("Sam Rowe")).concat();
    assert!(point.ends_with("It goes to Ros Hallam, convenor."), "{point}");
}

/// Names and addresses that would be something else in a header, in a file's name or on a terminal.
const HOSTILE: [&str; 12] = [
    "Eve\\r\\nBcc: all@example.org",
    "Eve\\nX-Evil: 1\\n\\nbody",
    "Eve <eve@example.org>, Bob",
    "\\\"quoted\\\" \\\\ back; (comment) [x]",
    "=?utf-8?Q?encoded?=",
    "Eve\\u001b[31m\\u202e\\u200b\\u2028",
    "../../../tmp/evil",
    "/etc/passwd",
    ".. ",
    "con",
    "{{ 7 * 7 }}{% for a in b %}",
    "a:b;c,d@e",
];

#[test]
fn hostile_names_stay_names() {
    let desk = Desk::new();
    let long = "long ".repeat(1_000);
    let word = "w".repeat(1_000_000);
    let wide = "王".repeat(500_000);
    for (number, name) in HOSTILE.into_iter().chain([&*long, &word, &wide]).enumerate() {
        desk.write("case/supervisors/sam.toml", SAM.replace("Sam Rowe", name));
        desk.write("case/students/ann.toml", ANN.replace("Ann Lee", name));
        let ran = desk.remind(&format!("--as-of 2026-01-20 --out out-{number}"));
        assert_eq!((ran.status, &*ran.err), (0, ""), "{name:.40}");
        let all = messages(&desk.path(&format!("out-{number}")));
        assert!(all.len() >= 3, "{name:.40} {:?}", all.keys());
        for (file, bytes) in &all {
            assert!(
                file.len() < 120
                    && file
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte)),
                "{file}"
            );
            let message = parsed(bytes);
            let addresses = ["ann.lee", "bea.moss", "ros.hallam", "sam.rowe", "wil.marsh"];
            let is_own = |one: &str| message.to.1.eq_ignore_ascii_case(&format!("{one}@example.org"));
            assert!(addresses.iter().any(|one| is_own(one)), "{:?}", message.to);
            assert!(!message.text.contains("49"), "{}", message.text);
            assert_is_plain(&message.text);
            assert_is_plain(&message.headers["Subject"]);
            assert_is_plain(&message.to.0);
        }
        assert_is_plain(&ran.out);
        assert_is_plain(&desk.remind("--as-of 2026-01-20").out);
    }
}

fn assert_is_plain(text: &str) {
    let found = text.chars().find(|&character| character != '\n' && gwp::text::is_deceptive(character));
    assert_eq!(found, None, "{text:.400}");
}

#[test]
fn what_is_no_address_is_told_at_the_end() {
    let desk = Desk::new();
    for address in [
        "ask the office",
        "sam@example.org\\r\\nBcc: all@example.org",
        "sam@",
        "",
        "a@b, c@d",
        "zoë@example.org",
        "<sam@example.org>",
    ] {
        desk.write("case/supervisors/sam.toml", SAM.replace("sam.rowe@example.org", address));
        let letters = desk.letters("--as-of 2026-01-20");
        assert!(!letters.texts.contains_key("Sam Rowe"), "{address}");
        assert!(letters.end.contains("Without an address") && letters.end.contains("Sam Rowe"), "{}", letters.end);
        assert_is_plain(&letters.end);
        let ran = desk.remind("--as-of 2026-01-20 --out out");
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(ran.out.contains("Sam Rowe") && !desk.path("out/workplace-supervisor-sam-rowe.eml").exists());
    }
}

/// A name in the encoding of headers could hold line breaks and marks that the program never sees.
#[test]
fn a_name_is_not_taken_for_one_in_the_encoding_of_headers() {
    for name in ["=?utf-8?q?evil=0ABcc:_x@y.z?=", "=?utf-8?B?4oCuZXZpbA==?= x", "a =?us-ascii?q?=0D=0A?="] {
        let desk = Desk::new();
        desk.write("case/supervisors/sam.toml", SAM.replace("Sam Rowe", name));
        desk.write("case/templates/subject.txt", "{{ person.name }}");
        assert_eq!(desk.remind("--as-of 2026-01-20 --from sam --out out").status, 0);
        for bytes in messages(&desk.path("out")).into_values() {
            let parsed = parsed(&bytes);
            let shown = name.replace("=?", "= ?");
            assert_eq!((parsed.to.0.as_str(), parsed.headers["Subject"].as_str()), (&*shown, &*shown));
        }
    }
}
