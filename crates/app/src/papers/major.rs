//! The papers of a disagreement and of a major matter: 会商纪要, 重大事项请示, 协调意见.

use super::outcome::{opinions, outcome_text};
use super::{Filling, paragraphs};
use base::law::{Ground, GroundId, Party};
use casefile::{Event, PaperKind};
use documents::{Coordination, Record, RecordKind, Request, Signature, chinese_date};

pub(super) fn minutes(with: &Filling) -> Option<Record> {
    let consultation = with.case.consultations.last()?;
    let minutes = consultation.minutes.as_ref()?;
    let result = match &minutes.agreed {
        Some(outcome) => format!("意见一致：{}", outcome_text(outcome, with.pack)),
        None => "意见仍不一致，报市民政局协调".into(),
    };
    let facts = [
        ("事项", format!("{}尽职免责申请", with.applicant().name)),
        ("日期", chinese_date(minutes.on)),
        ("发起", with.names.of(consultation.opened_by).to_owned()),
        ("参加人", minutes.attendees.clone()),
        ("结果", result),
    ];
    Some(Record {
        kind: RecordKind::Minutes,
        issuer: with.head().issuer,
        date: with.today(),
        case: with.number_of_case()?,
        facts: facts.map(|(label, text)| (label.to_owned(), text)).into(),
        text: paragraphs(&minutes.text),
        signatures: vec![
            Signature::given("记录人", with.by.name.clone(), with.today()),
            Signature::blank(with.names.bureau.clone()),
            Signature::blank(with.names.discipline.clone()),
        ],
    })
}

pub(super) fn request(with: &Filling) -> Option<Request> {
    let (receipt, escalation) = (with.case.receipt.as_ref()?, with.case.escalation.as_ref()?);
    // Grounds reported before have their own request.
    let new = with.events.iter().find_map(|event| match event {
        Event::Escalated(escalated) => Some(&escalated.grounds),
        _ => None,
    });
    let city = &with.names.city;
    let own_group = [Party::Bureau, Party::Discipline]
        .into_iter()
        .find(|party| *party != escalation.by);
    Some(Request {
        head: with.head(),
        signer: with.by.name.clone(),
        case: receipt.number.clone(),
        to: city.clone(),
        applicant: with.applicant(),
        basis: with.basis_known(),
        claim: with.claim(),
        received: receipt.received_on,
        due: receipt.due.due,
        grounds: grounds(
            &with.procedure.procedure.major_grounds,
            new.unwrap_or(&escalation.grounds),
        ),
        reasons: paragraphs(&escalation.reason),
        opinions: opinions(with),
        contact: with.contact(),
        copies: own_group
            .map(|party| with.names.of(party).to_owned())
            .into_iter()
            .chain([with.names.city_discipline.clone()])
            .collect(),
    })
}

pub(super) fn coordination(with: &Filling) -> Option<Coordination> {
    let (coordination, escalation) = (with.case.coordination.as_ref()?, with.case.escalation.as_ref()?);
    let names = with.names;
    let asked = with.case.last_paper(PaperKind::Request);
    Some(Coordination {
        head: with.head(),
        case: with.number_of_case()?,
        name: with.applicant().name,
        to: vec![names.bureau.clone(), names.discipline.clone()],
        asked_by: names.of(escalation.by).to_owned(),
        request: asked.and_then(|request| request.number.parse().ok()),
        asked: escalation.on,
        opinion: paragraphs(&coordination.text),
        view: coordination
            .discipline_view
            .as_ref()
            .map(|view| (names.city_discipline.clone(), paragraphs(view))),
    })
}

/// The texts of the grounds named.
fn grounds(list: &[Ground], named: &[GroundId]) -> Vec<String> {
    let named = list.iter().filter(|ground| named.contains(&ground.id));
    named.map(|ground| ground.text.clone()).collect()
}
