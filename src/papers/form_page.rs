//! A form as a page that can be filled in on screen and printed. Its answers can be saved as the text of the form, which
//! reads like one that came back by mail.

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value};
use serde::Serialize;

use super::html::digest;
use crate::form::{BY_MAIL, Choice, Field, Form, Kind, Section};
use crate::text::isolated;

const STYLE: &str = include_str!("templates/paper.css");
const FORM_STYLE: &str = include_str!("templates/form.css");
const SCRIPT: &str = include_str!("templates/form.js");
const PAGE: &str = include_str!("templates/form.html");

/// What the template takes.
#[derive(Serialize)]
struct Page<'f> {
    title: &'f str,
    known: &'f [(String, String)],
    /// What is said first, but how it comes back by mail: a page is saved.
    lead: Vec<String>,
    parts: Vec<Part<'f>>,
    /// The text of the form, with a mark in place of each answer.
    text: String,
    /// What the file of the answers is called.
    file: String,
    style_digest: String,
    script_digest: String,
    style: String,
    script: &'static str,
    program: &'static str,
}

#[derive(Serialize)]
struct Part<'f> {
    title: &'f str,
    lead: &'f [String],
    questions: Vec<Question<'f>>,
}

/// One thing that is asked.
#[derive(Serialize)]
struct Question<'f> {
    /// The id of its element, and the mark of its answer in the text.
    id: String,
    mark: String,
    label: &'f str,
    hint: Option<&'f str>,
    kind: &'static str,
    filled: &'f str,
    choices: Vec<Chosen>,
}

#[derive(Serialize)]
struct Chosen {
    word: String,
    /// What stands in the text for it.
    value: String,
    is_filled: bool,
}

/// A form as a page. The error can only be one of the template that is built in.
pub fn form_page(form: &Form) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_filter("isolated", |words: &str| isolated(words).into_owned());
    environment.add_template("form.html", PAGE)?;
    let (text, marks) = with_marks(form);
    let mut marks = marks.into_iter();
    let style = format!("{STYLE}{FORM_STYLE}");
    let page = Page {
        title: &form.title,
        known: &form.known,
        lead: form.lead.iter().map(|words| words.replace(BY_MAIL, "").trim().to_owned()).collect(),
        parts: form.sections.iter().map(|section| part(section, &mut marks)).collect(),
        text,
        file: format!("{}.txt", form.about.join("-").replace('/', "-")),
        style_digest: digest(&style),
        script_digest: digest(SCRIPT),
        style,
        script: SCRIPT,
        program: crate::PROGRAM,
    };
    let page = environment.get_template("form.html")?.render(Value::from(Serde(page)))?;
    // The engine takes the last line's end away.
    Ok(page + "\n")
}

/// The text of the form with a mark in place of each answer, and the marks in order.
fn with_marks(form: &Form) -> (String, Vec<String>) {
    let text = form.to_text();
    // No record has a mark in it by chance.
    let is_free = |number: &u32| !text.contains(&format!("%{number}:"));
    let number = (0..u32::MAX).find(is_free).unwrap_or_default();
    let mut marks = Vec::new();
    let mut marked = form.clone();
    for field in marked.sections.iter_mut().flat_map(|section| &mut section.fields) {
        let mark = format!("%{number}:{}%", marks.len());
        field.filled = Some(mark.clone());
        marks.push(mark);
    }
    (marked.to_text(), marks)
}

fn part<'f>(section: &'f Section, marks: &mut impl Iterator<Item = String>) -> Part<'f> {
    let questions = section.fields.iter().zip(marks).map(|(field, mark)| question(field, mark)).collect();
    Part { title: &section.title, lead: &section.lead, questions }
}

