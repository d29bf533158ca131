//! A site for tests: one county with its people, and how they act.

use app::officers::{Change, founder};
use app::people::{Institution, Person};
use app::{App, Failure, PackFiles, Parts, Performed, Signature, Viewer};
use base::calendar::Calendar;
use base::law::Party;
use base::{ActId, Date, Digest, InstitutionId, PersonId, Timestamp};
use casefile::acts::submit::*;
use casefile::words::When;
use casefile::{Act, Refusal, Role};
use documents::{Prepared, Press, PressError, Rendered};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Location, MasterKey, Store, SystemRandom};
use tempfile::TempDir;
use testkit::{FixedClock, SeededIds};

/// The people of the tests: name, role, institution.
const PEOPLE: [(&str, Role, &str); 12] = [
    ("管理员", Role::Administrator, "市局"),
    ("审计员", Role::Auditor, "市局"),
    ("市协调人", Role::Coordinator, "市局"),
    ("市组", Role::Coordinator, "市组"),
    ("收件岗", Role::Intake, "县局"),
    ("局长", Role::Lead, "县局"),
    ("调查甲", Role::Investigator, "县局"),
    ("组长", Role::Lead, "县组"),
    ("调查乙", Role::Investigator, "县组"),
    ("申请人", Role::Worker, "镇政府"),
    ("同事", Role::Worker, "镇政府"),
    ("签收人", Role::Recipient, "镇政府"),
];

/// The household of every application of the tests; no paper may print it.
pub const FAMILY: &str = "王大山";
/// Its village; no paper may print it.
pub const VILLAGE: &str = "子岸镇赵家庄村";

/// The password of every account.
pub const PASSWORD: &str = "ceshi-2026";

/// A press that prints the data it is given, so that a test can read the paper, and fails on [`JAM`].
struct PlainPress;

/// A paper with this on it cannot be printed.
pub const JAM: &str = "MARKER-jam";
/// A paper with this on it makes the press panic, with all of its words.
pub const PANIC: &str = "MARKER-panic";

