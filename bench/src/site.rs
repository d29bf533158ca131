//! A site to measure: one county with its people, the committed pack, a press that keeps what it is given.

use crate::measure::Failed;
use app::people::{Institution, Person};
use app::{App, PackFiles, Parts, Signature, Viewer};
use base::calendar::Calendar;
use base::law::Party;
use base::{Date, IdSource, InstitutionId, PersonId, Timestamp};
use casefile::acts::submit::*;
use casefile::words::When;
use casefile::{Act, Role};
use documents::{Prepared, Press, PressError, Rendered, TemplateName};
use rules::Pack;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use store::{Location, Store, SystemRandom};
use testkit::FixedClock;

/// The people: name, role, institution.
const PEOPLE: [(&str, Role, u8); 11] = [
    ("市协调人", Role::Coordinator, 3),
    ("收件岗", Role::Intake, 1),
    ("局长", Role::Lead, 1),
    ("陈涛", Role::Investigator, 1),
    ("组长", Role::Lead, 2),
    ("孙静", Role::Investigator, 2),
    (APPLICANT, Role::Worker, 5),
    ("张海波", Role::Worker, 5),
    ("马志强", Role::Recipient, 5),
    ("何静", Role::Auditor, 3),
    ("唐磊", Role::Administrator, 3),
];

/// Who applies.
pub const APPLICANT: &str = "李春梅";
/// The password of every account.
pub const PASSWORD: &str = "measured-2026";

/// Ids that lie scattered, as random ones do, and come in the same order on every run.
struct Scattered;

static NEXT: AtomicU64 = AtomicU64::new(0);

impl IdSource for Scattered {
    fn fresh(&self) -> [u8; 16] {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let digest = base::Digest::of(n.to_be_bytes()).0;
        std::array::from_fn(|place| digest[place])
    }
}

/// Where all ids come from.
pub fn ids() -> Arc<dyn IdSource> {
    Arc::new(Scattered)
}

/// A day of 2026.
pub fn day(month: i8, day: i8) -> Date {
    Date::constant(2026, month, day)
}

/// A clock on the day of receipt.
pub fn clock() -> Arc<FixedClock> {
    Arc::new(FixedClock::at(day(9, 16), 9))
}

/// Keeps the last report it was asked for and prints nothing.
#[derive(Default)]
pub struct Kept(Mutex<Option<Prepared>>);

impl Kept {
    /// The last report.
    #[cfg_attr(
        not(feature = "report"),
        allow(dead_code, reason = "the figure of the report alone asks for it")
    )]
    pub fn report(&self) -> Option<Prepared> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Press for Kept {
    fn pdf(&self, prepared: &Prepared) -> Result<Rendered, PressError> {
        if prepared.template == TemplateName::Report {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(prepared.clone());
        }
        Ok(Rendered {
            bytes: [b"%PDF-1.7\n", prepared.data.as_slice()].concat(),
            pages: 1,
            renderer: "none".into(),
            template: prepared.template_digest,
            fonts: Vec::new(),
            missing: Vec::new(),
        })
    }
}

/// A site with its people.
pub struct Site {
    /// The use cases.
    pub app: App,
    /// Its clock.
    pub clock: Arc<FixedClock>,
    /// Its press.
    #[cfg_attr(
        not(feature = "report"),
        allow(dead_code, reason = "the figure of the report alone asks for it")
    )]
    pub press: Arc<Kept>,
}

impl Site {
    /// A new site in `folder`, its people registered, the notice published.
    pub async fn found(folder: &Path) -> Result<Site, Failed> {
        let site = Site::open(folder).await?;
        let founder = app::officers::founder(PersonId([99; 16]), "安装", &institutions().next().expect("the city"));
        for institution in institutions() {
            site.app
                .register_institution(&founder, site.app.fresh_act(), institution)
                .await?;
        }
        for (name, role, at) in PEOPLE {
            let capacities = vec![(role, institution(at))];
            let person = Person {
                id: person(name),
                name: name.into(),
                unit: Some(institution(at)),
                post: "科员".into(),
                capacities,
            };
            site.app.register_person(&founder, site.app.fresh_act(), person).await?;
        }
        for (name, ..) in PEOPLE {
            site.app.open_account(person(name), name, PASSWORD, false).await?;
        }
        let pack = site.app.packs().current().id.clone();
        site.app
            .enter_publication(&founder, site.app.fresh_act(), &pack, "2024-12-20")
            .await?;
        Ok(site)
    }

    /// The site in `folder` as it was left.
    pub async fn open(folder: &Path) -> Result<Site, Failed> {
        let (clock, press) = (clock(), Arc::new(Kept::default()));
        let location = Location::Directory(folder.to_path_buf());
        let store = Store::open(
            location,
            store::MasterKey::Own,
            clock.clone(),
            ids(),
            Arc::new(SystemRandom),
        )
        .await?;
        let packs = vec![pack_files()?];
        let parts = Parts {
            store,
            packs,
            calendar: Calendar::shipped(),
            clock: clock.clone(),
            ids: ids(),
            press: press.clone(),
        };
        Ok(Site {
            app: App::open(parts).await?,
            clock,
            press,
        })
    }

