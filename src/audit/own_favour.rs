//! What somebody wrote in their own favour.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;

use super::attested::is_attestation;
use super::decisions::favourable_decision;
use super::people::{ever_listed, plain};
use super::undone::{is_extension, is_of_judged};
use super::{Irregularity, IrregularityName, Past, TOLD, broken};
use crate::calendar::Day;
use crate::diff::{ChangeKind, FieldChange, in_words};
use crate::history::Revision;
use crate::records::{Audit, RecordKind};
use crate::text::{Text, few};

/// Whether a difference says something that is for others to say.
type Favours = fn(&FieldChange) -> bool;

/// Finds the rulings, decisions, reports, permissions and attestations that were written from the address of the student
/// whom they favour, the variations, meetings and minutes that were written from that of a student, and what a supervisor
/// wrote about their own registration.
pub(super) fn find<'p>(past: &'p Past<'_>, rules: &Audit, found: &mut Vec<Irregularity>) {
    let listed: BTreeSet<String> = rules.students.iter().map(plain).chain(ever_listed(past, &["students"])).collect();
    let of_students = past.concerns.students().into_iter().flat_map(|id| addresses(past, id));
    let of_students: BTreeSet<String> = of_students.chain(listed.clone()).collect();
    for (at, revision, record) in past.records() {
        let (favours, own): (Favours, Cow<'_, BTreeSet<String>>) = match (record.kind, &record.id) {
            (Some(RecordKind::Student), Some(id)) => {
                (favours_student, Cow::Owned(addresses(past, id).chain(listed.clone()).collect()))
            }
            (Some(RecordKind::Gwp), _) => (is_of_the_folder, Cow::Borrowed(&of_students)),
            (Some(RecordKind::Course), _) => (lists_a_meeting, Cow::Borrowed(&of_students)),
            // A student writes no minutes of what is said of them.
            (Some(RecordKind::Meeting), _) => {
                let about = record.entries.iter().filter_map(|written| about(&written.detail));
                let own = about.flat_map(|id| addresses(past, &id)).chain(listed.clone()).collect();
                (is_about_somebody, Cow::Owned(own))
            }
            (Some(RecordKind::Supervisor), Some(id)) => {
                (is_about_registration, Cow::Owned(past.concerns.addresses_of_supervisor(id).map(plain).collect()))
            }
            // A student confirms no log that is about them.
            (Some(RecordKind::Session), _) => {
                let of_all = past.students_of(&record.file);
                let of_all = of_all.iter().flat_map(|id| addresses(past, id));
                (is_attested, Cow::Owned(of_all.chain(listed.clone()).collect()))
            }
            _ => continue,
        };
        let details = record.entries.iter().map(|written| &written.detail);
        let favours: Vec<&FieldChange> = details.filter(|detail| favours(detail)).collect();
        let from = |revision: &'p Revision| written_from(revision, &own);
        let who = from(revision);
        if let Some(who) = who.filter(|_| record.kind != Some(RecordKind::Session)) {
            let unread: Vec<&FieldChange> = broken::unread(record).collect();
            if !unread.is_empty() && !broken::is_over(past, at, record) {
                let what = few(unread.iter().map(|detail| in_words(detail)), TOLD, "; ");
                let message = format!("written from {who}, and not to be read since: {what}");
                found.push(past.of_record(IrregularityName::OwnFavour, at, record, message).with_changes(unread));
            }
        }
        if favours.is_empty() {
            continue;
        }
        // What became readable can be from each who wrote in the record while it could not be read.
        let meanwhile = broken::while_broken(past, at, record);
        let who = who.or_else(|| meanwhile.iter().find_map(|one| from(past.revisions.get(*one)?)));
        let Some(who) = who else { continue };
        let what = few(favours.iter().map(|detail| in_words(detail)), TOLD, "; ");
        let message = if meanwhile.is_empty() {
            format!("written from {who}: {what}")
        } else {
            format!("{who} wrote one of these commits: {what}")
        };
        found.push(past.of_record(IrregularityName::OwnFavour, at, record, message).with_changes(favours));
    }
}

/// Whom an item of minutes is about.
fn about(detail: &FieldChange) -> Option<Text> {
    let item = detail.to.as_ref().filter(|_| detail.at.starts_with("items["))?;
    Some(Text::new(item.get("about")?.as_str()?))
}

fn is_about_somebody(detail: &FieldChange) -> bool {
    about(detail).is_some()
}

/// The addresses that a student's record has given, under any of its ids.
pub(super) fn addresses<'p>(past: &'p Past<'_>, student: &Text) -> impl Iterator<Item = String> + use<'p> {
    let ids = past.concerns.ids_of(student);
    ids.into_iter().flat_map(|id| past.concerns.addresses_of(&id).map(plain).collect::<Vec<_>>())
}

/// The address among these from which a commit was written or made.
fn written_from<'r>(revision: &'r Revision, own: &BTreeSet<String>) -> Option<&'r Text> {
    [&revision.author.email, &revision.committer.email].into_iter().find(|email| own.contains(&plain(email)))
}

