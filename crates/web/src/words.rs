//! How pages say days, times, answers and values.

use app::authority::Who;
use base::calendar::Due;
use base::law::{Answer, Party, Truth};
use base::{Date, Timestamp};
use casefile::Role;

/// `周一`
pub fn weekday(date: Date) -> &'static str {
    const NAMES: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    NAMES[usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default()]
}

/// `2026 年 10 月 12 日（周一）`
pub fn date(date: Date) -> String {
    format!(
        "{} 年 {} 月 {} 日（{}）",
        date.year(),
        date.month(),
        date.day(),
        weekday(date)
    )
}

/// `2027 年 1 月 8 日（周五）（暂定）`
pub fn due(due: Due) -> String {
    let provisional = if due.provisional { "（暂定）" } else { "" };
    format!("{}{provisional}", date(due.due))
}

/// `10 月 12 日（周一）`
pub fn day(date: Date) -> String {
    format!("{} 月 {} 日（{}）", date.month(), date.day(), weekday(date))
}

/// `10-12 15:40`
pub fn moment(at: Timestamp) -> String {
    let wall = at.wall();
    format!(
        "{}-{} {:02}:{:02}",
        wall.month(),
        wall.day(),
        wall.hour(),
        wall.minute()
    )
}

/// `10 月 12 日 15:40`
pub fn day_and_time(at: Timestamp) -> String {
    let wall = at.wall();
    format!(
        "{} 月 {} 日 {:02}:{:02}",
        wall.month(),
        wall.day(),
        wall.hour(),
        wall.minute()
    )
}

/// `2026 年 10 月 12 日 15:40`
pub fn long_moment(at: Timestamp) -> String {
    let wall = at.wall();
    format!(
        "{} 年 {} 月 {} 日 {:02}:{:02}",
        wall.year(),
        wall.month(),
        wall.day(),
        wall.hour(),
        wall.minute()
    )
}

/// What a finding says.
pub fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "是",
        Answer::No => "否",
        Answer::Unknown => "未查明",
        Answer::NotApplicable => "不适用",
    }
}

/// What a clause's value is called, with its sign.
pub fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "✓ 成立",
        Truth::No => "✕ 不成立",
        Truth::Unknown => "？ 未查明",
    }
}

/// What a role is called.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Worker => "工作人员",
        Role::Intake => "收件岗",
        Role::Investigator => "调查人",
        Role::Lead => "负责人",
        Role::Coordinator => "市级协调人",
        Role::Recipient => "单位签收人",
        Role::Auditor => "审计员",
        Role::Administrator => "系统管理员",
        Role::Security => "安全管理员",
        Role::SecurityAuditor => "安全审计员",
        Role::System => "系统",
    }
}

/// What one of the three officers (三员) is for.
pub fn office(role: Role) -> &'static str {
    match role {
        Role::Administrator => "登记人员和机构，开账号，导入放假安排，管主密钥",
        Role::Security => "给人员岗位，设置登录规则",
        Role::SecurityAuditor => "核对记录，看另两员办过什么、谁登录失败",
        _ => "",
    }
}

/// What an officer did, by the kind of its event.
pub fn deed(kind: &str) -> String {
    let known = match kind {
        "person-registered/1" => "登记或者修改人员",
        "people-imported/1" => "用 Excel 登记人员",
        "person-left/1" => "办离岗，关闭账号",
        "institution-registered/1" => "登记或者修改机构",
        "setting-set/1" => "改设置",
        "account-opened/1" => "开账号",
        "password-reset/1" => "重置密码",
        "login-unlocked/1" => "解除登录锁定",
        "factor-dropped/1" => "取消别人的第二道验证",
        "factor-set/1" => "设好自己的第二道验证",
        "logged-in/1" => "登录",
        "password-changed/1" => "改自己的密码",
        "officer-proposed/1" => "提名三员",
        "officer-settled/1" => "确认或者撤下提名",
        "master-key-exported/1" => "导出主密钥",
        "master-key-rotated/1" => "更换主密钥",
        other => return format!("其他（{other}）"),
    };
    known.into()
}

/// `2026 年 11 月`
pub fn month(day: Date) -> String {
    format!("{} 年 {} 月", day.year(), day.month())
}

/// Whom the table of authority names.
pub fn who(who: Who) -> String {
    let of = |party| casefile::words::party(party);
    match who {
        Who::Applicant => "申请人".into(),
        Who::Intake => format!("{}收件岗", of(Party::Bureau)),
        Who::Lead(party) => format!("{}负责人", of(party)),
        Who::Investigator => "本案调查人".into(),
        Who::Coordinator(party) => format!("{}协调人", of(party)),
        Who::Recipient => "申请人单位的签收人".into(),
        Who::Auditor => "审计员".into(),
        Who::Administrator => "系统管理员".into(),
        Who::Security => "安全管理员".into(),
        Who::SecurityAuditor => "安全审计员".into(),
        Who::System => "系统".into(),
    }
}
