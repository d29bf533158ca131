//! `/admin/people`: who works where, in which roles; a first password that must be changed.

use super::{AdminPage, PEOPLE, draw, leaving, must};
use crate::error::{Message, Page, status};
use crate::extract::{Path, Post, Visit, redirect_done};
use crate::form::{Choice, Field, Form};
use crate::values::Values;
use crate::words::{self, role};
use app::authority::{Matter, seat_in};
use app::officers::is_officer;
use app::{Failure, Institution, Person};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use base::{InstitutionId, PersonId, Timestamp};
use casefile::{Refusal, Role};

/// How many roles one form takes, and more where a person holds more.
const SEATS: usize = 4;
/// The roles a person can be given here; officers come into office elsewhere.
const ROLES: [(&str, Role); 7] = [
    ("worker", Role::Worker),
    ("intake", Role::Intake),
    ("investigator", Role::Investigator),
    ("lead", Role::Lead),
    ("coordinator", Role::Coordinator),
    ("recipient", Role::Recipient),
    ("auditor", Role::Auditor),
];

/// `GET /admin/people`
pub async fn get(visit: Visit) -> Page {
    must(&visit, PEOPLE)?;
    let institutions = visit.app.institutions().await?;
    let powers = Powers::of(&visit);
    let form = || {
        (
            "登记一个人".to_owned(),
            powers.form(&institutions, &blank(&visit), SEATS),
        )
    };
    draw(
        &visit,
        list_page(&visit, &institutions, powers.describes.then(form)).await?,
        StatusCode::OK,
    )
    .await
}

/// `GET /admin/people/{id}`
pub async fn one(visit: Visit, Path(id): Path<String>) -> Page {
    must(&visit, PEOPLE)?;
    let id: PersonId = id.parse().map_err(|_| Refusal::not_found())?;
    let person = visit.app.person(id).await?;
    let institutions = visit.app.institutions().await?;
    one_person(&visit, &institutions, &person, None, StatusCode::OK).await
}

/// The person's own page: what is registered, and the reset of a forgotten password where there is an account.
pub(super) async fn one_person(
    visit: &Visit,
    institutions: &[Institution],
    person: &Person,
    refusal: Option<&Refusal>,
    status: StatusCode,
) -> Page {
    let powers = Powers::of(visit);
    let form = powers.form(institutions, person, SEATS.max(person.capacities.len() + 1));
    let left = visit.app.leavers().await?.contains(&person.id);
    let heading = match left {
        true => format!("{} 已离岗。回来了的，在这里重新登记，再重置密码", person.name),
        false => format!("改 {}", person.name),
    };
    let mut page = list_page(visit, institutions, Some((heading, form))).await?;
    if !powers.describes || left {
        return draw(visit, page, status).await;
    }
    if visit.app.has_account(person.id).await? || refusal.is_some() {
        let mut reset = reset_form(visit, person);
        if let Some(refusal) = refusal {
            reset = reset.refuse(refusal);
        }
        page.more.push(("忘记密码".into(), reset));
    }
    if let Some(until) = visit.app.locked_until(person.id).await? {
        page.more.push(("登录锁定".into(), unlock_form(visit, person, until)));
    }
    if visit.app.has_factor(person.id).await? {
        page.more.push(("第二道验证".into(), factor_form(visit, person)));
    }
    if let Some(form) = leaving::form(visit, person).await? {
        page.more.push(("离岗".into(), form));
    }
    draw(visit, page, status).await
}

fn reset_form(visit: &Visit, person: &Person) -> Form {
    Form::new("重置密码")
        .action(format!("/admin/people/{}/password", person.id))
        .field(Field::hidden("act_id", visit.app.fresh_act()))
        .consequences(format!(
            "请先核对是{}本人。原来的密码马上不能用，已经登录的都会退出；页面显示一次性密码，只显示这一次，本人登录后要改。谁重置的会记录在案。",
            person.name
        ))
}

