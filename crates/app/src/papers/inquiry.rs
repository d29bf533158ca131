//! The papers of the inquiry: 调查笔录, 申辩告知书, 陈述申辩笔录.

use super::{Filling, paragraphs};
use base::PersonId;
use casefile::Event;
use casefile::case::InquiryKind;
use documents::{DefenceNotice, Record, RecordKind, Signature, chinese_date};

/// The record as written; signed by both once it is counter-signed.
pub(super) fn inquiry(with: &Filling) -> Option<Record> {
    let inquiry = with.inquiry()?;
    let (kind, way, place, whom) = match inquiry.kind {
        InquiryKind::Interview => (RecordKind::Inquiry, "谈话", "地点", "被谈话人"),
        InquiryKind::Visit => (RecordKind::Inquiry, "走访", "地点", "被走访人"),
        InquiryKind::Papers => (RecordKind::Papers, "调取材料", "地点", "材料来源"),
    };
    let name = |person: PersonId| {
        let found = with.case.investigators.iter().find(|one| one.person == person);
        found.map(|one| one.name.clone()).unwrap_or_default()
    };
    let (by, second) = (name(inquiry.by), name(inquiry.with));
    let facts = [
        ("份数", format!("第{}份", inquiry.number)),
        ("方式", way.to_owned()),
        ("日期", chinese_date(inquiry.on)),
        (place, inquiry.place.clone()),
        (whom, inquiry.whom.clone()),
        ("调查人", format!("{by}、{second}")),
    ];
    let mut signatures = vec![
        Signature::given("调查人", by, inquiry.on),
        match inquiry.countersigned {
            Some(on) => Signature::given("调查人", second, on),
            None => Signature::blank("调查人"),
        },
    ];
    if kind == RecordKind::Inquiry {
        signatures.push(Signature::blank(whom));
    }
    Some(Record {
        kind,
        issuer: with.names.bureau.clone(),
        date: with.today(),
        case: with.number_of_case()?,
        facts: facts.map(|(label, text)| (label.to_owned(), text)).into(),
        text: paragraphs(&inquiry.text),
        signatures,
    })
}

pub(super) fn defence_notice(with: &Filling) -> Option<DefenceNotice> {
    let statement = &with.case.statement;
    let (_, until) = statement.invited?;
    let bureau = &with.names.bureau;
    Some(DefenceNotice {
        head: with.head(),
        case: with.number_of_case()?,
        applicant: with.applicant(),
        received: with.case.receipt.as_ref()?.received_on,
        basis: with.basis_known(),
        facts: paragraphs(&statement.matters),
        until,
        ways: vec![
            "在网上“我的事”里写".into(),
            format!("到{bureau}当面说，由人记录，你签名或者按手印"),
            format!("把签了名的书面材料交到或者寄到{bureau}"),
        ],
        contact: with.contact(),
        rights: vec![
            "据实陈述和申辩，不会因此加重".into(),
            "每一条理由采纳不采纳，都会写明为什么".into(),
            "可以放弃；截止以后、作出调查结论以前，仍然可以说".into(),
        ],
    })
}

/// The applicant's own words, those said this time.
pub(super) fn statement(with: &Filling) -> Option<Record> {
    let stated = with.events.iter().find_map(|event| match event {
        Event::Stated(stated) => Some(stated),
        _ => None,
    })?;
    let applicant = with.applicant();
    let own = with.case.applicant() == Some(with.by.person);
    let on_paper = stated.sealed.signed.is_some();
    let way = match (own, on_paper) {
        (true, _) => "本人在网上写".to_owned(),
        (false, _) => format!("本人书面或者口头说，签名的材料附卷，{}录入", with.by.name),
    };
    let facts = [
        (
            "申请人",
            format!("{}，{}，{}", applicant.name, applicant.unit, applicant.post),
        ),
        ("日期", chinese_date(stated.on)),
        ("方式", way),
    ];
    Some(Record {
        kind: RecordKind::Statement,
        issuer: with.names.bureau.clone(),
        date: with.today(),
        case: with.number_of_case()?,
        facts: facts.map(|(label, text)| (label.to_owned(), text)).into(),
        text: stated.sealed.texts.clone(),
        signatures: if own {
            vec![Signature::given("申请人", applicant.name, stated.on)]
        } else {
            vec![
                Signature::blank("申请人"),
                Signature::given("记录人", with.by.name.clone(), stated.on),
            ]
        },
    })
}
