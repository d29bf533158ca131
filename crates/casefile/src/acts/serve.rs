//! 送达: the worker is served with report and result, the worker's unit with the result only (六（三）).

use crate::act::Perform;
use crate::case::{Case, File, Manner, Recipient, Service};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::Refusal;
use crate::{Context, sealed_part};
use base::{Date, DocumentId};
use serde::{Deserialize, Serialize};

/// The bureau serves the result. Nothing is asked; the papers are made with the act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Serve {}

impl Perform for Serve {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_issued()?;
        ctx.must_be_bureau_staff(case)?;
        if !case.services.is_empty() {
            return Err(Refusal::already("结果已经送达。"));
        }
        Ok(())
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        Ok(vec![
            ResultServed {
                to: vec![Recipient::Worker, Recipient::Unit],
                on: ctx.today(),
            }
            .into(),
        ])
    }
}

/// 结果已送出
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultServed {
    /// On whom.
    pub to: Vec<Recipient>,
    /// The day.
    pub on: Date,
}

impl Recorded for ResultServed {
    sealed_part!();

    fn apply(&self, case: &mut Case, _: &Meta) {
        case.services.extend(self.to.iter().map(|&to| Service {
            to,
            document: DocumentId::default(),
            file: File::default(),
            receipt: File::default(),
            manner: Manner::Direct,
            on: self.on,
            details: String::new(),
            acknowledged: None,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Given, serve};

    #[test]
    fn worker_and_unit_each_with_their_own_document() {
        let case = Given::issued("exempted").intake().when(serve()).then();
        assert_eq!(
            case.services.iter().map(|s| s.to).collect::<Vec<_>>(),
            [Recipient::Worker, Recipient::Unit]
        );
        assert!(case.services.iter().all(|service| !service.complete()));
    }

    #[test]
    fn refusals() {
        assert_eq!(
            Given::determined("exempted").intake().when(serve()).refused().code,
            "not-issued"
        );
        assert_eq!(
            Given::issued("exempted").worker().when(serve()).refused().code,
            "bureau-only"
        );
        assert_eq!(
            Given::issued("exempted").discipline_lead().when(serve()).refused().code,
            "bureau-only"
        );
        assert_eq!(
            Given::issued("exempted")
                .intake()
                .done(serve())
                .when(serve())
                .refused()
                .code,
            "already-done"
        );
    }
}
