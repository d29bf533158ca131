//! The cards of what follows a determination: reported and served, reviewed, corrected and filed, and what was set
//! aside before.

use super::cards::{Card, Item, card};
use crate::words::day;
use casefile::Case;
use casefile::case::{Manner, Recipient};
use rules::Pack;

/// 报送和送达
pub(super) fn service(case: &Case, number: &str) -> Card {
    let mut items: Vec<Item> = case
        .reported
        .iter()
        .map(|reported| {
            let item = Item::new(format!("书面报送 {}", reported.body)).line(format!(
                "{}送出 · {}",
                day(reported.sent_on),
                reported.authority
            ));
            match reported.received_on {
                Some(on) => item.tag("t-done", format!("✓ {}收到", day(on))),
                None => item.tag("t-doing", "等对方收到"),
            }
        })
        .collect();
    items.extend(case.services.iter().map(|service| {
        let to = match service.to {
            Recipient::Worker => "送达本人",
            Recipient::Unit => "送达所在单位",
        };
        let manner = match service.manner {
            Manner::Direct => "直接送达",
            Manner::Left => "留置送达",
            Manner::Posted => "邮寄送达",
            Manner::Announced => "公告送达",
        };
        let item = Item::new(to)
            .line(format!("{} {manner}", day(service.on)))
            .line(service.details.clone())
            .file(number, &service.file)
            .file(number, &service.receipt);
        match &service.acknowledged {
            Some((on, by)) => item.tag("t-done", format!("✓ {} {by}签收", day(*on))),
            None if service.complete() => item.tag("t-done", "✓ 已送达"),
            None => item.tag("t-doing", "等签收"),
        }
    }));
    card("service", "报送和送达", items)
}

/// 复核、更正和归档
pub(super) fn after(case: &Case) -> Card {
    let mut items: Vec<Item> = case
        .reviews
        .iter()
        .map(|review| {
            let late = if review.late {
                "（超过期限，照常办）"
            } else {
                ""
            };
            let item = Item::new(format!(
                "第 {} 级复核，{}申请{late}",
                review.level,
                day(review.applied_on)
            ))
            .text(&review.reason);
            match &review.decision {
                None => item.tag("t-doing", "等复核决定"),
                Some(decision) => item
                    .tag("t-done", if decision.upheld { "维持" } else { "重新认定" })
                    .line(format!(
                        "{} {}：{}",
                        day(decision.on),
                        decision.by_name,
                        decision.reason
                    )),
            }
        })
        .collect();
    items.extend(
        case.corrections
            .iter()
            .map(|c| Item::new(format!("更正，{}", day(c.on))).text(&c.text)),
    );
    items.extend(
        case.uses
            .iter()
            .map(|u| Item::new(format!("采纳情况：{}，{}", u.body, day(u.on))).text(&u.text)),
    );
    if let Some(filed) = &case.filed {
        items.push(Item::new(format!("{}归档，{}", day(filed.on), filed.stood.name)).text(&filed.note));
    }
    items.extend(
        case.supplementary_filings
            .iter()
            .map(|f| Item::new(format!("{}补充归档", day(f.on))).text(&f.note)),
    );
    card("after", "复核、更正和归档", items)
}

/// What was determined before the case was opened again.
pub(super) fn earlier(case: &Case, pack: &Pack, number: &str) -> Card {
    let items = case.rounds.iter().filter_map(|round| {
        let determination = round.determination.as_ref()?;
        let outcome = pack.outcome(&determination.outcome);
        let outcome = outcome.map_or_else(|| determination.outcome.to_string(), |outcome| outcome.text.clone());
        let mut item = match &round.report {
            Some(report) => Item::new(format!("认定报告 {}，{}", report.number, day(report.on))),
            None => Item::new(format!("{}认定，没有出具报告", day(determination.on))),
        };
        item = item.tag("t-todo", "已撤销").line(outcome);
        if let Some(report) = &round.report {
            item.files.push((
                format!("/cases/{number}/documents/{}", report.document),
                "打开认定报告".into(),
            ));
        }
        for service in &round.services {
            item = item.file(number, &service.file);
        }
        Some(item)
    });
    card("earlier", "以前的认定（已撤销）", items.collect())
}
