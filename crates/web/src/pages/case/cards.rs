//! The cards of the case page: what was handed in, found out, said, determined and served, each a list of items.
//!
//! One shape for all, so that the template draws them in one way; empty cards are left out unless their emptiness says
//! something.

use crate::words::{day, long_moment};
use app::papers::Names;
use app::reading::CaseFile;
use base::law::{GroundId, OutcomeCode, Party};
use casefile::Case;
use casefile::acts::submit::{Accountability, Correcting, Kin, Reporting};
use casefile::case::{File, InquiryKind, Manner, Recipient, Ring};
use rules::Pack;

/// A card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// For links within the page.
    pub id: &'static str,
    /// Heading.
    pub title: String,
    /// A line behind the heading.
    pub hint: String,
    /// Items in order.
    pub items: Vec<Item>,
    /// What stands there while there is none.
    pub empty: &'static str,
    /// The page that has all of it: its URL; empty for none.
    pub more: String,
}

/// An item of a card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// For links within the page; empty for none.
    pub anchor: String,
    /// First line.
    pub title: String,
    /// A mark: look and word.
    pub tag: Option<(&'static str, String)>,
    /// Lines below.
    pub lines: Vec<String>,
    /// A long text, folded.
    pub text: String,
    /// Files: URL and name.
    pub files: Vec<(String, String)>,
}

impl Item {
    /// An item of one line.
    pub fn new(title: impl Into<String>) -> Item {
        Item {
            title: title.into(),
            ..Item::default()
        }
    }

    fn line(mut self, line: impl Into<String>) -> Item {
        let line = line.into();
        if !line.is_empty() {
            self.lines.push(line);
        }
        self
    }

    fn text(mut self, text: &str) -> Item {
        self.text = text.into();
        self
    }

    fn tag(mut self, class: &'static str, word: impl Into<String>) -> Item {
        self.tag = Some((class, word.into()));
        self
    }

    fn file(mut self, number: &str, file: &File) -> Item {
        if !file.address.is_empty() {
            self.files
                .push((format!("/cases/{number}/files/{}", file.address), file.name.clone()));
        }
        self
    }
}

fn card(id: &'static str, title: &str, items: Vec<Item>) -> Card {
    Card {
        id,
        title: title.into(),
        items,
        ..Card::default()
    }
}

fn ground<'p>(list: &'p [base::law::Ground], id: &'p GroundId) -> &'p str {
    list.iter()
        .find(|ground| ground.id == *id)
        .map_or(id.as_str(), |ground| ground.text.as_str())
}

/// Every card between the opinions and the record, in the order of the page.
pub fn cards(file: &CaseFile) -> Vec<Card> {
    let (case, number) = (&file.case, file.number.as_str());
    let mut cards = vec![
        ending(case, &file.procedure, number),
        consultations(case),
        major(case, &file.procedure, &file.names),
        determined(case, &file.pack, &file.names, number),
    ];
    let mut evidence = evidence(case, number);
    evidence.empty = "还没有材料。没有材料也可以继续。";
    let mut statement = statement(case, number);
    statement.empty = "还没有邀请申请人说明。";
    cards.extend([
        evidence,
        inquiries(case),
        statement,
        conclusion(case),
        said(file),
        people(case, &file.procedure),
    ]);
    cards.extend([service(case, number), after(case)]);
    cards.retain(|card| !card.items.is_empty() || !card.empty.is_empty());
    cards
}

fn ending(case: &Case, procedure: &Pack, number: &str) -> Card {
    let items = case.ending.iter().map(|ending| {
        let title = casefile::stage::Stage::of(case).name();
        let ground = ending
            .ground
            .as_ref()
            .map(|id| ground(&procedure.procedure.decline_grounds, id))
            .unwrap_or_default();
        let mut item = Item::new(format!("{title}，{}", day(ending.on)))
            .line(ground)
            .text(&ending.reason);
        if !ending.to.is_empty() {
            item = item.line(format!("移送给 {}", ending.to));
        }
        if !ending.heard.is_empty() {
            item = item.line(format!("申请人的说明：{}", ending.heard));
        }
        match &ending.scan {
            Some(scan) => item.file(number, scan),
            None => item,
        }
    });
    card("ending", "案件怎么结束的", items.collect())
}

