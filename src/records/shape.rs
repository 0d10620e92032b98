//! The shape that a value must have, taken from the JSON Schemas: what a tree is held against.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde_json::Value as Json;

use super::key::{Holds, KeyFacts};
use super::schema::annotated;
use super::{LogKind, RecordKind};
use crate::calendar::Day;
use crate::text::{DayContext, Key, Node, SaidDay, Value, WRITE_IN_FULL, within_a_sentence};

/// What a value must be.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A table with these keys and no others.
    Table(Table),
    /// A list, with or without elements.
    List {
        /// What each element must be.
        element: Box<Shape>,
        /// Whether one element at least must be there.
        needs_one: bool,
        /// How many elements there can be.
        most: usize,
    },
    /// A table with any days for keys, and a text at each.
    TextByDay,
    /// Any text.
    Text,
    /// A day.
    Date,
    /// One of these words.
    Words(Vec<String>),
    /// A whole number from the first to the second.
    Number(i64, i64),
    /// `true` or `false`.
    Boolean,
    /// Any of these; no two of them take the same kind of value.
    Either(Vec<Shape>),
}

/// The keys of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What the record is called; empty for a table in one.
    pub title: String,
    /// The word for one of these among the entries of a list; none for what stands in no list.
    pub entry: Option<String>,
    /// Whether of such entries of one day the last in the list holds.
    pub last_holds: bool,
    /// All keys that there are.
    pub fields: Vec<Field>,
    /// Keys of which one at least must be there; none: no such condition.
    pub one_of: Vec<String>,
    /// Keys that must not be there together, `false` apart; none: no such condition.
    pub not_both: Vec<String>,
}

/// A key of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The key.
    pub key: String,
    /// Whether it must be there.
    pub required: bool,
    /// What its value must be.
    pub shape: Shape,
    /// What it is where it is absent, and that is something.
    pub default: Option<Json>,
    /// What it means, as a phrase: its description, without the full stop.
    pub meaning: String,
    /// What the program goes by at it.
    pub facts: KeyFacts,
    /// Whether a walk over the record has anything to see there.
    pub(super) has_leaf: bool,
    /// Whether it begins or ends a period, or one is in it.
    pub(super) has_period: bool,
}

impl Table {
    /// The keys of a kind of record; of a session log, those of a group's.
    pub fn of_kind(kind: RecordKind) -> &'static Self {
        Shape::of_kind(kind, LogKind::Group).table().unwrap_or(&EMPTY)
    }

    /// The keys of a kind of session log.
    pub fn of_log(kind: LogKind) -> &'static Self {
        Shape::of_kind(RecordKind::Session, kind).table().unwrap_or(&EMPTY)
    }

    /// The keys of the entries of a kind of session log.
    pub fn of_entries(kind: LogKind) -> &'static Self {
        Self::of_log(kind).below("sessions")
    }

    /// The keys of each kind of record, and of each kind of session log.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        SHAPES.iter().filter_map(Shape::table)
    }

    /// A key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The keys of the table at a key, or of each table in the list there; none where there is no such table.
    pub fn below(&'static self, key: &str) -> &'static Self {
        self.field(key).and_then(Field::table).unwrap_or(&EMPTY)
    }
}

/// Stands in the meaning of a key before what is so without it.
const ABSENT: &str = "; absent: ";

/// The key of the last day on which something is valid.
const EXPIRES: &str = "expires";

impl Field {
    /// What stands there, as somebody is asked for it: whoever names a record by its name is not asked for an id.
    pub fn asked(&self) -> &str {
        let asked = self.meaning.split_once(ABSENT).map_or(self.meaning.as_str(), |(asked, _)| asked);
        match self.facts.holds {
            Some(Holds::Id(_)) => {
                ["the id of ", "the ids of "].iter().find_map(|of| asked.strip_prefix(of)).unwrap_or(asked)
            }
            _ => asked,
        }
    }

