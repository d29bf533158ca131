//! One document of each kind, real in its detail (nobody real). The press's tests print the same ones.

// long because: one sample of every document, each a plain value; apart they would have to be looked for.

// The path is written out because the press's tests load this file too.
#[path = "samples/extremes.rs"]
mod extremes;

pub use extremes::{long, minimal};

use base::law::{Answer, Truth};
use base::{Date, Timestamp};
use documents::*;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn number(text: &str) -> DocumentNumber {
    text.parse().unwrap()
}

pub fn applicant() -> Applicant {
    Applicant {
        name: "李春梅".to_owned(),
        unit: "濮阳县渠村乡人民政府社会事务办公室".to_owned(),
        post: "社会救助经办员".to_owned(),
    }
}

pub fn basis() -> Basis {
    Basis {
        title: "关于建立濮阳市社会救助工作尽职免责机制的意见（试行）".to_owned(),
        number: "濮民〔2024〕16号".to_owned(),
    }
}

fn head(text: &str, day: i8) -> Head {
    Head {
        issuer: "濮阳县民政局".to_owned(),
        number: Some(number(text)),
        date: Date::constant(2026, 9, day),
    }
}

fn clause_3_5() -> AppliedClause {
    AppliedClause {
        citation: "三（五）".to_owned(),
        text: "在社会救助对象审核确认、监督管理期间，因部门共享数据不完善、数据更新滞后导致信息核对不准造成的救助偏差失误；"
            .to_owned(),
        value: Truth::Yes,
        note: None,
    }
}

fn finding(question: &str, answer: Answer, reason: &str, evidence: &[&str]) -> Finding {
    Finding {
        question: question.to_owned(),
        answer,
        reason: reason.to_owned(),
        evidence: texts(evidence),
    }
}

