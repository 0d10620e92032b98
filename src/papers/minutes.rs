//! The minutes of a meeting that was recorded, as the committee agrees them.

use super::committee::{about, foot};
use super::paper::{Block, Paper, Section};
use crate::folder::{JudgedFolder, Selection};
use crate::reports::{MinutesReport, RESTS_ON, Sheet};

/// The paper of what is recorded of a meeting. `judged` is the folder as of the meeting's day.
pub fn of_minutes(report: &MinutesReport, judged: &JudgedFolder<'_>, selection: &Selection) -> Paper {
    let sentences = |title: &str, lead: Vec<String>| Section::of_sheets(title, [Sheet { lead, ..Sheet::new("") }]);
    let attendance = match report.attendance() {
        nobody if nobody.is_empty() => vec!["Nobody is recorded as present.".to_owned()],
        attendance => attendance,
    };
    let mut items = Section::of_sheets("Item by item", report.item_by_item());
    if !items.blocks.is_empty() {
        items.blocks.insert(0, Block::Table(Sheet { lead: vec![RESTS_ON.to_owned()], ..Sheet::new("") }));
    }
    let notes =
        report.notes().map(|notes| Section::of_sheets(notes.title.clone(), [Sheet { title: String::new(), ..notes }]));
    let mut sections = vec![
        sentences("Who was there", attendance),
        Section::of_sheets("What was decided", [report.at_a_glance()]),
        items,
    ];
    sections.extend(notes);
    sections.push(sentences("Agreement", vec![report.agreement()]));
    sections.retain(|section| !section.blocks.is_empty());
    let mut about = about(judged, selection);
    about.truncate(1);
    about.push(("Meeting", report.of_whom()));
    Paper { title: report.title(), about, sections, foot: foot(judged) }
}