fn consultations(case: &Case) -> Card {
    let items = case.consultations.iter().map(|consultation| {
        let opened = format!(
            "{}由{}发起",
            day(consultation.opened_on),
            casefile::words::party(consultation.opened_by)
        );
        match &consultation.minutes {
            None => Item::new(opened).tag("t-doing", "等会商纪要"),
            Some(minutes) => Item::new(format!("{}会商", day(minutes.on)))
                .tag(
                    "t-done",
                    minutes
                        .agreed
                        .as_ref()
                        .map_or("仍不一致".into(), |o| format!("一致：{o}")),
                )
                .line(opened)
                .line(format!("参加：{}", minutes.attendees))
                .text(&minutes.text),
        }
    });
    card("consultation", "会商", items.collect())
}

fn major(case: &Case, procedure: &Pack, names: &Names) -> Card {
    let mut items = Vec::new();
    if let Some(escalation) = &case.escalation {
        let grounds: Vec<&str> = escalation
            .grounds
            .iter()
            .map(|id| ground(&procedure.procedure.major_grounds, id))
            .collect();
        let by = names.of(escalation.by);
        let mut item = Item::new(format!("{}由{by}上报", day(escalation.on)))
            .line(grounds.join("；"))
            .text(&escalation.reason);
        if escalation.city_silent {
            item = item.line("市民政局没有提出协调意见，已记明。");
        }
        items.push(item);
    }
    if let Some(coordination) = &case.coordination {
        let view = coordination
            .discipline_view
            .iter()
            .map(|view| format!("{}：{view}", names.city_discipline));
        let mut item = Item::new(format!(
            "市级协调意见，{} {}",
            day(coordination.on),
            coordination.by_name
        ));
        item.lines.extend(view);
        items.push(item.text(&coordination.text));
    }
    for (party, confirmation) in &case.confirmations {
        let title = format!("{}协调以后的意见：{}", names.of(*party), confirmation.outcome);
        items.push(Item::new(title).line(day(confirmation.on)).text(&confirmation.reason));
    }
    card("major", "重大事项和协调", items)
}

fn determined(case: &Case, pack: &Pack, names: &Names, number: &str) -> Card {
    let outcome = |code: &OutcomeCode| pack.outcome(code).map_or_else(|| code.to_string(), |o| o.text.clone());
    let last = case.determinations.len();
    let mut items: Vec<Item> = case
        .determinations
        .iter()
        .enumerate()
        .map(|(n, determination)| {
            let mut item = Item::new(format!(
                "{}：{}",
                determination.outcome,
                outcome(&determination.outcome)
            ))
            .line(format!("{} {}认定", day(determination.on), determination.by_name))
            .text(&determination.reason);
            if n + 1 < last {
                item = item.tag("t-todo", "已重新认定");
            }
            for party in &determination.dissent {
                item = item.line(format!("{}保留不同意见，写进报告。", names.of(*party)));
            }
            item
        })
        .collect();
    items.extend(case.reports.iter().map(|report| {
        Item::new(format!("认定报告 {}", report.number))
            .line(format!("{}出具", day(report.on)))
            .file(number, &report.file)
    }));
    card("determination", "认定和报告", items)
}

fn evidence(case: &Case, number: &str) -> Card {
    let items = case.evidence.iter().map(|evidence| {
        let ring = match evidence.ring {
            Ring::Everyone => "申请人和两家都能看",
            Ring::Team => "两家和市级能看",
            Ring::Protected => "保护举报人：申请人、单位和村都看不到",
        };
        let mut item = Item::new(format!("证据 {} · {}", evidence.number, evidence.title))
            .line(if evidence.proves.is_empty() {
                String::new()
            } else {
                format!("证明：{}", evidence.proves)
            })
            .line(format!("{} {}提交 · {ring}", day(evidence.on), evidence.by_name));
        item.anchor = format!("evidence-{}", evidence.number);
        if let Some(made) = evidence.made {
            item = item.line(format!("形成于 {made}"));
        }
        if evidence.made_after_inquiry {
            item = item.tag("v-unknown", "知道调查以后形成");
        }
        match &evidence.file {
            Some(file) => item.file(number, file),
            None => item,
        }
    });
    Card {
        more: format!("/cases/{number}/evidence"),
        ..card("evidence", "证据", items.collect())
    }
}

