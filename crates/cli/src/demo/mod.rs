//! `jinzhi demo`: the site with example institutions, people and cases, all made by running the acts.

mod cases;
mod findings;
mod kept;
mod kin;
mod office;
mod people;
mod pictures;
mod story;

use crate::Failed;
use crate::arguments::{Demo, Place};
use crate::serve;
use crate::site;
use crate::system::DemoClock;
use app::App;
use base::{Clock, Timestamp};
use std::path::PathBuf;
use std::sync::Arc;

/// The number on every page of the example. Nobody answers it.
const PHONE: &str = "0393-0000000";

/// Serves the example until interrupted.
pub fn demo(options: &Demo) -> Result<(), Failed> {
    serve::log();
    let given = options.data.clone();
    let folder = match &given {
        Some(folder) => folder.clone(),
        None => temporary()?,
    };
    let place = Place {
        data: folder.clone(),
        database_url: options.database_url.clone(),
        master_key: None,
    };
    let served = site::run(async {
        let listener = serve::listen(options.listen).await?;
        let clock = Arc::new(DemoClock::new());
        clock.set(office::BEGAN, 8, 0);
        let fonts = site::font_folders(options.fonts.as_deref());
        let empty = options.database_url.is_none() && !folder.join("record.db").exists();
        let copied = empty && kept::take(&folder).map_err(Failed::no)?;
        let mut app = site::open(&place, clock.clone(), &fonts).await?;
        if prepare(&app, &clock).await? && empty {
            // Kept only while nobody has it open.
            app.store().clone().close().await.map_err(Failed::no)?;
            kept::keep(&folder);
            app = site::open(&place, clock.clone(), &fonts).await?;
        }
        if copied {
            say!("示例用这个程序上次办好的。演示里的今天是 {}。", office::TODAY);
        }
        announce(options);
        serve::pages(web::Web::new(app, PHONE), listener).await
    });
    if given.is_none() {
        // The example was only for this run; what cannot be removed is the system's temporary folder's to clear.
        let _ = std::fs::remove_dir_all(&folder);
    }
    served
}

/// Tells the stories on an empty record, and says that it did; on one that has them, goes on from where it stands.
pub async fn prepare(app: &App, clock: &DemoClock) -> Result<bool, Failed> {
    if !app.institutions().await.map_err(Failed::no)?.is_empty() {
        clock.set(office::TODAY, 9, 0);
        clock.at_least(Timestamp(app.last_recorded().await.map_err(Failed::no)?.0 + 60_000_000));
        return Ok(false);
    }
    say!("正在准备示例机构、人员和案件，第一次要两三分钟……");
    clock.set(office::BEGAN, 8, 0);
    let office = office::found(app).await?;
    let told = story::tell(app, clock, &office, cases::all()).await?;
    clock.set(office::TODAY, 9, 0);
    kin::enter(app, &office).await?;
    app.tick().await.map_err(Failed::no)?;
    say!("已办出 {told} 个示例案件。演示里的今天是 {}。", clock.now().date());
    Ok(true)
}

fn announce(options: &Demo) {
    say!("\n打开浏览器：http://{}\n", options.listen);
    say!("账号（密码都是 {}）：", office::PASSWORD);
    for (role, login, who) in office::ACCOUNTS {
        say!("  {login:<14} {role}　{who}");
    }
    say!("\n按 Ctrl-C 停止。");
}

fn temporary() -> Result<PathBuf, Failed> {
    let folder = std::env::temp_dir().join(format!("jinzhi-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|e| Failed::no(format!("不能建临时目录 {}：{e}", folder.display())))?;
    Ok(folder)
}
