//! One act on a case: load, authorise, decide, append with views and outbox in one transaction.
//!
//! A form sent twice acts once (the act's id is its key). Who was overtaken by another hears what changed. Nothing is
//! half done: an act's events, its numbers, its views and what is to be sent out stand or fall together.

use crate::authority::{self, Seat, Viewer};
use crate::codec::{capacity_text, new_event, role_code};
use crate::error::{Failure, Result};
use crate::load::{self, Loaded};
use crate::login::Signature;
use crate::making::Decided;
use crate::overtaken::{not_overtaken, overtaken};
use crate::{App, policy, search};
use base::law::PackRef;
use base::{ActId, CaseId, EventId, KeyId, Timestamp};
use casefile::act::ActName;
use casefile::acts::{Assignee, Link, OpinionKey, OpinionsOpened, RecomputeDue};
use casefile::event::{Event, Meta};
use casefile::{Act, Actor, Case, Context, Refusal, Role, decide};
use rules::Pack;
use store::{Append, Appended, OutboxMessage, StreamAppend, StreamName};

/// How often a number is taken anew when another paper takes it first.
const TRIES: usize = 8;

/// What came of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Performed {
    /// The case's receipt number.
    pub number: String,
    /// Its version now.
    pub version: u64,
    /// The same form had been sent before; nothing happened again.
    pub already: bool,
}

/// Everything an act needs beside its form.
pub(crate) struct Acting<'a> {
    /// The act's id.
    pub act_id: ActId,
    /// Who.
    pub viewer: &'a Viewer,
    /// In which seat.
    pub seat: &'a Seat,
    /// Numbers taken together with the act.
    pub numbers: Vec<StreamAppend>,
}

impl App {
    /// Does `act` on the case with that receipt number.
    ///
    /// `expected` is the version the form was opened at.
    ///
    /// # Errors
    /// Not found, not yours, overtaken, not signed where it is to be, or the act's own refusals; a failure of store or press.
    pub async fn perform(
        &self,
        viewer: &Viewer,
        number: &str,
        act_id: ActId,
        expected: Option<u64>,
        act: Act,
        signature: Signature<'_>,
    ) -> Result<Performed> {
        let mut signed = false;
        for _ in 0..TRIES {
            if let Some(done) = self.done_before(act_id, number).await? {
                return Ok(done);
            }
            let loaded = self.loaded(number).await?;
            let seat = authority::seat_for(viewer, act.name(), &loaded.case)?;
            not_overtaken(&loaded, expected, viewer)?;
            self.not_of_line(&loaded.case, &act).await?;
            if !signed {
                self.signed(viewer, act.name(), signature).await?;
                signed = true;
            }
            let acting = Acting {
                act_id,
                viewer,
                seat,
                numbers: Vec::new(),
            };
            let done = match self.with_other_leads(&loaded.case, seat, viewer, act.clone()).await? {
                Act::Link(link) => Box::pin(self.link(&loaded, acting, link)).await,
                act => self.record(&loaded, acting, act).await,
            };
            match done {
                // Another process took the number first.
                Err(Failure::Store(store::Error::Conflict {
                    stream: StreamName::Series { .. },
                    ..
                })) => {}
                done => return done,
            }
        }
        Err(Failure::Internal(
            "the series of document numbers would not stand still".into(),
        ))
    }

    /// The act with the other leads of the institution, where it is a lead who keeps out or is ruled on: whether
    /// anybody is left who could act is known here alone.
    async fn with_other_leads(&self, case: &Case, seat: &Seat, viewer: &Viewer, mut act: Act) -> Result<Act> {
        let (concerned, other_leads) = match &mut act {
            Act::DeclareRecusal(act) => (Some((viewer.person, seat.capacity)), &mut act.other_leads),
            Act::RuleRecusal(act) => {
                let pending = case
                    .recusals
                    .iter()
                    .rev()
                    .find(|r| r.person == act.person && r.ruling.is_none());
                (pending.map(|r| (r.person, r.capacity)), &mut act.other_leads)
            }
            _ => return Ok(act),
        };
        other_leads.clear();
        if let Some((person, capacity)) = concerned.filter(|(_, capacity)| capacity.role == Role::Lead) {
            let leads = self.store.holders(role_code(Role::Lead), capacity.institution).await?;
            other_leads.extend(leads.iter().map(|lead| lead.id).filter(|lead| *lead != person));
        }
        Ok(act)
    }

