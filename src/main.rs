//! The command line of `gwp`.

fn main() {}
