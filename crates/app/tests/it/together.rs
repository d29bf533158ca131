//! Two people at once, one form twice, many numbers at a time.

use crate::path;
use crate::site::Site;
use app::{Failure, Signature};
use casefile::acts::{Accept, RequestSupplement, Withdraw};
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

/// An applicant hears of nothing that the record does not show them, and is not held up by it; of what it shows they do.
#[tokio::test]
async fn an_applicant_hears_nothing_of_the_institutions_own_acts() {
    let site = Site::new().await;
    let number = path::concluded(&site, "经过").await;
    let worker = site.viewer("申请人").await;
    let opened = site.app.case(&number).await.unwrap().case.version;
    site.does("局长", &number, path::opine()).await;
    let withdraw = || Withdraw {
        reason: "不申请了".into(),
        signature: "申请人".into(),
        scan: None,
    };
    let tries = async |version| {
        let act = withdraw().into();
        let tried = site
            .app
            .perform(&worker, &number, site.act(), Some(version), act, Signature::none());
        tried.await
    };
    let Err(Failure::Refused(refusal)) = tries(1).await else {
        panic!("overtaken and not told")
    };
    let sentence = &refusal.sentence;
    assert!(sentence.contains("收件岗在 09:00 办了“受理”"), "{sentence}");
    for hidden in ["认定事实", "提意见", "调查核实", "提交证据"] {
        assert!(!sentence.contains(hidden), "{sentence}");
    }
    if let Err(Failure::Refused(refusal)) = tries(opened).await {
        assert_ne!(refusal.code, "moved-on", "held up by what they cannot see");
    }
}

/// A form belongs to the case on which it was used.
#[tokio::test]
async fn a_form_used_on_another_case_does_nothing() {
    let site = Site::new().await;
    let (one, other) = (site.submitted("一").await, site.submitted("二").await);
    let clerk = site.viewer("收件岗").await;
    let act = site.act();
    for (number, done) in [(&one, true), (&other, false), (&one, true)] {
        let tried = site
            .app
            .perform(&clerk, number, act, None, Accept {}.into(), Signature::none());
        assert_eq!(tried.await.is_ok(), done, "{number}");
    }
    assert!(site.app.case(&other).await.unwrap().case.accepted.is_none());
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
