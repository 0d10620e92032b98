//! Lengths of time as people and spreadsheets write them.
//!
//! `90` can only be minutes, for nobody meets for ninety hours, and `1.5` only hours, for nobody counts half minutes.
//! `2` could be either, and so it is an error unless the heading or whoever imports says which. So could `1.30` be an
//! hour and thirty minutes, or an hour and three tenths: it is read as tenths where another value of the column that is
//! written in the same way shows that they are, `1.75`, for there are no seventy-five minutes past an hour.

use super::grid::{Address, Value, minutes_of};
use super::length_words::{in_figures, iso};
use super::times::range;
use super::vocabulary::VOCABULARY;

/// What a bare number in a column stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// It has to follow from the number.
    #[default]
    Unsaid,
    /// Minutes.
    Minutes,
    /// Hours, as the heading says; what `1.30` means is still open.
    Hours,
    /// Hours and decimal parts of them, as whoever imports says.
    DecimalHours,
}

/// From here on, in minutes, `8:00` may be meant as a time of day.
const TIME_OF_DAY: u32 = 8 * 60;

/// The longest that a session can be, in minutes.
const MOST: u32 = 1440;

/// A number of a column before its unit is known.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Written {
    /// With its unit.
    Minutes(f64),
    /// A bare number with decimals as they are written, if any, and the mark before them; a cell with a number has none.
    Bare(f64, Option<Decimals>, Option<char>),
}

/// The decimals of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decimals {
    /// A half, written `.5`.
    Half,
    /// Two decimals that could be minutes: `.30`.
    LikeMinutes,
    /// Such as cannot: `.75`.
    Parts,
}

/// The lengths of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lengths {
    /// For each value the minutes, or what is wrong with it, as a phrase that is safe to show; none where it is empty.
    pub each: Vec<Option<Result<u16, String>>>,
    /// Whether there are decimals that could be minutes, and are read as parts of an hour.
    pub has_parts: bool,
    /// The cells that show it, where nobody says it.
    pub shown_by: Vec<Address>,
}

/// Reads a column.
pub fn lengths_of(cells: &[(Address, &Value)], unit: Unit) -> Lengths {
    let written: Vec<_> = cells.iter().map(|(_, value)| written(value)).collect();
    let numbers = || {
        cells.iter().zip(&written).filter_map(|((at, _), one)| match one {
            Some(Ok(Written::Bare(_, Some(decimals), mark))) => Some((*at, *decimals, *mark)),
            _ => None,
        })
    };
    let shows = |of: Option<char>| {
        numbers().find(|(_, decimals, mark)| *decimals == Decimals::Parts && *mark == of).map(|(at, ..)| at)
    };
    let is_said = unit == Unit::DecimalHours;
    let open = || numbers().filter(|(_, decimals, _)| *decimals == Decimals::LikeMinutes && unit != Unit::Minutes);
    let mut shown_by: Vec<_> = open().filter(|_| !is_said).filter_map(|(_, _, mark)| shows(mark)).collect();
    shown_by.sort_unstable();
    shown_by.dedup();
    let has_parts = is_said && open().next().is_some() || !shown_by.is_empty();
    let minutes = |((_, value), one): (&(Address, &Value), &Option<Result<Written, String>>)| {
        let are_parts = |mark| is_said || shows(mark).is_some();
        one.clone().map(|one| one.and_then(|one| minutes(one, unit, &are_parts, value)))
    };
    let each = cells.iter().zip(&written).map(minutes).collect();
    Lengths { each, has_parts, shown_by }
}

