//! `gwp audit` over random pasts: decisions that were recorded while requirements for them were not met.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::collections::{BTreeMap, BTreeSet};

use gwp::calendar::Day;
use gwp::edition::Code;
use gwp::facts::AwardDecisions;
use gwp::judgement::Judgement;
use gwp::records::Matter;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use crate::cases::{Files, linked};
use crate::past::{committed, gwp, list, told_history, word};
use crate::repository::{Repository, history};

/// Ways in which a folder can be odd: records that are put there, or taken out where there is no text.
const ODDITIES: [&[(&str, &str)]; 26] = [
    &[("sessions/odd.toml", "kind = \"group\"\nconductors = [\"robin-ashby\"\n")],
    &[("sessions/odd.toml", "kind = \"supervision\"\nsupervisor = \"ash\"\nsupervisees = [\"ada-finch\"\n")],
    &[("sessions/odd.toml", "# birch, and what else there is\nkind = 1\n")],
    &[("sessions/odd.toml", "kind = \"supervision\"\nsupervisor = \"ash\"\nsupervisees = [\"cleo\"]\ntype = \"x\"\n")],
    &[(
        "sessions/odd.toml",
        "kind = \"supervision\"\nsupervisor = \"ghost\"\nsupervisees = [\"robin-ashby\"]\ntype = \"clinical\"\nmode = \"phone\"\n",
    )],
    &[(
        "sessions/odd.toml",
        "kind = \"supervision\"\nsupervisor = \"cedar\"\nsupervisees = [\"robin-ashby\", \"ghost\"]\ntype = \"clinical\"\nmode = \"phone\"\n",
    )],
    &[
        (
            "sessions/odd.toml",
            "kind = \"supervision\"\nsupervisor = \"cedar\"\nsupervisees = [\"robin-ashby\"]\ntype = \"clinical\"\nmode = \"phone\"\nsessions = [{ date = 2025-10-01, minutes = 60, absent = [\"cleo\"] }]\n",
        ),
        ("students/cleo.toml", "name = \"Cleo\"\ncourse = \"york\"\n"),
    ],
    &[(
        "sessions/odd.toml",
        "kind = \"supervision\"\nsupervisor = \"cedar\"\nsupervisees = [\"robin-ashby\"]\ntype = \"clinical\"\nmode = \"phone\"\nsessions = [{ date = 2025-10-01, minutes = 60, absent = [\"ghost\"] }]\n",
    )],
    &[(
        "students/ada-finch.toml",
        "name = \"Ada Finch\"\ncourse = \"gone\"\n[[arrangement]]\ngroup = \"north\"\nsupervisor = \"ash\"\nfrom = 2025-10-01\n",
    )],
    &[(
        "students/ada-finch.toml",
        "name = \"Ada Finch\"\ncourse = \"york\"\n[[arrangement]]\ngroup = \"north\"\nsupervisor = \"ghost\"\nfrom = 2025-10-01\n",
    )],
    &[
        (
            "students/ada-finch.toml",
            "name = \"Ada Finch\"\ncourse = \"york\"\n[[arrangement]]\ngroup = \"north\"\nsupervisor = \"birch\"\nfrom = 2025-10-01\n[[arrangement]]\ngroup = \"far\"\nsupervisor = \"cedar\"\nfrom = 2025-10-01\n",
        ),
        (
            "sessions/far.toml",
            "kind = \"group\"\ntitle = \"Far\"\norganisation = \"O\"\nsetting = \"health\"\naim = \"therapeutic\"\nfrequency = \"weekly\"\nconductors = [\"ada-finch\"]\n",
        ),
    ],
    &[
        (
            "students/ada-finch.toml",
            "name = \"Ada Finch\"\ncourse = \"york\"\n[[arrangement]]\ngroup = \"north\"\nsupervisor = \"birch\"\nfrom = 2025-10-01\n[[report]]\nform = \"GWP2\"\nreceived = 2025-12-01\nby = \"dogwood\"\n",
        ),
        ("supervisors/dogwood.toml", "name = \"D\"\n"),
    ],
    &[
        (
            "students/ada-finch.toml",
            "name = \"Ada Finch\"\ncourse = \"york\"\n[[wrg]]\nsupervisor = \"dogwood\"\nfrom = 2025-10-01\n[[arrangement]]\ngroup = \"north\"\nsupervisor = \"birch\"\nfrom = 2025-10-01\n",
        ),
        ("supervisors/dogwood.toml", "name = 1\n"),
    ],
    &[
        (
            "students/ada-finch.toml",
            "name = \"Ada Finch\"\ncourse = \"leeds\"\n[[arrangement]]\ngroup = \"north\"\nsupervisor = \"ash\"\nfrom = 2025-10-01\n",
        ),
        (
            "courses/leeds.toml",
            "name = \"Leeds\"\nconvenor = \"H\"\nstarts = 2025-09-27\nends = 2026-07-11\nterms = []\n",
        ),
    ],
    &[("students/moved/ada-finch.toml", "name = \"Ada Finch\"\ncourse = \"york\"\n")],
    &[(
        "students/cleo.toml",
        "name = \"Cleo\"\ncourse = \"york\"\n[[arrangement]]\ngroup = \"north\"\nsupervisor = \"ash\"\nfrom = 2025-10-01\n",
    )],
    &[("courses/york.toml", "")],
    &[("courses/york.yaml", "{}")],
    &[("supervisors/ash.yaml", "name: Another\n")],
    &[("supervisors/cedar.toml", "")],
    &[("supervisors/birch.toml", "name = \"B\"\nunknown = 1\n")],
    &[(
        "sessions/moved/north.toml",
        "kind = \"group\"\ntitle = \"N\"\norganisation = \"O\"\nsetting = \"health\"\naim = \"therapeutic\"\nfrequency = \"weekly\"\nconductors = [\"cleo\"]\n",
    )],
    &[(
        "sessions/north.toml",
        "kind = \"supervision\"\nsupervisor = \"ash\"\nsupervisees = [\"robin-ashby\"]\ntype = \"clinical\"\nmode = \"phone\"\n",
    )],
    &[("gwp.toml", "scheme = 1\n")],
    &[(
        "gwp.toml",
        "[levels]\nmissing-document = \"error\"\nduplicate-session = \"error\"\nimplausible-date = \"error\"\n",
    )],
    &[("stray.toml", "x = 1\n"), ("sessions/Odd Name.toml", "kind = \"group\"\nconductors = [\"ada-finch\"]\n")],
];