fn inquiries(case: &Case) -> Card {
    let name = |person| {
        let found = case
            .investigators
            .iter()
            .find(|investigator| investigator.person == person);
        found.map_or("另一名调查人", |investigator| investigator.name.as_str())
    };
    let items = case.inquiries.iter().map(|inquiry| {
        let kind = match inquiry.kind {
            InquiryKind::Interview => "谈话",
            InquiryKind::Visit => "走访",
            InquiryKind::Papers => "调取材料",
        };
        let item = Item::new(format!("笔录 {} · {kind}：{}", inquiry.number, inquiry.whom))
            .line(format!(
                "{} {} · {}、{}",
                day(inquiry.on),
                inquiry.place,
                name(inquiry.by),
                name(inquiry.with)
            ))
            .text(&inquiry.text);
        let item = match inquiry.countersigned {
            Some(_) => item.tag("t-done", "✓ 两人已签"),
            None => item.tag("v-unknown", format!("等{}会签", name(inquiry.with))),
        };
        Item {
            anchor: format!("inquiry-{}", inquiry.number),
            ..item
        }
    });
    card("inquiries", "调查笔录", items.collect())
}

fn statement(case: &Case, number: &str) -> Card {
    let statement = &case.statement;
    let mut items = Vec::new();
    if let Some((on, until)) = statement.invited {
        items.push(Item::new(format!("{}告知可以说明和申辩，到 {}", day(on), day(until))).text(&statement.matters));
    }
    for (n, argument) in statement.arguments.iter().enumerate() {
        let item = Item::new(format!("申辩第 {} 条：{}", n + 1, argument.text));
        items.push(match &argument.answer {
            Some((true, why)) => item.tag("t-done", "采纳").line(format!("答复：{why}")),
            Some((false, why)) => item.tag("t-todo", "不采纳").line(format!("答复：{why}")),
            None => item.tag("v-unknown", "还没答复"),
        });
    }
    if !statement.papers.is_empty() {
        items.push(
            statement
                .papers
                .iter()
                .fold(Item::new("申辩时交的材料"), |item, file| item.file(number, file)),
        );
    }
    if let Some(waived) = &statement.waived {
        let how = if waived.own {
            "申请人放弃申辩"
        } else {
            "期限已过，记明没有申辩"
        };
        items.push(Item::new(format!("{how}，{}", day(waived.on))).text(&waived.reason));
    }
    if let Some(explained) = &case.explained {
        items.push(Item::new(format!("{}已释明可以申请减责", day(explained.on))));
    }
    Card {
        more: format!("/cases/{number}/statement"),
        ..card("statement", "说明和申辩", items)
    }
}

fn conclusion(case: &Case) -> Card {
    let one = |conclusion: &casefile::case::Conclusion, state: (&'static str, &str)| {
        let signed: Vec<&str> = conclusion.signed.iter().map(|(_, name)| name.as_str()).collect();
        let outcome = conclusion
            .assessment
            .outcome
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or("还不能得出".into());
        Item::new(format!("按查明的事实：{outcome}"))
            .tag(state.0, state.1)
            .line(format!("{} {}签名", day(conclusion.on), signed.join("、")))
            .text(&conclusion.text)
    };
    let items = match (&case.conclusion, &case.proposed) {
        (Some(conclusion), _) if conclusion.in_time => vec![one(conclusion, ("t-done", "✓ 在期限内"))],
        (Some(conclusion), _) => vec![one(conclusion, ("v-unknown", "超过期限"))],
        (None, Some(proposed)) => vec![one(proposed, ("t-doing", "等另一名调查人签名"))],
        (None, None) => Vec::new(),
    };
    card("conclusion", "调查结论", items)
}

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
        Item::new(format!("{label}：{}", said.join("，")))
    };
    let when = |when: Option<casefile::words::When>| when.map(|when| when.to_string()).unwrap_or_default();
    let mut items = vec![
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
        pair("报告", &[reporting, &when(codes.reported), &text.reported_to]),
        pair("改正", &[correcting, &text.correction]),
        pair("和涉及的户", &[kin, &text.household, &text.village]),
        pair("追究", &[accountability, &text.accountability]),
        Item::new("事情的经过").text(&text.account),
    ];
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

