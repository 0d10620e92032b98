//! Words that every sentence is made with.

/// `1 session`, `2 sessions`.
pub fn counted(count: usize, one: &str, more: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {more}") }
}
