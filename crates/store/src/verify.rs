//! Verification: every chain and every file, without a key.
//!
//! Found: a changed, missing, added or reordered event, a changed ciphertext, a changed or missing file, a stream cut
//! short, deleted or rewritten, even together with its head, as long as the acts that wrote it still say where they
//! left it. Not found here: a stream rewritten, cut or deleted with its head and its acts; that shows only against the
//! heads another institution holds ([`crate::Store::heads`], [`crate::read::digest_of`]). Not missed: files that the last
//! event of an erased case says were destroyed.

use crate::dialect::{Dialect, all};
use crate::error::Error;
use crate::event::check_open;
use crate::files::Files;
use crate::read::{Chain, Head, rows};
use crate::store::{Location, Store};
use crate::stream::StreamName;
use base::Digest;
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Something that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The stream's name as stored; empty where a file alone is concerned.
    pub stream: String,
    /// The version.
    pub version: Option<u64>,
    /// The file's address.
    pub file: Option<Digest>,
    /// What does not fit, in Chinese.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.stream.is_empty() {
            write!(f, "{} ", self.stream)?;
        }
        if let Some(version) = self.version {
            write!(f, "第 {version} 版 ")?;
        }
        if let Some(file) = self.file {
            write!(f, "文件 {file} ")?;
        }
        f.write_str(&self.what)
    }
}

/// What was checked and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Streams checked.
    pub streams: u64,
    /// Events checked.
    pub events: u64,
    /// Files checked.
    pub files: u64,
    /// Files that no open part names: named in a sealed part, or uploaded and not handed in.
    pub unnamed_files: u64,
    /// What does not fit; empty where all is well.
    pub findings: Vec<Finding>,
}

impl Store {
    /// Checks every chain and every file, in one snapshot of the record.
    pub async fn verify(&self) -> Result<Report, Error> {
        check(&self.inner.read, self.inner.writer.dialect, self.inner.files.clone()).await
    }
}

/// Checks a record that need not be open, and whose keys need not be there: what an auditor does with a copy.
pub async fn verify(location: &Location) -> Result<Report, Error> {
    let (db, dialect) = location.connect_reading(1).await?;
    let report = check(&db, dialect, Files::at(location.directory())).await;
    db.close().await?;
    report
}

async fn check(db: &DatabaseConnection, dialect: Dialect, files: Files) -> Result<Report, Error> {
    let mut report = Report::default();
    let mut named = Named::default();
    let snapshot = dialect.snapshot(db).await?;
    let mut left = left_by_acts(&snapshot, &mut report).await?;
    let sql = "select n.name, s.version, s.hash, s.kind
               from (select name from stream union select stream from event) n
               left join stream s on s.name = n.name order by n.name";
    for row in all(&snapshot, sql, vec![]).await? {
        let name: String = row.try_get_by_index(0)?;
        let version: Option<i64> = row.try_get_by_index(1)?;
        let hash: Option<String> = row.try_get_by_index(2)?;
        let kind: Option<String> = row.try_get_by_index(3)?;
        report.streams += 1;
        match name.parse::<StreamName>() {
            Ok(stream) => {
                let place = Place {
                    head: version.zip(hash),
                    left: left.remove(&name),
                };
                check_stream(&snapshot, &stream, place, &mut report, &mut named).await?;
                if kind.is_some_and(|kind| kind != stream.kind().as_str()) {
                    report.find(&name, None, None, "流的类别与其名称不符");
                }
            }
            Err(_) => report.find(&name, None, None, "流的名称不合格式"),
        }
    }
    for (name, (version, _)) in left {
        report.find(&name, None, None, format!("整条流不见了：办理时记到第 {version} 版"));
    }
    let mut registered = BTreeSet::new();
    for row in all(&snapshot, "select address from file", vec![]).await? {
        let address: String = row.try_get_by_index(0)?;
        match address.parse::<Digest>() {
            Ok(address) => drop(registered.insert(address)),
            Err(_) => report.find("", None, None, format!("文件的登记不合格式：{address}")),
        }
    }
    snapshot.commit().await?;
    tokio::task::spawn_blocking(move || {
        check_files(&files, named.there(), registered, &mut report)?;
        Ok(report)
    })
    .await
    .map_err(|_| Error::Closed)?
}

impl Report {
    fn find(&mut self, stream: &str, version: Option<u64>, file: Option<Digest>, what: impl Into<String>) {
        self.findings.push(Finding {
            stream: stream.into(),
            version,
            file,
            what: what.into(),
        });
    }
}

/// Where each stream was left by the last act that wrote to it: the stream's name, version and hash.
async fn left_by_acts(
    snapshot: &DatabaseTransaction,
    report: &mut Report,
) -> Result<BTreeMap<String, (u64, Digest)>, Error> {
    /// How many acts are read at a time.
    const PAGE: usize = 5000;
    let mut left: BTreeMap<String, (u64, Digest)> = BTreeMap::new();
    let mut after = String::new();
    loop {
        let sql = format!("select act, heads from act where act > $1 order by act limit {PAGE}");
        let page = all(snapshot, &sql, vec![after.as_str().into()]).await?;
        for row in &page {
            after = row.try_get_by_index(0)?;
            let heads: String = row.try_get_by_index(1)?;
            for line in heads.lines() {
                let Ok(head) = line.parse::<Head>() else {
                    report.find("", None, None, format!("办理 {after} 的登记不合格式"));
                    continue;
                };
                match left.entry(head.stream.to_string()) {
                    Entry::Vacant(place) => drop(place.insert((head.version, head.hash))),
                    Entry::Occupied(mut place) if place.get().0 < head.version => {
                        place.insert((head.version, head.hash));
                    }
                    Entry::Occupied(_) => {}
                }
            }
        }
        if page.len() < PAGE {
            return Ok(left);
        }
    }
}

