//! The card 申请人说: the application as it was handed in. What is found stands elsewhere.

use super::cards::{Card, Item, card, ground};
use crate::words::day;
use app::Standing;
use app::reading::CaseFile;
use casefile::acts::submit::{Accountability, Correcting, Kin, Reporting};
use casefile::case::Paper;

/// What the applicant says; never in one column with what is found.
pub fn said(file: &CaseFile) -> Card {
    let Some(application) = &file.case.application else {
        return Card::default();
    };
    let (codes, text) = (&application.codes, &application.text);
    let reporting = match codes.reporting {
        Reporting::Reported => "报告了",
        Reporting::NotReported => "没报告",
        Reporting::FoundByOthers => "别人先发现的",
    };
    let correcting = match codes.correcting {
        Correcting::Corrected => "已改正",
        Correcting::UnderWay => "正在改",
        Correcting::Impossible => "改不了",
        Correcting::NotYet => "还没改",
    };
    let kin = match (codes.kin, codes.kin_recorded) {
        (Kin::Yes, Some(true)) => "是亲戚，办了近亲属备案",
        (Kin::Yes, Some(false)) => "是亲戚，没办近亲属备案",
        (Kin::Yes, None) => "是亲戚",
        (Kin::No, _) => "不是亲戚",
        (Kin::Unsure, _) => "不清楚是不是亲戚",
    };
    let accountability = match codes.accountability {
        Accountability::None => "还没有人追究",
        Accountability::Pending => "正在调查",
        Accountability::Decided => "已经处理",
    };
    let claim = file
        .case
        .claim
        .as_ref()
        .and_then(|id| file.procedure.procedure.claims.iter().find(|c| c.id == *id));
    let links: Vec<&str> = codes
        .work_links
        .iter()
        .map(|id| ground(&file.procedure.procedure.work_links, id))
        .collect();
    let clauses: Vec<&str> = codes
        .clauses
        .iter()
        .filter_map(|id| file.pack.clause(id))
        .map(|clause| clause.citation.as_str())
        .collect();
    let pair = |label: &str, parts: &[&str]| {
        let said: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        (!said.is_empty()).then(|| Item::new(format!("{label}：{}", said.join("，"))))
    };
    let when = |when: Option<casefile::words::When>| when.map(|when| when.to_string()).unwrap_or_default();
    let known = codes
        .inquiry_known
        .map(|when| format!("{when}知道在查"))
        .unwrap_or_default();
    let of_paper = |part: fn(&Paper) -> &str| file.case.paper.as_ref().map_or("", part);
    let handed_in = file.case.receipt.as_ref().and_then(|receipt| receipt.handed_in_on);
    let handed_in = handed_in.map(day).unwrap_or_default();
    let mut household = pair("和涉及的户", &[kin, &text.household, &text.village]);
    if let Some(item) = &mut household
        && matches!(file.standing, Standing::Team(_) | Standing::Auditor)
    {
        item.files.push((
            format!("/cases/{}/family", file.number),
            "看全名和号码（要写理由）".into(),
        ));
    }
    let items = [
        pair("电话", &[&text.phone]),
        pair("谁授权的", &[&text.authorised_by]),
        pair("先交给了谁", &[of_paper(|paper| &paper.handed_in_to), &handed_in]),
        pair("代交人", &[of_paper(|paper| &paper.carried_by)]),
        pair("申请", &[claim.map_or("", |claim| claim.text.as_str())]),
        pair(
            "工作",
            &[
                ground(&file.procedure.procedure.work_kinds, &codes.work_kind),
                &text.work_other,
                &links.join("、"),
            ],
        ),
        pair("提出的情形", &[&clauses.join("、"), &text.citation]),
        pair("什么时候发生", &[&codes.happened.to_string()]),
        pair("什么时候发现", &[&when(codes.discovered)]),
        pair("报告", &[reporting, &when(codes.reported), &text.reported_to]),
        pair("改正", &[correcting, &text.correction]),
        household,
        pair("追究", &[accountability, &known, &text.accountability]),
        Some(Item::new("事情的经过").text(&text.account)),
    ];
    let mut items: Vec<Item> = items.into_iter().flatten().collect();
    if !text.files.is_empty() {
        let files = text.files.iter().fold(Item::new("交来的材料"), |item, (stored, _)| {
            item.file(&file.number, stored)
        });
        items.push(files);
    }
    Card {
        hint: "没有查明以前，只是申请人的说法".into(),
        ..card("said", "申请人说", items)
    }
}
