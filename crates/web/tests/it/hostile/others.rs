//! Other people's cases, acts out of turn, forms that were sent before or that nobody was given.

use super::{Row, get, hold, post};
use crate::site::PASSWORD;

const GONE: &str = "找不到";
const NOT_YOURS: &str = "不归您办";
/// Signed rightly: it is not for want of a password that these are refused.
const SIGNED: (&str, &str) = ("password", PASSWORD);

pub(super) fn rows() -> Vec<Row> {
    let mut rows = strangers();
    rows.extend(out_of_turn());
    rows.extend(forged());
    rows
}

/// What is not theirs is not there.
fn strangers() -> Vec<Row> {
    let mut rows: Vec<Row> = [
        ("同事", "/cases/{no}"),
        ("同事", "/cases/{no}/record"),
        ("同事", "/cases/{no}/print"),
        ("同事", "/cases/{no}/evidence"),
        ("同事", "/cases/{no}/statement"),
        ("同事", "/cases/{no}/readers"),
        ("同事", "/cases/{no}/family"),
        ("同事", "/cases/{no}/files/{file}"),
        ("同事", "/cases/{no}/documents/{paper}"),
        ("同事", "/apply/{draft}"),
        ("同事", "/apply/{draft}/me"),
        ("同事", "/apply/done/{no}"),
        ("同事", "/drafts/{draft}/delete"),
        ("申请人", "/cases/{other}"),
        // A file of one's own case under another's number, and one of a ring that does not admit them.
        ("申请人", "/cases/{other}/files/{file}"),
        ("申请人", "/cases/{no}/files/{kept}"),
        ("申请人", "/cases/{no}/files/{kept}?original"),
        ("申请人", "/cases/{no}/family"),
        ("申请人", "/cases/{no}/questions"),
        ("申请人", "/cases"),
        ("申请人", "/cases/export"),
        ("申请人", "/kin"),
        ("签收人", "/cases/{no}"),
        ("签收人", "/receipts/{no}/file?{kept}"),
        ("签收人", "/cases/{filed}"),
        ("签收人", "/cases/{filed}/evidence"),
        ("调查甲", "/cases/{other}"),
        ("管理员", "/cases/{filed}/family"),
        ("申请人", "/figures"),
        ("申请人", "/coordination"),
        ("申请人", "/admin"),
        ("收件岗", "/coordination"),
        ("组长", "/kin"),
        ("组长", "/kin/{kin}"),
        ("申请人", "/kin/{kin}"),
        ("外县收件岗", "/kin/{kin}"),
        ("收件岗", "/kin/{act}"),
        ("审计员", "/admin/login"),
        ("审计员", "/admin/people/import"),
        ("收件岗", "/admin/people/import/template"),
        ("同事", "/retention"),
        ("外县收件岗", "/cases/{no}"),
        ("外县收件岗", "/cases/{no}/files/{file}"),
        ("外县局长", "/cases/{other}/acts/intake"),
        ("外县组长", "/cases/{no}/evidence"),
        ("管理员", "/cases/{no}"),
        ("管理员", "/cases/export"),
        ("管理员", "/audit"),
        ("收件岗", "/audit"),
        ("收件岗", "/admin"),
        ("收件岗", "/apply/{draft}/check"),
        ("局长", "/admin/people/{person}"),
        ("收件岗", "/cases/JZ-410928-2026-9999"),
        ("收件岗", "/cases/{no}/acts/nonsense"),
        (
            "收件岗",
            "/cases/{no}/files/0000000000000000000000000000000000000000000000000000000000000000",
        ),
        ("收件岗", "/cases/{no}/files/{paper}"),
    ]
    .into_iter()
    .map(|(who, url)| get(who, url, 404, GONE))
    .collect();
    rows.extend(
        [
            ("同事", "/apply/{draft}/account"),
            ("同事", "/drafts/{draft}/delete"),
            ("同事", "/cases/{no}/acts/withdraw"),
            ("申请人", "/cases/{other}/acts/withdraw"),
            ("签收人", "/receipts/{no}"),
            ("外县收件岗", "/cases/{other}/acts/accept"),
            ("外县收件岗", "/cases/{no}/acts/add-evidence"),
            ("外县组长", "/cases/{no}/acts/assign"),
            ("收件岗", "/admin/people"),
            ("收件岗", "/admin/people/{person}/password"),
            ("局长", "/admin/people/{person}/leave"),
            ("审计员", "/admin/people/import"),
            ("管理员", "/admin/people/{act}/leave"),
            ("审计员", "/admin/login"),
            ("收件岗", "/retention/{act}"),
            ("收件岗", "/me/sessions"),
            ("调查甲", "/cases/{other}/acts/investigate"),
            ("管理员", "/cases/{filed}/family"),
            ("组长", "/paper"),
            ("局长", "/kin/{kin}"),
            ("外县收件岗", "/kin/{kin}"),
            ("收件岗", "/kin/{act}"),
        ]
        .into_iter()
        .map(|(who, url)| {
            post(
                who,
                url,
                &[("account", "改掉"), ("session", "{person}"), SIGNED],
                404,
                GONE,
            )
        }),
    );
    rows
}

