//! The examples are read without a problem.

use gwp::case::{self, Entry, Records};
use gwp::files::{CaseFolder, find};

use crate::file;

fn records(folder: &str) -> Records {
    let roots = find(&[file(folder)]).expect("the example is a case folder");
    let root = roots.into_iter().next().expect("there is one");
    case::read(&CaseFolder::open(root).expect("it can be read").sources)
}

fn all_whole<T>(entries: &[Entry<T>]) -> bool {
    entries.iter().all(|entry| entry.sound && entry.record.is_some())
}

#[test]
fn london_is_read_whole() {
    let records = records("examples/london");
    assert_eq!(records.problems, []);
    assert!(records.gwp.is_some());
    assert!(all_whole(&records.courses) && all_whole(&records.students));
    assert!(all_whole(&records.supervisors) && all_whole(&records.logs));
    assert!(!records.logs.is_empty() && records.students.iter().map(|entry| &entry.id).is_sorted());
}
