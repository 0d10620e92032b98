//! The command line of `gwp`: arguments in, a judgement out.
//!
//! The library does the work; what stands here knows the clock, the environment and the terminal.

mod commands;

use std::process::ExitCode;

fn main() -> ExitCode {
    commands::main()
}
