//! 权利告知书: the applicant's rights in the words of the policy pack.

use crate::text;
use base::Date;
use serde::Serialize;

/// The leaflet of rights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Leaflet {
    /// The bureau's full name.
    pub issuer: String,
    /// The day it is handed out.
    #[serde(serialize_with = "text::date")]
    pub date: Date,
    /// The case's number (收件编号).
    pub case: String,
    /// The worker's name.
    pub name: String,
    /// The pack's title for it.
    pub heading: String,
    /// Its paragraphs, verbatim.
    pub paragraphs: Vec<String>,
    /// Its version, as recorded with the application.
    pub version: String,
    /// Whom to ask.
    pub contact: Option<String>,
}

impl Leaflet {
    pub(crate) fn title(&self) -> String {
        self.heading.clone()
    }

    pub(crate) fn date(&self) -> Date {
        self.date
    }
}