fn odd(mut files: Files, oddities: &[Index]) -> Files {
    for (path, text) in oddities.iter().flat_map(|which| ODDITIES[which.index(ODDITIES.len())]) {
        if text.is_empty() {
            files.remove(*path);
        } else {
            files.insert((*path).to_owned(), (*text).to_owned());
        }
    }
    files
}

/// What a judgement says of a decision about a student: what was not met, or that nothing could be judged.
fn unmet(checked: &Value, files: &Files, student: &str, decision: &Value) -> Option<String> {
    let one = list(&checked["students"]).iter().find(|one| one["id"] == student);
    let Some(one) = one.filter(|one| one["verdict"] != "unknown") else {
        return Some("and as the folder stood nothing could be judged".to_owned());
    };
    let wanted = |code: &str| match word(&decision["about"]) {
        "arrangements" => matches!(code, "A1" | "A2"),
        _ => !matches!(code, "D2" | "D3"),
    };
    let is_unmet = |status: &str| !matches!(status, "met" | "n/a");
    let of = |statuses: &mut dyn Iterator<Item = (String, String)>| {
        let unmet: Vec<String> = statuses
            .filter(|(code, status)| wanted(code) && is_unmet(status))
            .map(|(code, status)| {
                let name = Code::all().find(|known| known.word() == code).unwrap().name();
                format!("{code} {name} ({status})")
            })
            .collect();
        (!unmet.is_empty()).then(|| format!("on that day: {}", unmet.join(", ")))
    };
    let statuses = list(&one["requirements"]).iter();
    let counted = of(&mut statuses.map(|one| (word(&one["code"]).to_owned(), word(&one["status"]).to_owned())));
    // The whole folder once more, with no decision about the award: after one, no report is waited for.
    let (case, day) = (linked(files), Day::parse(word(&decision["date"])).unwrap());
    let position = case.records.students.iter().position(|entry| entry.id.raw() == student).unwrap();
    let student = case.student(position).unwrap();
    let judgement = Judgement::new(&student, day, AwardDecisions::LeftOut);
    let statuses = judgement.findings.iter();
    let left_out = of(&mut statuses.map(|one| (one.code.word().to_owned(), one.status.word().to_owned())));
    if student.record.decision.iter().all(|decision| decision.about != Matter::Award) {
        assert_eq!(left_out, counted);
    }
    left_out
}

