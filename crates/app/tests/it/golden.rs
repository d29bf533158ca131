//! One golden file per kind of event that `app` writes of itself, on the streams of institutions, persons and the site:
//! its open and its sealed part, as they stand on record. A kind without a file writes it and fails, so that somebody
//! looks at it and commits it. The directory only grows.

use crate::kin::typed;
use crate::path::filed;
use crate::retention::{another, at, decision};
use crate::site::Site;
use app::Failure;
use app::kin::correct::Why;
use app::login::Origin;
use app::login::factor::{FactorKind, ToConfirm};
use app::people::import::Typed;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use store::{SealedPart, StoredEvent, StreamKind, StreamName};

/// What the store itself writes has its golden files there.
const OF_THE_STORE: [&str; 1] = ["site-founded/1"];

#[tokio::test]
async fn kinds_are_written_as_they_were() {
    let mut site = Site::new().await;
    accounts(&site).await.expect("accounts");
    let clerk = site.viewer("收件岗").await;
    let app = &site.app;
    let kin = typed("陈志强", "张某某", "2026-01-05");
    app.record_kin(&clerk, app.fresh_act(), &kin).await.expect("an entry");
    destruction(&site).await.expect("lists of cases to be destroyed");
    factor(&site).await.expect("a second factor");
    failures(&site).await.expect("a day of failed logins");
    kin_mended(&site).await.expect("an entry corrected and struck out");
    let word = app
        .login_vouched("shenqingren", "https://sso.example", &Origin::default())
        .await;
    word.expect("a login on the provider's word");
    people(&site).await.expect("people");
    officers(&mut site).await.expect("officers");
    let mut written: BTreeMap<String, Value> = BTreeMap::new();
    for stream in streams(&site).await {
        for event in site.app.store().read(&stream).await.expect("the store") {
            if !OF_THE_STORE.contains(&event.kind.as_str()) {
                written.entry(event.kind.clone()).or_insert_with(|| parts(&event));
            }
        }
    }
    let mut new = Vec::new();
    for (kind, parts) in &written {
        let (path, text) = (file(kind), serde_json::to_string_pretty(parts).expect("json") + "\n");
        if !path.exists() {
            std::fs::write(&path, &text).expect("golden/ can be written");
            new.push(kind);
        }
        assert_eq!(std::fs::read_to_string(path).expect("a golden file"), text, "{kind}");
    }
    assert!(new.is_empty(), "new golden files, to be looked at: {new:?}");
    let kinds: Vec<&str> = written.keys().map(String::as_str).collect();
    assert_eq!(kinds, golden_kinds(), "a golden file whose kind is written no more");
}

fn from() -> Origin {
    Origin {
        address: "10.0.0.8".into(),
        browser: "手机".into(),
        device: None,
    }
}

/// Somebody logs in, mistypes too often, is let in again, changes the password and gets another.
async fn accounts(site: &Site) -> Result<(), Failure> {
    let (app, worker) = (&site.app, site.person("申请人"));
    let (administrator, viewer, from) = (site.viewer("管理员").await, site.viewer("申请人").await, from());
    app.open_account(worker, "shenqingren", "chushi-2026", false).await?;
    let login = app.login("shenqingren", "chushi-2026", &from).await?;
    for _ in 0..5 {
        let wrong = app.login("shenqingren", "wangle-2026", &from).await;
        assert!(wrong.is_err());
    }
    app.unlock(&administrator, app.fresh_act(), worker).await?;
    app.change_password(&viewer, &login.token, "chushi-2026", "gaiguo-2027")
        .await?;
    app.reset_password(&administrator, app.fresh_act(), worker).await?;
    let another = site.person("签收人");
    app.give_account(&administrator, app.fresh_act(), another, ("qianshouren", "chushi-2026"))
        .await?;
    Ok(())
}

/// Somebody sets up a card and loses it.
async fn factor(site: &Site) -> Result<(), Failure> {
    let (app, worker) = (&site.app, site.viewer("同事").await);
    app.open_account(worker.person, "tongshi", "chushi-2026", false).await?;
    let login = app.login("tongshi", "chushi-2026", &from()).await?;
    app.prepare_factor(&worker, FactorKind::Card, "chushi-2026").await?;
    let Some(ToConfirm::Card(lines)) = app.factor_to_confirm(&worker).await? else {
        panic!("no card to confirm")
    };
    app.confirm_factor(&worker, &login.token, &lines[0]).await?;
    let administrator = site.viewer("管理员").await;
    app.drop_factor(&administrator, app.fresh_act(), worker.person).await
}

/// One login fails, and its day ends.
async fn failures(site: &Site) -> Result<(), Failure> {
    let wrong = site.app.login("shenqingren", "wangle-2026", &from()).await;
    assert!(wrong.is_err());
    at(site, 2057, 4, 2);
    site.app.tick().await?;
    Ok(())
}

