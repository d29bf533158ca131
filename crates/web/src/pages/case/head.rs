//! What stands on top of a case, in both its forms: whose it is, the two clocks, and for whom it waits now.

use super::due::{self, DueBox};
use crate::pages::acts;
use crate::words::{date, day};
use app::Standing;
use app::reading::CaseFile;
use casefile::ActName;
use casefile::waiting::{Waiting, Whom};

/// What stands on top of the case page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// 收件编号
    pub number: String,
    /// 李春梅的尽职免责申请
    pub title: String,
    /// Unit, work, clauses claimed.
    pub facts: String,
    /// 依据待定, or what the pack says of its own validity.
    pub banner: String,
    /// The two clocks.
    pub due: DueBox,
    /// What waits for this reader.
    pub now: Option<Now>,
    /// Whom it waits for otherwise.
    pub waits: Vec<String>,
    /// What else this reader may do: URL and words.
    pub acts: Vec<(String, &'static str)>,
}

/// 现在等您
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// The act.
    pub title: String,
    /// By when.
    pub hint: String,
    /// Where it is done.
    pub url: String,
}

/// The head of the page.
pub(super) fn head(file: &CaseFile) -> Head {
    let own = file.standing == Standing::Applicant;
    // What the applicant is waited for, others may record from paper; it does not wait for them.
    let mine = file
        .waiting
        .iter()
        .find(|wait| file.my_acts.contains(&wait.act) && (own || !is_applicants(file, wait)));
    let now = mine.map(|wait| Now {
        title: wait.act.title().into(),
        hint: hint(file, wait),
        url: acts::address_on(&file.number, wait.act, &file.case),
    });
    let mut waits: Vec<String> = Vec::new();
    let others = |wait: &&Waiting| mine.is_none_or(|mine| mine.act != wait.act);
    for line in file.waiting.iter().filter(others).map(|wait| waited(file, wait)) {
        if !waits.contains(&line) {
            waits.push(line);
        }
    }
    let others = file
        .my_acts
        .iter()
        .filter(|act| mine.is_none_or(|mine| mine.act != **act));
    Head {
        number: file.number.clone(),
        title: title(file),
        facts: facts(file),
        banner: banner(file),
        due: due::due_box(file),
        now,
        waits,
        acts: others
            .filter(|act| acts::page_of(**act).is_some())
            .map(|act| (acts::address_on(&file.number, *act, &file.case), act.title()))
            .collect(),
    }
}

/// Whether it is the applicant who is waited for.
pub(super) fn is_applicants(file: &CaseFile, wait: &Waiting) -> bool {
    matches!(&wait.who, Whom::Person(person) if file.case.applicant() == Some(*person))
}

/// `驻局纪检监察组负责人提意见，9 月 30 日（周三）前`
fn waited(file: &CaseFile, wait: &Waiting) -> String {
    let own = file.standing == Standing::Applicant;
    match wait.act.code() {
        "opine" | "open-consultation" | "minute-consultation" | "escalate" | "coordinate" | "confirm" if own => {
            "两家正在提意见".to_owned()
        }
        _ => {
            let by = match wait.due.filter(|_| !own) {
                Some(due) if due < file.today => {
                    format!("，应于 {}，晚了 {} 天", day(due), (file.today - due).get_days())
                }
                Some(due) => format!("，{}前", day(due)),
                None => String::new(),
            };
            let reminded = reminded(file, wait).map_or_else(String::new, |said| format!("（{said}）"));
            format!("{}{}{by}{reminded}", wait.who.text(&file.case), wait.act.title())
        }
    }
}

/// How often whoever is waited for was reminded, and when last.
fn reminded(file: &CaseFile, wait: &Waiting) -> Option<String> {
    let (times, last) = wait.reminded(&file.case)?;
    Some(format!("已提醒 {times} 次，最近 {}", day(last)))
}

