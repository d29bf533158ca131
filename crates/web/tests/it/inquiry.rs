//! The pages of the inquiry: the acts' forms read back, the list of questions, one question, evidence, statement.

use crate::browser::{Answer as Page, Browser};
use crate::site::Site;
use crate::{html, sample};
use app::Standing;
use app::reading::CaseFile;
use askama::Template;
use base::law::{Answer, Party};
use base::{ArgumentId, Date, EvidenceId, InquiryId, PersonId};
use casefile::act::ActName;
use casefile::case::{Argument, Case, Conclusion, File, Finding, Inquiry, InquiryKind, Ring};
use casefile::{Act, acts};
use web::desk::Desk;
use web::frame::Frame;
use web::pages::acts::{page_of, sample as draw};
use web::pages::{evidence, questions, statement};
use web::values::Values;

/// The investigator who looks at the samples, and the other one.
const ME: PersonId = PersonId([11; 16]);
const OTHER: PersonId = PersonId([13; 16]);
const APPLICANT: PersonId = PersonId([9; 16]);

/// A case in the middle of its inquiry: a record that waits for [`ME`], an argument without an answer, an open finding.
fn inquired() -> Case {
    let mut case = sample::inquiry();
    let day = Date::constant(2026, 9, 24);
    case.evidence[0].file = Some(File {
        address: "ab".repeat(32),
        name: "查询单.png".into(),
        media: "image/png".into(),
        size: 2_300_000,
        digest: "cd".repeat(32),
        ..File::default()
    });
    case.inquiries.push(Inquiry {
        id: InquiryId([42; 16]),
        number: 2,
        kind: InquiryKind::Visit,
        on: day,
        place: "王庄村".into(),
        whom: "村委会".into(),
        text: "看了登记簿。".into(),
        by: OTHER,
        with: ME,
        countersigned: None,
    });
    case.findings.push(Finding {
        citation: String::new(),
        question: "s3-report".into(),
        answer: Answer::Unknown,
        evidence: vec![],
        inquiries: vec![],
        reason: "还在核实。".into(),
        impossible: false,
        by: ME,
        by_name: "陈涛".into(),
        on: day,
    });
    case.statement.matters = "三月核对的经过。".into();
    case.statement.arguments.push(Argument {
        id: ArgumentId([51; 16]),
        text: "第二天就报告了。".into(),
        answer: None,
    });
    case
}

fn file(standing: Standing, my_acts: &[&str]) -> CaseFile {
    sample::file(inquired(), standing, Date::constant(2026, 9, 24), my_acts)
}

fn desk(act: ActName) -> Desk {
    let mut desk = sample::desk(act);
    desk.case = inquired();
    let (answers, readings) = (desk.case.answers(), desk.case.reading_choices());
    desk.assessment = desk
        .pack
        .evaluate(&answers, &readings, None)
        .expect("findings of the pack");
    desk.me = ME;
    desk.case.proposed = Some(Conclusion {
        text: "偏差由数据更新滞后造成。".into(),
        assessment: desk.assessment.clone(),
        answers: desk.case.answers(),
        readings: desk.case.reading_choices(),
        signed: vec![(OTHER, "孙静".into())],
        on: Date::constant(2026, 9, 20),
        in_time: true,
    });
    desk
}

fn typed(pairs: &[(&str, &str)]) -> Values {
    let mut values = Values::default();
    for (name, text) in pairs {
        values.put(name, text);
    }
    values
}