/// A report with everything a report may hold.
pub fn report() -> Report {
    Report {
        issuer: "濮阳县民政局".to_owned(),
        number: number("濮县民〔2026〕16号"),
        date: Date::constant(2026, 9, 30),
        case: "JZ-410928-2026-0017".to_owned(),
        recipients: texts(&["濮阳县纪委监委", "濮阳县纪委监委驻县民政局纪检监察组", "渠村乡纪委"]),
        copies: texts(&["濮阳市民政局", "濮阳市纪委监委驻市民政局纪检监察组"]),
        applicant: applicant(),
        group: "濮阳县纪委监委驻县民政局纪检监察组".to_owned(),
        basis: basis(),
        basis_note: Some("事情发生在文件有效期内，申请在有效期内收到，按该文件办理".to_owned()),
        claim: "免责，备位减责".to_owned(),
        accountability: "渠村乡纪委2026年9月2日立案，尚未作出决定".to_owned(),
        received: Date::constant(2026, 9, 16),
        accepted: Date::constant(2026, 9, 17),
        concluded: Date::constant(2026, 9, 28),
        due: Date::constant(2026, 10, 12),
        investigators: texts(&["赵国庆（濮阳县民政局）", "王丽（濮阳县纪委监委驻县民政局纪检监察组）"]),
        procedure: texts(&["张强经手过这件事，已回避，由赵国庆接替", "2026年9月24日已向申请人释明可以请求减责"]),
        account: texts(&[
            "2026年3月，我办理某村某户的低保复核。当时查了车管、社保和不动产数据，都没有异常，按程序公示后维持了待遇。",
            "5月接到县里推送的数据，才知道这户2月已经买了车。我当天向乡里报告，6月停发并追回了多发的钱。",
        ]),
        facts: texts(&[
            "2026年3月10日，申请人受理某村某户低保复核，3月12日入户，3月15日提交信息核对，核对报告未显示车辆登记。3月28日经公示维持待遇。",
            "车辆登记数据于2026年5月6日更新到核对平台，登记日期为2026年2月20日。多发3个月低保金共计1860元，已于2026年6月18日全部追回。",
        ]),
        findings: vec![
            finding(
                "这件事是不是发生在社会救助工作中？",
                Answer::Yes,
                "属于城乡低保的动态复核。",
                &["低保复核表", "信息核对报告"],
            ),
            finding(
                "当时共享的数据是不是不完善或者更新滞后？",
                Answer::Yes,
                "车辆登记数据晚了两个半月更新。",
                &["核对平台数据更新记录"],
            ),
            finding("发现以后是不是及时报告了？", Answer::Yes, "发现当天书面报告乡社会事务办。", &["报告单"]),
            finding("是不是造成了严重后果？", Answer::No, "", &["追回凭证"]),
            finding("除多发的低保金外，有没有需要改正而没有改正的？", Answer::NotApplicable, "钱款已全部追回。", &[]),
            finding("村里是否有人事先知道这户买车？", Answer::Unknown, "走访三户，说法不一。", &["走访笔录"]),
        ],
        statement: Statement::Heard {
            on: Date::constant(2026, 9, 25),
            arguments: vec![
                ArgumentAnswered {
                    argument: "核对平台没有车辆数据，不是我没有查".to_owned(),
                    adopted: true,
                    answer: "平台更新记录证明，核对时确实没有这条数据".to_owned(),
                },
                ArgumentAnswered {
                    argument: "人手不够，一个人管九百户".to_owned(),
                    adopted: false,
                    answer: "属实，但与这次偏差没有直接关系，不作为认定的理由".to_owned(),
                },
            ],
        },
        clauses: vec![
            clause_3_5(),
            AppliedClause {
                citation: "三（十一）".to_owned(),
                text: "对不符合社会救助条件的对象，已尽到政策解释和维护稳定的职责，但相关人员仍然违反《信访条例》规定缠访、\
                       闹访、越级上访的；"
                    .to_owned(),
                value: Truth::Unknown,
                note: Some("所引《信访条例》已废止。".to_owned()),
            },
        ],
        readings: vec![ReadingNoted {
            question: "五（四）是只排除知道或者应当知道亲属关系的人，还是一律排除？".to_owned(),
            chosen: "只排除知道或者应当知道的人".to_owned(),
            reason: "文件的本意是追究故意不备案".to_owned(),
            results: vec![
                ("只排除知道或者应当知道的人".to_owned(), "免责".to_owned()),
                ("一律排除".to_owned(), "不予免责".to_owned()),
            ],
        }],
        grounds: texts(&["三（五）"]),
        outcome: "李春梅的行为适用尽职免责机制，予以免责".to_owned(),
        notes: texts(&["本报告只认定是否适用尽职免责机制，不改变对某村某户的救助决定。"]),
        opinions: vec![
            Opinion {
                institution: "濮阳县民政局".to_owned(),
                position: "同意适用三（五），予以免责".to_owned(),
                reasons: texts(&["偏差由部门数据滞后造成，申请人按程序核对、及时报告并全部追回。"]),
                by: "刘建国（局长）".to_owned(),
                date: Date::constant(2026, 9, 29),
            },
            Opinion {
                institution: "濮阳县纪委监委驻县民政局纪检监察组".to_owned(),
                position: "同意免责，但对及时报告的认定有保留".to_owned(),
                reasons: texts(&["报告单没有收文登记，报告时间只有一人证明。"]),
                by: "陈晓东（组长）".to_owned(),
                date: Date::constant(2026, 9, 29),
            },
        ],
        coordination: texts(&["2026年9月29日会商，双方对结果没有分歧，对报告时间的证明程度各自保留意见。"]),
        dissent: texts(&["濮阳县纪委监委驻县民政局纪检监察组：报告时间只有一人证明，认定为“及时”的证据不够充分。"]),
    }
}

