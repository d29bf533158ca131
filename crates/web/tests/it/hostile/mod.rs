//! Hostile requests, as a table: who asks for what, what is answered, and that nothing changed by it. Split by theme;
//! this file holds the world they are aimed at, and how a row is carried out.
//!
//! Unchanged means: the heads of all streams, all rows of views, the drafts and the number of stored files are what they
//! were. Readings count too: who is told that there is nothing has read nothing, who may read the case or the register
//! and is refused an act on it has read it, and that is recorded.

mod edge;
mod login;
mod officers;
mod others;
mod texts;
mod uploads;

use crate::browser::{Answer, Browser, MULTIPART, multipart};
use crate::site::{PASSWORD, Site};
use crate::{html, kin, path};
use app::people::{Institution, Person};
use axum::body::Body;
use axum::http::Request;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HOST, X_CONTENT_TYPE_OPTIONS};
use base::law::Party;
use base::{InstitutionId, PersonId};
use casefile::Role;
use casefile::acts::{Accept, AddEvidence, Assign};
use casefile::case::Ring;
use std::collections::BTreeMap;
use store::StreamKind;

/// Two who have login names beside their own.
const LOGINS: [(&str, &str); 2] = [("收件岗", "user3"), ("申请人", "user7")];

/// What comes with a request beside its address.
#[derive(Clone, Default)]
enum With {
    #[default]
    Nothing,
    Form(Vec<(&'static str, &'static str)>),
    Bytes(&'static str, Vec<u8>),
    /// Fields, the file's field, its name, its bytes.
    File(Vec<(&'static str, &'static str)>, &'static str, &'static str, Vec<u8>),
}

/// One hostile request. Addresses and fields may name `{filed}`, `{no}`, `{other}`, `{draft}`, `{file}`, `{kept}`, `{paper}`,
/// `{kin}`, `{act}` and `{person}` of the [`World`].
#[derive(Clone)]
struct Row {
    who: &'static str,
    method: &'static str,
    url: &'static str,
    headers: Vec<(&'static str, &'static str)>,
    with: With,
    status: u16,
    /// A sentence of the page; beginning with `→`, where the answer leads.
    says: &'static str,
    /// It leaves one line in the trace of failed logins.
    traced: bool,
    /// It is recorded as a reading of the case or the register.
    read: bool,
}

fn get(who: &'static str, url: &'static str, status: u16, says: &'static str) -> Row {
    Row {
        who,
        method: "GET",
        url,
        headers: Vec::new(),
        with: With::Nothing,
        status,
        says,
        traced: false,
        read: false,
    }
}

fn post(
    who: &'static str,
    url: &'static str,
    fields: &[(&'static str, &'static str)],
    status: u16,
    says: &'static str,
) -> Row {
    Row {
        method: "POST",
        with: With::Form(fields.to_vec()),
        ..get(who, url, status, says)
    }
}

impl Row {
    fn header(mut self, name: &'static str, value: &'static str) -> Row {
        self.headers.push((name, value));
        self
    }

    fn with(mut self, with: With) -> Row {
        self.with = with;
        self
    }

    fn by(mut self, method: &'static str) -> Row {
        self.method = method;
        self
    }

    fn read(mut self) -> Row {
        self.read = true;
        self
    }

    fn traced(mut self) -> Row {
        self.traced = true;
        self
    }

