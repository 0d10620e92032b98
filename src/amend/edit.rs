//! One place of a record, whatever kind of record it is: a key, or an element of a list.

use serde_json::Value as Json;

use super::clash::Clash;
use super::new_value::NewValue;
pub use super::same::json_of;
use super::{Change, Dispute, Ground, keys_at};
use crate::records::RecordKind;
use crate::records::shape::{Field, Shape};
use crate::text::{Path, Step};

/// What one place of a record is to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// The kind of record.
    pub kind: RecordKind,
    /// The place: a key, or a position in a list. What it stands in has to be there.
    pub at: Path,
    /// What it says from now on.
    pub to: Edited,
    /// What that is, as the beginning of a sentence without a full stop; safe to show.
    pub what: String,
}

/// What a place says from now on. Values are plain, with days as their texts; they have the shape that the schema of the
/// record asks for at that place.
#[derive(Clone, Debug, PartialEq)]
pub enum Edited {
    /// This, where it says nothing so far. What says something else is left as it is.
    Said(Json),
    /// This, whatever it says so far.
    Instead(Json),
    /// This, as one more element of a list, before the one that stands there.
    Further(Json),
    /// Nothing any more.
    Gone,
}

impl Edit {
    /// The change that it is to a text. The error says what stands in its way.
    pub(super) fn change(&self, ground: Ground<'_>) -> Result<Change, Clash> {
        let (within, last) = self.at.split_last().ok_or(Clash::NoPlace)?;
        match (&self.to, last) {
            (Edited::Gone, _) => ground.root.at(&self.at).map(|_| Change::Gone { at: self.at }).ok_or(Clash::NoPlace),
            (Edited::Further(json), Step::Index(position)) => further(ground, within, position as usize, json),
            (Edited::Further(_), Step::Key(_)) => Err(Clash::NoPlace),
            (Edited::Said(json) | Edited::Instead(json), Step::Index(position)) => {
                let entry = element(ground, &within, json).ok_or(Clash::NoPlace)?;
                let there = ground.root.at(&self.at).ok_or(Clash::NoPlace)?;
                let change = Change::Instead { list: within, position: position as usize, entry };
                if json_of(there) == *json { Err(self.same()) } else { Ok(change) }
            }
            (Edited::Said(json) | Edited::Instead(json), Step::Key(key)) => self.set(ground, (within, key), json),
        }
    }

    fn set(&self, ground: Ground<'_>, (within, key): (Path, &'static str), json: &Json) -> Result<Change, Clash> {
        let field = keys_at(ground.keys, &within).field(key).ok_or(Clash::NoPlace)?;
        let value = NewValue::of_json(json, &field.shape, field.facts.has_header).ok_or(Clash::NoPlace)?;
        ground.root.at(&within).ok_or(Clash::NoPlace)?;
        let there = ground.root.at(&self.at).map(json_of);
        if there.as_ref() == Some(&value.json()) {
            return Err(self.same());
        }
        let Some(there) = there else { return Ok(Change::Set { within, key, value }) };
        if matches!(self.to, Edited::Said(_)) {
            let what = said(field, &there);
            let now = Dispute { what: self.what.clone(), change: Change::Set { within, key, value } };
            return Err(Clash::There { what, at: self.at.into(), is_same: false, now: Some(Box::new(now)) });
        }
        Ok(self.one_element(&there, &value).unwrap_or(Change::Set { within, key, value }))
    }

    /// Of another list the one element that is different, where it is just one: what stands beside it stays as it is laid
    /// out.
    fn one_element(&self, there: &Json, value: &NewValue) -> Option<Change> {
        let (was, NewValue::List(is)) = (there.as_array()?, value) else { return None };
        let same = was.iter().zip(is).take_while(|(was, is)| **was == is.json()).count();
        let rest_is = |from: usize, to: usize| {
            let is = is.get(to..).unwrap_or_default().iter().map(NewValue::json);
            was.get(from..).unwrap_or_default().iter().cloned().eq(is)
        };
        let list = self.at;
        if rest_is(same, same + 1) {
            return Some(Change::Into { list, position: same, entry: is.get(same)?.clone() });
        }
        if rest_is(same + 1, same) {
            return Some(Change::Gone { at: list.index(same) });
        }
        let entry = || is.get(same).cloned();
        if rest_is(same + 1, same + 1) { Some(Change::Instead { list, position: same, entry: entry()? }) } else { None }
    }

    fn same(&self) -> Clash {
        Clash::There { what: self.what.clone(), at: self.at.into(), is_same: true, now: None }
    }
}

/// One more element of a list; of a list that is not there, the first.
fn further(ground: Ground<'_>, list: Path, position: usize, json: &Json) -> Result<Change, Clash> {
    let entry = element(ground, &list, json).ok_or(Clash::NoPlace)?;
    let (within, key) = list.split_last().ok_or(Clash::NoPlace)?;
    let Some(there) = ground.root.at(&list) else {
        let Step::Key(key) = key else { return Err(Clash::NoPlace) };
        ground.root.at(&within).ok_or(Clash::NoPlace)?;
        let has_headers = ground.has_headers || ground.keys.field(key).is_some_and(|field| field.facts.has_header);
        let is_headed = has_headers && within == Path::root() && matches!(entry, NewValue::Table(_));
        return Ok(if is_headed {
            Change::Into { list, position: 0, entry }
        } else {
            Change::Set { within, key, value: NewValue::List(vec![entry]) }
        });
    };
    if there.elements().len() < position { Err(Clash::NoPlace) } else { Ok(Change::Into { list, position, entry }) }
}

/// A value as an element of a list.
fn element(ground: Ground<'_>, list: &Path, json: &Json) -> Option<NewValue> {
    let (within, Step::Key(key)) = list.split_last()? else { return None };
    let Shape::List { element, .. } = &keys_at(ground.keys, &within).field(key)?.shape else { return None };
    NewValue::of_json(json, element, false)
}

/// What a key says, as a phrase; safe to show.
fn said(field: &'static Field, there: &Json) -> String {
    let value = NewValue::of_json(there, &field.shape, false);
    let key = field.key.replace('_', " ");
    value.map_or_else(|| key.clone(), |value| value.phrase(&key))
}
