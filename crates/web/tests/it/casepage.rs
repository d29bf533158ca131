//! The case page for its readers: what each sees of it and what not, the drawn line, evidence beside evidence, what
//! changed the outcome, and that nothing of a withheld opinion shows, not even its length.

use crate::browser::Browser;
use crate::site::Site;
use crate::{html, path, sample};
use app::Standing;
use app::reading::{CaseFile, Change, Changed};
use askama::Template;
use base::law::{Answer, Party};
use base::{Date, EvidenceId};
use casefile::acts::Opine;
use casefile::case::{Evidence, File, Ring};
use std::path::Path;
use web::frame::Frame;
use web::map::{Map, Picture};
use web::pages::case::{own_page, page};
use web::pages::evidence;

const TEAM: Standing = Standing::Team(Party::Bureau);
const LATER: Date = Date::constant(2026, 9, 29);

fn draw(file: &CaseFile) -> String {
    page(file, Frame::bare(), |_| Vec::new()).render().expect("draws")
}

#[test]
fn a_withheld_opinion_leaves_the_page_the_same_whatever_it_says() {
    let pages = [("免责", "短。".to_owned()), ("不予免责", "长得多的理由。".repeat(200))].map(|(outcome, reason)| {
        let case = sample::opinions_saying(outcome, &reason);
        [
            TEAM,
            Standing::Team(Party::Discipline),
            Standing::City(Party::City),
            Standing::Auditor,
        ]
        .map(|standing| draw(&sample::file(case.clone(), standing, LATER, &["opine"])))
    });
    assert_eq!(pages[0], pages[1]);
    assert!(
        pages[0]
            .iter()
            .all(|html| html.contains("已密封") && html.contains("未提交"))
    );
}

#[test]
fn who_gave_an_opinion_reads_that_it_is_fixed_and_the_others_only_that_it_is_in() {
    let line = |standing| {
        let file = sample::file(sample::opinions(), standing, LATER, &[]);
        let page = page(&file, Frame::bare(), |_| Vec::new());
        page.opinions
            .iter()
            .find(|opinion| opinion.withheld)
            .expect("one is in")
            .line
            .clone()
    };
    assert_eq!(
        line(Standing::Team(Party::Discipline)),
        "2026 年 9 月 28 日 15:40 赵明提交。到齐以前不能改，也看不到对方意见。"
    );
    for other in [TEAM, Standing::City(Party::City), Standing::Auditor] {
        assert_eq!(line(other), "2026 年 9 月 28 日 15:40 赵明提交。到齐以前看不到内容。");
    }
}

#[test]
fn who_may_do_nothing_is_offered_nothing() {
    for (case, standing) in [
        (sample::opinions(), Standing::Auditor),
        (sample::opinions(), Standing::City(Party::City)),
    ] {
        let html = draw(&sample::file(case, standing, LATER, &[]));
        assert!(
            !html.contains("/acts/") && !html.contains("class=\"btn"),
            "{standing:?}"
        );
        assert!(html.contains("现在等：民政局负责人提意见"), "{standing:?}");
    }
}

#[test]
fn the_steps_say_where_the_case_is_and_lead_to_what_was_done() {
    let html = draw(&sample::file(sample::opinions(), TEAM, LATER, &["opine"]));
    assert!(html.contains("<summary>办理步骤：第 8 项，共 13 项</summary>"));
    let number = "JZ-410928-2026-0017";
    for url in ["acts/opine", "deadline", "statement", "questions", "evidence"] {
        assert!(html.contains(&format!("<a href=\"/cases/{number}/{url}\">")), "{url}");
    }
    assert!(html.contains("<a href=\"#conclusion-title\">调查结论</a>"));
    assert!(
        html.contains("要先有：调查结论、两家意见"),
        "what is not yet possible says what comes first"
    );
}

#[test]
fn what_is_claimed_stands_with_the_clause_and_never_with_what_is_found() {
    let page = page(
        &sample::file(sample::inquiry(), TEAM, LATER, &["find"]),
        Frame::bare(),
        |_| Vec::new(),
    );
    let rows = page.why.groups.iter().flat_map(|group| &group.rows);
    let claimed: Vec<&str> = rows.filter(|row| row.claimed).map(|row| row.title.as_str()).collect();
    assert_eq!(claimed, ["三（五）"]);
    for cell in page.render().expect("draws").split("<td role=\"cell\"").skip(1) {
        let cell = cell.split("</td>").next().unwrap_or_default();
        assert!(!cell.contains("申请人提出"), "{cell}");
    }
}

