//! What the pages of opinions and determinations share: the outcomes to choose from, and what follows from the
//! findings, the same to both institutions.

use crate::desk::Desk;
use crate::form::{Choice, Field};
use base::law::{OutcomeCode, Party};
use casefile::acts::DEFERRAL;

/// What a party may hold right: the pack's outcomes, and, while none follows, that nothing can be determined now.
pub fn positions(desk: &Desk) -> Vec<Choice> {
    let none = desk.assessment.outcome.is_none();
    let none = none.then(|| Choice::new(DEFERRAL, DEFERRAL).hint("现有的事实还得不出结果，等查明以后再认定。"));
    choices(desk).into_iter().chain(none).collect()
}

/// The pack's outcomes.
pub fn choices(desk: &Desk) -> Vec<Choice> {
    desk.pack
        .outcomes
        .iter()
        .map(|outcome| Choice::new(&outcome.code, outcome.code.as_str()).hint(outcome.text.as_str()))
        .collect()
}

/// What the system suggests, shown and not asked.
pub fn suggestion(desk: &Desk) -> Field {
    Field::fixed(
        "follows",
        "按已查明的事实，系统建议",
        super::conclude::follows(&desk.assessment),
    )
}

/// `民政局：免责。理由…`, of every opinion that is open; the last word of each party.
pub fn opinions(desk: &Desk) -> Vec<Field> {
    let line = |party: Party, outcome: &OutcomeCode, reason: &str| {
        let name = format!("opinion-{}", app::codec::party_code(party));
        Field::fixed(
            &name,
            format!("{}的意见", desk.names.of(party)),
            format!("{outcome}。{reason}"),
        )
    };
    let opened = desk
        .case
        .opinions
        .iter()
        .filter_map(|(party, opinion)| Some((*party, opinion.content.as_ref()?)));
    opened
        .map(|(party, content)| match desk.case.confirmations.get(&party) {
            Some(confirmed) => line(party, &confirmed.outcome, &confirmed.reason),
            None => line(party, &content.outcome, &content.reason),
        })
        .collect()
}
