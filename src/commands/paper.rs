//! `gwp paper`: what people would rather look at than a terminal.

mod own;
mod pages;
mod since;
mod viewer;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::{Args as ClapArgs, Subcommand};
use gwp::Folder;
use gwp::calendar::Day;
use gwp::folder::{AskedMeeting, FolderError, JudgedFolder, Meetings, Naming, Selection};
use gwp::meeting::Sitting;
use gwp::papers::{ForMeeting, Paper, Ratifications, Scope, html, of_folder, of_minutes, of_student, of_supervisor};
use gwp::privacy::Discretion;
use gwp::records::{Body, RecordKind};
use gwp::render::{write_markdown, xlsx_book};
use gwp::reports::{MinutesFor, MinutesReport};
use gwp::text::{DayContext, Locator, SaidDay, SourcePath, Text, visible};

use super::Ending;
use super::asking::{Asking, Left, yes_or_no};
use super::context::Context;
use super::discretion::DiscretionArgs;
use super::folder_args::{AsOfArg, FolderArgs};
use super::format::Format;
use super::help::examples;
use super::out::put_private;
use super::surroundings::Surroundings;
use super::value_parsers::{among, day, word};
use super::whom;
use own::Own;
use since::{LastMeeting, decisions};

/// Write a paper: a page for a committee, a student or a wall.
///
/// A paper is one file with everything in it. It opens in any browser, also from a memory stick, and prints on A4. It says
/// the same as the tables on a terminal.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&[
    "gwp paper lcc --meeting next-lcc --out lcc.html",
    "gwp paper student alex-moran --out alex-moran.html --open",
    "gwp paper minutes 2026-12-12 --out minutes.html",
    "gwp paper wall --out wall.html",
    "gwp paper all --out pages --watch",
]))]
pub struct Args {
    #[command(subcommand)]
    what: Kind,
}

impl Args {
    /// Whether the command ends by itself: a watch says what it does while it goes on.
    pub fn is_read_at_once(&self) -> bool {
        matches!(self.what, Kind::One(_))
    }
}

/// One paper, or all of them.
#[derive(Debug, Subcommand)]
enum Kind {
    #[command(flatten)]
    One(What),
    /// A folder of pages to look around in: an index, and a page for each course, student and supervisor
    All(pages::Args),
}

/// What a paper is for.
#[derive(Debug, Subcommand)]
enum What {
    /// The paper of the Local Course Committee, with a page for each student
    Lcc {
        /// The day of the meeting, or next-lcc for the next LCC meeting of each course
        #[arg(long, value_name = "DATE", value_parser = AskedMeeting::parse)]
        meeting: Option<AskedMeeting>,

        #[command(flatten)]
        of: OfCourses,
    },
    /// Where a course stands, without the pages of its students
    Course(OfCourses),
    /// A course as one picture: students down, weeks across
    Wall(OfCourses),
    /// What the SPC is asked to ratify and to decide, with the register of awards; also of several case folders
    Spc(OfCourses),
    /// The minutes of a meeting, from what is recorded of it
    Minutes {
        /// The day of the meeting
        #[arg(value_name = "DATE", value_parser = day)]
        date: SaidDay,

        /// Who met: LCC, SPC, NTM, NDT or panel
        #[arg(long, value_name = "BODY", default_value = "LCC", value_parser = word::<Body>)]
        body: Body,

        #[command(flatten)]
        of: OfCourses,
    },
    /// A letter to a student: what is there, what is missing, and what was decided
    Student {
        /// The student: the name, a part of it, or the id
        #[arg(value_name = "STUDENT")]
        student: Option<String>,

        #[command(flatten)]
        with: WrittenAs,
    },
    /// A letter to a supervisor: the students, what was sent, what is due, and the meetings
    Supervisor {
        /// The supervisor: the name, a part of it, or the id
        #[arg(value_name = "SUPERVISOR")]
        supervisor: Option<String>,

        #[command(flatten)]
        with: WrittenAs,
    },
}

/// Which courses a paper is about, and how it is written.
#[derive(Debug, ClapArgs)]
struct OfCourses {
    /// Only the students of this course, by name or id; can be given several times
    #[arg(long, value_name = "COURSE")]
    course: Vec<String>,

    #[command(flatten)]
    with: WrittenAs,
}

