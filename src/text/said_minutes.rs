//! How long something lasted, as people say it.

/// The minutes that a text says: `90`, `90 min`, `1h30`, `1.5 hours`, `1:30`, `an hour`. None where it says no length, or no
/// whole number of minutes.
pub fn read_minutes(typed: &str) -> Option<u16> {
    let plain = typed.trim().to_lowercase().replace(',', ".");
    let plain = match plain.as_str() {
        "hour" | "an hour" | "one hour" => return Some(60),
        "an hour and a half" | "one and a half hours" => return Some(90),
        other => other.replace(" and ", " "),
    };
    if let Some((hours, minutes)) = plain.split_once(':') {
        return past(whole(hours)?, whole(minutes)?);
    }
    let hours = ["hours", "hour", "hrs", "hr", "h"];
    let split = hours.iter().find_map(|unit| plain.split_once(unit));
    let Some((before, after)) = split else { return whole(without_unit(&plain)) };
    let after = without_unit(after);
    match before.trim().split_once('.') {
        Some((units, tenths)) if after.is_empty() => of_decimals(whole(units)?, tenths),
        Some(_) => None,
        None if after.is_empty() => past(whole(before)?, 0),
        None => past(whole(before)?, whole(after)?),
    }
}

fn without_unit(text: &str) -> &str {
    let text = text.trim();
    let units = ["minutes", "minute", "mins", "min", "m"];
    units.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text).trim()
}

fn whole(text: &str) -> Option<u16> {
    let text = text.trim();
    if text.chars().all(|c| c.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn past(hours: u16, minutes: u16) -> Option<u16> {
    hours.checked_mul(60)?.checked_add(Some(minutes).filter(|minutes| *minutes < 60)?)
}

fn of_decimals(hours: u16, tenths: &str) -> Option<u16> {
    let minutes = match tenths.trim() {
        "5" | "50" => 30,
        "25" => 15,
        "75" => 45,
        "0" | "00" => 0,
        _ => return None,
    };
    past(hours, minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_as_people_say_them() {
        for (typed, minutes) in [
            ("90", Some(90)),
            (" 90 min", Some(90)),
            ("90m", Some(90)),
            ("75 minutes", Some(75)),
            ("1h30", Some(90)),
            ("1 h 30 min", Some(90)),
            ("1 hour 15", Some(75)),
            ("1 hour and 15 minutes", Some(75)),
            ("2 hours", Some(120)),
            ("1.5 hours", Some(90)),
            ("1,5h", Some(90)),
            ("1.25 h", Some(75)),
            ("1:30", Some(90)),
            ("an hour", Some(60)),
            ("1.5", None),
            ("1.3 hours", None),
            ("1h75", None),
            ("1:75", None),
            ("90 pages", None),
            ("", None),
            ("h", None),
            ("99999h", None),
            ("-5", None),
        ] {
            assert_eq!(read_minutes(typed), minutes, "{typed}");
        }
    }
}
