//! No case ends in a wall for whoever types commands: a student of whom nothing is recorded comes to the award, with what
//! the program itself says would settle each requirement, and a command for each.

#![allow(clippy::unwrap_used, reason = "a folder that cannot be read is a failing test")]

use std::collections::BTreeSet;

use gwp::Folder;
use gwp::calendar::Day;
use gwp::edition::Code;
use gwp::facts::AwardDecisions;
use gwp::judgement::Judgement;
use gwp::records::{Form, Matter};
use gwp::requirements::{Remedy, Status, remedies};

use crate::desk::Desk;

/// So many days go by at a time.
const TERM: i64 = 112;

/// So many terms are enough for anybody.
const MOST_TERMS: usize = 12;

/// The commands that record what a remedy says, with semicolons between them. A remedy that is new needs one here.
fn command(remedy: Remedy, now: Day) -> String {
    let (on, since) = (now.iso(), now.plus_days(1 - TERM).iso());
    let arrange = "arrange robin-ashby tuesday-group kit-lowe";
    let meetings = format!("log supervision-ashby {since} --every 7d --until {on} --minutes 60 --other-weekday");
    match remedy {
        Remedy::Ruling(code, date) => format!("rule robin-ashby {code} accepted --of {} --on {on}", date.iso()),
        Remedy::Decision(body, about, outcome) => {
            let (body, about) = (body.title(), about.title());
            format!("decide robin-ashby {body} {about} {} --on {on}", outcome.word())
        }
        Remedy::Form1 => format!("receive robin-ashby form1 --on {on}"),
        Remedy::Diploma => format!("record robin-ashby diploma {on}"),
        Remedy::Arrangement => format!("{arrange} --from {since}"),
        Remedy::Confirmation(_) => format!("{arrange} --confirmed {on}"),
        Remedy::ClinicalResponsibility(_) => format!("{arrange} --responsible Ellery --agreed {on}"),
        Remedy::MedicalCover(_) => format!("{arrange} --medical-cover not-needed"),
        Remedy::WrgPlace | Remedy::SupervisionAfterTheCourse => {
            let until = now.plus_days(900).iso();
            format!("record robin-ashby wrg --supervisor ines-farrow --from {since} --until {until} --new")
        }
        Remedy::Presentation => format!("record robin-ashby presentation {on}"),
        Remedy::Insurance(from) => format!("record robin-ashby insurance --kind own --from {} --new", from.iso()),
        Remedy::Organisation => "record tuesday-group organisation Ouse".to_owned(),
        Remedy::Session | Remedy::NextSession => {
            format!("log tuesday-group {since} --every 7d --until {on} --minutes 90 --present 6 --other-weekday")
        }
        Remedy::Word { date, .. } => format!("log tuesday-group --held {}=6", date.iso()),
        Remedy::SupervisionMeeting => meetings,
        Remedy::JointMeeting => format!("{meetings} --joint"),
        Remedy::Registration(_) => format!("record kit-lowe registration --body UKCP --checked {since} --new"),
        Remedy::Experience(_) => format!("record kit-lowe cv {on}; record kit-lowe experience years"),
        Remedy::Assessment(_) => format!("record kit-lowe assessed {on}"),
        Remedy::Rating => command(Remedy::Report(Form::Gwp2, None), now),
        Remedy::Report(form, due) => {
            let due = due.map_or_else(|| "none".to_owned(), Day::iso);
            let form =
                form.title().replace("GWP Form 2", "GWP2").replace("WRG Form 2", "WRG2").replace("GWP Form 3", "GWP3");
            let ratings = if form == "GWP2" { " --all competent" } else { "" };
            format!("receive robin-ashby {form} --on {on} --due {due}{ratings}")
        }
        Remedy::Conditions => format!("record robin-ashby condition --met {on}"),
        Remedy::Extension => {
            let until = now.plus_days(730).iso();
            format!("record robin-ashby extension --until {until} --agreed-by NTM --agreed {on}")
        }
    }
}

/// Whether it is about the award, which comes when all else is met.
fn is_of_award(remedy: &Remedy) -> bool {
    matches!(remedy, Remedy::Decision(_, Matter::Award, _))
}

/// What would settle whatever is not met on a day; none where all is met.
fn needed(desk: &Desk, now: Day) -> Option<(Vec<Remedy>, BTreeSet<Code>)> {
    let folder = Folder::open(desk.path("")).unwrap();
    let position = folder.case.records.students.iter().position(|entry| entry.id.raw() == "robin-ashby").unwrap();
    let student = folder.case.student(position).expect("the student is judged");
    let judgement = Judgement::new(&student, now, AwardDecisions::Counted);
    let (mut named, mut open) = (Vec::new(), BTreeSet::new());
    for finding in &judgement.findings {
        if matches!(finding.status, Status::Met | Status::NotApplicable) {
            continue;
        }
        let of_finding = remedies(finding, &judgement.facts);
        assert!(!of_finding.is_empty(), "{} on {now}: nothing settles it: {}", finding.code, finding.message);
        open.insert(finding.code);
        named.extend(of_finding.into_iter().filter(|remedy| !named.contains(remedy)).collect::<Vec<_>>());
    }
    if named.iter().any(|remedy| !is_of_award(remedy)) {
        named.retain(|remedy| !is_of_award(remedy));
    }
    (!open.is_empty()).then_some((named, open))
}

