use super::*;
use crate::records::RecordKind::{Course, Gwp, Session, Student, Supervisor};

#[track_caller]
fn assert_laid_out(kind: RecordKind, text: &str, wanted: &str) {
    let made = laid_out(kind, text);
    assert_eq!(made.as_deref(), Ok(wanted), "{}", made.as_deref().unwrap_or_default());
    assert_eq!(laid_out(kind, wanted).as_deref(), Ok(wanted), "laid out twice");
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(laid_out(kind, &windows(text)), Ok(windows(wanted)));
}

#[test]
fn a_log() {
    assert_laid_out(
        Session,
        "#:schema x.json\n# of the ward\n\nsessions=[{minutes=90,date=2025-10-14,present=12},# b\n  # spring\n\n\
         {date='2025-10-07',present=7,minutes=60} # a\n# to come\n]\nkind=\"group\" # k\n\n\n'title'= \"T\"\n# where\n\
         organisation = 'O'\n\nsetting=\"health\"\naim=\"other\"\nfrequency=\"weekly\"\nconductors=[ 'a',\n 'b' ]\n\
         breaks=[{until=2026-01-02,from=2025-12-20}]\n# the end\n",
        "#:schema x.json\n# of the ward\n\nkind = \"group\" # k\ntitle = \"T\"\n# where\norganisation = 'O'\n\
         setting = \"health\"\naim = \"other\"\nfrequency = \"weekly\"\nconductors = ['a', 'b']\n\
         breaks = [{ from = 2025-12-20, until = 2026-01-02 }]\nsessions = [\n  # spring\n  \
         { date = 2025-10-07, minutes = 60, present =  7 }, # a\n  { date = 2025-10-14, minutes = 90, present = 12 },   # b\n  \
         # to come\n]\n# the end\n",
    );
    let head = "kind = \"supervision\"\nsupervisor = \"k\"\nsupervisees = [\"a\"]\nmode = \"video\"\n";
    assert_laid_out(
        Session,
        &format!("{head}[[sessions]]\njoint=true\nmode=\"video\"\ndate=2025-10-07\nminutes=60\n"),
        &format!("{head}sessions = [\n  {{ date = 2025-10-07, minutes = 60, mode = \"video\", joint = true }},\n]\n"),
    );
    assert_laid_out(Session, &format!("{head}sessions = [\n]\n"), &format!("{head}sessions = []\n"));
}

#[test]
fn a_student() {
    assert_laid_out(
        Student,
        "course=\"york\"\n# as she writes it\nname = \"Robin Ashby\"   # Rob\n# not yet\n\n# what was decided\n\n\
         [[decision]] # first\noutcome=\"approved\"\nbody=\"LCC\"\ndate=\"2025-11-29\"\nabout=\"arrangements\"\n\
         minute=\"2025-11-29\"\n[[report]]\nreceived=2026-01-29\nform=\"GWP2\"\n# of the first term\n\n\
         # all nine\n[report.competencies]\nconflict=\"competent\"\n\ncontext=\"competent\"\n\n[form1]\n\
         submitted=2025-10-20\n\n# gone by\n",
        "# as she writes it\nname = \"Robin Ashby\"   # Rob\ncourse = \"york\"\n# not yet\n\n[form1]\n\
         submitted = 2025-10-20\n\n[[report]]\nform = \"GWP2\"\nreceived = 2026-01-29\n# of the first term\n\n\
         # all nine\n[report.competencies]\ncontext = \"competent\"\nconflict = \"competent\"\n\n# what was decided\n\n[[decision]] # first\n\
         body = \"LCC\"\nabout = \"arrangements\"\ndate = 2025-11-29\noutcome = \"approved\"\nminute = \"2025-11-29\"\n\n\
         # gone by\n",
    );
    assert_laid_out(
        Student,
        "name=\"R\"\ncourse=\"c\"\n# all\nreport=[{received=2026-01-29,form=\"GWP2\",competencies={conflict=\"competent\"}}]\n\
         diploma={completed=2026-07-11}\n[[arrangement]]\ngroup=\"g\"\nsupervisor=\"s\"\nfrom=2025-10-06\n\
         [arrangement.line_manager]\nname=\"N\"\n",
        "name = \"R\"\ncourse = \"c\"\n\n[diploma]\ncompleted = 2026-07-11\n\n[[arrangement]]\ngroup = \"g\"\n\
         supervisor = \"s\"\nfrom = 2025-10-06\nline_manager = { name = \"N\" }\n\n# all\n[[report]]\nform = \"GWP2\"\n\
         received = 2026-01-29\n[report.competencies]\nconflict = \"competent\"\n",
    );
}

