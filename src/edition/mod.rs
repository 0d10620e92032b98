//! The parameters of the requirements: numbers and lists that an edition sets and a local committee can vary.
//!
//! An edition is a data file embedded in the program ([`Edition`]); a case folder varies single parameters from
//! the day on which that was agreed. What is in force on a day is a [`Parameters`].

mod code;
mod parameter;

use std::sync::LazyLock;

use serde::Deserialize;

pub use code::Code;
pub use parameter::{Kind, ParameterName, Value};

use crate::calendar::Day;
use crate::records::{Mode, Scheme, Variation};

/// One edition: every parameter with its value, unit and reference.
#[derive(Debug)]
pub struct Edition {
    text: &'static str,
    entries: Vec<(ParameterName, Entry)>,
}

/// What an edition says of one parameter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its value.
    pub value: Value,
    /// The unit of the value.
    pub unit: String,
    /// The heading in the source under which it stands.
    pub heading: String,
    /// The reading taken where the source leaves it open.
    pub reading: Option<String>,
}

static IGA_2022_TO_23: LazyLock<Edition> = LazyLock::new(|| Edition::embedded(include_str!("iga-2022-23.toml")));

impl Edition {
    /// The edition of a scheme.
    pub fn of(scheme: Scheme) -> &'static Self {
        match scheme {
            Scheme::Iga2022To23 => &IGA_2022_TO_23,
        }
    }

    /// The data file, as it is embedded.
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// What the edition says of a parameter.
    pub fn entry(&self, name: ParameterName) -> &Entry {
        &self.entries[name as usize].1
    }

    /// Reads a data file of the program's own. A fault in it is a fault of the program.
    #[allow(clippy::expect_used, reason = "the file is embedded, so that the first start of any build shows it")]
    fn embedded(text: &'static str) -> Self {
        let mut table: toml::Table = toml::from_str(text).expect("the edition's file is TOML");
        let entries = ParameterName::ALL
            .into_iter()
            .map(|name| {
                let entry = table.remove(name.word()).expect("the edition's file has every parameter");
                (name, Entry::deserialize(entry).expect("every parameter has value, unit and heading"))
            })
            .collect();
        Self { text, entries }
    }
}

impl Scheme {
    /// The word as `gwp.toml` writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Iga2022To23 => "iga-2022-23",
        }
    }
}

/// The parameters in force on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// Sessions of one group, counted, that the status needs.
    pub sessions_required: usize,
    /// The shortest session that counts, in minutes.
    pub session_minutes_min: i64,
    /// The longest session that counts, in minutes.
    pub session_minutes_max: i64,
    /// Days by which a meeting may slip before anyone asks.
    pub interval_slack_days: i64,
    /// Days between meetings with the workplace supervisor.
    pub supervision_interval_days: i64,
    /// The shortest supervision meeting, in minutes.
    pub supervision_minutes: i64,
    /// Accepted modes of supervision.
    pub supervision_modes: Vec<Mode>,
    /// Days between joint supervision meetings of a conducting pair.
    pub joint_supervision_interval_days: i64,
    /// Report deadlines of every year, as month and day.
    pub report_dates: Vec<(u32, u32)>,
    /// Years after the course's end within which the sessions must be complete.
    pub completion_years: u32,
    /// Registers that a workplace supervisor may be on.
    pub registers: Vec<String>,
    /// Days within which what is arranged late, or by somebody who joined late, is confirmed.
    pub new_arrangement_days: i64,
}

impl Parameters {
    /// What is in force on a day: the edition's values, varied by what was agreed on or before that day. Of two
    /// variations of one parameter the one agreed last holds, of equals the last in the file.
    pub fn in_force(scheme: Scheme, variations: &[Variation], on: Day) -> Self {
        let value = |name: ParameterName| {
            Self::variation_of(name, variations, on)
                .and_then(|variation| name.read(&variation.value).ok())
                .unwrap_or_else(|| Edition::of(scheme).entry(name).value.clone())
        };
        let number = |name| value(name).number();
        Self {
            sessions_required: usize::try_from(number(ParameterName::SessionsRequired)).unwrap_or(usize::MAX),
            session_minutes_min: number(ParameterName::SessionMinutesMin).into(),
            session_minutes_max: number(ParameterName::SessionMinutesMax).into(),
            interval_slack_days: number(ParameterName::IntervalSlackDays).into(),
            supervision_interval_days: number(ParameterName::SupervisionIntervalDays).into(),
            supervision_minutes: number(ParameterName::SupervisionMinutes).into(),
            supervision_modes: value(ParameterName::SupervisionModes).modes(),
            joint_supervision_interval_days: number(ParameterName::JointSupervisionIntervalDays).into(),
            report_dates: value(ParameterName::ReportDates).month_days(),
            completion_years: number(ParameterName::CompletionYears),
            registers: value(ParameterName::Registers).words(),
            new_arrangement_days: number(ParameterName::NewArrangementDays).into(),
        }
    }

    /// The variation of a parameter that holds on a day.
    pub fn variation_of(name: ParameterName, variations: &[Variation], on: Day) -> Option<&Variation> {
        variations
            .iter()
            .filter(|variation| variation.parameter == name && variation.agreed <= on)
            .max_by_key(|variation| variation.agreed)
    }

    /// The last day of the limit for a course that ends on `ends`, without an extension.
    pub fn limit_after(&self, ends: Day) -> Day {
        ends.plus_years(self.completion_years)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edition_as_published() {
        let published = Parameters::in_force(Scheme::default(), &[], Day::last());
        assert_eq!(published.sessions_required, 30);
        assert_eq!((published.session_minutes_min, published.session_minutes_max), (60, 90));
        assert_eq!(published.report_dates, [(1, 31), (6, 13)]);
        assert_eq!(published.supervision_modes, [Mode::FaceToFace, Mode::Telephone]);
        assert_eq!(published.registers, ["UKCP", "BACP"]);
    }
}
