//! What stands around every page: header, links by role, title prefix, the green line of what was done.
//!
//! Knows roles to choose links; what a person may do is not decided here.

use app::Viewer;
use app::officers::is_officer;
use casefile::Role;

/// A link of the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub url: &'static str,
    /// What it says.
    pub label: String,
    /// Whether this page is it.
    pub current: bool,
}

/// What the layout shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The person's institution.
    pub institution: String,
    /// At most five links and the person's own name.
    pub nav: Vec<Link>,
    /// Dense, for clerks; otherwise one column for workers.
    pub office: bool,
    /// `large`, `largest` or empty: 字号 as chosen on `/me`.
    pub size: String,
    /// Whether something was refused: the title then begins with 错误.
    pub wrong: bool,
    /// What was done just now.
    pub done: Option<String>,
    /// What stands as a warning above the page, leading to 三员.
    pub banner: Option<String>,
    /// The site's phone for help; may be empty.
    pub phone: String,
}

impl Frame {
    /// The frame for nobody: login, errors.
    pub fn bare() -> Frame {
        let help = Link {
            url: "/help",
            label: "帮助".into(),
            current: false,
        };
        Frame {
            nav: vec![help],
            ..Frame::default()
        }
    }

    /// Where a case stands for this person: in the list of cases, or among their own things. For templates.
    pub fn up(&self) -> (&'static str, &'static str) {
        match self.nav.iter().any(|link| link.url == "/cases") {
            true => ("/cases", "案件"),
            false => ("/todo", "我的事"),
        }
    }

    /// The frame of a person, at the link `current`.
    pub fn of(viewer: &Viewer, current: &str) -> Frame {
        let office = viewer
            .seats
            .iter()
            .any(|seat| !matches!(seat.capacity.role, Role::Worker | Role::Recipient));
        let mut links: Vec<(&'static str, &str)> = vec![("/todo", if office { "待办" } else { "我的事" })];
        let cases = [
            Role::Intake,
            Role::Investigator,
            Role::Lead,
            Role::Coordinator,
            Role::Auditor,
        ];
        if cases.iter().any(|role| viewer.has(*role)) {
            links.push(("/cases", "案件"));
        }
        if viewer.has(Role::Lead) || viewer.has(Role::Coordinator) {
            links.push(("/figures", "统计"));
        }
        if viewer.has(Role::Recipient) && !office {
            links.push(("/receipts", "待签收"));
        }
        if viewer.has(Role::Administrator) || viewer.has(Role::Security) {
            links.push(("/admin", "设置"));
        }
        if viewer.has(Role::Auditor) || viewer.has(Role::SecurityAuditor) {
            links.push(("/audit", "审计"));
        }
        if viewer.seats.iter().any(|seat| is_officer(seat.capacity.role)) {
            links.push(("/officers", "三员"));
        }
        if viewer.has(Role::Intake) {
            links.push(("/kin", "近亲属备案"));
        }
        // What does not fit is within two clicks all the same: every page leads to the help, and the help to the rest.
        links.push(("/policies", "文件依据"));
        links.push(("/help", "帮助"));
        links.truncate(5);
        let link = |(url, label): (&'static str, &str)| Link {
            url,
            label: label.into(),
            current: url == current,
        };
        let mut nav: Vec<Link> = links.into_iter().map(link).collect();
        nav.push(Link {
            url: "/me",
            label: viewer.name.clone(),
            current: current == "/me",
        });
        Frame {
            institution: viewer
                .seats
                .first()
                .map(|seat| seat.institution_name.clone())
                .unwrap_or_default(),
            nav,
            office,
            ..Frame::default()
        }
    }
}
