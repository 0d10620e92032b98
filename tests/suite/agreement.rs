//! Table, CSV and JSON are renderings of one judgement: what one of them says, the others say.

use std::collections::{BTreeMap, BTreeSet};

use gwp::edition::Code;
use gwp::judgement::Verdict;
use gwp::requirements::CATALOGUE;
use serde_json::Value;

use crate::program::{Program, Row};

/// The examples, each with the day as of which its README judges it.
const EXAMPLES: [(&str, &str); 3] = [
    ("examples/london", "2026-02-10"),
    ("examples/national", "2026-02-10"),
    ("examples/edition-2022-23", "2023-06-20"),
];

/// One example in all its forms.
struct Said {
    example: &'static str,
    as_of: &'static str,
    folders: Vec<Folder>,
}

/// A case folder as JSON says it is; ids begin with `prefix` in the other forms.
struct Folder {
    prefix: String,
    json: Value,
}

impl Folder {
    fn students(&self) -> impl Iterator<Item = &Value> {
        list(&self.json["students"])
    }

    fn id(&self, student: &Value) -> String {
        format!("{}{}", self.prefix, word(student))
    }
}

impl Said {
    fn all() -> impl Iterator<Item = Self> {
        EXAMPLES.into_iter().map(|(example, as_of)| {
            let json = Program::at_the_top().run(&format!("check {example} --as-of {as_of} --format json")).json();
            let folders = match json["folders"].as_array() {
                Some(folders) => folders
                    .iter()
                    .map(|json| Folder { prefix: format!("{}/", word(&json["folder"])), json: json.clone() })
                    .collect(),
                None => vec![Folder { prefix: String::new(), json }],
            };
            Self { example, as_of, folders }
        })
    }

    fn check(&self, options: &str) -> crate::program::Ran {
        Program::at_the_top().run(&format!("check {} --as-of {} {options}", self.example, self.as_of))
    }

    fn rows(&self, part: &str) -> Vec<Row> {
        self.check(&format!("--format csv --only {part}")).rows()
    }

