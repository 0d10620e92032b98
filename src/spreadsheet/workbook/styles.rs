//! How the cells of a workbook are shown: as a date, with how many decimals, struck through.

use super::super::NotATable;
use super::super::grid::Value;
use super::parts::Parts;
use super::xml::Node;

/// The styles that cells name by their number.
#[derive(Default)]
pub struct Styles(Vec<Style>);

/// How a cell is shown.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// Its number format.
    pub format: Format,
    /// Whether it is struck through.
    pub is_struck: bool,
}

/// How a number is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// As it is, but for what is lost in computing it.
    #[default]
    General,
    /// As a date, a time or a length of time.
    Days,
    /// With so many decimals.
    Decimals(usize),
    /// With other characters: the placeholders and all else of the pattern.
    Pattern(String),
    /// In a way that changes nothing in what it says, or that is not understood.
    Other,
}

impl Styles {
    /// Reads the part.
    pub fn read(parts: &Parts, name: &str) -> Result<Self, NotATable> {
        let (mut formats, mut struck, mut styles) = (Vec::new(), Vec::new(), Vec::new());
        let mut within = Vec::new();
        parts.read(name, |node| {
            match node {
                Node::Start(element) => {
                    let name = element.name();
                    let parent = within.last().map(String::as_str);
                    match (parent, name.as_str()) {
                        (Some("numFmts"), "numFmt") => {
                            formats.extend(number(&element, "numFmtId").zip(element.attribute("formatCode")));
                        }
                        (Some("fonts"), "font") => struck.push(false),
                        (Some("font"), "strike") if within.iter().any(|name| name == "fonts") => {
                            if let Some(last) = struck.last_mut() {
                                *last = element.is_on();
                            }
                        }
                        (Some("cellXfs"), "xf") => {
                            styles.push((number(&element, "numFmtId"), number(&element, "fontId")));
                        }
                        _ => {}
                    }
                    within.push(name);
                }
                Node::End(_) => drop(within.pop()),
                Node::Text(_) => {}
            }
            Ok(())
        })?;
        let style = |(format, font): (Option<usize>, Option<usize>)| {
            let id = format.unwrap_or_default();
            let code = formats.iter().find(|(known, _)| *known == id).map(|(_, code)| code.as_str());
            let format = code.map_or_else(|| built_in(id), Format::of);
            Style { format, is_struck: font.and_then(|font| struck.get(font).copied()).unwrap_or_default() }
        };
        Ok(Self(styles.into_iter().map(style).collect()))
    }

    /// The style of a number.
    pub fn get(&self, number: usize) -> Style {
        self.0.get(number).cloned().unwrap_or_default()
    }
}

fn number(element: &super::xml::Element<'_>, name: &str) -> Option<usize> {
    element.attribute(name)?.parse().ok()
}

/// The formats that every workbook knows without saying so.
fn built_in(id: usize) -> Format {
    match id {
        0 => Format::General,
        1 | 3 => Format::Decimals(0),
        2 | 4 => Format::Decimals(2),
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Format::Days,
        _ => Format::Other,
    }
}

impl Format {
    /// What a code says of numbers that are not negative.
    fn of(code: &str) -> Self {
        let code = first_section(code);
        if is_of_days(code) {
            return Self::Days;
        }
        if code.eq_ignore_ascii_case("general") {
            return Self::General;
        }
        if code.contains(['[', '%', '*', '_', '@', '?']) || code.contains("E+") || code.contains("E-") {
            return Self::Other;
        }
        let (whole, decimals) = code.split_once('.').unwrap_or((code, ""));
        let is_plain =
            ["0", "#", "#,##0", "#,###", "##0"].contains(&whole) && decimals.chars().all(|c| "0#".contains(c));
        if is_plain { Self::Decimals(decimals.len()) } else { Self::Pattern(code.to_owned()) }
    }

    /// A number as it is shown.
    pub fn shown(&self, number: f64) -> Value {
        match self {
            Self::Days => Value::Days(number),
            Self::General => Value::Number(without_noise(number)),
            Self::Other => Value::Number(number),
            Self::Decimals(decimals) => Value::Number(format!("{number:.decimals$}").parse().unwrap_or(number)),
            Self::Pattern(pattern) => match filled(pattern, without_noise(number)) {
                Some(text) => Value::text(&text),
                None => Value::Number(number),
            },
        }
    }
}

/// A number with as many digits as a spreadsheet shows: what is lost in computing it is behind these.
fn without_noise(number: f64) -> f64 {
    format!("{number:.9e}").parse().unwrap_or(number)
}

