//! What the file of each letter is called.

use std::collections::BTreeSet;

use super::letters::Letter;

/// The longest part of a name that goes into the name of a file.
const LONGEST: usize = 60;

/// A name for each letter, in order: the office and the name of the person in plain ASCII, with a number where two
/// would be called the same. No two names are the same, in whatever letters.
pub fn file_names(letters: &[Letter<'_>]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut name = |letter: &Letter<'_>| {
        let role = letter.to.roles.first().map_or("person", |role| role.word());
        let stem = match slug(letter.to.name.raw()) {
            slug if slug.is_empty() => role.to_owned(),
            slug => format!("{role}-{slug}"),
        };
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let free = std::iter::once(stem.clone()).chain(numbered).find(|name| !taken.contains(name));
        let free = free.unwrap_or(stem);
        taken.insert(free.clone());
        format!("{free}.eml")
    };
    letters.iter().map(&mut name).collect()
}

/// Small letters, digits and hyphens: `Zoë O'Hara` becomes `zoe-o-hara`.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for character in name.chars() {
        let plain = plain(character);
        let is_gap = plain.is_empty() && character.is_ascii();
        if is_gap && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        slug.push_str(&plain);
        if slug.len() >= LONGEST {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// What a small letter is without its mark, for the languages of Europe.
const MARKED: [(&str, &str); 25] = [
    ("àáâãåāăą", "a"),
    ("ä", "ae"),
    ("æ", "ae"),
    ("çćĉċč", "c"),
    ("ðďđ", "d"),
    ("èéêëēĕėęě", "e"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįı", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŋ", "n"),
    ("òóôõøōŏő", "o"),
    ("öœ", "oe"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ß", "ss"),
    ("ţťŧț", "t"),
    ("þ", "th"),
    ("ùúûũūŭůűų", "u"),
    ("ü", "ue"),
    ("ŵ", "w"),
    ("ýÿŷ", "y"),
    ("źżž", "z"),
];

/// A character in plain small letters; nothing where there is no telling.
fn plain(character: char) -> String {
    if character.is_ascii_alphanumeric() {
        return character.to_ascii_lowercase().to_string();
    }
    let small: String = character.to_lowercase().collect();
    let found = MARKED.into_iter().find(|(marked, _)| small.chars().all(|one| marked.contains(one)));
    found.map_or("", |(_, plain)| plain).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_and_short() {
        assert_eq!(slug("Zoë O'Hara"), "zoe-o-hara");
        assert_eq!(slug("Łukasz Żak-Öz"), "lukasz-zak-oez");
        assert_eq!(slug("../../etc/passwd"), "etc-passwd");
        assert_eq!(slug("\r\n\u{1b}[31m \"x\""), "31m-x");
        assert_eq!(slug("王芳"), "");
        assert_eq!(slug("Zoe\u{301} H"), "zoe-h");
        assert_eq!(slug(&"ab ".repeat(900)).len(), 59);
    }
}
