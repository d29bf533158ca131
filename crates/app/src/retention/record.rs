//! Lists of cases to be destroyed as they stand on the site's stream: codes open, names and reasons sealed.

use super::{Decision, ErasureList, ListedCase, Signed};
use crate::App;
use crate::authority::{Seat, Viewer};
use crate::beside::Beside;
use crate::codec::misshapen;
use crate::error::{Failure, Result};
use base::{ActId, CaseId, Date, InstitutionId, PersonId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use store::{Actor, StoredEvent, StreamName, ViewChanges};

pub(super) const LISTED: &str = "erasure-listed/1";
pub(super) const CONFIRMED: &str = "erasure-confirmed/1";
pub(super) const STOPPED: &str = "erasure-stopped/1";

#[derive(Serialize, Deserialize)]
pub(super) struct ListCodes {
    pub(super) bureau: InstitutionId,
    pub(super) cases: Vec<CaseCodes>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct CaseCodes {
    pub(super) case: CaseId,
    pub(super) number: String,
    pub(super) destroy: bool,
}

#[derive(Serialize, Deserialize)]
pub(super) struct ConfirmCodes {
    pub(super) list: ActId,
    pub(super) due: Date,
    pub(super) backup_days: u32,
}

#[derive(Serialize, Deserialize)]
pub(super) struct StopCodes {
    pub(super) list: ActId,
}

/// The sealed part of each: the name as it stood, and the reasons in the order of the cases.
#[derive(Serialize, Deserialize)]
struct Text {
    name: String,
    reasons: Vec<String>,
}

impl App {
    /// One event on the site's stream.
    pub(super) async fn on_site(
        &self,
        viewer: &Viewer,
        seat: &Seat,
        act: ActId,
        kind: &str,
        codes: &impl Serialize,
        reasons: Vec<String>,
    ) -> Result<()> {
        let what = Beside {
            stream: StreamName::Site(self.store.site()),
            expected: None,
            kind,
            act,
            by: Actor::Person(viewer.person),
            capacity: seat.capacity,
            views: ViewChanges::default(),
        };
        let name = format!("{} {}", seat.institution_name, viewer.name);
        self.beside(what, codes, Some(&Text { name, reasons })).await?;
        Ok(())
    }

    /// The lists on the site's stream that are wanted, in order, with what became of their cases.
    pub(super) async fn lists_of(&self, wanted: impl Fn(&ErasureList) -> bool) -> Result<Vec<ErasureList>> {
        let mut lists: Vec<ErasureList> = Vec::new();
        for event in self.store.read(&StreamName::Site(self.store.site())).await? {
            let of = |id: ActId, lists: &mut Vec<ErasureList>| lists.iter().position(|list| list.id == id);
            match event.kind.as_str() {
                LISTED => lists.push(listed(&event)?),
                CONFIRMED => {
                    let codes: ConfirmCodes = read(&event.open)?;
                    if let Some(at) = of(codes.list, &mut lists) {
                        lists[at].confirmed = Some((signed(&event)?.0, codes.due, codes.backup_days));
                    }
                }
                STOPPED => {
                    let codes: StopCodes = read(&event.open)?;
                    if let Some(at) = of(codes.list, &mut lists) {
                        let (by, reasons) = signed(&event)?;
                        lists[at].stopped = Some((by, reasons.concat()));
                    }
                }
                _ => {}
            }
        }
        lists.retain(wanted);
        for list in lists.iter_mut().filter(|list| list.confirmed.is_some()) {
            for case in &mut list.cases {
                let stored = self.store.read(&StreamName::Case(case.case)).await?;
                if let (Some(erasure), Some(last)) = (store::erased(&stored)?, stored.last()) {
                    case.erased = Some((last.recorded.date(), erasure.keys, erasure.destroyed.len()));
                }
            }
        }
        Ok(lists)
    }
}

fn listed(event: &StoredEvent) -> Result<ErasureList> {
    let codes: ListCodes = read(&event.open)?;
    let (listed, reasons) = signed(event)?;
    let decided = |(codes, reason): (CaseCodes, String)| ListedCase {
        case: codes.case,
        decision: Decision {
            number: codes.number,
            destroy: codes.destroy,
            reason,
        },
        erased: None,
    };
    Ok(ErasureList {
        id: event.act,
        bureau: codes.bureau,
        cases: codes.cases.into_iter().zip(reasons).map(decided).collect(),
        listed,
        confirmed: None,
        stopped: None,
    })
}

/// Who recorded an event, and the reasons given.
fn signed(event: &StoredEvent) -> Result<(Signed, Vec<String>)> {
    let text: Text = read(event.sealed.plain().unwrap_or_default())?;
    let person = match event.actor {
        Actor::Person(person) => person,
        Actor::System => PersonId::default(),
    };
    let signed = Signed {
        person,
        name: text.name,
        on: event.recorded.date(),
    };
    Ok((signed, text.reasons))
}

pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|e| Failure::Record(format!("erasure: {}", misshapen(&e))))
}
