//! `/help` and `/help/{role}`: phone, window, what to do when; and for each role one page with what it does and a
//! picture. The words are in `templates/help/`, one file a role.

use crate::Web;
use crate::error::{Error, Page, not_found};
use crate::extract::{Path, SIZE, Visit, cookie};
use crate::frame::Frame;
use crate::map::Map;
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse};

/// The help page.
#[derive(Debug, Template)]
#[template(path = "pages/help.html")]
pub struct HelpPage {
    /// Around it.
    pub frame: Frame,
    /// The procedure, with the reader's own case on it where there is one.
    pub map: Map,
    /// The manuals.
    pub manuals: &'static [Manual],
}

/// The manual of one role.
#[derive(Debug, Template)]
#[template(path = "pages/manual.html")]
pub struct ManualPage {
    /// Around it.
    pub frame: Frame,
    /// Whose.
    pub manual: &'static Manual,
    /// The stages of a case, and whether this role has part in each; none for who has part in none.
    pub stages: Vec<(&'static str, bool)>,
}

/// What differs from role to role.
#[derive(Debug, PartialEq, Eq)]
pub struct Manual {
    /// In the address, and the name of its words and its picture.
    pub code: &'static str,
    /// Who.
    pub who: &'static str,
    /// What they do, in a line.
    pub does: &'static str,
    /// The heading.
    pub title: &'static str,
    /// In which of [`STAGES`] the role has part, a digit each.
    part: &'static str,
    /// What the picture shows.
    pub shows: &'static str,
}

/// A case from the first day to the last.
const STAGES: [&str; 9] = [
    "收件",
    "受理",
    "核实",
    "申辩",
    "结论",
    "两家意见",
    "认定",
    "送达",
    "归档",
];

const fn manual(
    code: &'static str,
    who: &'static str,
    does: &'static str,
    title: &'static str,
    part: &'static str,
    shows: &'static str,
) -> Manual {
    Manual {
        code,
        who,
        does,
        title,
        part,
        shows,
    }
}

/// Every manual, in the order in which a case meets them.
pub const MANUALS: [Manual; 11] = [
    manual(
        "worker",
        "工作人员（申请人）",
        "申请、补正、说明、签收",
        "申请人怎么用",
        "0378",
        "“我的事”：等您办的在最上面，每件一个按钮。",
    ),
    manual(
        "intake",
        "收件岗",
        "收件、受理、告知、送达、归档",
        "收件岗怎么用",
        "01378",
        "“待办”：按到期日分组，每件一个按钮。",
    ),
    manual(
        "investigator",
        "调查人",
        "笔录、证据、认定事实、结论",
        "调查人怎么用",
        "234",
        "“查明事实”：会改变结果的问题在最上面。",
    ),
    manual(
        "lead",
        "局负责人",
        "指派、意见、会商、认定",
        "局负责人怎么用",
        "2567",
        "案件页：期限和等您办的事在最上面。",
    ),
    manual(
        "discipline",
        "纪检监察组负责人",
        "派人、意见、会商、收报告",
        "纪检监察组怎么用",
        "257",
        "案件页：两家意见到齐以前各自密封。",
    ),
    manual(
        "city",
        "市级协调人",
        "协调重大事项，看超期的",
        "市级协调人怎么用",
        "56",
        "“待协调的重大事项”：两家各自的意见和上报的理由。",
    ),
    manual(
        "recipient",
        "单位签收人",
        "替单位签收结果",
        "单位签收人怎么用",
        "7",
        "“待签收”：只有结果，没有查明的事实。",
    ),
    manual(
        "auditor",
        "审计员",
        "校验记录，看谁看过什么",
        "审计员怎么用",
        "",
        "“审计”：记录校验结果和全部案件的摘要。",
    ),
    manual(
        "administrator",
        "系统管理员",
        "人员、机构、放假安排、文件依据",
        "系统管理员怎么用",
        "",
        "“设置”：您管的几样，不显示案件内容。",
    ),
    manual(
        "security",
        "安全管理员",
        "岗位、登录规则",
        "安全管理员怎么用",
        "",
        "“登录规则”：按岗位定。",
    ),
    manual(
        "security-auditor",
        "安全审计员",
        "看另两员办过什么，核对记录",
        "安全审计员怎么用",
        "",
        "“三员”：谁担任哪一员，这个月办过什么。",
    ),
];

/// The frame for whoever asks, logged in or not.
fn frame(web: &Web, visit: Result<Visit, Error>, headers: &HeaderMap) -> Frame {
    let mut frame = visit.map_or_else(|_| Frame::bare(), |visit| visit.frame("/help"));
    frame.phone = web.phone.to_string();
    if cookie(headers, SIZE).is_some() {
        frame.size = crate::extract::size(headers);
    }
    frame
}

/// `GET /help`
pub async fn index(State(web): State<Web>, visit: Result<Visit, Error>, headers: HeaderMap) -> Page {
    let map = match &visit {
        Ok(visit) => Map::for_reader(visit).await?,
        Err(_) => Map::blank(web.app.packs().current()),
    };
    let page = HelpPage {
        frame: frame(&web, visit, &headers),
        map,
        manuals: &MANUALS,
    };
    Ok(Html(page.render()?).into_response())
}

/// `GET /help/{role}`
pub async fn one(
    State(web): State<Web>,
    Path(code): Path<String>,
    visit: Result<Visit, Error>,
    headers: HeaderMap,
) -> Page {
    let Some(manual) = MANUALS.iter().find(|manual| manual.code == code) else {
        return Ok(not_found());
    };
    Ok(Html(page(manual, frame(&web, visit, &headers)).render()?).into_response())
}

/// The page of one manual.
pub fn page(manual: &'static Manual, frame: Frame) -> ManualPage {
    let mine = |n: usize| manual.part.contains(&n.to_string());
    let stages = STAGES.iter().enumerate().map(|(n, stage)| (*stage, mine(n)));
    ManualPage {
        frame,
        manual,
        // Who has part in none is shown none.
        stages: stages.filter(|_| !manual.part.is_empty()).collect(),
    }
}
