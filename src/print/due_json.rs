//! What is owed, as JSON: the overdue items of `gwp check`, and all of `gwp due`.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{PROGRAM, VERSION, VariationJson, write_value};
use crate::calendar::Day;
use crate::judgement::{Item, Person};
use crate::records::Variation;
use crate::text::Text;

/// What one folder owes, ready to be written.
pub struct DueReport<'r> {
    /// What the folder is called, in a run over several.
    pub name: &'r Text,
    /// The day of judgement.
    pub as_of: Day,
    /// The edition.
    pub scheme: &'static str,
    /// The variations in force.
    pub variations: &'r [&'r Variation],
    /// The ids of students who could not be judged.
    pub unjudged: Vec<&'r Text>,
    /// The items, in order.
    pub items: &'r [Item<'r>],
}

/// Writes the document over one folder, or over several.
pub fn write_due_json(reports: &[DueReport<'_>], several: bool, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"version\":{VERSION},\"program\":\"{PROGRAM}\"")?;
    if several {
        out.write_all(b",\"folders\":[")?;
    }
    for (position, report) in reports.iter().enumerate() {
        if several {
            out.write_all(if position == 0 { b"\n{\"folder\":" } else { b",\n{\"folder\":" })?;
            write_value(report.name.raw(), out)?;
        }
        report.write(out)?;
        if several {
            out.write_all(b"}")?;
        }
    }
    out.write_all(if several { b"\n]}\n" } else { b"}\n" })
}

impl DueReport<'_> {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b",\"as_of\":")?;
        write_value(&self.as_of, out)?;
        out.write_all(b",\"scheme\":")?;
        write_value(self.scheme, out)?;
        out.write_all(b",\"variations\":")?;
        write_value(&self.variations.iter().map(|one| VariationJson::of(one)).collect::<Vec<_>>(), out)?;
        out.write_all(b",\"unknown\":")?;
        write_value(&self.unjudged.iter().map(|id| id.raw()).collect::<Vec<_>>(), out)?;
        out.write_all(b",\n\"items\":[")?;
        for (position, item) in self.items.iter().enumerate() {
            out.write_all(if position == 0 { b"\n" } else { b",\n" })?;
            write_value(&ItemJson::of(item, self.as_of), out)?;
        }
        out.write_all(b"]")
    }
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
