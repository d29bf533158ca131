//! Every template drawn from samples.

use crate::html;
use askama::Template;
use casefile::{FieldRefusal, Refusal};
use web::form::{Choice, Field, Form, Law, choices};
use web::frame::Frame;
use web::pages::acts::{ActForm, ActRefused};
use web::pages::login;
use web::values::Values;

fn snapshot(name: &str, page: &impl Template) {
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
        .field(Field::password("password", "再输一次密码"))
        .consequences("保存后不能改。")
        .second("later", "1", "先存着")
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
