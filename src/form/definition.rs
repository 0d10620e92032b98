//! What a form asks.

/// What a form says of how it comes back, where it goes round by mail.
pub const BY_MAIL: &str = "Please answer below, and send the whole text back as a reply. Leave the last line, the reference: it \
                           says which form this is.";

/// A form. All texts in it are written with whatever could deceive made visible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// What the form is about, in words of small letters, digits, `-` and `/`: its kind, the record, a day. The foot of
    /// the form repeats them, and from them the same form can be made again.
    pub about: Vec<String>,
    /// Its title.
    pub title: String,
    /// What is known already, each with its label.
    pub known: Vec<(String, String)>,
    /// What is said first, a paragraph each.
    pub lead: Vec<String>,
    /// Its sections. Titles of those that are not marked differ.
    pub sections: Vec<Section>,
}

/// A section of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// What the section is called in the program: another one for each.
    pub id: String,
    /// Whether the id stands below the title. A section whose title can change, or is that of another one, needs it.
    pub is_marked: bool,
    /// Its title.
    pub title: String,
    /// What is said first, a paragraph each.
    pub lead: Vec<String>,
    /// What is asked. The labels of a section differ.
    pub fields: Vec<Field>,
}

/// One thing that is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What the field is called in the program: another one for each of its section.
    pub key: String,
    /// How it is called on the form: up to 40 letters.
    pub label: String,
    /// What stands in brackets behind the label.
    pub hint: Option<String>,
    /// How it is answered.
    pub kind: Kind,
    /// An answer that stands there already.
    pub filled: Option<String>,
}

/// How a field is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In a few words on the line.
    Words,
    /// In sentences or paragraphs below the label.
    Text,
    /// By one of these.
    Choice(Vec<Choice>),
}

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The word for it.
    pub word: String,
    /// A letter or mark that says the same.
    pub mark: Option<char>,
    /// Other words that say the same, and none of the other choices.
    pub also: &'static [&'static str],
}

impl Form {
    /// A field of the form.
    pub fn field(&self, section: &str, key: &str) -> Option<&Field> {
        let section = self.sections.iter().find(|one| one.id == section)?;
        section.fields.iter().find(|one| one.key == key)
    }
}

impl Field {
    /// A field with nothing filled in.
    pub fn new(key: &str, label: &str, kind: Kind) -> Self {
        Self { key: key.to_owned(), label: label.to_owned(), hint: None, kind, filled: None }
    }

    /// With words in brackets behind the label.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

impl Kind {
    /// A choice of words.
    pub fn words<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        Self::Choice(words.into_iter().map(|word| Choice { word: word.to_owned(), mark: None, also: &[] }).collect())
    }

    /// A choice of words, each with a letter or mark that says the same.
    pub fn marked<'w>(words: impl IntoIterator<Item = (char, &'w str)>) -> Self {
        let choice = |(mark, word): (char, &str)| Choice { word: word.to_owned(), mark: Some(mark), also: &[] };
        Self::Choice(words.into_iter().map(choice).collect())
    }
}
