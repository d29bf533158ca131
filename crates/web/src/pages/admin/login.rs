//! `/admin/login` 登录规则: passwords, locks and sessions, the latter by role.

use super::{AdminPage, draw, must};
use crate::error::{Page, status};
use crate::extract::{Post, Visit, redirect_done};
use crate::form::{Choice, Field, Form};
use crate::values::Values;
use crate::words::role;
use app::authority::Matter;
use app::login::policy::{LoginPolicy, RolePolicy, may_be_asked};
use app::{Failure, codec::role_code};
use axum::http::StatusCode;

/// The numbers that hold for everybody: field, label, and where they stand.
type Number = (&'static str, &'static str, fn(&mut LoginPolicy) -> &mut u16);
const NUMBERS: [Number; 5] = [
    ("shortest", "密码最少几个字符", |p| &mut p.shortest),
    (
        "classes",
        "密码最少几种字符（小写、大写、数字、其他）",
        |p| &mut p.classes,
    ),
    ("tries", "错几次锁定", |p| &mut p.tries),
    ("lock_minutes", "锁定几分钟", |p| &mut p.lock_minutes),
    ("session_hours", "登录一次最长几小时", |p| &mut p.session_hours),
];

/// `GET /admin/login`
pub async fn get(visit: Visit) -> Page {
    must(&visit, &[Matter::SetLoginRules])?;
    let policy = visit.app.login_policy();
    draw(&visit, page(&visit, form(&policy)), StatusCode::OK).await
}

/// `POST /admin/login`
pub async fn post(post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    must(&visit, &[Matter::SetLoginRules])?;
    let form = form(&visit.app.login_policy()).fill(&values);
    if resumed {
        return draw(&visit, page(&visit, form), StatusCode::OK).await;
    }
    let act = values.text("act_id").parse().unwrap_or_else(|_| visit.app.fresh_act());
    let policy = read(&visit.app.login_policy(), &values);
    match visit.app.set_login_policy(&visit.viewer, act, policy).await {
        Ok(()) => Ok(redirect_done("/admin/login", "login-policy")),
        Err(Failure::Refused(refusal)) => draw(&visit, page(&visit, form.refuse(&refusal)), status(refusal.kind)).await,
        Err(failure) => Err(failure.into()),
    }
}

fn page(visit: &Visit, form: Form) -> AdminPage {
    AdminPage {
        frame: visit.frame("/admin"),
        title: "登录规则".into(),
        hint: hint(&visit.app.login_policy()),
        columns: vec!["岗位", "密码几天要换", "多久不动自动退出", "第二道验证"],
        rows: visit.app.login_policy().roles.iter().map(row).collect(),
        form: Some((
            "改规则".into(),
            form.field(Field::hidden("act_id", visit.app.fresh_act())),
        )),
        ..AdminPage::default()
    }
}

/// What the policy is, and what it lacks of what an assessment at level 3 asks for (GB/T 22239 8.1.4.1).
fn hint(policy: &LoginPolicy) -> String {
    let mut hint = "改动马上有效，记录在案。一个人有几个岗位的，按最严的一条。".to_owned();
    let lacking = policy
        .roles
        .iter()
        .filter(|rule| may_be_asked(rule.role) && !rule.second_factor);
    let names: Vec<&str> = lacking.map(|rule| role(rule.role)).collect();
    if !names.is_empty() {
        hint.push_str(&format!(
            "等保三级要求两种方式验证身份，{}现在只有密码。",
            names.join("、")
        ));
    }
    hint
}

fn row(rule: &RolePolicy) -> (String, Vec<String>) {
    let expiry = match rule.expiry_days {
        0 => "不用换".into(),
        days => format!("{days} 天"),
    };
    let idle = format!("{} 分钟", rule.idle_minutes);
    let factor = if rule.second_factor { "要" } else { "不要求" };
    (String::new(), vec![role(rule.role).into(), expiry, idle, factor.into()])
}

fn form(policy: &LoginPolicy) -> Form {
    let mut shown = policy.clone();
    let mut form = Form::new("保存");
    for (name, label, of) in NUMBERS {
        form = form.field(Field::number(name, label).value(*of(&mut shown)));
    }
    for rule in &policy.roles {
        let (code, name) = (role_code(rule.role), role(rule.role));
        form = form
            .field(Field::heading(name))
            .field(
                Field::number(&format!("expiry-{code}"), format!("{name}的密码几天要换"))
                    .hint("0 是不用换。")
                    .value(rule.expiry_days),
            )
            .field(
                Field::number(&format!("idle-{code}"), format!("{name}几分钟不动自动退出")).value(rule.idle_minutes),
            );
        if may_be_asked(rule.role) {
            let asked = vec![Choice::new("1", "登录要第二道验证")];
            let ticked = rule.second_factor.then(|| "1".to_owned());
            form = form.field(
                Field::checks(&format!("factor-{code}"), format!("{name}的第二道验证"), asked)
                    .optional()
                    .ticked(ticked),
            );
        }
    }
    form
}

/// The policy as typed; what is no number is one that the policy refuses at its field.
fn read(policy: &LoginPolicy, values: &Values) -> LoginPolicy {
    let number = |name: &str| values.text(name).trim().parse().unwrap_or(u16::MAX);
    let mut policy = policy.clone();
    for (name, _, of) in NUMBERS {
        *of(&mut policy) = number(name);
    }
    for rule in &mut policy.roles {
        let code = role_code(rule.role);
        rule.expiry_days = number(&format!("expiry-{code}"));
        rule.idle_minutes = number(&format!("idle-{code}"));
        rule.second_factor = may_be_asked(rule.role) && values.has(&format!("factor-{code}"));
    }
    policy
}
