//! What two versions say together, as plain values.

use serde_json::{Map, Value as Json};

use crate::records::shape::{Shape, Table};
use crate::text::visible;

/// What two versions say together. Where they differ about the same thing it says what ours says.
pub(super) struct ThreeWay {
    pub merged: Json,
    pub conflicts: Vec<Conflict>,
}

/// A place of which both say something different.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Conflict {
    /// Where it is in what they say together, the outermost first.
    at: Vec<At>,
    /// What ours says; none where it says nothing.
    ours: Option<Json>,
    /// What theirs says there.
    theirs: Theirs,
}

/// A step to a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum At {
    Key(String),
    Index(usize),
}

/// What their version says.
#[derive(Clone, Debug, PartialEq)]
enum Theirs {
    /// This instead, or where ours says nothing.
    Value(Json),
    /// Nothing.
    Gone,
    /// This entry, which ours has not, at that position of the list.
    Entry(Json),
}

/// The key whose value says that something did not take place: with it, everything else an entry says is about something
/// else than without it.
const CANCELLED: &str = "cancelled";

/// Brings two versions together that come from `base`.
pub(super) fn merged(shape: &'static Shape, base: &Json, ours: &Json, theirs: &Json) -> ThreeWay {
    let mut conflicts = Vec::new();
    let merged = value(shape, Some(base), Some(ours), Some(theirs), &mut conflicts);
    ThreeWay { merged: merged.unwrap_or(Json::Null), conflicts }
}

/// What the versions say together, with what theirs says at the places of some conflicts.
pub(super) fn alternative(merged: &Json, conflicts: &[&Conflict]) -> Json {
    let mut alternative = merged.clone();
    let mut conflicts = conflicts.to_vec();
    // The last first: what is put in or taken out moves what comes after it.
    conflicts.sort_by(|one, other| other.at.cmp(&one.at));
    for Conflict { at, theirs, .. } in conflicts {
        let Some((last, within)) = at.split_last() else { continue };
        let here = within.iter().try_fold(&mut alternative, |here, step| match step {
            // Ours can have struck the last entry, and the list with it.
            At::Key(key) if matches!(theirs, Theirs::Entry(_)) && here.get(key).is_none() => {
                here.as_object_mut().map(|table| table.entry(key.clone()).or_insert(Json::Array(Vec::new())))
            }
            At::Key(key) => here.get_mut(key),
            At::Index(index) => here.get_mut(*index),
        });
        match (here, last, theirs) {
            (Some(Json::Object(table)), At::Key(key), Theirs::Value(value)) => {
                table.insert(key.clone(), value.clone());
            }
            (Some(Json::Object(table)), At::Key(key), _) => _ = table.shift_remove(key),
            (Some(Json::Array(entries)), At::Index(index), theirs) if *index <= entries.len() => match theirs {
                Theirs::Entry(entry) => entries.insert(*index, entry.clone()),
                Theirs::Value(value) if *index < entries.len() => entries[*index] = value.clone(),
                Theirs::Gone if *index < entries.len() => _ = entries.remove(*index),
                _ => {}
            },
            _ => {}
        }
    }
    alternative
}

impl Conflict {
    fn new(ours: Option<Json>, theirs: Theirs) -> Self {
        Self { at: Vec::new(), ours, theirs }
    }

    /// `report[1].received: one says "2026-01-29", the other "2026-01-30"`.
    pub(super) fn in_words(&self) -> String {
        let steps = self.at.iter().enumerate().map(|(position, step)| match step {
            At::Key(key) if position == 0 => key.clone(),
            At::Key(key) => format!(".{key}"),
            At::Index(index) => format!("[{index}]"),
        });
        let at: String = steps.collect();
        let said = |value: Option<&Json>| value.map_or_else(|| "nothing".to_owned(), Json::to_string);
        let theirs = match &self.theirs {
            Theirs::Value(value) | Theirs::Entry(value) => Some(value),
            Theirs::Gone => None,
        };
        visible(&format!("{at}: one says {}, the other {}", said(self.ours.as_ref()), said(theirs)))
    }
}

/// Conflicts inside something, as seen from around it.
fn below(step: &At, inner: Vec<Conflict>) -> impl Iterator<Item = Conflict> {
    inner.into_iter().map(move |mut conflict| {
        conflict.at.insert(0, step.clone());
        conflict
    })
}

