//! The samples with as much in them as may be typed, and with as little as there may be.

// long because: two values of every document, side by side.

use super::*;

/// A name that does not end, and a text that needs several pages.
const LONG_NAME: &str = "阿卜杜勒艾则孜麦麦提明吐尔逊江买买提依明";

fn long_text() -> String {
    "濮阳县民政局会同纪检监察组核实认定社会救助工作尽职免责申请，".repeat(60)
}

/// The same documents with as much in them as may be typed.
pub fn long() -> Vec<(&'static str, Document)> {
    let paragraphs = || vec![long_text(), "第二段。".to_owned(), long_text()];
    let many = || (0..8).map(|_| long_text()).collect::<Vec<_>>();
    let bodies = || {
        let names = [
            "濮阳县纪委监委",
            "濮阳县纪委监委驻县民政局纪检监察组",
            "渠村乡纪委",
            "中共濮阳县委组织部",
        ];
        texts(&names.repeat(3))
    };
    let head = || Head {
        issuer: "濮阳市城乡一体化示范区社会事业服务中心".to_owned(),
        number: Some(number("濮示范区社服函〔2026〕1234号")),
        date: Date::constant(2026, 12, 30),
    };
    let applicant = || Applicant {
        name: LONG_NAME.to_owned(),
        unit: "濮阳市城乡一体化示范区某某街道办事处社会事务和民政救助服务中心".to_owned(),
        post: "社会救助经办员、网格员、公益性岗位人员".to_owned(),
    };
    let contact =
        || Some("濮阳市城乡一体化示范区社会事业服务中心社会救助科，电话0393-3210000，工作日八点到十二点".to_owned());
    vec![
        (
            "receipt",
            Document::Receipt(Receipt {
                applicant: applicant(),
                materials: bodies(),
                handed_in: Some("2026年9月14日交到某某街道办事处".to_owned()),
                clerk: Some("孙敏".to_owned()),
                basis_note: Some("还没有确定按哪份文件办（依据待定），期限照算".to_owned()),
                ..receipt()
            }),
        ),
        (
            "supplement_notice",
            Document::SupplementNotice(SupplementNotice {
                head: head(),
                applicant: applicant(),
                items: many(),
                contact: contact(),
                ..supplement_notice()
            }),
        ),
        (
            "acceptance",
            Document::Acceptance(Acceptance {
                head: head(),
                applicant: applicant(),
                provisional: true,
                rights: many(),
                contact: contact(),
                ..acceptance()
            }),
        ),
        (
            "leaflet",
            Document::Leaflet(Leaflet {
                name: LONG_NAME.to_owned(),
                paragraphs: many(),
                contact: contact(),
                ..leaflet()
            }),
        ),
        (
            "deferral",
            Document::Deferral(Deferral {
                head: head(),
                applicant: applicant(),
                reasons: paragraphs(),
                awaited: Some(long_text()),
                remedies: many(),
                ..deferral()
            }),
        ),
        (
            "decline",
            Document::Decline(Decline {
                head: head(),
                applicant: applicant(),
                reasons: paragraphs(),
                heard: long_text(),
                remedies: many(),
                ..decline()
            }),
        ),
        (
            "transfer",
            Document::Transfer(Transfer {
                head: head(),
                reasons: paragraphs(),
                what: Transferred::Application {
                    applicant: applicant(),
                    received: Date::constant(2026, 9, 16),
                },
                contact: contact(),
                ..transfer()
            }),
        ),
        (
            "clue",
            Document::Transfer(Transfer {
                reasons: paragraphs(),
                ..clue()
            }),
        ),
        (
            "defence_notice",
            Document::DefenceNotice(DefenceNotice {
                head: head(),
                applicant: applicant(),
                facts: paragraphs(),
                contact: contact(),
                ..defence_notice()
            }),
        ),
        (
            "inquiry",
            Document::Record(Record {
                text: paragraphs(),
                ..inquiry()
            }),
        ),
        (
            "papers_fetched",
            Document::Record(Record {
                text: paragraphs(),
                ..papers_fetched()
            }),
        ),
        (
            "statement",
            Document::Record(Record {
                text: many(),
                ..statement()
            }),
        ),
        (
            "minutes",
            Document::Record(Record {
                text: paragraphs(),
                ..minutes()
            }),
        ),
        (
            "conclusion",
            Document::Conclusion(Conclusion {
                applicant: applicant(),
                facts: paragraphs(),
                ..conclusion()
            }),
        ),
        (
            "request",
            Document::Request(Request {
                head: head(),
                applicant: applicant(),
                reasons: paragraphs(),
                copies: bodies(),
                ..request()
            }),
        ),
        (
            "coordination",
            Document::Coordination(Coordination {
                name: LONG_NAME.to_owned(),
                opinion: paragraphs(),
                ..coordination()
            }),
        ),
        (
            "report",
            Document::Report(Report {
                issuer: head().issuer,
                applicant: applicant(),
                recipients: bodies(),
                copies: bodies(),
                facts: paragraphs(),
                account: paragraphs(),
                ..report()
            }),
        ),
        (
            "report_letter",
            Document::ReportLetter(ReportLetter {
                head: head(),
                applicant: applicant(),
                to: bodies(),
                contact: contact(),
                ..report_letter()
            }),
        ),
        (
            "result_for_worker",
            Document::ResultNotice(ResultNotice {
                head: head(),
                applicant: applicant(),
                to: ResultTo::Worker {
                    reasons: paragraphs(),
                    clauses: vec![clause_3_5(); 6],
                    rights: many(),
                },
                ..result_for_worker()
            }),
        ),
        (
            "result_for_unit",
            Document::ResultNotice(ResultNotice {
                head: head(),
                applicant: applicant(),
                to: ResultTo::Unit { name: applicant().unit },
                ..result_for_unit()
            }),
        ),
        (
            "service_receipt",
            Document::ServiceReceipt(ServiceReceipt {
                matter: format!("{LONG_NAME}尽职免责申请"),
                refusal: Some(long_text()),
                remarks: Some(long_text()),
                ..service_receipt()
            }),
        ),
        (
            "review_decision",
            Document::ReviewDecision(ReviewDecision {
                head: head(),
                applicant: applicant(),
                reasons: paragraphs(),
                ..review_decision()
            }),
        ),
        (
            "correction",
            Document::Correction(Correction {
                to: bodies(),
                name: LONG_NAME.to_owned(),
                text: paragraphs(),
                ..correction()
            }),
        ),
    ]
}