/// The city looks at a month with one officer, and the other two come into office.
async fn officers(site: &mut Site) -> Result<(), Failure> {
    at(site, 2057, 5, 2);
    let (app, city) = (&site.app, site.viewer("市协调人").await);
    app.watch_officers(&city, app.fresh_act(), base::Date::constant(2057, 4, 1), "都该办")
        .await?;
    site.appoint_officers().await;
    Ok(())
}

/// Somebody is registered from a file, somebody leaves.
async fn people(site: &Site) -> Result<(), Failure> {
    let administrator = site.viewer("管理员").await;
    let row = ["王丽", "科员", "濮阳县民政局", "收件岗", "濮阳县民政局", "wangli"];
    let row = Typed {
        number: 2,
        cells: row.map(str::to_owned),
        wrong: Vec::new(),
    };
    let app = &site.app;
    app.import_people(&administrator, app.fresh_act(), vec![row]).await?;
    app.leave(&administrator, app.fresh_act(), site.person("同事")).await
}

/// One list is confirmed and carried out, another is stopped.
async fn destruction(site: &Site) -> Result<(), Failure> {
    let app = &site.app;
    let (clerk, group) = (site.viewer("收件岗").await, site.viewer("组长").await);
    let administrator = site.viewer("管理员").await;
    let (gone, kept) = (filed(site, "经过").await, another(site, "经过").await);
    app.enter_terms(&administrator, "30", "10", "90").await?;
    at(site, 2057, 3, 1);
    for (number, stop) in [(gone, false), (kept, true)] {
        let list = app.fresh_act();
        app.list_for_erasure(&clerk, list, vec![decision(&number, true)])
            .await?;
        app.confirm_erasure(&group, app.fresh_act(), list).await?;
        if stop {
            app.stop_erasure(&group, app.fresh_act(), list, "县纪委监委来函调阅")
                .await?;
        }
    }
    at(site, 2057, 4, 1);
    app.tick().await?;
    Ok(())
}

/// The entry's number is corrected, as the form had it wrong, and then it is struck out.
async fn kin_mended(site: &Site) -> Result<(), Failure> {
    let (app, clerk) = (&site.app, site.viewer("收件岗").await);
    let mut right = typed("陈志强", "张某某", "2026-01-05");
    right.0[5] = "410922197002030023".into();
    let why = Why {
        slip: "form".into(),
        reason: "备案表上号码写错".into(),
    };
    let id = app.kin_register(&clerk).await?[0].id;
    app.correct_kin(&clerk, app.fresh_act(), id, &right, &why).await?;
    let id = app.kin_register(&clerk).await?[0].id;
    app.strike_kin(&clerk, app.fresh_act(), id, "重复登记").await
}

async fn streams(site: &Site) -> Vec<StreamName> {
    let store = site.app.store();
    let mut all = Vec::new();
    for kind in [
        StreamKind::Institution,
        StreamKind::Person,
        StreamKind::Kin,
        StreamKind::Site,
    ] {
        let heads = store.heads(kind).await.expect("the store");
        all.extend(heads.into_iter().map(|head| head.stream));
    }
    all
}

/// Both parts. Drawn ids are left out, and of an installed pack the digest, the other files and the texts are left out, which are the pack's own.
fn parts(event: &StoredEvent) -> Value {
    let read = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).expect("json");
    let mut open = read(&event.open);
    let mut sealed = match &event.sealed {
        SealedPart::None => Value::Null,
        SealedPart::Plain(plain) => read(plain),
        other => panic!("{} is sealed: {other:?}", event.kind),
    };
    if event.kind == "pack-installed/1" {
        open["digest"] = json!("…");
        assert!(sealed["pack.toml"].is_string(), "texts by name");
        sealed = json!({ "pack.toml": "…" });
    }
    drop_drawn(&mut open);
    json!({ "open": open, "sealed": sealed })
}

/// Ids that the test drew, each other than the one before: of the test's people and institutions all bytes are alike.
fn drop_drawn(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(drop_drawn),
        Value::Object(fields) => fields.values_mut().for_each(drop_drawn),
        Value::String(text) => {
            let id = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
            if id && text.as_bytes().chunks(2).any(|pair| pair != &text.as_bytes()[..2]) {
                *text = "…".into();
            }
        }
        _ => {}
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn file(kind: &str) -> PathBuf {
    folder().join(format!("{}.json", kind.replace('/', "-")))
}

fn golden_kinds() -> Vec<String> {
    let files = std::fs::read_dir(folder()).expect("the folder of golden files");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        let name = entry.expect("a file").file_name().into_string().expect("a plain name");
        let (kind, version) = name.strip_suffix(".json")?.rsplit_once('-')?;
        Some(format!("{kind}/{version}"))
    };
    let mut kinds: Vec<String> = files.filter_map(name).collect();
    kinds.sort();
    kinds
}
