//! People from an Excel file: the check page, mended rows, the slips that are shown once.

use crate::browser::{Answer, Browser};
use crate::html;
use crate::site::Site;
use crate::templates::office;
use app::people::import::{COLUMNS, ROLES, Slip, Typed};
use askama::Template;
use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, ORIGIN};
use axum::http::{Request, StatusCode};
use rust_xlsxwriter::Workbook;
use std::io::{Cursor, Read};
use web::pages::admin::import::{SlipsPage, file, page};

const URL: &str = "/admin/people/import";

type Cells = [&'static str; 6];

const WANG: Cells = ["王丽", "科员", "濮阳县民政局", "收件岗", "濮阳县民政局", "wangli"];
const LI: Cells = ["李春梅", "民政专干", "子岸镇人民政府", "工作人员", "子岸镇人民政府", ""];
const BAD: Cells = ["赵敏", "科员", "濮阳县民政", "处长", "濮阳县民政局", "WANGLI"];

fn excel(rows: &[Cells]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet
        .write_row(0, 0, COLUMNS.map(|(_, label, _)| label))
        .expect("headings");
    for (n, row) in (1u32..).zip(rows) {
        sheet.write_row(n, 0, row.to_owned()).expect("a row");
    }
    book.save_to_buffer().expect("a file")
}

async fn upload(browser: &mut Browser, bytes: &[u8]) -> Answer {
    browser.upload_as(URL, &[], "file", "renyuan.xlsx", bytes).await
}

/// Sends the rows of a page with some fields typed anew, as a browser does that names its site.
async fn send(browser: &mut Browser, page: &Answer, typed: &[(&str, &str)]) -> Answer {
    let mut form = form_urlencoded::Serializer::new(String::new());
    for (name, value) in page.all_hidden() {
        form.append_pair(&name, &value);
    }
    let body = form.extend_pairs(typed).finish();
    let request = Request::post(URL)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("host", "10.1.2.3:8080")
        .header(ORIGIN, "http://10.1.2.3:8080");
    browser.ask(request, Body::from(body)).await
}

#[tokio::test]
async fn wrong_rows_are_mended_on_the_page_and_all_are_registered() {
    let site = Site::new().await;
    let mut administrator = Browser::of(&site, "管理员", "admin").await;
    assert!(administrator.open("/admin/people").await.html.contains(URL));
    html::check("import", &administrator.open(URL).await.html);
    let checked = upload(&mut administrator, &excel(&[WANG, BAD, LI])).await;
    assert_eq!(checked.status, StatusCode::UNPROCESSABLE_ENTITY);
    html::check_form("import, wrong", &checked.html);
    for told in [
        "共 3 人",
        "有 1 行不对",
        "没有登记过这个机构",
        "岗位只能写这几种",
        "和第 2 行的登录名一样",
        "value=\"濮阳县民政\"",
    ] {
        assert!(checked.html.contains(told), "{told}: {}", checked.html);
    }
    assert!(checked.hidden("act_id").is_empty(), "nothing can be registered yet");
    // What is still wrong comes back with what was typed.
    let row = |unit: &'static str, role: &'static str, login: &'static str| {
        [
            ("3.name", "赵敏"),
            ("3.post", "科员"),
            ("3.unit", unit),
            ("3.role", role),
            ("3.at", "濮阳县民政局"),
            ("3.login", login),
        ]
    };
    let again = send(&mut administrator, &checked, &row("濮阳县民政局", "处长", "zhaomin")).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.html.contains("value=\"zhaomin\"") && !again.html.contains("没有登记过这个机构"));
    let right = send(&mut administrator, &again, &row("濮阳县民政局", "调查人", "zhaomin")).await;
    assert_eq!(right.status, StatusCode::OK, "{}", right.html);
    html::check_form("import, right", &right.html);
    let people = async || site.app.people().await.expect("the store").len();
    let before = people().await;
    let slips = send(&mut administrator, &right, &[]).await;
    assert_eq!(slips.status, StatusCode::OK);
    html::check_form("slips", &slips.html);
    assert_eq!(slips.headers["cache-control"], "no-store");
    assert_eq!(people().await, before + 3);
    for told in ["王丽", "wangli", "zhaomin", "http://10.1.2.3:8080", "另有 1 人只登记"] {
        assert!(slips.html.contains(told), "{told}: {}", slips.html);
    }
    let passwords: Vec<&str> = slips.html.split("一次性密码</dt><dd class=\"code\">").skip(1).collect();
    let password = passwords[0].split('<').next().expect("a password").to_owned();
    assert_eq!((passwords.len(), password.len()), (2, 14));
    // Loaded anew: that they were shown, and what to do; nobody twice.
    let again = send(&mut administrator, &right, &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.html.contains("只显示一次") && again.html.contains("重置密码") && !again.html.contains(&password));
    assert_eq!(people().await, before + 3);
    // The password leads to its change, and nowhere else.
    let mut wang = Browser::stranger(&site);
    let login = [("login.name", "wangli"), ("login.password", password.as_str())];
    assert_eq!(wang.send("/login", &login).await.location, "/me");
    assert_eq!(wang.open("/cases").await.location, "/me");
}

