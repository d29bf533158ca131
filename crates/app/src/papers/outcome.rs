//! What was found and what follows: 调查结论书, signed by the investigators (七（二）), and 认定报告, issued by the bureau
//! alone, the opinions of both institutions attached, a remaining dissent printed (六（二）).

use super::{Filling, Names, grounds, paragraphs};
use crate::policy::claimed;
use base::law::{Assessment, OutcomeCode, Party, ReadingChoices, Truth};
use casefile::Case;
use casefile::case::{Determination, Ring};
use documents::{
    AppliedClause, ArgumentAnswered, Conclusion, Deferral, Finding, Opinion, ReadingNoted, Report, Signature,
    Statement, chinese_date,
};
use rules::{Pack, Role};

/// The conclusion as signed, or as proposed while a signature is missing.
pub(super) fn conclusion(with: &Filling) -> Option<Conclusion> {
    let (case, pack) = (with.case, with.pack);
    let receipt = case.receipt.as_ref()?;
    let proposed = case.conclusion.is_none();
    let conclusion = case.conclusion.as_ref().or(case.proposed.as_ref())?;
    let outcome = conclusion.assessment.outcome.as_ref();
    let signed = conclusion
        .signed
        .iter()
        .map(|(_, name)| Signature::given("调查人", name.clone(), conclusion.on));
    let blank = proposed.then(|| Signature::blank("调查人"));
    Some(Conclusion {
        issuer: with.names.bureau.clone(),
        date: conclusion.on,
        case: receipt.number.clone(),
        applicant: with.applicant(),
        basis: with.basis(),
        claim: with.claim(),
        received: receipt.received_on,
        due: receipt.due.due,
        investigators: investigators(with),
        facts: paragraphs(&conclusion.text),
        findings: findings(case, pack),
        statement: statement(case),
        clauses: applied(&conclusion.assessment, pack),
        readings: readings(&conclusion.assessment, &conclusion.readings, case, pack),
        grounds: outcome.map_or_else(Vec::new, |outcome| {
            let claimed = claimed(case, with.procedure);
            grounds(
                &conclusion.assessment,
                outcome,
                claimed.as_deref(),
                &conclusion.readings,
                pack,
            )
        }),
        outcome: outcome.map(|outcome| outcome_text(outcome, pack)),
        signatures: signed.chain(blank).collect(),
    })
}

/// That nothing is determined for now; `None` unless the case ended so.
pub(super) fn deferral(with: &Filling) -> Option<Deferral> {
    let case = with.case;
    let ending = case.ending.as_ref().filter(|_| case.is_deferred())?;
    let review = (with.procedure.procedure.review_levels > 0).then(|| with.review_right("暂不认定"));
    Some(Deferral {
        head: with.head(),
        case: with.number_of_case()?,
        applicant: with.applicant(),
        received: case.receipt.as_ref()?.received_on,
        group: with.names.discipline.clone(),
        concluded: case.conclusion.as_ref()?.on,
        reasons: paragraphs(&ending.reason),
        awaited: Some(ending.to.trim().to_owned()).filter(|awaited| !awaited.is_empty()),
        remedies: review
            .into_iter()
            .chain(["有了结论或者新的材料，交给我单位".to_owned()])
            .collect(),
        copies: with.copied(),
    })
}

/// The report on the determination in force; `None` while there is none, or while the bureau has no number to give.
pub(super) fn report(with: &Filling) -> Option<Report> {
    let (case, pack, names) = (with.case, with.pack, with.names);
    let receipt = case.receipt.as_ref()?;
    let application = case.application.as_ref()?;
    let conclusion = case.conclusion.as_ref()?;
    let determination = case.determination()?;
    Some(Report {
        issuer: names.bureau.clone(),
        number: with.number.clone()?,
        date: with.today(),
        case: receipt.number.clone(),
        recipients: case.reports.last()?.recipients.clone(),
        copies: vec![names.city.clone()],
        applicant: with.applicant(),
        group: names.discipline.clone(),
        basis: with.basis(),
        basis_note: case
            .basis
            .as_ref()
            .map(|basis| basis.reason.clone())
            .filter(|reason| !reason.is_empty()),
        claim: with.claim(),
        accountability: match application.text.accountability.trim() {
            "" => "申请时没有机关就此事追究责任。".into(),
            text => text.into(),
        },
        received: receipt.received_on,
        accepted: case
            .accepted
            .as_ref()
            .map_or(receipt.received_on, |accepted| accepted.on),
        concluded: conclusion.on,
        due: receipt.due.due,
        investigators: investigators(with),
        procedure: procedure(case, pack),
        account: paragraphs(&application.text.account),
        facts: paragraphs(&conclusion.text),
        findings: findings(case, pack),
        statement: statement(case),
        clauses: applied(&determination.assessment, pack),
        readings: readings(&determination.assessment, &determination.readings, case, pack),
        grounds: with.decides(determination),
        outcome: outcome_text(&determination.outcome, pack),
        notes: note(determination, pack).into_iter().collect(),
        opinions: opinions(with),
        coordination: coordination(case),
        dissent: dissent(case, determination, pack, names),
    })
}

