//! Every template drawn from samples.

use crate::{html, sample};
use app::Standing;
use app::login::factor::{FactorKind, ToConfirm};
use app::reading::Family;
use askama::Template;
use base::Date;
use base::law::Party;
use casefile::{FieldRefusal, Refusal};
use web::form::{Choice, Field, Form, Law, choices};
use web::frame::Frame;
use web::map::Map;
use web::pages::acts::{ActForm, ActRefused};
use web::pages::case::{own_page, page};
use web::pages::{admin, audit, case, factor, family, help, login, me, policies, styleguide};
use web::values::Values;

pub fn snapshot(name: &str, page: &impl Template) {
    insta::assert_snapshot!(name, html::check(name, &page.render().expect("draws")));
}

/// A form with every kind of control.
fn every_control() -> Form {
    let law = Law {
        citation: "三（五）".into(),
        text: "因部门共享数据不完善。".into(),
        notes: vec!["注意。".into()],
    };
    Form::new("保存")
        .field(Field::fixed("known", "申请人", "李春梅"))
        .field(Field::text("place", "地点").hint("写到村。"))
        .field(Field::long("reason", "理由"))
        .field(Field::number("copies", "份数").optional())
        .field(Field::date("on", "谈话日期").day(base::Date::constant(2026, 9, 16)))
        .field(Field::when("made", "形成时间").optional())
        .field(Field::radio(
            "kind",
            "种类",
            choices(&[("interview", "谈话"), ("visit", "走访")]),
        ))
        .field(Field::checks(
            "clauses",
            "情形",
            vec![Choice::new("a", "数据来得晚").hint("例如车管数据。").law(law)],
        ))
        .field(Field::select("who", "谁", choices(&[("1", "陈涛")])).optional())
        .field(Field::file("files", "附件").several().optional())
        .field(Field::signature())
        .consequences("保存后不能改。")
        .button("later", "1", "先存着")
        .once(base::ActId([1; 16]), 3)
}

fn act(form: Form, changed: &str) -> ActForm {
    let mut frame = Frame::bare();
    frame.office = true;
    frame.wrong = form.wrong() > 0;
    ActForm {
        frame,
        title: "调查笔录",
        number: "JZ-410928-2026-0017".into(),
        facts: "李春梅 · 子岸镇人民政府".into(),
        changed: changed.into(),
        form,
    }
}

#[test]
fn the_form_shows_every_control() {
    snapshot("form", &act(every_control(), ""));
}

#[test]
fn the_form_keeps_what_was_typed_and_says_what_is_wrong() {
    let mut values = Values::default();
    for (name, text) in [
        ("place", "王庄"),
        ("on.year", "2026"),
        ("on.month", "13"),
        ("on.day", "1"),
        ("kind", "visit"),
    ] {
        values.put(name, text);
    }
    values.put("reason", "第一行\n第二行 <甲>");
    let wrong = |field: &str, sentence: &str| FieldRefusal {
        field: field.into(),
        sentence: sentence.into(),
    };
    let refusal = Refusal::fields(vec![
        wrong("on", "谈话日期没有这一天。请改。"),
        wrong("kind", "请选一项。"),
        wrong("elsewhere", "还有一处。"),
    ]);
    snapshot(
        "form-refused",
        &act(
            every_control().fill(&values).refuse(&refusal),
            "您打开后，王丽在 10:02 受理了这个案件。",
        ),
    );
}

#[test]
fn a_refused_act_says_why() {
    snapshot(
        "act-refused",
        &ActRefused {
            frame: Frame::bare(),
            title: "调查结论",
            number: "JZ-410928-2026-0017".into(),
            facts: "李春梅".into(),
            refusal: Refusal::not_yet(
                "x",
                "现在只有 1 名调查人可以办，至少要 2 人。",
                "请先指派一人。",
                "七（二）",
            ),
        },
    );
}

#[test]
fn login() {
    snapshot("login", &login::page("0393-0000000", "large".into(), "/cases"));
}

const TEAM: Standing = Standing::Team(Party::Bureau);

pub fn office() -> Frame {
    Frame {
        office: true,
        institution: "濮阳县民政局".into(),
        ..Frame::bare()
    }
}

