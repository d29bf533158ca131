//! Home page, list of cases and figures: drawn from samples, and asked for through the router.

use crate::browser::Browser;
use crate::html;
use crate::path::{concluded, filed};
use crate::site::Site;
use crate::templates::{office, snapshot};
use app::figures::{ClauseLine, Figures, Line, Shown};
use axum::http::StatusCode;
use base::InstitutionId;
use casefile::stage::Stage;
use web::frame::Frame;
use web::pages::cases::{CaseLine, CasesPage, Column, Filter, Mentioned, Select};
use web::pages::{figures, todo};

fn item(act: &'static str, when: &str, left: &str) -> todo::TodoLine {
    todo::TodoLine {
        act,
        url: "/cases/JZ-410928-2026-0017/acts/accept".into(),
        case: "/cases/JZ-410928-2026-0017".into(),
        number: "JZ-410928-2026-0017".into(),
        applicant: "李春梅".into(),
        left: left.into(),
        when: when.into(),
    }
}

fn own(stage: &str) -> todo::OwnCase {
    todo::OwnCase {
        number: "JZ-410928-2026-0017".into(),
        stage: stage.into(),
        when: "最迟 2026 年 10 月 12 日（周一）出结论".into(),
    }
}

#[test]
fn the_home_page() {
    let kind = |url: &str, label: &str, n, current| todo::TodoKind {
        url: url.into(),
        label: label.into(),
        n,
        current,
    };
    let group = |title, late, items| todo::TodoGroup { title, late, items };
    let other = todo::OtherLine {
        text: "等驻局纪检监察组负责人：提意见".into(),
        number: "JZ-410928-2026-0018".into(),
        applicant: "张海波".into(),
        when: "9 月 30 日（周三）前".into(),
    };
    let page = todo::TodoPage {
        frame: office(),
        title: "待办",
        left: vec![
            [
                "陈涛",
                "/cases/JZ/acts/replace-investigator?out=1",
                "JZ-410928-2026-0016",
                "李春梅",
            ]
            .map(Into::into),
        ],
        kinds: vec![
            kind("/todo", "全部", 2, true),
            kind("/todo?what=accept", "待受理", 1, false),
            kind("/todo?what=find", "待认定事实", 1, false),
        ],
        groups: vec![
            group("已逾期", true, vec![item("受理", "▲ 已超期 1 个工作日", "")]),
            group("今天到期", false, vec![item("认定事实", "今天到期", "还差 5 题")]),
        ],
        investigated: Some(vec![own("核实中，还差 5 题")]),
        others: vec![other],
        ..Default::default()
    };
    snapshot("todo", &page);
    let worker = todo::TodoPage {
        frame: Frame::bare(),
        title: "我的事",
        own: Some(vec![own("核实中")]),
        drafts: vec![("/apply/1".into(), "2026 年 9 月 16 日 20:14".into())],
        tools: vec![("/apply", "申请尽职免责"), ("/selfcheck", "先自己对照一下")],
        ..Default::default()
    };
    snapshot("todo-worker", &worker);
}

#[test]
fn the_list_of_cases() {
    let row = |class, due: &str| CaseLine {
        number: "JZ-410928-2026-0017".into(),
        applicant: "李春梅".into(),
        unit: "子岸镇人民政府".into(),
        work: "城乡低保".into(),
        stage: "核实中".into(),
        due: due.into(),
        class,
        received: "2026-09-16".into(),
    };
    let select = |name, label, choices: &[(&str, &str)]| Select {
        name,
        label,
        choices: (choices.iter().enumerate())
            .map(|(n, (code, words))| ((*code).to_owned(), (*words).to_owned(), n == 0))
            .collect(),
    };
    let filter = Filter {
        text: "李".into(),
        deep: true,
        first: vec![select("state", "状态", &[("", "全部"), ("inquiry", "核实中")])],
        more: vec![select("work", "种类", &[("", "全部"), ("dibao", "城乡低保")])],
        received: ("2026-09-01".into(), "昨天".into()),
        wrong: "收到日期要写成 2026-09-16 这样。请改一下。".into(),
        order: "received".into(),
        active: true,
        more_active: true,
    };
    let column = |words, url: &str, sorted| Column {
        words,
        url: url.into(),
        sorted,
    };
    let columns = vec![
        column("编号", "/cases?order=number", ""),
        column("申请人", "", ""),
        column("收到", "/cases?order=received", "descending"),
    ];
    let page = CasesPage {
        frame: office(),
        filter: filter.clone(),
        count: "共 1,000+ 件，新收到的在前面。".into(),
        columns,
        rows: vec![
            row("late-word", "▲ 已超期 2 个工作日"),
            row("", "10 月 12 日（周一），还剩 8 个工作日"),
        ],
        previous: "/cases?at=%3Cx".into(),
        next: "/cases?at=x".into(),
        export: "/cases/export?q=x".into(),
        mentions: Some(Mentioned {
            rows: vec![(row("", ""), "提出申请、陈述申辩".into())],
            hint: "只核对了一部分。".into(),
        }),
        archive: true,
    };
    snapshot("cases", &page);
    let nothing = CasesPage {
        frame: office(),
        filter,
        mentions: Some(Mentioned::default()),
        ..Default::default()
    };
    snapshot("cases-none", &nothing);
    let empty = CasesPage {
        frame: office(),
        ..Default::default()
    };
    snapshot("cases-empty", &empty);
}

