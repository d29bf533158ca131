//! 其他方式送达: the paper copy was signed for at the window or the door, the recipient refused and it was left with
//! two witnesses (留置), it was posted (邮寄), or announced (公告).

use crate::act::Perform;
use crate::case::{Case, Manner, Recipient};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::SHORT_TEXT;
use crate::{Context, sealed_part};
use base::Date;
use serde::{Deserialize, Serialize};

/// The bureau records how a service was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServeOtherwise {
    /// To whom.
    pub to: Recipient,
    /// How; [`Manner::Direct`] is a paper copy signed for by hand.
    pub manner: Manner,
    /// On which day.
    pub made_on: Date,
    /// Signed by whom, posting number, or where and how long it was announced.
    pub details: String,
    /// The two witnesses of a 留置.
    pub witnesses: Vec<String>,
}

impl Perform for ServeOtherwise {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_issued()?;
        ctx.must_be_bureau_staff(case)?;
        if case.services.is_empty() {
            return Err(Refusal::not_yet(
                "not-served",
                "结果还没有送出。",
                "请先送达。",
                "六（三）",
            ));
        }
        if case.services.iter().all(|service| service.complete()) {
            return Err(Refusal::already("本人和单位都已经送达。"));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let service = case.services.iter().find(|service| service.to == self.to);
        let names: Vec<&str> = self
            .witnesses
            .iter()
            .map(|name| name.trim())
            .filter(|name| !name.is_empty())
            .collect();
        let two = names.len() >= 2 && names[0] != names[1] && names.iter().all(|name| name.chars().count() <= 50);
        let mut check = Check::new();
        check
            .that(
                service.is_some_and(|service| !service.complete()),
                "to",
                "这一份已经送达。请另选一份。",
            )
            .that(
                self.made_on <= ctx.today(),
                "made_on",
                "送达的日期不能晚于今天。请改一下。",
            )
            .that(
                service.is_none_or(|service| self.made_on >= service.on),
                "made_on",
                "送达的日期不能早于送出的日期。请改一下。",
            )
            .that(
                self.manner != Manner::Left || two,
                "witnesses",
                "留置送达要有两名见证人。请写上两个人的姓名。依据 六（三）",
            );
        match self.manner {
            Manner::Left => check.optional("details", "经过", &self.details, SHORT_TEXT),
            Manner::Direct => check.required("details", "签收人姓名", &self.details, SHORT_TEXT),
            Manner::Posted => check.required("details", "邮寄单号", &self.details, SHORT_TEXT),
            Manner::Announced => check.required("details", "公告的地点和期限", &self.details, SHORT_TEXT),
        };
        check.done()?;
        let witnesses = if self.manner == Manner::Left {
            names.iter().map(|n| (*n).into()).collect()
        } else {
            vec![]
        };
        let sealed = ServiceText {
            details: self.details,
            witnesses,
        };
        Ok(vec![
            ServedOtherwise {
                to: self.to,
                manner: self.manner,
                on: self.made_on,
                sealed,
            }
            .into(),
        ])
    }
}

/// 已用其他方式送达
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServedOtherwise {
    /// To whom.
    pub to: Recipient,
    /// How.
    pub manner: Manner,
    /// On which day.
    pub on: Date,
    /// Names and numbers.
    #[serde(skip)]
    pub sealed: ServiceText,
}

/// The sealed part of [`ServedOtherwise`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceText {
    /// Signed by whom, posting number, or where and how long it was announced.
    pub details: String,
    /// The witnesses of a 留置.
    pub witnesses: Vec<String>,
}

impl Recorded for ServedOtherwise {
    sealed_part!(ServiceText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        let Some(service) = case.services.iter_mut().rev().find(|service| service.to == self.to) else {
            return;
        };
        service.manner = self.manner;
        service.on = self.on;
        let witnesses = self.sealed.witnesses.join("、");
        service.details = match (witnesses.is_empty(), self.sealed.details.is_empty()) {
            (true, _) => self.sealed.details.clone(),
            (false, true) => format!("见证人：{witnesses}"),
            (false, false) => format!("见证人：{witnesses}。{}", self.sealed.details),
        };
        if self.manner == Manner::Direct {
            service.acknowledged = Some((self.on, self.sealed.details.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, serve};

    fn served() -> Given {
        Given::issued("exempted").intake().done(serve())
    }

    fn otherwise(given: &Given, manner: Manner) -> ServeOtherwise {
        ServeOtherwise {
            to: Recipient::Worker,
            manner,
            made_on: given.today(),
            details: "李春梅".into(),
            witnesses: vec!["王海".into(), "刘芳".into()],
        }
    }

    #[test]
    fn every_manner_completes_the_service() {
        for manner in [Manner::Direct, Manner::Left, Manner::Posted, Manner::Announced] {
            let given = served();
            let act = otherwise(&given, manner);
            assert!(given.when(act).then().services[0].complete());
        }
    }

    #[test]
    fn refusals() {
        let given = Given::issued("exempted").intake();
        let act = otherwise(&given, Manner::Left);
        assert_eq!(given.when(act.clone()).refused().code, "not-served");
        let wrong = [
            (
                "made_on",
                ServeOtherwise {
                    made_on: Date::constant(2099, 1, 1),
                    ..act.clone()
                },
            ),
            (
                "made_on",
                ServeOtherwise {
                    made_on: Date::constant(2026, 1, 1),
                    ..act.clone()
                },
            ),
            (
                "witnesses",
                ServeOtherwise {
                    witnesses: vec!["王海".into()],
                    ..act.clone()
                },
            ),
            (
                "witnesses",
                ServeOtherwise {
                    witnesses: vec!["王海".into(), "王海 ".into()],
                    ..act.clone()
                },
            ),
            (
                "details",
                ServeOtherwise {
                    manner: Manner::Posted,
                    details: " ".into(),
                    ..act.clone()
                },
            ),
        ];
        for (field, act) in wrong {
            let fields = served().when(act).refused().fields;
            assert_eq!(fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(), [field]);
        }
        assert_eq!(served().done(act.clone()).when(act).refused().fields[0].field, "to");
    }
}
