//! The end of a letter: from whom it is, and how confidential.

use super::committee::{judged_by, what_is_left_out};
use super::paper::Section;
use crate::folder::JudgedFolder;
use crate::records::Course;
use crate::reports::Sheet;
use crate::text::{Text, all_of};

/// The convenors of courses, who sign a letter, each once with their courses.
#[derive(Default)]
pub(super) struct Signature<'a> {
    courses: Vec<&'a Course>,
}

impl<'a> Signature<'a> {
    /// Adds the convenor of a course by its id; nobody, where no record tells of it.
    pub fn add(&mut self, judged: &JudgedFolder<'a>, course: Option<&Text>) {
        let mut courses = judged.folder.case.records.courses.iter().filter(|entry| Some(&entry.id) == course);
        let course = courses.find_map(|entry| entry.record.as_deref());
        let is_new = |one: &&Course| !self.courses.iter().any(|known| std::ptr::eq(*known, *one));
        self.courses.extend(course.filter(is_new));
    }

    /// Whoever signs, as the object of a sentence.
    pub fn me(&self) -> &'static str {
        match self.signed().len() {
            0 => "the convenor of your course",
            1 => "me",
            _ => "us",
        }
    }

    /// Whom the receiver is to tell what is wrong: a sentence for the beginning, in which whoever signs speaks.
    pub fn please(&self) -> String {
        format!("Please tell {} where something here is not as you know it.", self.me())
    }

    /// The end of the letter; none where nobody is known who could sign it.
    pub fn section(&self) -> Option<Section> {
        let named = self.signed().into_iter().map(|(convenor, email, courses)| {
            let address = email.map(|email| format!(", {email}")).unwrap_or_default();
            format!("{convenor}, convenor of {}{address}", all_of(courses))
        });
        let lead: Vec<_> = named.collect();
        (!lead.is_empty()).then(|| Section::of_sheets("With kind regards", [Sheet { lead, ..Sheet::new("") }]))
    }

    fn signed(&self) -> Vec<(&Text, Option<&Text>, Vec<&Text>)> {
        let mut signed: Vec<(&Text, Option<&Text>, Vec<&Text>)> = Vec::new();
        for course in &self.courses {
            let Course { convenor, email, name, .. } = *course;
            match signed.iter_mut().find(|(known, address, _)| (*known, *address) == (convenor, email.as_ref())) {
                Some((.., courses)) => courses.push(name),
                None => signed.push((convenor, email.as_ref(), vec![name])),
            }
        }
        signed
    }
}

/// What stands below a letter: its reader knows no folder.
pub(super) fn foot_of_letter(judged: &JudgedFolder<'_>) -> Vec<String> {
    let mut foot = judged_by(judged);
    let left_out = what_is_left_out(judged.folder.left_out);
    foot.push(format!("Made by {}. {left_out}Please keep this letter confidential.", crate::PROGRAM));
    foot
}