#[test]
fn the_open_questions_are_links_the_most_decisive_first_and_none_that_cannot_be_found() {
    let mut case = sample::inquiry();
    let file = sample::file(case.clone(), TEAM, LATER, &["find"]);
    let effects = |id: &base::law::QuestionId| {
        let (answers, readings) = (file.case.answers(), file.case.reading_choices());
        file.pack
            .effect_of(id, &answers, &readings, None)
            .expect("a question of the pack")
    };
    let why = page(&file, Frame::bare(), effects).why;
    let left = file.case.open_questions(&file.assessment).len();
    assert!(!why.open.is_empty());
    assert_eq!(why.open.len() + why.more_open, left);
    let settles = |question: &web::pages::case::why::OpenQuestion| question.effect.contains("结果将是");
    assert!(settles(&why.open[0]), "{}", why.open[0].effect);
    assert!(why.open.is_sorted_by_key(|question| !settles(question)));
    for question in &why.open {
        assert_eq!(
            question.url,
            format!("/cases/{}/questions/{}", file.number, question.id)
        );
        assert!(question.effect.contains("查明为“是”") && question.effect.contains("查明为“否”"));
    }
    for id in &file.assessment.relevant {
        let mut finding = case.findings[0].clone();
        (finding.question, finding.answer, finding.impossible) = (id.clone(), Answer::Unknown, true);
        case.findings.push(finding);
    }
    let why = page(&sample::file(case, TEAM, LATER, &["find"]), Frame::bare(), effects).why;
    assert!(why.open.is_empty() && why.more_open == 0);
    assert!(why.idle.contains("无法查明"), "{}", why.idle);
}

#[test]
fn what_changed_the_outcome_is_told_with_the_outcome_before_and_after() {
    let mut file = sample::file(sample::inquiry(), TEAM, LATER, &[]);
    let change = |before: Option<&str>, after: &str| Change {
        what: Changed::Finding("s3-report".into(), Answer::Yes, Answer::No),
        before: before.map(Into::into),
        after: Some(after.into()),
        on: LATER,
        by: "陈涛".into(),
        reason: "登记簿上没有。".into(),
    };
    file.changes = vec![
        change(Some("免责"), "不予免责"),
        change(Some("免责"), "免责"),
        change(None, "免责"),
    ];
    let told = page(&file, Frame::bare(), |_| Vec::new()).why.changed;
    let question = &file
        .pack
        .question(&"s3-report".into())
        .expect("a question")
        .investigator;
    assert_eq!(
        told[0],
        format!(
            "结果改变过：原建议 免责，“{question}”由“是”改查为“否”后为 不予免责。9 月 29 日（周二），陈涛。理由：登记簿上没有。"
        )
    );
    assert!(told[1].starts_with("改查过，结果没有变"), "{}", told[1]);
    assert!(told[2].starts_with("结果改变过：原建议 还不能得出"), "{}", told[2]);
}

#[test]
fn the_worker_is_told_that_the_day_was_met_and_nothing_of_the_steps_targets() {
    let mut file = sample::file(sample::opinions(), Standing::Applicant, LATER, &[]);
    // What the worker is given: no conclusion before the result is served, but that there is one.
    file.case.conclusion = None;
    let page = own_page(&file, Frame::bare());
    let statutory = page.head.due.statutory.as_ref().expect("a clock");
    assert_eq!((statutory.class.as_str(), page.head.due.step.is_none()), ("met", true));
    assert!(page.line.bars.iter().all(|bar| bar.name == "法定期限"));
    assert!(page.line.points.iter().any(|point| point.what == "调查结论"));
    let html = page.render().expect("draws");
    let headings = ["办到哪一步了", "现在等谁", "最迟哪天", "文书", "谁看过"];
    let places: Vec<usize> = headings
        .iter()
        .map(|h| html.find(&format!(">{h}</h2>")).expect(h))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(html.contains("两家正在提意见") && !html.contains("负责人提意见"));
}

#[test]
fn the_line_has_both_clocks_and_every_day_in_words() {
    let file = sample::file(sample::opinions(), TEAM, LATER, &[]);
    let line = page(&file, Frame::bare(), |_| Vec::new()).line;
    let names: Vec<(&str, &str)> = line.bars.iter().map(|bar| (bar.name, bar.class)).collect();
    assert_eq!(names, [("法定期限", "statutory met"), ("本步", "step")]);
    let told: Vec<&str> = line.points.iter().map(|point| point.what.as_str()).collect();
    let expected = [
        "收到",
        "受理",
        "申辩告知",
        "说明和申辩",
        "调查结论",
        "今天",
        "本步期限",
        "法定期限",
    ];
    assert_eq!(told, expected);
    assert!(line.points.windows(2).all(|pair| pair[0].x < pair[1].x));
    let received = sample::file(sample::case(&sample::pack()), TEAM, Date::constant(2026, 10, 20), &[]);
    let late = page(&received, Frame::bare(), |_| Vec::new()).line;
    assert!(late.bars[0].late > 0, "past its end");
}