    fn name(&self) -> String {
        let fields = match &self.with {
            With::Form(fields) => format!(" {fields:?}"),
            With::File(_, _, name, _) => format!(" {name}"),
            With::Bytes(kind, _) => format!(" {kind}"),
            With::Nothing => String::new(),
        };
        let fields: String = fields.chars().take(160).collect();
        format!("{} {} {} {:?}{fields}", self.who, self.method, self.url, self.headers)
    }
}

/// A site with two running cases of two workers, and a filed one: `number` accepted and under inquiry, with evidence of two rings; `other` just
/// received. A second county looks on.
struct World {
    site: Site,
    places: Vec<(&'static str, String)>,
    browsers: BTreeMap<&'static str, Browser>,
}

impl World {
    async fn new() -> World {
        let site = Site::new().await;
        for (who, login) in LOGINS {
            let opened = site.app.open_account(site.person(who), login, PASSWORD, false).await;
            opened.expect("an account");
        }
        let filed = path::filed(&site, "经过").await;
        let number = site.submitted("三月核对时数据没有更新。").await;
        let accept = site.act();
        let clerk = site.viewer("收件岗").await;
        let accepted = site
            .app
            .perform(&clerk, &number, accept, None, Accept {}.into(), app::Signature::none());
        accepted.await.expect("accepted");
        for (lead, who, at) in [("局长", "调查甲", "县局"), ("组长", "调查乙", "县组")] {
            let people = vec![path::assignee(&site, who, at)];
            site.does(lead, &number, Assign { people }).await;
        }
        let other = another_case(&site).await;
        let worker = site.viewer("申请人").await;
        let draft = site.app.new_draft(&worker).await.expect("a draft");
        let mut files = Vec::new();
        for (who, ring) in [("申请人", Ring::Everyone), ("调查甲", Ring::Team)] {
            let viewer = site.viewer(who).await;
            let bytes = b"%PDF-1.7\n%%EOF\n".to_vec();
            let file = site.app.put_file(&viewer, &number, "说明.pdf", bytes).await;
            let file = file.expect("a file");
            files.push(file.address.clone());
            let evidence = AddEvidence {
                title: "说明".into(),
                proves: "当时的经过".into(),
                made: None,
                ring,
                protects: Vec::new(),
                document: false,
                file: Some(file),
            };
            site.does(who, &number, evidence).await;
        }
        let case = site.app.case(&number).await.expect("the case").case;
        let paper = case.papers.first().expect("a paper of the acceptance");
        let clerk = site.viewer("收件岗").await;
        let recorded = site.app.record_kin(&clerk, site.act(), &kin::typed()).await;
        recorded.expect("an entry");
        let register = site.app.kin_register(&clerk).await.expect("the register");
        let places = vec![
            ("{kin}", register[0].id.to_string()),
            ("{filed}", filed),
            ("{no}", number.clone()),
            ("{other}", other),
            ("{draft}", draft.to_string()),
            ("{file}", files[0].clone()),
            ("{kept}", files[1].clone()),
            ("{paper}", paper.document.to_string()),
            ("{act}", accept.to_string()),
            ("{person}", site.person("管理员").to_string()),
        ];
        let mut world = World {
            site,
            places,
            browsers: BTreeMap::new(),
        };
        world.people().await;
        world
    }

    /// Everybody who asks: logged in, of another county, with a session that is over, and nobody.
    async fn people(&mut self) {
        let site = &self.site;
        let at_home = [
            "管理员",
            "审计员",
            "市协调人",
            "收件岗",
            "局长",
            "调查甲",
            "组长",
            "申请人",
            "同事",
            "签收人",
        ];
        for (n, who) in at_home.into_iter().enumerate() {
            let browser = Browser::of(site, who, &format!("user{n}")).await;
            self.browsers.insert(who, browser);
        }
        let administrator = site.viewer("管理员").await;
        for (n, party, other) in [(21, Party::Bureau, 22), (22, Party::Discipline, 21)] {
            let institution = Institution {
                id: InstitutionId([n; 16]),
                name: format!("台前县机构{n}"),
                party: Some(party),
                division: "410927".into(),
                parent: Some(site.institution("市局")),
                counterpart: Some(InstitutionId([other; 16])),
                code: "台县民".into(),
                contact: String::new(),
                overseer: String::new(),
            };
            let registered = site.app.register_institution(&administrator, site.act(), institution);
            registered.await.expect("registered");
        }
        for (who, n, role, at) in [
            ("外县收件岗", 121, Role::Intake, 21),
            ("外县局长", 122, Role::Lead, 21),
            ("外县组长", 123, Role::Lead, 22),
        ] {
            let person = Person {
                id: PersonId([n; 16]),
                name: who.into(),
                unit: Some(InstitutionId([at; 16])),
                post: "科员".into(),
                capacities: vec![(role, InstitutionId([at; 16]))],
            };
            let id = person.id;
            let registered = site.app.register_person(&administrator, site.act(), person);
            registered.await.expect("registered");
            site.app
                .open_account(id, who, PASSWORD, false)
                .await
                .expect("an account");
            self.browsers.insert(who, Browser::again(site, who).await);
        }
        // A step that was sent once is in the draft, and stays as it is however often it is refused.
        let files = self.filled("/apply/{draft}/files");
        let worker = self.browsers.get_mut("申请人").expect("the worker");
        worker.send(&files, &[("go", "more")]).await;
        let mut over = Browser::again(site, "收件岗").await;
        let cookie = over.cookie().to_owned();
        over.send("/logout", &[]).await;
        self.browsers.insert("退出的", Browser::with_cookie(site, &cookie));
        self.browsers.insert("", Browser::stranger(site));
    }

