//! What a committee puts into its papers itself: a letterhead, a heading, closing words, a style. Each is a template of the
//! case folder, in place of what is built in.

use minijinja::{AutoEscape, Environment, Value, context};

use super::paper::Paper;
use crate::reminders::{TemplateError, environment, names};

/// A part of a paper that a case folder can have a file for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What stands above the title: the committee's name, its address, its sign.
    Letterhead,
    /// The title, and below it what the paper is about.
    Heading,
    /// Words before the lines about the paper.
    Closing,
    /// Rules of style, after those that are built in.
    Style,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Letterhead, Self::Heading, Self::Closing, Self::Style];

    /// Where a case folder keeps its own.
    pub fn path(self) -> &'static str {
        match self {
            Self::Letterhead => "templates/letterhead.html",
            Self::Heading => "templates/heading.html",
            Self::Closing => "templates/closing.html",
            Self::Style => "templates/paper.css",
        }
    }

    /// What would have a page run or fetch something, as it stands in small letters.
    fn forbidden(self) -> &'static [&'static str] {
        match self {
            Self::Style => &["</style", "@import", "url("],
            _ => &[
                "<script",
                "<style",
                "<link",
                "<meta",
                "<base",
                "<iframe",
                "<object",
                "<embed",
                "javascript:",
                " style=",
                "url(",
                "src=\"http",
                "src='http",
                "src=http",
            ],
        }
    }
}

/// How long a part may be once it is made, in bytes: room for a picture.
const MOST_BYTES: usize = 256 * 1024;

/// The kinds of papers, as a template is told of them.
pub const KINDS: [&str; 8] = ["lcc", "course", "wall", "spc", "minutes", "student", "supervisor", "index"];

/// A file of a case folder, read and tried.
pub struct OwnPart {
    part: Part,
    file: String,
    source: String,
    environment: Environment<'static>,
}

/// The parts of one paper, as they stand in its page; none where the built-in one stands.
#[derive(Clone, Debug, Default)]
pub struct OwnParts {
    /// HTML above the title.
    pub letterhead: Option<String>,
    /// HTML in place of the title and what the paper is about.
    pub heading: Option<String>,
    /// HTML before the lines about the paper.
    pub closing: Option<String>,
    /// Rules of style.
    pub style: Option<String>,
}

/// What a template is told of a paper.
#[derive(Clone, Debug)]
pub struct Told {
    kind: &'static str,
    title: String,
    about: Vec<(&'static str, String)>,
}

/// Gives the parts of a paper of a kind.
pub type Dressing<'d> = dyn Fn(&Paper, &'static str) -> Result<OwnParts, TemplateError> + 'd;

impl Told {
    /// Of a paper of a kind.
    pub fn of(paper: &Paper, kind: &'static str) -> Self {
        Self { kind, title: paper.title.clone(), about: paper.about.clone() }
    }

    fn value(&self) -> Value {
        let about = self.about.iter().map(|(label, words)| context! { label => *label, words => words.as_str() });
        context! { kind => self.kind, title => self.title.as_str(), about => about.collect::<Vec<_>>() }
    }
}

impl OwnPart {
    /// Reads a part, and tries it on a paper of every kind, so that a fault shows at once. `file` is what the file is called.
    pub fn read(part: Part, file: &str, text: &str) -> Result<Self, TemplateError> {
        let source = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        for (line, number) in source.lines().zip(1..) {
            let line = line.to_lowercase();
            if let Some(found) = part.forbidden().iter().find(|found| line.contains(**found)) {
                let message = format!("a paper runs and fetches nothing, and \"{}\" could", found.trim());
                let help =
                    "style belongs into templates/paper.css, and a picture into the file itself, as SVG or as data";
                return Err(TemplateError::new(file, Some(number), &message, help));
            }
        }
        let wrong = |error: &minijinja::Error| TemplateError::of_engine(file, error, &[]);
        let mut environment = environment(AutoEscape::Html).map_err(|error| wrong(&error))?;
        if part != Part::Style {
            environment.add_template_owned(part.path(), source.clone()).map_err(|error| wrong(&error))?;
        }
        let own = Self { part, file: file.to_owned(), source, environment };
        for kind in KINDS {
            let about = vec![("Judged as of", "31 January 2026".to_owned())];
            own.made(&Told { kind, title: "A title".to_owned(), about })?;
        }
        Ok(own)
    }

    /// Which part it is.
    pub fn part(&self) -> Part {
        self.part
    }

    /// What its file is called.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// What it was made of.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The error where it was stopped, because it did not come to an end.
    pub fn stopped(file: &str) -> TemplateError {
        crate::reminders::Template::stopped(file)
    }

    /// What it makes of a paper.
    pub fn made(&self, told: &Told) -> Result<String, TemplateError> {
        if self.part == Part::Style {
            return Ok(self.source.clone());
        }
        let value = told.value();
        let made = self.environment.get_template(self.part.path()).and_then(|template| template.render(&value));
        let made = made.map_err(|error| {
            let known = names(&value);
            TemplateError::of_engine(&self.file, &error, &known.iter().map(String::as_str).collect::<Vec<_>>())
        })?;
        if made.len() > MOST_BYTES {
            let message = format!("it makes more than {} KiB", MOST_BYTES / 1024);
            return Err(TemplateError::new(&self.file, None, &message, "look for a text repeated too often"));
        }
        Ok(made)
    }
}

impl OwnParts {
    /// These with what a part has made.
    #[must_use]
    pub fn with(mut self, part: Part, made: String) -> Self {
        let place = match part {
            Part::Letterhead => &mut self.letterhead,
            Part::Heading => &mut self.heading,
            Part::Closing => &mut self.closing,
            Part::Style => &mut self.style,
        };
        *place = Some(made);
        self
    }

    /// Whether the page has anything of the committee's own.
    pub(super) fn is_any(&self) -> bool {
        [&self.letterhead, &self.heading, &self.closing, &self.style].into_iter().any(Option::is_some)
    }
}