fn is_favourable(decision: &Value) -> bool {
    let outcomes = ["approved", "ratified", "recommended", "suitable", "awarded"];
    ["body", "about", "date"].iter().all(|key| decision[key].is_string())
        && outcomes.contains(&word(&decision["outcome"]))
}

/// Asserts that an audit finds the decisions unready that a judgement of the commit does not find ready.
fn assert_unready(repository: &Repository, states: &BTreeMap<String, Files>) -> Result<usize, TestCaseError> {
    let mut wanted: BTreeSet<(String, String, String)> = BTreeSet::new();
    let mut written: BTreeMap<(String, String), BTreeSet<(String, String)>> = BTreeMap::new();
    let mut count = 0;
    for id in ["robin-ashby", "robin-ashby-x", "robin-ashby-x-x", "ada-finch", "cleo"] {
        let Some(document) = told_history(repository, id) else { continue };
        for entry in list(&document["entries"]).iter().filter(|entry| entry["what"] == "decision") {
            if !is_favourable(&entry["to"]) || is_favourable(&entry["from"]) {
                continue;
            }
            let (commit, file, day) = (word(&entry["commit"]["id"]), word(&entry["file"]), word(&entry["to"]["date"]));
            let student = file.rsplit_once('/').unwrap().1.trim_end_matches(".toml");
            let checked = gwp(repository, &format!("check york --rev {commit} --as-of {day} --format json")).json();
            count += 1;
            let told = (commit.to_owned(), file.to_owned());
            written.entry((student.to_owned(), entry["to"].to_string())).or_default().insert(told);
            let said = unmet(&checked, &states[commit], student, &entry["to"]);
            wanted.extend(said.map(|said| (commit.to_owned(), file.to_owned(), said)));
        }
    }
    let audited = gwp(repository, "audit -C york --format json").json();
    let found: BTreeSet<(String, String, String)> = list(&audited["irregularities"])
        .iter()
        .filter(|one| one["name"] == "decision-unready")
        .map(|one| {
            let message = word(&one["message"]);
            let from =
                message.find("and as the folder stood nothing").or_else(|| message.find("on that day: ")).unwrap();
            (word(&one["commits"][0]["id"]).to_owned(), word(&one["file"]).to_owned(), message[from..].to_owned())
        })
        .collect();
    // What is taken away and put back is asked about once, and other tests say where.
    let is_put_back = |one: &&(String, String, String)| {
        written.values().any(|told| told.len() > 1 && told.contains(&(one.0.clone(), one.1.clone())))
    };
    let once = |all: &BTreeSet<(String, String, String)>| -> BTreeSet<_> {
        all.iter().filter(|one| !is_put_back(one)).cloned().collect()
    };
    prop_assert_eq!(once(&found), once(&wanted));
    Ok(count)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_decision_is_unready_where_the_folder_of_its_commit_says_so(
        states in history(1..4),
        oddities in prop::collection::vec(prop::collection::vec(any::<Index>(), 0..3), 4),
    ) {
        let states: Vec<Files> =
            states.into_iter().zip(&oddities).map(|(files, oddities)| odd(files, oddities)).collect();
        let (repository, ids) = committed(&states);
        assert_unready(&repository, &ids.into_iter().zip(states).collect())?;
    }
}
