//! The words of the letters: which templates there are, and what they make of a letter.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::Arc;

use gwp::Folder;
use gwp::files::names_ending_in;
use gwp::folder::JudgedFolder;
use gwp::form::Form;
use gwp::papers::form_page;
use gwp::reminders::{
    AttachedPage, Chosen, FOLDER, Letter, Piece, Sender, Template, TemplateError, Templates, Values, page_names,
};
use gwp::reports::Sheet;
use gwp::sent_forms::SentForm;
use gwp::text::all_of;

use super::super::guarded::guarded;

/// What a letter says.
pub struct Worded {
    /// Who sends it; none where the convenor who would has no address.
    pub from: Option<Sender>,
    /// The subject, on one line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The pages that are attached.
    pub pages: Vec<AttachedPage>,
}

/// How the forms that a letter asks for go with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forms {
    /// They do not.
    LeftOut,
    /// As text below it.
    Below,
    /// As text below it, and as pages attached to it.
    BelowAndAttached,
}

/// What the letters of a run are worded with.
pub struct Words<'j> {
    judged: &'j [JudgedFolder<'j>],
    templates: Vec<Templates>,
    built_in: Templates,
    forms: Forms,
}

impl<'j> Words<'j> {
    /// The templates of the folders. What a user may take for one is named.
    pub fn of(judged: &'j [JudgedFolder<'j>], forms: Forms) -> anyhow::Result<Self> {
        let templates = judged.iter().map(|one| templates(one.folder)).collect::<Result<Vec<_>, _>>()?;
        name_unused(judged, &templates)?;
        Ok(Self { judged, templates, built_in: Templates::built_in()?, forms })
    }

    /// What each letter says. Nothing is said of a run that a template brings to an end.
    pub fn worded(
        &self,
        letters: &[Letter<'_>],
        sender_of: &dyn Fn(&Letter<'_>) -> Option<Sender>,
    ) -> anyhow::Result<Vec<Worded>> {
        let of_letter = |letter: &Letter<'_>| {
            let chosen = self.chosen(letter);
            let named = sender_of(letter);
            let subject = of_template(chosen.subject, letter, named.as_ref())?;
            let forms = self.forms(letter);
            let pages = if self.forms == Forms::BelowAndAttached { pages(&forms)? } else { Vec::new() };
            let text = of_template(chosen.text, letter, named.as_ref())? + &below(&forms, &pages);
            let from = named.or_else(|| letter.sender());
            Ok(Worded { from, subject, text, pages })
        };
        letters.iter().map(of_letter).collect()
    }

    fn chosen(&self, letter: &Letter<'_>) -> Chosen<'_> {
        Templates::chosen(letter, &self.templates, &self.built_in)
    }

    /// Which of the case folders' own templates were used; nothing where none was.
    pub fn own(&self, letters: &[Letter<'_>]) -> Option<Sheet> {
        let files: BTreeSet<&str> = letters.iter().flat_map(|letter| self.chosen(letter).own).collect();
        if files.is_empty() {
            return None;
        }
        let mut sheet = Sheet::new("");
        sheet.lead.push(format!("In place of built-in words stand those of {}.", all_of(files)));
        Some(sheet)
    }

    /// The forms that go with a letter, each once.
    fn forms(&self, letter: &Letter<'_>) -> Vec<Form> {
        let mut sent: Vec<(usize, SentForm)> = Vec::new();
        for reminder in letter.reminders.iter().filter(|_| self.forms != Forms::LeftOut) {
            let student = reminder.item.student.map(|student| student.id);
            let form = SentForm::asked_by(&reminder.item.obligation, student, reminder.as_of);
            sent.extend(form.map(|form| (reminder.folder, form)).filter(|form| !sent.contains(form)));
        }
        let made = |(folder, form): &(usize, SentForm)| {
            let one = self.judged.get(*folder)?;
            Some(form.made(&one.folder.case, one.as_of).ok()?.form)
        };
        sent.iter().filter_map(made).collect()
    }
}

/// The forms as pages to be attached.
fn pages(forms: &[Form]) -> anyhow::Result<Vec<AttachedPage>> {
    let abouts: Vec<&[String]> = forms.iter().map(|form| form.about.as_slice()).collect();
    let page = |(form, file)| Ok(AttachedPage { file, html: form_page(form)? });
    forms.iter().zip(page_names(&abouts)).map(page).collect()
}

/// What stands below a letter: that the forms are attached, if they are, and the forms.
fn below(forms: &[Form], pages: &[AttachedPage]) -> String {
    if forms.is_empty() {
        return String::new();
    }
    let attached = match pages.len() {
        0 => "",
        1 => {
            "\nThe form is also attached as a page: fill it in on screen, save the answers,\n\
             and send the saved file back.\n"
        }
        _ => {
            "\nThe forms are also attached as pages: fill them in on screen, save the\n\
             answers, and send the saved files back.\n"
        }
    };
    let texts: Vec<String> = forms.iter().map(Form::to_text).collect();
    format!("{attached}\n{}", texts.join("\n\n"))
}

/// The templates of a folder.
fn templates(folder: &Folder) -> Result<Templates, TemplateError> {
    let of = |piece: Piece| {
        let file = folder.name.shown_id(&piece.path());
        let Some(root) = &folder.root else { return Template::built_in(piece) };
        match root.template(piece.path()).map_err(|why| TemplateError::unreadable(&file, &why))? {
            Some(text) => {
                let named = file.clone();
                let read = guarded(move || Template::read(piece, &named, &text));
                read.unwrap_or_else(|| Err(Template::stopped(&file)))
            }
            None => Template::built_in(piece),
        }
    };
    Ok(Templates { text: of(Piece::Text)?.into(), subject: of(Piece::Subject)?.into() })
}

/// Names what a user may take for a template, such as `reminders.txt`.
fn name_unused(judged: &[JudgedFolder<'_>], templates: &[Templates]) -> anyhow::Result<()> {
    for (JudgedFolder { folder, .. }, templates) in judged.iter().zip(templates) {
        let Some(root) = &folder.root else { continue };
        let names = names_ending_in("txt", &root.path.join(FOLDER))?;
        for name in templates.unused(&names) {
            let file = folder.name.shown_id(&format_args!("{FOLDER}/{name}"));
            let known = all_of(Piece::ALL.map(Piece::path));
            writeln!(anstream::stderr(), "gwp: {file} is not used; the templates are {known}")?;
        }
    }
    Ok(())
}

/// What a template makes of a letter. Where no sender is named it is the convenor of the first student.
fn of_template(
    template: &Arc<Template>,
    letter: &Letter<'_>,
    sender: Option<&Sender>,
) -> Result<String, TemplateError> {
    let values = Values::new(letter, sender);
    let Some(file) = template.own_file() else { return template.worded(&values) };
    let worded = guarded({
        let template = Arc::clone(template);
        move || template.worded(&values)
    });
    worded.unwrap_or_else(|| Err(Template::stopped(file)))
}
