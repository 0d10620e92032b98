//! Whether nothing that the judgement looks at has changed between two states of a student's case.

use super::{Case, GroupCase, Partner, StudentCase, SupervisionCase};
use crate::text::{FileId, Text};

/// A student's case with the folder that it is of.
#[derive(Clone, Copy)]
pub struct Within<'a> {
    /// The folder.
    pub case: &'a Case,
    /// The student's case.
    pub student: &'a StudentCase<'a>,
}

impl Within<'_> {
    /// Whether both rest on the same records, so that they are judged alike on one day. `same` says whether a file of
    /// this folder and one of the other say the same.
    pub fn rests_on_the_same(&self, other: &Within<'_>, same: &dyn Fn(FileId, FileId) -> bool) -> bool {
        let (one, two) = (self.student, other.student);
        let both = |one: Option<FileId>, other: Option<FileId>| match (one, other) {
            (Some(one), Some(other)) => same(one, other),
            (None, None) => true,
            _ => false,
        };
        one.id == two.id
            && same(one.file, two.file)
            && same(one.course_file, two.course_file)
            && both(one.folder_meetings.0, two.folder_meetings.0)
            && alike(&one.arrangements, &two.arrangements, |one, two| {
                one.group == two.group && same(one.supervisor.file, two.supervisor.file)
            })
            && alike(&one.wrg, &two.wrg, |one, two| same(one.supervisor.file, two.supervisor.file))
            && alike(&one.groups, &two.groups, |one, two| is_same_group(one, two, same))
            && alike(&one.supervisions, &two.supervisions, |one, two| {
                same(one.file, two.file) && self.supervisees(one).eq(other.supervisees(two))
            })
    }

    /// The ids of those whom a supervision log names.
    fn supervisees<'s>(&'s self, log: &'s SupervisionCase<'_>) -> impl Iterator<Item = &'s Text> {
        log.supervisees.iter().map(|student| &self.case.records.students[*student].id)
    }
}

impl StudentCase<'_> {
    /// The files that the judgement looks at.
    pub fn files(&self) -> Vec<FileId> {
        let mut files = vec![self.file, self.course_file];
        files.extend(self.folder_meetings.0);
        files.extend(self.arrangements.iter().map(|arrangement| arrangement.supervisor.file));
        files.extend(self.wrg.iter().map(|wrg| wrg.supervisor.file));
        files.extend(self.groups.iter().map(|group| group.file));
        files.extend(self.groups.iter().flat_map(|group| &group.all_partners).map(|partner| partner.file));
        files.extend(self.supervisions.iter().map(|log| log.file));
        files.sort_unstable();
        files.dedup();
        files
    }
}

fn is_same_group(one: &GroupCase<'_>, other: &GroupCase<'_>, same: &dyn Fn(FileId, FileId) -> bool) -> bool {
    let is_same = |one: &Partner<'_>, other: &Partner<'_>| {
        one.id == other.id && one.index == other.index && same(one.file, other.file)
    };
    one.id == other.id && same(one.file, other.file) && alike(&one.all_partners, &other.all_partners, is_same)
}

fn alike<T, U>(one: &[T], other: &[U], is_alike: impl Fn(&T, &U) -> bool) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_alike(one, other))
}
