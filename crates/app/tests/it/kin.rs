//! The register of kin (近亲属备案): who keeps it, what is taken, what a case is shown of it.

use crate::site::Site;
use app::Failure;
use app::kin::correct::Why;
use app::kin::matching::Recorded;
use app::kin::{FIELDS, Typed};
use base::Date;
use casefile::acts::{Accept, Assign};
use casefile::refusal::Kind;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use store::{StreamKind, StreamName};

/// 陈志强, a cadre of the township, kin to 张建国's household, recorded on `on`.
pub fn row(name: &str, head: &str, on: &str) -> [String; 9] {
    [
        name,
        "子岸镇人民政府",
        "干部",
        "乡镇（街道）",
        head,
        "41092619880208007x",
        "东关村",
        "夫妻",
        on,
    ]
    .map(str::to_owned)
}

pub fn typed(name: &str, head: &str, on: &str) -> Typed {
    Typed(row(name, head, on))
}

/// An Excel file with the headings and these rows.
pub fn excel(rows: &[[String; 9]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, (_, label, _)) in FIELDS.iter().enumerate() {
        sheet.write(0, column as u16, *label).unwrap();
    }
    for (n, row) in rows.iter().enumerate() {
        for (column, text) in row.iter().enumerate() {
            sheet.write_string(n as u32 + 1, column as u16, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

pub fn refused(failure: Failure) -> casefile::Refusal {
    match failure {
        Failure::Refused(refusal) => *refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_wrong_is_told_field_by_field() {
    let good = || row("陈志强", "张建国", "2026-03-01");
    let today = Date::constant(2026, 9, 16);
    let table: [(usize, &str, Option<&str>); 14] = [
        (0, "陈志强", None),
        (0, "", Some("name")),
        (3, "township", None),
        (3, "省级", Some("level")),
        (5, "410926198802080071", Some("id_number")),
        (5, "４１０９２６１９８８０２０８００７ｘ", None),
        (5, "", Some("id_number")),
        (7, "三代以内旁系血亲", None),
        (7, "朋友", Some("relation")),
        (8, "2026年3月1日", None),
        (8, "2026/3/1", None),
        (8, "2026-13-01", Some("recorded_on")),
        (8, "2026-09-17", Some("recorded_on")),
        (1, &"长".repeat(101), Some("unit")),
    ];
    for (column, text, wrong) in table {
        let mut row = good();
        row[column] = text.into();
        let read = Typed(row).entry(today);
        let fields = read.as_ref().err().map(|refusal| refusal.field_names());
        assert_eq!(fields, wrong.map(|field| vec![field]), "{text}");
    }
}

#[tokio::test]
async fn the_intake_alone_keeps_it_and_every_look_is_recorded() {
    let site = Site::new().await;
    let entry = typed("陈志强", "张建国", "2026-03-01");
    for stranger in ["局长", "组长", "调查甲", "市协调人", "申请人", "审计员", "管理员"] {
        let viewer = site.viewer(stranger).await;
        let tried = [
            site.app.record_kin(&viewer, site.act(), &entry).await,
            site.app.kin_register(&viewer).await.map(|_| ()),
            site.app
                .import_kin(&viewer, site.act(), excel(&[]), &Why::default())
                .await
                .map(|_| ()),
        ];
        for done in tried {
            assert_eq!(refused(done.unwrap_err()).kind, Kind::NotFound, "{stranger}");
        }
    }
    let clerk = site.viewer("收件岗").await;
    let act = site.act();
    for _ in 0..2 {
        site.app.record_kin(&clerk, act, &entry).await.unwrap();
    }
    let register = site.app.kin_register(&clerk).await.unwrap();
    assert_eq!(register.len(), 1, "a form sent twice acts once");
    let text = &register[0].entry.text;
    assert_eq!(
        (text.head.as_str(), text.id_number.as_str()),
        ("张某某", "410926********007X")
    );
    let access = site.app.store().streams(StreamKind::Access, None, 9).await.unwrap();
    let events = site.app.store().read(&access[0]).await.unwrap();
    let told: Vec<_> = events.iter().map(|e| (e.kind.as_str(), e.open.as_slice())).collect();
    assert_eq!(told, [("register-opened/1", br#"{"entries":1}"#.as_slice())]);
    let kept = site
        .app
        .store()
        .read(&StreamName::Kin(site.institution("县局")))
        .await
        .unwrap();
    assert_eq!(
        String::from_utf8(kept[0].open.clone()).unwrap(),
        r#"{"level":"township","relation":"spouse","recorded_on":"2026-03-01"}"#
    );
    site.app.rebuild().await.unwrap();
    assert_eq!(site.app.kin_register(&clerk).await.unwrap().len(), 1);
    assert!(site.app.store().verify().await.unwrap().findings.is_empty());
}

#[tokio::test]
async fn a_file_is_taken_whole_or_not_at_all() {
    let site = Site::new().await;
    let clerk = site.viewer("收件岗").await;
    let mut bad = row("赵敏", "李四", "2026-03-01");
    bad[5] = "410926198802080071".into();
    bad[7] = "朋友".into();
    let mut turned = FIELDS.map(|(_, label, _)| label.to_owned());
    turned.swap(0, 1);
    let mut headless = Workbook::new();
    headless.add_worksheet().write_row(0, 0, turned.to_vec()).unwrap();
    let good = row("陈志强", "张建国", "2026-03-01");
    let table: [(Vec<u8>, &[&str]); 5] = [
        (
            excel(&[good.clone(), bad]),
            &[
                "一条也没有",
                "第 3 行第 6 列“户主身份证号”",
                "第 3 行第 8 列“干部和户主的关系”",
            ],
        ),
        (headless.save_to_buffer().unwrap(), &["标题要依次是"]),
        (excel(&[]), &["没有要导入的"]),
        (b"PK\x03\x04 not a workbook".to_vec(), &["打不开"]),
        (b"name,unit".to_vec(), &["打不开"]),
    ];
    for (bytes, told) in table {
        let refusal = refused(
            site.app
                .import_kin(&clerk, site.act(), bytes, &Why::default())
                .await
                .unwrap_err(),
        );
        assert_eq!(refusal.field_names(), ["file"]);
        for words in told {
            assert!(
                refusal.fields[0].sentence.contains(words),
                "{}",
                refusal.fields[0].sentence
            );
        }
        assert!(!format!("{refusal:?}").contains("0802080071"), "a number is quoted");
    }
    assert!(site.app.kin_register(&clerk).await.unwrap().is_empty());

    let rows = vec![good, row("赵敏", "李四", "2026年3月2日")];
    let imported = site
        .app
        .import_kin(&clerk, site.act(), excel(&rows), &Why::default())
        .await;
    assert_eq!(imported.unwrap().recorded, 2);
    let days: Vec<String> = (site.app.kin_register(&clerk).await.unwrap().iter())
        .map(|one| one.entry.recorded_on.to_string())
        .collect();
    assert_eq!(days, ["2026-03-02", "2026-03-01"]);
}

#[tokio::test]
async fn a_day_of_excel_is_that_day() {
    let site = Site::new().await;
    let clerk = site.viewer("收件岗").await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let row = row("陈志强", "张建国", "");
    for (column, (_, label, _)) in FIELDS.iter().enumerate() {
        sheet.write(0, column as u16, *label).unwrap();
        sheet.write(2, column as u16, row[column].as_str()).unwrap();
    }
    let day = ExcelDateTime::from_ymd(2024, 2, 29).unwrap();
    let format = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_with_format(2, 8, &day, &format).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let imported = site.app.import_kin(&clerk, site.act(), bytes, &Why::default()).await;
    assert_eq!(imported.unwrap().recorded, 1);
    let register = site.app.kin_register(&clerk).await.unwrap();
    assert_eq!(register[0].entry.recorded_on, Date::constant(2024, 2, 29));
}

#[tokio::test]
async fn a_case_is_shown_what_concerns_its_family() {
    let site = Site::new().await;
    let clerk = site.viewer("收件岗").await;
    let rows = [
        row("陈志强", "张建国", "2026-02-01"),
        row("赵敏", "张 建国", "2026-05-01"),
        row("局长", "张建国", "2026-02-01"),
        row("调查甲", "申请人", "2026-02-01"),
        row("调查乙", "别人家", "2026-02-01"),
    ];
    site.app
        .import_kin(&clerk, site.act(), excel(&rows), &Why::default())
        .await
        .unwrap();
    let worker = site.viewer("申请人").await;
    let draft = site.app.new_draft(&worker).await.unwrap();
    let mut application = site.application("三月份的事");
    application.text.household = "张建国".into();
    let done = site.app.submit(&worker, site.act(), draft, application).await;
    let number = done.unwrap().number;
    site.does("收件岗", &number, Accept {}).await;
    for (lead, who, at) in [("局长", "调查甲", "县局"), ("组长", "调查乙", "县组")] {
        let people = vec![crate::path::assignee(&site, who, at)];
        site.does(lead, &number, Assign { people }).await;
    }
    for reader in ["收件岗", "局长", "组长", "调查甲"] {
        let found = site.app.kin_of_case(&site.viewer(reader).await, &number).await.unwrap();
        let entries: Vec<_> = (found.entries.iter())
            .map(|(one, recorded)| (one.entry.text.name.as_str(), *recorded))
            .collect();
        let expected = [
            ("陈志强", Recorded::Before),
            ("赵敏", Recorded::After),
            ("局长", Recorded::Before),
        ];
        assert_eq!(entries, expected, "{reader}");
        let people: Vec<_> = found.people.iter().map(|(person, _)| *person).collect();
        assert_eq!(people.len(), 2, "{reader}");
        for who in ["局长", "调查甲"] {
            assert!(people.contains(&site.person(who)), "{reader} misses {who}");
        }
        assert!(
            !format!("{found:?}").contains("张建国"),
            "{reader} reads the name whole"
        );
    }
    for outsider in ["市协调人", "审计员", "申请人", "同事"] {
        let found = site.app.kin_of_case(&site.viewer(outsider).await, &number).await;
        assert_eq!(found.unwrap(), app::kin::matching::KinOfCase::default(), "{outsider}");
    }
}
