//! 离岗 from end to end: the administrator closes the account, the lead is told at the top of the to-dos and replaces the
//! investigator, who comes back later with a new password.

use crate::browser::Browser;
use crate::site::Site;
use crate::{html, path};
use app::people::Person;
use axum::http::StatusCode;
use base::PersonId;
use casefile::Role;
use casefile::acts::{Accept, Assign};

/// The hidden field of the form that is sent to `action`.
fn act_of(html: &str, action: &str) -> String {
    let form = html.split_once(&format!("action=\"{action}\"")).expect("the form").1;
    let value = form.split_once("name=\"act_id\" value=\"").expect("its act").1;
    value.split('"').next().expect("a value").to_owned()
}

#[tokio::test]
async fn a_leaver_is_replaced_and_comes_back() {
    let site = Site::new().await;
    let number = site.submitted("三月核对时数据没有更新。").await;
    site.does("收件岗", &number, Accept {}).await;
    for (lead, who, at) in [("局长", "调查甲", "县局"), ("组长", "调查乙", "县组")] {
        let people = vec![path::assignee(&site, who, at)];
        site.does(lead, &number, Assign { people }).await;
    }
    let registrar = site.viewer("管理员").await;
    let third = Person {
        id: PersonId([81; 16]),
        name: "调查丙".into(),
        unit: Some(site.institution("县局")),
        post: "科员".into(),
        capacities: vec![(Role::Investigator, site.institution("县局"))],
    };
    let third_id = third.id.to_string();
    site.app
        .register_person(&registrar, site.act(), third)
        .await
        .expect("registered");
    let mut administrator = Browser::of(&site, "管理员", "admin").await;
    let mut leaver = Browser::of(&site, "调查甲", "diaochajia").await;
    let mut lead = Browser::of(&site, "局长", "lead").await;
    assert!(!lead.open("/todo").await.html.contains("已离岗"));

    // Who cannot be spared is told before the button, and refused.
    let only = format!("/admin/people/{}", site.person("局长"));
    let page = administrator.open(&only).await;
    assert!(page.html.contains("只有这一个人的岗位") && page.html.contains("要先登记接手的人"));
    let act = act_of(&page.html, &format!("{only}/leave"));
    let refused = administrator.send(&format!("{only}/leave"), &[("act_id", &act)]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.html.contains("请先登记接手的人"), "{}", refused.html);

    let url = format!("/admin/people/{}", site.person("调查甲"));
    let page = administrator.open(&url).await;
    html::check("a person", &page.html);
    assert!(page.html.contains("濮阳县民政局 1 件"), "{}", page.html);
    assert!(!page.html.contains(&number), "no case content");
    let act = act_of(&page.html, &format!("{url}/leave"));
    for _ in 0..2 {
        let done = administrator.send(&format!("{url}/leave"), &[("act_id", &act)]).await;
        assert!([StatusCode::SEE_OTHER, StatusCode::CONFLICT].contains(&done.status));
    }
    let page = administrator.open(&url).await;
    html::check("a leaver", &page.html);
    assert!(page.html.contains("已离岗") && !page.html.contains(&format!("{url}/leave")));
    assert!(
        !page.html.contains(&format!("{url}/password")),
        "nothing to reset before they are back"
    );

    // Out, and refused like a wrong password.
    assert_eq!(leaver.open("/todo").await.status, StatusCode::SEE_OTHER);
    let typed = [("login.name", "diaochajia"), ("login.password", Browser::password())];
    let mistyped = [("login.name", "diaochajia"), ("login.password", "cuode-2026")];
    let (closed, wrong) = (
        leaver.send("/login", &typed).await,
        leaver.send("/login", &mistyped).await,
    );
    assert_eq!(closed.status, wrong.status);
    let said = |html: &str| html::text(html).contains("姓名（账号）或者密码不对");
    assert!(said(&closed.html) && said(&wrong.html));

    // At the top of the lead's to-dos, with the way to the act, filled.
    let todo = lead.open("/todo").await;
    html::check("todo", &todo.html);
    assert!(todo.html.contains("调查甲已离岗，请更换调查人"));
    let url_of_act = format!("/cases/{number}/acts/replace-investigator");
    let filled = format!("{url_of_act}?out={}", site.person("调查甲"));
    assert!(todo.html.contains(&filled));
    let form = lead.open(&filled).await;
    assert_eq!(form.status, StatusCode::OK);
    let out = site.person("调查甲").to_string();
    assert!(form.html.contains(&format!("value=\"{out}\" checked")), "{}", form.html);
    assert!(
        !form.html.contains("<option value=\"{out}\""),
        "who has left is nobody to assign"
    );
    let (act, version) = (form.hidden("act_id"), form.hidden("version"));
    let fields = [
        ("out", out.as_str()),
        ("new", third_id.as_str()),
        ("reason", "调离岗位。"),
        ("act_id", act.as_str()),
        ("version", version.as_str()),
    ];
    let done = lead.send(&url_of_act, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    assert!(!lead.open("/todo").await.html.contains("已离岗"));
    let mut group = Browser::of(&site, "组长", "group").await;
    assert!(!group.open("/todo").await.html.contains("已离岗"));

    // They come back: registered anew, then a new password.
    let bureau = site.institution("县局").to_string();
    let page = administrator.open(&url).await;
    let act = act_of(&page.html, "/admin/people");
    let fields = [
        ("id", out.as_str()),
        ("name", "调查甲"),
        ("unit", bureau.as_str()),
        ("role-1", "investigator"),
        ("at-1", bureau.as_str()),
        ("act_id", act.as_str()),
    ];
    assert_eq!(
        administrator.send("/admin/people", &fields).await.status,
        StatusCode::SEE_OTHER
    );
    assert_ne!(
        leaver.send("/login", &typed).await.status,
        StatusCode::SEE_OTHER,
        "the old password"
    );
    let page = administrator.open(&url).await;
    let reset = format!("{url}/password");
    let act = act_of(&page.html, &reset);
    let told = administrator.send(&reset, &[("act_id", &act)]).await;
    let password = told.html.split_once("一次性密码：").expect("a password").1;
    let password = password.split('<').next().expect("a password");
    let typed = [("login.name", "diaochajia"), ("login.password", password)];
    assert_eq!(leaver.send("/login", &typed).await.location, "/me");
}