/// What is shown of numbers that are not negative.
fn first_section(code: &str) -> &str {
    let mut is_quoted = false;
    let end = code.find(|c| {
        is_quoted ^= c == '"';
        c == ';' && !is_quoted
    });
    &code[..end.unwrap_or(code.len())]
}

/// Whether a code has a letter for a part of a day outside of quotation marks and brackets, or an elapsed time in these.
fn is_of_days(code: &str) -> bool {
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' | '_' | '*' => drop(characters.next()),
            '"' => drop(characters.by_ref().find(|c| *c == '"')),
            '[' => {
                let inside: String = characters.by_ref().take_while(|c| *c != ']').collect();
                let inside = inside.to_lowercase();
                if !inside.is_empty() && ["h", "m", "s"].iter().any(|letter| inside.chars().all(|c| letter.contains(c)))
                {
                    return true;
                }
            }
            'd' | 'm' | 'y' | 'h' | 's' | 'D' | 'M' | 'Y' | 'H' | 'S' => return true,
            'G' | 'g' => return false,
            _ => {}
        }
    }
    false
}

/// A whole number in a pattern such as `00000000`, `0" min"` or `00-0000`; none where it does not fit.
fn filled(pattern: &str, number: f64) -> Option<String> {
    if number.fract() != 0.0 || !(0.0..1e15).contains(&number) || pattern.contains(['.', ',']) {
        return None;
    }
    let mut pieces = Vec::new();
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '0' | '#' => pieces.push((true, character)),
            '\\' => pieces.push((false, characters.next()?)),
            '"' => pieces.extend(characters.by_ref().take_while(|c| *c != '"').map(|c| (false, c))),
            other => pieces.push((false, other)),
        }
    }
    let first = pieces.iter().position(|(is_digit, _)| *is_digit)?;
    let mut digits = if number == 0.0 { Vec::new() } else { format!("{number:.0}").chars().collect() };
    let mut made = Vec::new();
    for (at, (is_digit, character)) in pieces.iter().enumerate().rev() {
        match is_digit {
            true => made.extend(digits.pop().or((*character == '0').then_some('0'))),
            false => made.push(*character),
        }
        if at == first {
            made.extend(digits.drain(..).rev());
        }
    }
    Some(made.into_iter().rev().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_are_shown() {
        let shown = |code: &str, number: f64| Format::of(code).shown(number);
        for (code, number, text) in [
            ("00000000", 1234.0, "00001234"),
            ("000000", 41_025.0, "041025"),
            ("0\" min\"", 90.0, "90 min"),
            ("00-0000", 1234.0, "00-1234"),
            ("00-0000", 5_001_234.0, "500-1234"),
            ("\"REG\"0000;-0", 12.0, "REG0012"),
            ("0\\h", 2.0, "2h"),
        ] {
            assert_eq!(shown(code, number), Value::text(text), "{code}");
        }
        for (code, number, wanted) in [
            ("General", 14.999_999_999_999_98, 15.0),
            ("General", 74.999_999_999_999_89, 75.0),
            ("General", 1.75, 1.75),
            ("0", 89.6, 90.0),
            ("0.0", 1.25, 1.2),
            ("#,##0", 1234.0, 1234.0),
            ("0%", 0.5, 0.5),
            ("[Red]0", 7.0, 7.0),
        ] {
            assert_eq!(shown(code, number), Value::Number(wanted), "{code}");
        }
        for code in ["dd/mm/yyyy", "[h]:mm", "[$-809]d mmmm yyyy", "hh:mm AM/PM", "yyyy\\-mm\\-dd", "[$-F800]dddd"] {
            assert_eq!(shown(code, 45_937.0), Value::Days(45_937.0), "{code}");
        }
        assert_eq!(shown("0\" days\"", 3.0), Value::text("3 days"));
    }

    #[test]
    fn a_pattern_is_filled_by_whole_numbers() {
        for (pattern, number, text) in [
            ("000", 7.0, Some("007")),
            ("000", 0.0, Some("000")),
            ("##0", 7.0, Some("7")),
            ("00-00", 12_345.0, Some("123-45")),
            ("000", 999_999_999_999_999.0, Some("999999999999999")),
            ("000", 1e15, None),
            ("000", -7.0, None),
            ("000", 1.5, None),
            ("0.0", 7.0, None),
            ("#,##0", 7.0, None),
            ("text", 7.0, None),
        ] {
            assert_eq!(filled(pattern, number).as_deref(), text, "{pattern}: {number}");
        }
    }
}