pub fn result_for_worker() -> ResultNotice {
    ResultNotice {
        head: head("濮县民〔2026〕17号", 30),
        case: "JZ-410928-2026-0017".to_owned(),
        applicant: applicant(),
        received: Date::constant(2026, 9, 16),
        basis: basis(),
        report: number("濮县民〔2026〕16号"),
        outcome: "适用尽职免责机制，予以免责".to_owned(),
        note: None,
        to: ResultTo::Worker {
            reasons: texts(&[
                "信息核对时共享数据没有车辆登记，偏差由数据更新滞后造成；你发现后当天报告，多发的钱已全部追回",
            ]),
            clauses: vec![clause_3_5()],
            rights: texts(&[
                "对结果不服的，可以在收到之日起10个工作日内向我单位申请复核",
                "可以查阅和复制本案中你有权看到的材料",
            ]),
        },
    }
}

pub fn result_for_unit() -> ResultNotice {
    ResultNotice {
        head: head("濮县民〔2026〕18号", 30),
        outcome: "不予免责".to_owned(),
        note: Some("不予免责只说明不适用尽职免责机制，不是给予处分或者其他处理的依据".to_owned()),
        to: ResultTo::Unit {
            name: "濮阳县渠村乡人民政府".to_owned(),
        },
        ..result_for_worker()
    }
}

pub fn service_receipt() -> ServiceReceipt {
    ServiceReceipt {
        issuer: "濮阳县民政局".to_owned(),
        date: Date::constant(2026, 9, 30),
        case: "JZ-410928-2026-0017".to_owned(),
        matter: "李春梅尽职免责申请".to_owned(),
        recipient: "濮阳县渠村乡人民政府".to_owned(),
        documents: vec![ServedDocument {
            title: "尽职免责认定结果告知书".to_owned(),
            number: Some(number("濮县民〔2026〕18号")),
            copies: 1,
        }],
        way: Some("直接送达".to_owned()),
        place: None,
        servers: texts(&["赵国庆", "孙敏"]),
        served: None,
        received_by: None,
        refusal: None,
        witnesses: vec![],
        remarks: None,
    }
}

/// The days from 16 September to 12 October 2026, make-up Sunday and holidays included.
fn days() -> Vec<DueDay> {
    let mut counted = 0;
    (0..=26)
        .map(|n| {
            let date = Date::constant(2026, 9, 16).checked_add(jiff_days(n)).unwrap();
            let (off, why) = match (date.month(), date.day()) {
                (9, 16) => (true, "收到当天不算"),
                (9, 20) => (false, "周日调休上班"),
                (9, 25..=27) => (true, "中秋节放假"),
                (10, 1..=7) => (true, "国庆节放假"),
                (10, 10) => (false, "周六调休上班"),
                _ if date.weekday().to_monday_one_offset() > 5 => (true, "周末"),
                _ => (false, "工作日"),
            };
            if !off {
                counted += 1;
            }
            DueDay {
                date,
                counted: (!off).then_some(counted),
                why: why.to_owned(),
            }
        })
        .collect()
}

fn jiff_days(n: i64) -> std::time::Duration {
    std::time::Duration::from_secs(n.unsigned_abs() * 86_400)
}

pub fn receipt() -> Receipt {
    Receipt {
        issuer: "濮阳县民政局".to_owned(),
        date: Date::constant(2026, 9, 16),
        number: "JZ-410928-2026-0017".to_owned(),
        received: Date::constant(2026, 9, 16),
        at: Some(Timestamp::on(Date::constant(2026, 9, 16), 20, 31).unwrap()),
        handed_in: None,
        clerk: None,
        way: "网上".to_owned(),
        applicant: applicant(),
        claim: "免责，备位减责".to_owned(),
        materials: texts(&[
            "低保复核表.pdf",
            "信息核对报告.pdf",
            "IMG_20260916_203015_HDR_upload_from_phone_original.jpg",
        ]),
        due: Due {
            date: Date::constant(2026, 10, 12),
            working_days: 14,
            provisional: false,
            days: days(),
        },
        basis_note: None,
        next: texts(&[
            "民政局看材料，缺什么会告诉您",
            "民政局和纪检监察组至少2人来了解情况",
            "会专门听您说明",
            "结果会送给您和您的单位",
        ]),
        contact: Some("濮阳县民政局社会救助股，电话0393-3210000".to_owned()),
    }
}

