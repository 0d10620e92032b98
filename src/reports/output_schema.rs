//! The JSON Schemas of what the commands print as JSON.

/// The JSON Schema (draft 2020-12) of what one command prints as JSON.
///
/// It is written by hand: other programs rely on it, so that no change of the code may change it unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutputSchema {
    /// The name of the command.
    pub command: &'static str,
    /// The text of the schema's file.
    pub text: &'static str,
}

/// Reads the schema of each command from the file that is called after it.
macro_rules! schemas_of {
    ($($command:literal)*) => {
        [$(OutputSchema {
            command: $command,
            text: include_str!(concat!("../../schemas/output/", $command, ".schema.json")),
        }),*]
    };
}

impl OutputSchema {
    /// Those of all commands that print JSON, in the order in which the help lists the commands.
    pub const ALL: [Self; 14] = schemas_of![
        "check" "due" "diff" "history" "audit" "verify" "forecast" "remind" "list" "person" "retention" "explain"
        "export" "meeting"
    ];

    /// That of the receipts which `gwp check --receipt` writes.
    pub const RECEIPT: Self =
        Self { command: "receipt", text: include_str!("../../schemas/output/receipt.schema.json") };

    /// Those of all commands that print JSON, and of the file that one of them writes.
    pub fn with_files() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().chain([Self::RECEIPT])
    }

    /// The schema of a command, or of a receipt; none of what is no JSON.
    pub fn of(command: &str) -> Option<Self> {
        Self::with_files().find(|one| one.command == command)
    }
}
