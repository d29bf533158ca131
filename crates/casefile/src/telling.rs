//! How the record names its entries (办案记录): one short title per kind, in the notice's words.
//!
//! What an entry says in detail is the page's business; a test holds that no kind lacks its title.

use crate::Event;

impl Event {
    /// The entry's title, e.g. 受理.
    pub fn title(&self) -> &'static str {
        match self {
            Event::PaperMade(made) => made.paper.made(),
            event => title(event.kind()),
        }
    }
}

/// The title of a kind; the kind's own name where it is new and has none yet.
pub fn title(kind: &'static str) -> &'static str {
    match kind.split_once('/').map_or(kind, |(name, _)| name) {
        "received" => "收到申请",
        "supplement-requested" => "一次性告知补正",
        "supplemented" => "补正材料",
        "accepted" => "受理",
        "declined" => "不予受理",
        "transferred" => "移送",
        "clue-transferred" => "线索移送",
        "claim-amended" => "变更请求",
        "withdrawn" => "撤回申请",
        "basis-named" => "确定依据",
        "linked" => "关联案件",
        "due-recomputed" => "重算期限",
        "secrecy-ordered" => "下保密令",
        "secrecy-confirmed" => "确认保密令",
        "lead-taken" => "市级牵头",
        "assigned" => "指派调查人",
        "borrowed" => "商请派员",
        "recusal-declared" => "自行回避",
        "recusal-asked" => "申请回避",
        "recusal-ruled" => "决定回避",
        "investigator-replaced" => "更换调查人",
        "evidence-added" => "提交证据",
        "investigated" => "调查笔录",
        "countersigned" => "会签笔录",
        "found" => "认定事实",
        "reading-chosen" => "选定读法",
        "invited" => "告知可以说明和申辩",
        "stated" => "说明和申辩",
        "statement-waived" => "放弃申辩",
        "argument-answered" => "答复申辩",
        "explained" => "释明可以申请减责",
        "conclusion-proposed" => "提出调查结论",
        "conclusion-signed" => "会签调查结论",
        "concluded" => "作出调查结论",
        "opinion-committed" => "提交意见",
        "opinions-opened" => "打开意见",
        "reminded" => "提醒",
        "silence-noted" => "记明没有提出意见",
        "consultation-opened" => "发起会商",
        "consultation-minuted" => "会商纪要",
        "escalated" => "上报重大事项",
        "coordinated" => "市级协调意见",
        "city-view-added" => "驻市局纪检监察组意见",
        "confirmed" => "确认或者保留意见",
        "determined" => "认定",
        "deferred" => "暂不认定",
        "report-issued" => "出具认定报告",
        "report-sent" => "书面报送",
        "report-received" => "收到报告",
        "result-served" => "送达",
        "acknowledged" => "签收",
        "served-otherwise" => "其他方式送达",
        "use-recorded" => "采纳情况",
        "review-applied" => "申请复核",
        "reviewed" => "复核决定",
        "reopened" => "重新办理",
        "corrected" => "更正",
        "filed" => "归档",
        "supplement-filed" => "补充归档",
        "paper-made" => "成文",
        _ => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_title() {
        for kind in Event::KINDS {
            assert!(!title(kind).is_ascii(), "{kind} has no title in telling.rs");
        }
    }
}