    /// Every student, with the folder.
    fn students(&self) -> impl Iterator<Item = (&Folder, &Value)> {
        self.folders.iter().flat_map(|folder| folder.students().map(move |student| (folder, student)))
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().expect("a list").iter()
}

/// A value as a cell of CSV holds it.
fn word(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn csv_has_the_students_of_json() {
    for said in Said::all() {
        let rows = said.rows("eligibility");
        assert_eq!(rows.len(), said.students().count(), "{}", said.example);
        for (row, (folder, student)) in rows.iter().zip(said.students()) {
            let id = folder.id(&student["id"]);
            assert_eq!(row.cell("student"), id);
            for key in ["name", "course", "verdict"] {
                assert_eq!(row.cell(key), word(&student[key]), "{id}: {key}");
            }
            let sessions = &student["sessions"];
            let named = [("sessions_counted", "counted"), ("sessions_required", "required")];
            let dates = [("complete_on", "complete_on"), ("projected", "projected"), ("limit", "limit")];
            for (heading, key) in named.into_iter().chain(dates) {
                assert_eq!(row.cell(heading), word(&sessions[key]), "{id}: {heading}");
            }
            assert_eq!(row.cell("supervision_meetings"), word(&student["supervision"]["meetings"]), "{id}");
            let overdue = list(&folder.json["overdue"]).filter(|item| item["student"] == student["id"]).count();
            if student["sessions"].is_object() {
                assert_eq!(row.cell("overdue"), overdue.to_string(), "{id}: overdue");
            }
            let status = |code: Code| student["requirements"][code as usize]["status"].as_str().unwrap_or_default();
            let forms = [
                ("form1_submitted", Code::A1),
                ("supervisor_confirmed", Code::A2),
                ("arrangements_approved", Code::A3),
                ("arrangements_ratified", Code::A4),
            ];
            for (heading, code) in forms {
                assert_eq!(row.cell(heading), status(code), "{id}: {heading}");
            }
            for (heading, code) in ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9"].into_iter().zip(COMPETENCIES)
            {
                let is_competent = row.cell(heading) == "competent";
                assert_eq!(is_competent, status(code) == "met", "{id}: {heading}");
            }
            if student["sessions"].is_object() {
                assert_eq!(row.unread(), NOT_IN_JSON, "a new column is compared with JSON here, or is none of JSON");
            }
        }
    }
}

/// The columns that sum up what JSON tells requirement by requirement.
const NOT_IN_JSON: [&str; 7] =
    ["supervision", "reports_answered", "reports_due", "needed_next", "needed_next_2", "needed_next_3", "steps_more"];

const COMPETENCIES: [Code; 9] =
    [Code::C1, Code::C2, Code::C3, Code::C4, Code::C5, Code::C6, Code::C7, Code::C8, Code::C9];

#[test]
fn the_table_has_the_verdicts_and_sessions_of_json() {
    for said in Said::all() {
        let table = said.check("--only eligibility").out;
        // `action  Bethan Maddox  8/30 #....`; a student without sessions has none there.
        let mut shown: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for line in table.lines() {
            let Some((first, rest)) = line.split_once(' ') else { continue };
            if Verdict::from_word(first).is_some() {
                let sessions = rest.split_whitespace().find(|cell| cell.contains("/30"));
                shown.entry(first).or_default().push(sessions.unwrap_or_default());
            }
        }
        let mut expected: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (_, student) in said.students() {
            let sessions = &student["sessions"];
            let of = |key: &str| word(&sessions[key]);
            let sessions = format!("{}/{}", of("counted"), of("required"));
            expected.entry(student["verdict"].as_str().expect("a verdict")).or_default().push(sessions);
        }
        assert_eq!(shown.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{}", said.example);
        for (verdict, shown) in &mut shown {
            let expected = expected.get_mut(verdict).expect("the keys are the same");
            assert_eq!(shown.len(), expected.len(), "{}: {verdict}", said.example);
            if shown.iter().all(|sessions| !sessions.is_empty()) {
                shown.sort_unstable();
                expected.sort_unstable();
                assert_eq!(shown, expected, "{}: {verdict}", said.example);
            }
        }
    }
}

#[test]
fn counts_are_those_of_the_students() {
    for said in Said::all() {
        let table = said.check("--only eligibility").out;
        for folder in &said.folders {
            let counts = &folder.json["counts"];
            assert_eq!(counts["students"], folder.students().count(), "{}", said.example);
            for verdict in Verdict::ALL.map(Verdict::word) {
                let count = folder.students().filter(|student| student["verdict"] == verdict).count();
                assert_eq!(counts[verdict], count, "{}: {verdict}", said.example);
            }
        }
        // `2 students: 1 action, 1 on-track. Sessions complete: 0.`, for every course, over several lines.
        let table = table.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut counted: BTreeMap<String, u64> = BTreeMap::new();
        let mut courses: Vec<&str> = table.split(" Sessions complete: ").collect();
        courses.pop();
        for course in courses {
            let (_, verdicts) = course.rsplit_once(" student").expect("the number of students stands before");
            let (_, verdicts) = verdicts.split_once(": ").expect("the verdicts follow");
            for part in verdicts.trim_end_matches('.').split(", ") {
                let (number, verdict) = part.split_once(' ').expect("a number and a verdict");
                *counted.entry(verdict.to_owned()).or_default() += number.parse::<u64>().expect("a number");
            }
        }
        let mut expected: BTreeMap<String, u64> = BTreeMap::new();
        for (_, student) in said.students() {
            *expected.entry(word(&student["verdict"])).or_default() += 1;
        }
        assert_eq!(counted, expected, "{}", said.example);
    }
}

#[test]
fn overdue_items_agree() {
    for said in Said::all() {
        let items: Vec<_> = said
            .folders
            .iter()
            .flat_map(|folder| list(&folder.json["overdue"]).map(move |item| (folder, item)))
            .collect();
        let rows = said.rows("overdue");
        assert_eq!(rows.len(), items.len(), "{}", said.example);
        for (row, (folder, item)) in rows.iter().zip(&items) {
            assert_eq!(row.cell("student"), folder.id(&item["student"]));
            for key in ["due", "days", "kind", "code", "group"] {
                assert_eq!(row.cell(key), word(&item[key]), "{key}");
            }
            for (heading, key) in
                [("from_role", "role"), ("from_id", "id"), ("from_name", "name"), ("contact", "email")]
            {
                assert_eq!(row.cell(heading), word(&item["from"][key]), "{heading}");
            }
        }
        let table = said.check("--only overdue").out;
        let line = |line: &str| {
            let cells: Vec<_> = line.split_whitespace().collect();
            let [day, _, year, days, ..] = cells.as_slice() else { return None };
            let is_item = day.parse::<u32>().is_ok() && year.len() == 4 && year.parse::<u32>().is_ok();
            is_item.then(|| days.parse::<i64>().ok()).flatten()
        };
        let days: Vec<_> = table.lines().filter_map(line).collect();
        assert_eq!(days, items.iter().filter_map(|(_, item)| item["days"].as_i64()).collect::<Vec<_>>());
    }
}

#[test]
fn problems_agree() {
    for said in Said::all() {
        let problems: Vec<_> = said
            .folders
            .iter()
            .flat_map(|folder| list(&folder.json["problems"]).map(move |problem| (folder, problem)))
            .collect();
        let rows = said.rows("problems");
        assert_eq!(rows.len(), problems.len(), "{}", said.example);
        let table = said.check("--only problems").out;
        for (row, (folder, problem)) in rows.iter().zip(&problems) {
            assert_eq!(row.cell("problem"), word(&problem["name"]));
            assert_eq!(row.cell("file"), format!("{}{}", folder.prefix, word(&problem["file"])));
            for key in ["level", "line", "column", "message", "help"] {
                assert_eq!(row.cell(key), word(&problem[key]), "{key}");
            }
            let title = format!("{}[{}]: ", word(&problem["level"]), word(&problem["name"]));
            assert!(table.contains(&title), "{}: {title}", said.example);
        }
        assert_eq!(table.matches("\n --> ").count(), problems.len(), "{}", said.example);
    }
}

#[test]
fn the_queries_for_the_meeting_are_those_of_json() {
    for said in Said::all() {
        let rows = said.rows("agenda");
        let shown: BTreeSet<_> = rows
            .iter()
            .filter(|row| ["query", "concern"].contains(&row.cell("part")))
            .map(|row| ["student_id", "code", "date", "what"].map(|heading| row.cell(heading).to_owned()))
            .collect();
        // What is asked about arrangements that are to be approved is asked there.
        let with_approval: Vec<_> = rows
            .iter()
            .filter(|row| row.cell("part") == "arrangements")
            .map(|row| (row.cell("student_id"), row.cell("details")))
            .collect();
        let is_asked_there = |query: &[String; 4]| {
            with_approval.iter().any(|(student, details)| *student == query[0] && details.contains(&query[3]))
        };
        let going_on = ["action", "query", "on-track", "recommended", "ready"];
        let mut expected = BTreeSet::new();
        for (folder, student) in said.students().filter(|(_, student)| going_on.contains(&&*word(&student["verdict"])))
        {
            for requirement in list(&student["requirements"]) {
                let code = word(&requirement["code"]);
                if Code::from_word(&code).is_some_and(Code::is_rulable) {
                    let queries = list(&requirement["queries"]).filter(|query| query["status"] == "query");
                    let told = queries.map(|query| {
                        [folder.id(&student["id"]), code.clone(), word(&query["date"]), word(&query["message"])]
                    });
                    expected.extend(told.filter(|query| !is_asked_there(query)));
                }
            }
        }
        assert_eq!(shown, expected, "{}", said.example);
    }
}

#[test]
fn json_is_the_same_bytes_twice_and_in_another_order_of_folders() {
    for said in Said::all() {
        let [first, second] = [(); 2].map(|()| said.check("--format json"));
        assert!(first.out == second.out && first.status == second.status, "{}", said.example);
        assert!(first.out.ends_with("}\n") && first.err.is_empty(), "{}", said.example);
    }
    let check = |folders: &str| Program::at_the_top().run(&format!("check {folders} --as-of 2026-02-10 --format json"));
    let [one, other] = ["leeds bristol", "bristol leeds"].map(|order| {
        let folders: Vec<_> = order.split(' ').map(|name| format!("examples/national/{name}")).collect();
        let document = check(&folders.join(" ")).json();
        let mut folders = document["folders"].as_array().expect("there are two").clone();
        folders.sort_by_key(|folder| word(&folder["folder"]));
        folders
    });
    assert_eq!(one, other);
}

#[test]
fn json_has_its_keys_in_order() {
    let student = [
        "id",
        "name",
        "course",
        "verdict",
        "sessions",
        "supervision",
        "scheme",
        "accommodations",
        "leave",
        "attested",
        "requirements",
    ]
    .as_slice();
    let document =
        ["version", "program", "as_of", "files", "scheme", "variations", "counts", "students", "overdue", "problems"];
    for said in Said::all() {
        for folder in &said.folders {
            let top: Vec<_> = keys(&folder.json).into_iter().filter(|key| *key != "folder").collect();
            assert_eq!(top, document, "{}", said.example);
            assert_eq!(folder.json["version"], 1);
            assert_eq!(folder.json["as_of"], said.as_of);
            assert_eq!(keys(&folder.json["files"]), ["found", "used"]);
            for variation in list(&folder.json["variations"]) {
                assert_eq!(keys(variation), ["parameter", "value", "agreed_by", "agreed"]);
            }
            let ids: Vec<_> = folder.students().map(|student| word(&student["id"])).collect();
            assert!(ids.is_sorted(), "{ids:?}");
            for one in folder.students() {
                assert_eq!(keys(one), student);
                has_its_keys_in_order(one);
            }
            for item in list(&folder.json["overdue"]) {
                assert_eq!(keys(item), ["student", "kind", "code", "due", "days", "from", "group"]);
                if item["from"].is_object() {
                    assert_eq!(keys(&item["from"]), ["role", "id", "name", "email"]);
                }
            }
            for problem in list(&folder.json["problems"]) {
                assert_eq!(keys(problem), ["name", "level", "file", "line", "column", "message", "help"]);
            }
        }
    }
}

fn has_its_keys_in_order(student: &Value) {
    let requirements: Vec<_> = list(&student["requirements"]).collect();
    if student["verdict"] == "unknown" {
        assert!(student["sessions"].is_null() && student["supervision"].is_null() && requirements.is_empty());
        return;
    }
    let figures = ["counted", "required", "not_counted", "complete_on", "projected", "limit"];
    assert_eq!(keys(&student["sessions"]), figures);
    assert_eq!(keys(&student["supervision"]), ["meetings", "not_counted"]);
    let codes: Vec<_> = requirements.iter().map(|one| word(&one["code"])).collect();
    assert_eq!(codes, CATALOGUE.map(|one| one.code.word().to_owned()));
    for requirement in requirements {
        assert_eq!(keys(requirement), ["code", "name", "status", "due", "message", "queries", "evidence"]);
        assert!(list(&requirement["queries"]).all(|query| keys(query) == ["date", "status", "message"]));
        assert!(list(&requirement["evidence"]).all(|place| keys(place) == ["file", "line", "column"]));
    }
}

#[test]
fn a_page_and_the_register_say_what_check_says() {
    let said = Said::all().next().expect("London is the first");
    let program = Program::at_the_top();
    let register = program.run("list students examples/london --as-of 2026-02-10 --format csv").rows();
    assert_eq!(register.len(), said.students().count());
    for (row, (_, student)) in register.iter().zip(said.students()) {
        assert_eq!((row.cell("student"), row.cell("verdict")), (&*word(&student["id"]), &*word(&student["verdict"])));
    }
    for (_, student) in said.students().filter(|(_, student)| student["verdict"] != "unknown") {
        let id = word(&student["id"]);
        let page = program.run(&format!("show {id} examples/london --as-of 2026-02-10")).out;
        let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
        for requirement in list(&student["requirements"]) {
            *statuses.entry(word(&requirement["status"])).or_default() += 1;
        }
        let line = page.lines().find_map(|line| line.strip_prefix("39 requirements: ")).expect("the page counts them");
        let shown =
            line.trim_end_matches('.').split(", ").map(|part| part.split_once(' ').expect("a number, a status"));
        let shown = shown.map(|(number, status)| (status.to_owned(), number.parse().expect("a number"))).collect();
        assert_eq!(statuses, shown, "{id}");
        let verdict = format!("{}, as of 10 February 2026", word(&student["verdict"]));
        assert!(page.contains(&verdict), "{id} is {verdict}");
    }
}
