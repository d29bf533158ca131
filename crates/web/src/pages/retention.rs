//! `/retention` 保管期限: what the archive need not keep any longer, listed by the bureau, confirmed by the group, destroyed
//! after the wait; and the certificate of each list. Numbers and outcomes; no case content.

use crate::error::{Page, status};
use crate::extract::{Path, Post, Visit, redirect_done};
use crate::form::{Choice, Field, Form};
use crate::frame::Frame;
use crate::values::Values;
use crate::words::date;
use app::Failure;
use app::retention::{Decision, DueCase, ErasureList, WAIT_DAYS};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use base::ActId;
use casefile::Refusal;

/// The page of all lists.
#[derive(Debug, Default, Template)]
#[template(path = "pages/retention.html")]
pub struct RetentionPage {
    /// Around it.
    pub frame: Frame,
    /// The form with the cases whose time is over; `None` for those who do not list them, or where there are none.
    pub form: Option<Form>,
    /// Whether the reader lists cases.
    pub keeps: bool,
    /// The lists: address, day, whose, state.
    pub lists: Vec<(String, String, String, String)>,
}

/// The page of one list.
#[derive(Debug, Default, Template)]
#[template(path = "pages/retention_list.html")]
pub struct ListPage {
    /// Around it.
    pub frame: Frame,
    /// Who listed, confirmed, stopped it, and when.
    pub steps: Vec<String>,
    /// The cases: number, what is to become of it, why, what became of it.
    pub cases: Vec<[String; 4]>,
    /// What the certificate says; empty until something is destroyed.
    pub certificate: Vec<String>,
    /// What the reader can do.
    pub forms: Vec<Form>,
}

/// `GET /retention`
pub async fn get(visit: Visit) -> Page {
    draw(&visit, None, StatusCode::OK).await
}

/// `POST /retention`
pub async fn post(post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    if resumed {
        return draw(&visit, Some((&values, None)), StatusCode::OK).await;
    }
    let act = values.text("act_id").parse().unwrap_or_else(|_| visit.app.fresh_act());
    let due = visit.app.over_term(&visit.viewer).await?;
    let decisions = due.iter().filter_map(|case| decided(&values, &case.number)).collect();
    match visit.app.list_for_erasure(&visit.viewer, act, decisions).await {
        Ok(()) => Ok(redirect_done("/retention", "erasure-listed")),
        Err(Failure::Refused(refusal)) => draw(&visit, Some((&values, Some(&refusal))), status(refusal.kind)).await,
        Err(failure) => Err(failure.into()),
    }
}

/// What was chosen for a case; `None` for neither.
fn decided(values: &Values, number: &str) -> Option<Decision> {
    let destroy = match values.text(&format!("decide.{number}")) {
        "destroy" => true,
        "keep" => false,
        _ => return None,
    };
    Some(Decision {
        number: number.to_owned(),
        destroy,
        reason: values.text(&format!("reason.{number}")).to_owned(),
    })
}

async fn draw(visit: &Visit, typed: Option<(&Values, Option<&Refusal>)>, status: StatusCode) -> Page {
    let lists = visit.app.erasure_lists(&visit.viewer).await?;
    let due = match visit.app.over_term(&visit.viewer).await {
        Ok(due) => Some(due),
        Err(Failure::Refused(_)) => None,
        Err(failure) => return Err(failure.into()),
    };
    let mut rows = Vec::new();
    for list in &lists {
        let bureau = visit.app.institution(list.bureau).await?.name;
        let url = format!("/retention/{}", list.id);
        rows.push((url, date(list.listed.on), bureau, state(list).into()));
    }
    let form = due.as_ref().filter(|due| !due.is_empty()).map(|due| {
        let form = listing(due);
        match typed {
            Some((values, Some(refusal))) => form.fill(values).refuse(refusal),
            Some((values, None)) => form.fill(values),
            None => form,
        }
        .field(Field::hidden("act_id", visit.app.fresh_act()))
    });
    let mut page = RetentionPage {
        frame: visit.frame("/retention"),
        keeps: due.is_some(),
        form,
        lists: rows,
    };
    page.frame.wrong = typed.is_some_and(|(_, refusal)| refusal.is_some());
    Ok((status, Html(page.render()?)).into_response())
}

/// The form of the cases whose time is over.
pub fn listing(due: &[DueCase]) -> Form {
    let fields = due.iter().flat_map(|case| {
        let number = &case.number;
        let outcome = case.outcome.as_deref().unwrap_or("没有认定结果");
        let choices = vec![
            Choice::new("", "先不列"),
            Choice::new("destroy", "销毁"),
            Choice::new("keep", "继续保管"),
        ];
        [
            Field::heading(&format!("{number}　{outcome}")),
            Field::radio(&format!("decide.{number}"), format!("{number} 怎么办"), choices)
                .hint(format!("{}归档，保管到{}。", date(case.filed_on), date(case.until)))
                .optional(),
            Field::text(&format!("reason.{number}"), format!("{number} 的理由"))
                .hint("列入的都要写。")
                .optional(),
        ]
    });
    Form::new("列入清单").fields(fields).consequences(format!(
        "纪检监察组负责人核准以后再等 {WAIT_DAYS} 天，选了“销毁”的案件内容由系统销毁，谁也不能恢复；编号、日期和结果还在。"
    ))
}