impl Filling<'_> {
    /// The citations that decide a determination.
    pub(super) fn decides(&self, determination: &Determination) -> Vec<String> {
        let claimed = claimed(self.case, self.procedure);
        let Determination {
            assessment,
            outcome,
            readings,
            ..
        } = determination;
        grounds(assessment, outcome, claimed.as_deref(), readings, self.pack)
    }
}

/// Name and institution of each active investigator.
fn investigators(with: &Filling) -> Vec<String> {
    let named = with.case.active_investigators().map(|one| match one.party {
        Some(party) => format!("{}（{}）", one.name, with.names.of(party)),
        None => format!("{}（商请参加）", one.name),
    });
    named.collect()
}

/// The outcome in the notice's words.
pub(super) fn outcome_text(outcome: &OutcomeCode, pack: &Pack) -> String {
    pack.outcome(outcome)
        .map_or_else(|| outcome.to_string(), |outcome| outcome.text.clone())
}

/// What is printed under an outcome that exempts from nothing.
pub(super) fn note(determination: &Determination, pack: &Pack) -> Option<String> {
    let closing = pack
        .outcome(&determination.outcome)
        .is_some_and(|outcome| outcome.otherwise);
    closing
        .then(|| pack.procedure.result_note.clone())
        .filter(|note| !note.is_empty())
}

/// The clauses the outcome rests on, verbatim: what is established, and thresholds that are not.
pub(super) fn applied(assessment: &Assessment, pack: &Pack) -> Vec<AppliedClause> {
    let rests = |role: Role, value: Truth| value == Truth::Yes || role == Role::Threshold && value == Truth::No;
    assessment
        .clauses
        .iter()
        .filter_map(|value| pack.clause(&value.id).map(|clause| (clause, value.value)))
        .filter(|(clause, value)| rests(clause.role, *value))
        .map(|(clause, value)| AppliedClause {
            citation: clause.citation.clone(),
            text: clause.text.clone(),
            value,
            note: clause.notes.first().cloned(),
        })
        .collect()
}

fn findings(case: &Case, pack: &Pack) -> Vec<Finding> {
    let in_force = pack
        .questions
        .iter()
        .filter_map(|question| case.finding(&question.id).map(|f| (question, f)));
    in_force
        .map(|(question, finding)| {
            let evidence = case
                .evidence
                .iter()
                .filter(|e| finding.evidence.contains(&e.id))
                .map(|e| match e.ring {
                    Ring::Everyone => format!("证据{}　{}", e.number, e.title),
                    Ring::Team | Ring::Protected => format!("证据{}（依规定不写名称）", e.number),
                });
            let inquiries = case.inquiries.iter().filter(|i| finding.inquiries.contains(&i.id));
            Finding {
                question: question.investigator.clone(),
                answer: finding.answer,
                reason: finding.grounds(),
                evidence: evidence.chain(inquiries.map(|i| format!("笔录{}", i.number))).collect(),
            }
        })
        .collect()
}

fn statement(case: &Case) -> Statement {
    let s = &case.statement;
    match (s.stated, &s.waived) {
        (None, Some(waived)) => Statement::Waived {
            on: waived.on,
            how: match (waived.own, waived.reason.trim()) {
                (true, "") => "本人放弃说明和申辩。".into(),
                (true, reason) => format!("本人放弃说明和申辩：{reason}"),
                (false, reason) => format!("告知后到期没有说明，记录为放弃：{reason}"),
            },
        },
        (stated, _) => Statement::Heard {
            on: stated.or(s.invited.map(|(on, _)| on)).unwrap_or_default(),
            arguments: s
                .arguments
                .iter()
                .map(|argument| {
                    let (adopted, answer) = argument.answer.clone().unwrap_or_default();
                    ArgumentAnswered {
                        argument: argument.text.clone(),
                        adopted,
                        answer,
                    }
                })
                .collect(),
        },
    }
}

