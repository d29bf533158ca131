//! 系统建议和理由: what follows from the findings, by which clause, and what is still to be found out.
//!
//! What the applicant claims and what is found never share a column. A suggestion is not a determination.

use crate::words::{answer, day, truth};
use app::reading::{CaseFile, Change, Changed};
use base::law::{Answer, ClauseValue, OutcomeCode, QuestionId, Truth};
use casefile::case::Finding;
use rules::{Clause, Effect, Role};

/// The explanation of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Why {
    /// The outcome suggested, or none yet.
    pub outcome: Option<String>,
    /// The circumstances it rests on, as cited.
    pub basis: String,
    /// The outcomes still possible.
    pub possible: String,
    /// Open questions that would change the outcome, most decisive first.
    pub open: Vec<OpenQuestion>,
    /// How many further open questions could change it.
    pub more_open: usize,
    /// What is not found but changes nothing; empty for nothing.
    pub idle: String,
    /// The table, in three row groups.
    pub groups: Vec<RowGroup>,
    /// Readings the outcome hangs on.
    pub readings: Vec<ReadingNote>,
    /// 结果改变过: findings and readings that took the place of others.
    pub changed: Vec<String>,
    /// Whether this reader may choose a reading now.
    pub may_choose: bool,
}

/// An open question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenQuestion {
    /// Its id.
    pub id: String,
    /// As put to the investigator.
    pub text: String,
    /// What follows from either answer.
    pub effect: String,
    /// Where it is answered; empty for those who may not.
    pub url: String,
}

/// One row group of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowGroup {
    /// 每件都要符合 …
    pub title: String,
    /// Its rows.
    pub rows: Vec<Row>,
    /// 其他 9 项情形：没有提出; empty for none.
    pub rest: String,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The citation, or what a collapsed group is called.
    pub title: String,
    /// In plain words.
    pub plain: String,
    /// Whether the applicant named it.
    pub claimed: bool,
    /// The value's look.
    pub class: &'static str,
    /// The value's word.
    pub value: String,
    /// Whether the lines are folded behind 逐项看.
    pub folded: bool,
    /// What was found, line by line.
    pub because: Vec<Because>,
    /// For a collapsed group: a line in front of the fold.
    pub summary: String,
}

/// One finding behind a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    /// `“…”：是`
    pub text: String,
    /// Reason in words.
    pub reason: String,
    /// What it rests on: anchor on this page and words.
    pub links: Vec<(String, String)>,
}

/// A reading the outcome hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingNote {
    /// The doubt.
    pub question: String,
    /// Its id, for the act that chooses.
    pub id: String,
    /// Where in the notice.
    pub citation: String,
    /// Choice, whether in force, and the outcome under it.
    pub choices: Vec<(String, bool, String)>,
}

/// Up to how many open questions all are shown; of more only those to be put next.
const FEW: usize = 8;

/// The explanation; `effects` tells what an open question's answers would do.
pub fn why(file: &CaseFile, effects: impl Fn(&QuestionId) -> Vec<Effect>) -> Why {
    let assessment = &file.assessment;
    let may_find = file.my_acts.iter().any(|act| act.code() == "find");
    let left = file.case.open_questions(assessment);
    let (mut shown, rest): (Vec<&QuestionId>, Vec<&QuestionId>) =
        left.iter().copied().partition(|id| assessment.ask_next.contains(id));
    if shown.is_empty() || left.len() <= FEW {
        shown.extend(rest);
    }
    let mut first: Vec<(&QuestionId, Vec<Effect>)> = shown.into_iter().map(|id| (id, effects(id))).collect();
    // The most decisive first: one whose answer may settle the outcome by itself, then in the order they are to be put.
    first.sort_by_key(|(_, effects)| effects.iter().map(|effect| effect.possible.len()).min());
    let open: Vec<OpenQuestion> = first
        .into_iter()
        .map(|(id, effects)| OpenQuestion {
            id: id.to_string(),
            text: question(file, id),
            effect: effects.iter().map(effect).collect::<Vec<_>>().join("；"),
            url: if may_find {
                format!("/cases/{}/questions/{id}", file.number)
            } else {
                String::new()
            },
        })
        .collect();
    Why {
        outcome: assessment.outcome.as_ref().map(ToString::to_string),
        basis: basis(file),
        possible: assessment
            .possible
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("、"),
        more_open: left.len().saturating_sub(open.len()),
        open,
        idle: idle(file),
        groups: [Role::Threshold, Role::Circumstance, Role::Exclusion]
            .into_iter()
            .filter_map(|role| group(file, role))
            .collect(),
        readings: readings(file),
        changed: file.changes.iter().map(|change| changed(file, change)).collect(),
        may_choose: file.my_acts.iter().any(|act| act.code() == "choose-reading"),
    }
}

