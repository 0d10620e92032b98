//! Two years of two cohorts in git, commit by commit: ordinary work, in which deeds can be hidden.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Stdio;

use gwp::calendar::Day;

use crate::cases::{Files, base_files};
use crate::repository::{Repository, started};

/// Who commits from which address.
pub const CONVENOR: &str = "Hester Quill <convenor@example.org>";

/// The students of the older cohort, and of the younger one. Of each three the last is written up once a month.
pub const COHORTS: [[&str; 3]; 2] = [["ann", "bob", "cy"], ["dee", "eli", "fay"]];

/// The address of a student.
pub fn own(student: &str) -> String {
    format!("{student} <{student}@example.org>")
}

/// Something that is done on a day by somebody, in a commit of its own.
#[derive(Clone)]
pub struct Deed {
    pub day: &'static str,
    pub by: String,
    /// Words replaced, by file: what stands there once, and what stands there from then on.
    pub edits: Vec<(String, String, String)>,
    /// Files that are given another path.
    pub moves: Vec<(String, String)>,
    /// The day that the commit names, where that is another.
    pub dated: Option<&'static str>,
}

/// A deed of one edit.
pub fn deed(day: &'static str, by: &str, path: &str, from: &str, to: &str) -> Deed {
    Deed {
        day,
        by: by.to_owned(),
        edits: vec![(path.to_owned(), from.to_owned(), to.to_owned())],
        moves: Vec::new(),
        dated: None,
    }
}

impl Deed {
    pub fn moving(mut self, from: &str, to: &str) -> Self {
        self.moves.push((from.to_owned(), to.to_owned()));
        self
    }
}

fn day(iso: &str) -> Day {
    Day::parse(iso).unwrap()
}

/// All that the two years come to, before anything is done to it.
fn whole() -> Files {
    let base = base_files();
    let mut files = Files::new();
    files.insert(
        "gwp.toml".to_owned(),
        format!("{}\n[audit]\nconvenors = [\"convenor@example.org\"]\n", base["gwp.toml"]),
    );
    for name in ["kit-lowe", "ines-farrow"] {
        let path = format!("supervisors/{name}.toml");
        files.insert(path.clone(), base[&path].replace("2025-", "2024-").replace("2026-", "2027-"));
    }
    for (number, cohort) in COHORTS.iter().enumerate() {
        let shifted = |text: &str| match number {
            0 => text.replace("2025-", "2024-").replace("2026-", "2025-"),
            _ => text.to_owned(),
        };
        let year = 2024 + number;
        let meetings = |text: String| text.replace("-07-04]", "-07-18]");
        let course = meetings(shifted(&base["courses/york-2025.toml"]));
        files.insert(format!("courses/york-{year}.toml"), course.replace("York Diploma", &format!("York {year}")));
        for student in cohort {
            let of_student = |text: &str| {
                let text = text.replace("robin-ashby", student).replace("tuesday-group", &format!("{student}-group"));
                text.replace("york-2025", &format!("york-{year}"))
            };
            let record = shifted(&of_student(&base["students/robin-ashby.toml"]));
            let record = record.replace("Robin Ashby", student).replace("robin.ashby@", &format!("{student}@"));
            let award = shifted(
                "\n[[decision]]\nbody = \"LCC\"\nabout = \"award\"\ndate = 2026-07-18\noutcome = \"recommended\"\n\
                 \n[[decision]]\nbody = \"SPC\"\nabout = \"award\"\ndate = 2026-09-12\noutcome = \"awarded\"\n",
            );
            files.insert(format!("students/{student}.toml"), record + &award);
            let group = shifted(&of_student(&base["sessions/tuesday-group.toml"]));
            files.insert(format!("sessions/{student}-group.toml"), group);
            let supervision = shifted(&of_student(&base["sessions/supervision-ashby.toml"]));
            files.insert(format!("sessions/supervision-{student}.toml"), supervision);
        }
    }
    files
}

/// What of a text had happened by a day: sessions, and the tables and dates of a student's record.
fn known_by(path: &str, text: &str, by: Day) -> String {
    let date_in = |line: &str, key: &str| {
        let at = line.find(&format!("{key} = 20"))? + key.len() + 3;
        Day::parse(line.get(at..at + 10)?)
    };
    if path.starts_with("sessions/") {
        let lines = text.lines().filter(|line| date_in(line, "{ date").is_none_or(|date| date <= by));
        return lines.fold(String::new(), |text, line| text + line + "\n");
    }
    if !path.starts_with("students/") {
        return text.to_owned();
    }
    let mut known = String::new();
    for block in text.split("\n\n") {
        let keys = ["received", "date", "submitted", "completed", "proposed", "from"];
        let dated = keys
            .iter()
            .find_map(|key| block.lines().find_map(|line| line.starts_with(key).then(|| date_in(line, key))?));
        // What is rated stands below its report.
        if block.starts_with("[report.competencies]") && !known.trim_end().ends_with("by = \"kit-lowe\"") {
            continue;
        }
        if dated.is_some_and(|date| date > by) {
            continue;
        }
        for line in block.lines() {
            let later = ["confirmed", "agreed"].iter().filter_map(|key| date_in(line, key)).any(|date| date > by);
            let is_known = !later;
            match line.strip_prefix("presentations = [") {
                Some(days) => {
                    let days = days.trim_end_matches(']').split(", ");
                    let days: Vec<_> = days.filter(|one| Day::parse(one).is_some_and(|one| one <= by)).collect();
                    let _ = writeln!(known, "presentations = [{}]", days.join(", "));
                }
                None if is_known => {
                    let _ = writeln!(known, "{line}");
                }
                None => {}
            }
        }
        known.push('\n');
    }
    known
}

