//! What an entry changes for the students whom it is about.

use std::io::Write;

use gwp::Folder;
use gwp::edition::Parameters;
use gwp::facts::AwardDecisions;
use gwp::judgement::Judgement;
use gwp::reports::effect;
use gwp::requirements::{Query, Status};
use gwp::text::Text;

use super::Desk;

impl Desk {
    /// For each student, by name, what is otherwise than before.
    pub(super) fn effects(&self, after: &Folder, students: &[Text]) -> Vec<(String, String)> {
        let (before_in_force, after_in_force) = (self.opened.parameters(self.as_of), after.parameters(self.as_of));
        let told = students.iter().filter_map(|id| {
            let entry = after.case.records.students.iter().find(|entry| entry.id == *id)?;
            let name = after.case.name_of(entry).map_or_else(|| id.to_string(), Text::to_string);
            let effect = self.of_student(&self.opened, &before_in_force, id, |before| {
                self.of_student(after, &after_in_force, id, |after| effect(before, after))
            });
            Some((name, effect))
        });
        told.collect()
    }

    /// What somebody makes of the judgement of a student, where there is one.
    fn of_student<T>(
        &self,
        opened: &Folder,
        parameters: &Parameters,
        id: &Text,
        make: impl FnOnce(Option<&Judgement<'_>>) -> T,
    ) -> T {
        let position = opened.case.records.students.iter().position(|entry| entry.id == *id);
        let case = position.and_then(|position| opened.case.student(position));
        let judgement = case.as_ref().map(|case| Judgement::new(case, parameters, self.as_of, AwardDecisions::Counted));
        make(judgement.as_ref())
    }

    /// Whether nothing is found otherwise of a student than before; not so where the student cannot be judged.
    pub fn finds_the_same(&self, after: &Folder, id: &Text) -> bool {
        fn said<'f>(judgement: &'f Judgement<'_>) -> impl Iterator<Item = (Status, &'f str, &'f [Query])> {
            judgement.findings.iter().map(|one| (one.status, one.message.as_str(), one.queries.as_slice()))
        }
        self.judgement(id, |before| {
            self.of_student(after, &after.parameters(self.as_of), id, |after| {
                before.zip(after).is_some_and(|(before, after)| said(before).eq(said(after)))
            })
        })
    }

    /// What somebody makes of the judgement of a student as the folder is, where there is one.
    pub fn judgement<T>(&self, id: &Text, make: impl FnOnce(Option<&Judgement<'_>>) -> T) -> T {
        self.of_student(&self.opened, &self.opened.parameters(self.as_of), id, make)
    }
}

/// On one line where it is about one student, else each on a line.
pub(super) fn tell(said: &str, effects: &[(String, String)], out: &mut dyn Write) -> anyhow::Result<()> {
    if let [(name, effect)] = effects {
        writeln!(out, "{said}. {name}: {effect}.")?;
        return Ok(());
    }
    writeln!(out, "{said}.")?;
    for (name, effect) in effects {
        writeln!(out, "  {name}: {effect}.")?;
    }
    Ok(())
}