fn sample_figures(one: bool) -> Figures {
    let line = |received, timing: [u64; 5]| {
        let shown = |n| if n < 3 { Shown::Few } else { Shown::Number(n) };
        Line {
            received,
            timing: timing.map(shown).to_vec(),
        }
    };
    let county = InstitutionId([1; 16]);
    Figures {
        year: 2026,
        years: vec![2026, 2025],
        bodies: if one {
            vec![]
        } else {
            vec![(county, "濮阳县民政局".into())]
        },
        body: None,
        name: if one {
            "濮阳县民政局"
        } else {
            "濮阳市民政局"
        }
        .into(),
        total: line(Shown::Number(41), [30, 3, 4, 1, 3]),
        months: vec![
            (9, line(Shown::Number(24), [20, 1, 0, 0, 3])),
            (10, line(Shown::Withheld, [10, 2, 4, 1, 0])),
        ],
        by_body: if one {
            vec![]
        } else {
            vec![(county, "濮阳县民政局".into(), line(Shown::Few, [0; 5]))]
        },
        outcomes: vec![
            (Some("免责".into()), Shown::Number(20)),
            (Some("减责".into()), Shown::Few),
            (None, Shown::Number(8)),
        ],
        concluded: Shown::Number(33),
        spans: vec![Shown::Number(4), Shown::Number(20), Shown::Withheld, Shown::Few],
        median: Some(8),
        stages: vec![
            (Stage::Received, Shown::Few),
            (Stage::Inquiry, Shown::Number(5)),
            (Stage::Filed, Shown::Number(30)),
        ],
        clauses: vec![ClauseLine {
            id: "s3-5".into(),
            citation: "三（五）".into(),
            claimed: Shown::Number(12),
            outcomes: vec![Shown::Number(9), Shown::Few, Shown::Withheld],
        }],
    }
}

#[test]
fn the_figures() {
    let city = figures::page(&sample_figures(false), true, office());
    snapshot("figures-city", &city);
    let lead = figures::page(&sample_figures(true), false, office());
    snapshot("figures-lead", &lead);
    let drawn = askama::Template::render(&lead).unwrap();
    // What is hidden has neither a list nor a bar behind it.
    assert!(!drawn.contains("\">少于 3 件</a>") && !drawn.contains("\">不单列</a>"));
    assert_eq!(
        drawn.matches("<rect").count(),
        1 + 2 + 2 + 2 + 1,
        "one bar for each number that is shown"
    );
}

#[tokio::test]
async fn lists_and_figures_are_for_whom_the_table_says() {
    let site = Site::new().await;
    site.submitted("三月核对孙大圣家时数据没有更新。").await;
    let everybody = ["收件岗", "组长", "市协调人", "申请人", "审计员", "管理员"];
    let table: [(&str, &[&str]); 4] = [
        (
            "/cases?state=open&due=soon&work=dibao&from=2026-09-01&to=2026-09-30&order=number",
            &everybody[..3],
        ),
        ("/cases?q=%E5%AD%99&deep=1&from=x", &everybody[..3]),
        ("/figures", &["组长", "市协调人"]),
        (
            "/figures?year=2025&bureau=01010101010101010101010101010101",
            &["组长", "市协调人"],
        ),
    ];
    for (n, who) in everybody.into_iter().enumerate() {
        let mut browser = Browser::of(&site, who, &format!("user{n}")).await;
        for (url, allowed) in table {
            let answer = browser.open(url).await;
            let list = url.starts_with("/cases") && who == "审计员";
            let expected = if list || allowed.contains(&who) {
                StatusCode::OK
            } else {
                StatusCode::NOT_FOUND
            };
            assert_eq!(answer.status, expected, "{who} {url}");
            html::check_form(&format!("{who} {url}"), &answer.html);
        }
    }
}