pub fn acceptance() -> Acceptance {
    Acceptance {
        head: head("濮县民〔2026〕12号", 17),
        case: "JZ-410928-2026-0017".to_owned(),
        applicant: applicant(),
        received: Date::constant(2026, 9, 16),
        basis: Some(basis()),
        group: "濮阳县纪委监委驻县民政局纪检监察组".to_owned(),
        working_days: 14,
        due: Date::constant(2026, 10, 12),
        provisional: false,
        rights: texts(&[
            "可以陈述和申辩，作出结论以前会专门通知你",
            "认为办理人员应当回避的，可以申请回避",
            "可以补充材料、变更请求或者撤回申请",
        ]),
        contact: Some("濮阳县民政局社会救助股，电话0393-3210000".to_owned()),
    }
}

pub fn deferral() -> Deferral {
    Deferral {
        head: head("濮县民函〔2026〕22号", 30),
        case: "JZ-410928-2026-0017".to_owned(),
        applicant: applicant(),
        received: Date::constant(2026, 9, 16),
        group: "濮阳县纪委监委驻县民政局纪检监察组".to_owned(),
        concluded: Date::constant(2026, 9, 28),
        reasons: texts(&["本人是否收受礼金，现在没有有权机关的结论，无法查明；这一题会改变结果。"]),
        awaited: Some("濮阳县公安局对收受礼金一事的结论".to_owned()),
        remedies: texts(&["有了结论或者新的材料，交给我单位"]),
        copies: texts(&["濮阳县纪委监委驻县民政局纪检监察组", "濮阳市民政局"]),
    }
}

pub fn decline() -> Decline {
    Decline {
        head: head("濮县民〔2026〕13号", 18),
        case: "JZ-410928-2026-0018".to_owned(),
        applicant: applicant(),
        received: Date::constant(2026, 9, 16),
        basis: Some(basis()),
        ground: "申请的事项不属于社会救助工作".to_owned(),
        reasons: texts(&["申请所说的事情发生在殡葬管理中，不属于文件第二条所列的工作。"]),
        heard: "2026年9月17日电话听取了你的意见，并记录在案".to_owned(),
        remedies: texts(&["对本决定不服的，可以在收到之日起10个工作日内申请复核"]),
        copies: texts(&["濮阳县纪委监委驻县民政局纪检监察组", "濮阳市民政局"]),
    }
}

pub fn defence_notice() -> DefenceNotice {
    DefenceNotice {
        head: head("濮县民〔2026〕14号", 22),
        case: "JZ-410928-2026-0017".to_owned(),
        applicant: applicant(),
        received: Date::constant(2026, 9, 16),
        basis: Some(basis()),
        facts: texts(&["2026年3月复核时核对报告未显示车辆登记；多发的低保金已全部追回。"]),
        until: Date::constant(2026, 9, 25),
        ways: texts(&["到濮阳县民政局当面说", "书面寄来", "在系统里写", "打电话，由两人记录"]),
        contact: Some("赵国庆，电话0393-3210000".to_owned()),
        rights: texts(&[
            "据实申辩，不会因此加重",
            "每一条理由采纳不采纳，都会写明为什么",
            "可以请人陪同",
        ]),
    }
}

pub fn supplement_notice() -> SupplementNotice {
    SupplementNotice {
        head: head("濮县民函〔2026〕5号", 17),
        case: "JZ-410928-2026-0017".to_owned(),
        applicant: applicant(),
        received: Date::constant(2026, 9, 16),
        items: texts(&[
            "2026年3月12日的入户核查表",
            "向乡里报告的报告单，有收文登记的更好",
            "追回款项的凭证",
        ]),
        until: Date::constant(2026, 9, 24),
        contact: Some("濮阳县民政局社会救助股，电话0393-3210000".to_owned()),
    }
}