#[test]
fn other_records() {
    assert_laid_out(Gwp, "", "");
    assert_laid_out(Gwp, "# ours\n", "# ours\n");
    assert_laid_out(
        Gwp,
        "# ours\n\n[levels]\nstray-file = 'off'\n[[variation]]\nvalue=[\"a\"]\nparameter=\"registers\"\n",
        "# ours\n\n[[variation]]\nparameter = \"registers\"\nvalue = [\"a\"]\n\n[levels]\nstray-file = 'off'\n",
    );
    assert_laid_out(
        Supervisor,
        "registrations=[{number='1',body='UKCP'},{body=\"BACP\"}]\nname='A'\n[other_evidence]\nwhat='x'\n",
        "name = 'A'\nregistrations = [\n  { body = 'UKCP', number = '1' },\n  { body = \"BACP\" },\n]\n\
         other_evidence = { what = 'x' }\n",
    );
    let dates = ["2025-11-29"; 12].join(", ");
    let lines: String = std::iter::repeat_n("  2025-11-29,\n", 12).collect();
    assert_laid_out(Course, &format!("lcc_meetings = [{dates}]\n"), &format!("lcc_meetings = [\n{lines}]\n"));
}

#[test]
fn a_comment_that_stands_apart_belongs_to_what_comes_next() {
    assert_laid_out(
        Student,
        "name = \"R\"\ncourse = \"c\"\n\n# ---- rulings ----\n\n[[ruling]]\nrequirement = \"G4\"\n# of the first\n\n\
         # ---- reports ----\n\n[[report]]\nform = \"GWP2\"\n\n# ---- form ----\n\n[form1]\nsubmitted = 2025-10-20\n",
        "name = \"R\"\ncourse = \"c\"\n\n# ---- form ----\n\n[form1]\nsubmitted = 2025-10-20\n\n# ---- reports ----\n\n\
         [[report]]\nform = \"GWP2\"\n\n# ---- rulings ----\n\n[[ruling]]\nrequirement = \"G4\"\n# of the first\n",
    );
}

#[test]
fn most_line_breaks_decide() {
    let laid = |text: &str| laid_out(Course, text).expect("it can be laid out");
    assert_eq!(laid("name='A'\r\nemail='a'\nconvenor='C'\n"), "name = 'A'\nconvenor = 'C'\nemail = 'a'\n");
    assert_eq!(laid("name='A'\r\nemail='a'\r\nconvenor='C'\n"), "name = 'A'\r\nconvenor = 'C'\r\nemail = 'a'\r\n");
}

#[test]
fn all_of_a_session_stands_on_its_line() {
    let head = "kind = \"group\"\n";
    let ids = (0..12).map(|number| format!("\"conductor-{number}\"")).collect::<Vec<_>>();
    assert_laid_out(
        Session,
        &format!("{head}sessions = [{{ date = 2025-10-07, absent = [\n{},\n] }}]\n", ids.join(",\n")),
        &format!("{head}sessions = [\n  {{ date = 2025-10-07, absent = [{}] }},\n]\n", ids.join(", ")),
    );
}

