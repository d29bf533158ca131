//! 认定事实: an investigator answers a question with evidence. Any question of the pack, claimed or not.
//!
//! Unknown never becomes no. A later finding supersedes an earlier one; none is erased. Where the pack demands the
//! competent body's document (五（二）（六）), a yes without it is refused: the answer stays 未查明 and the clue goes to
//! that body. Where a provision elsewhere is asked for (其他…), a yes names it.

use crate::act::Perform;
use crate::case::{Case, Finding};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, SHORT_TEXT};
use crate::{Context, sealed_part};
use base::law::{Answer, Assessment, QuestionId, QuestionRule};
use base::{Date, EvidenceId, InquiryId};
use serde::{Deserialize, Serialize};

/// An investigator answers a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    /// The question.
    pub question: QuestionId,
    /// The answer.
    pub answer: Answer,
    /// The evidence it rests on.
    pub evidence: Vec<EvidenceId>,
    /// The records of inquiry it rests on.
    pub inquiries: Vec<InquiryId>,
    /// Why.
    pub reason: String,
    /// For a yes that rests on a provision elsewhere: document, number, article.
    pub citation: String,
    /// For 未查明: that it cannot be found.
    pub impossible: bool,
}

impl Case {
    /// The relevant questions that are neither found nor stated as impossible to find, in pack order.
    pub fn open_questions<'a>(&self, assessment: &'a Assessment) -> Vec<&'a QuestionId> {
        let settled = |question: &QuestionId| {
            self.finding(question)
                .is_some_and(|finding| finding.answer != Answer::Unknown || finding.impossible)
        };
        assessment
            .relevant
            .iter()
            .filter(|question| !settled(question))
            .collect()
    }
}

impl Perform for Find {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_under_inquiry()?;
        ctx.must_investigate(case)
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let Some(rule) = ctx.substance.questions.iter().find(|rule| rule.id == self.question) else {
            return Err(Refusal::field("question", "这份文件里没有这个问题。请从问题清单里选。"));
        };
        let cited: Vec<_> = self
            .evidence
            .iter()
            .map(|id| case.evidence.iter().find(|e| e.id == *id))
            .collect();
        let signed = |id: &InquiryId| case.inquiries.iter().any(|i| i.id == *id && i.countersigned.is_some());
        let document = cited.iter().flatten().any(|evidence| evidence.document);
        let needs_document = ctx.procedure.needs_document.contains(&self.question);
        let decided = matches!(self.answer, Answer::Yes | Answer::No);
        // A first yes or no says why by what it cites; all else is explained in words.
        let told_by_evidence = decided && case.finding(&self.question).is_none();
        let mut check = Check::new();
        check
            .that(
                !contradicts(case, ctx, rule, self.answer),
                "answer",
                "这个答案和连着的另一个问题的答案对不上。请先改那个问题，或者改这里的答案。",
            )
            .that(
                self.answer != Answer::NotApplicable || rule.may_not_apply,
                "answer",
                "这个问题不能答“不适用”。请选“是”“否”或者“未查明”。",
            )
            .that(
                self.answer != Answer::Yes || !needs_document || document,
                "answer",
                "认定为“是”，要有主管机关的文书。没有文书的，请选“未查明”，并把线索移送主管机关。依据 五（二）（六）",
            )
            .that(
                !decided || !self.evidence.is_empty() || !self.inquiries.is_empty(),
                "evidence",
                "认定“是”或者“否”，至少要有一份证据或者会签过的笔录。请勾选，或者改选“未查明”。",
            )
            .that(
                cited.iter().all(Option::is_some),
                "evidence",
                "勾选的证据不在这个案件里。请重新勾选。",
            )
            .that(
                self.inquiries.iter().all(signed),
                "inquiries",
                "勾选的笔录还没有会签，不能作依据。请先请另一名调查人会签。",
            )
            .that(
                !self.impossible || self.answer == Answer::Unknown,
                "impossible",
                "只有“未查明”才能写明无法查明。请改一下答案，或者去掉“无法查明”。",
            );
        if told_by_evidence {
            check.optional("reason", "理由", &self.reason, LONG_TEXT);
        } else {
            check.required("reason", "理由", &self.reason, LONG_TEXT);
        }
        if rule.citation && self.answer == Answer::Yes {
            check.that(
                !self.citation.trim().is_empty(),
                "citation",
                "还没写是哪份文件。请写明文件名称、文号、哪一条。",
            );
            check.that(
                !cites_repealed_alone(&self.citation, &rule.repealed),
                "citation",
                "这份文件已经废止，只引它不能答“是”。请用《》写明行为当天有效的规定和哪一条；没有的，请选“未查明”。",
            );
        }
        check.optional("citation", "哪份文件、哪一条", &self.citation, SHORT_TEXT);
        check.done()?;
        Ok(vec![
            Found {
                question: self.question,
                answer: self.answer,
                evidence: self.evidence,
                inquiries: self.inquiries,
                impossible: self.impossible,
                on: ctx.today(),
                sealed: FindingText {
                    reason: self.reason,
                    citation: self.citation,
                },
            }
            .into(),
        ])
    }
}

