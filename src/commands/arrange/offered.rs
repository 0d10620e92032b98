//! What somebody is offered who records an arrangement of a student whom a log does not have.

use gwp::calendar::Day;
use gwp::case::Entry;
use gwp::problems::ProblemName;
use gwp::recording::Said;
use gwp::records::{
    LogEntry, RecordKind, SessionLog, Student, SupervisionFormat, SupervisionLog, SupervisionType, Supervisor,
};
use gwp::text::counted;

use super::super::fact::{About, Offer};
use super::Args;

/// To put the student into the log of the group and of the supervision: without that, nothing in them counts for the student.
pub fn offers(args: &Args, about: &About<'_, Student>) -> Vec<Offer> {
    let (Some(group), Some(supervisor), None) = (&args.group, &args.supervisor, args.withdrawn) else {
        return Vec::new();
    };
    let (session, id, name) = (about.session, &about.entry.id, &about.record.name);
    let Ok(supervisor) = session.find::<Supervisor>(supervisor.raw()) else { return Vec::new() };
    let of_group = session.find::<SessionLog>(group.raw()).ok();
    let is_it = |log: &Entry<SessionLog>| {
        about.record.arrangement.iter().rfind(|one| one.group == log.id && one.supervisor == supervisor.id)
    };
    let said = args.from.and_then(|said| session.day(said).ok());
    let from = said.or(of_group.and_then(is_it).map(|one| one.from)).unwrap_or(session.today);
    let add = |log: &Entry<SessionLog>, word: &str, options| Said {
        who: format!("{}/{}", RecordKind::Session.word(), log.id.raw()),
        what: Some(word.to_owned()),
        words: vec![id.raw().to_owned()],
        options,
        ..Said::default()
    };
    let mut offers = Vec::new();
    if let Some((log, record)) = of_group.and_then(|log| Some((log, log.used()?)))
        && let Some(of) = record.group().filter(|of| !of.conductors.contains(id))
    {
        let counts = counted_from(record, from, session.today);
        let asks = format!("{name} does not conduct {} yet{counts}. Add {name} (yes, no)", of.title);
        let settles = Some(ProblemName::NotAConductor);
        offers.push(Offer { asks, said: add(log, "conductor", Vec::new()), settles });
    }
    let logs = &session.before.case.records.logs;
    let theirs = logs.iter().filter_map(|log| Some((log, log.used()?, log.used()?.supervision()?)));
    let theirs: Vec<_> = theirs.filter(|(.., of)| of.supervisor == supervisor.id).collect();
    if theirs.iter().any(|(.., of)| of.supervisees.contains(id)) {
        return offers;
    }
    let open: Vec<_> = theirs.into_iter().filter(|(.., of)| is_of_several(of)).collect();
    if let [(log, record, _)] = open.as_slice() {
        let called = session.name_of(RecordKind::Session, log.id.raw());
        let counts = counted_from(record, from, session.today);
        let asks = format!(
            "{name} is in no log of a supervision with this supervisor. Add {name} to \"{called}\" from {from} on{counts} \
             (yes, no)"
        );
        let said = add(log, "supervisee", vec![("from".to_owned(), from.iso())]);
        offers.push(Offer { asks, said, settles: None });
    }
    offers
}

/// Whether a supervision is one to which another student can come: that of one student alone is another for each.
fn is_of_several(of: &SupervisionLog) -> bool {
    let is_of_group = match of.format {
        Some(format) => format == SupervisionFormat::Group,
        None => of.supervisees.len() > 1,
    };
    is_of_group && of.supervision_type == SupervisionType::Clinical
}

/// How many entries of a log come to count for whoever is in it from a day on, as a phrase behind others; nothing where none
/// does.
fn counted_from(log: &SessionLog, from: Day, today: Day) -> String {
    let is_held = |entry: &LogEntry<'_>| {
        entry.minutes().is_some() && !entry.is_planned() && from <= entry.date() && entry.date() <= today
    };
    match log.entries().filter(is_held).count() {
        0 => String::new(),
        held => {
            let of = log.kind().entry_word();
            let entries = counted(held, of, &format!("{of}s"));
            let count = if held == 1 { "counts" } else { "count" };
            format!("; {entries} from {from} on then {count} for the student")
        }
    }
}
