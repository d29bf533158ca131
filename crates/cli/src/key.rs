//! `jinzhi key`: the master key is changed, leaves the site in two halves, or is put together from them.

use crate::Failed;
use crate::arguments::{Export, Place};
use crate::record::existing;
use crate::site;
use crate::system::SystemClock;
use crate::vouching;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use store::MasterKey;
use zeroize::Zeroizing;

/// Changes the master key, as the site's first administrator. Broken off, it is finished at the next start or not begun.
pub fn rotate(new_key: Option<&Path>, place: &Place) -> Result<(), Failed> {
    existing(place)?;
    match (site::master_key(place)?, new_key) {
        (MasterKey::Own, Some(_)) => {
            return Err(Failed::use_("主密钥在数据目录里，新的会自动放回去。不要写 --new-key。"));
        }
        (MasterKey::File(_) | MasterKey::Given { .. }, None) => {
            return Err(Failed::use_(
                "主密钥不在数据目录里。请用 --new-key 写新主密钥的文件；没有这个文件会生成。",
            ));
        }
        _ => {}
    }
    site::run(async {
        let app = site::open(place, Arc::new(SystemClock), &[]).await?;
        let Some(administrator) = app.first_administrator().await.map_err(Failed::no)? else {
            return Err(Failed::use_("本站还没有管理员。请先登记管理员。"));
        };
        let rotated = app
            .rotate_master_key(&administrator, new_key)
            .await
            .map_err(Failed::no)?;
        say!(
            "主密钥换好了，{} 把密钥都改用新的。新的指纹：{}",
            rotated.keys,
            rotated.fingerprint
        );
        match new_key {
            None => say!("请马上重新备份密钥：以前的密钥备份要用旧的主密钥才打得开。"),
            Some(path) => say!(
                "请把 {} 里的新主密钥交给密钥服务，再用它启动；旧的已经打不开。然后重新备份密钥。",
                path.display()
            ),
        }
        Ok(())
    })
}

/// Writes the two halves, after two officers have given their passwords and codes.
pub fn export(options: &Export) -> Result<(), Failed> {
    existing(&options.place)?;
    site::run(async {
        let app = site::open(&options.place, Arc::new(SystemClock), &[]).await?;
        let there = [&options.first_half, &options.second_half]
            .into_iter()
            .find(|path| path.exists());
        if let Some(path) = there {
            return Err(Failed::use_(format!(
                "{} 已经有了。请换一个还没有的文件。",
                path.display()
            )));
        }
        let first = vouching::officer(&app, &options.first).await?;
        let second = vouching::officer(&app, &options.second).await?;
        // The files first: where one cannot be made, nothing has left the site and nothing is on record.
        let (mut one, mut two) = (new_file(&options.first_half)?, new_file(&options.second_half)?);
        let halves = app.export_master_key(app.fresh_act(), &first, &second).await;
        let written = halves.map_err(Failed::use_).and_then(|halves| {
            let write = |file: &mut std::fs::File, half: &str| {
                file.write_all(half.as_bytes())
                    .and_then(|()| file.sync_all())
                    .map_err(Failed::no)
            };
            write(&mut one, &halves[0])?;
            write(&mut two, &halves[1])
        });
        if written.is_err() {
            for path in [&options.first_half, &options.second_half] {
                std::fs::remove_file(path).ok();
            }
        }
        written?;
        say!("主密钥分成了两份，已记在本站记录里：");
        say!("{}　交给 {}", options.first_half.display(), options.first);
        say!("{}　交给 {}", options.second_half.display(), options.second);
        say!("两份要分开保管。只有一份，拼不出主密钥。");
        Ok(())
    })
}

/// Puts the two halves together where there is no master key.
pub fn restore(halves: [&Path; 2], data: &Path) -> Result<(), Failed> {
    let read = |path: &Path| {
        std::fs::read_to_string(path)
            .map(Zeroizing::new)
            .map_err(|e| Failed::use_(format!("读不了 {}：{e}。请看路径对不对。", path.display())))
    };
    let (first, second) = (read(halves[0])?, read(halves[1])?);
    let fingerprint = store::master::restore(data, [&first, &second]).map_err(Failed::use_)?;
    say!("主密钥已拼好，放进 {}。指纹：{fingerprint}", data.display());
    Ok(())
}

fn new_file(path: &Path) -> Result<std::fs::File, Failed> {
    std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(|e| Failed::use_(format!("不能新建 {}：{e}。请换一个还没有的文件。", path.display())))
}
