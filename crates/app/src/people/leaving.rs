//! 离岗: a person's seats end, their sessions and their account are closed, and what they had in hand is told to those
//! who hand it on. The person stays: what they did stands under their name, and in their own case they remain the
//! applicant, whom the window serves. Registered anew they are back, with no session, browser, second factor or
//! password of before.

use super::administers;
use crate::App;
use crate::authority::{self, Viewer, scope};
use crate::beside::Beside;
use crate::codec::role_code;
use crate::error::{Failure, Result};
use crate::officers::is_officer;
use crate::perform::actor;
use base::{ActId, InstitutionId, PersonId};
use casefile::act::ActName;
use casefile::stage::Stage;
use casefile::{Refusal, Role};
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use store::{Actor, CaseFilter, CaseOrder, PersonRow, PersonView, Scope, StreamName, ViewChanges};

/// On the person's stream: they have left.
pub(super) const LEFT: &str = "person-left/1";

/// The roles without whose last holder an institution stands still.
const NEEDED: [Role; 4] = [Role::Lead, Role::Intake, Role::Coordinator, Role::Auditor];

/// The most cases that are looked at of one person, and told to one lead.
const MOST: u32 = 200;

/// What a person has in hand; nothing of any case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InHand {
    /// How many open cases they investigate, by the name of the home bureau.
    pub cases: Vec<(String, usize)>,
    /// The seats that nobody else holds and that somebody must.
    pub alone: Vec<(Role, String)>,
}

/// A case whose investigator has left and is to be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftCase {
    /// Who left.
    pub person: PersonId,
    /// 姓名
    pub name: String,
    /// The case.
    pub number: String,
    /// Its applicant.
    pub applicant: String,
}

#[derive(Serialize)]
struct Whose {
    id: PersonId,
}

impl App {
    /// Who of the site has left.
    ///
    /// # Errors
    /// The store.
    pub async fn leavers(&self) -> Result<HashSet<PersonId>> {
        let people = self.store.persons(None).await?.into_iter();
        Ok(people.filter(|person| !person.active).map(|person| person.id).collect())
    }

    /// What a person has in hand, for who closes their account.
    ///
    /// # Errors
    /// Not found.
    pub async fn in_hand(&self, viewer: &Viewer, person: PersonId) -> Result<InHand> {
        administers(viewer)?;
        let filter = CaseFilter {
            scope: Scope::Person {
                person,
                relations: vec!["investigator".into()],
            },
            closed: Some(false),
            ..CaseFilter::default()
        };
        let cases = self.store.list_cases(&filter, CaseOrder::Due, None, MOST).await?.rows;
        let mut counts: BTreeMap<InstitutionId, usize> = BTreeMap::new();
        for case in cases {
            *counts.entry(case.institution).or_default() += 1;
        }
        let mut hand = InHand::default();
        for (bureau, n) in counts {
            hand.cases.push((self.institution(bureau).await?.name, n));
        }
        for (role, at) in self.person(person).await?.capacities {
            if NEEDED.contains(&role) && self.store.holders(role_code(role), at).await?.len() < 2 {
                hand.alone.push((role, self.institution(at).await?.name));
            }
        }
        Ok(hand)
    }

    /// A person has left: their account is closed, their seats end; on their record.
    ///
    /// # Errors
    /// Not found; oneself; an officer; the only one of a needed seat; who has left already.
    pub async fn leave(&self, viewer: &Viewer, act: ActId, person: PersonId) -> Result<()> {
        let capacity = administers(viewer)?;
        let row = self.store.person(person).await?.ok_or_else(Refusal::not_found)?;
        if !row.active {
            let refusal = Refusal::already("这个人已经离岗，账号已经关闭。");
            let next = "不用再办。请回到人员。".into();
            return Err(Refusal { next, ..refusal }.into());
        }
        if self.store.find_act(act).await?.is_some() {
            return Err(Refusal::already("这张表已经提交过。").into());
        }
        if person == viewer.person {
            let (sentence, next) = ("自己不能给自己办离岗。", "请另一名管理员办。");
            return Err(Refusal::not_yet("own-leaving", sentence, next, "").into());
        }
        if self
            .person(person)
            .await?
            .capacities
            .iter()
            .any(|(role, _)| is_officer(*role))
        {
            let (sentence, next) = ("三员不能这样离岗。", "请先在“三员”页面免去，由另一名三员确认。");
            return Err(Refusal::not_yet("officer", sentence, next, "").into());
        }
        let hand = self.in_hand(viewer, person).await?;
        if !hand.alone.is_empty() {
            let sentence = "有的岗位只有这一个人，现在不能离岗。";
            return Err(Refusal::not_yet("only-one", sentence, "请先登记接手的人，再办离岗。", "").into());
        }
        let head = self.store.head(&StreamName::Person(person)).await?;
        // First the account: whatever breaks off after it leaves no way in.
        self.close_account(person).await?;
        let what = Beside {
            stream: StreamName::Person(person),
            expected: head.map(|head| head.version),
            kind: LEFT,
            act,
            by: Actor::Person(viewer.person),
            capacity,
            views: ViewChanges {
                persons: vec![left(row)],
                ..ViewChanges::default()
            },
        };
        match self.beside(what, &Whose { id: person }, None::<&()>).await {
            Err(Failure::Store(store::Error::Conflict { .. })) => {
                let sentence = "您打开页面以后，这个人有了改动。";
                return Err(Refusal::conflict(sentence).into());
            }
            done => drop(done?),
        }
        // Who was logging in at that moment.
        self.store.end_sessions_of(person, None).await?;
        Ok(())
    }

    /// The cases in which the viewer is to replace an investigator who has left.
    ///
    /// # Errors
    /// The store.
    pub async fn left_cases(&self, viewer: &Viewer) -> Result<Vec<LeftCase>> {
        let (Some(scope), true) = (scope(viewer), viewer.has(Role::Lead) || viewer.has(Role::Coordinator)) else {
            return Ok(Vec::new());
        };
        let filter = CaseFilter {
            scope,
            stages: vec![Stage::Inquiry.code().into()],
            except: Some(authority::except(viewer)),
            ..CaseFilter::default()
        };
        let mut cases = Vec::new();
        for (row, person, name) in self.store.list_left(&filter, MOST).await? {
            if self.may_replace(viewer, &row.number).await? {
                cases.push(LeftCase {
                    person,
                    name,
                    number: row.number,
                    applicant: row.applicant_name,
                });
            }
        }
        Ok(cases)
    }

    /// Whether the viewer could replace an investigator of the case now.
    async fn may_replace(&self, viewer: &Viewer, number: &str) -> Result<bool> {
        let act = ActName::ReplaceInvestigator;
        let case = self.loaded(number).await?.case;
        let Ok(seat) = authority::seat_for(viewer, act, &case) else {
            return Ok(false);
        };
        let (by, now) = (actor(viewer, seat), self.clock.now());
        self.deciding(&case, &by, self.fresh_act(), now, |ctx| act.ready(&case, ctx).is_ok())
    }
}

/// The rows of a person who has left.
pub(super) fn left(row: PersonRow) -> PersonView {
    PersonView {
        row: PersonRow { active: false, ..row },
        capacities: Vec::new(),
    }
}
