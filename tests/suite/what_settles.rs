//! What the page of a student says would settle a requirement, beside what the edition says of its status: the two
//! never contradict each other.

use std::collections::BTreeSet;

use gwp::edition::{Code, Scheme};
use gwp::judgement::Judgement;
use gwp::records::{Form, Matter};
use gwp::requirements::{Finding, Remedy, Status, remedies};

use crate::cases::{all_cases, day, judged, linked, situations};

/// The words of which an edition says one where it speaks of a remedy.
fn words_of(remedy: Remedy) -> &'static [&'static str] {
    match remedy {
        Remedy::Ruling(..) => &["ruling"],
        Remedy::Decision(_, Matter::Arrangements, _) => &["decision", "approval of the arrangements"],
        Remedy::Decision(_, Matter::Award, _) => &["decision"],
        Remedy::Form1 => &["GWP Form 1"],
        Remedy::Diploma => &["the Diploma"],
        Remedy::Arrangement => &["arrangement", "supervisor who is missing", "G5"],
        Remedy::Confirmation(_) => &["confirm"],
        Remedy::WrgPlace => &["WRG", "supervisor who is missing"],
        Remedy::SupervisionAfterTheCourse => &["WRG"],
        Remedy::Presentation => &["presentation"],
        Remedy::Insurance(_) => &["insurance"],
        Remedy::Organisation => &["organisation"],
        Remedy::Session => &["sessions", "several groups"],
        Remedy::NextSession => &["next session", "sessions"],
        Remedy::Word { .. } => &["Confirm planned", "G5"],
        Remedy::SupervisionMeeting => &["meeting"],
        Remedy::JointMeeting => &["joint meeting"],
        Remedy::Rating => &["GWP Form 2", "rates it"],
        Remedy::Registration(_) => &["registration"],
        Remedy::Experience(_) => &["experience"],
        Remedy::Assessment(_) => &["Course Director's assessment"],
        Remedy::Report(Form::Gwp2 | Form::Wrg2 | Form::Gwp3, _) => &["report", "GWP Form 2"],
        Remedy::ClinicalResponsibility(_) => &["responsibility", "who it is", "who it was"],
        Remedy::MedicalCover(_) => &["arranged"],
        Remedy::Conditions => &["condition"],
        Remedy::Extension => &["[extension]"],
    }
}

#[test]
fn the_edition_says_the_same() {
    let edition = Scheme::default().edition();
    let said = |code: Code, status: Status| {
        let mut by_status = edition.clause(code).settled_by.by_status();
        by_status.find(|(known, _)| *known == status.word()).map(|(_, words)| words.to_owned()).unwrap_or_default()
    };
    let (mut silent, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for (title, deviation, files) in all_cases().into_iter().chain(situations()) {
        let case = linked(&files);
        for iso in deviation.on.keys() {
            let compare = |judgement: &Judgement<'_>| {
                for finding in &judgement.findings {
                    for remedy in remedies(finding, &judgement.facts) {
                        let words = said(finding.code, finding.status);
                        seen.insert((finding.code, finding.status, remedy.words()));
                        // A part with a better status can wait for a ruling beside a worse one.
                        let is_beside = matches!(remedy, Remedy::Ruling(..)) && finding.status != Status::Query;
                        if !is_beside && !words_of(remedy).iter().any(|word| words.contains(word)) {
                            let remedy = remedy.words();
                            silent.insert(format!("{} {}: {remedy}", finding.code, finding.status.word()));
                        }
                    }
                }
            };
            judged(&case, day(iso), compare).unwrap_or_else(|| assert!(!title.is_empty()));
        }
    }
    assert!(seen.len() > 150, "{} remedies were looked at", seen.len());
    assert!(silent.is_empty(), "the edition does not say so: {silent:#?}");
}

/// What is named settles something: nothing is named of what is met, and of what is past and refused a ruling is.
#[test]
fn a_query_is_never_without_a_remedy() {
    for (title, deviation, files) in all_cases().into_iter().chain(situations()) {
        let case = linked(&files);
        for iso in deviation.on.keys() {
            let look = |judgement: &Judgement<'_>| {
                let facts = &judgement.facts;
                let is_left = facts.case.record.withdrawn.is_some_and(|day| day <= facts.as_of);
                for finding in &judgement.findings {
                    let named = remedies(finding, &judgement.facts);
                    let is_settled = matches!(finding.status, Status::Met | Status::NotApplicable);
                    let is_the_end = finding.code == Code::D1 && is_left;
                    assert_eq!(named.is_empty(), is_settled || is_the_end, "{title}, {iso}: {finding:?}");
                }
            };
            judged(&case, day(iso), look);
        }
    }
}

/// A setting or an aim that is queried is for the committee that approves the arrangements; that no organisation is named is
/// not.
#[test]
fn the_committee_approves_a_setting_and_an_organisation_is_named() {
    let mut seen = BTreeSet::new();
    for (title, deviation, files) in all_cases().into_iter().chain(situations()) {
        let case = linked(&files);
        for iso in deviation.on.keys() {
            let look = |judgement: &Judgement<'_>| {
                let of_group = |one: &&Finding| matches!(one.code, Code::G1 | Code::G2);
                for finding in judgement.findings.iter().filter(of_group) {
                    let named = remedies(finding, &judgement.facts);
                    let is_for_committee =
                        named.iter().any(|one| matches!(one, Remedy::Decision(_, Matter::Arrangements, _)));
                    let names_organisation = named.iter().any(|one| matches!(one, Remedy::Organisation));
                    let is_asked = matches!(finding.status, Status::Query | Status::Action);
                    let lacks = finding.message.contains("names no organisation");
                    let wanted = (is_asked && !lacks, is_asked && lacks);
                    assert_eq!((is_for_committee, names_organisation), wanted, "{title}, {iso}: {finding:?}");
                    seen.insert((finding.code, finding.status));
                }
            };
            judged(&case, day(iso), look);
        }
    }
    let wanted = [(Code::G1, Status::Query), (Code::G1, Status::Action), (Code::G2, Status::Query)];
    assert!(wanted.iter().all(|one| seen.contains(one)), "{seen:?}");
}
