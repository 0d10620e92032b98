//! Addresses to which a message can be sent.

use crate::text::visible;

/// An address that can stand in the header of a message: `name@host.example`, in plain ASCII, without anything that
/// would need quoting.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address(String);

/// The longest address and the longest part before the `@` that mail systems take.
const LONGEST: usize = 254;
const LONGEST_LOCAL: usize = 64;

impl Address {
    /// Reads an address; spaces around it do not matter. Whatever is none, or could be taken for more than one or for
    /// another part of a message, is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches(' ');
        let (local, host) = text.split_once('@')?;
        let is_atom = |character: char| character.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(character);
        let is_local =
            local.len() <= LONGEST_LOCAL && local.split('.').all(|part| !part.is_empty() && part.chars().all(is_atom));
        let is_label = |label: &str| {
            let is_plain = |character: char| character.is_ascii_alphanumeric() || character == '-';
            !label.is_empty() && label.chars().all(is_plain) && !label.starts_with('-') && !label.ends_with('-')
        };
        let is_host = host.split('.').all(is_label);
        (text.len() <= LONGEST && is_local && is_host).then(|| Self(text.to_owned()))
    }

    /// The address as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is the same for two ways to write it.
    pub(super) fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The part after the `@`.
    pub(super) fn host(&self) -> &str {
        self.0.rsplit('@').next().unwrap_or_default()
    }
}

/// Who sends the messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The name, safe to show; empty where there is none.
    pub name: String,
    /// The address.
    pub address: Address,
}

impl Sender {
    /// Reads `NAME <ADDRESS>`, or an address alone; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, address) = match text.trim().strip_suffix('>') {
            Some(text) => text.split_once('<')?,
            None => ("", text),
        };
        let name = name.trim();
        let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
        Some(Self { name: visible(name), address: Address::parse(address)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_address() {
        for right in ["a@b", "Mina.Holt+gwp@mail.example.org", "o'brien@example.org", " a@example.org "] {
            assert_eq!(Address::parse(right).map(|address| address.0), Some(right.trim().to_owned()));
        }
        let long = format!("{}@example.org", "a".repeat(65));
        for wrong in [
            "",
            "@",
            "a@",
            "@example.org",
            "a b@example.org",
            "a@exam ple.org",
            "a@b@c",
            "a@example..org",
            ".a@example.org",
            "a@-b.org",
            "a@example.org\n",
            "a@example.org\r\nBcc: b@example.org",
            "a@example.org, b@example.org",
            "<a@example.org>",
            "\"a b\"@example.org",
            "zoë@example.org",
            "a@exämple.org",
            "a\u{1b}@example.org",
            &long,
        ] {
            assert_eq!(Address::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn of_a_sender() {
        let read = |text| Sender::parse(text).map(|sender| (sender.name, sender.address.0));
        let both = |name: &str, address: &str| Some((name.to_owned(), address.to_owned()));
        assert_eq!(read("Zoë Hart <zoe@example.org>"), both("Zoë Hart", "zoe@example.org"));
        assert_eq!(read("\"Hart, Zoë\" <zoe@example.org>"), both("Hart, Zoë", "zoe@example.org"));
        assert_eq!(read("zoe@example.org"), both("", "zoe@example.org"));
        assert_eq!(read("<zoe@example.org>"), both("", "zoe@example.org"));
        assert_eq!(read("a\nb <zoe@example.org>"), both("a\\nb", "zoe@example.org"));
        for wrong in ["", "Zoë Hart", "Zoë <>", "Zoë <zoe>", "Zoë <a@b> <c@d>", "Zoë a@b>"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