/// From which folder a paper is made, and how it is written.
#[derive(Debug, ClapArgs)]
struct WrittenAs {
    #[command(flatten)]
    folders: FolderArgs,

    #[command(flatten)]
    as_of: AsOfArg,

    /// How to write it. Without it, the ending of --out decides, or it is html
    #[arg(long, value_name = "FORMAT", value_parser = among(Format::OF_PAPERS))]
    format: Option<Format>,

    #[command(flatten)]
    discretion: DiscretionArgs,

    /// The file to write. Only you can read it. A file that is there is replaced only if gwp wrote it and nobody has changed
    /// it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Open the file when it is written, in the browser or in whatever opens such files
    #[arg(long, requires = "out")]
    open: bool,
}

/// Writes the paper.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let what = match &args.what {
        Kind::One(what) => what,
        Kind::All(args) => return pages::run(args, context),
    };
    let with = what.with();
    let folders = with.folders.open(context)?;
    if let What::Spc(of) = what {
        return national(&folders, Selection { courses: of.course.clone(), ..Selection::default() }, with, context);
    }
    let [folder] = folders.as_slice() else {
        bail!("a paper is about one case folder, and there are {}; name one of them", folders.len());
    };
    folder.must_be_judged()?;
    let selection = what.selection(&folders, context)?.named(&folders, &context.choices)?;
    let about = About { supervisor: what.supervisor(folder, context)?, folder, discretion: with.discretion.asked()? };
    let discreet = about.discretion.as_ref().map(|discretion| discretion.folder(folder));
    let selection = about.discretion.iter().fold(selection, |selection, one| one.selection(selection, &folders));
    let shown = discreet.as_ref().unwrap_or(folder);
    let judged = with.as_of.judged(shown, &selection, context)?;
    let paper = what.paper(&judged, &selection, &about)?;
    with.write(&paper, (what.word(), std::slice::from_ref(shown)), judged.as_of, context)?;
    Ok(Ending::Clean)
}

/// Writes the paper of the SPC, over all folders that can be judged.
fn national(
    folders: &[Folder],
    selection: Selection,
    with: &WrittenAs,
    context: &mut Context<'_>,
) -> anyhow::Result<Ending> {
    let selection = selection.named(folders, &context.choices)?;
    let discreet;
    let (folders, selection) = match with.discretion.asked()? {
        None => (folders, selection),
        Some(one) => {
            discreet = folders.iter().map(|folder| one.folder(folder)).collect::<Vec<_>>();
            (discreet.as_slice(), one.selection(selection, folders))
        }
    };
    let (judged, ending) = with.as_of.judge(folders, &selection, context)?;
    let mut ratifications = Ratifications::default();
    for one in &judged {
        let mut locator = Locator::new(&one.folder.sources);
        let file = |place: SourcePath| format!("{}{}", one.folder.name.prefix(), one.folder.file_name(place.file));
        let mut locate = |place: SourcePath| (file(place), locator.place(place).0);
        ratifications.add(one, &selection, &mut locate);
    }
    let unjudged = folders.iter().filter(|folder| !folder.can_be_judged());
    let left_out: Vec<_> =
        unjudged.map(|folder| format!("{} is not in this paper: its gwp.toml has an error.", folder.name)).collect();
    let day = judged.iter().map(|one| one.as_of).max().unwrap_or(context.today);
    with.write(&ratifications.paper(&left_out), ("spc", folders), day, context)?;
    Ok(ending)
}

/// What a paper is made of.
struct About<'a> {
    /// The folder as it is.
    folder: &'a Folder,
    /// What is left out of it.
    discretion: Option<Discretion>,
    /// The id of the supervisor whom the paper is for.
    supervisor: Option<Text>,
}

impl About<'_> {
    /// The id of the supervisor as the paper shows it.
    fn supervisor_shown(&self) -> Option<Text> {
        self.supervisor.as_ref().map(|id| self.shown(RecordKind::Supervisor, id))
    }

    /// An id as the paper shows it.
    fn shown(&self, kind: RecordKind, id: &Text) -> Text {
        let label = self.discretion.as_ref().and_then(|one| one.id(self.folder, kind, id.raw()));
        label.map_or_else(|| id.clone(), Text::new)
    }
}

