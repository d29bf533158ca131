//! 市级协调: the city bureau coordinates what was reported to it; it does not decide (六（二）).

use crate::act::Perform;
use crate::case::{Case, Coordination};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, Role, sealed_part};
use base::Date;
use base::law::Party;
use serde::{Deserialize, Serialize};

/// The city bureau says how it coordinates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coordinate {
    /// In words; there is no outcome to choose.
    pub text: String,
}

impl Perform for Coordinate {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_run()?;
        ctx.must_be_impartial(case)?;
        if !ctx.actor.capacity.is(Role::Coordinator, Party::City) {
            return Err(Refusal::not_you(
                "city-only",
                "这一步由市民政局办。",
                "请交给市级协调人。",
                "六（二）",
            ));
        }
        ctx.must_not_stand_in(case)?;
        must_be_reported_to_the_city(case)?;
        if case.coordination.is_some() {
            return Err(Refusal::already("协调意见已经写了。"));
        }
        Ok(())
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check.required("text", "协调意见", &self.text, LONG_TEXT);
        check.done()?;
        Ok(vec![
            Coordinated {
                on: ctx.today(),
                sealed: CoordinationText { text: self.text },
            }
            .into(),
        ])
    }
}

/// Something was reported to the city.
pub(super) fn must_be_reported_to_the_city(case: &Case) -> Result<(), Refusal> {
    if case.escalation.is_none() {
        return Err(Refusal::not_yet(
            "not-escalated",
            "县（区）没有上报这个案件。",
            "请等县（区）上报。",
            "六（二）",
        ));
    }
    Ok(())
}

/// 已协调
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coordinated {
    /// The day.
    pub on: Date,
    /// What the city said.
    #[serde(skip)]
    pub sealed: CoordinationText,
}

/// The sealed part of [`Coordinated`] and [`super::CityViewAdded`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoordinationText {
    /// In words.
    pub text: String,
}

impl Recorded for Coordinated {
    sealed_part!(CoordinationText);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        case.coordination = Some(Coordination {
            on: self.on,
            by: meta.actor,
            by_name: meta.stood.name.clone(),
            text: self.sealed.text.clone(),
            discipline_view: case
                .escalation
                .as_ref()
                .and_then(|escalation| escalation.discipline_view.clone()),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::Escalate;
    use crate::testing::{CITY_DISCIPLINE_LEAD, COORDINATOR, Given};

    fn coordinate() -> Coordinate {
        Coordinate {
            text: "请补充核实数据更新的时间。".into(),
        }
    }

    fn escalated() -> Given {
        Given::accepted().lead().done(Escalate {
            grounds: vec!["death".into()],
            reason: "有人死亡。".into(),
        })
    }

    #[test]
    fn coordinated_by_the_city() {
        let case = escalated().by(COORDINATOR).when(coordinate()).then();
        assert_eq!(case.coordination.unwrap().by_name, "郑卫东");
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::accepted().by(COORDINATOR).when(coordinate()).refused().code,
            "not-escalated"
        );
        assert_eq!(escalated().lead().when(coordinate()).refused().code, "city-only");
        assert_eq!(
            escalated().by(CITY_DISCIPLINE_LEAD).when(coordinate()).refused().code,
            "city-only"
        );
        let twice = escalated().by(COORDINATOR).done(coordinate()).when(coordinate());
        assert_eq!(twice.refused().code, "already-done");
        let empty = escalated().by(COORDINATOR).when(Coordinate { text: String::new() });
        assert_eq!(empty.refused().fields[0].field, "text");
    }
}
