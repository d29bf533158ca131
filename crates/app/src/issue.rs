//! Acts that make a document: rendered once, stored, and recorded with the act that issues it (record.md 14).
//!
//! The number is taken in the same append as the act that bears it; whoever comes second takes the next one and
//! renders anew, so a series has no gaps and no number stands on two papers.

use crate::App;
use crate::authority::{self, Viewer};
use crate::codec::capacity_text;
use crate::error::{Failure, Result};
use crate::papers;
use crate::perform::{Acting, Performed, not_overtaken};
use base::{ActId, CaseId, Date, DocumentId, EventId, InstitutionId};
use casefile::act::ActName;
use casefile::acts::{Issue, Serve, Served};
use casefile::case::{File, Recipient, Rendering};
use casefile::{Case, Refusal};
use documents::{Document, DocumentNumber, Rendered, prepare};
use store::{Actor, KeyRef};

/// How often a number is taken anew when another report takes it first.
const TRIES: usize = 8;

impl App {
    /// Issues the determination report under the bureau's next number (出具认定报告).
    ///
    /// # Errors
    /// The act's refusals; a failure of the press leaves nothing behind.
    pub async fn issue(
        &self,
        viewer: &Viewer,
        number: &str,
        act_id: ActId,
        expected: Option<u64>,
        recipients: Vec<String>,
    ) -> Result<Performed> {
        let _turn = self.numbering.lock().await;
        for _ in 0..TRIES {
            if let Some(done) = self.done_before(act_id, number).await? {
                return Ok(done);
            }
            let loaded = self.loaded(number).await?;
            let case = &loaded.case;
            let seat = authority::seat_for(viewer, ActName::Issue, case)?;
            not_overtaken(&loaded, expected)?;
            self.must_be_ready(viewer, seat, case, ActName::Issue)?;
            let (names, today) = (self.names(case).await?, self.today());
            let next = self.store.next_number(bureau_of(case)?, today.year(), "report").await?;
            let report_number = report_number(&names.bureau_code, today, next.number)?;
            let report = papers::report(
                case,
                self.pack_of(case)?,
                &names,
                report_number.clone(),
                recipients.clone(),
                today,
            )
            .ok_or_else(|| Failure::Internal("a determined case without a report".into()))?;
            let rendered = self.render(Document::Report(report)).await?;
            let document = DocumentId::fresh(&*self.ids);
            let act = Issue {
                document,
                number: report_number.to_string(),
                recipients: recipients.clone(),
                rendering: rendering(&rendered),
                file: self
                    .keep(case.id, format!("认定报告 {report_number}.pdf"), rendered.bytes)
                    .await?,
            };
            let issued = next.issue(
                EventId::fresh(&*self.ids),
                act_id,
                Actor::Person(viewer.person),
                &capacity_text(seat.capacity),
                self.clock.now(),
                &document.to_string(),
            );
            match self
                .record(
                    &loaded,
                    Acting {
                        act_id,
                        viewer,
                        seat,
                        numbers: vec![issued],
                    },
                    act.into(),
                )
                .await
            {
                Err(Failure::Store(store::Error::Conflict { .. })) => {}
                done => return done,
            }
        }
        Err(Failure::Internal(
            "the series of report numbers would not stand still".into(),
        ))
    }

    /// The PDF of the report as it would be issued today, to be looked at before (出具前先看).
    ///
    /// # Errors
    /// Not yet determined, or not this person's act.
    pub async fn preview_report(&self, viewer: &Viewer, number: &str, recipients: Vec<String>) -> Result<Vec<u8>> {
        let loaded = self.loaded(number).await?;
        let case = &loaded.case;
        let seat = authority::seat_for(viewer, ActName::Issue, case)?;
        self.must_be_ready(viewer, seat, case, ActName::Issue)?;
        let (names, today) = (self.names(case).await?, self.today());
        let next = self.store.next_number(bureau_of(case)?, today.year(), "report").await?;
        let next = report_number(&names.bureau_code, today, next.number)?;
        let report = papers::report(case, self.pack_of(case)?, &names, next, recipients, today)
            .ok_or_else(|| Failure::Internal("a determined case without a report".into()))?;
        let bytes = self.render(Document::Report(report)).await?.bytes;
        self.note_reading(viewer, case, "case").await?;
        Ok(bytes)
    }

