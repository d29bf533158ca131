//! `jinzhi verify`, `rebuild`, `calendar import` and `doctor`: what an operator does to a record that lies still.

use crate::Failed;
use crate::arguments::Place;
use crate::site;
use crate::system::SystemClock;
use base::calendar::YearCalendar;
use press::TypstPress;
use std::path::Path;
use std::sync::Arc;
use store::Location;

/// Verifies every chain and file; exit 1 where something does not fit. Needs no key at all.
pub fn verify(place: &Place) -> Result<(), Failed> {
    let location = existing(place)?;
    let report = site::run(async { store::verify(&location).await.map_err(Failed::no) })?;
    for finding in &report.findings {
        say!("{finding}");
    }
    let counts = format!(
        "{} 条链、{} 条记录、{} 个文件",
        report.streams, report.events, report.files
    );
    if report.findings.is_empty() {
        say!("{counts}，全部相符。");
        return Ok(());
    }
    Err(Failed::no(format!("{counts}，{} 处不符。", report.findings.len())))
}

/// Where the record lies. There must be one: a mistyped directory must not become a second site.
pub fn existing(place: &Place) -> Result<Location, Failed> {
    match &place.database_url {
        Some(url) => Ok(Location::Postgres {
            url: url.clone(),
            directory: place.data.clone(),
        }),
        None if place.data.join("record.db").is_file() => Ok(Location::Directory(place.data.clone())),
        None => Err(Failed::use_(format!(
            "{} 里没有记录。请用 --data 写数据目录。",
            place.data.display()
        ))),
    }
}

/// Rebuilds the views from the record.
pub fn rebuild(place: &Place) -> Result<(), Failed> {
    existing(place)?;
    site::run(async {
        let app = site::open(place, Arc::new(SystemClock), &[]).await?;
        let cases = app.rebuild().await.map_err(Failed::no)?;
        say!("已由记录重建 {cases} 个案件的列表。");
        Ok(())
    })
}

/// Imports a year's calendar and recomputes what was provisional. Acts as the site's first administrator.
pub fn import_calendar(file: &Path, place: &Place) -> Result<(), Failed> {
    let text = std::fs::read_to_string(file)
        .map_err(|e| Failed::use_(format!("读不了 {}：{e}。请看路径对不对。", file.display())))?;
    YearCalendar::parse(&text).map_err(|e| Failed::use_(format!("{}：{e}", file.display())))?;
    existing(place)?;
    site::run(async {
        let app = site::open(place, Arc::new(SystemClock), &[]).await?;
        let Some(administrator) = app.first_administrator().await.map_err(Failed::no)? else {
            return Err(Failed::use_("本站还没有管理员。请先登记管理员。"));
        };
        let imported = app
            .import_calendar(&administrator, app.fresh_act(), &text)
            .await
            .map_err(Failed::use_)?;
        say!(
            "已读入 {} 年的放假安排，重算了 {} 个案件的期限。",
            imported.year,
            imported.recomputed.len()
        );
        for (number, before, after) in &imported.recomputed {
            say!("{number}：原来最迟 {}（暂定），现在最迟 {}", before.due, after.due);
        }
        if !imported.failed.is_empty() {
            return Err(Failed::no(format!(
                "下面的案件还没有重算：{}。请再导入一次。",
                imported.failed.join("、")
            )));
        }
        Ok(())
    })
}

/// Says which face serves each role and where one falls back, and where the master key comes from.
pub fn doctor(fonts: Option<&Path>, place: &Place) -> Result<(), Failed> {
    let press = TypstPress::new(&site::font_folders(fonts));
    say!("{}", press.report());
    let master_key = site::master_key(place)?;
    let from = master_key.place(&place.data);
    match master_key.fingerprint(&place.data) {
        Ok(fingerprint) => say!("主密钥：来自{from}，指纹 {fingerprint}"),
        Err(error) => say!("主密钥：来自{from}，现在不能用：{error}"),
    }
    Ok(())
}