/// Whether an entry of a student's record says something for the student that is for others to say.
fn favours_student(detail: &FieldChange) -> bool {
    let Some(to) = &detail.to else { return false };
    match detail.what {
        ChangeKind::Entry("decision") => favourable_decision(to).is_some(),
        ChangeKind::Entry("ruling") => to.get("outcome").and_then(Value::as_str) == Some("accepted"),
        ChangeKind::Entry("report" | "accommodation") => true,
        ChangeKind::Entry("insurance" | "leave") => lasts_longer(detail.from.as_ref(), to),
        // A workplace supervisor confirms an arrangement, and a course the Diploma.
        ChangeKind::Entry("arrangement") => {
            let confirmed = |entry: &Value| entry.get("confirmed").cloned();
            confirmed(to).is_some_and(|day| detail.from.as_ref().and_then(confirmed) != Some(day))
        }
        ChangeKind::Key => is_extension(detail) || matches!(detail.at.as_str(), "diploma" | "diploma.completed"),
        _ => false,
    }
}

/// Whether what was to end by a day ends later, or not any more.
fn lasts_longer(from: Option<&Value>, to: &Value) -> bool {
    let end = |entry: &Value| entry.get("until").and_then(Value::as_str).and_then(Day::parse);
    let until = from.and_then(end);
    until.is_some_and(|until| end(to).is_none_or(|now| now > until))
}

fn is_attested(detail: &FieldChange) -> bool {
    is_attestation(detail) && detail.to.is_some()
}

fn is_of_the_folder(detail: &FieldChange) -> bool {
    is_variation(detail) || lists_a_meeting(detail)
}

/// Whether it lists a day of a meeting that was not listed.
fn lists_a_meeting(detail: &FieldChange) -> bool {
    let days = |value: &Option<Value>| value.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
    let was = days(&detail.from);
    detail.at == "lcc_meetings" && days(&detail.to).iter().any(|day| !was.contains(day))
}

fn is_variation(detail: &FieldChange) -> bool {
    detail.what == ChangeKind::Entry("variation") && detail.to.is_some()
}

/// Whether it is about what makes somebody fit to supervise.
fn is_about_registration(detail: &FieldChange) -> bool {
    is_of_judged(detail) && detail.to.is_some()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the texts of a test are written in it")]
mod tests {
    use super::*;
    use crate::audit::tests::{made_on, value};
    use crate::calendar::Day;

    #[test]
    fn what_is_for_others_to_say() {
        let entry = |word: &'static str, to: Option<&str>| FieldChange {
            what: ChangeKind::Entry(word),
            at: format!("{word}[0]"),
            from: Some(value("a = 1")),
            to: to.map(value),
        };
        let decision =
            |outcome: &str| format!("body = 'LCC'\nabout = 'award'\ndate = 2026-02-01\noutcome = '{outcome}'");
        let ends = |until: &str| if until.is_empty() { "a = 1".to_owned() } else { format!("until = {until}") };
        let until = |word: &'static str, from: &str, to: &str| FieldChange {
            from: Some(value(&ends(from))),
            ..entry(word, Some(&ends(to)))
        };
        let extension = |at: &str, to: Option<&str>| FieldChange {
            what: ChangeKind::Key,
            at: at.to_owned(),
            from: None,
            to: to.map(Value::from),
        };
        for (change, is) in [
            (entry("decision", Some(&decision("recommended"))), true),
            (entry("decision", Some(&decision("deferred"))), false),
            (entry("ruling", Some("outcome = 'accepted'")), true),
            (entry("ruling", Some("outcome = 'refused'")), false),
            (entry("report", Some("form = 'GWP2'")), true),
            (entry("report", None), false),
            (entry("wrg", Some("a = 1")), false),
            // What ends later than it was to end, or not at all.
            (until("insurance", "2026-09-30", "2026-10-01"), true),
            (until("insurance", "2026-09-30", "2026-09-29"), false),
            (until("leave", "2026-09-30", ""), true),
            (until("leave", "", "2026-09-30"), false),
            (until("arrangement", "2026-09-30", "2026-10-01"), false),
            (entry("arrangement", Some("confirmed = 2026-02-01")), true),
            (extension("diploma.completed", Some("2026-07-11")), true),
            (extension("diploma.notes", Some("n")), false),
            (extension("extension", Some("2028-12-31")), true),
            (extension("extension.until", Some("2028-12-31")), true),
            (extension("extension.notes", Some("n")), false),
            (extension("extension", None), false),
        ] {
            assert_eq!(favours_student(&change), is, "{change:?}");
        }
        for (word, attested, varies) in
            [("attestation", true, false), ("variation", false, true), ("session", false, false)]
        {
            let (there, gone) = (entry(word, Some("a = 1")), entry(word, None));
            assert_eq!((is_attested(&there), is_variation(&there)), (attested, varies), "{word}");
            assert!(!is_attested(&gone) && !is_variation(&gone), "{word}");
        }
        let key = |at: &str, to: Option<&str>| FieldChange {
            what: ChangeKind::Key,
            at: at.to_owned(),
            from: None,
            to: to.map(Value::from),
        };
        for (change, is) in [
            (key("assessed", Some("2026-01-01")), true),
            (key("assessed", None), false),
            (key("email", Some("a@b.c")), false),
        ] {
            assert_eq!(is_about_registration(&change), is, "{change:?}");
        }
    }

    #[test]
    fn an_address_is_the_authors_or_the_committers() {
        let mut revision = made_on(Day::new(2026, 2, 1).unwrap());
        let own = BTreeSet::from(["a@x.org".to_owned()]);
        assert_eq!(written_from(&revision, &own), None);
        revision.committer.email = Text::new("A@X.org");
        assert_eq!(written_from(&revision, &own), Some(&Text::new("A@X.org")));
        revision.author.email = Text::new("a@x.org");
        assert_eq!(written_from(&revision, &own), Some(&Text::new("a@x.org")));
    }
}