/// Whether the citation names a repealed provision and no other title in 《》 beside it.
fn cites_repealed_alone(citation: &str, repealed: &[String]) -> bool {
    let is_repealed = |title: &str| {
        let own = title
            .trim()
            .trim_start_matches("中华人民共和国")
            .trim_start_matches("国务院");
        repealed.iter().any(|gone| own == gone)
    };
    let titles = citation.split('《').skip(1).filter_map(|rest| rest.split('》').next());
    let other = titles
        .filter(|title| !title.trim().is_empty())
        .any(|title| !is_repealed(title));
    !other && repealed.iter().any(|gone| citation.contains(gone.as_str()))
}

/// Whether the answer contradicts a finding in force: a yes stands with a yes on all it implies.
fn contradicts(case: &Case, ctx: &Context, rule: &QuestionRule, answer: Answer) -> bool {
    let stands = |question: &QuestionId, answer| case.finding(question).is_some_and(|finding| finding.answer == answer);
    match answer {
        Answer::Yes => rule.implies.iter().any(|implied| stands(implied, Answer::No)),
        Answer::No => {
            let mut others = ctx.substance.questions.iter();
            others.any(|other| other.implies.contains(&rule.id) && stands(&other.id, Answer::Yes))
        }
        Answer::Unknown | Answer::NotApplicable => false,
    }
}

/// A question was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The question.
    pub question: QuestionId,
    /// The answer.
    pub answer: Answer,
    /// The evidence it rests on.
    pub evidence: Vec<EvidenceId>,
    /// The records of inquiry it rests on.
    pub inquiries: Vec<InquiryId>,
    /// Stated as impossible to find.
    pub impossible: bool,
    /// The day.
    pub on: Date,
    /// Why.
    #[serde(skip)]
    pub sealed: FindingText,
}

/// The sealed part of [`Found`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingText {
    /// Why.
    pub reason: String,
    /// The provision a yes names; empty where none is asked for.
    pub citation: String,
}

