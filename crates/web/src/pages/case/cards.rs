//! The cards of the case page: what was handed in, found out, said, determined and served, each a list of items.
//!
//! One shape for all, so that the template draws them in one way; empty cards are left out unless their emptiness says
//! something.

use super::afterwards::{after, earlier, service};
use super::said::said;
use crate::words::day;
use app::papers::Names;
use app::reading::CaseFile;
use base::law::{GroundId, OutcomeCode};
use casefile::Case;
use casefile::case::EndingKind;
use casefile::case::{File, InquiryKind, Ring};
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

    pub(super) fn line(mut self, line: impl Into<String>) -> Item {
        let line = line.into();
        if !line.is_empty() {
            self.lines.push(line);
        }
        self
    }

    pub(super) fn text(mut self, text: &str) -> Item {
        self.text = text.into();
        self
    }

    pub(super) fn tag(mut self, class: &'static str, word: impl Into<String>) -> Item {
        self.tag = Some((class, word.into()));
        self
    }

    pub(super) fn file(mut self, number: &str, file: &File) -> Item {
        if !file.address.is_empty() {
            self.files
                .push((format!("/cases/{number}/files/{}", file.address), file.name.clone()));
        }
        self
    }
}

pub(super) fn card(id: &'static str, title: &str, items: Vec<Item>) -> Card {
    Card {
        id,
        title: title.into(),
        items,
        ..Card::default()
    }
}

pub(super) fn ground<'p>(list: &'p [base::law::Ground], id: &'p GroundId) -> &'p str {
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
    cards.extend([
        relaxed(case, &file.procedure),
        service(case, number),
        after(case),
        earlier(case, &file.pack, number),
    ]);
    cards.push(papers(case, number));
    cards.retain(|card| !card.items.is_empty() || !card.empty.is_empty());
    cards
}

/// 文书: every paper made, the latest first.
fn papers(case: &Case, number: &str) -> Card {
    let items = case.papers.iter().rev().map(|paper| {
        let mut item = Item::new(format!("{} {}", day(paper.on), paper.kind.title()));
        if paper.round < case.rounds.len() {
            item = item.tag("t-not", "以前一轮的");
        }
        let url = format!("/cases/{number}/documents/{}", paper.document);
        item.files.push((url, paper.name().to_owned()));
        item
    });
    card("papers", "文书", items.collect())
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
            item = item.line(match ending.kind {
                EndingKind::Deferred => format!("在等：{}", ending.to),
                _ => format!("移送给 {}", ending.to),
            });
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

/// 缺人时的办法: what ran below a full office, named and never silent.
fn relaxed(case: &Case, procedure: &Pack) -> Card {
    let items = case.degradations(&procedure.procedure).into_iter();
    let items = items.map(|one| Item::new(one.text).line(one.detail)).collect();
    card("relaxed", "因为人少，放宽了这些", items)
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
    items.extend(case.city_leads.iter().map(|lead| {
        let of = casefile::words::party(lead.party);
        let title = format!("市级牵头：{}{}代行{of}负责人的职责", lead.institution, lead.name);
        Item::new(title)
            .line(format!("{} · {}", day(lead.on), lead.ground.text(lead.party)))
            .text(&lead.reason)
    }));
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