#[test]
fn the_case_page_just_received() {
    let file = sample::file(
        sample::case(&sample::pack()),
        TEAM,
        sample::TODAY,
        &["accept", "decline", "add-evidence"],
    );
    snapshot("case-received", &page(&file, office(), |_| Vec::new()));
}

#[test]
fn the_case_page_under_inquiry_names_what_is_open() {
    let file = sample::file(sample::inquiry(), TEAM, Date::constant(2026, 9, 25), &["find"]);
    let effects = |id: &base::law::QuestionId| {
        let case = &file.case;
        file.pack
            .effect_of(id, &case.answers(), &case.reading_choices(), None)
            .expect("a question of the pack")
    };
    let page = page(&file, office(), effects);
    assert!(page.why.outcome.is_none() && !page.why.open.is_empty());
    snapshot("case-inquiry", &page);
}

#[test]
fn a_withheld_opinion_is_not_on_the_page() {
    let file = sample::file(sample::opinions(), TEAM, Date::constant(2026, 9, 29), &["opine"]);
    let page = page(&file, office(), |_| Vec::new());
    assert!(
        page.opinions
            .iter()
            .all(|opinion| opinion.outcome.is_empty() && opinion.reason.is_empty())
    );
    assert!(!page.render().expect("draws").contains(sample::WITHHELD));
    snapshot("case-opinions", &page);
}

#[test]
fn the_worker_sees_the_short_form() {
    let file = sample::file(
        sample::opinions(),
        Standing::Applicant,
        Date::constant(2026, 9, 29),
        &["add-evidence"],
    );
    let page = own_page(&file, Frame::bare());
    assert!(
        page.groups
            .iter()
            .flat_map(|group| &group.tasks)
            .all(|task| task.detail.is_empty())
    );
    snapshot("case-own", &page);
}

#[test]
fn readings_of_a_case() {
    let number = || "JZ-410928-2026-0017".to_owned();
    let file = sample::file(sample::case(&sample::pack()), TEAM, sample::TODAY, &[]);
    snapshot("deadline", &case::deadline_page(&file, office()));
    let line = |version, what| case::LogLine {
        at: "9-28 15:40".into(),
        who: "驻县民政局纪检监察组 赵明".into(),
        what,
        detail: String::new(),
        version,
        paper: false,
    };
    let log = vec![line(2, "提交意见"), line(1, "受理")];
    snapshot(
        "record",
        &case::LogPage {
            frame: office(),
            number: number(),
            title: "李春梅的尽职免责申请".into(),
            log,
        },
    );
    let row = |name: &str| {
        (
            "2026 年 9 月 20 日 10:02".to_owned(),
            "濮阳县民政局".to_owned(),
            name.to_owned(),
            "打开案件".to_owned(),
        )
    };
    snapshot(
        "readers",
        &case::ReadersPage {
            frame: office(),
            number: number(),
            rows: vec![row("王丽")],
            names: true,
        },
    );
    snapshot(
        "readers-worker",
        &case::ReadersPage {
            frame: Frame::bare(),
            number: number(),
            rows: vec![row("")],
            names: false,
        },
    );
}

#[test]
fn the_policy_page_shows_the_notice() {
    let pack = sample::pack();
    snapshot("policy", &policies::page(&pack, None, office()));
    let row = (
        "/policies/a".to_owned(),
        pack.title.clone(),
        pack.number.clone(),
        "发布日期还没有填，有效期 2 年".to_owned(),
    );
    snapshot(
        "policies",
        &policies::PoliciesPage {
            frame: office(),
            packs: vec![row],
        },
    );
}