/// An entry of the register as it stands, but for a day long before.
const EARLIER: &[(&str, &str)] = &[
    ("name", "陈志强"),
    ("unit", "子岸镇人民政府"),
    ("post", "干部"),
    ("level", "township"),
    ("village", "东关村"),
    ("relation", "spouse"),
    ("recorded_on.year", "2020"),
    ("recorded_on.month", "1"),
    ("recorded_on.day", "1"),
    ("slip", "form"),
    ("reason", "当时漏填了"),
];

/// Whose act it is not, and what comes too early.
fn out_of_turn() -> Vec<Row> {
    let mut rows: Vec<Row> = [
        ("审计员", "accept"),
        ("市协调人", "accept"),
        ("申请人", "accept"),
        ("组长", "accept"),
        ("收件岗", "determine"),
        ("申请人", "conclude"),
        ("调查甲", "opine"),
        ("收件岗", "order-secrecy"),
    ]
    .into_iter()
    .map(|(who, act)| match act {
        "accept" => post(who, "/cases/{no}/acts/accept", &[SIGNED], 403, NOT_YOURS),
        "determine" => post(who, "/cases/{no}/acts/determine", &[SIGNED], 403, NOT_YOURS),
        "conclude" => post(who, "/cases/{no}/acts/conclude", &[SIGNED], 403, NOT_YOURS),
        "opine" => post(who, "/cases/{no}/acts/opine", &[SIGNED], 403, NOT_YOURS),
        _ => post(who, "/cases/{no}/acts/order-secrecy", &[SIGNED], 403, NOT_YOURS),
    })
    .collect();
    let outcome = ("outcome", "免责");
    rows.extend([
        post(
            "局长",
            "/cases/{no}/acts/determine",
            &[outcome, ("reason", "符合"), SIGNED],
            409,
            "调查结论",
        )
        .read(),
        post(
            "局长",
            "/cases/{no}/acts/opine",
            &[outcome, ("reason", "符合"), SIGNED],
            409,
            "调查结论",
        )
        .read(),
        post("收件岗", "/cases/{no}/acts/issue", &[SIGNED], 409, "认定").read(),
        post("收件岗", "/cases/{no}/acts/serve", &[], 409, "报告").read(),
        // A day of recording that is earlier than the form's; nothing struck out without a reason.
        post("收件岗", "/kin/{kin}", EARLIER, 422, "备案表上的日期不能改").read(),
        post("收件岗", "/kin/{kin}", &[("what", "strike")], 422, "还没写理由").read(),
        post("收件岗", "/cases/{no}/acts/file", &[("note", "全卷")], 409, "").read(),
        post("收件岗", "/cases/{no}/acts/accept", &[], 409, "已经受理").read(),
        post("局长", "/cases/{other}/acts/assign", &[], 409, "受理").read(),
        post("调查甲", "/cases/{no}/acts/sign-conclusion", &[SIGNED], 409, "结论").read(),
        post("申请人", "/cases/{no}/acts/acknowledge", &[], 409, ""),
        // What is over is over.
        post("收件岗", "/cases/{filed}/acts/accept", &[], 409, "已经认定").read(),
        post(
            "局长",
            "/cases/{filed}/acts/determine",
            &[outcome, ("reason", "改"), SIGNED],
            409,
            "",
        )
        .read(),
        post(
            "组长",
            "/cases/{filed}/acts/opine",
            &[("outcome", "无罪"), ("reason", "好"), SIGNED],
            409,
            "",
        )
        .read(),
        // The system's acts have no page, for nobody.
        post("收件岗", "/cases/{no}/acts/open-opinions", &[], 404, GONE),
        post("收件岗", "/cases/{no}/acts/recompute-due", &[], 404, GONE),
        post("收件岗", "/cases/{no}/acts/submit", &[], 404, GONE),
    ]);
    rows
}

const IMPORT: &str = "/admin/people/import";

/// The one row of an import.
fn imported(role: &'static str, login: &'static str) -> [(&'static str, &'static str); 6] {
    [
        ("row", "2"),
        ("2.name", "甲某"),
        ("2.unit", "濮阳县民政局"),
        ("2.role", role),
        ("2.at", "濮阳县民政局"),
        ("2.login", login),
    ]
}

