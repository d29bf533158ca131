//! Ids of other people's cases, and pages of other people's offices: hidden is not found.

use super::*;

pub fn rows(t: &Target) -> Vec<Row> {
    let (received, filed, draft) = (&t.received, &t.filed, &t.draft);
    let mut rows = Vec::new();
    for page in [
        "",
        "/record",
        "/evidence",
        "/print",
        "/readers",
        "/deadline",
        "/statement",
        "/acts/withdraw",
    ] {
        let ask = get(format!("/cases/{filed}{page}"));
        rows.push(row(format!("a colleague opens{page}"), "同事", ask, 404, "找不到"));
    }
    let signed = [("reason", "不申请了"), ("signature", "申请人")];
    let withdraw = format!("/cases/{received}/acts/withdraw");
    let family = format!("/cases/{received}/family");
    let nobody = "00000000000000000000000000000000";
    rows.extend([
        row("a colleague withdraws", "同事", post(&withdraw, &signed), 404, "找不到"),
        row(
            "a colleague reads a draft",
            "同事",
            get(format!("{draft}/account")),
            404,
            "找不到",
        ),
        row(
            "a colleague writes into a draft",
            "同事",
            post(format!("{draft}/me"), &[("phone", "1")]),
            404,
            "找不到",
        ),
        row(
            "a colleague deletes a draft",
            "同事",
            post(draft.replace("/apply", "/drafts") + "/delete", &[]),
            404,
            "找不到",
        ),
        row(
            "a colleague reads a receipt",
            "同事",
            get(format!("/apply/done/{received}")),
            404,
            "找不到",
        ),
        row(
            "the unit opens the case",
            "签收人",
            get(format!("/cases/{filed}")),
            404,
            "找不到",
        ),
        row(
            "the unit opens evidence",
            "签收人",
            get(format!("/cases/{filed}/evidence")),
            404,
            "找不到",
        ),
        row(
            "the unit signs for a case that was not served",
            "签收人",
            post(format!("/receipts/{received}"), &[]),
            404,
            "找不到",
        ),
        row(
            "an investigator opens a case of others",
            "调查甲",
            get(format!("/cases/{received}")),
            404,
            "找不到",
        ),
        row(
            "an investigator finds in a case of others",
            "调查甲",
            post(format!("/cases/{received}/acts/find"), &[("answer", "yes")]),
            404,
            "找不到",
        ),
        row(
            "the administrator opens a case",
            "管理员",
            get(format!("/cases/{filed}")),
            404,
            "找不到",
        ),
        row(
            "the administrator looks at a family",
            "管理员",
            post(&family, &[("reason", "看看")]),
            404,
            "找不到",
        ),
        row(
            "the administrator exports cases",
            "管理员",
            get("/cases/export"),
            404,
            "找不到",
        ),
        row(
            "the applicant sees the register of families",
            "申请人",
            get(&family),
            404,
            "找不到",
        ),
        row(
            "the applicant asks for questions",
            "申请人",
            get(format!("/cases/{filed}/questions")),
            404,
            "找不到",
        ),
        row(
            "the auditor accepts",
            "审计员",
            post(format!("/cases/{received}/acts/accept"), &[]),
            403,
            "不归您办",
        ),
        row(
            "an id that is nobody's",
            "局长",
            get(format!("/apply/{nobody}/me")),
            404,
            "找不到",
        ),
        row(
            "a file that is another case's",
            "申请人",
            get(format!("/cases/{received}/files/{nobody}{nobody}")),
            404,
            "找不到",
        ),
    ]);
    for (who, url) in [
        ("申请人", "/figures"),
        ("申请人", "/coordination"),
        ("申请人", "/audit"),
        ("申请人", "/admin"),
        ("申请人", "/cases"),
        ("收件岗", "/admin/people"),
        ("收件岗", "/coordination"),
        ("局长", "/audit"),
        ("组长", "/kin"),
        ("审计员", "/admin/login"),
        ("同事", "/retention"),
    ] {
        rows.push(row(format!("opens {url}"), who, get(url), 404, "找不到"));
    }
    for (who, url) in [
        ("收件岗", "/admin/people".to_owned()),
        ("局长", format!("/admin/people/{nobody}/password")),
        ("局长", "/admin/login".to_owned()),
        ("收件岗", format!("/retention/{nobody}")),
        ("组长", "/paper".to_owned()),
    ] {
        rows.push(row(
            format!("posts to {url}"),
            who,
            post(&url, &[("name", "我"), ("role", "administrator")]),
            404,
            "找不到",
        ));
    }
    rows
}