    /// Nobody of the applicant's own superior line is assigned.
    async fn not_of_line(&self, case: &Case, act: &Act) -> Result<()> {
        let (field, people) = match act {
            Act::Assign(act) => ("people", act.people.as_slice()),
            Act::ReplaceInvestigator(act) => ("new", act.new.as_slice()),
            _ => return Ok(()),
        };
        for Assignee { person, name, .. } in people {
            let seated = self.seated(*person).await?;
            if seated.is_some_and(|seated| authority::in_line(&seated, case)) {
                let sentence = format!("{name}在申请人所在单位或者它的上级单位，不能调查本案。请换一人。");
                return Err(Refusal::field(field, sentence).into());
            }
        }
        Ok(())
    }

    /// A case as it stands, whole: for the operator's command line, which reads no page and records no reading.
    ///
    /// # Errors
    /// No such case; a record that cannot be read.
    pub async fn case(&self, number: &str) -> Result<Loaded> {
        load::case(&self.store, self.case_id(number).await?).await
    }

    /// The same case as its record stood at `at`.
    ///
    /// # Errors
    /// No such case, or not yet then; a record that cannot be read.
    pub async fn case_at(&self, number: &str, at: Timestamp) -> Result<Loaded> {
        load::at(&self.store, self.case_id(number).await?, at).await
    }

    /// What follows from the findings of a case.
    ///
    /// # Errors
    /// As [`policy::assess`].
    pub fn assessment(&self, case: &Case) -> Result<base::law::Assessment> {
        policy::assess(case, self.packs.substance(case)?)
    }

    /// What the act id did on this case before, if it did.
    ///
    /// # Errors
    /// A form that was used on another case.
    pub(crate) async fn done_before(&self, act_id: ActId, number: &str) -> Result<Option<Performed>> {
        let Some(written) = self.store.find_act(act_id).await? else {
            return Ok(None);
        };
        match case_version(&written.heads, Some(self.case_id(number).await?)) {
            0 => Err(Refusal::conflict("这张表在别的案件上用过了，这里还没有办。").into()),
            version => Ok(Some(Performed {
                number: number.into(),
                version,
                already: true,
            })),
        }
    }

    /// The id of the case with that receipt number.
    pub(crate) async fn case_id(&self, number: &str) -> Result<CaseId> {
        match self.store.case_by_number(number).await? {
            Some(row) => Ok(row.case),
            None => Err(Refusal::not_found().into()),
        }
    }

    /// Decides the act and appends what it records.
    pub(crate) async fn record(&self, loaded: &Loaded, acting: Acting<'_>, act: Act) -> Result<Performed> {
        Box::pin(self.record_together(acting, vec![(loaded, act)])).await
    }

    /// Decides one act of the same person on several cases and appends what it records on all of them, or on none.
    /// What came of it is told of the first.
    pub(crate) async fn record_together(&self, acting: Acting<'_>, acts: Vec<(&Loaded, Act)>) -> Result<Performed> {
        let actor = actor(acting.viewer, acting.seat);
        let now = self.clock.now();
        let mut append = Append {
            act: acting.act_id,
            streams: acting.numbers,
            ..Append::default()
        };
        let mut first = None;
        let mut turn = None;
        for (loaded, act) in acts {
            let papers = act.name().papers();
            let mut decided = self.decided(&loaded.case, &actor, acting.act_id, now, act)?;
            let case_id = case_of(&loaded.case, &decided);
            let mut after = self.before(acting.viewer, loaded, &decided).await?;
            let mut new = Vec::with_capacity(decided.len());
            let mut own_keys = Vec::new();
            if !papers.is_empty() {
                let making = Decided::of(acting.act_id, &actor, now, papers, &decided);
                // On the heap: a paper's data and its future would fill the stack of a thread.
                let made = Box::pin(self.make_papers(&after, &making, &mut append.streams, &mut turn)).await?;
                decided.extend(made);
            }
            for (meta, mut event) in decided.clone() {
                let own_key = if event.is_withheld() {
                    Some(self.store.own_key().await?)
                } else {
                    None
                };
                own_keys.extend(own_key.map(|key| (meta.event, key)));
                if let Event::OpinionsOpened(opened) = &mut event {
                    opened.sealed = self.opinion_keys(case_id, opened, &own_keys).await?;
                }
                new.push(new_event(case_id, &meta, &event, own_key));
                after.apply(&meta, &event);
            }
            append.streams.push(StreamAppend {
                stream: StreamName::Case(case_id),
                expected: Some(loaded.case.version),
                events: new,
            });
            append.views.cases.push(self.view(&after)?);
            append
                .outbox
                .extend(decided.iter().map(|(meta, event)| message(case_id, meta, event)));
            append.outbox.push(search::message(acting.act_id, case_id));
            let number = after.receipt.map(|receipt| receipt.number).unwrap_or_default();
            first.get_or_insert((case_id, number, loaded.case.version));
        }
        let Some((case, number, before)) = first else {
            return Err(Failure::Internal("an act on no case".into()));
        };
        let appended = self.store.append(append).await;
        drop(turn);
        match appended {
            Ok(appended) => Ok(Performed {
                number,
                version: case_version(&appended.written().heads, Some(case)),
                already: matches!(appended, Appended::AlreadyDone(_)),
            }),
            Err(store::Error::Conflict {
                stream: StreamName::Case(_),
                ..
            }) => {
                let moved = self.loaded(&number).await?;
                Err(overtaken(&moved, before, acting.viewer).into())
            }
            Err(other) => Err(other.into()),
        }
    }

