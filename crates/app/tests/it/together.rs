//! Two people at once, one form twice, many numbers at a time.

use crate::site::Site;
use app::{Failure, Signature};
use casefile::acts::{Accept, RequestSupplement};
use casefile::refusal::Kind;
use std::collections::BTreeSet;

#[tokio::test]
async fn the_second_hears_what_changed_and_nothing_is_lost() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    let (clerk, lead) = (site.viewer("收件岗").await, site.viewer("局长").await);
    let opened = site.app.case(&number).await.unwrap().case.version;
    site.app
        .perform(
            &clerk,
            &number,
            site.act(),
            Some(opened),
            Accept {}.into(),
            Signature::none(),
        )
        .await
        .unwrap();
    let ask = RequestSupplement {
        items: vec!["说明".into()],
        until: site.app.today(),
    };
    let Err(Failure::Refused(refusal)) = site
        .app
        .perform(&lead, &number, site.act(), Some(opened), ask.into(), Signature::none())
        .await
    else {
        panic!("overtaken and not told")
    };
    assert_eq!(refusal.kind, Kind::Conflict);
    assert_eq!(refusal.sentence, "您打开后，收件岗在 09:00 办了“受理”。");
}

#[tokio::test]
async fn a_form_sent_twice_acts_once() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    let clerk = site.viewer("收件岗").await;
    let (act, opened) = (site.act(), site.app.case(&number).await.unwrap().case.version);
    let first = site
        .app
        .perform(&clerk, &number, act, Some(opened), Accept {}.into(), Signature::none())
        .await
        .unwrap();
    let second = site
        .app
        .perform(&clerk, &number, act, Some(opened), Accept {}.into(), Signature::none())
        .await
        .unwrap();
    assert!(!first.already && second.already);
    assert_eq!(first.version, second.version);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn numbers_of_applications_have_no_gaps() {
    let site = std::sync::Arc::new(Site::new().await);
    let mut sent = Vec::new();
    for n in 0..12 {
        let site = site.clone();
        sent.push(tokio::spawn(async move { site.submitted(&format!("第 {n} 份")).await }));
    }
    let mut numbers = BTreeSet::new();
    for one in sent {
        numbers.insert(one.await.unwrap());
    }
    let expected: BTreeSet<String> = (1..=12).map(|n| format!("JZ-410928-2026-{n:04}")).collect();
    assert_eq!(numbers, expected);
}