impl What {
    /// How it is written.
    fn with(&self) -> &WrittenAs {
        match self {
            Self::Lcc { of, .. } | Self::Minutes { of, .. } | Self::Course(of) | Self::Wall(of) | Self::Spc(of) => {
                &of.with
            }
            Self::Student { with, .. } | Self::Supervisor { with, .. } => with,
        }
    }

    /// The students whom the paper is about; somebody at a terminal is asked for one who is needed.
    fn selection(&self, folders: &[Folder], context: &Context<'_>) -> anyhow::Result<Selection> {
        Ok(match self {
            Self::Lcc { of, .. } | Self::Minutes { of, .. } | Self::Course(of) | Self::Wall(of) | Self::Spc(of) => {
                Selection { courses: of.course.clone(), ..Selection::default() }
            }
            Self::Student { student: Some(student), .. } => Selection::of_students(std::slice::from_ref(student)),
            Self::Student { student: None, .. } => Selection::of_students(&[whom::student(folders, context)?]),
            Self::Supervisor { .. } => Selection::default(),
        })
    }

    /// The kind of paper, as a template is told of it.
    fn word(&self) -> &'static str {
        match self {
            Self::Lcc { .. } => "lcc",
            Self::Course(_) => "course",
            Self::Wall(_) => "wall",
            Self::Spc(_) => "spc",
            Self::Minutes { .. } => "minutes",
            Self::Student { .. } => "student",
            Self::Supervisor { .. } => "supervisor",
        }
    }

    /// The id of the supervisor whom the paper is for, where it is for one.
    fn supervisor(&self, folder: &Folder, context: &Context<'_>) -> anyhow::Result<Option<Text>> {
        let Self::Supervisor { supervisor, .. } = self else { return Ok(None) };
        let asked = if supervisor.is_none() { Some(whom::supervisor(folder, context)?) } else { None };
        let Some(supervisor) = supervisor.as_ref().or(asked.as_ref()) else { return Ok(None) };
        let (_, kind, advice) = whom::called(RecordKind::Supervisor);
        let naming = Naming { kind, advice, choices: &context.choices };
        let all = folder.case.records.nameable(RecordKind::Supervisor);
        let (at, _) = naming.find(supervisor, &all)?;
        Ok(all.get(at).and_then(|one| one.ids.first()).map(|id| Text::new(id.as_str())))
    }

    fn paper(&self, judged: &JudgedFolder<'_>, selection: &Selection, about: &About<'_>) -> anyhow::Result<Paper> {
        let folder = judged.folder;
        let mut locator = Locator::new(&folder.sources);
        let mut locate = |place: SourcePath| (folder.file_name(place.file), locator.place(place).0);
        Ok(match self {
            Self::Lcc { meeting, .. } => {
                let of = |asked| Meetings::of(asked, folder, selection, judged.as_of);
                let meetings = meeting.map(of).transpose()?;
                if let Some(said) = meetings.as_ref().and_then(|one| one.unlisted(folder, selection, judged.as_of)) {
                    writeln!(anstream::stderr(), "gwp: {said}")?;
                }
                let decisions = decisions(judged.as_of, about);
                LastMeeting::of(judged, selection, about).compared(judged, selection, |since| {
                    let (meetings, decisions) = (meetings.as_ref(), Some(&decisions));
                    let for_meeting = ForMeeting { meetings, since: Some(since), decisions };
                    of_folder(Scope::Committee, judged, selection, for_meeting, &mut locate)
                })
            }
            Self::Course(_) => of_folder(Scope::Course, judged, selection, ForMeeting::default(), &mut locate),
            Self::Wall(_) => of_folder(Scope::Wall, judged, selection, ForMeeting::default(), &mut locate),
            Self::Minutes { date, body, .. } => minutes(judged, selection, *date, *body)?,
            Self::Spc(_) => bail!("the paper of the SPC is over all folders"),
            Self::Student { .. } => {
                let mut paper = None;
                judged.roster(selection, &mut |result, judgement| {
                    paper = Some(of_student(judged, selection, result, judgement, &mut locate));
                });
                let Some(paper) = paper else { bail!("no student was found; \"gwp list students\" shows them all") };
                paper
            }
            Self::Supervisor { .. } => {
                let id = about.supervisor_shown();
                let entry = folder.case.records.supervisors.iter().find(|entry| Some(&entry.id) == id.as_ref());
                let Some(entry) = entry else { bail!("the supervisor's record cannot be read; see \"gwp check\"") };
                let name = entry.record.as_deref().map_or(&entry.id, |record| &record.name);
                of_supervisor(judged, &entry.id, name)
            }
        })
    }
}