    /// The key of the day on which something begins, where this one has its last day.
    pub fn begun_at(&self) -> Option<&'static str> {
        match self.key.as_str() {
            "until" | EXPIRES => Some("from"),
            "ends" => Some("starts"),
            _ => None,
        }
    }

    /// The day on which begins what ends at this key, where the table around it `says` that.
    pub fn begins(&self, says: &Json) -> Option<Day> {
        Day::parse(says.get(self.begun_at()?)?.as_str()?)
    }

    /// Which last day is said: without a year, one after the day on which it `begins`, and never one before that. The error
    /// says what is wrong, as a phrase that is safe to show.
    pub fn last_day(&self, said: SaidDay, begins: Option<Day>, days: &DayContext) -> Result<Day, String> {
        let day = if self.key == EXPIRES { said.expires(begins, days) } else { said.ends(begins, days) };
        let day = day.map_err(|fault| format!("{fault}; {WRITE_IN_FULL}"))?;
        match begins.filter(|begins| day < *begins) {
            Some(begins) => Err(format!("{day} is before {begins}, on which it begins")),
            None => Ok(day),
        }
    }

    /// What is so where nothing stands there, if the schema says it.
    pub fn absent(&self) -> Option<&str> {
        self.meaning.split_once(ABSENT).map(|(_, absent)| absent)
    }

    /// Whether a list stands there.
    pub fn is_list(&self) -> bool {
        matches!(self.shape, Shape::List { .. })
    }

    /// The keys of its table, or of each table in its list.
    pub fn table(&self) -> Option<&Table> {
        self.shape.held().table()
    }
}

/// The keys of a table between which something lasts.
pub(super) const BOUNDS: [(&str, &str); 3] = [("from", "until"), ("starts", "ends"), ("from", "expires")];

static EMPTY: Table = Table {
    title: String::new(),
    entry: None,
    last_holds: false,
    fields: Vec::new(),
    one_of: Vec::new(),
    not_both: Vec::new(),
};

static SHAPES: LazyLock<[Shape; 7]> = LazyLock::new(|| {
    let of = |kind| Shape::of(&annotated(kind));
    let [mut group, mut supervision] = match of(RecordKind::Session) {
        Shape::Either(logs) => <[Shape; 2]>::try_from(logs).unwrap_or([Shape::Text, Shape::Text]),
        _ => [Shape::Text, Shape::Text],
    };
    // Each log knows one kind; somebody who wrote neither is told of both.
    for (log, words) in [(&mut group, ["group", "supervision"]), (&mut supervision, ["supervision", "group"])] {
        if let Shape::Table(table) = log
            && let Some(kind) = table.fields.iter_mut().find(|field| field.key == "kind")
        {
            kind.shape = Shape::Words(words.map(str::to_owned).to_vec());
        }
    }
    let [gwp, course, student, supervisor, meeting] =
        [RecordKind::Gwp, RecordKind::Course, RecordKind::Student, RecordKind::Supervisor, RecordKind::Meeting].map(of);
    [gwp, course, student, supervisor, group, supervision, meeting]
});

impl Shape {
    /// The shape of a whole file. A session log is taken for a group's unless its `kind`, or else its keys, say
    /// that it is a supervision's.
    pub fn of_record(kind: RecordKind, tree: &Node<'_>) -> &'static Self {
        Self::of_kind(kind, if is_supervision(tree) { LogKind::Supervision } else { LogKind::Group })
    }

    /// The shape of a kind of record; of a session log, that of a kind of log.
    pub(super) fn of_kind(kind: RecordKind, log: LogKind) -> &'static Self {
        // There are two kinds of session log, and one of everything else.
        let further = match kind {
            RecordKind::Session => log as usize,
            RecordKind::Meeting => 1,
            _ => 0,
        };
        &SHAPES[kind as usize + further]
    }

    /// The table, where it is one.
    pub fn table(&self) -> Option<&Table> {
        if let Self::Table(table) = self { Some(table) } else { None }
    }

    /// What stands there, or of a list in it.
    pub fn held(&self) -> &Self {
        if let Self::List { element, .. } = self { element.held() } else { self }
    }

    /// Whether a walk over a record has anything to see in it, where its texts are such.
    fn has_leaf(&self, holds: Option<Holds>) -> bool {
        match self {
            Self::Date => true,
            Self::Text => matches!(holds, Some(Holds::FreeText | Holds::Document)),
            Self::List { element, .. } => element.has_leaf(holds),
            Self::Table(table) => table.fields.iter().any(|field| field.has_leaf),
            Self::TextByDay | Self::Words(_) | Self::Number(..) | Self::Boolean | Self::Either(_) => false,
        }
    }

    /// Whether something lasts from one key to another in it.
    fn has_period(&self) -> bool {
        match self {
            Self::List { element, .. } => element.has_period(),
            Self::Table(table) => table.fields.iter().any(|field| field.has_period),
            _ => false,
        }
    }

