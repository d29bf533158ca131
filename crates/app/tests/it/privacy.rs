//! What lies on the disk and what is shown to whom: no free text in plain, no withheld opinion before its opening.

use crate::files::coming;
use crate::path::{concluded, filed, opine};
use crate::site::{Site, open};
use app::Failure;
use app::reading::CaseQuery;
use casefile::act::ActName;
use casefile::acts::{Opine, Redetermine};
use casefile::case::Anew;
use casefile::refusal::Kind;
use std::path::Path;
use store::StreamName;

/// Every file below a folder.
fn bytes_below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(bytes_below(&path));
        } else {
            all.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    all
}

#[tokio::test]
async fn no_free_text_anywhere_in_plain() {
    let site = Site::new().await;
    let worker = site.viewer("申请人").await;
    let draft = site.app.new_draft(&worker).await.unwrap();
    let fields = [("account".to_owned(), vec!["MARKER-draft".to_owned()])].into();
    site.app.save_fields(&worker, draft, fields).await.unwrap();
    let pdf = b"%PDF-1.7 MARKER-file".to_vec();
    site.app
        .add_draft_file(&worker, draft, coming("MARKER-name.pdf", pdf))
        .await
        .unwrap();
    let number = filed(&site, "经过 MARKER-account").await;
    let case = site.app.case(&number).await.unwrap().case;
    assert!(
        case.application.unwrap().text.account.contains("MARKER-account"),
        "the markers are in the case"
    );
    assert!(site.app.index_pending().await.unwrap() > 0);
    let clerk = site.viewer("收件岗").await;
    let query = CaseQuery {
        text: Some("MARKER-account".into()),
        ..CaseQuery::default()
    };
    assert_eq!(site.app.mentions(&clerk, &query).await.unwrap().found.len(), 1);
    site.app.export_cases(&clerk, &query).await.unwrap();
    for (name, bytes) in bytes_below(site.folder.path()) {
        assert!(
            !bytes.windows(6).any(|window| window == b"MARKER"),
            "{name} holds free text in plain"
        );
    }
}

#[tokio::test]
async fn a_withheld_opinion_is_nowhere_before_its_opening() {
    let site = Site::new().await;
    let number = concluded(&site, "经过").await;
    site.does("局长", &number, opine()).await;
    for reader in ["组长", "调查乙", "审计员", "市协调人", "申请人"] {
        let file = site.app.case_file(&site.viewer(reader).await, &number).await.unwrap();
        assert!(
            !format!("{file:?}").contains("MARKER-opinion"),
            "{reader} reads a withheld opinion"
        );
    }
    site.does("组长", &number, opine()).await;
    let file = site.app.case_file(&site.viewer("组长").await, &number).await.unwrap();
    assert!(format!("{file:?}").contains("MARKER-opinion"));
}

#[tokio::test]
async fn hidden_is_not_found() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    for stranger in ["同事", "签收人", "管理员", "调查甲"] {
        let viewer = site.viewer(stranger).await;
        for asked in [number.as_str(), "JZ-410928-2026-9999", "../etc/passwd"] {
            let Err(Failure::Refused(refusal)) = site.app.case_file(&viewer, asked).await else {
                panic!("{stranger} finds {asked}")
            };
            assert_eq!(refusal.kind, Kind::NotFound);
        }
    }
}

#[tokio::test]
async fn the_applicant_sees_which_institution_opened_the_file() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    site.app.case_file(&site.viewer("局长").await, &number).await.unwrap();
    let own = site.app.readers(&site.viewer("申请人").await, &number).await.unwrap();
    assert_eq!(
        own.iter()
            .map(|r| (r.institution.as_str(), r.name.as_deref()))
            .collect::<Vec<_>>(),
        [("濮阳县民政局", None)]
    );
    let team = site.app.readers(&site.viewer("收件岗").await, &number).await.unwrap();
    assert_eq!(team[0].name.as_deref(), Some("局长"));
}

#[tokio::test]
async fn rebuilt_views_are_the_views_maintained() {
    let site = Site::new().await;
    filed(&site, "一").await;
    site.submitted("二").await;
    site.app.index_pending().await.unwrap();
    let before = site.app.store().dump_views().await.unwrap();
    site.app.rebuild().await.unwrap();
    assert_eq!(site.app.store().dump_views().await.unwrap(), before);
}

