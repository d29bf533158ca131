//! 离岗 on the page of a person: what they still have in hand, and the button; for who has left, how they come back.

use super::people::one_person;
use crate::error::Page;
use crate::extract::{Path, Post, Visit, redirect_done};
use crate::form::{Field, Form};
use crate::words::role;
use app::authority::Matter;
use app::officers::is_officer;
use app::people::leaving::InHand;
use app::{Failure, Person};
use base::{ActId, PersonId};
use casefile::Refusal;

/// `POST /admin/people/{id}/leave`
pub async fn post(Path(id): Path<String>, post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    super::must(&visit, &[Matter::RunSite])?;
    let id: PersonId = id.parse().map_err(|_| Refusal::not_found())?;
    let person = visit.app.person(id).await?;
    let institutions = visit.app.institutions().await?;
    if resumed {
        return one_person(&visit, &institutions, &person, None, axum::http::StatusCode::OK).await;
    }
    let act = values.text("act_id").parse().unwrap_or_else(|_| visit.app.fresh_act());
    match visit.app.leave(&visit.viewer, act, id).await {
        Ok(()) => Ok(redirect_done(&format!("/admin/people/{id}"), "left")),
        Err(failure) => Err(failure.into()),
    }
}

/// The form, and above its button what the person has in hand; none for the officers, who leave their office first.
pub async fn form(visit: &Visit, person: &Person) -> Result<Option<Form>, Failure> {
    if person.capacities.iter().any(|(role, _)| is_officer(*role)) {
        return Ok(None);
    }
    let hand = visit.app.in_hand(&visit.viewer, person.id).await?;
    Ok(Some(of(person, &hand, visit.app.fresh_act())))
}

/// The form for somebody with that in hand.
pub fn of(person: &Person, hand: &InHand, act: ActId) -> Form {
    let cases: Vec<String> = hand
        .cases
        .iter()
        .map(|(bureau, n)| format!("{bureau} {n} 件"))
        .collect();
    let cases = match cases.is_empty() {
        true => "没有".into(),
        false => format!(
            "{}。离岗以后，还在核实的案件，负责人会在待办里看到要更换调查人。",
            cases.join("，")
        ),
    };
    let mut form = Form::new("离岗，关闭账号")
        .action(format!("/admin/people/{}/leave", person.id))
        .field(Field::fixed("cases", "正在调查的案件", cases));
    if !hand.alone.is_empty() {
        let alone: Vec<String> = hand
            .alone
            .iter()
            .map(|(held, at)| format!("{at} {}", role(*held)))
            .collect();
        let sentence = format!("{}。要先登记接手的人，现在还不能离岗。", alone.join("，"));
        form = form.field(Field::fixed("alone", "只有这一个人的岗位", sentence));
    }
    form.field(Field::hidden("act_id", act)).consequences(format!(
        "{}的岗位都取消，已经登录的都退出，密码、第二道验证和登录过的浏览器都作废。以前办的事不变；本人提出的申请还在，由窗口代办。谁办的会记录在案。",
        person.name
    ))
}
