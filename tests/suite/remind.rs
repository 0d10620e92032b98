//! Reminders: one letter for each person that tells exactly what is due from that person, whatever stands in the
//! records and templates.

mod memory;
mod messages;
mod nothing_lost;
mod outbox;
mod said;
mod templates;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::program::{Program, Ran};
use crate::scratch;

/// Two courses of one convenor. Wil Marsh is Ann's WRG supervisor and Bea's workplace supervisor; Cy has nobody yet,
/// and Lou Park is a line manager without an address.
pub const FOLDER: [(&str, &str); 10] = [
    ("gwp.toml", ""),
    (
        "courses/york-2025.toml",
        "name = \"York\"\nconvenor = \"Ros Hallam\"\nemail = \"ros.hallam@example.org\"\nstarts = 2025-09-27\n\
         ends = 2026-07-11\nlcc_meetings = [2025-11-29]\n\
         terms = [{ name = \"Autumn\", starts = 2025-09-27, ends = 2025-12-13 }]\n",
    ),
    (
        "courses/hull-2025.toml",
        "name = \"Hull\"\nconvenor = \"Ros Hallam\"\nemail = \"Ros.Hallam@Example.org\"\nstarts = 2025-09-27\n\
         ends = 2026-07-11\nlcc_meetings = [2025-11-28]\n\
         terms = [{ name = \"Autumn\", starts = 2025-09-27, ends = 2025-12-13 }]\n",
    ),
    ("supervisors/sam.toml", SAM),
    ("supervisors/wil.toml", WIL),
    ("students/ann.toml", ANN),
    ("students/bea.toml", BEA),
    ("students/cy.toml", "name = \"Cy Dunn\"\ncourse = \"hull-2025\"\n"),
    ("sessions/ann-group.toml", ANN_GROUP),
    ("sessions/bea-group.toml", BEA_GROUP),
];

const SAM: &str = "name = \"Sam Rowe\"\nemail = \"sam.rowe@example.org\"\ngroup_analyst = true\n\
                   registrations = [{ body = \"UKCP\", checked = 2025-10-01, expires = 2028-01-01 }]\n";
const WIL: &str = "name = \"Wil Marsh\"\nemail = \"wil.marsh@example.org\"\ngroup_analyst = true\n\
                   registrations = [{ body = \"UKCP\", checked = 2025-10-01, expires = 2028-01-01 }]\n";
const ANN: &str = "name = \"Ann Lee\"\nemail = \"ann.lee@example.org\"\ncourse = \"york-2025\"\n\
                   form1 = { submitted = 2025-10-20 }\n\
                   arrangement = [{ group = \"ann-group\", supervisor = \"sam\", from = 2025-10-06, confirmed = 2025-10-06 }]\n\
                   wrg = [{ supervisor = \"wil\", from = 2025-09-27, presentations = [2025-11-07] }]\n";
const BEA: &str = "name = \"Bea Moss\"\nemail = \"bea.moss@example.org\"\ncourse = \"hull-2025\"\n\
                   form1 = { submitted = 2025-10-20 }\n\
                   arrangement = [{ group = \"bea-group\", supervisor = \"wil\", from = 2025-10-06, confirmed = 2025-10-06, \
                   external = true, line_manager = { name = \"Lou Park\" } }]\n";
const ANN_GROUP: &str = "kind = \"group\"\ntitle = \"A group\"\norganisation = \"Service\"\nsetting = \"health\"\n\
                         aim = \"therapeutic\"\nfrequency = \"weekly\"\nconductors = [\"ann\"]\nsessions = []\n";
const BEA_GROUP: &str = "kind = \"group\"\ntitle = \"A group\"\norganisation = \"Service\"\nsetting = \"health\"\n\
                         aim = \"therapeutic\"\nfrequency = \"weekly\"\nconductors = [\"bea\"]\nsessions = []\n";

/// A case folder that can be written in, `case` in a folder of its own.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(scratch::folder());
        for (path, text) in FOLDER {
            desk.write(&format!("case/{path}"), text);
        }
        desk
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.0.path().join(path)
    }

    fn run(&self, words: &str) -> Ran {
        Program::within(self.0.path()).run(words)
    }

    /// Runs `gwp remind` on the case folder.
    fn remind(&self, words: &str) -> Ran {
        self.run(&format!("remind case {words}"))
    }

    /// What it prints, where it can be carried out.
    fn letters(&self, words: &str) -> Letters {
        let ran = self.remind(words);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{words}");
        Letters::of(&ran.out)
    }

    /// The one line on which it says why it cannot be carried out.
    fn refused(&self, words: &str) -> String {
        let ran = self.remind(words);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{words}: {}", ran.err);
        assert!(ran.err.starts_with("gwp: ") && ran.err.lines().count() == 1, "{}", ran.err);
        ran.err["gwp: ".len()..].trim_end().to_owned()
    }
}

/// What `gwp remind` printed.
struct Letters {
    /// The text of each letter by the name of the person.
    texts: BTreeMap<String, String>,
    /// What comes after the letters.
    end: String,
}