    /// Reads a schema of the program's own. What it does not know there would be taken for text, and the tests
    /// that hold the shapes against the types would find it.
    fn of(schema: &Json) -> Self {
        if let Some(choices) = schema.get("oneOf").or_else(|| schema.get("enum")).and_then(Json::as_array) {
            let words: Option<Vec<_>> = choices
                .iter()
                .map(|choice| choice.get("const").unwrap_or(choice).as_str().map(str::to_owned))
                .collect();
            return match words {
                Some(words) => Self::Words(words),
                None => Self::Either(choices.iter().map(Self::of).collect()),
            };
        }
        match (schema.get("type").and_then(Json::as_str), schema.get("anyOf").and_then(Json::as_array)) {
            (Some("object"), _) if schema.get("properties").is_none() => Self::TextByDay,
            (Some("object"), conditions) => Self::Table(Table::of(schema, conditions)),
            (None, Some(choices)) => Self::Either(choices.iter().map(Self::of).collect()),
            (Some("array"), _) => Self::List {
                element: Box::new(schema.get("items").map_or(Self::Text, Self::of)),
                needs_one: schema.get("minItems").and_then(Json::as_u64).unwrap_or(0) > 0,
                most: schema
                    .get("maxItems")
                    .and_then(Json::as_u64)
                    .and_then(|most| usize::try_from(most).ok())
                    .unwrap_or(usize::MAX),
            },
            (Some("integer"), _) => {
                let bound = |word, none| schema.get(word).and_then(Json::as_i64).unwrap_or(none);
                Self::Number(bound("minimum", i64::MIN), bound("maximum", i64::MAX))
            }
            (Some("boolean"), _) => Self::Boolean,
            _ if schema.get("format").is_some_and(|format| format == "date") => Self::Date,
            _ => match schema.get("const").and_then(Json::as_str) {
                Some(word) => Self::Words(vec![word.to_owned()]),
                None => Self::Text,
            },
        }
    }

    /// Whether a value that is no table and no list is right.
    pub(super) fn fits(&self, value: &Value<'_>) -> bool {
        match (self, value) {
            (Self::Text, Value::Text(_)) | (Self::Boolean, Value::Boolean(_)) => true,
            (Self::Date, Value::Text(written)) => Day::parse(written).is_some(),
            (Self::Date, Value::Date(written)) => Day::parse(written).is_some(),
            (Self::Words(words), Value::Text(word)) => words.iter().any(|known| known == word),
            (Self::Number(least, most), Value::Integer(number)) => (least..=most).contains(&number),
            (Self::TextByDay, Value::Table(entries)) => {
                entries.iter().all(|(key, value)| Day::parse(&key.name).is_some() && Self::Text.fits(&value.value))
            }
            _ => false,
        }
    }

    /// Whether no list in a tree is longer than it can be.
    pub(super) fn has_room_for(&self, node: &Node<'_>) -> bool {
        match (&node.value, self.meant_for(&node.value)) {
            (Value::Table(entries), Self::Table(table)) => entries
                .iter()
                .all(|(key, value)| table.field(&key.name).is_none_or(|field| field.shape.has_room_for(value))),
            (Value::List(elements), Self::List { element, most, .. }) => {
                elements.len() <= *most && elements.iter().all(|value| element.has_room_for(value))
            }
            _ => true,
        }
    }

    /// Which of several shapes a value is meant for: that of its kind, or this one.
    pub(super) fn meant_for(&self, value: &Value<'_>) -> &Self {
        let Self::Either(choices) = self else { return self };
        let is_meant = |choice: &&Self| match choice {
            Self::List { .. } => matches!(value, Value::List(_)),
            Self::Table(_) | Self::TextByDay => matches!(value, Value::Table(_)),
            Self::Number(..) => matches!(value, Value::Integer(_)),
            _ => matches!(value, Value::Text(_)),
        };
        choices.iter().find(is_meant).unwrap_or(self)
    }
}