#[test]
fn a_student_of_whom_nothing_is_recorded_comes_to_the_award() {
    let desk = Desk::of("tests/cases/base");
    let name = "name = \"Robin Ashby\"\ncourse = \"york-2025\"\n";
    std::fs::write(desk.path("students/robin-ashby.toml"), name).unwrap();
    std::fs::write(desk.path("supervisors/kit-lowe.toml"), "name = \"Kit Lowe\"\n").unwrap();
    for log in ["tuesday-group", "supervision-ashby"] {
        let path = format!("sessions/{log}.toml");
        let text = desk.read(&path);
        let (head, _) = text.split_once("sessions = [\n").unwrap();
        std::fs::write(desk.path(&path), format!("{head}sessions = []\n")).unwrap();
    }
    let mut now = Day::parse("2026-01-25").unwrap();
    let mut typed: Vec<String> = Vec::new();
    for _ in 0..MOST_TERMS {
        let Some((named, open)) = needed(&desk, now) else {
            assert!(typed.len() > 20, "{typed:?}");
            return;
        };
        let before = typed.len();
        for remedy in named {
            for command in command(remedy, now).split("; ") {
                let line = format!("{command} --as-of {}", now.iso());
                if typed.contains(&line) {
                    continue;
                }
                let ran = desk.run(&line);
                // What another remedy of the same day has recorded already is there.
                let is_there = ran.out.contains("recorded already") || ran.err.contains("otherwise");
                assert!(ran.status == 0 || is_there, "{line}\n{}{}\nopen: {open:?}", ran.out, ran.err);
                typed.push(line);
            }
        }
        if typed.len() == before {
            now = now.plus_days(TERM);
        }
    }
    panic!("on {now} there is no award yet: {:?}\n{}", needed(&desk, now), typed.join("\n"));
}

/// The same of random folders: what would settle whatever is not met can be typed, or else what the refusal offers.
mod in_any_folder {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;
    use crate::cases::Files;
    use crate::dead_ends::{DALE, WITH_DALE};
    use crate::program::Ran;
    use crate::properties::{any_day, folder, on};

    /// So many remedies are typed in one folder.
    const MOST_TYPED: usize = 16;

    /// What a command is told of a folder: of each arrangement the group, the supervisor and the day; the groups in order
    /// of id; and the group that the student runs.
    struct Names {
        arrangements: Vec<[String; 3]>,
        groups: Vec<String>,
        group: String,
        today: Day,
    }

    impl Names {
        /// The commands of which one records what a remedy says.
        fn commands(&self, remedy: Remedy) -> Vec<String> {
            let (on, group) = (self.today.iso(), &self.group);
            let of = |index: usize| &self.arrangements[index];
            let told = |index: usize, how: &str, key: &str, right: &str| {
                let [group, supervisor, from] = of(index);
                vec![
                    format!("arrange robin-ashby {group} {supervisor} {how}"),
                    format!("correct robin-ashby {key} {group} {supervisor} {from} {right}"),
                ]
            };
            match remedy {
                Remedy::Arrangement => vec![format!("arrange robin-ashby {group} dale --from {on} --beside")],
                Remedy::Confirmation(at) => {
                    let said = format!("--confirmed {on}");
                    told(at, &said, "arrangement", &said)
                }
                Remedy::ClinicalResponsibility(at) => told(
                    at,
                    &format!("--responsible Ellery --agreed {on}"),
                    "clinical-responsibility",
                    &format!("--holder Ellery --agreed {on}"),
                ),
                Remedy::MedicalCover(at) => {
                    told(at, "--medical-cover not-needed", "arrangement", "--medical-cover not-needed")
                }
                Remedy::WrgPlace | Remedy::SupervisionAfterTheCourse => {
                    let until = self.today.plus_days(900).iso();
                    vec![format!("record robin-ashby wrg --supervisor cedar --from {on} --until {until} --new")]
                }
                // Whose place in a WRG has ended has another one first.
                Remedy::Presentation => [vec![command(remedy, self.today)], self.commands(Remedy::WrgPlace)].concat(),
                Remedy::Organisation => vec![format!("record {group} organisation Ouse")],
                Remedy::Session | Remedy::NextSession => {
                    vec![format!("log {group} {on} --minutes 90 --present 6 --other-weekday")]
                }
                Remedy::Word { group, date } => {
                    let (log, date) = (&self.groups[group], date.iso());
                    vec![
                        format!("log {log} --held {date}=6"),
                        format!("correct {log} session {date} ill --remove --yes"),
                    ]
                }
                Remedy::SupervisionMeeting | Remedy::JointMeeting => {
                    let joint = if remedy == Remedy::JointMeeting { " --joint" } else { "" };
                    let logs = self.arrangements.iter().filter(|one| one[0] == *group).map(|one| &one[1]);
                    let log = |who| format!("log with-{who} {on} --minutes 60 --other-weekday{joint}");
                    // Where there is no arrangement yet, that is recorded first.
                    logs.rev().map(String::as_str).chain(["dale"]).map(log).collect()
                }
                Remedy::Registration(at) => {
                    vec![format!("record {} registration --body UKCP --checked {on} --new", of(at)[1])]
                }
                Remedy::Experience(at) => vec![format!("record {} cv {on}", of(at)[1])],
                Remedy::Assessment(at) => vec![format!("record {} assessed {on}", of(at)[1])],
                Remedy::Report(form, _) => {
                    let by = if form == Form::Gwp3 { "'Nora Pym'" } else { "dale" };
                    let receive = command(remedy, self.today);
                    vec![format!("{receive} --by {by}"), receive]
                }
                Remedy::Rating => self.commands(Remedy::Report(Form::Gwp2, None)),
                other => vec![command(other, self.today)],
            }
        }
    }

