//! The integration tests, one binary.

mod cases;
mod properties;
mod requirements;
mod rulings;