#[allow(clippy::match_same_arms, reason = "the order is that in which it is asked")]
fn minutes(
    written: Written,
    unit: Unit,
    are_parts: &dyn Fn(Option<char>) -> bool,
    value: &Value,
) -> Result<u16, String> {
    let minutes = match (written, unit) {
        (Written::Minutes(minutes), _) | (Written::Bare(minutes, ..), Unit::Minutes) => minutes,
        (Written::Bare(hours, None, _), Unit::Hours | Unit::DecimalHours) => hours * 60.0,
        // More hours than a day has, or none.
        (Written::Bare(number, None, _), Unit::Unsaid) if !(1.0..=24.0).contains(&number) => number,
        (Written::Bare(number, None, _), Unit::Unsaid) => {
            return Err(format!("{value} could be minutes or hours; write {number} min or {number} h"));
        }
        (Written::Bare(hours, Some(Decimals::LikeMinutes), mark), _) if !are_parts(mark) => {
            let whole = hours.floor();
            let past = ((hours - whole) * 100.0).round();
            return Err(format!("{value} could be {whole} h {past} min or {hours} hours; write the one that is meant"));
        }
        (Written::Bare(hours, Some(_), _), _) if hours < 0.25 => {
            return Err(format!("{value} is no length that can be read: as hours it would be minutes only"));
        }
        (Written::Bare(hours, Some(_), _), _) => hours * 60.0,
    };
    let whole = minutes.round();
    if (minutes - whole).abs() > 0.01 {
        return Err(format!("{value} is not a whole number of minutes"));
    }
    if !(1.0..=f64::from(MOST)).contains(&whole) {
        return Err(format!("{value} is no length of a session: one lasts between a minute and a day"));
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 1 and 1440")]
    Ok(whole as u16)
}

fn written(value: &Value) -> Option<Result<Written, String>> {
    let unreadable = || format!("{value} is no length that can be read, such as 90 min or 1h30");
    let time_of_day = || format!("{value} could be a time of day; where a length is meant, write it as 8 h or 8h30");
    match value {
        Value::Empty => None,
        Value::Days(days) if *days > 0.0 && *days <= 1.0 => {
            let not_whole = || format!("{value} is not a whole number of minutes");
            Some(match minutes_of(*days) {
                Some(minutes) if minutes >= TIME_OF_DAY => Err(time_of_day()),
                minutes => minutes.map(|minutes| Written::Minutes(minutes.into())).ok_or_else(not_whole),
            })
        }
        // `90:00` is ninety hours to a spreadsheet.
        Value::Days(days) if (1.0..100.0).contains(days) => {
            let hours = (days * 24.0).round();
            Some(Err(format!(
                "to the spreadsheet these are {hours} hours, longer than a session can be; write minutes as 90 min"
            )))
        }
        Value::Days(_) | Value::Is(_) => Some(Err(unreadable())),
        // A cell does not say how many decimals its number was typed with.
        Value::Number(number) => Some(Ok(Written::Bare(*number, decimals(*number, 0), None))),
        Value::Text(text) => Some(match of_text(text) {
            Some(Written::Minutes(minutes))
                if text.contains(':') && minutes >= f64::from(TIME_OF_DAY) && range(text).is_none() =>
            {
                Err(time_of_day())
            }
            written => written.ok_or_else(unreadable),
        }),
        Value::Broken(why) => Some(Err(why.clone())),
    }
}

/// What the decimals of a number say, which are as many as were `typed`, or not known to be.
fn decimals(number: f64, typed: usize) -> Option<Decimals> {
    let hundredths = (number.fract() * 100.0).round();
    match hundredths {
        0.0 => None,
        50.0 if typed < 2 => Some(Decimals::Half),
        _ if typed > 2
            || hundredths > 59.0
            || hundredths > 0.0 && (number.fract() * 100.0 - hundredths).abs() > 1e-6 =>
        {
            Some(Decimals::Parts)
        }
        _ => Some(Decimals::LikeMinutes),
    }
}

fn of_text(text: &str) -> Option<Written> {
    let text = in_figures(&text.to_lowercase());
    if let Some(minutes) = range(&text).or_else(|| iso(&text)) {
        return Some(Written::Minutes(minutes.into()));
    }
    if let Some(parts) = colons(&text) {
        return parts;
    }
    let mut tokens = Vec::new();
    let mut rest = text.as_str();
    loop {
        // What `,5` begins with is not to be passed over.
        let is_between = |c: char| c.is_whitespace() || !tokens.is_empty() && (c == ',' || c == '.');
        rest = rest.trim_start_matches(is_between);
        if rest.is_empty() {
            break;
        }
        let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
        let end = if is_number {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
            rest[..end].trim_end_matches(['.', ',']).len()
        } else {
            rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
        };
        if end == 0 {
            return None;
        }
        tokens.push((is_number, &rest[..end]));
        rest = &rest[end..];
    }
    tokens.retain(|(_, word)| *word != "and");
    let number = |word: &str| {
        // `1,200` may be a thousand and two hundred.
        let is_thousands = word.split_once(',').is_some_and(|(_, digits)| digits.len() == 3);
        let plain = if is_thousands { String::new() } else { word.replacen(',', ".", 1) };
        plain
            .parse::<f64>()
            .ok()
            .map(|number| (number, plain.split_once('.').map_or(0, |(_, decimals)| decimals.len())))
    };
    let mark = |word: &str| word.chars().find(|c| [',', '.'].contains(c));
    let is_hours = |word: &str| VOCABULARY.units.hours.has(word);
    let is_minutes = |word: &str| VOCABULARY.units.minutes.has(word);
    match tokens.as_slice() {
        [(true, one)] => number(one).map(|(number, typed)| Written::Bare(number, decimals(number, typed), mark(one))),
        [(true, one), (false, unit)] if is_minutes(unit) => number(one).map(|(minutes, _)| Written::Minutes(minutes)),
        // `1.30 h` leaves open what the decimals are, as `1.30` does.
        [(true, one), (false, unit)] if is_hours(unit) => {
            number(one).map(|(hours, typed)| match decimals(hours, typed) {
                // A quarter of an hour is written so, and no other number of minutes is as likely.
                Some(Decimals::LikeMinutes) if (hours.fract() - 0.25).abs() > 1e-6 => {
                    Written::Bare(hours, Some(Decimals::LikeMinutes), mark(one))
                }
                _ => Written::Minutes(hours * 60.0),
            })
        }
        [(true, hours), (false, unit), (true, minutes)] if is_hours(unit) => of_parts(hours, minutes),
        [(true, hours), (false, unit), (true, minutes), (false, of)] if is_hours(unit) && is_minutes(of) => {
            of_parts(hours, minutes)
        }
        _ => None,
    }
}

/// Whole hours, and minutes past them.
fn of_parts(hours: &str, minutes: &str) -> Option<Written> {
    let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?);
    (minutes < 60).then(|| Written::Minutes(f64::from(hours) * 60.0 + f64::from(minutes)))
}

