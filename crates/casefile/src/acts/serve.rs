//! 送达: the worker is served with report and result, the worker's unit with the result only (六（三）).

use crate::act::Perform;
use crate::case::{Case, File, Manner, Recipient, Service};
use crate::event::{Event, Meta, Recorded};
use crate::refusal::{Check, Refusal};
use crate::{Context, sealed_part};
use base::{Date, DocumentId};
use serde::{Deserialize, Serialize};

/// The bureau serves the result. A form gives nothing; the documents are `app`'s.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Serve {
    /// What the worker is served with.
    pub worker: Served,
    /// What the unit is served with.
    pub unit: Served,
}

/// One document to be served.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Served {
    /// The document.
    pub document: DocumentId,
    /// The stored PDF.
    pub file: File,
    /// The receipt of service (送达回证) that goes with it.
    pub receipt: File,
}

impl Perform for Serve {
    fn ready(case: &Case, ctx: &Context) -> Result<(), Refusal> {
        case.must_be_issued()?;
        ctx.must_be_bureau_staff(case)?;
        if !case.services.is_empty() {
            return Err(Refusal::conflict("结果已经送达。"));
        }
        Ok(())
    }

    fn decide(self, _: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let mut check = Check::new();
        check
            .that(
                !self.worker.file.address.is_empty(),
                "worker",
                "给本人的文书还没有生成。请再试一次。",
            )
            .that(
                !self.unit.file.address.is_empty(),
                "unit",
                "给单位的文书还没有生成。请再试一次。",
            );
        check.done()?;
        let of = |to, served: &Served| ServiceMade {
            to,
            document: served.document,
            files: vec![served.file.address.clone(), served.receipt.address.clone()],
        };
        Ok(vec![
            ResultServed {
                services: vec![of(Recipient::Worker, &self.worker), of(Recipient::Unit, &self.unit)],
                on: ctx.today(),
                sealed: vec![self.worker.file, self.worker.receipt, self.unit.file, self.unit.receipt],
            }
            .into(),
        ])
    }
}

/// 结果已送出
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultServed {
    /// To whom, with what.
    pub services: Vec<ServiceMade>,
    /// The day.
    pub on: Date,
    /// Name, size and digest of each PDF, two for each of [`ResultServed::services`].
    #[serde(skip)]
    pub sealed: Vec<File>,
}

/// One service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceMade {
    /// To whom.
    pub to: Recipient,
    /// The document.
    pub document: DocumentId,
    /// Where the result and its receipt of service are stored.
    pub files: Vec<String>,
}

impl Recorded for ResultServed {
    sealed_part!(Vec<File>);

    fn apply(&self, case: &mut Case, _: &Meta) {
        for (n, made) in self.services.iter().enumerate() {
            case.services.push(Service {
                to: made.to,
                document: made.document,
                file: self.sealed.get(2 * n).cloned().unwrap_or_default(),
                receipt: self.sealed.get(2 * n + 1).cloned().unwrap_or_default(),
                manner: Manner::Direct,
                on: self.on,
                details: String::new(),
                acknowledged: None,
            });
        }
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
            "moved-on"
        );
        let mut empty = serve();
        empty.unit.file = File::default();
        assert_eq!(
            Given::issued("exempted").intake().when(empty).refused().fields[0].field,
            "unit"
        );
    }
}