fn id(byte: u8) -> String {
    hex(&[byte; 16])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The form of `act` with `pairs` typed in, read back.
fn parsed(act: ActName, pairs: &[(&str, &str)]) -> Result<Act, Vec<String>> {
    let page = page_of(act).expect("a page");
    let refused = |refusal: casefile::Refusal| refusal.field_names().iter().map(|name| name.to_string()).collect();
    (page.parse)(&desk(act), &typed(pairs)).map_err(refused)
}

#[test]
fn in_the_middle_of_an_inquiry_every_form_is_whole() {
    let acts = [
        (ActName::AddEvidence, vec![]),
        (ActName::Investigate, vec![]),
        (ActName::Countersign, vec![]),
        (ActName::Find, vec![]),
        (ActName::Find, vec![("question", "s3-report")]),
        (ActName::Find, vec![("question", "s3-12-cited")]),
        (ActName::ChooseReading, vec![]),
        (ActName::ChooseReading, vec![("reading", "R1")]),
        (ActName::Invite, vec![]),
        (ActName::State, vec![]),
        (ActName::Waive, vec![]),
        (ActName::AnswerArgument, vec![]),
        (ActName::Explain, vec![]),
        (ActName::Conclude, vec![]),
        (ActName::SignConclusion, vec![]),
    ];
    for (act, query) in acts {
        let form = draw(page_of(act).expect("a page"), &desk(act), &typed(&query));
        html::check(act.code(), &form.render().expect("draws"));
    }
}

#[test]
fn what_is_typed_becomes_the_act() {
    let find = parsed(
        ActName::Find,
        &[
            ("question", "s3-spirit"),
            ("answer", "no"),
            ("evidence", &id(21)),
            ("reason", "查过。"),
        ],
    );
    assert_eq!(
        find,
        Ok(acts::Find {
            question: "s3-spirit".into(),
            answer: Answer::No,
            evidence: vec![EvidenceId([21; 16])],
            inquiries: vec![],
            reason: "查过。".into(),
            citation: String::new(),
            impossible: false,
        }
        .into())
    );
    let answer = parsed(
        ActName::AnswerArgument,
        &[("argument", &id(51)), ("adopted", "no"), ("reason", "无。")],
    );
    let expected = acts::AnswerArgument {
        argument: ArgumentId([51; 16]),
        adopted: Some(false),
        reason: "无。".into(),
    };
    assert_eq!(answer, Ok(expected.into()));
    let state = parsed(ActName::State, &[("arguments", "一条\r\n\r\n又一条")]);
    let expected = acts::State {
        arguments: vec!["一条".into(), "又一条".into()],
        signed: None,
    };
    assert_eq!(state, Ok(expected.into()));
    let reading = parsed(
        ActName::ChooseReading,
        &[("choice", "R1/split"), ("reason", "按原文。")],
    );
    let expected = acts::ChooseReading {
        reading: "R1".into(),
        choice: "split".into(),
        reason: "按原文。".into(),
    };
    assert_eq!(reading, Ok(expected.into()));
}

#[test]
fn what_cannot_be_read_is_told_at_its_field() {
    let table: [(ActName, &[(&str, &str)], &[&str]); 7] = [
        (ActName::Find, &[("question", "s3-spirit")], &["answer"]),
        (
            ActName::Find,
            &[("question", "q"), ("answer", "yes"), ("evidence", "x")],
            &["evidence"],
        ),
        (
            ActName::Investigate,
            &[("kind", "visit"), ("on.year", "2026")],
            &["on", "with"],
        ),
        (ActName::Countersign, &[], &["inquiry"]),
        (ActName::ChooseReading, &[("choice", "R1")], &["choice"]),
        (ActName::AnswerArgument, &[], &["argument", "adopted"]),
        (
            ActName::AddEvidence,
            &[("made.year", "2026"), ("made.month", "13")],
            &["ring", "made"],
        ),
    ];
    for (act, pairs, fields) in table {
        assert_eq!(parsed(act, pairs).unwrap_err(), fields, "{}", act.code());
    }
}

#[test]
fn the_applicant_is_not_asked_who_may_see_the_evidence() {
    let mut desk = desk(ActName::AddEvidence);
    desk.me = APPLICANT;
    let page = page_of(ActName::AddEvidence).expect("a page");
    let form = draw(page, &desk, &Values::default());
    assert!(
        form.form
            .fields
            .iter()
            .all(|field| field.name != "ring" && field.name != "document")
    );
    let Ok(Act::AddEvidence(act)) = (page.parse)(&desk, &typed(&[("title", "证明"), ("ring", "protected")])) else {
        panic!("refused");
    };
    assert_eq!(act.ring, Ring::Everyone);
}

#[test]
fn a_question_says_what_would_follow_and_stands_with_its_clause() {
    let form = draw(
        page_of(ActName::Find).expect("a page"),
        &desk(ActName::Find),
        &typed(&[("question", "s3-report")]),
    );
    let html = form.render().expect("draws");
    for expected in [
        "查明为“否”",
        "看文件原文",
        "证据 1：车辆登记信息查询单",
        "知道被调查以后形成",
        "笔录 1：谈话",
    ] {
        assert!(html.contains(expected), "{expected}");
    }
    assert!(!html.contains("笔录 2"), "not counter-signed");
}

const TEAM: Standing = Standing::Team(Party::Bureau);

#[test]
fn questions_that_change_the_outcome_come_first() {
    let file = file(TEAM, &["find"]);
    let effects = |id: &base::law::QuestionId| {
        let (answers, readings) = (file.case.answers(), file.case.reading_choices());
        file.pack
            .effect_of(id, &answers, &readings, None)
            .expect("a question of the pack")
    };
    let page = questions::list_of(Frame::bare(), &file, effects);
    let titles: Vec<&str> = page.groups.iter().map(|group| group.title).collect();
    assert_eq!(titles, ["会改变结果的", "其他", "已查明"]);
    let open = &page.groups[0].rows;
    assert!(
        open.iter()
            .any(|row| row.id == "s3-report" && row.answer == "未查明" && !row.effects.is_empty())
    );
    assert!(
        page.groups[2]
            .rows
            .iter()
            .any(|row| row.id == "s3-slip" && row.answer == "是")
    );
    let all = page.groups.iter().map(|group| group.rows.len() + group.unnamed.len());
    assert_eq!(all.sum::<usize>(), file.pack.questions.len());
    html::check("questions", &page.render().expect("draws"));
}

#[test]
fn at_the_beginning_circumstances_nobody_named_are_folded() {
    let file = sample::file(sample::case(&sample::pack()), TEAM, sample::TODAY, &[]);
    let page = questions::list_of(Frame::bare(), &file, |_| Vec::new());
    let group = &page.groups[0];
    let in_clause = |row: &questions::Row, cited: &str| row.citations == cited;
    assert!(group.unnamed.iter().any(|row| in_clause(row, "三（一）")));
    assert!(
        group.rows.iter().any(|row| in_clause(row, "三（五）")),
        "what is claimed is not folded"
    );
    assert!(group.unnamed.iter().all(|row| row.citations.starts_with("三（")));
    assert!(
        group.rows.iter().any(|row| in_clause(row, "五（三）")),
        "exclusions belong to every case"
    );
}

#[test]
fn one_question_shows_clause_effect_and_what_was_found_before() {
    let file = file(TEAM, &["find"]);
    let question = file.pack.question(&"s3-slip".into()).expect("a question");
    let page = questions::one_of(Frame::bare(), &file, question, &[], None);
    let html = html::check("question", &page.render().expect("draws"));
    for expected in [
        "查询单和笔录一致。",
        "陈涛",
        "证据 1《车辆登记信息查询单》",
        "笔录 1（谈话）",
        "连着的问题",
    ] {
        assert!(html.contains(expected), "{expected}");
    }
    for clause in question.clauses.iter().filter_map(|id| file.pack.clause(id)) {
        assert!(html.contains(&clause.text), "verbatim");
    }
}

#[test]
fn evidence_and_records_say_what_they_prove_and_who_signed() {
    let page = evidence::page(Frame::bare(), &file(TEAM, &["add-evidence", "countersign"]), ["", ""]);
    let html = html::check("evidence", &page.render().expect("draws"));
    for expected in [
        "没有写，知道被调查以后形成",
        "只限办案的机构",
        "查询单.png",
        "3 MB",
        "等陈涛会签",
        "看了登记簿。",
    ] {
        assert!(html.contains(expected), "{expected}");
    }
    assert_eq!(page.acts.len(), 2);
    let nothing = sample::file(sample::case(&sample::pack()), Standing::Applicant, sample::TODAY, &[]);
    let html = html::check(
        "no evidence",
        &evidence::page(Frame::bare(), &nothing, ["", ""])
            .render()
            .expect("draws"),
    );
    assert!(html.contains("还没有材料。没有材料也可以继续。"));
}

#[test]
fn a_statement_stands_beside_its_answers() {
    let page = statement::page(Frame::bare(), &file(TEAM, &["answer"]));
    let html = html::check("statement", &page.render().expect("draws"));
    for expected in [
        "三月核对的经过。",
        "✓ 采纳",
        "查询单可以证明。",
        "还没有答复",
        "9 月 23 日",
        "acts/answer?argument=",
    ] {
        assert!(html.contains(expected), "{expected}");
    }
    let nothing = sample::file(sample::case(&sample::pack()), TEAM, sample::TODAY, &["invite"]);
    let html = html::check(
        "no statement",
        &statement::page(Frame::bare(), &nothing).render().expect("draws"),
    );
    assert!(html.contains("还没有邀请申请人说明"));
}

/// What every form sends along: the act's id and the version of the case.
fn with<'a>(page: &'a (String, String), fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![("act_id", page.0.as_str()), ("version", page.1.as_str())];
    all.extend_from_slice(fields);
    all
}