#[test]
fn pages_of_a_person_and_of_the_site() {
    let me = me::MePage {
        factor: "用手机验证器。",
        has_factor: true,
        frame: Frame::bare(),
        name: "王丽".into(),
        post: "科员".into(),
        seats: vec!["濮阳县民政局 · 收件岗".into()],
        password: me::password_form(&app::LoginPolicy::default()),
        sessions: [true, false]
            .map(|this| me::SessionRow {
                id: "7".repeat(64),
                browser: "电脑上的微软浏览器".into(),
                address: "10.1.2.3".into(),
                begun: "9 月 17 日 08:31".into(),
                last_seen: "9 月 17 日 09:02".into(),
                this,
            })
            .into(),
        size: me::size_form("large"),
    };
    snapshot("me", &me);
    let app = ToConfirm::App {
        secret: "2345 6723 4567 2345 6723 4567 2345 6723".into(),
        address: "otpauth://totp/Jinzhi:wangli?secret=23456723456723456723456723456723&issuer=Jinzhi".into(),
    };
    let card = ToConfirm::Card((0..60).map(|n| format!("{:06}", n * 16_661)).collect());
    let own = Frame::bare;
    snapshot("factor-due", &factor::page(own(), None, true, None));
    snapshot("factor-app", &factor::page(own(), None, false, Some(app)));
    snapshot(
        "factor-card",
        &factor::page(own(), Some(FactorKind::Card), false, Some(card)),
    );
    snapshot(
        "help",
        &help::HelpPage {
            frame: Frame {
                phone: "0393-0000000".into(),
                ..Frame::bare()
            },
            manuals: &help::MANUALS,
            map: Map::blank(&sample::pack()),
        },
    );
    for manual in &help::MANUALS {
        snapshot(&format!("help-{}", manual.code), &help::page(manual, Frame::bare()));
        let picture = format!("{}/assets/help-{}.webp", env!("CARGO_MANIFEST_DIR"), manual.code);
        assert!(std::path::Path::new(&picture).exists(), "{picture} is not there");
    }
    let whole = audit::AuditPage {
        frame: office(),
        checked: (3, 40, 2),
        ..Default::default()
    };
    snapshot("audit", &whole);
    let broken = audit::AuditPage {
        frame: office(),
        checked: (3, 40, 2),
        findings: vec!["第 3 版 对不上".into()],
        failures: vec![["2026-09-16", "王丽", "10.1.2.3", "7", "1", "08:30", "08:41"].map(String::from)],
        altered: vec!["2026-09-15".into()],
        ..Default::default()
    };
    snapshot("audit-broken", &broken);
    let revealed = audit::AuditPage {
        frame: office(),
        reads_cases: true,
        reveals: vec![
            [
                "2026 年 9 月 17 日 15:40",
                "濮阳县民政局",
                "孙涛",
                "JZ-410928-2026-0017",
                "要上门核实",
            ]
            .map(Into::into),
        ],
        ..Default::default()
    };
    snapshot("audit-revealed", &revealed);
    let family = |household: &str, form| family::FamilyPage {
        frame: office(),
        number: "JZ-410928-2026-0017".into(),
        family: Family {
            household: household.into(),
            village: "东关村".into(),
            numbers: vec!["410922********0028".into()],
        },
        form,
    };
    snapshot("family", &family("张某某", Some(family::form())));
    snapshot("family-whole", &family("张建国", None));
    let list = admin::AdminPage {
        frame: office(),
        title: "人员".into(),
        hint: "改动从现在起有效。".into(),
        columns: vec!["姓名", "职务"],
        rows: vec![("/admin/people/1".into(), vec!["王丽".into(), "科员".into()])],
        form: Some((
            "登记一个人".into(),
            Form::new("保存").field(Field::text("name", "姓名")),
        )),
        more: vec![(
            "忘记密码".into(),
            Form::new("重置密码").consequences("原来的密码马上不能用。"),
        )],
        ..admin::AdminPage::default()
    };
    snapshot("admin", &list);
}

#[test]
fn the_styleguide_shows_every_component() {
    for office in [true, false] {
        let page = styleguide::page(
            Frame {
                office,
                ..Frame::bare()
            },
            &sample::pack(),
        );
        html::check("styleguide", &page.render().expect("draws"));
        let wrong = page
            .forms
            .iter()
            .find(|(_, form)| form.wrong() > 0)
            .expect("a form that was refused");
        // What the browser tests look at: every kind of field is refused once, besides the known and the hidden.
        assert_eq!(wrong.1.wrong(), wrong.1.fields.len());
    }
}