    /// The command that a refusal offers: it puts the record right.
    fn offered(ran: &Ran) -> Option<String> {
        let (_, command) = ran.err.split_once("gwp correct ")?;
        let end = command.find([',', ';', '\n']).unwrap_or(command.len());
        Some(format!("correct {}", command[..end].replace('"', "'")))
    }

    /// Types what would settle something; an error says what was refused.
    fn typed(desk: &Desk, commands: &[String], today: Day) -> Result<(), String> {
        let mut refused = String::new();
        for line in commands {
            let line = format!("{line} --as-of {}", today.iso());
            let ran = desk.run(&line);
            if ran.status == 0 {
                return Ok(());
            }
            let line_offered = offered(&ran)
                .map(|line| format!("{} --as-of {}", line.split(" --as-of").next().unwrap_or(&line), today.iso()));
            let again = line_offered.map(|line| (desk.run(&line), line));
            if again.as_ref().is_some_and(|(ran, _)| ran.status == 0) {
                return Ok(());
            }
            let again = again.map(|(ran, line)| format!("\n  {line}: {}", ran.err)).unwrap_or_default();
            let _ = write!(refused, "\n{line}: {}{again}", ran.err);
        }
        Err(refused)
    }

    fn every_remedy_can_be_typed(files: &Files, today: Day) -> Result<(), String> {
        let desk = Desk::empty();
        for (path, text) in files {
            let path = desk.path(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let folder = Folder::open(desk.path("")).unwrap();
        let students = &folder.case.records.students;
        let position = students.iter().position(|entry| entry.id.raw() == "robin-ashby").unwrap();
        let student = folder.case.student(position).expect("the student is judged");
        let judgement = Judgement::new(&student, today, AwardDecisions::Counted);
        let facts = &judgement.facts;
        let arrangements = student.record.arrangement.iter();
        let names = Names {
            arrangements: arrangements
                .map(|one| [one.group.raw().to_owned(), one.supervisor.raw().to_owned(), one.from.iso()])
                .collect(),
            groups: facts.case.groups.iter().map(|group| group.id.raw().to_owned()).collect(),
            group: facts.group().map_or("north", |group| group.id.raw()).to_owned(),
            today,
        };
        let mut settling: Vec<Remedy> = Vec::new();
        for finding in &judgement.findings {
            if !matches!(finding.status, Status::Met | Status::NotApplicable) {
                settling.extend(
                    remedies(finding, facts).into_iter().filter(|one| !settling.contains(one)).collect::<Vec<_>>(),
                );
            }
        }
        for remedy in settling.into_iter().take(MOST_TYPED) {
            typed(&desk, &names.commands(remedy), today).map_err(|why| format!("{remedy:?} on {today}: {why}"))?;
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_settles_each_can_be_typed(files in folder(), as_of in any_day()) {
            let mut files = files;
            files.insert("supervisors/dale.toml".to_owned(), DALE.to_owned());
            files.insert("sessions/with-dale.toml".to_owned(), WITH_DALE.to_owned());
            if let Err(wall) = every_remedy_can_be_typed(&files, on(as_of)) {
                return Err(TestCaseError::fail(wall));
            }
        }
    }
}
