//! `gwp help`: the manual, and the help of each command.

use anyhow::Context as _;
use clap::{Args as ClapArgs, CommandFactory};
use gwp::render::write_text;
use gwp::reports::{Column, Sheet};
use gwp::text::{nearest, visible};
use gwp::topics::{SHELVES, Topic};

use super::context::Context;
use super::{Cli, Ending};

/// Read the manual: a topic, or the help of a command.
///
/// Without a word it lists the topics, by who needs them. On a terminal you read a long answer through a pager: the
/// program that GWP_PAGER or PAGER names, else less. Anywhere else a topic is plain Markdown.
#[derive(Debug, ClapArgs)]
#[allow(clippy::doc_markdown, reason = "this is the help of the command")]
#[command(after_help = examples(&["gwp help", "gwp help getting-started", "gwp help check"]))]
pub struct Args {
    /// A topic such as getting-started, or a command such as check
    #[arg(value_name = "TOPIC")]
    words: Vec<String>,
}

/// The examples of a command, as its help ends.
pub fn examples(lines: &[&str]) -> String {
    format!("Examples:\n  {}", lines.join("\n  "))
}

/// Shows what was asked for.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    match args.words.as_slice() {
        [] => write_text(&topics(), context.layout(), context.out)?,
        words => match Topic::named(&words.join("-")) {
            Some(topic) if context.is_on_terminal => topic.write(context.layout(), context.out)?,
            Some(topic) => context.out.write_all(topic.text.as_bytes())?,
            None => write!(context.out, "{}", of_command(words, context)?)?,
        },
    }
    Ok(Ending::Clean)
}

/// The topics, by who needs them.
fn topics() -> Vec<Sheet> {
    let lead = vec![
        "gwp help TOPIC shows one of these pages. gwp help COMMAND says what a command takes; gwp --help lists the commands."
            .to_owned(),
    ];
    let mut sheets = vec![Sheet::part("Topics", lead)];
    for shelf in &SHELVES {
        let columns = [
            Column::fixed("Topic", "topic", |topic: &Topic| topic.name.into()),
            Column::flexible("What it is about", "about", 20, |topic| topic.about().into()),
        ];
        sheets.push(Sheet::new(shelf.reader).with_rows(&columns, shelf.topics));
    }
    sheets
}

/// The help of a command, such as `check` or `new student`.
fn of_command(words: &[String], context: &Context<'_>) -> anyhow::Result<String> {
    let mut cli = Cli::command();
    cli.build();
    let mut command = &mut cli;
    for word in words {
        command = command.find_subcommand_mut(word).with_context(|| unknown(words))?;
    }
    let help = command.render_long_help();
    Ok(if context.colour { help.ansi().to_string() } else { help.to_string() })
}

fn unknown(words: &[String]) -> String {
    let asked = words.join(" ");
    let cli = Cli::command();
    let names = Topic::all().map(|topic| topic.name).chain(cli.get_subcommands().map(clap::Command::get_name));
    let advice = match nearest(&asked, names) {
        Some(name) => format!("did you mean \"gwp help {name}\"?"),
        _ => "\"gwp help\" lists the topics, and \"gwp --help\" the commands".to_owned(),
    };
    format!("there is no topic and no command called \"{}\"; {advice}", visible(&asked))
}
