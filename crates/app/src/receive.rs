//! Receiving an application, whichever way it comes: the next number of the bureau's series, the institutions, the
//! pack, the day. Never refused because it is unclear which pack is in force (依据待定).

use crate::App;
use crate::authority::Viewer;
use crate::codec::{capacity_text, role_code};
use crate::drafts::Draft;
use crate::error::{Failure, Result};
use crate::load::Loaded;
use crate::people::Institution;
use crate::perform::{Acting, Performed};
use base::law::Party;
use base::{ActId, CaseId, Date, DraftId, EventId, InstitutionId, PersonId};
use casefile::acts::enter_paper::EnterPaper;
use casefile::acts::submit::{Application, ApplicationCodes, Intake, Submit};
use casefile::case::File;
use casefile::stage::Stage;
use casefile::{Act, Case, Refusal, Role};
use std::collections::HashMap;
use store::{Actor, CaseFilter, CaseOrder, KeyRef, Scope};

/// How often a number is taken anew when another application takes it first.
const TRIES: usize = 8;

/// What the clerk at the window enters beside the application.
#[derive(Clone, Debug)]
pub struct PaperForm {
    /// What the paper says; its person may be new.
    pub application: Application,
    /// How it came.
    pub channel: casefile::case::Channel,
    /// The day the bureau had it.
    pub received_on: Date,
    /// The day it was handed in to somebody else first.
    pub handed_in_on: Option<Date>,
    /// To whom.
    pub handed_in_to: String,
    /// Who carried it.
    pub carried_by: String,
    /// The scan, name and bytes.
    pub scan: Option<(String, Vec<u8>)>,
}

impl App {
    /// Hands in a draft as the application it amounts to; the draft is gone afterwards.
    ///
    /// The case has the draft's id: a draft is handed in once, even if the process died before it was deleted.
    ///
    /// # Errors
    /// A refusal by field: nothing is lost, the draft stays.
    pub async fn submit(
        &self,
        viewer: &Viewer,
        act_id: ActId,
        draft: DraftId,
        mut application: Application,
    ) -> Result<Performed> {
        if let Some(done) = self.submitted_before(act_id).await? {
            return Ok(done);
        }
        let _turn = self.drafting.lock().await;
        if let Some(done) = self.handed_in(viewer, draft).await? {
            self.discard(viewer, draft).await?;
            return Ok(done);
        }
        let Draft { files, .. } = self.draft(viewer, draft).await?;
        let case = CaseId(draft.0);
        let from = KeyRef::Person(viewer.person);
        for kept in files {
            let file = self.move_file(kept.file, from, KeyRef::Case(case)).await?;
            application.text.files.push((file, kept.proves));
        }
        application.codes.person = viewer.person;
        let today = self.today();
        let performed = self
            .receive(viewer, act_id, case, &application.codes, today, false, |intake| {
                Submit {
                    intake,
                    application: application.clone(),
                }
                .into()
            })
            .await?;
        self.discard(viewer, draft).await?;
        Ok(performed)
    }

    /// The viewer's case that a draft was handed in as, if it was.
    ///
    /// # Errors
    /// The store.
    pub async fn handed_in(&self, viewer: &Viewer, draft: DraftId) -> Result<Option<Performed>> {
        let row = self.store.case_row(CaseId(draft.0)).await?;
        let own = row.filter(|row| row.applicant == Some(viewer.person));
        Ok(own.map(|row| Performed {
            number: row.number,
            version: row.version,
            already: true,
        }))
    }

