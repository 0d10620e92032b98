//! A student's record: what the student arranged, what arrived, what was decided.

use schemars::JsonSchema;
use serde::Deserialize;

use super::vocabulary::{Body, Form, InsuranceKind, Matter, MedicalCover, Outcome, Rating, RulingBody, RulingOutcome};
use super::walk::{Leaf, Walk};
use crate::calendar::{Day, Period};
use crate::edition::Code;
use crate::text::{Path, Text};

/// The most arrangements of a student, and the most Work Reflection Groups: each of the ones is held against each of
/// the others, and against all that other students have.
pub(super) const MOST_ARRANGEMENTS: usize = 100;

/// One student of a course. What is absent is not there yet.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Student {
    /// The student's name.
    pub name: Text,
    /// Where reminders go.
    pub email: Option<Text>,
    /// The id of the course.
    pub course: Text,
    /// The day on which the student joined, where that is not the course's start.
    pub joined: Option<Day>,
    /// The day on which the student left the course.
    pub withdrawn: Option<Day>,
    /// The day on which the student said that they take the Diploma and do not apply for the status.
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
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Form1 {
    /// The day on which the student submitted it.
    pub submitted: Option<Day>,
    /// The scanned paper: a path below the case folder.
    pub document: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// The Diploma.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Diploma {
    /// The day on which the student completed it.
    pub completed: Option<Day>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// A group that the student conducts for some time under a workplace supervisor.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Arrangement {
    /// The id of the group's session log.
    pub group: Text,
    /// The id of the workplace supervisor.
    pub supervisor: Text,
    /// The first day.
    pub from: Day,
    /// The last day; absent: still running.
    pub until: Option<Day>,
    /// The day on which it was put forward, where that was before it began.
    pub proposed: Option<Day>,
    /// The day on which the workplace supervisor confirmed it on GWP Form 1.
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
        Self {
            name,
            email: None,
            course,
            joined: None,
            withdrawn: None,
            not_applying: None,
            form1: None,
            diploma: None,
            arrangement: Vec::new(),
            wrg: Vec::new(),
            insurance: Vec::new(),
            report: Vec::new(),
            ruling: Vec::new(),
            leave: Vec::new(),
            extension: None,
            decision: Vec::new(),
            notes: None,
        }
    }
}

impl Arrangement {
    /// From its first day to its last.
    pub fn period(&self) -> Period {
        Period { from: self.from, until: self.until }
    }
}

