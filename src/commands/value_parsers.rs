//! What is typed on the command line in the words of the records.

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use gwp::records::spoken_word;
use gwp::text::{SaidDay, Text, read_address, read_minutes};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer as _, Visitor, value};
use serde::forward_to_deserialize_any;

/// Reads one of some of the words of an option; the error and the help list them.
pub fn among<T: ValueEnum + Send + Sync + 'static>(these: &'static [T]) -> impl TypedValueParser<Value = T> {
    let words = these.iter().filter_map(ValueEnum::to_possible_value);
    PossibleValuesParser::new(words).try_map(|word| T::from_str(&word, false))
}

/// Reads one of some of the words of an option, in whatever letters; the error lists them.
pub fn read_among<T: ValueEnum + Copy>(typed: &str, these: &[T]) -> Result<T, String> {
    T::from_str(among_words(typed, &words_of(these))?, false)
}

/// The words of some values of an option.
pub fn words_of<T: ValueEnum>(these: &[T]) -> Vec<String> {
    let words = these.iter().filter_map(ValueEnum::to_possible_value);
    words.map(|word| word.get_name().to_owned()).collect()
}

/// Reads an id; the error says what one is like. A name with a slash would lie in another folder.
pub fn id(text: &str) -> Result<String, String> {
    let is_of_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !text.is_empty() && text.chars().all(is_of_id) {
        Ok(text.to_owned())
    } else {
        Err("an id is lower-case letters, digits and hyphens, such as mina-holt".to_owned())
    }
}

/// The one of a list whose word was typed, in whatever letters.
pub fn one_of<T: Copy>(typed: &str, all: &[T], word: impl Fn(T) -> &'static str) -> Result<T, String> {
    let said = spoken_word(typed, all.iter().map(|one| word(*one)));
    let found = all.iter().copied().find(|one| Some(word(*one)) == said);
    found.ok_or_else(|| {
        let words: Vec<_> = all.iter().map(|one| word(*one)).collect();
        format!("it can be {}", words.join(", "))
    })
}

/// Reads a word of one of the closed lists of the records, in whatever letters.
pub fn word<T: DeserializeOwned>(typed: &str) -> Result<T, String> {
    T::deserialize(Word(typed)).map_err(|error| error.to_string())
}

/// A typed word, read as a record would be: the list says itself which words it has.
struct Word<'t>(&'t str);

impl<'de> Deserializer<'de> for Word<'_> {
    type Error = value::Error;

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        match spoken_word(self.0, words.iter().copied()) {
            Some(word) => visitor.visit_enum(word.into_deserializer()),
            None => Err(Self::Error::custom(format!("it can be {}", words.join(", ")))),
        }
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_str(self.0)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// The one of some words that was typed, in whatever letters.
pub fn among_words<'w>(typed: &str, words: &'w [String]) -> Result<&'w str, String> {
    spoken_word(typed, words.iter().map(String::as_str)).ok_or_else(|| format!("it can be {}", words.join(", ")))
}

/// Reads a text that says something.
pub fn some_text(text: &str) -> Result<Text, String> {
    if text.trim().is_empty() {
        return Err("it says nothing; write a text, or leave the option out".to_owned());
    }
    Ok(Text::new(text))
}

/// Reads an e-mail address.
pub fn address(text: &str) -> Result<Text, String> {
    some_text(text)?;
    read_address(text).map(Text::new)
}

/// Reads a day as people write it; the error says what is needed. Which day it is says [`RecordingSession::day`], or
/// [`RecordingSession::happened`] of what is not to come.
///
/// [`RecordingSession::day`]: gwp::recording::RecordingSession::day
/// [`RecordingSession::happened`]: gwp::recording::RecordingSession::happened
pub fn day(text: &str) -> Result<SaidDay, String> {
    SaidDay::read(text)
}

/// The parts of a text that says several days, with commas or "and" between them.
pub fn days_apart(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(',').flat_map(|part| part.split(" and ")).map(str::trim);
    parts.map(|part| part.strip_prefix("and ").unwrap_or(part)).filter(|part| !part.is_empty())
}

/// Reads the first and the last of some days: `2026-08-01..2026-08-31`, or `1 Aug 2026..31 Aug 2026`.
pub fn from_until(text: &str) -> Option<Result<(SaidDay, SaidDay), String>> {
    let (from, until) = text.split_once("..")?;
    Some(day(from).and_then(|from| Ok((from, day(until)?))))
}

/// Reads how many minutes a session lasted, up to a day.
pub fn minutes(text: &str) -> Result<u16, String> {
    let minutes = read_minutes(text).filter(|minutes| (1..=1440).contains(minutes));
    minutes.ok_or_else(|| "a number of minutes such as 90 is needed, from 1 to 1440".to_owned())
}

/// Reads how many people came.
pub fn people(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| "a number of people such as 7 is needed".to_owned())
}

/// Reads a number of days.
pub fn days(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| "a number of days such as 28 is needed".to_owned())
}
