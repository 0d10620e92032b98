//! The closed lists of what committees say: who decides, about what, and how.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A committee or office that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(inline)]
pub enum Body {
    /// The Local Course Committee.
    #[serde(rename = "LCC")]
    Lcc,
    /// The Student Progression Committee.
    #[serde(rename = "SPC")]
    Spc,
    /// The National Training Manager.
    #[serde(rename = "NTM")]
    Ntm,
    /// The National Director of Training.
    #[serde(rename = "NDT")]
    Ndt,
    /// The panel: consulted on queried arrangements, or interviewing about the award.
    #[serde(rename = "panel")]
    Panel,
}

impl Body {
    /// The body's name in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::Lcc => "LCC",
            Self::Spc => "SPC",
            Self::Ntm => "NTM",
            Self::Ndt => "NDT",
            Self::Panel => "panel",
        }
    }
}

/// A body that rules on queries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[schemars(inline)]
pub enum RulingBody {
    /// The Local Course Committee.
    #[serde(rename = "LCC")]
    Lcc,
    /// The Student Progression Committee.
    #[serde(rename = "SPC")]
    Spc,
    /// The National Training Manager.
    #[serde(rename = "NTM")]
    Ntm,
}

impl From<RulingBody> for Body {
    fn from(body: RulingBody) -> Self {
        match body {
            RulingBody::Lcc => Self::Lcc,
            RulingBody::Spc => Self::Spc,
            RulingBody::Ntm => Self::Ntm,
        }
    }
}

impl RulingBody {
    /// The body's name in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::Lcc => "LCC",
            Self::Spc => "SPC",
            Self::Ntm => "NTM",
        }
    }
}

/// What a decision is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Matter {
    /// The student's arrangements for group work and supervision.
    Arrangements,
    /// The award of the status.
    Award,
}

impl Matter {
    /// The matter's name in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::Arrangements => "arrangements",
            Self::Award => "award",
        }
    }
}

/// What a body decided. Which of these a body can give depends on the matter: [`Outcome::allowed`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Outcome {
    /// The arrangements are suitable.
    Approved,
    /// The arrangements raise a question.
    Queried,
    /// The arrangements, or the award, are declined.
    Declined,
    /// The decision of another body is confirmed.
    Ratified,
    /// The award is recommended.
    Recommended,
    /// The award is not recommended.
    NotRecommended,
    /// The committee comes back to it.
    Deferred,
    /// A panel is to interview the student.
    Interview,
    /// The panel finds the student suitable.
    Suitable,
    /// The panel does not find the student suitable.
    NotSuitable,
    /// The status is awarded.
    Awarded,
}

impl Outcome {
    /// Whether it is in the student's favour, so that it has to rest on something.
    pub fn is_favourable(self) -> bool {
        match self {
            Self::Approved | Self::Ratified | Self::Recommended | Self::Suitable | Self::Awarded => true,
            Self::Queried
            | Self::Declined
            | Self::NotRecommended
            | Self::Deferred
            | Self::Interview
            | Self::NotSuitable => false,
        }
    }

    /// The outcomes that `body` can give about `matter`.
    pub fn allowed(body: Body, matter: Matter) -> &'static [Self] {
        use Outcome::{
            Approved, Awarded, Declined, Deferred, Interview, NotRecommended, NotSuitable, Queried, Ratified,
            Recommended, Suitable,
        };
        match (matter, body) {
            (Matter::Arrangements, Body::Lcc) => &[Approved, Queried, Declined],
            (Matter::Arrangements, Body::Ntm) => &[Approved, Declined, Ratified],
            (Matter::Arrangements, Body::Ndt | Body::Panel) => &[Approved, Declined],
            (Matter::Arrangements, Body::Spc) => &[Ratified, Queried, Declined],
            (Matter::Award, Body::Lcc) => &[Recommended, NotRecommended, Deferred, Interview],
            (Matter::Award, Body::Panel) => &[Suitable, NotSuitable],
            (Matter::Award, Body::Spc) => &[Awarded, Declined, Interview],
            (Matter::Award, Body::Ntm) => &[Ratified],
            (Matter::Award, Body::Ndt) => &[],
        }
    }

    /// The word as records write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Queried => "queried",
            Self::Declined => "declined",
            Self::Ratified => "ratified",
            Self::Recommended => "recommended",
            Self::NotRecommended => "not-recommended",
            Self::Deferred => "deferred",
            Self::Interview => "interview",
            Self::Suitable => "suitable",
            Self::NotSuitable => "not-suitable",
            Self::Awarded => "awarded",
        }
    }
}

/// What a ruling says about a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum RulingOutcome {
    /// The committee accepts what was queried: it is settled.
    Accepted,
    /// The committee does not accept it: what is missing is still to be done.
    Refused,
}

impl RulingOutcome {
    /// The word as records write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }
}
