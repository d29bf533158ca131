//! What a worker has answered so far, as the steps ask about it: the groups chosen, the clauses below them, what is
//! likely claimed.
//!
//! Pure: the draft's texts and the pack in, answers out.

use crate::values::Values;
use base::law::{ClauseId, OutcomeCode};
use rules::{Clause, Group, Pack};

/// The id the packs give to 其他 in their lists.
pub const OTHER: &str = "other";

/// The answers of a draft.
pub struct Sheet<'a> {
    /// The pack whose questions are put.
    pub pack: &'a Pack,
    /// What was typed, field by field.
    pub values: &'a Values,
    /// Whether what the account says is to be changed.
    pub change: bool,
    /// The group whose page this is; empty for the first.
    pub at: &'a str,
}

impl<'a> Sheet<'a> {
    /// The answers in `values`.
    pub fn new(pack: &'a Pack, values: &'a Values) -> Sheet<'a> {
        Sheet {
            pack,
            values,
            change: false,
            at: "",
        }
    }

    /// The groups chosen, in the pack's order.
    pub fn groups(&self) -> Vec<&'a Group> {
        let chosen = self.values.all("groups");
        let is_chosen = |group: &&Group| chosen.iter().any(|id| *id == *group.id.as_str());
        self.pack.groups.iter().filter(is_chosen).collect()
    }

    /// The group whose page this is.
    pub fn group(&self) -> Option<&'a Group> {
        let groups = self.groups();
        let here = groups.iter().find(|group| group.id.as_str() == self.at);
        here.or(groups.first()).copied()
    }

    /// The clauses of a group, in its order.
    pub fn clauses_of(&self, group: &Group) -> impl Iterator<Item = &'a Clause> + use<'a> {
        let id = group.id.clone();
        let mut clauses: Vec<&'a Clause> = self
            .pack
            .clauses
            .iter()
            .filter(|c| c.group.as_ref() == Some(&id))
            .collect();
        clauses.sort_by_key(|clause| clause.order);
        clauses.into_iter()
    }

    /// The name under which the ticks of a group's page are kept.
    pub fn ticks(group: &Group) -> String {
        format!("clauses.{}", group.id)
    }

    /// The clauses ticked, of the groups that are still chosen.
    pub fn clauses(&self) -> Vec<&'a Clause> {
        let groups = self.groups();
        let ticked = groups.iter().flat_map(|group| {
            let ticks = self.values.all(&Sheet::ticks(group));
            self.clauses_of(group)
                .filter(move |clause| ticks.iter().any(|id| *id == *clause.id.as_str()))
        });
        ticked.collect()
    }

    /// The ids of [`Sheet::clauses`].
    pub fn clause_ids(&self) -> Vec<ClauseId> {
        self.clauses().into_iter().map(|clause| clause.id.clone()).collect()
    }

    /// The claim the chosen groups point at: the first that asks for all their outcomes, and no more.
    pub fn likely_claim(&self) -> Option<String> {
        let first = self.pack.outcomes.first()?;
        let groups = self.groups();
        let outcome = |group: &&Group| group.outcome.clone().unwrap_or_else(|| first.code.clone());
        let mut wanted: Vec<OutcomeCode> = groups.iter().map(outcome).collect();
        wanted.sort();
        wanted.dedup();
        let fits = |claim: &&base::law::Claim| {
            claim.outcomes.len() == wanted.len() && wanted.iter().all(|outcome| claim.outcomes.contains(outcome))
        };
        self.pack
            .procedure
            .claims
            .iter()
            .find(fits)
            .map(|claim| claim.id.to_string())
    }
}
