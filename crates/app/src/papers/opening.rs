//! The papers of receipt: 收件回执, 补正告知书, 受理通知书, 权利告知书, 不予受理决定书, 移送函.

use super::{Filling, paragraphs};
use base::law::{Deadline, Unit};
use casefile::case::{Channel, EndingKind};
use documents::{
    Acceptance, Decline, Due, DueDay, Leaflet, Receipt, SupplementNotice, Transfer, Transferred, chinese_date,
};

pub(super) fn receipt(with: &Filling) -> Option<Receipt> {
    let (receipt, application) = (with.case.receipt.as_ref()?, with.case.application.as_ref()?);
    let online = receipt.channel == Channel::Online;
    let paper = with.case.paper.as_ref();
    let first = paper.map(|paper| paper.handed_in_to.trim()).filter(|to| !to.is_empty());
    let first = first.map(|to| match receipt.handed_in_on {
        Some(on) => format!("{}交到{to}", chinese_date(on)),
        None => format!("先交到{to}"),
    });
    let deadline = with.deadline();
    let days = deadline.map(|deadline| with.calendar.derivation(receipt.received_on, deadline.n, deadline.unit));
    let days = days.unwrap_or_default().into_iter().map(|line| DueDay {
        date: line.date,
        counted: line.nth,
        why: line.why,
    });
    let carried = paper.map(|paper| paper.carried_by.trim()).filter(|by| !by.is_empty());
    let way = match receipt.channel {
        Channel::Online => "网上".to_owned(),
        Channel::Window => "窗口".to_owned(),
        Channel::Post => "邮寄".to_owned(),
        Channel::Oral => "口头，有笔录和捺印".to_owned(),
        Channel::Carried => "他人代交，本人签字".to_owned(),
    };
    let files = application.text.files.iter().map(|(file, proves)| match proves.trim() {
        "" => file.name.clone(),
        proves => proves.to_owned(),
    });
    Some(Receipt {
        issuer: with.names.bureau.clone(),
        date: with.today(),
        number: receipt.number.clone(),
        received: receipt.received_on,
        at: online.then_some(with.now),
        handed_in: first,
        clerk: (!online).then(|| with.by.name.clone()),
        way: match carried {
            Some(by) => format!("{way}（{by}代交）"),
            None => way,
        },
        applicant: with.applicant(),
        claim: with.claim(),
        materials: paper
            .map(|_| "签名的申请书".to_owned())
            .into_iter()
            .chain(files)
            .collect(),
        due: Due {
            date: receipt.due.due,
            working_days: deadline.map_or(0, |deadline| deadline.n),
            provisional: receipt.due.provisional,
            days: days.collect(),
        },
        basis_note: receipt
            .basis_pending
            .then(|| "还没有确定按哪份文件办（依据待定），期限照算".to_owned()),
        next: vec![
            "民政局看材料，缺什么会告诉您".into(),
            format!(
                "民政局和纪检监察组至少{}人来了解情况",
                with.procedure.procedure.investigators
            ),
            "会专门听您说明".into(),
            "结果会送给您和您的单位".into(),
        ],
        contact: with.contact(),
    })
}

pub(super) fn supplement_notice(with: &Filling) -> Option<SupplementNotice> {
    let supplement = with.case.supplement.as_ref()?;
    Some(SupplementNotice {
        head: with.head(),
        case: with.number_of_case()?,
        applicant: with.applicant(),
        received: with.case.receipt.as_ref()?.received_on,
        items: supplement.items.clone(),
        until: supplement.until,
        contact: with.contact(),
    })
}

pub(super) fn acceptance(with: &Filling) -> Option<Acceptance> {
    let receipt = with.case.receipt.as_ref()?;
    Some(Acceptance {
        head: with.head(),
        case: receipt.number.clone(),
        applicant: with.applicant(),
        received: receipt.received_on,
        basis: with.basis_known(),
        group: with.names.discipline.clone(),
        working_days: with.deadline().map_or(0, |deadline| deadline.n),
        due: receipt.due.due,
        provisional: receipt.due.provisional,
        rights: vec![
            "可以陈述和申辩，作出结论以前会专门通知你".into(),
            "认为办理人员应当回避的，可以申请回避".into(),
            "可以补充材料、变更请求或者撤回申请".into(),
        ],
        contact: with.contact(),
    })
}

pub(super) fn leaflet(with: &Filling) -> Option<Leaflet> {
    let text = &with.procedure.procedure.leaflet;
    Some(Leaflet {
        issuer: with.head().issuer,
        date: with.today(),
        case: with.number_of_case()?,
        name: with.applicant().name,
        heading: text.title.clone(),
        paragraphs: text.paragraphs.clone(),
        version: text.version.clone(),
        contact: with.contact(),
    })
}

pub(super) fn decline(with: &Filling) -> Option<Decline> {
    let (receipt, ending) = (with.case.receipt.as_ref()?, with.case.ending.as_ref()?);
    let procedure = &with.procedure.procedure;
    let ground = procedure
        .decline_grounds
        .iter()
        .find(|ground| Some(&ground.id) == ending.ground.as_ref());
    let review = (procedure.review_levels > 0).then(|| with.review_right("本决定"));
    Some(Decline {
        head: with.head(),
        case: receipt.number.clone(),
        applicant: with.applicant(),
        received: receipt.received_on,
        basis: with.basis_known(),
        ground: ground.map(|ground| ground.text.clone()).unwrap_or_default(),
        reasons: paragraphs(&ending.reason),
        heard: ending.heard.clone(),
        remedies: review.into_iter().chain(["可以重新提出申请".to_owned()]).collect(),
        copies: with.copied(),
    })
}

pub(super) fn transfer(with: &Filling) -> Option<Transfer> {
    let ending = with
        .case
        .ending
        .as_ref()
        .filter(|ending| ending.kind == EndingKind::Transferred)?;
    let receipt = with.case.receipt.as_ref()?;
    let name = with.applicant().name;
    Some(Transfer {
        head: with.head(),
        case: receipt.number.clone(),
        to: ending.to.clone(),
        reasons: paragraphs(&ending.reason),
        what: Transferred::Application {
            applicant: with.applicant(),
            received: receipt.received_on,
        },
        contact: with.contact(),
        copies: std::iter::once(name).chain(with.copied()).collect(),
    })
}

pub(super) fn clue(with: &Filling) -> Option<Transfer> {
    let clue = with.clue_handed_over()?;
    Some(Transfer {
        head: with.head(),
        case: with.number_of_case()?,
        to: clue.sealed.to.clone(),
        reasons: paragraphs(&clue.sealed.reason),
        what: Transferred::Clue,
        contact: with.contact(),
        copies: Vec::new(),
    })
}

impl Filling<'_> {
    /// The statutory deadline of the conclusion.
    pub(super) fn deadline(&self) -> Option<&Deadline> {
        let deadlines = self.procedure.procedure.deadlines.iter();
        deadlines
            .clone()
            .find(|deadline| deadline.met_by == "conclude" && deadline.unit == Unit::WorkingDays)
    }

    /// The group and the city bureau, who get a copy at once.
    pub(super) fn copied(&self) -> Vec<String> {
        vec![self.names.discipline.clone(), self.names.city.clone()]
    }

    /// That `what` may be reviewed, by when and where.
    pub(super) fn review_right(&self, what: &str) -> String {
        format!(
            "对{what}有意见的，可以在收到之日起{}个工作日内向{}申请复核，由没有办过此事的人办理。超过时间也可以提出，会记明情况",
            self.procedure.procedure.review_days, self.names.bureau
        )
    }
}