/// Forms sent again, forms drawn from another time, forms with ids of others.
fn forged() -> Vec<Row> {
    let clue = [("to", "县纪委"), ("what", "clue"), ("reason", "线索")];
    let with = |more: &[(&'static str, &'static str)]| [&clue[..], more].concat();
    vec![
        // Done once already: answered as it was then.
        post(
            "收件岗",
            "/cases/{no}/acts/accept",
            &[("act_id", "{act}")],
            303,
            "→/cases/{no}",
        )
        .read(),
        // Somebody else's act: it is done. Another case's: this is not.
        post(
            "局长",
            "/cases/{no}/acts/accept",
            &[("act_id", "{act}")],
            303,
            "→/cases/{no}",
        )
        .read(),
        post(
            "收件岗",
            "/cases/{other}/acts/accept",
            &[("act_id", "{act}")],
            409,
            "别的案件",
        )
        .read(),
        post(
            "收件岗",
            "/cases/{no}/acts/transfer",
            &with(&[("version", "1")]),
            409,
            "您打开后",
        )
        .read(),
        post(
            "收件岗",
            "/cases/{no}/acts/transfer",
            &with(&[("version", "99999")]),
            409,
            "",
        )
        .read(),
        post(
            "收件岗",
            "/cases/{no}/acts/accept",
            &[("act_id", "' or 1=1"), ("version", "-1")],
            409,
            "您打开后",
        )
        .read(),
        post(
            "收件岗",
            "/cases/{no}/acts/add-evidence",
            &[("title", "单"), ("ring", "nobody")],
            422,
            "谁能看",
        )
        .read(),
        // A file that another case keeps, and one that is none.
        post(
            "收件岗",
            "/cases/{other}/acts/add-evidence",
            &[
                ("title", "单"),
                ("proves", "事"),
                ("ring", "everyone"),
                ("file.kept", "{kept} 单.pdf"),
            ],
            422,
            "没有存住",
        )
        .read(),
        post(
            "收件岗",
            "/cases/{other}/acts/add-evidence",
            &[
                ("title", "单"),
                ("proves", "事"),
                ("ring", "everyone"),
                ("file.kept", "../../keys 单.pdf"),
            ],
            422,
            "没有存住",
        )
        .read(),
        // Roles, outcomes and people that no list offered.
        post("局长", "/cases/{no}/acts/assign", &[("people", "{person}")], 422, "").read(),
        post(
            "局长",
            "/cases/{no}/acts/assign",
            &[("people", "00"), ("role", "administrator")],
            422,
            "",
        )
        .read(),
        post(
            "调查甲",
            "/cases/{no}/questions/nonsense",
            &[("answer", "yes")],
            422,
            "还没选哪个问题",
        )
        .read(),
        post(
            "调查甲",
            "/cases/{no}/questions/s2-work",
            &[("answer", "maybe")],
            422,
            "",
        )
        .read(),
        post(
            "管理员",
            "/admin/people",
            &[("name", ""), ("role-1", "root"), ("at-1", "everywhere")],
            422,
            "",
        ),
        post("管理员", "/admin/policies", &[("pack", "../../etc/passwd")], 422, ""),
        // Rows that no file had: an officer's seat, markup as a login name, an act that was another's, no row at all.
        post("管理员", IMPORT, &imported("管理员", "hacker"), 422, "岗位只能写这几种"),
        post(
            "管理员",
            IMPORT,
            &imported("收件岗", "<script>"),
            422,
            "登录名只能用英文字母",
        ),
        post(
            "管理员",
            IMPORT,
            &[&imported("收件岗", "x")[..], &[("act_id", "{act}")]].concat(),
            409,
            "只显示一次",
        ),
        post(
            "管理员",
            IMPORT,
            &[("row", "-1"), ("row", "二")],
            422,
            "请选一个 Excel 文件",
        ),
        // Nobody closes their own account.
        post(
            "管理员",
            "/admin/people/{person}/leave",
            &[],
            409,
            "自己不能给自己办离岗",
        ),
        post(
            "管理员",
            "/admin/retention",
            &[("determined", "0"), ("ended", "-1")],
            422,
            "保管期限",
        ),
        post(
            "申请人",
            "/apply/{draft}/check",
            &[("declaration", "2026-1"), SIGNED],
            422,
            "",
        ),
        post("申请人", "/apply/{draft}/nonsense", &[("account", "改掉")], 404, GONE),
    ]
}

#[tokio::test]
async fn what_is_not_theirs_is_not_there_and_what_is_not_due_is_not_done() {
    hold(rows()).await;
}
