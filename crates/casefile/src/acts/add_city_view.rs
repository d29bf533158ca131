//! 驻市民政局纪检监察组的意见: the group stationed at the city bureau says its view, before or after the city
//! coordinates.

use crate::act::Perform;
use crate::case::Case;
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::LONG_TEXT;
use crate::{Context, Role, sealed_part};
use base::Date;
use base::law::Party;
use serde::{Deserialize, Serialize};

use super::coordinate::{CoordinationText, must_be_reported_to_the_city};

/// The city's group adds its view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddCityView {
    /// In words.
    pub text: String,
}

impl Case {
    /// The view of the group stationed at the city bureau on what was escalated last.
    pub fn city_discipline_view(&self) -> Option<&str> {
        let before = self
            .escalation
            .as_ref()
            .and_then(|escalation| escalation.discipline_view.as_deref());
        self.coordination
            .as_ref()
            .and_then(|coordination| coordination.discipline_view.as_deref())
            .or(before)
    }
}

impl Perform for AddCityView {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_run()?;
        ctx.must_be_impartial(case)?;
        if !ctx.actor.capacity.is(Role::Coordinator, Party::CityDiscipline) {
            return Err(Refusal::not_you(
                "city-group-only",
                "这一步由驻市民政局纪检监察组办。",
                "请交给驻市民政局纪检监察组。",
                "六（二）",
            ));
        }
        ctx.must_not_stand_in(case)?;
        must_be_reported_to_the_city(case)?;
        if case.city_discipline_view().is_some() {
            return Err(Refusal::already("意见已经写了。"));
        }
        Ok(())
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check.required("text", "意见", &self.text, LONG_TEXT);
        check.done()?;
        Ok(vec![
            CityViewAdded {
                on: ctx.today(),
                sealed: CoordinationText { text: self.text },
            }
            .into(),
        ])
    }
}

/// 驻市民政局纪检监察组已提出意见
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CityViewAdded {
    /// The day.
    pub on: Date,
    /// What it says.
    #[serde(skip)]
    pub sealed: CoordinationText,
}

impl Recorded for CityViewAdded {
    sealed_part!(CoordinationText);

    fn apply(&self, case: &mut Case, _: &Meta) {
        let view = Some(self.sealed.text.clone());
        if let Some(coordination) = &mut case.coordination {
            coordination.discipline_view = view;
        } else if let Some(escalation) = &mut case.escalation {
            escalation.discipline_view = view;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::{Coordinate, Escalate};
    use crate::testing::{CITY_DISCIPLINE_LEAD, COORDINATOR, Given};

    fn view() -> AddCityView {
        AddCityView {
            text: "同意协调意见。".into(),
        }
    }

    fn escalated() -> Given {
        Given::accepted().lead().done(Escalate {
            grounds: vec!["death".into()],
            reason: "有人死亡。".into(),
        })
    }

    #[test]
    fn before_or_after_the_coordination() {
        let coordinate = || Coordinate {
            text: "依法办理。".into(),
        };
        let before = escalated()
            .by(CITY_DISCIPLINE_LEAD)
            .done(view())
            .by(COORDINATOR)
            .done(coordinate());
        let after = escalated()
            .by(COORDINATOR)
            .done(coordinate())
            .by(CITY_DISCIPLINE_LEAD)
            .done(view());
        for given in [before, after] {
            assert_eq!(
                given.case.coordination.unwrap().discipline_view.as_deref(),
                Some("同意协调意见。")
            );
        }
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::accepted().by(CITY_DISCIPLINE_LEAD).when(view()).refused().code,
            "not-escalated"
        );
        assert_eq!(
            escalated().by(COORDINATOR).when(view()).refused().code,
            "city-group-only"
        );
        let twice = escalated().by(CITY_DISCIPLINE_LEAD).done(view()).when(view());
        assert_eq!(twice.refused().code, "already-done");
        let empty = escalated()
            .by(CITY_DISCIPLINE_LEAD)
            .when(AddCityView { text: " ".into() });
        assert_eq!(empty.refused().fields[0].field, "text");
    }
}
