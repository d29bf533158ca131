//! 保密令: what the applicant reads of readings while an order is in force, and when it has ended.

use crate::site::Site;
use app::{Signature, Viewer};
use base::Date;
use casefile::acts::{Accept, AddEvidence, ConfirmSecrecy, OrderSecrecy};
use casefile::case::Ring;

/// The institutions whose readings the applicant is shown, each once.
async fn shown(site: &Site, applicant: &Viewer, number: &str) -> Vec<String> {
    let readers = site.app.readers(applicant, number).await.unwrap();
    let mut names: Vec<String> = readers.into_iter().map(|reader| reader.institution).collect();
    names.sort();
    names.dedup();
    names
}

#[tokio::test]
async fn readings_under_an_order_appear_when_it_ends() {
    let site = Site::new().await;
    let number = site.submitted("经过").await;
    site.does("收件岗", &number, Accept {}).await;
    let applicant = site.viewer("申请人").await;
    let order = OrderSecrecy {
        until: Date::constant(2026, 10, 20),
        reason: "MARKER-secrecy 正在核实另一条线索".into(),
    };
    for who in ["局长", "市协调人", "申请人"] {
        assert_eq!(
            site.refused(who, &number, order.clone()).await.code,
            "not-your-act",
            "{who}"
        );
    }
    site.at(10, 10, 9);
    let opened = site.app.case(&number).await.unwrap().case.version;
    site.does("组长", &number, order).await;
    let evidence = AddEvidence {
        title: "补一份说明".into(),
        proves: String::new(),
        made: None,
        ring: Ring::Everyone,
        protects: Vec::new(),
        document: false,
        file: None,
    };
    let form = site.app.perform(
        &applicant,
        &number,
        site.act(),
        Some(opened),
        evidence.into(),
        Signature::none(),
    );
    assert!(form.await.is_ok(), "a form that was open tells of the order");
    for reader in ["组长", "局长"] {
        site.app.case_file(&site.viewer(reader).await, &number).await.unwrap();
    }
    let (bureau, group) = ("濮阳县民政局".to_owned(), "驻县民政局纪检监察组".to_owned());
    let both = vec![bureau.clone(), group.clone()];
    assert_eq!(shown(&site, &applicant, &number).await, both, "nobody has confirmed it");
    assert_eq!(
        site.refused("组长", &number, ConfirmSecrecy {}).await.code,
        "not-your-act"
    );
    let lead = site.viewer("局长").await;
    let todos = format!("{:?}", site.app.todo(&lead).await.unwrap());
    assert!(todos.contains("ConfirmSecrecy"), "the second person is told");
    site.does("局长", &number, ConfirmSecrecy {}).await;

    let of_group = || async {
        let readers = site.app.readers(&applicant, &number).await.unwrap();
        let since = |reader: &app::reading::Reader| reader.at.date() >= Date::constant(2026, 10, 10);
        readers.iter().filter(|r| since(r) && r.institution == group).count()
    };
    assert_eq!(of_group().await, 0);
    let seen = shown(&site, &applicant, &number).await;
    assert!(seen.contains(&bureau), "the bureau's readings are under no order");
    let file = site.app.case_file(&applicant, &number).await.unwrap();
    let own = site.app.todo(&applicant).await.unwrap();
    let read = format!("{file:?}{own:?}");
    for hidden in ["MARKER-secrecy", "Secrecy", "保密"] {
        assert!(!read.contains(hidden), "the applicant reads {hidden}");
    }
    let team = site.app.readers(&site.viewer("收件岗").await, &number).await.unwrap();
    assert!(
        team.iter()
            .any(|r| r.name.as_deref() == Some("组长") && r.at.date() == Date::constant(2026, 10, 10))
    );

    site.at(10, 20, 17);
    assert_eq!(of_group().await, 0, "the last day belongs to it");
    site.at(10, 21, 9);
    assert_eq!(of_group().await, 1, "it has ended");
}
