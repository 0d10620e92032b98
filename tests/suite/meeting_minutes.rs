//! The minutes of a meeting, and what goes from it to the SPC and the NTM.

use crate::desk::Desk;

#[test]
fn nothing_is_recorded_of_it() {
    let desk = Desk::london();
    let ran = desk.run("meeting 2026-02-28 --minutes");
    let why =
        "gwp: nothing is recorded of the LCC 28 February 2026; \"gwp meeting 2026-02-28\" records what was decided\n";
    assert_eq!((ran.status, ran.err.as_str()), (2, why));
}

/// London with the LCC's meeting of 28 February 2026 recorded, but for what was left open.
fn recorded() -> Desk {
    let desk = Desk::london();
    assert_eq!(desk.run("meeting 2026-02-28 --form form.txt").status, 0);
    let mut text = desk.read("form.txt");
    let mut fill = |mark: &str, label: &str, words: &str| {
        let at = text.find(&format!("[{mark}]\n")).expect("the item is on the form");
        let from = at + text[at..].find(&format!("\n{label}")).expect("it asks for that") + 1;
        let end = from + text[from..].find('\n').expect("it ends");
        let line = text[from..end].to_owned();
        let filled =
            if line.ends_with("[ ]") { line.replace("[ ]", &format!("[{words}]")) } else { format!("{line} {words}") };
        text.replace_range(from..end, &filled);
    };
    fill("bethan-maddox/arrangements", "Decision", "approve");
    fill("bethan-maddox/arrangements", "Condition 1", "a second supervisor by 31 May 2026");
    fill("lewis-strachan/g4", "7 May 2025", "accept");
    fill("owen-tregear/award", "Decision", "recommend");
    fill("amina-warsame/award", "Note for the minutes", "She was ill.");
    let present = "Present (names, with commas between them):";
    std::fs::write(desk.path("form.txt"), text.replacen(present, &format!("{present} Ruth Adeyemi"), 1))
        .expect("it can be written");
    let ran = desk.run("meeting --from form.txt");
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    desk
}

#[test]
fn the_minutes_say_what_was_decided_and_on_what_it_rested() {
    let desk = recorded();
    let ran = desk.run("meeting 2026-02-28 --minutes");
    assert_eq!(ran.status, 0, "{}", ran.err);
    for wanted in [
        "## Minutes of the LCC, 28 February 2026\n\nPresent: Ruth Adeyemi.\n\n",
        "### 1\\. Bethan Maddox: the arrangements\n\nApproved, on the condition: a second supervisor by 31 May 2026.\n\n- \"Refl",
        "- still unanswered: the Course Director's assessment of Oonagh Devlin",
        "### 4\\. Lewis Strachan: session length (G4)\n\nAccepted for 7 May 2025.\n\n- 7 May 2025: the session of 7 May 2025",
        "### 9\\. Amina Warsame\n\nShe was ill.\n\n",
        "### 10\\. Owen Tregear: the award\n\nRecommended.\n\n- 34 sessions, the last of those required on 19 Nov",
        "These minutes are not agreed yet.\n",
    ] {
        assert!(ran.out.contains(wanted), "{wanted}\nin\n{}", ran.out);
    }
    let submission = desk.run("meeting 2026-02-28 --submission").out;
    assert!(
        submission.starts_with("## Decisions of the LCC of 28 February 2026, for the SPC and the NTM\n"),
        "{submission}"
    );
    assert!(submission.contains("Owen Tregear: the award") && !submission.contains("She was ill"), "{submission}");
    assert!(!submission.contains("not agreed"), "{submission}");
    let json = desk.run("meeting 2026-02-28 --minutes --format json").json();
    let items = json["items"].as_array().expect("a list");
    let numbers: Vec<_> = items.iter().map(|item| item["number"].as_u64().expect("a number")).collect();
    assert_eq!(numbers, [1, 4, 9, 10]);
    assert_eq!(items[0]["conditions"][0]["due"], "2026-05-31");
    assert_eq!(items[1]["of"], serde_json::json!(["2025-05-07"]));
    assert_eq!(desk.run("meeting 2026-02-28 --minutes --format csv").out.lines().count(), 5);
}

#[test]
fn what_the_spc_answers_waits_for_it_and_is_minuted_like_the_rest() {
    let desk = recorded();
    let ran = desk.run("meeting 2026-03-14 --body spc --form spc.txt");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let text = desk.read("spc.txt");
    for mark in ["[bethan-maddox/arrangements]", "[gareth-pugh/arrangements]", "[owen-tregear/award]"] {
        assert!(text.contains(mark), "{mark} in\n{text}");
    }
    assert!(text.contains("on the condition: a second supervisor by 31 May 2026 (not met yet)"), "{text}");
    assert!(!text.contains("lewis-strachan"), "{text}");
    let (before, award) = text.split_once("[owen-tregear/award]").expect("it is there");
    let filled = format!("{before}[owen-tregear/award]{}", award.replacen("[ ]", "[award]", 1));
    std::fs::write(desk.path("spc.txt"), filled).expect("it can be written");
    let ran = desk.run("meeting --from spc.txt");
    assert!(ran.status == 0 && ran.out.contains("Owen Tregear: the award: awarded."), "{}{}", ran.out, ran.err);
    let minutes = desk.run("meeting 2026-03-14 --body SPC --minutes").out;
    assert!(minutes.contains("## Minutes of the SPC, 14 March 2026") && minutes.contains("Awarded."), "{minutes}");
    assert!(desk.run("check --as-of 2026-03-14").out.contains("awarded"));
    // The NTM has nothing to say of an award, and ratifies approvals.
    assert_eq!(desk.run("meeting 2026-03-14 --body NTM --form ntm.txt").status, 0);
    let text = desk.read("ntm.txt");
    assert!(text.contains("[bethan-maddox/arrangements]") && !text.contains("award]"), "{text}");
}

#[cfg(unix)]
#[test]
fn what_is_written_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = recorded();
    let ran = desk.run("meeting 2026-02-28 --minutes --out minutes.md");
    assert_eq!((ran.status, ran.out.as_str()), (0, "Written: minutes.md.\n"));
    assert_eq!(desk.read("minutes.md"), desk.run("meeting 2026-02-28 --minutes").out);
    for file in ["minutes.md", "form.txt"] {
        let mode = std::fs::metadata(desk.path(file)).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    let refused = desk.run("meeting 2026-02-28 --out minutes.md");
    assert_eq!(refused.status, 2, "{}", refused.out);
}
