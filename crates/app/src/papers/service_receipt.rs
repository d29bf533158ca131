//! 送达回证: signed by the worker and by the unit when the result is served.

use super::{Names, applicant};
use base::Date;
use casefile::Case;
use casefile::case::Recipient;
use documents::{DocumentNumber, ServedDocument, ServiceReceipt};

/// The receipt of service for one recipient, blank where it is filled in by hand.
pub fn service_receipt(
    case: &Case,
    names: &Names,
    report: &DocumentNumber,
    to: Recipient,
    servers: Vec<String>,
    date: Date,
) -> Option<ServiceReceipt> {
    let receipt = case.receipt.as_ref()?;
    let applicant = applicant(case);
    let document = |title: &str, number| ServedDocument {
        title: title.into(),
        number,
        copies: 1,
    };
    let (recipient, documents) = match to {
        Recipient::Worker => (
            applicant.name.clone(),
            vec![
                document("尽职免责认定报告", Some(report.clone())),
                document("尽职免责认定结果告知书", None),
            ],
        ),
        Recipient::Unit => (applicant.unit.clone(), vec![document("尽职免责认定结果告知书", None)]),
    };
    Some(ServiceReceipt {
        issuer: names.bureau.clone(),
        date,
        case: receipt.number.clone(),
        matter: format!("{}尽职免责申请", applicant.name),
        recipient,
        documents,
        way: None,
        place: None,
        servers,
        served: None,
        received_by: None,
        refusal: None,
        witnesses: Vec::new(),
        remarks: None,
    })
}
