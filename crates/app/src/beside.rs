//! One event beside the cases: on the stream of a person, an institution or the site, with the rows that follow from it.
//! What an officer does elsewhere is named on the site's stream in the same append.
//!
//! Knows no case and no act of the procedure.

use crate::App;
use crate::authority::Viewer;
use crate::codec::capacity_text;
use crate::error::{Failure, Result};
use crate::officers::{self, Acted};
use base::{ActId, Date, Digest, EventId, InstitutionId};
use casefile::{Capacity, Refusal, Role};
use serde::Serialize;
use store::{Actor, Append, Appended, KeyRef, NewEvent, Sealing, StreamAppend, StreamName, ViewChanges};

/// What is common to such events.
pub(crate) struct Beside<'a> {
    /// On which stream.
    pub stream: StreamName,
    /// The version of it that was read; `None` to append wherever it stands.
    pub expected: Option<u64>,
    /// The kind, e.g. `person-registered/1`.
    pub kind: &'a str,
    /// The act: sent twice it is recorded once.
    pub act: ActId,
    /// Who did it.
    pub by: Actor,
    /// In which capacity.
    pub capacity: Capacity,
    /// The rows that follow.
    pub views: ViewChanges,
}

impl App {
    /// Records it: `open` lies open, so it holds codes and ids alone; `sealed` is encrypted under the site's key. Whether
    /// it was recorded now: of an act that was recorded before, whatever it was, nothing follows.
    pub(crate) async fn beside(
        &self,
        what: Beside<'_>,
        open: &impl Serialize,
        sealed: Option<&impl Serialize>,
    ) -> Result<bool> {
        self.beside_and(what, open, sealed, Vec::new()).await
    }

    /// The same, with what of the same act goes to other streams.
    pub(crate) async fn beside_and(
        &self,
        what: Beside<'_>,
        open: &impl Serialize,
        sealed: Option<&impl Serialize>,
        others: Vec<StreamAppend>,
    ) -> Result<bool> {
        let told = self.entry(&what, what.kind, open, sealed)?;
        let site = StreamName::Site(self.store.site());
        let mut streams = others;
        if officers::is_officer(what.capacity.role) && what.stream != site {
            let named = Acted::of(what.kind, &what.stream);
            streams.push(StreamAppend {
                stream: site,
                expected: None,
                events: vec![self.entry(&what, officers::ACTED, &named, None::<&()>)?],
            });
        }
        streams.push(StreamAppend {
            stream: what.stream,
            expected: what.expected,
            events: vec![told],
        });
        let append = Append {
            act: what.act,
            streams,
            views: what.views,
            ..Append::default()
        };
        Ok(matches!(self.store.append(append).await?, Appended::Now(_)))
    }

    /// Puts on the site's record, as the system, what holds of a day or of the month it begins: once, however often and
    /// from however many processes it is tried.
    pub(crate) async fn once_of(&self, day: Date, kind: &str, open: &impl Serialize) -> Result<()> {
        let site = self.store.site();
        let mut act = ActId::default();
        act.0
            .copy_from_slice(&Digest::of(format!("{kind} {site} {day}")).0[..16]);
        if self.store.find_act(act).await?.is_some() {
            return Ok(());
        }
        let (by, capacity) = by_system();
        let what = Beside {
            stream: StreamName::Site(site),
            expected: None,
            kind,
            act,
            by,
            capacity,
            views: ViewChanges::default(),
        };
        self.beside(what, open, None::<&()>).await?;
        Ok(())
    }

    /// One event of an act beside the cases.
    pub(crate) fn entry(
        &self,
        what: &Beside<'_>,
        kind: &str,
        open: &impl Serialize,
        sealed: Option<&impl Serialize>,
    ) -> Result<NewEvent> {
        let json = |e: serde_json::Error| Failure::Internal(e.to_string());
        let plain = sealed.map(serde_json::to_vec).transpose().map_err(json)?;
        Ok(NewEvent {
            id: EventId::fresh(&*self.ids),
            kind: kind.into(),
            act: what.act,
            actor: what.by,
            capacity: capacity_text(what.capacity),
            acted: self.clock.now(),
            open: serde_json::to_vec(open).map_err(json)?,
            sealed: plain.map(|plain| Sealing {
                plain,
                under: KeyRef::Site,
            }),
        })
    }
}

/// Refuses what has been done already, where something follows from it that must not follow twice.
pub(crate) fn just_now(recorded: bool) -> Result<()> {
    match recorded {
        true => Ok(()),
        false => Err(Refusal::already("这张表刚才已经交过，没有再办一次。要再办，请重新打开页面。").into()),
    }
}

/// The system as who did it.
pub(crate) fn by_system() -> (Actor, Capacity) {
    let capacity = Capacity {
        role: Role::System,
        institution: InstitutionId::default(),
        party: None,
    };
    (Actor::System, capacity)
}

/// A person as who did something for themselves: as the officer they are, in their first seat otherwise, or as a worker
/// where they have none.
pub(crate) fn by_themselves(viewer: &Viewer) -> (Actor, Capacity) {
    let officer = viewer
        .seats
        .iter()
        .find(|seat| officers::is_officer(seat.capacity.role));
    let seat = officer.or(viewer.seats.first()).map(|seat| seat.capacity);
    let none = Capacity {
        role: Role::Worker,
        institution: InstitutionId::default(),
        party: None,
    };
    (Actor::Person(viewer.person), seat.unwrap_or(none))
}
