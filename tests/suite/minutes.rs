//! Meetings of committees: the register of them, and what a minute of a decision or a ruling leads to.

use gwp::case;
use gwp::records::Body;
use gwp::text::{Locator, Text};

use crate::desk::Desk;
use crate::source;

const LCC: &str = "body = \"LCC\"\ndate = 2026-02-21\n[[items]]\nnumber = 4\n[[items]]\nnumber = 6\n";
const SPC: &str = "body = \"SPC\"\ndate = 2026-02-21\n[[items]]\nnumber = 6\n";

/// The file that a minute of a body leads to, with the line of the item.
fn minuted(minute: &str, body: Body) -> Option<(String, Option<usize>)> {
    let sources = [source("meetings/lcc-2026-02-21.toml", LCC), source("meetings/february-spc.toml", SPC)];
    let records = case::read(&sources);
    let found = records.minuted(&Text::new(minute), body)?;
    let line = found.item.map(|_| Locator::new(&sources).place(found.place()).0);
    Some((sources[found.file.0 as usize].path.to_string(), line))
}

#[test]
fn a_minute_names_a_meeting_by_its_day_or_by_its_id() {
    let of_lcc = |line| Some(("meetings/lcc-2026-02-21.toml".to_owned(), line));
    let of_spc = |line| Some(("meetings/february-spc.toml".to_owned(), line));
    for (minute, leads_to) in [
        ("LCC 2026-02-21, item 6", of_lcc(Some(5))),
        ("LCC 2026-02-21, Item 4: approved", of_lcc(Some(3))),
        ("LCC of 21 February 2026, item 6", of_lcc(Some(5))),
        ("lcc 2026-02-21", of_lcc(None)),
        ("2026-02-21, item 6", of_lcc(Some(5))),
        ("lcc-2026-02-21, item 6", of_lcc(Some(5))),
        ("LCC 2026-02-21, item 5", of_lcc(None)),
        ("LCC 2026-02-21, item 6a", of_lcc(None)),
        ("SPC 2026-02-21, item 6", of_spc(Some(3))),
        ("February-SPC, item 6", of_spc(Some(3))),
        ("LCC 2026-02-22, item 6", None),
        ("NTM 2026-02-21", None),
        ("LCC 31 February 2026", None),
        ("LCC, item 6", None),
        ("lcc-2026-02-21-evening", None),
        ("", None),
    ] {
        assert_eq!(minuted(minute, Body::Lcc), leads_to, "{minute}");
    }
    assert_eq!(minuted("2026-02-21, item 6", Body::Spc), of_spc(Some(3)));
    assert_eq!(minuted("2026-02-21, item 6", Body::Panel), None);
}

#[test]
fn a_page_says_where_a_decision_is_minuted() {
    let desk = Desk::of("examples/london");
    let page = desk.run("show owen-tregear --as-of 2026-02-10").out;
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let minuted =
        "Minuted: LCC 5 July 2025, item 9: the fire alarm was nobody's doing (meetings/lcc-2025-07-05.toml:9)";
    assert!(page.contains(minuted), "{page}");
    assert!(page.contains("5 Jul 2025 LCC session length G4 accepted Minuted:"), "{page}");
    let page = desk.run("show judith-abell --as-of 2026-02-10 --format markdown").out;
    assert!(page.contains("LCC 6 December 2025, item 8 (meetings/lcc-2025-12-06.yaml:13)"), "{page}");
    // Of a meeting that is not recorded the words stand alone.
    assert!(page.contains("| LCC 30 November 2024, item 6 |"), "{page}");
    let before = desk.run("show owen-tregear --as-of 2025-07-04").out;
    assert!(before.contains("Decisions and rulings") && !before.contains("fire alarm"), "{before}");
}

#[test]
fn meetings_are_listed_with_what_was_dealt_with() {
    let desk = Desk::of("examples/london");
    let json = desk.run("list meetings --as-of 2026-02-10 --format json").json();
    let ids = |json: &serde_json::Value| -> Vec<String> {
        let rows = json["meetings"].as_array().expect("a list").iter();
        rows.map(|row| row["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!(ids(&json), ["lcc-2025-07-05", "lcc-2025-12-06"]);
    let meeting = &json["meetings"][1];
    assert_eq!((meeting["body"].as_str(), meeting["date"].as_str()), (Some("LCC"), Some("2025-12-06")));
    assert_eq!(meeting["apologies"], serde_json::json!(["Annika Solberg"]));
    assert_eq!(meeting["present"].as_array().map(Vec::len), Some(4));
    assert_eq!(meeting["items"][4]["number"], 8);
    assert_eq!(meeting["items"][4]["about"], "judith-abell");

    let ids_of = |options: &str| ids(&desk.run(&format!("list meetings {options} --format json")).json());
    // The day of a meeting is the first on which it is there.
    assert_eq!(ids_of("--as-of 2025-12-05"), ["lcc-2025-07-05"]);
    assert_eq!(ids_of("--as-of 2025-12-06").len(), 2);
    assert_eq!(ids_of("--as-of 2026-02-10 --student tariq-haddad"), ["lcc-2025-12-06"]);
    assert_eq!(ids_of("--as-of 2026-02-10 --student owen-tregear"), ["lcc-2025-07-05"]);
    assert_eq!(ids_of("--as-of 2026-02-10 --student colm-rafferty"), [""; 0]);

    // Named by a minute alone, and by an item alone.
    let without_item =
        desk.read("meetings/lcc-2025-07-05.toml").replace("about = \"owen-tregear\"", "about = \"Owen\"");
    std::fs::write(desk.path("meetings/lcc-2025-07-05.toml"), &without_item).expect("it can be written");
    assert_eq!(ids_of("--as-of 2026-02-10 --student owen-tregear"), ["lcc-2025-07-05"]);
    let without_minute = desk.read("students/2025/tariq-haddad.toml").replace("minute =", "notes =");
    std::fs::write(desk.path("students/2025/tariq-haddad.toml"), &without_minute).expect("it can be written");
    assert_eq!(ids_of("--as-of 2026-02-10 --student tariq-haddad"), ["lcc-2025-12-06"]);

    // What has an error is in no register.
    std::fs::write(desk.path("meetings/lcc-2025-07-05.toml"), "body = \"LCC\"\n").expect("it can be written");
    assert_eq!(ids_of("--as-of 2026-02-10"), ["lcc-2025-12-06"]);
    let table = desk.run("list meetings --as-of 2026-02-10").out;
    assert!(
        table.contains("    3 priya-nandakumar: Arrangements approved.") && table.contains("1 meeting."),
        "{table}"
    );
}
