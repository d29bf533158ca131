//! Papers in the browser: seen before they are issued, listed in the case, opened by whom they are for.

use crate::browser::Browser;
use crate::html;
use crate::site::Site;
use axum::http::StatusCode;
use casefile::PaperKind;
use casefile::acts::Accept;

#[tokio::test]
async fn a_paper_is_seen_before_it_is_issued() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    let mut clerk = Browser::of(&site, "收件岗", "shoujian").await;
    let before = site.app.case(&number).await.expect("the case").case;
    for (page, paper, says) in [
        ("accept", "acceptance", "濮县民函〔2026〕1号"),
        ("accept", "leaflet", "您可以撤回申请"),
        ("intake", "defence-notice", "申辩"),
    ] {
        let form = format!("/cases/{number}/acts/{page}");
        let button = format!("formaction=\"{form}/papers/{paper}\"");
        assert!(clerk.open(&form).await.html.contains(&button), "{button}");
        let seen = clerk.send(&format!("{form}/papers/{paper}"), &[]).await;
        assert_eq!(seen.status, StatusCode::OK, "{}", html::text(&seen.html));
        // The press of the tests prints the data.
        assert!(
            seen.html.contains("\"proof\":true") && seen.html.contains(says),
            "{says}"
        );
    }
    let decline = format!("/cases/{number}/acts/decline/papers/decline");
    let empty = clerk.send(&decline, &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        html::text(&empty.html).contains("还没选不予受理的理由。"),
        "{}",
        html::text(&empty.html)
    );
    for nothing in [
        "accept/papers/report",
        "accept/papers/letter",
        "nothing/papers/report",
        "intake/papers/report",
    ] {
        let none = clerk.send(&format!("/cases/{number}/acts/{nothing}"), &[]).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND, "{nothing}");
    }
    let mut colleague = Browser::of(&site, "同事", "tongshi").await;
    let hidden = colleague
        .send(&format!("/cases/{number}/acts/accept/papers/acceptance"), &[])
        .await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    assert_eq!(site.app.case(&number).await.expect("the case").case, before);
}

#[tokio::test]
async fn papers_are_listed_and_opened_by_whom_they_are_for() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    site.does("收件岗", &number, Accept {}).await;
    let case = site.app.case(&number).await.expect("the case").case;
    let mut worker = Browser::of(&site, "申请人", "shenqing").await;
    let mut clerk = Browser::of(&site, "收件岗", "shoujian").await;
    let mut colleague = Browser::of(&site, "同事", "tongshi").await;
    for paper in &case.papers {
        let url = format!("/cases/{number}/documents/{}", paper.document);
        for reader in [&mut worker, &mut clerk] {
            let list = reader.open(&format!("/cases/{number}")).await.html;
            // The worker's receipt slip lies behind the receipt page.
            let slip = paper.kind == PaperKind::Receipt && list.contains(&format!("/apply/done/{number}"));
            assert!(slip || list.contains(&url), "{url}");
            let page = reader.open(&url).await.html;
            assert!(html::check("document", &page).contains(paper.name()));
            let file = format!("/cases/{number}/files/{}", paper.file.address);
            assert!(page.contains(&file));
            assert_eq!(reader.open(&file).await.status, StatusCode::OK);
        }
        assert_eq!(colleague.open(&url).await.status, StatusCode::NOT_FOUND);
    }
    let receipt = case.last_paper(PaperKind::Receipt).expect("a receipt");
    let done = worker.open(&format!("/apply/done/{number}")).await.html;
    assert!(
        done.contains(&receipt.file.address),
        "the receipt page leads to the slip"
    );
    // The record names each paper; the short list of the case page leaves them out.
    assert!(
        clerk
            .open(&format!("/cases/{number}/record"))
            .await
            .html
            .contains("成文：受理通知书")
    );
    assert!(!clerk.open(&format!("/cases/{number}")).await.html.contains("成文："));
}
