//! An act's append — two events, the case's rows, its to-dos, two messages — by clients at once, beside bare commits
//! of the same bytes by as many clients, one row in a bare table, through the same engine with the same settings.

use crate::measure::{Failed, Figure, Goal, Times};
use crate::site::{clock, day, ids};
use base::{ActId, CaseId, Digest, EventId, InstitutionId, PersonId, Timestamp};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{
    Actor, Append, CasePersonRow, CaseRow, CaseView, Holder, KeyRef, Location, NewEvent, OutboxMessage, Sealing, Store,
    StreamAppend, StreamName, SystemRandom, TodoRow,
};
use tempfile::TempDir;

/// How many clients at once.
const CLIENTS: [usize; 3] = [1, 8, 32];
/// Both sides take turns this often, so that a busy disk is busy for both.
const TURNS: usize = 5;
/// Appends of one client in one turn; fewer where there are many clients.
const APPENDS: usize = 40;

/// On SQLite, and on PostgreSQL where an address of an empty database is given.
pub async fn figures(postgres: Option<&str>) -> Result<Vec<Figure>, Failed> {
    let folder = TempDir::new()?;
    let sqlite = Location::Directory(folder.path().join("record"));
    let store = open(sqlite).await?;
    let mut subject = Subject {
        store,
        bytes: 0,
        engine: "SQLite",
    };
    subject.bytes = subject
        .bytes_of_an_append(&folder.path().join("record/record.db"))
        .await?;
    let bytes = subject.bytes;
    let bare = bare_sqlite(folder.path().join("bare.db")).await?;
    let mut figures = subject.against(&bare).await?;
    if let Some(url) = postgres {
        let location = Location::Postgres {
            url: url.into(),
            directory: folder.path().join("postgres"),
        };
        let subject = Subject {
            store: open(location).await?,
            bytes,
            engine: "PostgreSQL",
        };
        figures.extend(subject.against(&bare_postgres(url).await?).await?);
    }
    Ok(figures)
}

async fn open(location: Location) -> Result<Store, Failed> {
    Ok(Store::open(location, store::MasterKey::Own, clock(), ids(), Arc::new(SystemRandom)).await?)
}

struct Subject {
    store: Store,
    bytes: usize,
    engine: &'static str,
}

impl Subject {
    async fn against(&self, bare: &DatabaseConnection) -> Result<Vec<Figure>, Failed> {
        let mut figures = Vec::new();
        // Until an engine's log has its full size every commit makes a file longer, which takes the disk much longer.
        commits(bare.clone(), self.bytes, 1_000).await?;
        let mut first = Writer::of(&self.store);
        for _ in 0..200 {
            first.append().await?;
        }
        for clients in CLIENTS {
            let appends = (APPENDS * 8 / clients).clamp(10, APPENDS * 2);
            let (mut ours, mut peers) = (Vec::new(), Vec::new());
            let mut writers: Vec<Writer> = Vec::new();
            for _ in 0..clients {
                let mut writer = Writer::of(&self.store);
                writer.append().await?;
                writers.push(writer);
            }
            for _ in 0..TURNS {
                let turn = writers.drain(..).map(|writer| tokio::spawn(writer.run(appends)));
                for done in turn.collect::<Vec<_>>() {
                    let (writer, times) = done.await??;
                    writers.push(writer);
                    ours.extend(times);
                }
                let turn = (0..clients).map(|_| tokio::spawn(commits(bare.clone(), self.bytes, appends)));
                for done in turn.collect::<Vec<_>>() {
                    peers.extend(done.await??);
                }
            }
            figures.push(Figure {
                what: format!("append on {}, {clients} at once", self.engine),
                times: Times::of(ours),
                goal: Goal::OfPeer(2.5),
                peer: format!("bare commits of {} bytes", self.bytes),
                peer_median: Times::of(peers).median(),
            });
        }
        Ok(figures)
    }