impl Press for PlainPress {
    fn pdf(&self, prepared: &Prepared) -> Result<Rendered, PressError> {
        let words = String::from_utf8_lossy(&prepared.data);
        if words.contains(JAM) {
            return Err(PressError::Template { cause: "jam".into() });
        }
        assert!(!words.contains(PANIC), "{words}");
        Ok(Rendered {
            bytes: [b"%PDF-1.7\n", prepared.data.as_slice()].concat(),
            pages: 1,
            renderer: "plain 1".into(),
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
    /// Its data directory.
    pub folder: TempDir,
    people: BTreeMap<&'static str, PersonId>,
    institutions: BTreeMap<&'static str, InstitutionId>,
}

impl Site {
    /// A site on Wednesday 16 September 2026, nine o'clock, with its people and the notice published.
    pub async fn new() -> Site {
        let site = Site::without_publication().await;
        let administrator = site.viewer("管理员").await;
        let pack = site.app.packs().current().id.clone();
        let entered = site
            .app
            .enter_publication(&administrator, site.app.fresh_act(), &pack, "2024-12-20")
            .await;
        entered.expect("a day that has been");
        site
    }

    /// The same, the day of publication not yet entered.
    pub async fn without_publication() -> Site {
        let folder = TempDir::new().expect("a temporary folder");
        let clock = Arc::new(FixedClock::at(Date::constant(2026, 9, 16), 9));
        let app = open(folder.path(), clock.clone()).await;
        let mut site = Site {
            app,
            clock,
            folder,
            people: BTreeMap::new(),
            institutions: BTreeMap::new(),
        };
        site.found().await;
        site
    }

    async fn found(&mut self) {
        let id = |n: u8| InstitutionId([n; 16]);
        let all = [
            ("市局", "濮阳市民政局", Some(Party::City), 3, None, Some(4)),
            (
                "市组",
                "驻市民政局纪检监察组",
                Some(Party::CityDiscipline),
                4,
                None,
                Some(3),
            ),
            ("县局", "濮阳县民政局", Some(Party::Bureau), 1, Some(3), Some(2)),
            (
                "县组",
                "驻县民政局纪检监察组",
                Some(Party::Discipline),
                2,
                Some(4),
                Some(1),
            ),
            ("镇政府", "子岸镇人民政府", None, 5, Some(1), None),
        ];
        let institutions = all.map(|(key, name, party, n, parent, counterpart)| {
            self.institutions.insert(key, id(n));
            Institution {
                id: id(n),
                name: name.into(),
                party,
                division: "410928".into(),
                parent: parent.map(id),
                counterpart: counterpart.map(id),
                code: "濮县民".into(),
                contact: String::new(),
                overseer: String::new(),
            }
        });
        let founder = founder(PersonId([99; 16]), "安装", &institutions[0]);
        for institution in institutions {
            let done = self
                .app
                .register_institution(&founder, self.app.fresh_act(), institution)
                .await;
            done.expect("registered");
        }
        for (n, (name, role, at)) in PEOPLE.into_iter().enumerate() {
            let person = PersonId([n as u8 + 10; 16]);
            self.people.insert(name, person);
            let at = self.institutions[at];
            let registered = Person {
                id: person,
                name: name.into(),
                unit: Some(at),
                post: "科员".into(),
                capacities: vec![(role, at)],
            };
            self.app
                .register_person(&founder, self.app.fresh_act(), registered)
                .await
                .expect("registered");
        }
    }

    /// The other two officers come into office: the city confirms the first, that one the second.
    pub async fn appoint_officers(&mut self) {
        let all = [
            ("安全管理员", "anquan", Role::Security, 80, "市协调人"),
            ("安全审计员", "shenji", Role::SecurityAuditor, 81, "安全管理员"),
        ];
        for (name, login, role, n, second) in all {
            let person = PersonId([n; 16]);
            self.people.insert(name, person);
            let (administrator, at) = (self.viewer("管理员").await, self.institutions["市局"]);
            let registered = Person {
                id: person,
                name: name.into(),
                unit: Some(at),
                post: "科员".into(),
                capacities: Vec::new(),
            };
            let (app, proposal) = (&self.app, self.app.fresh_act());
            let done = app.register_person(&administrator, app.fresh_act(), registered).await;
            done.expect("registered");
            app.open_account(person, login, PASSWORD, false)
                .await
                .expect("an account");
            let change = Change {
                person,
                role,
                appoint: true,
            };
            let done = app.propose_officer(&administrator, proposal, change).await;
            done.expect("proposed");
            let second = self.viewer(second).await;
            let done = app.settle_officer(&second, app.fresh_act(), proposal, true).await;
            done.expect("confirmed");
        }
    }

    /// Somebody of the site as they sit today.
    pub async fn viewer(&self, name: &str) -> Viewer {
        self.app
            .seated(self.people[name])
            .await
            .expect("the store")
            .expect("seated")
    }

    /// The id of somebody.
    pub fn person(&self, name: &str) -> PersonId {
        self.people[name]
    }

    /// The id of an institution.
    pub fn institution(&self, name: &str) -> InstitutionId {
        self.institutions[name]
    }

    /// The clock shows `hour`:00 of a day.
    pub fn at(&self, month: i8, day: i8, hour: i8) {
        self.clock
            .set(Timestamp::on(Date::constant(2026, month, day), hour, 0).expect("a day"));
    }

    /// An application by 申请人 with nothing wrong in it; `account` is its free text.
    pub fn application(&self, account: &str) -> Application {
        let pack = self.app.packs().current();
        Application {
            codes: ApplicationCodes {
                person: self.people["申请人"],
                unit: self.institutions["镇政府"],
                claim: "exempt".into(),
                clauses: vec!["s3-5".into()],
                work_kind: "dibao".into(),
                work_links: vec!["check".into()],
                happened: When {
                    year: 2026,
                    month: 3,
                    day: None,
                },
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
                name: "申请人".into(),
                unit: "子岸镇人民政府".into(),
                post: "民政所工作人员".into(),
                account: account.into(),
                household: FAMILY.into(),
                village: VILLAGE.into(),
                ..ApplicationText::default()
            },
        }
    }

    /// 申请人 applies; the receipt number.
    pub async fn submitted(&self, account: &str) -> String {
        let viewer = self.viewer("申请人").await;
        let draft = self.app.new_draft(&viewer).await.expect("a draft");
        let application = self.application(account);
        let done = self.app.submit(&viewer, self.app.fresh_act(), draft, application).await;
        done.expect("received").number
    }

    /// Somebody tries an act.
    pub async fn tries(&self, who: &str, number: &str, act: impl Into<Act>) -> Result<Performed, Failure> {
        let (viewer, act) = (self.viewer(who).await, act.into());
        if app::login::is_signed(act.name()) {
            self.can_sign(who).await;
        }
        self.app
            .perform(&viewer, number, self.act(), None, act, Signature::of(PASSWORD))
            .await
    }

    /// Opens an account in somebody's name, to sign with, where they have none.
    pub async fn can_sign(&self, who: &str) {
        let person = self.people[who];
        if !self.app.has_account(person).await.expect("the store") {
            let opened = self.app.open_account(person, who, PASSWORD, false).await;
            opened.expect("an account");
        }
    }

    /// Somebody does an act.
    pub async fn does(&self, who: &str, number: &str, act: impl Into<Act>) {
        if let Err(failure) = self.tries(who, number, act).await {
            panic!("{who}: {failure:?}");
        }
    }

    /// Somebody is refused; the refusal.
    pub async fn refused(&self, who: &str, number: &str, act: impl Into<Act>) -> Refusal {
        match self.tries(who, number, act).await {
            Err(Failure::Refused(refusal)) => *refusal,
            other => panic!("{who} was not refused: {other:?}"),
        }
    }

    /// A fresh act id.
    pub fn act(&self) -> ActId {
        self.app.fresh_act()
    }
}

/// Opens the record in a folder again.
pub async fn open(folder: &Path, clock: Arc<FixedClock>) -> App {
    open_with(folder, clock, puyang()).await
}

/// The same with a pack of these files in force.
pub async fn open_with(folder: &Path, clock: Arc<FixedClock>, pack: Vec<(String, Vec<u8>)>) -> App {
    // Each opening has a seed of its own, as a process has: ids never come twice.
    let seed = Digest::of(std::fs::read(folder.join("record.db")).unwrap_or_default()).0;
    let ids = Arc::new(SeededIds::new(u64::from_be_bytes([
        seed[0], seed[1], seed[2], seed[3], seed[4], seed[5], seed[6], seed[7],
    ])));
    let location = Location::Directory(folder.to_path_buf());
    let store = Store::open(
        location,
        MasterKey::Own,
        clock.clone(),
        ids.clone(),
        Arc::new(SystemRandom),
    )
    .await
    .expect("opened");
    let packs = vec![PackFiles::read(&pack).expect("the pack parses")];
    let parts = Parts {
        store,
        packs,
        calendar: Calendar::shipped(),
        clock,
        ids,
        press: Arc::new(PlainPress),
    };
    App::open(parts).await.expect("a site")
}

/// The files of the Puyang pack as they lie in the repository.
pub fn puyang() -> Vec<(String, Vec<u8>)> {
    pack_files("410900/pumin-2024-16")
}

/// The files of a pack as they lie in the repository.
pub fn pack_files(pack: &str) -> Vec<(String, Vec<u8>)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../policies")
        .join(pack);
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files.sort();
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).expect("the pack's folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path
                .strip_prefix(root)
                .expect("below the root")
                .to_string_lossy()
                .into_owned();
            files.push((name, std::fs::read(&path).expect("a file")));
        }
    }
}
