//! `/styleguide`: the sixteen components in every state, drawn by the templates and parts of the real pages. What axe
//! and the pictures run on, and what one looks at before writing another.
//!
//! For the administrator; to everybody else the address is not found. Knows no case: its people are made up.

// long because: sixteen components, each with a sample in every state.

use crate::error::{Page, not_found};
use crate::extract::Visit;
use crate::form::{Choice, Field, Form, Kept, Law, choices};
use crate::frame::Frame;
use crate::map::Map;
use crate::pages::apply::check::Row as Answer;
use crate::pages::case::due::{Clock, DueBox};
use crate::pages::case::line::{Bar, Line, Point};
use crate::pages::case::opinions::OpinionBox;
use crate::pages::case::why::{Because, OpenQuestion, ReadingNote, Row, RowGroup, Why};
use crate::pages::case::{Head, LogLine, Now, TaskGroup, TaskLine};
use crate::pages::cases::{CaseLine, Column, Filter, Select};
use app::authority::{Matter, seat_in};
use askama::Template;
use axum::response::{Html, IntoResponse};
use base::Date;
use casefile::case::File;
use casefile::stage::Stage;
use casefile::{FieldRefusal, Refusal};
use rules::Pack;

const NUMBER: &str = "JZ-410928-2026-0017";

