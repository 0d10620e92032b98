//! A table of text: CSV as spreadsheet programs save it.

use super::NotATable;
use super::grid::{Grid, MOST_COLUMNS, MOST_ROWS, Row, Value};

/// Reads a table of text. `is_heading` says whether a cell is a heading that means something: it settles what
/// separates the cells, where several characters could.
pub fn read(bytes: &[u8], is_heading: &dyn Fn(&str) -> bool) -> Result<Grid, NotATable> {
    let (text, encoding) = decoded(bytes)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let (separator, body) = match said_separator(text) {
        Some((separator, body)) => (separator, body),
        None => (separator_of(text, is_heading)?, text),
    };
    let mut rows = Vec::new();
    for (number, cells) in records(body, separator)?.into_iter().enumerate() {
        let row = Row { number: number + 1, cells: cells.iter().map(|cell| Value::text(cell)).collect() };
        if row.is_empty() {
            continue;
        }
        if row.cells.iter().rposition(|cell| !cell.is_empty()) >= Some(MOST_COLUMNS) {
            return Err(NotATable::TooManyColumns);
        }
        rows.push(row);
        if rows.len() > MOST_ROWS {
            return Err(NotATable::TooManyRows);
        }
    }
    let separated = match separator {
        ',' => "separated by commas",
        ';' => "separated by semicolons",
        '\t' => "separated by tabs",
        _ => "separated as its first line says",
    };
    let read_as = format!("{encoding}, {separated}");
    Ok(Grid { read_as, rows, ..Grid::default() })
}

/// The text, and what its characters were written as.
fn decoded(bytes: &[u8]) -> Result<(String, &'static str), NotATable> {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, u16::from_be_bytes);
    }
    if bytes.contains(&0) {
        return Err(NotATable::NoText);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), "UTF-8"));
    }
    let text: Option<String> = bytes.iter().map(|byte| windows_1252(*byte)).collect();
    Ok((text.ok_or(NotATable::NoText)?, "Windows-1252"))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<(String, &'static str), NotATable> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    let text = String::from_utf16(&units).ok().filter(|text| rest.is_empty() && !text.contains('\0'));
    Ok((text.ok_or(NotATable::NoText)?, "UTF-16"))
}

/// The character of a byte, where it stands for one.
fn windows_1252(byte: u8) -> Option<char> {
    const UPPER: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”',
        '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => Some(UPPER[usize::from(byte - 0x80)]).filter(|character| *character != '\0'),
        other => Some(char::from(other)),
    }
}

/// What the first line says separates the cells, `sep=;`, and the lines below it.
fn said_separator(text: &str) -> Option<(char, &str)> {
    let (line, body) = text.split_once('\n')?;
    let said = line.trim_end_matches('\r').strip_prefix("sep=")?;
    let mut characters = said.chars();
    let separator = characters.next().filter(|character| *character != '"')?;
    characters.next().is_none().then_some((separator, body))
}

/// What separates the cells: the character that makes the most known headings of one of the first lines.
fn separator_of(text: &str, is_heading: &dyn Fn(&str) -> bool) -> Result<char, NotATable> {
    const LINES: usize = 20;
    let start = text.split_inclusive('\n').take(LINES).map(str::len).sum::<usize>();
    let start = &text[..start];
    let weigh = |separator: char| {
        // A cell that is still open where the first lines end is no reason to give up here.
        let rows = match records(start, separator) {
            Ok(rows) => rows,
            Err(_) => records(start.lines().next().unwrap_or_default(), separator).unwrap_or_default(),
        };
        let of_row = |cells: &Vec<String>| (cells.iter().filter(|cell| is_heading(cell)).count(), cells.len());
        rows.iter().map(of_row).max().unwrap_or_default()
    };
    let mut weighed = [',', ';', '\t'].map(|separator| (weigh(separator), separator));
    weighed.sort_unstable_by(|one, other| other.cmp(one));
    let [(best, separator), (second, _), _] = weighed;
    if best == second && best.1 > 1 {
        return Err(NotATable::UnclearSeparator);
    }
    // A table of one column has none.
    Ok(if best.1 > 1 { separator } else { ',' })
}