    fn filled(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (place, value) in &self.places {
            text = text.replace(place, value);
        }
        text
    }

    /// How many readings are recorded.
    async fn readings(&self) -> u64 {
        let heads = self.site.app.store().heads(StreamKind::Access).await;
        heads.expect("the store").iter().map(|head| head.version).sum()
    }

    /// Everything that could change, but the readings.
    async fn state(&self) -> String {
        let (app, mut state) = (&self.site.app, String::new());
        for kind in [
            StreamKind::Case,
            StreamKind::Institution,
            StreamKind::Person,
            StreamKind::Series,
            StreamKind::Kin,
            StreamKind::Site,
        ] {
            let heads = app.store().heads(kind).await.expect("the store");
            state.push_str(&format!("{heads:?}\n"));
        }
        let views = app.store().dump_views().await.expect("the store");
        let (before, readings) = views.split_once("case_reading\n").expect("the readings");
        let (_, after) = readings.split_once("person_view\n").expect("the people");
        state.push_str(&format!("{before}{after}"));
        for who in ["申请人", "同事"] {
            let viewer = self.site.viewer(who).await;
            for (id, _) in app.drafts(&viewer).await.expect("the store") {
                let draft = app.draft(&viewer, id).await.expect("the store");
                state.push_str(&format!("{id} {:?} {}\n", draft.fields, draft.files.len()));
            }
        }
        let report = app.store().verify().await.expect("the store");
        assert!(report.findings.is_empty(), "{:?}", report.findings);
        state.push_str(&format!("{} files", report.files));
        state
    }

    /// How many failed logins are traced.
    async fn traced(&self) -> u64 {
        let day = self.site.app.today();
        let lines = self.site.app.store().failures_since(day, 1000).await;
        lines.expect("the store").iter().map(|line| line.failed).sum()
    }

    async fn send(&mut self, row: &Row) -> Answer {
        let mut request = Request::builder().method(row.method).uri(self.filled(row.url));
        if !row.headers.iter().any(|(name, _)| *name == "host") {
            request = request.header(HOST, "jinzhi.local");
        }
        for (name, value) in &row.headers {
            request = request.header(*name, self.filled(value));
        }
        let owned = |fields: &[(&'static str, &'static str)]| -> Vec<(&'static str, String)> {
            fields.iter().map(|(name, text)| (*name, self.filled(text))).collect()
        };
        let body = match &row.with {
            With::Nothing => Vec::new(),
            With::Bytes(kind, bytes) => {
                request = request.header(CONTENT_TYPE, *kind);
                bytes.clone()
            }
            With::Form(fields) => {
                request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
                let mut form = form_urlencoded::Serializer::new(String::new());
                form.extend_pairs(owned(fields)).finish().into_bytes()
            }
            With::File(fields, field, name, bytes) => {
                request = request.header(CONTENT_TYPE, MULTIPART);
                let fields = owned(fields);
                let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
                multipart(&fields, field, &[(*name, bytes)])
            }
        };
        let browser = self.browsers.get_mut(row.who).expect(row.who);
        browser.ask(request, Body::from(body)).await
    }