/// Where a list stands, in words.
pub fn state(list: &ErasureList) -> &'static str {
    match (&list.stopped, &list.confirmed) {
        (Some(_), _) => "已停止",
        (None, None) => "等核准",
        (None, Some(_)) if list.last_backup().is_some() => "已销毁",
        (None, Some(_)) => "已核准，等销毁",
    }
}

/// `GET /retention/{list}`
pub async fn one(visit: Visit, Path(list): Path<String>) -> Page {
    draw_one(&visit, &list, None, StatusCode::OK).await
}

/// `POST /retention/{list}`
pub async fn act(Path(list): Path<String>, post: Post) -> Page {
    let Post { visit, values, resumed } = post;
    if resumed {
        return draw_one(&visit, &list, None, StatusCode::OK).await;
    }
    let id = parsed(&list)?;
    let act = values.text("act_id").parse().unwrap_or_else(|_| visit.app.fresh_act());
    let (done, code) = match values.text("do") {
        "confirm" => (
            visit.app.confirm_erasure(&visit.viewer, act, id).await,
            "erasure-confirmed",
        ),
        "stop" => {
            let reason = values.text("reason");
            let stopped = visit.app.stop_erasure(&visit.viewer, act, id, reason).await;
            (stopped, "erasure-stopped")
        }
        _ => return Err(Refusal::not_found().into()),
    };
    match done {
        Ok(()) => Ok(redirect_done(&format!("/retention/{list}"), code)),
        Err(Failure::Refused(refusal)) if !refusal.fields.is_empty() => {
            draw_one(&visit, &list, Some(&refusal), status(refusal.kind)).await
        }
        Err(failure) => Err(failure.into()),
    }
}

fn parsed(list: &str) -> Result<ActId, Refusal> {
    list.parse().map_err(|_| Refusal::not_found())
}

async fn draw_one(visit: &Visit, list: &str, refusal: Option<&Refusal>, status: StatusCode) -> Page {
    let list = visit.app.erasure_list(&visit.viewer, parsed(list)?).await?;
    let over = list.stopped.is_some() || list.cases.iter().any(|case| case.erased.is_some());
    let mut forms = Vec::new();
    if list.waits() && visit.app.may_confirm(&visit.viewer, &list).await? {
        let form = Form::new("核准").field(Field::hidden("do", "confirm"));
        forms.push(form.consequences(format!("{WAIT_DAYS} 天以后由系统销毁。在那以前两家都能停止。")));
    }
    if !over && visit.app.may_stop(&visit.viewer, &list).await? {
        let form = Form::new("停止")
            .field(Field::hidden("do", "stop"))
            .field(Field::long("reason", "为什么停止"));
        forms.push(match refusal {
            Some(refusal) => form.refuse(refusal),
            None => form,
        });
    }
    let fresh = |form: Form| form.field(Field::hidden("act_id", visit.app.fresh_act()));
    let mut page = page(&list);
    page.frame = visit.frame("/retention");
    page.frame.wrong = refusal.is_some();
    page.forms = forms.into_iter().map(fresh).collect();
    Ok((status, Html(page.render()?)).into_response())
}

/// What is told of a list.
pub fn page(list: &ErasureList) -> ListPage {
    let mut steps = vec![format!("{}　{}　列出清单", date(list.listed.on), list.listed.name)];
    if let Some((by, due, _)) = &list.confirmed {
        steps.push(format!("{}　{}　核准，{}起销毁", date(by.on), by.name, date(*due)));
    }
    if let Some((by, why)) = &list.stopped {
        steps.push(format!("{}　{}　停止：{why}", date(by.on), by.name));
    }
    let cases = list.cases.iter().map(|case| {
        let became = match (case.erased, case.decision.destroy) {
            (Some((on, ..)), _) => format!("{}已销毁", date(on)),
            (None, true) => "还没有销毁".into(),
            (None, false) => "继续保管".into(),
        };
        let what = if case.decision.destroy {
            "销毁"
        } else {
            "继续保管"
        };
        [
            case.decision.number.clone(),
            what.into(),
            case.decision.reason.clone(),
            became,
        ]
    });
    ListPage {
        steps,
        cases: cases.collect(),
        certificate: certificate(list),
        ..ListPage::default()
    }
}

/// 销毁证明: what was destroyed, what is left, until when a backup could bring it back, and what it does not reach.
fn certificate(list: &ErasureList) -> Vec<String> {
    let erased: Vec<_> = list
        .cases
        .iter()
        .filter_map(|case| Some((case, case.erased?)))
        .collect();
    let Some(backup) = list.last_backup() else {
        return Vec::new();
    };
    let mut lines: Vec<String> = erased
        .iter()
        .map(|(case, (on, keys, files))| {
            let number = &case.decision.number;
            format!(
                "{number}：{}销毁了 {keys} 把密钥、{files} 个文件，以及索引、草稿和列表里的姓名、单位。",
                date(*on)
            )
        })
        .collect();
    lines.push(
        "这些案件的内容在本站记录里只剩密文，没有密钥，不能再打开。编号、日期、条款和结果还在，用来核对记录是否完整。"
            .into(),
    );
    lines.push(format!(
        "密钥的备份保留到期以前，用备份还能打开。最后一份含有这些密钥的备份在{}到期，到期那天起才算全部销毁。",
        date(backup)
    ));
    lines.push(
        "以前交出去的归档包、打印和送达的文书不在本站，这次销毁管不到，请由保管它们的单位按各自的期限处理。".into(),
    );
    lines
}