#[test]
fn what_is_out_of_the_way_is_left() {
    assert_eq!(laid_out(Student, "name = \n"), Err(Unusual::Faulty));
    let log = "kind = \"group\"\nsessions = [\n  { date = 2025-10-07 },\n  { date = 2025-10-14, absent = [\n    \"a\", # ill\n  ] },\n]\n";
    for (kind, text, line, what) in [
        (Student, "[[report]]\nform = \"GWP2\"\n[form1]\n[report.competencies]\n", 1, Oddity::Apart),
        (Student, "[report.x]\ny = 1\n", 1, Oddity::PartOfTable),
        (Student, "[report]\n[[report.x]]\ny = 1\n", 2, Oddity::Deep),
        (Student, "[report]\n[report.x]\n[report.x.y]\nz = 1\n", 2, Oddity::Deep),
        (Student, "wrg = [{ supervisor = \"a\" # b\n # c\n, from = 2025-10-20 }]\n", 1, Oddity::Comment),
        (Student, "wrg = [{ supervisor = \"a\", # b\n }]\n", 1, Oddity::Comment),
        (Student, "of = [\n 1 # a\n # b\n , # c\n 2\n]\n", 2, Oddity::Comment),
        (Session, log, 4, Oddity::Comment),
    ] {
        assert_eq!(laid_out(kind, text), Err(Unusual::OutOfTheWay { line, what }), "{text}");
    }
    for (what, said) in [
        (
            Oddity::Comment,
            "a comment stands in the midst of what is said from line 2 on; put it above, or at the end of the line",
        ),
        (
            Oddity::PartOfTable,
            "line 2 says a part of a table that has no header of its own and no braces; give it one of the two",
        ),
        (Oddity::Apart, "the table of line 2 and the tables in it do not stand together; move them to one place"),
        (Oddity::Deep, "the table of line 2 has tables in it that no record has; \"gwp check\" says more"),
    ] {
        assert_eq!(Unusual::OutOfTheWay { line: 2, what }.to_string(), said);
    }
}

#[test]
fn dotted_keys_become_tables_at_once() {
    let report = "report = [{ form = \"GWP2\", received = 2026-01-29, competencies.context = \"developing\", competencies.conflict = \
                  \"competent\" }]\n";
    assert_laid_out(
        Student,
        &format!("name = \"R\"\ncourse = \"c\"\nform1.submitted = 2025-10-20\n{report}"),
        "name = \"R\"\ncourse = \"c\"\n\n[form1]\nsubmitted = 2025-10-20\n\n[[report]]\nform = \"GWP2\"\nreceived = 2026-01-29\n\
         [report.competencies]\ncontext = \"developing\"\nconflict = \"competent\"\n",
    );
    assert_laid_out(
        Student,
        "name = \"R\"\narrangement = [{ group = \"g\", supervisor = \"s\", from = 2025-10-06, line_manager.name = \"T\" }]\n",
        "name = \"R\"\n\n[[arrangement]]\ngroup = \"g\"\nsupervisor = \"s\"\nfrom = 2025-10-06\nline_manager = { name = \"T\" }\n",
    );
    assert_laid_out(
        Supervisor,
        "name = \"S\"\nregistrations = [\n  { body = \"UKCP\", notes.x = 1 },\n]\n",
        "name = \"S\"\nregistrations = [{ body = \"UKCP\", notes = { x = 1 } }]\n",
    );
}

#[test]
fn comments_in_entries_are_kept() {
    assert_laid_out(
        Session,
        "kind = \"group\"\nconductors = []\n# the sessions\n[[sessions]]\n# above the first\ndate = 2025-10-07 # beside the date\n\
         minutes = 90\n# inside\npresent = 7\n\n# before the second\n[[sessions]] # its header\ndate = 2025-10-14\nminutes = 90\n",
        "kind = \"group\"\nconductors = []\n# the sessions\nsessions = [\n  # above the first\n  # beside the date\n  # inside\n  \
         { date = 2025-10-07, minutes = 90, present = 7 },\n\n  # before the second\n  # its header\n  { date = 2025-10-14, minutes = 90 },\n]\n",
    );
    assert_laid_out(
        Course,
        "name = \"C\"\n\n# The terms\n[[terms]]\nname = \"Autumn\"\nstarts = 2025-09-27\n",
        "name = \"C\"\n\n# The terms\nterms = [{ name = \"Autumn\", starts = 2025-09-27 }]\n",
    );
    assert_laid_out(
        Session,
        "kind = \"group\"\n# with her\n[co_conductor] # since May\nname = \"L\" # Byrne\n",
        "kind = \"group\"\n# with her\n# since May\n# Byrne\nco_conductor = { name = \"L\" }\n",
    );
}

#[test]
fn what_only_a_newer_toml_allows_is_mended() {
    assert_laid_out(
        Session,
        "kind = \"group\"\nsessions = [{ date = 2025-10-07,\n minutes = 90, },\n{ date = 2025-10-14, notes = \"a\\e\\x41 \\\\e\" }]\n",
        "kind = \"group\"\nsessions = [\n  { date = 2025-10-07, minutes = 90 },\n  { date = 2025-10-14, notes = \"a\\u001b\\u0041 \\\\e\" },\n]\n",
    );
}
