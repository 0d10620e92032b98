//! What has become since of what the decisions about a student rested on.

use std::collections::BTreeMap;

use crate::audit::EffectOn;
use crate::calendar::Day;
use crate::diff::ChangeKind;
use crate::folder::{DecisionsSince, Deed, DoneSince, JudgedFolder, SinceDecision};
use crate::judgement::StudentResult;
use crate::records::RecordKind;
use crate::reports::Sheet;
use crate::text::{all_of, capitalised, few, visible};

/// So many things of one kind are named.
const NAMED: usize = 6;

/// What is known of what has become of what the decisions rested on.
pub enum DecisionsKnown {
    /// By the folder's past in git.
    Known(DecisionsSince),
    /// It is not known, and this sentence says why.
    NotKnown(String),
}

/// A line for each day on which something was decided about the student up to the day of judgement; none where nothing
/// was.
pub(super) fn since_decisions(
    since: &DecisionsSince,
    judged: &JudgedFolder<'_>,
    result: &StudentResult<'_>,
) -> Option<Sheet> {
    let mut days: BTreeMap<Day, (Vec<String>, &SinceDecision)> = BTreeMap::new();
    for decision in result.case.into_iter().flat_map(|case| &case.record.decision) {
        let Some(known) = since.about(result.id, decision.date).filter(|_| decision.date <= judged.as_of) else {
            continue;
        };
        let made = format!("{}, {}", decision.body.title(), decision.about.title());
        days.entry(decision.date).or_insert_with(|| (Vec::new(), known)).0.push(made);
    }
    let with_names = !judged.folder.left_out.names;
    let (mut list, mut unknown) = (Vec::new(), Vec::new());
    for (day, (made, since)) in &days {
        match since {
            SinceDecision::NothingKnown => unknown.push(day),
            SinceDecision::Known { done, effects } => {
                let words = in_words(done, effects.as_deref(), with_names);
                list.push(format!("{day} ({}): {words}", made.join("; ")));
            }
        }
    }
    let mut lead = Vec::new();
    if !list.is_empty() {
        lead.push("Compared is what was committed by the end of the day of each decision.".to_owned());
    }
    if !unknown.is_empty() {
        let days = all_of(unknown);
        lead.push(format!("Nothing was committed by {days}, so what has changed since is not known."));
    }
    (!lead.is_empty()).then(|| Sheet { lead, list, ..Sheet::new("Since these decisions") })
}

fn in_words(done: &[DoneSince], effects: Option<&[EffectOn]>, with_names: bool) -> String {
    let told = |(deed, words): (Deed, &str)| {
        let those: Vec<String> = done.iter().filter(|one| one.deed == deed).map(|one| named(one, with_names)).collect();
        (!those.is_empty()).then(|| format!("{words}: {}.", few(&those, NAMED, "; ")))
    };
    let deeds = [(Deed::Altered, "altered since"), (Deed::Removed, "taken out since"), (Deed::Added, "added since")];
    let mut sentences: Vec<String> = deeds.into_iter().filter_map(told).collect();
    let is_nothing_done = sentences.is_empty();
    sentences.push(match effects {
        Some([]) if is_nothing_done => "nothing that it rested on is otherwise now.".to_owned(),
        Some([]) => "every status of that day would be the same.".to_owned(),
        Some(effects) => {
            let words: Vec<String> = effects.iter().map(EffectOn::in_words).collect();
            format!("with what is recorded now, on that day: {}.", words.join("; "))
        }
        None => "one of the two states cannot be judged, so nobody knows which status would be otherwise.".to_owned(),
    });
    let later = sentences.iter().skip(1).map(|sentence| capitalised(sentence));
    sentences.iter().take(1).cloned().chain(later).collect::<Vec<_>>().join(" ")
}

/// `session of 17 October 2025`, or `"email" in the student's record`. A key can be anything: it stands only where
/// names do.
fn named(one: &DoneSince, with_names: bool) -> String {
    let record = match one.kind {
        Some(RecordKind::Student) => "the student's record",
        Some(RecordKind::Session) => "a session log",
        Some(RecordKind::Supervisor) => "a supervisor's record",
        Some(RecordKind::Course) => "the course's record",
        Some(RecordKind::Meeting) => "the record of a meeting",
        Some(RecordKind::Gwp) | None => "gwp.toml",
    };
    let what = match one.what {
        ChangeKind::Entry(word) => word.replace('_', " "),
        ChangeKind::Key if with_names => format!("\"{}\" in {record}", visible(&one.at)),
        ChangeKind::Key => format!("a key in {record}"),
        ChangeKind::Order | ChangeKind::Text => record.to_owned(),
    };
    one.happened.map_or_else(|| what.clone(), |day| format!("{what} of {day}"))
}