impl Letters {
    fn of(out: &str) -> Self {
        let line = format!("\n{}\n", "-".repeat(76));
        let mut parts: Vec<&str> = out.split(&line).collect();
        let end = parts.pop().expect("there is an end").to_owned();
        let mut texts = BTreeMap::new();
        for part in parts {
            let to = part.strip_prefix("To: ").expect("a letter says to whom it goes");
            let (name, rest) = to.split_once(" <").expect("a name and an address");
            assert!(texts.insert(name.to_owned(), rest.to_owned()).is_none(), "{name} gets two letters");
        }
        Self { texts, end }
    }

    fn names(&self) -> Vec<&str> {
        self.texts.keys().map(String::as_str).collect()
    }

    fn text(&self, name: &str) -> &str {
        self.texts.get(name).unwrap_or_else(|| panic!("{name} gets no letter: {:?}", self.names()))
    }
}

/// One thing that a letter tells: what it is, the day, and the student, or nobody where the student is written to.
type Told = (String, String, String);

/// The points of a text, each on one line.
fn points(text: &str) -> Vec<String> {
    let mut points: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        if let Some(begun) = line.strip_prefix("- ") {
            points.push(begun.to_owned());
            is_open = true;
        } else if let (true, Some(more), Some(last)) = (is_open, line.strip_prefix("  "), points.last_mut()) {
            last.push(' ');
            last.push_str(more);
        } else {
            is_open = false;
        }
    }
    points
}

/// The names of a list; a comma within quotes is of a title.
fn listed(whom: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    for (number, part) in whom.split('"').enumerate() {
        let is_title = number % 2 == 1;
        let mut parts = part.split(", ").flat_map(|names| names.split(" and "));
        let last = names.last_mut().expect("there is one");
        if is_title {
            last.extend(["\"", part, "\""]);
        } else {
            last.push_str(parts.next().unwrap_or_default());
            names.extend(parts.map(str::to_owned));
        }
    }
    names
}

/// What the built-in text tells. No point is there twice, and no student is named twice in one.
fn told(text: &str) -> BTreeSet<Told> {
    let (mut told, mut before) = (BTreeSet::new(), BTreeSet::new());
    for point in points(text) {
        let plain = point.replacen("Your registration, for the work with ", "Valid registration for ", 1);
        let (what, rest) = plain.split_once(", due on ").unwrap_or_else(|| panic!("{point} has no day"));
        let day = rest.split([',', '.']).next().unwrap_or_default();
        let day = day.split(" and now ").next().unwrap_or_default();
        let (what, whom) = what.split_once(" for ").unwrap_or((what, ""));
        let what = what.strip_suffix(", one each").unwrap_or(what).to_lowercase();
        let students = listed(whom);
        assert_eq!(students.iter().collect::<BTreeSet<_>>().len(), students.len(), "{point}");
        told.extend(students.into_iter().map(|student| (what.clone(), day.to_owned(), student)));
        assert!(before.insert(point.clone()), "{point} is told twice");
    }
    told
}

/// What `gwp due` says of each person with an address, by name and address, in the words of a letter.
fn due(program: &Program, words: &str) -> BTreeMap<(String, String), BTreeSet<Told>> {
    let judged = program.run(&format!("check {words} --format json")).json();
    let students = judged["students"].as_array().expect("there are students");
    let name = |id: &serde_json::Value| {
        let found = students.iter().find(|student| student["id"] == *id).expect("the student is there");
        found["name"].as_str().unwrap_or_default().to_owned()
    };
    let groups = program.run(&format!("list groups {words} --format json")).json();
    let title = |id: &str| {
        let mut groups = groups["groups"].as_array().expect("there are groups").iter();
        groups.find(|group| group["id"] == id).and_then(|group| group["title"].as_str()).expect("a title").to_owned()
    };
    let document = program.run(&format!("due {words} --format json --within 28d")).json();
    let mut due: BTreeMap<(String, String), BTreeSet<Told>> = BTreeMap::new();
    for item in document["items"].as_array().expect("there are items") {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let (from, kind) = (&item["from"], text(&item["kind"]));
        let days = item["days"].as_i64().expect("a number of days");
        let is_early = matches!(&*kind, "supervision" | "joint-supervision") && days < -7;
        if kind == "lcc-meeting" || from["email"].is_null() || is_early {
            continue;
        }
        let day = gwp::calendar::Day::parse(&text(&item["due"])).expect("a day").to_string();
        let mut student = name(&item["student"]);
        // What one person can owe for several groups has the group in its key.
        let group = text(&item["group"]);
        if text(&item["key"]).contains(&format!("/{kind}/{group}/")) {
            student = format!("{student} (\"{}\")", title(&group));
        }
        if from["role"] == "student" {
            student.clear();
        }
        let person = (text(&from["name"]), text(&from["email"]).to_lowercase());
        let told = (text(&item["what"]).to_lowercase(), day, student);
        assert!(due.entry(person).or_default().insert(told), "{item} is there twice");
    }
    due
}

/// Every message in a folder, by the name of its file, and whatever else lies there but the record.
fn messages(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("it can be listed").map(|entry| entry.expect("an entry"));
    let of_entry = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().expect("a name in ASCII");
        (name, fs::read(entry.path()).expect("it can be read"))
    };
    entries.map(of_entry).filter(|(name, _)| name != "reminders.jsonl").collect()
}