/// By when, how often reminded, and what comes of it.
fn hint(file: &CaseFile, wait: &Waiting) -> String {
    let by = match wait.due {
        Some(due) if due < file.today => format!("应于 {}，晚了 {} 天。", day(due), (file.today - due).get_days()),
        Some(due) if due == file.today => "今天到期。".into(),
        Some(due) => format!("{}前。", day(due)),
        None => String::new(),
    };
    let reminded = reminded(file, wait).map_or_else(String::new, |said| said + "。");
    format!("{by}{reminded}{}", outcome(file, wait.act))
}

/// What an act that waits is about, in a sentence; nothing where its title says it.
fn outcome(file: &CaseFile, act: ActName) -> String {
    let text = match act.code() {
        "accept" => "材料够不够、归不归本局管。收件、指派、申辩告知可以在一页上一起办。",
        "take-lead" => "县（区）没有负责人可以办这个案件，由市里牵头，代行负责人的职责。",
        "remind" => "这个案件晚了，请提醒县（区）抓紧办。",
        "assign" => "至少要两名没有回避情形的调查人，两家各派各的人。",
        "investigate" => "谈话、走访要两人，记一份笔录；另一人会签以后才算数。",
        "countersign" => "看一遍笔录，和当时一样就会签。",
        "find" => {
            let open = file.case.open_questions(&file.assessment).len();
            return match open {
                0 => "会改变结果的问题都查明了。".into(),
                n => format!("还有 {n} 个会改变结果的问题没有查明，先查最要紧的。"),
            };
        }
        "invite" => "告知申请人可以说明和申辩，写明请他重点说什么。",
        "state" => "您可以说明当时的情况，也可以申辩。每一条都会得到答复。",
        "answer" => "每一条理由都要答复：采纳，或者不采纳和为什么。",
        "conclude" | "sign-conclusion" => "两名调查人签名以后作出，法定期限到这里为止。",
        "opine" if file.procedure.procedure.withhold_opinions => {
            "调查结论已作出。意见提交后先密封，两家到齐同时打开。提交时要再输一次密码。"
        }
        "determine" => "认定按查明的事实得出。签名以后不能再改。",
        "issue" => "报告编上文号出具。出具、报送、送达可以在一页上一起办。",
        "acknowledge" => "签收只表示收到，不代表同意。",
        "file" => "全卷归入专项档案，以后还可以补充归档。",
        _ => "",
    };
    text.into()
}

/// 李春梅的尽职免责申请
pub(super) fn title(file: &CaseFile) -> String {
    let name = file
        .case
        .application
        .as_ref()
        .map(|application| application.text.name.as_str());
    format!("{}的尽职免责申请", name.unwrap_or("申请人"))
}

fn facts(file: &CaseFile) -> String {
    let Some(application) = &file.case.application else {
        return String::new();
    };
    let procedure = &file.procedure.procedure;
    let text = |list: &[base::law::Ground], id: &base::law::GroundId| {
        list.iter()
            .find(|ground| ground.id == *id)
            .map(|ground| ground.text.clone())
            .unwrap_or_default()
    };
    let links: Vec<String> = application
        .codes
        .work_links
        .iter()
        .map(|id| text(&procedure.work_links, id))
        .collect();
    let clauses: Vec<&str> = application
        .codes
        .clauses
        .iter()
        .filter_map(|id| file.pack.clause(id))
        .map(|clause| clause.citation.as_str())
        .collect();
    let claimed = if clauses.is_empty() {
        String::new()
    } else {
        format!("申请情形 {}", clauses.join("、"))
    };
    let earlier = file.earlier.as_ref();
    let earlier = earlier.map(|(number, on)| format!("前一次收到申请 {number}，{}，后来撤回", date(*on)));
    let parts = [
        application.text.unit.clone(),
        text(&procedure.work_kinds, &application.codes.work_kind),
        links.join("、"),
        claimed,
        earlier.unwrap_or_default(),
    ];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

fn banner(file: &CaseFile) -> String {
    match (&file.case.receipt, &file.case.basis) {
        (Some(receipt), None) if receipt.basis_pending => {
            "已收到，期限照算。这件事还没有确定按哪份文件办（依据待定），请写明依据。".into()
        }
        _ => String::new(),
    }
}
