//! Tables of students and supervisors become records: each row right or named.

use std::fs;

use crate::importing::{desk, desk_with, flat, must};

#[test]
fn students_and_supervisors() {
    let desk = desk_with("students.csv");
    let ran = desk.run("import students.csv --into students --write --as-of 2025-10-01");
    must(&ran, 0);
    assert!(ran.out.contains("Written: 2 records."), "{}", ran.out);
    let mina = "name = \"Mina Holt\"\nemail = \"mina.holt@example.org\"\ncourse = \"york-2025\"\n";
    assert_eq!(desk.read("students/mina-holt.toml"), mina);
    let sian = desk.read("students/sian-oneill.toml");
    assert!(sian.contains("course = \"york-2025\"\njoined = 2025-09-30\n"), "{sian}");
    let once = desk.files();
    let again = desk.run("import students.csv --into students --write");
    must(&again, 0);
    assert!(again.out.contains("2 rows: 2 recorded already."), "{}", again.out);
    assert_eq!(desk.files(), once);

    let table = "Name,Email,Group analyst,Registered with,Reg. no.,Checked\nAda Byrne,ada@example.org,no,UKCP,C-1,1 Oct 2025\n\
                 Tom Hale,,yes,,,\n";
    fs::write(desk.path("people.csv"), table).expect("it can be written");
    must(&desk.run("import people.csv --into supervisors --write"), 0);
    let ada = desk.read("supervisors/ada-byrne.toml");
    assert!(ada.contains("{ body = \"UKCP\", number = \"C-1\", checked = 2025-10-01 }"), "{ada}");
    assert!(desk.read("supervisors/tom-hale.toml").contains("group_analyst = true"));

    // Somebody who is there with other details, or a row that cannot become a record, keeps all out.
    let table = "Name,Email,Course\nMina Holt,other@example.org,york-2025\nHolt; Jo,,york-2025\nJo Pike,,york-2024\nKim Lee,,\n";
    fs::write(desk.path("people.csv"), table).expect("it can be written");
    let before = desk.files();
    let ran = desk.run("import people.csv --into students --write");
    must(&ran, 1);
    for line in [
        "A2 differs Mina Holt (mina-holt): \"email\" is \"mina.holt@example.org\" in the record, and \"other@example.org\" \
         in this row",
        "A3 unclear write the first name first",
        "C4 unclear no course has the id or the name \"york-2024\"",
        "1 otherwise in the record, 2 not clear.",
    ] {
        assert!(flat(&ran).contains(line), "{line}\n{}", ran.out);
    }
    assert_eq!(desk.files(), before);
}

#[test]
fn a_person_is_one_person_with_one_registration() {
    let table = "Name,Registered with,Reg. no.\nClare Benning,UKCP,C-1\n";
    let desk = desk("people.csv", table.as_bytes());
    must(&desk.run("import people.csv --into supervisors --write"), 0);
    let table = "Name,Registered with,Reg. no.\nDr Clare Benning,UKCP,C-1\nProf. Kim Lee,,\nKim Lee,,\nAnn Ash,UKCP 12345,\n\
                 Ben Oak,\"UKCP, BPC\",\nJo Pike (withdrawn),,\nAnna & Ben Smith,,\nCara Fox,BPC,pending\n";
    fs::write(desk.path("people.csv"), table).expect("it can be written");
    let before = desk.files();
    let ran = desk.run("import people.csv --into supervisors --write");
    must(&ran, 1);
    let advice = "write the name in the same way if it is the same person, and give this one an id in a column Id if it is \
                  not";
    for line in [
        format!(
            "A2 unclear \"Dr Clare Benning\" differs only by a title from \"Clare Benning\", who is recorded as \
             clare-benning; {advice}"
        ),
        format!("A4 unclear \"Kim Lee\" differs only by a title from \"Prof. Kim Lee\", who is in row 3; {advice}"),
        "B5 unclear \"UKCP 12345\" is more than a body; write the number in a column Registration number".to_owned(),
        "B6 unclear \"UKCP, BPC\" may be several bodies".to_owned(),
        "A7 unclear \"Jo Pike (withdrawn)\" is not the name of one person alone".to_owned(),
        "A8 unclear \"Anna & Ben Smith\" is not the name of one person alone".to_owned(),
        "C9 unclear \"pending\" is no number of a registration".to_owned(),
        "8 rows: 1 new, 7 not clear.".to_owned(),
    ] {
        assert!(flat(&ran).contains(&line), "{line}\n{}", ran.out);
    }
    assert_eq!(desk.files(), before);
    // A number of another register is no id, and a part of a name no name.
    let table = "Student ID,First name,Last name,Email\n12345678,Mina,Holt,mailto:mina@example.org\n,,Holt,\n";
    fs::write(desk.path("students.csv"), table).expect("it can be written");
    let ran = desk.run("import students.csv --into students --write");
    must(&ran, 1);
    for line in [
        "A2 unclear an id is lower-case letters, with digits and hyphens, such as mina-holt; a column with other numbers \
         can be passed over",
        "D2 unclear this is not one address",
        "C3 unclear this row has only a part of the name",
    ] {
        assert!(flat(&ran).contains(line), "{line}\n{}", ran.out);
    }
    // The advice is such as helps.
    let table = "Name,Id\nDr Clare Benning,dr-clare-benning\nClare Benning,\n";
    fs::write(desk.path("people.csv"), table).expect("it can be written");
    let ran = desk.run("import people.csv --into supervisors --write");
    must(&ran, 0);
    assert!(flat(&ran).contains("2 rows: 1 new, 1 recorded already."), "{}", ran.out);
}

