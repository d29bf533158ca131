//! `jinzhi admin`: the first administrator of a new site; all others are registered in the browser.

use crate::Failed;
use crate::arguments::{Admin, Place};
use crate::record::existing;
use crate::site;
use crate::system::{SystemClock, SystemIds};
use app::officers::founder;
use app::people::{Institution, Person};
use app::{App, Failure};
use base::law::Party;
use base::{InstitutionId, PersonId};
use casefile::Role;
use std::sync::Arc;

/// Registers the site's own institution and its first administrator, and prints a first password.
///
/// Run again after it was broken off, it goes on; where the administrator has an account it refuses.
pub fn admin(options: &Admin) -> Result<(), Failed> {
    if let Some(login) = &options.reset {
        return reset(login, &options.place);
    }
    let given = |option: &str, value: &Option<String>| match value.as_deref().map(str::trim) {
        Some(text) if !text.is_empty() => Ok(text.to_owned()),
        _ => Err(Failed::use_(format!("{option} 还没写。"))),
    };
    let founding = Founding {
        name: given("--name", &options.name)?,
        institution: given("--institution", &options.institution)?,
        division: given("--division", &options.division)?,
    };
    let login = given("--login", &options.login)?;
    site::run(async {
        let app = site::open(&options.place, Arc::new(SystemClock), &[]).await?;
        let (person, name) = match app.first_administrator().await.map_err(Failed::no)? {
            Some(known) => (known.person, known.name),
            None => (register(&app, &founding).await?, founding.name.clone()),
        };
        let password = password()?;
        match app.open_account(person, &login, &password, true).await {
            Ok(()) => {
                say!("系统管理员：{name}\n账号：{login}\n首次密码：{password}");
                say!("密码只显示这一次。第一次登录要改密码。");
                Ok(())
            }
            Err(Failure::Refused(_)) => Err(Failed::use_(format!(
                "本站已经有系统管理员 {name}。别的由三员在“三员”里提名、确认。"
            ))),
            Err(other) => Err(Failed::no(other)),
        }
    })
}

/// A one-time password for an officer who forgot their own; on the site's record as done by themselves.
fn reset(login: &str, place: &Place) -> Result<(), Failed> {
    existing(place)?;
    site::run(async {
        let app = site::open(place, Arc::new(SystemClock), &[]).await?;
        let viewer = app.officer(login).await.map_err(Failed::no)?;
        let Some(viewer) = viewer else {
            return Err(Failed::use_(format!(
                "没有账号是 {login} 的三员。别人的密码由系统管理员在“设置”的“人员”里重置。"
            )));
        };
        let given = app
            .reset_password(&viewer, app.fresh_act(), viewer.person)
            .await
            .map_err(Failed::no)?;
        say!("账号：{}\n一次性密码：{}", given.login, given.password);
        say!("密码只显示这一次。登录后要马上改。原来的登录都已退出。");
        Ok(())
    })
}

/// What a site begins with.
struct Founding {
    name: String,
    institution: String,
    division: String,
}

async fn register(app: &App, options: &Founding) -> Result<PersonId, Failed> {
    let institution = Institution {
        id: InstitutionId::fresh(&SystemIds),
        name: options.institution.clone(),
        party: Some(Party::City),
        division: options.division.clone(),
        parent: None,
        counterpart: None,
        code: String::new(),
        contact: String::new(),
        overseer: String::new(),
    };
    let at = institution.id;
    let person = Person {
        id: PersonId::fresh(&SystemIds),
        name: options.name.clone(),
        unit: Some(at),
        post: String::new(),
        capacities: vec![(Role::Administrator, at)],
    };
    let id = person.id;
    // The first of all is registered by nobody but themselves.
    let founder = founder(id, &person.name, &institution);
    app.register_institution(&founder, app.fresh_act(), institution)
        .await
        .map_err(Failed::use_)?;
    app.register_person(&founder, app.fresh_act(), person)
        .await
        .map_err(Failed::use_)?;
    Ok(id)
}

/// Sixteen digits nobody can guess.
fn password() -> Result<String, Failed> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(Failed::no)?;
    Ok(hex::encode(bytes))
}