fn people(case: &Case, procedure: &Pack) -> Card {
    let mut items: Vec<Item> = case
        .investigators
        .iter()
        .map(|investigator| {
            let from = investigator.party.map_or("外借", casefile::words::party);
            let item =
                Item::new(format!("{}（{from}）", investigator.name)).line(format!("{}指派", day(investigator.on)));
            if investigator.left || case.is_recused(investigator.person) {
                item.tag("t-todo", "已退出")
            } else {
                item
            }
        })
        .collect();
    items.extend(
        case.borrowings
            .iter()
            .map(|b| Item::new(format!("{}商请 {} 派员", day(b.on), b.from)).text(&b.reason)),
    );
    items.extend(case.recusals.iter().map(|recusal| {
        let ground = ground(&procedure.procedure.recusal_grounds, &recusal.ground);
        let item = Item::new(format!("回避：{}", recusal.name))
            .line(format!("{} · {ground}", day(recusal.on)))
            .text(&recusal.reason);
        match &recusal.ruling {
            None => item.tag("v-unknown", "等决定"),
            Some(ruling) if ruling.recused => item.tag("t-done", "已回避").line(format!("理由：{}", ruling.reason)),
            Some(ruling) => item.tag("t-todo", "不需回避").line(format!("理由：{}", ruling.reason)),
        }
    }));
    card("people", "调查人和回避", items)
}

fn service(case: &Case, number: &str) -> Card {
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

fn after(case: &Case) -> Card {
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

/// One institution's opinion, sealed up or opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpinionBox {
    /// The institution.
    pub title: String,
    /// Whether it is in and not opened yet.
    pub withheld: bool,
    /// The tag's look.
    pub class: &'static str,
    /// The tag's word.
    pub word: String,
    /// A line.
    pub line: String,
    /// The outcome, once opened.
    pub outcome: String,
    /// The reason, once opened.
    pub reason: String,
}

/// The opinions, one box each, and a line on whether they agree; nothing before the conclusion.
pub fn opinions(file: &CaseFile) -> (Vec<OpinionBox>, String) {
    let case = &file.case;
    if case.conclusion.is_none() && case.opinions.is_empty() {
        return (Vec::new(), String::new());
    }
    let boxes: Vec<OpinionBox> = file
        .procedure
        .procedure
        .opinions
        .iter()
        .map(|party| opinion(file, *party))
        .collect();
    let open: Vec<&str> = boxes
        .iter()
        .filter(|b| !b.outcome.is_empty())
        .map(|b| b.outcome.as_str())
        .collect();
    let line = match open.as_slice() {
        [first, rest @ ..] if !rest.is_empty() && rest.iter().all(|o| o == first) => "意见一致".into(),
        [_, _, ..] => "意见不一致，要会商".into(),
        _ => String::new(),
    };
    let at = case
        .opinions_opened
        .map(|at| format!("{} 同时打开", long_moment(at)))
        .unwrap_or_default();
    let parts = [at, line]
        .into_iter()
        .filter(|part: &String| !part.is_empty())
        .collect::<Vec<_>>();
    (boxes, parts.join(" · "))
}

fn opinion(file: &CaseFile, party: Party) -> OpinionBox {
    let title = file.names.of(party).to_owned();
    let empty = OpinionBox {
        title,
        withheld: false,
        class: "t-todo",
        word: "未提交".into(),
        line: String::new(),
        outcome: String::new(),
        reason: String::new(),
    };
    match file.case.opinions.get(&party) {
        None if file.case.silent.contains(&party) => OpinionBox {
            word: "没有提出".into(),
            line: "已记明没有提出意见。".into(),
            ..empty
        },
        None => OpinionBox {
            line: "到齐以前，两家都看不到对方的内容。".into(),
            ..empty
        },
        Some(opinion) => match &opinion.content {
            None => OpinionBox {
                withheld: true,
                class: "t-sealed",
                word: "已密封".into(),
                line: format!(
                    "{} {}提交。到齐以前不能改，对方也看不到内容。",
                    long_moment(opinion.at),
                    opinion.by_name
                ),
                ..empty
            },
            Some(content) => OpinionBox {
                class: "t-done",
                word: "✓ 已打开".into(),
                line: format!("{} {}", long_moment(opinion.at), opinion.by_name),
                outcome: content.outcome.to_string(),
                reason: content.reason.clone(),
                ..empty
            },
        },
    }
}
