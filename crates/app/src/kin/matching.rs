//! What the register of kin says of a case: entries on the case's family, and people of the case who are kin to it.
//!
//! A hint and no finding: names can be alike, and what is not in the register may be recorded elsewhere. An entry that
//! was recorded after the conduct does not count as recorded (五（四）). What was corrected or struck out is shown with what
//! became of it: whether it was there at the time is for people to judge.

use super::{Entry, Version};
use crate::App;
use crate::authority::{self, Standing, Viewer};
use crate::error::Result;
use crate::load::Loaded;
use crate::search;
use base::{Date, PersonId, mask};
use casefile::words::When;
use casefile::{Case, Role};

/// Whether an entry was recorded before the conduct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// Before it, or on the day.
    Before,
    /// After it: does not count as recorded.
    After,
    /// In the month of a conduct whose day is not known.
    Unclear,
}

/// What the register says of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KinOfCase {
    /// Entries on the family, masked, with what stood there before it was corrected or struck out.
    pub entries: Vec<(Version, Recorded)>,
    /// People of the case whose entry names the family or the applicant: who, and how.
    pub people: Vec<(PersonId, Entry)>,
}

impl App {
    /// What the register of the case's bureau says of it, for the joint team; nothing for anybody else.
    ///
    /// # Errors
    /// Not found.
    pub async fn kin_of_case(&self, viewer: &Viewer, number: &str) -> Result<KinOfCase> {
        let loaded = self.loaded(number).await?;
        let case = &loaded.case;
        let (Some(Standing::Team(_)), Some(receipt)) = (authority::standing(viewer, case), &case.receipt) else {
            return Ok(KinOfCase::default());
        };
        let versions = self.kin_versions(receipt.bureau).await?;
        let mut found = KinOfCase {
            entries: of_family(&versions, &loaded),
            people: Vec::new(),
        };
        for (person, institution, ..) in self.colleagues(case).await? {
            let held = person.capacities.iter().filter(|(_, at)| *at == institution);
            let mut posts = held.map(|(role, _)| *role);
            let takes_part = case.is_investigating(person.id) || posts.any(|r| matches!(r, Role::Lead | Role::Intake));
            if takes_part && !case.is_recused(person.id) {
                let mut standing = versions.iter().filter(|one| one.over.is_none());
                let kin = standing.find(|one| is_kin(&one.entry, &person.name, case));
                found
                    .people
                    .extend(kin.map(|one| (person.id, one.entry.clone().masked())));
            }
        }
        Ok(found)
    }
}

/// The entries on the family of a case: by its head's name or an identity number in its texts; where neither is named,
/// those of the applicant.
fn of_family(versions: &[Version], loaded: &Loaded) -> Vec<(Version, Recorded)> {
    let Some(application) = &loaded.case.application else {
        return Vec::new();
    };
    let household = application.text.household.trim();
    let numbers = mask::found(&search::texts(&loaded.entries).join("\n"));
    let unnamed = household.is_empty() && numbers.is_empty();
    let concerns = |one: &&Version| match (unnamed, &one.entry.text) {
        (true, text) => same(&text.name, &application.text.name),
        (false, text) => same(&text.head, household) || numbers.contains(&text.id_number),
    };
    let found = versions.iter().filter(concerns).cloned();
    found
        .map(|one| {
            let recorded = recorded(one.counts_from(), application.codes.happened);
            (one.masked(), recorded)
        })
        .collect()
}

/// Whether the entry is of a person of that name and names the case's family or its applicant.
fn is_kin(entry: &Entry, name: &str, case: &Case) -> bool {
    let Some(application) = &case.application else {
        return false;
    };
    let (head, text) = (&entry.text.head, &application.text);
    same(&entry.text.name, name) && (same(head, &text.household) || same(head, &text.name))
}

/// Whether two names are the same but for spaces; an empty one is nobody's.
fn same(one: &str, other: &str) -> bool {
    let letters = |name: &str| name.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    !one.trim().is_empty() && letters(one) == letters(other)
}

/// Whether an entry of that day was there before the conduct.
fn recorded(on: Date, happened: When) -> Recorded {
    match happened.earliest() {
        Some(first) if on <= first => Recorded::Before,
        Some(first) if happened.day.is_none() && (on.year(), on.month()) == (first.year(), first.month()) => {
            Recorded::Unclear
        }
        Some(_) => Recorded::After,
        None => Recorded::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_recorded_after_the_conduct_does_not_count() {
        let when = |year, month, day| When { year, month, day };
        let table = [
            (Date::constant(2026, 3, 1), when(2026, 3, Some(2)), Recorded::Before),
            (Date::constant(2026, 3, 2), when(2026, 3, Some(2)), Recorded::Before),
            (Date::constant(2026, 3, 3), when(2026, 3, Some(2)), Recorded::After),
            (Date::constant(2026, 2, 28), when(2026, 3, None), Recorded::Before),
            (Date::constant(2026, 3, 1), when(2026, 3, None), Recorded::Before),
            (Date::constant(2026, 3, 15), when(2026, 3, None), Recorded::Unclear),
            (Date::constant(2026, 4, 1), when(2026, 3, None), Recorded::After),
            (Date::constant(2027, 3, 15), when(2026, 3, None), Recorded::After),
        ];
        for (on, happened, expected) in table {
            assert_eq!(recorded(on, happened), expected, "{on} {happened}");
        }
    }
}
