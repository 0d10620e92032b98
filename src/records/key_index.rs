//! What the program goes by at the keys of all records, found by word: taken from what is said at each key of their schemas.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::key::{Holds, Tense};
use super::shape::{Shape, Table};

/// A list of tables that a record has.
#[derive(Clone, Debug, PartialEq)]
pub struct ListFacts {
    /// Its key.
    pub key: &'static str,
    /// The word for an entry.
    pub word: &'static str,
    /// The keys that tell the entries apart, first of all.
    pub told_by: Vec<&'static str>,
    /// Whether of entries of one day the last in the list holds, so that their order decides.
    pub last_holds: bool,
}

/// A date that a record tells.
#[derive(Clone, Debug, PartialEq)]
pub struct DateFacts {
    /// The word for the entry that it stands in; empty where it stands in none.
    pub entry: &'static str,
    /// Its key there, over those of the tables in between: `clinical_responsibility.agreed`.
    pub key: String,
    /// What it tells.
    pub tense: Tense,
}

/// The lists of tables of all records.
pub fn lists() -> &'static [ListFacts] {
    static LISTS: LazyLock<Vec<ListFacts>> = LazyLock::new(|| {
        let mut lists: Vec<ListFacts> = Vec::new();
        every_table(&mut |_, at, table| {
            let Some(word) = &table.entry else { return };
            let told_by = table.fields.iter().filter(|field| field.facts.identifies);
            let told_by = told_by.map(|field| field.key.as_str()).collect();
            let one = ListFacts { key: at, word, told_by, last_holds: table.last_holds };
            if !lists.contains(&one) {
                lists.push(one);
            }
        });
        lists
    });
    &LISTS
}

/// Every date of all records that tells of an event, in the order of the format.
pub fn dates() -> &'static [DateFacts] {
    fn of(entry: &'static str, before: &str, table: &'static Table, dates: &mut Vec<DateFacts>) {
        for field in &table.fields {
            let key = if before.is_empty() { field.key.clone() } else { format!("{before}.{}", field.key) };
            match (&field.shape, field.table()) {
                (Shape::Table(inner), _) => of(entry, &key, inner, dates),
                (_, Some(element)) => of(element.entry.as_deref().unwrap_or_default(), "", element, dates),
                _ => {}
            }
            let one = field.facts.tense.filter(|tense| *tense != Tense::Timeless);
            let one = one.map(|tense| DateFacts { entry, key, tense });
            // Sessions and meetings have one word.
            if let Some(one) = one.filter(|one| !dates.contains(one)) {
                dates.push(one);
            }
        }
    }
    static DATES: LazyLock<Vec<DateFacts>> = LazyLock::new(|| {
        let mut dates = Vec::new();
        Table::all().for_each(|table| of("", "", table, &mut dates));
        dates
    });
    &DATES
}

/// Whether any requirement looks at a key of this name. Of a key that no record has nothing is known, so it is taken for
/// one that is looked at.
pub fn is_judged(key: &str) -> bool {
    static BESIDE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        let mut beside = HashSet::new();
        every_table(&mut |_, _, table| {
            let fields = table.fields.iter().filter(|field| !field.facts.is_judged);
            beside.extend(fields.map(|field| field.key.as_str()));
        });
        beside
    });
    !BESIDE.contains(key)
}

/// Whether a key of this name holds the path of a scanned paper.
pub fn names_paper(key: &str) -> bool {
    static PAPERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        let mut papers = HashSet::new();
        every_table(&mut |_, _, table| {
            let fields = table.fields.iter().filter(|field| field.facts.holds == Some(Holds::Document));
            papers.extend(fields.map(|field| field.key.as_str()));
        });
        papers
    });
    PAPERS.contains(key)
}

