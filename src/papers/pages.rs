//! A folder of pages to look around in: an index, and a page for each course, student and supervisor.

use std::collections::{BTreeSet, HashMap};

use super::among::{Among, Link};
use super::committee::{ForMeeting, ReadBy, Scope, about, case_section, foot, of_folder};
use super::figures::Figures;
use super::html::html_among;
use super::own::Dressing;
use super::paper::{Paper, Section};
use super::supervisor::{is_supervised_by, of_supervisor};
use crate::folder::{JudgedFolder, Selection};
use crate::judgement::{Roster, StudentResult, Verdict};
use crate::records::Body;
use crate::reminders::TemplateError;
use crate::reports::{Column, Locating, Sheet, sessions_of_required, verdict_tone};
use crate::text::{Text, counted, slug};

/// The file in which one begins to look around.
pub const INDEX: &str = "index.html";

/// The longest part of an id that goes into the name of a file.
const LONGEST: usize = 80;

/// A page of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What its file is called: small letters, digits and hyphens, and `.html`.
    pub file: String,
    /// Its text.
    pub text: String,
}

/// Somebody or something that has a page.
struct Subject<'a> {
    id: &'a Text,
    /// What the page is called, which nothing else is called.
    title: String,
    file: String,
}

/// A student in the index.
struct Row {
    title: String,
    course: String,
    verdict: Verdict,
    sessions: String,
}