    /// Enters an application that came on paper (窗口代录).
    ///
    /// # Errors
    /// A refusal by field.
    pub async fn enter_paper(&self, viewer: &Viewer, act_id: ActId, form: PaperForm) -> Result<Performed> {
        if let Some(done) = self.submitted_before(act_id).await? {
            return Ok(done);
        }
        let case = CaseId::fresh(&*self.ids);
        let scan = match form.scan {
            Some((name, bytes)) => Some(crate::files::put(&self.store, &name, bytes, KeyRef::Case(case)).await?),
            None => None,
        };
        let received_on = form.received_on;
        self.receive(
            viewer,
            act_id,
            case,
            &form.application.codes,
            received_on,
            true,
            |intake| {
                EnterPaper {
                    intake,
                    application: form.application.clone(),
                    channel: form.channel,
                    received_on,
                    handed_in_on: form.handed_in_on,
                    handed_in_to: form.handed_in_to.clone(),
                    carried_by: form.carried_by.clone(),
                    scan: scan.clone(),
                }
                .into()
            },
        )
        .await
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "the one door both ways of receiving go through"
    )]
    async fn receive(
        &self,
        viewer: &Viewer,
        act_id: ActId,
        case: CaseId,
        codes: &ApplicationCodes,
        received_on: Date,
        on_paper: bool,
        act: impl Fn(Intake) -> Act,
    ) -> Result<Performed> {
        let home = self.home(codes.unit).await?;
        // Who enters a paper does so for the bureau, even where they are a worker themselves.
        let roles: &[Role] = match on_paper {
            true => &[Role::Intake, Role::Lead],
            false => &[Role::Worker],
        };
        let at_home =
            |seat: &&crate::Seat| seat.capacity.role == Role::Worker || seat.capacity.institution == home.bureau.id;
        let seat = roles
            .iter()
            .find_map(|role| {
                viewer
                    .seats
                    .iter()
                    .filter(at_home)
                    .find(|seat| seat.capacity.role == *role)
            })
            .ok_or_else(|| Failure::from(Refusal::not_found()))?;
        if on_paper && viewer.units.contains(&codes.unit) {
            let sentence = "您也在这个单位，或者在它的上级单位，不能代录这份申请。请同事代录。";
            return Err(Refusal::field("unit", sentence).into());
        }
        let led_by_applicant = self.led_by(codes.person, &home).await?;
        let follows = self.withdrawn_before(codes, home.bureau.id).await?;
        let governs = self
            .packs
            .govern(codes.happened.earliest().unwrap_or(received_on), received_on);
        let pending = governs.procedure.is_none() || governs.substance.is_none();
        let pack = governs.procedure.unwrap_or_else(|| self.packs.current().reference());
        let blank = Loaded {
            case: Case::default(),
            entries: Vec::new(),
        };
        let _turn = self.numbering.lock().await;
        for _ in 0..TRIES {
            let next = self
                .store
                .next_number(home.bureau.id, received_on.year(), "receipt")
                .await?;
            let intake = Intake {
                case,
                number: format!("JZ-{}-{}-{:04}", home.bureau.division, received_on.year(), next.number),
                bureau: home.bureau.id,
                discipline: home.discipline,
                city: home.city,
                city_discipline: home.city_discipline,
                pack: pack.clone(),
                basis_pending: pending,
                follows,
                led_by_applicant,
            };
            let issued = next.issue(
                EventId::fresh(&*self.ids),
                act_id,
                Actor::Person(viewer.person),
                &capacity_text(seat.capacity),
                self.clock.now(),
                &case.to_string(),
            );
            let acting = Acting {
                act_id,
                viewer,
                seat,
                numbers: vec![issued],
            };
            match self.record(&blank, acting, act(intake)).await {
                Err(Failure::Store(store::Error::Conflict { .. })) => {}
                done => return done,
            }
        }
        Err(Failure::Internal(
            "the series of receipt numbers would not stand still".into(),
        ))
    }

    /// Whose lead the applicant is, where they lead the bureau or its group.
    async fn led_by(&self, applicant: PersonId, home: &Home) -> Result<Option<Party>> {
        let held = self.store.capacities(applicant).await?;
        let leads = |institution| {
            held.iter()
                .any(|c| c.institution == institution && c.role == role_code(Role::Lead))
        };
        Ok(match (leads(home.bureau.id), leads(home.discipline)) {
            (true, _) => Some(Party::Bureau),
            (_, true) => Some(Party::Discipline),
            _ => None,
        })
    }

    /// The last case of the same matter that the applicant withdrew at the bureau: the chain of receipts stays visible.
    async fn withdrawn_before(&self, codes: &ApplicationCodes, bureau: InstitutionId) -> Result<Option<CaseId>> {
        let filter = CaseFilter {
            scope: Scope::Person {
                person: codes.person,
                relations: vec!["applicant".into()],
            },
            stages: vec![Stage::Withdrawn.code().into()],
            ..CaseFilter::default()
        };
        let withdrawn = self.store.list_cases(&filter, CaseOrder::Received, None, 50).await?;
        for row in withdrawn.rows.iter().filter(|row| row.institution == bureau) {
            let earlier = self.case(&row.number).await?.case;
            if earlier
                .application
                .is_some_and(|earlier| earlier.codes.same_matter(codes))
            {
                return Ok(Some(row.case));
            }
        }
        Ok(None)
    }

    /// What an act of receiving did before, if it did: a form sent twice leads to the same case.
    ///
    /// # Errors
    /// The store.
    pub async fn submitted_before(&self, act_id: ActId) -> Result<Option<Performed>> {
        let Some(written) = self.store.find_act(act_id).await? else {
            return Ok(None);
        };
        let case = written.heads.iter().find_map(|head| match head.stream {
            store::StreamName::Case(id) => Some((id, head.version)),
            _ => None,
        });
        let Some((id, version)) = case else { return Ok(None) };
        let number = self.store.case_row(id).await?.map(|row| row.number).unwrap_or_default();
        Ok(Some(Performed {
            number,
            version,
            already: true,
        }))
    }

    /// Seals a file, and the copy of it that is shown, anew under another key.
    async fn move_file(&self, file: File, from: KeyRef, to: KeyRef) -> Result<File> {
        let anew = async |address: &str| {
            let plain = self.store.get_file(crate::files::parsed(address)?, from).await?;
            let stored = self.store.put_file(plain, to).await?;
            Ok::<_, Failure>(stored.address.to_string())
        };
        let shown = match &file.shown {
            Some(shown) => Some(anew(shown).await?),
            None => None,
        };
        let address = anew(&file.address).await?;
        Ok(File { address, shown, ..file })
    }

    /// The institutions that handle what happens in a unit: the bureau it lies under (the unit itself where it is
    /// the bureau's own staff who apply), the group beside it, the city above.
    pub(crate) async fn home(&self, unit: InstitutionId) -> Result<Home> {
        let all: HashMap<InstitutionId, Institution> = self
            .institutions()
            .await?
            .into_iter()
            .map(|institution| (institution.id, institution))
            .collect();
        let missing = || {
            Failure::from(Refusal::field(
                "unit",
                "还不知道这个单位归哪个民政局管。请从列出的单位里选。",
            ))
        };
        let mut at = all.get(&unit).ok_or_else(missing)?;
        for _ in 0..8 {
            match at.party {
                Some(Party::Bureau) => break,
                Some(Party::Discipline) => at = at.counterpart.and_then(|id| all.get(&id)).ok_or_else(missing)?,
                _ => at = at.parent.and_then(|id| all.get(&id)).ok_or_else(missing)?,
            }
        }
        let city = at
            .parent
            .and_then(|id| all.get(&id))
            .filter(|_| at.party == Some(Party::Bureau))
            .ok_or_else(missing)?;
        Ok(Home {
            bureau: at.clone(),
            discipline: at.counterpart.ok_or_else(missing)?,
            city: city.id,
            city_discipline: city.counterpart.ok_or_else(missing)?,
        })
    }

    /// An id for a person who is entered from paper and has none yet.
    pub fn fresh_person(&self) -> PersonId {
        PersonId::fresh(&*self.ids)
    }
}

/// Who handles what happens in a unit.
#[derive(Clone, Debug)]
pub(crate) struct Home {
    pub(crate) bureau: Institution,
    pub(crate) discipline: InstitutionId,
    pub(crate) city: InstitutionId,
    pub(crate) city_discipline: InstitutionId,
}