fn effect(effect: &Effect) -> String {
    let outcomes = effect
        .possible
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("、");
    let verb = if effect.possible.len() == 1 {
        "结果将是"
    } else {
        "结果可能是"
    };
    format!("查明为“{}”，{verb} {outcomes}", answer(effect.answer))
}

/// What is not found in clauses that are claimed or looked into, where the outcome stands all the same.
fn idle(file: &CaseFile) -> String {
    let Some(outcome) = &file.assessment.outcome else {
        // Nothing is left to be found out, and still no outcome follows: what is open cannot be found.
        return format!("{} 题无法查明，所以还得不出建议。", file.assessment.relevant.len());
    };
    let unknown = |value: &&ClauseValue| {
        value.value == Truth::Unknown
            && file
                .pack
                .clause(&value.id)
                .is_some_and(|clause| claimed(file, clause) || looked_into(file, clause))
    };
    let clauses: Vec<&ClauseValue> = file.assessment.clauses.iter().filter(unknown).collect();
    if clauses.is_empty() {
        return String::new();
    }
    let cited: Vec<&str> = clauses.iter().map(|value| value.citation.as_str()).collect();
    format!("{} 还没有查明，查明了也还是 {outcome}。", cited.join("、"))
}

/// Whether something is found that bears on this clause alone; what several clauses ask (严重后果) is looked into for one
/// of them.
fn looked_into(file: &CaseFile, clause: &Clause) -> bool {
    let own = |id: &&QuestionId| {
        file.pack
            .question(id)
            .is_some_and(|question| question.clauses.len() == 1)
    };
    clause
        .questions
        .iter()
        .filter(own)
        .any(|id| file.case.finding(id).is_some())
}

fn question(file: &CaseFile, id: &QuestionId) -> String {
    file.pack
        .question(id)
        .map_or_else(|| id.to_string(), |question| question.investigator.clone())
}

/// The circumstances that hold, as cited; for an exclusion that holds, that one.
fn basis(file: &CaseFile) -> String {
    let holding = |role: Role| {
        file.assessment
            .clauses
            .iter()
            .filter(|value| value.value == Truth::Yes)
            .filter(|value| file.pack.clause(&value.id).is_some_and(|clause| clause.role == role))
            .map(|value| value.citation.as_str())
            .collect::<Vec<_>>()
            .join("、")
    };
    let exclusions = holding(Role::Exclusion);
    if exclusions.is_empty() {
        holding(Role::Circumstance)
    } else {
        exclusions
    }
}

/// One row group. Clauses that are settled as they should be (thresholds that hold, exclusions that do not), and
/// those nobody has looked into, stand in one row each; circumstances that nobody claimed or looked into are counted.
fn group(file: &CaseFile, role: Role) -> Option<RowGroup> {
    let looked_into = |clause: &Clause| looked_into(file, clause);
    let of_role: Vec<(&Clause, &ClauseValue)> = file
        .assessment
        .clauses
        .iter()
        .filter_map(|value| Some((file.pack.clause(&value.id)?, value)))
        .filter(|(clause, _)| clause.role == role)
        .filter(|(clause, _)| in_play(file, clause) || claimed(file, clause) || looked_into(clause))
        .collect();
    if of_role.is_empty() {
        return None;
    }
    let title = match role {
        Role::Threshold => "每件都要符合",
        Role::Circumstance => "至少符合一项",
        Role::Exclusion => "有一项就不适用",
    };
    let title = format!("{title}（{}）", cited(&of_role));
    let settled = if role == Role::Threshold { Truth::Yes } else { Truth::No };
    let mut rows = Vec::new();
    if role == Role::Circumstance {
        let shown: Vec<_> = of_role
            .iter()
            .filter(|(clause, _)| claimed(file, clause) || looked_into(clause))
            .collect();
        let hidden = of_role.len() - shown.len();
        rows.extend(shown.into_iter().map(|(clause, value)| row(file, role, clause, value)));
        let rest = if hidden > 0 {
            format!("其他 {hidden} 项情形：没有提出")
        } else {
            String::new()
        };
        return Some(RowGroup { title, rows, rest });
    }
    let (done, open): (Vec<_>, Vec<_>) = of_role.into_iter().partition(|(_, value)| value.value == settled);
    let (untouched, looked): (Vec<_>, Vec<_>) = open
        .into_iter()
        .partition(|(clause, value)| value.value == Truth::Unknown && !looked_into(clause));
    rows.extend(looked.iter().map(|(clause, value)| row(file, role, clause, value)));
    for part in [done, untouched] {
        match part.as_slice() {
            [] => {}
            [(clause, value)] => rows.push(row(file, role, clause, value)),
            several => rows.push(collapsed(file, role, several)),
        }
    }
    Some(RowGroup {
        title,
        rows,
        rest: String::new(),
    })
}

