//! One golden file per kind of event that `app` writes of itself, on the streams of institutions, persons and the site:
//! its open and its sealed part, as they stand on record. A kind without a file writes it and fails, so that somebody
//! looks at it and commits it. The directory only grows.

use crate::site::Site;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use store::{SealedPart, StoredEvent, StreamKind, StreamName};

/// What the store itself writes has its golden files there.
const OF_THE_STORE: [&str; 1] = ["site-founded/1"];

#[tokio::test]
async fn kinds_are_written_as_they_were() {
    let site = Site::new().await;
    let administrator = site.viewer("管理员").await;
    let (app, worker) = (&site.app, site.person("申请人"));
    app.open_account(worker, "shenqingren", "chushi-2026", false)
        .await
        .expect("an account");
    app.reset_password(&administrator, app.fresh_act(), worker)
        .await
        .expect("a password");

    let mut written: BTreeMap<String, Value> = BTreeMap::new();
    for stream in streams(&site).await {
        for event in app.store().read(&stream).await.expect("the store") {
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

async fn streams(site: &Site) -> Vec<StreamName> {
    let store = site.app.store();
    let mut all = Vec::new();
    for kind in [StreamKind::Institution, StreamKind::Person, StreamKind::Site] {
        let heads = store.heads(kind).await.expect("the store");
        all.extend(heads.into_iter().map(|head| head.stream));
    }
    all
}

/// Both parts; of an installed pack the digest, the other files and the texts are left out, which are the pack's own.
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
    json!({ "open": open, "sealed": sealed })
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