fn readings(assessment: &Assessment, readings: &ReadingChoices, case: &Case, pack: &Pack) -> Vec<ReadingNoted> {
    let hangs = assessment.depends_on_readings.iter();
    hangs
        .filter_map(|dependence| {
            let reading = pack.reading(&dependence.id)?;
            let chosen = readings.get(&reading.id).unwrap_or(&reading.default);
            let text = |id: &base::law::ChoiceId| {
                reading
                    .choices
                    .iter()
                    .find(|choice| choice.id == *id)
                    .map_or_else(|| id.to_string(), |c| c.text.clone())
            };
            let reason = case
                .readings
                .iter()
                .rev()
                .find(|r| r.reading == reading.id)
                .map(|r| r.reason.clone());
            Some(ReadingNoted {
                question: reading.question.clone(),
                chosen: text(chosen),
                reason: reason.unwrap_or_else(|| reading.reason.clone()),
                results: dependence
                    .results
                    .iter()
                    .map(|(choice, outcome)| {
                        let outcome = outcome
                            .as_ref()
                            .map_or_else(|| "还不能得出".into(), |o| outcome_text(o, pack));
                        (text(choice), outcome)
                    })
                    .collect(),
            })
        })
        .collect()
}

/// What the procedure's record has to say: who led it in a lead's stead, recusals, borrowing, silence, lateness.
fn procedure(case: &Case, pack: &Pack) -> Vec<String> {
    let mut said = Vec::new();
    for lead in &case.city_leads {
        let of = casefile::words::party(lead.party);
        said.push(format!(
            "{}，本案{}由{}{}牵头，代行{of}负责人的职责。",
            lead.ground.text(lead.party),
            chinese_date(lead.on),
            lead.institution,
            lead.name
        ));
    }
    for recusal in &case.recusals {
        if recusal.ruling.as_ref().is_none_or(|ruling| ruling.recused) && case.is_recused(recusal.person) {
            said.push(format!("{}于{}回避。", recusal.name, chinese_date(recusal.on)));
        }
    }
    for borrowing in &case.borrowings {
        said.push(format!(
            "{}商请{}派员参加调查：{}",
            chinese_date(borrowing.on),
            borrowing.from,
            borrowing.reason
        ));
    }
    // Borrowing is told by its letters.
    let relaxed = case.degradations(&pack.procedure).into_iter();
    said.extend(relaxed.filter(|one| one.id.as_str() != "borrowed-investigators").map(
        |one| match one.detail.as_str() {
            "" => format!("{}。", one.text),
            detail => format!("{}（{detail}）。", one.text),
        },
    ));
    for party in &case.silent {
        said.push(format!(
            "{}经提醒没有提出意见，已报市民政局协调。",
            casefile::words::party(*party)
        ));
    }
    if let Some(conclusion) = case.conclusion.as_ref().filter(|conclusion| !conclusion.in_time) {
        said.push(format!("调查结论于{}作出，超过了期限。", chinese_date(conclusion.on)));
    }
    said
}

/// The opinions that are open.
pub(super) fn opinions(with: &Filling) -> Vec<Opinion> {
    with.case
        .opinions
        .iter()
        .filter_map(|(party, opinion)| {
            let content = opinion.content.as_ref()?;
            Some(Opinion {
                institution: with.names.of(*party).into(),
                position: outcome_text(&content.outcome, with.pack),
                reasons: paragraphs(&content.reason),
                by: opinion.by_name.clone(),
                date: opinion.at.date(),
            })
        })
        .collect()
}

fn coordination(case: &Case) -> Vec<String> {
    let mut said = Vec::new();
    for minutes in case.consultations.iter().filter_map(|c| c.minutes.as_ref()) {
        let end = if minutes.agreed.is_some() {
            "意见一致"
        } else {
            "意见仍不一致"
        };
        said.push(format!(
            "{}会商，{}参加，{end}。{}",
            chinese_date(minutes.on),
            minutes.attendees,
            minutes.text
        ));
    }
    if let Some(coordination) = &case.coordination {
        said.push(format!(
            "{}市民政局提出协调意见：{}",
            chinese_date(coordination.on),
            coordination.text
        ));
        if let Some(view) = &coordination.discipline_view {
            said.push(format!("驻市民政局纪检监察组的意见：{view}"));
        }
    }
    said
}

/// The parties that still hold another outcome than the one determined, each with its last word.
fn dissent(case: &Case, determination: &Determination, pack: &Pack, names: &Names) -> Vec<String> {
    let said = determination.dissent.iter().filter_map(|party| {
        let outcome = outcome_text(case.position(*party)?, pack);
        Some(format!(
            "{}仍认为：{outcome}。{}",
            names.of(*party),
            last_reason(case, *party)
        ))
    });
    said.collect()
}

/// Why the party holds what it holds: its confirmation's reason, else what was minuted of the agreement, else its
/// opinion's.
fn last_reason(case: &Case, party: Party) -> &str {
    if let Some(confirmation) = case.confirmations.get(&party) {
        return &confirmation.reason;
    }
    let minutes = case.consultations.iter().rev().find_map(|c| c.minutes.as_ref());
    if let Some(minutes) = minutes.filter(|minutes| minutes.agreed.is_some()) {
        return &minutes.text;
    }
    let opinion = case.opinions.get(&party).and_then(|opinion| opinion.content.as_ref());
    opinion.map_or("", |content| &content.reason)
}
