//! How many students of each course have which verdict.

use super::committee::tag;
use super::paper::{Block, Section};
use crate::judgement::{Roster, Verdict};
use crate::reports::{Cell, Head, Row, Sheet, Stands, Tone, verdict_meaning};
use crate::text::{Text, counted};

/// The courses of one or more folders, each with the numbers of its students by verdict.
#[derive(Default)]
pub(super) struct Figures {
    courses: Vec<Course>,
    has_folders: bool,
}

struct Course {
    name: String,
    folder: String,
    counts: [usize; Verdict::ALL.len()],
}

impl Figures {
    /// Adds the students of a folder. `name` gives the name of a course, whose id is given, and the folder's.
    pub fn add(&mut self, roster: &Roster<'_>, folder: Option<&Text>, name: &dyn Fn(&Text) -> String) {
        self.has_folders |= folder.is_some();
        let folder = folder.map(ToString::to_string).unwrap_or_default();
        let mut of_folder: Vec<(Option<&Text>, Course)> = Vec::new();
        for result in &roster.students {
            let at = of_folder.iter().position(|(id, _)| *id == result.course).unwrap_or_else(|| {
                let name = result.course.map_or_else(|| "no course that can be read".to_owned(), name);
                of_folder.push((result.course, Course { name, folder: folder.clone(), counts: Default::default() }));
                of_folder.len() - 1
            });
            let counts = &mut of_folder[at].1.counts;
            for (count, _) in counts.iter_mut().zip(Verdict::ALL).filter(|(_, verdict)| *verdict == result.verdict) {
                *count += 1;
            }
        }
        of_folder.sort_by(|one, other| one.1.name.cmp(&other.1.name));
        self.courses.extend(of_folder.into_iter().map(|(_, course)| course));
    }

    /// The section of a paper.
    pub fn section(self) -> Section {
        let in_all = |at: usize| self.courses.iter().map(|course| course.counts[at]).sum::<usize>();
        let there: Vec<(usize, Verdict)> =
            Verdict::ALL.into_iter().enumerate().filter(|(at, _)| in_all(*at) > 0).collect();
        let verdicts = there.iter().map(|(at, verdict)| (tag(*verdict), verdict_meaning(*verdict), in_all(*at)));
        let head = |heading, key, stands| Head { heading, narrow: heading, key, stands };
        let mut sheet = Sheet::new("");
        sheet.columns.push(head("Course", "course", Stands::Flexible(16)));
        sheet.columns.extend(self.has_folders.then(|| head("Folder", "folder", Stands::Flexible(8))));
        sheet.columns.push(head("Students", "students", Stands::Right));
        sheet.columns.extend(there.iter().map(|(_, verdict)| head(verdict.word(), verdict.word(), Stands::Right)));
        let row = |course: &Course| {
            let mut cells = vec![Cell::text(&course.name)];
            cells.extend(self.has_folders.then(|| Cell::text(&course.folder)));
            cells.push(course.counts.iter().sum::<usize>().into());
            cells.extend(there.iter().map(|(at, _)| Cell::from(course.counts[*at])));
            Row { cells, tone: Tone::Plain }
        };
        sheet.rows = self.courses.iter().map(row).collect();
        let students: usize = self.courses.iter().flat_map(|course| course.counts).sum();
        let courses = counted(self.courses.len(), "course", "courses");
        sheet.lead.push(format!("{} of {courses}.", counted(students, "student", "students")));
        let verdicts: Vec<_> = verdicts.collect();
        let bar = Some(verdicts).filter(|verdicts| !verdicts.is_empty()).map(Block::Verdicts);
        let blocks = bar.into_iter().chain([Block::Table(sheet)]).collect();
        Section { title: "The courses in figures".to_owned(), blocks, ..Section::default() }
    }
}
