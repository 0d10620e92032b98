//! The closed lists of values that records choose from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a group takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Setting {
    /// A health service.
    Health,
    /// A social care service.
    SocialCare,
    /// A school, college or university.
    Education,
    /// A charity or voluntary organisation.
    Voluntary,
    /// A prison, probation or youth justice service.
    Justice,
    /// A community organisation.
    Community,
    /// A workplace, for its staff.
    Workplace,
    /// A private practice.
    Private,
}

impl Setting {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Health,
        Self::SocialCare,
        Self::Education,
        Self::Voluntary,
        Self::Justice,
        Self::Community,
        Self::Workplace,
        Self::Private,
    ];

    /// The word as records write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::SocialCare => "social-care",
            Self::Education => "education",
            Self::Voluntary => "voluntary",
            Self::Justice => "justice",
            Self::Community => "community",
            Self::Workplace => "workplace",
            Self::Private => "private",
        }
    }
}

/// What a group is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Aim {
    /// A therapeutic aim.
    Therapeutic,
    /// A clinical aim.
    Clinical,
    /// Personal development.
    PersonalDevelopment,
    /// Any other aim: the committee looks at it.
    Other,
}

impl Aim {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Therapeutic, Self::Clinical, Self::PersonalDevelopment, Self::Other];

    /// The word as records write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Therapeutic => "therapeutic",
            Self::Clinical => "clinical",
            Self::PersonalDevelopment => "personal-development",
            Self::Other => "other",
        }
    }
}

/// How often a group meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Frequency {
    /// Every week.
    Weekly,
    /// Every other week.
    Fortnightly,
    /// Every month.
    Monthly,
    /// Any other rhythm.
    Other,
}

impl Frequency {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Weekly, Self::Fortnightly, Self::Monthly, Self::Other];

    /// Days from one meeting to the next, where the rhythm is one that the requirements accept.
    pub fn interval_days(self) -> Option<i64> {
        match self {
            Self::Weekly => Some(7),
            Self::Fortnightly => Some(14),
            Self::Monthly | Self::Other => None,
        }
    }

    /// The word as records write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Fortnightly => "fortnightly",
            Self::Monthly => "monthly",
            Self::Other => "other",
        }
    }
}

/// How people join and leave a group; recorded, never judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Membership {
    /// Nobody joins it once it has begun.
    Closed,
    /// Members come and go singly.
    SlowOpen,
    /// A fixed course of sessions, repeated.
    Course,
}

impl Membership {
    /// The word as records write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::SlowOpen => "slow-open",
            Self::Course => "course",
        }
    }
}

/// What a supervision log is a log of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum SupervisionType {
    /// Clinical supervision.
    #[default]
    Clinical,
    /// Case management: a review of cases, which is not clinical supervision.
    CaseManagement,
}

/// Whether one student or several are supervised together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum SupervisionFormat {
    /// One student with the supervisor.
    Individual,
    /// Several together.
    Group,
}

/// Whether a student who needs medical cover for the work has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum MedicalCover {
    /// It is needed and not arranged yet.
    Needed,
    /// It is arranged.
    Arranged,
    /// The work does not need it.
    NotNeeded,
}

impl MedicalCover {
    /// The word as records write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Needed => "needed",
            Self::Arranged => "arranged",
            Self::NotNeeded => "not-needed",
        }
    }
}

/// Whose insurance it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum InsuranceKind {
    /// The student's own.
    Own,
    /// The employer's, which covers the student.
    Employer,
}

/// A report form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[schemars(inline)]
pub enum Form {
    /// GWP Form 2: the workplace supervisor's progress report.
    #[serde(rename = "GWP2")]
    Gwp2,
    /// WRG Form 2: the WRG supervisor's progress report.
    #[serde(rename = "WRG2")]
    Wrg2,
    /// GWP Form 3: the line manager's report.
    #[serde(rename = "GWP3")]
    Gwp3,
}

impl Form {
    /// The word as records write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Gwp2 => "GWP2",
            Self::Wrg2 => "WRG2",
            Self::Gwp3 => "GWP3",
        }
    }

    /// Reads the word or the name, however it is spelt: `GWP2`, `gwp form 2`, `WRG Form 2`.
    pub fn read(typed: &str) -> Option<Self> {
        let plain = Self::plain(typed);
        [Self::Gwp2, Self::Wrg2, Self::Gwp3].into_iter().find(|form| plain == Self::plain(form.word()))
    }

    /// Whether it names GWP Form 1, the application, however it is spelt.
    pub fn is_application(typed: &str) -> bool {
        ["1", "gwp1"].contains(&Self::plain(typed).as_str()) && typed.trim() != "1"
    }

    /// The letters and numbers that tell a form apart.
    fn plain(typed: &str) -> String {
        let plain: String = typed.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        plain.replacen("form", "", 1)
    }

    /// The form's name in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::Gwp2 => "GWP Form 2",
            Self::Wrg2 => "WRG Form 2",
            Self::Gwp3 => "GWP Form 3",
        }
    }
}

/// A rating of one competency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Rating {
    /// Shown to a high standard.
    Competent,
    /// On the way.
    Developing,
    /// Not there.
    NotCompetent,
    /// There was nothing to judge by.
    NotObserved,
}

impl Rating {
    /// The word as records write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Competent => "competent",
            Self::Developing => "developing",
            Self::NotCompetent => "not-competent",
            Self::NotObserved => "not-observed",
        }
    }

    /// All of them.
    pub const ALL: [Self; 4] = [Self::Competent, Self::Developing, Self::NotCompetent, Self::NotObserved];

    /// The one letter or sign by which tables show it.
    pub fn mark(self) -> char {
        match self {
            Self::Competent => 'C',
            Self::Developing => 'D',
            Self::NotCompetent => 'N',
            Self::NotObserved => '-',
        }
    }

    /// Reads its mark or its word, in whatever letters: `C`, `not competent`. The error says what can be written.
    pub fn read(text: &str) -> Result<Self, String> {
        let plain = text.trim().to_lowercase().replace(' ', "-");
        let is_it = |rating: &Self| plain == rating.word() || plain == rating.mark().to_lowercase().to_string();
        Self::ALL.into_iter().find(is_it).ok_or_else(|| format!("it can be {}", Self::marks()))
    }

    /// What the marks mean: `C competent, D developing, ...`.
    pub fn marks() -> String {
        Self::ALL.map(|rating| format!("{} {}", rating.mark(), rating.word().replace('-', " "))).join(", ")
    }
}