/// All components.
#[derive(Debug, Template)]
#[template(path = "pages/styleguide.html")]
pub struct Styleguide {
    /// Around it; `office` chooses the density.
    pub frame: Frame,
    /// Back link and step line: where back leads, the line, how far.
    pub ways: Vec<(&'static str, &'static str, usize)>,
    /// The summary list.
    pub lists: Vec<(&'static str, Vec<Answer>)>,
    /// Fields and choices: what the state is called, and the form.
    pub forms: Vec<(&'static str, Form)>,
    /// The file list: a row of a form for each file kept.
    pub files: Form,
    /// Tags: look and word.
    pub tags: Vec<(&'static str, &'static str)>,
    /// Deadline boxes, and whom a case waits for.
    pub heads: Vec<Head>,
    /// The task list.
    pub groups: Vec<TaskGroup>,
    /// The explanation, settled and open.
    pub whys: Vec<Why>,
    /// The opinions: not in, own in, both in.
    pub sealed: Vec<(Vec<OpinionBox>, &'static str)>,
    /// The timeline.
    pub log: Vec<LogLine>,
    /// The filter bar.
    pub filter: Filter,
    /// The table's columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<CaseLine>,
    /// The pager, back.
    pub previous: &'static str,
    /// The pager, on.
    pub next: &'static str,
    /// The timeline of a case, drawn.
    pub line: Line,
    /// The procedure, drawn, with a case on it.
    pub map: Map,
    /// For parts that are also printed: they are not, here.
    pub printed: Option<String>,
}

/// `GET /styleguide`: for clerks.
pub async fn office(visit: Visit) -> Page {
    get(&visit, true)
}

/// `GET /styleguide/worker`: for workers.
pub async fn worker(visit: Visit) -> Page {
    get(&visit, false)
}

fn get(visit: &Visit, office: bool) -> Page {
    if seat_in(&visit.viewer, Matter::RunSite).is_none() {
        return Ok(not_found());
    }
    let mut frame = visit.frame("/admin");
    frame.office = office;
    Ok(Html(page(frame, visit.app.packs().current()).render()?).into_response())
}

/// The page.
pub fn page(mut frame: Frame, pack: &Pack) -> Styleguide {
    frame.done = Some("已受理。".into());
    Styleguide {
        frame,
        ways: vec![
            ("#way", "第 1 步，共 12 步 · 您的信息", 1),
            ("#way", "第 6 步 · 第 1 类，共 2 类", 6),
            ("#way", "第 12 步，共 12 步 · 核对", 12),
        ],
        lists: vec![(
            "您的信息",
            vec![answer("姓名", "李春梅"), answer("事情的经过", "第一行\n第二行")],
        )],
        forms: vec![("空着", form("blank")), ("填好", filled()), ("有错", wrong())],
        files: files(),
        tags: vec![
            ("t-todo", "未开始"),
            ("t-doing", "进行中"),
            ("t-done", "✓ 已完成"),
            ("t-cannot", "不能开始"),
            ("t-not", "不需要"),
            ("v-yes", "✓ 成立"),
            ("v-no", "✕ 不成立"),
            ("v-unknown", "？ 未查明"),
            ("v-bars", "有（排除）"),
            ("t-sealed", "已密封"),
        ],
        heads: heads(),
        groups: vec![TaskGroup {
            title: "二、核实".into(),
            tasks: vec![
                task("听取申辩", "t-todo", "未开始", "等王丽", ""),
                task("认定事实", "t-doing", "进行中", "查明 12 题，还差 5 题", "晚了 3 天"),
                task("指派调查人", "t-done", "✓ 已完成", "9 月 18 日 周建国", ""),
                task("调查结论", "t-cannot", "不能开始", "要先有：听取申辩", ""),
                task("会商", "t-not", "不需要", "意见一致，不用会商", ""),
            ],
        }],
        whys: vec![settled(), open()],
        sealed: vec![
            (
                vec![
                    opinion(false, "t-todo", "未提交", ""),
                    opinion(false, "t-todo", "未提交", ""),
                ],
                "",
            ),
            (
                vec![
                    opinion(true, "t-sealed", "已密封", ""),
                    opinion(true, "t-sealed", "已密封", ""),
                ],
                "",
            ),
            (
                vec![
                    opinion(false, "t-done", "✓ 已打开", "免责"),
                    opinion(false, "t-done", "✓ 已打开", "减责"),
                ],
                "意见不一致，要会商",
            ),
        ],
        log: vec![log(2, "提交意见"), log(1, "受理")],
        filter: Filter {
            text: "李".into(),
            first: vec![select("state", "状态", "核实中")],
            more: vec![select("work", "种类", "城乡低保")],
            active: true,
            more_active: true,
            ..Filter::default()
        },
        columns: ["编号", "申请人", "单位", "种类", "办到哪一步", "法定期限", "收到"]
            .map(column)
            .into(),
        rows: vec![
            row("late-word", "▲ 已超期 2 个工作日"),
            row("warn-word", "9 月 18 日（周五），还剩 2 个工作日"),
            row("", "10 月 12 日（周一），还剩 8 个工作日"),
            row("ok-word", "✓ 按期作出结论"),
            row("", ""),
        ],
        previous: "#table",
        next: "#table",
        line: line(),
        map: Map::of(pack, NUMBER, Stage::Opinions),
        printed: None,
    }
}

fn answer(question: &'static str, answer: &str) -> Answer {
    Answer {
        question,
        answer: answer.into(),
        url: "#answers".into(),
    }
}

/// Every control; the names begin with `state`, so that three forms can stand on one page.
fn form(state: &str) -> Form {
    let named = |name: &str| format!("{state}-{name}");
    let law = Law {
        citation: "三（五）".into(),
        text: "因部门共享数据不完善、信息更新滞后等原因，导致核对信息不准确的；".into(),
        notes: vec!["引用的文件已经废止。".into()],
    };
    let claimed = Choice::new("s3-5", "别的部门给的数据不全或者来得晚，所以我核对错了")
        .hint("例如：车管数据晚了两个月才更新")
        .law(law);
    Form::new("保存，下一步")
        .field(Field::fixed(&named("known"), "申请人", "李春梅"))
        .field(Field::text(&named("place"), "地点").hint("写到村。"))
        .field(Field::long(&named("reason"), "理由"))
        .field(Field::number(&named("copies"), "份数").optional())
        .field(Field::date(&named("on"), "谈话日期").hint("例如 2026 年 3 月 9 日"))
        .field(Field::when(&named("made"), "形成时间").optional())
        .field(Field::radio(
            &named("kind"),
            "种类",
            choices(&[("interview", "谈话"), ("visit", "走访")]),
        ))
        .field(Field::checks(
            &named("clauses"),
            "哪些情况相符",
            vec![claimed, Choice::new("s3-7", "有疑点，但在规定时间内查不清")],
        ))
        .field(Field::select(
            &named("who"),
            "谁来办",
            choices(&[("1", "陈涛"), ("2", "孙静")]),
        ))
        .field(Field::file(&named("files"), "附件").several().optional())
        .field(Field::password(&named("password"), "请输入您的密码，等于签名"))
        .consequences("保存后记入案件，不能改。")
        .button("go", "later", "先存着，以后再填")
}

fn files() -> Form {
    let kept = |n: usize, name: &str, size: &str, place_kept| Kept {
        address: format!("file-{n}"),
        name: name.into(),
        size: size.into(),
        url: "#files".into(),
        has_small: false,
        place_kept,
    };
    Form::new("没有了，下一步")
        .field(Field::kept(kept(1, "入户照片", "3 MB", Some(false)), ""))
        .field(Field::kept(
            kept(2, "院子", "1 MB，压缩后上传", Some(true)),
            "院子里没有车",
        ))
        .field(Field::kept(
            kept(3, "平台查询记录", "46 KB", None),
            "车辆信息 5 月才到平台",
        ))
}

fn filled() -> Form {
    let mut form = form("filled");
    let kept = File {
        name: "入户照片.jpg".into(),
        ..File::default()
    };
    let typed: [(&str, &[&str]); 7] = [
        ("place", &["子岸镇王庄村"]),
        ("reason", &["平台数据晚到。\n发现当天就报告了。"]),
        ("copies", &["2"]),
        ("on", &["2026", "9", "16"]),
        ("kind", &["visit"]),
        ("clauses", &["s3-5"]),
        ("who", &["2"]),
    ];
    for field in &mut form.fields {
        let name = field.name.trim_start_matches("filled-");
        if let Some((_, values)) = typed.iter().find(|(of, _)| *of == name) {
            field.values = values.iter().map(ToString::to_string).collect();
        }
        if name == "files" {
            field.stored = vec![kept.clone()];
        }
    }
    form
}

fn wrong() -> Form {
    let told = [
        ("place", "还没写地点。请写上。"),
        ("reason", "最多写 5000 个字，现在有 5001 个字。请删短一点。"),
        ("copies", "份数要写数字。"),
        ("on", "谈话日期没有这一天。请改。"),
        ("made", "形成时间不能晚于今天。请改一下。"),
        ("kind", "还没选种类。请选一项。"),
        ("clauses", "还没选相符的情况。至少选一项，拿不准就选最像的。"),
        ("who", "还没选谁来办。请选一项。"),
        ("files", "这个文件是空的，请重新选。其他内容都存好了。"),
        ("password", "密码不对。请再输一次。"),
        (
            "",
            "您打开后，王丽在 10:02 受理了这个案件。您写的还在下面，请看一下再提交。",
        ),
    ];
    let fields = told.map(|(field, sentence)| FieldRefusal {
        field: format!("wrong-{field}"),
        sentence: sentence.into(),
    });
    let mut form = form("wrong").refuse(&Refusal::fields(fields.to_vec()));
    for field in form.fields.iter_mut().filter(|field| field.name == "wrong-on") {
        field.values = vec!["2026".into(), "13".into(), "1".into()];
    }
    form
}

fn heads() -> Vec<Head> {
    let clock = |class: &str, words: &str, by: &str| Clock {
        class: class.into(),
        words: words.into(),
        by: by.into(),
    };
    let due = |statutory: Clock, step: Option<Clock>| DueBox {
        class: step
            .as_ref()
            .map_or_else(|| statutory.class.clone(), |step| step.class.clone()),
        statutory: Some(statutory),
        step,
        ended: String::new(),
    };
    let calm = || clock("calm", "还剩 8 个工作日", "最迟 2026 年 10 月 12 日（周一）");
    let boxes = [
        due(calm(), None),
        due(
            clock("warn", "还剩 3 个工作日", "最迟 2026 年 10 月 12 日（周一）"),
            None,
        ),
        due(clock("warn", "今天到期", "最迟 2026 年 10 月 12 日（周一）"), None),
        due(
            clock("late", "▲ 已超期 2 个工作日", "应于 2026 年 10 月 12 日（周一）"),
            None,
        ),
        due(
            clock(
                "met",
                "✓ 法定期限已满足",
                "9 月 28 日（周一）作出结论，最迟 10 月 12 日（周一）",
            ),
            None,
        ),
        due(
            clock(
                "calm provisional",
                "还剩 9 个工作日",
                "最迟 2027 年 1 月 8 日（周五）（暂定，放假安排未公布）",
            ),
            None,
        ),
        due(
            calm(),
            Some(clock("warn", "明天到期", "最迟 2026 年 9 月 30 日（周三）")),
        ),
        DueBox {
            class: "calm".into(),
            ended: "已归档".into(),
            ..DueBox::default()
        },
    ];
    let mut heads: Vec<Head> = boxes
        .into_iter()
        .map(|due| Head {
            number: NUMBER.into(),
            title: "李春梅的尽职免责申请".into(),
            due,
            ..Head::default()
        })
        .collect();
    heads[0].now = Some(Now {
        title: "提交意见".into(),
        hint: "9 月 30 日（周三）前。".into(),
        url: "#now".into(),
    });
    heads[0].acts = vec![("#now".into(), "补充证据"), ("#now".into(), "自己申请回避")];
    heads[1].waits = vec!["驻县民政局纪检监察组：提意见，9 月 30 日（周三）前".into()];
    heads
}

fn task(title: &'static str, class: &'static str, word: &str, detail: &str, late: &str) -> TaskLine {
    TaskLine {
        title,
        url: if class == "t-doing" {
            "#tasks".into()
        } else {
            String::new()
        },
        detail: detail.into(),
        late: late.into(),
        class,
        word: word.into(),
    }
}

fn settled() -> Why {
    Why {
        outcome: Some("免责".into()),
        basis: "三（五）".into(),
        groups: vec![
            group(
                "每件都要符合（三，第一款）",
                vec![row_of("7 件", "v-yes", "✓ 都成立", "")],
                "",
            ),
            group(
                "至少符合一项（三）",
                vec![row_of("三（五）", "v-yes", "✓ 成立", "别的部门给的数据不全或者来得晚")],
                "其他 11 项情形：没有提出",
            ),
            group(
                "有一项就不适用（五）",
                vec![row_of("五（一）", "v-bars", "有（排除）", "收了好处")],
                "",
            ),
        ],
        changed: vec!["结果改变过：原建议 不予免责，改查“是否及时报告”后为 免责。理由：所长笔录可以证明。".into()],
        ..Why::default()
    }
}

fn open() -> Why {
    Why {
        possible: "免责、不予免责".into(),
        open: vec![OpenQuestion {
            id: "s3-report".into(),
            text: "是否及时报告".into(),
            effect: "查明为“否”，结果将是 不予免责".into(),
            url: "#why".into(),
        }],
        more_open: 4,
        groups: vec![group(
            "每件都要符合（三，第一款）",
            vec![
                row_of("及时报告", "v-unknown", "？ 未查明", "发现后马上报告"),
                row_of("未徇私", "v-no", "✕ 不成立", "没有照顾亲友"),
            ],
            "",
        )],
        readings: vec![ReadingNote {
            question: "“严重后果”怎么认定".into(),
            id: "R1".into(),
            citation: "三（七）".into(),
            choices: vec![
                ("造成人员伤亡的才算".into(), true, "免责".into()),
                ("造成较大损失也算".into(), false, "减责".into()),
            ],
        }],
        may_choose: true,
        ..Why::default()
    }
}

fn group(title: &str, rows: Vec<Row>, rest: &str) -> RowGroup {
    RowGroup {
        title: title.into(),
        rows,
        rest: rest.into(),
    }
}

fn row_of(title: &str, class: &'static str, value: &str, plain: &str) -> Row {
    Row {
        title: title.into(),
        plain: plain.into(),
        claimed: !plain.is_empty(),
        class,
        value: value.into(),
        folded: plain.is_empty(),
        because: vec![Because {
            text: "“数据是否来得晚”：是".into(),
            reason: "平台记录可以证明。".into(),
            links: vec![("why".into(), "证据 2".into())],
        }],
        summary: String::new(),
    }
}

fn opinion(withheld: bool, class: &'static str, word: &str, outcome: &str) -> OpinionBox {
    OpinionBox {
        title: "濮阳县民政局".into(),
        withheld,
        class,
        word: word.into(),
        line: if withheld {
            "您 9 月 28 日 15:40 提交。到齐以前不能改，也看不到对方意见。".into()
        } else {
            String::new()
        },
        outcome: outcome.into(),
        reason: if outcome.is_empty() {
            String::new()
        } else {
            "数据滞后不能归责于本人。".into()
        },
    }
}

fn log(version: u64, what: &'static str) -> LogLine {
    LogLine {
        at: "9-28 15:40".into(),
        who: "驻县民政局纪检监察组 赵明".into(),
        what,
        detail: String::new(),
        version,
        paper: false,
    }
}

/// A line with both clocks: one met, one that runs.
fn line() -> Line {
    let point = |x, y, class, label: &str, short: &str| Point {
        x,
        y,
        class,
        anchor: "middle",
        label: label.into(),
        short: short.into(),
        when: short.into(),
        what: label.into(),
    };
    let bar = |name, y, x, width, run, class| Bar {
        name,
        y,
        x,
        width,
        run,
        late: 0,
        class,
    };
    Line {
        points: vec![
            point(130, 38, "at-past", "收到", "9-16"),
            point(500, 16, "at-past", "调查结论", "9-28"),
            point(600, 38, "at-today", "今天", "9-29"),
            point(700, 16, "at-step", "本步期限", "9-30"),
            point(820, 38, "at-due", "法定期限", "10-12"),
        ],
        bars: vec![
            bar("法定期限", 74, 130, 690, 370, "statutory met"),
            bar("本步", 96, 500, 200, 100, "step"),
        ],
        width: 900,
        axis: 58,
        dates: 136,
        height: 144,
    }
}

fn select(name: &'static str, label: &'static str, other: &str) -> Select {
    Select {
        name,
        label,
        choices: vec![
            (String::new(), "全部".into(), true),
            ("other".into(), other.into(), false),
        ],
    }
}

fn column(words: &'static str) -> Column {
    let sorts = words == "法定期限";
    Column {
        words,
        url: if sorts { "#table".into() } else { String::new() },
        sorted: if sorts { "ascending" } else { "" },
    }
}

fn row(class: &'static str, due: &str) -> CaseLine {
    CaseLine {
        number: NUMBER.into(),
        applicant: "李春梅".into(),
        unit: "子岸镇人民政府".into(),
        work: "城乡低保".into(),
        stage: "核实中".into(),
        due: due.into(),
        class,
        received: Date::constant(2026, 9, 16).to_string(),
    }
}