    /// What is wrong with the answer to a row; empty where it is as the row has it and nothing changed.
    async fn wrong(&mut self, row: &Row) -> Vec<String> {
        let (before, traced, read) = (self.state().await, self.traced().await, self.readings().await);
        let answer = self.send(row).await;
        let mut wrong = Vec::new();
        if answer.status.as_u16() != row.status {
            wrong.push(format!("{} instead of {}", answer.status, row.status));
        }
        match self.filled(row.says).strip_prefix('→') {
            Some(location) if answer.location == location => {}
            Some(_) => wrong.push(format!("leads to {:?}", answer.location)),
            None if html::text(&answer.html).contains(&self.filled(row.says)) => {}
            None => wrong.push(format!("says {}", html::text(&answer.html).replace('\n', " "))),
        }
        if answer.html.starts_with("<!doctype html>") {
            html::check_form(&row.name(), &answer.html);
        }
        for never in ["evil.example", "root:x", "panicked", "SQLITE", "sqlx", PASSWORD] {
            if answer.html.contains(never) || format!("{:?}", answer.headers).contains(never) {
                wrong.push(format!("has {never}"));
            }
        }
        let shown = answer.headers.get(CONTENT_DISPOSITION).is_some();
        if answer.headers.get(X_CONTENT_TYPE_OPTIONS).is_none() || shown {
            wrong.push("without nosniff, or a file".into());
        }
        if self.state().await != before {
            wrong.push("something changed".into());
        }
        if self.traced().await != traced + u64::from(row.traced) {
            wrong.push("the trace of failed logins is not as it should be".into());
        }
        if (self.readings().await > read) != row.read {
            wrong.push("the readings are not as they should be".into());
        }
        wrong
    }

    /// Carries out a table, and says all that is wrong with it at once.
    async fn hold(&mut self, rows: Vec<Row>) {
        let mut wrong = Vec::new();
        for row in &rows {
            for what in self.wrong(row).await {
                wrong.push(format!("{}: {what}", row.name()));
            }
        }
        assert!(wrong.is_empty(), "{} of {} rows: {wrong:#?}", wrong.len(), rows.len());
    }
}

/// An application of the colleague, just received.
async fn another_case(site: &Site) -> String {
    let viewer = site.viewer("同事").await;
    let draft = site.app.new_draft(&viewer).await.expect("a draft");
    let mut application = site.application("四月入户时没有看到车。");
    application.codes.person = site.person("同事");
    application.text.name = "同事".into();
    let done = site.app.submit(&viewer, site.act(), draft, application).await;
    done.expect("received").number
}

/// Carries out a table in a world of its own.
async fn hold(rows: Vec<Row>) {
    World::new().await.hold(rows).await;
}

/// The table notices what it is for: an act that is done is a change, another status and another sentence are wrong.
#[tokio::test]
async fn the_table_can_fail() {
    let mut world = World::new().await;
    let withdraw = post("收件岗", "/cases/{other}/acts/accept", &[], 303, "→/cases/{other}");
    let wrong = world.wrong(&withdraw).await;
    assert_eq!(wrong, ["something changed", "the readings are not as they should be"]);
    let row = get("同事", "/cases/{no}", 200, "不在这一页的话");
    assert_eq!(world.wrong(&row).await.len(), 2);
}

/// Issue 4 asks for sixty at least.
#[test]
fn the_table_is_long_enough() {
    let rows = others::rows().len()
        + edge::rows().len()
        + login::rows().len()
        + uploads::rows().len()
        + officers::rows().len();
    assert!(rows >= 120, "{rows} rows");
}
