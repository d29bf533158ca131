//! 意见: each institution says what it holds right (会同, 六（二）), withheld from the other until both are in.
//!
//! What an opinion says is encrypted under a key of its own; the state shows it once an [`OpinionsOpened`] names it.
//! Where the record is read before the opening, the content is not there at all.

use crate::act::Perform;
use crate::case::{Case, Opinion, OpinionContent, Withheld};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::words::{LONG_TEXT, party};
use crate::{Context, sealed_part};
use base::EventId;
use base::law::{OutcomeCode, Party};
use serde::{Deserialize, Serialize};

use super::open_opinions::{OpinionsOpened, WhyOpened};

/// A lead gives the opinion of the institution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opine {
    /// The outcome held right.
    pub outcome: OutcomeCode,
    /// Why.
    pub reason: String,
}

impl Perform for Opine {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_concluded()?;
        let own = ctx.must_judge(case)?;
        if !ctx.procedure.opinions.contains(&own) {
            return Err(Refusal::not_lawful(
                "no-opinion-asked",
                "本案不需要您这一方提意见。",
                "请回到案件看现在等谁。",
                "六（二）",
            ));
        }
        if case.opinions.contains_key(&own) {
            return Err(Refusal::already(format!("{}的意见已经提交，不能再改。", party(own))));
        }
        if case.opinions.values().any(|other| other.by == ctx.actor.person) {
            return Err(Refusal::not_you(
                "other-opinion-given",
                "另一家的意见是您提的，这一家的要由另一个人提。",
                format!("请{}另一位负责人提意见。", party(own)),
                "六（二）",
            ));
        }
        Ok(())
    }

    fn decide(self, case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let own = ctx.must_judge(case)?;
        let mut check = Check::new();
        check
            .that(ctx.may_be_held(&self.outcome), "outcome", "还没选意见。请选一项。")
            .required("reason", "理由", &self.reason, LONG_TEXT);
        check.done()?;
        let opinion = EventId::fresh(ctx.ids);
        let content = OpinionContent {
            outcome: self.outcome,
            reason: self.reason,
        };
        let mut events = vec![
            OpinionCommitted {
                party: own,
                opinion,
                sealed: Some(content),
            }
            .into(),
        ];
        let missing = case.missing_opinions(ctx.procedure);
        let why = match (
            missing.iter().all(|party| *party == own),
            ctx.procedure.withhold_opinions,
        ) {
            (true, _) => Some(WhyOpened::AllIn),
            (false, false) => Some(WhyOpened::NotWithheld),
            (false, true) => None,
        };
        if let Some(why) = why {
            let withheld = case
                .opinions
                .iter()
                .filter(|(_, o)| o.opened.is_none())
                .map(|(party, o)| (*party, o.event));
            events.push(
                OpinionsOpened {
                    opinions: withheld.chain([(own, opinion)]).collect(),
                    why,
                    sealed: Vec::new(),
                }
                .into(),
            );
        }
        Ok(events)
    }
}

/// 意见已提交: that it is in, by whom and when; what it says only once opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionCommitted {
    /// Whose it is.
    pub party: Party,
    /// This event's own id, given when it was decided, so that the same act can open it.
    pub opinion: EventId,
    /// What it says; `None` where it was read before the opening.
    #[serde(skip)]
    pub sealed: Option<OpinionContent>,
}

impl Recorded for OpinionCommitted {
    sealed_part!(Option<OpinionContent>);

    fn apply(&self, case: &mut Case, meta: &Meta) {
        let opinion = Opinion {
            event: meta.event,
            by: meta.actor,
            by_name: meta.stood.name.clone(),
            at: meta.recorded,
            opened: None,
            content: None,
            withheld: Withheld(self.sealed.clone()),
        };
        case.opinions.insert(self.party, opinion);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, INVESTIGATOR};

    pub(crate) fn opine(outcome: &str) -> Opine {
        Opine {
            outcome: outcome.into(),
            reason: "查明的事实符合。MARKER".into(),
        }
    }

    #[test]
    fn withheld_until_both_are_in() {
        let given = Given::concluded().lead().done(opine("exempted"));
        assert!(given.case.has_withheld_opinion());
        assert!(!format!("{:?}", given.case).contains("MARKER"));
        let case = given.discipline_lead().when(opine("not-exempted")).then();
        assert!(case.opinions.values().all(|opinion| opinion.content.is_some()));
        assert!(case.opinions_differ());
    }

    #[test]
    fn read_before_the_opening_there_is_no_content_and_after_it_there_is() {
        let given = Given::concluded()
            .lead()
            .done(opine("exempted"))
            .discipline_lead()
            .done(opine("exempted"));
        let replay = |keys: bool, until: usize| {
            let mut case = Case::default();
            for (meta, event) in given.log.iter().take(until) {
                let (open, sealed) = event.encode(&meta.stood);
                let readable = keys || !event.is_withheld();
                let (event, _) = Event::decode(event.kind(), &open, readable.then_some(&sealed)).unwrap();
                case.apply(meta, &event);
            }
            case
        };
        let all = given.log.len();
        assert_eq!(replay(true, all), given.case);
        assert!(replay(false, all - 2).opinions[&Party::Bureau].content.is_none());
        assert!(replay(true, all - 2).opinions[&Party::Bureau].content.is_none());
        assert!(matches!(given.log[all - 1].1, Event::OpinionsOpened(_)));
    }

    #[test]
    fn not_withheld_where_the_pack_says_so() {
        let mut given = Given::concluded();
        given.procedure.withhold_opinions = false;
        let case = given.lead().when(opine("exempted")).then();
        assert!(case.opinions[&Party::Bureau].content.is_some());
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::accepted().lead().when(opine("exempted")).refused().code,
            "not-concluded"
        );
        assert_eq!(
            Given::concluded()
                .by(INVESTIGATOR)
                .when(opine("exempted"))
                .refused()
                .code,
            "leads-only"
        );
        assert_eq!(
            Given::concluded().intake().when(opine("exempted")).refused().code,
            "leads-only"
        );
        let twice = Given::concluded()
            .lead()
            .done(opine("exempted"))
            .when(opine("exempted"));
        assert_eq!(twice.refused().code, "already-done");
        let mut for_both = Given::concluded().lead().done(opine("exempted"));
        let person = for_both.actor.person;
        for_both = for_both.discipline_lead();
        for_both.actor.person = person;
        assert_eq!(for_both.when(opine("exempted")).refused().code, "other-opinion-given");
        let fields = Given::concluded()
            .lead()
            .when(Opine {
                outcome: "x".into(),
                reason: " ".into(),
            })
            .refused()
            .fields;
        assert_eq!(
            fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(),
            ["outcome", "reason"]
        );
    }
}
