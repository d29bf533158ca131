//! A place where a test keeps its record: an engine, a directory, a clock that stands still.

use base::{ActId, CaseId, Clock, Date, EventId, IdSource, InstitutionId, PersonId, Timestamp};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{
    Actor, Append, Error, KeyRef, Location, MasterKey, NewEvent, Random, Sealing, Store, StreamAppend, StreamName,
    SystemRandom,
};
use tempfile::TempDir;
use testkit::{FixedClock, SeededIds};

pub const INSTITUTION: InstitutionId = InstitutionId([0x11; 16]);
pub const GROUP: InstitutionId = InstitutionId([0x12; 16]);
pub const PERSON: PersonId = PersonId([0x21; 16]);

pub struct Place {
    pub location: Location,
    pub master_key: MasterKey,
    pub clock: Arc<FixedClock>,
    pub ids: Arc<SeededIds>,
    temporary: TempDir,
}

impl Place {
    pub fn sqlite() -> Place {
        let temporary = TempDir::new().unwrap();
        Place::at(Location::Directory(temporary.path().join("data")), temporary)
    }

    pub async fn postgres() -> Place {
        let temporary = TempDir::new().unwrap();
        let directory = temporary.path().join("data");
        Place::at(
            Location::Postgres {
                url: crate::cluster::fresh_database().await,
                directory,
            },
            temporary,
        )
    }

    fn at(location: Location, temporary: TempDir) -> Place {
        let clock = Arc::new(FixedClock::at(Date::constant(2026, 9, 16), 9));
        Place {
            location,
            master_key: MasterKey::Own,
            clock,
            ids: Arc::new(SeededIds::new(1)),
            temporary,
        }
    }

    pub fn directory(&self) -> PathBuf {
        self.temporary.path().join("data")
    }

    /// A copy of a closed SQLite place.
    pub fn copy(&self) -> Place {
        let place = Place {
            clock: self.clock.clone(),
            ids: self.ids.clone(),
            ..Place::sqlite()
        };
        std::fs::create_dir_all(place.directory().join("files")).unwrap();
        for path in files_below(&self.directory()) {
            std::fs::copy(
                &path,
                place.directory().join(path.strip_prefix(self.directory()).unwrap()),
            )
            .unwrap();
        }
        place
    }

    /// PostgreSQL's directory.
    pub fn cluster_directory(&self) -> Option<PathBuf> {
        match &self.location {
            Location::Directory(_) => None,
            Location::Postgres { url, .. } => Some(PathBuf::from(url.split_once("host=").unwrap().1)),
        }
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self.location, Location::Directory(_))
    }

    pub async fn try_open(&self) -> Result<Store, Error> {
        self.try_open_with(Arc::new(SystemRandom)).await
    }

    pub async fn try_open_with(&self, random: Arc<dyn Random>) -> Result<Store, Error> {
        let (clock, ids) = (
            self.clock.clone() as Arc<dyn Clock>,
            self.ids.clone() as Arc<dyn IdSource>,
        );
        Store::open(self.location.clone(), self.master_key.clone(), clock, ids, random).await
    }

    pub async fn open(&self) -> Store {
        self.try_open().await.unwrap()
    }

    /// A connection past the store, for tampering and for looking at what lies there.
    pub async fn raw(&self) -> DatabaseConnection {
        let url = match &self.location {
            Location::Directory(directory) => format!("sqlite:{}?mode=rw", directory.join("record.db").display()),
            Location::Postgres { url, .. } => url.clone(),
        };
        Database::connect(url).await.unwrap()
    }

    /// Runs a statement past the store.
    pub async fn run(&self, sql: &str) -> u64 {
        let db = self.raw().await;
        let done = db
            .execute_unprepared(sql)
            .await
            .unwrap_or_else(|e| panic!("{sql}: {e}"));
        db.close().await.unwrap();
        done.rows_affected()
    }

    /// The bytes a select gives.
    pub async fn bytes(&self, sql: &str) -> Vec<u8> {
        let db = self.raw().await;
        let row = db
            .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
            .await
            .unwrap()
            .unwrap();
        let bytes = row.try_get_by_index(0).unwrap();
        db.close().await.unwrap();
        bytes
    }

    /// Changes rows past the store; there must be some.
    pub async fn tamper(&self, sql: &str) {
        assert!(self.run(sql).await > 0, "{sql}");
    }

    /// Removes a key from the key table.
    pub async fn forget_key(&self, of: KeyRef) {
        let (url, table) = match &self.location {
            Location::Directory(directory) => (
                format!("sqlite:{}?mode=rw", directory.join("keys.db").display()),
                "wrapped_key",
            ),
            Location::Postgres { url, .. } => (url.clone(), "jinzhi_keys.wrapped_key"),
        };
        let db = Database::connect(url).await.unwrap();
        let done = db
            .execute_unprepared(&format!("delete from {table} where scope = '{of}'"))
            .await
            .unwrap();
        assert_eq!(done.rows_affected(), 1);
        db.close().await.unwrap();
    }

    /// A case with `n` events, each with a sealed part; returns its stream.
    pub async fn case(&self, store: &Store, case: CaseId, n: usize) -> StreamName {
        for version in 0..n {
            store.append(self.act(case, Some(version as u64))).await.unwrap();
        }
        StreamName::Case(case)
    }

    /// An append of one event to a case.
    pub fn act(&self, case: CaseId, expected: Option<u64>) -> Append {
        let act = self.act_id();
        Append {
            act,
            streams: vec![StreamAppend {
                stream: StreamName::Case(case),
                expected,
                events: vec![self.event(act, KeyRef::Case(case))],
            }],
            ..Append::default()
        }
    }

    pub fn act_id(&self) -> ActId {
        ActId::fresh(&*self.ids)
    }

    pub fn event(&self, act: ActId, under: KeyRef) -> NewEvent {
        NewEvent {
            id: EventId::fresh(&*self.ids),
            kind: "noted/1".into(),
            act,
            actor: Actor::Person(PERSON),
            capacity: format!("clerk@{INSTITUTION}"),
            acted: self.clock.now(),
            open: br#"{"code":"a","day":"2026-09-16"}"#.to_vec(),
            sealed: Some(Sealing {
                plain: "理由：入户核查时未见".as_bytes().to_vec(),
                under,
            }),
        }
    }
}

pub fn case(n: u8) -> CaseId {
    CaseId([n; 16])
}

pub fn later(at: Timestamp, seconds: i64) -> Timestamp {
    Timestamp(at.0 + seconds * 1_000_000)
}

/// All files below a directory.
pub fn files_below(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path))
        } else {
            found.push(path)
        }
    }
    found
}