/// `1:30`, `01:30:00`; outside none where there is no colon, inside none where it cannot be read.
fn colons(text: &str) -> Option<Option<Written>> {
    if !text.contains(':') {
        return None;
    }
    let parts: Vec<&str> = text.split(':').map(str::trim).collect();
    Some(match parts.as_slice() {
        [hours, minutes] | [hours, minutes, "00"] if minutes.len() == 2 => of_parts(hours, minutes),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[Value], unit: Unit) -> Lengths {
        let cells: Vec<_> = values.iter().zip(2..).map(|(value, row)| (Address { row, column: 1 }, value)).collect();
        lengths_of(&cells, unit)
    }

    fn of(text: &str, unit: Unit) -> Result<u16, String> {
        column(&[Value::text(text)], unit).each.remove(0).unwrap()
    }

    #[test]
    fn every_form() {
        let ninety = [
            "90",
            "90 min",
            "90 mins",
            "90min",
            "90 minutes",
            "90m",
            "1h30",
            "1h 30",
            "1 h 30 min",
            "1 hr 30 mins",
            "1 hour and 30 minutes",
            "1 hour, 30 minutes",
            "1.5",
            "1,5",
            "1.5h",
            "1.5 hours",
            "1:30",
            "01:30",
            "1:30:00",
            "1H30",
            "90.0",
            "1 hr. 30 min.",
            "1½ hours",
            "1½h",
            "1 1/2 hours",
            "an hour and a half",
            "one and a half hours",
            "1 hour and a half",
            "hour and a half",
            "ninety minutes",
            "90'",
            "90 ′",
            "PT1H30M",
            "PT90M",
            "19:00-20:30",
            "7pm-8.30pm",
        ];
        for text in ninety {
            assert_eq!(of(text, Unit::Unsaid), Ok(90), "{text}");
        }
        for (text, minutes) in [
            ("1h", 60),
            ("2 hours", 120),
            ("45", 45),
            ("25", 25),
            ("half an hour", 30),
            ("½ hour", 30),
            ("three quarters of an hour", 45),
            ("1.25 hours", 75),
            ("1¼ hours", 75),
            ("1¾ hr", 105),
            ("one hour", 60),
            ("an hour", 60),
            ("seventy-five minutes", 75),
            ("two hours and a quarter", 135),
            ("10.00-11.15", 75),
            ("PT2H", 120),
            ("1440", 1440),
            ("0:45", 45),
            ("1:59", 119),
            ("PT1440M", 1440),
            ("half hour", 30),
            ("quarter hour", 15),
            ("a quarter of an hour", 15),
            ("one and a quarter hours", 75),
            ("23 hours and a half", 1410),
            ("fifteen minutes", 15),
            ("nineteen minutes", 19),
            ("twenty nine minutes", 29),
        ] {
            assert_eq!(of(text, Unit::Unsaid), Ok(minutes), "{text}");
        }
        assert_eq!((of("1.75", Unit::Unsaid), of("1.60", Unit::Unsaid)), (Ok(105), Ok(96)));
        assert_eq!(of("2", Unit::Hours), Ok(120));
        assert_eq!(of("2", Unit::Minutes), Ok(2));
        assert_eq!(of("1.30", Unit::DecimalHours), Ok(78));
        assert_eq!(of("0.25", Unit::DecimalHours), Ok(15));
        assert!(of("0.24", Unit::DecimalHours).unwrap_err().ends_with("as hours it would be minutes only"));
    }

    #[test]
    fn what_could_be_either_is_no_guess() {
        for text in ["1", "2", "8", "24", "1.30", "1.50", "1.25", "1.3", "1.59", "1.30 h", "1.30h"] {
            assert!(of(text, Unit::Unsaid).unwrap_err().contains("could be"), "{text}");
        }
        for text in ["8:00", "14:00", "14:30:00"] {
            assert!(of(text, Unit::Unsaid).unwrap_err().contains("could be a time of day"), "{text}");
        }
        assert_eq!((of("7:59", Unit::Unsaid), of("8 h", Unit::Unsaid)), (Ok(479), Ok(480)));
        assert!(of("1.30", Unit::Hours).unwrap_err().contains("could be"));
        for text in [
            "",
            "six",
            "1:3",
            "1:60",
            "1h60",
            "90:00",
            "1:30:20",
            "0",
            "0.01",
            "-90",
            "1441",
            "1.5.2",
            "1,200",
            "1 30",
            "90 days",
            "half",
            "about an hour",
            "60-90",
            "hour after hour",
            "PT",
            "pt1h30",
            "an hour and a bit",
            "1 h 30 h",
            "1 h 30 days",
            "1 min 30 min",
            "1 day 30 min",
            "PT00090M",
            "PT+90M",
            "twenty ten minutes",
            "seventy minutes five",
            "fifteen days and a half",
        ] {
            let read = column(&[Value::text(text)], Unit::Unsaid).each.remove(0);
            assert!(read.is_none_or(|read| read.is_err()), "{text}");
        }
    }

    #[test]
    fn decimals_are_settled_by_the_column() {
        let minutes = |texts: &[&str]| {
            let read = column(&texts.iter().map(|text| Value::text(text)).collect::<Vec<_>>(), Unit::Unsaid);
            let each = read.each.into_iter().map(|one| one.and_then(Result::ok));
            (each.collect::<Vec<_>>(), read.shown_by.iter().map(ToString::to_string).collect::<Vec<_>>().concat())
        };
        let (some, none) = (Some, None::<u16>);
        assert_eq!(minutes(&["1.25", "1.75", "1.50"]), (vec![some(75), some(105), some(90)], "B3".to_owned()));
        assert_eq!(minutes(&["1,30", "1,75"]), (vec![some(78), some(105)], "B3".to_owned()));
        // What is written with a comma says nothing of what is written with a point.
        assert_eq!(minutes(&["1.30", "1,75"]), (vec![none, some(105)], String::new()));
        assert_eq!(minutes(&["1,30 h", "1.75"]), (vec![none, some(105)], String::new()));
        let of_cells = column(&[Value::Number(1.3), Value::text("1.75")], Unit::Unsaid);
        assert!(of_cells.each[0].as_ref().unwrap().is_err());
        // Where no value is open, nothing has to show it.
        assert_eq!(minutes(&["90", "1.75"]).1, "");
        assert!(column(&[Value::text("1.30")], Unit::DecimalHours).has_parts);
        assert!(!column(&[Value::text("1.5")], Unit::DecimalHours).has_parts);
    }

    #[test]
    fn advice_is_such_as_is_accepted() {
        let why = of("0", Unit::Unsaid).unwrap_err();
        assert_eq!(why, "\"0\" is no length of a session: one lasts between a minute and a day");
        for text in [",5", ".5", ",5 h"] {
            let why = of(text, Unit::Unsaid).unwrap_err();
            assert!(why.ends_with("is no length that can be read, such as 90 min or 1h30"), "{why}");
        }
    }

    #[test]
    fn cells() {
        let of = |value: Value| column(&[value], Unit::Unsaid).each.remove(0).unwrap();
        assert_eq!(of(Value::Days(1.5 / 24.0)), Ok(90));
        assert_eq!(of(Value::Days(7.5 / 24.0)), Ok(450));
        assert!(of(Value::Days(14.0 / 24.0)).unwrap_err().contains("could be a time of day"));
        assert_eq!(of(Value::Days(479.0 / 1440.0)), Ok(479));
        for day_or_less in [Value::Days(480.0 / 1440.0), Value::Days(1.0)] {
            assert!(of(day_or_less).unwrap_err().contains("could be a time of day"));
        }
        assert!(of(Value::Days(0.00001)).unwrap_err().contains("is not a whole number of minutes"));
        assert!(of(Value::Days(3.75)).unwrap_err().contains("these are 90 hours"));
        assert!(of(Value::Days(99.5)).unwrap_err().contains("these are 2388 hours"));
        assert!(of(Value::Days(100.0)).unwrap_err().contains("is no length that can be read"));
        // A third of an hour cannot be minutes past one.
        assert_eq!(of(Value::Number(4.0 / 3.0)), Ok(80));
        assert_eq!(of(Value::Number(1.255)), Err("1.255 is not a whole number of minutes".to_owned()));
        assert_eq!(of(Value::Number(90.0)), Ok(90));
        assert_eq!(of(Value::Number(1.5)), Ok(90));
        for value in
            [Value::Days(45_937.0), Value::Days(0.0), Value::Is(true), Value::Number(1.3), Value::Number(f64::NAN)]
        {
            assert!(of(value.clone()).is_err(), "{value:?}");
        }
    }
}