/// Whether the clause is a circumstance of an outcome that can come out at all; other roles always are.
fn in_play(file: &CaseFile, clause: &Clause) -> bool {
    if clause.role != Role::Circumstance {
        return true;
    }
    let claim = file
        .case
        .claim
        .as_ref()
        .and_then(|id| file.procedure.procedure.claims.iter().find(|c| c.id == *id));
    let asked = |code| claim.is_some_and(|claim| claim.outcomes.contains(code));
    file.pack
        .outcomes
        .iter()
        .filter(|outcome| !outcome.only_if_claimed || asked(&outcome.code))
        .any(|outcome| {
            outcome
                .circumstances
                .iter()
                .any(|condition| condition.clause == clause.id)
        })
}

/// The articles the clauses stand in, each once: 二、三.
fn cited(clauses: &[(&Clause, &ClauseValue)]) -> String {
    let mut heads: Vec<&str> = Vec::new();
    for (_, value) in clauses {
        let head = value.citation.split(['（', '，']).next().unwrap_or_default();
        if !heads.contains(&head) {
            heads.push(head);
        }
    }
    heads.join("、")
}

fn claimed(file: &CaseFile, clause: &Clause) -> bool {
    file.case
        .application
        .as_ref()
        .is_some_and(|application| application.codes.clauses.contains(&clause.id))
}

fn collapsed(file: &CaseFile, role: Role, of_role: &[(&Clause, &ClauseValue)]) -> Row {
    let n = of_role.len();
    let value = of_role[0].1.value;
    let (title, summary) = match (role, value) {
        (Role::Exclusion, Truth::No) => (format!("{n} 项排除情形"), format!("{n} 项都查明没有。")),
        (Role::Exclusion, _) => (format!("{n} 项排除情形"), format!("{n} 项都还没有查。")),
        (_, Truth::Yes) => (format!("{n} 项基本条件"), format!("{n} 项都查明符合。")),
        _ => (format!("{n} 项基本条件"), format!("{n} 项都还没有查。")),
    };
    let (class, word) = look(role, value);
    let cited: Vec<&str> = of_role.iter().map(|(_, value)| value.citation.as_str()).collect();
    Row {
        title,
        plain: range(&cited),
        claimed: false,
        class,
        value: if role == Role::Exclusion && value == Truth::No {
            "都没有".into()
        } else {
            word
        },
        folded: true,
        because: of_role
            .iter()
            .flat_map(|(clause, _)| clause.questions.iter())
            .fold(Vec::new(), |mut seen: Vec<&QuestionId>, id| {
                if !seen.contains(&id) {
                    seen.push(id);
                }
                seen
            })
            .into_iter()
            .map(|id| because(file, id))
            .collect(),
        summary,
    }
}

fn row(file: &CaseFile, role: Role, clause: &Clause, value: &ClauseValue) -> Row {
    let (class, word) = look(role, value.value);
    Row {
        title: value.citation.clone(),
        plain: if clause.plain.is_empty() {
            clause.text.clone()
        } else {
            clause.plain.clone()
        },
        claimed: claimed(file, clause),
        class,
        value: word,
        folded: false,
        because: value.because.iter().map(|id| because(file, id)).collect(),
        summary: String::new(),
    }
}

