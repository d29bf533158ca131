//! People with accounts from an Excel file: what is wrong is told by row and column, all are registered or nobody, the
//! one-time passwords are told once.

use crate::login::from;
use crate::site::Site;
use app::Failure;
use app::people::import::{COLUMNS, Typed};
use casefile::refusal::Kind;
use casefile::{Refusal, Role};
use rust_xlsxwriter::{Formula, Workbook};
use store::{StreamKind, StreamName};

type Cells = [&'static str; 6];

const WANG: Cells = ["王丽", "科员", "濮阳县民政局", "收件岗", "濮阳县民政局", "wangli"];
const LI: Cells = ["李春梅", "民政专干", "子岸镇人民政府", "工作人员", "子岸镇人民政府", ""];

fn typed(rows: &[Cells]) -> Vec<Typed> {
    let row = |(n, cells): (usize, &Cells)| Typed {
        number: n + 2,
        cells: cells.map(str::to_owned),
        wrong: Vec::new(),
    };
    rows.iter().enumerate().map(row).collect()
}

fn excel(rows: &[Cells]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, COLUMNS.map(|(_, label, _)| label)).unwrap();
    for (n, row) in (1u32..).zip(rows) {
        for (column, text) in (0u16..).zip(row) {
            match text.strip_prefix('=') {
                Some(formula) => sheet
                    .write_formula(n, column, Formula::new(formula).set_result("王丽"))
                    .unwrap(),
                None => sheet.write_string(n, column, *text).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

fn refused<T>(done: Result<T, Failure>) -> Refusal {
    match done.err() {
        Some(Failure::Refused(refusal)) => *refusal,
        other => panic!("{other:?}"),
    }
}

/// What is wrong with the last of these rows, by column.
async fn wrong(site: &Site, rows: &[Cells]) -> Vec<String> {
    let administrator = site.viewer("管理员").await;
    let checked = site.app.check_people(&administrator, typed(rows)).await.unwrap();
    let last = checked.last().unwrap();
    last.wrong.iter().map(|wrong| wrong.field.clone()).collect()
}

#[tokio::test]
async fn what_is_wrong_with_a_row_is_told_by_column() {
    let site = Site::new().await;
    site.app
        .open_account(site.person("局长"), "lead", "chushi-2026", false)
        .await
        .unwrap();
    let with = |column: usize, text: &'static str| {
        let mut row = WANG;
        row[column] = text;
        row
    };
    let long: &'static str = "长".repeat(51).leak();
    let table: [(Cells, &[&str]); 19] = [
        (WANG, &[]),
        (LI, &[]),
        (with(5, ""), &[]),
        (with(0, ""), &["name"]),
        (with(0, long), &["name"]),
        (with(2, ""), &["unit"]),
        (with(2, "濮阳县民政"), &["unit"]),
        (with(3, "处长"), &["role"]),
        (with(3, "管理员"), &["role"]),
        (with(3, "审计员"), &["role"]),
        (with(3, ""), &["role"]),
        (with(4, ""), &["at"]),
        (with(4, "台前县民政局"), &["at"]),
        (with(4, "子岸镇人民政府"), &["at"]),
        (with(5, "Lead"), &["login"]),
        (with(5, "王丽"), &["login"]),
        (with(5, "wang li"), &["login"]),
        (with(5, "wａngli"), &["login"]),
        // Registered at that institution already.
        (with(0, "局长"), &["name"]),
    ];
    for (row, expected) in table {
        assert_eq!(wrong(&site, &[row]).await, expected, "{row:?}");
    }
    // The same twice, within the file.
    let mut other = WANG;
    other[5] = "wangli2";
    assert_eq!(wrong(&site, &[WANG, other]).await, ["name"]);
    let mut other = WANG;
    (other[0], other[5]) = ("赵敏", "WangLi");
    assert_eq!(wrong(&site, &[WANG, other]).await, ["login"]);
}

#[tokio::test]
async fn where_somebody_else_gives_the_roles_the_workers_alone_is_taken() {
    let mut site = Site::new().await;
    site.appoint_officers().await;
    assert_eq!(wrong(&site, &[WANG]).await, ["role"]);
    assert!(wrong(&site, &[LI]).await.is_empty());
    let mut none = WANG;
    (none[3], none[4]) = ("", "");
    assert!(wrong(&site, &[none]).await.is_empty());
}

#[tokio::test]
async fn a_file_is_read_and_formulas_are_told() {
    let site = Site::new().await;
    let administrator = site.viewer("管理员").await;
    let mut formula = WANG;
    (formula[0], formula[5]) = ("=HYPERLINK(\"http://x\")", "=1+1");
    let rows = site
        .app
        .people_file(&administrator, excel(&[WANG, formula]))
        .await
        .unwrap();
    assert_eq!(rows[0].cells, WANG.map(str::to_owned));
    assert_eq!(rows[1].number, 3);
    let fields: Vec<&str> = rows[1].wrong.iter().map(|wrong| wrong.field.as_str()).collect();
    assert_eq!(fields, ["name", "login"]);
    let table: [(Vec<u8>, &str); 3] = [
        (excel(&[]), "没有要导入的"),
        (excel(&[WANG; 201]), "最多导入 200"),
        (b"PK\x03\x04 no workbook".to_vec(), "打不开"),
    ];
    for (bytes, told) in table {
        let refusal = refused(site.app.people_file(&administrator, bytes).await);
        assert_eq!(refusal.field_names(), ["file"]);
        assert!(refusal.fields[0].sentence.contains(told), "{refusal:?}");
    }
}

#[tokio::test]
async fn all_are_registered_with_one_time_passwords_or_nobody() {
    let site = Site::new().await;
    let administrator = site.viewer("管理员").await;
    let people = async || site.app.people().await.unwrap().len();
    let before = people().await;
    let mut bad = LI;
    bad[2] = "没有这个镇";
    let failed = site
        .app
        .import_people(&administrator, site.act(), typed(&[WANG, bad]))
        .await;
    assert_eq!(refused(failed).field_names(), ["file"]);
    assert_eq!(people().await, before);
    assert!(site.app.store().account("wangli").await.unwrap().is_none());

    let act = site.act();
    let done = site.app.import_people(&administrator, act, typed(&[WANG, LI])).await;
    let done = done.unwrap();
    assert_eq!((done.slips.len(), done.without), (1, 1));
    let slip = &done.slips[0];
    assert_eq!((slip.name.as_str(), slip.login.as_str()), ("王丽", "wangli"));
    // Sent again, nobody is registered twice and nothing is told twice.
    let again = site.app.import_people(&administrator, act, typed(&[WANG, LI])).await;
    let again = refused(again);
    assert_eq!(again.kind, Kind::Conflict);
    assert!(
        again.sentence.contains("只显示一次")
            && again.next.contains("重置密码")
            && !again.sentence.contains(&slip.password)
    );
    assert_eq!(people().await, before + 2);

    let login = site
        .app
        .login("wangli", &slip.password, &from("10.0.0.8"))
        .await
        .unwrap();
    assert!(login.must_change);
    let viewer = site.app.viewer(&login.token).await.unwrap().unwrap();
    assert!(viewer.has(Role::Intake) && viewer.name == "王丽");

    // On record: each on their own stream, on the site's how many and which, never a name or a password.
    let stream = StreamName::Site(site.app.store().site());
    let events = site.app.store().read(&stream).await.unwrap();
    let imported: Vec<_> = events
        .iter()
        .filter(|event| event.kind == "people-imported/1")
        .collect();
    assert_eq!(imported.len(), 1);
    let open = String::from_utf8(imported[0].open.clone()).unwrap();
    assert!(
        open.contains("\"accounts\":1") && open.contains(&viewer.person.to_string()),
        "{open}"
    );
    assert!(!open.contains("王丽") && !open.contains("wangli"));
    let of = site.app.store().read(&StreamName::Person(viewer.person)).await.unwrap();
    assert_eq!(of[0].kind, "person-registered/1");
    let before = site.app.store().dump_views().await.unwrap();
    site.app.rebuild().await.unwrap();
    assert_eq!(site.app.store().dump_views().await.unwrap(), before);
    assert!(site.app.store().verify().await.unwrap().findings.is_empty());
}

#[tokio::test]
async fn nobody_but_the_administrator_imports() {
    let site = Site::new().await;
    let heads = async || site.app.store().heads(StreamKind::Person).await.unwrap();
    let before = heads().await;
    for stranger in ["局长", "组长", "收件岗", "调查甲", "市协调人", "申请人", "审计员"] {
        let viewer = site.viewer(stranger).await;
        let tried = [
            site.app.people_file(&viewer, excel(&[WANG])).await.map(|_| ()),
            site.app.check_people(&viewer, typed(&[WANG])).await.map(|_| ()),
            site.app
                .import_people(&viewer, site.act(), typed(&[WANG]))
                .await
                .map(|_| ()),
            site.app.in_hand(&viewer, site.person("调查甲")).await.map(|_| ()),
            site.app.leave(&viewer, site.act(), site.person("调查甲")).await,
        ];
        for done in tried {
            assert_eq!(refused(done).kind, Kind::NotFound, "{stranger}");
        }
    }
    assert_eq!(heads().await, before);
}

/// Two hundred passwords are hashed; meanwhile somebody logs in and reads.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_longest_file_leaves_room_for_others() {
    let site = Site::new().await;
    site.can_sign("收件岗").await;
    let administrator = site.viewer("管理员").await;
    let rows: Vec<Typed> = (0..200)
        .map(|n| Typed {
            number: n + 2,
            cells: [
                format!("专干{n}"),
                "民政专干".into(),
                "子岸镇人民政府".into(),
                "工作人员".into(),
                "子岸镇人民政府".into(),
                format!("zhuangan{n}"),
            ],
            wrong: Vec::new(),
        })
        .collect();
    let (app, act) = (site.app.clone(), site.act());
    let import = tokio::spawn(async move { app.import_people(&administrator, act, rows).await });
    let password = crate::site::PASSWORD;
    while !import.is_finished() {
        let login = site.app.login("收件岗", password, &from("10.0.0.8")).await.unwrap();
        assert!(site.app.viewer(&login.token).await.unwrap().is_some());
    }
    let done = import.await.unwrap().unwrap();
    assert_eq!(done.slips.len(), 200);
    assert_ne!(done.slips[0].password, done.slips[1].password);
}