    /// Ends it, so that its folder can be copied.
    pub async fn close(self) -> Result<(), Failed> {
        Ok(self.app.store().clone().close().await?)
    }

    /// The clock shows `hour`:00 of a day of 2026.
    pub fn at(&self, month: i8, date: i8, hour: i8) -> Result<(), Failed> {
        self.clock
            .set(Timestamp::on(day(month, date), hour, 0).ok_or("no such hour")?);
        Ok(())
    }

    /// Somebody as they sit today.
    pub async fn viewer(&self, name: &str) -> Result<Viewer, Failed> {
        Ok(self
            .app
            .seated(person(name))
            .await?
            .ok_or_else(|| format!("{name} has no seat"))?)
    }

    /// The cookie of somebody's session.
    pub async fn cookie(&self, name: &str) -> Result<String, Failed> {
        let login = self.app.login(name, PASSWORD, &Default::default()).await?;
        Ok(format!("{}={}", web::extract::SESSION, login.token))
    }

    /// Somebody does an act.
    pub async fn does(&self, who: &str, number: &str, act: impl Into<Act>) -> Result<(), Failed> {
        let viewer = self.viewer(who).await?;
        self.app
            .perform(
                &viewer,
                number,
                self.app.fresh_act(),
                None,
                act.into(),
                Signature::of(PASSWORD),
            )
            .await?;
        Ok(())
    }

    /// Somebody applies; the receipt number.
    pub async fn submits(&self) -> Result<String, Failed> {
        let viewer = self.viewer(APPLICANT).await?;
        let draft = self.app.new_draft(&viewer).await?;
        let application = self.application();
        Ok(self
            .app
            .submit(&viewer, self.app.fresh_act(), draft, application)
            .await?
            .number)
    }

    fn application(&self) -> Application {
        let pack = self.app.packs().current();
        Application {
            codes: ApplicationCodes {
                person: person(APPLICANT),
                unit: institution(5),
                claim: "exempt".into(),
                clauses: vec!["s3-5".into()],
                work_kind: "dibao".into(),
                work_links: vec!["check".into()],
                happened: When { year: 2026, month: 3, day: None },
                discovered: None,
                reporting: Reporting::Reported,
                reported: None,
                correcting: Correcting::Corrected,
                kin: Kin::No,
                kin_recorded: None,
                accountability: Accountability::None,
                inquiry_known: None,
                declaration: pack.procedure.declaration.version.clone(),
                leaflet: pack.procedure.leaflet.version.clone(),
            },
            text: ApplicationText {
                name: APPLICANT.into(),
                unit: "子岸镇人民政府".into(),
                post: "民政所工作人员".into(),
                account: "3月核对一户低保家庭，当时平台没有车辆信息。5月平台更新后才看到这户3月初买了车。\n\
                          我按规定查了平台、入了户、做了公示，当时都没有发现。发现后当天报告，停发并追回了2个月的低保金。"
                    .into(),
                ..ApplicationText::default()
            },
        }
    }
}

/// The id of somebody.
pub fn person(name: &str) -> PersonId {
    let place = PEOPLE.iter().position(|(known, ..)| *known == name);
    PersonId([place.map_or(99, |place| place as u8 + 10); 16])
}

/// The id of an institution.
pub fn institution(n: u8) -> InstitutionId {
    InstitutionId([n; 16])
}

fn institutions() -> impl Iterator<Item = Institution> {
    let all = [
        (3, "濮阳市民政局", Some(Party::City), None, Some(4)),
        (4, "驻市民政局纪检监察组", Some(Party::CityDiscipline), None, Some(3)),
        (1, "濮阳县民政局", Some(Party::Bureau), Some(3), Some(2)),
        (2, "驻县民政局纪检监察组", Some(Party::Discipline), Some(4), Some(1)),
        (5, "子岸镇人民政府", None, Some(1), None),
    ];
    all.into_iter()
        .map(|(n, name, party, parent, counterpart)| Institution {
            id: institution(n),
            name: name.into(),
            party,
            division: "410928".into(),
            parent: parent.map(institution),
            counterpart: counterpart.map(institution),
            code: "濮县民".into(),
            contact: String::new(),
            overseer: String::new(),
        })
}

/// The Puyang pack as it lies in the repository.
pub fn pack() -> Result<Arc<Pack>, Failed> {
    Ok(pack_files()?.pack())
}

fn pack_files() -> Result<PackFiles, Failed> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../policies/410900/pumin-2024-16");
    let mut files = Vec::new();
    collect(&root, &root, &mut files)?;
    files.sort();
    PackFiles::read(&files).map_err(|problems| format!("{problems:?}").into())
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) -> Result<(), Failed> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else {
            let name = path.strip_prefix(root)?.to_string_lossy().into_owned();
            files.push((name, std::fs::read(&path)?));
        }
    }
    Ok(())
}