/// All pages of a folder, the index first. `dressing` gives what the committee puts into each. `locate` says where evidence stands.
pub fn pages(
    judged: &JudgedFolder<'_>,
    dressing: &Dressing<'_>,
    locate: &mut Locating<'_>,
) -> Result<Vec<Page>, TemplateError> {
    let records = &judged.folder.case.records;
    let mut files = FileNames::default();
    let courses: Vec<_> =
        records.courses.iter().map(|one| (&one.id, one.record.as_deref().map(|one| &one.name))).collect();
    let courses = files.subjects("course", courses);
    let supervisors = records.supervisors.iter();
    let supervisors: Vec<_> = supervisors.map(|one| (&one.id, one.record.as_deref().map(|one| &one.name))).collect();
    let supervisors = files.subjects("supervisor", supervisors);
    let roster = judged.roster(&Selection::default(), &mut |_, _| {});
    let students = files.subjects("student", roster.students.iter().map(|one| (one.id, one.name)).collect());
    let site =
        Site { judged, dressing, links: links(&[&courses, &students, &supervisors]), courses, supervisors, students };
    let mut made = Vec::new();
    let mut rows = Vec::new();
    let mut failed = None;
    judged.roster(&Selection::default(), &mut |result, judgement| {
        let Some(subject) = site.students.iter().find(|one| one.id == result.id) else { return };
        let sessions = judgement.map(|one| {
            let facts = &one.facts;
            sessions_of_required(facts.series.len(), facts.parameters.sessions_required)
        });
        rows.push(Row {
            title: subject.title.clone(),
            course: result.course.map(|id| site.course(id)).unwrap_or_default(),
            verdict: result.verdict,
            sessions: sessions.unwrap_or_default(),
        });
        let read_by = ReadBy { body: Body::Lcc, is_concerned: None };
        let section =
            Section { begins_page: false, ..case_section(judged, result, (judgement, None), read_by, locate) };
        match site.student(subject, result, section) {
            Ok(page) => made.push(page),
            Err(error) => failed = failed.take().or(Some(error)),
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    for subject in &site.courses {
        made.push(site.course_page(subject, locate)?);
    }
    for (subject, entry) in site
        .supervisors
        .iter()
        .filter_map(|one| records.supervisors.iter().find(|entry| entry.id == *one.id).map(|entry| (one, entry)))
    {
        let name = entry.record.as_deref().map_or(&entry.id, |record| &record.name);
        made.push(site.page("supervisor", subject, &of_supervisor(judged, &entry.id, name), Vec::new())?);
    }
    made.insert(0, site.index(&roster, rows)?);
    Ok(made)
}

/// The folder of pages.
struct Site<'s> {
    judged: &'s JudgedFolder<'s>,
    dressing: &'s Dressing<'s>,
    courses: Vec<Subject<'s>>,
    supervisors: Vec<Subject<'s>>,
    students: Vec<Subject<'s>>,
    links: HashMap<String, String>,
}

impl Site<'_> {
    fn page(
        &self,
        kind: &'static str,
        subject: &Subject<'_>,
        paper: &Paper,
        beside: Vec<Link>,
    ) -> Result<Page, TemplateError> {
        let back = Link { label: "", words: "All pages".to_owned(), to: Some(INDEX.to_owned()) };
        let trail = [back].into_iter().chain(beside).collect();
        let among = Among { trail, finds: false, pages: Some(&self.links), own: &subject.file };
        Ok(Page { file: subject.file.clone(), text: html_among(paper, &(self.dressing)(paper, kind)?, &among)? })
    }

    fn student(
        &self,
        subject: &Subject<'_>,
        result: &StudentResult<'_>,
        section: Section,
    ) -> Result<Page, TemplateError> {
        let beside = |label, one: &Subject<'_>| Link { label, words: one.title.clone(), to: Some(one.file.clone()) };
        let course = self.courses.iter().filter(|one| result.course == Some(one.id)).map(|one| beside("Course", one));
        let theirs = |one: &&Subject<'_>| result.case.is_some_and(|case| is_supervised_by(case, one.id));
        let supervisors = self.supervisors.iter().filter(theirs).map(|one| beside("Supervisor", one));
        let beside = course.chain(supervisors).collect();
        let course = result.course.map(|id| ("Course", self.course(id)));
        let about = course.into_iter().chain([("Judged as of", self.judged.as_of.to_string())]).collect();
        let title = subject.title.clone();
        let paper = Paper { title, about, sections: vec![section], foot: foot(self.judged) };
        self.page("student", subject, &paper, beside)
    }

    fn course_page(&self, subject: &Subject<'_>, locate: &mut Locating<'_>) -> Result<Page, TemplateError> {
        let selection = Selection { courses: vec![subject.id.raw().to_owned()], ..Selection::default() };
        let paper = of_folder(Scope::Course, self.judged, &selection, ForMeeting::default(), locate);
        self.page("course", subject, &Paper { title: subject.title.clone(), ..paper }, Vec::new())
    }

    /// What the page of a course is called.
    fn course(&self, id: &Text) -> String {
        let course = self.courses.iter().find(|one| one.id == id);
        course.map_or_else(|| id.to_string(), |course| course.title.clone())
    }

    fn index(&self, roster: &Roster<'_>, rows: Vec<Row>) -> Result<Page, TemplateError> {
        let mut figures = Figures::default();
        figures.add(roster, None, &|id| self.course(id));
        let courses = Section { title: "Courses".to_owned(), ..figures.section() };
        let columns = [
            Column::flexible("Student", "student", 16, |row: &Row| row.title.as_str().into()),
            Column::fixed("Verdict", "verdict", |row| row.verdict.word().into()),
            Column::fixed("Sessions", "sessions", |row| row.sessions.as_str().into()),
            Column::flexible("Course", "course", 16, |row| row.course.as_str().into()),
        ];
        let students = Sheet::new("").with_toned_rows(&columns, rows, |row| verdict_tone(row.verdict));
        let counts: Vec<(&Subject<'_>, usize)> =
            self.supervisors.iter().map(|one| (one, self.supervised(one.id))).collect();
        let columns = [
            Column::flexible("Supervisor", "supervisor", 16, |(one, _): &(&Subject<'_>, usize)| {
                one.title.as_str().into()
            }),
            Column::right("Students", "students", |(_, count)| (*count).into()),
        ];
        let supervisors = Sheet::new("").with_rows(&columns, counts);
        let everything = Selection::default();
        let paper = Paper {
            title: "Who stands where".to_owned(),
            about: about(self.judged, &everything),
            sections: vec![
                Section::of_sheets("Students", [some(students, "student", "students")]),
                Section::of_sheets("Supervisors", [some(supervisors, "supervisor", "supervisors")]),
                courses,
            ],
            foot: foot(self.judged),
        };
        let among = Among { finds: true, pages: Some(&self.links), ..Among::default() };
        Ok(Page { file: INDEX.to_owned(), text: html_among(&paper, &(self.dressing)(&paper, "index")?, &among)? })
    }

    fn supervised(&self, id: &Text) -> usize {
        self.judged.cases().iter().flatten().filter(|case| is_supervised_by(case, id)).count()
    }
}

fn some(mut sheet: Sheet, one: &str, several: &str) -> Sheet {
    sheet.lead.push(format!("{}.", counted(sheet.rows.len(), one, several)));
    sheet
}

/// What words lead to: names and titles, as far as they mean one page.
fn links(subjects: &[&[Subject<'_>]]) -> HashMap<String, String> {
    let mut links: HashMap<String, BTreeSet<&str>> = HashMap::new();
    for subject in subjects.iter().copied().flatten() {
        let with_id = format!("{} ({})", subject.title, subject.id);
        for words in [subject.title.clone(), with_id] {
            links.entry(words).or_default().insert(&subject.file);
        }
    }
    let single = links.into_iter().filter(|(_, files)| files.len() == 1);
    single.filter_map(|(words, files)| Some((words, (*files.first()?).to_owned()))).collect()
}

/// Names of files that are taken already. No two are the same, in whatever letters.
#[derive(Default)]
struct FileNames(BTreeSet<String>);

impl FileNames {
    /// Everybody of one kind, each once, with a title that nobody else of the kind has.
    fn subjects<'a>(&mut self, kind: &str, all: Vec<(&'a Text, Option<&'a Text>)>) -> Vec<Subject<'a>> {
        let mut names: HashMap<&Text, usize> = HashMap::new();
        let mut known = BTreeSet::new();
        let all: Vec<_> = all.into_iter().filter(|(id, _)| known.insert(*id)).collect();
        for name in all.iter().filter_map(|(_, name)| *name) {
            *names.entry(name).or_default() += 1;
        }
        let subject = |(id, name): (&'a Text, Option<&'a Text>)| {
            let title = match name {
                Some(name) if names.get(name) == Some(&1) => name.to_string(),
                Some(name) => format!("{name} ({id})"),
                None => id.to_string(),
            };
            Subject { id, title, file: self.free(kind, id) }
        };
        all.into_iter().map(subject).collect()
    }

    fn free(&mut self, kind: &str, id: &Text) -> String {
        let slug = slug(id.raw()).unwrap_or_default();
        let stem = format!("{kind}-{}", slug.get(..LONGEST).unwrap_or(&slug));
        let mut number = 1;
        loop {
            let name = if number == 1 { format!("{stem}.html") } else { format!("{stem}-{number}.html") };
            if self.0.insert(name.clone()) {
                return name;
            }
            number += 1;
        }
    }
}