/// The same documents with as little in them as there may be.
pub fn minimal() -> Vec<(&'static str, Document)> {
    let bare = || Head {
        number: None,
        ..head("濮县民〔2026〕1号", 1)
    };
    let none = Vec::<String>::new;
    vec![
        (
            "receipt",
            Document::Receipt(Receipt {
                at: None,
                materials: none(),
                next: none(),
                contact: None,
                due: Due {
                    provisional: true,
                    days: vec![],
                    ..receipt().due
                },
                ..receipt()
            }),
        ),
        (
            "supplement_notice",
            Document::SupplementNotice(SupplementNotice {
                head: bare(),
                items: texts(&["身份证"]),
                contact: None,
                ..supplement_notice()
            }),
        ),
        (
            "acceptance",
            Document::Acceptance(Acceptance {
                head: bare(),
                basis: None,
                rights: none(),
                contact: None,
                ..acceptance()
            }),
        ),
        (
            "leaflet",
            Document::Leaflet(Leaflet {
                paragraphs: none(),
                contact: None,
                ..leaflet()
            }),
        ),
        (
            "deferral",
            Document::Deferral(Deferral {
                head: bare(),
                awaited: None,
                remedies: none(),
                copies: none(),
                ..deferral()
            }),
        ),
        (
            "decline",
            Document::Decline(Decline {
                head: bare(),
                basis: None,
                reasons: none(),
                remedies: none(),
                copies: none(),
                ..decline()
            }),
        ),
        (
            "transfer",
            Document::Transfer(Transfer {
                head: bare(),
                reasons: none(),
                contact: None,
                copies: none(),
                ..transfer()
            }),
        ),
        (
            "clue",
            Document::Transfer(Transfer {
                head: bare(),
                reasons: none(),
                contact: None,
                ..clue()
            }),
        ),
        (
            "defence_notice",
            Document::DefenceNotice(DefenceNotice {
                head: bare(),
                basis: None,
                facts: none(),
                ways: none(),
                contact: None,
                rights: none(),
                ..defence_notice()
            }),
        ),
        (
            "inquiry",
            Document::Record(Record {
                facts: vec![],
                text: texts(&["无。"]),
                signatures: vec![],
                ..inquiry()
            }),
        ),
        (
            "papers_fetched",
            Document::Record(Record {
                facts: vec![],
                text: texts(&["无。"]),
                ..papers_fetched()
            }),
        ),
        (
            "statement",
            Document::Record(Record {
                facts: vec![],
                text: texts(&["没有"]),
                ..statement()
            }),
        ),
        (
            "minutes",
            Document::Record(Record {
                facts: vec![],
                text: texts(&["无。"]),
                ..minutes()
            }),
        ),
        (
            "conclusion",
            Document::Conclusion(Conclusion {
                investigators: none(),
                facts: none(),
                findings: vec![],
                statement: Statement::Waived {
                    on: Date::constant(2026, 9, 25),
                    how: String::new(),
                },
                clauses: vec![],
                readings: vec![],
                grounds: none(),
                outcome: None,
                ..conclusion()
            }),
        ),
        (
            "request",
            Document::Request(Request {
                head: bare(),
                basis: None,
                grounds: none(),
                reasons: none(),
                opinions: vec![],
                contact: None,
                copies: none(),
                ..request()
            }),
        ),
        (
            "coordination",
            Document::Coordination(Coordination {
                head: bare(),
                request: None,
                opinion: texts(&["请按规定办理。"]),
                view: None,
                ..coordination()
            }),
        ),
        (
            "report",
            Document::Report(Report {
                recipients: none(),
                copies: none(),
                basis_note: None,
                investigators: none(),
                procedure: none(),
                account: none(),
                facts: vec![String::new()],
                findings: vec![],
                statement: Statement::Waived {
                    on: Date::constant(2026, 9, 25),
                    how: String::new(),
                },
                clauses: vec![],
                readings: vec![],
                grounds: none(),
                notes: none(),
                opinions: vec![],
                coordination: none(),
                dissent: none(),
                ..report()
            }),
        ),
        (
            "report_letter",
            Document::ReportLetter(ReportLetter {
                head: bare(),
                to: texts(&["濮阳县纪委监委"]),
                contact: None,
                ..report_letter()
            }),
        ),
        (
            "result_for_worker",
            Document::ResultNotice(ResultNotice {
                head: bare(),
                note: None,
                to: ResultTo::Worker {
                    reasons: none(),
                    clauses: vec![],
                    rights: none(),
                },
                ..result_for_worker()
            }),
        ),
        (
            "result_for_unit",
            Document::ResultNotice(ResultNotice {
                head: bare(),
                note: None,
                ..result_for_unit()
            }),
        ),
        (
            "service_receipt",
            Document::ServiceReceipt(ServiceReceipt {
                documents: vec![],
                servers: none(),
                way: None,
                ..service_receipt()
            }),
        ),
        (
            "review_decision",
            Document::ReviewDecision(ReviewDecision {
                head: bare(),
                late: false,
                reviewed: Reviewed::Decline,
                upheld: false,
                reasons: none(),
                remedies: none(),
                ..review_decision()
            }),
        ),
        (
            "correction",
            Document::Correction(Correction {
                head: bare(),
                to: texts(&["李春梅"]),
                text: texts(&["“三月”更正为“二月”。"]),
                ..correction()
            }),
        ),
    ]
}
