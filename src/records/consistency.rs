//! What cannot be within one record although every value of it is right by itself.

use super::walk::walk_periods;
use super::{Found, Gwp, Outcome, Record, Student};
use crate::calendar::{Period, TimeZone};
use crate::edition::ParameterName;
use crate::problems::ProblemName;
use crate::text::{Path, Spot, Step, Text};

pub(super) fn of_gwp(gwp: &Gwp) -> Vec<Found> {
    let variations = gwp.variation.iter().enumerate();
    let unfit = variations.filter_map(|(index, variation)| {
        let wanted = variation.fitting_value().err()?;
        Some(unfit(Path::of("variation").index(index), variation.parameter, &wanted))
    });
    let zone = gwp.audit.time_zone.as_ref().filter(|name| TimeZone::named(name.raw()).is_none());
    unfit.chain(zone.map(no_time_zone)).collect()
}

fn no_time_zone(name: &Text) -> Found {
    Found {
        name: ProblemName::Schema,
        spot: Spot::Value(Path::of("audit").key("time_zone")),
        message: format!("no time zone is called \"{name}\""),
        help: "write the continent and a city, with a capital each: \"Europe/London\"".to_owned(),
    }
}

/// A value that the parameter of the entry at `at` cannot have; `wanted` says in a phrase what it needs.
fn unfit(at: Path, parameter: ParameterName, wanted: &str) -> Found {
    Found {
        name: ProblemName::Schema,
        spot: Spot::Value(at.key("value")),
        message: format!("this cannot be the value of `{}`", parameter.word()),
        help: format!("write {wanted}"),
    }
}

pub(super) fn of_student(student: &Student) -> Vec<Found> {
    let mut found = reversed_periods(student);
    for (index, arrangement) in student.arrangement.iter().enumerate() {
        if arrangement.external && arrangement.line_manager.is_none() {
            found.push(Found {
                name: ProblemName::LineManager,
                spot: Spot::Value(Path::of("arrangement").index(index).key("external")),
                message: "the supervisor is not based in the workplace, and no line manager is named".to_owned(),
                help: "add `line_manager` with the `name` of the line manager, who fills in GWP Form 3".to_owned(),
            });
        }
    }
    for (index, arrangement) in student.arrangement.iter().enumerate() {
        if let Some(withdrawn) = arrangement.withdrawn.filter(|day| *day > arrangement.from) {
            found.push(Found {
                name: ProblemName::Period,
                spot: Spot::Value(Path::of("arrangement").index(index).key("withdrawn")),
                message: format!("it is withdrawn on {withdrawn}, after it began on {}", arrangement.from),
                help: "write `until` for an arrangement that ended; `withdrawn` is for one that never began".to_owned(),
            });
        }
    }
    for (index, accommodation) in student.accommodation.iter().enumerate() {
        if let Err(wanted) = accommodation.fitting_value() {
            found.push(unfit(Path::of("accommodation").index(index), accommodation.parameter, &wanted));
        }
    }
    for (index, decision) in student.decision.iter().enumerate() {
        if !decision.conditions.is_empty() && !decision.approves_arrangements() {
            found.push(Found {
                name: ProblemName::Outcome,
                spot: Spot::Value(Path::of("decision").index(index).key("conditions")),
                message: "conditions stand at a decision that approves no arrangements".to_owned(),
                help: "move them to the decision that approves the arrangements, or put what they say into `notes`"
                    .to_owned(),
            });
        }
        let allowed = Outcome::allowed(decision.body, decision.about);
        if allowed.contains(&decision.outcome) {
            continue;
        }
        let (body, about) = (decision.body.title(), decision.about.title());
        let words: Vec<String> = allowed.iter().map(|outcome| format!("\"{}\"", outcome.word())).collect();
        found.push(Found {
            name: ProblemName::Outcome,
            spot: Spot::Value(Path::of("decision").index(index).key("outcome")),
            message: format!("the {body} cannot decide \"{}\" about the {about}", decision.outcome.word()),
            help: if words.is_empty() {
                format!("the {body} decides nothing about the {about}")
            } else {
                format!("about the {about} the {body} can decide {}", words.join(", "))
            },
        });
    }
    found
}

/// Every period that ends before it begins.
pub(super) fn reversed_periods(record: &impl Record) -> Vec<Found> {
    let mut found = Vec::new();
    walk_periods(record, &mut |end, period| found.extend(reversed(end, period)));
    found
}

/// A period that ends before it begins; the path is that of its end.
fn reversed(end: Path, period: Period) -> Option<Found> {
    let until = period.until.filter(|_| period.is_reversed())?;
    let Some(Step::Key(key)) = end.steps().last() else { return None };
    let begin = if key == "ends" { "starts" } else { "from" };
    Some(Found {
        name: ProblemName::Period,
        spot: Spot::Value(end),
        message: format!("it ends on {until}, before it begins on {}", period.from),
        help: format!("one of the dates `{begin}` and `{key}` is wrong, or they stand the wrong way round"),
    })
}
