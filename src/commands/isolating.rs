//! What is written to a terminal, in which names written from right to left stand by themselves.

use std::io::{self, Write};

use gwp::text::isolated;

/// A writer to a terminal: it holds a line back until the line ends or the writer is flushed.
pub struct Isolating<W: Write> {
    out: W,
    line: Vec<u8>,
}

impl<W: Write> Isolating<W> {
    /// Nothing written yet.
    pub fn new(out: W) -> Self {
        Self { out, line: Vec::new() }
    }

    fn put_line(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        match str::from_utf8(&line) {
            Ok(text) => self.out.write_all(isolated(text).as_bytes()),
            Err(_) => self.out.write_all(&line),
        }
    }
}

impl<W: Write> Write for Isolating<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.put_line()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.put_line()?;
        self.out.flush()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a vector takes everything")]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_written_in_pieces_stands_by_itself() {
        let mut out = Isolating::new(Vec::new());
        let (first, second) = "דוד לוי: 3 of 30\n12\nלוי 4".as_bytes().split_at(3);
        out.write_all(first).unwrap();
        assert!(out.out.is_empty(), "half a letter waits for the other half");
        out.write_all(second).unwrap();
        out.flush().unwrap();
        let told = String::from_utf8(out.out).unwrap();
        assert_eq!(told, "\u{2068}דוד לוי\u{2069}: 3 of 30\n12\n\u{2068}לוי\u{2069} 4");
    }
}
