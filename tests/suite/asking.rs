//! What somebody at a terminal is asked, at a real one.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::path::Path;
use std::process::Child;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use gwp::text::SaidDay;
use pty_process::blocking::{Command, Pty, open};

use crate::desk::Desk;
use crate::program::{STATE, state};

/// Longer than the program needs on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// What stands at a terminal: a shell that runs the program, says how it ended, and waits. A program that leads its
/// terminal itself takes with it what it wrote last: where a leader ends, the system throws away what nobody has read.
const SHELL: &str = r#"trap : INT; "$@"; printf '\036%s\036' $?; read -r end"#;

/// What stands before and after the exit status; no program shows it.
const ENDED: char = '\u{1e}';

/// A program at a terminal, and what the terminal shows.
pub struct Terminal {
    shell: Child,
    keys: Pty,
    shown: Receiver<Vec<u8>>,
    bytes: Vec<u8>,
    text: String,
    until: Instant,
}

impl Terminal {
    /// Starts the program in a folder.
    pub fn of<'a>(folder: &Path, arguments: impl IntoIterator<Item = &'a str>) -> Self {
        Self::with(folder, arguments, &[])
    }

    /// Starts the program in a folder, with variables of the environment.
    pub fn with<'a>(folder: &Path, arguments: impl IntoIterator<Item = &'a str>, environment: &[(&str, &str)]) -> Self {
        let (keys, place) = open().expect("there is a terminal");
        let command = Command::new("/bin/sh").args(["-c", SHELL, "sh", env!("CARGO_BIN_EXE_gwp")]);
        let command = command.args(arguments).current_dir(folder).env("PAGER", "cat").env("NO_COLOR", "1");
        let command = command.env(STATE, state());
        let command = command.envs(environment.iter().copied());
        let shell = command.spawn(place).expect("it can be started");
        let screen = keys.as_fd().try_clone_to_owned().expect("it can be shared");
        let (send, shown) = mpsc::channel();
        thread::spawn(move || {
            let (mut screen, mut bytes) = (File::from(screen), [0; 4096]);
            // Where nobody is at the terminal any more, it cannot be read.
            while let Ok(length @ 1..) = screen.read(&mut bytes) {
                if send.send(bytes[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { shell, keys, shown, bytes: Vec::new(), text: String::new(), until: Instant::now() + PATIENCE }
    }

    /// Waits for more; false where the program has ended.
    fn look(&mut self) -> bool {
        if self.text.ends_with(ENDED) && self.text.matches(ENDED).count() == 2 {
            return false;
        }
        let Ok(bytes) = self.shown.recv_timeout(self.until.saturating_duration_since(Instant::now())) else {
            panic!("nothing more is said after\n{}", self.text)
        };
        self.bytes.extend(bytes);
        self.text = String::from_utf8_lossy(&self.bytes).replace('\r', "");
        true
    }

    /// Waits for a question, which it returns, or for the end. A question can come in pieces, one of which ends with a
    /// colon in brackets.
    pub fn question(&mut self) -> Option<String> {
        let whole = |line: &str| line.ends_with(": ") && line.matches('[').count() == line.matches(']').count();
        loop {
            if let Some(line) = self.text.rsplit('\n').next().filter(|line| whole(line)) {
                return Some(line.to_owned());
            }
            if !self.look() {
                return None;
            }
        }
    }

    /// Types an answer, with the key that ends it, and waits until something is shown.
    pub fn answer(&mut self, keys: &str) {
        let asked = self.text.len();
        self.keys.write_all(keys.as_bytes()).expect("it can be typed");
        while self.text.len() == asked && self.look() {}
    }

    /// The exit status, and all that was shown.
    pub fn end(mut self) -> (i32, String) {
        while self.look() {}
        let (text, status) = self.text.trim_end_matches(ENDED).split_once(ENDED).expect("it says how it ended");
        (status.parse().expect("a status is a number"), text.to_owned())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.shell.kill();
        let _ = self.shell.wait();
    }
}

/// Runs the program and types an answer to each question, with the key that ends it. Its exit status, and what the
/// terminal showed.
pub fn at_a_terminal(desk: &Desk, arguments: &str, keys: &[&str]) -> (i32, String) {
    let mut terminal = Terminal::of(&desk.path(""), arguments.split_whitespace());
    for key in keys {
        assert!(terminal.question().is_some(), "it ended with\n{}", terminal.text);
        terminal.answer(key);
    }
    terminal.end()
}

/// The same, typed to the end.
#[track_caller]
pub fn answered(desk: &Desk, arguments: &str, answers: &[&str]) -> String {
    let lines: Vec<_> = answers.iter().map(|answer| format!("{answer}\n")).collect();
    let (status, text) = at_a_terminal(desk, arguments, &lines.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(status, 0, "{text}");
    text
}

/// A folder with a course, which the questions are about.
fn bath() -> Desk {
    let desk = Desk::empty();
    let term = "--term Autumn=2025-09-27..2025-12-13";
    let ran = desk.run(&format!("init --course bath-2025 --name Bath --convenor Hallam {term}"));
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    desk
}

#[test]
fn a_folder_with_its_course() {
    let desk = Desk::empty();
    let text =
        answered(&desk, "init bath", &["", "Bath, 2026–27", "bath-2026", "Ros Hallam", "", "", "21 Nov 2026", ""]);
    let asked =
        "The course's name: Bath, 2026–27\nIts id, which stands for it in commands and names its file [bath-2026-27]: ";
    assert!(text.contains(asked), "{text}");
    assert!(text.ends_with(
        "bath is a case folder now, with the course bath-2026. To go on: \"gwp new student NAME\" in it.\n"
    ));
    let course = desk.read("bath/courses/bath-2026.toml");
    let lines: Vec<_> = course.lines().take(3).collect();
    let said = ["#:schema ../.schemas/course.schema.json", "name = \"Bath, 2026–27\"", "convenor = \"Ros Hallam\""];
    assert_eq!(lines, said);
    assert!(course.contains("lcc_meetings = [2026-11-21]"), "{course}");
    // What Enter accepts is what was shown.
    let (_, shown) = text.split_once("The terms, separated by commas [").expect("it is asked");
    let (shown, _) = shown.split_once(']').expect("it has a default");
    for term in shown.split(", ") {
        let (name, days) = term.split_once(": ").expect("a name");
        let (first, last) = days.split_once(" to ").expect("two days");
        let iso = |day: &str| match SaidDay::read(day) {
            Ok(SaidDay::On(day)) => day.iso(),
            other => panic!("{day} is {other:?}"),
        };
        let (first, last) = (iso(first), iso(last));
        assert!(course.contains(&format!("{{ name = \"{name}\", starts = {first}, ends = {last} }}")), "{course}");
    }
    assert_eq!(desk.run("-C bath check --only problems").status, 0);
}

#[test]
fn a_folder_without_a_course_or_none() {
    let desk = Desk::empty();
    let text = answered(&desk, "init bath", &["perhaps", "no"]);
    assert!(text.contains("This cannot be used: it can be yes or no."), "{text}");
    assert!(text.ends_with("bath is a case folder now. To go on: \"gwp new course\" in it.\n"), "{text}");
    for keys in [&["\u{4}"][..], &["yes\n", "\u{4}"], &["yes\n", "exeter-2026\n", "Exet\u{4}\u{4}"]] {
        let (status, text) = at_a_terminal(&desk, "init exeter", keys);
        assert_eq!(status, 2, "{text}");
        assert!(text.ends_with("\ngwp: the questions were broken off, and nothing is written\n"), "{text}");
    }
    let (status, text) = at_a_terminal(&desk, "init exeter", &["yes\n", "\u{3}"]);
    assert_eq!(status, 130, "it was interrupted\n{text}");
    assert!(!desk.path("exeter").exists());
}

#[test]
fn each_kind_of_record() {
    let desk = bath();
    let twice = "A: 26 Sep 2026 to 4 Dec 2026, A=2027-01-09..2027-03-19";
    let answers = ["Bath", "Hallam", "", twice, "", "", "2027-01-31, 2027-06-13"];
    let text = answered(&desk, "new course bath-2026", &answers);
    let asked = "separated by commas [Autumn: 26 September 2026 to 4";
    assert!(text.contains(asked), "{text}");
    assert!(text.contains("This cannot be used: two are called A; each needs a name of its own.\n"), "{text}");
    assert!(text.contains("Deadlines for reports, separated by commas [the usual ones: "), "{text}");
    assert!(desk.read("courses/bath-2026.toml").contains("report_deadlines = [2027-01-31, 2027-06-13]"));
    let text = answered(&desk, "new student", &["", "Mina Holt", "bath-2052", "bath-2025", "mina@example.org", "", ""]);
    let asked = "The student's name: \nThis cannot be used: it is needed.\nThe student's name: Mina Holt\n\
        The course (Bath (bath-2025), Bath (bath-2026)) [Bath (bath-2026)]: bath-2052\n\
        This cannot be used: no course has the id \"bath-2052\"; did you mean \"bath-2025\"?\n";
    assert!(text.starts_with(asked), "{text}");
    let student = "#:schema ../.schemas/student.schema.json\nname = \"Mina Holt\"\nemail = \"mina@example.org\"\n\
        course = \"bath-2025\"\n";
    assert_eq!(desk.read("students/mina-holt.toml"), student);
    answered(&desk, "new supervisor kit-lowe", &["Kit Lowe", "", "yes", "UKCP", "C-1", "", "", "", "", ""]);
    let supervisor = "#:schema ../.schemas/supervisor.schema.json\nname = \"Kit Lowe\"\ngroup_analyst = true\n\
        registrations = [{ body = \"UKCP\", number = \"C-1\" }]\n";
    assert_eq!(desk.read("supervisors/kit-lowe.toml"), supervisor);
    let text = answered(&desk, "new group monday", &["Monday", "", "hospital", "Health", "clinical", "", "mina", ""]);
    let settings = "health, social-care, education, voluntary, justice, community, workplace, private";
    assert!(
        text.contains(&format!("The setting ({settings}): hospital\nThis cannot be used: it can be {settings}.\n"))
    );
    let group = "#:schema ../.schemas/session.schema.json\nkind = \"group\"\ntitle = \"Monday\"\norganisation = \"\"\n\
        setting = \"health\"\naim = \"clinical\"\nfrequency = \"weekly\"\nconductors = [\"mina-holt\"]\nsessions = []\n";
    assert_eq!(desk.read("sessions/monday.toml"), group);
    let text = answered(&desk, "new supervision lowe", &["kit-lowe", "mina-holt", "video"]);
    assert!(text.contains("The supervisor (Kit Lowe): "), "{text}");
    let supervision = "#:schema ../.schemas/session.schema.json\nkind = \"supervision\"\nsupervisor = \"kit-lowe\"\n\
        supervisees = [\"mina-holt\"]\nmode = \"video\"\nsessions = []\n";
    assert_eq!(desk.read("sessions/lowe.toml"), supervision);
    assert_eq!(desk.run("check --only problems --as-of 2025-10-01").status, 0);
}

#[test]
fn nobody_is_asked_in_vain() {
    let desk = bath();
    let before = desk.files();
    let said = |arguments: &str| {
        let (status, text) = at_a_terminal(&desk, arguments, &[]);
        assert_eq!(status, 2, "{text}");
        text
    };
    assert_eq!(said("new course bath-2025"), "gwp: courses/bath-2025.toml is there already; choose another id\n");
    assert_eq!(said("new supervision s"), "gwp: there is no supervisor yet; write one with \"gwp new supervisor\"\n");
    assert_eq!(
        said("new supervisor kit --commit"),
        "gwp: the folder is not kept in git; make it a repository with \"git init\", or do without git\n"
    );
    let (status, text) = at_a_terminal(&desk, "new supervisor kit", &["\n"; 6]);
    assert_eq!(status, 2);
    let end = "gwp: no answer could be used, and nothing is written; run the command again, or use its options\n";
    assert!(text.ends_with(end), "{text}");
    assert_eq!(desk.files(), before);
    let empty = Desk::empty();
    assert_eq!(empty.run("init").status, 0);
    let said = "gwp: there is no course yet; write one with \"gwp new course\"\n";
    assert_eq!(at_a_terminal(&empty, "new student mina-holt", &[]).1, said);
    // What is said is not asked.
    assert_eq!(at_a_terminal(&desk, "new supervisor kit --name Kit", &[]).1, "Written: supervisors/kit.toml.\n");
}

#[test]
fn somebody_else_can_be_faster() {
    let desk = bath();
    let mut terminal = Terminal::of(&desk.path(""), ["new", "supervisor", "kit"]);
    assert!(terminal.question().is_some());
    // Who is asked keeps nobody from writing.
    assert_eq!(desk.run("new supervisor kit --name Other").status, 0);
    terminal.answer("Kit\n\n\n\n\n\n\n");
    let (status, text) = terminal.end();
    assert_eq!(status, 2, "{text}");
    assert!(text.ends_with("gwp: supervisors/kit.toml is there already; choose another id\n"), "{text}");
    assert!(desk.read("supervisors/kit.toml").contains("name = \"Other\""));
}

/// A log of sessions on Tuesdays.
fn with_plans(entries: &str) -> Desk {
    let desk = Desk::of("tests/cases/base");
    let head = "kind = \"group\"\ntitle = \"Club\"\norganisation = \"\"\nsetting = \"health\"\naim = \"therapeutic\"\n\
                frequency = \"weekly\"\nconductors = []\n";
    std::fs::write(desk.path("sessions/club.toml"), format!("{head}sessions = [\n{entries}]\n"))
        .expect("it can be written");
    desk
}

#[test]
fn how_many_came_is_asked_of_each_plan() {
    let desk = with_plans(
        "  { date = 2026-09-29, minutes = 90, planned = true },\n  { date = 2026-10-06, minutes = 90, planned = true },\n  \
         { date = 2026-10-13, minutes = 90, planned = true },\n  { date = 2999-02-12, minutes = 90, planned = true },\n",
    );
    let text = answered(&desk, "log club --held", &["7", "seven", "", "no"]);
    assert_eq!(
        text,
        "29 September 2026: how many came (a number; no if it was not held) [held, not counted]: 7\n\
         6 October 2026: how many came (a number; no if it was not held) [held, not counted]: seven\n\
         This cannot be used: a number of people such as 7 is needed.\n\
         6 October 2026: how many came (a number; no if it was not held) [held, not counted]: \n\
         13 October 2026: how many came (a number; no if it was not held) [held, not counted]: no\n\
         Recorded in sessions/club.toml, line 9: 2 sessions from 29 September 2026 to 6 October 2026, held as planned.\n\
         Note: 13 October 2026 stays a plan. If it was cancelled: gwp log club 2026-10-13 --cancelled \"WHY\"\n"
    );
    let list = "sessions = [\n  { date = 2026-09-29, minutes = 90, present = 7 },\n  { date = 2026-10-06, minutes = 90 },\n  \
                { date = 2026-10-13, minutes = 90, planned = true },\n  { date = 2999-02-12, minutes = 90, planned = true },\n]\n";
    assert!(desk.read("sessions/club.toml").ends_with(list));
    let text = answered(&desk, "log club --held", &["no"]);
    assert!(text.contains("sessions/club.toml: no session is confirmed. Nothing is written.\n"), "{text}");
    assert!(text.ends_with(
        "Note: 13 October 2026 stays a plan. If it was cancelled: gwp log club 2026-10-13 --cancelled \"WHY\"\n"
    ));
    assert!(desk.read("sessions/club.toml").ends_with(list));
    // What is said is not asked.
    let text = answered(&desk, "log club --held 2026-10-13=4", &[]);
    assert!(text.ends_with("session of 13 October 2026, 90 minutes, 4 present.\n"), "{text}");
    let text = answered(&desk, "log club --held", &[]);
    assert!(text.contains("there is nothing to confirm, for no planned session has had its day"), "{text}");
    // Of a meeting nobody counts.
    let log = "kind: supervision\nsupervisor: kit-lowe\nsupervisees: []\nmode: telephone\nsessions:\n  \
               - { date: 2026-10-01, minutes: 60, planned: true }\n  - { date: 2026-10-15, minutes: 60, planned: true }\n";
    std::fs::write(desk.path("sessions/calls.yaml"), log).expect("it can be written");
    let text = answered(&desk, "log calls --held", &["", "no"]);
    assert!(text.starts_with("1 October 2026: it was held (yes, no) [yes]: \n15 October 2026: it was held"), "{text}");
    let list = "  - { date: 2026-10-01, minutes: 60 }\n  - { date: 2026-10-15, minutes: 60, planned: true }\n";
    assert!(desk.read("sessions/calls.yaml").ends_with(list));
}

#[test]
fn a_day_on_another_weekday_is_asked_about() {
    let desk = with_plans("  { date = 2026-09-29, minutes = 90 },\n  { date = 2026-10-06, minutes = 90 },\n");
    let before = desk.files();
    let (status, text) = at_a_terminal(&desk, "log club 2026-10-14", &["no\n"]);
    let asks = "14 October 2026 is a Wednesday, and all 2 sessions of club are on a Tuesday. Is the day right (yes, no): no\n\
                gwp: nothing is written\n";
    assert_eq!((status, text.as_str()), (2, asks));
    assert_eq!(desk.files(), before);
    let text = answered(&desk, "log club 2026-10-14", &["yes"]);
    assert!(text.ends_with("session of 14 October 2026, 90 minutes.\n"), "{text}");
    let text = answered(&desk, "log club 2026-10-15 --other-weekday", &[]);
    assert!(text.starts_with("Recorded in "), "{text}");
}

#[test]
fn an_id_is_made_of_the_name() {
    let desk = bath();
    let new = |line: &str| {
        let ran = desk.run(line);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{line}");
        ran.out
    };
    assert!(
        new("new student 'Zoë Brûlé-O’Neill' --email z@example.org")
            .starts_with("Written: students/zoe-brule-oneill.toml.")
    );
    assert!(desk.read("students/zoe-brule-oneill.toml").contains("name = \"Zoë Brûlé-O’Neill\"\n"));
    assert!(new("new supervisor Con --email c@example.org").starts_with("Written: supervisors/con-1.toml."));
    assert!(
        new("new supervisor 'Kit Lowe' --id kl --email k@example.org").starts_with("Written: supervisors/kl.toml.")
    );
    assert!(
        new("new supervision --supervisor lowe --supervisee zoë")
            .contains("Written: sessions/supervision-kl-oneill.toml.")
    );
    let ran = desk.run("new supervisor '—' --email k@example.org");
    assert!(ran.err.contains("no id can be made of \"—\"; say one with --id"), "{}", ran.err);
    // Somebody who is there says another one.
    let text = answered(&desk, "new supervisor", &["Con", "kl", "con-2", "", "", "", "", "", ""]);
    assert!(text.contains("If this is another one of that name: its id, such as con-1-2: kl\nThis cannot be used: supervisors/kl.toml is there already.\n"), "{text}");
    assert!(desk.path("supervisors/con-2.toml").is_file());
}

/// Nine ratings are given with few keys.
#[test]
fn ratings_are_said_in_one_go() {
    let desk = Desk::london();
    let record = "students/2025/marcus-idowu.toml";
    let receive = "receive idowu GWP2 --on 2026-02-10 --due none --as-of 2026-02-11";
    let rated = |desk: &Desk, ratings: &str| {
        let ran = desk.run(&format!("{receive} {ratings}"));
        assert_eq!(ran.status, 0, "{ratings}: {}", ran.err);
        desk.read(record)
    };
    let by_marks = rated(&Desk::london(), "--ratings CDCCccc-C");
    let by_word = rated(&Desk::london(), "--all competent --except context=developing --except C8=not-observed");
    assert!(
        by_marks == by_word
            && by_marks.contains("context = \"developing\"\n")
            && by_marks.contains("confidentiality = \"not-observed\"\n"),
        "{by_marks}"
    );
    for (ratings, said) in [
        (
            "--ratings CCXCCCCCC",
            "number 3 is \"X\", for process-and-dynamics; it can be C competent, D developing, N not competent, - not observed",
        ),
        ("--ratings CCDCCD-C", "nine ratings are needed, and these are 8; their order is working-alliance, context"),
        ("--all C --except context=D --except C2=N", "context is excepted as developing and as not-competent"),
        ("--except context=D", "--all <RATING>"),
    ] {
        let ran = desk.run(&format!("{receive} {ratings}"));
        assert!(ran.status == 2 && ran.err.contains(said), "{ratings}: {}", ran.err);
    }
    // Without any it goes in, and that is said.
    let ran = desk.run(&format!("{receive} --dry-run"));
    assert!(
        ran.out.contains(
            "Note: this GWP Form 2 has no ratings. To add them: gwp receive marcus-idowu GWP2 --on 2026-02-10 --ratings CCDCCD-CC\n"
        ),
        "{}",
        ran.out
    );
    // At a terminal they are asked for, one key and Enter each.
    let keys = ["", "c", "D", "C", "C", "c", "C", "C", "-", "C", ""];
    assert!(keys.iter().map(|key| key.len() + 1).sum::<usize>() < 40);
    let text = answered(&desk, &format!("{receive} --dry-run"), &["none", ""]);
    assert!(text.contains("Note: this GWP Form 2 has no ratings."), "{text}");
    answered(&desk, receive, &keys);
    assert_eq!(desk.read(record), by_marks);
    // What is recorded already is not asked again.
    let text = answered(&desk, receive, &[]);
    assert!(text.contains("this is recorded already"), "{text}");
}

/// A well-kept course is entered with what the commands ask for, and the committee is asked nothing but what is its own to
/// decide.
#[test]
fn a_first_agenda_asks_nothing_that_the_convenor_was_not_asked() {
    let desk = Desk::empty();
    let meetings = "29 Nov 2025, 21 February 2026, 4/7/26";
    answered(&desk, "init --course exeter-2025", &["Exeter", "Ros Hallam", "ros@example.org", "", meetings, ""]);
    let benning = [
        "Clare Benning",
        "c@example.org",
        "",
        "UKCP",
        "C-1",
        "1 Sep 2025",
        "31/12/27",
        "1.9.2025",
        "Ten years",
        "12 Sep 2025",
    ];
    answered(&desk, "new supervisor", &benning);
    let adair =
        ["Joseph Adair", "j@example.org", "yes", "ukcp", "C-2", "1 Sep 2025", "", "1/9/25", "Years", "12 Sep 2025"];
    answered(&desk, "new supervisor", &adair);
    let mina = ["Mina Holt", "", "m@example.org", "adair", "", "27 Sep 2025", "", "own", "20 Sep 2025"];
    answered(&desk, "new student", &mina);
    let group = ["Tuesday group", "Exwick", "health", "therapeutic", "", "mina", "yes"];
    let text = answered(&desk, "new group", &group);
    assert!(text.contains("pause between the course's terms: 6 December 2025 to 9 January 2026 and"), "{text}");
    answered(&desk, "new supervision", &["benning", "mina", ""]);
    let arranged = desk.run(
        "arrange mina tuesday benning --from '6 Oct 2025' --confirmed '22 Sep 2025' --responsible 'Dr Penrose' --agreed 2/10/25 \
         --medical-cover not-needed --as-of 10/10/25",
    );
    assert_eq!((arranged.status, arranged.err.as_str()), (0, ""));
    let check = desk.run("check --meeting next-lcc --as-of '10 October 2025'");
    assert_eq!((check.status, check.err.as_str()), (0, ""), "{}", check.out);
    for said in
        ["There are no queries to rule on, no concerns raised,", "still unanswered: nothing\n", "Nothing is overdue."]
    {
        assert!(check.out.contains(said), "{said}\n{}", check.out);
    }
    // What is left out is asked about.
    let record = desk.read("supervisors/clare-benning.toml").replace("assessed = 2025-09-12\n", "");
    std::fs::write(desk.path("supervisors/clare-benning.toml"), record).expect("it can be written");
    let check = desk.run("check --meeting next-lcc --as-of '10 October 2025' --only agenda");
    assert!(!check.out.contains("still unanswered: nothing\n"), "{}", check.out);
}