#[test]
fn two_pictures_lie_beside_each_other() {
    let mut case = sample::inquiry();
    for number in 2..=4 {
        case.evidence.push(photo(number));
    }
    let file = sample::file(case, TEAM, LATER, &[]);
    let shown = evidence::page(Frame::bare(), &file, ["e2", "e4"]);
    assert_eq!(shown.pictures.len(), 3, "what is no picture is none");
    let html = html::check("evidence-pictures", &shown.render().expect("draws"));
    let beside = html
        .split("id=\"beside\"")
        .nth(1)
        .and_then(|rest| rest.split("</section>").next());
    let beside = beside.expect("a section");
    assert!(beside.contains("证据 2 · 入户照片") && beside.contains("证据 4 · 入户照片"));
    assert!(beside.contains("证明：第 2 面墙") && !beside.contains("证据 3"));
    let third = &shown.pictures[1];
    assert_eq!(
        third.left,
        "/cases/JZ-410928-2026-0017/evidence?left=e3&right=e4#beside"
    );
    assert_eq!(
        third.right,
        "/cases/JZ-410928-2026-0017/evidence?left=e2&right=e3#beside"
    );
    let none = evidence::page(Frame::bare(), &file, ["e9", "<"]);
    assert_eq!(none.beside, [None, None], "what is not there is not chosen");
    insta::assert_snapshot!("evidence-pictures", html);
}

fn photo(number: u32) -> Evidence {
    Evidence {
        id: EvidenceId([number as u8; 16]),
        number,
        title: "入户照片".into(),
        proves: format!("第 {number} 面墙"),
        made: None,
        made_after_inquiry: false,
        ring: Ring::Team,
        protects: Vec::new(),
        document: false,
        by: base::PersonId([11; 16]),
        by_name: "陈涛".into(),
        on: LATER,
        file: Some(File {
            address: format!("{number:064}"),
            name: format!("入户{number}.jpg"),
            media: "image/jpeg".into(),
            size: 4096,
            digest: String::new(),
            ..File::default()
        }),
    }
}

#[test]
fn the_map_marks_where_a_case_is_and_who_is_next() {
    let pack = sample::pack();
    let map = Map::of(&pack, "JZ-410928-2026-0017", casefile::stage::Stage::Opinions);
    assert_eq!(
        map.here,
        "JZ-410928-2026-0017 在第 6 步：提意见（民政局，纪检监察组）。下一步是认定出报告（民政局）。"
    );
    let html = map.render().expect("draws");
    assert_eq!(html.matches("aria-current=\"step\"").count(), 1);
    assert_eq!(html.matches("✓ 已完成").count(), 5);
    insta::assert_snapshot!("map", html);
    assert_eq!(Map::of(&pack, "", casefile::stage::Stage::Withdrawn), Map::blank(&pack));
}

/// The README's picture is this drawing. `INSTA_UPDATE=always` writes it anew.
#[test]
fn the_picture_of_the_procedure_is_fresh() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pictures/procedure.svg");
    let drawn = Picture {
        steps: Map::blank(&sample::pack()).steps,
    }
    .render()
    .expect("draws");
    if std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        std::fs::write(&file, &drawn).expect("written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == drawn, "docs/pictures/procedure.svg is not what is drawn now");
}

/// What the edge answers the other side about an opinion that is in: the same, byte for byte, whatever it says.
#[tokio::test]
async fn nothing_of_a_withheld_opinion_is_sent() {
    let mut seen: Vec<Vec<String>> = Vec::new();
    for (outcome, reason) in [
        ("免责", "短。".to_owned()),
        ("不予免责", "密封的长得多的理由。".repeat(200)),
    ] {
        let site = Site::new().await;
        let number = path::concluded(&site, "经过").await;
        let opinion = Opine {
            outcome: outcome.into(),
            reason,
        };
        site.does("组长", &number, opinion).await;
        let mut pages = Vec::new();
        for who in ["局长", "收件岗", "调查甲", "市协调人", "审计员", "申请人"] {
            let mut browser = Browser::of(&site, who, who).await;
            for page in [
                "",
                "/record",
                "/print",
                "/questions",
                "/evidence",
                "/statement",
                "/deadline",
            ] {
                pages.push(browser.open(&format!("/cases/{number}{page}")).await.html);
            }
        }
        seen.push(pages);
    }
    assert!(seen[0].iter().any(|html| html.contains("已密封")));
    for (one, other) in seen[0].iter().zip(&seen[1]) {
        assert!(!other.contains("密封的长得多"));
        assert_eq!(one.len(), other.len(), "{one}");
        assert_eq!(one, other);
    }
}

#[tokio::test]
async fn print_unfolds_everything_and_says_who_printed_it_and_when() {
    let site = Site::new().await;
    let number = path::concluded(&site, &"经过很长。".repeat(60)).await;
    for (who, closed) in [("局长", "现在等您"), ("申请人", "您能做的")] {
        let mut browser = Browser::of(&site, who, who).await;
        let html = browser.open(&format!("/cases/{number}/print")).await.html;
        let folded = html
            .split("<details")
            .skip(1)
            .filter(|rest| !rest.starts_with(" class=\"card tasks folded\""));
        for details in folded {
            let tag = details.split('>').next().unwrap_or_default();
            assert!(tag.ends_with(" open"), "{who}: <details{tag}>");
        }
        let name = site.viewer(who).await.name;
        assert!(
            html.contains(&format!("{number} · 打印人 {name} · 2026 年 9 月 17 日 09:")),
            "{who}"
        );
        assert!(!html.contains(closed) && !html.contains("/acts/"), "{who}");
    }
}