fn hidden(answer: &Page) -> (String, String) {
    (answer.hidden("act_id"), answer.hidden("version"))
}

#[tokio::test]
async fn a_file_is_checked_by_content_and_not_sent_twice() {
    let site = Site::new().await;
    let number = site.submitted("数据晚到").await;
    let mut worker = Browser::of(&site, "申请人", "worker").await;
    let url = format!("/cases/{number}/acts/add-evidence");
    let form = hidden(&worker.open(&url).await);
    let large = [&b"%PDF-1.7\n"[..], &vec![b' '; 20 * 1024 * 1024]].concat();
    let table: [(&str, &[u8], &str); 3] = [
        ("空.pdf", b"", "是空的"),
        ("程序.pdf", b"MZ\x90\x00 not a paper", "打不开"),
        ("大.pdf", &large, "超过 20 MB"),
    ];
    for (name, bytes, sentence) in table {
        let fields = with(&form, &[("title", "入户核查表"), ("proves", "当时没有车")]);
        let answer = worker.upload_as(&url, &fields, "file", name, bytes).await;
        assert_eq!(answer.status, 422, "{name}");
        assert!(
            answer.html.contains(sentence) && answer.html.contains("当时没有车"),
            "{name}: {sentence}"
        );
    }
    let paper = &b"%PDF-1.7\nMARKER"[..];
    let fields = with(&form, &[("proves", "当时没有车")]);
    let answer = worker
        .upload_as(&url, &fields, "file", "C:\\桌面\\../核查表.pdf", paper)
        .await;
    assert_eq!(answer.status, 422);
    assert!(answer.html.contains("还没写材料名称") && answer.html.contains("已收到：核查表.pdf"));
    let kept = answer.hidden("file.kept");
    let fields = with(&form, &[("title", "入户核查表"), ("file.kept", &kept)]);
    let answer = worker.send(&url, &fields).await;
    assert_eq!(
        (answer.status.as_u16(), answer.location),
        (303, format!("/cases/{number}"))
    );
    let case = site.app.case(&number).await.expect("the case").case;
    let file = case.evidence[0].file.as_ref().expect("a file");
    assert_eq!(
        (file.name.as_str(), file.media.as_str(), file.size),
        ("核查表.pdf", "application/pdf", 15)
    );
    assert!(
        worker
            .open(&format!("/cases/{number}/evidence"))
            .await
            .html
            .contains("核查表.pdf")
    );
    let mut stranger = Browser::of(&site, "同事", "stranger").await;
    assert_eq!(stranger.open(&format!("/cases/{number}/evidence")).await.status, 404);
}