fn unlock_form(visit: &Visit, person: &Person, until: Timestamp) -> Form {
    Form::new("解除锁定")
        .action(format!("/admin/people/{}/unlock", person.id))
        .field(Field::hidden("act_id", visit.app.fresh_act()))
        .consequences(format!(
            "密码错的次数太多，锁到 {}，到时候自己解除。现在解除要先核对是{}本人在登录；谁解除的会记录在案。",
            words::day_and_time(until),
            person.name
        ))
}

fn factor_form(visit: &Visit, person: &Person) -> Form {
    Form::new("取消第二道验证")
        .action(format!("/admin/people/{}/factor", person.id))
        .field(Field::hidden("act_id", visit.app.fresh_act()))
        .consequences(format!(
            "手机或者验证码卡丢了才取消。请先核对是{}本人。已经登录的都会退出；岗位要求的，本人登录后要重新设。谁取消的会记录在案。",
            person.name
        ))
}

/// `POST /admin/people/{id}/factor`
pub async fn drop_factor(Path(id): Path<String>, post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    let id: PersonId = id.parse().map_err(|_| Refusal::not_found())?;
    if resumed {
        return Ok(Redirect::to(&format!("/admin/people/{id}")).into_response());
    }
    let act = values.text("act_id").parse().unwrap_or_else(|_| visit.app.fresh_act());
    visit.app.drop_factor(&visit.viewer, act, id).await?;
    Ok(redirect_done(&format!("/admin/people/{id}"), "factor-dropped"))
}

/// `POST /admin/people/{id}/unlock`
pub async fn unlock(Path(id): Path<String>, post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    let id: PersonId = id.parse().map_err(|_| Refusal::not_found())?;
    if resumed {
        return Ok(Redirect::to(&format!("/admin/people/{id}")).into_response());
    }
    let act = values.text("act_id").parse().unwrap_or_else(|_| visit.app.fresh_act());
    visit.app.unlock(&visit.viewer, act, id).await?;
    Ok(redirect_done(&format!("/admin/people/{id}"), "unlocked"))
}

