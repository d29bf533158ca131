//! The example office: the nine county bodies, the city, the groups beside them, some townships and villages, and the
//! people who work there. The places are real; nobody here is.

use super::people::{APPLYING_LEADS, OFFICERS, PEOPLE, UNITS};
use crate::Failed;
use app::App;
use app::officers::{Change, founder, is_officer};
use app::people::{Institution, Person};
use base::law::Party;
use base::{Date, InstitutionId, PersonId};
use casefile::Role;
use std::collections::HashMap;

/// The password of every account of the example office.
pub const PASSWORD: &str = "yanshi-2026";

/// The day on which the example takes the notice to have been published; the notice itself does not say.
const PUBLISHED: &str = "2024-12-20";

/// Division code, bureau, group, document code, and the discipline body over the bureau where the group is not it.
const COUNTIES: [(&str, &str, &str, &str, &str); 9] = [
    (
        "410928",
        "濮阳县民政局",
        "濮阳县纪委监委驻县民政局纪检监察组",
        "濮县民",
        "濮阳县纪委监委",
    ),
    (
        "410922",
        "清丰县民政局",
        "清丰县纪委监委驻县民政局纪检监察组",
        "清民",
        "清丰县纪委监委",
    ),
    (
        "410902",
        "华龙区民政局",
        "华龙区纪委监委驻区民政局纪检监察组",
        "华民",
        "华龙区纪委监委",
    ),
    (
        "410923",
        "南乐县民政局",
        "南乐县纪委监委驻县民政局纪检监察组",
        "南民",
        "南乐县纪委监委",
    ),
    (
        "410926",
        "范县民政局",
        "范县纪委监委驻县民政局纪检监察组",
        "范民",
        "范县纪委监委",
    ),
    (
        "410927",
        "台前县民政局",
        "台前县纪委监委驻县民政局纪检监察组",
        "台民",
        "台前县纪委监委",
    ),
    (
        "410972",
        "开发区民政局",
        "开发区纪检监察工委驻民政局纪检监察组",
        "濮开民",
        "开发区纪检监察工委",
    ),
    (
        "410971",
        "工业园区社会事业服务中心",
        "工业园区纪检监察工委",
        "濮工社",
        "",
    ),
    (
        "4109A1",
        "城乡一体化示范区社会事业服务中心",
        "示范区纪检监察工委",
        "濮示社",
        "",
    ),
];

/// Everybody and everything of the example, by name.
pub struct Office {
    institutions: HashMap<&'static str, Institution>,
    people: HashMap<&'static str, PersonId>,
}

impl Office {
    /// The institution of that name.
    pub fn institution(&self, name: &str) -> Result<&Institution, Failed> {
        self.institutions
            .get(name)
            .ok_or_else(|| Failed::no(format!("示例里没有机构 {name}")))
    }

    /// The person of that name.
    pub fn person(&self, name: &str) -> Result<PersonId, Failed> {
        self.people
            .get(name)
            .copied()
            .ok_or_else(|| Failed::no(format!("示例里没有人员 {name}")))
    }
}

/// Registers the office on an empty record.
pub async fn found(app: &App) -> Result<Office, Failed> {
    let mut office = Office {
        institutions: HashMap::new(),
        people: HashMap::new(),
    };
    for institution in institutions() {
        office.institutions.insert(institution.0, institution.1);
    }
    let first = PersonId::fresh(&crate::system::SystemIds);
    let founder = founder(first, "唐磊", office.institution("濮阳市民政局")?);
    for institution in office.institutions.values() {
        app.register_institution(&founder, app.fresh_act(), institution.clone())
            .await
            .map_err(Failed::no)?;
    }
    for (n, (name, login, post, at, role)) in PEOPLE.iter().copied().enumerate() {
        let id = if n == 0 {
            first
        } else {
            PersonId::fresh(&crate::system::SystemIds)
        };
        let at = office.institution(at)?.id;
        let role = Some(role).filter(|role| *role == Role::Administrator || !is_officer(*role));
        // Who leads may be a worker of social assistance too, and apply.
        let applies = APPLYING_LEADS.contains(&name).then_some((Role::Worker, at));
        let person = Person {
            id,
            name: name.into(),
            unit: Some(at),
            post: post.into(),
            capacities: role.map(|role| (role, at)).into_iter().chain(applies).collect(),
        };
        app.register_person(&founder, app.fresh_act(), person)
            .await
            .map_err(Failed::no)?;
        app.open_account(id, login, PASSWORD, false).await.map_err(Failed::no)?;
        office.people.insert(name, id);
    }
    appoint(app, &office).await?;
    // The example is told over four months, and everybody knows its passwords: none runs out on its day.
    let mut policy = app.login_policy().as_ref().clone();
    for role in policy.roles.iter_mut().filter(|role| role.expiry_days > 0) {
        role.expiry_days = 365;
    }
    app.set_login_policy(&founder, app.fresh_act(), policy)
        .await
        .map_err(Failed::no)?;
    let packs: Vec<String> = app.packs().all().iter().map(|pack| pack.id.clone()).collect();
    for pack in packs.iter().filter(|id| id.ends_with("pumin-2024-16")) {
        app.enter_publication(&founder, app.fresh_act(), pack, PUBLISHED)
            .await
            .map_err(Failed::no)?;
    }
    Ok(office)
}

