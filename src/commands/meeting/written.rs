//! What is written of a meeting: its form, its minutes, what goes to the SPC and the NTM.

use std::path::Path;

use anyhow::bail;
use gwp::meeting::{Paper, Table};
use gwp::reports::MinutesReport;
use gwp::text::{counted, visible};
use gwp::writing::create_private;

use super::super::Ending;
use super::super::context::Context;
use super::super::format::Format;
use super::super::out::put_private;
use super::super::tables;

/// Writes the form of a meeting into a new file: one that is there may be filled in.
pub fn form(paper: Paper, table: &Table, path: &Path, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let open = table.items.iter().filter(|item| !item.is_recorded()).count();
    let shown = visible(&path.to_string_lossy());
    if !create_private(path, paper.form(table).to_text().as_bytes())? {
        bail!("{shown} is there already, and may be filled in; name another file");
    }
    let items = counted(open, "item", "items");
    writeln!(context.out, "Written: {shown}, the form of {}, with {items}, as of {}.", paper.sitting, paper.as_of)?;
    Ok(Ending::Clean)
}

/// Prints the minutes or the submission, or writes them to a file for its owner alone.
pub fn report(
    report: MinutesReport,
    format: Format,
    path: Option<&Path>,
    context: &mut Context<'_>,
) -> anyhow::Result<Ending> {
    let Some(path) = path else {
        tables::print(&[report], format, context)?;
        return Ok(Ending::Clean);
    };
    let mut text = Vec::new();
    let Context { folder, surroundings, .. } = *context;
    tables::print(
        &[report],
        format,
        &mut Context { folder, surroundings, choices: Vec::new(), meant: Vec::new(), out: &mut text },
    )?;
    put_private(path, &text, context)?;
    writeln!(context.out, "Written: {}.", visible(&path.to_string_lossy()))?;
    Ok(Ending::Clean)
}
