//! 一次性告知补正: what is lacking is asked once, complete; ours. The statutory clock runs on, and without an answer
//! the case goes on with what there is.

use crate::act::Perform;
use crate::case::{Case, Supplement};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{OURS, SHORT_TEXT};
use crate::{Context, sealed_part};
use base::Date;
use serde::{Deserialize, Serialize};

/// The most things asked for at once.
const MOST_ITEMS: usize = 20;

/// The bureau asks for what is lacking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestSupplement {
    /// What is lacking, complete.
    pub items: Vec<String>,
    /// By when it is asked for.
    pub until: Date,
}

impl Perform for RequestSupplement {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_not_be_concluded()?;
        ctx.must_be_bureau_staff(case)?;
        if case.supplement.is_some() {
            return Err(Refusal::not_lawful(
                "supplement-once",
                "补正只能一次性告知，已经告知过了。",
                "请按已有的材料往下办，缺的由调查人查。",
                OURS,
            ));
        }
        Ok(())
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let items: Vec<String> = self.items.into_iter().filter(|item| !item.trim().is_empty()).collect();
        let mut check = Check::new();
        check
            .that(!items.is_empty(), "items", "还没写缺什么。请把缺的材料一次写全。")
            .that(
                items.len() <= MOST_ITEMS,
                "items",
                format!("最多写 {MOST_ITEMS} 项。请合并一下。"),
            )
            .that(self.until >= ctx.today(), "until", "补正的日期不能早于今天。请改一下。");
        for item in &items {
            check.optional("items", "每一项", item, SHORT_TEXT);
        }
        check.done()?;
        let event = SupplementRequested {
            on: ctx.today(),
            until: self.until,
            sealed: SupplementRequestedText { items },
        };
        Ok(vec![event.into()])
    }
}

/// 已告知补正
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplementRequested {
    /// The day.
    pub on: Date,
    /// By when it is asked for.
    pub until: Date,
    /// The words.
    #[serde(skip)]
    pub sealed: SupplementRequestedText,
}

/// The sealed part of [`SupplementRequested`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplementRequestedText {
    /// What is lacking.
    pub items: Vec<String>,
}

impl Recorded for SupplementRequested {
    sealed_part!(SupplementRequestedText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        case.supplement = Some(Supplement {
            asked_on: self.on,
            items: self.sealed.items.clone(),
            until: self.until,
            answer: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Given;

    fn request(items: &[&str]) -> RequestSupplement {
        RequestSupplement {
            items: items.iter().map(|item| (*item).into()).collect(),
            until: Date::constant(2026, 9, 24),
        }
    }

    #[test]
    fn asked_once_and_the_clock_runs_on() {
        let before = Given::received();
        let due = before.case.receipt.as_ref().unwrap().due;
        let case = before.intake().when(request(&["入户核查表", " "])).then();
        assert_eq!(case.supplement.unwrap().items, ["入户核查表"]);
        assert_eq!(case.receipt.unwrap().due, due);
    }

    #[test]
    fn refusals() {
        let long = "长".repeat(SHORT_TEXT + 1);
        let early = RequestSupplement {
            until: Date::constant(2026, 9, 16),
            ..request(&["表"])
        };
        let table = [
            ("items", request(&[])),
            ("items", request(&[" "])),
            ("items", request(&[long.as_str()])),
            ("items", request(&["表"; MOST_ITEMS + 1])),
            ("until", early),
        ];
        for (field, act) in table {
            let refusal = Given::received().intake().when(act).refused();
            assert_eq!(refusal.fields[0].field, field);
        }
        let asked = Given::received().intake().done(request(&["表"]));
        assert_eq!(asked.when(request(&["别的"])).refused().code, "supplement-once");
        assert_eq!(
            Given::received().worker().when(request(&["表"])).refused().code,
            "bureau-only"
        );
        assert_eq!(
            Given::received()
                .discipline_lead()
                .when(request(&["表"]))
                .refused()
                .code,
            "bureau-only"
        );
        assert_eq!(
            Given::nothing().intake().when(request(&["表"])).refused().code,
            "not-found"
        );
    }
}