fn question(field: &Field, mark: String) -> Question<'_> {
    let filled = field.filled.as_deref().unwrap_or_default();
    let (kind, choices) = match &field.kind {
        Kind::Words => ("words", &[][..]),
        Kind::Text => ("text", &[][..]),
        Kind::Choice(choices) => ("choice", choices.as_slice()),
    };
    let chosen = |choice: &Choice| Chosen {
        word: choice.word.clone(),
        value: choice.mark.map_or_else(|| choice.word.clone(), String::from),
        is_filled: choice.is_said_by(filled),
    };
    let id: String = mark.chars().map(|c| if c.is_ascii_digit() { c } else { '-' }).collect();
    Question {
        id: format!("answer{}", id.trim_end_matches('-')),
        mark,
        label: &field.label,
        hint: field.hint.as_deref(),
        kind,
        filled,
        choices: choices.iter().map(chosen).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Said;

    fn form() -> Form {
        let field = |key: &str, label: &str, kind: Kind| Field::new(key, label, kind);
        let filled = Field { filled: Some("<Mina> & 50%".to_owned()), ..field("name", "Name", Kind::Words) };
        let first = Section {
            id: "ratings".to_owned(),
            title: "The competencies".to_owned(),
            lead: vec!["C = competent, D = developing.".to_owned()],
            fields: vec![
                field("context", "Context", Kind::marked([('C', "competent"), ('D', "developing")])),
                field("begun", "Has begun", Kind::words(["yes", "no"])).with_hint("yes or no"),
            ],
            ..Section::default()
        };
        let second = Section {
            id: "end".to_owned(),
            title: "Signature".to_owned(),
            fields: vec![field("concerns", "Concerns", Kind::Text), filled],
            ..Section::default()
        };
        Form {
            about: ["gwp2", "mina-holt", "2026-01-31"].map(str::to_owned).to_vec(),
            title: "GWP Form 2".to_owned(),
            known: vec![("Student".to_owned(), "Mina </pre><script>Holt %0:1% %1:".to_owned())],
            lead: Vec::new(),
            sections: vec![first, second],
        }
    }

    #[test]
    fn the_text_with_answers_in_place_of_marks_is_read_as_the_form() {
        let form = form();
        let (mut text, marks) = with_marks(&form);
        for (mark, answer) in marks.iter().zip(["C", "no", "She is late.\n\nAnd kind.", "Tom Ferrer"]) {
            assert_eq!(text.matches(mark.as_str()).count(), 1, "{mark}\n{text}");
            text = text.replace(mark.as_str(), answer);
        }
        let reading = form.read(&text).unwrap();
        assert!(reading.is_as_printed && reading.not_understood.is_empty(), "{text}");
        assert_eq!((reading.chosen("ratings", "context"), reading.chosen("ratings", "begun")), (Some(0), Some(1)));
        assert_eq!(reading.words("end", "concerns").unwrap().raw(), "She is late.\n\nAnd kind.");
        assert_eq!(reading.words("end", "name").unwrap().raw(), "Tom Ferrer");
        // Left as it was, nothing is answered.
        let (mut text, marks) = with_marks(&form);
        for mark in &marks {
            text = text.replace(mark.as_str(), "");
        }
        let reading = form.read(&text).unwrap();
        assert!(reading.is_as_printed && reading.answers.iter().all(|answer| answer.said == Said::Nothing));
    }

    #[test]
    fn a_page_holds_every_question_and_nothing_acts_in_it() {
        let page = form_page(&form()).unwrap();
        for part in [
            "<legend>Context</legend>",
            "type=\"radio\"",
            "value=\"C\"",
            "<textarea",
            "value=\"&lt;Mina&gt; &amp; 50%\"",
            "gwp2-mina-holt-2026-01-31.txt",
            "default-src 'none'",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
        assert_eq!((page.matches("<script").count(), page.matches("</pre>").count()), (1, 1));
        for fetched in ["src=", "http:", "https:", "url(", "<form", " style=", " onclick="] {
            assert!(!page.contains(fetched), "{fetched}");
        }
    }
}
