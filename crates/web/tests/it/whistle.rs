//! The ring of whoever told of the matter (保护举报人), on every way out: what is marked stands in protected evidence, its
//! file and a clue handed on; it is nowhere for worker, unit, window, administrator and another county, and on no paper.

use crate::browser::{Answer, Browser};
use crate::site::{PASSWORD, Site};
use crate::{html, path};
use app::people::{Institution, Person};
use axum::http::StatusCode;
use base::law::Party;
use base::{InstitutionId, PersonId, Timestamp};
use casefile::acts::transfer::Transferred;
use casefile::acts::{Accept, AddEvidence, Assign, Transfer};
use casefile::case::Ring;
use casefile::{PaperKind, Role};
use std::io::Read;

/// What the name of whoever told looks like; four characters that stand nowhere else.
const TELLER: &str = "欧阳举发";

/// Whatever an answer holds, an Excel file unpacked.
fn told(answer: &Answer) -> bool {
    if answer.html.contains(TELLER) || format!("{:?}", answer.headers).contains(TELLER) {
        return true;
    }
    let coded: String = form_urlencoded::byte_serialize(TELLER.as_bytes()).collect();
    // Somebody who searches for a name has it in their own address.
    answer.html.contains(&coded) || format!("{:?}", answer.headers).contains(&coded)
}

/// The text of all parts of an Excel file.
fn unpacked(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).expect("a part");
        part.read_to_string(&mut text).unwrap_or_default();
    }
    text
}

/// A case told from the application to the archive, with what is to be protected; its number, the address of the file.
async fn whistled(site: &Site) -> (String, String) {
    let number = path::concluded(site, "三月核对时数据没有更新。").await;
    let clue = Transfer {
        what: Transferred::Clue,
        to: format!("县纪委监委，{TELLER}转"),
        reason: format!("{TELLER}所说的另一件事"),
    };
    site.does("局长", &number, clue).await;
    let finder = site.viewer("调查甲").await;
    let bytes = format!("%PDF-1.7\n{TELLER}\n%%EOF\n").into_bytes();
    let name = format!("{TELLER}的信.pdf");
    let file = site.app.put_file(&finder, &number, &name, bytes).await.expect("a file");
    let evidence = AddEvidence {
        title: format!("{TELLER}的来信"),
        proves: format!("{TELLER}看见了车"),
        made: None,
        ring: Ring::Protected,
        protects: vec![TELLER.into()],
        document: false,
        file: Some(file.clone()),
    };
    site.does("调查甲", &number, evidence).await;
    path::to_archive(site, &number).await;
    site.app.index_pending().await.expect("indexed");
    (number, file.address)
}

/// Somebody of a second county.
async fn another_county(site: &Site) -> Browser {
    let administrator = site.viewer("管理员").await;
    let id = InstitutionId([21; 16]);
    let institution = Institution {
        id,
        name: "台前县民政局".into(),
        party: Some(Party::Bureau),
        division: "410927".into(),
        parent: Some(site.institution("市局")),
        counterpart: None,
        code: "台县民".into(),
        contact: String::new(),
        overseer: String::new(),
    };
    let registered = site.app.register_institution(&administrator, site.act(), institution);
    registered.await.expect("registered");
    let person = Person {
        id: PersonId([121; 16]),
        name: "外县局长".into(),
        unit: Some(id),
        post: "局长".into(),
        capacities: vec![(Role::Lead, id)],
    };
    let (who, registered) = (person.id, site.app.register_person(&administrator, site.act(), person));
    registered.await.expect("registered");
    site.app
        .open_account(who, "wai", PASSWORD, false)
        .await
        .expect("an account");
    Browser::again(site, "wai").await
}