#[tokio::test]
async fn the_empty_file_can_be_filled_and_what_is_no_file_is_told() {
    let site = Site::new().await;
    let mut administrator = Browser::of(&site, "管理员", "admin").await;
    let answer = administrator.open("/admin/people/import/template").await;
    assert!(
        answer.headers[CONTENT_DISPOSITION]
            .to_str()
            .expect("text")
            .contains("renyuan.xlsx")
    );
    let bytes = administrator.raw("/admin/people/import/template").await;
    let mut book = zip::ZipArchive::new(Cursor::new(bytes.clone())).expect("a workbook");
    let mut texts = String::new();
    let mut shared = book.by_name("xl/sharedStrings.xml").expect("its texts");
    shared.read_to_string(&mut texts).expect("text");
    drop(shared);
    for told in ["岗位的机构", "工作人员", "驻县民政局纪检监察组"] {
        assert!(texts.contains(told), "{told}: to choose from");
    }
    assert!(!texts.contains("管理员"));
    for (bytes, told) in [
        (bytes, "没有要导入的内容"),
        (b"GIF89a".to_vec(), "打不开"),
        (excel(&[WANG; 201]), "最多导入 200 条"),
    ] {
        let refused = upload(&mut administrator, &bytes).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.html.contains(told), "{told}: {}", refused.html);
        html::check_form("import, refused", &refused.html);
    }
    let nothing = administrator.send(URL, &[]).await;
    assert!(nothing.html.contains("请选一个 Excel 文件"));
    // The roles are called as everywhere.
    for (words, role, _) in ROLES {
        assert_eq!(words, web::words::role(role));
    }
}

#[tokio::test]
async fn a_session_that_ended_loses_no_row_and_registers_nobody() {
    let site = Site::new().await;
    let mut administrator = Browser::of(&site, "管理员", "admin").await;
    let right = upload(&mut administrator, &excel(&[WANG])).await;
    let before = site.app.people().await.expect("the store").len();
    administrator.send("/logout", &[]).await;
    let login = send(&mut Browser::stranger(&site), &right, &[]).await;
    assert_eq!(login.status, StatusCode::UNAUTHORIZED);
    let name = [("login.name", "admin"), ("login.password", Browser::password())];
    let back = send(&mut administrator, &login, &name).await;
    assert_eq!(back.location, "", "{}", back.html);
    assert_eq!(site.app.people().await.expect("the store").len(), before);
}

/// A page with login names, which are no words of its own.
fn snapshot(name: &str, page: &impl Template) {
    let html = page.render().expect("draws");
    html::check_form(name, &html);
    insta::assert_snapshot!(name, html);
}

#[tokio::test]
async fn the_pages() {
    let site = Site::new().await;
    let administrator = site.viewer("管理员").await;
    snapshot("people-import", &page(office(), &[], file()));
    for (name, rows) in [
        ("people-import-wrong", [WANG, BAD]),
        ("people-import-right", [WANG, LI]),
    ] {
        let typed = (2..).zip(rows).map(|(number, cells)| Typed {
            number,
            cells: cells.map(str::to_owned),
            wrong: Vec::new(),
        });
        let checked = site
            .app
            .check_people(&administrator, typed.collect())
            .await
            .expect("rows");
        snapshot(name, &page(office(), &checked, file()));
    }
    let slip = |name: &str, login: &str| Slip {
        name: name.into(),
        unit: "子岸镇人民政府".into(),
        login: login.into(),
        password: "abcd-efgh-jkmn".into(),
    };
    let slips = SlipsPage {
        frame: office(),
        slips: vec![slip("李春梅", "lichunmei"), slip("王丽", "wangli")],
        without: 1,
        address: "http://10.1.2.3:8080".into(),
    };
    snapshot("people-slips", &slips);
}