/// A line manager in the workplace.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct LineManager {
    /// The line manager's name.
    pub name: Text,
    /// Where reminders go.
    pub email: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// Who carries clinical responsibility for the patients of a group.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct ClinicalResponsibility {
    /// The person's name and post.
    pub holder: Text,
    /// The day on which it was agreed.
    pub agreed: Option<Day>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// A Work Reflection Group that the student was in.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Wrg {
    /// The id of the WRG supervisor.
    pub supervisor: Text,
    /// The first day.
    pub from: Day,
    /// The last day; absent: the course's end.
    pub until: Option<Day>,
    /// The days on which the student presented the group.
    #[serde(default)]
    pub presentations: Vec<Day>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// A professional indemnity insurance.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Insurance {
    /// Whose it is.
    pub kind: Option<InsuranceKind>,
    /// The first day covered.
    pub from: Day,
    /// The last day covered; absent: open-ended.
    pub until: Option<Day>,
    /// What was seen of it.
    pub evidence: Option<Text>,
    /// The scanned paper: a path below the case folder.
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
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Report {
    /// Which form it is.
    pub form: Form,
    /// The deadline that it answers; absent: none.
    pub due: Option<Day>,
    /// The day on which it arrived.
    pub received: Day,
    /// Who wrote it: the id of a supervisor, or for GWP Form 3 the line manager's name.
    pub by: Option<Text>,
    /// Whether it says that no group has been presented yet.
    #[serde(default)]
    pub not_started: bool,
    /// Concerns that it raises, shown to the committee.
    pub concerns: Option<Text>,
    /// The nine competencies, on GWP Form 2.
    #[serde(default)]
    pub competencies: Competencies,
    /// The scanned paper: a path below the case folder.
    pub document: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// Ratings of the nine competencies that a workplace supervisor assesses.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
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

/// What a committee judged of a query.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Ruling {
    /// The requirement, by code or by name; not A3, A4, D2 or D3, which a `decision` settles.
    #[serde(deserialize_with = "Code::deserialize_rulable")]
    #[schemars(schema_with = "Code::rulable_schema")]
    pub requirement: Code,
    /// Who ruled.
    pub body: RulingBody,
    /// The day of the ruling.
    pub date: Day,
    /// The dates that it rules on; absent: all dates up to that of the ruling.
    #[schemars(length(min = 1))]
    pub of: Option<Vec<Day>>,
    /// Accepted or refused.
    pub outcome: RulingOutcome,
    /// Where it is minuted.
    pub minute: Option<Text>,
    /// The scanned paper: a path below the case folder.
    pub document: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// A time in which the student was away.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Leave {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// Why.
    pub reason: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// An extension of the two-year limit.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Extension {
    /// The new last day.
    pub until: Day,
    /// Who agreed it.
    pub agreed_by: Text,
    /// The day on which it was agreed.
    pub agreed: Day,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// A decision of a committee or an office.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Decision {
    /// Who decided.
    pub body: Body,
    /// What it is about.
    pub about: Matter,
    /// The day of the decision.
    pub date: Day,
    /// What was decided.
    pub outcome: Outcome,
    /// Where it is minuted.
    pub minute: Option<Text>,
    /// The scanned paper: a path below the case folder.
    pub document: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl Walk for Student {
    fn walk<'a>(&'a self, see: &mut dyn FnMut(Path, Leaf<'a>)) {
        Leaf::day(Path::of("joined"), self.joined, see);
        Leaf::day(Path::of("withdrawn"), self.withdrawn, see);
        Leaf::day(Path::of("not_applying"), self.not_applying, see);
        Leaf::notes(Path::root(), self.notes.as_ref(), see);
        if let Some(form1) = &self.form1 {
            let at = Path::of("form1");
            Leaf::day(at.key("submitted"), form1.submitted, see);
            Leaf::document(at.key("document"), form1.document.as_ref(), see);
            Leaf::notes(at, form1.notes.as_ref(), see);
        }
        if let Some(diploma) = &self.diploma {
            let at = Path::of("diploma");
            Leaf::day(at.key("completed"), diploma.completed, see);
            Leaf::notes(at, diploma.notes.as_ref(), see);
        }
        for (index, arrangement) in self.arrangement.iter().enumerate() {
            arrangement.walk_at(Path::of("arrangement").index(index), see);
        }
        for (index, wrg) in self.wrg.iter().enumerate() {
            let at = Path::of("wrg").index(index);
            Leaf::period(at, wrg.from, wrg.until, see);
            for (position, &presented) in wrg.presentations.iter().enumerate() {
                see(at.key("presentations").index(position), Leaf::Day(presented));
            }
            Leaf::notes(at, wrg.notes.as_ref(), see);
        }
        for (index, insurance) in self.insurance.iter().enumerate() {
            let at = Path::of("insurance").index(index);
            Leaf::period(at, insurance.from, insurance.until, see);
            Leaf::free_text(at.key("evidence"), insurance.evidence.as_ref(), see);
            Leaf::document(at.key("document"), insurance.document.as_ref(), see);
            Leaf::notes(at, insurance.notes.as_ref(), see);
        }
        for (index, report) in self.report.iter().enumerate() {
            let at = Path::of("report").index(index);
            Leaf::day(at.key("due"), report.due, see);
            Leaf::day(at.key("received"), Some(report.received), see);
            Leaf::free_text(at.key("concerns"), report.concerns.as_ref(), see);
            Leaf::document(at.key("document"), report.document.as_ref(), see);
            Leaf::notes(at.key("competencies"), report.competencies.notes.as_ref(), see);
            Leaf::notes(at, report.notes.as_ref(), see);
        }
        for (index, ruling) in self.ruling.iter().enumerate() {
            let at = Path::of("ruling").index(index);
            Leaf::day(at.key("date"), Some(ruling.date), see);
            for (position, &of) in ruling.of.iter().flatten().enumerate() {
                see(at.key("of").index(position), Leaf::Day(of));
            }
            Leaf::document(at.key("document"), ruling.document.as_ref(), see);
            Leaf::notes(at, ruling.notes.as_ref(), see);
        }
        for (index, leave) in self.leave.iter().enumerate() {
            let at = Path::of("leave").index(index);
            Leaf::period(at, leave.from, Some(leave.until), see);
            Leaf::free_text(at.key("reason"), leave.reason.as_ref(), see);
            Leaf::notes(at, leave.notes.as_ref(), see);
        }
        if let Some(extension) = &self.extension {
            let at = Path::of("extension");
            Leaf::day(at.key("until"), Some(extension.until), see);
            Leaf::day(at.key("agreed"), Some(extension.agreed), see);
            Leaf::notes(at, extension.notes.as_ref(), see);
        }
        for (index, decision) in self.decision.iter().enumerate() {
            let at = Path::of("decision").index(index);
            Leaf::day(at.key("date"), Some(decision.date), see);
            Leaf::document(at.key("document"), decision.document.as_ref(), see);
            Leaf::notes(at, decision.notes.as_ref(), see);
        }
    }
}

impl Arrangement {
    fn walk_at<'a>(&'a self, at: Path, see: &mut dyn FnMut(Path, Leaf<'a>)) {
        Leaf::period(at, self.from, self.until, see);
        Leaf::day(at.key("proposed"), self.proposed, see);
        Leaf::day(at.key("confirmed"), self.confirmed, see);
        if let Some(responsibility) = &self.clinical_responsibility {
            let at = at.key("clinical_responsibility");
            Leaf::day(at.key("agreed"), responsibility.agreed, see);
            Leaf::notes(at, responsibility.notes.as_ref(), see);
        }
        if let Some(manager) = &self.line_manager {
            Leaf::notes(at.key("line_manager"), manager.notes.as_ref(), see);
        }
        Leaf::notes(at, self.notes.as_ref(), see);
    }
}
