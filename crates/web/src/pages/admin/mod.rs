//! `/admin`: people, institutions, calendars, packs. Settings only; no case content.

mod authority;
mod calendars;
pub mod import;
mod institutions;
pub mod leaving;
mod login;
mod people;
mod policies;
mod retention;

pub use authority::get as authority;
pub use calendars::{get as calendars, post as import_calendar};
pub use institutions::{get as institutions, one as institution, post as save_institution};
pub use login::{get as login, post as save_login};
pub use people::{drop_factor, get as people, one as person, post as save_person, reset as reset_password, unlock};
pub use policies::{get as policies, post as enter_publication};
pub use retention::{get as retention, post as enter_terms};

use crate::error::Page;
use crate::extract::Visit;
use crate::form::Form;
use crate::frame::Frame;
use crate::pages::officers;
use app::authority::{Matter, seat_in};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use casefile::Refusal;

/// Every page of the settings: a list, and perhaps a form below it.
#[derive(Debug, Default, Template)]
#[template(path = "pages/admin.html")]
pub struct AdminPage {
    /// Around it.
    pub frame: Frame,
    /// Heading.
    pub title: String,
    /// A line below it.
    pub hint: String,
    /// Another page for the same, and its words.
    pub link: Option<(&'static str, &'static str)>,
    /// Heads of the columns.
    pub columns: Vec<&'static str>,
    /// Rows: where the first cell leads (empty for nowhere), and the cells.
    pub rows: Vec<(String, Vec<String>)>,
    /// The form's heading and the form.
    pub form: Option<(String, Form)>,
    /// Further forms below it, each with its heading.
    pub more: Vec<(String, Form)>,
}

/// The pages: URL, words, and whose they are.
pub const PAGES: [(&str, &str, &[Matter]); 10] = [
    ("/admin/people", "人员", PEOPLE),
    ("/admin/people/import", "用 Excel 登记人员", &[Matter::RunSite]),
    ("/admin/institutions", "机构", &[Matter::RunSite]),
    ("/admin/calendars", "放假安排", &[Matter::RunSite]),
    ("/admin/policies", "文件依据", &[Matter::RunSite]),
    ("/admin/login", "登录规则", &[Matter::SetLoginRules]),
    ("/admin/retention", "保管期限", &[Matter::SetTerms]),
    ("/admin/authority", "谁能办什么、看什么", &[Matter::AppointOfficers]),
    ("/officers", "三员", &[Matter::SeeOfficers]),
    ("/styleguide", "界面样式", &[Matter::RunSite]),
];

/// Whoever registers people, and whoever gives them their roles.
const PEOPLE: &[Matter] = &[Matter::RunSite, Matter::GrantRoles];

/// `GET /admin`
pub async fn index(visit: Visit) -> Page {
    must(&visit, &[Matter::RunSite, Matter::GrantRoles])?;
    let own = PAGES.iter().filter(|(.., whose)| must(&visit, whose).is_ok());
    let rows = own
        .map(|(url, words, _)| (url.to_string(), vec![words.to_string()]))
        .collect();
    let page = AdminPage {
        frame: visit.frame("/admin"),
        title: "设置".into(),
        hint: "这里不显示案件内容。".into(),
        columns: vec!["设置什么"],
        rows,
        ..AdminPage::default()
    };
    draw(&visit, page, StatusCode::OK).await
}

/// Hidden from whoever has none of these matters.
fn must(visit: &Visit, whose: &[Matter]) -> Result<(), Refusal> {
    let held = whose.iter().any(|matter| seat_in(&visit.viewer, *matter).is_some());
    held.then_some(()).ok_or_else(Refusal::not_found)
}

/// The page, with the warning of officers that are missing.
async fn draw(visit: &Visit, mut page: AdminPage, status: StatusCode) -> Page {
    page.frame.banner = officers::banner(visit).await?;
    let mut forms = page.form.iter().chain(&page.more);
    page.frame.wrong = forms.any(|(_, form)| form.wrong() > 0);
    Ok((status, Html(page.render()?)).into_response())
}