pub fn transfer() -> Transfer {
    Transfer {
        head: head("濮县民函〔2026〕6号", 18),
        case: "JZ-410928-2026-0019".to_owned(),
        to: "清丰县民政局".to_owned(),
        reasons: texts(&["申请人在清丰县马庄桥镇工作，事情也发生在清丰县，应当由你单位办理。"]),
        what: Transferred::Application {
            applicant: applicant(),
            received: Date::constant(2026, 9, 16),
        },
        contact: Some("濮阳县民政局社会救助股，电话0393-3210000".to_owned()),
        copies: texts(&["李春梅", "濮阳县纪委监委驻县民政局纪检监察组", "濮阳市民政局"]),
    }
}

pub fn clue() -> Transfer {
    Transfer {
        to: "濮阳县纪委监委".to_owned(),
        reasons: texts(&[
            "调取的银行流水显示，2026年2月有人以村委会名义代领某村三户的救助金，未见委托书。",
            "村会计称钱已转交，但两户否认收到。",
        ]),
        what: Transferred::Clue,
        copies: vec![],
        ..transfer()
    }
}

pub fn leaflet() -> Leaflet {
    Leaflet {
        issuer: "濮阳县民政局".to_owned(),
        date: Date::constant(2026, 9, 17),
        case: "JZ-410928-2026-0017".to_owned(),
        name: "李春梅".to_owned(),
        heading: "申请人权利告知书".to_owned(),
        paragraphs: texts(&[
            "收到申请后14个工作日内出具调查结论。缺什么材料，只告诉您一次，一次说全；没有补，也按现有材料继续办。",
            "调查人至少两人，和这件事或者和您有利害关系的要回避。您可以要求谁回避。",
            "作结论以前会请您说明和申辩，您说的每一条都会得到答复；您也可以放弃。",
            "您写的内容会作为材料核实。及时报告、主动改正，对您有利。您可以只写自己知道的事情。",
            "书面结果送给您和您的单位；单位只收到结果，看不到查明的事实。",
            "您可以撤回申请，以后还可以再申请。",
        ]),
        version: "2026-1".to_owned(),
        contact: Some("濮阳县民政局社会救助股，电话0393-3210000".to_owned()),
    }
}

fn facts(facts: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(label, text): &(&str, &str)| ((*label).to_owned(), (*text).to_owned());
    facts.iter().map(owned).collect()
}

pub fn inquiry() -> Record {
    Record {
        kind: RecordKind::Inquiry,
        issuer: "濮阳县民政局".to_owned(),
        date: Date::constant(2026, 9, 22),
        case: "JZ-410928-2026-0017".to_owned(),
        facts: facts(&[
            ("份数", "第2份"),
            ("方式", "走访"),
            ("日期", "2026年9月21日"),
            ("地点", "濮阳县渠村乡某村村委会"),
            ("被走访人", "某村村委会主任"),
            ("调查人", "赵国庆、王丽"),
        ]),
        text: texts(&[
            "问：今年3月入户核查的时候，你在场吗？",
            "答：在。乡里来了两个人，看了屋里，问了收入，当场填了表，我和户里都签了字。",
            "问：当时知道他家买车吗？",
            "答：不知道。车是他儿子在外地买的，五一才开回来。",
        ]),
        signatures: vec![
            Signature::given("调查人", "赵国庆", Date::constant(2026, 9, 21)),
            Signature::given("调查人", "王丽", Date::constant(2026, 9, 22)),
            Signature::blank("被走访人"),
        ],
    }
}

pub fn papers_fetched() -> Record {
    Record {
        kind: RecordKind::Papers,
        facts: facts(&[
            ("份数", "第3份"),
            ("方式", "调取材料"),
            ("日期", "2026年9月22日"),
            ("地点", "濮阳县大数据局"),
            ("材料来源", "居民家庭经济状况核对平台"),
            ("调查人", "赵国庆、王丽"),
        ]),
        text: texts(&["平台数据更新记录1份，共3页：车辆登记数据2026年5月6日更新。"]),
        signatures: vec![
            Signature::given("调查人", "赵国庆", Date::constant(2026, 9, 22)),
            Signature::given("调查人", "王丽", Date::constant(2026, 9, 22)),
        ],
        ..inquiry()
    }
}