#[tokio::test]
async fn opened_again_the_site_is_the_same() {
    let site = Site::new().await;
    let number = filed(&site, "经过").await;
    let before = site.app.case(&number).await.unwrap().case;
    let again = open(site.folder.path(), site.clock.clone()).await;
    assert_eq!(again.case(&number).await.unwrap().case, before);
    assert_eq!(
        again.packs().published_on(again.packs().current()),
        site.app.packs().published_on(site.app.packs().current())
    );
}

/// The addresses of files that the open parts of a case's events name.
pub async fn recorded_files(site: &Site, number: &str) -> Vec<String> {
    fn collect(value: &serde_json::Value, key: &str, found: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) if matches!(key, "address" | "file" | "files") => found.push(text.clone()),
            serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, key, found)),
            serde_json::Value::Object(fields) => fields.iter().for_each(|(key, item)| collect(item, key, found)),
            _ => {}
        }
    }
    let id = site.app.case(number).await.unwrap().case.id;
    let mut found = Vec::new();
    for event in site.app.store().read(&StreamName::Case(id)).await.unwrap() {
        collect(&serde_json::from_slice(&event.open).unwrap(), "", &mut found);
    }
    found
}

#[tokio::test]
async fn every_recorded_file_is_found_and_a_served_result_stays() {
    let site = Site::new().await;
    let number = filed(&site, "经过").await;
    let served = site.app.case(&number).await.unwrap().case.services;
    let anew = Redetermine {
        ground: Anew::Concealment,
        reason: "发现隐瞒".into(),
    };
    site.does("局长", &number, anew).await;
    let lead = site.viewer("局长").await;
    let mut addresses = recorded_files(&site, &number).await;
    assert!(addresses.len() >= 4, "two results, two receipts: {addresses:?}");
    let rounds = site.app.case(&number).await.unwrap().case.rounds;
    addresses.push(rounds[0].report.as_ref().unwrap().file.address.clone());
    for address in addresses {
        assert!(
            site.app.file(&lead, &number, &address).await.is_ok(),
            "{address} is lost"
        );
    }
    let worker = site.viewer("申请人").await;
    for service in served {
        let own = service.to == casefile::case::Recipient::Worker;
        let read = site.app.file(&worker, &number, &service.file.address).await;
        assert_eq!(read.is_ok(), own, "{:?}", service.to);
    }
    let unit = site.app.unit_results(&site.viewer("签收人").await).await.unwrap();
    assert_eq!(unit.iter().map(|result| result.revoked).collect::<Vec<_>>(), [true]);
}

#[tokio::test]
async fn the_applicant_does_not_read_of_a_disagreement() {
    let site = Site::new().await;
    let number = concluded(&site, "经过").await;
    site.does("局长", &number, opine()).await;
    let other = Opine {
        outcome: "不予免责".into(),
        reason: "不同意".into(),
    };
    site.does("组长", &number, other).await;
    let worker = site.viewer("申请人").await;
    let file = site.app.case_file(&worker, &number).await.unwrap();
    let own = site.app.todo(&worker).await.unwrap().own;
    let read = format!(
        "{:?}{:?}{:?}{:?}{own:?}",
        file.tasks, file.waiting, file.case, file.entries
    );
    for hidden in ["会商", "协调", "Consult", "consultation\""] {
        assert!(!read.contains(hidden), "the applicant reads {hidden}");
    }
    let lead = site.app.case_file(&site.viewer("局长").await, &number).await.unwrap();
    assert!(format!("{:?}", lead.tasks).contains("会商"));
}

#[tokio::test]
async fn what_a_unit_and_a_desk_read_is_recorded() {
    let site = Site::new().await;
    let number = filed(&site, "经过").await;
    let recipient = site.viewer("签收人").await;
    site.app.unit_file(&recipient, &number, None).await.unwrap();
    let clerk = site.viewer("收件岗").await;
    site.app.desk(&clerk, &number, ActName::AddEvidence).await.unwrap();
    let readers = site.app.readers(&site.viewer("局长").await, &number).await.unwrap();
    for name in ["签收人", "收件岗"] {
        assert!(
            readers.iter().any(|r| r.name.as_deref() == Some(name)),
            "{name} left no trace"
        );
    }
}
