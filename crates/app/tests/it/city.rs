//! 市级牵头 through the use cases: for whom it waits, who may then act, what the report says.

use crate::path::{assignee, concluded, opine};
use crate::site::{PASSWORD, Site};
use app::receive::PaperForm;
use app::{Signature, Standing};
use base::law::Party;
use casefile::act::ActName;
use casefile::acts::*;
use casefile::case::Channel;

async fn waits(site: &Site, who: &str) -> Vec<ActName> {
    let todo = site.app.todo(&site.viewer(who).await).await.unwrap();
    let all = todo
        .overdue
        .into_iter()
        .chain(todo.today)
        .chain(todo.soon)
        .chain(todo.later);
    all.map(|item| item.act).collect()
}

fn recuse() -> DeclareRecusal {
    DeclareRecusal {
        ground: "line".into(),
        reason: "我批过这件事。".into(),
        other_leads: Vec::new(),
    }
}

#[tokio::test]
async fn a_lead_who_applies_is_led_by_the_city_at_once() {
    let site = Site::new().await;
    let mut application = site.application("我也参加了那次入户。");
    application.codes.person = site.person("局长");
    application.codes.unit = site.institution("县局");
    let form = PaperForm {
        application,
        channel: Channel::Window,
        received_on: site.app.today(),
        handed_in_on: None,
        handed_in_to: String::new(),
        carried_by: String::new(),
        scan: Some(("申请.pdf".into(), b"%PDF-1.7\n".to_vec())),
    };
    let clerk = site.viewer("收件岗").await;
    let number = site.app.enter_paper(&clerk, site.act(), form).await.unwrap().number;
    assert_eq!(waits(&site, "市协调人").await, [ActName::TakeLead]);
    assert!(waits(&site, "局长").await.is_empty());
    site.does("收件岗", &number, Accept {}).await;
    let assign = |name| Assign {
        people: vec![assignee(&site, name, "县局")],
    };
    assert_eq!(
        site.refused("局长", &number, assign("调查甲")).await.code,
        "not-your-act"
    );
    assert_eq!(
        site.refused("市组", &number, TakeLead::default()).await.code,
        "has-lead"
    );
    site.does("市协调人", &number, TakeLead::default()).await;
    assert!(waits(&site, "市协调人").await.contains(&ActName::Assign));
    site.does("市协调人", &number, assign("调查甲")).await;
    let file = site
        .app
        .case_file(&site.viewer("市协调人").await, &number)
        .await
        .unwrap();
    assert_eq!(file.standing, Standing::Team(Party::Bureau));
}

#[tokio::test]
async fn a_lead_who_is_recused_and_the_report_says_who_led() {
    let site = Site::new().await;
    let number = concluded(&site, "经过").await;
    site.at(9, 18, 9);
    site.does("局长", &number, recuse()).await;
    assert_eq!(
        waits(&site, "市协调人").await,
        [ActName::TakeLead, ActName::RuleRecusal]
    );
    site.does(
        "市协调人",
        &number,
        RuleRecusal {
            person: site.person("局长"),
            recused: true,
            reason: "属实。".into(),
            other_leads: Vec::new(),
        },
    )
    .await;
    site.does("市协调人", &number, TakeLead::default()).await;
    site.does("市协调人", &number, opine()).await;
    site.does("组长", &number, opine()).await;
    assert_eq!(waits(&site, "市协调人").await, [ActName::Determine]);
    let determine = Determine {
        outcome: "免责".into(),
        reason: "符合三（五）".into(),
    };
    site.does("市协调人", &number, determine).await;
    let clerk = site.viewer("收件岗").await;
    let recipients = vec!["驻县民政局纪检监察组".into()];
    site.does("收件岗", &number, Issue { recipients }).await;
    let case = site.app.case(&number).await.unwrap().case;
    assert_eq!(case.reports[0].number, "濮县民〔2026〕1号");
    let address = &case.reports[0].file.address;
    let (_, bytes) = site.app.file(&clerk, &number, address).await.unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(
        text.contains("由濮阳市民政局市协调人牵头，代行民政局负责人的职责"),
        "{text}"
    );
}

#[tokio::test]
async fn where_another_lead_is_left_the_city_does_not_lead() {
    let site = Site::new().await;
    let deputy = app::Person {
        id: base::PersonId([77; 16]),
        name: "副局长".into(),
        unit: Some(site.institution("县局")),
        post: "副局长".into(),
        capacities: vec![(casefile::Role::Lead, site.institution("县局"))],
    };
    let administrator = site.viewer("管理员").await;
    site.app
        .register_person(&administrator, site.act(), deputy)
        .await
        .unwrap();
    let number = concluded(&site, "经过").await;
    site.does("局长", &number, recuse()).await;
    assert_eq!(waits(&site, "市协调人").await, [ActName::RuleRecusal]);
    assert_eq!(
        site.refused("市协调人", &number, TakeLead::default()).await.code,
        "has-lead"
    );
    let deputy = site.app.seated(base::PersonId([77; 16])).await.unwrap().unwrap();
    site.app
        .open_account(deputy.person, "deputy", PASSWORD, false)
        .await
        .unwrap();
    let done = site
        .app
        .perform(
            &deputy,
            &number,
            site.act(),
            None,
            opine().into(),
            Signature::of(PASSWORD),
        )
        .await;
    done.unwrap();
}