fn value(
    shape: &'static Shape,
    base: Option<&Json>,
    ours: Option<&Json>,
    theirs: Option<&Json>,
    conflicts: &mut Vec<Conflict>,
) -> Option<Json> {
    if ours == theirs || theirs == base {
        return ours.cloned();
    }
    if ours == base {
        return theirs.cloned();
    }
    match (ours, theirs) {
        (Some(Json::Object(ours)), Some(Json::Object(theirs))) => {
            let none = Map::new();
            let base = base.and_then(Json::as_object).unwrap_or(&none);
            Some(Json::Object(table(shape, base, ours, theirs, conflicts)))
        }
        // A list that is not there has no entries.
        (None | Some(Json::Array(_)), None | Some(Json::Array(_))) => {
            let entries = |list: Option<&'_ Json>| list.and_then(Json::as_array).cloned().unwrap_or_default();
            let merged = list(shape, &entries(base), &entries(ours), &entries(theirs), conflicts);
            (!merged.is_empty() || ours.is_some()).then_some(Json::Array(merged))
        }
        (ours, theirs) => {
            conflicts.push(Conflict::new(ours.cloned(), theirs.cloned().map_or(Theirs::Gone, Theirs::Value)));
            ours.cloned()
        }
    }
}

fn table(
    shape: &'static Shape,
    base: &Map<String, Json>,
    ours: &Map<String, Json>,
    theirs: &Map<String, Json>,
    conflicts: &mut Vec<Conflict>,
) -> Map<String, Json> {
    let only_theirs = theirs.keys().filter(|key| !ours.contains_key(*key));
    let mut merged = Map::new();
    for key in ours.keys().chain(only_theirs) {
        let below_it = shape.table().and_then(|table| table.field(key)).map_or(&Shape::Text, |field| &field.shape);
        let mut inner = Vec::new();
        let together = value(below_it, base.get(key), ours.get(key), theirs.get(key), &mut inner);
        conflicts.extend(below(&At::Key(key.clone()), inner));
        if let Some(together) = together {
            merged.insert(key.clone(), together);
        }
    }
    merged
}

/// An entry of a list as the versions say it together, or a place where theirs has one that ours has not.
struct Slot {
    entry: Option<Json>,
    /// The day by which it stands in its list.
    day: Option<String>,
    /// Where it is in their list.
    in_theirs: Option<usize>,
    conflicts: Vec<Conflict>,
}

fn list(
    shape: &'static Shape,
    base: &[Json],
    ours: &[Json],
    theirs: &[Json],
    conflicts: &mut Vec<Conflict>,
) -> Vec<Json> {
    let element = shape.held();
    let (of_ours, of_theirs) = (Pairs::of(element, base, ours), Pairs::of(element, base, theirs));
    let added = Pairs::between(element, (ours, &of_ours), (theirs, &of_theirs));
    let mut slots = Vec::new();
    for (position, entry) in ours.iter().enumerate() {
        let from = of_ours.first(position);
        let in_theirs = match from {
            Some(from) => of_theirs.second(from),
            None => added.second(position),
        };
        let mut slot =
            Slot { entry: Some(entry.clone()), day: day_of(element, entry), in_theirs, conflicts: Vec::new() };
        match (from.map(|from| &base[from]), in_theirs.map(|at| &theirs[at])) {
            // They struck it, and here it is as it was.
            (Some(base), None) if base == entry => continue,
            (Some(_), None) => slot.conflicts.push(Conflict::new(Some(entry.clone()), Theirs::Gone)),
            (base, Some(theirs)) => slot.entry = Some(of_entry(element, base, entry, theirs, &mut slot.conflicts)),
            (None, None) => {}
        }
        slots.push(slot);
    }
    for (position, entry) in theirs.iter().enumerate() {
        let from = of_theirs.first(position);
        let is_here = match from {
            Some(from) => of_ours.second(from).is_some(),
            None => added.first(position).is_some(),
        };
        // It was struck here, and theirs is as it was.
        if is_here || from.is_some_and(|from| base[from] == *entry) {
            continue;
        }
        let (day, at) = (day_of(element, entry), place(&slots, element, position, entry));
        let (entry, conflicts) = match from {
            None => (Some(entry.clone()), Vec::new()),
            Some(_) => (None, vec![Conflict::new(None, Theirs::Entry(entry.clone()))]),
        };
        slots.insert(at, Slot { entry, day, in_theirs: Some(position), conflicts });
    }
    let mut merged = Vec::new();
    for slot in slots {
        conflicts.extend(below(&At::Index(merged.len()), slot.conflicts));
        merged.extend(slot.entry);
    }
    merged
}

