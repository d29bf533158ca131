//! From `app`'s reading to what an act page draws: the [`Desk`].

use crate::desk::{Colleague, Desk};
use crate::extract::Visit;
use app::Failure;
use base::ActId;
use casefile::Refusal;
use casefile::act::ActName;

/// The desk of an act page, a fresh id for the act, and whether it can be done now.
///
/// # Errors
/// Not found where the case is hidden; whose act it is, where it is another's; a failure of the store.
pub async fn sit_down(
    visit: &Visit,
    act: ActName,
    number: &str,
) -> Result<(Desk, ActId, Result<(), Refusal>), Failure> {
    let desk = visit.app.desk(&visit.viewer, number, act).await?;
    let people = desk
        .people
        .into_iter()
        .map(|(person, institution, institution_name, party)| Colleague {
            person: person.id,
            roles: person
                .capacities
                .iter()
                .filter(|(_, at)| *at == institution)
                .map(|(role, _)| *role)
                .collect(),
            name: person.name,
            post: person.post,
            institution,
            institution_name,
            party,
        });
    let page = Desk {
        number: desk.file.number,
        act,
        me: visit.viewer.person,
        capacity: desk.seat.capacity,
        case: desk.file.case,
        pack: desk.file.pack,
        packs: visit.app.packs().all().to_vec(),
        procedure: desk.file.procedure.procedure.clone(),
        assessment: desk.assessment,
        names: desk.file.names,
        today: desk.file.today,
        people: people.collect(),
    };
    Ok((page, desk.act_id, desk.ready))
}
