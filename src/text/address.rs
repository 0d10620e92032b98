//! E-mail addresses as somebody types them.

/// What an address is like, as far as somebody can see; that one is right only a message shows.
const NO_ADDRESS: &str = "an e-mail address has an @ with something before and behind it, and no space";

/// Reads an e-mail address; spaces around it do not matter. The error says what one is like.
pub fn read_address(typed: &str) -> Result<&str, String> {
    let typed = typed.trim();
    let is_other = |letter: char| letter.is_whitespace() || ",;:<>".contains(letter);
    match typed.split_once('@') {
        Some((name, host))
            if !name.is_empty() && !host.is_empty() && !host.contains('@') && !typed.contains(is_other) =>
        {
            Ok(typed)
        }
        _ => Err(NO_ADDRESS.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_at_between_two_parts() {
        assert_eq!(read_address(" mina@example.org "), Ok("mina@example.org"));
        for wrong in
            ["", "mina", "@example.org", "mina@", "mina@@example.org", "mina holt@example.org", "a@b, c@d", "<a@b>"]
        {
            assert_eq!(read_address(wrong), Err(NO_ADDRESS.to_owned()), "{wrong}");
        }
    }
}