/// Where an entry of theirs goes: by its day where all stand in the order of their days, and else after the one that it
/// follows.
fn place(slots: &[Slot], element: &'static Shape, position: usize, entry: &Json) -> usize {
    if let Some(day) = day_of(element, entry)
        && slots.is_sorted_by(|one, next| one.day.is_some() && one.day <= next.day)
        && slots.iter().all(|slot| slot.day.is_some())
    {
        return slots.partition_point(|slot| slot.day.as_ref().is_some_and(|there| *there <= day));
    }
    let before = slots.iter().rposition(|slot| slot.in_theirs.is_some_and(|at| at < position));
    before.map_or(0, |before| before + 1)
}

/// The first day among the keys that tell an entry apart.
fn day_of(element: &'static Shape, entry: &Json) -> Option<String> {
    let field = element.table()?.fields.iter().find(|field| field.facts.identifies && field.shape == Shape::Date)?;
    entry.get(&field.key)?.as_str().map(str::to_owned)
}

fn of_entry(
    element: &'static Shape,
    base: Option<&Json>,
    ours: &Json,
    theirs: &Json,
    conflicts: &mut Vec<Conflict>,
) -> Json {
    let is_different = ours != theirs && Some(ours) != base && Some(theirs) != base;
    if is_different && ours.get(CANCELLED) != theirs.get(CANCELLED) {
        conflicts.push(Conflict::new(Some(ours.clone()), Theirs::Value(theirs.clone())));
        return ours.clone();
    }
    value(element, base, Some(ours), Some(theirs), conflicts).unwrap_or_else(|| ours.clone())
}

/// Which entries of two lists are the same ones.
pub(super) struct Pairs {
    seconds: Vec<Option<usize>>,
    firsts: Vec<Option<usize>>,
}

impl Pairs {
    /// Entries that are alike in all are the same ones; of the others those that are told apart by nothing.
    pub(super) fn of(element: &'static Shape, first: &[Json], second: &[Json]) -> Self {
        let mut pairs = Self { seconds: vec![None; first.len()], firsts: vec![None; second.len()] };
        pairs.pair(element.table(), first, second);
        pairs
    }

    /// The same among those that are paired with nothing in `base`.
    fn between(
        element: &'static Shape,
        (ours, of_ours): (&[Json], &Self),
        (theirs, of_theirs): (&[Json], &Self),
    ) -> Self {
        let mut pairs = Self { seconds: vec![None; ours.len()], firsts: vec![None; theirs.len()] };
        // Those of the base are taken out of the search.
        let taken = |firsts: &[Option<usize>]| firsts.iter().map(|first| first.map(|_| usize::MAX)).collect();
        (pairs.seconds, pairs.firsts) = (taken(&of_ours.firsts), taken(&of_theirs.firsts));
        pairs.pair(element.table(), ours, theirs);
        for taken in pairs.seconds.iter_mut().chain(&mut pairs.firsts) {
            *taken = taken.filter(|at| *at != usize::MAX);
        }
        pairs
    }

    /// The one in the second list that is the same as one in the first.
    pub(super) fn second(&self, first: usize) -> Option<usize> {
        self.seconds.get(first).copied().flatten()
    }

    /// The one in the first list that is the same as one in the second.
    pub(super) fn first(&self, second: usize) -> Option<usize> {
        self.firsts.get(second).copied().flatten()
    }

    fn pair(&mut self, table: Option<&'static Table>, first: &[Json], second: &[Json]) {
        self.pair_by(first, second, &|one, other| one == other);
        let Some(table) = table else { return };
        let told_by: Vec<_> =
            table.fields.iter().filter(|field| field.facts.identifies).map(|field| &field.key).collect();
        if !told_by.is_empty() {
            self.pair_by(first, second, &|one, other| told_by.iter().all(|key| one.get(key) == other.get(key)));
        }
    }

    fn pair_by(&mut self, first: &[Json], second: &[Json], is_same: &dyn Fn(&Json, &Json) -> bool) {
        for (at, entry) in first.iter().enumerate().filter(|(at, _)| self.seconds[*at].is_none()).collect::<Vec<_>>() {
            let found =
                second.iter().enumerate().find(|(there, other)| self.firsts[*there].is_none() && is_same(entry, other));
            if let Some((there, _)) = found {
                (self.seconds[at], self.firsts[there]) = (Some(there), Some(at));
            }
        }
    }
}
