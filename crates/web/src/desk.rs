//! What an act page works with: the case as this person may see it, and the lists its fields are made of.
//!
//! A thin copy of what `app` hands out, so that the page of an act is a pure function of it and can be drawn from
//! samples.

use app::papers::Names;
use base::law::{Assessment, Party, Procedure};
use base::{Date, InstitutionId, PersonId};
use casefile::act::ActName;
use casefile::{Capacity, Case};
use rules::Pack;
use std::sync::Arc;

/// An act page's view of the case.
#[derive(Clone, Debug)]
pub struct Desk {
    /// 收件编号
    pub number: String,
    /// The act.
    pub act: ActName,
    /// Who acts.
    pub me: PersonId,
    /// In what capacity.
    pub capacity: Capacity,
    /// The case, without what this person may not see.
    pub case: Case,
    /// The pack whose clauses and questions the case is measured by.
    pub pack: Arc<Pack>,
    /// Every pack of the site, for naming the basis.
    pub packs: Vec<Arc<Pack>>,
    /// The procedure the case follows; may be another pack's.
    pub procedure: Procedure,
    /// What follows from the findings.
    pub assessment: Assessment,
    /// The names of the case's institutions.
    pub names: Names,
    /// The legal day.
    pub today: Date,
    /// People of the case's four institutions, and borrowed ones, for pickers.
    pub people: Vec<Colleague>,
}

/// Somebody who can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// The person.
    pub person: PersonId,
    /// 姓名
    pub name: String,
    /// 职务
    pub post: String,
    /// At which institution.
    pub institution: InstitutionId,
    /// Its name.
    pub institution_name: String,
    /// Which party of the case that is.
    pub party: Option<Party>,
    /// The roles held there.
    pub roles: Vec<casefile::Role>,
}

impl Desk {
    /// The line of facts under the heading: who, where, which work.
    pub fn facts(&self) -> String {
        let Some(application) = &self.case.application else {
            return self.number.clone();
        };
        let work = self
            .procedure
            .work_kinds
            .iter()
            .find(|kind| kind.id == application.codes.work_kind);
        let mut parts = vec![application.text.name.as_str(), application.text.unit.as_str()];
        parts.extend(work.map(|kind| kind.text.as_str()));
        parts.push(&self.number);
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    }

    /// The party for which the actor speaks in this case.
    pub fn own_party(&self) -> Option<Party> {
        self.case.stands_in_for(self.me).or(self.capacity.party)
    }

    /// Choices of people out of [`Desk::people`], each with post and institution.
    pub fn pick(&self, who: impl Fn(&Colleague) -> bool) -> Vec<crate::form::Choice> {
        self.people
            .iter()
            .filter(|colleague| who(colleague))
            .map(|c| crate::form::Choice::new(c.person, format!("{}（{} {}）", c.name, c.institution_name, c.post)))
            .collect()
    }
}