    /// Serves the result on the worker and on the unit, each with its receipt of service (送达).
    ///
    /// # Errors
    /// The act's refusals.
    pub async fn serve(
        &self,
        viewer: &Viewer,
        number: &str,
        act_id: ActId,
        expected: Option<u64>,
    ) -> Result<Performed> {
        if let Some(done) = self.done_before(act_id, number).await? {
            return Ok(done);
        }
        let loaded = self.loaded(number).await?;
        let case = &loaded.case;
        let seat = authority::seat_for(viewer, ActName::Serve, case)?;
        not_overtaken(&loaded, expected)?;
        self.must_be_ready(viewer, seat, case, ActName::Serve)?;
        let (names, today) = (self.names(case).await?, self.today());
        let pack = self.pack_of(case)?;
        let report = case
            .reports
            .last()
            .ok_or_else(|| Failure::Internal("served without a report".into()))?;
        let report: DocumentNumber = report
            .number
            .parse()
            .map_err(|e: documents::BadNumber| Failure::Record(e.to_string()))?;
        let mut served = Vec::new();
        for to in [Recipient::Worker, Recipient::Unit] {
            let (notice, whom) = match to {
                Recipient::Worker => (papers::result(case, pack, &names, report.clone(), today), "本人"),
                Recipient::Unit => (papers::unit_result(case, pack, &names, report.clone(), today), "单位"),
            };
            let receipt = papers::service_receipt(case, &names, &report, to, vec![viewer.name.clone()], today);
            let (Some(notice), Some(receipt)) = (notice, receipt) else {
                return Err(Failure::Internal("a result without a determination".into()));
            };
            let notice = self.render(Document::ResultNotice(notice)).await?;
            let receipt = self.render(Document::ServiceReceipt(receipt)).await?;
            served.push(Served {
                document: DocumentId::fresh(&*self.ids),
                file: self
                    .keep(case.id, format!("认定结果告知书（{whom}）.pdf"), notice.bytes)
                    .await?,
                receipt: self
                    .keep(case.id, format!("送达回证（{whom}）.pdf"), receipt.bytes)
                    .await?,
            });
        }
        let (Some(unit), Some(worker)) = (served.pop(), served.pop()) else {
            return Err(Failure::Internal("two services".into()));
        };
        self.record(
            &loaded,
            Acting {
                act_id,
                viewer,
                seat,
                numbers: Vec::new(),
            },
            Serve { worker, unit }.into(),
        )
        .await
    }

    fn must_be_ready(&self, viewer: &Viewer, seat: &crate::Seat, case: &casefile::Case, act: ActName) -> Result<()> {
        let actor = crate::perform::actor(viewer, seat);
        self.deciding(case, &actor, self.fresh_act(), self.clock.now(), |ctx| {
            act.ready(case, ctx)
        })??;
        Ok(())
    }

    async fn render(&self, document: Document) -> Result<Rendered> {
        let press = std::sync::Arc::clone(&self.press);
        let rendered = tokio::task::spawn_blocking(move || press.pdf(&prepare(&document)))
            .await
            .map_err(|e| Failure::Internal(e.to_string()))??;
        if !rendered.missing.is_empty() {
            tracing::warn!(missing = ?rendered.missing, "characters no installed font can draw");
        }
        Ok(rendered)
    }

    async fn keep(&self, case: CaseId, name: String, bytes: Vec<u8>) -> Result<File> {
        let stored = self.store.put_file(bytes, KeyRef::Case(case)).await?;
        Ok(File {
            address: stored.address.to_string(),
            name,
            media: "application/pdf".into(),
            size: stored.size,
            digest: stored.plain.to_string(),
            ..File::default()
        })
    }
}

fn report_number(code: &str, today: Date, number: u64) -> Result<DocumentNumber> {
    let number = u32::try_from(number).map_err(|_| Failure::Internal("a series of four billion".into()))?;
    DocumentNumber::new(code, today.year(), number).map_err(|_| {
        Refusal::not_yet(
            "no-document-code",
            "本局还没有登记机关代字，不能编文号。",
            "请管理员在“机构”里填上机关代字。",
            "GB/T 9704",
        )
        .into()
    })
}

fn rendering(rendered: &Rendered) -> Rendering {
    Rendering {
        template: Some(rendered.template),
        fonts: rendered.fonts.iter().map(|font| font.digest).collect(),
        renderer: rendered.renderer.clone(),
    }
}

/// The bureau that issues, whoever leads the case.
fn bureau_of(case: &Case) -> Result<InstitutionId> {
    let bureau = case.receipt.as_ref().map(|receipt| receipt.bureau);
    bureau.ok_or_else(|| Refusal::not_found().into())
}
