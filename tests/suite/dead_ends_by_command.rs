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