/// Every way out that a case has.
async fn ways(site: &Site, number: &str, protected: &str) -> Vec<String> {
    let case = site.app.case(number).await.expect("the case").case;
    let name: String = form_urlencoded::byte_serialize(TELLER.as_bytes()).collect();
    let mut ways: Vec<String> = [
        "",
        "/record",
        "/print",
        "/evidence",
        "/statement",
        "/readers",
        "/deadline",
        "/family",
        "/questions",
        "/questions/s2-work",
        "/acts/intake",
        "/acts/service",
        "/acts/add-evidence",
        "/acts/correct",
        "/acts/apply-review",
        "/acts/file-supplement",
        "/acts/record-use",
    ]
    .iter()
    .map(|page| format!("/cases/{number}{page}"))
    .collect();
    for paper in &case.papers {
        ways.push(format!("/cases/{number}/documents/{}", paper.document));
        ways.push(format!("/cases/{number}/files/{}", paper.file.address));
        ways.push(format!("/receipts/{number}/file?{}", paper.file.address));
    }
    for how in ["", "?original"] {
        ways.push(format!("/cases/{number}/files/{protected}{how}"));
    }
    ways.push(format!("/receipts/{number}/file?{protected}"));
    ways.push(format!("/apply/done/{number}"));
    ways.extend(
        [
            "/todo",
            "/cases",
            "/cases/export",
            "/receipts",
            "/figures",
            "/coordination",
            "/kin",
            "/me",
            "/drafts",
            "/audit",
            "/retention",
            "/admin",
            "/admin/people",
            "/help",
        ]
        .map(String::from),
    );
    // A search for the name finds no case by it; the name itself stands in the field that was typed.
    ways.extend([
        format!("/cases?q={name}"),
        format!("/cases?q={name}&deep=1"),
        format!("/cases/export?q={name}"),
    ]);
    ways
}

