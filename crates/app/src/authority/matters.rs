//! What is done beside cases, and whose it is: rows of the one table of authority.
//!
//! The three officers (三员: 系统管理员, 安全管理员, 安全审计员; GB/T 22239 8.1.5) are held once at the hosting site; who may be
//! one, and how they come into office, is in `officers`.

use super::Who::{self, Administrator, Auditor, Intake, Security, SecurityAuditor};
use super::{BUREAU, CITY, CITY_GROUP, GROUP, Seat, Viewer, fits};

/// What is done to many cases at once, or to none: to the archive, the registers, the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// Lists what is to be destroyed of one's own bureau's archive (六（四）).
    ListErasure,
    /// Confirms what the bureau beside one's own lists; never one's own list.
    ConfirmErasure,
    /// Stops a list before it is done.
    StopErasure,
    /// Sees the lists: whoever makes or confirms them those of their bureau, the auditor all.
    SeeErasure,
    /// Sets how long the archive keeps cases.
    SetTerms,
    /// Keeps the register of kin of one's own bureau.
    KeepKin,
    /// Sees the figures: leads of their own body, the city of all.
    SeeFigures,
    /// Verifies the record, sees failed logins.
    Audit,
    /// Sees who had a family shown whole, and the reasons they gave.
    SeeReveals,
    /// Registers people and institutions, opens accounts and helps with them, imports calendars, enters publications.
    RunSite,
    /// Gives people their roles and takes them; officers' roles are not among them.
    GrantRoles,
    /// Sets the rules of logging in.
    SetLoginRules,
    /// Proposes an officer, or confirms what another one proposed.
    AppointOfficers,
    /// Sees who the officers are and what they did.
    SeeOfficers,
    /// Looks each month at what the officers did, where they are fewer than three.
    WatchOfficers,
    /// Changes the master key; the first of two who take it out.
    HoldKeys,
    /// The second of two who take the master key out: another officer than who runs the site.
    WitnessKeys,
}

impl Matter {
    /// Every matter, in the order of the table.
    pub const ALL: [Matter; 17] = [
        Matter::ListErasure,
        Matter::ConfirmErasure,
        Matter::StopErasure,
        Matter::SeeErasure,
        Matter::SetTerms,
        Matter::KeepKin,
        Matter::SeeFigures,
        Matter::Audit,
        Matter::SeeReveals,
        Matter::RunSite,
        Matter::GrantRoles,
        Matter::SetLoginRules,
        Matter::AppointOfficers,
        Matter::SeeOfficers,
        Matter::WatchOfficers,
        Matter::HoldKeys,
        Matter::WitnessKeys,
    ];

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Matter::ListErasure => "列出保管期满要销毁的案件",
            Matter::ConfirmErasure => "核准销毁清单（不能核准自己列的）",
            Matter::StopErasure => "停止销毁清单",
            Matter::SeeErasure => "看销毁清单和销毁证明",
            Matter::SetTerms => "设置保管期限",
            Matter::KeepKin => "登记近亲属备案",
            Matter::SeeFigures => "看统计",
            Matter::Audit => "核对记录，看登录失败",
            Matter::SeeReveals => "看谁看过家庭的全名和号码、为什么",
            Matter::RunSite => "登记人员和机构、开账号、重置密码、导入放假安排、录入发布日期",
            Matter::GrantRoles => "给人员岗位（三员的岗位除外）",
            Matter::SetLoginRules => "设置登录规则",
            Matter::AppointOfficers => "提名三员，确认别人提名的",
            Matter::SeeOfficers => "看三员是谁、办过什么",
            Matter::WatchOfficers => "三员不全时，每月检查他们办过什么",
            Matter::HoldKeys => "更换、导出主密钥",
            Matter::WitnessKeys => "导出主密钥时作第二个人",
        }
    }
}

/// Whose matter it is.
pub fn whose(matter: Matter) -> &'static [Who] {
    match matter {
        Matter::ListErasure => &[Intake, BUREAU],
        Matter::ConfirmErasure => &[GROUP],
        Matter::StopErasure => &[Intake, BUREAU, GROUP],
        Matter::SeeErasure => &[Intake, BUREAU, GROUP, Auditor],
        Matter::SetTerms | Matter::HoldKeys | Matter::RunSite => &[Administrator],
        Matter::GrantRoles | Matter::SetLoginRules => &[Security],
        Matter::AppointOfficers => &[Administrator, Security, SecurityAuditor],
        Matter::SeeOfficers => &[Administrator, Security, SecurityAuditor, CITY, CITY_GROUP],
        Matter::WatchOfficers => &[CITY, CITY_GROUP],
        Matter::KeepKin => &[Intake],
        Matter::SeeFigures => &[BUREAU, GROUP, CITY, CITY_GROUP],
        Matter::Audit => &[Auditor, SecurityAuditor],
        Matter::SeeReveals => &[Auditor],
        Matter::WitnessKeys => &[Security, SecurityAuditor],
    }
}

/// The seat in which a matter is the viewer's; where there are several, in the order of the table's row.
pub fn seat_in(viewer: &Viewer, matter: Matter) -> Option<&Seat> {
    seats_in(viewer, matter).next()
}

/// All the seats in which a matter is the viewer's, for what belongs to one institution.
pub fn seats_in(viewer: &Viewer, matter: Matter) -> impl Iterator<Item = &Seat> {
    let seats = &viewer.seats;
    (whose(matter).iter()).flat_map(move |who| seats.iter().filter(move |seat| fits(seat, *who)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_confirms_or_witnesses_what_they_do() {
        for (one, other) in [
            (Matter::ListErasure, Matter::ConfirmErasure),
            (Matter::HoldKeys, Matter::WitnessKeys),
            (Matter::SetTerms, Matter::Audit),
            (Matter::RunSite, Matter::GrantRoles),
            (Matter::GrantRoles, Matter::Audit),
            (Matter::AppointOfficers, Matter::WatchOfficers),
        ] {
            assert!(
                !whose(one).iter().any(|who| whose(other).contains(who)),
                "{one:?} {other:?}"
            );
        }
        for matter in Matter::ALL {
            assert!(
                !whose(matter).is_empty() && !whose(matter).contains(&Who::Applicant),
                "{matter:?}"
            );
        }
    }
}