    /// What one append leaves behind, in bytes of its columns: events, act, messages, and the case's rows, which every
    /// append of the case writes anew.
    async fn bytes_of_an_append(&self, file: &Path) -> Result<usize, Failed> {
        let mut writer = Writer::of(&self.store);
        for _ in 0..20 {
            writer.append().await?;
        }
        let db = Database::connect(format!("sqlite:{}?mode=ro", file.display())).await?;
        let mut bytes = 0;
        for (table, own) in [
            ("event", "stream = "),
            ("act", "heads like "),
            ("outbox", "cast(body as text) like "),
            ("case_view", "case_id = "),
            ("todo", "case_id = "),
            ("case_person", "case_id = "),
        ] {
            let name = match own {
                "stream = " => format!("'case/{}'", writer.case),
                "case_id = " => format!("'{}'", writer.case),
                _ => format!("'%{}%'", writer.case),
            };
            let columns = format!("select name from pragma_table_info('{table}')");
            let columns = db.query_all_raw(statement(&db, &columns)).await?;
            let sizes = columns.iter().map(|row| row.try_get_by_index::<String>(0));
            let sizes = sizes.map(|name| Ok(format!("coalesce(length(cast({} as blob)), 0)", name?)));
            let sizes = sizes.collect::<Result<Vec<_>, Failed>>()?.join(" + ");
            let sql = format!("select cast(coalesce(sum({sizes}), 0) as bigint) from {table} where {own}{name}");
            let row = db.query_one_raw(statement(&db, &sql)).await?.ok_or("no sum")?;
            let sum = row.try_get_by_index::<i64>(0)? as usize;
            bytes += if own == "case_id = " { sum } else { sum / writer.done };
        }
        Ok(bytes)
    }
}

fn statement(db: &DatabaseConnection, sql: &str) -> Statement {
    Statement::from_string(db.get_database_backend(), sql)
}

/// One client: appends to a case of its own, each at the version the last one left.
struct Writer {
    store: Store,
    case: CaseId,
    done: usize,
}

impl Writer {
    fn of(store: &Store) -> Writer {
        Writer {
            store: store.clone(),
            case: CaseId::fresh(&*ids()),
            done: 0,
        }
    }

    async fn run(mut self, appends: usize) -> Result<(Writer, Vec<Duration>), Failed> {
        let mut times = Vec::with_capacity(appends);
        for _ in 0..appends {
            let start = Instant::now();
            self.append().await?;
            times.push(start.elapsed());
        }
        Ok((self, times))
    }

    async fn append(&mut self) -> Result<(), Failed> {
        let ids = ids();
        let act = ActId::fresh(&*ids);
        let event = |kind: &str| {
            NewEvent {
            id: EventId::fresh(&*ids),
            kind: kind.into(),
            act,
            actor: Actor::Person(PersonId([7; 16])),
            capacity: format!("investigator.bureau@{}", InstitutionId([1; 16])),
            acted: at(),
            open: format!(
                r#"{{"question":"s3-5-data","answer":"yes","evidence":["{0}","{0}"],"inquiries":["{0}"],"impossible":false}}"#,
                EventId([5; 16])
            )
            .into_bytes(),
            sealed: Some(Sealing { plain: SEALED.as_bytes().to_vec(), under: KeyRef::Case(self.case) }),
        }
        };
        let events = vec![event("found/1"), event("explained/1")];
        let outbox = events.iter().map(|event| OutboxMessage {
            id: event.id,
            topic: "case".into(),
            body: format!(
                r#"{{"case":"{}","event":"{}","kind":"{}","capacity":"{}","recorded":{}}}"#,
                self.case,
                event.id,
                event.kind,
                event.capacity,
                at().0
            )
            .into_bytes(),
        });
        let append = Append {
            act,
            outbox: outbox.collect(),
            views: store::ViewChanges {
                cases: vec![view(self.case, self.done)],
                ..Default::default()
            },
            streams: vec![StreamAppend {
                stream: StreamName::Case(self.case),
                expected: Some(2 * self.done as u64),
                events,
            }],
            ..Append::default()
        };
        self.store.append(append).await?;
        self.done += 1;
        Ok(())
    }
}

/// What an investigator writes beside a finding, as JSON.
const SEALED: &str = r#"{"stood":{"name":"陈涛","post":"社会救助股股长","institution":"濮阳县民政局"},"reason":"车辆登记数据于2026年5月6日更新到核对平台，登记日期为2026年2月20日。申请人3月12日入户、3月15日提交信息核对，核对报告未显示车辆登记；3月28日经公示维持待遇。两名调查人调取了平台的更新记录，与申请人、同事和村民政协理员的说法一致。多发3个月低保金共计1860元，已于2026年6月18日全部追回。"}"#;

