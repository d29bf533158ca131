//! What the page of one act needs: the case, the seat, whether the act can be done now, and who can be picked.

use super::CaseFile;
use crate::App;
use crate::authority::{self, Seat, Standing, Viewer};
use crate::error::Result;
use crate::people::Person;
use crate::perform::actor;
use base::law::{Assessment, OutcomeCode, Party, QuestionId};
use base::{ActId, InstitutionId};
use casefile::Refusal;
use casefile::act::ActName;
use rules::Effect;

/// The page of one act on one case.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The case as the actor may see it.
    pub file: CaseFile,
    /// The act.
    pub act: ActName,
    /// The seat it is done in.
    pub seat: Seat,
    /// Whether it can be done now, or why not.
    pub ready: std::result::Result<(), Refusal>,
    /// What follows from the findings, the same for both institutions; for the applicant as in [`CaseFile`].
    pub assessment: Assessment,
    /// The id of the act that a form from this page will do.
    pub act_id: ActId,
    /// The people of the case's institutions, with the institution and its party.
    pub people: Vec<(Person, InstitutionId, String, Option<Party>)>,
}

impl App {
    /// The desk for an act; the reading is recorded.
    ///
    /// # Errors
    /// Not found, or not this person's act.
    pub async fn desk(&self, viewer: &Viewer, number: &str, act: ActName) -> Result<Desk> {
        let loaded = self.loaded(number).await?;
        let seat = authority::seat_for(viewer, act, &loaded.case)?.clone();
        let actor = actor(viewer, &seat);
        let act_id = self.fresh_act();
        let (ready, assessment) = self.deciding(&loaded.case, &actor, act_id, self.clock.now(), |ctx| {
            (act.ready(&loaded.case, ctx), ctx.assessment.clone())
        })?;
        let people = self.colleagues(&loaded.case).await?;
        let file = self.file_of(viewer, number, loaded).await?;
        self.note_reading(viewer, &file.case, "case").await?;
        let assessment = match file.standing {
            Standing::Applicant => file.assessment.clone(),
            _ => assessment,
        };
        Ok(Desk {
            file,
            act,
            seat,
            ready,
            assessment,
            act_id,
            people,
        })
    }

    /// The people of a case's four institutions; once a letter (商请函) has gone out, other institutions'
    /// investigators too, who are of no party here. Nobody of the applicant's own superior line, who has no part in it.
    pub(crate) async fn colleagues(
        &self,
        case: &casefile::Case,
    ) -> Result<Vec<(Person, InstitutionId, String, Option<Party>)>> {
        let everyone = self.people().await?;
        let mut people = Vec::new();
        for institution in self.institutions().await? {
            let parties = [Party::Bureau, Party::Discipline, Party::City, Party::CityDiscipline];
            let party = parties
                .into_iter()
                .find(|party| authority::institution_of(case, *party) == Some(institution.id));
            let lent = !case.borrowings.is_empty() && institution.party.is_some();
            let picked = everyone.iter().filter(|person| {
                let mut held = person.capacities.iter().filter(|(_, at)| *at == institution.id);
                match party {
                    Some(_) => held.next().is_some(),
                    None => lent && held.any(|(role, _)| *role == casefile::Role::Investigator),
                }
            });
            people.extend(picked.map(|person| (person.clone(), institution.id, institution.name.clone(), party)));
        }
        let mut free = Vec::with_capacity(people.len());
        for picked in people {
            let seated = self.seated(picked.0.id).await?;
            if !seated.is_some_and(|seated| authority::in_line(&seated, case)) {
                free.push(picked);
            }
        }
        Ok(free)
    }

    /// What would follow if an open question were answered one way or the other.
    ///
    /// # Errors
    /// A question the pack does not have.
    pub fn effects(&self, file: &CaseFile, question: &QuestionId) -> Result<Vec<Effect>> {
        let claim: Option<Vec<OutcomeCode>> = crate::policy::claimed(&file.case, &file.pack);
        file.pack
            .effect_of(
                question,
                &file.case.answers(),
                &file.case.reading_choices(),
                claim.as_deref(),
            )
            .map_err(|e| Refusal::field("question", e.to_string()).into())
    }
}