/// The files that open parts name, each with the stream and version that does; and those that were destroyed.
#[derive(Default)]
struct Named {
    files: BTreeSet<(Digest, String, u64)>,
    destroyed: BTreeSet<Digest>,
}

impl Named {
    /// Those that must be there.
    fn there(self) -> BTreeSet<(Digest, String, u64)> {
        let kept = self.files.into_iter();
        kept.filter(|(file, _, _)| !self.destroyed.contains(file)).collect()
    }
}

/// Where a stream should stand.
struct Place {
    /// By the register of heads: version and hash.
    head: Option<(i64, String)>,
    /// By the acts that wrote to it.
    left: Option<(u64, Digest)>,
}

async fn check_stream(
    snapshot: &DatabaseTransaction,
    stream: &StreamName,
    place: Place,
    report: &mut Report,
    named: &mut Named,
) -> Result<(), Error> {
    let name = stream.to_string();
    let events = match rows(snapshot, stream).await {
        Ok(events) => events,
        Err(Error::Damaged { version, what, .. }) => {
            report.find(&name, Some(version), None, what);
            return Ok(());
        }
        Err(e) => return Err(e),
    };
    let mut chain = Chain::new(stream.clone());
    for row in &events {
        report.events += 1;
        let version = row.event.version;
        if let Err(misfit) = chain.check(row) {
            report.find(&name, Some(version), None, misfit.sentence());
        }
        match check_open(&row.event.open) {
            Ok(files) => {
                let files = files.into_iter().map(|file| (file, name.clone(), version));
                named.files.extend(files);
                named.destroyed.extend(crate::erase::destroyed(&row.event)?);
            }
            // Changed open bytes are found by their digest; only sound ones that do not read are new here.
            Err(_) if Digest::of(&row.event.open) != row.open_digest => {}
            Err(_) => report.find(&name, Some(version), None, "公开部分无法读出"),
        }
    }
    let (version, hash) = chain.end();
    match place.head {
        None => report.find(&name, None, None, "流没有登记（有事件多出）"),
        Some((kept, _)) if kept > version as i64 => {
            report.find(&name, Some(version + 1), None, format!("流被截短：登记为第 {kept} 版"));
        }
        Some((kept, _)) if kept < version as i64 => {
            report.find(
                &name,
                Some(kept as u64 + 1),
                None,
                format!("有事件多出：登记为第 {kept} 版"),
            );
        }
        Some((_, kept)) if Some(&kept) != hash.map(|h| h.to_string()).as_ref() => {
            report.find(&name, Some(version), None, "末尾事件与登记的摘要不符");
        }
        Some(_) => check_left(&name, version, hash, place.left, report),
    }
    Ok(())
}

/// Whether a stream that fits its registered head also stands where its last act left it.
fn check_left(name: &str, version: u64, hash: Option<Digest>, left: Option<(u64, Digest)>, report: &mut Report) {
    let told = left.map_or(0, |(told, _)| told);
    if told > version {
        report.find(
            name,
            Some(version + 1),
            None,
            format!("流被截短：办理时记到第 {told} 版"),
        );
    } else if told < version {
        report.find(
            name,
            Some(told + 1),
            None,
            format!("有事件没有办理登记：办理时记到第 {told} 版"),
        );
    } else if left.map(|(_, hash)| hash) != hash {
        report.find(name, Some(version), None, "末尾事件与办理时记下的摘要不符");
    }
}

fn check_files(
    files: &Files,
    named: BTreeSet<(Digest, String, u64)>,
    mut registered: BTreeSet<Digest>,
    report: &mut Report,
) -> Result<(), Error> {
    let there: BTreeSet<Digest> = files.addresses()?.into_iter().collect();
    for address in &there {
        report.files += 1;
        let place = named
            .range((*address, String::new(), 0)..)
            .next()
            .filter(|(file, _, _)| file == address);
        if place.is_none() {
            report.unnamed_files += 1;
        }
        match files.read(*address) {
            Ok(_) => {}
            Err(Error::FileDamaged(_)) => {
                let (stream, version) = place.map_or(("", None), |(_, s, v)| (s.as_str(), Some(*v)));
                report.find(stream, version, Some(*address), "内容与其地址不符");
            }
            Err(e) => return Err(e),
        }
    }
    for (file, stream, version) in named {
        if !there.contains(&file) {
            registered.remove(&file);
            report.find(&stream, Some(version), Some(file), "找不到文件");
        }
    }
    for file in registered.difference(&there) {
        report.find("", None, Some(*file), "找不到登记过的文件");
    }
    Ok(())
}