/// The cells of every record. A cell in quotation marks can hold separators, line breaks and, doubled, quotation marks.
fn records(text: &str, separator: char) -> Result<Vec<Vec<String>>, NotATable> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut characters = text.chars().peekable();
    let (mut quoted, mut was_quoted, mut opened_in) = (false, false, 0);
    while let Some(character) = characters.next() {
        if quoted {
            match character {
                '"' if characters.next_if_eq(&'"').is_some() => cell.push('"'),
                '"' => quoted = false,
                '\r' if characters.peek() == Some(&'\n') => {}
                other => cell.push(other),
            }
            continue;
        }
        match character {
            '"' if cell.trim().is_empty() && !was_quoted => {
                cell.clear();
                (quoted, was_quoted, opened_in) = (true, true, rows.len() + 1);
            }
            _ if character == separator => {
                row.push(std::mem::take(&mut cell));
                was_quoted = false;
            }
            '\n' | '\r' => {
                if character == '\r' {
                    characters.next_if_eq(&'\n');
                }
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
                was_quoted = false;
            }
            other if was_quoted && !other.is_whitespace() => {
                return Err(NotATable::AfterQuotes { row: rows.len() + 1 });
            }
            _ if was_quoted => {}
            other => cell.push(other),
        }
    }
    if quoted {
        return Err(NotATable::OpenQuotes { row: opened_in });
    }
    if !cell.is_empty() || !row.is_empty() || was_quoted {
        row.push(cell);
        rows.push(row);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(bytes: &[u8]) -> Result<Grid, NotATable> {
        read(bytes, &|cell| ["Date", "Length", "Length, in minutes", "Notes"].contains(&cell.trim()))
    }

    fn cells(grid: &Grid) -> Vec<(usize, Vec<String>)> {
        let shown = |value: &Value| if let Value::Text(text) = value { text.clone() } else { String::new() };
        grid.rows.iter().map(|row| (row.number, row.cells.iter().map(shown).collect())).collect()
    }

    fn of(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn separators() {
        for (text, read_as) in [
            ("Date,Length\n7,90\n", "UTF-8, separated by commas"),
            ("Date;Length\n7;90\n", "UTF-8, separated by semicolons"),
            ("Date\tLength\r\n7\t90", "UTF-8, separated by tabs"),
            ("Date;Length, in minutes\n7;90\n", "UTF-8, separated by semicolons"),
            ("Our group; 2025, spring, late\nDate,Length\n7,90\n", "UTF-8, separated by commas"),
            ("sep=;\nDate;Length\n7;90\n", "UTF-8, separated by semicolons"),
        ] {
            let grid = grid(text.as_bytes()).unwrap();
            assert_eq!(grid.read_as, read_as, "{text:?}");
            assert_eq!(cells(&grid).last().unwrap().1, of(&["7", "90"]));
        }
        assert_eq!(grid(b"a,b;c\n1,2;3\n"), Err(NotATable::UnclearSeparator));
        let said = grid(b"sep=|\r\nDate|Length\n7|90\n").unwrap();
        assert_eq!(said.read_as, "UTF-8, separated as its first line says");
        assert_eq!(cells(&said), [(1, of(&["Date", "Length"])), (2, of(&["7", "90"]))]);
        for nothing in ["sep=\"\nDate,Length\n", "sep=;;\nDate,Length\n"] {
            let read = grid(nothing.as_bytes());
            assert!(!read.is_ok_and(|read| read.read_as.ends_with("says")), "{nothing:?}");
        }
        let one = grid(b"Date\n7\n").unwrap();
        assert_eq!(cells(&one), [(1, of(&["Date"])), (2, of(&["7"]))]);
        assert_eq!(one.read_as, "UTF-8, separated by commas");
    }

    #[test]
    fn quotes_and_line_breaks() {
        let read =
            grid(b"Date,Notes\r\n7,\"one, \"\"two\"\"\r\nthree\"\r\n\r\n,\r\n8, \"x\" \r\n9,5\" nail\r\n").unwrap();
        let rows = [
            (1, of(&["Date", "Notes"])),
            (2, of(&["7", "one, \"two\"\nthree"])),
            (5, of(&["8", "x"])),
            (6, of(&["9", "5\" nail"])),
        ];
        assert_eq!(cells(&read), rows);
        assert_eq!(grid(b"Date,Notes\n7,\"open\n8,9\n"), Err(NotATable::OpenQuotes { row: 2 }));
        assert_eq!(grid(b"Date,Notes\n7,\"a\" b\n"), Err(NotATable::AfterQuotes { row: 2 }));
        // An old Mac's line breaks.
        assert_eq!(grid(b"Date,Notes\r7,8\r").unwrap().rows.len(), 2);
        assert_eq!(cells(&grid(b"Date,Notes\r7,\"a\rb\"\r").unwrap())[1].1, of(&["7", "a\rb"]));
        // A last line need not end, whatever it holds.
        for (last, row) in [("7", &["7"][..]), ("7,", &["7", ""]), (",8", &["", "8"]), ("\"7\"", &["7"])] {
            let read = grid(format!("Date,Notes\n{last}").as_bytes()).unwrap();
            assert_eq!(cells(&read)[1..], [(2, of(row))], "{last:?}");
        }
    }

    #[test]
    fn encodings() {
        let second = |bytes: &[u8]| {
            let grid = grid(bytes).unwrap();
            (grid.read_as.clone(), cells(&grid)[1].1[1].clone())
        };
        assert_eq!(second("\u{feff}Date,Notes\n7,Zoë – late\n".as_bytes()).1, "Zoë – late");
        let (read_as, text) = second(b"Date,Notes\n7,Zo\xeb \x96 late\n");
        assert_eq!((read_as.as_str(), text.as_str()), ("Windows-1252, separated by commas", "Zoë – late"));
        let utf16: Vec<u8> = "\u{feff}Date\tNotes\n7\tZoë\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(second(&utf16), ("UTF-16, separated by tabs".to_owned(), "Zoë".to_owned()));
        assert_eq!(grid(b"Date,Notes\n7,\x81\n"), Err(NotATable::NoText));
        assert_eq!(grid(b"Date\0,Notes"), Err(NotATable::NoText));
        assert_eq!(grid(b"\xff\xfeD"), Err(NotATable::NoText));
    }

    #[test]
    fn bounds() {
        let rows = "7,8\n".repeat(MOST_ROWS);
        assert_eq!(grid(format!("Date,Length\n{rows}").as_bytes()), Err(NotATable::TooManyRows));
        assert_eq!(grid(format!("Date,Length\n{}", &rows[4..]).as_bytes()).unwrap().rows.len(), MOST_ROWS);
        assert_eq!(grid(",".repeat(100_000).as_bytes()).map(|grid| grid.rows.len()), Ok(0));
        assert_eq!(grid(format!("{}x", ",".repeat(200)).as_bytes()), Err(NotATable::TooManyColumns));
        assert!(grid(format!("{}x", ",".repeat(199)).as_bytes()).is_ok());
    }
}
