//! What can be typed to an item.

use super::{Answer, Asked, AskedCondition, Asks, Decided, Item, Reply, names};
use crate::calendar::Day;
use crate::edition::Code;
use crate::records::{Body, Matter, Outcome, RulingOutcome};
use crate::text::Text;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn item(asks: Asks) -> Item {
    let (student, name) = (Text::new("amara-osei"), Text::new("Amara Osei"));
    Item { number: 4, student, name, asks, says: Vec::new() }
}

fn approval() -> Item {
    item(Asks::Decision {
        about: Matter::Arrangements,
        outcomes: Outcome::allowed(Body::Lcc, Matter::Arrangements).to_vec(),
        recorded: None,
        bound: Vec::new(),
        asked: None,
    })
}

fn lengths() -> Item {
    let asked = |date| Asked { date: day(date), message: "too short".to_owned(), recorded: None };
    let of = ["2025-11-03", "2025-11-10", "2025-11-17", "2025-11-24"].map(asked).to_vec();
    item(Asks::Rulings { requirement: Code::G4, of })
}

#[test]
fn letters_and_words_are_read() {
    let read = |typed: &str| approval().reply(typed, &Answer::default());
    for (typed, outcome) in [("a", Outcome::Approved), ("Approve", Outcome::Approved), (" Q ", Outcome::Queried)] {
        assert_eq!(read(typed), Ok(Reply::Decided(Decided::Outcome(outcome))), "{typed}");
    }
    assert_eq!(
        [read("s"), read("b"), read("?"), read("l")],
        [Ok(Reply::Skip), Ok(Reply::Back), Ok(Reply::Help), Ok(Reply::Leave)]
    );
    assert_eq!(read("n"), Ok(Reply::Note(None)));
    assert_eq!(read("n more in May"), Ok(Reply::Note(Some(Text::new("more in May")))));
    for typed in ["", "r", "ab", "a 1", "s s", "approve it"] {
        let can_be = "it can be a (approve), q (query), d (decline) or s (skip); ? shows all";
        assert_eq!(read(typed), Err(can_be.to_owned()), "{typed}");
    }
}

#[test]
fn each_word_for_an_answer_means_one_of_those_that_are_offered() {
    let decision = |body, about, left_out| {
        let outcomes = Outcome::allowed(body, about).iter().copied().filter(|outcome| *outcome != left_out).collect();
        item(Asks::Decision { about, outcomes, recorded: None, bound: Vec::new(), asked: None })
    };
    // A ratification is one thing, and the answer to a query another: no item offers both.
    let decisions = [Body::Lcc, Body::Spc, Body::Ntm, Body::Ndt, Body::Panel].into_iter().flat_map(|body| {
        let of =
            move |about| [Outcome::Approved, Outcome::Ratified].map(move |left_out| decision(body, about, left_out));
        [Matter::Arrangements, Matter::Award].into_iter().flat_map(of)
    });
    let condition = AskedCondition { approved: day("2025-11-03"), number: 1, there: None, recorded: None };
    for item in decisions.chain([lengths(), item(Asks::Condition(condition))]) {
        for choice in item.choices() {
            let words = [choice.word.to_owned(), choice.key.to_string(), format!("{} ({})", choice.key, choice.word)];
            for word in words.into_iter().chain(choice.also.iter().map(|word| (*word).to_owned())) {
                let meant: Vec<_> = item.choices().into_iter().filter(|one| one.is_said_by(&word)).collect();
                assert_eq!(meant, [choice], "{word}");
            }
        }
    }
    let read = |item: Item, typed: &str| item.reply(typed, &Answer::default());
    for typed in ["approved", "Accepted", "agreed", "a (approve)"] {
        assert_eq!(read(approval(), typed), Ok(Reply::Decided(Decided::Outcome(Outcome::Approved))), "{typed}");
    }
    assert_eq!(read(lengths(), "refused"), read(lengths(), "r"));
}

#[test]
fn dates_are_ruled_on_by_their_numbers() {
    fn ruled(typed: &str, before: &str) -> Option<String> {
        let mut answered = Answer::default();
        for typed in [before, typed].into_iter().filter(|typed| !typed.is_empty()) {
            let Ok(Reply::Decided(decided)) = lengths().reply(typed, &answered) else { return None };
            answered.decided = Some(decided);
        }
        let dates: Vec<_> = lengths().dates().iter().map(|asked| asked.date).collect();
        let Some(Decided::Rulings(rulings)) = answered.decided else { return None };
        let of = |date: &Day| rulings.iter().find(|(known, _)| known == date).map(|(_, outcome)| *outcome);
        let letter = |date: &Day| match of(date) {
            Some(RulingOutcome::Accepted) => 'a',
            Some(RulingOutcome::Refused) => 'r',
            None => '.',
        };
        assert!(rulings.is_sorted_by_key(|(date, _)| *date));
        Some(dates.iter().map(letter).collect())
    }
    for (typed, before, becomes) in [
        ("a", "", "aaaa"),
        ("refuse", "", "rrrr"),
        ("a 1", "", "a..."),
        ("a 1,3", "", "a.a."),
        ("a 2-4", "", ".aaa"),
        ("a 1 r 3-4", "", "a.rr"),
        ("a 2 r", "", "rarr"),
        ("r", "a 1", "arrr"),
        ("r 1", "a 1", "r..."),
        ("r", "a", "rrrr"),
        ("a 1 r 1", "", "r..."),
    ] {
        assert_eq!(ruled(typed, before).as_deref(), Some(becomes), "{typed} after {before}");
    }
    for typed in ["a 5", "a 0", "a 3-2", "1", "a b", "a 1-", "q", "a 99999999999999999999"] {
        assert_eq!(ruled(typed, ""), None, "{typed}");
    }
}

#[test]
fn names_in_a_line() {
    let of = |text: &str| names(text).iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(of("Ruth Adeyemi,  Jonas Okafor, ,Ruth Adeyemi"), ["Ruth Adeyemi", "Jonas Okafor"]);
    assert_eq!(of("Dr Byrne, consultant; Ruth Adeyemi"), ["Dr Byrne, consultant", "Ruth Adeyemi"]);
    assert!(of(" ").is_empty());
}
