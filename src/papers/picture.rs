//! A picture of what happened when: lanes of marks under the months. What it shows is said in words beside it.

use serde::Serialize;

use super::scale::{LEFT, Scale, Tick, WIDTH};
use crate::calendar::Day;
use crate::reports::{Audience, Sheet};
use crate::text::counted;

/// How high a lane is.
const LANE: i64 = 24;
/// How much higher it is for each more line of its name.
const LINE: i64 = 12;
/// How much room the names of the months have above the lanes.
const HEAD: i64 = 34;
/// How much room the words below the lanes have.
const FOOT: i64 = 24;
/// The most letters of a line of a lane's name that have room before it.
const NAME: usize = 26;

/// The most lines of a name.
const MOST_LINES: usize = 3;

/// A picture, with the words for whoever does not see it.
#[derive(Debug, Serialize)]
pub struct Picture {
    title: String,
    /// Whether the title stands above it, because nothing else says whose it is.
    is_titled: bool,
    description: String,
    /// What it shows, lane by lane in words, where that is too much for the description.
    words: Vec<String>,
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

impl Picture {
    /// What it shows in words, for formats that have no pictures.
    pub fn sheet(&self) -> Sheet {
        let title = if self.is_titled { self.title.as_str() } else { "" };
        Sheet { lead: vec![self.description.clone()], list: self.words.clone(), ..Sheet::new(title) }
    }
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
    /// Its name, in a few lines.
    name: Vec<String>,
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
    Meeting,
    JointMeeting,
    UncountedMeeting,
    Planned,
    Cancelled,
    CancelledAhead,
    Report,
    Due,
    Missing,
    Decision,
    Ruling,
    Event,
}

impl Shape {
    const ALL: [Self; 14] = [
        Self::Counted,
        Self::Uncounted,
        Self::Meeting,
        Self::JointMeeting,
        Self::UncountedMeeting,
        Self::Planned,
        Self::Cancelled,
        Self::CancelledAhead,
        Self::Report,
        Self::Due,
        Self::Missing,
        Self::Decision,
        Self::Ruling,
        Self::Event,
    ];

    /// So many marks of it, in words.
    fn counted(self, count: usize, audience: Audience) -> String {
        let (one, several) = match self {
            Self::Counted => ("session counts", "sessions count"),
            Self::Uncounted => ("session does not count", "sessions do not count"),
            Self::Planned => ("is planned and not confirmed", "are planned and not confirmed"),
            Self::Cancelled if audience == Audience::Student => {
                ("was cancelled or without you", "were cancelled or without you")
            }
            Self::Cancelled => ("was cancelled or without the student", "were cancelled or without the student"),
            Self::CancelledAhead if audience == Audience::Student => {
                ("to come is cancelled or without you", "to come are cancelled or without you")
            }
            Self::CancelledAhead => {
                ("to come is cancelled or without the student", "to come are cancelled or without the student")
            }
            Self::Meeting => ("supervision meeting counts", "supervision meetings count"),
            Self::JointMeeting => ("joint supervision meeting counts", "joint supervision meetings count"),
            Self::UncountedMeeting => ("supervision meeting does not count", "supervision meetings do not count"),
            Self::Report => ("form was received", "forms were received"),
            Self::Due => ("form is still to come", "forms are still to come"),
            Self::Missing => ("form is due and not there", "forms are due and not there"),
            Self::Decision => ("decision", "decisions"),
            Self::Ruling => ("ruling", "rulings"),
            Self::Event => ("other event", "other events"),
        };
        counted(count, one, several)
    }