#[tokio::test]
async fn an_investigator_finds_on_the_questions_own_page() {
    let site = Site::new().await;
    let number = site.submitted("数据晚到").await;
    site.does("收件岗", &number, acts::Accept {}).await;
    for (name, lead, at, party) in [
        ("调查甲", "局长", "县局", Party::Bureau),
        ("调查乙", "组长", "县组", Party::Discipline),
    ] {
        let assignee = acts::Assignee {
            person: site.person(name),
            name: name.into(),
            institution: site.institution(at),
            party: Some(party),
            leads: false,
        };
        site.does(lead, &number, acts::Assign { people: vec![assignee] }).await;
    }
    let mut investigator = Browser::of(&site, "调查甲", "jia").await;
    let list = format!("/cases/{number}/questions");
    assert!(investigator.open(&list).await.html.contains("会改变结果的"));
    let url = format!("{list}/s3-spirit");
    let page = investigator.open(&url).await;
    let question = site
        .app
        .packs()
        .current()
        .question(&"s3-spirit".into())
        .expect("a question")
        .investigator
        .clone();
    assert!(page.html.contains(&format!("<h1>{question}</h1>")));
    let form = hidden(&page);
    let fields = [
        ("question", "s3-spirit"),
        ("next", list.as_str()),
        ("answer", "yes"),
        ("reason", "大家都这样说"),
    ];
    let answer = investigator.send(&url, &with(&form, &fields)).await;
    assert_eq!(answer.status, 422);
    assert!(answer.html.contains("至少要有一份证据") && answer.html.contains("大家都这样说"));
    let fields = [
        ("question", "s3-spirit"),
        ("next", list.as_str()),
        ("answer", "unknown"),
        ("reason", "还在核实"),
    ];
    let answer = investigator.send(&url, &with(&form, &fields)).await;
    assert_eq!((answer.status.as_u16(), &answer.location), (303, &list));
    assert!(investigator.open(&url).await.html.contains("还在核实"));
    let mut worker = Browser::of(&site, "申请人", "worker").await;
    assert_eq!(worker.open(&list).await.status, 404);
    assert_eq!(worker.open(&url).await.status, 404);
    let mut lead = Browser::of(&site, "局长", "lead").await;
    assert!(
        !lead.open(&url).await.html.contains("<form class=\"form\""),
        "leads read, investigators find"
    );
}
