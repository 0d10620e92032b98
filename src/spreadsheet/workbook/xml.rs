//! The parts of a workbook as XML: as much of it as workbooks use.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// What a part says, in order.
pub enum Node<'x> {
    /// An element begins; an empty one ends at once.
    Start(Element<'x>),
    /// An element ends; its name without a prefix.
    End(String),
    /// Characters.
    Text(String),
}

/// An element.
pub struct Element<'x>(BytesStart<'x>);

/// Why a part cannot be read.
#[derive(Debug)]
pub struct Damaged;

impl Element<'_> {
    /// The name without a prefix.
    pub fn name(&self) -> String {
        self.0.local_name().as_ref().to_owned()
    }

    /// An attribute by its name without a prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let found = self.0.attributes().flatten().find(|one| one.key.local_name().as_ref() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
    }

    /// Whether an attribute says yes.
    pub fn is(&self, name: &str) -> bool {
        matches!(self.attribute(name).as_deref(), Some("1" | "true"))
    }

    /// Whether an element that stands for yes is not set to no: `<strike/>`, `<strike val="0"/>`.
    pub fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false"))
    }
}

/// The text of a part, in the encoding that its first bytes show.
pub fn decoded(bytes: &[u8]) -> Result<String, Damaged> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes.as_chunks::<2>();
        String::from_utf16(&pairs.iter().map(|pair| unit(*pair)).collect::<Vec<_>>()).map_err(|_| Damaged)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [b'<', 0, ..] => utf16(bytes, u16::from_le_bytes),
        [0, b'<', ..] => utf16(bytes, u16::from_be_bytes),
        bytes => {
            let text = std::str::from_utf8(bytes).map_err(|_| Damaged)?;
            Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())
        }
    }
}

/// Reads a part, node by node.
pub fn read(text: &str, mut each: impl FnMut(Node<'_>) -> Result<(), Damaged>) -> Result<(), Damaged> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    loop {
        match reader.read_event().map_err(|_| Damaged)? {
            Event::Start(element) | Event::Empty(element) => each(Node::Start(Element(element)))?,
            Event::End(element) => each(Node::End(element.local_name().as_ref().to_owned()))?,
            Event::Text(text) => each(Node::Text(text.xml10_content().into_owned()))?,
            Event::CData(text) => each(Node::Text(text.xml10_content().into_owned()))?,
            Event::GeneralRef(entity) => each(Node::Text(character(&entity)?.to_string()))?,
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn character(entity: &BytesRef<'_>) -> Result<char, Damaged> {
    if let Some(character) = entity.resolve_char_ref().map_err(|_| Damaged)? {
        return Ok(character);
    }
    match &*entity.xml10_content() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(Damaged),
    }
}

/// A text with the characters that XML cannot hold, which workbooks write as `_x000D_`.
pub fn unescaped(text: &str) -> String {
    let (mut made, mut rest) = (String::new(), text);
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        let character = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        let (before, after) = (&rest[..at], &rest[at..]);
        made.push_str(before);
        if let Some(character) = character {
            made.push(character);
            rest = &after[7..];
        } else {
            made.push_str("_x");
            rest = &after[2..];
        }
    }
    made + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read: `<` and the name of an element with what its attribute `a` says, `>` and its name, and characters.
    fn nodes(text: &str) -> Result<Vec<String>, Damaged> {
        let mut nodes = Vec::new();
        read(text, |node| {
            nodes.push(match node {
                Node::Start(element) => {
                    format!(
                        "<{}{}",
                        element.name(),
                        element.attribute("a").map(|a| format!(" {a}")).unwrap_or_default()
                    )
                }
                Node::End(name) => format!(">{name}"),
                Node::Text(text) => text,
            });
            Ok(())
        })?;
        Ok(nodes)
    }

    #[test]
    fn elements_and_characters() {
        let read = nodes(
            "<?xml version=\"1.0\"?><x:r b=\"0\" x:a=\"1 &lt; 2\"><c/>&lt;&gt;&amp;&quot;&apos;&#65;<![CDATA[<d>]]></x:r>",
        );
        let wanted = ["<r 1 < 2", "<c", ">c", "<", ">", "&", "\"", "'", "A", "<d>", ">r"];
        assert_eq!(read.unwrap(), wanted);
        assert!(nodes("<r>&unknown;</r>").is_err() && nodes("<r></s>").is_err());
        for (attribute, is, is_on) in [
            ("", false, true),
            ("val=\"1\"", true, true),
            ("val=\"true\"", true, true),
            ("val=\"0\"", false, false),
            ("val=\"false\"", false, false),
        ] {
            let mut found = (true, false);
            super::read(&format!("<strike {attribute}/>"), |node| {
                if let Node::Start(element) = node {
                    found = (element.is("val"), element.is_on());
                }
                Ok(())
            })
            .unwrap();
            assert_eq!(found, (is, is_on), "{attribute}");
        }
    }

    #[test]
    fn encodings_of_parts() {
        let text = "<r>Zoë</r>";
        let units = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<_>>();
        let (little, big) = (units(u16::to_le_bytes), units(u16::to_be_bytes));
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            [b"\xff\xfe", little.as_slice()].concat(),
            [b"\xfe\xff", big.as_slice()].concat(),
            little,
            big,
        ] {
            assert_eq!(decoded(&bytes).unwrap(), text, "{bytes:?}");
        }
        assert!(decoded(b"<r>\xff</r>").is_err());
    }

    #[test]
    fn escapes_of_workbooks() {
        for (text, means) in
            [("a_x000D_\nb", "a\r\nb"), ("_x", "_x"), ("_xyz_", "_xyz_"), ("a_x0041_", "aA"), ("é_xé", "é_xé")]
        {
            assert_eq!(unescaped(text), means);
        }
    }
}