/// `POST /admin/people/{id}/password`: answered with a page, as the one-time password is told once; the form's id keeps
/// a page loaded anew from resetting again.
pub async fn reset(Path(id): Path<String>, post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    must(&visit, &[Matter::RunSite])?;
    let id: PersonId = id.parse().map_err(|_| Refusal::not_found())?;
    let person = visit.app.person(id).await?;
    let institutions = visit.app.institutions().await?;
    if resumed {
        return one_person(&visit, &institutions, &person, None, StatusCode::OK).await;
    }
    let act = values.text("act_id").parse().unwrap_or_else(|_| visit.app.fresh_act());
    match visit.app.reset_password(&visit.viewer, act, id).await {
        Ok(given) => {
            let page = Message {
                frame: visit.frame("/admin"),
                title: format!("{}的密码已重置", person.name),
                lines: vec![
                    format!("登录名：{}", given.login),
                    format!("一次性密码：{}", given.password),
                    "只显示这一次。请当面或者打电话告诉本人，不要发在群里。本人登录后要马上改成自己的密码。".into(),
                ],
                id: String::new(),
                back: ("/admin/people", "回到人员"),
            };
            Ok(Html(page.render()?).into_response())
        }
        Err(Failure::Refused(refusal)) => {
            one_person(&visit, &institutions, &person, Some(&refusal), status(refusal.kind)).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /admin/people`
pub async fn post(post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    must(&visit, PEOPLE)?;
    let institutions = visit.app.institutions().await?;
    let powers = Powers::of(&visit);
    let person = match values.text("id").parse() {
        Ok(id) => known(&visit, id)
            .await?
            .unwrap_or_else(|| Person { id, ..blank(&visit) }),
        Err(_) => blank(&visit),
    };
    if !powers.describes && person.name.is_empty() {
        return Err(Refusal::not_found().into());
    }
    let again = || powers.form(&institutions, &person, seats(&values)).fill(&values);
    let headed = |form: Form| {
        let heading = if person.name.is_empty() {
            "登记一个人".into()
        } else {
            format!("改 {}", person.name)
        };
        (heading, form)
    };
    let saved = if resumed {
        Ok(None)
    } else {
        save(&visit, powers, &person, &values).await.map(Some)
    };
    match saved {
        Ok(Some(())) => Ok(redirect_done("/admin/people", "person")),
        Ok(None) => list(&visit, &institutions, headed(again()), StatusCode::OK).await,
        Err(Failure::Refused(refusal)) => {
            let form = again().refuse(&refusal);
            list(&visit, &institutions, headed(form), status(refusal.kind)).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// A person not registered yet; the id goes out with the form, so that sending it again registers nobody twice.
fn blank(visit: &Visit) -> Person {
    Person {
        id: PersonId(visit.app.fresh_act().0),
        name: String::new(),
        unit: None,
        post: String::new(),
        capacities: Vec::new(),
    }
}

/// How many roles the form that was sent had room for.
fn seats(values: &Values) -> usize {
    (1..)
        .take_while(|n| values.has(&format!("role-{n}")))
        .count()
        .max(SEATS)
}

async fn known(visit: &Visit, id: PersonId) -> Result<Option<Person>, Failure> {
    match visit.app.person(id).await {
        Ok(person) => Ok(Some(person)),
        Err(Failure::Refused(_)) => Ok(None),
        Err(failure) => Err(failure),
    }
}

async fn save(visit: &Visit, powers: Powers, before: &Person, values: &Values) -> Result<(), Failure> {
    let kept = |(role, _): &(Role, InstitutionId)| is_officer(*role) || !powers.grants && *role != Role::Worker;
    let mut person = before.clone();
    person.capacities.retain(kept);
    for n in 1..=seats(values) {
        let at = ROLES
            .iter()
            .find(|(code, _)| *code == values.text(&format!("role-{n}")));
        let institution: Option<InstitutionId> = values.text(&format!("at-{n}")).parse().ok();
        match (at, institution) {
            (Some((_, role)), Some(institution)) => person.capacities.push((*role, institution)),
            (None, None) => {}
            _ => {
                let sentence = format!("第 {n} 个岗位要把岗位和机构都选上。");
                return Err(Refusal::field(&format!("role-{n}"), sentence).into());
            }
        }
    }
    if powers.describes {
        person.name = values.text("name").into();
        person.post = values.text("post").into();
        person.unit = values.text("unit").parse().ok();
    }
    let (login, first) = (values.text("login"), values.text("first-password"));
    let opens = powers.describes && !login.is_empty();
    let id = person.id;
    if opens {
        visit.app.login_policy().admits("first-password", first, login)?;
        visit.app.account_can_open(id, login).await?;
    }
    let act = values.text("act_id").parse().unwrap_or_else(|_| visit.app.fresh_act());
    visit.app.register_person(&visit.viewer, act, person).await?;
    if opens {
        let act = visit.app.fresh_act();
        visit.app.give_account(&visit.viewer, act, id, (login, first)).await?;
    }
    Ok(())
}

/// The list, and the form below it for whoever may register somebody.
async fn list(visit: &Visit, institutions: &[Institution], form: (String, Form), status: StatusCode) -> Page {
    draw(visit, list_page(visit, institutions, Some(form)).await?, status).await
}

async fn list_page(
    visit: &Visit,
    institutions: &[Institution],
    form: Option<(String, Form)>,
) -> Result<AdminPage, Failure> {
    let name = |id: &InstitutionId| {
        institutions
            .iter()
            .find(|i| i.id == *id)
            .map_or_else(String::new, |institution| institution.name.clone())
    };
    let left = visit.app.leavers().await?;
    let rows = visit.app.people().await?.into_iter().map(|person| {
        let mut seats: Vec<String> = person
            .capacities
            .iter()
            .map(|(held, at)| format!("{} {}", name(at), role(*held)))
            .collect();
        if left.contains(&person.id) {
            seats.push("已离岗".into());
        }
        let unit = person.unit.as_ref().map(name).unwrap_or_default();
        (
            format!("/admin/people/{}", person.id),
            vec![person.name, person.post, unit, seats.join("；")],
        )
    });
    let form = form.map(|(heading, form)| (heading, form.field(Field::hidden("act_id", visit.app.fresh_act()))));
    Ok(AdminPage {
        frame: visit.frame("/admin"),
        title: "人员".into(),
        link: Powers::of(visit)
            .describes
            .then_some(("/admin/people/import", "用 Excel 登记")),
        hint: "改动从现在起有效；以前办的事还按当时的姓名和职务显示。".into(),
        columns: vec!["姓名", "职务", "单位", "岗位"],
        rows: rows.collect(),
        form,
        ..AdminPage::default()
    })
}

/// What of a person the viewer may change.
#[derive(Clone, Copy)]
struct Powers {
    /// Name, post, unit and account.
    describes: bool,
    /// All roles but the officers'; otherwise the worker's alone.
    grants: bool,
}

impl Powers {
    fn of(visit: &Visit) -> Powers {
        let may = |matter| seat_in(&visit.viewer, matter).is_some();
        Powers {
            describes: may(Matter::RunSite),
            grants: may(Matter::GrantRoles),
        }
    }

    fn form(self, institutions: &[Institution], person: &Person, seats: usize) -> Form {
        let mut form = Form::new("保存")
            .action("/admin/people")
            .field(Field::hidden("id", person.id));
        form = match self.describes {
            true => form.fields(about(institutions, person)),
            false => form.field(Field::fixed("name", "姓名", person.name.as_str())),
        };
        form = form.fields(self.roles(institutions, person, seats));
        if !self.describes {
            return form;
        }
        form.field(
            Field::text("login", "登录名")
                .optional()
                .hint("第一次开账号时填，以后不用填。"),
        )
        .field(
            Field::password("first-password", "首次密码")
                .optional()
                .hint("本人登录后要改。")
                .autocomplete("new-password"),
        )
    }

    /// The roles that stay as they are, in words, and fields for those that can be changed.
    fn roles(self, institutions: &[Institution], person: &Person, seats: usize) -> Vec<Field> {
        let given = |held: Role| !is_officer(held) && (self.grants || held == Role::Worker);
        let (open, kept): (Vec<_>, Vec<_>) = person.capacities.iter().partition(|(held, _)| given(*held));
        let mut fields = Vec::new();
        if !kept.is_empty() {
            let words: Vec<&str> = kept.iter().map(|(held, _)| role(*held)).collect();
            fields.push(Field::fixed("kept-roles", "不在这里改的岗位", words.join("、")));
        }
        let roles: Vec<Choice> = ROLES
            .iter()
            .filter(|(_, held)| given(*held))
            .map(|(code, held)| Choice::new(code, role(*held)))
            .collect();
        let places = places(institutions);
        let seats = if self.grants { seats } else { open.len().max(1) };
        for n in 1..=seats {
            let mut role = Field::select(&format!("role-{n}"), format!("岗位 {n}"), roles.clone()).optional();
            let mut at = Field::select(&format!("at-{n}"), format!("岗位 {n} 的机构"), places.clone()).optional();
            if let Some((held, institution)) = open.get(n - 1) {
                let code = ROLES.iter().find(|(_, role)| role == held).map_or("", |(code, _)| code);
                role = role.value(code);
                at = at.value(institution);
            }
            if n == 1 && !self.grants {
                role = role.hint("办案的岗位由安全管理员给。");
            }
            fields.extend([role, at]);
        }
        fields
    }
}

fn about(institutions: &[Institution], person: &Person) -> Vec<Field> {
    let mut unit = Field::select("unit", "所在单位", places(institutions)).optional();
    if let Some(at) = person.unit {
        unit = unit.value(at);
    }
    vec![
        Field::text("name", "姓名").value(&person.name),
        Field::text("post", "职务").optional().value(&person.post),
        unit,
    ]
}

fn places(institutions: &[Institution]) -> Vec<Choice> {
    let choice = |at: &Institution| Choice::new(at.id, at.name.as_str());
    institutions.iter().map(choice).collect()
}