pub fn statement() -> Record {
    Record {
        kind: RecordKind::Statement,
        date: Date::constant(2026, 9, 25),
        facts: facts(&[
            ("申请人", "李春梅，濮阳县渠村乡人民政府社会事务办公室，社会救助经办员"),
            ("日期", "2026年9月25日"),
            ("方式", "本人书面或者口头说，签名的材料附卷，孙敏录入"),
        ]),
        text: texts(&["核对平台没有车辆数据，不是我没有查。", "人手不够，一个人管九百户。"]),
        signatures: vec![
            Signature::blank("申请人"),
            Signature::given("记录人", "孙敏", Date::constant(2026, 9, 25)),
        ],
        ..inquiry()
    }
}

pub fn minutes() -> Record {
    Record {
        kind: RecordKind::Minutes,
        date: Date::constant(2026, 9, 29),
        facts: facts(&[
            ("事项", "李春梅尽职免责申请"),
            ("日期", "2026年9月29日"),
            ("发起", "濮阳县民政局"),
            ("参加人", "刘建国、陈晓东、赵国庆、王丽"),
            ("结果", "意见一致：免责"),
        ]),
        text: texts(&[
            "双方对数据更新滞后没有分歧。",
            "驻局纪检监察组提出，报告单没有收文登记。调取乡政府值班记录后，双方确认报告是当天作出的。",
        ]),
        signatures: vec![
            Signature::given("记录人", "孙敏", Date::constant(2026, 9, 29)),
            Signature::blank("濮阳县民政局"),
            Signature::blank("濮阳县纪委监委驻县民政局纪检监察组"),
        ],
        ..inquiry()
    }
}

pub fn conclusion() -> Conclusion {
    let report = report();
    Conclusion {
        issuer: report.issuer,
        date: report.concluded,
        case: report.case,
        applicant: report.applicant,
        basis: report.basis,
        claim: report.claim,
        received: report.received,
        due: report.due,
        investigators: report.investigators,
        facts: report.facts,
        findings: report.findings,
        statement: report.statement,
        clauses: report.clauses,
        readings: report.readings,
        grounds: report.grounds,
        outcome: Some("适用尽职免责机制，予以免责".to_owned()),
        signatures: vec![
            Signature::given("调查人", "赵国庆", Date::constant(2026, 9, 28)),
            Signature::given("调查人", "王丽", Date::constant(2026, 9, 28)),
        ],
    }
}

pub fn request() -> Request {
    Request {
        head: head("濮县民〔2026〕15号", 29),
        signer: "刘建国".to_owned(),
        case: "JZ-410928-2026-0017".to_owned(),
        to: "濮阳市民政局".to_owned(),
        applicant: applicant(),
        basis: Some(basis()),
        claim: "免责，备位减责".to_owned(),
        received: Date::constant(2026, 9, 16),
        due: Date::constant(2026, 10, 12),
        grounds: texts(&["民政局和纪检监察组会商后意见仍不一致", "结果取决于文件怎么读"]),
        reasons: texts(&["双方对五（四）是一律排除还是只排除知道的人，会商后仍有不同意见。"]),
        opinions: report().opinions,
        contact: Some("濮阳县民政局社会救助股，电话0393-3210000".to_owned()),
        copies: texts(&[
            "濮阳县纪委监委驻县民政局纪检监察组",
            "濮阳市纪委监委驻市民政局纪检监察组",
        ]),
    }
}

