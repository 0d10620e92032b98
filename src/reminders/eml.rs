//! A letter as a message that a mail program is asked to open ready to send.

use std::io;

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address as AddressHeader;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;

use super::address::Sender;
use super::letters::Recipient;
use crate::calendar::Day;
use crate::text::isolated_lines;

/// A letter with all that its message needs. The same letter on the same day is the same message, byte for byte.
#[derive(Debug)]
pub struct Message<'l> {
    /// Who sends it.
    pub from: &'l Sender,
    /// To whom it goes.
    pub to: &'l Recipient<'l>,
    /// The subject, on one line.
    pub subject: &'l str,
    /// The text.
    pub text: &'l str,
    /// The pages that come with it.
    pub pages: &'l [AttachedPage],
    /// The day of judgement: the message is dated noon of it.
    pub as_of: Day,
}

/// A page that comes with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachedPage {
    /// What its file is called, in plain ASCII.
    pub file: String,
    /// The page, in HTML.
    pub html: String,
}

const SECONDS_OF_A_DAY: i64 = 86_400;

impl Message<'_> {
    /// The message, in whose text names written from right to left stand by themselves. `X-Unsent` asks mail programs to open it as one that is still to be sent; some do.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let noon =
            Day::new(1970, 1, 1).map_or(0, |epoch| epoch.days_to(self.as_of)) * SECONDS_OF_A_DAY + SECONDS_OF_A_DAY / 2;
        let to = self.to.shown();
        let message = MessageBuilder::new()
            .from(mailbox(&self.from.name, self.from.address.as_str()))
            .to(mailbox(&to, self.to.address.as_str()))
            .subject(plain(self.subject))
            .date(Date::new(noon))
            .message_id(MessageId::new(self.id()))
            .header("X-Unsent", Raw::new("1"));
        match self.pages {
            [] => message.text_body(isolated_lines(self.text)),
            pages => message.body(self.with(pages)),
        }
        .write_to_vec()
    }

    /// The text, and the pages below it.
    fn with<'p>(&'p self, pages: &'p [AttachedPage]) -> MimePart<'p> {
        // The library would make up a line between the parts that is another one each time. No encoding of a part has "=_".
        let line = format!("=_{:016x}", self.hash());
        let mut parts = vec![MimePart::new("text/plain", isolated_lines(self.text))];
        parts.extend(pages.iter().map(|page| {
            let kind = ContentType::new("text/html").attribute("charset", "utf-8");
            MimePart::new(kind, page.html.as_str()).attachment(page.file.as_str())
        }));
        MimePart::new(ContentType::new("multipart/mixed").attribute("boundary", line), parts)
    }

    /// What no other message has: made of the day and of everything in this one.
    fn id(&self) -> String {
        format!("{}.{:016x}.gwp@{}", self.as_of.iso(), self.hash(), self.from.address.host())
    }

    /// The hash of the day and of everything in the message.
    fn hash(&self) -> u64 {
        let Self { from, to, subject, text, pages, as_of } = self;
        let parts =
            [&*as_of.iso(), &*from.name, from.address.as_str(), to.name.raw(), to.address.as_str(), subject, text];
        let pages = pages.iter().flat_map(|page| [page.file.as_str(), page.html.as_str()]);
        hash(parts.into_iter().chain(pages).flat_map(|part| part.bytes().chain([0])))
    }
}

fn mailbox<'h>(name: &str, address: &'h str) -> AddressHeader<'h> {
    AddressHeader::new_address((!name.trim().is_empty()).then(|| plain(name)), address)
}

/// A text that no reader takes for one in the encoding of headers, which could hold anything.
fn plain(text: &str) -> String {
    text.replace("=?", "= ?")
}

/// FNV-1a, which gives the same on every machine and in every year; the library's own hash promises neither.
fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
