//! A picture of what happened when: lanes of marks under the months. What it shows is said in words beside it.

use serde::Serialize;

use super::scale::{LEFT, Scale, Tick, WIDTH};
use crate::calendar::Day;

/// How high a lane is.
const LANE: i64 = 24;
/// How much room the names of the months have above the lanes.
const HEAD: i64 = 34;
/// How much room the words below the lanes have.
const FOOT: i64 = 24;
/// The most letters of a lane's name that have room before it.
const NAME: usize = 24;

/// A picture, with the words for whoever does not see it.
#[derive(Debug, Serialize)]
pub struct Picture {
    title: String,
    description: String,
    width: i64,
    height: i64,
    left: i64,
    top: i64,
    bottom: i64,
    ticks: Vec<Tick>,
    bands: Vec<Band>,
    lanes: Vec<Lane>,
    uprights: Vec<Upright>,
    /// The shapes that are in it, each with what it means.
    legend: Vec<(Shape, &'static str)>,
    /// The stretches that are in it, likewise.
    stretches: Vec<(Stretch, &'static str)>,
}

/// A stretch of time behind the lanes.
#[derive(Debug, Serialize)]
struct Band {
    x: i64,
    width: i64,
    kind: Stretch,
    title: String,
}

/// What a stretch of time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Stretch {
    /// A term of the course.
    Term,
    /// A break of the group.
    Break,
    /// The student's leave.
    Leave,
}

impl Stretch {
    fn words(self) -> &'static str {
        match self {
            Self::Term => "term",
            Self::Break => "break",
            Self::Leave => "leave",
        }
    }
}

/// A lane of marks of one kind.
#[derive(Debug, Serialize)]
struct Lane {
    y: i64,
    name: String,
    marks: Vec<Mark>,
}

/// A mark on a day.
#[derive(Debug, Serialize)]
struct Mark {
    x: i64,
    shape: Shape,
    title: String,
}

/// A line through all lanes.
#[derive(Debug, Serialize)]
struct Upright {
    x: i64,
    words: String,
    /// Whether its words stand to the left of it, where the picture ends.
    is_at_end: bool,
    is_today: bool,
}

/// The shape of a mark: what it means is told by the shape alone, in whatever colour it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Shape {
    Counted,
    Uncounted,
    Planned,
    Cancelled,
    Meeting,
    JointMeeting,
    UncountedMeeting,
    Report,
    Due,
    Missing,
    Decision,
    Ruling,
    Event,
}

impl Shape {
    fn words(self) -> &'static str {
        match self {
            Self::Counted => "session that counts",
            Self::Uncounted => "session that does not count",
            Self::Planned => "planned, not confirmed",
            Self::Cancelled => "cancelled, or the student was away",
            Self::Meeting => "supervision meeting",
            Self::JointMeeting => "joint supervision meeting",
            Self::UncountedMeeting => "supervision meeting that does not count",
            Self::Report => "form received",
            Self::Due => "form due, still to come",
            Self::Missing => "form due, not there",
            Self::Decision => "decision",
            Self::Ruling => "ruling",
            Self::Event => "something else in the case",
        }
    }
}

/// A picture as it is put together: lanes come below each other in the order in which they are added.
pub(super) struct Drawing {
    scale: Scale,
    picture: Picture,
}

impl Drawing {
    /// Nothing but the months yet.
    pub fn new(title: String, scale: Scale) -> Self {
        let picture = Picture {
            title,
            description: String::new(),
            width: WIDTH,
            height: HEAD + FOOT,
            left: LEFT,
            top: HEAD,
            bottom: HEAD,
            ticks: scale.ticks(),
            bands: Vec::new(),
            lanes: Vec::new(),
            uprights: Vec::new(),
            legend: Vec::new(),
            stretches: Vec::new(),
        };
        Self { scale, picture }
    }

    /// Adds a stretch of time from a first to a last day.
    pub fn band(&mut self, kind: Stretch, (from, until): (Day, Day), title: String) {
        let (x, end) = (self.scale.x(from), self.scale.x(until.plus_days(1)));
        if end > x {
            let known = (kind, kind.words());
            if !self.picture.stretches.contains(&known) {
                self.picture.stretches.push(known);
            }
            self.picture.bands.push(Band { x, width: end - x, kind, title });
        }
    }

    /// Adds a lane; marks beyond the days that are shown are left out.
    pub fn lane(&mut self, name: &str, marks: impl IntoIterator<Item = (Day, Shape, String)>) {
        let y = self.picture.bottom + LANE / 2;
        let shown = marks.into_iter().filter(|(day, ..)| self.scale.holds(*day));
        let mut marks: Vec<_> =
            shown.map(|(day, shape, title)| Mark { x: self.scale.middle(day), shape, title }).collect();
        // What counts is drawn last, over what does not.
        marks.sort_by_key(|mark| std::cmp::Reverse(mark.shape));
        self.picture.legend.extend(marks.iter().map(|mark| (mark.shape, mark.shape.words())));
        self.picture.lanes.push(Lane { y, name: cut(name), marks });
        self.picture.bottom += LANE;
    }

    /// Adds a line through all lanes, with its words below them; none where its day is not shown.
    pub fn upright(&mut self, day: Day, words: String, is_today: bool) {
        if self.scale.holds(day) {
            let x = self.scale.middle(day);
            let is_at_end = x > LEFT + (WIDTH - LEFT) / 2;
            self.picture.uprights.push(Upright { x, words, is_at_end, is_today });
        }
    }

    /// The picture, with what it shows in words.
    pub fn described(mut self, description: String) -> Picture {
        let picture = &mut self.picture;
        picture.legend.sort_unstable();
        picture.legend.dedup();
        // Words of neighbouring lines stand below each other.
        let rows = i64::try_from(picture.uprights.len()).unwrap_or(1).max(1);
        picture.height = picture.bottom + FOOT * rows;
        Picture { description, ..self.picture }
    }
}

/// A name, as far as there is room for it.
fn cut(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    name.chars().take(NAME - 1).chain(['…']).collect()
}