/// `五（一）至五（八）` for a run, `二、三，第一款` for few.
fn range(cited: &[&str]) -> String {
    let mut distinct = cited.to_vec();
    distinct.dedup();
    match distinct.as_slice() {
        [first, .., last] if distinct.len() > 2 => format!("{first}至{last}"),
        few => few.join("、"),
    }
}

/// The look and the word of a value; for exclusions 有（排除） in seal red.
fn look(role: Role, value: Truth) -> (&'static str, String) {
    match (role, value) {
        (Role::Exclusion, Truth::Yes) => ("v-bars", "有（排除）".into()),
        (Role::Exclusion, Truth::No) => ("v-no", "没有".into()),
        (_, Truth::Yes) => ("v-yes", truth(value).into()),
        (_, Truth::No) => ("v-no", truth(value).into()),
        (_, Truth::Unknown) => ("v-unknown", truth(value).into()),
    }
}

fn because(file: &CaseFile, id: &QuestionId) -> Because {
    let finding = file.case.finding(id);
    let said = finding.map_or(Answer::Unknown, |finding| finding.answer);
    let impossible = if finding.is_some_and(|finding| finding.impossible) {
        "（无法查明）"
    } else {
        ""
    };
    Because {
        text: format!("“{}”：{}{impossible}", question(file, id), answer(said)),
        reason: finding.map(Finding::grounds).unwrap_or_default(),
        links: finding.map(|finding| links(file, finding)).unwrap_or_default(),
    }
}

fn links(file: &CaseFile, finding: &Finding) -> Vec<(String, String)> {
    let evidence = file.case.evidence.iter().filter(|e| finding.evidence.contains(&e.id));
    let inquiries = file.case.inquiries.iter().filter(|i| finding.inquiries.contains(&i.id));
    evidence
        .map(|e| (format!("evidence-{}", e.number), format!("证据 {}", e.number)))
        .chain(inquiries.map(|i| (format!("inquiry-{}", i.number), format!("笔录 {}", i.number))))
        .collect()
}

fn readings(file: &CaseFile) -> Vec<ReadingNote> {
    let chosen = file.case.reading_choices();
    file.assessment
        .depends_on_readings
        .iter()
        .filter_map(|dependence| {
            let reading = file.pack.reading(&dependence.id)?;
            let in_force = chosen.get(&dependence.id).unwrap_or(&reading.default);
            let choices = reading.choices.iter().map(|choice| {
                let result = dependence
                    .results
                    .iter()
                    .find(|(id, _)| *id == choice.id)
                    .and_then(|(_, code)| code.as_ref());
                let result = result.map_or_else(|| "还不能得出".to_owned(), ToString::to_string);
                (choice.text.clone(), choice.id == *in_force, result)
            });
            Some(ReadingNote {
                question: reading.question.clone(),
                id: reading.id.to_string(),
                citation: reading.citation.clone(),
                choices: choices.collect(),
            })
        })
        .collect()
}

/// `结果改变过：原建议 免责，改查“是否及时报告”后为 不予免责。理由：…`; where the suggestion stayed, that it stayed.
fn changed(file: &CaseFile, change: &Change) -> String {
    let outcome = |outcome: &Option<OutcomeCode>| outcome.as_ref().map_or("还不能得出".to_owned(), ToString::to_string);
    let what = match &change.what {
        Changed::Finding(id, from, to) => {
            format!("“{}”由“{}”改查为“{}”", question(file, id), answer(*from), answer(*to))
        }
        Changed::Reading(id, choice) => {
            let reading = file.pack.reading(id);
            let (cited, read) = reading.map_or((id.as_str(), choice.as_str()), |reading| {
                let taken = reading.choices.iter().find(|known| known.id == *choice);
                (
                    reading.citation.as_str(),
                    taken.map_or(choice.as_str(), |taken| taken.text.as_str()),
                )
            });
            format!("{cited} 选定读法“{read}”")
        }
    };
    let (before, after) = (outcome(&change.before), outcome(&change.after));
    let became = if before == after {
        format!("改查过，结果没有变：{what}，仍是 {after}")
    } else {
        format!("结果改变过：原建议 {before}，{what}后为 {after}")
    };
    format!("{became}。{}，{}。理由：{}", day(change.on), change.by, change.reason)
}
