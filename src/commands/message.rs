//! A file in which the answers to a form came.

use std::path::Path;

use anyhow::{anyhow, bail};
use gwp::calendar::Day;
use gwp::files::{self, FilesError};
use gwp::form::Reference;
use gwp::mail::{Mail, NotAMail};
use gwp::sent_forms::SentForm;
use gwp::text::{Text, visible};

use super::surroundings::Surroundings;

/// What came.
pub struct Received {
    /// The forms to which it is an answer, each once.
    pub forms: Vec<SentForm>,
    /// The text in which they are.
    pub text: String,
    /// The sender's address, where the file names one.
    pub from: Option<Text>,
    /// The day on which it was sent, where the file says so.
    pub sent: Option<Day>,
}

/// Reads a message, or a text.
pub fn received(given: &Path) -> anyhow::Result<Received> {
    let bytes = files::table(given)?;
    let file = visible(&given.to_string_lossy());
    if is_page(given, &bytes) {
        bail!(
            "{file} is a page, and a saved page does not keep what was typed in it; ask for the answers as text: the page \
             has a button for it at its end"
        );
    }
    let mail = if ends_with(given, "txt") { text(bytes, &file)? } else { mail(&bytes, &file)? };
    let text = mail.texts.join("\n");
    let forms: Vec<SentForm> = Reference::all_in(&text).iter().filter_map(SentForm::of).collect();
    if forms.is_empty() && mail.has_html {
        return Err(only_html(&file));
    }
    if forms.is_empty() {
        bail!(
            "{file} holds no form of \"gwp form\": the last line, which begins with \"Reference:\", is not there; ask for \
             the whole text, or record it with \"gwp receive STUDENT FORM\""
        );
    }
    Ok(Received { forms, text, from: mail.from, sent: mail.sent.and_then(Surroundings::day_of) })
}

/// The text of a file: of a message what it says, and of any other file what stands in it. Whatever could not be a letter
/// is shown as such.
pub fn text_of(given: &Path, has_form: impl Fn(&str) -> bool) -> anyhow::Result<String> {
    let file = visible(&given.to_string_lossy());
    let is_message = ends_with(given, "eml") || ends_with(given, "msg");
    let bytes = files::table(given).map_err(|error| match error {
        FilesError::NotATable { .. } | FilesError::TooLarge { .. } if !is_message => {
            anyhow!("{file} is no text; save the form as plain text, and name that file")
        }
        error => error.into(),
    })?;
    if !is_message {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    let mail = mail(&bytes, &file)?;
    let text = mail.texts.join("\n");
    if mail.has_html && !has_form(&text) { Err(only_html(&file)) } else { Ok(text) }
}

/// Whether a file is a page, such as that of a form.
fn is_page(file: &Path, bytes: &[u8]) -> bool {
    let begins: Vec<u8> = bytes.trim_ascii_start().iter().take(14).map(u8::to_ascii_lowercase).collect();
    let is_named_so = ["html", "htm", "mhtml", "mht"].into_iter().any(|ending| ends_with(file, ending));
    is_named_so || begins.starts_with(b"<!doctype html") || begins.starts_with(b"<html")
}

fn ends_with(file: &Path, ending: &str) -> bool {
    file.extension().is_some_and(|there| there.eq_ignore_ascii_case(ending))
}

fn only_html(file: &str) -> anyhow::Error {
    anyhow!(
        "{file} has no form as plain text, only as HTML; open the message, copy its text into a file that ends with .txt, \
         and give that"
    )
}

fn text(bytes: Vec<u8>, file: &str) -> anyhow::Result<Mail> {
    let Ok(text) = String::from_utf8(bytes) else {
        bail!("{file} is not in UTF-8; save it as plain text in UTF-8");
    };
    Ok(Mail { from: None, sent: None, texts: vec![text], has_html: false })
}

fn mail(bytes: &[u8], file: &str) -> anyhow::Result<Mail> {
    Mail::read(bytes).or_else(|why| match why {
        NotAMail::Outlook => bail!(
            "{file} is a message in Outlook's own form; save it as text (.txt) instead, or drag it into a message and send \
             that to yourself as .eml"
        ),
        NotAMail::Unreadable => bail!("{file} is no message; save it with the mail program as .eml, or as text (.txt)"),
    })
}
