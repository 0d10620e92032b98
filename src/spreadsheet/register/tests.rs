//! What registers become.

use super::*;

/// The rows that a register becomes, their cells joined; then what is remarked.
fn read(csv: &str) -> Option<(Vec<String>, Vec<String>)> {
    let grid = super::super::delimited::read(csv.as_bytes(), &|_| true).unwrap();
    let names = ["open-group".to_owned(), "Open group".to_owned()];
    let conductors = [(Text::new("robin-ashby"), Some(Text::new("Robin Ashby")))];
    let others = [Text::new("Dr Byrne")];
    let log = OfLog { names: &names, conductors: &conductors, others: &others };
    let (table, remarks) = of_register(&grid, Target::Group, log)?;
    let cell = |cell: &Value| match cell {
        Value::Text(text) => text.clone(),
        Value::Empty => String::new(),
        Value::Broken(why) => format!("!{why}"),
        other => other.to_string(),
    };
    let row = |row: &Row| row.cells.iter().map(cell).collect::<Vec<_>>().join("|").trim_end_matches('|').to_owned();
    Some((table.rows.iter().skip(1).map(row).collect(), remarks))
}

#[test]
fn a_register_has_two_days_across_the_top() {
    assert!(read("Name,7/10/2025\nAnn,1\n").is_none());
    assert!(read("7/10/2025,Name\nAnn,1\n").is_none());
    assert!(read("Name,Week 1,Week 2\nAnn,1,1\n").is_none());
    let above = |rows: usize| format!("{}Name,7/10/2025,14/10/2025\nAnn,1,1\n", "a,b\n".repeat(rows));
    assert!(read(&above(19)).is_some() && read(&above(20)).is_none());
    for (head, day) in [
        ("Week 1 7/10/2025", "7/10/2025"),
        ("Wk1: 7/10/2025", "7/10/2025"),
        ("Session 2 - 7/10/2025", "- 7/10/2025"),
        ("week 3. (7/10/2025)", "7/10/2025"),
        ("7 Oct", "7 Oct"),
    ] {
        let (rows, _) = read(&format!("Name,{head},14/10/2025\nAnn,1,1\n")).unwrap();
        assert_eq!(rows[0].split('|').next().unwrap().trim_start_matches("- "), day.trim_start_matches("- "), "{head}");
    }
}

#[test]
fn members_are_counted() {
    let heads = "Name,7/10/2025,14/10/2025,21/10/2025";
    for (lines, rows) in [
        ("Ann,1,0,1\nBen,1,1,0\n", ["7/10/2025||2", "14/10/2025||1", "21/10/2025||1"]),
        ("Ann,0,0,\nBen,0,,\n", ["7/10/2025||0", "14/10/2025||0", "21/10/2025"]),
        // A cross beside an absence is somebody who came, beside somebody who came none.
        ("Ann,x,0,0\nBen,x,x,0\n", ["7/10/2025||2", "14/10/2025||1", "21/10/2025||0"]),
        ("Ann,x,✓,✓\nBen,x,x,✓\n", ["7/10/2025||0", "14/10/2025||1", "21/10/2025||2"]),
        (
            "Ann,1,Half term,1\nBen,1,,Half term\n",
            ["7/10/2025||2", "14/10/2025|||cancelled: Half term", "21/10/2025||1"],
        ),
        // Who conducts is not counted, and who else does is nobody of the log.
        (
            "Ann,1,1,1\nRobin Ashby,1,0,1\nDr Byrne,1,1,0\n",
            ["7/10/2025||1", "14/10/2025||1||robin-ashby", "21/10/2025||1"],
        ),
        (
            "Ann,1,1,1\nConductor,1,1,0\n",
            [
                "7/10/2025||1",
                "14/10/2025||1",
                "21/10/2025||1||!one of those who conduct was not there, and this does not say who; write the name in the first column",
            ],
        ),
        ("Ann,1,1,1\nTotal,1,,1\nLength,90,75,\n", ["7/10/2025|90|1", "14/10/2025|75|1", "21/10/2025||1"]),
        (
            "Ann,1,1,1\nTotal,2,1,none\n",
            [
                "7/10/2025||!this says 2, and the marks of the members make 1",
                "14/10/2025||1",
                "21/10/2025||!this says 0, and the marks of the members make 1",
            ],
        ),
    ] {
        let (read, remarks) = read(&format!("{heads}\n{lines}")).unwrap();
        assert_eq!(read, rows, "{lines}");
        assert!(remarks[0].contains("rows of members"), "{remarks:?}");
    }
    let unclear = read(&format!("{heads}\nAnn,x,1,0\nBen,1,?,1\n")).unwrap().0;
    assert!(unclear[0].contains("||!an x can mean") && unclear[1].contains("||!\"?\" does not say"), "{unclear:?}");
}

#[test]
fn a_group_is_found_by_its_name() {
    let heads = "Group,7/10/2025,14/10/2025,21/10/2025";
    let of = |lines: &str| read(&format!("{heads}\n{lines}")).unwrap();
    let (rows, remarks) = of("Open Group,7,half term,\nOther,5,5,5\n");
    assert_eq!(rows, ["7/10/2025||7", "14/10/2025|||cancelled: half term", "21/10/2025"]);
    assert_eq!(remarks, ["Rows of other groups are left out: 1."]);
    // The only one is meant, whatever it is called.
    assert_eq!(
        of("Tuesdays,7,6,\n"),
        (vec!["7/10/2025||7".into(), "14/10/2025||6".into(), "21/10/2025".into()], vec![])
    );
    assert_eq!(of("Total,7,6,5\n").0, ["7/10/2025||7", "14/10/2025||6", "21/10/2025||5"]);
    for several in ["Tuesdays,7,6,5\nOther,5,5,5\n", "Open group,7,6,5\nopen-group,5,5,5\n"] {
        let (rows, _) = of(several);
        assert!(rows.iter().all(|row| row.contains("!no row, or more than one, is called as the log is")), "{rows:?}");
    }
}

#[test]
fn columns_that_are_no_weeks_are_named() {
    let of = |heads: &str, lines: &str| read(&format!("Name,7/10/2025,14/10/2025,{heads}\n{lines}")).unwrap();
    let left_out = |remarks: Vec<String>| remarks.into_iter().nth(1).unwrap_or_default();
    for (heads, lines, named) in [
        ("Total", "Ann,1,1,2\n", "\"Total\" (D)"),
        ("%", "Ann,1,1,1\n", "\"%\" (D)"),
        ("Notes", "Ann,1,1,1\n", "\"Notes\" (D)"),
        ("Phone", "Ann,1,1,\n", "\"Phone\" (D)"),
        ("", "Ann,1,1,room 2\n", "\"\" (D)"),
    ] {
        let (rows, remarks) = of(heads, lines);
        assert_eq!(
            (rows.len(), left_out(remarks)),
            (2, format!("Columns that are no weeks are left out: {named}.")),
            "{heads}"
        );
    }
    assert_eq!(left_out(of("", "Ann,1,1,\n").1), "");
    // Marks below something else are of a week, and of which one is asked.
    let (rows, remarks) = of("extra", "Ann,1,1,1\n");
    assert_eq!((rows[2].as_str(), left_out(remarks)), ("extra||1", String::new()));
    assert_eq!(of("", "Ann,1,1,1\n").0[2], "!there is no day above these marks||1");
}
