//! What the investigators of a story find: what is unusual in it, and all else as it usually is, until nothing that is
//! open changes the outcome.

use super::story::Teller;
use crate::Failed;
use base::law::{Answer, Answers, ClauseId, QuestionId};
use casefile::Case;
use casefile::acts::Find;

/// What is cited where a question asks for a provision: the petition rules in force since 2022.
const PROVISION: &str = "《信访工作条例》关于走访应当到有权处理的机关提出的规定";

impl Teller<'_> {
    /// Finds what is unusual in this case, the thresholds and the claimed circumstances, then what still changes the
    /// outcome until nothing does.
    pub(super) async fn find(&self, unusual: &[(&'static str, Answer, &'static str)]) -> Result<(), Failed> {
        let case = self.case().await?;
        let claimed = claimed(&case);
        let pack = self.app.packs().current();
        let mut known = case.answers();
        let mut found = Vec::new();
        let mut take = |question: &QuestionId, known: &mut Answers| {
            let otherwise = unusual.iter().find(|(id, ..)| *id == question.as_str());
            let usual = (
                question.as_str(),
                usual(pack, claimed, question),
                "依据证据和笔录认定。",
            );
            let (_, answer, reason) = *otherwise.unwrap_or(&usual);
            if known.insert(question.clone(), answer).is_none() {
                found.push((question.clone(), answer, reason));
            }
        };
        for (question, ..) in unusual {
            take(&(*question).into(), &mut known);
        }
        let mitigates = case.claim.as_ref().is_some_and(|claim| claim.as_str() != "exempt");
        let first = pack.clauses.iter().filter(|clause| match clause.role {
            rules::Role::Threshold => true,
            rules::Role::Circumstance => claimed.contains(&clause.id),
            // Whether an exclusion bars 减责 is a matter of reading, so all of them are looked into.
            rules::Role::Exclusion => mitigates,
        });
        for question in first.flat_map(|clause| &clause.questions) {
            take(question, &mut known);
        }
        let claim = case
            .claim
            .as_ref()
            .and_then(|id| pack.procedure.claims.iter().find(|claim| claim.id == *id));
        let claim = claim.map(|claim| claim.outcomes.as_slice());
        loop {
            let assessed = pack
                .evaluate(&known, &case.reading_choices(), claim)
                .map_err(Failed::no)?;
            let mut asked = assessed.ask_next.iter().chain(&assessed.relevant);
            let Some(question) = asked.find(|question| !known.contains_key(*question)) else {
                break;
            };
            take(&question.clone(), &mut known);
        }
        for (question, answer, reason) in found {
            self.record_finding(&case, &question, answer, reason).await?;
        }
        Ok(())
    }

    /// A finding on all that is in the file. Where a question asks for a provision, the one that held then is named.
    pub(super) async fn record_finding(
        &self,
        case: &Case,
        question: &QuestionId,
        answer: Answer,
        reason: &str,
    ) -> Result<(), Failed> {
        let pack = self.app.packs().current();
        let cites = (pack.questions.iter()).any(|q| q.id == *question && q.kind == rules::Kind::Citation);
        let citation = if cites && answer == Answer::Yes { PROVISION } else { "" };
        let act = Find {
            question: question.clone(),
            answer,
            evidence: case.evidence.iter().map(|e| e.id).collect(),
            inquiries: case.inquiries.iter().map(|i| i.id).collect(),
            reason: reason.into(),
            citation: citation.into(),
            impossible: answer == Answer::Unknown,
        };
        self.act(self.story.desk.investigators[0], act).await
    }
}

/// The usual answer: yes for a threshold or a claimed circumstance, no for an exclusion and for harm.
fn usual(pack: &rules::Pack, claimed: &[ClauseId], question: &QuestionId) -> Answer {
    let of = |clause: &&rules::Clause| clause.questions.contains(question);
    let yes = pack.clauses.iter().filter(of).any(|clause| match clause.role {
        rules::Role::Threshold => true,
        rules::Role::Circumstance => claimed.contains(&clause.id),
        rules::Role::Exclusion => false,
    });
    if yes && question.as_str() != "grave-harm" {
        Answer::Yes
    } else {
        Answer::No
    }
}

/// The clauses the applicant ticked.
fn claimed(case: &Case) -> &[ClauseId] {
    case.application
        .as_ref()
        .map(|application| application.codes.clauses.as_slice())
        .unwrap_or_default()
}
