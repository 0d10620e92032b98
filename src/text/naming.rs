//! Records that somebody names: by id, by name, or by whatever part of it is unique.

use deunicode::deunicode_char;

use super::isolated::not_isolated;

/// Fewer letters than these name nothing where they stand within a word.
const SHORTEST_WITHIN: usize = 3;

/// Something that can be named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nameable {
    /// The ways in which its id can be typed; the first is how it is shown.
    pub ids: Vec<String>,
    /// What it is called, where it is called anything.
    pub name: Option<String>,
    /// What else it is known by, such as the names of those who are in it.
    pub also: Vec<String>,
}

/// What somebody named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The one at this position, by its id.
    ById(usize),
    /// The one at this position, by its name or by a part of it that no other has.
    ByName(usize),
    /// Those at these positions: each of them can be meant.
    Several(Vec<usize>),
    /// None of them.
    Nothing,
}

/// What somebody named among all. An id that is typed as it stands is meant before a name, in whatever letters; that
/// before whole words of a name or id, those before the beginnings of words, first in their order and then in any; and
/// those before a part from within words. The marks in which a [name stands by itself](super::isolated) are no part of it.
pub fn find_named(typed: &str, all: &[Nameable]) -> Found {
    let in_order: Fits = |name, plain| format!("-{name}-").contains(&format!("-{plain}-"));
    let beginning: Fits = |name, plain| format!("-{name}").contains(&format!("-{plain}"));
    let in_any_order: Fits = |name, plain| has_each(name, plain, |word, part| word.starts_with(part));
    let within: Fits = |name, plain| plain.len() >= SHORTEST_WITHIN && name.contains(plain);
    find(typed, all, &[is_equal, in_order, beginning, has_beginnings, in_any_order, within])
}

/// What somebody named among a few, where a part of a word is no name: it may be the beginning of a patient's. By an id, a
/// name, or whole words of it in any order.
pub fn find_by_whole_words(typed: &str, all: &[Nameable]) -> Found {
    find(typed, all, &[is_equal, |name, plain| has_each(name, plain, |word, part| word == part)])
}

/// Whether a name in plain letters is meant by what was typed, in such letters.
type Fits = fn(&str, &str) -> bool;

fn is_equal(name: &str, typed: &str) -> bool {
    name == typed
}

/// Whether each word that is typed is one of a name's, as words are held against each other.
fn has_each(name: &str, typed: &str, is: fn(&str, &str) -> bool) -> bool {
    typed.split('-').all(|part| name.split('-').any(|word| is(word, part)))
}

/// What is named by an id or a name as it stands, or else in the first of some ways in which anything is.
fn find(typed: &str, all: &[Nameable], ways: &[Fits]) -> Found {
    let typed = &*not_isolated(typed);
    if let Some(at) = all.iter().position(|one| one.ids.iter().any(|id| id == typed)) {
        return Found::ById(at);
    }
    let (lower, plain) = (lower(typed), slug(typed).unwrap_or_default());
    let is_called = |one: &Nameable| one.names().any(|name| self::lower(name) == lower);
    let first = positions(all, is_called);
    if plain.is_empty() || !first.is_empty() {
        return Found::of(first);
    }
    let plains: Vec<Vec<String>> = all.iter().map(Nameable::plain).collect();
    let by_way =
        ways.iter().map(|fits| positions(&plains, |names: &Vec<String>| names.iter().any(|name| fits(name, &plain))));
    Found::of(by_way.into_iter().find(|fitting| !fitting.is_empty()).unwrap_or_default())
}

fn positions<T>(all: &[T], is_meant: impl Fn(&T) -> bool) -> Vec<usize> {
    all.iter().enumerate().filter(|(_, one)| is_meant(one)).map(|(at, _)| at).collect()
}

impl Found {
    fn of(fitting: Vec<usize>) -> Self {
        match fitting.as_slice() {
            [] => Self::Nothing,
            [only] => Self::ByName(*only),
            _ => Self::Several(fitting),
        }
    }
}

impl Nameable {
    fn names(&self) -> impl Iterator<Item = &str> {
        self.name.iter().chain(&self.also).map(String::as_str)
    }

    /// Its names and ids in plain letters.
    fn plain(&self) -> Vec<String> {
        self.names().chain(self.ids.iter().map(String::as_str)).filter_map(slug).collect()
    }
}

/// Whether two names are the same, in whatever letters.
pub fn is_same_name(one: &str, other: &str) -> bool {
    lower(one) == lower(other)
}