/// The minutes of a meeting that was held by the day of judgement.
fn minutes(judged: &JudgedFolder<'_>, selection: &Selection, date: SaidDay, body: Body) -> anyhow::Result<Paper> {
    let date = date.happened(&DayContext::of_today(judged.as_of)).map_err(|fault| FolderError::UnclearDay { fault })?;
    let sitting = Sitting { body, date };
    if date > judged.as_of {
        bail!("the meeting of {date} is still to come, as of {}; --as-of gives another day", judged.as_of);
    }
    let before = judged.folder.before(sitting);
    let at_the_meeting = JudgedFolder::new(&before, date);
    let report = MinutesReport::of(MinutesFor::Committee, (body, date), &at_the_meeting, judged.folder, selection);
    if report.is_empty() {
        let record = judged.command_line.about(["meeting", &date.iso(), "--body", body.title()]);
        bail!("nothing is recorded of the {sitting}; \"{record}\" records what was decided");
    }
    Ok(of_minutes(&report, &JudgedFolder::new(judged.folder, date), selection))
}

/// Whether somebody who was asked for the file wants to see it. The paper is written, whatever is answered.
fn is_to_be_opened(path: &Path) -> anyhow::Result<bool> {
    let asks = format!("Open {} (yes, no)", visible(&path.to_string_lossy()));
    let (mut answers, mut questions) = Surroundings::terminal();
    let answer = Asking::of(&mut answers, &mut questions).or_else(None, &asks, (true, "yes"), yes_or_no);
    answer.or_else(|error| error.downcast::<Left>().map(|_| false))
}

impl WrittenAs {
    /// The file, as somebody says who did not name one: a page and a workbook cannot be read at a terminal. None for what
    /// can be.
    fn asked_for_file(&self, kind: &str) -> anyhow::Result<Option<PathBuf>> {
        let ending = match self.format {
            None | Some(Format::Html) => "html",
            Some(Format::Xlsx) => "xlsx",
            Some(_) => return Ok(None),
        };
        let usual = format!("{kind}.{ending}");
        let (mut answers, mut questions) = Surroundings::terminal();
        let read = |typed: &str| Ok(PathBuf::from(typed));
        let file = Asking::of(&mut answers, &mut questions).or_else(
            None,
            "The file to write",
            (PathBuf::from(&usual), &usual),
            read,
        )?;
        Ok(Some(file))
    }

    /// Writes a paper of a kind about folders.
    fn write(
        &self,
        paper: &Paper,
        (kind, folders): (&'static str, &[Folder]),
        as_of: Day,
        context: &mut Context<'_>,
    ) -> anyhow::Result<()> {
        let mut asked = None;
        if self.out.is_none() && context.is_on_terminal && context.is_somebody_there {
            asked = self.asked_for_file(kind)?;
        }
        let out = self.out.as_deref().or(asked.as_deref());
        let format = Format::of_file(self.format, out, Format::OF_PAPERS)?;
        let mut made = Vec::new();
        match format {
            Format::Xlsx => made = xlsx_book(&paper.sheets(), as_of)?,
            Format::Markdown => write_markdown(&paper.sheets(), &mut made)?,
            _ => made = html(paper, &Own::of(folders)?.parts(paper, kind)?)?.into_bytes(),
        }
        match out {
            Some(path) => {
                put_private(path, &made, context)?;
                writeln!(context.out, "Written: {}. Only you can read it.", visible(&path.to_string_lossy()))?;
                if self.open || asked.is_some() && is_to_be_opened(path)? {
                    viewer::open(path)?;
                }
            }
            None if format == Format::Xlsx => bail!("a workbook cannot be shown here; name a file with --out"),
            None if format == Format::Html && context.is_on_terminal => {
                bail!("a page is no good to read here; name a file with --out, such as --out paper.html, and open it")
            }
            None => context.out.write_all(&made)?,
        }
        Ok(())
    }
}