fn at() -> Timestamp {
    base::Clock::now(&*clock())
}

/// The case's rows: with every act its to-dos pass to others, with every fourth it reaches another stage.
fn view(case: CaseId, done: usize) -> CaseView {
    let number = format!("JZ-410928-2026-{}", &case.to_string()[..6]);
    let todo = |holder| TodoRow {
        case,
        number: number.clone(),
        holder,
        act: "find".into(),
        due_on: Some(day(10, 12)),
        opened_on: day(9, 16),
        applicant_name: "李春梅".into(),
        reminded_on: None,
    };
    let person = |n, relation: &str| CasePersonRow {
        person: PersonId([n; 16]),
        relation: relation.into(),
    };
    let bureau = InstitutionId([1; 16]);
    let stage = ["inquiry", "opinions"][done / 4 % 2];
    let holder = PersonId([7 + (done % 2) as u8; 16]);
    CaseView {
        row: CaseRow {
            case,
            number: number.clone(),
            institution: bureau,
            discipline: InstitutionId([2; 16]),
            applicant: Some(PersonId([3; 16])),
            applicant_name: "李春梅".into(),
            unit: Some(InstitutionId([4; 16])),
            unit_name: "子岸镇人民政府".into(),
            work_kind: "dibao".into(),
            clauses: vec!["s3-5".into()],
            stage: stage.into(),
            stage_text: stage.into(),
            outcome: None,
            received_on: day(9, 16),
            due_on: Some(day(10, 12)),
            provisional: false,
            met_on: None,
            step_due_on: Some(day(9, 28)),
            waiting_for: vec![format!("person/{holder}")],
            closed: false,
            version: 2 * done as u64 + 2,
            pace: "open".into(),
            days_used: None,
            open_questions: Some(30 - done as u32 % 30),
            words: vec!["三（五）".into()],
        },
        todos: vec![
            todo(Holder::Person(holder)),
            todo(Holder::Role {
                role: "lead.bureau".into(),
                institution: bureau,
            }),
        ],
        people: vec![
            person(3, "applicant"),
            person(7, "investigator"),
            person(8, "investigator"),
        ],
    }
}

/// The store's settings, one connection that writes.
async fn bare_sqlite(file: PathBuf) -> Result<DatabaseConnection, Failed> {
    let mut options = ConnectOptions::new("sqlite:bare");
    options.max_connections(1).min_connections(1).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(move |o| {
        let o = o
            .filename(&file)
            .create_if_missing(true)
            .busy_timeout(Duration::from_secs(10));
        o.pragma("journal_mode", "WAL").pragma("synchronous", "FULL")
    });
    let db = Database::connect(options).await?;
    db.execute_unprepared("create table bare (id integer primary key, body blob not null)")
        .await?;
    Ok(db)
}

async fn bare_postgres(url: &str) -> Result<DatabaseConnection, Failed> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(16).min_connections(1).sqlx_logging(false);
    options.map_sqlx_postgres_opts(|o| o.options([("synchronous_commit", "on")]));
    let db = Database::connect(options).await?;
    db.execute_unprepared("create table bare (id bigserial primary key, body bytea not null)")
        .await?;
    Ok(db)
}

/// The peer's client.
async fn commits(db: DatabaseConnection, bytes: usize, commits: usize) -> Result<Vec<Duration>, Failed> {
    let backend = db.get_database_backend();
    let seed = Digest::of(ids().fresh()).0;
    let body: Vec<u8> = seed.into_iter().cycle().take(bytes).collect();
    let immediate = (backend == sea_orm::DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate);
    let mut times = Vec::with_capacity(commits);
    for _ in 0..commits {
        let start = Instant::now();
        let mode = TransactionOptions {
            sqlite_transaction_mode: immediate,
            ..Default::default()
        };
        let transaction = db.begin_with_options(mode).await?;
        let sql = "insert into bare (body) values ($1)";
        transaction
            .execute_raw(Statement::from_sql_and_values(backend, sql, [body.clone().into()]))
            .await?;
        transaction.commit().await?;
        times.push(start.elapsed());
    }
    Ok(times)
}