/// In small letters, with one blank between words.
fn lower(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the words that are typed begin words of a name, in their order: `m-holt` those of `mina-rose-holt`.
fn has_beginnings(name: &str, typed: &str) -> bool {
    let mut words = name.split('-');
    typed.split('-').all(|part| words.any(|word| word.starts_with(part)))
}

/// A name in the letters of an id: `Zoë Brûlé-O'Neill` becomes `zoe-brule-oneill`; none where it has no letter.
pub fn slug(name: &str) -> Option<String> {
    let mut id = String::new();
    for character in name.chars() {
        if matches!(character, '\'' | '’' | '‘' | 'ʼ' | '.' | '\u{300}'..='\u{36f}') {
            continue;
        }
        let plain = if character.is_alphanumeric() { deunicode_char(character).unwrap_or_default() } else { "" };
        let plain = plain.trim();
        if plain.is_empty() && !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
        let letters = plain.chars().map(|letter| letter.to_ascii_lowercase());
        id.extend(letters.filter(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit()));
    }
    let id = id.trim_end_matches('-');
    (!id.is_empty()).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people() -> Vec<Nameable> {
        let one =
            |id: &str, name: &str| Nameable { ids: vec![id.to_owned()], name: Some(name.to_owned()), also: Vec::new() };
        vec![
            one("mina-holt", "Mina Holt"),
            one("ann-holt", "Ann Holt"),
            one("ann", "Ann Bee"),
            one("zoe-brule", "Zoë Brûlé-O'Neill"),
            one("wang-fang", "王芳"),
            one("hannah-reid", "Hannah Reid"),
        ]
    }

    fn found(typed: &str) -> Found {
        find_named(typed, &people())
    }

    #[test]
    fn an_id_before_a_name_before_a_part() {
        assert_eq!(found("mina-holt"), Found::ById(0));
        assert_eq!(found("ann"), Found::ById(2), "an exact id, though others begin so");
        assert_eq!(found("MINA  holt"), Found::ByName(0));
        assert_eq!(found("ann holt"), Found::ByName(1), "an exact name");
        assert_eq!(found("mina"), Found::ByName(0));
        assert_eq!(found("m holt"), Found::ByName(0));
        assert_eq!(found("holt"), Found::Several(vec![0, 1]));
        assert_eq!(found("Ann H"), Found::ByName(1));
        assert_eq!(found("bee"), Found::ByName(2));
        assert_eq!(found("holt mina"), Found::ByName(0), "its words in any order");
        assert_eq!(found("Bee"), Found::ByName(2));
        let jo = Nameable { name: Some("Jo Pike".to_owned()), ..Nameable::default() };
        let joseph = Nameable { name: Some("Joseph Adair".to_owned()), ..Nameable::default() };
        assert_eq!(find_named("jo", &[joseph.clone(), jo]), Found::ByName(1), "a whole word before a beginning");
        assert_eq!(find_named("jo", &[joseph]), Found::ByName(0));
        assert_eq!(found("annah"), Found::ByName(5), "within a word");
        assert_eq!(found("nn"), Found::Nothing, "too short for within a word");
        assert_eq!(found("An"), Found::Several(vec![1, 2]), "beginnings before parts from within");
        assert_eq!(found("nobody"), Found::Nothing);
        for nothing in ["", " ", "-", "'", "…"] {
            assert_eq!(found(nothing), Found::Nothing, "{nothing}");
        }
    }

    #[test]
    fn letters_with_marks_and_without() {
        for typed in
            ["Zoë Brûlé-O'Neill", "ZOE\u{308} BRU\u{302}LE\u{301}-O’NEILL", "zoe brule-oneill", "Brûlé", "oneill"]
        {
            assert_eq!(found(typed), Found::ByName(3), "{typed}");
        }
        assert_eq!([found("王芳"), found("wang")], [Found::ByName(4), Found::ByName(4)]);
    }

    #[test]
    fn ids_of_names() {
        for (name, id) in [
            ("Mina Holt", "mina-holt"),
            ("Zoë Brûlé-O'Neill", "zoe-brule-oneill"),
            ("Siân O’Neill-Reyes", "sian-oneill-reyes"),
            ("Dr. A. Łukasz Żak", "dr-a-lukasz-zak"),
            (" Zoe\u{308} ", "zoe"),
            ("Strauß & Söhne", "strauss-sohne"),
            ("Ἀλέξανδρος", "alexandros"),
            ("Group 7 (evening)", "group-7-evening"),
        ] {
            assert_eq!(slug(name).as_deref(), Some(id), "{name}");
        }
        assert!(slug("王芳").is_some_and(|id| id.starts_with("wang")));
        assert_eq!([slug("—"), slug("")], [None, None]);
    }
}
