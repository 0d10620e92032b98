//! Answers on a form that nobody can tell the meaning of, and what somebody says of them.

use gwp::form::{Answer, Field, Form, Kind, Reading, Said};
use gwp::text::visible;

use super::asking::{Asking, yes_or_no};

/// An answer of which somebody has to say what is meant.
pub struct OpenAnswer {
    /// Its position among the answers.
    position: usize,
    /// The line and the label.
    stands: String,
    /// What is unclear about it.
    why: String,
}

impl OpenAnswer {
    /// What is unclear, as a sentence without a full stop.
    pub fn sentence(&self) -> String {
        format!("{}: {}", self.stands, self.why)
    }
}

/// The answers that are doubtful or missing, and those of which the records say so: each with its label, and why. Of a
/// list of sessions, one that is not on the form is none of its questions.
pub fn open_answers(reading: &Reading, unclear: &[(String, String)]) -> Vec<OpenAnswer> {
    let open = |(position, answer): (usize, &Answer)| {
        let by_records = unclear.iter().find(|(label, _)| *label == answer.label);
        let typed = |typed: &gwp::text::Text, why: &str| {
            if typed.is_blank() { why.to_owned() } else { format!("\"{typed}\"; {why}") }
        };
        let why = match (&answer.said, by_records) {
            (Said::Doubtful { typed: words, why }, _) | (Said::Words(words), Some((_, why))) => typed(words, why),
            (Said::Missing, _) if answer.section != "entries" => "this line of the form is not there".to_owned(),
            _ => return None,
        };
        let stands = answer.line.map_or_else(String::new, |line| format!("line {line}, "));
        Some(OpenAnswer { position, stands: format!("{stands}{}", visible(&answer.label)), why })
    };
    reading.answers.iter().enumerate().filter_map(open).collect()
}

/// Asks somebody what is meant by an answer.
pub fn settle(open: &OpenAnswer, form: &Form, reading: &mut Reading, asking: &mut Asking<'_>) -> anyhow::Result<()> {
    let Some(answer) = reading.answers.get_mut(open.position) else { return Ok(()) };
    let Some(field) = form.field(&answer.section, &answer.key) else { return Ok(()) };
    if let (Said::Doubtful { typed, .. }, Kind::Text) = (&answer.said, &field.kind) {
        let asks = format!("{}. Is \"{typed}\" all of it, and right (yes, no)", open.sentence());
        if !asking.needed(None, "--yes", &asks, yes_or_no)? {
            anyhow::bail!("nothing is written; put it right in the file");
        }
        answer.said = Said::Words(typed.clone());
        return Ok(());
    }
    let asks = format!("{}. What is meant", open.sentence());
    answer.said = asking.or_else(None, &asks, (Said::Nothing, "nothing"), |typed| field.typed(typed))?;
    Ok(())
}

/// What an answer says; none where it was left empty or is not known. Safe to show.
pub fn answer_shown(form: &Form, answer: &Answer) -> Option<String> {
    match (&answer.said, form.field(&answer.section, &answer.key).map(|field: &Field| &field.kind)) {
        (Said::Chosen(at), Some(Kind::Choice(choices))) => choices.get(*at).map(|choice| visible(&choice.word)),
        (Said::Words(words), _) => {
            let lines: Vec<_> = words.raw().lines().filter(|line| !line.trim().is_empty()).map(visible).collect();
            Some(lines.join("\n    "))
        }
        (Said::Doubtful { .. }, _) => Some("not clear".to_owned()),
        _ => None,
    }
}
