//! What is owed, as JSON: the overdue items of `gwp check`, and all of `gwp due`.

use std::io::{self, Write};

use serde::Serialize;

use super::document::{FolderPart, write_document, write_list};
use crate::calendar::Day;
use crate::judgement::{Item, Person};
use crate::text::Text;

/// Writes the document of what folders owe, each with its items in order.
pub fn write_due_json(
    folders: &[(FolderPart<'_>, Vec<Item<'_>>)],
    several: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let items = |part: &FolderPart<'_>, items: &Vec<Item<'_>>, out: &mut dyn Write| {
        write_list("items", items.iter().map(|item| ItemJson::of(item, part.summary.as_of)), out)
    };
    write_document(folders, several, &items, out)
}

#[derive(Serialize)]
pub(super) struct OverdueJson<'a> {
    student: Option<&'a str>,
    kind: &'static str,
    code: Option<&'static str>,
    due: Day,
    days: i64,
    from: Option<PersonJson<'a>>,
    group: Option<&'a str>,
}

#[derive(Serialize)]
struct PersonJson<'a> {
    role: &'static str,
    id: Option<&'a str>,
    name: &'a str,
    email: Option<&'a str>,
}

#[derive(Serialize)]
struct ItemJson<'a> {
    student: Option<&'a str>,
    course: Option<&'a str>,
    kind: &'static str,
    code: Option<&'static str>,
    what: &'static str,
    why: Option<&'a str>,
    key: String,
    due: Day,
    days: i64,
    overdue: bool,
    from: Option<PersonJson<'a>>,
    group: Option<&'a str>,
}

impl<'a> OverdueJson<'a> {
    pub(super) fn of(item: &'a Item<'_>, as_of: Day) -> Self {
        let obligation = &item.obligation;
        Self {
            student: item.student.map(|student| student.id.raw()),
            kind: obligation.kind.word(),
            code: obligation.kind.code().map(crate::edition::Code::word),
            due: obligation.due,
            days: obligation.due.days_to(as_of),
            from: obligation.from.map(PersonJson::of),
            group: obligation.group.map(Text::raw),
        }
    }
}

impl<'a> PersonJson<'a> {
    fn of(person: Person<'a>) -> Self {
        Self {
            role: person.role.word(),
            id: person.id.map(Text::raw),
            name: person.name.raw(),
            email: person.email.map(Text::raw),
        }
    }
}

impl<'a> ItemJson<'a> {
    fn of(item: &'a Item<'_>, as_of: Day) -> Self {
        let OverdueJson { student, kind, code, due, days, from, group } = OverdueJson::of(item, as_of);
        let obligation = &item.obligation;
        Self {
            student,
            course: item.course.map(Text::raw),
            kind,
            code,
            what: obligation.kind.what(),
            why: Some(obligation.why.as_str()).filter(|why| !why.is_empty()),
            key: item.key(),
            due,
            days,
            overdue: due < as_of,
            from,
            group,
        }
    }
}
