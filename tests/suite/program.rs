//! The built program, started as a user starts it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;

use serde_json::Value;

/// How the program ended, and what it said.
#[derive(Clone, Debug)]
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Standard output as a JSON document.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{}{}", self.out, self.err))
    }

    /// Standard output as CSV: a map from heading to cell for each row.
    pub fn rows(&self) -> Vec<Row> {
        let mut reader = csv::Reader::from_reader(self.out.as_bytes());
        let headings: Vec<String> = reader.headers().expect("a line of headings").iter().map(str::to_owned).collect();
        let cells = |record: csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
        let rows = reader.records().map(|record| cells(record.expect("a row has as many cells as there are headings")));
        rows.map(|cells| Row { cells: headings.iter().cloned().zip(cells).collect(), read: RefCell::default() })
            .collect()
    }
}

/// A row of CSV.
pub struct Row {
    cells: Vec<(String, String)>,
    /// The headings under which somebody has looked.
    read: RefCell<BTreeSet<String>>,
}

impl Row {
    /// The cell under a heading.
    pub fn cell(&self, heading: &str) -> &str {
        self.read.borrow_mut().insert(heading.to_owned());
        let found = self.cells.iter().find(|(name, _)| name == heading);
        &found.unwrap_or_else(|| panic!("there is no column {heading}")).1
    }

    /// The headings under which nobody has looked.
    pub fn unread(&self) -> Vec<&str> {
        let headings = self.cells.iter().map(|(heading, _)| heading.as_str());
        headings.filter(|heading| !self.read.borrow().contains(*heading)).collect()
    }
}

/// The built program, to be started as it is: what its commands note of what they wrote goes nowhere else.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gwp"));
    command.env(STATE, state());
    // The day of a commit is the same on every machine.
    command.env("TZ", "UTC");
    command
}

/// The variable that says where the state of a user lies.
pub const STATE: &str = "XDG_STATE_HOME";

/// The state of the user whom the tests are, which each run of them begins anew.
pub fn state() -> &'static Path {
    static STATE: LazyLock<PathBuf> = LazyLock::new(|| {
        const DAY: Duration = Duration::from_secs(24 * 60 * 60);
        let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("state");
        for earlier in std::fs::read_dir(&all).into_iter().flatten().flatten() {
            let written = earlier.metadata().and_then(|there| there.modified());
            if written.is_ok_and(|written| written.elapsed().is_ok_and(|age| age > DAY)) {
                let _ = std::fs::remove_dir_all(earlier.path());
            }
        }
        all.join(std::process::id().to_string())
    });
    &STATE
}

/// A start of the program.
pub struct Program {
    folder: PathBuf,
    environment: Vec<(&'static str, &'static str)>,
}

impl Program {
    /// To be started in a folder.
    pub fn within(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), environment: Vec::new() }
    }

    /// To be started at the top of the repository.
    pub fn at_the_top() -> Self {
        Self::within(&crate::file(""))
    }

    /// With a variable of the environment.
    pub fn env(mut self, name: &'static str, value: &'static str) -> Self {
        self.environment.push((name, value));
        self
    }

    /// Runs it with words as they are typed, without quotation marks.
    pub fn run(&self, words: &str) -> Ran {
        self.run_with(&words.split_whitespace().collect::<Vec<_>>())
    }

    /// Runs it with arguments.
    pub fn run_with(&self, arguments: &[&str]) -> Ran {
        let mut command = command();
        command.current_dir(&self.folder).args(arguments);
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(name);
        }
        command.envs(self.environment.iter().copied());
        let output = command.output().expect("the program can be started");
        let text = |bytes| String::from_utf8(bytes).expect("what the program says is UTF-8").replace("\r\n", "\n");
        let status = output.status.code().expect("the program ends by itself");
        Ran { status, out: text(output.stdout), err: text(output.stderr) }
    }
}
