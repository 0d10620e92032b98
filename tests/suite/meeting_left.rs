//! What stays of a meeting that somebody leaves in the middle of an item.

use crate::asking::at_a_terminal;
use crate::desk::Desk;
use crate::meeting_held::typed;

/// The items of this course: Lewis Strachan's sessions and supervision, and two awards.
const MEETING: &str = "meeting 2026-02-28 --course london-2024";

/// What is shown to whoever goes on, up to the first item.
fn taken_up(desk: &Desk) -> String {
    typed(desk, MEETING, &["", "l"]).1
}

#[test]
fn a_note_is_kept_and_is_no_answer() {
    let desk = Desk::london();
    for end in ["l", "quit", "\u{4}"] {
        typed(&desk, MEETING, &["no", "Ruth Adeyemi", "", "", "a", "n He was warned", end][usize::from(end == "l")..]);
        let text = taken_up(&desk);
        assert!(text.contains("not finished: 1 item is answered.\n"), "{end}: {text}");
        assert!(text.contains("Item 2 of 4.") && text.contains("Note: He was warned\n"), "{end}: {text}");
        assert!(!text.contains("Item 3 of 4."), "{end}: {text}");
    }
    // Enter is no answer to an item that has none, and the note goes into the minutes.
    let (status, text, _) = typed(&desk, MEETING, &["", "", "s", "s", "s", "", "yes"]);
    assert!(status == 0 && text.contains("This cannot be used: it is needed."), "{text}");
    assert!(desk.read("meetings/lcc-2026-02-28.toml").contains("note = \"He was warned\""), "{text}");
}

#[test]
fn an_item_that_was_half_answered_begins_again_and_that_is_said() {
    let desk = Desk::london();
    let meeting = "meeting 2026-02-28 --course london-2025";
    let begin = ["\n", "\n", "\n", "s\n", "s\n", "a\n", "a CV by 1 May 2026\n"];
    let (status, text) = at_a_terminal(&desk, meeting, &[&begin[..], &["\u{3}"]].concat());
    let left = "nothing is written. The same command goes on with what was said before this item, and asks about it \
                again.\n";
    assert!(status == 130 && text.contains("On another condition") && text.ends_with(left), "{status} {text}");
    let (_, text, _) = typed(&desk, meeting, &["", "l"]);
    assert!(text.contains("2 items are answered.\n") && text.contains("Item 3 of "), "{text}");
    assert!(!text.contains("So far"), "{text}");
    // An answer from before that is begun anew is asked again too.
    let (_, text, _) = typed(&desk, meeting, &["", "a", "", "b", "a", "\u{4}"]);
    assert!(text.ends_with(left), "{text}");
    let (_, text, _) = typed(&desk, meeting, &["", "l"]);
    assert!(text.contains("2 items are answered.\n") && text.contains("Item 3 of "), "{text}");
}

#[test]
fn a_letter_that_answers_one_item_leaves_none() {
    let desk = Desk::london();
    let meeting = "meeting 2026-02-28 --course london-2024";
    let (status, text, _) = typed(&desk, meeting, &["", "", "", "q", "q", "l"]);
    assert_eq!(status, 0, "{text}");
    assert_eq!(text.matches("This cannot be used: it can be a (accept), r (refuse)").count(), 2, "{text}");
    let (status, text, _) = typed(&desk, meeting, &["", "", "", "quit"]);
    assert!(status == 2 && text.contains("the questions were broken off"), "{text}");
}
