//! What is around the program: the clock, the terminal and the user's own folders. Nothing else in the project looks at
//! them.

use std::io::{self, BufReader, IsTerminal, Stderr, Stdin};

use anstream::AutoStream;
use chrono::{DateTime, Local, Utc};
use clap::ColorChoice;
use etcetera::BaseStrategy as _;
use gwp::calendar::Day;
use gwp::folder::LocalTime;
use gwp::render::Layout;
use gwp::text::visible;
use gwp::writing::StateFolder;

/// The width of output that goes to no terminal.
const WIDTH_WITHOUT_TERMINAL: usize = 80;

/// How many lines a terminal has that does not say it.
const HEIGHT: usize = 24;

/// What the program was started in.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings {
    /// Today, in the time zone of the machine.
    pub today: Day,
    /// The moment at which the program was started.
    pub now: DateTime<Utc>,
    /// How many columns a line can have.
    pub width: usize,
    /// How many lines the terminal has.
    pub height: usize,
    /// Whether to use colour.
    pub colour: bool,
    /// Whether the answer is read on a terminal.
    pub is_on_terminal: bool,
    /// Whether somebody is at a terminal, who can be asked.
    pub is_somebody_there: bool,
}

impl Surroundings {
    /// Looks around, once. Colour as asked for; where it is left open, on a terminal that shows it and unless
    /// `NO_COLOR` is set.
    #[allow(clippy::disallowed_methods, reason = "this is the place that knows the clock")]
    pub fn look(asked: ColorChoice) -> Self {
        let now = Local::now();
        let colour = match asked {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
        };
        let terminal = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
        let width = terminal.map_or(WIDTH_WITHOUT_TERMINAL, |(width, _)| usize::from(width.0));
        let height = terminal.map_or(HEIGHT, |(_, height)| usize::from(height.0));
        let is_somebody_there = io::stdin().is_terminal() && io::stderr().is_terminal();
        let is_on_terminal = io::stdout().is_terminal();
        Self {
            today: Day::of_date(now.date_naive()),
            now: now.to_utc(),
            width,
            height,
            colour,
            is_on_terminal,
            is_somebody_there,
        }
    }

    /// Today, for a command that goes on after midnight.
    #[allow(clippy::disallowed_methods, reason = "this is the place that knows the clock")]
    pub fn today() -> Day {
        Day::of_date(Local::now().date_naive())
    }

    /// Where answers come from, and where questions go. Nothing is locked and nothing is read ahead, so that a question
    /// can be put while whoever put an earlier one still has the terminal.
    pub fn terminal() -> (BufReader<Stdin>, AutoStream<Stderr>) {
        (BufReader::with_capacity(1, io::stdin()), anstream::stderr())
    }

    /// Where commands keep what a later one goes on with: below `XDG_STATE_HOME`, or else where the system keeps such
    /// things, as `~/.local/state`. None where the user has no home.
    pub fn state_folder() -> Option<StateFolder> {
        let folders = etcetera::choose_base_strategy().ok()?;
        Some(StateFolder::at(folders.state_dir().unwrap_or_else(|| folders.cache_dir()).join("gwp")))
    }

    /// The day of a moment, in seconds since the beginning of 1970, in the time zone of the machine; none where the
    /// calendar does not reach so far.
    pub fn day_of(moment: i64) -> Option<Day> {
        let moment = DateTime::from_timestamp(moment, 0)?;
        Some(Day::of_date(moment.with_timezone(&Local).date_naive()))
    }

    /// The time zone of the machine, called as `TZ` says, or else as the system does.
    #[allow(clippy::disallowed_methods, reason = "this is the place that knows the clock")]
    pub fn local_time() -> LocalTime<'static> {
        let said = std::env::var("TZ").ok().map(|said| said.trim_start_matches(':').to_owned());
        let said = said.filter(|said| !said.is_empty()).or_else(|| iana_time_zone::get_timezone().ok());
        LocalTime { name: visible(said.as_deref().unwrap_or("of this machine")), day_of: &Self::day_of }
    }

    /// A moment, in seconds since the beginning of 1970, as the clock of the machine showed it: `30 November 2026, 17:20`.
    pub fn moment_in_words(moment: i64) -> Option<String> {
        let moment = DateTime::from_timestamp(moment, 0)?.with_timezone(&Local);
        Some(format!("{}, {}", Day::of_date(moment.date_naive()), moment.format("%H:%M")))
    }

    /// The same where the answer goes into a file.
    pub fn of_a_file(self) -> Self {
        Self { width: WIDTH_WITHOUT_TERMINAL, colour: false, is_on_terminal: false, ..self }
    }

    /// How output is laid out in these surroundings.
    pub fn layout(self) -> Layout {
        Layout { width: self.width, colour: self.colour }
    }

    /// What the output stream does with colour codes. Without colour none are written, so that there is nothing
    /// to look for in the output and to take out.
    pub fn stream_choice(self) -> anstream::ColorChoice {
        if self.colour { anstream::ColorChoice::Always } else { anstream::ColorChoice::AlwaysAnsi }
    }
}
