//! An e-mail as it was saved by a mail program: who sent it, when, and what it says.

use mailparse::{DispositionType, MailAddr, MailHeaderMap as _, ParsedMail, addrparse_header, dateparse, parse_mail};

use crate::text::Text;

/// What was read of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The address of whoever sent it, as it stands there.
    pub from: Option<Text>,
    /// The moment at which it was sent, in seconds since the beginning of 1970.
    pub sent: Option<i64>,
    /// The plain texts in it: that of the message, then those that are attached.
    pub texts: Vec<String>,
    /// Whether it says something that is not plain text.
    pub has_html: bool,
}

/// Why bytes are not read as an e-mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAMail {
    /// It is none.
    Unreadable,
    /// It is a file of Outlook.
    Outlook,
}

/// What files of Outlook, and of old Office programs, begin with.
const OUTLOOK: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

impl Mail {
    /// Reads a message.
    pub fn read(bytes: &[u8]) -> Result<Self, NotAMail> {
        if bytes.starts_with(&OUTLOOK) {
            return Err(NotAMail::Outlook);
        }
        let mail = parse_mail(bytes).map_err(|_| NotAMail::Unreadable)?;
        if mail.headers.get_first_header("From").is_none() && mail.headers.get_first_header("Date").is_none() {
            return Err(NotAMail::Unreadable);
        }
        let from = mail.headers.get_first_header("From").and_then(|from| addrparse_header(from).ok());
        let from = from.and_then(|all| match all.first() {
            Some(MailAddr::Single(one)) => Some(Text::new(one.addr.as_str())),
            _ => None,
        });
        let sent = mail.headers.get_first_value("Date").and_then(|date| dateparse(&date).ok());
        let mut read = Self { from, sent, texts: Vec::new(), has_html: false };
        let mut attached = Vec::new();
        read.take(&mail, &mut attached);
        read.texts.append(&mut attached);
        Ok(read)
    }

    fn take(&mut self, part: &ParsedMail<'_>, attached: &mut Vec<String>) {
        for part in &part.subparts {
            self.take(part, attached);
        }
        if !part.subparts.is_empty() {
            return;
        }
        let placed = part.get_content_disposition();
        let is_attached = placed.disposition == DispositionType::Attachment;
        match part.ctype.mimetype.to_lowercase().as_str() {
            "text/plain" => {
                let Some(text) = text_of(part) else { return };
                if is_attached { attached.push(text) } else { self.texts.push(text) }
            }
            // Some programs do not know what kind of file they attach.
            "application/octet-stream" => {
                let name = placed.params.get("filename").or_else(|| part.ctype.params.get("name"));
                let is_text = name.is_some_and(|name| name.to_lowercase().ends_with(".txt"));
                attached.extend(is_text.then(|| text_of(part)).flatten());
            }
            "text/html" => self.has_html = true,
            _ => {}
        }
    }
}

/// The text of a part. Where the message does not say how it is written, as often of a file that is attached, it is UTF-8 if
/// it can be.
fn text_of(part: &ParsedMail<'_>) -> Option<String> {
    if part.ctype.params.contains_key("charset") {
        return part.get_body().ok();
    }
    let bytes = part.get_body_raw().ok()?;
    String::from_utf8(bytes).ok().or_else(|| part.get_body().ok())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where something is not as it must be")]
mod tests {
    use super::*;

    fn read(mail: &str) -> Mail {
        Mail::read(mail.replace('\n', "\r\n").as_bytes()).unwrap()
    }

    #[test]
    fn the_text_of_a_message_is_decoded() {
        let head =
            "From: \"Holm, M.\" <M.Holm@example.org>\nDate: Thu, 28 Jan 2027 23:30:00 +0100\nMIME-Version: 1.0\n";
        let quoted = "Content-Type: text/plain; charset=iso-8859-1; format=flowed\nContent-Transfer-Encoding: quoted-printable\n\nR=E9sum=E9 [C=\n]\n";
        let mail = read(&format!("{head}{quoted}"));
        assert_eq!(mail.from.unwrap().raw(), "M.Holm@example.org");
        assert_eq!(mail.sent, Some(1_801_175_400));
        assert_eq!(mail.texts, ["R\u{e9}sum\u{e9} [C]\r\n"]);
        let parts = "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nQ29udGV4dDogQw==\n--b\nContent-Type: text/html\n\n<p>Context: D\n--b--\n";
        let mail = read(&format!("{head}{parts}"));
        assert_eq!((mail.texts, mail.has_html), (vec!["Context: C".to_owned()], true));
        let html = read(&format!("{head}Content-Type: text/html\n\n<p>Context: D\n"));
        assert_eq!((html.texts, html.has_html), (Vec::new(), true));
    }

    #[test]
    fn what_is_no_mail_is_refused() {
        assert_eq!(Mail::read(b"Context: C\n\n"), Err(NotAMail::Unreadable));
        assert_eq!(Mail::read(&OUTLOOK), Err(NotAMail::Outlook));
        let part = |at| format!("Content-Type: multipart/mixed; boundary=b{at}x\n\n--b{at}x\n");
        let deep: Vec<_> = (0..5_000).map(part).collect();
        let deep = deep.concat();
        assert!(Mail::read(format!("From: a@b.c\n{deep}").as_bytes()).is_err());
    }
}