    fn words(self, audience: Audience) -> &'static str {
        match self {
            Self::Counted => "session that counts",
            Self::Uncounted => "session that does not count",
            Self::Planned => "planned, not confirmed",
            Self::Cancelled if audience == Audience::Student => "cancelled, or you were away",
            Self::Cancelled => "cancelled, or the student was away",
            Self::CancelledAhead if audience == Audience::Student => "still to come, and cancelled or without you",
            Self::CancelledAhead => "still to come, and cancelled or without the student",
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
    audience: Audience,
    picture: Picture,
}

impl Drawing {
    /// Nothing but the months yet, for an audience.
    pub fn new(title: String, scale: Scale, audience: Audience) -> Self {
        let picture = Picture {
            title,
            is_titled: false,
            description: String::new(),
            words: Vec::new(),
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
        Self { scale, audience, picture }
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
        let name = in_lines(name);
        let more = i64::try_from(name.len()).unwrap_or(1) - 1;
        let height = LANE + LINE * more;
        let y = self.picture.bottom + height / 2;
        let shown = marks.into_iter().filter(|(day, ..)| self.scale.holds(*day));
        let audience = self.audience;
        let mark = |(day, shape, title): (Day, Shape, String)| Mark { x: self.scale.middle(day), shape, title };
        let mut marks: Vec<_> = shown.map(mark).collect();
        // What counts is drawn last, over what does not.
        marks.sort_by_key(|mark| std::cmp::Reverse(mark.shape));
        self.picture.legend.extend(marks.iter().map(|mark| (mark.shape, mark.shape.words(audience))));
        self.picture.lanes.push(Lane { y, name, marks });
        self.picture.bottom += height;
    }

    /// Adds a line through all lanes, with its words below them; none where its day is not shown.
    pub fn upright(&mut self, day: Day, words: String, is_today: bool) {
        if self.scale.holds(day) {
            let x = self.scale.middle(day);
            let is_at_end = x > LEFT + (WIDTH - LEFT) / 2;
            self.picture.uprights.push(Upright { x, words, is_at_end, is_today });
        }
    }

    /// How many marks of each shape the last lane has, in words; forms that are not there have days of their own.
    pub fn tally(&self) -> Vec<String> {
        let marks = self.picture.lanes.last().map_or(&[][..], |lane| lane.marks.as_slice());
        let count = |shape: Shape| marks.iter().filter(|mark| mark.shape == shape).count();
        let counted = Shape::ALL.into_iter().filter(|shape| *shape != Shape::Missing);
        let counts = counted.map(|shape| (shape, count(shape)));
        counts.filter(|(_, count)| *count > 0).map(|(shape, count)| shape.counted(count, self.audience)).collect()
    }

    /// The picture under its title, with words for each of its lanes.
    pub fn titled(self, description: String, words: Vec<String>) -> Picture {
        Picture { is_titled: true, words, ..self.described(description) }
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

/// A name in a few lines, broken between words as far as it can be; what is beyond them has no room.
fn in_lines(name: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in name.split(' ') {
        let is_first = lines.last().is_none_or(String::is_empty);
        let fits = lines.last().is_some_and(|line| line.chars().count() + word.chars().count() < NAME);
        match lines.last_mut() {
            Some(line) if is_first => line.push_str(word),
            Some(line) if fits => *line = format!("{line} {word}"),
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > MOST_LINES {
        let rest = lines.split_off(MOST_LINES - 1).join(" ");
        lines.push(rest);
    }
    lines.iter().map(|line| cut(line)).collect()
}

/// A line, as far as there is room for it.
fn cut(line: &str) -> String {
    if line.chars().count() <= NAME {
        return line.to_owned();
    }
    line.chars().take(NAME - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_broken_between_words_and_cut_only_where_it_must_be() {
        assert_eq!(in_lines("Supervision"), ["Supervision"]);
        assert_eq!(in_lines(""), [""]);
        let title = "Reflective practice for the staff of Brackenford ward";
        assert_eq!(in_lines(title), ["Reflective practice for", "the staff of Brackenford", "ward"]);
        for (length, lines) in [(NAME, "x".repeat(NAME)), (NAME + 1, format!("{}…", "x".repeat(NAME - 1)))] {
            assert_eq!(in_lines(&"x".repeat(length)), [lines]);
        }
        let long = in_lines(&"word ".repeat(40));
        assert!(long.len() == MOST_LINES && long[MOST_LINES - 1].ends_with('…'), "{long:?}");
    }

    #[test]
    fn every_shape_is_counted_in_words_of_its_own() {
        let audiences = [Audience::OnPaper, Audience::Student];
        for (count, audience) in [1, 2].into_iter().flat_map(|count| audiences.map(|audience| (count, audience))) {
            let mut words: Vec<_> = Shape::ALL.into_iter().map(|shape| shape.counted(count, audience)).collect();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), Shape::ALL.len(), "{words:?}");
        }
    }
}
