//! Fills the official documents from a case. Pure: a case, its pack and the institutions' names in, a
//! [`documents::Document`] out. Families appear as 某村某户; a protected piece of evidence appears by its number alone.
//!
//! Knows nothing of how a document is printed or where it is kept.

mod report;
mod result;
mod service_receipt;

pub use report::report;
pub use result::{result, unit_result};
pub use service_receipt::service_receipt;

use base::law::Party;
use casefile::Case;
use documents::{Applicant, Basis};
use rules::Pack;

/// The full names of the institutions of a case, as they stand today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The bureau, e.g. 濮阳县民政局.
    pub bureau: String,
    /// The group stationed at it.
    pub discipline: String,
    /// The city bureau.
    pub city: String,
    /// The group stationed at the city bureau.
    pub city_discipline: String,
    /// The bureau's document code (机关代字), e.g. 濮县民.
    pub bureau_code: String,
    /// The bureau's phone and window.
    pub contact: String,
}

impl Names {
    /// The name of a party.
    pub fn of(&self, party: Party) -> &str {
        match party {
            Party::Bureau => &self.bureau,
            Party::Discipline => &self.discipline,
            Party::City => &self.city,
            Party::CityDiscipline => &self.city_discipline,
        }
    }
}

fn applicant(case: &Case) -> Applicant {
    let text = case.application.as_ref().map(|a| &a.text);
    let field =
        |get: fn(&casefile::acts::submit::ApplicationText) -> &String| text.map(get).cloned().unwrap_or_default();
    Applicant {
        name: field(|t| &t.name),
        unit: field(|t| &t.unit),
        post: field(|t| &t.post),
    }
}

fn basis(pack: &Pack) -> Basis {
    Basis {
        title: pack.title.clone(),
        number: pack.number.clone(),
    }
}

/// What was typed, as paragraphs.
fn paragraphs(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}