/// The other two officers come into office, the first on the city's word, the second on the first's.
async fn appoint(app: &App, office: &Office) -> Result<(), Failed> {
    let acting = async |name: &str| {
        let viewer = app.seated(office.person(name)?).await.map_err(Failed::no)?;
        viewer.ok_or_else(|| Failed::no(format!("示例里没有人员 {name}")))
    };
    for (name, role, second) in OFFICERS {
        let (proposal, person) = (app.fresh_act(), office.person(name)?);
        let change = Change {
            person,
            role,
            appoint: true,
        };
        let proposed = app.propose_officer(&acting("唐磊").await?, proposal, change).await;
        proposed.map_err(Failed::no)?;
        let second = acting(second).await?;
        let confirmed = app.settle_officer(&second, app.fresh_act(), proposal, true).await;
        confirmed.map_err(Failed::no)?;
    }
    Ok(())
}

fn institutions() -> Vec<(&'static str, Institution)> {
    let fresh = || InstitutionId::fresh(&crate::system::SystemIds);
    let (city, city_group) = (fresh(), fresh());
    let institution = |id, name: &str, party, division: &str, parent, counterpart, code: &str| Institution {
        overseer: String::new(),
        id,
        name: name.into(),
        party,
        division: division.into(),
        parent,
        counterpart,
        code: code.into(),
        contact: "0393-0000000（演示）".into(),
    };
    let mut all = vec![
        (
            "濮阳市民政局",
            institution(
                city,
                "濮阳市民政局",
                Some(Party::City),
                "410900",
                None,
                Some(city_group),
                "濮民",
            ),
        ),
        (
            "驻市民政局纪检监察组",
            institution(
                city_group,
                "濮阳市纪委监委驻市民政局纪检监察组",
                Some(Party::CityDiscipline),
                "410900",
                None,
                Some(city),
                "",
            ),
        ),
    ];
    let mut bureaus = HashMap::new();
    for (division, bureau, group, code, overseer) in COUNTIES {
        let (b, g) = (fresh(), fresh());
        bureaus.insert(division, b);
        all.push((
            bureau,
            Institution {
                overseer: overseer.into(),
                ..institution(b, bureau, Some(Party::Bureau), division, Some(city), Some(g), code)
            },
        ));
        all.push((
            group,
            institution(
                g,
                group,
                Some(Party::Discipline),
                division,
                Some(city_group),
                Some(b),
                "",
            ),
        ));
    }
    for (unit, division, overseer) in UNITS {
        let parent = bureaus.get(division).copied();
        all.push((
            unit,
            Institution {
                overseer: overseer.into(),
                ..institution(fresh(), unit, None, division, parent, None, "")
            },
        ));
    }
    all
}

/// One account per role, for the screen: who, login, what for.
pub const ACCOUNTS: [(&str, &str, &str); 12] = [
    ("工作人员", "lichunmei", "李春梅，子岸镇民政所"),
    ("收件岗", "wangli", "王丽，濮阳县民政局"),
    ("调查人", "chentao", "陈涛，濮阳县民政局；孙静（sunjing），纪检监察组"),
    ("民政局负责人", "zhoujianguo", "周建国，濮阳县民政局"),
    ("纪检监察组负责人", "zhaoming", "赵明，驻濮阳县民政局"),
    ("市级协调人", "zhengweidong", "郑卫东，濮阳市民政局"),
    ("驻市局纪检监察组", "fenghaiyan", "冯海燕"),
    ("单位签收人", "mazhiqiang", "马志强，子岸镇人民政府"),
    ("审计员", "hejing", "何静，濮阳市民政局"),
    ("系统管理员", "tanglei", "唐磊，濮阳市民政局"),
    ("安全管理员", "yanming", "严明，濮阳市民政局"),
    ("安全审计员", "suwen", "苏文，濮阳市民政局"),
];

/// The day the example's site begins on.
pub const BEGAN: Date = Date::constant(2026, 9, 1);

/// The day the example's stories end on: a Wednesday, three days after the notice's two years as the example has them.
pub const TODAY: Date = Date::constant(2026, 12, 23);
