//! Which form it is, and about whom.

use super::asked::Asked;
use crate::calendar::Day;
use crate::form::{Reading, Reference};
use crate::judgement::{Obligation, ObligationKind};
use crate::records::Form;
use crate::text::Text;

/// Which form it is, and about whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SentForm {
    /// GWP Form 1, the student's application.
    Application {
        /// The student's id.
        student: Text,
    },
    /// A report on a student.
    Report {
        /// Which.
        form: Form,
        /// The student's id.
        student: Text,
        /// The deadline that it answers; none where it answers none.
        due: Option<Day>,
        /// Who is asked for it: the id of a supervisor, for GWP Form 3 that of the group in whose workplace the line
        /// manager is.
        of: Text,
    },
    /// The sessions of a group, or the meetings of a supervision.
    Sessions {
        /// The id of the log.
        log: Text,
        /// The last day of which it asks.
        through: Day,
    },
}

/// The word for no deadline.
const NONE: &str = "none";

/// The section of every form in which somebody signs, and the field for the name.
pub(super) const SIGNATURE: &str = "signature";
pub(super) const NAME: &str = "name";
pub(super) const DATE: &str = "date";

impl SentForm {
    /// What the foot of the form says.
    pub fn about(&self) -> Vec<String> {
        let words = match self {
            Self::Application { student } => vec!["form1".to_owned(), student.raw().to_owned()],
            Self::Report { form, student, due, of } => {
                let due = due.map_or_else(|| NONE.to_owned(), Day::iso);
                vec![form.word().to_lowercase(), student.raw().to_owned(), due, of.raw().to_owned()]
            }
            Self::Sessions { log, through } => vec!["sessions".to_owned(), log.raw().to_owned(), through.iso()],
        };
        words.iter().map(|word| word.to_lowercase()).collect()
    }

    /// The form that a foot names; none where it names another kind of form.
    pub fn of(reference: &Reference) -> Option<Self> {
        let words: Vec<&str> = reference.about.iter().map(String::as_str).collect();
        let form = |word: &str| [Form::Gwp2, Form::Wrg2, Form::Gwp3].into_iter().find(|form| is_word(*form, word));
        match words.as_slice() {
            ["form1", student] => Some(Self::Application { student: Text::new(*student) }),
            ["sessions", log, through] => Some(Self::Sessions { log: Text::new(*log), through: Day::parse(through)? }),
            [word, student, due, of] => {
                let due = if *due == NONE { None } else { Some(Day::parse(due)?) };
                Some(Self::Report { form: form(word)?, student: Text::new(*student), due, of: Text::new(*of) })
            }
            _ => None,
        }
    }

    /// The form by which somebody does what they owe; none where no form is asked for. A list of sessions goes up to the
    /// day.
    pub fn asked_by(obligation: &Obligation<'_>, student: Option<&Text>, as_of: Day) -> Option<Self> {
        let student = || student.cloned();
        let report = |form: Form| {
            let Asked { due, of, .. } = Asked::of_obligation(form, obligation)?;
            Some(Self::Report { form, student: student()?, due, of })
        };
        match obligation.kind {
            ObligationKind::Form1 | ObligationKind::SupervisorConfirmation => {
                Some(Self::Application { student: student()? })
            }
            ObligationKind::Gwp2 => report(Form::Gwp2),
            ObligationKind::Wrg2 => report(Form::Wrg2),
            ObligationKind::Gwp3 => report(Form::Gwp3),
            ObligationKind::ToConfirm => {
                let log = obligation.which.log()?.clone();
                Some(Self::Sessions { log, through: as_of })
            }
            _ => None,
        }
    }

    /// The name that was typed as a signature.
    pub fn signature(reading: &Reading) -> Option<&Text> {
        reading.words(SIGNATURE, NAME)
    }

    /// The day beside the signature, as it was written.
    pub fn signed_on(reading: &Reading) -> Option<&Text> {
        reading.words(SIGNATURE, DATE)
    }
}

fn is_word(form: Form, word: &str) -> bool {
    form.word().eq_ignore_ascii_case(word)
}