#[test]
fn both_values_are_shown_and_fields_have_the_names_of_the_readme() {
    let table = "Who,Mail,With,No\nKit Lowe,other@example.org,UKCP,C-1\n";
    let desk = desk("people.csv", table.as_bytes());
    let map = "--map Who=name --map Mail=email --map 'With=Registered with' --map 'No=Registration number'";
    let ran = desk.run(&format!("import people.csv --into supervisors {map}"));
    must(&ran, 1);
    let said = flat(&ran);
    assert!(said.contains("in the record, and \"other@example.org\" in this row"), "{said}");
    let ran = desk.run("import people.csv --into supervisors --map With=minutes");
    must(&ran, 2);
    assert_eq!(
        ran.err,
        "gwp: \"minutes\" is nothing that is read into supervisors; a column can hold name, first-name, last-name, id, \
         email, group-analyst, body, registration-number, checked, expires, group_supervision_experience, cv_received, \
         cv_document, assessed, notes\n"
    );
}

#[test]
fn whatever_a_record_can_say_is_a_column() {
    let table = "Name,CV received,Assessed,Comments\nJo Dale,7 Oct 2025,,Ten years\nKit Lowe,21/10/2025,,\n";
    let desk = desk("people.csv", table.as_bytes());
    let ran = desk.run("import people.csv --into supervisors --write");
    must(&ran, 1);
    let said = flat(&ran);
    assert!(said.contains("Jo Dale (jo-dale), cv received 7 October 2025, notes Ten years"), "{said}");
    assert!(said.contains("\"cv_received\" is \"15 September 2025\" in the record, and \"21 October"), "{said}");
    fs::write(desk.path("people.csv"), "Name,CV received\nJo Dale,7 Oct 2025\n").expect("it can be written");
    must(&desk.run("import people.csv --into supervisors --write"), 0);
    let record = "#:schema ../.schemas/supervisor.schema.json\nname = \"Jo Dale\"\ncv_received = 2025-10-07\n";
    assert!(record.ends_with(&desk.read("supervisors/jo-dale.toml")));
}

#[test]
fn a_name_is_the_same_however_its_accents_are_written() {
    let desk = desk("people.csv", "Name,Course\nZo\u{eb} Br\u{f6}nt\u{eb},york-2025\n".as_bytes());
    must(&desk.run("import people.csv --into students --write"), 0);
    let files = desk.files();
    fs::write(desk.path("people.csv"), "Name,Course\nZoe\u{308} Bro\u{308}nte\u{308},york-2025\n")
        .expect("it can be written");
    let ran = desk.run("import people.csv --into students --write");
    must(&ran, 0);
    assert!(ran.out.contains("1 row: 1 recorded already."), "{}", ran.out);
    assert_eq!(desk.files().len(), files.len());
}

#[test]
fn what_is_recorded_can_be_kept() {
    let desk = desk_with("students.csv");
    must(&desk.run("import students.csv --into students --write --as-of 2025-10-01"), 0);
    let table = "Name,Email,Course\nMina Holt,other@example.org,york-2025\nJo Pike,,york-2025\n";
    fs::write(desk.path("people.csv"), table).expect("it can be written");
    let import = "import people.csv --into students --write --answers questions.txt";
    must(&desk.run(import), 1);
    let questions = desk.read("questions.txt");
    assert!(questions.contains("choices = \"keep (what the record says); leave out\""), "{questions}");
    let answered = questions.replace("answer = \"\"", "answer = \"keep\"");
    fs::write(desk.path("questions.txt"), answered).expect("it can be written");
    let ran = desk.run(import);
    must(&ran, 0);
    assert!(
        flat(&ran).contains("A2 there Mina Holt (mina-holt): kept as it is recorded, as answered; "),
        "{}",
        ran.out
    );
    assert!(desk.read("students/mina-holt.toml").contains("mina.holt@example.org"));
    assert!(desk.path("students/jo-pike.toml").exists());
}