pub fn coordination() -> Coordination {
    Coordination {
        head: Head {
            issuer: "濮阳市民政局".to_owned(),
            number: Some(number("濮民函〔2026〕9号")),
            date: Date::constant(2026, 9, 30),
        },
        case: "JZ-410928-2026-0017".to_owned(),
        name: "李春梅".to_owned(),
        to: texts(&["濮阳县民政局", "濮阳县纪委监委驻县民政局纪检监察组"]),
        asked_by: "濮阳县民政局".to_owned(),
        request: Some(number("濮县民〔2026〕15号")),
        asked: Date::constant(2026, 9, 29),
        opinion: texts(&[
            "五（四）意在追究知道或者应当知道亲属关系而不备案的人，建议按这个读法办理。",
            "请补充调取近亲属备案名册，写明申请人是否知道。",
        ]),
        view: Some((
            "濮阳市纪委监委驻市民政局纪检监察组".to_owned(),
            texts(&["同意市民政局的意见。"]),
        )),
    }
}

pub fn report_letter() -> ReportLetter {
    ReportLetter {
        head: head("濮县民函〔2026〕16号", 30),
        case: "JZ-410928-2026-0017".to_owned(),
        to: texts(&["濮阳县纪委监委", "濮阳县纪委监委驻县民政局纪检监察组", "渠村乡纪委"]),
        applicant: applicant(),
        basis: basis(),
        report: number("濮县民〔2026〕16号"),
        contact: Some("濮阳县民政局社会救助股，电话0393-3210000".to_owned()),
    }
}

pub fn review_decision() -> ReviewDecision {
    ReviewDecision {
        head: head("濮县民函〔2026〕20号", 30),
        case: "JZ-410928-2026-0017".to_owned(),
        applicant: applicant(),
        applied: Date::constant(2026, 9, 30),
        late: true,
        reviewed: Reviewed::Determination {
            report: number("濮县民〔2026〕16号"),
        },
        upheld: true,
        reasons: texts(&[
            "申请人提出的值班记录已经看过，与认定的事实一致。",
            "认定的条款和结果没有不当。",
        ]),
        by: "濮阳县民政局马海涛".to_owned(),
        remedies: texts(&["对复核决定有意见的，可以在收到之日起15个工作日内向濮阳市民政局申请复核"]),
    }
}

pub fn correction() -> Correction {
    Correction {
        head: head("濮县民函〔2026〕21号", 30),
        case: "JZ-410928-2026-0017".to_owned(),
        to: texts(&["李春梅", "濮阳县纪委监委驻县民政局纪检监察组"]),
        name: "李春梅".to_owned(),
        report: number("濮县民〔2026〕16号"),
        text: texts(&["认定报告第二页“多发3个月低保金共计1860元”，更正为“多发3个月低保金共计1680元”。"]),
    }
}

/// Every kind, by the name of its snapshot.
pub fn all() -> Vec<(&'static str, Document)> {
    vec![
        ("receipt", Document::Receipt(receipt())),
        ("supplement_notice", Document::SupplementNotice(supplement_notice())),
        ("acceptance", Document::Acceptance(acceptance())),
        ("leaflet", Document::Leaflet(leaflet())),
        ("decline", Document::Decline(decline())),
        ("deferral", Document::Deferral(deferral())),
        ("transfer", Document::Transfer(transfer())),
        ("clue", Document::Transfer(clue())),
        ("defence_notice", Document::DefenceNotice(defence_notice())),
        ("inquiry", Document::Record(inquiry())),
        ("papers_fetched", Document::Record(papers_fetched())),
        ("statement", Document::Record(statement())),
        ("minutes", Document::Record(minutes())),
        ("conclusion", Document::Conclusion(conclusion())),
        ("request", Document::Request(request())),
        ("coordination", Document::Coordination(coordination())),
        ("report", Document::Report(report())),
        ("report_letter", Document::ReportLetter(report_letter())),
        ("result_for_worker", Document::ResultNotice(result_for_worker())),
        ("result_for_unit", Document::ResultNotice(result_for_unit())),
        ("service_receipt", Document::ServiceReceipt(service_receipt())),
        ("review_decision", Document::ReviewDecision(review_decision())),
        ("correction", Document::Correction(correction())),
    ]
}