#[tokio::test]
async fn who_told_is_nowhere_for_those_who_may_not_know() {
    let site = Site::new().await;
    let (number, protected) = whistled(&site).await;
    let ways = ways(&site, &number, &protected).await;
    let mut outside = vec![("外县局长", another_county(&site).await)];
    for who in ["申请人", "同事", "签收人", "收件岗", "管理员"] {
        outside.push((who, Browser::of(&site, who, who).await));
    }
    let mut faults = Vec::new();
    for (who, browser) in &mut outside {
        let mut answered = 0;
        for way in &ways {
            let answer = browser.open(way).await;
            assert!(!answer.status.is_server_error(), "{who} {way}");
            let searched = way.starts_with("/cases?q=");
            let found = if searched {
                answer.html.contains(&number)
            } else {
                told(&answer)
            };
            let packed = answer
                .headers
                .get("content-type")
                .is_some_and(|kind| kind.as_bytes().ends_with(b"sheet"));
            if found || packed && unpacked(&browser.raw(way).await).contains(TELLER) {
                faults.push(format!("{who} {way}"));
            }
            answered += usize::from(answer.status == StatusCode::OK);
        }
        // What is said to a form of another time, and at a form that is refused.
        for act in [
            "record-use",
            "file-supplement",
            "apply-review",
            "correct",
            "acknowledge",
        ] {
            let form = [("version", "1"), ("password", PASSWORD)];
            let answer = browser.send(&format!("/cases/{number}/acts/{act}"), &form).await;
            faults.extend(told(&answer).then(|| format!("{who} {act}")));
        }
        assert!(answered > 3, "{who} reads {answered} pages");
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The other side of the table: who is let in reads it on their pages, so that what is looked for is there.
#[tokio::test]
async fn who_may_know_reads_it_and_no_paper_says_it() {
    let site = Site::new().await;
    let (number, protected) = whistled(&site).await;
    for who in ["局长", "组长", "调查甲", "调查乙", "市协调人", "审计员"] {
        let mut browser = Browser::of(&site, who, who).await;
        assert!(told(&browser.open(&format!("/cases/{number}/evidence")).await), "{who}");
        let file = browser.open(&format!("/cases/{number}/files/{protected}")).await;
        assert!(told(&file), "{who}");
        let name: String = form_urlencoded::byte_serialize(TELLER.as_bytes()).collect();
        let found = browser.open(&format!("/cases?q={name}&deep=1")).await;
        assert!(
            !found.html.contains(&number),
            "{who} finds it by the name: it is in no index"
        );
    }
    let lead = site.viewer("局长").await;
    let case = site.app.case(&number).await.expect("the case").case;
    assert!(case.papers.len() > 8, "{} papers", case.papers.len());
    // But the letter that hands the clue on, which is theirs alone.
    for paper in case.papers.iter().filter(|paper| paper.kind != PaperKind::Clue) {
        let (_, bytes) = site
            .app
            .file(&lead, &number, &paper.file.address)
            .await
            .expect("a paper");
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(TELLER), "{}", paper.kind.title());
    }
    // What is sent out says that something happened, never what.
    let now = site.app.now();
    for topic in ["case", "index"] {
        let later = Timestamp(now.0 + 1);
        let sent = site
            .app
            .store()
            .claim_outbox(topic, 1000, now, later)
            .await
            .expect("the store");
        assert!(topic != "case" || sent.len() > 20);
        for row in sent {
            assert!(!String::from_utf8_lossy(&row.message.body).contains(TELLER));
        }
    }
    let views = site.app.store().dump_views().await.expect("the store");
    assert!(!views.contains(TELLER), "no row of a view has it");
}

/// Whoever may know the name is told once that they wrote it where others read it; nobody else is told anything.
#[tokio::test]
async fn a_name_written_where_others_read_is_told_before_it_is_recorded() {
    let site = Site::new().await;
    let number = site.submitted("三月核对时数据没有更新。").await;
    site.does("收件岗", &number, Accept {}).await;
    for (lead, who, at) in [("局长", "调查甲", "县局"), ("组长", "调查乙", "县组")] {
        let people = vec![path::assignee(&site, who, at)];
        site.does(lead, &number, Assign { people }).await;
    }
    let protected = AddEvidence {
        title: "来信".into(),
        proves: "看见了车".into(),
        made: None,
        ring: Ring::Protected,
        protects: vec![TELLER.into()],
        document: false,
        file: None,
    };
    site.does("调查甲", &number, protected).await;
    let url = format!("/cases/{number}/acts/add-evidence");
    let proves = format!("{}看见过", TELLER.replace("举", "举 "));
    let of_ring = |ring: &'static str| vec![("title", "走访记录"), ("proves", proves.as_str()), ("ring", ring)];
    let pieces = async || site.app.case(&number).await.expect("the case").case.evidence.len();
    let before = pieces().await;
    let mut finder = Browser::of(&site, "调查甲", "finder").await;
    let asked = finder.send(&url, &of_ring("team")).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    for expected in [
        "要保护的人的姓名",
        "申请人和别的人可能读到",
        "我看过了，就要这样写",
        "看见过</textarea>",
    ] {
        assert!(asked.html.contains(expected), "{expected}: {}", asked.html);
    }
    html::check_form("told", &asked.html);
    assert_eq!(pieces().await, before, "nothing is recorded yet");
    let question = format!("/cases/{number}/questions/s2-work");
    let finding = finder.send(&question, &[("answer", "yes"), ("reason", TELLER)]).await;
    assert!(finding.html.contains("申请人和别的人可能读到"), "{}", finding.html);
    // Said to be meant, or where the ring is closed, it is recorded.
    let mut meant = of_ring("team");
    meant.push(("marked", "1"));
    for fields in [meant, of_ring("protected")] {
        let done = finder.send(&url, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    }
    // To the window and the worker the name is none.
    for (who, login) in [("收件岗", "clerk"), ("申请人", "worker")] {
        let mut browser = Browser::of(&site, who, login).await;
        let done = browser.send(&url, &of_ring("everyone")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{who}: {}", done.html);
    }
    assert_eq!(pieces().await, before + 4);
}
