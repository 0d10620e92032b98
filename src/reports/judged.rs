//! What is said of a folder that was judged: what it is judged by, who could not be, and a report.

use serde::{Serialize, Serializer};

use super::as_data::lazily;
use super::{Caveats, Report, Sheet};
use crate::text::Text;

/// A report on a judged folder, with all that has to be said before it.
pub struct Judged<'r, R> {
    /// The folder's name, in a run over several.
    pub folder: Option<&'r Text>,
    /// What has to be said before it.
    pub caveats: Caveats<'r>,
    /// The report.
    pub report: R,
}

impl<R: Serialize> Serialize for Judged<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'r, U, B, R> {
            #[serde(flatten)]
            judged_by: B,
            unknown: U,
            #[serde(flatten)]
            report: &'r R,
        }
        let unknown = lazily(|| self.caveats.roster.unjudged().map(|result| result.id));
        Fields { judged_by: &self.caveats.judged_by, unknown, report: &self.report }.serialize(serializer)
    }
}

impl<R: Report> Report for Judged<'_, R> {
    fn folder(&self) -> Option<&Text> {
        self.folder
    }

    fn sheets(&self) -> Vec<Sheet> {
        let part = self.folder.map(|name| Sheet::part(format!("Case folder {name}"), Vec::new()));
        part.into_iter().chain(self.caveats.sheet()).chain(self.report.sheets()).collect()
    }

    fn data(&self) -> Sheet {
        self.report.data()
    }

    fn beside_data(&self) -> Option<String> {
        self.caveats.unjudged()
    }
}
