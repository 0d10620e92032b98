//! A letter as a message that a mail program is asked to open ready to send.

use std::io;

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address as AddressHeader;
use mail_builder::headers::date::Date;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;

use super::address::Sender;
use super::letters::Recipient;
use crate::calendar::Day;

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
    /// The day of judgement: the message is dated noon of it.
    pub as_of: Day,
}

const SECONDS_OF_A_DAY: i64 = 86_400;

impl Message<'_> {
    /// The message. `X-Unsent` asks mail programs to open it as one that is still to be sent; some do.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let noon =
            Day::new(1970, 1, 1).map_or(0, |epoch| epoch.days_to(self.as_of)) * SECONDS_OF_A_DAY + SECONDS_OF_A_DAY / 2;
        let to = self.to.shown();
        MessageBuilder::new()
            .from(mailbox(&self.from.name, self.from.address.as_str()))
            .to(mailbox(&to, self.to.address.as_str()))
            .subject(plain(self.subject))
            .date(Date::new(noon))
            .message_id(MessageId::new(self.id()))
            .header("X-Unsent", Raw::new("1"))
            .text_body(self.text)
            .write_to_vec()
    }

    /// What no other message has: made of the day and of everything in this one.
    fn id(&self) -> String {
        let Self { from, to, subject, text, as_of } = self;
        let parts =
            [&*as_of.iso(), &*from.name, from.address.as_str(), to.name.raw(), to.address.as_str(), subject, text];
        let hash = hash(parts.into_iter().flat_map(|part| part.bytes().chain([0])));
        format!("{}.{hash:016x}.gwp@{}", as_of.iso(), from.address.host())
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