impl Recorded for Found {
    sealed_part!(FindingText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.findings.push(Finding {
            question: self.question.clone(),
            answer: self.answer,
            evidence: self.evidence.clone(),
            inquiries: self.inquiries.clone(),
            reason: self.sealed.reason.clone(),
            citation: self.sealed.citation.clone(),
            impossible: self.impossible,
            by: meta.actor,
            by_name: meta.stood.name.clone(),
            on: self.on,
        });
        case.proposed = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::AddEvidence;
    use crate::testing::{Given, assessed, evidence, inquiry};

    /// A finding on the first piece of evidence.
    fn find(given: &Given) -> Find {
        Find {
            question: "timely".into(),
            answer: Answer::Yes,
            evidence: vec![given.case.evidence[0].id],
            inquiries: vec![],
            reason: "有报告记录。".into(),
            citation: String::new(),
            impossible: false,
        }
    }

    #[test]
    fn a_later_finding_supersedes_and_none_is_erased() {
        let given = Given::investigated().investigator();
        let (first, second) = (
            find(&given),
            Find {
                answer: Answer::No,
                ..find(&given)
            },
        );
        let case = given.done(first).when(second).then();
        assert_eq!(case.findings.len(), 2);
        assert_eq!(case.answers()[&"timely".into()], Answer::No);
    }

    #[test]
    fn a_question_is_open_until_found_or_stated_impossible() {
        let assessment = assessed(None);
        for (answer, impossible, open) in [
            (Answer::Yes, false, 0),
            (Answer::No, false, 0),
            (Answer::Unknown, false, 1),
            (Answer::Unknown, true, 0),
        ] {
            let given = Given::investigated().investigator();
            assert_eq!(given.case.open_questions(&assessment).len(), 1);
            let act = Find {
                answer,
                impossible,
                ..find(&given)
            };
            assert_eq!(
                given.when(act).then().open_questions(&assessment).len(),
                open,
                "{answer:?}"
            );
        }
    }

    #[test]
    fn five_two_and_five_six_need_the_competent_bodys_document() {
        let given = Given::investigated().investigator();
        let yes = Find {
            question: "q5-2".into(),
            ..find(&given)
        };
        let refusal = given.when(yes.clone()).refused();
        assert_eq!(refusal.field_names(), ["answer"]);
        assert!(refusal.fields[0].sentence.contains("移送"));
        let unknown = Find {
            answer: Answer::Unknown,
            evidence: vec![],
            ..yes.clone()
        };
        Given::investigated().investigator().when(unknown).then();
        let given = Given::investigated().investigator().done(AddEvidence {
            document: true,
            ..evidence()
        });
        let with_document = Find {
            evidence: vec![given.case.evidence[1].id],
            ..yes
        };
        given.when(with_document).then();
    }

    #[test]
    fn a_yes_on_a_provision_elsewhere_names_it() {
        for (answer, citation, refused) in [
            (Answer::Yes, " ", true),
            (Answer::Yes, "《某办法》第八条", false),
            (Answer::No, "", false),
        ] {
            let given = Given::investigated().investigator();
            let act = Find {
                question: "s3-12-cited".into(),
                answer,
                citation: citation.into(),
                ..find(&given)
            };
            let when = given.when(act);
            if refused {
                assert_eq!(when.refused().field_names(), ["citation"]);
            } else {
                assert_eq!(when.then().findings[0].citation, citation);
            }
        }
    }

    #[test]
    fn a_yes_never_rests_on_a_repealed_provision_alone() {
        for (citation, taken) in [
            ("《信访条例》第二十条", false),
            ("信访条例第20条", false),
            ("《国务院信访条例》（国务院令第431号）第二十条的规定", false),
            ("违反《信访条例》《》", false),
            ("《信访工作条例》第二十六条", true),
            ("《信访条例》第二十条，现为《信访工作条例》第二十六条", true),
            ("《河南省信访条例》第三十一条", true),
        ] {
            let given = Given::investigated().investigator();
            let act = Find {
                question: "s3-11-petition".into(),
                citation: citation.into(),
                ..find(&given)
            };
            let when = given.when(act);
            assert_eq!(when.result.is_ok(), taken, "{citation}");
            if !taken {
                assert_eq!(when.refused().field_names(), ["citation"]);
            }
        }
    }

    #[test]
    fn only_a_countersigned_record_counts() {
        let given = Given::investigated().investigator().done(inquiry());
        let written = Find {
            evidence: vec![],
            inquiries: vec![given.case.inquiries[1].id],
            ..find(&given)
        };
        assert_eq!(given.when(written).refused().field_names(), ["inquiries"]);
        let given = Given::investigated().investigator();
        let signed = Find {
            evidence: vec![],
            inquiries: vec![given.case.inquiries[0].id],
            ..find(&given)
        };
        given.when(signed).then();
    }

    #[test]
    fn findings_never_contradict_what_they_imply() {
        for (first, answer, second, refused) in [
            ("slip", Answer::No, "data-late", true),
            ("data-late", Answer::Yes, "slip", true),
            ("slip", Answer::Unknown, "data-late", false),
        ] {
            let given = Given::investigated().investigator();
            let (one, other) = (find(&given), find(&given));
            let given = given.done(Find {
                question: first.into(),
                answer,
                ..one
            });
            let answer = if second == "slip" { Answer::No } else { Answer::Yes };
            let then = given.when(Find {
                question: second.into(),
                answer,
                ..other
            });
            assert_eq!(then.result.is_err(), refused, "{first} {second}");
        }
    }

    #[test]
    fn a_first_yes_or_no_rests_on_what_it_cites_and_all_else_on_a_reason() {
        for (question, before, answer, needed) in [
            ("data-late", None, Answer::Yes, false),
            ("data-late", None, Answer::No, false),
            ("data-late", None, Answer::Unknown, true),
            ("corrected", None, Answer::NotApplicable, true),
            ("data-late", Some(Answer::Unknown), Answer::Yes, true),
            ("data-late", Some(Answer::Yes), Answer::No, true),
        ] {
            let given = Given::investigated().investigator();
            let with = |answer, reason: &str| Find {
                question: question.into(),
                answer,
                reason: reason.into(),
                ..find(&given)
            };
            let (first, silent) = (before.map(|before| with(before, "查过平台记录。")), with(answer, ""));
            let given = match first {
                Some(first) => given.done(first),
                None => given,
            };
            let when = given.when(silent);
            match needed {
                true => assert_eq!(
                    when.refused().field_names(),
                    ["reason"],
                    "{question} {before:?} {answer:?}"
                ),
                false => assert_eq!(when.then().findings.last().map(|f| f.answer), Some(answer)),
            }
        }
    }

    #[test]
    fn refusals() {
        type Change = fn(&mut Find);
        let table: [(&str, Change); 6] = [
            ("question", |f| f.question = "weather".into()),
            ("answer", |f| f.answer = Answer::NotApplicable),
            ("evidence", |f| f.evidence.clear()),
            ("evidence", |f| f.evidence = vec![EvidenceId([9; 16])]),
            ("impossible", |f| f.impossible = true),
            ("reason", |f| (f.answer, f.reason) = (Answer::Unknown, String::new())),
        ];
        for (field, change) in table {
            let given = Given::investigated().investigator();
            let mut act = find(&given);
            change(&mut act);
            assert_eq!(given.when(act).refused().field_names(), [field]);
        }
        let given = Given::investigated().investigator();
        let act = Find {
            question: "corrected".into(),
            answer: Answer::NotApplicable,
            evidence: vec![],
            ..find(&given)
        };
        given.when(act).then();
        let given = Given::investigated().lead();
        let act = find(&given);
        assert_eq!(given.when(act).refused().code, "investigators-only");
        let given = Given::concluded().investigator();
        let act = find(&given);
        assert_eq!(given.when(act).refused().code, "concluded");
    }
}
