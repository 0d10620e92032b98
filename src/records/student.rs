//! A student's record: what the student arranged, what arrived, what was decided.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::key::Holds::{Address, Document, FreeText, Id, Name};
use super::key::Tense::{Arranged, Happened, Meant};
use super::vocabulary::{Form, InsuranceKind, MedicalCover, Rating};
use super::{Accommodation, Decision, Extension, RecordKind, Ruling};
use crate::calendar::{Day, Period};
use crate::text::{Text, visible};

/// The most arrangements of a student, and the most Work Reflection Groups: each of the ones is held against each of
/// the others, and against all that other students have.
pub(super) const MOST_ARRANGEMENTS: usize = 100;

/// One student of a course. What is absent is not there yet.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Student {
    /// The student's name.
    #[schemars(extend("x-holds" = Name))]
    pub name: Text,
    /// Where reminders go.
    #[schemars(extend("x-holds" = Address))]
    pub email: Option<Text>,
    /// The id of the course.
    #[schemars(extend("x-holds" = Id(RecordKind::Course)))]
    pub course: Text,
    /// The day on which the student joined, where that is not the course's start.
    #[schemars(extend("x-tense" = Arranged))]
    pub joined: Option<Day>,
    /// The day on which the student left the course.
    #[schemars(extend("x-tense" = Arranged))]
    pub withdrawn: Option<Day>,
    /// The day on which the student said that they take the Diploma and do not apply for the status.
    #[schemars(extend("x-tense" = Arranged))]
    pub not_applying: Option<Day>,
    /// GWP Form 1, the application.
    pub form1: Option<Form1>,
    /// The Diploma itself.
    pub diploma: Option<Diploma>,
    /// The groups that the student conducts, each for some time under a workplace supervisor.
    #[serde(default)]
    #[schemars(length(max = MOST_ARRANGEMENTS))]
    pub arrangement: Vec<Arrangement>,
    /// The Work Reflection Groups that the student was in.
    #[serde(default)]
    #[schemars(length(max = MOST_ARRANGEMENTS))]
    pub wrg: Vec<Wrg>,
    /// Professional indemnity insurance.
    #[serde(default)]
    pub insurance: Vec<Insurance>,
    /// Progress reports that arrived.
    #[serde(default)]
    pub report: Vec<Report>,
    /// What a committee judged of a query.
    #[serde(default)]
    pub ruling: Vec<Ruling>,
    /// What is agreed for this student and a time: it goes before the folder's variations.
    #[serde(default)]
    pub accommodation: Vec<Accommodation>,
    /// Times in which the student was away; they count as breaks.
    #[serde(default)]
    pub leave: Vec<Leave>,
    /// An extension of the two-year limit.
    pub extension: Option<Extension>,
    /// Decisions about the arrangements and about the award.
    #[serde(default)]
    pub decision: Vec<Decision>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// GWP Form 1: the application, from the student.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Form1 {
    /// The day on which the student submitted it.
    #[schemars(extend("x-tense" = Happened))]
    pub submitted: Option<Day>,
    /// The scanned paper: a path below the case folder.
    #[schemars(extend("x-holds" = Document))]
    pub document: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// The Diploma.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Diploma {
    /// The day on which the student completed it.
    #[schemars(extend("x-tense" = Happened))]
    pub completed: Option<Day>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// A group that the student conducts for some time under a workplace supervisor.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("x-entry" = "arrangement"))]
pub struct Arrangement {
    /// The id of the group's session log.
    #[schemars(extend("x-holds" = Id(RecordKind::Session), "x-identifies" = true))]
    pub group: Text,
    /// The id of the workplace supervisor.
    #[schemars(extend("x-holds" = Id(RecordKind::Supervisor), "x-identifies" = true))]
    pub supervisor: Text,
    /// The first day.
    #[schemars(extend("x-tense" = Arranged))]
    pub from: Day,
    /// The last day; absent: still running.
    #[schemars(extend("x-tense" = Arranged))]
    pub until: Option<Day>,
    /// The day on which it was put forward, where that was before it began.
    #[schemars(extend("x-tense" = Happened))]
    pub proposed: Option<Day>,
    /// The day on which it was given up, where that was before it began: from then on it is as if it were not there.
    #[schemars(extend("x-tense" = Happened))]
    pub withdrawn: Option<Day>,
    /// The day on which the workplace supervisor confirmed it on GWP Form 1.
    #[schemars(extend("x-tense" = Happened))]
    pub confirmed: Option<Day>,
    /// Whether the supervisor comes from outside the workplace.
    #[serde(default)]
    pub external: bool,
    /// The line manager in the workplace; needed where the supervisor is external.
    pub line_manager: Option<LineManager>,
    /// Who carries clinical responsibility for the patients.
    pub clinical_responsibility: Option<ClinicalResponsibility>,
    /// Whether medical cover is needed, and arranged.
    pub medical_cover: Option<MedicalCover>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl Student {
    /// A student of whom nothing more is known.
    pub fn new(name: Text, course: Text) -> Self {
        Self { name, course, ..Self::default() }
    }
}

impl Arrangement {
    /// From its first day to its last.
    pub fn period(&self) -> Period {
        Period { from: self.from, until: self.until }
    }

