//! Whether this build can carry out a pack's procedure. Rules are evaluated for any pack; a procedure that asks for what
//! no act does is refused when the site starts, instead of in the middle of a case.

use crate::refusal::Refusal;
use base::law::{Decider, Procedure, Starter, Unit};

/// That cases can be carried through under this procedure.
///
/// # Errors
/// What it asks for that no act does.
pub fn runs(procedure: &Procedure) -> Result<(), Refusal> {
    let no = |sentence: &str| {
        Err(Refusal::not_lawful(
            "procedure-not-run",
            sentence,
            "这份文件可以核对、推算，不能用来办案。请换一份文件。",
            "",
        ))
    };
    if procedure.starters != [Starter::Person] {
        return no("文件规定可以由单位或者问责机关提出，本系统只办本人提出的申请。");
    }
    if procedure.decider != Decider::Bureau {
        return no("文件规定由问责机关决定，本系统只办由民政局认定的案件。");
    }
    let mut concluding = procedure
        .deadlines
        .iter()
        .filter(|deadline| deadline.met_by == "conclude");
    let (Some(deadline), None) = (concluding.next(), concluding.next()) else {
        return no("文件要有一个、也只能有一个由调查结论满足的期限，本系统才能算到期日。");
    };
    if procedure.deadlines.len() > 1 {
        return no("文件还规定了别的期限，本系统只计算调查结论的期限。");
    }
    if deadline.from != "receive" || deadline.unit != Unit::WorkingDays {
        return no("文件的期限不是从收到申请起按工作日计算的，本系统不会算。");
    }
    if !deadline.suspended_by.is_empty() {
        return no("文件规定期限可以延长或者中止，本系统不会办延长和中止。");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::procedure;
    use base::law::Deadline;

    #[test]
    fn what_no_act_does_is_refused() {
        type Change = fn(&mut Procedure);
        assert!(runs(&procedure()).is_ok());
        let table: [(&str, Change); 8] = [
            ("只办本人提出", |p| p.starters.push(Starter::Unit)),
            ("只办本人提出", |p| p.starters = vec![Starter::AccountabilityBody]),
            ("由问责机关决定", |p| {
                p.decider = Decider::AccountabilityBody {
                    approval: "县级".into(),
                }
            }),
            ("一个、也只能有一个", |p| p.deadlines.clear()),
            ("还规定了别的期限", |p| {
                let other = Deadline {
                    met_by: "serve".into(),
                    ..p.deadlines[0].clone()
                };
                p.deadlines.push(other);
            }),
            ("按工作日", |p| p.deadlines[0].from = "accept".into()),
            ("按工作日", |p| p.deadlines[0].unit = Unit::Days),
            ("延长或者中止", |p| {
                p.deadlines[0].suspended_by = vec!["extend".into()]
            }),
        ];
        for (said, change) in table {
            let mut asked = procedure();
            change(&mut asked);
            let refusal = runs(&asked).expect_err(said);
            assert!(refusal.to_string().contains(said), "{said}: {refusal}");
        }
    }
}
