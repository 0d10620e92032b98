//! What is said of a record that says something else.

use serde_json::Value as Json;

use super::RecordingError;
use super::said::{Place, shown};
use super::telling::Telling;
use crate::records::SubjectSort;
use crate::records::shape::Shape;
use crate::text::Path;

impl Telling<'_> {
    /// The words by which an entry is found: what tells it apart, and a date of it where another one has the same.
    fn words_for(&self, place: &Place) -> Vec<String> {
        let mut words = place.told_by.clone();
        if self.subject.sort() == SubjectSort::Entries {
            let all = self.named.places(&self.subject.keys, true);
            let same: Vec<_> = all.iter().filter(|one| one.told_by == place.told_by && one.at != place.at).collect();
            let days = self.subject.keys_in().filter(|field| field.shape == Shape::Date);
            let own =
                days.filter(|field| same.iter().all(|one| one.says.get(&field.key) != place.says.get(&field.key)));
            let own = own.filter_map(|field| place.says.get(&field.key)?.as_str());
            words.extend(own.take(usize::from(!same.is_empty())).map(str::to_owned));
        }
        words
    }

    /// The error that the record says something else at `at`, with the command that puts it right: what it says there and
    /// what is said `now`, which was typed for an option.
    pub(super) fn otherwise(
        &self,
        (at, place): (&Path, &Place),
        (there, now): (&Json, &Json),
        (option, typed): (&str, &str),
    ) -> RecordingError {
        let Self { session, named, subject, .. } = self;
        let path = session.source(named.file).map(|source| source.path.to_string()).unwrap_or_default();
        let line = session.line_of(named, at).map_or_else(String::new, |line| format!(" line {line} of"));
        let (option, words) = (format!("--{option}"), self.words_for(place));
        let words = ["correct", named.id.raw(), &subject.word].into_iter().chain(words.iter().map(String::as_str));
        let command = session.command_line.about(words.chain([option.as_str(), typed]));
        let is_list = subject.sort() == SubjectSort::Entries && subject.begun_by().is_none();
        let other = if is_list { "; if it is another one, add --new" } else { "" };
        RecordingError::unclear(
            format!("{path}:{line} the record says otherwise: {}; what you say now is: {}", shown(there), shown(now)),
            format!("if the record is wrong: {command}{other}"),
        )
    }
}