#[tokio::test]
async fn the_list_is_filtered_sorted_and_searched() {
    let site = Site::new().await;
    let number = concluded(&site, "三月核对孙大圣家时数据没有更新。").await;
    site.app.index_pending().await.unwrap();
    let mut lead = Browser::of(&site, "局长", "lead").await;
    let unit = site.institution("镇政府");
    let handler = site.person("调查甲");
    for (query, there) in [
        (String::new(), true),
        ("state=open".into(), true),
        ("state=closed".into(), false),
        ("state=opinions".into(), true),
        ("due=met".into(), true),
        ("due=late".into(), false),
        ("due=running".into(), false),
        (format!("unit={unit}"), true),
        (format!("unit={}", site.institution("县组")), false),
        ("work=dibao".into(), true),
        ("work=temporary".into(), false),
        (format!("handler={handler}"), true),
        (format!("handler={}", site.person("申请人")), false),
        ("outcome=%E5%85%8D%E8%B4%A3".into(), false),
        ("outcome=none".into(), true),
        ("days=0-5".into(), true),
        ("days=15-".into(), false),
        ("from=2026-09-16&to=2026%E5%B9%B49%E6%9C%8816%E6%97%A5".into(), true),
        ("from=2026-09-17".into(), false),
        ("q=%E7%94%B3%E8%AF%B7".into(), true),
        ("q=%E4%B8%89%EF%BC%88%E4%BA%94%EF%BC%89".into(), true),
        ("q=%E5%AD%99%E5%A4%A7%E5%9C%A3".into(), false),
        ("q=%E5%AD%99%E5%A4%A7%E5%9C%A3&deep=1".into(), true),
        ("order=received".into(), true),
        ("at=nonsense".into(), true),
    ] {
        let page = lead.open(&format!("/cases?{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert_eq!(page.html.contains(&format!("/cases/{number}\"")), there, "{query}");
        html::check_form(&query, &page.html);
    }
    let wrong = lead.open("/cases?from=%E6%98%A8%E5%A4%A9").await;
    assert!(wrong.html.contains("收到日期要写成"));
    let home = lead.open("/todo?what=opine").await;
    assert!(home.html.contains("待提意见 1") || home.html.contains("提意见"));
    let none = lead.open("/todo?what=accept").await;
    assert!(none.html.contains("现在没有等您办的事。"));
}

#[tokio::test]
async fn the_list_comes_as_a_file_without_formulas() {
    let site = Site::new().await;
    filed(&site, "经过").await;
    let mut lead = Browser::of(&site, "局长", "lead").await;
    let file = lead.open("/cases/export?state=closed").await;
    assert_eq!(file.status, StatusCode::OK);
    let today = site.app.today();
    let mut line: [String; 11] = std::array::from_fn(|_| String::new());
    line[1] = "=1+1".into();
    line[2] = "@SUM(A1)".into();
    let bytes = web::pages::cases::export::workbook("案件列表", today, &[line]).unwrap();
    let again = web::pages::cases::export::workbook("案件列表", today, &[]).unwrap();
    assert!(bytes.starts_with(b"PK") && again.starts_with(b"PK"));
    // Formulas stand in the sheet's own part as <f>; texts stand in the part of shared strings.
    let (sheet, strings) = (
        unzipped(&bytes, "xl/worksheets/sheet1.xml"),
        unzipped(&bytes, "xl/sharedStrings.xml"),
    );
    assert!(!sheet.contains("<f>") && strings.contains("=1+1") && strings.contains("@SUM(A1)"));
    let stranger = Browser::of(&site, "申请人", "worker").await.open("/cases/export").await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
}

/// A part of a zipped file.
fn unzipped(bytes: &[u8], part: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    std::io::read_to_string(archive.by_name(part).unwrap()).unwrap()
}