    /// Whether it had been given up by a day.
    pub fn is_withdrawn(&self, by: Day) -> bool {
        self.withdrawn.is_some_and(|day| day <= by)
    }
}

/// A line manager in the workplace.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct LineManager {
    /// The line manager's name.
    #[schemars(extend("x-holds" = Name))]
    pub name: Text,
    /// Where reminders go.
    #[schemars(extend("x-holds" = Address))]
    pub email: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// Who carries clinical responsibility for the patients of a group, or why nobody needs to.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend(
    "anyOf" = [{ "required": ["holder"] }, { "required": ["not_needed"] }],
    "not" = { "required": ["holder", "not_needed"] },
))]
pub struct ClinicalResponsibility {
    /// The person's name and post.
    #[schemars(extend("x-holds" = FreeText))]
    pub holder: Option<Text>,
    /// Why nobody needs to carry it, where the group has no patients.
    #[schemars(extend("x-holds" = FreeText))]
    pub not_needed: Option<Text>,
    /// The day on which it was agreed.
    #[schemars(extend("x-tense" = Happened))]
    pub agreed: Option<Day>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl ClinicalResponsibility {
    /// The person who carries it, agreed on a day or not.
    pub fn of(holder: Text, agreed: Option<Day>) -> Self {
        Self { holder: Some(holder), not_needed: None, agreed, notes: None }
    }

    /// Nobody needs to carry it, for a reason.
    pub fn not_needed_for(reason: Text) -> Self {
        Self { holder: None, not_needed: Some(reason), agreed: None, notes: None }
    }

    /// The person who carries it, where one is named.
    pub fn holder(&self) -> Option<&Text> {
        self.holder.as_ref().filter(|holder| !holder.is_blank())
    }

    /// Why nobody needs to carry it, where that is said.
    pub fn not_needed(&self) -> Option<&Text> {
        self.not_needed.as_ref().filter(|reason| !reason.is_blank())
    }
}

/// A Work Reflection Group that the student was in.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("x-entry" = "wrg"))]
pub struct Wrg {
    /// The id of the WRG supervisor.
    #[schemars(extend("x-holds" = Id(RecordKind::Supervisor), "x-identifies" = true))]
    pub supervisor: Text,
    /// The first day.
    #[schemars(extend("x-tense" = Arranged, "x-identifies" = true))]
    pub from: Day,
    /// The last day; absent: the course's end.
    #[schemars(extend("x-tense" = Meant))]
    pub until: Option<Day>,
    /// The days on which the student presented the group.
    #[serde(default)]
    #[schemars(extend("x-tense" = Happened))]
    pub presentations: Vec<Day>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// A professional indemnity insurance.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("x-entry" = "insurance"))]
pub struct Insurance {
    /// Whose it is.
    #[schemars(extend("x-identifies" = true))]
    pub kind: Option<InsuranceKind>,
    /// The first day covered.
    #[schemars(extend("x-tense" = Arranged, "x-identifies" = true))]
    pub from: Day,
    /// The last day covered; absent: open-ended.
    #[schemars(extend("x-tense" = Meant))]
    pub until: Option<Day>,
    /// What was seen of it.
    #[schemars(extend("x-holds" = FreeText, "x-judged" = false))]
    pub evidence: Option<Text>,
    /// The scanned paper: a path below the case folder.
    #[schemars(extend("x-holds" = Document))]
    pub document: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl Insurance {
    /// The days covered.
    pub fn period(&self) -> Period {
        Period { from: self.from, until: self.until }
    }
}

/// A progress report that arrived.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("x-entry" = "report", "x-last-holds" = true))]
pub struct Report {
    /// Which form it is.
    #[schemars(extend("x-identifies" = true))]
    pub form: Form,
    /// The deadline that it answers; absent: none.
    #[schemars(extend("x-tense" = Meant, "x-identifies" = true))]
    pub due: Option<Day>,
    /// The day on which it arrived.
    #[schemars(extend("x-tense" = Happened))]
    pub received: Day,
    /// Who wrote it: the id of a supervisor, or for GWP Form 3 the line manager's name.
    #[schemars(extend("x-holds" = Id(RecordKind::Supervisor), "x-identifies" = true))]
    pub by: Option<Text>,
    /// Whether it says that no group has been presented yet.
    #[serde(default)]
    pub not_started: bool,
    /// Concerns that it raises, shown to the committee.
    #[schemars(extend("x-holds" = FreeText))]
    pub concerns: Option<Text>,
    /// The nine competencies, on GWP Form 2.
    #[serde(default)]
    #[schemars(extend("x-header" = true))]
    pub competencies: Competencies,
    /// The scanned paper: a path below the case folder.
    #[schemars(extend("x-holds" = Document))]
    pub document: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// Ratings of the nine competencies that a workplace supervisor assesses.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Competencies {
    /// Forming and keeping a working alliance with clients.
    pub working_alliance: Option<Rating>,
    /// Sensitivity to the group's context, cultural differences among them.
    pub context: Option<Rating>,
    /// Reflecting on what goes on in the group.
    pub process_and_dynamics: Option<Rating>,
    /// Seeing and addressing boundary issues.
    pub boundaries: Option<Rating>,
    /// Active listening.
    pub active_listening: Option<Rating>,
    /// Managing conflict.
    pub conflict: Option<Rating>,
    /// Understanding difference.
    pub difference: Option<Rating>,
    /// Sensitivity to confidentiality.
    pub confidentiality: Option<Rating>,
    /// Keeping professional relationships.
    pub professional_relationships: Option<Rating>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl Competencies {
    /// The keys of the nine, in the order of the requirements C1 to C9.
    pub const KEYS: [&'static str; 9] = [
        "working-alliance",
        "context",
        "process-and-dynamics",
        "boundaries",
        "active-listening",
        "conflict",
        "difference",
        "confidentiality",
        "professional-relationships",
    ];

    /// The nine ratings, in the order of [`Competencies::KEYS`].
    pub fn ratings(&self) -> [Option<Rating>; 9] {
        [
            self.working_alliance,
            self.context,
            self.process_and_dynamics,
            self.boundaries,
            self.active_listening,
            self.conflict,
            self.difference,
            self.confidentiality,
            self.professional_relationships,
        ]
    }

    /// Reads the nine ratings by their marks, in the order of [`Competencies::KEYS`]: `CCDCCD-CC`. The error names the place
    /// and the competency that is wrong.
    pub fn read(text: &str) -> Result<Self, String> {
        let marks: Vec<char> = text.chars().filter(|mark| !mark.is_whitespace()).collect();
        let mut read = Self::default();
        for (position, (mark, key)) in marks.iter().zip(Self::KEYS).enumerate() {
            let rating = Rating::read(&mark.to_string()).map_err(|can_be| {
                let mark = visible(&mark.to_string());
                format!("number {} is \"{mark}\", for {key}; {can_be}", position + 1)
            })?;
            read.rate(position, rating);
        }
        match marks.len() {
            9 => Ok(read),
            count => {
                Err(format!("nine ratings are needed, and these are {count}; their order is {}", Self::KEYS.join(", ")))
            }
        }
    }

    /// The marks of the nine ratings as [`Competencies::read`] takes them, with a dot for what is not rated; safe to show.
    pub fn marks(&self) -> String {
        self.ratings().map(|rating| rating.map_or('.', Rating::mark)).iter().collect()
    }

    /// Whether nothing is rated.
    pub fn is_unrated(&self) -> bool {
        self.ratings().iter().all(Option::is_none)
    }

    /// Rates the competency with a position among [`Competencies::KEYS`]; there is none beyond the ninth.
    pub fn rate(&mut self, position: usize, rating: Rating) {
        let rated = match position {
            0 => &mut self.working_alliance,
            1 => &mut self.context,
            2 => &mut self.process_and_dynamics,
            3 => &mut self.boundaries,
            4 => &mut self.active_listening,
            5 => &mut self.conflict,
            6 => &mut self.difference,
            7 => &mut self.confidentiality,
            8 => &mut self.professional_relationships,
            _ => return,
        };
        *rated = Some(rating);
    }
}

/// A time in which the student was away.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("x-entry" = "leave"))]
pub struct Leave {
    /// The first day.
    #[schemars(extend("x-tense" = Arranged, "x-identifies" = true))]
    pub from: Day,
    /// The last day.
    #[schemars(extend("x-tense" = Meant))]
    pub until: Day,
    /// Why.
    #[schemars(extend("x-holds" = FreeText, "x-judged" = false))]
    pub reason: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl Leave {
    /// The days on which the student was away.
    pub fn period(&self) -> Period {
        Period { from: self.from, until: Some(self.until) }
    }
}
