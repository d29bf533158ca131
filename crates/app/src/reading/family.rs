//! What is known of a family, whole (查看家庭信息): for a reason that is recorded, to those who examine the case or
//! watch over it. Everybody else, and every other page, has it masked.

use crate::App;
use crate::authority::{self, Standing, Viewer};
use crate::error::Result;
use crate::load::Loaded;
use crate::search;
use base::{Timestamp, mask};
use casefile::Refusal;
use casefile::refusal::Check;
use casefile::words::SHORT_TEXT;
use store::access::FAMILY;

/// The most reveals the auditor is shown.
const MOST: u32 = 100;

/// A family as the case names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Family {
    /// 户主姓名; empty where the application names none.
    pub household: String,
    /// 村（社区）
    pub village: String,
    /// Every identity number and mobile phone in the case's texts, each once. Whose they are the texts say.
    pub numbers: Vec<String>,
}

/// Once that a family was shown whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reveal {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub name: String,
    /// For which institution.
    pub institution: String,
    /// The case's number.
    pub number: String,
    /// Why, in their words.
    pub reason: String,
}

impl App {
    /// The family as it is shown before a reason is given: masked.
    ///
    /// # Errors
    /// Not found, for whoever may not see it whole either.
    pub async fn family_masked(&self, viewer: &Viewer, number: &str) -> Result<Family> {
        let family = family(&self.may_reveal(viewer, number).await?);
        Ok(Family {
            household: mask::name(&family.household),
            numbers: family.numbers.iter().map(|number| mask::numbers(number)).collect(),
            ..family
        })
    }

    /// The family whole; that it was shown, to whom and why, is recorded first.
    ///
    /// # Errors
    /// Not found; a reason that is missing or too long.
    pub async fn reveal(&self, viewer: &Viewer, number: &str, reason: &str) -> Result<Family> {
        let loaded = self.may_reveal(viewer, number).await?;
        Check::new().required("reason", "理由", reason, SHORT_TEXT).done()?;
        let Some(reading) = self.reading(viewer, &loaded.case, FAMILY) else {
            return Err(Refusal::not_found().into());
        };
        let family = family(&loaded);
        // The reason outlives the case: it keeps no name of the family.
        let reason = mask::text(reason.trim(), &family.household);
        self.store.record_reveal(reading, reason).await?;
        Ok(family)
    }

    /// Who had a family shown whole and why, the latest first: for the auditor.
    ///
    /// # Errors
    /// Not found for everybody else.
    pub async fn reveals(&self, viewer: &Viewer) -> Result<Vec<Reveal>> {
        if authority::seat_in(viewer, authority::Matter::SeeReveals).is_none() {
            return Err(Refusal::not_found().into());
        }
        let institutions = self.store.institutions().await?;
        let mut reveals = Vec::new();
        for (reading, reason) in self.store.reveals(MOST).await? {
            let person = self.store.person(reading.person).await?;
            let row = self.store.case_row(reading.case).await?;
            let institution = institutions.iter().find(|one| one.id == reading.institution);
            reveals.push(Reveal {
                at: reading.at,
                name: person.map(|person| person.name).unwrap_or_default(),
                institution: institution.map(|one| one.name.clone()).unwrap_or_default(),
                number: row.map(|row| row.number).unwrap_or_default(),
                reason,
            });
        }
        Ok(reveals)
    }

    async fn may_reveal(&self, viewer: &Viewer, number: &str) -> Result<Loaded> {
        let loaded = self.loaded(number).await?;
        match authority::standing(viewer, &loaded.case) {
            Some(Standing::Team(_) | Standing::Auditor) => Ok(loaded),
            _ => Err(Refusal::not_found().into()),
        }
    }
}

fn family(loaded: &Loaded) -> Family {
    let text = loaded.case.application.as_ref().map(|application| &application.text);
    let said = search::texts(&loaded.entries).join("\n");
    Family {
        household: text.map(|text| text.household.trim().to_owned()).unwrap_or_default(),
        village: text.map(|text| text.village.trim().to_owned()).unwrap_or_default(),
        numbers: mask::found(&said),
    }
}