/// Calls `see` for every table of every record: with the record's title, the key at which the table stands, and it.
fn every_table(see: &mut dyn FnMut(&'static str, &'static str, &'static Table)) {
    fn within(
        title: &'static str,
        at: &'static str,
        table: &'static Table,
        see: &mut dyn FnMut(&'static str, &'static str, &'static Table),
    ) {
        see(title, at, table);
        for field in &table.fields {
            if let Some(inner) = field.table() {
                within(title, &field.key, inner, see);
            }
        }
    }
    for table in Table::all() {
        within(&table.title, "", table, see);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::Value as Json;

    use super::super::RecordKind;
    use super::super::schema::annotated;
    use super::*;

    /// Each key with what is to be said of it and is not.
    fn forgotten() -> Vec<String> {
        let mut found = Vec::new();
        every_table(&mut |title, at, table| {
            for field in &table.fields {
                let name = format!("{title}: {at}{}{}", if at.is_empty() { "" } else { "." }, field.key);
                let held = field.shape.held();
                if (held == &Shape::Date) != field.facts.tense.is_some() {
                    found.push(format!("{name}: a date, and no other key, says `x-tense`: what it tells"));
                }
                if (held == &Shape::Text) != field.facts.holds.is_some() {
                    found.push(format!("{name}: a text, and no other key, says `x-holds`: what kind of text it is"));
                }
                let is_list = matches!(field.shape, Shape::List { .. });
                if let Some(element) = field.table().filter(|_| is_list) {
                    if element.entry.is_none() {
                        found.push(format!("{name}: the type of its entries says `x-entry`: the word for one"));
                    }
                    if element.fields.iter().all(|field| !field.facts.identifies) {
                        found.push(format!("{name}: a key of its entries says `x-identifies`: it tells them apart"));
                    }
                }
            }
        });
        found
    }

    #[test]
    fn nothing_is_forgotten_at_a_key() {
        let forgotten = forgotten();
        assert!(forgotten.is_empty(), "see the head of src/records/key.rs\n{}", forgotten.join("\n"));
    }

    #[test]
    fn no_other_word_is_said_of_a_key() {
        fn words(schema: &Json, found: &mut Vec<String>) {
            match schema {
                Json::Object(table) => {
                    found.extend(table.keys().filter(|word| word.starts_with("x-")).cloned());
                    table.values().for_each(|value| words(value, found));
                }
                Json::Array(list) => list.iter().for_each(|value| words(value, found)),
                _ => {}
            }
        }
        let mut found = Vec::new();
        for kind in RecordKind::ALL {
            words(&annotated(kind), &mut found);
        }
        let known = ["x-tense", "x-holds", "x-entry", "x-identifies", "x-judged", "x-header", "x-last-holds", "x-word"];
        assert_eq!(found.iter().find(|word| !known.contains(&word.as_str())), None);
        assert!(!super::super::schema_text(RecordKind::Student).contains("\"x-"), "they are no part of the format");
    }

    #[test]
    fn a_key_of_one_name_is_judged_everywhere_or_nowhere() {
        let mut judged: BTreeMap<&str, [Vec<&str>; 2]> = BTreeMap::new();
        every_table(&mut |title, _, table| {
            for field in &table.fields {
                judged.entry(&field.key).or_default()[usize::from(field.facts.is_judged)].push(title);
            }
        });
        let torn: Vec<_> = judged.iter().filter(|(_, [not, is])| !not.is_empty() && !is.is_empty()).collect();
        assert!(torn.is_empty(), "not judged in the first of these records, judged in the others: {torn:?}");
    }

    #[test]
    fn entries_of_one_word_are_told_apart_alike() {
        for one in lists() {
            let twin = lists().iter().find(|other| (other.key == one.key || other.word == one.word) && *other != one);
            assert_eq!(twin, None, "of the list `{}`", one.key);
        }
        let session = lists().iter().find(|list| list.key == "sessions").map(|list| (list.word, &list.told_by[..]));
        assert_eq!(session, Some(("session", &["date"][..])));
    }

    #[test]
    fn what_is_said_at_a_key_is_found() {
        let tense = |entry: &str, key: &str| {
            dates().iter().find(|one| one.entry == entry && one.key == key).map(|one| one.tense)
        };
        assert_eq!(tense("arrangement", "clinical_responsibility.agreed"), Some(Tense::Happened));
        assert_eq!(tense("wrg", "presentations"), Some(Tense::Happened));
        assert_eq!(tense("", "form1.submitted"), Some(Tense::Happened));
        assert_eq!(tense("", "starts"), None);
        for one in dates() {
            let twin = dates().iter().find(|other| (other.entry, &other.key) == (one.entry, &one.key) && *other != one);
            assert_eq!(twin, None, "two tenses of one date");
        }
        assert!(is_judged("minutes") && is_judged("agreed_by") && is_judged("no-such-key"));
        assert!(!is_judged("notes") && !is_judged("name") && !is_judged("document") && !is_judged("reason"));
    }
}