fn replaced(files: &mut Files, (path, from, to): &(String, String, String), whose: &str) {
    let text = files.entry(path.clone()).or_default();
    assert!(from.is_empty() || text.contains(from.as_str()), "{whose}: {path} does not say {from}:\n{text}");
    *text = if from.is_empty() { format!("{text}{to}") } else { text.replacen(from.as_str(), to, 1) };
}

/// A stream of commits for `git fast-import`.
#[derive(Default)]
struct Stream {
    bytes: Vec<u8>,
    mark: usize,
    last: Files,
}

impl Stream {
    fn commit(&mut self, by: &str, on: Day, files: &Files, parents: &[usize]) -> usize {
        self.mark += 1;
        let moment = day("1970-01-01").days_to(on) * 86_400 + 43_200;
        let mark = self.mark;
        let bytes = &mut self.bytes;
        write!(bytes, "commit refs/heads/main\nmark :{mark}\nauthor {by} {moment} +0000\n").unwrap();
        write!(bytes, "committer {by} {moment} +0000\ndata 4\nwork\n").unwrap();
        for (position, parent) in parents.iter().enumerate() {
            writeln!(bytes, "{} :{parent}", if position == 0 { "from" } else { "merge" }).unwrap();
        }
        bytes.extend_from_slice(b"deleteall\n");
        for (path, text) in files {
            write!(bytes, "M 644 inline {path}\ndata {}\n{text}\n", text.len()).unwrap();
        }
        self.last.clone_from(files);
        mark
    }
}

/// The two years with deeds in them. `begun` is what was so from the first day on.
pub fn two_years(begun: &[(&str, &str, &str)], deeds: &[Deed], branch_on: Option<&str>) -> Repository {
    let mut truth = whole();
    for (path, from, to) in begun {
        replaced(&mut truth, &((*path).to_owned(), (*from).to_owned(), (*to).to_owned()), "begun");
    }
    let mut deeds: Vec<&Deed> = deeds.iter().collect();
    deeds.sort_by_key(|deed| deed.day);
    let mut days: BTreeMap<Day, Vec<Option<&Deed>>> = BTreeMap::new();
    let mut friday = day("2024-09-27");
    while friday <= day("2026-10-02") {
        days.entry(friday).or_default().push(None);
        friday = friday.plus_days(7);
    }
    for deed in &deeds {
        days.entry(day(deed.day)).or_default().push(Some(deed));
    }
    let mut done: Vec<&Deed> = Vec::new();
    let mut stream = Stream::default();
    let mut month = day("2024-09-27");
    let mut tip: Vec<usize> = Vec::new();
    for (on, what) in days {
        for one in what {
            done.extend(one);
            if one.is_none() && on.month() != month.month() {
                month = on;
            }
            let last_friday = on.plus_days(-day("2024-09-27").days_to(on).rem_euclid(7));
            let mut files = Files::new();
            for (path, text) in &truth {
                let monthly = COHORTS.iter().any(|cohort| {
                    path.contains(&format!("sessions/{}-", cohort[2]))
                        || path.contains(&format!("supervision-{}.", cohort[2]))
                        || path.contains(&format!("students/{}.", cohort[2]))
                });
                let year = if path.contains("2025")
                    || COHORTS[1]
                        .iter()
                        .any(|student| path.contains(&format!("/{student}")) || path.contains(&format!("-{student}.")))
                {
                    "2025-09-26"
                } else {
                    "2024-09-27"
                };
                if on < day(year) {
                    continue;
                }
                files.insert(path.clone(), known_by(path, text, if monthly { month } else { last_friday }));
            }
            for deed in &done {
                for (from, to) in &deed.moves {
                    let text = files.remove(from).unwrap();
                    files.insert(to.clone(), text);
                }
                for edit in &deed.edits {
                    replaced(&mut files, edit, &format!("deed of {}", deed.day));
                }
            }
            if one.is_none() && files == stream.last {
                continue;
            }
            let by = one.map_or(CONVENOR, |deed| deed.by.as_str());
            let dated = one.and_then(|deed| deed.dated).map_or(on, day);
            let mark = stream.commit(by, dated, &files, &tip);
            tip = match (branch_on, tip.as_slice()) {
                // What was done on a branch comes in two days later.
                (Some(branch), [before]) if day(branch) == on => {
                    vec![stream.commit(by, on.plus_days(2), &files, &[*before, mark])]
                }
                _ => vec![mark],
            };
        }
    }
    let repository = Repository::new();
    let mut import = started(&repository.top()).args(["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn().unwrap();
    import.stdin.take().unwrap().write_all(&stream.bytes).unwrap();
    assert!(import.wait().unwrap().success());
    repository.git(&["reset", "--quiet", "--hard", "main"]);
    repository
}