impl Table {
    fn of(schema: &Json, conditions: Option<&Vec<Json>>) -> Self {
        let required = |schema: &Json| -> Vec<String> {
            let keys = schema.get("required").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
            keys.iter().filter_map(Json::as_str).map(str::to_owned).collect()
        };
        let needed = required(schema);
        let properties = schema.get("properties").and_then(Json::as_object);
        let has = |key: &str| properties.is_some_and(|properties| properties.contains_key(key));
        let is_bound =
            |key: &str| BOUNDS.iter().any(|(begin, end)| (key == *begin || key == *end) && has(begin) && has(end));
        let fields = properties.into_iter().flatten().map(|(key, value)| {
            let (shape, facts) = (Shape::of(value), KeyFacts::of(key, value));
            let (required, default) = (needed.contains(key), value.get("default").cloned());
            let described = value.get("description").and_then(Json::as_str).unwrap_or_default();
            let meaning = within_a_sentence(described.trim_end_matches('.'));
            let (has_leaf, has_period) = (shape.has_leaf(facts.holds), is_bound(key) || shape.has_period());
            Field { key: key.clone(), required, has_leaf, has_period, shape, default, meaning, facts }
        });
        let word = |word: &str| schema.get(word).and_then(Json::as_str).map(str::to_owned);
        Self {
            title: word("title").unwrap_or_default(),
            entry: word("x-entry"),
            last_holds: schema.get("x-last-holds").and_then(Json::as_bool).unwrap_or(false),
            fields: fields.collect(),
            one_of: conditions.into_iter().flatten().flat_map(required).collect(),
            not_both: schema.get("not").map(required).unwrap_or_default(),
        }
    }

    /// Whether keys stand in a table that must not be there together.
    pub(super) fn is_contrary(&self, entries: &[(Key<'_>, Node<'_>)]) -> bool {
        let says = |key: &String| {
            entries.iter().any(|(known, node)| known.name == *key && !matches!(node.value, Value::Boolean(false)))
        };
        !self.not_both.is_empty() && self.not_both.iter().all(says)
    }
}

fn is_supervision(tree: &Node<'_>) -> bool {
    match tree.get("kind").and_then(Node::text) {
        Some("supervision") => true,
        Some("group") => false,
        _ => ["supervisor", "supervisees", "mode"].iter().any(|key| tree.get(key).is_some()),
    }
}

/// What becomes of a list with an element that is not right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Faulty {
    /// The element is left out, and the others move up.
    LeftOut,
    /// The list ends before it, so that every other element keeps its position.
    EndsList,
}

/// Takes out of a tree what is not right in it; false where nothing right is left.
pub(super) fn prune(node: &mut Node<'_>, shape: &Shape, faulty: Faulty) -> bool {
    let shape = shape.meant_for(&node.value);
    match (&mut node.value, shape) {
        (Value::Table(entries), Shape::Table(table)) => {
            entries.retain_mut(|(key, value)| {
                table.field(&key.name).is_some_and(|field| prune(value, &field.shape, faulty))
            });
            let has = |key: &str| entries.iter().any(|(known, _)| known.name == key);
            table.fields.iter().all(|field| !field.required || has(&field.key))
                && (table.one_of.is_empty() || table.one_of.iter().any(|key| has(key)))
                && !table.is_contrary(entries)
        }
        (Value::List(elements), Shape::List { element, needs_one, most }) => {
            elements.truncate(*most);
            match faulty {
                Faulty::LeftOut => elements.retain_mut(|value| prune(value, element, faulty)),
                Faulty::EndsList => {
                    let wrong = elements.iter_mut().position(|value| !prune(value, element, faulty));
                    elements.truncate(wrong.unwrap_or(elements.len()));
                }
            }
            !(*needs_one && elements.is_empty())
        }
        (value, shape) => shape.fits(value),
    }
}

/// Puts something neutral for every key of the top that must be there and is not, so that the rest can be looked at.
pub(super) fn fill(tree: &mut Node<'_>, shape: &Shape) {
    let (Value::Table(entries), Shape::Table(table)) = (&mut tree.value, shape) else { return };
    for field in table.fields.iter().filter(|field| field.required) {
        if entries.iter().any(|(key, _)| key.name == field.key) {
            continue;
        }
        let value = match &field.shape {
            Shape::Table(_) | Shape::TextByDay => Value::Table(Vec::new()),
            Shape::List { .. } => Value::List(Vec::new()),
            Shape::Text | Shape::Either(_) => Value::Text(Cow::Borrowed("")),
            // No period that begins on the first of all days or ends on the last is the wrong way round.
            Shape::Date if field.key == "ends" => Value::Date("9999-12-31"),
            Shape::Date => Value::Date("0001-01-01"),
            Shape::Words(words) => Value::Text(Cow::Owned(words.first().cloned().unwrap_or_default())),
            Shape::Number(least, _) => Value::Integer(*least),
            Shape::Boolean => Value::Boolean(false),
        };
        let key = Key { name: Cow::Owned(field.key.clone()), span: 0..0 };
        entries.push((key, Node { span: 0..0, value }));
    }
}