    /// The events of an act, and of what follows from it at once: another basis may have another deadline.
    pub(crate) fn decided(
        &self,
        case: &Case,
        by: &Actor,
        act_id: ActId,
        now: Timestamp,
        act: Act,
    ) -> Result<Vec<(Meta, Event)>> {
        let names_basis = matches!(act, Act::NameBasis(_));
        let mut decided = self.deciding(case, by, act_id, now, |ctx| {
            decide(case, act, ctx).map(|events| metas(case, ctx, events))
        })??;
        if names_basis {
            let mut after = case.clone();
            for (meta, event) in &decided {
                after.apply(meta, event);
            }
            let (viewer, seat) = system(&after);
            let recomputed = self.deciding(&after, &actor(&viewer, &seat), act_id, now, |ctx| {
                decide(&after, RecomputeDue {}.into(), ctx).map(|events| metas(&after, ctx, events))
            })?;
            match recomputed {
                Ok(events) => decided.extend(events),
                Err(refusal) if refusal.code == "unchanged" => {}
                Err(refusal) => return Err(refusal.into()),
            }
        }
        Ok(decided)
    }

    /// The keys of the opinions an opening names, those committed by the same act among them.
    async fn opinion_keys(
        &self,
        case: CaseId,
        opened: &OpinionsOpened,
        own_keys: &[(EventId, KeyId)],
    ) -> Result<Vec<OpinionKey>> {
        let mut ids = load::withheld_keys(&self.store, case).await?;
        ids.extend_from_slice(own_keys);
        let mut keys = Vec::new();
        for (opinion, key) in ids
            .into_iter()
            .filter(|(id, _)| opened.opinions.iter().any(|(_, event)| event == id))
        {
            let revealed = self.store.reveal_key(key).await?;
            keys.push(OpinionKey {
                opinion,
                key,
                commitment: revealed.commitment,
                bytes: hex::encode(revealed.key),
            });
        }
        Ok(keys)
    }

    /// Links two cases of one matter: recorded on both, or on neither.
    async fn link(&self, loaded: &Loaded, acting: Acting<'_>, link: Link) -> Result<Performed> {
        let own_number = loaded
            .case
            .receipt
            .as_ref()
            .map(|receipt| receipt.number.clone())
            .unwrap_or_default();
        let other = match self.loaded(&link.number).await {
            Ok(other) => authority::seat_for(acting.viewer, ActName::Link, &other.case)
                .is_ok()
                .then_some(other),
            Err(Failure::Refused(_)) => None,
            Err(failure) => return Err(failure),
        };
        let there = Link {
            other: other.as_ref().map(|other| other.case.id),
            ..link
        };
        let back = Link {
            number: own_number,
            other: Some(loaded.case.id),
        };
        let mut acts = vec![(loaded, there.into())];
        if let Some(other) = other.as_ref().filter(|other| other.case.id != loaded.case.id) {
            acts.push((other, back.into()));
        }
        self.record_together(acting, acts).await
    }

