//! Acts: what a person does to a case. One table; each act lives in its own file under `acts/`.

use crate::acts::*;
use crate::{Case, Context, Event, Refusal};

/// What every act can answer.
pub trait Perform {
    /// Whether the act can be done now by this actor, whatever its form will say. Pages ask this to decide whether to
    /// show a button or the reason why not; [`Perform::decide`] asks it first.
    ///
    /// # Errors
    /// Why not.
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal>;

    /// The events the act records.
    ///
    /// # Errors
    /// Why it may not be done.
    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal>;
}

macro_rules! acts {
    ($($code:literal $title:literal $name:ident)+) => {
        /// An act with what its form said.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each act is documented at its struct")]
        pub enum Act { $($name($name)),+ }

        /// The name of an act.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each act is documented at its struct")]
        pub enum ActName { $($name),+ }

        impl ActName {
            /// Every act, in the order of the procedure.
            pub const ALL: &[ActName] = &[$(ActName::$name),+];

            /// As URLs and the record write it.
            pub fn code(self) -> &'static str {
                match self { $(ActName::$name => $code),+ }
            }

            /// As the notice or the office calls it.
            pub fn title(self) -> &'static str {
                match self { $(ActName::$name => $title),+ }
            }

            /// The act of that code.
            pub fn parse(code: &str) -> Option<ActName> {
                match code { $($code => Some(ActName::$name),)+ _ => None }
            }

            /// Whether the act can be done now by this actor, whatever its form will say.
            ///
            /// # Errors
            /// Why not.
            pub fn ready(self, case: &Case, ctx: &Context) -> Result<(), Refusal> {
                match self { $(ActName::$name => $name::ready(case, ctx)),+ }
            }
        }

        impl Act {
            /// Its name.
            pub fn name(&self) -> ActName {
                match self { $(Act::$name(_) => ActName::$name),+ }
            }
        }

        $(impl From<$name> for Act {
            fn from(act: $name) -> Act { Act::$name(act) }
        })+

        /// What the act records on this case, or why it may not be done.
        ///
        /// # Errors
        /// The act's refusals; each act's file lists its own.
        pub fn decide(case: &Case, act: Act, ctx: &Context) -> Result<Vec<Event>, Refusal> {
            match act {
                $(Act::$name(act) => {
                    $name::ready(case, ctx)?;
                    act.decide(case, ctx)
                }),+
            }
        }
    };
}

acts! {
    "submit" "提出申请" Submit
    "enter-paper" "窗口代录" EnterPaper
    "request-supplement" "告知补正" RequestSupplement
    "supplement" "补正" Supplement
    "accept" "受理" Accept
    "decline" "不予受理" Decline
    "transfer" "移送" Transfer
    "amend-claim" "变更请求" AmendClaim
    "withdraw" "撤回" Withdraw
    "name-basis" "确定依据" NameBasis
    "link" "关联案件" Link
    "recompute-due" "重算到期日" RecomputeDue
    "take-lead" "市级牵头" TakeLead
    "assign" "指派调查人" Assign
    "borrow" "商请调查人" Borrow
    "declare-recusal" "自行回避" DeclareRecusal
    "ask-recusal" "申请他人回避" AskRecusal
    "rule-recusal" "决定回避" RuleRecusal
    "replace-investigator" "更换调查人" ReplaceInvestigator
    "add-evidence" "提交证据" AddEvidence
    "investigate" "调查笔录" Investigate
    "countersign" "会签笔录" Countersign
    "find" "认定事实" Find
    "choose-reading" "选定读法" ChooseReading
    "invite" "申辩告知" Invite
    "state" "陈述申辩" State
    "waive" "放弃申辩" Waive
    "answer" "答复申辩" AnswerArgument
    "explain" "释明减责" Explain
    "conclude" "调查结论" Conclude
    "sign-conclusion" "会签调查结论" SignConclusion
    "opine" "提意见" Opine
    "open-opinions" "打开意见" OpenOpinions
    "remind" "提醒" Remind
    "remind-due" "到期提醒" RemindDue
    "note-silence" "载明未提意见" NoteSilence
    "open-consultation" "发起会商" OpenConsultation
    "minute-consultation" "会商纪要" MinuteConsultation
    "escalate" "上报重大事项" Escalate
    "coordinate" "市级协调" Coordinate
    "add-city-view" "驻市组意见" AddCityView
    "confirm" "协调后确认" Confirm
    "return-to-inquiry" "退回补充调查" ReturnToInquiry
    "determine" "认定" Determine
    "defer" "暂不认定" Defer
    "issue" "出具认定报告" Issue
    "report" "书面报送" SendReport
    "acknowledge-report" "收到报告" AcknowledgeReport
    "serve" "送达" Serve
    "acknowledge" "签收" Acknowledge
    "serve-otherwise" "其他方式送达" ServeOtherwise
    "record-use" "采纳情况" RecordUse
    "apply-review" "申请复核" ApplyReview
    "review" "复核" DecideReview
    "redetermine" "重新认定" Redetermine
    "correct" "更正" Correct
    "file" "归档" FileCase
    "file-supplement" "补充归档" FileSupplement
    "order-secrecy" "保密令" OrderSecrecy
    "confirm-secrecy" "确认保密令" ConfirmSecrecy
}