    /// The state the decided events apply to: with the withheld opinions that they open, whose text the case was
    /// loaded without.
    async fn before(&self, viewer: &Viewer, loaded: &Loaded, decided: &[(Meta, Event)]) -> Result<Case> {
        let opens: Vec<EventId> = decided
            .iter()
            .filter_map(|(_, event)| match event {
                Event::OpinionsOpened(opened) => Some(opened),
                _ => None,
            })
            .flat_map(|opened| opened.opinions.iter().map(|(_, event)| *event))
            .collect();
        if opens.is_empty() {
            return Ok(loaded.case.clone());
        }
        let opened = load::opening(&self.store, loaded.case.id, &opens).await?;
        if opened.case.version == loaded.case.version {
            return Ok(opened.case);
        }
        Err(overtaken(&opened, loaded.case.version, viewer).into())
    }

    /// Runs `f` with the context an act by `actor` has on `case`.
    pub(crate) fn deciding<T>(
        &self,
        case: &Case,
        actor: &Actor,
        act: ActId,
        now: Timestamp,
        f: impl FnOnce(&Context) -> T,
    ) -> Result<T> {
        let procedure = self.packs.procedure(case)?;
        let substance = self.packs.substance(case)?;
        let assessment = policy::assess(case, substance)?;
        let calendar = self.calendar();
        let pack: PackRef = procedure.reference();
        let lists = substance.substance();
        let context = Context {
            act,
            actor,
            now,
            procedure: &procedure.procedure,
            pack: &pack,
            substance: &lists,
            assessment: &assessment,
            calendar: &calendar,
            ids: &*self.ids,
        };
        Ok(f(&context))
    }

    /// The pack whose clauses measure the case.
    pub(crate) fn pack_of(&self, case: &Case) -> Result<&std::sync::Arc<Pack>> {
        self.packs.substance(case)
    }
}

/// The actor of a viewer in a seat.
pub(crate) fn actor(viewer: &Viewer, seat: &Seat) -> Actor {
    Actor {
        person: viewer.person,
        name: viewer.name.clone(),
        post: viewer.post.clone(),
        institution_name: seat.institution_name.clone(),
        capacity: seat.capacity,
    }
}

/// The system as an actor, at the case's bureau: for what the calendar brings about.
pub(crate) fn system(case: &Case) -> (Viewer, Seat) {
    let institution = case.receipt.as_ref().map(|receipt| receipt.bureau).unwrap_or_default();
    let capacity = casefile::Capacity {
        role: Role::System,
        institution,
        party: None,
    };
    let viewer = Viewer {
        person: base::PersonId::default(),
        name: "系统".into(),
        post: String::new(),
        seats: Vec::new(),
        units: Vec::new(),
    };
    (
        viewer,
        Seat {
            capacity,
            institution_name: String::new(),
        },
    )
}

pub(crate) fn metas(case: &Case, ctx: &Context, events: Vec<Event>) -> Vec<(Meta, Event)> {
    let versions = case.version + 1..;
    versions
        .zip(events)
        .map(|(version, event)| (Meta::of(ctx, &event, version), event))
        .collect()
}

fn case_of(case: &Case, decided: &[(Meta, Event)]) -> CaseId {
    match decided.first() {
        Some((_, Event::Received(received))) => received.case,
        _ => case.id,
    }
}

/// The version of the case `of`, or of the only one.
fn case_version(heads: &[store::Head], of: Option<CaseId>) -> u64 {
    let is_it = |head: &&store::Head| match head.stream {
        StreamName::Case(case) => of.is_none_or(|of| of == case),
        _ => false,
    };
    heads.iter().find(is_it).map_or(0, |head| head.version)
}

/// What others are told of an event, after the commit: that it happened, never what it says.
fn message(case: CaseId, meta: &Meta, event: &Event) -> OutboxMessage {
    let body = serde_json::json!({
        "case": case,
        "event": meta.event,
        "kind": event.kind(),
        "capacity": capacity_text(meta.capacity),
        "recorded": meta.recorded,
    });
    OutboxMessage {
        id: meta.event,
        topic: "case".into(),
        body: body.to_string().into_bytes(),
    }
}
